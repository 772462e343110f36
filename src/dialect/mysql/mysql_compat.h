/*
 * mysql_compat.h - one spelling of what differs between MySQL's libmysqlclient (8.0 to
 * 9.7) and MariaDB's libmariadb (Connector/C 3.3, 3.4).
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MYSQL_COMPAT_H
#define BINDS_MYSQL_COMPAT_H

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <mysql.h>				/* flags: mysql_config --include, or pkg-config */
#if defined(MARIADB_BASE_VERSION) || defined(MARIADB_VERSION_ID)
#define MY_IS_MARIADB_CLIENT 1
#include <errmsg.h>
#include <mysqld_error.h>
#else
#define MY_IS_MARIADB_CLIENT 0
#include <errmsg.h>
#include <mysqld_error.h>
#endif

/* my_bool: char in libmariadb (and MySQL 5.7); MySQL 8.0 took it away for bool. */
#if MY_IS_MARIADB_CLIENT || MYSQL_VERSION_ID < 80000
typedef my_bool my_flag;
#else
typedef bool my_flag;
#endif
_Static_assert(sizeof(my_flag) == 1, "MYSQL_BIND's is_null and error are one byte");

#ifndef CR_SSL_CONNECTION_ERROR
#define CR_SSL_CONNECTION_ERROR 2026
#endif

enum my_tls
{
	MY_TLS_DEFAULT,				/* leave the library at its default */
	MY_TLS_DISABLED,
	MY_TLS_PREFERRED,			/* encrypt when the server can, trust anyone */
	MY_TLS_REQUIRED,			/* encrypt or fail, trust anyone */
	MY_TLS_VERIFY_CA,
	MY_TLS_VERIFY_IDENTITY
};

static inline void
my_set_tls(MYSQL *conn, enum my_tls mode, const char *ca)
{
	if (ca)
		mysql_options(conn, MYSQL_OPT_SSL_CA, ca);
	if (mode == MY_TLS_DEFAULT)
		return;
#if MY_IS_MARIADB_CLIENT
	{
		my_bool		enforce = mode >= MY_TLS_REQUIRED;
		my_bool		verify = mode >= MY_TLS_VERIFY_CA;

		/* 3.4 (MariaDB 11.4) verifies unless told not to; 3.3 does not */
		mysql_options(conn, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
		/*
		 * SSL_ENFORCE: 1 asks for TLS, 0 does not; there is no "preferred" before
		 * 3.4, which takes TLS whenever the server has it.
		 */
		mysql_options(conn, MYSQL_OPT_SSL_ENFORCE, &enforce);
	}
#else
	{
		unsigned int m = mode == MY_TLS_DISABLED ? SSL_MODE_DISABLED :
			mode == MY_TLS_PREFERRED ? SSL_MODE_PREFERRED :
			mode == MY_TLS_REQUIRED ? SSL_MODE_REQUIRED :
			mode == MY_TLS_VERIFY_CA ? SSL_MODE_VERIFY_CA : SSL_MODE_VERIFY_IDENTITY;

		mysql_options(conn, MYSQL_OPT_SSL_MODE, &m);
	}
#endif
}

/*
 * To call after connecting: libmariadb takes MYSQL_OPT_SSL_ENFORCE as a wish and, with
 * verification off, talks in the clear to a server that offers no TLS.
 */
static inline bool
my_tls_is_as_asked(MYSQL *conn, enum my_tls mode)
{
	return mode < MY_TLS_REQUIRED || mysql_get_ssl_cipher(conn) != NULL;
}

/* caching_sha2_password over TCP without TLS: let the client ask for the RSA key. */
static inline void
my_allow_server_public_key(MYSQL *conn, bool allow)
{
#if !MY_IS_MARIADB_CLIENT
	mysql_options(conn, MYSQL_OPT_GET_SERVER_PUBLIC_KEY, &allow);
#else
	(void) conn; (void) allow;	/* libmariadb asks always */
#endif
}

/* MYSQL_OPT_RECONNECT: off in both by default; 8.0.34 on prints to stderr if set. */

/* ---- non-blocking: how to wait, then go on ---- */
#define MY_READ 1
#define MY_WRITE 2
#define MY_TIMEOUT 4

static inline int
my_fd(MYSQL *conn)
{
#if MY_IS_MARIADB_CLIENT
	return (int) mysql_get_socket(conn);
#else
	return conn->net.fd;		/* no accessor; a public member */
#endif
}

/*
 * After connecting, before any non-blocking call: libmariadb leaves the descriptor
 * blocking, and over TLS its _start and _cont calls then block in SSL_read.  The
 * blocking calls of both libraries work on a non-blocking descriptor.
 */
static inline void
my_nonblock_connected(MYSQL *conn)
{
	int			fd = my_fd(conn);

	if (fd >= 0)
		(void) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* before mysql_real_connect*() */
static inline void
my_nonblock_init(MYSQL *conn)
{
#if MY_IS_MARIADB_CLIENT
	mysql_options(conn, MYSQL_OPT_NONBLOCK, 0);
#else
	(void) conn;
#endif
}

#endif
