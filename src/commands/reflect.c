/*
 * reflect.c
 *	  binds.reflect: register the tables that an engine has and the metadata has not.
 *
 * What the engine's catalogs say becomes PostgreSQL DDL, which is defined like a
 * user's, and a local foreign table.  Each table is tried by itself: one that cannot
 * be a model is left out with a WARNING, the others are there.
 *
 * A view, or a virtual table of SQLite, becomes a foreign table only if it is asked for,
 * and never a model: drop_all must not drop it, and create_all could not make it.
 *
 * On the default bind the tables of the current schema are taken.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/heap.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "commands/extension.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "optimizer/optimizer.h"
#include "parser/parse_node.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "commands/reflected_ddl.h"
#include "commands/reflected_order.h"
#include "commands/relation.h"
#include "commands/work.h"
#include "compat.h"
#include "connection/connection.h"
#include "deparse/expr.h"
#include "model/rights.h"
#include "dialect/attempt.h"
#include "dialect/error.h"
#include "dialect/reflected.h"
#include "model/foreign_ddl.h"
#include "model/reflected_types.h"
#include "options/server.h"
#include "shared/progress.h"

BINDS_FUNCTION(binds_reflect);

/* What a bind has. */
typedef struct ReflectAll
{
	const BindsBind *bind;
	bool		views;
	BindsReflectedTable *tables;
	int			ntables;
	List	   *left;			/* char *: the views, if they are not wanted */
	List	   *table_names;	/* char * */
	List	   *names;			/* char *: of tables and views */
} ReflectAll;

/* What is tried for one table. */
typedef struct Attempt
{
	BindsBind  *bind;
	BindsReflectedTable *table; /* NULL: a table of the default bind */
	const BindsReflectOptions *options;
	const ReflectAll *all;		/* what else there is */
	const BindsReflectedForeignKey *foreign_key;	/* NULL: the table itself */
	BindsReflectedColumn *column;	/* whose default is tried */
	Oid			source;			/* on the default bind */
	const char *constraint;		/* on the default bind: text of the foreign
								 * key */
	const char *name;
	const char *local_schema;
	int64		position;		/* of the model in the order of definition */
	Oid			relid;			/* result: the local relation */
	bool		taken;			/* result: the table is a model */
} Attempt;

static void check_rights(List *binds, const BindsReflectOptions *options);
static bool is_absent(const BindsBind *bind);
static void reflect_engine(BindsBind *bind, const BindsReflectOptions *options,
						   bool alone, BindsReflectNames *unmet,
						   ReturnSetInfo *rsinfo);
static void reflect_default(BindsBind *bind, const BindsReflectOptions *options,
							BindsReflectNames *unmet, ReturnSetInfo *rsinfo);
static List *default_tables(const BindsBind *bind);
static List *wanted_tables(List *tables, const BindsReflectOptions *options);
static void strike_default(BindsReflectNames *unmet, List *tables);
static List *foreign_keys_of(Oid relid);
static bool has_model(const BindsBind *bind, List *rows, const char *name);
static bool try_attempt(BindsStep step, Attempt *attempt, const char *what);
static void take_defaults(Attempt *attempt);
static void take_default(void *arg);
static bool may_take(const BindsBind *bind, Oid relid);
static void take_in_order(Attempt *attempts, int n);
static bool take_with_keys(Attempt *attempt);
static void take_foreign_keys(Attempt *attempt);
static void tell_views(const BindsBind *bind, List *rows, List *views,
					   const BindsReflectOptions *options);
static bool has_view(const BindsBind *bind, const char *name);
static void take_view(void *arg);
static void take_table(void *arg);
static void take_foreign_key(void *arg);
static void take_default_table(void *arg);
static void take_default_foreign_key(void *arg);
static void put_row(ReturnSetInfo *rsinfo, const Attempt *attempt, const char *action);

