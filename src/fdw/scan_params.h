/*
 * scan_params.h
 *	  Parameters of a scan's statements, evaluated and encoded at each execution.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SCAN_PARAMS_H
#define BINDS_SCAN_PARAMS_H

#include "fdw/plan_private.h"
#include "nodes/execnodes.h"

typedef struct BindsScanParam
{
	ExprState  *expr;
	Oid			type;			/* of the expression */
	const BindsStorage *storage;	/* of its value, or of its elements */
	bool		list;			/* an array: each element is a value */
	int			first;			/* where its values are */
	int			length;			/* number of values; 1 unless it is a list */
} BindsScanParam;

typedef struct BindsScanParams
{
	BindsScanParam *params;
	int			nparams;
	bool		has_lists;
	BindsValue *values;			/* of all parameters */
	int			nvalues;
	int			size;			/* of the array */
	Bitmapset  *unsent;			/* parameters whose values cannot be sent */
	MemoryContext context;		/* what values point to; reset per execution */
	int			limit;			/* index of the parameter that is LIMIT, or -1 */
	int			offset;
} BindsScanParams;

/* Make ready; allocates in the current context. */
extern void binds_scan_params_init(BindsScanParams *params, ForeignScanState *node,
								   const BindsForeignTable *table);

/*
 * Evaluate and encode; notes in "unsent" which values cannot be sent.  The values live
 * until the next call.
 */
extern void binds_scan_params_encode(BindsScanParams *params, ExprContext *econtext);

/*
 * A statement for the values at hand: with as many '?' for a list as it has
 * elements.  Lives as long as the values.
 */
extern BindsQuery *binds_scan_params_query(const BindsScanParams *params,
										   const BindsQuery *base);

#endif							/* BINDS_SCAN_PARAMS_H */
