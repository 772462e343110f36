/*
 * reflected_types.h
 *	  Which of an engine's tables are wanted, and as which types.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REFLECTED_TYPES_H
#define BINDS_REFLECTED_TYPES_H

#include "dialect/dialect.h"
#include "options/reflect_options.h"

/* Change the types of a table's columns as the options say. */
extern void binds_reflected_retype(BindsReflectedTable *table,
								   const BindsDialect *dialect,
								   const BindsReflectOptions *options);

/*
 * Find the keys that the dialect could not make for a model with these columns, what
 * its indexes would not be over, and the generated column that no other key begins with.
 */
extern void binds_reflected_judge(BindsReflectedTable *table,
								  const BindsDialect *dialect);

/* Is the table wanted, by "only" and "except"? */
extern bool binds_reflected_wanted(const BindsReflectedTable *table,
								   const BindsReflectOptions *options);

/* Names in the options "only", "except" and "as_text" that nothing has been met for. */
typedef struct BindsReflectNames
{
	List	   *only;			/* char *, like the others */
	List	   *except;
	List	   *as_text;
	List	   *near;			/* of two char *: a name in "only", and a
								 * sentence on what a bind has instead */
	bool		default_bind;	/* it was among those looked at */
} BindsReflectNames;

extern void binds_reflected_names(BindsReflectNames *names,
								  const BindsReflectOptions *options);

/*
 * Strike out those of a bind's tables, their columns, and views that were not asked for.
 * bind_key: NULL for the default bind.
 */
extern void binds_reflected_strike(BindsReflectNames *names,
								   const BindsReflectedTable *tables, int ntables,
								   List *views, const char *bind_key);

/*
 * When all has been looked at: a table of "only" that there is not is 42P01, a column
 * 42703, since it would be read as what it should not be; a table of "except" a WARNING,
 * since it is not there as is wished.  import: the names are IMPORT FOREIGN SCHEMA's, which
 * are written as identifiers are.
 */
extern void binds_reflected_refuse_unmet(const BindsReflectNames *names, bool import);

/*
 * Raise 42P01 for the first of the names (a List of char *) that is no table of the
 * engine.  cut: they are as PostgreSQL cuts names.  views: names that were not asked for,
 * NIL if they were.
 */
extern void binds_reflected_require(List *names, bool cut,
									const BindsReflectedTable *tables, int ntables,
									List *views, const char *bind_key);

#endif							/* BINDS_REFLECTED_TYPES_H */
