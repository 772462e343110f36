/*
 * mysql_parts.c
 *	  Tables of MySQL and MariaDB as lists of parts, to be compared, and what makes of one
 *	  part another.
 *
 * The server says what a table is: SHOW CREATE TABLE of the table that is there, and of a
 * temporary one made of the model, without foreign keys, which such a table cannot have.
 * Its name is one that no table has: should the drop fail, it hides none.
 *
 * The server writes a backslash in a text twice, whatever the sql_mode is.  Parts are
 * written as our session, and binds.ddl, write statements: with NO_BACKSLASH_ESCAPES.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "dialect/error.h"
#include "dialect/parts.h"
#include "dialect/query.h"
#include "engine/mysql/mysql_dialect.h"
#include "engine/mysql/mysql_lexer.h"
#include "engine/mysql/mysql_temporary.h"
#include "model/model.h"

/* the servers' error numbers */
#define DATABASE_DENIED 1044
#define IN_READ_ONLY_TRANSACTION 1792

/* What a table says of its columns as a whole. */
typedef struct Defaults
{
	char	   *charset;		/* NULL: not said */
	char	   *collation;
} Defaults;

/* Temporary tables that are to be dropped. */
typedef struct Temporary
{
	BindsDriverConn *conn;
	const char *bind_key;
	StringInfoData names;		/* a list */
	bool		begun;			/* a transaction that may write */
} Temporary;

static BindsRows *show_definition(BindsDriverConn *conn, const char *bind_key,
								  const char *schema, const char *table);
static void describe(BindsDriverConn *conn, const char *bind_key, const char *schema,
					 const char *table, BindsTableParts *result);
static void expect(Temporary *temporary, const BindsModel *model,
				   BindsTableParts *result);
static void say_check(BindsTableParts *result, const char *item);
static void say_texts(BindsTableParts *result, const BindsModelColumn *column);
static bool is_beyond(const char *text);
static char *temporary_statement(const BindsModel *model, const char *name,
								 List **foreign_keys, List **checks);
static char *index_item(const char *statement);
static void make(Temporary *temporary, const char *statement);
static bool clear(const Temporary *temporary, BindsError *error);
static void read_definition(const BindsRows *rows, const char *table,
							BindsTableParts *result);
static bool is_whole(const BindsPart *part);
static void read_options(const char *tail, BindsTableParts *result, Defaults *defaults);
static void add_item(BindsTableParts *result, const char *item, const char *table,
					 const Defaults *defaults);
static const char *own_check(const char *item, const char *name);
static void add_column(BindsTableParts *result, const char *item, const char *name,
					   const Defaults *defaults);
static char *core_of_index(const char *item);
static void add_column_part(BindsTableParts *result, const char *name, const char *text);
static List *core_of(const char *column);
static bool begins_clause(const MyToken *token);
static bool has_characters(const MyToken *type);
static void add_constraint(BindsTableParts *result, const char *item, const char *table);
static void add_foreign_key(BindsTableParts *result, const char *item);

/* ------------------------------------------------------------------------
 * Asking
 * ------------------------------------------------------------------------ */

void
binds_mysql_definitions(BindsDriverConn *conn, const char *bind_key, const char *schema,
						const char *const *tables, int ntables, BindsTableParts *result)
{
	BindsTableKind *kinds = palloc0(sizeof(BindsTableKind) * Max(ntables, 1));

	binds_mysql_table_kinds(conn, bind_key, schema, tables, ntables, kinds, NULL);
	for (int i = 0; i < ntables; i++)
	{
		result[i].table = tables[i];
		result[i].kind = kinds[i];
		if (kinds[i] == BINDS_KIND_TABLE)
			describe(conn, bind_key, schema, tables[i], &result[i]);
	}
}

static BindsRows *
show_definition(BindsDriverConn *conn, const char *bind_key, const char *schema,
				const char *table)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SHOW CREATE TABLE ");
	binds_append_table(&sql, &binds_mysql_dialect, schema, table);
	return binds_query_rows(&binds_mysql_driver, conn, bind_key, sql.data, 2, 0, NULL);
}

static void
describe(BindsDriverConn *conn, const char *bind_key, const char *schema,
		 const char *table, BindsTableParts *result)
{
	read_definition(show_definition(conn, bind_key, schema, table), table, result);
}

