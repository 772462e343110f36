/*
 * mysql_transaction.c
 *	  Transactions of MySQL and MariaDB: XA branches and plain ones.
 *
 * A branch that may write is an XA branch from its start, since after a deadlock the
 * server leaves a plain transaction and would commit the next statement by itself, while
 * an XA branch refuses everything.  Where there is no XA (Galera) a plain transaction
 * is used, and binds_mysql_ready refuses instead.  It says NO CHAIN and NO RELEASE at its
 * end, which completion_type could turn round.
 *
 * The names of savepoints have a random part: one that a procedure sets would replace that
 * of its name.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

/* what the server warns of when a table has no transactions */
#define MY_LEFT_WRITES 1196

static bool has_left_writes(BindsDriverConn *conn);
static void note_left_writes(void *to, MYSQL_ROW row);
static void append_xid_part(char **to, const char *part);
static bool xa(BindsDriverConn *conn, const char *verb, const char *suffix,
			   bool interruptible, long timeout, BindsError *error);
static bool roll_back(BindsDriverConn *conn);
static bool end_xa(BindsDriverConn *conn, BindsError *error);
static bool savepoint_step(BindsDriverConn *conn, const char *verb, int level,
						   bool interruptible, BindsError *error);
static bool guard_step(BindsDriverConn *conn, const char *verb, BindsError *error);
static void forget(BindsDriverConn *conn);

bool
binds_mysql_begin(BindsDriverConn *conn, const BindsBegin *begin, BindsError *error)
{
	BindsIsolation isolation = begin->isolation == BINDS_ISOLATION_DEFAULT ?
		BINDS_ISOLATION_REPEATABLE_READ : begin->isolation;
	const char *sql;
	char	   *to = conn->xid;

	conn->left_writes = false;
	if (!binds_mysql_hear(conn, begin->kind == BINDS_BEGIN_WRITE, error) ||
		!binds_mysql_restore_session(conn, error) ||
		!binds_mysql_leave_temporary(conn, error) ||
		!binds_mysql_set_isolation(conn, isolation, begin->strict, error) ||
		!binds_mysql_apply_lock_timeout(conn, error))
		return false;

	if (begin->kind == BINDS_BEGIN_WRITE && begin->two_phase)
	{
		append_xid_part(&to, begin->gtrid);
		*to++ = ',';
		append_xid_part(&to, begin->bqual);
		sprintf(to, ",%d", MY_XA_FORMAT);
		if (!xa(conn, "START", "", true, MY_FOREVER, error))
			return false;
		conn->transaction = MY_XA_ACTIVE;
		return true;
	}

	if (begin->kind == BINDS_BEGIN_WRITE)
		sql = "START TRANSACTION";
	else if (isolation == BINDS_ISOLATION_REPEATABLE_READ)
		sql = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
	else
		sql = "START TRANSACTION READ ONLY";
	if (!binds_mysql_simple(conn, sql, true, MY_FOREVER, error))
		return false;
	conn->transaction = MY_PLAIN;
	conn->shows_transaction =
		(conn->mysql->server_status & SERVER_STATUS_IN_TRANS) != 0;
	return true;
}

bool
binds_mysql_savepoint(BindsDriverConn *conn, int level, BindsError *error)
{
	return savepoint_step(conn, "SAVEPOINT", level, true, error);
}

bool
binds_mysql_release(BindsDriverConn *conn, int level, BindsError *error)
{
	return savepoint_step(conn, "RELEASE SAVEPOINT", level, true, error);
}

/*
 * Called in aborts: waits for a bounded time, deaf to interrupts.
 */
bool
binds_mysql_rollback_to(BindsDriverConn *conn, int level, BindsError *error)
{
	if (!savepoint_step(conn, "ROLLBACK TO SAVEPOINT", level, false, error))
		return false;
	conn->left_writes |= has_left_writes(conn);
	return true;
}

