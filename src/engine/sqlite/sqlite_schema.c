/*
 * sqlite_schema.c
 *	  What the schema of a file may use: functions, collations, quoted words.
 *
 * The schema was written by others, often with another version of SQLite and with
 * functions and collations that their program brings along.  It should work here as
 * far as it keeps to the file, and no further.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_driver.h"

/* A built-in function that SQLite does not call innocuous. */
typedef struct UnsafeFunction
{
	char		name[64];
	int			nargs;
	bool		json;
	bool		direct;			/* for direct use only: refused in any case */
} UnsafeFunction;

/* A collation of the application's. */
typedef struct ForeignCollation
{
	BindsDriverConn *conn;
	char		name[FLEXIBLE_ARRAY_MEMBER];
} ForeignCollation;

#define MAX_UNSAFE 128

static bool open_for_json(BindsDriverConn *conn, BindsError *error);
static int	list_unsafe(UnsafeFunction *functions, bool *json);
static void function_refused(sqlite3_context *context, int argc,
							 sqlite3_value **argv);
static void collation_needed(void *arg, sqlite3 *db, int encoding,
							 const char *name);
static int	compare_blindly(void *arg, int length1, const void *data1, int length2,
							const void *data2);

/*
 * Set up a connection, before the schema is read.
 *
 * Views and triggers may have texts in double quotes, as in SQLite's own shell; our
 * statements never have one, see binds_sqlite_quote_names.
 */
bool
binds_sqlite_prepare_schema(BindsDriverConn *conn, BindsError *error)
{
	int			rc;

	rc = sqlite3_db_config(conn->db, SQLITE_DBCONFIG_DQS_DML, 1, (int *) NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_collation_needed(conn->db, conn, collation_needed);
	if (rc != SQLITE_OK)
	{
		binds_sqlite_fill_error(conn, rc, error);
		return false;
	}
	return open_for_json(conn, error);
}

/* ------------------------------------------------------------------------
 * Functions
 * ------------------------------------------------------------------------ */

/*
 * Let the schema use JSON functions.  Up to 3.40 SQLite does not call them innocuous,
 * so that a file with one in a CHECK, a generated column or an index could not be
 * read at all, but with TRUSTED_SCHEMA.  That would admit other functions, too: so each
 * that is neither innocuous nor of JSON gives way to one that refuses.  Those for direct
 * use only (load_extension) do in any case: SQLite lets a CHECK call them all the same.
 */
static bool
open_for_json(BindsDriverConn *conn, BindsError *error)
{
	static UnsafeFunction functions[MAX_UNSAFE];
	static int	nfunctions = -1;
	static bool json = false;
	int			rc = SQLITE_OK;

	if (nfunctions < 0)
		nfunctions = list_unsafe(functions, &json);
	for (int i = 0; i < nfunctions && rc == SQLITE_OK; i++)
	{
		if (functions[i].direct || (json && !functions[i].json))
			rc = sqlite3_create_function_v2(conn->db, functions[i].name,
											functions[i].nargs,
											SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
											function_refused, NULL, NULL, NULL);
	}
	if (rc == SQLITE_OK && json)
	{
		rc = sqlite3_db_config(conn->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1,
							   (int *) NULL);
		conn->trusts_schema = true;
	}
	if (rc != SQLITE_OK)
		binds_sqlite_fill_error(conn, rc, error);
	return rc == SQLITE_OK;
}

/*
 * Ask a connection without a file which functions a schema may not use: the number of
 * them; *json: those of JSON are among them.  If there are too many, or SQLite does
 * not tell, none is admitted.
 */
static int
list_unsafe(UnsafeFunction *functions, bool *json)
{
	sqlite3    *db = NULL;
	sqlite3_stmt *stmt = NULL;
	bool		ended = false;
	int			n = 0;

	*json = false;
	if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE |
						SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(db, "SELECT DISTINCT name, narg, flags"
						   " FROM pragma_function_list", -1, &stmt,
						   NULL) == SQLITE_OK)
	{
		int			rc;

		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW && n < MAX_UNSAFE)
		{
			const char *name = (const char *) sqlite3_column_text(stmt, 0);

			if (name == NULL ||
				(sqlite3_column_int(stmt, 2) & SQLITE_INNOCUOUS) != 0)
				continue;
			functions[n].direct =
				(sqlite3_column_int(stmt, 2) & SQLITE_DIRECTONLY) != 0;
			strlcpy(functions[n].name, name, sizeof(functions[n].name));
			functions[n].nargs = sqlite3_column_int(stmt, 1);
			functions[n].json = pg_strncasecmp(name, "json", 4) == 0 ||
				strcmp(name, "->") == 0 || strcmp(name, "->>") == 0;
			*json = *json || (functions[n].json && !functions[n].direct);
			n++;
		}
		ended = rc == SQLITE_DONE;
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	if (!ended)
		*json = false;
	return n;
}

