/*
 * connection.h
 *	  Physical connections of this backend: one per user mapping, or per file.
 *
 * A connection is opened at its first use and kept between transactions.  It may be
 * lost at any call, and whether it is there is nobody's business but this folder's:
 * the struct is private, and what is asked of an engine goes through the functions
 * below.  Those that can lose it raise, or return a bool that has to be looked at.
 *
 * A connection keeps the facts of the transaction that is open in its engine: its
 * number, how deep it is, whether the engine has thrown it away.  Which part of which
 * local transaction that is, is known above (transaction/), which looks at these facts;
 * nothing in here calls upward.
 *
 * ALTER SERVER and the like mark a connection invalid, which takes effect when it is
 * idle.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CONNECTION_H
#define BINDS_CONNECTION_H

#include "options/options.h"
#include "dialect/error.h"
#include "datatype/timestamp.h"
#include "nodes/pg_list.h"

typedef struct BindsConnection BindsConnection;

/* ------------------------------------------------------------------------
 * Finding, opening, closing (connection.c)
 * ------------------------------------------------------------------------ */

/* What binds_connection_get needs it for. */
#define BINDS_CONNECTION_WRITE	1	/* the server's owner must be allowed to
									 * write files, the bind not read_only */
#define BINDS_CONNECTION_CREATE	2	/* a file that is not there may be made,
									 * if the bind is managed */

/*
 * The connection of a server for a role (userid: whose rights apply), opened if
 * necessary; an idle one is tested or renewed first as pool_pre_ping and
 * pool_recycle say.  Raises 08001 and the like, 58P01 for a file that is not there.
 */
extern BindsConnection *binds_connection_get(Oid serverid, Oid userid, int flags);

/*
 * The same without opening anything: it may be closed.  NULL if it cannot be told yet
 * (a file that is not there).
 */
extern BindsConnection *binds_connection_find(Oid serverid, Oid userid);

/* Is the file of a server there? */
typedef enum BindsFileState
{
	BINDS_FILE_THERE,			/* or only opening it tells why not; or it is
								 * no file */
	BINDS_FILE_TO_COME,			/* not yet: the first write makes it */
	/* nor is it going to be made: */
	BINDS_FILE_READ_ONLY,		/* nothing is written on the bind */
	BINDS_FILE_UNMANAGED,		/* it is not managed, or has a mode for files
								 * that are there */
	BINDS_FILE_NO_RIGHT,		/* its owner may not write files */
	BINDS_FOLDER_ABSENT,		/* its folder is not there, */
	BINDS_FOLDER_CLOSED			/* or nothing can be made in it */
} BindsFileState;

extern BindsFileState binds_connection_file_state(Oid serverid);

/*
 * A connection outside of the cache, for DDL on engines that commit at DDL, or to look at
 * what others have committed.  Closed at the end of the local transaction (after its end
 * actions) at the latest.  flags: 0 or BINDS_CONNECTION_WRITE.
 */
extern BindsConnection *binds_connection_open_private(Oid serverid, Oid userid,
													  int flags);

/*
 * The options of a server, kept in this backend; they live until the end of the
 * transaction, also when ALTER SERVER comes in between.
 */
extern BindsEngineOptions *binds_connection_options(Oid serverid);

/*
 * Close now what is open; the entry stays, also a private one.  Never throws.  abandon: do
 * not talk to the engine.
 */
extern void binds_connection_disconnect(BindsConnection *connection, bool abandon);

/* The same, and a private entry is freed.  Never throws. */
extern void binds_connection_close(BindsConnection *connection, bool abandon);

/*
 * After the end of a transaction: close what is invalid or private, forget what was
 * kept for this transaction.  Never throws.
 */
extern void binds_connection_end_transaction(void);

/*
 * What happens next on it is for the bind with these options: echo, messages, limits
 * are its own.
 */
extern void binds_connection_serve(BindsConnection *connection,
								   BindsEngineOptions *options);

/*
 * Is it open?  It may turn out to be dead all the same.
 */
extern bool binds_connection_is_open(const BindsConnection *connection);

extern const BindsDialect *binds_connection_dialect(const BindsConnection *connection);

/* The server that opened it. */
extern Oid	binds_connection_serverid(const BindsConnection *connection);

/*
 * What is open (BindsConnection *), in no order: all of this session, or with a serverid
 * what is for this server, whichever role it is for.  A file's connection is that of all
 * servers of the file, whichever opened it.  Opens and closes nothing.
 */
extern List *binds_connection_list(Oid serverid);

/*
 * Add what was counted in this session to the counters of binds (shared/stat.h), which
 * otherwise comes at the end of the transaction.  Never throws.
 */
extern void binds_connection_count_now(void);

/* What there is to know of an open connection. */
typedef struct BindsConnectionFacts
{
	Oid			serverid;		/* that opened it; it may have been dropped */
	Oid			userid;			/* InvalidOid: all roles share it */
	TimestampTz opened;
	char	   *server_version; /* palloc'ed; NULL: it is not known */
	uint64		session;		/* its number in the engine; 0: it has none */
	bool		in_transaction; /* of the engine */
	bool		in_use;			/* a transaction, or rows of a cursor, are
								 * open, or something is left to do on it */
} BindsConnectionFacts;

