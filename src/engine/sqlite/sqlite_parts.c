/*
 * sqlite_parts.c
 *	  Tables of a SQLite file as lists of parts, to be compared.
 *
 * SQLite keeps the text of a definition as it was given, so what create_all would make is
 * the text of its statements: nothing has to be made to see it.  Both are read by the
 * grammar of CREATE TABLE (lang_createtable.html), and compared by what they mean: white
 * space, quotes, the case of words and names, where a constraint stands and what it is
 * called make no difference, nor does what SQLite does anyway (ASC, ON CONFLICT ABORT,
 * NO ACTION, COLLATE BINARY, DEFAULT NULL; NOT NULL of the rowid).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "dialect/parts.h"
#include "dialect/query.h"
#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_lexer.h"
#include "model/model.h"

/* A column while its table is read; texts as they stand there. */
typedef struct Column
{
	char	   *name;
	StringInfoData type;
	StringInfoData same_type;
	bool		not_null;
	char	   *conflict;		/* of NOT NULL; NULL: none */
	char	   *default_expr;	/* NULL: none */
	char	   *collation;
	char	   *computed;		/* in its parentheses */
	bool		stored;
} Column;

/* What the file says of all its tables. */
typedef struct Schema
{
	const BindsRows *rows;		/* sqlite_schema: type, name, tbl_name, sql */
	char	  **tables;			/* of each row, tbl_name */
	List	   *keys;			/* of Key, those that were asked for */
} Schema;

/* The columns of a table's primary key; NULL: it has none. */
typedef struct Key
{
	const char *table;
	char	   *columns;
} Key;

/* A table that is read. */
typedef struct Reader
{
	const char *p;				/* what comes next */
	LiteToken	token;			/* the one there */
	bool		failed;			/* it is not understood */
	BindsTableParts *result;
	Schema	   *schema;			/* NULL: of a model */
	Column	   *columns;
	int			ncolumns;
	char	   *name;			/* of the constraint that is read; NULL */
	char	   *key;			/* the primary key; NULL: none */
	const char *key_list;		/* its columns */
	char	   *only_key;		/* the one column of it; NULL */
	char	   *key_same;
	bool		key_descends;	/* said of the column itself: no rowid */
	bool		without_rowid;
	bool		strict;
} Reader;

static void read_table(Reader *reader, const char *sql);
static void next(Reader *reader);
static bool is(const Reader *reader, const char *word);
static bool take(Reader *reader, const char *word);
static char *take_name(Reader *reader);
static char *take_parentheses(Reader *reader);
static char *take_conflict(Reader *reader);
static void read_column(Reader *reader);
static void read_type(Reader *reader, Column *column);
static bool ends_type(const Reader *reader);
static void read_column_constraint(Reader *reader, Column *column);
static char *take_default(Reader *reader);
static void read_table_constraint(Reader *reader);
static bool cut_autoincrement(char **list);
static char *same_list(const char *list);
static char *only_name(const char *list);
static char *quoted_list(const char *name);
static void set_primary_key(Reader *reader, const char *list, const char *conflict,
							bool generated);
static void add_unique(Reader *reader, const char *list, const char *conflict);
static void add_check(Reader *reader, const char *expr);
static void read_references(Reader *reader, const char *list);
static char *referenced_key(const Reader *reader, const char *table);
static void read_options(Reader *reader);
static void add_columns(Reader *reader);
static char *same_expr(const char *expr);
static void add_index(BindsTableParts *result, const char *name, const char *sql);

/* ------------------------------------------------------------------------
 * Asking
 * ------------------------------------------------------------------------ */

