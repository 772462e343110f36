/*
 * plain_move.h
 *	  Another name or schema for the table of a model.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_MOVE_H
#define BINDS_PLAIN_MOVE_H

#include "model/registry.h"

/*
 * Give a model, its table in the engine and its relation another name: ALTER TABLE ... RENAME
 * TO.  Raises 42P07 if there is one of that name.
 */
extern void binds_plain_rename(BindsModelRow *row, const char *name);

/*
 * Let the relation be in another schema, or have another name here alone: ALTER TABLE ... SET
 * SCHEMA, ALTER FOREIGN TABLE ... RENAME TO.
 */
extern void binds_plain_relocate(const BindsModelRow *row, const char *schema,
								 const char *name);

#endif							/* BINDS_PLAIN_MOVE_H */
