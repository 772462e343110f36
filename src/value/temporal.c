/*
 * temporal.c
 *	  Dates, times, timestamps and intervals to and from engine values.
 *
 * Engines keep them as ISO 8601 text (SQLite) or show them so (MySQL); a timestamptz
 * is kept in UTC.  Nothing in here depends on DateStyle, IntervalStyle or the
 * session's time zone.
 *
 * Engines know the years 0001 to 9999, and neither infinity nor BC.  MySQL's zero
 * dates are no dates.  A number in such a column (SQLite's Julian days or Unix
 * seconds) could mean either, so it is refused, unless the column says what it is:
 * number_time.c.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "datatype/timestamp.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "value/codec.h"

/* digits of a second that are looked at */
#define FRACTION_MAX 30

/* room for every text made here */
#define TEMPORAL_MAX 96

#define EPOCH_DAYS (UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE)

/* Days of 0001-01-01 and 9999-12-31 in PostgreSQL's count. */
#define FIRST_DAY (-730119)
#define LAST_DAY 2921939

/* 838:59:59, the largest TIME of MySQL, in microseconds */
#define CLOCK_MAX (INT64CONST(3020399) * USECS_PER_SEC)

/* What parsing came to. */
typedef enum Parsed
{
	PARSED_OK,
	PARSED_SYNTAX,				/* 22007 */
	PARSED_RANGE				/* 22008 */
} Parsed;

static Parsed parse_date(const char **p, const char *end, int32 *days);
static Parsed parse_basic_date(const char **p, const char *end, int32 *days);
static Parsed day_of(int year, int month, int day, int32 *days);
static Parsed parse_clock(const char **p, const char *end, int64 *usecs);
static Parsed parse_offset(const char **p, const char *end, int64 *usecs);
static Parsed parse_moment(const char **p, const char *end, Timestamp *result);
static Parsed parse_fraction(const char **p, const char *end, int64 *usecs);
static Parsed parse_iso_interval(const char *p, const char *end, Interval *result);
static Parsed parse_clock_interval(const char *p, const char *end,
								   Interval *result);
static Datum refuse(BindsDecoder *decoder, const BindsValue *value, Parsed parsed);
static bool is_text(const BindsValue *value);
static bool fraction_fits(int64 usecs, int digits);
static Datum decode_moment(BindsDecoder *decoder, const BindsValue *value);
static char *append_digits(char *p, int64 number, int width);
static char *append_date(char *p, int32 days);
static char *append_clock(char *p, int64 usecs, int fraction);
static char *append_moment(char *p, Timestamp moment, int fraction);
static char *append_part(char *p, int64 number, char unit);
static bool encode_clock(BindsEncoding *encoding, const Interval *span,
						 BindsValue *result);
static bool encode_epoch(BindsEncoding *encoding, const Interval *span,
						 BindsValue *result);

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

/*
 * A date, or a timestamp at midnight.
 */
Datum
binds_decode_date(BindsDecoder *decoder, const BindsValue *value)
{
	const char *p = value->data;
	const char *end = p + value->length;
	int32		days;
	int64		usecs = 0;
	int64		offset = 0;
	Parsed		parsed;

	if (BINDS_FORM_IS_NUMBER(decoder->storage->form))
		return binds_decode_number_time(decoder, value);
	if (!is_text(value))
		return refuse(decoder, value, PARSED_SYNTAX);
	parsed = parse_date(&p, end, &days);
	if (parsed == PARSED_OK && p < end && (*p == ' ' || *p == 'T'))
	{
		p++;
		parsed = parse_clock(&p, end, &usecs);
		if (parsed == PARSED_OK && p < end)
			parsed = parse_offset(&p, end, &offset);
	}
	if (parsed == PARSED_OK && p < end)
		parsed = PARSED_SYNTAX;
	if (parsed != PARSED_OK)
		return refuse(decoder, value, parsed);
	if (usecs != 0 || offset != 0)
		return binds_value_invalid(decoder, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "A date has neither a time of day nor a time zone.");
	return DateADTGetDatum(days);
}

