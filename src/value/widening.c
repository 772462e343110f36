/*
 * widening.c
 *	  Which changes of a column's type lose nothing, whatever its values are.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/lsyscache.h"

#include "value/value.h"

/* What a type holds of whole numbers, in decimal and binary digits. */
typedef struct WholeNumbers
{
	Oid			typid;
	int			digits;
	int			bits;
} WholeNumbers;

static const WholeNumbers whole_numbers[] = {
	{INT2OID, 5, 15},
	{INT4OID, 10, 31},
	{INT8OID, 19, 63},
	{InvalidOid}
};

static bool is_longer(int32 from, int32 to);
static bool widens_numeric(int32 from, int32 to);
static const WholeNumbers *find_whole(Oid typid);
static bool widens_whole(const WholeNumbers *from, Oid to, int32 to_typmod);
static bool is_written_exactly(Oid typid);

bool
binds_type_widens(Oid from, int32 from_typmod, Oid to, int32 to_typmod)
{
	const WholeNumbers *whole = find_whole(from);

	if (from == to && (to_typmod < 0 || from_typmod == to_typmod))
		return true;
	if (whole != NULL && widens_whole(whole, to, to_typmod))
		return true;
	switch (to)
	{
		case NUMERICOID:
			return from == NUMERICOID && widens_numeric(from_typmod, to_typmod);
		case VARCHAROID:
			if (from == VARCHAROID)
				return is_longer(from_typmod, to_typmod);
			return to_typmod < 0 && is_written_exactly(from);
		case TEXTOID:
			return from == VARCHAROID || is_written_exactly(from);
		case FLOAT8OID:
			return from == FLOAT4OID;
		case BPCHAROID:
		case TIMEOID:
		case TIMETZOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			if (from == DATEOID && to == TIMESTAMPOID)
				return true;
			return from == to && is_longer(from_typmod, to_typmod);
		default:
			return false;
	}
}

/* Of typmods that are a length or a number of digits; below 0 there is no limit. */
static bool
is_longer(int32 from, int32 to)
{
	return to < 0 || (from >= 0 && to >= from);
}

/* As many digits on either side of the point? */
static bool
widens_numeric(int32 from, int32 to)
{
	int			from_scale = (from - VARHDRSZ) & 0x7ff;
	int			to_scale = (to - VARHDRSZ) & 0x7ff;
	int			from_precision = ((from - VARHDRSZ) >> 16) & 0xffff;
	int			to_precision = ((to - VARHDRSZ) >> 16) & 0xffff;

	if (to < 0 || from < 0)
		return to < 0;
	/* a scale has eleven bits with a sign */
	from_scale = (from_scale ^ 1024) - 1024;
	to_scale = (to_scale ^ 1024) - 1024;
	return to_scale >= from_scale &&
		to_precision - to_scale >= from_precision - from_scale;
}

static const WholeNumbers *
find_whole(Oid typid)
{
	for (const WholeNumbers *whole = whole_numbers; OidIsValid(whole->typid); whole++)
	{
		if (whole->typid == typid)
			return whole;
	}
	return NULL;
}

static bool
widens_whole(const WholeNumbers *from, Oid to, int32 to_typmod)
{
	const WholeNumbers *whole = find_whole(to);

	if (whole != NULL)
		return whole->bits >= from->bits;
	if (to == FLOAT4OID)
		return from->bits <= 24;
	if (to == FLOAT8OID)
		return from->bits <= 53;
	/* as a number with that many digits and no decimals */
	return to == NUMERICOID &&
		(to_typmod < 0 || widens_numeric((from->digits << 16) + VARHDRSZ, to_typmod));
}

/* Is the text of a value all that there is of it, and independent of settings? */
static bool
is_written_exactly(Oid typid)
{
	return find_whole(typid) != NULL || typid == NUMERICOID || typid == UUIDOID ||
		typid == BOOLOID || typid == NAMEOID || get_typtype(typid) == TYPTYPE_ENUM;
}
