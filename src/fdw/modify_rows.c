/*
 * modify_rows.c
 *	  Run INSERT, UPDATE and DELETE, row by row or in batches.
 *
 * Values are encoded in a context that is reset per row or per batch, so memory does not
 * grow with the number of rows.  The executor keeps the rows of a batch until it is
 * full; large rows are therefore sent in smaller batches.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/modify.h"
#include "fdw/plan_private.h"
#include "fdw/upsert.h"

static void encode_new_identity(BindsModify *modify, TupleTableSlot *slot,
								BindsValue *values);
static void encode_old_identity(BindsModify *modify, TupleTableSlot *plan_slot,
								BindsValue *values);
static void encode_key(BindsModify *modify, AttrNumber attnum, Datum datum,
					   bool isnull, BindsValue *value);
static bool engine_must_return(BindsModify *modify, TupleTableSlot *slot,
							   Bitmapset *left_out);
static bool require_insert_returning(BindsModify *modify);
static bool key_known(BindsModify *modify, TupleTableSlot *slot);
static Bitmapset *changed_columns(BindsModify *modify, TupleTableSlot *plan_slot,
								  const BindsValue *values, const Bitmapset *left_out);
static bool is_old_key(BindsModify *modify, TupleTableSlot *plan_slot, AttrNumber attnum,
					   const BindsValue *value);
static bool changed_one_row(BindsModify *modify, int64 affected);
static bool leaves_out(BindsModify *modify, int i);
static TupleTableSlot *insert_row(BindsModify *modify, EState *estate, ResultRelInfo *rri,
								  TupleTableSlot *slot, bool *duplicate);

/*
 * The cursor of one of the state's queries.  Entering the branch each time follows
 * savepoints, and costs nothing when there is nothing to do.
 */
BindsCursor *
binds_modify_cursor(BindsModify *modify, BindsCursor **cursor,
					const BindsQuery *query)
{
	(void) binds_branch_enter(modify->use);
	if (*cursor == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(modify->context);

		binds_kept_writes_tell(modify->table, modify->userid, modify->use);
		*cursor = binds_branch_cursor(modify->use, query, modify->table->local_name);
		binds_cursor_on_violation(*cursor, binds_violation_words, modify);
		binds_cursor_count(*cursor, modify->counts);
		MemoryContextSwitchTo(old);
	}
	return *cursor;
}

/* ------------------------------------------------------------------------
 * INSERT
 * ------------------------------------------------------------------------ */

/*
 * Insert a row.  Returns the slot, with what came back in it, or NULL if the row was
 * skipped as a duplicate, or dropped by the engine.
 */
TupleTableSlot *
binds_modify_insert(BindsModify *modify, EState *estate, ResultRelInfo *rri,
					TupleTableSlot *slot)
{
	bool		skips = modify->skip_duplicates &&
		modify->table->dialect->insert_ignore_suffix == NULL;
	bool		duplicate;

	return insert_row(modify, estate, rri, slot, skips ? &duplicate : NULL);
}

TupleTableSlot *
binds_modify_try_insert(BindsModify *modify, EState *estate, ResultRelInfo *rri,
						TupleTableSlot *slot, bool *duplicate)
{
	return insert_row(modify, estate, rri, slot, duplicate);
}

