/*
 * compare.c
 *	  Comparisons: where engines and PostgreSQL differ most, so the strictest rules.
 *
 * Both operands must be kept in one form by the engine, a form whose comparison by
 * the engine is PostgreSQL's.  Text is equal if its bytes are (deterministic
 * collations only); where the engine's own comparison is looser, the column's
 * template adds an exact one.  Text is ordered by code point or not sent at all.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "deparse/expr_private.h"

/* What a comparison operator says. */
typedef enum Sense
{
	SENSE_EQUAL,
	SENSE_NOT_EQUAL,
	SENSE_OTHER
} Sense;

/* The longest IN list that is sent; a longer one is evaluated here. */
#define MAX_ELEMENTS 10000

static bool rule_compares(const BindsFunctionRule *rule);
static bool collation_allows(const BindsFunctionRule *rule, Oid collation);
static Sense operator_sense(Oid opno, Oid type);
static bool compare_fragments(const BindsFunctionRule *rule, Sense sense,
							  const BindsFragment *operands, BindsFragment *out);
static const BindsStorage *ordered_storage(const BindsStorage *storage);
static bool same_type(const BindsFragment *operands);
static bool needs_template(const BindsFragment *operands);
static bool text_is_exact(const BindsFragment *operands);
static const char *own_comparison(const BindsStorage *storage, Oid funcid);
static const char *equality_template(const BindsFragment *operands, bool *swap);
static bool array_elements(BindsDeparse *deparse, Expr *array, List **elements);
static bool compare_list(BindsDeparse *deparse, const BindsFunctionRule *rule,
						 Expr *left, Expr *array, BindsFragment *out);
static bool compare_elements(BindsDeparse *deparse, ScalarArrayOpExpr *node,
							 const BindsFunctionRule *rule, Sense sense,
							 const BindsFragment *left, List *elements,
							 const BindsStorage *wanted, BindsFragment *out);
static bool compare_by_list(BindsDeparse *deparse, const BindsFunctionRule *rule,
							const BindsFragment *left, List *elements,
							const BindsStorage *wanted, BindsFragment *out);
static bool compare_element(BindsDeparse *deparse, const BindsFunctionRule *rule,
							Sense sense, const BindsFragment *left, Expr *expr,
							const BindsStorage *wanted, BindsFragment *element,
							BindsFragment *comparison);
static bool is_plain_operator(const BindsFunctionRule *rule);

/*
 * Deparse a comparison by a rule.  opno is InvalidOid if the function was called
 * by its name.
 */
bool
binds_deparse_compare(BindsDeparse *deparse, const BindsFunctionRule *rule,
					  Oid opno, Oid collation, Expr *left, Expr *right,
					  bool eager, BindsFragment *out)
{
	const BindsStorage *wanted;
	BindsFragment operands[2];

	if (!collation_allows(rule, collation))
		return false;

	wanted = binds_deparse_find_storage(deparse, left);
	if (wanted == NULL)
		wanted = binds_deparse_find_storage(deparse, right);
	if (rule->kind == BINDS_RULE_ORDER && wanted != NULL && wanted->equals_fitting)
		wanted = ordered_storage(wanted);
	binds_fragment_init(&operands[0]);
	binds_fragment_init(&operands[1]);
	if (!binds_deparse_operand(deparse, left, wanted, eager, &operands[0]) ||
		!binds_deparse_operand(deparse, right, wanted, eager, &operands[1]))
		return false;

	out->storage = binds_deparse_type_storage(deparse, BOOLOID);
	return compare_fragments(rule,
							 operator_sense(opno, exprType((Node *) left)),
							 operands, out);
}

/* An order has a place for values that the column cannot keep. */
static const BindsStorage *
ordered_storage(const BindsStorage *storage)
{
	BindsStorage *ordered = palloc(sizeof(BindsStorage));

	*ordered = *storage;
	ordered->equals_fitting = false;
	return ordered;
}

/*
 * Append the comparison of two operands by a rule that was chosen for them; funcid is
 * the rule's function, which tells the sense.
 */
