/*
 * printed.c
 *	  Values of types without a form of their own: arrays, ranges, macaddr, inet ...
 *
 * They are kept as the text of PostgreSQL's output function.  That text may depend on
 * settings of the session, so those are fixed while it is made and read.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "value/codec.h"

static const struct
{
	const char *name;
	const char *value;
}			settings[] =

{
	{"datestyle", "ISO, YMD"},
	{"intervalstyle", "postgres"},
	{"timezone", "UTC"},
	{"extra_float_digits", "1"},
	{"bytea_output", "hex"},
	{"array_nulls", "on"},
	{"xmloption", "content"},
	{"search_path", "pg_catalog, pg_temp"}
};

/* Types whose values have one text each; of others nothing is known. */
static const Oid canonical_types[] = {
	BOOLOID, INT2OID, INT4OID, INT8OID, OIDOID, XID8OID, TEXTOID, VARCHAROID, NAMEOID,
	CHAROID, BYTEAOID, UUIDOID, DATEOID, TIMEOID, TIMETZOID, TIMESTAMPOID,
	TIMESTAMPTZOID, BITOID, VARBITOID, INETOID, CIDROID, MACADDROID, MACADDR8OID,
	PG_LSNOID, TSVECTOROID, XIDOID, CIDOID, TIDOID, REGCLASSOID, REGTYPEOID,
	REGROLEOID, REGNAMESPACEOID
};

static bool fields_fit(Oid typid, bool (*fits) (Oid typid, Oid collation));
static bool is_canonical(Oid typid, Oid collation);
static int	fix_settings(void);

char *
binds_printed_output(Oid typid, Datum value)
{
	Oid			output;
	bool		varlena;
	int			level;
	char	   *result;

	/* its output function leaves out a declaration, which is in the value */
	if (typid == XMLOID)
		return TextDatumGetCString(value);
	level = fix_settings();
	getTypeOutputInfo(typid, &output, &varlena);
	result = OidOutputFunctionCall(output, value);
	AtEOXact_GUC(true, level);
	return result;
}

Datum
binds_printed_input(BindsDecoder *decoder, const BindsValue *value, const char *text)
{
	int			level = fix_settings();
	Datum		result = binds_value_input(decoder, value, text,
										   decoder->storage->typmod);

	AtEOXact_GUC(true, level);
	return result;
}

bool
binds_printed_all(Oid typid, Oid collation, bool (*fits) (Oid typid, Oid collation))
{
	Oid			element;

	check_stack_depth();
	switch (get_typtype(typid))
	{
		case TYPTYPE_DOMAIN:
			return binds_printed_all(getBaseType(typid), collation, fits);
		case TYPTYPE_RANGE:
			return binds_printed_all(get_range_subtype(typid), get_range_collation(typid),
									 fits);
		case TYPTYPE_MULTIRANGE:
			return binds_printed_all(get_multirange_range(typid), InvalidOid, fits);
		case TYPTYPE_COMPOSITE:
			return fields_fit(typid, fits);
		default:
			element = get_element_type(typid);
			return OidIsValid(element) ? binds_printed_all(element, collation, fits) :
				fits(typid, collation);
	}
}

static bool
fields_fit(Oid typid, bool (*fits) (Oid typid, Oid collation))
{
	TupleDesc	desc = lookup_rowtype_tupdesc(typid, -1);
	bool		result = true;

	for (int i = 0; result && i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		result = att->attisdropped ||
			binds_printed_all(att->atttypid, att->attcollation, fits);
	}
	ReleaseTupleDesc(desc);
	return result;
}

bool
binds_printed_is_canonical(Oid typid)
{
	return binds_printed_all(typid, InvalidOid, is_canonical);
}

static bool
is_canonical(Oid typid, Oid collation)
{
	if (OidIsValid(collation) && !get_collation_isdeterministic(collation))
		return false;
	for (size_t i = 0; i < lengthof(canonical_types); i++)
	{
		if (canonical_types[i] == typid)
			return true;
	}
	return get_typtype(typid) == TYPTYPE_ENUM;
}

/* Returns the level that AtEOXact_GUC ends. */
static int
fix_settings(void)
{
	int			level = NewGUCNestLevel();

	for (size_t i = 0; i < lengthof(settings); i++)
	{
		const char *now = GetConfigOption(settings[i].name, false, false);

		if (strcmp(now, settings[i].value) != 0)
			(void) set_config_option(settings[i].name, settings[i].value,
									 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE,
									 true, 0, false);
	}
	return level;
}
