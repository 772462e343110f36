/*
 * sqlite_driver.c
 *	  The driver over libsqlite3.
 *
 * The only file that includes sqlite3.h.  A file is hostile input: what its schema
 * or a statement given to execute may do is limited by the authorizer and the
 * database configuration set in "harden".  Connections are NOMUTEX: a backend has
 * one thread.  Waits for locks and long statements give way to interrupts by the
 * busy and the progress handler.
 *
 * An error may end SQLite's transaction without a word, and the next statement would
 * then commit by itself.  So the driver remembers that it has begun, and compares
 * with sqlite3_get_autocommit before every statement and after every error.
 *
 * Memory: connections and statements are malloc'ed; nothing here is palloc'ed.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "portability/instr_time.h"
#include "storage/proc.h"

#include "dialect/driver.h"
#include "dialect/sqlite/sqlite.h"

/* virtual machine steps between two looks at PostgreSQL's interrupts */
#define PROGRESS_STEPS 5000

/* lock wait in ms when nobody gave one */
#define DEFAULT_LOCK_TIMEOUT 5000

/* longest sleep between two tries for a lock, ms */
#define MAX_LOCK_SLEEP 50

struct BindsDriverConn
{
	sqlite3    *db;
	char	   *path;			/* of the file, as SQLite resolved it */
	char		journal_mode[12];	/* for a new file */
	bool		fresh;			/* the file was empty: journal_mode is to be set */
	int			lock_timeout;	/* ms */
	BindsEngineInfo info;
	bool		begun;			/* the branch believes a transaction is open */
	bool		own;			/* a statement of the driver itself: transaction
								 * statements and PRAGMAs are allowed */
	bool		shows_pragma;	/* the statement prepared last shows a setting */
	bool		gave_way;		/* a handler stopped SQLite for an interrupt */
	instr_time	wait_start;		/* of the lock wait going on */
	BindsDriverStmt *statements;
};

typedef enum StmtState
{
	STMT_IDLE,
	STMT_ROW_READY,				/* stepped to a row that was not fetched yet */
	STMT_RUNNING,				/* between rows */
	STMT_DONE,
	STMT_CUT_OFF				/* reset by a rollback underneath */
} StmtState;

struct BindsDriverStmt
{
	BindsDriverConn *conn;
	sqlite3_stmt *stmt;
	StmtState	state;
	bool		readonly;
	int			nplaces;
	int			nparams;
	int		   *params;			/* for each place: index of its value */
	BindsDriverStmt *prev,
			   *next;
};

/* what an error code means; extended codes first, a primary one stands for all */
typedef struct CodeRule
{
	int			code;
	int			sqlstate;
} CodeRule;

static const CodeRule code_rules[] = {
	{SQLITE_CONSTRAINT_UNIQUE, ERRCODE_UNIQUE_VIOLATION},
	{SQLITE_CONSTRAINT_PRIMARYKEY, ERRCODE_UNIQUE_VIOLATION},
	{SQLITE_CONSTRAINT_ROWID, ERRCODE_UNIQUE_VIOLATION},
	{SQLITE_CONSTRAINT_FOREIGNKEY, ERRCODE_FOREIGN_KEY_VIOLATION},
	{SQLITE_CONSTRAINT_NOTNULL, ERRCODE_NOT_NULL_VIOLATION},
	{SQLITE_CONSTRAINT_CHECK, ERRCODE_CHECK_VIOLATION},
	{SQLITE_CONSTRAINT_TRIGGER, ERRCODE_TRIGGERED_ACTION_EXCEPTION},
#ifdef SQLITE_CONSTRAINT_DATATYPE
	{SQLITE_CONSTRAINT_DATATYPE, ERRCODE_DATATYPE_MISMATCH},
#endif
	{SQLITE_BUSY_SNAPSHOT, ERRCODE_T_R_SERIALIZATION_FAILURE},
	{SQLITE_ABORT_ROLLBACK, ERRCODE_T_R_SERIALIZATION_FAILURE},
	{SQLITE_READONLY_DBMOVED, ERRCODE_CONNECTION_FAILURE},
	{SQLITE_IOERR_NOMEM, ERRCODE_OUT_OF_MEMORY},
	{SQLITE_CONSTRAINT, ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION},
	{SQLITE_BUSY, ERRCODE_LOCK_NOT_AVAILABLE},
	{SQLITE_PROTOCOL, ERRCODE_LOCK_NOT_AVAILABLE},
	{SQLITE_LOCKED, ERRCODE_OBJECT_IN_USE},
	{SQLITE_READONLY, ERRCODE_READ_ONLY_SQL_TRANSACTION},
	{SQLITE_NOMEM, ERRCODE_OUT_OF_MEMORY},
	{SQLITE_FULL, ERRCODE_DISK_FULL},
	{SQLITE_CORRUPT, ERRCODE_DATA_CORRUPTED},
	{SQLITE_NOTADB, ERRCODE_DATA_CORRUPTED},
	{SQLITE_FORMAT, ERRCODE_DATA_CORRUPTED},
	{SQLITE_IOERR, ERRCODE_IO_ERROR},
	{SQLITE_NOLFS, ERRCODE_IO_ERROR},
	{SQLITE_CANTOPEN, ERRCODE_UNDEFINED_FILE},
	{SQLITE_PERM, ERRCODE_INSUFFICIENT_PRIVILEGE},
	{SQLITE_AUTH, ERRCODE_INSUFFICIENT_PRIVILEGE},
	{SQLITE_TOOBIG, ERRCODE_STRING_DATA_RIGHT_TRUNCATION},
	{SQLITE_MISMATCH, ERRCODE_DATATYPE_MISMATCH},
	{SQLITE_SCHEMA, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},
	{SQLITE_INTERRUPT, ERRCODE_QUERY_CANCELED},
	{SQLITE_RANGE, ERRCODE_PROTOCOL_VIOLATION},
	{SQLITE_MISUSE, ERRCODE_INTERNAL_ERROR},
	{SQLITE_INTERNAL, ERRCODE_INTERNAL_ERROR},
	{0, 0}
};

