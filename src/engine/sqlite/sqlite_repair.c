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

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"

#include "dialect/parts.h"
#include "engine/ddl.h"
#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_lexer.h"
#include "model/model.h"
#include "value/value.h"

/* What a table that is made anew is made of. */
typedef struct Anew
{
	const BindsModel *model;
	const BindsTableParts *found;
	const BindsTableParts *expected;
	const BindsDifference *differences;
	int			ndifferences;
	bool		keep;
} Anew;

static bool is_read_alike(const BindsModel *model, const BindsDifference *difference);
static const char *behind_type(const BindsPart *column);
static bool is_label_check(const Anew *anew, const BindsPart *part);
static bool lists_values(const BindsPart *check, const char *column);
static bool is_stuck(const Anew *anew, const BindsDifference *difference, bool simple);
static bool is_strict_type(const char *type);
static bool only_remembers(const BindsDifference *difference);
static char *use_of_dropped(const Anew *anew);
static const char *text_with(const Anew *anew, const char *column);
static bool has_expression(const BindsPart *part);
static bool is_simple(const BindsDifference *difference, const BindsTableParts *found);
static bool can_add(const BindsPart *column);
static bool is_required(const BindsPart *column);
static bool can_drop(const BindsPart *column, const BindsTableParts *found);
static bool has_token(const char *same, const char *name);
static char *simple_statement(const BindsModel *model, const BindsDifference *difference);
static BindsRebuild *rebuild(const Anew *anew);
static bool keeps_key(const Anew *anew);
static bool has_memory(const BindsTableParts *definition);
static List *keep_memory(const char *table, const char *old);
static char *dangling_query(const char *table);
static void append_text(StringInfo buf, const char *text);
static char *create_statement(const Anew *anew, const char *statement);
static List *ordered_columns(const Anew *anew);
static void append_constraints(StringInfo buf, const Anew *anew, bool kept);
static void append_storage(StringInfo buf, const BindsTableParts *definition,
						   const Anew *kept);
static bool has_rowid(const Anew *anew);
static bool has_hidden_rowid(const BindsTableParts *definition);
static const BindsPart *rowid_column(const BindsTableParts *definition);
static void require_key(const Anew *anew, BindsRebuild *result, const char *old);
static List *common_columns(const Anew *anew);
static const BindsPart *column_named(const BindsTableParts *definition, const char *name);
static bool is_kept(const Anew *anew, const BindsPart *part);
static char *column_list(List *columns);
static char *shell_script(const BindsModel *model, const BindsRebuild *rebuild);
static bool converts(const BindsDifference *difference);
static bool narrows(const BindsDifference *difference);
static Oid	type_of(const BindsPart *column, int32 *typmod);
static void note_risks(BindsDifference *difference);

void
binds_sqlite_repair(const BindsModel *model, const BindsTableParts *found,
					const BindsTableParts *expected, BindsDifference *differences,
					int ndifferences, bool keep)
{
	Anew		anew = {model, found, expected, differences, ndifferences, keep};
	BindsDifference *first = NULL;
	bool		simple = true;
	char	   *use;

	for (int i = 0; i < ndifferences; i++)
	{
		BindsDifference *difference = &differences[i];

		difference->none = is_read_alike(model, difference);
		if (difference->none)
			continue;
		if (difference->extra && is_label_check(&anew, difference->found))
			difference->extra = false;
		binds_unkept_check_goes(model, difference, NULL);
		if (difference->found != NULL && difference->found->kind == BINDS_PART_STORAGE)
			difference->extra = difference->found->text[0] != '\0';
		difference->extra |= only_remembers(difference);
		if (!(keep && difference->extra))
			simple &= is_simple(difference, found);
		difference->narrows = narrows(difference);
		difference->fills = binds_new_column_fills(model, difference);
		note_risks(difference);
	}
	use = simple ? NULL : use_of_dropped(&anew);
	for (int i = 0; i < ndifferences; i++)
	{
		BindsDifference *difference = &differences[i];

		if (difference->none)
			continue;
		if (is_stuck(&anew, difference, simple))
		{
			difference->stuck = true;
			binds_difference_note(difference,
								  "a STRICT table has none of the model's types: with {\"drop\": true} it becomes an ordinary one");
		}
		else if (use != NULL && !(keep && difference->extra))
		{
			difference->stuck = true;
			binds_difference_note(difference, use);
		}
		else if (keep && difference->extra)
		{
			if (is_simple(difference, found))
				difference->statement = simple_statement(model, difference);
		}
		else if (simple)
			difference->statement = simple_statement(model, difference);
		else if (first == NULL)
		{
			first = difference;
			difference->rebuild = rebuild(&anew);
			difference->statement = shell_script(model, difference->rebuild);
			binds_difference_note(difference,
								  "the table is made anew, by several statements for SQLite's own shell, which leave it as it is if a row does not fit");
			if (difference->rebuild->converts)
				binds_difference_note(difference,
									  "they leave values as the old type keeps them");
		}
		else
			binds_difference_note(difference,
								  "the first statement of the table does this, too");
	}
}

