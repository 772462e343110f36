/*
 * upsert.c
 *	  INSERT ... ON CONFLICT (columns) DO NOTHING and DO UPDATE.
 *
 * What engines have for it is another thing: on MySQL any unique key counts, and neither
 * engine would run PostgreSQL's expressions, triggers and checks.  So it is done as
 * PostgreSQL does it, in its order: look for the row by the key that is meant; if it is
 * there, make the new row of it here and update it; if not, insert.  A row that another
 * session inserts in between is met by the INSERT, as a violation of a key, and looked for
 * again.
 *
 * Where reading locks (MySQL), a row that is not there must not be looked for with a lock:
 * that would lock the gap, and two sessions that insert would wait for each other.  So the
 * first look takes none, and only what it has found is locked.
 *
 * A row that the same command has inserted or updated is not updated again (21000): the
 * values of the key tell, for an engine has no versions of rows; and of rows that other parts
 * of the command have changed, or commands within it, their identity (row_changes.c).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/sysattr.h"
#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "executor/instrument.h"
#include "executor/nodeModifyTable.h"
#include "nodes/makefuncs.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/modify.h"
#include "fdw/plan_private.h"
#include "fdw/upsert.h"

/* how often a row is looked for that others insert and delete meanwhile */
#define MAX_TRIES 3

/* The list that travels in the plan. */
typedef enum UpsertPrivate
{
	UPSERT_ARBITER,				/* int list: the columns of the key */
	UPSERT_LOOK,				/* the SELECT that sees whether there is a
								 * row, List form; NIL: only FIND does */
	UPSERT_FIND,				/* the one that finds and locks it; NIL: DO
								 * NOTHING */
	UPSERT_FOUND,				/* int list: the columns of its result, after
								 * the rowid or fingerprint */
	UPSERT_UPDATE				/* the private list of the UPDATE */
} UpsertPrivate;

typedef struct BindsUpsert
{
	int			narbiter;
	AttrNumber *arbiter;
	BindsQuery *look;			/* NULL: only find looks */
	BindsCursor *look_cursor;
	BindsQuery *find;			/* NULL: DO NOTHING */
	BindsCursor *find_cursor;
	int			nfound;
	AttrNumber *found;
	BindsDecoder *decoders;

	BindsModify *updating;		/* the state of the UPDATE; NULL: DO NOTHING */
	TupleTableSlot *plan_slot;	/* what identifies the row that is found */
	bool		after_insert;	/* there are triggers AFTER INSERT */
	struct HTAB *touched;		/* struct Touched: rows that the command has
								 * written */
	BindsModify *modify;
	dlist_node	node;			/* in the list of those that go on */
	MemoryContextCallback gone;
} BindsUpsert;

/* A row that was written, by the values of the key. */
typedef struct Touched
{
	BindsRowKey key;
	TransactionId xid;			/* by something else: undone if that aborts */
} Touched;

/* Upserts with DO UPDATE that are going on. */
static dlist_head upserts = DLIST_STATIC_INIT(upserts);

static List *columns_to_find(const ModifyTable *plan, Index rti, Relation relation,
							 const BindsForeignTable *table, List *arbiter, List *set);
static void refuse_computed(const BindsForeignTable *table, List *arbiter);
static void refuse_unmade(const ModifyTable *plan, const BindsForeignTable *table,
						  List *insert);
static bool is_given(const BindsForeignColumn *column, BindsGeneratedRule rule);
static int	list_index_int(const List *list, int number);
static int	numbers(const BindsForeignTable *table);
static TupleDesc identity_descriptor(const BindsForeignTable *table);
static bool encode_key(BindsModify *modify, EState *estate, TupleTableSlot *slot,
					   BindsValue *key);
static TupleTableSlot *skip_row(BindsModify *modify);
static bool is_there(BindsModify *modify, const BindsValue *key);
static bool find_row(BindsModify *modify, EState *estate, ResultRelInfo *rri,
					 const BindsValue *key);
