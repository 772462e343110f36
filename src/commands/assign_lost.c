/*
 * assign_lost.c
 *	  What a table of a bind, or its relation here, has that its model does not say.
 *
 * The new table is made of the model, so all of that would be lost: it is what binds.diff
 * finds, but for how values are stored, and for what the new table gets in addition.  What
 * columns the relation has is read from the catalogs alone, for without them no row can be
 * copied.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "utils/lsyscache.h"

#include "commands/assign.h"
#include "commands/differences.h"
#include "dialect/parts.h"

static void add_columns(List **result, const BindsMoved *moved);
static List *compare(const BindsAssign *assign, const BindsBind *bind);
static const BindsMoved *moved_of(const BindsAssign *assign, const BindsDiffRow *row);
static bool is_lost(const BindsMoved *moved, const BindsDiffRow *row, List *rows);
static bool is_engines(Oid relid, const char *column);
static bool is_local(const BindsDiffRow *row);
static bool is_told(List *lost, const BindsMoved *moved, const BindsDiffRow *row);
static BindsLost *describe(const BindsMoved *moved, const BindsDiffRow *row);
static BindsLost *add(List **result, const BindsMoved *moved, const char *column,
					  char *words);

/*
 * What a foreign table ($1) has that its template ($2) does not, and the other way round: words,
 * the column or check that they are about, and whether rows could not be copied.
 */
static const char template_query[] =
"SELECT line, name, step <= 2 FROM ("
" SELECT 1, a.attnum, format('column \"%s\", which is not in the model', a.attname), a.attname"
"  FROM pg_attribute a WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped"
"  AND NOT EXISTS (SELECT FROM pg_attribute m WHERE m.attrelid = $2 AND m.attname = a.attname"
"   AND NOT m.attisdropped AND m.atttypid = a.atttypid AND m.atttypmod = a.atttypmod)"
" UNION ALL"
" SELECT 2, m.attnum, format('column \"%s\" of the model, which is not there', m.attname), m.attname"
"  FROM pg_attribute m WHERE m.attrelid = $2 AND m.attnum > 0 AND NOT m.attisdropped"
"  AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = $1 AND m.attname = a.attname"
"   AND NOT a.attisdropped)"
" UNION ALL"
" SELECT 3, a.attnum, format('column \"%s\", whose %s is the engine''s own', a.attname,"
"   CASE o.option_name WHEN 'default' THEN 'default' ELSE 'expression' END), a.attname"
"  FROM pg_attribute a, pg_options_to_table(a.attfdwoptions) o, pg_attribute m"
"  WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped"
"  AND m.attrelid = $2 AND m.attname = a.attname AND NOT m.attisdropped"
"  AND (o.option_name = 'default' AND o.option_value = 'engine' AND NOT m.atthasdef"
"   OR o.option_name = 'computed' AND o.option_value = 'true' AND m.attgenerated = '')"
" UNION ALL"
" SELECT 4, 0, format('check constraint \"%s\", which is not in the model', n.conname), n.conname"
"  FROM pg_constraint n WHERE n.conrelid = $1 AND n.contype = 'c'"
"  AND NOT EXISTS (SELECT FROM pg_constraint m WHERE m.conrelid = $2 AND m.conname = n.conname)"
") s (step, place, line, name) ORDER BY step, place, line";

List *
binds_assign_lost(const BindsAssign *assign)
{
	List	   *result = NIL;
	List	   *done = NIL;
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);

		if (OidIsValid(moved->relid) && moved->bind->dialect != NULL)
			add_columns(&result, moved);
	}
	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);
		List	   *rows;
		ListCell   *row;

		if (!OidIsValid(moved->relid) || moved->bind->dialect == NULL ||
			list_member_oid(done, moved->bind->serverid))
			continue;
		done = lappend_oid(done, moved->bind->serverid);
		rows = compare(assign, moved->bind);
		foreach(row, rows)
		{
			const BindsMoved *one = moved_of(assign, lfirst(row));

			if (is_lost(one, lfirst(row), rows) && !is_told(result, one, lfirst(row)))
				result = lappend(result, describe(one, lfirst(row)));
		}
	}
	return result;
}

/* What the catalogs tell, in words of its own. */
static void
add_columns(List **result, const BindsMoved *moved)
{
	Oid			types[2] = {OIDOID, OIDOID};
	Datum		values[2] = {ObjectIdGetDatum(moved->relid),
	ObjectIdGetDatum(moved->row->template)};
	ListCell   *lc;

	foreach(lc, binds_spi_rows(template_query, 2, types, values))
	{
		char	  **row = lfirst(lc);

		add(result, moved, row[1], row[0])->always = row[2][0] == 't';
	}
}

