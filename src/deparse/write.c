/*
 * write.c
 *	  Statements that change a table: INSERT, UPDATE, DELETE of a row, TRUNCATE; and
 *	  the SELECT that reads a row again.
 *
 * A row is identified by the engine's row number where it has one, else by the
 * table's key columns.  Key columns are compared exactly, also where the engine's own
 * comparison would take different texts for equal.  Where several values of the engine
 * are read as one, the fingerprint of what is kept tells which of them the row has.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "deparse/statement.h"

static void append_target(BindsDeparse *deparse, const BindsForeignTable *table);
static void append_value(BindsDeparse *deparse);
static int	next_param(BindsDeparse *deparse);
static void append_param(BindsDeparse *deparse, int param);
static void append_no_change(BindsDeparse *deparse, const BindsForeignTable *table);
static void append_identity(BindsDeparse *deparse, const BindsForeignTable *table,
							const char *separator);
static void append_assignment(BindsDeparse *deparse,
							  const BindsForeignTable *table,
							  const BindsForeignColumn *column);
static void append_with_param(BindsDeparse *deparse,
							  const BindsForeignTable *table,
							  const BindsForeignColumn *column,
							  const char *operand, const char *template);
static void append_equality(BindsDeparse *deparse, const BindsForeignTable *table,
							const BindsForeignColumn *column);
static void append_outputs(BindsDeparse *deparse, const BindsForeignTable *table,
						   List *attrs);
static void append_returning(BindsDeparse *deparse, const BindsForeignTable *table,
							 List *returning);

static inline const BindsForeignColumn *
column_of(const BindsForeignTable *table, AttrNumber attnum)
{
	return &table->columns[attnum - 1];
}

/*
 * Start a statement on one table.
 */
static void
start(BindsDeparse *deparse, const BindsForeignTable *table, const char *words)
{
	binds_deparse_init(deparse, table->dialect, NULL, NULL, 0);
	appendStringInfoString(&deparse->buf, words);
	append_target(deparse, table);
}

BindsStatement *
binds_deparse_insert(const BindsForeignTable *table, List *attrs, List *returning,
					 bool skip_duplicates)
{
	BindsDeparse deparse;
	BindsStatement *statement;
	int			repeat_start = 0;
	int			repeat_end = 0;
	ListCell   *lc;

	start(&deparse, table, "INSERT INTO ");
	if (attrs == NIL)
		appendStringInfo(&deparse.buf, " %s", table->dialect->default_values);
	else
	{
		const char *separator = " (";

		foreach(lc, attrs)
		{
			appendStringInfoString(&deparse.buf, separator);
			binds_append_name(&deparse.buf, table->dialect,
							  column_of(table, lfirst_int(lc))->name);
			separator = ", ";
		}
		appendStringInfoString(&deparse.buf, ") VALUES ");
		repeat_start = deparse.buf.len;
		separator = "(";
		foreach(lc, attrs)
		{
			appendStringInfoString(&deparse.buf, separator);
			append_value(&deparse);
			separator = ", ";
		}
		appendStringInfoChar(&deparse.buf, ')');
		repeat_end = deparse.buf.len;
	}
	if (skip_duplicates && table->dialect->insert_ignore_suffix != NULL)
		appendStringInfo(&deparse.buf, " %s", table->dialect->insert_ignore_suffix);
	append_returning(&deparse, table, returning);

	statement = binds_statement_make(&deparse);
	statement->nparams = list_length(attrs);
	statement->repeat_start = repeat_start;
	statement->repeat_end = repeat_end;
	statement->ncolumns = list_length(returning);
	statement->conflicts_fail = true;
	return statement;
}