Datum
binds_reflect(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	BindsReflectOptions *options;
	BindsReflectNames unmet;
	List	   *binds;
	ListCell   *lc;
	bool		began;

	PreventCommandIfReadOnly("binds.reflect()");
	began = binds_progress_begin("reflect");
	options = binds_reflect_options(PG_NARGS() > 1 && !PG_ARGISNULL(1) ?
									PG_DETOAST_DATUM(PG_GETARG_DATUM(1)) : NULL);
	binds_reflected_names(&unmet, options);
	InitMaterializedSRF(fcinfo, 0);
	binds = binds_bind_list(fcinfo);
	check_rights(binds, options);
	(void) binds_work_load(binds, true);	/* locks them in order */
	check_rights(binds, options);
	foreach(lc, binds)
	{
		BindsBind  *bind = lfirst(lc);

		if (bind->dialect != NULL)
			reflect_engine(bind, options, list_length(binds) == 1, &unmet, rsinfo);
		else
			reflect_default(bind, options, &unmet, rsinfo);
	}
	binds_reflected_refuse_unmet(&unmet, false);
	binds_progress_end(began);
	return (Datum) 0;
}

/*
 * Asked before the binds are locked, and again when nobody changes their models.  Where
 * the default bind has none, the right to make their schema matters if a table is taken.
 */
static void
check_rights(List *binds, const BindsReflectOptions *options)
{
	ListCell   *lc;

	foreach(lc, binds)
	{
		const BindsBind *bind = lfirst(lc);

		if (bind->dialect != NULL ||
			OidIsValid(get_namespace_oid(bind->metadata_schema, true)) ||
			wanted_tables(default_tables(bind), options) != NIL)
			binds_check_right(BINDS_RIGHT_DDL, GetUserId(), bind, InvalidOid);
	}
}

/* ------------------------------------------------------------------------
 * Engines
 * ------------------------------------------------------------------------ */

static void
ask_all(BindsDriverConn *conn, void *arg)
{
	ReflectAll *all = arg;
	const BindsDialect *dialect = all->bind->dialect;

	all->ntables = dialect->reflect(conn, all->bind->key, NULL, NULL, 0, all->views,
									&all->tables);
	if (!all->views)
		all->left = dialect->view_names(conn, all->bind->key);
	all->names = list_copy(all->left);
	for (int i = 0; i < all->ntables; i++)
	{
		all->names = lappend(all->names, all->tables[i].name);
		if (all->tables[i].kind == BINDS_KIND_TABLE)
			all->table_names = lappend(all->table_names, all->tables[i].name);
	}
}

/*
 * A file that is not there has no tables yet; if it is not going to be made, the path is
 * wrong.  What is wrong with its folder says who opens it, to whom it may be said.
 */
static bool
is_absent(const BindsBind *bind)
{
	static const char *const reasons[] = {
		[BINDS_FILE_READ_ONLY] = "It is not made: the bind is read-only, by its option read_only, its URL or its connection arguments.",
		[BINDS_FILE_UNMANAGED] = "It is not made: the bind has the option managed false, or a mode that makes no file.",
		[BINDS_FILE_NO_RIGHT] = "It is not made: the owner of the bind may not write files of the server.",
		[BINDS_FOLDER_CLOSED] = NULL
	};
	BindsFileState state = binds_connection_file_state(bind->serverid);

	if (state == BINDS_FOLDER_ABSENT || state == BINDS_FOLDER_CLOSED)
		return false;
	if (reasons[state] != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FILE),
				 errmsg("could not open the database of bind \"%s\": the file does not exist",
						bind->key),
				 errdetail("%s", reasons[state]),
				 errhint("Look at the path in the URL of the bind.")));
	ereport(NOTICE,
			(errmsg("the file of bind \"%s\" does not exist yet", bind->key),
			 errhint("It is made by binds.create_all; if there should be one, look at the path in the URL of the bind.")));
	return true;
}

/*
 * A table that is asked for must be in this bind if it is the only one.
 *
 * Foreign keys come with their tables, or when all are there; one that PostgreSQL would not
 * take (to a table that is no model, or to columns that are not unique) is left out.
 */
