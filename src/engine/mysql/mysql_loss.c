/*
 * mysql_loss.c
 *	  Would MySQL or MariaDB drop columns of a table?
 *
 * No statement brings them back, and none is only tried.  So the server is asked by a
 * temporary table of the same columns, keys and checks, without rows: it refuses there what it
 * refuses of the table.  What such a table cannot have, foreign keys and partitions, is looked
 * up.  Then the table is altered in a way that changes nothing, which tells of missing rights,
 * and waits for who uses the table as the real statement would.
 *
 * A table that the server does not make again of what it shows (where labels of an enum differ
 * in characters from U+10000 on, say) is looked up only.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/error.h"
#include "dialect/parts.h"
#include "dialect/query.h"
#include "engine/mysql/mysql_dialect.h"
#include "engine/mysql/mysql_lexer.h"
#include "engine/mysql/mysql_temporary.h"

/* the servers' error number: an account has no right to it */
#define TABLE_DENIED 1142

/* What is to be dropped. */
typedef struct Loss
{
	BindsDriverConn *conn;
	const char *bind_key;
	const char *schema;			/* NULL: the connection's database */
	const char *table;
	const List *columns;		/* char * */
	bool		together;
	BindsTableParts parts;		/* of the table */
} Loss;

static void check_parts(const Loss *loss, const char *column);
static bool is_in_key(const BindsPart *key, const char *column, bool *alone);
static bool divides_rows(const char *storage, const char *column);
static void check_referring(const Loss *loss, const char *column);
static void check_history(const Loss *loss);
static void try_twin(const Loss *loss);
static char *twin_statement(const Loss *loss, const char *name);
static const char *own_check(const BindsTableParts *parts, const char *column);
static bool can_be_temporary(const BindsPart *key);
static List *drop_statements(const Loss *loss, const char *schema, const char *table);
static void try_lock(const Loss *loss);
static void raise_refusal(const Loss *loss, const char *column, const char *detail)
			__attribute__((noreturn));

void
binds_mysql_try_loss(BindsDriverConn *conn, const char *bind_key, const char *schema,
					 const char *table, const List *columns, bool together)
{
	Loss		loss = {conn, bind_key, schema, table, columns, together};
	ListCell   *lc;

	binds_mysql_definitions(conn, bind_key, schema, &table, 1, &loss.parts);
	/* else the real statement tells */
	if (loss.parts.kind != BINDS_KIND_TABLE || loss.parts.obstacle != NULL)
		return;
	foreach(lc, columns)
	{
		check_parts(&loss, lfirst(lc));
		check_referring(&loss, lfirst(lc));
	}
	check_history(&loss);
	try_twin(&loss);
	try_lock(&loss);
}

/*
 * MySQL leaves the other columns of a key, which rows may not fit; MariaDB refuses that.
 */
static void
check_parts(const Loss *loss, const char *column)
{
	for (int i = 0; i < loss->parts.nparts; i++)
	{
		const BindsPart *part = &loss->parts.parts[i];
		bool		alone;

		switch (part->kind)
		{
			case BINDS_PART_FOREIGN_KEY:
				if (is_in_key(part, column, &alone))
					raise_refusal(loss, column,
								  psprintf("Its foreign key \"%s\" has the column.", part->name));
				break;
			case BINDS_PART_PRIMARY_KEY:
				if (is_in_key(part, column, &alone) && !alone)
					raise_refusal(loss, column,
								  "Its primary key has the column, and others.");
				break;
			case BINDS_PART_UNIQUE_KEY:
				if (is_in_key(part, column, &alone) && !alone)
					raise_refusal(loss, column,
								  psprintf("Its unique key \"%s\" has the column, and others.",
										   part->name));
				break;
			case BINDS_PART_STORAGE:
				if (divides_rows(part->text, column))
					raise_refusal(loss, column, "Its partitions are told by the column.");
				break;
			default:
				break;
		}
	}
}

/* Is a column in a key?  *alone: the only one. */
static bool
is_in_key(const BindsPart *key, const char *column, bool *alone)
{
	MyLexer		lexer = {binds_mysql_key_columns(key->text), false};
	MyToken		token;
	int			ncolumns = 0;
	bool		found = false;

	while (lexer.p != NULL && binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind != MY_TOKEN_NAME)
			continue;
		ncolumns++;
		found |= pg_strcasecmp(token.text, column) == 0;
	}
	*alone = ncolumns == 1;
	return found;
}

