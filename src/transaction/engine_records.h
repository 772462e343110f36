/*
 * engine_records.h
 *	  Tables that were made, or that wait for their drop, until the end of the transaction,
 *	  and the connections on which that is done.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ENGINE_RECORDS_H
#define BINDS_ENGINE_RECORDS_H

#include "transaction/branch.h"
#include "transaction/engine_ddl.h"

/* A connection of our own, counted by its users. */
typedef struct BindsPrivateConnection
{
	Oid			serverid;
	Oid			userid;
	BindsConnection *connection;
	const BindsUrl *url;		/* where it leads */
	int			users;
	List	   *dropped;		/* tables (char *) that its open transaction
								 * drops after the commit */
	bool		borrowed;		/* the session's own, of a file that lets in
								 * no second one */
	dlist_node	node;
} BindsPrivateConnection;

/* A table that was made, or waits for its drop. */
typedef struct BindsTableRecord
{
	BindsPrivateConnection *private;
	const BindsDialect *dialect;
	char	   *bind_key;
	char	   *schema;
	char	   *table;
	char	   *mark;			/* NULL: of a table that waits for its drop */
	char	   *anchor;			/* table that bears the mark; NULL: this one */
	/* in the engine's encoding, for the end of the transaction: */
	char	   *engine_schema;
	char	   *engine_table;
	char	   *engine_anchor;
	char	   *own_comment;	/* of a table that has an anchor, as the
								 * engine keeps it */
	bool		made;			/* CREATE TABLE has come to its end */
	bool		kept;			/* of an anchor: a table that it speaks for
								 * stays */
	List	   *unlink;			/* statements before the drop */
	char	   *drop;			/* DROP TABLE; NULL: only the keys of a cycle */
	char	   *lock;			/* before the drop of a new table, or of one
								 * whose rows have been moved */
	char	   *count;			/* of the latter: the query that counts its
								 * rows */
	int64		rows;			/* and their number */
	char	   *comment;		/* of a new table: sets its own comment */
	char	   *constraint;		/* of a table that stays: a foreign key that
								 * waits for its drop */
	char	   *undo;			/* of a table that was renamed or altered:
								 * takes that back */
	bool		dropping;
	dlist_node	node;
} BindsTableRecord;

/*
 * The connection for DDL of a server and the current user, opened if there is none; it is
 * closed at the end of this (sub)transaction, or of its last user.
 */
extern BindsPrivateConnection *binds_private_connection(Oid serverid);

/*
 * A new record, in TopTransactionContext; it ends with the (sub)transaction, by its own
 * actions.
 */
extern BindsTableRecord *binds_record_add(Oid serverid, const BindsDialect *dialect,
										  const char *bind_key, const char *schema,
										  const char *table, List *unlink);

/* A copy of a text, as it has to be when there is no catalog any more. */
extern char *binds_record_text(const char *sql);

/* The record of a table that this transaction has made, NULL: it has not. */
extern BindsTableRecord *binds_record_made(Oid serverid, const char *schema,
										   const char *table);

/* Does a foreign key of a table that stays wait for its drop? */
extern bool binds_unlink_pending(Oid serverid, const char *schema,
								 const BindsReference *reference);

/* The number that a query returns; for binds_connection_read. */
typedef struct BindsCountRequest
{
	const BindsDialect *dialect;
	const char *bind_key;
	const char *sql;
	int64		count;
} BindsCountRequest;

extern void binds_count_ask(BindsDriverConn *conn, void *arg);

#endif							/* BINDS_ENGINE_RECORDS_H */
