/*
 * encode.c
 *	  Datums to engine values, for storing and for comparing.
 *
 * One function per codec serves both purposes.  What the engine would keep
 * differently is a misfit: an error when storing, and a reason not to send it when
 * comparing.  Results point into the Datum or are palloc'ed in the current context.
 *
 * Text leaves as UTF-8.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/uuid.h"

#include "compat.h"
#include "value/codec.h"

static bool encode_value(BindsEncoding *encoding, Datum value, BindsValue *result);
static void raise_misfit(const BindsEncoding *encoding, Datum value,
						 const char *relation, const char *column)
			__attribute__((noreturn));
static bool encode_integer(int64 number, BindsValue *result);
static bool encode_real(BindsEncoding *encoding, double real, BindsValue *result);
static bool encode_text(BindsEncoding *encoding, Datum value, BindsValue *result);
static bool encode_characters(BindsEncoding *encoding, const char *data,
							  size_t length, BindsValue *result);
static char *to_utf8(const char *data, size_t length);
static bool encode_bytea(BindsEncoding *encoding, Datum value, BindsValue *result);
static bool encode_uuid(BindsEncoding *encoding, Datum value, BindsValue *result);
static bool encode_json(BindsEncoding *encoding, Datum value, BindsValue *result);
static bool encode_printed(BindsEncoding *encoding, Datum value, BindsValue *result);
static bool text_survives(BindsEncoding *encoding, const BindsValue *result);
static bool is_number(const char *text, size_t length);
static bool number_survives(const char *text, size_t length);

bool		binds_tell_row_keys = false;

/* ------------------------------------------------------------------------
 * Entry points
 * ------------------------------------------------------------------------ */

void
binds_encode(const BindsStorage *storage, Datum value, const char *relation,
			 const char *column, BindsValue *result)
{
	BindsEncoding encoding = {.storage = storage, .storing = true};

	if (!encode_value(&encoding, value, result) ||
		(storage->keeps != BINDS_KEEPS_ALL &&
		 !binds_encode_keeps(&encoding, result)) ||
		!text_survives(&encoding, result))
		raise_misfit(&encoding, value, relation, column);
}

bool
binds_encode_comparison(const BindsStorage *storage, Datum value,
						BindsValue *result)
{
	BindsEncoding encoding = {.storage = storage, .storing = false};

	return encode_value(&encoding, value, result);
}

/*
 * To be changed together with the functions of the codecs.
 */
bool
binds_comparison_is_total(const BindsStorage *storage)
{
	switch (storage->codec)
	{
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
		case BINDS_CODEC_INT8:
		case BINDS_CODEC_BOOL:
		case BINDS_CODEC_BYTEA:
		case BINDS_CODEC_UUID:
			return true;
		case BINDS_CODEC_TEXT:
		case BINDS_CODEC_BPCHAR:
		case BINDS_CODEC_ENUM:
			/* other encodings have characters that UTF-8 lacks */
			return GetDatabaseEncoding() == PG_UTF8;
		case BINDS_CODEC_TIME:
			return storage->fraction >= MAX_TIME_PRECISION;
		default:
			/* NaN, infinity, BC, too many digits */
			return false;
	}
}

bool
binds_encode_misfit(BindsEncoding *encoding, int sqlstate, const char *reason)
{
	encoding->sqlstate = sqlstate;
	encoding->reason = reason;
	return false;
}

bool
binds_encode_no_value(BindsEncoding *encoding, int sqlstate, const char *reason)
{
	encoding->hint = "Give NULL or a value that the engine has, or keep such values as text (ALTER FOREIGN TABLE ... ALTER COLUMN ... TYPE text) in a column of text.";
	return binds_encode_misfit(encoding, sqlstate, reason);
}

bool
binds_encode_fraction(BindsEncoding *encoding, const char *reason)
{
	encoding->hint = "Round it (date_trunc, or ALTER FOREIGN TABLE ... ALTER COLUMN ... TYPE with fewer digits of a second), or change the column in the engine and let the foreign table know (binds.attach).";
	return binds_encode_misfit(encoding, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, reason);
}

