/*
 * assign_options.c
 *	  What binds.assign is asked for.
 *
 * The table "rules" says which options there are; the reader, the errors and their hints
 * follow from it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "dialect/text.h"
#include "options/assign_options.h"
#include "options/options.h"

/* Every option is one of two words, or true or false. */
typedef struct AssignRule
{
	const char *name;
	size_t		offset;			/* in BindsAssignOptions */
	const char *words[2];		/* of false and true; NULL: a boolean */
} AssignRule;

#define FIELD(name) offsetof(BindsAssignOptions, name)

static const AssignRule rules[] = {
	{"rows", FIELD(leave_rows), {"copy", "leave"}},
	{"keep_source", FIELD(keep_source)},
	{"foreign_keys", FIELD(drop_keys), {"refuse", "drop"}},
	{"checksum", FIELD(checksum)},
	{NULL}
};

static const AssignRule *find_rule(const char *name);
static void refuse(List *names) __attribute__((noreturn));
static void set_value(BindsAssignOptions *options, const AssignRule *rule,
					  const char *text);

BindsAssignOptions *
binds_assign_options(struct varlena *jsonb)
{
	BindsAssignOptions *options = palloc0(sizeof(BindsAssignOptions));
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;
	List	   *unknown = NIL;
	bool		kept = false;

	if (jsonb == NULL)
		return options;
	if (!JB_ROOT_IS_OBJECT((Jsonb *) jsonb))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("options of binds.assign must be a JSON object")));
	it = JsonbIteratorInit(&((Jsonb *) jsonb)->root);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		const AssignRule *rule;
		char	   *name;

		if (token != WJB_KEY)
			continue;
		name = pnstrdup(value.val.string.val, value.val.string.len);
		(void) JsonbIteratorNext(&it, &value, true);
		rule = find_rule(name);
		if (rule == NULL)
			unknown = lappend(unknown, name);
		else if (value.type == jbvNull)
			continue;			/* the default */
		else
		{
			set_value(options, rule,
					  value.type == jbvBinary ? "" : binds_jsonb_text(name, &value));
			kept = kept || rule->offset == FIELD(keep_source);
		}
	}
	if (unknown != NIL)
		refuse(unknown);
	if (options->leave_rows && kept && !options->keep_source)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows that are left need a table that stays"),
				 errdetail("Option \"rows\" is \"leave\", and \"keep_source\" is false."),
				 errhint("Leave \"keep_source\" out, and drop the table later.")));
	options->keep_source |= options->leave_rows;
	return options;
}

static const AssignRule *
find_rule(const char *name)
{
	for (const AssignRule *rule = rules; rule->name != NULL; rule++)
	{
		if (strcmp(rule->name, name) == 0)
			return rule;
	}
	return NULL;
}

/* One error for all unknown names. */
static void
refuse(List *names)
{
	StringInfoData unknown;
	StringInfoData valid;
	ListCell   *lc;

	initStringInfo(&unknown);
	initStringInfo(&valid);
	foreach(lc, names)
		binds_text_list_add(&unknown, lfirst(lc));
	for (const AssignRule *rule = rules; rule->name != NULL; rule++)
		appendStringInfo(&valid, "%s%s", valid.len > 0 ? ", " : "", rule->name);
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
			 list_length(names) == 1 ?
			 errmsg("option %s is not valid", unknown.data) :
			 errmsg("options %s are not valid", unknown.data),
			 errhint("Valid options are %s.", valid.data)));
}

static void
set_value(BindsAssignOptions *options, const AssignRule *rule, const char *text)
{
	bool	   *field = (bool *) ((char *) options + rule->offset);

	if (rule->words[0] == NULL)
	{
		*field = binds_parse_bool(rule->name, text);
		return;
	}
	for (int i = 0; i < (int) lengthof(rule->words); i++)
	{
		if (pg_strcasecmp(text, rule->words[i]) == 0)
		{
			*field = i == 1;
			return;
		}
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for option \"%s\"", rule->name),
			 errhint("Valid values are %s, %s.", rule->words[0], rule->words[1])));
}
