/*
 * sqlite_reflect.c
 *	  Definitions read from a SQLite file.
 *
 * Tables and, if asked for, views and virtual tables (FTS5, rtree).  Left out are SQLite's
 * own tables (sqlite_...) and the shadow tables that hold the content of virtual ones.  A
 * view that cannot be read has an obstacle: a file must not be able to stop the others.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"

#include "dialect/error.h"
#include "dialect/query.h"
#include "dialect/reflected.h"
#include "engine/sqlite/sqlite.h"

/* Whom to ask, and for whom. */
typedef struct Source
{
	BindsDriverConn *conn;
	const char *bind_key;
	bool		all;			/* all tables, to say what is left out of them
								 * as well */
	bool		loose;			/* the view that is read keeps values of any
								 * kind */
	bool		strict;			/* the table that is read is STRICT */
	BindsSqliteViews *views;	/* NULL until one is read */
} Source;

static BindsRows *ask(const Source *source, const char *sql, int ncolumns,
					  const char *table);
static bool wanted(const char *name, const char *const *tables, int ntables);
static BindsTableKind kind_of(const char *type);
static void leave_out_shadows(const Source *source, BindsReflectedTable *table);
static const char *view_obstacle(const Source *source, const char *name);
static void read_table(const Source *source, BindsReflectedTable *table);
static void read_columns(const Source *source, BindsReflectedTable *table,
						 BindsRows *rows);
static void read_column(const Source *source, BindsReflectedTable *table,
						BindsReflectedColumn *column, char *type, const BindsRows *rows,
						int row);
static void read_primary_key(BindsReflectedTable *table, BindsRows *columns,
							 BindsRows *indexes, bool without_rowid);
static void close_gaps(BindsReflectedKey *key, int places);
static void read_indexes(const Source *source, BindsReflectedTable *table,
						 BindsRows *indexes);
static bool read_index_columns(const Source *source, const char *name,
							   char ***columns, bool **descending, int *ncolumns);
static void note_parts(const Source *source, BindsReflectedTable *table, const char *index,
					   const char *kind, const char *name, bool ordered);
static bool has_own_collation(const BindsReflectedTable *table, const char *name,
							  const char *collation);
static void read_foreign_keys(const Source *source, BindsReflectedTable *table);
static void read_left_out(const Source *source, BindsReflectedTable *table);
static void find_words(const char *sql, BindsReflectedTable *table);
static void read_foreign_key_clauses(const Source *source,
									 BindsReflectedTable *table);
static int	find_clauses(const char *sql, BindsReflectedForeignKey *clauses,
						 int maximum);
static void add_foreign_key_column(const Source *source,
								   BindsReflectedForeignKey *key,
								   const BindsRows *rows, int row);
static char *spelled(const Source *source, const char *sql, const char *first,
					 const char *second);
static char *referenced_key_column(const Source *source, const char *table,
								   int64 position);
static char foreign_key_action(const char *words);

/* ------------------------------------------------------------------------
 * Tables
 * ------------------------------------------------------------------------ */

int
binds_sqlite_reflect(BindsDriverConn *conn, const char *bind_key,
					 const char *schema, const char *const *tables, int ntables,
					 bool views, BindsReflectedTable **result)
{
	Source		source = {conn, bind_key, tables == NULL};
	BindsRows  *rows;
	int			n = 0;

	rows = ask(&source,
			   "SELECT name, type, wr, strict FROM pragma_table_list"
			   " WHERE schema = 'main' AND type IN ('table', 'view', 'virtual')"
			   " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
			   " ORDER BY name", 4, NULL);
	*result = palloc0(sizeof(BindsReflectedTable) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		BindsReflectedTable *table = &(*result)[n];
		char	   *name = binds_rows_words(rows, i, 0);
		bool		text = binds_rows_is_text(rows, i, 0);
		char	   *type = binds_rows_text(rows, i, 1);
		BindsTableKind kind = kind_of(type);
		bool		view = kind != BINDS_KIND_TABLE;

		if ((view && !views) || !wanted(name, tables, ntables))
			continue;
		memset(table, 0, sizeof(*table));
		table->name = name;
		table->kind = kind;
		table->rowid = kind != BINDS_KIND_VIEW && !binds_rows_bool(rows, i, 2);
		if (!text)
			table->obstacle = BINDS_NAME_NO_TEXT;
		else if (view && source.all)
			table->obstacle = view_obstacle(&source, name);
		if (view && table->obstacle == NULL)
		{
			if (source.views == NULL)
				source.views = binds_sqlite_read_views(conn, bind_key, NULL, NULL);
			source.loose = !binds_sqlite_is_strict_view(source.views, name);
		}
		source.strict = kind == BINDS_KIND_TABLE && binds_rows_bool(rows, i, 3);
		if (table->obstacle == NULL)
			read_table(&source, table);
		source.loose = false;
		if (kind == BINDS_KIND_TABLE && !table->rowid)
			table->not_anew = lappend(table->not_anew, pstrdup("WITHOUT ROWID"));
		if (source.strict)
			table->not_anew = lappend(table->not_anew, pstrdup("STRICT"));
		if (source.all && kind == BINDS_KIND_VIRTUAL && table->obstacle == NULL)
			leave_out_shadows(&source, table);
		if (table->ncolumns > 0 || table->obstacle != NULL)
			n++;
	}
	return n;
}

