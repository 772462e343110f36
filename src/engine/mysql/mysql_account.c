/*
 * mysql_account.c
 *	  By what an account of MySQL or MariaDB is identified.
 *
 * Neither client library tells by what it was let in, but the server shows everybody
 * his own account.  Passwords, as far as it shows them, are looked at by nobody here.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "engine/mysql/mysql_driver.h"

/* A word, a quoted name or text, or one other character of a statement. */
typedef struct Token
{
	const char *start;			/* without the quotes */
	size_t		length;
	char		quote;			/* 0: none */
} Token;

/* What lets nobody in who does not know the password. */
static const char *const plugins[] = {
	"mysql_native_password", "caching_sha2_password", "sha256_password",
	"ed25519", "parsec", NULL
};

static char *ask(BindsDriverConn *conn, const char *sql);
static bool only_passwords(const char *account);
static bool read_factor(const char **text, Token *token);
static bool is_plugin(const Token *token);
static void next_token(const char **text, Token *token);
static bool is_word(const Token *token, const char *word);

/*
 * Is whoever connects as this one asked for a password, whatever his operating system
 * says of him?  False, too, where the server does not say: if a proxy user was logged in,
 * the account that is shown is not the one that was identified.
 */
bool
binds_mysql_asks_password(BindsDriverConn *conn)
{
	char	   *proxy = ask(conn, "SELECT IF(@@proxy_user IS NULL, 'none', 'some')");
	char	   *account = NULL;
	bool		asks = false;

	if (proxy != NULL && strcmp(proxy, "none") == 0)
		account = ask(conn, "SHOW CREATE USER CURRENT_USER()");
	if (account != NULL)
	{
		asks = only_passwords(account);
		explicit_bzero(account, strlen(account));
	}
	free(account);
	free(proxy);
	return asks;
}

/*
 * The answer to a query of one row and one column, to be freed; NULL if there is none.
 */
static char *
ask(BindsDriverConn *conn, const char *sql)
{
	BindsQuery	query = {.sql = sql, .ncolumns = 1};
	BindsError	error;
	BindsOutcome outcome;
	BindsValue	value;
	BindsDriverStmt *stmt = binds_mysql_driver.prepare(conn, &query, &error);
	char	   *answer = NULL;

	if (stmt == NULL)
		return NULL;
	if (binds_mysql_driver.execute(stmt, NULL, &outcome, &error) &&
		outcome.ncolumns == 1 &&
		binds_mysql_driver.fetch(stmt, &value, &error) == BINDS_FETCH_ROW &&
		(value.kind == BINDS_TEXT || value.kind == BINDS_BLOB))
		answer = strndup(value.data, value.length);
	binds_mysql_driver.finalize(stmt);
	return answer;
}

/*
 * Does a CREATE USER identify by passwords alone?
 *
 *	CREATE USER `u`@`h` IDENTIFIED BY PASSWORD '*...'
 *	CREATE USER `u`@`h` IDENTIFIED VIA ed25519 USING '...' OR unix_socket
 *	CREATE USER `u`@`h` IDENTIFIED WITH 'caching_sha2_password' AS '...' REQUIRE ...
 *
 * Of several factors that MySQL asks for the first is looked at: all of them count.
 */
static bool
only_passwords(const char *account)
{
	Token		token;

	do
		next_token(&account, &token);
	while (token.start != NULL && !is_word(&token, "IDENTIFIED"));
	if (token.start == NULL)
		return false;

	next_token(&account, &token);
	if (is_word(&token, "BY"))
	{
		next_token(&account, &token);
		if (!is_word(&token, "PASSWORD"))
			return false;
		next_token(&account, &token);
		next_token(&account, &token);
		return !is_word(&token, "OR");
	}
	if (!is_word(&token, "VIA") && !is_word(&token, "WITH"))
		return false;
	do
	{
		next_token(&account, &token);
		if (!read_factor(&account, &token))
			return false;
	} while (is_word(&token, "OR"));
	return true;
}

/*
 * Read on from the name of a plugin to what comes after it and its USING or AS.  False if
 * it is none of ours.
 */
static bool
read_factor(const char **text, Token *token)
{
	if (!is_plugin(token))
		return false;
	next_token(text, token);
	if (is_word(token, "USING") || is_word(token, "AS"))
	{
		next_token(text, token);
		next_token(text, token);
	}
	return true;
}

static bool
is_plugin(const Token *token)
{
	for (int i = 0; token->start != NULL && plugins[i] != NULL; i++)
	{
		if (strlen(plugins[i]) == token->length &&
			pg_strncasecmp(plugins[i], token->start, token->length) == 0)
			return true;
	}
	return false;
}

/* The next token; start NULL at the end.  A doubled quote is part of what it quotes. */
static void
next_token(const char **text, Token *token)
{
	const char *p = *text + strspn(*text, " \t\r\n");

	memset(token, 0, sizeof(*token));
	*text = p;
	if (*p == '\0')
		return;
	if (*p == '\'' || *p == '"' || *p == '`')
	{
		token->quote = *p;
		token->start = ++p;
		while (*p != '\0' && (*p != token->quote || p[1] == token->quote))
			p += *p == token->quote ? 2 : 1;
		token->length = p - token->start;
		*text = *p != '\0' ? p + 1 : p;
		return;
	}
	token->start = p;
	while (*p == '_' || isalnum((unsigned char) *p))
		p++;
	if (p == token->start)
		p++;
	token->length = p - token->start;
	*text = p;
}

/* Is it a word of the language? */
static bool
is_word(const Token *token, const char *word)
{
	return token->start != NULL && token->quote == 0 &&
		token->length == strlen(word) &&
		pg_strncasecmp(token->start, word, token->length) == 0;
}
