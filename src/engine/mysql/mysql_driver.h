/*
 * mysql_driver.h
 *	  What the files over MySQL's client library share.
 *
 * No other file includes this: <mysql.h> does not compile next to PostgreSQL's lists.
 * Nothing in them throws or palloc's.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MYSQL_DRIVER_H
#define BINDS_MYSQL_DRIVER_H

#include "dialect/driver.h"
#include "engine/mysql/mysql_compat.h"
#include "lib/ilist.h"

/* 'bind', the format id of our XA transactions */
#define MY_XA_FORMAT 0x62696e64

/* a server that names more variables that others have set is not believed */
#define MY_FOREIGN_NAMES 2000

/* longest name of a variable */
#define MY_NAME_LENGTH 64

/* length of the mark in names of ours, with its NUL */
#define MY_MARK_LENGTH 17

/* longest name of a table, qualified and quoted; no name of the server is longer */
#define MY_TABLE_LENGTH 1040

/* Where to connect to, and how: a copy of the spec, with its settings parsed. */
typedef struct MyTarget
{
	char	   *host;			/* NULL: localhost */
	unsigned int port;			/* 0: the default */
	char	   *user;
	char	   *password;
	char	   *database;
	char	   *unix_socket;
	bool		read_only;
	int			lock_timeout;	/* ms */
	int			connect_timeout;	/* s */
	int			read_timeout;	/* s, 0: none */
	int			wait_timeout;	/* s, 0: the server's, but at least 8 hours */
	MyTls		tls;
	char	   *ssl_ca;
	char	   *ssl_capath;
	char	   *ssl_cert;
	char	   *ssl_key;
	char	   *ssl_cipher;
	char	   *tls_version;
	char	   *default_auth;
	char	   *program_name;	/* NULL: binds */
	char	   *local_key;		/* what the attributes say; NULL: nothing */
	char	   *local_database;
	char	   *local_role;
	bool		local_infile;
	bool		server_public_key;
} MyTarget;

typedef enum MyTransaction
{
	MY_NO_TRANSACTION,
	MY_PLAIN,					/* START TRANSACTION */
	MY_XA_ACTIVE,
	MY_XA_ENDED,				/* XA END done */
	MY_XA_PREPARED
} MyTransaction;

/* Whose rows were the last, if what the server says at their end was not read? */
typedef enum MyHidden
{
	MY_HIDES_NOTHING,
	MY_HIDES_OURS,				/* of a scan */
	MY_HIDES_OTHERS				/* of a statement that is somebody's own */
} MyHidden;

/* A prepared INSERT of many rows. */
typedef struct MyBatch MyBatch;

struct BindsDriverConn
{
	MYSQL	   *mysql;
	BindsEngineInfo info;
	MyTarget	target;
	char		mark[MY_MARK_LENGTH];	/* in names of the session that nobody
										 * else shall use */
	bool		broken;			/* nothing can be sent any more */
	bool		kill_late;		/* a KILL may hit the next statement */
	BindsDriverStmt *busy;		/* whose rows are not all read, or NULL */
	dlist_head	statements;		/* all BindsDriverStmt's */
	MyBatch    *closing;		/* to be closed when nothing is busy */
	int			nbound;			/* user variables that have values of ours */

	/* text of the statement to send; reused */
	char	   *text;
	size_t		text_length;
	size_t		text_size;
	size_t		max_packet;		/* the server takes no longer statement */

