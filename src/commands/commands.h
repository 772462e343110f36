/*
 * commands.h
 *	  What the SQL functions share.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_COMMANDS_H
#define BINDS_COMMANDS_H

#include "fmgr.h"
#include "model/model.h"
#include "model/registry.h"

/*
 * Read a template, translated for the bind's engine.  (In work.c.)
 */
extern BindsModel *binds_model_load(Oid template, const BindsBind *bind);

/* Refuse (0A000) what an engine cannot hold of a translated model. */
extern void binds_model_check(const BindsModel *model, const BindsDialect *dialect);

/* The same of what does not depend on what else the schema of its template has. */
extern void binds_model_check_own(const BindsModel *model, const BindsDialect *dialect);

/*
 * The same, but only if a column is of a type that the engine has nothing for.  A model
 * that reflect has made may have what define refuses; its types are the engine's.
 */
extern void binds_model_check_types(const BindsModel *model, const BindsDialect *dialect);

/*
 * NOTICEs for what an engine holds of a translated model in part, or not at all, so that
 * PostgreSQL alone sees to it.  before: the model as it was, of which that has been said;
 * NULL: it is new.  Its name is changed to that of the model.
 */
extern void binds_model_tell(const BindsModel *model, BindsModel *before,
							 const BindsDialect *dialect);

/* Order of names (String), for list_sort.  (In define.c.) */
extern int	binds_names_compare(const ListCell *a, const ListCell *b);

/* Is a relation a foreign table of this bind? */
extern bool binds_model_is_foreign(Oid relid, const BindsBind *bind);

/*
 * Run a statement through SPI with search_path = pg_catalog, pg_temp; raises.  It is a
 * statement of ours (binds_own_begin).
 */
extern void binds_spi_run(const char *sql);

/*
 * Run statements (char *) as another role: what they evaluate has that role's rights
 * only, can neither take others nor leave something behind to be run later, and loses
 * the settings that it makes.  What is in a model runs in no other way.
 */
extern void binds_spi_run_as(Oid role, List *statements);

/* Become another role in that way, with that search_path, and end it. */
typedef struct BindsRole
{
	Oid			userid;
	int			context;
	int			level;
} BindsRole;

extern void binds_become(BindsRole *before, Oid role);
extern void binds_become_again(const BindsRole *before);

/* Set that search_path; to be ended by AtEOXact_GUC(true, result). */
extern int	binds_fixed_path(void);

/*
 * The rows of a query, as text: a List of char **, palloc'ed in the current context.  Run
 * with that search_path.
 */
extern List *binds_spi_rows(const char *query, int nargs, const Oid *types,
							const Datum *values);

/* The name of a relation with its schema, quoted. */
extern char *binds_qualified_name(Oid relid);

/*
 * All relations in a schema, in order of creation: a List of copies of pg_class's fixed
 * part (Form_pg_class).
 */
extern List *binds_relations_in_schema(Oid schema);

/*
 * Where a model's local relation goes: the qualifier, else the bind's option "schema",
 * else the current schema.
 */
extern char *binds_local_schema(const char *qualifier, const BindsBind *bind);

/* Make the schema of a bind's templates, unless it is there; the bind's owner gets it. */
extern void binds_make_metadata_schema(const BindsBind *bind);

/*
 * Register models from PostgreSQL DDL, as binds.define does.  reflected: the tables
 * are there, so the engine is not asked whether it could hold them.  Returns a
 * List of template OIDs.
 */
extern List *binds_define(const char *ddl, bool key_given, const char *bind_key,
						  bool reflected);

/* The same for a table that is reflected, whose model gets a position of its own. */
extern List *binds_define_at(const char *ddl, const char *bind_key, int64 position);

/*
 * The same of one statement of a client, which is then carried out on the tables, too: says
 * nothing of these.  The tree is changed; source, location and length are its text.  Returns
 * the template that it is about, InvalidOid if there was nothing to do.
 */
extern Oid	binds_define_carried_out(const char *bind_key, Node *statement,
									 const char *source, int location, int length);

/*
 * Has this transaction changed a model that was there before it, by binds.define?  (In
 * define.c.)
 */
extern bool binds_model_is_changed(Oid template);

/*
 * A statement of ours begins and ends, perhaps in another, and is one running?  What it
 * does and sees is not for binds.  (In spi.c.)
 */
extern void binds_own_begin(void);
extern void binds_own_end(void);
extern bool binds_own_running(void);

#endif							/* BINDS_COMMANDS_H */
