/*
 * engine_ddl.c
 *	  Creating and dropping an engine's tables within the local transaction.
 *
 * For engines whose DDL commits by itself, what is done and what is to be done is kept
 * in records in TopTransactionContext, one per table, with an action at the end of the
 * (sub)transaction that made it.  A private connection lives as long as one of its
 * records does.  The actions never throw.
 *
 * Whoever finds the mark of a new table later can tell what became of its transaction
 * (mark.h, claims.h).  Of tables that are made one after the other the first, their anchor, bears the
 * mark of all.  A table is dropped because of a mark only while it is locked and holds
 * no rows: it might be another's in spite of it.  An anchor stays while one of the tables
 * that it speaks for does.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"
#include "connection/cursor.h"
#include "dialect/query.h"
#include "model/facts.h"
#include "model/registry.h"
#include "transaction/branch.h"
#include "transaction/claims.h"
#include "transaction/engine_ddl.h"
#include "transaction/engine_records.h"
#include "transaction/leftovers.h"
#include "transaction/mark.h"

struct BindsDdl
{
	Oid			serverid;
	const BindsDialect *dialect;
	const char *bind_key;
	char	   *mark;
	List	   *anchored;		/* of Anchored */
	bool		told;			/* that definitions change */
};

/* A table that is about to be made, and the one before it that bears its mark. */
typedef struct Anchored
{
	const char *table;
	const char *anchor;
} Anchored;

/* What has the engine made of a table's comment? */
typedef struct CommentRequest
{
	BindsDdl   *ddl;
	const BindsTableRecord *record;
	char	   *comment;
} CommentRequest;

static BindsTableRecord *add_record(const BindsDdl *ddl, const char *schema,
									const char *table, List *unlink);
static void run_statement(BindsDdl *ddl, const char *sql);
static bool is_stale(BindsDdl *ddl, const char *schema, const char *table,
					 const char *own_comment, const BindsClaim *claim);
static void forget_marks(BindsDdl *ddl, const BindsClaims *request);
static bool drop_unasked(BindsDdl *ddl, const BindsLeftovers *left, const char *anchor,
						 const BindsClaim *claim, BindsLook look);
static void refuse_dropping(const BindsDdl *ddl, const char *schema, const char *table);
static void note_comment(BindsDdl *ddl, BindsTableRecord *record);
static void ask_comment(BindsDriverConn *conn, void *arg);
static List *read_references(BindsDdl *ddl, const char *schema,
							 const char *const *tables, int ntables);
static bool is_going(const BindsDdl *ddl, const char *schema,
					 const BindsReference *reference);
static void refuse_referred(const BindsDdl *ddl, const BindsReference *reference);
static void cut_leftovers(BindsDdl *ddl, BindsLeftovers *left);
static bool drop_stale(BindsDdl *ddl, const BindsLeftovers *left, const char *table,
					   const BindsClaim *claim, BindsLook look);
static void tell_kept(BindsDdl *ddl, const BindsLeftovers *left, const char *table,
					  const BindsClaim *claim, BindsLook look);
static bool marked_and_empty(BindsDdl *ddl, const char *schema, const char *table,
							 const BindsClaim *claim);
static void tell_change(BindsDdl *ddl);
static const char *mark_of(BindsDdl *ddl);
static char *place_of(const BindsDdl *ddl);
static const char *anchor_of(BindsDdl *ddl, const char *table);
static char *passing_name(void);
static char *rename_statement(const BindsDdl *ddl, const char *schema,
							  const char *table, const char *name);
static char *count_query(const BindsDialect *dialect, const char *schema,
						 const char *table);

BindsDdl *
binds_ddl_open(Oid serverid, const BindsDialect *dialect, const char *bind_key)
{
	BindsDdl   *ddl = palloc0(sizeof(BindsDdl));

	ddl->serverid = serverid;
	ddl->dialect = dialect;
	ddl->bind_key = pstrdup(bind_key);
	return ddl;
}

