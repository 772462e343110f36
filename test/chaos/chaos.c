/*
 * chaos.c
 *	  Count the calls of drivers, and let one of them fail.
 *
 * binds_chaos_arm(n, fault): the n-th call from now on meets the fault:
 *	statement	it fails, nothing is done
 *	branch		it fails, and the engine throws its transaction away
 *	connection	it fails, the connection is lost before anything is done
 *	reply		it is done, then the connection is lost
 *	interrupted	a cancel comes, and the call fails with it
 *	cancel		a cancel comes, and the real driver has to cope with it
 *	close		the connection goes away, and the real driver has to cope with it
 *	late		it is done, but answers when statement_timeout is over
 * binds_chaos_report(): ends that; "calls=n fired=MEMBER misuse=MEMBER".
 *
 * A connection that was reported as lost must not be used any more: that is a misuse; so
 * is a session whose interrupts stay held, for nobody could cancel it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <signal.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "chaos.h"

#define ERRCODE_CHAOS MAKE_SQLSTATE('C', 'H', '0', '0', '1')
#define MAX_LOST 64

typedef enum Fault
{
	FAULT_NONE,
	FAULT_STATEMENT,
	FAULT_BRANCH,
	FAULT_CONNECTION,
	FAULT_REPLY,
	FAULT_INTERRUPTED,
	FAULT_CANCEL,
	FAULT_CLOSE,
	FAULT_LATE
} Fault;

static const char *const fault_names[] = {
	"none", "statement", "branch", "connection", "reply", "interrupted", "cancel",
	"close", "late"
};

static Fault armed = FAULT_NONE;
static int	calls = 0;
static int	fatal_call = 0;
static const char *fired = "";
static const char *misuse = "";
static const BindsDriverConn *lost[MAX_LOST];

static void check_holds(const char *member);

PG_FUNCTION_INFO_V1(binds_chaos_arm);
PG_FUNCTION_INFO_V1(binds_chaos_report);

PGDLLEXPORT Datum
binds_chaos_arm(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(1));

	armed = FAULT_NONE;
	for (int i = 0; i < (int) lengthof(fault_names); i++)
	{
		if (strcmp(name, fault_names[i]) == 0)
			armed = (Fault) i;
	}
	if (armed == FAULT_NONE && strcmp(name, "none") != 0)
		elog(ERROR, "there is no fault \"%s\"", name);
	fatal_call = PG_GETARG_INT32(0);
	calls = 0;
	fired = misuse = "";
	PG_RETURN_VOID();
}

PGDLLEXPORT Datum
binds_chaos_report(PG_FUNCTION_ARGS)
{
	text	   *result;

	check_holds("report");
	result = cstring_to_text(psprintf("calls=%d fired=%s misuse=%s", calls, fired, misuse));
	armed = FAULT_NONE;
	PG_RETURN_TEXT_P(result);
}

/* ------------------------------------------------------------------------
 * Lost connections
 * ------------------------------------------------------------------------ */

static void
note_lost(const BindsDriverConn *conn)
{
	for (int i = 0; i < MAX_LOST; i++)
	{
		if (lost[i] == NULL)
		{
			lost[i] = conn;
			return;
		}
	}
}

static void
forget_lost(const BindsDriverConn *conn)
{
	for (int i = 0; i < MAX_LOST; i++)
	{
		if (lost[i] == conn)
			lost[i] = NULL;
	}
}

/* Both engines' statements begin with their connection. */
static BindsDriverConn *
conn_of(BindsDriverStmt *stmt)
{
	return *(BindsDriverConn **) stmt;
}

/* ------------------------------------------------------------------------
 * Faults
 * ------------------------------------------------------------------------ */

/*
 * Until after statement_timeout.  Signals are served, but do not end it: the engine does
 * not hear of them.
 */
static void
be_late(void)
{
	TimestampTz begun = GetCurrentTimestamp();

	while (!TimestampDifferenceExceeds(begun, GetCurrentTimestamp(),
									   StatementTimeout + 50))
		pg_usleep(1000L);
}

/* More holds on interrupts than there can be: one too many was given back. */
static void
check_holds(const char *member)
{
	if (InterruptHoldoffCount > PG_INT32_MAX || QueryCancelHoldoffCount > PG_INT32_MAX)
		misuse = member;
}

/* Count a call; which fault does it meet?  member: its name. */
static Fault
next_call(const BindsDriverConn *conn, const char *member)
{
	for (int i = 0; i < MAX_LOST && conn != NULL; i++)
	{
		if (lost[i] == conn)
			misuse = member;
	}
	check_holds(member);
	if (++calls != fatal_call || armed == FAULT_NONE)
		return FAULT_NONE;
	fired = member;
	return armed;
}

static void
fail_lost(const ChaosEngine *engine, BindsDriverConn *conn, BindsError *error)
{
	bool		open = engine->real->in_transaction(conn);

	engine->cut(conn);
	note_lost(conn);
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, ERRCODE_CONNECTION_FAILURE, 0,
					"chaos took the connection");
	error->branch_lost = open;
}

