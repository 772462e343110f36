/*
 * mysql_types.c
 *	  How MySQL and MariaDB keep the values of PostgreSQL's types.
 *
 * Without the column options "type" and "collation" a column is as create_all makes it.
 * Tables made by hand have more: every type of the engine that a PostgreSQL type can
 * be read from is known here, and what may be compared with it exactly.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "datatype/timestamp.h"

#include "dialect/query.h"
#include "engine/mysql/mysql_dialect.h"
#include "engine/mysql/mysql_lexer.h"
#include "value/value.h"

/* Families of the engine's types. */
typedef enum MyFamily
{
	MY_FAMILY_OTHER,
	MY_FAMILY_INTEGER,
	MY_FAMILY_DECIMAL,
	MY_FAMILY_FLOAT,
	MY_FAMILY_DOUBLE,
	MY_FAMILY_BIT,
	MY_FAMILY_YEAR,
	MY_FAMILY_DATE,
	MY_FAMILY_TIME,
	MY_FAMILY_DATETIME,
	MY_FAMILY_CHAR,
	MY_FAMILY_VARCHAR,
	MY_FAMILY_TEXT,
	MY_FAMILY_BINARY,
	MY_FAMILY_VARBINARY,
	MY_FAMILY_BLOB,
	MY_FAMILY_ENUM,
	MY_FAMILY_SET,
	MY_FAMILY_JSON,
	MY_FAMILY_UUID
} MyFamily;

typedef struct MyTypeRow
{
	const char *name;
	MyFamily	family;
	int64		max_length;		/* bytes, 0: by declaration or none */
} MyTypeRow;

static const MyTypeRow type_rows[] = {
	{"tinyint", MY_FAMILY_INTEGER, 0},
	{"bool", MY_FAMILY_INTEGER, 0},
	{"boolean", MY_FAMILY_INTEGER, 0},
	{"smallint", MY_FAMILY_INTEGER, 0},
	{"mediumint", MY_FAMILY_INTEGER, 0},
	{"int", MY_FAMILY_INTEGER, 0},
	{"integer", MY_FAMILY_INTEGER, 0},
	{"bigint", MY_FAMILY_INTEGER, 0},
	{"decimal", MY_FAMILY_DECIMAL, 0},
	{"numeric", MY_FAMILY_DECIMAL, 0},
	{"float", MY_FAMILY_FLOAT, 0},
	{"double", MY_FAMILY_DOUBLE, 0},
	{"real", MY_FAMILY_DOUBLE, 0},
	{"bit", MY_FAMILY_BIT, 0},
	{"year", MY_FAMILY_YEAR, 0},
	{"date", MY_FAMILY_DATE, 0},
	{"time", MY_FAMILY_TIME, 0},
	{"datetime", MY_FAMILY_DATETIME, 0},
	{"timestamp", MY_FAMILY_DATETIME, 0},
	{"char", MY_FAMILY_CHAR, 0},
	{"varchar", MY_FAMILY_VARCHAR, 0},
	{"tinytext", MY_FAMILY_TEXT, 255},
	{"text", MY_FAMILY_TEXT, 65535},
	{"mediumtext", MY_FAMILY_TEXT, 16777215},
	{"longtext", MY_FAMILY_TEXT, 0},
	{"binary", MY_FAMILY_BINARY, 0},
	{"varbinary", MY_FAMILY_VARBINARY, 0},
	{"tinyblob", MY_FAMILY_BLOB, 255},
	{"blob", MY_FAMILY_BLOB, 65535},
	{"mediumblob", MY_FAMILY_BLOB, 16777215},
	{"longblob", MY_FAMILY_BLOB, 0},
	{"enum", MY_FAMILY_ENUM, 0},
	{"set", MY_FAMILY_SET, 0},
	{"json", MY_FAMILY_JSON, 0},
	{"uuid", MY_FAMILY_UUID, 0},
};