bool
binds_deparse_compare_as(BindsDeparse *deparse, const BindsFunctionRule *rule,
						 Oid funcid, const BindsFragment *operands,
						 BindsFragment *out)
{
	Sense		sense = SENSE_OTHER;

	if (rule->kind == BINDS_RULE_EQUAL)
		sense = funcid == F_TIMESTAMP_EQ || funcid == F_TIMESTAMPTZ_EQ ?
			SENSE_EQUAL : SENSE_NOT_EQUAL;
	out->storage = binds_deparse_type_storage(deparse, BOOLOID);
	return compare_fragments(rule, sense, operands, out);
}

/*
 * IS DISTINCT FROM, in words that every engine knows: never NULL.
 */
bool
binds_deparse_distinct(BindsDeparse *deparse, OpExpr *node, bool eager,
					   BindsFragment *out)
{
	const BindsFunctionRule *rule;
	BindsFragment equal;
	BindsFragment operands[2];
	BindsFragment args[3];
	Expr	   *left = linitial(node->args);
	Expr	   *right = lsecond(node->args);
	const BindsStorage *wanted;

	rule = binds_rule_find(deparse->dialect, get_opcode(node->opno));
	if (rule == NULL || !rule_compares(rule) ||
		operator_sense(node->opno, exprType((Node *) left)) != SENSE_EQUAL)
		return false;

	binds_fragment_init(&equal);
	binds_fragment_init(&operands[0]);
	binds_fragment_init(&operands[1]);
	wanted = binds_deparse_find_storage(deparse, left);
	if (wanted == NULL)
		wanted = binds_deparse_find_storage(deparse, right);
	if (!binds_deparse_compare(deparse, rule, node->opno, node->inputcollid,
							   left, right, eager, &equal) ||
		!binds_deparse_operand(deparse, left, wanted, eager, &operands[0]) ||
		!binds_deparse_operand(deparse, right, wanted, eager, &operands[1]))
		return false;

	args[0] = operands[0];
	args[1] = operands[1];
	args[2] = equal;
	binds_fragment_template(out,
							"(CASE WHEN $1 IS NULL THEN $2 IS NOT NULL"
							" WHEN $2 IS NULL THEN 1 ELSE NOT $3 END)", args, 3);
	out->storage = equal.storage;
	return true;
}

/*
 * NULLIF, by the exact comparison.
 */
bool
binds_deparse_nullif(BindsDeparse *deparse, OpExpr *node, BindsFragment *out)
{
	const BindsFunctionRule *rule;
	BindsFragment args[2];
	Expr	   *left = linitial(node->args);

	rule = binds_rule_find(deparse->dialect, get_opcode(node->opno));
	if (rule == NULL || !rule_compares(rule))
		return false;

	binds_fragment_init(&args[0]);
	binds_fragment_init(&args[1]);
	if (!binds_deparse_operand(deparse, left,
							   binds_deparse_find_storage(deparse, left),
							   false, &args[0]) ||
		!binds_deparse_compare(deparse, rule, node->opno, node->inputcollid,
							   left, lsecond(node->args), false, &args[1]))
		return false;

	binds_fragment_template(out, "(CASE WHEN $2 THEN NULL ELSE $1 END)", args, 2);
	out->storage = args[0].storage;
	out->exact = args[0].exact;
	return true;
}

/*
 * x = ANY (array) and x <> ALL (array), as IN lists where the engine's comparison
 * is exact as it stands.
 *
 * NULLs in the list, and a NULL x, have the same effect in PostgreSQL and in every
 * engine.  An empty list, which no engine can write, is false (or true for ALL)
 * even for a NULL x.  The elements of an array that is known at execution only are
 * listed then, at the top of a clause: there the difference between false and NULL
 * does not matter, and an empty or NULL array can be a list of one NULL.
 */
bool
binds_deparse_array_compare(BindsDeparse *deparse, ScalarArrayOpExpr *node,
							bool eager, BindsFragment *out)
{
	const BindsFunctionRule *rule;
	Expr	   *left = linitial(node->args);
	Expr	   *array = lsecond(node->args);
	const BindsStorage *wanted;
	BindsFragment operand;
	List	   *elements;
	Sense		sense = operator_sense(node->opno, exprType((Node *) left));

	if (sense != (node->useOr ? SENSE_EQUAL : SENSE_NOT_EQUAL))
		return false;
	rule = binds_rule_find(deparse->dialect, get_opcode(node->opno));
	if (rule == NULL || !rule_compares(rule) ||
		!collation_allows(rule, node->inputcollid))
		return false;

	out->storage = binds_deparse_type_storage(deparse, BOOLOID);
	if (!array_elements(deparse, array, &elements))
		return eager && sense == SENSE_EQUAL &&
			compare_list(deparse, rule, left, array, out);
	if (elements == NIL)
	{
		appendStringInfoString(&out->buf, node->useOr ? "(1 = 0)" : "(1 = 1)");
		return true;
	}

	wanted = binds_deparse_find_storage(deparse, left);
	if (wanted == NULL)
		wanted = binds_deparse_find_storage(deparse, array);
	binds_fragment_init(&operand);
	if (!binds_deparse_operand(deparse, left, wanted, eager, &operand))
		return false;
	return compare_elements(deparse, node, rule, sense, &operand, elements,
							wanted, out);
}

