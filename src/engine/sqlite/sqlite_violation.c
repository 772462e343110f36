/*
 * sqlite_violation.c
 *	  Which constraint a row violates, by SQLite's words.
 *
 * SQLite tells table and columns of a key, but no name of it; of a foreign key it tells
 * nothing.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/error.h"
#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_driver.h"

static const char *after(const char *text, const char *prefix);
static void read_columns(const char *text, const char *table,
						 BindsViolation *violation);
static const char *after_table(const char *text, const char *table);

void
binds_sqlite_violation(const BindsError *error, const char *table,
					   BindsViolation *violation)
{
	const char *message = binds_error_text(error);
	const char *rest;

	if ((rest = after(message, "UNIQUE constraint failed: ")) != NULL)
	{
		const char *index = after(rest, "index '");

		violation->kind = BINDS_VIOLATES_UNIQUE;
		violation->primary = error->code == SQLITE_CONSTRAINT_PRIMARYKEY ||
			error->code == SQLITE_CONSTRAINT_ROWID;
		if (index != NULL)
			violation->constraint = pnstrdup(index, strlen(index) - 1);
		else
			read_columns(rest, table, violation);
	}
	else if ((rest = after(message, "NOT NULL constraint failed: ")) != NULL)
	{
		violation->kind = BINDS_VIOLATES_NOT_NULL;
		read_columns(rest, table, violation);
	}
	else if ((rest = after(message, "CHECK constraint failed: ")) != NULL)
	{
		violation->kind = BINDS_VIOLATES_CHECK;
		violation->constraint = pstrdup(rest);
	}
	else if (strcmp(message, "FOREIGN KEY constraint failed") == 0)
		violation->kind = BINDS_VIOLATES_FOREIGN_KEY;
}

static const char *
after(const char *text, const char *prefix)
{
	size_t		length = strlen(prefix);

	return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

/*
 * Read "t.a, t.b".  Names are not quoted, so one that has ", t." in it looks like two; no
 * column has the name then.
 */
static void
read_columns(const char *text, const char *table, BindsViolation *violation)
{
	const char *column = after_table(text, table);

	violation->whose = column != NULL ? BINDS_OF_THIS : BINDS_OF_OTHER;
	while (column != NULL)
	{
		const char *end = column;
		const char *next = NULL;

		while ((end = strstr(end, ", ")) != NULL &&
			   (next = after_table(end + 2, table)) == NULL)
			end++;
		violation->columns =
			lappend(violation->columns,
					end != NULL ? pnstrdup(column, end - column) : pstrdup(column));
		column = end != NULL ? next : NULL;
	}
}

/* What follows a table's name and a dot; NULL: another name stands there. */
static const char *
after_table(const char *text, const char *table)
{
	size_t		length = strlen(table);

	return pg_strncasecmp(text, table, length) == 0 && text[length] == '.' ?
		text + length + 1 : NULL;
}
