/*
 * sqlite_types.c
 *	  How PostgreSQL's types are kept in SQLite, and read from what others declared.
 *
 * A declared type is only advice to SQLite: its affinity (datatype3.html, 3.1) says
 * what happens to a value that is stored and to one that is compared.  A column's
 * comparisons are sent only if that affinity fits the PostgreSQL type; a parameter or
 * literal has none of its own and is given the column's.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>
#include <math.h>

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "engine/sqlite/sqlite.h"
#include "model/model.h"
#include "value/value.h"

/* more digits than a double holds exactly are kept as text */
#define DOUBLE_PRECISION 15

/*
 * A text column as an operand.  The collation is named on the column's side: SQLite
 * takes the one of the left side when it makes IN of equalities joined by OR, and IN
 * has no other.
 */
#define OPERAND_BINARY "$1 COLLATE BINARY"
#define OPERAND_RTRIM "$1 COLLATE RTRIM"

/*
 * Equality of a column ($1) and a value of ours ($2), which an index can serve: texts
 * that are equal by their bytes are equal for the collations of SQLite as well.
 */
#define EQUAL_LOOSELY "($1 = $2 AND $1 COLLATE BINARY = $2)"
/* versions of SQLite after 3.46 use no index for the former joined by OR */
#define IN_LOOSELY "($1 IN ($2) AND $1 COLLATE BINARY IN ($2))"
#define EQUAL_BINARY "($1 COLLATE BINARY = $2)"
#define EQUAL_RTRIM "($1 COLLATE RTRIM = $2)"

/*
 * The same in a column that may hold numbers, which are read as their texts: finds the
 * text and the number of that text.  Never sent but to find rows by their key, so what
 * else the column's collation takes for equal does no harm.
 */
#define TEXT_OR_NUMBER "IN ($2, binds_number($2))"
#define EQUAL_ANY "($1 " TEXT_OR_NUMBER ")"
#define EQUAL_ANY_BINARY "($1 COLLATE BINARY " TEXT_OR_NUMBER ")"
#define EQUAL_ANY_RTRIM "($1 COLLATE RTRIM " TEXT_OR_NUMBER ")"
/* a number stays one where its text is set again */
#define ASSIGN_ANY "binds_keep($1, $2)"

#define EQUAL_UUID \
	"($1 COLLATE NOCASE IN" \
	" (binds_uuid($2, 36), binds_uuid($2, 32), binds_uuid($2, 16)))"
#define EQUAL_DATE "($1 >= $2 AND $1 < $2 || 'U')"
#define EQUAL_TIME "(binds_time($1) = $2)"
#define EQUAL_MOMENT \
	"($1 >= binds_day($2, -1) AND $1 < binds_day($2, 2) AND binds_time($1) = $2" \
	" OR $1 >= binds_basic_day($2, -2) AND $1 < binds_basic_day($2, 2)" \
	" AND binds_time($1) = $2)"

/*
 * Moments kept as numbers: compared as what they are read as, in microseconds.  The
 * plain bound next to it, one unit off, serves an index.
 */
#define MOMENT_OF(operand, word) "binds_moment(" operand ", '" word "')"
#define MOMENTS(word, operator) \
	MOMENT_OF("$1", word) operator MOMENT_OF("$2", word)
#define NUMBER_COMPARISONS(word) { \
	[BINDS_COMPARISON_EQ] = "(" MOMENTS(word, " = ") \
		" AND $1 >= $2 - 1 AND $1 <= $2 + 1)", \
	[BINDS_COMPARISON_NE] = "(" MOMENTS(word, " <> ") ")", \
	[BINDS_COMPARISON_LT] = "(" MOMENTS(word, " < ") " AND $1 <= $2 + 1)", \
	[BINDS_COMPARISON_LE] = "(" MOMENTS(word, " <= ") " AND $1 <= $2 + 1)", \
	[BINDS_COMPARISON_GT] = "(" MOMENTS(word, " > ") " AND $1 >= $2 - 1)", \
	[BINDS_COMPARISON_GE] = "(" MOMENTS(word, " >= ") " AND $1 >= $2 - 1)" \
}

