/*
 * define_drop.h
 *	  DROP TABLE in binds.define: models go, and tables stay.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DEFINE_DROP_H
#define BINDS_DEFINE_DROP_H

#include "commands/commands.h"

/*
 * Take models (BindsModelRow), whose binds are locked, away together.  Raises 2BP01 if a
 * model that stays inherits from one, or, unless cascade, refers to one: else such foreign
 * keys go, and the templates (OIDs) that had them are returned.
 */
extern List *binds_define_drop(List *rows, bool cascade);

#endif							/* BINDS_DEFINE_DROP_H */
