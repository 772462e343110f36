/*
 * options.c
 *	  The options of wrappers, servers, user mappings, foreign tables and columns.
 *
 * The table "rules" says everything about an option but what it does: the
 * validator, its hints and the reading of an engine's options follow from it.  Names
 * of connect_args and of the URL's query are the dialect's (its settings table).
 * These are read in settings.c; what SQLAlchemy has and we do not is in
 * engine_arguments.c; paths and rights on files are in file_path.c.
 *
 * The statement is hidden from the log whenever a validator raises an error:
 * a URL or a password may stand in it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <limits.h>

#include "access/htup_details.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_foreign_data_wrapper.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_foreign_table.h"
#include "catalog/pg_user_mapping.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
#include "utils/syscache.h"

#include "compat.h"
#include "dialect/dialects.h"
#include "options/options.h"
#include "options/server.h"

/* Where an option may stand. */
#define WRAPPER	0x01
#define SERVER	0x02
#define MAPPING	0x04
#define TABLE	0x08
#define COLUMN	0x10
#define ENGINE	(WRAPPER | SERVER)

typedef enum OptionKind
{
	KIND_TEXT,
	KIND_BOOL,
	KIND_INTEGER,				/* with a unit if flags say so */
	KIND_WORD,					/* one of "words" */
	KIND_URL,
	KIND_SETTINGS				/* a JSON object of the dialect's settings */
} OptionKind;

/* Which dialects have the option. */
typedef enum OptionScope
{
	SCOPE_ALL,
	SCOPE_USERS,				/* engines with users of their own */
	SCOPE_FILES,				/* whose databases are files of this machine */
	SCOPE_NOT_DEFERRED,			/* that check foreign keys at once only */
	SCOPE_DDL_COMMITS,			/* whose DDL commits */
	SCOPE_TWO_PHASE,			/* whose servers do not all vote */
	SCOPE_ROWID,				/* whose tables have row numbers */
	SCOPE_TEMPORAL				/* whose users keep times as numbers */
} OptionScope;

typedef struct OptionRule
{
	const char *name;
	int			catalogs;
	OptionKind	kind;
	OptionScope scope;
	int			minimum;		/* of INTEGER */
	int			maximum;
	int			unit;			/* of INTEGER: GUC_UNIT_* or 0 */
	const char *words;			/* of WORD: "a|b|c" */
	const char *yes;			/* of WORD: the field is a bool, true for this
								 * word */
	bool		own;			/* of a relation: it says how values are read
								 * or stored, and is no part of a model */
	int			engine;			/* offset in BindsEngineOptions, 0: not there */
	int			table;			/* in BindsTableOptions, likewise */
	int			column;			/* in BindsColumnOptions, likewise */
} OptionRule;

#define ENGINE_FIELD(name) .engine = offsetof(BindsEngineOptions, name)
#define TABLE_FIELD(name) .table = offsetof(BindsTableOptions, name)
#define COLUMN_FIELD(name) .column = offsetof(BindsColumnOptions, name)
#define BOTH_FIELDS(name) ENGINE_FIELD(name), TABLE_FIELD(name)

