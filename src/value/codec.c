/*
 * codec.c
 *	  Which types travel, and what all decoders share: errors and rare ways.
 *
 * A value that its type cannot hold is an error that names relation, column and
 * value, or becomes NULL where the column's option invalid_values says so.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "dialect/error.h"
#include "value/codec.h"

/* longest part of a value that a message shows, in bytes */
#define SHOWN_MAX 64

typedef struct TypeCodec
{
	Oid			typid;
	BindsCodec	codec;
} TypeCodec;

static const TypeCodec type_codecs[] = {
	{INT4OID, BINDS_CODEC_INT4},
	{TEXTOID, BINDS_CODEC_TEXT},
	{VARCHAROID, BINDS_CODEC_TEXT},
	{INT8OID, BINDS_CODEC_INT8},
	{INT2OID, BINDS_CODEC_INT2},
	{TIMESTAMPOID, BINDS_CODEC_TIMESTAMP},
	{TIMESTAMPTZOID, BINDS_CODEC_TIMESTAMPTZ},
	{BOOLOID, BINDS_CODEC_BOOL},
	{NUMERICOID, BINDS_CODEC_NUMERIC},
	{FLOAT8OID, BINDS_CODEC_FLOAT8},
	{FLOAT4OID, BINDS_CODEC_FLOAT4},
	{DATEOID, BINDS_CODEC_DATE},
	{TIMEOID, BINDS_CODEC_TIME},
	{INTERVALOID, BINDS_CODEC_INTERVAL},
	{BPCHAROID, BINDS_CODEC_BPCHAR},
	{BYTEAOID, BINDS_CODEC_BYTEA},
	{UUIDOID, BINDS_CODEC_UUID},
	{JSONOID, BINDS_CODEC_JSON},
	{JSONBOID, BINDS_CODEC_JSONB},
	{NAMEOID, BINDS_CODEC_TEXT},
};

/*
 * Types whose text means something else where another setting is, or may stand for
 * several values (a function or operator by its mere name).  Of xml the text that others
 * print lacks the declaration; alone it is kept whole (binds_printed_output).
 */
static const Oid unprintable_types[] = {CASHOID, REGPROCOID, REGOPEROID, XMLOID};

static bool is_printable(Oid typid, Oid collation);
static bool is_not_money(Oid typid, Oid collation);
static bool is_server_text(const char *data, size_t length);
static const char *way_out(const BindsStorage *storage, const BindsValue *value,
						   int sqlstate);
static const char *way_out_of_statement(const BindsStorage *storage,
										const BindsValue *value, int sqlstate);
static const char *wider_type(const BindsStorage *storage, const BindsValue *value);
static char *show_value(const BindsValue *value);
static char *show_bytes(const char *data, size_t length);

BindsCodec
binds_codec_of_type(Oid typid, char typtype)
{
	if (typtype == TYPTYPE_ENUM)
		return BINDS_CODEC_ENUM;
	for (size_t i = 0; i < lengthof(type_codecs); i++)
	{
		if (type_codecs[i].typid == typid)
			return type_codecs[i].codec;
	}
	if (typid == XMLOID)
		return BINDS_CODEC_PRINTED;
	return binds_printed_all(typid, InvalidOid, is_printable) ? BINDS_CODEC_PRINTED : BINDS_CODEC_NONE;
}

/* Can a value of a type without parts be kept as text? */
static bool
is_printable(Oid typid, Oid collation)
{
	for (size_t i = 0; i < lengthof(unprintable_types); i++)
	{
		if (unprintable_types[i] == typid)
			return false;
	}
	return get_typtype(typid) != TYPTYPE_PSEUDO;
}

const char *
binds_codec_way_out(Oid typid, const char *otherwise)
{
	return binds_printed_all(typid, InvalidOid, is_not_money) ? otherwise :
		"Use numeric with as many digits as are needed in place of money, as in numeric(20,2).";
}

static bool
is_not_money(Oid typid, Oid collation)
{
	return typid != CASHOID;
}

bool
binds_storage_tells_equal(const BindsStorage *storage, Oid collation)
{
	if (OidIsValid(collation) && !get_collation_isdeterministic(collation))
		return false;
	switch (storage->codec)
	{
		case BINDS_CODEC_INTERVAL:
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
			return false;
		case BINDS_CODEC_NUMERIC:
			/* with a scale all texts have as many decimals */
			return storage->form != BINDS_FORM_DECIMAL_TEXT ||
				storage->typmod >= (int32) VARHDRSZ;
		case BINDS_CODEC_PRINTED:
			return binds_printed_is_canonical(storage->typid);
		default:
			return true;
	}
}

