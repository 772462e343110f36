/*
 * registry.c
 *	  Which models there are, and where their relations go.
 *
 * The template of a model bears a trigger of a fixed name and function, whose arguments
 * are the schema and the name of the local relation, the place in the order of
 * definition, and the names that columns have had, or that went with one, or that the
 * model itself has had.  It goes with the table, by whatever command, follows its name, and pg_dump
 * writes it without being told.  The relation is kept by name, since OIDs do not survive
 * a dump, and there need be none.
 *
 * All are read at once, through what depends on the function, and kept until something
 * happens to a template.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "commands/event_trigger.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "binds.h"
#include "compat.h"
#include "dialect/dialects.h"
#include "model/dependencies.h"
#include "model/registry.h"
#include "model/rights.h"

#define MODEL_TRIGGER "binds_model"
#define MODEL_FUNCTION "model_template"

/*
 * The greatest position: of models that have it, the one whose template is older comes
 * first, so that none is left out because somebody has taken it.
 */
#define MODEL_POSITION_MAX (PG_INT64_MAX - 1)

/*
 * arguments of the trigger, after which come the names in "renames" and those in "former",
 * each of these after an empty one
 */
enum
{
	MODEL_LOCAL_SCHEMA,
	MODEL_LOCAL_NAME,
	MODEL_POSITION,
	MODEL_NARGS
};

BINDS_FUNCTION(binds_model_template_trigger);
BINDS_FUNCTION(binds_model_rows_sql);
BINDS_FUNCTION(binds_model_restore);
BINDS_FUNCTION(binds_check_trigger);
BINDS_FUNCTION(binds_sql_drop);

/*
 * What is known; good as long as nothing has happened but to the relations in "changed",
 * and none of those is or was a template.
 */
static List *known = NIL;
static MemoryContext known_context = NULL;
static bool known_valid = false;
static bool all_changed = false;

#define MAX_CHANGED 64
static Oid	changed[MAX_CHANGED];
static int	nchanged = 0;

static void note_relation(Datum arg, Oid relid);
static void note_bind(Datum arg, int cacheid, uint32 hashvalue);
static List *known_rows(void);
static void read_all(void);
static void read_changed(void);
static void read_again(Oid relid);
static BindsModelRow *read_template(Oid relid);
static void free_row(BindsModelRow *row);
static List *read_rows(bool all);
static List *read_triggers(Oid function);
static BindsModelRow *read_trigger(Relation rel, Oid trigger);
static HeapTuple trigger_tuple(Relation rel, Oid trigger);
static BindsModelRow *row_of_trigger(HeapTuple tuple, TupleDesc desc);
static bool is_name(const char *name);
static bool has_bind(const BindsModelRow *row);
static BindsModelRow *copy_row(const BindsModelRow *row);
static BindsModelRow *given_row(const BindsModelRow *row);
static bool is_in(List *names, const char *name);
static Oid	model_function(bool missing_ok);
static int	compare_position(const ListCell *a, const ListCell *b);
static bool same_key(const char *a, const char *b);
static void forget_former_names(BindsModelRow *row, const char *column);
static void register_template(const BindsModelRow *row, Oid template);
static bool skip_restored(const BindsModelRow *row, Oid template);
static char *trigger_argument(HeapTuple tuple, TupleDesc desc, const char *name);
static bool is_model_trigger(Form_pg_trigger form);
static void check_trigger(Oid trigger);
static HeapTuple dropped_server(Oid serverid);
static bool was_bind(Form_pg_foreign_server server);
static void forget_bind(const char *bind_key);

/* ------------------------------------------------------------------------
 * What is known
 * ------------------------------------------------------------------------ */

List *
binds_model_all_rows(void)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, known_rows())
		rows = lappend(rows, given_row(lfirst(lc)));
	return rows;
}

List *
binds_model_rows_named(const char *name)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, known_rows())
	{
		const BindsModelRow *row = lfirst(lc);

		if (pg_strcasecmp(row->model, name) == 0 ||
			strcmp(row->local_name, name) == 0 ||
			binds_model_had_name(row, name, true))
			rows = lappend(rows, copy_row(row));
	}
	return rows;
}

List *
binds_model_rows(const char *bind_key)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, known_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (same_key(row->bind_key, bind_key))
			rows = lappend(rows, given_row(row));
	}
	return rows;
}

