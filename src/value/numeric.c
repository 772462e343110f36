/*
 * numeric.c
 *	  numeric to and from engine values.
 *
 * Engines keep a numeric in three forms: as a decimal of their own (MySQL), as a
 * double or an integer (SQLite's NUMERIC affinity), or as its text.  A value is read
 * only if the column's precision and scale hold it exactly, and written only if it
 * comes back exactly.
 *
 * Numbers up to 18 digits, which is nearly all, are read without going through
 * PostgreSQL's input function.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "value/codec.h"

/* digits that always fit into an int64 */
#define FAST_DIGITS 18

/* digits that a double always gives back */
#define DOUBLE_DIGITS 15

/* MySQL's longest decimal, and its longest fraction */
#define DECIMAL_DIGITS 65
#define DECIMAL_SCALE 30

static const int64 powers_of_ten[FAST_DIGITS + 1] = {
	INT64CONST(1), INT64CONST(10), INT64CONST(100), INT64CONST(1000),
	INT64CONST(10000), INT64CONST(100000), INT64CONST(1000000),
	INT64CONST(10000000), INT64CONST(100000000), INT64CONST(1000000000),
	INT64CONST(10000000000), INT64CONST(100000000000),
	INT64CONST(1000000000000), INT64CONST(10000000000000),
	INT64CONST(100000000000000), INT64CONST(1000000000000000),
	INT64CONST(10000000000000000), INT64CONST(100000000000000000),
	INT64CONST(1000000000000000000)
};

/* A decimal number: digits * 10 ^ -scale. */
typedef struct SmallDecimal
{
	int64		digits;
	int			scale;
} SmallDecimal;

/* What a decimal text consists of. */
typedef struct DecimalShape
{
	int			integer_digits; /* without leading zeros */
	int			fraction_digits;	/* as written */
	int			needed_fraction;	/* without trailing zeros */
} DecimalShape;

static bool parse_small(const char *text, size_t length, SmallDecimal *result);
static bool round_small(double real, int32 typmod, SmallDecimal *result);
static bool fit_small(SmallDecimal *decimal, int32 typmod);
static Datum read_slowly(BindsDecoder *decoder, const BindsValue *value,
						 const char *text);
static bool is_number_text(const char *text, size_t length);
static void measure_decimal(const char *text, DecimalShape *shape);
static char *rescale_text(const char *text, int scale);
static bool encode_double(BindsEncoding *encoding, Numeric number, char *text,
						  BindsValue *result);
static bool encode_decimal_text(BindsEncoding *encoding, Numeric number,
								char *text, BindsValue *result);
static bool encode_decimal(BindsEncoding *encoding, char *text,
						   BindsValue *result);
static void engine_decimal(const BindsEncoding *encoding, int *precision, int *scale);

/* Precision and scale of a numeric's type modifier; the scale may be negative. */
static inline int
typmod_precision(int32 typmod)
{
	return ((typmod - VARHDRSZ) >> 16) & 0xffff;
}

static inline int
typmod_scale(int32 typmod)
{
	return (((typmod - VARHDRSZ) & 0x7ff) ^ 1024) - 1024;
}

static inline Datum
make_numeric(const SmallDecimal *decimal)
{
	if (decimal->scale == 0)
		return NumericGetDatum(int64_to_numeric(decimal->digits));
	return NumericGetDatum(int64_div_fast_to_numeric(decimal->digits,
													 decimal->scale));
}

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

