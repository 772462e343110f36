/*
 * local_columns.c
 *	  The columns of local relations, as they stand in DDL.
 *
 * What a column is goes into a BindsLocalColumn first: CREATE TABLE and ADD COLUMN are
 * written from it, and so is the text that diff compares.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/toast_compression.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"

#include "commands/local_identity.h"
#include "commands/local_writer.h"
#include "compat.h"
#include "model/column_options.h"

static void describe_keeping(const BindsLocalWriter *writer, const BindsModelColumn *column,
							 BindsLocalColumn *local);

void
binds_local_describe(const BindsLocalWriter *writer, const BindsModelColumn *column,
					 BindsLocalColumn *local)
{
	bool		foreign = writer->bind->dialect != NULL;
	const BindsReflectedColumn *engine = binds_local_engine_column(writer, column->name);
	bool		generated = foreign &&
		binds_local_generated_as(writer, column) != BINDS_GENERATED_NO;
	bool		own_default = binds_local_has_default(writer, column);
	char	   *expr;

	binds_local_describe_type(writer, column, local);
	local->serial = foreign ? NULL : binds_local_serial(writer, column);
	local->identity = foreign ? NULL : binds_local_identity(writer->rel, column->attnum);
	if (local->identity != NULL)
		local->identity_set = binds_local_identity_settings(writer->rel, column->attnum);
	if (foreign)
		local->options = binds_local_engine_options(writer, column);

	/*
	 * an engine's NULL would be believed not to be there; a generated key is
	 * never
	 */
	local->not_null = column->not_null && !generated && local->serial == NULL &&
		local->identity == NULL;
	if (foreign && engine != NULL && !engine->not_null && !engine->generated_key)
		local->not_null = false;
	if (foreign && engine != NULL &&
		(engine->computed ||
		 binds_column_is_left(engine, binds_local_generated_as(writer, column), own_default)))
		local->not_null = false;	/* what is left out arrives as NULL */
	if (local->identity != NULL || local->serial != NULL || generated)
		return;
	expr = binds_local_default_text(writer, column->attnum);
	local->computed = column->computed && !(engine != NULL && engine->computed);
	if (local->computed || (expr != NULL && !column->computed && own_default))
		local->expr = expr;
}

void
binds_local_describe_type(const BindsLocalWriter *writer, const BindsModelColumn *column,
						  BindsLocalColumn *local)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(writer->rel),
										  column->attnum - 1);

	memset(local, 0, sizeof(*local));
	local->name = column->name;
	local->inherited = att->attinhcount > 0;
	local->typid = column->typid;
	local->typmod = att->atttypmod;
	local->type = format_type_extended(column->typid, att->atttypmod,
									   FORMAT_TYPE_TYPEMOD_GIVEN);
	if (OidIsValid(column->collation) &&
		column->collation != get_typcollation(column->typid))
		local->collation = generate_collation_name(column->collation);
	if (writer->bind->dialect == NULL)
		describe_keeping(writer, column, local);
}

/* How PostgreSQL keeps a column, where that is not as usual. */
static void
describe_keeping(const BindsLocalWriter *writer, const BindsModelColumn *column,
				 BindsLocalColumn *local)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(writer->rel),
										  column->attnum - 1);

	if (BINDS_STORAGE_CLAUSE && att->attstorage != get_typstorage(att->atttypid))
		local->storage = att->attstorage == TYPSTORAGE_PLAIN ? "PLAIN" :
			att->attstorage == TYPSTORAGE_EXTERNAL ? "EXTERNAL" :
			att->attstorage == TYPSTORAGE_MAIN ? "MAIN" : "EXTENDED";
	if (CompressionMethodIsValid(att->attcompression))
		local->compression = GetCompressionMethodName(att->attcompression);
}

void
binds_local_append_column(StringInfo buf, const BindsLocalColumn *local)
{
	appendStringInfo(buf, "%s %s", quote_identifier(local->name),
					 local->serial != NULL ? local->serial : local->type);
	binds_append_options(buf, local->options);
	if (local->storage != NULL)
		appendStringInfo(buf, " STORAGE %s", local->storage);
	if (local->compression != NULL)
		appendStringInfo(buf, " COMPRESSION %s", local->compression);
	if (local->collation != NULL)
		appendStringInfo(buf, " COLLATE %s", local->collation);
	if (local->identity != NULL)
		appendStringInfoString(buf, local->identity);
	else if (local->computed)
		appendStringInfo(buf, " GENERATED ALWAYS AS (%s) STORED", local->expr);
	else if (local->expr != NULL)
		appendStringInfo(buf, " DEFAULT %s", local->expr);
	if (local->not_null)
		appendStringInfoString(buf, " NOT NULL");
}
