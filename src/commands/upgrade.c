/*
 * upgrade.c
 *	  binds.upgrade: make of engines and local relations what the models say.
 *
 * What diff finds is executed, and looked for again, until nothing is left that can be done:
 * names first, since what else differs is only known then, then the engine's tables, then
 * the local relations.  Where DDL rolls back all of it is a part of the caller's transaction.
 * Where it commits, what was done stays when something fails, and the next call goes on
 * from there.
 *
 * Nothing goes that the model has not, and no value becomes another one, unless that is
 * asked for.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/resowner.h"

#include "commands/differences.h"
#include "commands/rebuild.h"
#include "commands/relation.h"
#include "commands/upgrade.h"
#include "commands/verify.h"
#include "compat.h"
#include "dialect/attempt.h"
#include "options/upgrade_options.h"
#include "shared/progress.h"
#include "transaction/branch.h"
#include "value/value.h"

BINDS_FUNCTION(binds_upgrade);

#define UPGRADE_COLUMNS 6

/* What is done before the rest is looked for again. */
typedef enum UpgradeStep
{
	UPGRADE_NAMES,				/* of the engine's columns, and of those here:
								 * both are the same columns then */
	UPGRADE_GROWTH,				/* columns that come, some of which are to be
								 * filled before anything is done that cannot
								 * be taken back */
	UPGRADE_ENGINE,
	UPGRADE_LOSS,				/* columns that go, when nothing else can fail */
	UPGRADE_LOCAL
} UpgradeStep;

/* A table that is about to be changed in its engine. */
typedef struct Changing
{
	const BindsUpgrade *upgrade;
	const BindsDiffRow *row;
} Changing;

static void check_owner(const BindsWork *work, const BindsWorkItem *item, bool local);
static List *named_models(List *works, List *names);
static void refuse_changed(const BindsWork *work);
static void upgrade_bind(BindsUpgrade *upgrade);
static void try_here(BindsUpgrade *upgrade, List *rows);
static void verify_rows(BindsUpgrade *upgrade, List *rows);
static List *checks_of_row(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static bool is_converted(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static bool converts_for_good(const BindsUpgrade *upgrade, List *rows,
							  const BindsWorkItem *item);
static void lock_here(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row);
static void run_here(BindsUpgrade *upgrade, List *rows);
static List *what_stays(BindsUpgrade *upgrade, List *rows);
static bool has_family(const BindsWork *work, const BindsWorkItem *item);
static bool create_missing(BindsUpgrade *upgrade, List *rows);
static bool leaves_any(BindsUpgrade *upgrade, List *rows);
static bool is_left(BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row);
static bool run_rows(BindsUpgrade *upgrade, List *rows, UpgradeStep step);
static const BindsDiffRow *join_rows(BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row,
									 UpgradeStep step, List **joined);
static UpgradeStep step_of(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row);
static UpgradeStep step_in_engine(const BindsUpgrade *upgrade, List *rows,
								  const BindsDiffRow *row);
static bool fills_rows(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item);
static bool changes_types(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item);
static bool concerns_others(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item);
static bool gets_type(const BindsDiffRow *row);
static char *undo_statement(const BindsUpgrade *upgrade, const BindsDiffRow *row,
							const char *actions);
static bool run_and_fill(BindsUpgrade *upgrade, List *rows, UpgradeStep step);
static void run_row(BindsUpgrade *upgrade, const BindsDiffRow *row);
static void follow_rename(const BindsWorkItem *item, Oid relid, Oid owner);
static void note_altered(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static void change_or_tell(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static void change_table(void *arg);
static void alter_table(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static char *check_of(const BindsUpgrade *upgrade, const BindsModel *model, const char *name);
static bool goes_by_cascade(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static void note_place(const BindsModelRow *row);
static void note_computed(BindsUpgrade *upgrade, const BindsDiffRow *row);
static bool is_written(const BindsUpgrade *upgrade, const BindsDiffRow *row);
static void fill_computed(BindsUpgrade *upgrade);
static bool any_type_changes(const BindsUpgrade *upgrade, const BindsWorkItem *item);
static void forget_renames(BindsUpgrade *upgrade);
static void put_rows(ReturnSetInfo *result, const BindsUpgrade *upgrade);
static void put_row(ReturnSetInfo *result, const BindsUpgrade *upgrade,
					const BindsDiffRow *row, const char *action, const char *note);

/*
 * binds.upgrade() returns setof (bind_key text, model text, kind text, statement text,
 * action text, note text); also of text, of text[], and of either with options jsonb
 */
Datum
binds_upgrade(PG_FUNCTION_ARGS)
{
	BindsUpgradeOptions *options;
	List	   *works;
	ListCell   *lc;
	bool		began;

	PreventCommandIfReadOnly("binds.upgrade()");
	InitMaterializedSRF(fcinfo, 0);
	began = binds_progress_begin("upgrade");
	options = binds_upgrade_options(PG_NARGS() > 1 && !PG_ARGISNULL(1) ?
									PG_DETOAST_DATUM(PG_GETARG_DATUM(1)) : NULL);
	works = binds_work_load(binds_bind_list(fcinfo), true);
	if (options->only)
		works = named_models(works, options->models);
	binds_work_check_create(works);
	foreach(lc, works)
	{
		BindsUpgrade upgrade = {lfirst(lc), options};

		if (upgrade.work->nitems == 0)
			continue;
		refuse_changed(upgrade.work);
		upgrade_bind(&upgrade);
		put_rows((ReturnSetInfo *) fcinfo->resultinfo, &upgrade);
	}
	binds_progress_end(began);
	return (Datum) 0;
}

/* Only the models of these names, each of which one of the binds must have. */
static List *
named_models(List *works, List *names)
{
	List	   *result = NIL;
	List	   *missing = list_copy(names);
	ListCell   *lc;

	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);
		List	   *rows = NIL;
		ListCell   *lc2;

		for (int i = 0; i < work->nitems; i++)
		{
			foreach(lc2, names)
			{
				if (strcmp(lfirst(lc2), work->items[i].row->model) != 0)
					continue;
				rows = list_append_unique_ptr(rows, work->items[i].row);
				missing = list_delete_ptr(missing, lfirst(lc2));
			}
		}
		result = lappend(result, binds_work_load_models(work->bind, rows));
	}
	if (missing != NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("model \"%s\" does not exist%s%s", (char *) linitial(missing),
						list_length(works) == 1 ? " on " : "",
						list_length(works) == 1 ?
						binds_bind_words(((BindsWork *) linitial(works))->bind->key) : ""),
				 errhint("The view binds.models has those that there are.")));
	return result;
}

/*
 * Where DDL commits, a rollback would take back what define has done and not what is done
 * here: the next call would take one for the other, and make of tables what they were.
 */
static void
refuse_changed(const BindsWork *work)
{
	if (work->bind->dialect == NULL || work->bind->dialect->transactional_ddl)
		return;
	for (int i = 0; i < work->nitems; i++)
	{
		if (binds_model_is_changed(work->items[i].row->template))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_IN_USE),
					 errmsg("model \"%s\" on %s was changed by this transaction, which has not committed",
							work->items[i].row->model, binds_bind_words(work->bind->key)),
					 errdetail("The engine commits what is done to its table, and a rollback would take back the model only."),
					 errhint("Commit what binds.define has done, and use binds.upgrade in the next transaction.")));
	}
}

