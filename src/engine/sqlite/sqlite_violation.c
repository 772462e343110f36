/*
 * sqlite_violation.c
 *	  Which constraint a row violates, by SQLite's words.
 *
 * SQLite tells table and columns of a key, but no name of it; of a check that has no name
 * its expression; of a foreign key it tells nothing.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "dialect/error.h"
#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_driver.h"
#include "engine/sqlite/sqlite_lexer.h"

static const char *after(const char *text, const char *prefix);
static void read_columns(const char *text, const char *table,
						 BindsViolation *violation);
static const char *after_table(const char *text, const char *table);
static const char *as_said(const BindsPart *check);
static List *columns_of(const BindsTableParts *definition, const BindsPart *check);

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

bool
binds_sqlite_unnamed_check(BindsDriverConn *conn, const char *bind_key,
						   const char *schema, const char *table, const char *said,
						   List **columns, int *place)
{
	BindsTableParts definition = {0};
	const BindsPart *found = NULL;

	binds_sqlite_definitions(conn, bind_key, schema, &table, 1, &definition);
	for (int i = 0; i < definition.nparts; i++)
	{
		const BindsPart *part = &definition.parts[i];

		if (part->kind != BINDS_PART_CHECK)
			continue;
		if (part->name != NULL && strcmp(part->name, said) == 0)
			return false;
		if (found == NULL && part->name == NULL && strcmp(as_said(part), said) == 0)
			found = part;
	}
	if (found == NULL)
		return false;
	*columns = columns_of(&definition, found);
	*place = 0;
	for (const BindsPart *part = definition.parts; part < found; part++)
	{
		List	   *others;

		if (part->kind != BINDS_PART_CHECK || part->name != NULL)
			continue;
		others = columns_of(&definition, part);
		if (list_length(*columns) == 1 ?
			list_length(others) == 1 && linitial(others) == linitial(*columns) :
			list_length(others) != 1)
			(*place)++;
	}
	return true;
}

/*
 * What SQLite calls a check without a name: its expression as it stands there, and of one
 * that begins with a quote what is in the quotes, as it takes a name out of them.
 */
static const char *
as_said(const BindsPart *check)
{
	const char *start = strchr(check->text, '(') + 1;
	const char *end = check->text + strlen(check->text) - 1;
	LiteToken	token;

	while (start < end && isspace((unsigned char) *start))
		start++;
	while (end > start && isspace((unsigned char) end[-1]))
		end--;
	if (strchr("\"`'[", *start) == NULL)
		return pnstrdup(start, end - start);
	binds_sqlite_token(start, &token);
	return token.text;
}

/* The columns (names as the definition has them) that a check reads, each once. */
static List *
columns_of(const BindsTableParts *definition, const BindsPart *check)
{
	List	   *columns = NIL;
	LiteToken	token;
	LiteToken	next;

	binds_sqlite_token(check->text, &next);
	while (next.kind != LITE_TOKEN_END)
	{
		token = next;
		binds_sqlite_token(token.end, &next);
		if ((token.kind != LITE_TOKEN_WORD && token.kind != LITE_TOKEN_NAME) ||
			binds_sqlite_token_is(&next, "("))
			continue;
		for (int i = 0; i < definition->nparts; i++)
		{
			const BindsPart *part = &definition->parts[i];

			if (part->kind == BINDS_PART_COLUMN && pg_strcasecmp(part->name, token.text) == 0)
				columns = list_append_unique_ptr(columns, (void *) part->name);
		}
	}
	return columns;
}
