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
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/ipc.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "compat.h"
#include "connection/cursor.h"
#include "dialect/query.h"
#include "model/facts.h"
#include "model/registry.h"
#include "transaction/branch.h"
#include "transaction/claims.h"
#include "transaction/engine_ddl.h"
#include "transaction/leftovers.h"
#include "transaction/mark.h"

/* A connection of our own, counted by its users. */
typedef struct PrivateConnection
{
	Oid			serverid;
	Oid			userid;
	BindsConnection *connection;
	const BindsUrl *url;		/* where it leads */
	int			users;
	List	   *dropped;		/* tables (char *) that its open transaction
								 * drops after the commit */
	bool		borrowed;		/* the session's own, of a file that lets in
								 * no second one */
	dlist_node	node;
} PrivateConnection;

/* A table that was made, or waits for its drop. */
typedef struct TableRecord
{
	PrivateConnection *private;
	const BindsDialect *dialect;
	char	   *bind_key;
	char	   *schema;
	char	   *table;
	char	   *mark;			/* NULL: of a table that waits for its drop */
	char	   *anchor;			/* table that bears the mark; NULL: this one */
	/* in the engine's encoding, for the end of the transaction: */
	char	   *engine_schema;
	char	   *engine_table;
	char	   *engine_anchor;
	char	   *own_comment;	/* of a table that has an anchor, as the
								 * engine keeps it */
	bool		made;			/* CREATE TABLE has come to its end */
	bool		kept;			/* of an anchor: a table that it speaks for
								 * stays */
	List	   *unlink;			/* statements before the drop */
	char	   *drop;			/* DROP TABLE; NULL: only the keys of a cycle */
	char	   *lock;			/* before the drop of a new table, or of one
								 * whose rows have been moved */
	char	   *count;			/* of the latter: the query that counts its
								 * rows */
	int64		rows;			/* and their number */
	char	   *comment;		/* of a new table: sets its own comment */
	char	   *constraint;		/* of a table that stays: a foreign key that
								 * waits for its drop */
	bool		dropping;
	dlist_node	node;
} TableRecord;

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
	const TableRecord *record;
	char	   *comment;
} CommentRequest;

static dlist_head private_connections = DLIST_STATIC_INIT(private_connections);
static dlist_head table_records = DLIST_STATIC_INIT(table_records);

/* of aborted subtransactions, whose drop waits for the end of the transaction */
static dlist_head doomed_records = DLIST_STATIC_INIT(doomed_records);

static PrivateConnection *private_connection(BindsDdl *ddl);
static void private_commit(void *arg);
static TableRecord *add_record(BindsDdl *ddl, const char *schema, const char *table,
							   List *unlink);
static void record_commit(void *arg);
static void cut_keys(TableRecord *record);
static void drop_at_once(TableRecord *record);
static void drop_in_transaction(TableRecord *record);
static bool holds_moved(const TableRecord *record);
static void tell_written(const TableRecord *record, int64 count);
static void undo_drops(const TableRecord *record, const BindsError *error);
static void tell_undropped(const TableRecord *record, const char *table,
						   const BindsError *error);
static void record_abort(void *arg);
static void drop_doomed(void *arg);
static bool is_dropping(dlist_head *records, Oid serverid, const char *schema,
						const char *table);
static void record_free(TableRecord *record);
static void drop_marked(TableRecord *record);
static bool may_drop(TableRecord *record, bool *ours);
static void unlock(const TableRecord *record);
static bool run_quietly(TableRecord *record, const char *sql, const char *what);
static void run_statement(BindsDdl *ddl, const char *sql);
static bool is_stale(BindsDdl *ddl, const char *schema, const char *table,
					 const char *own_comment, const BindsClaim *claim);
static void forget_marks(BindsDdl *ddl, const BindsClaims *request);
static bool drop_unasked(BindsDdl *ddl, const BindsLeftovers *left, const char *anchor,
						 const BindsClaim *claim, BindsLook look);