/* what a plain SQLITE_ERROR means, told by a part of its message */
typedef struct MessageRule
{
	const char *part;
	int			sqlstate;
} MessageRule;

static const MessageRule message_rules[] = {
	{"no such table", ERRCODE_UNDEFINED_TABLE},
	{"no such view", ERRCODE_UNDEFINED_TABLE},
	{"no such column", ERRCODE_UNDEFINED_COLUMN},
	{"has no column named", ERRCODE_UNDEFINED_COLUMN},
	{"unknown column", ERRCODE_UNDEFINED_COLUMN},
	{"no such function", ERRCODE_UNDEFINED_FUNCTION},
	{"wrong number of arguments", ERRCODE_UNDEFINED_FUNCTION},
	{"no such index", ERRCODE_UNDEFINED_OBJECT},
	{"no such trigger", ERRCODE_UNDEFINED_OBJECT},
	{"no such collation", ERRCODE_UNDEFINED_OBJECT},
	{"no such module", ERRCODE_UNDEFINED_OBJECT},
	{"no such savepoint", ERRCODE_S_E_INVALID_SPECIFICATION},
	{"already exists", ERRCODE_DUPLICATE_TABLE},
	{"there is already", ERRCODE_DUPLICATE_TABLE},
	{"already another table", ERRCODE_DUPLICATE_TABLE},
	{"duplicate column name", ERRCODE_DUPLICATE_COLUMN},
	{"ambiguous column name", ERRCODE_AMBIGUOUS_COLUMN},
	{"foreign key mismatch", ERRCODE_INVALID_FOREIGN_KEY},
	{"integer overflow", ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE},
	{"malformed JSON", ERRCODE_INVALID_JSON_TEXT},
	{"because it is a view", ERRCODE_WRONG_OBJECT_TYPE},
	{"use DROP", ERRCODE_WRONG_OBJECT_TYPE},
	{"generated column", ERRCODE_GENERATED_ALWAYS},
	{"may not be modified", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{"may not be dropped", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{"unsafe use of", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{"not authorized", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{"prohibited", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{"within a transaction", ERRCODE_ACTIVE_SQL_TRANSACTION},
	{"parser stack overflow", ERRCODE_STATEMENT_TOO_COMPLEX},
	{"too many", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{"values were supplied", ERRCODE_SYNTAX_ERROR},
	{" values for ", ERRCODE_SYNTAX_ERROR},
	{"syntax error", ERRCODE_SYNTAX_ERROR},
	{"unrecognized token", ERRCODE_SYNTAX_ERROR},
	{"incomplete input", ERRCODE_SYNTAX_ERROR},
	{NULL, 0}
};

/* PRAGMAs that a statement of a user may run; "value": also with an argument */
typedef struct PragmaRule
{
	const char *name;
	bool		value;
} PragmaRule;

static const PragmaRule pragma_rules[] = {
	{"application_id", true},
	{"auto_vacuum", false},
	{"collation_list", false},
	{"compile_options", false},
	{"data_version", false},
	{"database_list", false},
	{"defer_foreign_keys", true},
	{"encoding", false},
	{"foreign_key_check", true},
	{"foreign_key_list", true},
	{"foreign_keys", false},
	{"freelist_count", false},
	{"function_list", false},
	{"index_info", true},
	{"index_list", true},
	{"index_xinfo", true},
	{"integrity_check", true},
	{"journal_mode", false},
	{"max_page_count", true},
	{"module_list", false},
	{"optimize", true},
	{"page_count", false},
	{"page_size", false},
	{"pragma_list", false},
	{"quick_check", true},
	{"schema_version", false},
	{"synchronous", false},
	{"table_info", true},
	{"table_list", true},
	{"table_xinfo", true},
	{"user_version", true},
	{NULL, false}
};

static bool open_file(BindsDriverConn *conn, const BindsConnectSpec *spec,
					  BindsError *error);
static char *file_name(const BindsConnectSpec *spec, BindsError *error);
static bool check_uri(const char *uri, BindsError *error);
static const char *setting(const BindsConnectSpec *spec, const char *name);
static bool setting_true(const BindsConnectSpec *spec, const char *name);
static bool harden(BindsDriverConn *conn, BindsError *error);
static bool look_at_file(BindsDriverConn *conn, const BindsConnectSpec *spec,
						 BindsError *error);
static bool check_encoding(BindsDriverConn *conn, BindsError *error);
static void set_journal_mode(BindsDriverConn *conn);
static int	handle_busy(void *arg, int count);
static int	handle_progress(void *arg);
static int	authorize(void *arg, int action, const char *a, const char *b,
					  const char *database, const char *trigger);
static bool allow_pragma(const char *name, const char *value);
static bool create_functions(BindsDriverConn *conn, BindsError *error);
static void function_time(sqlite3_context *context, int argc,
						  sqlite3_value **argv);
static void function_day(sqlite3_context *context, int argc,
						 sqlite3_value **argv);
static void function_decimal(sqlite3_context *context, int argc,
							 sqlite3_value **argv);
static void function_real(sqlite3_context *context, int argc,
						  sqlite3_value **argv);
static void function_double(sqlite3_context *context, int argc,
							sqlite3_value **argv);
static void function_uuid(sqlite3_context *context, int argc,
						  sqlite3_value **argv);
static bool lite_reset(BindsDriverStmt *stmt);
static bool run_own(BindsDriverConn *conn, const char *sql, BindsError *error);
static bool run_text(BindsDriverConn *conn, const char *sql, BindsError *error);
static bool check_file(BindsDriverConn *conn, BindsError *error);
static bool check_open(BindsDriverConn *conn, bool writes, BindsError *error);
static bool execute_row(BindsDriverStmt *stmt, const BindsValue *values,
						BindsOutcome *outcome, BindsError *error);
static bool bind_values(BindsDriverStmt *stmt, const BindsValue *values,
						BindsError *error);
static int	bind_value(sqlite3_stmt *stmt, int place, const BindsValue *value);
static int64 changes_since(BindsDriverConn *conn, sqlite3_int64 total);
static inline bool get_value(sqlite3_stmt *stmt, int column,
							 BindsValue *result);
static void fill_error(BindsDriverConn *conn, int rc, BindsError *error);
static int	sqlstate_of(BindsDriverConn *conn, int rc, const char *message);
static int	sqlstate_of_file(BindsDriverConn *conn);

/* ------------------------------------------------------------------------
 * Connections
 * ------------------------------------------------------------------------ */

/*
 * Open a file.  It is made only if spec->create says so; a missing one is 58P01.
 */
static BindsDriverConn *
lite_connect(const BindsConnectSpec *spec, BindsError *error)
{
	BindsDriverConn *conn = calloc(1, sizeof(BindsDriverConn));

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
		flags |= SQLITE_OPEN_CREATE;
	if (strncmp(name, "file:", 5) == 0)
		flags |= SQLITE_OPEN_URI;

	rc = sqlite3_open_v2(name, &conn->db, flags, NULL);
	free(name);
	if (rc != SQLITE_OK)
	{
		if (conn->db != NULL)
			fill_error(conn, rc, error);
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

	return value != NULL &&
		(pg_strcasecmp(value, "true") == 0 || pg_strcasecmp(value, "on") == 0 ||
		 pg_strcasecmp(value, "yes") == 0 || strcmp(value, "1") == 0);
}

/*
 * Make the connection safe against what the file holds: nothing of the schema may
 * call a function with effects, write to the schema itself, or load code.  A name
 * in double quotes that is no column is an error and not a text.
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
		{SQLITE_DBCONFIG_DQS_DML, 0},
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
			fill_error(conn, rc, error);
			return false;
		}
	}
	sqlite3_limit(conn->db, SQLITE_LIMIT_ATTACHED, 0);

	return create_functions(conn, error);
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
	conn->info.version = version / 1000000 * 100000 +
		version / 1000 % 1000 * 100 + version % 1000;
	conn->info.device = st.st_dev;
	conn->info.inode = st.st_ino;
	conn->fresh = st.st_size == 0;
	if (timeout != NULL)
		conn->lock_timeout = (int) (strtod(timeout, NULL) * 1000);

	/* EXTRA is FULL in WAL mode; else it syncs the directory as well */
	if (!run_own(conn, "PRAGMA synchronous=EXTRA; PRAGMA cell_size_check=ON",
				 error))
		return false;
	return check_encoding(conn, error);
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
			fill_error(conn, rc, error);
		sqlite3_finalize(stmt);
	}
	else
		fill_error(conn, rc, error);
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
static void
lite_disconnect(BindsDriverConn *conn, bool abandon)
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
	free(conn);
}

static bool
lite_ping(BindsDriverConn *conn, BindsError *error)
{
	return run_own(conn, "PRAGMA schema_version", error);
}

/*
 * Is the path still the file that we have open?
 */
static bool
lite_alive(BindsDriverConn *conn)
{
	struct stat st;

	return stat(conn->path, &st) == 0 &&
		(uint64) st.st_dev == conn->info.device &&
		(uint64) st.st_ino == conn->info.inode;
}

static const BindsEngineInfo *
lite_info(BindsDriverConn *conn)
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
							  (long) left + 1)))
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
			conn->shows_pragma = b == NULL;
			return conn->own || allow_pragma(a, b) ? SQLITE_OK : SQLITE_DENY;
		case SQLITE_FUNCTION:
			if (b != NULL && (pg_strcasecmp(b, "load_extension") == 0 ||
							  pg_strcasecmp(b, "fts3_tokenizer") == 0))
				return SQLITE_DENY;
			return SQLITE_OK;
		default:
			return SQLITE_OK;
	}
}

