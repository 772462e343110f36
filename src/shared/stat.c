/*
 * stat.c
 *	  What binds have done: counters in shared memory.
 *
 * A hash table of fixed size.  binds_memory_lock is held shared to find an entry and change
 * its counters, which are atomic, and exclusively to make and remove entries.  Sessions
 * add what they have counted by themselves, a few times per transaction.
 *
 * Nobody tells of a bind that is dropped: sessions that still use it may count it later than
 * that, and a PREPAREd transaction may be ended by anybody.  So its entry is removed when
 * somebody who can read catalogs finds it: who looks at the counters, or opens a connection
 * for which there is no room.  A server that a transaction has made which has not ended must
 * not be taken for one: the catalog is read with what others have not committed, and with
 * what this transaction has deleted, which may yet be undone.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "catalog/pg_foreign_server.h"
#include "miscadmin.h"
#include "port/atomics.h"
#include "storage/shmem.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "shared/internal.h"
#include "shared/stat.h"

typedef struct StatKey
{
	Oid			database;
	Oid			serverid;
} StatKey;

typedef struct StatEntry
{
	StatKey		key;
	pg_atomic_uint64 calls;
	pg_atomic_uint64 rows;
	pg_atomic_uint64 bytes;
	pg_atomic_uint64 nanoseconds;
	pg_atomic_uint64 errors;
	pg_atomic_uint64 reconnects;
	pg_atomic_uint64 reset;		/* TimestampTz */
	pg_atomic_uint32 open;
} StatEntry;

typedef struct StatShared
{
	bool		told_full;		/* the log knows that there is no room; under
								 * the lock */
} StatShared;

static int	stat_max = 1000;
static HTAB *entries = NULL;
static StatShared *shared = NULL;

static StatKey key_of(Oid serverid);
static StatEntry *find_entry(Oid serverid);
static bool make_entry(Oid serverid);
static void init_entry(StatEntry *entry);
static void zero_entry(StatEntry *entry);
static int	keys_of(bool all, StatKey **keys);
static bool is_there(const StatKey *key);
static bool catalog_has(Oid catalog, Oid index, AttrNumber column, Oid oid);
static bool deleted_here(HeapTuple tuple);
static void remove_entry(const StatKey *key);
static void tell_full(void);
static void add_to(pg_atomic_uint64 *counter, int64 value);

/* ------------------------------------------------------------------------
 * Start of the server
 * ------------------------------------------------------------------------ */

void
binds_stat_define(void)
{
	DefineCustomIntVariable("binds.stat_max",
							"Number of binds, of all databases, that are counted in binds.stat.",
							NULL,
							&stat_max, 1000, 10, 1000000, PGC_POSTMASTER, 0,
							NULL, NULL, NULL);
}

Size
binds_stat_size(void)
{
	return add_size(MAXALIGN(sizeof(StatShared)),
					hash_estimate_size(stat_max, sizeof(StatEntry)));
}

void
binds_stat_make(void)
{
	HASHCTL		ctl = {.keysize = sizeof(StatKey), .entrysize = sizeof(StatEntry)};
	bool		found;

	shared = ShmemInitStruct("binds stat", sizeof(StatShared), &found);
	if (!found)
		shared->told_full = false;
	entries = ShmemInitHash("binds stat entries", stat_max, stat_max, &ctl,
							HASH_ELEM | HASH_BLOBS);
}

/* ------------------------------------------------------------------------
 * Counting
 * ------------------------------------------------------------------------ */

void
binds_stat_claim(Oid serverid)
{
	bool		have;

	if (!binds_memory_on)
		return;
	LWLockAcquire(binds_memory_lock, LW_SHARED);
	have = find_entry(serverid) != NULL;
	LWLockRelease(binds_memory_lock);
	if (have || make_entry(serverid))
		return;
	binds_stat_clear(true);
	if (!make_entry(serverid))
		tell_full();
}

void
binds_stat_add(Oid serverid, const BindsStat *stat)
{
	StatEntry  *entry;

	if (!binds_memory_on)
		return;
	LWLockAcquire(binds_memory_lock, LW_SHARED);
	entry = find_entry(serverid);
	if (entry == NULL)
	{
		LWLockRelease(binds_memory_lock);
		if (!make_entry(serverid))
			return;
		LWLockAcquire(binds_memory_lock, LW_SHARED);
		entry = find_entry(serverid);
	}
	if (entry != NULL)
	{
		add_to(&entry->calls, stat->calls);
		add_to(&entry->rows, stat->rows);
		add_to(&entry->bytes, stat->bytes);
		add_to(&entry->nanoseconds, (int64) (stat->ms * 1000000));
		add_to(&entry->errors, stat->errors);
		add_to(&entry->reconnects, stat->reconnects);
	}
	LWLockRelease(binds_memory_lock);
}

