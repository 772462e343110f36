/*
 * mysql_repair.c
 *	  ALTER TABLE statements that make of a table of MySQL or MariaDB what create_all would
 *	  have made.
 *
 * Definitions are those of mysql_parts.c, and stand in the statements as they are.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/parts.h"
#include "engine/ddl.h"
#include "engine/mysql/mysql_dialect.h"
#include "engine/mysql/mysql_lexer.h"
#include "model/model.h"

/* What is to be made of a table, and what it is made of. */
typedef struct Repair
{
	const BindsModel *model;
	const BindsTableParts *found;
	const BindsTableParts *expected;
	const BindsDifference *differences;
	int			ndifferences;
	bool		keep;
} Repair;

static bool is_made_for_any(const BindsPart *index, const BindsTableParts *found,
							const BindsTableParts *expected);
static bool is_made_for(const BindsPart *index, const BindsTableParts *definition);
static const BindsPart *key_that_needs(const Repair *repair, int place);
static const BindsPart *index_replaced(const Repair *repair, int place);
static bool serves_first(const Repair *repair, const char *columns, int place);
static bool goes_with_key(const Repair *repair, const BindsPart *index);
static bool goes(const Repair *repair, const BindsPart *part, int place);
static bool is_served(const Repair *repair, const char *columns, int place);
static bool has_foreign_key(const BindsTableParts *definition, const BindsPart *other,
							const char *columns);
static bool begins_with(const char *key, const char *columns);
static const BindsPart *index_made_for(const BindsPart *foreign_key,
									   const BindsTableParts *found,
									   const BindsTableParts *expected);
static bool keys_follow(const BindsDifference *differences, int ndifferences);
static void repair_together(const Repair *repair, BindsDifference *differences);
static const BindsPart *part_of(const BindsDifference *difference);
static bool is_hidden(const BindsDifference *difference);
static bool same_but_hidden(const BindsDifference *difference);
static BindsPart *hidden(const BindsPart *part);
static bool is_virtual(const BindsPart *part);
static bool is_key(const BindsPart *part);
static bool turns_generated(const BindsDifference *difference);
static char *rename_statement(const BindsModel *model, const char *drop, const char *name,
							  const char *new_name, const char *add);
static char *alter(const BindsModel *model, const char *actions);
static char *actions_of(const BindsDifference *difference,
						const BindsDifference *differences, int ndifferences,
						const char *actions);
static void append_actions(StringInfo buf, const Repair *repair, int place);
static const BindsPart *own_check(const BindsTableParts *found, const char *column);
static bool has_check(const BindsTableParts *expected, const BindsPart *check);
static void append_key_for(StringInfo buf, const BindsPart *foreign_key);
static void append_drop(StringInfo buf, const char *what, const char *name);
static char *undo_of(const Repair *repair, int place);
static void append_foreign_key_undo(StringInfo buf, const Repair *repair,
									const BindsDifference *difference);
static void append_storage(StringInfo buf, const char *found, const char *expected);
static const char *reset_value(const char *option);
static void note_risks(BindsDifference *difference);
static char *type_of(const char *column);
static bool narrows(const BindsDifference *difference);

