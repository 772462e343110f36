/*
 * assign.c
 *	  binds.assign: give a table, with its rows, to another bind.
 *
 * The table is a model of its new bind then, defined and made as define and create_all do
 * it; the old relation gives way under another name until the rows are there.  All is done
 * in the caller's transaction, and what cannot come along is found before anything is.
 * The old table in an engine is dropped after the commit, wherever it is: until then it
 * has all rows, whoever dies.
 *
 * Locks are taken in the order of create_all: the binds by their keys, then the relations,
 * so that nobody writes to a table that is being copied.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/catalog.h"
#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "commands/extension.h"
#include "commands/tablecmds.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "commands/assign.h"
#include "commands/plain_move.h"
#include "compat.h"
#include "dialect/dialects.h"
#include "model/rights.h"
#include "shared/progress.h"
#include "transaction/branch.h"

BINDS_FUNCTION(binds_assign_text);
BINDS_FUNCTION(binds_assign_one);
BINDS_FUNCTION(binds_assign_several);

static Datum assign_relations(FunctionCallInfo fcinfo, List *relids);
static void assign_all(BindsAssign *assign, List *relids);
static void copy_all(BindsAssign *assign);
static List *names_of(List *relids);
static void load_all(BindsAssign *assign, List *relids, List *names, bool tell);
static bool is_moved(List *list, const BindsMoved *moved);
static BindsMoved *load_moved(Oid relid, const char *known);
static BindsModelRow *model_of_relation(Oid relid);
static void check_relation(Oid relid, const char *name);
static void check_kind(Oid relid, char kind, const char *name);
static void load_partition(BindsMoved *moved);
static List *binds_of(const BindsAssign *assign);
static void check_rights(const BindsAssign *assign);
static void check_owners(const BindsAssign *assign);
static void lock_relations(List *relids, List *names);
static void check_unused(const BindsAssign *assign);
static void check_sources(const BindsAssign *assign);
static BindsWork *work_of(BindsBind *bind, List *moved, bool target);
static void check_no_tables(BindsWork *work);
static void step_aside(const BindsAssign *assign, BindsMoved *moved);
static void define_all(BindsAssign *assign);
static void define_as(const BindsAssign *assign, const BindsMoved *moved,
					  List *statements, bool again);
static void make_all(BindsAssign *assign);
static void delay_keys(BindsWork *work);
static void put_in_place(const BindsAssign *assign, BindsMoved *moved);
static void drop_sources(const BindsAssign *assign);
static void drop_relations(const List *moved, bool foreign);
static void forget_models(List *moved);
static void put_rows(ReturnSetInfo *rsinfo, const BindsAssign *assign);

/* ------------------------------------------------------------------------
 * SQL functions
 * ------------------------------------------------------------------------ */

static void
check_not_null(bool isnull)
{
	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("relation must not be null")));
}

/*
 * binds.assign(relation text, bind_key text, options jsonb): for a literal, which is
 * looked up in the caller's path.
 */
Datum
binds_assign_text(PG_FUNCTION_ARGS)
{
	char	   *name;

	check_not_null(PG_ARGISNULL(0));
	name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	return assign_relations(fcinfo,
							list_make1_oid(DatumGetObjectId(DirectFunctionCall1(regclassin,
																				CStringGetDatum(name)))));
}

/* binds.assign(relation regclass, bind_key text, options jsonb) */
Datum
binds_assign_one(PG_FUNCTION_ARGS)
{
	check_not_null(PG_ARGISNULL(0));
	return assign_relations(fcinfo, list_make1_oid(PG_GETARG_OID(0)));
}

/* binds.assign(relations regclass[], bind_key text, options jsonb) */
Datum
binds_assign_several(PG_FUNCTION_ARGS)
{
	Datum	   *values;
	bool	   *nulls;
	int			n;
	List	   *relids = NIL;

	check_not_null(PG_ARGISNULL(0));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), REGCLASSOID, sizeof(Oid), true,
					  TYPALIGN_INT, &values, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		check_not_null(nulls[i]);
		relids = list_append_unique_oid(relids, DatumGetObjectId(values[i]));
	}
	return assign_relations(fcinfo, relids);
}

