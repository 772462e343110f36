/*
 * sqlite_repair.c
 *	  Statements that make of a table of a SQLite file what create_all would have made.
 *
 * SQLite adds and drops columns, within limits, and indexes.  For all else a table is made
 * anew, as lang_altertable.html says in "Making Other Kinds Of Table Schema Changes".
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/parts.h"
#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_lexer.h"
#include "model/model.h"

static bool is_simple(const BindsDifference *difference, const BindsTableParts *found);
static bool can_add(const BindsPart *column);
static bool can_drop(const BindsPart *column, const BindsTableParts *found);
static bool has_token(const char *same, const char *name);
static char *simple_statement(const BindsModel *model, const BindsDifference *difference);
static char *rebuild(const BindsModel *model, const BindsTableParts *found,
					 const BindsTableParts *expected);
static char *common_columns(const BindsTableParts *found,
							const BindsTableParts *expected);
static void note_risks(BindsDifference *difference);

void
binds_sqlite_repair(const BindsModel *model, const BindsTableParts *found,
					const BindsTableParts *expected, BindsDifference *differences,
					int ndifferences)
{
	bool		simple = true;

	for (int i = 0; i < ndifferences; i++)
	{
		simple &= is_simple(&differences[i], found);
		note_risks(&differences[i]);
	}
	for (int i = 0; i < ndifferences; i++)
	{
		if (simple)
			differences[i].statement = simple_statement(model, &differences[i]);
		else if (i == 0)
		{
			differences[i].statement = rebuild(model, found, expected);
			binds_difference_note(&differences[i],
								  "the table is made anew, by several statements for SQLite's own shell, which leave it as it is if a row does not fit");
		}
		else
			binds_difference_note(&differences[i],
								  "the first statement of the table does this, too");
	}
}

/* Can SQLite do it with a single statement, and without a rebuild? */
static bool
is_simple(const BindsDifference *difference, const BindsTableParts *found)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;

	switch ((new ? new : old)->kind)
	{
		case BINDS_PART_INDEX:
			return true;
		case BINDS_PART_COLUMN:
			return old == NULL ? can_add(new) : new == NULL ? can_drop(old, found) : false;
		default:
			return false;
	}
}

/*
 * A column that may be NULL or has a default that is a constant.
 */
static bool
can_add(const BindsPart *column)
{
	const char *expr = strstr(column->text, " DEFAULT ");

	if (strstr(column->same, " not null") != NULL && expr == NULL)
		return false;
	return expr == NULL ||
		(expr[9] != '(' && pg_strncasecmp(expr + 9, "CURRENT_", 8) != 0);
}

/* A column that nothing else of the table is over. */
static bool
can_drop(const BindsPart *column, const BindsTableParts *found)
{
	StringInfoData name;

	initStringInfo(&name);
	binds_sqlite_append_same_name(&name, column->name);
	for (int i = 0; i < found->nparts; i++)
	{
		if (&found->parts[i] != column && has_token(found->parts[i].same, name.data))
			return false;
	}
	return true;
}

static bool
has_token(const char *same, const char *name)
{
	size_t		length = strlen(name);

	for (const char *p = strstr(same, name); p != NULL; p = strstr(p + 1, name))
	{
		if ((p == same || p[-1] == ' ') && (p[length] == '\0' || p[length] == ' '))
			return true;
	}
	return false;
}

static char *
simple_statement(const BindsModel *model, const BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	StringInfoData buf;

	initStringInfo(&buf);
	if ((new ? new : old)->kind == BINDS_PART_INDEX)
	{
		if (new != NULL)
			return pstrdup(new->text);
		appendStringInfoString(&buf, "DROP INDEX ");
		binds_append_name(&buf, &binds_sqlite_dialect, old->name);
		return buf.data;
	}
	appendStringInfoString(&buf, "ALTER TABLE ");
	binds_append_table(&buf, &binds_sqlite_dialect, model->schema, model->name);
	if (new != NULL)
		appendStringInfo(&buf, " ADD COLUMN %s", new->text);
	else
	{
		appendStringInfoString(&buf, " DROP COLUMN ");
		binds_append_name(&buf, &binds_sqlite_dialect, old->name);
	}
	return buf.data;
}

