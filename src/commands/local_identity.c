/*
 * local_identity.c
 *	  Identity columns of templates and relations, as they stand in DDL.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/dependency.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_sequence.h"
#include "catalog/pg_type.h"
#include "commands/sequence.h"
#include "utils/syscache.h"

#include "commands/local_identity.h"

static char *options_of_sequence(Oid sequence, Oid typid);
static int64 maximum_of(Oid typid);

char *
binds_local_identity(Relation rel, AttrNumber attnum)
{
	char		identity = TupleDescAttr(RelationGetDescr(rel), attnum - 1)->attidentity;
	Oid			sequence;

	if (identity == '\0')
		return NULL;
	sequence = binds_owned_sequence(RelationGetRelid(rel), attnum, DEPENDENCY_INTERNAL);
	return psprintf(" GENERATED %s AS IDENTITY%s",
					identity == ATTRIBUTE_IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT",
					OidIsValid(sequence) ?
					options_of_sequence(sequence,
										TupleDescAttr(RelationGetDescr(rel), attnum - 1)->atttypid) : "");
}

Oid
binds_owned_sequence(Oid relid, AttrNumber attnum, char deptype)
{
	ListCell   *lc;

	foreach(lc, getOwnedSequences(relid))
	{
		Oid			table;
		int32		column;

		if (sequenceIsOwned(lfirst_oid(lc), deptype, &table, &column) &&
			table == relid && column == attnum)
			return lfirst_oid(lc);
	}
	return InvalidOid;
}

/*
 * What of a sequence is not as a new one for a column of the type has it: " (START WITH 10)";
 * else "".  LIKE makes one of bigint, with the maximum of the column's type.
 */
static char *
options_of_sequence(Oid sequence, Oid typid)
{
	HeapTuple	tuple = SearchSysCache1(SEQRELID, ObjectIdGetDatum(sequence));
	Form_pg_sequence form;
	StringInfoData buf;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for sequence %u", sequence);
	form = (Form_pg_sequence) GETSTRUCT(tuple);
	initStringInfo(&buf);
	if (form->seqincrement < 0 || form->seqmin != 1 ||
		(form->seqmax != maximum_of(form->seqtypid) && form->seqmax != maximum_of(typid)))
		appendStringInfo(&buf, " MINVALUE " INT64_FORMAT " MAXVALUE " INT64_FORMAT,
						 form->seqmin, form->seqmax);
	if (form->seqstart != 1 || buf.len > 0)
		appendStringInfo(&buf, " START WITH " INT64_FORMAT, form->seqstart);
	if (form->seqincrement != 1)
		appendStringInfo(&buf, " INCREMENT BY " INT64_FORMAT, form->seqincrement);
	if (form->seqcache != 1)
		appendStringInfo(&buf, " CACHE " INT64_FORMAT, form->seqcache);
	if (form->seqcycle)
		appendStringInfoString(&buf, " CYCLE");
	ReleaseSysCache(tuple);
	return buf.len > 0 ? psprintf(" (%s)", buf.data + 1) : pstrdup("");
}

char *
binds_local_identity_settings(Relation rel, AttrNumber attnum)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), attnum - 1);
	Oid			sequence = binds_owned_sequence(RelationGetRelid(rel), attnum,
												DEPENDENCY_INTERNAL);
	HeapTuple	tuple;
	Form_pg_sequence form;
	StringInfoData buf;
	int64		maximum;

	initStringInfo(&buf);
	appendStringInfo(&buf, " SET GENERATED %s",
					 att->attidentity == ATTRIBUTE_IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
	tuple = SearchSysCache1(SEQRELID, ObjectIdGetDatum(sequence));
	if (!HeapTupleIsValid(tuple))
		return buf.data;
	form = (Form_pg_sequence) GETSTRUCT(tuple);
	maximum = maximum_of(att->atttypid);
	appendStringInfo(&buf, " SET INCREMENT BY " INT64_FORMAT " SET MINVALUE " INT64_FORMAT
					 " SET MAXVALUE " INT64_FORMAT " SET START WITH " INT64_FORMAT
					 " SET CACHE " INT64_FORMAT " SET %sCYCLE",
					 form->seqincrement, form->seqmin,
					 Min(form->seqmax, maximum), form->seqstart,
					 form->seqcache, form->seqcycle ? "" : "NO ");
	ReleaseSysCache(tuple);
	return buf.data;
}

static int64
maximum_of(Oid typid)
{
	return typid == INT2OID ? PG_INT16_MAX : typid == INT4OID ? PG_INT32_MAX : PG_INT64_MAX;
}