#define EQUAL_REAL "(binds_real($1) = $2)"
#define EQUAL_DECIMAL "(binds_decimal($1) = binds_decimal($2))"

static bool contains(const char *text, const char *part);
static void resolve_keeping(BindsStorage *storage, BindsAffinity affinity,
							const char *collation);
static void resolve_number(BindsStorage *storage, BindsAffinity affinity);
static void resolve_numeric(BindsStorage *storage, const char *declared,
							BindsAffinity affinity);
static void resolve_text(BindsStorage *storage, BindsAffinity affinity,
						 const char *collation);
static void resolve_time(BindsStorage *storage, BindsAffinity affinity,
						 const char *equality);
static void resolve_uuid(BindsStorage *storage, const char *declared,
						 BindsAffinity affinity);
static bool is_collation(const char *collation, const char *name);
static void append_declared(StringInfo buf, BindsCodec codec, Oid typid,
							int32 typmod, bool generated);
static int	longest_label(const BindsModelColumn *column);
static int	decimal_precision(int32 typmod);
static int	decimal_scale(int32 typmod);
static void append_real(StringInfo buf, double real);
static void append_sorted(StringInfo buf, const char *expr,
						  const BindsStorage *storage);

/* ------------------------------------------------------------------------
 * Storage
 * ------------------------------------------------------------------------ */

/*
 * The affinity that a declared type gives a column: SQLite's five rules, in order.
 */
BindsAffinity
binds_sqlite_affinity(const char *declared)
{
	if (contains(declared, "INT"))
		return BINDS_AFFINITY_INTEGER;
	if (contains(declared, "CHAR") || contains(declared, "CLOB") ||
		contains(declared, "TEXT"))
		return BINDS_AFFINITY_TEXT;
	if (declared[0] == '\0' || contains(declared, "BLOB"))
		return BINDS_AFFINITY_NONE;
	if (contains(declared, "REAL") || contains(declared, "FLOA") ||
		contains(declared, "DOUB"))
		return BINDS_AFFINITY_REAL;
	return BINDS_AFFINITY_NUMERIC;
}

/*
 * Say how a column is kept.  A declared type or collation that is not given is the
 * one that create_all makes.
 */
void
binds_sqlite_resolve(BindsStorage *storage, Oid typid, int32 typmod, char typtype,
					 Oid collation, const char *engine_type,
					 const char *engine_collation)
{
	const char *declared = engine_type;
	BindsAffinity affinity;

	memset(storage, 0, sizeof(*storage));
	storage->typid = typid;
	storage->typmod = typmod;
	storage->codec = binds_codec_of_type(typid, typtype);
	storage->form = BINDS_FORM_NATIVE;
	storage->compare = BINDS_COMPARE_NONE;
	storage->fraction = 6;
	storage->engine_type = engine_type;
	if (storage->codec == BINDS_CODEC_NONE)
		return;

	if (declared == NULL)
	{
		StringInfoData buf;

		initStringInfo(&buf);
		append_declared(&buf, storage->codec, typid, typmod, false);
		declared = buf.data;
	}
	affinity = binds_sqlite_affinity(declared);

	switch (storage->codec)
	{
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
		case BINDS_CODEC_INT8:
		case BINDS_CODEC_BOOL:
		case BINDS_CODEC_FLOAT4:
		case BINDS_CODEC_FLOAT8:
			resolve_number(storage, affinity);
			break;
		case BINDS_CODEC_NUMERIC:
			resolve_numeric(storage, declared, affinity);
			break;
		case BINDS_CODEC_TEXT:
		case BINDS_CODEC_BPCHAR:
		case BINDS_CODEC_ENUM:
			resolve_text(storage, affinity, engine_collation);
			break;
		case BINDS_CODEC_BYTEA:
			if (affinity == BINDS_AFFINITY_NONE)
				storage->compare = BINDS_COMPARE_ORDER;
			break;
		case BINDS_CODEC_DATE:
			resolve_time(storage, affinity, EQUAL_DATE);
			break;
		case BINDS_CODEC_TIME:
			resolve_time(storage, affinity, EQUAL_TIME);
			break;
		case BINDS_CODEC_TIMESTAMP:
		case BINDS_CODEC_TIMESTAMPTZ:
			resolve_time(storage, affinity, EQUAL_MOMENT);
			break;
		case BINDS_CODEC_INTERVAL:
			if (contains(declared, "DATE") || contains(declared, "TIMESTAMP"))
				storage->form = BINDS_FORM_EPOCH;
			break;
		case BINDS_CODEC_UUID:
			resolve_uuid(storage, declared, affinity);
			break;
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
		case BINDS_CODEC_PRINTED:
		case BINDS_CODEC_NONE:
			break;
	}
	resolve_keeping(storage, affinity, engine_collation);
}

