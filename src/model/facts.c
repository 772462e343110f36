/*
 * facts.c
 *	  What an engine says of the tables behind foreign tables written by hand.
 *
 * Kept per backend, relation and role: an account of the engine may see less than
 * another.  Forgotten when the relation, its server, the wrapper or a user mapping
 * changes, and when a connection is opened anew; then the plans that carry it are
 * made invalid, too.  That an engine could not be asked is remembered for a while, so
 * that not every plan waits for it.
 *
 * Kept with them, of every table that was written to: whether it has transactions, whether
 * a WARNING has said so (which lasts as long as the session), whether its rows may go
 * together, and how far changes reach.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "common/hashfn.h"
#include "foreign/foreign.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"
#include "storage/sinval.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "dialect/dialects.h"
#include "model/bind.h"
#include "model/facts.h"
#include "options/server.h"

/* how long a failure to ask is remembered, in ms */
#define FAILURE_MS 30000

/* of the table */
#define FACTS_UNKNOWN	0
#define FACTS_KNOWN		1
#define FACTS_NO_TABLE	2

/* bits of a column */
#define FACT_MISSING	0x01
#define FACT_KEY		0x02
#define FACT_GENERATED	0x04
#define FACT_COMPUTED	0x08
#define FACT_REPLACES_NULL	0x10
#define FACT_DEFAULT	0x20

typedef struct FactsKey
{
	Oid			relid;
	Oid			userid;
} FactsKey;

typedef struct FactsEntry
{
	FactsKey	key;
	Oid			serverid;
	MemoryContext context;
	List	   *facts;			/* NIL: nobody has asked */
	TimestampTz asked;
	bool		passing;		/* asked in a state that may be an old one:
								 * forgotten with it, at the latest with the
								 * transaction */
	bool		kept_known;
	bool		kept_told;
	BindsRowsSent rows;			/* see binds_facts_find_rows */
	BindsReach	reach;
	MemoryContext reach_context;	/* NULL: nobody has asked */
	char		kept[NAMEDATALEN];	/* see binds_facts_find_kept */
} FactsEntry;

static HTAB *known = NULL;
static bool any_passing = false;

static List *column_facts(Form_pg_attribute att, const char *name,
						  const BindsDialect *dialect,
						  const BindsReflectedTable *engine,
						  const BindsReflectedKey *key);
static const BindsReflectedColumn *find_column(const BindsDialect *dialect,
											   const BindsReflectedTable *engine,
											   const char *name);
static bool key_is_visible(TupleDesc desc, const BindsTableOptions *options,
						   const BindsReflectedTable *engine,
						   const BindsReflectedKey *key);
static bool key_has(const BindsReflectedKey *key, const char *name);
static const char *engine_name(const BindsTableOptions *options, TupleDesc desc,
							   int i);
static const char *rowid_name(const BindsDialect *dialect,
							  const BindsReflectedTable *engine);
static void add_name(uint64 *mark, const char *name);
static char *described_now(const BindsTableOptions *options, TupleDesc desc);
static FactsEntry *find_entry(Oid relid, Oid userid);
static FactsEntry *make_entry(Oid relid, Oid userid, Oid serverid);
static bool reads_lasting_state(Oid serverid);
static void forget_passing(XactEvent event, void *arg);
static void set_up(void);
static void forget_reach(FactsEntry *entry);
static void forget(FactsEntry *entry);
static void relation_changed(Datum arg, Oid relid);
static void server_changed(Datum arg, int cacheid, uint32 hash);

/* ------------------------------------------------------------------------
 * Facts of a definition
 * ------------------------------------------------------------------------ */

/*
 * Make facts: first what holds for the table, then a list per attribute.
 */
List *
binds_facts_make(TupleDesc desc, const BindsTableOptions *options,
				 const BindsReflectedTable *engine)
{
	const BindsReflectedKey *key = NULL;
	const char *rowid = "";
	List	   *facts;

	if (engine != NULL)
	{
		key = binds_reflected_key_of(engine, desc, options);
		rowid = rowid_name(options->dialect, engine);
	}
	facts = list_make1(list_make2(makeInteger(engine != NULL ?
											  FACTS_KNOWN : FACTS_NO_TABLE),
								  makeString(pstrdup(rowid))));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		/* a virtual column (PostgreSQL 18) is not there in the engine either */
		facts = lappend(facts, att->attisdropped || att->attgenerated == 'v' ? NIL :
						column_facts(att, engine_name(options, desc, i),
									 options->dialect, engine, key));
	}
	return facts;
}

