/*
 * operand.c
 *	  Columns, constants and parameters: the leaves of expressions.
 *
 * A constant or parameter is encoded the way the column keeps its values that it
 * meets; one that meets no column the way create_all would keep its type.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "deparse/expr_private.h"
#include "value/value.h"

static bool is_subquery_result(PlannerInfo *root, Param *param);
static const BindsForeignColumn *find_column(BindsDeparse *deparse, Var *var,
											 const BindsDeparseRel **rel);
static const BindsStorage *storage_for(BindsDeparse *deparse, Oid typid,
									   const BindsStorage *wanted);
static void append_param(BindsDeparse *deparse, Expr *expr,
						 const BindsStorage *storage, bool list,
						 BindsFragment *out);
static int	add_param(BindsDeparse *deparse, Expr *expr,
					  const BindsStorage *storage, bool list);
static bool same_storage(const BindsStorage *a, const BindsStorage *b);
static int	codec_family(BindsCodec codec);
static bool references_walker(Node *node, BindsDeparse *deparse);

/*
 * Deparse a column.  A column whose invalid values are read as NULL is not what
 * the engine sees, so nothing is sent about it; system columns and whole rows
 * are PostgreSQL's.
 */
bool
binds_deparse_var(BindsDeparse *deparse, Var *var, BindsFragment *out)
{
	const BindsDeparseRel *rel;
	const BindsForeignColumn *column = find_column(deparse, var, &rel);
	StringInfoData name;

	if (column == NULL || column->null_if_invalid ||
		column->storage.codec == BINDS_CODEC_PRINTED ||
		getBaseType(var->vartype) != column->storage.typid)
		return false;

	initStringInfo(&name);
	if (rel->alias != NULL)
		appendStringInfo(&name, "%s.", rel->alias);
	binds_append_name(&name, deparse->dialect, column->name);
	out->name = name.data;
	binds_append_template(&out->buf, column->storage.operand != NULL ?
						  column->storage.operand : "$1", &out->name, 1);
	out->storage = &column->storage;
	out->column = true;
	out->exact = column->storage.exact_text;
	return true;
}

/*
 * Deparse a constant as a literal.  wanted: the storage of the column that it
 * meets, or NULL.
 */
bool
binds_deparse_const(BindsDeparse *deparse, Const *constant,
					const BindsStorage *wanted, BindsFragment *out)
{
	const BindsStorage *storage = storage_for(deparse, constant->consttype,
											  wanted);
	BindsValue	value;
	int			start = out->buf.len;

	if (storage == NULL)
		return false;
	out->storage = storage;
	if (constant->constisnull)
	{
		appendStringInfoString(&out->buf, "NULL");
		return true;
	}
	if (!binds_encode_comparison(storage, constant->constvalue, &value))
		return false;
	binds_append_literal(&out->buf, deparse->dialect, &value);

	/* "- -5" must not become the start of a comment */
	if (out->buf.data[start] == '-')
	{
		char	   *literal = pstrdup(out->buf.data + start);

		out->buf.len = start;
		appendStringInfo(&out->buf, "(%s)", literal);
	}
	return true;
}

/*
 * Append a value as a literal.  It is in UTF-8, the statement still in the database's
 * encoding.
 */
void
binds_append_literal(StringInfo buf, const BindsDialect *dialect,
					 const BindsValue *value)
{
	BindsValue	literal = *value;

	if (value->kind == BINDS_TEXT && GetDatabaseEncoding() != PG_UTF8)
	{
		char	   *text = pnstrdup(value->data, value->length);

		literal.data = pg_any_to_server(text, value->length, PG_UTF8);
		literal.length = strlen(literal.data);
	}
	dialect->append_literal(buf, &literal);
}

/*
 * Deparse an expression that PostgreSQL evaluates when the statement is executed.
 */
bool
binds_deparse_param(BindsDeparse *deparse, Expr *expr, const BindsStorage *wanted,
					BindsFragment *out)
{
	const BindsStorage *storage;

	if (deparse->literals_only)
		return false;
	storage = storage_for(deparse, exprType((Node *) expr), wanted);
	if (storage == NULL)
		return false;
	append_param(deparse, expr, storage, false, out);

	if (!binds_comparison_is_total(storage))
		deparse->guarded = true;
	return true;
}

/*
 * Deparse an array whose elements are to be listed at execution.  Arrays of any
 * length cannot be listed, so that is a guarded parameter.
 */
