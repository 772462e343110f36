/*
 * violated_values.c
 *	  The values of a row that the engine has refused, as PostgreSQL shows them.
 *
 * Those of a new row were sent.  What an UPDATE does not set, and what a DELETE would have
 * deleted, is read by the identity of the row: the statement has changed nothing.  What the
 * engine makes itself is not known.
 *
 * Whoever may not read the columns of a table does not see them here either.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/htup_details.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "fdw/violation.h"

/* longest part of a value that is shown of a row, as in PostgreSQL */
#define SHOWN_MAX 64

/* of a key: PostgreSQL's own are not longer, an engine's may be megabytes */
#define KEY_SHOWN_MAX 2712

/* so many rows that were sent together are looked at, to find which was refused */
#define SOUGHT_MAX 100

/* A statement of ours, and its answer. */
typedef struct Question
{
	BindsViolated *violated;
	BindsStatement *statement;
	const BindsValue *values;
	AttrNumber	attnum;			/* of the column to decode; 0: none */
	bool		found;			/* there is a row */
	Datum		value;
	bool		isnull;
} Question;

static bool new_value(BindsViolated *violated, AttrNumber attnum, Datum *value,
					  bool *isnull);
static bool old_value(BindsViolated *violated, AttrNumber attnum, Datum *value,
					  bool *isnull);
static void ask_row(void *arg);
static char *show_value(const BindsForeignColumn *column, Datum value, bool isnull);
static bool may_show(const BindsModify *modify, AttrNumber attnum);
static bool may_read(const BindsForeignTable *table, AttrNumber attnum);

AttrNumber
binds_violated_column(const BindsForeignTable *table, const char *name)
{
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (table->columns[i].local_name != NULL &&
			binds_violated_same_name(table, table->columns[i].name, name))
			return i + 1;
	}
	return 0;
}