static void note_comment(BindsDdl *ddl, TableRecord *record);
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
static void keep_anchor(const TableRecord *record);
static void run_all_quietly(BindsConnection *connection, List *statements);
static char *for_engine(const char *sql);
static char *count_query(const BindsDialect *dialect, const char *schema,
						 const char *table);
static bool same_text(const char *a, const char *b);
static bool same_database(const TableRecord *record, Oid serverid);

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
		binds_connection_read(private_connection(ddl)->connection, reader, arg);
}

void
binds_ddl_read_apart(BindsDdl *ddl, BindsReader reader, void *arg)
{
	BindsConnection *connection;

	if (ddl->dialect->transactional_ddl)
	{
		binds_ddl_read(ddl, reader, arg);
		return;
	}
	/* nothing else is ever done on the one of a bind that is read-only */
	if (binds_connection_options(ddl->serverid)->read_only)
		connection = binds_connection_open_private(ddl->serverid, GetUserId(), 0);
	else
		connection = private_connection(ddl)->connection;
	binds_connection_read(connection, reader, arg);
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

	binds_connection_read(private_connection(ddl)->connection, binds_leftovers_read, left);
	foreach(lc, left->keys)
	{
		const BindsReference *key = lfirst(lc);

		run_statement(ddl, ddl->dialect->unlink_statement(left->request->schema, key->table,
														  key->constraint));
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

	binds_connection_read(private_connection(ddl)->connection, binds_claim_ask, &question);
	return question.marked && question.empty;
}

/* ------------------------------------------------------------------------
 * Creating and dropping
 * ------------------------------------------------------------------------ */

void
binds_ddl_create(BindsDdl *ddl, const char *schema, const char *table,
				 List *statements, const char *comment)
{
	TableRecord *record = NULL;
	ListCell   *lc;

	if (binds_drop_pending(ddl->serverid, schema, table))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("table \"%s\" of bind \"%s\" is about to be dropped",
						table, ddl->bind_key),
				 errdetail("This transaction drops it at its commit."),
				 errhint("Create it in a transaction of its own.")));
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
		record->drop = for_engine(ddl->dialect->drop_statement(schema, table));
		record->lock = for_engine(ddl->dialect->lock_statement(schema, table));
		if (anchor == NULL)
			record->comment = for_engine(restore);
		else
		{
			record->anchor = pstrdup(anchor);
			record->engine_anchor = for_engine(anchor);
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

/*
 * The comment that the engine has made of a new table's own: it may cut it, or keep other
 * characters.
 */
static void
note_comment(BindsDdl *ddl, TableRecord *record)
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
		TableRecord *record = add_record(ddl, schema, table, unlink);
		const char *anchor = anchor_of(ddl, table);

		record->mark = MemoryContextStrdup(TopTransactionContext, mark_of(ddl));
		if (anchor != NULL)
		{
			MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);

			record->anchor = pstrdup(anchor);
			record->engine_anchor = for_engine(anchor);
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

typedef struct CountRequest
{
	const BindsDialect *dialect;
	const char *bind_key;
	const char *sql;
	int64		count;
} CountRequest;

/* For binds_connection_read. */
static void
ask_count(BindsDriverConn *conn, void *arg)
{
	CountRequest *request = arg;
	BindsRows  *rows = binds_query_rows(request->dialect->driver, conn,
										request->bind_key, request->sql, 1, 0, NULL);

	if (rows->nrows == 1)
		request->count = binds_rows_integer(rows, 0, 0, 0, PG_INT64_MAX);
}

int64
binds_ddl_count(BindsDdl *ddl, const char *schema, const char *table, bool lock)
{
	CountRequest request = {ddl->dialect, ddl->bind_key};
	BindsUse   *use;
	BindsConnection *connection;

	request.sql = count_query(ddl->dialect, schema, table);
	if (lock && ddl->dialect->share_suffix != NULL)
		request.sql = psprintf("%s%s", request.sql, ddl->dialect->share_suffix);
	connection = binds_branch_use(ddl->serverid, GetUserId(),
								  lock ? BINDS_USE_LOCK : BINDS_USE_READ, &use);
	binds_connection_read(connection, ask_count, &request);
	binds_branch_leave(use);
	return request.count;
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
	dlist_iter	iter;

	if (reference->schema != NULL)
		return false;
	dlist_foreach(iter, &table_records)
	{
		TableRecord *record = dlist_container(TableRecord, node, iter.cur);

		if (record->constraint != NULL && reference->constraint != NULL &&
			strcmp(record->constraint, reference->constraint) == 0 &&
			strcmp(record->table, reference->table) == 0 &&
			same_text(record->schema, schema) && same_database(record, ddl->serverid))
			return true;
	}
	return binds_drop_pending(ddl->serverid, schema, reference->table);
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
	TableRecord *record;
	MemoryContext old;

	tell_change(ddl);
	record = add_record(ddl, schema, table, unlink);
	old = MemoryContextSwitchTo(TopTransactionContext);
	record->dropping = true;
	record->drop = for_engine(statement);
	if (rows >= 0)
	{
		record->rows = rows;
		record->count = for_engine(count_query(ddl->dialect, schema, table));
		if (ddl->dialect->lock_statement != NULL)
			record->lock = for_engine(ddl->dialect->lock_statement(schema, table));
	}
	MemoryContextSwitchTo(old);
}

void
binds_ddl_unlink_later(BindsDdl *ddl, const BindsReference *reference)
{
	char	   *statement = ddl->dialect->unlink_statement(NULL, reference->table,
														   reference->constraint);
	TableRecord *record;

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

bool
binds_drop_pending(Oid serverid, const char *schema, const char *table)
{
	return is_dropping(&table_records, serverid, schema, table) ||
		is_dropping(&doomed_records, serverid, schema, table);
}

static bool
is_dropping(dlist_head *records, Oid serverid, const char *schema, const char *table)
{
	dlist_iter	iter;

	dlist_foreach(iter, records)
	{
		TableRecord *record = dlist_container(TableRecord, node, iter.cur);

		if (record->dropping && strcmp(record->table, table) == 0 &&
			same_text(record->schema, schema) &&
			same_database(record, serverid))
			return true;
	}
	return false;
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
		binds_connection_run(private_connection(ddl)->connection, sql);
}

/* ------------------------------------------------------------------------
 * Private connections
 * ------------------------------------------------------------------------ */

static PrivateConnection *
private_connection(BindsDdl *ddl)
{
	dlist_iter	iter;
	PrivateConnection *private;
	BindsConnection *connection;

	dlist_foreach(iter, &private_connections)
	{
		private = dlist_container(PrivateConnection, node, iter.cur);
		if (private->serverid == ddl->serverid && private->userid == GetUserId())
			return private;
	}
	/* first what is likely to fail, so that nothing is left over */
	connection = binds_connection_options(ddl->serverid)->exclusive ?
		binds_connection_get(ddl->serverid, GetUserId(), BINDS_CONNECTION_WRITE) :
		binds_connection_open_private(ddl->serverid, GetUserId(),
									  BINDS_CONNECTION_WRITE);
	private = MemoryContextAllocZero(TopMemoryContext, sizeof(PrivateConnection));
	private->serverid = ddl->serverid;
	private->userid = GetUserId();
	private->connection = connection;
	private->url = binds_connection_options(ddl->serverid)->url;
	private->users = 1;
	private->borrowed = binds_connection_options(ddl->serverid)->exclusive;
	dlist_push_tail(&private_connections, &private->node);
	/* closes it, at the latest, at the end of this (sub)transaction */
	binds_transaction_on_end(private_commit, private_commit, private);
	return private;
}

/* One user less; the last one closes.  Never throws. */
static void
private_commit(void *arg)
{
	PrivateConnection *private = arg;

	if (--private->users > 0)
		return;
	dlist_delete(&private->node);
	if (!private->borrowed)
		binds_connection_close(private->connection, false);
	pfree(private);
}

/* ------------------------------------------------------------------------
 * Records, and their end
 * ------------------------------------------------------------------------ */

static TableRecord *
add_record(BindsDdl *ddl, const char *schema, const char *table, List *unlink)
{
	PrivateConnection *private = private_connection(ddl);
	MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);
	TableRecord *record = palloc0(sizeof(TableRecord));
	ListCell   *lc;

	record->private = private;
	record->dialect = ddl->dialect;
	record->bind_key = pstrdup(ddl->bind_key);
	record->schema = schema ? pstrdup(schema) : NULL;
	record->table = pstrdup(table);
	record->engine_schema = schema ? for_engine(schema) : NULL;
	record->engine_table = for_engine(table);
	foreach(lc, unlink)
		record->unlink = lappend(record->unlink, for_engine(lfirst(lc)));
	binds_transaction_on_end(record_commit, record_abort, record);
	private->users++;
	dlist_push_tail(&table_records, &record->node);
	MemoryContextSwitchTo(old);
	return record;
}

/* After the local commit.  Never throws: what fails is a WARNING. */
static void
record_commit(void *arg)
{
	TableRecord *record = arg;

	if (record->dropping && record->dialect->transactional_ddl)
		drop_in_transaction(record);
	else if (record->dropping)
		drop_at_once(record);
	else if (record->constraint != NULL)
		cut_keys(record);
	else if (record->comment != NULL)
		(void) run_quietly(record, record->comment, "could not set the comment of");
	record_free(record);
}

static void
cut_keys(TableRecord *record)
{
	ListCell   *lc;

	foreach(lc, record->unlink)
		(void) run_quietly(record, lfirst(lc), "could not drop a foreign key of");
}

/*
 * Drop a table where that cannot be undone.  Who has waited for our locks may have
 * written to it since the commit: they are kept from it while its rows are counted.
 * Never throws.
 */
static void
drop_at_once(TableRecord *record)
{
	cut_keys(record);
	if (record->lock != NULL && !run_quietly(record, record->lock, "could not drop"))
		return;
	if (holds_moved(record))
		(void) run_quietly(record, record->drop, "could not drop");
	if (record->lock != NULL)
		unlock(record);
}

/*
 * Drop a table in a transaction of its own, and of those that are dropped together with
 * it: they may refer to each other.  Never throws.
 */
static void
drop_in_transaction(TableRecord *record)
{
	BindsConnection *connection = record->private->connection;
	BindsBegin	begin = {.kind = BINDS_BEGIN_WRITE, .gtrid = "binds"};
	BindsError	error = {0};
	bool		more = false;
	dlist_iter	iter;

	if (binds_connection_depth(connection) == 0)
	{
		record->private->dropped = NIL;
		if (!binds_connection_begin(connection, &begin, &error))
		{
			tell_undropped(record, record->table, &error);
			return;
		}
	}
	cut_keys(record);
	if (holds_moved(record))
	{
		if (!binds_connection_try_run(connection, record->drop, &error))
		{
			tell_undropped(record, record->table, &error);
			undo_drops(record, &error);
			return;
		}
		record->private->dropped = lappend(record->private->dropped, record->table);
	}
	dlist_foreach(iter, &table_records)
	{
		TableRecord *other = dlist_container(TableRecord, node, iter.cur);

		more = more || (other != record && other->private == record->private &&
						other->dropping);
	}
	if (!more && !binds_connection_commit(connection, &error))
		undo_drops(record, &error);
}

/* Tables that are dropped together stay together.  Never throws. */
static void
undo_drops(const TableRecord *record, const BindsError *error)
{
	ListCell   *lc;

	foreach(lc, record->private->dropped)
		tell_undropped(record, lfirst(lc), error);
	binds_connection_rollback(record->private->connection, false);
}

/*
 * Does a table, which nobody else can write to now, hold as many rows as have been moved?
 * If not it is kept.  Never throws.
 */
static bool
holds_moved(const TableRecord *record)
{
	BindsBeforeError before = binds_error_before();
	CountRequest request = {record->dialect, record->bind_key, record->count, -1};

	if (record->count == NULL)
		return true;
	PG_TRY();
	{
		binds_connection_read(record->private->connection, ask_count, &request);
		if (request.count != record->rows)
			tell_written(record, request.count);
	}
	PG_CATCH();
	{
		ErrorData  *error = binds_error_catch(&before);

		request.count = -1;
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("could not drop table \"%s\" of bind \"%s\"", record->table,
						record->bind_key),
				 errdetail_internal("%s", error->message)));
	}
	PG_END_TRY();
	return request.count == record->rows;
}