/*
 * A time of day.  MySQL's TIME can be negative and beyond 24 hours.
 */
Datum
binds_decode_time(BindsDecoder *decoder, const BindsValue *value)
{
	const char *p = value->data;
	const char *end = p + value->length;
	int64		usecs;
	Parsed		parsed;

	if (!is_text(value))
		return refuse(decoder, value, PARSED_SYNTAX);
	parsed = parse_clock(&p, end, &usecs);
	if (parsed == PARSED_OK && p < end)
		parsed = PARSED_SYNTAX;
	if (parsed == PARSED_SYNTAX)
	{
		Interval	span;

		if (parse_clock_interval(value->data, end, &span) == PARSED_OK)
			parsed = PARSED_RANGE;
	}
	if (parsed != PARSED_OK)
		return refuse(decoder, value, parsed);
	if (!fraction_fits(usecs, decoder->storage->typmod))
		return binds_value_invalid(decoder, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "It has more digits of a second than the column's type.");
	return TimeADTGetDatum(usecs);
}

Datum
binds_decode_timestamp(BindsDecoder *decoder, const BindsValue *value)
{
	return decode_moment(decoder, value);
}

Datum
binds_decode_timestamptz(BindsDecoder *decoder, const BindsValue *value)
{
	return decode_moment(decoder, value);
}

/*
 * A timestamp; one with time zone is kept in UTC.  Where a text names a zone, it is the
 * time in UTC that is read, also as a timestamp without one: others write a Z behind
 * what they take from their clock.
 */
static Datum
decode_moment(BindsDecoder *decoder, const BindsValue *value)
{
	const char *p = value->data;
	const char *end = p + value->length;
	Timestamp	moment;
	Parsed		parsed;

	if (BINDS_FORM_IS_NUMBER(decoder->storage->form))
		return binds_decode_number_time(decoder, value);
	if (!is_text(value))
		return refuse(decoder, value, PARSED_SYNTAX);
	parsed = parse_moment(&p, end, &moment);
	if (parsed == PARSED_OK && p < end)
	{
		int64		offset;

		parsed = parse_offset(&p, end, &offset);
		if (parsed == PARSED_OK)
			moment -= offset;
	}
	if (parsed == PARSED_OK && p < end)
		parsed = PARSED_SYNTAX;
	if (parsed != PARSED_OK)
		return refuse(decoder, value, parsed);
	if (!fraction_fits(moment, decoder->storage->typmod))
		return binds_value_invalid(decoder, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "It has more digits of a second than the column's type.");
	return TimestampGetDatum(moment);
}

/*
 * An interval: ISO 8601 text, a timestamp that counts from 1970 (SQLAlchemy), or
 * MySQL's TIME.
 */
Datum
binds_decode_interval(BindsDecoder *decoder, const BindsValue *value)
{
	const char *p = value->data;
	const char *end = p + value->length;
	Interval   *span;
	Timestamp	moment;
	Parsed		parsed;

	if (!is_text(value))
		return refuse(decoder, value, PARSED_SYNTAX);
	span = palloc0(sizeof(Interval));
	if (value->length > 0 && *p == 'P')
		parsed = parse_iso_interval(p, end, span);
	else
	{
		parsed = parse_moment(&p, end, &moment);
		if (parsed == PARSED_OK && p < end)
			parsed = PARSED_SYNTAX;
		if (parsed == PARSED_OK)
		{
			moment -= EPOCH_DAYS * USECS_PER_DAY;
			span->day = moment / USECS_PER_DAY;
			span->time = moment % USECS_PER_DAY;
		}
		else if (parsed == PARSED_SYNTAX)
			parsed = parse_clock_interval(value->data, end, span);
	}
	if (parsed != PARSED_OK)
		return refuse(decoder, value, parsed);
	return IntervalPGetDatum(span);
}