/*
 * As the table says it: information_schema.tables may tell what it was a day ago
 * (information_schema_stats_expiry).
 */
int64
binds_mysql_next_key(BindsDriverConn *conn, const char *bind_key, const char *schema,
					 const char *table)
{
	BindsRows  *rows = show_definition(conn, bind_key, schema, table);
	List	   *items;
	const char *tail;
	MyLexer		lexer;
	MyToken		token;
	bool		found = false;

	if (rows->nrows == 0 || !binds_rows_is_text(rows, 0, 1) ||
		!binds_mysql_split_items(binds_rows_text(rows, 0, 1), true, &items, &tail))
		return 0;
	lexer = (MyLexer)
	{
		tail, true
	};
	while (binds_mysql_next_token(&lexer, &token))
	{
		if (found && token.kind == MY_TOKEN_WORD)
		{
			uint64		next = strtoull(token.text, NULL, 10);

			return (int64) Min(next, (uint64) PG_INT64_MAX);
		}
		found = found ? token.kind == MY_TOKEN_SIGN :
			binds_mysql_is_word(&token, "AUTO_INCREMENT");
	}
	return 0;
}

/*
 * All temporary tables go together, after an error, too.
 */
void
binds_mysql_expected(BindsDriverConn *conn, const char *bind_key,
					 const BindsModel *const *models, int nmodels,
					 BindsTableParts *result)
{
	Temporary	temporary = {conn, bind_key};
	BindsError	error = {BINDS_ERROR_NONE};
	BindsErrorContext context = {.bind_key = bind_key};

	initStringInfo(&temporary.names);
	/* what others have left goes first, ours stays until it is dropped */
	if (!binds_mysql_begin_own_tables(conn, &error))
		binds_error_raise(ERROR, &error, &context);
	PG_TRY();
	{
		for (int i = 0; i < nmodels; i++)
			expect(&temporary, models[i], &result[i]);
		if (!clear(&temporary, &error))
			binds_error_raise(ERROR, &error, &context);
		binds_mysql_end_own_tables(conn, true);
	}
	PG_CATCH();
	{
		/* they are over with the connection, or their session */
		if (binds_mysql_driver.alive(conn))
			(void) clear(&temporary, &error);
		binds_mysql_end_own_tables(conn, false);
		PG_RE_THROW();
	}
	PG_END_TRY();
}

static void
expect(Temporary *temporary, const BindsModel *model, BindsTableParts *result)
{
	char	   *name = binds_mysql_temporary_name();
	List	   *foreign_keys;
	List	   *checks;
	char	   *statement = temporary_statement(model, name, &foreign_keys, &checks);
	ListCell   *lc;

	make(temporary, statement);
	appendStringInfo(&temporary->names, "%s`%s`", temporary->names.len > 0 ? ", " : "",
					 name);
	describe(temporary->conn, temporary->bind_key, NULL, name, result);
	if (result->obstacle != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_ERROR),
				 errmsg("what bind \"%s\" tells of a temporary table cannot be taken",
						temporary->bind_key),
				 errdetail("The table is one of model \"%s\", and %s.", model->name,
						   result->obstacle)));
	result->table = model->name;
	result->kind = BINDS_KIND_TABLE;
	foreach(lc, foreign_keys)
		add_foreign_key(result, lfirst(lc));
	foreach(lc, checks)
		say_check(result, lfirst(lc));
	for (int i = 0; i < model->ncolumns; i++)
		say_texts(result, &model->columns[i]);
}

/* A check is made anew of the words of which it was made, not of the server's. */
static void
say_check(BindsTableParts *result, const char *item)
{
	MyLexer		lexer = {item, false};
	MyToken		token;

	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind == MY_TOKEN_NAME)
			break;
	}
	for (int i = 0; i < result->nparts; i++)
	{
		BindsPart  *part = &result->parts[i];

		if (part->kind == BINDS_PART_CHECK && part->name != NULL &&
			strcmp(part->name, token.text) == 0)
			part->text = item;
	}
}

/*
 * So are the labels of an enum and a text that is a default, where the server shows a
 * question mark for a character from U+10000 on.
 */