static Datum
assign_relations(FunctionCallInfo fcinfo, List *relids)
{
	BindsAssign assign = {0};
	bool		began;

	PreventCommandIfReadOnly("binds.assign()");
	began = binds_progress_begin("assign");
	InitMaterializedSRF(fcinfo, 0);
	assign.target = binds_bind_find(PG_ARGISNULL(1) ? NULL :
									text_to_cstring(PG_GETARG_TEXT_PP(1)));
	assign.options = binds_assign_options(PG_ARGISNULL(2) ? NULL :
										  PG_DETOAST_DATUM(PG_GETARG_DATUM(2)));
	assign_all(&assign, relids);
	put_rows((ReturnSetInfo *) fcinfo->resultinfo, &assign);
	binds_progress_end(began);
	return (Datum) 0;
}

void
binds_assign_new(Oid relid, BindsBind *target)
{
	BindsAssign assign = {0};

	assign.target = target;
	assign.options = binds_assign_options(NULL);
	assign_all(&assign, list_make1_oid(relid));
}

static void
assign_all(BindsAssign *assign, List *relids)
{
	List	   *names = names_of(relids);
	List	   *binds;
	ListCell   *lc;

	binds_progress_phase("checking what is moved", assign->target->key, list_length(relids));
	load_all(assign, relids, names, false);
	check_rights(assign);
	binds = binds_of(assign);
	(void) binds_work_load(binds, true);	/* locks them in order */
	lock_relations(relids, names);
	/* again, now that nobody else is at it */
	load_all(assign, relids, names, true);
	if (assign->moved == NIL)
		return;
	check_rights(assign);
	if (assign->target->options != NULL)
		binds_engine_options_check_writable(assign->target->options);
	binds_make_metadata_schema(assign->target);
	check_owners(assign);
	check_unused(assign);
	foreach(lc, assign->moved)
	{
		BindsMoved *moved = lfirst(lc);

		/* what is in a model is run as the owner of the relation from here on */
		if (moved->row != NULL && OidIsValid(moved->relid))
			binds_relation_keep_rights(moved->row, moved->relid);
		if (OidIsValid(moved->parent))
			binds_spi_run(psprintf("ALTER TABLE %s DETACH PARTITION %s",
								   binds_qualified_name(moved->parent),
								   binds_qualified_name(moved->relid)));
	}
	binds_assign_check(assign);
	check_sources(assign);

	foreach(lc, assign->moved)
		binds_assign_keep(assign, lfirst(lc));
	foreach(lc, assign->moved)
		step_aside(assign, lfirst(lc));
	define_all(assign);
	assign->unseen = assign->target->dialect != NULL &&
		!assign->target->dialect->transactional_ddl &&
		binds_branch_is_open(assign->target->serverid);
	make_all(assign);
	copy_all(assign);
	binds_work_add_late_keys(assign->work);
	binds_progress_phase("replacing what uses the tables", assign->target->key,
						 list_length(assign->moved));
	foreach(lc, assign->moved)
	{
		binds_progress_step(((BindsMoved *) lfirst(lc))->name, foreach_current_index(lc));
		put_in_place(assign, lfirst(lc));
	}
	drop_sources(assign);
	foreach(lc, assign->moved)
		binds_assign_run(((BindsMoved *) lfirst(lc))->last);
}

/* Parents before the rows that refer to them, but where they do so in turn. */
static void
copy_all(BindsAssign *assign)
{
	ListCell   *lc;

	for (int i = 0; i < assign->work->nitems && !assign->options->leave_rows; i++)
	{
		const BindsModelRow *row = assign->work->items[i].row;

		foreach(lc, assign->moved)
		{
			BindsMoved *moved = lfirst(lc);

			if (OidIsValid(moved->relid) && strcmp(row->model, moved->model) == 0)
				binds_assign_copy(assign, moved);
		}
	}
	if (!assign->options->leave_rows)
		binds_assign_check_references(assign);
}

/* ------------------------------------------------------------------------
 * What is moved
 * ------------------------------------------------------------------------ */

