/*
 * sqlite_view_parts.c
 *	  The parts of the compound SELECTs in SQLite's views, and their declared types.
 *
 * A part is asked for by itself, within what stands before it: the WITH clauses of the
 * SELECTs around.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "dialect/error.h"
#include "dialect/text.h"
#include "engine/sqlite/sqlite_views.h"

/*
 * So much text (bytes) we give to SQLite for the types of all views, and so many times
 * that of their definitions.
 */
#define MAX_ASKED	(16 * 1024 * 1024)
#define MAX_TIMES	8

/* More SELECTs around another are more than SQLite's parser takes. */
#define MAX_NESTED	100

/* A view that is looked at. */
typedef struct Look
{
	BindsSqliteViews *views;
	BindsSqliteFindings *found;
	int			nested;
} Look;

typedef struct Reader
{
	const char *p;
	const char *end;
	const char *token;
	const char *owned;
	bool		bare;
	int			depth;
} Reader;

static const char *body_of(const char *sql);
static bool read_select(Look *look, const char *before, int open, const char *sql,
						const char *end, BindsSqliteCompound **compound);
static void read_inside(Look *look, const char *before, int open, const char *sql,
						const char *end);
static bool begins_select(const Reader *in);
static BindsSqliteCompound *read_parts(Look *look, const char *before, int open, List *parts);
static bool find_nulls(const char *part, bool *nulls, int ncolumns);
static int	type_number(BindsSqliteViews *views, const char *name);
static bool next(Reader *in);
static void finish(Reader *in);
static bool is_word(const Reader *in, const char *word);

void
binds_sqlite_begin_types(BindsSqliteViews *views)
{
	views->words = binds_sqlite_make_words();
	(void) type_number(views, "");
	views->budget = MAX_ASKED;
	for (int i = 0; i < views->n; i++)
		views->budget += MAX_TIMES * strlen(views->views[i].sql);
}

void
binds_sqlite_read_parts(BindsSqliteViews *views, BindsSqliteView *view)
{
	const char *body = view->virtual ? NULL : body_of(view->sql);
	Look		look = {.views = views, .found = &view->found};

	if (body != NULL)
		(void) read_select(&look, "", 0, body, body + strlen(body), &view->found.own);
}

/* What follows AS in a CREATE VIEW; NULL if it is none. */
static const char *
body_of(const char *sql)
{
	Reader		in = {.p = sql, .end = sql + strlen(sql)};

	while (next(&in))
	{
		if (is_word(&in, "AS"))
		{
			finish(&in);
			return in.p;
		}
	}
	return NULL;
}

/*
 * Read a SELECT from "sql" to "end", and those in it; false if it is none.  "before" is
 * what has to stand before it, with "open" parentheses to close.  *compound is set if it
 * is a compound one.
 */
static bool
read_select(Look *look, const char *before, int open, const char *sql, const char *end,
			BindsSqliteCompound **compound)
{
	Reader		in = {.p = sql, .end = end};
	const char *first = NULL;
	const char *start = NULL;
	const char *stop = end;
	List	   *parts = NIL;
	char	   *with;
	char	   *around;
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
	with = pnstrdup(sql, first - sql);
	around = psprintf("%sSELECT * FROM (\n%s\n", before, with);
	pfree(with);
	read_inside(look, around, open + 1, sql, end);
	if (parts != NIL || rows)
	{
		parts = lappend(parts, pnstrdup(start, Max(stop - start, 0)));
		*compound = read_parts(look, around, open + 1, parts);
	}
	list_free_deep(parts);
	pfree(around);
	return true;
}

/* Read the SELECTs in parentheses. */
static void
read_inside(Look *look, const char *before, int open, const char *sql, const char *end)
{
	Reader		in = {.p = sql, .end = end};
	const char *start = NULL;
	bool		opened = false;
	int			depth = 0;

	if (++look->nested > MAX_NESTED)
		look->found->unknown = true;
	while (!look->found->unknown && next(&in))
	{
		if (start == NULL && opened && begins_select(&in))
		{
			start = in.p - strlen(in.token);
			depth = in.depth;
		}
		else if (start != NULL && in.token[0] == ')' && in.depth < depth)
		{
			BindsSqliteCompound *compound = NULL;

			/* a column may be called "with" */
			if (!read_select(look, before, open, start, in.p - 1, &compound))
				read_inside(look, before, open, start, in.p - 1);
			if (compound != NULL)
				look->found->compounds = lappend(look->found->compounds, compound);
			start = NULL;
		}
		opened = in.token[0] == '(';
	}
	finish(&in);
	look->nested--;
}

static bool
begins_select(const Reader *in)
{
	return in->bare && (pg_strcasecmp(in->token, "SELECT") == 0 ||
						pg_strcasecmp(in->token, "VALUES") == 0 ||
						pg_strcasecmp(in->token, "WITH") == 0);
}