void
binds_mysql_repair(const BindsModel *model, const BindsTableParts *found,
				   const BindsTableParts *expected, BindsDifference *differences,
				   int ndifferences, bool keep)
{
	Repair		repair = {model, found, expected, differences, ndifferences, keep};
	bool		generated = false;
	bool		keys = false;

	for (int i = 0; i < ndifferences; i++)
	{
		BindsDifference *difference = &differences[i];
		StringInfoData buf;

		if (difference->expected == NULL && difference->found->kind == BINDS_PART_INDEX &&
			is_made_for_any(difference->found, found, expected))
		{
			difference->none = true;
			continue;
		}
		difference->stuck = is_virtual(difference->found) && difference->expected != NULL &&
			!is_virtual(difference->expected);
		if (difference->stuck)
		{
			binds_difference_note(difference, "the server makes no ordinary column of a virtual one");
			continue;
		}
		if (is_hidden(difference))
		{
			/*
			 * what others have given the column, whose statements leave it
			 * out
			 */
			difference->extra = same_but_hidden(difference);
			if (keep && !difference->extra)
				difference->expected = hidden(difference->expected);
		}
		binds_unkept_check_goes(model, difference, binds_mysql_constraint_name);
		initStringInfo(&buf);
		append_actions(&buf, &repair, i);
		difference->statement = alter(model, buf.data);
		difference->actions = actions_of(difference, differences, ndifferences, buf.data);
		/* what others have given the table as a whole */
		if (part_of(difference)->kind == BINDS_PART_STORAGE)
			difference->extra = true;
		difference->fills = binds_new_column_fills(model, difference);
		difference->narrows = narrows(difference);
		difference->undo = undo_of(&repair, i);
		note_risks(difference);
		if (keep && difference->extra)
			continue;
		generated |= turns_generated(difference);
		keys |= is_key(part_of(difference));
	}
	if ((generated && keys) || keys_follow(differences, ndifferences))
		repair_together(&repair, differences);
}

/* ------------------------------------------------------------------------
 * Indexes of foreign keys
 * ------------------------------------------------------------------------ */

/*
 * InnoDB makes an index for a foreign key where there is none: that is no difference, whether
 * the foreign key needs it still or not.
 */
static bool
is_made_for_any(const BindsPart *index, const BindsTableParts *found,
				const BindsTableParts *expected)
{
	return is_made_for(index, found) || is_made_for(index, expected);
}

/* It is called like the foreign key, or, if that had no name, like its first column. */
static bool
is_made_for(const BindsPart *index, const BindsTableParts *definition)
{
	char	   *columns = binds_mysql_key_columns(index->text);
	StringInfoData first;

	initStringInfo(&first);
	appendStringInfoChar(&first, '(');
	binds_append_name(&first, &binds_mysql_dialect, index->name);
	for (int i = 0; i < definition->nparts; i++)
	{
		const BindsPart *part = &definition->parts[i];

		if (part->kind == BINDS_PART_FOREIGN_KEY &&
			strcmp(binds_mysql_key_columns(part->text), columns) == 0 &&
			(strcmp(part->name, index->name) == 0 ||
			 (strncmp(columns, first.data, first.len) == 0 &&
			  strchr(",)", columns[first.len]) != NULL)))
			return true;
	}
	return false;
}

/*
 * InnoDB lets no key go that a foreign key of the table needs.  The foreign key that stays, and
 * would have none without that which goes by a difference; NULL: there is none.  Of several
 * that go it is the last that is needed.
 */
static const BindsPart *
key_that_needs(const Repair *repair, int place)
{
	const BindsDifference *difference = &repair->differences[place];

	if (difference->found == NULL || !is_key(difference->found))
		return NULL;
	for (int i = 0; i < repair->found->nparts; i++)
	{
		const BindsPart *part = &repair->found->parts[i];
		char	   *columns;

		if (part->kind != BINDS_PART_FOREIGN_KEY ||
			goes(repair, part, repair->ndifferences) ||
			binds_part_find(repair->found, BINDS_PART_INDEX, part->name) != NULL)
			continue;
		columns = binds_mysql_key_columns(part->text);
		if (begins_with(difference->found->text, columns) &&
			!is_served(repair, columns, place))
			return part;
	}
	return NULL;
}

/*
 * An index that was made for a foreign key is no more when another key serves, as InnoDB has it
 * while nobody has said more of that index.  The one in whose place the key of a difference
 * comes; NULL: there is none.
 */
static const BindsPart *
index_replaced(const Repair *repair, int place)
{
	for (int i = 0; i < repair->found->nparts; i++)
	{
		const BindsPart *part = &repair->found->parts[i];

		if (part->kind == BINDS_PART_INDEX && is_made_for(part, repair->found) &&
			binds_part_find(repair->expected, BINDS_PART_INDEX, part->name) == NULL &&
			!goes_with_key(repair, part) &&
			serves_first(repair, binds_mysql_key_columns(part->text), place))
			return part;
	}
	return NULL;
}

