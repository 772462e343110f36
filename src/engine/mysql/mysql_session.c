/*
 * mysql_session.c
 *	  The session of a connection to MySQL and MariaDB: set up, watched, set again.
 *
 * Triggers, functions and procedures of the server run in our session and may change
 * it.  The server says so: its answer to the statement carries a flag when a system
 * variable has been set, and whether the session commits by itself.  Before the next
 * statement is sent, and only then, the session is set up again; that costs nothing where
 * nothing happened.  What the server cannot say is taken for a change: an error, whose
 * packet has no room for the flag, and a CALL, of whose results only the last has it for
 * sure.
 *
 * Two things are tracked, for each tells when the other is switched off: which variables
 * are set (session_track_system_variables), and that anything is
 * (session_track_state_change).  The server does not take the flag back within a statement,
 * so that to switch off both, in any order, is told as well.  The price: a variable of the
 * user or a temporary table has the session set up again, where no names come along that
 * show that there was nothing else.
 *
 * The set-up sets what the core relies on, the database among it.  Other variables that the server names, and after
 * the tracking was touched, or where the server confuses names, all that differ from its own,
 * go back to the server's default.  If that is refused, or if they cannot be asked for, the
 * connection is not used any more after the transaction, to whose end they stay.
 *
 * What one row of a statement changes, the next row of the same statement has.  Who sends
 * values for several rows is told of it (binds_mysql_note_rows).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "storage/proc.h"

#include "engine/mysql/mysql_driver.h"

/* room for what the set-up says of this connection */
#define OWN_LENGTH 500

/*
 * The session that does not depend on the server's defaults, its option files or
 * init_connect: strict, our way of quoting, UTC, utf8mb4, results without a limit.
 * NO_UNSIGNED_SUBTRACTION: a difference may be negative, as in PostgreSQL.
 * max_sort_length is enough for ORDER BY on 1 024 characters (see mysql_types.c).  A
 * slow reader of a result is no dead one.  A condition on a view stays outside of what
 * groups there: one that tells apart what the server takes for equal would leave out a part
 * of a group.  The charset first: what follows may be in an error message.
 */
static const char set_up[] =
"SET NAMES utf8mb4 COLLATE "
"/*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */, "
"SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,"
"NO_BACKSLASH_ESCAPES,NO_ENGINE_SUBSTITUTION,NO_UNSIGNED_SUBTRACTION', "
"SESSION time_zone = '+00:00', "
"SESSION sql_select_limit = 18446744073709551615, "
"SESSION max_join_size = 18446744073709551615, "
"SESSION sql_big_selects = 1, "
"SESSION sql_auto_is_null = 0, "
"SESSION sql_safe_updates = 0, "
"SESSION foreign_key_checks = 1, "
"SESSION unique_checks = 1, "
"SESSION completion_type = 0, "
"SESSION div_precision_increment = 4, "
"SESSION sql_quote_show_create = 1, "
"SESSION sql_notes = 1, "
"SESSION timestamp = DEFAULT, "
"SESSION max_sort_length = 4096, "
"/*M!100200 SESSION optimizer_switch = CONCAT('default,condition_pushdown_for_derived=off' */ "
"/*M!100400 , ',condition_pushdown_for_subquery=off' */ /*M!100200 ), */ "
"/*!80022 SESSION optimizer_switch = 'default,derived_condition_pushdown=off', */ "
"SESSION net_write_timeout = 86400, "
"SESSION net_read_timeout = 86400, "
"SESSION session_track_state_change = 1";

/*
 * Have every variable tracked that is set.  Not part of the set-up: it makes the server
 * forget what it has not told yet.
 */
static const char track[] = "SET SESSION session_track_system_variables = '*'";

/*
 * What differs from the server's own, whoever has set it.  It takes some ms, for each
 * statement that sets a variable where names are confused.
 */
static const char differing[] =
"SELECT lower(variable_name) FROM "
"/*M! information_schema.system_variables "
"WHERE session_value IS NOT NULL AND global_value IS NOT NULL "
"AND NOT session_value <=> global_value */ "
"/*!80017 performance_schema.session_variables s "
"JOIN performance_schema.global_variables g USING (variable_name) "
"WHERE NOT s.variable_value <=> g.variable_value */";