static void
raise_misfit(const BindsEncoding *encoding, Datum value, const char *relation,
			 const char *column)
{
	Oid			output;
	bool		varlena;
	char	   *text;

	getTypeOutputInfo(encoding->storage->typid, &output, &varlena);
	text = OidOutputFunctionCall(output, value);
	if (relation == NULL)
		ereport(ERROR,
				(errcode(encoding->sqlstate),
				 errmsg("cannot send %s", column),
				 encoding->storage->hide_values ? errdetail("%s", encoding->reason) :
				 errdetail("The value is %s.  %s", binds_text_show(text, strlen(text)),
						   encoding->reason),
				 errhint("Give NULL or a value that the engine has, or one of another type, as its text.")));
	ereport(ERROR,
			(errcode(encoding->sqlstate),
			 errmsg("cannot store a value in column \"%s\" of foreign table \"%s\"",
					column, relation),
			 encoding->storage->hide_values ? errdetail("%s", encoding->reason) :
			 errdetail("The value is %s.  %s", binds_text_show(text, strlen(text)),
					   encoding->reason),
			 errhint("%s", encoding->hint != NULL ? encoding->hint :
					 "Give a value that the engine's column keeps, or change that column in the engine and let the foreign table know (binds.attach).")));
}

static bool
encode_value(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	switch (encoding->storage->codec)
	{
		case BINDS_CODEC_INT2:
			return encode_integer(DatumGetInt16(value), result);
		case BINDS_CODEC_INT4:
			return encode_integer(DatumGetInt32(value), result);
		case BINDS_CODEC_INT8:
			return encode_integer(DatumGetInt64(value), result);
		case BINDS_CODEC_BOOL:
			return encode_integer(DatumGetBool(value) ? 1 : 0, result);
		case BINDS_CODEC_FLOAT4:
			return encode_real(encoding, DatumGetFloat4(value), result);
		case BINDS_CODEC_FLOAT8:
			return encode_real(encoding, DatumGetFloat8(value), result);
		case BINDS_CODEC_NUMERIC:
			return binds_encode_numeric(encoding, value, result);
		case BINDS_CODEC_TEXT:
		case BINDS_CODEC_BPCHAR:
		case BINDS_CODEC_ENUM:
			return encode_text(encoding, value, result);
		case BINDS_CODEC_BYTEA:
			return encode_bytea(encoding, value, result);
		case BINDS_CODEC_DATE:
			return binds_encode_date(encoding, value, result);
		case BINDS_CODEC_TIME:
			return binds_encode_time(encoding, value, result);
		case BINDS_CODEC_TIMESTAMP:
		case BINDS_CODEC_TIMESTAMPTZ:
			return binds_encode_timestamp(encoding, value, result);
		case BINDS_CODEC_INTERVAL:
			return binds_encode_interval(encoding, value, result);
		case BINDS_CODEC_UUID:
			return encode_uuid(encoding, value, result);
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
			return encode_json(encoding, value, result);
		case BINDS_CODEC_PRINTED:
			return encode_printed(encoding, value, result);
		case BINDS_CODEC_NONE:
			break;
	}
	return binds_encode_misfit(encoding, ERRCODE_FEATURE_NOT_SUPPORTED,
							   "Values of this type cannot be kept in a bind.");
}

/* ------------------------------------------------------------------------
 * Numbers
 * ------------------------------------------------------------------------ */

static bool
encode_integer(int64 number, BindsValue *result)
{
	result->kind = BINDS_INTEGER;
	result->integer = number;
	return true;
}

/*
 * NaN has no place in any engine's order, so it is never compared.
 */
static bool
encode_real(BindsEncoding *encoding, double real, BindsValue *result)
{
	if (isnan(real))
		return binds_encode_no_value(encoding, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									 "The engine has no NaN.");
	if (isinf(real) && encoding->storage->no_infinity)
		return binds_encode_no_value(encoding, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									 "The engine has no infinity.");
	if (encoding->storing && encoding->storage->codec == BINDS_CODEC_FLOAT8 &&
		encoding->storage->max_length == sizeof(float4) &&
		(double) (float4) real != real)
		return binds_encode_misfit(encoding, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								   "The engine's column keeps it in four bytes, which does not hold all digits.");
	result->kind = BINDS_REAL;
	result->real = real;
	return true;
}

/* ------------------------------------------------------------------------
 * Text and bytes
 * ------------------------------------------------------------------------ */

/*
 * text, varchar, name, char(n) without its trailing blanks, and labels of enums.
 */
