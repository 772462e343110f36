/*
 * mysql_text.c
 *	  The text of statements for MySQL and MariaDB, with values as literals.
 *
 * The session's sql_mode has NO_BACKSLASH_ESCAPES, so a quote is the only character that
 * a literal escapes.  The buffer belongs to the connection and is used again.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "utils/builtins.h"

#include "engine/mysql/mysql_driver.h"

/* a text buffer above this is freed after use */
#define TEXT_KEEP (4 * 1024 * 1024)

static bool append_quoted(BindsDriverConn *conn, const char *prefix,
						  const BindsValue *value, BindsError *error);
static bool append_real(BindsDriverConn *conn, double real, BindsError *error);
static bool reserve(BindsDriverConn *conn, size_t length, BindsError *error);

/*
 * Append the bytes [from, to) of a statement, values in the places of its '?'.
 */
bool
binds_mysql_append_range(BindsDriverStmt *stmt, size_t from, size_t to,
						 const BindsValue *values, BindsError *error)
{
	BindsDriverConn *conn = stmt->conn;

	for (int i = 0; i < stmt->nplaces; i++)
	{
		size_t		place = stmt->places[i];

		if (place < from)
			continue;
		if (place >= to)
			break;
		if (!binds_mysql_append_bytes(conn, stmt->sql + from, place - from, error) ||
			!binds_mysql_append_literal(conn, &values[stmt->params[i]], error))
			return false;
		from = place + 1;
	}
	return binds_mysql_append_bytes(conn, stmt->sql + from, to - from, error);
}

bool
binds_mysql_append_literal(BindsDriverConn *conn, const BindsValue *value,
						   BindsError *error)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			return binds_mysql_append_bytes(conn, "NULL", 4, error);
		case BINDS_INTEGER:
			if (!reserve(conn, 32, error))
				return false;
			conn->text_length += pg_lltoa(value->integer,
										  conn->text + conn->text_length);
			return true;
		case BINDS_REAL:
			return append_real(conn, value->real, error);
		case BINDS_TEXT:
			return append_quoted(conn, "'", value, error);
		case BINDS_BLOB:
			return append_quoted(conn, "_binary'", value, error);
		case BINDS_DECIMAL:
			return binds_mysql_append_bytes(conn, value->data, value->length, error);
	}
	return false;
}

/* prefix, the bytes with quotes doubled, a quote */
static bool
append_quoted(BindsDriverConn *conn, const char *prefix, const BindsValue *value,
			  BindsError *error)
{
	const char *data = value->data;
	const char *end = data + value->length;

	if (value->length + conn->text_length + MY_PACKET_OVERHEAD > conn->max_packet)
		return binds_mysql_too_long(conn, value->length + conn->text_length, error);
	if (!binds_mysql_append_bytes(conn, prefix, strlen(prefix), error) ||
		!reserve(conn, value->length + 2, error))
		return false;
	while (data < end)
	{
		const char *quote = memchr(data, '\'', end - data);
		size_t		length = (quote != NULL ? quote + 1 : end) - data;

		if (!binds_mysql_append_bytes(conn, data, length, error) ||
			(quote != NULL && !binds_mysql_append_bytes(conn, "'", 1, error)))
			return false;
		data += length;
	}
	return binds_mysql_append_bytes(conn, "'", 1, error);
}

/* The shortest text that reads back exactly; an exponent makes it a double. */
static bool
append_real(BindsDriverConn *conn, double real, BindsError *error)
{
	char		text[DOUBLE_SHORTEST_DECIMAL_LEN + 2];
	int			length;

	if (isnan(real) || isinf(real))
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT,
						ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, 0,
						"NaN and infinity cannot be sent");
		return false;
	}
	length = double_to_shortest_decimal_buf(real, text);
	if (strchr(text, 'e') == NULL)
	{
		strcpy(text + length, "e0");
		length += 2;
	}
	return binds_mysql_append_bytes(conn, text, length, error);
}

bool
binds_mysql_append_bytes(BindsDriverConn *conn, const char *data, size_t length,
						 BindsError *error)
{
	if (!reserve(conn, length, error))
		return false;
	memcpy(conn->text + conn->text_length, data, length);
	conn->text_length += length;
	return true;
}

/* Make room for "length" more bytes. */
static bool
reserve(BindsDriverConn *conn, size_t length, BindsError *error)
{
	size_t		size = conn->text_size;
	char	   *text;

	if (conn->text_length + length <= size)
		return true;
	if (conn->text_length + length > 2 * conn->max_packet)
		return binds_mysql_too_long(conn, conn->text_length + length, error);
	size = Max(size, 8192);
	while (size < conn->text_length + length)
		size *= 2;
	text = realloc(conn->text, size);
	if (text == NULL)
		return binds_mysql_no_memory(error);
	conn->text = text;
	conn->text_size = size;
	return true;
}

/* Do not keep what one large value needed. */
void
binds_mysql_release_text(BindsDriverConn *conn)
{
	conn->text_length = 0;
	if (conn->text_size > TEXT_KEEP)
	{
		free(conn->text);
		conn->text = NULL;
		conn->text_size = 0;
	}
}

bool
binds_mysql_too_long(BindsDriverConn *conn, size_t length, BindsError *error)
{
	binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_PROGRAM_LIMIT_EXCEEDED, 0,
					"statement of %zu bytes is longer than the server's "
					"max_allowed_packet, %zu bytes", length, conn->max_packet);
	return false;
}

bool
binds_mysql_no_memory(BindsError *error)
{
	binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_OUT_OF_MEMORY, 0,
					"out of memory");
	return false;
}
