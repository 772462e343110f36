/*
 * local_parts.c
 *	  What separates a local relation from what create_all makes of its model, and
 *	  PostgreSQL's statements that take it away.
 *
 * Both sides are written by local_compared.c.  Constraints and indexes are compared by what
 * they say, for PostgreSQL chooses another name where one is taken.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/attached.h"
#include "commands/local_parts.h"
#include "commands/relation.h"
#include "dialect/parts.h"
#include "dialect/text.h"
#include "value/value.h"

/* A check may fit neither the old type of a column nor the new one. */
#define REPLACED_APART (BINDS_PART_BIT(BINDS_PART_INDEX) | BINDS_PART_BIT(BINDS_PART_CHECK))

/* What the writers of statements share. */
typedef struct Repair
{
	bool		foreign;
	const char *schema;
	const char *table;
	const BindsLocalRelation *found;
	const BindsLocalRelation *expected;
	bool		is_child;		/* the relation inherits from others */
	List	   *children;		/* OIDs of the templates that inherit from the
								 * model's */
} Repair;

static bool is_parents(const Repair *repair, const BindsDifference *difference);
static bool is_named(List *names, const BindsPart *part);
static const char *alter_words(const Repair *repair, const BindsPart *going);
static bool has_part(Oid child, const BindsPart *part);
static void repair_part(const Repair *repair, BindsDifference *difference);
static bool is_index(const BindsPart *part);
static void append_index(StringInfo buf, const Repair *repair, const BindsPart *old,
						 const BindsPart *new);
static void repair_column(const Repair *repair, BindsDifference *difference);
static const BindsLocalColumn *column_of(const BindsLocalRelation *relation,
										 const char *name);
static bool same_text(const char *a, const char *b);
static void change_column(const Repair *repair, const BindsLocalColumn *old,
						  const BindsLocalColumn *new, BindsDifference *difference);
static void append_type(StringInfo buf, const Repair *repair,
						const BindsLocalColumn *old, const BindsLocalColumn *new);
static void append_option_changes(StringInfo buf, const char *column, List *old,
								  List *new);
static char *option_changes(List *old, List *new);
static const DefElem *option_named(List *options, const char *name);

int
binds_local_differences(const BindsBind *bind, const BindsModelRow *row,
						const BindsModel *model, Oid relid, BindsDifference **result)
{
	BindsLocalRelation *found = palloc(sizeof(BindsLocalRelation));
	BindsLocalRelation *expected = palloc(sizeof(BindsLocalRelation));
	Repair		all = {bind->dialect != NULL, row->local_schema, NULL, found, expected, false};
	int			n;

	binds_local_found(bind, row, relid, found);
	binds_local_expected(bind, row, model, NULL, relid, expected);
	all.table = found->table;
	n = binds_parts_compare(&found->definition, &expected->definition, false,
							REPLACED_APART, result);
	all.is_child = binds_relation_parents(relid) != NIL;
	all.children = find_inheritance_children(model->template, NoLock);
	for (int i = 0; i < n; i++)
	{
		if (is_parents(&all, &(*result)[i]))
			binds_difference_note(&(*result)[i],
								  "it is inherited: what is done to the parent is done to it");
		else
			repair_part(&all, &(*result)[i]);
	}
	return n;
}

bool
binds_local_fits_engine(BindsWork *work, BindsWorkItem *item, Oid relid)
{
	BindsLocalRelation found;
	BindsLocalRelation expected;
	BindsDifference *differences;
	const BindsReflectedTable *engine = binds_attached_table(work, item->model);

	if (engine == NULL)
		return false;
	binds_local_found(work->bind, item->row, relid, &found);
	binds_local_expected(work->bind, item->row, item->model, engine, relid, &expected);
	return binds_parts_compare(&found.definition, &expected.definition, false,
							   REPLACED_APART, &differences) == 0;
}

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

