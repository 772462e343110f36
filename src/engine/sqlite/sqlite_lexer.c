/*
 * sqlite_lexer.c
 *	  The tokens of a definition as SQLite keeps it, and texts that are the same for
 *	  definitions that mean the same.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "miscadmin.h"

#include "engine/sqlite/sqlite_lexer.h"

static size_t length_of_quoted(const char *p, char quote);
static const char *skip_blanks(const char *p);
static bool is_word_character(char c);
static const char *end_of_number(const char *p);
static const char *end_of_sign(const char *p);

void
binds_sqlite_token(const char *p, LiteToken *token)
{
	char		quote;
	char	   *text;

	CHECK_FOR_INTERRUPTS();
	p = skip_blanks(p);
	token->start = token->end = p;
	token->kind = LITE_TOKEN_END;
	token->text = NULL;
	if (*p == '\0')
		return;
	if (strchr("\"`'[", *p) != NULL)
	{
		quote = *p == '[' ? ']' : *p;
		token->kind = *p == '\'' ? LITE_TOKEN_TEXT : LITE_TOKEN_NAME;
		/* of the length that it needs: a file may have hundreds of thousands */
		text = token->text = palloc(length_of_quoted(p, quote) + 1);
		for (p++; *p != '\0' && (*p != quote || (quote != ']' && p[1] == quote)); p++)
		{
			*text++ = *p;
			if (*p == quote)
				p++;
		}
		*text = '\0';
		token->end = *p != '\0' ? p + 1 : p;
		return;
	}
	if (isdigit((unsigned char) *p) || (*p == '.' && isdigit((unsigned char) p[1])))
	{
		token->kind = LITE_TOKEN_WORD;
		p = end_of_number(p);
	}
	else if (is_word_character(*p))
	{
		token->kind = LITE_TOKEN_WORD;
		while (is_word_character(*p))
			p++;
	}
	else
	{
		token->kind = LITE_TOKEN_SIGN;
		p = end_of_sign(p);
	}
	token->end = p;
	token->text = pnstrdup(token->start, p - token->start);
}

/* At most, that is, quotes included. */
static size_t
length_of_quoted(const char *p, char quote)
{
	const char *start = p;

	for (p++; *p != '\0' && (*p != quote || (quote != ']' && p[1] == quote)); p++)
	{
		if (*p == quote)
			p++;
	}
	return p - start;
}

static const char *
skip_blanks(const char *p)
{
	for (;;)
	{
		while (isspace((unsigned char) *p))
			p++;
		if (p[0] == '-' && p[1] == '-')
			p += strcspn(p, "\n");
		else if (p[0] == '/' && p[1] == '*')
		{
			const char *end = strstr(p + 2, "*/");

			p = end != NULL ? end + 2 : p + strlen(p);
		}
		else
			return p;
	}
}

static bool
is_word_character(char c)
{
	return isalnum((unsigned char) c) || c == '_' || c == '$' || IS_HIGHBIT_SET(c);
}

/* 12, 1.5e-3, 0x1F */
static const char *
end_of_number(const char *p)
{
	bool		hex = p[0] == '0' && (p[1] == 'x' || p[1] == 'X');

	for (; isalnum((unsigned char) *p) || *p == '.' || *p == '_'; p++)
	{
		if (!hex && (*p == 'e' || *p == 'E') && (p[1] == '+' || p[1] == '-'))
			p++;
	}
	return p;
}

static const char *
end_of_sign(const char *p)
{
	static const char *const signs[] = {
		"->>", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"
	};

	for (int i = 0; i < (int) lengthof(signs); i++)
	{
		if (strncmp(p, signs[i], strlen(signs[i])) == 0)
			return p + strlen(signs[i]);
	}
	return p + 1;
}

bool
binds_sqlite_token_is(const LiteToken *token, const char *word)
{
	return (token->kind == LITE_TOKEN_WORD || token->kind == LITE_TOKEN_SIGN) &&
		pg_strcasecmp(token->text, word) == 0;
}

bool
binds_sqlite_names(const char *definition, const char *name)
{
	LiteToken	token;

	for (const char *p = definition;; p = token.end)
	{
		binds_sqlite_token(p, &token);
		if (token.kind == LITE_TOKEN_END)
			return false;
		if (token.kind != LITE_TOKEN_SIGN && pg_strcasecmp(token.text, name) == 0)
			return true;
	}
}

const char *
binds_sqlite_close(const char *p)
{
	LiteToken	token;
	int			depth = 0;

	for (;; p = token.end)
	{
		binds_sqlite_token(p, &token);
		if (token.kind == LITE_TOKEN_END)
			return NULL;
		if (binds_sqlite_token_is(&token, "("))
			depth++;
		else if (binds_sqlite_token_is(&token, ")") && --depth <= 0)
			return token.end;
	}
}

void
binds_sqlite_append_same(StringInfo buf, const char *start, const char *end)
{
	LiteToken	token;

	for (const char *p = start;; p = token.end)
	{
		binds_sqlite_token(p, &token);
		if (token.kind == LITE_TOKEN_END || token.start >= end)
			return;
		if (buf->len > 0)
			appendStringInfoChar(buf, ' ');
		if (token.kind == LITE_TOKEN_TEXT || token.kind == LITE_TOKEN_SIGN)
			appendBinaryStringInfo(buf, token.start, token.end - token.start);
		else
			binds_sqlite_append_same_name(buf, token.text);
	}
}

/* SQLite folds ASCII letters only.  What is no word would not be told from several. */
void
binds_sqlite_append_same_name(StringInfo buf, const char *name)
{
	bool		word = true;

	for (const char *p = name; *p != '\0'; p++)
		word = word && is_word_character(*p);
	if (!word)
		appendStringInfoChar(buf, '"');
	for (; *name != '\0'; name++)
		appendStringInfoChar(buf, pg_ascii_tolower((unsigned char) *name));
	if (!word)
		appendStringInfoChar(buf, '"');
}

bool
binds_sqlite_may_use(const char *text, const char *name, bool bare)
{
	bool		named = false;	/* the last token is it, if no function */
	bool		other = false;	/* a type or a collation comes next */
	LiteToken	token;

	/* most do not have it at all, and quotes in a name are doubled */
	if (strpbrk(name, "\"`") == NULL && strcasestr(text, name) == NULL)
		return false;
	for (binds_sqlite_token(text, &token);; binds_sqlite_token(token.end, &token))
	{
		if (named && !binds_sqlite_token_is(&token, "("))
			return true;
		if (token.kind == LITE_TOKEN_END)
			return false;
		named = bare && !other && token.kind == LITE_TOKEN_WORD &&
			pg_strcasecmp(token.text, name) == 0;
		if (token.kind == LITE_TOKEN_NAME && pg_strcasecmp(token.text, name) == 0)
			return true;
		other = binds_sqlite_token_is(&token, "AS") || binds_sqlite_token_is(&token, "COLLATE");
	}
}