BindsModelRow *
binds_model_find(const char *bind_key, const char *model)
{
	ListCell   *lc;

	foreach(lc, known_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (same_key(row->bind_key, bind_key) && strcmp(row->model, model) == 0)
			return given_row(row);
	}
	return NULL;
}

BindsModelRow *
binds_model_of_template(Oid template)
{
	ListCell   *lc;

	foreach(lc, known_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (row->template == template)
			return given_row(row);
	}
	return NULL;
}

BindsModelRow *
binds_model_of_relation(Oid relid)
{
	char	   *name = get_rel_name(relid);
	char	   *schema = name != NULL ? get_namespace_name(get_rel_namespace(relid)) : NULL;
	bool		foreign = get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE;
	const char *key = NULL;
	ListCell   *lc;

	if (schema == NULL)
		return NULL;
	if (foreign)
		key = GetForeignServer(GetForeignServerIdByRelId(relid))->servername;
	foreach(lc, known_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (strcmp(row->local_schema, schema) != 0 || !same_key(row->bind_key, key))
			continue;
		if (row->former != NIL)
			row = given_row(row);
		if (strcmp(row->local_name, name) == 0)
			return given_row(row);
	}
	return NULL;
}

bool
binds_model_has_index(const BindsModelRow *row, const char *name)
{
	Oid			relid = get_relname_relid(name, get_rel_namespace(row->template));

	return OidIsValid(relid) && get_rel_relkind(relid) == RELKIND_INDEX &&
		IndexGetRelation(relid, true) == row->template;
}

bool
binds_models_are_known(void)
{
	return OidIsValid(model_function(true));
}

/* In order of definition.  Valid until the catalogs are looked at again. */
static List *
known_rows(void)
{
	static bool registered = false;

	if (!registered)
	{
		CacheRegisterRelcacheCallback(note_relation, (Datum) 0);
		CacheRegisterSyscacheCallback(NAMESPACEOID, note_bind, (Datum) 0);
		CacheRegisterSyscacheCallback(FOREIGNSERVEROID, note_bind, (Datum) 0);
		CacheRegisterSyscacheCallback(FOREIGNDATAWRAPPEROID, note_bind, (Datum) 0);
		registered = true;
	}
	AcceptInvalidationMessages();
	if (known_valid && !all_changed)
		read_changed();
	if (!known_valid || all_changed)
		read_all();
	return known;
}

static void
read_all(void)
{
	MemoryContext context;
	MemoryContext old;
	List	   *rows;

	/* what arrives while they are read counts */
	known_valid = false;
	all_changed = false;
	nchanged = 0;
	context = AllocSetContextCreate(CurrentMemoryContext, "binds models",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	rows = read_rows(false);
	MemoryContextSwitchTo(old);
	MemoryContextSetParent(context, CacheMemoryContext);
	if (known_context != NULL)
		MemoryContextDelete(known_context);
	known_context = context;
	known = rows;
	known_valid = true;
}

/* Read what is or was a template of the relations that have changed. */
static void
read_changed(void)
{
	Oid			relids[MAX_CHANGED];
	int			n = nchanged;

	if (n == 0)
		return;
	memcpy(relids, changed, sizeof(Oid) * n);
	nchanged = 0;
	known_valid = false;
	for (int i = 0; i < n; i++)
		read_again(relids[i]);
	known_valid = true;
}

static void
read_again(Oid relid)
{
	BindsModelRow *row = read_template(relid);
	ListCell   *lc;

	foreach(lc, known)
	{
		if (((BindsModelRow *) lfirst(lc))->template == relid)
		{
			free_row(lfirst(lc));
			known = foreach_delete_current(known, lc);
			break;
		}
	}
	if (row != NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(known_context);
		int			place = list_length(known);

		while (place > 0 && binds_model_compare(list_nth(known, place - 1), row) > 0)
			place--;
		known = list_insert_nth(known, place, copy_row(row));
		MemoryContextSwitchTo(old);
	}
}

/* A relation was changed, perhaps a template: no catalog can be asked here. */
static void
note_relation(Datum arg, Oid relid)
{
	if (!OidIsValid(relid) || nchanged == MAX_CHANGED)
		all_changed = true;
	else
		changed[nchanged++] = relid;
}

/* A schema or a server was changed: other binds may have models now. */
static void
note_bind(Datum arg, int cacheid, uint32 hashvalue)
{
	all_changed = true;
}

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

/* all: also what is left of binds that are not there. */
static List *
read_rows(bool all)
{
	Relation	rel = table_open(TriggerRelationId, AccessShareLock);
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, read_triggers(model_function(false)))
	{
		BindsModelRow *row = read_trigger(rel, lfirst_oid(lc));

		if (row != NULL && (all || has_bind(row)))
			rows = lappend(rows, row);
	}
	table_close(rel, AccessShareLock);
	list_sort(rows, compare_position);
	return rows;
}