void
binds_sqlite_definitions(BindsDriverConn *conn, const char *bind_key, const char *schema,
						 const char *const *tables, int ntables, BindsTableParts *result)
{
	BindsTableKind *kinds = palloc0(sizeof(BindsTableKind) * Max(ntables, 1));
	Schema		all = {0};
	BindsRows  *rows;

	binds_sqlite_table_kinds(conn, bind_key, schema, tables, ntables, kinds, NULL);
	rows = binds_query_rows(&binds_sqlite_driver, conn, bind_key,
							"SELECT type, name, tbl_name, sql FROM main.sqlite_schema"
							" WHERE sql IS NOT NULL ORDER BY type, name", 4, 0, NULL);
	all.rows = rows;
	all.tables = palloc(sizeof(char *) * Max(rows->nrows, 1));
	for (int row = 0; row < rows->nrows; row++)
		all.tables[row] = binds_rows_words(rows, row, 2);
	for (int i = 0; i < ntables; i++)
	{
		result[i].table = tables[i];
		result[i].kind = kinds[i];
		for (int row = 0; row < rows->nrows && kinds[i] == BINDS_KIND_TABLE; row++)
		{
			Reader		reader = {.result = &result[i], .schema = &all};
			char	   *type = binds_rows_words(rows, row, 0);

			if (pg_strcasecmp(all.tables[row], tables[i]) != 0)
			{
				if ((strcmp(type, "view") == 0 || strcmp(type, "trigger") == 0) &&
					binds_rows_is_text(rows, row, 3) &&
					binds_sqlite_may_use(binds_rows_text(rows, row, 3), tables[i], true))
					result[i].readers = lappend(result[i].readers,
												binds_rows_text(rows, row, 3));
				continue;
			}
			if (!binds_rows_is_text(rows, row, 3))
				result[i].obstacle = "its definition is not a text in the encoding of the database";
			else if (strcmp(type, "table") == 0)
				read_table(&reader, binds_rows_text(rows, row, 3));
			else if (strcmp(type, "index") == 0)
				add_index(&result[i], binds_rows_words(rows, row, 1),
						  binds_rows_text(rows, row, 3));
			else if (strcmp(type, "trigger") == 0)
				result[i].triggers = lappend(result[i].triggers,
											 binds_rows_text(rows, row, 3));
		}
	}
}

void
binds_sqlite_expected(BindsDriverConn *conn, const char *bind_key,
					  const BindsModel *const *models, int nmodels,
					  BindsTableParts *result)
{
	for (int i = 0; i < nmodels; i++)
	{
		Reader		reader = {.result = &result[i]};
		char	  **statements;
		int			n = binds_sqlite_create_statements(models[i], NULL, &statements);

		result[i].table = models[i]->name;
		result[i].kind = BINDS_KIND_TABLE;
		read_table(&reader, statements[0]);
		if (result[i].obstacle != NULL)
			elog(ERROR, "could not read a statement: %s", statements[0]);
		for (int j = 1; j < n; j++)
			add_index(&result[i], NULL, statements[j]);
	}
}

/* ------------------------------------------------------------------------
 * CREATE TABLE
 * ------------------------------------------------------------------------ */

static void
read_table(Reader *reader, const char *sql)
{
	reader->p = sql;
	next(reader);
	while (!reader->failed && !is(reader, "("))
		next(reader);
	next(reader);
	while (!reader->failed && !take(reader, ")"))
	{
		if (reader->token.kind == LITE_TOKEN_WORD &&
			(is(reader, "CONSTRAINT") || is(reader, "PRIMARY") || is(reader, "UNIQUE") ||
			 is(reader, "CHECK") || is(reader, "FOREIGN")))
			read_table_constraint(reader);
		else
			read_column(reader);
		(void) take(reader, ",");
	}
	if (!reader->failed)
		read_options(reader);
	if (reader->failed)
		reader->result->obstacle = "its definition is not understood";
	else
		add_columns(reader);
}

static void
next(Reader *reader)
{
	CHECK_FOR_INTERRUPTS();
	if (reader->token.kind == LITE_TOKEN_END && reader->token.start != NULL)
		reader->failed = true;
	binds_sqlite_token(reader->p, &reader->token);
	reader->p = reader->token.end;
}

