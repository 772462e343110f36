/*
 * open.c
 *	  How a connection is opened, and who may.
 *
 * Rights on files are those of the server's owner, since whoever queries a table
 * needs only rights on the table.  Credentials follow the rules of postgres_fdw:
 * a role that is no superuser must come with a password of its own, and the engine
 * must ask for it, or it would get in as the operating system's user.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <sys/stat.h>
#include <unistd.h>

#include "catalog/pg_authid.h"
#include "commands/dbcommands.h"
#include "foreign/foreign.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"

#include "connection/internal.h"
#include "dialect/text.h"

static bool may_make_file(const BindsEngineOptions *options);
static void raise_not_open(const BindsServer *server, const BindsCredentials *credentials,
						   Oid userid, BindsError *error) __attribute__((noreturn));
static bool may_see_files(Oid owner);
static bool may_write_files(Oid userid);
static void fill_spec(BindsConnectSpec *spec, const BindsServer *server,
					  const BindsCredentials *credentials, Oid userid);
static void tell_who(BindsConnectSpec *spec, Oid userid);
static const char *name_to_utf8(const char *name);
static const char *to_utf8(const char *text);
static bool local_socket(const BindsEngineOptions *options);
static void check_has_password(const BindsCredentials *credentials, Oid userid);
static bool asks_password(const BindsServer *server, const BindsCredentials *credentials,
						  Oid userid);
static bool opens_without_password(const BindsServer *server,
								   const BindsCredentials *credentials, Oid userid);

/*
 * May the connection of this server be used so?  Raises 42501 and 25006.
 */
void
binds_open_check(const BindsServer *server, int flags)
{
	bool		write = (flags & BINDS_CONNECTION_WRITE) != 0;

	if (write)
		binds_engine_options_check_writable(server->options);
	if (server->options->dialect->path_is_identity)
		binds_check_file_right(server->owner, write);
}

/*
 * Device and inode of a server's file; false if it is not there.
 */
bool
binds_open_identity(const BindsServer *server, uint64 *device, uint64 *inode)
{
	struct stat st;

	if (stat(server->path, &st) != 0)
		return false;
	*device = (uint64) st.st_dev;
	*inode = (uint64) st.st_ino;
	return true;
}

/*
 * What is to be said of a server's file before it is opened?
 */
BindsFileState
binds_open_file_state(const BindsServer *server)
{
	const BindsEngineOptions *options = server->options;
	struct stat st;
	char	   *folder;

	if (!options->dialect->path_is_identity || stat(server->path, &st) == 0 ||
		(errno != ENOENT && errno != ENOTDIR))
		return BINDS_FILE_THERE;
	if (options->read_only)
		return BINDS_FILE_READ_ONLY;
	if (!may_make_file(options))
		return BINDS_FILE_UNMANAGED;
	if (!may_write_files(server->owner))
		return BINDS_FILE_NO_RIGHT;
	folder = pstrdup(server->path);
	get_parent_directory(folder);
	if (access(folder, W_OK | X_OK) == 0 ||
		(errno == ENOENT && strcmp(folder, binds_file_directory()) == 0))
		return BINDS_FILE_TO_COME;
	return errno == ENOENT || errno == ENOTDIR ? BINDS_FOLDER_ABSENT : BINDS_FOLDER_CLOSED;
}

/*
 * Connect to a server.
 *
 * A file whose owner may not write files is opened read-only, so that not even
 * SQLite's own housekeeping changes it.  A missing file is made only when asked
 * for, on a managed bind.
 */
BindsDriverConn *
binds_open(const BindsServer *server, const BindsCredentials *credentials, Oid userid,
		   int flags, bool *read_only)
{
	const BindsEngineOptions *options = server->options;
	BindsConnectSpec spec;
	BindsError	error = {0};
	BindsDriverConn *handle;

	if (credentials != NULL)
		check_has_password(credentials, userid);
	fill_spec(&spec, server, credentials, userid);
	if (options->dialect->path_is_identity && !may_write_files(server->owner))
		spec.read_only = true;
	spec.create = (flags & BINDS_CONNECTION_CREATE) != 0 &&
		may_make_file(options) && !spec.read_only;
	if (spec.create)
	{
		bool		uri;

		/* for its effect: makes $PGDATA/binds */
		pfree(binds_file_path(options->url, &uri, true));
	}

	handle = options->dialect->driver->connect(&spec, &error);
	if (handle == NULL)
		raise_not_open(server, credentials, userid, &error);
	*read_only = spec.read_only;
	if (credentials != NULL)
	{
		PG_TRY();
		{
			binds_open_check_password(server, credentials, userid, handle);
		}
		PG_CATCH();
		{
			options->dialect->driver->disconnect(handle, false);
			PG_RE_THROW();
		}
		PG_END_TRY();
	}
	return handle;
}

