/*
 * mysql_batch.c
 *	  Many rows by one prepared INSERT.
 *
 * The server spends more time on parsing a long VALUES list than on inserting its
 * rows.  So an INSERT of many rows is prepared once, with a list of a fixed number of
 * rows, and executed with the values of as many rows at a time; what is left over goes
 * as text.  With a client library whose prepared statements block, all goes as text.
 *
 * A statement that cannot be prepared, for whatever reason, goes as text, too: errors
 * then come from there.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

/* parameters of one execution */
#define BATCH_PARAMS 2048

/* fewer rows are not worth a statement of their own */
#define BATCH_ROWS_MIN 16

/* how often the number of rows may follow the size of the caller's batches */
#define BATCH_PREPARES 4

struct MyBatch
{
	MYSQL_STMT *handle;			/* NULL: not prepared */
	int			rows;			/* of its list */
	int			prepares;		/* how often it was prepared */
	bool		failed;			/* cannot be prepared */
	MYSQL_BIND *binds;			/* rows * nparams */
	struct MyBatch *next;		/* waiting to be closed */
};

#if MY_HAS_PREPARED_CALLS

static bool ready(BindsDriverConn *conn, MyBatch *batch, const BindsQuery *query,
				  int nrows, BindsError *error);
static bool prepare(BindsDriverConn *conn, MyBatch *batch, const BindsQuery *query,
					int rows, BindsError *error);
static char *list_text(const BindsQuery *query, int rows, size_t *length);
static bool bind_rows(MyBatch *batch, const BindsQuery *query,
					  const BindsValue *values, size_t limit);
static size_t bind_value(MYSQL_BIND *bind, const BindsValue *value);
static bool execute(BindsDriverConn *conn, MyBatch *batch, BindsError *error);

/*
 * Insert the first rows of "values", in groups.  Returns how many, or -1 on an error.
 * *batch belongs to the statement; it is made here and freed by binds_mysql_batch_free.
 */
int
binds_mysql_batch(BindsDriverConn *conn, MyBatch **batch, const BindsQuery *query,
				  const BindsValue *values, int nrows, size_t limit,
				  BindsOutcome *outcome, BindsError *error)
{
	int			row = 0;

	if (nrows < BATCH_ROWS_MIN || query->nparams == 0 ||
		query->nparams > BATCH_PARAMS / BATCH_ROWS_MIN)
		return 0;
	if (*batch == NULL && (*batch = calloc(1, sizeof(MyBatch))) == NULL)
		return 0;
	binds_mysql_batch_close(conn);
	if (!ready(conn, *batch, query, nrows, error))
		return (*batch)->failed ? 0 : -1;

	while (row + (*batch)->rows <= nrows &&
		   bind_rows(*batch, query, values + (size_t) row * query->nparams, limit))
	{
		if (!binds_mysql_ready(conn, query->table, error) || !execute(conn, *batch, error) ||
			!binds_mysql_count(conn, outcome, mysql_stmt_affected_rows((*batch)->handle),
							   mysql_stmt_insert_id((*batch)->handle), error) ||
			!binds_mysql_note_rows(conn, (*batch)->rows, outcome, error))
			return -1;
		row += (*batch)->rows;
	}
	return row;
}

/*
 * See that a statement is prepared, whose groups fit into nrows without leaving many
 * over.  False with batch->failed: go on without.
 */
static bool
ready(BindsDriverConn *conn, MyBatch *batch, const BindsQuery *query, int nrows,
	  BindsError *error)
{
	int			most = BATCH_PARAMS / query->nparams;
	int			groups = (nrows + most - 1) / most;
	int			rows = nrows / groups;

	if (batch->failed)
		return false;
	if (batch->handle != NULL &&
		(batch->rows == rows || nrows % batch->rows < BATCH_ROWS_MIN ||
		 nrows < batch->rows || batch->prepares >= BATCH_PREPARES))
		return true;
	return prepare(conn, batch, query, rows, error);
}

static bool
prepare(BindsDriverConn *conn, MyBatch *batch, const BindsQuery *query, int rows,
		BindsError *error)
{
	MyCall		call;
	size_t		length = 0;
	char	   *text = list_text(query, rows, &length);
	MYSQL_BIND *binds = calloc((size_t) rows * query->nplaces, sizeof(MYSQL_BIND));
	bool		done = false;

	if (batch->handle != NULL)
		mysql_stmt_close(batch->handle);
	batch->handle = mysql_stmt_init(conn->mysql);
	free(batch->binds);
	batch->binds = binds;
	batch->rows = rows;
	batch->prepares++;
	if (text == NULL || binds == NULL || batch->handle == NULL)
		batch->failed = true;
	else
	{
		my_call_init(&call, MY_CALL_PREPARE, conn->mysql);
		call.stmt = batch->handle;
		call.sql = text;
		call.length = length;
		done = binds_mysql_ready(conn, query->table, error) &&
			binds_mysql_run_call(conn, &call, true, MY_FOREVER, error);
		if (!done && error->kind == BINDS_ERROR_STATEMENT)
			batch->failed = true;
		if (done && (mysql_stmt_param_count(batch->handle) !=
					 (unsigned long) rows * query->nplaces ||
					 mysql_stmt_field_count(batch->handle) != 0))
		{
			/*
			 * the client library believes the server, and reads as many
			 * values
			 */
			binds_mysql_lost(conn, error, ERRCODE_PROTOCOL_VIOLATION,
							 "the server has prepared another statement than it was given");
			done = false;
		}
	}
	free(text);
	return done;
}

