/*
 * mysql_rows.c
 *	  Results of MySQL and MariaDB: rows on their way, given up, and read to values.
 *
 * Rows are streamed (mysql_use_result).  What their values point to is the client
 * library's, until the next row.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

/* rows given up are read for so long (ms) before the server is told to stop */
#define RESET_PATIENCE 20L

/* VECTOR of MySQL 9: not in every client library's header */
#define MY_TYPE_VECTOR 242

/* What the server tells of an error when it is asked. */
typedef struct MyToldError
{
	int			rows;			/* of SHOW WARNINGS */
	int			position;		/* of the error among them, 0: there is none */
	int			code;
	char		sqlstate[SQLSTATE_LENGTH + 1];
	char		message[MYSQL_ERRMSG_SIZE];
} MyToldError;

static MyColumnKind column_kind(const MYSQL_FIELD *field);
static bool wait_for_row(BindsDriverStmt *stmt, MyCall *call, int events,
						 BindsError *error);
static bool end_rows(BindsDriverStmt *stmt, BindsError *error);
static void explain_error(BindsDriverConn *conn, BindsError *error);
static void ask_error(BindsDriverConn *conn, BindsError *error);
static void note_warning(void *to, MYSQL_ROW row);
static void note_sqlstate(void *to, MYSQL_ROW row);
static bool each_row(BindsDriverConn *conn, const char *sql, unsigned ncolumns,
					 void (*take) (void *to, MYSQL_ROW row), void *to,
					 bool interruptible, long timeout, BindsError *error);
static void read_value(MyColumnKind kind, const char *data,
					   unsigned long length, BindsValue *value);
static bool read_real(const char *data, size_t length, double *result);
static bool read_integer(const char *data, size_t length, int64 *result);

/* A SELECT was executed: get ready to fetch. */
bool
binds_mysql_begin_rows(BindsDriverStmt *stmt, BindsOutcome *outcome,
					   BindsError *error)
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
			(void) binds_mysql_clear(conn);
			binds_mysql_free_rows(stmt);
			return binds_mysql_no_memory(error);
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
		case MY_TYPE_VECTOR:
			return MY_COLUMN_BLOB;
		case MYSQL_TYPE_TINY_BLOB:
		case MYSQL_TYPE_MEDIUM_BLOB:
		case MYSQL_TYPE_LONG_BLOB:
		case MYSQL_TYPE_BLOB:
		case MYSQL_TYPE_STRING:
		case MYSQL_TYPE_VAR_STRING:
		case MYSQL_TYPE_VARCHAR:
			return field->charsetnr == MY_BINARY_CHARSET ? MY_COLUMN_BLOB : MY_COLUMN_TEXT;
		default:
			return MY_COLUMN_TEXT;
	}
}

/*
 * Fetch a row.  Most rows are already in the client library's buffer; then this is a
 * call without a wait.
 */
BindsFetch
binds_mysql_fetch(BindsDriverStmt *stmt, BindsValue *row, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	const unsigned long *lengths;
	MyCall		call;
	int			events;

	if (stmt->result == NULL || conn->busy != stmt)
		return BINDS_FETCH_END;

	binds_mysql_init_fetch(&call, conn, stmt->result);
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
	instr_time	since;
	MyEnd		end;

	INSTR_TIME_SET_CURRENT(since);
	end = binds_mysql_continue(call, true, timeout, &events);
	binds_driver_wait_ended(&since);
	switch (end)
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
				binds_mysql_give_up_rows(call, &events, MY_KILL_TIMEOUT))
			{
				binds_mysql_free_rows(stmt);
				binds_mysql_note_change(conn);
				binds_mysql_swallow_kill(conn);
				binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED,
								0, "the statement was stopped");
				return false;
			}
			binds_mysql_break(conn, call, events);
			binds_mysql_lost(conn, error, ERRCODE_QUERY_CANCELED,
							 "the statement could not be stopped in time");
			break;
	}
	binds_mysql_free_rows(stmt);
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
		binds_mysql_free_rows(stmt);
		explain_error(conn, error);
		return false;
	}
	binds_mysql_note_end_of_rows(stmt);
	return binds_mysql_take_results(conn, false, true, error) &&
		binds_mysql_end_statement(conn, error);
}

