/*
 * told.h
 *	  What users are told of a model that an engine keeps in part, or otherwise.
 *
 * It is gathered, and not said at once, for who changes a model is told of what the change
 * brings, not of what he has been told before.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_TOLD_H
#define BINDS_TOLD_H

#include "model/model.h"

/*
 * Add a NOTICE to a list.  message, detail and hint are kept as they are; the last two may be
 * NULL.  about: what it says something of, where the words do not tell it from another one;
 * NULL: they do.
 */
extern List *binds_told_add(List *told, const void *about, const char *message,
							const char *detail, const char *hint);

/* Say what is in a list, but for what is in "before" as well. */
extern void binds_told_say(const List *told, const List *before);

/*
 * Say of columns of a model what they all have in common, in one NOTICE: one and several are
 * its words, which go before the quoted names, and after them.  names: List of char *; NIL:
 * nothing is said.
 */
extern void binds_told_say_columns(const BindsModel *model, List *names,
								   const char *const *one, const char *const *several,
								   const char *detail);

#endif							/* BINDS_TOLD_H */
