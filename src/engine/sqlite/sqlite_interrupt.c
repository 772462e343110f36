/*
 * sqlite_interrupt.c
 *	  What stops SQLite where its progress handler is not called.
 *
 * The handler is called where a statement loops.  It is not while a statement is
 * prepared, nor within a row, however many values of any length its expressions make,
 * and these may be those of a view that others wrote.  But values need memory.  So
 * while SQLite works for a statement, and PostgreSQL wants to be heard, it gets none
 * for a long value; it then gives up as if there were no more.  Nor does it get any
 * amount for short ones: a view that has another one twice, which again has one twice,
 * would end the whole server for want of memory.
 *
 * What is left is a single call of a function.  The length of values is limited, so
 * that one whose time grows with it ends soon (binds_sqlite_limit_length); a few whose
 * time grows with the product of two lengths are replaced by ones that refuse too much
 * work.
 *
 * The memory of a library belongs to the whole process.  If somebody else has used
 * SQLite before us, it stays as it is.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <limits.h>

#include "engine/sqlite/sqlite_driver.h"

/* A built-in function that compares parts of one value with parts of another. */
typedef struct SlowFunction
{
	const char *name;
	int			nargs;
	int			string;			/* the argument that is looked through */
	int			pattern;		/* the one that is looked for */
	uint64		work;			/* product of their lengths that takes 1 s at
								 * most */
	const char *sql;
	sqlite3_stmt *stmt;			/* calls the built-in one */
} SlowFunction;

/* bytes are compared one by one, or many at a time */
#define SLOW_WORK (UINT64CONST(1) << 29)
#define FAST_WORK (UINT64CONST(1) << 33)

static SlowFunction slow_functions[] = {
	{"instr", 2, 0, 1, FAST_WORK, "SELECT instr(?, ?)"},
	{"replace", 3, 0, 1, FAST_WORK, "SELECT replace(?, ?, ?)"},
	{"trim", 2, 0, 1, SLOW_WORK, "SELECT trim(?, ?)"},
	{"ltrim", 2, 0, 1, SLOW_WORK, "SELECT ltrim(?, ?)"},
	{"rtrim", 2, 0, 1, SLOW_WORK, "SELECT rtrim(?, ?)"},
	{"glob", 2, 1, 0, SLOW_WORK, "SELECT glob(?, ?)"},
	{"like", 2, 1, 0, SLOW_WORK, "SELECT like(?, ?)"},
	{"like", 3, 1, 0, SLOW_WORK, "SELECT like(?, ?, ?)"}
};

/*
 * What all that is shorter than a long value takes, in bytes, for one execution of a
 * statement: more than the first is much, more than the second is refused.  What other
 * connections have is none of its business: a cache alone has 2 MB each.
 */
#define MANY_SHORT (INT64CONST(32) * 1024 * 1024)
#define MOST_SHORT (INT64CONST(256) * 1024 * 1024)

/* what the whole process has when a connection without work keeps no cache */
#define MANY_CACHED (INT64CONST(128) * 1024 * 1024)

static sqlite3_mem_methods memory;	/* as it was */
static int64 short_values = 0;
static BindsDriverConn *working = NULL; /* SQLite works for it */
static int64 *account;			/* what its statement has of them until now */
static int64 others;			/* what is not its own */
static int	long_value;			/* bytes that it does not get when we are
								 * wanted */

static sqlite3 *helper = NULL;	/* has no file; calls the built-in functions */

static void *allocate(int size);
static void *reallocate(void *old, int size);
static void release(void *old);
static bool must_stop(int size);
static int64 short_size(void *value);
static void function_slow(sqlite3_context *context, int argc, sqlite3_value **argv);
static uint64 length_of(sqlite3_value *value);
static bool prepare_slow(SlowFunction *function);

/*
 * Before the library is used for the first time: see that it asks us for memory.
 */
void
binds_sqlite_watch_memory(void)
{
	static bool done = false;
	sqlite3_mem_methods ours;

	if (done)
		return;
	done = true;
	if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) != SQLITE_OK)
		return;
	ours = memory;
	ours.xMalloc = allocate;
	ours.xRealloc = reallocate;
	ours.xFree = release;
	(void) sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

/*
 * From now on SQLite works for a statement of this connection, and gets no "size" bytes
 * while there is an interrupt.  used: the memory that the statement has, which is kept
 * up to date; 0 when it begins.
 */
void
binds_sqlite_work(BindsDriverConn *conn, int64 *used, int size)
{
	working = conn;
	account = used;
	others = short_values - *used;
	long_value = size;
}

