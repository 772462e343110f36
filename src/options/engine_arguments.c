/*
 * engine_arguments.c
 *	  What SQLAlchemy's create_engine takes: mapped to our options, or refused.
 *
 * Arguments that only a Python process can have are refused with the reason and
 * with the way to get the effect here; the table says both.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_foreign_data_wrapper.h"
#include "catalog/pg_foreign_server.h"
#include "lib/stringinfo.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "dialect/text.h"
#include "compat.h"
#include "options/options.h"

typedef struct RefusedArgument
{
	const char *name;
	const char *reason;			/* a sentence without its end */
	const char *way;			/* likewise, NULL: there is nothing to do */
} RefusedArgument;

#define ONE_CONNECTION "a session keeps one connection per bind, there is no pool"
#define LIMIT_SESSIONS "limit the sessions: max_connections, ALTER ROLE ... CONNECTION LIMIT, or a pooler in front of PostgreSQL"
#define PYTHON_OBJECT "it is an object of a Python process"
#define TYPED_VALUES "values have PostgreSQL's types"
#define OWN_TEXT "statements are written for the engine by this extension"

static const RefusedArgument refused[] = {
	{"pool_size", ONE_CONNECTION, LIMIT_SESSIONS},
	{"max_overflow", ONE_CONNECTION, LIMIT_SESSIONS},
	{"pool_timeout", ONE_CONNECTION, "for a limit on connecting set the connection argument connect_timeout, for one on waiting for locks the option lock_timeout"},
	{"pool_use_lifo", ONE_CONNECTION, "set pool_recycle to renew connections that were idle"},
	{"pool_reset_on_return", "a connection is given back at the end of the transaction, always rolled back or committed", NULL},
	{"pool_logging_name", ONE_CONNECTION, "log lines carry the bind key"},
	{"pool_events", PYTHON_OBJECT, "use triggers or event triggers"},
	{"pool", PYTHON_OBJECT, LIMIT_SESSIONS},
	{"poolclass", PYTHON_OBJECT, LIMIT_SESSIONS},
	{"echo_pool", ONE_CONNECTION, "set echo to log what is sent"},
	{"logging_name", "log lines carry the bind key", "set log_line_prefix"},
	{"creator", PYTHON_OBJECT, "put host, port, TLS files and the like into the URL or connect_args"},
	{"async_creator", PYTHON_OBJECT, "put host, port, TLS files and the like into the URL or connect_args"},
	{"module", PYTHON_OBJECT, "the client library is chosen by the dialect"},
	{"dialect", PYTHON_OBJECT, "the dialect is the first part of the URL"},
	{"plugins", PYTHON_OBJECT, "use triggers or event triggers"},
	{"json_serializer", TYPED_VALUES, "use columns of type json or jsonb"},
	{"json_deserializer", TYPED_VALUES, "use columns of type json or jsonb"},
	{"native_datetime", TYPED_VALUES, "use columns of type date, time or timestamp"},
	{"encoding", "text travels as utf8mb4 and is converted to the encoding of the database", NULL},
	{"convert_unicode", "text travels as utf8mb4 and is converted to the encoding of the database", NULL},
	{"enable_from_linting", OWN_TEXT, "look at the plan with EXPLAIN VERBOSE"},
	{"label_length", OWN_TEXT, NULL},
	{"max_identifier_length", OWN_TEXT, NULL},
	{"paramstyle", OWN_TEXT, NULL},
	{"implicit_returning", OWN_TEXT, "INSERT ... RETURNING works on every bind"},
	{"use_insertmanyvalues", OWN_TEXT, "set batch_size to 1 to insert row by row"},
	{"compiler_linting", OWN_TEXT, NULL},
	{"query_cache_size", "plans and prepared statements are kept per session", "use PREPARE"},
	{"compiled_cache", "plans and prepared statements are kept per session", "use PREPARE"},
	{"server_side_cursors", "rows always stream", "set fetch_size"},
	{"future", "there is one interface", NULL},
	{"strategy", PYTHON_OBJECT, NULL},
	{"skip_autocommit_rollback", "a bind belongs to the transaction of the session", NULL},
	{"schema_translate_map", "it would change names in each statement", "set schema for the local relations, or schema_name on a foreign table"},
	{"logging_token", "log lines carry the bind key", "set application_name and log_line_prefix"},
	{"preserve_rowcount", "the number of rows is always known", NULL},
	{"url", "the URL is an argument of its own", "give it as the argument url of binds.add, or as the option url of a server"},
	{NULL}
};

static void convert_object(const BindsDialect *dialect, JsonbContainer *object,
						   bool execution, List **result, List **unknown);
static void convert_one(const BindsDialect *dialect, const char *name,
						JsonbValue *value, List **result, List **unknown);
static void convert_execution(const char *name, JsonbValue *value,
							  List **result, List **unknown);
static void put_option(List **result, const char *name, char *value);
static const RefusedArgument *find_refused(const char *name);