static const OptionRule rules[] = {
	{"url", SERVER, KIND_URL},
	{"pool_recycle", ENGINE, KIND_INTEGER, .minimum = -1, .maximum = INT_MAX / 1000, .unit = GUC_UNIT_S, ENGINE_FIELD(pool_recycle)},
	{"pool_pre_ping", ENGINE, KIND_BOOL, ENGINE_FIELD(pool_pre_ping)},
	{"echo", ENGINE, KIND_BOOL, ENGINE_FIELD(echo)},
	{"log_min_duration", ENGINE, KIND_INTEGER, .minimum = -1, .maximum = INT_MAX, .unit = GUC_UNIT_MS, ENGINE_FIELD(log_min_duration)},
	{"hide_parameters", ENGINE, KIND_BOOL, ENGINE_FIELD(hide_parameters)},
	{"isolation_level", ENGINE, KIND_WORD, .words = "READ UNCOMMITTED|READ COMMITTED|REPEATABLE READ|SERIALIZABLE", ENGINE_FIELD(isolation_level)},
	{"connect_args", ENGINE, KIND_SETTINGS},
	{"fetch_size", ENGINE | TABLE, KIND_INTEGER, .minimum = 1, .maximum = 100000000, .own = true, BOTH_FIELDS(fetch_size)},
	{"batch_size", ENGINE | TABLE, KIND_INTEGER, .minimum = 1, .maximum = 100000, .own = true, BOTH_FIELDS(batch_size)},
	{"read_only", ENGINE | TABLE, KIND_BOOL, .own = true, BOTH_FIELDS(read_only)},
	{"managed", ENGINE, KIND_BOOL, ENGINE_FIELD(managed)},
	{"schema", SERVER, KIND_TEXT, ENGINE_FIELD(schema)},
	{"lock_timeout", ENGINE, KIND_INTEGER, .minimum = 1, .maximum = 86400000, .unit = GUC_UNIT_MS, ENGINE_FIELD(lock_timeout)},
	{"journal_mode", ENGINE, KIND_WORD, SCOPE_FILES, .words = "wal|delete|truncate|persist", ENGINE_FIELD(journal_mode)},
	{"file_mode", ENGINE, KIND_WORD, SCOPE_FILES, .words = "0600|0640|0644|0660|0664", ENGINE_FIELD(file_mode)},
	{"exclusive", ENGINE, KIND_BOOL, SCOPE_FILES, ENGINE_FIELD(exclusive)},
	{"implicit_commit", ENGINE, KIND_BOOL, SCOPE_DDL_COMMITS, ENGINE_FIELD(implicit_commit)},
	{"deferrable", ENGINE, KIND_WORD, SCOPE_NOT_DEFERRED, .words = "refuse|immediate", .yes = "immediate", ENGINE_FIELD(deferrable_at_once)},
	{"two_phase", ENGINE, KIND_WORD, SCOPE_TWO_PHASE, .words = "auto|off", .yes = "auto", ENGINE_FIELD(two_phase)},
	{"invalid_values", ENGINE | TABLE | COLUMN, KIND_WORD, .words = "error|null", .yes = "null", .own = true, BOTH_FIELDS(null_if_invalid), COLUMN_FIELD(null_if_invalid)},

	{"user", MAPPING, KIND_TEXT, SCOPE_USERS},
	{"password", MAPPING, KIND_TEXT, SCOPE_USERS},
	{"password_required", MAPPING, KIND_BOOL, SCOPE_USERS},

	{"table_name", TABLE, KIND_TEXT, TABLE_FIELD(table_name)},
	{"schema_name", TABLE, KIND_TEXT, TABLE_FIELD(schema_name)},
	{"query", TABLE, KIND_TEXT, TABLE_FIELD(query)},
	{"rowid", TABLE, KIND_BOOL, SCOPE_ROWID, TABLE_FIELD(rowid)},
	{"described", TABLE, KIND_TEXT, TABLE_FIELD(described)},

	{"column_name", COLUMN, KIND_TEXT, COLUMN_FIELD(column_name)},
	{"key", COLUMN, KIND_BOOL, COLUMN_FIELD(key)},
	{"generated", COLUMN, KIND_WORD, .words = "always|by default", COLUMN_FIELD(generated)},
	{"type", COLUMN, KIND_TEXT, COLUMN_FIELD(type)},
	{"collation", COLUMN, KIND_TEXT, COLUMN_FIELD(collation)},
	{"computed", COLUMN, KIND_BOOL, COLUMN_FIELD(computed)},
	{"temporal", COLUMN, KIND_WORD, SCOPE_TEMPORAL, .words = "text|epoch|milliseconds|julian", .own = true, COLUMN_FIELD(temporal)},
	{"default", COLUMN, KIND_WORD, .words = "engine", .yes = "engine", COLUMN_FIELD(engine_default)},
	{NULL}
};

/* Names under which drivers take what belongs into the URL or the user mapping. */
static const char *const credential_names[] = {
	"user", "username", "password", "passwd", "pwd", NULL
};

