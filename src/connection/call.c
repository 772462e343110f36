/*
 * call.c
 *	  What is asked of an engine outside of cursors: statements, questions, and the
 *	  steps of its transaction.
 *
 * Each call may find the connection gone, and each may lose it.  So all of them look
 * first, and note what an error means before they return it: a lost connection is
 * closed, a transaction that the engine has thrown away is marked.  Who began the
 * transaction asks by its number whether it is still there.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "connection/internal.h"
#include "dialect/query.h"

/* numbers of transactions, unique in this backend */
static uint64 last_transaction = 0;

static BindsDriverConn *live_handle(BindsConnection *connection);
static void note_failed_read(BindsConnection *connection);
static void read_fields(const BindsConnection *connection, const BindsError *error,
						const char *relation, BindsErrorWords *words);
static void lose_transaction(BindsConnection *connection, const char *reason);
static bool step_failed(BindsConnection *connection, const BindsError *error);
static void begin_step(BindsConnection *connection, BindsTiming *timing, const char *sql);
static bool end_step(BindsConnection *connection, BindsTiming *timing, const char *sql,
					 bool done);

/* ------------------------------------------------------------------------
 * Statements and questions
 * ------------------------------------------------------------------------ */

/* The handle; raises 08006 if there is none. */
static BindsDriverConn *
live_handle(BindsConnection *connection)
{
	if (unlikely(connection->handle == NULL))
	{
		BindsError	error;

		binds_connection_set_closed(&error);
		binds_connection_raise(connection, &error, NULL, NULL, NULL, 0);
	}
	return connection->handle;
}

void
binds_connection_set_closed(BindsError *error)
{
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, ERRCODE_CONNECTION_FAILURE, 0,
					"the connection to the engine was lost");
}

/*
 * Run statements without parameters or rows.  Raises.
 */
void
binds_connection_run(BindsConnection *connection, const char *sql)
{
	BindsError	error = {0};

	if (!connection->driver->concurrent)
		binds_connection_drain(connection);
	if (!binds_connection_try_run(connection, binds_text_to_engine(sql), &error))
		binds_connection_raise(connection, &error, NULL, sql, NULL, 0);
}

/*
 * The same for a text in UTF-8, returning an error.  Never throws.
 */
bool
binds_connection_try_run(BindsConnection *connection, const char *sql,
						 BindsError *error)
{
	BindsTiming timing;

	if (connection->handle == NULL)
	{
		binds_connection_set_closed(error);
		return false;
	}
	begin_step(connection, &timing, sql);
	if (end_step(connection, &timing, sql,
				 connection->driver->run(connection->handle, sql, error)))
		return true;
	return step_failed(connection, error);
}

/*
 * Let "reader" ask the engine.
 *
 * Its errors are raised below this folder, where nobody knows of the connection: what
 * one of them means is found out here, by looking at the connection.  Outside of a
 * transaction one that is dead is opened again before.
 */
void
binds_connection_read(BindsConnection *connection, BindsReader reader, void *arg)
{
	BindsDriverConn *handle;

	binds_connection_drain(connection);
	if (connection->handle != NULL && connection->depth == 0 && !connection->private &&
		!connection->driver->alive(connection->handle))
		binds_connection_renew(connection);
	handle = live_handle(connection);
	PG_TRY();
	{
		reader(handle, arg);
	}
	PG_CATCH();
	{
		note_failed_read(connection);
		PG_RE_THROW();
	}
	PG_END_TRY();
}

bool
binds_connection_inserts_returning(BindsConnection *connection)
{
	return connection->driver->info(live_handle(connection))->insert_returning;
}

void
binds_connection_keep_references(BindsConnection *connection, bool keep)
{
	BindsError	error = {0};

	/* one that is opened again keeps them */
	if (keep && connection->handle == NULL)
		return;
	if (!connection->driver->keep_references(keep ? connection->handle :
											 live_handle(connection), keep,
											 &error) && !keep)
		binds_connection_raise(connection, &error, NULL, NULL, NULL, 0);
}

/* Never throws. */
static void
note_failed_read(BindsConnection *connection)
{
	BindsError	error;

	if (connection->handle == NULL)
		return;
	if (!connection->driver->alive(connection->handle))
	{
		binds_connection_set_closed(&error);
		binds_connection_note(connection, &error);
	}
	else if (connection->depth > 0 &&
			 !connection->driver->in_transaction(connection->handle))
		lose_transaction(connection, "the engine has rolled back the transaction");
}

/*
 * A step is sent, and has been answered: log both, as the options of the bind say.  Nothing
 * between the two may change these options.
 */
static void
begin_step(BindsConnection *connection, BindsTiming *timing, const char *sql)
{
	connection->tally.calls++;
	binds_timing_begin(timing, connection->options, sql, NULL, 0, binds_memory_on);
	binds_timing_start(timing);
}

