/*
 * mysql_lexer.c
 *	  Words, names and texts of a CREATE TABLE as the server shows it, or as we write it.
 *
 * What a server shows for others only, in a comment with a version, is read as if it
 * stood there.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "lib/stringinfo.h"

#include "engine/mysql/mysql_lexer.h"

static const char *skip_blanks(const char *p);
static bool take_quoted(MyLexer *lexer, MyToken *token);
static char unescaped(char c);
static char *trimmed(const char *start, const char *end);

bool
binds_mysql_next_token(MyLexer *lexer, MyToken *token)
{
	const char *p = lexer->p = skip_blanks(lexer->p);

	token->start = p;
	if (*p == '\0')
		return false;
	if (*p == '\'' || *p == '"' || *p == '`')
		return take_quoted(lexer, token);
	if (isalnum((unsigned char) *p) || *p == '_' || *p == '$' || *p == '@' ||
		IS_HIGHBIT_SET(*p))
	{
		while (isalnum((unsigned char) *p) || *p == '_' || *p == '$' || *p == '@' ||
			   IS_HIGHBIT_SET(*p))
			p++;
		token->kind = MY_TOKEN_WORD;
	}
	else
	{
		p++;
		token->kind = MY_TOKEN_SIGN;
	}
	token->length = p - token->start;
	token->text = pnstrdup(token->start, token->length);
	lexer->p = p;
	return true;
}

/* Go behind blanks, comments, and what begins and ends those with a version. */
static const char *
skip_blanks(const char *p)
{
	for (;;)
	{
		while (isspace((unsigned char) *p))
			p++;
		if (strncmp(p, "/*!", 3) == 0 || strncmp(p, "/*M!", 4) == 0)
		{
			p = strchr(p, '!') + 1;
			while (isdigit((unsigned char) *p))
				p++;
		}
		else if (strncmp(p, "/*", 2) == 0)
		{
			const char *end = strstr(p + 2, "*/");

			p = end != NULL ? end + 2 : p + strlen(p);
		}
		else if (strncmp(p, "*/", 2) == 0)
			p += 2;
		else
			return p;
	}
}

static bool
take_quoted(MyLexer *lexer, MyToken *token)
{
	const char *p = lexer->p;
	char		quote = *p++;
	StringInfoData buf;

	initStringInfo(&buf);
	for (; *p != '\0'; p++)
	{
		if (*p == quote && p[1] != quote)
			break;
		if (*p == quote)
			p++;
		else if (*p == '\\' && lexer->escapes && quote != '`' && p[1] != '\0')
		{
			appendStringInfoChar(&buf, unescaped(*++p));
			continue;
		}
		appendStringInfoChar(&buf, *p);
	}
	if (*p == '\0')
		return false;
	token->kind = quote == '`' ? MY_TOKEN_NAME : MY_TOKEN_TEXT;
	token->text = buf.data;
	token->length = p + 1 - token->start;
	lexer->p = p + 1;
	return true;
}

/* A NUL cannot be in a text here. */
static char
unescaped(char c)
{
	switch (c)
	{
		case 'n':
			return '\n';
		case 'r':
			return '\r';
		case 't':
			return '\t';
		case 'Z':
			return '\032';
		default:
			return c;
	}
}

bool
binds_mysql_is_word(const MyToken *token, const char *word)
{
	return token->kind == MY_TOKEN_WORD && pg_strcasecmp(token->text, word) == 0;
}

bool
binds_mysql_names(const char *definition, const char *name)
{
	MyLexer		lexer = {definition, false};
	MyToken		token;

	while (binds_mysql_next_token(&lexer, &token))
	{
		if ((token.kind == MY_TOKEN_NAME || token.kind == MY_TOKEN_WORD) &&
			pg_strcasecmp(token.text, name) == 0)
			return true;
	}
	return false;
}

void
binds_mysql_skip_parentheses(MyLexer *lexer)
{
	MyLexer		ahead = *lexer;
	MyToken		token;
	int			depth = 0;

	while (binds_mysql_next_token(&ahead, &token))
	{
		if (token.kind == MY_TOKEN_SIGN && *token.start == '(')
			depth++;
		else if (token.kind == MY_TOKEN_SIGN && *token.start == ')')
			depth--;
		else if (depth == 0)
			return;
		if (depth == 0)
		{
			*lexer = ahead;
			return;
		}
	}
}

bool
binds_mysql_split_items(const char *sql, bool escapes, List **items, const char **tail)
{
	MyLexer		lexer = {sql, escapes};
	MyToken		token;
	const char *start = NULL;
	int			depth = 0;

	*items = NIL;
	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind != MY_TOKEN_SIGN)
			continue;
		if (*token.start == '(' && depth++ == 0)
			start = lexer.p;
		else if (*token.start == ',' && depth == 1)
		{
			*items = lappend(*items, trimmed(start, token.start));
			start = lexer.p;
		}
		else if (*token.start == ')' && --depth <= 0)
		{
			*items = lappend(*items, trimmed(start, token.start));
			*tail = lexer.p;
			return depth == 0;
		}
	}
	return false;
}

static char *
trimmed(const char *start, const char *end)
{
	if (start == NULL)
		return pstrdup("");
	while (start < end && isspace((unsigned char) *start))
		start++;
	while (end > start && isspace((unsigned char) end[-1]))
		end--;
	return pnstrdup(start, end - start);
}

bool
binds_mysql_is_foreign_key(const char *item)
{
	MyLexer		lexer = {item, false};
	MyToken		token;

	if (!binds_mysql_next_token(&lexer, &token))
		return false;
	if (binds_mysql_is_word(&token, "CONSTRAINT") &&
		(!binds_mysql_next_token(&lexer, &token) ||
		 !binds_mysql_next_token(&lexer, &token)))
		return false;
	return binds_mysql_is_word(&token, "FOREIGN");
}

bool
binds_mysql_has_word(const char *item, const char *word)
{
	MyLexer		lexer = {item, false};
	MyToken		token;
	int			depth = 0;

	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind == MY_TOKEN_SIGN && *token.start == '(')
			depth++;
		else if (token.kind == MY_TOKEN_SIGN && *token.start == ')')
			depth--;
		else if (depth == 0 && binds_mysql_is_word(&token, word))
			return true;
	}
	return false;
}

char *
binds_mysql_key_columns(const char *item)
{
	MyLexer		lexer = {item, false};
	MyToken		token;
	StringInfoData buf;

	initStringInfo(&buf);
	while (binds_mysql_next_token(&lexer, &token))
	{
		bool		sign = token.kind == MY_TOKEN_SIGN;

		if (buf.len == 0 && !(sign && *token.start == '('))
			continue;
		appendBinaryStringInfo(&buf, token.start, token.length);
		if (sign && *token.start == ')')
			return buf.data;
	}
	return NULL;
}

char *
binds_mysql_unescape(const char *sql)
{
	MyLexer		lexer = {sql, true};
	MyToken		token;
	const char *from = sql;
	StringInfoData buf;

	initStringInfo(&buf);
	while (binds_mysql_next_token(&lexer, &token))
	{
		if (token.kind != MY_TOKEN_TEXT)
			continue;
		appendBinaryStringInfo(&buf, from, token.start - from);
		appendStringInfoChar(&buf, '\'');
		for (const char *p = token.text; *p != '\0'; p++)
		{
			if (*p == '\'')
				appendStringInfoChar(&buf, '\'');
			appendStringInfoChar(&buf, *p);
		}
		appendStringInfoChar(&buf, '\'');
		from = lexer.p;
	}
	appendStringInfoString(&buf, from);
	return buf.data;
}
