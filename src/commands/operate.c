/*
 * operate.c
 *	  For who operates binds: versions, ping, the connections of this session.
 *
 * None of this begins a transaction in an engine or makes a file, and none of it shows a
 * password.  What is here is about this session only: another one has connections of
 * its own.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/objectaddress.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

#include "commands/commands.h"
#include "compat.h"
#include "connection/connection.h"
#include "dialect/attempt.h"
#include "dialect/dialects.h"
#include "transaction/branch.h"

BINDS_FUNCTION(binds_version);
BINDS_FUNCTION(binds_ping);
BINDS_FUNCTION(binds_connection_rows);
BINDS_FUNCTION(binds_disconnect);

#define PING_COLUMNS 5
#define CONNECTION_COLUMNS 6

/* What came of asking one bind. */
typedef struct Answer
{
	double		ms;				/* till the answer, or the error */
	char	   *server_version; /* NULL: it is not known */
	char	   *error;			/* NULL: none */
} Answer;

/* For ask. */
typedef struct Asking
{
	const BindsBind *bind;
	Answer	   *answer;
} Asking;

static void put_version(ReturnSetInfo *result, const char *component,
						const char *version);
static char *host_version(void);
static void put_answer(ReturnSetInfo *result, const BindsBind *bind);
static void ask_quietly(const BindsBind *bind, Answer *answer);
static void ask(void *arg);
static void check_usage(const BindsBind *bind);
static char *error_text(const ErrorData *error);
static void put_connection(ReturnSetInfo *result, const BindsConnection *connection);
static const char *key_of(Oid serverid);
static List *connections_of(List *binds);
static List *checked_connections(Oid serverid, const char *key);
static void raise_in_use(const BindsConnectionFacts *facts, const char *key)
			__attribute__((noreturn));

/* ------------------------------------------------------------------------
 * Versions
 * ------------------------------------------------------------------------ */

/*
 * binds.version() returns setof (component text, version text)
 *
 * The version of the library that is loaded: after an installation it is that of the
 * extension in this database only when ALTER EXTENSION UPDATE has been run.
 */
Datum
binds_version(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const BindsDialect *dialect;

	InitMaterializedSRF(fcinfo, 0);
	put_version(result, "binds", BINDS_VERSION);
	put_version(result, "PostgreSQL", host_version());
	for (int i = 0; (dialect = binds_dialect_at(i)) != NULL; i++)
	{
		BindsLibrary library;

		dialect->driver->library(&library);
		put_version(result, library.name, library.version);
	}
	return (Datum) 0;
}

