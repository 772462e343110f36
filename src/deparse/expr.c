/*
 * expr.c
 *	  Expression trees to an engine's SQL: the decision and the text in one.
 *
 * deparse_node dispatches on the node's kind; a kind that is not listed is not
 * sent.  Leaves are in operand.c, comparisons in compare.c, the dialects' lists of
 * functions in rules.c.
 *
 * What has no column of the statement's relations in it is evaluated by PostgreSQL
 * and sent as a parameter.  That happens before the first row is read, when
 * PostgreSQL might not evaluate it at all; so, below the top of a clause (in a CASE,
 * say), only what cannot fail is treated so.  At the top it is what an index scan
 * does, too.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "deparse/expr_private.h"

bool		binds_pushdown = true;

/* Limits of the engines' parsers, with a wide margin. */
#define MAX_CLAUSE_LENGTH 200000
#define MAX_DEPTH 200

/* What is on a parser's stack already, or in a leaf, in a dialect with parser_stack. */
#define STACK_AROUND 25

static bool too_deep(Node *node, int *depth);
static bool within_limits(const BindsDeparse *deparse, const BindsFragment *out);
static bool deparse_dispatch(BindsDeparse *deparse, Expr *expr,
							 const BindsStorage *wanted, bool eager,
							 BindsFragment *out);
static bool deparse_node(BindsDeparse *deparse, Expr *expr,
						 const BindsStorage *wanted, bool eager,
						 BindsFragment *out);
static bool deparse_operator(BindsDeparse *deparse, OpExpr *op, bool eager,
							 BindsFragment *out);
static bool deparse_function(BindsDeparse *deparse, Oid funcid, Oid opno,
							 Oid collation, Oid result, List *args, bool eager,
							 BindsFragment *out);
static bool deparse_plain(BindsDeparse *deparse, const BindsFunctionRule *rule,
						  Oid result, List *args, BindsFragment *out);
static Expr *defined_pattern(Expr *pattern);
static bool deparse_clause(BindsDeparse *deparse, Expr *expr, BindsFragment *out);
static bool deparse_truth(BindsDeparse *deparse, Var *var, bool truth,
						  BindsFragment *out);
static bool deparse_bool(BindsDeparse *deparse, BoolExpr *node, BindsFragment *out);
static bool deparse_null_test(BindsDeparse *deparse, NullTest *node,
							  BindsFragment *out);
static bool deparse_boolean_test(BindsDeparse *deparse, BooleanTest *node,
								 BindsFragment *out);
static bool deparse_case(BindsDeparse *deparse, CaseExpr *node,
						 const BindsStorage *wanted, BindsFragment *out);
static bool deparse_coalesce(BindsDeparse *deparse, CoalesceExpr *node,
							 const BindsStorage *wanted, BindsFragment *out);
static bool deparse_relabel(BindsDeparse *deparse, RelabelType *node,
							const BindsStorage *wanted, bool eager,
							BindsFragment *out);
static bool join_value(BindsFragment *out, const BindsFragment *value);
static bool deparse_condition(BindsDeparse *deparse, Expr *expr,
							  BindsFragment *out);

static inline bool
is_boolean_column(Expr *expr)
{
	return IsA(expr, Var) && ((Var *) expr)->vartype == BOOLOID;
}

/*
 * Begin a statement.
 */
void
binds_deparse_init(BindsDeparse *deparse, const BindsDialect *dialect,
				   PlannerInfo *root, BindsDeparseRel *rels, int nrels)
{
	memset(deparse, 0, sizeof(BindsDeparse));
	deparse->dialect = dialect;
	deparse->root = root;
	deparse->rels = rels;
	deparse->nrels = nrels;
	initStringInfo(&deparse->buf);
}

/*
 * Append an expression; false, with everything as it was, if it cannot be sent.
 */
