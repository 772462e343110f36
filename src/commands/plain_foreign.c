/*
 * plain_foreign.c
 *	  ALTER FOREIGN TABLE of the relation of a model, which is about the relation here and not
 *	  about its table.
 *
 * As what a column is read, and what may be NULL in it here, is the relation's to say, though
 * hardly meant if nothing is said to it.  Which columns there are is not: statements would
 * fail, or leave values out.  What makes a relation as its model says is always right.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "commands/defrem.h"
#include "foreign/fdwapi.h"
#include "foreign/foreign.h"
#include "parser/parse_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "commands/plain_foreign.h"
#include "commands/plain_move.h"
#include "commands/relation.h"
#include "dialect/dialects.h"

static void refuse_called(const BindsModelRow *row, const char *column);
static const char *engine_name(Oid relid, AttrNumber attnum);
static void check_commands(const AlterTableStmt *statement, const BindsModelRow *row);
static void tell_alone(const BindsModelRow *row);
static bool has_engine_name(const BindsModelRow *row, const char *column);
static bool is_column_of(const BindsModelRow *row, const char *column);
static bool is_column_here(const BindsModelRow *row, const char *column);
static bool comes_again(const AlterTableStmt *statement, const char *column);
static bool has_other_type(const BindsModelRow *row, const char *column,
						   const TypeName *type);
static bool has_other_nulls(const BindsModelRow *row, const char *column, bool not_null);
static void refuse_columns(const BindsModelRow *row, const char *column);

bool
binds_plain_is_foreign(const Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_AlterTableStmt:
			return ((const AlterTableStmt *) statement)->objtype == OBJECT_FOREIGN_TABLE;
		case T_RenameStmt:
			return ((const RenameStmt *) statement)->renameType == OBJECT_FOREIGN_TABLE ||
				(((const RenameStmt *) statement)->renameType == OBJECT_COLUMN &&
				 ((const RenameStmt *) statement)->relationType == OBJECT_FOREIGN_TABLE);
		default:
			return false;
	}
}

bool
binds_plain_has_columns(const AlterTableStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		switch (((const AlterTableCmd *) lfirst(lc))->subtype)
		{
			case AT_AddColumn:
			case AT_DropColumn:
			case AT_AlterColumnType:
			case AT_SetNotNull:
			case AT_DropNotNull:
				return true;
			default:
				break;
		}
	}
	return false;
}

Node *
binds_plain_change_relation(Node *statement, const BindsModelRow *row)
{
	RenameStmt *rename = (RenameStmt *) statement;

	if (IsA(statement, AlterTableStmt))
		check_commands((AlterTableStmt *) statement, row);
	else if (rename->renameType == OBJECT_FOREIGN_TABLE)
	{
		binds_plain_relocate(row, row->local_schema, rename->newname);
		return NULL;
	}
	else if (is_column_of(row, rename->subname) && !binds_model_has_dropped(row, rename->subname))
	{
		if (!has_engine_name(row, rename->subname))
			refuse_columns(row, rename->subname);
		tell_alone(row);
	}
	return statement;
}

void
binds_plain_check_called(const Node *statement, const BindsModelRow *row)
{
	ListCell   *lc;

	if (IsA(statement, RenameStmt) &&
		((const RenameStmt *) statement)->renameType == OBJECT_COLUMN)
	{
		refuse_called(row, ((const RenameStmt *) statement)->subname);
		refuse_called(row, ((const RenameStmt *) statement)->newname);
	}
	foreach(lc, IsA(statement, AlterTableStmt) ? ((const AlterTableStmt *) statement)->cmds : NIL)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype == AT_AddColumn)
			refuse_called(row, castNode(ColumnDef, cmd->def)->colname);
		else if (cmd->subtype != AT_DropConstraint && cmd->subtype != AT_AlterConstraint &&
				 cmd->subtype != AT_ValidateConstraint)
			refuse_called(row, cmd->name != NULL ? cmd->name : "");
	}
}

/*
 * Raise 55000 if a column of the relation is one of another name in the engine, and it is one of
 * these: the statement would be about either.
 */
static void
refuse_called(const BindsModelRow *row, const char *column)
{
	Oid			relid = binds_model_relation(row);
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	bool		folds;
	int			natts;

	if (!HeapTupleIsValid(tuple))
		return;
	folds = binds_dialect_of_server(GetForeignServerIdByRelId(relid))->folds_columns;
	natts = ((Form_pg_class) GETSTRUCT(tuple))->relnatts;
	ReleaseSysCache(tuple);
	for (AttrNumber attnum = 1; attnum <= natts; attnum++)
	{
		const char *name = get_attname(relid, attnum, false);
		const char *engine = engine_name(relid, attnum);

		if (engine == NULL || !is_column_here(row, name) ||
			(folds ? pg_strcasecmp(engine, name) : strcmp(engine, name)) == 0 ||
			(strcmp(column, name) != 0 && strcmp(column, engine) != 0))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("column \"%s\" of table \"%s\" is called \"%s\" here", engine,
						row->local_name, name),
				 errdetail("ALTER FOREIGN TABLE has given it that name, and model \"%s\" on %s has the other one.",
						   row->model, binds_bind_words(row->bind_key)),
				 is_column_of(row, engine) && !is_column_here(row, engine) ?
				 errhint("Give it the name of the model before, by ALTER FOREIGN TABLE %s RENAME COLUMN %s TO %s.",
						 quote_identifier(row->local_name), quote_identifier(name),
						 quote_identifier(engine)) :
				 errhint("Let it be the engine's column of its own name before, by ALTER FOREIGN TABLE %s ALTER COLUMN %s OPTIONS (DROP column_name).",
						 quote_identifier(row->local_name), quote_identifier(name))));
	}
}

