/*
 * select.c
 *	  SELECT on one base relation.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"

#include "deparse/expr_private.h"
#include "deparse/statement.h"

/* Stand for LIMIT and OFFSET until the dialect has put them into place. */
#define LIMIT_MARK '\001'
#define OFFSET_MARK '\002'

static void append_columns(BindsDeparse *deparse, const BindsSelect *select);
static void append_column(BindsDeparse *deparse, const BindsDeparseRel *rel,
						  AttrNumber attnum);
static void append_where(BindsDeparse *deparse, const BindsSelect *select);
static void append_order(BindsDeparse *deparse, const BindsSelect *select);
static void append_limit(BindsDeparse *deparse, const BindsSelect *select);
static void append_row_count(BindsDeparse *deparse, Node *expr);
static void append_lock(BindsDeparse *deparse, const BindsSelect *select);

/*
 * Deparse a SELECT.
 *
 * *params: a list of BindsDeparseParam, to which those of this statement that are
 * not in it are added; so several statements can share one list of values.
 * Parameters of LIMIT and OFFSET are the last ones of the list then.
 */
BindsStatement *
binds_deparse_select(PlannerInfo *root, const BindsSelect *select, List **params)
{
	const BindsForeignTable *table = select->rel->table;
	BindsDeparse deparse;
	BindsStatement *statement;

	binds_deparse_init(&deparse, table->dialect, root, select->rel, 1);
	deparse.params = *params;

	appendStringInfoString(&deparse.buf, "SELECT ");
	append_columns(&deparse, select);
	appendStringInfoString(&deparse.buf, " FROM ");
	if (table->query != NULL)
		binds_append_derived(&deparse.buf, table->query,
							 select->rel->alias != NULL ? select->rel->alias : "s");
	else
		binds_statement_table(&deparse, table->schema, table->table);
	if (select->rel->alias != NULL && table->query == NULL)
		appendStringInfo(&deparse.buf, " %s", select->rel->alias);
	append_where(&deparse, select);
	append_order(&deparse, select);
	append_limit(&deparse, select);
	append_lock(&deparse, select);

	statement = binds_statement_make(&deparse);
	statement->ncolumns = Max(list_length(select->columns), 1);
	*params = deparse.params;
	return statement;
}

static void
append_columns(BindsDeparse *deparse, const BindsSelect *select)
{
	ListCell   *lc;

	if (select->columns == NIL)
		appendStringInfoChar(&deparse->buf, '1');
	foreach(lc, select->columns)
	{
		if (foreach_current_index(lc) > 0)
			appendStringInfoString(&deparse->buf, ", ");
		append_column(deparse, select->rel, lfirst_int(lc));
	}
}

/* Append a column as it is read: through the storage's template. */
static void
append_column(BindsDeparse *deparse, const BindsDeparseRel *rel, AttrNumber attnum)
{
	StringInfoData name;
	const char *output = NULL;

	initStringInfo(&name);
	if (attnum == SelfItemPointerAttributeNumber && rel->table->fingerprint)
	{
		binds_append_fingerprint(&deparse->buf, rel->table, rel->alias);
		return;
	}
	if (rel->alias != NULL)
		appendStringInfo(&name, "%s.", rel->alias);
	if (attnum == SelfItemPointerAttributeNumber)
		appendStringInfoString(&name, rel->table->rowid_name);
	else
	{
		const BindsForeignColumn *column = &rel->table->columns[attnum - 1];

		binds_append_name(&name, deparse->dialect, column->name);
		output = column->storage.output;
	}
	if (output == NULL)
		output = "$1";
	binds_append_template(&deparse->buf, output,
						  (const char *const *) &name.data, 1);
}