/* ------------------------------------------------------------------------
 * Values that cannot be read
 * ------------------------------------------------------------------------ */

Datum
binds_value_invalid(BindsDecoder *decoder, const BindsValue *value, int sqlstate,
					const char *reason)
{
	const char *type;

	if (decoder->null_if_invalid)
	{
		decoder->invalid = true;
		return (Datum) 0;
	}
	type = format_type_with_typemod(decoder->storage->typid, decoder->storage->typmod);
	ereport(ERROR,
			(errcode(sqlstate),
			 decoder->relation == NULL ?
			 errmsg("cannot read a value of column \"%s\" of the statement as %s",
					decoder->column, type) :
			 errmsg("cannot read a value of column \"%s\" of foreign table \"%s\" as %s",
					decoder->column, decoder->relation, type),
			 decoder->storage->hide_values ? errdetail("%s", reason) :
			 errdetail("The value is %s.  %s", show_value(value), reason),
			 errhint("%s", decoder->relation == NULL ?
					 way_out_of_statement(decoder->storage, value, sqlstate) :
					 way_out(decoder->storage, value, sqlstate))));
	return (Datum) 0;			/* not reached */
}

/* What to do about a value of a statement of the user's that cannot be read. */
static const char *
way_out_of_statement(const BindsStorage *storage, const BindsValue *value, int sqlstate)
{
	if (sqlstate == ERRCODE_CHARACTER_NOT_IN_REPERTOIRE ||
		sqlstate == ERRCODE_UNTRANSLATABLE_CHARACTER ||
		sqlstate == ERRCODE_PROGRAM_LIMIT_EXCEEDED)
		return "Leave the column out, or convert it in the statement.";
	return psprintf("Read it as another type (%s in the column definition list), or convert it in the statement.",
					wider_type(storage, value));
}

/* What to do about a value that cannot be read. */
static const char *
way_out(const BindsStorage *storage, const BindsValue *value, int sqlstate)
{
	bool		number = value->kind == BINDS_INTEGER || value->kind == BINDS_REAL;
	const char *first = "Read";
	const char *last = "";

	if (sqlstate == ERRCODE_CHARACTER_NOT_IN_REPERTOIRE ||
		sqlstate == ERRCODE_UNTRANSLATABLE_CHARACTER ||
		sqlstate == ERRCODE_PROGRAM_LIMIT_EXCEEDED)
		return "Leave the column out, or read values like it as NULL (ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS (ADD invalid_values 'null')).";
	if (number && storage->form == BINDS_FORM_NATIVE &&
		(storage->codec == BINDS_CODEC_DATE ||
		 storage->codec == BINDS_CODEC_TIMESTAMP ||
		 storage->codec == BINDS_CODEC_TIMESTAMPTZ))
		first = "Say what the numbers are (ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS (ADD temporal 'epoch'), or 'milliseconds', 'julian'), read";
	if (value->kind == BINDS_TEXT && BINDS_FORM_IS_NUMBER(storage->form))
		first = "Drop the option temporal of a column that holds ISO text (ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS (DROP temporal)), read";
	if ((sqlstate == ERRCODE_STRING_DATA_RIGHT_TRUNCATION &&
		 storage->max_chars == 0) ||
		(number && storage->codec == BINDS_CODEC_NUMERIC))
		last = "  Of tables that are not there yet, or are forgotten (binds.forget), the option text_limits of reflect and IMPORT FOREIGN SCHEMA does the former for every column.";
	return psprintf("%s it as another type (ALTER FOREIGN TABLE ... ALTER COLUMN ... TYPE %s), or values like it as NULL (ALTER COLUMN ... OPTIONS (ADD invalid_values 'null')).%s",
					first, wider_type(storage, value), last);
}

/* A type that has the value, and with it all that the column's type has. */
static const char *
wider_type(const BindsStorage *storage, const BindsValue *value)
{
	bool		number = value->kind == BINDS_INTEGER || value->kind == BINDS_REAL;

	if (value->kind == BINDS_BLOB)
		return "bytea";
	if (!number)
		return value->kind == BINDS_DECIMAL ? "numeric" : "text";
	switch (storage->codec)
	{
		case BINDS_CODEC_BOOL:
			return value->kind == BINDS_INTEGER ? "bigint" : "double precision";
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
			return value->kind == BINDS_INTEGER ? "bigint" : "numeric";
		case BINDS_CODEC_INT8:
		case BINDS_CODEC_NUMERIC:
			return "numeric";
		case BINDS_CODEC_FLOAT4:
			return "double precision";
		default:
			return "text";
	}
}

