/*
 * mysql_driver.c
 *	  The driver of MySQL and MariaDB: statements, parameters, rows.
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

#include <math.h>

#include "common/shortest_dec.h"
#include "storage/proc.h"
#include "utils/builtins.h"

#include "dialect/mysql/mysql_driver.h"

/* a multi-row INSERT is split when its text gets this long, in bytes */
#define BATCH_TEXT (1024 * 1024)

/* a text buffer above this is freed after use */
#define TEXT_KEEP (4 * 1024 * 1024)

/* rows given up are read for so long (ms) before the server is told to stop */
#define RESET_PATIENCE 20L

/* what the protocol adds to a statement's text */
#define PACKET_OVERHEAD 16

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
	int			repeat_start;
	int			repeat_end;
	MyBatch    *batch;			/* of an INSERT of many rows, or NULL */

	MYSQL_RES  *result;			/* of the last execution, or NULL */
	int			ncolumns;
	int			columns_size;	/* allocated */
	MyColumnKind *columns;
};

static BindsDriverStmt *my_prepare(BindsDriverConn *conn, const BindsQuery *query,
								   BindsError *error);
static bool my_execute(BindsDriverStmt *stmt, const BindsValue *values,
					   BindsOutcome *outcome, BindsError *error);
static bool my_execute_batch(BindsDriverStmt *stmt, const BindsValue *values, int nrows,
							 BindsOutcome *outcome, BindsError *error);
static BindsFetch my_fetch(BindsDriverStmt *stmt, BindsValue *row, BindsError *error);
static const char *my_column_name(BindsDriverStmt *stmt, int column);
static bool my_reset(BindsDriverStmt *stmt);
static void my_finalize(BindsDriverStmt *stmt);
static bool my_run(BindsDriverConn *conn, const char *sql, BindsError *error);
static bool my_ping(BindsDriverConn *conn, BindsError *error);
static bool my_alive(BindsDriverConn *conn);
static const BindsEngineInfo *my_info(BindsDriverConn *conn);

static bool send_text(BindsDriverConn *conn, BindsError *error);
static bool stop_call(BindsDriverConn *conn, MyCall *call, int events,
					  BindsError *error);
static void swallow_late_kill(BindsDriverConn *conn);
static void init_fetch(MyCall *call, BindsDriverConn *conn, MYSQL_RES *result);
static bool give_up_rows(MyCall *call, int *events, long timeout);
static bool take_more_results(BindsDriverConn *conn, bool fresh, bool interruptible,
							  BindsError *error);
static bool begin_rows(BindsDriverStmt *stmt, BindsOutcome *outcome, BindsError *error);
static MyColumnKind column_kind(const MYSQL_FIELD *field);
static bool wait_for_row(BindsDriverStmt *stmt, MyCall *call, int events,
						 BindsError *error);
static bool end_rows(BindsDriverStmt *stmt, BindsError *error);
static void ask_error(BindsDriverConn *conn, BindsError *error);
static void free_rows(BindsDriverStmt *stmt);
static void read_value(MyColumnKind kind, const char *data, unsigned long length,
					   BindsValue *value);
static bool read_integer(const char *data, size_t length, int64 *result);
static bool append_range(BindsDriverStmt *stmt, size_t from, size_t to,
						 const BindsValue *values, BindsError *error);
static bool append_value(BindsDriverConn *conn, const BindsValue *value,
						 BindsError *error);
static bool append_quoted(BindsDriverConn *conn, const char *prefix,
						  const BindsValue *value, BindsError *error);
static bool append_real(BindsDriverConn *conn, double real, BindsError *error);
static bool append_bytes(BindsDriverConn *conn, const char *data, size_t length,
						 BindsError *error);
static bool reserve(BindsDriverConn *conn, size_t length, BindsError *error);
static void release_text(BindsDriverConn *conn);
static bool too_long(BindsDriverConn *conn, size_t length, BindsError *error);
static bool out_of_memory(BindsError *error);
static const char *end_of_statement(const char *sql);

