/*
 * keeps.c
 *	  Columns of the engine that are of another kind than the PostgreSQL type.
 *
 * A text can be stored in a column of numbers, a number with decimals in one of whole
 * numbers, a timestamp in one of days, a number in one of bytes; the engine rounds, cuts
 * and rewrites without a word.  Here an encoded value is looked at as the engine is going to: only what it
 * gives back as it is passes.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "value/codec.h"

/* digits that every double, and every float, gives back */
#define REAL8_DIGITS 15
#define REAL4_DIGITS 6

/* A plain decimal number as PostgreSQL prints it: "-12.50". */
typedef struct Plain
{
	int			digits;			/* all, without leading zeros */
	int			decimals;
	bool		canonical;		/* no needless zero in front, no "-0" */
} Plain;

static bool keeps(const BindsStorage *storage, const BindsValue *value);
static bool keeps_number(const BindsStorage *storage, const BindsValue *value);
static bool keeps_text_number(const BindsStorage *storage, const BindsValue *value);
static bool keeps_bits(const BindsStorage *storage, const BindsValue *value);
static bool read_plain(const BindsValue *value, Plain *plain);
static bool keeps_year(const BindsValue *value);
static bool keeps_moment(const BindsStorage *storage, const BindsValue *value);
static bool keeps_clock(const char *p, const char *end, const char *all);
static bool matches(const char *p, const char *end, const char *pattern);
static bool is_label(const BindsStorage *storage, const char *data, size_t length,
					 int *from);
static bool keeps_labels(const BindsStorage *storage, const BindsValue *value);

bool
binds_encode_keeps(BindsEncoding *encoding, const BindsValue *value)
{
	static const struct
	{
		int			sqlstate;
		const char *words;
	}			kinds[] = {
		[BINDS_KEEPS_INTEGER] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "whole numbers"},
		[BINDS_KEEPS_BITS] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "whole numbers from 0 that have as many bits"},
		[BINDS_KEEPS_DECIMAL] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "numbers with its own number of decimals"},
		[BINDS_KEEPS_REAL4] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "floating-point numbers of four bytes"},
		[BINDS_KEEPS_REAL8] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "floating-point numbers of eight bytes"},
		[BINDS_KEEPS_DATE] = {ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, "dates"},
		[BINDS_KEEPS_TIME] = {ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, "times of its own precision"},
		[BINDS_KEEPS_MOMENT] = {ERRCODE_DATETIME_VALUE_OUT_OF_RANGE, "dates and times of its own precision"},
		[BINDS_KEEPS_YEAR] = {ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "the years 1901 to 2155, and 0"},
		[BINDS_KEEPS_LABEL] = {ERRCODE_INVALID_TEXT_REPRESENTATION, "its labels, as they are spelled"},
		[BINDS_KEEPS_LABELS] = {ERRCODE_INVALID_TEXT_REPRESENTATION, "its labels, in their order"},
		[BINDS_KEEPS_BYTES] = {ERRCODE_INVALID_BINARY_REPRESENTATION, "bytes"}
	};
	BindsKeeps	kind = encoding->storage->keeps;

	if (keeps(encoding->storage, value))
		return true;
	if (kind == BINDS_KEEPS_BYTES)
		encoding->hint = "Make it a column of bytea (ALTER FOREIGN TABLE ... ALTER COLUMN ... TYPE bytea), or change that column in the engine and let the foreign table know (binds.attach).";
	return binds_encode_misfit(encoding, kinds[kind].sqlstate,
							   psprintf("The engine's column is declared %s, which keeps %s: it would store something else.",
										encoding->storage->engine_type,
										kinds[kind].words));
}

static bool
keeps(const BindsStorage *storage, const BindsValue *value)
{
	switch (storage->keeps)
	{
		case BINDS_KEEPS_LABEL:
			{
				int			from = 0;

				return value->kind == BINDS_TEXT &&
					is_label(storage, value->data, value->length, &from);
			}
		case BINDS_KEEPS_LABELS:
			return value->kind == BINDS_TEXT && keeps_labels(storage, value);
		case BINDS_KEEPS_DATE:
		case BINDS_KEEPS_TIME:
		case BINDS_KEEPS_MOMENT:
			return value->kind == BINDS_TEXT && keeps_moment(storage, value);
		case BINDS_KEEPS_YEAR:
			return keeps_year(value);
		case BINDS_KEEPS_BITS:
			return keeps_bits(storage, value);
		case BINDS_KEEPS_BYTES:
			return false;
		default:
			return keeps_number(storage, value);
	}
}

