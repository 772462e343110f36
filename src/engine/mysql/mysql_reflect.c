/*
 * mysql_reflect.c
 *	  Definitions read from MySQL's and MariaDB's information_schema.
 *
 * One query per subject, not per table.  Columns are taken by position: MySQL names them
 * in capitals.  Everything is palloc'ed in the caller's context.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "engine/mysql/mysql_dialect.h"
#include "dialect/query.h"
#include "dialect/reflected.h"

/* What is being read, and of which tables. */
typedef struct Reflection
{
	BindsDriverConn *conn;
	const char *bind_key;
	const char *schema;			/* NULL: the connection's database */
	bool		folds_tables;	/* lower_case_table_names */
	BindsReflectedTable *tables;	/* in the order of names */
	int			ntables;
	const char *only;			/* the one table that is asked for, NULL */
	List	   *row_ends;		/* lists of table and column, see is_row_end */
} Reflection;

/* A declared column, as information_schema tells it. */
typedef struct Declared
{
	MyType		type;
	const char *text;			/* "int(10) unsigned" */
	const char *charset;
	const char *collation;
	bool		json;			/* checked by json_valid */
	bool		view;			/* of a view */
} Declared;

/* A column of an index. */
typedef struct Part
{
	char	   *column;
	bool		descending;
	int			length;			/* of the beginning that is in it; 0: all */
} Part;

/* Add to a table what rows first to last tell of it. */
typedef void (*AddGroup) (const Reflection *reflection, BindsReflectedTable *table,
						  const BindsRows *rows, int first, int last);

/* The checks of a database.  Their names are unique in their tables only on MariaDB. */
#define FROM_CHECKS \
	"FROM information_schema.table_constraints t " \
	"JOIN information_schema.check_constraints c " \
	"ON c.constraint_schema = t.constraint_schema " \
	"AND c.constraint_name = t.constraint_name " \
	"/*M! AND c.table_name = t.table_name */ " \
	"WHERE t.table_schema = COALESCE(?, DATABASE()) " \
	"AND t.constraint_type = 'CHECK' "

static BindsRows *ask(const Reflection *reflection, const char *sql, int ncolumns);
static int	compare_tables(const void *a, const void *b);
static void look_at_views(const Reflection *reflection);
static BindsReflectedTable *find_table(const Reflection *reflection, const char *name);
static void read_tables(Reflection *reflection, const char *const *names, int nnames);
static BindsTableKind kind_of(const char *type);
static void keep_readable(Reflection *reflection, bool views);
static bool is_wanted(const Reflection *reflection, const char *name,
					  const char *const *names, int nnames);
static void read_columns(Reflection *reflection);
static void read_column(const Reflection *reflection, const BindsRows *rows, int row,
						const BindsRows *json, BindsReflectedTable *table,
						BindsReflectedColumn *column);
static bool is_json(const BindsRows *json, const char *table, const char *column);
static bool says_json_valid(const char *clause, const char *column);
static void read_type(const Declared *declared, BindsReflectedColumn *column);
static bool groups_loosely(const Declared *declared);
static bool has_own_collation(const Declared *declared);
static char *number_type(const Declared *declared, bool *own);
static char *moment_type(const Declared *declared, bool *own);
static char *text_type(const Declared *declared, bool *own);
static char *whole_type(const MyType *type, bool *own);
static void read_labels(const char *text, BindsReflectedColumn *column);
static void read_indexes(const Reflection *reflection);
static void add_groups(const Reflection *reflection, const BindsRows *rows,
					   AddGroup add);
static void add_index(const Reflection *reflection, BindsReflectedTable *table,
					  const BindsRows *rows, int first, int last);
static void add_key(BindsReflectedTable *table, char *name, const Part *parts, int n);
static void add_plain_index(BindsReflectedTable *table, char *name, const Part *parts,
							int n);
static bool is_row_end(const Reflection *reflection, const BindsReflectedTable *table,
					   const char *column);
static void read_foreign_keys(const Reflection *reflection);
static void add_foreign_key(const Reflection *reflection, BindsReflectedTable *table,
							const BindsRows *rows, int first, int last);
static void find_collations(BindsReflectedTable *table);
static void read_left_out(const Reflection *reflection);
static void read_storage(const Reflection *reflection);
static bool is_json_check(const BindsReflectedTable *table, const char *clause);
static void drop_key_indexes(BindsReflectedTable *table);
static bool is_key_index(const BindsReflectedForeignKey *key,
						 const BindsReflectedIndex *index);
static char action_of(const char *rule);
static bool same_cell(const BindsRows *rows, int a, int b, int column);
static void *grow(void *array, int n, size_t size);

/*
 * Read definitions; see dialect.h.
 */