static Datum
refuse(BindsDecoder *decoder, const BindsValue *value, Parsed parsed)
{
	if (value->kind == BINDS_INTEGER || value->kind == BINDS_REAL)
		return binds_value_invalid(decoder, value, ERRCODE_INVALID_DATETIME_FORMAT,
								   decoder->storage->codec == BINDS_CODEC_TIME ||
								   decoder->storage->codec == BINDS_CODEC_INTERVAL ?
								   "A number is no such value; only ISO 8601 text is read." :
								   "A number could be a Julian day or Unix seconds; only ISO 8601 text is read without the column option temporal.");
	if (parsed == PARSED_RANGE)
		return binds_value_invalid(decoder, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "PostgreSQL has no such date or time.");
	return binds_value_invalid(decoder, value, ERRCODE_INVALID_DATETIME_FORMAT,
							   decoder->storage->codec == BINDS_CODEC_DATE ?
							   "Only ISO 8601 text with hyphens is read." :
							   "Only ISO 8601 text is read.");
}

static bool
is_text(const BindsValue *value)
{
	return value->kind == BINDS_TEXT;
}

/* Has a time no more digits of a second than "digits" (negative: any)? */
static bool
fraction_fits(int64 usecs, int digits)
{
	static const int units[] = {1000000, 100000, 10000, 1000, 100, 10, 1};

	return digits < 0 || digits >= 6 || usecs % units[digits] == 0;
}

/* ------------------------------------------------------------------------
 * Parsing
 * ------------------------------------------------------------------------ */

/* Read exactly "width" digits. */
static inline bool
parse_digits(const char **p, const char *end, int width, int *result)
{
	const char *s = *p;
	int			number = 0;

	if (end - s < width)
		return false;
	for (int i = 0; i < width; i++)
	{
		unsigned int digit = (unsigned char) s[i] - '0';

		if (digit > 9)
			return false;
		number = number * 10 + digit;
	}
	*p = s + width;
	*result = number;
	return true;
}

static inline bool
parse_char(const char **p, const char *end, char wanted)
{
	if (*p >= end || **p != wanted)
		return false;
	(*p)++;
	return true;
}

/* YYYY-MM-DD */
static Parsed
parse_date(const char **p, const char *end, int32 *days)
{
	int			year;
	int			month;
	int			day;

	if (!parse_digits(p, end, 4, &year) || !parse_char(p, end, '-') ||
		!parse_digits(p, end, 2, &month) || !parse_char(p, end, '-') ||
		!parse_digits(p, end, 2, &day))
		return PARSED_SYNTAX;
	return day_of(year, month, day, days);
}

/* YYYYMMDD, ISO 8601's basic format */
static Parsed
parse_basic_date(const char **p, const char *end, int32 *days)
{
	int			year;
	int			month;
	int			day;

	if (!parse_digits(p, end, 4, &year) || !parse_digits(p, end, 2, &month) ||
		!parse_digits(p, end, 2, &day))
		return PARSED_SYNTAX;
	return day_of(year, month, day, days);
}

static Parsed
day_of(int year, int month, int day, int32 *days)
{
	if (year < 1 || month < 1 || month > MONTHS_PER_YEAR || day < 1 ||
		day > day_tab[isleap(year)][month - 1])
		return PARSED_RANGE;
	*days = date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
	return PARSED_OK;
}

/*
 * hh:mm[:ss[.ffffff]], up to 24:00:00, or the same without colons.
 */
