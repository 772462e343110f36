/*
 * mysql_role.c
 *	  The role of a session of MySQL and MariaDB.
 *
 * A procedure or function that runs with the rights of who calls it may SET ROLE, and the
 * session keeps it: the statements that follow would have other rights.  The server tells
 * nobody of that.  So the role is looked at after each CALL, before the catalog is asked if
 * there were statements of others, for it leaves out what one may not see, and when a
 * statement is refused for want of rights, which is then sent again.  The session itself keeps what its role was
 * at first, in a user variable, since nothing has to be asked for that.
 *
 * COM_RESET_CONNECTION does not set the role back, and MariaDB has no SET ROLE DEFAULT.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"


/* For note_roles. */
typedef struct MyRoles
{
	bool		fork;
	bool		other;			/* it is not what it was */
	char	   *set;			/* the statement that sets it; malloc'ed */
} MyRoles;

static void note_roles(void *to, MYSQL_ROW row);
static char *set_role(const char *role, bool quote);

bool
binds_mysql_restore_role(BindsDriverConn *conn, bool *changed, BindsError *error)
{
	MyRoles		told = {.fork = conn->info.fork};
	char		sql[80];
	bool		done;

	*changed = false;
	snprintf(sql, sizeof(sql), "SELECT CURRENT_ROLE(), @binds_role_%s", conn->mark);
	done = binds_mysql_each_row(conn, sql, 2, note_roles, &told, error);
	if (done && told.other)
	{
		done = told.set != NULL && binds_mysql_simple(conn, told.set, true, MY_FOREVER,
													  error);
		*changed = done;
	}
	free(told.set);
	if (!done && (error->kind == BINDS_ERROR_INTERRUPTED || conn->broken))
		return false;
	conn->foreign_left |= !done;
	conn->role_suspect = false;
	return true;
}

bool
binds_mysql_ready_to_ask(BindsDriverConn *conn, BindsError *error)
{
	bool		changed;

	return likely(!conn->role_suspect) ||
		binds_mysql_restore_role(conn, &changed, error);
}

static void
note_roles(void *to, MYSQL_ROW row)
{
	MyRoles    *told = to;
	const char *now = row[0] != NULL ? row[0] : "NONE";
	const char *first = row[1] != NULL ? row[1] : "NONE";

	if (told->set != NULL || strcmp(now, first) == 0)
		return;
	told->other = true;
	told->set = set_role(first, told->fork && row[1] != NULL);
}

/* quote: it is a name, and no list of names as they are written; NULL without memory. */
static char *
set_role(const char *role, bool quote)
{
	char	   *sql = malloc(2 * strlen(role) + 16);
	char	   *to = sql;

	if (sql == NULL)
		return NULL;
	to += sprintf(to, "SET ROLE ");
	if (quote)
		*to++ = '`';
	for (; *role != '\0'; role++)
	{
		if (quote && *role == '`')
			*to++ = '`';
		*to++ = *role;
	}
	if (quote)
		*to++ = '`';
	*to = '\0';
	return sql;
}
