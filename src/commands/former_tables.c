/*
 * former_tables.c
 *	  Tables of engines that have a name which their model has had.
 *
 * binds.define gives a model another name, and its table keeps the old one until
 * binds.upgrade.  Until then the table is the model's by that name: nobody makes it anew, and
 * who drops the model's table drops it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/lsyscache.h"

#include "commands/work.h"

/* A model that was renamed, and what its table is called. */
typedef struct FormerTable
{
	const BindsModelRow *row;
	const char *name;			/* NULL: there is none of a former name */
	bool		own;			/* there is one of the model's own */
} FormerTable;

/* The question for an engine. */
typedef struct Question
{
	const BindsWork *work;
	const char **names;
	int			nnames;
	BindsTableKind *kinds;
} Question;

static void ask(BindsDriverConn *conn, void *arg);
static List *renamed_models(const BindsWork *work);
static void find(const BindsWork *work, List *tables);
static bool is_table(const Question *question, int place);
static bool is_other_models(List *rows, const char *name);
static FormerTable *table_of(List *tables, Oid template);
static void refer(BindsWork *work, bool anew);
static bool is_in_work(const BindsWork *work, Oid template);

void
binds_work_find_former(BindsWork *work)
{
	List	   *before = work->former;

	if (work->ddl == NULL)
		return;
	work->former = renamed_models(work);
	if (before == NIL && work->former == NIL)
		return;
	if (work->former != NIL && binds_ddl_reachable(work->ddl))
		find(work, work->former);
	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];
		const FormerTable *table = table_of(work->former, item->row->template);

		item->former = item->doubtful = NULL;
		if (table != NULL && table->name != NULL)
		{
			if (table->own)
				item->doubtful = table->name;
			else
				item->former = table->name;
		}
		item->model->name = item->former != NULL ? item->former : item->row->model;
	}
	refer(work, false);
}

void
binds_work_refer_anew(BindsWork *work)
{
	if (work->former != NIL)
		refer(work, true);
}

static List *
renamed_models(const BindsWork *work)
{
	List	   *tables = NIL;
	ListCell   *lc;

	foreach(lc, binds_model_rows(work->bind->key))
	{
		const BindsModelRow *row = lfirst(lc);
		FormerTable *table;

		if (row->former == NIL)
			continue;
		table = palloc0(sizeof(FormerTable));
		table->row = row;
		tables = lappend(tables, table);
	}
	return tables;
}

/* For binds_ddl_read_apart. */
static void
ask(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;

	question->work->bind->dialect->table_kinds(conn, question->work->bind->key, NULL,
											   question->names, question->nnames,
											   question->kinds, NULL);
}

/* Ask the engine once for all names. */
static void
find(const BindsWork *work, List *tables)
{
	Question	question = {work};
	List	   *rows = binds_model_rows(work->bind->key);
	bool		folds = work->bind->dialect->folds_tables;
	int			place = 0;
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, tables)
		question.nnames += 1 + list_length(((FormerTable *) lfirst(lc))->row->former);
	question.names = palloc(sizeof(char *) * question.nnames);
	question.kinds = palloc0(sizeof(BindsTableKind) * question.nnames);
	foreach(lc, tables)
	{
		const FormerTable *table = lfirst(lc);

		question.names[place++] = table->row->model;
		foreach(lc2, table->row->former)
			question.names[place++] = lfirst(lc2);
	}
	binds_ddl_read_apart(work->ddl, ask, &question);
	place = 0;
	foreach(lc, tables)
	{
		FormerTable *table = lfirst(lc);

		table->own = question.kinds[place++] != BINDS_KIND_NONE;
		foreach(lc2, table->row->former)
		{
			const char *name = question.names[place];

			if (is_table(&question, place++) && table->name == NULL &&
				!is_other_models(rows, name) &&
				!(folds && pg_strcasecmp(name, table->row->model) == 0))
				table->name = name;
		}
	}
}

static bool
is_table(const Question *question, int place)
{
	return question->kinds[place] == BINDS_KIND_TABLE &&
		!binds_drop_pending(question->work->bind->serverid, NULL, question->names[place]);
}

/* A model that got the name when nobody could know of it, by a dump. */
static bool
is_other_models(List *rows, const char *name)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		if (strcmp(((const BindsModelRow *) lfirst(lc))->model, name) == 0)
			return true;
	}
	return false;
}

static FormerTable *
table_of(List *tables, Oid template)
{
	ListCell   *lc;

	foreach(lc, tables)
	{
		if (((FormerTable *) lfirst(lc))->row->template == template)
			return lfirst(lc);
	}
	return NULL;
}

/* anew: but for tables of this work. */
static void
refer(BindsWork *work, bool anew)
{
	for (int i = 0; i < work->nitems; i++)
	{
		BindsModel *model = work->items[i].model;

		for (int j = 0; j < model->nforeign_keys; j++)
		{
			BindsModelForeignKey *key = &model->foreign_keys[j];
			const FormerTable *table = table_of(work->former, key->ref_template);

			if (table != NULL && table->name != NULL && !table->own &&
				!(anew && is_in_work(work, key->ref_template)))
				key->ref_table = table->name;
			else
				key->ref_table = get_rel_name(key->ref_template);
		}
	}
}

static bool
is_in_work(const BindsWork *work, Oid template)
{
	for (int i = 0; i < work->nitems; i++)
	{
		if (work->items[i].row->template == template)
			return true;
	}
	return false;
}