/*
 * Equality of text where the column's collation may be any: the plain comparison can
 * use an index and finds too much, the bytes decide.
 */
#define LOOSE_TEXT_EQUALITY \
	"($1 = $2 AND CAST(CONVERT($1 USING utf8mb4) AS BINARY) = CAST($2 AS BINARY))"

/*
 * The same where the column's character set lacks characters: there is an error unless
 * the value is brought into it first.  What it lacks becomes '?', and the bytes decide.
 * It has the set's default collation then, as strong as the column's, so that is named.
 */
#define NARROW_TEXT_EQUALITY \
	"($1 = CONVERT($2 USING %s) COLLATE %s AND " \
	"CAST(CONVERT($1 USING utf8mb4) AS BINARY) = CAST($2 AS BINARY))"

/* The same for char(n), where blanks at the end do not count. */
#define LOOSE_CHAR_EQUALITY \
	"($1 = $2 AND CAST(RTRIM(CONVERT($1 USING utf8mb4)) AS BINARY) = " \
	"CAST(RTRIM($2) AS BINARY))"
#define NARROW_CHAR_EQUALITY \
	"($1 = CONVERT($2 USING %s) COLLATE %s AND " \
	"CAST(RTRIM(CONVERT($1 USING utf8mb4)) AS BINARY) = CAST(RTRIM($2) AS BINARY))"

/*
 * A uuid in 36 or 32 characters, where case does not count; nor do accents and blanks at
 * the end for the collation, but such a text is no uuid.
 */
#define LOOSE_UUID_EQUALITY \
	"($1 IN ($2, REPLACE($2, '-', '')) AND " \
	"CAST(CONVERT(LOWER($1) USING utf8mb4) AS BINARY) IN " \
	"(CAST($2 AS BINARY), CAST(REPLACE($2, '-', '') AS BINARY)))"

/* FLOAT is printed with six digits unless it is made a double; see DOUBLE, too */
#define FLOAT_OUTPUT "($1 * 1e0)"

/* a number as the truth that it is for the engine */
#define TRUTH_OPERAND "($1 <> 0)"

/* BIT comes as bytes unless it is made a number */
#define BIT_OUTPUT "($1 + 0)"

static bool own_always_fits(BindsCodec codec);
static void resolve_own(BindsStorage *storage);
static void resolve_sameness(BindsStorage *storage, MyFamily family,
							 const char *collation);
static void resolve_declared(BindsStorage *storage, const MyType *type,
							 const MyTypeRow *row, const char *collation);
static bool resolve_number(BindsStorage *storage, const MyType *type, MyFamily family);
static bool resolve_text(BindsStorage *storage, const MyType *type,
						 const MyTypeRow *row, const char *collation);
static bool resolve_bytes(BindsStorage *storage, const MyType *type,
						  const MyTypeRow *row);
static int	fraction_of(const MyType *type);
static bool resolve_moment(BindsStorage *storage, const MyType *type, MyFamily family);
static bool resolve_uuid(BindsStorage *storage, const MyType *type, MyFamily family,
						 const char *collation);
static void resolve_keeps(BindsStorage *storage, const MyType *type, MyFamily family);
static const char *const *utf8_labels(const char *type);
static const MyTypeRow *find_type(const char *name);
static void set_narrow(BindsStorage *storage, const char *collation);
static bool folds_case(const char *collation);
static bool is_unicode(const char *collation);
static bool is_utf8mb3(const char *collation);

/*
 * Say how a column is kept.  See dialect.h.
 */