static bool
encode_text(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	const BindsStorage *storage = encoding->storage;
	struct varlena *text;
	const char *data;
	size_t		length;

	if (storage->codec == BINDS_CODEC_ENUM)
	{
		data = DatumGetCString(DirectFunctionCall1(enum_out, value));
		return encode_characters(encoding, data, strlen(data), result);
	}
	if (storage->typid == NAMEOID)
	{
		data = NameStr(*DatumGetName(value));
		return encode_characters(encoding, data, strlen(data), result);
	}

	text = PG_DETOAST_DATUM_PACKED(value);
	data = VARDATA_ANY(text);
	length = VARSIZE_ANY_EXHDR(text);
	if (storage->codec == BINDS_CODEC_BPCHAR)
	{
		while (length > 0 && data[length - 1] == ' ')
			length--;
	}
	if (!encode_characters(encoding, data, length, result))
		return false;
	if (storage->keeps == BINDS_KEEPS_BITS)
		binds_text_to_bits(result);
	return true;
}

/*
 * Text of the server's encoding, to UTF-8.
 */
static bool
encode_characters(BindsEncoding *encoding, const char *data, size_t length,
				  BindsValue *result)
{
	const BindsStorage *storage = encoding->storage;

	if (encoding->storing && storage->max_chars > 0 &&
		length > (size_t) storage->max_chars &&
		pg_mbstrlen_with_len(data, length) > storage->max_chars)
		return binds_encode_misfit(encoding, ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
								   psprintf("The engine's column keeps %d characters.",
											storage->max_chars));
	if (encoding->storing && storage->strips_blanks && length > 0 &&
		storage->codec == BINDS_CODEC_TEXT && data[length - 1] == ' ')
		return binds_encode_misfit(encoding, ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
								   "The engine's column keeps no blanks at the end.");
	if (GetDatabaseEncoding() == PG_SQL_ASCII)
	{
		if (!pg_verify_mbstr(PG_UTF8, data, length, true))
			return binds_encode_misfit(encoding, ERRCODE_CHARACTER_NOT_IN_REPERTOIRE,
									   "It is no valid UTF-8.");
	}
	else if (GetDatabaseEncoding() != PG_UTF8)
	{
		data = to_utf8(data, length);
		if (data == NULL)
			return binds_encode_misfit(encoding, ERRCODE_UNTRANSLATABLE_CHARACTER,
									   "It has a character that UTF-8 lacks.");
		length = strlen(data);
	}
	if (encoding->storing && storage->max_length > 0 &&
		length > (size_t) storage->max_length)
		return binds_encode_misfit(encoding, ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
								   psprintf("The engine's column keeps " INT64_FORMAT " bytes.",
											storage->max_length));
	return binds_encode_bytes(result, BINDS_TEXT, data, length);
}

/*
 * Text of the server's encoding in UTF-8; NULL if it cannot be said so.
 */
static char *
to_utf8(const char *data, size_t length)
{
	int			encoding = GetDatabaseEncoding();
	Oid			conversion = FindDefaultConversionProc(encoding, PG_UTF8);
	size_t		size = length * MAX_CONVERSION_GROWTH + 1;
	char	   *utf8;

	if (!OidIsValid(conversion))
		return NULL;
	if (size > INT_MAX)
		return pg_server_to_any(data, length, PG_UTF8);
	utf8 = MemoryContextAllocHuge(CurrentMemoryContext, size);
	if (pg_do_encoding_conversion_buf(conversion, encoding, PG_UTF8,
									  (unsigned char *) unconstify(char *, data),
									  length, (unsigned char *) utf8, size,
									  true) < (int) length)
		return NULL;
	return utf8;
}

static bool
encode_bytea(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	struct varlena *bytes = PG_DETOAST_DATUM_PACKED(value);
	size_t		length = VARSIZE_ANY_EXHDR(bytes);

	if (encoding->storing && encoding->storage->max_length > 0 &&
		length > (size_t) encoding->storage->max_length)
		return binds_encode_misfit(encoding, ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
								   psprintf("The engine's column keeps " INT64_FORMAT " bytes.",
											encoding->storage->max_length));
	if (encoding->storing && encoding->storage->fixed_length &&
		length < (size_t) encoding->storage->max_length)
		return binds_encode_misfit(encoding, ERRCODE_STRING_DATA_LENGTH_MISMATCH,
								   psprintf("The engine's column keeps exactly " INT64_FORMAT " bytes.",
											encoding->storage->max_length));
	return binds_encode_bytes(result, BINDS_BLOB, VARDATA_ANY(bytes), length);
}

/* ------------------------------------------------------------------------
 * Other types
 * ------------------------------------------------------------------------ */

