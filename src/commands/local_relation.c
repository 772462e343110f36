/*
 * local_relation.c
 *	  Make the local relation of a model, join it with parents and children, keep its
 *	  owner and rights over a drop.
 *
 * Relations are created standalone and joined with ALTER TABLE ... INHERIT when both
 * sides are there, since parent and child may be on different binds and are created
 * and dropped at different times.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "commands/relation.h"
#include "compat.h"
#include "model/rights.h"

static List *rights_statements(Oid from, Oid to);
static bool has_grants(Oid relid);
static List *grant_statements(Oid from, Oid to);
static void join_pair(Oid child, Oid child_template, Oid parent);
static List *parent_default_statements(Oid child, Oid child_template);
static void drop_parent_defaults(Oid child, Oid parent);
static const char *alter_word(Oid relid);
static char *column_misfit(const BindsModelColumn *column, Relation rel);

Oid
binds_relation_make(const BindsBind *bind, const BindsModelRow *row,
					const BindsModel *model, const BindsReflectedTable *engine)
{
	Oid			owner = binds_relation_owner(model->template);
	Oid			relid;

	binds_relation_check_owner(bind, row, owner);
	binds_spi_run_as(owner, binds_relation_statements(bind, row, model, engine));
	relid = binds_model_relation(row);
	if (!OidIsValid(relid))
		elog(ERROR, "relation \"%s.%s\" was not made", row->local_schema,
			 row->local_name);
	binds_spi_run_as(owner, rights_statements(model->template, relid));
	return relid;
}

/* ------------------------------------------------------------------------
 * Owner and rights
 * ------------------------------------------------------------------------ */

void
binds_relation_check_owner(const BindsBind *bind, const BindsModelRow *row, Oid owner)
{
	if (!has_privs_of_role(GetUserId(), owner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to create the relation of model \"%s\" on %s",
						row->model, binds_bind_words(bind->key)),
				 errdetail("Its owner would be role \"%s\", whose rights role \"%s\" does not have.",
						   GetUserNameFromId(owner, false),
						   GetUserNameFromId(GetUserId(), false))));
	binds_check_right(BINDS_RIGHT_OWN, owner, bind,
					  get_namespace_oid(row->local_schema, false));
}

/*
 * The template keeps owner and grants of the relation, so that they are there again
 * when it is created anew.
 *
 * Its expressions run as the owner, so it must not get rights by that: who has defined
 * a model for somebody else's relation gets neither this done nor the relation dropped.
 */
void
binds_relation_keep_rights(const BindsModelRow *row, Oid relid)
{
	Oid			template = row->template;
	Oid			owner;
	ListCell   *lc;

	if (!OidIsValid(template))
		return;
	owner = binds_relation_owner(relid);
	if (!binds_compat_owns_relation(relid, binds_relation_owner(template)))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("relation \"%s.%s\" does not belong to the owner of model \"%s\" on %s",
						row->local_schema, row->local_name, row->model,
						binds_bind_words(row->bind_key)),
				 errdetail("The relation belongs to role \"%s\", the model to role \"%s\".",
						   GetUserNameFromId(owner, false),
						   GetUserNameFromId(binds_relation_owner(template), false)),
				 errhint("To let the model follow the relation, use ALTER TABLE %s OWNER TO %s.",
						 binds_qualified_name(template),
						 quote_identifier(GetUserNameFromId(owner, false)))));
	if (owner != binds_relation_owner(template))
		binds_spi_run(psprintf("ALTER TABLE %s OWNER TO %s",
							   binds_qualified_name(template),
							   quote_identifier(GetUserNameFromId(owner, false))));
	foreach(lc, rights_statements(relid, template))
		binds_spi_run(lfirst(lc));
}

