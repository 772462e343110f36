/*
 * create_drop.c
 *	  binds.create_all, binds.drop_all and binds.ddl.
 *
 * All binds are found and locked, all models read and ordered, and all engines asked,
 * before anything is done.  Then bind by bind, asking again where another key may have
 * changed the same database: the engine's tables, then the local relations, then what
 * joins them.  A drop goes the way back, local relations first, since
 * they can refuse (a user's view depends on one) and an engine's drop may not be undone.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/attached.h"
#include "commands/refused_keys.h"
#include "commands/relation.h"
#include "commands/work.h"
#include "compat.h"
#include "model/rights.h"
#include "shared/progress.h"
#include "transaction/claims.h"

BINDS_FUNCTION(binds_create_all);
BINDS_FUNCTION(binds_drop_all);
BINDS_FUNCTION(binds_ddl);

static void judge_bind(BindsWork *work, bool again);
static bool has_created(const BindsWork *work);
static void create_bind(BindsWork *work);
static void create_default(BindsWork *work);
static void make_default(BindsWork *work);
static void judge_engine(BindsWork *work);
static void create_engine(BindsWork *work);
static bool has_late_keys(const BindsModel *model);
static void create_table(BindsWork *work, BindsWorkItem *item, const char *comment);
static void create_relations(BindsWork *work);
static bool is_managed(const BindsWork *work);
static void check_local_schemas(List *works);
static void check_owners(List *works);
static void judge_drop(BindsWork *work);
static void drop_relations(List *works, bool cascade);
static void append_name(StringInfo buf, const BindsModelRow *row);
static void drop_engine(BindsWork *work);
static void refuse_present(const BindsWork *work, const BindsWorkItem *item);
static List *check_references(const BindsWork *work);
static List *order_drops(BindsWork *work, List *references);
static int	find_item(const BindsWork *work, const char *table);
static List *bind_statements(BindsWork *work);
static void put_action(ReturnSetInfo *rsinfo, const BindsWork *work,
					   const BindsWorkItem *item);

/* ------------------------------------------------------------------------
 * create_all
 * ------------------------------------------------------------------------ */

Datum
binds_create_all(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	List	   *works;
	ListCell   *lc;
	bool		began;

	PreventCommandIfReadOnly("binds.create_all()");
	InitMaterializedSRF(fcinfo, 0);
	began = binds_progress_begin("create_all");
	works = binds_work_load(binds_bind_list(fcinfo), true);
	binds_work_check_create(works);
	binds_work_create(works);
	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);

		binds_work_warn_differences(work);
		for (int i = 0; i < work->nitems; i++)
			put_action(rsinfo, work, &work->items[i]);
	}
	binds_progress_end(began);
	return (Datum) 0;
}

void
binds_work_check_create(List *works)
{
	check_local_schemas(works);
	check_owners(works);
}

void
binds_work_create(List *works)
{
	bool		again = false;
	ListCell   *lc;

	foreach(lc, works)
		judge_bind(lfirst(lc), false);
	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);

		/*
		 * another key may name the same database, another model the same
		 * relation
		 */
		if (again)
			judge_bind(work, true);
		create_bind(work);
		again |= has_created(work);
	}
}

/* Look at what there is, and refuse what cannot be done.  Again: warn of nothing twice. */
static void
judge_bind(BindsWork *work, bool again)
{
	if (work->nitems == 0)
		return;
	binds_progress_phase("looking at tables", work->bind->key, work->nitems);
	binds_work_look(work, again ? BINDS_LOOK_AGAIN : BINDS_LOOK_USE, true);
	if (work->bind->dialect == NULL)
		return;
	judge_engine(work);
	binds_attached_look(work);
}

static bool
has_created(const BindsWork *work)
{
	for (int i = 0; i < work->nitems; i++)
	{
		if (work->items[i].created)
			return true;
	}
	return false;
}

static void
create_bind(BindsWork *work)
{
	if (work->nitems == 0)
		return;
	for (int i = 0; i < work->nitems; i++)
		work->items[i].was_here = OidIsValid(work->items[i].relid);
	if (work->bind->dialect == NULL)
		create_default(work);
	else
	{
		create_engine(work);
		create_relations(work);
	}
	for (int i = 0; i < work->nitems; i++)
	{
		if (OidIsValid(work->items[i].relid))
			binds_relation_join(work->items[i].row, work->items[i].relid);
		if (work->items[i].created && !work->items[i].was_here)
			binds_model_forget_renames(work->items[i].row, NIL);
	}
}