BindsStatement *
binds_deparse_update(const BindsForeignTable *table, List *attrs, List *defaults,
					 List *returning)
{
	BindsDeparse deparse;
	BindsStatement *statement;
	const char *separator = " SET ";
	ListCell   *lc;

	start(&deparse, table, "UPDATE ");
	foreach(lc, attrs)
	{
		appendStringInfoString(&deparse.buf, separator);
		append_assignment(&deparse, table, column_of(table, lfirst_int(lc)));
		separator = ", ";
	}
	foreach(lc, defaults)
	{
		appendStringInfoString(&deparse.buf, separator);
		binds_append_name(&deparse.buf, table->dialect,
						  column_of(table, lfirst_int(lc))->name);
		appendStringInfo(&deparse.buf, " = %s", table->dialect->update_default);
		separator = ", ";
	}
	if (attrs == NIL && defaults == NIL)
		append_no_change(&deparse, table);
	append_identity(&deparse, table, " WHERE ");
	append_returning(&deparse, table, returning);

	statement = binds_statement_make(&deparse);
	statement->nparams = list_length(attrs) + binds_foreign_table_identity(table);
	statement->ncolumns = list_length(returning);
	statement->conflicts_fail = true;
	return statement;
}

BindsStatement *
binds_deparse_delete(const BindsForeignTable *table, List *returning)
{
	BindsDeparse deparse;
	BindsStatement *statement;

	start(&deparse, table, "DELETE FROM ");
	append_identity(&deparse, table, " WHERE ");
	append_returning(&deparse, table, returning);

	statement = binds_statement_make(&deparse);
	statement->nparams = binds_foreign_table_identity(table);
	statement->ncolumns = list_length(returning);
	return statement;
}

BindsStatement *
binds_deparse_reread(const BindsForeignTable *table, List *attrs, bool lock)
{
	BindsDeparse deparse;
	BindsStatement *statement;

	binds_deparse_init(&deparse, table->dialect, NULL, NULL, 0);
	appendStringInfoString(&deparse.buf, "SELECT ");
	append_outputs(&deparse, table, attrs);
	appendStringInfoString(&deparse.buf, " FROM ");
	append_target(&deparse, table);
	append_identity(&deparse, table, " WHERE ");
	if (lock && table->dialect->lock_suffix != NULL)
		appendStringInfoString(&deparse.buf, table->dialect->lock_suffix);

	statement = binds_statement_make(&deparse);
	statement->nparams = binds_foreign_table_identity(table);
	statement->ncolumns = Max(list_length(attrs), 1);
	return statement;
}

BindsStatement *
binds_deparse_find(const BindsForeignTable *table, List *key, bool number, List *attrs,
				   int lock)
{
	const char *suffix = lock == BINDS_LOCK_UPDATE ? table->dialect->lock_suffix :
		lock == BINDS_LOCK_SHARE ? table->dialect->share_suffix : NULL;
	const char *separator = " WHERE ";
	bool		has_number = number && (table->rowid || table->fingerprint);
	BindsDeparse deparse;
	BindsStatement *statement;
	ListCell   *lc;

	binds_deparse_init(&deparse, table->dialect, NULL, NULL, 0);
	appendStringInfoString(&deparse.buf, "SELECT ");
	if (has_number && table->rowid)
		appendStringInfoString(&deparse.buf, table->rowid_name);
	else if (has_number)
		binds_append_fingerprint(&deparse.buf, table, NULL);
	if (has_number && attrs != NIL)
		appendStringInfoString(&deparse.buf, ", ");
	if (!has_number || attrs != NIL)
		append_outputs(&deparse, table, attrs);
	appendStringInfoString(&deparse.buf, " FROM ");
	append_target(&deparse, table);
	foreach(lc, key)
	{
		appendStringInfoString(&deparse.buf, separator);
		append_equality(&deparse, table, column_of(table, lfirst_int(lc)));
		separator = " AND ";
	}
	if (suffix != NULL)
		appendStringInfoString(&deparse.buf, suffix);

	statement = binds_statement_make(&deparse);
	statement->nparams = list_length(key);
	statement->ncolumns = Max(list_length(attrs) + (has_number ? 1 : 0), 1);
	return statement;
}

