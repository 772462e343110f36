/*
 * driver.h
 *	  The interface to a client library: connections, statements, transactions.
 *
 * A driver is the only code that calls its client library.  It knows neither
 * PostgreSQL's lists nor relations, plans nor catalogs, so that a client
 * library whose header clashes with them (mysql.h) compiles next to this one.
 *
 * Rules for every member of BindsDriver:
 *	- It never throws, and never runs CHECK_FOR_INTERRUPTS.  It returns false (or
 *	  NULL, or BINDS_FETCH_ERROR) and fills "error" when something fails; the
 *	  layers above turn that into an ereport, with no frame of a client library
 *	  on the stack.
 *	- It copies the engine's message, code and SQLSTATE before it releases
 *	  anything.
 *	- Every wait has an end (binds_wait_left), and ends early when a cancel, a terminate request or a timeout of
 *	  PostgreSQL is pending (InterruptPending with QueryCancelPending or
 *	  ProcDiePending).  The engine's own work is stopped too.  The member then
 *	  fails with BINDS_ERROR_INTERRUPTED and the caller runs
 *	  CHECK_FOR_INTERRUPTS.
 *	- Long-lived memory is malloc'ed or the client library's own; a driver palloc's
 *	  nothing.  What a pointer in a result points to says how long it lives.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DRIVER_H
#define BINDS_DRIVER_H

#include "portability/instr_time.h"

/*
 * For a function whose result tells whether the connection, or what was asked, is lost:
 * a caller that does not look at it does not compile.
 */
#ifdef __GNUC__
#define BINDS_CHECKED __attribute__((warn_unused_result))
#else
#define BINDS_CHECKED
#endif

/* ------------------------------------------------------------------------
 * Values
 * ------------------------------------------------------------------------ */

typedef enum BindsValueKind
{
	BINDS_NULL,
	BINDS_INTEGER,				/* 64 bits, signed */
	BINDS_REAL,					/* double precision */
	BINDS_TEXT,					/* UTF-8 as the engine says; not verified here */
	BINDS_BLOB,					/* bytes */
	BINDS_DECIMAL				/* an exact decimal number as text, "-12.50":
								 * only on its way to an engine with exact
								 * decimals, whose literal of it has no
								 * quotes; others treat it as TEXT */
} BindsValueKind;

/* One value on its way to or from an engine; never owns what "data" points to. */
typedef struct BindsValue
{
	BindsValueKind kind;
	size_t		length;			/* of data, in bytes; not INTEGER and REAL */
	union
	{
		int64		integer;
		double		real;
		const char *data;		/* not NUL-terminated */
	};
} BindsValue;

/* ------------------------------------------------------------------------
 * Errors
 * ------------------------------------------------------------------------ */

typedef enum BindsErrorKind
{
	BINDS_ERROR_NONE,
	BINDS_ERROR_STATEMENT,		/* the statement failed, the branch goes on */
	BINDS_ERROR_BRANCH_LOST,	/* the engine threw the transaction away
								 * (deadlock, SQLite back in autocommit) */
	BINDS_ERROR_CONNECTION_LOST,	/* the connection cannot be used any more */
	BINDS_ERROR_INTERRUPTED		/* stopped because PostgreSQL asked for it;
								 * the connection is in sync, the branch goes
								 * on */
} BindsErrorKind;

#define BINDS_MESSAGE_MAX 1024

/* What an engine or client library reports; plain storage, filled by drivers. */
typedef struct BindsError
{
	BindsErrorKind kind;
	int			sqlstate;		/* PostgreSQL's, packed by MAKE_SQLSTATE */
	int			code;			/* the engine's own number */
	bool		branch_lost;	/* set together with INTERRUPTED or
								 * CONNECTION_LOST when a transaction was open
								 * and is gone */
	int			row;			/* of execute_batch: the row that failed,
								 * where that is known, else -1 */
	bool		about_file;		/* message and hint tell of a file of this
								 * machine, which not everybody may know */
	const char *detail;			/* the fact, likewise */
	const char *hint;			/* the way out, text that stays; NULL: none */
	char		message[BINDS_MESSAGE_MAX]; /* the engine's words, UTF-8 */
} BindsError;

/* ------------------------------------------------------------------------
 * Connections
 * ------------------------------------------------------------------------ */