/* Does a column stand in what tells the partition of a row? */
static bool
divides_rows(const char *storage, const char *column)
{
	MyLexer		lexer = {storage, false};
	MyToken		token;
	bool		partitioned = false;
	bool		by = false;
	int			depth = 0;

	while (binds_mysql_next_token(&lexer, &token))
	{
		partitioned |= binds_mysql_is_word(&token, "PARTITION");
		if (partitioned && depth == 0 && binds_mysql_is_word(&token, "BY"))
			by = true;
		else if (by && token.kind == MY_TOKEN_SIGN && *token.start == '(')
			depth++;
		else if (depth > 0 && token.kind == MY_TOKEN_SIGN && *token.start == ')')
			by = --depth > 0;
		else if (depth > 0 && (token.kind == MY_TOKEN_NAME || token.kind == MY_TOKEN_WORD) &&
				 pg_strcasecmp(token.text, column) == 0)
			return true;
	}
	return false;
}

/* As far as the account may know of the foreign keys of other tables. */
static void
check_referring(const Loss *loss, const char *column)
{
	const char *params[] = {loss->schema, loss->table, column};
	BindsRows  *rows = binds_query_rows(&binds_mysql_driver, loss->conn, loss->bind_key,
										"SELECT constraint_name, table_name "
										"FROM information_schema.key_column_usage "
										"WHERE referenced_table_schema = COALESCE(?, DATABASE()) "
										"AND referenced_table_name = ? "
										"AND referenced_column_name = ? "
										"ORDER BY 1, 2 LIMIT 1", 2, 3, params);

	if (rows->nrows > 0)
		raise_refusal(loss, column,
					  psprintf("Foreign key \"%s\" of table \"%s\" refers to it.",
							   binds_rows_words(rows, 0, 0), binds_rows_words(rows, 0, 1)));
}

/* MariaDB alters a table that keeps what its rows were only where it is told to. */
static void
check_history(const Loss *loss)
{
	BindsRows  *rows;

	for (int i = 0; i < loss->parts.nparts; i++)
	{
		const BindsPart *part = &loss->parts.parts[i];

		if (part->kind != BINDS_PART_STORAGE || !binds_mysql_has_word(part->text, "VERSIONING"))
			continue;
		rows = binds_query_rows(&binds_mysql_driver, loss->conn, loss->bind_key,
								"SELECT @@system_versioning_alter_history", 1, 0, NULL);
		if (rows->nrows > 0 && pg_strcasecmp(binds_rows_words(rows, 0, 0), "KEEP") != 0)
			raise_refusal(loss, linitial(loss->columns),
						  "It keeps the history of its rows, and system_versioning_alter_history is ERROR.");
	}
}

/* ------------------------------------------------------------------------
 * The temporary table
 * ------------------------------------------------------------------------ */

/* Drop the columns of a table that is like this one. */
static void
try_twin(const Loss *loss)
{
	char	   *name = binds_mysql_temporary_name();
	char	   *make = twin_statement(loss, name);
	char	   *drop = psprintf("DROP TEMPORARY TABLE IF EXISTS `%s`", name);
	List	   *statements = drop_statements(loss, NULL, name);
	BindsErrorContext context = {.bind_key = loss->bind_key, .sql = make};
	BindsError	error = {BINDS_ERROR_NONE};
	BindsError	ignored = {BINDS_ERROR_NONE};
	bool		made;
	bool		done;
	bool		dropped;
	ListCell   *lc;

	if (!binds_mysql_begin_own_tables(loss->conn, &error))
		binds_error_raise(ERROR, &error, &context);
	made = done = binds_mysql_run(loss->conn, make, &error);
	foreach(lc, made ? statements : NIL)
		done = done && binds_mysql_run(loss->conn, lfirst(lc), &error);
	dropped = !made || binds_mysql_run(loss->conn, drop, &ignored);
	binds_mysql_end_own_tables(loss->conn, dropped);
	if (!dropped)
		binds_error_raise(ERROR, &ignored, &context);
	if (!done && error.kind != BINDS_ERROR_STATEMENT)
		binds_error_raise(ERROR, &error, &context);
	if (made && !done)
		raise_refusal(loss, linitial(loss->columns),
					  psprintf("The engine reports: %s.", binds_error_text(&error)));
}