static void set_identity(BindsUpsert *upsert, const BindsForeignTable *table,
						 TupleTableSlot *existing, int64 number);
static TupleTableSlot *update_row(BindsModify *modify, EState *estate, ResultRelInfo *rri,
								  TupleTableSlot *excluded);
static void context_gone(void *arg);
static void touch(BindsModify *modify, EState *estate, TupleTableSlot *slot);
static void note_touched(BindsUpsert *upsert, EState *estate, TupleTableSlot *slot,
						 TransactionId xid);
static void refuse_touched(BindsModify *modify, EState *estate, TupleTableSlot *existing);

/* ------------------------------------------------------------------------
 * Planning
 * ------------------------------------------------------------------------ */

List *
binds_upsert_plan(const ModifyTable *plan, Index rti, Relation relation,
				  const BindsForeignTable *table, List *arbiter, List *insert, List *set,
				  List *update)
{
	bool		updates = plan->onConflictAction == ONCONFLICT_UPDATE;
	List	   *look = NIL;
	List	   *find = NIL;
	List	   *found = NIL;

	refuse_computed(table, arbiter);
	if (!updates || table->dialect->lock_suffix != NULL)
		look = binds_statement_to_list(binds_deparse_find(table, arbiter, false, NIL,
														  updates ? BINDS_LOCK_NONE :
														  BINDS_LOCK_SHARE));
	if (updates)
	{
		refuse_unmade(plan, table, insert);
		found = columns_to_find(plan, rti, relation, table, arbiter, set);
		find = binds_statement_to_list(binds_deparse_find(table, arbiter, true, found,
														  BINDS_LOCK_UPDATE));
	}
	return list_make5(arbiter, look, find, found, update);
}

/* A value that only the engine makes cannot be looked for. */
static void
refuse_computed(const BindsForeignTable *table, List *arbiter)
{
	ListCell   *lc;

	foreach(lc, arbiter)
	{
		const BindsForeignColumn *column = &table->columns[lfirst_int(lc) - 1];

		if (column->engine_computed)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("ON CONFLICT on foreign table \"%s\" cannot use column \"%s\"",
							table->local_name, column->local_name),
					 errdetail("The engine computes it; its value in a new row is not known before.")));
	}
}

/*
 * SET and WHERE can use no value of the new row that the engine makes: there is none before
 * it is inserted.
 */
static void
refuse_unmade(const ModifyTable *plan, const BindsForeignTable *table, List *insert)
{
	List	   *columns = list_nth(insert, BINDS_MODIFY_COLUMNS);
	List	   *rules = list_nth(insert, BINDS_MODIFY_RULES);
	Bitmapset  *attrs = NULL;
	bool		all;

	pull_varattnos((Node *) plan->onConflictSet, plan->exclRelRTI, &attrs);
	pull_varattnos(plan->onConflictWhere, plan->exclRelRTI, &attrs);
	all = bms_is_member(0 - FirstLowInvalidHeapAttributeNumber, attrs);
	for (int i = 0; i < table->ncolumns; i++)
	{
		const BindsForeignColumn *column = &table->columns[i];
		int			place = list_index_int(columns, i + 1);

		if (column->local_name == NULL ||
			!(all || bms_is_member(i + 1 - FirstLowInvalidHeapAttributeNumber, attrs)))
			continue;
		if (!column->engine_computed && place >= 0 &&
			is_given(column, list_nth_int(rules, place)))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("ON CONFLICT on foreign table \"%s\" cannot use excluded.%s",
						table->local_name, quote_identifier(column->local_name)),
				 errdetail("The engine makes the value when the row is inserted."),
				 errhint("Give the column a value in the INSERT, or use another expression.")));
	}
}

