/*
 * assign_rows.c
 *	  The rows of a table that moves to another bind.
 *
 * One INSERT ... SELECT as the owner of the table: memory is flat, rows go in batches,
 * and what the engine cannot hold is its error.  The old table is read as it is now,
 * whatever snapshot the transaction has: nobody can write to it any more, since it is
 * locked here, and by the SELECT in an engine.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"

#include "commands/assign.h"
#include "shared/progress.h"
#include "value/value.h"

/* What is compared of the two sides. */
typedef struct RowsSum
{
	char	   *count;
	char	   *sum;
} RowsSum;

/* The statement that copies rows. */
typedef struct RowsCopy
{
	const char *sql;
	uint64		nrows;
} RowsCopy;

static char *column_list(const BindsModel *model, bool computed);
static char *compared_list(const BindsModel *model);
static bool is_unseen(const BindsAssign *assign);
static int64 estimate(const BindsModel *model, const BindsBind *bind);
static void run_copy(void *arg);
static uint64 run_fresh(const char *sql, RowsSum *sum);
static RowsSum sum_rows(const BindsAssign *assign, const BindsModel *model,
						const BindsBind *bind, const char *table, bool lock);
static void refuse_difference(const BindsAssign *assign, const BindsMoved *moved,
							  const char *what, const char *before, const char *after);

void
binds_assign_copy(const BindsAssign *assign, BindsMoved *moved)
{
	const BindsModel *model = moved->item->model;
	const char *table = binds_qualified_name(moved->item->relid);
	const char *columns = column_list(model, false);
	bool		lock = moved->bind->dialect != NULL && !assign->options->keep_source;

	/* rows that others hold are waited for one by one, where they are copied */
	bool		waits = moved->bind->dialect != NULL &&
		!moved->bind->dialect->transactional_ddl;
	RowsCopy	copy;
	RowsSum		before = {0};
	RowsSum		after = {0};
	char	   *count;
	BindsRole	role;

	binds_become(&role, moved->owner);
	if (!waits)
	{
		binds_progress_phase("counting rows", moved->bind->key, -1);
		binds_progress_relation(moved->name);
		before = sum_rows(assign, model, moved->bind, moved->old_name, lock);
	}
	binds_progress_phase("copying rows", assign->target->key,
						 waits ? estimate(model, moved->bind) :
						 strtoi64(before.count, NULL, 10));
	binds_progress_relation(moved->name);
	binds_progress_count(assign->target->dialect != NULL ? BINDS_PROGRESS_WRITTEN :
						 BINDS_PROGRESS_READ);
	binds_tell_row_keys = true;
	PG_TRY();
	{
		copy.sql = psprintf("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s%s",
							table, columns, columns, moved->old_name,
							lock ? " FOR SHARE" : "");
		binds_assign_copy_rows(assign, moved, run_copy, &copy);
	}
	PG_FINALLY();
	{
		binds_tell_row_keys = false;
	}
	PG_END_TRY();
	moved->nrows = copy.nrows;
	binds_progress_phase("comparing rows", assign->target->key, -1);
	binds_progress_relation(moved->name);
	if (waits)
		before = sum_rows(assign, model, moved->bind, moved->old_name, lock);
	count = psprintf(UINT64_FORMAT, moved->nrows);
	if (is_unseen(assign))
		after.count = count;
	else
		after = sum_rows(assign, model, assign->target, table, false);
	binds_become_again(&role);
	if (strcmp(before.count, count) != 0 || strcmp(after.count, count) != 0)
		refuse_difference(assign, moved, "rows", before.count, after.count);
	if (assign->options->checksum && strcmp(before.sum, after.sum) != 0)
		refuse_difference(assign, moved, "checksum", before.sum, after.sum);
}

/*
 * Nobody else can have written to a table whose CREATE TABLE has not been committed: it has
 * the rows that the engine has counted while they came (binds_modify_count).  Nor can one be
 * read in a state in which it was not there.
 */
static bool
is_unseen(const BindsAssign *assign)
{
	return assign->target->dialect != NULL && !assign->options->checksum &&
		(assign->target->dialect->transactional_ddl || assign->unseen);
}

/* About how many rows a table of an engine has; -1: nobody knows. */
static int64
estimate(const BindsModel *model, const BindsBind *bind)
{
	return binds_ddl_estimate(binds_ddl_open(bind->serverid, bind->dialect, bind->key),
							  model->schema, model->name);
}

/* For binds_assign_copy_rows. */
static void
run_copy(void *arg)
{
	RowsCopy   *copy = arg;

	copy->nrows = run_fresh(copy->sql, NULL);
}