/* On the default bind the local relation is the table. */
static void
create_default(BindsWork *work)
{
	make_default(work);
	binds_work_add_late_keys(work);
}

static void
make_default(BindsWork *work)
{
	binds_progress_phase("creating tables", NULL, work->nitems);
	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];

		binds_progress_step(item->model->name, i);
		if (OidIsValid(item->relid))
		{
			item->action = "exists";
			continue;
		}
		item->relid = binds_relation_make(work->bind, item->row, item->model, NULL);
		item->created = true;
		item->action = "created";
	}
}

void
binds_work_add_late_keys(BindsWork *work)
{
	for (int i = 0; i < work->nitems && work->bind->dialect == NULL; i++)
	{
		if (!work->items[i].created)
			continue;
		binds_spi_run_as(binds_relation_owner(work->items[i].relid),
						 binds_relation_late_statements(work->items[i].row,
														work->items[i].model, false));
	}
}

void
binds_work_make(BindsWork *work)
{
	binds_work_look(work, BINDS_LOOK_USE, true);
	for (int i = 0; i < work->nitems; i++)
	{
		if (work->items[i].present || OidIsValid(work->items[i].relid))
			refuse_present(work, &work->items[i]);
	}
	if (work->bind->dialect == NULL)
	{
		make_default(work);
		return;
	}
	judge_engine(work);
	create_engine(work);
	create_relations(work);
}

static void
refuse_present(const BindsWork *work, const BindsWorkItem *item)
{
	ereport(ERROR,
			(errcode(ERRCODE_DUPLICATE_TABLE),
			 OidIsValid(item->relid) ?
			 errmsg("relation \"%s.%s\" already exists", item->row->local_schema,
					item->row->local_name) :
			 errmsg("%s has a table \"%s\" already", binds_bind_words(work->bind->key),
					item->model->name),
			 !OidIsValid(item->relid) && work->bind->dialect->transactional_ddl ?
			 errhint("Rename or drop one of them. A call that was killed at its commit may have left it there: if it holds nothing that your table does not, drop it by binds.execute.") :
			 errhint("Rename or drop one of them.")));
}

/* What is there to be created? */
static void
judge_engine(BindsWork *work)
{
	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];

		item->created = false;
		binds_model_check_types(item->model, work->bind->dialect);
		if (item->present)
			item->action = OidIsValid(item->relid) ? "exists" : "attached";
		else if (!is_managed(work))
			item->action = "unmanaged";
		else
		{
			binds_engine_options_check_writable(work->bind->options);
			binds_model_check(item->model, work->bind->dialect);
			item->action = "created";
			item->created = true;
		}
	}
}

/* Create what the engine does not have. */
static void
create_engine(BindsWork *work)
{
	const char **names = palloc(sizeof(char *) * Max(work->nitems, 1));
	bool	   *late = palloc(sizeof(bool) * Max(work->nitems, 1));
	const char *const *comments;
	int			n = 0;

	for (int i = 0; i < work->nitems; i++)
	{
		if (!work->items[i].created)
			continue;
		names[n] = work->items[i].model->name;
		late[n++] = has_late_keys(work->items[i].model);
	}
	comments = binds_ddl_announce(work->ddl, names, late, n);
	binds_progress_phase("creating tables", work->bind->key, n);
	n = 0;
	for (int i = 0; i < work->nitems; i++)
	{
		if (!work->items[i].created)
			continue;
		binds_progress_step(work->items[i].model->name, n++);
		create_table(work, &work->items[i], *comments++);
	}
	binds_progress_phase("creating foreign keys", work->bind->key, work->nitems);
	for (int i = 0; i < work->nitems; i++)
	{
		BindsModel *model = work->items[i].model;
		BindsRefusedKeys refused;
		char	  **statements;
		int			nstatements;

		binds_progress_step(model->name, i);
		if (!work->items[i].created || !work->bind->dialect->alter_foreign_keys)
			continue;
		nstatements = work->bind->dialect->late_statements(model, &statements);
		binds_refused_keys_begin(&refused, model, work->bind->key);
		binds_ddl_link(work->ddl, model->schema, model->name,
					   binds_statement_list(statements, nstatements),
					   binds_work_unlink(work, model));
		binds_refused_keys_end(&refused);
	}
}

static bool
has_late_keys(const BindsModel *model)
{
	for (int i = 0; i < model->nforeign_keys; i++)
	{
		if (model->foreign_keys[i].late)
			return true;
	}
	return false;
}

