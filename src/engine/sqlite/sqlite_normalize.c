/*
 * sqlite_normalize.c
 *	  Times, decimals and uuids in one form.
 *
 * SQLite has no such types: '2024-01-02 03:04' and '2024-01-02T03:04:00.000' are
 * different texts of what PostgreSQL reads as one value, and CURRENT_TIMESTAMP
 * writes no fraction where we write six digits.  Comparisons that are sent go
 * through the SQL functions binds_time, binds_day, binds_decimal and binds_uuid, which
 * use what is in here; the forms are those that value/ reads.
 *
 * Called by SQLite: nothing in here throws or allocates.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <limits.h>
#include <math.h>

#include "engine/sqlite/sqlite.h"

/* digits of a second that are looked at */
#define FRACTION_MAX 30

#define USECS_PER_DAY_TEXT INT64CONST(86400000000)

static bool starts_with_date(const char *text, int length);
static bool read_number(const char **p, const char *end, int digits, int *number);
static bool skip_char(const char **p, const char *end, char wanted);
static bool read_date(const char **p, const char *end, int64 *days);
static bool read_clock(const char **p, const char *end, int64 *usecs);
static bool read_offset(const char **p, const char *end, int64 *usecs);
static int	write_date(char *buf, int64 days);
static int64 days_from_civil(int year, int month, int day);

/*
 * Normalize a time of day to hh:mm:ss.ffffff, or a date with or without time and
 * zone to YYYY-MM-DD hh:mm:ss.ffffff in UTC.
 */
int
binds_sqlite_normal_time(const char *text, int length, char *buf)
{
	const char *p = text;
	const char *end = text + length;
	int64		days = 0;
	int64		usecs = 0;
	int64		offset = 0;
	bool		date = starts_with_date(text, length);
	int			used = 0;

	if (date)
	{
		if (!read_date(&p, end, &days))
			return -1;
		if (p < end && (*p == ' ' || *p == 'T'))
		{
			p++;
			if (!read_clock(&p, end, &usecs))
				return -1;
		}
		if (p < end && !read_offset(&p, end, &offset))
			return -1;
		usecs -= offset;
		while (usecs < 0)
		{
			usecs += USECS_PER_DAY_TEXT;
			days--;
		}
		while (usecs >= USECS_PER_DAY_TEXT)
		{
			usecs -= USECS_PER_DAY_TEXT;
			days++;
		}
		used = write_date(buf, days);
		buf[used++] = ' ';
	}
	else if (!read_clock(&p, end, &usecs))
		return -1;
	if (p != end)
		return -1;
	return used + snprintf(buf + used, BINDS_SQLITE_NORMAL_MAX - used,
						   "%02d:%02d:%02d.%06d",
						   (int) (usecs / INT64CONST(3600000000)),
						   (int) (usecs / 60000000 % 60),
						   (int) (usecs / 1000000 % 60),
						   (int) (usecs % 1000000));
}

/*
 * The day of a timestamp, "shift" days later, as a bound for the text of others:
 * whatever zone and form they were written in, their date is at most a day away.
 */
int
binds_sqlite_normal_day(const char *text, int length, int shift, char *buf)
{
	char		normal[BINDS_SQLITE_NORMAL_MAX];
	const char *p = normal;
	int			used = binds_sqlite_normal_time(text, length, normal);
	int64		days;

	if (used < 10 || !read_date(&p, normal + used, &days))
		return -1;
	return write_date(buf, days + shift);
}

/*
 * Likewise for texts of ISO 8601's basic format, YYYYMMDDThhmmss.  They sort behind all
 * of their year that have hyphens.  Neither of the two bounds looks like a number,
 * which a column's affinity would make of it.
 */
int
binds_sqlite_normal_basic_day(const char *text, int length, int shift, char *buf)
{
	char		normal[BINDS_SQLITE_NORMAL_MAX];
	int			used = binds_sqlite_normal_day(text, length, shift, normal);

	if (used != 10)
		return used < 0 ? -1 : snprintf(buf, BINDS_SQLITE_NORMAL_MAX, "%.*s",
										used, normal);
	return snprintf(buf, BINDS_SQLITE_NORMAL_MAX, "%.4s%.2s%.2sU", normal,
					normal + 5, normal + 8);
}

