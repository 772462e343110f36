/*
 * mark.h
 *	  The comment that a table bears in an engine whose DDL does not roll back, until
 *	  the transaction that makes it has committed.
 *
 * To take a mark away is another DDL statement.  So, of the tables that a transaction
 * makes one after the other, the first bears the mark for those after it, which it names.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MARK_H
#define BINDS_MARK_H

#include "nodes/pg_list.h"

/* What has become of the transaction that a mark belongs to. */
typedef enum BindsMarkState
{
	BINDS_MARK_NONE,			/* the comment is no mark */
	BINDS_MARK_OWN,				/* this transaction is it */
	BINDS_MARK_RUNNING,
	BINDS_MARK_COMMITTED,
	BINDS_MARK_ABORTED,			/* of this database, and nothing known of it */
	BINDS_MARK_FOREIGN			/* another database's, which may be running */
} BindsMarkState;

/*
 * A new mark for what this (sub)transaction makes on a bind.  place: who makes it, and in
 * which database.  Palloc'ed.
 */
extern char *binds_mark_make(const char *bind_key, const char *place);

extern BindsMarkState binds_mark_state(const char *comment);

/*
 * The comment that is a mark and speaks for further tables: for as many of "tables" as
 * the comment, of "limit" bytes at most, has room for.  *nnamed: how many.  Palloc'ed.
 */
extern char *binds_mark_comment(const char *mark, const char *const *tables, int ntables,
								int limit, int *nnamed);

/* Is a comment this mark, with or without the names of further tables? */
extern bool binds_mark_is(const char *comment, const char *mark);

/* The further tables (char *) that a comment speaks for, NIL if it is no mark. */
extern List *binds_mark_tables(const char *comment);

/*
 * Forget the marks of earlier transactions on a bind and in a place, but for those in "seen"
 * (char *): tables still bear them.  Elsewhere, or as another, nobody can tell.
 */
extern void binds_mark_forget(const char *bind_key, const char *place, List *seen);

#endif							/* BINDS_MARK_H */
