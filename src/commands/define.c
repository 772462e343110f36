/*
 * define.c
 *	  binds.define, binds.forget and binds.get_bind.
 *
 * PostgreSQL itself keeps the definitions: the statements are run, rewritten, on
 * ordinary tables of the metadata schema.  So everything that PostgreSQL checks is
 * checked, serial and identity expand as usual, and nothing is registered unless all
 * statements of a call are good: an error undoes them with the statement.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "commands/defrem.h"
#include "executor/tuptable.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "commands/cascade.h"
#include "commands/commands.h"
#include "commands/define_drop.h"
#include "commands/define_told.h"
#include "commands/plain_move.h"
#include "commands/relation.h"
#include "commands/rewrite.h"
#include "commands/work.h"
#include "compat.h"
#include "dialect/dialects.h"
#include "dialect/text.h"
#include "model/rights.h"

BINDS_FUNCTION(binds_define_default);
BINDS_FUNCTION(binds_define_bind);
BINDS_FUNCTION(binds_forget);
BINDS_FUNCTION(binds_get_bind);

/* A template that a call made or changed. */
typedef struct Touched
{
	const BindsModelRow *row;
	const BindsBind *bind;
	bool		made;
	bool		starts;			/* its keys are to start elsewhere */
} Touched;

/* What a transaction has made or changed. */
typedef struct Definition
{
	Oid			template;
	TransactionId xid;			/* of the (sub)transaction */
	bool		made;
} Definition;

/* of Definition, in TopMemoryContext; those of earlier transactions go with the next one */
static List *definitions = NIL;

static void refuse_referred(const BindsModelRow *row, const char *key);
static void refuse_inherited(const BindsModelRow *row, const char *key);
static Datum return_templates(FunctionCallInfo fcinfo, List *templates);
static List *define_text(BindsDefinition *definition);
static List *define_all(BindsDefinition *definition, List *statements);
static bool drops_models(const Node *statement);
static List *drop_models(BindsDefinition *definition, List **binds, List *touched,
						 DropStmt *statement);
static List *touch(List *touched, const BindsDefinition *definition, List **binds,
				   Oid template, Node *statement);
static bool is_inherited(const Node *statement);
static bool sets_start(Node *statement);
static void keep_before(BindsDefinition *definition, const BindsModelRow *row,
						const Node *statement);
static bool is_made(const BindsDefinition *definition, Oid template);
static void define_position(void *arg);
static const BindsBind *bind_of_statement(List **binds, const char *key);
static Oid	define_statement(BindsDefinition *definition, RawStmt *raw, List **binds,
							 const BindsBind **bind);
static void cut_keys(BindsDefinition *definition, Node *statement,
					 const BindsModelRow *row);
static List *heirs(const BindsModelRow *row);
static bool renames_column(const Node *statement);
static bool renames_model(const Node *statement);
static void check_model_name(const BindsModelRow *row, const BindsBind *bind,
							 const char *name);
static void note_model_name(BindsDefinition *definition, const BindsModelRow *row,
							const char *name);
static void check_former_names(const BindsModelRow *row, Node *statement);
static void check_former_name(const BindsModelRow *row, const char *name,
							  const char *column);
static void note_names(const BindsModelRow *row, Node *statement);
static BindsModelRow *new_model(const CreateStmt *statement, const BindsBind *bind);
static void check_new_name(const BindsModelRow *row, const BindsBind *bind);
static void check_relation_name(const BindsModelRow *row, const BindsBind *bind);
static bool holds_relation(const BindsModelRow *row);
static void make_way(const BindsModelRow *row, bool reflected);
static void drop_left_over(Oid relid, const BindsModelRow *row);
static bool has_rows(Oid relid);
static void move_away(Oid relid, Oid table, const BindsModelRow *row, bool reflected);
static void run_utility(Node *statement, const RawStmt *raw, const char *ddl);
static void note_definition(Oid template, bool made);
static bool is_noted(Oid template, bool made);
static void check_touched(const BindsDefinition *definition, const Touched *touched);

/* ------------------------------------------------------------------------
 * SQL functions
 * ------------------------------------------------------------------------ */

Datum
binds_define_default(PG_FUNCTION_ARGS)
{
	return return_templates(fcinfo,
							binds_define(text_to_cstring(PG_GETARG_TEXT_PP(0)),
										 false, NULL, false));
}

Datum
binds_define_bind(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(1) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(1));

	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("ddl must not be null")));
	return return_templates(fcinfo,
							binds_define(text_to_cstring(PG_GETARG_TEXT_PP(0)),
										 true, key, false));
}

