/*
 * local_constraints.c
 *	  Constraints and indexes of templates, as text for their local relations.
 *
 * The text is PostgreSQL's own, with the names of local relations in the place of those
 * of templates.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "commands/local_writer.h"

static bool stands_apart(List *constraints, const BindsLocalConstraint *constraint);
static int	compare_constraints(const ListCell *a, const ListCell *b);
static char *foreign_key_text(const BindsLocalWriter *writer, const BindsLocalConstraint *constraint,
							  const char *def);

List *
binds_local_constraints(const BindsLocalWriter *writer)
{
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, binds_constraints(writer->model->template))
	{
		Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT((HeapTuple) lfirst(lc));
		BindsLocalConstraint *constraint = palloc0(sizeof(BindsLocalConstraint));

		if (binds_local_constraint_rank(form->contype) < 0)
			continue;
		constraint->oid = form->oid;
		constraint->type = form->contype;
		constraint->name = pstrdup(NameStr(form->conname));
		constraint->referenced = form->confrelid;
		constraint->inherited = form->coninhcount > 0;
		constraint->local = form->conislocal;
		for (int i = 0; i < writer->model->nforeign_keys; i++)
		{
			if (form->contype == CONSTRAINT_FOREIGN &&
				strcmp(writer->model->foreign_keys[i].name, constraint->name) == 0)
				constraint->late = writer->model->foreign_keys[i].late;
		}
		for (int i = 0; i < writer->model->nchecks; i++)
		{
			if (form->contype == CONSTRAINT_CHECK &&
				strcmp(writer->model->checks[i].name, constraint->name) == 0)
				constraint->check = &writer->model->checks[i];
		}
		for (int i = 0; i < writer->model->nkeys; i++)
		{
			if (binds_local_constraint_rank(form->contype) < 2 &&
				strcmp(writer->model->keys[i].name, constraint->name) == 0)
				constraint->key = &writer->model->keys[i];
		}
		result = lappend(result, constraint);
	}
	list_sort(result, compare_constraints);
	foreach(lc, result)
		((BindsLocalConstraint *) lfirst(lc))->apart = stands_apart(result, lfirst(lc));
	return result;
}

/*
 * An exclusion constraint may call functions, as indexes do.  Of keys over the same columns
 * CREATE TABLE would make the first alone.
 */
static bool
stands_apart(List *constraints, const BindsLocalConstraint *constraint)
{
	const BindsModelKey *key = constraint->key;
	ListCell   *lc;

	foreach(lc, key != NULL ? constraints : NIL)
	{
		const BindsLocalConstraint *other = lfirst(lc);

		if (other == constraint)
			break;
		if (other->key != NULL && other->key->ncolumns == key->ncolumns &&
			memcmp(other->key->columns, key->columns, sizeof(int) * key->ncolumns) == 0)
			return true;
	}
	return constraint->type == CONSTRAINT_EXCLUSION;
}

int
binds_local_constraint_rank(char type)
{
	switch (type)
	{
		case CONSTRAINT_PRIMARY:
			return 0;
		case CONSTRAINT_UNIQUE:
			return 1;
		case CONSTRAINT_EXCLUSION:
			return 2;
		case CONSTRAINT_CHECK:
			return 3;
		case CONSTRAINT_FOREIGN:
			return 4;
	}
	return -1;
}

static int
compare_constraints(const ListCell *a, const ListCell *b)
{
	const BindsLocalConstraint *ca = lfirst(a);
	const BindsLocalConstraint *cb = lfirst(b);

	if (ca->type != cb->type)
		return binds_local_constraint_rank(ca->type) - binds_local_constraint_rank(cb->type);
	return strcmp(ca->name, cb->name);
}

char *
binds_local_constraint_text(const BindsLocalWriter *writer, const BindsLocalConstraint *constraint)
{
	char	   *def = binds_local_constraint_definition(writer, constraint);
	bool		index = binds_local_constraint_rank(constraint->type) <= 2;

	if (index && OidIsValid(writer->schema) &&
		OidIsValid(get_relname_relid(constraint->name, writer->schema)))
		return def;
	return psprintf("CONSTRAINT %s %s", quote_identifier(constraint->name), def);
}

char *
binds_local_constraint_definition(const BindsLocalWriter *writer, const BindsLocalConstraint *constraint)
{
	char	   *def = binds_local_constraint_plain(constraint->oid);

	if (constraint->type == CONSTRAINT_FOREIGN)
		return foreign_key_text(writer, constraint, def);
	if (constraint->type == CONSTRAINT_CHECK && writer->bind != NULL &&
		writer->bind->dialect != NULL && !constraint->inherited &&
		(writer->engine != NULL || constraint->check == NULL ||
		 constraint->check->sql == NULL))
		return psprintf("%s NOT VALID", def);
	return def;
}

char *
binds_local_constraint_plain(Oid constraint)
{
	return TextDatumGetCString(DirectFunctionCall1(pg_get_constraintdef,
												   ObjectIdGetDatum(constraint)));
}

/*
 * Put the local relation into the place of the template that a foreign key refers to.
 * The definition is PostgreSQL's own text, whose beginning is known to the byte.
 */
static char *
foreign_key_text(const BindsLocalWriter *writer, const BindsLocalConstraint *constraint,
				 const char *def)
{
	char	   *prefix = psprintf(") REFERENCES %s(",
								  binds_qualified_name(constraint->referenced));
	const char *found = NULL;
	BindsModelRow *row = binds_model_of_template(constraint->referenced);

	/* the last place: a column's name might contain the text */
	for (const char *p = strstr(def, prefix); p != NULL; p = strstr(p + 1, prefix))
		found = p;
	if (found == NULL || row == NULL)
		elog(ERROR, "could not read the definition of foreign key \"%s\"",
			 constraint->name);
	return psprintf("%.*s) REFERENCES %s(%s", (int) (found - def), def,
					quote_qualified_identifier(row->local_schema,
											   writer->defines ? row->model :
											   row->local_name),
					found + strlen(prefix));
}

char *
binds_local_index_definition(const BindsLocalWriter *writer, Oid index, bool *unique)
{
	const char *name = get_rel_name(index);
	char	   *def = TextDatumGetCString(DirectFunctionCall1(pg_get_indexdef,
															  ObjectIdGetDatum(index)));
	char	   *prefix;

	*unique = strncmp(def, "CREATE UNIQUE ", 14) == 0;
	prefix = psprintf("CREATE %sINDEX %s ON %s%s ", *unique ? "UNIQUE " : "",
					  quote_identifier(name),
					  writer->rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE ? "ONLY " : "",
					  binds_qualified_name(RelationGetRelid(writer->rel)));
	if (strncmp(def, prefix, strlen(prefix)) != 0)
		elog(ERROR, "could not read the definition of index \"%s\"", name);
	return def + strlen(prefix);
}