/* Where those of the year of that day begin. */
int
binds_sqlite_normal_basic_year(const char *text, int length, int shift, char *buf)
{
	char		normal[BINDS_SQLITE_NORMAL_MAX];
	int			used = binds_sqlite_normal_day(text, length, shift, normal);

	if (used != 10)
		return used < 0 ? -1 : snprintf(buf, BINDS_SQLITE_NORMAL_MAX, "%.*s",
										used, normal);
	return snprintf(buf, BINDS_SQLITE_NORMAL_MAX, "%.4s/", normal);
}

/*
 * Normalize a decimal number to its significant digits and an exponent: 12.30 and
 * 1.23e1 become 123e-1.  "buf" holds length + 16 bytes.
 */
int
binds_sqlite_normal_decimal(const char *text, int length, char *buf)
{
	const char *p = text;
	const char *end = text + length;
	char	   *to = buf;
	bool		point = false;
	bool		digits = false;
	long		exponent = 0;
	char	   *first;

	if (p < end && (*p == '-' || *p == '+'))
	{
		if (*p == '-')
			*to++ = '-';
		p++;
	}
	first = to;
	for (; p < end && ((*p >= '0' && *p <= '9') || (*p == '.' && !point)); p++)
	{
		if (*p == '.')
		{
			point = true;
			continue;
		}
		digits = true;
		exponent -= point;
		if (to > first || *p != '0')
			*to++ = *p;
	}
	if (digits && p < end && (*p == 'e' || *p == 'E'))
	{
		bool		negative = false;
		long		number = 0;

		p++;
		if (p < end && (*p == '-' || *p == '+'))
			negative = (*p++ == '-');
		digits = p < end;
		for (; p < end && *p >= '0' && *p <= '9'; p++)
			number = Min(number * 10 + (*p - '0'), 1000000);
		exponent += negative ? -number : number;
	}
	if (!digits || p != end)
		return -1;
	if (to == first)
	{
		buf[0] = '0';			/* without a sign */
		return 1;
	}
	while (to[-1] == '0')
	{
		to--;
		exponent++;
	}
	return (int) (to - buf) + snprintf(to, 14, "e%ld", exponent);
}

/*
 * Write a uuid, given as 16 bytes or as 32 or 36 characters, in one of these forms;
 * false if it is none.
 */
bool
binds_sqlite_normal_uuid(const char *data, int length, int form, char *buf)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[16];
	int			used = 0;

	if (length == 16)
		memcpy(bytes, data, 16);
	else if (length != 32 && length != 36)
		return false;
	else
	{
		for (int i = 0; i < 16; i++)
		{
			int			byte = 0;

			if (length == 36 && (i == 4 || i == 6 || i == 8 || i == 10) &&
				*data++ != '-')
				return false;
			for (int half = 0; half < 2; half++)
			{
				char		c = *data++;
				const char *digit;

				if (c >= 'A' && c <= 'F')
					c += 'a' - 'A';
				digit = c != '\0' ? strchr(digits, c) : NULL;
				if (digit == NULL)
					return false;
				byte = byte * 16 + (int) (digit - digits);
			}
			bytes[i] = byte;
		}
	}
	if (form == 16)
	{
		memcpy(buf, bytes, 16);
		return true;
	}
	for (int i = 0; i < 16; i++)
	{
		if (form == 36 && (i == 4 || i == 6 || i == 8 || i == 10))
			buf[used++] = '-';
		buf[used++] = digits[bytes[i] >> 4];
		buf[used++] = digits[bytes[i] & 15];
	}
	return true;
}