void
binds_mysql_resolve(BindsStorage *storage, Oid typid, int32 typmod, char typtype,
					Oid collation, const char *engine_type,
					const char *engine_collation)
{
	MyType		type;
	const MyTypeRow *row;

	memset(storage, 0, sizeof(*storage));
	storage->typid = typid;
	storage->typmod = typmod;
	storage->codec = binds_codec_of_type(typid, typtype);
	storage->engine_type = engine_type;
	storage->fraction = 6;
	storage->no_infinity = true;
	if (storage->codec == BINDS_CODEC_NONE)
		return;

	resolve_own(storage);
	if (engine_type != NULL)
	{
		binds_mysql_parse_type(&type, engine_type);
		row = find_type(type.name);
		resolve_declared(storage, &type, row, engine_collation);
		resolve_sameness(storage, row != NULL ? row->family : MY_FAMILY_OTHER,
						 engine_collation);
	}
	else if (engine_collation != NULL &&
			 (storage->codec == BINDS_CODEC_TEXT ||
			  storage->codec == BINDS_CODEC_ENUM) &&
			 binds_mysql_is_text_collation(engine_collation))
		storage->equality = NULL;
	else if (engine_collation != NULL && storage->codec == BINDS_CODEC_TEXT)
		storage->exact_text = false;
	set_narrow(storage, engine_collation);
	if (engine_collation != NULL &&
		pg_strcasecmp(engine_collation, MY_UNKNOWN_COLLATION) == 0)
		storage->compare = BINDS_COMPARE_NONE;
	storage->always_fits = engine_type == NULL ? own_always_fits(storage->codec) :
		storage->codec == BINDS_CODEC_TEXT && typmod < 0;
}

/*
 * Does a column that we declare hold no value that the type has not?  One of boolean
 * may hold 5, one of uuid any text, a date or time may be zero.  A text with a NUL
 * character counts as none: to fetch large texts for that would be too dear.
 */
static bool
own_always_fits(BindsCodec codec)
{
	switch (codec)
	{
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
		case BINDS_CODEC_INT8:
		case BINDS_CODEC_FLOAT4:
		case BINDS_CODEC_FLOAT8:
		case BINDS_CODEC_NUMERIC:
		case BINDS_CODEC_TEXT:
		case BINDS_CODEC_BPCHAR:
		case BINDS_CODEC_BYTEA:
		case BINDS_CODEC_ENUM:
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
			return true;
		default:
			return false;
	}
}

bool
binds_mysql_is_text_collation(const char *collation)
{
	return collation != NULL &&
		(pg_strcasecmp(collation, "utf8mb4_nopad_bin") == 0 ||
		 pg_strcasecmp(collation, "utf8mb4_0900_bin") == 0);
}

void
binds_mysql_parse_type(MyType *type, const char *text)
{
	int			length = strcspn(text, " (");
	const char *numbers = strchr(text, '(');
	int			n;

	memset(type, 0, sizeof(*type));
	type->precision = -1;
	type->scale = -1;
	for (int i = 0; i < length && i < (int) sizeof(type->name) - 1; i++)
		type->name[i] = pg_ascii_tolower((unsigned char) text[i]);

	/* labels of an enum are no numbers, and may contain any word */
	if (numbers != NULL && numbers[1] >= '0' && numbers[1] <= '9')
	{
		n = sscanf(numbers, "(%d,%d", &type->precision, &type->scale);
		if (n < 2)
			type->scale = -1;
	}
	if (strcmp(type->name, "enum") != 0 && strcmp(type->name, "set") != 0)
		type->is_unsigned = strstr(text, "unsigned") != NULL ||
			strstr(text, "UNSIGNED") != NULL;
}

bool
binds_mysql_is_vague(const char *text)
{
	return strchr(text, '?') != NULL;
}

char **
binds_mysql_labels(const char *text, int *n)
{
	char	  **labels = palloc0(sizeof(char *) * (strlen(text) / 3 + 2));
	MyLexer		lexer = {text, true};
	MyToken		token;
	int			found = 0;

	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind == MY_TOKEN_TEXT && *token.start == '\'')
			labels[found++] = token.text;
	}
	if (n != NULL)
		*n = found;
	return labels;
}

/*
 * As create_all makes it.  Text compares by bytes here, unless the table was made by
 * hand and nobody gave the options: so the exact form of equality is written, which
 * costs nothing where an index is used.
 */
