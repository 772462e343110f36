/*
 * analyze.c
 *	  ANALYZE of a foreign table: a sample from all rows.
 *
 * Engines have no way to give random rows that is both fair and cheap, so all rows
 * are read and some are kept.  What is sent is an ordinary SELECT.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "commands/vacuum.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/sampling.h"

#include "compat.h"
#include "connection/cursor.h"
#include "fdw/plan_private.h"
#include "fdw/routine.h"
#include "shared/progress.h"
#include "transaction/branch.h"
#include "transaction/learn.h"
#include "value/value.h"

/* A fair sample of rows whose number is not known before (Vitter's algorithm Z). */
typedef struct Sample
{
	HeapTuple  *rows;
	int			wanted;
	int			kept;
	double		seen;
	double		skip;			/* rows to pass before the next is kept, < 0:
								 * ask */
	ReservoirStateData reservoir;
} Sample;

/* What turns a row of the engine into a tuple. */
typedef struct RowReader
{
	BindsForeignTable *table;
	BindsDecoder *decoders;
	int		   *columns;		/* attributes of the result's columns */
	int			ncolumns;
	Datum	   *values;
	bool	   *nulls;
} RowReader;

/* How large is a table? */
typedef struct SizeQuestion
{
	const BindsForeignTable *table;
	bool		known;
	double		rows;
	double		width;
} SizeQuestion;

static bool bindsAnalyzeForeignTable(Relation relation,
									 AcquireSampleRowsFunc *func,
									 BlockNumber *totalpages);
static int	acquire_sample_rows(Relation relation, int elevel, HeapTuple *rows,
								int targrows, double *totalrows,
								double *totaldeadrows);
static void ask_estimate(BindsDriverConn *conn, void *arg);
static BindsCursor *open_scan(BindsForeignTable *table, List *columns,
							  BindsUse **use, BindsUse **second);
static void init_reader(RowReader *reader, BindsForeignTable *table, List *columns);
static HeapTuple *place_for_row(Sample *sample);
static HeapTuple read_row(RowReader *reader, TupleDesc desc, const BindsValue *row,
						  MemoryContext row_context);

void
binds_analyze_routine(FdwRoutine *routine)
{
	routine->AnalyzeForeignTable = bindsAnalyzeForeignTable;
}

/*
 * Say that a table can be analyzed, and how large it is.
 */
static bool
bindsAnalyzeForeignTable(Relation relation, AcquireSampleRowsFunc *func,
						 BlockNumber *totalpages)
{
	BindsForeignTable *table = binds_foreign_table_options(RelationGetRelid(relation));
	SizeQuestion question = {.table = table};

	*totalpages = 1;
	if (table->dialect->estimate != NULL && table->query == NULL)
	{
		BindsUse   *use;
		BindsConnection *connection = binds_branch_use(table->serverid, GetUserId(),
													   BINDS_USE_READ, &use);

		binds_connection_read(connection, ask_estimate, &question);
		binds_branch_leave(use);
	}
	if (question.known)
		*totalpages = (BlockNumber) Min(Max(question.rows *
											Max(question.width, 1.0) / BLCKSZ, 1.0),
										(double) MaxBlockNumber);
	*func = acquire_sample_rows;
	return true;
}

/* For binds_connection_read. */
static void
ask_estimate(BindsDriverConn *conn, void *arg)
{
	SizeQuestion *question = arg;
	const BindsForeignTable *table = question->table;

	question->known = table->dialect->estimate(conn, table->bind_key, table->schema,
											   table->table, &question->rows,
											   &question->width);
}

/*
 * Read all rows and keep a sample.
 */
