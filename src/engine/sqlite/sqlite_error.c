/*
 * sqlite_error.c
 *	  SQLite's errors to PostgreSQL's SQLSTATEs.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/sqlite/sqlite_driver.h"

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
	{"is not available on virtual tables", ERRCODE_FEATURE_NOT_SUPPORTED},
	{"not implemented for virtual table", ERRCODE_FEATURE_NOT_SUPPORTED},
	{"unrecognized token", ERRCODE_SYNTAX_ERROR},
	{"incomplete input", ERRCODE_SYNTAX_ERROR},
	{NULL, 0}
};

static void tell_busy(BindsDriverConn *conn, int code, BindsError *error);
static bool is_wal_file(BindsDriverConn *conn);
static void tell_missing_parent(BindsDriverConn *conn, BindsError *error);
static int	sqlstate_of(BindsDriverConn *conn, int code, const char *message);
static int	sqlstate_of_file(BindsDriverConn *conn);

/*
 * Copy what SQLite says about its last error, and find out what became of the
 * transaction.
 */
void
binds_sqlite_fill_error(BindsDriverConn *conn, int rc, BindsError *error)
{
	int			code = sqlite3_extended_errcode(conn->db);
	const char *message = sqlite3_errmsg(conn->db);
	bool		lost = conn->begun && sqlite3_get_autocommit(conn->db);
	char	   *advice;

	if (conn->missing_collation != NULL)
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_UNDEFINED_OBJECT,
						SQLITE_ERROR_MISSING_COLLSEQ,
						"no such collation sequence: %s", conn->missing_collation);
		conn->missing_collation = NULL;
		return;
	}
	if ((code & 0xff) != (rc & 0xff))
	{
		code = rc;
		message = sqlite3_errstr(rc);
	}
	binds_error_set(error, BINDS_ERROR_STATEMENT,
					sqlstate_of(conn, code, message), code, "%s", message);

	/*
	 * advice for who writes SQLite's SQL by hand, since 3.47: our names are
	 * quoted
	 */
	advice = strstr(error->message, " - should this be a string literal");
	if (advice != NULL)
		*advice = '\0';

	if (((code & 0xff) == SQLITE_CANTOPEN || code == SQLITE_READONLY_DIRECTORY ||
		 code == SQLITE_READONLY_CANTINIT || code == SQLITE_READONLY_RECOVERY) &&
		is_wal_file(conn))
		error->hint = "A file in WAL mode that nobody changes can be read where nothing may be written by a URI with mode=ro&immutable=1 (sqlite:///file:/path/x.db?mode=ro&immutable=1&uri=true).";

	if ((code & 0xff) == SQLITE_NOTADB)
		error->hint = "Look at the path in the URL of the bind: the file is another program's, damaged, or encrypted.";

	if ((code & 0xff) == SQLITE_BUSY)
		tell_busy(conn, code, error);

	if (error->sqlstate == ERRCODE_UNDEFINED_TABLE)
		tell_missing_parent(conn, error);

	if (code == SQLITE_AUTH && conn->denied_pragma)
	{
		error->detail = "PRAGMAs that change the connection or how the file is kept are refused.";
		error->hint = "What the connection needs is set already (foreign_keys is on), or is an option of the bind (journal_mode of new files, lock_timeout, exclusive).";
	}

	if (conn->gave_way && ((code & 0xff) == SQLITE_BUSY ||
						   (code & 0xff) == SQLITE_INTERRUPT ||
						   code == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM))
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

/*
 * Whom does a lock belong to?  A transaction that has read cannot wait for one that writes:
 * it could not write on top of what it has not seen.
 */
static void
tell_busy(BindsDriverConn *conn, int code, BindsError *error)
{
	if (code == SQLITE_BUSY_SNAPSHOT ||
		(conn->begun && sqlite3_txn_state(conn->db, "main") == SQLITE_TXN_READ))
	{
		error->sqlstate = ERRCODE_T_R_SERIALIZATION_FAILURE;
		error->detail = "Another session or program has written to the file since this transaction has read it, or is writing.";
		error->hint = "Run the transaction again.";
	}
	else if (conn->exclusive)
		error->hint = "The option exclusive of the bind wants the file for itself: another session or program has it open. Wait for the end of its transaction, or set the option to false.";
	else
		error->hint = "Another session or program writes to the file. How long to wait for it is the option lock_timeout of the bind, or the setting of this name.";
}

/*
 * Is a file open that is in WAL mode?  What cannot be opened then is what belongs to it.
 * Read through SQLite: closing the file that we had opened would free all its locks.
 */
static bool
is_wal_file(BindsDriverConn *conn)
{
	sqlite3_file *file = NULL;
	unsigned char versions[2];

	return conn->path != NULL &&
		sqlite3_file_control(conn->db, "main", SQLITE_FCNTL_FILE_POINTER,
							 &file) == SQLITE_OK &&
		file != NULL && file->pMethods != NULL &&
		file->pMethods->xRead(file, versions, sizeof(versions), 18) == SQLITE_OK &&
		versions[0] == 2 && versions[1] == 2;
}

/*
 * Does a foreign key refer to the table that a change has missed?  SQLite looks for it in
 * the file of the table that has the key, so it names the file.  What is asked is the
 * schema that the change has met; without an answer nothing is told.
 */
static void
tell_missing_parent(BindsDriverConn *conn, BindsError *error)
{
	static const char missing[] = "no such table: main.";
	bool		own = conn->own;
	sqlite3_stmt *ask = NULL;

	if (conn->target == NULL ||
		strncmp(error->message, missing, sizeof(missing) - 1) != 0)
		return;
	conn->own = true;
	if (sqlite3_prepare_v2(conn->db,
						   "SELECT max(s.name = ?2 COLLATE NOCASE)"
						   " FROM main.sqlite_schema s, pragma_foreign_key_list(s.name) f"
						   " WHERE s.type = 'table' AND f.\"table\" = ?1 COLLATE NOCASE",
						   -1, &ask, NULL) == SQLITE_OK &&
		sqlite3_bind_text(ask, 1, error->message + sizeof(missing) - 1, -1,
						  SQLITE_STATIC) == SQLITE_OK &&
		sqlite3_bind_text(ask, 2, conn->target, -1, SQLITE_STATIC) == SQLITE_OK &&
		sqlite3_step(ask) == SQLITE_ROW &&
		sqlite3_column_type(ask, 0) != SQLITE_NULL)
	{
		error->detail = sqlite3_column_int(ask, 0) != 0 ?
			"A foreign key of the table that is changed refers to it." :
			"A foreign key of another table of the file refers to it.";
		error->hint = "Make the table that is missing (binds.create_all does, if it is a model), or take away in the engine what refers to it.";
	}
	sqlite3_finalize(ask);
	conn->own = own;
}

/* SQLSTATE of an error: by its code, or by its message if the code says nothing. */
static int
sqlstate_of(BindsDriverConn *conn, int code, const char *message)
{
	if ((code & 0xff) == SQLITE_CANTOPEN)
		return sqlstate_of_file(conn);
	/* RESTRICT is a trigger of SQLite's own */
	if (code == SQLITE_CONSTRAINT_TRIGGER &&
		strcmp(message, "FOREIGN KEY constraint failed") == 0)
		return ERRCODE_FOREIGN_KEY_VIOLATION;
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