/* A name and its value, from the URL's query or the option connect_args. */
typedef struct BindsSetting
{
	const char *name;
	const char *value;			/* of a truth: "true" or "false" */
} BindsSetting;

/*
 * Where and how to connect.  Strings are the caller's and need to live only
 * during the call.  NULL means "not given" everywhere.
 */
typedef struct BindsConnectSpec
{
	const char *bind_key;		/* for messages */
	const char *local_key;		/* the same in UTF-8, and who connects: for */
	const char *local_database; /* those who look at the engine's sessions */
	const char *local_role;
	const char *host;
	int			port;			/* 0: the engine's default */
	const char *user;
	const char *password;
	const char *database;		/* SQLite: the file's absolute path, or a
								 * file: URI if "uri" */
	bool		uri;			/* SQLite: database is a URI */
	const char *path;			/* SQLite: the file, if "database" is a URI,
								 * too */
	bool		read_only;		/* refuse writes */
	bool		create;			/* SQLite: may make the file */
	int			file_mode;		/* SQLite: permissions of one that is made; 0:
								 * the library's, less the umask */
	const char *journal_mode;	/* SQLite: for new files; NULL: wal */
	bool		exclusive;		/* SQLite: keep the file's lock and share no
								 * memory with other processes, until it is
								 * closed */
	int			lock_timeout;	/* longest wait for a lock of the engine when
								 * PostgreSQL's lock_timeout is 0, ms; 0: the
								 * driver's default */
	const BindsSetting *settings;	/* names the driver listed as known */
	int			nsettings;
} BindsConnectSpec;

/* Opaque; each driver has its own struct. */
typedef struct BindsDriverConn BindsDriverConn;
typedef struct BindsDriverStmt BindsDriverStmt;

/* What is known of the engine once connected. */
typedef struct BindsEngineInfo
{
	int			version;		/* 304001 for SQLite 3.40.1, 101106 MariaDB
								 * 10.11.6, 90704 MySQL 9.7.4 */
	bool		fork;			/* MariaDB */
	uint64		thread_id;		/* of the connection in the engine, or 0 */
	uint64		device,
				inode;			/* SQLite: of the open file, else 0 */
	bool		not_writable;	/* SQLite: opened read-only, though that was
								 * not asked for */
	bool		two_phase;		/* can vote (XA); false on Galera */
	bool		insert_returning;	/* has INSERT ... RETURNING, though
									 * perhaps not for UPDATE and DELETE */
	char		version_text[64];	/* the version as the engine says it; not
									 * verified, and perhaps cut */
} BindsEngineInfo;

/* A client library as it is loaded; the texts stay. */
typedef struct BindsLibrary
{
	const char *name;
	const char *version;
} BindsLibrary;

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

/*
 * A statement's text.  Parameters are written as one '?' each, at the byte
 * offsets given (so that a '?' elsewhere in the text is harmless), and refer to
 * the value array by number: a parameter may stand in several places.
 *
 * [repeat_start, repeat_end) is the row of a VALUES list that a multi-row
 * insert repeats; both 0 if there is none.  All parameters then lie in it.
 */
typedef struct BindsQuery
{
	const char *sql;			/* UTF-8, NUL-terminated */
	int			nplaces;		/* number of '?' */
	const int  *places;			/* their offsets, ascending */
	const int  *params;			/* for each place: index into the values */
	int			nparams;		/* length of the value array of one row */
	int			repeat_start;
	int			repeat_end;
	int			ncolumns;		/* of the result; 0: no rows come;
								 * BINDS_ANY_COLUMNS: what comes is looked at */
	bool		conflicts_fail; /* a row that breaks a constraint is an error,
								 * whatever the table's definition says of
								 * such conflicts (SQLite: ON CONFLICT IGNORE) */
	const char *table;			/* the one that it reads or changes, as the
								 * text names it; NULL: none, or "given" */
	bool		given;			/* the text is somebody's own, or has such a
								 * part */
	bool		bound;			/* it is, and the engine finds the places of
								 * its parameters: "places" tells nothing, and
								 * each value is for one of them, in their
								 * order */
} BindsQuery;

#define BINDS_ANY_COLUMNS (-1)

