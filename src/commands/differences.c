/*
 * differences.c
 *	  What separates engines and local relations from the models.
 *
 * Both sides are described in one spelling, part by part: an engine's tables by its
 * dialect ("definitions" and "expected"), local relations by local_parts.c.  What is not
 * the same is a row, with the statement that makes it so.  Nothing is changed, not even
 * what aborted transactions have left.
 *
 * Statements are in an order in which they can be executed: over all tables of a bind
 * foreign keys that go, tables, the rest of each table, foreign keys that come, columns that
 * go, and the local relations last.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/differences.h"
#include "commands/local_parts.h"
#include "commands/relation.h"
#include "dialect/parts.h"
#include "transaction/mark.h"

/* The differences of a bind, and what they are found with. */
typedef struct Diff
{
	BindsWork  *work;
	BindsTableParts *found;		/* of each item */
	BindsTableParts *expected;	/* of those that are tables */
	bool		keep;			/* what the model has not is to stay */
	const List *settled;		/* of BindsDiffRow, likewise */
	List	   *rows[BINDS_NPLACES];	/* of BindsDiffRow */
} Diff;

static List *children_first(const BindsWork *work, List *rows);
static void ask_definitions(BindsDriverConn *conn, void *arg);
static bool is_waiting_for_drop(const BindsWork *work, const BindsModel *model);
static void diff_engine(Diff *diff, int place);
static void add_missing_table(Diff *diff, BindsWorkItem *item);
static void skip_marks(BindsTableParts *found, const BindsTableParts *expected);
static void settle(const Diff *diff, const BindsWorkItem *item,
				   const BindsTableParts *found, BindsTableParts *expected);
static int	place_of_part(const BindsTableParts *definition, const BindsPart *part);
static void add_table_rename(Diff *diff, BindsWorkItem *item);
static void add_relation_rename(Diff *diff, BindsWorkItem *item, Oid relid);
static bool is_same_part(const BindsPart *a, const BindsPart *b);
static char *renamed_note(const char *former, const char *name);
static void diff_local(Diff *diff, BindsWorkItem *item, bool is_there);
static Oid	lock_local(const BindsModelRow *row);
static bool has_any_right(Oid relid);
static void add_local_statements(Diff *diff, BindsWorkItem *item);
static bool add_renames(Diff *diff, BindsWorkItem *item,
						const BindsTableParts *found, Oid relid);
static bool rename_column(Diff *diff, BindsWorkItem *item,
						  const BindsTableParts *found, Oid relid, const char *name);
static char *other_name(const Diff *diff, const BindsWorkItem *item,
						const BindsTableParts *found, Oid relid, const char *name);
static const char *rename_words(const Diff *diff, Oid relid);
static bool is_same_name(const char *a, const char *b);
static const char *column_found(const Diff *diff, const BindsTableParts *found, Oid relid,
								const char *name);
static BindsDiffRow *add_rename(Diff *diff, BindsWorkItem *item,
								const BindsTableParts *found, Oid relid,
								const char *former, const char *name, const char *note);
static char *rename_statement(const BindsDialect *dialect, const BindsModel *model,
							  const char *former, const char *name);
static void add_differences(Diff *diff, BindsWorkItem *item, bool local,
							const BindsDifference *differences, int n);
static BindsDiffRow *add_row(Diff *diff, BindsPlace place, BindsWorkItem *item,
							 const char *kind, const char *statement, const char *note);
static BindsPlace place_of(const BindsPart *part, bool extra, bool local);
static char *note_of(const BindsDifference *difference);

List *
binds_differences(BindsWork *work, bool keep, const List *settled)
{
	Diff		diff = {work, NULL, NULL, keep, settled};
	List	   *rows = NIL;

	for (int i = 0; i < work->nitems && work->bind->dialect != NULL; i++)
		binds_model_check_types(work->items[i].model, work->bind->dialect);
	binds_work_find_former(work);
	diff.found = palloc0(sizeof(BindsTableParts) * work->nitems);
	diff.expected = palloc0(sizeof(BindsTableParts) * work->nitems);
	if (work->ddl != NULL && binds_ddl_reachable(work->ddl))
		binds_ddl_read_apart(work->ddl, ask_definitions, &diff);
	binds_work_refer_anew(work);
	for (int i = 0; i < work->nitems; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (work->ddl != NULL)
			diff_engine(&diff, i);
		else
			diff_local(&diff, &work->items[i], false);
	}
	diff.rows[BINDS_PLACE_EXTRA_KEY] = children_first(work, diff.rows[BINDS_PLACE_EXTRA_KEY]);
	for (int place = 0; place < BINDS_NPLACES; place++)
		rows = list_concat(rows, diff.rows[place]);
	return rows;
}

