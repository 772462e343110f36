/*
 * spool.c
 *	  Rows of an engine set aside in a tuplestore.
 *
 * A row is one bytea: for each column its kind, then the number, or length and
 * bytes.  So any value of any engine travels, also where columns have no fixed
 * type.  Beyond work_mem the tuplestore goes to a temporary file.
 *
 * The file belongs to us and to no resource owner, which may have been released
 * when the memory context of a cursor goes: whoever makes a spool frees it.  Its
 * memory is not a child of the cursor's context for the same reason: children are
 * deleted before the callbacks of their parent run.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"
#include "compat.h"

#include "connection/internal.h"

/* the tuplestore's read pointers: where reading is, and one that never reads */
#define READING 0
#define NOT_READING 1

struct BindsSpool
{
	MemoryContext context;
	Tuplestorestate *store;
	TupleDesc	desc;
	TupleTableSlot *slot;
	StringInfoData row;			/* row being written, with a varlena header */
};

static void append_value(StringInfo buf, const BindsValue *value);
static const char *read_value(const char *p, BindsValue *value);

/*
 * Make an empty spool.  Freed by binds_spool_free only.
 */
BindsSpool *
binds_spool_make(bool rewind)
{
	MemoryContext context = AllocSetContextCreate(TopTransactionContext,
												  "binds spool",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	BindsSpool *spool = palloc0(sizeof(BindsSpool));

	spool->context = context;
	spool->desc = CreateTemplateTupleDesc(1);
	TupleDescInitEntry(spool->desc, 1, "row", BYTEAOID, -1, 0);
	spool->slot = MakeSingleTupleTableSlot(spool->desc, &TTSOpsMinimalTuple);
	initStringInfo(&spool->row);
	spool->store = tuplestore_begin_heap(false, true, work_mem);
	tuplestore_set_eflags(spool->store, rewind ? EXEC_FLAG_REWIND : 0);
	tuplestore_alloc_read_pointer(spool->store, 0);
	MemoryContextSwitchTo(old);
	return spool;
}

/*
 * Append a row.  Raises when memory or disk is out, or for a row above 1 GB.
 */
void
binds_spool_write(BindsSpool *spool, const BindsValue *row, int ncolumns,
				  bool unread)
{
	MemoryContext old = MemoryContextSwitchTo(spool->context);
	Datum		value;
	bool		isnull = false;

	resetStringInfo(&spool->row);
	appendStringInfoSpaces(&spool->row, VARHDRSZ);
	for (int i = 0; i < ncolumns; i++)
		append_value(&spool->row, &row[i]);
	SET_VARSIZE(spool->row.data, spool->row.len);
	value = PointerGetDatum(spool->row.data);

	/*
	 * The tuplestore moves every read pointer at the end, but for the active
	 * one, to the row that is added.
	 */
	if (unread)
		tuplestore_select_read_pointer(spool->store, NOT_READING);
	tuplestore_putvalues(spool->store, spool->desc, &value, &isnull);
	if (unread)
		tuplestore_select_read_pointer(spool->store, READING);
	MemoryContextSwitchTo(old);
}

/*
 * Read the next row; false at the end.
 */
bool
binds_spool_read(BindsSpool *spool, BindsValue *row, int ncolumns)
{
	MemoryContext old = MemoryContextSwitchTo(spool->context);
	bool		found = tuplestore_gettupleslot(spool->store, true, false,
												spool->slot);

	MemoryContextSwitchTo(old);
	if (found)
	{
		bool		isnull;
		Datum		value = slot_getattr(spool->slot, 1, &isnull);
		const char *p = VARDATA_ANY(DatumGetPointer(value));

		for (int i = 0; i < ncolumns; i++)
			p = read_value(p, &row[i]);
	}
	return found;
}

void
binds_spool_rewind(BindsSpool *spool)
{
	ExecClearTuple(spool->slot);
	tuplestore_rescan(spool->store);
}

void
binds_spool_clear(BindsSpool *spool)
{
	ExecClearTuple(spool->slot);
	tuplestore_clear(spool->store);
}

void
binds_spool_free(BindsSpool *spool)
{
	ExecClearTuple(spool->slot);
	tuplestore_end(spool->store);
	MemoryContextDelete(spool->context);
}

static void
append_value(StringInfo buf, const BindsValue *value)
{
	char		kind = (char) value->kind;

	appendBinaryStringInfo(buf, &kind, 1);
	switch (value->kind)
	{
		case BINDS_NULL:
			break;
		case BINDS_INTEGER:
			appendBinaryStringInfo(buf, (const char *) &value->integer,
								   sizeof(value->integer));
			break;
		case BINDS_REAL:
			appendBinaryStringInfo(buf, (const char *) &value->real,
								   sizeof(value->real));
			break;
		case BINDS_TEXT:
		case BINDS_BLOB:
		case BINDS_DECIMAL:
			appendBinaryStringInfo(buf, (const char *) &value->length,
								   sizeof(value->length));
			if (value->length > 0)
				appendBinaryStringInfo(buf, value->data, value->length);
			break;
	}
}

/* Read one value, whose data stays where it is; return what follows. */
static const char *
read_value(const char *p, BindsValue *value)
{
	value->kind = (BindsValueKind) *p++;
	value->length = 0;
	switch (value->kind)
	{
		case BINDS_NULL:
			break;
		case BINDS_INTEGER:
			memcpy(&value->integer, p, sizeof(value->integer));
			p += sizeof(value->integer);
			break;
		case BINDS_REAL:
			memcpy(&value->real, p, sizeof(value->real));
			p += sizeof(value->real);
			break;
		case BINDS_TEXT:
		case BINDS_BLOB:
		case BINDS_DECIMAL:
			memcpy(&value->length, p, sizeof(value->length));
			p += sizeof(value->length);
			value->data = p;
			p += value->length;
			break;
	}
	return p;
}