static const char *
mark_of(BindsDdl *ddl)
{
	if (ddl->mark == NULL)
		ddl->mark = binds_mark_make(ddl->bind_key, place_of(ddl));
	return ddl->mark;
}

/* A bind may be altered to lead elsewhere, and roles have accounts of their own. */
static char *
place_of(const BindsDdl *ddl)
{
	const BindsUrl *url = binds_connection_options(ddl->serverid)->url;

	return psprintf("%s %s://%s:%d/%s", GetUserNameFromId(GetUserId(), false),
					url->scheme, url->host != NULL ? url->host : "", url->port,
					url->database != NULL ? url->database : "");
}

const char *const *
binds_ddl_announce(BindsDdl *ddl, const char *const *tables, const bool *late, int ntables)
{
	const char **comments = palloc0(sizeof(char *) * Max(ntables, 1));

	if (ddl->dialect->transactional_ddl)
		return comments;
	for (int i = 0; i < ntables;)
	{
		const char *anchor = tables[i];
		int			nnamed;

		comments[i] = binds_mark_comment(mark_of(ddl), tables + i + 1,
										 late[i] ? 0 : ntables - i - 1,
										 ddl->dialect->comment_max, &nnamed);
		for (i++; nnamed > 0; nnamed--, i++)
		{
			Anchored   *anchored = palloc(sizeof(Anchored));

			anchored->table = tables[i];
			anchored->anchor = anchor;
			ddl->anchored = lappend(ddl->anchored, anchored);
		}
	}
	return comments;
}