static bool
end_step(BindsConnection *connection, BindsTiming *timing, const char *sql, bool done)
{
	binds_tally_time(connection, binds_timing_stop(timing));
	binds_timing_end(timing, connection->options, sql, NULL, 0, NULL);
	return done;
}

void
binds_connection_ping(BindsConnection *connection)
{
	const BindsDriver *driver = connection->driver;
	BindsError	error = {0};

	if (!driver->concurrent)
		binds_connection_drain(connection);
	if (driver->ping(live_handle(connection), &error))
		return;
	if (error.kind == BINDS_ERROR_CONNECTION_LOST && connection->depth == 0 &&
		!binds_connection_busy(connection))
	{
		binds_connection_renew(connection);
		if (driver->ping(connection->handle, &error))
			return;
	}
	binds_connection_raise(connection, &error, NULL, NULL, NULL, 0);
}

/* ------------------------------------------------------------------------
 * Errors
 * ------------------------------------------------------------------------ */

/*
 * Raise an engine's error, after noting what it means for the connection.  Where nobody knows
 * better it has the fields that the engine's words tell, with the engine's names.
 */
void
binds_connection_raise(BindsConnection *connection, const BindsError *error,
					   const char *relation, const char *sql,
					   const BindsValue *values, int nvalues)
{
	binds_connection_raise_words(connection, error, NULL, relation, sql, values,
								 nvalues);
}

void
binds_connection_raise_words(BindsConnection *connection, const BindsError *error,
							 const BindsErrorWords *words, const char *relation,
							 const char *sql, const BindsValue *values, int nvalues)
{
	BindsErrorContext context = {0};
	BindsErrorWords said = {.engines = true};
	BindsError	copy = *error;

	binds_tally_error(connection);
	binds_connection_note(connection, &copy);
	if (words == NULL && copy.kind == BINDS_ERROR_STATEMENT &&
		ERRCODE_TO_CATEGORY(copy.sqlstate) == ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION)
	{
		read_fields(connection, &copy, relation, &said);
		words = &said;
	}

	context.relation = relation;
	context.words = words;
	context.sql = sql;
	context.values = values;
	context.nvalues = nvalues;
	context.quote = connection->dialect->quote;
	context.hide_parameters = true;
	if (connection->options != NULL)
	{
		context.bind_key = connection->options->bind_key;
		context.hide_parameters = connection->options->hide_parameters;
	}
	binds_error_raise(ERROR, &copy, &context);
	pg_unreachable();
}

/*
 * What the engine says of the constraint that is violated: one of the relation's, if that is
 * known.
 */
static void
read_fields(const BindsConnection *connection, const BindsError *error,
			const char *relation, BindsErrorWords *words)
{
	BindsViolation said = {0};

	connection->dialect->violation(error, relation != NULL ? relation : "", &said);
	if (relation != NULL && said.whose == BINDS_OF_OTHER)
		return;
	words->constraint = said.constraint;
	if (said.kind == BINDS_VIOLATES_NOT_NULL && said.columns != NIL)
		words->column = linitial(said.columns);
}

/*
 * Note an error: the transaction first, then the connection, which is closed if it is
 * lost.  May be called again with the same error.  Never throws.
 */
void
binds_connection_note(BindsConnection *connection, const BindsError *error)
{
	bool		closed = error->kind == BINDS_ERROR_CONNECTION_LOST;

	if (connection->handle == NULL)
		return;
	if (connection->depth > 0 &&
		(closed || error->branch_lost || error->kind == BINDS_ERROR_BRANCH_LOST ||
		 (connection->dialect->rolls_back_silently &&
		  !connection->driver->in_transaction(connection->handle))))
		lose_transaction(connection, error->message);
	if (closed)
		binds_connection_disconnect(connection, true);
}

/* The engine has thrown the transaction away; the first reason is kept. */
static void
lose_transaction(BindsConnection *connection, const char *reason)
{
	if (connection->undone)
		return;
	connection->undone = true;
	binds_text_copy(connection->reason, sizeof(connection->reason), reason);
}

/* Note the error of a step.  Returns false, for its caller to return. */
static bool
step_failed(BindsConnection *connection, const BindsError *error)
{
	binds_connection_note(connection, error);
	return false;
}

/* ------------------------------------------------------------------------
 * The engine's transaction
 * ------------------------------------------------------------------------ */

/*
 * Begin.  The branch's id tells people, and recovery, whom to ask about it.
 */
