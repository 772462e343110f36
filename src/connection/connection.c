/*
 * connection.c
 *	  Physical connections of this backend, kept between transactions.
 *
 * A server with users has one connection per user mapping; a file has one, whoever
 * uses it by whatever bind, since two connections of one process to one SQLite file
 * would lock each other out.  A file is known by device and inode.
 *
 * A connection whose server, mapping or wrapper has changed is marked invalid and
 * closed when nobody uses it: at the next use outside of a branch, or at the end
 * of the transaction.  A connection that does not answer is closed at once, and
 * cursors that had rows there are broken (08006).
 *
 * Entries live in a hash table and keep their address while anything refers to
 * them, that is until the end of the transaction.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <limits.h>

#include "foreign/foreign.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "storage/ipc.h"
#include "utils/acl.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "connection/internal.h"
#include "model/facts.h"
#include "dialect/query.h"
#include "dialect/text.h"

typedef struct ConnectionKey
{
	const BindsDriver *driver;
	uint64		device;			/* of a file */
	uint64		inode;
	Oid			umid;			/* of a server */
	Oid			padding;
} ConnectionKey;

typedef struct ConnectionEntry
{
	ConnectionKey key;
	BindsConnection connection;
} ConnectionEntry;

/* how often a file may be replaced while it is being opened */
#define MAX_REPLACED 10

static HTAB *connections = NULL;
static dlist_head private_connections = DLIST_STATIC_INIT(private_connections);

/* was anything of this folder used or invalidated since the last sweep? */
static bool needs_sweep = false;

/* of a file in WAL mode: itself, the log and its index */
#define FILE_DESCRIPTORS 3

/*
 * How many connections stay open between transactions.  In one there are as many as it uses
 * binds.
 */
#define MAX_KEPT 100

static uint64 gets = 0;

static BindsServer *find_server(Oid serverid);
static bool is_file_in_use(BindsServer *server);
static bool is_for(const BindsConnection *connection, const BindsServer *server,
				   uint64 device, uint64 inode);
static void set_up(void);
static BindsConnection *enter_connection(const ConnectionKey *key,
										 const BindsDialect *dialect);
static BindsConnection *find_entry(BindsServer *server,
								   const BindsCredentials *credentials);
static BindsConnection *find_pinned(BindsServer *server);
static bool make_ready(BindsConnection *connection, BindsServer *server,
					   const BindsCredentials *credentials, Oid userid, int flags);
static bool is_idle(const BindsConnection *connection);
static bool is_too_old(BindsConnection *connection);
static bool is_healthy(BindsConnection *connection);
static BindsConnection *open_file(BindsServer *server, int flags);
static bool open_entry(BindsConnection *connection, BindsServer *server,
					   const BindsCredentials *credentials, Oid userid, int flags);
static bool is_file_of(BindsConnection *connection, BindsDriverConn *handle);
static void raise_replaced(BindsServer *server) __attribute__((noreturn));
static void set_opened(BindsConnection *connection, BindsServer *server,
					   BindsDriverConn *handle, bool read_only);
static void close_least_used(int nopen);
static int	compare_use(const ListCell *a, const ListCell *b);
static void invalidate(Datum arg, int cacheid, uint32 hash);
static void close_at_exit(int code, Datum arg);
static void leave_memory(int code, Datum arg);

/* ------------------------------------------------------------------------
 * Finding and opening
 * ------------------------------------------------------------------------ */

/*
 * The connection of a server for a role, open and healthy.
 *
 * Everything that can be refused is refused before anything is opened.
 */
BindsConnection *
binds_connection_get(Oid serverid, Oid userid, int flags)
{
	BindsServer *server;
	BindsCredentials *credentials = NULL;
	BindsConnection *connection;

	set_up();
	server = find_server(serverid);
	binds_open_check(server, flags);
	if (server->options->dialect->has_users)
		credentials = binds_credentials(serverid, userid, false);

	for (int tries = 0;; tries++)
	{
		connection = find_entry(server, credentials);
		if (connection == NULL)
		{
			connection = open_file(server, flags);
			break;
		}
		if (make_ready(connection, server, credentials, userid, flags))
			break;
		if (tries == MAX_REPLACED)
			raise_replaced(server);
	}
	connection->options = server->options;
	connection->used = ++gets;
	return connection;
}

