/*
 * local_writer.h
 *	  What writes the DDL of local relations, shared by the files local_*.c.
 *
 * Order of these: local_ddl.c and local_compared.c call local_columns.c and
 * local_constraints.c, columns call local_options.c, and all of them local_defaults.c.
 * search_path is pg_catalog in all of them (binds_fixed_path).  Results are palloc'ed.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_LOCAL_WRITER_H
#define BINDS_LOCAL_WRITER_H

#include "commands/relation.h"
#include "lib/stringinfo.h"
#include "utils/rel.h"

/* What the writers share. */
typedef struct BindsLocalWriter
{
	const BindsBind *bind;
	const BindsModelRow *row;
	const BindsModel *model;
	const BindsReflectedTable *engine;	/* NULL: we made it */
	Relation	rel;			/* the template */
	const char *table;			/* qualified name of the local relation */
	Oid			schema;			/* whose names are taken; InvalidOid: none
								 * matter, since the relation is there already */
	bool		defines;		/* for binds.define: a table that inherits
								 * says only what is its own */
	StringInfoData buf;
} BindsLocalWriter;

/* A constraint of the template. */
typedef struct BindsLocalConstraint
{
	Oid			oid;
	char		type;
	const char *name;
	Oid			referenced;
	bool		inherited;
	bool		local;			/* not only inherited */
	bool		late;
	bool		apart;			/* it stands in a statement of its own */
	const BindsModelKey *key;
	const BindsModelCheck *check;
} BindsLocalConstraint;

/* ------------------------------------------------------------------------
 * local_columns.c
 * ------------------------------------------------------------------------ */

/* What the local relation gets for a column of the model. */
extern void binds_local_describe(const BindsLocalWriter *writer,
								 const BindsModelColumn *column,
								 BindsLocalColumn *local);

/* Fill in what is the same for all relations: name, type, collation. */
extern void binds_local_describe_type(const BindsLocalWriter *writer,
									  const BindsModelColumn *column,
									  BindsLocalColumn *local);

/* Append it as CREATE TABLE and ADD COLUMN take it. */
extern void binds_local_append_column(StringInfo buf, const BindsLocalColumn *local);

/* ------------------------------------------------------------------------
 * local_options.c
 * ------------------------------------------------------------------------ */

/*
 * The options (DefElem) of a foreign table.  They and those of the columns are all that
 * has to be known: no engine is asked.  Whether rows have a rowid is said where a key
 * would leave that open.  order: of the relation's columns, as indexes into the model's;
 * NULL: the same.
 */
extern List *binds_local_table_options(const BindsLocalWriter *writer,
									   const int *order);

/* The options (DefElem) that tell what the engine's column is. */
extern List *binds_local_engine_options(const BindsLocalWriter *writer,
										const BindsModelColumn *column);

/*
 * Does the engine make values of a column?  Of a table that we did not make, only the
 * engine can tell.
 */
extern BindsGenerated binds_local_generated_as(const BindsLocalWriter *writer,
											   const BindsModelColumn *column);

/* Does the local column have a default of its own? */
extern bool binds_local_has_default(const BindsLocalWriter *writer,
									const BindsModelColumn *column);

/* The engine's column; NULL: we made the table, or it has none of that name. */
extern const BindsReflectedColumn *binds_local_engine_column(const BindsLocalWriter *writer,
															 const char *name);

/* ------------------------------------------------------------------------
 * local_defaults.c
 * ------------------------------------------------------------------------ */

/* The default or generation expression of a column; NULL: none. */
extern Node *binds_local_default_expr(Relation rel, AttrNumber attnum);

/*
 * The same as text; NULL: none, or for binds.define one that comes with a parent.
 */
extern char *binds_local_default_text(const BindsLocalWriter *writer,
									  AttrNumber attnum);

/*
 * "serial" and its like for a column that takes its values from a sequence of its
 * own, so that the local table gets its own too; else NULL.  A child of a model on
 * another engine, which has no sequence, gets one as well.
 */
extern const char *binds_local_serial(const BindsLocalWriter *writer,
									  const BindsModelColumn *column);

/* ------------------------------------------------------------------------
 * local_constraints.c
 * ------------------------------------------------------------------------ */

/* Constraints (BindsLocalConstraint) of the template that have text, keys first. */
extern List *binds_local_constraints(const BindsLocalWriter *writer);

/* The place of a CONSTRAINT_... among them, keys are up to 2; -1: it has no text. */
extern int	binds_local_constraint_rank(char type);

/*
 * "CONSTRAINT name ..." for the local relation.  The name is left to PostgreSQL where
 * the schema has an index of that name.  The planner believes a valid check of a
 * foreign table: one that the engine does not guarantee is NOT VALID, and checked
 * for new rows all the same.
 */
extern char *binds_local_constraint_text(const BindsLocalWriter *writer,
										 const BindsLocalConstraint *constraint);

/* The same without the name. */
extern char *binds_local_constraint_definition(const BindsLocalWriter *writer,
											   const BindsLocalConstraint *constraint);

/* A constraint as PostgreSQL says it. */
extern char *binds_local_constraint_plain(Oid constraint);

/* An index as PostgreSQL says it, from its method on. */
extern char *binds_local_index_definition(const BindsLocalWriter *writer, Oid index,
										  bool *unique);

#endif							/* BINDS_LOCAL_WRITER_H */