/* duplicate: out: it violates a unique key; NULL: that is an error. */
static TupleTableSlot *
insert_row(BindsModify *modify, EState *estate, ResultRelInfo *rri, TupleTableSlot *slot,
		   bool *duplicate)
{
	BindsCursor *cursor;
	BindsModifyShape *shape;
	Bitmapset  *left_out = NULL;
	BindsValue *values;
	BindsOutcome outcome = {0};
	MemoryContext old;
	bool		returned = modify->table->dialect->has_returning;
	bool		inserted = true;
	bool		check_key;
	int			nvalues;
	Size		bytes;

	MemoryContextReset(modify->row_context);
	binds_modify_check_row(modify, estate, rri, slot, NULL);
	check_key = modify->key_checks != NULL && binds_modify_key_is_left(modify, slot);
	old = MemoryContextSwitchTo(modify->row_context);
	values = palloc(sizeof(BindsValue) * Max(modify->ncolumns, 1));
	bytes = binds_modify_encode(modify, slot, values, &nvalues, &left_out);
	if (!returned && engine_must_return(modify, slot, left_out))
		returned = require_insert_returning(modify);
	shape = binds_modify_shape(modify, left_out,
							   returned != modify->table->dialect->has_returning);

	cursor = binds_modify_cursor(modify, &shape->cursor, shape->query);
	modify->sending = (BindsSending)
	{
		.slots = &slot, .nslots = 1
	};
	if (duplicate != NULL)
	{
		inserted = binds_cursor_try_execute(cursor, values, true, &outcome,
											ERRCODE_UNIQUE_VIOLATION);
		*duplicate = !inserted;
	}
	else
		binds_cursor_execute(cursor, values, true, &outcome);
	modify->last_key = inserted ? outcome.generated_key : 0;

	binds_generated_check_made(modify, &outcome);

	if (inserted && modify->nreturning > 0 && returned)
	{
		inserted = binds_returning_fetch(modify, cursor, slot);
		binds_cursor_reset(cursor);
	}
	else if (inserted)
		inserted = binds_modify_count(modify, outcome.affected, 1) > 0;

	if (inserted && modify->nreturning > 0 && !returned)
	{
		if (outcome.generated_key != 0 && binds_modify_key_is_left(modify, slot))
			binds_returning_key(modify, slot, outcome.generated_key);
		if (modify->reread != NULL && key_known(modify, slot))
		{
			values = palloc(sizeof(BindsValue) * modify->nidentity);
			encode_new_identity(modify, slot, values);
			binds_returning_reread_written(modify, slot, values);
		}
	}
	/* 0: none, but where a row has a number, which may be that */
	if (inserted && check_key &&
		(outcome.generated_key != 0 || modify->table->dialect->rowid_names != NULL))
	{
		binds_returning_key(modify, slot, outcome.generated_key);
		binds_modify_check_key(modify, estate, slot);
	}
	MemoryContextSwitchTo(old);
	binds_row_changes_tell_inserted(modify);
	if (inserted)
		binds_upserts_tell_inserted(modify, slot);
	if (modify->batch_by_size)
		binds_batch_size_first(modify, rri, bytes);
	return inserted ? slot : NULL;
}

/*
 * Can only the engine's own RETURNING tell what is wanted: a value that it makes, in a row
 * that cannot be found again, since it also makes the key or there is none?
 */
static bool
engine_must_return(BindsModify *modify, TupleTableSlot *slot, Bitmapset *left_out)
{
	BindsForeignTable *table = modify->table;
	bool		found = table->nkeys > 0;
	bool		made = false;

	if (modify->nreturning == 0)
		return false;
	for (int i = 0; i < table->nkeys; i++)
	{
		if (binds_modify_is_left(modify, table->keys[i], left_out))
			found = false;
	}
	for (int i = 0; i < modify->nreturning; i++)
	{
		AttrNumber	attnum = modify->returning[i];

		made = made || binds_modify_is_left(modify, attnum, left_out);
	}
	return made && !found;
}

bool
binds_modify_is_left(const BindsModify *modify, AttrNumber attnum,
					 const Bitmapset *left_out)
{
	int			place;

	if (modify->table->columns[attnum - 1].engine_computed)
		return true;
	if (!modify->table->columns[attnum - 1].engine_default)
		return false;
	place = binds_modify_place(modify, attnum);
	return place < 0 || bms_is_member(place, left_out);
}

/* Returns true, or raises 0A000 if this server cannot do it. */
static bool
require_insert_returning(BindsModify *modify)
{
	if (!modify->insert_returning)
		modify->insert_returning =
			binds_connection_inserts_returning(binds_branch_enter(modify->use));
	if (!modify->insert_returning)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot return values that the engine makes for a row of foreign table \"%s\"",
						modify->table->local_name),
				 errdetail("The engine has no INSERT ... RETURNING, and it makes the key by which the row would be read again."),
				 errhint("Give a value for the key, or leave out RETURNING.")));
	return true;
}

bool
binds_modify_key_is_left(const BindsModify *modify, TupleTableSlot *slot)
{
	int			place;

	if (modify->generated_key == 0)
		return false;
	place = binds_modify_place(modify, modify->generated_key);
	return (place >= 0 && modify->rules[place] == BINDS_RULE_IGNORE) ||
		slot_attisnull(slot, modify->generated_key);
}

/*
 * Is the key of a new row known?  Not if the engine has made it and does not tell (a
 * trigger or a default of its own): RETURNING then gives what was sent.
 */
