/*
 * sqlite_views.h
 *	  The views of a SQLite file, as they are known while tables are reflected.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SQLITE_VIEWS_H
#define BINDS_SQLITE_VIEWS_H

#include "nodes/bitmapset.h"
#include "nodes/pg_list.h"
#include "utils/hsearch.h"

#include "engine/sqlite/sqlite.h"

/* A declared type; the first one is "". */
#define BINDS_SQLITE_NO_TYPE 0

typedef struct BindsSqliteType
{
	char	   *name;
	Oid			typid;			/* what it is here */
	int32		typmod;
	BindsAffinity affinity;
} BindsSqliteType;

/* What SQLite tells of a part of a compound SELECT; types are numbers of theirs. */
typedef struct BindsSqlitePart
{
	int		   *types;
	bool	   *nulls;			/* it is a mere NULL */
	bool		rows;			/* it is VALUES: rows of different kinds */
} BindsSqlitePart;

typedef struct BindsSqliteCompound
{
	int			ncolumns;
	int			nparts;
	BindsSqlitePart *parts;
	int		   *types;			/* that all parts have, that of "" where there
								 * is none */
} BindsSqliteCompound;

/* What is found out about the types of a view: once, with all that it comes from. */
typedef struct BindsSqliteFindings
{
	int			order;			/* in which it was come to, from 1; 0: not yet */
	int			lowest;			/* of those that name it and that it names */
	int			next;			/* the one below that is to be looked at */
	bool		done;
	bool		unknown;		/* it cannot be found out */
	BindsSqliteCompound *own;	/* it is a compound SELECT; else NULL */
	List	   *compounds;		/* those in it */
	Bitmapset  *inside;			/* lies from below and from those in it */
	Bitmapset  *lies;			/* and from its own parts, for who is above */
} BindsSqliteFindings;

/* A view or virtual table, by what its definition says. */
typedef struct BindsSqliteView
{
	char	   *name;
	char	   *sql;
	const char *statement;		/* it is not there, and would be over this;
								 * NULL: it is there */
	bool		virtual;
	bool		loose;			/* it keeps values that its types do not tell */
	List	   *below;			/* int, those that it names */
	List	   *above;			/* int, those that name it */
	BindsSqliteFindings found;
} BindsSqliteView;

struct BindsSqliteViews
{
	BindsDriverConn *conn;
	const char *bind_key;
	BindsSqliteView *views;
	int			n;
	HTAB	   *names;			/* in small letters; numbers in "views" */

	/* what is found out about types */
	HTAB	   *words;			/* declared types; numbers in "types", of
								 * which there are ntypes */
	BindsSqliteType *types;
	int			ntypes;
	int			norder;			/* how many have been come to */
	size_t		budget;			/* bytes that may still be given to SQLite */
};

/* Numbers of words, from 0 on in the order in which they are added. */
extern HTAB *binds_sqlite_make_words(void);
extern int	binds_sqlite_add_word(HTAB *words, const char *word);
extern BindsSqliteView *binds_sqlite_find_view(BindsSqliteViews *views, const char *name);

/* sqlite_view_parts.c: before any of the following */
extern void binds_sqlite_begin_types(BindsSqliteViews *views);

/*
 * Put into view->found the compound SELECTs that it has, with what
 * SQLite tells of each part.
 */
extern void binds_sqlite_read_parts(BindsSqliteViews *views, BindsSqliteView *view);

/*
 * The number of columns of a statement, palloc'ed, which is freed, and their types; -1 if
 * SQLite does not take it, or has been given enough.
 */
extern int	binds_sqlite_ask_types(BindsSqliteViews *views, char *sql, int **types);

#endif							/* BINDS_SQLITE_VIEWS_H */