static void
tell_written(const TableRecord *record, int64 count)
{
	int64		more = count - record->rows;

	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 more > 0 ?
			 errmsg_plural("table \"%s\" of bind \"%s\" is kept, for it holds " INT64_FORMAT " row that came after the move",
						   "table \"%s\" of bind \"%s\" is kept, for it holds " INT64_FORMAT " rows that came after the move",
						   more, record->table, record->bind_key, more) :
			 errmsg("table \"%s\" of bind \"%s\" is kept, for rows of it were deleted after the move",
					record->table, record->bind_key),
			 errdetail("Rows moved: " INT64_FORMAT ", now: " INT64_FORMAT ".",
					   record->rows, count),
			 errhint("Change the table where it is now likewise, then drop this one in the engine.")));
}

static void
tell_undropped(const TableRecord *record, const char *table, const BindsError *error)
{
	ereport(WARNING,
			(errcode(error->sqlstate ? error->sqlstate : ERRCODE_FDW_ERROR),
			 errmsg("could not drop table \"%s\" of bind \"%s\"", table,
					record->bind_key),
			 errdetail_internal("%s", binds_error_text(error))));
}

/*
 * After an abort.  Never throws.
 *
 * ROLLBACK TO SAVEPOINT in the engine keeps the locks on the definition of a table that
 * was used after the savepoint.  To drop it now would be to wait for ourselves.
 */
