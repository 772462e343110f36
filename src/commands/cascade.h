/*
 * cascade.h
 *	  What DROP ... CASCADE of a part of a model takes with it in models.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CASCADE_H
#define BINDS_CASCADE_H

#include "nodes/parsenodes.h"

#include "model/registry.h"

/*
 * Let a statement that is about a model name all columns of it that go by CASCADE: those that
 * PostgreSQL computes from one that it names.  Told by a NOTICE.
 */
extern void binds_cascade_add_columns(Node *statement, const BindsModelRow *row);

/*
 * The foreign keys of models that go by CASCADE (List of BindsModelReference), but for those
 * that the statement names.
 */
extern List *binds_cascade_keys(const Node *statement, BindsModelRow *row);

/* Drop a foreign key of a template, whoever owns that, told by a NOTICE; plain: of DDL that is plain. */
extern void binds_cascade_cut(const BindsModelReference *key, bool plain);

#endif							/* BINDS_CASCADE_H */
