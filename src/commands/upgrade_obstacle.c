/*
 * upgrade_obstacle.c
 *	  Why binds.upgrade leaves a difference.
 *
 * Nothing goes that the model has not, and no value becomes another one, unless that is
 * asked for; and what cannot be done is known before anything is.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/lsyscache.h"

#include "commands/upgrade.h"
#include "value/value.h"

static bool takes_others(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row);
static bool is_of_same_part(const BindsUpgrade *upgrade, const BindsDiffRow *row,
							const BindsDiffRow *before);
static bool goes_with_another(const BindsUpgrade *upgrade, List *rows,
							  const BindsDiffRow *row);
static bool is_narrowed(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row);
static bool may_lose(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static bool gives_zeros(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static bool tells_rows(const BindsUpgrade *upgrade, const BindsModel *model);
static bool keeps_column(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item);
static bool can_convert(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row);
static Oid	type_here(const BindsDiffRow *row);
static bool makes_anew(List *rows, const BindsWorkItem *item);
static bool is_together(const BindsUpgrade *upgrade, const BindsDiffRow *a,
						const BindsDiffRow *b);
static bool waits_for_engine(const BindsUpgrade *upgrade, const BindsDiffRow *row);

const char *
binds_upgrade_obstacle(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row, const char **action)
{
	const BindsBind *bind = upgrade->work->bind;

	*action = "left";
	if (upgrade->options->whole && takes_others(upgrade, rows, row))
		return "the statement for it would take away what others have given the table";
	*action = "kept";
	if (row->difference != NULL && row->difference->extra && !upgrade->options->drop)
		return "only {\"drop\": true} takes it away";
	if (row->replaces && !upgrade->options->drop)
		return "only {\"drop\": true} takes the old column of this name away";
	if ((!upgrade->options->lossy || gives_zeros(upgrade, row)) &&
		is_narrowed(upgrade, rows, row))
		return row->difference->narrows || binds_upgrade_changes_type(upgrade, row) ? "only {\"lossy\": true} changes values" :
			"it goes with a change of type, which only {\"lossy\": true} does";
	if (binds_upgrade_changes_type(upgrade, row) && !can_convert(upgrade, rows, row))
	{
		*action = "left";
		return "no statement brings values of the one type into the other: add a column of it, fill it, and drop this one";
	}
	if (binds_upgrade_needs_rows(upgrade, row) && !tells_rows(upgrade, row->item->model))
	{
		*action = "left";
		return "each row has to be written, and without a key none can be told from others: give the table one before";
	}
	if (binds_upgrade_is_check(row) && keeps_column(upgrade, rows, row->item))
	{
		*action = upgrade->options->lossy ? "left" : "kept";
		return "a column of the table does not get its new type";
	}
	if (waits_for_engine(upgrade, row))
		return "the engine's column stays as it is, too";
	*action = "left";
	if (bind->options != NULL && !bind->options->managed && !binds_upgrade_is_local(upgrade, row))
		return "the bind is not managed";
	if ((row->difference != NULL && row->difference->stuck) ||
		(row->statement == NULL && !goes_with_another(upgrade, rows, row)))
		return NULL;
	if (binds_upgrade_was_done(upgrade->done, row))
		return "its statement was executed, and it differs still";
	*action = NULL;
	return NULL;
}

/*
 * Would what is done for a row do away with a difference that is to stay: one of the same part,
 * which is written as a whole, or one of those that go together with it?
 */
static bool
takes_others(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	ListCell   *lc;

	if (row->difference == NULL || binds_upgrade_is_local(upgrade, row))
		return false;
	foreach(lc, upgrade->except)
	{
		if (is_of_same_part(upgrade, row, lfirst(lc)))
			return true;
	}
	foreach(lc, rows)
	{
		const BindsDiffRow *other = lfirst(lc);

		if (is_together(upgrade, row, other) && binds_upgrade_is_excepted(upgrade, other))
			return true;
	}
	return false;
}

/* Is a difference that was there before one of the part in the engine that a row changes? */
static bool
is_of_same_part(const BindsUpgrade *upgrade, const BindsDiffRow *row, const BindsDiffRow *before)
{
	const BindsPart *part = row->difference->found;
	const BindsPart *old = before->difference != NULL ? before->difference->found : NULL;

	if (part == NULL || old == NULL || part->kind == BINDS_PART_COMMENT ||
		part->kind != old->kind || binds_upgrade_is_local(upgrade, before) ||
		before->item->row->template != row->item->row->template)
		return false;
	if (part->name == NULL || old->name == NULL)
		return part->name == old->name &&
			(part->kind != BINDS_PART_CHECK || strcmp(part->same, old->same) == 0);
	return strcmp(part->name, old->name) == 0;
}

/* Does a statement that is executed do what a row without one says? */
static bool
goes_with_another(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *other = lfirst(lc);

		if (other->statement != NULL && is_together(upgrade, row, other) &&
			binds_upgrade_runs(upgrade, rows, other))
			return true;
	}
	return false;
}

