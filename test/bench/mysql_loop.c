/*
 * mysql_loop.c
 *	  What a careful program does to read, and to fill, a MySQL table.
 *
 * Usage: mysql_loop SOCKET USER PASSWORD DATABASE read TABLE
 *		  mysql_loop SOCKET USER PASSWORD DATABASE write FROM TO ROWS
 *
 * read streams all rows (mysql_use_result), turns numbers into numbers and copies the
 * rest, once.  write copies rows of one table to another of the same shape by INSERTs of
 * a megabyte each, in one transaction; the rows are read into memory before the clock
 * starts, quoting them belongs to the work.  Prints seconds and rows.
 *
 * Copyright (c) 2026, the binds developers
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* length of an INSERT, and room for the longest row behind it */
#define STATEMENT_BYTES (1024 * 1024)
#define ROW_BYTES (1024 * 1024)

typedef struct Cell
{
	char	   *data;			/* NULL: the value NULL */
	unsigned long length;
} Cell;

static MYSQL *conn;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void
check(int ok)
{
	if (!ok)
	{
		fprintf(stderr, "%s\n", mysql_error(conn));
		exit(1);
	}
}

static void
run(const char *sql, unsigned long length)
{
	check(mysql_real_query(conn, sql, length) == 0);
}

static MYSQL_RES *
select_from(const char *table, const char *tail)
{
	char		sql[256];
	MYSQL_RES  *result;

	run(sql, snprintf(sql, sizeof(sql), "SELECT * FROM %s%s", table, tail));
	check((result = mysql_use_result(conn)) != NULL);
	return result;
}

static int
is_integer(const MYSQL_FIELD *field)
{
	return field->type == MYSQL_TYPE_TINY || field->type == MYSQL_TYPE_SHORT ||
		field->type == MYSQL_TYPE_LONG || field->type == MYSQL_TYPE_LONGLONG;
}

static int
is_real(const MYSQL_FIELD *field)
{
	return field->type == MYSQL_TYPE_FLOAT || field->type == MYSQL_TYPE_DOUBLE;
}

static void
read_table(const char *table)
{
	double		start = now();
	MYSQL_RES  *result = select_from(table, "");
	MYSQL_FIELD *fields = mysql_fetch_fields(result);
	unsigned int n = mysql_num_fields(result);
	MYSQL_ROW	row;
	char	   *copy = malloc(ROW_BYTES);
	volatile double number;
	unsigned long rows = 0;

	while ((row = mysql_fetch_row(result)) != NULL)
	{
		unsigned long *lengths = mysql_fetch_lengths(result);
		size_t		used = 0;

		for (unsigned int i = 0; i < n; i++)
		{
			if (row[i] == NULL)
				continue;
			if (is_integer(&fields[i]))
				number = strtoll(row[i], NULL, 10);
			else if (is_real(&fields[i]))
				number = strtod(row[i], NULL);
			else if (used + lengths[i] <= ROW_BYTES)
			{
				memcpy(copy + used, row[i], lengths[i]);
				used += lengths[i];
			}
		}
		rows++;
	}
	(void) number;
	check(mysql_errno(conn) == 0);
	printf("%.3f %lu\n", now() - start, rows);
	mysql_free_result(result);
}

/* Append a literal; returns the new end. */
static char *
append_value(char *to, const MYSQL_FIELD *field, const Cell *cell)
{
	if (cell->data == NULL)
		return strcpy(to, "NULL") + 4;
	if (is_integer(field) || is_real(field) || field->type == MYSQL_TYPE_NEWDECIMAL)
	{
		memcpy(to, cell->data, cell->length);
		return to + cell->length;
	}
	if (field->charsetnr == 63 && field->type == MYSQL_TYPE_BLOB)
		to = strcpy(to, "_binary") + 7;
	*to++ = '\'';
	to += mysql_real_escape_string(conn, to, cell->data, cell->length);
	*to++ = '\'';
	return to;
}

static void
write_table(const char *from, const char *to, int limit)
{
	char		tail[32];
	char	   *sql = malloc(STATEMENT_BYTES + 2 * ROW_BYTES);
	char	   *end = sql;
	MYSQL_RES  *result;
	MYSQL_FIELD *fields;
	MYSQL_ROW	row;
	Cell	   *cells;
	int			n,
				rows = 0;
	double		start;

	snprintf(tail, sizeof(tail), " LIMIT %d", limit);
	result = select_from(from, tail);
	fields = mysql_fetch_fields(result);
	n = mysql_num_fields(result);
	cells = malloc(sizeof(Cell) * n * limit);
	for (; (row = mysql_fetch_row(result)) != NULL; rows++)
	{
		unsigned long *lengths = mysql_fetch_lengths(result);

		for (int i = 0; i < n; i++)
		{
			Cell	   *cell = &cells[rows * n + i];

			cell->length = lengths[i];
			cell->data = row[i] ? memcpy(malloc(lengths[i] + 1), row[i], lengths[i]) : NULL;
		}
	}

	start = now();
	run("START TRANSACTION", 17);
	for (int r = 0; r < rows; r++)
	{
		end += end == sql ? sprintf(end, "INSERT INTO %s VALUES ", to) : sprintf(end, ", ");
		for (int i = 0; i < n; i++)
		{
			*end++ = i == 0 ? '(' : ',';
			end = append_value(end, &fields[i], &cells[r * n + i]);
		}
		*end++ = ')';
		if (end - sql >= STATEMENT_BYTES || r + 1 == rows)
		{
			run(sql, end - sql);
			end = sql;
		}
	}
	run("COMMIT", 6);
	printf("%.3f %d\n", now() - start, rows);
	mysql_free_result(result);
}

int
main(int argc, char **argv)
{
	if (argc < 7)
		return 2;
	conn = mysql_init(NULL);
	mysql_options(conn, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	check(mysql_real_connect(conn, NULL, argv[2], argv[3], argv[4], 0, argv[1], 0) != NULL);
	if (strcmp(argv[5], "read") == 0)
		read_table(argv[6]);
	else if (argc == 9)
		write_table(argv[6], argv[7], atoi(argv[8]));
	else
		return 2;
	mysql_close(conn);
	return 0;
}
