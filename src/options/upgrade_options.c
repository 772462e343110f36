/*
 * upgrade_options.c
 *	  What binds.upgrade is asked for.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "options/call_options.h"
#include "options/upgrade_options.h"

#define FIELD(name) offsetof(BindsUpgradeOptions, name)

static const BindsCallOption rules[] = {
	{"drop", BINDS_OPTION_BOOL, FIELD(drop), .exact = true},
	{"lossy", BINDS_OPTION_BOOL, FIELD(lossy), .exact = true},
	{"models", BINDS_OPTION_LIST, FIELD(models), .tell = true, .given = FIELD(only)},
	{NULL}
};

BindsUpgradeOptions *
binds_upgrade_options(struct varlena *jsonb)
{
	BindsUpgradeOptions *options = palloc0(sizeof(BindsUpgradeOptions));

	binds_call_options(options, rules, "binds.upgrade", jsonb);
	return options;
}
