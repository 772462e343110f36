/*
 * attached.c
 *	  Tables that others made, and create_all attaches to.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/attached.h"
#include "compat.h"
#include "model/reflected_types.h"

static bool is_news(const BindsWorkItem *item);
static void name_types(const BindsDialect *dialect, const BindsModel *model,
					   const BindsReflectedTable *table);
static bool is_own_type(const BindsDialect *dialect, const BindsModelColumn *column,
						const BindsReflectedColumn *engine);

typedef struct ReflectRequest
{
	BindsWork  *work;
	const char **names;
	int			nnames;
	BindsReflectedTable *tables;
	int			ntables;
} ReflectRequest;

static void
ask_reflect(BindsDriverConn *conn, void *arg)
{
	ReflectRequest *request = arg;

	request->ntables = request->work->bind->dialect->reflect(conn,
															 request->work->bind->key,
															 NULL, request->names,
															 request->nnames, true,
															 &request->tables);
}

/* A table that is to be attached, and nobody has looked at. */
static bool
is_news(const BindsWorkItem *item)
{
	return item->present && !item->created && !OidIsValid(item->relid) &&
		item->engine == NULL;
}

void
binds_attached_look(BindsWork *work)
{
	ReflectRequest request = {work};
	bool		folds = work->bind->dialect->folds_tables;

	request.names = palloc(sizeof(char *) * work->nitems);
	for (int i = 0; i < work->nitems; i++)
	{
		if (is_news(&work->items[i]))
			request.names[request.nnames++] = work->items[i].model->name;
	}
	if (request.nnames == 0)
		return;
	binds_ddl_read(work->ddl, ask_reflect, &request);
	for (int i = 0; i < work->nitems; i++)
	{
		BindsWorkItem *item = &work->items[i];

		if (!is_news(item))
			continue;
		for (int j = 0; j < request.ntables; j++)
		{
			const char *name = request.tables[j].name;

			if (strcmp(name, item->model->name) != 0 &&
				!(folds && pg_strcasecmp(name, item->model->name) == 0))
				continue;
			item->engine = &request.tables[j];
			if (item->engine->obstacle == NULL)
				binds_reflected_judge(&request.tables[j], work->bind->dialect);
		}
		if (item->engine == NULL)
			continue;
		if (item->engine->obstacle != NULL)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("cannot attach to table \"%s\" of bind \"%s\"",
							item->model->name, work->bind->key),
					 errdetail_internal("%s.", item->engine->obstacle)));
		item->misfits = binds_work_misfits(work, item);
		name_types(work->bind->dialect, item->model, item->engine);
	}
}

const BindsReflectedTable *
binds_attached_table(BindsWork *work, const BindsModel *model)
{
	const char *name = model->name;
	ReflectRequest request = {work, &name, 1};
	BindsReflectedTable *table;

	binds_ddl_read(work->ddl, ask_reflect, &request);
	table = request.tables;
	if (request.ntables == 0 || table->obstacle != NULL)
		return NULL;
	binds_reflected_judge(table, work->bind->dialect);
	name_types(work->bind->dialect, model, table);
	return table;
}

/*
 * Where the model has another type than reflection would give, say to the foreign
 * column how the engine declares it: values are then kept as that type keeps them.
 */
static void
name_types(const BindsDialect *dialect, const BindsModel *model,
		   const BindsReflectedTable *table)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[i];

		for (int j = 0; j < table->ncolumns; j++)
		{
			BindsReflectedColumn *engine = &table->columns[j];
			Oid			typid = InvalidOid;
			int32		typmod = -1;

			if (strcmp(engine->name, column->name) != 0 || engine->engine_type != NULL)
				continue;
			if (engine->type != NULL)
				binds_compat_parse_type(engine->type, &typid, &typmod);
			if (typid == column->base_typid && typmod == column->typmod)
				continue;
			if (is_own_type(dialect, column, engine))
				continue;
			engine->engine_type = engine->declared;
			if (OidIsValid(column->collation))
				engine->engine_collation = engine->declared_collation;
		}
	}
}

/* Is a column declared as create_all declares it, collation aside? */
static bool
is_own_type(const BindsDialect *dialect, const BindsModelColumn *column,
			const BindsReflectedColumn *engine)
{
	StringInfoData own;
	size_t		n = engine->declared ? strlen(engine->declared) : 0;

	initStringInfo(&own);
	dialect->append_type(&own, column);
	return n > 0 && pg_strncasecmp(own.data, engine->declared, n) == 0 &&
		(own.data[n] == '\0' || own.data[n] == ' ');
}