static bool
allow_pragma(const char *name, const char *value)
{
	for (const PragmaRule *rule = pragma_rules; rule->name != NULL; rule++)
	{
		if (pg_strcasecmp(rule->name, name) == 0)
			return value == NULL || rule->value;
	}
	return false;
}

/*
 * The SQL functions that normalize values before they are compared.  Deterministic,
 * and not for the schema's own use: another program must be able to read the file.
 */
static bool
create_functions(BindsDriverConn *conn, BindsError *error)
{
	static const struct
	{
		const char *name;
		int			nargs;
		void		(*function) (sqlite3_context *, int, sqlite3_value **);
	}			functions[] = {
		{"binds_time", 1, function_time},
		{"binds_day", 2, function_day},
		{"binds_decimal", 1, function_decimal},
		{"binds_real", 1, function_real},
		{"binds_double", 1, function_double},
		{"binds_uuid", 2, function_uuid}
	};

	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		int			rc;

		rc = sqlite3_create_function_v2(conn->db, functions[i].name,
										functions[i].nargs,
										SQLITE_UTF8 | SQLITE_DETERMINISTIC |
										SQLITE_DIRECTONLY, NULL,
										functions[i].function, NULL, NULL, NULL);
		if (rc != SQLITE_OK)
		{
			fill_error(conn, rc, error);
			return false;
		}
	}
	return true;
}

