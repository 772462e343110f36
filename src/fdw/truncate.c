/*
 * truncate.c
 *	  TRUNCATE of foreign tables.
 *
 * It is a DELETE of all rows, inside of the branch: the engines' own TRUNCATE cannot be
 * rolled back, or does not exist.  A table to which others refer is truncated with them or,
 * as in PostgreSQL, not at all: what foreign keys do ON DELETE is none of its business.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "connection/cursor.h"
#include "deparse/statement.h"
#include "fdw/modify.h"
#include "fdw/routine.h"
#include "fdw/violation.h"
#include "transaction/branch.h"
#include "transaction/engine_ddl.h"

/* What is asked about a table. */
typedef struct TruncateQuestion
{
	const BindsForeignTable *table;
	BindsReference *references; /* to tables of its schema */
	int			nreferences;
	int			acts;			/* see the dialect's acts_beyond */
} TruncateQuestion;

/*
 * The tables (BindsForeignTable) of the commands that are going on, one in another, in
 * TopTransactionContext; and have rows of them gone without a look at foreign keys?
 */
static List *truncated = NIL;
static bool unlinked;

static void bindsExecForeignTruncate(List *rels, DropBehavior behavior,
									 bool restart_seqs);
static List *begin_tables(List *rels, bool restart_seqs);
static void truncate_tables(List *tables, DropBehavior behavior);
static void check_table(const BindsForeignTable *table, bool restart_seqs);
static List *referring_tables(const BindsForeignTable *table, DropBehavior behavior,
							  List *found);
static void ask_references(BindsDriverConn *conn, void *arg);
static bool is_truncated(const BindsForeignTable *table, const BindsReference *reference);
static void truncate_relations(List *relids);
static void delete_all(List *tables);
static bool delete_rows(const BindsForeignTable *table, bool tolerant);
static bool delete_unlinked(List *tables);
static bool acts_alone(const BindsForeignTable *table);
static void ask_acts(BindsDriverConn *conn, void *arg);
static void check_empty(void);

void
binds_truncate_routine(FdwRoutine *routine)
{
	routine->ExecForeignTruncate = bindsExecForeignTruncate;
}

/*
 * Empty the tables, all of one server.
 */
static void
bindsExecForeignTruncate(List *rels, DropBehavior behavior, bool restart_seqs)
{
	if (truncated != NIL)
	{
		truncate_tables(begin_tables(rels, restart_seqs), behavior);
		return;
	}
	unlinked = false;
	PG_TRY();
	{
		truncate_tables(begin_tables(rels, restart_seqs), behavior);
		if (unlinked)
			check_empty();
	}
	PG_FINALLY();
	{
		truncated = NIL;
	}
	PG_END_TRY();
}

/* Add tables to those that are truncated. */
static List *
begin_tables(List *rels, bool restart_seqs)
{
	MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);
	List	   *tables = NIL;
	ListCell   *lc;

	foreach(lc, rels)
	{
		Relation	relation = (Relation) lfirst(lc);

		tables = lappend(tables, binds_foreign_table_options(RelationGetRelid(relation)));
		check_table(llast(tables), restart_seqs);
	}
	truncated = list_concat(truncated, tables);
	MemoryContextSwitchTo(old);
	return tables;
}

static void
truncate_tables(List *tables, DropBehavior behavior)
{
	List	   *referring = NIL;
	ListCell   *lc;

	foreach(lc, tables)
		referring = referring_tables(lfirst(lc), behavior, referring);
	if (referring != NIL)
		truncate_relations(referring);
	delete_all(tables);
}

static void
check_table(const BindsForeignTable *table, bool restart_seqs)
{
	binds_require_writable(table);
	if (restart_seqs)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("TRUNCATE ... RESTART IDENTITY is not supported on foreign table \"%s\"",
						table->local_name),
				 errdetail("The engine generates its keys, and would restart them outside of the transaction.")));
}

/* ------------------------------------------------------------------------
 * Tables that refer to them
 * ------------------------------------------------------------------------ */

/*
 * Add the relations over tables that refer to this one, and are not truncated, to those that
 * were found.  Raises 0A000 unless they are to be truncated as well, and can be.
 */
static List *
referring_tables(const BindsForeignTable *table, DropBehavior behavior, List *found)
{
	BindsViolated violated = {.table = table};
	TruncateQuestion question = {table};
	BindsUse   *use;

	binds_connection_read(binds_branch_use(table->serverid, GetUserId(), BINDS_USE_WRITE,
										   &use),
						  ask_references, &question);
	binds_branch_leave(use);
	for (int i = 0; i < question.nreferences; i++)
	{
		const BindsReference *reference = &question.references[i];
		Oid			relid;

		if (!binds_violated_same_table(table, reference->ref_table, table->table) ||
			is_truncated(table, reference))
			continue;
		relid = reference->schema != NULL ? InvalidOid :
			binds_violated_relation(&violated, reference->table);
		if (behavior == DROP_RESTRICT || !OidIsValid(relid))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("cannot truncate a table referenced in a foreign key constraint"),
					 errdetail("Table \"%s\" references \"%s\".",
							   OidIsValid(relid) ? get_rel_name(relid) : reference->table,
							   table->local_name),
					 OidIsValid(relid) ?
					 errhint("Truncate table \"%s\" at the same time, or use TRUNCATE ... CASCADE.",
							 get_rel_name(relid)) :
					 errhint("That table of bind \"%s\" has no relation here: make one with binds.reflect, or use DELETE.",
							 table->bind_key)));
		found = list_append_unique_oid(found, relid);
	}
	return found;
}