/* What an executed statement did. */
typedef struct BindsOutcome
{
	int64		affected;		/* rows found (not: really changed), or
								 * inserted; direct effects only: no triggers,
								 * no cascades; -1: the engine does not tell
								 * (a view that triggers stand in for) */
	int64		generated_key;	/* last generated key, 0 if none; of a batch:
								 * the greatest, as far as the engine tells */
	int64		final_key;		/* of a batch of an engine with random_keys:
								 * that of its last row */
	int			changing_rows;	/* of a batch: rows of the largest statement
								 * that has changed the session in which
								 * values are understood, so that its further
								 * rows may be stored as others; 0: none has.
								 * Between statements the driver sets the
								 * session up again. */
	int			ncolumns;		/* of the result; 0: no rows come */
} BindsOutcome;

/* The type of a result column. */
typedef struct BindsColumnType
{
	char		name[128];		/* as it would be declared; '': unknown, and
								 * perhaps cut */
	bool		comparable;		/* values are compared as what comes of them:
								 * they are integers, or those of a column of
								 * a table */
} BindsColumnType;

typedef enum BindsFetch
{
	BINDS_FETCH_ROW,
	BINDS_FETCH_END,
	BINDS_FETCH_ERROR
} BindsFetch;

/* ------------------------------------------------------------------------
 * Transactions
 * ------------------------------------------------------------------------ */

typedef enum BindsIsolation
{
	BINDS_ISOLATION_DEFAULT,	/* the engine's or the bind option's */
	BINDS_ISOLATION_READ_UNCOMMITTED,
	BINDS_ISOLATION_READ_COMMITTED,
	BINDS_ISOLATION_REPEATABLE_READ,
	BINDS_ISOLATION_SERIALIZABLE
} BindsIsolation;

typedef enum BindsBeginKind
{
	BINDS_BEGIN_SNAPSHOT,		/* read only, one snapshot for several scans:
								 * START TRANSACTION READ ONLY, WITH
								 * CONSISTENT SNAPSHOT; BEGIN */
	BINDS_BEGIN_WRITE			/* may write: XA START; BEGIN IMMEDIATE */
} BindsBeginKind;

typedef struct BindsBegin
{
	BindsBeginKind kind;
	BindsIsolation isolation;
	bool		strict;			/* the local transaction sees one state: to
								 * write or lock a row that has changed since
								 * is an error, if the engine can tell */
	bool		two_phase;		/* false: a plain transaction also for writes */
	const char *gtrid;			/* global id, at most 64 bytes */
	const char *bqual;			/* id of this branch, at most 64 bytes */
} BindsBegin;

/* ------------------------------------------------------------------------
 * The driver
 * ------------------------------------------------------------------------ */

