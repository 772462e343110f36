/*
 * sqlite_view_types.c
 *	  The types that the columns of SQLite's views have in all their rows.
 *
 * What versions of SQLite tell differs: of a cast nothing or its type, of a column that is
 * different things in the parts of a compound SELECT the type of the first, or BLOB.  What
 * they all tell alike is the type of the column of a table that a column is, and of a
 * compound SELECT that of the last part.  So we ask that of each part alone.
 *
 * Of a compound SELECT below, we cannot tell to which of the columns above it leads; but
 * what SQLite tells of these are types of its parts.  Where the parts differ, those are
 * lies, wherever they come up.
 *
 * Each view is looked at once, after those that it names, and each part is asked for
 * once: the time grows with the number of views and parts.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/sqlite/sqlite_views.h"

static void look_at_view(BindsSqliteViews *views, int number);
static void come_to(BindsSqliteViews *views, List **path, List **open);
static void look_at_group(BindsSqliteViews *views, List *group);
static bool read_group(BindsSqliteViews *views, List *group);
static void settle(BindsSqliteViews *views, List *group, Bitmapset *lies);
static void compare_parts(const BindsSqliteViews *views, BindsSqliteCompound *compound,
						  Bitmapset **lies);
static int	common_type(const BindsSqliteViews *views, const BindsSqliteCompound *compound,
						int column, const Bitmapset *lies);
static bool same_type(const BindsSqliteViews *views, int a, int b);

void
binds_sqlite_view_types(BindsSqliteViews *views, const char *name, char **types,
						int ncolumns)
{
	BindsSqliteView *view = binds_sqlite_find_view(views, name);
	const BindsSqliteCompound *own = NULL;
	StringInfoData sql;
	int		   *told = NULL;
	int			n = -1;

	if (views->words == NULL)
		binds_sqlite_begin_types(views);
	if (view != NULL && view->found.order == 0)
		look_at_view(views, (int) (view - views->views));
	if (view != NULL)
		own = view->found.own;
	if (own != NULL)
	{
		n = own->ncolumns;
		told = own->types;
	}
	else if (view == NULL || !view->found.unknown)
	{
		initStringInfo(&sql);
		appendStringInfoString(&sql, "SELECT * FROM ");
		if (view != NULL && view->statement != NULL)
			binds_append_derived(&sql, view->statement, "s");
		else
			binds_append_name(&sql, &binds_sqlite_dialect, name);
		n = binds_sqlite_ask_types(views, sql.data, &told);
	}
	for (int i = 0; i < ncolumns; i++)
	{
		int			type = n == ncolumns ? told[i] : BINDS_SQLITE_NO_TYPE;

		if (view != NULL && (view->found.unknown || bms_is_member(type, view->found.inside)))
			type = BINDS_SQLITE_NO_TYPE;
		types[i] = pstrdup(views->types[type].name);
	}
}

/* ------------------------------------------------------------------------
 * Views
 * ------------------------------------------------------------------------ */

/*
 * Look at a view, but first at all that it names.  Those that name each other (or tables
 * of their own by the name of the other) are looked at together, as Tarjan's algorithm
 * finds them; it does not call itself, for the file says how long the way down is.
 */
static void
look_at_view(BindsSqliteViews *views, int number)
{
	List	   *path = list_make1_int(number);
	List	   *open = NIL;		/* come to, but not looked at */

	while (path != NIL)
	{
		CHECK_FOR_INTERRUPTS();
		come_to(views, &path, &open);
	}
}

/* One step: to the next view below the last one of the path, or back. */
static void
come_to(BindsSqliteViews *views, List **path, List **open)
{
	int			number = llast_int(*path);
	BindsSqliteView *view = &views->views[number];
	BindsSqliteFindings *found = &view->found;
	List	   *group = NIL;
	int			last;

	if (found->order == 0)
	{
		found->order = found->lowest = ++views->norder;
		*open = lappend_int(*open, number);
	}
	if (found->next < list_length(view->below))
	{
		int			below = list_nth_int(view->below, found->next++);
		BindsSqliteFindings *of = &views->views[below].found;

		if (of->order == 0)
			*path = lappend_int(*path, below);
		else if (!of->done)
			found->lowest = Min(found->lowest, of->order);
		return;
	}

	*path = list_delete_last(*path);
	if (*path != NIL)
	{
		BindsSqliteFindings *above = &views->views[llast_int(*path)].found;

		above->lowest = Min(above->lowest, found->lowest);
	}
	if (found->lowest < found->order)
		return;
	do
	{
		last = llast_int(*open);
		*open = list_delete_last(*open);
		group = lappend_int(group, last);
	} while (last != number);
	look_at_group(views, group);
	list_free(group);
}