List *
binds_work_upgrade(BindsWork *work, const BindsUpgradeOptions *options, List *except,
				   BindsThen then, void *arg)
{
	BindsUpgrade upgrade = {work, options, except};

	upgrade.then = then;
	upgrade.then_arg = arg;
	upgrade_bind(&upgrade);
	return upgrade.left;
}

List *
binds_work_try_upgrade(BindsWork *work, const BindsUpgradeOptions *options, List *except)
{
	BindsUpgrade upgrade = {work, options, except};
	List	   *rows = binds_differences(work, !options->drop, except);

	if (leaves_any(&upgrade, rows))
		return upgrade.left;
	try_here(&upgrade, rows);
	if (upgrade.left == NIL)
		verify_rows(&upgrade, rows);
	return upgrade.left;
}

static void
upgrade_bind(BindsUpgrade *upgrade)
{
	BindsWork  *work = upgrade->work;
	bool		again = true;

	while (again)
	{
		List	   *rows;

		binds_progress_phase("looking for differences", work->bind->key, -1);
		/* what was renamed is by that name now */
		for (int i = 0; i < work->nitems; i++)
			binds_model_settle(work->items[i].row);
		rows = binds_differences(work, !upgrade->options->drop, upgrade->except);
		upgrade->left = NIL;
		again = create_missing(upgrade, rows);
		if (!again && upgrade->options->whole && leaves_any(upgrade, rows))
			return;
		if (!again)
		{
			try_here(upgrade, rows);
			if (upgrade->options->whole && upgrade->left != NIL)
				return;
			verify_rows(upgrade, rows);
		}
		again = again || run_rows(upgrade, rows, UPGRADE_NAMES) ||
			run_and_fill(upgrade, rows, UPGRADE_GROWTH) ||
			run_and_fill(upgrade, rows, UPGRADE_ENGINE) ||
			run_rows(upgrade, rows, UPGRADE_LOSS) ||
			run_rows(upgrade, rows, UPGRADE_LOCAL);
		/* the next look is at what this one has left */
		CommandCounterIncrement();
	}
	fill_computed(upgrade);
	if (!upgrade->options->hold)
		forget_renames(upgrade);
}

