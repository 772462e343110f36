/*
 * sqlite_driver.c
 *	  The driver over libsqlite3: statements and transactions.
 *
 * An error may end SQLite's transaction without a word, and the next statement would
 * then commit by itself.  So the driver remembers that it has begun, and compares
 * with sqlite3_get_autocommit before every statement and after every error.
 *
 * Memory: connections and statements are malloc'ed; nothing here is palloc'ed.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>
#include <sys/stat.h>

#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_driver.h"

/* bytes of parameters that the limit for all values need not be raised for */
#define LONG_ROW 65536

static bool prepare_only(BindsDriverConn *conn, const char *sql, BindsDriverStmt *stmt,
						 BindsError *error);
static bool is_readonly(BindsDriverStmt *stmt);
static bool is_pragma(BindsDriverStmt *stmt);
static bool prepare_late(BindsDriverStmt *stmt, BindsError *error);
static bool lite_reset(BindsDriverStmt *stmt);
static bool run_text(BindsDriverConn *conn, const char *sql, BindsError *error);
static bool check_file(BindsDriverConn *conn, BindsError *error);
static bool check_open(BindsDriverConn *conn, bool writes, BindsError *error);
static bool execute_row(BindsDriverStmt *stmt, const BindsValue *values,
						BindsOutcome *outcome, BindsError *error);
static bool bind_values(BindsDriverStmt *stmt, const BindsValue *values,
						BindsError *error);
static void allow_length(BindsDriverStmt *stmt, const BindsValue *values);
static int	bind_value(sqlite3_stmt *stmt, int place, const BindsValue *value);
static int64 changes_since(BindsDriverStmt *stmt, sqlite3_int64 total);
static inline bool get_value(sqlite3_stmt *stmt, int column,
							 BindsValue *result);
static void set_journal_mode(BindsDriverConn *conn);

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

/*
 * Prepare one statement; text after it is an error.
 */
static BindsDriverStmt *
lite_prepare(BindsDriverConn *conn, const BindsQuery *query, BindsError *error)
{
	BindsDriverStmt *stmt = calloc(1, sizeof(BindsDriverStmt));
	char	   *sql;

	if (stmt != NULL)
		stmt->params = malloc(sizeof(int) * (query->nplaces + 1));
	if (stmt == NULL || stmt->params == NULL)
	{
		free(stmt);
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_OUT_OF_MEMORY,
						SQLITE_NOMEM, "out of memory");
		return NULL;
	}

	sql = binds_sqlite_quote_names(query->sql);
	if (sql == NULL)
		binds_sqlite_fill_error(conn, SQLITE_NOMEM, error);
	else if (!prepare_only(conn, sql, stmt, error))
		 /* it says why */ ;
	else if (sqlite3_bind_parameter_count(stmt->stmt) != query->nplaces)
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_UNDEFINED_PARAMETER, 0,
						"the statement has %d parameters, not %d",
						sqlite3_bind_parameter_count(stmt->stmt),
						query->nplaces);
	else
	{
		stmt->conn = conn;
		stmt->readonly = is_readonly(stmt);
		stmt->nplaces = query->nplaces;
		stmt->nparams = query->nparams;
		memcpy(stmt->params, query->params, sizeof(int) * query->nplaces);
		if (binds_sqlite_look_at_target(stmt, query, error))
		{
			stmt->next = conn->statements;
			if (stmt->next != NULL)
				stmt->next->prev = stmt;
			conn->statements = stmt;
			free(sql);
			return stmt;
		}
	}

	free(sql);
	sqlite3_finalize(stmt->stmt);
	free(stmt->params);
	free(stmt);
	return NULL;
}

/*
 * Prepare a text that is one statement.  What comes after it is prepared too, to see
 * that it is none, and may take as long.
 */
