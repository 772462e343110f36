/*
 * leftovers.h
 *	  Tables that an aborted transaction has left, and what can go of them.
 *
 * Looks and judges, like claims.h; who acts on it is engine_ddl.c.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_LEFTOVERS_H
#define BINDS_LEFTOVERS_H

#include "transaction/claims.h"

/* A table that bears the mark of an aborted transaction, or whose anchor does. */
typedef struct BindsLeftover
{
	const char *table;
	const char *anchor;			/* NULL: the table itself */
	bool		rows;			/* it holds some */
	bool		going;			/* it can be dropped when "keys" are cut */
	const char *referring;		/* to it, a table that stays; NULL: it does
								 * not stay for that */
} BindsLeftover;

typedef struct BindsLeftovers
{
	const BindsClaims *request;
	const BindsClaim *claims;	/* on the request's tables */
	BindsLeftover *tables;
	int			ntables;
	List	   *keys;			/* of BindsReference, between those that go */
} BindsLeftovers;

/*
 * For binds_connection_read: fill in the tables that the claims say are stale, and others
 * of the same marks, be they asked for or not.
 */
extern void binds_leftovers_read(BindsDriverConn *conn, void *arg);

/* NULL: there is no such table. */
extern BindsLeftover *binds_leftovers_find(const BindsLeftovers *left, const char *table);

#endif							/* BINDS_LEFTOVERS_H */