static Datum
return_templates(FunctionCallInfo fcinfo, List *templates)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ListCell   *lc;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	foreach(lc, templates)
	{
		Datum		value = ObjectIdGetDatum(lfirst_oid(lc));
		bool		isnull = false;

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &value, &isnull);
	}
	return (Datum) 0;
}

/*
 * Remove a model from the metadata, with its local foreign table.  The table in the
 * engine stays; on the default bind that is the local relation itself.
 */
Datum
binds_forget(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	char	   *model = PG_ARGISNULL(1) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(1));
	BindsBind  *bind = binds_bind_find(key);
	BindsModelRow *row;
	Oid			relid;

	binds_check_right(BINDS_RIGHT_DEFINE, GetUserId(), bind, InvalidOid);
	binds_bind_lock(bind);
	row = model ? binds_model_find(key, model) : NULL;
	if (row == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("model \"%s\" does not exist on %s", model ? model : "",
						binds_bind_words(key)),
				 errhint("The view binds.models has those that there are.")));
	refuse_referred(row, key);
	refuse_inherited(row, key);
	relid = binds_model_relation(row);
	if (binds_model_is_foreign(relid, bind))
		binds_spi_run(psprintf("DROP FOREIGN TABLE %s",
							   quote_qualified_identifier(row->local_schema,
														  row->local_name)));
	binds_spi_run(psprintf("DROP TABLE %s", binds_qualified_name(row->template)));
	PG_RETURN_VOID();
}

/* Refuse to forget a model while foreign keys of other models refer to it (2BP01). */
static void
refuse_referred(const BindsModelRow *row, const char *key)
{
	Oid			template = row->template;
	Relation	rel;
	ScanKeyData scan_key;
	SysScanDesc scan;
	HeapTuple	tuple;
	List	   *names = NIL;
	ListCell   *lc;
	StringInfoData words;

	rel = table_open(ConstraintRelationId, AccessShareLock);
	ScanKeyInit(&scan_key, Anum_pg_constraint_confrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(template));
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 1, &scan_key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT(tuple);

		if (form->contype == CONSTRAINT_FOREIGN && form->conrelid != template)
			names = list_append_unique(names, makeString(get_rel_name(form->conrelid)));
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	if (names == NIL)
		return;
	list_sort(names, binds_names_compare);
	initStringInfo(&words);
	foreach(lc, names)
		binds_text_list_add(&words, strVal(lfirst(lc)));
	ereport(ERROR,
			(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
			 errmsg("cannot forget model \"%s\" on %s because other models refer to it",
					row->model, binds_bind_words(key)),
			 errdetail("Models with a foreign key to it: %s.", words.data),
			 errhint("Forget those first, by binds.forget; where they refer to each other, drop the foreign key of a template in schema \"%s\" before.",
					 get_namespace_name(get_rel_namespace(template)))));
}

/* Likewise while other models, perhaps of other binds, inherit from it. */
static void
refuse_inherited(const BindsModelRow *row, const char *key)
{
	StringInfoData words;
	ListCell   *lc;

	initStringInfo(&words);
	foreach(lc, find_inheritance_children(row->template, NoLock))
	{
		const BindsModelRow *heir = binds_model_of_template(lfirst_oid(lc));

		if (heir != NULL)
			appendStringInfo(&words, "%s\"%s\" on %s", words.len > 0 ? ", " : "",
							 heir->model, binds_bind_words(heir->bind_key));
	}
	if (words.len > 0)
		ereport(ERROR,
				(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				 errmsg("cannot forget model \"%s\" on %s because other models inherit from it",
						row->model, binds_bind_words(key)),
				 errdetail("They are %s.", words.data),
				 errhint("Forget those first, by binds.forget.")));
}

int
binds_names_compare(const ListCell *a, const ListCell *b)
{
	return strcmp(strVal(lfirst(a)), strVal(lfirst(b)));
}

/*
 * The bind whose engine executes a query on a relation; NULL: this database, which is
 * so for everything that is no foreign table of ours.
 */
Datum
binds_get_bind(PG_FUNCTION_ARGS)
{
	Oid			relid = PG_GETARG_OID(0);
	ForeignServer *server;

	if (get_rel_name(relid) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relid)));
	if (get_rel_relkind(relid) != RELKIND_FOREIGN_TABLE)
		PG_RETURN_NULL();
	server = GetForeignServer(GetForeignTable(relid)->serverid);
	if (binds_dialect_of_wrapper(server->fdwid) == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(server->servername));
}

