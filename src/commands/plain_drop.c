/*
 * plain_drop.c
 *	  DROP TABLE of the relations of models, and what drops them with a schema or with all
 *	  that a role owns: they go with their models and the engines' tables.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "commands/user.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "commands/plain_ddl.h"
#include "commands/relation.h"
#include "commands/work.h"
#include "compat.h"

static List *models_in_schemas(const DropStmt *statement);
static List *models_of_roles(const DropOwnedStmt *statement);
static Oid	relation_on_bind(const BindsModelRow *row);
static void drop_models(List *rows, bool cascade);
static List *take_models(DropStmt *statement);
static List *children_of(const RangeVar *name, DropBehavior behavior);
static List *add_children(List *rows, List *children, DropBehavior behavior);
static void check_managed(const List *works);
static void refuse_referred(const BindsModelReference *reference);
static void cut(const BindsModelReference *reference);
static const char *table_name(BindsBind *bind, const BindsModelReference *reference);
static void unlink_later(const BindsWork *work, const BindsModelReference *reference);
static const BindsReference *key_of(const BindsWork *work, const BindsModelReference *reference,
									const List *keys);
static void drop_defaults(List *rows);
static void drop_templates(List *rows);

bool
binds_plain_is_dropped(const Node *statement)
{
	ListCell   *lc;

	if (IsA(statement, DropOwnedStmt))
		return models_of_roles((const DropOwnedStmt *) statement) != NIL;
	if (((const DropStmt *) statement)->removeType == OBJECT_SCHEMA)
		return models_in_schemas((const DropStmt *) statement) != NIL;
	if (((const DropStmt *) statement)->removeType != OBJECT_TABLE)
		return false;
	foreach(lc, ((const DropStmt *) statement)->objects)
	{
		const RangeVar *name = makeRangeVarFromNameList(lfirst_node(List, lc));

		if (binds_plain_model(name) != NULL ||
			children_of(name, ((const DropStmt *) statement)->behavior) != NIL)
			return true;
	}
	return false;
}

/* What else a schema holds, or a role owns, is PostgreSQL's to drop. */
Node *
binds_plain_drop(Node *statement)
{
	DropStmt   *drop = (DropStmt *) statement;
	List	   *rows;
	ListCell   *lc;

	if (IsA(statement, DropOwnedStmt))
	{
		drop_models(models_of_roles((DropOwnedStmt *) statement),
					((DropOwnedStmt *) statement)->behavior == DROP_CASCADE);
		return statement;
	}
	if (drop->removeType == OBJECT_TABLE)
	{
		drop_models(take_models(drop), drop->behavior == DROP_CASCADE);
		return drop->objects == NIL ? NULL : statement;
	}
	rows = models_in_schemas(drop);
	foreach(lc, rows)
		ereport(NOTICE,
				(errmsg("drop cascades to table %s",
						quote_qualified_identifier(((BindsModelRow *) lfirst(lc))->local_schema,
												   ((BindsModelRow *) lfirst(lc))->local_name))));
	drop_models(rows, true);
	return statement;
}

/*
 * The models whose relations are in the schemas of DROP SCHEMA ... CASCADE; none if PostgreSQL
 * will raise an error.
 */
static List *
models_in_schemas(const DropStmt *statement)
{
	List	   *schemas = NIL;
	List	   *rows = NIL;
	ListCell   *lc;

	if (statement->behavior != DROP_CASCADE || !binds_models_are_known())
		return NIL;
	foreach(lc, statement->objects)
	{
		Oid			schema = get_namespace_oid(strVal(lfirst(lc)), true);

		if (OidIsValid(schema) ? !binds_compat_owns_schema(schema, GetUserId()) :
			!statement->missing_ok)
			return NIL;
		schemas = lappend_oid(schemas, schema);
	}
	foreach(lc, binds_model_all_rows())
	{
		Oid			relid = relation_on_bind(lfirst(lc));

		if (OidIsValid(relid) && list_member_oid(schemas, get_rel_namespace(relid)))
			rows = lappend(rows, lfirst(lc));
	}
	return rows;
}

/* The same of the relations that roles of DROP OWNED own. */
static List *
models_of_roles(const DropOwnedStmt *statement)
{
	List	   *roles;
	List	   *rows = NIL;
	ListCell   *lc;

	if (!binds_models_are_known())
		return NIL;
	roles = roleSpecsToIds(statement->roles);
	foreach(lc, roles)
	{
		if (!has_privs_of_role(GetUserId(), lfirst_oid(lc)))
			return NIL;
	}
	foreach(lc, binds_model_all_rows())
	{
		Oid			relid = relation_on_bind(lfirst(lc));

		if (OidIsValid(relid) && list_member_oid(roles, binds_relation_owner(relid)))
			rows = lappend(rows, lfirst(lc));
	}
	return rows;
}

