/*
 * mysql_statement.c
 *	  What the rows of a statement are, for a foreign table over it.
 *
 * As of a view, nothing about texts and bytes is sent: GROUP BY,
 * DISTINCT and UNION take them for equal by rules of their own.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/query.h"
#include "engine/mysql/mysql_dialect.h"

static bool may_be_compared(const BindsColumnType *type);

void
binds_mysql_reflect_statement(BindsDriverConn *conn, const char *bind_key,
							  const char *statement, BindsReflectedTable *table)
{
	StringInfoData sql;
	char	  **names;
	BindsColumnType *types;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT * FROM ");
	binds_append_derived(&sql, statement, "s");
	table->kind = BINDS_KIND_VIEW;
	table->ncolumns = binds_query_columns(&binds_mysql_driver, conn, bind_key, sql.data,
										  &names, &types);
	table->columns = palloc0(sizeof(BindsReflectedColumn) * Max(table->ncolumns, 1));
	for (int i = 0; i < table->ncolumns; i++)
	{
		table->columns[i].name = names[i];
		table->columns[i].declared = pstrdup(types[i].name);
		if (!may_be_compared(&types[i]))
			table->columns[i].declared_collation = pstrdup(MY_UNKNOWN_COLLATION);
	}
}

static bool
may_be_compared(const BindsColumnType *type)
{
	static const char *const numbers_and_moments[] = {
		"tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double",
		"year", "date", "time"
	};

	for (size_t i = 0; type->comparable && i < lengthof(numbers_and_moments); i++)
	{
		if (strncmp(type->name, numbers_and_moments[i],
					strlen(numbers_and_moments[i])) == 0)
			return true;
	}
	return false;
}