static void
resolve_own(BindsStorage *storage)
{
	int32		length = storage->typmod >= (int32) VARHDRSZ ?
		storage->typmod - (int32) VARHDRSZ : 0;

	switch (storage->codec)
	{
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
		case BINDS_CODEC_INT8:
			storage->compare = BINDS_COMPARE_ORDER;
			break;
		case BINDS_CODEC_BOOL:
			/* the engine has no boolean: every number but 0 is true for it */
			storage->compare = BINDS_COMPARE_ORDER;
			storage->any_truth = true;
			storage->operand = TRUTH_OPERAND;
			break;
		case BINDS_CODEC_FLOAT4:
			storage->compare = BINDS_COMPARE_ORDER;
			storage->output = FLOAT_OUTPUT;
			break;
		case BINDS_CODEC_FLOAT8:
			storage->compare = BINDS_COMPARE_ORDER;
			break;
		case BINDS_CODEC_NUMERIC:
			storage->form = BINDS_FORM_DECIMAL;
			storage->compare = BINDS_COMPARE_ORDER;
			storage->equals_fitting = true; /* MariaDB finds 0.00 for 0.001 */
			break;
		case BINDS_CODEC_TEXT:
			storage->compare = BINDS_COMPARE_ORDER;
			storage->exact_text = true;
			storage->equality = LOOSE_TEXT_EQUALITY;
			storage->no_sort = storage->typid == TEXTOID || length == 0 ||
				length > MY_SORT_MAX;
			if (storage->typid == VARCHAROID)
				storage->max_chars = length;
			break;
		case BINDS_CODEC_BPCHAR:
			storage->compare = BINDS_COMPARE_EQUAL;
			storage->equality = LOOSE_CHAR_EQUALITY;
			storage->max_chars = length;
			break;
		case BINDS_CODEC_BYTEA:
			storage->compare = BINDS_COMPARE_ORDER;
			storage->no_sort = true;
			break;
		case BINDS_CODEC_DATE:
			storage->compare = BINDS_COMPARE_ORDER;
			break;
		case BINDS_CODEC_TIME:
			storage->compare = BINDS_COMPARE_ORDER;
			storage->fraction = storage->typmod >= 0 ? storage->typmod : 6;
			break;
		case BINDS_CODEC_TIMESTAMP:
		case BINDS_CODEC_TIMESTAMPTZ:
			storage->compare = BINDS_COMPARE_ORDER;
			storage->fraction = storage->typmod >= 0 ? storage->typmod : 6;
			break;
		case BINDS_CODEC_INTERVAL:
			storage->max_length = 64;
			break;
		case BINDS_CODEC_UUID:
			storage->form = BINDS_FORM_UUID36;
			storage->uuid_forms = BINDS_UUID_HYPHENS;
			storage->compare = BINDS_COMPARE_ORDER;
			break;
		case BINDS_CODEC_ENUM:
			/* < compares the labels' texts; sorting is by position */
			storage->compare = BINDS_COMPARE_EQUAL;
			storage->equality = LOOSE_TEXT_EQUALITY;
			break;
		default:
			break;
	}
}

/*
 * As another made it.  What does not belong together can perhaps be read, but nothing
 * is compared.
 */
