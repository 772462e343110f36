/*
 * reflected.h
 *	  Can a table that an engine has be a table here?
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REFLECTED_H
#define BINDS_REFLECTED_H

#include "dialect/dialect.h"

/* What a dialect's reflect says of a table that it could not read to the end. */
#define BINDS_NAME_NO_TEXT \
	"Its name is not a text in the encoding of the database"
#define BINDS_COLUMN_NAME_NO_TEXT \
	"The name of a column is not a text in the encoding of the database"
#define BINDS_TYPE_NO_TEXT \
	"The type of a column is not a text in the encoding of the database"

/*
 * What keeps a table from being a relation here, as a sentence without its full stop;
 * NULL if nothing does.  model: it shall be a model, whose names are the engine's own;
 * else names may be cut, as long as they differ.
 */
extern const char *binds_reflected_obstacle(const BindsReflectedTable *table,
											bool model);

/* Say by WARNING that a table is left out, and why. */
extern void binds_reflected_leave_out(const BindsReflectedTable *table,
									  const char *bind_key, const char *obstacle);

/* A name as PostgreSQL cuts it. */
extern char *binds_cut_name(const char *name);

#endif							/* BINDS_REFLECTED_H */
