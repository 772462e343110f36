/*
 * work.c
 *	  The models of a bind, read and in order, for create_all and its like.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "commands/relation.h"
#include "commands/work.h"
#include "compat.h"
#include "deparse/translate.h"
#include "model/rights.h"

BINDS_FUNCTION(binds_sorted_tables);

static bool is_bind_of(const BindsBind *bind, const char *key);
static void lock_and_check(List *binds, void (*lock) (const BindsBind *bind));
static void check_rights(List *binds);
static void lock_binds(List *binds, void (*lock) (const BindsBind *bind));
static int	compare_keys(const ListCell *a, const ListCell *b);
static BindsWork *load_models(BindsBind *bind, List *rows);
static void order_items(BindsWork *work);
static void refuse_other(const BindsBind *bind, const BindsWorkItem *item);
static void look_local(const BindsBind *bind, BindsWorkItem *item, bool strict);

/*
 * Names of a bind's tables in the order of creation, for the view metadatas.
 */
Datum
binds_sorted_tables(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	BindsWork  *work = load_models(binds_bind_find(key), binds_model_rows(key));
	Datum	   *names = palloc(sizeof(Datum) * Max(work->nitems, 1));

	for (int i = 0; i < work->nitems; i++)
		names[i] = CStringGetTextDatum(work->items[i].row->model);
	PG_RETURN_ARRAYTYPE_P(construct_array(names, work->nitems, TEXTOID, -1, false,
										  TYPALIGN_INT));
}

List *
binds_work_load(List *binds, bool lock)
{
	List	   *result = NIL;
	ListCell   *lc;

	if (lock)
		lock_and_check(binds, binds_bind_lock);
	foreach(lc, binds)
	{
		BindsBind  *bind = lfirst(lc);

		result = lappend(result, load_models(bind, binds_model_rows(bind->key)));
	}
	return result;
}

List *
binds_work_load_shared(List *binds)
{
	lock_and_check(binds, binds_bind_lock_shared);
	return binds_work_load(binds, false);
}

/* Those that were not locked have no models. */
void
binds_work_unlock(List *works)
{
	ListCell   *lc;

	foreach(lc, works)
	{
		BindsBind  *bind = ((BindsWork *) lfirst(lc))->bind;

		if (binds_has_right(BINDS_RIGHT_DDL, GetUserId(), bind, InvalidOid))
			binds_bind_unlock_shared(bind);
	}
}

BindsWork *
binds_work_load_models(BindsBind *bind, List *rows)
{
	lock_and_check(list_make1(bind), binds_bind_lock);
	return load_models(bind, rows);
}

List *
binds_work_load_rows(List *rows)
{
	List	   *binds = NIL;
	List	   *works = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, rows)
	{
		const char *key = ((BindsModelRow *) lfirst(lc))->bind_key;
		bool		known = false;

		foreach(lc2, binds)
			known |= is_bind_of(lfirst(lc2), key);
		if (!known)
			binds = lappend(binds, binds_bind_find(key));
	}
	list_sort(binds, compare_keys);
	foreach(lc, binds)
	{
		List	   *own = NIL;

		foreach(lc2, rows)
		{
			if (is_bind_of(lfirst(lc), ((BindsModelRow *) lfirst(lc2))->bind_key))
				own = lappend(own, lfirst(lc2));
		}
		works = lappend(works, binds_work_load_models(lfirst(lc), own));
	}
	return works;
}

/* Is it the key of a bind?  NULL: that of the default one. */
static bool
is_bind_of(const BindsBind *bind, const char *key)
{
	return bind->key == NULL || key == NULL ? bind->key == key : strcmp(bind->key, key) == 0;
}

/* Again: rights and models may have changed while others had the lock. */
static void
lock_and_check(List *binds, void (*lock) (const BindsBind *bind))
{
	ListCell   *lc;

	check_rights(binds);
	lock_binds(binds, lock);
	/* as they are now that nobody else can alter them */
	foreach(lc, binds)
		* (BindsBind *) lfirst(lc) = *binds_bind_find(((BindsBind *) lfirst(lc))->key);
	check_rights(binds);
}

/* Before anything is done, and also where there will be nothing to do. */
static void
check_rights(List *binds)
{
	ListCell   *lc;

	foreach(lc, binds)
	{
		if (binds_model_rows(((BindsBind *) lfirst(lc))->key) != NIL)
			binds_check_right(BINDS_RIGHT_DDL, GetUserId(), lfirst(lc), InvalidOid);
	}
}

/*
 * Who has no right to a bind, which then has no models, does not lock it either: he would
 * keep those from it who have.
 */
static void
lock_binds(List *binds, void (*lock) (const BindsBind *bind))
{
	List	   *sorted = list_copy(binds);
	ListCell   *lc;

	list_sort(sorted, compare_keys);
	foreach(lc, sorted)
	{
		if (binds_has_right(BINDS_RIGHT_DDL, GetUserId(), lfirst(lc), InvalidOid))
			lock(lfirst(lc));
	}
}

/* The default bind first. */
static int
compare_keys(const ListCell *a, const ListCell *b)
{
	const char *ka = ((BindsBind *) lfirst(a))->key;
	const char *kb = ((BindsBind *) lfirst(b))->key;

	if (ka == NULL || kb == NULL)
		return (ka != NULL) - (kb != NULL);
	return strcmp(ka, kb);
}