/* Is a relation a foreign table of this bind? */
bool
binds_model_is_foreign(Oid relid, const BindsBind *bind)
{
	return OidIsValid(relid) && OidIsValid(bind->serverid) &&
		get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE &&
		GetForeignTable(relid)->serverid == bind->serverid;
}

/* ------------------------------------------------------------------------
 * Definition
 * ------------------------------------------------------------------------ */

/*
 * What the engines cannot hold is found when all statements have run, since a later
 * one may add what makes a model good.
 */
List *
binds_define(const char *ddl, bool key_given, const char *bind_key, bool reflected)
{
	BindsDefinition definition = {ddl, key_given, bind_key, NIL, NIL, reflected, false, 0};

	return define_text(&definition);
}

List *
binds_define_at(const char *ddl, const char *bind_key, int64 position)
{
	BindsDefinition definition = {ddl, true, bind_key, NIL, NIL, true, false, position};

	return define_text(&definition);
}

static List *
define_text(BindsDefinition *definition)
{
	ErrorContextCallback callback;
	List	   *templates;

	callback.callback = define_position;
	callback.arg = unconstify(char *, definition->ddl);
	callback.previous = error_context_stack;
	error_context_stack = &callback;
	templates = define_all(definition, pg_parse_query(definition->ddl));
	error_context_stack = callback.previous;
	return templates;
}

Oid
binds_define_carried_out(const char *bind_key, Node *statement, const char *source,
						 int location, int length)
{
	BindsDefinition definition = {source, true, bind_key, NIL, NIL, false, true, 0};
	RawStmt    *raw = makeNode(RawStmt);
	List	   *templates;

	raw->stmt = statement;
	raw->stmt_location = location;
	raw->stmt_len = length;
	templates = define_all(&definition, list_make1(raw));
	return templates == NIL ? InvalidOid : linitial_oid(templates);
}

/* statements: RawStmt.  Returns the templates that they are about. */
static List *
define_all(BindsDefinition *definition, List *statements)
{
	List	   *binds = NIL;
	List	   *touched = NIL;
	List	   *templates = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	if (definition->key_given)
		(void) bind_of_statement(&binds, definition->bind_key);
	foreach(lc, statements)
	{
		const BindsBind *bind;
		Oid			template;

		if (drops_models(lfirst_node(RawStmt, lc)->stmt))
		{
			touched = drop_models(definition, &binds, touched,
								  (DropStmt *) lfirst_node(RawStmt, lc)->stmt);
			continue;
		}
		template = define_statement(definition, lfirst_node(RawStmt, lc),
									&binds, &bind);

		if (!OidIsValid(template))
			continue;
		templates = list_append_unique_oid(templates, template);
		touched = touch(touched, definition, &binds, template,
						lfirst_node(RawStmt, lc)->stmt);
		foreach(lc2, definition->cut)
			touched = touch(touched, definition, &binds, lfirst_oid(lc2),
							lfirst_node(RawStmt, lc)->stmt);
	}
	foreach(lc, touched)
	{
		Touched    *one = lfirst(lc);

		/* its name may be another one by now */
		one->row = binds_model_of_template(one->row->template);
		if (one->row == NULL)
			continue;
		note_definition(one->row->template, one->made);
		if (!definition->reflected)
			check_touched(definition, one);
	}
	foreach(lc, templates)
	{
		if (binds_model_of_template(lfirst_oid(lc)) == NULL)
			templates = foreach_delete_current(templates, lc);
	}
	return templates;
}

static bool
drops_models(const Node *statement)
{
	return IsA(statement, DropStmt) &&
		((const DropStmt *) statement)->removeType == OBJECT_TABLE;
}

/* Returns "touched" with the models that have lost a foreign key. */
static List *
drop_models(BindsDefinition *definition, List **binds, List *touched, DropStmt *statement)
{
	List	   *rows = binds_rewrite_dropped(definition, statement);
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, rows)
		(void) bind_of_statement(binds, ((BindsModelRow *) lfirst(lc))->bind_key);
	foreach(lc, binds_define_drop(rows, statement->behavior == DROP_CASCADE))
		touched = touch(touched, definition, binds, lfirst_oid(lc), (Node *) statement);
	foreach(lc, rows)
	{
		foreach(lc2, definition->made)
		{
			if (((BindsModelRow *) lfirst(lc2))->template ==
				((BindsModelRow *) lfirst(lc))->template)
				definition->made = foreach_delete_current(definition->made, lc2);
		}
	}
	return touched;
}