/* What the set-up sets. */
static const char *const own_names[] = {
	"character_set_client", "character_set_connection", "character_set_results",
	"collation_connection", "sql_mode", "time_zone", "sql_select_limit",
	"max_join_size", "sql_big_selects", "sql_auto_is_null", "sql_safe_updates",
	"foreign_key_checks", "unique_checks", "completion_type", "div_precision_increment",
	"sql_quote_show_create", "sql_notes", "timestamp", "max_sort_length", "optimizer_switch",
	"net_write_timeout", "net_read_timeout", "wait_timeout", "autocommit", "session_track_state_change",
	"session_track_system_variables", NULL
};

/* In the list of a SET, for those that have it on by themselves. */
#define SNAPSHOT_ISOLATION "/*M!110602 , SESSION innodb_snapshot_isolation = %d */"
#define SNAPSHOT_ISOLATION_VERSION 110602

/* Earlier ones may have it, off, as any other variable. */
static const char snapshot_name[] = "innodb_snapshot_isolation";

/* What is set between statements: lock waits and isolation. */
static const char *const set_names[] = {
	"innodb_lock_wait_timeout", "lock_wait_timeout", "tx_isolation", "tx_read_only",
	"transaction_isolation", "transaction_read_only", NULL
};

/* Some of them, which every answer to it names as long as all are tracked. */
static const char *const told_names[] = {
	"sql_mode", "time_zone", "sql_select_limit", "max_join_size", "div_precision_increment",
	"max_sort_length", "net_read_timeout", NULL
};

/* Switches, which MariaDB 11 takes for one another when it names them. */
static const char *const switch_names[] = {
	"sql_big_selects", "sql_auto_is_null", "foreign_key_checks", "unique_checks", NULL
};

/* What the server itself sets for each statement (MySQL 9). */
static const char *const moving_names[] = {"statement_id", NULL};

/*
 * What a statement leaves for those who ask for it, and has no default; and what follows the
 * database.
 */
static const char *const harmless_names[] = {
	"last_insert_id", "identity", "rand_seed1", "rand_seed2",
	"character_set_database", "collation_database", NULL
};

/* What a session may have otherwise than the server, though nobody has set it. */
static const char *const startup_names[] = {
	"character_set_database", "collation_database", "max_allowed_packet",
	"net_buffer_length", NULL
};

static const char tracking_name[] = "session_track_system_variables";

/* The levels in statements, and in variables. */
static const char *const level_words[] = {
	[BINDS_ISOLATION_DEFAULT] = "REPEATABLE READ",
	[BINDS_ISOLATION_READ_UNCOMMITTED] = "READ UNCOMMITTED",
	[BINDS_ISOLATION_READ_COMMITTED] = "READ COMMITTED",
	[BINDS_ISOLATION_REPEATABLE_READ] = "REPEATABLE READ",
	[BINDS_ISOLATION_SERIALIZABLE] = "SERIALIZABLE"
};

static const char *const level_values[] = {
	[BINDS_ISOLATION_DEFAULT] = "REPEATABLE-READ",
	[BINDS_ISOLATION_READ_UNCOMMITTED] = "READ-UNCOMMITTED",
	[BINDS_ISOLATION_READ_COMMITTED] = "READ-COMMITTED",
	[BINDS_ISOLATION_REPEATABLE_READ] = "REPEATABLE-READ",
	[BINDS_ISOLATION_SERIALIZABLE] = "SERIALIZABLE"
};

static bool use_database(BindsDriverConn *conn, BindsError *error);
static bool send_set_up(BindsDriverConn *conn, BindsError *error);
static int	lock_timeout(BindsDriverConn *conn);
static bool send_text(BindsDriverConn *conn, const char *sql, BindsError *error);
static bool set_variables(BindsDriverConn *conn, const char *sql, BindsError *error);
static bool reset_foreign(BindsDriverConn *conn, BindsError *error);
static void note_differing(void *to, MYSQL_ROW row);
static bool says_all(BindsDriverConn *conn, const char *const *names);
static bool says_moving_only(BindsDriverConn *conn);
static bool take_foreign(BindsDriverConn *conn, const char *const *expected);
static bool first_name(BindsDriverConn *conn, const char **name, size_t *length);
static bool next_name(BindsDriverConn *conn, const char **name, size_t *length);
static void add_foreign(BindsDriverConn *conn, const char *name, size_t length);
static bool is_one_of(const char *const *names, const char *name, size_t length);
static bool is_set_name(BindsDriverConn *conn, const char *name, size_t length);
static bool is_name(const char *name, size_t length);

