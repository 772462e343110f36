/*
 * mysql_loop.c
 *	  The least that a program can do to read a MySQL table: mysql_use_result.
 *
 * Usage: mysql_loop SOCKET USER PASSWORD DATABASE QUERY
 * Prints seconds, rows and bytes.
 *
 * Copyright (c) 2026, the binds developers
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	MYSQL	   *conn = mysql_init(NULL);
	MYSQL_RES  *result;
	MYSQL_ROW	row;
	unsigned long rows = 0,
				bytes = 0;
	double		start;

	if (argc != 6)
		return 2;
	mysql_options(conn, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(conn, NULL, argv[2], argv[3], argv[4], 0, argv[1], 0))
	{
		fprintf(stderr, "%s\n", mysql_error(conn));
		return 1;
	}
	start = now();
	if (mysql_query(conn, argv[5]) != 0 ||
		(result = mysql_use_result(conn)) == NULL)
	{
		fprintf(stderr, "%s\n", mysql_error(conn));
		return 1;
	}
	while ((row = mysql_fetch_row(result)) != NULL)
	{
		unsigned long *lengths = mysql_fetch_lengths(result);

		for (unsigned int i = 0; i < mysql_num_fields(result); i++)
			bytes += row[i] ? lengths[i] : 0;
		rows++;
	}
	printf("%.3f %lu %lu\n", now() - start, rows, bytes);
	mysql_free_result(result);
	mysql_close(conn);
	return 0;
}
