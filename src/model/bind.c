/*
 * bind.c
 *	  From bind keys to binds: finding, listing and locking them.
 *
 * A bind is a foreign server of one of our wrappers; there is no other list of
 * them.  Everything returned is palloc'ed in the caller's context.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xlog.h"
#include "catalog/namespace.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_foreign_table.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "foreign/foreign.h"
#include "lib/stringinfo.h"
#include "storage/lmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "binds.h"
#include "dialect/text.h"
#include "compat.h"
#include "dialect/dialects.h"
#include "model/bind.h"

/* The key that means every bind in the functions that take several. */
#define ALL_KEYS "__all__"

static void lock_bind(const BindsBind *bind, LOCKMODE mode);
static BindsBind *make_bind(Oid serverid);
static BindsBind *make_default_bind(void);
static char *known_keys(void);
static List *all_servers(void);
static List *list_of_array(ArrayType *array);
static List *append_once(List *binds, BindsBind *bind);

BindsBind *
binds_bind_find(const char *key)
{
	Oid			serverid;

	if (key == NULL)
		return make_default_bind();
	binds_bind_check_key(key);
	serverid = get_foreign_server_oid(key, true);
	if (!OidIsValid(serverid) || binds_dialect_of_server(serverid) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("bind \"%s\" does not exist", key),
				 errhint("Known bind keys: %s.", known_keys())));
	return make_bind(serverid);
}

void
binds_bind_check_key(const char *key)
{
	if (key == NULL || key[0] == '\0' || strcmp(key, ALL_KEYS) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 key == NULL ? errmsg("NULL is the key of the host database, which is always there") :
				 errmsg("\"%s\" is no bind key", key),
				 key != NULL && strcmp(key, ALL_KEYS) == 0 ?
				 errhint("It stands for all binds where a function takes several: create_all, drop_all, reflect, ddl, diff, upgrade, export, ping and disconnect.") :
				 errhint("A bind key is the name of a foreign server, of at most %d bytes.",
						 BINDS_KEY_MAX)));
	if (strlen(key) > BINDS_KEY_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NAME_TOO_LONG),
				 errmsg("bind key \"%s\" is too long", key),
				 errdetail("It has %zu bytes, at most %d are allowed.",
						   strlen(key), BINDS_KEY_MAX),
				 errhint("Choose a shorter one.")));
}

List *
binds_bind_all(void)
{
	List	   *result = list_make1(make_default_bind());
	ListCell   *cell;

	foreach(cell, all_servers())
		result = lappend(result, make_bind(lfirst_oid(cell)));
	return result;
}

List *
binds_bind_list(FunctionCallInfo fcinfo)
{
	char	   *key;

	if (PG_NARGS() == 0)
		return binds_bind_all();
	if (get_fn_expr_argtype(fcinfo->flinfo, 0) == TEXTARRAYOID)
	{
		if (PG_ARGISNULL(0))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("array of bind keys must not be NULL"),
					 errhint("ARRAY[NULL]::text[] names the host database.")));
		return list_of_array(PG_GETARG_ARRAYTYPE_P(0));
	}
	if (PG_ARGISNULL(0))
		return list_make1(make_default_bind());
	key = text_to_cstring(PG_GETARG_TEXT_PP(0));
	if (strcmp(key, ALL_KEYS) == 0)
		return binds_bind_all();
	return list_make1(binds_bind_find(key));
}

void
binds_bind_lock(const BindsBind *bind)
{
	lock_bind(bind, ShareUpdateExclusiveLock);
}

void
binds_bind_lock_shared(const BindsBind *bind)
{
	if (!RecoveryInProgress())
		lock_bind(bind, ShareLock);
}

/*
 * The default bind is locked through the extension's schema, because its
 * metadata schema may not be there yet.
 */
