/*
 * number_time.c
 *	  Dates and timestamps that are kept as numbers.
 *
 * SQLite has no type for them, and three conventions: seconds since 1970, the same in
 * milliseconds, and Julian days; each as an integer or a real.  The column's option
 * temporal says which one it is.  A timestamptz is its UTC.
 *
 * Seconds and milliseconds are read to the microsecond, Julian days to the millisecond,
 * as SQLite's own functions read them: a double has no more.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "datatype/timestamp.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "value/codec.h"

#define USECS_PER_MSEC INT64CONST(1000)

/* 1970-01-01 in PostgreSQL's count */
#define EPOCH_USECS \
	((int64) (UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY)

/* 0001-01-01, and what comes after 9999-12-31, in microseconds since 1970 */
#define FIRST_USEC (INT64CONST(-62135596800) * USECS_PER_SEC)
#define END_USEC (INT64CONST(253402300800) * USECS_PER_SEC)

/* Julian day 2440587.5, 1970-01-01, in milliseconds */
#define JULIAN_EPOCH INT64CONST(210866760000000)
#define MSECS_PER_DAY 86400000.0

static const struct
{
	const char *word;
	BindsForm	form;
	int64		unit;			/* in microseconds, 0: days */
	const char *misfit;
}			conventions[] = {

	{"epoch", BINDS_FORM_SECONDS, USECS_PER_SEC,
	"The engine's column keeps whole seconds (option temporal 'epoch')."},
	{"milliseconds", BINDS_FORM_MILLISECONDS, USECS_PER_MSEC,
	"The engine's column keeps whole milliseconds (option temporal 'milliseconds')."},
	{"julian", BINDS_FORM_JULIAN, 0,
	"A Julian day keeps milliseconds (option temporal 'julian')."}
};

static int	convention_of(BindsForm form);
static bool real_usecs(double real, int64 unit, int64 *usecs);
static bool reads_back(BindsForm form, const BindsValue *value, int64 usecs);

BindsForm
binds_temporal_form(const char *word)
{
	for (int i = 0; word != NULL && i < (int) lengthof(conventions); i++)
	{
		if (strcmp(conventions[i].word, word) == 0)
			return conventions[i].form;
	}
	return BINDS_FORM_NATIVE;
}

const char *
binds_temporal_word(BindsForm form)
{
	return conventions[convention_of(form)].word;
}

/* The form is one of the three. */
static int
convention_of(BindsForm form)
{
	int			i = 0;

	while (i < (int) lengthof(conventions) - 1 && conventions[i].form != form)
		i++;
	return i;
}

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

bool
binds_number_usecs(BindsForm form, const BindsValue *value, int64 *usecs)
{
	int64		unit = conventions[convention_of(form)].unit;

	if (value->kind == BINDS_INTEGER && unit != 0)
	{
		if (value->integer < FIRST_USEC / unit || value->integer >= END_USEC / unit)
			return false;
		*usecs = value->integer * unit;
		return true;
	}
	if (value->kind == BINDS_INTEGER)
		return real_usecs((double) value->integer, unit, usecs);
	if (value->kind == BINDS_REAL)
		return real_usecs(value->real, unit, usecs);
	return false;
}

/*
 * The whole part apart from the rest, so that no digit is lost far from 1970.
 */
static bool
real_usecs(double real, int64 unit, int64 *usecs)
{
	double		whole;

	if (unit == 0)
	{
		/* the year 9999 ends with day 5373484.5; NaN is none */
		if (!(real >= 0 && real < 5373485))
			return false;
		*usecs = ((int64) (real * MSECS_PER_DAY + 0.5) - JULIAN_EPOCH) *
			USECS_PER_MSEC;
		return *usecs >= FIRST_USEC && *usecs < END_USEC;
	}
	if (!(real >= (double) (FIRST_USEC / unit) && real < (double) (END_USEC / unit)))
		return false;
	whole = floor(real);
	*usecs = (int64) whole * unit + (int64) rint((real - whole) * unit);
	return *usecs < END_USEC;
}

/* A date is read from its midnight alone. */
Datum
binds_decode_number_time(BindsDecoder *decoder, const BindsValue *value)
{
	const BindsStorage *storage = decoder->storage;
	static const int units[] = {1000000, 100000, 10000, 1000, 100, 10, 1};
	int64		usecs;

	if (value->kind != BINDS_INTEGER && value->kind != BINDS_REAL)
		return binds_value_invalid(decoder, value, ERRCODE_INVALID_DATETIME_FORMAT,
								   psprintf("Only numbers are read (option temporal '%s').",
											binds_temporal_word(storage->form)));
	if (!binds_number_usecs(storage->form, value, &usecs))
		return binds_value_invalid(decoder, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   psprintf("It is not in the years 0001 to 9999 (option temporal '%s').",
											binds_temporal_word(storage->form)));
	usecs += EPOCH_USECS;
	if (storage->codec == BINDS_CODEC_DATE)
	{
		if (usecs % USECS_PER_DAY != 0)
			return binds_value_invalid(decoder, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
									   "A date has neither a time of day nor a time zone.");
		return DateADTGetDatum((DateADT) (usecs / USECS_PER_DAY));
	}
	if (storage->typmod >= 0 && storage->typmod < MAX_TIMESTAMP_PRECISION &&
		usecs % units[storage->typmod] != 0)
		return binds_value_invalid(decoder, value, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE,
								   "It has more digits of a second than the column's type.");
	return TimestampGetDatum(usecs);
}

/* ------------------------------------------------------------------------
 * Writing
 * ------------------------------------------------------------------------ */

/*
 * The year was looked at.  What is no whole number is compared as a real; whether it is
 * stored as one is the column's.
 */
bool
binds_encode_number_time(BindsEncoding *encoding, int64 moment, BindsValue *result)
{
	BindsForm	form = encoding->storage->form;
	int			convention = convention_of(form);
	int64		unit = conventions[convention].unit;
	int64		usecs = moment - EPOCH_USECS;

	if (unit != 0 && usecs % unit == 0)
	{
		result->kind = BINDS_INTEGER;
		result->integer = usecs / unit;
		return true;
	}
	result->kind = BINDS_REAL;
	if (unit == 0)
		result->real = (double) (usecs / USECS_PER_MSEC + JULIAN_EPOCH) / MSECS_PER_DAY;
	else
		result->real = (double) usecs / (double) unit;
	if ((unit != 0 && encoding->storing && !encoding->storage->fractions) ||
		!reads_back(form, result, usecs))
		return binds_encode_fraction(encoding, conventions[convention].misfit);
	return true;
}

static bool
reads_back(BindsForm form, const BindsValue *value, int64 usecs)
{
	int64		back;

	return binds_number_usecs(form, value, &back) && back == usecs;
}
