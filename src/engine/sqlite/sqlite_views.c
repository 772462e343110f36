/*
 * sqlite_views.c
 *	  Views whose columns keep values that their declared types do not tell.
 *
 * SQLite says of a view's column the type of the column it comes from, whose affinity has
 * converted the values.  But a compound SELECT has the types of one of its parts, and
 * the columns of virtual tables convert nothing: there any value may be, and a
 * comparison by the engine would not be what it seems.  DISTINCT takes texts for equal by
 * their collation, and SQLite moves a condition below it, which may tell them apart.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "dialect/query.h"
#include "dialect/text.h"
#include "engine/sqlite/sqlite.h"

/* A view or virtual table, by what its definition says. */
typedef struct View
{
	char	   *name;
	char	   *word;			/* the name as it stands in "sql" */
	char	   *sql;
	bool		loose;
} View;

static int	read_views(BindsDriverConn *conn, const char *bind_key, View **result);
static bool is_loose(const char *sql, bool is_virtual);
static void spread(View *views, int n);
static bool has_word(const char *text, const char *word);
static bool is_letter(char c);
static char *definition(BindsDriverConn *conn, const char *bind_key, const char *view);
static List *compound_parts(const char *sql);
static void agree(char **types, int ncolumns, BindsDriverConn *conn, const char *from);
static bool same_type(const char *a, const char *b);
static char *plain(const char *text);

/*
 * Names (char *) of the views and virtual tables whose columns hold what their types say.
 * Told by words in their definitions and in those of the views that they name, so some are
 * missing without need.
 */
List *
binds_sqlite_strict_views(BindsDriverConn *conn, const char *bind_key)
{
	View	   *views;
	int			n = read_views(conn, bind_key, &views);
	List	   *names = NIL;

	for (int i = 0; i < n; i++)
	{
		if (!views[i].loose)
			names = lappend(names, views[i].name);
	}
	return names;
}

static int
read_views(BindsDriverConn *conn, const char *bind_key, View **result)
{
	BindsRows  *rows;
	int			n = 0;

	rows = binds_query_rows(&binds_sqlite_driver, conn, bind_key,
							"SELECT name, sql, type = 'table' FROM main.sqlite_schema"
							" WHERE type = 'view' OR (type = 'table' AND rootpage = 0)",
							3, 0, NULL);
	*result = palloc(sizeof(View) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		View	   *view = &(*result)[n];

		if (binds_rows_is_null(rows, i, 0) || binds_rows_is_null(rows, i, 1))
			continue;
		view->name = binds_rows_words(rows, i, 0);
		view->word = plain(view->name);
		view->sql = plain(binds_rows_words(rows, i, 1));
		view->loose = is_loose(view->sql, binds_rows_bool(rows, i, 2));
		n++;
	}
	spread(*result, n);
	return n;
}

/* An rtree converts its own columns, but not those that are only kept with them. */
static bool
is_loose(const char *sql, bool is_virtual)
{
	static const char *const words[] = {
		"union", "intersect", "except", "values", "distinct", "over", NULL
	};

	if (is_virtual)
		return strstr(sql, "using rtree") == NULL || strchr(sql, '+') != NULL;
	for (int i = 0; words[i] != NULL; i++)
	{
		if (has_word(sql, words[i]))
			return true;
	}
	return false;
}

/* A view is as loose as what it names. */
static void
spread(View *views, int n)
{
	bool		again = true;

	while (again)
	{
		again = false;
		for (int i = 0; i < n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			for (int j = 0; j < n && !views[i].loose; j++)
			{
				views[i].loose = views[j].loose &&
					has_word(views[i].sql, views[j].word);
				again = again || views[i].loose;
			}
		}
	}
}

/* Does the text have the word, with no letter next to it? */
static bool
has_word(const char *text, const char *word)
{
	size_t		length = strlen(word);

	if (length == 0)
		return true;
	for (const char *p = strstr(text, word); p != NULL; p = strstr(p + 1, word))
	{
		if ((p == text || !is_letter(p[-1])) && !is_letter(p[length]))
			return true;
	}
	return false;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
		IS_HIGHBIT_SET(c);
}

/*
 * In small letters, with one blank for any number of quotes and blanks, but none at the
 * ends: a name reads alike with quotes and without, and what is quoted is no part of the
 * word before.
 */