/*
 * Do two declared types of a column keep the same, and is the one that is there read as what
 * the model has?  So are BIGINT and INTEGER, which reflect takes for bigint.
 */
static bool
is_read_alike(const BindsModel *model, const BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	Oid			typid;
	int32		typmod;
	int			i;

	if (old == NULL || new == NULL || old->kind != BINDS_PART_COLUMN ||
		strcmp(behind_type(old), behind_type(new)) != 0)
		return false;
	i = binds_model_column(model, new->name);
	typid = type_of(old, &typmod);
	return i >= 0 && model->columns[i].typid == typid && model->columns[i].typmod == typmod &&
		binds_sqlite_affinity(old->type) == binds_sqlite_affinity(new->type) &&
		binds_sqlite_same_storage(typid, typmod, old->type, NULL);
}

/* What a column is compared by, but for its type. */
static const char *
behind_type(const BindsPart *column)
{
	size_t		length = strlen(column->same);
	StringInfoData type;

	initStringInfo(&type);
	binds_sqlite_append_same(&type, column->type, column->type + strlen(column->type));
	return column->same + Min(type.len, length);
}

/*
 * Is it the check of a column's labels, which comes with its type?  It goes as the type
 * does, and is nothing of its own.
 */
static bool
is_label_check(const Anew *anew, const BindsPart *part)
{
	if (part->kind != BINDS_PART_CHECK || part->name != NULL)
		return false;
	for (int i = 0; i < anew->model->ncolumns; i++)
	{
		if (anew->model->columns[i].nlabels > 0 &&
			lists_values(part, anew->model->columns[i].name))
			return true;
	}
	/* or of the type that the column had */
	for (int i = 0; i < anew->ndifferences; i++)
	{
		const BindsPart *column = anew->differences[i].expected;

		if (column != NULL && column->kind == BINDS_PART_COLUMN &&
			anew->differences[i].found != NULL && lists_values(part, column->name))
			return true;
	}
	return false;
}

/* Does a check begin with "column IN ("? */
static bool
lists_values(const BindsPart *check, const char *column)
{
	StringInfoData begin;

	initStringInfo(&begin);
	binds_sqlite_append_same_name(&begin, column);
	appendStringInfoString(&begin, " in (");
	return strncmp(check->same, begin.data, begin.len) == 0;
}

/* Has a table the model's primary key, and AUTOINCREMENT besides? */
static bool
only_remembers(const BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;

	return old != NULL && new != NULL && old->kind == BINDS_PART_PRIMARY_KEY &&
		strcmp(old->same, psprintf("%s AUTOINCREMENT", new->same)) == 0;
}

/* Would a table stay STRICT, and get a type that such a table cannot have? */
static bool
is_stuck(const Anew *anew, const BindsDifference *difference, bool simple)
{
	bool		strict = false;

	for (int i = 0; i < anew->found->nparts; i++)
		strict |= anew->found->parts[i].kind == BINDS_PART_STORAGE &&
			strstr(anew->found->parts[i].text, "STRICT") != NULL;
	if (!strict || !anew->keep || difference->extra)
		return false;
	if (simple)
		return difference->expected->kind == BINDS_PART_COLUMN &&
			!is_strict_type(difference->expected->type);
	for (int i = 0; i < anew->expected->nparts; i++)
	{
		if (anew->expected->parts[i].kind == BINDS_PART_COLUMN &&
			!is_strict_type(anew->expected->parts[i].type))
			return true;
	}
	return false;
}

