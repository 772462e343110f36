/*
 * statements.c
 *	  Prepared statements of a connection, kept by their text.
 *
 * A statement in use belongs to its cursor and is not in the list: a second user of
 * the same text gets a statement of its own.  Idle ones are kept, last used first,
 * up to a number; the oldest goes when there are more.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "connection/internal.h"

/* idle statements kept per connection */
#define MAX_IDLE 64

static MemoryContext prepared_context = NULL;

static bool same_query(const BindsQuery *a, const BindsQuery *b);
static BindsPrepared *copy_query(const BindsQuery *query, uint32 hash);

/*
 * Take a prepared statement for "query" out of the list, or make one.  NULL if the
 * driver refuses; raises only when memory is out.
 */
BindsPrepared *
binds_prepared_take(BindsConnection *connection, const BindsQuery *query,
					BindsError *error)
{
	uint32		hash = hash_bytes((const unsigned char *) query->sql,
								  strlen(query->sql));
	BindsPrepared *prepared;
	dlist_iter	iter;

	dlist_foreach(iter, &connection->statements)
	{
		prepared = dlist_container(BindsPrepared, node, iter.cur);
		if (prepared->hash == hash && same_query(&prepared->query, query))
		{
			dlist_delete(&prepared->node);
			connection->nstatements--;
			return prepared;
		}
	}

	if (connection->handle == NULL)
	{
		binds_connection_set_closed(error);
		return NULL;
	}
	prepared = copy_query(query, hash);
	prepared->stmt = connection->driver->prepare(connection->handle,
												 &prepared->query, error);
	if (prepared->stmt == NULL)
	{
		pfree(prepared);
		return NULL;
	}
	return prepared;
}

/*
 * Ask the engine of a statement that is not executed yet: what it does to the engine, or,
 * where no engine tells that, whether it understands it.  Raises the engine's error.
 *
 * Outside of a transaction a connection that turns out dead is opened again, once.
 */
bool
binds_connection_reads_only(BindsConnection *connection, const BindsQuery *query)
{
	bool		renewed = false;
	bool		result = false;

	if (!connection->driver->concurrent)
		binds_connection_drain(connection);
	for (;;)
	{
		BindsError	error = {0};
		BindsPrepared *prepared = binds_prepared_take(connection, query, &error);
		bool		done = prepared != NULL;

		if (done && connection->driver->reads_only != NULL)
			result = connection->driver->reads_only(prepared->stmt);
		else if (done)
			done = connection->driver->understands(prepared->stmt, &error);
		if (prepared != NULL)
			binds_prepared_give(connection, prepared);
		if (done)
			return result;
		if (renewed || connection->depth > 0 || binds_connection_busy(connection) ||
			error.kind != BINDS_ERROR_CONNECTION_LOST)
			binds_connection_raise(connection, &error, NULL, query->sql, NULL, 0);
		binds_connection_renew(connection);
		renewed = true;
	}
}

/*
 * Give a statement back; it has been reset.  Never throws.
 */
void
binds_prepared_give(BindsConnection *connection, BindsPrepared *prepared)
{
	dlist_push_head(&connection->statements, &prepared->node);
	if (++connection->nstatements > MAX_IDLE)
	{
		prepared = dlist_container(BindsPrepared, node,
								   dlist_tail_node(&connection->statements));
		dlist_delete(&prepared->node);
		connection->nstatements--;
		connection->driver->finalize(prepared->stmt);
		pfree(prepared);
	}
}

/*
 * Forget all idle statements without telling the driver.  Never throws.
 */
void
binds_prepared_forget(BindsConnection *connection)
{
	while (!dlist_is_empty(&connection->statements))
		pfree(dlist_container(BindsPrepared, node,
							  dlist_pop_head_node(&connection->statements)));
	connection->nstatements = 0;
}

/*
 * The text alone does not tell: "a = ? AND b = ?" may take one value or two.
 */
static bool
same_query(const BindsQuery *a, const BindsQuery *b)
{
	return a->nplaces == b->nplaces && a->nparams == b->nparams &&
		a->repeat_start == b->repeat_start && a->repeat_end == b->repeat_end &&
		a->given == b->given && a->bound == b->bound &&
		strcmp(a->sql, b->sql) == 0 &&
		(a->nplaces == 0 ||
		 (memcmp(a->params, b->params, a->nplaces * sizeof(int)) == 0 &&
		  memcmp(a->places, b->places, a->nplaces * sizeof(int)) == 0));
}

/* Make an entry with a copy of a query, in one piece of memory. */
static BindsPrepared *
copy_query(const BindsQuery *query, uint32 hash)
{
	size_t		array = query->nplaces * sizeof(int);
	size_t		text = strlen(query->sql) + 1;
	size_t		table = query->table != NULL ? strlen(query->table) + 1 : 0;
	BindsPrepared *prepared;
	char	   *p;

	if (prepared_context == NULL)
		prepared_context = AllocSetContextCreate(CacheMemoryContext,
												 "binds prepared statements",
												 ALLOCSET_DEFAULT_SIZES);
	prepared = MemoryContextAllocZero(prepared_context,
									  MAXALIGN(sizeof(BindsPrepared)) +
									  2 * array + text + table);
	p = (char *) prepared + MAXALIGN(sizeof(BindsPrepared));
	prepared->hash = hash;
	prepared->query = *query;
	if (array > 0)
	{
		memcpy(p, query->places, array);
		prepared->query.places = (int *) p;
		memcpy(p + array, query->params, array);
		prepared->query.params = (int *) (p + array);
	}
	memcpy(p + 2 * array, query->sql, text);
	prepared->query.sql = p + 2 * array;
	if (table > 0)
		prepared->query.table = memcpy(p + 2 * array + text, query->table, table);
	return prepared;
}
