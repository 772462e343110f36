/*
 * server.c
 *	  What is known of a foreign server, read once per backend.
 *
 * ALTER SERVER and the like make an entry invalid.  It is then read anew at the
 * next use, but what was read before lives on until the end of the transaction:
 * cursors and connections point to its options.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <sys/stat.h>

#include "catalog/pg_foreign_server.h"
#include "foreign/foreign.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "options/server.h"
#include "options/url.h"

typedef struct ServerEntry
{
	Oid			serverid;		/* hash key */
	BindsServer *server;		/* NULL: not read yet */
} ServerEntry;

static HTAB *servers = NULL;

/* contexts of entries that were replaced, to be deleted at the end */
static MemoryContext replaced = NULL;

/* counts invalidations, to see one that comes while an entry is made */
static uint64 invalidations = 0;

static BindsServer *server_now(Oid serverid);
static BindsServer *read_server(Oid serverid);
static BindsSame same_file(const BindsServer *a, const BindsServer *b);
static BindsSame same_host(const BindsEngineOptions *a, const BindsEngineOptions *b);
static const char *local_host(const char *host);
static char *uri_path(const char *uri);

BindsServer *
binds_server_last(Oid serverid)
{
	ServerEntry *entry;

	if (servers == NULL)
		return NULL;
	entry = hash_search(servers, &serverid, HASH_FIND, NULL);
	return entry != NULL ? entry->server : NULL;
}

BindsServer *
binds_server_read(Oid serverid)
{
	ServerEntry *entry;
	BindsServer *server;
	bool		found;

	if (servers == NULL)
	{
		HASHCTL		ctl = {.keysize = sizeof(Oid), .entrysize = sizeof(ServerEntry)};

		servers = hash_create("binds servers", 16, &ctl, HASH_ELEM | HASH_BLOBS);
		replaced = AllocSetContextCreate(CacheMemoryContext, "binds old servers",
										 ALLOCSET_SMALL_SIZES);
	}

	server = read_server(serverid);
	entry = hash_search(servers, &serverid, HASH_ENTER, &found);
	if (found && entry->server != NULL)
		MemoryContextSetParent(entry->server->context, replaced);
	entry->server = server;
	return server;
}

const BindsEngineOptions *
binds_server_options(Oid serverid)
{
	BindsServer *server = binds_server_last(serverid);

	if (server != NULL && server->valid)
		return server->options;
	return binds_engine_options(serverid);
}

