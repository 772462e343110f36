/*
 * verify.h
 *	  Rows that are looked at before a table is changed.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_VERIFY_H
#define BINDS_VERIFY_H

#include "commands/work.h"

/*
 * Read the rows of a model's table, and see whether they fit these checks of the model (List of
 * BindsModelCheck) when the columns are as it says.  Raises 23514 if one does not, and what a
 * cast raises.
 */
extern void binds_verify_checks(const BindsWork *work, const BindsWorkItem *item,
								const List *checks);

#endif							/* BINDS_VERIFY_H */