/* Look at a view, or at some that name each other, when all others below are done. */
static void
look_at_group(BindsSqliteViews *views, List *group)
{
	Bitmapset  *lies = NULL;
	bool		unknown = false;
	ListCell   *lc;
	ListCell   *below;

	foreach(lc, group)
	{
		foreach(below, views->views[lfirst_int(lc)].below)
		{
			BindsSqliteFindings *found = &views->views[lfirst_int(below)].found;

			unknown = unknown || found->unknown;
			if (found->done)
				lies = bms_add_members(lies, found->lies);
		}
	}
	unknown = unknown || !read_group(views, group);
	if (!unknown)
		settle(views, group, lies);
	foreach(lc, group)
	{
		BindsSqliteFindings *found = &views->views[lfirst_int(lc)].found;

		found->unknown = unknown;
		found->done = true;
	}
}

/* Ask for the types of all parts; false: they cannot be found out. */
static bool
read_group(BindsSqliteViews *views, List *group)
{
	ListCell   *lc;

	foreach(lc, group)
	{
		BindsSqliteView *view = &views->views[lfirst_int(lc)];

		binds_sqlite_read_parts(views, view);
		if (view->found.unknown)
			return false;
	}
	return true;
}

/*
 * Compare the parts until no further lie is found.  Where a view's own parts differ is no
 * lie about its other columns, but one for who is above.
 */
static void
settle(BindsSqliteViews *views, List *group, Bitmapset *lies)
{
	bool		alone = list_length(group) == 1;
	int			before;
	ListCell   *lc;
	ListCell   *part;

	do
	{
		before = bms_num_members(lies);
		foreach(lc, group)
		{
			BindsSqliteFindings *found = &views->views[lfirst_int(lc)].found;

			foreach(part, found->compounds)
				compare_parts(views, lfirst(part), &lies);
			if (!alone && found->own != NULL)
				compare_parts(views, found->own, &lies);
		}
	} while (bms_num_members(lies) > before);

	foreach(lc, group)
	{
		BindsSqliteFindings *found = &views->views[lfirst_int(lc)].found;

		found->inside = lies;
		found->lies = lies;
		if (alone && found->own != NULL)
		{
			found->lies = bms_copy(lies);
			compare_parts(views, found->own, &found->lies);
		}
	}
}

/* ------------------------------------------------------------------------
 * Compound SELECTs
 * ------------------------------------------------------------------------ */

/* Find the types that all parts have; where they differ, what they have is a lie. */
static void
compare_parts(const BindsSqliteViews *views, BindsSqliteCompound *compound, Bitmapset **lies)
{
	CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < compound->ncolumns; i++)
		compound->types[i] = common_type(views, compound, i, *lies);
	for (int i = 0; i < compound->ncolumns; i++)
	{
		for (int j = 0; j < compound->nparts && compound->types[i] == BINDS_SQLITE_NO_TYPE; j++)
		{
			if (compound->parts[j].types[i] != BINDS_SQLITE_NO_TYPE)
				*lies = bms_add_member(*lies, compound->parts[j].types[i]);
		}
	}
}

static int
common_type(const BindsSqliteViews *views, const BindsSqliteCompound *compound,
			int column, const Bitmapset *lies)
{
	int			common = BINDS_SQLITE_NO_TYPE;

	for (int i = 0; i < compound->nparts; i++)
	{
		const BindsSqlitePart *part = &compound->parts[i];
		int			type = part->types[column];

		if (part->nulls[column])
			continue;
		if (part->rows || type == BINDS_SQLITE_NO_TYPE || bms_is_member(type, lies) ||
			(common != BINDS_SQLITE_NO_TYPE && !same_type(views, common, type)))
			return BINDS_SQLITE_NO_TYPE;
		if (common == BINDS_SQLITE_NO_TYPE)
			common = type;
	}
	return common;
}

/* Are two declared types the same here? */
static bool
same_type(const BindsSqliteViews *views, int a, int b)
{
	const BindsSqliteType *types = views->types;

	return a == b || (types[a].typid == types[b].typid &&
					  types[a].typmod == types[b].typmod &&
					  types[a].affinity == types[b].affinity);
}