static void
note_definition(Oid template, bool made)
{
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);
	Definition *one = palloc(sizeof(Definition));
	ListCell   *lc;

	foreach(lc, definitions)
	{
		if (TransactionIdIsCurrentTransactionId(((Definition *) lfirst(lc))->xid))
			continue;
		pfree(lfirst(lc));
		definitions = foreach_delete_current(definitions, lc);
	}
	one->template = template;
	one->xid = GetCurrentTransactionId();
	one->made = made;
	definitions = lappend(definitions, one);
	MemoryContextSwitchTo(old);
}

bool
binds_model_is_changed(Oid template)
{
	return is_noted(template, false) && !is_noted(template, true);
}

/* Not by a subtransaction that was rolled back. */
static bool
is_noted(Oid template, bool made)
{
	ListCell   *lc;

	foreach(lc, definitions)
	{
		const Definition *one = lfirst(lc);

		if (one->template == template && one->made == made &&
			TransactionIdIsCurrentTransactionId(one->xid))
			return true;
	}
	return false;
}

/*
 * Add a template to those that a call made or changed, with those that inherit from it
 * what a statement changes.
 */
static List *
touch(List *touched, const BindsDefinition *definition, List **binds, Oid template,
	  Node *statement)
{
	ListCell   *lc;
	ListCell   *other;

	foreach(lc, is_inherited(statement) ? find_all_inheritors(template, NoLock, NULL) :
			list_make1_oid(template))
	{
		BindsModelRow *row = binds_model_of_template(lfirst_oid(lc));
		bool		known = row == NULL;
		Touched    *one;

		foreach(other, touched)
		{
			one = lfirst(other);
			if (row == NULL || one->row->template != row->template)
				continue;
			known = true;
			one->starts |= sets_start(statement);
		}
		if (known)
			continue;
		one = palloc0(sizeof(Touched));
		one->row = row;
		one->starts = sets_start(statement);
		one->bind = bind_of_statement(binds, row->bind_key);
		one->made = is_made(definition, row->template);
		touched = lappend(touched, one);
	}
	return touched;
}

/* Does a statement change the models that inherit from its own, too? */
static bool
is_inherited(const Node *statement)
{
	return IsA(statement, AlterTableStmt) || IsA(statement, RenameStmt);
}

static bool
is_made(const BindsDefinition *definition, Oid template)
{
	ListCell   *lc;

	foreach(lc, definition->made)
	{
		if (((BindsModelRow *) lfirst(lc))->template == template)
			return true;
	}
	return false;
}

/* Keep the models that a statement changes as they are before it. */
static void
keep_before(BindsDefinition *definition, const BindsModelRow *row, const Node *statement)
{
	ListCell   *lc;

	foreach(lc, is_inherited(statement) ? heirs(row) : list_make1(unconstify(BindsModelRow *, row)))
	{
		if (!definition->reflected &&
			!is_made(definition, ((BindsModelRow *) lfirst(lc))->template))
			binds_define_keep(definition, lfirst(lc));
	}
}

/* Does a statement say where generated keys begin? */
static bool
sets_start(Node *statement)
{
	List	   *options = IsA(statement, AlterSeqStmt) ?
		list_copy(((AlterSeqStmt *) statement)->options) : NIL;
	ListCell   *lc;

	if (IsA(statement, AlterTableStmt))
	{
		foreach(lc, ((AlterTableStmt *) statement)->cmds)
		{
			const AlterTableCmd *cmd = lfirst(lc);

			if (cmd->subtype == AT_SetIdentity)
				options = list_concat(options, castNode(List, cmd->def));
		}
	}
	foreach(lc, options)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, "start") == 0)
			return true;
	}
	return false;
}

/* Let an error point into the text of the definitions. */
static void
define_position(void *arg)
{
	int			position = geterrposition();

	if (position > 0)
	{
		errposition(0);
		internalerrposition(position);
		internalerrquery((const char *) arg);
	}
}

/* Find a bind, once per call: check rights, lock it, make its metadata schema. */
static const BindsBind *
bind_of_statement(List **binds, const char *key)
{
	BindsBind  *bind;
	ListCell   *lc;

	foreach(lc, *binds)
	{
		bind = lfirst(lc);
		if (key == NULL ? bind->key == NULL :
			bind->key != NULL && strcmp(bind->key, key) == 0)
			return bind;
	}
	bind = binds_bind_find(key);
	binds_check_right(BINDS_RIGHT_DEFINE, GetUserId(), bind, InvalidOid);
	binds_bind_lock(bind);
	binds_make_metadata_schema(bind);
	*binds = lappend(*binds, bind);
	return bind;
}

