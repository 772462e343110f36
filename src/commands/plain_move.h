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

/*
 * Raise 42P07 if a model cannot get a name since another one on its bind has it, in
 * whatever case where the engine folds it, or (relation) a relation beside its own; 55000 if
 * a table of another one may have it still.
 */
extern void binds_check_other_name(const BindsBind *bind, const BindsModelRow *row,
								   const char *name, bool relation);
extern void binds_refuse_former_name(const BindsModelRow *row, const char *name,
									 bool folds);

/* Raise 55000 while the table of a model may have another name than the model. */
extern void binds_refuse_renamed(const BindsModelRow *row);

#endif							/* BINDS_PLAIN_MOVE_H */
