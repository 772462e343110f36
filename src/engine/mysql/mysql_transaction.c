/*
 * mysql_transaction.c
 *	  Transactions of MySQL and MariaDB: XA branches and plain ones.
 *
 * A branch that may write is an XA branch from its start, since after a deadlock the
 * server leaves a plain transaction and would commit the next statement by itself, while
 * an XA branch refuses everything.  Where there is no XA (Galera) a plain transaction
 * is used, and ready_to_send in mysql_driver.c refuses instead.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

static bool set_isolation(BindsDriverConn *conn, BindsIsolation isolation,
						  BindsError *error);
static void append_xid_part(char **to, const char *part);
static bool xa(BindsDriverConn *conn, const char *verb, const char *suffix,
			   bool interruptible, long timeout, BindsError *error);
static bool roll_back(BindsDriverConn *conn);
static bool roll_back(BindsDriverConn *conn);
static bool end_xa(BindsDriverConn *conn, BindsError *error);
static bool savepoint_step(BindsDriverConn *conn, const char *verb, int level,
						   bool interruptible, BindsError *error);
static void forget(BindsDriverConn *conn);

bool
binds_mysql_begin(BindsDriverConn *conn, const BindsBegin *begin, BindsError *error)
{
	BindsIsolation isolation = begin->isolation == BINDS_ISOLATION_DEFAULT ?
	BINDS_ISOLATION_REPEATABLE_READ : begin->isolation;
	const char *sql;
	char	   *to = conn->xid;

	if (!set_isolation(conn, isolation, error) ||
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
	return savepoint_step(conn, "ROLLBACK TO SAVEPOINT", level, false, error);
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
			done = binds_mysql_simple(conn, "COMMIT", true, MY_FOREVER, error);
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
			done = binds_mysql_simple(conn, "ROLLBACK", false, MY_ABORT_TIMEOUT, &error);
			break;
		case MY_XA_ACTIVE:
			(void) xa(conn, "END", "", false, MY_ABORT_TIMEOUT, &error);
			/* FALLTHROUGH */
		case MY_XA_ENDED:
		case MY_XA_PREPARED:
			if (conn->broken)
				return false;
			done = xa(conn, "ROLLBACK", "", false, MY_ABORT_TIMEOUT, &error);

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
 * The session's isolation level, if it is another one now.  It holds for all following
 * transactions, so most begin without this round trip.
 */
static bool
set_isolation(BindsDriverConn *conn, BindsIsolation isolation, BindsError *error)
{
	static const char *const names[] = {
		[BINDS_ISOLATION_DEFAULT] = "REPEATABLE READ",
		[BINDS_ISOLATION_READ_UNCOMMITTED] = "READ UNCOMMITTED",
		[BINDS_ISOLATION_READ_COMMITTED] = "READ COMMITTED",
		[BINDS_ISOLATION_REPEATABLE_READ] = "REPEATABLE READ",
		[BINDS_ISOLATION_SERIALIZABLE] = "SERIALIZABLE"
	};
	char		sql[80];

	if (isolation == conn->isolation)
		return true;
	snprintf(sql, sizeof(sql), "SET SESSION TRANSACTION ISOLATION LEVEL %s",
			 names[isolation]);
	if (!binds_mysql_simple(conn, sql, true, MY_FOREVER, error))
		return false;
	conn->isolation = isolation;
	return true;
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
	char		sql[64];

	if (!binds_mysql_clear(conn))
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server");
		return false;
	}
	if (!binds_mysql_branch_lives(conn, error))
		return false;
	snprintf(sql, sizeof(sql), "%s s%d", verb, level);
	return binds_mysql_simple(conn, sql, interruptible,
							  interruptible ? MY_FOREVER : MY_ABORT_TIMEOUT, error);
}

static void
forget(BindsDriverConn *conn)
{
	conn->transaction = MY_NO_TRANSACTION;
	conn->branch_lost = false;
	conn->xid[0] = '\0';
}