static bool
prepare_only(BindsDriverConn *conn, const char *sql, BindsDriverStmt *stmt,
			 BindsError *error)
{
	const char *tail = NULL;
	sqlite3_stmt *second = NULL;
	bool		more = false;
	int			rc;

	conn->gave_way = false;
	conn->pragma = BINDS_PRAGMA_NONE;
	free(conn->target);
	conn->target = NULL;
	binds_sqlite_work(conn, &stmt->used, 0);
	rc = sqlite3_prepare_v3(conn->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->stmt,
							&tail);
	stmt->pragma = conn->pragma;
	conn->pragma = BINDS_PRAGMA_DENIED;
	if (rc == SQLITE_OK && stmt->stmt != NULL)
	{
		rc = sqlite3_prepare_v2(conn->db, tail, -1, &second, NULL);
		more = second != NULL || (rc & 0xff) == SQLITE_ERROR || (rc & 0xff) == SQLITE_AUTH;
		sqlite3_finalize(second);
	}
	binds_sqlite_rest();

	if (more)
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_SYNTAX_ERROR, 0,
						"only one statement can be executed at a time");
	else if (rc != SQLITE_OK)
		binds_sqlite_fill_error(conn, rc, error);
	else if (stmt->stmt == NULL)
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_SYNTAX_ERROR, 0,
						"the statement is empty");
	else
		return true;
	return false;
}

/*
 * SQLite takes EXPLAIN for what it explains, a PRAGMA that asks for the journal mode for
 * one that might change it, and one that writes by statements of its own for a reader.
 */
static bool
is_readonly(BindsDriverStmt *stmt)
{
	switch (stmt->pragma)
	{
		case BINDS_PRAGMA_WRITES:
		case BINDS_PRAGMA_LATE:
			return false;
		case BINDS_PRAGMA_SHOWS:
			if (sqlite3_column_count(stmt->stmt) > 0 && is_pragma(stmt))
				return true;
			/* FALLTHROUGH */
		default:
			return sqlite3_stmt_readonly(stmt->stmt) ||
				sqlite3_stmt_isexplain(stmt->stmt) > 0;
	}
}

/* A table-valued function of a SELECT shows a PRAGMA as well. */
static bool
is_pragma(BindsDriverStmt *stmt)
{
	const char *sql = sqlite3_sql(stmt->stmt);

	return pg_strncasecmp(sql + strspn(sql, " \t\r\n"), "PRAGMA", 6) == 0;
}

static bool
lite_reads_only(BindsDriverStmt *stmt)
{
	return stmt->readonly;
}

/*
 * Prepare a PRAGMA that sets something on the connection: again, and for every
 * execution.
 */
static bool
prepare_late(BindsDriverStmt *stmt, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	sqlite3_stmt *again = NULL;
	int			rc;

	conn->gave_way = false;
	conn->pragma = BINDS_PRAGMA_LATE;
	binds_sqlite_work(conn, &stmt->used, 0);
	rc = sqlite3_prepare_v2(conn->db, sqlite3_sql(stmt->stmt), -1, &again, NULL);
	binds_sqlite_rest();
	conn->pragma = BINDS_PRAGMA_DENIED;
	if (rc != SQLITE_OK)
	{
		binds_sqlite_fill_error(conn, rc, error);
		return false;
	}
	sqlite3_finalize(stmt->stmt);
	stmt->stmt = again;
	return true;
}

/*
 * Execute: bind, and step to the first row or the end.
 *
 * Of a statement with RETURNING, "affected" is 1 if a row comes and 0 if not: SQLite
 * counts when the last row was read.
 */
