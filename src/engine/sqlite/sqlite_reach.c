/*
 * sqlite_reach.c
 *	  How far a change of a SQLite table reaches, by foreign keys and triggers.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "dialect/query.h"
#include "dialect/reflected.h"
#include "engine/sqlite/sqlite.h"

/* A table that a change reaches, and how. */
typedef struct Reached
{
	char	   *table;
	int			acts;			/* BINDS_ACTS_... */
	int			asked;			/* those that were followed */
} Reached;

static BindsRows *ask(BindsDriverConn *conn, const char *bind_key, const char *sql,
					  int ncolumns, const char *table);
static int	own_acts(BindsDriverConn *conn, const char *bind_key, const char *table);
static bool sets_off(BindsDriverConn *conn, const char *bind_key, const char *table,
					 int act, const char *column);
static List *reach_from(BindsDriverConn *conn, const char *bind_key, List *reached,
						const char *table, int acts, const char *column);
static Reached *next_unasked(List *reached);
static List *add_reached(List *reached, char *table, int acts);

/*
 * The column that a row of pragma_foreign_key_list, f, refers to; NULL: a computed one.  A
 * foreign key that names no columns refers to the key.
 */
#define REFERENCED_COLUMN \
	"(SELECT CASE WHEN i.hidden NOT IN (2, 3) THEN i.name END" \
	" FROM pragma_table_xinfo(f.\"table\") i" \
	" WHERE CASE WHEN f.\"to\" IS NULL THEN i.pk = f.seq + 1" \
	" ELSE i.name = f.\"to\" COLLATE NOCASE END)"

/* A key of one column that is declared INTEGER is the rowid, where there is one. */
int
binds_sqlite_moved_columns(BindsDriverConn *conn, const char *bind_key,
						   const char *schema, const char *table,
						   BindsMovedColumn **result)
{
	return binds_rows_moved(ask(conn, bind_key,
								"SELECT f.\"from\", (SELECT max(name) = f.\"from\""
								" AND max(upper(type)) = 'INTEGER' AND count(*) = 1"
								" FROM pragma_table_info(x.name) WHERE pk > 0),"
								" on_update NOT IN ('NO ACTION', 'RESTRICT'),"
								" on_delete IN ('SET NULL', 'SET DEFAULT'), NULL, \"table\","
								" " REFERENCED_COLUMN
								" FROM (SELECT ? AS name) x, pragma_foreign_key_list(x.name) f"
								" WHERE on_update NOT IN ('NO ACTION', 'RESTRICT')"
								" OR on_delete IN ('SET NULL', 'SET DEFAULT')",
								7, table), result);
}

int
binds_sqlite_acts_beyond(BindsDriverConn *conn, const char *bind_key,
						 const char *schema, const char *table, List **columns)
{
	int			acts = own_acts(conn, bind_key, table);
	BindsRows  *keys;

	if (sets_off(conn, bind_key, table, BINDS_ACTS_DELETE, NULL))
		acts |= BINDS_ACTS_DELETE;
	*columns = NIL;
	keys = ask(conn, bind_key,
			   "SELECT DISTINCT " REFERENCED_COLUMN
			   " FROM main.sqlite_schema s, pragma_foreign_key_list(s.name) f"
			   " WHERE s.type = 'table' AND f.\"table\" = ? COLLATE NOCASE"
			   " AND on_update NOT IN ('NO ACTION', 'RESTRICT')", 1, table);
	for (int row = 0; row < keys->nrows; row++)
	{
		char	   *column = binds_rows_text_maybe(keys, row, 0);

		if (!sets_off(conn, bind_key, table, BINDS_ACTS_UPDATE, column))
			continue;
		if (column != NULL)
			*columns = lappend(*columns, column);
		else
			acts |= BINDS_ACTS_UPDATE;
	}
	return acts;
}

/*
 * What a table has itself.  Which changes a trigger is for, and when, are words of its text;
 * one that has a word for another reason counts, too.
 */
