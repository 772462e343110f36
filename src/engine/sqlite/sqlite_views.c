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
 * Which view names which is read from the definitions, in time that grows with their
 * length.  What the types are is found out in sqlite_view_types.c.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"

#include "dialect/query.h"
#include "engine/sqlite/sqlite_views.h"

typedef struct Word
{
	char	   *word;			/* the key */
	int			number;
} Word;

/* Where in a definition we are. */
typedef struct Place
{
	bool		table;			/* a table may stand here */
	bool		in;				/* it is the word IN that says so */
	bool		named;			/* one has just been named */
	bool		list;			/* further ones may follow a comma */
	StringInfoData lists;		/* the same, of each parenthesis around */
} Place;

static void read_views(BindsSqliteViews *views, const char *name,
					   const char *statement);
static void read_definition(BindsSqliteViews *views, int number, int *last);
static bool is_mark(const char *token, bool bare, const char *after);
static bool is_any(const char *token, const char *const *words);
static void see_mark(Place *place, char mark);
static void see_word(Place *place, const char *token, bool bare);
static void add_below(BindsSqliteViews *views, int number, const char *name, int *last);
static bool is_loose_module(const char *sql);
static void spread(BindsSqliteViews *views);
static char *in_small_letters(const char *name);

/* ------------------------------------------------------------------------
 * Words
 * ------------------------------------------------------------------------ */

static uint32
hash_word(const void *key, Size keysize)
{
	const char *word = *(char *const *) key;

	return hash_bytes((const unsigned char *) word, (int) strlen(word));
}

static int
compare_words(const void *a, const void *b, Size keysize)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

