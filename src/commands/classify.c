/*
 * classify.c
 *	  What a statement in an engine's own SQL does, told by its words.
 *
 * The first word decides, by a list of what is allowed: everything that is not on
 * it is refused, for an engine may learn a new way to end a transaction.  Behind it
 * stand the engines themselves: a MySQL branch that writes is an XA branch, in
 * which the server refuses COMMIT and DDL, and SQLite's authorizer denies them; here
 * the refusal comes early and says what to do.
 *
 * Comments are skipped, but the inside of MySQL's executable comments is read as
 * the code that it is.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/classify.h"

/* A word, or another character, at a depth of parentheses. */
typedef struct Token
{
	const char *start;
	int			length;			/* 0: end of the statement */
	bool		word;
} Token;

typedef struct Scanner
{
	const char *rest;
	bool		standard;		/* "--" alone begins a comment, '#' does not */
	bool		executable;		/* inside of an executable comment */
	int			depth;
} Scanner;

typedef struct Verb
{
	const char *word;
	BindsUseKind kind;
} Verb;

/*
 * Verbs that leave transaction and connection alone.  DDL is taken only where it is
 * part of the transaction.
 */
static const Verb verbs[] = {
	{"SELECT", BINDS_USE_READ},
	{"VALUES", BINDS_USE_READ},
	{"TABLE", BINDS_USE_READ},
	{"WITH", BINDS_USE_READ},
	{"SHOW", BINDS_USE_READ},
	{"DESC", BINDS_USE_READ},
	{"DESCRIBE", BINDS_USE_READ},
	{"EXPLAIN", BINDS_USE_READ},
	{"PRAGMA", BINDS_USE_READ},
	{"INSERT", BINDS_USE_WRITE},
	{"REPLACE", BINDS_USE_WRITE},
	{"UPDATE", BINDS_USE_WRITE},
	{"DELETE", BINDS_USE_WRITE},
	{"CALL", BINDS_USE_WRITE},
	{"DO", BINDS_USE_WRITE},
	{"LOAD", BINDS_USE_WRITE},
	{"CREATE", BINDS_USE_DDL},
	{"ALTER", BINDS_USE_DDL},
	{"DROP", BINDS_USE_DDL},
	{"REINDEX", BINDS_USE_DDL},
	{"ANALYZE", BINDS_USE_DDL},
	{"TRUNCATE", BINDS_USE_DDL},
	{"RENAME", BINDS_USE_DDL},
	{"GRANT", BINDS_USE_DDL},
	{"REVOKE", BINDS_USE_DDL},
	{NULL}
};

static const Verb *find_verb(const Token *token);
static BindsUseKind refine(Scanner *scanner, BindsUseKind kind, bool with);
static bool next_token(Scanner *scanner, Token *token);
static void skip_blanks(Scanner *scanner);
static bool skip_comment(Scanner *scanner);
static void skip_quoted(Scanner *scanner, char quote);
static bool is_word(const Token *token, const char *word);
static void refuse(const BindsDialect *dialect, const char *bind_key,
				   const Token *token, bool ddl) __attribute__((noreturn));

BindsUseKind
binds_classify_statement(const BindsDialect *dialect, const char *bind_key,
						 const char *sql)
{
	Scanner		scanner = {sql};
	Token		token;
	const Verb *verb;

	scanner.standard = dialect->quote == '"';
	do
	{
		if (!next_token(&scanner, &token))
			ereport(ERROR,
					(errcode(ERRCODE_SYNTAX_ERROR),
					 errmsg("statement is empty")));
	} while (!token.word && token.start[0] == '(');

	verb = find_verb(&token);
	if (verb == NULL)
		refuse(dialect, bind_key, &token, false);
	if (verb->kind == BINDS_USE_DDL && !dialect->transactional_ddl)
		refuse(dialect, bind_key, &token, true);
	return refine(&scanner, verb->kind, is_word(&token, "WITH"));
}

static const Verb *
find_verb(const Token *token)
{
	for (const Verb *verb = verbs; verb->word != NULL; verb++)
	{
		if (is_word(token, verb->word))
			return verb;
	}
	return NULL;
}

/*
 * Read the rest: FOR UPDATE and the like lock rows, WITH may introduce a change, and a
 * second statement is refused (the body of a trigger holds several).
 */