void
binds_make_metadata_schema(const BindsBind *bind)
{
	Oid			owner = OidIsValid(bind->serverid) ?
		GetForeignServer(bind->serverid)->owner : GetUserId();

	if (OidIsValid(get_namespace_oid(bind->metadata_schema, true)))
		return;
	binds_check_new_schema(GetUserId());
	binds_spi_run(psprintf("CREATE SCHEMA %s AUTHORIZATION %s",
						   quote_identifier(bind->metadata_schema),
						   quote_identifier(GetUserNameFromId(owner, false))));
	binds_spi_run(psprintf("COMMENT ON SCHEMA %s IS %s",
						   quote_identifier(bind->metadata_schema),
						   quote_literal_cstr(psprintf("models of %s",
													   binds_bind_words(bind->key)))));
}

/*
 * Run one statement on the metadata.  Returns the template it is about, InvalidOid if
 * there was nothing to do (IF NOT EXISTS, IF EXISTS).
 */
static Oid
define_statement(BindsDefinition *definition, RawStmt *raw, List **binds,
				 const BindsBind **bind)
{
	Node	   *statement = raw->stmt;
	const BindsModelRow *row;
	BindsModelRow *made = NULL;

	binds_rewrite_check(statement);
	if (IsA(statement, CreateStmt))
	{
		CreateStmt *create = (CreateStmt *) statement;

		*bind = bind_of_statement(binds, binds_rewrite_bind(definition, create));
		if (create->if_not_exists &&
			binds_model_find((*bind)->key, create->relation->relname) != NULL)
		{
			ereport(NOTICE,
					(errcode(ERRCODE_DUPLICATE_TABLE),
					 errmsg("model \"%s\" already exists on %s, skipping",
							create->relation->relname,
							binds_bind_words((*bind)->key))));
			return InvalidOid;
		}
		row = made = new_model(create, *bind);
		made->position = definition->position;

		/* a table of the default bind that is there has its owner already */
		if ((*bind)->dialect != NULL || !definition->reflected)
			binds_check_right(BINDS_RIGHT_OWN, GetUserId(), *bind,
							  get_namespace_oid(made->local_schema, false));
	}
	else
	{
		row = binds_rewrite_target(definition, statement);
		if (row == NULL)
			return InvalidOid;
		*bind = bind_of_statement(binds, row->bind_key);
	}
	if (made != NULL)
		make_way(made, definition->reflected);
	check_former_names(row, statement);
	if (renames_model(statement))
		check_model_name(row, *bind, ((RenameStmt *) statement)->newname);
	if (made == NULL)
		keep_before(definition, row, statement);
	binds_rewrite(definition, statement, row);
	cut_keys(definition, statement, row);
	run_utility(statement, raw, definition->ddl);
	note_names(row, statement);
	if (renames_model(statement))
		note_model_name(definition, row, ((RenameStmt *) statement)->newname);
	if (made != NULL)
	{
		binds_model_insert(made);
		binds_relation_begin_rights(made->template);
		definition->made = lcons(made, definition->made);
	}
	return row->template;
}

/*
 * What goes by CASCADE goes before, so that PostgreSQL does not tell of templates.  Whom it
 * does not let change this one it refuses then.
 */
static void
cut_keys(BindsDefinition *definition, Node *statement, const BindsModelRow *row)
{
	ListCell   *lc;

	if (!OidIsValid(row->template) ||
		!binds_compat_owns_relation(row->template, GetUserId()))
		return;
	binds_cascade_add_columns(statement, row);
	foreach(lc, binds_cascade_keys(statement, unconstify(BindsModelRow *, row)))
	{
		const BindsModelReference *key = lfirst(lc);

		binds_cascade_cut(key, definition->carried_out);
		definition->cut = list_append_unique_oid(definition->cut, key->row->template);
	}
}

/* Models whose columns a statement for one changes: its own, and those that inherit them. */
static List *
heirs(const BindsModelRow *row)
{
	List	   *models = NIL;
	ListCell   *lc;

	foreach(lc, find_all_inheritors(row->template, NoLock, NULL))
	{
		BindsModelRow *model = binds_model_of_template(lfirst_oid(lc));

		if (model != NULL)
			models = lappend(models, model);
	}
	return models;
}

