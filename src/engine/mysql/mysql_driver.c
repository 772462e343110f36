/*
 * mysql_driver.c
 *	  The driver of MySQL and MariaDB: its table, statements, sending and stopping
 *	  them.
 *
 * The text protocol is used: values are interpolated as literals, rows are streamed
 * (mysql_use_result).  It is faster than prepared statements, but for an INSERT of many
 * rows (mysql_batch.c).  The session's sql_mode has
 * NO_BACKSLASH_ESCAPES, so a quote is the only character that a literal escapes.
 *
 * Nothing in here throws or palloc's.  A connection has one statement at most whose
 * rows are not all read ("busy"); nothing else can be sent until then.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "storage/proc.h"

#include "engine/mysql/mysql_driver.h"

/* a multi-row INSERT is split when its text gets this long, in bytes */
#define BATCH_TEXT (1024 * 1024)

static BindsDriverStmt *my_prepare(BindsDriverConn *conn, const BindsQuery *query,
								   BindsError *error);
static bool my_understands(BindsDriverStmt *stmt, BindsError *error);
static bool my_execute(BindsDriverStmt *stmt, const BindsValue *values,
					   BindsOutcome *outcome, BindsError *error);
static bool my_execute_batch(BindsDriverStmt *stmt, const BindsValue *values, int nrows,
							 BindsOutcome *outcome, BindsError *error);
static const char *my_column_name(BindsDriverStmt *stmt, int column);
static bool my_reset(BindsDriverStmt *stmt);
static void my_finalize(BindsDriverStmt *stmt);
static bool my_run(BindsDriverConn *conn, const char *sql, BindsError *error);
static void my_library(BindsLibrary *library);
static bool my_ping(BindsDriverConn *conn, BindsError *error);
static bool my_alive(BindsDriverConn *conn);
static const BindsEngineInfo *my_info(BindsDriverConn *conn);

static bool may_call(const char *sql);
static bool send_again(BindsDriverConn *conn, BindsError *error);
static bool stop_call(BindsDriverConn *conn, MyCall *call, int events,
					  BindsError *error);
static const char *end_of_statement(const char *sql);

const BindsDriver binds_mysql_driver = {
	.name = "mysql",
	.library = my_library,
	.connect = binds_mysql_connect,
	.disconnect = binds_mysql_disconnect,
	.ping = my_ping,
	.alive = my_alive,
	.info = my_info,
	.asks_password = binds_mysql_asks_password,
	.prepare = my_prepare,
	.reads_only = NULL,
	.understands = my_understands,
	.describe = binds_mysql_describe,
	.execute = my_execute,
	.execute_batch = my_execute_batch,
	.fetch = binds_mysql_fetch,
	.column_name = my_column_name,
	.column_type = binds_mysql_column_type,
	.reset = my_reset,
	.finalize = my_finalize,
	.run = my_run,
	.begin = binds_mysql_begin,
	.savepoint = binds_mysql_savepoint,
	.release = binds_mysql_release,
	.rollback_to = binds_mysql_rollback_to,
	.vote = binds_mysql_vote,
	.commit = binds_mysql_commit,
	.rollback = binds_mysql_rollback,
	.in_transaction = binds_mysql_in_transaction,
	.left_writes = binds_mysql_left_writes,
	.keep_references = binds_mysql_keep_references,
	.redo_start = NULL,
	.redo_apply = NULL,
	.concurrent = false,
};

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

/*
 * Copy a query.  Nothing is sent: errors of the text come from execute.
 */
