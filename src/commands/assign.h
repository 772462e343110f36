/*
 * assign.h
 *	  A table on its way to another bind, for binds.assign.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ASSIGN_H
#define BINDS_ASSIGN_H

#include "commands/relation.h"
#include "commands/work.h"
#include "options/assign_options.h"

/* A statement that is run as somebody. */
typedef struct BindsKept
{
	Oid			owner;
	const char *statement;
} BindsKept;

/* A table that is moved. */
typedef struct BindsMoved
{
	/* what it is */
	Oid			relid;			/* InvalidOid: a model that has no tables yet */
	BindsBind  *bind;			/* where it is */
	BindsModelRow *row;			/* its model; NULL: none */
	Oid			owner;
	const char *schema;
	const char *name;			/* of the relation, before and after */
	const char *model;			/* of the model, before and after */
	Oid			parent;			/* of a partition */
	const char *bound;

	/* what is to be made of it */
	List	   *foreign_keys;	/* char *: for binds.define, when all tables
								 * are defined */
	List	   *kept;			/* BindsKept: when the rows are there */
	List	   *last;			/* BindsKept: when the old table is gone */
	int64		next_key;

	/* what it has become */
	const char *old_name;		/* qualified, of the relation that gives way */
	BindsWorkItem *item;		/* of the new model */
	uint64		nrows;
} BindsMoved;

/* A call of binds.assign. */
typedef struct BindsAssign
{
	BindsBind  *target;
	const BindsAssignOptions *options;
	List	   *moved;			/* BindsMoved, in the order given */
	BindsWork  *work;			/* the new models, in the order of creation */
	bool		unseen;			/* the transaction reads a state of the target
								 * that is older than the new tables */
} BindsAssign;

/* The OIDs of what is moved, as an oid[]: of relations, or of the templates of models. */
extern Datum binds_assign_oids(const BindsAssign *assign, bool templates);

/*
 * Raise 0A000, with a line for each thing that cannot come along, unless all can.  Drops
 * the foreign keys that cannot, if that is asked for.  (In assign_check.c.)
 */
extern void binds_assign_check(const BindsAssign *assign);

/*
 * Lines (char *) of what the engine that tables go to cannot hold of their definitions.  (In
 * assign_model.c.)
 */
extern List *binds_assign_unheld(const BindsAssign *assign);

/* Something that a table of a bind, or its relation, has and its model does not say. */
typedef struct BindsLost
{
	const BindsMoved *moved;
	const char *name;			/* of a column or check; NULL: of neither */
	const char *words;
	bool		foreign_key;
	bool		always;			/* it cannot be left behind: rows could not be
								 * copied without it */
} BindsLost;

/*
 * All of that (List of BindsLost); a WARNING where an engine does not let it be seen.  (In
 * assign_lost.c.)
 */
extern List *binds_assign_lost(const BindsAssign *assign);

/*
 * The foreign keys between what is moved and what is not; lines (char *) of those that must
 * not be dropped, or cannot be; and drop them, with a NOTICE each.  (In assign_keys.c.)
 */
extern List *binds_assign_keys_find(const BindsAssign *assign);
extern List *binds_assign_keys_left(const BindsAssign *assign, List *keys);
extern void binds_assign_keys_drop(const BindsAssign *assign, List *keys);

/*
 * Give a table that the caller has just made to a bind, with its rows, as binds.assign does.
 * (In assign.c.)
 */
extern void binds_assign_new(Oid relid, BindsBind *target);

/* Append a line (char *), if it is not there. */
extern List *binds_assign_add_line(List *lines, char *line);

/*
 * Fill in what is to be made anew of a table, as text, while it has its name.  (In
 * assign_keep.c.)
 */
extern void binds_assign_keep(const BindsAssign *assign, BindsMoved *moved);

/* What tells the definition of a table: itself, or its template. */
extern Oid	binds_assign_source(const BindsMoved *moved);

/* What binds.define takes for the table, without its foreign keys. */
extern List *binds_assign_definition(const BindsAssign *assign, const BindsMoved *moved);

/* Give another table the comments of keys, checks and indexes that it has as well. */
extern void binds_assign_comment(const BindsMoved *moved, Oid relid);

/* Run statements as those they belong to: a List of BindsKept. */
extern void binds_assign_run(List *kept);

/*
 * Copy the rows into the new table, and compare what came.  (In assign_rows.c.)
 */
extern void binds_assign_copy(const BindsAssign *assign, BindsMoved *moved);

/*
 * Run copy(arg), which copies the rows of a table, so that a row may refer to one that comes
 * after it; and when all rows are there raise 23503 if one of them refers to nothing.  (In
 * assign_references.c.)
 */
extern void binds_assign_copy_rows(const BindsAssign *assign, const BindsMoved *moved,
								   BindsCopy copy, void *arg);
extern void binds_assign_check_references(const BindsAssign *assign);

/* Let the sequences of a new table on the default bind go on behind all keys that were used. */
extern void binds_assign_set_sequences(const BindsMoved *moved);

#endif							/* BINDS_ASSIGN_H */
