/*
 * sqlite_driver.h
 *	  What the files of the SQLite driver share: its structs and sqlite3.h.
 *
 * Only the driver's own files include this.  Nothing declared here throws.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SQLITE_DRIVER_H
#define BINDS_SQLITE_DRIVER_H

#include <sqlite3.h>

#include "dialect/driver.h"
#include "portability/instr_time.h"

/* What the authorizer saw of PRAGMAs in the statement prepared last. */
typedef enum BindsPragma
{
	BINDS_PRAGMA_DENIED,		/* nothing is being prepared: what writes is
								 * denied */
	BINDS_PRAGMA_NONE,
	BINDS_PRAGMA_SHOWS,			/* shows a setting, or what its argument names */
	BINDS_PRAGMA_WRITES,
	BINDS_PRAGMA_LATE			/* to be prepared again when it is executed */
} BindsPragma;

struct BindsDriverConn
{
	sqlite3    *db;
	char	   *path;			/* of the file, as SQLite resolved it */
	char		journal_mode[12];	/* for a new file */
	bool		exclusive;		/* keeps the file's lock from the first access
								 * on */
	bool		fresh;			/* the file was empty: journal_mode is to be
								 * set */
	int			lock_timeout;	/* ms */
	BindsEngineInfo info;
	bool		begun;			/* the branch believes a transaction is open */
	bool		own;			/* a statement of the driver itself:
								 * transaction statements and PRAGMAs are
								 * allowed */
	BindsPragma pragma;
	bool		trusts_schema;	/* with TRUSTED_SCHEMA, for the sake of JSON */
	bool		denied_pragma;	/* what the authorizer was asked last */
	const char *missing_collation;	/* that the last step has compared by;
									 * NULL */
	bool		gave_way;		/* a handler stopped SQLite for an interrupt */
	bool		works_long;		/* the progress handler was called in this
								 * step, */
	instr_time	long_since;		/* for the first time then */
	uint64		longest;		/* bytes that a value may have */
	char	   *target;			/* what the statement prepared last changes
								 * itself, malloc'ed; NULL: nothing */
	instr_time	wait_start;		/* of the lock wait going on */
	BindsDriverStmt *statements;
};

typedef enum StmtState
{
	STMT_IDLE,
	STMT_ROW_READY,				/* stepped to a row that was not fetched yet */
	STMT_RUNNING,				/* between rows */
	STMT_DONE,
	STMT_CUT_OFF				/* reset by a rollback underneath */
} StmtState;

struct BindsDriverStmt
{
	BindsDriverConn *conn;
	sqlite3_stmt *stmt;
	StmtState	state;
	bool		readonly;
	BindsPragma pragma;
	int64		used;			/* bytes of memory in this execution */
	bool		view;			/* it changes a view: no rows are counted */
	int			nplaces;
	int			nparams;
	int		   *params;			/* for each place: index of its value */
	BindsDriverStmt *prev,
			   *next;
};

/* sqlite_connect.c: members of the driver, see driver.h */
extern BindsDriverConn *binds_sqlite_connect(const BindsConnectSpec *spec,
											 BindsError *error);
extern void binds_sqlite_disconnect(BindsDriverConn *conn, bool abandon);
extern bool binds_sqlite_ping(BindsDriverConn *conn, BindsError *error);
extern bool binds_sqlite_alive(BindsDriverConn *conn);
extern const BindsEngineInfo *binds_sqlite_info(BindsDriverConn *conn);
extern bool binds_sqlite_keep_references(BindsDriverConn *conn, bool keep,
										 BindsError *error);

/* sqlite_connect.c: how long values may be */
extern void binds_sqlite_limit_length(BindsDriverConn *conn);
extern void binds_sqlite_add_length(BindsDriverConn *conn, uint64 length);

/*
 * sqlite_driver.c: run statements of the driver itself, which the authorizer lets
 * through.
 */
extern bool binds_sqlite_run_own(BindsDriverConn *conn, const char *sql,
								 BindsError *error);

/* sqlite_schema.c */
extern bool binds_sqlite_prepare_schema(BindsDriverConn *conn, BindsError *error);
extern bool binds_sqlite_schema_reads(BindsDriverConn *conn, const char *table);
extern int	binds_sqlite_step(BindsDriverConn *conn, sqlite3_stmt *stmt, int64 *used);
extern char *binds_sqlite_quote_names(const char *sql);

/*
 * sqlite_target.c: after a statement was prepared, see what it changes: see that a
 * conflict is an error, if that is asked for, and whether its rows will be counted.
 */
extern void binds_sqlite_note_target(BindsDriverConn *conn, const char *table);
extern bool binds_sqlite_look_at_target(BindsDriverStmt *stmt, const BindsQuery *query,
										BindsError *error);

/*
 * sqlite_interrupt.c: what stops SQLite where its progress handler is not called.  A
 * value of BINDS_SQLITE_LONG bytes takes some time to be made.
 */
#define BINDS_SQLITE_LONG (1024 * 1024)

extern void binds_sqlite_watch_memory(void);
extern void binds_sqlite_work(BindsDriverConn *conn, int64 *used, int size);
extern void binds_sqlite_rest(void);
extern void binds_sqlite_give_back(BindsDriverConn *conn);
extern bool binds_sqlite_limit_functions(BindsDriverConn *conn, BindsError *error);

/* sqlite_values.c: make the SQL functions of our connections known. */
extern bool binds_sqlite_create_functions(BindsDriverConn *conn,
										  BindsError *error);

/*
 * sqlite_error.c: copy what SQLite says about its last error, rc being what it
 * returned, and find out what became of the transaction.
 */
extern void binds_sqlite_fill_error(BindsDriverConn *conn, int rc,
									BindsError *error);

#endif							/* BINDS_SQLITE_DRIVER_H */
