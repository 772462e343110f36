/*
 * upgrade_loss.c
 *	  Columns that go for good, and whether the engine would let all of them go.
 *
 * Where DDL commits nothing brings them back.  So before the first one of several goes, the
 * engine is asked of each: what it refuses of a later one is known then.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/upgrade.h"
#include "transaction/engine_ddl.h"

/* The columns of a table. */
typedef struct Loss
{
	const BindsWorkItem *item;
	List	   *columns;		/* char * */
} Loss;

typedef struct Request
{
	const BindsUpgrade *upgrade;
	List	   *losses;			/* of Loss */
} Request;

static List *find_losses(const BindsUpgrade *upgrade, List *rows, int *statements);
static Loss *loss_of(List **losses, const BindsWorkItem *item);
static void ask(BindsDriverConn *conn, void *arg);

void
binds_work_try_losses(BindsWork *work, const BindsUpgradeOptions *options, List *except)
{
	BindsUpgrade upgrade = {work, options, except};

	if (work->bind->dialect != NULL && work->bind->dialect->try_loss != NULL)
		binds_upgrade_try_losses(&upgrade, binds_differences(work, !options->drop, except),
								 false);
}

void
binds_upgrade_try_losses(const BindsUpgrade *upgrade, List *rows, bool alone)
{
	int			statements = 0;
	Request		request = {upgrade, NIL};

	if (upgrade->work->bind->dialect == NULL || upgrade->work->bind->dialect->try_loss == NULL)
		return;
	request.losses = find_losses(upgrade, rows, &statements);
	/* the engine does all of a single one, or nothing */
	if (request.losses == NIL || (alone && statements < 2))
		return;
	/* what has to end before does so here */
	binds_ddl_alter(upgrade->work->ddl, NIL);
	binds_ddl_read_apart(upgrade->work->ddl, ask, &request);
}

/* *statements: how many take them away. */
static List *
find_losses(const BindsUpgrade *upgrade, List *rows, int *statements)
{
	List	   *losses = NIL;
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsDiffRow *row = lfirst(lc);

		if (row->place != BINDS_PLACE_LOSS || row->statement == NULL ||
			binds_upgrade_is_excepted(upgrade, row) || !binds_upgrade_runs(upgrade, rows, row))
			continue;
		loss_of(&losses, row->item)->columns =
			lappend(loss_of(&losses, row->item)->columns, (char *) binds_upgrade_column(row));
		(*statements)++;
	}
	if (upgrade->options->whole)
		*statements = list_length(losses);
	return losses;
}

static Loss *
loss_of(List **losses, const BindsWorkItem *item)
{
	Loss	   *loss;
	ListCell   *lc;

	foreach(lc, *losses)
	{
		loss = lfirst(lc);
		if (loss->item == item)
			return loss;
	}
	loss = palloc0(sizeof(Loss));
	loss->item = item;
	*losses = lappend(*losses, loss);
	return loss;
}

/* For binds_ddl_read_apart. */
static void
ask(BindsDriverConn *conn, void *arg)
{
	const Request *request = arg;
	const BindsBind *bind = request->upgrade->work->bind;
	ListCell   *lc;

	foreach(lc, request->losses)
	{
		const Loss *loss = lfirst(lc);

		bind->dialect->try_loss(conn, bind->key, loss->item->model->schema,
								loss->item->model->name, loss->columns,
								request->upgrade->options->whole);
	}
}