static bool
lite_execute(BindsDriverStmt *stmt, const BindsValue *values,
			 BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	sqlite3_int64 total = 0;
	int			rc;

	memset(outcome, 0, sizeof(*outcome));
	(void) lite_reset(stmt);
	stmt->used = 0;
	if (!check_open(conn, !stmt->readonly, error) ||
		(stmt->pragma == BINDS_PRAGMA_LATE && !prepare_late(stmt, error)))
		return false;
	/* the snapshot that it takes may hold longer values than the last one */
	if (sqlite3_txn_state(conn->db, "main") == SQLITE_TXN_NONE)
		binds_sqlite_limit_length(conn);
	if (!bind_values(stmt, values, error))
		return false;

	if (!stmt->readonly)
	{
		total = sqlite3_total_changes64(conn->db);
		sqlite3_set_last_insert_rowid(conn->db, 0);
	}
	conn->gave_way = false;

	/* SQLite may prepare it again */
	conn->pragma = stmt->pragma == BINDS_PRAGMA_WRITES ? BINDS_PRAGMA_NONE :
		BINDS_PRAGMA_DENIED;
	rc = binds_sqlite_step(conn, stmt->stmt, &stmt->used);
	conn->pragma = BINDS_PRAGMA_DENIED;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
	{
		binds_sqlite_fill_error(conn, rc, error);
		sqlite3_reset(stmt->stmt);
		return false;
	}

	outcome->ncolumns = sqlite3_column_count(stmt->stmt);
	if (!stmt->readonly)
	{
		outcome->affected = rc == SQLITE_ROW ? 1 : changes_since(stmt, total);
		outcome->generated_key = sqlite3_last_insert_rowid(conn->db);
		outcome->final_key = outcome->generated_key;
	}
	if (rc == SQLITE_ROW && outcome->ncolumns > 0)
		stmt->state = STMT_ROW_READY;
	else
	{
		sqlite3_reset(stmt->stmt);
		stmt->state = STMT_DONE;
	}
	return true;
}

/*
 * Execute once per row.  The interrupt is looked for between rows: stopping SQLite
 * inside of a write would throw the whole transaction away.
 */
static bool
lite_execute_batch(BindsDriverStmt *stmt, const BindsValue *values, int nrows,
				   BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;

	memset(outcome, 0, sizeof(*outcome));
	(void) lite_reset(stmt);
	if (!check_open(conn, !stmt->readonly, error))
		return false;
	sqlite3_set_last_insert_rowid(conn->db, 0);

	for (int i = 0; i < nrows; i++)
	{
		if (!execute_row(stmt, values + (size_t) i * stmt->nparams, outcome, error))
		{
			error->row = i;
			return false;
		}
	}
	return true;
}

/* Execute for one row of a batch. */
static bool
execute_row(BindsDriverStmt *stmt, const BindsValue *values,
			BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	sqlite3_int64 total = sqlite3_total_changes64(conn->db);
	sqlite3_int64 last;
	int			rc;

	if (binds_wait_interrupted())
	{
		binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED,
						SQLITE_INTERRUPT, "interrupted");
		return false;
	}
	if (!bind_values(stmt, values, error))
		return false;
	conn->gave_way = false;
	stmt->used = 0;
	while ((rc = binds_sqlite_step(conn, stmt->stmt, &stmt->used)) == SQLITE_ROW)
		 /* a row of RETURNING that nobody wants */ ;
	if (rc != SQLITE_DONE)
	{
		binds_sqlite_fill_error(conn, rc, error);
		sqlite3_reset(stmt->stmt);
		return false;
	}
	if (stmt->view)
		outcome->affected = -1;
	else
		outcome->affected += changes_since(stmt, total);
	last = sqlite3_last_insert_rowid(conn->db);
	outcome->generated_key = Max(outcome->generated_key, last);
	outcome->final_key = last;
	sqlite3_reset(stmt->stmt);
	return true;
}

