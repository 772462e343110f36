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
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "commands/relation.h"
#include "compat.h"
#include "model/rights.h"

static void copy_rights(Oid from, Oid to, bool template);
static void copy_sequence_acl(Oid from, Oid to);
static void set_relation_acl(Oid to, const Acl *old, const Acl *new);
static void copy_column_acls(Oid from, Oid to);
static Acl *get_acl(int cache, Oid relid, AttrNumber attnum, AttrNumber place);
static bool same_acl(const Acl *a, const Acl *b);
static void store_acl(Relation catalog, HeapTuple tuple, AttrNumber place, Oid relid,
					  AttrNumber attnum, const Acl *old, const Acl *new);
static void join_pair(Oid child, Oid child_template, Oid parent);
static List *parent_default_statements(Oid child, Oid child_template);
static void drop_parent_defaults(Oid child, Oid parent);
static const char *alter_word(Oid relid);

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
	/* of one that never was, its schema and the default privileges tell */
	if (get_acl(RELOID, model->template, 0, Anum_pg_class_relacl) == NULL)
		copy_rights(relid, model->template, true);
	else
		copy_rights(model->template, relid, false);
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
	copy_rights(relid, template, true);
}

void
binds_relation_begin_rights(Oid template)
{
	Acl		   *old = get_acl(RELOID, template, 0, Anum_pg_class_relacl);

	if (old == NULL)
		return;
	set_relation_acl(template, old, NULL);
	CommandCounterIncrement();
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

bool
binds_relation_inherits(Oid relid, const char *column)
{
	HeapTuple	tuple = SearchSysCacheAttName(relid, column);
	bool		inherits = HeapTupleIsValid(tuple) &&
		((Form_pg_attribute) GETSTRUCT(tuple))->attinhcount > 0;

	if (HeapTupleIsValid(tuple))
		ReleaseSysCache(tuple);
	return inherits;
}

/*
 * Give "to" the rights of "from", which belongs to the same role: those on the relation,
 * on its columns, and on the sequences of its serial columns, which who inserts needs.
 *
 * They are copied as they stand, not granted again: who has granted what he was given the
 * option of stays the grantor, so that to revoke it from him takes it from the others,
 * too.  He could not grant it again: he need not be let into the schema.
 *
 * template: "to" is one, which says also of nobody's rights that they are none; it says
 * nothing before there was a relation.
 */
static void
copy_rights(Oid from, Oid to, bool template)
{
	Acl		   *none = acldefault(OBJECT_TABLE, binds_relation_owner(from));
	Acl		   *old = get_acl(RELOID, to, 0, Anum_pg_class_relacl);
	Acl		   *new = get_acl(RELOID, from, 0, Anum_pg_class_relacl);

	if (template && new == NULL)
		new = none;
	else if (!template && aclequal(new, none))
		new = NULL;
	set_relation_acl(to, old, new);
	copy_column_acls(from, to);
	binds_relation_copy_sequence_rights(from, to);
}

void
binds_relation_copy_sequence_rights(Oid from, Oid to)
{
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
					   get_attname(to, to_column, false)) == 0)
				copy_sequence_acl(lfirst_oid(fc), lfirst_oid(tc));
		}
	}
	CommandCounterIncrement();
}

static void
copy_sequence_acl(Oid from, Oid to)
{
	set_relation_acl(to, get_acl(RELOID, to, 0, Anum_pg_class_relacl),
					 get_acl(RELOID, from, 0, Anum_pg_class_relacl));
}

/* old: what it has. */
static void
set_relation_acl(Oid to, const Acl *old, const Acl *new)
{
	Relation	catalog;
	HeapTuple	tuple;

	if (same_acl(old, new))
		return;
	/* as VACUUM does, which changes the same row */
	LockRelationOid(to, ShareUpdateExclusiveLock);
	catalog = table_open(RelationRelationId, RowExclusiveLock);
	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(to));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", to);
	store_acl(catalog, tuple, Anum_pg_class_relacl, to, 0, old, new);
	ReleaseSysCache(tuple);
	table_close(catalog, RowExclusiveLock);
}