bool
binds_stat_open(Oid serverid, int change)
{
	StatEntry  *entry;

	if (!binds_memory_on)
		return false;
	LWLockAcquire(binds_memory_lock, LW_SHARED);
	entry = find_entry(serverid);
	if (entry != NULL)
		pg_atomic_fetch_add_u32(&entry->open, change);
	LWLockRelease(binds_memory_lock);
	return entry != NULL;
}

static void
add_to(pg_atomic_uint64 *counter, int64 value)
{
	if (value != 0)
		pg_atomic_fetch_add_u64(counter, value);
}

/* ------------------------------------------------------------------------
 * Looking and resetting
 * ------------------------------------------------------------------------ */

BindsStatState
binds_stat_get(Oid serverid, BindsStatTotal *total)
{
	StatEntry  *entry;
	bool		full;

	memset(total, 0, sizeof(*total));
	LWLockAcquire(binds_memory_lock, LW_SHARED);
	entry = find_entry(serverid);
	full = hash_get_num_entries(entries) >= stat_max;
	if (entry != NULL)
	{
		total->stat.calls = pg_atomic_read_u64(&entry->calls);
		total->stat.rows = pg_atomic_read_u64(&entry->rows);
		total->stat.bytes = pg_atomic_read_u64(&entry->bytes);
		total->stat.ms = pg_atomic_read_u64(&entry->nanoseconds) / 1000000.0;
		total->stat.errors = pg_atomic_read_u64(&entry->errors);
		total->stat.reconnects = pg_atomic_read_u64(&entry->reconnects);
		total->reset = (TimestampTz) pg_atomic_read_u64(&entry->reset);
		total->open = pg_atomic_read_u32(&entry->open);
	}
	LWLockRelease(binds_memory_lock);
	if (entry != NULL)
		return BINDS_STAT_COUNTED;
	return full ? BINDS_STAT_NO_ROOM : BINDS_STAT_UNUSED;
}

/* What is open stays so. */
void
binds_stat_reset(Oid serverid)
{
	HASH_SEQ_STATUS seq;
	StatEntry  *entry;

	LWLockAcquire(binds_memory_lock, LW_EXCLUSIVE);
	hash_seq_init(&seq, entries);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (entry->key.database == MyDatabaseId &&
			(!OidIsValid(serverid) || entry->key.serverid == serverid))
			zero_entry(entry);
	}
	LWLockRelease(binds_memory_lock);
}

void
binds_stat_clear(bool all)
{
	StatKey    *keys;
	int			nkeys = keys_of(all, &keys);

	for (int i = 0; i < nkeys; i++)
	{
		if (!is_there(&keys[i]))
			remove_entry(&keys[i]);
	}
	pfree(keys);
}

/* ------------------------------------------------------------------------
 * Entries
 * ------------------------------------------------------------------------ */

static StatKey
key_of(Oid serverid)
{
	StatKey		key = {MyDatabaseId, serverid};

	return key;
}

/* With the lock held.  NULL: there is none. */
static StatEntry *
find_entry(Oid serverid)
{
	StatKey		key = key_of(serverid);

	return hash_search(entries, &key, HASH_FIND, NULL);
}

/* Make an entry, without the lock; false if there is no room.  Never throws. */
static bool
make_entry(Oid serverid)
{
	StatKey		key = key_of(serverid);
	StatEntry  *entry;

	LWLockAcquire(binds_memory_lock, LW_EXCLUSIVE);
	entry = find_entry(serverid);
	if (entry == NULL && hash_get_num_entries(entries) < stat_max)
	{
		entry = hash_search(entries, &key, HASH_ENTER_NULL, NULL);
		if (entry != NULL)
			init_entry(entry);
	}
	LWLockRelease(binds_memory_lock);
	return entry != NULL;
}

