/*
 * engine_records.c
 *	  Tables that were made, or that wait for their drop, until the end of the transaction.
 *
 * Nothing in here that runs at that end throws, or looks into a catalog.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/ipc.h"
#include "utils/memutils.h"

#include "compat.h"
#include "dialect/query.h"
#include "transaction/claims.h"
#include "transaction/engine_records.h"

static dlist_head private_connections = DLIST_STATIC_INIT(private_connections);
static dlist_head table_records = DLIST_STATIC_INIT(table_records);

/* of aborted subtransactions, whose drop waits for the end of the transaction */
static dlist_head doomed_records = DLIST_STATIC_INIT(doomed_records);

static void private_commit(void *arg);
static void record_commit(void *arg);
static void cut_keys(BindsTableRecord *record);
static void drop_at_once(BindsTableRecord *record);
static void drop_in_transaction(BindsTableRecord *record);
static bool holds_moved(const BindsTableRecord *record);
static void tell_written(const BindsTableRecord *record, int64 count);
static void undo_drops(const BindsTableRecord *record, const BindsError *error);
static void tell_undropped(const BindsTableRecord *record, const char *table,
						   const BindsError *error);
static void record_abort(void *arg);
static void drop_doomed(void *arg);
static BindsTableRecord *find_dropping(dlist_head *records, Oid serverid,
									   const char *schema, const char *table);
static void record_free(BindsTableRecord *record);
static void take_back(BindsTableRecord *record);
static void drop_marked(BindsTableRecord *record);
static bool may_drop(BindsTableRecord *record, bool *ours);
static void unlock(const BindsTableRecord *record);
static bool run_quietly(BindsTableRecord *record, const char *sql, const char *what);
static void tell_failed(const BindsTableRecord *record, const char *sql, const char *what,
						const BindsError *error);
static void keep_anchor(const BindsTableRecord *record);
static void run_all_quietly(BindsConnection *connection, List *statements);
static bool same_text(const char *a, const char *b);
static bool same_database(const BindsTableRecord *record, Oid serverid);

bool
binds_drop_pending(Oid serverid, const char *schema, const char *table)
{
	return binds_drop_reason(serverid, schema, table) != BINDS_DROP_NONE;
}

BindsDropReason
binds_drop_reason(Oid serverid, const char *schema, const char *table)
{
	const BindsTableRecord *record = find_dropping(&table_records, serverid, schema, table);

	if (record != NULL)
		return record->count != NULL ? BINDS_DROP_MOVED : BINDS_DROP_ASKED;
	return find_dropping(&doomed_records, serverid, schema, table) != NULL ?
		BINDS_DROP_UNDONE : BINDS_DROP_NONE;
}

bool
binds_unlink_pending(Oid serverid, const char *schema, const BindsReference *reference)
{
	dlist_iter	iter;

	dlist_foreach(iter, &table_records)
	{
		BindsTableRecord *record = dlist_container(BindsTableRecord, node, iter.cur);

		if (record->constraint != NULL && reference->constraint != NULL &&
			strcmp(record->constraint, reference->constraint) == 0 &&
			strcmp(record->table, reference->table) == 0 &&
			same_text(record->schema, schema) && same_database(record, serverid))
			return true;
	}
	return false;
}

BindsTableRecord *
binds_record_made(Oid serverid, const char *schema, const char *table)
{
	dlist_iter	iter;

	dlist_foreach(iter, &table_records)
	{
		BindsTableRecord *record = dlist_container(BindsTableRecord, node, iter.cur);

		if (record->mark != NULL && record->drop != NULL &&
			strcmp(record->table, table) == 0 && same_text(record->schema, schema) &&
			same_database(record, serverid))
			return record;
	}
	return NULL;
}

