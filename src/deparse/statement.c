/*
 * statement.c
 *	  Statements as plan nodes and as the driver wants them.
 *
 * A BindsStatement travels in a plan as a List, so that a plan can be copied; the
 * positions in that list are known here only.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "deparse/statement.h"
#include "mb/pg_wchar.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"

/* Positions in the List form of a statement. */
enum
{
	LIST_SQL,
	LIST_PLACES,
	LIST_PLACE_PARAMS,
	LIST_NUMBERS				/* nparams, repeat_start, repeat_end */
};

static int *int_array(List *list);
static char *to_utf8(const char *sql, List *places, int *offsets,
					 int *repeat_start, int *repeat_end);
static int	convert_up_to(StringInfo buf, const char *sql, int *done, int stop);

/*
 * Return the List form of a statement, made of Value nodes and integer lists.
 */
List *
binds_statement_to_list(const BindsStatement *statement)
{
	return list_make4(makeString(pstrdup(statement->sql)),
					  list_copy(statement->places),
					  list_copy(statement->place_params),
					  list_make3_int(statement->nparams,
									 statement->repeat_start,
									 statement->repeat_end));
}

/*
 * Return the statement of a List form; text and lists are shared with it.
 */
BindsStatement *
binds_statement_from_list(List *list)
{
	BindsStatement *statement = palloc0(sizeof(BindsStatement));
	List	   *numbers = (List *) list_nth(list, LIST_NUMBERS);

	statement->sql = strVal(list_nth(list, LIST_SQL));
	statement->places = (List *) list_nth(list, LIST_PLACES);
	statement->place_params = (List *) list_nth(list, LIST_PLACE_PARAMS);
	statement->nparams = linitial_int(numbers);
	statement->repeat_start = lsecond_int(numbers);
	statement->repeat_end = lthird_int(numbers);
	return statement;
}

/*
 * Return a statement as the driver wants it.
 *
 * Engines speak UTF-8: with another database encoding the text is converted, and
 * the places of the parameters move along.  Text and arrays are palloc'ed in the
 * current context, or shared with "statement".
 */
BindsQuery *
binds_statement_query(const BindsStatement *statement)
{
	BindsQuery *query = palloc0(sizeof(BindsQuery));
	int		   *places = int_array(statement->places);

	query->nplaces = list_length(statement->places);
	query->params = int_array(statement->place_params);
	query->nparams = statement->nparams;
	query->repeat_start = statement->repeat_start;
	query->repeat_end = statement->repeat_end;
	query->sql = to_utf8(statement->sql, statement->places, places,
						 &query->repeat_start, &query->repeat_end);
	query->places = places;
	return query;
}

/*
 * Finish a statement from its construction.
 */
BindsStatement *
binds_statement_make(BindsDeparse *deparse)
{
	BindsStatement *statement = palloc0(sizeof(BindsStatement));

	statement->sql = deparse->buf.data;
	statement->places = deparse->places;
	statement->place_params = deparse->place_params;
	statement->nparams = list_length(deparse->params);
	return statement;
}

static int *
int_array(List *list)
{
	int		   *array = palloc(sizeof(int) * Max(list_length(list), 1));
	int			n = 0;
	ListCell   *lc;

	foreach(lc, list)
		array[n++] = lfirst_int(lc);
	return array;
}

/*
 * Convert the text in pieces, so that each offset is known afterwards.  Parameters
 * lie in the repeat range if there is one, so all offsets come in ascending order.
 */
static char *
to_utf8(const char *sql, List *places, int *offsets, int *repeat_start,
		int *repeat_end)
{
	StringInfoData buf;
	int			done = 0;
	int			next = 0;
	ListCell   *lc;

	if (GetDatabaseEncoding() == PG_UTF8)
	{
		foreach(lc, places)
			offsets[next++] = lfirst_int(lc);
		return unconstify(char *, sql);
	}

	initStringInfo(&buf);
	if (*repeat_end > 0)
		*repeat_start = convert_up_to(&buf, sql, &done, *repeat_start);
	foreach(lc, places)
		offsets[next++] = convert_up_to(&buf, sql, &done, lfirst_int(lc));
	if (*repeat_end > 0)
		*repeat_end = convert_up_to(&buf, sql, &done, *repeat_end);
	convert_up_to(&buf, sql, &done, strlen(sql));
	return buf.data;
}

/* Append sql[*done, stop) in UTF-8; returns the length of "buf" after that. */
static int
convert_up_to(StringInfo buf, const char *sql, int *done, int stop)
{
	char	   *piece = pnstrdup(sql + *done, stop - *done);

	appendStringInfoString(buf, pg_server_to_any(piece, stop - *done, PG_UTF8));
	*done = stop;
	return buf->len;
}