/*
 * Meet a fault before the call is made.  Returns true if it is not to be made: "error" is
 * filled.
 */
static bool
before(const ChaosEngine *engine, BindsDriverConn *conn, Fault fault, BindsError *error)
{
	switch (fault)
	{
		case FAULT_NONE:
		case FAULT_REPLY:
		case FAULT_LATE:
			return false;
		case FAULT_BRANCH:
			if (engine->real->in_transaction(conn))
			{
				engine->undo(conn);
				binds_error_set(error, BINDS_ERROR_BRANCH_LOST,
								ERRCODE_T_R_SERIALIZATION_FAILURE, 0,
								"chaos undid the transaction");
				error->branch_lost = true;
				return true;
			}
			/* FALLTHROUGH */
		case FAULT_STATEMENT:
			binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_CHAOS, 0,
							"chaos failed the call");
			return true;
		case FAULT_CONNECTION:
			fail_lost(engine, conn, error);
			return true;
		case FAULT_INTERRUPTED:
			(void) raise(SIGINT);
			/* while interrupts are held a driver does not give way */
			if (!binds_wait_interrupted())
				return false;
			binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED, 0,
							"chaos interrupted the call");
			return true;
		case FAULT_CANCEL:
			(void) raise(SIGINT);
			return false;
		case FAULT_CLOSE:
			engine->cut(conn);
			return false;
	}
	return false;
}

/* The call was made: does its reply get lost, or come late? */
static bool
after(const ChaosEngine *engine, BindsDriverConn *conn, Fault fault, bool done,
	  BindsError *error)
{
	if (fault == FAULT_REPLY && done)
	{
		fail_lost(engine, conn, error);
		return false;
	}
	if (fault == FAULT_LATE)
		be_late();
	if (!done && error->kind == BINDS_ERROR_CONNECTION_LOST)
		note_lost(conn);
	return done;
}

/* ------------------------------------------------------------------------
 * Members
 * ------------------------------------------------------------------------ */

BindsDriverConn *
chaos_connect(const ChaosEngine *engine, const BindsConnectSpec *spec, BindsError *error)
{
	BindsDriverConn *conn;
	Fault		fault = next_call(NULL, "connect");

	if (fault == FAULT_CLOSE && engine->replace != NULL)
	{
		engine->replace(spec);
		fault = FAULT_NONE;
	}
	switch (fault)
	{
		case FAULT_STATEMENT:
		case FAULT_BRANCH:
		case FAULT_CONNECTION:
		case FAULT_REPLY:
		case FAULT_CLOSE:
			binds_error_set(error, BINDS_ERROR_CONNECTION_LOST,
							ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, 0,
							"chaos refused the connection");
			return NULL;
		case FAULT_INTERRUPTED:
		case FAULT_CANCEL:
			(void) raise(SIGINT);
			break;
		case FAULT_NONE:
		case FAULT_LATE:
			break;
	}
	conn = engine->real->connect(spec, error);
	if (fault == FAULT_LATE)
		be_late();
	if (conn != NULL)
		forget_lost(conn);
	return conn;
}

void
chaos_disconnect(const ChaosEngine *engine, BindsDriverConn *conn, bool abandon)
{
	forget_lost(conn);
	engine->real->disconnect(conn, abandon);
}

/* false in the case of "connection" and the like */
bool
chaos_alive(const ChaosEngine *engine, BindsDriverConn *conn)
{
	Fault		fault = next_call(NULL, "alive");

	if (fault == FAULT_CONNECTION || fault == FAULT_REPLY || fault == FAULT_CLOSE)
		engine->cut(conn);
	if (fault == FAULT_LATE)
		be_late();
	return engine->real->alive(conn);
}

#define SIMPLE(member, conn, call) \
	Fault		fault = next_call(conn, member); \
	if (before(engine, conn, fault, error)) \
		return false; \
	return after(engine, conn, fault, engine->real->call, error)

bool
chaos_ping(const ChaosEngine *engine, BindsDriverConn *conn, BindsError *error)
{
	SIMPLE("ping", conn, ping(conn, error));
}

BindsDriverStmt *
chaos_prepare(const ChaosEngine *engine, BindsDriverConn *conn, const BindsQuery *query,
			  BindsError *error)
{
	Fault		fault = next_call(conn, "prepare");
	BindsDriverStmt *stmt;

	if (before(engine, conn, fault, error))
		return NULL;
	stmt = engine->real->prepare(conn, query, error);
	if (fault == FAULT_LATE)
		be_late();
	if (fault == FAULT_REPLY && stmt != NULL)
	{
		engine->real->finalize(stmt);
		fail_lost(engine, conn, error);
		return NULL;
	}
	return stmt;
}

