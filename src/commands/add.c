/*
 * add.c
 *	  binds.add, binds.configure and binds.alter: a bind is a foreign server.
 *
 * What these functions do is CREATE and ALTER SERVER, USER MAPPING and CREATE SCHEMA,
 * and it is done by these very commands: rights, validators and event triggers work
 * as ever.  The commands are handed over as parse trees with a text that holds no
 * value, so that a password is seen by nobody who records statements; and an error
 * in here keeps the caller's statement out of the log.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_user_mapping.h"
#include "commands/dbcommands.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/syscache.h"

#include "commands/commands.h"
#include "compat.h"
#include "dialect/dialects.h"
#include "model/rights.h"

BINDS_FUNCTION(binds_add);
BINDS_FUNCTION(binds_configure);
BINDS_FUNCTION(binds_alter);
BINDS_FUNCTION(binds_grant);

static void hide_statement(void *arg);
static void raise_host_database(void) __attribute__((noreturn));
static void check_host(const BindsUrl *url, Jsonb *options);
static BindsUrl *url_of_object(JsonbContainer *object);
static void set_part(BindsUrl *url, const char *name, JsonbValue *value);
static void set_query(BindsUrl *url, JsonbValue *value);
static bool configure_bind(const char *key, JsonbValue *value);
static void add_bind(const char *key, BindsUrl *url, Jsonb *options);
static bool alter_bind(const char *key, BindsUrl *url, Jsonb *options, bool exact);
static const BindsDialect *dialect_of_url(const BindsUrl *url);
static List *server_changes(const ForeignServer *server, const BindsUrl *url,
							List *options, bool exact);
static bool set_credentials(Oid serverid, const char *key, const BindsUrl *url);
static void map_user(const char *key, RoleSpec *role, List *options, bool exists);
static RoleSpec *role_of(const char *name);
static List *credential_changes(List *present, const BindsUrl *url);
static void make_metadata_schema(const char *key);
static void make_local_schema(List *options);
static void create_schema(const char *name);
static List *without_nulls(List *options);
static DefElem *find_option(List *options, const char *name);
static DefElem *make_option(const char *name, const char *value,
							DefElemAction action);
static void put_change(List **changes, List *present, const char *name,
					   const char *value);
static void run_utility(Node *statement, const char *text);

/* ------------------------------------------------------------------------
 * SQL functions
 * ------------------------------------------------------------------------ */

/* under which Flask-SQLAlchemy-Lite has the host database */
#define HOST_KEY "default"

#define HIDE_STATEMENT(key) \
	ErrorContextCallback callback = {error_context_stack, hide_statement, \
									 (void *) (key)};  \
	error_context_stack = &callback

#define SHOW_STATEMENT() (error_context_stack = callback.previous)

/*
 * binds.add(bind_key text, url text, options jsonb) returns text
 */
Datum
binds_add(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	Jsonb	   *options = PG_ARGISNULL(2) ? NULL : PG_GETARG_JSONB_P(2);

	HIDE_STATEMENT(NULL);
	binds_bind_check_key(key);
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("URL of bind \"%s\" must not be NULL", key)));
	add_bind(key, binds_url_parse(text_to_cstring(PG_GETARG_TEXT_PP(1))), options);
	SHOW_STATEMENT();
	PG_RETURN_TEXT_P(cstring_to_text(key));
}

/*
 * binds.alter(bind_key text, url text, options jsonb) returns void
 */
Datum
binds_alter(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	BindsUrl   *url = NULL;

	HIDE_STATEMENT(NULL);
	if (key == NULL)
		raise_host_database();
	binds_bind_check_key(key);
	if (!PG_ARGISNULL(1))
		url = binds_url_parse(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	(void) alter_bind(key, url, PG_ARGISNULL(2) ? NULL : PG_GETARG_JSONB_P(2), false);
	SHOW_STATEMENT();
	PG_RETURN_VOID();
}

/*
 * binds.configure(config jsonb) returns setof text: the keys added or altered
 */
Datum
binds_configure(PG_FUNCTION_ARGS)
{
	Jsonb	   *config = PG_GETARG_JSONB_P(0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *key = NULL;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!JB_ROOT_IS_OBJECT(config))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("configuration of binds must be a JSON object"),
				 errhint("Write {\"key\": \"url\", \"key\": {\"url\": ..., \"option\": ...}}."),
				 errhidestmt(true)));
	iterator = JsonbIteratorInit(&config->root);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			key = pnstrdup(value.val.string.val, value.val.string.len);
		else if (token == WJB_VALUE)
		{
			bool		changed;
			Datum		datum;
			bool		isnull = false;

			HIDE_STATEMENT(key);
			changed = configure_bind(key, &value);
			SHOW_STATEMENT();
			datum = CStringGetTextDatum(key);
			if (changed)
				tuplestore_putvalues(result->setResult, result->setDesc, &datum, &isnull);
		}
	}
	return (Datum) 0;
}