static void
say_texts(BindsTableParts *result, const BindsModelColumn *column)
{
	const BindsPart *found = binds_part_find(result, BINDS_PART_COLUMN, column->name);
	const char *value = column->default_sql;
	bool		beyond = value != NULL && value[0] == '\'' && is_beyond(value);
	bool		is_default = false;
	const char *rest;
	int			label = 0;
	MyLexer		lexer;
	MyToken		token;
	StringInfoData buf;

	for (int i = 0; i < column->nlabels; i++)
		beyond |= is_beyond(column->enum_labels[i]);
	if (found == NULL || !beyond)
		return;
	initStringInfo(&buf);
	lexer = (MyLexer)
	{
		found->text, false
	};
	rest = found->text;
	while (binds_mysql_next_token(&lexer, &token) &&
		   !binds_mysql_is_word(&token, "COMMENT"))
	{
		if (token.kind == MY_TOKEN_TEXT && (label < column->nlabels || is_default))
		{
			appendBinaryStringInfo(&buf, rest, token.start - rest);
			rest = token.start + token.length;
			if (label >= column->nlabels)
				appendStringInfoString(&buf, value != NULL && value[0] == '\'' ? value :
									   pnstrdup(token.start, token.length));
			else
				binds_mysql_append_string(&buf, column->enum_labels[label],
										  strlen(column->enum_labels[label]));
			label++;
		}
		is_default = binds_mysql_is_word(&token, "DEFAULT");
	}
	appendStringInfoString(&buf, rest);
	((BindsPart *) found)->text = buf.data;
}

static bool
is_beyond(const char *text)
{
	for (; *text != '\0'; text++)
	{
		if ((unsigned char) *text >= 0xF0)
			return true;
	}
	return false;
}

char *
binds_mysql_temporary_name(void)
{
	uint64		random;

	if (!pg_strong_random(&random, sizeof(random)))
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not generate a random number")));
	return psprintf("binds_diff_%016llx", (unsigned long long) random);
}

/*
 * The statement that makes a temporary table of a model, with its indexes; its foreign
 * keys are given apart, and its checks once more.
 */
static char *
temporary_statement(const BindsModel *model, const char *name, List **foreign_keys,
					List **checks)
{
	BindsModel	copy = *model;
	char	  **statements;
	int			n;
	List	   *items;
	const char *tail;
	const char *separator = "";
	StringInfoData buf;
	ListCell   *lc;

	copy.foreign_keys = palloc(sizeof(BindsModelForeignKey) * Max(copy.nforeign_keys, 1));
	for (int i = 0; i < copy.nforeign_keys; i++)
	{
		copy.foreign_keys[i] = model->foreign_keys[i];
		copy.foreign_keys[i].late = false;
	}
	n = binds_mysql_create_statements(&copy, NULL, &statements);
	if (!binds_mysql_split_items(statements[0], false, &items, &tail))
		elog(ERROR, "could not read a statement: %s", statements[0]);
	for (int i = 1; i < n; i++)
		items = lappend(items, index_item(statements[i]));

	*foreign_keys = *checks = NIL;
	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE TEMPORARY TABLE `%s` (", name);
	foreach(lc, items)
	{
		if (binds_mysql_is_foreign_key(lfirst(lc)))
		{
			*foreign_keys = lappend(*foreign_keys, lfirst(lc));
			continue;
		}
		if (strncmp(lfirst(lc), "CONSTRAINT ", 11) == 0 &&
			binds_mysql_has_word(lfirst(lc), "CHECK"))
			*checks = lappend(*checks, lfirst(lc));
		appendStringInfo(&buf, "%s%s", separator, (char *) lfirst(lc));
		separator = ", ";
	}
	appendStringInfo(&buf, ")%s", tail);
	return buf.data;
}

/* CREATE [UNIQUE] INDEX `i` ON `t` (...) as a part of CREATE TABLE. */
static char *
index_item(const char *statement)
{
	MyLexer		lexer = {statement, false};
	MyToken		token;
	bool		unique = false;
	char	   *name = NULL;

	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind == MY_TOKEN_NAME && name == NULL)
			name = pnstrdup(token.start, token.length);
		else if (token.kind == MY_TOKEN_NAME)
			return psprintf("%sKEY %s%s", unique ? "UNIQUE " : "", name, lexer.p);
		else if (binds_mysql_is_word(&token, "UNIQUE"))
			unique = true;
	}
	elog(ERROR, "could not read a statement: %s", statement);
	return NULL;				/* keep compiler quiet */
}

