/*
 * plan_private.h
 *	  What planner, scan, modify and EXPLAIN agree on: relation info, the lists in
 *	  fdw_private, names of junk columns.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAN_PRIVATE_H
#define BINDS_PLAN_PRIVATE_H

#include "connection/cursor.h"
#include "deparse/statement.h"
#include "model/foreign_table.h"
#include "nodes/execnodes.h"
#include "nodes/pathnodes.h"
#include "nodes/plannodes.h"
#include "utils/builtins.h"

/* ------------------------------------------------------------------------
 * Row identity of UPDATE and DELETE
 * ------------------------------------------------------------------------ */

/*
 * The rowid, or the fingerprint of the key, has 64 bits, which no system column has.  It
 * travels from the scan to
 * the modification in two that have 32: xmin has the high, xmax the low half.  They
 * are ordinary junk columns above the scan, so joins and sorts between are no matter.
 */
#define BINDS_ROWID_HIGH "binds_rowid_high"
#define BINDS_ROWID_LOW "binds_rowid_low"
#define BINDS_ROWID_HIGH_ATTNO MinTransactionIdAttributeNumber
#define BINDS_ROWID_LOW_ATTNO MaxTransactionIdAttributeNumber

static inline int64
binds_rowid_join(Datum high, Datum low)
{
	return (int64) (((uint64) DatumGetTransactionId(high) << 32) |
					(uint64) DatumGetTransactionId(low));
}

/*
 * The junk name of a key column.  It carries number and type, since children of an
 * inheritance tree whose shapes differ share one list of names.
 */
static inline char *
binds_key_junk_name(AttrNumber attnum, const BindsForeignColumn *column)
{
	return psprintf("binds_key_%d_%u_%d_%u", attnum, column->typid,
					column->typmod, column->collation);
}

/*
 * plan.c: raise 0A000 if there is a system column but tableoid in attrs, which is what
 * pull_varattnos makes.
 */
extern void binds_refuse_system_columns(const BindsForeignTable *table,
										const Bitmapset *attrs);

/* ------------------------------------------------------------------------
 * Planning of a base relation
 * ------------------------------------------------------------------------ */

/* RelOptInfo.fdw_private of a base relation. */
typedef struct BindsRelInfo
{
	BindsForeignTable *table;
	BindsDeparseRel rel;
	List	   *exact;			/* RestrictInfos that are sent */
	List	   *guarded;		/* sent and kept */
	List	   *local;			/* kept */
	bool		changed;		/* the statement changes this table, too */
	bool		target;			/* and this is where it does */
} BindsRelInfo;

/* RelOptInfo.fdw_private of the ORDERED upper relation above such a relation. */
typedef struct BindsUpperInfo
{
	RelOptInfo *base;
} BindsUpperInfo;

/*
 * ForeignPath.fdw_private: NIL, or a List of these for a path that stops after some
 * rows.  Quals, parameters and sort are found from the path itself.
 */
typedef enum BindsPathPrivate
{
	BINDS_PATH_LIMIT,			/* Node, or NULL */
	BINDS_PATH_OFFSET			/* Node, or NULL */
} BindsPathPrivate;

/* ForeignScan.fdw_private: a List of these. */
typedef enum BindsScanPrivate
{
	BINDS_SCAN_STATEMENT,		/* List form of the statement */
	BINDS_SCAN_COLUMNS,			/* int list: attributes, in the statement's
								 * order; SelfItemPointerAttributeNumber: the
								 * rowid or fingerprint */
	BINDS_SCAN_PARAM_COLUMNS,	/* int list, per parameter: the attribute
								 * whose storage encodes it, 0: that of its
								 * own type */
	BINDS_SCAN_PARAM_LISTS,		/* int list, per parameter: 1: an array whose
								 * elements are sent */
	BINDS_SCAN_FACTS,			/* what the engine says of the table, or NIL */
	BINDS_SCAN_NUMBERS			/* int list of BindsScanNumber */
} BindsScanPrivate;

typedef enum BindsScanNumber
{
	BINDS_SCAN_LOCKS,			/* 1: reads rows FOR UPDATE or SHARE */
	BINDS_SCAN_ONCE,			/* 1: must not ask again, rows are kept */
	BINDS_SCAN_CHANGES,			/* 1: its rows are to be changed */
	BINDS_SCAN_LIMIT_PARAM,		/* index of the parameter, -1: none */
	BINDS_SCAN_OFFSET_PARAM
} BindsScanNumber;

/* ------------------------------------------------------------------------
 * Between plan.c, paths.c and cost.c
 * ------------------------------------------------------------------------ */

/* How a set of RestrictInfos can be sent; appends to the three lists of "info". */
extern void binds_classify(PlannerInfo *root, BindsRelInfo *info, List *rinfos);

/*
 * The sort items of pathkeys, or NIL if one of them cannot be sent.
 */
extern List *binds_order_items(RelOptInfo *rel, BindsRelInfo *info, List *pathkeys);

/* Costs of a scan. */
typedef struct BindsCost
{
	double		rows;			/* after all quals */
	Cost		startup;
	Cost		total;
} BindsCost;

extern double binds_default_tuples(const BindsForeignTable *table);
extern bool binds_key_is_given(PlannerInfo *root, RelOptInfo *rel,
							   BindsRelInfo *info, List *rinfos);
extern void binds_cost_scan(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
							ParamPathInfo *param_info, List *param_clauses,
							List *order, double limit, BindsCost *cost);

/* checked_columns.c */
extern void binds_checked_columns(const BindsForeignTable *table, Index relid,
								  List *clauses, Bitmapset **attrs);

/* ------------------------------------------------------------------------
 * own_writes.c
 * ------------------------------------------------------------------------ */

extern bool binds_statement_changes(PlannerInfo *root,
									const BindsForeignTable *table);
extern bool binds_has_exec_param(Node *node);
extern bool binds_may_look_up_target(PlannerInfo *root, RelOptInfo *rel,
									 BindsRelInfo *info, List *clauses);

/* update_columns.c */
extern Bitmapset *binds_update_reads(PlannerInfo *root, RelOptInfo *rel,
									 const BindsForeignTable *table, List *local,
									 Bitmapset *attrs);

/* ------------------------------------------------------------------------
 * explain.c
 * ------------------------------------------------------------------------ */

/*
 * Where an execution is to be counted, zeroed, in the current memory context; NULL if
 * nobody asks.
 */
extern BindsCounts *binds_explain_counts(const EState *estate);

struct ExplainState;

/* Say which bind a table is of; counts: what came of it, NULL: not executed. */
extern void binds_explain_bind(Oid relid, const BindsCounts *counts,
							   struct ExplainState *es);

/* scan.c: the counts of a scan, NULL: not executed, or nobody asked. */
extern const BindsCounts *binds_scan_counts(ForeignScanState *node);

/* scan.c: raise 55006 for a table that waits for its drop. */
extern void binds_check_in_use(const BindsForeignTable *table);

#endif							/* BINDS_PLAN_PRIVATE_H */