static const OptionRule *find_rule(const BindsDialect *dialect, int catalogs,
								   const char *name);
static int	catalog_flag(Oid catalog);
static bool in_scope(const BindsDialect *dialect, OptionScope scope);
static void hide_statement(void *arg);
static void check_names(const BindsDialect *dialect, List *options, int catalogs);
static void check_value(const BindsDialect *dialect, const OptionRule *rule,
						const char *value);
static void check_url(const BindsDialect *dialect, const char *text);
static void check_server(const BindsDialect *dialect, List *options);
static void check_mapping(List *options);
static void check_table(List *options);
static void end_query(BindsTableOptions *table);
static int	parse_integer(const OptionRule *rule, const char *value);
static void check_integer(const OptionRule *rule, const char *value);
static void refuse_integer(const OptionRule *rule, const char *hint)
			__attribute__((noreturn));
static const char *parse_word(const OptionRule *rule, const char *value);
static BindsIsolation parse_isolation(const OptionRule *rule, const char *value);
static void apply_options(BindsEngineOptions *engine, List *options);
static void set_field(const OptionRule *rule, char *field, char *value);
static bool reads_only(const BindsEngineOptions *engine);
static bool is_unchanging(const BindsEngineOptions *engine);
static char *option_value(List *options, const char *name);
static void push_options(JsonbParseState **state, const BindsDialect *dialect,
						 List *options, List *overriding);
static void push_option(JsonbParseState **state, const OptionRule *rule,
						const char *text);
static bool has_mapping(Oid serverid, Oid userid);
static void raise_no_mapping(Oid serverid, Oid userid);

void
binds_options_validate(const BindsDialect *dialect, List *options, Oid catalog)
{
	int			catalogs = catalog_flag(catalog);
	ErrorContextCallback callback;
	ListCell   *cell;

	callback.callback = hide_statement;
	callback.arg = NULL;
	callback.previous = error_context_stack;
	error_context_stack = &callback;

	check_names(dialect, options, catalogs);
	foreach(cell, options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);

		check_value(dialect, find_rule(dialect, catalogs, option->defname),
					defGetString(option));
	}
	if (catalogs == SERVER || catalogs == WRAPPER)
		check_server(dialect, options);
	if (catalogs == SERVER && option_value(options, "url") == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_DYNAMIC_PARAMETER_VALUE_NEEDED),
				 errmsg("option \"url\" is required for servers of \"%s\"",
						dialect->wrapper)));
	if (catalogs == MAPPING)
		check_mapping(options);
	if (catalogs == TABLE)
		check_table(options);

	error_context_stack = callback.previous;
}

bool
binds_option_is_own(const char *name)
{
	for (const OptionRule *rule = rules; rule->name != NULL; rule++)
	{
		if (strcmp(rule->name, name) == 0)
			return rule->own;
	}
	return false;
}

BindsEngineOptions *
binds_engine_options(Oid serverid)
{
	ForeignServer *server = GetForeignServer(serverid);
	ForeignDataWrapper *wrapper = GetForeignDataWrapper(server->fdwid);
	BindsEngineOptions *engine = palloc0(sizeof(BindsEngineOptions));
	const BindsDialect *dialect = binds_dialect_of_wrapper(server->fdwid);
	char	   *url = option_value(server->options, "url");

	if (dialect == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("foreign server \"%s\" is no bind", server->servername)));
	if (url == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_DYNAMIC_PARAMETER_VALUE_NEEDED),
				 errmsg("bind \"%s\" has no URL", server->servername)));
	engine->dialect = dialect;
	engine->serverid = serverid;
	engine->bind_key = server->servername;
	engine->url = binds_url_parse(url);
	engine->pool_recycle = dialect->pool_recycle;
	engine->isolation_level = BINDS_ISOLATION_DEFAULT;
	engine->log_min_duration = -1;
	engine->batch_size = 1000;
	engine->managed = true;
	engine->journal_mode = "wal";
	engine->two_phase = true;
	engine->lock_timeout = dialect->lock_timeout;
	apply_options(engine, wrapper->options);
	apply_options(engine, server->options);
	engine->nsettings =
		binds_settings_collect(dialect, engine->url,
							   option_value(wrapper->options, "connect_args"),
							   option_value(server->options, "connect_args"),
							   &engine->settings);
	if (dialect->path_is_identity)
	{
		engine->unchanging = is_unchanging(engine);
		engine->read_only |= engine->unchanging || reads_only(engine);
	}
	return engine;
}