const BindsDriver binds_mysql_driver = {
	.name = "mysql",
	.connect = binds_mysql_connect,
	.disconnect = binds_mysql_disconnect,
	.ping = my_ping,
	.alive = my_alive,
	.info = my_info,
	.prepare = my_prepare,
	.execute = my_execute,
	.execute_batch = my_execute_batch,
	.fetch = my_fetch,
	.column_name = my_column_name,
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
		stmt->places = malloc(numbers);
		stmt->params = malloc(numbers);
	}
	if (stmt == NULL || stmt->sql == NULL || stmt->places == NULL ||
		stmt->params == NULL)
	{
		if (stmt != NULL)
		{
			free(stmt->sql);
			free(stmt->places);
			free(stmt->params);
			free(stmt);
		}
		out_of_memory(error);
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
	stmt->repeat_start = query->repeat_start;
	stmt->repeat_end = query->repeat_end;
	dlist_push_tail(&conn->statements, &stmt->node);
	return stmt;
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
	if (!binds_mysql_ready(conn, error))
		return false;
	conn->text_length = 0;
	done = append_range(stmt, 0, stmt->sql_length, values, error) &&
		send_text(conn, error);
	release_text(conn);
	if (!done)
		return false;

	if (mysql_field_count(conn->mysql) > 0)
		return begin_rows(stmt, outcome, error);
	outcome->affected = (int64) mysql_affected_rows(conn->mysql);
	outcome->generated_key = (int64) mysql_insert_id(conn->mysql);
	return take_more_results(conn, false, true, error);
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
	size_t		limit = Min(BATCH_TEXT, conn->max_packet - PACKET_OVERHEAD);
	BindsQuery	query = {stmt->sql, stmt->nplaces, stmt->places, stmt->params,
	stmt->nparams, stmt->repeat_start, stmt->repeat_end};
	BindsOutcome one;
	int			row = 0;
	bool		done;

	memset(outcome, 0, sizeof(*outcome));
	if (stmt->repeat_end == 0)
	{
		for (; row < nrows; row++)
		{
			if (!my_execute(stmt, values + (size_t) row * stmt->nparams, &one, error))
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
	row = binds_mysql_batch(conn, &stmt->batch, &query, values, nrows, limit, outcome,
							error);
	done = row >= 0;
	while (done && row < nrows)
	{
		int			first = row;

		if (!binds_mysql_ready(conn, error))
			return false;
		conn->text_length = 0;
		done = append_bytes(conn, stmt->sql, stmt->repeat_start, error);
		for (; done && row < nrows; row++)
		{
			size_t		before = conn->text_length;

			done = (row == first || append_bytes(conn, ", ", 2, error)) &&
				append_range(stmt, stmt->repeat_start, stmt->repeat_end,
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
			append_bytes(conn, stmt->sql + stmt->repeat_end, tail, error) &&
			send_text(conn, error) && take_more_results(conn, true, true, error);
		if (done)
		{
			outcome->affected += (int64) mysql_affected_rows(conn->mysql);
			outcome->generated_key = (int64) mysql_insert_id(conn->mysql);
		}
	}
	release_text(conn);
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
	free_rows(stmt);
	return good;
}

static void
my_finalize(BindsDriverStmt *stmt)
{
	(void) my_reset(stmt);
	binds_mysql_batch_free(stmt->conn, stmt->batch);
	dlist_delete(&stmt->node);
	free(stmt->sql);
	free(stmt->places);
	free(stmt->params);
	free(stmt->columns);
	free(stmt);
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
	while (*sql != '\0')
	{
		const char *end = end_of_statement(sql);
		size_t		blanks = strspn(sql, " \t\r\n;");

		if (sql + blanks < end)
		{
			if (!binds_mysql_ready(conn, error))
				return false;
			conn->text_length = 0;
			if (!append_bytes(conn, sql, end - sql, error) ||
				!send_text(conn, error))
			{
				release_text(conn);
				return false;
			}
			release_text(conn);
			if (!take_more_results(conn, true, true, error))
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

static bool
my_ping(BindsDriverConn *conn, BindsError *error)
{
	return binds_mysql_simple(conn, "DO 0", true,
							  conn->target.connect_timeout * 1000L, error);
}

/*
 * An idle server has nothing to say: whatever can be read is its farewell.
 */
static bool
my_alive(BindsDriverConn *conn)
{
	struct pollfd pfd;

	if (conn->broken)
		return false;
	if (conn->busy != NULL)
		return true;
	pfd.fd = my_descriptor(conn->mysql);
	pfd.events = POLLIN;
	pfd.revents = 0;
	return pfd.fd >= 0 && poll(&pfd, 1, 0) == 0;
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
	memset(&call, 0, sizeof(call));
	call.kind = MY_CALL_QUERY;
	call.mysql = conn->mysql;
	call.sql = sql;
	call.length = strlen(sql);
	return binds_mysql_run_call(conn, &call, interruptible, timeout, error) &&
		take_more_results(conn, true, interruptible, error);
}

/*
 * LockTimeout, if set, else the bind's own.  Locks of tables (metadata) are waited for
 * as long as locks of rows.
 */
bool
binds_mysql_apply_lock_timeout(BindsDriverConn *conn, BindsError *error)
{
	int			wanted = ((LockTimeout > 0 ? LockTimeout : conn->target.lock_timeout) +
						  999) / 1000;
	char		sql[120];

	if (wanted == conn->applied_lock_timeout)
		return true;
	snprintf(sql, sizeof(sql),
			 "SET SESSION innodb_lock_wait_timeout = %d, SESSION lock_wait_timeout = %d",
			 wanted, wanted);
	if (!binds_mysql_simple(conn, sql, true, MY_FOREVER, error))
		return false;
	conn->applied_lock_timeout = wanted;
	return true;
}

/* ------------------------------------------------------------------------
 * Sending
 * ------------------------------------------------------------------------ */

bool
binds_mysql_ready(BindsDriverConn *conn, BindsError *error)
{
	if (conn->broken)
	{
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "the connection was closed");
		return false;
	}
	if (conn->branch_lost)
	{
		/* outside of a transaction it would commit by itself */
		binds_error_set(error, BINDS_ERROR_BRANCH_LOST,
						ERRCODE_T_R_SERIALIZATION_FAILURE, 0,
						"the server rolled the transaction back");
		error->branch_lost = true;
		return false;
	}
	if (conn->busy != NULL)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_INTERNAL_ERROR, 0,
						"another statement's rows wait to be read");
		return false;
	}
	return binds_mysql_apply_lock_timeout(conn, error);
}

/* Send the text that was built and wait for the answer. */
static bool
send_text(BindsDriverConn *conn, BindsError *error)
{
	MyCall		call;

	if (conn->text_length + PACKET_OVERHEAD > conn->max_packet)
		return too_long(conn, conn->text_length, error);
	memset(&call, 0, sizeof(call));
	call.kind = MY_CALL_QUERY;
	call.mysql = conn->mysql;
	call.sql = conn->text;
	call.length = conn->text_length;
	return binds_mysql_run_call(conn, &call, true, MY_FOREVER, error);
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
	end = binds_mysql_call(call, interruptible, timeout, &events);
	if (end == MY_END_INTERRUPTED)
		return stop_call(conn, call, events, error);
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
		return false;
	}
	return true;
}

/*
 * An interrupt came while a QUERY or NEXT is under way: stop the server's work.
 *
 * Returns true if the statement came to its end before it could be stopped and has no
 * rows: it is done and counts (a commit, above all).
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
		swallow_late_kill(conn);
		return false;
	}
	if (mysql_field_count(conn->mysql) == 0)
	{
		swallow_late_kill(conn);
		return !conn->broken;
	}
	init_fetch(&fetch, conn, mysql_use_result(conn->mysql));
	events = 0;
	if (fetch.result != NULL && !give_up_rows(&fetch, &events, MY_KILL_TIMEOUT))
	{
		binds_mysql_break(conn, &fetch, events);
		mysql_free_result(fetch.result);
		binds_mysql_lost(conn, error, ERRCODE_QUERY_CANCELED,
						 "the statement could not be stopped in time");
		return false;
	}
	if (fetch.result != NULL)
		mysql_free_result(fetch.result);
	swallow_late_kill(conn);
	binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED, 0,
					"the statement was stopped");
	return false;
}

/*
 * A KILL that comes after the end of its statement hits the next one: let that be one
 * that does nothing.
 */
static void
swallow_late_kill(BindsDriverConn *conn)
{
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

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

/* A SELECT was executed: get ready to fetch. */
static bool
begin_rows(BindsDriverStmt *stmt, BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	int			ncolumns;

	stmt->result = mysql_use_result(conn->mysql);
	if (stmt->result == NULL)
	{
		binds_mysql_error(conn, error);
		return false;
	}
	conn->busy = stmt;
	ncolumns = mysql_num_fields(stmt->result);
	if (ncolumns > stmt->columns_size)
	{
		MyColumnKind *columns = realloc(stmt->columns, sizeof(MyColumnKind) * ncolumns);

		if (columns == NULL)
		{
			(void) my_reset(stmt);
			return out_of_memory(error);
		}
		stmt->columns = columns;
		stmt->columns_size = ncolumns;
	}
	for (int i = 0; i < ncolumns; i++)
		stmt->columns[i] = column_kind(mysql_fetch_field_direct(stmt->result, i));
	stmt->ncolumns = ncolumns;
	outcome->ncolumns = ncolumns;
	return true;
}

static MyColumnKind
column_kind(const MYSQL_FIELD *field)
{
	switch ((int) field->type)
	{
		case MYSQL_TYPE_TINY:
		case MYSQL_TYPE_SHORT:
		case MYSQL_TYPE_INT24:
		case MYSQL_TYPE_LONG:
		case MYSQL_TYPE_LONGLONG:
		case MYSQL_TYPE_YEAR:
			return MY_COLUMN_INTEGER;
		case MYSQL_TYPE_FLOAT:
		case MYSQL_TYPE_DOUBLE:
			return MY_COLUMN_REAL;
		case MYSQL_TYPE_BIT:
		case MYSQL_TYPE_GEOMETRY:
			return MY_COLUMN_BLOB;
		case MYSQL_TYPE_TINY_BLOB:
		case MYSQL_TYPE_MEDIUM_BLOB:
		case MYSQL_TYPE_LONG_BLOB:
		case MYSQL_TYPE_BLOB:
		case MYSQL_TYPE_STRING:
		case MYSQL_TYPE_VAR_STRING:
		case MYSQL_TYPE_VARCHAR:
			/* 63 is the character set "binary" */
			return field->charsetnr == 63 ? MY_COLUMN_BLOB : MY_COLUMN_TEXT;
		default:
			return MY_COLUMN_TEXT;
	}
}

/*
 * Fetch a row.  Most rows are already in the client library's buffer; then this is a
 * call without a wait.
 */
static BindsFetch
my_fetch(BindsDriverStmt *stmt, BindsValue *row, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	const unsigned long *lengths;
	MyCall		call;
	int			events;

	if (stmt->result == NULL || conn->busy != stmt)
		return BINDS_FETCH_END;

	init_fetch(&call, conn, stmt->result);
	events = my_call_start(&call);
	if (events != 0 && !wait_for_row(stmt, &call, events, error))
		return BINDS_FETCH_ERROR;
	if (call.row == NULL)
		return end_rows(stmt, error) ? BINDS_FETCH_END : BINDS_FETCH_ERROR;

	lengths = mysql_fetch_lengths(stmt->result);
	for (int i = 0; i < stmt->ncolumns; i++)
		read_value(stmt->columns[i], call.row[i], lengths[i], &row[i]);
	return BINDS_FETCH_ROW;
}

/*
 * The next row is not here yet.  False, with an error, if it will not come: then the result
 * is gone.
 */
static bool
wait_for_row(BindsDriverStmt *stmt, MyCall *call, int events, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	long		timeout = conn->target.read_timeout > 0 ?
	conn->target.read_timeout * 1000L : MY_FOREVER;

	switch (binds_mysql_continue(call, true, timeout, &events))
	{
		case MY_END_DONE:
			return true;
		case MY_END_TIMEOUT:
			binds_mysql_break(conn, call, events);
			binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
							 "the server did not answer in time");
			break;
		case MY_END_INTERRUPTED:
			if (binds_mysql_kill_query(conn) &&
				give_up_rows(call, &events, MY_KILL_TIMEOUT))
			{
				free_rows(stmt);
				swallow_late_kill(conn);
				binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED,
								0, "the statement was stopped");
				return false;
			}
			binds_mysql_break(conn, call, events);
			binds_mysql_lost(conn, error, ERRCODE_QUERY_CANCELED,
							 "the statement could not be stopped in time");
			break;
	}
	free_rows(stmt);
	return false;
}

/*
 * No row came: is it the end, or an error?  Truncated results and lost connections show
 * only here.
 */
static bool
end_rows(BindsDriverStmt *stmt, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;

	conn->busy = NULL;
	if (mysql_errno(conn->mysql) != 0)
	{
		binds_mysql_error(conn, error);
		free_rows(stmt);
		if (MY_FETCH_HIDES_ERRORS && error->code == CR_COMMANDS_OUT_OF_SYNC)
			ask_error(conn, error);
		return false;
	}
	return take_more_results(conn, false, true, error);
}

/*
 * A fetch failed and the client library does not say why: ask the server.  If it does not
 * answer the connection is lost, which is the reason then.
 */
static void
ask_error(BindsDriverConn *conn, BindsError *error)
{
	static const char sql[] = "SHOW ERRORS LIMIT 1";
	MyCall		call;
	int			events;

	conn->broken = false;
	memset(&call, 0, sizeof(call));
	call.kind = MY_CALL_QUERY;
	call.mysql = conn->mysql;
	call.sql = sql;
	call.length = strlen(sql);
	if (!binds_mysql_run_call(conn, &call, false, MY_KILL_TIMEOUT, error))
		return;

	init_fetch(&call, conn, mysql_use_result(conn->mysql));
	if (call.result == NULL)
	{
		binds_mysql_error(conn, error);
		return;
	}
	if (binds_mysql_call(&call, false, MY_KILL_TIMEOUT, &events) == MY_END_DONE &&
		call.row != NULL && mysql_num_fields(call.result) >= 3 &&
		call.row[1] != NULL && call.row[2] != NULL)
	{
		binds_mysql_error_of(conn, atoi(call.row[1]), NULL, call.row[2], error);
		events = 0;
		if (!give_up_rows(&call, &events, MY_KILL_TIMEOUT))
			binds_mysql_break(conn, &call, events);
	}
	else
	{
		if (events != 0)
			binds_mysql_break(conn, &call, events);
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server while reading rows");
	}
	mysql_free_result(call.result);
}

/* Free the result; all its rows were read, or nothing can be read any more. */
static void
free_rows(BindsDriverStmt *stmt)
{
	if (stmt->result == NULL)
		return;
	if (stmt->conn->busy == stmt)
		stmt->conn->busy = NULL;
	mysql_free_result(stmt->result);
	stmt->result = NULL;
}

bool
binds_mysql_clear(BindsDriverConn *conn)
{
	BindsDriverStmt *stmt = conn->busy;
	BindsError	error;
	MyCall		call;
	int			events = 0;
	bool		killed = false;

	if (stmt == NULL || conn->broken)
		return !conn->broken;

	init_fetch(&call, conn, stmt->result);
	if (!give_up_rows(&call, &events, RESET_PATIENCE))
	{
		/* a long rest: the server shall not make all of it */
		killed = binds_mysql_kill_query(conn);
		if (!killed || !give_up_rows(&call, &events, MY_KILL_TIMEOUT))
			binds_mysql_break(conn, &call, events);
	}
	free_rows(stmt);
	if (killed)
		swallow_late_kill(conn);
	if (!conn->broken)
		(void) take_more_results(conn, false, false, &error);
	return !conn->broken;
}

/* A call that fetches the next row. */
static void
init_fetch(MyCall *call, BindsDriverConn *conn, MYSQL_RES *result)
{
	call->kind = MY_CALL_FETCH;
	call->mysql = conn->mysql;
	call->result = result;
	call->row = NULL;
}

/*
 * Read and forget rows until their end, or for "timeout" ms.  Returns true at the end, be
 * it an error of the server.  *events: what the call waits for, 0 if it is not yet begun;
 * at the timeout it may be under way.
 */
static bool
give_up_rows(MyCall *call, int *events, long timeout)
{
	int64		deadline = binds_mysql_now() + timeout;

	for (;;)
	{
		long		left = (long) (deadline - binds_mysql_now());
		MyEnd		end;

		if (left <= 0)
			return false;
		if (*events != 0)
			end = binds_mysql_continue(call, false, left, events);
		else
			end = binds_mysql_call(call, false, left, events);
		if (end != MY_END_DONE)
			return false;
		if (call->row == NULL)
			return true;
	}
}

/*
 * Read all that is left of what a statement gave: its rows, if "fresh" (nobody has taken
 * them), and further results of a procedure.  False if one of them is an error.
 */
static bool
take_more_results(BindsDriverConn *conn, bool fresh, bool interruptible,
				  BindsError *error)
{
	for (;;)
	{
		MyCall		call;
		int			events = 0;

		if (fresh && mysql_field_count(conn->mysql) > 0)
		{
			MYSQL_RES  *result = mysql_use_result(conn->mysql);

			if (result != NULL)
			{
				init_fetch(&call, conn, result);
				if (!give_up_rows(&call, &events, MY_ABORT_TIMEOUT))
				{
					binds_mysql_break(conn, &call, events);
					mysql_free_result(result);
					binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
									 "the rest of a result did not come in time");
					return false;
				}
				mysql_free_result(result);
			}
		}
		if (mysql_errno(conn->mysql) != 0)
		{
			binds_mysql_error(conn, error);
			return false;
		}
		if (!mysql_more_results(conn->mysql))
			return true;
		memset(&call, 0, sizeof(call));
		call.kind = MY_CALL_NEXT;
		call.mysql = conn->mysql;
		if (!binds_mysql_run_call(conn, &call, interruptible, MY_FOREVER, error))
			return false;
		if (call.status < 0)
			return true;
		fresh = true;
	}
}

/* ------------------------------------------------------------------------
 * Values from the server
 * ------------------------------------------------------------------------ */

static void
read_value(MyColumnKind kind, const char *data, unsigned long length,
		   BindsValue *value)
{
	if (data == NULL)
	{
		value->kind = BINDS_NULL;
		return;
	}
	switch (kind)
	{
		case MY_COLUMN_INTEGER:
			if (read_integer(data, length, &value->integer))
			{
				value->kind = BINDS_INTEGER;
				return;
			}
			break;				/* unsigned and beyond 63 bits: its digits */
		case MY_COLUMN_REAL:
			value->kind = BINDS_REAL;
			value->real = strtod(data, NULL);
			return;
		case MY_COLUMN_BLOB:
			value->kind = BINDS_BLOB;
			value->length = length;
			value->data = data;
			return;
		case MY_COLUMN_TEXT:
			break;
	}
	value->kind = BINDS_TEXT;
	value->length = length;
	value->data = data;
}

/* Read a decimal integer; false if it does not fit into 64 bits with a sign. */
static bool
read_integer(const char *data, size_t length, int64 *result)
{
	const char *end = data + length;
	bool		negative = length > 0 && *data == '-';
	uint64		number = 0;

	if (negative)
		data++;
	if (data == end || end - data > 19)
		return false;
	for (; data < end; data++)
	{
		if (*data < '0' || *data > '9')
			return false;
		number = number * 10 + (*data - '0');
	}
	/* 19 digits cannot overflow 64 bits without a sign */
	if (number > (uint64) PG_INT64_MAX + (negative ? 1 : 0))
		return false;
	*result = negative ? (int64) (0 - number) : (int64) number;
	return true;
}

/* ------------------------------------------------------------------------
 * Text of statements
 * ------------------------------------------------------------------------ */

/*
 * Append the bytes [from, to) of a statement, values in the places of its '?'.
 */
static bool
append_range(BindsDriverStmt *stmt, size_t from, size_t to, const BindsValue *values,
			 BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;

	for (int i = 0; i < stmt->nplaces; i++)
	{
		size_t		place = stmt->places[i];

		if (place < from)
			continue;
		if (place >= to)
			break;
		if (!append_bytes(conn, stmt->sql + from, place - from, error) ||
			!append_value(conn, &values[stmt->params[i]], error))
			return false;
		from = place + 1;
	}
	return append_bytes(conn, stmt->sql + from, to - from, error);
}

static bool
append_value(BindsDriverConn *conn, const BindsValue *value, BindsError *error)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			return append_bytes(conn, "NULL", 4, error);
		case BINDS_INTEGER:
			if (!reserve(conn, 32, error))
				return false;
			conn->text_length += pg_lltoa(value->integer,
										  conn->text + conn->text_length);
			return true;
		case BINDS_REAL:
			return append_real(conn, value->real, error);
		case BINDS_TEXT:
			return append_quoted(conn, "'", value, error);
		case BINDS_BLOB:
			return append_quoted(conn, "_binary'", value, error);
		case BINDS_DECIMAL:
			return append_bytes(conn, value->data, value->length, error);
	}
	return false;
}

