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
	LIST_OPTIONAL,
	LIST_TABLE,
	LIST_NUMBERS				/* nparams, repeat_start, repeat_end,
								 * ncolumns, conflicts_fail */
};

static bool needs(const BindsStatement *statement, int start, int end,
				  const Bitmapset *params);
static void copy_text(BindsStatement *to, StringInfo sql, const BindsStatement *from,
					  int start, int end);
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
	List	   *numbers = list_make5_int(statement->nparams,
										 statement->repeat_start,
										 statement->repeat_end,
										 statement->ncolumns,
										 statement->conflicts_fail);

	return lappend(list_make5(makeString(pstrdup(statement->sql)),
							  list_copy(statement->places),
							  list_copy(statement->place_params),
							  list_copy(statement->optional),
							  makeString(pstrdup(statement->table))), numbers);
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
	statement->table = strVal(list_nth(list, LIST_TABLE));
	statement->places = (List *) list_nth(list, LIST_PLACES);
	statement->place_params = (List *) list_nth(list, LIST_PLACE_PARAMS);
	statement->optional = (List *) list_nth(list, LIST_OPTIONAL);
	statement->nparams = linitial_int(numbers);
	statement->repeat_start = lsecond_int(numbers);
	statement->repeat_end = lthird_int(numbers);
	statement->ncolumns = lfourth_int(numbers);
	statement->conflicts_fail = list_nth_int(numbers, 4) != 0;
	return statement;
}

/* ------------------------------------------------------------------------
 * Clauses that may be left out
 * ------------------------------------------------------------------------ */

BindsStatement *
binds_statement_without(const BindsStatement *statement, const Bitmapset *params)
{
	BindsStatement *result = palloc0(sizeof(BindsStatement));
	StringInfoData sql;
	bool		first = true;
	int			done = 0;

	result->table = statement->table;
	result->nparams = statement->nparams;
	result->ncolumns = statement->ncolumns;
	result->conflicts_fail = statement->conflicts_fail;
	initStringInfo(&sql);
	for (int i = 0; i < list_length(statement->optional); i += BINDS_OPTIONAL_NUMBERS)
	{
		int			start = list_nth_int(statement->optional,
										 i + BINDS_OPTIONAL_START);
		int			text = list_nth_int(statement->optional,
										i + BINDS_OPTIONAL_TEXT);
		int			end = list_nth_int(statement->optional, i + BINDS_OPTIONAL_END);

		copy_text(result, &sql, statement, done, start);
		done = end;
		if (i == 0)
			first = strncmp(statement->sql + start, " WHERE ", text - start) == 0;
		if (needs(statement, text, end, params))
			continue;
		appendStringInfoString(&sql, first ? " WHERE " : " AND ");
		copy_text(result, &sql, statement, text, end);
		first = false;
	}
	copy_text(result, &sql, statement, done, strlen(statement->sql));
	result->sql = sql.data;
	return needs(result, 0, sql.len, params) ? NULL : result;
}

Bitmapset *
binds_statement_optional_params(const BindsStatement *statement)
{
	Bitmapset  *params = NULL;
	ListCell   *lc;
	ListCell   *lc_param;

	forboth(lc, statement->places, lc_param, statement->place_params)
	{
		for (int i = 0; i < list_length(statement->optional);
			 i += BINDS_OPTIONAL_NUMBERS)
		{
			if (lfirst_int(lc) >= list_nth_int(statement->optional,
											   i + BINDS_OPTIONAL_START) &&
				lfirst_int(lc) < list_nth_int(statement->optional,
											  i + BINDS_OPTIONAL_END))
				params = bms_add_member(params, lfirst_int(lc_param));
		}
	}
	return params;
}

/* Does sql[start, end) need one of the parameters? */
static bool
needs(const BindsStatement *statement, int start, int end, const Bitmapset *params)
{
	ListCell   *lc;
	ListCell   *lc_param;

	forboth(lc, statement->places, lc_param, statement->place_params)
	{
		if (lfirst_int(lc) >= start && lfirst_int(lc) < end &&
			bms_is_member(lfirst_int(lc_param), params))
			return true;
	}
	return false;
}

/* Append from->sql[start, end) with its places. */
static void
copy_text(BindsStatement *to, StringInfo sql, const BindsStatement *from, int start,
		  int end)
{
	ListCell   *lc;
	ListCell   *lc_param;

	forboth(lc, from->places, lc_param, from->place_params)
	{
		if (lfirst_int(lc) < start || lfirst_int(lc) >= end)
			continue;
		to->places = lappend_int(to->places, sql->len + lfirst_int(lc) - start);
		to->place_params = lappend_int(to->place_params, lfirst_int(lc_param));
	}
	appendBinaryStringInfo(sql, from->sql + start, end - start);
}

/* ------------------------------------------------------------------------
 * As the driver wants it
 * ------------------------------------------------------------------------ */

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
	query->ncolumns = statement->ncolumns;
	query->conflicts_fail = statement->conflicts_fail;
	query->sql = to_utf8(statement->sql, statement->places, places,
						 &query->repeat_start, &query->repeat_end);
	query->places = places;
	if (statement->table[0] != '\0')
		query->table = pg_server_to_any(statement->table, strlen(statement->table),
										PG_UTF8);
	else
		query->given = true;	/* over a statement (option query) */
	return query;
}

void
binds_statement_table(BindsDeparse *deparse, const char *schema, const char *table)
{
	int			start = deparse->buf.len;

	binds_append_table(&deparse->buf, deparse->dialect, schema, table);
	deparse->table = pstrdup(deparse->buf.data + start);
}

/*
 * Finish a statement from its construction.
 */
BindsStatement *
binds_statement_make(BindsDeparse *deparse)
{
	BindsStatement *statement = palloc0(sizeof(BindsStatement));

	statement->sql = deparse->buf.data;
	statement->table = unconstify(char *, deparse->table != NULL ? deparse->table : "");
	statement->places = deparse->places;
	statement->place_params = deparse->place_params;
	statement->nparams = list_length(deparse->params);
	statement->optional = deparse->optional;
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
