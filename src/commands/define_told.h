/*
 * define_told.h
 *	  What binds.define tells of models: what its statements have brought, and no more.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DEFINE_TOLD_H
#define BINDS_DEFINE_TOLD_H

#include "commands/rewrite.h"
#include "model/model.h"
#include "model/registry.h"

/* Keep a model as it is before the first statement of the call that changes it. */
extern void binds_define_keep(BindsDefinition *definition, const BindsModelRow *row);

/*
 * Tell of a model as it is now.  made: by this call.  Of one that was there and was not kept
 * nothing is told: it has lost something by a statement for another one.
 */
extern void binds_define_tell(const BindsDefinition *definition, const BindsModel *model,
							  bool made, const BindsDialect *dialect);

#endif							/* BINDS_DEFINE_TOLD_H */