bool
binds_deparse_expr(BindsDeparse *deparse, Expr *expr)
{
	int			nparams = list_length(deparse->params);
	bool		guarded = deparse->guarded;
	BindsFragment fragment;
	int			depth = 0;
	ListCell   *lc;

	if (too_deep((Node *) expr, &depth))
		return false;
	binds_fragment_init(&fragment);
	if (!deparse_clause(deparse, expr, &fragment) ||
		(fragment.storage->codec == BINDS_CODEC_BOOL &&
		 fragment.storage->compare == BINDS_COMPARE_NONE) ||
		!within_limits(deparse, &fragment))
	{
		deparse->params = list_truncate(deparse->params, nparams);
		deparse->guarded = guarded;
		return false;
	}

	foreach(lc, fragment.places)
		deparse->places = lappend_int(deparse->places,
									  deparse->buf.len + lfirst_int(lc));
	deparse->place_params = list_concat(deparse->place_params,
										fragment.place_params);
	appendBinaryStringInfo(&deparse->buf, fragment.buf.data, fragment.buf.len);
	return true;
}

/*
 * Is an expression deeper than what is sent?  Looks no deeper: what follows takes as
 * much stack, and walks below each level once more.
 */
static bool
too_deep(Node *node, int *depth)
{
	bool		deep;

	if (node == NULL)
		return false;
	if (*depth >= MAX_DEPTH)
		return true;
	++*depth;
	deep = expression_tree_walker(node, too_deep, depth);
	--*depth;
	return deep;
}

/*
 * Is a fragment one that engines take?  Looked at while it grows, since templates may
 * double their arguments.
 */
static bool
within_limits(const BindsDeparse *deparse, const BindsFragment *out)
{
	int			stack = deparse->dialect->parser_stack;

	return out->buf.len <= MAX_CLAUSE_LENGTH && out->depth <= MAX_DEPTH &&
		(stack == 0 || out->stack <= stack - STACK_AROUND);
}

/*
 * At the top of a clause NULL is as good as false: "b IS TRUE" is "b".
 */
static bool
deparse_clause(BindsDeparse *deparse, Expr *expr, BindsFragment *out)
{
	bool		truth = true;

	if (IsA(expr, BooleanTest) && !deparse->literals_only &&
		(((BooleanTest *) expr)->booltesttype == IS_TRUE ||
		 ((BooleanTest *) expr)->booltesttype == IS_FALSE) &&
		is_boolean_column(((BooleanTest *) expr)->arg))
	{
		truth = ((BooleanTest *) expr)->booltesttype == IS_TRUE;
		expr = ((BooleanTest *) expr)->arg;
	}
	if (is_boolean_column(expr) &&
		binds_deparse_references(deparse, (Node *) expr))
		return deparse_truth(deparse, (Var *) expr, truth, out);
	return deparse_node(deparse, expr, NULL, true, out);
}

/*
 * May a clause be sent, and must it be kept as well?
 */
BindsSend
binds_deparse_test(PlannerInfo *root, BindsDeparseRel *rels, int nrels,
				   Expr *clause)
{
	BindsDeparse deparse;
	MemoryContext own;
	MemoryContext before;
	bool		sent;

	if (!binds_pushdown || rels[0].table->unknown ||
		contain_volatile_functions((Node *) clause))
		return BINDS_SEND_NO;
	own = AllocSetContextCreate(CurrentMemoryContext, "binds clause",
								ALLOCSET_DEFAULT_SIZES);
	before = MemoryContextSwitchTo(own);
	binds_deparse_init(&deparse, rels[0].table->dialect, root, rels, nrels);
	sent = binds_deparse_expr(&deparse, clause);
	MemoryContextSwitchTo(before);
	MemoryContextDelete(own);
	if (!sent)
		return BINDS_SEND_NO;
	return deparse.guarded ? BINDS_SEND_GUARDED : BINDS_SEND_EXACT;
}

/*
 * Deparse an operand: a leaf of our own making where that is possible, else the
 * expression itself.
 *
 * wanted is the storage of the column that it meets, or NULL.  eager: it may be
 * evaluated although PostgreSQL might not need its value.
 */