/* OIDs of the triggers that call a function. */
static List *
read_triggers(Oid function)
{
	List	   *triggers = NIL;
	ListCell   *lc;

	foreach(lc, binds_dependents(ProcedureRelationId, function))
	{
		BindsDependency *dependent = lfirst(lc);

		if (dependent->object.classId == TriggerRelationId)
			triggers = lappend_oid(triggers, dependent->object.objectId);
	}
	return triggers;
}

/* rel: pg_trigger.  NULL: it does not make its table a model. */
static BindsModelRow *
read_trigger(Relation rel, Oid trigger)
{
	HeapTuple	tuple = trigger_tuple(rel, trigger);

	return HeapTupleIsValid(tuple) ? row_of_trigger(tuple, RelationGetDescr(rel)) : NULL;
}

/* A copy of a trigger's row; rel: pg_trigger.  NULL: there is none. */
static HeapTuple
trigger_tuple(Relation rel, Oid trigger)
{
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_trigger_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(trigger));
	scan = systable_beginscan(rel, TriggerOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		tuple = heap_copytuple(tuple);
	systable_endscan(scan);
	return tuple;
}

/* The row of a relation that may not be there any more; NULL: it is no template. */
static BindsModelRow *
read_template(Oid relid)
{
	Oid			schema = get_rel_namespace(relid);
	char	   *name = OidIsValid(schema) ? get_namespace_name(schema) : NULL;
	BindsModelRow *row = NULL;
	Relation	rel;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	if (name == NULL || strncmp(name, BINDS_METADATA_SCHEMA,
								strlen(BINDS_METADATA_SCHEMA)) != 0)
		return NULL;
	rel = table_open(TriggerRelationId, AccessShareLock);
	ScanKeyInit(&keys[0], Anum_pg_trigger_tgrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	ScanKeyInit(&keys[1], Anum_pg_trigger_tgname, BTEqualStrategyNumber, F_NAMEEQ,
				CStringGetDatum(MODEL_TRIGGER));
	scan = systable_beginscan(rel, TriggerRelidNameIndexId, true, NULL, 2, keys);
	if (HeapTupleIsValid(tuple = systable_getnext(scan)) &&
		((Form_pg_trigger) GETSTRUCT(tuple))->tgfoid == model_function(false))
		row = row_of_trigger(tuple, RelationGetDescr(rel));
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return row != NULL && has_bind(row) ? row : NULL;
}

/*
 * NULL unless it is a trigger of ours with its arguments, on an ordinary table of a
 * metadata schema, be there a bind to it or not: a dump may bring that later.
 */
static BindsModelRow *
row_of_trigger(HeapTuple tuple, TupleDesc desc)
{
	Form_pg_trigger form = (Form_pg_trigger) GETSTRUCT(tuple);
	char	   *schema = get_namespace_name(get_rel_namespace(form->tgrelid));
	BindsModelRow *row;
	char	   *key;
	const char *argument;
	char	   *end;
	bool		isnull;

	if (schema == NULL || !binds_metadata_key(schema, &key) ||
		strcmp(NameStr(form->tgname), MODEL_TRIGGER) != 0 ||
		get_rel_relkind(form->tgrelid) != RELKIND_RELATION ||
		form->tgnargs < MODEL_NARGS || (form->tgnargs - MODEL_NARGS) % 2 != 0)
		return NULL;
	row = palloc0(sizeof(BindsModelRow));
	row->bind_key = key;
	row->model = get_rel_name(form->tgrelid);
	row->template = form->tgrelid;

	/* each ends with a zero byte */
	argument = VARDATA_ANY(DatumGetByteaPP(heap_getattr(tuple, Anum_pg_trigger_tgargs,
														desc, &isnull)));
	row->local_schema = pstrdup(argument);
	argument += strlen(argument) + 1;
	row->local_name = pstrdup(argument);
	argument += strlen(argument) + 1;
	row->position = strtoi64(argument, &end, 10);
	if (end == argument || *end != '\0' || row->position < 0 ||
		row->position > MODEL_POSITION_MAX || !is_name(row->local_schema) ||
		!is_name(row->local_name))
		return NULL;
	for (int i = MODEL_NARGS; i < form->tgnargs; i += 2)
	{
		const char *before = argument + strlen(argument) + 1;
		const char *now = before + strlen(before) + 1;

		argument = now;
		if (before[0] == '\0' && is_name(now))
			row->former = lappend(row->former, pstrdup(now));
		else if (is_name(before) && (is_name(now) || now[0] == '\0'))
			row->renames = lappend(lappend(row->renames, pstrdup(before)), pstrdup(now));
		else
			return NULL;
	}
	return row;
}

static bool
is_name(const char *name)
{
	return name[0] != '\0' && strlen(name) < NAMEDATALEN;
}

/*
 * Whoever may make schemas can make one of a metadata schema's name: without a bind to it,
 * what is in there are no models.
 */
static bool
has_bind(const BindsModelRow *row)
{
	Oid			serverid;

	if (row->bind_key == NULL)
		return true;
	serverid = strlen(row->bind_key) <= BINDS_KEY_MAX ?
		get_foreign_server_oid(row->bind_key, true) : InvalidOid;
	return OidIsValid(serverid) && binds_dialect_of_server(serverid) != NULL;
}

static BindsModelRow *
copy_row(const BindsModelRow *row)
{
	BindsModelRow *copy = palloc(sizeof(BindsModelRow));
	ListCell   *lc;

	*copy = *row;
	copy->bind_key = row->bind_key ? pstrdup(row->bind_key) : NULL;
	copy->model = pstrdup(row->model);
	copy->local_schema = pstrdup(row->local_schema);
	copy->local_name = pstrdup(row->local_name);
	copy->renames = NIL;
	foreach(lc, row->renames)
		copy->renames = lappend(copy->renames, pstrdup(lfirst(lc)));
	copy->former = NIL;
	foreach(lc, row->former)
		copy->former = lappend(copy->former, pstrdup(lfirst(lc)));
	return copy;
}

/* A copy for who asks. */
static BindsModelRow *
given_row(const BindsModelRow *row)
{
	BindsModelRow *copy = copy_row(row);

	binds_model_settle(copy);
	return copy;
}

bool
binds_model_relation_waits(const BindsModelRow *row)
{
	return strcmp(row->local_name, row->model) != 0 && is_in(row->former, row->local_name);
}

void
binds_model_settle(BindsModelRow *row)
{
	if (binds_model_relation_waits(row) && !OidIsValid(binds_model_relation(row)))
		row->local_name = pstrdup(row->model);
}

static bool
is_in(List *names, const char *name)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		if (strcmp(lfirst(lc), name) == 0)
			return true;
	}
	return false;
}

