/*
 * claims.h
 *	  Which tables are there, whose marks they bear, and what that means.
 *
 * Looks and judges; who acts on it is engine_ddl.c.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CLAIMS_H
#define BINDS_CLAIMS_H

#include "dialect/dialect.h"
#include "nodes/pg_list.h"

/* Which of these tables are there? */
typedef struct BindsClaims
{
	const BindsDialect *dialect;
	const char *bind_key;
	const char *schema;
	const char *const *tables;
	int			ntables;
	BindsTableKind *kinds;
	BindsTableComment *comments;	/* of all tables */
	int			ncomments;
	List	   *marks;			/* of them, those that are marks */
} BindsClaims;

/* The mark on a table, or the one that speaks for it. */
typedef struct BindsClaim
{
	const char *comment;		/* NULL: there is none */
	const char *anchor;			/* table that bears it; NULL: the table itself */
	bool		timely;			/* made when the anchor was */
	bool		stale;			/* the table must go */
} BindsClaim;

/* What a claim means for its table. */
typedef enum BindsVerdict
{
	BINDS_VERDICT_KEEP,
	BINDS_VERDICT_UNMARK,		/* it gets its own comment */
	BINDS_VERDICT_DROP
} BindsVerdict;

/* Does a table bear a mark, or its anchor for it? */
typedef struct BindsMarkQuestion
{
	const BindsDialect *dialect;
	const char *bind_key;
	const char *schema;
	const char *table;
	const char *mark;
	const char *anchor;			/* that bears it; NULL: the table itself */
	const char *own_comment;	/* that the table has else; NULL: any */
	bool		rows;			/* look for rows, too */
	bool		altered;		/* it has another comment */
	bool		marked;
	bool		empty;
} BindsMarkQuestion;

/* For binds_connection_read, with a BindsClaims and with a BindsMarkQuestion. */
extern void binds_claims_read(BindsDriverConn *conn, void *arg);
extern void binds_claim_ask(BindsDriverConn *conn, void *arg);

/* The comment of a table; NULL: there is no such table. */
extern const BindsTableComment *binds_claims_comment(const BindsClaims *request,
													 const char *table);

/* Fill in whose a table is; nothing if nobody claims it. */
extern void binds_claim_find(const BindsClaims *request, const char *table,
							 BindsClaim *claim);

/*
 * What has to be done about a claim?  Raises 55006 if its transaction runs, or nobody can
 * tell.
 */
extern BindsVerdict binds_claim_judge(const BindsDialect *dialect, const char *bind_key,
									  const char *schema, const char *table,
									  const BindsClaim *claim);

/* Does a table bear the mark of one that was to go, and stays? */
extern bool binds_claims_keep(const BindsClaims *request, const BindsClaim *claims,
							  const char *table);

/*
 * Say that a table stays because it holds rows, or because another one that stays refers
 * to it; referring: that, NULL: none.
 */
extern void binds_claim_warn_kept(const BindsDialect *dialect, const char *bind_key,
								  const char *schema, const char *table,
								  const char *anchor, const char *mark,
								  const char *referring);

/* Say that it is going to be dropped, for the user has said so. */
extern void binds_claim_warn_dropped(const char *bind_key, const char *table,
									 const char *anchor, const char *mark);

/* Is a table one of these, by the engine's idea of names? */
extern bool binds_table_is_among(const BindsDialect *dialect, const char *name,
								 const char *const *tables, int ntables);

#endif							/* BINDS_CLAIMS_H */