/*
 * binds.grant(bind_key text, role text, "user" text, password text) returns void
 *
 * CREATE or ALTER USER MAPPING, with a statement that no log has if it fails.
 */
Datum
binds_grant(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	List	   *present = NIL;
	List	   *changes = NIL;
	BindsBind  *bind;
	RoleSpec   *role;
	Oid			roleid;
	bool		exists;

	HIDE_STATEMENT(NULL);
	if (key == NULL)
		raise_host_database();
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("role and user must not be NULL"),
				 errhint("DROP USER MAPPING FOR ... SERVER %s takes an account away.",
						 quote_identifier(key))));
	bind = binds_bind_find(key);
	if (!bind->dialect->has_users)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("bind \"%s\" has no users", key),
				 errdetail("The database is a file."),
				 errhint("Who may use its tables is told by GRANT ... ON the tables.")));
	role = role_of(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	roleid = role->roletype == ROLESPEC_PUBLIC ? InvalidOid : get_rolespec_oid(role, false);
	exists = SearchSysCacheExists2(USERMAPPINGUSERSERVER, ObjectIdGetDatum(roleid),
								   ObjectIdGetDatum(bind->serverid));
	if (exists)
		present = GetUserMapping(roleid, bind->serverid)->options;
	put_change(&changes, present, "user", text_to_cstring(PG_GETARG_TEXT_PP(2)));
	put_change(&changes, present, "password",
			   PG_ARGISNULL(3) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(3)));
	if (!exists || changes != NIL)
		map_user(key, role, changes, exists);
	SHOW_STATEMENT();
	PG_RETURN_VOID();
}

/* Error context: the log gets no statement; arg: the key configured, or NULL. */
static void
hide_statement(void *arg)
{
	errhidestmt(true);
	errhidecontext(true);
	if (arg != NULL)
		errcontext("configuration of bind \"%s\"", (char *) arg);
}

/* Who would alter the default bind is told where its options are. */
static void
raise_host_database(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the host database has neither the URL nor the options of a bind"),
			 errdetail("NULL is the key of the database of this session, whose options are settings of PostgreSQL."),
			 errhint("They are set by ALTER DATABASE %s SET ..., by ALTER ROLE ... [IN DATABASE ...] SET ..., or in postgresql.conf.",
					 quote_identifier(get_database_name(MyDatabaseId)))));
	pg_unreachable();
}

/* ------------------------------------------------------------------------
 * Binds
 * ------------------------------------------------------------------------ */

/*
 * Add or alter one bind as configured: a URL, or an object with a URL and options.
 * Returns whether there was something to do.
 */
static bool
configure_bind(const char *key, JsonbValue *value)
{
	Jsonb	   *options = NULL;
	BindsUrl   *parsed = NULL;
	Oid			serverid;

	binds_bind_check_key(key);
	if (value->type == jbvString)
		parsed = binds_url_parse(binds_jsonb_text("url", value));
	else if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data))
	{
		JsonbValue	name;
		JsonbValue *url;

		name.type = jbvString;
		name.val.string.val = "url";
		name.val.string.len = 3;
		url = findJsonbValueFromContainer(value->val.binary.data, JB_FOBJECT, &name);
		if (url != NULL && url->type == jbvBinary &&
			JsonContainerIsObject(url->val.binary.data))
			parsed = url_of_object(url->val.binary.data);
		else if (url != NULL && url->type != jbvNull)
			parsed = binds_url_parse(binds_jsonb_text("url", url));
		options = DatumGetJsonbP(DirectFunctionCall2(jsonb_delete,
													 JsonbPGetDatum(JsonbValueToJsonb(value)),
													 CStringGetTextDatum("url")));
	}
	if (parsed == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bind \"%s\" is configured without a URL", key),
				 errhint("Write \"key\": \"url\" or \"key\": {\"url\": ..., \"option\": ...}.")));

	serverid = get_foreign_server_oid(key, true);
	if (OidIsValid(serverid) && binds_dialect_of_server(serverid) != NULL)
		return alter_bind(key, parsed, options, true);
	if (strcmp(key, HOST_KEY) == 0)
	{
		check_host(parsed, options);
		return false;
	}
	add_bind(key, parsed, options);
	return true;
}