/*
 * What affinity and collation mean for every type: whether a value stays what it is
 * when it is stored, and a collation of somebody's own, without which nothing can be
 * compared here but texts, whose collation is named.
 */
static void
resolve_keeping(BindsStorage *storage, BindsAffinity affinity, const char *collation)
{
	storage->text_to_number = affinity != BINDS_AFFINITY_TEXT &&
		affinity != BINDS_AFFINITY_NONE;
	if (affinity == BINDS_AFFINITY_NONE && storage->codec != BINDS_CODEC_BYTEA &&
		storage->codec != BINDS_CODEC_UUID)
		storage->assign = ASSIGN_ANY;
	if (collation != NULL && storage->operand == NULL &&
		storage->codec != BINDS_CODEC_UUID &&
		!is_collation(collation, "BINARY") &&
		!is_collation(collation, "NOCASE") && !is_collation(collation, "RTRIM"))
		storage->compare = BINDS_COMPARE_NONE;
}

/* Does an upper or lower case text contain the part, which is in upper case? */
static bool
contains(const char *text, const char *part)
{
	size_t		length = strlen(part);

	for (; *text != '\0'; text++)
	{
		if (pg_strncasecmp(text, part, length) == 0)
			return true;
	}
	return false;
}

/* Integers, booleans, floating-point numbers. */
static void
resolve_number(BindsStorage *storage, BindsAffinity affinity)
{
	bool		real = storage->codec == BINDS_CODEC_FLOAT4 ||
		storage->codec == BINDS_CODEC_FLOAT8;

	if (storage->codec == BINDS_CODEC_FLOAT4)
		storage->equality = EQUAL_REAL;
	if (affinity == BINDS_AFFINITY_REAL ||
		(!real && (affinity == BINDS_AFFINITY_INTEGER ||
				   affinity == BINDS_AFFINITY_NUMERIC)))
		storage->compare = BINDS_COMPARE_ORDER;

	/* no index serves a bare column, and NOT 'text' is true */
	if (storage->codec == BINDS_CODEC_BOOL)
	{
		storage->is_true = "($1 = 1)";
		storage->is_false = "($1 = 0)";
	}
}

/*
 * numeric is kept as a number where 15 digits suffice or others declared a numeric
 * type, else as text.  A text is compared by value: others may write other zeros.
 */
static void
resolve_numeric(BindsStorage *storage, const char *declared,
				BindsAffinity affinity)
{
	if (affinity == BINDS_AFFINITY_TEXT)
	{
		storage->form = BINDS_FORM_DECIMAL_TEXT;
		storage->equality = EQUAL_DECIMAL;
		if (storage->typmod >= (int32) VARHDRSZ)
			storage->compare = BINDS_COMPARE_EQUAL;
		return;
	}
	storage->form = BINDS_FORM_DOUBLE;
	if (affinity != BINDS_AFFINITY_NONE)
		storage->compare = BINDS_COMPARE_ORDER;
}

/*
 * Text, char(n) and enums.  The collation of the column makes no difference to the
 * answer, but decides whether an index can serve a comparison.
 */