/*
 * Does SQLite read this text as this very number?  It rounds well, but not always to
 * the nearest double, so it is asked, on a connection without a database.
 */
bool
binds_sqlite_reads_real(const char *text, double value)
{
	static sqlite3 *db = NULL;
	static sqlite3_stmt *stmt = NULL;
	double		result = 0;

	if (stmt == NULL)
	{
		if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE |
							SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
			sqlite3_prepare_v2(db, "SELECT CAST(? AS REAL)", -1, &stmt,
							   NULL) != SQLITE_OK)
		{
			sqlite3_close(db);
			db = NULL;
			stmt = NULL;
			return false;
		}
	}
	if (sqlite3_bind_text(stmt, 1, text, -1, SQLITE_STATIC) == SQLITE_OK &&
		sqlite3_step(stmt) == SQLITE_ROW)
		result = sqlite3_column_double(stmt, 0);
	sqlite3_reset(stmt);
	return memcmp(&result, &value, sizeof(double)) == 0;
}

/* Return the text, or the value as it was if it is none that we know. */
static void
return_normal(sqlite3_context *context, sqlite3_value *value, const char *normal,
			  int length)
{
	if (length < 0)
		sqlite3_result_value(context, value);
	else
		sqlite3_result_text(context, normal, length, SQLITE_TRANSIENT);
}

/* binds_time(text): a time or timestamp with six digits of a second, in UTC. */
static void
function_time(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	char		buf[BINDS_SQLITE_NORMAL_MAX];
	const char *text = sqlite3_value_type(argv[0]) == SQLITE_TEXT ?
		(const char *) sqlite3_value_text(argv[0]) : NULL;

	return_normal(context, argv[0], buf, text == NULL ? -1 :
				  binds_sqlite_normal_time(text, sqlite3_value_bytes(argv[0]),
										   buf));
}

/* binds_day(text, n): the day of a timestamp, n days later. */
static void
function_day(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	char		buf[BINDS_SQLITE_NORMAL_MAX];
	const char *text = sqlite3_value_type(argv[0]) == SQLITE_TEXT ?
		(const char *) sqlite3_value_text(argv[0]) : NULL;

	return_normal(context, argv[0], buf, text == NULL ? -1 :
				  binds_sqlite_normal_day(text, sqlite3_value_bytes(argv[0]),
										  sqlite3_value_int(argv[1]), buf));
}

/* binds_decimal(text): a decimal number as its digits and an exponent. */
static void
function_decimal(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const char *text = sqlite3_value_type(argv[0]) == SQLITE_TEXT ?
		(const char *) sqlite3_value_text(argv[0]) : NULL;
	int			length = text != NULL ? sqlite3_value_bytes(argv[0]) : 0;
	char	   *buf = text != NULL ? sqlite3_malloc(length + 16) : NULL;

	if (text != NULL && buf == NULL)
		sqlite3_result_error_nomem(context);
	else
		return_normal(context, argv[0], buf, text == NULL ? -1 :
					  binds_sqlite_normal_decimal(text, length, buf));
	sqlite3_free(buf);
}

/* binds_real(number): as PostgreSQL's type real reads it. */
static void
function_real(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int			type = sqlite3_value_type(argv[0]);

	if (type == SQLITE_FLOAT || type == SQLITE_INTEGER)
		sqlite3_result_double(context,
							  (double) (float) sqlite3_value_double(argv[0]));
	else
		sqlite3_result_value(context, argv[0]);
}

/* binds_double(text): the nearest double, which SQLite itself does not promise. */
static void
function_double(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const char *text = (const char *) sqlite3_value_text(argv[0]);

	if (text == NULL)
		sqlite3_result_null(context);
	else
		sqlite3_result_double(context, strtod(text, NULL));
}

/*
 * binds_uuid(value, form): a uuid as a text of 36 or 32 characters or as 16 bytes.
 */
static void
function_uuid(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int			type = sqlite3_value_type(argv[0]);
	int			form = sqlite3_value_int(argv[1]);
	char		buf[BINDS_SQLITE_NORMAL_MAX];
	const char *data = NULL;

	if (type == SQLITE_TEXT || type == SQLITE_BLOB)
		data = sqlite3_value_blob(argv[0]);
	if (data == NULL ||
		!binds_sqlite_normal_uuid(data, sqlite3_value_bytes(argv[0]), form, buf))
		sqlite3_result_value(context, argv[0]);
	else if (form == 16)
		sqlite3_result_blob(context, buf, form, SQLITE_TRANSIENT);
	else
		sqlite3_result_text(context, buf, form, SQLITE_TRANSIENT);
}

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

/*
 * Prepare one statement; text after it is an error.
 */
