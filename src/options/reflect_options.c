/*
 * reflect_options.c
 *	  What binds.reflect and IMPORT FOREIGN SCHEMA are asked for.
 *
 * The table "rules" says which options there are; both readers, the error for what is
 * not in it, and its hint follow from it.  Lists are JSON arrays for binds.reflect, and
 * names separated by commas for IMPORT FOREIGN SCHEMA, whose options are texts.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/varlena.h"

#include "dialect/text.h"
#include "options/options.h"
#include "options/reflect_options.h"

typedef enum ReflectKind
{
	KIND_LIST,
	KIND_BOOL,
	KIND_WORD,					/* one of two: false and true */
	KIND_CHOICE					/* one of several; the first is the default,
								 * NULL */
} ReflectKind;

typedef struct ReflectRule
{
	const char *name;
	ReflectKind kind;
	bool		reflect;		/* of binds.reflect */
	bool		import;			/* of IMPORT FOREIGN SCHEMA */
	size_t		offset;			/* in BindsReflectOptions */
	const char *words[4];
} ReflectRule;

#define FIELD(name) offsetof(BindsReflectOptions, name)

/* IMPORT has LIMIT TO and EXCEPT of its own. */
static const ReflectRule rules[] = {
	{"only", KIND_LIST, true, false, FIELD(only)},
	{"except", KIND_LIST, true, false, FIELD(except)},
	{"as_text", KIND_LIST, true, true, FIELD(as_text)},
	{"tinyint1", KIND_WORD, true, true, FIELD(smallint), {"boolean", "smallint"}},
	{"text_limits", KIND_WORD, true, true, FIELD(no_limits), {"enforced", "ignored"}},
	{"temporal", KIND_CHOICE, true, true, FIELD(temporal), {"text", "epoch", "milliseconds", "julian"}},
	{"views", KIND_BOOL, true, false, FIELD(views), {"false", "true"}},
	{"views", KIND_BOOL, false, true, FIELD(import_views)},
	{"import_views", KIND_BOOL, false, true, FIELD(import_views)},
	{"import_not_null", KIND_BOOL, false, true, FIELD(import_not_null)},
	{"import_default", KIND_BOOL, false, true, FIELD(import_default)},
	{NULL}
};

static BindsReflectOptions *make_options(void);
static const ReflectRule *find_rule(const char *name, bool import);
static void refuse(List *names, bool import) __attribute__((noreturn));
static void set_text(BindsReflectOptions *options, const ReflectRule *rule, char *text);
static void refuse_value(const ReflectRule *rule) __attribute__((noreturn));
static List *array_names(const ReflectRule *rule, JsonbContainer *array);

BindsReflectOptions *
binds_reflect_options(struct varlena *jsonb)
{
	BindsReflectOptions *options = make_options();
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;
	List	   *unknown = NIL;

	if (jsonb == NULL)
		return options;
	if (!JB_ROOT_IS_OBJECT((Jsonb *) jsonb))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("options of binds.reflect must be a JSON object")));
	it = JsonbIteratorInit(&((Jsonb *) jsonb)->root);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		const ReflectRule *rule;
		char	   *name;

		if (token != WJB_KEY)
			continue;
		name = pnstrdup(value.val.string.val, value.val.string.len);
		(void) JsonbIteratorNext(&it, &value, true);
		rule = find_rule(name, false);
		if (rule == NULL)
			unknown = lappend(unknown, name);
		else if (rule->kind == KIND_LIST && value.type == jbvBinary)
		{
			*(List **) ((char *) options + rule->offset) =
				array_names(rule, value.val.binary.data);
			if (rule->offset == FIELD(only))
				options->limited = true;
		}
		else if (value.type == jbvNull)
			continue;			/* the default */
		else if (rule->kind == KIND_LIST || value.type == jbvBinary)
			refuse_value(rule);
		else
			set_text(options, rule, binds_jsonb_text(name, &value));
	}
	if (unknown != NIL)
		refuse(unknown, false);
	return options;
}

BindsReflectOptions *
binds_import_options(List *options)
{
	BindsReflectOptions *result = make_options();
	List	   *unknown = NIL;
	ListCell   *lc;

	foreach(lc, options)
	{
		DefElem    *option = lfirst_node(DefElem, lc);
		const ReflectRule *rule = find_rule(option->defname, true);

		if (rule == NULL)
			unknown = lappend(unknown, option->defname);
		else if (rule->kind == KIND_BOOL)
			*((bool *) ((char *) result + rule->offset)) = defGetBoolean(option);
		else
			set_text(result, rule, defGetString(option));
	}
	if (unknown != NIL)
		refuse(unknown, true);
	return result;
}

static BindsReflectOptions *
make_options(void)
{
	BindsReflectOptions *options = palloc0(sizeof(BindsReflectOptions));

	options->import_views = true;
	options->import_not_null = true;
	return options;
}

static const ReflectRule *
find_rule(const char *name, bool import)
{
	for (const ReflectRule *rule = rules; rule->name != NULL; rule++)
	{
		if ((import ? rule->import : rule->reflect) && strcmp(rule->name, name) == 0)
			return rule;
	}
	return NULL;
}

/* One error for all unknown names. */
static void
refuse(List *names, bool import)
{
	StringInfoData unknown;
	StringInfoData valid;
	ListCell   *lc;

	initStringInfo(&unknown);
	initStringInfo(&valid);
	foreach(lc, names)
		binds_text_list_add(&unknown, lfirst(lc));
	for (const ReflectRule *rule = rules; rule->name != NULL; rule++)
	{
		if (import ? rule->import : rule->reflect)
			appendStringInfo(&valid, "%s%s", valid.len > 0 ? ", " : "", rule->name);
	}
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
			 list_length(names) == 1 ?
			 errmsg("option %s is not valid", unknown.data) :
			 errmsg("options %s are not valid", unknown.data),
			 errhint("Valid options are %s.", valid.data)));
}

static void
set_text(BindsReflectOptions *options, const ReflectRule *rule, char *text)
{
	void	   *field = (char *) options + rule->offset;

	if (rule->kind == KIND_LIST)
	{
		if (!SplitIdentifierString(text, ',', (List **) field))
			refuse_value(rule);
		return;
	}
	if (rule->kind == KIND_BOOL)
	{
		*(bool *) field = binds_parse_bool(rule->name, text);
		return;
	}
	for (int i = 0; i < (int) lengthof(rule->words) && rule->words[i] != NULL; i++)
	{
		if (pg_strcasecmp(text, rule->words[i]) != 0)
			continue;
		if (rule->kind == KIND_WORD)
			*(bool *) field = i == 1;
		else
			*(const char **) field = i > 0 ? rule->words[i] : NULL;
		return;
	}
	refuse_value(rule);
}

static void
refuse_value(const ReflectRule *rule)
{
	StringInfoData words;

	initStringInfo(&words);
	for (int i = 0; i < (int) lengthof(rule->words) && rule->words[i] != NULL; i++)
		appendStringInfo(&words, "%s%s", i > 0 ? ", " : "", rule->words[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for option \"%s\"", rule->name),
			 rule->kind == KIND_LIST ?
			 errhint("It is a list of names.") :
			 errhint("Valid values are %s.", words.data)));
}

static List *
array_names(const ReflectRule *rule, JsonbContainer *array)
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
