/*
 * local_parts.h
 *	  What separates a local relation from what create_all makes of its model.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_LOCAL_PARTS_H
#define BINDS_LOCAL_PARTS_H

#include "commands/work.h"

/* The differences, with PostgreSQL's statements; returns their number. */
extern int	binds_local_differences(const BindsBind *bind, const BindsModelRow *row,
									const BindsModel *model, Oid relid,
									BindsDifference **result);

/*
 * Is the local relation what create_all makes for the engine's table as it is?  Asks the
 * engine.
 */
extern bool binds_local_fits_engine(BindsWork *work, BindsWorkItem *item, Oid relid);

#endif							/* BINDS_LOCAL_PARTS_H */
