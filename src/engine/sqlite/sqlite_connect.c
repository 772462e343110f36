/*
 * sqlite_connect.c
 *	  Connections to SQLite files, and what SQLite may do on them.
 *
 * A file is hostile input: what its schema or a statement given to execute may do is
 * limited by the authorizer and the database configuration set in "harden".
 * Connections are NOMUTEX: a backend has one thread.  Waits for locks and long
 * statements give way to interrupts by the busy and the progress handler.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/proc.h"

#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_driver.h"

/* virtual machine steps between two looks at PostgreSQL's interrupts */
#define PROGRESS_STEPS 5000

/* lock wait in ms when nobody gave one */
#define DEFAULT_LOCK_TIMEOUT 5000

/*
 * Bytes that a value may have beyond what the file has.  Nothing stops a single function
 * of SQLite: what it makes must be small enough to be made in a second, from JSON as well.
 */
#define MAX_LENGTH (16 * 1024 * 1024)

/* longest sleep between two tries for a lock, ms */
#define MAX_LOCK_SLEEP 50

/*
 * PRAGMAs that a statement of a user may run, and what an argument makes of them.  SQLite
 * itself takes those that write with something that is not in its own code ("optimize") for
 * readers, and changes settings of the connection while it prepares the statement.
 */
typedef enum PragmaArgument
{
	PRAGMA_NO_ARGUMENT,			/* refused with one */
	PRAGMA_SELECTS,				/* says what to show */
	PRAGMA_SETS,				/* changes the file */
	PRAGMA_SETS_CONNECTION,		/* changes the connection, when prepared */
	PRAGMA_WRITES				/* changes the file, with and without one */
} PragmaArgument;

typedef struct PragmaRule
{
	const char *name;
	PragmaArgument argument;
} PragmaRule;

/* for a lock: what SQLite does itself is no wait */
static BindsWaitEvent waiting = {"BindsSQLite"};

static const PragmaRule pragma_rules[] = {
	{"application_id", PRAGMA_SETS},
	{"auto_vacuum", PRAGMA_NO_ARGUMENT},
	{"cache_size", PRAGMA_NO_ARGUMENT},
	{"collation_list", PRAGMA_NO_ARGUMENT},
	{"compile_options", PRAGMA_NO_ARGUMENT},
	{"data_version", PRAGMA_NO_ARGUMENT},
	{"database_list", PRAGMA_NO_ARGUMENT},
	{"defer_foreign_keys", PRAGMA_SETS_CONNECTION},
	{"encoding", PRAGMA_NO_ARGUMENT},
	{"foreign_key_check", PRAGMA_SELECTS},
	{"foreign_key_list", PRAGMA_SELECTS},
	{"foreign_keys", PRAGMA_NO_ARGUMENT},
	{"freelist_count", PRAGMA_NO_ARGUMENT},
	{"function_list", PRAGMA_NO_ARGUMENT},
	{"index_info", PRAGMA_SELECTS},
	{"index_list", PRAGMA_SELECTS},
	{"index_xinfo", PRAGMA_SELECTS},
	{"integrity_check", PRAGMA_SELECTS},
	{"journal_mode", PRAGMA_NO_ARGUMENT},
	{"max_page_count", PRAGMA_NO_ARGUMENT},
	{"module_list", PRAGMA_NO_ARGUMENT},
	{"optimize", PRAGMA_WRITES},
	{"page_count", PRAGMA_NO_ARGUMENT},
	{"page_size", PRAGMA_NO_ARGUMENT},
	{"pragma_list", PRAGMA_NO_ARGUMENT},
	{"quick_check", PRAGMA_SELECTS},
	{"schema_version", PRAGMA_NO_ARGUMENT},
	{"synchronous", PRAGMA_NO_ARGUMENT},
	{"table_info", PRAGMA_SELECTS},
	{"table_list", PRAGMA_SELECTS},
	{"table_xinfo", PRAGMA_SELECTS},
	{"user_version", PRAGMA_SETS},
	{NULL}
};

static bool open_file(BindsDriverConn *conn, const BindsConnectSpec *spec,
					  BindsError *error);