static void
create_table(BindsWork *work, BindsWorkItem *item, const char *comment)
{
	const BindsModel *model = item->model;
	char	  **statements;
	int			n = work->bind->dialect->create_statements(model, comment, &statements);
	List	   *list = binds_statement_list(statements, n);
	BindsRefusedKeys refused;

	if (item->next_key > 0 && work->bind->dialect->next_key_statement != NULL)
		list = lappend(list, work->bind->dialect->next_key_statement(model->schema,
																	 model->name,
																	 item->next_key));
	binds_refused_keys_begin(&refused, model, work->bind->key);
	binds_ddl_create(work->ddl, model->schema, model->name, list, model->comment);
	binds_refused_keys_end(&refused);
	item->present = true;
}

/* Create the local foreign tables that are not there. */
static void
create_relations(BindsWork *work)
{
	binds_progress_phase("creating local relations", work->bind->key, work->nitems);
	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];

		binds_progress_step(item->model->name, i);
		if (!OidIsValid(item->relid) && item->present)
			item->relid = binds_relation_make(work->bind, item->row, item->model,
											  item->engine);
	}
}

/* ------------------------------------------------------------------------
 * drop_all
 * ------------------------------------------------------------------------ */

/*
 * binds.drop_all() returns setof (bind_key text, model text, relation regclass, action
 * text); also of text, of text[], and of either with cascade boolean
 */
Datum
binds_drop_all(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		cascade = PG_NARGS() > 1 && !PG_ARGISNULL(1) && PG_GETARG_BOOL(1);
	List	   *works;
	bool		began;

	PreventCommandIfReadOnly("binds.drop_all()");
	InitMaterializedSRF(fcinfo, 0);
	began = binds_progress_begin("drop_all");
	works = binds_work_load(binds_bind_list(fcinfo), true);
	binds_work_drop(works, cascade);
	for (int w = list_length(works) - 1; w >= 0; w--)
	{
		BindsWork  *work = list_nth(works, w);

		for (int i = work->nitems - 1; i >= 0; i--)
			put_action(rsinfo, work, &work->items[i]);
	}
	binds_progress_end(began);
	return (Datum) 0;
}

void
binds_work_drop(List *works, bool cascade)
{
	for (int w = list_length(works) - 1; w >= 0; w--)
		judge_drop(list_nth(works, w));
	binds_progress_phase("dropping local relations", NULL, -1);
	drop_relations(works, cascade);
	for (int w = list_length(works) - 1; w >= 0; w--)
	{
		BindsWork  *work = list_nth(works, w);

		if (work->ddl != NULL && is_managed(work))
			drop_engine(work);
		/* it is no relation any more */
		for (int i = 0; i < work->nitems && is_managed(work); i++)
		{
			BindsWorkItem *item = &work->items[i];

			/* nor is there a table by the name that the model had */
			if (item->row->former != NIL && item->other == NULL)
			{
				binds_model_settle(item->row);
				binds_model_forget_renames(item->row, NIL);
			}
			item->relid = InvalidOid;
		}
	}
}

/* Look at what there is, and what becomes of it. */
static void
judge_drop(BindsWork *work)
{
	binds_progress_phase("looking at tables", work->bind->key, work->nitems);
	if (work->nitems > 0)
		binds_work_look(work, is_managed(work) ? BINDS_LOOK_DROP : BINDS_LOOK_AGAIN,
						false);
	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];

		if (!is_managed(work))
			item->action = "unmanaged";
		else if (item->other != NULL)
			item->action = "not a table";
		else
			item->action = item->present || OidIsValid(item->relid) ?
				"dropped" : "absent";
	}
}

/*
 * Drop the local relations of all binds, foreign tables in one command and tables in
 * another: those of a command may depend on each other, anything else is refused, or goes
 * as well by "cascade".  Models on other binds have left their parents before, so that no
 * relation of a model goes that was not asked for.
 */
static void
drop_relations(List *works, bool cascade)
{
	const char *behavior = cascade ? " CASCADE" : "";
	StringInfoData foreign;
	StringInfoData tables;

	initStringInfo(&foreign);
	initStringInfo(&tables);
	for (int w = list_length(works) - 1; w >= 0; w--)
	{
		BindsWork  *work = list_nth(works, w);

		for (int i = work->nitems - 1; i >= 0 && is_managed(work); i--)
		{
			BindsWorkItem *item = &work->items[i];

			if (!OidIsValid(item->relid))
				continue;
			binds_relation_keep_rights(item->row, item->relid);
			binds_relation_part(item->relid);
			append_name(work->bind->dialect ? &foreign : &tables, item->row);
		}
	}
	if (foreign.len > 0)
		binds_spi_run(psprintf("DROP FOREIGN TABLE %s%s", foreign.data, behavior));
	if (tables.len > 0)
		binds_spi_run(psprintf("DROP TABLE %s%s", tables.data, behavior));
}