char *
binds_engine_schema(Oid serverid)
{
	return option_value(GetForeignServer(serverid)->options, "schema");
}

void
binds_engine_options_check_writable(const BindsEngineOptions *options)
{
	if (!options->read_only)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_READ_ONLY_SQL_TRANSACTION),
			 errmsg("bind \"%s\" is read-only", options->bind_key),
			 options->dialect->path_is_identity ?
			 errdetail("Its option read_only is true, or its URL or connection arguments have mode=ro or immutable=1.") :
			 errdetail("Its option read_only is true."),
			 errhint("Change that by binds.alter, or ALTER SERVER.")));
}

BindsTableOptions *
binds_table_options(Oid relid)
{
	ForeignTable *foreign;
	const BindsEngineOptions *engine;
	BindsTableOptions *table;
	ListCell   *cell;

	if (get_rel_relkind(relid) != RELKIND_FOREIGN_TABLE)
		return NULL;
	foreign = GetForeignTable(relid);
	if (binds_dialect_of_server(foreign->serverid) == NULL)
		return NULL;
	engine = binds_server_options(foreign->serverid);

	table = palloc0(sizeof(BindsTableOptions));
	table->dialect = engine->dialect;
	table->serverid = foreign->serverid;
	table->bind_key = pstrdup(engine->bind_key);
	table->table_name = get_rel_name(relid);
	table->hide_parameters = engine->hide_parameters;
	table->null_if_invalid = engine->null_if_invalid;
	table->fetch_size = engine->fetch_size;
	table->batch_size = engine->batch_size;
	table->rowid = true;
	foreach(cell, foreign->options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);
		const OptionRule *rule = find_rule(table->dialect, TABLE, option->defname);

		if (rule != NULL && rule->table != 0)
			set_field(rule, (char *) table + rule->table, defGetString(option));
		table->rowid_given |= strcmp(option->defname, "rowid") == 0;
	}
	table->read_only |= engine->read_only;
	if (table->query != NULL)
		end_query(table);
	return table;
}

/* It becomes part of another statement, which has no place for what ends one. */
static void
end_query(BindsTableOptions *table)
{
	int			length = strlen(table->query);

	while (length > 0 && strchr("; \t\r\n", table->query[length - 1]) != NULL)
		length--;
	table->query = pnstrdup(table->query, length);
	table->read_only = true;
	table->rowid = false;
}

void
binds_column_options(const BindsTableOptions *table, Oid relid, AttrNumber attnum,
					 BindsColumnOptions *column)
{
	ListCell   *cell;

	memset(column, 0, sizeof(BindsColumnOptions));
	column->attnum = attnum;
	column->null_if_invalid = table->null_if_invalid;
	foreach(cell, GetForeignColumnOptions(relid, attnum))
	{
		DefElem    *option = lfirst_node(DefElem, cell);
		const OptionRule *rule = find_rule(table->dialect, COLUMN, option->defname);

		if (rule != NULL && rule->column != 0)
			set_field(rule, (char *) column + rule->column, defGetString(option));
	}
}

/*
 * Is the file opened to be read only?  It is the bind that takes no writes then:
 * another bind of the session may have the same file open to write.
 */
static bool
reads_only(const BindsEngineOptions *engine)
{
	const char *mode = binds_engine_setting(engine, "mode");

	return binds_url_reads_only(engine->url) || (mode != NULL && strcmp(mode, "ro") == 0);
}

/* Does the bind say that nobody changes its file? */
static bool
is_unchanging(const BindsEngineOptions *engine)
{
	const char *immutable = binds_engine_setting(engine, "immutable");

	return binds_url_is_immutable(engine->url) ||
		(immutable != NULL && binds_parse_bool("immutable", immutable));
}

