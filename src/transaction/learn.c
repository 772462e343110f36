/*
 * learn.c
 *	  Ask an engine what the table behind a foreign table is.
 *
 * Asking is a use of the bind like any other, so what is planned after this
 * transaction has changed the table sees the change.  At READ COMMITTED nothing stays
 * open by it.
 *
 * A plan must be made even where the engine cannot be reached: EXPLAIN and statements
 * that will not come to this table have no need of it.  So errors are caught in a
 * subtransaction, but for those that are about this transaction.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "connection/connection.h"
#include "dialect/attempt.h"
#include "dialect/query.h"
#include "model/facts.h"
#include "transaction/branch.h"
#include "transaction/learn.h"

typedef struct Question
{
	const BindsTableOptions *options;
	BindsReflectedTable *definition;	/* the answer; NULL: there is no such
										 * table */
} Question;

/* For ask_quietly. */
typedef struct Asking
{
	Oid			relid;
	Oid			userid;
	List	   *facts;			/* the answer */
} Asking;

static void ask_definition(BindsDriverConn *conn, void *arg);
static BindsReflectedTable *ask_statement(BindsDriverConn *conn,
										  const BindsTableOptions *options);
static bool options_suffice(Oid relid);
static BindsReflectedTable *definition_of(const BindsTableOptions *options, Oid userid,
										  bool lasting, bool *passing, BindsUse **use);
static List *ask(Oid relid, Oid userid);
static void refuse_statement(const BindsTableOptions *options, const char *detail)
			__attribute__((noreturn));
static List *ask_quietly(Oid relid, Oid userid);
static void ask_step(void *arg);

BindsForeignTable *
binds_learn_for_plan(Oid relid, Oid userid)
{
	BindsForeignTable *table = binds_learn_known(relid, userid);

	if (table == NULL)
		table = binds_foreign_table_read(relid, ask_quietly(relid, userid));
	return table;
}

BindsForeignTable *
binds_learn_now(Oid relid, Oid userid)
{
	BindsForeignTable *table = binds_learn_known(relid, userid);

	if (table != NULL && !table->unknown)
		return table;
	if (table != NULL)
		binds_facts_forget(relid);
	return binds_foreign_table_read(relid, ask(relid, userid));
}

BindsForeignTable *
binds_learn_known(Oid relid, Oid userid)
{
	List	   *facts;

	if (options_suffice(relid))
		return binds_foreign_table_read(relid, NIL);
	facts = binds_facts_find(relid, userid);
	return facts != NIL ? binds_foreign_table_read(relid, facts) : NULL;
}

/*
 * Is there nothing to ask?  What is no table of ours is left to its reader to refuse.
 */
static bool
options_suffice(Oid relid)
{
	BindsTableOptions *options = binds_table_options(relid);
	Relation	relation;
	bool		suffice;

	if (options == NULL)
		return true;
	relation = table_open(relid, NoLock);
	suffice = binds_is_described(options, RelationGetDescr(relation));
	table_close(relation, NoLock);
	return suffice;
}

/* ------------------------------------------------------------------------
 * Asking
 * ------------------------------------------------------------------------ */

/*
 * Ask, and keep the answer.  One that lacks columns is not kept: they, or the whole
 * table, may be made at any time.
 */
static List *
ask(Oid relid, Oid userid)
{
	BindsTableOptions *options = binds_table_options(relid);
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "binds definition",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	bool		passing;
	BindsUse   *use;
	BindsReflectedTable *definition = definition_of(options, userid, false, &passing,
													&use);
	Relation	relation = table_open(relid, NoLock);
	List	   *facts;

	facts = binds_facts_make(RelationGetDescr(relation), options, definition);
	table_close(relation, NoLock);
	MemoryContextSwitchTo(old);
	facts = copyObject(facts);
	if (!binds_facts_lack_columns(facts))
		binds_facts_keep(relid, userid, options->serverid, facts, passing);
	/* what is kept goes with a state that ends here */
	binds_branch_leave(use);
	MemoryContextDelete(context);
	return facts;
}

BindsReflectedTable *
binds_learn_definition(const BindsTableOptions *options, Oid userid)
{
	bool		passing;
	BindsUse   *use;
	BindsReflectedTable *definition = definition_of(options, userid, true, &passing, &use);

	binds_branch_leave(use);
	return definition;
}

/* See binds_branch_use_definitions. */
static BindsReflectedTable *
definition_of(const BindsTableOptions *options, Oid userid, bool lasting, bool *passing,
			  BindsUse **use)
{
	Question	question = {.options = options};
	BindsConnection *connection;

	connection = binds_branch_use_definitions(options->serverid, userid, lasting,
											  passing, use);
	binds_connection_read(connection, ask_definition, &question);
	return question.definition;
}

/* For binds_connection_read. */
static void
ask_definition(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;
	const BindsTableOptions *options = question->options;
	const char *name = options->table_name;
	BindsReflectedTable *tables;

	if (options->query != NULL)
		question->definition = ask_statement(conn, options);
	else if (options->dialect->reflect(conn, options->bind_key, options->schema_name,
									   &name, 1, true, &tables) > 0)
		question->definition = &tables[0];
}

/*
 * The statement of a foreign table: it has to be one by itself, and one that has rows for
 * the statements that it becomes a part of, so that it can neither be several nor change
 * what it says there.  The engine tells both.
 */
static BindsReflectedTable *
ask_statement(BindsDriverConn *conn, const BindsTableOptions *options)
{
	const BindsDialect *dialect = options->dialect;
	BindsReflectedTable *definition = palloc0(sizeof(BindsReflectedTable));
	StringInfoData sql;
	char	   *misfit;

	(void) binds_query_misfit(dialect->driver, conn, options->bind_key, options->query,
							  true);
	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT * FROM ");
	binds_append_derived(&sql, options->query, "s");
	misfit = binds_query_misfit(dialect->driver, conn, options->bind_key, sql.data, false);
	if (misfit != NULL)
		refuse_statement(options, psprintf(_("The engine of bind \"%s\" says: %s"),
										   options->bind_key, misfit));
	dialect->reflect_statement(conn, options->bind_key, options->query, definition);
	if (definition->obstacle != NULL)
		refuse_statement(options, psprintf("%s.", definition->obstacle));
	return definition;
}

static void
refuse_statement(const BindsTableOptions *options, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("statement of foreign table \"%s\" cannot stand in the place of a table",
					options->table_name),
			 errdetail_internal("%s", detail),
			 errhint("The option query takes one SELECT whose columns have different names.")));
}

/*
 * Ask; unknown facts if that fails.  During a parallel operation no subtransaction can
 * be begun, so nothing is asked.
 */
static List *
ask_quietly(Oid relid, Oid userid)
{
	Asking		asking = {relid, userid, NIL};
	ErrorData  *error;

	if (IsInParallelMode())
		return binds_facts_unknown();
	error = binds_attempt(ask_step, &asking);
	if (error == NULL)
		return asking.facts;
	elog(DEBUG1, "could not ask for the definition of foreign table \"%s\": %s",
		 get_rel_name(relid), error->message);
	FreeErrorData(error);
	asking.facts = binds_facts_unknown();
	binds_facts_keep(relid, userid, binds_table_options(relid)->serverid, asking.facts,
					 false);
	return asking.facts;
}

/* For binds_attempt. */
static void
ask_step(void *arg)
{
	Asking	   *asking = arg;

	asking->facts = ask(asking->relid, asking->userid);
}