static void
refuse_difference(const BindsAssign *assign, const BindsMoved *moved, const char *what,
				  const char *before, const char *after)
{
	ereport(ERROR,
			(errcode(ERRCODE_FDW_ERROR),
			 errmsg("table \"%s\" on %s is not what it was on %s", moved->name,
					binds_bind_words(assign->target->key),
					binds_bind_words(moved->bind->key)),
			 errdetail("%s before: %s, after: %s.",
					   strcmp(what, "rows") == 0 ? "Rows" : "Checksum", before, after)));
}

/* computed: those that are computed, too. */
static char *
column_list(const BindsModel *model, bool computed)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (computed || !model->columns[i].computed)
			appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "",
							 quote_identifier(model->columns[i].name));
	}
	return buf.data;
}

/*
 * All columns, as they are compared.  Engines need not keep the sign of a zero, which is
 * the same number without it.
 */
static char *
compared_list(const BindsModel *model)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < model->ncolumns; i++)
	{
		Oid			type = model->columns[i].base_typid;

		appendStringInfo(&buf, "%s%s%s", i > 0 ? ", " : "",
						 quote_identifier(model->columns[i].name),
						 type == FLOAT4OID ? " + 0::real" :
						 type == FLOAT8OID ? " + 0::double precision" : "");
	}
	return buf.data;
}

/* A sum over the text of all rows tells nothing of their order. */
static RowsSum
sum_rows(const BindsAssign *assign, const BindsModel *model, const BindsBind *bind,
		 const char *table, bool lock)
{
	RowsSum		sum = {0};
	const char *what = "";

	if (bind->dialect != NULL && !assign->options->checksum)
	{
		BindsDdl   *ddl = binds_ddl_open(bind->serverid, bind->dialect, bind->key);

		sum.count = psprintf(INT64_FORMAT,
							 binds_ddl_count(ddl, model->schema, model->name, lock));
		return sum;
	}
	if (assign->options->checksum)
		what = psprintf(", coalesce(sum(hashtextextended(ROW(%s)::text, 0)), 0)",
						compared_list(model));
	(void) run_fresh(psprintf("SELECT count(*)%s FROM %s", what,
							  lock ? psprintf("(SELECT %s FROM %s FOR SHARE) s",
											  column_list(model, true), table) : table),
					 &sum);
	return sum;
}

/*
 * Run a statement in the state that is now, also where the transaction sees an older one.
 * Returns the number of rows; sum: gets those of a SELECT.
 */
static uint64
run_fresh(const char *sql, RowsSum *sum)
{
	MemoryContext caller = CurrentMemoryContext;
	SPIPlanPtr	plan;
	uint64		processed;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	plan = SPI_prepare(sql, 0, NULL);
	if (plan == NULL ||
		SPI_execute_snapshot(plan, NULL, NULL, GetLatestSnapshot(), InvalidSnapshot,
							 false, true, 0) < 0)
		elog(ERROR, "could not execute statement: %s", sql);
	processed = SPI_processed;
	if (sum != NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(caller);
		HeapTuple	row = SPI_tuptable->vals[0];

		sum->count = SPI_getvalue(row, SPI_tuptable->tupdesc, 1);
		if (SPI_tuptable->tupdesc->natts > 1)
			sum->sum = SPI_getvalue(row, SPI_tuptable->tupdesc, 2);
		MemoryContextSwitchTo(old);
	}
	SPI_finish();
	return processed;
}

void
binds_assign_set_sequences(const BindsMoved *moved)
{
	const BindsModel *model = moved->item->model;
	char	   *table = binds_qualified_name(moved->item->relid);
	char	   *last = moved->next_key > 0 ?
		psprintf(INT64_FORMAT "::bigint", moved->next_key - 1) : "NULL";
	List	   *statements = NIL;

	for (int i = 0; i < model->ncolumns; i++)
	{
		const char *name = model->columns[i].name;

		if (model->columns[i].generated != BINDS_GENERATED_NO)
			statements = lappend(statements,
								 psprintf("SELECT setval(s.seq, least(s.last, q.seqmax)) FROM"
										  " (SELECT pg_get_serial_sequence(%s, %s)::regclass AS seq,"
										  " greatest(max(%s), %s) AS last FROM %s) s"
										  " JOIN pg_sequence q ON q.seqrelid = s.seq"
										  " WHERE s.last >= q.seqstart",
										  quote_literal_cstr(table), quote_literal_cstr(name),
										  quote_identifier(name), last, table));
	}
	binds_spi_run_as(moved->owner, statements);
}