static List *
column_facts(Form_pg_attribute att, const char *name, const BindsDialect *dialect,
			 const BindsReflectedTable *engine, const BindsReflectedKey *key)
{
	const BindsReflectedColumn *column = find_column(dialect, engine, name);
	int			flags = 0;

	if (column == NULL || column->declared == NULL)
		return list_make3(makeString(pstrdup("")), makeString(pstrdup("")),
						  makeInteger(FACT_MISSING));
	if (key != NULL && key_has(key, column->name))
		flags |= FACT_KEY;
	if (column->generated_key)
		flags |= FACT_GENERATED;
	if (column->computed)
		flags |= FACT_COMPUTED;
	if (column->has_default)
		flags |= FACT_DEFAULT;
	if (column->replaces_null)
		flags |= FACT_REPLACES_NULL;
	return list_make3(makeString(pstrdup(column->declared)),
					  makeString(pstrdup(column->declared_collation != NULL ?
										 column->declared_collation : "")),
					  makeInteger(flags));
}

static const BindsReflectedColumn *
find_column(const BindsDialect *dialect, const BindsReflectedTable *engine,
			const char *name)
{
	for (int i = 0; engine != NULL && i < engine->ncolumns; i++)
	{
		if (strcmp(engine->columns[i].name, name) == 0 ||
			(dialect->folds_columns &&
			 pg_strcasecmp(engine->columns[i].name, name) == 0))
			return &engine->columns[i];
	}
	return NULL;
}

/* Does the foreign table have all columns of a key? */
static bool
key_is_visible(TupleDesc desc, const BindsTableOptions *options,
			   const BindsReflectedTable *engine, const BindsReflectedKey *key)
{
	int			found = 0;

	for (int i = 0; i < desc->natts; i++)
	{
		const BindsReflectedColumn *column;

		if (TupleDescAttr(desc, i)->attisdropped)
			continue;
		column = find_column(options->dialect, engine,
							 engine_name(options, desc, i));
		if (column != NULL && key_has(key, column->name))
			found++;
	}
	return found == key->ncolumns;
}

static bool
key_has(const BindsReflectedKey *key, const char *name)
{
	for (int i = 0; i < key->ncolumns; i++)
	{
		if (strcmp(key->columns[i], name) == 0)
			return true;
	}
	return false;
}

static const char *
engine_name(const BindsTableOptions *options, TupleDesc desc, int i)
{
	Form_pg_attribute att = TupleDescAttr(desc, i);
	BindsColumnOptions column;

	binds_column_options(options, att->attrelid, att->attnum, &column);
	return column.column_name != NULL ? column.column_name : NameStr(att->attname);
}

/* A name of the engine's row number that no column of the table hides. */
static const char *
rowid_name(const BindsDialect *dialect, const BindsReflectedTable *engine)
{
	if (dialect->rowid_names == NULL || !engine->rowid)
		return "";
	for (const char *const *name = dialect->rowid_names; *name != NULL; name++)
	{
		if (find_column(dialect, engine, *name) == NULL)
			return *name;
	}
	return "";
}

/*
 * The key that identifies rows: the primary key if it is guaranteed, else the first
 * guaranteed one without NULLs, one that the engine does not compute before others.
 */
const BindsReflectedKey *
binds_reflected_identity(const BindsReflectedTable *table)
{
	const BindsReflectedKey *found = NULL;
	const BindsReflectedKey *computed = NULL;

	for (int i = 0; i < table->nkeys; i++)
	{
		const BindsReflectedKey *key = &table->keys[i];
		int			total = 0;
		int			ncomputed = 0;

		if (!key->guaranteed)
			continue;
		if (key->primary)
			return key;
		for (int j = 0; j < table->ncolumns; j++)
		{
			if (!table->columns[j].not_null ||
				!key_has(key, table->columns[j].name))
				continue;
			total++;
			ncomputed += table->columns[j].computed;
		}
		if (total < key->ncolumns)
			continue;
		if (found == NULL && ncomputed == 0)
			found = key;
		else if (computed == NULL)
			computed = key;
	}
	return found != NULL ? found : computed;
}

const BindsReflectedKey *
binds_reflected_key_of(const BindsReflectedTable *engine, TupleDesc desc,
					   const BindsTableOptions *options)
{
	const BindsReflectedKey *key = binds_reflected_identity(engine);

	return key != NULL && key_is_visible(desc, options, engine, key) ? key : NULL;
}

List *
binds_facts_unknown(void)
{
	return list_make1(list_make2(makeInteger(FACTS_UNKNOWN),
								 makeString(pstrdup(""))));
}

