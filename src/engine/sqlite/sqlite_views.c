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

#include "dialect/error.h"
#include "dialect/query.h"
#include "dialect/text.h"
#include "engine/sqlite/sqlite.h"

/* A view or virtual table, by what its definition says. */
typedef struct View
{
	char	   *name;
	char	   *word;			/* the name as it stands in "sql" */
	char	   *sql;
	char	   *text;			/* "sql" as it is written */
	bool		loose;
} View;

struct BindsSqliteViews
{
	View	   *views;
	int			n;
};

/* So much text (bytes) we give to SQLite for the types of a view. */
#define MAX_ASKED	(16 * 1024 * 1024)

/* What is found out about the types of a view, from all that it comes from. */
typedef struct Look
{
	BindsDriverConn *conn;
	const char *bind_key;
	List	   *lies;			/* char *, declared types */
	bool		unknown;		/* it cannot be found out */
	bool		outer;			/* what is inside has been looked at */
	size_t		budget;			/* what is left of MAX_ASKED */
} Look;

/* Declared types, "" where there is none; n is -1 if nothing is known. */
typedef struct Columns
{
	int			n;
	char	  **types;
} Columns;

typedef struct Reader
{
	const char *p;
	const char *end;
	const char *token;
	const char *owned;
	bool		bare;
	int			depth;
} Reader;

static int	read_views(BindsDriverConn *conn, const char *bind_key, View **result);
static bool is_loose(const char *sql, bool is_virtual);
static void spread(View *views, int n);
static bool has_word(const char *text, const char *word);
static bool is_letter(char c);
static Columns look_at_views(Look *look, BindsSqliteViews *known, const char *name);
static const char *body_of(const char *sql);
static bool look_at_select(Look *look, const char *before, int open, const char *sql,
						   const char *end, Columns *columns);
static void look_into(Look *look, const char *before, int open, const char *sql,
					  const char *end);
static Columns look_at_parts(Look *look, const char *before, int open, const char *with,
							 List *parts);
static void agree(Look *look, Columns *columns, const Columns *told, const char *part);
static bool find_nulls(const char *part, bool *nulls, int ncolumns);
static Columns ask(Look *look, char *sql);
static void add_lie(Look *look, char *type);
static bool is_lie(const Look *look, const char *type);
static bool next(Reader *in);
static bool is_word(const Reader *in, const char *word);
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
		view->text = binds_rows_words(rows, i, 1);
		view->sql = plain(view->text);
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
 * compound SELECT that of the last part.  So we ask that of each part alone.
 *
 * Of a compound SELECT below, we cannot tell to which of the columns above it leads; but
 * what SQLite tells of these are types of its parts.  Where the parts differ, those are
 * lies, wherever they come up.
 */
void
binds_sqlite_view_types(BindsDriverConn *conn, const char *bind_key, const char *view,
						char **types, int ncolumns, BindsSqliteViews **known)
{
	Look		look = {.conn = conn, .bind_key = bind_key, .budget = MAX_ASKED};
	Columns		parts;
	StringInfoData name;

	if (*known == NULL)
	{
		*known = palloc(sizeof(BindsSqliteViews));
		(*known)->n = read_views(conn, bind_key, &(*known)->views);
	}
	parts = look_at_views(&look, *known, view);
	if (parts.n < 0)
	{
		initStringInfo(&name);
		binds_append_name(&name, &binds_sqlite_dialect, view);
		parts = ask(&look, psprintf("SELECT * FROM %s", name.data));
	}
	for (int i = 0; i < ncolumns; i++)
	{
		bool		told = !look.unknown && parts.n == ncolumns;

		types[i] = told && !is_lie(&look, parts.types[i]) ? parts.types[i] : pstrdup("");
	}
}

/*
 * Look at a view and all that it may come from, until no further lie is found.  The types
 * of the view, if it is a compound SELECT.
 */