static bool
key_known(BindsModify *modify, TupleTableSlot *slot)
{
	for (int i = 0; i < modify->table->nkeys; i++)
	{
		if (slot_attisnull(slot, modify->table->keys[i]))
			return false;
	}
	return true;
}

/*
 * Insert rows by one statement, or few.  *nslots becomes the number of those that were
 * not skipped; which ones they are matters to nobody, since there are neither triggers
 * nor RETURNING then.
 */
TupleTableSlot **
binds_modify_insert_batch(BindsModify *modify, EState *estate, ResultRelInfo *rri,
						  TupleTableSlot **slots, int *nslots)
{
	BindsValue *values;
	BindsValue *next;
	BindsOutcome outcome = {0};
	Bitmapset  *left_out = NULL;
	MemoryContext old;
	size_t		bytes = 0;
	int			sent = 0;

	MemoryContextReset(modify->row_context);
	for (int i = 0; i < *nslots; i++)
		binds_modify_check_row(modify, estate, rri, slots[i], NULL);

	old = MemoryContextSwitchTo(modify->row_context);
	values = palloc_extended(sizeof(BindsValue) * Max(modify->ncolumns, 1) * *nslots,
							 MCXT_ALLOC_HUGE);
	next = values;
	for (int i = 0; i < *nslots; i++)
	{
		Bitmapset  *missing = NULL;
		int			nvalues;

		bytes += binds_modify_encode(modify, slots[i], next, &nvalues, &missing);
		if (!bms_equal(missing, left_out) && i > sent)
		{
			binds_modify_send_rows(modify, left_out, values, slots + sent, i - sent,
								   &outcome);
			values = next;
			sent = i;
		}
		left_out = missing;
		next += nvalues;
	}
	binds_modify_send_rows(modify, left_out, values, slots + sent, *nslots - sent,
						   &outcome);
	MemoryContextSwitchTo(old);

	for (int i = 0; i < *nslots; i++)
		binds_upserts_tell_inserted(modify, slots[i]);
	binds_batch_size_next(modify, rri, *nslots, bytes);
	*nslots = binds_modify_count(modify, outcome.affected, *nslots);
	return slots;
}

/* ------------------------------------------------------------------------
 * UPDATE and DELETE
 * ------------------------------------------------------------------------ */

/*
 * Update the row that plan_slot identifies.  Returns NULL if there is none any more: it
 * was changed by this very statement before.
 */
TupleTableSlot *
binds_modify_update(BindsModify *modify, EState *estate, ResultRelInfo *rri,
					TupleTableSlot *slot, TupleTableSlot *plan_slot)
{
	BindsModifyShape *shape;
	BindsCursor *cursor;
	Bitmapset  *left_out;
	BindsValue *values;
	BindsValue *identity;
	BindsOutcome outcome = {0};
	MemoryContext old;
	Bitmapset  *changed = NULL;
	bool		updated;
	int			nvalues;

	MemoryContextReset(modify->row_context);
	old = MemoryContextSwitchTo(modify->row_context);
	values = palloc(sizeof(BindsValue) * (modify->ncolumns + modify->nidentity));
	identity = palloc(sizeof(BindsValue) * modify->nidentity);
	encode_old_identity(modify, plan_slot, identity);
	if (!binds_row_changes_allow(modify, identity))
	{
		MemoryContextSwitchTo(old);
		return NULL;
	}
	left_out = binds_unchanged_columns(modify, estate, rri, slot);
	modify->sending = (BindsSending)
	{
		.slots = &slot, .nslots = 1, .identity = identity
	};
	binds_modify_check_row(modify, estate, rri, slot, left_out);
	binds_modify_encode(modify, slot, values, &nvalues, &left_out);
	memcpy(values + nvalues, identity, sizeof(BindsValue) * modify->nidentity);
	shape = binds_modify_shape(modify, left_out, false);

	/* what is returned takes the place of the row that the values point into */
	if (binds_row_changes_matter(modify))
		changed = changed_columns(modify, plan_slot, values, left_out);

	binds_moved_rows_check(modify);
	cursor = binds_modify_cursor(modify, &shape->cursor, shape->query);
	binds_cursor_execute(cursor, values, true, &outcome);
	if (modify->nreturning > 0 && modify->table->dialect->has_returning)
	{
		updated = changed_one_row(modify, binds_returning_fetch(modify, cursor, slot));
		binds_cursor_reset(cursor);
	}
	else
		updated = changed_one_row(modify, outcome.affected);
	modify->own_writes++;
	if (updated)
		binds_row_changes_tell(modify, identity, changed);
	else
		binds_modify_not_found(modify);
	if (updated && modify->reread != NULL)
	{
		encode_new_identity(modify, slot, values);
		binds_returning_reread_written(modify, slot, values);
	}
	MemoryContextSwitchTo(old);
	return updated ? slot : NULL;
}

