/*
 * mysql_comments.c
 *	  The comments of a database's tables, which may be marks (transaction/mark.h).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/query.h"
#include "engine/mysql/mysql_dialect.h"

/*
 * All tables; see dialect.h.  A name or a comment that is no text here is none of ours.
 * MariaDB says when the table's file was last changed, MySQL when the table was made.
 */
int
binds_mysql_comments(BindsDriverConn *conn, const char *bind_key, const char *schema,
					 BindsTableComment **result)
{
	BindsRows  *rows = binds_query_rows(&binds_mysql_driver, conn, bind_key,
										"SELECT table_name, table_comment, "
										"COALESCE(UNIX_TIMESTAMP(create_time), 0) "
										"FROM information_schema.tables "
										"WHERE table_schema = COALESCE(?, DATABASE()) "
										"AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') "
										"ORDER BY table_name", 3, 1, &schema);
	int			n = 0;

	*result = palloc0(sizeof(BindsTableComment) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		if (!binds_rows_is_text(rows, i, 0) || !binds_rows_is_text(rows, i, 1))
			continue;
		(*result)[n].table = binds_rows_text(rows, i, 0);
		(*result)[n].comment = binds_rows_text(rows, i, 1);
		(*result)[n].made = binds_rows_integer(rows, i, 2, 0, PG_INT32_MAX * INT64CONST(4));
		n++;
	}
	return n;
}
