/*
 * translate.h
 *	  Expressions of models in an engine's words: defaults, checks, indexes.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_TRANSLATE_H
#define BINDS_TRANSLATE_H

#include "model/model.h"

/*
 * Fill in default_sql of columns, sql of checks, expr_sql and where_sql of indexes,
 * in the words of "dialect"; what cannot be said stays NULL.
 */
extern void binds_model_translate(BindsModel *model, const BindsDialect *dialect);

#endif							/* BINDS_TRANSLATE_H */
