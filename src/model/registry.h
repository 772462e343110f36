/*
 * registry.h
 *	  Which models there are, and where their relations go.
 *
 * A model is a table in a metadata schema that bears the trigger binds_model: its
 * arguments say what no other catalog does.  So a dump without data carries it.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REGISTRY_H
#define BINDS_REGISTRY_H

#include "model/bind.h"

/* What is registered of a model. */
typedef struct BindsModelRow
{
	const char *bind_key;		/* NULL: default bind */
	const char *model;			/* name of the template */
	const char *local_schema;
	const char *local_name;		/* a former name of the model as long as there
								 * is a relation of it */
	int64		position;		/* order of definition; 0: insert sets it */
	List	   *renames;		/* names of columns, as pairs (char *): what
								 * one was called, and what it was called
								 * then, "": it was dropped */
	List	   *former;			/* names (char *) that the model itself has
								 * had, the last one first, of which its table
								 * may have one still */
	Oid			template;		/* InvalidOid before it is registered */
} BindsModelRow;

/*
 * Models of a bind in order of definition, copied into the current context; no rights
 * check.
 */
extern List *binds_model_rows(const char *bind_key);

/*
 * Models of all binds; those that have, or had, a name, in any case, or whose relation has
 * it.
 */
extern List *binds_model_all_rows(void);
extern List *binds_model_rows_named(const char *name);

/* That of a name, or of a template, NULL if there is none. */
extern BindsModelRow *binds_model_find(const char *bind_key, const char *model);
extern BindsModelRow *binds_model_of_template(Oid template);

/* The model whose local relation this is; NULL: none. */
extern BindsModelRow *binds_model_of_relation(Oid relid);

/* Order of definition, as of a comparison for qsort. */
extern int	binds_model_compare(const BindsModelRow *ra, const BindsModelRow *rb);

/* Can models be known?  Not where the extension is older than its library. */
extern bool binds_models_are_known(void);

/* The position of a model that comes after all others. */
extern int64 binds_model_next_position(void);

/* Register the table of that name in the metadata schema as a model, after all others. */
extern void binds_model_insert(BindsModelRow *row);

/*
 * Note that a column of a model has another name, as "binds.define" was told: its data are
 * the engine's under the old one.
 */
extern void binds_model_note_rename(BindsModelRow *row, const char *old_name,
									const char *new_name);

/* The names (char *) that a column has had, the last one first. */
extern List *binds_model_former_names(const BindsModelRow *row, const char *column);

/* The name that the column has now that had this one; NULL: none had it. */
extern const char *binds_model_renamed_from(const BindsModelRow *row, const char *name);

/*
 * Note that a column is dropped: one of its name, or of a former one, is not what has that
 * name now.  And ask for it; and forget it.
 */
extern void binds_model_note_drop(BindsModelRow *row, const char *column);
extern bool binds_model_has_dropped(const BindsModelRow *row, const char *name);
extern void binds_model_forget_drop(BindsModelRow *row, const char *name);

/*
 * The template of a model has another name: note it.  noted: a table may have the old one;
 * a relation that has it keeps it until binds.upgrade.
 */
extern void binds_model_rename(BindsModelRow *row, const char *name, bool noted);

/* Has a model had a name, which its table may have still?  folds: in whatever case. */
extern bool binds_model_had_name(const BindsModelRow *row, const char *name, bool folds);

/* Is there a relation of a model by a name that the model does not have any more? */
extern bool binds_model_relation_waits(const BindsModelRow *row);

/* What rows are when they are read: where no relation has the old name, it has the new one. */
extern void binds_model_settle(BindsModelRow *row);

/* Forget all former names, and what was dropped but for these names (char *). */
extern void binds_model_forget_renames(BindsModelRow *row, List *dropped);

/* Let a model have its relation elsewhere: local_schema and local_name of the row. */
extern void binds_model_relocate(const BindsModelRow *row);

/* Has the template an index of that name? */
extern bool binds_model_has_index(const BindsModelRow *row, const char *name);

/* Template of a row and its local relation; InvalidOid if it is not there. */
extern Oid	binds_model_template(const BindsModelRow *row);
extern Oid	binds_model_relation(const BindsModelRow *row);

/* ---- model_references.c ---- */

/* A foreign key by which a model refers to another one. */
typedef struct BindsModelReference
{
	Oid			oid;
	const char *constraint;		/* its name */
	Oid			index;			/* by which what it refers to is unique */
	AttrNumber *columns;		/* that it refers to */
	int			ncolumns;
	BindsModelRow *row;			/* of the model that refers */
	BindsModelRow *to;
} BindsModelReference;

/* Is a model of that template among rows (BindsModelRow)? */
extern bool binds_model_is_among(List *rows, Oid template);

/* Those of models that are not among rows, to some of these (List of BindsModelReference). */
extern List *binds_model_references_to(List *rows);

/*
 * Those, also of the model itself, that an index of a model serves, or that refer to one of its
 * columns (InvalidOid, InvalidAttrNumber: none).
 */
extern List *binds_model_references_by(BindsModelRow *to, Oid index, AttrNumber column);

#endif							/* BINDS_REGISTRY_H */