/* Ask for the types of each part; "before" ends in what has to stand before each. */
static BindsSqliteCompound *
read_parts(Look *look, const char *before, int open, List *parts)
{
	BindsSqliteCompound *compound = palloc0(sizeof(BindsSqliteCompound));
	StringInfoData close;

	compound->parts = palloc0(sizeof(BindsSqlitePart) * list_length(parts));
	initStringInfo(&close);
	for (int i = 0; i < open; i++)
		appendStringInfoString(&close, "\n)");
	for (int i = 0; i < list_length(parts) && !look->found->unknown; i++)
	{
		const char *text = list_nth(parts, i);
		BindsSqlitePart *part = &compound->parts[compound->nparts++];
		char	   *sql = psprintf("%s%s%s", before, text, close.data);
		int			n = binds_sqlite_ask_types(look->views, sql, &part->types);

		if (i == 0)
			compound->ncolumns = n;
		if (n < 0 || n != compound->ncolumns)
		{
			look->found->unknown = true;
			break;
		}
		part->nulls = palloc0(sizeof(bool) * Max(n, 1));
		part->rows = !find_nulls(text, part->nulls, n);
	}
	pfree(close.data);
	compound->types = palloc0(sizeof(int) * Max(compound->ncolumns, 1));
	return compound;
}

/* Which columns of a part of a compound SELECT are a mere NULL?  False: it is VALUES. */
static bool
find_nulls(const char *part, bool *nulls, int ncolumns)
{
	Reader		in = {.p = part, .end = part + strlen(part)};
	bool	   *found;
	int			n = 0;
	int			words = 0;

	if (!next(&in) || is_word(&in, "VALUES"))
	{
		finish(&in);
		return false;
	}
	found = palloc0(sizeof(bool) * (ncolumns + 1));
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
	finish(&in);
	if (n == ncolumns - 1)
		memcpy(nulls, found, sizeof(bool) * ncolumns);
	pfree(found);
	return true;
}

/* ------------------------------------------------------------------------
 * Types
 * ------------------------------------------------------------------------ */

int
binds_sqlite_ask_types(BindsSqliteViews *views, char *sql, int **types)
{
	BindsErrorContext context = {.bind_key = views->bind_key, .sql = sql, .quote = '"'};
	BindsError	error = {.kind = BINDS_ERROR_NONE};
	size_t		size = 1024;
	size_t		needed = strlen(sql);
	const char *engine_sql;
	char	   *names;
	const char *p;
	int			n;

	if (needed > views->budget)
		return -1;
	CHECK_FOR_INTERRUPTS();
	views->budget -= needed;
	engine_sql = binds_text_to_engine(sql);
	names = palloc(size);
	while ((needed = binds_sqlite_declared_types(views->conn, engine_sql, names, size, &n,
												 &error)) > size)
	{
		size = needed;
		names = repalloc(names, size);
	}
	if (error.kind != BINDS_ERROR_NONE)
		binds_error_raise(ERROR, &error, &context);
	*types = palloc(sizeof(int) * Max(n, 1));
	p = names;
	for (int i = 0; i < n; i++)
	{
		(*types)[i] = type_number(views, binds_text_clean(p, strlen(p)));
		p += strlen(p) + 1;
	}
	pfree(names);
	pfree(sql);
	return n;
}

static int
type_number(BindsSqliteViews *views, const char *name)
{
	int			number = binds_sqlite_add_word(views->words, name);
	BindsSqliteType *type;

	if (number < views->ntypes)
		return number;
	if (views->ntypes == 0)
		views->types = palloc(sizeof(BindsSqliteType));
	else if ((views->ntypes & (views->ntypes - 1)) == 0)
		views->types = repalloc(views->types, sizeof(BindsSqliteType) * 2 * views->ntypes);
	type = &views->types[views->ntypes++];
	type->name = pstrdup(name);
	(void) binds_sqlite_reflected_type(name, NULL, &type->typid, &type->typmod);
	type->affinity = binds_sqlite_affinity(name);
	return number;
}

/* ------------------------------------------------------------------------
 * Words
 * ------------------------------------------------------------------------ */

/* The next token, "" for what is quoted; "(" is in the parentheses, ")" is not. */
static bool
next(Reader *in)
{
	finish(in);
	CHECK_FOR_INTERRUPTS();
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

static void
finish(Reader *in)
{
	if (in->owned != NULL)
		pfree(unconstify(char *, in->owned));
	in->owned = NULL;
}

/* Is it this keyword, outside of parentheses? */
static bool
is_word(const Reader *in, const char *word)
{
	return in->bare && in->depth == 0 && pg_strcasecmp(in->token, word) == 0;
}