static void
reflect_engine(BindsBind *bind, const BindsReflectOptions *options, bool alone,
			   BindsReflectNames *unmet, ReturnSetInfo *rsinfo)
{
	BindsDdl   *ddl = binds_ddl_open(bind->serverid, bind->dialect, bind->key);
	ReflectAll	all = {bind, options->views};
	List	   *rows = binds_model_rows(bind->key);
	Attempt    *attempts;
	int			n = 0;

	if (!binds_ddl_reachable(ddl) && is_absent(bind))
	{
		if (alone)
			binds_reflected_require(options->only, false, NULL, 0, NIL, bind->key);
		return;
	}
	binds_progress_phase("reading definitions", bind->key, -1);
	binds_ddl_read(ddl, ask_all, &all);
	binds_progress_phase("defining models", bind->key, all.ntables);
	if (alone)
		binds_reflected_require(options->only, false, all.tables, all.ntables,
								all.left, bind->key);
	binds_reflected_strike(unmet, all.tables, all.ntables, all.left, bind->key);
	attempts = palloc0(sizeof(Attempt) * Max(all.ntables, 1));
	for (int i = 0; i < all.ntables; i++)
	{
		BindsReflectedTable *table = &all.tables[i];
		Attempt    *attempt = &attempts[n];
		const char *obstacle = binds_reflected_obstacle(table, true);

		if (has_model(bind, rows, table->name) ||
			(table->kind != BINDS_KIND_TABLE && has_view(bind, table->name)) ||
			!binds_reflected_wanted(table, options))
			continue;
		if (obstacle != NULL)
		{
			binds_reflected_leave_out(table, bind->key, obstacle);
			continue;
		}
		attempt->bind = bind;
		attempt->table = table;
		attempt->options = options;
		attempt->all = &all;
		attempt->name = table->name;
		attempt->local_schema = binds_local_schema(NULL, bind);
		binds_reflected_retype(table, bind->dialect, options);
		if (table->kind == BINDS_KIND_TABLE)
		{
			binds_reflected_judge(table, bind->dialect);
			take_defaults(attempt);
		}
		n++;
	}
	take_in_order(attempts, n);
	tell_views(bind, rows, all.left, options);
	binds_progress_phase("defining foreign keys", bind->key, n);
	for (int i = 0; i < n; i++)
	{
		binds_progress_step(attempts[i].name, i);
		if (!attempts[i].taken)
			continue;
		take_foreign_keys(&attempts[i]);
		binds_reflected_tell(attempts[i].table, bind->key,
							 attempts[i].table->kind == BINDS_KIND_TABLE);
		put_row(rsinfo, &attempts[i], "attached");
	}
}

/*
 * Try all tables and views, those first that others refer to.  As models they are in the
 * order of their names.
 */
static void
take_in_order(Attempt *attempts, int n)
{
	BindsReflectedTable **tables = palloc(sizeof(BindsReflectedTable *) * Max(n, 1));
	int		   *order = palloc(sizeof(int) * Max(n, 1));
	int64		position = binds_model_next_position();

	for (int i = 0; i < n; i++)
	{
		tables[i] = attempts[i].table;
		attempts[i].position = position + i;
	}
	binds_reflected_order(tables, n, order);
	for (int i = 0; i < n; i++)
	{
		Attempt    *attempt = &attempts[order[i]];

		binds_progress_step(attempt->name, i);
		attempt->taken = attempt->table->kind == BINDS_KIND_TABLE ?
			take_with_keys(attempt) : try_attempt(take_view, attempt, "view");
	}
}

/* Where the table cannot be had with its early foreign keys they are tried later. */
static bool
take_with_keys(Attempt *attempt)
{
	BindsReflectedTable *table = attempt->table;
	bool		early = false;

	for (int i = 0; i < table->nforeign_keys; i++)
		early |= table->foreign_keys[i].early;
	if (early && try_attempt(take_table, attempt, NULL))
		return true;
	for (int i = 0; i < table->nforeign_keys; i++)
		table->foreign_keys[i].early = false;
	return try_attempt(take_table, attempt, "table");
}

/* Those that have not come with the table. */
static void
take_foreign_keys(Attempt *attempt)
{
	for (int i = 0; i < attempt->table->nforeign_keys; i++)
	{
		attempt->foreign_key = &attempt->table->foreign_keys[i];
		if (!attempt->foreign_key->early &&
			binds_reflected_fits(attempt->foreign_key->ncolumns))
			(void) try_attempt(take_foreign_key, attempt,
							   binds_reflected_foreign_key_words(attempt->foreign_key));
	}
}

/* Say how many views are left out that the option would make. */
static void
tell_views(const BindsBind *bind, List *rows, List *views,
		   const BindsReflectOptions *options)
{
	StringInfoData names;
	ListCell   *lc;
	int			n = 0;

	initStringInfo(&names);
	foreach(lc, views)
	{
		BindsReflectedTable named = {.name = lfirst(lc)};

		if (!binds_reflected_wanted(&named, options) ||
			has_model(bind, rows, named.name) || has_view(bind, named.name))
			continue;
		appendStringInfo(&names, "%s\"%s\"", n > 0 ? ", " : "", named.name);
		n++;
	}
	if (n > 0)
		ereport(NOTICE,
				(errmsg_plural("%d view of bind \"%s\" is left out",
							   "%d views of bind \"%s\" are left out", n, n, bind->key),
				 n <= 20 ? errdetail("Left out: %s.", names.data) : 0,
				 errhint("The option {\"views\": true} of binds.reflect makes foreign tables of views and virtual tables.")));
}