bool
binds_upgrade_runs(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	const char *action;

	if (list_member_ptr(upgrade->done, row))
		return true;
	(void) binds_upgrade_obstacle(upgrade, rows, row, &action);
	return action == NULL;
}

/* Does a row, or one that is done with it, narrow what is in rows? */
static bool
is_narrowed(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	ListCell   *lc;

	if (row->difference == NULL)
		return false;
	foreach(lc, rows)
	{
		const BindsDiffRow *other = lfirst(lc);

		if ((other == row || is_together(upgrade, row, other)) &&
			(may_lose(upgrade, other) || binds_upgrade_changes_type(upgrade, other)))
			return true;
	}
	return false;
}

/*
 * May values become others, or rows get some that nobody has given?  Where all is done or nothing
 * rows of a new column have their default, or what is computed for them, when it is done.
 */
static bool
may_lose(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	bool		given = upgrade->options->whole && row->difference->found == NULL &&
		binds_upgrade_needs_rows(upgrade, row);

	return row->difference->narrows && !given && !binds_upgrade_needs_empty(upgrade, row);
}

/*
 * Would rows get a zero in a new column, which a statement that may change values does not
 * ask for?  Whether there are any the relation tells, if it is there.
 */
static bool
gives_zeros(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	return upgrade->options->whole && row->difference != NULL &&
		row->difference->found == NULL && may_lose(upgrade, row);
}

bool
binds_upgrade_needs_empty(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;

	return upgrade->options->whole && !binds_upgrade_is_local(upgrade, row) &&
		difference != NULL && difference->found == NULL && difference->narrows &&
		!binds_upgrade_needs_rows(upgrade, row) &&
		OidIsValid(binds_model_relation(row->item->row));
}

bool
binds_upgrade_needs_rows(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	const BindsModel *model = row->item->model;
	const char *column = binds_upgrade_is_local(upgrade, row) ? NULL : binds_upgrade_column(row);
	int			i = column != NULL ? binds_model_column(model, column) : -1;

	return i >= 0 && (model->columns[i].computed || row->difference->fills);
}

/* Can a row of the model's table be told from all others? */
static bool
tells_rows(const BindsUpgrade *upgrade, const BindsModel *model)
{
	if (upgrade->work->bind->dialect->rowid_names != NULL)
		return true;
	for (int i = 0; i < model->nkeys; i++)
	{
		bool		tells = true;

		for (int j = 0; j < model->keys[i].ncolumns; j++)
			tells &= model->columns[model->keys[i].columns[j]].not_null;
		if (tells)
			return true;
	}
	return false;
}

bool
binds_upgrade_is_check(const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;

	return difference != NULL &&
		(difference->expected != NULL ? difference->expected : difference->found)->kind ==
		BINDS_PART_CHECK;
}

/* Does a column of a table stay as it is that the model gives another type? */
static bool
keeps_column(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		if (row->item != item || binds_upgrade_column(row) == NULL)
			continue;
		if (upgrade->options->lossy ?
			binds_upgrade_changes_type(upgrade, row) && !can_convert(upgrade, rows, row) :
			may_lose(upgrade, row) || binds_upgrade_changes_type(upgrade, row))
			return true;
	}
	return false;
}

bool
binds_upgrade_changes_type(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	const char *column = binds_upgrade_column(row);
	const BindsModel *model = row->item->model;
	Oid			relid = binds_model_relation(row->item->row);
	AttrNumber	attnum = column != NULL && OidIsValid(relid) ? get_attnum(relid, column) :
		InvalidAttrNumber;
	int			i = column != NULL ? binds_model_column(model, column) : -1;
	Oid			from;
	Oid			to;
	int32		from_typmod;
	int32		to_typmod;
	Oid			collation;

	if (upgrade->work->bind->dialect == NULL || i < 0 || attnum == InvalidAttrNumber ||
		model->columns[i].computed)
		return false;
	get_atttypetypmodcoll(relid, attnum, &from, &from_typmod, &collation);
	get_atttypetypmodcoll(model->template, model->columns[i].attnum, &to, &to_typmod,
						  &collation);
	/* a text of a number is no text of a boolean */
	return !binds_type_widens(from, from_typmod, to, to_typmod) ||
		(from == BOOLOID && to != BOOLOID && !upgrade->work->bind->dialect->transactional_ddl);
}

/*
 * Does the engine, or the making of its table anew, bring values of the column into the
 * new type?  An engine that changes its tables at once does so by its own rules: of types
 * that it has, too.
 */
