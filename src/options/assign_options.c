/*
 * assign_options.c
 *	  What binds.assign is asked for.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "options/assign_options.h"
#include "options/call_options.h"

#define FIELD(name) offsetof(BindsAssignOptions, name)

static const BindsCallOption rules[] = {
	{"rows", BINDS_OPTION_WORD, FIELD(leave_rows), {"copy", "leave"}},
	{"keep_source", BINDS_OPTION_BOOL, FIELD(keep_source), {NULL}, true, FIELD(told_source)},
	{"foreign_keys", BINDS_OPTION_WORD, FIELD(drop_keys), {"refuse", "drop"}},
	{"differences", BINDS_OPTION_WORD, FIELD(leave_differences), {"refuse", "leave"}},
	{"checksum", BINDS_OPTION_BOOL, FIELD(checksum)},
	{NULL}
};

BindsAssignOptions *
binds_assign_options(struct varlena *jsonb)
{
	BindsAssignOptions *options = palloc0(sizeof(BindsAssignOptions));

	binds_call_options(options, rules, "binds.assign", jsonb);
	if (options->leave_rows && options->told_source && !options->keep_source)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows that are left need a table that stays"),
				 errdetail("Option \"rows\" is \"leave\", and \"keep_source\" is false."),
				 errhint("Leave \"keep_source\" out, and drop the table later.")));
	options->keep_source |= options->leave_rows;
	return options;
}
