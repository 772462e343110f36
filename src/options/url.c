/*
 * url.c
 *	  Database URLs with SQLAlchemy's grammar.
 *
 * A library for RFC 3986 will not do: SQLAlchemy's grammar takes a '/' inside a
 * password, blanks, and a host that is not decoded.  What matches here is what its
 * regular expression matches, with the same greed; each part has its function, and a
 * cursor goes through the text once.
 *
 * The text is parsed in UTF-8, because percent-escapes are UTF-8; the parts are
 * given back in the encoding of the database.  Everything is palloc'ed in the
 * caller's context.  No message repeats any of the URL: it may carry a password.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/formatting.h"

#include "options/url.h"

#define PORT_MAX 65535

static const char *parse_drivername(BindsUrl *url, const char *text);
static const char *parse_credentials(BindsUrl *url, const char *text);
static const char *parse_host(BindsUrl *url, const char *text);
static const char *parse_port(BindsUrl *url, const char *text);
static void parse_query(BindsUrl *url, const char *text);
static char *unquote(const char *text, size_t length, bool plus, const char *part);
static int	hex_digit(char c);
static char *to_server(char *utf8, const char *part);
static void append_quoted(StringInfo buf, const char *text, const char *safe,
						  bool plus);
static void sort_query(BindsUrlQuery *query, int count);

/* Raise an error; the detail says which part is wrong, never what it holds. */
#define url_error(...) \
	ereport(ERROR, \
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), \
			 errmsg("invalid database URL"), \
			 errdetail(__VA_ARGS__), \
			 errhint("A URL has the form dialect://user:password@host:port/database?name=value, with special characters written as %%40 and the like."), \
			 errhidestmt(true), errhidecontext(true)))

BindsUrl *
binds_url_parse(const char *text)
{
	BindsUrl   *url = palloc0(sizeof(BindsUrl));
	const char *rest;
	const char *end;

	text = pg_server_to_any(text, strlen(text), PG_UTF8);
	rest = parse_drivername(url, text);
	rest = parse_credentials(url, rest);
	rest = parse_host(url, rest);
	rest = parse_port(url, rest);
	if (*rest == '/')
	{
		rest++;
		end = rest + strcspn(rest, "?");
		url->database = unquote(rest, end - rest, false, "database");
		rest = end;
	}
	if (*rest == '?')
		parse_query(url, rest + 1);
	else if (*rest != '\0')
		url_error("There is text between the host in brackets and what follows it.");
	return url;
}

char *
binds_url_render(const BindsUrl *url, bool mask, bool credentials)
{
	StringInfoData buf;
	BindsUrlQuery *sorted;

	initStringInfo(&buf);
	appendStringInfo(&buf, "%s://", url->drivername);
	if (credentials && url->username != NULL)
	{
		append_quoted(&buf, url->username, " +", false);
		if (url->password != NULL)
		{
			appendStringInfoChar(&buf, ':');
			if (mask)
				appendStringInfoString(&buf, "***");
			else
				append_quoted(&buf, url->password, " +", false);
		}
		appendStringInfoChar(&buf, '@');
	}
	if (url->host != NULL)
		appendStringInfo(&buf, strchr(url->host, ':') ? "[%s]" : "%s", url->host);
	if (url->port != 0)
		appendStringInfo(&buf, ":%d", url->port);
	if (url->database != NULL)
	{
		appendStringInfoChar(&buf, '/');
		append_quoted(&buf, url->database, " +/", false);
	}
	if (url->nquery == 0)
		return buf.data;

	sorted = palloc(url->nquery * sizeof(BindsUrlQuery));
	memcpy(sorted, url->query, url->nquery * sizeof(BindsUrlQuery));
	sort_query(sorted, url->nquery);
	for (int i = 0; i < url->nquery; i++)
	{
		appendStringInfoChar(&buf, i == 0 ? '?' : '&');
		append_quoted(&buf, sorted[i].name, "", true);
		appendStringInfoChar(&buf, '=');
		if (mask && binds_url_is_secret(sorted[i].name))
			appendStringInfoString(&buf, "***");
		else
			append_quoted(&buf, sorted[i].value, "", true);
	}
	return buf.data;
}