bool
binds_deparse_list(BindsDeparse *deparse, Expr *array, const BindsStorage *wanted,
				   BindsFragment *out)
{
	Oid			element = get_element_type(exprType((Node *) array));
	const BindsStorage *storage;

	if (deparse->literals_only || !OidIsValid(element))
		return false;
	storage = storage_for(deparse, element, wanted);
	if (storage == NULL)
		return false;
	append_param(deparse, array, storage, true, out);
	deparse->guarded = true;
	return true;
}

/*
 * Deparse a value of a narrower type than the column that it meets.  It may be
 * beyond the wider one.
 */
void
binds_deparse_widened(BindsDeparse *deparse, Expr *expr, const BindsStorage *wide,
					  BindsFragment *out)
{
	append_param(deparse, expr, wide, false, out);
	deparse->guarded = true;
}

/*
 * Find how the value of an expression is kept, if a column tells; else NULL.
 */
const BindsStorage *
binds_deparse_find_storage(BindsDeparse *deparse, Expr *expr)
{
	const BindsStorage *storage = NULL;
	ListCell   *lc;

	if (expr == NULL)
		return NULL;
	switch (nodeTag(expr))
	{
		case T_Var:
			{
				const BindsDeparseRel *rel;
				const BindsForeignColumn *column =
					find_column(deparse, (Var *) expr, &rel);

				return column != NULL ? &column->storage : NULL;
			}
		case T_RelabelType:
			return binds_deparse_find_storage(deparse,
											  ((RelabelType *) expr)->arg);
		case T_CoalesceExpr:
			foreach(lc, ((CoalesceExpr *) expr)->args)
			{
				storage = binds_deparse_find_storage(deparse, lfirst(lc));
				if (storage != NULL)
					return storage;
			}
			return NULL;
		case T_CaseExpr:
			foreach(lc, ((CaseExpr *) expr)->args)
			{
				storage = binds_deparse_find_storage(deparse,
													 lfirst_node(CaseWhen, lc)->result);
				if (storage != NULL)
					return storage;
			}
			return binds_deparse_find_storage(deparse,
											  ((CaseExpr *) expr)->defresult);
		case T_CaseTestExpr:
			return binds_deparse_find_storage(deparse, deparse->case_arg);
		case T_NullIfExpr:
			return binds_deparse_find_storage(deparse,
											  linitial(((NullIfExpr *) expr)->args));
		case T_ArrayExpr:
			foreach(lc, ((ArrayExpr *) expr)->elements)
			{
				storage = binds_deparse_find_storage(deparse, lfirst(lc));
				if (storage != NULL)
					return storage;
			}
			return NULL;
		default:
			return NULL;
	}
}

/*
 * Return how create_all would keep a type, palloc'ed; NULL if it cannot travel.
 */
const BindsStorage *
binds_deparse_type_storage(BindsDeparse *deparse, Oid typid)
{
	BindsStorage *storage = palloc(sizeof(BindsStorage));

	binds_storage_of_type(deparse->dialect, typid, -1, get_typcollation(typid),
						  storage);
	return storage->codec != BINDS_CODEC_NONE ? storage : NULL;
}

/* Does an expression contain a Var of one of the statement's relations? */
bool
binds_deparse_references(BindsDeparse *deparse, Node *node)
{
	return references_walker(node, deparse);
}

/*
 * Do engines keep the values of two storages in one form, so that they can be
 * compared with each other?
 */
bool
binds_storage_comparable(const BindsStorage *a, const BindsStorage *b)
{
	if (a == b)
		return true;
	if (codec_family(a->codec) != codec_family(b->codec) || a->form != b->form)
		return false;
	switch (a->codec)
	{
		case BINDS_CODEC_NUMERIC:
			return a->form != BINDS_FORM_DECIMAL_TEXT || a->typmod == b->typmod;
		case BINDS_CODEC_TIME:
		case BINDS_CODEC_TIMESTAMP:
		case BINDS_CODEC_TIMESTAMPTZ:
			return a->fraction == b->fraction;
		case BINDS_CODEC_ENUM:
			return a->typid == b->typid;
		default:
			return true;
	}
}

/*
 * May an expression without Vars be evaluated at any time, since it cannot fail?
 * The result of a subquery (an InitPlan) is not computed before it is needed.
 */
bool
binds_expr_is_safe(BindsDeparse *deparse, Node *node)
{
	ListCell   *lc;

	if (node == NULL)
		return true;
	switch (nodeTag(node))
	{
		case T_Param:
			return !is_subquery_result(deparse->root, (Param *) node);
		case T_Const:
		case T_SQLValueFunction:
			return true;
		case T_RelabelType:
			return binds_expr_is_safe(deparse, (Node *) ((RelabelType *) node)->arg);
		case T_NullTest:
			return binds_expr_is_safe(deparse, (Node *) ((NullTest *) node)->arg);
		case T_BooleanTest:
			return binds_expr_is_safe(deparse, (Node *) ((BooleanTest *) node)->arg);
		case T_BoolExpr:
			foreach(lc, ((BoolExpr *) node)->args)
			{
				if (!binds_expr_is_safe(deparse, lfirst(lc)))
					return false;
			}
			return true;
		case T_FuncExpr:
			return ((FuncExpr *) node)->funcid == F_NOW;
		default:
			return false;
	}
}

