/*
 * options.h
 *	  Options of wrappers, servers, user mappings, foreign tables and columns.
 *
 * One table of rows (name, catalogs, kind, range, secret) drives the validator, its
 * hints, the parsing and the README.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_OPTIONS_H
#define BINDS_OPTIONS_H

#include "options/url.h"
#include "access/attnum.h"
#include "dialect/dialect.h"
#include "nodes/pg_list.h"

/* The options of an engine, read from wrapper and server; defaults filled in. */
typedef struct BindsEngineOptions
{
	const BindsDialect *dialect;
	Oid			serverid;
	char	   *bind_key;
	BindsUrl   *url;			/* without credentials */
	int			pool_recycle;	/* s; -1: never; default 7200 on MySQL, else
								 * -1 */
	bool		pool_pre_ping;	/* default false */
	bool		echo;			/* log statements at LOG; default false */
	int			log_min_duration;	/* ms: log statements that take so long;
									 * -1: none, the default */
	bool		hide_parameters;	/* default false */
	BindsIsolation isolation_level; /* default: BINDS_ISOLATION_DEFAULT */
	BindsSetting *settings;		/* URL query and connect_args, connect_args
								 * wins */
	int			nsettings;
	int			fetch_size;		/* rows read ahead when a scan begins; 0: none */
	int			batch_size;		/* rows per INSERT; default 1000 */
	bool		read_only;		/* default false */
	bool		managed;		/* default true */
	char	   *schema;			/* local schema of new relations, NULL */
	char	   *journal_mode;	/* SQLite: default wal */
	char	   *file_mode;		/* SQLite: of new files, octal; NULL: what the
								 * server's umask leaves */
	bool		exclusive;		/* SQLite: nobody else uses the file while a
								 * transaction does; default false */
	bool		unchanging;		/* SQLite: the file is taken for one that
								 * nobody changes (immutable) */
	bool		implicit_commit;	/* what was written is committed before
									 * tables are changed, where DDL commits */
	bool		deferrable_at_once; /* deferrable 'immediate': such foreign
									 * keys are made and checked at once;
									 * default 'refuse' */
	bool		two_phase;		/* two_phase 'auto' (true) or 'off' */
	int			lock_timeout;	/* ms; default 5000 SQLite, 50000 MySQL */
	bool		null_if_invalid;	/* invalid_values 'null'; default 'error' */
} BindsEngineOptions;

/*
 * The options of a foreign table, with those of its server as defaults.  Their
 * validity was checked when they were set.
 */
typedef struct BindsTableOptions
{
	const BindsDialect *dialect;
	Oid			serverid;
	char	   *bind_key;
	char	   *table_name;		/* in the engine; the local name if not given */
	char	   *schema_name;	/* in the engine, NULL: the default one */
	char	   *query;			/* a statement of the engine whose rows these
								 * are, instead of a table's; NULL: there is
								 * none */
	bool		read_only;		/* of the table or the bind */
	bool		hide_parameters;
	bool		null_if_invalid;
	int			fetch_size;
	int			batch_size;
	bool		rowid;			/* the engine's row number may be used;
								 * default true */
	bool		rowid_given;	/* that is said of this table, not the default */
	char	   *described;		/* the columns that the options describe,
								 * NULL: none */
} BindsTableOptions;

typedef struct BindsColumnOptions
{
	AttrNumber	attnum;
	char	   *column_name;	/* NULL: the local name */
	bool		key;			/* part of the row identity */
	char	   *generated;		/* "always", "by default"; NULL: not generated */
	char	   *type;			/* as the engine declares it, NULL */
	char	   *collation;		/* likewise */
	bool		computed;		/* the engine computes it */
	char	   *temporal;		/* "text", "epoch", "milliseconds", "julian";
								 * NULL: text */
	bool		engine_default; /* default 'engine': only the engine has it */
	bool		null_if_invalid;	/* default: the table's */
} BindsColumnOptions;

/* Read a foreign table's; palloc'ed.  NULL if it is none of our wrappers. */
extern BindsTableOptions *binds_table_options(Oid relid);

/* Read a column's into a struct. */
extern void binds_column_options(const BindsTableOptions *table, Oid relid,
								 AttrNumber attnum, BindsColumnOptions *column);

/* Read the options of a server; palloc'ed in the current context. */
extern BindsEngineOptions *binds_engine_options(Oid serverid);

/*
 * The option "schema" of a server, palloc'ed, whatever its other options are; NULL: it has
 * none.
 */
extern char *binds_engine_schema(Oid serverid);