/*
 * Make a temporary table.  Where the session may not write (option read_only) a
 * transaction may that says so: what it makes nobody else sees.
 */
static void
make(Temporary *temporary, const char *statement)
{
	BindsError	error = {BINDS_ERROR_NONE};
	BindsErrorContext context = {.bind_key = temporary->bind_key, .sql = statement};

	if (binds_mysql_run(temporary->conn, statement, &error))
		return;
	if (error.code == IN_READ_ONLY_TRANSACTION && !temporary->begun)
	{
		temporary->begun = binds_mysql_run(temporary->conn, "START TRANSACTION READ WRITE", &error);
		if (temporary->begun && binds_mysql_run(temporary->conn, statement, &error))
			return;
	}
	if (error.code == DATABASE_DENIED)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("the account of bind \"%s\" may not make temporary tables",
						temporary->bind_key),
				 errdetail("What a model would be on the server is read from a temporary table: %s.",
						   binds_error_text(&error)),
				 errhint("GRANT CREATE TEMPORARY TABLES ON the database TO the account.")));
	binds_error_raise(ERROR, &error, &context);
}

bool
binds_mysql_run(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	BindsQuery	query = {.sql = binds_text_to_engine(sql)};
	BindsOutcome outcome;
	BindsDriverStmt *stmt = binds_mysql_driver.prepare(conn, &query, error);
	bool		done;

	if (stmt == NULL)
		return false;
	done = binds_mysql_driver.execute(stmt, NULL, &outcome, error);
	binds_mysql_driver.finalize(stmt);
	return done;
}

/* Drop them.  Never throws. */
static bool
clear(const Temporary *temporary, BindsError *error)
{
	if (temporary->names.len > 0 &&
		!binds_mysql_run(temporary->conn, psprintf("DROP TEMPORARY TABLE IF EXISTS %s",
												   temporary->names.data), error))
		return false;
	return !temporary->begun || binds_mysql_run(temporary->conn, "ROLLBACK", error);
}

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

/*
 * Read an answer of SHOW CREATE TABLE.  table: the name that stands in it.  It may not be
 * understood: MariaDB up to 10.11.18 shows the name of a foreign key as it is, be there a
 * quote in it or not.
 */
static void
read_definition(const BindsRows *rows, const char *table, BindsTableParts *result)
{
	Defaults	defaults = {NULL, NULL};
	List	   *items;
	const char *tail;
	ListCell   *lc;

	if (rows->nrows == 0 || !binds_rows_is_text(rows, 0, 1))
	{
		result->obstacle = "its definition is not a text in the encoding of the database";
		return;
	}
	result->obstacle = "its definition is not understood";
	if (!binds_mysql_split_items(binds_rows_text(rows, 0, 1), true, &items, &tail))
		return;
	read_options(tail, result, &defaults);
	foreach(lc, items)
		add_item(result, lfirst(lc), table, &defaults);
	for (int i = 0; i < result->nparts; i++)
	{
		if (!is_whole(&result->parts[i]))
			return;
	}
	result->obstacle = NULL;
}

/* Does a part have the name and the columns that its kind always has? */
static bool
is_whole(const BindsPart *part)
{
	switch (part->kind)
	{
		case BINDS_PART_UNIQUE_KEY:
		case BINDS_PART_INDEX:
		case BINDS_PART_FOREIGN_KEY:
			return part->name != NULL && binds_mysql_key_columns(part->text) != NULL;
		case BINDS_PART_CHECK:
			return part->name != NULL || part->column != NULL;
		default:
			return true;
	}
}

/*
 * The options of a table, in the order in which the server shows them.  The next number
 * that it generates is none of the definition.
 */
