/*
 * settings.c
 *	  Settings of a connection: the URL's query and the option connect_args.
 *
 * Which names there are is the dialect's table; here they are read, checked and
 * merged.  As pymysql has it, {"ssl": {"ca": ...}} means {"ssl_ca": ...}.
 *
 * All spellings of true and false that PostgreSQL knows are taken, and read here alone:
 * what is handed on is "true" or "false".
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_foreign_server.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "compat.h"
#include "dialect/text.h"
#include "options/options.h"

/* What is collected on the way. */
typedef struct Collector
{
	const BindsDialect *dialect;
	BindsSetting *settings;
	int			count;
	int			room;
	List	   *unknown;
} Collector;

static void collect_query(Collector *collector, const BindsUrl *url);
static void collect_json(Collector *collector, const char *text);
static void collect_object(Collector *collector, JsonbContainer *object,
						   const char *prefix);
static void collect_one(Collector *collector, const char *name, const char *value);
static void put_setting(Collector *collector, const char *name, const char *value);
static const BindsSettingRule *find_setting(const BindsDialect *dialect,
											const char *name);
static void check_setting(const BindsSettingRule *rule, const char *value);
static const char *plain_value(const BindsSettingRule *rule, const char *value);
static bool is_word(const char *words, const char *value);
static void refuse_unknown(const BindsDialect *dialect, List *unknown)
			__attribute__((noreturn));

int
binds_settings_collect(const BindsDialect *dialect, const BindsUrl *url,
					   const char *wrapper_args, const char *server_args,
					   BindsSetting **settings)
{
	Collector	collector = {dialect};

	collector.room = 16;
	collector.settings = palloc(collector.room * sizeof(BindsSetting));
	collect_json(&collector, wrapper_args);
	if (url != NULL)
		collect_query(&collector, url);
	collect_json(&collector, server_args);
	if (collector.unknown != NIL)
		refuse_unknown(dialect, collector.unknown);
	*settings = collector.settings;
	return collector.count;
}

bool
binds_settings_name_file(const BindsDialect *dialect, const BindsSetting *settings,
						 int nsettings)
{
	for (int i = 0; i < nsettings; i++)
	{
		/* local_infile is one of this kind, too: false names no file */
		if (find_setting(dialect, settings[i].name)->kind == BINDS_SETTING_FILE &&
			strcmp(settings[i].value, "false") != 0)
			return true;
	}
	return false;
}

char *
binds_jsonb_text(const char *name, struct JsonbValue *value)
{
	switch (value->type)
	{
		case jbvNull:
			return NULL;
		case jbvString:
			return pnstrdup(value->val.string.val, value->val.string.len);
		case jbvBool:
			return pstrdup(value->val.boolean ? "true" : "false");
		case jbvNumeric:
			return DatumGetCString(DirectFunctionCall1(numeric_out,
													   NumericGetDatum(value->val.numeric)));
		default:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid value for option \"%s\"", name),
					 errdetail("It is not a string, a number, a boolean or null.")));
	}
}

/* ------------------------------------------------------------------------
 * Sources
 * ------------------------------------------------------------------------ */

static void
collect_query(Collector *collector, const BindsUrl *url)
{
	for (int i = 0; i < url->nquery; i++)
	{
		for (int j = 0; j < i; j++)
		{
			if (strcmp(url->query[i].name, url->query[j].name) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("URL names connection argument \"%s\" twice",
								url->query[i].name),
						 errhidestmt(true)));
		}
		/* binds_file_path looks at parameters of file: URIs */
		if (!collector->dialect->path_is_identity ||
			!binds_is_uri_parameter(url->query[i].name))
			collect_one(collector, url->query[i].name, url->query[i].value);
	}
}

static void
collect_json(Collector *collector, const char *text)
{
	Jsonb	   *json;

	if (text == NULL)
		return;
	json = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid value for option \"connect_args\""),
				 errdetail("It is not a JSON object.")));
	collect_object(collector, &json->root, NULL);
}

/* An object inside the object gives its name as a prefix. */
static void
collect_object(Collector *collector, JsonbContainer *object, const char *prefix)
{
	JsonbIterator *iterator = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *name = NULL;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			name = pnstrdup(value.val.string.val, value.val.string.len);
			if (prefix != NULL)
				name = psprintf("%s_%s", prefix, name);
		}
		else if (token == WJB_VALUE && value.type == jbvBinary && prefix == NULL &&
				 JsonContainerIsObject(value.val.binary.data))
			collect_object(collector, value.val.binary.data, name);
		else if (token == WJB_VALUE)
		{
			char	   *text = binds_jsonb_text(name, &value);

			if (text != NULL)
				collect_one(collector, name, text);
		}
	}
}

/* ------------------------------------------------------------------------
 * One setting
 * ------------------------------------------------------------------------ */