static char *
plain(const char *text)
{
	char	   *result = palloc(strlen(text) + 1);
	int			n = 0;

	for (const char *p = text; *p != '\0'; p++)
	{
		if (strchr("\"`[]' \t\n\r\f", *p) == NULL)
			result[n++] = pg_ascii_tolower((unsigned char) *p);
		else if (n > 0 && result[n - 1] != ' ')
			result[n++] = ' ';
	}
	if (n > 0 && result[n - 1] == ' ')
		n--;
	result[n] = '\0';
	return result;
}

/* ------------------------------------------------------------------------
 * Types
 * ------------------------------------------------------------------------ */

/*
 * What versions of SQLite tell differs: of a cast nothing or its type, of a column that is
 * different things in the parts of a compound SELECT the type of the first, or BLOB.  What
 * they all tell alike is the type of the column of a table that a column is, and of a
 * compound SELECT that of the last part.  So we ask that of each part.
 */
void
binds_sqlite_view_types(BindsDriverConn *conn, const char *bind_key, const char *view,
						char **types, int ncolumns)
{
	StringInfoData name;
	ListCell   *lc;

	initStringInfo(&name);
	binds_append_name(&name, &binds_sqlite_dialect, view);
	agree(types, ncolumns, conn, name.data);
	foreach(lc, compound_parts(definition(conn, bind_key, view)))
	{
		CHECK_FOR_INTERRUPTS();
		agree(types, ncolumns, conn, psprintf("(\n%s\n)", (char *) lfirst(lc)));
	}
}

static char *
definition(BindsDriverConn *conn, const char *bind_key, const char *view)
{
	BindsRows  *rows;

	rows = binds_query_rows(&binds_sqlite_driver, conn, bind_key,
							"SELECT sql FROM main.sqlite_schema"
							" WHERE type = 'view' AND name = ? COLLATE NOCASE", 1, 1, &view);
	return rows->nrows == 1 && !binds_rows_is_null(rows, 0, 0) ?
		binds_rows_words(rows, 0, 0) : pstrdup("");
}

/*
 * The compound SELECT of a CREATE VIEW up to each of its parts (char *), but for the last;
 * NIL if it is none.
 */
static List *
compound_parts(const char *sql)
{
	const char *body = NULL;
	const char *token;
	List	   *parts = NIL;
	bool		bare;
	int			depth = 0;

	while ((token = binds_sqlite_next_token(&sql, &bare)) != NULL)
	{
		if (!bare && strcmp(token, "(") == 0)
			depth++;
		else if (!bare && strcmp(token, ")") == 0)
			depth--;
		if (!bare || depth != 0)
			continue;
		if (body == NULL)
		{
			if (pg_strcasecmp(token, "AS") == 0)
				body = sql;
			continue;
		}
		if (pg_strcasecmp(token, "UNION") == 0 || pg_strcasecmp(token, "EXCEPT") == 0 ||
			pg_strcasecmp(token, "INTERSECT") == 0)
			parts = lappend(parts, pnstrdup(body, sql - strlen(token) - body));
	}
	return parts;
}

/* Take away the types that are not those of what is selected from. */
static void
agree(char **types, int ncolumns, BindsDriverConn *conn, const char *from)
{
	char	   *told;
	const char *p;

	told = binds_sqlite_declared_types(conn,
									   binds_text_to_engine(psprintf("SELECT * FROM %s", from)),
									   ncolumns);
	p = told;
	for (int i = 0; i < ncolumns; i++)
	{
		if (told == NULL || types[i] == NULL || !same_type(types[i], binds_text_clean(p, strlen(p))))
			types[i] = pstrdup("");
		if (p != NULL)
			p += strlen(p) + 1;
	}
	free(told);
}

/* Of two declared types: are they there, and the same here? */
static bool
same_type(const char *a, const char *b)
{
	Oid			typid[2];
	int32		typmod[2];

	if (a[0] == '\0' || b[0] == '\0')
		return false;
	(void) binds_sqlite_reflected_type(a, NULL, &typid[0], &typmod[0]);
	(void) binds_sqlite_reflected_type(b, NULL, &typid[1], &typmod[1]);
	return typid[0] == typid[1] && typmod[0] == typmod[1] &&
		binds_sqlite_affinity(a) == binds_sqlite_affinity(b);
}