/* Is there a foreign table for a view already? */
static bool
has_view(const BindsBind *bind, const char *name)
{
	Oid			schema = get_namespace_oid(binds_local_schema(NULL, bind), true);

	return OidIsValid(schema) &&
		binds_model_is_foreign(get_relname_relid(name, schema), bind);
}

/* It belongs to the caller. */
static void
take_view(void *arg)
{
	Attempt    *attempt = arg;
	const BindsBind *bind = attempt->bind;

	binds_reflected_make_way(attempt->local_schema, attempt->name, attempt->all->names);
	binds_spi_run(binds_foreign_statement(attempt->table, bind->dialect,
										  attempt->local_schema, bind->key,
										  attempt->options));
	attempt->relid = get_relname_relid(attempt->name,
									   get_namespace_oid(attempt->local_schema, false));
}

/*
 * Leave the defaults that are no value of their column's type, as SQLite has them, to the
 * engine: nothing could be said any more about a bind with such a model.
 */
static void
take_defaults(Attempt *attempt)
{
	for (int i = 0; i < attempt->table->ncolumns; i++)
	{
		BindsReflectedColumn *column = &attempt->table->columns[i];

		attempt->column = column;
		if (column->default_expr != NULL && column->type != NULL &&
			!column->computed && !try_attempt(take_default, attempt, NULL))
		{
			column->default_expr = NULL;
			column->engine_default = true;
		}
		column->engine_first = column->engine_default;
	}
}

/*
 * Evaluate a default as INSERT would, and look whether create_all would give it to the
 * engine.
 */
static void
take_default(void *arg)
{
	Attempt    *attempt = arg;
	const BindsDialect *dialect = attempt->bind->dialect;
	BindsReflectedColumn *column = attempt->column;
	RawStmt    *raw = linitial(pg_parse_query(psprintf("SELECT %s",
													   column->default_expr)));
	ResTarget  *target = linitial(castNode(SelectStmt, raw->stmt)->targetList);
	Oid			typid;
	int32		typmod;
	Node	   *expr;
	BindsStorage storage;

	binds_compat_parse_type(column->type, &typid, &typmod);
	expr = cookDefault(make_parsestate(NULL), target->val, typid, typmod, column->name,
					   '\0');
	(void) eval_const_expressions(NULL, expr);
	if (!column->engine_default)
		return;
	memset(&storage, 0, sizeof(storage));
	typid = getBaseTypeAndTypmod(typid, &typmod);
	dialect->resolve(&storage, typid, typmod, get_typtype(typid), get_typcollation(typid),
					 NULL, NULL);
	column->default_here = binds_deparse_default(dialect, &storage, expr,
												 attempt->table->name, column->name) == NULL;
}

static void
take_table(void *arg)
{
	Attempt    *attempt = arg;
	BindsBind  *bind = attempt->bind;
	BindsModelRow *row;
	List	   *templates;

	binds_reflected_make_way(attempt->local_schema, attempt->name, attempt->all->names);
	templates = binds_define_at(binds_reflected_table(attempt->table,
													  attempt->local_schema,
													  get_namespace_oid(bind->metadata_schema,
																		true),
													  attempt->all->table_names,
													  attempt->all->names),
								bind->key, attempt->position);
	row = binds_model_find(bind->key, attempt->name);
	if (row == NULL || templates == NIL)
		elog(ERROR, "model \"%s\" was not registered", attempt->name);
	attempt->relid = binds_model_relation(row);
	if (!OidIsValid(attempt->relid))
		attempt->relid = binds_relation_make(bind, row,
											 binds_model_read(linitial_oid(templates),
															  bind->key),
											 attempt->table);
	else if (!binds_model_is_foreign(attempt->relid, bind))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("relation \"%s.%s\" already exists", row->local_schema,
						row->local_name)));
}

static void
take_foreign_key(void *arg)
{
	Attempt    *attempt = arg;

	(void) binds_define(binds_reflected_foreign_key(attempt->table,
													attempt->foreign_key,
													attempt->local_schema),
						true, attempt->bind->key, true);
}