static BindsDriverStmt *
my_prepare(BindsDriverConn *conn, const BindsQuery *query, BindsError *error)
{
	BindsDriverStmt *stmt = calloc(1, sizeof(BindsDriverStmt));
	size_t		numbers = sizeof(int) * Max(query->nplaces, 1);

	if (stmt != NULL)
	{
		stmt->sql = strdup(query->sql);
		stmt->table = strdup(query->table != NULL ? query->table : "");
		stmt->places = malloc(numbers);
		stmt->params = malloc(numbers);
	}
	if (stmt == NULL || stmt->sql == NULL || stmt->table == NULL ||
		stmt->places == NULL || stmt->params == NULL)
	{
		if (stmt != NULL)
		{
			free(stmt->sql);
			free(stmt->table);
			free(stmt->places);
			free(stmt->params);
			free(stmt);
		}
		binds_mysql_no_memory(error);
		return NULL;
	}
	if (query->nplaces > 0)
	{
		memcpy(stmt->places, query->places, sizeof(int) * query->nplaces);
		memcpy(stmt->params, query->params, sizeof(int) * query->nplaces);
	}
	stmt->conn = conn;
	stmt->sql_length = strlen(query->sql);
	stmt->nplaces = query->nplaces;
	stmt->nparams = query->nparams;
	stmt->given = query->given;
	stmt->asks = query->table == NULL && !query->given;
	stmt->bound = query->bound;
	stmt->repeat_start = query->repeat_start;
	stmt->repeat_end = query->repeat_end;
	stmt->calls = may_call(query->sql);
	stmt->writes = query->table != NULL && pg_strncasecmp(query->sql, "SELECT", 6) != 0;
	stmt->hides = query->given ? MY_HIDES_OTHERS : MY_HIDES_OURS;
	dlist_push_tail(&conn->statements, &stmt->node);
	return stmt;
}

/*
 * By the SQL statement PREPARE, which both client libraries can send without blocking.
 */
static bool
my_understands(BindsDriverStmt *stmt, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	BindsValue	text = {BINDS_TEXT, stmt->sql_length, .data = stmt->sql};
	bool		suspect;
	bool		done;

	if (!my_reset(stmt))
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server");
		return false;
	}
	if (!binds_mysql_ready(conn, "", error))
		return false;
	suspect = conn->tables_suspect;
	conn->text_length = 0;
	done = binds_mysql_append_bytes(conn, "PREPARE binds_asked FROM ", 25, error) &&
		binds_mysql_append_literal(conn, &text, error) &&
		binds_mysql_send_text(conn, error) && binds_mysql_take_results(conn, true, true, error);
	binds_mysql_release_text(conn);
	done = done && binds_mysql_simple(conn, "DEALLOCATE PREPARE binds_asked", true,
									  MY_FOREVER, error);

	/* that there is a prepared statement is a change, too, but none for us */
	if (done && !binds_mysql_says_variables(conn))
	{
		conn->session_changed = false;
		conn->tables_suspect = suspect;
	}
	return done;
}

static bool
my_execute(BindsDriverStmt *stmt, const BindsValue *values, BindsOutcome *outcome,
		   BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	bool		done;

	memset(outcome, 0, sizeof(*outcome));
	if (!my_reset(stmt))
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server");
		return false;
	}
	if (!binds_mysql_hear(conn, stmt->writes, error) ||
		!binds_mysql_ready(conn, stmt->table, error) ||
		(stmt->asks && !binds_mysql_ready_to_ask(conn, error)) ||
		(stmt->calls && !binds_mysql_guard(conn, error)))
		return false;
	conn->text_length = 0;
	done = stmt->bound ? binds_mysql_send_bound(stmt, values, error) :
		binds_mysql_append_range(stmt, 0, stmt->sql_length, values, error) &&
		(binds_mysql_send_text(conn, error) ||
		 (!stmt->calls && send_again(conn, error)));
	binds_mysql_release_text(conn);
	if (stmt->calls)
		binds_mysql_note_change(conn);
	if (stmt->given)
		binds_mysql_note_given(conn);
	if (!done)
		return false;

	if (mysql_field_count(conn->mysql) > 0)
		return binds_mysql_begin_rows(stmt, outcome, error);
	return binds_mysql_count(conn, outcome, mysql_affected_rows(conn->mysql),
							 mysql_insert_id(conn->mysql), error) &&
		binds_mysql_take_results(conn, false, true, error) &&
		binds_mysql_end_statement(conn, error);
}