static bool
is(const Reader *reader, const char *word)
{
	return binds_sqlite_token_is(&reader->token, word);
}

/* Go on behind a word or sign if it is there. */
static bool
take(Reader *reader, const char *word)
{
	if (!is(reader, word))
		return false;
	next(reader);
	return true;
}

static char *
take_name(Reader *reader)
{
	char	   *name = reader->token.text;

	if (reader->token.kind == LITE_TOKEN_END || reader->token.kind == LITE_TOKEN_SIGN)
	{
		reader->failed = true;
		return pstrdup("");
	}
	next(reader);
	return name;
}

/* What is in parentheses, with them. */
static char *
take_parentheses(Reader *reader)
{
	const char *start = reader->token.start;
	const char *end = is(reader, "(") ? binds_sqlite_close(start) : NULL;

	if (end == NULL)
	{
		reader->failed = true;
		return pstrdup("()");
	}
	reader->p = end;
	next(reader);
	return pnstrdup(start, end - start);
}

/* " ON CONFLICT ..."; NULL if it says nothing. */
static char *
take_conflict(Reader *reader)
{
	char	   *word;

	if (!take(reader, "ON"))
		return NULL;
	(void) take(reader, "CONFLICT");
	word = take_name(reader);
	return pg_strcasecmp(word, "ABORT") != 0 ? psprintf(" ON CONFLICT %s", word) : NULL;
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

static void
read_column(Reader *reader)
{
	Column	   *column;

	if (reader->ncolumns == 0)
		reader->columns = palloc(sizeof(Column) * 8);
	else if (reader->ncolumns >= 8 && (reader->ncolumns & (reader->ncolumns - 1)) == 0)
		reader->columns = repalloc(reader->columns,
								   sizeof(Column) * reader->ncolumns * 2);
	column = &reader->columns[reader->ncolumns++];
	memset(column, 0, sizeof(*column));
	column->name = take_name(reader);
	read_type(reader, column);
	reader->name = NULL;
	while (!reader->failed && !is(reader, ",") && !is(reader, ")"))
		read_column_constraint(reader, column);
}

static void
read_type(Reader *reader, Column *column)
{
	const char *start = reader->token.start;
	const char *end = start;

	initStringInfo(&column->type);
	initStringInfo(&column->same_type);
	while (!reader->failed && !ends_type(reader))
	{
		end = reader->token.end;
		next(reader);
	}
	if (is(reader, "(") && end > start)
	{
		end = binds_sqlite_close(reader->token.start);
		(void) take_parentheses(reader);
	}
	if (reader->failed || end == NULL)
		return;
	appendBinaryStringInfo(&column->type, start, end - start);
	binds_sqlite_append_same(&column->same_type, start, end);
}

static bool
ends_type(const Reader *reader)
{
	static const char *const words[] = {
		"CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE",
		"REFERENCES", "GENERATED", "AS"
	};

	if (reader->token.kind == LITE_TOKEN_SIGN || reader->token.kind == LITE_TOKEN_END)
		return true;
	for (int i = 0; i < (int) lengthof(words); i++)
	{
		if (is(reader, words[i]))
			return true;
	}
	return false;
}

static void
read_column_constraint(Reader *reader, Column *column)
{
	if (take(reader, "CONSTRAINT"))
	{
		reader->name = take_name(reader);
		return;
	}
	if (take(reader, "DEFAULT"))
		column->default_expr = take_default(reader);
	else if (take(reader, "NULL"))
		(void) take_conflict(reader);
	else if (take(reader, "NOT"))
	{
		reader->failed |= !take(reader, "NULL");
		column->not_null = true;
		column->conflict = take_conflict(reader);
	}
	else if (take(reader, "PRIMARY"))
	{
		char	   *conflict;

		reader->failed |= !take(reader, "KEY");
		reader->key_descends = take(reader, "DESC");
		(void) take(reader, "ASC");
		conflict = take_conflict(reader);
		set_primary_key(reader, quoted_list(column->name), conflict,
						take(reader, "AUTOINCREMENT"));
	}
	else if (take(reader, "UNIQUE"))
		add_unique(reader, quoted_list(column->name), take_conflict(reader));
	else if (take(reader, "CHECK"))
		add_check(reader, take_parentheses(reader));
	else if (take(reader, "COLLATE"))
		column->collation = take_name(reader);
	else if (take(reader, "REFERENCES"))
		read_references(reader, quoted_list(column->name));
	else
	{
		if (take(reader, "GENERATED"))
			(void) take(reader, "ALWAYS");
		reader->failed |= !take(reader, "AS");
		column->computed = take_parentheses(reader);
		column->stored = take(reader, "STORED");
		(void) take(reader, "VIRTUAL");
	}
	reader->name = NULL;
}

/* A literal, a number with its sign, or an expression in parentheses. */
static char *
take_default(Reader *reader)
{
	const char *start = reader->token.start;
	const char *end;

	if (is(reader, "("))
		return take_parentheses(reader);
	if (!take(reader, "-"))
		(void) take(reader, "+");
	end = reader->token.end;
	/* X'0A' is a word and a text without a blank */
	if ((is(reader, "X")) && *end == '\'')
	{
		next(reader);
		end = reader->token.end;
	}
	if (reader->token.kind == LITE_TOKEN_SIGN || reader->token.kind == LITE_TOKEN_END)
		reader->failed = true;
	next(reader);
	return pnstrdup(start, end - start);
}

/* The columns, now that the primary key is known. */
static void
add_columns(Reader *reader)
{
	for (int i = 0; i < reader->ncolumns; i++)
	{
		Column	   *column = &reader->columns[i];
		BindsPart  *part;
		List	   *core = NIL;
		StringInfoData text;
		StringInfoData same;
		bool		only = reader->only_key != NULL &&
			pg_strcasecmp(reader->only_key, column->name) == 0;

		if (only && !reader->without_rowid && !reader->key_descends &&
			strcmp(column->same_type.data, "integer") == 0)
		{
			column->not_null = true;
			column->conflict = column->default_expr = NULL;
		}
		if (column->default_expr != NULL &&
			strcmp(same_expr(column->default_expr), "null") == 0)
			column->default_expr = NULL;
		if (column->collation != NULL && pg_strcasecmp(column->collation, "BINARY") == 0)
			column->collation = NULL;
		initStringInfo(&text);
		initStringInfo(&same);
		binds_append_name(&text, &binds_sqlite_dialect, column->name);
		appendStringInfo(&text, "%s%s", column->type.len > 0 ? " " : "",
						 column->type.data);
		appendStringInfoString(&same, column->same_type.data);
		if (column->not_null)
		{
			const char *conflict = column->conflict ? column->conflict : "";

			appendStringInfo(&text, " NOT NULL%s", conflict);
			appendStringInfo(&same, " not null%s", same_expr(conflict));
			core = lappend(core, "not null");
		}
		if (column->default_expr != NULL)
		{
			appendStringInfo(&text, " DEFAULT %s", column->default_expr);
			appendStringInfo(&same, " default %s", same_expr(column->default_expr));
			core = lappend(core, psprintf("default %s", same_expr(column->default_expr)));
		}
		if (column->collation != NULL)
		{
			appendStringInfo(&text, " COLLATE %s", column->collation);
			appendStringInfoString(&same, " collate ");
			binds_sqlite_append_same_name(&same, column->collation);
		}
		if (column->computed != NULL)
		{
			appendStringInfo(&text, " GENERATED ALWAYS AS %s %s", column->computed,
							 column->stored ? "STORED" : "VIRTUAL");
			appendStringInfo(&same, " as %s %s", same_expr(column->computed),
							 column->stored ? "stored" : "virtual");
			core = lappend(core, psprintf("as %s", same_expr(column->computed)));
		}
		part = binds_part_add(reader->result, BINDS_PART_COLUMN, column->name, text.data,
							  same.data);
		part->type = column->type.data;
		part->computed = column->computed != NULL;
		part->core = core;
	}
	if (reader->key != NULL)
		binds_part_add(reader->result, BINDS_PART_PRIMARY_KEY, NULL, reader->key,
					   reader->key_same)->core = list_make1(same_list(reader->key_list));
}

/* An expression without the parentheses around all of it. */
static char *
same_expr(const char *expr)
{
	StringInfoData buf;
	LiteToken	token;
	const char *end = expr + strlen(expr);

	for (;;)
	{
		const char *close;
		LiteToken	behind;

		binds_sqlite_token(expr, &token);
		close = binds_sqlite_token_is(&token, "(") ? binds_sqlite_close(expr) : NULL;
		if (close == NULL)
			break;
		binds_sqlite_token(close, &behind);
		if (behind.kind != LITE_TOKEN_END && behind.start < end)
			break;
		expr = token.end;
		end = close - 1;
	}
	initStringInfo(&buf);
	binds_sqlite_append_same(&buf, expr, end);
	return buf.data;
}

/* ------------------------------------------------------------------------
 * Constraints
 * ------------------------------------------------------------------------ */

static void
read_table_constraint(Reader *reader)
{
	reader->name = take(reader, "CONSTRAINT") ? take_name(reader) : NULL;
	if (take(reader, "PRIMARY"))
	{
		char	   *list;
		bool		generated;

		reader->failed |= !take(reader, "KEY");
		list = take_parentheses(reader);
		generated = cut_autoincrement(&list);
		set_primary_key(reader, list, take_conflict(reader), generated);
	}
	else if (take(reader, "UNIQUE"))
	{
		char	   *list = take_parentheses(reader);

		add_unique(reader, list, take_conflict(reader));
	}
	else if (take(reader, "CHECK"))
	{
		add_check(reader, take_parentheses(reader));
		(void) take_conflict(reader);
	}
	else if (take(reader, "FOREIGN"))
	{
		char	   *list;

		reader->failed |= !take(reader, "KEY");
		list = take_parentheses(reader);
		reader->failed |= !take(reader, "REFERENCES");
		read_references(reader, list);
	}
	else if (reader->name == NULL)
		reader->failed = true;
	reader->name = NULL;
}

/* Take AUTOINCREMENT out of a list of columns, at whose end it stands; is it there? */
static bool
cut_autoincrement(char **list)
{
	LiteToken	token;

	for (const char *p = *list;; p = token.end)
	{
		binds_sqlite_token(p, &token);
		if (token.kind == LITE_TOKEN_END)
			return false;
		if (binds_sqlite_token_is(&token, "AUTOINCREMENT"))
		{
			*list = psprintf("%.*s)", (int) (p - *list), *list);
			return true;
		}
	}
}

/* A list of columns; ASC is what they are anyway. */
static char *
same_list(const char *list)
{
	StringInfoData buf;
	LiteToken	token;

	initStringInfo(&buf);
	for (const char *p = list;; p = token.end)
	{
		binds_sqlite_token(p, &token);
		if (token.kind == LITE_TOKEN_END)
			return buf.data;
		if (!binds_sqlite_token_is(&token, "ASC"))
			binds_sqlite_append_same(&buf, token.start, token.end);
	}
}

/* The one name that a list in parentheses has; NULL if it has more. */
static char *
only_name(const char *list)
{
	LiteToken	open;
	LiteToken	name;
	LiteToken	close;

	binds_sqlite_token(list, &open);
	binds_sqlite_token(open.end, &name);
	binds_sqlite_token(name.end, &close);
	if (binds_sqlite_token_is(&close, "ASC") || binds_sqlite_token_is(&close, "DESC"))
		binds_sqlite_token(close.end, &close);
	return binds_sqlite_token_is(&close, ")") ? name.text : NULL;
}

static char *
quoted_list(const char *name)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoChar(&buf, '(');
	binds_append_name(&buf, &binds_sqlite_dialect, name);
	appendStringInfoChar(&buf, ')');
	return buf.data;
}