/* What is left of such a function where no virtual table gives it a meaning. */
static void
function_refused(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	sqlite3_result_error(context, "the use of this function is prohibited", -1);
}

/*
 * May a view or a trigger read this table?  What shows the connection and not the file
 * is refused, as SQLite does without TRUSTED_SCHEMA.
 */
bool
binds_sqlite_schema_reads(BindsDriverConn *conn, const char *table)
{
	return !conn->trusts_schema ||
		(pg_strncasecmp(table, "pragma_", 7) != 0 &&
		 pg_strcasecmp(table, "sqlite_stmt") != 0);
}

/* ------------------------------------------------------------------------
 * Collations
 * ------------------------------------------------------------------------ */

/*
 * SQLite wants a collation that the application has and we have not.  Without one, a
 * table WITHOUT ROWID whose key has it could not even be read from end to end.  So it
 * gets one; a statement that really compares by it fails.
 */
static void
collation_needed(void *arg, sqlite3 *db, int encoding, const char *name)
{
	size_t		length = strlen(name);
	ForeignCollation *collation =
		malloc(offsetof(ForeignCollation, name) + length + 1);

	if (collation == NULL)
		return;
	collation->conn = arg;
	memcpy(collation->name, name, length + 1);
	if (sqlite3_create_collation_v2(db, name, SQLITE_UTF8, collation,
									compare_blindly, free) != SQLITE_OK)
		free(collation);
}

/* Compare by bytes, and take note that it is of no use. */
static int
compare_blindly(void *arg, int length1, const void *data1, int length2,
				const void *data2)
{
	ForeignCollation *collation = arg;
	int			result = memcmp(data1, data2, Min(length1, length2));

	collation->conn->missing_collation = collation->name;
	return result != 0 ? result : length1 - length2;
}

/*
 * Step a statement.  One that has compared by a collation that is not there has a
 * wrong result, and fails; what it has changed goes with the caller's savepoint.
 * used: the memory that this execution has, see binds_sqlite_work.
 */
int
binds_sqlite_step(BindsDriverConn *conn, sqlite3_stmt *stmt, int64 *used)
{
	int			rc;

	conn->missing_collation = NULL;
	if (!conn->own)
		binds_sqlite_work(conn, used, BINDS_SQLITE_LONG);
	conn->works_long = false;
	rc = sqlite3_step(stmt);
	if (unlikely(conn->works_long))
		binds_driver_wait_ended(&conn->long_since);
	binds_sqlite_rest();
	return conn->missing_collation != NULL ? SQLITE_ERROR_MISSING_COLLSEQ : rc;
}

/* ------------------------------------------------------------------------
 * Names
 * ------------------------------------------------------------------------ */

/*
 * Put the names of a statement that reads or changes rows into back quotes: in double
 * quotes, one that is no column would be a text.  malloc'ed; NULL if memory ran out.
 * What becomes part of the schema stays as it is.
 */
char *
binds_sqlite_quote_names(const char *sql)
{
	static const char *const words[] = {
		"SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "EXPLAIN",
		NULL
	};
	const char *p = sql + strspn(sql, " \t\r\n\f(");
	char	   *result = malloc(strlen(sql) * 2 + 1);
	char	   *to = result;
	bool		rows = false;

	for (int i = 0; words[i] != NULL; i++)
		rows = rows || pg_strncasecmp(p, words[i], strlen(words[i])) == 0;
	if (result == NULL || !rows)
		return result != NULL ? strcpy(result, sql) : NULL;

	for (p = sql; *p != '\0';)
	{
		const char *start = p;

		if (*p == '"')
		{
			*to++ = '`';
			for (p++; *p != '\0' && !(*p == '"' && p[1] != '"'); p++)
			{
				if (*p == '"')
					p++;
				if (*p == '`')
					*to++ = '`';
				*to++ = *p;
			}
			*to++ = *p == '"' ? '`' : ' ';
			p += *p == '"';
			continue;
		}
		if (*p == '\'' || *p == '`')
		{
			char		quote = *p;

			for (p++; *p != '\0' && *p != quote; p++)
				;
			p += *p != '\0';
		}
		else if (*p == '[')
			p += strcspn(p, "]");
		else if (p[0] == '-' && p[1] == '-')
			p += strcspn(p, "\n");
		else if (p[0] == '/' && p[1] == '*')
		{
			const char *end = strstr(p + 2, "*/");

			p = end != NULL ? end + 2 : p + strlen(p);
		}
		else
			p++;
		memcpy(to, start, p - start);
		to += p - start;
	}
	*to = '\0';
	return result;
}