/*
 * May it be a CALL?  Its procedure may do anything to the session.  What does not begin
 * with a word may be one: what is a comment, and where it ends, is the server's to say.
 */
static bool
may_call(const char *sql)
{
	sql += strspn(sql, " \t\r\n");
	return !isalpha((unsigned char) *sql) || pg_strncasecmp(sql, "CALL", 4) == 0;
}

/*
 * Take what the server says of a statement without rows.  A number of rows that is none
 * is what the client library says of a result, and of a reply that did not come: then
 * it knows why, though the call has ended without an error.
 */
bool
binds_mysql_count(BindsDriverConn *conn, BindsOutcome *outcome, uint64 affected,
				  uint64 generated_key, BindsError *error)
{
	if (mysql_errno(conn->mysql) != 0)
	{
		binds_mysql_error(conn, error);
		return false;
	}
	if (affected > (uint64) (PG_INT64_MAX - outcome->affected))
	{
		binds_mysql_lost(conn, error, ERRCODE_PROTOCOL_VIOLATION,
						 "the server counts more rows than there can be");
		return false;
	}
	outcome->affected += (int64) affected;
	outcome->generated_key = (int64) generated_key;
	return true;
}

/*
 * Execute for many rows, in as few statements as the packet size allows.
 */
static bool
my_execute_batch(BindsDriverStmt *stmt, const BindsValue *values, int nrows,
				 BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	size_t		tail = stmt->sql_length - stmt->repeat_end;
	size_t		limit = Min(BATCH_TEXT, conn->max_packet - MY_PACKET_OVERHEAD);
	BindsQuery	query = {stmt->sql, stmt->nplaces, stmt->places, stmt->params,
	stmt->nparams, stmt->repeat_start, stmt->repeat_end, .table = stmt->table};
	BindsOutcome one;
	int			row = 0;
	bool		done;

	memset(outcome, 0, sizeof(*outcome));
	if (stmt->repeat_end == 0)
	{
		for (; row < nrows; row++)
		{
			if (!my_execute(stmt, values + (size_t) row * stmt->nparams, &one, error) ||
				!binds_mysql_note_rows(conn, 1, outcome, error))
				return false;
			outcome->affected += one.affected;
			outcome->generated_key = one.generated_key;
		}
		return true;
	}

	if (!my_reset(stmt))
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server");
		return false;
	}
	if (!binds_mysql_hear(conn, true, error))
		return false;
	row = binds_mysql_batch(conn, &stmt->batch, &query, values, nrows, limit, outcome,
							error);
	done = row >= 0;
	while (done && row < nrows)
	{
		int			first = row;

		if (!binds_mysql_ready(conn, stmt->table, error))
			return false;
		conn->text_length = 0;
		done = binds_mysql_append_bytes(conn, stmt->sql, stmt->repeat_start, error);
		for (; done && row < nrows; row++)
		{
			size_t		before = conn->text_length;

			done = (row == first || binds_mysql_append_bytes(conn, ", ", 2, error)) &&
				binds_mysql_append_range(stmt, stmt->repeat_start, stmt->repeat_end,
										 values + (size_t) row * stmt->nparams, error);
			if (row > first &&
				(done ? conn->text_length + tail > limit :
				 error->sqlstate == ERRCODE_PROGRAM_LIMIT_EXCEEDED))
			{
				/* one too many: it begins the next statement */
				conn->text_length = before;
				done = true;
				break;
			}
		}
		done = done &&
			binds_mysql_append_bytes(conn, stmt->sql + stmt->repeat_end, tail, error) &&
			(binds_mysql_send_text(conn, error) || send_again(conn, error)) &&
			binds_mysql_take_results(conn, true, true, error) &&
			binds_mysql_count(conn, outcome, mysql_affected_rows(conn->mysql),
							  mysql_insert_id(conn->mysql), error) &&
			binds_mysql_note_rows(conn, row - first, outcome, error);
	}
	binds_mysql_release_text(conn);
	return done;
}

