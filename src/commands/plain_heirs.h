/*
 * plain_heirs.h
 *	  ALTER TABLE of a table of this server whose columns tables of binds inherit.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_HEIRS_H
#define BINDS_PLAIN_HEIRS_H

#include "nodes/parsenodes.h"

typedef struct BindsPlainHeirs BindsPlainHeirs;

/*
 * Tables of binds that are partitions of a table, or inherit from it, and whose columns a
 * statement for that will change; NULL: there is none.  Locks them, and finds out what
 * differs before.  Raises 42501 unless the caller owns all of them.
 */
extern BindsPlainHeirs *binds_plain_heirs_look(const Node *statement);

/* The same, as an answer. */
extern bool binds_plain_has_heirs(const Node *statement);

/* Let their models and engines follow, when PostgreSQL has changed the relations. */
extern void binds_plain_heirs_follow(const BindsPlainHeirs *heirs);

#endif							/* BINDS_PLAIN_HEIRS_H */
