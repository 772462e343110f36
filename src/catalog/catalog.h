/*
 * catalog.h
 *	  What the SQL functions share: bind keys, binds.model, relations of models.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CATALOG_H
#define BINDS_CATALOG_H

#include "connection/options.h"
#include "fmgr.h"
#include "metadata/model.h"

/* A bind as the functions need it; key NULL: the default bind. */
typedef struct BindsBind
{
	const char *key;
	Oid			serverid;		/* InvalidOid: default bind */
	const BindsDialect *dialect;	/* NULL: default bind */
	BindsEngineOptions *options;	/* NULL: default bind */
	const char *metadata_schema;	/* binds_metadata or binds_metadata_<key> */
} BindsBind;

/*
 * Find a bind; raises 42704 with the known keys as HINT.  key NULL: default bind.
 * '__all__' and '' are no keys: 22023.
 */
extern BindsBind *binds_bind_find(const char *key);

/* Raise 22023 or 42622 for what cannot be the key of a bind: NULL, '', ... */
extern void binds_bind_check_key(const char *key);

/* All binds: the default bind first, then the others in order of registration. */
extern List *binds_bind_all(void);

/*
 * The binds that the argument of create_all and its like names: no argument and
 * '__all__' all, text one, text[] several (each once, in order).  All keys are
 * checked before this returns.
 */
extern List *binds_bind_list(FunctionCallInfo fcinfo);

/*
 * Lock definitions of a bind until the end of the transaction.
 */
extern void binds_bind_lock(const BindsBind *bind);

/* "a", "b" for a HINT; "none" if there are none. */
extern char *binds_bind_keys_hint(void);

/* A row of binds.model. */
typedef struct BindsModelRow
{
	const char *bind_key;		/* NULL: default bind */
	const char *model;			/* name of the template */
	const char *local_schema;
	const char *local_name;
	int64		position;		/* order of definition; set by insert */
} BindsModelRow;

/* Rows of a bind in order of definition; direct heap access, no rights check. */
extern List *binds_model_rows(const char *bind_key);
extern void binds_model_insert(const BindsModelRow *row);
extern bool binds_model_delete(const char *bind_key, const char *model);

/* Rows of all binds; the row of a model, NULL if there is none. */
extern List *binds_model_all_rows(void);
extern BindsModelRow *binds_model_find(const char *bind_key, const char *model);

/* Template of a row and its local relation; InvalidOid if it is not there. */
extern Oid	binds_model_template(const BindsModelRow *row);
extern Oid	binds_model_relation(const BindsModelRow *row);

/*
 * Read a template, translated for the bind's engine.  (In work.c.)
 */
extern BindsModel *binds_model_load(Oid template, const BindsBind *bind);

/*
 * Refuse (0A000) what an engine cannot hold of a translated model; NOTICE for what it
 * holds in part.
 */
extern void binds_model_check(const BindsModel *model, const BindsDialect *dialect);

/* Is a relation a foreign table of this bind? */
extern bool binds_model_is_foreign(Oid relid, const BindsBind *bind);

/* binds_metadata or binds_metadata_<key>, and back; false: it is no such name. */
extern char *binds_metadata_schema(const char *bind_key);
extern bool binds_metadata_key(const char *schema, char **bind_key);

/* 'bind "auth"' or 'the default bind', for messages. */
extern const char *binds_bind_words(const char *bind_key);

/* Run a statement through SPI with search_path = pg_catalog, pg_temp; raises. */
extern void binds_spi_run(const char *sql);

/* Set that search_path; to be ended by AtEOXact_GUC(true, result). */
extern int	binds_fixed_path(void);

/* The name of a relation with its schema, quoted. */
extern char *binds_qualified_name(Oid relid);

/*
 * All relations in a schema, in order of creation: a List of copies of pg_class's fixed
 * part (Form_pg_class).
 */
extern List *binds_relations_in_schema(Oid schema);

/* Is the caller owner of the server, or (default bind) may create in the schema? */
extern void binds_check_definer(const BindsBind *bind);

/* The same, and USAGE on the server: for what runs DDL in the engine. */
extern void binds_check_engine_user(const BindsBind *bind);

/*
 * Where a model's local relation goes: the qualifier, else the bind's option "schema",
 * else the current schema.
 */
extern char *binds_local_schema(const char *qualifier, const BindsBind *bind);

/*
 * Register models from PostgreSQL DDL, as binds.define does.  reflected: the tables
 * are there, so the engine is not asked whether it could hold them.  Returns a
 * List of template OIDs.
 */
extern List *binds_define(const char *ddl, bool key_given, const char *bind_key,
						  bool reflected);

#endif							/* BINDS_CATALOG_H */
