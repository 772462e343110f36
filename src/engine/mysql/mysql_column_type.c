/*
 * mysql_column_type.c
 *	  What the server tells of the type of a result's column, as a declaration.
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

static const char *integer_name(const MYSQL_FIELD *field);
static void declare_decimal(BindsColumnType *type, const MYSQL_FIELD *field);
static void declare_moment(BindsColumnType *type, const MYSQL_FIELD *field,
						   const char *name);
static void declare_text(BindsColumnType *type, const MYSQL_FIELD *field,
						 const char *text, const char *bytes);

void
binds_mysql_column_type(BindsDriverStmt *stmt, int column, BindsColumnType *type)
{
	const MYSQL_FIELD *field;

	memset(type, 0, sizeof(*type));
	if (stmt->result == NULL || column < 0 || column >= stmt->ncolumns)
		return;
	field = mysql_fetch_field_direct(stmt->result, column);
	type->comparable = integer_name(field) != NULL ||
		(field->org_table != NULL && field->org_table[0] != '\0' &&
		 field->org_name != NULL && field->org_name[0] != '\0');
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