Datum
binds_value_unexpected(BindsDecoder *decoder, const BindsValue *value)
{
	const char *reason = "The type has no value of this form.";

	switch (value->kind)
	{
		case BINDS_INTEGER:
			reason = "An integer is no value of this type.";
			break;
		case BINDS_REAL:
			reason = "A floating-point number is no value of this type.";
			break;
		case BINDS_BLOB:
			reason = "Bytes (a BLOB) are no value of this type.";
			break;
		case BINDS_TEXT:
			reason = "This text is no value of this type.";
			break;
		default:
			break;
	}
	return binds_value_invalid(decoder, value, ERRCODE_INVALID_TEXT_REPRESENTATION,
							   reason);
}

/*
 * Input functions of PostgreSQL 15 can only throw.  The ones used here take no locks, so
 * catching their data exceptions is safe; anything else is thrown again.
 */
Datum
binds_value_input(BindsDecoder *decoder, const BindsValue *value, const char *text,
				  int32 typmod)
{
	BindsBeforeError before = binds_error_before();
	ErrorData  *volatile error = NULL;
	volatile Datum result = (Datum) 0;

	PG_TRY();
	{
		result = InputFunctionCall(&decoder->input, unconstify(char *, text),
								   decoder->ioparam, typmod);
	}
	PG_CATCH();
	{
		error = binds_error_catch(&before);
	}
	PG_END_TRY();

	if (error == NULL)
		return result;
	if (ERRCODE_TO_CATEGORY(error->sqlerrcode) != ERRCODE_DATA_EXCEPTION &&
		error->sqlerrcode != ERRCODE_PROGRAM_LIMIT_EXCEEDED)
		ReThrowError(error);
	return binds_value_refused(decoder, value, error);
}

Datum
binds_value_refused(BindsDecoder *decoder, const BindsValue *value,
					const ErrorData *error)
{
	const char *reason = "PostgreSQL does not take it.";

	/* the message may quote the value */
	if (!decoder->storage->hide_values)
		reason = psprintf("PostgreSQL says: %s.", error->message);
	return binds_value_invalid(decoder, value, error->sqlerrcode, reason);
}

void
binds_decode_check_domain(BindsDecoder *decoder, Datum value, bool isnull)
{
	domain_check(value, isnull, decoder->domain, &decoder->extra,
				 decoder->context);
}

/* ------------------------------------------------------------------------
 * Values in messages
 * ------------------------------------------------------------------------ */

/* A value for a message: quoted and shortened. */
static char *
show_value(const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			return pstrdup("NULL");
		case BINDS_INTEGER:
			return psprintf(INT64_FORMAT, value->integer);
		case BINDS_REAL:
			return binds_real_text(value->real);
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			if (is_server_text(value->data, value->length))
				return binds_text_show(value->data, value->length);
			return show_bytes(value->data, value->length);
		case BINDS_BLOB:
			return show_bytes(value->data, value->length);
	}
	return NULL;
}

/* Can a text from an engine, UTF-8, stand in a message as it is? */
static bool
is_server_text(const char *data, size_t length)
{
	if (length > MaxAllocSize)
		return false;
	if (GetDatabaseEncoding() == PG_UTF8)
		return pg_verify_mbstr(PG_UTF8, data, length, true);
	for (size_t i = 0; i < length; i++)
	{
		if (data[i] == '\0' || IS_HIGHBIT_SET(data[i]))
			return false;
	}
	return true;
}

char *
binds_text_show(const char *data, size_t length)
{
	bool		cut = length > SHOWN_MAX;

	if (cut)
		length = pg_mbcliplen(data, Min(length, MaxAllocSize), SHOWN_MAX);
	return psprintf("\"%.*s\"%s", (int) length, data, cut ? " ..." : "");
}

static char *
show_bytes(const char *data, size_t length)
{
	size_t		shown = Min(length, SHOWN_MAX / 4);
	char	   *hex = palloc(2 * shown + 1);

	hex_encode(data, shown, hex);
	hex[2 * shown] = '\0';
	return psprintf("the bytes \\x%s%s", hex, shown < length ? " ..." : "");
}

char *
binds_real_text(double real)
{
	char	   *text = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	double_to_shortest_decimal_buf(real, text);
	return text;
}