/* Raise 25006 if nothing may be written to a bind. */
extern void binds_engine_options_check_writable(const BindsEngineOptions *options);

/*
 * Is an option of a foreign table or a column its own: how values are read, stored or sent,
 * which a user or reflect chose for it?  Others follow from its model and the engine's
 * table, and are compared.
 */
extern bool binds_option_is_own(const char *name);

/*
 * Check option pairs, as the validators of the wrappers do: a List of DefElem with
 * string arguments, for a catalog (ForeignServerRelationId, ...).  One error lists
 * all invalid names, with the valid ones as HINT; then values are checked.
 */
extern void binds_options_validate(const BindsDialect *dialect, List *options,
								   Oid catalog);

/*
 * Turn the options of binds.add (a jsonb object, as text pairs) into server options;
 * raises for what only a Python process can have, with the way to get the effect.
 * Result: List of DefElem, not yet validated; a JSON null gives an element without
 * argument: back to the default.
 */
extern List *binds_options_from_jsonb(const BindsDialect *dialect, struct varlena *jsonb);

/*
 * What wrapper and server set, with JSON's types, as a Jsonb; URL and schema are
 * left out.
 */
extern struct varlena *binds_options_to_jsonb(Oid serverid);

/*
 * Raise the error for invalid option names (a List of char *) of a catalog;
 * InvalidOid means the options of binds.add.
 */
extern void binds_options_refuse(const BindsDialect *dialect, List *names,
								 Oid catalog) __attribute__((noreturn));

/* The valid option names of a catalog, in a list for a HINT; '' if there are none. */
extern char *binds_options_names(const BindsDialect *dialect, Oid catalog);

/* Is it the name of a server option? */
extern bool binds_options_known(const BindsDialect *dialect, const char *name);

/* Is it a name for user or password, which belong into the user mapping? */
extern bool binds_is_credential(const char *name);

/* "a, b, c" from "a|b|c". */
extern char *binds_words(const char *words);

/*
 * Settings of the dialect from connect_args of the wrapper, the URL's query, and
 * connect_args of the server (JSON objects), the later ones winning.  Names and
 * values are checked: one error lists all unknown names (HV00D), credentials are
 * 22023.  Ignored settings and parameters of file: URIs are left out.  Each source
 * may be NULL.  Returns their number.
 */
extern int	binds_settings_collect(const BindsDialect *dialect, const BindsUrl *url,
								   const char *wrapper_args,
								   const char *server_args,
								   BindsSetting **settings);

/* Does one of them name a file of this machine? */
extern bool binds_settings_name_file(const BindsDialect *dialect,
									 const BindsSetting *settings, int nsettings);

struct JsonbValue;

/* A JSON string, number or boolean as text, null as NULL; else raises 22023. */
extern char *binds_jsonb_text(const char *name, struct JsonbValue *value);

/* The user mapping's user and password for a role; NULL members if absent. */
typedef struct BindsCredentials
{
	Oid			umid;			/* InvalidOid: no mapping */
	bool		of_public;		/* it is that of all roles */
	char	   *user;
	char	   *password;
	bool		password_required;	/* default true, as in postgres_fdw */
} BindsCredentials;

/* missing_ok false: raises 42704 as GetUserMapping does. */
extern BindsCredentials *binds_credentials(Oid serverid, Oid userid, bool missing_ok);

/*
 * The path of a SQLite URL: absolute, or below $PGDATA/binds/ (made if it is not
 * there when "make_directory").  :memory: and an empty path are refused with a hint.
 */
extern char *binds_file_path(const BindsUrl *url, bool *uri, bool make_directory);

/* $PGDATA/binds. */
extern char *binds_file_directory(void);

/* A connection argument's value, NULL if it is not given. */
extern const char *binds_engine_setting(const BindsEngineOptions *options,
										const char *name);

/* Does a SQLite URL itself say that the file is only read (mode=ro, immutable)? */
extern bool binds_url_reads_only(const BindsUrl *url);

/* Does it say that nobody changes the file (immutable)? */
extern bool binds_url_is_immutable(const BindsUrl *url);

/* Is it a parameter that a file: URI may have (or "uri" itself)? */
extern bool binds_is_uri_parameter(const char *name);

/*
 * May the role name (or, for write, change) a file of the server?  Raises 42501.
 */
extern void binds_check_file_right(Oid userid, bool write);

/* true/false/1/0/on/off/yes/no in any case; else raises 22023. */
extern bool binds_parse_bool(const char *name, const char *value);

#endif							/* BINDS_OPTIONS_H */