static Columns
look_at_views(Look *look, BindsSqliteViews *known, const char *name)
{
	List	   *below = NIL;
	Columns		columns = {.n = -1};
	int			lies;

	for (int i = 0; i < known->n; i++)
	{
		if (pg_strcasecmp(known->views[i].name, name) == 0)
			below = list_make1(&known->views[i]);
	}
	for (int i = 0; i < list_length(below); i++)
	{
		View	   *view = list_nth(below, i);

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < known->n; j++)
		{
			if (has_word(view->sql, known->views[j].word))
				below = list_append_unique_ptr(below, &known->views[j]);
		}
	}
	do
	{
		lies = list_length(look->lies);
		for (int i = list_length(below) - 1; i >= 0 && !look->unknown; i--)
		{
			const char *body = body_of(((View *) list_nth(below, i))->text);

			if (body != NULL)
				(void) look_at_select(look, "", 0, body, body + strlen(body),
									  i > 0 ? &columns : NULL);
		}
	} while (list_length(look->lies) > lies && !look->unknown);

	/* where the view's own parts differ is no lie about its other columns */
	columns.n = -1;
	if (below != NIL && !look->unknown)
	{
		const char *body = body_of(((View *) linitial(below))->text);
		List	   *before = list_copy(look->lies);

		look->outer = true;
		if (body != NULL)
			(void) look_at_select(look, "", 0, body, body + strlen(body), &columns);
		look->lies = before;
	}
	return columns;
}

/* What follows AS in a CREATE VIEW; NULL if it is none. */
static const char *
body_of(const char *sql)
{
	Reader		in = {.p = sql, .end = sql + strlen(sql)};

	while (next(&in))
	{
		if (is_word(&in, "AS"))
			return in.p;
	}
	return NULL;
}

/*
 * Look at a SELECT from "sql" to "end", and at those in it, for lies; false if it is none.
 * "before" is what has to stand before it, with "open" parentheses to close.  "columns"
 * are set if it is a compound one; NULL: only look at those in it.
 */
static bool
look_at_select(Look *look, const char *before, int open, const char *sql, const char *end,
			   Columns *columns)
{
	Reader		in = {.p = sql, .end = end};
	const char *first = NULL;
	const char *start = NULL;
	const char *stop = end;
	List	   *parts = NIL;
	char	   *with;
	bool		rows = false;
	bool		after = false;

	while (next(&in))
	{
		const char *word = in.p - strlen(in.token);
		bool		values = is_word(&in, "VALUES");

		rows = rows || values;
		if (first == NULL && (values || is_word(&in, "SELECT")))
			first = start = word;
		else if (is_word(&in, "UNION") || is_word(&in, "EXCEPT") ||
				 is_word(&in, "INTERSECT"))
		{
			if (start == NULL)
				return false;
			parts = lappend(parts, pnstrdup(start, word - start));
			start = in.p;
			after = true;
			continue;
		}
		else if (after && is_word(&in, "ALL"))
			start = in.p;
		else if (is_word(&in, "ORDER") || is_word(&in, "LIMIT"))
			stop = Min(stop, word);
		after = false;
	}
	if (first == NULL)
		return false;
	check_stack_depth();
	with = pnstrdup(sql, first - sql);
	if (!look->outer)
		look_into(look, psprintf("%sSELECT * FROM (\n%s", before, with), open + 1, sql, end);
	if (columns != NULL && (parts != NIL || rows))
	{
		parts = lappend(parts, pnstrdup(start, Max(stop - start, 0)));
		*columns = look_at_parts(look, before, open, with, parts);
	}
	return true;
}

/* Look at all that is in parentheses. */
static void
look_into(Look *look, const char *before, int open, const char *sql, const char *end)
{
	Reader		in = {.p = sql, .end = end};
	const char *start = NULL;
	Columns		columns;

	check_stack_depth();
	while (!look->unknown && next(&in))
	{
		if (in.token[0] == '(' && in.depth == 1)
			start = in.p;
		else if (in.token[0] == ')' && in.depth == 0 && start != NULL &&
				 !look_at_select(look, before, open, start, in.p - 1, &columns))
			look_into(look, before, open, start, in.p - 1);
	}
}

/* The types that all parts have, "" where there is none. */
static Columns
look_at_parts(Look *look, const char *before, int open, const char *with, List *parts)
{
	Columns		result = {.n = -1};
	List	   *answers = NIL;
	StringInfoData close;
	ListCell   *lc;

	initStringInfo(&close);
	for (int i = 0; i <= open; i++)
		appendStringInfoString(&close, "\n)");
	foreach(lc, parts)
	{
		char	   *part = lfirst(lc);
		Columns    *told = palloc(sizeof(Columns));

		CHECK_FOR_INTERRUPTS();
		*told = ask(look, psprintf("%sSELECT * FROM (\n%s\n%s%s", before, with, part,
								   close.data));
		if (result.n < 0)
		{
			result.n = told->n;
			result.types = palloc0(sizeof(char *) * Max(told->n, 1));
		}
		if (told->n < 0 || told->n != result.n)
			look->unknown = true;
		if (look->unknown)
			return result;
		agree(look, &result, told, part);
		answers = lappend(answers, told);
	}
	for (int i = 0; i < result.n; i++)
	{
		if (result.types[i] == NULL)
			result.types[i] = pstrdup("");
		if (result.types[i][0] != '\0')
			continue;
		foreach(lc, answers)
			add_lie(look, ((Columns *) lfirst(lc))->types[i]);
	}
	return result;
}