	/* session */
	BindsIsolation isolation;
	bool		strict;			/* innodb_snapshot_isolation of MariaDB */
	int			applied_lock_timeout;	/* s */
	bool		unlinked;		/* foreign keys are not looked at */
	bool		session_changed;	/* or may be: set it up before the next
									 * statement */
	bool		tracks;			/* the server says when somebody changes it */
	bool		rows_hide;		/* not at the end of rows */
	MyHidden	hidden;			/* what may not have been told */
	bool		shows_autocommit;	/* its status tells autocommit */
	bool		shows_transaction;	/* its status tells whether one is open */
	bool		confuses_names; /* it may name another one then */
	bool		named;			/* it has named one since the last set-up */
	bool		untold;			/* the tracking was touched: it may have
								 * missed something */
	bool		missed;			/* so it was found at the last set-up */
	int			nforeign;		/* variables that others have set */
	int			foreign_size;	/* allocated */
	char		(*foreign)[MY_NAME_LENGTH + 1];
	bool		foreign_left;	/* some cannot be set back: the connection is
								 * not used again */
	bool		role_suspect;	/* it may have another role */
	bool		tables_suspect; /* it may have more temporary tables */
	bool		has_temporary;	/* it has: it is not used like that after the
								 * transaction */
	bool		for_ddl;		/* it runs our own DDL, and nothing else */
	bool		own_tables;		/* it has temporary tables of ours just now */
	bool		suspect_before; /* tables_suspect, before they were made */
	char		real_table[MY_TABLE_LENGTH];	/* was none of them when last
												 * looked at */
	bool		rollback_on_timeout;	/* 1205 undoes the whole transaction */

	/* transaction */
	MyTransaction transaction;
	bool		branch_lost;	/* the server undid it; refuse all until
								 * rollback */
	bool		guarded;		/* a savepoint tells whether a CALL ends it */
	bool		left_writes;	/* a rollback has left some of what it wrote */
	char		xid[320];		/* as SQL: 'gtrid','bqual',formatID */
};

/* How the text of a result column becomes a value. */
typedef enum MyColumnKind
{
	MY_COLUMN_TEXT,
	MY_COLUMN_BLOB,
	MY_COLUMN_INTEGER,
	MY_COLUMN_REAL
} MyColumnKind;

struct BindsDriverStmt
{
	BindsDriverConn *conn;
	dlist_node	node;
	char	   *sql;
	size_t		sql_length;
	int			nplaces;
	int		   *places;
	int		   *params;
	int			nparams;
	char	   *table;			/* see BindsQuery */
	bool		writes;			/* to it */
	MyHidden	hides;			/* at the end of its rows */
	bool		given;			/* see BindsQuery, as of the next ones */
	bool		asks;			/* it is a question of the dialect */
	bool		bound;			/* the server finds the places */
	int			repeat_start;
	int			repeat_end;
	bool		calls;			/* may be a CALL */
	MyBatch    *batch;			/* of an INSERT of many rows, or NULL */
	MYSQL_STMT *described;		/* has told what columns there are, or NULL */

	MYSQL_RES  *result;			/* of the last execution, or NULL */
	int			ncolumns;
	int			columns_size;	/* allocated */
	MyColumnKind *columns;
};

/* How a call of the client library ended. */
typedef enum MyEnd
{
	MY_END_DONE,				/* came back; it may have failed */
	MY_END_INTERRUPTED,			/* still under way, an interrupt is pending */
	MY_END_TIMEOUT				/* still under way, the time is up */
} MyEnd;

#define MY_FOREVER (-1L)

/* the character set "binary" */
#define MY_BINARY_CHARSET 63

/* what the protocol adds to a statement's text, in bytes */
#define MY_PACKET_OVERHEAD 16

/*
 * Longest waits in ms: for the end of a statement that was killed; for ROLLBACK TO
 * SAVEPOINT; for all that belongs to a ROLLBACK, which closing the connection does as
 * well.
 */
#define MY_KILL_TIMEOUT 5000L
#define MY_ABORT_TIMEOUT 10000L
#define MY_ROLLBACK_TIMEOUT 1000L

/* as in mysql_dialect.h, whose headers and those of libmysqlclient have names in common */
extern const BindsDriver binds_mysql_driver;

/* ---- mysql_wait.c ---- */

/*
 * Until the next call with 0, all waits together last "ms" at most.  Returns false, and
 * changes nothing, if there is such a limit already.
 */
extern bool binds_mysql_limit(long ms);

/*
 * Run a call until its end, the timeout (ms, MY_FOREVER) or, if interruptible, an
 * interrupt.  *events is what it waits for if it is still under way.
 */
extern MyEnd binds_mysql_call(MyCall *call, bool interruptible, long timeout,
							  int *events);

/* Go on with one that is under way. */
extern MyEnd binds_mysql_continue(MyCall *call, bool interruptible, long timeout,
								  int *events);

/* Likewise, until it has a socket that is connected, or is at its end. */
extern MyEnd binds_mysql_continue_to_socket(MyCall *call, bool interruptible,
											long timeout, int *events);

