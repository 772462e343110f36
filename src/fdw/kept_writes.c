/*
 * kept_writes.c
 *	  Before a write: is the table one that has no transactions?
 *
 * What is written there stays, whatever becomes of the transaction or of the statement
 * itself.  In a transaction block that is told at the first such write; outside of one
 * every statement is a transaction, so there once per table and session.
 *
 * The engine is asked once per table and backend, at the first write, over the connection
 * that writes; and once more before it is told, for somebody may have followed the hint.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"

#include "fdw/modify.h"
#include "model/facts.h"

typedef struct Question
{
	const BindsForeignTable *table;
	const char *kept;			/* the answer */
} Question;

static bool in_block(void);
static const char *ask(const BindsForeignTable *table, Oid userid, BindsUse *use);
static void ask_kept(BindsDriverConn *conn, void *arg);

/*
 * Warn, if it is.  The use has been announced for writing.
 */
void
binds_kept_writes_tell(const BindsForeignTable *table, Oid userid, BindsUse *use)
{
	const char *kept;
	bool		asked;

	if (table->dialect->keeps_writes == NULL)
		return;
	kept = binds_facts_find_kept(table->relid, userid);
	asked = kept == NULL;
	if (asked)
		kept = ask(table, userid, use);
	if (kept[0] == '\0')
		return;
	if (!(in_block() ? binds_branch_tell_kept(use) : binds_facts_tell_kept(table->relid, userid)))
		return;
	if (!asked)
		kept = ask(table, userid, use);
	if (kept[0] == '\0')
		return;
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("what is written to table \"%s\" of bind \"%s\" cannot be rolled back",
					table->table, table->bind_key),
			 errdetail("Its storage engine %s has no transactions.", kept),
			 errhint("%s", table->dialect->transactions_hint)));
}

/*
 * Has a client begun the transaction?  In a subtransaction, which may be that of an
 * EXCEPTION clause, core does not tell; but a block begins before its statements.
 */
static bool
in_block(void)
{
	return GetCurrentTransactionNestLevel() == 1 ? IsTransactionBlock() :
		GetCurrentTransactionStartTimestamp() != GetCurrentStatementStartTimestamp();
}

static const char *
ask(const BindsForeignTable *table, Oid userid, BindsUse *use)
{
	Question	question = {.table = table};

	binds_connection_read(binds_branch_enter(use), ask_kept, &question);
	binds_facts_keep_kept(table->relid, userid, table->serverid,
						  question.kept != NULL ? question.kept : "");
	return binds_facts_find_kept(table->relid, userid);
}

/* For binds_connection_read. */
static void
ask_kept(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;
	const BindsForeignTable *table = question->table;

	question->kept = table->dialect->keeps_writes(conn, table->bind_key, table->schema,
												  table->table);
}