/*
 * What Flask-SQLAlchemy-Lite calls "default" is the host database: there is nothing to do
 * for it, but it must be this one.
 */
static void
check_host(const BindsUrl *url, Jsonb *options)
{
	const char *here = get_database_name(MyDatabaseId);

	if (strcmp(url->scheme, "postgresql") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the key \"" HOST_KEY "\" is that of the host database, which is PostgreSQL's"),
				 errdetail("The dialect of the URL is \"%s\".", url->scheme),
				 errhint("Give the bind another key.")));
	if (url->database != NULL && url->database[0] != '\0' && strcmp(url->database, here) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the key \"" HOST_KEY "\" is that of the host database \"%s\"", here),
				 errdetail("The URL names the database \"%s\".", url->database),
				 errhint("Connect to that database, and configure its binds there.")));
	if (options != NULL && JB_ROOT_COUNT(options) > 0)
		raise_host_database();
}

/*
 * A URL from its parts, as SQLAlchemy's URL.create takes them.  It is written and read
 * again, so that it is checked as any other.
 */
static BindsUrl *
url_of_object(JsonbContainer *object)
{
	BindsUrl	url = {0};
	BindsUrl   *result;
	JsonbIterator *iterator = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *name = NULL;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			name = pnstrdup(value.val.string.val, value.val.string.len);
		else if (token == WJB_VALUE)
			set_part(&url, name, &value);
	}
	if (url.drivername == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("URL has no \"drivername\""),
				 errhint("Write {\"drivername\": \"mysql\", \"username\": ..., \"password\": ..., \"host\": ..., \"port\": ..., \"database\": ..., \"query\": {...}}.")));
	result = binds_url_parse(binds_url_render(&url, false, true));
	if (strcmp(result->drivername, url.drivername) != 0 ||
		(url.host != NULL && (result->host == NULL || strcmp(result->host, url.host) != 0)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"drivername\" or \"host\" of a URL has characters that it cannot have")));
	return result;
}

static void
set_part(BindsUrl *url, const char *name, JsonbValue *value)
{
	char	   *text;
	char	   *end;

	if (strcmp(name, "query") == 0)
	{
		set_query(url, value);
		return;
	}
	text = binds_jsonb_text(name, value);
	if (strcmp(name, "drivername") == 0)
		url->drivername = text;
	else if (strcmp(name, "username") == 0)
		url->username = text;
	else if (strcmp(name, "password") == 0)
		url->password = text;
	else if (strcmp(name, "host") == 0)
		url->host = text;
	else if (strcmp(name, "database") == 0)
		url->database = text;
	else if (strcmp(name, "port") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("URL has no part \"%s\"", name),
				 errhint("Its parts are drivername, username, password, host, port, database, query.")));
	else if (text != NULL)
	{
		errno = 0;
		url->port = strtol(text, &end, 10);
		if (errno != 0 || *end != '\0' || end == text || url->port < 1 || url->port > 65535)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid value for \"port\" of a URL"),
					 errdetail("Ports are the numbers from 1 to 65535.")));
	}
}

/* An object; a value may be a list, as that of a name that is given more than once. */
static void
set_query(BindsUrl *url, JsonbValue *value)
{
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	part;
	char	   *name = NULL;

	if (value->type == jbvNull)
		return;
	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"query\" of a URL must be a JSON object")));
	iterator = JsonbIteratorInit(value->val.binary.data);
	while ((token = JsonbIteratorNext(&iterator, &part, false)) != WJB_DONE)
	{
		char	   *text;

		if (token == WJB_KEY)
			name = pnstrdup(part.val.string.val, part.val.string.len);
		if (token != WJB_VALUE && token != WJB_ELEM)
			continue;
		text = binds_jsonb_text(name, &part);
		if (text == NULL)
			continue;
		url->query = url->query == NULL ? palloc(sizeof(BindsUrlQuery)) :
			repalloc(url->query, sizeof(BindsUrlQuery) * (url->nquery + 1));
		url->query[url->nquery].name = name;
		url->query[url->nquery++].value = text;
	}
}