bool
binds_connection_begin(BindsConnection *connection, const BindsBegin *begin,
					   BindsError *error)
{
	BindsBegin	copy = *begin;
	const BindsEngineInfo *info;
	BindsTiming timing;
	char		bqual[65];

	if (connection->handle == NULL)
	{
		binds_connection_set_closed(error);
		return false;
	}
	info = connection->driver->info(connection->handle);
	snprintf(bqual, sizeof(bqual), "%u.%u.%llu", connection->serverid,
			 connection->umid, (unsigned long long) info->thread_id);
	copy.bqual = bqual;
	copy.two_phase = begin->two_phase && info->two_phase;

	begin_step(connection, &timing, "BEGIN");
	if (!end_step(connection, &timing, "BEGIN",
				  connection->driver->begin(connection->handle, &copy, error)))
		return step_failed(connection, error);
	binds_tally_begun(connection);
	connection->depth = 1;
	connection->transaction = ++last_transaction;
	connection->undone = false;
	connection->pinned = true;
	connection->reason[0] = '\0';
	return true;
}

uint64
binds_connection_transaction(const BindsConnection *connection)
{
	return connection->transaction;
}

int
binds_connection_depth(const BindsConnection *connection)
{
	return connection->depth;
}

/*
 * Is a transaction still open?  Of engines that may throw it away without an error that
 * says so the driver is asked.
 */
bool
binds_connection_holds(BindsConnection *connection, uint64 transaction,
					   const char **reason)
{
	if (connection->transaction == transaction)
	{
		if (connection->depth > 0 && !connection->undone &&
			connection->dialect->rolls_back_silently &&
			!connection->driver->in_transaction(connection->handle))
			lose_transaction(connection,
							 "the engine has rolled back the transaction");
		if (likely(connection->depth > 0 && !connection->undone))
			return true;
		*reason = connection->reason;
	}
	else
		*reason = "the connection was lost";
	return false;
}

bool
binds_connection_alive(BindsConnection *connection)
{
	return connection->handle != NULL &&
		connection->driver->alive(connection->handle);
}

bool
binds_connection_savepoint(BindsConnection *connection, int level, BindsError *error)
{
	BindsTiming timing;
	char		text[64];

	if (connection->handle == NULL)
	{
		binds_connection_set_closed(error);
		return false;
	}
	snprintf(text, sizeof(text), "SAVEPOINT s%d", level);
	begin_step(connection, &timing, text);
	if (!end_step(connection, &timing, text,
				  connection->driver->savepoint(connection->handle, level, error)))
		return step_failed(connection, error);
	connection->depth = level;
	return true;
}

bool
binds_connection_release(BindsConnection *connection, int level, BindsError *error)
{
	BindsTiming timing;
	char		text[64];

	if (connection->handle == NULL)
	{
		binds_connection_set_closed(error);
		return false;
	}
	snprintf(text, sizeof(text), "RELEASE SAVEPOINT s%d", level);
	begin_step(connection, &timing, text);
	if (!end_step(connection, &timing, text,
				  connection->driver->release(connection->handle, level, error)))
		return step_failed(connection, error);
	connection->depth = level - 1;
	return true;
}

void
binds_connection_rollback_to(BindsConnection *connection, int level)
{
	BindsTiming timing;
	char		text[64];
	BindsError	error = {0};

	if (connection->handle == NULL)
		return;
	snprintf(text, sizeof(text), "ROLLBACK TO SAVEPOINT s%d", level);
	begin_step(connection, &timing, text);
	connection->depth = level - 1;
	if (end_step(connection, &timing, text,
				 connection->driver->rollback_to(connection->handle, level, &error) &&
				 connection->driver->release(connection->handle, level, &error)))
		return;

	/* its state is not known: drop it, which rolls back all of it */
	lose_transaction(connection, error.message);
	binds_connection_disconnect(connection, true);
}

bool
binds_connection_left_writes(const BindsConnection *connection)
{
	return connection->handle != NULL && connection->driver->left_writes != NULL &&
		connection->driver->left_writes(connection->handle);
}

bool
binds_connection_check_commit(BindsConnection *connection, BindsError *error)
{
	if (connection->handle == NULL)
	{
		binds_connection_set_closed(error);
		return false;
	}
	return connection->driver->check_commit == NULL ||
		connection->driver->check_commit(connection->handle, error) ||
		step_failed(connection, error);
}

bool
binds_connection_commit(BindsConnection *connection, BindsError *error)
{
	BindsTiming timing;

	if (connection->handle == NULL)
	{
		binds_connection_set_closed(error);
		return false;
	}
	begin_step(connection, &timing, "COMMIT");
	if (!end_step(connection, &timing, "COMMIT",
				  connection->driver->commit(connection->handle, false, error)))
		return step_failed(connection, error);
	connection->depth = 0;
	binds_tally_ended(connection);
	connection->pinned = false;
	return true;
}

void
binds_connection_rollback(BindsConnection *connection, bool voted)
{
	BindsTiming timing;

	connection->pinned = false;
	if (connection->handle == NULL || connection->depth == 0)
		return;
	begin_step(connection, &timing, "ROLLBACK");
	if (end_step(connection, &timing, "ROLLBACK",
				 connection->driver->rollback(connection->handle, voted)))
	{
		connection->depth = 0;
		binds_tally_ended(connection);
	}
	else
		binds_connection_disconnect(connection, true);
}
