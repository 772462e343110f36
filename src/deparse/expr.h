/*
 * expr.h
 *	  Expression trees to an engine's SQL.
 *
 * One function both decides and writes: what it can write for every value of the
 * types involved is what may be sent, so that the decision and the text cannot
 * differ.  Allow-lists are the dialects' tables.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DEPARSE_EXPR_H
#define BINDS_DEPARSE_EXPR_H

#include "model/foreign_table.h"

/* GUC binds.pushdown: may expressions be sent to engines? */
extern bool binds_pushdown;
#include "nodes/pathnodes.h"

/* How a clause may be sent. */
typedef enum BindsSend
{
	BINDS_SEND_NO,
	BINDS_SEND_GUARDED,			/* sent, but kept locally too, since a
								 * parameter may have a value that cannot be
								 * sent; then the statement is executed
								 * without it */
	BINDS_SEND_EXACT
} BindsSend;

/* A parameter of a statement under construction. */
typedef struct BindsDeparseParam
{
	Expr	   *expr;			/* evaluated locally, without Vars of the
								 * engine */
	const BindsStorage *storage;	/* how it is encoded: a column's, or that
									 * of its own type */
	bool		list;			/* an array whose elements are sent: (?)
								 * becomes (?, ?, ...) at execution */
} BindsDeparseParam;

/*
 * A relation that Vars may refer to.  Prepared for several: a join has an entry per
 * base relation, and an alias for each.
 */
typedef struct BindsDeparseRel
{
	Index		relid;			/* range table index; Vars' varno */
	const BindsForeignTable *table;
	const char *alias;			/* NULL: column names stand alone */
} BindsDeparseRel;

/* A statement under construction: text and the places of its parameters. */
typedef struct BindsDeparse
{
	const BindsDialect *dialect;
	PlannerInfo *root;			/* NULL outside of planning */
	int			nrels;
	BindsDeparseRel *rels;
	StringInfoData buf;
	const char *table;			/* the statement's, as written in buf; or NULL */
	List	   *places;			/* int: offsets of '?' in buf */
	List	   *place_params;	/* int: index into params, per place */
	List	   *params;			/* BindsDeparseParam * */
	bool		guarded;		/* set when a guarded parameter was written */
	List	   *optional;		/* see BindsStatement */
	bool		literals_only;	/* DDL: write no parameter */
	Expr	   *case_arg;		/* x of the CASE x WHEN ... around */
} BindsDeparse;

extern void binds_deparse_init(BindsDeparse *deparse, const BindsDialect *dialect,
							   PlannerInfo *root, BindsDeparseRel *rels, int nrels);

/*
 * Append an expression in parentheses where needed.  Returns false, with the
 * buffer and lists as they were before, if it cannot be sent.  Const is written as
 * a literal; Param and Vars of other relations become parameters (only where the
 * planner makes them Params or nestloop parameters).  May run inside planning only;
 * opens no connection.
 */
extern bool binds_deparse_expr(BindsDeparse *deparse, Expr *expr);

/*
 * May a clause over "rel" (and parameters) be sent?  Takes binds.pushdown into
 * account; volatile functions, subplans, and whatever has no row in the
 * dialect's table are refused.
 */
extern BindsSend binds_deparse_test(PlannerInfo *root, BindsDeparseRel *rels,
									int nrels, Expr *clause);

/*
 * Append a sort item; false if the engine's order is not PostgreSQL's.  collation
 * and operator family are checked: only the type's default btree order is sent.
 */
extern bool binds_deparse_order(BindsDeparse *deparse, Expr *expr, Oid opfamily,
								bool descending, bool nulls_first);

/*
 * Append an expression over the columns of a model (Vars of varno 1 are attribute
 * numbers of the template) for DDL: checks, index expressions and predicates.
 * Returns palloc'ed text, or NULL if it cannot be said.  Literals only.
 */
extern char *binds_deparse_model_expr(const BindsDialect *dialect,
									  const BindsModel *model, Node *expr);

/*
 * A default as the engine's literal, CURRENT_TIMESTAMP and the like; NULL if it has no
 * such form.  storage is the column's; table and column are for errors.
 */
extern char *binds_deparse_default(const BindsDialect *dialect,
								   const BindsStorage *storage, Node *expr,
								   const char *table, const char *column);

/* Are Datums of a type what a storage encodes?  (text and varchar are one.) */
extern bool binds_storage_takes(const BindsStorage *storage, Oid typid);

/*
 * Make a value of type "from" the wider type of a column that it is compared with
 * (a date that meets a timestamp).  False if it is beyond that type.
 */
extern bool binds_widen(Oid from, const BindsStorage *to, Datum *value);

#endif							/* BINDS_DEPARSE_EXPR_H */