static void
record_abort(void *arg)
{
	TableRecord *record = arg;

	if (record->dropping || record->mark == NULL)
		record_free(record);
	else if (GetCurrentTransactionNestLevel() > 1 &&
			 binds_branch_is_open(record->private->serverid))
	{
		record->dropping = true;
		dlist_delete(&record->node);
		if (dlist_is_empty(&doomed_records))
			binds_transaction_on_top_end(drop_doomed, NULL);
		dlist_push_tail(&doomed_records, &record->node);
	}
	else
	{
		drop_marked(record);
		record_free(record);
	}
}

/* At the end of the transaction; the last created first.  Never throws. */
static void
drop_doomed(void *arg)
{
	while (!dlist_is_empty(&doomed_records))
	{
		TableRecord *record = dlist_container(TableRecord, node,
											  dlist_head_node(&doomed_records));

		drop_marked(record);
		record_free(record);
	}
}

static void
record_free(TableRecord *record)
{
	dlist_delete(&record->node);
	private_commit(record->private);
}

/*
 * Drop a table that bears our mark, or whose anchor does.  If it stays so does the mark.
 *
 * A table without a mark of its own whose CREATE has failed may be another session's,
 * made in between, so it is let alone.  Where only the answer was lost so is the
 * connection: then the anchor stays, and tells the next who looks.
 *
 * A process that ends cannot ask: nobody can catch an error there, and one that is raised
 * would leave PostgreSQL's own locks behind.  What it has made stays as after a crash.
 */