static Parsed
parse_clock(const char **p, const char *end, int64 *usecs)
{
	int			hour;
	int			minute;
	int			second = 0;
	int64		fraction = 0;
	bool		colons;
	Parsed		parsed;

	if (!parse_digits(p, end, 2, &hour))
		return PARSED_SYNTAX;
	colons = parse_char(p, end, ':');
	if (!parse_digits(p, end, 2, &minute))
		return PARSED_SYNTAX;
	if (colons ? parse_char(p, end, ':') :
		*p < end && **p >= '0' && **p <= '9')
	{
		if (!parse_digits(p, end, 2, &second))
			return PARSED_SYNTAX;
		parsed = parse_fraction(p, end, &fraction);
		if (parsed != PARSED_OK)
			return parsed;
	}
	if (minute > 59 || second > 59)
		return PARSED_RANGE;
	*usecs = ((hour * MINS_PER_HOUR + minute) * (int64) SECS_PER_MINUTE + second) *
		USECS_PER_SEC + fraction;
	return *usecs > USECS_PER_DAY ? PARSED_RANGE : PARSED_OK;
}

/*
 * A fraction of a second, if there is one, rounded to six digits as PostgreSQL's own
 * input does it.
 */
static Parsed
parse_fraction(const char **p, const char *end, int64 *usecs)
{
	char		digits[FRACTION_MAX + 2];
	int			length = 1;
	const char *start;

	*usecs = 0;
	if (!parse_char(p, end, '.'))
		return PARSED_OK;
	digits[0] = '.';
	for (start = *p; *p < end && **p >= '0' && **p <= '9'; (*p)++)
	{
		if (length <= FRACTION_MAX)
			digits[length++] = **p;
	}
	digits[length] = '\0';
	*usecs = (int64) rint(strtod(digits, NULL) * 1000000);
	return *p == start ? PARSED_SYNTAX : PARSED_OK;
}

/*
 * A date with or without a time of day.  24:00:00 is the next day's midnight.
 */
static Parsed
parse_moment(const char **p, const char *end, Timestamp *result)
{
	int32		days;
	int64		usecs = 0;
	Parsed		parsed;

	parsed = end - *p > 4 && (*p)[4] == '-' ? parse_date(p, end, &days) :
		parse_basic_date(p, end, &days);
	if (parsed == PARSED_OK && *p < end && (**p == ' ' || **p == 'T'))
	{
		(*p)++;
		parsed = parse_clock(p, end, &usecs);
	}
	if (parsed == PARSED_OK)
		*result = days * USECS_PER_DAY + usecs;
	return parsed;
}

/*
 * Z, +hh, +hhmm or +hh:mm, perhaps after a blank.
 */
static Parsed
parse_offset(const char **p, const char *end, int64 *usecs)
{
	bool		negative;
	int			hours;
	int			minutes = 0;

	*usecs = 0;
	if (*p + 1 < end)
		(void) parse_char(p, end, ' ');
	if (parse_char(p, end, 'Z'))
		return PARSED_OK;
	negative = (**p == '-');
	if (!negative && **p != '+')
		return PARSED_SYNTAX;
	(*p)++;
	if (!parse_digits(p, end, 2, &hours))
		return PARSED_SYNTAX;
	if (*p < end)
	{
		(void) parse_char(p, end, ':');
		if (!parse_digits(p, end, 2, &minutes))
			return PARSED_SYNTAX;
	}
	if (hours > MAX_TZDISP_HOUR || minutes > 59)
		return PARSED_RANGE;
	*usecs = (hours * MINS_PER_HOUR + minutes) * (int64) SECS_PER_MINUTE *
		USECS_PER_SEC;
	if (negative)
		*usecs = -*usecs;
	return PARSED_OK;
}

/*
 * P[nY][nM][nW][nD][T[nH][nM][n[.f]S]], every number with a sign of its own.
 */
