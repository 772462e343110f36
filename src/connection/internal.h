/*
 * internal.h
 *	  What the files of this folder share, and nobody else uses.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CONNECTION_INTERNAL_H
#define BINDS_CONNECTION_INTERNAL_H

#include "connection/connection.h"
#include "connection/cursor.h"
#include "options/server.h"

/* ------------------------------------------------------------------------
 * open.c: how a connection is opened, and who may
 * ------------------------------------------------------------------------ */

/* Check the rights of the server's owner and the option read_only.  Raises. */
extern void binds_open_check(const BindsServer *server, int flags);

/* Device and inode of a server's file; false if it is not there. */
extern bool binds_open_identity(const BindsServer *server, uint64 *device,
								uint64 *inode);

/*
 * Connect.  credentials: NULL for a file.  *read_only: whether it was opened so.
 * Raises.
 */
extern BindsDriverConn *binds_open(const BindsServer *server,
								   const BindsCredentials *credentials,
								   int flags, bool *read_only);

/*
 * Raise 2F003 unless a role may use these credentials: a superuser always, others
 * with a password of their own that the engine asks for.
 */
extern void binds_open_check_password(const BindsServer *server,
									  const BindsCredentials *credentials,
									  Oid userid);

/* ------------------------------------------------------------------------
 * statements.c: prepared statements of a connection
 * ------------------------------------------------------------------------ */

typedef struct BindsPrepared
{
	dlist_node	node;			/* in connection->statements while idle */
	uint32		hash;
	BindsQuery	query;
	BindsDriverStmt *stmt;
} BindsPrepared;

/*
 * Take a prepared statement for a query: an idle one or a new one.  NULL and
 * "error" filled if the driver refuses.
 */
extern BindsPrepared *binds_prepared_take(BindsConnection *connection,
										  const BindsQuery *query,
										  BindsError *error);

/* Give it back, reset.  Never throws. */
extern void binds_prepared_give(BindsConnection *connection,
								BindsPrepared *prepared);

/* Forget all idle ones; the driver has finalized them, or is about to. */
extern void binds_prepared_forget(BindsConnection *connection);

/* ------------------------------------------------------------------------
 * cursor.c
 * ------------------------------------------------------------------------ */

/* The handle goes away: cursors with unread rows in the engine are broken. */
extern void binds_cursor_detach_all(BindsConnection *connection);

/* ------------------------------------------------------------------------
 * spool.c: rows set aside
 * ------------------------------------------------------------------------ */

typedef struct BindsSpool BindsSpool;

/* Make one; rewind: it will be read more than once. */
extern BindsSpool *binds_spool_make(bool rewind);

/*
 * Append rows.  "unread": they have not been returned yet, so reading comes to
 * them; else they are only kept for a later rewind, and reading (which must be at
 * the end) stays at the end.
 */
extern void binds_spool_write(BindsSpool *spool, const BindsValue *row, int ncolumns,
							  bool unread);

/* Read the next row; false at the end.  Data lives until the next call. */
extern bool binds_spool_read(BindsSpool *spool, BindsValue *row, int ncolumns);

extern void binds_spool_rewind(BindsSpool *spool);
extern void binds_spool_clear(BindsSpool *spool);

/* Free, with the temporary file.  Never throws. */
extern void binds_spool_free(BindsSpool *spool);

#endif							/* BINDS_CONNECTION_INTERNAL_H */