static void
resolve_text(BindsStorage *storage, BindsAffinity affinity, const char *collation)
{
	storage->exact_text = true;
	if (affinity == BINDS_AFFINITY_TEXT)
		storage->compare = storage->codec == BINDS_CODEC_TEXT ?
			BINDS_COMPARE_ORDER : BINDS_COMPARE_EQUAL;

	if (storage->codec == BINDS_CODEC_BPCHAR)
	{
		/* trailing blanks mean nothing in char(n) */
		storage->operand = OPERAND_RTRIM;
		storage->equality = EQUAL_RTRIM;
	}
	else if (collation != NULL && !is_collation(collation, "BINARY"))
	{
		storage->operand = OPERAND_BINARY;
		storage->equality = EQUAL_BINARY;
		if (is_collation(collation, "NOCASE") || is_collation(collation, "RTRIM"))
		{
			storage->equality = EQUAL_LOOSELY;
			storage->equality_list = IN_LOOSELY;
		}
	}
	if (affinity != BINDS_AFFINITY_TEXT && storage->codec != BINDS_CODEC_ENUM)
		storage->equality = storage->codec == BINDS_CODEC_BPCHAR ? EQUAL_ANY_RTRIM :
			storage->equality_list == NULL && storage->operand != NULL ?
			EQUAL_ANY_BINARY : EQUAL_ANY;
}

/* Dates and times are text; a number would have to be what they are not. */
static void
resolve_time(BindsStorage *storage, BindsAffinity affinity, const char *equality)
{
	storage->equality = equality;
	if (affinity == BINDS_AFFINITY_NUMERIC || affinity == BINDS_AFFINITY_TEXT)
		storage->compare = BINDS_COMPARE_ORDER;
}

/*
 * Numbers of one of SQLite's conventions.  A column of text affinity makes texts of
 * them.  Where whole numbers are usual, others are stored only in a column of reals.
 */
bool
binds_sqlite_resolve_temporal(BindsStorage *storage, BindsForm form)
{
	static const char *const comparisons[][BINDS_NCOMPARISONS] = {
		NUMBER_COMPARISONS("epoch"),
		NUMBER_COMPARISONS("milliseconds"),
		NUMBER_COMPARISONS("julian")
	};
	BindsAffinity affinity = storage->engine_type != NULL ?
		binds_sqlite_affinity(storage->engine_type) : BINDS_AFFINITY_NUMERIC;

	if (affinity == BINDS_AFFINITY_TEXT ||
		(storage->codec != BINDS_CODEC_DATE &&
		 storage->codec != BINDS_CODEC_TIMESTAMP &&
		 storage->codec != BINDS_CODEC_TIMESTAMPTZ))
		return false;
	storage->form = form;
	storage->fractions = affinity == BINDS_AFFINITY_REAL;
	storage->compare = BINDS_COMPARE_ORDER;
	storage->comparisons = comparisons[form - BINDS_FORM_SECONDS];
	storage->equality = storage->comparisons[BINDS_COMPARISON_EQ];
	return true;
}

/*
 * 36 characters, 32 without hyphens, or 16 bytes is what we write; any of them is
 * found.
 */
static void
resolve_uuid(BindsStorage *storage, const char *declared, BindsAffinity affinity)
{
	if (affinity == BINDS_AFFINITY_NONE || contains(declared, "BINARY"))
		storage->form = BINDS_FORM_UUID16;
	else
		storage->form = strstr(declared, "(32)") != NULL ?
			BINDS_FORM_UUID32 : BINDS_FORM_UUID36;
	storage->uuid_forms = BINDS_UUID_HYPHENS | BINDS_UUID_DIGITS | BINDS_UUID_CAPITALS |
		BINDS_UUID_BYTES;
	storage->equality = EQUAL_UUID;
	if (affinity == BINDS_AFFINITY_TEXT || affinity == BINDS_AFFINITY_NONE)
		storage->compare = BINDS_COMPARE_ORDER;
}

static bool
is_collation(const char *collation, const char *name)
{
	return collation != NULL && pg_strcasecmp(collation, name) == 0;
}

/* ------------------------------------------------------------------------
 * Declaring
 * ------------------------------------------------------------------------ */

/*
 * Append the type that create_all declares for a model's column.
 */
