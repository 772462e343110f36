/*
 * reflected_order.h
 *	  In which order tables that are reflected are defined.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REFLECTED_ORDER_H
#define BINDS_REFLECTED_ORDER_H

#include "dialect/dialect.h"

/*
 * Fill order with the places of the tables in which they are defined, and set "early" of the
 * foreign keys that can come with their table.
 */
extern void binds_reflected_order(BindsReflectedTable *const *tables, int ntables,
								  int *order);

#endif							/* BINDS_REFLECTED_ORDER_H */
