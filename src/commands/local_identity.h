/*
 * local_identity.h
 *	  Identity columns of templates and relations, as they stand in DDL.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_LOCAL_IDENTITY_H
#define BINDS_LOCAL_IDENTITY_H

#include "access/attnum.h"
#include "utils/rel.h"

/* " GENERATED ... AS IDENTITY ..." of a column, palloc'ed; NULL if it is none. */
extern char *binds_local_identity(Relation rel, AttrNumber attnum);

/* All of an identity, as ALTER COLUMN sets it; its next key stays.  Palloc'ed. */
extern char *binds_local_identity_settings(Relation rel, AttrNumber attnum);

/* The sequence that depends in that way (DEPENDENCY_...) on a column; InvalidOid: none. */
extern Oid	binds_owned_sequence(Oid relid, AttrNumber attnum, char deptype);

#endif							/* BINDS_LOCAL_IDENTITY_H */