BindsCredentials *
binds_credentials(Oid serverid, Oid userid, bool missing_ok)
{
	BindsCredentials *result = palloc0(sizeof(BindsCredentials));
	UserMapping *mapping;
	char	   *required;

	result->password_required = true;
	result->of_public = !has_mapping(serverid, userid);
	if (result->of_public && !has_mapping(serverid, InvalidOid))
	{
		if (missing_ok)
			return result;
		raise_no_mapping(serverid, userid);
	}
	mapping = GetUserMapping(userid, serverid);

	/* an empty one, as binds.add makes it, does not stand before that of all */
	if (mapping->options == NIL && !result->of_public &&
		has_mapping(serverid, InvalidOid))
	{
		mapping = GetUserMapping(InvalidOid, serverid);
		result->of_public = true;
	}
	result->umid = mapping->umid;
	result->user = option_value(mapping->options, "user");
	result->password = option_value(mapping->options, "password");
	required = option_value(mapping->options, "password_required");
	if (required != NULL)
		result->password_required = binds_parse_bool("password_required", required);
	return result;
}

/* Has a role a mapping of its own?  InvalidOid: has PUBLIC? */
static bool
has_mapping(Oid serverid, Oid userid)
{
	return SearchSysCacheExists2(USERMAPPINGUSERSERVER, ObjectIdGetDatum(userid),
								 ObjectIdGetDatum(serverid));
}

static void
raise_no_mapping(Oid serverid, Oid userid)
{
	const char *server = GetForeignServer(serverid)->servername;
	char	   *role = GetUserNameFromId(userid, true);

	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("there is no user mapping for role \"%s\" on bind \"%s\"",
					role != NULL ? role : "?", server),
			 errdetail("Neither role \"%s\" nor PUBLIC has an account of the server of bind \"%s\".",
					   role != NULL ? role : "?", server),
			 errhint("CREATE USER MAPPING FOR %s SERVER %s OPTIONS (user '...', password '...'), by the owner of the server.",
					 role != NULL ? quote_identifier(role) : "PUBLIC",
					 quote_identifier(server))));
}

bool
binds_parse_bool(const char *name, const char *value)
{
	bool		result;

	/* parse_bool takes "t", "of" and the like too; that is no harm */
	if (!parse_bool(value, &result))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid value for option \"%s\"", name),
				 errdetail("It is neither true nor false.")));
	return result;
}

struct varlena *
binds_options_to_jsonb(Oid serverid)
{
	ForeignServer *server = GetForeignServer(serverid);
	ForeignDataWrapper *wrapper = GetForeignDataWrapper(server->fdwid);
	const BindsDialect *dialect = binds_dialect_of_wrapper(server->fdwid);
	JsonbParseState *state = NULL;
	JsonbValue *result;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	push_options(&state, dialect, wrapper->options, server->options);
	push_options(&state, dialect, server->options, NIL);
	result = pushJsonbValue(&state, WJB_END_OBJECT, NULL);
	return (struct varlena *) JsonbValueToJsonb(result);
}

char *
binds_options_names(const BindsDialect *dialect, Oid catalog)
{
	StringInfoData buf;
	int			catalogs = catalog_flag(catalog);

	initStringInfo(&buf);
	for (const OptionRule *rule = rules; rule->name != NULL; rule++)
	{
		if (find_rule(dialect, catalogs, rule->name) == rule &&
			(OidIsValid(catalog) || rule->kind != KIND_URL))
			appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "", rule->name);
	}
	return buf.data;
}

bool
binds_options_known(const BindsDialect *dialect, const char *name)
{
	return find_rule(dialect, SERVER, name) != NULL;
}

