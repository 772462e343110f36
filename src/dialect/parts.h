/*
 * parts.h
 *	  Definitions of tables as lists of parts, and what two of them do not have in common.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PARTS_H
#define BINDS_PARTS_H

#include "dialect/dialect.h"

/*
 * Add a part.  Texts are kept as they are given, not copied; same NULL: the text.  The
 * result is valid until the next call.
 */
extern BindsPart *binds_part_add(BindsTableParts *definition, BindsPartKind kind,
								 const char *name, const char *text, const char *same);

/* The part of this kind and name, NULL if there is none. */
extern const BindsPart *binds_part_find(const BindsTableParts *definition,
										BindsPartKind kind, const char *name);

/*
 * The differences in the order in which they are to be repaired; returns their number.
 * folds: names that differ only in case are the same.  apart: no single statement replaces
 * a part of these kinds (BINDS_PART_BIT), so one that is another is an extra and a missing
 * one.
 */
extern int	binds_parts_compare(const BindsTableParts *found,
								const BindsTableParts *expected, bool folds,
								int apart, BindsDifference **result);

/*
 * Does a part stand for another one, so that nobody who has the rows would miss that?  Of keys
 * a primary one may for a unique one, and the other way round.
 */
extern bool binds_part_stands_for(const BindsPart *part, const BindsPart *other);

/* "column", "unique key" ... */
extern const char *binds_part_words(BindsPartKind kind);

/* Append a clause to the note of a difference; palloc'ed. */
extern void binds_difference_note(BindsDifference *difference, const char *clause);

#endif							/* BINDS_PARTS_H */
