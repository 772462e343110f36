/*
 * mysql_lexer.h
 *	  Words, names and texts of a CREATE TABLE as the server shows it, or as we write it.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MYSQL_LEXER_H
#define BINDS_MYSQL_LEXER_H

#include "nodes/pg_list.h"

typedef struct MyLexer
{
	const char *p;				/* what comes next */
	bool		escapes;		/* a backslash in a text is an escape */
} MyLexer;

typedef enum MyTokenKind
{
	MY_TOKEN_WORD,				/* a number, too */
	MY_TOKEN_NAME,				/* in backquotes */
	MY_TOKEN_TEXT,				/* in quotes */
	MY_TOKEN_SIGN				/* one character */
} MyTokenKind;

typedef struct MyToken
{
	MyTokenKind kind;
	const char *start;			/* as it stands there */
	size_t		length;
	char	   *text;			/* without quotes; palloc'ed */
} MyToken;

/* Take the next token; false at the end, or if there is none that is complete. */
extern bool binds_mysql_next_token(MyLexer *lexer, MyToken *token);

/* Is a token this word, in either case? */
extern bool binds_mysql_is_word(const MyToken *token, const char *word);

/* Does a definition name something so? */
extern bool binds_mysql_names(const char *definition, const char *name);

/* Go behind the parentheses that come next, if any do. */
extern void binds_mysql_skip_parentheses(MyLexer *lexer);

/*
 * Take apart a CREATE TABLE: *items are what stands between its parentheses (char *),
 * *tail what comes after them.  False if it is none.
 */
extern bool binds_mysql_split_items(const char *sql, bool escapes, List **items,
									const char **tail);

/* Is an item a foreign key? */
extern bool binds_mysql_is_foreign_key(const char *item);

/* Does one of these words stand in an item, outside of its parentheses? */
extern bool binds_mysql_has_word(const char *item, const char *word);

/* The columns of a key, or of the foreign key's own: "(`a`,`b`)"; NULL: it has none. */
extern char *binds_mysql_key_columns(const char *item);

/* Write texts with backslash escapes as those that have none; palloc'ed. */
extern char *binds_mysql_unescape(const char *sql);

#endif							/* BINDS_MYSQL_LEXER_H */