static void
append_name(StringInfo buf, const BindsModelRow *row)
{
	appendStringInfo(buf, "%s%s", buf->len > 0 ? ", " : "",
					 quote_qualified_identifier(row->local_schema, row->local_name));
}

/*
 * Drop the engine's tables, the last created first, but what the engine says to refer to
 * another before that.  All that ties tables together in a cycle is cut before the first
 * of them goes.
 */
static void
drop_engine(BindsWork *work)
{
	const BindsDialect *dialect = work->bind->dialect;
	List	   *unlink = NIL;

	/* again: another key may name the same database, and be done already */
	if (work->nitems > 0)
		binds_work_look(work, BINDS_LOOK_AGAIN, false);
	unlink = order_drops(work, check_references(work));
	for (int i = 0; i < work->nitems && dialect->unlink_statement == NULL; i++)
	{
		if (work->items[i].present)
			unlink = list_concat(unlink, binds_work_unlink(work, work->items[i].model));
	}
	binds_progress_phase("dropping tables", work->bind->key, work->nitems);
	for (int i = work->nitems - 1; i >= 0; i--)
	{
		BindsModel *model = work->items[i].model;

		binds_progress_step(model->name, work->nitems - 1 - i);
		if (!work->items[i].present)
			continue;
		binds_engine_options_check_writable(work->bind->options);
		/* where there is a local relation, its owner was asked for already */
		if (!binds_compat_owns_relation(model->template, GetUserId()))
			aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, model->name);
		binds_ddl_drop(work->ddl, model->schema, model->name, unlink,
					   dialect->drop_statement(model->schema, model->name));
		unlink = NIL;
	}
}

void
binds_work_check_drop(BindsWork *work)
{
	binds_work_look(work, BINDS_LOOK_AGAIN, false);
	(void) check_references(work);
}

/* The work of drop_engine for tables whose rows are elsewhere by then. */
void
binds_work_drop_later(BindsWork *work)
{
	const BindsDialect *dialect = work->bind->dialect;
	List	   *unlink;

	binds_work_look(work, BINDS_LOOK_AGAIN, false);
	unlink = order_drops(work, check_references(work));
	for (int i = work->nitems - 1; i >= 0; i--)
	{
		BindsModel *model = work->items[i].model;

		if (!work->items[i].present)
			continue;
		if (dialect->unlink_statement == NULL)
			unlink = binds_work_unlink(work, model);
		binds_ddl_drop_later(work->ddl, model->schema, model->name, unlink,
							 dialect->drop_statement(model->schema, model->name),
							 work->items[i].rows);
		unlink = NIL;
	}
}

static List *
check_references(const BindsWork *work)
{
	const char **names = palloc(sizeof(char *) * Max(work->nitems, 1));
	int			n = 0;

	for (int i = 0; i < work->nitems; i++)
	{
		if (work->items[i].present)
			names[n++] = work->items[i].model->name;
	}
	return binds_ddl_check_references(work->ddl, NULL, names, n);
}

/*
 * Put the items into the order whose reverse drops every table before those that it
 * refers to; the models need not know of all foreign keys.  Returns the statements that
 * cut what is left of cycles.
 */
static List *
order_drops(BindsWork *work, List *references)
{
	int			n = work->nitems;
	BindsWorkItem *items = palloc(sizeof(BindsWorkItem) * Max(n, 1));
	bool	   *done = palloc0(sizeof(bool) * Max(n, 1));
	int		   *referring = palloc0(sizeof(int) * Max(n, 1));	/* not done */
	int			nreferences = list_length(references);
	int		   *from = palloc(sizeof(int) * Max(nreferences, 1));
	int		   *to = palloc(sizeof(int) * Max(nreferences, 1));
	const BindsDialect *dialect = work->bind->dialect;
	List	   *unlink = NIL;

	for (int r = 0; r < nreferences; r++)
	{
		BindsReference *reference = list_nth(references, r);

		from[r] = find_item(work, reference->table);
		to[r] = find_item(work, reference->ref_table);
		if (from[r] != to[r])
			referring[to[r]]++;
	}
	for (int place = n - 1; place >= 0; place--)
	{
		int			next = n - 1;

		while (next >= 0 && (done[next] || referring[next] > 0))
			next--;
		for (int i = n - 1; i >= 0 && next < 0; i--)
		{
			if (!done[i])
				next = i;		/* in a cycle */
		}
		for (int r = 0; r < nreferences; r++)
		{
			BindsReference *reference = list_nth(references, r);

			if (from[r] == next && to[r] != next)
				referring[to[r]]--;
			else if (to[r] == next && !done[from[r]] && from[r] != next &&
					 dialect->unlink_statement != NULL)
				unlink = lappend(unlink,
								 dialect->unlink_statement(NULL, reference->table,
														   reference->constraint, NULL));
		}
		done[next] = true;
		items[place] = work->items[next];
	}
	work->items = items;
	return unlink;
}