extern void binds_connection_facts(const BindsConnection *connection,
								   BindsConnectionFacts *facts);

/* ------------------------------------------------------------------------
 * Statements and questions (call.c)
 * ------------------------------------------------------------------------ */

/*
 * Run statements without parameters or rows; echo applies.  Raises.
 */
extern void binds_connection_run(BindsConnection *connection, const char *sql);

/*
 * The same for a text in UTF-8; false, with an error, if that fails.  Never throws, so
 * no interrupt is served, and open cursors must have been drained.
 */
extern bool binds_connection_try_run(BindsConnection *connection, const char *sql,
									 BindsError *error) BINDS_CHECKED;

/*
 * Let "reader" ask the engine by small queries (dialect/query.h).  Open cursors are
 * drained first.  Raises; what an error in it means for the connection is noted.
 */
typedef void (*BindsReader) (BindsDriverConn *conn, void *arg);
extern void binds_connection_read(BindsConnection *connection, BindsReader reader,
								  void *arg);

/*
 * Within a transaction: no longer keep references between tables, and keep them again.
 * false: raises.  true: never throws.
 */
extern void binds_connection_keep_references(BindsConnection *connection, bool keep);

/*
 * Does a statement leave everything as it is, as the engine says without executing it?
 * Of an engine that does not tell: false, if it understands the statement.  Raises what
 * the engine finds wrong with it.
 */
extern bool binds_connection_reads_only(BindsConnection *connection,
										const BindsQuery *query);

/* Does the engine have INSERT ... RETURNING, though perhaps not for UPDATE and DELETE?  Raises. */
extern bool binds_connection_inserts_returning(BindsConnection *connection);

/*
 * Ask the engine whether it is there, by a round trip; where the engine demands it, open
 * cursors are drained first.  A connection that turns out to be dead is opened again
 * where nothing is lost by it.  Begins no transaction.  Raises.
 */
extern void binds_connection_ping(BindsConnection *connection);

/*
 * Raise "error" in the context of this connection, after noting it.  words: what it means
 * for who is told, NULL: as the engine says.
 */
extern void binds_connection_raise_words(BindsConnection *connection,
										 const BindsError *error,
										 const BindsErrorWords *words,
										 const char *relation, const char *sql,
										 const BindsValue *values, int nvalues)
			__attribute__((noreturn));
extern void binds_connection_raise(BindsConnection *connection, const BindsError *error,
								   const char *relation, const char *sql,
								   const BindsValue *values, int nvalues)
			__attribute__((noreturn));

/* ------------------------------------------------------------------------
 * The engine's transaction (call.c)
 *
 * Where a step fails its error has been noted: the connection may be closed, the
 * transaction gone.
 * ------------------------------------------------------------------------ */

/* Begin.  begin->bqual is made here; two_phase: if the engine can. */
extern bool binds_connection_begin(BindsConnection *connection,
								   const BindsBegin *begin,
								   BindsError *error) BINDS_CHECKED;

/*
 * The number of the transaction begun last, unique in this backend, and how deep it
 * is: 0 if none is open, 1, or the level that its savepoints reach.
 */
extern uint64 binds_connection_transaction(const BindsConnection *connection);
extern int	binds_connection_depth(const BindsConnection *connection);

/*
 * Is the transaction of this number still open, as far as is known?  If not, *reason
 * says why, and lives until the next transaction begins.  Never throws.
 */
extern bool binds_connection_holds(BindsConnection *connection, uint64 transaction,
								   const char **reason) BINDS_CHECKED;

/*
 * Is the connection still good, as far as can be told without a round trip?  Never
 * throws.
 */
extern bool binds_connection_alive(BindsConnection *connection) BINDS_CHECKED;

/* Make the savepoint of a level; the depth must be one less. */
extern bool binds_connection_savepoint(BindsConnection *connection, int level,
									   BindsError *error) BINDS_CHECKED;
extern bool binds_connection_release(BindsConnection *connection, int level,
									 BindsError *error) BINDS_CHECKED;

/*
 * Roll back to the savepoint of a level and release it, in bounded time.  Where that
 * fails nobody knows the state: the connection is closed, which rolls back all of the
 * transaction (see binds_connection_holds).  Never throws.
 */
extern void binds_connection_rollback_to(BindsConnection *connection, int level);

/*
 * Has a rollback in this transaction, or its own, left something in tables that have no
 * transactions?  Never throws.
 */
extern bool binds_connection_left_writes(const BindsConnection *connection);

/*
 * Would a commit succeed, as far as the engine can tell now?  Never throws.
 */
extern bool binds_connection_check_commit(BindsConnection *connection,
										  BindsError *error) BINDS_CHECKED;

/* Commit.  08007 in "error" if the reply was lost.  Never throws. */
extern bool binds_connection_commit(BindsConnection *connection,
									BindsError *error) BINDS_CHECKED;

/*
 * Roll back what is open, in bounded time; where that fails the connection is closed.
 * voted: see the driver.  Never throws.
 */
extern void binds_connection_rollback(BindsConnection *connection, bool voted);

#endif							/* BINDS_CONNECTION_H */