/*
 * Make the table anew while the old one has another name.  SQLite's shell goes on after an
 * error: so the old table is dropped by a name that it has only in this transaction, and
 * that is over if the new one has not got all rows.
 *
 * With legacy_alter_table, and without foreign_keys, nothing that refers to the table
 * follows it to its other name.
 */
static char *
rebuild(const BindsModel *model, const BindsTableParts *found,
		const BindsTableParts *expected)
{
	char	   *columns = common_columns(found, expected);
	char	   *old_name = psprintf("%s binds_old", model->name);
	char	  **statements;
	int			n = binds_sqlite_create_statements(model, NULL, &statements);
	StringInfoData table;
	StringInfoData old;
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&table);
	initStringInfo(&old);
	initStringInfo(&buf);
	binds_append_table(&table, &binds_sqlite_dialect, model->schema, model->name);
	binds_append_table(&old, &binds_sqlite_dialect, model->schema, old_name);
	appendStringInfo(&buf, "PRAGMA foreign_keys = OFF;\nPRAGMA legacy_alter_table = ON;\nBEGIN;\n"
					 "ALTER TABLE %s RENAME TO %s;\n%s;\n", table.data, old.data,
					 statements[0]);
	if (columns != NULL)
		appendStringInfo(&buf, "INSERT INTO %s (%s) SELECT %s FROM %s;\n"
						 "CREATE TEMP TABLE binds_guard (complete CHECK (complete));\n"
						 "INSERT OR ROLLBACK INTO temp.binds_guard"
						 " SELECT (SELECT count(*) FROM %s) = (SELECT count(*) FROM %s);\n"
						 "DROP TABLE temp.binds_guard;\n",
						 table.data, columns, columns, old.data, table.data, old.data);
	appendStringInfo(&buf, "DROP TABLE %s;\n", old.data);
	for (int i = 1; i < n; i++)
		appendStringInfo(&buf, "%s;\n", statements[i]);
	foreach(lc, found->triggers)
		appendStringInfo(&buf, "%s;\n", (char *) lfirst(lc));
	appendStringInfo(&buf, "COMMIT;\nPRAGMA legacy_alter_table = OFF;\nPRAGMA foreign_keys = ON;\nPRAGMA foreign_key_check(%s);",
					 table.data);
	return buf.data;
}

/* The columns that both have; NULL: none. */
static char *
common_columns(const BindsTableParts *found, const BindsTableParts *expected)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < expected->nparts; i++)
	{
		const BindsPart *column = &expected->parts[i];

		for (int j = 0; j < found->nparts && column->kind == BINDS_PART_COLUMN; j++)
		{
			if (found->parts[j].kind != BINDS_PART_COLUMN ||
				pg_strcasecmp(found->parts[j].name, column->name) != 0)
				continue;
			if (buf.len > 0)
				appendStringInfoString(&buf, ", ");
			binds_append_name(&buf, &binds_sqlite_dialect, column->name);
		}
	}
	return buf.len > 0 ? buf.data : NULL;
}

/* Say what may become of rows. */
static void
note_risks(BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	bool		required;

	switch ((new ? new : old)->kind)
	{
		case BINDS_PART_COLUMN:
			required = new != NULL && strstr(new->same, " not null") != NULL &&
				(old == NULL || strstr(old->same, " not null") == NULL);
			if (new == NULL)
				binds_difference_note(difference, "its values are lost");
			else if (required && (old != NULL || strstr(new->same, " default ") == NULL))
				binds_difference_note(difference,
									  old != NULL ? "rows with NULL make it fail" :
									  "rows make it fail, for they would have NULL there");
			break;
		case BINDS_PART_PRIMARY_KEY:
		case BINDS_PART_UNIQUE_KEY:
			if (new != NULL)
				binds_difference_note(difference, "rows with the same values make it fail");
			break;
		case BINDS_PART_CHECK:
			if (new != NULL)
				binds_difference_note(difference, "rows that violate it make it fail");
			break;
		default:
			break;
	}
}
