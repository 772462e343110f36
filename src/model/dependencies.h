/*
 * dependencies.h
 *	  What depends on an object of the local catalogs, and what it depends on.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DEPENDENCIES_H
#define BINDS_DEPENDENCIES_H

#include "catalog/objectaddress.h"
#include "nodes/pg_list.h"

/* A row of pg_depend, seen from one of its ends. */
typedef struct BindsDependency
{
	ObjectAddress object;		/* at the other end */
	char		type;			/* DEPENDENCY_... */
} BindsDependency;

extern List *binds_dependents(Oid class, Oid object);
extern List *binds_dependencies(Oid class, Oid object);

#endif							/* BINDS_DEPENDENCIES_H */
