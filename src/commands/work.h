/*
 * work.h
 *	  The models of a bind, read and in order, for create_all and its like.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_WORK_H
#define BINDS_WORK_H

#include "commands/commands.h"
#include "transaction/engine_ddl.h"

/* One model of a bind. */
typedef struct BindsWorkItem
{
	BindsModelRow *row;
	BindsModel *model;
	List	   *parents;		/* OIDs of templates it inherits from */
	Oid			relid;			/* local relation, InvalidOid: not there */
	bool		present;		/* the engine has the table */
	const char *other;			/* what has its name and is no table, NULL:
								 * nothing */
	const char *former;			/* what its table is called in the engine
								 * where binds.define has renamed the model,
								 * and nobody the table: model->name is that
								 * then; NULL: it has the model's name */
	const char *doubtful;		/* a table of such a name beside one of the
								 * model's, NULL: none */
	bool		created;		/* made by this call */
	bool		was_here;		/* the local relation was there before */
	int64		next_key;		/* that it is to generate first; 0: the
								 * engine's choice */
	int64		rows;			/* that have been moved away from it */
	const BindsReflectedTable *engine;	/* of a table that we did not make */
	List	   *misfits;		/* BindsMisfit, of such a table */
	const char *action;			/* for the result */
} BindsWorkItem;

/* The models of a bind, in the order of creation. */
typedef struct BindsWork
{
	BindsBind  *bind;
	BindsDdl   *ddl;			/* NULL: default bind */
	BindsWorkItem *items;
	int			nitems;
	List	   *former;			/* of former_tables.c */
	const BindsModelRow *changing;	/* whose table the engine changes, or
									 * gives values to its rows: what is
									 * raised meanwhile is about it; NULL:
									 * none's */
} BindsWork;

/*
 * Read and order the models of binds: List of BindsWork, in the order of "binds".
 * lock: lock the binds first, in the order of their keys, so that no two callers
 * can wait for each other.  Raises 42501 if one has models and the user may not run DDL
 * in its engine.
 */
extern List *binds_work_load(List *binds, bool lock);

/*
 * The same, for who only looks: nobody changes them until binds_work_unlock, and several can
 * look at once.
 */
extern List *binds_work_load_shared(List *binds);
extern void binds_work_unlock(List *works);

/* The same of some models (BindsModelRow) of a bind, which is locked. */
extern BindsWork *binds_work_load_models(BindsBind *bind, List *rows);

/*
 * The same of some models of any binds: List of BindsWork, in the order of the keys, so that
 * no two callers wait for each other.
 */
extern List *binds_work_load_rows(List *rows);

/*
 * Find out what is there, here and in the engine.  Connects.  strict: something else in the
 * place of a local relation, or of a table, is an error, else it is as if nothing were
 * there.
 */
extern void binds_work_look(BindsWork *work, BindsLook look, bool strict);

/*
 * Find the tables that still have a former name of their model, and let models read as if
 * they and what they refer to were called so.  Connects only if models were renamed.  (In
 * former_tables.c.)
 */
extern void binds_work_find_former(BindsWork *work);

/* Let foreign keys name what is renamed within this work by its new name again. */
extern void binds_work_refer_anew(BindsWork *work);

/* What a relation of this relkind is called, with its article. */
extern const char *binds_relation_words(char kind);

/* Statements that take away the keys of a model's table that close a cycle. */
extern List *binds_work_unlink(const BindsWork *work, const BindsModel *model);

/* A column of a table that others made that is not what the model says. */
typedef struct BindsMisfit
{
	const char *column;
	const char *words;			/* "missing", "keeps integer only" ... */
	const char *fitting;		/* the type with which the model would fit,
								 * NULL: none */
	const char *wide;			/* and that with which the table would */
} BindsMisfit;

/* Find those of an item (item->engine).  (In misfits.c.) */
extern List *binds_work_misfits(const BindsWork *work, const BindsWorkItem *item);

/*
 * Say by WARNING, one for each table, where what was there before is not what the models
 * say.  What cannot be compared is no error.  (In warn_differences.c.)
 */
extern void binds_work_warn_differences(const BindsWork *work);

/*
 * What create_all does to all of the works (List of BindsWork): find out what cannot be done
 * before anything is, and do it.  (In create_drop.c.)
 */
extern void binds_work_check_create(List *works);
extern void binds_work_create(List *works);

/*
 * Make the tables and local relations of models that have none, but for foreign keys that
 * close a cycle on the default bind (binds_work_add_late_keys).  Raises 42P07 if one is
 * there.  (In create_drop.c.)
 */
extern void binds_work_make(BindsWork *work);
extern void binds_work_add_late_keys(BindsWork *work);

/*
 * What drop_all does to all of the works (List of BindsWork), which are not locked by it; sets
 * the action of each item.  cascade: what depends on the relations here goes as well.  (In
 * create_drop.c.)
 */
extern void binds_work_drop(List *works, bool cascade);

/*
 * Drop the engine's tables of models after the commit, if no row has come to them since
 * they were moved.  Raises 2BP01 if another table
 * refers to one of them, as the first does.  (In create_drop.c.)
 */
extern void binds_work_check_drop(BindsWork *work);
extern void binds_work_drop_later(BindsWork *work);

/*
 * The index that the engine has made for a foreign key of a model's table: it is called like
 * it, has its columns, and neither is the model's nor serves another key.  NULL: there is
 * none.  (In assign_keys.c.)
 */
extern const char *binds_work_key_index(const BindsBind *bind, const BindsModelRow *row,
										BindsDdl *ddl, const BindsReference *reference);

/* A dialect's statements as a List. */
extern List *binds_statement_list(char **statements, int n);

#endif							/* BINDS_WORK_H */