static void
set_primary_key(Reader *reader, const char *list, const char *conflict, bool generated)
{
	const char *words = generated ? " AUTOINCREMENT" : "";

	if (conflict == NULL)
		conflict = "";
	reader->only_key = only_name(list);
	reader->key_list = list;
	/* the only place for the word that is none of a column */
	reader->key = psprintf("PRIMARY KEY %.*s%s)%s", (int) strlen(list) - 1, list, words,
						   conflict);
	reader->key_same = psprintf("%s%s%s%s", same_list(list), same_expr(conflict), words,
								reader->key_descends ? " desc" : "");
}

static void
add_unique(Reader *reader, const char *list, const char *conflict)
{
	BindsPart  *part;

	if (conflict == NULL)
		conflict = "";
	part = binds_part_add(reader->result, BINDS_PART_UNIQUE_KEY, reader->name,
						  psprintf("UNIQUE %s%s", list, conflict),
						  psprintf("%s%s", same_list(list), same_expr(conflict)));
	part->any_name = true;
	part->core = list_make1(same_list(list));
}

static void
add_check(Reader *reader, const char *expr)
{
	binds_part_add(reader->result, BINDS_PART_CHECK, reader->name,
				   psprintf("CHECK %s", expr), same_expr(expr))->any_name = true;
}