/* ------------------------------------------------------------------------
 * Numbers
 * ------------------------------------------------------------------------ */

static bool
keeps_number(const BindsStorage *storage, const BindsValue *value)
{
	BindsValue	text = *value;

	switch (value->kind)
	{
		case BINDS_INTEGER:
			if (storage->keeps == BINDS_KEEPS_REAL8)
				return fabs((double) value->integer) <= 9007199254740992.0;
			if (storage->keeps == BINDS_KEEPS_REAL4)
				return fabs((double) value->integer) <= 16777216.0;
			return true;
		case BINDS_REAL:
			if (storage->keeps == BINDS_KEEPS_REAL4)
				return (double) (float4) value->real == value->real;
			if (storage->keeps == BINDS_KEEPS_REAL8)
				return true;
			text.kind = BINDS_DECIMAL;
			text.data = binds_real_text(value->real);
			text.length = strlen(text.data);
			if (storage->keeps == BINDS_KEEPS_INTEGER)
				return value->real == rint(value->real) &&
					fabs(value->real) <= 9007199254740992.0;
			return keeps_text_number(storage, &text);
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			return keeps_text_number(storage, value);
		default:
			return false;
	}
}

/*
 * A text must be spelled as the engine would print the number; a number (decimal)
 * only has to fit.
 */
static bool
keeps_text_number(const BindsStorage *storage, const BindsValue *value)
{
	bool		text = value->kind == BINDS_TEXT;
	Plain		plain;

	if (!read_plain(value, &plain) || (text && !plain.canonical))
		return false;
	switch (storage->keeps)
	{
		case BINDS_KEEPS_INTEGER:
			return plain.decimals == 0;
		case BINDS_KEEPS_DECIMAL:
			return text ? plain.decimals == storage->scale :
				plain.decimals <= storage->scale;
		case BINDS_KEEPS_REAL8:
		case BINDS_KEEPS_REAL4:
			/* no needless zeros at the end: the engine would leave them out */
			return plain.digits <= (storage->keeps == BINDS_KEEPS_REAL8 ?
									REAL8_DIGITS : REAL4_DIGITS) &&
				(!text || plain.decimals == 0 ||
				 value->data[value->length - 1] != '0');
		default:
			return false;
	}
}

static bool
keeps_bits(const BindsStorage *storage, const BindsValue *value)
{
	uint64		most = PG_UINT64_MAX >> (64 - storage->bits);
	Plain		plain;

	switch (value->kind)
	{
		case BINDS_INTEGER:
			return value->integer >= 0 && (uint64) value->integer <= most;
		case BINDS_REAL:
			return value->real == rint(value->real) && value->real >= 0 &&
				value->real <= Min((double) most, 9007199254740992.0);
		case BINDS_DECIMAL:
			/* strtoul would take a sign */
			if (value->length == 0 || *value->data == '-' ||
				!read_plain(value, &plain) || plain.decimals > 0 ||
				plain.digits > 20)
				return false;
			errno = 0;
			return strtou64(pnstrdup(value->data, value->length), NULL, 10) <= most &&
				errno == 0;
		default:
			/* bytes, and so is a text that binds_text_to_bits left one */
			return false;
	}
}

void
binds_text_to_bits(BindsValue *value)
{
	Plain		plain;

	if (value->kind == BINDS_TEXT && read_plain(value, &plain) && plain.canonical &&
		plain.decimals == 0)
		value->kind = BINDS_DECIMAL;
}

static bool
read_plain(const BindsValue *value, Plain *plain)
{
	const char *p = value->data;
	const char *end = p + value->length;
	bool		negative = p < end && *p == '-';
	const char *start;
	bool		zero = true;

	memset(plain, 0, sizeof(*plain));
	if (negative)
		p++;
	start = p;
	for (; p < end && *p >= '0' && *p <= '9'; p++)
	{
		zero = zero && *p == '0';
		plain->digits += !zero;
	}
	if (p == start)
		return false;
	plain->canonical = *start != '0' || p == start + 1;
	if (p < end && *p == '.')
	{
		for (p++; p < end && *p >= '0' && *p <= '9'; p++)
		{
			zero = zero && *p == '0';
			plain->digits += !zero;
			plain->decimals++;
		}
		if (plain->decimals == 0)
			return false;
	}
	if (negative && zero)
		plain->canonical = false;
	return p == end;
}