static bool
is_strict_type(const char *type)
{
	static const char *const types[] = {"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"};

	for (int i = 0; i < (int) lengthof(types); i++)
	{
		if (pg_strcasecmp(type, types[i]) == 0)
			return true;
	}
	return false;
}

/*
 * What stays and names a column that goes, as a clause; NULL: nothing does.  SQLite would
 * take a name in double quotes, which a renamed column always has, for a text then, and the
 * new table without a word.
 */
static char *
use_of_dropped(const Anew *anew)
{
	for (int i = 0; i < anew->found->nparts; i++)
	{
		const BindsPart *old = &anew->found->parts[i];
		const char *text;

		if (old->kind != BINDS_PART_COLUMN || is_kept(anew, old) ||
			column_named(anew->expected, old->name) != NULL)
			continue;
		text = text_with(anew, old->name);
		if (text != NULL)
			return psprintf("column \"%s\" is needed for what only the file has: %s",
							old->name, text);
	}
	return NULL;
}

/*
 * What of a file stays and has the name of a column; NULL: nothing has it.  A bare name in the
 * definition of the table itself is SQLite's to refuse.
 */
static const char *
text_with(const Anew *anew, const char *column)
{
	List	   *others = list_concat_copy(anew->found->triggers, anew->found->readers);
	ListCell   *lc;

	for (int i = 0; i < anew->expected->nparts; i++)
	{
		if (has_expression(&anew->expected->parts[i]) &&
			binds_sqlite_may_use(anew->expected->parts[i].text, column, false))
			return anew->expected->parts[i].text;
	}
	for (int i = 0; i < anew->found->nparts; i++)
	{
		if (is_kept(anew, &anew->found->parts[i]) && has_expression(&anew->found->parts[i]) &&
			binds_sqlite_may_use(anew->found->parts[i].text, column, false))
			return anew->found->parts[i].text;
	}
	foreach(lc, others)
	{
		if (binds_sqlite_may_use(lfirst(lc), column, true))
			return lfirst(lc);
	}
	return NULL;
}

static bool
has_expression(const BindsPart *part)
{
	return part->kind == BINDS_PART_COLUMN || part->kind == BINDS_PART_CHECK ||
		part->kind == BINDS_PART_INDEX;
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

	if (is_required(column) && expr == NULL)
		return false;
	return expr == NULL ||
		(expr[9] != '(' && pg_strncasecmp(expr + 9, "CURRENT_", 8) != 0);
}

