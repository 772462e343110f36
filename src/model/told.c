/*
 * told.c
 *	  What users are told of a model that an engine keeps in part, or otherwise.
 *
 * Lists are palloc'ed in the caller's context.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/text.h"
#include "model/told.h"

typedef struct Told
{
	const void *about;			/* a Node, NULL: nothing */
	const char *message;
	const char *detail;
	const char *hint;
} Told;

static bool is_told(const List *told, const Told *one);

List *
binds_told_add(List *told, const void *about, const char *message, const char *detail,
			   const char *hint)
{
	Told	   *one = palloc(sizeof(Told));

	one->about = about;
	one->message = message;
	one->detail = detail;
	one->hint = hint;
	return lappend(told, one);
}

void
binds_told_say(const List *told, const List *before)
{
	ListCell   *lc;

	foreach(lc, told)
	{
		const Told *one = lfirst(lc);

		if (is_told(before, one))
			continue;
		ereport(NOTICE,
				(errmsg_internal("%s", one->message),
				 one->detail != NULL ? errdetail_internal("%s", one->detail) : 0,
				 one->hint != NULL ? errhint("%s", one->hint) : 0));
	}
}

static bool
is_told(const List *told, const Told *one)
{
	ListCell   *lc;

	foreach(lc, told)
	{
		const Told *other = lfirst(lc);

		if (strcmp(other->message, one->message) == 0 && equal(other->about, one->about))
			return true;
	}
	return false;
}

void
binds_told_say_columns(const BindsModel *model, List *names, const char *const *one,
					   const char *const *several, const char *detail)
{
	const char *const *words = list_length(names) == 1 ? one : several;
	StringInfoData list;
	ListCell   *lc;

	if (names == NIL)
		return;
	initStringInfo(&list);
	foreach(lc, names)
		binds_text_list_add(&list, lfirst(lc));
	ereport(NOTICE,
			(errmsg_internal("%s %s of model \"%s\" %s", words[0], list.data, model->name,
							 words[1]),
			 errdetail_internal("%s", detail)));
}