/* Two digits would be a year of this century or the last. */
static bool
keeps_year(const BindsValue *value)
{
	int64		year;
	Plain		plain;

	if (value->kind == BINDS_INTEGER)
		year = value->integer;
	else if ((value->kind == BINDS_TEXT && value->length == 4) ||
			 value->kind == BINDS_DECIMAL)
	{
		if (!read_plain(value, &plain) || plain.decimals > 0)
			return false;
		year = strtoll(pnstrdup(value->data, value->length), NULL, 10);
	}
	else
		return false;
	return year == 0 || (year >= 1901 && year <= 2155);
}

/* ------------------------------------------------------------------------
 * Dates and times
 * ------------------------------------------------------------------------ */

/*
 * A text must be spelled in full; a timestamp is a date if it is a midnight.
 */
static bool
keeps_moment(const BindsStorage *storage, const BindsValue *value)
{
	const char *p = value->data;
	const char *end = p + value->length;
	const char *point = memchr(p, '.', value->length);
	bool		text = storage->codec == BINDS_CODEC_TEXT ||
		storage->codec == BINDS_CODEC_BPCHAR;
	int			digits = point != NULL ? (int) (end - point) - 1 : 0;

	if (storage->keeps == BINDS_KEEPS_DATE)
	{
		if (text || value->length <= strlen("0000-00-00"))
			return matches(p, end, "0000-00-00");
		for (p += strlen("0000-00-00"); p < end; p++)
		{
			if (strchr(" :.0", *p) == NULL)
				return false;
		}
		return true;
	}
	if (text ? digits != storage->fraction : digits > storage->fraction)
		return false;
	if (point != NULL)
	{
		if (digits == 0)
			return false;
		for (const char *q = point + 1; q < end; q++)
		{
			if (*q < '0' || *q > '9')
				return false;
		}
		end = point;
	}
	if (storage->keeps == BINDS_KEEPS_TIME)
		return keeps_clock(p, end, value->data + value->length);
	/* a date becomes its midnight, which is read as the date */
	return matches(p, end, "0000-00-00 00:00:00") ||
		(storage->codec == BINDS_CODEC_DATE && matches(p, end, "0000-00-00"));
}

/*
 * Hours may have three digits, and a sign.  There is no minus zero, be it in the fraction,
 * which ends at "all".
 */
static bool
keeps_clock(const char *p, const char *end, const char *all)
{
	bool		zero = true;

	if (p < end && *p == '-')
	{
		p++;
		for (const char *q = p; q < all; q++)
			zero = zero && strchr("0:.", *q) != NULL;
		if (zero)
			return false;
	}
	return matches(p, end, "00:00:00") ||
		(p < end && *p != '0' && matches(p, end, "000:00:00"));
}

/* Is it like the pattern, in which 0 stands for any digit? */
static bool
matches(const char *p, const char *end, const char *pattern)
{
	for (; p < end && *pattern != '\0'; p++, pattern++)
	{
		if (*pattern == '0' ? (*p < '0' || *p > '9') : *p != *pattern)
			return false;
	}
	return p == end && *pattern == '\0';
}

/* ------------------------------------------------------------------------
 * Labels
 * ------------------------------------------------------------------------ */

/*
 * Is it one of the labels, from number *from on?  *from becomes the next one's.
 * An engine would take other spellings, and numbers for positions.
 */
static bool
is_label(const BindsStorage *storage, const char *data, size_t length, int *from)
{
	for (int i = *from; storage->labels[i] != NULL; i++)
	{
		if (strlen(storage->labels[i]) == length &&
			memcmp(storage->labels[i], data, length) == 0)
		{
			*from = i + 1;
			return true;
		}
	}
	return false;
}

static bool
keeps_labels(const BindsStorage *storage, const BindsValue *value)
{
	const char *p = value->data;
	const char *end = p + value->length;
	int			from = 0;

	if (value->length == 0)
		return true;
	for (;;)
	{
		const char *comma = memchr(p, ',', end - p);

		if (!is_label(storage, p, (comma != NULL ? comma : end) - p, &from))
			return false;
		if (comma == NULL)
			return true;
		p = comma + 1;
	}
}
