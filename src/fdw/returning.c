/*
 * returning.c
 *	  Rows that INSERT, UPDATE and DELETE give back.
 *
 * Where the engine has RETURNING, the statement itself delivers them.  Elsewhere a row
 * is read again by its key; if an INSERT only wants the key that was generated, the
 * engine has told it already.
 *
 * What comes back replaces the columns in the executor's slot; the others keep the
 * values that were sent.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/modify.h"

static void store_row(BindsModify *modify, TupleTableSlot *slot, Datum *values,
					  bool *nulls);
static void copy_slot(TupleTableSlot *slot, Datum **values, bool **nulls);

/*
 * Prepare to read "returning" (int list of attributes) back.  reread: List form of the
 * statement for it, NIL if the engine returns rows or only tells a generated key.
 */
void
binds_returning_init(BindsModify *modify, List *returning, List *reread)
{
	ListCell   *lc;

	for (int i = 0; i < modify->table->ncolumns; i++)
	{
		if (modify->table->columns[i].local_name != NULL &&
			modify->table->columns[i].generated != BINDS_GENERATED_NO)
			modify->generated_key = i + 1;
	}
	if (returning == NIL)
		return;

	modify->returning = palloc(sizeof(AttrNumber) * list_length(returning));
	modify->decoders = palloc(sizeof(BindsDecoder) * list_length(returning));
	foreach(lc, returning)
	{
		BindsForeignColumn *column = &modify->table->columns[lfirst_int(lc) - 1];

		binds_decoder_init(&modify->decoders[modify->nreturning],
						   &column->storage, column->typid,
						   modify->table->local_name, column->local_name,
						   column->null_if_invalid);
		modify->returning[modify->nreturning++] = lfirst_int(lc);
	}
	if (reread != NIL)
		modify->reread = binds_statement_query(binds_statement_from_list(reread));
}

/*
 * Fetch the row that an executed statement returned into "slot"; false if there is none.
 * More than one is 21000: the key is none.
 */
bool
binds_returning_fetch(BindsModify *modify, BindsCursor *cursor, TupleTableSlot *slot)
{
	const BindsValue *row = binds_cursor_fetch(cursor);
	Datum	   *values;
	bool	   *nulls;

	if (row == NULL)
		return false;
	copy_slot(slot, &values, &nulls);
	for (int i = 0; i < modify->nreturning; i++)
	{
		int			place = modify->returning[i] - 1;

		values[place] = binds_decode(&modify->decoders[i], &row[i], &nulls[place]);
	}
	if (binds_cursor_fetch(cursor) != NULL)
		binds_raise_many_rows(modify->table);
	store_row(modify, slot, values, nulls);
	return true;
}

/*
 * Read a row again by its identity; false if there is none.
 */
bool
binds_returning_reread(BindsModify *modify, TupleTableSlot *slot,
					   const BindsValue *identity)
{
	BindsCursor *cursor = binds_modify_cursor(modify, &modify->reread_cursor,
											  modify->reread);
	BindsOutcome outcome;
	bool		found;

	binds_cursor_execute(cursor, identity, false, &outcome);
	found = binds_returning_fetch(modify, cursor, slot);
	binds_cursor_reset(cursor);
	return found;
}

/*
 * Likewise the row that was just written, which is there; unless a trigger of the engine
 * has changed its key, or made it no row of the view.  What has become of it is then not
 * known here.
 */
void
binds_returning_reread_written(BindsModify *modify, TupleTableSlot *slot,
							   const BindsValue *identity)
{
	if (binds_returning_reread(modify, slot, identity))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FDW_ERROR),
			 errmsg("could not find the row that was just written to foreign table \"%s\"",
					modify->table->local_name),
			 errdetail("RETURNING reads it again by the key that was sent. The engine has changed that, or it is no row of the view any more."),
			 errhint("Leave RETURNING out, and read the row by what identifies it.")));
}

/*
 * Put the key that the engine generated into the slot.
 */
void
binds_returning_key(BindsModify *modify, TupleTableSlot *slot, int64 generated_key)
{
	BindsForeignColumn *column = &modify->table->columns[modify->generated_key - 1];
	BindsValue	value = {.kind = BINDS_INTEGER, .integer = generated_key};
	BindsDecoder decoder;
	Datum	   *values;
	bool	   *nulls;
	int			place = modify->generated_key - 1;

	copy_slot(slot, &values, &nulls);
	binds_decoder_init(&decoder, &column->storage, column->typid,
					   modify->table->local_name, column->local_name, false);
	values[place] = binds_decode(&decoder, &value, &nulls[place]);
	store_row(modify, slot, values, nulls);
}

/* ------------------------------------------------------------------------
 * Slots
 * ------------------------------------------------------------------------ */

/*
 * Copies of the slot's arrays; an empty slot counts as all NULL.
 */
static void
copy_slot(TupleTableSlot *slot, Datum **values, bool **nulls)
{
	int			natts = slot->tts_tupleDescriptor->natts;

	*values = palloc0(sizeof(Datum) * Max(natts, 1));
	*nulls = palloc(sizeof(bool) * Max(natts, 1));
	memset(*nulls, true, natts);
	if (TTS_EMPTY(slot))
		return;
	slot_getallattrs(slot);
	memcpy(*values, slot->tts_values, sizeof(Datum) * natts);
	memcpy(*nulls, slot->tts_isnull, sizeof(bool) * natts);
}

/*
 * Store a row that lives until the next one: the tuple is in the row's context, which is
 * reset when the next row comes.
 */
static void
store_row(BindsModify *modify, TupleTableSlot *slot, Datum *values, bool *nulls)
{
	HeapTuple	tuple = heap_form_tuple(slot->tts_tupleDescriptor, values, nulls);

	tuple->t_tableOid = modify->table->relid;
	ExecForceStoreHeapTuple(tuple, slot, false);
}