static void
free_row(BindsModelRow *row)
{
	if (row->bind_key != NULL)
		pfree(unconstify(char *, row->bind_key));
	pfree(unconstify(char *, row->model));
	pfree(unconstify(char *, row->local_schema));
	pfree(unconstify(char *, row->local_name));
	list_free_deep(row->renames);
	list_free_deep(row->former);
	pfree(row);
}

/* The function that makes a trigger one of ours. */
static Oid
model_function(bool missing_ok)
{
	oidvector  *none = buildoidvector(NULL, 0);
	Oid			schema = get_namespace_oid(BINDS_SCHEMA, true);
	Oid			function = InvalidOid;

	/* without looking at anybody's rights to the schema */
	if (OidIsValid(schema))
		function = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
								   CStringGetDatum(MODEL_FUNCTION),
								   PointerGetDatum(none), ObjectIdGetDatum(schema));
	pfree(none);
	if (!OidIsValid(function) && !missing_ok)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("extension \"binds\" is of another version than its library"),
				 errdetail("Function %s.%s() does not exist.", BINDS_SCHEMA,
						   MODEL_FUNCTION),
				 errhint("Use ALTER EXTENSION binds UPDATE.")));
	return function;
}

static int
compare_position(const ListCell *a, const ListCell *b)
{
	return binds_model_compare(lfirst(a), lfirst(b));
}