bool
chaos_execute(const ChaosEngine *engine, BindsDriverStmt *stmt, const BindsValue *values,
			  BindsOutcome *outcome, BindsError *error)
{
	SIMPLE("execute", conn_of(stmt), execute(stmt, values, outcome, error));
}

bool
chaos_execute_batch(const ChaosEngine *engine, BindsDriverStmt *stmt,
					const BindsValue *values, int nrows, BindsOutcome *outcome,
					BindsError *error)
{
	SIMPLE("execute_batch", conn_of(stmt),
		   execute_batch(stmt, values, nrows, outcome, error));
}

BindsFetch
chaos_fetch(const ChaosEngine *engine, BindsDriverStmt *stmt, BindsValue *row,
			BindsError *error)
{
	BindsDriverConn *conn = conn_of(stmt);
	Fault		fault = next_call(conn, "fetch");
	BindsFetch	result;

	if (before(engine, conn, fault, error))
		return BINDS_FETCH_ERROR;
	result = engine->real->fetch(stmt, row, error);
	return after(engine, conn, fault, result != BINDS_FETCH_ERROR, error) ?
		result : BINDS_FETCH_ERROR;
}

/* false means that the connection is lost by it */
bool
chaos_reset(const ChaosEngine *engine, BindsDriverStmt *stmt)
{
	BindsDriverConn *conn = conn_of(stmt);
	Fault		fault = next_call(NULL, "reset");
	bool		done;

	if (fault == FAULT_CLOSE)
		engine->cut(conn);
	done = engine->real->reset(stmt);
	if (fault == FAULT_LATE)
		be_late();
	if (fault == FAULT_CONNECTION || fault == FAULT_REPLY)
	{
		engine->cut(conn);
		done = false;
	}
	if (!done)
		note_lost(conn);
	return done;
}

bool
chaos_run(const ChaosEngine *engine, BindsDriverConn *conn, const char *sql,
		  BindsError *error)
{
	SIMPLE("run", conn, run(conn, sql, error));
}

bool
chaos_begin(const ChaosEngine *engine, BindsDriverConn *conn, const BindsBegin *begin,
			BindsError *error)
{
	SIMPLE("begin", conn, begin(conn, begin, error));
}

bool
chaos_savepoint(const ChaosEngine *engine, BindsDriverConn *conn, int level,
				BindsError *error)
{
	SIMPLE("savepoint", conn, savepoint(conn, level, error));
}

bool
chaos_release(const ChaosEngine *engine, BindsDriverConn *conn, int level,
			  BindsError *error)
{
	SIMPLE("release", conn, release(conn, level, error));
}

bool
chaos_rollback_to(const ChaosEngine *engine, BindsDriverConn *conn, int level,
				  BindsError *error)
{
	SIMPLE("rollback_to", conn, rollback_to(conn, level, error));
}

bool
chaos_understands(const ChaosEngine *engine, BindsDriverStmt *stmt, BindsError *error)
{
	SIMPLE("understands", conn_of(stmt), understands(stmt, error));
}

bool
chaos_describe(const ChaosEngine *engine, BindsDriverStmt *stmt, BindsError *error)
{
	SIMPLE("describe", conn_of(stmt), describe(stmt, error));
}

bool
chaos_check_commit(const ChaosEngine *engine, BindsDriverConn *conn, BindsError *error)
{
	SIMPLE("check_commit", conn, check_commit(conn, error));
}

/* To keep them again cannot fail, and does not see that a connection is gone. */
bool
chaos_keep_references(const ChaosEngine *engine, BindsDriverConn *conn, bool keep,
					  BindsError *error)
{
	if (keep)
		return engine->real->keep_references(conn, keep, error);
	{
		SIMPLE("keep_references", conn, keep_references(conn, keep, error));
	}
}

/* Nobody knows what became of a commit that was on its way. */
bool
chaos_commit(const ChaosEngine *engine, BindsDriverConn *conn, bool voted,
			 BindsError *error)
{
	Fault		fault = next_call(conn, "commit");
	bool		done;

	if (fault == FAULT_REPLY && !engine->has_replies)
		fault = FAULT_CONNECTION;
	if (before(engine, conn, fault, error))
		done = false;
	else
		done = after(engine, conn, fault, engine->real->commit(conn, voted, error), error);
	if (!done && engine->has_replies && error->kind == BINDS_ERROR_CONNECTION_LOST)
		error->sqlstate = ERRCODE_TRANSACTION_RESOLUTION_UNKNOWN;
	return done;
}

/* false means that the state is not known */
bool
chaos_rollback(const ChaosEngine *engine, BindsDriverConn *conn, bool voted)
{
	BindsError	error;
	Fault		fault = next_call(conn, "rollback");

	if (before(engine, conn, fault, &error) || fault == FAULT_REPLY ||
		!engine->real->rollback(conn, voted))
	{
		note_lost(conn);
		return false;
	}
	if (fault == FAULT_LATE)
		be_late();
	return true;
}