/* By SQLite's word for it. */
static BindsTableKind
kind_of(const char *type)
{
	static const struct
	{
		const char *type;
		BindsTableKind kind;
	}			kinds[] = {
		{"view", BINDS_KIND_VIEW},
		{"virtual", BINDS_KIND_VIRTUAL},
		{"shadow", BINDS_KIND_SHADOW},
		{"index", BINDS_KIND_INDEX}
	};

	for (int i = 0; i < (int) lengthof(kinds); i++)
	{
		if (strcmp(type, kinds[i].type) == 0)
			return kinds[i].kind;
	}
	return BINDS_KIND_TABLE;
}

/* The tables in which a virtual table keeps its content. */
static void
leave_out_shadows(const Source *source, BindsReflectedTable *table)
{
	BindsRows  *rows;

	rows = ask(source,
			   "SELECT l.name FROM pragma_table_list l, (SELECT ? || '_' AS base)"
			   " WHERE l.schema = 'main' AND l.type = 'shadow'"
			   " AND substr(l.name, 1, length(base)) = base COLLATE NOCASE"
			   " ORDER BY l.name", 1, table->name);
	for (int i = 0; i < rows->nrows; i++)
		table->left_out =
			lappend(table->left_out,
					psprintf("shadow table \"%s\" (it holds the content of this one)",
							 binds_rows_words(rows, i, 0)));
}

List *
binds_sqlite_view_names(BindsDriverConn *conn, const char *bind_key)
{
	Source		source = {conn, bind_key};

	return binds_rows_names(ask(&source,
								"SELECT name FROM pragma_table_list WHERE schema = 'main'"
								" AND type IN ('view', 'virtual') ORDER BY name", 1, NULL));
}

/* Run a query with a table's name as its parameter, or with none. */
static BindsRows *
ask(const Source *source, const char *sql, int ncolumns, const char *table)
{
	return binds_query_rows(&binds_sqlite_driver, source->conn, source->bind_key,
							sql, ncolumns, table != NULL ? 1 : 0, &table);
}

/* Names are the same in either case. */
static bool
wanted(const char *name, const char *const *tables, int ntables)
{
	if (tables == NULL)
		return true;
	for (int i = 0; i < ntables; i++)
	{
		if (pg_strcasecmp(name, tables[i]) == 0)
			return true;
	}
	return false;
}

/* EXPLAIN reads nothing; LIMIT 0 would evaluate a view that has to be stored first. */
static const char *
view_obstacle(const Source *source, const char *name)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "EXPLAIN SELECT * FROM ");
	binds_append_name(&sql, &binds_sqlite_dialect, name);
	return binds_view_obstacle(&binds_sqlite_driver, source->conn, source->bind_key,
							   sql.data);
}