typedef struct BindsDriver
{
	const char *name;

	/*
	 * Tell which client library this process has loaded, whatever it was
	 * compiled with.
	 */
	void		(*library) (BindsLibrary *library);

	/*
	 * Connect.  Returns NULL and fills error when that fails: 08001, 28P01,
	 * 28000, 3D000, 58P01, 42501, ...  The message never contains a password.
	 */
	BindsDriverConn *(*connect) (const BindsConnectSpec *spec, BindsError *error);

	/*
	 * Disconnect, in bounded time (at most a second), never failing.
	 * Finalizes what statements are left.  With "abandon" nothing is sent to
	 * the engine: the socket is just closed (state unknown, or after fork).
	 */
	void		(*disconnect) (BindsDriverConn *conn, bool abandon);

	/* Ask the engine whether it is there; may wait up to the connect timeout. */
	bool		(*ping) (BindsDriverConn *conn,
						 BindsError *error) BINDS_CHECKED;

	/*
	 * Is the connection still good, as far as can be told without a round
	 * trip? (Socket closed by peer; SQLite: file replaced, i.e. path has
	 * another device and inode than the open file.)  Outside of a transaction
	 * one that must not be used for another is not; after a statement that
	 * may have made it so the engine is asked.
	 */
	bool		(*alive) (BindsDriverConn *conn) BINDS_CHECKED;

	const BindsEngineInfo *(*info) (BindsDriverConn *conn);

	/*
	 * Does the engine say that it asks for a password whoever connects as
	 * this connection has, whichever user of the operating system he is?
	 * False: it does not say.  NULL: there are no users.
	 */
	bool		(*asks_password) (BindsDriverConn *conn);

	/*
	 * Prepare.  "query" and its arrays are copied where they are needed. NULL
	 * on error.  May be lazy: an engine's syntax error may come from execute.
	 */
	BindsDriverStmt *(*prepare) (BindsDriverConn *conn, const BindsQuery *query,
								 BindsError *error);

	/*
	 * Does a prepared statement leave everything as it is?  As the engine
	 * says, without executing it; settings of the connection count.  NULL:
	 * the engine does not tell.
	 */
	bool		(*reads_only) (BindsDriverStmt *stmt);

	/*
	 * Would the engine understand the statement?  Asked without executing it;
	 * false, with its error, if not.  NULL: prepare tells.
	 */
	bool		(*understands) (BindsDriverStmt *stmt, BindsError *error);

	/*
	 * Ask for the names and types of the columns of the result, without
	 * executing it; there may be none where that cannot be asked.  NULL:
	 * prepare has told.
	 */
	bool		(*describe) (BindsDriverStmt *stmt, BindsError *error) BINDS_CHECKED;

	/*
	 * Execute with the values of one row of parameters (nparams of them),
	 * whose data must live until the statement is reset or finished.  A
	 * SELECT has then outcome->ncolumns > 0 and rows wait to be fetched; on
	 * MySQL the connection is busy until they are fetched or the statement is
	 * reset. A statement without rows is complete when this returns.
	 */
	bool		(*execute) (BindsDriverStmt *stmt, const BindsValue *values,
							BindsOutcome *outcome,
							BindsError *error) BINDS_CHECKED;

	/*
	 * Execute once for each of nrows rows, values being nrows * nparams of
	 * them; outcome->affected is the total.  One statement may carry many
	 * rows (the repeat range of the query), split as the engine's packet size
	 * demands. On an error all rows of this call count as failed: the caller
	 * rolls back. No result rows.
	 */
	bool		(*execute_batch) (BindsDriverStmt *stmt, const BindsValue *values,
								  int nrows, BindsOutcome *outcome,
								  BindsError *error) BINDS_CHECKED;

	/*
	 * Fetch the next row into row[0 .. ncolumns).  What the values point to
	 * lives until the next call on this statement.  What takes longer than a
	 * row that is at hand, a driver adds to binds_driver_waited.
	 */
	BindsFetch	(*fetch) (BindsDriverStmt *stmt, BindsValue *row, BindsError *error);

	/*
	 * Name of a result column, of an executed or described statement; NULL if
	 * none.
	 */
	const char *(*column_name) (BindsDriverStmt *stmt, int column);

	/* What the engine says of its type. */
	void		(*column_type) (BindsDriverStmt *stmt, int column,
								BindsColumnType *type);

	/*
	 * Give up the rest of the result, so that the statement can be executed
	 * again and the connection can run others.  Never throws.  If the rest is
	 * long the driver stops the engine's work instead of reading all of it.
	 * Returns false if the connection is lost by it.
	 */
	bool		(*reset) (BindsDriverStmt *stmt) BINDS_CHECKED;

	/* Reset and free. */
	void		(*finalize) (BindsDriverStmt *stmt);

	/*
	 * Run a statement, or several separated by ';', that takes no parameters
	 * and whose rows, if any, do not matter.
	 */
	bool		(*run) (BindsDriverConn *conn, const char *sql,
						BindsError *error) BINDS_CHECKED;

	/* Transactions.  Each is one step of the branch's life, see branch.h. */
	bool		(*begin) (BindsDriverConn *conn, const BindsBegin *begin,
						  BindsError *error) BINDS_CHECKED;
	bool		(*savepoint) (BindsDriverConn *conn, int level,
							  BindsError *error) BINDS_CHECKED;
	bool		(*release) (BindsDriverConn *conn, int level,
							BindsError *error) BINDS_CHECKED;
	bool		(*rollback_to) (BindsDriverConn *conn, int level,
								BindsError *error) BINDS_CHECKED;

	/*
	 * Find out what could make commit fail, without making anything durable.
	 * May wait for locks.  The transaction stays open, and is only committed
	 * or rolled back afterwards.  NULL: the engine cannot tell, or checks
	 * each statement.
	 */
	bool		(*check_commit) (BindsDriverConn *conn,
								 BindsError *error) BINDS_CHECKED;

	/* Vote: from here on commit cannot fail.  NULL if the engine cannot. */
	bool		(*vote) (BindsDriverConn *conn,
						 BindsError *error) BINDS_CHECKED;

	/* End the transaction; "voted" tells whether vote() was called. */
	bool		(*commit) (BindsDriverConn *conn, bool voted,
						   BindsError *error) BINDS_CHECKED;

	/*
	 * Roll back, at abort: bounded time, never throws.  False: the state is
	 * unknown and the connection must be dropped.
	 */
	bool		(*rollback) (BindsDriverConn *conn, bool voted) BINDS_CHECKED;

	/* Does the engine say that a transaction is open? */
	bool		(*in_transaction) (BindsDriverConn *conn) BINDS_CHECKED;

	/*
	 * Has a rollback since the last begin, to a savepoint or of all, left
	 * something that was written to tables without transactions?  NULL: there
	 * are none.
	 */
	bool		(*left_writes) (BindsDriverConn *conn);

	/*
	 * Within a transaction: no longer keep references between tables, so that
	 * one can be made anew under its name, and rows can be copied in any
	 * order; and keep them again, which cannot fail.
	 */
	bool		(*keep_references) (BindsDriverConn *conn, bool keep,
									BindsError *error) BINDS_CHECKED;

	/*
	 * Redo of an engine that cannot vote (SQLite), rule S5 of the commit
	 * protocol.  Both NULL: there is none yet.
	 */
	bool		(*redo_start) (BindsDriverConn *conn,
							   BindsError *error) BINDS_CHECKED;
	bool		(*redo_apply) (BindsDriverConn *conn, const char *redo,
							   size_t length,
							   BindsError *error) BINDS_CHECKED;

	/*
	 * Can other statements run while rows of a SELECT wait to be fetched?  If
	 * not (MySQL), the core drains open results before it sends anything.
	 */
	bool		concurrent;
} BindsDriver;