/* The table that bears the mark of one that was announced; NULL: it does itself. */
static const char *
anchor_of(BindsDdl *ddl, const char *table)
{
	ListCell   *lc;

	foreach(lc, ddl->anchored)
	{
		const Anchored *anchored = lfirst(lc);

		if (strcmp(anchored->table, table) == 0)
			return anchored->anchor;
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

void
binds_ddl_present(BindsDdl *ddl, const char *schema, const char *const *tables,
				  const char *const *own_comments, int ntables, BindsLook look,
				  BindsTableKind *kinds)
{
	BindsClaims request = {ddl->dialect, ddl->bind_key, schema, tables, ntables, kinds};
	BindsClaim *claims = palloc0(sizeof(BindsClaim) * Max(ntables, 1));
	BindsLeftovers left = {&request, claims};
	bool		stale = false;

	for (int i = 0; i < ntables; i++)
		kinds[i] = BINDS_KIND_NONE;
	if (ntables == 0 || !binds_ddl_reachable(ddl))
		return;
	binds_ddl_read(ddl, binds_claims_read, &request);
	for (int i = 0; i < ntables; i++)
	{
		if (kinds[i] != BINDS_KIND_TABLE)
			continue;
		if (binds_drop_pending(ddl->serverid, schema, tables[i]))
			kinds[i] = BINDS_KIND_NONE;
		else
			binds_claim_find(&request, tables[i], &claims[i]);
		claims[i].stale = claims[i].comment != NULL &&
			is_stale(ddl, schema, tables[i], own_comments[i], &claims[i]);
		stale |= claims[i].stale;
	}
	if (stale)
		cut_leftovers(ddl, &left);
	for (int i = ntables - 1; i >= 0; i--)
	{
		if (!claims[i].stale)
			continue;
		if (binds_claims_keep(&request, claims, tables[i]) ||
			!drop_unasked(ddl, &left, tables[i], &claims[i], look))
			tell_kept(ddl, &left, tables[i], &claims[i], look);
		else if (drop_stale(ddl, &left, tables[i], &claims[i], look))
			kinds[i] = BINDS_KIND_NONE;
	}
	if (!ddl->dialect->transactional_ddl)
		forget_marks(ddl, &request);
}

/* The records of marks that no table bears any more have served. */
static void
forget_marks(BindsDdl *ddl, const BindsClaims *request)
{
	List	   *seen = NIL;
	ListCell   *lc;

	foreach(lc, request->marks)
		seen = lappend(seen, ((const BindsTableComment *) lfirst(lc))->comment);
	binds_mark_forget(ddl->bind_key, place_of(ddl), seen);
}

/*
 * Drop, before their anchor, the tables that it speaks for and nobody has asked for.
 * Returns false if one stays.
 */
static bool
drop_unasked(BindsDdl *ddl, const BindsLeftovers *left, const char *anchor,
			 const BindsClaim *claim, BindsLook look)
{
	const BindsClaims *request = left->request;
	List	   *names = claim->anchor == NULL ? binds_mark_tables(claim->comment) : NIL;
	bool		all = true;

	for (int i = list_length(names) - 1; i >= 0; i--)
	{
		const BindsTableComment *found = binds_claims_comment(request, list_nth(names, i));
		BindsClaim	other = {0};

		if (found == NULL ||
			binds_table_is_among(request->dialect, found->table, request->tables,
								 request->ntables))
			continue;
		binds_claim_find(request, found->table, &other);
		if (other.anchor != NULL && other.timely &&
			binds_table_is_among(request->dialect, other.anchor, &anchor, 1))
			all &= drop_stale(ddl, left, found->table, &other,
							  look == BINDS_LOOK_USE ? look : BINDS_LOOK_AGAIN);
	}
	return all;
}

/*
 * Is there a database to look into?  A file that was never made has no tables, and
 * looking must not make it.  Where nobody can tell, looking raises the reason.
 */
bool
binds_ddl_reachable(BindsDdl *ddl)
{
	return binds_connection_file_state(ddl->serverid) == BINDS_FILE_THERE ||
		binds_connection_find(ddl->serverid, GetUserId()) != NULL;
}

void
binds_ddl_read(BindsDdl *ddl, BindsReader reader, void *arg)
{
	if (ddl->dialect->transactional_ddl ||
		binds_connection_options(ddl->serverid)->read_only)
	{
		BindsUse   *use;
		bool		passing;
		BindsConnection *connection =
			binds_branch_use_definitions(ddl->serverid, GetUserId(), true, &passing, &use);

		binds_connection_read(connection, reader, arg);
		binds_branch_leave(use);
	}
	else
		binds_connection_read(binds_private_connection(ddl->serverid)->connection, reader, arg);
}

void
binds_ddl_read_apart(BindsDdl *ddl, BindsReader reader, void *arg)
{
	if (ddl->dialect->transactional_ddl)
		binds_ddl_read(ddl, reader, arg);
	else if (!binds_connection_options(ddl->serverid)->read_only)
		binds_connection_read(binds_private_connection(ddl->serverid)->connection, reader, arg);
	else
	{
		/* nothing else is ever done on the one of a bind that is read-only */
		BindsConnection *connection =
			binds_connection_open_private(ddl->serverid, GetUserId(), 0);

		binds_connection_read(connection, reader, arg);
		binds_connection_close(connection, false);
	}
}

/*
 * Do what a mark on a table demands.  Returns whether the table must go.
 */
static bool
is_stale(BindsDdl *ddl, const char *schema, const char *table,
		 const char *own_comment, const BindsClaim *claim)
{
	BindsVerdict verdict;

	if (binds_connection_options(ddl->serverid)->read_only)
		return false;
	verdict = binds_claim_judge(ddl->dialect, ddl->bind_key, schema, table, claim);
	if (verdict == BINDS_VERDICT_UNMARK)
		run_statement(ddl, ddl->dialect->comment_statement(schema, table, own_comment));
	return verdict == BINDS_VERDICT_DROP;
}

/*
 * See what an aborted transaction has left, and cut the foreign keys that would keep any
 * of it from being dropped before another.
 */
static void
cut_leftovers(BindsDdl *ddl, BindsLeftovers *left)
{
	ListCell   *lc;

	binds_connection_read(binds_private_connection(ddl->serverid)->connection, binds_leftovers_read, left);
	foreach(lc, left->keys)
	{
		const BindsReference *key = lfirst(lc);

		run_statement(ddl, ddl->dialect->unlink_statement(left->request->schema, key->table,
														  key->constraint, NULL));
	}
}

/*
 * Drop what an aborted transaction has made, if it can go: looked at first, so that keys
 * of a table that is used stay, and again while nobody else can write to it.
 * Returns false if the table is kept.  One that the user has dropped goes nevertheless,
 * but at the commit, so that there is still time to think.
 */
static bool
drop_stale(BindsDdl *ddl, const BindsLeftovers *left, const char *table,
		   const BindsClaim *claim, BindsLook look)
{
	const BindsDialect *dialect = ddl->dialect;
	const char *schema = left->request->schema;
	BindsLeftover *leftover = binds_leftovers_find(left, table);
	bool		dropped = false;

	if (leftover != NULL && leftover->going)
	{
		run_statement(ddl, dialect->lock_statement(schema, table));
		dropped = marked_and_empty(ddl, schema, table, claim);
		if (dropped)
			run_statement(ddl, dialect->drop_statement(schema, table));
		run_statement(ddl, dialect->unlock_statement);
		leftover->rows = !dropped;
	}
	if (!dropped)
		tell_kept(ddl, left, table, claim, look);
	return dropped;
}

/* Say why a table is kept, if not for another one alone, or that it goes nevertheless. */
static void
tell_kept(BindsDdl *ddl, const BindsLeftovers *left, const char *table,
		  const BindsClaim *claim, BindsLook look)
{
	const BindsLeftover *leftover = binds_leftovers_find(left, table);

	if (leftover == NULL || (!leftover->rows && leftover->referring == NULL))
		return;
	if (look == BINDS_LOOK_USE)
		binds_claim_warn_kept(ddl->dialect, ddl->bind_key, left->request->schema, table,
							  claim->anchor, claim->comment, leftover->referring);
	else if (look == BINDS_LOOK_DROP && leftover->rows)
		binds_claim_warn_dropped(ddl->bind_key, table, claim->anchor, claim->comment);
}

/* Does a table bear the mark, and hold no rows? */
static bool
marked_and_empty(BindsDdl *ddl, const char *schema, const char *table,
				 const BindsClaim *claim)
{
	BindsMarkQuestion question = {ddl->dialect, ddl->bind_key, schema, table, claim->comment,
	claim->anchor, NULL, true};

	binds_connection_read(binds_private_connection(ddl->serverid)->connection, binds_claim_ask, &question);
	return question.marked && question.empty;
}

/* ------------------------------------------------------------------------
 * Creating and dropping
 * ------------------------------------------------------------------------ */

void
binds_ddl_create(BindsDdl *ddl, const char *schema, const char *table,
				 List *statements, const char *comment)
{
	BindsTableRecord *record = NULL;
	ListCell   *lc;

	refuse_dropping(ddl, schema, table);
	tell_change(ddl);
	if (!ddl->dialect->transactional_ddl)
	{
		/* first, so that a table is dropped whatever fails after CREATE TABLE */
		const char *mark = mark_of(ddl);
		const char *anchor = anchor_of(ddl, table);
		char	   *restore = ddl->dialect->comment_statement(schema, table, comment);
		MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);

		record = add_record(ddl, schema, table, NIL);
		record->mark = pstrdup(mark);
		record->drop = binds_record_text(ddl->dialect->drop_statement(schema, table));
		record->lock = binds_record_text(ddl->dialect->lock_statement(schema, table));
		if (anchor == NULL)
			record->comment = binds_record_text(restore);
		else
		{
			record->anchor = pstrdup(anchor);
			record->engine_anchor = binds_record_text(anchor);
		}
		MemoryContextSwitchTo(old);
	}
	foreach(lc, statements)
	{
		run_statement(ddl, lfirst(lc));
		if (record != NULL)
			record->made = true;
	}
	if (record != NULL && record->anchor != NULL)
		note_comment(ddl, record);
}

/* What waits for its drop is there until then. */
static void
refuse_dropping(const BindsDdl *ddl, const char *schema, const char *table)
{
	BindsDropReason reason = binds_drop_reason(ddl->serverid, schema, table);

	if (reason == BINDS_DROP_NONE)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_IN_USE),
			 errmsg("table \"%s\" of bind \"%s\" is about to be dropped",
					table, ddl->bind_key),
			 reason == BINDS_DROP_MOVED ?
			 errdetail("This transaction has moved its rows elsewhere, and drops it after its commit.") :
			 reason == BINDS_DROP_UNDONE ?
			 errdetail("A part of this transaction that was rolled back has made it, and the engine keeps it until the transaction ends.") :
			 errdetail("This transaction drops it at its commit."),
			 errhint("Create it in a transaction of its own.")));
}

