/*
 * mysql_refused_key.c
 *	  Why a server refuses a foreign key.
 *
 * MySQL says of a referenced table only that it cannot be opened (1824), and MariaDB has for
 * all reasons the same error (1005, errno 150), with the reason in a warning.  Both say the
 * same of a table that is not there and of one that has no foreign keys, since another
 * storage engine keeps it.  So the catalog is asked which it is.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

/* longest name, in bytes of UTF-8 */
#define NAME_BYTES (64 * 4)

#define PARTITIONS_HINT "Refer to a table without partitions."

/* A table, as it was referred to; schema "": that of the connection. */
typedef struct MyReferred
{
	char		schema[NAME_BYTES + 1];
	char		table[NAME_BYTES + 1];

	/* what MariaDB says of the reason */
	char		reason[MYSQL_ERRMSG_SIZE];

	/* what the catalog says of the table */
	bool		found;
	bool		view;
	bool		partitioned;
	bool		keeps_keys;
} MyReferred;

static bool read_error(const char *message, MyReferred *referred);
static void note_reason(void *to, MYSQL_ROW row);
static bool read_reason(MyReferred *referred);
static const char *read_name(const char *from, char *name);
static bool look_up(BindsDriverConn *conn, MyReferred *referred, BindsError *error);
static char *append_text(char *to, const char *text);
static void note_table(void *to, MYSQL_ROW row);
static void set_reason(BindsError *error, const MyReferred *referred);

void
binds_mysql_explain_key(BindsDriverConn *conn, BindsError *error)
{
	MyReferred	referred = {0};
	BindsError	asked;
	bool		known = false;

	/* MySQL says it of partitions */
	if (error->code == 1506 && error->sqlstate == ERRCODE_FEATURE_NOT_SUPPORTED)
		error->hint = PARTITIONS_HINT;
	if (error->kind != BINDS_ERROR_STATEMENT ||
		error->sqlstate != ERRCODE_INVALID_FOREIGN_KEY)
		return;
	if (error->code == 1824)
		known = read_error(error->message, &referred);
	else if (error->code == 1005 &&
			 binds_mysql_each_row(conn, "SHOW WARNINGS", 3, note_reason, &referred, &asked))
	{
		known = read_reason(&referred);
		if (referred.reason[0] != '\0')
			strlcpy(error->message, referred.reason, sizeof(error->message));
	}
	if (known && look_up(conn, &referred, &asked))
		set_reason(error, &referred);
	if (conn->broken)
		*error = asked;
}

/* "Failed to open the referenced table '...'", in whatever language. */
static bool
read_error(const char *message, MyReferred *referred)
{
	const char *start = strchr(message, '\'');
	const char *end = strrchr(message, '\'');

	if (start == end || end - start - 1 > NAME_BYTES)
		return false;
	memcpy(referred->table, start + 1, end - start - 1);
	return true;
}

/* A row of SHOW WARNINGS. */
static void
note_reason(void *to, MYSQL_ROW row)
{
	MyReferred *referred = to;

	if (row[1] != NULL && row[2] != NULL && strcmp(row[1], "150") == 0)
		strlcpy(referred->reason, row[2], sizeof(referred->reason));
}

/* "... Referenced table `...`.`...` not found in the data dictionary." */
static bool
read_reason(MyReferred *referred)
{
	const char *rest = strstr(referred->reason, "Referenced table `");

	if (rest == NULL)
		return false;
	rest = read_name(strchr(rest, '`'), referred->schema);
	if (rest == NULL || *rest != '.')
		return false;
	rest = read_name(rest + 1, referred->table);
	return rest != NULL && strstr(rest, " not found") == rest;
}

/* Read a quoted name; returns what follows it, or NULL. */
static const char *
read_name(const char *from, char *name)
{
	int			length = 0;

	if (*from != '`')
		return NULL;
	for (from++; *from != '\0'; from++)
	{
		if (*from == '`' && *++from != '`')
		{
			name[length] = '\0';
			return from;
		}
		if (length == NAME_BYTES)
			return NULL;
		name[length++] = *from;
	}
	return NULL;
}

/* Look at a table in the catalog; false if that cannot be done. */
static bool
look_up(BindsDriverConn *conn, MyReferred *referred, BindsError *error)
{
	char		sql[4 * NAME_BYTES + 256];
	char	   *to = sql;

	to += sprintf(to, "SELECT table_type, engine, create_options FROM information_schema.tables WHERE table_schema = ");
	if (referred->schema[0] == '\0')
		to += sprintf(to, "DATABASE()");
	else
		to = append_text(to, referred->schema);
	to += sprintf(to, " AND table_name = ");
	(void) append_text(to, referred->table);
	return binds_mysql_each_row(conn, sql, 3, note_table, referred, error);
}

/* A literal; the session knows no backslashes. */
static char *
append_text(char *to, const char *text)
{
	*to++ = '\'';
	for (; *text != '\0'; text++)
	{
		if (*text == '\'')
			*to++ = '\'';
		*to++ = *text;
	}
	*to++ = '\'';
	*to = '\0';
	return to;
}

static void
note_table(void *to, MYSQL_ROW row)
{
	MyReferred *referred = to;

	referred->found = true;
	referred->view = row[0] != NULL && strstr(row[0], "VIEW") != NULL;
	referred->keeps_keys = row[1] != NULL && pg_strcasecmp(row[1], "InnoDB") == 0;
	referred->partitioned = row[2] != NULL && strstr(row[2], "partitioned") != NULL;
}

static void
set_reason(BindsError *error, const MyReferred *referred)
{
	if (!referred->found)
	{
		error->sqlstate = ERRCODE_UNDEFINED_TABLE;
		error->hint = "Make the referenced table first, or look at its name: the engine has none of this name.";
	}
	else if (referred->view)
	{
		error->sqlstate = ERRCODE_WRONG_OBJECT_TYPE;
		error->hint = "Refer to a table: this one is a view.";
	}
	else if (referred->partitioned)
	{
		error->sqlstate = ERRCODE_FEATURE_NOT_SUPPORTED;
		error->hint = PARTITIONS_HINT;
	}
	else if (!referred->keeps_keys)
	{
		error->sqlstate = ERRCODE_WRONG_OBJECT_TYPE;
		error->hint = "Give the referenced table a storage engine with foreign keys: ALTER TABLE ... ENGINE=InnoDB on the server.";
	}
}