/* InvalidOid: it is not there, or on the default bind. */
static Oid
relation_on_bind(const BindsModelRow *row)
{
	Oid			relid = row->bind_key != NULL ? binds_model_relation(row) : InvalidOid;

	return OidIsValid(relid) &&
		binds_model_is_foreign(relid, binds_bind_find(row->bind_key)) ? relid : InvalidOid;
}

/*
 * As of all tables that go together, references between them do not count; to others that
 * stay the word CASCADE decides.
 */
static void
drop_models(List *rows, bool cascade)
{
	int			level;
	List	   *works;
	ListCell   *lc;

	foreach(lc, rows)
		lfirst(lc) = binds_plain_lock(lfirst(lc), AccessExclusiveLock);
	level = binds_fixed_path();
	works = binds_work_load_rows(rows);
	check_managed(works);
	foreach(lc, binds_model_references_to(rows))
	{
		if (!cascade)
			refuse_referred(lfirst(lc));
		cut(lfirst(lc));
	}
	drop_defaults(rows);
	binds_work_drop(works, cascade);
	drop_templates(rows);
	AtEOXact_GUC(true, level);
}

/* Take out the tables that are models' (List of BindsModelRow), each once. */
static List *
take_models(DropStmt *statement)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, statement->objects)
	{
		BindsModelRow *row = binds_plain_model(makeRangeVarFromNameList(lfirst_node(List, lc)));

		if (row == NULL)
		{
			rows = add_children(rows, children_of(makeRangeVarFromNameList(lfirst_node(List, lc)),
												  statement->behavior),
								statement->behavior);
			continue;
		}
		if (!binds_model_is_among(rows, row->template))
			rows = lappend(rows, row);
		statement->objects = foreach_delete_current(statement->objects, lc);
	}
	return rows;
}

/*
 * The models whose relations go with a table of this server: partitions, and with CASCADE what
 * inherits from it; none if PostgreSQL will raise an error.
 */
static List *
children_of(const RangeVar *name, DropBehavior behavior)
{
	Oid			relid = binds_models_are_known() ? RangeVarGetRelid(name, NoLock, true) :
		InvalidOid;
	List	   *rows = NIL;
	ListCell   *lc;

	if (!OidIsValid(relid) || !binds_compat_owns_relation(relid, GetUserId()) ||
		(get_rel_relkind(relid) != RELKIND_PARTITIONED_TABLE &&
		 (get_rel_relkind(relid) != RELKIND_RELATION || behavior != DROP_CASCADE)))
		return NIL;
	foreach(lc, find_all_inheritors(relid, NoLock, NULL))
	{
		BindsModelRow *row = binds_model_of_relation(lfirst_oid(lc));

		if (row != NULL && OidIsValid(relation_on_bind(row)))
			rows = lappend(rows, row);
	}
	return rows;
}

/* Those that are not there yet; what goes by CASCADE is told, as PostgreSQL does. */
static List *
add_children(List *rows, List *children, DropBehavior behavior)
{
	ListCell   *lc;

	foreach(lc, children)
	{
		BindsModelRow *row = lfirst(lc);

		if (binds_model_is_among(rows, row->template))
			continue;
		if (behavior == DROP_CASCADE && !get_rel_relispartition(binds_model_relation(row)))
			ereport(NOTICE,
					(errmsg("drop cascades to table %s",
							quote_qualified_identifier(row->local_schema, row->local_name))));
		rows = lappend(rows, row);
	}
	return rows;
}

/* Raises 55000 if nobody may drop tables of a bind. */
static void
check_managed(const List *works)
{
	ListCell   *lc;

	foreach(lc, works)
	{
		const BindsBind *bind = ((BindsWork *) lfirst(lc))->bind;

		if (!bind->options->managed)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("tables of bind \"%s\" are not managed", bind->key),
					 errdetail("So none of them is dropped."),
					 errhint("DROP FOREIGN TABLE drops the relation here, and binds.forget the model, too.")));
	}
}