static void make_file(const BindsConnectSpec *spec);
static void tell_why(const BindsConnectSpec *spec, int file_errno, bool create,
					 BindsError *error);
static char *file_name(const BindsConnectSpec *spec, BindsError *error);
static bool check_uri(const char *uri, BindsError *error);
static const char *setting(const BindsConnectSpec *spec, const char *name);
static bool setting_true(const BindsConnectSpec *spec, const char *name);
static bool harden(BindsDriverConn *conn, BindsError *error);
static bool look_at_file(BindsDriverConn *conn, const BindsConnectSpec *spec,
						 BindsError *error);
static bool keep_lock(BindsDriverConn *conn, const BindsConnectSpec *spec,
					  BindsError *error);
static bool check_encoding(BindsDriverConn *conn, BindsError *error);
static const char *declared_type(sqlite3_stmt *stmt, int column);
static int	handle_busy(void *arg, int count);
static int	handle_progress(void *arg);
static int	authorize(void *arg, int action, const char *a, const char *b,
					  const char *database, const char *trigger);
static int	authorize_pragma(BindsDriverConn *conn, const char *name, const char *value);

/* ------------------------------------------------------------------------
 * Connections
 * ------------------------------------------------------------------------ */

/*
 * Open a file.  It is made only if spec->create says so; a missing one is 58P01.
 */
BindsDriverConn *
binds_sqlite_connect(const BindsConnectSpec *spec, BindsError *error)
{
	BindsDriverConn *conn = calloc(1, sizeof(BindsDriverConn));

	binds_sqlite_watch_memory();
	if (conn == NULL)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_OUT_OF_MEMORY,
						SQLITE_NOMEM, "out of memory");
		return NULL;
	}
	strlcpy(conn->journal_mode,
			spec->journal_mode != NULL ? spec->journal_mode : "wal",
			sizeof(conn->journal_mode));
	conn->lock_timeout = spec->lock_timeout > 0 ? spec->lock_timeout :
		DEFAULT_LOCK_TIMEOUT;

	if (!open_file(conn, spec, error) ||
		!harden(conn, error) ||
		!look_at_file(conn, spec, error))
	{
		sqlite3_close(conn->db);
		free(conn->path);
		free(conn->target);
		free(conn);
		return NULL;
	}
	return conn;
}

/*
 * Open the database file and install the handlers; no lock is taken yet.
 */
static bool
open_file(BindsDriverConn *conn, const BindsConnectSpec *spec,
		  BindsError *error)
{
	const char *mode = setting(spec, "mode");
	bool		read_only = spec->read_only ||
		(mode != NULL && strcmp(mode, "ro") == 0);
	bool		create = spec->create &&
		(mode == NULL || strcmp(mode, "rwc") == 0);
	int			flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		SQLITE_OPEN_PRIVATECACHE;
	char	   *name = file_name(spec, error);
	int			rc;

	if (name == NULL)
		return false;
	flags |= read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (create && !read_only)
	{
		flags |= SQLITE_OPEN_CREATE;
		make_file(spec);
	}
	if (strncmp(name, "file:", 5) == 0)
		flags |= SQLITE_OPEN_URI;

	rc = sqlite3_open_v2(name, &conn->db, flags, NULL);
	free(name);
	if (rc != SQLITE_OK)
	{
		if (conn->db != NULL)
		{
			binds_sqlite_fill_error(conn, rc, error);
			if ((rc & 0xff) == SQLITE_CANTOPEN)
				tell_why(spec, sqlite3_system_errno(conn->db), create, error);
		}
		else
			binds_error_set(error, BINDS_ERROR_STATEMENT,
							ERRCODE_OUT_OF_MEMORY, rc, "out of memory");
		return false;
	}
	sqlite3_busy_handler(conn->db, handle_busy, conn);
	sqlite3_progress_handler(conn->db, PROGRESS_STEPS, handle_progress, conn);
	sqlite3_set_authorizer(conn->db, authorize, conn);
	return true;
}