/*
 * Make the session of a new connection ours.  A transaction that init_connect has begun is
 * none of ours.
 */
bool
binds_mysql_set_up_session(BindsDriverConn *conn, BindsError *error)
{
	char		sql[lengthof(track) + 2 * MY_MARK_LENGTH + lengthof(MY_NOTE_ROLE)];

	conn->isolation = BINDS_ISOLATION_REPEATABLE_READ;
	conn->strict = false;
	conn->unlinked = false;
	snprintf(sql, sizeof(sql), "%s" MY_NOTE_ROLE, track, conn->mark, conn->mark);
	if (!send_text(conn, sql, error) || !send_set_up(conn, error))
		return false;
	conn->tracks = says_all(conn, told_names);
	conn->confuses_names = !says_all(conn, switch_names);
	conn->untold = conn->named = false;
	conn->shows_autocommit =
		(conn->mysql->server_status & SERVER_STATUS_AUTOCOMMIT) != 0;
	if ((conn->mysql->server_status & SERVER_STATUS_IN_TRANS) &&
		!send_text(conn, "ROLLBACK", error))
		return false;
	conn->session_changed = conn->tables_suspect = false;
	return true;
}

/*
 * COM_RESET_CONNECTION leaves the role as it is.  libmysqlclient sends it without giving way:
 * there the connection is given up.
 */
bool
binds_mysql_reset_session(BindsDriverConn *conn)
{
#if MY_HAS_RESET_CALL
	BindsError	error;
	MyCall		call;
	bool		other;

	binds_mysql_unprepare(conn);
	my_call_init(&call, MY_CALL_RESET, conn->mysql);
	if (binds_mysql_restore_role(conn, &other, &error) &&
		binds_mysql_run_call(conn, &call, false, conn->target.connect_timeout * 1000L,
							 &error) &&
		binds_mysql_set_up_session(conn, &error))
	{
		conn->nbound = 0;
		return true;
	}
	/* half-way */
	conn->broken = true;
#endif
	return false;
}

void
binds_mysql_note_change(BindsDriverConn *conn)
{
	conn->session_changed = conn->tables_suspect = true;
	conn->real_table[0] = '\0';
}

/*
 * libmariadb does not read what MySQL says of the session at the end of rows.  MySQL says it
 * in its next answer without rows, whatever that is to.
 */
void
binds_mysql_note_end_of_rows(BindsDriverStmt *stmt)
{
	binds_mysql_note_session(stmt->conn);
	if (stmt->conn->rows_hide)
		stmt->conn->hidden = Max(stmt->conn->hidden, stmt->hides);
}

/*
 * Have such an answer, before anything is written, and after a statement of others, which may
 * have called a function.  After a scan of ours no other scan asks, for that would take twice
 * as long for all of them: what a view over a function has changed of the session is noticed
 * by the next write, not by the scan after it.
 */
bool
binds_mysql_hear(BindsDriverConn *conn, bool writes, BindsError *error)
{
	if (likely(conn->hidden == MY_HIDES_NOTHING) || conn->busy != NULL ||
		(conn->hidden == MY_HIDES_OURS && !writes))
		return true;
	return send_text(conn, "DO 0", error);
}

/*
 * Note what the last answer of the server says of the session.
 */
void
binds_mysql_note_session(BindsDriverConn *conn)
{
	if (!(conn->mysql->server_status & SERVER_SESSION_STATE_CHANGED) ||
		says_moving_only(conn))
		return;
	binds_mysql_note_change(conn);
	conn->named |= binds_mysql_says_variables(conn);
	(void) take_foreign(conn, own_names);
}

/*
 * Before a statement: set up the session again if somebody has changed it.
 *
 * autocommit can be set outside of a transaction only: inside of one it would commit,
 * and does not matter.
 */
bool
binds_mysql_restore_session(BindsDriverConn *conn, BindsError *error)
{
	bool		suspect = conn->tables_suspect;
	bool		other_role;

	if (conn->transaction == MY_NO_TRANSACTION && conn->shows_autocommit &&
		!(conn->mysql->server_status & SERVER_STATUS_AUTOCOMMIT))
		conn->session_changed = true;
	if (likely(!conn->session_changed))
		return true;

	if (!send_set_up(conn, error))
		return false;
	if (conn->tracks && !says_all(conn, told_names))
		conn->untold = true;
	conn->missed = conn->untold;
	if (conn->untold && !send_text(conn, track, error))
		return false;
	if ((conn->untold || (conn->confuses_names && conn->named)) && conn->tracks &&
		!binds_mysql_each_row(conn, differing, 1, note_differing, conn, error))
	{
		if (error->kind == BINDS_ERROR_INTERRUPTED)
			return false;
		conn->foreign_left = true;
	}
	if (!reset_foreign(conn, error) ||
		(conn->role_suspect && !binds_mysql_restore_role(conn, &other_role, error)) ||
		!use_database(conn, error))
		return false;
	conn->untold = conn->named = false;
	conn->session_changed = false;
	conn->tables_suspect = suspect;
	return true;
}

