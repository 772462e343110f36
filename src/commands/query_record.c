/*
 * query_record.c
 *	  binds.query_record: rows of a statement in the engine's own SQL, as a relation.
 *
 * The caller's column definition list says what the columns are.  They are those of the
 * statement in their order, as for any function that returns records; a name that the
 * statement gives to another column is an error, for it says that the order is wrong.
 * Values are read as those of a foreign table's columns.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "executor/spi.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/commands.h"
#include "commands/given.h"
#include "compat.h"
#include "dialect/text.h"
#include "value/value.h"

BINDS_FUNCTION(binds_query_record);

/* What turns the rows of a run into those of the caller's relation. */
typedef struct Reader
{
	int			ncolumns;
	BindsStorage *storages;
	BindsDecoder *decoders;
	Datum	   *values;
	bool	   *nulls;
} Reader;

static void read_here(const BindsGiven *given, ReturnSetInfo *result);
static void read_bind(const BindsGiven *given, ReturnSetInfo *result);
static void check_number(int count, TupleDesc wanted);
static void check_types(TupleDesc desc, TupleDesc wanted);
static void check_names(char *const *names, TupleDesc wanted);
static void init_reader(Reader *reader, const BindsRun *run, const BindsGiven *given,
						TupleDesc wanted);
static void read_row(Reader *reader, const BindsValue *row, ReturnSetInfo *result);

/*
 * binds.query_record(bind_key text, statement text, VARIADIC params "any")
 * returns setof record
 */
Datum
binds_query_record(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	BindsGiven	given;

	binds_given_read(fcinfo, &given);
	if (result != NULL && IsA(result, ReturnSetInfo) && result->expectedDesc == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("a column definition list is required for binds.query_record"),
				 errhint("SELECT * FROM binds.query_record(...) AS t(a integer, b text).")));
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (given.bind->key == NULL)
		read_here(&given, result);
	else
		read_bind(&given, result);
	return (Datum) 0;
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

static void
read_bind(const BindsGiven *given, ReturnSetInfo *result)
{
	BindsRun	run;
	Reader		reader;
	const BindsValue *row;
	MemoryContext context;
	MemoryContext outer;

	binds_run_begin(&run, given);
	binds_run_require_rows(&run, given);
	check_number(run.outcome.ncolumns, result->setDesc);
	check_names(binds_run_column_names(&run), result->setDesc);
	init_reader(&reader, &run, given, result->setDesc);
	context = AllocSetContextCreate(CurrentMemoryContext, "binds query row",
									ALLOCSET_DEFAULT_SIZES);
	while ((row = binds_cursor_fetch(run.cursor)) != NULL)
	{
		outer = MemoryContextSwitchTo(context);
		read_row(&reader, row, result);
		MemoryContextSwitchTo(outer);
		MemoryContextReset(context);
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextDelete(context);
	binds_run_end(&run);
}

static void
init_reader(Reader *reader, const BindsRun *run, const BindsGiven *given, TupleDesc wanted)
{
	const BindsBind *bind = given->bind;
	int			n = wanted->natts;

	reader->ncolumns = n;
	reader->storages = palloc0(sizeof(BindsStorage) * n);
	reader->decoders = palloc0(sizeof(BindsDecoder) * n);
	reader->values = palloc0(sizeof(Datum) * n);
	reader->nulls = palloc0(sizeof(bool) * n);
	for (int i = 0; i < n; i++)
	{
		Form_pg_attribute att = TupleDescAttr(wanted, i);
		int32		typmod = att->atttypmod;
		Oid			base = getBaseTypeAndTypmod(att->atttypid, &typmod);
		BindsColumnType type;

		binds_cursor_column_type(run->cursor, i, &type);
		bind->dialect->resolve(&reader->storages[i], base, typmod, get_typtype(base),
							   att->attcollation, type.name[0] != '\0' ?
							   binds_text_clean(type.name, strlen(type.name)) : NULL,
							   NULL);
		if (reader->storages[i].codec == BINDS_CODEC_NONE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("column \"%s\" has type %s, which cannot be kept in dialect \"%s\"",
							NameStr(att->attname),
							format_type_with_typemod(att->atttypid, att->atttypmod),
							bind->dialect->name),
					 errhint("%s", binds_codec_way_out(att->atttypid,
													   "Read it as text."))));
		reader->storages[i].hide_values = bind->options->hide_parameters;
		binds_decoder_init(&reader->decoders[i], &reader->storages[i], att->atttypid,
						   NULL, NameStr(att->attname), bind->options->null_if_invalid);
	}
}

static void
read_row(Reader *reader, const BindsValue *row, ReturnSetInfo *result)
{
	for (int i = 0; i < reader->ncolumns; i++)
		reader->values[i] = binds_decode(&reader->decoders[i], &row[i],
										 &reader->nulls[i]);
	tuplestore_putvalues(result->setResult, result->setDesc, reader->values,
						 reader->nulls);
}

/* On the default bind. */
static void
read_here(const BindsGiven *given, ReturnSetInfo *result)
{
	Portal		portal;

	SPI_connect();
	portal = binds_given_open_here(given);
	check_number(portal->tupDesc->natts, result->setDesc);
	check_types(portal->tupDesc, result->setDesc);
	for (;;)
	{
		SPI_cursor_fetch(portal, true, 100);
		if (SPI_processed == 0)
			break;
		for (uint64 i = 0; i < SPI_processed; i++)
			tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
		SPI_freetuptable(SPI_tuptable);
	}
	SPI_cursor_close(portal);
	SPI_finish();
}

/* ------------------------------------------------------------------------
 * Checks, in the words of PostgreSQL's own
 * ------------------------------------------------------------------------ */

static void
check_number(int count, TupleDesc wanted)
{
	if (count == wanted->natts)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("function return row and query-specified return row do not match"),
			 errdetail_plural("Returned row contains %d attribute, but query expects %d.",
							  "Returned row contains %d attributes, but query expects %d.",
							  count, count, wanted->natts)));
}

static void
check_types(TupleDesc desc, TupleDesc wanted)
{
	char	  **names = palloc(sizeof(char *) * desc->natts);

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute have = TupleDescAttr(desc, i);
		Form_pg_attribute want = TupleDescAttr(wanted, i);

		names[i] = NameStr(have->attname);
		if (have->atttypid != want->atttypid ||
			(have->atttypmod != want->atttypmod && want->atttypmod >= 0))
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("function return row and query-specified return row do not match"),
					 errdetail("Returned type %s at ordinal position %d, but query expects %s.",
							   format_type_with_typemod(have->atttypid, have->atttypmod),
							   i + 1,
							   format_type_with_typemod(want->atttypid, want->atttypmod))));
	}
	check_names(names, wanted);
}

/*
 * A list may give columns other names, but not that of another column: whoever does so
 * takes one for the other.
 */
static void
check_names(char *const *names, TupleDesc wanted)
{
	for (int i = 0; i < wanted->natts; i++)
	{
		const char *want = NameStr(TupleDescAttr(wanted, i)->attname);

		if (pg_strcasecmp(names[i], want) == 0)
			continue;
		for (int j = 0; j < wanted->natts; j++)
		{
			if (strcmp(names[j], want) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_DATATYPE_MISMATCH),
						 errmsg("column \"%s\" of the column definition list is another column of the statement",
								want),
						 errdetail("It has position %d in the list, and %d in the statement.",
								   i + 1, j + 1),
						 errhint("List the columns in the order of the statement.")));
		}
	}
}