Oid
binds_relation_owner(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", relid);
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

/*
 * The statements that give "to" the grants of "from", and those on the sequences of its
 * serial columns: who inserts needs them.
 */
static List *
rights_statements(Oid from, Oid to)
{
	List	   *statements = has_grants(from) || has_grants(to) ?
		grant_statements(from, to) : NIL;
	ListCell   *fc;
	ListCell   *tc;

	foreach(fc, getOwnedSequences(from))
	{
		foreach(tc, getOwnedSequences(to))
		{
			Oid			table;
			int32		from_column;
			int32		to_column;

			if (sequenceIsOwned(lfirst_oid(fc), DEPENDENCY_AUTO, &table, &from_column) &&
				sequenceIsOwned(lfirst_oid(tc), DEPENDENCY_AUTO, &table, &to_column) &&
				strcmp(get_attname(from, from_column, false),
					   get_attname(to, to_column, false)) == 0 &&
				(has_grants(lfirst_oid(fc)) || has_grants(lfirst_oid(tc))))
				statements = list_concat(statements,
										 grant_statements(lfirst_oid(fc),
														  lfirst_oid(tc)));
		}
	}
	return statements;
}

/* Has anybody granted or revoked anything?  Else the rights are the default ones. */
static bool
has_grants(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	bool		isnull = true;
	int			natts;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", relid);
	natts = ((Form_pg_class) GETSTRUCT(tuple))->relnatts;
	(void) SysCacheGetAttr(RELOID, tuple, Anum_pg_class_relacl, &isnull);
	ReleaseSysCache(tuple);
	for (int attnum = 1; isnull && attnum <= natts; attnum++)
	{
		tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(relid), Int16GetDatum(attnum));
		if (!HeapTupleIsValid(tuple))
			continue;
		(void) SysCacheGetAttr(ATTNUM, tuple, Anum_pg_attribute_attacl, &isnull);
		ReleaseSysCache(tuple);
	}
	return !isnull;
}

/*
 * The statements that give "to" the grants of "from", on the relation and on its
 * columns; none if both have the default ones.
 */