/* rows: BindsModelRow. */
static BindsWork *
load_models(BindsBind *bind, List *rows)
{
	BindsWork  *work = palloc0(sizeof(BindsWork));
	ListCell   *lc;

	work->bind = bind;
	if (bind->dialect != NULL)
		work->ddl = binds_ddl_open(bind->serverid, bind->dialect, bind->key);
	work->items = palloc0(sizeof(BindsWorkItem) * Max(list_length(rows), 1));
	foreach(lc, rows)
	{
		BindsModelRow *row = lfirst(lc);
		BindsWorkItem *item = &work->items[work->nitems++];

		item->row = row;
		item->model = binds_model_load(row->template, bind);
		item->parents = binds_relation_parents(row->template);
	}
	order_items(work);
	return work;
}

/*
 * Read a template and translate it for the bind's engine.
 *
 * Constant calls in defaults, checks and indexes are evaluated.  They may be functions
 * of the owner's, so they get the owner's rights and not those of whoever looks at
 * all models of all binds.
 */
BindsModel *
binds_model_load(Oid template, const BindsBind *bind)
{
	BindsModel *model;
	BindsRole	before;

	binds_become(&before, binds_relation_owner(template));
	model = binds_model_read(template, bind->key);
	model->deferrable_at_once = bind->options != NULL && bind->options->deferrable_at_once;
	if (bind->dialect != NULL)
		binds_model_translate(model, bind->dialect);
	binds_become_again(&before);
	return model;
}

/*
 * Parents first (model/model_order.c).
 */
static void
order_items(BindsWork *work)
{
	int			n = work->nitems;
	BindsWorkItem *items = palloc(sizeof(BindsWorkItem) * Max(n, 1));
	BindsModel **models = palloc(sizeof(BindsModel *) * Max(n, 1));
	List	  **parents = palloc(sizeof(List *) * Max(n, 1));
	int		   *order = palloc(sizeof(int) * Max(n, 1));

	for (int i = 0; i < n; i++)
	{
		models[i] = work->items[i].model;
		parents[i] = work->items[i].parents;
	}
	binds_models_order(models, parents, n, order);
	for (int i = 0; i < n; i++)
		items[i] = work->items[order[i]];
	work->items = items;
}

/* ------------------------------------------------------------------------
 * What is there
 * ------------------------------------------------------------------------ */

void
binds_work_look(BindsWork *work, BindsLook look, bool strict)
{
	const char **names = palloc(sizeof(char *) * Max(work->nitems, 1));
	const char **comments = palloc(sizeof(char *) * Max(work->nitems, 1));
	BindsTableKind *kinds = palloc0(sizeof(BindsTableKind) * Max(work->nitems, 1));

	binds_work_find_former(work);
	for (int i = 0; i < work->nitems; i++)
	{
		names[i] = work->items[i].model->name;
		comments[i] = work->items[i].model->comment;
		look_local(work->bind, &work->items[i], strict);
	}
	if (work->ddl != NULL)
		binds_ddl_present(work->ddl, NULL, names, comments, work->nitems, look, kinds);
	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];

		if (work->ddl != NULL && kinds[i] > BINDS_KIND_TABLE)
			item->other = binds_kind_words(kinds[i]);
		item->present = work->ddl ? kinds[i] == BINDS_KIND_TABLE :
			OidIsValid(item->relid);
	}
	for (int i = 0; i < work->nitems && strict; i++)
		refuse_other(work->bind, &work->items[i]);
}

/* What is no table is not taken for that of the model. */
static void
refuse_other(const BindsBind *bind, const BindsWorkItem *item)
{
	if (item->other == NULL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 bind->key == NULL ?
			 errmsg("\"%s.%s\" is not a table", item->row->local_schema,
					item->row->local_name) :
			 errmsg("\"%s\" of bind \"%s\" is not a table", item->model->name,
					bind->key),
			 errdetail("It is %s, and has the name of model \"%s\".", item->other,
					   item->row->model),
			 bind->key == NULL ?
			 errhint("Rename it, or define the model with another schema.") :
			 errhint("Rename it in the engine or the model here; binds.reflect with the option {\"views\": true} makes foreign tables of views and virtual tables.")));
}

/*
 * Find the local relation.  To create one where something else is would be to take
 * that for the model's.
 */
static void
look_local(const BindsBind *bind, BindsWorkItem *item, bool strict)
{
	Oid			relid = binds_model_relation(item->row);
	char		kind = OidIsValid(relid) ? get_rel_relkind(relid) : '\0';
	bool		fits;

	item->relid = InvalidOid;
	item->other = NULL;
	if (!OidIsValid(relid))
		return;
	if (bind->dialect != NULL)
		fits = binds_model_is_foreign(relid, bind);
	else
		fits = kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE;
	if (!fits && bind->dialect == NULL)
		item->other = binds_relation_words(kind);
	if (!fits && (!strict || item->other != NULL))
		return;
	if (!fits)
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("relation \"%s.%s\" is not the local relation of model \"%s\" on %s",
						item->row->local_schema, item->row->local_name,
						item->row->model, binds_bind_words(bind->key)),
				 errhint("Rename it, or define the model with another schema.")));
	item->relid = relid;
}

const char *
binds_relation_words(char kind)
{
	switch (kind)
	{
		case RELKIND_VIEW:
			return "a view";
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
			return "a table";
		case RELKIND_MATVIEW:
			return "a materialized view";
		case RELKIND_FOREIGN_TABLE:
			return "a foreign table";
		case RELKIND_SEQUENCE:
			return "a sequence";
		case RELKIND_COMPOSITE_TYPE:
			return "a composite type";
		default:
			return "an index";
	}
}

List *
binds_work_unlink(const BindsWork *work, const BindsModel *model)
{
	char	  **statements;
	int			n = work->bind->dialect->unlink_statements(model, &statements);

	return binds_statement_list(statements, n);
}

List *
binds_statement_list(char **statements, int n)
{
	List	   *result = NIL;

	for (int i = 0; i < n; i++)
		result = lappend(result, statements[i]);
	return result;
}