/*
 * Say that a database could not be opened.  What the system says of a file, only who may
 * look at files of the server is told, or who has named it; and who has no account of the
 * engine, what to do.
 */
static void
raise_not_open(const BindsServer *server, const BindsCredentials *credentials, Oid userid,
			   BindsError *error)
{
	const BindsEngineOptions *options = server->options;
	char	   *role;

	if (error->kind != BINDS_ERROR_INTERRUPTED)
		binds_tally_not_open(server->serverid);
	if (error->about_file && !may_see_files(server->owner))
	{
		strlcpy(error->message, "the file cannot be opened", sizeof(error->message));
		error->hint = "Superusers, members of pg_read_server_files and the owner of the bind are told the path and why.";
	}
	if (credentials != NULL && credentials->user == NULL &&
		(ERRCODE_TO_CATEGORY(error->sqlstate) == ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION ||
		 error->sqlstate == ERRCODE_INSUFFICIENT_PRIVILEGE))
	{
		role = credentials->of_public ? NULL : GetUserNameFromId(userid, true);
		error->hint = psprintf("The user mapping names no user of the server: ALTER USER MAPPING FOR %s SERVER %s OPTIONS (ADD user '...', ADD password '...').",
							   role != NULL ? quote_identifier(role) : "PUBLIC",
							   quote_identifier(options->bind_key));
	}
	binds_error_raise_connect(error, options->dialect->path_is_identity, options->bind_key);
}

static bool
may_see_files(Oid owner)
{
	return superuser() || has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES) ||
		has_privs_of_role(GetUserId(), owner);
}

/*
 * Raise 2F003 unless a role may use these credentials.
 *
 * The engine is asked by what it has let us in.  Only where it does not say, we try
 * another password: that is a failed login, which some servers count, until they lock
 * the account.
 */
void
binds_open_check_password(const BindsServer *server,
						  const BindsCredentials *credentials, Oid userid,
						  BindsDriverConn *handle)
{
	const BindsDriver *driver = server->options->dialect->driver;

	if (superuser_arg(userid) || !credentials->password_required)
		return;
	check_has_password(credentials, userid);
	if (!local_socket(server->options))
		return;
	if (handle != NULL ? driver->asks_password(handle) :
		asks_password(server, credentials, userid))
		return;
	if (opens_without_password(server, credentials, userid))
		ereport(ERROR,
				(errcode(ERRCODE_S_R_E_PROHIBITED_SQL_STATEMENT_ATTEMPTED),
				 errmsg("password is required"),
				 errdetail("Non-superuser cannot connect if the server does not check the password."),
				 errhint("The account must be identified by a password on the server of bind \"%s\".",
						 server->options->bind_key)));
}

/* Raise 2F003 if a role has no password though it needs one. */
static void
check_has_password(const BindsCredentials *credentials, Oid userid)
{
	if (superuser_arg(userid) || !credentials->password_required)
		return;
	if (credentials->password == NULL || credentials->password[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_S_R_E_PROHIBITED_SQL_STATEMENT_ATTEMPTED),
				 errmsg("password is required"),
				 errdetail("Non-superusers must provide a password in the user mapping.")));
}

/* Is the bind managed, and has no mode that wants a file to be there? */
static bool
may_make_file(const BindsEngineOptions *options)
{
	const char *mode = binds_url_get(options->url, "mode");

	if (mode == NULL)
		mode = binds_engine_setting(options, "mode");
	return options->managed && (mode == NULL || strcmp(mode, "rwc") == 0);
}

static bool
may_write_files(Oid userid)
{
	return superuser_arg(userid) ||
		has_privs_of_role(userid, ROLE_PG_WRITE_SERVER_FILES);
}