/*
 * Are Datums of a type what the storage encodes?
 */
bool
binds_storage_takes(const BindsStorage *storage, Oid typid)
{
	Oid			kept = storage->typid;

	typid = getBaseType(typid);
	if (typid == VARCHAROID)
		typid = TEXTOID;
	if (kept == VARCHAROID)
		kept = TEXTOID;
	return typid == kept;
}

/* ------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

/* Is a parameter set by an InitPlan, of this query level or one above? */
static bool
is_subquery_result(PlannerInfo *root, Param *param)
{
	if (param->paramkind != PARAM_EXEC)
		return false;
	for (; root != NULL; root = root->parent_root)
	{
		ListCell   *lc;

		foreach(lc, root->init_plans)
		{
			if (list_member_int(((SubPlan *) lfirst(lc))->setParam,
								param->paramid))
				return true;
		}
	}
	return false;
}

/* The column that a Var names, if it is an ordinary one of our relations. */
static const BindsForeignColumn *
find_column(BindsDeparse *deparse, Var *var, const BindsDeparseRel **rel)
{
	if (var->varlevelsup != 0 || var->varattno <= 0)
		return NULL;
	for (int i = 0; i < deparse->nrels; i++)
	{
		const BindsForeignTable *table = deparse->rels[i].table;

		if ((int) deparse->rels[i].relid != var->varno)
			continue;
		if (var->varattno > table->ncolumns ||
			table->columns[var->varattno - 1].local_name == NULL)
			return NULL;
		*rel = &deparse->rels[i];
		return &table->columns[var->varattno - 1];
	}
	return NULL;
}

/* The storage that encodes a value of a type: the column's if the types agree. */
static const BindsStorage *
storage_for(BindsDeparse *deparse, Oid typid, const BindsStorage *wanted)
{
	if (wanted != NULL && binds_storage_takes(wanted, typid))
		return wanted;
	return binds_deparse_type_storage(deparse, typid);
}

static void
append_param(BindsDeparse *deparse, Expr *expr, const BindsStorage *storage,
			 bool list, BindsFragment *out)
{
	out->places = lappend_int(out->places, out->buf.len);
	out->place_params = lappend_int(out->place_params,
									add_param(deparse, expr, storage, list));
	appendStringInfoChar(&out->buf, '?');
	out->storage = storage;
}

/* Return the number of a parameter; an equal one is used again. */
static int
add_param(BindsDeparse *deparse, Expr *expr, const BindsStorage *storage, bool list)
{
	BindsDeparseParam *param;
	ListCell   *lc;

	foreach(lc, deparse->params)
	{
		param = (BindsDeparseParam *) lfirst(lc);
		if (param->list == list && equal(param->expr, expr) &&
			same_storage(param->storage, storage))
			return foreach_current_index(lc);
	}
	param = palloc(sizeof(BindsDeparseParam));
	param->expr = expr;
	param->storage = storage;
	param->list = list;
	deparse->params = lappend(deparse->params, param);
	return list_length(deparse->params) - 1;
}

/* Do two storages encode every value in the same way? */
static bool
same_storage(const BindsStorage *a, const BindsStorage *b)
{
	return a == b ||
		(a->typid == b->typid && a->typmod == b->typmod &&
		 a->codec == b->codec && a->form == b->form &&
		 a->fraction == b->fraction && a->engine_type == b->engine_type);
}

/* Codecs whose values engines compare as one kind of number share a family. */
static int
codec_family(BindsCodec codec)
{
	switch (codec)
	{
		case BINDS_CODEC_INT2:
		case BINDS_CODEC_INT4:
			return BINDS_CODEC_INT8;
		case BINDS_CODEC_FLOAT4:
			return BINDS_CODEC_FLOAT8;
		default:
			return codec;
	}
}

static bool
references_walker(Node *node, BindsDeparse *deparse)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var))
	{
		Var		   *var = (Var *) node;

		for (int i = 0; i < deparse->nrels; i++)
		{
			if (var->varlevelsup == 0 && var->varno == (int) deparse->rels[i].relid)
				return true;
		}
		return false;
	}
	return expression_tree_walker(node, references_walker, deparse);
}