/*
 * A fetch may have failed; its result is freed.  Where the client library does not say why,
 * the server is asked.
 */
static void
explain_error(BindsDriverConn *conn, BindsError *error)
{
	if (MY_FETCH_HIDES_ERRORS && error->code == CR_COMMANDS_OUT_OF_SYNC)
		ask_error(conn, error);
}

/*
 * Ask the server for the error of the last statement.  If it does not answer the connection
 * is lost, which is the reason then.
 */
static void
ask_error(BindsDriverConn *conn, BindsError *error)
{
	MyToldError told = {0};
	char		sql[80];

	conn->broken = false;
	if (each_row(conn, "SHOW WARNINGS", 3, note_warning, &told, false, MY_KILL_TIMEOUT,
				 error) && told.position > 0)
	{
		/* a trigger may have given its number, which only the SQLSTATE shows */
		snprintf(sql, sizeof(sql),
				 "GET DIAGNOSTICS CONDITION %d @binds_sqlstate = RETURNED_SQLSTATE",
				 told.position);
		if (binds_mysql_simple(conn, sql, false, MY_KILL_TIMEOUT, error))
			(void) each_row(conn, "SELECT @binds_sqlstate", 1, note_sqlstate, &told,
							false, MY_KILL_TIMEOUT, error);
		if (!conn->broken)
		{
			binds_mysql_error_of(conn, told.code,
								 told.sqlstate[0] != '\0' ? told.sqlstate : NULL,
								 told.message, error);
			return;
		}
	}
	if (!conn->broken || error->code == CR_COMMANDS_OUT_OF_SYNC)
		binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
						 "lost connection to the server while reading rows");
}

/* A row of SHOW WARNINGS. */
static void
note_warning(void *to, MYSQL_ROW row)
{
	MyToldError *told = to;

	told->rows++;
	if (told->position > 0 || row[0] == NULL || row[1] == NULL || row[2] == NULL ||
		strcmp(row[0], "Error") != 0)
		return;
	told->position = told->rows;
	told->code = atoi(row[1]);
	strlcpy(told->message, row[2], sizeof(told->message));
}

static void
note_sqlstate(void *to, MYSQL_ROW row)
{
	MyToldError *told = to;

	if (row[0] != NULL)
		strlcpy(told->sqlstate, row[0], sizeof(told->sqlstate));
}

/* Free the result; all its rows were read, or nothing can be read any more. */
void
binds_mysql_free_rows(BindsDriverStmt *stmt)
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
	bool		limited;

	if (stmt == NULL || conn->broken)
		return !conn->broken;

	/* in an abort there is no time to lose */
	limited = binds_wait_held() && binds_mysql_limit(MY_ROLLBACK_TIMEOUT);

	binds_mysql_init_fetch(&call, conn, stmt->result);
	if (!binds_mysql_give_up_rows(&call, &events, RESET_PATIENCE))
	{
		/* a long rest: the server shall not make all of it */
		killed = binds_mysql_kill_query(conn);
		if (!killed || !binds_mysql_give_up_rows(&call, &events, MY_KILL_TIMEOUT))
			binds_mysql_break(conn, &call, events);
	}
	binds_mysql_free_rows(stmt);
	if (killed)
	{
		/* rows that end with an error say nothing of the session */
		binds_mysql_note_change(conn);
		binds_mysql_swallow_kill(conn);
	}
	if (!conn->broken)
	{
		binds_mysql_note_end_of_rows(stmt);
		if (binds_mysql_take_results(conn, false, false, &error))
			(void) binds_mysql_end_statement(conn, &error);
	}
	if (limited)
		(void) binds_mysql_limit(0);
	return !conn->broken;
}