const char *
binds_url_get(const BindsUrl *url, const char *name)
{
	for (int i = 0; i < url->nquery; i++)
	{
		if (strcmp(url->query[i].name, name) == 0)
			return url->query[i].value;
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * The parts, in their order; each returns what follows it
 * ------------------------------------------------------------------------ */

static const char *
parse_drivername(BindsUrl *url, const char *text)
{
	size_t		length = strspn(text, "abcdefghijklmnopqrstuvwxyz"
								"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+");
	size_t		scheme;

	if (strncmp(text + length, "://", 3) != 0)
		url_error("It does not begin with the name of a dialect and \"://\".");
	url->drivername = pnstrdup(text, length);
	scheme = strcspn(url->drivername, "+");
	if (scheme == 0)
		url_error("The name of the dialect is missing.");
	if (strcspn(url->drivername, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < length)
		url_error("The name of the dialect must be in lower case.");
	url->scheme = pnstrdup(url->drivername, scheme);
	return text + length + 3;
}

/*
 * User name and password.  A user name holds neither ':' nor '/'; a password holds
 * anything but '@', even a '/'.  Without a password the last '@' counts.
 */
static const char *
parse_credentials(BindsUrl *url, const char *text)
{
	const char *end = text + strcspn(text, ":/");
	const char *at;

	if (*end == ':' && (at = strchr(end, '@')) != NULL)
	{
		url->username = unquote(text, end - text, false, "user name");
		url->password = unquote(end + 1, at - end - 1, false, "password");
		return at + 1;
	}
	for (at = end - 1; at >= text; at--)
	{
		if (*at == '@')
		{
			url->username = unquote(text, at - text, false, "user name");
			return at + 1;
		}
	}
	return text;
}

/*
 * The host, which is not percent-decoded: "[fe80::1%25eth0]" stays as it is.
 */
static const char *
parse_host(BindsUrl *url, const char *text)
{
	const char *start = text;
	const char *end;

	if (*text == '[')
	{
		start = text + 1;
		for (end = start + strcspn(start, "/?") - 1; end > start; end--)
		{
			if (*end == ']')
			{
				url->host = to_server(pnstrdup(start, end - start), "host");
				end++;
				if (*end != '\0' && strchr(":/?", *end) == NULL)
					url_error("There is text between the host in brackets and what follows it.");
				return end;
			}
		}
		start = text;
	}
	end = start + strcspn(start, "/:?");
	/* the rest of a password, which would be shown as part of the host */
	if (memchr(start, '@', end - start) != NULL)
		url_error("The host contains \"@\".");
	if (end > start)
		url->host = to_server(pnstrdup(start, end - start), "host");
	return end;
}

static const char *
parse_port(BindsUrl *url, const char *text)
{
	size_t		length;

	if (*text != ':')
		return text;
	text++;
	length = strcspn(text, "/?");
	if (length >= 1 && length <= 5 && strspn(text, "0123456789") >= length)
		url->port = atoi(text);
	if (url->port < 1 || url->port > PORT_MAX)
		url_error("The port is not a number from 1 to %d.", PORT_MAX);
	return text + length;
}

/*
 * Names and values between '&'.  As in Python, those without a value are left out.
 */
static void
parse_query(BindsUrl *url, const char *text)
{
	int			room = 1;

	for (const char *c = text; *c != '\0'; c++)
	{
		if (*c == '&')
			room++;
		if (*c == '\n')
			url_error("There is a line break in the query part.");
	}
	url->query = palloc(room * sizeof(BindsUrlQuery));
	while (*text != '\0')
	{
		const char *end = text + strcspn(text, "&");
		const char *equal = memchr(text, '=', end - text);

		if (equal != NULL && equal + 1 < end)
		{
			BindsUrlQuery *item = &url->query[url->nquery++];

			item->name = unquote(text, equal - text, true, "query part");
			item->value = unquote(equal + 1, end - equal - 1, true, "query part");
		}
		text = *end == '&' ? end + 1 : end;
	}
}

/* ------------------------------------------------------------------------
 * Percent-escapes
 * ------------------------------------------------------------------------ */

/*
 * Decode percent-escapes, and '+' for a blank if "plus".  A '%' without two
 * digits stays, as in Python.
 */
static char *
unquote(const char *text, size_t length, bool plus, const char *part)
{
	char	   *result = palloc(length + 1);
	char	   *out = result;
	const char *end = text + length;

	while (text < end)
	{
		int			escaped = end - text >= 3 ? binds_url_escaped(text) : -1;

		if (escaped >= 0)
		{
			*out = (char) escaped;
			if (escaped == 0)
				url_error("The %s holds a NUL byte.", part);
			out++;
			text += 3;
			continue;
		}
		*out++ = plus && *text == '+' ? ' ' : *text;
		text++;
	}
	*out = '\0';
	return to_server(result, part);
}

int
binds_url_escaped(const char *text)
{
	int			high = text[0] == '%' ? hex_digit(text[1]) : -1;
	int			low = high >= 0 ? hex_digit(text[2]) : -1;

	return low >= 0 ? high * 16 + low : -1;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/*
 * From UTF-8, which is checked here first: PostgreSQL's own message would show
 * bytes that may be a password's.
 */
static char *
to_server(char *utf8, const char *part)
{
	if (!pg_verify_mbstr(PG_UTF8, utf8, strlen(utf8), true))
		url_error("The %s is not valid UTF-8.", part);
	return pg_any_to_server(utf8, strlen(utf8), PG_UTF8);
}

/*
 * Append with percent-escapes for all but letters, digits, "_.-~" and "safe"; a
 * blank as '+' if "plus".
 */
static void
append_quoted(StringInfo buf, const char *text, const char *safe, bool plus)
{
	text = pg_server_to_any(text, strlen(text), PG_UTF8);
	for (; *text != '\0'; text++)
	{
		unsigned char c = *text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || strchr("_.-~", c) != NULL ||
			strchr(safe, c) != NULL)
			appendStringInfoChar(buf, c);
		else if (plus && c == ' ')
			appendStringInfoChar(buf, '+');
		else
			appendStringInfo(buf, "%%%02X", c);
	}
}

/* Sort by name; the values of one name stay in their order. */
static void
sort_query(BindsUrlQuery *query, int count)
{
	for (int i = 1; i < count; i++)
	{
		BindsUrlQuery item = query[i];
		int			j = i;

		for (; j > 0 && strcmp(query[j - 1].name, item.name) > 0; j--)
			query[j] = query[j - 1];
		query[j] = item;
	}
}

/* Is this the name of a value that must not be shown? */
bool
binds_url_is_secret(const char *name)
{
	static const char *const parts[] = {"pass", "pwd", "secret", "token", "credential"};
	char	   *lower = asc_tolower(name, strlen(name));

	for (size_t i = 0; i < lengthof(parts); i++)
	{
		if (strstr(lower, parts[i]) != NULL)
			return true;
	}
	return false;
}
