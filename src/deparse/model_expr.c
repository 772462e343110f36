/*
 * model_expr.c
 *	  Expressions of models, for DDL: checks, indexes, defaults.
 *
 * The same allow-lists as for queries: a check that an engine enforces must say
 * what PostgreSQL's says.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "deparse/expr_private.h"
#include "dialect/attempt.h"
#include "value/value.h"

/* An expression, and what comes of it. */
typedef struct Simplifying
{
	Node	   *expr;
	Node	   *result;			/* NULL: evaluating it raises an error */
} Simplifying;

static Node *simplified(Node *expr);
static void simplify(void *arg);
static BindsForeignTable *table_of_model(const BindsDialect *dialect,
										 const BindsModel *model);
static bool is_transaction_time(Node *expr);

/*
 * Return an expression over a model's columns as text, NULL if it cannot be said.
 */
char *
binds_deparse_model_expr(const BindsDialect *dialect, const BindsModel *model,
						 Node *expr)
{
	BindsDeparse deparse;
	BindsDeparseRel rel;

	expr = simplified(expr);
	if (expr == NULL || contain_mutable_functions(expr))
		return NULL;
	rel.relid = 1;
	rel.table = table_of_model(dialect, model);
	rel.alias = NULL;
	binds_deparse_init(&deparse, dialect, NULL, &rel, 1);
	deparse.literals_only = true;
	if (!binds_deparse_expr(&deparse, (Expr *) expr))
		return NULL;
	return deparse.buf.data;
}

/*
 * Return a default in the engine's words, NULL if it has no such form.
 *
 * A literal is written as the column would keep the value.  The time of the
 * transaction is sent for timestamptz only: without a time zone it depends on the
 * session's, which the engine does not know.
 */
char *
binds_deparse_default(const BindsDialect *dialect, const BindsStorage *storage,
					  Node *expr, const char *table, const char *column)
{
	StringInfoData buf;

	if (expr == NULL || storage->codec == BINDS_CODEC_NONE ||
		storage->codec == BINDS_CODEC_PRINTED)
		return NULL;
	if (is_transaction_time(expr))
	{
		const BindsFunctionRule *rule = binds_rule_find(dialect, F_NOW);

		if (rule == NULL || storage->codec != BINDS_CODEC_TIMESTAMPTZ)
			return NULL;
		return pstrdup(rule->text);
	}

	expr = simplified(expr);
	while (expr != NULL && IsA(expr, RelabelType))
		expr = (Node *) ((RelabelType *) expr)->arg;
	if (expr == NULL || !IsA(expr, Const) || ((Const *) expr)->constisnull ||
		getBaseType(((Const *) expr)->consttype) != storage->typid)
		return NULL;

	initStringInfo(&buf);
	{
		BindsValue	value;

		binds_encode(storage, ((Const *) expr)->constvalue, table, column, &value);
		binds_append_literal(&buf, dialect, &value);
	}
	return buf.data;
}

/*
 * An expression with what is constant in it evaluated.  NULL if that raises an error: it is one
 * of who inserts a row, and not of who defines or changes the table.
 */
static Node *
simplified(Node *expr)
{
	Simplifying simplifying = {expr};
	ErrorData  *error;

	if (IsA(expr, Const))
		return expr;
	error = binds_attempt(simplify, &simplifying);
	if (error != NULL)
		FreeErrorData(error);
	return simplifying.result;
}

/* For binds_attempt. */
static void
simplify(void *arg)
{
	Simplifying *simplifying = arg;

	simplifying->result = eval_const_expressions(NULL, simplifying->expr);
}

/* A foreign table as create_all would make it, with the template's attributes. */
static BindsForeignTable *
table_of_model(const BindsDialect *dialect, const BindsModel *model)
{
	BindsForeignTable *table = palloc0(sizeof(BindsForeignTable));

	table->dialect = dialect;
	table->local_name = model->name;
	table->table = model->name;
	for (int i = 0; i < model->ncolumns; i++)
		table->ncolumns = Max(table->ncolumns, model->columns[i].attnum);
	table->columns = palloc0(sizeof(BindsForeignColumn) * Max(table->ncolumns, 1));
	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *from = &model->columns[i];
		BindsForeignColumn *to = &table->columns[from->attnum - 1];

		to->local_name = from->name;
		to->name = from->name;
		to->typid = from->typid;
		to->typmod = from->typmod;
		to->collation = from->collation;
		to->not_null = from->not_null;
		dialect->resolve(&to->storage, from->base_typid, from->typmod,
						 from->typtype, from->collation, NULL, NULL);
	}
	return table;
}

/* now() and CURRENT_TIMESTAMP, also with fewer digits of a second. */
static bool
is_transaction_time(Node *expr)
{
	if (IsA(expr, FuncExpr))
		return ((FuncExpr *) expr)->funcid == F_NOW ||
			((FuncExpr *) expr)->funcid == F_TRANSACTION_TIMESTAMP;
	return IsA(expr, SQLValueFunction) &&
		((SQLValueFunction *) expr)->op == SVFOP_CURRENT_TIMESTAMP;
}