/* Tables that two dumps have brought may have one position. */
int
binds_model_compare(const BindsModelRow *ra, const BindsModelRow *rb)
{
	if (ra->position != rb->position)
		return ra->position < rb->position ? -1 : 1;
	return ra->template < rb->template ? -1 : ra->template > rb->template ? 1 : 0;
}

static bool
same_key(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

/*
 * The rows of the view binds.model.
 */
Datum
binds_model_rows_sql(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ListCell   *lc;

	InitMaterializedSRF(fcinfo, 0);
	foreach(lc, binds_model_all_rows())
	{
		BindsModelRow *row = lfirst(lc);
		Datum		values[6] = {0};
		bool		nulls[6] = {false};

		nulls[0] = row->bind_key == NULL;
		if (!nulls[0])
			values[0] = CStringGetTextDatum(row->bind_key);
		values[1] = CStringGetTextDatum(row->model);
		values[2] = CStringGetTextDatum(row->local_schema);
		values[3] = CStringGetTextDatum(row->local_name);
		values[4] = Int64GetDatum(row->position);
		values[5] = ObjectIdGetDatum(row->template);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ------------------------------------------------------------------------
 * Writing
 * ------------------------------------------------------------------------ */

int64
binds_model_next_position(void)
{
	List	   *rows = known_rows();
	const BindsModelRow *last;

	if (rows == NIL)
		return 1;
	last = llast(rows);
	return Min(last->position + 1, MODEL_POSITION_MAX);
}

void
binds_model_insert(BindsModelRow *row)
{
	row->position = row->position == 0 ? binds_model_next_position() :
		Min(row->position, MODEL_POSITION_MAX);
	row->template = binds_model_template(row);
	register_template(row, row->template);
}

void
binds_model_note_rename(BindsModelRow *row, const char *old_name, const char *new_name)
{
	int			n = list_length(row->renames);

	/* back again */
	if (n > 0 && strcmp(list_nth(row->renames, n - 1), old_name) == 0 &&
		strcmp(list_nth(row->renames, n - 2), new_name) == 0)
		row->renames = list_truncate(row->renames, n - 2);
	else
		row->renames = lappend(lappend(row->renames, pstrdup(old_name)),
							   pstrdup(new_name));
	register_template(row, row->template);
}

List *
binds_model_former_names(const BindsModelRow *row, const char *column)
{
	List	   *names = NIL;

	for (int i = list_length(row->renames) - 2; i >= 0; i -= 2)
	{
		if (strcmp(list_nth(row->renames, i + 1), column) != 0)
			continue;
		column = list_nth(row->renames, i);
		names = lappend(names, pstrdup(column));
	}
	return names;
}

const char *
binds_model_renamed_from(const BindsModelRow *row, const char *name)
{
	for (int i = 0; i < list_length(row->renames); i += 2)
	{
		const char *now = list_nth(row->renames, i + 1);

		if (strcmp(list_nth(row->renames, i), name) != 0 || *now == '\0')
			continue;
		for (int j = i + 2; j < list_length(row->renames); j += 2)
		{
			if (strcmp(list_nth(row->renames, j), now) == 0)
				now = list_nth(row->renames, j + 1);
		}
		return now;
	}
	return NULL;
}

void
binds_model_note_drop(BindsModelRow *row, const char *column)
{
	List	   *names = lappend(binds_model_former_names(row, column), pstrdup(column));
	ListCell   *lc;

	forget_former_names(row, column);
	foreach(lc, names)
	{
		if (!binds_model_has_dropped(row, lfirst(lc)))
			row->renames = lappend(lappend(row->renames, lfirst(lc)), pstrdup(""));
	}
	register_template(row, row->template);
}

bool
binds_model_has_dropped(const BindsModelRow *row, const char *name)
{
	for (int i = 0; i < list_length(row->renames); i += 2)
	{
		if (strcmp(list_nth(row->renames, i), name) == 0 &&
			*(char *) list_nth(row->renames, i + 1) == '\0')
			return true;
	}
	return false;
}

void
binds_model_forget_drop(BindsModelRow *row, const char *name)
{
	List	   *kept = NIL;

	for (int i = 0; i < list_length(row->renames); i += 2)
	{
		char	   *old_name = list_nth(row->renames, i);
		char	   *new_name = list_nth(row->renames, i + 1);

		if (strcmp(old_name, name) != 0 || *new_name != '\0')
			kept = lappend(lappend(kept, old_name), new_name);
	}
	if (list_length(kept) == list_length(row->renames))
		return;
	row->renames = kept;
	register_template(row, row->template);
}

void
binds_model_forget_renames(BindsModelRow *row, List *dropped)
{
	List	   *kept = NIL;
	ListCell   *lc;

	foreach(lc, dropped)
	{
		if (binds_model_has_dropped(row, lfirst(lc)))
			kept = lappend(lappend(kept, lfirst(lc)), pstrdup(""));
	}
	if (list_length(kept) == list_length(row->renames) && row->former == NIL)
		return;
	row->renames = kept;
	row->former = NIL;
	register_template(row, row->template);
}

void
binds_model_rename(BindsModelRow *row, const char *name, bool noted)
{
	List	   *former = NIL;
	bool		follows = strcmp(row->local_name, row->model) == 0 ||
		binds_model_relation_waits(row);
	ListCell   *lc;

	/* not if it is back again */
	if (noted && (row->former == NIL || strcmp(linitial(row->former), name) != 0))
		former = list_make1(pstrdup(row->model));
	foreach(lc, row->former)
	{
		if (strcmp(lfirst(lc), name) != 0)
			former = lappend(former, lfirst(lc));
	}
	if (follows && !OidIsValid(binds_model_relation(row)))
		row->local_name = pstrdup(name);
	row->model = pstrdup(name);
	row->former = former;
	register_template(row, row->template);
}

bool
binds_model_had_name(const BindsModelRow *row, const char *name, bool folds)
{
	ListCell   *lc;

	foreach(lc, row->former)
	{
		if (folds ? pg_strcasecmp(lfirst(lc), name) == 0 : strcmp(lfirst(lc), name) == 0)
			return true;
	}
	return false;
}

/* Of a column that is dropped. */
static void
forget_former_names(BindsModelRow *row, const char *column)
{
	List	   *kept = NIL;

	for (int i = list_length(row->renames) - 2; i >= 0; i -= 2)
	{
		char	   *old_name = list_nth(row->renames, i);
		char	   *new_name = list_nth(row->renames, i + 1);

		if (strcmp(new_name, column) == 0)
			column = old_name;
		else
			kept = lcons(old_name, lcons(new_name, kept));
	}
	row->renames = kept;
}

void
binds_model_relocate(const BindsModelRow *row)
{
	register_template(row, row->template);
}

/*
 * Give a template its trigger, or another one, as the owner: rights were checked by who
 * calls.
 */
static void
register_template(const BindsModelRow *row, Oid template)
{
	CreateTrigStmt *statement = makeNode(CreateTrigStmt);
	Oid			userid;
	int			context;
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(template));
	ListCell   *lc;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", template);
	statement->replace = true;
	statement->trigname = MODEL_TRIGGER;
	statement->relation = makeRangeVar(binds_metadata_schema(row->bind_key),
									   pstrdup(row->model), -1);
	statement->funcname = list_make2(makeString(BINDS_SCHEMA), makeString(MODEL_FUNCTION));
	statement->args = list_make3(makeString(pstrdup(row->local_schema)),
								 makeString(pstrdup(row->local_name)),
								 makeString(psprintf(INT64_FORMAT, row->position)));
	foreach(lc, row->renames)
		statement->args = lappend(statement->args, makeString(lfirst(lc)));
	foreach(lc, row->former)
		statement->args = lappend(lappend(statement->args, makeString("")),
								  makeString(lfirst(lc)));
	statement->row = true;
	statement->timing = TRIGGER_TYPE_BEFORE;
	statement->events = TRIGGER_TYPE_INSERT;

	GetUserIdAndSecContext(&userid, &context);
	SetUserIdAndSecContext(((Form_pg_class) GETSTRUCT(tuple))->relowner,
						   context | SECURITY_LOCAL_USERID_CHANGE);
	ReleaseSysCache(tuple);
	(void) CreateTrigger(statement, NULL, template, InvalidOid, InvalidOid, InvalidOid,
						 model_function(false), InvalidOid, NULL, false, false);
	SetUserIdAndSecContext(userid, context);
	CommandCounterIncrement();
	if (read_template(template) == NULL)
		elog(ERROR, "model \"%s\" was not registered", row->model);
}

/*
 * Trigger of the view binds.model: a dump of an earlier version has the models as rows
 * of a table.  What they are about is there already.
 */
Datum
binds_model_restore(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	HeapTuple	tuple;
	TupleDesc	desc;
	BindsModelRow row = {0};
	Oid			template;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_INSTEAD(trigger->tg_event) ||
		!TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function binds.model_restore() is a trigger INSTEAD OF INSERT")));
	tuple = trigger->tg_trigtuple;
	desc = RelationGetDescr(trigger->tg_relation);
	row.bind_key = trigger_argument(tuple, desc, "bind_key");
	row.model = trigger_argument(tuple, desc, "model");
	row.local_schema = trigger_argument(tuple, desc, "local_schema");
	row.local_name = trigger_argument(tuple, desc, "local_name");
	if (row.model == NULL || row.local_schema == NULL || row.local_name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a model must have a name, and a name and a schema of its local relation")));
	row.position = strtoi64(trigger_argument(tuple, desc, "position") ?
							trigger_argument(tuple, desc, "position") : "0", NULL, 10);
	row.position = Max(0, Min(row.position, MODEL_POSITION_MAX));
	template = binds_model_template(&row);
	if (skip_restored(&row, template))
		return PointerGetDatum(NULL);
	register_template(&row, template);
	return PointerGetDatum(tuple);
}

/* Say that a row makes no model: it was none any more, and must not keep the others out. */
static bool
skip_restored(const BindsModelRow *row, Oid template)
{
	if (!has_bind(row))
		ereport(WARNING,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("model \"%s\" is of %s, which does not exist, skipping", row->model,
						binds_bind_words(row->bind_key))));
	else if (!OidIsValid(template) || get_rel_relkind(template) != RELKIND_RELATION)
		ereport(WARNING,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("model \"%s\" on %s has no template, skipping", row->model,
						binds_bind_words(row->bind_key)),
				 errhint("Models are made by binds.define.")));
	else if (!is_name(row->local_schema) || !is_name(row->local_name))
		ereport(WARNING,
				(errcode(ERRCODE_INVALID_NAME),
				 errmsg("model \"%s\" on %s has a local relation of no possible name, skipping",
						row->model, binds_bind_words(row->bind_key))));
	else
		return false;
	return true;
}

static char *
trigger_argument(HeapTuple tuple, TupleDesc desc, const char *name)
{
	return SPI_getvalue(tuple, desc, SPI_fnumber(desc, name));
}

/* ------------------------------------------------------------------------
 * Triggers
 * ------------------------------------------------------------------------ */

/* What makes a table a template; and keeps rows from it. */
Datum
binds_model_template_trigger(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function binds.model_template() is a trigger")));
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("table \"%s\" is the definition of a model, and holds no rows",
					RelationGetRelationName(trigger->tg_relation)),
			 errhint("The view binds.models has the relation that holds them.")));
	return (Datum) 0;
}