static int
own_acts(BindsDriverConn *conn, const char *bind_key, const char *table)
{
	BindsRows  *found;

	found = ask(conn, bind_key,
				"SELECT CASE WHEN EXISTS (SELECT 1 FROM main.sqlite_schema"
				" WHERE type = 'view' AND name = x.name COLLATE NOCASE) THEN 63 ELSE"
				" (SELECT (total(inserts) > 0) | 2 * (total(updates) > 0)"
				" | 4 * (total(deletes) > 0) | 8 * (total(inserts * before) > 0)"
				" | 16 * (total(updates * before) > 0)"
				" | 32 * (total(deletes * before) > 0)"
				" FROM (SELECT sql LIKE '%INSERT%' AS inserts, sql LIKE '%UPDATE%' AS updates,"
				" sql LIKE '%DELETE%' AS deletes,"
				" sql LIKE '%BEFORE%' OR sql NOT LIKE '%AFTER%' AS before"
				" FROM main.sqlite_schema WHERE type = 'trigger'"
				" AND tbl_name = x.name COLLATE NOCASE)) END"
				" FROM (SELECT ? AS name) x", 1, table);
	return found->nrows != 1 ? BINDS_ACTS_MAX :
		(int) binds_rows_integer(found, 0, 0, 0, BINDS_ACTS_MAX);
}

/*
 * Does a change of a table change others by foreign keys, and set off triggers there?
 * column: an UPDATE changes this one; NULL: any.
 */
static bool
sets_off(BindsDriverConn *conn, const char *bind_key, const char *table, int act,
		 const char *column)
{
	List	   *reached = reach_from(conn, bind_key, NIL, table, act, column);
	Reached    *from;
	ListCell   *lc;

	while ((from = next_unasked(reached)) != NULL)
	{
		from->asked = from->acts;
		reached = reach_from(conn, bind_key, reached, from->table, from->acts, NULL);
	}
	foreach(lc, reached)
	{
		Reached    *one = lfirst(lc);

		if ((own_acts(conn, bind_key, one->table) & one->acts) != 0)
			return true;
	}
	return false;
}

/* Add the tables that refer to one, and what its changes do to them. */
static List *
reach_from(BindsDriverConn *conn, const char *bind_key, List *reached, const char *table,
		   int acts, const char *column)
{
	BindsRows  *keys;

	CHECK_FOR_INTERRUPTS();
	keys = ask(conn, bind_key,
			   "SELECT s.name, on_update NOT IN ('NO ACTION', 'RESTRICT'),"
			   " on_delete = 'CASCADE', on_delete IN ('SET NULL', 'SET DEFAULT'), "
			   REFERENCED_COLUMN
			   " FROM main.sqlite_schema s, pragma_foreign_key_list(s.name) f"
			   " WHERE s.type = 'table' AND f.\"table\" = ? COLLATE NOCASE", 5, table);
	for (int row = 0; row < keys->nrows; row++)
	{
		int			theirs = 0;

		if ((acts & BINDS_ACTS_UPDATE) && binds_rows_bool(keys, row, 1) &&
			(column == NULL || binds_rows_is_null(keys, row, 4) ||
			 strcmp(binds_rows_text(keys, row, 4), column) == 0))
			theirs |= BINDS_ACTS_UPDATE;
		if ((acts & BINDS_ACTS_DELETE) && binds_rows_bool(keys, row, 2))
			theirs |= BINDS_ACTS_DELETE;
		if ((acts & BINDS_ACTS_DELETE) && binds_rows_bool(keys, row, 3))
			theirs |= BINDS_ACTS_UPDATE;
		reached = add_reached(reached, binds_rows_text(keys, row, 0), theirs);
	}
	return reached;
}

static Reached *
next_unasked(List *reached)
{
	ListCell   *lc;

	foreach(lc, reached)
	{
		Reached    *one = lfirst(lc);

		if (one->acts != one->asked)
			return one;
	}
	return NULL;
}

static List *
add_reached(List *reached, char *table, int acts)
{
	Reached    *one;
	ListCell   *lc;

	foreach(lc, reached)
	{
		one = lfirst(lc);
		if (pg_strcasecmp(one->table, table) != 0)
			continue;
		one->acts |= acts;
		return reached;
	}
	if (acts == 0)
		return reached;
	one = palloc0(sizeof(Reached));
	one->table = table;
	one->acts = acts;
	return lappend(reached, one);
}

/* The one parameter of a question is the name of a table. */
static BindsRows *
ask(BindsDriverConn *conn, const char *bind_key, const char *sql, int ncolumns,
	const char *table)
{
	return binds_query_rows(&binds_sqlite_driver, conn, bind_key, sql, ncolumns, 1, &table);
}