BindsStatement *
binds_deparse_exists(const BindsDialect *dialect, const char *schema, const char *table,
					 List *columns, const BindsForeignTable *except)
{
	const char *separator = " WHERE ";
	BindsDeparse deparse;
	BindsStatement *statement;
	ListCell   *lc;

	binds_deparse_init(&deparse, dialect, NULL, NULL, 0);
	appendStringInfoString(&deparse.buf, "SELECT 1 FROM ");
	binds_statement_table(&deparse, schema, table);
	foreach(lc, columns)
	{
		appendStringInfoString(&deparse.buf, separator);
		binds_append_name(&deparse.buf, dialect, lfirst(lc));
		appendStringInfoString(&deparse.buf, " = ");
		append_value(&deparse);
		separator = " AND ";
	}
	if (except != NULL)
	{
		append_identity(&deparse, except, " AND NOT (");
		appendStringInfoChar(&deparse.buf, ')');
	}
	dialect->append_limit(&deparse.buf, "1", NULL);
	if (dialect->share_suffix != NULL)
		appendStringInfoString(&deparse.buf, dialect->share_suffix);

	statement = binds_statement_make(&deparse);
	statement->nparams = list_length(columns) +
		(except != NULL ? binds_foreign_table_identity(except) : 0);
	statement->ncolumns = 1;
	return statement;
}

BindsStatement *
binds_deparse_truncate(const BindsForeignTable *table)
{
	BindsDeparse deparse;

	start(&deparse, table, "DELETE FROM ");
	return binds_statement_make(&deparse);
}

/* ------------------------------------------------------------------------
 * Parts
 * ------------------------------------------------------------------------ */

static void
append_target(BindsDeparse *deparse, const BindsForeignTable *table)
{
	binds_statement_table(deparse, table->schema, table->table);
}

/*
 * A parameter that no other place refers to.
 */
static void
append_value(BindsDeparse *deparse)
{
	append_param(deparse, next_param(deparse));
}

/* The number of the parameter after those that were written. */
static int
next_param(BindsDeparse *deparse)
{
	int			param = 0;
	ListCell   *lc;

	foreach(lc, deparse->place_params)
		param = Max(param, lfirst_int(lc) + 1);
	return param;
}

static void
append_param(BindsDeparse *deparse, int param)
{
	deparse->places = lappend_int(deparse->places, deparse->buf.len);
	deparse->place_params = lappend_int(deparse->place_params, param);
	appendStringInfoChar(&deparse->buf, '?');
}

/*
 * SET that leaves the row as it is: the statement names only columns that the engine
 * computes.
 */
static void
append_no_change(BindsDeparse *deparse, const BindsForeignTable *table)
{
	StringInfoData name;

	initStringInfo(&name);
	if (table->rowid)
		appendStringInfoString(&name, table->rowid_name);
	else
		binds_append_name(&name, table->dialect,
						  column_of(table, table->keys[0])->name);
	appendStringInfo(&deparse->buf, " SET %s = %s", name.data, name.data);
}

/*
 * What finds one row, after a separator (" WHERE "); its parameters come after those appended so far.
 */
static void
append_identity(BindsDeparse *deparse, const BindsForeignTable *table,
				const char *separator)
{
	if (table->rowid)
	{
		appendStringInfo(&deparse->buf, "%s%s = ", separator, table->rowid_name);
		append_value(deparse);
		return;
	}
	for (int i = 0; i < table->nkeys; i++)
	{
		appendStringInfoString(&deparse->buf, separator);
		append_equality(deparse, table, column_of(table, table->keys[i]));
		separator = " AND ";
	}
	if (table->fingerprint)
	{
		appendStringInfoString(&deparse->buf, separator);
		binds_append_fingerprint(&deparse->buf, table, NULL);
		appendStringInfoString(&deparse->buf, " = ");
		append_value(deparse);
	}
}

/*
 * The fingerprint of a row's key; alias: of the table, NULL: none.  A function has a
 * limited number of arguments, so that of many columns begins with that of the first.
 */