/* What both ways of connecting have in common. */
static void
fill_spec(BindsConnectSpec *spec, const BindsServer *server,
		  const BindsCredentials *credentials, Oid userid)
{
	const BindsEngineOptions *options = server->options;

	memset(spec, 0, sizeof(*spec));
	spec->bind_key = options->bind_key;
	spec->host = options->url->host;
	spec->port = options->url->port;
	spec->database = options->dialect->path_is_identity ?
		server->database : to_utf8(options->url->database);
	spec->uri = server->uri;
	spec->path = server->path;
	spec->read_only = options->read_only;
	spec->journal_mode = options->journal_mode;
	if (options->file_mode != NULL)
		spec->file_mode = strtol(options->file_mode, NULL, 8);
	spec->exclusive = options->exclusive;
	spec->lock_timeout = options->lock_timeout;
	spec->settings = options->settings;
	spec->nsettings = options->nsettings;
	if (credentials != NULL)
	{
		spec->user = to_utf8(credentials->user);
		spec->password = to_utf8(credentials->password);
		tell_who(spec, userid);
	}
}

/* Who connects, for those who look at the engine's sessions. */
static void
tell_who(BindsConnectSpec *spec, Oid userid)
{
	spec->local_key = name_to_utf8(spec->bind_key);
	spec->local_database = name_to_utf8(get_database_name(MyDatabaseId));
	spec->local_role = name_to_utf8(GetUserNameFromId(userid, true));
}

/*
 * The same as to_utf8 of a name that need not be text in the encoding of the database:
 * roles and databases may have been made where there was another.
 */
static const char *
name_to_utf8(const char *name)
{
	int			encoding = GetDatabaseEncoding();
	char	   *text;

	if (name == NULL)
		return NULL;
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return binds_text_clean(name, strlen(name));
	if (pg_verify_mbstr(encoding, name, strlen(name), true))
		return to_utf8(name);
	text = pstrdup(name);
	for (char *p = text; *p != '\0'; p++)
	{
		if (IS_HIGHBIT_SET(*p))
			*p = '?';
	}
	return text;
}

/* Text for the engine; NULL stays. */
static const char *
to_utf8(const char *text)
{
	return text != NULL ? pg_server_to_any(text, strlen(text), PG_UTF8) : NULL;
}

/* Could the engine see which operating system user connects? */
static bool
local_socket(const BindsEngineOptions *options)
{
	for (int i = 0; i < options->nsettings; i++)
	{
		if (strcmp(options->settings[i].name, "unix_socket") == 0)
			return true;
	}
	return options->url->host == NULL || options->url->host[0] == '\0' ||
		pg_strcasecmp(options->url->host, "localhost") == 0;
}

/*
 * Ask the engine by a connection of its own: the one that is there is in use.
 */
static bool
asks_password(const BindsServer *server, const BindsCredentials *credentials, Oid userid)
{
	const BindsDriver *driver = server->options->dialect->driver;
	BindsConnectSpec spec;
	BindsError	error = {0};
	BindsDriverConn *handle;
	bool		asks;

	fill_spec(&spec, server, credentials, userid);
	handle = driver->connect(&spec, &error);
	if (handle == NULL)
		binds_error_raise_connect(&error, false, server->options->bind_key);
	asks = driver->asks_password(handle);
	driver->disconnect(handle, false);
	return asks;
}

/*
 * Does the engine let us in with another password, too?  What is not its refusal of that
 * password is no answer, and raised.
 */
static bool
opens_without_password(const BindsServer *server,
					   const BindsCredentials *credentials, Oid userid)
{
	const BindsDriver *driver = server->options->dialect->driver;
	BindsConnectSpec spec;
	BindsError	error = {0};
	BindsDriverConn *handle;
	uint64		bits[2];
	char		other[64];

	if (!pg_strong_random(bits, sizeof(bits)))
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not generate random values")));
	snprintf(other, sizeof(other), "binds-%016llx%016llx",
			 (unsigned long long) bits[0], (unsigned long long) bits[1]);

	fill_spec(&spec, server, credentials, userid);
	spec.password = other;
	handle = driver->connect(&spec, &error);
	if (handle != NULL)
	{
		driver->disconnect(handle, false);
		return true;
	}
	if (ERRCODE_TO_CATEGORY(error.sqlstate) != ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION)
		binds_error_raise_connect(&error, false, server->options->bind_key);
	return false;
}
