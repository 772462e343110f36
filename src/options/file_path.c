/*
 * file_path.c
 *	  Where the file of a SQLite URL is, and who may name it.
 *
 * A relative path is below $PGDATA/binds/ and cannot leave it.  A file: URI is taken
 * apart and written anew, with the parameters listed here only: SQLite's own reading
 * would let a URL choose a VFS or a file outside.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <sys/stat.h>

#include "catalog/pg_authid.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/acl.h"
#include "utils/builtins.h"

#include "options/options.h"

#define BINDS_DIRECTORY "binds"

/* Parameters of a file: URI; "uri" itself is not handed to SQLite. */
static const struct UriParameter
{
	const char *name;
	const char *values;			/* NULL: a boolean */
}			uri_parameters[] = {
	{"mode", "ro|rw|rwc"},
	{"cache", "private"},
	{"immutable", NULL},
	{NULL}
};

static void check_has_file(const BindsUrl *url);
static void refuse_memory(void) __attribute__((noreturn));
static bool query_bool(const BindsUrl *url, const char *name);
static char *uri_path(const char *uri);
static char *resolve_path(const char *path, bool make_directory);
static char *build_uri(const BindsUrl *url, const char *path);
static void append_parameter(StringInfo buf, const struct UriParameter *parameter,
							 const char *value);

/* Raise an error about the URL; it may still carry a password. */
#define path_error(...) \
	ereport(ERROR, \
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), \
			 errhidestmt(true), errhidecontext(true), __VA_ARGS__))

char *
binds_file_path(const BindsUrl *url, bool *uri, bool make_directory)
{
	char	   *path = url->database;
	bool		is_uri = path != NULL && strncmp(path, "file:", 5) == 0;

	check_has_file(url);
	*uri = query_bool(url, "uri");
	if (is_uri && !*uri)
		path_error(errmsg("path of a SQLite URL begins with \"file:\""),
				   errhint("Add uri=true to the query part of the URL, or leave \"file:\" out."));
	if (*uri && !is_uri)
		path_error(errmsg("uri=true needs a path that begins with \"file:\""),
				   errhint("Write sqlite:///file:/path/to/file.db?mode=ro&uri=true."));
	for (int i = 0; !*uri && i < url->nquery; i++)
	{
		if (binds_is_uri_parameter(url->query[i].name) &&
			strcmp(url->query[i].name, "uri") != 0)
			path_error(errmsg("parameter \"%s\" of a SQLite URL needs a file: URI",
							  url->query[i].name),
					   errhint("Write sqlite:///file:/path/to/file.db?%s=%s&uri=true.",
							   url->query[i].name, url->query[i].value));
	}
	if (*uri)
		path = uri_path(path);
	path = resolve_path(path, make_directory);
	return *uri ? build_uri(url, path) : path;
}

bool
binds_url_reads_only(const BindsUrl *url)
{
	const char *mode = binds_url_get(url, "mode");

	return (mode != NULL && strcmp(mode, "ro") == 0) || binds_url_is_immutable(url);
}

bool
binds_url_is_immutable(const BindsUrl *url)
{
	return query_bool(url, "immutable");
}

bool
binds_is_uri_parameter(const char *name)
{
	if (strcmp(name, "uri") == 0)
		return true;
	for (const struct UriParameter *known = uri_parameters; known->name != NULL; known++)
	{
		if (strcmp(known->name, name) == 0)
			return true;
	}
	return false;
}

void
binds_check_file_right(Oid userid, bool write)
{
	bool		may_read = has_privs_of_role(userid, ROLE_PG_READ_SERVER_FILES);
	bool		may_write = has_privs_of_role(userid, ROLE_PG_WRITE_SERVER_FILES);

	if (superuser_arg(userid) || (may_read && (may_write || !write)))
		return;
	if (may_read)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to write a file of the server"),
				 errdetail("Role \"%s\" is not a member of role \"pg_write_server_files\".",
						   GetUserNameFromId(userid, false)),
				 errhint("Set the option read_only to true to read it only.")));
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied to use a file of the server"),
			 errdetail("Role \"%s\" is not a member of role \"pg_read_server_files\".",
					   GetUserNameFromId(userid, false)),
			 errhint("Only superusers and members of pg_read_server_files, and for writing also of pg_write_server_files, may use a file as a bind or in its options.")));
}

/* ------------------------------------------------------------------------
 * Parts of the URL
 * ------------------------------------------------------------------------ */

static void
check_has_file(const BindsUrl *url)
{
	const char *mode = binds_url_get(url, "mode");

	if (url->host != NULL || url->port != 0)
		path_error(errmsg("SQLite URL names a host"),
				   errhint("Write sqlite:////path/to/file.db for an absolute path, sqlite:///file.db for one below the data directory's \"%s\".",
						   BINDS_DIRECTORY));
	if (url->username != NULL || url->password != NULL)
		path_error(errmsg("SQLite URL has a user name or password"),
				   errhint("The database is a file, which has no users."));
	if (url->database == NULL || url->database[0] == '\0' ||
		strcmp(url->database, ":memory:") == 0 ||
		strncmp(url->database, "file::memory:", 13) == 0 ||
		(mode != NULL && strcmp(mode, "memory") == 0))
		refuse_memory();
}