/* Is a difference the first by which a key comes that begins with these columns? */
static bool
serves_first(const Repair *repair, const char *columns, int place)
{
	for (int i = 0; i <= place; i++)
	{
		const BindsPart *new = repair->differences[i].expected;

		if (new != NULL && is_key(new) && begins_with(new->text, columns))
			return i == place;
	}
	return false;
}

/* Does a part of the table go by one of the differences before a place? */
static bool
goes(const Repair *repair, const BindsPart *part, int place)
{
	for (int i = 0; i < place; i++)
	{
		const BindsDifference *difference = &repair->differences[i];

		if (difference->found == part)
			return !difference->none && !(repair->keep && difference->extra);
	}
	return false;
}

/* When the difference at a place is done, does a key begin with these columns? */
static bool
is_served(const Repair *repair, const char *columns, int place)
{
	const BindsPart *new = repair->differences[place].expected;

	if (new != NULL && begins_with(new->text, columns))
		return true;
	for (int i = 0; i < repair->found->nparts; i++)
	{
		const BindsPart *part = &repair->found->parts[i];

		if (is_key(part) && begins_with(part->text, columns) &&
			!goes(repair, part, place + 1))
			return true;
	}
	return false;
}

/* Does a table have a foreign key of these columns, other than one? */
static bool
has_foreign_key(const BindsTableParts *definition, const BindsPart *other,
				const char *columns)
{
	for (int i = 0; i < definition->nparts; i++)
	{
		const BindsPart *part = &definition->parts[i];

		if (part == other || part->kind != BINDS_PART_FOREIGN_KEY)
			continue;
		if (strcmp(binds_mysql_key_columns(part->text), columns) == 0)
			return true;
	}
	return false;
}

/* Does a key begin with these columns? */
static bool
begins_with(const char *key, const char *columns)
{
	char	   *own = binds_mysql_key_columns(key);
	size_t		length = strlen(columns) - 1;

	return own != NULL && strncmp(own, columns, length) == 0 &&
		(own[length] == ',' || own[length] == ')');
}

/*
 * The index that was made for a foreign key, and goes with it; NULL: there is none, or
 * another foreign key that is there needs it.  One that comes brings its own.
 */
static const BindsPart *
index_made_for(const BindsPart *foreign_key, const BindsTableParts *found,
			   const BindsTableParts *expected)
{
	const BindsPart *index = binds_part_find(found, BINDS_PART_INDEX, foreign_key->name);
	char	   *columns = binds_mysql_key_columns(foreign_key->text);

	if (index == NULL || strcmp(binds_mysql_key_columns(index->text), columns) != 0 ||
		binds_part_find(expected, BINDS_PART_INDEX, index->name) != NULL ||
		has_foreign_key(found, foreign_key, columns))
		return NULL;
	return index;
}

/* Does an index go with the foreign key that it was made for? */
static bool
goes_with_key(const Repair *repair, const BindsPart *index)
{
	for (int i = 0; i < repair->found->nparts; i++)
	{
		const BindsPart *part = &repair->found->parts[i];

		if (part->kind == BINDS_PART_FOREIGN_KEY &&
			goes(repair, part, repair->ndifferences) &&
			index_made_for(part, repair->found, repair->expected) == index)
			return true;
	}
	return false;
}

/*
 * Is a key another one over a column that gets another type?  The new type may not fit the
 * old key (a text without a length), nor the old one the new key.
 */
static bool
keys_follow(const BindsDifference *differences, int ndifferences)
{
	for (int i = 0; i < ndifferences; i++)
	{
		const BindsDifference *key = &differences[i];

		if (key->none || key->found == NULL || key->expected == NULL ||
			!is_key(key->expected))
			continue;
		for (int j = 0; j < ndifferences; j++)
		{
			const BindsDifference *column = &differences[j];
			StringInfoData name;

			if (column->found == NULL || column->expected == NULL ||
				column->found->kind != BINDS_PART_COLUMN ||
				strcmp(type_of(column->found->same), type_of(column->expected->same)) == 0)
				continue;
			initStringInfo(&name);
			binds_append_name(&name, &binds_mysql_dialect, column->found->name);
			if (strstr(binds_mysql_key_columns(key->found->text), name.data) != NULL)
				return true;
		}
	}
	return false;
}