static void
add_bind(const char *key, BindsUrl *url, Jsonb *options)
{
	const BindsDialect *dialect = dialect_of_url(url);
	List	   *list = without_nulls(binds_options_from_jsonb(dialect,
															  (struct varlena *) options));
	CreateForeignServerStmt *statement = makeNode(CreateForeignServerStmt);
	Oid			serverid = get_foreign_server_oid(key, true);

	if (OidIsValid(serverid))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_OBJECT),
				 binds_dialect_of_server(serverid) != NULL ?
				 errmsg("bind \"%s\" already exists", key) :
				 errmsg("foreign server \"%s\" already exists and is no bind", key),
				 binds_dialect_of_server(serverid) != NULL ?
				 errhint("Use binds.alter, or binds.configure, to change it.") :
				 errhint("Choose another key.")));
	binds_check_wrapper(GetUserId(), dialect->wrapper);
	statement->servername = pstrdup(key);
	statement->fdwname = pstrdup(dialect->wrapper);
	statement->options = lcons(make_option("url", binds_url_render(url, false, false),
										   DEFELEM_UNSPEC), list);
	run_utility((Node *) statement, "CREATE SERVER");
	if (!set_credentials(get_foreign_server_oid(key, false), key, url) && dialect->has_users)
		map_user(key, role_of(NULL), NIL, false);
	make_metadata_schema(key);
	make_local_schema(list);
}

/*
 * Alter a bind.  exact: options that are not named go back to their defaults; else
 * only JSON null does that.  Returns whether there was something to do.
 */
static bool
alter_bind(const char *key, BindsUrl *url, Jsonb *options, bool exact)
{
	BindsBind  *bind = binds_bind_find(key);
	AlterForeignServerStmt *statement = makeNode(AlterForeignServerStmt);
	List	   *list;
	bool		changed = false;

	if (url != NULL && dialect_of_url(url) != bind->dialect)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot change the dialect of bind \"%s\" from \"%s\" to \"%s\"",
						key, bind->dialect->name, dialect_of_url(url)->name),
				 errhint("Remove the bind and add it again.")));
	list = binds_options_from_jsonb(bind->dialect, (struct varlena *) options);
	statement->servername = pstrdup(key);
	statement->options = server_changes(GetForeignServer(bind->serverid), url,
										list, exact);
	if (statement->options != NIL)
	{
		run_utility((Node *) statement, "ALTER SERVER");
		make_local_schema(without_nulls(list));
		changed = true;
	}
	if (url != NULL && set_credentials(bind->serverid, key, url))
		changed = true;
	return changed;
}

/*
 * The dialect of a URL; raises 0A000 if there is none, 22023 for a file with a
 * user.
 */
static const BindsDialect *
dialect_of_url(const BindsUrl *url)
{
	const BindsDialect *dialect = binds_dialect_by_scheme(url->scheme);

	if (dialect == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("dialect \"%s\" is not supported", url->scheme),
				 errhint("Supported dialects are %s.", binds_dialect_names())));
	if (!dialect->has_users && (url->username != NULL || url->password != NULL))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("URL of dialect \"%s\" has a user name or password",
						url->scheme),
				 errhint("The database is a file, which has no users.")));
	return dialect;
}

/* What ALTER SERVER has to do: a List of DefElem with actions. */
static List *
server_changes(const ForeignServer *server, const BindsUrl *url, List *options,
			   bool exact)
{
	List	   *changes = NIL;
	ListCell   *cell;

	if (url != NULL)
		put_change(&changes, server->options, "url",
				   binds_url_render(url, false, false));
	foreach(cell, options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);

		put_change(&changes, server->options, option->defname,
				   option->arg != NULL ? defGetString(option) : NULL);
	}
	if (!exact)
		return changes;
	foreach(cell, server->options)
	{
		DefElem    *present = lfirst_node(DefElem, cell);

		if (strcmp(present->defname, "url") != 0 &&
			find_option(options, present->defname) == NULL)
			put_change(&changes, server->options, present->defname, NULL);
	}
	return changes;
}

/* ------------------------------------------------------------------------
 * Credentials and schemas
 * ------------------------------------------------------------------------ */

/*
 * Put the URL's user and password into the caller's own user mapping; a URL
 * without them leaves it alone.  Returns whether there was something to do.
 */
static bool
set_credentials(Oid serverid, const char *key, const BindsUrl *url)
{
	List	   *present = NIL;
	List	   *changes;
	bool		exists;

	if (url->username == NULL && url->password == NULL)
		return false;
	exists = SearchSysCacheExists2(USERMAPPINGUSERSERVER,
								   ObjectIdGetDatum(GetUserId()),
								   ObjectIdGetDatum(serverid));
	if (exists)
		present = GetUserMapping(GetUserId(), serverid)->options;
	changes = credential_changes(present, url);
	if (exists && changes == NIL)
		return false;

	map_user(key, role_of(NULL), changes, exists);
	return true;
}