void
binds_sqlite_append_type(StringInfo buf, const BindsModelColumn *column)
{
	BindsCodec	codec = binds_codec_of_type(column->base_typid, column->typtype);

	if (codec == BINDS_CODEC_ENUM)
		appendStringInfo(buf, "VARCHAR(%d)", longest_label(column));
	else
		append_declared(buf, codec, column->base_typid, column->typmod,
						column->generated != BINDS_GENERATED_NO);
	if (codec == BINDS_CODEC_BPCHAR)
		appendStringInfoString(buf, " COLLATE RTRIM");
	else if (codec == BINDS_CODEC_UUID)
		appendStringInfoString(buf, " COLLATE NOCASE");
}

/*
 * Append the name of the type for a codec.  Where the usual name would have an
 * affinity that changes values, another one is used: a document '1.50' would become
 * the number 1.5 in a column declared JSON.
 */
static void
append_declared(StringInfo buf, BindsCodec codec, Oid typid, int32 typmod,
				bool generated)
{
	static const char *const names[] = {
		[BINDS_CODEC_NONE] = "",
		[BINDS_CODEC_INT2] = "SMALLINT",
		[BINDS_CODEC_INT4] = "INTEGER",
		[BINDS_CODEC_INT8] = "BIGINT",
		[BINDS_CODEC_FLOAT4] = "REAL",
		[BINDS_CODEC_FLOAT8] = "DOUBLE",
		[BINDS_CODEC_NUMERIC] = "DECIMAL_TEXT",
		[BINDS_CODEC_BOOL] = "BOOLEAN",
		[BINDS_CODEC_TEXT] = "TEXT",
		[BINDS_CODEC_BPCHAR] = "CHAR",
		[BINDS_CODEC_BYTEA] = "BLOB",
		[BINDS_CODEC_DATE] = "DATE",
		[BINDS_CODEC_TIME] = "TIME",
		[BINDS_CODEC_TIMESTAMP] = "TIMESTAMP",
		[BINDS_CODEC_TIMESTAMPTZ] = "TIMESTAMPTZ",
		[BINDS_CODEC_INTERVAL] = "INTERVAL",
		[BINDS_CODEC_UUID] = "CHAR(36)",
		[BINDS_CODEC_JSON] = "JSON_TEXT",
		[BINDS_CODEC_JSONB] = "JSONB_TEXT",
		[BINDS_CODEC_ENUM] = "VARCHAR",
		[BINDS_CODEC_PRINTED] = "TEXT"
	};
	bool		modified = typmod >= (int32) VARHDRSZ;

	if (generated)
		appendStringInfoString(buf, "INTEGER");
	else if (codec == BINDS_CODEC_NUMERIC && modified)
		appendStringInfo(buf, "%s(%d, %d)",
						 decimal_precision(typmod) <= DOUBLE_PRECISION ?
						 "NUMERIC" : "DECIMAL_TEXT",
						 decimal_precision(typmod), decimal_scale(typmod));
	else if (codec == BINDS_CODEC_TEXT && typid == VARCHAROID)
	{
		appendStringInfoString(buf, "VARCHAR");
		if (modified)
			appendStringInfo(buf, "(%d)", typmod - (int32) VARHDRSZ);
	}
	else if (codec == BINDS_CODEC_BPCHAR && modified)
		appendStringInfo(buf, "CHAR(%d)", typmod - (int32) VARHDRSZ);
	else
		appendStringInfoString(buf, names[codec]);
}

static int
longest_label(const BindsModelColumn *column)
{
	int			longest = 1;

	for (int i = 0; i < column->nlabels; i++)
		longest = Max(longest, pg_mbstrlen(column->enum_labels[i]));
	return longest;
}

static int
decimal_precision(int32 typmod)
{
	return ((typmod - (int32) VARHDRSZ) >> 16) & 0xffff;
}

/* The scale of a numeric may be negative. */
static int
decimal_scale(int32 typmod)
{
	return (((typmod - (int32) VARHDRSZ) & 0x7ff) ^ 1024) - 1024;
}

/* ------------------------------------------------------------------------
 * Reading what others declared
 * ------------------------------------------------------------------------ */