/*
 * Run a step.  Where DDL commits, and all is to be done or nothing, new columns are filled at
 * once, and that is committed, too: they go again if it fails, or anything after it.
 */
static bool
run_and_fill(BindsUpgrade *upgrade, List *rows, UpgradeStep step)
{
	const BindsBind *bind = upgrade->work->bind;

	if (!run_rows(upgrade, rows, step))
		return false;
	if (!upgrade->options->whole || bind->dialect == NULL ||
		bind->dialect->transactional_ddl ||
		(upgrade->computed == NIL && upgrade->filled == NIL))
		return true;
	fill_computed(upgrade);
	if (!binds_branch_end_own(bind->serverid))
		elog(ERROR, "rows that were written for a change of tables cannot be committed");
	upgrade->written = list_concat(upgrade->written, upgrade->computed);
	upgrade->computed = upgrade->filled = NIL;
	return true;
}

/*
 * Lock the relations, and where DDL commits, find out before the engine does anything
 * whether what comes after it here can be done: nobody uses the relations, and no view is
 * over a column that goes or gets another type.  It is done, and taken back.
 */
static void
try_here(BindsUpgrade *upgrade, List *rows)
{
	const BindsDialect *dialect = upgrade->work->bind->dialect;
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	bool		any = false;
	ListCell   *lc;

	if (dialect == NULL)
		return;
	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		any |= !binds_upgrade_is_local(upgrade, row) && row->statement != NULL &&
			binds_upgrade_runs(upgrade, rows, row);
	}
	if (!any)
		return;
	/* before the engine's, as everybody who uses them does */
	foreach(lc, rows)
		lock_here(upgrade, rows, lfirst(lc));
	if (dialect->transactional_ddl)
		return;
	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		/* what it tells is told when it is done */
		(void) set_config_option("client_min_messages", "error", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_LOCAL, true, 0, false);
		run_here(upgrade, rows);
		if (upgrade->options->whole)
			upgrade->left = what_stays(upgrade, rows);
		if (upgrade->then != NULL)
			upgrade->then(upgrade->then_arg);
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		CurrentResourceOwner = owner;
		ReThrowError(error);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
}

/*
 * Look whether rows fit what no engine looks at, or tells in words of its own, or cannot take
 * back when another table is refused: checks that are new, and those of columns that get
 * another type; columns that must have values; the values of columns.  It is before all else,
 * while relation and table agree.
 */
static void
verify_rows(BindsUpgrade *upgrade, List *rows)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		/* names come first, and what else is to be done is looked for again */
		if (row->difference == NULL && binds_upgrade_runs(upgrade, rows, row))
			return;
	}
	for (int i = 0; i < upgrade->work->nitems; i++)
	{
		const BindsWorkItem *item = &upgrade->work->items[i];
		List	   *checks = NIL;
		List	   *required = NIL;
		List	   *converted = NIL;
		List	   *ungiven = NIL;

		if (!OidIsValid(binds_model_relation(item->row)))
			continue;
		foreach(lc, rows)
		{
			const BindsDiffRow *row = lfirst(lc);

			if (row->item != item || row->missing || !binds_upgrade_runs(upgrade, rows, row))
				continue;
			checks = list_concat_unique_ptr(checks, checks_of_row(upgrade, row));
			if (row->difference->requires)
				required = lappend(required, (char *) binds_upgrade_column(row));
			if (is_converted(upgrade, row))
				converted = lappend(converted, (char *) binds_upgrade_column(row));
			if (binds_upgrade_needs_empty(upgrade, row))
				ungiven = lappend(ungiven, (char *) binds_upgrade_column(row));
		}
		checks = list_difference_ptr(checks, upgrade->verified);
		binds_verify_converted(upgrade->work, item, converted);
		binds_verify_not_null(upgrade->work, item, required);
		binds_verify_no_rows(upgrade->work, item, ungiven);
		binds_verify_checks(upgrade->work, item, checks);
		if (upgrade->options->whole && converts_for_good(upgrade, rows, item))
			binds_verify_values(upgrade->work, item);
		upgrade->verified = list_concat(upgrade->verified, checks);
	}
}

/* Does the engine bring values of a column into another type, by rules of its own? */
static bool
is_converted(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	return upgrade->work->bind->dialect != NULL &&
		upgrade->work->bind->dialect->converts != NULL &&
		!binds_upgrade_is_local(upgrade, row) && row->difference->narrows &&
		row->difference->found != NULL && binds_upgrade_column(row) != NULL;
}

/*
 * Would values be other ones for good in an engine before something else is done that may be
 * refused: rows of new columns, or another table?
 */
