/*
 * assign_model.c
 *	  What an engine cannot hold of the definition of a table that is to move there.
 *
 * What define and the dialects check raises an error, so only the first of many things
 * would be known.  Here, where a definition is refused, each part of it is checked by itself.
 * What is a matter of several parts at once is found when nothing else is.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/assign.h"
#include "dialect/attempt.h"

/* A check of a table on its way. */
typedef struct ModelCheck
{
	const BindsAssign *assign;
	const BindsMoved *moved;
	BindsModel	model;			/* the part that is checked */
	void		(*what) (struct ModelCheck *check);
	List	   *lines;
} ModelCheck;

static void load(ModelCheck *check);
static void check_parts(ModelCheck *check);
static BindsModel part_of(const BindsModel *model);
static void check_own(ModelCheck *check);
static bool try_check(ModelCheck *check, void (*what) (ModelCheck *check));
static void run_check(void *arg);
static bool is_about_model(int sqlerrcode);

List *
binds_assign_unheld(const BindsAssign *assign)
{
	ModelCheck	check = {assign};
	ListCell   *lc;

	if (assign->target->dialect == NULL)
		return NIL;
	foreach(lc, assign->moved)
	{
		check.moved = lfirst(lc);
		if (try_check(&check, load) && !try_check(&check, check_own))
			check_parts(&check);
	}
	return check.lines;
}

static void
load(ModelCheck *check)
{
	check->model = *binds_model_load(binds_assign_source(check->moved),
									 check->assign->target);

	/* how sequences count is listed elsewhere */
	for (int i = 0; i < check->model.ncolumns; i++)
		check->model.columns[i].sequence = NULL;
}

/* Columns generate no keys in a part, which may lack the key that they have to be in. */
static void
check_parts(ModelCheck *check)
{
	const BindsModel all = check->model;
	BindsModel	part = part_of(&all);

	for (int i = 0; i < all.ncolumns; i++)
	{
		check->model = part;
		check->model.columns = &part.columns[i];
		check->model.ncolumns = 1;
		(void) try_check(check, check_own);
	}
	for (int i = 0; i < all.nkeys; i++)
	{
		check->model = part;
		check->model.keys = &all.keys[i];
		check->model.nkeys = 1;
		(void) try_check(check, check_own);
	}
	for (int i = 0; i < all.nforeign_keys; i++)
	{
		check->model = part;
		check->model.foreign_keys = &all.foreign_keys[i];
		check->model.nforeign_keys = 1;
		(void) try_check(check, check_own);
	}
	for (int i = 0; i < all.nindexes; i++)
	{
		check->model = part;
		check->model.indexes = &all.indexes[i];
		check->model.nindexes = 1;
		(void) try_check(check, check_own);
	}
	check->model = part;
	check->model.exclusion = all.exclusion;
	(void) try_check(check, check_own);
}

/* The columns of a model alone. */
static BindsModel
part_of(const BindsModel *model)
{
	BindsModel	part = *model;

	part.columns = palloc(sizeof(BindsModelColumn) * Max(model->ncolumns, 1));
	for (int i = 0; i < model->ncolumns; i++)
	{
		part.columns[i] = model->columns[i];
		part.columns[i].generated = BINDS_GENERATED_NO;
	}
	part.nkeys = part.nforeign_keys = part.nchecks = part.nindexes = 0;
	part.exclusion = false;
	return part;
}

static void
check_own(ModelCheck *check)
{
	binds_model_check_own(&check->model, check->assign->target->dialect);
}

/* An error about the model becomes a line; false if there was one. */
static bool
try_check(ModelCheck *check, void (*what) (ModelCheck *check))
{
	ErrorData  *error;

	check->what = what;
	error = binds_attempt(run_check, check);
	if (error == NULL)
		return true;
	if (!is_about_model(error->sqlerrcode))
		ReThrowError(error);
	check->lines = binds_assign_add_line(check->lines,
										 psprintf("\"%s\": %s", check->moved->name,
												  error->message));
	return false;
}

/* For binds_attempt. */
static void
run_check(void *arg)
{
	ModelCheck *check = arg;

	check->what(check);
}

static bool
is_about_model(int sqlerrcode)
{
	return sqlerrcode == ERRCODE_FEATURE_NOT_SUPPORTED ||
		sqlerrcode == ERRCODE_DUPLICATE_COLUMN || sqlerrcode == ERRCODE_NAME_TOO_LONG;
}