static void
resolve_declared(BindsStorage *storage, const MyType *type, const MyTypeRow *row,
				 const char *collation)
{
	MyFamily	family = row != NULL ? row->family : MY_FAMILY_OTHER;
	bool		fits = false;

	switch (storage->codec)
	{
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
		case BINDS_CODEC_INT8:
		case BINDS_CODEC_BOOL:
		case BINDS_CODEC_FLOAT4:
		case BINDS_CODEC_FLOAT8:
		case BINDS_CODEC_NUMERIC:
			fits = resolve_number(storage, type, family);
			break;
		case BINDS_CODEC_TEXT:
		case BINDS_CODEC_BPCHAR:
		case BINDS_CODEC_ENUM:
			fits = resolve_text(storage, type, row, collation);
			break;
		case BINDS_CODEC_BYTEA:
			fits = resolve_bytes(storage, type, row);
			break;
		case BINDS_CODEC_DATE:
		case BINDS_CODEC_TIME:
		case BINDS_CODEC_TIMESTAMP:
		case BINDS_CODEC_TIMESTAMPTZ:
			fits = resolve_moment(storage, type, family);
			break;
		case BINDS_CODEC_UUID:
			fits = resolve_uuid(storage, type, family, collation);
			break;
		case BINDS_CODEC_INTERVAL:
			storage->max_length = 0;
			if (family == MY_FAMILY_DATETIME)
			{
				storage->form = BINDS_FORM_EPOCH;
				storage->fraction = fraction_of(type);
			}
			else if (family == MY_FAMILY_TIME)
				storage->form = BINDS_FORM_CLOCK;
			else if (family == MY_FAMILY_CHAR || family == MY_FAMILY_VARCHAR)
				storage->max_chars = Max(type->precision, 0);
			break;
		case BINDS_CODEC_PRINTED:
			if (family == MY_FAMILY_CHAR || family == MY_FAMILY_VARCHAR)
				storage->max_chars = Max(type->precision, 0);
			storage->max_length = row != NULL ? row->max_length : 0;
			break;
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
			storage->max_length = row != NULL ? row->max_length : 0;
			break;
		default:
			break;
	}
	if (!fits)
	{
		storage->compare = BINDS_COMPARE_NONE;
		storage->exact_text = false;
	}
	resolve_keeps(storage, type, family);
}

/*
 * What a column keeps that is of another kind than the type: MySQL rounds, cuts and
 * rewrites in silence what it can take.
 */
static void
resolve_keeps(BindsStorage *storage, const MyType *type, MyFamily family)
{
	BindsCodec	codec = storage->codec;
	bool		real = codec == BINDS_CODEC_FLOAT4 || codec == BINDS_CODEC_FLOAT8;
	bool		whole = codec == BINDS_CODEC_INT2 || codec == BINDS_CODEC_INT4 ||
		codec == BINDS_CODEC_INT8 || codec == BINDS_CODEC_BOOL;

	switch (family)
	{
		case MY_FAMILY_INTEGER:
			if (!whole)
				storage->keeps = BINDS_KEEPS_INTEGER;
			break;
		case MY_FAMILY_BIT:
			storage->keeps = BINDS_KEEPS_BITS;
			storage->bits = type->precision > 0 ? Min(type->precision, 64) : 1;
			break;
		case MY_FAMILY_DECIMAL:
			if (!whole && codec != BINDS_CODEC_NUMERIC)
				storage->keeps = BINDS_KEEPS_DECIMAL;
			storage->scale = Max(type->scale, 0);
			break;
		case MY_FAMILY_FLOAT:
			if (codec != BINDS_CODEC_FLOAT4)
				storage->keeps = BINDS_KEEPS_REAL4;
			break;
		case MY_FAMILY_DOUBLE:
			if (!real)
				storage->keeps = BINDS_KEEPS_REAL8;
			break;
		case MY_FAMILY_YEAR:
			storage->keeps = BINDS_KEEPS_YEAR;
			break;
		case MY_FAMILY_DATE:
			if (codec != BINDS_CODEC_DATE)
				storage->keeps = BINDS_KEEPS_DATE;
			break;
		case MY_FAMILY_TIME:
			storage->fraction = fraction_of(type);
			if (codec != BINDS_CODEC_TIME && codec != BINDS_CODEC_INTERVAL)
				storage->keeps = BINDS_KEEPS_TIME;
			break;
		case MY_FAMILY_DATETIME:
			storage->fraction = fraction_of(type);
			if (codec != BINDS_CODEC_TIMESTAMP && codec != BINDS_CODEC_TIMESTAMPTZ &&
				codec != BINDS_CODEC_INTERVAL)
				storage->keeps = BINDS_KEEPS_MOMENT;
			break;
		case MY_FAMILY_ENUM:
		case MY_FAMILY_SET:
			storage->keeps = family == MY_FAMILY_ENUM ?
				BINDS_KEEPS_LABEL : BINDS_KEEPS_LABELS;
			storage->labels = utf8_labels(storage->engine_type);
			break;
		case MY_FAMILY_BINARY:
		case MY_FAMILY_VARBINARY:
		case MY_FAMILY_BLOB:
			if (codec != BINDS_CODEC_BYTEA && codec != BINDS_CODEC_UUID)
				storage->keeps = BINDS_KEEPS_BYTES;
			break;
		default:
			break;
	}
}