static BindsUseKind
refine(Scanner *scanner, BindsUseKind kind, bool with)
{
	Token		token;
	Token		last = {NULL, 0, false};
	bool		ended = false;
	bool		trigger = false;

	while (next_token(scanner, &token))
	{
		if (!token.word && token.start[0] == ';' && scanner->depth <= 0)
			ended = true;
		else if (ended && !trigger)
			ereport(ERROR,
					(errcode(ERRCODE_SYNTAX_ERROR),
					 errmsg("cannot execute several statements at once")));
		if (kind == BINDS_USE_READ &&
			((is_word(&last, "FOR") && (is_word(&token, "UPDATE") || is_word(&token, "SHARE"))) ||
			 (is_word(&last, "LOCK") && is_word(&token, "IN"))))
			kind = BINDS_USE_LOCK;
		else if (with && scanner->depth <= 0 && kind != BINDS_USE_WRITE &&
				 (is_word(&token, "INSERT") || is_word(&token, "UPDATE") ||
				  is_word(&token, "DELETE") || is_word(&token, "REPLACE")))
			kind = BINDS_USE_WRITE;
		if (kind == BINDS_USE_DDL && is_word(&token, "TRIGGER"))
			trigger = true;
		last = token;
	}
	return kind;
}

/* ------------------------------------------------------------------------
 * Tokens
 * ------------------------------------------------------------------------ */

/* Read a token; quoted text counts as one that is no word.  False at the end. */
static bool
next_token(Scanner *scanner, Token *token)
{
	skip_blanks(scanner);
	token->start = scanner->rest;
	token->word = false;
	token->length = 0;
	if (*scanner->rest == '\0')
		return false;
	if (isalpha((unsigned char) *scanner->rest) || *scanner->rest == '_' ||
		IS_HIGHBIT_SET(*scanner->rest))
	{
		while (isalnum((unsigned char) *scanner->rest) || *scanner->rest == '_' ||
			   *scanner->rest == '$' || IS_HIGHBIT_SET(*scanner->rest))
			scanner->rest++;
		token->word = true;
	}
	else if (strchr("'\"`", *scanner->rest) != NULL)
		skip_quoted(scanner, *scanner->rest);
	else if (*scanner->rest == '[' && scanner->standard)
		skip_quoted(scanner, ']');
	else
	{
		if (*scanner->rest == '(')
			scanner->depth++;
		else if (*scanner->rest == ')')
			scanner->depth--;
		scanner->rest++;
	}
	token->length = scanner->rest - token->start;
	return true;
}

static void
skip_blanks(Scanner *scanner)
{
	for (;;)
	{
		if (isspace((unsigned char) *scanner->rest))
			scanner->rest++;
		else if (!skip_comment(scanner))
			return;
	}
}

/*
 * Skip a comment, or the marks of an executable one.  MySQL wants a blank after
 * "--", and knows '#'.
 */
static bool
skip_comment(Scanner *scanner)
{
	const char *c = scanner->rest;

	if (scanner->executable && c[0] == '*' && c[1] == '/')
	{
		scanner->executable = false;
		scanner->rest += 2;
		return true;
	}
	if (c[0] == '/' && c[1] == '*')
	{
		if (!scanner->standard && (c[2] == '!' || (c[2] == 'M' && c[3] == '!')))
		{
			scanner->executable = true;
			c += c[2] == '!' ? 3 : 4;
			scanner->rest = c + strspn(c, "0123456789");
			return true;
		}
		c = strstr(c + 2, "*/");
		scanner->rest = c != NULL ? c + 2 : scanner->rest + strlen(scanner->rest);
		return true;
	}
	if ((c[0] == '-' && c[1] == '-' &&
		 (scanner->standard || c[2] == '\0' || isspace((unsigned char) c[2]))) ||
		(c[0] == '#' && !scanner->standard))
	{
		scanner->rest += strcspn(c, "\n");
		return true;
	}
	return false;
}

/* Skip to behind the closing quote; a doubled one is two quoted texts to us. */
static void
skip_quoted(Scanner *scanner, char quote)
{
	const char *end = strchr(scanner->rest + 1, quote);

	scanner->rest = end != NULL ? end + 1 : scanner->rest + strlen(scanner->rest);
}

static bool
is_word(const Token *token, const char *word)
{
	return token->word && token->length == (int) strlen(word) &&
		pg_strncasecmp(token->start, word, token->length) == 0;
}

static void
refuse(const BindsDialect *dialect, const char *bind_key, const Token *token,
	   bool ddl)
{
	char	   *word;

	if (!token->word)
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("statement does not begin with a word")));
	word = pnstrdup(token->start, Min(token->length, 63));
	for (char *c = word; *c != '\0'; c++)
		*c = pg_ascii_toupper((unsigned char) *c);
	if (ddl)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot execute %s on bind \"%s\"", word, bind_key),
				 errdetail("The engine would commit the transaction."),
				 errhint("Use define and create_all, or a client of the engine.")));
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot execute %s on bind \"%s\"", word, bind_key),
			 errdetail("Statements that end the transaction or change the connection are refused."),
			 errhint("The bind follows the transaction of the session: use BEGIN, COMMIT, ROLLBACK and SAVEPOINT there.")));
}
