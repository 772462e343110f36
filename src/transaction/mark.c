/*
 * mark.c
 *	  Marks on tables in an engine, and the record that tells what became of them.
 *
 * A mark is "binds", 128 random bits, and the cluster and database that made it.  With
 * it goes a row in binds.ddl_mark, inserted by the same (sub)transaction before the
 * engine hears of the mark.  So that row says what became of the transaction, after a
 * crash as well: visible, it has committed; inserted by a transaction that runs, it may
 * still; not there, it has not.  An xid would not do: those come back after a restore,
 * and are the same in every cluster.
 *
 * Behind the mark may stand the names of further tables, as identifiers in quotes, which
 * bear their own comments from the beginning: binds ... "b" "c".
 *
 * Of marks that another database has made nothing can be told.  A copy of a cluster has
 * the names of the original, so that a mark of one may look aborted to the other: whoever
 * drops a table by its mark makes sure first that it is empty (engine_ddl.c).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "binds.h"
#include "transaction/mark.h"

#define ID_BYTES	16
#define ID_LENGTH	(2 * ID_BYTES)

/* columns of binds.ddl_mark */
enum
{
	MARK_ID = 1,
	MARK_BIND_KEY,
	MARK_PLACE,
	MARK_NATTS = MARK_PLACE
};

static char *mark_of_id(const char *id);
static const char *read_mark(const char *comment, char *id, bool *foreign);
static const char *read_table(const char *text, char **table);
static BindsMarkState state_of_id(const char *id);
static Relation open_marks(LOCKMODE lockmode);
static char *text_of(HeapTuple tuple, int attribute, TupleDesc desc);
static bool is_seen(const char *id, List *seen);

char *
binds_mark_make(const char *bind_key, const char *place)
{
	uint8		bytes[ID_BYTES];
	char		id[ID_LENGTH + 1];
	Relation	rel = open_marks(RowExclusiveLock);
	Datum		values[MARK_NATTS];
	bool		nulls[MARK_NATTS] = {false};

	if (!pg_strong_random(bytes, sizeof(bytes)))
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not generate random values")));
	id[hex_encode((char *) bytes, sizeof(bytes), id)] = '\0';
	if (rel == NULL)
		return mark_of_id(id);
	values[MARK_ID - 1] = CStringGetTextDatum(id);
	values[MARK_BIND_KEY - 1] = CStringGetTextDatum(bind_key);
	values[MARK_PLACE - 1] = CStringGetTextDatum(place);
	CatalogTupleInsert(rel, heap_form_tuple(RelationGetDescr(rel), values, nulls));
	table_close(rel, RowExclusiveLock);
	CommandCounterIncrement();
	return mark_of_id(id);
}

BindsMarkState
binds_mark_state(const char *comment)
{
	char		id[ID_LENGTH + 1];
	bool		foreign;

	if (read_mark(comment, id, &foreign) == NULL)
		return BINDS_MARK_NONE;
	return foreign ? BINDS_MARK_FOREIGN : state_of_id(id);
}

void
binds_mark_forget(const char *bind_key, const char *place, List *seen)
{
	Relation	rel = open_marks(RowExclusiveLock);
	SysScanDesc scan;
	HeapTuple	tuple;

	if (rel == NULL)
		return;
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		TupleDesc	desc = RelationGetDescr(rel);

		if (strcmp(text_of(tuple, MARK_BIND_KEY, desc), bind_key) == 0 &&
			strcmp(text_of(tuple, MARK_PLACE, desc), place) == 0 &&
			!TransactionIdIsCurrentTransactionId(HeapTupleHeaderGetXmin(tuple->t_data)) &&
			!is_seen(text_of(tuple, MARK_ID, desc), seen))
			CatalogTupleDelete(rel, &tuple->t_self);
	}
	systable_endscan(scan);
	table_close(rel, RowExclusiveLock);
	/* who looks again in this command must not find them */
	CommandCounterIncrement();
}

/* ------------------------------------------------------------------------
 * Text
 * ------------------------------------------------------------------------ */

static char *
mark_of_id(const char *id)
{
	return psprintf("binds %s " UINT64_FORMAT " %u", id, GetSystemIdentifier(),
					MyDatabaseId);
}

char *
binds_mark_comment(const char *mark, const char *const *tables, int ntables, int limit,
				   int *nnamed)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, mark);
	for (*nnamed = 0; *nnamed < ntables; (*nnamed)++)
	{
		int			before = buf.len;

		appendStringInfoString(&buf, " \"");
		for (const char *p = tables[*nnamed]; *p != '\0'; p++)
		{
			if (*p == '"')
				appendStringInfoChar(&buf, '"');
			appendStringInfoChar(&buf, *p);
		}
		appendStringInfoChar(&buf, '"');
		if (buf.len > limit)
		{
			buf.data[before] = '\0';
			break;
		}
	}
	return buf.data;
}

