/*
 * local_defaults.c
 *	  Defaults of the columns of templates, and the sequences that they take values from.
 *
 * Identity columns are local_identity.c's.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"

#include "commands/local_identity.h"
#include "commands/local_writer.h"

static bool is_engines_template(Oid relid);

Node *
binds_local_default_expr(Relation rel, AttrNumber attnum)
{
	TupleConstr *constr = RelationGetDescr(rel)->constr;

	for (int i = 0; constr != NULL && i < constr->num_defval; i++)
	{
		if (constr->defval[i].adnum == attnum)
			return stringToNode(constr->defval[i].adbin);
	}
	return NULL;
}

char *
binds_local_default_text(const BindsLocalWriter *writer, AttrNumber attnum)
{
	Relation	rel = writer->rel;
	Node	   *expr = binds_local_default_expr(rel, attnum);
	Oid			owner;

	if (expr == NULL)
		return NULL;
	owner = binds_model_sequence_owner(expr, NULL, NULL);
	if (OidIsValid(owner) && binds_model_of_template(owner) != NULL)
		return writer->defines ? NULL :
			binds_relation_parent_default(RelationGetRelid(rel), attnum);
	return deparse_expression(expr,
							  deparse_context_for(RelationGetRelationName(rel),
												  RelationGetRelid(rel)),
							  false, false);
}

char *
binds_relation_parent_default(Oid template, AttrNumber attnum)
{
	Relation	rel = table_open(template, AccessShareLock);
	AttrNumber	owner_attnum;
	Oid			owner = binds_model_sequence_owner(binds_local_default_expr(rel, attnum),
												   &owner_attnum, NULL);
	BindsModelRow *row;
	Oid			relid;
	Oid			sequence = InvalidOid;

	table_close(rel, NoLock);
	if (!OidIsValid(owner) || owner == template)
		return NULL;
	row = binds_model_of_template(owner);
	if (row == NULL || row->bind_key != NULL)
		return NULL;
	relid = binds_model_relation(row);
	if (OidIsValid(relid))
	{
		char	   *name = get_attname(owner, owner_attnum, false);

		attnum = get_attnum(relid, name);
		if (attnum > 0)
			sequence = binds_owned_sequence(relid, attnum, DEPENDENCY_AUTO);
	}
	if (!OidIsValid(sequence))
		return NULL;
	return psprintf("nextval(%s::regclass)",
					quote_literal_cstr(binds_qualified_name(sequence)));
}

const char *
binds_local_serial(const BindsLocalWriter *writer, const BindsModelColumn *column)
{
	AttrNumber	attnum;
	Oid			owner = binds_model_sequence_owner(binds_local_default_expr(writer->rel,
																			column->attnum),
												   &attnum, NULL);

	if (owner == RelationGetRelid(writer->rel) ? attnum != column->attnum :
		writer->defines || !is_engines_template(owner))
		return NULL;
	switch (column->typid)
	{
		case INT2OID:
			return "smallserial";
		case INT4OID:
			return "serial";
		case INT8OID:
			return "bigserial";
	}
	return NULL;
}

/* Is a table the template of a model that is not on the default bind? */
static bool
is_engines_template(Oid relid)
{
	BindsModelRow *row = OidIsValid(relid) ? binds_model_of_template(relid) : NULL;

	return row != NULL && row->bind_key != NULL;
}