static BindsDriverStmt *
lite_prepare(BindsDriverConn *conn, const BindsQuery *query, BindsError *error)
{
	BindsDriverStmt *stmt = calloc(1, sizeof(BindsDriverStmt));
	const char *tail = NULL;
	sqlite3_stmt *second = NULL;
	int			rc;

	if (stmt != NULL)
		stmt->params = malloc(sizeof(int) * (query->nplaces + 1));
	if (stmt == NULL || stmt->params == NULL)
	{
		free(stmt);
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_OUT_OF_MEMORY,
						SQLITE_NOMEM, "out of memory");
		return NULL;
	}

	conn->gave_way = false;
	conn->shows_pragma = false;
	rc = sqlite3_prepare_v3(conn->db, query->sql, -1, SQLITE_PREPARE_PERSISTENT,
							&stmt->stmt, &tail);
	if (rc != SQLITE_OK)
		fill_error(conn, rc, error);
	else if (stmt->stmt == NULL)
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_SYNTAX_ERROR, 0,
						"the statement is empty");
	else if (sqlite3_prepare_v2(conn->db, tail, -1, &second, NULL) != SQLITE_OK ||
			 second != NULL)
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_SYNTAX_ERROR, 0,
						"only one statement can be executed at a time");
	else if (sqlite3_bind_parameter_count(stmt->stmt) != query->nplaces)
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_UNDEFINED_PARAMETER, 0,
						"the statement has %d parameters, not %d",
						sqlite3_bind_parameter_count(stmt->stmt),
						query->nplaces);
	else
	{
		stmt->conn = conn;
		/* to SQLite, asking for the journal mode might change it */
		stmt->readonly = sqlite3_stmt_readonly(stmt->stmt) ||
			(conn->shows_pragma &&
			 pg_strncasecmp(query->sql + strspn(query->sql, " \t\r\n"),
							"PRAGMA", 6) == 0);
		stmt->nplaces = query->nplaces;
		stmt->nparams = query->nparams;
		memcpy(stmt->params, query->params, sizeof(int) * query->nplaces);
		stmt->next = conn->statements;
		if (stmt->next != NULL)
			stmt->next->prev = stmt;
		conn->statements = stmt;
		return stmt;
	}

	sqlite3_finalize(second);
	sqlite3_finalize(stmt->stmt);
	free(stmt->params);
	free(stmt);
	return NULL;
}

/*
 * Execute: bind, and step to the first row or the end.
 *
 * Of a statement with RETURNING, "affected" is 1 if a row comes and 0 if not: SQLite
 * counts when the last row was read.
 */
static bool
lite_execute(BindsDriverStmt *stmt, const BindsValue *values,
			 BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	sqlite3_int64 total = 0;
	int			rc;

	memset(outcome, 0, sizeof(*outcome));
	(void) lite_reset(stmt);
	if (!check_open(conn, !stmt->readonly, error) ||
		!bind_values(stmt, values, error))
		return false;

	if (!stmt->readonly)
	{
		total = sqlite3_total_changes64(conn->db);
		sqlite3_set_last_insert_rowid(conn->db, 0);
	}
	conn->gave_way = false;
	rc = sqlite3_step(stmt->stmt);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
	{
		fill_error(conn, rc, error);
		sqlite3_reset(stmt->stmt);
		return false;
	}

	outcome->ncolumns = sqlite3_column_count(stmt->stmt);
	if (!stmt->readonly)
	{
		outcome->affected = rc == SQLITE_ROW ? 1 : changes_since(conn, total);
		outcome->generated_key = sqlite3_last_insert_rowid(conn->db);
	}
	if (rc == SQLITE_ROW && outcome->ncolumns > 0)
		stmt->state = STMT_ROW_READY;
	else
	{
		sqlite3_reset(stmt->stmt);
		stmt->state = STMT_DONE;
	}
	return true;
}

/*
 * Execute once per row.  The interrupt is looked for between rows: stopping SQLite
 * inside of a write would throw the whole transaction away.
 */
static bool
lite_execute_batch(BindsDriverStmt *stmt, const BindsValue *values, int nrows,
				   BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;

	memset(outcome, 0, sizeof(*outcome));
	(void) lite_reset(stmt);
	if (!check_open(conn, !stmt->readonly, error))
		return false;
	sqlite3_set_last_insert_rowid(conn->db, 0);

	for (int i = 0; i < nrows; i++)
	{
		if (!execute_row(stmt, values + (size_t) i * stmt->nparams, outcome, error))
		{
			error->row = i;
			return false;
		}
	}
	outcome->generated_key = sqlite3_last_insert_rowid(conn->db);
	return true;
}

/* Execute for one row of a batch. */
static bool
execute_row(BindsDriverStmt *stmt, const BindsValue *values,
			BindsOutcome *outcome, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	sqlite3_int64 total = sqlite3_total_changes64(conn->db);
	int			rc;

	if (binds_wait_interrupted())
	{
		binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED,
						SQLITE_INTERRUPT, "interrupted");
		return false;
	}
	if (!bind_values(stmt, values, error))
		return false;
	conn->gave_way = false;
	while ((rc = sqlite3_step(stmt->stmt)) == SQLITE_ROW)
		 /* a row of RETURNING that nobody wants */ ;
	if (rc != SQLITE_DONE)
	{
		fill_error(conn, rc, error);
		sqlite3_reset(stmt->stmt);
		return false;
	}
	outcome->affected += changes_since(conn, total);
	sqlite3_reset(stmt->stmt);
	return true;
}