/*
 * The milliseconds that drivers have waited for rows, or worked long for them; it only
 * grows.  They look at the clock there, and not for each row.  In wait.c.
 */
extern double binds_driver_waited;

/* Add to it what has passed since then. */
extern void binds_driver_wait_ended(const instr_time *since);

/*
 * What pg_stat_activity shows while a session waits for an engine, one for each driver: its
 * name from PostgreSQL 17 on, "Extension" before.
 */
typedef struct BindsWaitEvent
{
	const char *name;
	uint32		number;			/* 0: not asked for yet */
} BindsWaitEvent;

/*
 * Wait for a socket and PostgreSQL's latch (wait.c).  events: WL_SOCKET_READABLE
 * and/or WL_SOCKET_WRITEABLE.  timeout in ms, -1: none.  Returns the events that
 * came, 0 at the timeout, or -1 if an interrupt is pending and must be served.
 * Never throws.
 */
extern int	binds_wait_socket(int fd, int events, long timeout, BindsWaitEvent *event);

/* Sleep for ms milliseconds or until an interrupt is pending: false then. */
extern bool binds_wait_sleep(long ms, BindsWaitEvent *event);

/* Show that the session waits, for who waits by itself, and that it does no more. */
extern void binds_wait_begin(BindsWaitEvent *event);
extern void binds_wait_end(void);

/* Is there a cancel or terminate request that a wait must give way to? */
extern bool binds_wait_interrupted(void);

/*
 * Waits that cannot be interrupted (at the end of a transaction interrupts are held; a
 * driver clears up) end all the same: each has a limit of its own, at most
 * binds_wait_limit, and from the moment that somebody wants us all of them together last
 * BINDS_WAIT_GRACE at most (ms).  What was waited for is given up, the connection lost.
 */
#define BINDS_WAIT_LIMIT 60000L
#define BINDS_WAIT_GRACE 1000L

extern bool binds_wait_held(void);
extern long binds_wait_limit(void);
extern long binds_wait_left(long timeout);

/* Fill an error; sqlstate is one of ERRCODE_*. */
extern void binds_error_set(BindsError *error, BindsErrorKind kind, int sqlstate,
							int code, const char *fmt,...) pg_attribute_printf(5, 6);

#endif							/* BINDS_DRIVER_H */