static bool
converts_for_good(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item)
{
	bool		converts = false;
	ListCell   *lc;

	if (upgrade->work->bind->dialect == NULL ||
		upgrade->work->bind->dialect->transactional_ddl)
		return false;
	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		if (row->item == item && !binds_upgrade_is_local(upgrade, row) && !row->missing &&
			row->difference->narrows && row->difference->found != NULL &&
			binds_upgrade_column(row) != NULL && binds_upgrade_runs(upgrade, rows, row))
			converts = true;
	}
	return converts && (upgrade->options->hold || fills_rows(upgrade, rows, item) ||
						concerns_others(upgrade, rows, item));
}

/* The checks (BindsModelCheck) of a model that PostgreSQL alone keeps, and a row is about. */
static List *
checks_of_row(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	const BindsModel *model = row->item->model;
	const char *column = binds_upgrade_column(row);
	const char *check = binds_upgrade_is_check(row) && row->difference->expected != NULL ?
		row->difference->expected->name : NULL;
	List	   *checks = NIL;

	if (upgrade->work->bind->dialect == NULL || !(check != NULL || binds_upgrade_changes_type(upgrade, row)))
		return NIL;
	for (int i = 0; i < model->nchecks; i++)
	{
		BindsModelCheck *one = &model->checks[i];

		if (one->sql == NULL &&
			(check != NULL ? strcmp(one->name, check) == 0 :
			 binds_model_reads(one->expr, &model->columns[binds_model_column(model, column)])))
			checks = lappend(checks, one);
	}
	return checks;
}

/* The relation of a row that is done, here or in the engine. */
static void
lock_here(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	Oid			relid = binds_model_relation(row->item->row);

	if (row->missing || !binds_upgrade_runs(upgrade, rows, row))
		return;
	check_owner(upgrade->work, row->item, binds_upgrade_is_local(upgrade, row));
	if (OidIsValid(relid))
		LockRelationOid(relid, AccessExclusiveLock);
}

/* Run what is to be done here, once the engine has done what is to be done there. */
static void
run_here(BindsUpgrade *upgrade, List *rows)
{
	List	   *left = upgrade->left;
	const char *action;
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		(void) binds_upgrade_obstacle(upgrade, rows, row, &action);
		if (action != NULL)
		{
			BindsDiffLeft *one = palloc0(sizeof(BindsDiffLeft));

			one->row = row;
			upgrade->left = lappend(upgrade->left, one);
		}
		else if (binds_upgrade_is_local(upgrade, row) && row->statement != NULL && !row->missing)
			run_row(upgrade, row);
	}
	upgrade->left = left;
}

/*
 * What of the relations would not become what the models say (List of BindsDiffLeft), once
 * all statements are run that come of those that were: a relation that inherits may be changed
 * with its parent.
 */
static List *
what_stays(BindsUpgrade *upgrade, List *rows)
{
	List	   *done = list_copy(rows);
	List	   *stays = NIL;
	bool		any = true;
	ListCell   *lc;

	while (any)
	{
		any = false;
		stays = NIL;
		CommandCounterIncrement();
		foreach(lc, binds_differences_here(upgrade->work))
		{
			const BindsDiffRow *row = lfirst(lc);
			BindsDiffLeft *left;

			if (binds_upgrade_is_excepted(upgrade, row) ||
				(row->statement == NULL &&
				 (row->item->parents == NIL || !has_family(upgrade->work, row->item))))
				continue;
			if (row->statement != NULL && !row->missing && !binds_upgrade_was_done(done, row))
			{
				run_row(upgrade, row);
				done = lappend(done, (void *) row);
				any = true;
				continue;
			}
			left = palloc0(sizeof(BindsDiffLeft));
			left->row = row;
			left->action = "left";
			stays = lappend(stays, left);
		}
	}
	return stays;
}

/* Are all models that one inherits from among those of this work, which are changed now? */
static bool
has_family(const BindsWork *work, const BindsWorkItem *item)
{
	ListCell   *lc;

	foreach(lc, item->parents)
	{
		bool		found = false;

		for (int i = 0; i < work->nitems; i++)
			found |= work->items[i].model->template == lfirst_oid(lc) &&
				has_family(work, &work->items[i]);
		if (!found)
			return false;
	}
	return true;
}

/* Do what create_all does, if there is anything to be made. */
static bool
create_missing(BindsUpgrade *upgrade, List *rows)
{
	BindsWork  *work = upgrade->work;
	bool		managed = work->bind->options == NULL || work->bind->options->managed;
	bool		any = false;
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		if (!row->missing || binds_upgrade_was_done(upgrade->done, row) || binds_upgrade_is_excepted(upgrade, row) ||
			(!managed && !binds_upgrade_is_local(upgrade, row)))
			continue;
		upgrade->done = lappend(upgrade->done, (void *) row);
		any = true;
	}
	if (any)
		binds_work_create(list_make1(work));
	return any;
}