/* What relations are called before anybody is waited for; NULL: they are not there. */
static List *
names_of(List *relids)
{
	List	   *names = NIL;
	ListCell   *lc;

	foreach(lc, relids)
		names = lappend(names, get_rel_name(lfirst_oid(lc)));
	return names;
}

/* tell: say which are there already; they are left out. */
static void
load_all(BindsAssign *assign, List *relids, List *names, bool tell)
{
	ListCell   *lc;
	ListCell   *nc;

	assign->moved = NIL;
	forboth(lc, relids, nc, names)
	{
		BindsMoved *moved = load_moved(lfirst_oid(lc), lfirst(nc));

		/* a model may be named by its relation and by its template */
		if (is_moved(assign->moved, moved))
			continue;
		if (moved->bind->serverid != assign->target->serverid)
			assign->moved = lappend(assign->moved, moved);
		else if (tell)
			ereport(NOTICE,
					(errmsg("table \"%s\" is on %s already, skipping", moved->name,
							binds_bind_words(moved->bind->key))));
	}
}

static bool
is_moved(List *list, const BindsMoved *moved)
{
	ListCell   *lc;

	foreach(lc, list)
	{
		const BindsMoved *other = lfirst(lc);

		if (moved->row != NULL && other->row != NULL ?
			other->row->template == moved->row->template : other->relid == moved->relid)
			return true;
	}
	return false;
}

/* A relation, or the template of a model.  known: what it was called. */
static BindsMoved *
load_moved(Oid relid, const char *known)
{
	BindsMoved *moved = palloc0(sizeof(BindsMoved));
	char	   *name = get_rel_name(relid);
	Oid			owned = relid;

	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 known != NULL ?
				 errmsg("relation \"%s\" does not exist any more", known) :
				 errmsg("relation to be assigned does not exist"),
				 known != NULL ?
				 errdetail("Another session has dropped it, or assigned it to another bind.") :
				 errdetail("Its OID would be %u.", relid)));
	moved->row = binds_model_of_template(relid);
	if (moved->row != NULL)
		moved->relid = binds_model_relation(moved->row);
	else
	{
		moved->relid = relid;
		moved->row = model_of_relation(relid);
	}
	if (OidIsValid(moved->relid))
	{
		owned = moved->relid;
		check_relation(owned, get_rel_name(owned));
	}
	if (moved->row != NULL && OidIsValid(moved->relid))
		binds_refuse_renamed(moved->row);
	moved->bind = binds_bind_find(moved->row ? moved->row->bind_key : NULL);
	moved->owner = binds_relation_owner(owned);
	moved->name = moved->row ? moved->row->local_name : name;
	moved->schema = moved->row ? moved->row->local_schema :
		get_namespace_name(get_rel_namespace(owned));
	moved->model = moved->row ? moved->row->model : name;
	if (OidIsValid(moved->relid) && get_rel_relispartition(moved->relid))
		load_partition(moved);
	return moved;
}

/*
 * The model whose local relation this is, NULL: none.  A foreign table that is none cannot
 * be assigned: nobody knows what its table is.
 */
static BindsModelRow *
model_of_relation(Oid relid)
{
	BindsModelRow *row = binds_model_of_relation(relid);

	if (row == NULL && get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE &&
		binds_dialect_of_server(GetForeignServerIdByRelId(relid)) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("foreign table \"%s\" belongs to no model", get_rel_name(relid)),
				 errhint("binds.reflect makes models of the tables of a bind.")));
	return row;
}

static void
check_relation(Oid relid, const char *name)
{
	char		kind = get_rel_relkind(relid);

	if (!binds_compat_owns_relation(relid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, get_relkind_objtype(kind), name);
	if (relid < FirstNormalObjectId ||
		IsCatalogNamespace(get_rel_namespace(relid)) ||
		IsToastNamespace(get_rel_namespace(relid)))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied: \"%s\" is a system catalog", name)));
	check_kind(relid, kind, name);
	if (OidIsValid(getExtensionOfObject(RelationRelationId, relid)))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot assign table \"%s\", which belongs to an extension", name)));
	if (get_rel_persistence(relid) == RELPERSISTENCE_TEMP)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot assign temporary table \"%s\"", name)));
	if ((has_superclass(relid) && !get_rel_relispartition(relid)) || has_subclass(relid))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot assign table \"%s\", which inherits or is inherited from",
						name),
				 errhint("Use ALTER TABLE ... NO INHERIT before, and INHERIT after.")));
}