Datum
binds_decode_numeric(BindsDecoder *decoder, const BindsValue *value)
{
	SmallDecimal decimal;
	const char *text;
	size_t		length;

	switch (value->kind)
	{
		case BINDS_INTEGER:
			decimal.digits = value->integer;
			decimal.scale = 0;
			if (fit_small(&decimal, decoder->storage->typmod))
				return make_numeric(&decimal);
			text = psprintf(INT64_FORMAT, value->integer);
			length = strlen(text);
			break;
		case BINDS_REAL:
			if (round_small(value->real, decoder->storage->typmod, &decimal) &&
				fit_small(&decimal, decoder->storage->typmod))
				return make_numeric(&decimal);
			text = binds_real_text(value->real);
			length = strlen(text);
			break;
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			text = value->data;
			length = value->length;
			break;
		default:
			return binds_value_unexpected(decoder, value);
	}

	if (parse_small(text, length, &decimal) &&
		fit_small(&decimal, decoder->storage->typmod))
		return make_numeric(&decimal);
	if (!is_number_text(text, length))
		return binds_value_unexpected(decoder, value);
	return read_slowly(decoder, value, pnstrdup(text, length));
}

/*
 * Read a plain decimal number of at most 18 digits; false if it is anything else.
 */
static bool
parse_small(const char *text, size_t length, SmallDecimal *result)
{
	const char *p = text;
	const char *end = text + length;
	bool		negative = false;
	bool		point = false;
	int64		digits = 0;
	int			scale = 0;
	int			seen = 0;

	if (p < end && (*p == '-' || *p == '+'))
		negative = (*p++ == '-');
	if (end - p > FAST_DIGITS + 1)
		return false;
	for (; p < end; p++)
	{
		if (*p >= '0' && *p <= '9')
		{
			digits = digits * 10 + (*p - '0');
			seen++;
			scale += point;
		}
		else if (*p == '.' && !point)
			point = true;
		else
			return false;
	}
	if (seen == 0 || seen > FAST_DIGITS)
		return false;
	result->digits = negative ? -digits : digits;
	result->scale = scale;
	return true;
}

/*
 * Find the decimal of the type's scale that a double stands for; false if there is none
 * of at most 15 digits.
 *
 * Both digits and power are exact doubles then, so that their quotient is the double
 * nearest to the decimal: if it is this one, the decimal is its shortest text, too.
 */
static bool
round_small(double real, int32 typmod, SmallDecimal *result)
{
	int			scale = typmod_scale(typmod);
	double		digits;

	if (typmod < (int32) VARHDRSZ || scale < 0 || scale > DOUBLE_DIGITS)
		return false;
	digits = rint(real * powers_of_ten[scale]);
	if (!(fabs(digits) < powers_of_ten[DOUBLE_DIGITS]) ||
		digits / powers_of_ten[scale] != real)
		return false;
	result->digits = (int64) digits;
	result->scale = scale;
	return true;
}

/*
 * Give a number the scale of its type; false if that is not exact, or not quick.
 */
static bool
fit_small(SmallDecimal *decimal, int32 typmod)
{
	int			precision;
	int			scale;

	if (typmod < (int32) VARHDRSZ)
		return true;
	precision = typmod_precision(typmod);
	scale = typmod_scale(typmod);
	if (scale < 0 || scale > FAST_DIGITS)
		return false;

	for (; decimal->scale > scale; decimal->scale--)
	{
		if (decimal->digits % 10 != 0)
			return false;
		decimal->digits /= 10;
	}
	if (decimal->scale < scale)
	{
		if (pg_mul_s64_overflow(decimal->digits,
								powers_of_ten[scale - decimal->scale],
								&decimal->digits))
			return false;
		decimal->scale = scale;
	}
	return precision > FAST_DIGITS ||
		(decimal->digits < powers_of_ten[precision] &&
		 decimal->digits > -powers_of_ten[precision]);
}

/*
 * Read any number through PostgreSQL, and see that the type modifier changes
 * nothing.
 */
