/*
 * sqlite_views.c
 *	  Views whose columns keep values that their declared types do not tell.
 *
 * SQLite says of a view's column the type of the column it comes from, whose affinity has
 * converted the values.  But a compound SELECT has the types of its first part only, and
 * the columns of virtual tables convert nothing: there any value may be, and a
 * comparison by the engine would not be what it seems.  DISTINCT takes texts for equal by
 * their collation, and SQLite moves a condition below it, which may tell them apart.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "dialect/query.h"
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

/* In small letters, and without the quotes of names. */
static char *
plain(const char *text)
{
	char	   *result = palloc(strlen(text) + 1);
	int			n = 0;

	for (const char *p = text; *p != '\0'; p++)
	{
		if (strchr("\"`[]'", *p) == NULL)
			result[n++] = pg_ascii_tolower((unsigned char) *p);
	}
	result[n] = '\0';
	return result;
}
