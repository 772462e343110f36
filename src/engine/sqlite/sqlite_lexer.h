/*
 * sqlite_lexer.h
 *	  The tokens of a definition as SQLite keeps it, and texts that are the same for
 *	  definitions that mean the same.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SQLITE_LEXER_H
#define BINDS_SQLITE_LEXER_H

#include "lib/stringinfo.h"

typedef enum LiteTokenKind
{
	LITE_TOKEN_END,
	LITE_TOKEN_WORD,			/* bare; a number, too */
	LITE_TOKEN_NAME,			/* in double or back quotes, or brackets */
	LITE_TOKEN_TEXT,			/* in single quotes */
	LITE_TOKEN_SIGN				/* an operator, parenthesis or comma */
} LiteTokenKind;

typedef struct LiteToken
{
	LiteTokenKind kind;
	const char *start;			/* as it stands there */
	const char *end;
	char	   *text;			/* without quotes; palloc'ed */
} LiteToken;

/* The token at p, LITE_TOKEN_END if there is none; go on at its end. */
extern void binds_sqlite_token(const char *p, LiteToken *token);

/* Is it this word (in capitals), or this sign? */
extern bool binds_sqlite_token_is(const LiteToken *token, const char *word);

/* Does a definition name something so?  A text may be a name that is in the wrong quotes. */
extern bool binds_sqlite_names(const char *definition, const char *name);

/*
 * The end of what begins at p with an opening parenthesis; NULL if it has none.
 */
extern const char *binds_sqlite_close(const char *p);

/*
 * Append the tokens from start to end so that white space, comments, the case of words and
 * names and their quotes make no difference.
 */
extern void binds_sqlite_append_same(StringInfo buf, const char *start, const char *end);

/* Append a name likewise. */
extern void binds_sqlite_append_same_name(StringInfo buf, const char *name);

/*
 * Does a name stand in a text, in double or back quotes or brackets and in any case?  bare: or
 * without them, unless it is a function, or a type or collation behind AS or COLLATE.
 */
extern bool binds_sqlite_may_use(const char *text, const char *name, bool bare);

#endif							/* BINDS_SQLITE_LEXER_H */