/* Does every row give the column a value, or NULL? */
static bool
is_given(const BindsForeignColumn *column, BindsGeneratedRule rule)
{
	if (column->generated == BINDS_GENERATED_NO)
		return !column->engine_default || rule == BINDS_RULE_SEND;
	return rule == BINDS_RULE_NOT_NULL || rule == BINDS_RULE_EXPLICIT_NULL;
}

static int
list_index_int(const List *list, int number)
{
	ListCell   *lc;

	foreach(lc, list)
	{
		if (lfirst_int(lc) == number)
			return foreach_current_index(lc);
	}
	return -1;
}

/*
 * The columns of an existing row that something looks at: what identifies it, the SET and
 * WHERE of the statement, the key that tells rows apart that were written, and whatever an
 * UPDATE looks at.
 */
static List *
columns_to_find(const ModifyTable *plan, Index rti, Relation relation,
				const BindsForeignTable *table, List *arbiter, List *set)
{
	Bitmapset  *attrs = binds_update_looks_at(relation, table, set);
	bool		all = binds_update_shows_row(relation) || plan->withCheckOptionLists != NIL;
	ListCell   *lc;

	pull_varattnos((Node *) plan->onConflictSet, rti, &attrs);
	pull_varattnos(plan->onConflictWhere, rti, &attrs);
	if (plan->returningLists != NIL)
		pull_varattnos((Node *) plan->returningLists, rti, &attrs);
	for (int i = 0; i < table->nkeys; i++)
		attrs = bms_add_member(attrs, table->keys[i] - FirstLowInvalidHeapAttributeNumber);
	foreach(lc, arbiter)
		attrs = bms_add_member(attrs, lfirst_int(lc) - FirstLowInvalidHeapAttributeNumber);
	return binds_columns_of(table, attrs, all);
}

/* Does a number, the rowid or a fingerprint, say which row it is? */
static int
numbers(const BindsForeignTable *table)
{
	return table->rowid || table->fingerprint ? 1 : 0;
}

void
binds_upsert_explain(List *private, const BindsForeignTable *table, ExplainState *es)
{
	List	   *names = NIL;
	ListCell   *lc;

	foreach(lc, list_nth(private, UPSERT_ARBITER))
		names = lappend(names, (char *) table->columns[lfirst_int(lc) - 1].local_name);
	ExplainPropertyList("Conflict Key", names, es);
	if (!es->verbose)
		return;
	if (list_nth(private, UPSERT_LOOK) != NIL)
		ExplainPropertyText("Remote Look SQL",
							binds_statement_from_list(list_nth(private, UPSERT_LOOK))->sql,
							es);
	if (list_nth(private, UPSERT_FIND) == NIL)
		return;
	ExplainPropertyText("Remote Find SQL",
						binds_statement_from_list(list_nth(private, UPSERT_FIND))->sql, es);
	ExplainPropertyText("Remote Update SQL",
						binds_statement_from_list(list_nth(list_nth(private, UPSERT_UPDATE),
														   BINDS_MODIFY_STATEMENT))->sql,
						es);
}

/* ------------------------------------------------------------------------
 * Start and end
 * ------------------------------------------------------------------------ */

List *
binds_upsert_update_private(List *private)
{
	return list_nth(private, UPSERT_UPDATE);
}

List *
binds_upsert_identity_targets(const BindsForeignTable *table)
{
	TupleDesc	descriptor = identity_descriptor(table);
	List	   *targets = NIL;

	for (int i = 0; i < descriptor->natts; i++)
		targets = lappend(targets,
						  makeTargetEntry(NULL, i + 1,
										  NameStr(TupleDescAttr(descriptor, i)->attname),
										  true));
	return targets;
}