/* Columns are the same by name. */
static void
copy_column_acls(Oid from, Oid to)
{
	Relation	catalog = table_open(AttributeRelationId, RowExclusiveLock);
	const char *name;

	for (AttrNumber attnum = 1; (name = get_attname(to, attnum, true)) != NULL; attnum++)
	{
		AttrNumber	other = get_attnum(from, name);
		Acl		   *new = get_acl(ATTNUM, from, other, Anum_pg_attribute_attacl);
		Acl		   *old = get_acl(ATTNUM, to, attnum, Anum_pg_attribute_attacl);
		HeapTuple	tuple;

		if (other <= 0 || same_acl(old, new))
			continue;
		tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(to), Int16GetDatum(attnum));
		if (!HeapTupleIsValid(tuple))
			elog(ERROR, "cache lookup failed for column %d of relation %u", attnum, to);
		store_acl(catalog, tuple, Anum_pg_attribute_attacl, to, attnum, old, new);
		ReleaseSysCache(tuple);
	}
	table_close(catalog, RowExclusiveLock);
}

/* The rights in a row of pg_class or pg_attribute; NULL: nobody has granted anything. */
static Acl *
get_acl(int cache, Oid relid, AttrNumber attnum, AttrNumber place)
{
	HeapTuple	tuple = cache == RELOID ?
		SearchSysCache1(RELOID, ObjectIdGetDatum(relid)) :
		SearchSysCache2(ATTNUM, ObjectIdGetDatum(relid), Int16GetDatum(attnum));
	Acl		   *acl = NULL;
	Datum		value;
	bool		isnull;

	if (!HeapTupleIsValid(tuple))
		return NULL;
	value = SysCacheGetAttr(cache, tuple, place, &isnull);
	if (!isnull)
		acl = DatumGetAclPCopy(value);
	ReleaseSysCache(tuple);
	return acl;
}

static bool
same_acl(const Acl *a, const Acl *b)
{
	return a == NULL || b == NULL ? a == b : aclequal(a, b);
}

static void
store_acl(Relation catalog, HeapTuple tuple, AttrNumber place, Oid relid,
		  AttrNumber attnum, const Acl *old, const Acl *new)
{
	int			natts = RelationGetNumberOfAttributes(catalog);
	Datum	   *values = palloc0(sizeof(Datum) * natts);
	bool	   *nulls = palloc0(sizeof(bool) * natts);
	bool	   *replaces = palloc0(sizeof(bool) * natts);
	Oid		   *old_members = NULL;
	Oid		   *new_members = NULL;
	int			nold = old != NULL ? aclmembers(old, &old_members) : 0;
	int			nnew = new != NULL ? aclmembers(new, &new_members) : 0;

	values[place - 1] = PointerGetDatum(new);
	nulls[place - 1] = new == NULL;
	replaces[place - 1] = true;
	tuple = heap_modify_tuple(tuple, RelationGetDescr(catalog), values, nulls, replaces);
	CatalogTupleUpdate(catalog, &tuple->t_self, tuple);
	updateAclDependencies(RelationRelationId, relid, attnum, binds_relation_owner(relid),
						  nold, old_members, nnew, new_members);
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
binds_relation_inherit_statements(const BindsModelRow *row, const BindsModel *model)
{
	List	   *statements = NIL;
	ListCell   *lc;

	foreach(lc, binds_relation_parents(model->template))
	{
		BindsModelRow *other = binds_model_of_template(lfirst_oid(lc));

		if (other != NULL && other->bind_key == NULL)
			statements = lappend(statements,
								 psprintf("ALTER TABLE %s INHERIT %s",
										  quote_qualified_identifier(row->local_schema,
																	 row->local_name),
										  quote_qualified_identifier(other->local_schema,
																	 other->local_name)));
	}
	return statements;
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

char *
binds_relation_column_misfit(const BindsModelColumn *column, Oid relid)
{
	AttrNumber	attnum = get_attnum(relid, column->name);
	Oid			typid;
	int32		typmod;
	Oid			collation;

	if (attnum <= 0)
		return pstrdup("missing");
	get_atttypetypmodcoll(relid, attnum, &typid, &typmod, &collation);
	if (typid != column->typid ||
		(typid == column->base_typid && typmod != column->typmod))
		return psprintf("%s, not %s", format_type_with_typemod(typid, typmod),
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
