/*
 * altered.c
 *	  Tables that were changed in an engine whose DDL commits.
 *
 * What a rollback leaves there is told when the transaction ends, once for each bind: the
 * models are again what they were, and the tables are not.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "lib/ilist.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "utils/memutils.h"

#include "dialect/text.h"
#include "transaction/branch.h"
#include "transaction/engine_ddl.h"

/* In TopTransactionContext, as all that is queued for the end of the transaction. */
typedef struct Altered
{
	dlist_node	node;
	char	   *bind_key;
	char	   *table;
	List	   *lost;			/* char *: columns that are gone */
	bool		stays;			/* its (sub)transaction was rolled back */
} Altered;

static dlist_head altered = DLIST_STATIC_INIT(altered);
static bool queued = false;

static void forget(void *arg);
static void note_left(void *arg);
static void warn_left(void *arg);
static void add_table(StringInfo words, const char *table, const List *records);

void
binds_ddl_note_altered(const char *bind_key, const char *table, const List *lost)
{
	MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);
	Altered    *record = palloc0(sizeof(Altered));
	ListCell   *lc;

	record->bind_key = pstrdup(bind_key);
	record->table = pstrdup(table);
	foreach(lc, lost)
		record->lost = lappend(record->lost, pstrdup(lfirst(lc)));
	MemoryContextSwitchTo(old);
	binds_transaction_on_end(forget, note_left, record);
	dlist_push_tail(&altered, &record->node);
}

/* The transaction has committed. */
static void
forget(void *arg)
{
	dlist_delete(&((Altered *) arg)->node);
}

/* The (sub)transaction was rolled back; others of the same transaction may be, too. */
static void
note_left(void *arg)
{
	((Altered *) arg)->stays = true;
	if (!queued)
		binds_transaction_on_top_end(warn_left, NULL, false);
	queued = true;
}

/* The transaction ends. */
static void
warn_left(void *arg)
{
	dlist_mutable_iter iter;

	queued = false;
	while (!dlist_is_empty(&altered))
	{
		const char *bind_key = NULL;
		List	   *names = NIL;
		List	   *records = NIL;
		StringInfoData words;
		ListCell   *lc;

		dlist_foreach_modify(iter, &altered)
		{
			Altered    *record = dlist_container(Altered, node, iter.cur);

			if (!record->stays || (bind_key != NULL && strcmp(record->bind_key, bind_key) != 0))
				continue;
			bind_key = record->bind_key;
			names = list_append_unique(names, makeString(record->table));
			records = lappend(records, record);
			dlist_delete(&record->node);
		}
		if (bind_key == NULL)
			return;
		initStringInfo(&words);
		foreach(lc, names)
			add_table(&words, strVal(lfirst(lc)), records);
		ereport(WARNING,
				(errcode(ERRCODE_WARNING),
				 errmsg("tables of bind \"%s\" stay changed after a rollback", bind_key),
				 errdetail("The engine commits what changes tables: %s.", words.data),
				 errhint("binds.diff tells what separates them from their models.")));
	}
}

/* Add a table to a list for people, with the columns that it has lost. */
static void
add_table(StringInfo words, const char *table, const List *records)
{
	StringInfoData lost;
	ListCell   *lc;
	ListCell   *lc2;

	initStringInfo(&lost);
	foreach(lc, records)
	{
		const Altered *record = lfirst(lc);

		foreach(lc2, strcmp(record->table, table) == 0 ? record->lost : NIL)
			binds_text_list_add(&lost, lfirst(lc2));
	}
	if (lost.len == 0)
		binds_text_list_add(words, table);
	else
		binds_text_list_addf(words, "\"%s\" (gone: %s)", table, lost.data);
}