static char *
twin_statement(const Loss *loss, const char *name)
{
	const char *separator = "";
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE TEMPORARY TABLE `%s` (", name);
	for (int i = 0; i < loss->parts.nparts; i++)
	{
		const BindsPart *part = &loss->parts.parts[i];
		const char *check = NULL;

		switch (part->kind)
		{
			case BINDS_PART_COLUMN:
				check = own_check(&loss->parts, part->name);
				break;
			case BINDS_PART_PRIMARY_KEY:
				break;
			case BINDS_PART_UNIQUE_KEY:
			case BINDS_PART_INDEX:
				if (!can_be_temporary(part))
					continue;
				break;
			case BINDS_PART_CHECK:
				if (part->column != NULL)
					continue;
				break;
			default:
				continue;
		}
		appendStringInfo(&buf, "%s%s", separator, part->text);
		if (check != NULL)
			appendStringInfo(&buf, " %s", check);
		separator = ", ";
	}
	appendStringInfoString(&buf, ") ENGINE=InnoDB");
	return buf.data;
}

/* The check that stands in a column's definition; NULL: none. */
static const char *
own_check(const BindsTableParts *parts, const char *column)
{
	for (int i = 0; i < parts->nparts; i++)
	{
		if (parts->parts[i].kind == BINDS_PART_CHECK && parts->parts[i].column != NULL &&
			strcmp(parts->parts[i].column, column) == 0)
			return parts->parts[i].text;
	}
	return NULL;
}

static bool
can_be_temporary(const BindsPart *key)
{
	MyLexer		lexer = {key->text, false};
	MyToken		token;

	return !binds_mysql_next_token(&lexer, &token) ||
		!(binds_mysql_is_word(&token, "FULLTEXT") || binds_mysql_is_word(&token, "SPATIAL") ||
		  binds_mysql_is_word(&token, "VECTOR"));
}

/* As they will be executed (char *), of one table or another. */
static List *
drop_statements(const Loss *loss, const char *schema, const char *table)
{
	List	   *statements = NIL;
	StringInfoData buf;
	ListCell   *lc;

	foreach(lc, loss->columns)
	{
		bool		first = lc == list_head(loss->columns);

		if (first || !loss->together)
		{
			initStringInfo(&buf);
			appendStringInfoString(&buf, "ALTER TABLE ");
			binds_append_table(&buf, &binds_mysql_dialect, schema, table);
		}
		else
			appendStringInfoChar(&buf, ',');
		appendStringInfoString(&buf, " DROP COLUMN ");
		binds_append_name(&buf, &binds_mysql_dialect, lfirst(lc));
		if (!loss->together)
			statements = lappend(statements, buf.data);
	}
	return loss->together ? list_make1(buf.data) : statements;
}

/* ------------------------------------------------------------------------
 * The table itself
 * ------------------------------------------------------------------------ */

/*
 * Have it locked as for the real statement, by one that does nothing to a table of InnoDB.  It
 * may want the right INDEX besides, which is not needed.
 */
static void
try_lock(const Loss *loss)
{
	BindsError	error = {BINDS_ERROR_NONE};
	StringInfoData sql;
	StringInfoData keys;
	BindsErrorContext context = {.bind_key = loss->bind_key};

	initStringInfo(&sql);
	appendStringInfoString(&sql, "ALTER TABLE ");
	binds_append_table(&sql, &binds_mysql_dialect, loss->schema, loss->table);
	initStringInfo(&keys);
	appendStringInfo(&keys, "%s ENABLE KEYS", sql.data);
	context.sql = keys.data;
	if (binds_mysql_run(loss->conn, keys.data, &error) ||
		(error.code == TABLE_DENIED && binds_mysql_run(loss->conn, sql.data, &error)))
		return;
	binds_error_raise(ERROR, &error, &context);
}

static void
raise_refusal(const Loss *loss, const char *column, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
			 errmsg("column \"%s\" of table \"%s\" on bind \"%s\" cannot be dropped",
					column, loss->table, loss->bind_key),
			 errdetail("%s", detail),
			 errhint("Change that in the engine first, with a client of its own.")));
}