static void
lock_bind(const BindsBind *bind, LOCKMODE mode)
{
	if (bind->key == NULL)
	{
		LockDatabaseObject(NamespaceRelationId, get_namespace_oid(BINDS_SCHEMA, false),
						   0, mode);
		return;
	}
	LockDatabaseObject(ForeignServerRelationId, bind->serverid, 0, mode);
	if (!SearchSysCacheExists1(FOREIGNSERVEROID, ObjectIdGetDatum(bind->serverid)))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("bind \"%s\" does not exist", bind->key),
				 errhint("Known bind keys: %s.", known_keys())));
}

void
binds_bind_unlock_shared(const BindsBind *bind)
{
	if (RecoveryInProgress())
		return;
	if (bind->key == NULL)
		UnlockDatabaseObject(NamespaceRelationId, get_namespace_oid(BINDS_SCHEMA, false),
							 0, ShareLock);
	else
		UnlockDatabaseObject(ForeignServerRelationId, bind->serverid, 0, ShareLock);
}

/* ------------------------------------------------------------------------
 * Schemas of binds
 * ------------------------------------------------------------------------ */

/* One that is the option "schema" of a bind. */
typedef struct BindSchema
{
	char	   *schema;
	char	   *key;
} BindSchema;

/* All of them, good until a server is changed: every CREATE TABLE looks here. */
static List *bind_schemas = NIL;
static MemoryContext bind_schemas_context = NULL;
static bool bind_schemas_valid = false;

static void
forget_schemas(Datum arg, int cacheid, uint32 hashvalue)
{
	bind_schemas_valid = false;
}

static void
read_schemas(void)
{
	ListCell   *lc;

	if (bind_schemas_context == NULL)
	{
		bind_schemas_context = AllocSetContextCreate(CacheMemoryContext, "binds schemas",
													 ALLOCSET_SMALL_SIZES);
		CacheRegisterSyscacheCallback(FOREIGNSERVEROID, forget_schemas, (Datum) 0);
		CacheRegisterSyscacheCallback(FOREIGNDATAWRAPPEROID, forget_schemas, (Datum) 0);
	}
	AcceptInvalidationMessages();
	if (bind_schemas_valid)
		return;
	bind_schemas = NIL;
	MemoryContextReset(bind_schemas_context);
	/* what arrives while they are read counts */
	bind_schemas_valid = true;
	foreach(lc, all_servers())
	{
		Oid			serverid = lfirst_oid(lc);
		const char *schema = binds_engine_schema(serverid);
		MemoryContext old;
		BindSchema *one;

		if (schema == NULL)
			continue;
		old = MemoryContextSwitchTo(bind_schemas_context);
		one = palloc(sizeof(BindSchema));
		one->schema = pstrdup(schema);
		one->key = pstrdup(GetForeignServer(serverid)->servername);
		bind_schemas = lappend(bind_schemas, one);
		MemoryContextSwitchTo(old);
	}
}

bool
binds_bind_any_schema(void)
{
	read_schemas();
	return bind_schemas != NIL;
}

char *
binds_bind_of_schema(const char *schema, const char *preferred)
{
	const BindSchema *found = NULL;
	const BindSchema *several = NULL;
	ListCell   *lc;

	read_schemas();
	foreach(lc, bind_schemas)
	{
		const BindSchema *one = lfirst(lc);

		if (strcmp(one->schema, schema) != 0)
			continue;
		if (preferred != NULL && strcmp(one->key, preferred) == 0)
			return pstrdup(one->key);
		several = several != NULL ? several : found;
		found = one;
	}
	if (several != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_AMBIGUOUS_FUNCTION),
				 errmsg("several binds have schema \"%s\"", schema),
				 errdetail("Two of them are \"%s\" and \"%s\".", several->key, found->key),
				 errhint("Set binds.bind_key to one of them.")));
	return found != NULL ? pstrdup(found->key) : NULL;
}

List *
binds_bind_keys_of_schema(const char *schema)
{
	List	   *keys = NIL;
	ListCell   *lc;

	read_schemas();
	foreach(lc, bind_schemas)
	{
		const BindSchema *one = lfirst(lc);

		if (strcmp(one->schema, schema) == 0)
			keys = lappend(keys, pstrdup(one->key));
	}
	return keys;
}

