/*
 * plain_create.c
 *	  CREATE TABLE on a bind: a model, and its table and relation.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "commands/assign.h"
#include "commands/plain_ddl.h"
#include "commands/relation.h"
#include "commands/work.h"

static void point_parts(CreateStmt *statement);
static void make(BindsBind *bind, BindsModelRow *row, bool attach);
static void check_storage(const IntoClause *into);

/* Partitions and what they are parts of are PostgreSQL's. */
bool
binds_plain_is_created(const CreateStmt *statement)
{
	return statement->partspec == NULL && statement->partbound == NULL &&
		binds_plain_bind_of_new(statement->relation) != NULL;
}

/*
 * A table that the engine has already is not taken for the new one, unless IF NOT EXISTS
 * says that it may be.
 */
void
binds_plain_create(CreateStmt *statement, const PlannedStmt *planned, const char *source)
{
	const char *key = binds_plain_bind_of_new(statement->relation);
	BindsBind  *bind = binds_bind_find(key);
	const char *name = pstrdup(statement->relation->relname);
	bool		attach = statement->if_not_exists;
	BindsModelRow *row;
	Oid			template;

	statement->relation->schemaname =
		get_namespace_name(RangeVarGetCreationNamespace(statement->relation));
	point_parts(statement);
	/* its relation is not there: it is to be made */
	row = attach ? binds_model_find(key, name) : NULL;
	if (row != NULL && (strcmp(row->local_name, name) != 0 ||
						strcmp(row->local_schema, statement->relation->schemaname) != 0))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("model \"%s\" already exists on bind \"%s\"", name, key),
				 errdetail("Its relation is \"%s.%s\".", row->local_schema, row->local_name)));
	if (row == NULL)
	{
		template = binds_define_carried_out(key, (Node *) statement, source,
											planned->stmt_location, planned->stmt_len);
		row = binds_model_of_template(template);
	}
	make(bind, row, attach);
}

/* Let other tables be found as PostgreSQL finds them: by the search path. */
static void
point_parts(CreateStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->inhRelations)
	{
		BindsModelRow *row = binds_plain_model(lfirst(lc));

		if (row != NULL)
			binds_plain_point(lfirst(lc), row);
	}
	foreach(lc, statement->tableElts)
	{
		if (IsA(lfirst(lc), ColumnDef))
			binds_plain_point_constraints(lfirst_node(ColumnDef, lc)->constraints,
										  statement->relation);
		else if (IsA(lfirst(lc), Constraint))
			binds_plain_point_constraints(list_make1(lfirst(lc)), statement->relation);
	}
	binds_plain_point_constraints(statement->constraints, statement->relation);
}

/* attach: a table that the engine has is it. */
static void
make(BindsBind *bind, BindsModelRow *row, bool attach)
{
	int			level = binds_fixed_path();
	BindsWork  *work = binds_work_load_models(bind, list_make1(row));

	if (!bind->options->managed)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("tables of bind \"%s\" are not managed", bind->key),
				 errdetail("So none is made there."),
				 errhint("Set binds.bind_key to another bind, or the bind's option \"managed\" to true.")));
	binds_work_check_create(list_make1(work));
	if (attach)
	{
		binds_work_create(list_make1(work));
		binds_work_warn_differences(work);
	}
	else
	{
		binds_work_make(work);
		binds_relation_join(work->items[0].row, work->items[0].relid);
	}
	AtEOXact_GUC(true, level);
}

/* ------------------------------------------------------------------------
 * CREATE TABLE AS
 * ------------------------------------------------------------------------ */

const char *
binds_plain_bind_of_rows(const CreateTableAsStmt *statement)
{
	return statement->objtype != OBJECT_TABLE ? NULL :
		binds_plain_bind_of_new(statement->into->rel);
}

/* PostgreSQL has made the table and its rows, in the transaction of the statement. */
void
binds_plain_give(const CreateTableAsStmt *statement, const char *bind_key)
{
	BindsBind  *bind = binds_bind_find(bind_key);
	int			level;
	Oid			relid;

	check_storage(statement->into);
	CommandCounterIncrement();
	relid = RangeVarGetRelid(statement->into->rel, NoLock, false);
	level = binds_fixed_path();
	binds_assign_new(relid, bind);
	AtEOXact_GUC(true, level);
}

static void
check_storage(const IntoClause *into)
{
	if (into->options != NIL || into->accessMethod != NULL ||
		into->tableSpaceName != NULL || into->onCommit != ONCOMMIT_NOOP ||
		into->rel->relpersistence != RELPERSISTENCE_PERMANENT)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("how PostgreSQL keeps a table cannot be part of a model"),
				 errhint("Leave out WITH, USING, TABLESPACE and UNLOGGED, or set binds.bind_key to ''.")));
}