/*
 * The comment that the engine has made of a new table's own: it may cut it, or keep other
 * characters.
 */
static void
note_comment(BindsDdl *ddl, BindsTableRecord *record)
{
	CommentRequest request = {ddl, record};

	binds_connection_read(record->private->connection, ask_comment, &request);
	record->own_comment =
		MemoryContextStrdup(TopTransactionContext,
							request.comment == NULL ? "" :
							binds_text_to_engine(request.comment));
}

/* For binds_connection_read. */
static void
ask_comment(BindsDriverConn *conn, void *arg)
{
	CommentRequest *request = arg;
	const char *table = request->record->table;
	BindsTableKind kind;

	request->ddl->dialect->table_kinds(conn, request->ddl->bind_key,
									   request->record->schema, &table, 1,
									   &kind, &request->comment);
}

/*
 * The record is made after those of the tables, so that at an abort, which goes
 * backwards, the keys go before the first table.
 */
void
binds_ddl_link(BindsDdl *ddl, const char *schema, const char *table, List *statements,
			   List *unlink)
{
	if (statements == NIL)
		return;
	if (!ddl->dialect->transactional_ddl)
	{
		BindsTableRecord *record = add_record(ddl, schema, table, unlink);
		const char *anchor = anchor_of(ddl, table);

		record->mark = MemoryContextStrdup(TopTransactionContext, mark_of(ddl));
		if (anchor != NULL)
		{
			MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);

			record->anchor = pstrdup(anchor);
			record->engine_anchor = binds_record_text(anchor);
			MemoryContextSwitchTo(old);
		}
		record->made = true;
	}
	binds_ddl_run(ddl, statements);
}