static Datum
read_slowly(BindsDecoder *decoder, const BindsValue *value, const char *text)
{
	int32		typmod = decoder->storage->typmod;
	DecimalShape shape;
	Datum		number;
	Datum		fitted;

	number = binds_value_input(decoder, value, text, -1);
	if (decoder->invalid || typmod < (int32) VARHDRSZ ||
		numeric_is_nan(DatumGetNumeric(number)))
		return number;
	if (numeric_is_inf(DatumGetNumeric(number)))
		return binds_value_invalid(decoder, value,
								   ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								   "The column's type has no infinity.");

	measure_decimal(DatumGetCString(DirectFunctionCall1(numeric_out, number)),
					&shape);
	if (shape.integer_digits > typmod_precision(typmod) - typmod_scale(typmod) ||
		shape.needed_fraction > Max(typmod_scale(typmod), 0))
		return binds_value_invalid(decoder, value,
								   ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								   "It has more digits than the column's type.");
	fitted = DirectFunctionCall2(numeric, number, Int32GetDatum(typmod));
	if (!DatumGetBool(DirectFunctionCall2(numeric_eq, number, fitted)))
		return binds_value_invalid(decoder, value,
								   ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								   "It has more digits than the column's type.");
	return fitted;
}

/*
 * Is this a number in a form that engines write?  PostgreSQL reads more: blanks,
 * hexadecimal digits, underscores.
 */
static bool
is_number_text(const char *text, size_t length)
{
	if ((length == 3 && memcmp(text, "NaN", 3) == 0) ||
		(length == 8 && memcmp(text, "Infinity", 8) == 0) ||
		(length == 9 && memcmp(text, "-Infinity", 9) == 0))
		return true;
	for (size_t i = 0; i < length; i++)
	{
		if (!(text[i] >= '0' && text[i] <= '9') &&
			memchr("+-.eE", text[i], 5) == NULL)
			return false;
	}
	return length > 0;
}

/* ------------------------------------------------------------------------
 * Writing
 * ------------------------------------------------------------------------ */

bool
binds_encode_numeric(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	Numeric		number = DatumGetNumeric(value);
	char	   *text;

	text = DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(number)));
	if (encoding->storage->form == BINDS_FORM_DECIMAL_TEXT)
		return encode_decimal_text(encoding, number, text, result);
	if (numeric_is_nan(number) || numeric_is_inf(number))
		return binds_encode_no_value(encoding, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									 "The column keeps neither NaN nor infinity.");
	if (encoding->storage->form == BINDS_FORM_DOUBLE)
		return encode_double(encoding, number, text, result);
	return encode_decimal(encoding, text, result);
}

/*
 * As an integer if it is one, else as the double whose shortest text is this
 * number: that is what reading gives back, and doubles are ordered as their
 * shortest texts are.
 */
static bool
encode_double(BindsEncoding *encoding, Numeric number, char *text,
			  BindsValue *result)
{
	DecimalShape shape;
	SmallDecimal decimal;

	measure_decimal(text, &shape);
	if (shape.needed_fraction == 0 && shape.integer_digits <= FAST_DIGITS)
	{
		parse_small(text, strcspn(text, "."), &decimal);
		result->kind = BINDS_INTEGER;
		result->integer = decimal.digits;
		return true;
	}
	result->kind = BINDS_REAL;
	result->real = strtod(text, NULL);
	if (shape.integer_digits + shape.needed_fraction > DOUBLE_DIGITS ||
		shape.needed_fraction > 250)
	{
		char	   *back = isinf(result->real) ? "NaN" : binds_real_text(result->real);
		Datum		read = DirectFunctionCall3(numeric_in, CStringGetDatum(back),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1));

		if (!DatumGetBool(DirectFunctionCall2(numeric_eq, read,
											  NumericGetDatum(number))))
			return binds_encode_misfit(encoding,
									   ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									   "The engine keeps it as a double, which does not hold all digits.");
	}
	return true;
}

/*
 * As text with exactly the digits of the column's scale, so that equal numbers are
 * equal texts; without a type modifier as it is.
 */
static bool
encode_decimal_text(BindsEncoding *encoding, Numeric number, char *text,
					BindsValue *result)
{
	int32		typmod = encoding->storage->typmod;

	if (typmod >= (int32) VARHDRSZ && !numeric_is_nan(number))
	{
		text = numeric_is_inf(number) ? NULL :
			rescale_text(text, Max(typmod_scale(typmod), 0));
		if (text == NULL)
			return binds_encode_misfit(encoding,
									   ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
									   "It has more digits than the column.");
	}
	else if (!encoding->storing && typmod < (int32) VARHDRSZ)
		return binds_encode_misfit(encoding, ERRCODE_FEATURE_NOT_SUPPORTED,
								   "Equal numbers may have different texts.");
	return binds_encode_bytes(result, BINDS_TEXT, text, strlen(text));
}