/*
 * The attributes that an UPDATE of a row may have given another value: all that it sets,
 * but for keys that are what they were.  values, left_out: as binds_modify_encode gives
 * them.
 */
static Bitmapset *
changed_columns(BindsModify *modify, TupleTableSlot *plan_slot, const BindsValue *values,
				const Bitmapset *left_out)
{
	Bitmapset  *changed = NULL;
	int			next = 0;
	ListCell   *lc;

	foreach(lc, modify->defaults)
		changed = bms_add_member(changed, lfirst_int(lc));
	for (int i = 0; i < modify->ncolumns; i++)
	{
		bool		same;

		if (bms_is_member(i, left_out))
			same = modify->rules[i] != BINDS_RULE_DEFAULT;
		else
			same = is_old_key(modify, plan_slot, modify->columns[i], &values[next++]);
		if (!same)
			changed = bms_add_member(changed, modify->columns[i]);
	}
	return changed;
}

/* Is a value that of a key column before the UPDATE? */
static bool
is_old_key(BindsModify *modify, TupleTableSlot *plan_slot, AttrNumber attnum,
		   const BindsValue *value)
{
	const BindsForeignTable *table = modify->table;
	AttrNumber *places = table->rowid ? modify->old_keys : modify->junk;

	for (int k = 0; places != NULL && k < table->nkeys; k++)
	{
		BindsValue	old;
		Datum		datum;
		bool		isnull;

		if (table->keys[k] != attnum || !AttributeNumberIsValid(places[k]))
			continue;
		datum = ExecGetJunkAttribute(plan_slot, places[k], &isnull);
		if (isnull)
			return value->kind == BINDS_NULL;
		binds_encode(&table->columns[attnum - 1].storage, datum, table->local_name,
					 table->columns[attnum - 1].local_name, &old);
		if (old.kind != value->kind)
			return false;
		if (old.kind == BINDS_INTEGER)
			return old.integer == value->integer;
		return old.kind != BINDS_NULL && old.kind != BINDS_REAL &&
			old.length == value->length && memcmp(old.data, value->data, old.length) == 0;
	}
	return false;
}

/*
 * Delete the row that plan_slot identifies.  Returns NULL if there is none any more;
 * else the slot, with the old row in it as far as it is wanted.
 */
TupleTableSlot *
binds_modify_delete(BindsModify *modify, TupleTableSlot *slot,
					TupleTableSlot *plan_slot)
{
	BindsCursor *cursor;
	BindsValue *values;
	BindsOutcome outcome = {0};
	MemoryContext old;
	bool		deleted;

	MemoryContextReset(modify->row_context);
	old = MemoryContextSwitchTo(modify->row_context);
	values = palloc(sizeof(BindsValue) * modify->nidentity);
	encode_old_identity(modify, plan_slot, values);
	if (!binds_row_changes_allow(modify, values))
	{
		MemoryContextSwitchTo(old);
		return NULL;
	}

	binds_moved_rows_check(modify);
	if (modify->nreturning > 0)
		ExecClearTuple(slot);
	if (modify->reread != NULL)
		(void) binds_returning_reread(modify, slot, values);
	cursor = binds_modify_cursor(modify, &modify->shape.cursor, modify->shape.query);
	modify->sending = (BindsSending)
	{
		.identity = values
	};
	binds_cursor_execute(cursor, values, true, &outcome);
	if (modify->nreturning > 0 && modify->table->dialect->has_returning)
	{
		deleted = changed_one_row(modify, binds_returning_fetch(modify, cursor, slot));
		binds_cursor_reset(cursor);
	}
	else
		deleted = changed_one_row(modify, outcome.affected);
	modify->own_writes++;
	if (deleted)
		binds_row_changes_tell(modify, values, NULL);
	else
		binds_modify_not_found(modify);
	MemoryContextSwitchTo(old);
	return deleted ? slot : NULL;
}

/*
 * The scan has just read, and locked, the row.  If it is gone all the same, a foreign
 * key or a trigger may have deleted it; not so where the engine's form of the key is
 * not the type's, so that the value may have been spelled otherwise.
 */