/* Is a difference one that only a statement for the parent can take away? */
static bool
is_parents(const Repair *repair, const BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	const BindsLocalColumn *found;
	const BindsLocalColumn *expected;

	if (!repair->is_child)
		return false;
	if ((new ? new : old)->kind != BINDS_PART_COLUMN)
		return old != NULL ? is_named(repair->found->inherited, old) :
			is_named(repair->expected->inherited, new);
	found = old != NULL ? column_of(repair->found, old->name) : NULL;
	expected = new != NULL ? column_of(repair->expected, new->name) : NULL;
	if (found == NULL || expected == NULL)
		return (found != NULL ? found : expected)->inherited;
	return found->inherited && (!same_text(found->type, expected->type) ||
								!same_text(found->collation, expected->collation) ||
								found->computed != expected->computed);
}

static bool
is_named(List *names, const BindsPart *part)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		if (part->name != NULL && part->kind == BINDS_PART_CHECK &&
			strcmp(lfirst(lc), part->name) == 0)
			return true;
	}
	return false;
}

/*
 * "ALTER TABLE t".  A column or check that goes does so from the relation alone if the models
 * that inherit it have it still: it is their own then, as ALTER TABLE ONLY has made it.
 */
static const char *
alter_words(const Repair *repair, const BindsPart *going)
{
	bool		only = going != NULL && repair->children != NIL;
	ListCell   *lc;

	foreach(lc, only ? repair->children : NIL)
		only = only && has_part(lfirst_oid(lc), going);
	return psprintf("ALTER %sTABLE %s%s", repair->foreign ? "FOREIGN " : "",
					only ? "ONLY " : "", repair->table);
}

static bool
has_part(Oid child, const BindsPart *part)
{
	switch (part->kind)
	{
		case BINDS_PART_COLUMN:
			return get_attnum(child, part->name) != InvalidAttrNumber;
		case BINDS_PART_CHECK:
			return OidIsValid(get_relation_constraint_oid(child, part->name, true));
		default:
			return false;
	}
}

static void
repair_part(const Repair *repair, BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	const char *alter = alter_words(repair, new == NULL ? old : NULL);
	StringInfoData buf;

	initStringInfo(&buf);
	switch ((new ? new : old)->kind)
	{
		case BINDS_PART_COLUMN:
			repair_column(repair, difference);
			return;
		case BINDS_PART_STORAGE:
			appendStringInfo(&buf, "%s %s", alter,
							 option_changes(repair->found->options,
											repair->expected->options));
			break;
		case BINDS_PART_COMMENT:
			appendStringInfoString(&buf, "COMMENT ON ");
			if ((new ? new : old)->name != NULL)
				appendStringInfo(&buf, "COLUMN %s.%s", repair->table,
								 quote_identifier((new ? new : old)->name));
			else
				appendStringInfo(&buf, "%sTABLE %s", repair->foreign ? "FOREIGN " : "",
								 repair->table);
			appendStringInfo(&buf, " IS %s", new ? new->text : "NULL");
			break;
		default:
			if (is_index(new ? new : old))
			{
				append_index(&buf, repair, old, new);
				break;
			}
			appendStringInfoString(&buf, alter);
			if (old != NULL)
				appendStringInfo(&buf, " DROP CONSTRAINT %s%s",
								 quote_identifier(old->name), new ? "," : "");
			if (new != NULL)
				appendStringInfo(&buf, " ADD CONSTRAINT %s %s",
								 quote_identifier(new->name), new->text);
			if (new != NULL && !repair->foreign)
				binds_difference_note(difference, "rows that violate it make it fail");
			break;
	}
	difference->statement = buf.data;
}

/* Is it an index that no constraint has? */
static bool
is_index(const BindsPart *part)
{
	return strncmp(part->text, "INDEX ", 6) == 0 ||
		strncmp(part->text, "UNIQUE INDEX ", 13) == 0;
}

/* DROP INDEX, or CREATE INDEX. */
static void
append_index(StringInfo buf, const Repair *repair, const BindsPart *old,
			 const BindsPart *new)
{
	const char *rest;

	if (old != NULL)
		appendStringInfo(buf, "DROP INDEX %s",
						 quote_qualified_identifier(repair->schema, old->name));
	else
	{
		rest = strstr(new->text, "INDEX ") + 6;
		appendStringInfo(buf, "CREATE %.*s%s ON %s %s", (int) (rest - new->text),
						 new->text, quote_identifier(new->name), repair->table, rest);
	}
}