bool
binds_is_credential(const char *name)
{
	for (const char *const *known = credential_names; *known != NULL; known++)
	{
		if (pg_strcasecmp(*known, name) == 0)
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Checks
 * ------------------------------------------------------------------------ */

static int
catalog_flag(Oid catalog)
{
	switch (catalog)
	{
		case ForeignDataWrapperRelationId:
			return WRAPPER;
		case ForeignServerRelationId:
			return SERVER;
		case UserMappingRelationId:
			return MAPPING;
		case ForeignTableRelationId:
			return TABLE;
		case AttributeRelationId:
			return COLUMN;
		default:
			return SERVER;		/* options of binds.add */
	}
}

/* Does an engine have what options of this scope are about? */
static bool
in_scope(const BindsDialect *dialect, OptionScope scope)
{
	switch (scope)
	{
		case SCOPE_USERS:
			return dialect->has_users;
		case SCOPE_FILES:
			return dialect->path_is_identity;
		case SCOPE_NOT_DEFERRED:
			return !dialect->defers_keys;
		case SCOPE_DDL_COMMITS:
			return !dialect->transactional_ddl;
		case SCOPE_TWO_PHASE:
			return dialect->may_lack_two_phase;
		case SCOPE_ROWID:
			return dialect->rowid_names != NULL;
		case SCOPE_TEMPORAL:
			return dialect->resolve_temporal != NULL;
		default:
			return true;
	}
}

static const OptionRule *
find_rule(const BindsDialect *dialect, int catalogs, const char *name)
{
	for (const OptionRule *rule = rules; rule->name != NULL; rule++)
	{
		if (strcmp(rule->name, name) == 0 && (rule->catalogs & catalogs) != 0 &&
			in_scope(dialect, rule->scope))
			return rule;
	}
	return NULL;
}

/* An error context that keeps the statement out of the server's log. */
static void
hide_statement(void *arg)
{
	errhidestmt(true);
	errhidecontext(true);
}

/*
 * One error for all names that are not valid, with those that are as the hint.
 */
static void
check_names(const BindsDialect *dialect, List *options, int catalogs)
{
	List	   *invalid = NIL;
	ListCell   *cell;

	foreach(cell, options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);

		if (find_rule(dialect, catalogs, option->defname) == NULL)
			invalid = lappend(invalid, option->defname);
	}
	if (invalid != NIL)
	{
		Oid			catalog = catalogs == WRAPPER ? ForeignDataWrapperRelationId :
			catalogs == SERVER ? ForeignServerRelationId :
			catalogs == MAPPING ? UserMappingRelationId :
			catalogs == TABLE ? ForeignTableRelationId : AttributeRelationId;

		binds_options_refuse(dialect, invalid, catalog);
	}
}

static void
check_value(const BindsDialect *dialect, const OptionRule *rule, const char *value)
{
	switch (rule->kind)
	{
		case KIND_TEXT:
			if (value[0] == '\0' && strcmp(rule->name, "password") != 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("option \"%s\" must not be empty", rule->name)));
			break;
		case KIND_BOOL:
			(void) binds_parse_bool(rule->name, value);
			break;
		case KIND_INTEGER:
			check_integer(rule, value);
			break;
		case KIND_WORD:
			(void) parse_word(rule, value);
			break;
		case KIND_URL:
			check_url(dialect, value);
			break;
		case KIND_SETTINGS:
			/* together with the URL, in check_server */
			break;
	}
}

static void
check_url(const BindsDialect *dialect, const char *text)
{
	BindsUrl   *url = binds_url_parse(text);
	const BindsDialect *meant = binds_dialect_by_scheme(url->scheme);
	bool		uri;

	if (meant == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("dialect \"%s\" is not supported", url->scheme),
				 errhint("Supported dialects are %s.", binds_dialect_names())));
	if (meant != dialect)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("URL of dialect \"%s\" does not fit foreign-data wrapper \"%s\"",
						url->scheme, dialect->wrapper),
				 errhint("Use foreign-data wrapper \"%s\".", meant->wrapper)));
	if (url->username != NULL || url->password != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("URL of a server must not contain a user name or password"),
				 !dialect->has_users ?
				 errhint("The database is a file, which has no users.") :
				 errhint("Put them into the options \"user\" and \"password\" of a user mapping.")));
	if (dialect->path_is_identity)
		(void) binds_file_path(url, &uri, false);
	else if (url->database != NULL && strchr(url->database, '@') != NULL &&
			 strchr(url->database, ':') != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("database name of a URL contains \":\" and \"@\""),
				 errhint("A \"/\" in a user name is written %%2F.")));
}