/* CREATE or ALTER USER MAPPING. */
static void
map_user(const char *key, RoleSpec *role, List *options, bool exists)
{
	if (exists)
	{
		AlterUserMappingStmt *alter = makeNode(AlterUserMappingStmt);

		alter->user = role;
		alter->servername = pstrdup(key);
		alter->options = options;
		run_utility((Node *) alter, "ALTER USER MAPPING");
	}
	else
	{
		CreateUserMappingStmt *create = makeNode(CreateUserMappingStmt);

		create->user = role;
		create->servername = pstrdup(key);
		create->options = options;
		run_utility((Node *) create, "CREATE USER MAPPING");
	}
}

/* NULL: the current one. */
static RoleSpec *
role_of(const char *name)
{
	RoleSpec   *role = makeNode(RoleSpec);

	role->location = -1;
	if (name == NULL)
		role->roletype = ROLESPEC_CURRENT_USER;
	else if (strcmp(name, "public") == 0)
		role->roletype = ROLESPEC_PUBLIC;
	else
	{
		role->roletype = ROLESPEC_CSTRING;
		role->rolename = pstrdup(name);
	}
	return role;
}

/*
 * The password of another user is not kept: a URL that changes the user name
 * without a password drops it.
 */
static List *
credential_changes(List *present, const BindsUrl *url)
{
	List	   *changes = NIL;
	const char *user = url->username;

	put_change(&changes, present, "user",
			   user != NULL && user[0] != '\0' ? user : NULL);
	if (url->password != NULL || changes != NIL)
		put_change(&changes, present, "password", url->password);
	return changes;
}

/*
 * Make the metadata schema, or take over one that DROP EXTENSION or DROP SERVER
 * has left, if it is the caller's.
 */
static void
make_metadata_schema(const char *key)
{
	char	   *name = binds_metadata_schema(key);
	CommentStmt *comment = makeNode(CommentStmt);
	Oid			schema = get_namespace_oid(name, true);

	if (OidIsValid(schema))
	{
		binds_check_right(BINDS_RIGHT_DEFINE, GetUserId(), binds_bind_find(key),
						  InvalidOid);
		return;
	}
	create_schema(name);
	comment->objtype = OBJECT_SCHEMA;
	comment->object = (Node *) makeString(name);
	comment->comment = psprintf("models of bind \"%s\"", key);
	run_utility((Node *) comment, "COMMENT ON SCHEMA");
}

static void
make_local_schema(List *options)
{
	DefElem    *option = find_option(options, "schema");

	if (option != NULL && !OidIsValid(get_namespace_oid(defGetString(option), true)))
		create_schema(defGetString(option));
}

static void
create_schema(const char *name)
{
	CreateSchemaStmt *statement = makeNode(CreateSchemaStmt);

	binds_check_new_schema(GetUserId());
	statement->schemaname = pstrdup(name);
	run_utility((Node *) statement, "CREATE SCHEMA");
}

/* ------------------------------------------------------------------------
 * Options and commands
 * ------------------------------------------------------------------------ */

static List *
without_nulls(List *options)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, options)
	{
		if (lfirst_node(DefElem, cell)->arg != NULL)
			result = lappend(result, lfirst(cell));
	}
	return result;
}

static DefElem *
find_option(List *options, const char *name)
{
	ListCell   *cell;

	foreach(cell, options)
	{
		if (strcmp(lfirst_node(DefElem, cell)->defname, name) == 0)
			return lfirst(cell);
	}
	return NULL;
}

static DefElem *
make_option(const char *name, const char *value, DefElemAction action)
{
	return makeDefElemExtended(NULL, pstrdup(name),
							   value != NULL ? (Node *) makeString(pstrdup(value)) : NULL,
							   action, -1);
}

/* Append what brings an option from its present value to "value" (NULL: none). */
static void
put_change(List **changes, List *present, const char *name, const char *value)
{
	DefElem    *old = find_option(present, name);

	if (old == NULL && value != NULL)
		*changes = lappend(*changes, make_option(name, value, DEFELEM_ADD));
	else if (old != NULL && value == NULL)
		*changes = lappend(*changes, make_option(name, NULL, DEFELEM_DROP));
	else if (old != NULL && strcmp(defGetString(old), value) != 0)
		*changes = lappend(*changes, make_option(name, value, DEFELEM_SET));
}

/*
 * Run a command as if it had come from a client.  text: what those see who record
 * statements.
 */
static void
run_utility(Node *statement, const char *text)
{
	PlannedStmt *planned = makeNode(PlannedStmt);

	planned->commandType = CMD_UTILITY;
	planned->utilityStmt = statement;
	planned->stmt_location = -1;
	ProcessUtility(planned, text, false, PROCESS_UTILITY_QUERY, NULL, NULL,
				   None_Receiver, NULL);
	CommandCounterIncrement();
}