bool
binds_facts_are_unknown(List *facts)
{
	return facts != NIL && intVal(linitial(linitial(facts))) == FACTS_UNKNOWN;
}

bool
binds_facts_are_absent(List *facts)
{
	return intVal(linitial(linitial(facts))) == FACTS_NO_TABLE;
}

bool
binds_facts_lack_columns(List *facts)
{
	for (int i = 1; i < list_length(facts); i++)
	{
		List	   *column = list_nth(facts, i);

		if (column != NIL && (intVal(lthird(column)) & FACT_MISSING) != 0)
			return true;
	}
	return false;
}

const char *
binds_facts_rowid_name(List *facts)
{
	const char *name = strVal(lsecond(linitial(facts)));

	return name[0] != '\0' ? name : NULL;
}

void
binds_facts_column(List *facts, AttrNumber attnum, BindsColumnFacts *column)
{
	List	   *list = attnum < list_length(facts) ? list_nth(facts, attnum) : NIL;
	int			flags = list != NIL ? intVal(lthird(list)) : FACT_MISSING;

	memset(column, 0, sizeof(*column));
	column->missing = (flags & FACT_MISSING) != 0;
	if (column->missing)
		return;
	column->type = strVal(linitial(list));
	if (strVal(lsecond(list))[0] != '\0')
		column->collation = strVal(lsecond(list));
	column->key = (flags & FACT_KEY) != 0;
	column->generated = (flags & FACT_GENERATED) != 0;
	column->computed = (flags & FACT_COMPUTED) != 0;
	column->has_default = (flags & FACT_DEFAULT) != 0;
	column->replaces_null = (flags & FACT_REPLACES_NULL) != 0;
}

/* ------------------------------------------------------------------------
 * The option "described"
 * ------------------------------------------------------------------------ */

uint64
binds_described_start(const char *schema, const char *table)
{
	uint64		mark = 0;

	add_name(&mark, schema != NULL ? schema : "");
	add_name(&mark, table);
	return mark;
}

/*
 * Add a column.  Types count by their names in the catalogs, which a dump keeps and a
 * newer PostgreSQL does not print in another way.  Whoever adds a column, drops one,
 * changes a type or what a name is in the engine makes the options those of another
 * table: the engine is asked again.  So it is if a column is dropped and made anew without
 * the options that tell what the engine has.
 */
void
binds_described_add(uint64 *mark, const char *name, Oid typid, int32 typmod,
					List *options)
{
	static const char *const telling[] = {
		"generated", "type", "collation", "computed", "default"
	};
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(typid));
	Form_pg_type form;
	char	   *type;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", typid);
	form = (Form_pg_type) GETSTRUCT(tuple);
	type = psprintf("%s.%s %d", get_namespace_name(form->typnamespace),
					NameStr(form->typname), typmod);
	ReleaseSysCache(tuple);
	add_name(mark, name);
	add_name(mark, type);
	pfree(type);
	for (size_t i = 0; i < lengthof(telling); i++)
	{
		ListCell   *lc;

		foreach(lc, options)
		{
			DefElem    *option = lfirst_node(DefElem, lc);

			if (strcmp(option->defname, telling[i]) != 0)
				continue;
			add_name(mark, option->defname);
			add_name(mark, defGetString(option));
		}
	}
}

static void
add_name(uint64 *mark, const char *name)
{
	*mark = hash_combine64(*mark + 1, hash_bytes_extended((const unsigned char *) name,
														  strlen(name), 0));
}

char *
binds_described_text(uint64 mark)
{
	return psprintf("%08x", (uint32) (mark ^ (mark >> 32)));
}

bool
binds_is_described(const BindsTableOptions *options, TupleDesc desc)
{
	return options->described != NULL &&
		strcmp(described_now(options, desc), options->described) == 0;
}

/* The value of the option for a foreign table as it is. */
static char *
described_now(const BindsTableOptions *options, TupleDesc desc)
{
	uint64		mark = binds_described_start(options->schema_name, options->table_name);

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (!att->attisdropped)
			binds_described_add(&mark, engine_name(options, desc, i), att->atttypid,
								att->atttypmod,
								GetForeignColumnOptions(att->attrelid, att->attnum));
	}
	return binds_described_text(mark);
}

/* ------------------------------------------------------------------------
 * What this backend knows
 * ------------------------------------------------------------------------ */