static int
acquire_sample_rows(Relation relation, int elevel, HeapTuple *rows, int targrows,
					double *totalrows, double *totaldeadrows)
{
	BindsForeignTable *table = binds_learn_now(RelationGetRelid(relation),
											   GetUserId());
	MemoryContext row_context = AllocSetContextCreate(CurrentMemoryContext,
													  "binds sample row",
													  ALLOCSET_DEFAULT_SIZES);
	List	   *columns = NIL;
	RowReader	reader;
	Sample		sample = {.rows = rows, .wanted = targrows, .skip = -1};
	BindsUse   *use;
	BindsUse   *second = NULL;
	BindsCursor *cursor;
	const BindsValue *row;
	bool		began = binds_progress_begin("analyze");

	for (int i = 0; i < table->ncolumns; i++)
	{
		if (table->columns[i].local_name != NULL)
			columns = lappend_int(columns, i + 1);
	}
	init_reader(&reader, table, columns);
	reservoir_init_selection_state(&sample.reservoir, targrows);

	if (began)
	{
		binds_progress_phase("reading rows", table->bind_key, -1);
		binds_progress_relation(table->local_name);
		binds_progress_count(BINDS_PROGRESS_READ);
	}
	cursor = open_scan(table, columns, &use, &second);
	while ((row = binds_cursor_fetch(cursor)) != NULL)
	{
		HeapTuple  *place = place_for_row(&sample);

		BINDS_DELAY_POINT();
		if (place != NULL)
			*place = read_row(&reader, RelationGetDescr(relation), row,
							  row_context);
	}
	binds_cursor_close(cursor);
	binds_branch_leave(use);
	if (second != NULL)
		binds_branch_leave(second);
	MemoryContextDelete(row_context);
	binds_progress_end(began);

	*totalrows = sample.seen;
	*totaldeadrows = 0;
	ereport(elevel,
			(errmsg("\"%s\": bind \"%s\" has %.0f rows; %d rows in sample",
					RelationGetRelationName(relation), table->bind_key,
					sample.seen, sample.kept)));
	return sample.kept;
}

/* *second is set for a statement that may write: see announce in scan.c. */
static BindsCursor *
open_scan(BindsForeignTable *table, List *columns, BindsUse **use, BindsUse **second)
{
	BindsDeparseRel rel = {.relid = 1, .table = table};
	BindsSelect select = {.rel = &rel, .columns = columns};
	BindsStatement *statement;
	BindsCursor *cursor;
	BindsOutcome outcome;
	List	   *params = NIL;

	statement = binds_deparse_select(NULL, &select, &params);
	if (table->query != NULL && table->dialect->select_may_write)
		*second = binds_branch_announce(table->serverid, GetUserId(), BINDS_USE_READ);
	(void) binds_branch_use(table->serverid, GetUserId(), BINDS_USE_READ, use);
	cursor = binds_branch_cursor(*use, binds_statement_query(statement),
								 table->local_name);
	binds_cursor_execute(cursor, NULL, false, &outcome);
	return cursor;
}

static void
init_reader(RowReader *reader, BindsForeignTable *table, List *columns)
{
	ListCell   *lc;

	reader->table = table;
	reader->ncolumns = list_length(columns);
	reader->columns = palloc0(sizeof(int) * (reader->ncolumns + 1));
	reader->decoders = palloc0(sizeof(BindsDecoder) * (reader->ncolumns + 1));
	reader->values = palloc0(sizeof(Datum) * (table->ncolumns + 1));
	reader->nulls = palloc(sizeof(bool) * (table->ncolumns + 1));
	memset(reader->nulls, true, sizeof(bool) * (table->ncolumns + 1));
	foreach(lc, columns)
	{
		BindsForeignColumn *column = &table->columns[lfirst_int(lc) - 1];
		int			i = foreach_current_index(lc);

		reader->columns[i] = lfirst_int(lc);
		binds_decoder_init(&reader->decoders[i], &column->storage, column->typid,
						   table->local_name, column->local_name,
						   column->null_if_invalid);
	}
}

/*
 * Count a row; returns where to keep it, NULL if it is passed over.  A tuple that
 * was there is freed.
 */
static HeapTuple *
place_for_row(Sample *sample)
{
	HeapTuple  *place = NULL;

	if (sample->kept < sample->wanted)
		place = &sample->rows[sample->kept++];
	else
	{
		if (sample->skip < 0)
			sample->skip = reservoir_get_next_S(&sample->reservoir, sample->seen,
												sample->wanted);
		if (sample->skip <= 0)
		{
			double		fraction =
				sampler_random_fract(&sample->reservoir.randstate);

			place = &sample->rows[(int) (sample->wanted * fraction)];
			heap_freetuple(*place);
		}
		sample->skip -= 1;
	}
	sample->seen += 1;
	return place;
}

/* The tuple is made in the caller's context, what it is made from in another. */
static HeapTuple
read_row(RowReader *reader, TupleDesc desc, const BindsValue *row,
		 MemoryContext row_context)
{
	MemoryContext oldcontext;
	HeapTuple	tuple;

	oldcontext = MemoryContextSwitchTo(row_context);
	for (int i = 0; i < reader->ncolumns; i++)
	{
		int			index = reader->columns[i] - 1;

		reader->values[index] = binds_decode(&reader->decoders[i], &row[i],
											 &reader->nulls[index]);
	}
	MemoryContextSwitchTo(oldcontext);
	tuple = heap_form_tuple(desc, reader->values, reader->nulls);
	MemoryContextReset(row_context);
	return tuple;
}