/*
 * The same without opening anything; NULL if it cannot be told yet.
 */
BindsConnection *
binds_connection_find(Oid serverid, Oid userid)
{
	BindsServer *server;
	BindsCredentials *credentials = NULL;

	set_up();
	server = find_server(serverid);
	if (server->options->dialect->has_users)
		credentials = binds_credentials(serverid, userid, false);
	return find_entry(server, credentials);
}

BindsFileState
binds_connection_file_state(Oid serverid)
{
	set_up();
	return binds_open_file_state(find_server(serverid));
}

/*
 * The options of a server, kept in this backend until the end of the transaction.
 */
BindsEngineOptions *
binds_connection_options(Oid serverid)
{
	set_up();
	return find_server(serverid)->options;
}

/*
 * What is known of a server.
 *
 * A file that this transaction has begun to use stays the server's file until the
 * transaction ends, whatever its URL says meanwhile.
 */
static BindsServer *
find_server(Oid serverid)
{
	BindsServer *server = binds_server_last(serverid);

	if (server != NULL && (server->valid || is_file_in_use(server)))
		return server;
	return binds_server_read(serverid);
}

/* Is a transaction open in the engine on a server's file? */
static bool
is_file_in_use(BindsServer *server)
{
	BindsConnection *connection = server->options->dialect->path_is_identity ?
		find_entry(server, NULL) : NULL;

	return connection != NULL && connection->depth > 0;
}

/*
 * A connection outside of the cache.
 */
BindsConnection *
binds_connection_open_private(Oid serverid, Oid userid, int flags)
{
	BindsServer *server;
	BindsCredentials *credentials = NULL;
	BindsConnection *connection;
	BindsDriverConn *handle;
	bool		read_only;

	set_up();
	server = find_server(serverid);
	binds_open_check(server, flags);
	if (server->options->dialect->has_users)
		credentials = binds_credentials(serverid, userid, false);

	connection = MemoryContextAllocZero(CacheMemoryContext,
										sizeof(BindsConnection));
	connection->driver = server->options->dialect->driver;
	connection->dialect = server->options->dialect;
	connection->private = true;
	connection->userid = userid;
	dlist_init(&connection->cursors);
	dlist_init(&connection->statements);
	dlist_push_tail(&private_connections, &connection->private_node);

	handle = binds_open(server, credentials, userid, flags, &read_only);
	set_opened(connection, server, handle, read_only);
	connection->options = server->options;
	return connection;
}

/*
 * Open again a connection that turned out to be dead where nothing is lost by it.
 */
void
binds_connection_renew(BindsConnection *connection)
{
	BindsServer *server = find_server(connection->serverid);
	BindsCredentials *credentials = NULL;

	binds_connection_disconnect(connection, true);
	if (connection->dialect->has_users)
		credentials = binds_credentials(connection->serverid,
										connection->userid, false);
	if (!open_entry(connection, server, credentials, connection->userid, 0))
		raise_replaced(server);
}

void
binds_connection_serve(BindsConnection *connection, BindsEngineOptions *options)
{
	connection->options = options;
}

bool
binds_connection_is_open(const BindsConnection *connection)
{
	return connection->handle != NULL;
}

const BindsDialect *
binds_connection_dialect(const BindsConnection *connection)
{
	return connection->dialect;
}

Oid
binds_connection_serverid(const BindsConnection *connection)
{
	return connection->serverid;
}

List *
binds_connection_list(Oid serverid)
{
	List	   *result = NIL;
	BindsServer *server;
	uint64		device = 0;
	uint64		inode = 0;
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;
	dlist_iter	iter;

	set_up();
	server = OidIsValid(serverid) ? find_server(serverid) : NULL;
	if (server != NULL && server->path != NULL)
		(void) binds_open_identity(server, &device, &inode);
	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (entry->connection.handle != NULL &&
			is_for(&entry->connection, server, device, inode))
			result = lappend(result, &entry->connection);
	}
	dlist_foreach(iter, &private_connections)
	{
		BindsConnection *connection = dlist_container(BindsConnection, private_node,
													  iter.cur);

		if (connection->handle != NULL && is_for(connection, server, device, inode))
			result = lappend(result, connection);
	}
	return result;
}