/* A call that fetches the next row. */
void
binds_mysql_init_fetch(MyCall *call, BindsDriverConn *conn, MYSQL_RES *result)
{
	/* for every row, so no more is set than a FETCH looks at */
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
bool
binds_mysql_give_up_rows(MyCall *call, int *events, long timeout)
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
bool
binds_mysql_take_results(BindsDriverConn *conn, bool fresh, bool interruptible,
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
				binds_mysql_init_fetch(&call, conn, result);
				if (!binds_mysql_give_up_rows(&call, &events, MY_ABORT_TIMEOUT))
				{
					binds_mysql_break(conn, &call, events);
					mysql_free_result(result);
					binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
									 "the rest of a result did not come in time");
					return false;
				}
				mysql_free_result(result);
				binds_mysql_note_session(conn);
			}
		}
		if (mysql_errno(conn->mysql) != 0)
		{
			binds_mysql_error(conn, error);
			explain_error(conn, error);
			return false;
		}
		if (!mysql_more_results(conn->mysql))
			return true;
		my_call_init(&call, MY_CALL_NEXT, conn->mysql);
		if (!binds_mysql_run_call(conn, &call, interruptible, MY_FOREVER, error))
			return false;
		if (call.status < 0)
			return true;
		fresh = true;
	}
}

/*
 * Execute a statement of ours and give each of its rows to "take".
 */
bool
binds_mysql_each_row(BindsDriverConn *conn, const char *sql, unsigned ncolumns,
					 void (*take) (void *to, MYSQL_ROW row), void *to,
					 BindsError *error)
{
	return binds_mysql_ask(conn, sql, ncolumns, take, to, true, error);
}

bool
binds_mysql_ask(BindsDriverConn *conn, const char *sql, unsigned ncolumns,
				void (*take) (void *to, MYSQL_ROW row), void *to, bool interruptible,
				BindsError *error)
{
	if (each_row(conn, sql, ncolumns, take, to, interruptible,
				 interruptible ? conn->target.connect_timeout * 1000L : MY_KILL_TIMEOUT,
				 error))
		return true;
	explain_error(conn, error);
	return false;
}

static bool
each_row(BindsDriverConn *conn, const char *sql, unsigned ncolumns,
		 void (*take) (void *to, MYSQL_ROW row), void *to, bool interruptible,
		 long timeout, BindsError *error)
{
	MyCall		call;
	int			events;
	bool		enough;
	bool		done;

	my_call_init(&call, MY_CALL_QUERY, conn->mysql);
	call.sql = sql;
	call.length = strlen(sql);
	if (!binds_mysql_run_call(conn, &call, interruptible, timeout, error))
		return false;
	binds_mysql_init_fetch(&call, conn, mysql_use_result(conn->mysql));
	if (call.result == NULL)
	{
		binds_mysql_error(conn, error);
		return false;
	}
	enough = mysql_num_fields(call.result) >= ncolumns;
	for (;;)
	{
		if (binds_mysql_call(&call, false, timeout, &events) != MY_END_DONE)
			binds_mysql_break(conn, &call, events);
		if (call.row == NULL || conn->broken)
			break;
		if (enough)
			take(to, call.row);
	}
	done = !conn->broken && mysql_errno(conn->mysql) == 0;
	if (!done)
		binds_mysql_error(conn, error);
	else if (!enough)
		binds_mysql_lost(conn, error, ERRCODE_PROTOCOL_VIOLATION,
						 "the server does not show its variables");
	mysql_free_result(call.result);
	if (done)
		binds_mysql_note_session(conn);
	return done && enough;
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
			if (read_real(data, length, &value->real))
			{
				value->kind = BINDS_REAL;
				return;
			}
			break;
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

/* Read a floating-point number; false if it is none.  The data ends with a NUL. */
static bool
read_real(const char *data, size_t length, double *result)
{
	char	   *end;

	*result = strtod(data, &end);
	return length > 0 && end == data + length;
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