static void
append_where(BindsDeparse *deparse, const BindsSelect *select)
{
	ListCell   *lc;

	foreach(lc, select->clauses)
	{
		int			start = deparse->buf.len;
		int			text;

		deparse->guarded = false;
		appendStringInfoString(&deparse->buf, foreach_current_index(lc) == 0 ?
							   " WHERE " : " AND ");
		text = deparse->buf.len;
		if (!binds_deparse_expr(deparse, (Expr *) lfirst(lc)))
			elog(ERROR, "clause cannot be sent to bind \"%s\"",
				 select->rel->table->bind_key);
		if (deparse->guarded)
			deparse->optional =
				list_concat(deparse->optional,
							list_make3_int(start, text, deparse->buf.len));
	}
}

static void
append_order(BindsDeparse *deparse, const BindsSelect *select)
{
	ListCell   *lc;

	foreach(lc, select->order)
	{
		BindsOrderItem *item = (BindsOrderItem *) lfirst(lc);

		appendStringInfoString(&deparse->buf, foreach_current_index(lc) == 0 ?
							   " ORDER BY " : ", ");
		if (!binds_deparse_order(deparse, item->expr, item->opfamily,
								 item->descending, item->nulls_first))
			elog(ERROR, "sort cannot be sent to bind \"%s\"",
				 select->rel->table->bind_key);
	}
}

/*
 * Append LIMIT and OFFSET.  The dialect says where they stand; it is given marks,
 * so that the places of parameters become known.
 */
static void
append_limit(BindsDeparse *deparse, const BindsSelect *select)
{
	static const char limit[] = {LIMIT_MARK, '\0'};
	static const char offset[] = {OFFSET_MARK, '\0'};
	StringInfoData text;

	if (select->limit == NULL && select->offset == NULL)
		return;
	initStringInfo(&text);
	deparse->dialect->append_limit(&text, select->limit != NULL ? limit : NULL,
								   select->offset != NULL ? offset : NULL);
	for (const char *c = text.data; *c != '\0'; c++)
	{
		if (*c == LIMIT_MARK)
			append_row_count(deparse, select->limit);
		else if (*c == OFFSET_MARK)
			append_row_count(deparse, select->offset);
		else
			appendStringInfoChar(&deparse->buf, *c);
	}
}

/* A constant number of rows, or a parameter of its own. */
static void
append_row_count(BindsDeparse *deparse, Node *expr)
{
	BindsDeparseParam *param;

	if (IsA(expr, Const))
	{
		appendStringInfo(&deparse->buf, INT64_FORMAT,
						 DatumGetInt64(((Const *) expr)->constvalue));
		return;
	}
	param = palloc0(sizeof(BindsDeparseParam));
	param->expr = (Expr *) expr;
	param->storage = binds_deparse_type_storage(deparse, INT8OID);
	deparse->params = lappend(deparse->params, param);
	deparse->places = lappend_int(deparse->places, deparse->buf.len);
	deparse->place_params = lappend_int(deparse->place_params,
										list_length(deparse->params) - 1);
	appendStringInfoChar(&deparse->buf, '?');
}

/*
 * Append the lock.  An engine that locks the whole database when the branch begins
 * (no suffix) has no rows to skip, and waits as the branch does.  Share locks that do
 * not wait are exclusive ones: not every version can write them otherwise.
 */
static void
append_lock(BindsDeparse *deparse, const BindsSelect *select)
{
	const char *suffix = NULL;

	if (select->lock == BINDS_LOCK_SHARE && select->wait == BINDS_WAIT)
		suffix = deparse->dialect->share_suffix;
	else if (select->lock != BINDS_LOCK_NONE)
		suffix = deparse->dialect->lock_suffix;
	if (suffix == NULL)
		return;
	appendStringInfoString(&deparse->buf, suffix);
	if (select->wait == BINDS_WAIT_NOT)
		appendStringInfoString(&deparse->buf, " NOWAIT");
	else if (select->wait == BINDS_WAIT_SKIP)
		appendStringInfoString(&deparse->buf, " SKIP LOCKED");
}