/* The differences of what is moved away from a bind. */
static List *
compare(const BindsAssign *assign, const BindsBind *bind)
{
	BindsBind  *copy = palloc(sizeof(BindsBind));
	List	   *rows = NIL;
	ListCell   *lc;

	*copy = *bind;
	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);

		if (OidIsValid(moved->relid) && moved->bind->serverid == bind->serverid)
			rows = lappend(rows, moved->row);
	}
	return binds_work_compare(binds_work_load_models(copy, rows));
}

static const BindsMoved *
moved_of(const BindsAssign *assign, const BindsDiffRow *row)
{
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);

		if (moved->row != NULL && moved->row->template == row->item->row->template)
			return moved;
	}
	elog(ERROR, "model \"%s\" is not moved", row->item->row->model);
	return NULL;				/* keep compiler quiet */
}

/*
 * Would who has the rows miss something?  What the model has and the table has not comes with
 * the new one; where it stands for what the table has, nothing is lost.
 */
static bool
is_lost(const BindsMoved *moved, const BindsDiffRow *row, List *rows)
{
	const BindsDifference *difference = row->difference;
	ListCell   *lc;

	if (difference == NULL)
		return !row->missing;
	if (difference->found == NULL || difference->found->kind == BINDS_PART_STORAGE)
		return false;
	if (difference->expected != NULL)
		return !binds_part_stands_for(difference->expected, difference->found) &&
			!(difference->found->kind == BINDS_PART_COLUMN && !is_local(row) &&
			  is_engines(moved->relid, difference->found->name));
	foreach(lc, rows)
	{
		const BindsDiffRow *other = lfirst(lc);

		if (other->item == row->item && is_local(other) == is_local(row) &&
			other->difference != NULL && other->difference->found == NULL &&
			binds_part_stands_for(other->difference->expected, difference->found))
			return false;
	}
	return true;
}

/*
 * Does the relation say that the engine gives or computes the values of a column?  Whether the
 * model does so in its own way has been looked at.
 */
static bool
is_engines(Oid relid, const char *column)
{
	AttrNumber	attnum = get_attnum(relid, column);
	ListCell   *lc;

	if (attnum == InvalidAttrNumber)
		return false;
	foreach(lc, GetForeignColumnOptions(relid, attnum))
	{
		DefElem    *option = lfirst(lc);

		if (strcmp(option->defname, "computed") == 0 ||
			(strcmp(option->defname, "default") == 0 &&
			 strcmp(defGetString(option), "engine") == 0))
			return true;
	}
	return false;
}

static bool
is_local(const BindsDiffRow *row)
{
	return row->place >= BINDS_PLACE_LOCAL;
}

/*
 * Has something been said of a check of this name, or of the column as a whole?  What the
 * engine's column has beside its default, or the relation's, is another matter.
 */
static bool
is_told(List *lost, const BindsMoved *moved, const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;
	const BindsPart *part = difference != NULL ? difference->found : NULL;
	ListCell   *lc;

	if (part == NULL || part->name == NULL ||
		(part->kind != BINDS_PART_COLUMN && part->kind != BINDS_PART_CHECK))
		return false;
	foreach(lc, lost)
	{
		const BindsLost *one = lfirst(lc);

		if (one->moved == moved && one->name != NULL && strcmp(one->name, part->name) == 0 &&
			(one->always || part->kind == BINDS_PART_CHECK))
			return true;
	}
	return false;
}

/* In the words of binds.diff. */
static BindsLost *
describe(const BindsMoved *moved, const BindsDiffRow *row)
{
	const BindsPart *part = row->difference != NULL ? row->difference->found : NULL;
	bool		named = part != NULL && part->name != NULL;
	List	   *list = NIL;
	BindsLost  *lost = add(&list, moved, part != NULL && part->kind == BINDS_PART_COLUMN ?
						   part->name : NULL,
						   psprintf("%s%s%s%s: %s", row->kind, named ? " \"" : "",
									named ? part->name : "", named ? "\"" : "", row->note));

	lost->foreign_key = part != NULL && part->kind == BINDS_PART_FOREIGN_KEY;
	return lost;
}

static BindsLost *
add(List **result, const BindsMoved *moved, const char *column, char *words)
{
	BindsLost  *lost = palloc0(sizeof(BindsLost));

	lost->moved = moved;
	lost->name = column;
	lost->words = words;
	*result = lappend(*result, lost);
	return lost;
}