/*
 * Make a file that is not there, if it is to have certain permissions.  SQLite would give
 * its own, less the umask, but gives those of the file to what it makes beside it (-wal,
 * -shm, -journal), whatever the umask is.
 *
 * A file that is there is not touched: to close it would give up the locks that this
 * process has on it.  What goes wrong SQLite finds, too, and says.
 */
static void
make_file(const BindsConnectSpec *spec)
{
	struct stat st;
	mode_t		umask_before;
	int			fd;

	if (spec->file_mode == 0 || spec->path == NULL || stat(spec->path, &st) == 0 ||
		errno != ENOENT)
		return;
	umask_before = umask(0);
	fd = open(spec->path, O_RDWR | O_CREAT | O_CLOEXEC, spec->file_mode);
	umask(umask_before);
	if (fd >= 0)
		close(fd);
}

/*
 * Say which file could not be opened, and what to do.  file_errno: the system's, 0: unknown.
 */
static void
tell_why(const BindsConnectSpec *spec, int file_errno, bool create, BindsError *error)
{
	const char *path = spec->database;
	char		folder[MAXPGPATH];
	int			length;
	struct stat st;

	if (spec->uri)
		path += strlen("file:");
	length = strcspn(path, spec->uri ? "?" : "");
	error->about_file = true;
	snprintf(error->message, sizeof(error->message),
			 "unable to open database file \"%.*s\"%s%s",
			 Min(length, MAXPGPATH), path, file_errno != 0 ? ": " : "",
			 file_errno != 0 ? strerror(file_errno) : "");
	snprintf(folder, sizeof(folder), "%.*s", length, path);
	get_parent_directory(folder);
	switch (file_errno)
	{
		case ENOENT:
			if (stat(folder, &st) != 0)
				error->hint = "Its folder is not there: make it, or look at the path in the URL of the bind. Only the folder \"binds\" of the data directory is made by binds.create_all or the first write.";
			else if (create)
				error->hint = "Look at the path in the URL of the bind.";
			else
				error->hint = "The file is made by binds.create_all or the first write to the table of a model, not by reading, nor for a foreign table made by hand, nor with mode=ro or mode=rw. Look at the path in the URL of the bind.";
			break;
		case EISDIR:
			error->hint = "Name a file, not a folder, in the URL of the bind.";
			break;
		case EACCES:
		case EPERM:
		case EROFS:
			error->hint = "The operating system's user of the PostgreSQL server needs rights on the file and its folder.";
			break;
		default:
			break;
	}
}

/*
 * The name to open, malloc'ed: the path, or a URI if the user gave one or an
 * "immutable" file needs one.
 */
static char *
file_name(const BindsConnectSpec *spec, BindsError *error)
{
	const char *suffix = "";
	char	   *name;
	char	   *to;

	if (spec->database == NULL || spec->database[0] == '\0')
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_UNDEFINED_FILE,
						SQLITE_CANTOPEN, "no file is named");
		return NULL;
	}
	if (spec->uri && !check_uri(spec->database, error))
		return NULL;
	if (setting_true(spec, "immutable") &&
		strstr(spec->database, "immutable=") == NULL)
		suffix = strchr(spec->database, '?') != NULL && spec->uri ?
			"&immutable=1" : "?immutable=1";

	name = malloc(strlen(spec->database) * 3 + 32);
	if (name == NULL)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_OUT_OF_MEMORY,
						SQLITE_NOMEM, "out of memory");
		return NULL;
	}
	if (spec->uri || suffix[0] == '\0')
	{
		strcpy(name, spec->database);
		strcat(name, suffix);
		return name;
	}

	/* a path becomes a URI */
	to = name + sprintf(name, "file:");
	for (const char *p = spec->database; *p != '\0'; p++)
	{
		if (*p == '%' || *p == '?' || *p == '#')
			to += sprintf(to, "%%%02X", (unsigned char) *p);
		else
			*to++ = *p;
	}
	strcpy(to, suffix);
	return name;
}