static BindsTableRecord *
find_dropping(dlist_head *records, Oid serverid, const char *schema, const char *table)
{
	dlist_iter	iter;

	dlist_foreach(iter, records)
	{
		BindsTableRecord *record = dlist_container(BindsTableRecord, node, iter.cur);

		if (record->dropping && strcmp(record->table, table) == 0 &&
			same_text(record->schema, schema) &&
			same_database(record, serverid))
			return record;
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * Private connections
 * ------------------------------------------------------------------------ */

BindsPrivateConnection *
binds_private_connection(Oid serverid)
{
	dlist_iter	iter;
	BindsPrivateConnection *private;
	BindsConnection *connection;

	dlist_foreach(iter, &private_connections)
	{
		private = dlist_container(BindsPrivateConnection, node, iter.cur);
		if (private->serverid == serverid && private->userid == GetUserId())
			return private;
	}
	/* first what is likely to fail, so that nothing is left over */
	connection = binds_connection_options(serverid)->exclusive ?
		binds_connection_get(serverid, GetUserId(), BINDS_CONNECTION_WRITE) :
		binds_connection_open_private(serverid, GetUserId(),
									  BINDS_CONNECTION_WRITE);
	private = MemoryContextAllocZero(TopMemoryContext, sizeof(BindsPrivateConnection));
	private->serverid = serverid;
	private->userid = GetUserId();
	private->connection = connection;
	private->url = binds_connection_options(serverid)->url;
	private->users = 1;
	private->borrowed = binds_connection_options(serverid)->exclusive;
	dlist_push_tail(&private_connections, &private->node);
	/* closes it, at the latest, at the end of this (sub)transaction */
	binds_transaction_on_end(private_commit, private_commit, private);
	return private;
}

/* One user less; the last one closes.  Never throws. */
static void
private_commit(void *arg)
{
	BindsPrivateConnection *private = arg;

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

BindsTableRecord *
binds_record_add(Oid serverid, const BindsDialect *dialect, const char *bind_key,
				 const char *schema, const char *table, List *unlink)
{
	BindsPrivateConnection *private = binds_private_connection(serverid);
	MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);
	BindsTableRecord *record = palloc0(sizeof(BindsTableRecord));
	ListCell   *lc;

	record->private = private;
	record->dialect = dialect;
	record->bind_key = pstrdup(bind_key);
	record->schema = schema ? pstrdup(schema) : NULL;
	record->table = pstrdup(table);
	record->engine_schema = schema ? binds_record_text(schema) : NULL;
	record->engine_table = binds_record_text(table);
	foreach(lc, unlink)
		record->unlink = lappend(record->unlink, binds_record_text(lfirst(lc)));
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
	BindsTableRecord *record = arg;

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
cut_keys(BindsTableRecord *record)
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
drop_at_once(BindsTableRecord *record)
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
drop_in_transaction(BindsTableRecord *record)
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
		BindsTableRecord *other = dlist_container(BindsTableRecord, node, iter.cur);

		more = more || (other != record && other->private == record->private &&
						other->dropping);
	}
	if (!more && !binds_connection_commit(connection, &error))
		undo_drops(record, &error);
}

/* Tables that are dropped together stay together.  Never throws. */
static void
undo_drops(const BindsTableRecord *record, const BindsError *error)
{
	ListCell   *lc;

	foreach(lc, record->private->dropped)
		tell_undropped(record, lfirst(lc), error);
	binds_connection_rollback(record->private->connection, false);
}

void
binds_count_ask(BindsDriverConn *conn, void *arg)
{
	BindsCountRequest *request = arg;
	BindsRows  *rows = binds_query_rows(request->dialect->driver, conn,
										request->bind_key, request->sql, 1, 0, NULL);

	if (rows->nrows == 1)
		request->count = binds_rows_integer(rows, 0, 0, 0, PG_INT64_MAX);
}

/*
 * Does a table, which nobody else can write to now, hold as many rows as have been moved?
 * If not it is kept.  Never throws.
 */
static bool
holds_moved(const BindsTableRecord *record)
{
	BindsBeforeError before = binds_error_before();
	BindsCountRequest request = {record->dialect, record->bind_key, record->count, -1};

	if (record->count == NULL)
		return true;
	PG_TRY();
	{
		binds_connection_read(record->private->connection, binds_count_ask, &request);
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
tell_written(const BindsTableRecord *record, int64 count)
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
tell_undropped(const BindsTableRecord *record, const char *table, const BindsError *error)
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
 * was used after the savepoint.  To drop it now would be to wait for ourselves, unless the
 * branch itself was begun there, and can end.
 */
static void
record_abort(void *arg)
{
	BindsTableRecord *record = arg;
	bool		nested = GetCurrentTransactionNestLevel() > 1;

	if (nested)
		binds_branch_end_undone(record->private->serverid);
	if (record->dropping || (record->mark == NULL && record->undo == NULL))
		record_free(record);
	else if (nested && binds_branch_is_open(record->private->serverid))
	{
		record->dropping = true;
		dlist_delete(&record->node);
		if (dlist_is_empty(&doomed_records))
			binds_transaction_on_top_end(drop_doomed, NULL, true);
		dlist_push_tail(&doomed_records, &record->node);
	}
	else
	{
		take_back(record);
		record_free(record);
	}
}

/* At the end of the transaction; the last created first.  Never throws. */
static void
drop_doomed(void *arg)
{
	while (!dlist_is_empty(&doomed_records))
	{
		BindsTableRecord *record = dlist_container(BindsTableRecord, node,
												   dlist_head_node(&doomed_records));

		take_back(record);
		record_free(record);
	}
}

/* Undo what was done for a record.  Never throws. */
static void
take_back(BindsTableRecord *record)
{
	BindsError	error = {0};

	if (record->undo == NULL)
		drop_marked(record);
	/* what a later statement has taken away again need not be taken back */
	else if (!proc_exit_inprogress &&
			 !binds_connection_try_run(record->private->connection, record->undo, &error) &&
			 error.sqlstate != ERRCODE_UNDEFINED_OBJECT)
		tell_failed(record, record->undo, "could not undo the change of", &error);
}

static void
record_free(BindsTableRecord *record)
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
drop_marked(BindsTableRecord *record)
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
unlock(const BindsTableRecord *record)
{
	BindsError	error;

	if (!binds_connection_try_run(record->private->connection,
								  record->dialect->unlock_statement, &error))
		binds_connection_disconnect(record->private->connection, true);
}

/* A later transaction must know what the table is. */
static void
keep_anchor(const BindsTableRecord *record)
{
	dlist_head *lists[] = {&table_records, &doomed_records};

	for (int i = 0; i < (int) lengthof(lists); i++)
	{
		dlist_iter	iter;

		dlist_foreach(iter, lists[i])
		{
			BindsTableRecord *other = dlist_container(BindsTableRecord, node, iter.cur);

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
may_drop(BindsTableRecord *record, bool *ours)
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
run_quietly(BindsTableRecord *record, const char *sql, const char *what)
{
	BindsConnection *connection = record->private->connection;
	BindsError	error = {0};

	if (binds_connection_try_run(connection, sql, &error))
		return true;
	tell_failed(record, sql, what, &error);
	return false;
}

static void
tell_failed(const BindsTableRecord *record, const char *sql, const char *what,
			const BindsError *error)
{
	ereport(WARNING,
			(errcode(error->sqlstate ? error->sqlstate : ERRCODE_FDW_ERROR),
			 errmsg("%s table \"%s\" of bind \"%s\"", what, record->table,
					record->bind_key),
			 errdetail_internal("%s", binds_error_text(error)),
			 GetDatabaseEncoding() != PG_UTF8 ? 0 :
			 errcontext("remote SQL: %s", sql)));
}

char *
binds_record_text(const char *sql)
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
same_database(const BindsTableRecord *record, Oid serverid)
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