/*
 * A column with AUTO_INCREMENT must begin a key at any time: what changes it and what
 * changes keys is one statement, that of the first difference.  Other columns that go do so
 * by themselves.
 */
static void
repair_together(const Repair *repair, BindsDifference *differences)
{
	StringInfoData buf;
	StringInfoData undo;
	bool		undone = true;
	BindsDifference *first = NULL;

	initStringInfo(&buf);
	initStringInfo(&undo);
	for (int i = 0; i < repair->ndifferences; i++)
	{
		BindsDifference *difference = &differences[i];
		const BindsPart *part = part_of(difference);

		if (difference->none || difference->stuck ||
			(repair->keep && difference->extra) ||
			!(is_key(part) || part->kind == BINDS_PART_COLUMN) ||
			(part->kind == BINDS_PART_COLUMN && difference->expected == NULL &&
			 !turns_generated(difference)))
			continue;
		if (first != NULL)
		{
			appendStringInfoChar(&buf, ',');
			appendStringInfoChar(&undo, ',');
		}
		append_actions(&buf, repair, i);
		undone = undone && difference->undo != NULL;
		if (undone)
			appendStringInfoString(&undo, difference->undo);
		difference->statement = NULL;
		difference->actions = NULL;
		difference->undo = NULL;
		if (first == NULL)
			first = difference;
		else
			binds_difference_note(difference,
								  "the first statement of the table's columns and keys does this, too");
	}
	if (first != NULL)
	{
		first->statement = alter(repair->model, buf.data);
		first->actions = buf.data;
		first->undo = undone ? undo.data : NULL;
	}
}

static const BindsPart *
part_of(const BindsDifference *difference)
{
	return difference->expected ? difference->expected : difference->found;
}

/* Is a column INVISIBLE that the model has? */
static bool
is_hidden(const BindsDifference *difference)
{
	return difference->found != NULL && difference->expected != NULL &&
		difference->found->kind == BINDS_PART_COLUMN &&
		binds_mysql_has_word(difference->found->text, "INVISIBLE");
}

/* And does nothing else of it differ? */
static bool
same_but_hidden(const BindsDifference *difference)
{
	static const char *const words[] = {" /*!80023 INVISIBLE */", " INVISIBLE"};
	const char *same = difference->found->same;

	for (int i = 0; i < (int) lengthof(words); i++)
	{
		const char *word = strstr(same, words[i]);

		if (word != NULL)
			return strcmp(psprintf("%.*s%s", (int) (word - same), same,
								   word + strlen(words[i])),
						  difference->expected->same) == 0;
	}
	return false;
}

/* A column that stays INVISIBLE. */
static BindsPart *
hidden(const BindsPart *part)
{
	BindsPart  *copy = palloc(sizeof(BindsPart));

	*copy = *part;
	copy->text = psprintf("%s INVISIBLE", part->text);
	return copy;
}

static bool
is_virtual(const BindsPart *part)
{
	return part != NULL && part->computed && binds_mysql_has_word(part->text, "VIRTUAL");
}

static bool
is_key(const BindsPart *part)
{
	return part->kind == BINDS_PART_PRIMARY_KEY || part->kind == BINDS_PART_UNIQUE_KEY ||
		part->kind == BINDS_PART_INDEX;
}

/* Is a column AUTO_INCREMENT on one side only? */
static bool
turns_generated(const BindsDifference *difference)
{
	return part_of(difference)->kind == BINDS_PART_COLUMN &&
		(difference->found != NULL &&
		 binds_mysql_has_word(difference->found->text, "AUTO_INCREMENT")) !=
		(difference->expected != NULL &&
		 binds_mysql_has_word(difference->expected->text, "AUTO_INCREMENT"));
}

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