bool
binds_deparse_operand(BindsDeparse *deparse, Expr *expr,
					  const BindsStorage *wanted, bool eager, BindsFragment *out)
{
	if (IsA(expr, Const))
		return binds_deparse_const(deparse, (Const *) expr, wanted, out);
	if (!deparse->literals_only &&
		(eager || binds_expr_is_safe(deparse, (Node *) expr)) &&
		!binds_deparse_references(deparse, (Node *) expr) &&
		!contain_subplans((Node *) expr) &&
		!contain_volatile_functions((Node *) expr))
		return binds_deparse_param(deparse, expr, wanted, out);
	return deparse_node(deparse, expr, wanted, eager, out);
}

static bool
deparse_node(BindsDeparse *deparse, Expr *expr, const BindsStorage *wanted,
			 bool eager, BindsFragment *out)
{
	return deparse_dispatch(deparse, expr, wanted, eager, out) &&
		within_limits(deparse, out);
}

/*
 * Dispatch on the kind of node.
 */
static bool
deparse_dispatch(BindsDeparse *deparse, Expr *expr, const BindsStorage *wanted,
				 bool eager, BindsFragment *out)
{
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	switch (nodeTag(expr))
	{
		case T_Const:
			return binds_deparse_const(deparse, (Const *) expr, wanted, out);
		case T_Param:
			return (eager || binds_expr_is_safe(deparse, (Node *) expr)) &&
				binds_deparse_param(deparse, expr, wanted, out);
		case T_Var:
			return binds_deparse_var(deparse, (Var *) expr, out);
		case T_CaseTestExpr:
			return deparse->case_arg != NULL &&
				deparse_node(deparse, deparse->case_arg, wanted, false, out);
		case T_OpExpr:
			return deparse_operator(deparse, (OpExpr *) expr, eager, out);
		case T_FuncExpr:
			{
				FuncExpr   *func = (FuncExpr *) expr;

				return !func->funcretset && !func->funcvariadic &&
					deparse_function(deparse, func->funcid, InvalidOid,
									 func->inputcollid, func->funcresulttype,
									 func->args, eager, out);
			}
		case T_DistinctExpr:
			return binds_deparse_distinct(deparse, (OpExpr *) expr, eager, out);
		case T_NullIfExpr:
			return binds_deparse_nullif(deparse, (OpExpr *) expr, out);
		case T_ScalarArrayOpExpr:
			return binds_deparse_array_compare(deparse,
											   (ScalarArrayOpExpr *) expr, eager,
											   out);
		case T_BoolExpr:
			return deparse_bool(deparse, (BoolExpr *) expr, out);
		case T_NullTest:
			return deparse_null_test(deparse, (NullTest *) expr, out);
		case T_BooleanTest:
			return deparse_boolean_test(deparse, (BooleanTest *) expr, out);
		case T_CaseExpr:
			return deparse_case(deparse, (CaseExpr *) expr, wanted, out);
		case T_CoalesceExpr:
			return deparse_coalesce(deparse, (CoalesceExpr *) expr, wanted, out);
		case T_RelabelType:
			return deparse_relabel(deparse, (RelabelType *) expr, wanted, eager,
								   out);
		default:
			return false;
	}
}

/* ------------------------------------------------------------------------
 * Functions and operators
 * ------------------------------------------------------------------------ */

/*
 * An operator, the column first: "id = ?", whichever way round PostgreSQL has derived
 * the clause from others.
 */
static bool
deparse_operator(BindsDeparse *deparse, OpExpr *op, bool eager, BindsFragment *out)
{
	Oid			opno = op->opno;
	List	   *args = op->args;

	if (list_length(args) == 2 && op->opresulttype == BOOLOID &&
		!binds_deparse_references(deparse, linitial(args)) &&
		binds_deparse_references(deparse, lsecond(args)) &&
		OidIsValid(get_commutator(opno)))
	{
		opno = get_commutator(opno);
		args = list_make2(lsecond(args), linitial(args));
	}
	return deparse_function(deparse, get_opcode(opno), opno, op->inputcollid,
							op->opresulttype, args, eager, out);
}