static bool
encode_uuid(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	static const char digits[] = "0123456789abcdef";
	const pg_uuid_t *uuid = DatumGetUUIDP(value);
	bool		hyphens = encoding->storage->form != BINDS_FORM_UUID32;
	char	   *text;
	char	   *p;

	if (encoding->storage->form == BINDS_FORM_UUID16)
		return binds_encode_bytes(result, BINDS_BLOB, (const char *) uuid->data,
								  UUID_LEN);
	text = p = palloc(37);
	for (int i = 0; i < UUID_LEN; i++)
	{
		if (hyphens && (i == 4 || i == 6 || i == 8 || i == 10))
			*p++ = '-';
		*p++ = digits[uuid->data[i] >> 4];
		*p++ = digits[uuid->data[i] & 0xf];
	}
	return binds_encode_bytes(result, BINDS_TEXT, text, p - text);
}

/*
 * json as it is, jsonb as PostgreSQL shows it.  Never compared: equal documents may
 * have different texts.
 */
static bool
encode_json(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	struct varlena *text;
	const char *data;
	size_t		length;

	if (!encoding->storing)
		return binds_encode_misfit(encoding, ERRCODE_FEATURE_NOT_SUPPORTED,
								   "Equal documents may have different texts.");
	if (encoding->storage->codec == BINDS_CODEC_JSONB)
	{
		data = OidOutputFunctionCall(F_JSONB_OUT, value);
		length = strlen(data);
	}
	else
	{
		text = PG_DETOAST_DATUM_PACKED(value);
		data = VARDATA_ANY(text);
		length = VARSIZE_ANY_EXHDR(text);
	}
	return encode_characters(encoding, data, length, result);
}

/* Never compared: equal values may have different texts. */
static bool
encode_printed(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	char	   *text;

	if (!encoding->storing)
		return binds_encode_misfit(encoding, ERRCODE_FEATURE_NOT_SUPPORTED,
								   "Equal values may have different texts.");
	text = binds_printed_output(encoding->storage->typid, value);
	return encode_characters(encoding, text, strlen(text), result);
}

/*
 * Would a text come back as it is from a column that makes numbers of texts?  Only one
 * that is a number is in danger.  A text that stands for a numeric value counts as
 * that: its other text is no loss.
 */
static bool
text_survives(BindsEncoding *encoding, const BindsValue *result)
{
	const BindsStorage *storage = encoding->storage;

	if (!storage->text_to_number || result->kind != BINDS_TEXT ||
		storage->codec == BINDS_CODEC_NUMERIC ||
		!is_number(result->data, result->length) ||
		number_survives(result->data, result->length))
		return true;
	encoding->hint = "Declare the engine's column as one of text, or make it one of numbers here (ALTER FOREIGN TABLE ... ALTER COLUMN ... TYPE numeric).";
	return binds_encode_misfit(encoding, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
							   "The engine's column keeps a text that is a number as an integer or a double, which would change its text.");
}

/*
 * Is the text a decimal number, blanks around it included?
 */
static bool
is_number(const char *text, size_t length)
{
	const char *p = text;
	const char *end = text + length;
	int			digits = 0;

	while (p < end && memchr(" \t\n\v\f\r", *p, 6) != NULL)
		p++;
	while (end > p && memchr(" \t\n\v\f\r", end[-1], 6) != NULL)
		end--;
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	for (; p < end && *p >= '0' && *p <= '9'; p++)
		digits++;
	if (p < end && *p == '.')
	{
		for (p++; p < end && *p >= '0' && *p <= '9'; p++)
			digits++;
	}
	if (digits == 0)
		return false;
	if (p < end && (*p == 'e' || *p == 'E'))
	{
		p++;
		if (p < end && (*p == '-' || *p == '+'))
			p++;
		if (p == end)
			return false;
		while (p < end && *p >= '0' && *p <= '9')
			p++;
	}
	return p == end;
}

/*
 * Does a number come back with the same text when it has been kept as an integer or a
 * double?
 */
static bool
number_survives(const char *text, size_t length)
{
	char	   *number;
	char	   *back;
	double		real;

	number = pnstrdup(text, length);
	errno = 0;
	back = psprintf("%lld", strtoll(number, NULL, 10));
	if (errno == 0 && strcmp(back, number) == 0)
		return true;
	real = strtod(number, NULL);
	return isfinite(real) && fabs(real) < 1e15 && real != rint(real) &&
		strcmp(binds_real_text(real), number) == 0;
}