static BindsFetch
lite_fetch(BindsDriverStmt *stmt, BindsValue *row, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;
	int			rc = SQLITE_ROW;
	int			ncolumns;

	switch (stmt->state)
	{
		case STMT_ROW_READY:
			stmt->state = STMT_RUNNING;
			break;
		case STMT_RUNNING:
			conn->gave_way = false;
			rc = sqlite3_step(stmt->stmt);
			break;
		case STMT_DONE:
			return BINDS_FETCH_END;
		case STMT_IDLE:
		case STMT_CUT_OFF:
			binds_error_set(error, BINDS_ERROR_STATEMENT,
							ERRCODE_INVALID_CURSOR_STATE, 0,
							"the result was given up by a rollback");
			return BINDS_FETCH_ERROR;
	}
	if (rc == SQLITE_DONE)
	{
		/* ends SQLite's own read transaction if this was the last scan */
		sqlite3_reset(stmt->stmt);
		stmt->state = STMT_DONE;
		return BINDS_FETCH_END;
	}

	ncolumns = rc == SQLITE_ROW ? sqlite3_data_count(stmt->stmt) : 0;
	for (int i = 0; i < ncolumns; i++)
	{
		if (!get_value(stmt->stmt, i, &row[i]))
		{
			rc = SQLITE_NOMEM;
			break;
		}
	}
	if (rc != SQLITE_ROW)
	{
		fill_error(conn, rc, error);
		sqlite3_reset(stmt->stmt);
		stmt->state = STMT_CUT_OFF;
		return BINDS_FETCH_ERROR;
	}
	return BINDS_FETCH_ROW;
}

static const char *
lite_column_name(BindsDriverStmt *stmt, int column)
{
	return sqlite3_column_name(stmt->stmt, column);
}

static bool
lite_reset(BindsDriverStmt *stmt)
{
	if (stmt->state != STMT_IDLE && stmt->state != STMT_DONE)
		sqlite3_reset(stmt->stmt);
	stmt->state = STMT_IDLE;
	return true;
}

static void
lite_finalize(BindsDriverStmt *stmt)
{
	if (stmt->prev != NULL)
		stmt->prev->next = stmt->next;
	else
		stmt->conn->statements = stmt->next;
	if (stmt->next != NULL)
		stmt->next->prev = stmt->prev;
	sqlite3_finalize(stmt->stmt);
	free(stmt->params);
	free(stmt);
}

static bool
lite_run(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	return run_text(conn, sql, error);
}

/* Run statements of the driver itself, which the authorizer lets through. */
static bool
run_own(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	bool		result;

	conn->own = true;
	result = run_text(conn, sql, error);
	conn->own = false;
	return result;
}

/* Run every statement of a text; rows are thrown away. */
static bool
run_text(BindsDriverConn *conn, const char *sql, BindsError *error)
{
	while (*sql != '\0')
	{
		sqlite3_stmt *stmt = NULL;
		const char *tail;
		int			rc;

		conn->gave_way = false;
		rc = sqlite3_prepare_v2(conn->db, sql, -1, &stmt, &tail);
		if (rc != SQLITE_OK)
		{
			fill_error(conn, rc, error);
			return false;
		}
		sql = tail;
		if (stmt == NULL)
			continue;			/* blanks, a comment */
		if (!conn->own &&
			!check_open(conn, !sqlite3_stmt_readonly(stmt), error))
		{
			sqlite3_finalize(stmt);
			return false;
		}
		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
			 /* not wanted */ ;
		if (rc != SQLITE_DONE)
		{
			fill_error(conn, rc, error);
			sqlite3_finalize(stmt);
			return false;
		}
		sqlite3_finalize(stmt);
	}
	return true;
}

/*
 * Before a statement: is the transaction that the branch has begun still there, and
 * has one been begun if the statement writes?  Else it would commit by itself.
 */
static bool
check_open(BindsDriverConn *conn, bool writes, BindsError *error)
{
	if (conn->begun && sqlite3_get_autocommit(conn->db))
	{
		binds_error_set(error, BINDS_ERROR_BRANCH_LOST,
						ERRCODE_T_R_SERIALIZATION_FAILURE, 0,
						"the transaction has been rolled back by SQLite");
		return false;
	}
	if (writes && !conn->begun)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_NO_ACTIVE_SQL_TRANSACTION, 0,
						"a statement that writes needs a transaction");
		return false;
	}
	return true;
}

static bool
bind_values(BindsDriverStmt *stmt, const BindsValue *values, BindsError *error)
{
	for (int i = 0; i < stmt->nplaces; i++)
	{
		const BindsValue *value = &values[stmt->params[i]];
		int			rc;

		if (value->kind == BINDS_REAL && isnan(value->real))
		{
			/* SQLite would store NULL */
			binds_error_set(error, BINDS_ERROR_STATEMENT,
							ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, 0,
							"NaN cannot be stored");
			return false;
		}
		rc = bind_value(stmt->stmt, i + 1, value);
		if (rc != SQLITE_OK)
		{
			fill_error(stmt->conn, rc, error);
			return false;
		}
	}
	return true;
}

