/*
 * sqlite_reach.c
 *	  How far a change of a SQLite table reaches, by foreign keys, triggers and computed
 *	  columns.
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
					 int act);
static Reached *next_unasked(List *reached);
static List *add_reached(List *reached, char *table, int acts);

/*
 * A foreign key that names no columns refers to the key.  A key of one column that is
 * declared INTEGER is the rowid, where there is one.
 */
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
								" COALESCE(\"to\", (SELECT name"
								" FROM pragma_table_info(f.\"table\")"
								" WHERE pk = f.seq + 1), '')"
								" FROM (SELECT ? AS name) x, pragma_foreign_key_list(x.name) f"
								" WHERE on_update NOT IN ('NO ACTION', 'RESTRICT')"
								" OR on_delete IN ('SET NULL', 'SET DEFAULT')",
								7, table), result);
}

int
binds_sqlite_acts_beyond(BindsDriverConn *conn, const char *bind_key,
						 const char *schema, const char *table)
{
	int			acts = own_acts(conn, bind_key, table);

	if (sets_off(conn, bind_key, table, BINDS_ACTS_UPDATE))
		acts |= BINDS_ACTS_UPDATE;
	if (sets_off(conn, bind_key, table, BINDS_ACTS_DELETE))
		acts |= BINDS_ACTS_DELETE;
	return acts;
}

/*
 * What a table has itself.  Which changes a trigger is for is a word of its text; one that
 * has the word for another reason counts, too.
 */
static int
own_acts(BindsDriverConn *conn, const char *bind_key, const char *table)
{
	BindsRows  *found;

	found = ask(conn, bind_key,
				"SELECT CASE WHEN EXISTS (SELECT 1 FROM main.sqlite_schema"
				" WHERE type = 'view' AND name = x.name COLLATE NOCASE) THEN 7 ELSE"
				" EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger'"
				" AND tbl_name = x.name COLLATE NOCASE AND upper(sql) LIKE '%INSERT%')"
				" + 2 * (EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger'"
				" AND tbl_name = x.name COLLATE NOCASE AND upper(sql) LIKE '%UPDATE%')"
				" OR EXISTS (SELECT 1 FROM pragma_table_xinfo(x.name)"
				" WHERE hidden IN (2, 3)))"
				" + 4 * EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger'"
				" AND tbl_name = x.name COLLATE NOCASE AND upper(sql) LIKE '%DELETE%') END"
				" FROM (SELECT ? AS name) x", 1, table);
	return found->nrows != 1 ? BINDS_ACTS_ALL :
		(int) binds_rows_integer(found, 0, 0, 0, BINDS_ACTS_ALL);
}

/*
 * Does a change change other tables by foreign keys, and set off triggers there, or compute
 * their columns anew?
 */
static bool
sets_off(BindsDriverConn *conn, const char *bind_key, const char *table, int act)
{
	List	   *reached = add_reached(NIL, pstrdup(table), act);
	Reached    *from;
	ListCell   *lc;

	while ((from = next_unasked(reached)) != NULL)
	{
		BindsRows  *keys;

		CHECK_FOR_INTERRUPTS();
		from->asked = from->acts;
		keys = ask(conn, bind_key,
				   "SELECT s.name, on_update NOT IN ('NO ACTION', 'RESTRICT'),"
				   " on_delete = 'CASCADE', on_delete IN ('SET NULL', 'SET DEFAULT')"
				   " FROM main.sqlite_schema s, pragma_foreign_key_list(s.name)"
				   " WHERE s.type = 'table' AND \"table\" = ? COLLATE NOCASE", 4,
				   from->table);
		for (int row = 0; row < keys->nrows; row++)
		{
			int			acts = 0;

			if ((from->acts & BINDS_ACTS_UPDATE) && binds_rows_bool(keys, row, 1))
				acts |= BINDS_ACTS_UPDATE;
			if ((from->acts & BINDS_ACTS_DELETE) && binds_rows_bool(keys, row, 2))
				acts |= BINDS_ACTS_DELETE;
			if ((from->acts & BINDS_ACTS_DELETE) && binds_rows_bool(keys, row, 3))
				acts |= BINDS_ACTS_UPDATE;
			reached = add_reached(reached, binds_rows_text(keys, row, 0), acts);
		}
	}
	for_each_from(lc, reached, 1)
	{
		Reached    *one = lfirst(lc);

		if ((own_acts(conn, bind_key, one->table) & one->acts) != 0)
			return true;
	}
	return false;
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
