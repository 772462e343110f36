/*
 * sqlite_target.c
 *	  What a statement changes, and what the definition of that does with conflicts.
 *
 * A constraint of a SQLite table may say what becomes of a row that breaks it: ON
 * CONFLICT IGNORE, REPLACE, ROLLBACK ...  The statement can say otherwise, INSERT OR
 * ABORT, but that holds for all statements in the triggers it fires, too.  So it is said
 * only where the table's definition speaks of conflicts.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_driver.h"

static bool is_virtual(BindsDriverConn *conn, const char *table);
static bool finds_table(BindsDriverConn *conn, const char *sql, const char *table);
static bool speaks_of_conflicts(BindsDriverConn *conn, const char *table);
static char *with_abort(const char *sql);
static bool prepare_again(BindsDriverStmt *stmt, const char *sql, BindsError *error);

/*
 * The authorizer hears that a statement changes a table: the first is the statement's
 * own.
 */
void
binds_sqlite_note_target(BindsDriverConn *conn, const char *table)
{
	if (conn->target == NULL && table != NULL)
		conn->target = strdup(table);
}

bool
binds_sqlite_look_at_target(BindsDriverStmt *stmt, const BindsQuery *query,
							BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	char	   *target = conn->target;
	bool		done = true;

	conn->target = NULL;
	if (target == NULL)
		return true;
	stmt->view = sqlite3_table_column_metadata(conn->db, "main", target, NULL, NULL,
											   NULL, NULL, NULL, NULL) != SQLITE_OK;
	if (query->conflicts_fail && sqlite3_column_count(stmt->stmt) > 0 &&
		(stmt->view || is_virtual(conn, target)))
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_FEATURE_NOT_SUPPORTED, 0,
						"cannot return the new row of %s: SQLite tells what it was given, not what became of it",
						stmt->view ? "a view" : "a virtual table");
		error->hint = "Leave out RETURNING, AFTER row triggers and views WITH CHECK OPTION here, and read the row with a SELECT.";
		done = false;
	}
	else if (query->conflicts_fail && !stmt->view && speaks_of_conflicts(conn, target))
		done = prepare_again(stmt, sqlite3_sql(stmt->stmt), error);
	free(target);
	return done;
}

static bool
is_virtual(BindsDriverConn *conn, const char *table)
{
	return finds_table(conn, "SELECT 1 FROM main.sqlite_schema WHERE type = 'table'"
					   " AND name = ?1 COLLATE NOCASE AND rootpage = 0", table);
}

static bool
speaks_of_conflicts(BindsDriverConn *conn, const char *table)
{
	return finds_table(conn, "SELECT 1 FROM main.sqlite_schema WHERE type = 'table'"
					   " AND name = ?1 COLLATE NOCASE AND sql LIKE '%conflict%'", table);
}

/* Does the query return a row?  If that cannot be told, it is taken to. */
static bool
finds_table(BindsDriverConn *conn, const char *sql, const char *table)
{
	sqlite3_stmt *ask = NULL;
	bool		found = true;

	if (sqlite3_prepare_v2(conn->db, sql, -1, &ask, NULL) == SQLITE_OK &&
		sqlite3_bind_text(ask, 1, table, -1, SQLITE_STATIC) == SQLITE_OK)
		found = sqlite3_step(ask) != SQLITE_DONE;
	sqlite3_finalize(ask);
	return found;
}

static bool
prepare_again(BindsDriverStmt *stmt, const char *sql, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	char	   *text = with_abort(sql);
	sqlite3_stmt *again = NULL;
	int			rc = text == NULL ? SQLITE_NOMEM :
		sqlite3_prepare_v3(conn->db, text, -1, SQLITE_PREPARE_PERSISTENT, &again, NULL);

	free(text);
	free(conn->target);
	conn->target = NULL;
	if (rc != SQLITE_OK)
	{
		binds_sqlite_fill_error(conn, rc, error);
		return false;
	}
	sqlite3_finalize(stmt->stmt);
	stmt->stmt = again;
	return true;
}

/* INSERT OR ABORT, UPDATE OR ABORT: the statement is one of ours.  malloc'ed. */
static char *
with_abort(const char *sql)
{
	static const char words[] = " OR ABORT";
	size_t		verb = strcspn(sql, " ");
	size_t		length = strlen(sql);
	char	   *text = malloc(length + sizeof(words));

	if (text == NULL)
		return NULL;
	memcpy(text, sql, verb);
	memcpy(text + verb, words, sizeof(words) - 1);
	memcpy(text + verb + sizeof(words) - 1, sql + verb, length - verb + 1);
	return text;
}