/*
 * As an exact decimal literal.  An engine rounds what has too many decimals without
 * a word, so that is refused here.
 */
static bool
encode_decimal(BindsEncoding *encoding, char *text, BindsValue *result)
{
	DecimalShape shape;
	int			precision = DECIMAL_DIGITS;
	int			scale = DECIMAL_SCALE;
	bool		fitting = encoding->storing || encoding->storage->equals_fitting;

	measure_decimal(text, &shape);
	if (fitting)
		engine_decimal(encoding, &precision, &scale);
	if (shape.needed_fraction > scale ||
		shape.integer_digits > precision - (fitting ? scale : 0) ||
		shape.integer_digits + shape.needed_fraction > precision)
		return binds_encode_misfit(encoding, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
								   psprintf("The engine's column has %d digits, %d of them after the point.",
											precision, scale));
	if (shape.fraction_digits > shape.needed_fraction)
		text = rescale_text(text, shape.needed_fraction);
	return binds_encode_bytes(result, BINDS_DECIMAL, text, strlen(text));
}

/*
 * Precision and scale of the engine's column: of its declared type, else of ours.  What
 * else a column is declared as is no limit here to what is stored; compared are
 * integers.
 */
static void
engine_decimal(const BindsEncoding *encoding, int *precision, int *scale)
{
	const BindsStorage *storage = encoding->storage;
	const char *type = storage->engine_type;
	const char *paren;

	if (type != NULL)
	{
		if (pg_strncasecmp(type, "dec", 3) != 0 &&
			pg_strncasecmp(type, "num", 3) != 0 &&
			pg_strncasecmp(type, "fixed", 5) != 0)
		{
			if (!encoding->storing)
				*scale = 0;
			return;
		}

		*precision = 10;
		*scale = 0;
		paren = strchr(type, '(');
		if (paren != NULL)
			(void) sscanf(paren, "(%d , %d", precision, scale);
	}
	else if (storage->typmod >= (int32) VARHDRSZ)
	{
		*scale = typmod_scale(storage->typmod);
		*precision = typmod_precision(storage->typmod) - Min(*scale, 0);
		*scale = Max(*scale, 0);
		*precision = Max(*precision, *scale);
	}
}

/* ------------------------------------------------------------------------
 * Decimal texts, as numeric_out writes them
 * ------------------------------------------------------------------------ */

static void
measure_decimal(const char *text, DecimalShape *shape)
{
	memset(shape, 0, sizeof(*shape));
	if (*text == '-')
		text++;
	while (*text == '0')
		text++;
	for (; *text >= '0' && *text <= '9'; text++)
		shape->integer_digits++;
	if (*text != '.')
		return;
	for (text++; *text >= '0' && *text <= '9'; text++)
	{
		shape->fraction_digits++;
		if (*text != '0')
			shape->needed_fraction = shape->fraction_digits;
	}
}

/*
 * The same number with exactly "scale" digits after the point; NULL if that would
 * lose some.
 */
static char *
rescale_text(const char *text, int scale)
{
	DecimalShape shape;
	size_t		head = strcspn(text, ".");
	char	   *result;

	measure_decimal(text, &shape);
	if (shape.needed_fraction > scale)
		return NULL;
	result = palloc(head + scale + 2);
	memcpy(result, text, head);
	if (scale > 0)
	{
		int			kept = Min(shape.fraction_digits, scale);

		result[head] = '.';
		memcpy(result + head + 1, text + head + 1, kept);
		memset(result + head + 1 + kept, '0', scale - kept);
		result[head + 1 + scale] = '\0';
	}
	else
		result[head] = '\0';
	return result;
}