/*
 * Where tables are made anew, what a table loses besides a foreign key goes with it: perhaps
 * that to which one refers which goes as well.
 */
static List *
children_first(const BindsWork *work, List *rows)
{
	List	   *result = NIL;
	ListCell   *lc;

	if (list_length(rows) < 2)
		return rows;
	for (int i = work->nitems - 1; i >= 0; i--)
	{
		foreach(lc, rows)
		{
			if (((BindsDiffRow *) lfirst(lc))->item == &work->items[i])
				result = lappend(result, lfirst(lc));
		}
	}
	return result;
}

List *
binds_differences_here(BindsWork *work)
{
	Diff		diff = {work};

	for (int i = 0; i < work->nitems; i++)
		diff_local(&diff, &work->items[i], true);
	return list_concat(diff.rows[BINDS_PLACE_LOCAL], diff.rows[BINDS_PLACE_LOCAL_KEY]);
}

bool
binds_diff_is_others(const BindsDiffRow *row)
{
	return row->difference != NULL && row->difference->extra &&
		(row->place < BINDS_PLACE_LOCAL ||
		 row->difference->found->kind == BINDS_PART_CHECK);
}

bool
binds_is_same_difference(const BindsDiffRow *a, const BindsDiffRow *b)
{
	if (a->item->row->template != b->item->row->template || strcmp(a->kind, b->kind) != 0)
		return false;
	/* a note says how it would be done, too, which others of the table decide */
	if (a->difference != NULL && b->difference != NULL)
		return is_same_part(a->difference->found, b->difference->found) &&
			is_same_part(a->difference->expected, b->difference->expected);
	return strcmp(a->note, b->note) == 0;
}

static bool
is_same_part(const BindsPart *a, const BindsPart *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return (a->name == NULL || b->name == NULL ? a->name == b->name :
			strcmp(a->name, b->name) == 0) && strcmp(a->same, b->same) == 0;
}

/* ------------------------------------------------------------------------
 * The engine
 * ------------------------------------------------------------------------ */

/* For binds_ddl_read_apart. */
static void
ask_definitions(BindsDriverConn *conn, void *arg)
{
	Diff	   *diff = arg;
	const BindsWork *work = diff->work;
	const BindsDialect *dialect = work->bind->dialect;
	const char **names = palloc(sizeof(char *) * work->nitems);
	const BindsModel **models = palloc(sizeof(BindsModel *) * work->nitems);
	BindsTableParts *expected = palloc0(sizeof(BindsTableParts) * work->nitems);
	int			n = 0;

	for (int i = 0; i < work->nitems; i++)
		names[i] = work->items[i].model->name;
	dialect->definitions(conn, work->bind->key, NULL, names, work->nitems, diff->found);
	for (int i = 0; i < work->nitems; i++)
	{
		if (is_waiting_for_drop(work, work->items[i].model))
			diff->found[i].kind = BINDS_KIND_NONE;
		if (diff->found[i].kind == BINDS_KIND_TABLE && diff->found[i].obstacle == NULL)
			models[n++] = work->items[i].model;
	}
	dialect->expected(conn, work->bind->key, models, n, expected);
	for (int i = 0, j = 0; i < work->nitems; i++)
	{
		if (j < n && models[j] == work->items[i].model)
			diff->expected[i] = expected[j++];
	}
}

static bool
is_waiting_for_drop(const BindsWork *work, const BindsModel *model)
{
	return binds_drop_pending(work->bind->serverid, model->schema, model->name);
}

static void
diff_engine(Diff *diff, int place)
{
	const BindsDialect *dialect = diff->work->bind->dialect;
	BindsWorkItem *item = &diff->work->items[place];
	const BindsModel *model = item->model;
	BindsTableParts *found = &diff->found[place];
	BindsTableParts *expected = &diff->expected[place];
	BindsDifference *differences;
	int			n = 0;

	if (found->kind == BINDS_KIND_NONE)
		add_missing_table(diff, item);
	else if (item->former != NULL || item->doubtful != NULL)
		add_table_rename(diff, item);
	else if (found->kind != BINDS_KIND_TABLE)
		add_row(diff, BINDS_PLACE_TABLE, item, "not a table", NULL,
				psprintf("it is %s, and has the name of the model",
						 binds_kind_words(found->kind)));
	else if (found->obstacle != NULL)
		add_row(diff, BINDS_PLACE_TABLE, item, "different table", NULL,
				found->obstacle);
	else if (!add_renames(diff, item, found, InvalidOid))
	{
		skip_marks(found, expected);
		settle(diff, item, found, expected);
		n = binds_parts_compare(found, expected, dialect->folds_columns,
								dialect->replaced_apart, &differences);
		dialect->repair(model, found, expected, differences, n, diff->keep);
		add_differences(diff, item, false, differences, n);
	}
	diff_local(diff, item, found->kind == BINDS_KIND_TABLE);
}

