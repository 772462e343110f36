/*
 * statement.h
 *	  Whole statements: SELECT, INSERT, UPDATE, DELETE, TRUNCATE.
 *
 * The result is a BindsStatement, which can be copied into a plan as a List and
 * back.  Opens no connection.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DEPARSE_STATEMENT_H
#define BINDS_DEPARSE_STATEMENT_H

#include "deparse/expr.h"

/* Text with the places of its parameters: a BindsQuery as PostgreSQL nodes. */
typedef struct BindsStatement
{
	char	   *sql;
	char	   *table;			/* see BindsQuery; not NULL, '': none */
	List	   *places;			/* int list */
	List	   *place_params;	/* int list */
	int			nparams;
	int			repeat_start;
	int			repeat_end;
	int			ncolumns;		/* of the result */
	bool		conflicts_fail;
	List	   *optional;		/* BindsOptional numbers of each clause that
								 * may be left out, one after the other */
} BindsStatement;

/*
 * A clause of WHERE that is kept locally, too, since a parameter of it may have a value
 * that cannot be sent.  All optional clauses are the last ones of their WHERE.
 */
typedef enum BindsOptional
{
	BINDS_OPTIONAL_START,		/* offset of the word before it, WHERE or AND */
	BINDS_OPTIONAL_TEXT,		/* of its own text */
	BINDS_OPTIONAL_END,
	BINDS_OPTIONAL_NUMBERS
} BindsOptional;

/* To and from a List of Value nodes, for fdw_private. */
extern List *binds_statement_to_list(const BindsStatement *statement);
extern BindsStatement *binds_statement_from_list(List *list);

/*
 * The statement without those optional clauses that need one of "params", a set of
 * parameters' numbers; NULL if one of them is needed elsewhere.
 */
extern BindsStatement *binds_statement_without(const BindsStatement *statement,
											   const Bitmapset *params);

/* The parameters of optional clauses. */
extern Bitmapset *binds_statement_optional_params(const BindsStatement *statement);

/* As the driver wants it; arrays are palloc'ed in the current context. */
extern BindsQuery *binds_statement_query(const BindsStatement *statement);

/* Append the name of the table that the statement is on. */
extern void binds_statement_table(BindsDeparse *deparse, const char *schema,
								  const char *table);

/* Finish a statement from its construction. */
extern BindsStatement *binds_statement_make(BindsDeparse *deparse);

/* What a SELECT on one base relation consists of. */
typedef struct BindsSelect
{
	BindsDeparseRel *rel;
	List	   *columns;		/* int list: attribute numbers to fetch, in
								 * order; SelfItemPointerAttributeNumber
								 * stands for the rowid; NIL: a constant 1 */
	List	   *clauses;		/* Expr, all sendable; guarded ones last */
	List	   *order;			/* BindsOrderItem * */
	Node	   *limit;			/* sendable or NULL */
	Node	   *offset;
	enum
	{
		BINDS_LOCK_NONE,
		BINDS_LOCK_SHARE,
		BINDS_LOCK_UPDATE
	}			lock;
	enum
	{
		BINDS_WAIT,
		BINDS_WAIT_NOT,			/* NOWAIT */
		BINDS_WAIT_SKIP			/* SKIP LOCKED */
	}			wait;
} BindsSelect;

typedef struct BindsOrderItem
{
	Expr	   *expr;
	Oid			opfamily;
	bool		descending;
	bool		nulls_first;
} BindsOrderItem;

/*
 * Deparse a SELECT.  *params: list of BindsDeparseParam.  Raises an internal error if
 * a clause cannot be sent: the planner asked before.
 */
extern BindsStatement *binds_deparse_select(PlannerInfo *root,
											const BindsSelect *select,
											List **params);

/*
 * INSERT of the columns "attrs" (int list; NIL: a row of defaults), one '?' each in
 * that order; with a repeat range.  returning: attributes to return (only if the
 * dialect has it).  skip_duplicates: append the dialect's suffix.
 */
extern BindsStatement *binds_deparse_insert(const BindsForeignTable *table,
											List *attrs, List *returning,
											bool skip_duplicates);

/*
 * UPDATE ... SET attrs = ?, defaults = DEFAULT WHERE row identity = ?; parameters:
 * attrs, then the identity's columns (or the rowid).  There are no defaults where the
 * dialect has no update_default.
 */
extern BindsStatement *binds_deparse_update(const BindsForeignTable *table,
											List *attrs, List *defaults,
											List *returning);

/* DELETE ... WHERE row identity = ?. */
extern BindsStatement *binds_deparse_delete(const BindsForeignTable *table,
											List *returning);

/* SELECT attrs ... WHERE row identity = ?, to read a row again. */
extern BindsStatement *binds_deparse_reread(const BindsForeignTable *table,
											List *attrs, bool lock);

/*
 * SELECT attrs ... WHERE key = ?, with the attributes of any key (int list), compared exactly.
 * number: what identifies rows by a number comes first, if they have one.  lock: one of
 * BINDS_LOCK_...
 */
extern BindsStatement *binds_deparse_find(const BindsForeignTable *table, List *key,
										  bool number, List *attrs, int lock);

/*
 * SELECT 1 FROM table WHERE columns (names, char *) = ?, to see whether there is such a row,
 * as it is now for all: what others have committed counts, too.  The engine compares, as
 * its keys do.  except: the table itself, to leave out the row of an identity, whose values
 * follow; NULL: none.
 */
extern BindsStatement *binds_deparse_exists(const BindsDialect *dialect,
											const char *schema, const char *table,
											List *columns,
											const BindsForeignTable *except);

/*
 * Append what a row's key is told apart by where values are read as the same (of a table
 * with fingerprint).  alias: of the table, NULL: none.
 */
extern void binds_append_fingerprint(StringInfo buf, const BindsForeignTable *table,
									 const char *alias);

/* DELETE FROM table, for TRUNCATE. */
extern BindsStatement *binds_deparse_truncate(const BindsForeignTable *table);

#endif							/* BINDS_DEPARSE_STATEMENT_H */
