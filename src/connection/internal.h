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
#include "datatype/timestamp.h"
#include "lib/ilist.h"
#include "options/server.h"
#include "portability/instr_time.h"
#include "shared/memory.h"
#include "shared/stat.h"

struct BindsConnection
{
	/* key: (driver, umid) or, for a file, (driver, device, inode) */
	const BindsDriver *driver;
	const BindsDialect *dialect;
	Oid			serverid;		/* of the bind that opened it */
	Oid			umid;			/* InvalidOid for a file */
	Oid			userid;

	BindsDriverConn *handle;	/* NULL: closed */
	BindsEngineOptions *options;	/* of the bind that used it last */
	TimestampTz opened;
	uint32		server_hash;	/* of the syscache entries, for invalidation */
	uint32		mapping_hash;
	bool		invalid;		/* close when idle */
	bool		read_only;		/* opened so that nothing can be written */
	bool		not_writable;	/* could not be opened for writing; that may
								 * change */
	bool		exclusive;		/* keeps others out: close with the
								 * transaction */
	bool		unchanging;		/* sees no change of others: not for binds
								 * that expect some */
	bool		password_checked;	/* rules of password_required are met */
	bool		tested;			/* health was looked at in this transaction */
	bool		private;		/* not in the cache */
	int			descriptors;	/* files and sockets that PostgreSQL has been
								 * told of */
	uint64		used;			/* when it was got last, in gets */

	/* the engine's transaction */
	int			depth;			/* 0: none is open; n: its savepoints reach
								 * level n */
	uint64		transaction;	/* number of the one begun last */
	bool		undone;			/* the engine has thrown it away */
	bool		pinned;			/* it was not ended yet, be it lost: a file
								 * stays its server's file until then */
	char	   *path;			/* of that file */
	char		reason[256];	/* why it is gone, in the engine's words */

	BindsStat	tally;			/* counted, and not added to the bind's yet */
	bool		tally_open;		/* the bind has its transaction as open */

	dlist_head	cursors;		/* all BindsCursor's on it */
	dlist_head	statements;		/* idle prepared statements, last used first */
	int			nstatements;
	dlist_node	private_node;	/* if private */
};

/* ------------------------------------------------------------------------
 * connection.c
 * ------------------------------------------------------------------------ */

/*
 * Open again a connection that turned out to be dead where nothing is lost by it.
 * Raises.
 */
extern void binds_connection_renew(BindsConnection *connection);

/* ------------------------------------------------------------------------
 * timing.c: what is logged of statements
 * ------------------------------------------------------------------------ */

/* How long the engine works on a statement; zeroed: on none. */
typedef struct BindsTiming
{
	bool		on;				/* between begin and end, and somebody asks */
	bool		logs;			/* and it is to be logged */
	uint64		echo;			/* number of the message of echo, 0: none */
	double		first;			/* ms till the first row, -1: none yet */
	instr_time	start;			/* since when it works */
	instr_time	total;			/* how long it has worked */
} BindsTiming;

/* A statement is going to be sent.  asked: the caller wants to know the time. */
extern void binds_timing_begin(BindsTiming *timing, const BindsEngineOptions *options,
							   const char *sql, const BindsValue *values, int nvalues,
							   bool asked);

/* The first row is there. */
extern void binds_timing_first_row(BindsTiming *timing);

/*
 * The engine has done with it.  shown: what binds_timing_values gave, or NULL.  May come
 * twice.
 */
extern void binds_timing_end(BindsTiming *timing, const BindsEngineOptions *options,
							 const char *sql, const BindsValue *values, int nvalues,
							 const char *shown);

/* The parameters as the end will show them; palloc'ed, or NULL. */
extern char *binds_timing_values(const BindsTiming *timing,
								 const BindsEngineOptions *options,
								 const BindsValue *values, int nvalues);

/* The engine works, and has worked, on it; for so many ms since it began to. */
static inline void
binds_timing_start(BindsTiming *timing)
{
	if (unlikely(timing->on))
		INSTR_TIME_SET_CURRENT(timing->start);
}

static inline double
binds_timing_stop(BindsTiming *timing)
{
	instr_time	now;

	if (likely(!timing->on))
		return 0;
	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, timing->start);
	INSTR_TIME_ADD(timing->total, now);
	return INSTR_TIME_GET_MILLISEC(now);
}

/* ------------------------------------------------------------------------
 * tally.c: what is counted for the view binds.stat.  Nothing in there throws, but for
 * those that read catalogs.
 * ------------------------------------------------------------------------ */

/* The engine has worked so long (ms) on a statement; several times for one. */
extern void binds_tally_time(BindsConnection *connection, double ms);

/* An error is raised; the same where the engine could not be reached (reads catalogs). */
extern void binds_tally_error(BindsConnection *connection);
extern void binds_tally_not_open(Oid serverid);

/* Add what was counted to the bind's. */
extern void binds_tally_flush(BindsConnection *connection);

/* A transaction was begun in the engine, or has ended; the end may come twice. */
extern void binds_tally_begun(BindsConnection *connection);
extern void binds_tally_ended(BindsConnection *connection);

/* A connection is closed as it did not stand; one is open (reads catalogs). */
extern void binds_tally_lost(const BindsConnection *connection);
extern void binds_tally_opened(BindsConnection *connection);

/* ------------------------------------------------------------------------
 * call.c
 * ------------------------------------------------------------------------ */

/*
 * Note what an error means for the connection and its transaction: a lost connection is
 * closed.  Never throws.
 */
extern void binds_connection_note(BindsConnection *connection, const BindsError *error);

/* Fill the error of a connection that is closed. */
extern void binds_connection_set_closed(BindsError *error);

/* ------------------------------------------------------------------------
 * open.c: how a connection is opened, and who may
 * ------------------------------------------------------------------------ */

/* Check the rights of the server's owner and the option read_only.  Raises. */
extern void binds_open_check(const BindsServer *server, int flags);

/* Device and inode of a server's file; false if it is not there. */
extern bool binds_open_identity(const BindsServer *server, uint64 *device,
								uint64 *inode);

extern BindsFileState binds_open_file_state(const BindsServer *server);

/*
 * Connect.  credentials: NULL for a file.  *read_only: whether it was opened so.
 * Raises.
 */
extern BindsDriverConn *binds_open(const BindsServer *server,
								   const BindsCredentials *credentials, Oid userid,
								   int flags, bool *read_only);

/*
 * Raise 2F003 unless a role may use these credentials: a superuser always, others
 * with a password of their own that the engine asks for.
 */
extern void binds_open_check_password(const BindsServer *server,
									  const BindsCredentials *credentials,
									  Oid userid, BindsDriverConn *handle);

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