/* What create_all would execute, a row for each statement. */
static void
add_missing_table(Diff *diff, BindsWorkItem *item)
{
	const BindsDialect *dialect = diff->work->bind->dialect;
	char	  **statements;
	int			n = dialect->create_statements(item->model, NULL, &statements);

	for (int i = 0; i < n; i++)
		add_row(diff, BINDS_PLACE_TABLE, item, i == 0 ? "missing table" :
				"missing index", statements[i],
				i == 0 ? "the engine has no table of this name" :
				"of the missing table")->missing = true;
	if (!dialect->alter_foreign_keys)
		return;
	n = dialect->late_statements(item->model, &statements);
	for (int i = 0; i < n; i++)
		add_row(diff, BINDS_PLACE_KEY, item, "missing foreign key", statements[i],
				"of the missing table")->missing = true;
}

/*
 * A table that create_all made in a transaction that has not ended, or ended badly, bears
 * a mark as its comment.
 */
static void
skip_marks(BindsTableParts *found, const BindsTableParts *expected)
{
	for (int i = 0; i < found->nparts; i++)
	{
		BindsPart  *part = &found->parts[i];
		size_t		length = strlen(part->text);

		if (part->kind != BINDS_PART_COMMENT || length < 3 ||
			binds_mark_state(pnstrdup(part->text + 1, length - 2)) == BINDS_MARK_NONE)
			continue;
		for (int j = 0; j < expected->nparts; j++)
		{
			if (expected->parts[j].kind == BINDS_PART_COMMENT)
				part->same = expected->parts[j].same;
		}
	}
}

/* Let a table have what it has where that is settled. */
static void
settle(const Diff *diff, const BindsWorkItem *item, const BindsTableParts *found,
	   BindsTableParts *expected)
{
	ListCell   *lc;

	foreach(lc, diff->settled)
	{
		const BindsDiffRow *row = lfirst(lc);
		const BindsPart *old;
		int			i;

		if (row->difference == NULL || row->place >= BINDS_PLACE_LOCAL ||
			row->item->row->template != item->row->template)
			continue;
		old = row->difference->found;
		/* what goes with something else is not to come again */
		if (old != NULL && place_of_part(found, old) == found->nparts)
			continue;
		if (row->difference->expected == NULL)
			*binds_part_add(expected, old->kind, old->name, old->text, old->same) = *old;
		else
		{
			i = place_of_part(expected, row->difference->expected);
			if (i == expected->nparts)
				continue;
			if (old != NULL)
				expected->parts[i] = *old;
			else
			{
				expected->nparts--;
				memmove(&expected->parts[i], &expected->parts[i + 1],
						sizeof(BindsPart) * (expected->nparts - i));
			}
		}
		expected->settled = true;
	}
}

/* The place of a part like this one; their number if there is none. */
static int
place_of_part(const BindsTableParts *definition, const BindsPart *part)
{
	int			i = 0;

	while (i < definition->nparts &&
		   !(definition->parts[i].kind == part->kind &&
			 is_same_part(&definition->parts[i], part)))
		i++;
	return i;
}

/* ------------------------------------------------------------------------
 * Local relations
 * ------------------------------------------------------------------------ */

/*
 * Compare the local relation; is_there: the engine has the table, perhaps another one than
 * the model's or one that others made, and the relation may be what that asks for.  Who has no right at all to the relation learns
 * nothing of it.
 */