static bool
changed_one_row(BindsModify *modify, int64 affected)
{
	for (int i = 0; affected == 0 && !modify->table->rowid &&
		 i < modify->table->nkeys; i++)
	{
		const BindsForeignColumn *column =
			&modify->table->columns[modify->table->keys[i] - 1];

		if (column->storage.compare == BINDS_COMPARE_NONE)
			binds_raise_key_form(modify->table, column);
	}
	if (affected > 1)
		binds_raise_many_rows(modify->table);
	return affected != 0;
}

void
binds_raise_many_rows(const BindsForeignTable *table)
{
	ereport(ERROR,
			(errcode(ERRCODE_CARDINALITY_VIOLATION),
			 errmsg("key of foreign table \"%s\" identifies more than one row",
					table->local_name),
			 errhint("Name columns that identify every row (ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS (ADD key 'true')).")));
}

void
binds_modify_begin_anew(BindsModify *modify)
{
	modify->writes = binds_cursor_writes();
	modify->own_writes = 0;
	modify->statements = binds_branch_statements(modify->use);
	modify->others_deleted = false;
	modify->missed = false;
	modify->moves = NIL;
}

bool
binds_modify_is_changed(BindsModify *modify, TupleTableSlot *plan_slot)
{
	MemoryContext old;
	BindsValue *identity;
	bool		changed;

	if (modify->others == NULL)
		return false;
	old = MemoryContextSwitchTo(modify->row_context);
	identity = palloc(sizeof(BindsValue) * modify->nidentity);
	encode_old_identity(modify, plan_slot, identity);
	changed = binds_row_changes_by_others(modify, identity);
	MemoryContextSwitchTo(old);
	return changed;
}

int
binds_modify_count(const BindsModify *modify, int64 affected, int sent)
{
	const BindsDialect *dialect = modify->table->dialect;
	bool		fewer = dialect->drops_rows ||
		(modify->skip_duplicates && dialect->insert_ignore_suffix != NULL);

	if (affected < 0)
		return sent;
	if (affected > sent || (affected < sent && !fewer))
		ereport(ERROR,
				(errcode(ERRCODE_PROTOCOL_VIOLATION),
				 errmsg("bind \"%s\" did not store the rows of foreign table \"%s\" that were sent",
						modify->table->bind_key, modify->table->local_name),
				 errdetail("Its engine counts " INT64_FORMAT " rows, and %d were sent.",
						   affected, sent)));
	return (int) affected;
}

/* ------------------------------------------------------------------------
 * Parameters
 * ------------------------------------------------------------------------ */

int
binds_modify_place(const BindsModify *modify, AttrNumber attnum)
{
	for (int i = 0; i < modify->ncolumns; i++)
	{
		if (modify->columns[i] == attnum)
			return i;
	}
	return -1;
}

/* A row that is being encoded. */
typedef struct EncodedRow
{
	const BindsForeignTable *table;
	TupleTableSlot *slot;
} EncodedRow;

/* Where the statement has many rows that its user has not written, say which one it is. */
static void
tell_row(void *arg)
{
	EncodedRow *row = arg;
	StringInfoData names;
	StringInfoData values;

	if (!binds_tell_row_keys || row->table->nkeys == 0 || row->table->hide_values)
		return;
	initStringInfo(&names);
	initStringInfo(&values);
	for (int i = 0; i < row->table->nkeys; i++)
	{
		int			place = row->table->keys[i] - 1;
		Oid			output;
		bool		varlena;

		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "",
						 row->table->columns[place].local_name);
		getTypeOutputInfo(row->table->columns[place].typid, &output, &varlena);
		appendStringInfo(&values, "%s%s", i > 0 ? ", " : "",
						 row->slot->tts_isnull[place] ? "null" :
						 OidOutputFunctionCall(output, row->slot->tts_values[place]));
	}
	errcontext("row with key (%s)=(%s)", names.data, values.data);
}