static bool
renames_column(const Node *statement)
{
	return IsA(statement, RenameStmt) &&
		((const RenameStmt *) statement)->renameType == OBJECT_COLUMN;
}

static bool
renames_model(const Node *statement)
{
	return IsA(statement, RenameStmt) &&
		((const RenameStmt *) statement)->renameType == OBJECT_TABLE;
}

/* Its relation gets the name as well, but for one that was given another by hand. */
static void
check_model_name(const BindsModelRow *row, const BindsBind *bind, const char *name)
{
	bool		follows = strcmp(row->local_name, row->model) == 0 ||
		binds_model_relation_waits(row);

	binds_check_other_name(bind, row, name,
						   follows && !(OidIsValid(binds_model_relation(row)) &&
										strcmp(row->local_name, name) == 0));
}

/* What this transaction has made, and nobody yet a table of, has no old name anywhere. */
static void
note_model_name(BindsDefinition *definition, const BindsModelRow *row, const char *name)
{
	BindsModelRow *renamed = binds_model_of_template(row->template);
	bool		made = is_noted(row->template, true) || is_made(definition, row->template);
	ListCell   *lc;

	renamed->model = row->model;
	binds_model_rename(renamed, name, !made || OidIsValid(binds_model_relation(row)));
	foreach(lc, definition->made)
	{
		if (((BindsModelRow *) lfirst(lc))->template == row->template)
			lfirst(lc) = renamed;
	}
}

/*
 * Another column must not get a name that one has had, until tables that are there follow:
 * nobody could tell which of the two a column of that name is.
 */
static void
check_former_names(const BindsModelRow *row, Node *statement)
{
	ListCell   *lc;

	if (renames_column(statement))
		check_former_name(row, ((RenameStmt *) statement)->newname,
						  ((RenameStmt *) statement)->subname);
	if (!IsA(statement, AlterTableStmt))
		return;
	foreach(lc, ((AlterTableStmt *) statement)->cmds)
	{
		AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype == AT_AddColumn)
			check_former_name(row, castNode(ColumnDef, cmd->def)->colname, NULL);
	}
}

/* column: that which is to have the name; NULL: a new one. */
static void
check_former_name(const BindsModelRow *row, const char *name, const char *column)
{
	ListCell   *lc;

	foreach(lc, heirs(row))
	{
		const BindsModelRow *model = lfirst(lc);
		const char *now = binds_model_renamed_from(model, name);

		if (now != NULL && (column == NULL || strcmp(now, column) != 0))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("name \"%s\" was that of column \"%s\" of model \"%s\"", name,
							now, model->model),
					 errdetail("A table that is there may have the column by that name still."),
					 errhint("Use binds.upgrade before, which gives it the new name there, or another name.")));
	}
}

/*
 * Keep the former name of a column that has a new one, and note which are dropped: their
 * names may be those of others next.
 */
static void
note_names(const BindsModelRow *row, Node *statement)
{
	ListCell   *lc;
	ListCell   *lc2;

	if (renames_column(statement))
	{
		foreach(lc, heirs(row))
			binds_model_note_rename(lfirst(lc), ((RenameStmt *) statement)->subname,
									((RenameStmt *) statement)->newname);
	}
	if (!IsA(statement, AlterTableStmt))
		return;
	foreach(lc, ((AlterTableStmt *) statement)->cmds)
	{
		AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype != AT_DropColumn && cmd->subtype != AT_AddColumn)
			continue;
		foreach(lc2, heirs(row))
		{
			BindsModelRow *model = lfirst(lc2);

			if (cmd->subtype == AT_AddColumn)
				binds_model_forget_drop(model, castNode(ColumnDef, cmd->def)->colname);
			else if (get_attnum(model->template, cmd->name) == InvalidAttrNumber)
				binds_model_note_drop(model, cmd->name);
		}
	}
}

static BindsModelRow *
new_model(const CreateStmt *statement, const BindsBind *bind)
{
	BindsModelRow *row = palloc0(sizeof(BindsModelRow));

	row->bind_key = bind->key;
	row->model = pstrdup(statement->relation->relname);
	row->local_name = row->model;
	row->local_schema = binds_local_schema(statement->relation->schemaname, bind);
	check_new_name(row, bind);
	return row;
}