static void
read_options(const char *tail, BindsTableParts *result, Defaults *defaults)
{
	MyLexer		lexer = {tail, true};
	MyToken		token;
	StringInfoData storage;
	StringInfoData comment;

	initStringInfo(&storage);
	initStringInfo(&comment);
	while (binds_mysql_next_token(&lexer, &token))
	{
		MyLexer		ahead = lexer;
		MyToken		sign;
		MyToken		value;

		if (binds_mysql_next_token(&ahead, &sign) && sign.kind == MY_TOKEN_SIGN &&
			*sign.start == '=' && binds_mysql_next_token(&ahead, &value))
		{
			lexer = ahead;
			if (binds_mysql_is_word(&token, "AUTO_INCREMENT"))
				continue;
			if (binds_mysql_is_word(&token, "COMMENT"))
			{
				binds_mysql_append_string(&comment, value.text, strlen(value.text));
				continue;
			}
			if (binds_mysql_is_word(&token, "CHARSET"))
				defaults->charset = value.text;
			else if (binds_mysql_is_word(&token, "COLLATE"))
				defaults->collation = value.text;
			appendStringInfo(&storage, "%s%.*s=%.*s", storage.len > 0 ? " " : "",
							 (int) token.length, token.start,
							 (int) value.length, value.start);
			continue;
		}
		appendStringInfo(&storage, "%s%.*s", storage.len > 0 ? " " : "",
						 (int) token.length, token.start);
	}
	if (comment.len == 0)
		appendStringInfoString(&comment, "''");
	binds_part_add(result, BINDS_PART_STORAGE, NULL, storage.data, NULL);
	binds_part_add(result, BINDS_PART_COMMENT, NULL, comment.data, NULL);
}

static void
add_item(BindsTableParts *result, const char *item, const char *table,
		 const Defaults *defaults)
{
	MyLexer		lexer = {item, true};
	MyToken		token;
	BindsPartKind kind = BINDS_PART_INDEX;
	BindsPart  *part;

	if (!binds_mysql_next_token(&lexer, &token))
		return;
	if (token.kind == MY_TOKEN_NAME)
	{
		const char *check = own_check(item, token.text);

		if (check != NULL)
		{
			const char *end = check;

			while (end > item && isspace((unsigned char) end[-1]))
				end--;
			item = pnstrdup(item, end - item);
		}
		add_column(result, item, token.text, defaults);
		result->parts[result->nparts - 1].computed = binds_mysql_has_word(item, "GENERATED");
		if (check != NULL)
		{
			part = binds_part_add(result, BINDS_PART_CHECK, NULL,
								  binds_mysql_unescape(check), NULL);
			part->column = token.text;
			part->any_name = true;
		}
	}
	else if (binds_mysql_is_word(&token, "PRIMARY"))
		binds_part_add(result, BINDS_PART_PRIMARY_KEY, NULL,
					   binds_mysql_unescape(item), NULL);
	else if (binds_mysql_is_word(&token, "CONSTRAINT") ||
			 binds_mysql_is_word(&token, "CHECK"))
		add_constraint(result, item, table);
	else if (!binds_mysql_is_word(&token, "PERIOD"))	/* goes with VERSIONING */
	{
		if (binds_mysql_is_word(&token, "UNIQUE"))
			kind = BINDS_PART_UNIQUE_KEY;
		while (token.kind != MY_TOKEN_NAME)
		{
			if (!binds_mysql_next_token(&lexer, &token))
				return;
		}
		part = binds_part_add(result, kind, token.text, binds_mysql_unescape(item), NULL);
		if (kind == BINDS_PART_INDEX)
			part->core = list_make1(core_of_index(item));
	}
}

/*
 * The check at the end of a column's definition, where MariaDB has what was said there; NULL:
 * there is none, or it is what makes JSON of a text.
 */
static const char *
own_check(const char *item, const char *name)
{
	MyLexer		lexer = {item, true};
	MyToken		token;
	int			depth = 0;
	StringInfoData json;

	initStringInfo(&json);
	appendStringInfoString(&json, "CHECK (json_valid(");
	binds_append_name(&json, &binds_mysql_dialect, name);
	appendStringInfoString(&json, "))");
	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind == MY_TOKEN_SIGN)
			depth += *token.start == '(' ? 1 : *token.start == ')' ? -1 : 0;
		else if (depth == 0 && binds_mysql_is_word(&token, "CHECK"))
			return strcmp(token.start, json.data) == 0 ? NULL : token.start;
	}
	return NULL;
}