/* Likewise wait until a socket is connected, or has failed to be. */
extern MyEnd binds_mysql_wait_connected(int fd, bool interruptible, long timeout);

/* Give up a call that is under way, and the connection with it. */
extern void binds_mysql_break(BindsDriverConn *conn, MyCall *call, int events);

/* Milliseconds since some moment. */
extern int64 binds_mysql_now(void);

/* ---- mysql_error.c ---- */

/* Fill error from what the client library says of the last call. */
extern void binds_mysql_error(BindsDriverConn *conn, BindsError *error);

/* The same from an error's number, SQLSTATE (or NULL) and words. */
extern void binds_mysql_error_of(BindsDriverConn *conn, int code, const char *sqlstate,
								 const char *message, BindsError *error);

/* The same while connecting. */
extern void binds_mysql_connect_error(MYSQL *mysql, BindsError *error);

/* Does an error of this number say that there is no connection, or none any more? */
extern bool binds_mysql_ends_connection(int code);

/* The connection is lost for a reason of ours. */
extern void binds_mysql_lost(BindsDriverConn *conn, BindsError *error, int sqlstate,
							 const char *message);

/* False, with an error, if the server has rolled the transaction back. */
extern bool binds_mysql_branch_lives(BindsDriverConn *conn, BindsError *error);

/* ---- mysql_connect.c ---- */

extern BindsDriverConn *binds_mysql_connect(const BindsConnectSpec *spec,
											BindsError *error);
extern void binds_mysql_disconnect(BindsDriverConn *conn, bool abandon);

/*
 * Stop what a connection executes, by a connection of its own; false if that cannot
 * be done in bounded time.
 */
extern bool binds_mysql_kill_query(BindsDriverConn *conn);

/* ---- mysql_account.c ---- */

/* The driver's member "asks_password". */
extern bool binds_mysql_asks_password(BindsDriverConn *conn);

/* ---- mysql_driver.c ---- */

/*
 * Execute a statement without parameters and throw its rows away.  timeout: ms, or
 * MY_FOREVER; at the timeout the connection is given up.
 */
extern bool binds_mysql_simple(BindsDriverConn *conn, const char *sql,
							   bool interruptible, long timeout, BindsError *error);

/*
 * Run a QUERY or NEXT call to its end.  At an interrupt the server is told to stop,
 * and the connection stays in step; a statement that came to its end all the same
 * counts as done.
 */
extern bool binds_mysql_run_call(BindsDriverConn *conn, MyCall *call,
								 bool interruptible, long timeout,
								 BindsError *error);

/* Let go of what the server has prepared for the statements of a connection. */
extern void binds_mysql_unprepare(BindsDriverConn *conn);

/* Free all statements of a connection, without a word to the server. */
extern void binds_mysql_free_statements(BindsDriverConn *conn);

/*
 * A KILL that comes after the end of its statement hits the next one: let that be one
 * that does nothing.  What the client library knows of the statement before is lost by it.
 */
extern void binds_mysql_swallow_kill(BindsDriverConn *conn);

/* Send the text that was built and wait for the answer. */
extern bool binds_mysql_send_text(BindsDriverConn *conn, BindsError *error);

/* May a statement be sent now?  table: see BindsQuery. */
extern bool binds_mysql_ready(BindsDriverConn *conn, const char *table,
							  BindsError *error);

/* ---- mysql_bound.c ---- */

/* Send a statement that is "bound", with its values. */
extern bool binds_mysql_send_bound(BindsDriverStmt *stmt, const BindsValue *values,
								   BindsError *error);

/* ---- mysql_describe.c ---- */

/* The driver's members "describe" and "column_type". */
extern bool binds_mysql_describe(BindsDriverStmt *stmt, BindsError *error);
extern void binds_mysql_column_type(BindsDriverStmt *stmt, int column,
									BindsColumnType *type);
extern void binds_mysql_describe_free(BindsDriverStmt *stmt);

/* ---- mysql_session.c ---- */

/* Make the session of a new connection ours. */
extern bool binds_mysql_set_up_session(BindsDriverConn *conn, BindsError *error);