/* The data stays the caller's until the statement is reset. */
static int
bind_value(sqlite3_stmt *stmt, int place, const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			return sqlite3_bind_null(stmt, place);
		case BINDS_INTEGER:
			return sqlite3_bind_int64(stmt, place, value->integer);
		case BINDS_REAL:
			return sqlite3_bind_double(stmt, place, value->real);
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			/* a NULL pointer would be the value NULL */
			return sqlite3_bind_text64(stmt, place,
									   value->length > 0 ? value->data : "",
									   value->length, SQLITE_STATIC,
									   SQLITE_UTF8);
		case BINDS_BLOB:
			return sqlite3_bind_blob64(stmt, place,
									   value->length > 0 ? value->data : "",
									   value->length, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

/*
 * Rows that the last statement changed itself.  sqlite3_changes stays as it was
 * after a statement that is no INSERT, UPDATE or DELETE, the total does not grow.
 */
static int64
changes_since(BindsDriverConn *conn, sqlite3_int64 total)
{
	return sqlite3_total_changes64(conn->db) == total ? 0 :
		sqlite3_changes64(conn->db);
}

/*
 * Get a value by its own type; asking for a text first would convert a number for
 * good.  Returns false if memory ran out.
 *
 * The column is looked up once.  On a connection without a mutex its value may be
 * read like any other (sqlite3_value, "protected"), at half the price.
 */
static inline bool
get_value(sqlite3_stmt *stmt, int column, BindsValue *result)
{
	sqlite3_value *value = sqlite3_column_value(stmt, column);

	switch (sqlite3_value_type(value))
	{
		case SQLITE_INTEGER:
			result->kind = BINDS_INTEGER;
			result->integer = sqlite3_value_int64(value);
			break;
		case SQLITE_FLOAT:
			result->kind = BINDS_REAL;
			result->real = sqlite3_value_double(value);
			break;
		case SQLITE_TEXT:
			result->kind = BINDS_TEXT;
			result->data = (const char *) sqlite3_value_text(value);
			result->length = sqlite3_value_bytes(value);
			return result->data != NULL;
		case SQLITE_BLOB:
			result->kind = BINDS_BLOB;
			result->data = sqlite3_value_blob(value);
			result->length = sqlite3_value_bytes(value);
			if (result->data == NULL)
			{
				/* an empty one, or memory ran out */
				result->data = "";
				return result->length == 0;
			}
			break;
		default:
			result->kind = BINDS_NULL;
			break;
	}
	return true;
}

/* ------------------------------------------------------------------------
 * Transactions
 * ------------------------------------------------------------------------ */

/*
 * Begin.  A read-only snapshot is taken by the first read.  If a snapshot is open and
 * the branch now writes, its first write turns it into a writing transaction:
 * 40001 if another connection has written since.
 */
static bool
lite_begin(BindsDriverConn *conn, const BindsBegin *begin, BindsError *error)
{
	if (!sqlite3_get_autocommit(conn->db))
	{
		conn->begun = true;
		return true;
	}
	if (begin->kind == BINDS_BEGIN_WRITE)
	{
		if (!check_file(conn, error))
			return false;
		if (conn->fresh)
			set_journal_mode(conn);
	}
	conn->begun = run_own(conn, begin->kind == BINDS_BEGIN_WRITE ?
						  "BEGIN IMMEDIATE" : "BEGIN", error);
	return conn->begun;
}

/*
 * Is the file still at its path?  One that was replaced or deleted would take the
 * changes along to where nobody looks for them.
 */
static bool
check_file(BindsDriverConn *conn, BindsError *error)
{
	if (lite_alive(conn))
		return true;
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, ERRCODE_UNDEFINED_FILE,
					SQLITE_READONLY_DBMOVED,
					"the database file has been moved or replaced");
	error->branch_lost = conn->begun;
	return false;
}

/*
 * Give a file that is still empty the journal mode of new files.  If that fails,
 * because another connection does the same, the file keeps what it has.
 */
static void
set_journal_mode(BindsDriverConn *conn)
{
	struct stat st;
	char		sql[64];
	BindsError	ignored;

	if (stat(conn->path, &st) != 0 || st.st_size == 0)
	{
		snprintf(sql, sizeof(sql), "PRAGMA journal_mode=%s", conn->journal_mode);
		(void) run_own(conn, sql, &ignored);
	}
	conn->fresh = false;
}

/* Run a savepoint statement, but never where it would begin a transaction. */
static bool
run_savepoint(BindsDriverConn *conn, const char *verb, int level,
			  BindsError *error)
{
	char		sql[64];

	if (!check_open(conn, true, error))
		return false;
	snprintf(sql, sizeof(sql), "%s s%d", verb, level);
	return run_own(conn, sql, error);
}

static bool
lite_savepoint(BindsDriverConn *conn, int level, BindsError *error)
{
	return run_savepoint(conn, "SAVEPOINT", level, error);
}

static bool
lite_release(BindsDriverConn *conn, int level, BindsError *error)
{
	return run_savepoint(conn, "RELEASE", level, error);
}

static bool
lite_rollback_to(BindsDriverConn *conn, int level, BindsError *error)
{
	return run_savepoint(conn, "ROLLBACK TO", level, error);
}

/*
 * Find out what could make COMMIT fail: deferred foreign keys, locks of readers, a
 * full disk.  SQLite has no prepare; after this only a crash is left.
 */
static bool
lite_vote(BindsDriverConn *conn, BindsError *error)
{
	int			open_keys = 0;
	int			highest = 0;
	int			rc;

	if (!check_open(conn, false, error) || !check_file(conn, error))
		return false;
	sqlite3_db_status(conn->db, SQLITE_DBSTATUS_DEFERRED_FKS, &open_keys,
					  &highest, 0);
	if (open_keys > 0)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_FOREIGN_KEY_VIOLATION,
						SQLITE_CONSTRAINT_FOREIGNKEY,
						"FOREIGN KEY constraint failed");
		return false;
	}
	conn->gave_way = false;
	rc = sqlite3_db_cacheflush(conn->db);
	if (rc != SQLITE_OK)
		fill_error(conn, rc, error);
	return rc == SQLITE_OK;
}