static void
diff_local(Diff *diff, BindsWorkItem *item, bool is_there)
{
	const BindsBind *bind = diff->work->bind;
	Oid			relid = lock_local(item->row);
	char		kind = OidIsValid(relid) ? get_rel_relkind(relid) : '\0';
	BindsDifference *differences;
	int			n;

	/* of which of two tables it is to be nobody knows */
	if (item->doubtful != NULL)
		return;
	if (!OidIsValid(relid))
	{
		add_local_statements(diff, item);
		return;
	}
	if (bind->dialect != NULL ? !binds_model_is_foreign(relid, bind) :
		kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE)
	{
		add_row(diff, BINDS_PLACE_LOCAL, item,
				bind->dialect != NULL ? "not a local relation" : "not a table", NULL,
				psprintf("\"%s.%s\" is %s%s", item->row->local_schema,
						 item->row->local_name, binds_relation_words(kind),
						 kind == RELKIND_FOREIGN_TABLE && bind->dialect != NULL ?
						 " of another bind" : ""));
		return;
	}
	if (!has_any_right(relid))
		return;
	if (binds_model_relation_waits(item->row))
	{
		add_relation_rename(diff, item, relid);
		return;
	}
	if (add_renames(diff, item, NULL, relid))
		return;
	n = binds_local_differences(bind, item->row, item->model, relid, &differences);
	if (n > 0 && is_there && binds_local_fits_engine(diff->work, item, relid))
		return;
	add_differences(diff, item, bind->dialect != NULL, differences, n);
}

/* The local relation, which nobody drops then; InvalidOid: there is none. */
static Oid
lock_local(const BindsModelRow *row)
{
	Oid			relid = binds_model_relation(row);

	while (OidIsValid(relid) && has_any_right(relid))
	{
		Oid			again;

		LockRelationOid(relid, AccessShareLock);
		again = binds_model_relation(row);
		if (again == relid)
			break;
		UnlockRelationOid(relid, AccessShareLock);
		relid = again;
	}
	return relid;
}

/* Who has none to a relation neither waits for it nor keeps others from it. */
static bool
has_any_right(Oid relid)
{
	return pg_class_aclmask(relid, GetUserId(), ACL_ALL_RIGHTS_RELATION,
							ACLMASK_ANY) != ACL_NO_RIGHTS;
}

/* What create_all would execute to make the local relation. */
static void
add_local_statements(Diff *diff, BindsWorkItem *item)
{
	const BindsBind *bind = diff->work->bind;
	const char *word = bind->dialect != NULL ? "missing local relation" : "missing table";
	bool		first = true;
	ListCell   *lc;

	foreach(lc, binds_relation_statements(bind, item->row, item->model, NULL))
	{
		const char *statement = lfirst(lc);

		add_row(diff, BINDS_PLACE_LOCAL, item,
				first ? word : strncmp(statement, "COMMENT", 7) == 0 ?
				bind->dialect != NULL ? "missing local comment" : "missing comment" :
				strncmp(statement, "ALTER", 5) == 0 ? "missing key" : "missing index",
				statement,
				first ? psprintf("there is no relation \"%s.%s\"",
								 item->row->local_schema, item->row->local_name) :
				"of the missing relation")->missing = true;
		first = false;
	}
	if (bind->dialect != NULL)
		return;
	foreach(lc, binds_relation_late_statements(item->row, item->model, false))
		add_row(diff, BINDS_PLACE_LOCAL_KEY, item, "missing foreign key",
				lfirst(lc), "of the missing relation")->missing = true;
}

/* ------------------------------------------------------------------------
 * Renamed models
 * ------------------------------------------------------------------------ */

/*
 * A table that has a name which binds.define has changed: what else differs is told when it
 * has its own.  Of two tables nobody knows which it is.
 */
static void
add_table_rename(Diff *diff, BindsWorkItem *item)
{
	const BindsDialect *dialect = diff->work->bind->dialect;
	StringInfoData buf;

	if (item->former == NULL)
	{
		add_row(diff, BINDS_PLACE_TABLE, item, "different table", NULL,
				psprintf("it was called \"%s\", the model has \"%s\", and there are tables of both names: drop the one that it is not, or give it another name",
						 item->doubtful, item->row->model));
		return;
	}
	initStringInfo(&buf);
	appendStringInfoString(&buf, "ALTER TABLE ");
	binds_append_table(&buf, dialect, item->model->schema, item->former);
	appendStringInfoString(&buf, " RENAME TO ");
	binds_append_table(&buf, dialect, item->model->schema, item->row->model);
	add_row(diff, BINDS_PLACE_TABLE, item, "different table", buf.data,
			renamed_note(item->former, item->row->model))->renames = true;
}

