/*
 * registry.h
 *	  The table binds.model: which models there are, and where their relations go.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REGISTRY_H
#define BINDS_REGISTRY_H

#include "model/bind.h"

/* A row of binds.model. */
typedef struct BindsModelRow
{
	const char *bind_key;		/* NULL: default bind */
	const char *model;			/* name of the template */
	const char *local_schema;
	const char *local_name;
	int64		position;		/* order of definition; set by insert */
} BindsModelRow;

/* Rows of a bind in order of definition; direct heap access, no rights check. */
extern List *binds_model_rows(const char *bind_key);
extern void binds_model_insert(const BindsModelRow *row);
extern bool binds_model_delete(const char *bind_key, const char *model);

/* Rows of all binds; the row of a model, NULL if there is none. */
extern List *binds_model_all_rows(void);
extern BindsModelRow *binds_model_find(const char *bind_key, const char *model);

/* Template of a row and its local relation; InvalidOid if it is not there. */
extern Oid	binds_model_template(const BindsModelRow *row);
extern Oid	binds_model_relation(const BindsModelRow *row);

#endif							/* BINDS_REGISTRY_H */
