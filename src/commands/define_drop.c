/*
 * define_drop.c
 *	  DROP TABLE in binds.define: models go, and tables stay.
 *
 * The local foreign table goes with its model, as by binds.forget, and with it, by CASCADE,
 * what depends on it here.  The table in the engine stays; on the default bind that is the
 * relation itself.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_inherits.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/cascade.h"
#include "commands/define_drop.h"
#include "commands/relation.h"
#include "compat.h"
#include "dialect/dialects.h"

static void check_owners(List *rows);
static void refuse_referred(const BindsModelReference *key);
static void refuse_inherited(List *rows);
static void drop_relations(const char *names, bool cascade);
static void tell_table(const BindsModelRow *row);

List *
binds_define_drop(List *rows, bool cascade)
{
	List	   *changed = NIL;
	List	   *told = NIL;
	StringInfoData templates;
	StringInfoData relations;
	ListCell   *lc;

	if (rows == NIL)
		return NIL;
	check_owners(rows);
	refuse_inherited(rows);
	foreach(lc, binds_model_references_to(rows))
	{
		const BindsModelReference *key = lfirst(lc);

		if (!cascade)
			refuse_referred(key);
		/* as PostgreSQL's CASCADE, which asks nobody whose the other table is */
		binds_cascade_cut(key, false);
		changed = list_append_unique_oid(changed, key->row->template);
	}
	initStringInfo(&templates);
	initStringInfo(&relations);
	foreach(lc, rows)
	{
		const BindsModelRow *row = lfirst(lc);
		Oid			relid = binds_model_relation(row);

		appendStringInfo(&templates, "%s%s", templates.len > 0 ? ", " : "",
						 binds_qualified_name(row->template));
		if (!OidIsValid(relid))
			continue;
		if (binds_model_is_foreign(relid, binds_bind_find(row->bind_key)))
			appendStringInfo(&relations, "%s%s", relations.len > 0 ? ", " : "",
							 binds_qualified_name(relid));
		else if (row->bind_key != NULL)
			continue;
		told = lappend(told, (void *) row);
	}
	/* a default of a template may use a sequence of the relation */
	binds_spi_run(psprintf("DROP TABLE %s", templates.data));
	drop_relations(relations.data, cascade);
	foreach(lc, told)
		tell_table(lfirst(lc));
	return changed;
}

/* Before anything is said. */
static void
check_owners(List *rows)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const BindsModelRow *row = lfirst(lc);

		if (!binds_compat_owns_relation(row->template, GetUserId()))
			aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, row->model);
	}
}

static void
refuse_referred(const BindsModelReference *key)
{
	ereport(ERROR,
			(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
			 errmsg("cannot drop model \"%s\" on %s because other models refer to it",
					key->to->model, binds_bind_words(key->to->bind_key)),
			 errdetail("Foreign key \"%s\" of model \"%s\" does.", key->constraint, key->row->model),
			 errhint("Use DROP TABLE ... CASCADE to drop such foreign keys of models, too.")));
}

/* A model that inherits, perhaps on another bind, is not taken away unnamed. */
static void
refuse_inherited(List *rows)
{
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, rows)
	{
		const BindsModelRow *row = lfirst(lc);

		foreach(lc2, find_inheritance_children(row->template, NoLock))
		{
			const BindsModelRow *heir = binds_model_of_template(lfirst_oid(lc2));

			if (heir != NULL && !binds_model_is_among(rows, heir->template))
				ereport(ERROR,
						(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
						 errmsg("cannot drop model \"%s\" on %s because other models inherit from it",
								row->model, binds_bind_words(row->bind_key)),
						 errdetail("Model \"%s\" on %s does.", heir->model,
								   binds_bind_words(heir->bind_key)),
						 errhint("Name it in the same DROP TABLE, or drop it before.")));
		}
	}
}

static void
drop_relations(const char *names, bool cascade)
{
	if (names[0] != '\0')
		binds_spi_run(psprintf("DROP FOREIGN TABLE %s%s", names, cascade ? " CASCADE" : ""));
}

static void
tell_table(const BindsModelRow *row)
{
	const BindsBind *bind = binds_bind_find(row->bind_key);

	ereport(NOTICE,
			(errmsg("model \"%s\" on %s is dropped, its table is not", row->model,
					binds_bind_words(row->bind_key)),
			 errhint("binds.drop_all, used before, drops tables with their relations; now %s does it.",
					 bind->dialect == NULL ? "DROP TABLE" :
					 bind->dialect->transactional_ddl ? "a DROP TABLE by binds.execute" :
					 "a DROP TABLE by a client of the engine")));
}
