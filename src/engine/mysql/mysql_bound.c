/*
 * mysql_bound.c
 *	  Statements of others with parameters, for MySQL and MariaDB.
 *
 * Where a '?' of such a text is a parameter only the server knows: it may stand in a
 * comment that is code for one version and none for another.  So the server prepares
 * the text as it is, by the SQL statement PREPARE, which both client libraries can send
 * without blocking, and is given the values apart from it, as user variables.  Those of the
 * last such statement stay in the session.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

/* what the server says if EXECUTE has another number of values than there are places */
#define MY_WRONG_ARGUMENTS 1210

static bool prepare(BindsDriverStmt *stmt, BindsError *error);
static bool set_values(BindsDriverStmt *stmt, const BindsValue *values,
					   BindsError *error);
static bool append_name(BindsDriverConn *conn, const char *before, int number,
						const char *after, BindsError *error);
static bool append_text(BindsDriverConn *conn, const char *text, BindsError *error);
static bool finish(BindsDriverConn *conn, BindsError *error);

/*
 * Execute a statement whose query is bound: the answer is that to its text.
 */
bool
binds_mysql_send_bound(BindsDriverStmt *stmt, const BindsValue *values,
					   BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	bool		changed = conn->session_changed;
	bool		suspect = conn->tables_suspect;

	if (!prepare(stmt, error) || !set_values(stmt, values, error))
		return false;

	/* a statement and variables of ours are no change of the session */
	if (!binds_mysql_says_variables(conn))
	{
		conn->session_changed = changed;
		conn->tables_suspect = suspect;
	}

	conn->text_length = 0;
	if (!append_text(conn, "EXECUTE binds_bound", error))
		return false;
	for (int i = 0; i < stmt->nparams; i++)
	{
		if (!append_name(conn, i == 0 ? " USING " : ", ", i, "", error))
			return false;
	}
	if (binds_mysql_send_text(conn, error))
		return true;
	if (error->code == MY_WRONG_ARGUMENTS && strstr(error->message, "EXECUTE") != NULL)
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_UNDEFINED_PARAMETER,
						error->code, "the statement has another number of parameters than %d",
						stmt->nparams);
	return false;
}

static bool
prepare(BindsDriverStmt *stmt, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	BindsValue	text = {BINDS_TEXT, stmt->sql_length, .data = stmt->sql};

	conn->text_length = 0;
	return append_text(conn, "PREPARE binds_bound FROM ", error) &&
		binds_mysql_append_literal(conn, &text, error) && finish(conn, error);
}

static bool
set_values(BindsDriverStmt *stmt, const BindsValue *values, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;

	static const BindsValue null = {BINDS_NULL};
	int			before = conn->nbound;

	conn->text_length = 0;
	conn->nbound = Max(before, stmt->nparams);
	for (int i = 0; i < conn->nbound; i++)
	{
		if (!append_name(conn, i == 0 ? "SET " : ", ", i, " = ", error) ||
			!binds_mysql_append_literal(conn, i < stmt->nparams ? &values[i] : &null,
										error))
			return false;
	}
	if (!finish(conn, error))
		return false;
	conn->nbound = stmt->nparams;
	return true;
}

static bool
append_name(BindsDriverConn *conn, const char *before, int number, const char *after,
			BindsError *error)
{
	char		name[64];

	snprintf(name, sizeof(name), "%s@binds_%d%s", before, number + 1, after);
	return append_text(conn, name, error);
}

static bool
append_text(BindsDriverConn *conn, const char *text, BindsError *error)
{
	return binds_mysql_append_bytes(conn, text, strlen(text), error);
}

/* Send a statement without rows. */
static bool
finish(BindsDriverConn *conn, BindsError *error)
{
	return binds_mysql_send_text(conn, error) &&
		binds_mysql_take_results(conn, true, true, error);
}
