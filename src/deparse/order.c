/*
 * order.c
 *	  ORDER BY items: sent only where the engine's order is PostgreSQL's.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_am.h"
#include "commands/defrem.h"
#include "mb/pg_wchar.h"
#include "nodes/nodeFuncs.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "deparse/expr_private.h"

static Var *sort_column(Expr *expr);
static const BindsForeignColumn *column_of(BindsDeparse *deparse, Var *var);
static bool order_is_ours(const BindsStorage *storage, Expr *expr, Oid opfamily);

/*
 * Append a sort item, without the separator before it; false, and nothing
 * appended, if the engine cannot sort so.
 *
 * Columns only: an expression would have to be evaluated by the engine for every
 * row, without an index.
 */
bool
binds_deparse_order(BindsDeparse *deparse, Expr *expr, Oid opfamily,
					bool descending, bool nulls_first)
{
	Var		   *var = sort_column(expr);
	const BindsForeignColumn *column;
	BindsFragment fragment;

	if (var == NULL)
		return false;
	binds_fragment_init(&fragment);
	if (!binds_deparse_var(deparse, var, &fragment) ||
		!order_is_ours(fragment.storage, expr, opfamily))
		return false;

	column = column_of(deparse, var);
	deparse->dialect->append_order(&deparse->buf, fragment.buf.data,
								   fragment.storage, descending, nulls_first,
								   !column->not_null &&
								   column->generated == BINDS_GENERATED_NO);
	return true;
}

/* The column that is sorted by, below changes of its type in name. */
static Var *
sort_column(Expr *expr)
{
	while (IsA(expr, RelabelType))
		expr = ((RelabelType *) expr)->arg;
	return IsA(expr, Var) ? (Var *) expr : NULL;
}

static const BindsForeignColumn *
column_of(BindsDeparse *deparse, Var *var)
{
	for (int i = 0; i < deparse->nrels; i++)
	{
		if ((int) deparse->rels[i].relid == var->varno)
			return &deparse->rels[i].table->columns[var->varattno - 1];
	}
	elog(ERROR, "sort column is of no relation of the statement");
}

/*
 * Is it the type's default order, and for text that of code points?  The type that
 * is ordered must be the column's own, but for names of types.
 */
static bool
order_is_ours(const BindsStorage *storage, Expr *expr, Oid opfamily)
{
	Oid			opclass = GetDefaultOpClass(storage->typid, BTREE_AM_OID);

	if (storage->compare != BINDS_COMPARE_ORDER || storage->no_sort ||
		!OidIsValid(opclass) ||
		get_opclass_family(opclass) != opfamily)
		return false;
	if (storage->codec == BINDS_CODEC_TEXT || storage->codec == BINDS_CODEC_BPCHAR)
	{
		Oid			collation = exprCollation((Node *) expr);

		return storage->exact_text && OidIsValid(collation) &&
			GetDatabaseEncoding() == PG_UTF8 &&
			binds_compat_collation_is_c(collation);
	}
	return true;
}
