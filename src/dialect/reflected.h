/*
 * reflected.h
 *	  Can a table that an engine has be a table here?
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REFLECTED_H
#define BINDS_REFLECTED_H

#include "dialect/dialect.h"
#include "dialect/query.h"

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

/*
 * What keeps a view from being read at all (what it needs is gone, say), as a sentence
 * without its full stop; NULL if nothing does.  sql: a statement that fails if the view
 * cannot be read, and reads no row.
 */
extern const char *binds_view_obstacle(const BindsDriver *driver, BindsDriverConn *conn,
									   const char *bind_key, const char *sql);

/* Say by WARNING that a table is left out, and why. */
extern void binds_reflected_leave_out(const BindsReflectedTable *table,
									  const char *bind_key, const char *obstacle);

/*
 * Say by NOTICE what of a table is left out, if anything is.  model: it is a model, which
 * could have indexes and keys.
 */
extern void binds_reflected_tell(const BindsReflectedTable *table, const char *bind_key,
								 bool model);

/* Can a key, an index or a foreign key of a model have so many columns? */
extern bool binds_reflected_fits(int ncolumns);

/* Can a key or an index of a model be over these columns? */
extern bool binds_reflected_indexable(const BindsReflectedTable *table, char **columns,
									  int ncolumns);

/* Is a key one of the model? */
extern bool binds_reflected_in_model(const BindsReflectedTable *table,
									 const BindsReflectedKey *key);

/*
 * Leave out the keys, indexes and foreign keys that have a column of which the engine has
 * not told; the names of the others become those of the columns, whatever their case.
 */
extern void binds_reflected_drop_unseen(BindsReflectedTable *table);

/* Reasons why the engine's own are left out; see left_out of BindsReflectedTable. */
extern void binds_leave_out_index(BindsReflectedTable *table, const char *kind,
								  const char *name);
extern void binds_leave_out_check(BindsReflectedTable *table, const char *name);
extern void binds_leave_out_trigger(BindsReflectedTable *table, const char *name);
extern void binds_leave_out_expression(BindsReflectedTable *table, const char *column);
extern void binds_leave_out_invisible(BindsReflectedTable *table, const char *column);

/*
 * Note what a column has in a key or an index ("unique key"; name: NULL if it has none),
 * and has not in one of a table that is made of the model.
 */
extern void binds_not_anew_part(BindsReflectedTable *table, const char *what,
								const char *column, const char *kind, const char *name);

/* A name as PostgreSQL cuts it. */
extern char *binds_cut_name(const char *name);

/*
 * An answer of moved_columns: name of a column, whether it is the rowid, whether ON UPDATE
 * and ON DELETE change it, the schema or NULL, the table and the column that it refers to,
 * NULL if that is computed.
 * Returns their number.
 */
extern int	binds_rows_moved(const BindsRows *rows, BindsMovedColumn **result);

#endif							/* BINDS_REFLECTED_H */