static bool
is_required(const BindsPart *column)
{
	return strstr(column->same, " not null") != NULL;
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

	if (length == 0)
		return true;
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

/* ------------------------------------------------------------------------
 * Tables that are made anew
 * ------------------------------------------------------------------------ */

/* The old table has another name while the new one gets its rows. */
static BindsRebuild *
rebuild(const Anew *anew)
{
	const BindsModel *model = anew->model;
	BindsRebuild *result = palloc0(sizeof(BindsRebuild));
	char	  **statements;
	int			n = binds_sqlite_create_statements(model, NULL, &statements);
	StringInfoData table;
	StringInfoData old;
	ListCell   *lc;

	result->table = model->name;
	/* it is the name of a relation here while rows are converted */
	result->old_name = psprintf("binds_old %.*s",
								pg_mbcliplen(model->name, strlen(model->name),
											 NAMEDATALEN - 1 - strlen("binds_old ")),
								model->name);
	initStringInfo(&table);
	initStringInfo(&old);
	binds_append_table(&table, &binds_sqlite_dialect, model->schema, model->name);
	binds_append_table(&old, &binds_sqlite_dialect, model->schema, result->old_name);
	result->before = list_make2(psprintf("ALTER TABLE %s RENAME TO %s", table.data, old.data),
								create_statement(anew, statements[0]));
	result->columns = common_columns(anew);
	require_key(anew, result, old.data);
	if (result->columns != NIL)
	{
		/* others may know rows by it, as indexes of full text do */
		char	   *columns = psprintf("%s%s", has_rowid(anew) ? "_rowid_, " : "",
									   column_list(result->columns));
		const BindsPart *key = rowid_column(anew->expected);
		int			i = key != NULL && column_named(anew->found, key->name) == NULL ?
			binds_model_column(model, key->name) : -1;

		/* SQLite gives its rowid no default */
		if (i >= 0 && model->columns[i].default_sql != NULL)
			result->copy = psprintf("INSERT INTO %s (%s, %s) SELECT %s, %s FROM %s", table.data,
									columns, column_list(list_make1((char *) key->name)),
									columns, model->columns[i].default_sql, old.data);
		else
			result->copy = psprintf("INSERT INTO %s (%s) SELECT %s FROM %s", table.data,
									columns, columns, old.data);
	}
	for (int i = 0; i < anew->ndifferences; i++)
		result->converts |= converts(&anew->differences[i]) ||
			(anew->differences[i].fills && is_required(anew->differences[i].expected));
	if (has_memory(anew->found) && (keeps_key(anew) || has_memory(anew->expected)))
		result->after = keep_memory(model->name, result->old_name);
	result->after = lappend(result->after, psprintf("DROP TABLE %s", old.data));
	for (int i = 1; i < n && !anew->expected->settled; i++)
		result->after = lappend(result->after, statements[i]);
	for (int i = 0; i < anew->expected->nparts && anew->expected->settled; i++)
	{
		if (anew->expected->parts[i].kind == BINDS_PART_INDEX)
			result->after = lappend(result->after, pstrdup(anew->expected->parts[i].text));
	}
	for (int i = 0; i < anew->found->nparts; i++)
	{
		const BindsPart *part = &anew->found->parts[i];

		if (part->kind == BINDS_PART_INDEX && is_kept(anew, part))
			result->after = lappend(result->after, pstrdup(part->text));
	}
	foreach(lc, anew->found->triggers)
		result->after = lappend(result->after, lfirst(lc));
	result->dangling = dangling_query(model->name);
	return result;
}

/* Does an old table's primary key stay in the place of the model's? */
static bool
keeps_key(const Anew *anew)
{
	for (int i = 0; i < anew->found->nparts; i++)
	{
		if (anew->found->parts[i].kind == BINDS_PART_PRIMARY_KEY)
			return is_kept(anew, &anew->found->parts[i]);
	}
	return false;
}

/* Does a table remember the largest key that it had? */
static bool
has_memory(const BindsTableParts *definition)
{
	for (int i = 0; i < definition->nparts; i++)
	{
		if (definition->parts[i].kind == BINDS_PART_PRIMARY_KEY)
			return strstr(definition->parts[i].text, " AUTOINCREMENT)") != NULL;
	}
	return false;
}

/* Statements that give it to the new table: what was copied may be less. */
static List *
keep_memory(const char *table, const char *old)
{
	StringInfoData forget;
	StringInfoData remember;

	initStringInfo(&forget);
	appendStringInfoString(&forget, "DELETE FROM sqlite_sequence WHERE name = ");
	append_text(&forget, table);
	appendStringInfoString(&forget, " AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ");
	append_text(&forget, old);
	appendStringInfoChar(&forget, ')');
	initStringInfo(&remember);
	appendStringInfoString(&remember, "INSERT INTO sqlite_sequence (name, seq) SELECT ");
	append_text(&remember, table);
	appendStringInfoString(&remember, ", seq FROM sqlite_sequence WHERE name = ");
	append_text(&remember, old);
	return list_make2(forget.data, remember.data);
}

/* Every row of foreign_key_check is a row that refers to nothing. */
static char *
dangling_query(const char *table)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "SELECT count(*) FROM (SELECT ");
	append_text(&buf, table);
	appendStringInfoString(&buf, " AS name UNION SELECT s.name FROM main.sqlite_schema s,"
						   " pragma_foreign_key_list(s.name) f WHERE s.type = 'table'"
						   " AND f.\"table\" = ");
	append_text(&buf, table);
	appendStringInfoString(&buf, " COLLATE NOCASE) t, pragma_foreign_key_check(t.name) c");
	return buf.data;
}

static void
append_text(StringInfo buf, const char *text)
{
	BindsValue	value = {.kind = BINDS_TEXT};

	value.data = text;
	value.length = strlen(text);
	binds_sqlite_append_literal(buf, &value);
}