List *
binds_options_from_jsonb(const BindsDialect *dialect, struct varlena *jsonb)
{
	Jsonb	   *json = (Jsonb *) jsonb;
	List	   *result = NIL;
	List	   *unknown = NIL;

	if (json == NULL)
		return NIL;
	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("options of a bind must be a JSON object")));
	convert_object(dialect, &json->root, false, &result, &unknown);
	if (unknown != NIL)
		binds_options_refuse(dialect, unknown, InvalidOid);
	return result;
}

void
binds_options_refuse(const BindsDialect *dialect, List *names, Oid catalog)
{
	StringInfoData list;
	StringInfoData detail;
	StringInfoData hint;
	char	   *valid = binds_options_names(dialect, catalog);
	ListCell   *cell;

	initStringInfo(&list);
	initStringInfo(&detail);
	initStringInfo(&hint);
	foreach(cell, names)
	{
		const char *name = lfirst(cell);
		const RefusedArgument *argument =
			!OidIsValid(catalog) || catalog == ForeignServerRelationId ||
			catalog == ForeignDataWrapperRelationId ? find_refused(name) : NULL;

		binds_text_list_add(&list, name);
		if (argument != NULL)
			appendStringInfo(&detail, "%s%s: %s.", detail.len > 0 ? "\n" : "",
							 name, argument->reason);
		if (argument != NULL && argument->way != NULL)
			appendStringInfo(&hint, "%s: %s.\n", name, argument->way);
	}
	if (valid[0] != '\0')
		appendStringInfo(&hint, "Valid options in this context are: %s", valid);
	else
		appendStringInfoString(&hint, "There are no valid options in this context.");
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
			 errmsg_plural("invalid option %s", "invalid options %s",
						   list_length(names), list.data),
			 detail.len > 0 ? errdetail_internal("%s", detail.data) : 0,
			 errhint("%s", hint.data)));
}

/* Convert the members of an object, or of execution_options inside it. */
static void
convert_object(const BindsDialect *dialect, JsonbContainer *object, bool execution,
			   List **result, List **unknown)
{
	JsonbIterator *iterator = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *name = NULL;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			name = pnstrdup(value.val.string.val, value.val.string.len);
		else if (token == WJB_VALUE && execution)
			convert_execution(name, &value, result, unknown);
		else if (token == WJB_VALUE)
			convert_one(dialect, name, &value, result, unknown);
	}
}

static void
convert_one(const BindsDialect *dialect, const char *name, JsonbValue *value,
			List **result, List **unknown)
{
	bool		object = value->type == jbvBinary &&
		JsonContainerIsObject(value->val.binary.data);

	if (strcmp(name, "connect_args") == 0 && object)
		put_option(result, name, JsonbToCString(NULL, value->val.binary.data,
												value->val.binary.len));
	else if (strcmp(name, "execution_options") == 0 && object)
		convert_object(dialect, value->val.binary.data, true, result, unknown);
	else if ((strcmp(name, "execution_options") == 0 ||
			  strcmp(name, "connect_args") == 0) && value->type != jbvNull)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid value for option \"%s\"", name),
				 errdetail("It is not a JSON object.")));
	else if (strcmp(name, "insertmanyvalues_page_size") == 0)
		put_option(result, "batch_size", binds_jsonb_text(name, value));
	else if (strcmp(name, "url") != 0 && binds_options_known(dialect, name))
		put_option(result, name, binds_jsonb_text(name, value));
	else if (strcmp(name, "execution_options") != 0)
		*unknown = lappend(*unknown, pstrdup(name));
}

static void
convert_execution(const char *name, JsonbValue *value, List **result, List **unknown)
{
	char	   *text = binds_jsonb_text(name, value);

	if (strcmp(name, "stream_results") == 0)
	{
		/* rows always stream: true has no effect, and false cannot be had */
		if (text != NULL && !binds_parse_bool(name, text))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("option \"stream_results\" cannot be false"),
					 errdetail("Rows always stream, memory stays flat for any result."),
					 errhint("Leave it out, or set fetch_size.")));
	}
	else if (strcmp(name, "yield_per") == 0 || strcmp(name, "max_row_buffer") == 0)
		put_option(result, "fetch_size", text);
	else if (strcmp(name, "insertmanyvalues_page_size") == 0)
		put_option(result, "batch_size", text);
	else if (strcmp(name, "isolation_level") == 0)
		put_option(result, name, text);
	else
		*unknown = lappend(*unknown, pstrdup(name));
}

/* Add an option; two arguments may mean the same one, but not at once. */
static void
put_option(List **result, const char *name, char *value)
{
	Node	   *arg = value != NULL ? (Node *) makeString(value) : NULL;
	ListCell   *cell;

	foreach(cell, *result)
	{
		DefElem    *option = lfirst_node(DefElem, cell);

		if (strcmp(option->defname, name) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("option \"%s\" is given twice", name)));
	}
	*result = lappend(*result, makeDefElem(pstrdup(name), arg, -1));
}

static const RefusedArgument *
find_refused(const char *name)
{
	for (const RefusedArgument *argument = refused; argument->name != NULL; argument++)
	{
		if (strcmp(argument->name, name) == 0)
			return argument;
	}
	return NULL;
}
