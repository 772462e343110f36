/*
 * sqlite_functions.c
 *	  What SQLite computes exactly as PostgreSQL does.
 *
 * Every row holds for every value of the types, kept as sqlite_types.c says.  Some
 * reasons:
 *	- Integers have 64 bits.  Where PostgreSQL raises "out of range", SQLite goes on
 *	  with 64 bits or with a double.  Division and modulo are not here: by zero,
 *	  SQLite has NULL where PostgreSQL has an error.
 *	- SQLite compares an integer with a double by their exact values; PostgreSQL
 *	  converts the integer first.  So there are no rows for mixed operands.
 *	- Texts of times, dates and reals by others have several forms: the functions
 *	  binds_time and binds_real and the first ten characters are one of them each.  The
 *	  plain bound next to them serves an index.
 *	- A uuid may be kept in three forms, and in either case: binds_uuid.
 *	- lower, upper, LIKE, substr and the like differ beyond ASCII, in NULs or in
 *	  negative positions, and are not here.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/fmgroids.h"

#include "engine/sqlite/sqlite.h"

#define PLAIN BINDS_RULE_PLAIN
#define EQUAL BINDS_RULE_EQUAL
#define ORDER BINDS_RULE_ORDER

#define EQ "($1 = $2)"
#define NE "($1 <> $2)"
#define LT "($1 < $2)"
#define LE "($1 <= $2)"
#define GT "($1 > $2)"
#define GE "($1 >= $2)"

#define COMPARISONS(eq, ne, lt, le, gt, ge) \
	{eq, EQUAL, EQ}, {ne, EQUAL, NE}, {lt, ORDER, LT}, \
	{le, ORDER, LE}, {gt, ORDER, GT}, {ge, ORDER, GE}

/* every operand through a function */
#define COMPARISONS_BY(f, eq, ne, lt, le, gt, ge) \
	{eq, EQUAL, "(" f "($1) = " f "($2))"}, \
	{ne, EQUAL, "(" f "($1) <> " f "($2))"}, \
	{lt, ORDER, "(" f "($1) < " f "($2))"}, \
	{le, ORDER, "(" f "($1) <= " f "($2))"}, \
	{gt, ORDER, "(" f "($1) > " f "($2))"}, \
	{ge, ORDER, "(" f "($1) >= " f "($2))"}

/*
 * Timestamps: the same, with a bound for an index on the first operand.  Texts of
 * ISO 8601's basic format sort behind all others of their year, so an upper bound is
 * two ranges.  Each has the whole condition: SQLite makes a search of every part of an
 * OR then, also where it is one of several.  The bound behind them serves an index that
 * begins with another column, and must not look better than the two.
 */
#define MOMENT_BELOW(operator) \
	"(($1 < binds_day($2, 2) AND binds_time($1) " operator " binds_time($2)" \
	" OR $1 >= binds_basic_year($2, 2) AND $1 < binds_basic_day($2, 2)" \
	" AND binds_time($1) " operator " binds_time($2))" \
	" AND likelihood($1 < binds_basic_day($2, 2), 0.9))"
#define MOMENT_ABOVE(operator) \
	"(binds_time($1) " operator " binds_time($2) AND $1 >= binds_day($2, -1))"
#define MOMENTS(eq, ne, lt, le, gt, ge) \
	{eq, EQUAL, "(binds_time($1) = binds_time($2))"}, \
	{ne, EQUAL, "(binds_time($1) <> binds_time($2))"}, \
	{lt, ORDER, MOMENT_BELOW("<")}, \
	{le, ORDER, MOMENT_BELOW("<=")}, \
	{gt, ORDER, MOMENT_ABOVE(">")}, \
	{ge, ORDER, MOMENT_ABOVE(">=")}

#define COMPARISONS_UUID(f, kind, operator) \
	{f, kind, "(binds_uuid($1, 32) " operator " binds_uuid($2, 32))"}