static bool
has_model(const BindsBind *bind, List *rows, const char *name)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		const char *model = ((BindsModelRow *) lfirst(lc))->model;

		/* what has a name that a model had is that model's */
		if (binds_model_had_name(lfirst(lc), name, bind->dialect->folds_tables))
			return true;
		if (strcmp(model, name) == 0 ||
			(bind->dialect->folds_tables && pg_strcasecmp(model, name) == 0))
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * The default bind
 * ------------------------------------------------------------------------ */

static void
reflect_default(BindsBind *bind, const BindsReflectOptions *options,
				BindsReflectNames *unmet, ReturnSetInfo *rsinfo)
{
	char	   *schema = binds_local_schema(NULL, bind);
	List	   *tables = default_tables(bind);
	List	   *taken = NIL;
	ListCell   *lc;
	ListCell   *key;

	strike_default(unmet, tables);
	binds_progress_phase("defining models", NULL, list_length(tables));
	foreach(lc, wanted_tables(tables, options))
	{
		Attempt    *attempt;

		binds_progress_step(get_rel_name(lfirst_oid(lc)), foreach_current_index(lc));
		binds_make_metadata_schema(bind);
		if (!may_take(bind, lfirst_oid(lc)))
		{
			ereport(WARNING,
					(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
					 errmsg("table \"%s\" on the default bind is left out",
							get_rel_name(lfirst_oid(lc))),
					 errdetail("Its owner cannot own a model."),
					 errhint("Grant the owner CREATE on schema \"%s\", and yourself the role of the owner.",
							 bind->metadata_schema)));
			continue;
		}
		attempt = palloc0(sizeof(Attempt));
		attempt->bind = bind;
		attempt->source = lfirst_oid(lc);
		attempt->relid = attempt->source;
		attempt->name = get_rel_name(attempt->source);
		attempt->local_schema = schema;
		if (try_attempt(take_default_table, attempt, "table"))
			taken = lappend(taken, attempt);
	}
	foreach(lc, taken)
	{
		Attempt    *attempt = lfirst(lc);

		foreach(key, foreign_keys_of(attempt->source))
		{
			attempt->constraint = linitial(lfirst(key));
			(void) try_attempt(take_default_foreign_key, attempt, lsecond(lfirst(key)));
		}
		put_row(rsinfo, attempt, "exists");
	}
}

/*
 * May the owner of a table own its template as well, by the caller's will?
 */
static bool
may_take(const BindsBind *bind, Oid relid)
{
	return binds_compat_owns_relation(relid, GetUserId()) &&
		binds_has_right(BINDS_RIGHT_DEFINE, binds_relation_owner(relid), bind,
						InvalidOid);
}

/*
 * The template is made as the owner of its table, whose functions it calls.
 */
static void
take_default_table(void *arg)
{
	Attempt    *attempt = arg;
	BindsModel *model = binds_model_load(attempt->source, attempt->bind);
	BindsModelRow row = {0};
	BindsRole	before;
	ListCell   *lc;

	row.model = attempt->name;
	row.local_schema = attempt->local_schema;
	row.local_name = attempt->name;
	/* they come when all tables are there */
	for (int i = 0; i < model->nforeign_keys; i++)
		model->foreign_keys[i].late = true;
	binds_become(&before, binds_relation_owner(attempt->source));
	foreach(lc, binds_relation_statements(attempt->bind, &row, model, NULL))
		(void) binds_define(lfirst(lc), true, NULL, true);
	binds_become_again(&before);
	binds_relation_keep_rights(binds_model_find(NULL, attempt->name), attempt->source);
}

static void
take_default_foreign_key(void *arg)
{
	Attempt    *attempt = arg;

	(void) binds_define(attempt->constraint, true, NULL, true);
}

/* Ordinary tables of the current schema that stand by themselves and are no extension's. */
static List *
default_tables(const BindsBind *bind)
{
	Oid			schema = get_namespace_oid(binds_local_schema(NULL, bind), false);
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, binds_relations_in_schema(schema))
	{
		Form_pg_class class = lfirst(lc);

		if (class->relkind == RELKIND_RELATION && !class->relispartition &&
			class->relpersistence == RELPERSISTENCE_PERMANENT &&
			!OidIsValid(getExtensionOfObject(RelationRelationId, class->oid)) &&
			!has_superclass(class->oid))
			result = lappend_oid(result, class->oid);
	}
	return result;
}

