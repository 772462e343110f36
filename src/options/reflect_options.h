/*
 * reflect_options.h
 *	  What binds.reflect and IMPORT FOREIGN SCHEMA are asked for.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REFLECT_OPTIONS_H
#define BINDS_REFLECT_OPTIONS_H

#include "nodes/pg_list.h"

struct varlena;

typedef struct BindsReflectOptions
{
	bool		limited;		/* "only" is given: no tables but those */
	List	   *only;			/* char *: names of tables */
	List	   *except;
	List	   *as_text;		/* char *: "column" or "table.column" */
	bool		smallint;		/* tinyint1 'smallint': TINYINT(1) is a number */
	bool		no_limits;		/* text_limits 'ignored' */
	const char *temporal;		/* how moments are kept, NULL: as text */
	bool		views;			/* of binds.reflect only: views, too */
	bool		import_views;	/* of IMPORT FOREIGN SCHEMA only, as all below */
	bool		import_not_null;
	bool		import_default;
} BindsReflectOptions;

/*
 * Read the options of binds.reflect, a jsonb object (NULL: none), or of IMPORT FOREIGN
 * SCHEMA, a List of DefElem.  One error (HV00D) lists all unknown names; a value that is
 * none is 22023.
 */
extern BindsReflectOptions *binds_reflect_options(struct varlena *jsonb);
extern BindsReflectOptions *binds_import_options(List *options);

#endif							/* BINDS_REFLECT_OPTIONS_H */
