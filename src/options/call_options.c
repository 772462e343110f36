/*
 * call_options.c
 *	  The options of a call, read after a table of them.
 *
 * The caller's table says which options there are; both readers, the error for what is not
 * in it, and its hint follow from it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/varlena.h"

#include "dialect/text.h"
#include "options/call_options.h"
#include "options/options.h"

static const BindsCallOption *find_rule(const BindsCallOption *rules, const char *name);
static void *field_of(void *fields, const BindsCallOption *rule);
static void set_text(void *fields, const BindsCallOption *rule, char *text);
static List *array_names(const BindsCallOption *rule, JsonbContainer *array);
static void refuse(List *names, const BindsCallOption *rules) __attribute__((noreturn));
static void refuse_value(const BindsCallOption *rule) __attribute__((noreturn));

void
binds_call_options(void *fields, const BindsCallOption *rules, const char *function,
				   struct varlena *jsonb)
{
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;
	List	   *unknown = NIL;

	if (jsonb == NULL)
		return;
	if (!JB_ROOT_IS_OBJECT((Jsonb *) jsonb))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("options of %s must be a JSON object", function)));
	it = JsonbIteratorInit(&((Jsonb *) jsonb)->root);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		const BindsCallOption *rule;
		char	   *name;

		if (token != WJB_KEY)
			continue;
		name = pnstrdup(value.val.string.val, value.val.string.len);
		(void) JsonbIteratorNext(&it, &value, true);
		rule = find_rule(rules, name);
		if (rule == NULL)
			unknown = lappend(unknown, name);
		else if (rule->exact && value.type != jbvBool)
			refuse_value(rule);
		else if (value.type == jbvNull)
			continue;			/* the default */
		else if (rule->kind == BINDS_OPTION_LIST && value.type == jbvBinary)
			*(List **) field_of(fields, rule) = array_names(rule, value.val.binary.data);
		else if (rule->kind == BINDS_OPTION_LIST || value.type == jbvBinary)
			refuse_value(rule);
		else
			set_text(fields, rule, binds_jsonb_text(name, &value));
		if (rule != NULL && rule->tell)
			*(bool *) ((char *) fields + rule->given) = true;
	}
	if (unknown != NIL)
		refuse(unknown, rules);
}

void
binds_statement_options(void *fields, const BindsCallOption *rules, List *options)
{
	List	   *unknown = NIL;
	ListCell   *lc;

	foreach(lc, options)
	{
		DefElem    *option = lfirst_node(DefElem, lc);
		const BindsCallOption *rule = find_rule(rules, option->defname);

		if (rule == NULL)
			unknown = lappend(unknown, option->defname);
		else if (rule->kind == BINDS_OPTION_BOOL)
			*(bool *) field_of(fields, rule) = defGetBoolean(option);
		else
			set_text(fields, rule, defGetString(option));
	}
	if (unknown != NIL)
		refuse(unknown, rules);
}

static const BindsCallOption *
find_rule(const BindsCallOption *rules, const char *name)
{
	for (const BindsCallOption *rule = rules; rule->name != NULL; rule++)
	{
		if (strcmp(rule->name, name) == 0)
			return rule;
	}
	return NULL;
}

static void *
field_of(void *fields, const BindsCallOption *rule)
{
	return (char *) fields + rule->offset;
}

static void
set_text(void *fields, const BindsCallOption *rule, char *text)
{
	void	   *field = field_of(fields, rule);

	if (rule->kind == BINDS_OPTION_LIST)
	{
		if (!SplitIdentifierString(text, ',', (List **) field))
			refuse_value(rule);
		return;
	}
	if (rule->kind == BINDS_OPTION_BOOL)
	{
		*(bool *) field = binds_parse_bool(rule->name, text);
		return;
	}
	for (int i = 0; i < (int) lengthof(rule->words) && rule->words[i] != NULL; i++)
	{
		if (pg_strcasecmp(text, rule->words[i]) != 0)
			continue;
		if (rule->kind == BINDS_OPTION_WORD)
			*(bool *) field = i == 1;
		else
			*(const char **) field = i > 0 ? rule->words[i] : NULL;
		return;
	}
	refuse_value(rule);
}

static List *
array_names(const BindsCallOption *rule, JsonbContainer *array)
{
	JsonbIterator *it = JsonbIteratorInit(array);
	JsonbIteratorToken token;
	JsonbValue	value;
	List	   *names = NIL;

	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_BEGIN_OBJECT || (token == WJB_ELEM && value.type != jbvString))
			refuse_value(rule);
		if (token == WJB_ELEM)
			names = lappend(names, pnstrdup(value.val.string.val, value.val.string.len));
	}
	return names;
}

/* One error for all unknown names. */
static void
refuse(List *names, const BindsCallOption *rules)
{
	StringInfoData unknown;
	StringInfoData valid;
	ListCell   *lc;

	initStringInfo(&unknown);
	initStringInfo(&valid);
	foreach(lc, names)
		binds_text_list_add(&unknown, lfirst(lc));
	for (const BindsCallOption *rule = rules; rule->name != NULL; rule++)
		appendStringInfo(&valid, "%s%s", valid.len > 0 ? ", " : "", rule->name);
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
			 list_length(names) == 1 ?
			 errmsg("option %s is not valid", unknown.data) :
			 errmsg("options %s are not valid", unknown.data),
			 errhint("Valid options are %s.", valid.data)));
}

static void
refuse_value(const BindsCallOption *rule)
{
	StringInfoData words;

	initStringInfo(&words);
	for (int i = 0; i < (int) lengthof(rule->words) && rule->words[i] != NULL; i++)
		appendStringInfo(&words, "%s%s", i > 0 ? ", " : "", rule->words[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for option \"%s\"", rule->name),
			 rule->kind == BINDS_OPTION_LIST ?
			 errhint("It is a list of names.") :
			 errhint("Valid values are %s.",
					 rule->kind == BINDS_OPTION_BOOL ? "false, true" : words.data)));
}