void
binds_append_fingerprint(StringInfo buf, const BindsForeignTable *table,
						 const char *alias)
{
	StringInfoData expr;

	initStringInfo(&expr);
	for (int i = 0; i < table->nkeys; i++)
	{
		if (i > 0 && i % (table->dialect->most_arguments - 1) == 0)
		{
			char	   *first = psprintf("%s(%s)", table->dialect->key_fingerprint,
										 expr.data);

			resetStringInfo(&expr);
			appendStringInfoString(&expr, first);
		}
		if (i > 0)
			appendStringInfoString(&expr, ", ");
		if (alias != NULL)
			appendStringInfo(&expr, "%s.", alias);
		binds_append_name(&expr, table->dialect, column_of(table, table->keys[i])->name);
	}
	appendStringInfo(buf, "%s(%s)", table->dialect->key_fingerprint, expr.data);
}

/*
 * An exact comparison of a key column with one parameter.  A template of the column
 * brings what makes it exact; else the column does as an operand.
 */
static void
append_equality(BindsDeparse *deparse, const BindsForeignTable *table,
				const BindsForeignColumn *column)
{
	const BindsStorage *storage = &column->storage;

	if (storage->equality != NULL)
		append_with_param(deparse, table, column, "$1", storage->equality);
	else
		append_with_param(deparse, table, column, storage->operand != NULL ?
						  storage->operand : "$1", "$1 = $2");
}

/* SET of a column to one parameter. */
static void
append_assignment(BindsDeparse *deparse, const BindsForeignTable *table,
				  const BindsForeignColumn *column)
{
	binds_append_name(&deparse->buf, table->dialect, column->name);
	appendStringInfoString(&deparse->buf, " = ");
	append_with_param(deparse, table, column, "$1",
					  column->storage.assign != NULL ?
					  column->storage.assign : "$2");
}

/*
 * A template of a column ($1, itself by the template "operand") and a new parameter
 * ($2), which may stand in it several times.
 */
static void
append_with_param(BindsDeparse *deparse, const BindsForeignTable *table,
				  const BindsForeignColumn *column, const char *operand,
				  const char *template)
{
	int			param = next_param(deparse);
	StringInfoData name;

	initStringInfo(&name);
	binds_append_name(&name, table->dialect, column->name);

	for (const char *p = template; *p != '\0'; p++)
	{
		if (p[0] == '$' && p[1] == '1')
			binds_append_template(&deparse->buf, operand,
								  (const char *const *) &name.data, 1);
		else if (p[0] == '$' && p[1] == '2')
			append_param(deparse, param);
		else if (p[0] == '$' && p[1] == '$')
			appendStringInfoChar(&deparse->buf, '$');
		else
		{
			appendStringInfoChar(&deparse->buf, *p);
			continue;
		}
		p++;
	}
}

/*
 * Columns as the decoders want them.
 */
static void
append_outputs(BindsDeparse *deparse, const BindsForeignTable *table, List *attrs)
{
	const char *separator = "";
	ListCell   *lc;

	foreach(lc, attrs)
	{
		const BindsForeignColumn *column = column_of(table, lfirst_int(lc));
		StringInfoData name;
		const char *argument;

		initStringInfo(&name);
		binds_append_name(&name, table->dialect, column->name);
		argument = name.data;
		appendStringInfoString(&deparse->buf, separator);
		binds_append_template(&deparse->buf,
							  column->storage.output != NULL ?
							  column->storage.output : "$1", &argument, 1);
		separator = ", ";
	}
	if (attrs == NIL)
		appendStringInfoChar(&deparse->buf, '1');
}

static void
append_returning(BindsDeparse *deparse, const BindsForeignTable *table,
				 List *returning)
{
	if (returning == NIL)
		return;
	appendStringInfoString(&deparse->buf, " RETURNING ");
	append_outputs(deparse, table, returning);
}