static List *
grant_statements(Oid from, Oid to)
{
	static const char query[] =
		"WITH acl AS ("
		" SELECT c.oid, 0 AS attnum, NULL::name AS attname, c.relacl AS acl, c.relowner"
		"  FROM pg_class c WHERE c.oid IN ($1, $2)"
		" UNION ALL"
		" SELECT c.oid, a.attnum, a.attname, a.attacl, c.relowner"
		"  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
		"  WHERE c.oid IN ($1, $2) AND a.attacl IS NOT NULL AND NOT a.attisdropped),"
		" grants AS ("
		" SELECT acl.oid, format('%s%s ON %s TO %s%s', x.privilege_type,"
		"   ' (' || quote_ident(attname) || ')', $3,"
		"   CASE WHEN x.grantee = 0 THEN 'PUBLIC'"
		"        ELSE quote_ident(pg_get_userbyid(x.grantee)) END,"
		"   CASE WHEN x.is_grantable AND x.grantee <> acl.relowner"
		"        THEN ' WITH GRANT OPTION' ELSE '' END) AS grant_text,"
		"   format('%s ON %s FROM %s CASCADE', 'ALL', $3,"
		"   CASE WHEN x.grantee = 0 THEN 'PUBLIC'"
		"        ELSE quote_ident(pg_get_userbyid(x.grantee)) END) AS revoke_text"
		" FROM acl, aclexplode(coalesce(acl.acl, acldefault($4, acl.relowner))) x),"
		" target AS (SELECT * FROM grants WHERE oid = $2),"
		" source AS (SELECT * FROM grants WHERE oid = $1)"
		" SELECT statement FROM ("
		" SELECT DISTINCT 1, 'REVOKE ' || revoke_text FROM target"
		" UNION ALL SELECT DISTINCT 2, 'GRANT ' || grant_text FROM source"
		") s (step, statement)"
		" WHERE (SELECT array_agg(grant_text ORDER BY grant_text) FROM target)"
		"  IS DISTINCT FROM"
		"  (SELECT array_agg(grant_text ORDER BY grant_text) FROM source)"
		" ORDER BY step, statement";
	Oid			types[4] = {OIDOID, OIDOID, TEXTOID, CHAROID};
	Datum		values[4];
	bool		sequence = get_rel_relkind(to) == RELKIND_SEQUENCE;
	MemoryContext caller = CurrentMemoryContext;
	List	   *statements = NIL;
	int			level = binds_fixed_path();

	values[0] = ObjectIdGetDatum(from);
	values[1] = ObjectIdGetDatum(to);
	values[2] = CStringGetTextDatum(psprintf("%s%s", sequence ? "SEQUENCE " : "",
											 binds_qualified_name(to)));
	values[3] = CharGetDatum(sequence ? 's' : 'r');
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	/* not read only: the snapshot must see a relation that was just made */
	if (SPI_execute_with_args(query, 4, types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the rights of a relation");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		char	   *text = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
		MemoryContext old = MemoryContextSwitchTo(caller);

		statements = lappend(statements, pstrdup(text));
		MemoryContextSwitchTo(old);
	}
	SPI_finish();
	AtEOXact_GUC(true, level);
	return statements;
}

/* ------------------------------------------------------------------------
 * Inheritance
 * ------------------------------------------------------------------------ */

void
binds_relation_join(const BindsModelRow *row, Oid relid)
{
	Oid			template = row->template;
	ListCell   *lc;

	foreach(lc, binds_relation_parents(template))
	{
		BindsModelRow *other = binds_model_of_template(lfirst_oid(lc));
		Oid			parent = other ? binds_model_relation(other) : InvalidOid;

		if (OidIsValid(parent))
			join_pair(relid, template, parent);
	}
	foreach(lc, find_inheritance_children(template, AccessShareLock))
	{
		BindsModelRow *other = binds_model_of_template(lfirst_oid(lc));
		Oid			child = other ? binds_model_relation(other) : InvalidOid;

		if (OidIsValid(child))
			join_pair(child, lfirst_oid(lc), relid);
	}
}

/*
 * Done as the owner of the child, who must own the parent as well: a row of the child is
 * one of the parent's.
 */
static void
join_pair(Oid child, Oid child_template, Oid parent)
{
	List	   *statements;

	if (list_member_oid(binds_relation_parents(child), parent))
		return;
	statements = lappend(parent_default_statements(child, child_template),
						 psprintf("ALTER %s %s INHERIT %s", alter_word(child),
								  binds_qualified_name(child),
								  binds_qualified_name(parent)));
	binds_spi_run_as(binds_relation_owner(child), statements);
}

/*
 * The statements that let the columns of a child that take their values from the
 * sequence of a parent on the default bind do so, now that it is there.
 */
static List *
parent_default_statements(Oid child, Oid child_template)
{
	List	   *statements = NIL;
	Relation	rel = table_open(child_template, AccessShareLock);
	TupleDesc	desc = RelationGetDescr(rel);

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		char	   *expr;

		if (att->attisdropped || !att->atthasdef)
			continue;
		expr = binds_relation_parent_default(child_template, att->attnum);
		if (expr != NULL)
			statements = lappend(statements,
								 psprintf("ALTER %s %s ALTER COLUMN %s SET DEFAULT %s",
										  alter_word(child),
										  binds_qualified_name(child),
										  quote_identifier(NameStr(att->attname)),
										  expr));
	}
	table_close(rel, NoLock);
	return statements;
}

/*
 * A child that is no model's is the user's own, and keeps its parent: the drop then
 * fails, as it should.  The others are locked by ALTER, which asks for the right first.
 */
void
binds_relation_part(Oid relid)
{
	List	   *children = find_inheritance_children(relid, NoLock);
	List	   *rows = children != NIL ? binds_model_all_rows() : NIL;
	ListCell   *lc;

	foreach(lc, children)
	{
		Oid			child = lfirst_oid(lc);

		if (!binds_relation_is_models(rows, child))
			continue;
		binds_spi_run(psprintf("ALTER %s %s NO INHERIT %s", alter_word(child),
							   binds_qualified_name(child), binds_qualified_name(relid)));
		drop_parent_defaults(child, relid);
	}
}