/* The text with its list's row repeated; the places of '?' do not matter to it. */
static char *
list_text(const BindsQuery *query, int rows, size_t *length)
{
	size_t		row = query->repeat_end - query->repeat_start;
	size_t		tail = strlen(query->sql + query->repeat_end);
	char	   *text = malloc(query->repeat_start + (row + 1) * rows + tail + 1);
	char	   *p = text;

	if (text == NULL)
		return NULL;
	memcpy(p, query->sql, query->repeat_start);
	p += query->repeat_start;
	for (int i = 0; i < rows; i++)
	{
		if (i > 0)
			*p++ = ',';
		memcpy(p, query->sql + query->repeat_start, row);
		p += row;
	}
	memcpy(p, query->sql + query->repeat_end, tail + 1);
	*length = p + tail - text;
	return text;
}

/*
 * Bind a group of rows; false if it would make a packet longer than "limit".
 */
static bool
bind_rows(MyBatch *batch, const BindsQuery *query, const BindsValue *values,
		  size_t limit)
{
	size_t		length = 0;
	int			n = 0;

	for (int row = 0; row < batch->rows; row++)
	{
		for (int i = 0; i < query->nplaces; i++)
			length += bind_value(&batch->binds[n++], &values[query->params[i]]);
		values += query->nparams;
	}
	return length <= limit;
}

/* Returns the bytes that a value takes in the packet, at most. */
static size_t
bind_value(MYSQL_BIND *bind, const BindsValue *value)
{
	bind->buffer = unconstify(void *, (const void *) value->data);
	bind->buffer_length = value->length;
	switch (value->kind)
	{
		case BINDS_NULL:
			bind->buffer_type = MYSQL_TYPE_NULL;
			return 2;
		case BINDS_INTEGER:
			bind->buffer_type = MYSQL_TYPE_LONGLONG;
			bind->buffer = unconstify(void *, (const void *) &value->integer);
			return sizeof(int64) + 2;
		case BINDS_REAL:
			bind->buffer_type = MYSQL_TYPE_DOUBLE;
			bind->buffer = unconstify(void *, (const void *) &value->real);
			return sizeof(double) + 2;
		case BINDS_TEXT:
			bind->buffer_type = MYSQL_TYPE_STRING;
			break;
		case BINDS_BLOB:
			bind->buffer_type = MYSQL_TYPE_BLOB;
			break;
		case BINDS_DECIMAL:
			bind->buffer_type = MYSQL_TYPE_NEWDECIMAL;
			break;
	}
	return value->length + 11;
}

static bool
execute(BindsDriverConn *conn, MyBatch *batch, BindsError *error)
{
	MyCall		call;

	if (mysql_stmt_bind_param(batch->handle, batch->binds))
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_FDW_ERROR, 0, "%s",
						mysql_stmt_error(batch->handle));
		return false;
	}
	my_call_init(&call, MY_CALL_EXECUTE, conn->mysql);
	call.stmt = batch->handle;
	return binds_mysql_run_call(conn, &call, true, MY_FOREVER, error);
}

/*
 * Free, and close on the server: not while rows of another statement come in, which the
 * client library would throw away.
 */
void
binds_mysql_batch_free(BindsDriverConn *conn, MyBatch *batch)
{
	if (batch == NULL)
		return;
	batch->next = conn->closing;
	conn->closing = batch;
	if (conn->busy == NULL)
		binds_mysql_batch_close(conn);
}

void
binds_mysql_batch_close(BindsDriverConn *conn)
{
	while (conn->closing != NULL)
	{
		MyBatch    *batch = conn->closing;

		conn->closing = batch->next;
		if (batch->handle != NULL)
			mysql_stmt_close(batch->handle);
		free(batch->binds);
		free(batch);
	}
}

#else

int
binds_mysql_batch(BindsDriverConn *conn, MyBatch **batch, const BindsQuery *query,
				  const BindsValue *values, int nrows, size_t limit,
				  BindsOutcome *outcome, BindsError *error)
{
	return 0;
}

void
binds_mysql_batch_free(BindsDriverConn *conn, MyBatch *batch)
{
}

void
binds_mysql_batch_close(BindsDriverConn *conn)
{
}

#endif
