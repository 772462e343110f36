/*
 * plain_move.c
 *	  Another name or schema for the table of a model.
 *
 * The engine's table is renamed first: where that cannot be undone by the transaction, its
 * abort renames it back.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "commands/differences.h"
#include "commands/plain_move.h"
#include "commands/relation.h"
#include "commands/work.h"
#include "compat.h"

static BindsWorkItem *item_of(BindsWork *work);

void
binds_plain_rename(BindsModelRow *row, const char *name)
{
	const BindsUpgradeOptions nothing_goes = {0};
	int			level = binds_fixed_path();
	BindsBind  *bind = binds_bind_find(row->bind_key);
	BindsWork  *work = binds_work_load_models(bind, list_make1(row));
	BindsWorkItem *item = item_of(work);
	char	   *relation;
	List	   *before;

	binds_refuse_renamed(row);
	if (!bind->options->managed)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("tables of bind \"%s\" are not managed", bind->key),
				 errdetail("So none of them is renamed."),
				 errhint("ALTER FOREIGN TABLE ... RENAME TO gives the relation here alone another name.")));
	binds_check_other_name(bind, row, name, true);
	binds_engine_options_check_writable(bind->options);
	/* what differed before is not for this statement to settle */
	before = binds_differences(binds_work_load_models(bind, list_make1(row)), true, NIL);
	binds_ddl_rename(work->ddl, item->model->schema, row->model, name);
	binds_spi_run(psprintf("ALTER TABLE %s RENAME TO %s",
						   binds_qualified_name(row->template), quote_identifier(name)));
	relation = quote_qualified_identifier(row->local_schema, row->local_name);
	binds_spi_run(psprintf("ALTER FOREIGN TABLE %s RENAME TO %s", relation,
						   quote_identifier(name)));
	relation = quote_qualified_identifier(row->local_schema, name);
	binds_spi_run(psprintf("ALTER FOREIGN TABLE %s OPTIONS (SET table_name %s)", relation,
						   quote_literal_cstr(name)));
	row->model = row->local_name = pstrdup(name);
	binds_model_relocate(row);
	CommandCounterIncrement();
	/* what else tells of the name */
	(void) binds_work_upgrade(binds_work_load_models(bind, list_make1(row)), &nothing_goes,
							  before, NULL, NULL);
	AtEOXact_GUC(true, level);
}

/* Rights are looked at before the engine is asked anything. */
static BindsWorkItem *
item_of(BindsWork *work)
{
	BindsWorkItem *item = &work->items[0];

	if (!binds_compat_owns_relation(item->model->template, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, item->row->model);
	binds_work_look(work, BINDS_LOOK_USE, true);
	if (!OidIsValid(item->relid) || !binds_compat_owns_relation(item->relid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_FOREIGN_TABLE, item->row->local_name);
	return item;
}

void
binds_check_other_name(const BindsBind *bind, const BindsModelRow *row, const char *name,
					   bool relation)
{
	bool		folds = bind->dialect != NULL && bind->dialect->folds_tables;
	Oid			schema = get_namespace_oid(row->local_schema, !relation);
	ListCell   *lc;

	if (relation && OidIsValid(get_relname_relid(name, schema)))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("relation \"%s\" already exists", name)));
	foreach(lc, binds_model_rows(row->bind_key))
	{
		const BindsModelRow *other = lfirst(lc);

		if (other->template == row->template)
			continue;
		if (folds ? pg_strcasecmp(other->model, name) == 0 : strcmp(other->model, name) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_TABLE),
					 errmsg("model \"%s\" already exists on %s", other->model,
							binds_bind_words(row->bind_key))));
		binds_refuse_former_name(other, name, folds);
	}
	if (OidIsValid(get_relname_relid(name, get_rel_namespace(row->template))))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("relation \"%s\" already exists among the models of %s", name,
						binds_bind_words(row->bind_key))));
}

void
binds_refuse_former_name(const BindsModelRow *row, const char *name, bool folds)
{
	if (binds_model_had_name(row, name, folds))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("name \"%s\" was that of model \"%s\" on %s", name, row->model,
						binds_bind_words(row->bind_key)),
				 errdetail("A table that is there may have it still."),
				 errhint("Use binds.upgrade before, which gives it the new name there, or another name.")));
}

void
binds_refuse_renamed(const BindsModelRow *row)
{
	if (row->former != NIL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("model \"%s\" on %s was renamed, and its table may not be yet", row->model,
						binds_bind_words(row->bind_key)),
				 errhint("Use binds.upgrade before, which renames the table.")));
}

void
binds_plain_relocate(const BindsModelRow *row, const char *schema, const char *name)
{
	int			level = binds_fixed_path();
	BindsModelRow moved = *row;
	char	   *relation = quote_qualified_identifier(row->local_schema, row->local_name);

	(void) item_of(binds_work_load_models(binds_bind_find(row->bind_key),
										  list_make1((void *) row)));
	if (strcmp(name, row->local_name) != 0)
		binds_spi_run(psprintf("ALTER FOREIGN TABLE %s RENAME TO %s", relation,
							   quote_identifier(name)));
	else
		binds_spi_run(psprintf("ALTER FOREIGN TABLE %s SET SCHEMA %s", relation,
							   quote_identifier(schema)));
	moved.local_schema = schema;
	moved.local_name = name;
	binds_model_relocate(&moved);
	AtEOXact_GUC(true, level);
}