/*
 * Is an open connection for a server (NULL: any), or for its file, which is that device
 * and inode if it is there?  One that the server opened is, also to what it was before
 * ALTER SERVER.
 */
static bool
is_for(const BindsConnection *connection, const BindsServer *server, uint64 device,
	   uint64 inode)
{
	const BindsEngineInfo *info;

	if (server == NULL || connection->serverid == server->serverid)
		return true;
	if (connection->driver != server->options->dialect->driver ||
		server->path == NULL || connection->path == NULL)
		return false;
	info = connection->driver->info(connection->handle);
	return strcmp(connection->path, server->path) == 0 ||
		(inode != 0 && info->device == device && info->inode == inode);
}

void
binds_connection_facts(const BindsConnection *connection, BindsConnectionFacts *facts)
{
	const BindsEngineInfo *info = connection->driver->info(connection->handle);

	facts->serverid = connection->serverid;
	facts->userid = connection->dialect->path_is_identity ? InvalidOid :
		connection->userid;
	facts->opened = connection->opened;
	facts->server_version = info->version_text[0] == '\0' ? NULL :
		binds_text_clean(info->version_text, strlen(info->version_text));
	facts->session = info->thread_id;
	facts->in_transaction = connection->depth > 0;
	facts->in_use = connection->private || !is_idle(connection);
}

/*
 * Make the table at the first use, with callbacks for changed servers and for the
 * end of this backend.
 */
static void
set_up(void)
{
	HASHCTL		ctl = {.keysize = sizeof(ConnectionKey), .entrysize = sizeof(ConnectionEntry)};

	needs_sweep = true;
	if (connections != NULL)
		return;
	connections = hash_create("binds connections", 16, &ctl,
							  HASH_ELEM | HASH_BLOBS);
	CacheRegisterSyscacheCallback(FOREIGNSERVEROID, invalidate, (Datum) 0);
	CacheRegisterSyscacheCallback(USERMAPPINGOID, invalidate, (Datum) 0);
	CacheRegisterSyscacheCallback(FOREIGNDATAWRAPPEROID, invalidate, (Datum) 0);
	on_proc_exit(close_at_exit, (Datum) 0);
	if (binds_memory_on)
		on_shmem_exit(leave_memory, (Datum) 0);
}

/* Find or make the entry of a key; a new one is closed. */
static BindsConnection *
enter_connection(const ConnectionKey *key, const BindsDialect *dialect)
{
	ConnectionEntry *entry;
	bool		found;

	entry = hash_search(connections, key, HASH_ENTER, &found);
	if (!found)
	{
		BindsConnection *connection = &entry->connection;

		memset(connection, 0, sizeof(*connection));
		connection->driver = key->driver;
		connection->dialect = dialect;
		connection->umid = key->umid;
		dlist_init(&connection->cursors);
		dlist_init(&connection->statements);
	}
	return &entry->connection;
}

/*
 * The entry of a server's mapping or file; NULL if there is no file.
 *
 * A file on which a transaction has been begun stays the server's file until that ends,
 * also when another one has taken its place, or it was lost: what follows in the same
 * transaction must not read, or write, somewhere else.
 */
static BindsConnection *
find_entry(BindsServer *server, const BindsCredentials *credentials)
{
	ConnectionKey key;
	BindsConnection *pinned;

	memset(&key, 0, sizeof(key));
	key.driver = server->options->dialect->driver;
	if (credentials != NULL)
		key.umid = credentials->umid;
	else if ((pinned = find_pinned(server)) != NULL)
		return pinned;
	else if (!binds_open_identity(server, &key.device, &key.inode))
		return NULL;
	return enter_connection(&key, server->options->dialect);
}