static void
drop_marked(TableRecord *record)
{
	bool		ours = false;
	bool		dropped = false;

	if (record->kept || (record->anchor != NULL && !record->made))
		return;
	if (proc_exit_inprogress)
		return;
	if (may_drop(record, &ours))
	{
		run_all_quietly(record->private->connection, record->unlink);
		if (record->drop == NULL)
			return;
		if (run_quietly(record, record->lock, "could not lock"))
		{
			dropped = may_drop(record, &ours) &&
				run_quietly(record, record->drop, "could not drop");
			unlock(record);
		}
	}
	if (ours && !dropped && record->anchor != NULL)
		keep_anchor(record);
}

/* Where that fails the connection is closed, which unlocks as well.  Never throws. */
static void
unlock(const TableRecord *record)
{
	BindsError	error;

	if (!binds_connection_try_run(record->private->connection,
								  record->dialect->unlock_statement, &error))
		binds_connection_disconnect(record->private->connection, true);
}

/* A later transaction must know what the table is. */
static void
keep_anchor(const TableRecord *record)
{
	dlist_head *lists[] = {&table_records, &doomed_records};

	for (int i = 0; i < (int) lengthof(lists); i++)
	{
		dlist_iter	iter;

		dlist_foreach(iter, lists[i])
		{
			TableRecord *other = dlist_container(TableRecord, node, iter.cur);

			if (other->mark != NULL && strcmp(other->mark, record->mark) == 0 &&
				strcmp(other->table, record->anchor) == 0)
				other->kept = true;
		}
	}
}

