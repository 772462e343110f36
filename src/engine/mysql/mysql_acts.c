/*
 * mysql_acts.c
 *	  What a statement on a table may do besides: foreign keys, triggers, views, tables
 *	  without transactions.  See dialect.h.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/query.h"
#include "dialect/reflected.h"
#include "engine/mysql/mysql_dialect.h"

/*
 * What a change of table t may set off by foreign keys: any trigger of a table with such a
 * key, as it may be reached over others.
 */
#define CASCADE_TRIGGERS \
	"/*!90700 | IF(@@enable_cascade_triggers AND EXISTS (SELECT 1 " \
	"FROM information_schema.referential_constraints r " \
	"WHERE r.unique_constraint_schema = t.table_schema " \
	"AND r.referenced_table_name = t.table_name " \
	"AND (r.update_rule IN ('CASCADE', 'SET NULL') " \
	"OR r.delete_rule IN ('CASCADE', 'SET NULL'))) AND EXISTS (SELECT 1 " \
	"FROM information_schema.referential_constraints r " \
	"JOIN information_schema.triggers g " \
	"ON g.event_object_schema = r.constraint_schema " \
	"AND g.event_object_table = r.table_name), 6, 0) */ "

/*
 * Has the account itself, not by a role, the right to make triggers, and so sees those that
 * there are?  The schema of a right is a pattern, whose backslashes LIKE does not know in
 * this session: without them it matches what it is for, at least.
 */
#define MAY_SEE(of, which) \
	"EXISTS (SELECT 1 FROM information_schema." of "_privileges " \
	"WHERE privilege_type = 'TRIGGER' AND grantee = " \
	"CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''') " which ")"

/*
 * A trigger cannot leave out a row, nor change the table of its statement, but by the
 * action of a foreign key of that table.  Engines without transactions lock nothing.
 */
bool
binds_mysql_rows_vanish(BindsDriverConn *conn, const char *bind_key,
						const char *schema, const char *table)
{
	const char *params[] = {schema, table, schema, table};
	BindsRows  *found;

	found = binds_query_rows(&binds_mysql_driver, conn, bind_key,
							 "SELECT EXISTS (SELECT 1 "
							 "FROM information_schema.tables "
							 "WHERE table_schema = COALESCE(?, DATABASE()) "
							 "AND table_name = ? AND engine = 'InnoDB') AND NOT EXISTS "
							 "(SELECT 1 FROM information_schema.referential_constraints "
							 "WHERE constraint_schema = COALESCE(?, DATABASE()) "
							 "AND table_name = ? AND (update_rule IN "
							 "('CASCADE', 'SET NULL', 'SET DEFAULT') OR delete_rule IN "
							 "('CASCADE', 'SET NULL', 'SET DEFAULT')))", 1, 4, params);
	return found->nrows != 1 || !binds_rows_bool(found, 0, 0);
}

int
binds_mysql_moved_columns(BindsDriverConn *conn, const char *bind_key,
						  const char *schema, const char *table,
						  BindsMovedColumn **result)
{
	const char *params[] = {schema, table};

	return binds_rows_moved(binds_query_rows(&binds_mysql_driver, conn, bind_key,
											 "SELECT k.column_name, 0, "
											 "r.update_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT'), "
											 "r.delete_rule IN ('SET NULL', 'SET DEFAULT'), "
											 "k.referenced_table_schema, k.referenced_table_name, "
											 "IF((SELECT c.generation_expression "
											 "FROM information_schema.columns c "
											 "WHERE c.table_schema = k.referenced_table_schema "
											 "AND c.table_name = k.referenced_table_name "
											 "AND c.column_name = k.referenced_column_name) <> '', "
											 "NULL, k.referenced_column_name) "
											 "FROM information_schema.referential_constraints r "
											 "JOIN information_schema.key_column_usage k "
											 "ON k.constraint_schema = r.constraint_schema "
											 "AND k.constraint_name = r.constraint_name "
											 "AND k.table_name = r.table_name "
											 "AND k.referenced_table_name IS NOT NULL "
											 "WHERE r.constraint_schema = COALESCE(?, DATABASE()) "
											 "AND r.table_name = ? AND (r.update_rule IN "
											 "('CASCADE', 'SET NULL', 'SET DEFAULT') OR "
											 "r.delete_rule IN ('SET NULL', 'SET DEFAULT'))",
											 7, 2, params), result);
}

/*
 * Triggers are seen by accounts that may make some.  What foreign keys do sets off
 * none, but in sessions of MySQL 9.7 with enable_cascade_triggers.
 */
int
binds_mysql_acts_beyond(BindsDriverConn *conn, const char *bind_key,
						const char *schema, const char *table, List **columns)
{
	const char *params[] = {schema, table, schema, table, schema, schema, table};
	BindsRows  *found;

	found = binds_query_rows(&binds_mysql_driver, conn, bind_key,
							 "SELECT COALESCE(BIT_OR(acts), 0) FROM ("
							 "SELECT IF(table_type LIKE '%VIEW%', 63, 0 "
							 CASCADE_TRIGGERS ") AS acts FROM information_schema.tables t "
							 "WHERE table_schema = COALESCE(?, DATABASE()) "
							 "AND table_name = ? UNION ALL "
							 "SELECT CASE event_manipulation WHEN 'INSERT' THEN 1 "
							 "WHEN 'UPDATE' THEN 2 ELSE 4 END "
							 "* IF(action_timing = 'BEFORE', 9, 1) "
							 "FROM information_schema.triggers "
							 "WHERE event_object_schema = COALESCE(?, DATABASE()) "
							 "AND event_object_table = ? UNION ALL "
							 "SELECT IF(" MAY_SEE("user", "") " OR "
							 MAY_SEE("schema", "AND COALESCE(?, DATABASE()) LIKE "
									 "REPLACE(table_schema, CHAR(92 USING utf8mb4), '')")
							 " OR " MAY_SEE("table", "AND table_schema = COALESCE(?, DATABASE()) "
											"AND table_name = ?")
							 ", 0, 64)) a", 1, 7, params);
	*columns = NIL;
	return found->nrows != 1 ? BINDS_ACTS_MAX :
		(int) binds_rows_integer(found, 0, 0, 0, BINDS_ACTS_MAX);
}

/* What a view writes to is not looked for. */
char *
binds_mysql_keeps_writes(BindsDriverConn *conn, const char *bind_key,
						 const char *schema, const char *table)
{
	const char *params[] = {schema, table};
	BindsRows  *found;

	found = binds_query_rows(&binds_mysql_driver, conn, bind_key,
							 "SELECT t.engine FROM information_schema.tables t "
							 "JOIN information_schema.engines e ON e.engine = t.engine "
							 "WHERE t.table_schema = COALESCE(?, DATABASE()) "
							 "AND t.table_name = ? "
							 "AND COALESCE(e.transactions, 'NO') <> 'YES'", 1, 2, params);
	return found->nrows > 0 ? binds_rows_words(found, 0, 0) : NULL;
}
