/*
 * classify.h
 *	  What a statement in an engine's own SQL does, told by its words.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CLASSIFY_H
#define BINDS_CLASSIFY_H

#include "transaction/branch.h"

/*
 * How the branch is used by a statement of the caller for the engine: reads, locks
 * rows, writes, or defines.  Raises 0A000 for what would end the transaction or
 * change the connection behind our back, 42601 for several statements or none.
 * sql is UTF-8.
 */
extern BindsUseKind binds_classify_statement(const BindsDialect *dialect,
											 const char *bind_key, const char *sql);

#endif							/* BINDS_CLASSIFY_H */