static bool
can_convert(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	const BindsDialect *dialect = upgrade->work->bind->dialect;
	ListCell   *lc;

	if (dialect->converts != NULL &&
		!dialect->converts(type_here(row), binds_upgrade_type(row)))
		return false;
	if (binds_upgrade_is_local(upgrade, row))
	{
		/* values are of the type that the engine's column has */
		return !dialect->transactional_ddl || makes_anew(upgrade->done, row->item) ||
			makes_anew(rows, row->item) || binds_upgrade_rounds(upgrade, row) ||
			binds_upgrade_holds_less(upgrade, row);
	}
	foreach(lc, rows)
	{
		const BindsDiffRow *other = lfirst(lc);
		const BindsDifference *difference = other->difference;

		if (difference == NULL || binds_upgrade_is_local(upgrade, other) ||
			!(other == row || is_together(upgrade, row, other)))
			continue;
		if (dialect->transactional_ddl ? difference->rebuild != NULL :
			other->statement != NULL)
			return true;
	}
	return false;
}

bool
binds_upgrade_rounds(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	static const Oid types[] = {TIMESTAMPOID, TIMESTAMPTZOID, TIMEOID, TIMETZOID, INTERVALOID};

	if (!upgrade->work->bind->dialect->transactional_ddl || !binds_upgrade_changes_type(upgrade, row))
		return false;
	for (int i = 0; i < (int) lengthof(types); i++)
	{
		if (types[i] == type_here(row))
			return binds_upgrade_type(row) == types[i];
	}
	return false;
}

bool
binds_upgrade_holds_less(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	Oid			to;

	if (!upgrade->work->bind->dialect->transactional_ddl || !binds_upgrade_changes_type(upgrade, row))
		return false;
	to = binds_upgrade_type(row);
	switch (type_here(row))
	{
		case INT8OID:
			return to == INT4OID || to == INT2OID;
		case INT4OID:
			return to == INT2OID;
		default:
			return false;
	}
}

/* The types of a column, which is there on both sides. */
static Oid
type_here(const BindsDiffRow *row)
{
	Oid			relid = binds_model_relation(row->item->row);

	return get_atttype(relid, get_attnum(relid, binds_upgrade_column(row)));
}

Oid
binds_upgrade_type(const BindsDiffRow *row)
{
	const BindsModel *model = row->item->model;

	return model->columns[binds_model_column(model, binds_upgrade_column(row))].typid;
}

/* Is a table made anew by one of these rows? */
static bool
makes_anew(List *rows, const BindsWorkItem *item)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		if (row->item == item && row->difference != NULL &&
			row->difference->rebuild != NULL)
			return true;
	}
	return false;
}

/*
 * Are two differences done by one statement?  It is that of the first of those of a table
 * that have none, or makes the table anew.
 */
static bool
is_together(const BindsUpgrade *upgrade, const BindsDiffRow *a, const BindsDiffRow *b)
{
	return a != b && a->item == b->item && binds_upgrade_is_local(upgrade, a) == binds_upgrade_is_local(upgrade, b) &&
		a->difference != NULL && b->difference != NULL &&
		(upgrade->options->drop || (!a->difference->extra && !b->difference->extra)) &&
		(a->statement == NULL || b->statement == NULL);
}

/*
 * Is a difference here about what stays as it is in the engine?  What the relation says of
 * its table as a whole is right when all of it is.
 */
static bool
waits_for_engine(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	const char *column = binds_upgrade_column(row);
	ListCell   *lc;

	if (upgrade->work->bind->dialect == NULL || !binds_upgrade_is_local(upgrade, row) ||
		row->difference == NULL)
		return false;
	foreach(lc, upgrade->left)
	{
		const BindsDiffRow *other = ((const BindsDiffLeft *) lfirst(lc))->row;
		const char *name = binds_upgrade_column(other);

		if (binds_upgrade_is_local(upgrade, other) || other->item != row->item || name == NULL)
			continue;
		if (column != NULL ? strcmp(column, name) == 0 :
			!other->difference->extra && row->difference->expected != NULL &&
			row->difference->expected->kind == BINDS_PART_STORAGE)
			return true;
	}
	return false;
}

const char *
binds_upgrade_column(const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;
	const BindsPart *part = difference == NULL ? NULL :
		difference->expected != NULL ? difference->expected : difference->found;

	return part != NULL && part->kind == BINDS_PART_COLUMN ? part->name : NULL;
}

bool
binds_upgrade_was_done(const List *done, const BindsDiffRow *row)
{
	ListCell   *lc;

	foreach(lc, done)
	{
		const BindsDiffRow *other = lfirst(lc);

		if (binds_is_same_difference(other, row) &&
			(other->statement == NULL || row->statement == NULL ?
			 other->statement == row->statement :
			 strcmp(other->statement, row->statement) == 0))
			return true;
	}
	return false;
}

bool
binds_upgrade_is_local(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	return upgrade->work->bind->dialect == NULL || row->place >= BINDS_PLACE_LOCAL;
}

bool
binds_upgrade_is_excepted(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	ListCell   *lc;

	if (upgrade->options->hold && row->place == BINDS_PLACE_LOSS &&
		!upgrade->work->bind->dialect->transactional_ddl)
		return true;
	foreach(lc, upgrade->except)
	{
		if (binds_is_same_difference(lfirst(lc), row))
			return true;
	}
	return false;
}