const BindsFunctionRule binds_sqlite_functions[] = {
	/* integers */
	COMPARISONS(F_INT2EQ, F_INT2NE, F_INT2LT, F_INT2LE, F_INT2GT, F_INT2GE),
	COMPARISONS(F_INT4EQ, F_INT4NE, F_INT4LT, F_INT4LE, F_INT4GT, F_INT4GE),
	COMPARISONS(F_INT8EQ, F_INT8NE, F_INT8LT, F_INT8LE, F_INT8GT, F_INT8GE),
	COMPARISONS(F_INT24EQ, F_INT24NE, F_INT24LT, F_INT24LE, F_INT24GT, F_INT24GE),
	COMPARISONS(F_INT28EQ, F_INT28NE, F_INT28LT, F_INT28LE, F_INT28GT, F_INT28GE),
	COMPARISONS(F_INT42EQ, F_INT42NE, F_INT42LT, F_INT42LE, F_INT42GT, F_INT42GE),
	COMPARISONS(F_INT48EQ, F_INT48NE, F_INT48LT, F_INT48LE, F_INT48GT, F_INT48GE),
	COMPARISONS(F_INT82EQ, F_INT82NE, F_INT82LT, F_INT82LE, F_INT82GT, F_INT82GE),
	COMPARISONS(F_INT84EQ, F_INT84NE, F_INT84LT, F_INT84LE, F_INT84GT, F_INT84GE),
	{F_INT2PL, PLAIN, "($1 + $2)"},
	{F_INT4PL, PLAIN, "($1 + $2)"},
	{F_INT8PL, PLAIN, "($1 + $2)"},
	{F_INT24PL, PLAIN, "($1 + $2)"},
	{F_INT28PL, PLAIN, "($1 + $2)"},
	{F_INT42PL, PLAIN, "($1 + $2)"},
	{F_INT48PL, PLAIN, "($1 + $2)"},
	{F_INT82PL, PLAIN, "($1 + $2)"},
	{F_INT84PL, PLAIN, "($1 + $2)"},
	{F_INT2MI, PLAIN, "($1 - $2)"},
	{F_INT4MI, PLAIN, "($1 - $2)"},
	{F_INT8MI, PLAIN, "($1 - $2)"},
	{F_INT24MI, PLAIN, "($1 - $2)"},
	{F_INT28MI, PLAIN, "($1 - $2)"},
	{F_INT42MI, PLAIN, "($1 - $2)"},
	{F_INT48MI, PLAIN, "($1 - $2)"},
	{F_INT82MI, PLAIN, "($1 - $2)"},
	{F_INT84MI, PLAIN, "($1 - $2)"},
	{F_INT2MUL, PLAIN, "($1 * $2)"},
	{F_INT4MUL, PLAIN, "($1 * $2)"},
	{F_INT8MUL, PLAIN, "($1 * $2)"},
	{F_INT24MUL, PLAIN, "($1 * $2)"},
	{F_INT28MUL, PLAIN, "($1 * $2)"},
	{F_INT42MUL, PLAIN, "($1 * $2)"},
	{F_INT48MUL, PLAIN, "($1 * $2)"},
	{F_INT82MUL, PLAIN, "($1 * $2)"},
	{F_INT84MUL, PLAIN, "($1 * $2)"},
	{F_INT2UM, PLAIN, "(- $1)"},
	{F_INT4UM, PLAIN, "(- $1)"},
	{F_INT8UM, PLAIN, "(- $1)"},
	{F_ABS_INT2, PLAIN, "abs($1)"},
	{F_ABS_INT4, PLAIN, "abs($1)"},
	{F_ABS_INT8, PLAIN, "abs($1)"},
	{F_INT2ABS, PLAIN, "abs($1)"},
	{F_INT4ABS, PLAIN, "abs($1)"},
	{F_INT8ABS, PLAIN, "abs($1)"},

	/* conversions that change nothing */
	{F_INT4_INT2, PLAIN, "$1"},
	{F_INT8_INT2, PLAIN, "$1"},
	{F_INT8_INT4, PLAIN, "$1"},

	/* floating-point numbers */
	COMPARISONS(F_FLOAT8EQ, F_FLOAT8NE, F_FLOAT8LT, F_FLOAT8LE, F_FLOAT8GT,
				F_FLOAT8GE),
	COMPARISONS_BY("binds_real", F_FLOAT4EQ, F_FLOAT4NE, F_FLOAT4LT, F_FLOAT4LE,
				   F_FLOAT4GT, F_FLOAT4GE),

	COMPARISONS(F_NUMERIC_EQ, F_NUMERIC_NE, F_NUMERIC_LT, F_NUMERIC_LE,
				F_NUMERIC_GT, F_NUMERIC_GE),
	COMPARISONS(F_BOOLEQ, F_BOOLNE, F_BOOLLT, F_BOOLLE, F_BOOLGT, F_BOOLGE),
	COMPARISONS(F_BYTEAEQ, F_BYTEANE, F_BYTEALT, F_BYTEALE, F_BYTEAGT, F_BYTEAGE),
	{F_ENUM_EQ, EQUAL, EQ},
	{F_ENUM_NE, EQUAL, NE},

	/* text */
	{F_TEXTEQ, BINDS_RULE_TEXT_EQUAL, EQ},
	{F_TEXTNE, BINDS_RULE_TEXT_NOT_EQUAL, NE},
	{F_TEXT_LT, BINDS_RULE_TEXT_ORDER, LT},
	{F_TEXT_LE, BINDS_RULE_TEXT_ORDER, LE},
	{F_TEXT_GT, BINDS_RULE_TEXT_ORDER, GT},
	{F_TEXT_GE, BINDS_RULE_TEXT_ORDER, GE},
	{F_BPCHAREQ, BINDS_RULE_TEXT_EQUAL, EQ},
	{F_BPCHARNE, BINDS_RULE_TEXT_NOT_EQUAL, NE},
	{F_LENGTH_TEXT, PLAIN, "length($1)"},
	{F_CHAR_LENGTH_TEXT, PLAIN, "length($1)"},
	{F_CHARACTER_LENGTH_TEXT, PLAIN, "length($1)"},
	{F_LENGTH_BYTEA, PLAIN, "length($1)"},
	{F_OCTET_LENGTH_BYTEA, PLAIN, "length($1)"},

	/* dates and times */
	{F_DATE_EQ, EQUAL, "(substr($1, 1, 10) = substr($2, 1, 10))"},
	{F_DATE_NE, EQUAL, "(substr($1, 1, 10) <> substr($2, 1, 10))"},
	{F_DATE_LT, ORDER, "($1 < substr($2, 1, 10))"},
	{F_DATE_LE, ORDER, "($1 < substr($2, 1, 10) || 'U')"},
	{F_DATE_GT, ORDER, "($1 >= substr($2, 1, 10) || 'U')"},
	{F_DATE_GE, ORDER, "($1 >= substr($2, 1, 10))"},
	COMPARISONS_BY("binds_time", F_TIME_EQ, F_TIME_NE, F_TIME_LT, F_TIME_LE,
				   F_TIME_GT, F_TIME_GE),
	MOMENTS(F_TIMESTAMP_EQ, F_TIMESTAMP_NE, F_TIMESTAMP_LT, F_TIMESTAMP_LE,
			F_TIMESTAMP_GT, F_TIMESTAMP_GE),
	MOMENTS(F_TIMESTAMPTZ_EQ, F_TIMESTAMPTZ_NE, F_TIMESTAMPTZ_LT,
			F_TIMESTAMPTZ_LE, F_TIMESTAMPTZ_GT, F_TIMESTAMPTZ_GE),

	/* in defaults only: what does not depend on a column is never sent */
	{F_NOW, PLAIN, "CURRENT_TIMESTAMP"},

	COMPARISONS_UUID(F_UUID_EQ, EQUAL, "="),
	COMPARISONS_UUID(F_UUID_NE, EQUAL, "<>"),
	COMPARISONS_UUID(F_UUID_LT, ORDER, "<"),
	COMPARISONS_UUID(F_UUID_LE, ORDER, "<="),
	COMPARISONS_UUID(F_UUID_GT, ORDER, ">"),
	COMPARISONS_UUID(F_UUID_GE, ORDER, ">=")
};

StaticAssertDecl(lengthof(binds_sqlite_functions) == BINDS_SQLITE_NFUNCTIONS,
				 "BINDS_SQLITE_NFUNCTIONS is not the number of rows");