/* ------------------------------------------------------------------------
 * Rules
 * ------------------------------------------------------------------------ */

static bool
rule_compares(const BindsFunctionRule *rule)
{
	return rule->kind != BINDS_RULE_PLAIN;
}

/*
 * Equality of text is that of its bytes under every deterministic collation, so
 * only that matters.  Order needs a collation that orders by code point, in an
 * encoding whose bytes are in that order.
 */
static bool
collation_allows(const BindsFunctionRule *rule, Oid collation)
{
	switch (rule->kind)
	{
		case BINDS_RULE_TEXT_EQUAL:
		case BINDS_RULE_TEXT_NOT_EQUAL:
			return OidIsValid(collation) &&
				get_collation_isdeterministic(collation);
		case BINDS_RULE_TEXT_ORDER:
			return OidIsValid(collation) &&
				GetDatabaseEncoding() == PG_UTF8 &&
				binds_compat_collation_is_c(collation);
		default:
			return true;
	}
}

/* All equality operators are hashable, and those for <> are their negators. */
static Sense
operator_sense(Oid opno, Oid type)
{
	Oid			negator;

	if (!OidIsValid(opno))
		return SENSE_OTHER;
	if (op_hashjoinable(opno, type))
		return SENSE_EQUAL;
	negator = get_negator(opno);
	if (OidIsValid(negator) && op_hashjoinable(negator, type))
		return SENSE_NOT_EQUAL;
	return SENSE_OTHER;
}

/*
 * Append the comparison of two operands; false if the engine's is not exact.
 */
static bool
compare_fragments(const BindsFunctionRule *rule, Sense sense,
				  const BindsFragment *operands, BindsFragment *out)
{
	bool		ordered = rule->kind == BINDS_RULE_ORDER ||
		rule->kind == BINDS_RULE_TEXT_ORDER;
	BindsCompare need = ordered ? BINDS_COMPARE_ORDER : BINDS_COMPARE_EQUAL;
	const char *equality;
	bool		swap = false;

	if (operands[0].storage->compare < need ||
		operands[1].storage->compare < need ||
		!binds_storage_comparable(operands[0].storage, operands[1].storage))
		return false;

	if (!ordered && operands[0].column && operands[1].column &&
		operands[0].storage->equals_fitting && !same_type(operands))
		return false;

	if (operands[0].storage->comparisons != NULL)
	{
		const char *text = own_comparison(operands[0].storage, rule->funcid);

		if (text != NULL)
			binds_fragment_template(out, text, operands, 2);
		return text != NULL;
	}

	equality = ordered ? NULL : equality_template(operands, &swap);
	if (equality != NULL)
	{
		BindsFragment args[2];

		if (sense == SENSE_OTHER)
			return false;
		args[0] = operands[swap ? 1 : 0];
		initStringInfo(&args[0].buf);
		appendStringInfoString(&args[0].buf, args[0].name);
		args[1] = operands[swap ? 0 : 1];
		if (sense == SENSE_NOT_EQUAL)
			appendStringInfoString(&out->buf, "(NOT ");
		binds_fragment_template(out, equality, args, 2);
		if (sense == SENSE_NOT_EQUAL)
			appendStringInfoChar(&out->buf, ')');
		return true;
	}

	if (!ordered && is_plain_operator(rule) && needs_template(operands))
		return false;
	if (rule->kind >= BINDS_RULE_TEXT_EQUAL && !text_is_exact(operands))
		return false;
	binds_fragment_template(out, rule->text, operands, 2);
	return true;
}