void
binds_ddl_run(BindsDdl *ddl, List *statements)
{
	ListCell   *lc;

	foreach(lc, statements)
		run_statement(ddl, lfirst(lc));
}

static int64
ask_number(BindsDdl *ddl, BindsConnection *connection, const char *sql)
{
	BindsCountRequest request = {ddl->dialect, ddl->bind_key, sql};

	binds_connection_read(connection, binds_count_ask, &request);
	return request.count;
}

void
binds_ddl_alter(BindsDdl *ddl, List *statements)
{
	if (!ddl->dialect->transactional_ddl &&
		!binds_branch_end_early(ddl->serverid,
								binds_connection_options(ddl->serverid)->implicit_commit))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("tables of bind \"%s\" cannot be changed by a transaction that has used it",
						ddl->bind_key),
				 errdetail("The engine changes tables on another connection, which would wait for this transaction."),
				 errhint("Do it in a transaction of its own, or before all else; the option \"implicit_commit\" of the bind commits before it what was written.")));
	tell_change(ddl);
	binds_ddl_run(ddl, statements);
}

void
binds_ddl_undo_later(BindsDdl *ddl, const char *schema, const char *table,
					 const char *statement)
{
	BindsTableRecord *record = add_record(ddl, schema, table, NIL);
	MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);

	record->undo = binds_record_text(statement);
	MemoryContextSwitchTo(old);
}

bool
binds_ddl_has_made(const BindsDdl *ddl, const char *schema, const char *table)
{
	return binds_record_made(ddl->serverid, schema, table) != NULL;
}