static BindsFetch
lite_fetch(BindsDriverStmt *stmt, BindsValue *row, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	int			rc = SQLITE_ROW;
	int			ncolumns;

	switch (stmt->state)
	{
		case STMT_ROW_READY:
			stmt->state = STMT_RUNNING;
			break;
		case STMT_RUNNING:
			conn->gave_way = false;
			rc = binds_sqlite_step(conn, stmt->stmt, &stmt->used);
			break;
		case STMT_DONE:
			return BINDS_FETCH_END;
		case STMT_IDLE:
		case STMT_CUT_OFF:
			binds_error_set(error, BINDS_ERROR_STATEMENT,
							ERRCODE_INVALID_CURSOR_STATE, 0,
							"the result was given up by a rollback");
			return BINDS_FETCH_ERROR;
	}
	if (rc == SQLITE_DONE)
	{
		/* ends SQLite's own read transaction if this was the last scan */
		sqlite3_reset(stmt->stmt);
		stmt->state = STMT_DONE;
		return BINDS_FETCH_END;
	}

	ncolumns = rc == SQLITE_ROW ? sqlite3_data_count(stmt->stmt) : 0;
	binds_sqlite_work(conn, &stmt->used, BINDS_SQLITE_LONG);
	for (int i = 0; i < ncolumns; i++)
	{
		if (!get_value(stmt->stmt, i, &row[i]))
		{
			rc = SQLITE_NOMEM;
			break;
		}
	}
	binds_sqlite_rest();
	if (rc != SQLITE_ROW)
	{
		binds_sqlite_fill_error(conn, rc, error);
		sqlite3_reset(stmt->stmt);
		stmt->state = STMT_CUT_OFF;
		return BINDS_FETCH_ERROR;
	}
	return BINDS_FETCH_ROW;
}

static const char *
lite_column_name(BindsDriverStmt *stmt, int column)
{
	return sqlite3_column_name(stmt->stmt, column);
}

/* Whether it can be compared is told by more than one statement. */
static void
lite_column_type(BindsDriverStmt *stmt, int column, BindsColumnType *type)
{
	const char *name = sqlite3_column_decltype(stmt->stmt, column);

	memset(type, 0, sizeof(*type));
	strlcpy(type->name, name != NULL && name[0] != '\0' ? name : "BLOB",
			sizeof(type->name));
}

static bool
lite_reset(BindsDriverStmt *stmt)
{
	if (stmt->state != STMT_IDLE && stmt->state != STMT_DONE)
		sqlite3_reset(stmt->stmt);
	stmt->state = STMT_IDLE;
	return true;
}

static void
lite_finalize(BindsDriverStmt *stmt)
{
	if (stmt->prev != NULL)
		stmt->prev->next = stmt->next;
	else
		stmt->conn->statements = stmt->next;
	if (stmt->next != NULL)
		stmt->next->prev = stmt->prev;
	sqlite3_finalize(stmt->stmt);
	free(stmt->params);
	free(stmt);
}

static bool
lite_run(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	return run_text(conn, sql, error);
}

/* Run statements of the driver itself, which the authorizer lets through. */
bool
binds_sqlite_run_own(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	bool		result;

	conn->own = true;
	result = run_text(conn, sql, error);
	conn->own = false;
	return result;
}

/* Run every statement of a text; rows are thrown away. */
static bool
run_text(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	while (*sql != '\0')
	{
		sqlite3_stmt *stmt = NULL;
		const char *tail;
		int64		used = 0;
		int			rc;

		conn->gave_way = false;
		/* it is executed at once: a PRAGMA needs no second time */
		conn->pragma = BINDS_PRAGMA_LATE;
		if (!conn->own)
			binds_sqlite_work(conn, &used, 0);
		rc = sqlite3_prepare_v2(conn->db, sql, -1, &stmt, &tail);
		binds_sqlite_rest();
		conn->pragma = BINDS_PRAGMA_DENIED;
		if (rc != SQLITE_OK)
		{
			binds_sqlite_fill_error(conn, rc, error);
			return false;
		}
		sql = tail;
		if (stmt == NULL)
			continue;			/* blanks, a comment */
		if (!conn->own &&
			!check_open(conn, !sqlite3_stmt_readonly(stmt), error))
		{
			sqlite3_finalize(stmt);
			return false;
		}
		while ((rc = binds_sqlite_step(conn, stmt, &used)) == SQLITE_ROW)
			 /* not wanted */ ;
		if (rc != SQLITE_DONE)
		{
			binds_sqlite_fill_error(conn, rc, error);
			sqlite3_finalize(stmt);
			return false;
		}
		sqlite3_finalize(stmt);
	}
	return true;
}