static void
repair_column(const Repair *repair, BindsDifference *difference)
{
	const BindsPart *old = difference->found;
	const BindsPart *new = difference->expected;
	const char *alter = alter_words(repair, new == NULL ? old : NULL);

	if (old != NULL && new != NULL)
	{
		change_column(repair, column_of(repair->found, old->name),
					  column_of(repair->expected, new->name), difference);
		return;
	}
	if (new != NULL)
		difference->statement = psprintf("%s ADD COLUMN %s", alter, new->text);
	else
		difference->statement = psprintf("%s DROP COLUMN %s", alter,
										 quote_identifier(old->name));
	if (new == NULL && !repair->foreign)
		binds_difference_note(difference, "its values are lost");
	if (new != NULL && !repair->foreign &&
		column_of(repair->expected, new->name)->not_null &&
		column_of(repair->expected, new->name)->expr == NULL)
		binds_difference_note(difference, "rows make it fail, for they would have NULL there");
}

static const BindsLocalColumn *
column_of(const BindsLocalRelation *relation, const char *name)
{
	for (int i = 0; i < relation->ncolumns; i++)
	{
		if (strcmp(relation->columns[i].name, name) == 0)
			return &relation->columns[i];
	}
	elog(ERROR, "relation %s has no column \"%s\"", relation->table, name);
	return NULL;				/* keep compiler quiet */
}

static bool
same_text(const char *a, const char *b)
{
	return (a == NULL || b == NULL) ? a == b : strcmp(a, b) == 0;
}

/*
 * Change a column.  What it is computed by cannot be changed: it is made anew.  Nor can
 * a serial column be made of another one by a single statement.
 */
static void
change_column(const Repair *repair, const BindsLocalColumn *old,
			  const BindsLocalColumn *new, BindsDifference *difference)
{
	const char *name = quote_identifier(new->name);
	bool		typed = !same_text(old->type, new->type) ||
		!same_text(old->collation, new->collation);
	bool		keeps_identity = old->identity != NULL && new->identity != NULL;
	const DefElem *temporal = option_named(old->own_options, "temporal");
	List	   *options = old->options;
	StringInfoData buf;

	/* the form of values of the old type */
	if (temporal != NULL && old->typid != new->typid)
		options = lappend(list_copy(options), (void *) temporal);
	initStringInfo(&buf);
	if (new->serial != NULL)
	{
		binds_difference_note(difference, "no statement is given: make a sequence that the column owns, set its default to nextval, and its NOT NULL");
		return;
	}
	if (old->computed && !new->computed && !typed && new->identity == NULL)
	{
		binds_text_list_addf(&buf, "ALTER COLUMN %s DROP EXPRESSION", name);
		if (new->expr != NULL)
			binds_text_list_addf(&buf, "ALTER COLUMN %s SET DEFAULT %s", name, new->expr);
	}
	else if (old->computed != new->computed ||
			 (old->computed && !same_text(old->expr, new->expr)))
	{
		binds_text_list_addf(&buf, "DROP COLUMN %s", name);
		binds_text_list_addf(&buf, "ADD COLUMN %s", difference->expected->text);
		difference->narrows = !repair->foreign || !old->computed;
		binds_difference_note(difference, "its values are lost, and what depends on it (views) stops it");
	}
	else
	{
		if (old->identity != NULL && new->identity == NULL)
			binds_text_list_addf(&buf, "ALTER COLUMN %s DROP IDENTITY", name);
		if ((old->expr != NULL || old->serial != NULL) && !old->computed &&
			(typed || old->serial != NULL || !same_text(old->expr, new->expr)))
			binds_text_list_addf(&buf, "ALTER COLUMN %s DROP DEFAULT", name);
		if (typed)
		{
			append_type(&buf, repair, old, new);
			difference->narrows =
				!binds_type_widens(old->typid, old->typmod, new->typid, new->typmod);
			if (!repair->foreign)
				binds_difference_note(difference,
									  "values that the type cannot hold make it fail");
		}
		if (!same_text(old->storage, new->storage))
			binds_text_list_addf(&buf, "ALTER COLUMN %s SET STORAGE %s", name,
								 new->storage != NULL ? new->storage : "DEFAULT");
		if (!same_text(old->compression, new->compression))
			binds_text_list_addf(&buf, "ALTER COLUMN %s SET COMPRESSION %s", name,
								 new->compression != NULL ? new->compression : "default");
		if (new->expr != NULL && !new->computed &&
			(typed || !same_text(old->expr, new->expr)))
			binds_text_list_addf(&buf, "ALTER COLUMN %s SET DEFAULT %s", name, new->expr);
		if ((old->not_null || old->serial != NULL || old->identity != NULL) &&
			!new->not_null && new->identity == NULL)
			binds_text_list_addf(&buf, "ALTER COLUMN %s DROP NOT NULL", name);
		else if ((new->not_null || new->identity != NULL) && !old->not_null &&
				 !keeps_identity)
		{
			binds_text_list_addf(&buf, "ALTER COLUMN %s SET NOT NULL", name);
			if (!repair->foreign)
				binds_difference_note(difference, "rows with NULL make it fail");
		}
		if (keeps_identity && !same_text(old->identity, new->identity))
		{
			binds_text_list_addf(&buf, "ALTER COLUMN %s%s", name, new->identity_set);
			binds_difference_note(difference, "the next key stays, also where START differs");
		}
		else if (new->identity != NULL && old->identity == NULL)
		{
			binds_text_list_addf(&buf, "ALTER COLUMN %s ADD%s", name, new->identity);
			binds_difference_note(difference, "the sequence begins at its start");
		}
		append_option_changes(&buf, new->name, options, new->options);
	}
	difference->statement = psprintf("ALTER %sTABLE %s %s",
									 repair->foreign ? "FOREIGN " : "", repair->table,
									 buf.data);
}