/* "a", "b" for a HINT; "none" if there are none. */
static char *
known_keys(void)
{
	StringInfoData buf;
	ListCell   *cell;

	initStringInfo(&buf);
	foreach(cell, all_servers())
		binds_text_list_add(&buf, GetForeignServer(lfirst_oid(cell))->servername);
	return buf.len > 0 ? buf.data : pstrdup("none");
}

/* ------------------------------------------------------------------------
 * Names
 * ------------------------------------------------------------------------ */

char *
binds_metadata_schema(const char *bind_key)
{
	if (bind_key == NULL)
		return pstrdup(BINDS_METADATA_SCHEMA);
	return psprintf("%s_%s", BINDS_METADATA_SCHEMA, bind_key);
}

bool
binds_metadata_key(const char *schema, char **bind_key)
{
	size_t		n = strlen(BINDS_METADATA_SCHEMA);

	*bind_key = NULL;
	if (strncmp(schema, BINDS_METADATA_SCHEMA, n) != 0)
		return false;
	if (schema[n] == '\0')
		return true;
	if (schema[n] != '_' || schema[n + 1] == '\0')
		return false;
	*bind_key = pstrdup(schema + n + 1);
	return true;
}

const char *
binds_bind_words(const char *bind_key)
{
	return bind_key ? psprintf("bind \"%s\"", bind_key) : "the default bind";
}

/* ------------------------------------------------------------------------
 * Lists
 * ------------------------------------------------------------------------ */

static BindsBind *
make_bind(Oid serverid)
{
	BindsBind  *bind = palloc0(sizeof(BindsBind));

	bind->serverid = serverid;
	bind->options = binds_engine_options(serverid);
	bind->key = bind->options->bind_key;
	bind->dialect = bind->options->dialect;
	bind->metadata_schema = binds_metadata_schema(bind->key);
	return bind;
}

static BindsBind *
make_default_bind(void)
{
	BindsBind  *bind = palloc0(sizeof(BindsBind));

	bind->metadata_schema = BINDS_METADATA_SCHEMA;
	return bind;
}

/*
 * OIDs of all binds in the order of their registration.  A server whose name cannot
 * be a key is usable as a foreign server, but is not listed.
 */
static List *
all_servers(void)
{
	List	   *result = NIL;
	Relation	rel = table_open(ForeignServerRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_foreign_server server = (Form_pg_foreign_server) GETSTRUCT(tuple);

		if (binds_dialect_of_wrapper(server->srvfdw) != NULL &&
			strlen(NameStr(server->srvname)) <= BINDS_KEY_MAX &&
			strcmp(NameStr(server->srvname), ALL_KEYS) != 0)
			result = lappend_oid(result, server->oid);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	list_sort(result, list_oid_cmp);
	return result;
}

static List *
list_of_array(ArrayType *array)
{
	List	   *result = NIL;
	ListCell   *cell;
	Datum	   *keys;
	bool	   *nulls;
	int			count;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &keys, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		char	   *key = nulls[i] ? NULL : TextDatumGetCString(keys[i]);

		if (key != NULL && strcmp(key, ALL_KEYS) == 0)
		{
			foreach(cell, binds_bind_all())
				result = append_once(result, lfirst(cell));
		}
		else
			result = append_once(result, binds_bind_find(key));
	}
	return result;
}

static List *
append_once(List *binds, BindsBind *bind)
{
	ListCell   *cell;

	foreach(cell, binds)
	{
		if (((BindsBind *) lfirst(cell))->serverid == bind->serverid)
			return binds;
	}
	return lappend(binds, bind);
}

List *
binds_bind_tables(Oid serverid)
{
	List	   *result = NIL;
	Relation	rel = table_open(ForeignTableRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_foreign_table table = (Form_pg_foreign_table) GETSTRUCT(tuple);

		if (table->ftserver == serverid)
			result = lappend_oid(result, table->ftrelid);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	list_sort(result, list_oid_cmp);
	return result;
}