void
binds_ddl_rename(BindsDdl *ddl, const char *schema, const char *table, const char *name)
{
	BindsTableRecord *record;
	MemoryContext old;

	if (ddl->dialect->transactional_ddl)
	{
		tell_change(ddl);
		/* the name is taken by the table itself */
		if (ddl->dialect->folds_tables && pg_strcasecmp(table, name) == 0)
		{
			char	   *other = passing_name();

			run_statement(ddl, rename_statement(ddl, schema, table, other));
			table = other;
		}
		run_statement(ddl, rename_statement(ddl, schema, table, name));
		return;
	}
	if (binds_record_made(ddl->serverid, schema, table) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("table \"%s\" of bind \"%s\" cannot be renamed by the transaction that has made it",
						table, ddl->bind_key),
				 errhint("Make it by the other name, or rename it in a transaction of its own.")));
	record = add_record(ddl, schema, name, NIL);
	binds_ddl_alter(ddl, list_make1(rename_statement(ddl, schema, table, name)));
	old = MemoryContextSwitchTo(TopTransactionContext);
	record->undo = binds_record_text(rename_statement(ddl, schema, name, table));
	MemoryContextSwitchTo(old);
}

/* A name that no table has. */
static char *
passing_name(void)
{
	uint64		bits;

	if (!pg_strong_random(&bits, sizeof(bits)))
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not generate a random number")));
	return psprintf("binds_renamed_%016llx", (unsigned long long) bits);
}

static char *
rename_statement(const BindsDdl *ddl, const char *schema, const char *table,
				 const char *name)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "ALTER TABLE ");
	binds_append_table(&buf, ddl->dialect, schema, table);
	appendStringInfoString(&buf, " RENAME TO ");
	binds_append_table(&buf, ddl->dialect, schema, name);
	return buf.data;
}

void
binds_ddl_comment(BindsDdl *ddl, const char *schema, const char *table,
				  const char *comment)
{
	BindsTableRecord *record = ddl->dialect->transactional_ddl ? NULL :
		binds_record_made(ddl->serverid, schema, table);
	MemoryContext old;

	if (record == NULL || record->comment == NULL)
		return;
	old = MemoryContextSwitchTo(TopTransactionContext);
	record->comment = binds_record_text(ddl->dialect->comment_statement(schema, table,
																		comment));
	MemoryContextSwitchTo(old);
}

void
binds_ddl_rebuild(BindsDdl *ddl, const BindsRebuild *rebuild, BindsCopy copy, void *arg)
{
	BindsUse   *use;
	BindsConnection *connection = binds_branch_use(ddl->serverid, GetUserId(),
												   BINDS_USE_DDL, &use);
	int64		before;
	int64		after;

	tell_change(ddl);
	before = ask_number(ddl, connection, rebuild->dangling);
	binds_connection_drain(connection);
	PG_TRY();
	{
		binds_connection_keep_references(connection, false);
		binds_ddl_run(ddl, rebuild->before);
		if (rebuild->required != NULL && ask_number(ddl, connection, rebuild->nulls) > 0)
			ereport(ERROR,
					(errcode(ERRCODE_NOT_NULL_VIOLATION),
					 errmsg("column \"%s\" of table \"%s\" of bind \"%s\" contains null values",
							rebuild->required, rebuild->table, ddl->bind_key)));
		copy(arg);
		binds_ddl_run(ddl, rebuild->after);
	}
	PG_FINALLY();
	{
		binds_connection_keep_references(connection, true);
	}
	PG_END_TRY();
	after = ask_number(ddl, connection, rebuild->dangling);
	binds_branch_leave(use);
	if (after > before)
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("table \"%s\" of bind \"%s\" cannot be made anew, for rows would refer to nothing",
						rebuild->table, ddl->bind_key),
				 errdetail_plural("A foreign key has no match for %lld row.",
								  "Foreign keys have no match for %lld rows.",
								  (unsigned long) (after - before),
								  (long long) (after - before))));
}

void
binds_ddl_copy_unlinked(BindsDdl *ddl, BindsCopy copy, void *arg)
{
	BindsUse   *use;
	BindsConnection *connection = binds_branch_use(ddl->serverid, GetUserId(),
												   BINDS_USE_WRITE, &use);

	binds_connection_drain(connection);
	PG_TRY();
	{
		binds_connection_keep_references(connection, false);
		copy(arg);
	}
	PG_FINALLY();
	{
		binds_connection_keep_references(connection, true);
	}
	PG_END_TRY();
	binds_branch_leave(use);
}