/* Refuse a URI with a parameter that we do not let through. */
static bool
check_uri(const char *uri, BindsError *error)
{
	static const char *const allowed[] = {
		"mode=ro", "mode=rw", "mode=rwc", "cache=private", "immutable=0",
		"immutable=1", "uri=true", NULL
	};
	const char *p = strchr(uri, '?');

	if (strncmp(uri, "file:", 5) != 0 || strchr(uri, '#') != NULL)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_INVALID_PARAMETER_VALUE, SQLITE_CANTOPEN,
						"not a file: URI");
		return false;
	}
	while (p != NULL && *p != '\0')
	{
		size_t		length;
		bool		found = false;

		p++;
		length = strcspn(p, "&");
		for (int i = 0; allowed[i] != NULL; i++)
			found |= strlen(allowed[i]) == length &&
				strncmp(allowed[i], p, length) == 0;
		if (!found && length > 0)
		{
			binds_error_set(error, BINDS_ERROR_STATEMENT,
							ERRCODE_INVALID_PARAMETER_VALUE, SQLITE_CANTOPEN,
							"parameter \"%.*s\" of the file URI is not allowed",
							(int) Min(length, 60), p);
			return false;
		}
		p += length;
	}
	return true;
}

static const char *
setting(const BindsConnectSpec *spec, const char *name)
{
	for (int i = 0; i < spec->nsettings; i++)
	{
		if (strcmp(spec->settings[i].name, name) == 0)
			return spec->settings[i].value;
	}
	return NULL;
}

static bool
setting_true(const BindsConnectSpec *spec, const char *name)
{
	const char *value = setting(spec, name);

	return value != NULL && strcmp(value, "true") == 0;
}

/*
 * Make the connection safe against what the file holds: nothing of the schema may
 * call a function with effects, write to the schema itself, or load code.
 */
static bool
harden(BindsDriverConn *conn, BindsError *error)
{
	static const struct
	{
		int			option;
		int			value;
	}			config[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},
		{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
		{SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
		{SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},
		{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
		{SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
		{SQLITE_DBCONFIG_ENABLE_VIEW, 1}
	};
	int			rc;

	for (int i = 0; i < (int) lengthof(config); i++)
	{
		rc = sqlite3_db_config(conn->db, config[i].option, config[i].value,
							   (int *) NULL);
		if (rc != SQLITE_OK)
		{
			binds_sqlite_fill_error(conn, rc, error);
			return false;
		}
	}
	sqlite3_limit(conn->db, SQLITE_LIMIT_ATTACHED, 0);

	return binds_sqlite_prepare_schema(conn, error) &&
		binds_sqlite_create_functions(conn, error) &&
		binds_sqlite_limit_functions(conn, error);
}

/*
 * PRAGMA foreign_keys does nothing within a transaction, the option that it sets works at
 * any time.  With it, and without legacy_alter_table, foreign keys, triggers and views of
 * others would follow a table to its other name.  A trigger that is made again is taken as
 * it stood there, texts in double quotes included.
 */
bool
binds_sqlite_keep_references(BindsDriverConn *conn, bool keep, BindsError *error)
{
	static const int options[] = {
		SQLITE_DBCONFIG_ENABLE_FKEY, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE,
		SQLITE_DBCONFIG_DQS_DDL
	};

	for (int i = 0; i < (int) lengthof(options); i++)
	{
		bool		on = (options[i] == SQLITE_DBCONFIG_ENABLE_FKEY) == keep;
		int			rc = sqlite3_db_config(conn->db, options[i], (int) on, (int *) NULL);

		if (rc != SQLITE_OK)
		{
			binds_sqlite_fill_error(conn, rc, error);
			return false;
		}
	}
	return true;
}

/*
 * Read the file's head, so that what is no database is found out now, and note
 * which file it is.
 */
static bool
look_at_file(BindsDriverConn *conn, const BindsConnectSpec *spec,
			 BindsError *error)
{
	const char *timeout = setting(spec, "timeout");
	const char *path = sqlite3_db_filename(conn->db, "main");
	int			version = sqlite3_libversion_number();
	int			moved = 0;
	struct stat st;

	if (path == NULL || path[0] == '\0')
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_UNDEFINED_FILE,
						SQLITE_CANTOPEN, "a database in memory is not supported");
		return false;
	}
	conn->path = strdup(path);
	if (conn->path == NULL || stat(path, &st) != 0)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_UNDEFINED_FILE,
						SQLITE_CANTOPEN, "unable to open database file");
		return false;
	}
	if (sqlite3_file_control(conn->db, "main", SQLITE_FCNTL_HAS_MOVED,
							 &moved) == SQLITE_OK && moved)
	{
		/* what we have seen at the path is not what is open */
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST,
						ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, 0,
						"the file was replaced while it was being opened");
		return false;
	}
	conn->info.version = version / 1000000 * 100000 +
		version / 1000 % 1000 * 100 + version % 1000;
	strlcpy(conn->info.version_text, sqlite3_libversion(),
			sizeof(conn->info.version_text));
	conn->info.device = st.st_dev;
	conn->info.inode = st.st_ino;
	conn->info.not_writable = !spec->read_only &&
		sqlite3_db_readonly(conn->db, "main") == 1;
	conn->fresh = st.st_size == 0;
	if (timeout != NULL)
		conn->lock_timeout = (int) (strtod(timeout, NULL) * 1000);

	conn->exclusive = spec->exclusive;
	if (conn->exclusive && !keep_lock(conn, spec, error))
		return false;

	/*
	 * EXTRA is FULL in WAL mode; else it syncs the directory as well.  The
	 * cache has SQLite's 2 MB, whatever the file says (default_cache_size).
	 */
	if (!binds_sqlite_run_own(conn, "PRAGMA synchronous=EXTRA; PRAGMA cell_size_check=ON;"
							  " PRAGMA cache_size=-2000", error))
		return false;
	return check_encoding(conn, error);
}

