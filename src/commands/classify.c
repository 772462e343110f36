/*
 * classify.c
 *	  What a statement in an engine's own SQL does, as far as its first word tells.
 *
 * The engine is asked what a statement does; a word decides only what must not reach it,
 * or what it could not tell before it has done it.  Which words these are is the
 * dialect's table.  Behind it stand the engines themselves: a MySQL branch that writes
 * is an XA branch, in which the server refuses COMMIT and DDL, and SQLite's authorizer
 * denies them; here the refusal comes early and says what to do.
 *
 * Comments are skipped, but the inside of MySQL's executable comments is read as
 * the code that it is.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/classify.h"

typedef struct Scanner
{
	const char *rest;
	bool		standard;		/* "--" alone begins a comment, '#' does not */
	bool		executable;		/* an executable comment has begun: to the
								 * server, the first word may be another one */
} Scanner;

static int	first_word(Scanner *scanner);
static void skip_blanks(Scanner *scanner);
static bool skip_comment(Scanner *scanner);
static void refuse(const char *bind_key, const char *word, bool commits)
			__attribute__((noreturn));

BindsWordKind
binds_classify_statement(const BindsDialect *dialect, const char *bind_key,
						 const char *sql, char **word)
{
	Scanner		scanner = {sql, dialect->quote == '"'};
	int			length = first_word(&scanner);

	*word = pnstrdup(scanner.rest, Min(length, NAMEDATALEN - 1));
	for (char *c = *word; *c != '\0'; c++)
		*c = pg_ascii_toupper((unsigned char) *c);

	for (const BindsWord *known = dialect->words; known->word != NULL; known++)
	{
		if (strcmp(known->word, *word) != 0)
			continue;
		if (known->kind == BINDS_WORD_REFUSED || known->kind == BINDS_WORD_COMMITS)
			refuse(bind_key, *word, known->kind == BINDS_WORD_COMMITS);
		return scanner.executable ? BINDS_WORD_UNKNOWN : known->kind;
	}
	return BINDS_WORD_UNKNOWN;
}

void
binds_classify_refuse(const char *bind_key, const char *word)
{
	refuse(bind_key, word, false);
}

/*
 * Go to the first word and return its length; 0 if the statement does not begin with
 * one.
 */
static int
first_word(Scanner *scanner)
{
	const char *end;

	do
		skip_blanks(scanner);
	while (*scanner->rest == '(' && *++scanner->rest != '\0');

	if (*scanner->rest == '\0' || *scanner->rest == ';')
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("statement is empty")));
	for (end = scanner->rest; isalpha((unsigned char) *end) || *end == '_' ||
		 IS_HIGHBIT_SET(*end) || (end > scanner->rest && isdigit((unsigned char) *end));
		 end++)
		 /* a letter */ ;
	if (end == scanner->rest)
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("statement does not begin with a word")));
	return end - scanner->rest;
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
 * Skip a comment, or the mark that begins an executable one.  MySQL wants a blank after
 * "--", and knows '#'.
 */
static bool
skip_comment(Scanner *scanner)
{
	const char *c = scanner->rest;

	if (c[0] == '*' && c[1] == '/' && !scanner->standard)
	{
		scanner->rest += 2;		/* the end of an executable one */
		return true;
	}
	if (c[0] == '/' && c[1] == '*')
	{
		if (!scanner->standard && (c[2] == '!' || (c[2] == 'M' && c[3] == '!')))
		{
			c += c[2] == '!' ? 3 : 4;
			scanner->rest = c + strspn(c, "0123456789");
			scanner->executable = true;
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

static void
refuse(const char *bind_key, const char *word, bool commits)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot execute %s on bind \"%s\"", word, bind_key),
			 commits ? errdetail("The engine would commit the transaction.") :
			 errdetail("Statements that end the transaction or change the connection are refused."),
			 commits ? errhint("Use define and create_all, or a client of the engine.") :
			 errhint("The bind follows the transaction of the session: use BEGIN, COMMIT, ROLLBACK and SAVEPOINT there.")));
}