size_t
binds_modify_encode(BindsModify *modify, TupleTableSlot *slot, BindsValue *values,
					int *nvalues, Bitmapset **left_out)
{
	size_t		bytes = sizeof(BindsValue) * modify->ncolumns;
	BindsValue *value = values;
	EncodedRow	row = {modify->table, slot};
	ErrorContextCallback callback = {error_context_stack, tell_row, &row};

	slot_getallattrs(slot);
	error_context_stack = &callback;
	for (int i = 0; i < modify->ncolumns; i++)
	{
		int			place = modify->columns[i] - 1;
		BindsForeignColumn *column = &modify->table->columns[place];

		if (bms_is_member(i, *left_out))
			continue;
		if (slot->tts_isnull[place] || modify->rules[i] == BINDS_RULE_IGNORE)
		{
			if (leaves_out(modify, i))
				*left_out = bms_add_member(*left_out, i);
			else if (column->replaces_null)
				binds_generated_raise_null(modify, place + 1);
			else
				(value++)->kind = BINDS_NULL;
			continue;
		}
		binds_encode(&column->storage, slot->tts_values[place],
					 modify->table->local_name, column->local_name, value);
		if (value->kind != BINDS_INTEGER && value->kind != BINDS_REAL)
			bytes += value->length;
		value++;
	}
	error_context_stack = callback.previous;
	if (modify->ncomputed > 0)
		binds_computed_refuse(modify, slot, *left_out);
	*nvalues = value - values;
	return bytes;
}

/*
 * Does a NULL mean that the column (by its index) is left to the engine's default?
 * Raises 23502 if it is the NULL that a generated key must not have.
 */
static bool
leaves_out(BindsModify *modify, int i)
{
	bool		generated =
		modify->table->columns[modify->columns[i] - 1].generated != BINDS_GENERATED_NO;
	bool		given = false;

	switch (modify->rules[i])
	{
		case BINDS_RULE_DEFAULT:
			if (modify->operation == CMD_UPDATE &&
				modify->table->dialect->update_default == NULL)
				binds_generated_refuse_update(modify->table, modify->columns[i]);
			return true;
		case BINDS_RULE_ROW:
			given = binds_generated_in_row(modify, i);
			if (!generated)
				return !given;
			break;
		case BINDS_RULE_NOT_NULL:
		case BINDS_RULE_EXPLICIT_NULL:
			given = true;
			break;
		default:
			break;
	}
	if (given)
		binds_generated_raise_null(modify, modify->columns[i]);
	return false;
}

/*
 * The identity of a row as it is now.  What the engine makes of a new key, a fingerprint,
 * is not known; an engine with such has RETURNING, and nothing is read again.
 */
static void
encode_new_identity(BindsModify *modify, TupleTableSlot *slot, BindsValue *values)
{
	Assert(!modify->table->fingerprint);
	for (int i = 0; i < modify->table->nkeys; i++)
	{
		AttrNumber	attnum = modify->table->keys[i];
		bool		isnull;
		Datum		datum = slot_getattr(slot, attnum, &isnull);

		encode_key(modify, attnum, datum, isnull, &values[i]);
	}
}

/*
 * The identity of a row as the scan has seen it.
 */
static void
encode_old_identity(BindsModify *modify, TupleTableSlot *plan_slot,
					BindsValue *values)
{
	const BindsForeignTable *table = modify->table;
	int			nkeys = table->rowid ? 0 : table->nkeys;
	bool		isnull;
	Datum		datum;

	for (int i = 0; i < nkeys; i++)
	{
		datum = ExecGetJunkAttribute(plan_slot, modify->junk[i], &isnull);
		encode_key(modify, table->keys[i], datum, isnull, &values[i]);
	}
	binds_odd_keys_refuse(modify->estate, table, values);
	if (table->rowid || table->fingerprint)
	{
		datum = ExecGetJunkAttribute(plan_slot, modify->junk[nkeys], &isnull);
		values[nkeys].kind = BINDS_INTEGER;
		values[nkeys].integer =
			binds_rowid_join(datum, ExecGetJunkAttribute(plan_slot,
														 modify->junk[nkeys + 1],
														 &isnull));
	}
}

static void
encode_key(BindsModify *modify, AttrNumber attnum, Datum datum, bool isnull,
		   BindsValue *value)
{
	BindsForeignColumn *column = &modify->table->columns[attnum - 1];

	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("key column \"%s\" of foreign table \"%s\" is null",
						column->local_name, modify->table->local_name),
				 errdetail("The row cannot be identified."),
				 errhint("Name columns that identify every row (ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS (ADD key 'true')).")));
	binds_encode_key(modify->table, column, datum, value);
}

void
binds_encode_key(const BindsForeignTable *table, const BindsForeignColumn *column,
				 Datum datum, BindsValue *value)
{
	if (!binds_encode_comparison(&column->storage, datum, value))
		binds_encode(&column->storage, datum, table->local_name, column->local_name,
					 value);
}