static void
check_kind(Oid relid, char kind, const char *name)
{
	if (kind == RELKIND_PARTITIONED_TABLE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot assign partitioned table \"%s\"", name),
				 errhint("Assign its partitions: they can be on several binds.")));
	if (kind != RELKIND_RELATION &&
		(kind != RELKIND_FOREIGN_TABLE ||
		 binds_dialect_of_wrapper(GetForeignServer(GetForeignTable(relid)->serverid)->fdwid) == NULL))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a table that can be assigned", name),
				 errdetail("An ordinary table, or one of a bind, can be.")));
}

static void
load_partition(BindsMoved *moved)
{
	Oid			type = OIDOID;
	Datum		value = ObjectIdGetDatum(moved->relid);
	List	   *rows = binds_spi_rows("SELECT pg_get_expr(relpartbound, oid)"
									  " FROM pg_class WHERE oid = $1", 1, &type, &value);

	moved->parent = get_partition_parent(moved->relid, false);
	moved->bound = ((char **) linitial(rows))[0];
}

/* ------------------------------------------------------------------------
 * Rights and locks
 * ------------------------------------------------------------------------ */

/* The binds that are changed, each once. */
static List *
binds_of(const BindsAssign *assign)
{
	List	   *binds = list_make1(assign->target);
	ListCell   *lc;
	ListCell   *other;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);
		bool		known = moved->row == NULL;

		foreach(other, binds)
			known = known || ((BindsBind *) lfirst(other))->serverid == moved->bind->serverid;
		if (!known)
			binds = lappend(binds, moved->bind);
	}
	return binds;
}

/* Before the binds are locked, and again when nobody changes their models. */
static void
check_rights(const BindsAssign *assign)
{
	ListCell   *lc;

	foreach(lc, binds_of(assign))
		binds_check_right(BINDS_RIGHT_DDL, GetUserId(), lfirst(lc), InvalidOid);
}

/* Templates and relations get the owners of the tables, who must be allowed to have them. */
static void
check_owners(const BindsAssign *assign)
{
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);
		BindsModelRow row = {.model = moved->model, .local_schema = moved->schema,
		.local_name = moved->name, .bind_key = assign->target->key};

		binds_check_right(BINDS_RIGHT_DEFINE, moved->owner, assign->target, InvalidOid);
		binds_relation_check_owner(assign->target, &row, moved->owner);
	}
}

static int
compare_oids(const ListCell *a, const ListCell *b)
{
	return lfirst_oid(a) < lfirst_oid(b) ? -1 : lfirst_oid(a) > lfirst_oid(b);
}

/* Parents of partitions first, as PostgreSQL does; else by OID. */
static void
lock_relations(List *relids, List *names)
{
	List	   *parents = NIL;
	List	   *tables = NIL;
	ListCell   *lc;
	ListCell   *nc;

	forboth(lc, relids, nc, names)
	{
		const BindsMoved *moved = load_moved(lfirst_oid(lc), lfirst(nc));

		if (OidIsValid(moved->parent))
			parents = list_append_unique_oid(parents, moved->parent);
		if (OidIsValid(moved->relid))
			tables = list_append_unique_oid(tables, moved->relid);
	}
	list_sort(parents, compare_oids);
	list_sort(tables, compare_oids);
	foreach(lc, list_concat(parents, tables))
		LockRelationOid(lfirst_oid(lc), AccessExclusiveLock);
}

/* A cursor, or the statement that called us, may be reading the table. */
static void
check_unused(const BindsAssign *assign)
{
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		Oid			relid = ((const BindsMoved *) lfirst(lc))->relid;
		Relation	rel;

		if (!OidIsValid(relid))
			continue;
		rel = table_open(relid, NoLock);
		CheckTableNotInUse(rel, "assign");
		table_close(rel, NoLock);
	}
}