static bool
resolve_number(BindsStorage *storage, const MyType *type, MyFamily family)
{
	bool		real = storage->codec == BINDS_CODEC_FLOAT4 ||
		storage->codec == BINDS_CODEC_FLOAT8;

	storage->output = NULL;
	switch (family)
	{
		case MY_FAMILY_INTEGER:
			return !real;
		case MY_FAMILY_DECIMAL:
			return storage->codec == BINDS_CODEC_NUMERIC ||
				(!real && type->scale <= 0 && storage->codec != BINDS_CODEC_BOOL);
		case MY_FAMILY_FLOAT:
			storage->output = FLOAT_OUTPUT;
			if (storage->codec == BINDS_CODEC_FLOAT8)
				storage->max_length = sizeof(float4);
			return real && type->scale < 0;
		case MY_FAMILY_DOUBLE:

			/*
			 * DOUBLE(M,D) is printed with D decimals, and an index looks for
			 * a value with as many.  A real is a rounded one of these.
			 */
			if (type->scale >= 0)
				storage->output = FLOAT_OUTPUT;
			return storage->codec == BINDS_CODEC_FLOAT8 && type->scale < 0;
		case MY_FAMILY_BIT:
			storage->output = BIT_OUTPUT;

			/* an index finds the greatest of 64 bits for -1 */
			return !real && type->precision < 64;
		case MY_FAMILY_YEAR:
			/* compared with 5, a year is 2005 */
			return false;
		default:
			/* in a text only 0 and 1 are a truth */
			storage->any_truth = false;
			return false;
	}
}

static bool
resolve_text(BindsStorage *storage, const MyType *type, const MyTypeRow *row,
			 const char *collation)
{
	MyFamily	family = row != NULL ? row->family : MY_FAMILY_OTHER;

	storage->exact_text = binds_mysql_is_text_collation(collation);
	storage->equality = storage->codec == BINDS_CODEC_BPCHAR ? LOOSE_CHAR_EQUALITY :
		storage->exact_text ? NULL : LOOSE_TEXT_EQUALITY;
	storage->max_chars = 0;
	switch (family)
	{
		case MY_FAMILY_CHAR:
		case MY_FAMILY_VARCHAR:
			storage->max_chars = Max(type->precision, 0);
			storage->no_sort = storage->max_chars > MY_SORT_MAX;
			storage->strips_blanks = family == MY_FAMILY_CHAR;
			break;
		case MY_FAMILY_TEXT:
			/* bytes of the column's character set: known for those of UTF-8 */
			storage->max_length = is_unicode(collation) ? row->max_length : 0;
			storage->no_sort = true;
			break;
		case MY_FAMILY_ENUM:
		case MY_FAMILY_SET:
			storage->no_sort = true;	/* it would sort by position */
			if (storage->codec == BINDS_CODEC_TEXT)
				storage->compare = BINDS_COMPARE_EQUAL;
			break;
		case MY_FAMILY_FLOAT:
			storage->output = FLOAT_OUTPUT;
			storage->equality = NULL;
			return false;
		case MY_FAMILY_BIT:
			/* the digits of its number, both ways: see keeps.c */
			storage->output = BIT_OUTPUT;
			storage->equality = NULL;
			return false;
		case MY_FAMILY_JSON:
		case MY_FAMILY_OTHER:
		default:
			return false;
	}

	/*
	 * the plain comparison of char(n) must not depend on blanks that are
	 * stored
	 */
	if (storage->codec == BINDS_CODEC_BPCHAR && family != MY_FAMILY_CHAR)
		return false;
	return true;
}

