/*
 * attached.h
 *	  Tables that others made, and create_all attaches to.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ATTACHED_H
#define BINDS_ATTACHED_H

#include "commands/work.h"

/*
 * Read from the engine what the tables that are attached look like: they need not be
 * what create_all would have made.  Sets the items' "engine"; WARNING for what is missing.
 */
extern void binds_attached_look(BindsWork *work);

/* Read the table of a model likewise; NULL if it cannot be a relation here. */
extern const BindsReflectedTable *binds_attached_table(BindsWork *work,
													   const BindsModel *model);

#endif							/* BINDS_ATTACHED_H */
