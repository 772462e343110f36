/*
 * computed_columns.c
 *	  New rows with columns that cannot be computed: PostgreSQL computes a column GENERATED
 *	  ALWAYS AS ... STORED before the row is sent, so nothing that only the engine makes can
 *	  be in it.
 *
 * Models with such a column over a generated key are refused; a table that was written or
 * altered by hand may have one.  Rows that give the value are as any other.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_attribute.h"
#include "optimizer/optimizer.h"
#include "rewrite/rewriteHandler.h"
#include "utils/rel.h"

#include "fdw/modify.h"

/* A computed column, and one of those that it is computed from. */
typedef struct BindsComputed
{
	AttrNumber	column;
	AttrNumber	source;
} BindsComputed;

static void find_sources(BindsModify *modify, AttrNumber column);
static bool engine_may_make(const BindsForeignColumn *column);

void
binds_computed_init(BindsModify *modify)
{
	TupleDesc	descriptor = RelationGetDescr(modify->relation);

	for (int i = 0; i < descriptor->natts; i++)
	{
		if (TupleDescAttr(descriptor, i)->attgenerated == ATTRIBUTE_GENERATED_STORED &&
			!TupleDescAttr(descriptor, i)->attisdropped)
			find_sources(modify, i + 1);
	}
}

static void
find_sources(BindsModify *modify, AttrNumber column)
{
	Bitmapset  *used = NULL;

	pull_varattnos(build_column_default(modify->relation, column), 1, &used);
	for (int i = 0; i < modify->table->ncolumns; i++)
	{
		if (modify->table->columns[i].local_name == NULL ||
			!engine_may_make(&modify->table->columns[i]) ||
			!bms_is_member(i + 1 - FirstLowInvalidHeapAttributeNumber, used))
			continue;
		if (modify->computed == NULL)
			modify->computed = palloc(sizeof(BindsComputed));
		else
			modify->computed = repalloc(modify->computed,
										sizeof(BindsComputed) * (modify->ncomputed + 1));
		modify->computed[modify->ncomputed++] = (BindsComputed)
		{
			.column = column, .source = i + 1
		};
	}
}

static bool
engine_may_make(const BindsForeignColumn *column)
{
	return column->generated != BINDS_GENERATED_NO || column->engine_default ||
		column->engine_computed;
}

void
binds_computed_refuse(BindsModify *modify, TupleTableSlot *slot, const Bitmapset *left_out)
{
	const BindsForeignTable *table = modify->table;

	for (int i = 0; i < modify->ncomputed; i++)
	{
		const BindsForeignColumn *column = &table->columns[modify->computed[i].column - 1];
		AttrNumber	source = modify->computed[i].source;

		if (!(source == modify->generated_key && binds_modify_key_is_left(modify, slot)) &&
			!binds_modify_is_left(modify, source, left_out))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot compute column \"%s\" of foreign table \"%s\" for a new row",
						column->local_name, table->local_name),
				 errdetail("It is computed from column \"%s\", whose value the engine makes afterwards.",
						   table->columns[source - 1].local_name),
				 table->columns[source - 1].engine_computed ?
				 errhint("Compute the column in a view.") :
				 errhint("Give a value for column \"%s\", or compute the column in a view.",
						 table->columns[source - 1].local_name),
				 errtablecol(modify->relation, modify->computed[i].column)));
	}
}
