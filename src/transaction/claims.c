/*
 * claims.c
 *	  Which tables are there, whose marks they bear, and what that means.
 *
 * Nothing is changed here, neither in the engine nor in what is noted of it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"

#include "transaction/claims.h"
#include "transaction/mark.h"

/*
 * The tables that an anchor speaks for were made right after it.  What has been made later
 * than this, in seconds, is somebody else's.
 */
#define MADE_TOGETHER 60

static bool is_named(const BindsDialect *dialect, const char *table, List *names);

void
binds_claims_read(BindsDriverConn *conn, void *arg)
{
	BindsClaims *request = arg;
	const BindsDialect *dialect = request->dialect;

	dialect->table_kinds(conn, request->bind_key, request->schema,
						 request->tables, request->ntables, request->kinds, NULL);
	if (dialect->transactional_ddl)
		return;
	request->ncomments = dialect->comments(conn, request->bind_key,
										   request->schema, &request->comments);
	request->marks = NIL;
	for (int i = 0; i < request->ncomments; i++)
	{
		if (binds_mark_state(request->comments[i].comment) != BINDS_MARK_NONE)
			request->marks = lappend(request->marks, &request->comments[i]);
	}
}

const BindsTableComment *
binds_claims_comment(const BindsClaims *request, const char *table)
{
	for (int i = 0; i < request->ncomments; i++)
	{
		if (binds_table_is_among(request->dialect, request->comments[i].table, &table, 1))
			return &request->comments[i];
	}
	return NULL;
}

void
binds_claim_find(const BindsClaims *request, const char *table, BindsClaim *claim)
{
	const BindsTableComment *own;
	ListCell   *lc;

	if (request->marks == NIL)
		return;
	own = binds_claims_comment(request, table);
	foreach(lc, request->marks)
	{
		const BindsTableComment *other = lfirst(lc);

		if (other != own &&
			!is_named(request->dialect, table, binds_mark_tables(other->comment)))
			continue;
		claim->comment = other->comment;
		claim->anchor = other != own ? other->table : NULL;
		claim->timely = other == own ||
			(own != NULL && own->made >= other->made &&
			 own->made <= other->made + MADE_TOGETHER);
		if (other == own)
			break;
	}
}

static bool
is_named(const BindsDialect *dialect, const char *table, List *names)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		const char *name = lfirst(lc);

		if (binds_table_is_among(dialect, name, &table, 1))
			return true;
	}
	return false;
}

/*
 * What does a mark on a table mean?
 *
 * A transaction that is over has left it behind because it could not reach the server
 * at its end: if it committed the table is good and gets its own comment, if not the table
 * goes.  One that is running will decide itself, so nobody else may use the table.  Of
 * another database's nobody here can tell whether it runs.
 */
BindsVerdict
binds_claim_judge(const BindsDialect *dialect, const char *bind_key, const char *schema,
				  const char *table, const BindsClaim *claim)
{
	BindsMarkState state = binds_mark_state(claim->comment);
	const char *bearer = claim->anchor != NULL ? claim->anchor : table;

	switch (state)
	{
		case BINDS_MARK_NONE:
		case BINDS_MARK_OWN:
			break;
		case BINDS_MARK_ABORTED:
			return claim->timely ? BINDS_VERDICT_DROP : BINDS_VERDICT_KEEP;
		case BINDS_MARK_COMMITTED:
			return claim->anchor == NULL ? BINDS_VERDICT_UNMARK : BINDS_VERDICT_KEEP;
		case BINDS_MARK_RUNNING:
		case BINDS_MARK_FOREIGN:
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_IN_USE),
					 errmsg("table \"%s\" of bind \"%s\" is being created by another transaction",
							table, bind_key),
					 claim->anchor == NULL ?
					 errdetail("Its comment is \"%s\".", claim->comment) :
					 errdetail("The comment of table \"%s\" is \"%s\".", bearer,
							   claim->comment),
					 state == BINDS_MARK_FOREIGN ?
					 errhint("That is the mark of another PostgreSQL database. If no transaction there is creating the table, take the mark away in the engine: %s",
							 dialect->comment_statement(schema, bearer, NULL)) : 0));
	}
	return BINDS_VERDICT_KEEP;
}

bool
binds_claims_keep(const BindsClaims *request, const BindsClaim *claims, const char *table)
{
	for (int i = 0; i < request->ntables; i++)
	{
		if (claims[i].stale && claims[i].anchor != NULL &&
			request->kinds[i] != BINDS_KIND_NONE &&
			binds_table_is_among(request->dialect, claims[i].anchor, &table, 1))
			return true;
	}
	return false;
}

void
binds_claim_ask(BindsDriverConn *conn, void *arg)
{
	BindsMarkQuestion *question = arg;
	BindsTableKind kind;
	bool		present;
	char	   *comment = NULL;

	question->dialect->table_kinds(conn, question->bind_key, question->schema,
								   &question->table, 1, &kind, &comment);
	present = kind == BINDS_KIND_TABLE;
	if (present && question->anchor != NULL)
	{
		if (question->own_comment != NULL &&
			strcmp(comment != NULL ? comment : "", question->own_comment) != 0)
		{
			question->altered = true;
			return;
		}
		question->dialect->table_kinds(conn, question->bind_key, question->schema,
									   &question->anchor, 1, &kind, &comment);
		present = kind == BINDS_KIND_TABLE && comment != NULL &&
			is_named(question->dialect, question->table, binds_mark_tables(comment));
	}
	question->marked = present && comment != NULL &&
		binds_mark_is(comment, question->mark);
	if (question->marked && question->rows)
		question->empty = !question->dialect->holds_rows(conn, question->bind_key,
														 question->schema,
														 question->table);
}

void
binds_claim_warn_kept(const BindsDialect *dialect, const char *bind_key, const char *schema,
					  const char *table, const char *anchor, const char *mark,
					  const char *referring)
{
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 referring == NULL ?
			 errmsg("table \"%s\" of bind \"%s\" is kept, for it holds rows", table,
					bind_key) :
			 errmsg("table \"%s\" of bind \"%s\" is kept, for table \"%s\" refers to it",
					table, bind_key, referring),
			 anchor == NULL ?
			 errdetail("Its comment \"%s\" is the mark of a transaction that has not committed.",
					   mark) :
			 errdetail("The comment of table \"%s\" names it, and is the mark of a transaction that has not committed: \"%s\".",
					   anchor, mark),
			 errhint("If the table is wanted, take the mark away in the engine: %s",
					 dialect->comment_statement(schema, anchor ? anchor : table, NULL))));
}

void
binds_claim_warn_dropped(const char *bind_key, const char *table, const char *anchor,
						 const char *mark)
{
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("table \"%s\" of bind \"%s\" holds rows and is going to be dropped", table,
					bind_key),
			 anchor == NULL ?
			 errdetail("Its comment \"%s\" is the mark of a transaction that has not committed, so the rows may be somebody else's.",
					   mark) :
			 errdetail("The comment of table \"%s\" names it, and is the mark of a transaction that has not committed, so the rows may be somebody else's: \"%s\".",
					   anchor, mark),
			 IsTransactionBlock() ?
			 errhint("If the table is wanted, roll back and use binds.forget.") : 0));
}

bool
binds_table_is_among(const BindsDialect *dialect, const char *name, const char *const *tables,
					 int ntables)
{
	for (int i = 0; i < ntables; i++)
	{
		if (strcmp(name, tables[i]) == 0 ||
			(dialect->folds_tables && pg_strcasecmp(name, tables[i]) == 0))
			return true;
	}
	return false;
}