/* Is there a row that will not be executed?  Such are in upgrade->left then. */
static bool
leaves_any(BindsUpgrade *upgrade, List *rows)
{
	ListCell   *lc;

	for (UpgradeStep step = UPGRADE_NAMES; step <= UPGRADE_LOCAL; step++)
	{
		foreach(lc, rows)
		{
			const BindsDiffRow *row = lfirst(lc);

			/*
			 * what a child inherits is done with its parent, and seen to be
			 * done then; and nothing but the word DROP makes something an
			 * extra part of a table
			 */
			if (step_of(upgrade, rows, row) == step && !binds_upgrade_is_excepted(upgrade, row) &&
				!(binds_upgrade_is_local(upgrade, row) && row->statement == NULL) &&
				(upgrade->options->drop || !binds_diff_is_others(row)))
				(void) is_left(upgrade, rows, row);
		}
	}
	return upgrade->left != NIL;
}

/* Is a row not executed?  Notes it among those that are left. */
static bool
is_left(BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	const char *action;
	const char *why = binds_upgrade_obstacle(upgrade, rows, row, &action);
	BindsDiffLeft *left;

	if (action == NULL)
		return false;
	left = palloc(sizeof(BindsDiffLeft));
	left->row = row;
	left->action = action;
	left->why = why;
	upgrade->left = lappend(upgrade->left, left);
	return true;
}

/* Run the statements of a step.  Was there one? */
static bool
run_rows(BindsUpgrade *upgrade, List *rows, UpgradeStep step)
{
	bool		any = false;
	bool		tried = false;
	List	   *joined = NIL;
	ListCell   *lc;

	binds_progress_phase(step == UPGRADE_LOCAL ? "changing local relations" : "changing tables",
						 upgrade->work->bind->key, list_length(rows));
	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		binds_progress_step(row->item->model->name, foreach_current_index(lc));
		if (step_of(upgrade, rows, row) != step || binds_upgrade_is_excepted(upgrade, row) ||
			is_left(upgrade, rows, row))
			continue;
		check_owner(upgrade->work, row->item, binds_upgrade_is_local(upgrade, row));
		if (row->place == BINDS_PLACE_LOSS && !tried)
		{
			binds_upgrade_try_losses(upgrade, rows, true);
			tried = true;
		}
		if (row->statement != NULL && !list_member_ptr(joined, row))
			run_row(upgrade, join_rows(upgrade, rows, row, step, &joined));
		note_computed(upgrade, row);
		upgrade->done = lappend(upgrade->done, (void *) row);
		any = true;
	}
	return any;
}

/*
 * A row with one statement for all that a step does to its table at once: an engine whose
 * DDL commits does all of it, or nothing.  Those that it does as well are added to *joined.
 */
static const BindsDiffRow *
join_rows(BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row, UpgradeStep step,
		  List **joined)
{
	BindsDiffRow *result;
	const char *undo;
	List	   *lost = NIL;
	StringInfoData buf;
	ListCell   *lc;

	if (!upgrade->options->whole || row->difference == NULL || binds_upgrade_is_local(upgrade, row))
		return row;
	initStringInfo(&buf);
	appendStringInfoString(&buf, row->statement);
	undo = row->difference->undo;
	foreach(lc, row->difference->actions != NULL ? rows : NIL)
	{
		const BindsDiffRow *other = lfirst(lc);

		if (other == row || other->item != row->item || other->difference == NULL ||
			other->difference->actions == NULL || list_member_ptr(*joined, other) ||
			step_of(upgrade, rows, other) != step || binds_upgrade_is_excepted(upgrade, other) ||
			!binds_upgrade_runs(upgrade, rows, other))
			continue;
		appendStringInfo(&buf, ",%s", other->difference->actions);
		undo = undo == NULL || other->difference->undo == NULL ? NULL :
			psprintf("%s,%s", other->difference->undo, undo);
		if (other->place == BINDS_PLACE_LOSS)
			lost = lappend(lost, (char *) binds_upgrade_column(other));
		*joined = lappend(*joined, (void *) other);
	}
	result = palloc(sizeof(BindsDiffRow));
	*result = *row;
	result->statement = buf.data;
	result->lost = lost;
	result->undo = undo != NULL ? undo_statement(upgrade, row, undo) : NULL;
	return result;
}

static char *
undo_statement(const BindsUpgrade *upgrade, const BindsDiffRow *row, const char *actions)
{
	const BindsModel *model = row->item->model;
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "ALTER TABLE ");
	binds_append_table(&buf, upgrade->work->bind->dialect, model->schema, model->name);
	appendStringInfoString(&buf, actions);
	return buf.data;
}

static UpgradeStep
step_of(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	const BindsDialect *dialect = upgrade->work->bind->dialect;

	if (row->difference == NULL)
		return UPGRADE_NAMES;
	if (binds_upgrade_is_local(upgrade, row))
		return UPGRADE_LOCAL;
	return upgrade->options->whole && !dialect->transactional_ddl ?
		step_in_engine(upgrade, rows, row) : UPGRADE_ENGINE;
}

