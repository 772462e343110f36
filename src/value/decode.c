/*
 * decode.c
 *	  Engine values to Datums: numbers, text, bytes, uuid, json and enums.
 *
 * One function per codec, chosen once per result column.  numeric and the temporal
 * types have files of their own.  Results are palloc'ed in the current context.
 *
 * Text comes as UTF-8 and is verified; in a database of another encoding it is
 * converted.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "common/int.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/uuid.h"

#include "compat.h"
#include "dialect/error.h"
#include "value/codec.h"

/* longest text that is tried as a floating-point number */
#define FLOAT_MAX_CHARS 512

typedef struct EnumLabel
{
	char		label[NAMEDATALEN]; /* key; server encoding */
	Oid			oid;
} EnumLabel;

/* A text in the server's encoding; not NUL-terminated. */
typedef struct ServerText
{
	const char *data;
	size_t		length;
} ServerText;

static Datum decode_int2(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_int4(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_int8(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_float4(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_float8(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_bool(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_text(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_bpchar(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_name(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_bytea(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_uuid(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_json(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_enum(BindsDecoder *decoder, const BindsValue *value);
static Datum decode_printed(BindsDecoder *decoder, const BindsValue *value);

static Datum (*const decode_functions[]) (BindsDecoder *, const BindsValue *) =
{
	[BINDS_CODEC_INT2] = decode_int2,
		[BINDS_CODEC_INT4] = decode_int4,
		[BINDS_CODEC_INT8] = decode_int8,
		[BINDS_CODEC_FLOAT4] = decode_float4,
		[BINDS_CODEC_FLOAT8] = decode_float8,
		[BINDS_CODEC_NUMERIC] = binds_decode_numeric,
		[BINDS_CODEC_BOOL] = decode_bool,
		[BINDS_CODEC_TEXT] = decode_text,
		[BINDS_CODEC_BPCHAR] = decode_bpchar,
		[BINDS_CODEC_BYTEA] = decode_bytea,
		[BINDS_CODEC_DATE] = binds_decode_date,
		[BINDS_CODEC_TIME] = binds_decode_time,
		[BINDS_CODEC_TIMESTAMP] = binds_decode_timestamp,
		[BINDS_CODEC_TIMESTAMPTZ] = binds_decode_timestamptz,
		[BINDS_CODEC_INTERVAL] = binds_decode_interval,
		[BINDS_CODEC_UUID] = decode_uuid,
		[BINDS_CODEC_JSON] = decode_json,
		[BINDS_CODEC_JSONB] = decode_json,
		[BINDS_CODEC_ENUM] = decode_enum,
		[BINDS_CODEC_PRINTED] = decode_printed
};

static bool read_integer(BindsDecoder *decoder, const BindsValue *value,
						 int64 minimum, int64 maximum, int64 *result);
static bool parse_integer(const char *text, size_t length, int64 *result,
						  bool *overflow);
static bool read_truth(const BindsStorage *storage, const BindsValue *value,
					   bool *truth);
static bool is_plain_number(const char *text, size_t length, bool *zero);
static bool read_real(BindsDecoder *decoder, const BindsValue *value,
					  double *result);
static bool read_text(BindsDecoder *decoder, const BindsValue *value,
					  ServerText *result);
static bool convert_text(BindsDecoder *decoder, const BindsValue *value,
						 ServerText *result);
static bool has_capital(const char *text, size_t length);
static bool parse_uuid(const char *text, size_t length, unsigned char *bytes);
static Oid	find_label(BindsDecoder *decoder, const char *label);

/*
 * The storage must live as long as the decoder.
 */
void
binds_decoder_init(BindsDecoder *decoder, const BindsStorage *storage,
				   Oid declared_type, const char *relation, const char *column,
				   bool null_if_invalid)
{
	Oid			input;

	if (storage->codec == BINDS_CODEC_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("type %s cannot be kept in a bind",
						format_type_be(storage->typid)),
				 errhint("Read it as text (ALTER FOREIGN TABLE ... ALTER COLUMN ... TYPE text).")));

	memset(decoder, 0, sizeof(*decoder));
	decoder->decode = storage->typid == NAMEOID ? decode_name :
		decode_functions[storage->codec];
	decoder->storage = storage;
	decoder->relation = relation;
	decoder->column = column;
	decoder->domain = declared_type != storage->typid ? declared_type : InvalidOid;
	decoder->null_if_invalid = null_if_invalid;
	decoder->context = CurrentMemoryContext;
	getTypeInputInfo(storage->typid, &input, &decoder->ioparam);
	fmgr_info(input, &decoder->input);
}

/* ------------------------------------------------------------------------
 * Integers
 * ------------------------------------------------------------------------ */

static Datum
decode_int2(BindsDecoder *decoder, const BindsValue *value)
{
	int64		number;

	if (!read_integer(decoder, value, PG_INT16_MIN, PG_INT16_MAX, &number))
		return (Datum) 0;
	return Int16GetDatum(number);
}

static Datum
decode_int4(BindsDecoder *decoder, const BindsValue *value)
{
	int64		number;

	if (!read_integer(decoder, value, PG_INT32_MIN, PG_INT32_MAX, &number))
		return (Datum) 0;
	return Int32GetDatum(number);
}

static Datum
decode_int8(BindsDecoder *decoder, const BindsValue *value)
{
	int64		number;

	if (!read_integer(decoder, value, PG_INT64_MIN, PG_INT64_MAX, &number))
		return (Datum) 0;
	return Int64GetDatum(number);
}

/*
 * Read an integer; false if the value became NULL.
 */
static bool
read_integer(BindsDecoder *decoder, const BindsValue *value, int64 minimum,
			 int64 maximum, int64 *result)
{
	bool		overflow = false;

	switch (value->kind)
	{
		case BINDS_INTEGER:
			*result = value->integer;
			break;
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			if (!parse_integer(value->data, value->length, result, &overflow))
			{
				binds_value_unexpected(decoder, value);
				return false;
			}
			break;
		case BINDS_REAL:
			/* as SQLite keeps a whole number in a column of REAL affinity */
			if (value->real != rint(value->real) ||
				!FLOAT8_FITS_IN_INT64(value->real))
			{
				binds_value_unexpected(decoder, value);
				return false;
			}
			*result = (int64) value->real;
			break;
		default:
			binds_value_unexpected(decoder, value);
			return false;
	}
	if (overflow || *result < minimum || *result > maximum)
	{
		binds_value_invalid(decoder, value, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
							"The number is out of range.");
		return false;
	}
	return true;
}

/*
 * Read digits with an optional sign; false if it is anything else.  Counts below
 * zero, where one more number fits.
 */
static bool
parse_integer(const char *text, size_t length, int64 *result, bool *overflow)
{
	const char *p = text;
	const char *end = text + length;
	bool		negative = false;
	int64		number = 0;

	if (p < end && (*p == '-' || *p == '+'))
		negative = (*p++ == '-');
	if (p == end)
		return false;
	for (; p < end; p++)
	{
		unsigned int digit = (unsigned char) *p - '0';

		if (digit > 9)
			return false;
		if (number < PG_INT64_MIN / 10 ||
			pg_sub_s64_overflow(number * 10, digit, &number))
			*overflow = true;
	}
	if (!negative && number == PG_INT64_MIN)
		*overflow = true;
	else
		*result = negative ? number : -number;
	return true;
}

static Datum
decode_bool(BindsDecoder *decoder, const BindsValue *value)
{
	bool		truth;

	if (!read_truth(decoder->storage, value, &truth))
		return binds_value_invalid(decoder, value,
								   ERRCODE_INVALID_TEXT_REPRESENTATION,
								   "Only 0 and 1 are read as boolean.");
	return BoolGetDatum(truth);
}

/*
 * 0 and 1, or any number: false if it is something else.  In a column of reals they are
 * reals, and DECIMAL comes as text.  Not bytes: for SQLite x'01' is not 1, and a bit of
 * MySQL is asked for as a number.
 */
static bool
read_truth(const BindsStorage *storage, const BindsValue *value, bool *truth)
{
	bool		zero;

	switch (value->kind)
	{
		case BINDS_INTEGER:
			*truth = value->integer != 0;
			return storage->any_truth || value->integer == 0 || value->integer == 1;
		case BINDS_REAL:
			*truth = value->real != 0;
			return storage->any_truth || value->real == 0 || value->real == 1;
		case BINDS_TEXT:
			if (storage->any_truth)
			{
				if (!is_plain_number(value->data, value->length, &zero))
					return false;
				*truth = !zero;
				return true;
			}
			if (value->length != 1)
				return false;
			*truth = *value->data == '1';
			return *truth || *value->data == '0';
		default:
			return false;
	}
}

/* Is it "-12.50", say, and all zeros?  As DECIMAL and great integers are printed. */
static bool
is_plain_number(const char *text, size_t length, bool *zero)
{
	const char *p = text;
	const char *end = text + length;
	int			digits = 0;
	int			points = 0;

	*zero = true;
	if (p < end && *p == '-')
		p++;
	for (; p < end; p++)
	{
		if (*p >= '0' && *p <= '9')
			digits++;
		else if (*p != '.' || ++points > 1)
			return false;
		*zero = *zero && (*p == '0' || *p == '.');
	}
	return digits > 0;
}

/* ------------------------------------------------------------------------
 * Floating-point numbers
 * ------------------------------------------------------------------------ */

static Datum
decode_float4(BindsDecoder *decoder, const BindsValue *value)
{
	double		real;
	float4		result;

	if (!read_real(decoder, value, &real))
		return (Datum) 0;
	result = (float4) real;
	if ((isinf(result) && !isinf(real)) || (result == 0 && real != 0))
		return binds_value_invalid(decoder, value,
								   ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								   "The number is out of range.");
	return Float4GetDatum(result);
}

static Datum
decode_float8(BindsDecoder *decoder, const BindsValue *value)
{
	double		real;

	if (!read_real(decoder, value, &real))
		return (Datum) 0;
	return Float8GetDatum(real);
}

/*
 * Read a double; false if the value became NULL.  strtod knows more forms than
 * engines write (hexadecimal, "inf"), so the characters are looked at first.
 */
static bool
read_real(BindsDecoder *decoder, const BindsValue *value, double *result)
{
	char		buffer[FLOAT_MAX_CHARS];
	char	   *end;

	switch (value->kind)
	{
		case BINDS_REAL:
			*result = value->real;
			return true;
		case BINDS_INTEGER:
			*result = (double) value->integer;
			return true;
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			if (value->length == 0 || value->length >= FLOAT_MAX_CHARS)
				break;
			for (size_t i = 0; i < value->length; i++)
			{
				char		c = value->data[i];

				if (!(c >= '0' && c <= '9') && memchr("+-.eE", c, 5) == NULL)
				{
					binds_value_unexpected(decoder, value);
					return false;
				}
				buffer[i] = c;
			}
			buffer[value->length] = '\0';
			*result = strtod(buffer, &end);
			if (*end != '\0')
				break;
			if (isinf(*result))
			{
				binds_value_invalid(decoder, value,
									ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									"The number is out of range.");
				return false;
			}
			return true;
		default:
			break;
	}
	binds_value_unexpected(decoder, value);
	return false;
}

/* ------------------------------------------------------------------------
 * Text
 * ------------------------------------------------------------------------ */

/*
 * text and varchar(n).
 */
static Datum
decode_text(BindsDecoder *decoder, const BindsValue *value)
{
	ServerText	text;
	int			limit = decoder->storage->typmod - (int) VARHDRSZ;

	if (!read_text(decoder, value, &text))
		return (Datum) 0;
	if (limit >= 0 && text.length > (size_t) limit &&
		pg_mbstrlen_with_len(text.data, text.length) > limit)
		return binds_value_invalid(decoder, value,
								   ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
								   "The text is longer than the column's type.");
	return PointerGetDatum(cstring_to_text_with_len(text.data, text.length));
}

/*
 * char(n): trailing blanks mean nothing, PostgreSQL shows n characters.
 */
static Datum
decode_bpchar(BindsDecoder *decoder, const BindsValue *value)
{
	ServerText	text;
	int			limit = decoder->storage->typmod - (int) VARHDRSZ;
	int			characters;
	int			padding = 0;
	BpChar	   *result;

	if (!read_text(decoder, value, &text))
		return (Datum) 0;
	if (limit > 0)
	{
		while (text.length > 0 && text.data[text.length - 1] == ' ')
			text.length--;
		characters = pg_mbstrlen_with_len(text.data, text.length);
		if (characters > limit)
			return binds_value_invalid(decoder, value,
									   ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
									   "The text is longer than the column's type.");
		padding = limit - characters;
	}
	result = palloc(VARHDRSZ + text.length + padding);
	SET_VARSIZE(result, VARHDRSZ + text.length + padding);
	memcpy(VARDATA(result), text.data, text.length);
	memset(VARDATA(result) + text.length, ' ', padding);
	return PointerGetDatum(result);
}

static Datum
decode_name(BindsDecoder *decoder, const BindsValue *value)
{
	ServerText	text;
	Name		result;

	if (!read_text(decoder, value, &text))
		return (Datum) 0;
	if (text.length >= NAMEDATALEN)
		return binds_value_invalid(decoder, value,
								   ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
								   "The text is longer than a name.");
	result = palloc0(NAMEDATALEN);
	memcpy(NameStr(*result), text.data, text.length);
	return NameGetDatum(result);
}

/*
 * Read text in the server's encoding; false if the value became NULL.  Numbers, which
 * SQLite may keep in any column, are read as their text.
 */
static bool
read_text(BindsDecoder *decoder, const BindsValue *value, ServerText *result)
{
	switch (value->kind)
	{
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			break;
		case BINDS_INTEGER:
			result->data = psprintf(INT64_FORMAT, value->integer);
			result->length = strlen(result->data);
			return true;
		case BINDS_REAL:
			result->data = binds_real_text(value->real);
			result->length = strlen(result->data);
			return true;
		default:
			binds_value_unexpected(decoder, value);
			return false;
	}

	if (value->length > MaxAllocSize - VARHDRSZ)
	{
		binds_value_invalid(decoder, value, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
							"PostgreSQL has values up to 1 GB.");
		return false;
	}
	if (!pg_verify_mbstr(PG_UTF8, value->data, value->length, true))
	{
		binds_value_invalid(decoder, value, ERRCODE_CHARACTER_NOT_IN_REPERTOIRE,
							memchr(value->data, '\0', value->length) != NULL ?
							"PostgreSQL has no text with a NUL character." :
							"It is no valid UTF-8.");
		return false;
	}
	if (GetDatabaseEncoding() != PG_UTF8)
		return convert_text(decoder, value, result);
	result->data = value->data;
	result->length = value->length;
	return true;
}

/*
 * Convert from UTF-8.  A character that the database's encoding does not have is an
 * error of the conversion function, which has no way to say so but to throw.
 */
static bool
convert_text(BindsDecoder *decoder, const BindsValue *value, ServerText *result)
{
	BindsBeforeError before = binds_error_before();
	ErrorData  *volatile error = NULL;
	char	   *volatile text = NULL;

	PG_TRY();
	{
		text = pg_any_to_server(value->data, value->length, PG_UTF8);
	}
	PG_CATCH();
	{
		error = binds_error_catch(&before);
	}
	PG_END_TRY();

	if (error != NULL)
	{
		if (ERRCODE_TO_CATEGORY(error->sqlerrcode) != ERRCODE_DATA_EXCEPTION)
			ReThrowError(error);
		binds_value_refused(decoder, value, error);
		return false;
	}
	result->data = text;
	result->length = text == value->data ? value->length : strlen(text);
	return true;
}

/* ------------------------------------------------------------------------
 * Other types
 * ------------------------------------------------------------------------ */

static Datum
decode_bytea(BindsDecoder *decoder, const BindsValue *value)
{
	if (value->kind != BINDS_BLOB)
		return binds_value_unexpected(decoder, value);
	if (value->length > MaxAllocSize - VARHDRSZ)
		return binds_value_invalid(decoder, value, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
								   "PostgreSQL has values up to 1 GB.");
	return PointerGetDatum(cstring_to_text_with_len(value->data, value->length));
}

/*
 * 36 or 32 characters, or 16 bytes: what the column's comparisons know of these.
 */
static Datum
decode_uuid(BindsDecoder *decoder, const BindsValue *value)
{
	pg_uuid_t  *uuid = palloc(sizeof(pg_uuid_t));
	int			forms = decoder->storage->uuid_forms;

	if (value->kind == BINDS_BLOB && value->length == UUID_LEN &&
		(forms & BINDS_UUID_BYTES))
	{
		memcpy(uuid->data, value->data, UUID_LEN);
		return UUIDPGetDatum(uuid);
	}
	if (value->kind == BINDS_BLOB && !(forms & BINDS_UUID_LETTERS))
		return binds_value_invalid(decoder, value,
								   ERRCODE_INVALID_TEXT_REPRESENTATION,
								   (forms & BINDS_UUID_BYTES) ?
								   "Bytes (a BLOB) are a uuid only if they are 16." :
								   "In this column only text is read as uuid.");
	if ((value->kind != BINDS_TEXT && value->kind != BINDS_BLOB) ||
		!(forms & (value->length == 36 ? BINDS_UUID_HYPHENS : BINDS_UUID_DIGITS)) ||
		!parse_uuid(value->data, value->length, uuid->data))
		return binds_value_unexpected(decoder, value);
	if (!(forms & BINDS_UUID_CAPITALS) && has_capital(value->data, value->length))
		return binds_value_invalid(decoder, value,
								   ERRCODE_INVALID_TEXT_REPRESENTATION,
								   "In this column a uuid is compared by its characters, which have to be lower case.");
	return UUIDPGetDatum(uuid);
}

static bool
has_capital(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
	{
		if (text[i] >= 'A' && text[i] <= 'F')
			return true;
	}
	return false;
}

/*
 * Read 36 or 32 characters.  By table: digits of a uuid are random, and so are
 * branches that ask what kind they are.
 */
static bool
parse_uuid(const char *text, size_t length, unsigned char *bytes)
{
	static const int8 digits[256] = {
		['0'] = 1,['1'] = 2,['2'] = 3,['3'] = 4,['4'] = 5,['5'] = 6,
		['6'] = 7,['7'] = 8,['8'] = 9,['9'] = 10,
		['a'] = 11,['b'] = 12,['c'] = 13,['d'] = 14,['e'] = 15,['f'] = 16,
		['A'] = 11,['B'] = 12,['C'] = 13,['D'] = 14,['E'] = 15,['F'] = 16
	};
	bool		hyphens = length == 36;

	if (length != 36 && length != 32)
		return false;
	for (int i = 0; i < UUID_LEN; i++)
	{
		int			high;
		int			low;

		if (hyphens && (i == 4 || i == 6 || i == 8 || i == 10) && *text++ != '-')
			return false;
		high = digits[(unsigned char) *text++] - 1;
		low = digits[(unsigned char) *text++] - 1;
		if ((high | low) < 0)
			return false;
		bytes[i] = high << 4 | low;
	}
	return true;
}

/*
 * json and jsonb, checked by their input function.  A number may come as one:
 * SQLite's columns declared JSON have numeric affinity.
 */
static Datum
decode_json(BindsDecoder *decoder, const BindsValue *value)
{
	ServerText	text;

	if (value->kind == BINDS_REAL && !isfinite(value->real))
		return binds_value_unexpected(decoder, value);
	if (!read_text(decoder, value, &text))
		return (Datum) 0;
	return binds_value_input(decoder, value, pnstrdup(text.data, text.length), -1);
}

/*
 * A type without a form of its own, by its input function.
 */
static Datum
decode_printed(BindsDecoder *decoder, const BindsValue *value)
{
	ServerText	text;

	if (!read_text(decoder, value, &text))
		return (Datum) 0;
	return binds_printed_input(decoder, value, pnstrdup(text.data, text.length));
}

/*
 * A label of the type.  Labels seen are kept, so that a scan looks each up once.
 */
static Datum
decode_enum(BindsDecoder *decoder, const BindsValue *value)
{
	ServerText	text;
	char		label[NAMEDATALEN] = {0};
	EnumLabel  *entry;
	bool		found;
	Oid			oid;

	if (value->kind != BINDS_TEXT)
		return binds_value_unexpected(decoder, value);
	if (!read_text(decoder, value, &text))
		return (Datum) 0;
	if (text.length >= NAMEDATALEN)
		return binds_value_unexpected(decoder, value);
	memcpy(label, text.data, text.length);

	if (decoder->enum_labels == NULL)
	{
		HASHCTL		info = {.keysize = NAMEDATALEN,
			.entrysize = sizeof(EnumLabel),
		.hcxt = decoder->context};

		decoder->enum_labels = hash_create("binds enum labels", 16, &info,
										   HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	}
	entry = hash_search(decoder->enum_labels, label, HASH_FIND, &found);
	if (found)
		return ObjectIdGetDatum(entry->oid);

	oid = find_label(decoder, label);
	if (!OidIsValid(oid))
		return binds_value_invalid(decoder, value,
								   ERRCODE_INVALID_TEXT_REPRESENTATION,
								   "The type has no such label.");
	entry = hash_search(decoder->enum_labels, label, HASH_ENTER, &found);
	entry->oid = oid;
	return ObjectIdGetDatum(oid);
}

/*
 * The OID of a label; InvalidOid if there is none.  enum_in also refuses labels that
 * the current transaction has added and must not use yet.
 */
static Oid
find_label(BindsDecoder *decoder, const char *label)
{
	if (!SearchSysCacheExists2(ENUMTYPOIDNAME,
							   ObjectIdGetDatum(decoder->storage->typid),
							   CStringGetDatum(label)))
		return InvalidOid;
	return DatumGetObjectId(InputFunctionCall(&decoder->input,
											  unconstify(char *, label),
											  decoder->ioparam, -1));
}
