/*
 * text.h
 *	  Text on its way to and from engines, whose encoding is UTF-8.
 *
 * What an engine says is not text until it is verified: everything that is no value of
 * a table (names, types, defaults, comments, messages) passes one of these functions.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_TEXT_H
#define BINDS_TEXT_H

#include "lib/stringinfo.h"

/*
 * Text of ours as engines take it; the text itself where nothing has to be done.
 * Where there is no catalog (at the end of a transaction) nothing can be converted: do
 * it before.
 */
extern const char *binds_text_to_engine(const char *text);

/*
 * What an engine says as palloc'ed text in the database encoding.  NULL if it is none:
 * bytes that are not UTF-8, a NUL byte, a character that the encoding does not have.
 * Where there is no catalog it stays in UTF-8: to be compared, not to be shown.
 */
extern char *binds_text_verify(const char *data, size_t length);

/*
 * The same for people: '?' stands for each character that is no text.  Never NULL.
 */
extern char *binds_text_clean(const char *data, size_t length);

/* Copy what an engine says, as it is, cut between two characters to fit into "size". */
extern void binds_text_copy(char *copy, size_t size, const char *text);

/*
 * Do two texts differ at most in the case of letters?  Of which alphabets is a matter of the
 * database's collation; of ASCII's always.
 */
extern bool binds_text_same_folded(const char *a, const char *b);

/* Add a name, in quotes, to a list for people: "a", "b". */
extern void binds_text_list_add(StringInfo list, const char *name);

/* Add what a format makes, as it is, to a list with commas. */
extern void binds_text_list_addf(StringInfo list, const char *fmt,...) pg_attribute_printf(2, 3);

#endif							/* BINDS_TEXT_H */
