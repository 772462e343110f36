/*
 * text.c
 *	  Text on its way to and from engines, whose encoding is UTF-8.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_collation.h"
#include "common/string.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/formatting.h"
#include "utils/memutils.h"

#include "dialect/text.h"

static char *convert(Oid proc, const char *text, size_t length);

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
	return IsTransactionState() ?
		convert(FindDefaultConversionProc(PG_UTF8, encoding), text, length) : text;
}

/* From UTF-8 to the database encoding; NULL if a character has no place there. */
static char *
convert(Oid proc, const char *text, size_t length)
{
	int			encoding = GetDatabaseEncoding();
	int			room = (int) length * MAX_CONVERSION_GROWTH + 1;
	char	   *result;

	if (!OidIsValid(proc))
		return NULL;
	result = palloc(room);
	if (pg_do_encoding_conversion_buf(proc, PG_UTF8, encoding,
									  (unsigned char *) unconstify(char *, text),
									  (int) length, (unsigned char *) result, room,
									  true) != (int) length)
	{
		pfree(result);
		return NULL;
	}
	return result;
}

/* The first byte of a character is none that continues one. */
void
binds_text_copy(char *copy, size_t size, const char *text)
{
	size_t		length = strlen(text);

	if (length >= size)
	{
		length = size - 1;
		while (length > 0 && ((unsigned char) text[length] & 0xC0) == 0x80)
			length--;
	}
	memcpy(copy, text, length);
	copy[length] = '\0';
}

/*
 * Character by character, if it is not valid as a whole: each that the encoding has stays.
 */
char *
binds_text_clean(const char *data, size_t length)
{
	int			encoding = GetDatabaseEncoding();
	char	   *text = binds_text_verify(data, length);
	const char *end = data + length;
	Oid			proc = InvalidOid;
	StringInfoData buf;

	if (text != NULL && (encoding == PG_UTF8 || encoding == PG_SQL_ASCII ||
						 IsTransactionState() || pg_is_ascii(text)))
		return text;
	if (encoding != PG_UTF8 && encoding != PG_SQL_ASCII && IsTransactionState())
		proc = FindDefaultConversionProc(PG_UTF8, encoding);
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
		else if (ok && (text = convert(proc, p, width)) != NULL)
		{
			appendStringInfoString(&buf, text);
			pfree(text);
		}
		else
			appendStringInfoChar(&buf, '?');
		p += width;
	}
	return buf.data;
}

bool
binds_text_same_folded(const char *a, const char *b)
{
	if (pg_strcasecmp(a, b) == 0)
		return true;
	if (pg_is_ascii(a) || pg_is_ascii(b))
		return false;
	return pg_strcasecmp(str_tolower(a, strlen(a), DEFAULT_COLLATION_OID),
						 str_tolower(b, strlen(b), DEFAULT_COLLATION_OID)) == 0;
}

void
binds_text_list_add(StringInfo list, const char *name)
{
	appendStringInfo(list, "%s\"%s\"", list->len > 0 ? ", " : "", name);
}

void
binds_text_list_addf(StringInfo list, const char *fmt,...)
{
	int			needed = 0;

	if (list->len > 0)
		appendStringInfoString(list, ", ");
	do
	{
		va_list		args;

		enlargeStringInfo(list, needed);
		va_start(args, fmt);
		needed = appendStringInfoVA(list, fmt, args);
		va_end(args);
	} while (needed > 0);
}