/*
 * Take away the types that are not told, of a part unless it is NULL there.  VALUES has
 * rows of different kinds.
 */
static void
agree(Look *look, Columns *columns, const Columns *told, const char *part)
{
	bool	   *nulls = palloc0(sizeof(bool) * Max(columns->n, 1));
	bool		rows = !find_nulls(part, nulls, columns->n);

	for (int i = 0; i < columns->n; i++)
	{
		if (nulls[i])
			continue;
		if (columns->types[i] == NULL)
			columns->types[i] = told->types[i];
		if (rows || is_lie(look, told->types[i]) ||
			!same_type(columns->types[i], told->types[i]))
			columns->types[i] = pstrdup("");
	}
}

/* Which columns of a part of a compound SELECT are a mere NULL?  False: it is VALUES. */
static bool
find_nulls(const char *part, bool *nulls, int ncolumns)
{
	Reader		in = {.p = part, .end = part + strlen(part)};
	bool	   *found = palloc0(sizeof(bool) * (ncolumns + 1));
	int			n = 0;
	int			words = 0;

	if (!next(&in) || is_word(&in, "VALUES"))
		return false;
	while (next(&in) && n < ncolumns && !is_word(&in, "FROM"))
	{
		if (n == 0 && words == 0 && (is_word(&in, "ALL") || is_word(&in, "DISTINCT")))
			continue;
		if (in.token[0] == ',' && in.depth == 0)
		{
			n++;
			words = 0;
			continue;
		}
		words++;
		if (words == 1)
			found[n] = is_word(&in, "NULL");
		else if ((words == 2 && !is_word(&in, "AS")) || words > 3)
			found[n] = false;
	}
	if (n == ncolumns - 1)
		memcpy(nulls, found, sizeof(bool) * ncolumns);
	return true;
}

/* The types of what a statement selects; -1 columns if SQLite does not take it. */
static Columns
ask(Look *look, char *sql)
{
	Columns		columns = {.n = -1};
	BindsErrorContext context = {.bind_key = look->bind_key, .sql = sql, .quote = '"'};
	BindsError	error = {.kind = BINDS_ERROR_NONE};
	size_t		size = 1024;
	size_t		needed = strlen(sql);
	const char *engine_sql = binds_text_to_engine(sql);
	char	   *types = palloc(size);
	const char *p;

	look->unknown = look->unknown || needed > look->budget;
	if (look->unknown)
		return columns;
	look->budget -= needed;
	while ((needed = binds_sqlite_declared_types(look->conn, engine_sql, types, size,
												 &columns.n, &error)) > size)
	{
		size = needed;
		types = repalloc(types, size);
	}
	if (error.kind != BINDS_ERROR_NONE)
		binds_error_raise(ERROR, &error, &context);
	columns.types = palloc(sizeof(char *) * Max(columns.n, 1));
	p = types;
	for (int i = 0; i < columns.n; i++)
	{
		columns.types[i] = pstrdup(binds_text_clean(p, strlen(p)));
		p += strlen(p) + 1;
	}
	return columns;
}

static void
add_lie(Look *look, char *type)
{
	if (type[0] != '\0' && !is_lie(look, type))
		look->lies = lappend(look->lies, type);
}

static bool
is_lie(const Look *look, const char *type)
{
	ListCell   *lc;

	foreach(lc, look->lies)
	{
		if (strcmp(lfirst(lc), type) == 0)
			return true;
	}
	return false;
}

/* The next token, "" for what is quoted; "(" is in the parentheses, ")" is not. */
static bool
next(Reader *in)
{
	if (in->owned != NULL)
		pfree(unconstify(char *, in->owned));
	in->owned = binds_sqlite_next_token(&in->p, &in->bare);
	if (in->owned == NULL || in->p > in->end)
		return false;
	in->token = in->owned;
	if (!in->bare && (strlen(in->token) != 1 || in->p[-1] != in->token[0]))
		in->token = "";
	if (in->token[0] == '(')
		in->depth++;
	else if (in->token[0] == ')')
		in->depth--;
	return true;
}

/* Is it this keyword, outside of parentheses? */
static bool
is_word(const Reader *in, const char *word)
{
	return in->bare && in->depth == 0 && pg_strcasecmp(in->token, word) == 0;
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