/*
 * After a statement of so many rows: if it has changed the session, further rows of it were
 * in another one.  Where no variable is named, the answer to the set-up tells
 * whether it was one of the user, or the like, which is none of ours.
 */
bool
binds_mysql_note_rows(BindsDriverConn *conn, int nrows, BindsOutcome *outcome,
					  BindsError *error)
{
	bool		named = conn->named || conn->untold || !conn->tracks;

	if (likely(!conn->session_changed))
		return true;
	if (!named && !binds_mysql_restore_session(conn, error))
		return false;
	if (named || conn->missed)
		outcome->changing_rows = Max(outcome->changing_rows, nrows);
	return true;
}

/*
 * Set the variables back that others have set.  Of those that can only be set by some, or
 * at other times, a connection is rid only when it goes.
 */
static bool
reset_foreign(BindsDriverConn *conn, BindsError *error)
{
	BindsError	refused;

	for (int i = 0; i < conn->nforeign && !conn->broken; i++)
	{
		char		sql[MY_NAME_LENGTH + 32];

		snprintf(sql, sizeof(sql), "SET SESSION %s = DEFAULT", conn->foreign[i]);
		if (send_text(conn, sql, &refused))
			continue;
		if (refused.kind == BINDS_ERROR_INTERRUPTED)
		{
			*error = refused;
			return false;
		}
		conn->foreign_left = true;
	}
	free(conn->foreign);
	conn->foreign = NULL;
	conn->nforeign = conn->foreign_size = 0;
	if (!conn->broken)
		return true;
	binds_mysql_lost(conn, error, ERRCODE_CONNECTION_FAILURE,
					 "lost connection to the server");
	return false;
}

/* A row of "differing". */
static void
note_differing(void *to, MYSQL_ROW row)
{
	BindsDriverConn *conn = to;
	size_t		length = row[0] == NULL ? 0 : strlen(row[0]);

	if (is_name(row[0], length) && !is_one_of(own_names, row[0], length) &&
		!is_set_name(conn, row[0], length) &&
		!is_one_of(startup_names, row[0], length))
		add_foreign(conn, row[0], length);
}

/*
 * LockTimeout, if set, else the bind's own.  Locks of tables (metadata) are waited for
 * as long as locks of rows.
 */
bool
binds_mysql_apply_lock_timeout(BindsDriverConn *conn, BindsError *error)
{
	int			wanted = lock_timeout(conn);
	char		sql[120];

	if (wanted == conn->applied_lock_timeout)
		return true;
	snprintf(sql, sizeof(sql),
			 "SET SESSION innodb_lock_wait_timeout = %d, SESSION lock_wait_timeout = %d",
			 wanted, wanted);
	if (!set_variables(conn, sql, error))
		return false;
	conn->applied_lock_timeout = wanted;
	return true;
}

/*
 * The session's isolation level, if it is another one now.  It holds for all following
 * transactions, so most begin without this round trip.
 *
 * MariaDB refuses, from 11.6.2 on, to lock a row that is newer than what the transaction sees.
 * PostgreSQL does so from REPEATABLE READ on; at READ COMMITTED the row is taken as it is now.
 */
bool
binds_mysql_set_isolation(BindsDriverConn *conn, BindsIsolation isolation, bool strict,
						  BindsError *error)
{
	char		sql[200];

	if (isolation != conn->isolation)
	{
		snprintf(sql, sizeof(sql), "SET SESSION TRANSACTION ISOLATION LEVEL %s",
				 level_words[isolation]);
		if (!set_variables(conn, sql, error))
			return false;
		conn->isolation = isolation;
	}
	if (strict != conn->strict)
	{
		snprintf(sql, sizeof(sql), "SET SESSION innodb_lock_wait_timeout = @@SESSION.innodb_lock_wait_timeout "
				 SNAPSHOT_ISOLATION, strict);
		if (!set_variables(conn, sql, error))
			return false;
		conn->strict = strict;
	}
	return true;
}