static BindsConnection *
find_pinned(BindsServer *server)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;

	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		BindsConnection *connection = &entry->connection;

		if (connection->pinned && connection->path != NULL &&
			strcmp(connection->path, server->path) == 0)
		{
			hash_seq_term(&seq);
			return connection;
		}
	}
	return NULL;
}

/*
 * Open a connection, or see that it is still good for this use.  False if the file at
 * the server's path is another one by now: look for its connection again.
 *
 * Health is looked at once in a transaction, at the first use; what dies later is
 * noticed by the statement that meets it.
 */
static bool
make_ready(BindsConnection *connection, BindsServer *server,
		   const BindsCredentials *credentials, Oid userid, int flags)
{
	bool		idle = is_idle(connection);

	/* its health and messages are those of the bind that uses it now */
	connection->options = server->options;

	if (connection->handle != NULL && idle)
	{
		if (connection->invalid)
			binds_connection_disconnect(connection, false);
		else if (!connection->tested && is_too_old(connection))
			binds_connection_disconnect(connection, false);
		else if (!connection->tested && !is_healthy(connection))
			binds_connection_disconnect(connection, true);
		else if ((flags & BINDS_CONNECTION_WRITE) &&
				 (connection->read_only || connection->not_writable))
			binds_connection_disconnect(connection, false);
		else if ((server->options->exclusive && !connection->exclusive) ||
				 (connection->unchanging && !server->options->unchanging))
			binds_connection_disconnect(connection, false);
	}
	else if (connection->handle != NULL && connection->read_only &&
			 (flags & BINDS_CONNECTION_WRITE))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("the file of bind \"%s\" is being read by a read-only bind in this transaction",
						server->options->bind_key),
				 errhint("Write to it first, or in a transaction of its own.")));
	else if (connection->handle != NULL && connection->unchanging &&
			 !server->options->unchanging)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("the file of bind \"%s\" is being read by a bind with immutable=1 in this transaction",
						server->options->bind_key),
				 errhint("Read it by one of them, or in transactions of their own.")));

	if (connection->handle == NULL)
	{
		if (!open_entry(connection, server, credentials, userid, flags))
			return false;
	}
	else if (credentials != NULL && !connection->password_checked &&
			 !superuser_arg(userid))
	{
		binds_open_check_password(server, credentials, userid,
								  is_idle(connection) ? connection->handle : NULL);
		connection->password_checked = credentials->password_required;
	}
	connection->tested = true;
	return true;
}

/* Does nobody use it now? */
static bool
is_idle(const BindsConnection *connection)
{
	return connection->depth == 0 &&
		dlist_is_empty(unconstify(dlist_head *, &connection->cursors));
}

/* Is a connection that is there to be renewed, as its options say? */
static bool
is_too_old(BindsConnection *connection)
{
	const BindsEngineOptions *options = connection->options;

	return options->pool_recycle >= 0 &&
		TimestampDifferenceExceeds(connection->opened, GetCurrentTimestamp(),
								   Min(options->pool_recycle, INT_MAX / 1000) * 1000) &&
		connection->driver->alive(connection->handle);
}

/*
 * Look at a connection that was idle, as its options say.
 */
static bool
is_healthy(BindsConnection *connection)
{
	const BindsEngineOptions *options = connection->options;
	BindsError	error = {0};

	if (!connection->driver->alive(connection->handle))
		return false;
	if (options->pool_pre_ping &&
		!connection->driver->ping(connection->handle, &error))
	{
		if (error.kind == BINDS_ERROR_INTERRUPTED)
			CHECK_FOR_INTERRUPTS();
		return false;
	}
	return true;
}

/*
 * Open a file that was not there, or could not be seen: made if the flags say so,
 * else the driver's error (58P01) is raised.  Its identity is known only afterwards.
 */
static BindsConnection *
open_file(BindsServer *server, int flags)
{
	const BindsDriver *driver = server->options->dialect->driver;
	BindsDriverConn *handle;
	BindsConnection *connection;
	ConnectionKey key;
	bool		read_only;

	handle = binds_open(server, NULL, InvalidOid, flags, &read_only);

	memset(&key, 0, sizeof(key));
	key.driver = driver;
	key.device = driver->info(handle)->device;
	key.inode = driver->info(handle)->inode;
	connection = enter_connection(&key, server->options->dialect);
	if (connection->handle != NULL)
		driver->disconnect(handle, false);
	else
		set_opened(connection, server, handle, read_only);
	connection->tested = true;
	return connection;
}