/* Take the parent's sequence out of the defaults of a child. */
static void
drop_parent_defaults(Oid child, Oid parent)
{
	Relation	rel = table_open(child, AccessShareLock);
	TupleConstr *constr = RelationGetDescr(rel)->constr;
	List	   *columns = NIL;
	ListCell   *lc;

	for (int i = 0; constr != NULL && i < constr->num_defval; i++)
	{
		Node	   *expr = stringToNode(constr->defval[i].adbin);

		if (binds_model_sequence_owner(expr, NULL, NULL) == parent)
			columns = lappend(columns,
							  get_attname(child, constr->defval[i].adnum, false));
	}
	table_close(rel, NoLock);
	foreach(lc, columns)
		binds_spi_run(psprintf("ALTER %s %s ALTER COLUMN %s DROP DEFAULT",
							   alter_word(child), binds_qualified_name(child),
							   quote_identifier(lfirst(lc))));
}

List *
binds_relation_parents(Oid relid)
{
	Relation	rel = table_open(InheritsRelationId, AccessShareLock);
	List	   *parents = NIL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_inherits_inhrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	scan = systable_beginscan(rel, InheritsRelidSeqnoIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		parents = lappend_oid(parents, ((Form_pg_inherits) GETSTRUCT(tuple))->inhparent);
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return parents;
}

bool
binds_relation_is_models(List *rows, Oid relid)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		if (binds_model_relation(lfirst(lc)) == relid)
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Comparison
 * ------------------------------------------------------------------------ */

/*
 * Who has no right at all to the relation does not lock it, and learns nothing of it.
 */
void
binds_relation_compare(const BindsModel *model, Oid relid)
{
	Relation	rel;
	TupleDesc	desc;
	StringInfoData misfits;

	if (pg_class_aclmask(relid, GetUserId(), ACL_ALL_RIGHTS_RELATION,
						 ACLMASK_ANY) == ACL_NO_RIGHTS)
		return;
	rel = table_open(relid, AccessShareLock);
	desc = RelationGetDescr(rel);
	initStringInfo(&misfits);
	for (int i = 0; i < model->ncolumns; i++)
	{
		char	   *misfit = column_misfit(&model->columns[i], rel);

		if (misfit != NULL)
			appendStringInfo(&misfits, "%s%s", misfits.len > 0 ? ", " : "", misfit);
	}
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (!att->attisdropped &&
			binds_model_column(model, NameStr(att->attname)) < 0)
			appendStringInfo(&misfits, "%s\"%s\" (not in the model)",
							 misfits.len > 0 ? ", " : "", NameStr(att->attname));
	}
	table_close(rel, NoLock);
	if (misfits.len > 0)
		ereport(WARNING,
				(errcode(ERRCODE_WARNING),
				 errmsg("relation \"%s\" does not fit model \"%s\" on %s",
						get_rel_name(relid), model->name,
						binds_bind_words(model->bind_key)),
				 errdetail("Columns that differ: %s.", misfits.data)));
}

static char *
column_misfit(const BindsModelColumn *column, Relation rel)
{
	AttrNumber	attnum = get_attnum(RelationGetRelid(rel), column->name);
	Form_pg_attribute att;

	if (attnum <= 0)
		return psprintf("\"%s\" (missing)", column->name);
	att = TupleDescAttr(RelationGetDescr(rel), attnum - 1);
	if (att->atttypid != column->typid ||
		(att->atttypid == column->base_typid && att->atttypmod != column->typmod))
		return psprintf("\"%s\" (%s, not %s)", column->name,
						format_type_with_typemod(att->atttypid, att->atttypmod),
						format_type_with_typemod(column->typid,
												 column->typid == column->base_typid ?
												 column->typmod : -1));
	return NULL;
}

/* ------------------------------------------------------------------------
 * Words
 * ------------------------------------------------------------------------ */

static const char *
alter_word(Oid relid)
{
	return get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE ? "FOREIGN TABLE" : "TABLE";
}