List *
binds_facts_find(Oid relid, Oid userid)
{
	FactsEntry *entry = find_entry(relid, userid);

	if (entry == NULL || entry->facts == NIL)
		return NIL;
	if (binds_facts_are_unknown(entry->facts) &&
		TimestampDifferenceExceeds(entry->asked, GetCurrentTimestamp(), FAILURE_MS))
		return NIL;
	return copyObject(entry->facts);
}

void
binds_facts_keep(Oid relid, Oid userid, Oid serverid, List *facts, bool passing)
{
	MemoryContext context;
	MemoryContext old;
	FactsEntry *entry;

	set_up();
	context = AllocSetContextCreate(CacheMemoryContext, "binds facts of a table",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	facts = copyObject(facts);
	MemoryContextSwitchTo(old);

	entry = make_entry(relid, userid, serverid);
	if (entry->context != NULL)
		MemoryContextDelete(entry->context);
	entry->context = context;
	entry->facts = facts;
	entry->asked = GetCurrentTimestamp();
	if (passing)
		entry->passing = any_passing = true;
}

const char *
binds_facts_find_kept(Oid relid, Oid userid)
{
	FactsEntry *entry = find_entry(relid, userid);

	return entry != NULL && entry->kept_known ? entry->kept : NULL;
}

void
binds_facts_keep_kept(Oid relid, Oid userid, Oid serverid, const char *name)
{
	FactsEntry *entry;

	set_up();
	entry = make_entry(relid, userid, serverid);
	strlcpy(entry->kept, name,
			pg_mbcliplen(name, strlen(name), sizeof(entry->kept) - 1) + 1);
	entry->kept_known = true;
	/* an error would not undo rows that went together */
	if (name[0] != '\0')
		entry->rows = BINDS_ROWS_SINGLY;
}

bool
binds_facts_tell_kept(Oid relid, Oid userid)
{
	FactsEntry *entry = find_entry(relid, userid);
	bool		told = entry != NULL && entry->kept_told;

	if (entry != NULL)
		entry->kept_told = true;
	return !told;
}

BindsRowsSent
binds_facts_find_rows(Oid relid, Oid userid)
{
	FactsEntry *entry = find_entry(relid, userid);

	return entry != NULL ? entry->rows : BINDS_ROWS_UNTRIED;
}

void
binds_facts_keep_rows(Oid relid, Oid userid, Oid serverid, BindsRowsSent rows)
{
	set_up();
	make_entry(relid, userid, serverid)->rows = rows;
}

BindsReach *
binds_facts_find_reach(Oid relid, Oid userid)
{
	FactsEntry *entry = find_entry(relid, userid);
	BindsReach *reach;

	if (entry == NULL || entry->reach_context == NULL)
		return NULL;
	reach = palloc(sizeof(BindsReach));
	*reach = entry->reach;
	reach->sources = copyObject(entry->reach.sources);
	reach->deletions = copyObject(entry->reach.deletions);
	reach->beyond_columns = copyObject(entry->reach.beyond_columns);
	return reach;
}

void
binds_facts_keep_reach(Oid relid, Oid userid, Oid serverid, const BindsReach *reach)
{
	FactsEntry *entry;
	MemoryContext context;
	MemoryContext old;

	set_up();
	entry = make_entry(relid, userid, serverid);
	forget_reach(entry);
	context = AllocSetContextCreate(CacheMemoryContext, "binds reach of a table",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	entry->reach = *reach;
	entry->reach.sources = copyObject(reach->sources);
	entry->reach.deletions = copyObject(reach->deletions);
	entry->reach.beyond_columns = copyObject(reach->beyond_columns);
	MemoryContextSwitchTo(old);
	entry->reach_context = context;
}

void
binds_facts_forget_reach(Oid serverid)
{
	HASH_SEQ_STATUS seq;
	FactsEntry *entry;

	if (known == NULL)
		return;
	hash_seq_init(&seq, known);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (entry->serverid == serverid)
			forget_reach(entry);
	}
}

/* Never throws. */
static void
forget_reach(FactsEntry *entry)
{
	if (entry->reach_context != NULL)
		MemoryContextDelete(entry->reach_context);
	entry->reach_context = NULL;
}

static FactsEntry *
find_entry(Oid relid, Oid userid)
{
	FactsKey	key = {relid, userid};

	return known == NULL ? NULL : hash_search(known, &key, HASH_FIND, NULL);
}

/* The entry, an empty one if there was none. */
static FactsEntry *
make_entry(Oid relid, Oid userid, Oid serverid)
{
	FactsKey	key = {relid, userid};
	bool		lasting = reads_lasting_state(serverid);
	bool		found;
	FactsEntry *entry = hash_search(known, &key, HASH_ENTER, &found);

	if (!found)
	{
		memset(entry, 0, sizeof(*entry));
		entry->key = key;
	}
	entry->serverid = serverid;
	if (lasting)
		entry->passing = any_passing = true;
	return entry;
}

/*
 * Is what is read of a server read in one state to the end of the transaction, its
 * definitions, too?
 */
static bool
reads_lasting_state(Oid serverid)
{
	const BindsEngineOptions *options = binds_server_options(serverid);

	return options->dialect->transactional_ddl &&
		(IsolationUsesXactSnapshot() ||
		 options->isolation_level >= BINDS_ISOLATION_REPEATABLE_READ);
}

/*
 * Definitions that are in a state as rows are may be others by its end.  Whoever changed
 * them told everybody, and was heard before they were asked.
 */
static void
forget_passing(XactEvent event, void *arg)
{
	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_PREPARE)
		binds_facts_passed();
}