/*
 * Where DDL commits, and all of a statement is to be done or nothing, what can be taken back
 * comes first.  The last statement for the only table may do the rest at once.
 */
static UpgradeStep
step_in_engine(const BindsUpgrade *upgrade, List *rows, const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;
	bool		fills = fills_rows(upgrade, rows, row->item);

	if (row->place == BINDS_PLACE_LOSS)
		return fills || concerns_others(upgrade, rows, row->item) ? UPGRADE_LOSS :
			UPGRADE_ENGINE;
	/* rows are read as the model has them, with the new types */
	if (fills && !changes_types(upgrade, rows, row->item) && difference->actions != NULL &&
		difference->found == NULL && binds_upgrade_column(row) != NULL)
		return UPGRADE_GROWTH;
	return UPGRADE_ENGINE;
}

/* Is a column of the table to come whose values are not the engine's to give? */
static bool
fills_rows(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		if (row->item == item && !row->missing && row->difference != NULL &&
			row->difference->found == NULL && binds_upgrade_needs_rows(upgrade, row) &&
			!binds_upgrade_is_excepted(upgrade, row))
			return true;
	}
	return false;
}

/* Would rows be read otherwise, or others of their values be computed anew? */
static bool
changes_types(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item)
{
	const BindsModel *model = item->model;
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);
		const char *column = binds_upgrade_column(row);
		int			i = column != NULL ? binds_model_column(model, column) : -1;

		if (row->item == item && i >= 0 && row->difference->found != NULL &&
			row->difference->expected != NULL && !binds_upgrade_is_excepted(upgrade, row) &&
			(gets_type(row) || model->columns[i].computed))
			return true;
	}
	return false;
}

/* Is the column of a difference of another type here than in the model? */
static bool
gets_type(const BindsDiffRow *row)
{
	const BindsModel *model = row->item->model;
	const char *column = binds_upgrade_column(row);
	Oid			relid = binds_model_relation(row->item->row);
	AttrNumber	attnum = OidIsValid(relid) ? get_attnum(relid, column) : InvalidAttrNumber;
	Oid			from;
	Oid			to;
	int32		from_typmod;
	int32		to_typmod;
	Oid			collation;

	if (attnum == InvalidAttrNumber)
		return true;
	get_atttypetypmodcoll(relid, attnum, &from, &from_typmod, &collation);
	get_atttypetypmodcoll(model->template, get_attnum(model->template, column), &to,
						  &to_typmod, &collation);
	return from != to || from_typmod != to_typmod;
}

/* Is something to be done to another table of the bind? */
static bool
concerns_others(const BindsUpgrade *upgrade, List *rows, const BindsWorkItem *item)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		if (row->item != item && !binds_upgrade_is_local(upgrade, row) &&
			!binds_upgrade_is_excepted(upgrade, row))
			return true;
	}
	return false;
}

/* A model is changed by who owns it, or may act for him. */
static void
check_owner(const BindsWork *work, const BindsWorkItem *item, bool local)
{
	if (!binds_compat_owns_relation(item->model->template, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, item->row->model);
	if (!local)
		binds_engine_options_check_writable(work->bind->options);
}

static void
run_row(BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	BindsWork  *work = upgrade->work;
	Oid			relid = binds_model_relation(row->item->row);
	Oid			owner = binds_relation_owner(OidIsValid(relid) ? relid :
											 row->item->model->template);

	if (binds_upgrade_is_local(upgrade, row))
	{
		/* what is in the model is evaluated as him */
		if (!has_privs_of_role(GetUserId(), owner) ||
			!has_privs_of_role(binds_relation_owner(row->item->model->template), owner))
			aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, row->item->row->local_name);
		if (work->bind->dialect != NULL && binds_upgrade_rounds(upgrade, row))
			binds_round_column(work, row->item,
							   binds_relation_owner(row->item->model->template),
							   binds_upgrade_column(row));
		if (work->bind->dialect != NULL && binds_upgrade_holds_less(upgrade, row))
			binds_read_column(row->item, owner, binds_upgrade_column(row), binds_upgrade_type(row));
		binds_spi_run_as(owner, list_make1(psprintf("%s%s", row->statement,
													goes_by_cascade(upgrade, row) ?
													" CASCADE" : "")));
		if (row->renames)
			note_place(row->item->row);
	}
	else if (row->renames)
	{
		binds_ddl_rename(work->ddl, row->item->model->schema, row->item->former,
						 row->item->row->model);
		follow_rename(row->item, relid, owner);
	}
	else
	{
		work->changing = row->item->row;
		change_or_tell(upgrade, row);
		work->changing = NULL;
		/* a table that goes with the transaction need not be what it was */
		if (work->bind->dialect->transactional_ddl ||
			(GetCurrentTransactionNestLevel() == 1 &&
			 binds_ddl_has_made(work->ddl, row->item->model->schema,
								row->item->model->name)))
			return;
		if (row->undo != NULL)
			binds_ddl_undo_later(work->ddl, row->item->model->schema,
								 row->item->model->name, row->undo);
		else
			note_altered(upgrade, row);
	}
}