/*
 * Connect an entry that is closed.  False, and still closed, if the file that was
 * opened is not the one that the entry is for: the path was looked at before.
 */
static bool
open_entry(BindsConnection *connection, BindsServer *server,
		   const BindsCredentials *credentials, Oid userid, int flags)
{
	BindsDriverConn *handle;
	bool		read_only;

	/* an invalidation that comes while we connect must not be lost */
	connection->invalid = false;
	connection->mapping_hash = credentials == NULL ? 0 :
		GetSysCacheHashValue1(USERMAPPINGOID, ObjectIdGetDatum(credentials->umid));
	connection->server_hash = server->hash;
	connection->serverid = server->serverid;
	connection->userid = userid;

	handle = binds_open(server, credentials, userid, flags, &read_only);
	if (!is_file_of(connection, handle))
	{
		connection->driver->disconnect(handle, true);
		return false;
	}
	set_opened(connection, server, handle, read_only);
	connection->password_checked = credentials != NULL &&
		credentials->password_required && !superuser_arg(userid);
	connection->options = server->options;
	return true;
}

/* Is an open file the one that the entry is filed under?  True for servers. */
static bool
is_file_of(BindsConnection *connection, BindsDriverConn *handle)
{
	const ConnectionEntry *entry = (const ConnectionEntry *)
		((const char *) connection - offsetof(ConnectionEntry, connection));
	const BindsEngineInfo *info = connection->driver->info(handle);

	return !connection->dialect->path_is_identity ||
		(info->device == entry->key.device && info->inode == entry->key.inode);
}

static void
raise_replaced(BindsServer *server)
{
	BindsError	error;

	binds_error_set(&error, BINDS_ERROR_CONNECTION_LOST,
					ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, 0,
					"the file was replaced while it was being opened");
	binds_error_raise_connect(&error, true, server->options->bind_key);
}

static void
set_opened(BindsConnection *connection, BindsServer *server,
		   BindsDriverConn *handle, bool read_only)
{
	connection->serverid = server->serverid;
	connection->server_hash = server->hash;
	connection->handle = handle;
	connection->opened = GetCurrentTimestamp();
	connection->read_only = read_only;
	connection->exclusive = server->options->exclusive;
	connection->unchanging = server->options->unchanging;
	connection->not_writable = connection->driver->info(handle)->not_writable;
	connection->tested = true;
	if (server->path != NULL)
	{
		if (connection->path != NULL)
			pfree(connection->path);
		connection->path = MemoryContextStrdup(CacheMemoryContext, server->path);
	}
	connection->descriptors = server->options->dialect->path_is_identity ?
		FILE_DESCRIPTORS : 1;
	for (int i = 0; i < connection->descriptors; i++)
		ReserveExternalFD();
	binds_facts_connected(server->options->dialect->path_is_identity ? InvalidOid :
						  server->serverid);
	binds_tally_opened(connection);
}

/* ------------------------------------------------------------------------
 * Closing
 * ------------------------------------------------------------------------ */

/*
 * Close a connection.  Never throws.  A private one is freed, too.
 */
void
binds_connection_close(BindsConnection *connection, bool abandon)
{
	binds_connection_disconnect(connection, abandon);
	if (connection->private)
	{
		binds_cursor_end_level(connection, 1);
		dlist_delete(&connection->private_node);
		pfree(connection);
	}
}

/*
 * Close the handle, if there is one, and with it the transaction; the entry stays.
 * Never throws.
 */
void
binds_connection_disconnect(BindsConnection *connection, bool abandon)
{
	BindsDriverConn *handle = connection->handle;

	if (handle == NULL)
		return;
	if (abandon)
		binds_tally_lost(connection);
	binds_cursor_detach_all(connection);
	binds_prepared_forget(connection);
	connection->handle = NULL;
	connection->depth = 0;
	binds_tally_ended(connection);
	binds_tally_flush(connection);
	connection->password_checked = false;
	connection->driver->disconnect(handle, abandon);
	for (; connection->descriptors > 0; connection->descriptors--)
		ReleaseExternalFD();
}