/*
 * Before a statement: is the transaction that the branch has begun still there, and
 * has one been begun if the statement writes?  Else it would commit by itself.
 */
static bool
check_open(BindsDriverConn *conn, bool writes, BindsError *error)
{
	if (conn->begun && sqlite3_get_autocommit(conn->db))
	{
		binds_error_set(error, BINDS_ERROR_BRANCH_LOST,
						ERRCODE_T_R_SERIALIZATION_FAILURE, 0,
						"the transaction has been rolled back by SQLite");
		return false;
	}
	if (writes && !conn->begun)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_NO_ACTIVE_SQL_TRANSACTION, 0,
						"a statement that writes needs a transaction");
		return false;
	}
	return true;
}

/*
 * Let the values of a statement be as long as they are.  A row that an UPDATE has made
 * longer may be made longer again.
 */
static void
allow_length(BindsDriverStmt *stmt, const BindsValue *values)
{
	BindsDriverConn *conn = stmt->conn;
	uint64		length = 0;

	for (int i = 0; i < stmt->nplaces; i++)
	{
		const BindsValue *value = &values[stmt->params[i]];

		if (value->kind == BINDS_TEXT || value->kind == BINDS_BLOB ||
			value->kind == BINDS_DECIMAL)
			length += value->length;
	}
	if (length > LONG_ROW && (!stmt->readonly || length > conn->longest))
		binds_sqlite_add_length(conn, length);
}

static bool
bind_values(BindsDriverStmt *stmt, const BindsValue *values, BindsError *error)
{
	allow_length(stmt, values);
	for (int i = 0; i < stmt->nplaces; i++)
	{
		const BindsValue *value = &values[stmt->params[i]];
		int			rc;

		if (value->kind == BINDS_REAL && isnan(value->real))
		{
			/* SQLite would store NULL */
			binds_error_set(error, BINDS_ERROR_STATEMENT,
							ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, 0,
							"NaN cannot be stored");
			return false;
		}
		rc = bind_value(stmt->stmt, i + 1, value);
		if (rc != SQLITE_OK)
		{
			binds_sqlite_fill_error(stmt->conn, rc, error);
			return false;
		}
	}
	return true;
}