/*
 * By the set-up, before the next statement: nothing is sent here, so nothing fails.
 */
bool
binds_mysql_keep_references(BindsDriverConn *conn, bool keep, BindsError *error)
{
	conn->unlinked = !keep;
	conn->session_changed = true;
	return true;
}

/* ------------------------------------------------------------------------
 * Sending
 * ------------------------------------------------------------------------ */

/*
 * USE the database of the bind, whatever others have USEd: no statement of ours qualifies
 * names with it.
 */
static bool
use_database(BindsDriverConn *conn, BindsError *error)
{
	const char *name = conn->target.database;
	char		sql[MY_TABLE_LENGTH];
	char	   *to = sql;

	if (name == NULL)
		return true;
	to += sprintf(to, "USE `");
	for (; *name != '\0' && to - sql < MY_TABLE_LENGTH - 4; name++)
	{
		if (*name == '`')
			*to++ = '`';
		*to++ = *name;
	}
	strcpy(to, "`");
	return send_text(conn, sql, error);
}

/*
 * Send the set-up, in one statement.  Its answer names all variables that were set since
 * the last answer with names.
 */
static bool
send_set_up(BindsDriverConn *conn, BindsError *error)
{
	const MyTarget *target = &conn->target;
	const char *level = level_values[conn->isolation];
	int			wait = lock_timeout(conn);
	char		sql[lengthof(set_up) + OWN_LENGTH];

	snprintf(sql, sizeof(sql),
			 "%s%s%s, SESSION innodb_lock_wait_timeout = %d, SESSION lock_wait_timeout = %d, "
			 "SESSION "
			 "/*M! tx_isolation = '%s', SESSION tx_read_only = %d */ "
			 "/*!80017 transaction_isolation = '%s', SESSION transaction_read_only = %d */"
			 SNAPSHOT_ISOLATION ", "
			 "SESSION wait_timeout = %s%d%s", set_up,
			 conn->transaction == MY_NO_TRANSACTION ? ", SESSION autocommit = 1" : "",
			 conn->unlinked ? ", SESSION foreign_key_checks = 0" : "",
			 wait, wait, level, target->read_only, level, target->read_only, conn->strict,
			 target->wait_timeout > 0 ? "" :
			 "CAST(GREATEST(@@SESSION.wait_timeout, ",
			 target->wait_timeout > 0 ? target->wait_timeout : 28800,
			 target->wait_timeout > 0 ? "" : ") AS UNSIGNED)");
	if (!send_text(conn, sql, error))
		return false;
	conn->applied_lock_timeout = wait;
	return true;
}

/* s, of the next waits for locks */
static int
lock_timeout(BindsDriverConn *conn)
{
	return ((LockTimeout > 0 ? LockTimeout : conn->target.lock_timeout) + 999) / 1000;
}

/* Set variables of "set_names"; what others have set meanwhile is noted. */
static bool
set_variables(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	bool		changed = conn->session_changed;
	bool		suspect = conn->tables_suspect;

	if (!send_text(conn, sql, error))
		return false;
	conn->tables_suspect = suspect;
	if (!conn->tracks)
		return true;
	conn->session_changed = changed || take_foreign(conn, NULL) ||
		!binds_mysql_says_variables(conn);
	if (!conn->session_changed)
		conn->named = false;
	return true;
}

static bool
send_text(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	return binds_mysql_simple(conn, sql, true, conn->target.connect_timeout * 1000L,
							  error);
}

/* ------------------------------------------------------------------------
 * What the server names
 * ------------------------------------------------------------------------ */

/*
 * Does the last answer name variables that somebody has set?  If it is one to a SET, and
 * does not, none is tracked.
 */
bool
binds_mysql_says_variables(BindsDriverConn *conn)
{
	const char *name;
	size_t		length;
	bool		more;

	if (!(conn->mysql->server_status & SERVER_SESSION_STATE_CHANGED))
		return false;
	for (more = first_name(conn, &name, &length); more;
		 more = next_name(conn, &name, &length))
	{
		if (!is_one_of(moving_names, name, length))
			return true;
	}
	return false;
}

