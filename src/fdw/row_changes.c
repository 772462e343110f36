/*
 * row_changes.c
 *	  Which rows an UPDATE or DELETE has changed, and which were changed in the middle
 *	  of it by others.
 *
 * PostgreSQL tells by the versions of a row.  An engine has the last one only, so the
 * identities of rows are noted here.
 *
 * A join may deliver a row twice; it is changed once.  A row that another part of the
 * same command has changed (a CTE) is left alone.  A row that a command in the middle
 * has changed (of a BEFORE trigger, of a volatile function) is an error, as what the
 * command has done would be overwritten.
 *
 * The list of running UPDATEs and DELETEs has one entry nearly always; nothing is
 * noted then but for joins, and tables that can move their own rows (moved_rows.c).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "common/hashfn.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "fdw/modify.h"

typedef struct ChangedRow
{
	BindsRowKey key;
	EState	   *estate;			/* of the command that has changed it */
	TransactionId xid;			/* as what it did so: undone if that aborts */
} ChangedRow;

/* Running UPDATEs and DELETEs. */
static dlist_head running = DLIST_STATIC_INIT(running);

static void context_gone(void *arg);
static struct HTAB *make_set(BindsModify *modify, const char *name);
static bool same_table(BindsModify *modify, const BindsForeignTable *other);
static void raise_changed(const BindsModify *modify) __attribute__((noreturn));

/*
 * An UPDATE or DELETE begins.  joins: a row may come twice.  It ends with its memory
 * context.
 */
void
binds_row_changes_begin(BindsModify *modify, bool joins)
{
	modify->gone.func = context_gone;
	modify->gone.arg = modify;
	if (joins)
		modify->seen = make_set(modify, "binds changed rows");
	dlist_push_tail(&running, &modify->node);
	MemoryContextRegisterResetCallback(modify->context, &modify->gone);
}

static void
context_gone(void *arg)
{
	dlist_delete(&((BindsModify *) arg)->node);
}

/*
 * May the row be changed?  False if the command has done so already; an error if another
 * one in the middle of it has.
 */
bool
binds_row_changes_allow(BindsModify *modify, const BindsValue *identity)
{
	BindsRowKey key;
	ChangedRow *other;
	bool		found = false;

	if (modify->seen == NULL && modify->others == NULL)
		return true;
	binds_hash_identity(identity, modify->nidentity, &key);
	if (modify->others != NULL)
	{
		other = hash_search(modify->others, &key, HASH_FIND, NULL);
		if (other != NULL && other->estate == modify->estate)
			return false;
		if (other != NULL && !TransactionIdDidAbort(other->xid))
			raise_changed(modify);
	}
	if (modify->seen != NULL)
		(void) hash_search(modify->seen, &key, HASH_ENTER, &found);
	return !found;
}

bool
binds_row_changes_by_others(const BindsModify *modify, const BindsValue *identity)
{
	BindsRowKey key;
	ChangedRow *other;

	if (modify->others == NULL)
		return false;
	binds_hash_identity(identity, modify->nidentity, &key);
	other = hash_search(modify->others, &key, HASH_FIND, NULL);
	return other != NULL && !TransactionIdDidAbort(other->xid);
}

bool
binds_row_changes_matter(BindsModify *modify)
{
	return dlist_head_node(&running) != &modify->node ||
		dlist_has_next(&running, &modify->node) || binds_moved_rows_own(modify);
}

/*
 * The row has been changed: tell the others that are in the middle of changing rows of
 * this table, or of another one on its server.
 */
void
binds_row_changes_tell(BindsModify *modify, const BindsValue *identity,
					   const Bitmapset *changed)
{
	BindsRowKey key;
	dlist_iter	iter;

	if (!binds_row_changes_matter(modify))
		return;
	binds_hash_identity(identity, modify->nidentity, &key);
	dlist_foreach(iter, &running)
	{
		BindsModify *other = dlist_container(BindsModify, node, iter.cur);
		ChangedRow *row;
		bool		found;

		if (other == modify ? binds_moved_rows_own(modify) :
			other->table->serverid == modify->table->serverid &&
			(other->part != modify->part || modify->sets_key))
			binds_moved_rows_tell(other, modify, changed);
		if (other == modify || !same_table(modify, other->table))
			continue;
		if (other->others == NULL)
			other->others = make_set(other, "binds rows changed by others");
		row = hash_search(other->others, &key, HASH_ENTER, &found);
		if (found && !TransactionIdDidAbort(row->xid))
			continue;
		row->estate = modify->estate;
		row->xid = GetCurrentTransactionId();
	}
}

void
binds_row_changes_tell_inserted(BindsModify *modify)
{
	dlist_iter	iter;

	dlist_foreach(iter, &running)
	{
		BindsModify *other = dlist_container(BindsModify, node, iter.cur);

		if (other->part != modify->part &&
			other->table->serverid == modify->table->serverid)
			binds_moved_rows_tell(other, modify, NULL);
	}
}

/* ------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

static struct HTAB *
make_set(BindsModify *modify, const char *name)
{
	HASHCTL		info = {.keysize = sizeof(BindsRowKey),
		.entrysize = sizeof(ChangedRow),
	.hcxt = modify->context};

	return hash_create(name, 256, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

void
binds_hash_identity(const BindsValue *identity, int n, BindsRowKey *key)
{
	key->hash[0] = 0;
	key->hash[1] = 1;
	for (int i = 0; i < n; i++)
	{
		const BindsValue *value = &identity[i];
		bool		fixed = value->kind == BINDS_INTEGER || value->kind == BINDS_REAL;
		const void *data = fixed ? (const void *) &value->integer : value->data;
		int			length = fixed ? (int) sizeof(int64) : (int) value->length;

		for (int h = 0; h < 2; h++)
			key->hash[h] = hash_combine64(key->hash[h],
										  hash_bytes_extended(data, length, h * 7919 + 1));
	}
}

/*
 * Is it one table of the engine?  Where that is not sure, it is taken for two: one that
 * is kept like another one, on another host, is no error.
 */
static bool
same_table(BindsModify *modify, const BindsForeignTable *other)
{
	if (modify->compared != other->relid)
	{
		modify->compared_same = binds_same_engine_table(modify->table, other) == BINDS_SAME;
		modify->compared = other->relid;
	}
	return modify->compared_same;
}

/* In PostgreSQL's words. */
static void
raise_changed(const BindsModify *modify)
{
	ereport(ERROR,
			(errcode(ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION),
			 modify->operation == CMD_UPDATE ?
			 errmsg("tuple to be updated was already modified by an operation triggered by the current command") :
			 errmsg("tuple to be deleted was already modified by an operation triggered by the current command"),
			 errhint("Consider using an AFTER trigger instead of a BEFORE trigger to propagate changes to other rows.")));
}