int
binds_mysql_reflect(BindsDriverConn *conn, const char *bind_key, const char *schema,
					const char *const *tables, int ntables, bool views,
					BindsReflectedTable **result)
{
	Reflection	reflection = {conn, bind_key, schema, false, NULL, 0};

	if (tables != NULL && ntables == 1)
		reflection.only = tables[0];
	read_tables(&reflection, tables, tables != NULL ? ntables : -1);
	keep_readable(&reflection, views);
	if (reflection.ntables > 0)
	{
		read_columns(&reflection);
		read_indexes(&reflection);
		read_foreign_keys(&reflection);
		for (int i = 0; i < reflection.ntables; i++)
		{
			if (reflection.tables[i].obstacle != NULL)
				continue;
			binds_reflected_drop_unseen(&reflection.tables[i]);
			if (tables == NULL)
				drop_key_indexes(&reflection.tables[i]);
		}
		if (tables == NULL)
		{
			for (int i = 0; i < reflection.ntables; i++)
			{
				find_collations(&reflection.tables[i]);
				if (reflection.tables[i].kind == BINDS_KIND_TABLE &&
					reflection.tables[i].obstacle == NULL)
					binds_mysql_ask_defaults(conn, bind_key, &reflection.tables[i]);
			}
			read_left_out(&reflection);
			look_at_views(&reflection);
		}
	}
	*result = reflection.tables;
	return reflection.ntables;
}

List *
binds_mysql_view_names(BindsDriverConn *conn, const char *bind_key)
{
	Reflection	reflection = {conn, bind_key, NULL, false, NULL, 0};
	BindsRows  *rows = ask(&reflection,
						   "SELECT table_name FROM information_schema.views "
						   "WHERE table_schema = COALESCE(?, DATABASE()) ORDER BY 1", 1);
	List	   *names = NIL;

	for (int i = 0; i < rows->nrows; i++)
		names = lappend(names, binds_rows_words(rows, i, 0));
	return names;
}

bool
binds_mysql_has_schema(BindsDriverConn *conn, const char *bind_key,
					   const char *schema)
{
	return binds_query_rows(&binds_mysql_driver, conn, bind_key,
							"SELECT 1 FROM information_schema.schemata "
							"WHERE schema_name = ?", 1, 1, &schema)->nrows > 0;
}

void
binds_mysql_table_kinds(BindsDriverConn *conn, const char *bind_key,
						const char *schema, const char *const *tables, int ntables,
						BindsTableKind *kinds, char **comments)
{
	Reflection	reflection = {conn, bind_key, schema, false, NULL, 0};

	if (ntables == 1)
		reflection.only = tables[0];
	read_tables(&reflection, tables, ntables);
	for (int i = 0; i < ntables; i++)
	{
		BindsReflectedTable *table = find_table(&reflection, tables[i]);

		kinds[i] = table != NULL ? table->kind : BINDS_KIND_NONE;
		if (comments != NULL)
			comments[i] = table != NULL ? table->comment : NULL;
	}
}

bool
binds_mysql_holds_rows(BindsDriverConn *conn, const char *bind_key, const char *schema,
					   const char *table)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT 1 FROM ");
	binds_append_table(&sql, &binds_mysql_dialect, schema, table);
	appendStringInfoString(&sql, " LIMIT 1");
	return binds_query_rows(&binds_mysql_driver, conn, bind_key, sql.data, 1, 0,
							NULL)->nrows > 0;
}

int
binds_mysql_references(BindsDriverConn *conn, const char *bind_key, const char *schema,
					   BindsReference **result)
{
	Reflection	reflection = {conn, bind_key, schema, false, NULL, 0};
	BindsRows  *rows = ask(&reflection,
						   "SELECT table_name, constraint_name, referenced_table_name, "
						   "NULLIF(constraint_schema, unique_constraint_schema) "
						   "FROM information_schema.referential_constraints "
						   "WHERE unique_constraint_schema = COALESCE(?, DATABASE()) "
						   "ORDER BY 1, 2", 4);

	*result = palloc0(sizeof(BindsReference) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		(*result)[i].table = binds_rows_words(rows, i, 0);
		(*result)[i].constraint = binds_rows_words(rows, i, 1);
		(*result)[i].ref_table = binds_rows_words(rows, i, 2);
		if (!binds_rows_is_null(rows, i, 3))
			(*result)[i].schema = binds_rows_words(rows, i, 3);
	}
	return rows->nrows;
}

bool
binds_mysql_estimate(BindsDriverConn *conn, const char *bind_key, const char *schema,
					 const char *table, double *rows, double *width)
{
	const char *params[] = {schema, table};
	BindsRows  *found;

	found = binds_query_rows(&binds_mysql_driver, conn, bind_key,
							 "SELECT table_rows, avg_row_length "
							 "FROM information_schema.tables "
							 "WHERE table_schema = COALESCE(?, DATABASE()) "
							 "AND table_name = ?", 2, 2, params);
	if (found->nrows == 0 || binds_rows_is_null(found, 0, 0))
		return false;
	*rows = (double) binds_rows_integer(found, 0, 0, 0, PG_INT64_MAX);
	*width = binds_rows_is_null(found, 0, 1) ? 0 :
		(double) binds_rows_integer(found, 0, 1, 0, PG_INT64_MAX);
	return true;
}