/* What of a declared type, without its numbers, a rule's name is. */
typedef enum DeclaredMatch
{
	MATCH_WHOLE,
	MATCH_PART,					/* anywhere in it */
	MATCH_SHAPE					/* the whole, but for the dimensions */
} DeclaredMatch;

/* How a declared type is read; the first match counts. */
typedef struct DeclaredRule
{
	const char *name;
	DeclaredMatch match;
	Oid			typid;
} DeclaredRule;

/*
 * INTEGER is bigint: SQLite keeps 64 bits in it, whatever its width in PostgreSQL.
 * What is not here is text, which can show every value but a BLOB.
 */
static const DeclaredRule declared_rules[] = {
	{"GEOMETRY", MATCH_SHAPE, BYTEAOID},	/* GeoPackage and SpatiaLite:
											 * bytes */
	{"POINT", MATCH_SHAPE, BYTEAOID},
	{"LINESTRING", MATCH_SHAPE, BYTEAOID},
	{"POLYGON", MATCH_SHAPE, BYTEAOID},
	{"MULTIPOINT", MATCH_SHAPE, BYTEAOID},
	{"MULTILINESTRING", MATCH_SHAPE, BYTEAOID},
	{"MULTIPOLYGON", MATCH_SHAPE, BYTEAOID},
	{"GEOMETRYCOLLECTION", MATCH_SHAPE, BYTEAOID},
	{"GEOMCOLLECTION", MATCH_SHAPE, BYTEAOID},
	{"CURVE", MATCH_SHAPE, BYTEAOID},
	{"SURFACE", MATCH_SHAPE, BYTEAOID},
	{"CIRCULARSTRING", MATCH_SHAPE, BYTEAOID},
	{"COMPOUNDCURVE", MATCH_SHAPE, BYTEAOID},
	{"CURVEPOLYGON", MATCH_SHAPE, BYTEAOID},
	{"MULTICURVE", MATCH_SHAPE, BYTEAOID},
	{"MULTISURFACE", MATCH_SHAPE, BYTEAOID},
	{"POLYHEDRALSURFACE", MATCH_SHAPE, BYTEAOID},
	{"TIN", MATCH_SHAPE, BYTEAOID},
	{"TRIANGLE", MATCH_SHAPE, BYTEAOID},
	{"INTERVAL", MATCH_WHOLE, INTERVALOID},
	{"SMALLINT", MATCH_WHOLE, INT2OID},
	{"TINYINT", MATCH_WHOLE, INT2OID},
	{"INT2", MATCH_WHOLE, INT2OID},
	{"MEDIUMINT", MATCH_WHOLE, INT4OID},
	{"INT4", MATCH_WHOLE, INT4OID},
	{"INT", MATCH_PART, INT8OID},
	{"DECIMAL_TEXT", MATCH_WHOLE, NUMERICOID},
	{"JSONB_TEXT", MATCH_WHOLE, JSONBOID},
	{"JSONB", MATCH_WHOLE, JSONBOID},
	{"JSON_TEXT", MATCH_WHOLE, JSONOID},
	{"JSON", MATCH_WHOLE, JSONOID},
	{"CHAR", MATCH_WHOLE, BPCHAROID},
	{"CHARACTER", MATCH_WHOLE, BPCHAROID},
	{"NCHAR", MATCH_WHOLE, BPCHAROID},
	{"CHAR", MATCH_PART, VARCHAROID},
	{"CLOB", MATCH_PART, TEXTOID},
	{"TEXT", MATCH_PART, TEXTOID},
	{"BLOB", MATCH_PART, BYTEAOID},
	{"BINARY", MATCH_PART, BYTEAOID},
	{"BYTEA", MATCH_WHOLE, BYTEAOID},
	{"REAL", MATCH_PART, FLOAT8OID},
	{"FLOA", MATCH_PART, FLOAT8OID},
	{"DOUB", MATCH_PART, FLOAT8OID},
	{"NUMERIC", MATCH_WHOLE, NUMERICOID},
	{"DECIMAL", MATCH_WHOLE, NUMERICOID},
	{"BOOL", MATCH_WHOLE, BOOLOID},
	{"BOOLEAN", MATCH_WHOLE, BOOLOID},
	{"DATE", MATCH_WHOLE, DATEOID},
	{"TIME", MATCH_WHOLE, TIMEOID},
	{"DATETIME", MATCH_WHOLE, TIMESTAMPOID},
	{"TIMESTAMP", MATCH_WHOLE, TIMESTAMPOID},
	{"TIMESTAMPTZ", MATCH_WHOLE, TIMESTAMPTZOID},
	{"TIMESTAMP WITH TIME ZONE", MATCH_WHOLE, TIMESTAMPTZOID},
	{"UUID", MATCH_WHOLE, UUIDOID},
	{"GUID", MATCH_WHOLE, UUIDOID},
	{"UNIQUEIDENTIFIER", MATCH_WHOLE, UUIDOID},
	{NULL, MATCH_WHOLE, InvalidOid}
};