static void
put_version(ReturnSetInfo *result, const char *component, const char *version)
{
	Datum		values[2];
	bool		nulls[2] = {false};

	values[0] = CStringGetTextDatum(component);
	values[1] = CStringGetTextDatum(version);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* As SHOW server_version gives it. */
static char *
host_version(void)
{
	return GetConfigOptionByName("server_version", NULL, false);
}

/* ------------------------------------------------------------------------
 * Ping
 * ------------------------------------------------------------------------ */

/*
 * binds.ping() returns setof (bind_key text, ok boolean, ms double precision,
 * server_version text, error text); also of text, and of text[]
 */
Datum
binds_ping(PG_FUNCTION_ARGS)
{
	List	   *binds = binds_bind_list(fcinfo);
	ListCell   *cell;

	InitMaterializedSRF(fcinfo, 0);
	foreach(cell, binds)
	{
		CHECK_FOR_INTERRUPTS();
		put_answer((ReturnSetInfo *) fcinfo->resultinfo, lfirst(cell));
	}
	return (Datum) 0;
}

static void
put_answer(ReturnSetInfo *result, const BindsBind *bind)
{
	Answer		answer = {0};
	Datum		values[PING_COLUMNS];
	bool		nulls[PING_COLUMNS] = {false};

	if (bind->key == NULL)
		answer.server_version = host_version();
	else
		ask_quietly(bind, &answer);
	nulls[0] = bind->key == NULL;
	if (bind->key != NULL)
		values[0] = CStringGetTextDatum(bind->key);
	values[1] = BoolGetDatum(answer.error == NULL);
	values[2] = Float8GetDatum(answer.ms);
	nulls[3] = answer.server_version == NULL;
	if (answer.server_version != NULL)
		values[3] = CStringGetTextDatum(answer.server_version);
	nulls[4] = answer.error == NULL;
	if (answer.error != NULL)
		values[4] = CStringGetTextDatum(answer.error);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * Ask an engine; an error is part of the answer.  Raises what is about this
 * transaction.
 */
static void
ask_quietly(const BindsBind *bind, Answer *answer)
{
	Asking		asking = {bind, answer};
	ErrorData  *error;
	instr_time	start;
	instr_time	end;

	INSTR_TIME_SET_CURRENT(start);
	error = binds_attempt(ask, &asking);
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	answer->ms = INSTR_TIME_GET_MILLISEC(end);
	if (error == NULL)
		return;
	answer->error = error_text(error);
	answer->server_version = NULL;
	FreeErrorData(error);
}

/*
 * Connect as a query of the caller would, and ask.  No use of the bind is announced: the
 * next statement of a transaction is to be the one that begins it there.  For
 * binds_attempt.
 */
static void
ask(void *arg)
{
	Asking	   *asking = arg;
	Oid			serverid = asking->bind->serverid;
	BindsConnection *connection;
	BindsConnectionFacts facts;

	check_usage(asking->bind);
	binds_branch_check(serverid, GetUserId());
	connection = binds_connection_get(serverid, GetUserId(), 0);
	binds_connection_ping(connection);
	binds_connection_facts(connection, &facts);
	asking->answer->server_version = facts.server_version;
}

/* Raise 42501 unless the caller may use the server. */
static void
check_usage(const BindsBind *bind)
{
	AclResult	acl = binds_compat_server_aclcheck(bind->serverid, GetUserId());

	if (acl != ACLCHECK_OK && !binds_compat_owns_server(bind->serverid, GetUserId()))
		aclcheck_error(acl, OBJECT_FOREIGN_SERVER, bind->key);
}

/* What is said, and in the detail why. */
static char *
error_text(const ErrorData *error)
{
	if (error->detail == NULL)
		return pstrdup(error->message);
	return psprintf("%s: %s", error->message, error->detail);
}

/* ------------------------------------------------------------------------
 * Connections
 * ------------------------------------------------------------------------ */

/*
 * binds.connection_rows() returns the columns of binds.connections
 */
Datum
binds_connection_rows(PG_FUNCTION_ARGS)
{
	ListCell   *cell;

	InitMaterializedSRF(fcinfo, 0);
	foreach(cell, binds_connection_list(InvalidOid))
		put_connection((ReturnSetInfo *) fcinfo->resultinfo, lfirst(cell));
	return (Datum) 0;
}

static void
put_connection(ReturnSetInfo *result, const BindsConnection *connection)
{
	BindsConnectionFacts facts;
	Datum		values[CONNECTION_COLUMNS];
	bool		nulls[CONNECTION_COLUMNS] = {false};
	const char *key;
	const char *role;
	NameData	name;

	binds_connection_facts(connection, &facts);
	key = key_of(facts.serverid);
	nulls[0] = key == NULL;
	if (key != NULL)
		values[0] = CStringGetTextDatum(key);
	role = OidIsValid(facts.userid) ? GetUserNameFromId(facts.userid, true) : NULL;
	nulls[1] = role == NULL;
	if (role != NULL)
	{
		namestrcpy(&name, role);
		values[1] = NameGetDatum(&name);
	}
	values[2] = TimestampTzGetDatum(facts.opened);
	values[3] = BoolGetDatum(facts.in_transaction);
	nulls[4] = facts.server_version == NULL;
	if (facts.server_version != NULL)
		values[4] = CStringGetTextDatum(facts.server_version);
	nulls[5] = facts.session == 0;
	if (facts.session != 0)
		values[5] = CStringGetTextDatum(psprintf(UINT64_FORMAT, facts.session));
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* The key of a bind, NULL if it was dropped while its connection is in use. */
static const char *
key_of(Oid serverid)
{
	ForeignServer *server = GetForeignServerExtended(serverid, FSV_MISSING_OK);

	return server != NULL ? server->servername : NULL;
}

/*
 * binds.disconnect() returns bigint; also of text
 *
 * Returns the number of connections closed.  Everything that is refused is refused before
 * the first of them is closed.
 */
Datum
binds_disconnect(PG_FUNCTION_ARGS)
{
	List	   *connections = PG_NARGS() == 0 ? checked_connections(InvalidOid, NULL) :
		connections_of(binds_bind_list(fcinfo));
	ListCell   *cell;

	foreach(cell, connections)
		binds_connection_disconnect(lfirst(cell), false);
	PG_RETURN_INT64(list_length(connections));
}

/* Each once: binds may share the connection of a file. */
static List *
connections_of(List *binds)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, binds)
	{
		BindsBind  *bind = lfirst(cell);

		if (bind->key != NULL)
			result = list_concat_unique_ptr(result,
											checked_connections(bind->serverid,
																bind->key));
	}
	return result;
}

/*
 * The open connections of a bind, or all.  Raises 25001 if one cannot be closed now; key:
 * of the bind that was asked for, NULL: the one that opened it is named.
 */
static List *
checked_connections(Oid serverid, const char *key)
{
	List	   *result = binds_connection_list(serverid);
	ListCell   *cell;

	foreach(cell, result)
	{
		BindsConnectionFacts facts;

		binds_connection_facts(lfirst(cell), &facts);
		if (facts.in_use)
			raise_in_use(&facts, key != NULL ? key : key_of(facts.serverid));
	}
	return result;
}

static void
raise_in_use(const BindsConnectionFacts *facts, const char *key)
{
	ereport(ERROR,
			(errcode(ERRCODE_ACTIVE_SQL_TRANSACTION),
			 errmsg("cannot disconnect bind \"%s\" while it is in use",
					key != NULL ? key : "?"),
			 facts->in_transaction ?
			 errdetail("A transaction is open in its engine.") :
			 errdetail("Rows that are still to come, or the end of this transaction, need its connection."),
			 errhint("End the transaction, or close the cursor, first.")));
	pg_unreachable();
}