char *
binds_local_schema(const char *qualifier, const BindsBind *bind)
{
	const char *schema = qualifier;

	if (schema == NULL && bind->options != NULL)
		schema = bind->options->schema;
	if (schema == NULL)
	{
		RangeVar   *any = makeRangeVar(NULL, "any", -1);

		schema = get_namespace_name(RangeVarGetCreationNamespace(any));
	}
	if (isAnyTempNamespace(get_namespace_oid(schema, false)))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("a temporary table cannot be part of a model")));
	return pstrdup(schema);
}

/*
 * Refuse a name that the bind has, also in other case where the engine folds it, or
 * whose local relation is another model's.
 */
static void
check_new_name(const BindsModelRow *row, const BindsBind *bind)
{
	bool		folds = bind->dialect != NULL && bind->dialect->folds_tables;
	ListCell   *lc;

	/* its relation is called so, too */
	foreach(lc, binds_model_rows_named(row->model))
	{
		BindsModelRow *other = lfirst(lc);
		bool		own = bind->key == NULL ? other->bind_key == NULL :
			other->bind_key != NULL && strcmp(other->bind_key, bind->key) == 0;

		if (own && strcmp(other->model, row->model) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_TABLE),
					 errmsg("model \"%s\" already exists on %s", row->model,
							binds_bind_words(bind->key))));
		if (own && folds && pg_strcasecmp(other->model, row->model) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_TABLE),
					 errmsg("model \"%s\" already exists on %s as \"%s\"", row->model,
							binds_bind_words(bind->key), other->model),
					 errdetail("The engine takes names that differ only in case for the same.")));
		if (own)
			binds_refuse_former_name(other, row->model, folds);
		if (strcmp(other->local_schema, row->local_schema) == 0 &&
			strcmp(other->local_name, row->local_name) == 0 && holds_relation(other))
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_TABLE),
					 errmsg("relation \"%s.%s\" already belongs to model \"%s\" on %s",
							row->local_schema, row->local_name, other->model,
							binds_bind_words(other->bind_key)),
					 errhint("Qualify the name of the model with another schema, or give the bind the option \"schema\".")));
	}
	if (bind->dialect != NULL)
		check_relation_name(row, bind);
}

/*
 * Refuse the name of a relation that the model cannot have, and its owner cannot drop:
 * create_all of the bind would fail for everybody.
 */
static void
check_relation_name(const BindsModelRow *row, const BindsBind *bind)
{
	Oid			relid = binds_model_relation(row);

	if (!OidIsValid(relid) || binds_model_is_foreign(relid, bind) ||
		binds_compat_owns_relation(relid, GetUserId()))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_DUPLICATE_TABLE),
			 errmsg("relation \"%s.%s\" already exists", row->local_schema,
					row->local_name),
			 errdetail("It is %s, and belongs to role \"%s\".",
					   binds_relation_words(get_rel_relkind(relid)),
					   GetUserNameFromId(binds_relation_owner(relid), false)),
			 errhint("Qualify the name of the model with another schema, or give the bind the option \"schema\".")));
}

/*
 * Is the name of its relation a model's?  Not if there is no relation, and the model's
 * owner may not make it: nobody is kept from a name in a schema that is not the other's.
 */
static bool
holds_relation(const BindsModelRow *row)
{
	Oid			schema = get_namespace_oid(row->local_schema, true);

	return OidIsValid(binds_model_relation(row)) || !OidIsValid(schema) ||
		binds_has_right(BINDS_RIGHT_OWN, binds_relation_owner(row->template),
						binds_bind_find(row->bind_key), schema);
}

/*
 * Make the name of a template free.  What is not registered is taken for what DROP SERVER
 * or DROP EXTENSION has left, which gives way to the new one.  What belongs to
 * another template, an index or a sequence, has a name that means nothing to the engine's
 * tables: one that is reflected must not be lost for it.
 */
static void
make_way(const BindsModelRow *row, bool reflected)
{
	Oid			relid = binds_model_template(row);
	Oid			table = InvalidOid;
	int32		column;

	switch (OidIsValid(relid) ? get_rel_relkind(relid) : '\0')
	{
		case RELKIND_RELATION:
			drop_left_over(relid, row);
			return;
		case RELKIND_INDEX:
			table = IndexGetRelation(relid, true);
			break;
		case RELKIND_SEQUENCE:
			if (!sequenceIsOwned(relid, DEPENDENCY_INTERNAL, &table, &column))
				(void) sequenceIsOwned(relid, DEPENDENCY_AUTO, &table, &column);
			break;
	}
	if (OidIsValid(table))
		move_away(relid, table, row, reflected);
}

/*
 * A template never had rows: a table that has some is none, whoever has put it there.  Nor
 * is it the caller's to drop unless he owns it.
 */