void
binds_facts_passed(void)
{
	HASH_SEQ_STATUS seq;
	FactsEntry *entry;

	if (!any_passing)
		return;
	any_passing = false;
	do
	{
		hash_seq_init(&seq, known);
		while ((entry = hash_seq_search(&seq)) != NULL && !entry->passing)
			 /* go on */ ;
		if (entry != NULL)
		{
			/* it may be gone then, and the next one, too */
			Oid			relid = entry->key.relid;

			entry->passing = false;
			hash_seq_term(&seq);
			binds_facts_forget(relid);
		}
	} while (entry != NULL);
}

void
binds_facts_connected(Oid serverid)
{
	HASH_SEQ_STATUS seq;
	FactsEntry *entry;
	List	   *relids = NIL;
	ListCell   *lc;

	if (known == NULL || hash_get_num_entries(known) == 0)
		return;
	hash_seq_init(&seq, known);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (OidIsValid(serverid) && entry->serverid != serverid)
			continue;
		relids = list_append_unique_oid(relids, entry->key.relid);
	}
	foreach(lc, relids)
		binds_facts_forget(lfirst_oid(lc));
	list_free(relids);
}

/* A table may have been dropped by now; then nobody needs it. */
void
binds_facts_changed(Oid serverid)
{
	ListCell   *lc;

	foreach(lc, binds_bind_tables(serverid))
	{
		HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(lfirst_oid(lc)));

		if (!HeapTupleIsValid(tuple))
			continue;
		CacheInvalidateRelcacheByTuple(tuple);
		ReleaseSysCache(tuple);
	}
}

/*
 * Plans know only of relations that they depend on; so it is the relation that is
 * said to have changed, to this backend alone.
 */
void
binds_facts_forget(Oid relid)
{
	SharedInvalidationMessage message = {0};

	message.rc.id = SHAREDINVALRELCACHE_ID;
	message.rc.dbId = MyDatabaseId;
	message.rc.relId = relid;
	LocalExecuteInvalidationMessage(&message);
}

static void
set_up(void)
{
	HASHCTL		ctl = {.keysize = sizeof(FactsKey), .entrysize = sizeof(FactsEntry)};

	if (known != NULL)
		return;
	known = hash_create("binds facts", 64, &ctl, HASH_ELEM | HASH_BLOBS);
	CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(FOREIGNSERVEROID, server_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(USERMAPPINGOID, server_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(FOREIGNDATAWRAPPEROID, server_changed, (Datum) 0);
	RegisterXactCallback(forget_passing, NULL);
}

/* What somebody was told stays so. */
static void
forget(FactsEntry *entry)
{
	if (entry->context != NULL)
		MemoryContextDelete(entry->context);
	entry->context = NULL;
	entry->facts = NIL;
	entry->passing = false;
	entry->kept_known = false;
	forget_reach(entry);
	if (entry->rows == BINDS_ROWS_TOGETHER)
		entry->rows = BINDS_ROWS_UNTRIED;
	if (!entry->kept_told && entry->rows == BINDS_ROWS_UNTRIED)
		hash_search(known, &entry->key, HASH_REMOVE, NULL);
}

/* Never throws. */
static void
relation_changed(Datum arg, Oid relid)
{
	HASH_SEQ_STATUS seq;
	FactsEntry *entry;

	if (hash_get_num_entries(known) == 0)
		return;
	hash_seq_init(&seq, known);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (!OidIsValid(relid) || entry->key.relid == relid)
			forget(entry);
	}
}

/* Never throws.  Changes of servers and mappings are rare: all is asked again. */
static void
server_changed(Datum arg, int cacheid, uint32 hash)
{
	relation_changed(arg, InvalidOid);
}