/*
 * Event trigger: who may make triggers on a template, but does not own it, does not say
 * where its relation goes, nor that it is no model.
 */
Datum
binds_check_trigger(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_EVENT_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function binds.check_trigger() is an event trigger")));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute("SELECT objid FROM pg_catalog.pg_event_trigger_ddl_commands()"
					" WHERE classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_trigger'::pg_catalog.regclass",
					true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the commands");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		isnull;

		check_trigger(DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i],
													 SPI_tuptable->tupdesc, 1,
													 &isnull)));
	}
	SPI_finish();
	PG_RETURN_NULL();
}

/* Is a trigger in the place of ours, whatever it calls? */
static bool
is_model_trigger(Form_pg_trigger form)
{
	char	   *schema = get_namespace_name(get_rel_namespace(form->tgrelid));
	char	   *key;

	return strcmp(NameStr(form->tgname), MODEL_TRIGGER) == 0 && schema != NULL &&
		binds_metadata_key(schema, &key);
}

static void
check_trigger(Oid trigger)
{
	Relation	rel = table_open(TriggerRelationId, AccessShareLock);
	HeapTuple	tuple = trigger_tuple(rel, trigger);
	bool		sound = HeapTupleIsValid(tuple) &&
		row_of_trigger(tuple, RelationGetDescr(rel)) != NULL;
	Form_pg_trigger form;

	table_close(rel, AccessShareLock);
	if (!HeapTupleIsValid(tuple))
		return;
	form = (Form_pg_trigger) GETSTRUCT(tuple);
	if (form->tgfoid != model_function(true) && !is_model_trigger(form))
		return;
	if (!binds_compat_owns_relation(form->tgrelid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, get_rel_name(form->tgrelid));
	if (form->tgfoid != model_function(true) || !sound)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" cannot be made a model by trigger \"%s\"",
						get_rel_name(form->tgrelid), NameStr(form->tgname)),
				 errhint("Models are made by binds.define.")));
}