/* As the scan of an UPDATE delivers it: the keys, and the number in two halves. */
static TupleDesc
identity_descriptor(const BindsForeignTable *table)
{
	TupleDesc	descriptor = CreateTemplateTupleDesc(table->nkeys + 2 * numbers(table));
	AttrNumber	n = 0;

	for (int i = 0; i < table->nkeys; i++)
	{
		const BindsForeignColumn *column = &table->columns[table->keys[i] - 1];

		TupleDescInitEntry(descriptor, ++n, binds_key_junk_name(table->keys[i], column),
						   column->typid, column->typmod, 0);
	}
	if (numbers(table) > 0)
	{
		TupleDescInitEntry(descriptor, ++n, BINDS_ROWID_HIGH, XIDOID, -1, 0);
		TupleDescInitEntry(descriptor, ++n, BINDS_ROWID_LOW, XIDOID, -1, 0);
	}
	return descriptor;
}

void
binds_upsert_begin(BindsModify *modify, EState *estate, ResultRelInfo *rri, List *private,
				   BindsModify *updating)
{
	MemoryContext old = MemoryContextSwitchTo(modify->context);
	BindsUpsert *upsert = palloc0(sizeof(BindsUpsert));
	List	   *arbiter = list_nth(private, UPSERT_ARBITER);
	List	   *look = list_nth(private, UPSERT_LOOK);
	List	   *find = list_nth(private, UPSERT_FIND);
	List	   *found = list_nth(private, UPSERT_FOUND);
	HASHCTL		info = {.keysize = sizeof(BindsRowKey),
		.entrysize = sizeof(Touched),
	.hcxt = modify->context};
	ListCell   *lc;

	upsert->arbiter = palloc(sizeof(AttrNumber) * list_length(arbiter));
	foreach(lc, arbiter)
		upsert->arbiter[upsert->narbiter++] = lfirst_int(lc);
	if (look != NIL)
		upsert->look = binds_statement_query(binds_statement_from_list(look));
	if (updating != NULL)
	{
		upsert->find = binds_statement_query(binds_statement_from_list(find));
		upsert->found = palloc(sizeof(AttrNumber) * Max(list_length(found), 1));
		upsert->decoders = palloc(sizeof(BindsDecoder) * Max(list_length(found), 1));
		foreach(lc, found)
		{
			BindsForeignColumn *column = &modify->table->columns[lfirst_int(lc) - 1];

			binds_decoder_init(&upsert->decoders[upsert->nfound], &column->storage,
							   column->typid, modify->table->local_name,
							   column->local_name, column->null_if_invalid);
			upsert->found[upsert->nfound++] = lfirst_int(lc);
		}
		upsert->updating = updating;
		/* the executor frees its slots later than this state */
		MemoryContextSwitchTo(estate->es_query_cxt);
		upsert->plan_slot = ExecInitExtraTupleSlot(estate,
												   identity_descriptor(modify->table),
												   &TTSOpsVirtual);
		MemoryContextSwitchTo(modify->context);
		upsert->after_insert = rri->ri_TrigDesc != NULL &&
			rri->ri_TrigDesc->trig_insert_after_row;
		upsert->touched = hash_create("binds written keys", 256, &info,
									  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
		upsert->modify = modify;
		upsert->gone.func = context_gone;
		upsert->gone.arg = upsert;
		dlist_push_tail(&upserts, &upsert->node);
		MemoryContextRegisterResetCallback(modify->context, &upsert->gone);
	}
	modify->upsert = upsert;
	MemoryContextSwitchTo(old);
}

static void
context_gone(void *arg)
{
	dlist_delete(&((BindsUpsert *) arg)->node);
}

BindsModify *
binds_upsert_end(BindsModify *modify)
{
	BindsUpsert *upsert = modify->upsert;

	if (upsert == NULL)
		return NULL;
	if (upsert->look_cursor != NULL)
		binds_cursor_close(upsert->look_cursor);
	if (upsert->find_cursor != NULL)
		binds_cursor_close(upsert->find_cursor);
	return upsert->updating;
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

TupleTableSlot *
binds_upsert_row(BindsModify *modify, EState *estate, ResultRelInfo *rri,
				 TupleTableSlot *slot)
{
	BindsUpsert *upsert = modify->upsert;
	bool		update = upsert->updating != NULL;
	bool		locks = modify->table->dialect->lock_suffix != NULL;
	bool		duplicate = true;
	TupleTableSlot *result = NULL;
	BindsValue *key;

	if (upsert->after_insert)
		rri->ri_TrigDesc->trig_insert_after_row = true;
	modify->last_key = 0;
	MemoryContextReset(modify->row_context);
	key = MemoryContextAlloc(GetPerTupleMemoryContext(estate),
							 sizeof(BindsValue) * upsert->narbiter);

	/* NULL is equal to nothing, and what the engine makes is new */
	if (!encode_key(modify, estate, slot, key))
	{
		result = binds_modify_insert(modify, estate, rri, slot);
		touch(modify, estate, slot);
		return result;
	}

	for (int i = 0; i < MAX_TRIES && duplicate; i++)
	{
		/*
		 * what others have committed since, only a look that locks is sure to
		 * see
		 */
		if (update && (!locks || i > 0 || is_there(modify, key)) &&
			find_row(modify, estate, rri, key))
			return update_row(modify, estate, rri, slot);

		/*
		 * a file may have the value in another notation, which is no
		 * duplicate there
		 */
		if (!update && !locks && is_there(modify, key))
		{
			binds_modify_check_row(modify, estate, rri, slot, NULL);
			return skip_row(modify);
		}
		result = binds_modify_try_insert(modify, estate, rri, slot, &duplicate);
		if (duplicate && !update && is_there(modify, key))
			return skip_row(modify);
	}

	/* it is another key that the row violates */
	if (duplicate)
		result = binds_modify_insert(modify, estate, rri, slot);
	touch(modify, estate, slot);
	return result;
}

/* DO NOTHING. */
static TupleTableSlot *
skip_row(BindsModify *modify)
{
	InstrCountTuples2(&modify->part->ps, 1);
	return NULL;
}

/*
 * The values of the key in a row, in the memory of the executor's row; false if one is NULL,
 * and no key that the engine has just generated.
 */
static bool
encode_key(BindsModify *modify, EState *estate, TupleTableSlot *slot, BindsValue *key)
{
	BindsUpsert *upsert = modify->upsert;
	MemoryContext old = MemoryContextSwitchTo(GetPerTupleMemoryContext(estate));
	bool		known = true;

	for (int i = 0; i < upsert->narbiter && known; i++)
	{
		AttrNumber	attnum = upsert->arbiter[i];
		bool		isnull;
		Datum		datum = slot_getattr(slot, attnum, &isnull);

		if (!isnull)
		{
			binds_encode_key(modify->table, &modify->table->columns[attnum - 1], datum,
							 &key[i]);
			/* minus zero is equal to zero */
			if (key[i].kind == BINDS_REAL && key[i].real == 0)
				key[i].real = 0;
		}
		else if (attnum == modify->generated_key && modify->last_key != 0)
		{
			key[i].kind = BINDS_INTEGER;
			key[i].integer = modify->last_key;
		}
		else
			known = false;
	}
	MemoryContextSwitchTo(old);
	return known;
}

static bool
is_there(BindsModify *modify, const BindsValue *key)
{
	BindsUpsert *upsert = modify->upsert;
	BindsCursor *cursor = binds_modify_cursor(modify, &upsert->look_cursor, upsert->look);
	BindsOutcome outcome;
	bool		found;

	/* a snapshot that is older than the table is refused: it has no row of it */
	found = binds_cursor_try_execute(cursor, key, false, &outcome,
									 ERRCODE_T_R_SERIALIZATION_FAILURE) &&
		binds_cursor_fetch(cursor) != NULL;
	binds_cursor_reset(cursor);
	return found;
}

/*
 * Lock the row with the key and read it, and have it as the one to update.  Whatever has
 * changed it before is over: the UPDATE begins with the row.
 */
static bool
find_row(BindsModify *modify, EState *estate, ResultRelInfo *rri, const BindsValue *key)
{
	BindsUpsert *upsert = modify->upsert;
	TupleTableSlot *existing = rri->ri_onConflict->oc_Existing;
	BindsCursor *cursor = binds_modify_cursor(modify, &upsert->find_cursor, upsert->find);
	MemoryContext old = MemoryContextSwitchTo(GetPerTupleMemoryContext(estate));
	const BindsValue *row;
	BindsOutcome outcome;
	bool		found;

	ExecClearTuple(existing);
	binds_cursor_execute(cursor, key, false, &outcome);
	row = binds_cursor_fetch(cursor);
	found = row != NULL;
	if (found)
	{
		int			first = numbers(modify->table);

		memset(existing->tts_isnull, true,
			   sizeof(bool) * existing->tts_tupleDescriptor->natts);
		for (int i = 0; i < upsert->nfound; i++)
		{
			int			place = upsert->found[i] - 1;

			existing->tts_values[place] = binds_decode(&upsert->decoders[i],
													   &row[first + i],
													   &existing->tts_isnull[place]);
		}
		ExecStoreVirtualTuple(existing);
		existing->tts_tableOid = modify->table->relid;
		upsert->updating->existing = existing;
		set_identity(upsert, modify->table, existing, first > 0 ? row[0].integer : 0);
		/* the values point into the row that was fetched */
		ExecMaterializeSlot(existing);
		if (binds_cursor_fetch(cursor) != NULL)
			binds_raise_many_rows(modify->table);
	}
	binds_cursor_reset(cursor);
	MemoryContextSwitchTo(old);
	binds_modify_begin_anew(upsert->updating);
	return found;
}

static void
set_identity(BindsUpsert *upsert, const BindsForeignTable *table,
			 TupleTableSlot *existing, int64 number)
{
	TupleTableSlot *identity = upsert->plan_slot;
	int			n = table->nkeys;

	ExecClearTuple(identity);
	for (int i = 0; i < n; i++)
		identity->tts_values[i] = slot_getattr(existing, table->keys[i],
											   &identity->tts_isnull[i]);
	if (numbers(table) > 0)
	{
		identity->tts_values[n] = TransactionIdGetDatum((TransactionId) ((uint64) number >> 32));
		identity->tts_isnull[n++] = false;
		identity->tts_values[n] = TransactionIdGetDatum((TransactionId) number);
		identity->tts_isnull[n++] = false;
	}
	ExecStoreVirtualTuple(identity);
	ExecMaterializeSlot(identity);
}

/*
 * What ExecOnConflictUpdate does: the row that was found becomes what SET makes of it and of
 * the row that was to be inserted.  NULL: WHERE or a trigger leaves it as it is.
 */
static TupleTableSlot *
update_row(BindsModify *modify, EState *estate, ResultRelInfo *rri,
		   TupleTableSlot *excluded)
{
	BindsUpsert *upsert = modify->upsert;
	ModifyTableState *part = modify->part;
	OnConflictSetState *set = rri->ri_onConflict;
	TriggerDesc *triggers = rri->ri_TrigDesc;
	TupleConstr *constr = modify->relation->rd_att->constr;
	ExprContext *econtext = part->ps.ps_ExprContext;
	TupleTableSlot *slot = set->oc_ProjSlot;
	HeapTuple	before = NULL;

	InstrCountTuples2(&part->ps, 1);
	binds_modify_check_row(modify, estate, rri, excluded, NULL);
	refuse_touched(modify, estate, set->oc_Existing);

	ResetExprContext(econtext);
	econtext->ecxt_scantuple = set->oc_Existing;
	econtext->ecxt_innertuple = excluded;
	econtext->ecxt_outertuple = NULL;
#ifdef BINDS_HAVE_CONFLICT_CHECK
	if (rri->ri_WithCheckOptions != NIL)
		ExecWithCheckOptions(WCO_VIEW_CONFLICT_CHECK, rri, set->oc_Existing, estate);
#endif
	if (!ExecQual(set->oc_WhereClause, econtext))
	{
		InstrCountFiltered1(&part->ps, 1);
		return NULL;
	}
	ExecProject(set->oc_ProjInfo);
	ExecMaterializeSlot(slot);

	if (binds_update_shows_row(modify->relation))
	{
		MemoryContext old = MemoryContextSwitchTo(GetPerTupleMemoryContext(estate));

		before = ExecCopySlotHeapTuple(set->oc_Existing);
		before->t_tableOid = modify->table->relid;
		MemoryContextSwitchTo(old);
	}
	if (triggers != NULL && triggers->trig_update_before_row &&
		!binds_compat_before_update(estate, &part->mt_epqstate, rri, before, slot))
		return NULL;
	if (constr != NULL && constr->has_generated_stored)
		ExecComputeStoredGenerated(rri, estate, slot, CMD_UPDATE);
	slot = binds_modify_update(upsert->updating, estate, rri, slot, upsert->plan_slot);
	if (slot == NULL)
		return NULL;
	touch(modify, estate, slot);
	slot->tts_tableOid = modify->table->relid;
	ExecARUpdateTriggers(estate, rri, NULL, NULL, NULL, before, slot, NIL,
						 part->mt_oc_transition_capture, false);
	/* the executor takes what is returned for a row that was inserted */
	if (upsert->after_insert)
		triggers->trig_insert_after_row = false;
	return slot;
}

/* A row has been inserted or updated. */
static void
touch(BindsModify *modify, EState *estate, TupleTableSlot *slot)
{
	if (modify->upsert->touched != NULL)
		note_touched(modify->upsert, estate, slot, InvalidTransactionId);
}

void
binds_upserts_tell_inserted(BindsModify *by, TupleTableSlot *slot)
{
	dlist_iter	iter;

	dlist_foreach(iter, &upserts)
	{
		BindsUpsert *upsert = dlist_container(BindsUpsert, node, iter.cur);

		if (upsert->modify != by && upsert->modify->table->relid == by->table->relid)
			note_touched(upsert, by->estate, slot, GetCurrentTransactionId());
	}
}

static void
note_touched(BindsUpsert *upsert, EState *estate, TupleTableSlot *slot, TransactionId xid)
{
	BindsValue *key = MemoryContextAlloc(GetPerTupleMemoryContext(estate),
										 sizeof(BindsValue) * upsert->narbiter);
	Touched    *row;
	BindsRowKey hash;
	bool		found;

	if (!encode_key(upsert->modify, estate, slot, key))
		return;
	binds_hash_identity(key, upsert->narbiter, &hash);
	row = hash_search(upsert->touched, &hash, HASH_ENTER, &found);
	if (!found || TransactionIdIsValid(row->xid))
		row->xid = xid;
}

/*
 * Refuse, in PostgreSQL's words, a row that the same command, in any of its parts, or one
 * within it has written.
 */
static void
refuse_touched(BindsModify *modify, EState *estate, TupleTableSlot *existing)
{
	BindsUpsert *upsert = modify->upsert;
	BindsValue *key = MemoryContextAlloc(GetPerTupleMemoryContext(estate),
										 sizeof(BindsValue) * upsert->narbiter);
	Touched    *row = NULL;
	BindsRowKey hash;

	if (encode_key(modify, estate, existing, key))
	{
		binds_hash_identity(key, upsert->narbiter, &hash);
		row = hash_search(upsert->touched, &hash, HASH_FIND, NULL);
	}
	if ((row == NULL ||
		 (TransactionIdIsValid(row->xid) && TransactionIdDidAbort(row->xid))) &&
		!binds_modify_is_changed(upsert->updating, upsert->plan_slot))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CARDINALITY_VIOLATION),
			 errmsg("ON CONFLICT DO UPDATE command cannot affect row a second time"),
			 errhint("Ensure that no rows proposed for insertion within the same command have duplicate constrained values.")));
}
