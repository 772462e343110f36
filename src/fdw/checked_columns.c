/*
 * checked_columns.c
 *	  Columns that a scan reads only to see whether their values are of their type.
 *
 * An engine may keep values that a column's type does not have: a text in an INTEGER
 * column of SQLite, the date 0000-00-00.  Reading one is an error.  A clause that is
 * sent about such a column would decide about the value all the same, and the row be
 * counted, returned, changed or deleted, although PostgreSQL has no such row.  So the
 * rows that such a clause lets through come with the column, and reading it raises the
 * error.  A row that the clause turns down is none of the answer anyway.
 *
 * That costs a value per row that comes, and leaves the clause to the engine's
 * indexes as it is.  Nothing is read for what equality with a value of ours proves.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"

#include "fdw/plan_private.h"

static Var *proven_column(const BindsForeignTable *table, Index relid, Expr *clause);
static Node *truth_of(Expr *clause);
static bool same_column(Node *node, Index relid, Var **var);
static bool equality_proves(const BindsForeignTable *table, Var *var, Oid opno,
							Node *other);

/* A domain's checks are PostgreSQL's alone. */
static inline bool
column_fits(const BindsForeignColumn *column)
{
	return column->storage.always_fits &&
		getBaseType(column->typid) == column->typid;
}

/*
 * Add the columns that "clauses", which are sent, have to be checked for to "attrs",
 * in the manner of pull_varattnos.
 */
void
binds_checked_columns(const BindsForeignTable *table, Index relid, List *clauses,
					  Bitmapset **attrs)
{
	ListCell   *lc;

	foreach(lc, clauses)
	{
		Expr	   *clause = lfirst(lc);
		Bitmapset  *used = NULL;
		Var		   *proven = proven_column(table, relid, clause);
		int			attnum = -1;

		pull_varattnos((Node *) clause, relid, &used);
		while ((attnum = bms_next_member(used, attnum)) >= 0)
		{
			AttrNumber	column = attnum + FirstLowInvalidHeapAttributeNumber;

			if (column > 0 && !column_fits(&table->columns[column - 1]) &&
				(proven == NULL || proven->varattno != column))
				*attrs = bms_add_member(*attrs, attnum);
		}
	}
}

/*
 * The column of a clause "column = value", "column = ANY (values)", "column" or "NOT
 * column" if it has a value of its type in every row that the clause lets through; else
 * NULL.  As a condition it has where it is written as "column = 1".
 */
static Var *
proven_column(const BindsForeignTable *table, Index relid, Expr *clause)
{
	Var		   *var;

	if (exprType((Node *) clause) == BOOLOID &&
		same_column(truth_of(clause), relid, &var))
		return table->columns[var->varattno - 1].storage.is_true != NULL ? var : NULL;
	if (IsA(clause, OpExpr) && list_length(((OpExpr *) clause)->args) == 2)
	{
		OpExpr	   *op = (OpExpr *) clause;

		for (int i = 0; i < 2; i++)
		{
			if (same_column(list_nth(op->args, i), relid, &var))
				return equality_proves(table, var, op->opno,
									   list_nth(op->args, 1 - i)) ? var : NULL;
		}
	}
	else if (IsA(clause, ScalarArrayOpExpr) && ((ScalarArrayOpExpr *) clause)->useOr)
	{
		ScalarArrayOpExpr *op = (ScalarArrayOpExpr *) clause;

		if (same_column(linitial(op->args), relid, &var) &&
			equality_proves(table, var, op->opno, lsecond(op->args)))
			return var;
	}
	return NULL;
}

/* What a clause is, or says that it is not. */
static Node *
truth_of(Expr *clause)
{
	if (IsA(clause, BoolExpr) && ((BoolExpr *) clause)->boolop == NOT_EXPR)
		return linitial(((BoolExpr *) clause)->args);
	if (IsA(clause, BooleanTest) &&
		(((BooleanTest *) clause)->booltesttype == IS_TRUE ||
		 ((BooleanTest *) clause)->booltesttype == IS_FALSE))
		return (Node *) ((BooleanTest *) clause)->arg;
	return (Node *) clause;
}

/* Is it a column, below a change of its type in name? */
static bool
same_column(Node *node, Index relid, Var **var)
{
	while (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	if (!IsA(node, Var) || ((Var *) node)->varno != (int) relid ||
		((Var *) node)->varattno <= 0)
		return false;
	*var = (Var *) node;
	return true;
}

/*
 * Is a value that the engine takes for equal to one of PostgreSQL's a value of the
 * column's type?  Not where equality is a matter of forms, or the type has a modifier
 * or a domain that the value need not observe.
 */
static bool
equality_proves(const BindsForeignTable *table, Var *var, Oid opno, Node *other)
{
	const BindsForeignColumn *column = &table->columns[var->varattno - 1];
	const BindsStorage *storage = &column->storage;
	Bitmapset  *used = NULL;
	Oid			left;
	Oid			right;

	op_input_types(opno, &left, &right);
	pull_varattnos(other, var->varno, &used);
	if (!op_hashjoinable(opno, left) || left != right || used != NULL ||
		column->typid != storage->typid || column->typmod >= 0)
		return false;
	switch (storage->codec)
	{
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
		case BINDS_CODEC_INT8:
		case BINDS_CODEC_FLOAT8:
		case BINDS_CODEC_UUID:
			return left == storage->typid;
		case BINDS_CODEC_TEXT:
		case BINDS_CODEC_ENUM:
			return true;
		default:
			return false;
	}
}