static char *
alter(const BindsModel *model, const char *actions)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "ALTER TABLE ");
	binds_append_table(&buf, &binds_mysql_dialect, model->schema, model->name);
	appendStringInfoString(&buf, actions);
	return buf.data;
}

/*
 * MySQL renames no column that a check reads, which MariaDB does: there the checks go and come
 * again.
 */
void
binds_mysql_rename_column(const BindsModel *model, const BindsTableParts *found,
						  const char *name, const char *new_name, char **statement,
						  char **undo)
{
	StringInfoData drop;
	StringInfoData add;
	StringInfoData add_old;

	initStringInfo(&drop);
	initStringInfo(&add);
	initStringInfo(&add_old);
	for (int i = 0; i < found->nparts; i++)
	{
		const BindsPart *part = &found->parts[i];
		char	   *text;

		if (part->kind != BINDS_PART_CHECK || part->name == NULL)
			continue;
		text = binds_mysql_rename_in(part->text, name, new_name);
		if (text == NULL)
			continue;
		append_drop(&drop, "CONSTRAINT", part->name);
		appendStringInfoChar(&drop, ',');
		appendStringInfo(&add, ", ADD %s", text);
		appendStringInfo(&add_old, ", ADD %s", part->text);
	}
	*statement = rename_statement(model, drop.data, name, new_name, add.data);
	*undo = rename_statement(model, drop.data, new_name, name, add_old.data);
}

/*
 * A check, or a column that is computed, with another name of a column; NULL: it does not read
 * that.
 */
char *
binds_mysql_rename_in(const char *definition, const char *name, const char *new_name)
{
	MyLexer		lexer = {definition, false};
	MyToken		token;
	const char *rest = definition;
	bool		is_read = false;
	StringInfoData buf;

	initStringInfo(&buf);
	/* what stands before the parentheses is its own name */
	while (binds_mysql_next_token(&lexer, &token) && token.start[0] != '(')
		;
	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind != MY_TOKEN_NAME || pg_strcasecmp(token.text, name) != 0)
			continue;
		appendBinaryStringInfo(&buf, rest, token.start - rest);
		binds_append_name(&buf, &binds_mysql_dialect, new_name);
		rest = token.start + token.length;
		is_read = true;
	}
	appendStringInfoString(&buf, rest);
	return is_read ? buf.data : NULL;
}

/* MariaDB passes over comments of that version, which must not end in a text. */
static char *
rename_statement(const BindsModel *model, const char *drop, const char *name,
				 const char *new_name, const char *add)
{
	bool		comment = drop[0] != '\0' && strstr(add, "*/") == NULL;
	StringInfoData buf;

	initStringInfo(&buf);
	if (comment)
		appendStringInfo(&buf, " /*!80016%s */", drop);
	else
		appendStringInfoString(&buf, drop);
	appendStringInfoString(&buf, " RENAME COLUMN ");
	binds_append_name(&buf, &binds_mysql_dialect, name);
	appendStringInfoString(&buf, " TO ");
	binds_append_name(&buf, &binds_mysql_dialect, new_name);
	if (comment)
		appendStringInfo(&buf, " /*!80016%s */", add);
	else
		appendStringInfoString(&buf, add);
	return alter(model, buf.data);
}

/*
 * What can stand beside other actions.  No statement drops a foreign key and adds another
 * one of its name; partitions are no action.
 */
static char *
actions_of(const BindsDifference *difference, const BindsDifference *differences,
		   int ndifferences, const char *actions)
{
	BindsPartKind kind = part_of(difference)->kind;

	if (kind == BINDS_PART_STORAGE)
		return NULL;
	for (int i = 0; i < ndifferences && kind == BINDS_PART_FOREIGN_KEY; i++)
	{
		if (difference->expected == NULL && differences[i].found == NULL &&
			part_of(&differences[i])->kind == BINDS_PART_FOREIGN_KEY)
			return NULL;
	}
	return pstrdup(actions);
}