/* It works no more.  What the statement has freed may have been that of another one. */
void
binds_sqlite_rest(void)
{
	if (working == NULL)
		return;
	*account = Max(short_values - others, 0);
	working = NULL;
}

/*
 * The connection has nothing to do: it gives its cache back if all of them together
 * have much.
 */
void
binds_sqlite_give_back(BindsDriverConn *conn)
{
	if (short_values > MANY_CACHED)
		(void) sqlite3_db_release_memory(conn->db);
}

static void *
allocate(int size)
{
	void	   *result = must_stop(size) ? NULL : memory.xMalloc(size);

	short_values += short_size(result);
	return result;
}

static void *
reallocate(void *old, int size)
{
	int64		old_size = short_size(old);
	void	   *result = must_stop(size) ? NULL : memory.xRealloc(old, size);

	if (result != NULL)
		short_values += short_size(result) - old_size;
	return result;
}

static void
release(void *old)
{
	short_values -= short_size(old);
	memory.xFree(old);
}

static inline bool
must_stop(int size)
{
	int64		used = short_values - others;

	if (working == NULL)
		return false;
	if (size < BINDS_SQLITE_LONG && used > MOST_SHORT)
		return true;
	if (likely(size < long_value && used < MANY_SHORT) ||
		!binds_wait_interrupted())
		return false;
	working->gave_way = true;
	return true;
}

static inline int64
short_size(void *value)
{
	int			size = value != NULL ? memory.xSize(value) : 0;

	return size < BINDS_SQLITE_LONG ? size : 0;
}

/* ------------------------------------------------------------------------
 * Functions
 * ------------------------------------------------------------------------ */

/*
 * Replace the built-in functions that can take too long by ones that give the same
 * answer.  The price: LIKE and GLOB use no index; no statement of ours has them.
 */
bool
binds_sqlite_limit_functions(BindsDriverConn *conn, BindsError *error)
{
	int			rc = SQLITE_OK;

	for (int i = 0; i < (int) lengthof(slow_functions) && rc == SQLITE_OK; i++)
		rc = sqlite3_create_function_v2(conn->db, slow_functions[i].name,
										slow_functions[i].nargs,
										SQLITE_UTF8 | SQLITE_DETERMINISTIC |
										SQLITE_INNOCUOUS, &slow_functions[i],
										function_slow, NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		binds_sqlite_fill_error(conn, rc, error);
	return rc == SQLITE_OK;
}

static void
function_slow(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	SlowFunction *function = sqlite3_user_data(context);
	int			limit = sqlite3_limit(sqlite3_context_db_handle(context),
									  SQLITE_LIMIT_LENGTH, -1);
	int			rc = SQLITE_OK;

	if (length_of(argv[function->string]) * length_of(argv[function->pattern]) >
		function->work)
	{
		sqlite3_result_error_toobig(context);
		return;
	}
	if (!prepare_slow(function))
	{
		sqlite3_result_error_nomem(context);
		return;
	}
	sqlite3_limit(helper, SQLITE_LIMIT_LENGTH, limit);
	for (int i = 0; i < argc && rc == SQLITE_OK; i++)
		rc = sqlite3_bind_value(function->stmt, i + 1, argv[i]);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(function->stmt);
	if (rc == SQLITE_ROW)
		sqlite3_result_value(context, sqlite3_column_value(function->stmt, 0));
	else
	{
		sqlite3_result_error(context, sqlite3_errmsg(helper), -1);
		if (rc != SQLITE_ERROR)
			sqlite3_result_error_code(context, rc);
	}
	sqlite3_reset(function->stmt);
	sqlite3_clear_bindings(function->stmt);
}

/* A number or NULL is short. */
static uint64
length_of(sqlite3_value *value)
{
	int			type = sqlite3_value_type(value);

	return type == SQLITE_TEXT || type == SQLITE_BLOB ?
		sqlite3_value_bytes(value) : 1;
}

/* Have the statement that calls the built-in function; false if memory ran out. */
static bool
prepare_slow(SlowFunction *function)
{
	if (helper == NULL &&
		sqlite3_open_v2(":memory:", &helper,
						SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
						SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
	{
		sqlite3_close(helper);
		helper = NULL;
		return false;
	}
	return function->stmt != NULL ||
		sqlite3_prepare_v3(helper, function->sql, -1, SQLITE_PREPARE_PERSISTENT,
						   &function->stmt, NULL) == SQLITE_OK;
}