/* The same of the local relation. */
static void
add_relation_rename(Diff *diff, BindsWorkItem *item, Oid relid)
{
	bool		foreign = diff->work->bind->dialect != NULL;
	const BindsModelRow *row = item->row;
	const char *kind = foreign ? "different local relation" : "different table";

	if (OidIsValid(get_relname_relid(row->model, get_rel_namespace(relid))))
		add_row(diff, BINDS_PLACE_LOCAL, item, kind, NULL,
				psprintf("it is called \"%s\", the model has \"%s\", and another relation has that name: drop it, or give it another one",
						 row->local_name, row->model));
	else
		add_row(diff, BINDS_PLACE_LOCAL, item, kind,
				psprintf("ALTER %s %s RENAME TO %s", foreign ? "FOREIGN TABLE" : "TABLE",
						 binds_qualified_name(relid), quote_identifier(row->model)),
				renamed_note(row->local_name, row->model))->renames = true;
}

static char *
renamed_note(const char *former, const char *name)
{
	return psprintf("it is called \"%s\", the model has \"%s\"; what else differs is told when it has its name",
					former, name);
}

/* ------------------------------------------------------------------------
 * Renamed columns
 * ------------------------------------------------------------------------ */

/*
 * Columns that binds.define has given another name, and that still bear an old one: what is
 * in them comes along only by that.  What else differs is told when all have their names.
 * found: of the engine's table; NULL: of the local relation.  Is there one?
 */
static bool
add_renames(Diff *diff, BindsWorkItem *item, const BindsTableParts *found, Oid relid)
{
	const BindsModel *model = item->model;
	bool		any = false;

	for (int i = 0; i < model->ncolumns; i++)
	{
		any |= rename_column(diff, item, found, relid, model->columns[i].name);
	}
	return any;
}

/*
 * Where columns of several names that one has had are there, it is the one that the model
 * has not dropped.  Of more than one nobody knows which it is.
 */
static bool
rename_column(Diff *diff, BindsWorkItem *item, const BindsTableParts *found, Oid relid,
			  const char *name)
{
	const char *taken = column_found(diff, found, relid, name);
	const char *own = taken;
	const char *other = NULL;
	ListCell   *lc;

	foreach(lc, binds_model_former_names(item->row, name))
	{
		const char *former = column_found(diff, found, relid, lfirst(lc));

		if (former == NULL || binds_model_column(item->model, lfirst(lc)) >= 0 ||
			is_same_name(own, former) || is_same_name(other, former) ||
			(own != NULL && binds_model_has_dropped(item->row, former)))
			continue;
		if (own != NULL && !binds_model_has_dropped(item->row, own))
			other = own;
		own = former;
	}
	/* what is done to the parent is done to it */
	if (own == taken || (OidIsValid(relid) && binds_relation_inherits(relid, own)))
		return false;
	if (other != NULL)
		add_row(diff, OidIsValid(relid) ? BINDS_PLACE_LOCAL : BINDS_PLACE_PART, item,
				rename_words(diff, relid), NULL,
				psprintf("it is called \"%s\", the model has \"%s\", and there is another column \"%s\", which nobody has dropped from the model: drop the one that it is not, or give it another name",
						 own, name, other));
	else
	{
		if (taken != NULL)
			add_rename(diff, item, found, relid, taken, other_name(diff, item, found, relid, taken),
					   "the model has dropped it, and another column gets its name")->replaces = true;
		add_rename(diff, item, found, relid, own, name,
				   psprintf("it is called \"%s\", the model has \"%s\"; what else differs is told when it has its name",
							own, name))->replaces = taken != NULL;
	}
	return true;
}

static bool
is_same_name(const char *a, const char *b)
{
	return a != NULL && strcmp(a, b) == 0;
}

/* A name for a column whose own is another one's, until it goes. */
static char *
other_name(const Diff *diff, const BindsWorkItem *item, const BindsTableParts *found,
		   Oid relid, const char *name)
{
	for (int i = 0;; i++)
	{
		char	   *prefix = i == 0 ? pstrdup("binds_old ") : psprintf("binds_old%d ", i);
		int			room = NAMEDATALEN - 1 - strlen(prefix);
		char	   *other = psprintf("%s%.*s", prefix,
									 pg_mbcliplen(name, strlen(name), room), name);

		if (column_found(diff, found, relid, other) == NULL &&
			binds_model_column(item->model, other) < 0)
			return other;
	}
}

static const char *
rename_words(const Diff *diff, Oid relid)
{
	return OidIsValid(relid) && diff->work->bind->dialect != NULL ?
		"different local column" : "different column";
}

