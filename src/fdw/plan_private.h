/*
 * plan_private.h
 *	  What planner, scan, modify and EXPLAIN agree on: relation info, the lists in
 *	  fdw_private, names of junk columns.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAN_PRIVATE_H
#define BINDS_PLAN_PRIVATE_H

#include "deparse/statement.h"
#include "metadata/foreign_table.h"
#include "nodes/pathnodes.h"
#include "nodes/plannodes.h"
#include "utils/builtins.h"

/* ------------------------------------------------------------------------
 * Row identity of UPDATE and DELETE
 * ------------------------------------------------------------------------ */

/*
 * The rowid has 64 bits, which no system column has.  It travels from the scan to
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
	bool		gated;			/* has pseudoconstant quals */
	bool		key_lookup;		/* the whole key is given by exact quals */
	double		sent_rows;		/* rows the engine sends: exact quals applied */
	QualCost	local_cost;		/* of guarded and local quals */
} BindsRelInfo;

/* RelOptInfo.fdw_private of the ORDERED upper relation above such a relation. */
typedef struct BindsUpperInfo
{
	RelOptInfo *base;
} BindsUpperInfo;

/*
 * ForeignPath.fdw_private: NIL for a plain scan; else a List of these.  Parameters
 * and quals are found from the path itself.
 */
typedef enum BindsPathPrivate
{
	BINDS_PATH_LIMIT,			/* Node: limit or NULL */
	BINDS_PATH_OFFSET			/* Node: offset or NULL */
} BindsPathPrivate;

/* ForeignScan.fdw_private: a List of these. */
typedef enum BindsScanPrivate
{
	BINDS_SCAN_STATEMENT,		/* List form of the statement */
	BINDS_SCAN_FALLBACK,		/* the one without guarded clauses, or NIL */
	BINDS_SCAN_COLUMNS,			/* int list: attributes, in the statement's order;
								 * SelfItemPointerAttributeNumber: the rowid */
	BINDS_SCAN_PARAM_COLUMNS,	/* int list, per parameter: the attribute whose
								 * storage encodes it, 0: that of its own type */
	BINDS_SCAN_PARAM_TYPES,		/* OID list, per parameter */
	BINDS_SCAN_FLAGS			/* Integer: BINDS_SCAN_* flags */
} BindsScanPrivate;

#define BINDS_SCAN_LOCKS	0x01	/* reads rows FOR UPDATE or SHARE */
#define BINDS_SCAN_LIMIT	0x02	/* the parameter before the last, or the last,
									 * is LIMIT */
#define BINDS_SCAN_OFFSET	0x04	/* the last parameter is OFFSET */

extern void binds_cost_init(RelOptInfo *baserel, BindsRelInfo *info);

#endif							/* BINDS_PLAN_PRIVATE_H */