/* The data stays the caller's until the statement is reset. */
static int
bind_value(sqlite3_stmt *stmt, int place, const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			return sqlite3_bind_null(stmt, place);
		case BINDS_INTEGER:
			return sqlite3_bind_int64(stmt, place, value->integer);
		case BINDS_REAL:
			return sqlite3_bind_double(stmt, place, value->real);
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			/* a NULL pointer would be the value NULL */
			return sqlite3_bind_text64(stmt, place,
									   value->length > 0 ? value->data : "",
									   value->length, SQLITE_STATIC,
									   SQLITE_UTF8);
		case BINDS_BLOB:
			return sqlite3_bind_blob64(stmt, place,
									   value->length > 0 ? value->data : "",
									   value->length, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

/*
 * Rows that the last statement changed itself.  sqlite3_changes stays as it was
 * after a statement that is no INSERT, UPDATE or DELETE, the total does not grow.
 */
static int64
changes_since(BindsDriverStmt *stmt, sqlite3_int64 total)
{
	BindsDriverConn *conn = stmt->conn;

	if (stmt->view && sqlite3_column_count(stmt->stmt) == 0)
		return -1;
	return sqlite3_total_changes64(conn->db) == total ? 0 :
		sqlite3_changes64(conn->db);
}

/*
 * Get a value by its own type; asking for a text first would convert a number for
 * good.  Returns false if memory ran out.
 *
 * The column is looked up once.  On a connection without a mutex its value may be
 * read like any other (sqlite3_value, "protected"), at half the price.
 */
static inline bool
get_value(sqlite3_stmt *stmt, int column, BindsValue *result)
{
	sqlite3_value *value = sqlite3_column_value(stmt, column);

	switch (sqlite3_value_type(value))
	{
		case SQLITE_INTEGER:
			result->kind = BINDS_INTEGER;
			result->integer = sqlite3_value_int64(value);
			break;
		case SQLITE_FLOAT:
			result->kind = BINDS_REAL;
			result->real = sqlite3_value_double(value);
			break;
		case SQLITE_TEXT:
			result->kind = BINDS_TEXT;
			result->data = (const char *) sqlite3_value_text(value);
			result->length = sqlite3_value_bytes(value);
			return result->data != NULL;
		case SQLITE_BLOB:
			result->kind = BINDS_BLOB;
			result->data = sqlite3_value_blob(value);
			result->length = sqlite3_value_bytes(value);
			if (result->data == NULL)
			{
				/* an empty one, or memory ran out */
				result->data = "";
				return result->length == 0;
			}
			break;
		default:
			result->kind = BINDS_NULL;
			break;
	}
	return true;
}

/* ------------------------------------------------------------------------
 * Transactions
 * ------------------------------------------------------------------------ */

/*
 * Begin.  A read-only snapshot is taken by the first read.  If a snapshot is open and
 * the branch now writes, its first write turns it into a writing transaction:
 * 40001 if another connection has written since.
 */
static bool
lite_begin(BindsDriverConn *conn, const BindsBegin *begin, BindsError *error)
{
	if (!sqlite3_get_autocommit(conn->db))
	{
		conn->begun = true;
		return true;
	}
	if (begin->kind == BINDS_BEGIN_WRITE)
	{
		if (!check_file(conn, error))
			return false;
		if (conn->fresh)
			set_journal_mode(conn);
	}
	conn->begun = binds_sqlite_run_own(conn, begin->kind == BINDS_BEGIN_WRITE ?
									   "BEGIN IMMEDIATE" : "BEGIN", error);
	if (conn->begun && begin->kind == BINDS_BEGIN_WRITE)
		binds_sqlite_limit_length(conn);
	return conn->begun;
}

/*
 * Is the file still at its path?  One that was replaced or deleted would take the
 * changes along to where nobody looks for them.
 */
static bool
check_file(BindsDriverConn *conn, BindsError *error)
{
	if (binds_sqlite_alive(conn))
		return true;
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, ERRCODE_UNDEFINED_FILE,
					SQLITE_READONLY_DBMOVED,
					"the database file has been moved or replaced");
	error->branch_lost = conn->begun;
	return false;
}

/*
 * Give a file that is still empty the journal mode of new files.  If that fails,
 * because another connection does the same, the file keeps what it has.
 */
static void
set_journal_mode(BindsDriverConn *conn)
{
	struct stat st;
	char		sql[64];
	BindsError	ignored;

	if (stat(conn->path, &st) != 0 || st.st_size == 0)
	{
		snprintf(sql, sizeof(sql), "PRAGMA journal_mode=%s", conn->journal_mode);
		(void) binds_sqlite_run_own(conn, sql, &ignored);
	}
	conn->fresh = false;
}

/* Run a savepoint statement, but never where it would begin a transaction. */
static bool
run_savepoint(BindsDriverConn *conn, const char *verb, int level,
			  BindsError *error)
{
	char		sql[64];

	if (!check_open(conn, true, error))
		return false;
	snprintf(sql, sizeof(sql), "%s s%d", verb, level);
	return binds_sqlite_run_own(conn, sql, error);
}

static bool
lite_savepoint(BindsDriverConn *conn, int level, BindsError *error)
{
	return run_savepoint(conn, "SAVEPOINT", level, error);
}

static bool
lite_release(BindsDriverConn *conn, int level, BindsError *error)
{
	return run_savepoint(conn, "RELEASE", level, error);
}

static bool
lite_rollback_to(BindsDriverConn *conn, int level, BindsError *error)
{
	return run_savepoint(conn, "ROLLBACK TO", level, error);
}

/*
 * Find out what could make COMMIT fail: deferred foreign keys, locks of readers, a
 * full disk.  SQLite has no prepare; after this only a crash is left.
 *
 * A file with a WAL gets its pages written to that, without a sync; with a rollback
 * journal the journal is synced once more, as no page is written before it is.
 */
static bool
lite_check_commit(BindsDriverConn *conn, BindsError *error)
{
	int			open_keys = 0;
	int			highest = 0;
	int			rc;

	if (!check_open(conn, false, error) || !check_file(conn, error))
		return false;
	sqlite3_db_status(conn->db, SQLITE_DBSTATUS_DEFERRED_FKS, &open_keys,
					  &highest, 0);
	if (open_keys > 0)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_FOREIGN_KEY_VIOLATION,
						SQLITE_CONSTRAINT_FOREIGNKEY,
						"FOREIGN KEY constraint failed");
		return false;
	}
	conn->gave_way = false;
	rc = sqlite3_db_cacheflush(conn->db);
	if (rc != SQLITE_OK)
		binds_sqlite_fill_error(conn, rc, error);
	return rc == SQLITE_OK;
}

