/*
 * copy_buffer.c
 *	  Rows of a COPY, collected and inserted in batches.
 *
 * Before PostgreSQL 16, COPY hands the rows for a foreign table over one by one.  They
 * are checked and encoded as they come, and sent when there are enough of them, and at
 * the end.  So an error of the engine may come some lines late; an error of the row itself
 * comes in its line.
 *
 * Not used where somebody wants to see each row, or the table, in between: with triggers.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "fdw/modify.h"

typedef struct BindsCopyBuffer
{
	MemoryContext context;		/* data of the values; reset after each batch */
	BindsValue *values;			/* room for table->batch_size rows */
	int			nvalues;
	int			nrows;
	Bitmapset  *left_out;		/* columns that none of the rows gives */
	size_t		bytes;
} BindsCopyBuffer;

static void keep_data(BindsValue *values, int nvalues, MemoryContext context);

/*
 * Let rows be collected from now on.
 */
void
binds_copy_buffer_init(BindsModify *modify)
{
	MemoryContext old = MemoryContextSwitchTo(modify->context);
	BindsCopyBuffer *buffer = palloc0(sizeof(BindsCopyBuffer));

	buffer->context = AllocSetContextCreate(modify->context, "binds copied rows",
											ALLOCSET_DEFAULT_SIZES);
	buffer->values = palloc_extended(sizeof(BindsValue) * Max(modify->ncolumns, 1) *
									 modify->table->batch_size,
									 MCXT_ALLOC_HUGE);
	modify->buffer = buffer;
	MemoryContextSwitchTo(old);
}

/*
 * Take a row; the slot is not needed any more when this returns.
 */
void
binds_copy_buffer_add(BindsModify *modify, EState *estate, ResultRelInfo *rri,
					  TupleTableSlot *slot)
{
	BindsCopyBuffer *buffer = modify->buffer;
	BindsValue *values;
	Bitmapset  *left_out = NULL;
	MemoryContext old;
	size_t		bytes;
	int			nvalues;

	MemoryContextReset(modify->row_context);
	binds_modify_check_row(modify, estate, rri, slot, NULL);
	old = MemoryContextSwitchTo(modify->row_context);
	values = palloc(sizeof(BindsValue) * Max(modify->ncolumns, 1));
	bytes = binds_modify_encode(modify, slot, values, &nvalues, &left_out);
	MemoryContextSwitchTo(old);
	if (!bms_equal(left_out, buffer->left_out))
	{
		binds_copy_buffer_flush(modify);
		old = MemoryContextSwitchTo(modify->context);
		buffer->left_out = bms_copy(left_out);
		MemoryContextSwitchTo(old);
	}

	keep_data(values, nvalues, buffer->context);
	memcpy(buffer->values + buffer->nvalues, values, sizeof(BindsValue) * nvalues);
	buffer->nvalues += nvalues;
	buffer->bytes += bytes;
	buffer->nrows++;
	if (buffer->nrows == modify->table->batch_size ||
		buffer->bytes >= BINDS_BATCH_BYTES)
		binds_copy_buffer_flush(modify);
}

/*
 * Send what has been collected.
 */
void
binds_copy_buffer_flush(BindsModify *modify)
{
	BindsCopyBuffer *buffer = modify->buffer;
	BindsOutcome outcome = {0};

	if (buffer->nrows == 0)
		return;
	binds_modify_send_rows(modify, buffer->left_out, buffer->values, NULL,
						   buffer->nrows, &outcome);
	(void) binds_modify_count(modify, outcome.affected, buffer->nrows);
	MemoryContextReset(buffer->context);
	buffer->nvalues = 0;
	buffer->nrows = 0;
	buffer->bytes = 0;
}

/* Copy what the values point to. */
static void
keep_data(BindsValue *values, int nvalues, MemoryContext context)
{
	for (int i = 0; i < nvalues; i++)
	{
		char	   *data;

		if (values[i].kind == BINDS_NULL || values[i].kind == BINDS_INTEGER ||
			values[i].kind == BINDS_REAL)
			continue;
		data = MemoryContextAllocExtended(context, Max(values[i].length, 1),
										  MCXT_ALLOC_HUGE);
		memcpy(data, values[i].data, values[i].length);
		values[i].data = data;
	}
}