/* The item of a table that is there. */
static int
find_item(const BindsWork *work, const char *table)
{
	for (int i = 0; i < work->nitems; i++)
	{
		const char *name = work->items[i].model->name;

		if (work->items[i].present &&
			binds_table_is_among(work->bind->dialect, table, &name, 1))
			return i;
	}
	elog(ERROR, "table \"%s\" is not to be dropped", table);
	return -1;
}

/* ------------------------------------------------------------------------
 * ddl
 * ------------------------------------------------------------------------ */

/*
 * What create_all would execute on an empty engine.  Connects to nothing.
 */
Datum
binds_ddl(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ListCell   *lc;
	ListCell   *statement;

	InitMaterializedSRF(fcinfo, 0);
	foreach(lc, binds_work_load(binds_bind_list(fcinfo), false))
	{
		BindsWork  *work = lfirst(lc);

		foreach(statement, bind_statements(work))
		{
			Datum		values[2] = {0};
			bool		nulls[2] = {false, false};

			nulls[0] = work->bind->key == NULL;
			if (!nulls[0])
				values[0] = CStringGetTextDatum(work->bind->key);
			values[1] = CStringGetTextDatum(lfirst(statement));
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}

static List *
bind_statements(BindsWork *work)
{
	const BindsDialect *dialect = work->bind->dialect;
	List	   *made = NIL;
	List	   *late = NIL;

	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];
		char	  **statements;
		int			n;

		if (dialect == NULL)
		{
			made = list_concat(made, binds_relation_statements(work->bind, item->row,
															   item->model, NULL));
			made = list_concat(made, binds_relation_inherit_statements(item->row,
																	   item->model));
			late = list_concat(late, binds_relation_late_statements(item->row,
																	item->model, false));
			continue;
		}
		n = dialect->create_statements(item->model, NULL, &statements);
		made = list_concat(made, binds_statement_list(statements, n));
		if (dialect->alter_foreign_keys)
		{
			n = dialect->late_statements(item->model, &statements);
			late = list_concat(late, binds_statement_list(statements, n));
		}
	}
	return list_concat(made, late);
}

/* ------------------------------------------------------------------------
 * Helpers
 * ------------------------------------------------------------------------ */

static bool
is_managed(const BindsWork *work)
{
	return work->bind->options == NULL || work->bind->options->managed;
}

/*
 * A local schema may have been dropped since define.  Found before any engine has made
 * a table that would have to be dropped again.
 */
static void
check_local_schemas(List *works)
{
	ListCell   *lc;

	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);

		for (int i = 0; i < work->nitems; i++)
		{
			const BindsModelRow *row = work->items[i].row;

			if (OidIsValid(get_namespace_oid(row->local_schema, true)))
				continue;
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_SCHEMA),
					 errmsg("schema \"%s\" does not exist", row->local_schema),
					 errdetail("Model \"%s\" was defined to have its relation there.",
							   row->model),
					 errhint("Create the schema, or remove the model with binds.forget.")));
		}
	}
}

/* The same for the owners of the relations that are not there yet. */
static void
check_owners(List *works)
{
	ListCell   *lc;

	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);

		for (int i = 0; i < work->nitems; i++)
		{
			const BindsWorkItem *item = &work->items[i];

			if (!OidIsValid(binds_model_relation(item->row)))
				binds_relation_check_owner(work->bind, item->row,
										   binds_relation_owner(item->model->template));
		}
	}
}

static void
put_action(ReturnSetInfo *rsinfo, const BindsWork *work, const BindsWorkItem *item)
{
	Datum		values[4] = {0};
	bool		nulls[4] = {false, false, false, false};

	nulls[0] = work->bind->key == NULL;
	if (!nulls[0])
		values[0] = CStringGetTextDatum(work->bind->key);
	values[1] = CStringGetTextDatum(item->row->model);
	nulls[2] = !OidIsValid(item->relid);
	values[2] = ObjectIdGetDatum(item->relid);
	values[3] = CStringGetTextDatum(item->action);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}