static void
read_table(const Source *source, BindsReflectedTable *table)
{
	BindsRows  *columns;
	BindsRows  *indexes;

	columns = ask(source,
				  "SELECT name, type, \"notnull\", dflt_value, pk, hidden"
				  " FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid",
				  6, table->name);
	read_columns(source, table, columns);
	if (table->kind != BINDS_KIND_TABLE || table->ncolumns == 0 || table->obstacle != NULL)
		return;

	indexes = ask(source,
				  "SELECT name, \"unique\", origin, partial"
				  " FROM pragma_index_list(?) ORDER BY seq DESC", 4, table->name);
	table->keys = palloc0(sizeof(BindsReflectedKey) * (indexes->nrows + 1));
	table->indexes = palloc0(sizeof(BindsReflectedIndex) * (indexes->nrows + 1));
	read_primary_key(table, columns, indexes, !table->rowid);
	read_indexes(source, table, indexes);
	read_foreign_keys(source, table);
	binds_reflected_drop_unseen(table);
	if (source->all)
		read_left_out(source, table);
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

static void
read_columns(const Source *source, BindsReflectedTable *table, BindsRows *rows)
{
	char	  **types = palloc(sizeof(char *) * Max(rows->nrows, 1));

	for (int i = 0; i < rows->nrows; i++)
		types[i] = binds_rows_words_maybe(rows, i, 1);
	if (table->kind == BINDS_KIND_VIEW)
		binds_sqlite_view_types(source->views, table->name, types, rows->nrows);
	table->ncolumns = rows->nrows;
	table->columns = palloc0(sizeof(BindsReflectedColumn) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
		read_column(source, table, &table->columns[i], types[i], rows, i);
}

/* name, type, notnull, dflt_value, pk, hidden */
static void
read_column(const Source *source, BindsReflectedTable *table,
			BindsReflectedColumn *column, char *type, const BindsRows *rows, int row)
{
	char	   *declared = type;
	const char *collation = NULL;
	Oid			typid;
	int32		typmod;

	column->name = binds_rows_words(rows, row, 0);
	if (!binds_rows_is_text(rows, row, 0))
		table->obstacle = BINDS_COLUMN_NAME_NO_TEXT;
	else if (declared == NULL || (source->strict && pg_strcasecmp(declared, "ANY") == 0))
		declared = pstrdup(""); /* which is what ANY means in a STRICT table */
	else if (!binds_rows_is_text(rows, row, 1))
		table->obstacle = BINDS_TYPE_NO_TEXT;
	if (table->obstacle != NULL)
		return;
	/* a view's columns have those of what they come from, which nobody tells */
	if (table->kind != BINDS_KIND_TABLE)
		collation = "UNKNOWN";
	else
		collation = binds_sqlite_collation(source->conn,
										   binds_text_to_engine(table->name),
										   binds_text_to_engine(column->name));
	if (collation != NULL)
		collation = binds_text_verify(collation, strlen(collation));
	/* a column without a type keeps values as one declared BLOB does */
	column->declared = declared[0] != '\0' ? declared : pstrdup("BLOB");
	column->declared_collation = unconstify(char *, collation);
	column->type = binds_sqlite_reflected_type(declared, collation, &typid,
											   &typmod);
	if (source->loose)
		column->declared = declared = pstrdup("BLOB");
	if (!binds_sqlite_same_storage(typid, typmod, declared, NULL))
		column->engine_type = column->declared;
	if (collation != NULL && (typid == BPCHAROID || typid == TEXTOID ||
							  typid == VARCHAROID) &&
		pg_strcasecmp(collation, typid == BPCHAROID ? "RTRIM" : "BINARY") != 0)
		column->engine_collation = unconstify(char *, collation);
	column->collates = column->engine_collation != NULL &&
		table->kind == BINDS_KIND_TABLE && pg_strcasecmp(collation, "BINARY") != 0;
	column->not_null = binds_rows_bool(rows, row, 2);
	column->computed = binds_rows_integer(rows, row, 5, 0, 3) >= 2;
	if (column->computed)
		binds_leave_out_expression(table, column->name);
	if (!column->computed && !binds_rows_is_null(rows, row, 3))
		binds_sqlite_read_default(column, binds_rows_words(rows, row, 3),
								  binds_rows_is_text(rows, row, 3), typid, typmod);
}

/*
 * The primary key.  An INTEGER that is the whole key is the rowid, which SQLite
 * generates and which is never NULL; other key columns may hold NULL unless they are
 * declared NOT NULL or the table is WITHOUT ROWID.
 */
static void
read_primary_key(BindsReflectedTable *table, BindsRows *columns,
				 BindsRows *indexes, bool without_rowid)
{
	BindsReflectedKey *key = &table->keys[table->nkeys];
	bool		has_index = false;
	bool		guaranteed = true;
	int			first = -1;

	key->columns = palloc0(sizeof(char *) * columns->nrows);
	for (int i = 0; i < columns->nrows; i++)
	{
		int64		position = binds_rows_integer(columns, i, 4, 0, columns->nrows);

		if (position == 0)
			continue;
		key->columns[position - 1] = table->columns[i].name;
		key->ncolumns++;
		first = i;
		guaranteed = guaranteed && table->columns[i].not_null;
	}
	if (key->ncolumns == 0)
		return;
	close_gaps(key, columns->nrows);

	for (int i = 0; i < indexes->nrows; i++)
		has_index = has_index ||
			strcmp(binds_rows_text(indexes, i, 2), "pk") == 0;
	if (key->ncolumns == 1 && !without_rowid && !has_index)
	{
		table->columns[first].generated_key = true;
		table->columns[first].default_expr = NULL;
		table->columns[first].has_default = false;
		table->columns[first].engine_default = false;
		guaranteed = true;
	}
	key->primary = true;
	key->guaranteed = guaranteed || without_rowid;
	if (key->guaranteed)
	{
		for (int i = 0; i < columns->nrows; i++)
		{
			if (binds_rows_integer(columns, i, 4, 0, columns->nrows) > 0)
				table->columns[i].not_null = true;
		}
	}
	table->nkeys++;
}

/* A column that the file names twice in its key has one place only. */
static void
close_gaps(BindsReflectedKey *key, int places)
{
	int			n = 0;

	for (int i = 0; i < places; i++)
	{
		if (key->columns[i] != NULL)
			key->columns[n++] = key->columns[i];
	}
	key->ncolumns = n;
}

/* ------------------------------------------------------------------------
 * Indexes and keys
 * ------------------------------------------------------------------------ */

/* name, unique, origin, partial */
static void
read_indexes(const Source *source, BindsReflectedTable *table, BindsRows *indexes)
{
	for (int i = 0; i < indexes->nrows; i++)
	{
		char	   *name;
		char	   *origin = binds_rows_text(indexes, i, 2);
		char	  **columns;
		bool	   *descending;
		int			ncolumns;

		/*
		 * an index over some of the rows, or over an expression, is another
		 * one
		 */
		name = binds_rows_words(indexes, i, 0);
		if (strcmp(origin, "pk") == 0)
		{
			note_parts(source, table, name, "the primary key", NULL, false);
			continue;
		}
		if (!binds_rows_is_text(indexes, i, 0))
		{
			table->left_out_model =
				lappend(table->left_out_model,
						psprintf("index \"%s\" (its name is no text)", name));
			continue;
		}
		if (binds_rows_bool(indexes, i, 3))
		{
			binds_leave_out_index(table, "partial index", name);
			continue;
		}
		if (!read_index_columns(source, name, &columns, &descending, &ncolumns))
		{
			binds_leave_out_index(table, "index of an expression", name);
			continue;
		}
		if (strcmp(origin, "u") == 0)
		{
			BindsReflectedKey *key = &table->keys[table->nkeys++];

			key->columns = columns;
			key->ncolumns = ncolumns;
			key->guaranteed = true;
			note_parts(source, table, name, "a unique key", NULL, false);
		}
		else
		{
			BindsReflectedIndex *index = &table->indexes[table->nindexes++];

			index->name = name;
			index->columns = columns;
			index->descending = descending;
			index->ncolumns = ncolumns;
			index->unique = binds_rows_bool(indexes, i, 1);
			note_parts(source, table, name, index->unique ? "unique index" : "index", name,
					   true);
		}
	}
}

/* Read the columns of an index; false if one of them is no plain column. */
static bool
read_index_columns(const Source *source, const char *name, char ***columns,
				   bool **descending, int *ncolumns)
{
	BindsRows  *rows;

	rows = ask(source,
			   "SELECT name, cid, \"desc\" FROM pragma_index_xinfo(?)"
			   " WHERE key ORDER BY seqno", 3, name);
	*columns = palloc(sizeof(char *) * Max(rows->nrows, 1));
	*descending = palloc(sizeof(bool) * Max(rows->nrows, 1));
	*ncolumns = 0;
	for (int i = 0; i < rows->nrows; i++)
	{
		char	   *column;
		bool		twice = false;

		if (binds_rows_integer(rows, i, 1, PG_INT16_MIN, PG_INT16_MAX) < 0)
			return false;
		column = binds_rows_text(rows, i, 0);
		for (int j = 0; j < *ncolumns; j++)
			twice = twice || strcmp((*columns)[j], column) == 0;
		if (twice)
			continue;
		(*columns)[*ncolumns] = column;
		(*descending)[(*ncolumns)++] = binds_rows_bool(rows, i, 2);
	}
	return *ncolumns > 0;
}

/*
 * Note what the columns of an index have that those of one of a table that is made have
 * not: a collation of their own and, if indexes of its kind have no order, DESC.
 */
static void
note_parts(const Source *source, BindsReflectedTable *table, const char *index,
		   const char *kind, const char *name, bool ordered)
{
	BindsRows  *rows;

	if (!source->all)
		return;
	rows = ask(source,
			   "SELECT name, coll, \"desc\" FROM pragma_index_xinfo(?)"
			   " WHERE key ORDER BY seqno", 3, index);
	for (int i = 0; i < rows->nrows; i++)
	{
		char	   *column = binds_rows_words(rows, i, 0);

		if (has_own_collation(table, column, binds_rows_words(rows, i, 1)))
			binds_not_anew_part(table, "collation", column, kind, name);
		if (!ordered && binds_rows_bool(rows, i, 2))
			binds_not_anew_part(table, "DESC", column, kind, name);
	}
}

/* Is a collation neither the column's nor that of the column of a table that is made? */
static bool
has_own_collation(const BindsReflectedTable *table, const char *name,
				  const char *collation)
{
	for (int i = 0; i < table->ncolumns; i++)
	{
		const BindsReflectedColumn *column = &table->columns[i];
		const char *declared = column->declared_collation;

		if (strcmp(column->name, name) == 0)
			return pg_strcasecmp(collation, declared != NULL ? declared : "BINARY") != 0 &&
				!(column->collates && pg_strcasecmp(collation, "BINARY") == 0);
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Foreign keys
 * ------------------------------------------------------------------------ */

/* SQLite numbers them backwards. */
static void
read_foreign_keys(const Source *source, BindsReflectedTable *table)
{
	BindsRows  *rows;
	int64		id = -1;

	rows = ask(source,
			   "SELECT id, seq, \"table\", \"from\", \"to\", on_update, on_delete"
			   " FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq",
			   7, table->name);
	table->foreign_keys = palloc0(sizeof(BindsReflectedForeignKey) *
								  Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		int64		of = binds_rows_integer(rows, i, 0, 0, rows->nrows - 1);

		if (of != id)
		{
			id = of;
			table->nforeign_keys++;
		}
		add_foreign_key_column(source,
							   &table->foreign_keys[table->nforeign_keys - 1],
							   rows, i);
	}
	if (table->nforeign_keys > 0)
		read_foreign_key_clauses(source, table);
}

/*
 * Names, and what is checked at the end of the transaction, stand only in the text
 * of CREATE TABLE.
 */
static void
read_foreign_key_clauses(const Source *source, BindsReflectedTable *table)
{
	BindsReflectedForeignKey *clauses;
	BindsRows  *rows;

	rows = ask(source,
			   "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?",
			   1, table->name);
	if (rows->nrows == 0 || !binds_rows_is_text(rows, 0, 0))
		return;
	clauses = palloc0(sizeof(BindsReflectedForeignKey) * table->nforeign_keys);
	if (find_clauses(binds_rows_text(rows, 0, 0), clauses, table->nforeign_keys) !=
		table->nforeign_keys)
		return;
	for (int i = 0; i < table->nforeign_keys; i++)
	{
		for (int j = 0; j < i && clauses[i].name != NULL; j++)
		{
			/* SQLite does not look for double names */
			if (clauses[j].name != NULL &&
				pg_strcasecmp(clauses[i].name, clauses[j].name) == 0)
				clauses[i].name = NULL;
		}
		table->foreign_keys[i].name = clauses[i].name;
		table->foreign_keys[i].deferrable = clauses[i].deferrable;
		table->foreign_keys[i].initially_deferred = clauses[i].deferrable;
	}
}

/*
 * Find the REFERENCES clauses of a CREATE TABLE, in their order.  SQLite defers a
 * key only if it is DEFERRABLE INITIALLY DEFERRED.
 */
static int
find_clauses(const char *sql, BindsReflectedForeignKey *clauses, int maximum)
{
	static const char *const others[] = {
		"PRIMARY", "UNIQUE", "CHECK", "NULL", "DEFAULT", "COLLATE", "GENERATED", "AS",
		NULL
	};
	char	   *name = NULL;
	const char *token;
	const char *before = "";
	bool		bare;
	bool		deferrable = false;
	int			depth = 0;
	int			n = 0;

	for (; (token = binds_sqlite_next_token(&sql, &bare)) != NULL; before = bare ? token : "")
	{
		if (!bare && strcmp(token, "(") == 0)
			depth++;
		else if (!bare && strcmp(token, ")") == 0)
			depth--;
		else if (!bare && strcmp(token, ",") == 0 && depth == 1)
			name = NULL;
		if (pg_strcasecmp(before, "CONSTRAINT") == 0)
		{
			name = pstrdup(token);
			bare = false;
		}
		if (!bare)
			continue;

		if (pg_strcasecmp(token, "REFERENCES") == 0)
		{
			if (n == maximum)
				return -1;
			clauses[n++].name = name;
			name = NULL;
			deferrable = false;
		}
		else if (pg_strcasecmp(token, "DEFERRABLE") == 0)
			deferrable = pg_strcasecmp(before, "NOT") != 0;
		else if (pg_strcasecmp(token, "DEFERRED") == 0 &&
				 pg_strcasecmp(before, "INITIALLY") == 0 && n > 0)
			clauses[n - 1].deferrable = deferrable;
		for (int i = 0; others[i] != NULL; i++)
		{
			if (pg_strcasecmp(token, others[i]) == 0)
				name = NULL;
		}
	}
	return n;
}

/*
 * The next token, palloc'ed: a bare word, a quoted name or text
 * without its quotes, or a character.  A column's own name may be a bare word that
 * is also a keyword; SQLite lets only those be that are none in find_clauses.
 * NULL at the end.
 */
const char *
binds_sqlite_next_token(const char **sql, bool *bare)
{
	const char *p = *sql;
	StringInfoData buf;
	char		quote;

	*bare = false;
	for (;;)
	{
		while (isspace((unsigned char) *p))
			p++;
		if (p[0] == '-' && p[1] == '-')
			p += strcspn(p, "\n");
		else if (p[0] == '/' && p[1] == '*')
		{
			const char *close = strstr(p + 2, "*/");

			p = close != NULL ? close + 2 : p + strlen(p);
		}
		else
			break;
	}
	if (*p == '\0')
		return NULL;

	initStringInfo(&buf);
	if (strchr("\"`'[", *p) != NULL)
	{
		quote = *p == '[' ? ']' : *p;
		for (p++; *p != '\0' && (*p != quote || (quote != ']' && p[1] == quote)); p++)
		{
			appendStringInfoChar(&buf, *p);
			if (*p == quote)
				p++;
		}
		if (*p != '\0')
			p++;
	}
	else if (isalnum((unsigned char) *p) || *p == '_' || IS_HIGHBIT_SET(*p))
	{
		*bare = true;
		for (; isalnum((unsigned char) *p) || *p == '_' || *p == '$' ||
			 IS_HIGHBIT_SET(*p); p++)
			appendStringInfoChar(&buf, *p);
	}
	else
		appendStringInfoChar(&buf, *p++);
	*sql = p;
	return buf.data;
}

static void
add_foreign_key_column(const Source *source, BindsReflectedForeignKey *key,
					   const BindsRows *rows, int row)
{
	int			position = key->ncolumns++;

	if (position == 0)
	{
		key->columns = palloc(sizeof(char *) * rows->nrows);
		key->ref_columns = palloc(sizeof(char *) * rows->nrows);
		key->ref_table = spelled(source, "SELECT name FROM main.sqlite_schema"
								 " WHERE type = 'table' AND name = ? COLLATE NOCASE",
								 binds_rows_words(rows, row, 2), NULL);
		key->on_update = foreign_key_action(binds_rows_text(rows, row, 5));
		key->on_delete = foreign_key_action(binds_rows_text(rows, row, 6));
	}
	key->columns[position] = binds_rows_text(rows, row, 3);
	key->ref_columns[position] = !binds_rows_is_null(rows, row, 4) ?
		spelled(source, "SELECT name FROM pragma_table_info(?)"
				" WHERE name = ? COLLATE NOCASE", key->ref_table,
				binds_rows_words(rows, row, 4)) :
		referenced_key_column(source, key->ref_table,
							  binds_rows_integer(rows, row, 1, 0, PG_INT16_MAX));
}

/* A name as its owner spells it; a reference may differ in case, or lead nowhere. */
static char *
spelled(const Source *source, const char *sql, const char *first,
		const char *second)
{
	const char *params[2];
	BindsRows  *rows;

	params[0] = first;
	params[1] = second;
	rows = binds_query_rows(&binds_sqlite_driver, source->conn, source->bind_key,
							sql, 1, second != NULL ? 2 : 1, params);
	if (rows->nrows > 0)
		return binds_rows_words(rows, 0, 0);
	return pstrdup(second != NULL ? second : first);
}

/* The column of a primary key that a foreign key without column names means. */
static char *
referenced_key_column(const Source *source, const char *table, int64 position)
{
	BindsRows  *rows;

	rows = ask(source,
			   "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
			   1, table);
	if (position < 0 || position >= rows->nrows)
		return pstrdup("");
	return binds_rows_words(rows, position, 0);
}

static char
foreign_key_action(const char *words)
{
	if (pg_strcasecmp(words, "CASCADE") == 0)
		return FKCONSTR_ACTION_CASCADE;
	if (pg_strcasecmp(words, "SET NULL") == 0)
		return FKCONSTR_ACTION_SETNULL;
	if (pg_strcasecmp(words, "SET DEFAULT") == 0)
		return FKCONSTR_ACTION_SETDEFAULT;
	if (pg_strcasecmp(words, "RESTRICT") == 0)
		return FKCONSTR_ACTION_RESTRICT;
	return FKCONSTR_ACTION_NOACTION;
}

/* ------------------------------------------------------------------------
 * What is left out
 * ------------------------------------------------------------------------ */

/* Some things stand only in the text of CREATE TABLE. */
static void
read_left_out(const Source *source, BindsReflectedTable *table)
{
	BindsRows  *rows;

	rows = ask(source,
			   "SELECT type, name, sql FROM main.sqlite_schema"
			   " WHERE type IN ('table', 'trigger') AND tbl_name = ? COLLATE NOCASE"
			   " ORDER BY type, name", 3, table->name);
	for (int i = 0; i < rows->nrows; i++)
	{
		if (strcmp(binds_rows_text(rows, i, 0), "trigger") == 0)
			binds_leave_out_trigger(table, binds_rows_words(rows, i, 1));
		else if (!binds_rows_is_null(rows, i, 2))
			find_words(binds_rows_words(rows, i, 2), table);
	}
}

static void
find_words(const char *sql, BindsReflectedTable *table)
{
	const char *token;
	const char *before = "";
	char	   *name = NULL;
	bool		conflict = false;
	bool		bare;

	while ((token = binds_sqlite_next_token(&sql, &bare)) != NULL)
	{
		if (pg_strcasecmp(before, "CONSTRAINT") == 0)
		{
			name = pstrdup(token);
			before = "";
			continue;
		}
		if (bare && pg_strcasecmp(token, "CHECK") == 0)
			binds_leave_out_check(table, name);
		else if (bare && pg_strcasecmp(token, "AUTOINCREMENT") == 0)
			table->not_anew = lappend(table->not_anew, pstrdup("AUTOINCREMENT"));
		else if (bare && pg_strcasecmp(token, "CONFLICT") == 0 &&
				 pg_strcasecmp(before, "ON") == 0)
			conflict = true;
		name = NULL;
		before = bare ? token : "";
	}
	if (conflict)
		table->not_anew = lappend(table->not_anew, pstrdup("ON CONFLICT"));
}

/* ------------------------------------------------------------------------
 * Small questions
 * ------------------------------------------------------------------------ */

int64
binds_sqlite_definitions_version(BindsDriverConn *conn, const char *bind_key)
{
	Source		source = {conn, bind_key};

	return binds_rows_integer(ask(&source, "PRAGMA schema_version", 1, NULL), 0, 0,
							  PG_INT64_MIN, PG_INT64_MAX);
}

/* A file is one schema; others would have to be attached. */
bool
binds_sqlite_has_schema(BindsDriverConn *conn, const char *bind_key,
						const char *schema)
{
	return strcmp(schema, "main") == 0;
}

/*
 * Of tables and indexes, which have their names together.  Shadow tables are looked for
 * only in a file that has a virtual table.
 */
void
binds_sqlite_table_kinds(BindsDriverConn *conn, const char *bind_key,
						 const char *schema, const char *const *tables, int ntables,
						 BindsTableKind *kinds, char **comments)
{
	Source		source = {conn, bind_key};

	for (int i = 0; i < ntables; i++)
	{
		BindsRows  *rows;

		rows = ask(&source,
				   "SELECT CASE WHEN m.type <> 'table' THEN m.type"
				   " WHEN COALESCE(m.rootpage, 0) = 0 THEN 'virtual'"
				   " WHEN EXISTS (SELECT 1 FROM main.sqlite_schema"
				   " WHERE type = 'table' AND rootpage = 0)"
				   " AND EXISTS (SELECT 1 FROM pragma_table_list(m.name)"
				   " WHERE schema = 'main' AND type = 'shadow') THEN 'shadow'"
				   " ELSE m.type END FROM main.sqlite_schema m"
				   " WHERE m.type IN ('table', 'view', 'index')"
				   " AND m.name = ? COLLATE NOCASE", 1, tables[i]);
		kinds[i] = rows->nrows > 0 ? kind_of(binds_rows_text(rows, 0, 0)) :
			BINDS_KIND_NONE;
		if (comments != NULL)
			comments[i] = NULL;
	}
}

/*
 * Only tables with AUTOINCREMENT are in sqlite_sequence, which is made with the first of them;
 * anybody may write to it.
 */
int64
binds_sqlite_next_key(BindsDriverConn *conn, const char *bind_key, const char *schema,
					  const char *table)
{
	Source		source = {conn, bind_key};
	BindsRows  *rows = ask(&source,
						   "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_sequence'",
						   1, NULL);
	int64		last = 0;

	if (rows->nrows > 0)
		rows = ask(&source,
				   "SELECT max(seq) FROM main.sqlite_sequence"
				   " WHERE name = ? COLLATE NOCASE AND typeof(seq) = 'integer'", 1, table);
	if (rows->nrows > 0 && !binds_rows_is_null(rows, 0, 0))
		last = binds_rows_integer(rows, 0, 0, PG_INT64_MIN, PG_INT64_MAX);
	return last > 0 && last < PG_INT64_MAX ? last + 1 : 0;
}

int
binds_sqlite_references(BindsDriverConn *conn, const char *bind_key, const char *schema,
						BindsReference **result)
{
	Source		source = {conn, bind_key};
	BindsRows  *rows = ask(&source,
						   "SELECT m.name, f.\"table\" FROM main.sqlite_schema m,"
						   " pragma_foreign_key_list(m.name) f"
						   " WHERE m.type = 'table' AND f.seq = 0 ORDER BY 1, 2", 2,
						   NULL);

	*result = palloc0(sizeof(BindsReference) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		(*result)[i].table = binds_rows_words(rows, i, 0);
		(*result)[i].ref_table = binds_rows_words(rows, i, 1);
	}
	return rows->nrows;
}

/*
 * Triggers may do anything to any table of the file; without one, rows vanish by the
 * action of a foreign key of theirs only.  Our lock keeps other sessions away.
 */
bool
binds_sqlite_rows_vanish(BindsDriverConn *conn, const char *bind_key,
						 const char *schema, const char *table)
{
	Source		source = {conn, bind_key};
	BindsRows  *found;

	found = ask(&source,
				"SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger')"
				" OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(?)"
				" WHERE on_update NOT IN ('NO ACTION', 'RESTRICT')"
				" OR on_delete NOT IN ('NO ACTION', 'RESTRICT'))", 1, table);
	return found->nrows != 1 || binds_rows_bool(found, 0, 0);
}

/*
 * The number of rows: of the last ANALYZE, else the highest rowid, as far as so
 * many rows would fit into the file.
 */
bool
binds_sqlite_estimate(BindsDriverConn *conn, const char *bind_key,
					  const char *schema, const char *table, double *rows,
					  double *width)
{
	Source		source = {conn, bind_key};
	BindsRows  *found;
	double		bytes;
	StringInfoData sql;

	found = ask(&source,
				"SELECT page_count * page_size"
				" FROM pragma_page_count, pragma_page_size", 1, NULL);
	bytes = found->nrows > 0 ?
		binds_rows_integer(found, 0, 0, 0, PG_INT64_MAX) : 0;
	*rows = -1;

	found = ask(&source,
				"SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_stat1'", 1,
				NULL);
	if (found->nrows > 0)
	{
		found = ask(&source,
					"SELECT max(CAST(stat AS INTEGER)) FROM main.sqlite_stat1"
					" WHERE tbl = ? COLLATE NOCASE", 1, table);
		if (found->nrows > 0 && !binds_rows_is_null(found, 0, 0))
			*rows = binds_rows_integer(found, 0, 0, PG_INT64_MIN, PG_INT64_MAX);
	}
	if (*rows < 0)
	{
		found = ask(&source,
					"SELECT name FROM pragma_table_list"
					" WHERE schema = 'main' AND type = 'table' AND wr = 0"
					" AND name = ? COLLATE NOCASE", 1, table);
		if (found->nrows == 0)
			return false;
		initStringInfo(&sql);
		appendStringInfoString(&sql, "SELECT max(_rowid_) FROM ");
		binds_append_name(&sql, &binds_sqlite_dialect, table);
		found = ask(&source, sql.data, 1, NULL);
		if (found->nrows > 0 && !binds_rows_is_null(found, 0, 0))
			*rows = binds_rows_integer(found, 0, 0, PG_INT64_MIN, PG_INT64_MAX);
		*rows = Max(Min(*rows, bytes / 8), 0);
	}
	*width = *rows > 0 ? Min(Max(bytes / *rows, 8), 1000) : 0;
	return true;
}