/*
 * After the end of a transaction: close what is invalid, private, keeps others out or
 * points to a file that was replaced, or is too many, and forget options, which are about to
 * be freed.
 */
void
binds_connection_end_transaction(void)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;
	int			nopen = 0;

	if (!needs_sweep)
		return;
	needs_sweep = false;

	while (!dlist_is_empty(&private_connections))
		binds_connection_close(dlist_container(BindsConnection, private_node,
											   dlist_head_node(&private_connections)),
							   false);
	if (connections == NULL)
		return;
	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		BindsConnection *connection = &entry->connection;

		if (connection->handle != NULL &&
			(connection->invalid || connection->exclusive ||
			 (connection->dialect->path_is_identity &&
			  !connection->driver->alive(connection->handle))))
			binds_connection_disconnect(connection, false);
		binds_tally_flush(connection);
		connection->options = NULL;
		connection->tested = false;
		connection->pinned = false;
		if (connection->handle == NULL)
		{
			if (connection->path != NULL)
				pfree(connection->path);
			hash_search(connections, &entry->key, HASH_REMOVE, NULL);
		}
		else
			nopen++;
	}
	if (nopen > MAX_KEPT)
		close_least_used(nopen);
	binds_server_sweep();
}

/*
 * Each connection has descriptors, which other sessions want, too, and memory.  Entries of
 * those that are closed go at the end of the next transaction.
 */
static void
close_least_used(int nopen)
{
	List	   *open = NIL;
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;

	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
		open = lappend(open, &entry->connection);
	list_sort(open, compare_use);
	for (int i = 0; i < nopen - MAX_KEPT; i++)
		binds_connection_disconnect(list_nth(open, i), false);
	list_free(open);
	needs_sweep = true;
}

static int
compare_use(const ListCell *a, const ListCell *b)
{
	uint64		ua = ((const BindsConnection *) lfirst(a))->used;
	uint64		ub = ((const BindsConnection *) lfirst(b))->used;

	return ua < ub ? -1 : ua > ub ? 1 : 0;
}

/*
 * Mark what depends on a changed server, mapping or wrapper.  Never throws.
 */
static void
invalidate(Datum arg, int cacheid, uint32 hash)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;

	needs_sweep = true;
	if (cacheid != USERMAPPINGOID)
		binds_server_invalidate(cacheid == FOREIGNSERVEROID ? hash : 0);
	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		BindsConnection *connection = &entry->connection;

		if (hash == 0 || cacheid == FOREIGNDATAWRAPPEROID ||
			(cacheid == FOREIGNSERVEROID && connection->server_hash == hash) ||
			(cacheid == USERMAPPINGOID && connection->mapping_hash == hash))
			connection->invalid = true;
	}
}

void
binds_connection_count_now(void)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;
	dlist_iter	iter;

	if (connections == NULL)
		return;
	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
		binds_tally_flush(&entry->connection);
	dlist_foreach(iter, &private_connections)
		binds_tally_flush(dlist_container(BindsConnection, private_node, iter.cur));
}

/*
 * Shared memory must not be used any more: the last transaction has ended, and what is
 * open all the same will be closed with its connection.
 */
static void
leave_memory(int code, Datum arg)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;
	dlist_iter	iter;

	binds_connection_count_now();
	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
		binds_tally_ended(&entry->connection);
	dlist_foreach(iter, &private_connections)
		binds_tally_ended(dlist_container(BindsConnection, private_node, iter.cur));
	binds_memory_on = false;
}

/*
 * Say goodbye to engines when this backend ends.
 */
static void
close_at_exit(int code, Datum arg)
{
	HASH_SEQ_STATUS seq;
	ConnectionEntry *entry;

	hash_seq_init(&seq, connections);
	while ((entry = hash_seq_search(&seq)) != NULL)
		binds_connection_disconnect(&entry->connection, false);
}
