/*
 * sqlite_loop.c
 *	  What a careful program does to read, and to fill, a SQLite table.
 *
 * Usage: sqlite_loop read FILE TABLE
 *		  sqlite_loop write FILE FROM TO ROWS
 *		  sqlite_loop make FILE FOLDER FILES
 *
 * read steps through all rows, reads each column by its type and copies texts and blobs,
 * once.  write copies rows of one table to another of the same shape by one prepared
 * INSERT in one transaction; the rows are read into memory before the clock starts.
 * make makes so many new files in a folder, each with five tables, in WAL mode.
 * Prints seconds and rows, or files.
 *
 * Copyright (c) 2026, the binds developers
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* room for the texts and blobs of a row */
#define ROW_BYTES (1024 * 1024)

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

static void
read_table(sqlite3 *db, const char *table)
{
	char		sql[256];
	sqlite3_stmt *stmt;
	char	   *copy = malloc(ROW_BYTES);
	volatile double number;
	unsigned long rows = 0;
	double		start = now();
	int			rc;

	snprintf(sql, sizeof(sql), "SELECT * FROM %s", table);
	check(db, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK);
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
	{
		int			n = sqlite3_column_count(stmt);
		size_t		used = 0;

		for (int i = 0; i < n; i++)
		{
			int			type = sqlite3_column_type(stmt, i);

			if (type == SQLITE_INTEGER)
				number = sqlite3_column_int64(stmt, i);
			else if (type == SQLITE_FLOAT)
				number = sqlite3_column_double(stmt, i);
			else if (type != SQLITE_NULL)
			{
				const void *data = type == SQLITE_TEXT ?
					(const void *) sqlite3_column_text(stmt, i) :
					sqlite3_column_blob(stmt, i);
				size_t		length = sqlite3_column_bytes(stmt, i);

				if (length > 0 && used + length <= ROW_BYTES)
					memcpy(copy + used, data, length);
				used += length;
			}
		}
		rows++;
	}
	(void) number;
	check(db, rc == SQLITE_DONE);
	printf("%.3f %lu\n", now() - start, rows);
	sqlite3_finalize(stmt);
}

/* The value outlives the statement: it is not copied. */
static int
bind_value(sqlite3_stmt *stmt, int place, sqlite3_value *value)
{
	switch (sqlite3_value_type(value))
	{
		case SQLITE_INTEGER:
			return sqlite3_bind_int64(stmt, place, sqlite3_value_int64(value));
		case SQLITE_FLOAT:
			return sqlite3_bind_double(stmt, place, sqlite3_value_double(value));
		case SQLITE_TEXT:
			return sqlite3_bind_text(stmt, place, (const char *) sqlite3_value_text(value),
									 sqlite3_value_bytes(value), SQLITE_STATIC);
		case SQLITE_BLOB:
			return sqlite3_bind_blob(stmt, place, sqlite3_value_blob(value),
									 sqlite3_value_bytes(value), SQLITE_STATIC);
		default:
			return sqlite3_bind_null(stmt, place);
	}
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
			check(db, bind_value(stmt, i + 1, values[r * n + i]) == SQLITE_OK);
		check(db, sqlite3_step(stmt) == SQLITE_DONE);
		sqlite3_reset(stmt);
	}
	sqlite3_finalize(stmt);
	check(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	printf("%.3f %d\n", now() - start, rows);
}

static void
make_files(const char *folder, int files)
{
	double		start = now();

	for (int i = 1; i <= files; i++)
	{
		char		text[512];
		sqlite3    *db;

		snprintf(text, sizeof(text), "%s/%d.db", folder, i);
		check(db, sqlite3_open(text, &db) == SQLITE_OK);
		check(db, sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE",
							   NULL, NULL, NULL) == SQLITE_OK);
		for (int m = 1; m <= 5; m++)
		{
			snprintf(text, sizeof(text), "CREATE TABLE f%d_m%d (id INTEGER PRIMARY KEY NOT NULL,"
					 " name VARCHAR(50) NOT NULL, made TIMESTAMP)", i, m);
			check(db, sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK);
		}
		check(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
		sqlite3_close(db);
	}
	printf("%.3f %d\n", now() - start, files);
}

int
main(int argc, char **argv)
{
	sqlite3    *db;

	if (argc < 4)
		return 2;
	if (strcmp(argv[1], "make") == 0)
	{
		make_files(argv[3], atoi(argv[4]));
		return 0;
	}
	check(db, sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
							  NULL) == SQLITE_OK);
	check(db, sqlite3_exec(db, "PRAGMA synchronous = FULL", NULL, NULL, NULL) == SQLITE_OK);

	/*
	 * The last connection to close a file in WAL mode locks it while it
	 * tidies up; if that goes on, wait for it here and not on the clock.
	 */
	sqlite3_busy_timeout(db, 30000);
	check(db, sqlite3_exec(db, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
	if (strcmp(argv[1], "read") == 0)
		read_table(db, argv[3]);
	else
		write_table(db, argv[3], argv[4], atoi(argv[5]));
	sqlite3_close(db);
	return 0;
}
