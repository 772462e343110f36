/*
 * fragment.c
 *	  Pieces of SQL that know where their parameters are.
 *
 * A parameter may end up several times in the text, since a template may use an
 * argument twice; each use is a place of its own for the same parameter.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "deparse/expr_private.h"

static int	pending_symbols(BindsFragment *fragment);

/* Make an empty fragment. */
void
binds_fragment_init(BindsFragment *fragment)
{
	memset(fragment, 0, sizeof(BindsFragment));
	initStringInfo(&fragment->buf);
	fragment->exact = true;
}

/*
 * Append a fragment to another one, its places included.  What is known of the
 * value of "out" is the caller's to say, but for column, depth and stack.
 */
void
binds_fragment_append(BindsFragment *out, const BindsFragment *arg)
{
	int			pending = pending_symbols(out);
	ListCell   *lc;

	foreach(lc, arg->places)
		out->places = lappend_int(out->places, out->buf.len + lfirst_int(lc));
	foreach(lc, arg->place_params)
		out->place_params = lappend_int(out->place_params, lfirst_int(lc));
	appendBinaryStringInfo(&out->buf, arg->buf.data, arg->buf.len);

	out->column = out->column || arg->column;
	out->depth = Max(out->depth, arg->depth + 1);
	out->stack = Max(out->stack, arg->stack + pending);
	out->scanned = out->buf.len;
}

/*
 * What a parser has not reduced at the end of a fragment: one symbol for a parenthesis
 * that has just begun, else at most as many as "(CASE WHEN a THEN" leaves.
 */
static int
pending_symbols(BindsFragment *fragment)
{
	for (; fragment->scanned < fragment->buf.len; fragment->scanned++)
	{
		char		c = fragment->buf.data[fragment->scanned];

		if (c == '(')
			fragment->open++;
		else if (c == ')')
			fragment->open--;
	}
	if (fragment->buf.len <= 1)
		return fragment->buf.len;
	return 3 + 4 * Max(fragment->open, 0);
}

/*
 * Append a template whose $1 .. $9 are fragments; "$$" is a dollar sign.
 */
void
binds_fragment_template(BindsFragment *out, const char *text,
						const BindsFragment *args, int nargs)
{
	for (const char *c = text; *c != '\0'; c++)
	{
		if (*c != '$')
			appendStringInfoChar(&out->buf, *c);
		else if (*++c == '$')
			appendStringInfoChar(&out->buf, '$');
		else
		{
			int			arg = *c - '1';

			if (arg < 0 || arg >= nargs)
				elog(ERROR, "template \"%s\" has no such argument", text);
			binds_fragment_append(out, &args[arg]);
		}
	}
}