/*
 * Checks that need several options at once: settings, and the right of the caller
 * to name files of the server.
 */
static void
check_server(const BindsDialect *dialect, List *options)
{
	char	   *text = option_value(options, "url");
	BindsUrl   *url = text != NULL ? binds_url_parse(text) : NULL;
	char	   *args = option_value(options, "connect_args");
	char	   *read_only = option_value(options, "read_only");
	BindsSetting *settings;
	int			nsettings;

	nsettings = binds_settings_collect(dialect, url, NULL, args, &settings);
	if (binds_settings_name_file(dialect, settings, nsettings))
		binds_check_file_right(GetUserId(), false);
	if (dialect->path_is_identity && url != NULL)
		binds_check_file_right(GetUserId(),
							   !(read_only != NULL &&
								 binds_parse_bool("read_only", read_only)) &&
							   !binds_url_reads_only(url));
}

/*
 * As in postgres_fdw: only a superuser may let others in without a password of
 * their own.
 */
static void
check_mapping(List *options)
{
	char	   *value = option_value(options, "password_required");

	if (value != NULL && !binds_parse_bool("password_required", value) && !superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("password_required=false is superuser-only"),
				 errhint("User mappings with the password_required option set to false may only be created or modified by the superuser.")));
}

/* The rows are a table's or a statement's. */
static void
check_table(List *options)
{
	static const char *const of_table[] = {
		"table_name", "schema_name", "rowid", "described"
	};

	for (size_t i = 0; i < lengthof(of_table); i++)
	{
		if (option_value(options, "query") != NULL &&
			option_value(options, of_table[i]) != NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("options \"query\" and \"%s\" exclude each other", of_table[i]),
					 errdetail("The rows of the foreign table are those of a statement, or of a table.")));
	}
}

/* ------------------------------------------------------------------------
 * Values
 * ------------------------------------------------------------------------ */

/*
 * An older version took larger values, which may still be there: the largest is meant.
 */
static int
parse_integer(const OptionRule *rule, const char *value)
{
	int			result;
	const char *hint = NULL;

	if (!parse_int(value, &result, rule->unit, &hint) || result < rule->minimum)
		refuse_integer(rule, hint);
	return Min(result, rule->maximum);
}

static void
check_integer(const OptionRule *rule, const char *value)
{
	int			result;
	const char *hint = NULL;

	if (!parse_int(value, &result, rule->unit, &hint) ||
		result < rule->minimum || result > rule->maximum)
		refuse_integer(rule, hint);
}

/* hint: parse_int's, or NULL */
static void
refuse_integer(const OptionRule *rule, const char *hint)
{
	const char *unit = rule->unit == GUC_UNIT_MS ? " ms" :
		rule->unit == GUC_UNIT_S ? " s" : "";

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for option \"%s\"", rule->name),
			 errdetail("It is not an integer from %d to %d%s.", rule->minimum,
					   rule->maximum, unit),
			 hint != NULL ? errhint("%s", _(hint)) : 0));
}

/*
 * Return the word of the rule that the value is, in any case and with '_' for a
 * blank.
 */
static const char *
parse_word(const OptionRule *rule, const char *value)
{
	const char *word = rule->words;

	while (word != NULL)
	{
		size_t		length = strcspn(word, "|");
		size_t		i;

		for (i = 0; i < length && value[i] != '\0'; i++)
		{
			char		c = value[i] == '_' ? ' ' : value[i];

			if (pg_ascii_tolower(c) != pg_ascii_tolower(word[i]))
				break;
		}
		if (i == length && value[i] == '\0')
			return pnstrdup(word, length);
		word = word[length] == '|' ? word + length + 1 : NULL;
	}
	if (strcmp(rule->name, "isolation_level") == 0 &&
		pg_strcasecmp(value, "AUTOCOMMIT") == 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("isolation level AUTOCOMMIT is not supported"),
				 errdetail("What runs on a bind belongs to the transaction of the session."),
				 errhint("Outside of BEGIN each statement is a transaction of its own.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for option \"%s\"", rule->name),
			 errhint("Valid values are %s.", binds_words(rule->words))));
}

