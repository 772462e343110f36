/*
 * rights.h
 *	  Who may do what with a bind.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_RIGHTS_H
#define BINDS_RIGHTS_H

#include "model/bind.h"

typedef enum BindsRight
{
	BINDS_RIGHT_DEFINE,			/* change models: owner of the server, or
								 * CREATE on the metadata schema */
	BINDS_RIGHT_DDL,			/* run DDL in the engine: that, and USAGE on
								 * the server */
	BINDS_RIGHT_OWN				/* own a relation of a model: USAGE on the
								 * server, USAGE and CREATE on its schema */
} BindsRight;

/*
 * Raise 42501 unless a role has a right on a bind.  schema: where the relation will be,
 * for BINDS_RIGHT_OWN.
 */
extern void binds_check_right(BindsRight right, Oid role, const BindsBind *bind,
							  Oid schema);

/* The same, as an answer. */
extern bool binds_has_right(BindsRight right, Oid role, const BindsBind *bind,
							Oid schema);

/* Does a metadata schema belong to the bind whose server has this owner? */
extern bool binds_is_own_metadata(Oid schema, Oid server_owner);

/*
 * Raise 42501 unless a role may make a server of a foreign-data wrapper, or a schema in
 * this database: what PostgreSQL would raise, with a hint.
 */
extern void binds_check_wrapper(Oid role, const char *wrapper);
extern void binds_check_new_schema(Oid role);

#endif							/* BINDS_RIGHTS_H */