static bool
lite_commit(BindsDriverConn *conn, bool voted, BindsError *error)
{
	if (!conn->begun)
		return true;
	if (!check_open(conn, false, error) ||
		(!voted && sqlite3_txn_state(conn->db, "main") == SQLITE_TXN_WRITE &&
		 !check_file(conn, error)) ||
		!run_own(conn, "COMMIT", error))
		return false;
	conn->begun = false;
	return true;
}

/*
 * Roll back.  What is still being read is cut off: its next fetch fails.
 */
static bool
lite_rollback(BindsDriverConn *conn, bool voted)
{
	BindsError	error;
	bool		result = true;

	for (BindsDriverStmt *stmt = conn->statements; stmt != NULL;
		 stmt = stmt->next)
	{
		if (stmt->state == STMT_ROW_READY || stmt->state == STMT_RUNNING)
		{
			sqlite3_reset(stmt->stmt);
			stmt->state = STMT_CUT_OFF;
		}
	}
	if (!sqlite3_get_autocommit(conn->db))
		result = run_own(conn, "ROLLBACK", &error) &&
			sqlite3_get_autocommit(conn->db);
	conn->begun = false;
	return result;
}

static bool
lite_in_transaction(BindsDriverConn *conn)
{
	return !sqlite3_get_autocommit(conn->db);
}

/* ------------------------------------------------------------------------
 * Errors
 * ------------------------------------------------------------------------ */

/*
 * Copy what SQLite says about its last error, and find out what became of the
 * transaction.
 */
static void
fill_error(BindsDriverConn *conn, int rc, BindsError *error)
{
	int			code = sqlite3_extended_errcode(conn->db);
	const char *message = sqlite3_errmsg(conn->db);
	bool		lost = conn->begun && sqlite3_get_autocommit(conn->db);
	char	   *advice;

	if ((code & 0xff) != (rc & 0xff))
	{
		code = rc;
		message = sqlite3_errstr(rc);
	}
	binds_error_set(error, BINDS_ERROR_STATEMENT,
					sqlstate_of(conn, code, message), code, "%s", message);

	/* advice for who writes SQLite's SQL by hand, since 3.47: our names are quoted */
	advice = strstr(error->message, " - should this be a string literal");
	if (advice != NULL)
		*advice = '\0';

	if (conn->gave_way && ((code & 0xff) == SQLITE_BUSY ||
						   (code & 0xff) == SQLITE_INTERRUPT))
	{
		error->kind = BINDS_ERROR_INTERRUPTED;
		error->sqlstate = ERRCODE_QUERY_CANCELED;
		error->branch_lost = lost;
	}
	else if (code == SQLITE_READONLY_DBMOVED)
	{
		error->kind = BINDS_ERROR_CONNECTION_LOST;
		error->branch_lost = conn->begun;
	}
	else if (lost)
		error->kind = BINDS_ERROR_BRANCH_LOST;
}

/* SQLSTATE of an error: by its code, or by its message if the code says nothing. */
static int
sqlstate_of(BindsDriverConn *conn, int code, const char *message)
{
	if ((code & 0xff) == SQLITE_CANTOPEN)
		return sqlstate_of_file(conn);
	if ((code & 0xff) == SQLITE_ERROR)
	{
		for (const MessageRule *rule = message_rules; rule->part != NULL; rule++)
		{
			if (strstr(message, rule->part) != NULL)
				return rule->sqlstate;
		}
		return ERRCODE_FDW_ERROR;
	}
	for (const CodeRule *rule = code_rules; rule->code != 0; rule++)
	{
		if (rule->code == code)
			return rule->sqlstate;
	}
	for (const CodeRule *rule = code_rules; rule->code != 0; rule++)
	{
		if (rule->code == (code & 0xff))
			return rule->sqlstate;
	}
	return ERRCODE_FDW_ERROR;
}

/* SQLSTATE of a file that cannot be opened, by the system's error number. */
static int
sqlstate_of_file(BindsDriverConn *conn)
{
	switch (sqlite3_system_errno(conn->db))
	{
		case EACCES:
		case EPERM:
		case EROFS:
			return ERRCODE_INSUFFICIENT_PRIVILEGE;
		case ENOSPC:
		case EDQUOT:
			return ERRCODE_DISK_FULL;
		case EMFILE:
		case ENFILE:
			return ERRCODE_INSUFFICIENT_RESOURCES;
		case EISDIR:
			return ERRCODE_WRONG_OBJECT_TYPE;
		case EIO:
			return ERRCODE_IO_ERROR;
		default:
			return ERRCODE_UNDEFINED_FILE;
	}
}

const BindsDriver binds_sqlite_driver = {
	.name = "sqlite",
	.connect = lite_connect,
	.disconnect = lite_disconnect,
	.ping = lite_ping,
	.alive = lite_alive,
	.info = lite_info,
	.prepare = lite_prepare,
	.execute = lite_execute,
	.execute_batch = lite_execute_batch,
	.fetch = lite_fetch,
	.column_name = lite_column_name,
	.reset = lite_reset,
	.finalize = lite_finalize,
	.run = lite_run,
	.begin = lite_begin,
	.savepoint = lite_savepoint,
	.release = lite_release,
	.rollback_to = lite_rollback_to,
	.vote = lite_vote,
	.commit = lite_commit,
	.rollback = lite_rollback,
	.in_transaction = lite_in_transaction,
	.redo_start = NULL,
	.redo_apply = NULL,
	.concurrent = true
};