/* The relation is over the table by its new name at once, whatever of it stays different. */
static void
follow_rename(const BindsWorkItem *item, Oid relid, Oid owner)
{
	bool		named = false;
	ListCell   *lc;

	if (!OidIsValid(relid))
		return;
	if (!has_privs_of_role(GetUserId(), owner))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_FOREIGN_TABLE, item->row->local_name);
	foreach(lc, GetForeignTable(relid)->options)
		named |= strcmp(lfirst_node(DefElem, lc)->defname, "table_name") == 0;
	binds_spi_run_as(owner, list_make1(psprintf("ALTER FOREIGN TABLE %s OPTIONS (%s table_name %s)",
												binds_qualified_name(relid),
												named ? "SET" : "ADD",
												quote_literal_cstr(item->row->model))));
}

/* A rollback tells of it, and of the columns that are gone. */
static void
note_altered(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	List	   *lost = list_copy(row->lost);

	if (row->place == BINDS_PLACE_LOSS)
		lost = lcons((char *) binds_upgrade_column(row), lost);
	binds_ddl_note_altered(upgrade->work->bind->key, row->item->row->model, lost);
}

/* Does a column of a relation go, and by CASCADE? */
static bool
goes_by_cascade(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	const char *column = binds_upgrade_column(row);
	ListCell   *lc;

	foreach(lc, column != NULL && row->difference->extra ? upgrade->options->cascade : NIL)
	{
		if (strcmp(lfirst(lc), column) == 0)
			return true;
	}
	return false;
}

/*
 * An engine that refuses rows for a new key tells neither of it nor of them as PostgreSQL does:
 * they are looked for then.  Raises what the engine has told if they are not found.
 */
static void
change_or_tell(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	BindsWork  *work = upgrade->work;
	Changing	changing = {upgrade, row};
	ErrorData  *error;

	/* what has to end before does so here, outside of what is undone */
	if (!work->bind->dialect->transactional_ddl)
		binds_ddl_alter(work->ddl, NIL);
	error = binds_attempt(change_table, &changing);
	if (error == NULL)
		return;
	if (error->sqlerrcode == ERRCODE_UNIQUE_VIOLATION &&
		OidIsValid(binds_model_relation(row->item->row)))
		binds_verify_unique(work, row->item);
	if (error->sqlerrcode == ERRCODE_FOREIGN_KEY_VIOLATION &&
		OidIsValid(binds_model_relation(row->item->row)))
		binds_verify_references(work, row->item, error->constraint_name);
	ReThrowError(error);
}

/* For binds_attempt. */
static void
change_table(void *arg)
{
	const Changing *changing = arg;
	const BindsUpgrade *upgrade = changing->upgrade;
	const BindsDiffRow *row = changing->row;
	BindsRebuild *rebuild = row->difference != NULL ? row->difference->rebuild : NULL;

	if (rebuild == NULL)
	{
		alter_table(upgrade, row);
		return;
	}
	rebuild->converts |= any_type_changes(upgrade, row->item);
	binds_rebuild(upgrade->work, row->item, rebuild, upgrade->options->casts,
				  binds_relation_owner(row->item->model->template));
}

/* An engine that refuses rows may tell of a check by a name of its own. */
static void
alter_table(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	MemoryContext caller = CurrentMemoryContext;

	PG_TRY();
	{
		binds_ddl_alter(upgrade->work->ddl, list_make1((char *) row->statement));
	}
	PG_CATCH();
	{
		ErrorData  *error;

		if (geterrcode() != ERRCODE_CHECK_VIOLATION)
			PG_RE_THROW();
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		error->constraint_name = check_of(upgrade, row->item->model, error->constraint_name);
		ReThrowError(error);
	}
	PG_END_TRY();
}

/* The model's name of a check that the engine has told; NULL: it is none of the model's. */
static char *
check_of(const BindsUpgrade *upgrade, const BindsModel *model, const char *name)
{
	const BindsDialect *dialect = upgrade->work->bind->dialect;

	for (int i = 0; i < model->nchecks && name != NULL; i++)
	{
		char	   *own = pstrdup(model->checks[i].name);

		if (strcmp(own, name) == 0 ||
			(dialect->constraint_name != NULL &&
			 strcmp(dialect->constraint_name(model, own), name) == 0))
			return own;
	}
	return NULL;
}

/* The relation has the name of its model; the row follows when that is sure. */
static void
note_place(const BindsModelRow *row)
{
	BindsModelRow moved = *row;

	moved.local_name = row->model;
	binds_model_relocate(&moved);
}