/* Those of tables that have no model and are asked for. */
static List *
wanted_tables(List *tables, const BindsReflectOptions *options)
{
	List	   *rows = binds_model_all_rows();
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, tables)
	{
		BindsReflectedTable named = {.name = get_rel_name(lfirst_oid(lc))};

		if (named.name != NULL &&	/* else somebody has dropped it */
			!binds_relation_is_models(rows, lfirst_oid(lc)) &&
			binds_reflected_wanted(&named, options))
			result = lappend_oid(result, lfirst_oid(lc));
	}
	return result;
}

/* The names of the options that are tables of the default bind. */
static void
strike_default(BindsReflectNames *unmet, List *tables)
{
	BindsReflectedTable *named = palloc0(sizeof(BindsReflectedTable) *
										 Max(list_length(tables), 1));
	int			n = 0;
	ListCell   *lc;

	foreach(lc, tables)
		named[n++].name = get_rel_name(lfirst_oid(lc));
	binds_reflected_strike(unmet, named, n, NIL, NULL);
}

/*
 * The foreign keys of a table: of each a list of the ALTER TABLE that adds it, and of words
 * that say which one it is.
 */
static List *
foreign_keys_of(Oid relid)
{
	List	   *result = NIL;
	int			level = binds_fixed_path();
	ListCell   *lc;

	foreach(lc, binds_constraints(relid))
	{
		Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT((HeapTuple) lfirst(lc));

		char	   *def;
		size_t		start = strlen("FOREIGN KEY ");

		if (form->contype != CONSTRAINT_FOREIGN)
			continue;
		def = TextDatumGetCString(DirectFunctionCall1(pg_get_constraintdef,
													  ObjectIdGetDatum(form->oid)));
		result = lappend(result,
						 list_make2(psprintf("ALTER TABLE %s ADD CONSTRAINT %s %s",
											 binds_qualified_name(relid),
											 quote_identifier(NameStr(form->conname)), def),
									psprintf("foreign key \"%s\" %.*s of table",
											 NameStr(form->conname),
											 (int) (strstr(def, " REFERENCES ") - def - start),
											 def + start)));
	}
	AtEOXact_GUC(true, level);
	return result;
}

/* ------------------------------------------------------------------------
 * Trying
 * ------------------------------------------------------------------------ */

/*
 * Do a step in a subtransaction.  If it fails because the table is what it is, say so
 * by WARNING (what: the words for it; NULL: not) and return false; all other errors are
 * raised.
 */
static bool
try_attempt(BindsStep step, Attempt *attempt, const char *what)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "binds reflect",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	ErrorData  *error = binds_attempt(step, attempt);

	MemoryContextSwitchTo(old);
	if (error == NULL)
	{
		MemoryContextDelete(context);
		return true;
	}

	/*
	 * 42: names and types; 0A: features; 22: a default that is no value; 54:
	 * limits of PostgreSQL
	 */
	if (ERRCODE_TO_CATEGORY(error->sqlerrcode) != ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION &&
		ERRCODE_TO_CATEGORY(error->sqlerrcode) != ERRCODE_FEATURE_NOT_SUPPORTED &&
		ERRCODE_TO_CATEGORY(error->sqlerrcode) != ERRCODE_DATA_EXCEPTION &&
		ERRCODE_TO_CATEGORY(error->sqlerrcode) != ERRCODE_PROGRAM_LIMIT_EXCEEDED)
		ReThrowError(error);
	if (error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE)
		ReThrowError(error);
	if (what != NULL)
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("%s \"%s\" on %s is left out", what, attempt->name,
						binds_bind_words(attempt->bind->key)),
				 errdetail_internal("%s", error->message)));
	MemoryContextDelete(context);
	return false;
}

static void
put_row(ReturnSetInfo *rsinfo, const Attempt *attempt, const char *action)
{
	Datum		values[4] = {0};
	bool		nulls[4] = {false, false, false, false};

	nulls[0] = attempt->bind->key == NULL;
	if (!nulls[0])
		values[0] = CStringGetTextDatum(attempt->bind->key);
	values[1] = CStringGetTextDatum(attempt->name);
	values[2] = ObjectIdGetDatum(attempt->relid);
	values[3] = CStringGetTextDatum(action);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}