static Parsed
parse_iso_interval(const char *p, const char *end, Interval *result)
{
	bool		in_time = false;
	bool		any = false;
	int64		months = 0;
	int64		days = 0;

	for (p++; p < end;)
	{
		bool		negative = false;
		bool		fractional;
		int64		number = 0;
		int64		usecs;
		const char *start;

		if (*p == 'T' && !in_time)
		{
			in_time = true;
			p++;
			continue;
		}
		if (*p == '-' || *p == '+')
			negative = (*p++ == '-');
		for (start = p; p < end && *p >= '0' && *p <= '9'; p++)
		{
			if (p - start > 12)
				return PARSED_RANGE;
			number = number * 10 + (*p - '0');
		}
		fractional = (p < end && *p == '.');
		if (p == start || parse_fraction(&p, end, &usecs) != PARSED_OK ||
			p == end || (fractional && *p != 'S'))
			return PARSED_SYNTAX;
		if (negative)
		{
			number = -number;
			usecs = -usecs;
		}
		any = true;
		if (in_time)
		{
			int64		unit = *p == 'H' ? USECS_PER_HOUR :
				*p == 'M' ? USECS_PER_MINUTE :
				*p == 'S' ? USECS_PER_SEC : 0;

			if (unit == 0)
				return PARSED_SYNTAX;
			if (pg_mul_s64_overflow(number, unit, &number) ||
				pg_add_s64_overflow(number, usecs, &number) ||
				pg_add_s64_overflow(result->time, number, &result->time))
				return PARSED_RANGE;
		}
		else if (*p == 'Y')
			months += number * MONTHS_PER_YEAR;
		else if (*p == 'M')
			months += number;
		else if (*p == 'W')
			days += number * 7;
		else if (*p == 'D')
			days += number;
		else
			return PARSED_SYNTAX;
		p++;
	}
	if (months < PG_INT32_MIN || months > PG_INT32_MAX ||
		days < PG_INT32_MIN || days > PG_INT32_MAX)
		return PARSED_RANGE;
	result->month = months;
	result->day = days;
	return any ? PARSED_OK : PARSED_SYNTAX;
}

/*
 * [-]h..h:mm:ss[.ffffff], as MySQL shows TIME.
 */
static Parsed
parse_clock_interval(const char *p, const char *end, Interval *result)
{
	bool		negative = false;
	int			hours = 0;
	int			minute;
	int			second;
	int64		fraction;
	int			ndigits = 0;

	if (p < end && *p == '-')
	{
		negative = true;
		p++;
	}
	for (; p < end && *p >= '0' && *p <= '9' && ndigits < 4; p++, ndigits++)
		hours = hours * 10 + (*p - '0');
	if (ndigits == 0 || !parse_char(&p, end, ':') ||
		!parse_digits(&p, end, 2, &minute) || !parse_char(&p, end, ':') ||
		!parse_digits(&p, end, 2, &second) ||
		parse_fraction(&p, end, &fraction) != PARSED_OK || p < end)
		return PARSED_SYNTAX;
	if (minute > 59 || second > 59)
		return PARSED_RANGE;
	result->time = hours * USECS_PER_HOUR + minute * USECS_PER_MINUTE +
		second * USECS_PER_SEC + fraction;
	if (negative)
		result->time = -result->time;
	return PARSED_OK;
}

/* ------------------------------------------------------------------------
 * Writing
 * ------------------------------------------------------------------------ */

static bool
misfit_day(BindsEncoding *encoding)
{
	return binds_encode_no_value(encoding, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								 "The engine has the years 0001 to 9999, and no infinity.");
}

static bool
misfit_fraction(BindsEncoding *encoding)
{
	return binds_encode_fraction(encoding,
								 psprintf("The engine's column keeps %d digits of a second.",
										  encoding->storage->fraction));
}

bool
binds_encode_date(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	DateADT		days = DatumGetDateADT(value);
	char	   *text;

	if (days < FIRST_DAY || days > LAST_DAY)
		return misfit_day(encoding);
	if (BINDS_FORM_IS_NUMBER(encoding->storage->form))
		return binds_encode_number_time(encoding, days * USECS_PER_DAY, result);
	text = palloc(TEMPORAL_MAX);
	return binds_encode_bytes(result, BINDS_TEXT, text,
							  append_date(text, days) - text);
}

