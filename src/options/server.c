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

static BindsServer *read_server(Oid serverid);
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
		HASHCTL		ctl = {.keysize = sizeof(Oid),.entrysize = sizeof(ServerEntry)};

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
