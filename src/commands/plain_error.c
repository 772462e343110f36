/*
 * plain_error.c
 *	  What ALTER TABLE raises where rows do not fit, in PostgreSQL's words.
 *
 * An engine tells it of its own statement, or of the table that takes the place of another one
 * there.  What was asked for tells what is meant.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "parser/parse_type.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#include "commands/plain_ddl.h"

static const char *column_without_values(const ErrorData *error, const List *cmds);
static const char *name_if_required(const ColumnDef *column);
static const char *length_exceeded(const ErrorData *error, const List *cmds);
static const char *check_violated(const ErrorData *error, const List *cmds);
static const char *check_added(const List *cmds);
static void put(ErrorData *error, int code, char *message, const BindsModelRow *row);

void
binds_plain_tell(ErrorData *error, const AlterTableStmt *statement,
				 const BindsModelRow *row)
{
	const char *name;

	if ((name = column_without_values(error, statement->cmds)) != NULL)
	{
		put(error, ERRCODE_NOT_NULL_VIOLATION,
			psprintf("column \"%s\" of relation \"%s\" contains null values", name,
					 row->local_name), row);
		error->column_name = pstrdup(name);
	}
	else if ((name = length_exceeded(error, statement->cmds)) != NULL)
	{
		error->sqlerrcode = ERRCODE_STRING_DATA_RIGHT_TRUNCATION;
		error->message = psprintf("value too long for type %s", name);
		error->detail = error->detail_log = NULL;
	}
	else if ((name = check_violated(error, statement->cmds)) != NULL)
	{
		put(error, ERRCODE_CHECK_VIOLATION,
			psprintf("check constraint \"%s\" of relation \"%s\" is violated by some row",
					 name, row->local_name), row);
		error->constraint_name = pstrdup(name);
	}
}

/* A row is not named: it is one of the table's, and who alters it may see them all. */
static void
put(ErrorData *error, int code, char *message, const BindsModelRow *row)
{
	error->sqlerrcode = code;
	error->message = message;
	error->detail = error->detail_log = NULL;
	error->schema_name = pstrdup(row->local_schema);
	error->table_name = pstrdup(row->local_name);
}

/* The name of a column that must have values; NULL: it is about something else. */
static const char *
column_without_values(const ErrorData *error, const List *cmds)
{
	const char *name = NULL;
	ListCell   *lc;

	foreach(lc, cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);
		const char *own = cmd->subtype == AT_SetNotNull ? cmd->name :
			cmd->subtype == AT_AddColumn ? name_if_required(castNode(ColumnDef, cmd->def)) :
			NULL;

		if (own == NULL)
			continue;
		if (name != NULL)
			return error->sqlerrcode == ERRCODE_NOT_NULL_VIOLATION ? error->column_name : NULL;
		name = own;
	}
	if (error->sqlerrcode == ERRCODE_NOT_NULL_VIOLATION)
		return error->column_name != NULL ? error->column_name : name;
	/* MySQL tells of a value that it would have to change */
	return list_length(cmds) == 1 &&
		(error->sqlerrcode == ERRCODE_INVALID_TEXT_REPRESENTATION ||
		 error->sqlerrcode == ERRCODE_NULL_VALUE_NO_INDICATOR_PARAMETER ||
		 error->sqlerrcode == ERRCODE_NULL_VALUE_NOT_ALLOWED) ? name : NULL;
}

/* The name of a new column that must have values; NULL: it need not. */
static const char *
name_if_required(const ColumnDef *column)
{
	ListCell   *lc;

	foreach(lc, column->constraints)
	{
		ConstrType	type = lfirst_node(Constraint, lc)->contype;

		if (type == CONSTR_NOTNULL || type == CONSTR_PRIMARY)
			return column->colname;
	}
	return column->is_not_null ? column->colname : NULL;
}

/* The type of text that a value is too long for; NULL: it is about something else. */
static const char *
length_exceeded(const ErrorData *error, const List *cmds)
{
	const AlterTableCmd *cmd = list_length(cmds) == 1 ? linitial(cmds) : NULL;
	Type		tuple;
	Oid			type;
	int32		typmod;

	if (cmd == NULL || cmd->subtype != AT_AlterColumnType ||
		(error->sqlerrcode != ERRCODE_INVALID_TEXT_REPRESENTATION &&
		 error->sqlerrcode != ERRCODE_STRING_DATA_RIGHT_TRUNCATION))
		return NULL;
	/* the search path may be another one: what is not found is no text */
	tuple = LookupTypeName(NULL, castNode(ColumnDef, cmd->def)->typeName, &typmod, true);
	if (tuple == NULL)
		return NULL;
	type = typeTypeId(tuple);
	ReleaseSysCache(tuple);
	return type == VARCHAROID || type == BPCHAROID ? format_type_with_typemod(type, typmod) : NULL;
}

/* The name of a check; NULL: it is about something else. */
static const char *
check_violated(const ErrorData *error, const List *cmds)
{
	if (error->sqlerrcode != ERRCODE_CHECK_VIOLATION)
		return NULL;
	if (error->constraint_name != NULL)
		return error->constraint_name;
	return check_added(cmds);
}

/* The name of the only check that is added; NULL: there is none, or none such. */
static const char *
check_added(const List *cmds)
{
	const char *name = NULL;
	ListCell   *lc;

	foreach(lc, cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype != AT_AddConstraint ||
			castNode(Constraint, cmd->def)->contype != CONSTR_CHECK)
			continue;
		if (name != NULL)
			return NULL;
		name = castNode(Constraint, cmd->def)->conname;
	}
	return name;
}
