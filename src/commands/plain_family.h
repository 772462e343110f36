/*
 * plain_family.h
 *	  Tables of this server that other relations inherit from, and models of these.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_FAMILY_H
#define BINDS_PLAIN_FAMILY_H

#include "nodes/parsenodes.h"

#include "model/registry.h"

/*
 * The table of this server that a name means (NULL: none), if other relations inherit from it
 * or are its partitions, and the caller may alter it; InvalidOid: there is none such, or
 * PostgreSQL tells what is wrong with it.
 */
extern Oid	binds_plain_parent(const RangeVar *name);

/*
 * The same, if the statement does something to its columns, and to those of its children:
 * on_bind: of such that are on binds.
 */
extern Oid	binds_plain_parent_of(const Node *statement, bool on_bind);

/*
 * The models (BindsModelRow) of relations on binds, or of tables of the default bind, that
 * inherit from a table or are partitions of it; InvalidOid is none.
 */
extern List *binds_plain_heirs_of(Oid relid, bool on_bind);

/*
 * What a statement for a parent, which PostgreSQL has carried out, is for the model of an heir:
 * a copy, which names the parent still.  NULL: nothing.
 */
extern Node *binds_plain_inherit(const Node *statement, const BindsModelRow *row);

/* Has a relation a check of that name? */
extern bool binds_plain_has_check(Oid relid, const char *name);

#endif							/* BINDS_PLAIN_FAMILY_H */