/* Run a query on a schema, its only parameter, or on the one table that is asked for. */
static BindsRows *
ask(const Reflection *reflection, const char *sql, int ncolumns)
{
	static const char schema[] = "table_schema = COALESCE(?, DATABASE())";
	const char *params[] = {reflection->schema, reflection->only};
	const char *place = strstr(sql, schema);
	StringInfoData text;

	if (reflection->only == NULL)
		return binds_query_rows(&binds_mysql_driver, reflection->conn,
								reflection->bind_key, sql, ncolumns, 1, params);

	/* of the same alias, "t." or none; a server then opens no other table */
	initStringInfo(&text);
	appendBinaryStringInfo(&text, sql, place - sql + strlen(schema));
	appendStringInfo(&text, " AND %stable_name = ?%s",
					 place[-1] == '.' ? pnstrdup(place - 2, 2) : "",
					 place + strlen(schema));
	return binds_query_rows(&binds_mysql_driver, reflection->conn,
							reflection->bind_key, text.data, ncolumns, 2, params);
}

/* ------------------------------------------------------------------------
 * Tables
 * ------------------------------------------------------------------------ */

/*
 * Find the tables that are asked for; nnames -1: all.
 */
static void
read_tables(Reflection *reflection, const char *const *names, int nnames)
{
	BindsRows  *rows = ask(reflection,
						   "SELECT table_name, table_type, table_comment, "
						   "@@lower_case_table_names "
						   "FROM information_schema.tables "
						   "WHERE table_schema = COALESCE(?, DATABASE())", 4);

	reflection->tables = palloc0(sizeof(BindsReflectedTable) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		char	   *name = binds_rows_words(rows, i, 0);
		char	   *comment = binds_rows_words_maybe(rows, i, 2);
		BindsReflectedTable *table = &reflection->tables[reflection->ntables];

		reflection->folds_tables = binds_rows_integer(rows, i, 3, 0, 2) != 0;
		if (!is_wanted(reflection, name, names, nnames))
			continue;
		table->schema = reflection->schema != NULL ? pstrdup(reflection->schema) : NULL;
		table->name = name;
		if (!binds_rows_is_text(rows, i, 0))
			table->obstacle = BINDS_NAME_NO_TEXT;
		table->kind = kind_of(binds_rows_text(rows, i, 1));
		/* the comment of a view is the word VIEW */
		if (table->kind != BINDS_KIND_VIEW && comment != NULL && comment[0] != '\0')
			table->comment = comment;
		reflection->ntables++;
	}
	qsort(reflection->tables, reflection->ntables, sizeof(BindsReflectedTable),
		  compare_tables);
}

/* MariaDB has more kinds of tables: those that are SYSTEM VERSIONED, and TEMPORARY ones. */
static BindsTableKind
kind_of(const char *type)
{
	if (strstr(type, "VIEW") != NULL)
		return BINDS_KIND_VIEW;
	return strstr(type, "SEQUENCE") != NULL ? BINDS_KIND_SEQUENCE : BINDS_KIND_TABLE;
}

/* Leave tables, and views if they are wanted. */
static void
keep_readable(Reflection *reflection, bool views)
{
	int			n = 0;

	for (int i = 0; i < reflection->ntables; i++)
	{
		BindsTableKind kind = reflection->tables[i].kind;

		if (kind == BINDS_KIND_TABLE || (kind == BINDS_KIND_VIEW && views))
			reflection->tables[n++] = reflection->tables[i];
	}
	reflection->ntables = n;
}

static bool
is_wanted(const Reflection *reflection, const char *name, const char *const *names,
		  int nnames)
{
	if (nnames < 0)
		return true;
	for (int i = 0; i < nnames; i++)
	{
		if (strcmp(names[i], name) == 0 ||
			(reflection->folds_tables && pg_strcasecmp(names[i], name) == 0))
			return true;
	}
	return false;
}

static int
compare_tables(const void *a, const void *b)
{
	return strcmp(((const BindsReflectedTable *) a)->name,
				  ((const BindsReflectedTable *) b)->name);
}

/* One that cannot be read must not stop the others. */
static void
look_at_views(const Reflection *reflection)
{
	for (int i = 0; i < reflection->ntables; i++)
	{
		BindsReflectedTable *table = &reflection->tables[i];
		StringInfoData sql;

		if (table->kind != BINDS_KIND_VIEW || table->obstacle != NULL)
			continue;
		initStringInfo(&sql);
		appendStringInfoString(&sql, "SELECT * FROM ");
		binds_append_table(&sql, &binds_mysql_dialect, reflection->schema, table->name);
		appendStringInfoString(&sql, " LIMIT 0");
		table->obstacle = binds_view_obstacle(&binds_mysql_driver, reflection->conn,
											  reflection->bind_key, sql.data);
	}
}