/*
 * Keep the lock from the first access on: SQLite then has the index of the write-ahead
 * log in memory of its own, and no other process can take it away.
 */
static bool
keep_lock(BindsDriverConn *conn, const BindsConnectSpec *spec, BindsError *error)
{
	if (spec->read_only || conn->info.not_writable)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, 0,
						"a file that is only read cannot be locked for others");
		error->hint = "Set the option exclusive of the bind to false.";
		return false;
	}
	return binds_sqlite_run_own(conn, "PRAGMA locking_mode=EXCLUSIVE", error);
}

/*
 * Refuse a file in UTF-16: its texts compare by other bytes than UTF-8, which is
 * another order, and what is no character would be replaced silently.
 */
static bool
check_encoding(BindsDriverConn *conn, BindsError *error)
{
	sqlite3_stmt *stmt;
	int			rc;
	bool		utf8 = false;

	rc = sqlite3_prepare_v2(conn->db, "PRAGMA encoding", -1, &stmt, NULL);
	if (rc == SQLITE_OK)
	{
		rc = sqlite3_step(stmt);
		if (rc == SQLITE_ROW)
		{
			rc = SQLITE_OK;
			utf8 = strcmp((const char *) sqlite3_column_text(stmt, 0),
						  "UTF-8") == 0;
		}
		if (rc != SQLITE_OK)
			binds_sqlite_fill_error(conn, rc, error);
		sqlite3_finalize(stmt);
	}
	else
		binds_sqlite_fill_error(conn, rc, error);
	if (rc == SQLITE_OK && !utf8)
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_FEATURE_NOT_SUPPORTED, 0,
						"the database's encoding is not UTF-8");
	return rc == SQLITE_OK && utf8;
}

/*
 * Close.  With "abandon" the write-ahead log is left as it is, else the last
 * connection of a file copies it back, which takes time in proportion to its size.
 */
void
binds_sqlite_disconnect(BindsDriverConn *conn, bool abandon)
{
	while (conn->statements != NULL)
	{
		BindsDriverStmt *stmt = conn->statements;

		conn->statements = stmt->next;
		sqlite3_finalize(stmt->stmt);
		free(stmt->params);
		free(stmt);
	}
	if (abandon)
		sqlite3_db_config(conn->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
						  (int *) NULL);
	sqlite3_busy_handler(conn->db, NULL, NULL);
	sqlite3_progress_handler(conn->db, 0, NULL, NULL);
	sqlite3_close_v2(conn->db);
	free(conn->path);
	free(conn->target);
	free(conn);
}