static bool
lite_commit(BindsDriverConn *conn, bool voted, BindsError *error)
{
	if (!conn->begun)
		return true;
	if (!check_open(conn, false, error) ||
		(!voted && sqlite3_txn_state(conn->db, "main") == SQLITE_TXN_WRITE &&
		 !check_file(conn, error)) ||
		!binds_sqlite_run_own(conn, "COMMIT", error))
		return false;
	conn->begun = false;
	binds_sqlite_give_back(conn);
	return true;
}

/*
 * Roll back.  What is still being read is cut off: its next fetch fails.
 */
static bool
lite_rollback(BindsDriverConn *conn, bool voted)
{
	BindsError	error;
	bool		result = true;

	for (BindsDriverStmt *stmt = conn->statements; stmt != NULL;
		 stmt = stmt->next)
	{
		if (stmt->state == STMT_ROW_READY || stmt->state == STMT_RUNNING)
		{
			sqlite3_reset(stmt->stmt);
			stmt->state = STMT_CUT_OFF;
		}
	}
	if (!sqlite3_get_autocommit(conn->db))
		result = binds_sqlite_run_own(conn, "ROLLBACK", &error) &&
			sqlite3_get_autocommit(conn->db);
	conn->begun = false;
	binds_sqlite_give_back(conn);
	return result;
}

static bool
lite_in_transaction(BindsDriverConn *conn)
{
	return !sqlite3_get_autocommit(conn->db);
}

static void
lite_library(BindsLibrary *library)
{
	library->name = "SQLite";
	library->version = sqlite3_libversion();
}

const BindsDriver binds_sqlite_driver = {
	.name = "sqlite",
	.library = lite_library,
	.connect = binds_sqlite_connect,
	.disconnect = binds_sqlite_disconnect,
	.ping = binds_sqlite_ping,
	.alive = binds_sqlite_alive,
	.info = binds_sqlite_info,
	.asks_password = NULL,
	.prepare = lite_prepare,
	.reads_only = lite_reads_only,
	.understands = NULL,
	.execute = lite_execute,
	.execute_batch = lite_execute_batch,
	.fetch = lite_fetch,
	.column_name = lite_column_name,
	.column_type = lite_column_type,
	.reset = lite_reset,
	.finalize = lite_finalize,
	.run = lite_run,
	.begin = lite_begin,
	.savepoint = lite_savepoint,
	.release = lite_release,
	.rollback_to = lite_rollback_to,
	.check_commit = lite_check_commit,
	.vote = NULL,
	.commit = lite_commit,
	.rollback = lite_rollback,
	.in_transaction = lite_in_transaction,
	.left_writes = NULL,
	.keep_references = binds_sqlite_keep_references,
	.redo_start = NULL,
	.redo_apply = NULL,
	.concurrent = true
};