/* What follows REFERENCES; list: the columns that refer. */
static void
read_references(Reader *reader, const char *list)
{
	char	   *table = take_name(reader);
	char	   *columns = NULL;
	char	   *on_delete = NULL;
	char	   *on_update = NULL;
	bool		deferrable = false;
	bool		deferred = false;
	StringInfoData text;
	StringInfoData same;

	if (is(reader, "("))
		columns = take_parentheses(reader);
	else
		columns = referenced_key(reader, table);
	for (;;)
	{
		LiteToken	ahead;

		binds_sqlite_token(reader->p, &ahead);
		if (take(reader, "MATCH"))
			(void) take_name(reader);
		else if (is(reader, "ON") && !binds_sqlite_token_is(&ahead, "CONFLICT"))
		{
			char	  **action;
			char	   *first;

			next(reader);
			action = is(reader, "DELETE") ? &on_delete : &on_update;
			next(reader);
			first = take_name(reader);
			*action = first;
			if (pg_strcasecmp(first, "SET") == 0 || pg_strcasecmp(first, "NO") == 0)
				*action = psprintf("%s %s", first, take_name(reader));
		}
		else if (is(reader, "NOT") && binds_sqlite_token_is(&ahead, "DEFERRABLE"))
		{
			next(reader);
			next(reader);
			deferrable = false;
		}
		else if (take(reader, "DEFERRABLE"))
			deferrable = true;
		else if (take(reader, "INITIALLY"))
			deferred = pg_strcasecmp(take_name(reader), "DEFERRED") == 0;
		else
			break;
		if (reader->failed)
			return;
	}
	initStringInfo(&text);
	initStringInfo(&same);
	appendStringInfo(&text, "FOREIGN KEY %s REFERENCES ", list);
	binds_append_name(&text, &binds_sqlite_dialect, table);
	appendStringInfo(&text, " %s", columns);
	appendStringInfo(&same, "%s references ", same_list(list));
	binds_sqlite_append_same_name(&same, table);
	appendStringInfo(&same, " %s", same_list(columns));
	for (int i = 0; i < 2; i++)
	{
		const char *action = i == 0 ? on_update : on_delete;
		const char *event = i == 0 ? "UPDATE" : "DELETE";

		if (action == NULL || pg_strcasecmp(action, "NO ACTION") == 0)
			continue;
		appendStringInfo(&text, " ON %s %s", event, action);
		appendStringInfo(&same, " %s %s", event, same_expr(action));
	}
	if (deferrable && deferred)
	{
		appendStringInfoString(&text, " DEFERRABLE INITIALLY DEFERRED");
		appendStringInfoString(&same, " deferred");
	}
	binds_part_add(reader->result, BINDS_PART_FOREIGN_KEY, reader->name, text.data,
				   same.data)->any_name = true;
}