/* Has a column of the local relation another type than in the model? */
static bool
any_type_changes(const BindsUpgrade *upgrade, const BindsWorkItem *item)
{
	Oid			relid = binds_model_relation(item->row);

	for (int i = 0; i < item->model->ncolumns && OidIsValid(relid); i++)
	{
		AttrNumber	attnum = get_attnum(relid, item->model->columns[i].name);

		if (attnum != InvalidAttrNumber &&
			get_atttype(relid, attnum) != item->model->columns[i].typid)
			return true;
	}
	return false;
}

/* The engine stores what PostgreSQL computes: it has to be written.  So have defaults. */
static void
note_computed(BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	const char *column = binds_upgrade_column(row);
	const BindsModel *model = row->item->model;
	int			i = column != NULL ? binds_model_column(model, column) : -1;

	if (upgrade->work->bind->dialect != NULL && i >= 0 && model->columns[i].computed &&
		!is_written(upgrade, row))
		upgrade->computed = lappend(upgrade->computed, (void *) row);
	if (row->difference != NULL && row->difference->fills)
		upgrade->filled = lappend(upgrade->filled, (void *) row);
}

/* Have rows the values of a column that is new here? */
static bool
is_written(const BindsUpgrade *upgrade, const BindsDiffRow *row)
{
	ListCell   *lc;

	foreach(lc, row->difference->found == NULL ? upgrade->written : NIL)
	{
		const BindsDiffRow *other = lfirst(lc);

		if (other->item == row->item && strcmp(binds_upgrade_column(other), binds_upgrade_column(row)) == 0)
			return true;
	}
	return false;
}

static void
fill_computed(BindsUpgrade *upgrade)
{
	BindsWork  *work = upgrade->work;

	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];
		List	   *columns = NIL;
		bool		computed = false;
		ListCell   *lc;

		foreach(lc, upgrade->filled)
		{
			const BindsDiffRow *row = lfirst(lc);

			if (row->item == item)
				columns = lappend(columns, (char *) binds_upgrade_column(row));
		}
		foreach(lc, upgrade->computed)
			computed |= ((const BindsDiffRow *) lfirst(lc))->item == item;
		if (columns == NIL && !computed)
			continue;
		work->changing = item->row;
		binds_fill_columns(work, item, binds_relation_owner(item->model->template),
						   columns, computed);
		work->changing = NULL;
	}
}

/* Tables have the new names, so the old ones can be had again, but for what stays there. */
static void
forget_renames(BindsUpgrade *upgrade)
{
	BindsWork  *work = upgrade->work;

	for (int i = 0; i < work->nitems; i++)
	{
		bool		settled = true;
		List	   *kept = NIL;
		ListCell   *lc;

		foreach(lc, upgrade->left)
		{
			const BindsDiffRow *row = ((BindsDiffLeft *) lfirst(lc))->row;

			if (row->item != &work->items[i])
				continue;
			settled &= row->difference != NULL;
			if (binds_upgrade_column(row) != NULL && row->difference->extra)
				kept = lappend(kept, (char *) binds_upgrade_column(row));
		}
		foreach(lc, upgrade->except)
		{
			const BindsDiffRow *row = lfirst(lc);

			settled &= row->difference != NULL ||
				row->item->row->template != work->items[i].row->template;
		}
		if (settled && (work->items[i].row->renames != NIL ||
						work->items[i].row->former != NIL))
			binds_model_forget_renames(work->items[i].row, kept);
	}
}

static void
put_rows(ReturnSetInfo *result, const BindsUpgrade *upgrade)
{
	ListCell   *lc;

	foreach(lc, upgrade->done)
		put_row(result, upgrade, lfirst(lc), "done", ((BindsDiffRow *) lfirst(lc))->note);
	foreach(lc, upgrade->left)
	{
		const BindsDiffLeft *left = lfirst(lc);
		const char *note = left->row->note;

		put_row(result, upgrade, left->row, left->action,
				left->why != NULL ? psprintf("%s; %s", note, left->why) : note);
	}
}

static void
put_row(ReturnSetInfo *result, const BindsUpgrade *upgrade, const BindsDiffRow *row,
		const char *action, const char *note)
{
	const char *key = upgrade->work->bind->key;
	Datum		values[UPGRADE_COLUMNS] = {0};
	bool		nulls[UPGRADE_COLUMNS] = {false};

	nulls[0] = key == NULL;
	if (key != NULL)
		values[0] = CStringGetTextDatum(key);
	values[1] = CStringGetTextDatum(row->item->row->model);
	values[2] = CStringGetTextDatum(row->kind);
	nulls[3] = row->statement == NULL;
	if (row->statement != NULL)
		values[3] = CStringGetTextDatum(row->statement);
	values[4] = CStringGetTextDatum(action);
	values[5] = CStringGetTextDatum(note);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}