static bool matches(const char *name, const DeclaredRule *rule);
static bool says_dimensions(const char *words);

/* Split "NUMERIC(10, 2)" into its name and up to two numbers, -1 if not there. */
static char *
split_declared(const char *declared, long *first, long *second)
{
	const char *open = strchr(declared, '(');
	char	   *name = open != NULL ?
		pnstrdup(declared, open - declared) : pstrdup(declared);
	int			length = strlen(name);

	while (length > 0 && isspace((unsigned char) name[length - 1]))
		name[--length] = '\0';
	*first = *second = -1;
	if (open != NULL)
	{
		char	   *end;

		*first = strtol(open + 1, &end, 10);
		if (end == open + 1)
			*first = -1;
		while (isspace((unsigned char) *end))
			end++;
		if (*end == ',')
			*second = strtol(end + 1, NULL, 10);
	}
	return name;
}

static bool
matches(const char *name, const DeclaredRule *rule)
{
	if (rule->match == MATCH_PART)
		return contains(name, rule->name);
	if (rule->match == MATCH_SHAPE &&
		pg_strncasecmp(name, rule->name, strlen(rule->name)) == 0)
		return says_dimensions(name + strlen(rule->name));
	return pg_strcasecmp(name, rule->name) == 0;
}

/* Is what follows the name of a shape nothing, or Z, M or ZM: "POINTZ", "POINT ZM"? */
static bool
says_dimensions(const char *words)
{
	while (isspace((unsigned char) *words))
		words++;
	return words[0] == '\0' || pg_strcasecmp(words, "Z") == 0 ||
		pg_strcasecmp(words, "M") == 0 || pg_strcasecmp(words, "ZM") == 0;
}

char *
binds_sqlite_reflected_type(const char *declared, const char *collation,
							Oid *typid, int32 *typmod)
{
	long		first;
	long		second;
	char	   *name = split_declared(declared, &first, &second);
	const DeclaredRule *rule = declared_rules;

	while (rule->name != NULL && !matches(name, rule))
		rule++;
	*typid = rule->name != NULL ? rule->typid : TEXTOID;
	*typmod = -1;

	/* as create_all declares a uuid */
	if (*typid == BPCHAROID && first == 36 && is_collation(collation, "NOCASE"))
		*typid = UUIDOID;

	if ((*typid == VARCHAROID || *typid == BPCHAROID) && first > 0 &&
		first <= 10485760)
		*typmod = (int32) first + VARHDRSZ;
	else if (*typid == VARCHAROID || *typid == BPCHAROID)
		*typid = TEXTOID;		/* without a length CHAR is not char(1) */
	else if (*typid == NUMERICOID && first >= 1 &&
			 first <= NUMERIC_MAX_PRECISION && second <= first)
		*typmod = (int32) ((first << 16) | (Max(second, 0) & 0x7ff)) + VARHDRSZ;
	return format_type_with_typemod(*typid, *typmod);
}