BindsSame
binds_same_database(Oid a, const char *schema_a, Oid b, const char *schema_b)
{
	MemoryContext old = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(old, "binds two servers",
												  ALLOCSET_SMALL_SIZES);
	BindsServer *server_a,
			   *server_b;
	BindsSame	result = BINDS_SAME;

	MemoryContextSwitchTo(context);
	server_a = server_now(a);
	server_b = server_now(b);
	if (server_a->options->dialect != server_b->options->dialect)
		result = BINDS_DIFFERENT;
	else if (server_a->options->dialect->path_is_identity)
		result = a == b ? BINDS_SAME : same_file(server_a, server_b);
	else
	{
		if (schema_a == NULL)
			schema_a = server_a->options->url->database;
		if (schema_b == NULL)
			schema_b = server_b->options->url->database;

		/* whether case matters is the server's matter */
		if (schema_a != NULL && schema_b != NULL && pg_strcasecmp(schema_a, schema_b) != 0)
			result = BINDS_DIFFERENT;
		else if (a != b)
			result = same_host(server_a->options, server_b->options);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return result;
}

/* ------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

/* What is known of a server, or else read into the current context. */
static BindsServer *
server_now(Oid serverid)
{
	BindsServer *server = binds_server_last(serverid);

	if (server != NULL && server->valid)
		return server;
	server = read_server(serverid);
	MemoryContextSetParent(server->context, CurrentMemoryContext);
	return server;
}

/* A file may have many paths. */
static BindsSame
same_file(const BindsServer *a, const BindsServer *b)
{
	struct stat stat_a,
				stat_b;

	if (strcmp(a->path, b->path) == 0)
		return BINDS_SAME;
	if (stat(a->path, &stat_a) != 0 || stat(b->path, &stat_b) != 0)
		return BINDS_PERHAPS_SAME;
	return stat_a.st_dev == stat_b.st_dev && stat_a.st_ino == stat_b.st_ino ?
		BINDS_SAME : BINDS_DIFFERENT;
}

/*
 * On this machine, a socket and a port, given or not, are taken for those of one server.
 */
static BindsSame
same_host(const BindsEngineOptions *a, const BindsEngineOptions *b)
{
	const char *socket_a = binds_engine_setting(a, "unix_socket");
	const char *socket_b = binds_engine_setting(b, "unix_socket");
	const char *host_a = socket_a != NULL ? "localhost" : local_host(a->url->host);
	const char *host_b = socket_b != NULL ? "localhost" : local_host(b->url->host);

	if (pg_strcasecmp(host_a, host_b) != 0)
		return BINDS_PERHAPS_SAME;
	if (socket_a != NULL && socket_b != NULL)
		return strcmp(socket_a, socket_b) == 0 ? BINDS_SAME : BINDS_PERHAPS_SAME;
	return socket_a != NULL || socket_b != NULL || a->url->port == 0 ||
		b->url->port == 0 || a->url->port == b->url->port ? BINDS_SAME :
		BINDS_PERHAPS_SAME;
}

/* All names that this machine has for itself are one. */
static const char *
local_host(const char *host)
{
	return host == NULL || host[0] == '\0' || strcmp(host, "127.0.0.1") == 0 ||
		strcmp(host, "::1") == 0 ? "localhost" : host;
}

const char *
binds_engine_setting(const BindsEngineOptions *options, const char *name)
{
	for (int i = 0; i < options->nsettings; i++)
	{
		if (strcmp(options->settings[i].name, name) == 0)
			return options->settings[i].value;
	}
	return NULL;
}

/*
 * Read a server into a context of its own.  If an invalidation comes meanwhile, the
 * result is used once and read again at the next time.
 */
static BindsServer *
read_server(Oid serverid)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "binds server",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	uint64		before = invalidations;
	BindsServer *server = palloc0(sizeof(BindsServer));

	server->context = context;
	server->serverid = serverid;
	server->hash = GetSysCacheHashValue1(FOREIGNSERVEROID,
										 ObjectIdGetDatum(serverid));
	server->owner = GetForeignServer(serverid)->owner;
	server->options = binds_engine_options(serverid);
	if (server->options->dialect->path_is_identity)
	{
		server->database = binds_file_path(server->options->url, &server->uri,
										   false);
		server->path = server->uri ? uri_path(server->database) :
			server->database;
	}
	server->valid = (invalidations == before);

	MemoryContextSwitchTo(old);
	MemoryContextSetParent(context, CacheMemoryContext);
	return server;
}

/*
 * Mark entries as to be read again.  Never throws.
 */
void
binds_server_invalidate(uint32 hash)
{
	HASH_SEQ_STATUS seq;
	ServerEntry *entry;

	invalidations++;
	if (servers == NULL)
		return;
	hash_seq_init(&seq, servers);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (entry->server != NULL &&
			(hash == 0 || entry->server->hash == hash))
			entry->server->valid = false;
	}
}

/*
 * Free what was replaced, and entries that are invalid.  Never throws.
 */
void
binds_server_sweep(void)
{
	HASH_SEQ_STATUS seq;
	ServerEntry *entry;

	if (servers == NULL)
		return;
	MemoryContextDeleteChildren(replaced);
	hash_seq_init(&seq, servers);
	while ((entry = hash_seq_search(&seq)) != NULL)
	{
		if (entry->server != NULL && entry->server->valid)
			continue;
		if (entry->server != NULL)
			MemoryContextDelete(entry->server->context);
		hash_search(servers, &entry->serverid, HASH_REMOVE, NULL);
	}
}

/*
 * The path in a "file:" URI as SQLite reads it: after an authority that is empty or
 * localhost, up to '?' or '#', with %XX decoded.
 */
static char *
uri_path(const char *uri)
{
	const char *p = uri;
	char	   *path = palloc(strlen(uri) + 1);
	char	   *out = path;

	if (strncmp(p, "file:", 5) == 0)
		p += 5;
	if (strncmp(p, "//", 2) == 0)
	{
		p += 2;
		p += strcspn(p, "/?#");
	}
	while (*p != '\0' && *p != '?' && *p != '#')
	{
		int			escaped = binds_url_escaped(p);

		if (escaped >= 0)
		{
			*out++ = (char) escaped;
			p += 3;
		}
		else
			*out++ = *p++;
	}
	*out = '\0';
	return path;
}