/*
 * The CREATE TABLE: its columns in the order of the old ones, which others may count on, and
 * with what stays of the old table.
 */
static char *
create_statement(const Anew *anew, const char *statement)
{
	List	   *columns = ordered_columns(anew);
	StringInfoData buf;
	ListCell   *lc;

	if (columns == NIL)
		return pstrdup(statement);
	initStringInfo(&buf);
	appendStringInfoString(&buf, "CREATE TABLE ");
	binds_append_table(&buf, &binds_sqlite_dialect, anew->model->schema, anew->model->name);
	appendStringInfoString(&buf, " (");
	foreach(lc, columns)
		appendStringInfo(&buf, "%s\n\t%s", lc != list_head(columns) ? "," : "",
						 ((const BindsPart *) lfirst(lc))->text);
	append_constraints(&buf, anew, false);
	append_constraints(&buf, anew, true);
	appendStringInfoString(&buf, "\n)");
	append_storage(&buf, anew->expected, NULL);
	append_storage(&buf, anew->found, anew);
	return buf.data;
}

/* kept: what stays of an old table. */
static void
append_storage(StringInfo buf, const BindsTableParts *definition, const Anew *kept)
{
	for (int i = 0; i < definition->nparts; i++)
	{
		const BindsPart *part = &definition->parts[i];

		if (part->kind == BINDS_PART_STORAGE && part->text[0] != '\0' &&
			(kept == NULL || is_kept(kept, part)))
			appendStringInfo(buf, " %s", part->text);
	}
}

/*
 * The columns of the new table (BindsPart): old ones first, as they stand there.  NIL: they
 * are the model's in its order, and nothing stays that it has not.
 */
static List *
ordered_columns(const Anew *anew)
{
	List	   *columns = NIL;
	bool		same = !anew->expected->settled;
	int			place = 0;

	for (int i = 0; i < anew->found->nparts; i++)
	{
		const BindsPart *old = &anew->found->parts[i];
		const BindsPart *new = old->kind == BINDS_PART_COLUMN ?
			column_named(anew->expected, old->name) : NULL;

		same &= !is_kept(anew, old);
		if (new != NULL || (old->kind == BINDS_PART_COLUMN && is_kept(anew, old)))
			columns = lappend(columns, (void *) (new != NULL ? new : old));
	}
	for (int i = 0; i < anew->expected->nparts; i++)
	{
		const BindsPart *new = &anew->expected->parts[i];

		if (new->kind != BINDS_PART_COLUMN)
			continue;
		if (column_named(anew->found, new->name) == NULL)
			columns = lappend(columns, (void *) new);
		same = same && place < list_length(columns) && list_nth(columns, place) == new;
		place++;
	}
	return same ? NIL : columns;
}

/* The model's, or those that stay of an old table (kept). */
static void
append_constraints(StringInfo buf, const Anew *anew, bool kept)
{
	const BindsTableParts *definition = kept ? anew->found : anew->expected;

	for (int i = 0; i < definition->nparts; i++)
	{
		const BindsPart *part = &definition->parts[i];

		if (part->kind == BINDS_PART_COLUMN || part->kind == BINDS_PART_INDEX ||
			part->kind == BINDS_PART_STORAGE || (kept && !is_kept(anew, part)) ||
			(!kept && part->kind == BINDS_PART_PRIMARY_KEY && keeps_key(anew)))
			continue;
		appendStringInfoString(buf, ",\n\t");
		if (part->name != NULL)
		{
			appendStringInfoString(buf, "CONSTRAINT ");
			binds_append_name(buf, &binds_sqlite_dialect, part->name);
			appendStringInfoChar(buf, ' ');
		}
		appendStringInfoString(buf, part->text);
	}
}

/* Does an old part stay that the model has not? */
static bool
is_kept(const Anew *anew, const BindsPart *part)
{
	for (int i = 0; i < anew->ndifferences && anew->keep; i++)
	{
		if (anew->differences[i].found == part && anew->differences[i].extra)
			return true;
	}
	return false;
}