/* What takes away keys that may not be there.  Never throws. */
static void
run_all_quietly(BindsConnection *connection, List *statements)
{
	ListCell   *lc;

	foreach(lc, statements)
	{
		BindsError	error;

		if (!binds_connection_try_run(connection, lfirst(lc), &error) &&
			error.kind == BINDS_ERROR_CONNECTION_LOST)
			return;
	}
}

/*
 * Is the table there, ours, and (if it is to be dropped) empty?  *ours: the first two, or
 * nobody knows.  Never throws: what it cannot find out is a WARNING.
 */
static bool
may_drop(TableRecord *record, bool *ours)
{
	BindsBeforeError before = binds_error_before();
	BindsMarkQuestion question = {record->dialect, record->bind_key, record->engine_schema,
		record->engine_table, record->mark, record->engine_anchor, record->own_comment,
	record->drop != NULL};

	*ours = true;
	PG_TRY();
	{
		binds_connection_read(record->private->connection, binds_claim_ask, &question);
		if (question.marked && question.rows && !question.empty)
			binds_claim_warn_kept(record->dialect, record->bind_key, record->schema, record->table,
								  record->anchor, record->mark, NULL);
		if (question.altered && question.rows)
			ereport(WARNING,
					(errcode(ERRCODE_WARNING),
					 errmsg("table \"%s\" of bind \"%s\" is kept, for its comment has been changed",
							record->table, record->bind_key)));
		*ours = question.marked;
	}
	PG_CATCH();
	{
		ErrorData  *error = binds_error_catch(&before);

		question.marked = false;
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("could not drop table \"%s\" of bind \"%s\" after the abort",
						record->table, record->bind_key),
				 errdetail_internal("%s", error->message)));
	}
	PG_END_TRY();
	return question.marked && (question.empty || !question.rows);
}

static bool
run_quietly(TableRecord *record, const char *sql, const char *what)
{
	BindsConnection *connection = record->private->connection;
	BindsError	error = {0};

	if (binds_connection_try_run(connection, sql, &error))
		return true;
	ereport(WARNING,
			(errcode(error.sqlstate ? error.sqlstate : ERRCODE_FDW_ERROR),
			 errmsg("%s table \"%s\" of bind \"%s\"", what, record->table,
					record->bind_key),
			 errdetail_internal("%s", binds_error_text(&error)),
			 GetDatabaseEncoding() != PG_UTF8 ? 0 :
			 errcontext("remote SQL: %s", sql)));
	return false;
}

/* A copy of a statement, as it has to be when there is no catalog any more. */
static char *
for_engine(const char *sql)
{
	return pstrdup(binds_text_to_engine(sql));
}

static bool
same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

/*
 * Two binds may name one database.  That of the record may have been removed since, so
 * its connection tells where it is.
 */
static bool
same_database(const TableRecord *record, Oid serverid)
{
	const BindsUrl *ua;
	const BindsUrl *ub;

	if (record->private->serverid == serverid)
		return true;
	ua = record->private->url;
	ub = binds_connection_options(serverid)->url;
	return same_text(ua->scheme, ub->scheme) && same_text(ua->host, ub->host) &&
		ua->port == ub->port && same_text(ua->database, ub->database);
}