/* Append " ADD ...", " DROP ..." or both. */
static void
append_actions(StringInfo buf, const Repair *repair, int place)
{
	const BindsDifference *difference = &repair->differences[place];
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	const BindsPart *index;
	const BindsPart *check;

	switch ((new ? new : old)->kind)
	{
		case BINDS_PART_COLUMN:
			if (new == NULL)
				append_drop(buf, "COLUMN", old->name);
			else
				appendStringInfo(buf, " %s COLUMN %s", old ? "MODIFY" : "ADD", new->text);
			check = old && new ? own_check(repair->found, old->name) : NULL;
			/* it goes with another statement, or stays */
			if (check != NULL && (repair->keep || has_check(repair->expected, check)))
				appendStringInfo(buf, " %s", check->text);
			return;
		case BINDS_PART_COMMENT:
			appendStringInfo(buf, " COMMENT=%s", new ? new->text : "''");
			return;
		case BINDS_PART_STORAGE:
			append_storage(buf, old ? old->text : "", new ? new->text : "");
			return;
		case BINDS_PART_PRIMARY_KEY:
			if (old != NULL)
				appendStringInfoString(buf, " DROP PRIMARY KEY");
			break;
		case BINDS_PART_UNIQUE_KEY:
		case BINDS_PART_INDEX:
			if (old != NULL)
				append_drop(buf, "KEY", old->name);
			break;
		case BINDS_PART_CHECK:
			if (old != NULL && old->column != NULL)
				appendStringInfo(buf, " MODIFY COLUMN %s",
								 binds_part_find(repair->found, BINDS_PART_COLUMN,
												 old->column)->text);
			else if (old != NULL)
				append_drop(buf, "CONSTRAINT", old->name);
			break;
		case BINDS_PART_FOREIGN_KEY:
			if (old == NULL)
				break;
			append_drop(buf, "FOREIGN KEY", old->name);
			index = index_made_for(old, repair->found, repair->expected);
			if (index != NULL)
			{
				appendStringInfoChar(buf, ',');
				append_drop(buf, "KEY", index->name);
			}
			break;
	}
	if (new != NULL)
		appendStringInfo(buf, "%s ADD %s", old ? "," : "", new->text);
	index = index_replaced(repair, place);
	if (index != NULL)
	{
		appendStringInfoChar(buf, ',');
		append_drop(buf, "KEY", index->name);
	}
	append_key_for(buf, key_that_needs(repair, place));
}

/* A key for a foreign key, by its name; NULL: none is needed. */
static void
append_key_for(StringInfo buf, const BindsPart *foreign_key)
{
	if (foreign_key == NULL)
		return;
	appendStringInfoString(buf, ", ADD KEY ");
	binds_append_name(buf, &binds_mysql_dialect, foreign_key->name);
	appendStringInfo(buf, " %s", binds_mysql_key_columns(foreign_key->text));
}

/* The check that stands in a column's definition; NULL: none. */
static const BindsPart *
own_check(const BindsTableParts *found, const char *column)
{
	for (int i = 0; i < found->nparts; i++)
	{
		if (found->parts[i].kind == BINDS_PART_CHECK && found->parts[i].column != NULL &&
			strcmp(found->parts[i].column, column) == 0)
			return &found->parts[i];
	}
	return NULL;
}

/* Has the model a check that says the same? */
static bool
has_check(const BindsTableParts *expected, const BindsPart *check)
{
	for (int i = 0; i < expected->nparts; i++)
	{
		if (expected->parts[i].kind == BINDS_PART_CHECK &&
			strcmp(expected->parts[i].same, check->same) == 0)
			return true;
	}
	return false;
}

/*
 * What takes back what append_actions does.  A column that has got a type with all values of
 * the old one has only such: they go back.
 */