/*
 * What an index that makes queries faster is over: of how much of a text, and how it is called,
 * does not matter.
 */
static char *
core_of_index(const char *item)
{
	MyLexer		lexer = {item, true};
	MyToken		token;
	bool		inside = false;
	StringInfoData core;

	initStringInfo(&core);
	while (binds_mysql_next_token(&lexer, &token))
	{
		MyLexer		ahead = lexer;
		MyToken		length;
		MyToken		close;

		if (inside && token.kind == MY_TOKEN_SIGN && *token.start == '(' &&
			binds_mysql_next_token(&ahead, &length) && length.kind == MY_TOKEN_WORD &&
			strspn(length.text, "0123456789") == length.length &&
			binds_mysql_next_token(&ahead, &close) && close.kind == MY_TOKEN_SIGN)
		{
			lexer = ahead;
			continue;
		}
		inside = inside || token.kind == MY_TOKEN_SIGN;
		if (inside || token.kind == MY_TOKEN_WORD)
			appendStringInfo(&core, "%.*s ", (int) token.length, token.start);
	}
	return core.data;
}

/*
 * A column.  The server leaves out a character set and a collation that are the table's;
 * it is said here, so that columns of tables with other defaults can be compared.
 */
static void
add_column(BindsTableParts *result, const char *item, const char *name,
		   const Defaults *defaults)
{
	MyLexer		lexer = {item, true};
	MyToken		type;
	MyToken		token;
	const char *charset = NULL;
	const char *collation = NULL;
	const char *rest;
	StringInfoData buf;

	if (!binds_mysql_next_token(&lexer, &token) || !binds_mysql_next_token(&lexer, &type) ||
		!has_characters(&type))
	{
		add_column_part(result, name, binds_mysql_unescape(item));
		return;
	}
	binds_mysql_skip_parentheses(&lexer);
	rest = lexer.p;
	while (binds_mysql_next_token(&lexer, &token))
	{
		bool		is_collation = binds_mysql_is_word(&token, "COLLATE");

		if (!is_collation && (!binds_mysql_is_word(&token, "CHARACTER") ||
							  !binds_mysql_next_token(&lexer, &token)))
			break;
		if (!binds_mysql_next_token(&lexer, &token))
			break;
		*(is_collation ? &collation : &charset) = token.text;
		rest = lexer.p;
	}
	if (charset == NULL && collation == NULL)
	{
		charset = defaults->charset;
		collation = defaults->collation;
	}
	else if (charset == NULL)
		charset = pnstrdup(collation, strcspn(collation, "_"));
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, item, type.start - item + type.length);
	lexer.p = type.start + type.length;
	binds_mysql_skip_parentheses(&lexer);
	appendBinaryStringInfo(&buf, type.start + type.length,
						   lexer.p - (type.start + type.length));
	if (charset != NULL)
		appendStringInfo(&buf, " CHARACTER SET %s", charset);
	if (collation != NULL)
		appendStringInfo(&buf, " COLLATE %s", collation);
	appendStringInfoString(&buf, rest);
	add_column_part(result, name, binds_mysql_unescape(buf.data));
}

static void
add_column_part(BindsTableParts *result, const char *name, const char *text)
{
	binds_part_add(result, BINDS_PART_COLUMN, name, text, NULL)->core = core_of(text);
}

/*
 * What a column says beside its type, clause by clause: "NOT NULL ", "DEFAULT '5' ".  DEFAULT
 * NULL says nothing.
 */
static List *
core_of(const char *column)
{
	MyLexer		lexer = {column, false};
	MyToken		token;
	List	   *core = NIL;
	StringInfoData clause;
	bool		more;

	initStringInfo(&clause);
	(void) binds_mysql_next_token(&lexer, &token);
	(void) binds_mysql_next_token(&lexer, &token);
	binds_mysql_skip_parentheses(&lexer);
	do
	{
		const char *behind;

		more = binds_mysql_next_token(&lexer, &token);
		if (!more || begins_clause(&token))
		{
			if (clause.len > 0 && strcmp(clause.data, "DEFAULT NULL ") != 0)
				core = lappend(core, pstrdup(clause.data));
			resetStringInfo(&clause);
		}
		if (!more || (clause.len == 0 && !begins_clause(&token)))
			continue;
		behind = lexer.p;
		binds_mysql_skip_parentheses(&lexer);
		appendStringInfo(&clause, "%.*s%.*s ", (int) token.length, token.start,
						 (int) (lexer.p - behind), behind);
	} while (more);
	return core;
}