/* What a column is called in the engine; NULL: the relation does not say it. */
static const char *
engine_name(Oid relid, AttrNumber attnum)
{
	ListCell   *lc;

	foreach(lc, attnum > 0 ? GetForeignColumnOptions(relid, attnum) : NIL)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, "column_name") == 0)
			return defGetString(lfirst(lc));
	}
	return NULL;
}

static void
check_commands(const AlterTableStmt *statement, const BindsModelRow *row)
{
	bool		tell = false;
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);
		const ColumnDef *def = (const ColumnDef *) cmd->def;

		switch (cmd->subtype)
		{
			case AT_AddColumn:
				if (is_column_here(row, def->colname))
					break;
				if (!is_column_of(row, def->colname))
					refuse_columns(row, def->colname);
				tell |= has_other_type(row, def->colname, def->typeName);
				break;
			case AT_DropColumn:
				if (is_column_of(row, cmd->name) && is_column_here(row, cmd->name) &&
					!comes_again(statement, cmd->name))
					refuse_columns(row, cmd->name);
				break;
			case AT_AlterColumnType:
				tell |= has_other_type(row, cmd->name, def->typeName);
				break;
			case AT_SetNotNull:
			case AT_DropNotNull:
				tell |= has_other_nulls(row, cmd->name, cmd->subtype == AT_SetNotNull);
				break;
			default:
				break;
		}
	}
	if (tell)
		tell_alone(row);
}

static void
tell_alone(const BindsModelRow *row)
{
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("only the relation \"%s\" is changed, not model \"%s\" on %s and its table",
					row->local_name, row->model, binds_bind_words(row->bind_key)),
			 errhint("ALTER TABLE changes model, engine and relation.")));
}

/* Does the relation say what a column is called in the engine, whatever it is called here? */
static bool
has_engine_name(const BindsModelRow *row, const char *column)
{
	Oid			relid = binds_model_relation(row);

	return engine_name(relid, get_attnum(relid, column)) != NULL;
}

static bool
is_column_of(const BindsModelRow *row, const char *column)
{
	return get_attnum(row->template, column) > 0;
}

static bool
is_column_here(const BindsModelRow *row, const char *column)
{
	return get_attnum(binds_model_relation(row), column) > 0;
}

/* Does a statement add a column that it drops? */
static bool
comes_again(const AlterTableStmt *statement, const char *column)
{
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype == AT_AddColumn &&
			strcmp(castNode(ColumnDef, cmd->def)->colname, column) == 0)
			return true;
	}
	return false;
}

/* Is it another type than that of the model's column?  What is none is PostgreSQL's to refuse. */
static bool
has_other_type(const BindsModelRow *row, const char *column, const TypeName *type)
{
	AttrNumber	attnum = get_attnum(row->template, column);
	int32		typmod;
	Type		tuple = LookupTypeName(NULL, type, &typmod, true);
	bool		other;
	Oid			model_type;
	int32		model_typmod;
	Oid			collation;

	if (tuple == NULL)
		return false;
	other = false;
	if (attnum > 0)
	{
		get_atttypetypmodcoll(row->template, attnum, &model_type, &model_typmod, &collation);
		other = typeTypeId(tuple) != model_type || typmod != model_typmod;
	}
	ReleaseSysCache(tuple);
	return other;
}

/* Keys that are generated have no NOT NULL here. */
static bool
has_other_nulls(const BindsModelRow *row, const char *column, bool not_null)
{
	HeapTuple	tuple = SearchSysCacheAttName(row->template, column);
	Form_pg_attribute att;
	bool		other;

	if (!HeapTupleIsValid(tuple))
		return false;
	att = (Form_pg_attribute) GETSTRUCT(tuple);
	other = att->attnotnull != not_null && (not_null || att->attidentity == '\0');
	ReleaseSysCache(tuple);
	return other;
}

static void
refuse_columns(const BindsModelRow *row, const char *column)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("column \"%s\" of table \"%s\" cannot come or go by ALTER FOREIGN TABLE",
					column, row->local_name),
			 errdetail("Model \"%s\" on %s has %s.", row->model,
					   binds_bind_words(row->bind_key),
					   is_column_of(row, column) ? "it" : "no such column"),
			 errhint("ALTER TABLE changes model, engine and relation; binds.define changes the model alone, and binds.upgrade makes the others what it says.")));
}