/* The columns that both have, and that are not computed. */
static List *
common_columns(const Anew *anew)
{
	List	   *columns = NIL;

	for (int i = 0; i < anew->expected->nparts; i++)
	{
		const BindsPart *column = &anew->expected->parts[i];

		if (column->kind == BINDS_PART_COLUMN && !column->computed &&
			column_named(anew->found, column->name) != NULL)
			columns = lappend(columns, (char *) column->name);
	}
	for (int i = 0; i < anew->found->nparts; i++)
	{
		const BindsPart *column = &anew->found->parts[i];

		if (column->kind == BINDS_PART_COLUMN && !column->computed &&
			is_kept(anew, column))
			columns = lappend(columns, (char *) column->name);
	}
	return columns;
}

static const BindsPart *
column_named(const BindsTableParts *definition, const char *name)
{
	for (int i = 0; i < definition->nparts; i++)
	{
		if (definition->parts[i].kind == BINDS_PART_COLUMN &&
			pg_strcasecmp(definition->parts[i].name, name) == 0)
			return &definition->parts[i];
	}
	return NULL;
}

/* Do both have a rowid that is no column of theirs? */
static bool
has_rowid(const Anew *anew)
{
	return has_hidden_rowid(anew->found) && has_hidden_rowid(anew->expected);
}

static bool
has_hidden_rowid(const BindsTableParts *definition)
{
	for (int i = 0; i < definition->nparts; i++)
	{
		const BindsPart *part = &definition->parts[i];

		if (part->kind == BINDS_PART_STORAGE && strstr(part->text, "ROWID") != NULL)
			return false;
		if (part->kind == BINDS_PART_COLUMN && pg_strcasecmp(part->name, "_rowid_") == 0)
			return false;
	}
	return rowid_column(definition) == NULL;
}

/* The column that is the rowid; NULL: none is. */
static const BindsPart *
rowid_column(const BindsTableParts *definition)
{
	StringInfoData key;

	for (int i = 0; i < definition->nparts; i++)
	{
		const BindsPart *part = &definition->parts[i];

		if (part->kind != BINDS_PART_COLUMN || pg_strcasecmp(part->type, "INTEGER") != 0)
			continue;
		initStringInfo(&key);
		appendStringInfoString(&key, "( ");
		binds_sqlite_append_same_name(&key, part->name);
		appendStringInfoString(&key, " )");
		for (int j = 0; j < definition->nparts; j++)
		{
			if (definition->parts[j].kind == BINDS_PART_PRIMARY_KEY &&
				strncmp(definition->parts[j].same, key.data, key.len) == 0)
				return part;
		}
	}
	return NULL;
}

/* NULL in the rowid would become the next number there is. */
static void
require_key(const Anew *anew, BindsRebuild *result, const char *old)
{
	const BindsPart *key = rowid_column(anew->expected);
	const BindsModelColumn *column;

	if (key == NULL || binds_model_column(anew->model, key->name) < 0)
		return;
	column = &anew->model->columns[binds_model_column(anew->model, key->name)];
	if (column_named(anew->found, key->name) != NULL)
		result->nulls = psprintf("SELECT count(*) FROM %s WHERE %s IS NULL", old,
								 column_list(list_make1((char *) key->name)));
	else if (column->generated == BINDS_GENERATED_NO && column->default_sql == NULL)
		result->nulls = psprintf("SELECT count(*) FROM %s", old);
	if (result->nulls != NULL)
		result->required = key->name;
}

static char *
column_list(List *columns)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, columns)
	{
		if (buf.len > 0)
			appendStringInfoString(&buf, ", ");
		binds_append_name(&buf, &binds_sqlite_dialect, lfirst(lc));
	}
	return buf.data;
}

/*
 * The same for SQLite's shell, which goes on after an error: so the old table is dropped by
 * a name that it has only in this transaction, and that is over if the new one is not
 * there, or has not got all rows.
 *
 * With legacy_alter_table, and without foreign_keys, nothing that refers to the table
 * follows it to its other name.
 */
