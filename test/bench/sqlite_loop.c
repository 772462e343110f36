/*
 * sqlite_loop.c
 *	  The least that a program can do to read, and to fill, a SQLite table.
 *
 * Usage: sqlite_loop read FILE TABLE
 *		  sqlite_loop write FILE FROM TO ROWS
 *
 * read steps through all rows and reads each column by its type.  write copies rows
 * of one table to another of the same shape with one prepared INSERT in one
 * transaction; the rows are read into memory before the clock starts.  Prints
 * seconds and rows.
 *
 * Copyright (c) 2026, the binds developers
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void
check(sqlite3 *db, int ok)
{
	if (!ok)
	{
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
		exit(1);
	}
}

static unsigned long
read_column(sqlite3_stmt *stmt, int i)
{
	switch (sqlite3_column_type(stmt, i))
	{
		case SQLITE_INTEGER:
			return (unsigned long) sqlite3_column_int64(stmt, i) & 1;
		case SQLITE_FLOAT:
			return sqlite3_column_double(stmt, i) > 0;
		case SQLITE_TEXT:
			return sqlite3_column_text(stmt, i)[0] + sqlite3_column_bytes(stmt, i);
		case SQLITE_BLOB:
			return sqlite3_column_blob(stmt, i) != NULL ? sqlite3_column_bytes(stmt, i) : 0;
		default:
			return 0;
	}
}

static void
read_table(sqlite3 *db, const char *table)
{
	char		sql[256];
	sqlite3_stmt *stmt;
	unsigned long rows = 0,
				sum = 0;
	double		start = now();

	snprintf(sql, sizeof(sql), "SELECT * FROM %s", table);
	check(db, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
	{
		int			n = sqlite3_column_count(stmt);

		for (int i = 0; i < n; i++)
			sum += read_column(stmt, i);
		rows++;
	}
	printf("%.3f %lu %lu\n", now() - start, rows, sum);
	sqlite3_finalize(stmt);
}

static void
write_table(sqlite3 *db, const char *from, const char *to, int limit)
{
	char		sql[512];
	sqlite3_stmt *stmt;
	sqlite3_value **values;
	int			n,
				rows = 0;
	double		start;

	snprintf(sql, sizeof(sql), "SELECT * FROM %s LIMIT %d", from, limit);
	check(db, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK);
	n = sqlite3_column_count(stmt);
	values = malloc(sizeof(sqlite3_value *) * n * limit);
	for (; sqlite3_step(stmt) == SQLITE_ROW; rows++)
	{
		for (int i = 0; i < n; i++)
			values[rows * n + i] = sqlite3_value_dup(sqlite3_column_value(stmt, i));
	}
	sqlite3_finalize(stmt);

	snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (?", to);
	for (int i = 1; i < n; i++)
		strcat(sql, ", ?");
	strcat(sql, ")");
	start = now();
	check(db, sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
	check(db, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK);
	for (int r = 0; r < rows; r++)
	{
		for (int i = 0; i < n; i++)
			sqlite3_bind_value(stmt, i + 1, values[r * n + i]);
		check(db, sqlite3_step(stmt) == SQLITE_DONE);
		sqlite3_reset(stmt);
	}
	sqlite3_finalize(stmt);
	check(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	printf("%.3f %d\n", now() - start, rows);
}

int
main(int argc, char **argv)
{
	sqlite3    *db;

	if (argc < 4)
		return 2;
	check(db, sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
							  NULL) == SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);	/* the last session may be closing */
	sqlite3_exec(db, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
	if (strcmp(argv[1], "read") == 0)
		read_table(db, argv[3]);
	else
		write_table(db, argv[3], argv[4], atoi(argv[5]));
	sqlite3_close(db);
	return 0;
}
