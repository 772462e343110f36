/*
 * reflect_options.c
 *	  What binds.reflect and IMPORT FOREIGN SCHEMA are asked for.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "options/call_options.h"
#include "options/reflect_options.h"

#define FIELD(name) offsetof(BindsReflectOptions, name)

/* What both take. */
#define READING_RULES \
	{"as_text", BINDS_OPTION_LIST, FIELD(as_text)}, \
	{"tinyint1", BINDS_OPTION_WORD, FIELD(smallint), {"boolean", "smallint"}}, \
	{"text_limits", BINDS_OPTION_WORD, FIELD(no_limits), {"enforced", "ignored"}}, \
	{"temporal", BINDS_OPTION_CHOICE, FIELD(temporal), \
	{"text", "epoch", "milliseconds", "julian"}}

static const BindsCallOption reflect_rules[] = {
	{"only", BINDS_OPTION_LIST, FIELD(only), {NULL}, true, FIELD(limited)},
	{"except", BINDS_OPTION_LIST, FIELD(except)},
	READING_RULES,
	{"views", BINDS_OPTION_BOOL, FIELD(views)},
	{NULL}
};

/* It has LIMIT TO and EXCEPT of its own. */
static const BindsCallOption import_rules[] = {
	READING_RULES,
	{"views", BINDS_OPTION_BOOL, FIELD(import_views)},
	{"import_views", BINDS_OPTION_BOOL, FIELD(import_views)},
	{"import_not_null", BINDS_OPTION_BOOL, FIELD(import_not_null)},
	{"import_default", BINDS_OPTION_BOOL, FIELD(import_default)},
	{NULL}
};

static BindsReflectOptions *make_options(void);

BindsReflectOptions *
binds_reflect_options(struct varlena *jsonb)
{
	BindsReflectOptions *options = make_options();

	binds_call_options(options, reflect_rules, "binds.reflect", jsonb);
	return options;
}

BindsReflectOptions *
binds_import_options(List *list)
{
	BindsReflectOptions *options = make_options();

	binds_statement_options(options, import_rules, list);
	return options;
}

static BindsReflectOptions *
make_options(void)
{
	BindsReflectOptions *options = palloc0(sizeof(BindsReflectOptions));

	options->import_views = true;
	options->import_not_null = true;
	return options;
}
