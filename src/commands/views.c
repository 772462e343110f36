/*
 * views.c
 *	  The rows of the view binds.engines, binds.engine and binds.parse_url.
 *
 * No password comes out of here: a URL is shown with "***" in its place, and the user
 * name only to those who may read it in pg_user_mappings.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_user_mapping.h"
#include "commands/dbcommands.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/syscache.h"

#include "commands/commands.h"
#include "compat.h"

BINDS_FUNCTION(binds_engine);
BINDS_FUNCTION(binds_engine_rows);
BINDS_FUNCTION(binds_parse_url);

#define ENGINE_COLUMNS 5

static void put_bind(ReturnSetInfo *result, const BindsBind *bind);
static void default_row(Datum *values, bool *nulls);
static void bind_row(const BindsBind *bind, Datum *values, bool *nulls);
static char *masked_url(const BindsBind *bind);
static void push_text(JsonbParseState **state, const char *name, const char *value);
static const char *shown_value(const BindsUrlQuery *item);
static void push_query(JsonbParseState **state, const BindsUrl *url);
static void push_string(JsonbParseState **state, JsonbIteratorToken token,
						const char *text);

/*
 * binds.engine_rows() returns the columns of binds.engines
 */
Datum
binds_engine_rows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	ListCell   *cell;

	InitMaterializedSRF(fcinfo, 0);
	foreach(cell, binds_bind_all())
		put_bind(result, lfirst(cell));
	return (Datum) 0;
}

/*
 * binds.engine(bind_key text) returns one row with the columns of binds.engines
 */
Datum
binds_engine(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));

	InitMaterializedSRF(fcinfo, 0);
	put_bind((ReturnSetInfo *) fcinfo->resultinfo, binds_bind_find(key));
	return (Datum) 0;
}

/*
 * binds.parse_url(url text) returns jsonb
 */
Datum
binds_parse_url(PG_FUNCTION_ARGS)
{
	BindsUrl   *url = binds_url_parse(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	JsonbParseState *state = NULL;
	JsonbValue	value;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	push_text(&state, "drivername", url->drivername);
	push_text(&state, "username", url->username);
	push_text(&state, "password", url->password != NULL ? "***" : NULL);
	push_text(&state, "host", url->host);
	push_string(&state, WJB_KEY, "port");
	value.type = jbvNull;
	if (url->port != 0)
	{
		value.type = jbvNumeric;
		value.val.numeric = int64_to_numeric(url->port);
	}
	pushJsonbValue(&state, WJB_VALUE, &value);
	push_text(&state, "database", url->database);
	push_query(&state, url);
	push_text(&state, "url", binds_url_render(url, true, true));
	PG_RETURN_JSONB_P(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL)));
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

static void
put_bind(ReturnSetInfo *result, const BindsBind *bind)
{
	Datum		values[ENGINE_COLUMNS];
	bool		nulls[ENGINE_COLUMNS] = {false};

	if (bind->key == NULL)
		default_row(values, nulls);
	else
		bind_row(bind, values, nulls);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static void
default_row(Datum *values, bool *nulls)
{
	BindsUrl	url = {0};

	url.drivername = "postgresql";
	url.database = get_database_name(MyDatabaseId);
	nulls[0] = true;
	values[1] = CStringGetTextDatum(binds_url_render(&url, true, true));
	values[2] = CStringGetTextDatum(url.drivername);
	values[3] = DirectFunctionCall1(jsonb_in, CStringGetDatum("{}"));
	nulls[4] = true;
}

static void
bind_row(const BindsBind *bind, Datum *values, bool *nulls)
{
	values[0] = CStringGetTextDatum(bind->key);
	values[1] = CStringGetTextDatum(masked_url(bind));
	values[2] = CStringGetTextDatum(bind->dialect->name);
	values[3] = PointerGetDatum(binds_options_to_jsonb(bind->serverid));
	if (bind->options->schema != NULL)
		values[4] = CStringGetTextDatum(bind->options->schema);
	else
		nulls[4] = true;
}

/*
 * The URL with the caller's user name in it.  As in pg_user_mappings, a mapping of
 * one's own is shown to who may use the server, the public one to its owner.
 */
static char *
masked_url(const BindsBind *bind)
{
	BindsUrl	url = *bind->options->url;
	BindsCredentials *credentials;
	bool		own = SearchSysCacheExists2(USERMAPPINGUSERSERVER,
											ObjectIdGetDatum(GetUserId()),
											ObjectIdGetDatum(bind->serverid));

	if (binds_compat_owns_server(bind->serverid, GetUserId()) ||
		(own && binds_compat_server_aclcheck(bind->serverid, GetUserId()) == ACLCHECK_OK))
	{
		credentials = binds_credentials(bind->serverid, GetUserId(), true);
		url.username = credentials->user;
		url.password = credentials->password;
		if (url.username == NULL && url.password != NULL)
			url.username = "";
	}
	return binds_url_render(&url, true, true);
}

/* ------------------------------------------------------------------------
 * JSON
 * ------------------------------------------------------------------------ */

static void
push_text(JsonbParseState **state, const char *name, const char *value)
{
	JsonbValue	null;

	push_string(state, WJB_KEY, name);
	null.type = jbvNull;
	if (value == NULL)
		pushJsonbValue(state, WJB_VALUE, &null);
	else
		push_string(state, WJB_VALUE, value);
}

/* What may be shown of a value. */
static const char *
shown_value(const BindsUrlQuery *item)
{
	return binds_url_is_secret(item->name) ? "***" : item->value;
}

/* The query: a text for each name, an array if the name repeats. */
static void
push_query(JsonbParseState **state, const BindsUrl *url)
{
	push_string(state, WJB_KEY, "query");
	pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
	for (int i = 0; i < url->nquery; i++)
	{
		const char *name = url->query[i].name;
		int			before = 0;
		int			after = 0;

		for (int j = 0; j < url->nquery; j++)
		{
			if (j != i && strcmp(url->query[j].name, name) == 0)
				(*(j < i ? &before : &after))++;
		}
		if (before > 0)
			continue;
		push_string(state, WJB_KEY, name);
		if (after == 0)
		{
			push_string(state, WJB_VALUE, shown_value(&url->query[i]));
			continue;
		}
		pushJsonbValue(state, WJB_BEGIN_ARRAY, NULL);
		for (int j = i; j < url->nquery; j++)
		{
			if (strcmp(url->query[j].name, name) == 0)
				push_string(state, WJB_ELEM, shown_value(&url->query[j]));
		}
		pushJsonbValue(state, WJB_END_ARRAY, NULL);
	}
	pushJsonbValue(state, WJB_END_OBJECT, NULL);
}

static void
push_string(JsonbParseState **state, JsonbIteratorToken token, const char *text)
{
	JsonbValue	value;

	value.type = jbvString;
	value.val.string.val = unconstify(char *, text);
	value.val.string.len = strlen(text);
	pushJsonbValue(state, token, &value);
}