/*
 * Have the server forget all that was set in the session, and made in it for the time that it
 * lasts, and make it ours anew.  False if that cannot be done: it must not be used any more.
 */
extern bool binds_mysql_reset_session(BindsDriverConn *conn);

/* The session may have been changed by the last statement. */
extern void binds_mysql_note_change(BindsDriverConn *conn);

/* The rows of a statement have come to their end. */
extern void binds_mysql_note_end_of_rows(BindsDriverStmt *stmt);

/* Before a statement: hear what was not read at the end of rows, if it may matter. */
extern bool binds_mysql_hear(BindsDriverConn *conn, bool writes, BindsError *error);

/* Note what the last answer of the server says of the session. */
extern void binds_mysql_note_session(BindsDriverConn *conn);

/* Does the last answer name variables that were set? */
extern bool binds_mysql_says_variables(BindsDriverConn *conn);

/* Set the session up again if somebody has changed it. */
extern bool binds_mysql_restore_session(BindsDriverConn *conn, BindsError *error);

/* After a statement that has inserted so many rows: what has it done to the session? */
extern bool binds_mysql_note_rows(BindsDriverConn *conn, int nrows,
								  BindsOutcome *outcome, BindsError *error);

/* Tell the server how long to wait for locks, and the level, if that changed. */
extern bool binds_mysql_apply_lock_timeout(BindsDriverConn *conn, BindsError *error);

/* Have foreign keys looked at, or not, from the next statement on. */
extern bool binds_mysql_keep_references(BindsDriverConn *conn, bool keep,
										BindsError *error);

/* The level of the transactions that follow. */
extern bool binds_mysql_set_isolation(BindsDriverConn *conn, BindsIsolation isolation,
									  bool strict, BindsError *error);

/* ---- mysql_temporary.c ---- */

/*
 * Outside of a transaction: be rid of temporary tables of what came before.  If that can only
 * be done with another connection false, as if this one were lost.
 */
extern bool binds_mysql_leave_temporary(BindsDriverConn *conn, BindsError *error);

/* After a statement of others, that may have called a function. */
extern void binds_mysql_note_given(BindsDriverConn *conn);

/* The same as leave_temporary, without an error. */
extern bool binds_mysql_left_temporary(BindsDriverConn *conn);

/* Before a statement on a table: false, with an error, if it is a temporary one. */
extern bool binds_mysql_check_table(BindsDriverConn *conn, const char *table,
									BindsError *error);

/* ---- mysql_role.c ---- */

/* Append to a SET that is sent first what notes the role of the session; %s: the mark, twice. */
#define MY_NOTE_ROLE \
	"/*M! , @binds_role_%s = CURRENT_ROLE() */ /*!80017 , @binds_role_%s = CURRENT_ROLE() */"

/*
 * See that the session has that role; *changed tells if it had another.  A role that cannot
 * be set is as any that must not be used.
 */
extern bool binds_mysql_restore_role(BindsDriverConn *conn, bool *changed,
									 BindsError *error);

/* Before a question to the catalog: the same, if there is a reason. */
extern bool binds_mysql_ready_to_ask(BindsDriverConn *conn, BindsError *error);

/* ---- mysql_rows.c ---- */

/* A SELECT was executed: get ready to fetch. */
extern bool binds_mysql_begin_rows(BindsDriverStmt *stmt, BindsOutcome *outcome,
								   BindsError *error);

/*
 * Execute a statement and give each of its rows, of so many columns, to "take", after "to".
 */
extern bool binds_mysql_each_row(BindsDriverConn *conn, const char *sql, unsigned ncolumns,
								 void (*take) (void *to, MYSQL_ROW row), void *to,
								 BindsError *error);

/* The same, interruptible or not. */
extern bool binds_mysql_ask(BindsDriverConn *conn, const char *sql, unsigned ncolumns,
							void (*take) (void *to, MYSQL_ROW row), void *to,
							bool interruptible, BindsError *error);

/*
 * Add to an outcome what the server says of rows and keys; false, with 08P01, if it cannot
 * be.
 */
extern bool binds_mysql_count(BindsDriverConn *conn, BindsOutcome *outcome,
							  uint64 affected, uint64 generated_key, BindsError *error);

