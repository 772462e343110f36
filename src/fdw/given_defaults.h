/*
 * given_defaults.h
 *	  DEFAULT in a statement, told apart from a NULL.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_GIVEN_DEFAULTS_H
#define BINDS_GIVEN_DEFAULTS_H

#include "nodes/primnodes.h"

/* Take part in planning.  Once, when the library is loaded. */
extern void binds_given_defaults_init(void);

/*
 * Is an expression in the place of a new value DEFAULT, for a column that has none here?
 * Of a row of several, of one for a partitioned table, or of an UPDATE; at planning, and of
 * a plan that was made in this session.
 */
extern bool binds_is_given_default(Node *expr);

/* Was it planned without the marks, and can be either? */
extern bool binds_is_null_or_default(Node *expr);

/* Is it a constant NULL, be it written or DEFAULT? */
extern bool binds_is_null_constant(Node *expr);

#endif							/* BINDS_GIVEN_DEFAULTS_H */