static const char *
my_column_name(BindsDriverStmt *stmt, int column)
{
	if (stmt->result == NULL || column < 0 || column >= stmt->ncolumns)
		return NULL;
	return mysql_fetch_field_direct(stmt->result, column)->name;
}

/*
 * Give up what is left of the result.
 */
static bool
my_reset(BindsDriverStmt *stmt)
{
	bool		good = true;

	if (stmt->conn->busy == stmt)
		good = binds_mysql_clear(stmt->conn);
	binds_mysql_free_rows(stmt);
	return good;
}

static void
my_finalize(BindsDriverStmt *stmt)
{
	(void) my_reset(stmt);
	binds_mysql_batch_free(stmt->conn, stmt->batch);
	binds_mysql_describe_free(stmt);
	dlist_delete(&stmt->node);
	free(stmt->sql);
	free(stmt->table);
	free(stmt->places);
	free(stmt->params);
	free(stmt->columns);
	free(stmt);
}

void
binds_mysql_unprepare(BindsDriverConn *conn)
{
	dlist_iter	iter;

	dlist_foreach(iter, &conn->statements)
	{
		BindsDriverStmt *stmt = dlist_container(BindsDriverStmt, node, iter.cur);

		binds_mysql_batch_free(conn, stmt->batch);
		stmt->batch = NULL;
		/* what describes a result is the handle's */
		if (stmt->described != NULL)
			binds_mysql_free_rows(stmt);
		binds_mysql_describe_free(stmt);
	}
	binds_mysql_batch_close(conn);
}

void
binds_mysql_free_statements(BindsDriverConn *conn)
{
	dlist_mutable_iter iter;

	/* whoever has unread rows would read them; nothing comes any more */
	dlist_foreach_modify(iter, &conn->statements)
	{
		BindsDriverStmt *stmt = dlist_container(BindsDriverStmt, node, iter.cur);

		conn->busy = NULL;
		my_finalize(stmt);
	}
}

/*
 * Run one or several statements; their rows are thrown away.
 */
static bool
my_run(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	/* tables of its making are no temporary ones */
	conn->for_ddl = true;
	while (*sql != '\0')
	{
		const char *end = end_of_statement(sql);
		size_t		blanks = strspn(sql, " \t\r\n;");

		if (sql + blanks < end)
		{
			if (!binds_mysql_ready(conn, "", error))
				return false;
			conn->text_length = 0;
			if (!binds_mysql_append_bytes(conn, sql, end - sql, error) ||
				!binds_mysql_send_text(conn, error))
			{
				binds_mysql_release_text(conn);
				return false;
			}
			binds_mysql_release_text(conn);
			if (!binds_mysql_take_results(conn, true, true, error) ||
				!binds_mysql_end_statement(conn, error))
				return false;
		}
		sql = *end == ';' ? end + 1 : end;
	}
	return true;
}

/* The ';' that ends the first statement of a text, or the text's end. */
static const char *
end_of_statement(const char *sql)
{
	while (*sql != '\0' && *sql != ';')
	{
		if (*sql == '\'' || *sql == '"' || *sql == '`')
		{
			/* a doubled quote is two strings in a row: the same for us */
			const char *close = strchr(sql + 1, *sql);

			sql = close == NULL ? sql + strlen(sql) : close + 1;
		}
		else if (*sql == '#' || (strncmp(sql, "--", 2) == 0 &&
								 (sql[2] == '\0' || (unsigned char) sql[2] <= ' ')))
			sql += strcspn(sql, "\n");
		else if (strncmp(sql, "/*", 2) == 0)
		{
			const char *close = strstr(sql + 2, "*/");

			sql = close == NULL ? sql + strlen(sql) : close + 2;
		}
		else
			sql++;
	}
	return sql;
}

/* ------------------------------------------------------------------------
 * Connections
 * ------------------------------------------------------------------------ */