/* The driver's member "fetch". */
extern BindsFetch binds_mysql_fetch(BindsDriverStmt *stmt, BindsValue *row,
									BindsError *error);

/* Free the result; all its rows were read, or nothing can be read any more. */
extern void binds_mysql_free_rows(BindsDriverStmt *stmt);

/* Give up the unread rows of the connection, if any; false if that breaks it. */
extern bool binds_mysql_clear(BindsDriverConn *conn);

/* A call that fetches the next row. */
extern void binds_mysql_init_fetch(MyCall *call, BindsDriverConn *conn,
								   MYSQL_RES *result);

/*
 * Read and forget rows until their end, or for "timeout" ms.  Returns true at the end, be
 * it an error of the server.  *events: what the call waits for, 0 if it is not yet begun;
 * at the timeout it may be under way.
 */
extern bool binds_mysql_give_up_rows(MyCall *call, int *events, long timeout);

/*
 * Read all that is left of what a statement gave: its rows, if "fresh" (nobody has taken
 * them), and further results of a procedure.  False if one of them is an error.
 */
extern bool binds_mysql_take_results(BindsDriverConn *conn, bool fresh,
									 bool interruptible, BindsError *error);

/* ---- mysql_refused_key.c ---- */

/* If an error says that a foreign key is refused, find out why. */
extern void binds_mysql_explain_key(BindsDriverConn *conn, BindsError *error);

/* ---- mysql_text.c ---- */

/* Append the bytes [from, to) of a statement, values in the places of its '?'. */
extern bool binds_mysql_append_range(BindsDriverStmt *stmt, size_t from, size_t to,
									 const BindsValue *values, BindsError *error);
extern bool binds_mysql_append_bytes(BindsDriverConn *conn, const char *data,
									 size_t length, BindsError *error);
extern bool binds_mysql_append_literal(BindsDriverConn *conn, const BindsValue *value,
									   BindsError *error);

/* Do not keep what one large value needed. */
extern void binds_mysql_release_text(BindsDriverConn *conn);

/* Fill an error and return false. */
extern bool binds_mysql_too_long(BindsDriverConn *conn, size_t length,
								 BindsError *error);
extern bool binds_mysql_no_memory(BindsError *error);

/* ---- mysql_batch.c ---- */

/*
 * Insert the first rows of a batch by a prepared statement, as long as a packet is
 * no longer than "limit"; returns how many, -1 on an error.
 */
extern int	binds_mysql_batch(BindsDriverConn *conn, MyBatch **batch,
							  const BindsQuery *query, const BindsValue *values,
							  int nrows, size_t limit, BindsOutcome *outcome,
							  BindsError *error);
extern void binds_mysql_batch_free(BindsDriverConn *conn, MyBatch *batch);
extern void binds_mysql_batch_close(BindsDriverConn *conn);

/* ---- mysql_transaction.c ---- */

extern bool binds_mysql_begin(BindsDriverConn *conn, const BindsBegin *begin,
							  BindsError *error);
extern bool binds_mysql_savepoint(BindsDriverConn *conn, int level, BindsError *error);
extern bool binds_mysql_release(BindsDriverConn *conn, int level, BindsError *error);
extern bool binds_mysql_rollback_to(BindsDriverConn *conn, int level,
									BindsError *error);
extern bool binds_mysql_vote(BindsDriverConn *conn, BindsError *error);
extern bool binds_mysql_commit(BindsDriverConn *conn, bool voted, BindsError *error);
extern bool binds_mysql_rollback(BindsDriverConn *conn, bool voted);
extern bool binds_mysql_in_transaction(BindsDriverConn *conn);
extern bool binds_mysql_left_writes(BindsDriverConn *conn);

/* Before a CALL, which may end a plain transaction. */
extern bool binds_mysql_guard(BindsDriverConn *conn, BindsError *error);

/* After a statement and all its results: false, with an error, if it did. */
extern bool binds_mysql_end_statement(BindsDriverConn *conn, BindsError *error);

/* what to do about a server that cannot be reached */
#define MY_REACH_HINT \
	"Is the server running? Look at host, port and unix_socket in the URL of the bind: localhost means the socket, unless a port is given."

#endif							/* BINDS_MYSQL_DRIVER_H */