static char *
undo_of(const Repair *repair, int place)
{
	const BindsDifference *difference = &repair->differences[place];
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	const BindsPart *index = key_that_needs(repair, place);
	const BindsPart *check;
	const BindsPart *column;
	StringInfoData buf;

	initStringInfo(&buf);
	switch ((new ? new : old)->kind)
	{
		case BINDS_PART_COLUMN:
			if (new == NULL || (old != NULL && (difference->narrows || is_virtual(old))))
				return NULL;
			if (old == NULL)
				append_drop(&buf, "COLUMN", new->name);
			else
			{
				appendStringInfo(&buf, " MODIFY COLUMN %s", old->text);
				check = own_check(repair->found, old->name);
				if (check != NULL)
					appendStringInfo(&buf, " %s", check->text);
			}
			return buf.data;
		case BINDS_PART_COMMENT:
			appendStringInfo(&buf, " COMMENT=%s", old ? old->text : "''");
			return buf.data;
		case BINDS_PART_STORAGE:
			return NULL;
		case BINDS_PART_PRIMARY_KEY:
			if (new != NULL)
				appendStringInfoString(&buf, " DROP PRIMARY KEY");
			break;
		case BINDS_PART_UNIQUE_KEY:
		case BINDS_PART_INDEX:
			if (new != NULL)
				append_drop(&buf, "KEY", new->name);
			break;
		case BINDS_PART_CHECK:
			if (new != NULL)
				append_drop(&buf, "CONSTRAINT", new->name);
			else if (old->column != NULL)
			{
				column = binds_part_find(repair->found, BINDS_PART_COLUMN, old->column);
				appendStringInfo(&buf, " MODIFY COLUMN %s %s", column->text, old->text);
				return buf.data;
			}
			break;
		case BINDS_PART_FOREIGN_KEY:
			if (new != NULL)
				append_foreign_key_undo(&buf, repair, difference);
			break;
	}
	if (old != NULL)
		appendStringInfo(&buf, "%s ADD %s", new ? "," : "", old->text);
	if (index_replaced(repair, place) != NULL)
		appendStringInfo(&buf, ", ADD %s", index_replaced(repair, place)->text);
	if (index != NULL)
	{
		appendStringInfoChar(&buf, ',');
		append_drop(&buf, "KEY", index->name);
	}
	return buf.data;
}

/* The index that InnoDB makes for a foreign key goes with it. */
static void
append_foreign_key_undo(StringInfo buf, const Repair *repair,
						const BindsDifference *difference)
{
	const BindsPart *new = difference->expected;
	char	   *columns = binds_mysql_key_columns(new->text);
	bool		served = false;

	append_drop(buf, "FOREIGN KEY", new->name);
	for (int i = 0; i < repair->found->nparts; i++)
	{
		const BindsPart *part = &repair->found->parts[i];

		served |= is_key(part) && begins_with(part->text, columns) &&
			!goes(repair, part, repair->ndifferences) && !goes_with_key(repair, part);
	}
	for (int i = 0; i < repair->expected->nparts; i++)
		served |= is_key(&repair->expected->parts[i]) &&
			begins_with(repair->expected->parts[i].text, columns);
	if (served || binds_part_find(repair->found, BINDS_PART_INDEX, new->name) != NULL)
		return;
	appendStringInfoChar(buf, ',');
	append_drop(buf, "KEY", new->name);
}

static void
append_drop(StringInfo buf, const char *what, const char *name)
{
	appendStringInfo(buf, " DROP %s ", what);
	binds_append_name(buf, &binds_mysql_dialect, name);
}

/*
 * What the model's table has, and what others have given it goes back to what the server
 * does of itself.
 */
static void
append_storage(StringInfo buf, const char *found, const char *expected)
{
	MyLexer		lexer = {found, true};
	MyToken		token;
	MyToken		sign;
	bool		partitioned = false;

	appendStringInfo(buf, " %s", expected);
	while (!partitioned && binds_mysql_next_token(&lexer, &token))
	{
		MyLexer		ahead = lexer;

		if (binds_mysql_is_word(&token, "PARTITION"))
			partitioned = true;
		else if (binds_mysql_is_word(&token, "VERSIONING"))
			appendStringInfoString(buf, ", DROP SYSTEM VERSIONING");
		else if (binds_mysql_next_token(&ahead, &sign) && sign.kind == MY_TOKEN_SIGN &&
				 *sign.start == '=')
		{
			if (!binds_mysql_has_word(expected, token.text))
				appendStringInfo(buf, " %.*s=%s", (int) token.length, token.start,
								 reset_value(token.text));
			(void) binds_mysql_next_token(&ahead, &token);
			lexer = ahead;
		}
	}
	if (partitioned)
		appendStringInfoString(buf, " REMOVE PARTITIONING");
}