bool
binds_mark_is(const char *comment, const char *mark)
{
	size_t		n = strlen(mark);
	char		id[ID_LENGTH + 1];
	bool		foreign;

	return read_mark(comment, id, &foreign) != NULL && strncmp(comment, mark, n) == 0 &&
		(comment[n] == '\0' || comment[n] == ' ');
}

List *
binds_mark_tables(const char *comment)
{
	char		id[ID_LENGTH + 1];
	bool		foreign;
	const char *rest = read_mark(comment, id, &foreign);
	List	   *tables = NIL;

	while (rest != NULL && *rest != '\0')
	{
		char	   *table = NULL;

		rest = read_table(rest, &table);
		if (rest != NULL)
			tables = lappend(tables, table);
	}
	return tables;
}

/*
 * Is a comment a mark, to the byte?  Sets its id, and whether it is another database's.
 * Returns where the names of further tables begin; NULL: it is no mark.
 */
static const char *
read_mark(const char *comment, char *id, bool *foreign)
{
	const char *end;
	const char *rest;
	size_t		length;
	char	   *own;

	if (strncmp(comment, "binds ", 6) != 0 ||
		strspn(comment + 6, "0123456789abcdef") != ID_LENGTH)
		return NULL;
	memcpy(id, comment + 6, ID_LENGTH);
	id[ID_LENGTH] = '\0';
	end = comment + 6 + ID_LENGTH;
	for (int i = 0; i < 2; i++)
	{
		if (*end != ' ' || strspn(end + 1, "0123456789") == 0)
			return NULL;
		end += 1 + strspn(end + 1, "0123456789");
	}
	length = end - comment;
	own = mark_of_id(id);
	*foreign = strlen(own) != length || strncmp(comment, own, length) != 0;
	for (rest = end; rest != NULL && *rest != '\0';)
		rest = read_table(rest, NULL);
	return rest != NULL ? end : NULL;
}

/*
 * Read a blank and a name in quotes.  Returns what follows, NULL: there is no such name.
 */
static const char *
read_table(const char *text, char **table)
{
	StringInfoData name;

	if (text[0] != ' ' || text[1] != '"')
		return NULL;
	initStringInfo(&name);
	for (text += 2; *text != '\0'; text++)
	{
		if (*text == '"' && *++text != '"')
		{
			if (table != NULL)
				*table = name.data;
			return name.len > 0 ? text : NULL;
		}
		appendStringInfoChar(&name, *text);
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * The record
 * ------------------------------------------------------------------------ */

/*
 * Look for the row of a mark as it is now, whoever is about to insert it.
 */
static BindsMarkState
state_of_id(const char *id)
{
	Relation	rel = open_marks(AccessShareLock);
	BindsMarkState state = BINDS_MARK_ABORTED;
	SnapshotData dirty;
	SysScanDesc scan;
	HeapTuple	tuple;

	if (rel == NULL)
		return BINDS_MARK_COMMITTED;
	InitDirtySnapshot(dirty);
	scan = systable_beginscan(rel, InvalidOid, false, &dirty, 0, NULL);
	while (state == BINDS_MARK_ABORTED &&
		   HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		if (strcmp(text_of(tuple, MARK_ID, RelationGetDescr(rel)), id) != 0)
			continue;
		if (TransactionIdIsValid(dirty.xmin))
			state = BINDS_MARK_RUNNING;
		else if (TransactionIdIsCurrentTransactionId(HeapTupleHeaderGetXmin(tuple->t_data)))
			state = BINDS_MARK_OWN;
		else
			state = BINDS_MARK_COMMITTED;
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return state;
}

/*
 * NULL: the extension is still as version 0.1.0 made it, which had no such table.  Then
 * there are no records, and no table is taken for an aborted transaction's.
 */
static Relation
open_marks(LOCKMODE lockmode)
{
	Oid			schema = get_namespace_oid(BINDS_SCHEMA, false);
	Oid			relid = get_relname_relid("ddl_mark", schema);

	return OidIsValid(relid) ? table_open(relid, lockmode) : NULL;
}

static char *
text_of(HeapTuple tuple, int attribute, TupleDesc desc)
{
	bool		isnull;

	return TextDatumGetCString(heap_getattr(tuple, attribute, desc, &isnull));
}

static bool
is_seen(const char *id, List *seen)
{
	ListCell   *lc;

	foreach(lc, seen)
	{
		char		other[ID_LENGTH + 1];
		bool		foreign;

		if (read_mark(lfirst(lc), other, &foreign) != NULL && strcmp(id, other) == 0)
			return true;
	}
	return false;
}