static BindsIsolation
parse_isolation(const OptionRule *rule, const char *value)
{
	const char *word = parse_word(rule, value);

	if (strcmp(word, "READ UNCOMMITTED") == 0)
		return BINDS_ISOLATION_READ_UNCOMMITTED;
	if (strcmp(word, "READ COMMITTED") == 0)
		return BINDS_ISOLATION_READ_COMMITTED;
	if (strcmp(word, "REPEATABLE READ") == 0)
		return BINDS_ISOLATION_REPEATABLE_READ;
	return BINDS_ISOLATION_SERIALIZABLE;
}

char *
binds_words(const char *words)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (; *words != '\0'; words++)
	{
		if (*words == '|')
			appendStringInfoString(&buf, ", ");
		else
			appendStringInfoChar(&buf, *words);
	}
	return buf.data;
}

/* Read a wrapper's or server's options into the struct. */
static void
apply_options(BindsEngineOptions *engine, List *options)
{
	ListCell   *cell;

	foreach(cell, options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);
		const OptionRule *rule = find_rule(engine->dialect, ENGINE, option->defname);

		if (rule != NULL && rule->engine != 0)
			set_field(rule, (char *) engine + rule->engine, defGetString(option));
	}
}

/* Set a member of one of the structs to what the option's text means. */
static void
set_field(const OptionRule *rule, char *field, char *value)
{
	switch (rule->kind)
	{
		case KIND_BOOL:
			*(bool *) field = binds_parse_bool(rule->name, value);
			break;
		case KIND_INTEGER:
			*(int *) field = parse_integer(rule, value);
			break;
		case KIND_WORD:
			if (rule->yes != NULL)
				*(bool *) field = strcmp(parse_word(rule, value), rule->yes) == 0;
			else if (rule->engine == offsetof(BindsEngineOptions, isolation_level))
				*(BindsIsolation *) field = parse_isolation(rule, value);
			else
				*(const char **) field = parse_word(rule, value);
			break;
		default:
			*(char **) field = value;
			break;
	}
}

/* The value of an option in a list, or NULL. */
static char *
option_value(List *options, const char *name)
{
	ListCell   *cell;

	foreach(cell, options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);

		if (strcmp(option->defname, name) == 0)
			return defGetString(option);
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * As JSON
 * ------------------------------------------------------------------------ */

/* Push all options but URL and schema, and those that "overriding" has too. */
static void
push_options(JsonbParseState **state, const BindsDialect *dialect, List *options,
			 List *overriding)
{
	ListCell   *cell;

	foreach(cell, options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);
		const OptionRule *rule = find_rule(dialect, ENGINE, option->defname);

		if (rule != NULL && rule->kind != KIND_URL &&
			strcmp(rule->name, "schema") != 0 &&
			option_value(overriding, rule->name) == NULL)
			push_option(state, rule, defGetString(option));
	}
}

static void
push_option(JsonbParseState **state, const OptionRule *rule, const char *text)
{
	JsonbValue	value;

	value.type = jbvString;
	value.val.string.val = unconstify(char *, rule->name);
	value.val.string.len = strlen(rule->name);
	pushJsonbValue(state, WJB_KEY, &value);

	if (rule->kind == KIND_BOOL)
	{
		value.type = jbvBool;
		value.val.boolean = binds_parse_bool(rule->name, text);
	}
	else if (rule->kind == KIND_INTEGER)
	{
		value.type = jbvNumeric;
		value.val.numeric = int64_to_numeric(parse_integer(rule, text));
	}
	else if (rule->kind == KIND_SETTINGS)
		JsonbToJsonbValue(DatumGetJsonbP(DirectFunctionCall1(jsonb_in,
															 CStringGetDatum(text))),
						  &value);
	else
	{
		value.val.string.val = unconstify(char *, text);
		value.val.string.len = strlen(text);
	}
	pushJsonbValue(state, WJB_VALUE, &value);
}