bool
binds_sqlite_same_storage(Oid typid, int32 typmod, const char *declared,
						  const char *collation)
{
	BindsStorage ours;
	BindsStorage theirs;

	binds_sqlite_resolve(&ours, typid, typmod, TYPTYPE_BASE, InvalidOid, NULL, NULL);
	binds_sqlite_resolve(&theirs, typid, typmod, TYPTYPE_BASE, InvalidOid, declared,
						 collation);
	return ours.form == theirs.form && ours.compare == theirs.compare &&
		ours.text_to_number == theirs.text_to_number &&
		(ours.assign == NULL) == (theirs.assign == NULL);
}

/* ------------------------------------------------------------------------
 * Words
 * ------------------------------------------------------------------------ */

void
binds_sqlite_append_literal(StringInfo buf, const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			appendStringInfoString(buf, "NULL");
			break;
		case BINDS_INTEGER:
			appendStringInfo(buf, INT64_FORMAT, value->integer);
			break;
		case BINDS_REAL:
			append_real(buf, value->real);
			break;
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			appendStringInfoChar(buf, '\'');
			for (size_t i = 0; i < value->length; i++)
			{
				if (value->data[i] == '\'')
					appendStringInfoChar(buf, '\'');
				appendStringInfoChar(buf, value->data[i]);
			}
			appendStringInfoChar(buf, '\'');
			break;
		case BINDS_BLOB:
			appendStringInfoString(buf, "x'");
			enlargeStringInfo(buf, value->length * 2 + 1);
			buf->len += hex_encode(value->data, value->length, buf->data + buf->len);
			appendStringInfoChar(buf, '\'');
			break;
	}
}

/*
 * Append a double in its shortest form; a dot or an exponent keeps it from being an
 * integer.
 */
static void
append_real(StringInfo buf, double real)
{
	char		number[DOUBLE_SHORTEST_DECIMAL_LEN + 2];

	if (isnan(real))
		elog(ERROR, "NaN has no literal in SQLite");
	if (isinf(real))
	{
		appendStringInfoString(buf, real > 0 ? "9e999" : "-9e999");
		return;
	}
	double_to_shortest_decimal_buf(real, number);
	if (strpbrk(number, ".e") == NULL)
		strcat(number, ".0");
	if (binds_sqlite_reads_real(number, real))
		appendStringInfoString(buf, number);
	else
		appendStringInfo(buf, "binds_double('%s')", number);
}

/*
 * Append a sort item: SQLite has NULLs first, and sorts by the collation that the
 * operand names or the column has.
 */
void
binds_sqlite_append_order(StringInfo buf, const char *expr,
						  const BindsStorage *storage, bool descending,
						  bool nulls_first, bool nullable)
{
	if (BINDS_FORM_IS_NUMBER(storage->form))
		appendStringInfo(buf, "binds_moment(%s, '%s')", expr,
						 binds_temporal_word(storage->form));
	else
		append_sorted(buf, expr, storage);
	if (descending)
		appendStringInfoString(buf, " DESC");
	if (nullable && nulls_first == descending)
		appendStringInfoString(buf, nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

/* Append what values are sorted by. */
static void
append_sorted(StringInfo buf, const char *expr, const BindsStorage *storage)
{
	switch (storage->codec)
	{
		case BINDS_CODEC_DATE:
			appendStringInfo(buf, "substr(%s, 1, 10)", expr);
			break;
		case BINDS_CODEC_TIME:
		case BINDS_CODEC_TIMESTAMP:
		case BINDS_CODEC_TIMESTAMPTZ:
			appendStringInfo(buf, "binds_time(%s)", expr);
			break;
		case BINDS_CODEC_FLOAT4:
			appendStringInfo(buf, "binds_real(%s)", expr);
			break;
		case BINDS_CODEC_UUID:
			appendStringInfo(buf, "binds_uuid(%s, 32)", expr);
			break;
		default:
			appendStringInfoString(buf, expr);
			break;
	}
}

void
binds_sqlite_append_limit(StringInfo buf, const char *limit, const char *offset)
{
	appendStringInfo(buf, " LIMIT %s", limit != NULL ? limit : "-1");
	if (offset != NULL)
		appendStringInfo(buf, " OFFSET %s", offset);
}