static void
collect_one(Collector *collector, const char *name, const char *value)
{
	const BindsSettingRule *rule = find_setting(collector->dialect, name);

	if (binds_is_credential(name) ||
		(rule != NULL && rule->kind == BINDS_SETTING_SECRET))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("connection argument \"%s\" must not be in an option of a server",
						name),
				 errhint("Put it into the options \"user\" and \"password\" of a user mapping."),
				 errhidestmt(true), errhidecontext(true)));
	if (rule == NULL)
	{
		collector->unknown = lappend(collector->unknown, pstrdup(name));
		return;
	}
	check_setting(rule, value);
	if (rule->kind != BINDS_SETTING_IGNORED)
		put_setting(collector, name, plain_value(rule, value));
}

static void
put_setting(Collector *collector, const char *name, const char *value)
{
	int			i;

	for (i = 0; i < collector->count; i++)
	{
		if (strcmp(collector->settings[i].name, name) == 0)
			break;
	}
	if (i == collector->room)
	{
		collector->room *= 2;
		collector->settings = repalloc(collector->settings,
									   collector->room * sizeof(BindsSetting));
	}
	collector->settings[i].name = name;
	collector->settings[i].value = value;
	if (i == collector->count)
		collector->count++;
}

static const BindsSettingRule *
find_setting(const BindsDialect *dialect, const char *name)
{
	for (const BindsSettingRule *rule = dialect->settings;
		 rule != NULL && rule->name != NULL; rule++)
	{
		if (strcmp(rule->name, name) == 0)
			return rule;
	}
	return NULL;
}

static void
check_setting(const BindsSettingRule *rule, const char *value)
{
	bool		dummy;
	char	   *end;
	double		number;

	switch (rule->kind)
	{
		case BINDS_SETTING_IGNORED:
			if (rule->values == NULL || is_word(rule->values, value))
				return;
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid value for connection argument \"%s\"", rule->name),
					 rule->hint != NULL ? errdetail_internal("%s", rule->hint) : 0,
					 errhint("Leave it out.")));
			break;
		case BINDS_SETTING_SECRET:
			return;
		case BINDS_SETTING_BOOL:
			if (parse_bool(value, &dummy))
				return;
			break;
		case BINDS_SETTING_INTEGER:
			number = strtod(value, &end);
			if (end != value && *end == '\0' && number == (int) number &&
				number >= rule->minimum && number <= rule->maximum)
				return;
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid value for connection argument \"%s\"", rule->name),
					 errdetail("It is not an integer from %d to %d.",
							   rule->minimum, rule->maximum)));
			break;
		case BINDS_SETTING_FILE:
			if (is_absolute_path(value) || parse_bool(value, &dummy))
				return;
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid value for connection argument \"%s\"", rule->name),
					 errdetail("It is not an absolute path.")));
			break;
		case BINDS_SETTING_TEXT:
			if (rule->values == NULL || is_word(rule->values, value))
				return;
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid value for connection argument \"%s\"", rule->name),
					 errhint("Valid values are %s.", binds_words(rule->values))));
			break;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for connection argument \"%s\"", rule->name),
			 errdetail("It is neither true nor false.")));
}

/* A value that was checked, as the drivers compare it. */
static const char *
plain_value(const BindsSettingRule *rule, const char *value)
{
	bool		truth;

	if ((rule->kind != BINDS_SETTING_BOOL && rule->kind != BINDS_SETTING_FILE) ||
		!parse_bool(value, &truth))
		return value;
	return truth ? "true" : "false";
}

/* Is the value one of "a|b|c"? */
static bool
is_word(const char *words, const char *value)
{
	size_t		length = strlen(value);

	while (words != NULL)
	{
		size_t		n = strcspn(words, "|");

		if (n == length && pg_strncasecmp(words, value, n) == 0)
			return true;
		words = words[n] == '|' ? words + n + 1 : NULL;
	}
	return false;
}

static void
refuse_unknown(const BindsDialect *dialect, List *unknown)
{
	StringInfoData names;
	StringInfoData valid;
	ListCell   *cell;

	initStringInfo(&names);
	foreach(cell, unknown)
		binds_text_list_add(&names, lfirst(cell));
	initStringInfo(&valid);
	for (const BindsSettingRule *rule = dialect->settings;
		 rule != NULL && rule->name != NULL; rule++)
	{
		if (rule->kind != BINDS_SETTING_SECRET && !binds_is_credential(rule->name))
			appendStringInfo(&valid, "%s%s", valid.len > 0 ? ", " : "", rule->name);
	}
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
			 errmsg_plural("invalid connection argument %s",
						   "invalid connection arguments %s",
						   list_length(unknown), names.data),
			 errhint("Valid connection arguments of dialect \"%s\" are %s.",
					 dialect->name, valid.data),
			 errhidestmt(true), errhidecontext(true)));
}