/* NULL if it is not asked for. */
static BindsReflectedTable *
find_table(const Reflection *reflection, const char *name)
{
	BindsReflectedTable key = {.name = unconstify(char *, name)};
	BindsReflectedTable *found;

	found = bsearch(&key, reflection->tables, reflection->ntables,
					sizeof(BindsReflectedTable), compare_tables);
	for (int i = 0; found == NULL && reflection->folds_tables &&
		 i < reflection->ntables; i++)
	{
		if (pg_strcasecmp(reflection->tables[i].name, name) == 0)
			found = &reflection->tables[i];
	}
	return found;
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

static void
read_columns(Reflection *reflection)
{
	BindsRows  *rows = ask(reflection,
						   "SELECT table_name, column_name, column_type, is_nullable, "
						   "column_default, extra, column_comment, "
						   "character_set_name, collation_name, "
						   "COALESCE(generation_expression = 'ROW END', 0) "
						   "FROM information_schema.columns "
						   "WHERE table_schema = COALESCE(?, DATABASE()) "
						   "ORDER BY table_name, ordinal_position", 10);

	BindsRows  *json = ask(reflection,
						   "SELECT t.table_name, c.check_clause "
						   FROM_CHECKS "AND c.check_clause LIKE '%json_valid%'", 2);

	for (int i = 0; i < rows->nrows; i++)
	{
		BindsReflectedTable *table = find_table(reflection, binds_rows_words(rows, i, 0));

		if (table == NULL)
			continue;
		table->columns = grow(table->columns, table->ncolumns,
							  sizeof(BindsReflectedColumn));
		read_column(reflection, rows, i, json, table,
					&table->columns[table->ncolumns]);
		if (binds_rows_bool(rows, i, 9))
			reflection->row_ends =
				lappend(reflection->row_ends,
						list_make2(table, table->columns[table->ncolumns].name));
		table->ncolumns++;
	}
}

static void
read_column(const Reflection *reflection, const BindsRows *rows, int row,
			const BindsRows *json, BindsReflectedTable *table,
			BindsReflectedColumn *column)
{
	char	   *extra = binds_rows_words_maybe(rows, row, 5);
	char	   *comment = binds_rows_words_maybe(rows, row, 6);
	bool		nullable = strcmp(binds_rows_text(rows, row, 3), "YES") == 0;
	Declared	declared;

	memset(column, 0, sizeof(*column));
	column->name = binds_rows_words(rows, row, 1);
	declared.text = binds_rows_words(rows, row, 2);
	if (!binds_rows_is_text(rows, row, 1))
		table->obstacle = BINDS_COLUMN_NAME_NO_TEXT;
	else if (!binds_rows_is_text(rows, row, 2))
		table->obstacle = BINDS_TYPE_NO_TEXT;
	if (table->obstacle != NULL)
		return;
	column->not_null = !nullable;
	column->comment = comment != NULL && comment[0] != '\0' ? comment : NULL;
	binds_mysql_take_note(column);
	column->generated_key = extra != NULL && strstr(extra, "auto_increment") != NULL;
	column->computed = extra != NULL && (strstr(extra, "VIRTUAL") != NULL ||
										 strstr(extra, "STORED") != NULL ||
										 strstr(extra, "PERSISTENT") != NULL);
	if (column->computed)
		binds_leave_out_expression(table, column->name);
	if (extra != NULL && strstr(extra, "INVISIBLE") != NULL)
		binds_leave_out_invisible(table, column->name);

	column->on_update = extra != NULL && strstr(extra, "on update") != NULL;

	/*
	 * without a default of its own the first one gets the current time for
	 * NULL
	 */
	column->replaces_null = column->not_null &&
		pg_strncasecmp(declared.text, "timestamp", strlen("timestamp")) == 0;
	declared.charset = binds_rows_text_maybe(rows, row, 7);
	declared.collation = binds_rows_text_maybe(rows, row, 8);
	declared.view = table->kind == BINDS_KIND_VIEW;
	declared.json = is_json(json, table->name, column->name);
	binds_mysql_parse_type(&declared.type, declared.text);
	read_type(&declared, column);

	if (!column->computed && !column->generated_key)
		binds_mysql_read_default(column, &declared.type,
								 binds_rows_words_maybe(rows, row, 4),
								 binds_rows_is_text(rows, row, 4), extra,
								 binds_mysql_driver.info(reflection->conn)->fork);
}

/* Is there a check that says json_valid(`column`) and nothing else? */
static bool
is_json(const BindsRows *json, const char *table, const char *column)
{
	for (int i = 0; i < json->nrows; i++)
	{
		if (strcmp(binds_rows_words(json, i, 0), table) == 0 &&
			says_json_valid(binds_rows_words(json, i, 1), column))
			return true;
	}
	return false;
}

static bool
says_json_valid(const char *clause, const char *column)
{
	static const char function[] = "json_valid(";
	StringInfoData name;

	/* MySQL puts parentheses around it */
	while (*clause == '(')
		clause++;
	if (pg_strncasecmp(clause, function, strlen(function)) != 0)
		return false;
	clause += strlen(function);
	initStringInfo(&name);
	binds_append_name(&name, &binds_mysql_dialect, column);
	return strncmp(clause, name.data, name.len) == 0 &&
		strspn(clause + name.len, ")") == strlen(clause + name.len);
}

/*
 * From the engine's type to PostgreSQL's.  type and collation are noted as options only
 * where create_all would make something else.
 */
static void
read_type(const Declared *declared, BindsReflectedColumn *column)
{
	const char *name = declared->type.name;
	const char *collation = declared->collation;
	bool		own = false;

	if (strcmp(name, "enum") == 0 && !binds_mysql_is_vague(declared->text))
	{
		read_labels(declared->text, column);
		own = true;
	}
	else
	{
		column->type = number_type(declared, &own);
		if (column->type == NULL)
			column->type = moment_type(declared, &own);
		if (column->type == NULL)
			column->type = text_type(declared, &own);
	}
	if (!own)
		column->engine_type = pstrdup(declared->text);

	column->declared = pstrdup(declared->text);
	if (!has_own_collation(declared))
		column->noted_type = NULL;
	if (declared->view && groups_loosely(declared))
		collation = MY_UNKNOWN_COLLATION;
	if (collation == NULL)
		return;
	column->declared_collation = pstrdup(collation);
	if (own && strcmp(name, "char") == 0 && strcmp(collation, "utf8mb4_bin") == 0)
		return;
	if (own && strcmp(name, "char") != 0 && binds_mysql_is_text_collation(collation))
		return;
	column->engine_collation = pstrdup(collation);
}

/*
 * Can a view have taken different values of the column for equal, by GROUP BY, DISTINCT,
 * UNION or PARTITION BY?  A condition that tells them apart goes below that on the server,
 * and takes rows out of groups.  The column's own collation need not be that of the groups,
 * and bytes may be those of a text.  Labels are grouped by their numbers.
 */
static bool
groups_loosely(const Declared *declared)
{
	const char *name = declared->type.name;

	return strcmp(name, "enum") != 0 && strcmp(name, "set") != 0 &&
		(declared->collation != NULL || strstr(name, "binary") != NULL ||
		 strstr(name, "blob") != NULL);
}

/* Is a column of a table collated as those with a note? */
static bool
has_own_collation(const Declared *declared)
{
	if (declared->view || declared->collation == NULL)
		return !declared->view;
	if (strcmp(declared->type.name, "char") == 0)
		return strcmp(declared->collation, MY_UUID_COLLATION) == 0;
	return binds_mysql_is_text_collation(declared->collation);
}

/* Integers and the like; NULL if it is none. */
static char *
number_type(const Declared *declared, bool *own)
{
	const MyType *type = &declared->type;
	const char *name = type->name;

	if (strstr(name, "int") != NULL)
		return whole_type(type, own);
	if (strcmp(name, "decimal") == 0)
	{
		if (type->precision < 1 || type->precision > NUMERIC_MAX_PRECISION ||
			type->scale > type->precision)
			return NULL;
		*own = !type->is_unsigned;
		return psprintf("numeric(%d,%d)", type->precision, Max(type->scale, 0));
	}
	if (strcmp(name, "float") == 0)
	{
		*own = type->precision < 0 && !type->is_unsigned;
		return pstrdup("real");
	}
	if (strcmp(name, "double") == 0)
	{
		*own = type->precision < 0 && !type->is_unsigned;
		return pstrdup("double precision");
	}
	if (strcmp(name, "year") == 0)
		return pstrdup("smallint");
	if (strcmp(name, "bit") == 0)
		return pstrdup(type->precision <= 1 ? "boolean" :
					   type->precision < 64 ? "bigint" : "numeric(20,0)");
	return NULL;
}

static char *
whole_type(const MyType *type, bool *own)
{
	const char *name = type->name;

	if (strcmp(name, "tinyint") == 0 && type->precision == 1 && !type->is_unsigned)
	{
		*own = true;
		return pstrdup("boolean");
	}
	if (strcmp(name, "tinyint") == 0)
		return pstrdup("smallint");
	if (strcmp(name, "smallint") == 0)
	{
		*own = !type->is_unsigned;
		return pstrdup(type->is_unsigned ? "integer" : "smallint");
	}
	if (strcmp(name, "mediumint") == 0)
		return pstrdup("integer");
	if (strcmp(name, "int") == 0)
	{
		*own = !type->is_unsigned;
		return pstrdup(type->is_unsigned ? "bigint" : "integer");
	}
	if (strcmp(name, "bigint") == 0)
	{
		*own = !type->is_unsigned;
		return pstrdup(type->is_unsigned ? "numeric(20,0)" : "bigint");
	}
	return NULL;				/* point, linestring ... */
}

/*
 * DATETIME has no time zone and TIMESTAMP is a moment, as their namesakes are here.
 */
static char *
moment_type(const Declared *declared, bool *own)
{
	const char *name = declared->type.name;
	int			fraction = Min(Max(declared->type.precision, 0), 6);
	const char *type;

	*own = true;
	if (strcmp(name, "date") == 0)
		return pstrdup("date");
	if (strcmp(name, "time") == 0)
		type = "time";
	else if (strcmp(name, "datetime") == 0)
		type = "timestamp";
	else if (strcmp(name, "timestamp") == 0)
	{
		type = "timestamptz";
		*own = false;
	}
	else
	{
		*own = false;
		return NULL;
	}
	return fraction == 6 ? pstrdup(type) : psprintf("%s(%d)", type, fraction);
}

/* All the rest: text, bytes, and what can be read as one of them. */
static char *
text_type(const Declared *declared, bool *own)
{
	const char *name = declared->type.name;
	int			length = declared->type.precision;

	*own = false;
	if (strcmp(name, "char") == 0 && length > 0 && length <= MaxAttrSize)
	{
		*own = true;
		return psprintf("char(%d)", length);
	}
	if (strcmp(name, "varchar") == 0 && length > 0 && length <= MaxAttrSize)
	{
		*own = length <= MY_VARCHAR_MAX;
		return psprintf("varchar(%d)", length);
	}
	if (strcmp(name, "json") == 0)
		return pstrdup("json");
	if (strcmp(name, "uuid") == 0)
		return pstrdup("uuid");
	if (declared->json && strcmp(name, "longtext") == 0)
	{
		*own = true;
		return pstrdup("json");
	}
	if (strcmp(name, "longtext") == 0)
	{
		*own = true;
		return pstrdup("text");
	}
	if (strcmp(name, "longblob") == 0)
	{
		*own = true;
		return pstrdup("bytea");
	}
	if (declared->charset == NULL &&
		strcmp(name, "inet4") != 0 && strcmp(name, "inet6") != 0)
		return pstrdup("bytea");
	return pstrdup("text");
}

static void
read_labels(const char *text, BindsReflectedColumn *column)
{
	column->enum_labels = binds_mysql_labels(text, &column->nlabels);
}

/* ------------------------------------------------------------------------
 * Keys and indexes
 * ------------------------------------------------------------------------ */

static void
read_indexes(const Reflection *reflection)
{
	BindsRows  *rows = ask(reflection,
						   "SELECT table_name, index_name, non_unique, column_name, "
						   "collation, index_type, sub_part "
						   "FROM information_schema.statistics "
						   "WHERE table_schema = COALESCE(?, DATABASE()) "
						   "ORDER BY table_name, index_name, seq_in_index", 7);

	add_groups(reflection, rows, add_index);
}

/*
 * Add what each run of rows with the same table and name (columns 0 and 1) tells to
 * its table, if that is wanted.
 */
static void
add_groups(const Reflection *reflection, const BindsRows *rows, AddGroup add)
{
	int			first = 0;

	for (int i = 1; i <= rows->nrows; i++)
	{
		BindsReflectedTable *table;

		if (i < rows->nrows && same_cell(rows, first, i, 0) &&
			same_cell(rows, first, i, 1))
			continue;
		table = find_table(reflection, binds_rows_words(rows, first, 0));
		if (table != NULL && table->obstacle == NULL)
			add(reflection, table, rows, first, i - 1);
		first = i;
	}
}

/* One index, in rows first to last. */
static void
add_index(const Reflection *reflection, BindsReflectedTable *table, const BindsRows *rows,
		  int first, int last)
{
	char	   *name = binds_rows_words(rows, first, 1);
	char	   *type = binds_rows_text(rows, first, 5);
	bool		unique = !binds_rows_bool(rows, first, 2);
	Part	   *parts = palloc(sizeof(Part) * (last - first + 1));
	int			n = 0;

	for (int i = first; i <= last; i++)
	{
		Part	   *part = &parts[n];
		char	   *order = binds_rows_text_maybe(rows, i, 4);

		part->column = binds_rows_text_maybe(rows, i, 3);
		if (part->column == NULL)
		{
			binds_leave_out_index(table, "index of an expression", name);
			return;
		}
		if (is_row_end(reflection, table, part->column))
			continue;
		part->descending = order != NULL && strcmp(order, "D") == 0;
		part->length = binds_rows_is_null(rows, i, 6) ? 0 :
			binds_rows_integer(rows, i, 6, 0, PG_INT32_MAX);
		n++;
	}
	if (n == 0)
		return;
	if (unique)
		add_key(table, name, parts, n);
	else if (strcmp(type, "BTREE") == 0 || strcmp(type, "HASH") == 0)
		add_plain_index(table, name, parts, n);
	else
		binds_leave_out_index(table, psprintf("%s index", type), name);
}

/*
 * One that covers only the beginning of a text identifies rows, too: if that is unique,
 * so is the whole.
 */
static void
add_key(BindsReflectedTable *table, char *name, const Part *parts, int n)
{
	BindsReflectedKey *key;

	table->keys = grow(table->keys, table->nkeys, sizeof(BindsReflectedKey));
	key = &table->keys[table->nkeys++];
	memset(key, 0, sizeof(*key));
	key->primary = strcmp(name, "PRIMARY") == 0;
	key->name = key->primary ? NULL : name;
	key->columns = palloc(sizeof(char *) * n);
	key->ncolumns = n;
	key->guaranteed = true;
	for (int i = 0; i < n; i++)
	{
		key->columns[i] = parts[i].column;
		if (parts[i].length > 0 && key->no_model == NULL)
			key->no_model = psprintf("it is over the beginning of column \"%s\"; those of models are over whole columns",
									 parts[i].column);
	}
	for (int i = 0; i < n && key->no_model == NULL; i++)
	{
		if (parts[i].descending)
			binds_not_anew_part(table, "DESC", parts[i].column,
								key->primary ? "the primary key" : "unique key", key->name);
	}
}

static void
add_plain_index(BindsReflectedTable *table, char *name, const Part *parts, int n)
{
	BindsReflectedIndex *index;

	table->indexes = grow(table->indexes, table->nindexes, sizeof(BindsReflectedIndex));
	index = &table->indexes[table->nindexes++];
	index->name = name;
	index->columns = palloc(sizeof(char *) * n);
	index->descending = palloc(sizeof(bool) * n);
	index->lengths = palloc(sizeof(int) * n);
	index->ncolumns = n;
	index->unique = false;
	for (int i = 0; i < n; i++)
	{
		index->columns[i] = parts[i].column;
		index->descending[i] = parts[i].descending;
		index->lengths[i] = parts[i].length;
	}
}

/*
 * MariaDB adds the end of a row's life to the keys of a table that keeps its history.  It
 * is the same in all rows that a statement sees, and no part of what tells them apart.
 */
static bool
is_row_end(const Reflection *reflection, const BindsReflectedTable *table,
		   const char *column)
{
	ListCell   *lc;

	foreach(lc, reflection->row_ends)
	{
		if (linitial(lfirst(lc)) == table && strcmp(lsecond(lfirst(lc)), column) == 0)
			return true;
	}
	return false;
}

/* A key of the same table may have the name of a foreign key: it refers to nothing. */
static void
read_foreign_keys(const Reflection *reflection)
{
	BindsRows  *rows = ask(reflection,
						   "SELECT k.table_name, k.constraint_name, k.column_name, "
						   "k.referenced_table_name, k.referenced_column_name, "
						   "r.update_rule, r.delete_rule, "
						   "k.referenced_table_schema = k.table_schema "
						   "FROM information_schema.key_column_usage k "
						   "JOIN information_schema.referential_constraints r "
						   "ON r.constraint_schema = k.constraint_schema "
						   "AND r.constraint_name = k.constraint_name "
						   "AND r.table_name = k.table_name "
						   "WHERE k.table_schema = COALESCE(?, DATABASE()) "
						   "AND k.referenced_table_name IS NOT NULL "
						   "ORDER BY k.table_name, k.constraint_name, k.ordinal_position", 8);

	add_groups(reflection, rows, add_foreign_key);
}

static void
add_foreign_key(const Reflection *reflection, BindsReflectedTable *table,
				const BindsRows *rows, int first, int last)
{
	BindsReflectedForeignKey *key;
	int			n = last - first + 1;

	if (!binds_rows_bool(rows, first, 7))
	{
		table->left_out_model =
			lappend(table->left_out_model,
					psprintf("foreign key \"%s\" (it refers to another database)",
							 binds_rows_words(rows, first, 1)));
		return;
	}
	table->foreign_keys = grow(table->foreign_keys, table->nforeign_keys,
							   sizeof(BindsReflectedForeignKey));
	key = &table->foreign_keys[table->nforeign_keys++];
	memset(key, 0, sizeof(*key));
	key->name = binds_rows_words(rows, first, 1);
	key->ref_table = binds_rows_words(rows, first, 3);
	key->columns = palloc(sizeof(char *) * n);
	key->ref_columns = palloc(sizeof(char *) * n);
	key->ncolumns = n;
	for (int i = 0; i < n; i++)
	{
		key->columns[i] = binds_rows_words(rows, first + i, 2);
		key->ref_columns[i] = binds_rows_words(rows, first + i, 4);
	}
	key->on_update = action_of(binds_rows_text(rows, first, 5));
	key->on_delete = action_of(binds_rows_text(rows, first, 6));
}

/* The indexes that the server makes for foreign keys are none of a model. */
static void
drop_key_indexes(BindsReflectedTable *table)
{
	int			nindexes = 0;

	for (int i = 0; i < table->nindexes; i++)
	{
		bool		made = false;

		for (int j = 0; j < table->nforeign_keys && !made; j++)
			made = is_key_index(&table->foreign_keys[j], &table->indexes[i]);
		if (!made)
			table->indexes[nindexes++] = table->indexes[i];
	}
	table->nindexes = nindexes;
}

/* Has the index the name and the columns of that for a foreign key? */
static bool
is_key_index(const BindsReflectedForeignKey *key, const BindsReflectedIndex *index)
{
	if (strcmp(index->name, key->name) != 0 || index->unique ||
		index->ncolumns != key->ncolumns)
		return false;
	for (int i = 0; i < index->ncolumns; i++)
	{
		if (index->descending[i] || index->lengths[i] > 0 ||
			strcmp(index->columns[i], key->columns[i]) != 0)
			return false;
	}
	return true;
}

static char
action_of(const char *rule)
{
	if (strcmp(rule, "CASCADE") == 0)
		return FKCONSTR_ACTION_CASCADE;
	if (strcmp(rule, "SET NULL") == 0)
		return FKCONSTR_ACTION_SETNULL;
	if (strcmp(rule, "SET DEFAULT") == 0)
		return FKCONSTR_ACTION_SETDEFAULT;

	/* RESTRICT and NO ACTION are the same there: checked at once */
	return FKCONSTR_ACTION_NOACTION;
}

/* ------------------------------------------------------------------------
 * What is left out
 * ------------------------------------------------------------------------ */

/*
 * Note which columns of keys have a collation that a model's have not, by which other
 * values are equal.  Labels of an enum are not compared with each other.
 */
static void
find_collations(BindsReflectedTable *table)
{
	for (int i = 0; i < table->nkeys; i++)
	{
		if (table->keys[i].no_model != NULL)
			continue;			/* no key of a model */
		for (int k = 0; k < table->keys[i].ncolumns; k++)
		{
			for (int j = 0; j < table->ncolumns; j++)
			{
				BindsReflectedColumn *column = &table->columns[j];

				if (strcmp(column->name, table->keys[i].columns[k]) == 0)
					column->collates = column->engine_collation != NULL &&
						column->nlabels == 0;
			}
		}
	}
}

static void
read_left_out(const Reflection *reflection)
{
	BindsRows  *rows;

	read_storage(reflection);
	rows = ask(reflection,
			   "SELECT t.table_name, t.constraint_name, c.check_clause "
			   FROM_CHECKS "ORDER BY 1, 2", 3);
	for (int i = 0; i < rows->nrows; i++)
	{
		BindsReflectedTable *table = find_table(reflection, binds_rows_words(rows, i, 0));

		if (table != NULL && table->obstacle == NULL &&
			!is_json_check(table, binds_rows_words(rows, i, 2)))
			binds_leave_out_check(table, binds_rows_words(rows, i, 1));
	}
	rows = ask(reflection,
			   "SELECT event_object_table, trigger_name "
			   "FROM information_schema.triggers "
			   "WHERE event_object_schema = COALESCE(?, DATABASE()) "
			   "ORDER BY 1, 2", 2);
	for (int i = 0; i < rows->nrows; i++)
	{
		BindsReflectedTable *table = find_table(reflection, binds_rows_words(rows, i, 0));

		if (table != NULL && table->obstacle == NULL)
			binds_leave_out_trigger(table, binds_rows_words(rows, i, 1));
	}
}

/* How the server keeps tables, if not as those that are made. */
static void
read_storage(const Reflection *reflection)
{
	BindsRows  *rows = ask(reflection,
						   "SELECT table_name, engine, create_options LIKE '%partitioned%', "
						   "table_type LIKE '%VERSIONED%' FROM information_schema.tables "
						   "WHERE table_schema = COALESCE(?, DATABASE()) "
						   "AND engine IS NOT NULL AND table_type NOT LIKE '%VIEW%'", 4);

	for (int i = 0; i < rows->nrows; i++)
	{
		BindsReflectedTable *table = find_table(reflection, binds_rows_words(rows, i, 0));
		char	   *engine = binds_rows_words(rows, i, 1);

		if (table == NULL || table->obstacle != NULL)
			continue;
		if (pg_strcasecmp(engine, "InnoDB") != 0)
			table->not_anew = lappend(table->not_anew, psprintf("ENGINE %s", engine));
		if (!binds_rows_is_null(rows, i, 2) && binds_rows_bool(rows, i, 2))
			table->not_anew = lappend(table->not_anew, pstrdup("PARTITION BY"));
		if (binds_rows_bool(rows, i, 3))
			table->not_anew = lappend(table->not_anew, pstrdup("WITH SYSTEM VERSIONING"));
	}
}

/* Is the check what makes a column of the table json here? */
static bool
is_json_check(const BindsReflectedTable *table, const char *clause)
{
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (says_json_valid(clause, table->columns[i].name))
			return table->columns[i].type != NULL &&
				strcmp(table->columns[i].type, "json") == 0;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Small help
 * ------------------------------------------------------------------------ */

static bool
same_cell(const BindsRows *rows, int a, int b, int column)
{
	return strcmp(binds_rows_words(rows, a, column), binds_rows_words(rows, b, column)) == 0;
}

/* Make room for element n of an array whose size doubles. */
static void *
grow(void *array, int n, size_t size)
{
	if (array == NULL)
		return palloc0(size * 4);
	if (n >= 4 && (n & (n - 1)) == 0)
		return repalloc(array, size * n * 2);
	return array;
}
