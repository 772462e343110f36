/*
 * plain_schema.c
 *	  ALTER SCHEMA ... RENAME TO, where models have their relations in the schema, or a bind
 *	  its new ones.
 *
 * Both are kept as a name.  PostgreSQL renames the schema, which is its owner's to do; what is
 * said of it follows, whoever owns the models and the binds.  The schema of a bind's own
 * templates keeps its name, by which they are found.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "binds.h"
#include "commands/commands.h"
#include "commands/plain_ddl.h"
#include "compat.h"
#include "dialect/dialects.h"
#include "model/rights.h"

static bool is_metadata(const char *schema);
static void refuse_metadata(const char *schema) __attribute__((noreturn));
static List *models_in(const char *schema);

bool
binds_plain_schema_is_told(const RenameStmt *statement)
{
	Oid			schema = get_namespace_oid(statement->subname, true);

	/* else PostgreSQL raises an error */
	if (!OidIsValid(schema) || !binds_compat_owns_schema(schema, GetUserId()) ||
		!binds_models_are_known())
		return false;
	return is_metadata(statement->subname) || models_in(statement->subname) != NIL ||
		binds_bind_keys_of_schema(statement->subname) != NIL;
}

/*
 * Has a schema, by its name, the models of a bind that there is?  What a bind that has been
 * renamed has left behind may follow it.
 */
static bool
is_metadata(const char *schema)
{
	char	   *key;
	Oid			serverid;

	if (!binds_metadata_key(schema, &key))
		return false;
	if (key == NULL)
		return true;
	serverid = get_foreign_server_oid(key, true);
	return OidIsValid(serverid) && binds_dialect_of_server(serverid) != NULL &&
		binds_is_own_metadata(get_namespace_oid(schema, false),
							  GetForeignServer(serverid)->owner);
}

/* In the order of the keys, the default bind first, as all who lock several binds. */
void
binds_plain_schema_lock(const RenameStmt *statement)
{
	List	   *keys = NIL;
	ListCell   *lc;

	if (is_metadata(statement->subname))
		refuse_metadata(statement->subname);
	foreach(lc, models_in(statement->subname))
	{
		const char *key = ((BindsModelRow *) lfirst(lc))->bind_key;

		keys = list_append_unique(keys, makeString(pstrdup(key != NULL ? key : "")));
	}
	foreach(lc, binds_bind_keys_of_schema(statement->subname))
		keys = list_append_unique(keys, makeString(lfirst(lc)));
	list_sort(keys, binds_names_compare);
	foreach(lc, keys)
	{
		const char *key = strVal(lfirst(lc));

		binds_bind_lock(binds_bind_find(key[0] != '\0' ? key : NULL));
	}
}

void
binds_plain_schema_follow(const RenameStmt *statement)
{
	ListCell   *lc;

	CommandCounterIncrement();
	foreach(lc, models_in(statement->subname))
	{
		BindsModelRow *row = lfirst(lc);

		row->local_schema = statement->newname;
		binds_model_relocate(row);
	}
	foreach(lc, binds_bind_keys_of_schema(statement->subname))
	{
		const BindsBind *bind = binds_bind_find(lfirst(lc));

		binds_spi_run_as(GetForeignServer(bind->serverid)->owner,
						 list_make1(psprintf("ALTER SERVER %s OPTIONS (SET schema %s)",
											 quote_identifier(bind->key),
											 quote_literal_cstr(statement->newname))));
	}
}

static void
refuse_metadata(const char *schema)
{
	char	   *key;

	(void) binds_metadata_key(schema, &key);
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot rename schema \"%s\"", schema),
			 errdetail("It has the models of %s, which finds them by this name.",
					   binds_bind_words(key)),
			 key != NULL ?
			 errhint("ALTER SERVER %s RENAME TO gives the bind another key; then rename this schema to %s_<key>.",
					 quote_identifier(key), BINDS_METADATA_SCHEMA) :
			 errhint("Relations of models may be in another schema: the qualifier of their names in binds.define.")));
}

/* The models that say to have their relation there, whether it is or not. */
static List *
models_in(const char *schema)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, binds_model_all_rows())
	{
		if (strcmp(((BindsModelRow *) lfirst(lc))->local_schema, schema) == 0)
			rows = lappend(rows, lfirst(lc));
	}
	return rows;
}
