/*
 * mysql_describe.c
 *	  What the server tells of the columns of a result: before it is executed, and the
 *	  type of each as a declaration.
 *
 * To execute a statement, be it for no row, would call functions in it, which may write.  So
 * it is prepared, where the client library can do that without blocking.
 *
 * Integers are compared as what comes of them, whatever they come from.  Of anything else
 * that holds for the column of a table only: an expression may have more digits than are
 * told (1 / 3 in DECIMAL), so that the server would compare another value.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

/* in characters that have so many bytes, utf8mb4 */
#define MY_CHARACTER_BYTES 4

/* JSON of MySQL: not in every client library's header */
#define MY_TYPE_JSON 245

static bool is_of_table(const MYSQL_FIELD *field);
static const char *integer_name(const MYSQL_FIELD *field);
static void declare_decimal(BindsColumnType *type, const MYSQL_FIELD *field);
static void declare_moment(BindsColumnType *type, const MYSQL_FIELD *field,
						   const char *name);
static void declare_text(BindsColumnType *type, const MYSQL_FIELD *field,
						 const char *text, const char *bytes);

/*
 * Let the server describe the columns of a statement's result.  Where the client library
 * cannot ask, there are none.
 */
bool
binds_mysql_describe(BindsDriverStmt *stmt, BindsError *error)
{
#if MY_HAS_PREPARED_CALLS
	BindsDriverConn *conn = stmt->conn;
	MyCall		call;

	if (!binds_mysql_ready(conn, "", error))
		return false;
	if (stmt->described == NULL)
		stmt->described = mysql_stmt_init(conn->mysql);
	if (stmt->described == NULL)
		return binds_mysql_no_memory(error);
	my_call_init(&call, MY_CALL_PREPARE, conn->mysql);
	call.stmt = stmt->described;
	call.sql = stmt->sql;
	call.length = stmt->sql_length;
	if (!binds_mysql_run_call(conn, &call, true, MY_FOREVER, error))
		return false;
	binds_mysql_free_rows(stmt);
	stmt->result = mysql_stmt_result_metadata(stmt->described);
	stmt->ncolumns = stmt->result != NULL ? (int) mysql_num_fields(stmt->result) : 0;
#endif
	return true;
}

/* Forget it; what it has said of columns is freed. */
void
binds_mysql_describe_free(BindsDriverStmt *stmt)
{
	if (stmt->described != NULL)
		mysql_stmt_close(stmt->described);
	stmt->described = NULL;
}

void
binds_mysql_column_type(BindsDriverStmt *stmt, int column, BindsColumnType *type)
{
	const MYSQL_FIELD *field;

	memset(type, 0, sizeof(*type));
	if (stmt->result == NULL || column < 0 || column >= stmt->ncolumns)
		return;
	field = mysql_fetch_field_direct(stmt->result, column);
	type->comparable = integer_name(field) != NULL || is_of_table(field);
	if (integer_name(field) != NULL)
	{
		snprintf(type->name, sizeof(type->name), "%s%s", integer_name(field),
				 field->flags & UNSIGNED_FLAG ? " unsigned" : "");
		return;
	}
	switch ((int) field->type)
	{
		case MYSQL_TYPE_DECIMAL:
		case MYSQL_TYPE_NEWDECIMAL:
			declare_decimal(type, field);
			break;
		case MYSQL_TYPE_FLOAT:
			strlcpy(type->name, "float", sizeof(type->name));
			break;
		case MYSQL_TYPE_DOUBLE:
			strlcpy(type->name, "double", sizeof(type->name));
			break;
		case MYSQL_TYPE_YEAR:
			strlcpy(type->name, "year", sizeof(type->name));
			break;
		case MYSQL_TYPE_BIT:
			snprintf(type->name, sizeof(type->name), "bit(%lu)", field->length);
			break;
		case MYSQL_TYPE_DATE:
		case MYSQL_TYPE_NEWDATE:
			strlcpy(type->name, "date", sizeof(type->name));
			break;
		case MYSQL_TYPE_TIME:
			declare_moment(type, field, "time");
			break;
		case MYSQL_TYPE_DATETIME:
			declare_moment(type, field, "datetime");
			break;
		case MYSQL_TYPE_TIMESTAMP:
			declare_moment(type, field, "timestamp");
			break;
		case MYSQL_TYPE_GEOMETRY:
			strlcpy(type->name, "geometry", sizeof(type->name));
			break;
		case MY_TYPE_JSON:
			strlcpy(type->name, "json", sizeof(type->name));
			break;
		case MYSQL_TYPE_STRING:
			declare_text(type, field, "char", "binary");
			break;
		case MYSQL_TYPE_VARCHAR:
		case MYSQL_TYPE_VAR_STRING:
			declare_text(type, field, "varchar", "varbinary");
			break;
		default:
			strlcpy(type->name, field->charsetnr == MY_BINARY_CHARSET ?
					"longblob" : "longtext", sizeof(type->name));
			break;
	}
}

/*
 * A column of a table has the name of its database, or, of rows that were stored on the way,
 * at least that of its table.  An expression in a derived table has the alias of that for both.
 */
static bool
is_of_table(const MYSQL_FIELD *field)
{
	if (field->org_name == NULL || field->org_name[0] == '\0' ||
		field->org_table == NULL || field->org_table[0] == '\0')
		return false;
	return (field->db != NULL && field->db[0] != '\0') ||
		(field->table != NULL && strcmp(field->org_table, field->table) != 0);
}

/* NULL: it is none. */
static const char *
integer_name(const MYSQL_FIELD *field)
{
	switch ((int) field->type)
	{
		case MYSQL_TYPE_TINY:
			return "tinyint";
		case MYSQL_TYPE_SHORT:
			return "smallint";
		case MYSQL_TYPE_INT24:
			return "mediumint";
		case MYSQL_TYPE_LONG:
			return "int";
		case MYSQL_TYPE_LONGLONG:
			return "bigint";
		default:
			return NULL;
	}
}

/* The length is that of the text, with sign and point. */
static void
declare_decimal(BindsColumnType *type, const MYSQL_FIELD *field)
{
	bool		is_unsigned = (field->flags & UNSIGNED_FLAG) != 0;
	long		precision = (long) field->length - (is_unsigned ? 0 : 1) -
		(field->decimals > 0 ? 1 : 0);

	snprintf(type->name, sizeof(type->name), "decimal(%ld,%u)%s",
			 Max(precision, 1), Min(field->decimals, 30),
			 is_unsigned ? " unsigned" : "");
}

/* Of some expressions the number of digits is told when there is a value: six at most. */
static void
declare_moment(BindsColumnType *type, const MYSQL_FIELD *field, const char *name)
{
	snprintf(type->name, sizeof(type->name), "%s(%u)", name, Min(field->decimals, 6));
}

static void
declare_text(BindsColumnType *type, const MYSQL_FIELD *field, const char *text,
			 const char *bytes)
{
	if (field->charsetnr == MY_BINARY_CHARSET)
		snprintf(type->name, sizeof(type->name), "%s(%lu)", bytes, field->length);
	else
		snprintf(type->name, sizeof(type->name), "%s(%lu)", text,
				 field->length / MY_CHARACTER_BYTES);
}
