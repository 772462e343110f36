/*
 * mixed.c
 *	  Comparisons of a timestamp column with a value of a narrower type.
 *
 * "ts >= current_date" compares a timestamp with a date.  The value is made a
 * timestamp when the statement is executed, and sent to the comparison of two
 * timestamps.  That is not done while planning: a date is another moment in another
 * time zone.  A narrow column cannot be compared with a wider value so.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/timestamp.h"

#include "deparse/expr_private.h"

typedef struct MixedRule
{
	Oid			funcid;
	Oid			same;			/* the function for two values of the wider
								 * type */
	int			narrow;			/* which argument is the narrower one */
} MixedRule;

/* the six comparisons of a pair, and those of the pair the other way round */
#define MIXED(wide, narrow) \
	{F_##wide##_EQ_##narrow, F_##wide##_EQ, 1}, \
	{F_##wide##_NE_##narrow, F_##wide##_NE, 1}, \
	{F_##wide##_LT_##narrow, F_##wide##_LT, 1}, \
	{F_##wide##_LE_##narrow, F_##wide##_LE, 1}, \
	{F_##wide##_GT_##narrow, F_##wide##_GT, 1}, \
	{F_##wide##_GE_##narrow, F_##wide##_GE, 1}, \
	{F_##narrow##_EQ_##wide, F_##wide##_EQ, 0}, \
	{F_##narrow##_NE_##wide, F_##wide##_NE, 0}, \
	{F_##narrow##_LT_##wide, F_##wide##_LT, 0}, \
	{F_##narrow##_LE_##wide, F_##wide##_LE, 0}, \
	{F_##narrow##_GT_##wide, F_##wide##_GT, 0}, \
	{F_##narrow##_GE_##wide, F_##wide##_GE, 0}

static const MixedRule mixed_rules[] = {
	MIXED(TIMESTAMP, DATE),
	MIXED(TIMESTAMPTZ, DATE),
	MIXED(TIMESTAMPTZ, TIMESTAMP)
};

/*
 * Deparse such a comparison; false if it is none, or cannot be sent.
 */
bool
binds_deparse_mixed(BindsDeparse *deparse, Oid funcid, List *args, bool eager,
					BindsFragment *out)
{
	const MixedRule *mixed = NULL;
	const BindsFunctionRule *rule;
	BindsFragment operands[2];
	const BindsStorage *wide;
	Expr	   *narrow;

	for (int i = 0; i < (int) lengthof(mixed_rules); i++)
	{
		if (mixed_rules[i].funcid == funcid)
			mixed = &mixed_rules[i];
	}
	if (mixed == NULL || deparse->literals_only)
		return false;
	rule = binds_rule_find(deparse->dialect, mixed->same);
	wide = binds_deparse_find_storage(deparse, list_nth(args, 1 - mixed->narrow));
	narrow = list_nth(args, mixed->narrow);
	if (rule == NULL || wide == NULL ||
		!(eager || binds_expr_is_safe(deparse, (Node *) narrow)) ||
		binds_deparse_references(deparse, (Node *) narrow) ||
		contain_subplans((Node *) narrow) ||
		contain_volatile_functions((Node *) narrow))
		return false;

	binds_fragment_init(&operands[0]);
	binds_fragment_init(&operands[1]);
	binds_deparse_widened(deparse, narrow, wide, &operands[mixed->narrow]);
	return binds_deparse_operand(deparse, list_nth(args, 1 - mixed->narrow), wide,
								 false, &operands[1 - mixed->narrow]) &&
		binds_deparse_compare_as(deparse, rule, mixed->same, operands, out);
}

/*
 * Make a value the wider type of a column that it is compared with; false if it is
 * beyond that type, or no such pair of types.
 */
bool
binds_widen(Oid from, const BindsStorage *to, Datum *value)
{
	int			overflow = 0;

	if (from == DATEOID && to->codec == BINDS_CODEC_TIMESTAMP)
		*value = TimestampGetDatum(date2timestamp_opt_overflow(DatumGetDateADT(*value),
															   &overflow));
	else if (from == DATEOID && to->codec == BINDS_CODEC_TIMESTAMPTZ)
		*value = TimestampTzGetDatum(date2timestamptz_opt_overflow(DatumGetDateADT(*value),
																   &overflow));
	else if (from == TIMESTAMPOID && to->codec == BINDS_CODEC_TIMESTAMPTZ)
		*value = TimestampTzGetDatum(timestamp2timestamptz_opt_overflow(DatumGetTimestamp(*value),
																		&overflow));
	else
		return false;
	return overflow == 0;
}
