/*
 * same_expr.c
 *	  Texts of expressions that are the same before and after they have been written and read
 *	  again.
 *
 * PostgreSQL writes some expressions in another way than it reads them: of v IN ('a', 'b'),
 * where v is a varchar, it makes a cast of an array, writes that, and reads an array of
 * casts.  Of x BETWEEN 0 AND 9 AND y > 0 it makes an AND whose first operand is an AND, and
 * reads one AND of three.  A template has the one, and a relation made of its text the other.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"

#include "commands/same_expr.h"

static Node *read_again(Node *node, void *context);
static Node *push_casts(ArrayCoerceExpr *coercion);
static Node *merge_first(BoolExpr *expr);
static Node *cast_element(Node *node, void *element);

char *
binds_same_text(const char *text, Relation rel, Node *expr)
{
	List	   *context = deparse_context_for(RelationGetRelationName(rel),
											  RelationGetRelid(rel));
	char	   *written = deparse_expression(expr, context, false, false);
	char	   *same = deparse_expression(read_again(expr, NULL), context, false, false);
	const char *place = strstr(text, written);

	if (place == NULL || strcmp(written, same) == 0)
		return pstrdup(text);
	return psprintf("%.*s%s%s", (int) (place - text), text, same, place + strlen(written));
}

/* The expression as PostgreSQL has it after it has read its own text of it. */
static Node *
read_again(Node *node, void *context)
{
	if (node == NULL)
		return NULL;
	node = expression_tree_mutator(node, read_again, context);
	if (IsA(node, ArrayCoerceExpr) && IsA(((ArrayCoerceExpr *) node)->arg, ArrayExpr) &&
		!((ArrayExpr *) ((ArrayCoerceExpr *) node)->arg)->multidims)
		return push_casts((ArrayCoerceExpr *) node);
	if (IsA(node, BoolExpr))
		return merge_first((BoolExpr *) node);
	return node;
}

/* Make of a cast of an ARRAY[...] an ARRAY[...] of casts. */
static Node *
push_casts(ArrayCoerceExpr *coercion)
{
	ArrayExpr  *array = (ArrayExpr *) coercion->arg;
	List	   *elements = NIL;
	ListCell   *lc;

	foreach(lc, array->elements)
		elements = lappend(elements, cast_element((Node *) coercion->elemexpr, lfirst(lc)));
	array->elements = elements;
	array->array_typeid = coercion->resulttype;
	array->element_typeid = exprType((Node *) coercion->elemexpr);
	return (Node *) array;
}

/* Make of an AND whose first operand is an AND, which has none itself, one; likewise of OR. */
static Node *
merge_first(BoolExpr *expr)
{
	BoolExpr   *first = linitial(expr->args);

	if (expr->boolop != NOT_EXPR && IsA(first, BoolExpr) && first->boolop == expr->boolop)
		expr->args = list_concat(first->args, list_delete_first(expr->args));
	return (Node *) expr;
}

/* The expression of an element's cast, as it is written for one element. */
static Node *
cast_element(Node *node, void *element)
{
	if (node == NULL)
		return NULL;
	if (IsA(node, CaseTestExpr))
		return copyObject((Node *) element);
	node = expression_tree_mutator(node, cast_element, element);
	if (IsA(node, RelabelType))
		((RelabelType *) node)->relabelformat = COERCE_EXPLICIT_CAST;
	else if (IsA(node, FuncExpr) && ((FuncExpr *) node)->funcformat == COERCE_IMPLICIT_CAST)
		((FuncExpr *) node)->funcformat = COERCE_EXPLICIT_CAST;
	else if (IsA(node, CoerceViaIO))
		((CoerceViaIO *) node)->coerceformat = COERCE_EXPLICIT_CAST;
	return node;
}