int64
binds_ddl_count(BindsDdl *ddl, const char *schema, const char *table, bool lock)
{
	return binds_ddl_number(ddl, count_query(ddl->dialect, schema, table), lock);
}

int64
binds_ddl_number(BindsDdl *ddl, const char *sql, bool lock)
{
	BindsUse   *use;
	BindsConnection *connection;
	int64		count;

	if (lock && ddl->dialect->share_suffix != NULL)
		sql = psprintf("%s%s", sql, ddl->dialect->share_suffix);
	connection = binds_branch_use(ddl->serverid, GetUserId(),
								  lock ? BINDS_USE_LOCK : BINDS_USE_READ, &use);
	count = ask_number(ddl, connection, sql);
	binds_branch_leave(use);
	return count;
}

typedef struct EstimateRequest
{
	BindsDdl   *ddl;
	const char *schema;
	const char *table;
	int64		rows;
} EstimateRequest;

/* For binds_connection_read. */
static void
ask_estimate(BindsDriverConn *conn, void *arg)
{
	EstimateRequest *request = arg;
	double		rows;
	double		width;

	if (request->ddl->dialect->estimate(conn, request->ddl->bind_key, request->schema,
										request->table, &rows, &width))
		request->rows = (int64) rows;
}

int64
binds_ddl_estimate(BindsDdl *ddl, const char *schema, const char *table)
{
	EstimateRequest request = {ddl, schema, table, -1};

	if (ddl->dialect->estimate != NULL)
		binds_ddl_read(ddl, ask_estimate, &request);
	return request.rows;
}

typedef struct KeyRequest
{
	BindsDdl   *ddl;
	const char *schema;
	const char *table;
	int64		next;
} KeyRequest;

/* For binds_connection_read. */
static void
ask_next_key(BindsDriverConn *conn, void *arg)
{
	KeyRequest *request = arg;

	request->next = request->ddl->dialect->next_key(conn, request->ddl->bind_key,
													request->schema, request->table);
}

int64
binds_ddl_next_key(BindsDdl *ddl, const char *schema, const char *table)
{
	KeyRequest	request = {ddl, schema, table};

	binds_ddl_read(ddl, ask_next_key, &request);
	return request.next;
}

static char *
count_query(const BindsDialect *dialect, const char *schema, const char *table)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "SELECT count(*) FROM ");
	binds_append_table(&buf, dialect, schema, table);
	return buf.data;
}

typedef struct ReferenceRequest
{
	BindsDdl   *ddl;
	const char *schema;
	BindsReference *references;
	int			nreferences;
} ReferenceRequest;

/* For binds_connection_read. */
static void
ask_references(BindsDriverConn *conn, void *arg)
{
	ReferenceRequest *request = arg;

	request->nreferences =
		request->ddl->dialect->references(conn, request->ddl->bind_key,
										  request->schema, &request->references);
}

List *
binds_ddl_check_references(BindsDdl *ddl, const char *schema,
						   const char *const *tables, int ntables)
{
	List	   *between = NIL;
	ListCell   *lc;

	foreach(lc, read_references(ddl, schema, tables, ntables))
	{
		BindsReference *reference = lfirst(lc);

		if (reference->schema == NULL &&
			binds_table_is_among(ddl->dialect, reference->table, tables, ntables))
			between = lappend(between, reference);
		else if (!is_going(ddl, schema, reference))
			refuse_referred(ddl, reference);
	}
	return between;
}

List *
binds_ddl_references(BindsDdl *ddl, const char *schema, const char *table)
{
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, read_references(ddl, schema, &table, 1))
	{
		if (!is_going(ddl, schema, lfirst(lc)))
			result = lappend(result, lfirst(lc));
	}
	return result;
}