/*
 * May the tables of other binds go?  And has a model that has no relation here no table
 * there, either?
 */
static void
check_sources(const BindsAssign *assign)
{
	ListCell   *lc;

	foreach(lc, binds_of(assign))
	{
		BindsBind  *bind = lfirst(lc);
		BindsWork  *work;

		if (bind == assign->target || bind->dialect == NULL)
			continue;
		work = work_of(bind, assign->moved, false);
		check_no_tables(work);
		if (assign->options->keep_source)
			continue;
		if (!bind->options->managed)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("tables of bind \"%s\" are not managed", bind->key),
					 errdetail("So none of them is dropped."),
					 errhint("Give the option {\"keep_source\": true}, which leaves the table there.")));
		binds_engine_options_check_writable(bind->options);
		binds_work_check_drop(work);
	}
	if (assign->target->options != NULL && !assign->target->options->managed)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("tables of bind \"%s\" are not managed", assign->target->key),
				 errdetail("So none is made there."),
				 errhint("Take another bind, or set the bind's option \"managed\" to true.")));
}

static void
check_no_tables(BindsWork *work)
{
	binds_work_look(work, BINDS_LOOK_AGAIN, false);
	for (int i = 0; i < work->nitems; i++)
	{
		const BindsWorkItem *item = &work->items[i];

		if (!OidIsValid(item->relid) && item->present)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("model \"%s\" on %s has a table, and no relation here",
							item->model->name, binds_bind_words(work->bind->key)),
					 errhint("Use binds.create_all, which makes its relation.")));
	}
}

/*
 * The models of a bind that are moved, in the order of creation.  target: those that they
 * have become, whose items are noted.
 */
static BindsWork *
work_of(BindsBind *bind, List *moved, bool target)
{
	BindsWork  *work = linitial(binds_work_load(list_make1(bind), false));
	int			n = 0;
	ListCell   *lc;

	for (int i = 0; i < work->nitems; i++)
	{
		bool		found = false;

		foreach(lc, moved)
		{
			BindsMoved *one = lfirst(lc);

			if ((target || one->bind->serverid == bind->serverid) &&
				strcmp(one->model, work->items[i].row->model) == 0)
			{
				found = true;
				if (target)
					one->item = &work->items[n];
				work->items[i].next_key = target ? one->next_key : 0;
				work->items[i].rows = one->nrows;
			}
		}
		if (found)
			work->items[n++] = work->items[i];
	}
	work->nitems = n;
	return work;
}

/* ------------------------------------------------------------------------
 * Steps
 * ------------------------------------------------------------------------ */

/*
 * Let a relation, and its model, have another name: "<name>_before", where it stays.
 */
static void
step_aside(const BindsAssign *assign, BindsMoved *moved)
{
	char	   *name = ChooseRelationName(moved->name, NULL, "before",
										  get_namespace_oid(moved->schema, false), false);

	if (OidIsValid(moved->relid))
	{
		binds_spi_run(psprintf("ALTER TABLE %s RENAME TO %s",
							   binds_qualified_name(moved->relid),
							   quote_identifier(name)));
		moved->old_name = binds_qualified_name(moved->relid);
	}
	if (moved->row != NULL)
	{
		BindsModelRow row = *moved->row;

		row.local_name = name;
		binds_model_relocate(&row);
	}
}

/*
 * Define the new models, as the owners of the tables, and give them the grants of these.
 */
static void
define_all(BindsAssign *assign)
{
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);

		define_as(assign, moved, binds_assign_definition(assign, moved), false);
		if (OidIsValid(moved->relid))
		{
			const BindsModelRow *row = binds_model_find(assign->target->key, moved->model);

			binds_relation_keep_rights(row, moved->relid);
			/* a foreign table has no sequences */
			if (moved->bind->dialect != NULL)
				binds_relation_copy_sequence_rights(moved->row->template, row->template);
		}
	}
	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);

		define_as(assign, moved, moved->foreign_keys, true);
	}
}