/* Are two columns declared alike, so that what fits one fits the other? */
static bool
same_type(const BindsFragment *operands)
{
	const BindsStorage *a = operands[0].storage;
	const BindsStorage *b = operands[1].storage;

	if (a->engine_type == NULL || b->engine_type == NULL)
		return a->engine_type == b->engine_type && a->typmod == b->typmod;
	return strcmp(a->engine_type, b->engine_type) == 0;
}

/* The template of a storage for what a function compares; NULL if it has none. */
static const char *
own_comparison(const BindsStorage *storage, Oid funcid)
{
	static const Oid functions[][BINDS_NCOMPARISONS] = {
		{F_DATE_EQ, F_DATE_NE, F_DATE_LT, F_DATE_LE, F_DATE_GT, F_DATE_GE},
		{F_TIMESTAMP_EQ, F_TIMESTAMP_NE, F_TIMESTAMP_LT, F_TIMESTAMP_LE,
		F_TIMESTAMP_GT, F_TIMESTAMP_GE},
		{F_TIMESTAMPTZ_EQ, F_TIMESTAMPTZ_NE, F_TIMESTAMPTZ_LT, F_TIMESTAMPTZ_LE,
		F_TIMESTAMPTZ_GT, F_TIMESTAMPTZ_GE}
	};

	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		for (int j = 0; j < BINDS_NCOMPARISONS; j++)
		{
			if (functions[i][j] == funcid)
				return storage->comparisons[j];
		}
	}
	return NULL;
}

/* Is the plain operator not exact for one of the operands, as it is written? */
static bool
needs_template(const BindsFragment *operands)
{
	for (int i = 0; i < 2; i++)
	{
		if (operands[i].column && operands[i].storage->equality != NULL &&
			operands[i].storage->operand == NULL)
			return true;
	}
	return false;
}

/*
 * Does the engine compare the two by bytes?  At least one must come from a column:
 * two constants would be compared by the session's collation.
 */
static bool
text_is_exact(const BindsFragment *operands)
{
	return operands[0].exact && operands[1].exact &&
		(operands[0].column || operands[1].column);
}

/*
 * The template for equality that the column among the operands demands; NULL if
 * none does.  It is made for a column and a value, not for two columns.
 */