static void
drop_left_over(Oid relid, const BindsModelRow *row)
{
	bool		own = binds_compat_owns_relation(relid, GetUserId());

	if (!own || has_rows(relid))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("model \"%s\" on %s has the name of a table that is no model",
						row->model, binds_bind_words(row->bind_key)),
				 own ? errdetail("Table %s is not empty.", binds_qualified_name(relid)) :
				 errdetail("Table %s belongs to role \"%s\".", binds_qualified_name(relid),
						   GetUserNameFromId(binds_relation_owner(relid), false)),
				 errhint("Drop it, or give it another name or schema.")));
	binds_spi_run(psprintf("DROP TABLE %s", binds_qualified_name(relid)));
}

/* Rows that a policy hides from the owner, too.  Nobody else gets at the table any more. */
static bool
has_rows(Oid relid)
{
	Relation	rel = table_open(relid, AccessExclusiveLock);
	TupleTableSlot *slot = table_slot_create(rel, NULL);
	Snapshot	snapshot = RegisterSnapshot(GetLatestSnapshot());
	TableScanDesc scan = table_beginscan(rel, snapshot, 0, NULL);
	bool		found = table_scan_getnextslot(scan, ForwardScanDirection, slot);

	table_endscan(scan);
	UnregisterSnapshot(snapshot);
	ExecDropSingleTupleTableSlot(slot);
	table_close(rel, NoLock);
	return found;
}

/* Only who has made a model changes it, and not by the definition of another one. */
static void
move_away(Oid relid, Oid table, const BindsModelRow *row, bool reflected)
{
	bool		index = get_rel_relkind(relid) == RELKIND_INDEX;
	char	   *name;

	if (!reflected || !binds_compat_owns_relation(table, GetUserId()))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("model \"%s\" on %s has the name of %s of model \"%s\"",
						row->model, binds_bind_words(row->bind_key),
						index ? "an index" : "a sequence", get_rel_name(table)),
				 errhint("ALTER %s %s RENAME TO gives it another one.",
						 index ? "INDEX" : "SEQUENCE", binds_qualified_name(relid))));
	name = ChooseRelationName(get_rel_name(table), row->model, index ? "idx" : "seq",
							  get_rel_namespace(relid), true);
	binds_spi_run(psprintf("ALTER %s %s RENAME TO %s", index ? "INDEX" : "SEQUENCE",
						   binds_qualified_name(relid), quote_identifier(name)));
	if (index)
		ereport(NOTICE,
				(errmsg("index \"%s\" of model \"%s\" on %s is called \"%s\" now",
						row->model, get_rel_name(table), binds_bind_words(row->bind_key),
						name),
				 errdetail("That is the name of a table of the engine.")));
}

/* Run a statement as if the user had given it. */
static void
run_utility(Node *statement, const RawStmt *raw, const char *ddl)
{
	PlannedStmt *wrapper = makeNode(PlannedStmt);

	wrapper->commandType = CMD_UTILITY;
	wrapper->canSetTag = false;
	wrapper->utilityStmt = statement;
	wrapper->stmt_location = raw->stmt_location;
	wrapper->stmt_len = raw->stmt_len;
	binds_own_begin();
	PG_TRY();
	{
		ProcessUtility(wrapper, ddl, false, PROCESS_UTILITY_QUERY, NULL, NULL,
					   None_Receiver, NULL);
	}
	PG_FINALLY();
	{
		binds_own_end();
	}
	PG_END_TRY();
	CommandCounterIncrement();
}

/* ------------------------------------------------------------------------
 * Checks against the engine
 * ------------------------------------------------------------------------ */

static void
check_touched(const BindsDefinition *definition, const Touched *touched)
{
	const BindsModelRow *row = touched->row;
	const BindsBind *bind = touched->bind;

	if (bind->dialect != NULL)
	{
		const BindsModel *model = binds_model_load(row->template, bind);

		binds_model_check(model, bind->dialect);
		binds_define_tell(definition, model, touched->made, bind->dialect);
	}
	if (!touched->made && !definition->carried_out &&
		OidIsValid(binds_model_relation(row)))
		ereport(NOTICE,
				(errmsg("model \"%s\" on %s is changed, its table is not", row->model,
						binds_bind_words(row->bind_key)),
				 touched->starts && bind->dialect != NULL ?
				 errdetail("START is where keys of a new table begin. No difference is told of a table that is there: its next key is its own.") : 0));
}
