/*
 * text.c
 *	  Text on its way to and from engines, whose encoding is UTF-8.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "common/string.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "dialect/text.h"

static char *convert(const char *text, size_t length);

const char *
binds_text_to_engine(const char *text)
{
	if (GetDatabaseEncoding() == PG_UTF8 || pg_is_ascii(text) ||
		!IsTransactionState())
		return text;
	return pg_server_to_any(text, strlen(text), PG_UTF8);
}

char *
binds_text_verify(const char *data, size_t length)
{
	int			encoding = GetDatabaseEncoding();
	char	   *text;

	if (length >= MaxAllocSize / MAX_CONVERSION_GROWTH ||
		(length > 0 && memchr(data, '\0', length) != NULL) ||
		!pg_verify_mbstr(PG_UTF8, length > 0 ? data : "", length, true))
		return NULL;
	text = pnstrdup(length > 0 ? data : "", length);
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII || pg_is_ascii(text))
		return text;
	return IsTransactionState() ? convert(text, length) : text;
}

/* From UTF-8 to the database encoding; NULL if a character has no place there. */
static char *
convert(const char *text, size_t length)
{
	int			encoding = GetDatabaseEncoding();
	Oid			proc = FindDefaultConversionProc(PG_UTF8, encoding);
	int			room = (int) length * MAX_CONVERSION_GROWTH + 1;
	char	   *result;

	if (!OidIsValid(proc))
		return NULL;
	result = palloc(room);
	if (pg_do_encoding_conversion_buf(proc, PG_UTF8, encoding,
									  (unsigned char *) unconstify(char *, text),
									  (int) length, (unsigned char *) result, room,
									  true) != (int) length)
		return NULL;
	return result;
}

/*
 * Character by character, if it is not valid as a whole.
 */
char *
binds_text_clean(const char *data, size_t length)
{
	int			encoding = GetDatabaseEncoding();
	char	   *text = binds_text_verify(data, length);
	const char *end = data + length;
	StringInfoData buf;

	if (text != NULL && (encoding == PG_UTF8 || encoding == PG_SQL_ASCII ||
						 IsTransactionState() || pg_is_ascii(text)))
		return text;
	initStringInfo(&buf);
	for (const char *p = data; p < end;)
	{
		int			width = pg_encoding_mblen(PG_UTF8, p);
		bool		ok = *p != '\0' && width <= end - p &&
			pg_verify_mbstr(PG_UTF8, p, width, true);

		if (!ok)
			width = 1;
		if (ok && (width == 1 || encoding == PG_UTF8 || encoding == PG_SQL_ASCII))
			appendBinaryStringInfo(&buf, p, width);
		else
			appendStringInfoChar(&buf, '?');
		p += width;
	}
	return buf.data;
}