static bool
begins_clause(const MyToken *token)
{
	static const char *const words[] = {
		"NOT", "DEFAULT", "COMMENT", "AUTO_INCREMENT", "CHECK", "GENERATED", "ON"
	};

	for (int i = 0; i < (int) lengthof(words); i++)
	{
		if (binds_mysql_is_word(token, words[i]))
			return true;
	}
	return false;
}

/* Does a type have a character set? */
static bool
has_characters(const MyToken *type)
{
	static const char *const types[] = {
		"char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"
	};

	for (int i = 0; i < (int) lengthof(types); i++)
	{
		if (binds_mysql_is_word(type, types[i]))
			return true;
	}
	return false;
}

/*
 * A check or a foreign key.  The name of a check does not matter: it is that of the model only
 * where that is unique in its database, and stays when the table gets another one.  One that
 * it has got from the server, which calls it after the table with a number (MySQL), is none
 * in a statement.
 */
static void
add_constraint(BindsTableParts *result, const char *item, const char *table)
{
	MyLexer		lexer = {item, true};
	MyToken		token;
	char	   *name = NULL;
	char	   *prefix = psprintf("%s_chk_", table);
	bool		is_given;

	if (binds_mysql_is_foreign_key(item))
	{
		add_foreign_key(result, item);
		return;
	}
	(void) binds_mysql_next_token(&lexer, &token);
	if (binds_mysql_is_word(&token, "CONSTRAINT") &&
		binds_mysql_next_token(&lexer, &token))
		name = token.text;
	while (isspace((unsigned char) *lexer.p))
		lexer.p++;
	is_given = name != NULL &&
		!(pg_strncasecmp(name, prefix, strlen(prefix)) == 0 &&
		  strspn(name + strlen(prefix), "0123456789") == strlen(name + strlen(prefix)));
	binds_part_add(result, BINDS_PART_CHECK, name,
				   binds_mysql_unescape(is_given ? item : lexer.p),
				   binds_mysql_unescape(lexer.p))->any_name = true;
}

/*
 * A foreign key, the server's or ours.  The servers know no NO ACTION that would not be
 * RESTRICT, and say one or the other, or nothing.  Its name does not matter: it is that of
 * the model only where that is unique in its database.
 */
static void
add_foreign_key(BindsTableParts *result, const char *item)
{
	MyLexer		lexer = {item, true};
	MyToken		token;
	char	   *name = NULL;
	const char *on_delete = "";
	const char *on_update = "";
	bool		refers = false;
	StringInfoData columns;

	initStringInfo(&columns);
	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind == MY_TOKEN_NAME && name == NULL)
			name = token.text;
		else if (token.kind == MY_TOKEN_NAME)
		{
			/* what is referred to is spelled in any case */
			for (char *p = token.text; refers && *p != '\0'; p++)
				*p = pg_ascii_tolower((unsigned char) *p);
			appendStringInfo(&columns, "`%s`", token.text);
		}
		else if (token.kind == MY_TOKEN_SIGN)
			appendStringInfoChar(&columns, *token.start);
		else if (binds_mysql_is_word(&token, "REFERENCES"))
			refers = true;
		else if (binds_mysql_is_word(&token, "ON") &&
				 binds_mysql_next_token(&lexer, &token))
		{
			const char **action = binds_mysql_is_word(&token, "DELETE") ?
				&on_delete : &on_update;

			if (!binds_mysql_next_token(&lexer, &token))
				break;
			*action = binds_mysql_is_word(&token, "CASCADE") ? "CASCADE" : "";
			if (binds_mysql_is_word(&token, "SET") &&
				binds_mysql_next_token(&lexer, &token))
				*action = token.text;
		}
	}
	binds_part_add(result, BINDS_PART_FOREIGN_KEY, name, pstrdup(item),
				   psprintf("%s %s %s", columns.data, on_delete, on_update))->any_name = true;
}