/* The name of a column that is there, as it is written there; NULL: there is none. */
static const char *
column_found(const Diff *diff, const BindsTableParts *found, Oid relid, const char *name)
{
	bool		folds = found != NULL && diff->work->bind->dialect->folds_columns;

	if (found == NULL)
		return get_attnum(relid, name) > 0 ? name : NULL;
	for (int i = 0; i < found->nparts; i++)
	{
		const BindsPart *part = &found->parts[i];

		if (part->kind == BINDS_PART_COLUMN &&
			(folds ? pg_strcasecmp(part->name, name) : strcmp(part->name, name)) == 0)
			return part->name;
	}
	return NULL;
}

static BindsDiffRow *
add_rename(Diff *diff, BindsWorkItem *item, const BindsTableParts *found, Oid relid,
		   const char *former, const char *name, const char *note)
{
	const BindsDialect *dialect = diff->work->bind->dialect;
	bool		local = OidIsValid(relid);
	BindsDiffRow *row;

	char	   *statement;
	char	   *undo = NULL;

	if (local)
		statement = psprintf("ALTER %s %s RENAME COLUMN %s TO %s",
							 dialect != NULL ? "FOREIGN TABLE" : "TABLE",
							 binds_qualified_name(relid), quote_identifier(former),
							 quote_identifier(name));
	else if (dialect->rename_column != NULL)
		dialect->rename_column(item->model, found, former, name, &statement, &undo);
	else
	{
		statement = rename_statement(dialect, item->model, former, name);
		undo = rename_statement(dialect, item->model, name, former);
	}
	row = add_row(diff, local ? BINDS_PLACE_LOCAL : BINDS_PLACE_PART, item,
				  rename_words(diff, relid), statement, note);
	row->undo = undo;
	return row;
}

static char *
rename_statement(const BindsDialect *dialect, const BindsModel *model, const char *former,
				 const char *name)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "ALTER TABLE ");
	binds_append_table(&buf, dialect, model->schema, model->name);
	appendStringInfoString(&buf, " RENAME COLUMN ");
	binds_append_name(&buf, dialect, former);
	appendStringInfoString(&buf, " TO ");
	binds_append_name(&buf, dialect, name);
	return buf.data;
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

static void
add_differences(Diff *diff, BindsWorkItem *item, bool local,
				const BindsDifference *differences, int n)
{
	for (int i = 0; i < n; i++)
	{
		const BindsDifference *difference = &differences[i];
		const BindsPart *part = difference->expected ? difference->expected :
			difference->found;
		BindsDiffRow *row;

		if (difference->none)
			continue;
		row = add_row(diff, place_of(part, difference->expected == NULL,
									 local || diff->work->bind->dialect == NULL), item,
					  psprintf("%s %s%s", difference->expected == NULL ? "extra" :
							   difference->found == NULL ? "missing" : "different",
							   local ? "local " : "", binds_part_words(part->kind)),
					  difference->statement, note_of(difference));
		row->difference = difference;
	}
}

static BindsPlace
place_of(const BindsPart *part, bool extra, bool local)
{
	if (part->kind == BINDS_PART_COLUMN && extra && !part->computed && !local)
		return BINDS_PLACE_LOSS;
	if (part->kind != BINDS_PART_FOREIGN_KEY)
		return local ? BINDS_PLACE_LOCAL : BINDS_PLACE_PART;
	if (extra)
		return BINDS_PLACE_EXTRA_KEY;
	return local ? BINDS_PLACE_LOCAL_KEY : BINDS_PLACE_KEY;
}

/* What differs, in words. */
static char *
note_of(const BindsDifference *difference)
{
	const BindsPart *found = difference->found;
	const BindsPart *expected = difference->expected;
	StringInfoData buf;

	initStringInfo(&buf);
	if (found == NULL)
		appendStringInfo(&buf, "the model has %s", expected->text);
	else if (expected == NULL)
		appendStringInfo(&buf, "the model has no %s", found->text);
	else
		appendStringInfo(&buf, "it is %s, the model has %s",
						 found->text[0] != '\0' ? found->text : "none",
						 expected->text[0] != '\0' ? expected->text : "none");
	if (difference->note != NULL)
		appendStringInfo(&buf, "; %s", difference->note);
	return buf.data;
}

static BindsDiffRow *
add_row(Diff *diff, BindsPlace place, BindsWorkItem *item, const char *kind,
		const char *statement, const char *note)
{
	BindsDiffRow *row = palloc0(sizeof(BindsDiffRow));

	row->place = place;
	row->item = item;
	row->kind = kind;
	row->statement = statement;
	row->note = note;
	diff->rows[place] = lappend(diff->rows[place], row);
	return row;
}