/*
 * The primary key of a table of the file, which is meant if no columns are said.  What is
 * needed to find it is not kept.
 */
static char *
referenced_key(const Reader *reader, const char *table)
{
	const Schema *schema = reader->schema;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context;
	Key		   *key;
	ListCell   *lc;

	foreach(lc, schema != NULL ? schema->keys : NIL)
	{
		key = lfirst(lc);
		if (pg_strcasecmp(key->table, table) == 0)
			return key->columns;
	}
	key = palloc(sizeof(Key));
	key->table = table;
	key->columns = pstrdup("()");
	context = AllocSetContextCreate(caller, "binds SQLite definition",
									ALLOCSET_DEFAULT_SIZES);
	for (int row = 0; schema != NULL && row < schema->rows->nrows; row++)
	{
		BindsTableParts parts = {0};
		Reader		other = {.result = &parts};

		if (pg_strcasecmp(schema->tables[row], table) != 0 ||
			!binds_rows_is_text(schema->rows, row, 3))
			continue;
		MemoryContextSwitchTo(context);
		if (strcmp(binds_rows_words(schema->rows, row, 0), "table") == 0)
			read_table(&other, binds_rows_text(schema->rows, row, 3));
		MemoryContextSwitchTo(caller);
		if (other.key_list != NULL)
			key->columns = pstrdup(other.key_list);
	}
	MemoryContextDelete(context);
	if (schema != NULL)
		reader->schema->keys = lappend(reader->schema->keys, key);
	return key->columns;
}