static char *
shell_script(const BindsModel *model, const BindsRebuild *rebuild)
{
	StringInfoData table;
	StringInfoData old;
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&table);
	initStringInfo(&old);
	initStringInfo(&buf);
	binds_append_table(&table, &binds_sqlite_dialect, model->schema, model->name);
	binds_append_table(&old, &binds_sqlite_dialect, model->schema, rebuild->old_name);
	appendStringInfoString(&buf, "PRAGMA foreign_keys = OFF;\nPRAGMA legacy_alter_table = ON;\n"
						   "CREATE TEMP TABLE binds_guard (complete CHECK (complete));\nBEGIN;\n");
	foreach(lc, rebuild->before)
		appendStringInfo(&buf, "%s;\n", (char *) lfirst(lc));
	appendStringInfoString(&buf, "INSERT OR ROLLBACK INTO temp.binds_guard"
						   " SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = ");
	append_text(&buf, model->name);
	appendStringInfoString(&buf, ");\n");
	if (rebuild->required != NULL)
		appendStringInfo(&buf, "INSERT OR ROLLBACK INTO temp.binds_guard SELECT (%s) = 0;\n",
						 rebuild->nulls);
	if (rebuild->copy != NULL)
		appendStringInfo(&buf, "%s;\n"
						 "INSERT OR ROLLBACK INTO temp.binds_guard"
						 " SELECT (SELECT count(*) FROM %s) = (SELECT count(*) FROM %s);\n",
						 rebuild->copy, table.data, old.data);
	foreach(lc, rebuild->after)
		appendStringInfo(&buf, "%s;\n", (char *) lfirst(lc));
	appendStringInfo(&buf, "COMMIT;\nDROP TABLE temp.binds_guard;\nPRAGMA legacy_alter_table = OFF;\nPRAGMA foreign_keys = ON;\nPRAGMA foreign_key_check(%s);",
					 table.data);
	return buf.data;
}

/* ------------------------------------------------------------------------
 * Values of rows
 * ------------------------------------------------------------------------ */

/*
 * Are values of a column of the new type kept otherwise than those of the old one, or may
 * one not be a value of it?
 */
static bool
converts(const BindsDifference *difference)
{
	Oid			from;
	Oid			to;
	int32		from_typmod;
	int32		to_typmod;

	if (difference->found == NULL || difference->expected == NULL ||
		difference->found->kind != BINDS_PART_COLUMN || difference->expected->computed ||
		pg_strcasecmp(difference->found->type, difference->expected->type) == 0)
		return false;
	from = type_of(difference->found, &from_typmod);
	to = type_of(difference->expected, &to_typmod);
	if (!binds_type_widens(from, from_typmod, to, to_typmod))
		return true;
	if (to == NUMERICOID)
		return pg_strncasecmp(difference->found->type, "NUMERIC", 7) != 0 ||
			pg_strncasecmp(difference->expected->type, "NUMERIC", 7) != 0;
	return from != to && !(from == VARCHAROID && to == TEXTOID) &&
		!(to == INT4OID || to == INT8OID);
}

/* May a value of an old row be lost, or become another one? */
static bool
narrows(const BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	Oid			from;
	Oid			to;
	int32		from_typmod;
	int32		to_typmod;

	/* keys that were in use come again */
	if (old != NULL && old->kind == BINDS_PART_PRIMARY_KEY)
		return strstr(old->text, "AUTOINCREMENT") != NULL;
	if (old == NULL || new == NULL || old->kind != BINDS_PART_COLUMN)
		return false;
	if (old->computed != new->computed)
		return true;
	if (pg_strcasecmp(old->type, new->type) == 0)
		return false;
	from = type_of(old, &from_typmod);
	to = type_of(new, &to_typmod);
	return !binds_type_widens(from, from_typmod, to, to_typmod);
}

static Oid
type_of(const BindsPart *column, int32 *typmod)
{
	Oid			typid;

	(void) binds_sqlite_reflected_type(column->type, NULL, &typid, typmod);
	return typid;
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
			required = new != NULL && is_required(new) && (old == NULL || !is_required(old));
			if (new == NULL)
				binds_difference_note(difference, "its values are lost");
			if (difference->narrows)
				binds_difference_note(difference,
									  "values that the type cannot hold may become others");
			if (required && (old != NULL || strstr(new->same, " default ") == NULL))
				binds_difference_note(difference,
									  old != NULL ? "rows with NULL make it fail" :
									  "rows make it fail, for they would have NULL there");
			break;
		case BINDS_PART_PRIMARY_KEY:
		case BINDS_PART_UNIQUE_KEY:
			if (only_remembers(difference))
				binds_difference_note(difference, "keys of rows that are gone may come again");
			else if (new != NULL)
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