bool
binds_mysql_vote(BindsDriverConn *conn, BindsError *error)
{
	if (conn->transaction != MY_XA_ACTIVE && conn->transaction != MY_XA_ENDED)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_INVALID_TRANSACTION_STATE,
						0, "there is no XA transaction to prepare");
		return false;
	}
	if (!end_xa(conn, error) || !xa(conn, "PREPARE", "", true, MY_FOREVER, error))
		return false;
	conn->transaction = MY_XA_PREPARED;
	return true;
}

/*
 * If the reply to the last step is lost nobody knows the outcome: 08007.
 */
bool
binds_mysql_commit(BindsDriverConn *conn, bool voted, BindsError *error)
{
	bool		done;

	if (!binds_mysql_clear(conn))
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server");
		return false;
	}
	switch (conn->transaction)
	{
		case MY_NO_TRANSACTION:
			return true;
		case MY_PLAIN:
			done = binds_mysql_simple(conn, "COMMIT AND NO CHAIN NO RELEASE", true,
									  MY_FOREVER, error);
			break;
		case MY_XA_ACTIVE:
		case MY_XA_ENDED:
			if (!end_xa(conn, error))
				return false;
			done = xa(conn, "COMMIT", " ONE PHASE", true, MY_FOREVER, error);
			break;
		default:
			done = xa(conn, "COMMIT", "", false, MY_ABORT_TIMEOUT, error);
			break;
	}
	if (done)
		forget(conn);
	else if (error->kind == BINDS_ERROR_CONNECTION_LOST)
		error->sqlstate = ERRCODE_TRANSACTION_RESOLUTION_UNKNOWN;
	return done;
}

/*
 * Roll back, in a second at most: closing the connection, which follows a failure, does
 * the same.
 *
 * An error of XA END is no reason to stop: a branch that the server has rolled back
 * says so there, and wants XA ROLLBACK all the same.
 */
bool
binds_mysql_rollback(BindsDriverConn *conn, bool voted)
{
	bool		limited = binds_mysql_limit(MY_ROLLBACK_TIMEOUT);
	bool		done = roll_back(conn);

	if (limited)
		(void) binds_mysql_limit(0);
	return done;
}

static bool
roll_back(BindsDriverConn *conn)
{
	BindsError	error;
	bool		done = true;

	/* the statements in here shall not be refused */
	conn->branch_lost = false;
	if (!binds_mysql_clear(conn))
		return false;
	switch (conn->transaction)
	{
		case MY_NO_TRANSACTION:
			return true;
		case MY_PLAIN:
			done = binds_mysql_simple(conn, "ROLLBACK AND NO CHAIN NO RELEASE", false,
									  MY_ABORT_TIMEOUT, &error);
			conn->left_writes = done && has_left_writes(conn);
			break;
		case MY_XA_ACTIVE:
			(void) xa(conn, "END", "", false, MY_ABORT_TIMEOUT, &error);
			/* FALLTHROUGH */
		case MY_XA_ENDED:
		case MY_XA_PREPARED:
			if (conn->broken)
				return false;
			done = xa(conn, "ROLLBACK", "", false, MY_ABORT_TIMEOUT, &error);
			conn->left_writes = done && has_left_writes(conn);

			/* rolled back by the server, with nothing left to do */
			if (!done && !conn->broken && (error.code == 1402 || error.code == 1614 ||
										   error.code == 1613))
				done = true;
			break;
	}
	if (done)
		forget(conn);
	return done;
}

bool
binds_mysql_in_transaction(BindsDriverConn *conn)
{
	if (conn->broken)
		return false;
	if (conn->transaction > MY_PLAIN)
		return !conn->branch_lost;
	return (conn->mysql->server_status & SERVER_STATUS_IN_TRANS) != 0;
}

/*
 * Of a rollback that leaves something the server warns.  What it tracks of a transaction
 * would say so at the first write, but its flag in the packet at the end of rows, of which
 * libmariadb reads no more, means a changed variable for us.
 */
bool
binds_mysql_left_writes(BindsDriverConn *conn)
{
	return conn->left_writes;
}