/* STRICT and WITHOUT ROWID. */
static void
read_options(Reader *reader)
{
	StringInfoData buf;

	while (!reader->failed && reader->token.kind != LITE_TOKEN_END)
	{
		if (take(reader, "WITHOUT"))
		{
			reader->failed |= !take(reader, "ROWID");
			reader->without_rowid = true;
		}
		else if (take(reader, "STRICT"))
			reader->strict = true;
		else if (!take(reader, ",") && !take(reader, ";"))
			reader->failed = true;
	}
	initStringInfo(&buf);
	if (reader->strict)
		appendStringInfoString(&buf, "STRICT");
	if (reader->without_rowid)
		appendStringInfo(&buf, "%sWITHOUT ROWID", buf.len > 0 ? ", " : "");
	binds_part_add(reader->result, BINDS_PART_STORAGE, NULL, buf.data, NULL);
}

/* ------------------------------------------------------------------------
 * Indexes
 * ------------------------------------------------------------------------ */

/* CREATE [UNIQUE] INDEX.  name: NULL, it is read. */
static void
add_index(BindsTableParts *result, const char *name, const char *sql)
{
	LiteToken	token;
	bool		unique = false;
	const char *read_name = NULL;
	const char *p;

	for (p = sql;; p = token.end)
	{
		binds_sqlite_token(p, &token);
		if (token.kind == LITE_TOKEN_END || binds_sqlite_token_is(&token, "("))
			break;
		if (binds_sqlite_token_is(&token, "ON"))
			name = name != NULL ? name : read_name;
		unique |= binds_sqlite_token_is(&token, "UNIQUE");
		read_name = token.text;
	}
	binds_part_add(result, BINDS_PART_INDEX, name, sql,
				   psprintf("%s%s", unique ? "unique " : "", same_list(p)));
}