/* YYYY- or YYYYMMDD, which no time of day has */
static bool
starts_with_date(const char *text, int length)
{
	int			digits = 0;

	while (digits < length && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	return digits == 8 || (digits == 4 && length > 4 && text[4] == '-');
}

static bool
read_number(const char **p, const char *end, int digits, int *number)
{
	*number = 0;
	if (end - *p < digits)
		return false;
	for (int i = 0; i < digits; i++)
	{
		char		c = *(*p)++;

		if (c < '0' || c > '9')
			return false;
		*number = *number * 10 + (c - '0');
	}
	return true;
}

static bool
skip_char(const char **p, const char *end, char wanted)
{
	if (*p == end || **p != wanted)
		return false;
	(*p)++;
	return true;
}

/* YYYY-MM-DD, YYYYMMDD */
static bool
read_date(const char **p, const char *end, int64 *days)
{
	int			year;
	int			month;
	int			day;
	bool		hyphens;

	if (!read_number(p, end, 4, &year))
		return false;
	hyphens = skip_char(p, end, '-');
	if (!read_number(p, end, 2, &month) ||
		(hyphens && !skip_char(p, end, '-')) ||
		!read_number(p, end, 2, &day) || month < 1 || month > 12 || day < 1 ||
		day > 31)
		return false;
	*days = days_from_civil(year, month, day);
	return true;
}

/* hh:mm[:ss[.f...]], or without colons */
static bool
read_clock(const char **p, const char *end, int64 *usecs)
{
	int			hour;
	int			minute;
	int			second = 0;
	double		fraction = 0;
	bool		colons;

	if (!read_number(p, end, 2, &hour))
		return false;
	colons = skip_char(p, end, ':');
	if (!read_number(p, end, 2, &minute))
		return false;
	if (colons ? skip_char(p, end, ':') :
		*p < end && **p >= '0' && **p <= '9')
	{
		if (!read_number(p, end, 2, &second))
			return false;
		if (*p < end && **p == '.')
		{
			char		digits[FRACTION_MAX + 2] = ".";
			int			length = 1;

			for ((*p)++; *p < end && **p >= '0' && **p <= '9'; (*p)++)
			{
				if (length <= FRACTION_MAX)
					digits[length++] = **p;
			}
			/* rounded as PostgreSQL does it, and value/ */
			fraction = strtod(digits, NULL);
		}
	}
	*usecs = ((hour * 60 + minute) * INT64CONST(60) + second) * 1000000 +
		(int64) rint(fraction * 1000000);
	return true;
}

/* Z, +hh, +hhmm, +hh:mm, perhaps after a blank */
static bool
read_offset(const char **p, const char *end, int64 *usecs)
{
	bool		negative;
	int			hours;
	int			minutes = 0;

	if (**p == ' ' && *p + 1 < end)
		(*p)++;
	negative = **p == '-';
	if (**p == 'Z')
	{
		(*p)++;
		return true;
	}
	if (!negative && **p != '+')
		return false;
	(*p)++;
	if (!read_number(p, end, 2, &hours))
		return false;
	if (*p < end)
	{
		if (**p == ':')
			(*p)++;
		if (!read_number(p, end, 2, &minutes))
			return false;
	}
	*usecs = (hours * 60 + minutes) * INT64CONST(60000000);
	if (negative)
		*usecs = -*usecs;
	return true;
}

/* A year beyond four digits sorts after all others, one before 0 before them. */
static int
write_date(char *buf, int64 days)
{
	int64		z = days + 719468;
	int64		era = (z >= 0 ? z : z - 146096) / 146097;
	int			doe = (int) (z - era * 146097);
	int			yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int			doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int			mp = (5 * doy + 2) / 153;
	int			day = doy - (153 * mp + 2) / 5 + 1;
	int			month = mp < 10 ? mp + 3 : mp - 9;
	int			year = (int) (yoe + era * 400) + (month <= 2);

	if (year < 0)
		return sprintf(buf, "0000-00-00");
	return sprintf(buf, "%s%04d-%02d-%02d", year > 9999 ? ":" : "", year, month,
				   day);
}

/* Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant's algorithm). */
static int64
days_from_civil(int year, int month, int day)
{
	int64		y = year - (month <= 2);
	int64		era = (y >= 0 ? y : y - 399) / 400;
	int			yoe = (int) (y - era * 400);
	int			doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int			doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}