bool
binds_encode_time(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	TimeADT		usecs = DatumGetTimeADT(value);
	int			fraction = encoding->storage->fraction;
	char	   *text;

	if (!fraction_fits(usecs, fraction))
		return misfit_fraction(encoding);
	text = palloc(TEMPORAL_MAX);
	return binds_encode_bytes(result, BINDS_TEXT, text,
							  append_clock(text, usecs, fraction) - text);
}

/*
 * timestamp and timestamptz: the latter is its UTC already.
 */
bool
binds_encode_timestamp(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	Timestamp	moment = DatumGetTimestamp(value);
	int			fraction = encoding->storage->fraction;
	char	   *text;

	if (moment < FIRST_DAY * USECS_PER_DAY ||
		moment >= (LAST_DAY + 1) * USECS_PER_DAY)
		return misfit_day(encoding);
	if (BINDS_FORM_IS_NUMBER(encoding->storage->form))
		return binds_encode_number_time(encoding, moment, result);
	if (!fraction_fits(moment, fraction))
		return misfit_fraction(encoding);
	text = palloc(TEMPORAL_MAX);
	return binds_encode_bytes(result, BINDS_TEXT, text,
							  append_moment(text, moment, fraction) - text);
}

/*
 * ISO 8601, the parts as PostgreSQL keeps them: months, days, and time.
 */
bool
binds_encode_interval(BindsEncoding *encoding, Datum value, BindsValue *result)
{
	Interval   *span = DatumGetIntervalP(value);
	char	   *text;
	char	   *p;
	int64		seconds;
	int64		usecs;

	if (!encoding->storing)
		return binds_encode_misfit(encoding, ERRCODE_FEATURE_NOT_SUPPORTED,
								   "Equal intervals may have different texts.");
#ifdef INTERVAL_NOT_FINITE
	if (INTERVAL_NOT_FINITE(span))
		return binds_encode_no_value(encoding, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
									 "The engine has no infinity.");
#endif
	if (encoding->storage->form == BINDS_FORM_EPOCH)
		return encode_epoch(encoding, span, result);
	if (encoding->storage->form == BINDS_FORM_CLOCK)
		return encode_clock(encoding, span, result);

	text = p = palloc(TEMPORAL_MAX);
	*p++ = 'P';
	p = append_part(p, span->month / MONTHS_PER_YEAR, 'Y');
	p = append_part(p, span->month % MONTHS_PER_YEAR, 'M');
	p = append_part(p, span->day, 'D');
	if (span->time != 0 || p == text + 1)
		*p++ = 'T';
	p = append_part(p, span->time / USECS_PER_HOUR, 'H');
	p = append_part(p, span->time / USECS_PER_MINUTE % MINS_PER_HOUR, 'M');
	usecs = span->time % USECS_PER_MINUTE;
	seconds = usecs / USECS_PER_SEC;
	usecs %= USECS_PER_SEC;
	if (usecs != 0)
		p += sprintf(p, "%s" INT64_FORMAT ".%06dS", span->time < 0 ? "-" : "",
					 seconds < 0 ? -seconds : seconds, abs((int) usecs));
	else if (seconds != 0 || p[-1] == 'T')
		p += sprintf(p, INT64_FORMAT "S", seconds);
	return binds_encode_bytes(result, BINDS_TEXT, text, p - text);
}

/*
 * An interval as 1970-01-01 plus itself.  Only what is days and a time of the same
 * sign below 24 hours comes back the same.
 */