static bool
deparse_function(BindsDeparse *deparse, Oid funcid, Oid opno, Oid collation,
				 Oid result, List *args, bool eager, BindsFragment *out)
{
	const BindsFunctionRule *rule = binds_rule_find(deparse->dialect, funcid);

	if (rule == NULL)
		return binds_deparse_mixed(deparse, funcid, args, eager, out);
	if (OidIsValid(collation) && !get_collation_isdeterministic(collation))
		return false;
	if (rule->kind == BINDS_RULE_PLAIN)
		return deparse_plain(deparse, rule, result, args, out);
	if (list_length(args) != 2)
		return false;
	return binds_deparse_compare(deparse, rule, opno, collation, linitial(args),
								 lsecond(args), eager, out);
}

/*
 * A function whose template is exact for every value.  Its arguments must be in
 * the form that the template was made for: the plain one of their type.
 */
static bool
deparse_plain(BindsDeparse *deparse, const BindsFunctionRule *rule, Oid result,
			  List *args, BindsFragment *out)
{
	BindsFragment operands[9];
	bool		defined_like = deparse->literals_only && rule->like_text != NULL;
	const char *text = defined_like ? rule->like_text : rule->text;
	int			n = 0;
	ListCell   *lc;

	if (list_length(args) > (int) lengthof(operands))
		return false;
	out->storage = binds_deparse_type_storage(deparse, result);
	if (out->storage == NULL)
		return false;

	foreach(lc, args)
	{
		BindsFragment *operand = &operands[n++];
		Expr	   *arg = lfirst(lc);

		binds_fragment_init(operand);
		if (defined_like && n == 2 && (arg = defined_pattern(arg)) == NULL)
			return false;
		if (!binds_deparse_operand(deparse, arg, NULL, false, operand) ||
			operand->storage->compare == BINDS_COMPARE_NONE ||
			operand->storage->form == BINDS_FORM_DECIMAL_TEXT ||
			operand->storage->form == BINDS_FORM_UUID32 ||
			operand->storage->form == BINDS_FORM_UUID16 ||
			operand->storage->form == BINDS_FORM_EPOCH ||
			BINDS_FORM_IS_NUMBER(operand->storage->form))
			return false;
		if (defined_like && n == 2 && deparse->dialect->stored_literal != NULL)
		{
			const char *literal = deparse->dialect->stored_literal(operand->buf.data);

			initStringInfo(&operand->buf);
			appendStringInfoString(&operand->buf, literal);
		}
		if (operand->storage->codec == BINDS_CODEC_TEXT ||
			operand->storage->codec == BINDS_CODEC_BPCHAR)
		{
			/* bytes and characters are those of the database's encoding */
			if (GetDatabaseEncoding() != PG_UTF8)
				return false;
			out->exact = out->exact && operand->exact;
		}
		if (operand->storage->narrow && rule->narrow_text != NULL && !defined_like)
			text = rule->narrow_text;
	}
	binds_fragment_template(out, text, operands, n);
	return true;
}

/*
 * The pattern of a LIKE with BINDS_LIKE_ESCAPE instead of a backslash; NULL if it is not
 * known, or one that LIKE refuses.  What a backslash stands before is taken as it is.
 */
static Expr *
defined_pattern(Expr *pattern)
{
	StringInfoData buf;
	Const	   *result;

	while (IsA(pattern, RelabelType))
		pattern = ((RelabelType *) pattern)->arg;
	if (!IsA(pattern, Const) || ((Const *) pattern)->constisnull ||
		((Const *) pattern)->consttype != TEXTOID)
		return NULL;
	initStringInfo(&buf);
	for (const char *p = TextDatumGetCString(((Const *) pattern)->constvalue); *p != '\0'; p++)
	{
		bool		literal = *p == '\\';

		if (literal && *++p == '\0')
			return NULL;
		if (*p == BINDS_LIKE_ESCAPE || (literal && (*p == '%' || *p == '_')))
			appendStringInfoChar(&buf, BINDS_LIKE_ESCAPE);
		appendStringInfoChar(&buf, *p);
	}
	result = copyObject((Const *) pattern);
	result->constvalue = CStringGetTextDatum(buf.data);
	return (Expr *) result;
}