static const char *
equality_template(const BindsFragment *operands, bool *swap)
{
	for (int i = 0; i < 2; i++)
	{
		if (operands[i].name != NULL && !operands[1 - i].column &&
			operands[i].storage->equality != NULL)
		{
			*swap = i == 1;
			return operands[i].storage->equality;
		}
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * Lists
 * ------------------------------------------------------------------------ */

/*
 * Take an array apart into expressions; false if its elements are not known now.
 */
static bool
array_elements(BindsDeparse *deparse, Expr *array, List **elements)
{
	*elements = NIL;
	while (IsA(array, RelabelType))
		array = ((RelabelType *) array)->arg;

	if (IsA(array, ArrayExpr) && !((ArrayExpr *) array)->multidims)
		*elements = ((ArrayExpr *) array)->elements;
	else if (IsA(array, Const) && !((Const *) array)->constisnull)
	{
		ArrayType  *value = DatumGetArrayTypeP(((Const *) array)->constvalue);
		Oid			type = ARR_ELEMTYPE(value);
		Datum	   *datums;
		bool	   *nulls;
		int			n;
		int16		length;
		bool		by_value;
		char		align;

		get_typlenbyvalalign(type, &length, &by_value, &align);
		deconstruct_array(value, type, length, by_value, align, &datums, &nulls,
						  &n);
		if (n > MAX_ELEMENTS)
			return false;
		for (int i = 0; i < n; i++)
			*elements = lappend(*elements,
								makeConst(type, -1, get_typcollation(type),
										  length, datums[i], nulls[i], by_value));
	}
	else
		return false;
	return list_length(*elements) <= MAX_ELEMENTS;
}

/* x IN (?), for an array that PostgreSQL evaluates. */
static bool
compare_list(BindsDeparse *deparse, const BindsFunctionRule *rule, Expr *left,
			 Expr *array, BindsFragment *out)
{
	BindsFragment operands[2];
	BindsFragment test;
	const BindsStorage *wanted = binds_deparse_find_storage(deparse, left);

	binds_fragment_init(&operands[0]);
	binds_fragment_init(&operands[1]);
	binds_fragment_init(&test);
	if (!is_plain_operator(rule) ||
		binds_deparse_references(deparse, (Node *) array) ||
		contain_subplans((Node *) array) ||
		contain_volatile_functions((Node *) array) ||
		!binds_deparse_operand(deparse, left, wanted, false, &operands[0]) ||
		!binds_deparse_list(deparse, array, wanted, &operands[1]) ||
		needs_template(operands) ||
		!compare_fragments(rule, SENSE_EQUAL, operands, &test))
		return false;

	appendStringInfoChar(&out->buf, '(');
	binds_fragment_append(out, &operands[0]);
	appendStringInfoString(&out->buf, " IN (");
	binds_fragment_append(out, &operands[1]);
	appendStringInfoString(&out->buf, "))");
	return true;
}

static bool
compare_elements(BindsDeparse *deparse, ScalarArrayOpExpr *node,
				 const BindsFunctionRule *rule, Sense sense,
				 const BindsFragment *left, List *elements,
				 const BindsStorage *wanted, BindsFragment *out)
{
	bool		in_list = is_plain_operator(rule) &&
		(left->storage->equality == NULL || left->name == NULL);
	const char *separator = in_list ? ", " : node->useOr ? " OR " : " AND ";
	ListCell   *lc;

	if (sense == SENSE_EQUAL && node->useOr &&
		compare_by_list(deparse, rule, left, elements, wanted, out))
		return true;
	appendStringInfoChar(&out->buf, '(');
	if (in_list)
	{
		binds_fragment_append(out, left);
		appendStringInfoString(&out->buf, node->useOr ? " IN (" : " NOT IN (");
	}
	foreach(lc, elements)
	{
		BindsFragment element;
		BindsFragment comparison;

		/* the comparison is written in any case, as a test */
		if (!compare_element(deparse, rule, sense, left, lfirst(lc), wanted, &element,
							 &comparison))
			return false;
		if (foreach_current_index(lc) > 0)
			appendStringInfoString(&out->buf, separator);
		binds_fragment_append(out, in_list ? &element : &comparison);
	}
	appendStringInfoString(&out->buf, in_list ? "))" : ")");

	/* a chain of operators is as deep as it is long */
	if (!in_list)
		out->depth += list_length(elements);
	return true;
}

/*
 * Write an element of a list, and its comparison; false if one of them cannot be.
 */
static bool
compare_element(BindsDeparse *deparse, const BindsFunctionRule *rule, Sense sense,
				const BindsFragment *left, Expr *expr, const BindsStorage *wanted,
				BindsFragment *element, BindsFragment *comparison)
{
	BindsFragment operands[2];

	operands[0] = *left;
	binds_fragment_init(&operands[1]);
	binds_fragment_init(comparison);
	if (!binds_deparse_operand(deparse, expr, wanted, false, &operands[1]) ||
		!compare_fragments(rule, sense, operands, comparison))
		return false;
	*element = operands[1];
	return true;
}

/*
 * Equality with one of a list, by the template that the column's storage has for it; false
 * if it has none, or if it cannot be written so.
 */
static bool
compare_by_list(BindsDeparse *deparse, const BindsFunctionRule *rule,
				const BindsFragment *left, List *elements, const BindsStorage *wanted,
				BindsFragment *out)
{
	BindsFragment args[2];
	ListCell   *lc;

	if (left->name == NULL || left->storage->equality_list == NULL)
		return false;
	args[0] = *left;
	initStringInfo(&args[0].buf);
	appendStringInfoString(&args[0].buf, left->name);
	binds_fragment_init(&args[1]);
	foreach(lc, elements)
	{
		BindsFragment element;
		BindsFragment comparison;

		/* as in compare_elements, a test */
		if (!compare_element(deparse, rule, SENSE_EQUAL, left, lfirst(lc), wanted,
							 &element, &comparison) ||
			element.column)
			return false;
		if (foreach_current_index(lc) > 0)
			appendStringInfoString(&args[1].buf, ", ");
		binds_fragment_append(&args[1], &element);
	}
	binds_fragment_template(out, left->storage->equality_list, args, 2);
	return true;
}

/* Is the rule's text the plain operator, so that IN (or NOT IN) says the same? */
static bool
is_plain_operator(const BindsFunctionRule *rule)
{
	return strcmp(rule->text, "($1 = $2)") == 0 ||
		strcmp(rule->text, "($1 <> $2)") == 0;
}