/* After a rollback.  Of temporary tables that stay MySQL warns, too. */
static bool
has_left_writes(BindsDriverConn *conn)
{
	BindsError	error;
	bool		found = false;

	return mysql_warning_count(conn->mysql) > 0 &&
		(!binds_mysql_ask(conn, "SHOW WARNINGS", 2, note_left_writes, &found, false,
						  &error) || found);
}

static void
note_left_writes(void *to, MYSQL_ROW row)
{
	*(bool *) to |= row[1] != NULL && atoi(row[1]) == MY_LEFT_WRITES;
}

/*
 * Before a CALL: a procedure may end a plain transaction, and begin another one, which
 * nothing would tell afterwards but a savepoint that is gone.  In an XA branch nothing
 * but the branch's own verbs ends it.
 */
bool
binds_mysql_guard(BindsDriverConn *conn, BindsError *error)
{
	if (conn->transaction != MY_PLAIN)
		return true;
	conn->guarded = guard_step(conn, "SAVEPOINT", error);
	return conn->guarded;
}

/*
 * After a statement of the core or of a user, and all its results: has it ended the
 * transaction?
 */
bool
binds_mysql_end_statement(BindsDriverConn *conn, BindsError *error)
{
	if (conn->transaction != MY_PLAIN)
		return true;
	if (conn->guarded)
	{
		conn->guarded = false;
		if (guard_step(conn, "RELEASE SAVEPOINT", error))
			return true;
		if (error->kind != BINDS_ERROR_STATEMENT)
			return false;
	}
	else if (!conn->shows_transaction ||
			 (conn->mysql->server_status & SERVER_STATUS_IN_TRANS))
		return true;
	conn->branch_lost = true;
	/* it may have locked what no end of a transaction unlocks */
	conn->foreign_left = true;
	binds_error_set(error, BINDS_ERROR_BRANCH_LOST,
					ERRCODE_INVALID_TRANSACTION_TERMINATION, 0,
					"the statement has ended the transaction of the server");
	error->branch_lost = true;
	return false;
}

/* A part of a global id as a literal, 64 bytes at most. */
static void
append_xid_part(char **to, const char *part)
{
	char	   *out = *to;

	*out++ = '\'';
	for (int i = 0; part != NULL && part[i] != '\0' && i < 64; i++)
	{
		if (part[i] == '\'')
			*out++ = '\'';
		*out++ = part[i];
	}
	*out++ = '\'';
	*to = out;
}

/* "XA <verb> <xid><suffix>" */
static bool
xa(BindsDriverConn *conn, const char *verb, const char *suffix, bool interruptible,
   long timeout, BindsError *error)
{
	char		sql[sizeof(conn->xid) + 32];

	snprintf(sql, sizeof(sql), "XA %s %s%s", verb, conn->xid, suffix);
	return binds_mysql_simple(conn, sql, interruptible, timeout, error);
}

static bool
end_xa(BindsDriverConn *conn, BindsError *error)
{
	if (conn->transaction == MY_XA_ENDED)
		return true;
	if (!xa(conn, "END", "", true, MY_FOREVER, error))
		return false;
	conn->transaction = MY_XA_ENDED;
	return true;
}

static bool
savepoint_step(BindsDriverConn *conn, const char *verb, int level, bool interruptible,
			   BindsError *error)
{
	char		sql[80];

	if (!binds_mysql_clear(conn))
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server");
		return false;
	}
	if (!binds_mysql_branch_lives(conn, error))
		return false;
	snprintf(sql, sizeof(sql), "%s s%d_%s", verb, level, conn->mark);
	return binds_mysql_simple(conn, sql, interruptible,
							  interruptible ? MY_FOREVER : MY_ABORT_TIMEOUT, error);
}

static bool
guard_step(BindsDriverConn *conn, const char *verb, BindsError *error)
{
	char		sql[80];

	snprintf(sql, sizeof(sql), "%s guard_%s", verb, conn->mark);
	return binds_mysql_simple(conn, sql, true, MY_FOREVER, error);
}

static void
forget(BindsDriverConn *conn)
{
	conn->transaction = MY_NO_TRANSACTION;
	conn->branch_lost = false;
	conn->guarded = false;
	conn->xid[0] = '\0';
}