static void
append_type(StringInfo buf, const Repair *repair, const BindsLocalColumn *old,
			const BindsLocalColumn *new)
{
	const char *name = quote_identifier(new->name);

	binds_text_list_addf(buf, "ALTER COLUMN %s TYPE %s", name, new->type);
	if (new->collation != NULL)
		appendStringInfo(buf, " COLLATE %s", new->collation);
	if (!repair->foreign &&
		!can_coerce_type(1, &old->typid, &new->typid, COERCION_ASSIGNMENT))
		appendStringInfo(buf, " USING %s::%s%s", name,
						 can_coerce_type(1, &old->typid, &new->typid, COERCION_EXPLICIT) ?
						 "" : "text::", new->type);
}

/* " OPTIONS (ADD ..., SET ..., DROP ...)" of a column. */
static void
append_option_changes(StringInfo buf, const char *column, List *old, List *new)
{
	char	   *changes = option_changes(old, new);

	if (changes != NULL)
		binds_text_list_addf(buf, "ALTER COLUMN %s %s", quote_identifier(column), changes);
}

/* "OPTIONS (...)", NULL if they are the same. */
static char *
option_changes(List *old, List *new)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, new)
	{
		DefElem    *option = lfirst(lc);
		const DefElem *before = option_named(old, option->defname);

		if (before != NULL && strcmp(strVal(before->arg), strVal(option->arg)) == 0)
			continue;
		appendStringInfo(&buf, "%s%s %s %s", buf.len > 0 ? ", " : "OPTIONS (",
						 before != NULL ? "SET" : "ADD", quote_identifier(option->defname),
						 quote_literal_cstr(strVal(option->arg)));
	}
	foreach(lc, old)
	{
		const char *name = ((DefElem *) lfirst(lc))->defname;

		if (option_named(new, name) == NULL)
			appendStringInfo(&buf, "%sDROP %s", buf.len > 0 ? ", " : "OPTIONS (",
							 quote_identifier(name));
	}
	if (buf.len == 0)
		return NULL;
	appendStringInfoChar(&buf, ')');
	return buf.data;
}

static const DefElem *
option_named(List *options, const char *name)
{
	ListCell   *lc;

	foreach(lc, options)
	{
		if (strcmp(((DefElem *) lfirst(lc))->defname, name) == 0)
			return lfirst(lc);
	}
	return NULL;
}
