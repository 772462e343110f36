/*
 * call_options.h
 *	  The options of a call: what a function or statement takes as names and values.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CALL_OPTIONS_H
#define BINDS_CALL_OPTIONS_H

#include "nodes/pg_list.h"

struct varlena;

typedef enum BindsOptionKind
{
	BINDS_OPTION_BOOL,			/* bool */
	BINDS_OPTION_WORD,			/* bool: one of two words, false and true */
	BINDS_OPTION_CHOICE,		/* const char *: one of several words; the
								 * first is the default, NULL */
	BINDS_OPTION_LIST			/* List of char *: names */
} BindsOptionKind;

/* A row per option; a name of NULL ends the table. */
typedef struct BindsCallOption
{
	const char *name;
	BindsOptionKind kind;
	size_t		offset;			/* of the field that takes the value */
	const char *words[4];
	bool		tell;			/* set "given", too, a bool */
	size_t		given;			/* its offset */
	bool		exact;			/* BOOL: only what JSON has for it, nor null */
} BindsCallOption;

/*
 * Read the options of a call into the fields of a struct, which holds the defaults: from a
 * jsonb object (NULL: none), in which lists are arrays, or from a List of DefElem, in which
 * they are names separated by commas.  function: its name, for errors.  One error (HV00D)
 * lists all unknown names; a value that is none of the option's is 22023.
 */
extern void binds_call_options(void *fields, const BindsCallOption *rules,
							   const char *function, struct varlena *jsonb);
extern void binds_statement_options(void *fields, const BindsCallOption *rules,
									List *options);

#endif							/* BINDS_CALL_OPTIONS_H */