bool
binds_sqlite_ping(BindsDriverConn *conn, BindsError *error)
{
	return binds_sqlite_run_own(conn, "PRAGMA schema_version", error);
}

/*
 * Is the path still the file that we have open?
 */
bool
binds_sqlite_alive(BindsDriverConn *conn)
{
	struct stat st;

	return stat(conn->path, &st) == 0 &&
		(uint64) st.st_dev == conn->info.device &&
		(uint64) st.st_ino == conn->info.inode;
}

/*
 * Limit the length of values and rows to what can be there: no value of a file is longer
 * than the file and its log, so that only functions meet the limit.
 */
void
binds_sqlite_limit_length(BindsDriverConn *conn)
{
	struct stat st;
	char		log[MAXPGPATH];

	conn->longest = 0;
	if (stat(conn->path, &st) == 0)
		conn->longest = st.st_size;
	if (snprintf(log, sizeof(log), "%s-wal", conn->path) < (int) sizeof(log) &&
		stat(log, &st) == 0)
		conn->longest = Max(conn->longest, (uint64) st.st_size);
	binds_sqlite_add_length(conn, MAX_LENGTH);
}

/*
 * What is there may become longer by this many bytes.
 */
void
binds_sqlite_add_length(BindsDriverConn *conn, uint64 length)
{
	conn->longest += length;
	sqlite3_limit(conn->db, SQLITE_LIMIT_LENGTH, (int) Min(conn->longest, INT_MAX));
}

const BindsEngineInfo *
binds_sqlite_info(BindsDriverConn *conn)
{
	return &conn->info;
}

const char *
binds_sqlite_collation(BindsDriverConn *conn, const char *table, const char *column)
{
	const char *collation = NULL;

	if (sqlite3_table_column_metadata(conn->db, "main", table, column, NULL,
									  &collation, NULL, NULL, NULL) != SQLITE_OK)
		return NULL;
	return collation;
}

size_t
binds_sqlite_declared_types(BindsDriverConn *conn, const char *sql, char *types,
							size_t size, int *ncolumns, BindsError *error)
{
	sqlite3_stmt *stmt = NULL;
	size_t		length = 0;
	int64		used = 0;
	int			rc;

	conn->gave_way = false;
	binds_sqlite_work(conn, &used, 0);
	rc = sqlite3_prepare_v2(conn->db, sql, -1, &stmt, NULL);
	binds_sqlite_rest();

	*ncolumns = -1;
	if (rc == SQLITE_OK && stmt != NULL)
		*ncolumns = sqlite3_column_count(stmt);
	else if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_ERROR &&
			 (rc & 0xff) != SQLITE_AUTH && (rc & 0xff) != SQLITE_TOOBIG &&
			 ((rc & 0xff) != SQLITE_NOMEM || conn->gave_way))
		binds_sqlite_fill_error(conn, rc, error);
	for (int i = 0; i < *ncolumns; i++)
		length += strlen(declared_type(stmt, i)) + 1;
	for (int i = 0; i < *ncolumns && length <= size; i++)
	{
		strcpy(types, declared_type(stmt, i));
		types += strlen(types) + 1;
	}
	sqlite3_finalize(stmt);
	return length;
}

static const char *
declared_type(sqlite3_stmt *stmt, int column)
{
	const char *type = sqlite3_column_decltype(stmt, column);

	return type != NULL ? type : "";
}

/* ------------------------------------------------------------------------
 * Handlers that SQLite calls
 * ------------------------------------------------------------------------ */

/*
 * Wait for another connection's lock: up to lock_timeout, or the connection's own
 * limit when that is 0.  Returns 0 to give up.
 */
static int
handle_busy(void *arg, int count)
{
	BindsDriverConn *conn = arg;
	int			limit = LockTimeout > 0 ? LockTimeout : conn->lock_timeout;
	instr_time	now;
	double		left;

	if (count == 0)
		INSTR_TIME_SET_CURRENT(conn->wait_start);
	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, conn->wait_start);
	left = limit - INSTR_TIME_GET_MILLISEC(now);

	if (binds_wait_interrupted())
		conn->gave_way = true;
	if (conn->gave_way || left <= 0)
		return 0;
	if (!binds_wait_sleep(Min(Min(1 + 2 * count, MAX_LOCK_SLEEP),
							  (long) left + 1), &waiting))
	{
		conn->gave_way = true;
		return 0;
	}
	return 1;
}