/* The foreign keys by which one of these tables is referred to. */
static List *
read_references(BindsDdl *ddl, const char *schema, const char *const *tables, int ntables)
{
	ReferenceRequest request = {ddl, schema};
	List	   *result = NIL;

	if (ntables == 0)
		return NIL;
	binds_ddl_read(ddl, ask_references, &request);
	for (int i = 0; i < request.nreferences; i++)
	{
		if (binds_table_is_among(ddl->dialect, request.references[i].ref_table, tables,
								 ntables))
			result = lappend(result, &request.references[i]);
	}
	return result;
}

/* Does a foreign key wait for its drop, or its table? */
static bool
is_going(const BindsDdl *ddl, const char *schema, const BindsReference *reference)
{
	return reference->schema == NULL &&
		(binds_unlink_pending(ddl->serverid, schema, reference) ||
		 binds_drop_pending(ddl->serverid, schema, reference->table));
}

/* reflect makes models of the tables that the bind itself has. */
static void
refuse_referred(const BindsDdl *ddl, const BindsReference *reference)
{
	bool		own = reference->schema == NULL;
	bool		model = own && binds_model_find(ddl->bind_key, reference->table) != NULL;

	ereport(ERROR,
			(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
			 errmsg("cannot drop table \"%s\" of bind \"%s\" because table \"%s%s%s\" refers to it",
					reference->ref_table, ddl->bind_key, own ? "" : reference->schema,
					own ? "" : ".", reference->table),
			 reference->constraint != NULL ?
			 errdetail("Its foreign key is \"%s\".", reference->constraint) : 0,
			 own && !model ?
			 errhint("Drop that foreign key in the engine, or make a model of the table with binds.reflect.") :
			 errhint("Drop that foreign key in the engine.")));
}

void
binds_ddl_drop(BindsDdl *ddl, const char *schema, const char *table, List *unlink,
			   const char *statement)
{
	if (!ddl->dialect->transactional_ddl)
	{
		binds_ddl_drop_later(ddl, schema, table, unlink, statement, -1);
		return;
	}
	tell_change(ddl);
	binds_ddl_run(ddl, unlink);
	run_statement(ddl, statement);
}

void
binds_ddl_drop_later(BindsDdl *ddl, const char *schema, const char *table, List *unlink,
					 const char *statement, int64 rows)
{
	BindsTableRecord *record;
	MemoryContext old;

	tell_change(ddl);
	record = add_record(ddl, schema, table, unlink);
	old = MemoryContextSwitchTo(TopTransactionContext);
	record->dropping = true;
	record->drop = binds_record_text(statement);
	if (rows >= 0)
	{
		record->rows = rows;
		record->count = binds_record_text(count_query(ddl->dialect, schema, table));
		if (ddl->dialect->lock_statement != NULL)
			record->lock = binds_record_text(ddl->dialect->lock_statement(schema, table));
	}
	MemoryContextSwitchTo(old);
}

void
binds_ddl_unlink_later(BindsDdl *ddl, const BindsReference *reference, const char *index)
{
	char	   *statement = ddl->dialect->unlink_statement(NULL, reference->table,
														   reference->constraint, index);
	BindsTableRecord *record;

	tell_change(ddl);
	record = add_record(ddl, NULL, reference->table, list_make1(statement));
	record->constraint = MemoryContextStrdup(TopTransactionContext,
											 reference->constraint);
}

static void
tell_change(BindsDdl *ddl)
{
	if (!ddl->told)
		binds_facts_changed(ddl->serverid);
	ddl->told = true;
}

static BindsTableRecord *
add_record(const BindsDdl *ddl, const char *schema, const char *table, List *unlink)
{
	return binds_record_add(ddl->serverid, ddl->dialect, ddl->bind_key, schema, table,
							unlink);
}

static void
run_statement(BindsDdl *ddl, const char *sql)
{
	if (ddl->dialect->transactional_ddl)
	{
		BindsUse   *use;
		BindsConnection *connection = binds_branch_use(ddl->serverid, GetUserId(),
													   BINDS_USE_DDL, &use);

		binds_connection_drain(connection);
		binds_connection_run(connection, sql);
		binds_branch_leave(use);
	}
	else
		binds_connection_run(binds_private_connection(ddl->serverid)->connection, sql);
}
