/*
 * upgrade_options.h
 *	  What binds.upgrade is asked for.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_UPGRADE_OPTIONS_H
#define BINDS_UPGRADE_OPTIONS_H

#include "nodes/pg_list.h"

struct varlena;

typedef struct BindsUpgradeOptions
{
	bool		drop;			/* what the model has not goes */
	bool		lossy;			/* values may become others, or be lost, where
								 * a type is to be narrower */
	List	   *models;			/* names (char *) */
	bool		only;			/* of these alone */
	bool		whole;			/* all of it or nothing: what is left is known
								 * before the engine does anything, and a
								 * table's statements are one, where they can
								 * be */
	List	   *casts;			/* names (char *) of columns whose values an
								 * explicit cast is to convert, which cuts
								 * texts and bits */
	List	   *cascade;		/* names (char *) of columns: what depends on
								 * them here goes as well */
	bool		hold;			/* columns of engines stay that go where DDL
								 * commits: another call takes them away, when
								 * nothing else can fail */
} BindsUpgradeOptions;

/* Read them, a jsonb object (NULL: none); errors as of binds_call_options. */
extern BindsUpgradeOptions *binds_upgrade_options(struct varlena *jsonb);

#endif							/* BINDS_UPGRADE_OPTIONS_H */
