/*
 * given_defaults.h
 *	  DEFAULT in a statement, told apart from a NULL.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_GIVEN_DEFAULTS_H
#define BINDS_GIVEN_DEFAULTS_H

#include "nodes/plannodes.h"

/* Take part in planning.  Once, when the library is loaded. */
extern void binds_given_defaults_init(void);

/* What an expression in the place of a new value gives. */
typedef enum BindsGiven
{
	BINDS_GIVEN_VALUE,
	BINDS_GIVEN_NULL,
	BINDS_GIVEN_DEFAULT,		/* DEFAULT, for a column that has none here */
	BINDS_GIVEN_UNMARKED,		/* one of the two: it was planned before us */
	BINDS_GIVEN_STORED			/* one of the two: a rule, or a body that is
								 * kept as it was parsed, does not tell */
} BindsGiven;

/*
 * Of a row of several, of one for a partitioned table, or of an UPDATE.  marked: were the
 * statement's DEFAULTs marked before it was planned (binds_given_marked...)?
 */
extern BindsGiven binds_given(Node *expr, bool marked);

/* Are they, in the statement that is being planned? */
extern bool binds_given_marked(void);

/* Were they, in an INSERT into a partitioned table? */
extern bool binds_given_marked_in(const ModifyTable *plan);

#endif							/* BINDS_GIVEN_DEFAULTS_H */