static void
refuse_referred(const BindsModelReference *reference)
{
	const char *name = reference->to->local_name;

	ereport(ERROR,
			(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
			 errmsg("cannot drop table %s because other objects depend on it",
					quote_identifier(name)),
			 errdetail("constraint %s on table %s depends on table %s",
					   quote_identifier(reference->constraint),
					   quote_identifier(reference->row->local_name),
					   quote_identifier(name)),
			 errhint("Use DROP ... CASCADE to drop the dependent objects too.")));
}

/*
 * Drop a foreign key of a model that stays, in its engine, too: where that cannot be undone
 * after the commit, before the table to which it refers.
 */
static void
cut(const BindsModelReference *reference)
{
	BindsModelRow *row = reference->row;
	BindsBind  *bind = binds_bind_find(row->bind_key);
	BindsWork  *work;

	ereport(NOTICE,
			(errmsg("drop cascades to constraint %s on table %s",
					quote_identifier(reference->constraint),
					quote_identifier(row->local_name))));
	if (bind->dialect == NULL || bind->dialect->transactional_ddl)
	{
		binds_plain_drop_constraint(row, reference->constraint);
		return;
	}
	work = binds_work_load_models(bind, list_make1(row));
	binds_work_find_former(work);
	binds_spi_run(psprintf("ALTER TABLE %s DROP CONSTRAINT %s",
						   binds_qualified_name(row->template),
						   quote_identifier(reference->constraint)));
	unlink_later(work, reference);
}

/* What the engine calls the table that is referred to: its model may have been renamed. */
static const char *
table_name(BindsBind *bind, const BindsModelReference *reference)
{
	BindsWork  *work = binds_work_load_models(bind,
											  list_make1(reference->to));

	binds_work_find_former(work);
	return work->items[0].model->name;
}

/* work: the model that refers, as it was before. */
static void
unlink_later(const BindsWork *work, const BindsModelReference *reference)
{
	List	   *keys = binds_ddl_references(work->ddl, NULL, table_name(work->bind, reference));
	const BindsReference *key = key_of(work, reference, keys);

	if (key != NULL)
		binds_ddl_unlink_later(work->ddl, key,
							   binds_work_key_index(work->bind, reference->row, work->ddl,
													key));
}

/*
 * The engine's foreign key: by the name that create_all gives it, or the model's, as a table
 * of others may have it.  In a table that has got another name since it has neither: it is
 * the only one then, or nobody knows which.
 */
static const BindsReference *
key_of(const BindsWork *work, const BindsModelReference *reference, const List *keys)
{
	const BindsDialect *dialect = work->bind->dialect;
	const BindsModel *model = work->items[0].model;
	const char *name = dialect->constraint_name == NULL ? reference->constraint :
		dialect->constraint_name(model, reference->constraint);
	const BindsReference *only = NULL;
	int			n = 0;
	ListCell   *lc;

	foreach(lc, keys)
	{
		const BindsReference *key = lfirst(lc);

		if (key->schema != NULL || key->constraint == NULL)
			continue;
		if (strcmp(key->constraint, name) == 0 ||
			strcmp(key->constraint, reference->constraint) == 0)
			return key;
		if (dialect->folds_tables ? pg_strcasecmp(key->table, model->name) != 0 :
			strcmp(key->table, model->name) != 0)
			continue;
		only = key;
		n++;
	}
	return n == 1 ? only : NULL;
}

/*
 * A default may use a sequence that belongs to a column of the relation: a client makes one
 * where it sees none.
 */
static void
drop_defaults(List *rows)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsModelRow *row = lfirst(lc);
		Relation	rel = table_open(row->template, AccessShareLock);
		TupleDesc	desc = RelationGetDescr(rel);
		StringInfoData buf;

		initStringInfo(&buf);
		for (int i = 0; i < desc->natts; i++)
		{
			Form_pg_attribute att = TupleDescAttr(desc, i);

			if (att->atthasdef && att->attgenerated == '\0' && !att->attisdropped)
				appendStringInfo(&buf, "%s ALTER COLUMN %s DROP DEFAULT",
								 buf.len > 0 ? "," : "",
								 quote_identifier(NameStr(att->attname)));
		}
		table_close(rel, NoLock);
		if (buf.len > 0)
			binds_spi_run(psprintf("ALTER TABLE %s%s", binds_qualified_name(row->template),
								   buf.data));
	}
}

static void
drop_templates(List *rows)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, rows)
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "",
						 binds_qualified_name(((BindsModelRow *) lfirst(lc))->template));
	binds_spi_run(psprintf("DROP TABLE %s", buf.data));
}
