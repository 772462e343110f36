/*
 * own_writes.c
 *	  Statements that read a table which they also change.
 *
 * PostgreSQL's statements see their tables as they were when the statement began.  An
 * engine shows a branch its own changes at once.  So a scan of a table that its own
 * statement changes has to read everything before the first change: it is executed
 * once, its rows are kept, and what would need another execution (values of other
 * relations, of the row of a query above) is compared here.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "nodes/nodeFuncs.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"

#include "fdw/plan_private.h"
#include "options/options.h"

static bool any_part(PlannerInfo *root, const BindsForeignTable *table,
					 bool (*test) (Query *, const BindsForeignTable *));
static bool any_target(Query *query, const BindsForeignTable *table,
					   bool (*test) (Oid, const BindsForeignTable *));
static bool query_changes(Query *query, const BindsForeignTable *table);
static bool is_reached(PlannerInfo *root, const BindsForeignTable *table);
static bool reaches(Query *query, const BindsForeignTable *table);
static bool is_on_server(Oid relid, const BindsForeignTable *table);
static bool is_same_table(Oid relid, const BindsForeignTable *table);
static bool exec_param_walker(Node *node, void *context);
static bool sets_key(PlannerInfo *root, const BindsForeignTable *table);

/*
 * Does the statement that this query belongs to change the table?  Changes are made
 * by the statement itself or by its top-level CTEs.
 */
bool
binds_statement_changes(PlannerInfo *root, const BindsForeignTable *table)
{
	return any_part(root, table, query_changes) || is_reached(root, table);
}

/*
 * Does an expression need a value that may be another one at each execution?
 */
bool
binds_has_exec_param(Node *node)
{
	return exec_param_walker(node, NULL);
}

/*
 * May the table to be changed be asked for rows while it is changed?  If each
 * execution finds one row by its key, and keys stay as they are, no execution finds
 * what another one changed.
 */
bool
binds_may_look_up_target(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
						 List *clauses)
{
	return bms_is_member(rel->relid, root->all_result_relids) &&
		binds_key_is_given(root, rel, info, clauses) &&
		!sets_key(root, info->table) && !is_reached(root, info->table);
}

/* ------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

/* Is it so of a part of the statement: the statement itself, or a top-level CTE? */
static bool
any_part(PlannerInfo *root, const BindsForeignTable *table,
		 bool (*test) (Query *, const BindsForeignTable *))
{
	ListCell   *lc;

	while (root->parent_root != NULL)
		root = root->parent_root;
	if (test(root->parse, table))
		return true;
	foreach(lc, root->parse->cteList)
	{
		Node	   *query = lfirst_node(CommonTableExpr, lc)->ctequery;

		if (IsA(query, Query) && test((Query *) query, table))
			return true;
	}
	return false;
}

/* Is it so of a relation that a query changes? */
static bool
any_target(Query *query, const BindsForeignTable *table,
		   bool (*test) (Oid, const BindsForeignTable *))
{
	RangeTblEntry *rte;
	ListCell   *lc;

	if (query->resultRelation == 0)
		return false;
	rte = rt_fetch(query->resultRelation, query->rtable);
	if (!has_subclass(rte->relid))
		return test(rte->relid, table);

	/* what becomes of a partition since then is a matter of its own locks */
	foreach(lc, find_all_inheritors(rte->relid, NoLock, NULL))
	{
		if (test(lfirst_oid(lc), table))
			return true;
	}
	return false;
}

static bool
query_changes(Query *query, const BindsForeignTable *table)
{
	return any_target(query, table, is_same_table);
}

/*
 * Where several parts of a statement write: may one that changes another table change this
 * one, too, by a foreign key of the engine?
 */
static bool
is_reached(PlannerInfo *root, const BindsForeignTable *table)
{
	while (root->parent_root != NULL)
		root = root->parent_root;
	return root->parse->hasModifyingCTE && any_part(root, table, reaches);
}

static bool
reaches(Query *query, const BindsForeignTable *table)
{
	return (query->commandType == CMD_UPDATE || query->commandType == CMD_DELETE) &&
		!query_changes(query, table) && any_target(query, table, is_on_server);
}

static bool
is_on_server(Oid relid, const BindsForeignTable *table)
{
	BindsTableOptions *options = binds_table_options(relid);

	return options != NULL && options->serverid == table->serverid;
}

/*
 * Could it be the same table of the engine?  Reading all rows first is right for two
 * tables as well.
 */
static bool
is_same_table(Oid relid, const BindsForeignTable *table)
{
	BindsTableOptions *options = binds_table_options(relid);
	BindsForeignTable other = {0};

	if (options == NULL)
		return false;
	other.relid = relid;
	other.serverid = options->serverid;
	other.dialect = options->dialect;
	other.schema = options->schema_name;
	other.table = options->table_name;
	return binds_same_engine_table(&other, table) != BINDS_DIFFERENT;
}

static bool
exec_param_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Param))
		return ((Param *) node)->paramkind == PARAM_EXEC;
	return expression_tree_walker(node, exec_param_walker, context);
}

/* Does the statement, an UPDATE or DELETE, set a column of the key? */
static bool
sets_key(PlannerInfo *root, const BindsForeignTable *table)
{
	ListCell   *lc;

	if (root->parse->commandType == CMD_DELETE)
		return false;

	/* columns of children may have other numbers: any change of theirs counts */
	if (root->parse->commandType != CMD_UPDATE ||
		rt_fetch(root->parse->resultRelation, root->parse->rtable)->relid != table->relid)
		return true;
	foreach(lc, root->update_colnos)
	{
		for (int i = 0; i < table->nkeys; i++)
		{
			if (table->keys[i] == lfirst_int(lc))
				return true;
		}
	}
	return false;
}