/* Stop a statement when PostgreSQL wants to be heard. */
static int
handle_progress(void *arg)
{
	BindsDriverConn *conn = arg;

	if (!conn->works_long)
	{
		conn->works_long = true;
		INSTR_TIME_SET_CURRENT(conn->long_since);
	}
	if (!binds_wait_interrupted())
		return 0;
	conn->gave_way = true;
	return 1;
}

/*
 * Deny what a statement, a view or a trigger must not do: end or begin a
 * transaction, reach another file, change how the connection works, run code.
 */
static int
authorize(void *arg, int action, const char *a, const char *b,
		  const char *database, const char *trigger)
{
	BindsDriverConn *conn = arg;

	conn->denied_pragma = false;
	switch (action)
	{
		case SQLITE_ATTACH:
		case SQLITE_DETACH:
			return SQLITE_DENY;
		case SQLITE_CREATE_TEMP_TABLE:
		case SQLITE_CREATE_TEMP_VIEW:
		case SQLITE_CREATE_TEMP_TRIGGER:
		case SQLITE_CREATE_TEMP_INDEX:
			/* would hide the file's table of that name from all later queries */
			return SQLITE_DENY;
		case SQLITE_CREATE_VTABLE:
			return database != NULL && strcmp(database, "temp") == 0 ?
				SQLITE_DENY : SQLITE_OK;
		case SQLITE_TRANSACTION:
		case SQLITE_SAVEPOINT:
			return conn->own ? SQLITE_OK : SQLITE_DENY;
		case SQLITE_PRAGMA:
			return conn->own ? SQLITE_OK : authorize_pragma(conn, a, b);
		case SQLITE_READ:
			return trigger == NULL || a == NULL ||
				binds_sqlite_schema_reads(conn, a) ? SQLITE_OK : SQLITE_DENY;
		case SQLITE_FUNCTION:
			if (b != NULL && (pg_strcasecmp(b, "load_extension") == 0 ||
							  pg_strcasecmp(b, "fts3_tokenizer") == 0))
				return SQLITE_DENY;
			return SQLITE_OK;
		case SQLITE_INSERT:
		case SQLITE_UPDATE:
		case SQLITE_DELETE:
			if (trigger == NULL)
				binds_sqlite_note_target(conn, a);
			return SQLITE_OK;
		default:
			return SQLITE_OK;
	}
}

/*
 * What a PRAGMA does is noted for who prepares it.  One that sets something on the
 * connection is made to do nothing when it is prepared, and done when it is executed.
 * What a table-valued function runs while it is executed (pragma_optimize) must not
 * write: nobody knows of it.
 */
static int
authorize_pragma(BindsDriverConn *conn, const char *name, const char *value)
{
	const PragmaRule *rule = pragma_rules;

	while (rule->name != NULL && pg_strcasecmp(rule->name, name) != 0)
		rule++;
	if (rule->name == NULL || (rule->argument == PRAGMA_NO_ARGUMENT && value != NULL))
	{
		conn->denied_pragma = true;
		return SQLITE_DENY;
	}
	if (rule->argument != PRAGMA_WRITES &&
		(value == NULL || rule->argument == PRAGMA_SELECTS))
	{
		if (conn->pragma == BINDS_PRAGMA_NONE)
			conn->pragma = BINDS_PRAGMA_SHOWS;
	}
	else if (conn->pragma == BINDS_PRAGMA_DENIED)
		return SQLITE_DENY;
	else if (rule->argument != PRAGMA_SETS_CONNECTION)
		conn->pragma = BINDS_PRAGMA_WRITES;
	else if (conn->pragma != BINDS_PRAGMA_LATE)
	{
		conn->pragma = BINDS_PRAGMA_LATE;
		return SQLITE_IGNORE;
	}
	return SQLITE_OK;
}