static void
refuse_memory(void)
{
	path_error(errmsg("SQLite database in memory cannot be a bind"),
			   errdetail("It would be a private, empty database of each session."),
			   errhint("Name a file: sqlite:////path/to/file.db, or sqlite:///file.db below the data directory's \"%s\".",
					   BINDS_DIRECTORY));
}

static bool
query_bool(const BindsUrl *url, const char *name)
{
	const char *value = binds_url_get(url, name);

	return value != NULL && binds_parse_bool(name, value);
}

/*
 * The path in "file:path", "file:///path" or "file://localhost/path", with
 * percent-escapes decoded as SQLite does after the URL's own were.
 */
static char *
uri_path(const char *uri)
{
	const char *path = uri + strlen("file:");
	char	   *result = palloc(strlen(path) + 1);
	char	   *out = result;

	if (strncmp(path, "//", 2) == 0)
	{
		size_t		length = strcspn(path + 2, "/");

		if (length != 0 && !(length == 9 && strncmp(path + 2, "localhost", 9) == 0))
			path_error(errmsg("file: URI names a host"),
					   errhint("Write file:/path/to/file.db."));
		path += 2 + length;
	}
	if (strpbrk(path, "?#") != NULL)
		path_error(errmsg("path of a file: URI contains \"?\" or \"#\""),
				   errhint("Parameters belong to the query part of the URL; in a file name write %%253F or %%2523."));
	while (*path != '\0')
	{
		unsigned int byte;

		if (*path == '%' && isxdigit((unsigned char) path[1]) &&
			isxdigit((unsigned char) path[2]) && sscanf(path + 1, "%2x", &byte) == 1)
		{
			if (byte == 0)
				path_error(errmsg("path of a file: URI contains a NUL byte"));
			*out++ = (char) byte;
			path += 3;
		}
		else
			*out++ = *path++;
	}
	*out = '\0';
	if (result[0] == '\0' || strcmp(result, ":memory:") == 0)
		refuse_memory();
	return result;
}

/*
 * The absolute path, without "." and "..".  SQLite takes names in UTF-8, whatever
 * the encoding of the database is.
 */
static char *
resolve_path(const char *path, bool make_directory)
{
	char	   *clean = pstrdup(pg_server_to_any(path, strlen(path), PG_UTF8));
	char	   *directory;

	if (path[strlen(path) - 1] == '/')
		path_error(errmsg("path of a SQLite URL names a directory"));
	canonicalize_path(clean);
	if (is_absolute_path(clean))
		return clean;
	if (path_contains_parent_reference(clean))
		path_error(errmsg("relative path of a SQLite URL must stay below the data directory's \"%s\"",
						  BINDS_DIRECTORY),
				   errhint("Write an absolute path with four slashes: sqlite:////path/to/file.db."));
	directory = binds_file_directory();
	if (make_directory && MakePGDirectory(directory) != 0 && errno != EEXIST)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not create directory \"%s\": %m", directory)));
	return psprintf("%s/%s", directory, clean);
}

char *
binds_file_directory(void)
{
	return psprintf("%s/%s", DataDir, BINDS_DIRECTORY);
}

/* The URI for SQLite: the path escaped, and the parameters of the list. */
static char *
build_uri(const BindsUrl *url, const char *path)
{
	StringInfoData buf;
	const char *query = "?";

	initStringInfo(&buf);
	appendStringInfoString(&buf, "file:");
	for (; *path != '\0'; path++)
	{
		if (isalnum((unsigned char) *path) && !IS_HIGHBIT_SET(*path))
			appendStringInfoChar(&buf, *path);
		else if (strchr("/_.-~", *path) != NULL)
			appendStringInfoChar(&buf, *path);
		else
			appendStringInfo(&buf, "%%%02X", (unsigned char) *path);
	}
	for (const struct UriParameter *known = uri_parameters; known->name != NULL; known++)
	{
		const char *value = binds_url_get(url, known->name);

		if (value == NULL)
			continue;
		appendStringInfoString(&buf, query);
		append_parameter(&buf, known, value);
		query = "&";
	}
	return buf.data;
}

static void
append_parameter(StringInfo buf, const struct UriParameter *parameter,
				 const char *value)
{
	if (parameter->values == NULL)
	{
		appendStringInfo(buf, "%s=%d", parameter->name,
						 binds_parse_bool(parameter->name, value) ? 1 : 0);
		return;
	}
	for (const char *word = parameter->values; word != NULL;)
	{
		size_t		length = strcspn(word, "|");

		if (strlen(value) == length && strncmp(word, value, length) == 0)
		{
			appendStringInfo(buf, "%s=%s", parameter->name, value);
			return;
		}
		word = word[length] == '|' ? word + length + 1 : NULL;
	}
	path_error(errmsg("invalid value for parameter \"%s\" of a SQLite URL",
					  parameter->name),
			   errhint("Valid values are %s.", binds_words(parameter->values)));
}