static void
init_entry(StatEntry *entry)
{
	pg_atomic_init_u64(&entry->calls, 0);
	pg_atomic_init_u64(&entry->rows, 0);
	pg_atomic_init_u64(&entry->bytes, 0);
	pg_atomic_init_u64(&entry->nanoseconds, 0);
	pg_atomic_init_u64(&entry->errors, 0);
	pg_atomic_init_u64(&entry->reconnects, 0);
	pg_atomic_init_u64(&entry->reset, GetCurrentTimestamp());
	pg_atomic_init_u32(&entry->open, 0);
}

static void
zero_entry(StatEntry *entry)
{
	pg_atomic_write_u64(&entry->calls, 0);
	pg_atomic_write_u64(&entry->rows, 0);
	pg_atomic_write_u64(&entry->bytes, 0);
	pg_atomic_write_u64(&entry->nanoseconds, 0);
	pg_atomic_write_u64(&entry->errors, 0);
	pg_atomic_write_u64(&entry->reconnects, 0);
	pg_atomic_write_u64(&entry->reset, GetCurrentTimestamp());
}

/* ------------------------------------------------------------------------
 * Binds that are no more
 * ------------------------------------------------------------------------ */

/* The keys of entries, of this database or all, palloc'ed. */
static int
keys_of(bool all, StatKey **keys)
{
	HASH_SEQ_STATUS seq;
	StatEntry  *entry;
	int			n = 0;

	*keys = palloc(sizeof(StatKey) * stat_max);
	LWLockAcquire(binds_memory_lock, LW_SHARED);
	hash_seq_init(&seq, entries);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (n < stat_max && (all || entry->key.database == MyDatabaseId))
			(*keys)[n++] = entry->key;
	}
	LWLockRelease(binds_memory_lock);
	return n;
}

/* Is a bind there, or, in another database, at least that? */
static bool
is_there(const StatKey *key)
{
	if (key->database == MyDatabaseId)
		return catalog_has(ForeignServerRelationId, ForeignServerOidIndexId,
						   Anum_pg_foreign_server_oid, key->serverid);
	return catalog_has(DatabaseRelationId, DatabaseOidIndexId, Anum_pg_database_oid,
					   key->database);
}

/* Has a catalog a row of this oid, be it one that is not committed, or not yet gone? */
static bool
catalog_has(Oid catalog, Oid index, AttrNumber column, Oid oid)
{
	Relation	rel = table_open(catalog, AccessShareLock);
	SnapshotData dirty;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		has;

	InitDirtySnapshot(dirty);
	ScanKeyInit(&key, column, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(oid));
	scan = systable_beginscan(rel, index, true, &dirty, 1, &key);
	has = HeapTupleIsValid(systable_getnext(scan));
	systable_endscan(scan);
	if (!has)
	{
		scan = systable_beginscan(rel, index, true, SnapshotAny, 1, &key);
		while (!has && HeapTupleIsValid(tuple = systable_getnext(scan)))
			has = deleted_here(tuple);
		systable_endscan(scan);
	}
	table_close(rel, AccessShareLock);
	return has;
}

/* Has this transaction deleted a row that the snapshot does not see any more? */
static bool
deleted_here(HeapTuple tuple)
{
	return (tuple->t_data->t_infomask & HEAP_XMAX_INVALID) == 0 &&
		!HEAP_XMAX_IS_LOCKED_ONLY(tuple->t_data->t_infomask) &&
		TransactionIdIsCurrentTransactionId(HeapTupleHeaderGetUpdateXid(tuple->t_data));
}

/* Remove an entry, unless somebody has a transaction open. */
static void
remove_entry(const StatKey *key)
{
	StatEntry  *entry;

	LWLockAcquire(binds_memory_lock, LW_EXCLUSIVE);
	entry = hash_search(entries, key, HASH_FIND, NULL);
	if (entry != NULL && pg_atomic_read_u32(&entry->open) == 0)
	{
		hash_search(entries, key, HASH_REMOVE, NULL);
		shared->told_full = false;
	}
	LWLockRelease(binds_memory_lock);
}

/* Once, until there is room again. */
static void
tell_full(void)
{
	bool		told;

	LWLockAcquire(binds_memory_lock, LW_EXCLUSIVE);
	told = shared->told_full;
	shared->told_full = true;
	LWLockRelease(binds_memory_lock);
	if (!told)
		ereport(LOG,
				(errmsg("binds.stat has no room for further binds"),
				 errdetail("As many are counted as binds.stat_max allows, %d.", stat_max),
				 errhint("Increase binds.stat_max and restart the server.")));
}