/* For binds_connection_read. */
static void
ask_references(BindsDriverConn *conn, void *arg)
{
	TruncateQuestion *question = arg;
	const BindsForeignTable *table = question->table;

	question->nreferences = table->dialect->references(conn, table->bind_key,
													   table->schema,
													   &question->references);
}

static bool
is_truncated(const BindsForeignTable *table, const BindsReference *reference)
{
	const char *schema = reference->schema != NULL ? reference->schema : table->schema;
	ListCell   *lc;

	foreach(lc, truncated)
	{
		const BindsForeignTable *other = lfirst(lc);

		if (other->serverid == table->serverid &&
			binds_violated_same_table(table, other->table, reference->table) &&
			(schema == NULL ? other->schema == NULL :
			 other->schema != NULL && strcmp(other->schema, schema) == 0))
			return true;
	}
	return false;
}

/* A command of their own, for who may do it, and for their triggers. */
static void
truncate_relations(List *relids)
{
	StringInfoData sql;
	ListCell   *lc;

	initStringInfo(&sql);
	foreach(lc, relids)
	{
		char	   *name = get_rel_name(lfirst_oid(lc));

		ereport(NOTICE,
				(errmsg("truncate cascades to table \"%s\"", name)));
		appendStringInfo(&sql, "%s%s", sql.len > 0 ? ", " : "TRUNCATE ",
						 quote_qualified_identifier(get_namespace_name(get_rel_namespace(lfirst_oid(lc))),
													name));
	}
	appendStringInfoString(&sql, " CASCADE");
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute(sql.data, false, 0) != SPI_OK_UTILITY)
		elog(ERROR, "could not execute statement: %s", sql.data);
	SPI_finish();
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

/*
 * Tables that refer to each other are emptied in whatever order their foreign keys allow.
 */
static void
delete_all(List *tables)
{
	ListCell   *lc;

	while (tables != NIL)
	{
		List	   *left = NIL;

		foreach(lc, tables)
		{
			if (!delete_rows(lfirst(lc), true))
				left = lappend(left, lfirst(lc));
		}
		if (list_length(left) == list_length(tables) && !delete_unlinked(left))
			delete_rows(linitial(left), false);
		else if (list_length(left) == list_length(tables))
			left = NIL;
		tables = left;
	}
}

/*
 * Delete all rows; with "tolerant" returns false if a foreign key forbids it.
 */
static bool
delete_rows(const BindsForeignTable *table, bool tolerant)
{
	BindsStatement *statement = binds_deparse_truncate(table);
	BindsUse   *use;
	BindsCursor *cursor;
	BindsOutcome outcome;
	bool		done = true;

	(void) binds_branch_use(table->serverid, GetUserId(), BINDS_USE_WRITE, &use);
	binds_kept_writes_tell(table, GetUserId(), use);
	cursor = binds_branch_cursor(use, binds_statement_query(statement),
								 table->local_name);
	if (tolerant)
		done = binds_cursor_try_execute(cursor, NULL, true, &outcome,
										ERRCODE_FOREIGN_KEY_VIOLATION);
	else
		binds_cursor_execute(cursor, NULL, true, &outcome);
	binds_cursor_close(cursor);
	binds_branch_tell_statement(use);
	binds_branch_leave(use);
	return done;
}

/*
 * Delete all rows of tables that refer to each other, or whose rows do, while the engine does
 * not look at foreign keys: nothing else refers to them.  Returns false, with nothing done,
 * where a trigger would change something else meanwhile.
 */
static bool
delete_unlinked(List *tables)
{
	const BindsForeignTable *first = linitial(tables);
	BindsUse   *use;
	BindsConnection *connection;
	ListCell   *lc;

	foreach(lc, tables)
	{
		if (!acts_alone(lfirst(lc)))
			return false;
	}
	connection = binds_branch_use(first->serverid, GetUserId(), BINDS_USE_WRITE, &use);
	binds_connection_drain(connection);
	PG_TRY();
	{
		binds_connection_keep_references(connection, false);
		foreach(lc, tables)
			(void) delete_rows(lfirst(lc), false);
	}
	PG_FINALLY();
	{
		binds_connection_keep_references(connection, true);
	}
	PG_END_TRY();
	binds_branch_leave(use);
	unlinked = true;
	return true;
}

/*
 * All that refers to a row that has gone must have gone as well: a program that has added one
 * before that has been waited for.
 */
static void
check_empty(void)
{
	ListCell   *lc;

	foreach(lc, truncated)
	{
		const BindsForeignTable *table = lfirst(lc);
		BindsDdl   *ddl = binds_ddl_open(table->serverid, table->dialect, table->bind_key);

		if (binds_ddl_count(ddl, table->schema, table->table, true) > 0)
			ereport(ERROR,
					(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
					 errmsg("could not truncate table \"%s\", for rows have come meanwhile",
							table->local_name),
					 errhint("Run the transaction again.")));
	}
}

static bool
acts_alone(const BindsForeignTable *table)
{
	TruncateQuestion question = {table};
	BindsUse   *use;

	binds_connection_read(binds_branch_use(table->serverid, GetUserId(), BINDS_USE_WRITE,
										   &use),
						  ask_acts, &question);
	binds_branch_leave(use);
	return (question.acts & (BINDS_ACTS_DELETE | BINDS_ACTS_UNSEEN)) == 0;
}

/* For binds_connection_read. */
static void
ask_acts(BindsDriverConn *conn, void *arg)
{
	TruncateQuestion *question = arg;
	const BindsForeignTable *table = question->table;
	List	   *columns = NIL;

	question->acts = table->dialect->acts_beyond(conn, table->bind_key, table->schema,
												 table->table, &columns);
}