/* ------------------------------------------------------------------------
 * Boolean expressions
 * ------------------------------------------------------------------------ */

/* Deparse what is used as a condition: a value of type boolean, kept as 0 or 1. */
static bool
deparse_condition(BindsDeparse *deparse, Expr *expr, BindsFragment *out)
{
	if (is_boolean_column(expr) &&
		binds_deparse_references(deparse, (Node *) expr))
		return deparse_truth(deparse, (Var *) expr, true, out) &&
			out->storage->compare != BINDS_COMPARE_NONE;
	return binds_deparse_operand(deparse, expr, NULL, false, out) &&
		out->storage->codec == BINDS_CODEC_BOOL &&
		out->storage->compare != BINDS_COMPARE_NONE;
}

/*
 * A column as a condition, or its negation: in a form that an index serves, which a
 * bare column may not be.
 */
static bool
deparse_truth(BindsDeparse *deparse, Var *var, bool truth, BindsFragment *out)
{
	BindsFragment column;
	const char *text;

	binds_fragment_init(&column);
	if (!binds_deparse_var(deparse, var, &column))
		return false;
	text = truth ? column.storage->is_true : column.storage->is_false;
	if (text == NULL)
		text = truth ? "$1" : "(NOT $1)";
	binds_fragment_template(out, text, &column, 1);
	out->storage = column.storage;
	return out->storage->codec == BINDS_CODEC_BOOL;
}

static bool
deparse_bool(BindsDeparse *deparse, BoolExpr *node, BindsFragment *out)
{
	const char *separator = node->boolop == AND_EXPR ? " AND " : " OR ";
	ListCell   *lc;

	if (node->boolop == NOT_EXPR && is_boolean_column(linitial(node->args)) &&
		binds_deparse_references(deparse, linitial(node->args)))
		return deparse_truth(deparse, linitial(node->args), false, out) &&
			out->storage->compare != BINDS_COMPARE_NONE;

	/* a chain of operators is as deep as it is long */
	if (list_length(node->args) > MAX_DEPTH)
		return false;
	appendStringInfoString(&out->buf, node->boolop == NOT_EXPR ? "(NOT " : "(");
	foreach(lc, node->args)
	{
		BindsFragment arg;

		binds_fragment_init(&arg);
		if (!deparse_condition(deparse, lfirst(lc), &arg))
			return false;
		if (foreach_current_index(lc) > 0)
			appendStringInfoString(&out->buf, separator);
		binds_fragment_append(out, &arg);
	}
	appendStringInfoChar(&out->buf, ')');

	out->depth += list_length(node->args);
	out->storage = binds_deparse_type_storage(deparse, BOOLOID);
	return out->storage != NULL;
}

static bool
deparse_null_test(BindsDeparse *deparse, NullTest *node, BindsFragment *out)
{
	BindsFragment arg;

	binds_fragment_init(&arg);
	if (node->argisrow ||
		!binds_deparse_operand(deparse, node->arg, NULL, false, &arg))
		return false;
	appendStringInfoChar(&out->buf, '(');
	binds_fragment_append(out, &arg);
	appendStringInfoString(&out->buf, node->nulltesttype == IS_NULL ?
						   " IS NULL)" : " IS NOT NULL)");
	out->storage = binds_deparse_type_storage(deparse, BOOLOID);
	return out->storage != NULL;
}

static bool
deparse_boolean_test(BindsDeparse *deparse, BooleanTest *node, BindsFragment *out)
{
	static const char *const tests[] = {
		[IS_TRUE] = " IS TRUE)",
		[IS_NOT_TRUE] = " IS NOT TRUE)",
		[IS_FALSE] = " IS FALSE)",
		[IS_NOT_FALSE] = " IS NOT FALSE)",
		[IS_UNKNOWN] = " IS NULL)",
		[IS_NOT_UNKNOWN] = " IS NOT NULL)"
	};
	BindsFragment arg;

	binds_fragment_init(&arg);
	if (!deparse_condition(deparse, node->arg, &arg))
		return false;
	appendStringInfoChar(&out->buf, '(');
	binds_fragment_append(out, &arg);
	appendStringInfoString(&out->buf, tests[node->booltesttype]);
	out->storage = arg.storage;
	return true;
}