static void
my_library(BindsLibrary *library)
{
	library->name = MY_LIBRARY;
	library->version = mysql_get_client_info();
}

static bool
my_ping(BindsDriverConn *conn, BindsError *error)
{
	return binds_mysql_simple(conn, "DO 0", true,
							  conn->target.connect_timeout * 1000L, error);
}

/*
 * An idle server has nothing to say: whatever can be read is its farewell.  It is asked
 * of temporary tables after the end of a transaction that may have made some.
 */
static bool
my_alive(BindsDriverConn *conn)
{
	struct pollfd pfd;

	if (conn->broken)
		return false;
	if (conn->busy != NULL)
		return true;
	/* a session that cannot be made ours again: rather another connection */
	if (conn->foreign_left && conn->transaction == MY_NO_TRANSACTION)
		return false;
	pfd.fd = my_descriptor(conn->mysql);
	pfd.events = POLLIN;
	pfd.revents = 0;
	return pfd.fd >= 0 && poll(&pfd, 1, 0) == 0 &&
		(conn->transaction != MY_NO_TRANSACTION || binds_mysql_left_temporary(conn));
}

static const BindsEngineInfo *
my_info(BindsDriverConn *conn)
{
	return &conn->info;
}

bool
binds_mysql_simple(BindsDriverConn *conn, const char *sql, bool interruptible,
				   long timeout, BindsError *error)
{
	MyCall		call;

	if (conn->broken)
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "the connection was closed");
		return false;
	}
	my_call_init(&call, MY_CALL_QUERY, conn->mysql);
	call.sql = sql;
	call.length = strlen(sql);
	return binds_mysql_run_call(conn, &call, interruptible, timeout, error) &&
		binds_mysql_take_results(conn, true, interruptible, error);
}

/* ------------------------------------------------------------------------
 * Sending
 * ------------------------------------------------------------------------ */

bool
binds_mysql_ready(BindsDriverConn *conn, const char *table, BindsError *error)
{
	if (conn->broken)
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "the connection was closed");
		return false;
	}
	/* outside of a transaction a statement would commit by itself */
	if (!binds_mysql_branch_lives(conn, error))
		return false;
	if (conn->busy != NULL)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_INTERNAL_ERROR, 0,
						"another statement's rows wait to be read");
		return false;
	}
	return binds_mysql_restore_session(conn, error) &&
		binds_mysql_leave_temporary(conn, error) &&
		binds_mysql_apply_lock_timeout(conn, error) &&
		binds_mysql_check_table(conn, table, error);
}

/* Send the text that was built and wait for the answer. */
bool
binds_mysql_send_text(BindsDriverConn *conn, BindsError *error)
{
	MyCall		call;

	if (conn->text_length + MY_PACKET_OVERHEAD > conn->max_packet)
		return binds_mysql_too_long(conn, conn->text_length, error);
	my_call_init(&call, MY_CALL_QUERY, conn->mysql);
	call.sql = conn->text;
	call.length = conn->text_length;
	if (binds_mysql_run_call(conn, &call, true, MY_FOREVER, error))
		return true;
	binds_mysql_explain_key(conn, error);
	return false;
}

/*
 * Send the text once more, if it was refused for want of rights and the session had another
 * role than it should.  It is that of a statement which the server undoes when it fails, be it
 * half-way.
 */
static bool
send_again(BindsDriverConn *conn, BindsError *error)
{
	BindsError	refused;
	bool		changed;

	if (error->kind != BINDS_ERROR_STATEMENT ||
		error->sqlstate != ERRCODE_INSUFFICIENT_PRIVILEGE)
		return false;
	if (binds_mysql_restore_role(conn, &changed, &refused))
		return changed && binds_mysql_send_text(conn, error);
	*error = refused;
	return false;
}

