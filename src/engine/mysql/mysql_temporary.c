/*
 * mysql_temporary.c
 *	  Temporary tables of MySQL and MariaDB, which stand before the real ones.
 *
 * Triggers, functions and procedures of the server may make temporary tables.  One that is
 * called like a real table takes its place in all that follows in the session, whatever
 * schema is named, so that rows would be written to it, and be gone with it.
 *
 * They last to the end of the transaction at most.  The server has no statement that drops
 * all of them, and most versions do not list them: a session that has some is reset, or
 * where the client library cannot do that without blocking, given up for another one, before
 * it is used again.  Only after a statement that may have made one, which the server says of
 * it, the server is asked how many were made, once for a transaction.  It does not say
 * so of one made of a SELECT: it is asked after statements of others, too, but not after
 * ours, whose triggers may have made one.
 *
 * Within the transaction they stay, for those who have made them: a procedure may fill what
 * the next one reads.  A statement of the core, which knows its table, is refused if that is a
 * temporary one.  It is not dropped instead: what its maker then writes to it would go to
 * the real one.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"
#include "engine/mysql/mysql_temporary.h"

/* MySQL refuses to touch one within an XA branch, if xa_detach_on_prepare is on */
#define MY_TEMPORARY_IN_XA 4091

/* MariaDB counts those that are temporary by themselves, sequences among them. */
static const char made[] =
"SHOW SESSION STATUS LIKE "
"/*M! 'Com_create_temporary_table' */ /*!80017 'Com_create_table' */";

static bool look(BindsDriverConn *conn, BindsError *error);
static void note_made(void *to, MYSQL_ROW row);
static bool is_temporary(BindsDriverConn *conn, const char *table, bool *temporary,
						 BindsError *error);
static void note_definition(void *to, MYSQL_ROW row);

bool
binds_mysql_leave_temporary(BindsDriverConn *conn, BindsError *error)
{
	if (conn->transaction != MY_NO_TRANSACTION || conn->for_ddl || conn->own_tables)
		return true;
	if (unlikely(conn->tables_suspect) && !look(conn, error))
		return false;
	if (likely(!conn->has_temporary))
		return true;
	if (binds_mysql_reset_session(conn))
	{
		conn->has_temporary = false;
		return true;
	}
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, ERRCODE_CONNECTION_FAILURE, 0,
					"the session has temporary tables of what came before");
	return false;
}

void
binds_mysql_note_given(BindsDriverConn *conn)
{
	conn->role_suspect = conn->tables_suspect = true;
	conn->real_table[0] = '\0';
}

bool
binds_mysql_left_temporary(BindsDriverConn *conn)
{
	BindsError	error;

	/* in the session of others the question could fail */
	return (likely(!conn->tables_suspect) ||
			binds_mysql_restore_session(conn, &error)) &&
		binds_mysql_leave_temporary(conn, &error);
}

bool
binds_mysql_begin_own_tables(BindsDriverConn *conn, BindsError *error)
{
	if (!binds_mysql_leave_temporary(conn, error))
		return false;
	conn->own_tables = true;
	conn->suspect_before = conn->tables_suspect;
	return true;
}

void
binds_mysql_end_own_tables(BindsDriverConn *conn, bool dropped)
{
	conn->own_tables = false;
	conn->tables_suspect = !dropped || conn->suspect_before;
}

/*
 * Ask how many tables were made in this session; one that does not tell may have any.
 * False if the question was interrupted, or the connection is lost.
 */
static bool
look(BindsDriverConn *conn, BindsError *error)
{
	int64		count = -1;

	if (!binds_mysql_each_row(conn, made, 2, note_made, &count, error) &&
		(error->kind == BINDS_ERROR_INTERRUPTED || conn->broken))
		return false;
	conn->tables_suspect = false;
	conn->has_temporary |= count != 0;
	return true;
}

static void
note_made(void *to, MYSQL_ROW row)
{
	if (row[1] != NULL)
		*(int64 *) to = strtoll(row[1], NULL, 10);
}

bool
binds_mysql_check_table(BindsDriverConn *conn, const char *table, BindsError *error)
{
	bool		temporary;

	if (likely(!conn->tables_suspect && !conn->has_temporary) || table[0] == '\0' ||
		strcmp(table, conn->real_table) == 0)
		return true;
	if (!is_temporary(conn, table, &temporary, error))
		return false;
	if (!temporary)
	{
		strlcpy(conn->real_table, table, sizeof(conn->real_table));
		return true;
	}
	binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_INVALID_TRANSACTION_STATE, 0,
					"a temporary table stands before table %s", table);
	error->detail = "A trigger, function or procedure of the server has made it, in this transaction.";
	error->hint = "It goes with the transaction. Let it have another name in the server, or be dropped where it was made.";
	return false;
}

/*
 * Only who has made a temporary table sees it, and has all rights on it: one that cannot
 * be shown is none.
 */
static bool
is_temporary(BindsDriverConn *conn, const char *table, bool *temporary, BindsError *error)
{
	bool		changed = conn->session_changed;
	char		sql[MY_TABLE_LENGTH + 32];

	*temporary = false;
	snprintf(sql, sizeof(sql), "SHOW CREATE TABLE %s", table);
	if (!binds_mysql_each_row(conn, sql, 2, note_definition, temporary, error))
	{
		if (error->kind != BINDS_ERROR_STATEMENT)
			return false;
		*temporary = error->code == MY_TEMPORARY_IN_XA;
		/* a question changes nothing */
		conn->session_changed = changed;
	}
	return true;
}

static void
note_definition(void *to, MYSQL_ROW row)
{
	static const char words[] = "CREATE TEMPORARY ";

	*(bool *) to = row[1] != NULL &&
		pg_strncasecmp(row[1], words, sizeof(words) - 1) == 0;
}