static bool
resolve_bytes(BindsStorage *storage, const MyType *type, const MyTypeRow *row)
{
	switch (row != NULL ? row->family : MY_FAMILY_OTHER)
	{
		case MY_FAMILY_BINARY:
			storage->fixed_length = true;
			/* FALLTHROUGH */
		case MY_FAMILY_VARBINARY:
			storage->max_length = type->precision > 0 ? type->precision : 1;
			storage->no_sort = storage->max_length > MY_SORT_MAX;
			return true;
		case MY_FAMILY_BLOB:
			storage->max_length = row->max_length;
			return true;
		default:
			return false;
	}
}

/* Digits of a second that a time or a moment has, whatever somebody has written. */
static int
fraction_of(const MyType *type)
{
	return Min(Max(type->precision, 0), MAX_TIMESTAMP_PRECISION);
}

static bool
resolve_moment(BindsStorage *storage, const MyType *type, MyFamily family)
{
	if (family == MY_FAMILY_TIME || family == MY_FAMILY_DATETIME)
		storage->fraction = fraction_of(type);
	switch (storage->codec)
	{
		case BINDS_CODEC_DATE:
			return family == MY_FAMILY_DATE;
		case BINDS_CODEC_TIME:
			return family == MY_FAMILY_TIME;
		default:
			return family == MY_FAMILY_DATETIME;
	}
}

/*
 * Text in any case can be compared only if the collation does not tell cases apart;
 * MariaDB's own type sorts in an order of its own.  Where nothing is compared, every
 * form can be read.  A column as create_all makes it is one that we have filled, whoever
 * declared it: only our form is read, and all is compared.
 */
static bool
resolve_uuid(BindsStorage *storage, const MyType *type, MyFamily family,
			 const char *collation)
{
	if (family == MY_FAMILY_CHAR && type->precision == 36 && collation != NULL &&
		pg_strcasecmp(collation, MY_UUID_COLLATION) == 0)
		return true;
	storage->uuid_forms = BINDS_UUID_ALL;
	switch (family)
	{
		case MY_FAMILY_UUID:
			storage->compare = BINDS_COMPARE_EQUAL;
			return true;
		case MY_FAMILY_BINARY:
			if (type->precision == 16)
			{
				storage->form = BINDS_FORM_UUID16;
				storage->fixed_length = true;
				storage->uuid_forms = BINDS_UUID_BYTES;
			}
			else if (type->precision < 36)
				storage->form = BINDS_FORM_UUID32;
			return type->precision == 16;
		case MY_FAMILY_CHAR:
		case MY_FAMILY_VARCHAR:
			if (type->precision < 36)
				storage->form = BINDS_FORM_UUID32;
			storage->compare = BINDS_COMPARE_EQUAL;
			if (collation == NULL || !folds_case(collation))
				return false;
			storage->equality = LOOSE_UUID_EQUALITY;
			storage->uuid_forms = BINDS_UUID_DIGITS | BINDS_UUID_CAPITALS;
			if (type->precision >= 36)
				storage->uuid_forms |= BINDS_UUID_HYPHENS;
			return true;
		default:
			return false;
	}
}

/* Labels as values are encoded. */
static const char *const *
utf8_labels(const char *type)
{
	int			n;
	char	  **labels = binds_mysql_labels(type, &n);
	const char **result = palloc0(sizeof(char *) * (n + 1));

	for (int i = 0; i < n; i++)
		result[i] = binds_text_to_engine(labels[i]);
	return result;
}

static const MyTypeRow *
find_type(const char *name)
{
	for (size_t i = 0; i < lengthof(type_rows); i++)
	{
		if (strcmp(type_rows[i].name, name) == 0)
			return &type_rows[i];
	}
	return NULL;
}

