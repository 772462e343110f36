/*
 * url.h
 *	  Database URLs with SQLAlchemy's grammar.
 *
 *	  dialect[+driver]://[user[:password]@][host][:port][/database][?name=value&...]
 *
 * What Python takes by accident is refused: a port that is not 1 to 65535 in plain
 * digits, NUL bytes, a scheme in capitals, invalid UTF-8.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_URL_H
#define BINDS_URL_H

typedef struct BindsUrlQuery
{
	char	   *name;
	char	   *value;
} BindsUrlQuery;

/* Every member is palloc'ed; NULL is "not there", which is not ''. */
typedef struct BindsUrl
{
	char	   *drivername;		/* "mysql+pymysql" */
	char	   *scheme;			/* "mysql": drivername up to the '+' */
	char	   *username;
	char	   *password;
	char	   *host;
	int			port;			/* 0: not given */
	char	   *database;
	BindsUrlQuery *query;		/* in the order given, names may repeat */
	int			nquery;
} BindsUrl;

/*
 * Parse.  Raises 22023; the message never repeats the URL (it may carry a password),
 * the detail names the part that is wrong.  Statements are hidden from the log
 * (errhidestmt).
 */
extern BindsUrl *binds_url_parse(const char *url);

/* Write it as SQLAlchemy renders it; password "***" if "mask", left out if !credentials. */
extern char *binds_url_render(const BindsUrl *url, bool mask, bool credentials);

/* First value of a query name, or NULL. */
extern const char *binds_url_get(const BindsUrl *url, const char *name);

/* Is this the name of a value that must not be shown? */
extern bool binds_url_is_secret(const char *name);

/* The byte that the "%XX" which begins a text stands for; -1 if none does. */
extern int	binds_url_escaped(const char *text);

#endif							/* BINDS_URL_H */
