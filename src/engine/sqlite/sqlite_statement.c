/*
 * sqlite_statement.c
 *	  What the rows of a statement are, for a foreign table over it.
 *
 * They are those of a view that has the statement as its definition, and so their types are
 * found out.  Nothing is executed.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "dialect/query.h"
#include "engine/sqlite/sqlite.h"

/* A name that no view has, but in a file that wants to be misread. */
#define STATEMENT_NAME "\001 statement of a foreign table"

static const char *name_twice(BindsDriverConn *conn, const char *bind_key,
							  const char *statement);
static bool is_number(const char *declared);

void
binds_sqlite_reflect_statement(BindsDriverConn *conn, const char *bind_key,
							   const char *statement, BindsReflectedTable *table)
{
	BindsSqliteViews *views;
	StringInfoData sql;
	char	  **names;
	char	  **declared;
	BindsColumnType *types;
	bool		loose;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT * FROM ");
	binds_append_derived(&sql, statement, "s");
	table->kind = BINDS_KIND_VIEW;
	table->obstacle = name_twice(conn, bind_key, statement);
	table->ncolumns = binds_query_columns(&binds_sqlite_driver, conn, bind_key, sql.data,
										  &names, &types);
	views = binds_sqlite_read_views(conn, bind_key, STATEMENT_NAME, statement);
	loose = !binds_sqlite_is_strict_view(views, STATEMENT_NAME);
	declared = palloc0(sizeof(char *) * Max(table->ncolumns, 1));
	binds_sqlite_view_types(views, STATEMENT_NAME, declared, table->ncolumns);
	table->columns = palloc0(sizeof(BindsReflectedColumn) * Max(table->ncolumns, 1));
	for (int i = 0; i < table->ncolumns; i++)
	{
		table->columns[i].name = names[i];
		/* a column without a type keeps values as one declared BLOB does */
		table->columns[i].declared = loose || declared[i] == NULL ||
			declared[i][0] == '\0' ? pstrdup("BLOB") : declared[i];
		if (!is_number(table->columns[i].declared))
			table->columns[i].declared_collation = pstrdup("UNKNOWN");
	}
}

/*
 * Where two columns of a statement have one name, in either case, SQLite calls the second
 * one otherwise outside of it, and takes the first for both.
 */
static const char *
name_twice(BindsDriverConn *conn, const char *bind_key, const char *statement)
{
	char	  **names;
	BindsColumnType *types;
	int			n = binds_query_columns(&binds_sqlite_driver, conn, bind_key, statement,
										&names, &types);

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < i; j++)
		{
			if (pg_strcasecmp(names[i], names[j]) == 0)
				return psprintf("Two of its columns are called \"%s\"", names[j]);
		}
	}
	return NULL;
}

/*
 * Is it a type of numbers, which are compared without a collation?  That of a text nobody
 * tells, and dates are texts.
 */
static bool
is_number(const char *declared)
{
	Oid			typid;
	int32		typmod;

	(void) binds_sqlite_reflected_type(declared, NULL, &typid, &typmod);
	switch (typid)
	{
		case INT2OID:
		case INT4OID:
		case INT8OID:
		case FLOAT8OID:
		case NUMERICOID:
		case BOOLOID:
			return true;
		default:
			return false;
	}
}