/* again: what there was to notice has been said. */
static void
define_as(const BindsAssign *assign, const BindsMoved *moved, List *statements, bool again)
{
	BindsRole	before;
	StringInfoData buf;
	ListCell   *lc;

	if (statements == NIL)
		return;
	initStringInfo(&buf);
	foreach(lc, statements)
		appendStringInfo(&buf, "%s;\n", (char *) lfirst(lc));
	binds_become(&before, moved->owner);
	if (again)
		(void) set_config_option("client_min_messages", "warning", PGC_USERSET,
								 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	(void) binds_define(buf.data, true, assign->target->key, false);
	binds_become_again(&before);
}

/* A model that had no tables gets none. */
static void
make_all(BindsAssign *assign)
{
	List	   *tables = NIL;
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		if (OidIsValid(((BindsMoved *) lfirst(lc))->relid))
			tables = lappend(tables, lfirst(lc));
	}
	assign->work = work_of(assign->target, tables, true);
	if (assign->target->dialect == NULL)
		delay_keys(assign->work);
	binds_work_make(assign->work);
}

/*
 * The keys of tables that come back are made when the rows are there: rows of a deferred
 * one would queue its trigger, which is refused while we are another role.
 */
static void
delay_keys(BindsWork *work)
{
	for (int i = 0; i < work->nitems; i++)
	{
		BindsModel *model = work->items[i].model;

		for (int k = 0; k < model->nforeign_keys; k++)
			model->foreign_keys[k].late = true;
	}
}

/* What hangs on the table, and its place among partitions. */
static void
put_in_place(const BindsAssign *assign, BindsMoved *moved)
{
	binds_assign_comment(moved, binds_model_find(assign->target->key,
												 moved->model)->template);
	if (!OidIsValid(moved->relid))
		return;
	binds_assign_comment(moved, moved->item->relid);
	if (assign->target->dialect == NULL)
		binds_assign_set_sequences(moved);
	binds_assign_run(moved->kept);
	if (OidIsValid(moved->parent))
		binds_spi_run(psprintf("ALTER TABLE %s ATTACH PARTITION %s %s",
							   binds_qualified_name(moved->parent),
							   binds_qualified_name(moved->item->relid), moved->bound));
}

/*
 * Drop the old tables, here now and in engines after the commit, and their models.
 */
static void
drop_sources(const BindsAssign *assign)
{
	ListCell   *lc;

	if (!assign->options->keep_source)
	{
		drop_relations(assign->moved, true);
		drop_relations(assign->moved, false);
		foreach(lc, binds_of(assign))
		{
			BindsBind  *bind = lfirst(lc);

			if (bind != assign->target && bind->dialect != NULL)
				binds_work_drop_later(work_of(bind, assign->moved, false));
		}
	}
	forget_models(assign->moved);
}

/* All in one command: they may refer to each other. */
static void
drop_relations(const List *moved, bool foreign)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, moved)
	{
		const BindsMoved *one = lfirst(lc);

		if (OidIsValid(one->relid) && (one->bind->dialect != NULL) == foreign)
			appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "", one->old_name);
	}
	if (buf.len > 0)
		binds_spi_run(psprintf("DROP %sTABLE %s", foreign ? "FOREIGN " : "", buf.data));
}

/* Drop the old templates. */
static void
forget_models(List *moved)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, moved)
	{
		const BindsMoved *one = lfirst(lc);

		if (one->row != NULL)
			appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "",
							 binds_qualified_name(one->row->template));
	}
	if (buf.len > 0)
		binds_spi_run(psprintf("DROP TABLE %s", buf.data));
}

static void
put_rows(ReturnSetInfo *rsinfo, const BindsAssign *assign)
{
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);
		Datum		values[4] = {0};
		bool		nulls[4] = {false};

		nulls[0] = assign->target->key == NULL;
		if (!nulls[0])
			values[0] = CStringGetTextDatum(assign->target->key);
		values[1] = CStringGetTextDatum(moved->model);
		nulls[2] = moved->item == NULL;
		if (!nulls[2])
			values[2] = ObjectIdGetDatum(moved->item->relid);
		nulls[3] = moved->item == NULL;
		values[3] = Int64GetDatum((int64) moved->nrows);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}