/* The value of an option that a table has without it. */
static const char *
reset_value(const char *option)
{
	static const char *const numbers[] = {
		"AVG_ROW_LENGTH", "CHECKSUM", "DELAY_KEY_WRITE", "KEY_BLOCK_SIZE", "MAX_ROWS",
		"MIN_ROWS", "PAGE_CHECKSUM", "TRANSACTIONAL"
	};

	for (int i = 0; i < (int) lengthof(numbers); i++)
	{
		if (pg_strcasecmp(option, numbers[i]) == 0)
			return "0";
	}
	return "DEFAULT";
}

/* ------------------------------------------------------------------------
 * Notes
 * ------------------------------------------------------------------------ */

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
			if (new == NULL)
			{
				binds_difference_note(difference, "its values are lost");
				return;
			}
			required = binds_mysql_has_word(new->text, "NOT") &&
				(old == NULL || !binds_mysql_has_word(old->text, "NOT"));
			if (old != NULL && strcmp(type_of(old->same), type_of(new->same)) != 0)
				binds_difference_note(difference,
									  "values that the type cannot hold make it fail, or are changed where sql_mode is not strict");
			difference->requires = required && old != NULL;
			if (difference->requires)
				binds_difference_note(difference,
									  "rows with NULL make it fail, or are changed where sql_mode is not strict");
			else if (required && !binds_mysql_has_word(new->text, "DEFAULT") &&
					 !binds_mysql_has_word(new->text, "AUTO_INCREMENT"))
				binds_difference_note(difference,
									  "rows get the zero or the empty text of its type");
			break;
		case BINDS_PART_PRIMARY_KEY:
		case BINDS_PART_UNIQUE_KEY:
			if (new != NULL)
				binds_difference_note(difference, "rows with the same values make it fail");
			break;
		case BINDS_PART_CHECK:
		case BINDS_PART_FOREIGN_KEY:
			if (new != NULL)
				binds_difference_note(difference, "rows that violate it make it fail");
			break;
		case BINDS_PART_STORAGE:
			if (old != NULL && binds_mysql_has_word(old->text, "VERSIONING"))
				binds_difference_note(difference, "the history of its rows is lost");
			break;
		default:
			break;
	}
}

/* The type of a column, characters included, with a blank behind each token. */
static char *
type_of(const char *column)
{
	static const char *const ends[] = {
		"NOT", "NULL", "DEFAULT", "COMMENT", "AUTO_INCREMENT", "CHECK", "GENERATED", "AS",
		"ON", "INVISIBLE"
	};
	MyLexer		lexer = {column, false};
	MyToken		token;
	bool		ended = false;
	StringInfoData type;

	initStringInfo(&type);
	(void) binds_mysql_next_token(&lexer, &token);
	while (!ended && binds_mysql_next_token(&lexer, &token))
	{
		for (int j = 0; j < (int) lengthof(ends); j++)
			ended |= binds_mysql_is_word(&token, ends[j]);
		if (!ended)
			appendStringInfo(&type, "%.*s ", (int) token.length, token.start);
	}
	return type.data;
}

/* May a value of an old row be lost, or become another one? */
static bool
narrows(const BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;

	/* rows get a zero or an empty text */
	if (old == NULL && new->kind == BINDS_PART_COLUMN)
		return binds_mysql_has_word(new->text, "NOT") && !new->computed &&
			!binds_mysql_has_word(new->text, "DEFAULT") &&
			!binds_mysql_has_word(new->text, "AUTO_INCREMENT");
	if (old == NULL || new == NULL || old->kind != BINDS_PART_COLUMN)
		return false;
	return old->computed != new->computed ||
		!binds_mysql_type_widens(type_of(old->same), type_of(new->same));
}