bool
binds_mysql_run_call(BindsDriverConn *conn, MyCall *call, bool interruptible,
					 long timeout, BindsError *error)
{
	long		patience = conn->target.read_timeout * 1000L;
	int			events;
	MyEnd		end;

	if (timeout < 0 && patience > 0)
		timeout = patience;
	if (conn->kill_late && call->kind != MY_CALL_NEXT)
		binds_mysql_swallow_kill(conn);
	if (conn->broken)
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "the connection was closed");
		return false;
	}
	if (call->kind != MY_CALL_NEXT && unlikely(my_has_unread(conn->mysql)))
	{
		binds_mysql_lost(conn, error, ERRCODE_PROTOCOL_VIOLATION,
						 "the server has sent an answer that nobody asked for");
		return false;
	}
	end = binds_mysql_call(call, interruptible, timeout, &events);
	if (end == MY_END_INTERRUPTED && !stop_call(conn, call, events, error))
		return false;
	if (end == MY_END_TIMEOUT)
	{
		binds_mysql_break(conn, call, events);
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "the server did not answer in time");
		return false;
	}
	if (call->status > 0)
	{
		binds_mysql_error(conn, error);
		/* a KILL that came too late for the result before has hit this one */
		if (conn->kill_late && error->kind == BINDS_ERROR_STATEMENT)
			binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED,
							error->code, "the statement was stopped");
		return false;
	}

	/*
	 * of a result with rows its end tells; till then the status is that of
	 * the answer before
	 */
	if ((call->kind != MY_CALL_QUERY && call->kind != MY_CALL_NEXT) ||
		mysql_field_count(conn->mysql) == 0)
	{
		conn->hidden = MY_HIDES_NOTHING;
		binds_mysql_note_session(conn);
	}
	return true;
}

/*
 * An interrupt came while a QUERY or NEXT is under way: stop the server's work.
 *
 * Returns true if the statement came to its end before it could be stopped and has no
 * rows: it is done and counts (a commit, above all).  How many rows it has changed has yet
 * to be asked of the client library, so the KILL is swallowed later.
 */
static bool
stop_call(BindsDriverConn *conn, MyCall *call, int events, BindsError *error)
{
	MyCall		fetch;

	if (!binds_mysql_kill_query(conn) ||
		binds_mysql_continue(call, false, MY_KILL_TIMEOUT, &events) != MY_END_DONE)
	{
		binds_mysql_break(conn, call, events);
		binds_mysql_lost(conn, error, ERRCODE_QUERY_CANCELED,
						 "the statement could not be stopped in time");
		return false;
	}
	if (call->status > 0)
	{
		/* nearly always 1317; a lost branch or connection is told as such */
		binds_mysql_error(conn, error);
		if (error->kind == BINDS_ERROR_STATEMENT)
			binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED,
							error->code, "the statement was stopped");
		binds_mysql_swallow_kill(conn);
		return false;
	}
	if (mysql_field_count(conn->mysql) == 0)
	{
		conn->kill_late = true;
		return true;
	}
	binds_mysql_init_fetch(&fetch, conn, mysql_use_result(conn->mysql));
	events = 0;
	if (fetch.result != NULL && !binds_mysql_give_up_rows(&fetch, &events, MY_KILL_TIMEOUT))
	{
		binds_mysql_break(conn, &fetch, events);
		mysql_free_result(fetch.result);
		binds_mysql_lost(conn, error, ERRCODE_QUERY_CANCELED,
						 "the statement could not be stopped in time");
		return false;
	}
	if (fetch.result != NULL)
		mysql_free_result(fetch.result);
	binds_mysql_note_change(conn);
	binds_mysql_swallow_kill(conn);
	binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED, 0,
					"the statement was stopped");
	return false;
}

/*
 * A KILL that comes after the end of its statement hits the next one: let that be one
 * that does nothing.
 */
void
binds_mysql_swallow_kill(BindsDriverConn *conn)
{
	conn->kill_late = false;
	if (conn->broken)
		return;
	for (int i = 0; i < 3; i++)
	{
		BindsError	error;

		if (binds_mysql_simple(conn, "DO 0", false, MY_KILL_TIMEOUT, &error) ||
			conn->broken)
			return;
	}
}