/* ------------------------------------------------------------------------
 * Choices
 * ------------------------------------------------------------------------ */

/*
 * Take one of the values that "out" may have into account; false if it has another
 * form than the others, or is text that the character set of others may lack.
 */
static bool
join_value(BindsFragment *out, const BindsFragment *value)
{
	if (value->storage->narrow)
		return false;
	if (out->storage == NULL)
		out->storage = value->storage;
	out->exact = out->exact && value->exact;
	return binds_storage_comparable(out->storage, value->storage);
}

/*
 * CASE, always in the searched form: "CASE x WHEN y" has "x = y" as its condition,
 * with a placeholder for x.
 */
static bool
deparse_case(BindsDeparse *deparse, CaseExpr *node, const BindsStorage *wanted,
			 BindsFragment *out)
{
	Expr	   *outer_arg = deparse->case_arg;
	const BindsStorage *own = binds_deparse_find_storage(deparse, (Expr *) node);
	BindsFragment value;
	bool		ok = true;
	ListCell   *lc;

	if (own != NULL)
		wanted = own;
	appendStringInfoString(&out->buf, "(CASE");
	foreach(lc, node->args)
	{
		CaseWhen   *when = lfirst_node(CaseWhen, lc);
		BindsFragment condition;

		binds_fragment_init(&condition);
		binds_fragment_init(&value);
		deparse->case_arg = node->arg;
		ok = deparse_condition(deparse, when->expr, &condition);
		deparse->case_arg = outer_arg;
		if (!ok ||
			!binds_deparse_operand(deparse, when->result, wanted, false, &value) ||
			!join_value(out, &value) || !within_limits(deparse, out))
			return false;
		appendStringInfoString(&out->buf, " WHEN ");
		binds_fragment_append(out, &condition);
		appendStringInfoString(&out->buf, " THEN ");
		binds_fragment_append(out, &value);
	}
	if (node->defresult != NULL)
	{
		binds_fragment_init(&value);
		if (!binds_deparse_operand(deparse, node->defresult, wanted, false,
								   &value) ||
			!join_value(out, &value))
			return false;
		appendStringInfoString(&out->buf, " ELSE ");
		binds_fragment_append(out, &value);
	}
	appendStringInfoString(&out->buf, " END)");
	return true;
}

static bool
deparse_coalesce(BindsDeparse *deparse, CoalesceExpr *node,
				 const BindsStorage *wanted, BindsFragment *out)
{
	const BindsStorage *own = binds_deparse_find_storage(deparse, (Expr *) node);
	ListCell   *lc;

	if (list_length(node->args) < 2 ||
		(deparse->dialect->most_arguments > 0 &&
		 list_length(node->args) > deparse->dialect->most_arguments))
		return false;
	if (own != NULL)
		wanted = own;
	appendStringInfoString(&out->buf, "COALESCE(");
	foreach(lc, node->args)
	{
		BindsFragment value;

		binds_fragment_init(&value);
		if (!binds_deparse_operand(deparse, lfirst(lc), wanted, false, &value) ||
			!join_value(out, &value))
			return false;
		if (foreach_current_index(lc) > 0)
			appendStringInfoString(&out->buf, ", ");
		binds_fragment_append(out, &value);
	}
	appendStringInfoChar(&out->buf, ')');
	return true;
}

/*
 * A change of type in name only: text and varchar, a domain and its base type, or a
 * collation, which the operator above tells itself.
 */
static bool
deparse_relabel(BindsDeparse *deparse, RelabelType *node,
				const BindsStorage *wanted, bool eager, BindsFragment *out)
{
	Oid			from = getBaseType(exprType((Node *) node->arg));
	Oid			to = getBaseType(node->resulttype);

	if (from != to &&
		!((from == TEXTOID || from == VARCHAROID) &&
		  (to == TEXTOID || to == VARCHAROID)))
		return false;
	return binds_deparse_operand(deparse, node->arg, wanted, eager, out);
}