HTAB *
binds_sqlite_make_words(void)
{
	HASHCTL		ctl = {
		.keysize = sizeof(char *), .entrysize = sizeof(Word), .hash = hash_word,
		.match = compare_words, .hcxt = CurrentMemoryContext
	};

	return hash_create("binds words", 64, &ctl,
					   HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
}

int
binds_sqlite_add_word(HTAB *words, const char *word)
{
	int			number = (int) hash_get_num_entries(words);
	bool		found;
	Word	   *entry = hash_search(words, &word, HASH_ENTER, &found);

	if (!found)
	{
		entry->word = pstrdup(word);
		entry->number = number;
	}
	return entry->number;
}

/* Return the number of a word; -1: it is not there. */
static int
find_word(HTAB *words, const char *word)
{
	Word	   *entry = hash_search(words, &word, HASH_FIND, NULL);

	return entry != NULL ? entry->number : -1;
}

/* ------------------------------------------------------------------------
 * Definitions
 * ------------------------------------------------------------------------ */

BindsSqliteViews *
binds_sqlite_read_views(BindsDriverConn *conn, const char *bind_key, const char *name,
						const char *statement)
{
	BindsSqliteViews *views = palloc0(sizeof(BindsSqliteViews));
	int		   *last;

	views->conn = conn;
	views->bind_key = bind_key;
	read_views(views, name, statement);
	last = palloc0(sizeof(int) * Max(views->n, 1));
	for (int i = 0; i < views->n; i++)
	{
		if (views->views[i].virtual)
			views->views[i].loose = is_loose_module(views->views[i].sql);
		else
			read_definition(views, i, last);
	}
	pfree(last);
	spread(views);
	return views;
}

static void
read_views(BindsSqliteViews *views, const char *name, const char *statement)
{
	BindsRows  *rows;

	rows = binds_query_rows(&binds_sqlite_driver, views->conn, views->bind_key,
							"SELECT name, sql, type = 'table' FROM main.sqlite_schema"
							" WHERE type = 'view' OR (type = 'table' AND rootpage = 0)",
							3, 0, NULL);
	views->views = palloc0(sizeof(BindsSqliteView) * (rows->nrows + 1));
	views->names = binds_sqlite_make_words();
	if (statement != NULL)
	{
		BindsSqliteView *view = &views->views[views->n++];

		view->name = pstrdup(name);
		view->sql = psprintf("CREATE VIEW v AS\n%s", statement);
		view->statement = statement;
		(void) binds_sqlite_add_word(views->names, in_small_letters(name));
	}
	for (int i = 0; i < rows->nrows; i++)
	{
		BindsSqliteView *view = &views->views[views->n];

		if (binds_rows_is_null(rows, i, 0) || binds_rows_is_null(rows, i, 1))
			continue;
		view->name = binds_rows_words(rows, i, 0);
		view->sql = binds_rows_words(rows, i, 1);
		view->virtual = binds_rows_bool(rows, i, 2);
		/* a second one of a name is in a damaged file only */
		if (binds_sqlite_add_word(views->names, in_small_letters(view->name)) == views->n)
			views->n++;
	}
}

BindsSqliteView *
binds_sqlite_find_view(BindsSqliteViews *views, const char *name)
{
	int			number = find_word(views->names, in_small_letters(name));

	return number >= 0 ? &views->views[number] : NULL;
}

/*
 * Do the columns of this view or virtual table hold what their types say?  Told by words in
 * the definitions, so some do that are said not to.
 */
bool
binds_sqlite_is_strict_view(BindsSqliteViews *views, const char *name)
{
	BindsSqliteView *view = binds_sqlite_find_view(views, name);

	return view != NULL && !view->loose;
}

/*
 * See which views a view names where a table may stand, and whether there is a word that
 * makes it loose.  last: of each view, the one (from 1) that named it last.
 */
static void
read_definition(BindsSqliteViews *views, int number, int *last)
{
	static const char *const loose[] = {
		"UNION", "INTERSECT", "EXCEPT", "VALUES", "DISTINCT", "OVER", NULL
	};
	BindsSqliteView *view = &views->views[number];
	Place		place = {.table = false};
	const char *p = view->sql;
	const char *token;
	bool		bare;

	initStringInfo(&place.lists);
	while ((token = binds_sqlite_next_token(&p, &bare)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_mark(token, bare, p))
			see_mark(&place, token[0]);
		else
		{
			if (place.table)
				add_below(views, number, token, last);
			see_word(&place, token, bare);
			view->loose = view->loose || (bare && is_any(token, loose));
		}
		pfree(unconstify(char *, token));
	}
	pfree(place.lists.data);
}

/* Is it a character that stands there for itself, and no name or text in quotes? */
static bool
is_mark(const char *token, bool bare, const char *after)
{
	return !bare && token[0] != '\0' && token[1] == '\0' && after[-1] == token[0] &&
		strchr("\"`'", token[0]) == NULL;
}

static bool
is_any(const char *token, const char *const *words)
{
	for (int i = 0; words[i] != NULL; i++)
	{
		if (pg_strcasecmp(token, words[i]) == 0)
			return true;
	}
	return false;
}

/* main.name; (a, b) after FROM, but not after IN */
static void
see_mark(Place *place, char mark)
{
	bool		table = place->table && !place->in;

	if (mark == '(')
	{
		appendStringInfoChar(&place->lists, place->list ? '1' : '0');
		place->list = table;
	}
	else if (mark == ')' && place->lists.len > 0)
		place->list = place->lists.data[--place->lists.len] == '1';
	place->table = (mark == '(' && table) || (mark == ',' && place->list) ||
		(mark == '.' && place->named);
	place->in = false;
	place->named = false;
}

static void
see_word(Place *place, const char *token, bool bare)
{
	static const char *const before[] = {"FROM", "JOIN", NULL};
	static const char *const end[] = {
		"SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "VALUES", NULL
	};

	place->named = place->table;
	place->in = bare && pg_strcasecmp(token, "IN") == 0;
	place->table = place->in || (bare && is_any(token, before));
	if (bare && is_any(token, before))
		place->list = true;
	else if (bare && is_any(token, end))
		place->list = false;
}

/* A view cannot name itself: that is a table of its own WITH, or nobody can read it. */
static void
add_below(BindsSqliteViews *views, int number, const char *name, int *last)
{
	char	   *word = in_small_letters(name);
	int			below = find_word(views->names, word);

	pfree(word);
	if (below < 0 || below == number || last[below] == number + 1)
		return;
	last[below] = number + 1;
	views->views[number].below = lappend_int(views->views[number].below, below);
	views->views[below].above = lappend_int(views->views[below].above, number);
}

/* An rtree converts its own columns, but not those that are only kept with them. */
static bool
is_loose_module(const char *sql)
{
	const char *token;
	bool		bare;

	do
		token = binds_sqlite_next_token(&sql, &bare);
	while (token != NULL && !(bare && pg_strcasecmp(token, "USING") == 0));
	if (token != NULL)
		token = binds_sqlite_next_token(&sql, &bare);
	return token == NULL || pg_strncasecmp(token, "rtree", 5) != 0 ||
		strchr(sql, '+') != NULL;
}

/* A view is as loose as what it names. */
static void
spread(BindsSqliteViews *views)
{
	List	   *loose = NIL;

	for (int i = 0; i < views->n; i++)
	{
		if (views->views[i].loose)
			loose = lappend_int(loose, i);
	}
	for (int i = 0; i < list_length(loose); i++)
	{
		ListCell   *lc;

		CHECK_FOR_INTERRUPTS();
		foreach(lc, views->views[list_nth_int(loose, i)].above)
		{
			BindsSqliteView *view = &views->views[lfirst_int(lc)];

			if (!view->loose)
				loose = lappend_int(loose, lfirst_int(lc));
			view->loose = true;
		}
	}
	list_free(loose);
}

/* SQLite takes names for the same whatever the case of their ASCII letters. */
static char *
in_small_letters(const char *name)
{
	char	   *result = pstrdup(name);

	for (char *p = result; *p != '\0'; p++)
		*p = (char) pg_ascii_tolower((unsigned char) *p);
	return result;
}
