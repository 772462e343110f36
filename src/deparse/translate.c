/*
 * translate.c
 *	  Expressions of models in an engine's words: defaults, checks, indexes.
 *
 * Opens no connection.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "optimizer/optimizer.h"

#include "deparse/translate.h"
#include "deparse/expr.h"

static void translate_column(const BindsModel *model, BindsModelColumn *column,
							 const BindsDialect *dialect);
static void translate_check(BindsModel *model, BindsModelCheck *check,
							const BindsDialect *dialect);
static bool is_predicate(Node *expr);
static char *translate_expression(BindsModel *model, Node *expr,
								  const BindsDialect *dialect, const char **unkept);
static void order_references(BindsModelForeignKey *foreign_key);
static void translate_index(BindsModel *model, BindsModelIndex *index,
							const BindsDialect *dialect);

void
binds_model_translate(BindsModel *model, const BindsDialect *dialect)
{
	for (int i = 0; i < model->ncolumns; i++)
		translate_column(model, &model->columns[i], dialect);
	for (int i = 0; i < model->nchecks; i++)
		translate_check(model, &model->checks[i], dialect);
	for (int i = 0; i < model->nindexes; i++)
		translate_index(model, &model->indexes[i], dialect);
	for (int i = 0; dialect->ordered_references && i < model->nforeign_keys; i++)
		order_references(&model->foreign_keys[i]);
}

/* Sort the columns, and those that they refer to, as the referenced key has them. */
static void
order_references(BindsModelForeignKey *foreign_key)
{
	int			n = foreign_key->ncolumns;
	int		   *columns = palloc(sizeof(int) * n);
	const char **ref_columns = palloc(sizeof(char *) * n);
	int			next = 0;

	for (int place = 0; next < n; place++)
	{
		for (int i = 0; i < n; i++)
		{
			if (foreign_key->ref_places[i] != place)
				continue;
			columns[next] = foreign_key->columns[i];
			ref_columns[next++] = foreign_key->ref_columns[i];
		}
	}
	for (int i = 0; i < n; i++)
		foreign_key->ref_places[i] = i;
	foreign_key->columns = columns;
	foreign_key->ref_columns = ref_columns;
}

static void
translate_column(const BindsModel *model, BindsModelColumn *column,
				 const BindsDialect *dialect)
{
	BindsStorage storage;

	if (column->default_expr == NULL)
		return;
	memset(&storage, 0, sizeof(storage));
	dialect->resolve(&storage, column->base_typid, column->typmod, column->typtype,
					 column->collation, NULL, NULL);
	if (storage.codec != BINDS_CODEC_NONE)
		column->default_sql = binds_deparse_default(dialect, &storage,
													column->default_expr, model->name,
													column->name);
}

/* One that gives NULL holds in any form. */
static void
translate_check(BindsModel *model, BindsModelCheck *check, const BindsDialect *dialect)
{
	check->sql = translate_expression(model, check->expr, dialect, &check->unkept);
	if (check->sql != NULL && dialect->check_suffix != NULL && !is_predicate(check->expr))
		check->sql = psprintf("(%s%s)", check->sql, dialect->check_suffix);
}

/* Is an expression a comparison, or made of such? */
static bool
is_predicate(Node *expr)
{
	switch (nodeTag(eval_const_expressions(NULL, expr)))
	{
		case T_Var:				/* compared with 0 already */
		case T_BoolExpr:
		case T_OpExpr:
		case T_DistinctExpr:
		case T_ScalarArrayOpExpr:
		case T_RowCompareExpr:
		case T_NullTest:
		case T_BooleanTest:
			return true;
		default:
			return false;
	}
}

/*
 * NULL if the engine shall not have it; *unkept: why, if it could be said.
 */
static char *
translate_expression(BindsModel *model, Node *expr, const BindsDialect *dialect,
					 const char **unkept)
{
	char	   *sql = binds_deparse_model_expr(dialect, model, expr);

	if (sql != NULL && dialect->expression_obstacle != NULL)
		*unkept = dialect->expression_obstacle(sql);
	return *unkept == NULL ? sql : NULL;
}

/*
 * Translate an index.  One that cannot be said as a whole is skipped: an index
 * over fewer columns or more rows would be another index.
 */
static void
translate_index(BindsModel *model, BindsModelIndex *index,
				const BindsDialect *dialect)
{
	/* a hash index answers nothing that a tree cannot; others do */
	if (strcmp(index->method, "btree") != 0 && strcmp(index->method, "hash") != 0)
		index->skip = true;
	for (int i = 0; i < index->ncolumns; i++)
	{
		if (index->exprs[i] == NULL)
			continue;
		index->expr_sql[i] = translate_expression(model, index->exprs[i], dialect,
												  &index->unkept);
		if (index->expr_sql[i] == NULL)
			index->skip = true;
	}
	if (index->partial)
	{
		index->where_sql = translate_expression(model, index->where, dialect,
												&index->unkept);
		if (index->where_sql == NULL)
			index->skip = true;
	}
}