/* prefix, the bytes with quotes doubled, a quote */
static bool
append_quoted(BindsDriverConn *conn, const char *prefix, const BindsValue *value,
			  BindsError *error)
{
	const char *data = value->data;
	const char *end = data + value->length;

	if (value->length + conn->text_length + PACKET_OVERHEAD > conn->max_packet)
		return too_long(conn, value->length + conn->text_length, error);
	if (!append_bytes(conn, prefix, strlen(prefix), error) ||
		!reserve(conn, value->length + 2, error))
		return false;
	while (data < end)
	{
		const char *quote = memchr(data, '\'', end - data);
		size_t		length = (quote != NULL ? quote + 1 : end) - data;

		if (!append_bytes(conn, data, length, error) ||
			(quote != NULL && !append_bytes(conn, "'", 1, error)))
			return false;
		data += length;
	}
	return append_bytes(conn, "'", 1, error);
}

/* The shortest text that reads back exactly; an exponent makes it a double. */
static bool
append_real(BindsDriverConn *conn, double real, BindsError *error)
{
	char		text[DOUBLE_SHORTEST_DECIMAL_LEN + 2];
	int			length;

	if (isnan(real) || isinf(real))
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, 0,
						"NaN and infinity cannot be sent");
		return false;
	}
	length = double_to_shortest_decimal_buf(real, text);
	if (strchr(text, 'e') == NULL)
	{
		strcpy(text + length, "e0");
		length += 2;
	}
	return append_bytes(conn, text, length, error);
}