static bool
encode_epoch(BindsEncoding *encoding, const Interval *span, BindsValue *result)
{
	int64		moment;
	char	   *text;

	if (span->month != 0 || span->time <= -USECS_PER_DAY ||
		span->time >= USECS_PER_DAY ||
		(span->day > 0 && span->time < 0) || (span->day < 0 && span->time > 0))
		return binds_encode_misfit(encoding, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "The engine's column counts from 1970-01-01: it takes days, and a time of the same sign below 24 hours.");
	if (span->day < FIRST_DAY - EPOCH_DAYS + 1 || span->day >= LAST_DAY - EPOCH_DAYS)
		return misfit_day(encoding);
	moment = (span->day + EPOCH_DAYS) * USECS_PER_DAY + span->time;
	if (!fraction_fits(moment, encoding->storage->fraction))
		return misfit_fraction(encoding);
	text = palloc(TEMPORAL_MAX);
	return binds_encode_bytes(result, BINDS_TEXT, text,
							  append_moment(text, moment,
											encoding->storage->fraction) - text);
}

/*
 * An interval as MySQL's TIME: hours, minutes and seconds.  PostgreSQL tells a day from
 * 24 hours, so only what has neither days nor months comes back the same.
 */
static bool
encode_clock(BindsEncoding *encoding, const Interval *span, BindsValue *result)
{
	int64		time = span->time < 0 ? -span->time : span->time;
	char	   *text;
	char	   *p;

	if (span->month != 0 || span->day != 0)
		return binds_encode_misfit(encoding, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "The engine's column keeps hours, minutes and seconds, but neither days nor months.");
	if (time > CLOCK_MAX)
		return binds_encode_misfit(encoding, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "The engine's column keeps up to 838:59:59.");
	if (!fraction_fits(time, encoding->storage->fraction))
		return misfit_fraction(encoding);
	text = p = palloc(TEMPORAL_MAX);
	if (span->time < 0)
		*p++ = '-';
	if (time >= 100 * USECS_PER_HOUR)
	{
		*p++ = '0' + time / (100 * USECS_PER_HOUR);
		time %= 100 * USECS_PER_HOUR;
	}
	p = append_clock(p, time, encoding->storage->fraction);
	return binds_encode_bytes(result, BINDS_TEXT, text, p - text);
}

/* ------------------------------------------------------------------------
 * Printing; each returns the new end
 * ------------------------------------------------------------------------ */

static char *
append_digits(char *p, int64 number, int width)
{
	for (int i = width - 1; i >= 0; i--)
	{
		p[i] = '0' + number % 10;
		number /= 10;
	}
	return p + width;
}

static char *
append_date(char *p, int32 days)
{
	int			year;
	int			month;
	int			day;

	j2date(days + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	p = append_digits(p, year, 4);
	*p++ = '-';
	p = append_digits(p, month, 2);
	*p++ = '-';
	return append_digits(p, day, 2);
}

static char *
append_clock(char *p, int64 usecs, int fraction)
{
	static const int units[] = {1000000, 100000, 10000, 1000, 100, 10, 1};
	int64		seconds = usecs / USECS_PER_SEC;

	p = append_digits(p, seconds / SECS_PER_HOUR, 2);
	*p++ = ':';
	p = append_digits(p, seconds / SECS_PER_MINUTE % MINS_PER_HOUR, 2);
	*p++ = ':';
	p = append_digits(p, seconds % SECS_PER_MINUTE, 2);
	if (fraction > 0)
	{
		*p++ = '.';
		p = append_digits(p, usecs % USECS_PER_SEC / units[fraction], fraction);
	}
	return p;
}

static char *
append_moment(char *p, Timestamp moment, int fraction)
{
	int64		days = moment / USECS_PER_DAY;
	int64		usecs = moment % USECS_PER_DAY;

	if (usecs < 0)
	{
		usecs += USECS_PER_DAY;
		days--;
	}
	p = append_date(p, days);
	*p++ = ' ';
	return append_clock(p, usecs, fraction);
}

static char *
append_part(char *p, int64 number, char unit)
{
	if (number == 0)
		return p;
	return p + sprintf(p, INT64_FORMAT "%c", number, unit);
}