/*
 * Event trigger: what is left of the metadata of a bind whose server was dropped, however
 * it was done, are no models any more.
 */
Datum
binds_sql_drop(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_EVENT_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function binds.sql_drop() is an event trigger")));

	/* DROP EXTENSION: they are gone already */
	if (!OidIsValid(get_namespace_oid(BINDS_SCHEMA, true)) ||
		!OidIsValid(model_function(true)))
		PG_RETURN_NULL();

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute("SELECT objid"
					" FROM pg_catalog.pg_event_trigger_dropped_objects()"
					" WHERE classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_foreign_server'::pg_catalog.regclass",
					true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the dropped objects");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		isnull;
		HeapTuple	server = dropped_server(DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i],
																		   SPI_tuptable->tupdesc,
																		   1, &isnull)));

		if (HeapTupleIsValid(server) &&
			was_bind((Form_pg_foreign_server) GETSTRUCT(server)))
			forget_bind(NameStr(((Form_pg_foreign_server) GETSTRUCT(server))->srvname));
	}
	SPI_finish();
	PG_RETURN_NULL();
}

/*
 * A copy of the row that a server had, which is there until the transaction ends; NULL:
 * this transaction has dropped none.
 */
static HeapTuple
dropped_server(Oid serverid)
{
	Relation	rel = table_open(ForeignServerRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	HeapTuple	result = NULL;

	ScanKeyInit(&key, Anum_pg_foreign_server_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(serverid));
	scan = systable_beginscan(rel, InvalidOid, false, SnapshotAny, 1, &key);
	while (result == NULL && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		HeapTupleHeader header = tuple->t_data;

		/* what an ALTER SERVER has replaced leads to the row after it */
		if ((header->t_infomask & HEAP_XMAX_INVALID) == 0 &&
			!HEAP_XMAX_IS_LOCKED_ONLY(header->t_infomask) &&
			TransactionIdIsCurrentTransactionId(HeapTupleHeaderGetUpdateXid(header)) &&
			ItemPointerEquals(&header->t_ctid, &tuple->t_self))
			result = heap_copytuple(tuple);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return result;
}

/*
 * Was a server that was dropped the bind of the metadata schema of its name?  Whoever may
 * make servers, of whatever wrapper, can make one of that name while the bind's has
 * another.  A wrapper that went with it is not asked.
 */
static bool
was_bind(Form_pg_foreign_server server)
{
	Oid			schema = get_namespace_oid(binds_metadata_schema(NameStr(server->srvname)),
										   true);

	return OidIsValid(schema) && binds_is_own_metadata(schema, server->srvowner) &&
		(!SearchSysCacheExists1(FOREIGNDATAWRAPPEROID, ObjectIdGetDatum(server->srvfdw)) ||
		 binds_dialect_of_wrapper(server->srvfdw) != NULL);
}

static void
forget_bind(const char *bind_key)
{
	ListCell   *lc;

	foreach(lc, read_rows(true))
	{
		BindsModelRow *row = lfirst(lc);
		ObjectAddress address;

		if (!same_key(row->bind_key, bind_key))
			continue;
		ObjectAddressSet(address, TriggerRelationId,
						 get_trigger_oid(row->template, MODEL_TRIGGER, false));
		performDeletion(&address, DROP_RESTRICT, PERFORM_DELETION_INTERNAL);
	}
}

/* ------------------------------------------------------------------------
 * Names
 * ------------------------------------------------------------------------ */

Oid
binds_model_template(const BindsModelRow *row)
{
	Oid			schema = get_namespace_oid(binds_metadata_schema(row->bind_key), true);

	return OidIsValid(schema) ? get_relname_relid(row->model, schema) : InvalidOid;
}

Oid
binds_model_relation(const BindsModelRow *row)
{
	Oid			schema = get_namespace_oid(row->local_schema, true);

	return OidIsValid(schema) ? get_relname_relid(row->local_name, schema) : InvalidOid;
}