static bool
append_bytes(BindsDriverConn *conn, const char *data, size_t length, BindsError *error)
{
	if (!reserve(conn, length, error))
		return false;
	memcpy(conn->text + conn->text_length, data, length);
	conn->text_length += length;
	return true;
}

/* Make room for "length" more bytes. */
static bool
reserve(BindsDriverConn *conn, size_t length, BindsError *error)
{
	size_t		size = conn->text_size;
	char	   *text;

	if (conn->text_length + length <= size)
		return true;
	if (conn->text_length + length > 2 * conn->max_packet)
		return too_long(conn, conn->text_length + length, error);
	size = Max(size, 8192);
	while (size < conn->text_length + length)
		size *= 2;
	text = realloc(conn->text, size);
	if (text == NULL)
		return out_of_memory(error);
	conn->text = text;
	conn->text_size = size;
	return true;
}

/* Do not keep what one large value needed. */
static void
release_text(BindsDriverConn *conn)
{
	conn->text_length = 0;
	if (conn->text_size > TEXT_KEEP)
	{
		free(conn->text);
		conn->text = NULL;
		conn->text_size = 0;
	}
}

static bool
too_long(BindsDriverConn *conn, size_t length, BindsError *error)
{
	binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_PROGRAM_LIMIT_EXCEEDED, 0,
					"statement of %zu bytes is longer than the server's "
					"max_allowed_packet, %zu bytes", length, conn->max_packet);
	return false;
}

static bool
out_of_memory(BindsError *error)
{
	binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_OUT_OF_MEMORY, 0,
					"out of memory");
	return false;
}