/* Which forms of a value find each other in a key? */
static void
resolve_sameness(BindsStorage *storage, MyFamily family, const char *collation)
{
	switch (family)
	{
		case MY_FAMILY_INTEGER:
		case MY_FAMILY_DECIMAL:
		case MY_FAMILY_FLOAT:
		case MY_FAMILY_DOUBLE:
		case MY_FAMILY_BIT:
		case MY_FAMILY_YEAR:
			storage->sameness = BINDS_SAME_NUMBER;
			break;
		case MY_FAMILY_DATE:
		case MY_FAMILY_TIME:
		case MY_FAMILY_DATETIME:
		case MY_FAMILY_UUID:
			storage->sameness = BINDS_SAME_VALUE;
			break;
		default:
			if (collation == NULL)
				break;
			if (folds_case(collation))
				storage->sameness = BINDS_SAME_LETTERS;
			storage->pads = strstr(collation, "nopad") == NULL &&
				strstr(collation, "_0900_") == NULL &&
				pg_strcasecmp(collation, "binary") != 0;
			break;
	}
}

/*
 * Take the character set of text into account: the first word of its collation's name.
 */
static void
set_narrow(BindsStorage *storage, const char *collation)
{
	char		charset[32];
	int			length;
	const char *equality;

	if (collation == NULL || storage->equality == NULL ||
		(is_unicode(collation) && !is_utf8mb3(collation)) ||
		pg_strcasecmp(collation, "binary") == 0)
		return;
	if (strcmp(storage->equality, LOOSE_TEXT_EQUALITY) != 0 &&
		strcmp(storage->equality, LOOSE_CHAR_EQUALITY) != 0)
		return;

	length = strcspn(collation, "_");
	if (length >= (int) sizeof(charset) || collation[length] == '\0' ||
		strspn(collation, "abcdefghijklmnopqrstuvwxyz0123456789_") < strlen(collation))
		return;
	strlcpy(charset, collation, length + 1);
	storage->narrow = true;
	equality = storage->codec == BINDS_CODEC_BPCHAR ? NARROW_CHAR_EQUALITY :
		NARROW_TEXT_EQUALITY;
	storage->equality = psprintf(equality, charset, collation);
}

/*
 * Does the collation take a uuid's letters for the same in either case?  utf8mb4_general_ci,
 * latin1_swedish_ci ...  Not where two letters may be one: "aa" and "AA" are, "aA" are two
 * in Danish and in Norwegian.
 */
static bool
folds_case(const char *collation)
{
	static const char *const languages[] = {"danish", "norwegian", "da", "nb", "nn"};
	const char *word = collation;
	size_t		length = strlen(collation);

	if (length <= 3 || pg_strcasecmp(collation + length - 3, "_ci") != 0)
		return false;

	/* the languages have simple rules in a character set of a byte */
	if (!is_unicode(collation) && pg_strncasecmp(collation, "utf", 3) != 0 &&
		pg_strncasecmp(collation, "ucs2", 4) != 0)
		return true;
	while (*word != '\0')
	{
		size_t		end = strcspn(word, "_");

		for (size_t i = 0; i < lengthof(languages); i++)
		{
			if (strlen(languages[i]) == end && pg_strncasecmp(word, languages[i], end) == 0)
				return false;
		}
		word += end + (word[end] == '_');
	}
	return true;
}

static bool
is_unicode(const char *collation)
{
	return collation != NULL && (pg_strncasecmp(collation, "utf8", 4) == 0 ||
								 pg_strncasecmp(collation, "uca1400", 7) == 0);
}

/* UTF-8 without what needs four bytes; "utf8_" is its old name. */
static bool
is_utf8mb3(const char *collation)
{
	return pg_strncasecmp(collation, "utf8_", 5) == 0 ||
		pg_strncasecmp(collation, "utf8mb3_", 8) == 0;
}