bool
binds_violated_same_name(const BindsForeignTable *table, const char *a, const char *b)
{
	return table->dialect->folds_columns ? pg_strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

bool
binds_violated_same_table(const BindsForeignTable *table, const char *a, const char *b)
{
	return table->dialect->folds_tables ? pg_strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

bool
binds_violated_sets(const BindsViolated *violated, AttrNumber attnum)
{
	return binds_modify_place(violated->modify, attnum) >= 0 ||
		list_member_int(violated->modify->defaults, attnum);
}

/*
 * Where it is not known which row it was, they all do.  Those of a COPY are not at hand: a
 * key that it names is given in all.
 */
bool
binds_violated_key_is_left(const BindsViolated *violated)
{
	const BindsModify *modify = violated->modify;
	const BindsSending *sending = &modify->sending;

	if (violated->row != NULL)
		return binds_modify_key_is_left(modify, violated->row);
	if (sending->slots == NULL && modify->buffer != NULL)
	{
		int			place = binds_modify_place(modify, modify->generated_key);

		return place < 0 || modify->rules[place] == BINDS_RULE_SEND;
	}
	for (int i = 0; sending->slots != NULL && i < sending->nslots; i++)
	{
		if (!binds_modify_key_is_left(modify, sending->slots[i]))
			return false;
	}
	return sending->slots != NULL && sending->nslots > 0;
}

/* ------------------------------------------------------------------------
 * Values
 * ------------------------------------------------------------------------ */

bool
binds_violated_value(BindsViolated *violated, AttrNumber attnum, bool old, Datum *value,
					 bool *isnull)
{
	return old ? old_value(violated, attnum, value, isnull) :
		new_value(violated, attnum, value, isnull);
}

static bool
new_value(BindsViolated *violated, AttrNumber attnum, Datum *value, bool *isnull)
{
	BindsModify *modify = violated->modify;
	const BindsForeignColumn *column = &violated->table->columns[attnum - 1];
	int			place = binds_modify_place(modify, attnum);

	if (violated->row == NULL || column->engine_computed)
		return false;
	if (place < 0)
		return modify->operation == CMD_UPDATE &&
			!list_member_int(modify->defaults, attnum) &&
			old_value(violated, attnum, value, isnull);
	*value = slot_getattr(violated->row, attnum, isnull);
	if (modify->rules[place] == BINDS_RULE_IGNORE)
		return false;
	/* the engine makes what is left to it */
	return !*isnull || (column->generated == BINDS_GENERATED_NO ?
						modify->rules[place] == BINDS_RULE_SEND :
						modify->operation == CMD_UPDATE);
}

static bool
old_value(BindsViolated *violated, AttrNumber attnum, Datum *value, bool *isnull)
{
	const BindsForeignTable *table = violated->table;
	Question	question = {.violated = violated, .attnum = attnum,
	.values = violated->modify->sending.identity};

	if (question.values == NULL)
		return false;
	question.statement = binds_deparse_reread(table, list_make1_int(attnum), false);
	if (!binds_violated_ask(ask_row, &question) || !question.found)
		return false;
	*value = question.value;
	*isnull = question.isnull;
	return true;
}

BindsAnswer
binds_violated_exists(BindsViolated *violated, const char *table, List *columns,
					  List *own, bool old, bool other)
{
	const BindsForeignTable *self = violated->table;
	const BindsValue *identity = other ? violated->modify->sending.identity : NULL;
	Question	question = {.violated = violated};
	int			nidentity = identity != NULL ? binds_foreign_table_identity(self) : 0;
	BindsValue *values = palloc0(sizeof(BindsValue) * (list_length(own) + nidentity));
	int			n = 0;
	ListCell   *lc;

	foreach(lc, own)
	{
		AttrNumber	attnum = binds_violated_column(self, lfirst(lc));
		const BindsForeignColumn *column;
		bool		isnull;
		Datum		value;

		if (attnum == 0 ||
			!binds_violated_value(violated, attnum, old, &value, &isnull))
			return BINDS_IS_UNKNOWN;
		if (isnull)
			return BINDS_IS_NULL;
		column = &self->columns[attnum - 1];
		binds_encode(&column->storage, value, self->local_name, column->local_name,
					 &values[n++]);
	}
	if (nidentity > 0)
		memcpy(values + n, identity, sizeof(BindsValue) * nidentity);
	question.statement = binds_deparse_exists(self->dialect, self->schema, table, columns,
											  nidentity > 0 ? self : NULL);
	question.values = values;
	if (!binds_violated_ask(ask_row, &question))
		return BINDS_IS_UNKNOWN;
	return question.found ? BINDS_IS_THERE : BINDS_IS_NOT_THERE;
}

BindsAnswer
binds_violated_find_row(BindsViolated *violated, const char *table, List *columns,
						List *own, bool other, BindsAnswer wanted)
{
	const BindsSending *sending = &violated->modify->sending;

	if (violated->row != NULL)
		return binds_violated_exists(violated, table, columns, own, false, other);
	for (int i = 0; sending->slots != NULL && i < Min(sending->nslots, SOUGHT_MAX); i++)
	{
		violated->row = sending->slots[i];
		if (binds_violated_exists(violated, table, columns, own, false, other) == wanted)
			return wanted;
	}
	violated->row = NULL;
	return BINDS_IS_UNKNOWN;
}

static void
ask_row(void *arg)
{
	Question   *question = arg;
	BindsModify *modify = question->violated->modify;
	const BindsForeignTable *table = modify->table;
	BindsOutcome outcome;
	BindsCursor *cursor;
	const BindsValue *row;

	(void) binds_branch_enter(modify->use);
	cursor = binds_branch_cursor(modify->use, binds_statement_query(question->statement),
								 table->local_name);
	binds_cursor_execute(cursor, question->values, false, &outcome);
	row = binds_cursor_fetch(cursor);
	question->found = row != NULL;
	if (row != NULL && question->attnum != 0)
	{
		const BindsForeignColumn *column = &table->columns[question->attnum - 1];
		BindsDecoder decoder;

		binds_decoder_init(&decoder, &column->storage, column->typid, table->local_name,
						   column->local_name, false);
		question->value = binds_decode(&decoder, row, &question->isnull);
	}
	binds_cursor_close(cursor);
}

/* ------------------------------------------------------------------------
 * Text
 * ------------------------------------------------------------------------ */

bool
binds_violated_show_key(BindsViolated *violated, List *columns, bool old, bool quote,
						char **names, char **values)
{
	const BindsForeignTable *table = violated->table;
	StringInfoData shown_names;
	StringInfoData shown_values;
	ListCell   *lc;

	if (columns == NIL || table->hide_values)
		return false;
	initStringInfo(&shown_names);
	initStringInfo(&shown_values);
	foreach(lc, columns)
	{
		AttrNumber	attnum = binds_violated_column(table, lfirst(lc));
		const char *separator = shown_names.len > 0 ? ", " : "";
		const char *text;
		const char *name;
		bool		isnull;
		Datum		value;

		if (attnum == 0 || !may_read(table, attnum) ||
			!binds_violated_value(violated, attnum, old, &value, &isnull))
			return false;
		name = table->columns[attnum - 1].local_name;
		appendStringInfo(&shown_names, "%s%s", separator,
						 quote ? quote_identifier(name) : name);
		text = show_value(&table->columns[attnum - 1], value, isnull);
		appendStringInfo(&shown_values, "%s%.*s%s", separator,
						 pg_mbcliplen(text, strlen(text), KEY_SHOWN_MAX), text,
						 strlen(text) > KEY_SHOWN_MAX ? "..." : "");
	}
	*names = shown_names.data;
	*values = shown_values.data;
	return true;
}

/*
 * A row as PostgreSQL shows one that fails: without names if all of it is shown.
 */
char *
binds_violated_show_row(BindsViolated *violated)
{
	const BindsForeignTable *table = violated->table;
	bool		whole = may_read(table, InvalidAttrNumber);
	StringInfoData names;
	StringInfoData values;

	if (violated->row == NULL || table->hide_values)
		return NULL;
	initStringInfo(&names);
	initStringInfo(&values);
	for (int i = 0; i < table->ncolumns; i++)
	{
		const BindsForeignColumn *column = &table->columns[i];
		const char *separator = names.len > 0 ? ", " : "";
		const char *text;
		bool		isnull;
		Datum		value;

		if (column->local_name == NULL)
			continue;
		if ((binds_modify_place(violated->modify, i + 1) < 0 &&
			 violated->modify->operation != CMD_UPDATE) ||
			!may_show(violated->modify, i + 1) ||
			!new_value(violated, i + 1, &value, &isnull))
		{
			whole = false;
			continue;
		}
		text = show_value(column, value, isnull);
		appendStringInfo(&names, "%s%s", separator, column->local_name);
		appendStringInfo(&values, "%s%.*s%s", separator,
						 pg_mbcliplen(text, strlen(text), SHOWN_MAX), text,
						 strlen(text) > SHOWN_MAX ? "..." : "");
	}
	if (names.len == 0)
		return NULL;
	return whole ? psprintf("(%s)", values.data) :
		psprintf("(%s) = (%s)", names.data, values.data);
}

bool
binds_violated_readable(const BindsForeignTable *table)
{
	bool		readable = true;

	for (int i = 0; i < table->ncolumns; i++)
		readable = readable &&
			(table->columns[i].local_name == NULL || may_read(table, i + 1));
	return readable;
}

static char *
show_value(const BindsForeignColumn *column, Datum value, bool isnull)
{
	Oid			output;
	bool		varlena;

	if (isnull)
		return "null";
	getTypeOutputInfo(column->typid, &output, &varlena);
	return OidOutputFunctionCall(output, value);
}

/*
 * May the role see the value of a column of a row that is refused, as the statement has
 * named it, or may it read it?
 */
static bool
may_show(const BindsModify *modify, AttrNumber attnum)
{
	return bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, modify->named) ||
		may_read(modify->table, attnum);
}

/* May the current user read a column?  Or all of them (0)? */
static bool
may_read(const BindsForeignTable *table, AttrNumber attnum)
{
	return pg_class_aclcheck(table->relid, GetUserId(), ACL_SELECT) == ACLCHECK_OK ||
		(attnum != InvalidAttrNumber &&
		 pg_attribute_aclcheck(table->relid, attnum, GetUserId(),
							   ACL_SELECT) == ACLCHECK_OK);
}