/* Does the last answer, to the set-up, name all of these? */
static bool
says_all(BindsDriverConn *conn, const char *const *names)
{
	const char *name;
	size_t		length;
	int			told = 0;
	int			all = 0;
	bool		more;

	if (!binds_mysql_says_variables(conn))
		return false;
	for (more = first_name(conn, &name, &length); more;
		 more = next_name(conn, &name, &length))
		told += is_one_of(names, name, length);
	while (names[all] != NULL)
		all++;
	return told == all;
}

/*
 * Does the last answer name those variables only that nobody has set, and tell of no change
 * of another kind?
 */
static bool
says_moving_only(BindsDriverConn *conn)
{
	const char *name;
	size_t		length;

	return first_name(conn, &name, &length) && !binds_mysql_says_variables(conn) &&
		mysql_session_track_get_first(conn->mysql, SESSION_TRACK_STATE_CHANGE, &name,
									  &length) != 0;
}

/*
 * Are there names in the last answer that are neither expected (NULL: none are) nor those
 * set between statements?  They are added to the variables that others have set; one
 * that cannot be set back by its name costs the connection.
 */
static bool
take_foreign(BindsDriverConn *conn, const char *const *expected)
{
	const char *name;
	size_t		length;
	bool		found = false;
	bool		more;

	for (more = first_name(conn, &name, &length); more;
		 more = next_name(conn, &name, &length))
	{
		if (length == strlen(tracking_name) &&
			pg_strncasecmp(name, tracking_name, length) == 0)
			conn->untold = true;
		if (is_one_of(moving_names, name, length) ||
			is_one_of(harmless_names, name, length) ||
			is_one_of(expected, name, length) || is_set_name(conn, name, length))
			continue;
		found = true;
		if (!is_name(name, length))
			conn->foreign_left = true;
		else if (!is_one_of(own_names, name, length))
			add_foreign(conn, name, length);
	}
	return found;
}

/* The client library gives names and values in turn. */
static bool
first_name(BindsDriverConn *conn, const char **name, size_t *length)
{
	return mysql_session_track_get_first(conn->mysql, SESSION_TRACK_SYSTEM_VARIABLES,
										 name, length) == 0;
}

static bool
next_name(BindsDriverConn *conn, const char **name, size_t *length)
{
	return mysql_session_track_get_next(conn->mysql, SESSION_TRACK_SYSTEM_VARIABLES,
										name, length) == 0 &&
		mysql_session_track_get_next(conn->mysql, SESSION_TRACK_SYSTEM_VARIABLES,
									 name, length) == 0;
}

/* Note a variable, once.  There are as many as the server has, a few hundred. */
static void
add_foreign(BindsDriverConn *conn, const char *name, size_t length)
{
	void	   *grown;

	for (int i = 0; i < conn->nforeign; i++)
	{
		if (strlen(conn->foreign[i]) == length &&
			memcmp(conn->foreign[i], name, length) == 0)
			return;
	}
	if (conn->nforeign == conn->foreign_size)
	{
		int			size = Min(Max(2 * conn->foreign_size, 16), MY_FOREIGN_NAMES);

		grown = size > conn->nforeign ?
			realloc(conn->foreign, size * sizeof(*conn->foreign)) : NULL;
		if (grown == NULL)
		{
			conn->foreign_left = true;
			return;
		}
		conn->foreign = grown;
		conn->foreign_size = size;
	}
	memcpy(conn->foreign[conn->nforeign], name, length);
	conn->foreign[conn->nforeign++][length] = '\0';
}

/* Is it a variable that we set between statements? */
static bool
is_set_name(BindsDriverConn *conn, const char *name, size_t length)
{
	return is_one_of(set_names, name, length) ||
		(length == strlen(snapshot_name) &&
		 pg_strncasecmp(name, snapshot_name, length) == 0 &&
		 mysql_get_server_version(conn->mysql) >= SNAPSHOT_ISOLATION_VERSION);
}

static bool
is_one_of(const char *const *names, const char *name, size_t length)
{
	for (; names != NULL && *names != NULL; names++)
	{
		if (strlen(*names) == length && pg_strncasecmp(*names, name, length) == 0)
			return true;
	}
	return false;
}

/* A server is not believed: is it a name that can stand in a statement? */
static bool
is_name(const char *name, size_t length)
{
	if (length == 0 || length > MY_NAME_LENGTH)
		return false;
	for (size_t i = 0; i < length; i++)
	{
		if (!isalnum((unsigned char) name[i]) && name[i] != '_' && name[i] != '.')
			return false;
	}
	return true;
}
