/*
 * mysql_compat.h
 *	  One spelling of what differs between MySQL's libmysqlclient (8.0 to 9.7) and
 *	  MariaDB's libmariadb (Connector/C 3.3, 3.4).
 *
 * The headers of the two look alike, but the numbers of options differ, so the
 * library must be the one whose header was compiled.  MYSQL_VERSION_ID is above
 * 80000 for both: only MARIADB_* macros tell them apart.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MYSQL_COMPAT_H
#define BINDS_MYSQL_COMPAT_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <mysql.h>				/* flags: mysql_config --include */
#include <errmsg.h>
#if defined(MARIADB_BASE_VERSION) || defined(MARIADB_VERSION_ID)
#include <ma_pvio.h>
#endif

#if defined(MARIADB_BASE_VERSION) || defined(MARIADB_VERSION_ID)
#define MY_IS_MARIADB_CLIENT 1
#define MY_LIBRARY	"libmariadb"
#else
#define MY_IS_MARIADB_CLIENT 0
#define MY_LIBRARY	"libmysqlclient"
#endif

/* my_bool: char in libmariadb; MySQL 8.0 took it away for bool */
#if MY_IS_MARIADB_CLIENT
typedef my_bool my_flag;
#else
typedef bool my_flag;
#endif
_Static_assert(sizeof(my_flag) == 1, "options of the client are one byte");

/* ------------------------------------------------------------------------
 * TLS
 * ------------------------------------------------------------------------ */

typedef enum MyTls
{
	MY_TLS_DEFAULT,				/* leave the library at its default */
	MY_TLS_DISABLED,
	MY_TLS_PREFERRED,			/* encrypt when the server can, trust anyone */
	MY_TLS_REQUIRED,			/* encrypt or fail, trust anyone */
	MY_TLS_VERIFY_CA,
	MY_TLS_VERIFY_IDENTITY		/* libmariadb: VERIFY_CA does this, too */
} MyTls;

static inline void
my_set_tls(MYSQL *mysql, MyTls mode)
{
	if (mode == MY_TLS_DEFAULT)
		return;
#if MY_IS_MARIADB_CLIENT
	{
		my_bool		enforce = mode >= MY_TLS_PREFERRED;
		my_bool		verify = mode >= MY_TLS_VERIFY_CA;

		/* 3.4 verifies unless told not to; 3.3 does not */
		mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);

		/* a wish, not a demand: see my_tls_is_as_asked */
		mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &enforce);
	}
#else
	{
		unsigned int m = mode == MY_TLS_DISABLED ? SSL_MODE_DISABLED :
			mode == MY_TLS_PREFERRED ? SSL_MODE_PREFERRED :
			mode == MY_TLS_REQUIRED ? SSL_MODE_REQUIRED :
			mode == MY_TLS_VERIFY_CA ? SSL_MODE_VERIFY_CA :
			SSL_MODE_VERIFY_IDENTITY;

		mysql_options(mysql, MYSQL_OPT_SSL_MODE, &m);
	}
#endif
}

/*
 * To ask after connecting: libmariadb takes MYSQL_OPT_SSL_ENFORCE as a wish and,
 * with verification off, talks in the clear to a server that offers no TLS.
 */
static inline bool
my_tls_is_as_asked(MYSQL *mysql, MyTls mode)
{
	return mode < MY_TLS_REQUIRED || mysql_get_ssl_cipher(mysql) != NULL;
}

/*
 * OpenSSL keeps errors in a queue of the thread, and what one connection leaves there
 * is taken by the next call of another for its own: libmariadb does not clear it.
 * Weak, since the client library may have been built with something else.
 */
extern void ERR_clear_error(void) __attribute__((weak, visibility("default")));

static inline void
my_clear_tls_errors(void)
{
	if (ERR_clear_error)
		ERR_clear_error();
}

/*
 * The plugins that log in by a password: those that prove it without showing it, those
 * that encrypt it with a key of the server's, and those that show it.  Others would send
 * what this process has of its own, as the ticket of its user (Kerberos).
 */
#define MY_PROVING_PLUGINS "mysql_native_password,client_ed25519,parsec"
#define MY_KEYED_PLUGINS ",caching_sha2_password,sha256_password"
#define MY_SHOWING_PLUGINS ",mysql_clear_password,dialog"

/*
 * Before connecting: log in by no other plugins.  libmysqlclient has those in it that it
 * needs, but for one, which stays loaded once it is, and finds no others.
 */
static inline void
my_restrict_login(MYSQL *mysql)
{
#if MY_IS_MARIADB_CLIENT
	mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH,
				  MY_PROVING_PLUGINS MY_KEYED_PLUGINS MY_SHOWING_PLUGINS);
#else
	if (mysql_client_find_plugin(mysql, "mysql_native_password",
								 MYSQL_CLIENT_AUTHENTICATION_PLUGIN) == NULL)
		mysql->net.last_errno = 0;	/* it is not installed */
	mysql_options(mysql, MYSQL_PLUGIN_DIR, "/dev/null");
#endif
}

/*
 * Before connecting over a network: no password goes out in the clear.  libmariadb sends
 * it to whoever asks, so it may only log in by plugins that prove the password without
 * showing it, until it is known that there will be TLS: see my_note_greeting.
 * libmysqlclient sends it only if it is told to, with or without TLS.
 *
 * server_key: encrypting it with a key that the server sends counts as safe.
 */
static inline void
my_hide_password(MYSQL *mysql, MyTls mode, bool server_key)
{
#if MY_IS_MARIADB_CLIENT
	(void) mode;
	mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH, server_key ?
				  MY_PROVING_PLUGINS MY_KEYED_PLUGINS : MY_PROVING_PLUGINS);
#else
	bool		clear = mode >= MY_TLS_REQUIRED;

	mysql_options(mysql, MYSQL_ENABLE_CLEARTEXT_PLUGIN, &clear);
	mysql_options(mysql, MYSQL_OPT_GET_SERVER_PUBLIC_KEY, &server_key);
#endif
}

#if !MY_IS_MARIADB_CLIENT

/* what libmysqlclient says of a caching_sha2_password that it does not send */
#define MY_NOT_SECURE "secure connection"

typedef struct auth_plugin_t MyLogin;

/* the client's sha256_password while it is guarded */
static MyLogin my_sha256;

static inline int
my_sha256_guarded(MYSQL_PLUGIN_VIO * vio, MYSQL *mysql)
{
	if (mysql_get_ssl_cipher(mysql) != NULL)
		return my_sha256.authenticate_user(vio, mysql);
	mysql->net.last_errno = CR_AUTH_PLUGIN_ERR;
	strcpy(mysql->net.last_error, "sha256_password requires a " MY_NOT_SECURE);
	return CR_ERROR;
}

static inline enum net_async_status
my_sha256_guarded_nonblocking(MYSQL_PLUGIN_VIO * vio, MYSQL *mysql, int *result)
{
	if (mysql_get_ssl_cipher(mysql) != NULL)
		return my_sha256.authenticate_user_nonblocking(vio, mysql, result);
	*result = my_sha256_guarded(vio, mysql);
	return NET_ASYNC_COMPLETE;
}

/*
 * libmysqlclient's sha256_password encrypts with any key that the server sends, whatever
 * MYSQL_OPT_GET_SERVER_PUBLIC_KEY says.  So another function stands in its place while a
 * call of ours connects, and only then: others may use the library, too.
 */
static inline void
my_guard_login(MYSQL *mysql, bool on)
{
	MyLogin    *plugin = (MyLogin *)
		mysql_client_find_plugin(mysql, "sha256_password",
								 MYSQL_CLIENT_AUTHENTICATION_PLUGIN);

	if (plugin == NULL)
		return;
	if (on)
	{
		my_sha256 = *plugin;
		plugin->authenticate_user = my_sha256_guarded;
		plugin->authenticate_user_nonblocking = my_sha256_guarded_nonblocking;
	}
	else
	{
		plugin->authenticate_user = my_sha256.authenticate_user;
		plugin->authenticate_user_nonblocking = my_sha256.authenticate_user_nonblocking;
	}
}

#endif

/*
 * Did a login fail since the server asks for a plugin that my_restrict_login leaves out?
 * libmariadb does not tell these from those that my_hide_password forbids, nor their name:
 * what it says is the name of the plugin before.
 */
static inline bool
my_plugin_refused(MYSQL *mysql)
{
#if MY_IS_MARIADB_CLIENT
	(void) mysql;
	return false;
#else
	return mysql_errno(mysql) == CR_AUTH_PLUGIN_CANNOT_LOAD &&
		strstr(mysql_error(mysql), "not enabled") == NULL;
#endif
}

/* Did a login fail since my_hide_password has forbidden what the server asks for? */
static inline bool
my_login_forbidden(MYSQL *mysql)
{
#if MY_IS_MARIADB_CLIENT
	return mysql_errno(mysql) == CR_PLUGIN_NOT_ALLOWED;
#else
	return (mysql_errno(mysql) == CR_AUTH_PLUGIN_ERR &&
			strstr(mysql_error(mysql), MY_NOT_SECURE) != NULL) ||
		(mysql_errno(mysql) == CR_AUTH_PLUGIN_CANNOT_LOAD &&
		 strstr(mysql_error(mysql), "not enabled") != NULL);
#endif
}

/* The socket; -1 if there is none yet, or it is not connected. */
static inline int
my_descriptor(MYSQL *mysql)
{
#if MY_IS_MARIADB_CLIENT
	return (int) mysql_get_socket(mysql);
#else
	return mysql->net.vio == NULL ? -1 : mysql->net.fd;
#endif
}

/*
 * Between statements: has the server sent what nobody asked for?  It would be taken for the
 * answer to the next statement.  A farewell, an error or the end, is for the client library
 * to find; so is what TLS itself has to say.
 */
static inline bool
my_has_unread(MYSQL *mysql)
{
	unsigned char packet[5];
	ssize_t		length;

#if MY_IS_MARIADB_CLIENT
	const MARIADB_PVIO *pvio = mysql->net.pvio;

	/* what came together with the last answer is here; a farewell, too */
	if (pvio != NULL && pvio->cache != NULL &&
		pvio->cache_pos < pvio->cache + pvio->cache_size)
		return pvio->cache + pvio->cache_size - pvio->cache_pos < 5 ||
			pvio->cache_pos[4] != 0xff;
#endif
	if (mysql_get_ssl_cipher(mysql) != NULL)
		return false;
	length = recv(my_descriptor(mysql), packet, sizeof(packet), MSG_PEEK | MSG_DONTWAIT);
	return length > 0 && (length < (ssize_t) sizeof(packet) || packet[4] != 0xff);
}

/*
 * Is a number one of the client libraries', from 5000 on a few of MariaDB's?  A server sends
 * such a number, too: SIGNAL may give any, and a proxy gives the one that it got.
 */
static inline bool
my_is_client_errno(int code)
{
	return (code >= 2000 && code < 3000) || (code >= 5000 && code < 5100);
}

/* An error as the server sent it, or of the client library. */
typedef struct MyError
{
	int			code;
	char		sqlstate[SQLSTATE_LENGTH + 1];
	const char *message;		/* till the next call */
} MyError;

/*
 * The error of the last call.
 *
 * libmariadb takes an error of the server for a malformed packet if it has a number of the
 * client's.  That packet is then the last one that was read: the library reports malformed
 * packets when it has read them.
 */
static inline void
my_last_error(MYSQL *mysql, MyError *error)
{
#if MY_IS_MARIADB_CLIENT
	const unsigned char *packet = mysql->net.read_pos;
#endif

	error->code = (int) mysql_errno(mysql);
	error->message = mysql_error(mysql);
	snprintf(error->sqlstate, sizeof(error->sqlstate), "%s", mysql_sqlstate(mysql));
#if MY_IS_MARIADB_CLIENT
	if (error->code == CR_MALFORMED_PACKET && my_descriptor(mysql) >= 0 &&
		mysql->net.buff != NULL && packet != NULL && packet[0] == 0xff &&
		my_is_client_errno(packet[1] | packet[2] << 8) && packet[3] == '#' &&
		strnlen((const char *) packet + 4, SQLSTATE_LENGTH) == SQLSTATE_LENGTH)
	{
		error->code = packet[1] | packet[2] << 8;
		memcpy(error->sqlstate, packet + 4, SQLSTATE_LENGTH);
		error->message = (const char *) packet + 4 + SQLSTATE_LENGTH;
	}
#endif
}

/* ------------------------------------------------------------------------
 * Calls that do not block
 * ------------------------------------------------------------------------ */

/* what a call waits for; the numbers of libmariadb's MYSQL_WAIT_* */
#define MY_READ		1
#define MY_WRITE	2
#define MY_EXCEPT	4
#define MY_TIMEOUT	8			/* call again after my_call_slice ms at the
								 * latest */

typedef enum MyCallKind
{
	MY_CALL_CONNECT,
	MY_CALL_QUERY,
	MY_CALL_FETCH,				/* next row of an unbuffered result */
	MY_CALL_NEXT,				/* next result of the statement */
	MY_CALL_PREPARE,			/* only where MY_HAS_PREPARED_CALLS */
	MY_CALL_EXECUTE,			/* likewise, a statement without rows */
	MY_CALL_RESET				/* the session; only where MY_HAS_RESET_CALL */
} MyCallKind;

/*
 * A call of the client library, begun and perhaps not yet at its end.  my_call_init makes
 * one without arguments.
 */
typedef struct MyCall
{
	MyCallKind	kind;
	MYSQL	   *mysql;

	/* arguments; must live until the call ends */
	const char *host;
	const char *user;
	const char *password;
	const char *database;
	const char *socket;
	unsigned int port;
	unsigned long flags;
	MyTls		tls;
	bool		guarded;		/* encrypt the password with no key of the
								 * server */
	const char *sql;
	unsigned long length;
	MYSQL_RES  *result;
	MYSQL_STMT *stmt;

	/* what came of it */
	int			status;			/* 0: done; NEXT: -1 if there is none; else
								 * failed */
	MYSQL_ROW	row;			/* FETCH: NULL at the end, and on error */
	bool		no_tls;			/* CONNECT: failed, since the server offers no
								 * TLS */
#if MY_IS_MARIADB_CLIENT
	MYSQL	   *connected;
	bool		looked;			/* at what comes in place of a greeting */
	bool		greeted;		/* it was one */
	int			refusal;		/* it was an error: its number */
	bool		partial;		/* a part of it is there */
	char	   *no_version;		/* stands for the server's before that */
#else
	int			turns;			/* times it was not ready */
#endif
} MyCall;

static inline void
my_call_init(MyCall *call, MyCallKind kind, MYSQL *mysql)
{
	memset(call, 0, sizeof(*call));
	call->kind = kind;
	call->mysql = mysql;
}

/*
 * Before connecting: this handle will be used by calls that do not block.  libmysqlclient
 * notes its descriptor when that is connected.
 */
static inline void
my_nonblock_init(MYSQL *mysql)
{
#if MY_IS_MARIADB_CLIENT
	mysql_options(mysql, MYSQL_OPT_NONBLOCK, 0);
#else
	mysql->net.fd = -1;
#endif
}

/*
 * After connecting: libmariadb leaves the descriptor blocking, and over TLS its
 * calls then block in SSL_read.
 */
static inline void
my_nonblock_connected(MYSQL *mysql)
{
	int			fd = my_descriptor(mysql);

	if (fd >= 0)
		(void) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

#if MY_IS_MARIADB_CLIENT

/* Note the outcome of a call that is at its end. */
static inline int
my_call_note(MyCall *call, int events)
{
	if (events != 0 || call->kind != MY_CALL_CONNECT)
		return events;
	call->status = call->connected == NULL;

	/* after an error the library has freed it */
	if (call->status == 0 && call->mysql->server_version != call->no_version)
		free(call->no_version);
	return 0;
}

/*
 * Begin a call.  Returns 0 when it is at its end, else what to wait for.
 *
 * libmariadb looks at the server's version when an error packet says that it reports
 * progress, and before the greeting there would be none: NULL.
 */
static inline int
my_call_start(MyCall *call)
{
	switch (call->kind)
	{
		case MY_CALL_CONNECT:
			call->no_version = call->mysql->server_version = strdup("");
			return my_call_note(call,
								mysql_real_connect_start(&call->connected, call->mysql,
														 call->host, call->user,
														 call->password, call->database,
														 call->port, call->socket,
														 call->flags));
		case MY_CALL_QUERY:
			return mysql_real_query_start(&call->status, call->mysql,
										  call->sql, call->length);
		case MY_CALL_FETCH:
			call->status = 0;
			return mysql_fetch_row_start(&call->row, call->result);
		case MY_CALL_NEXT:
			return mysql_next_result_start(&call->status, call->mysql);
		case MY_CALL_PREPARE:
			return mysql_stmt_prepare_start(&call->status, call->stmt,
											call->sql, call->length);
		case MY_CALL_EXECUTE:
			return mysql_stmt_execute_start(&call->status, call->stmt);
		case MY_CALL_RESET:
			return mysql_reset_connection_start(&call->status, call->mysql);
	}
	return 0;
}

/* What the server's greeting offers, seen while it is still in the socket. */
typedef enum MyGreeting
{
	MY_GREETING_NONE,			/* nothing has come */
	MY_GREETING_PARTIAL,
	MY_GREETING_TLS,
	MY_GREETING_NO_TLS,
	MY_GREETING_OTHER			/* an error, or the end: for the library to
								 * report */
} MyGreeting;

/* refusal: set to the number of an error */
static inline MyGreeting
my_peek_greeting(int fd, int *refusal)
{
	unsigned char packet[1024];
	ssize_t		length = recv(fd, packet, sizeof(packet), MSG_PEEK | MSG_DONTWAIT);
	size_t		size,
				wanted;
	const unsigned char *end;

	if (length < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ?
			MY_GREETING_NONE : MY_GREETING_OTHER;
	if (length == 0)
		return MY_GREETING_OTHER;
	if (length < 4)
		return MY_GREETING_PARTIAL;
	size = 4 + (packet[0] | packet[1] << 8 | (size_t) packet[2] << 16);
	wanted = size < sizeof(packet) ? size : sizeof(packet);
	if ((size_t) length < wanted)
		return MY_GREETING_PARTIAL;
	if (wanted > 4 && packet[4] == 0xff)
	{
		*refusal = wanted > 6 ? packet[5] | packet[6] << 8 : 0;
		return MY_GREETING_OTHER;
	}

	/* protocol, version, 0, thread (4), salt (8), 0, capabilities (2) */
	end = wanted > 5 ? memchr(packet + 5, 0, wanted - 5) : NULL;
	if (end != NULL && (size_t) (end - packet) + 15 < wanted)
		return ((end[14] | end[15] << 8) & CLIENT_SSL) ? MY_GREETING_TLS :
			MY_GREETING_NO_TLS;
	return MY_GREETING_NO_TLS;
}

/* Has the server closed a connection, after a part of a greeting?  Nothing comes then. */
static inline bool
my_is_closed(int fd)
{
#ifdef POLLRDHUP
	struct pollfd pfd = {.fd = fd, .events = POLLRDHUP};

	return poll(&pfd, 1, 0) > 0;
#else
	(void) fd;
	return false;
#endif
}

/*
 * Look at the greeting before the library reads it and answers with the password.
 * Returns 0 when the library may go on, else what to wait for.
 *
 * Without TLS where it is required the connection is given up here, since libmariadb
 * takes MYSQL_OPT_SSL_ENFORCE as a wish.
 */
static inline int
my_note_greeting(MyCall *call)
{
	int			fd = my_descriptor(call->mysql);
	struct sockaddr_storage peer;
	socklen_t	length = sizeof(peer);
	bool		closed;

	/* not connected: for the library to report */
	if (fd < 0 || getpeername(fd, (struct sockaddr *) &peer, &length) != 0)
		return 0;
	call->partial = false;
	/* asked before, so that all of it is there then */
	closed = my_is_closed(fd);
	switch (my_peek_greeting(fd, &call->refusal))
	{
		case MY_GREETING_NONE:
			return MY_READ;
		case MY_GREETING_PARTIAL:
			if (closed)
				break;
			call->partial = true;
			return MY_TIMEOUT;
		case MY_GREETING_TLS:
			/* 3.4 uses TLS by default, and verifies it */
			if (call->tls >= MY_TLS_PREFERRED ||
				(call->tls == MY_TLS_DEFAULT && mysql_get_client_version() >= 30400))
				my_restrict_login(call->mysql);
			call->greeted = true;
			break;
		case MY_GREETING_NO_TLS:
			call->greeted = true;
			call->no_tls = call->tls >= MY_TLS_REQUIRED;
			break;
		case MY_GREETING_OTHER:
			break;
	}
	call->looked = true;
	return 0;
}

/*
 * Go on with a connection.  After the socket is connected the library still waits for
 * being able to write, so that is what it is told when the greeting has come.
 */
static inline int
my_connect_go_on(MyCall *call, int events)
{
	if (!call->looked && events != MY_TIMEOUT)
	{
		int			wait = my_note_greeting(call);

		if (wait != 0)
			return wait;
		if (call->looked)
			events = MY_WRITE;
	}
	if (call->no_tls)
	{
		/* gives it up */
		events = MY_TIMEOUT;
		(void) shutdown(my_descriptor(call->mysql), SHUT_RDWR);
	}
	return my_call_note(call, mysql_real_connect_cont(&call->connected, call->mysql,
													  events));
}

/*
 * Go on with a call after "events" came.  MY_TIMEOUT alone gives it up: it ends
 * with an error and the connection is of no use any more.
 */
static inline int
my_call_go_on(MyCall *call, int events)
{
	switch (call->kind)
	{
		case MY_CALL_CONNECT:
			return my_connect_go_on(call, events);
		case MY_CALL_QUERY:
			return mysql_real_query_cont(&call->status, call->mysql, events);
		case MY_CALL_FETCH:
			return mysql_fetch_row_cont(&call->row, call->result, events);
		case MY_CALL_NEXT:
			return mysql_next_result_cont(&call->status, call->mysql, events);
		case MY_CALL_PREPARE:
			return mysql_stmt_prepare_cont(&call->status, call->stmt, events);
		case MY_CALL_EXECUTE:
			return mysql_stmt_execute_cont(&call->status, call->stmt, events);
		case MY_CALL_RESET:
			return mysql_reset_connection_cont(&call->status, call->mysql, events);
	}
	return 0;
}

/* After how many ms is a call to be tried again, though nothing came? -1: never. */
static inline int
my_call_slice(const MyCall *call)
{
	return call->kind == MY_CALL_CONNECT && call->partial ? 2 : -1;
}

/* Does giving up with MY_TIMEOUT end the call? */
#define MY_CALL_CAN_GIVE_UP 1

/* Can statements be prepared and executed by calls that do not block? */
#define MY_HAS_PREPARED_CALLS 1

/* Can a session be reset by one? */
#define MY_HAS_RESET_CALL 1

/* Is every error of a FETCH reported as CR_COMMANDS_OUT_OF_SYNC? */
#define MY_FETCH_HIDES_ERRORS 0

/* Is what MySQL says of the session at the end of rows not read? */
#define MY_ROWS_HIDE_CHANGES 1

/*
 * Is the host's name, which must be the certificate's, read when it is connected?  Until
 * then call->host may be an address.
 */
#define MY_CONNECT_READS_NAME_LATE 1

/* Has the server that a call connects to said who it is?  An error instead is no greeting. */
static inline bool
my_is_greeted(const MyCall *call)
{
	return call->greeted;
}

/*
 * The number of the error of a call that could not connect.  Of one that the server sent
 * in place of its greeting the library may make another.
 */
static inline int
my_connect_errno(const MyCall *call)
{
	return call->refusal != 0 ? call->refusal : (int) mysql_errno(call->mysql);
}

#else

/*
 * What a call that is not ready waits for.  The library does not say, so look:
 * if the socket takes no more it may be writing.  A wrong guess costs a slice.
 */
static inline int
my_call_guess(MyCall *call)
{
	struct pollfd pfd;

	call->turns++;
	pfd.fd = my_descriptor(call->mysql);
	pfd.events = POLLOUT;
	pfd.revents = 0;
	if (pfd.fd < 0)
		return MY_TIMEOUT;
	if (call->kind == MY_CALL_CONNECT)
		return MY_READ | MY_TIMEOUT;
	if (poll(&pfd, 1, 0) == 0)
		return MY_READ | MY_WRITE | MY_TIMEOUT;
	return MY_READ | MY_TIMEOUT;
}

static inline int
my_call_go_on(MyCall *call, int events)
{
	enum net_async_status status = NET_ASYNC_ERROR;

	(void) events;
	switch (call->kind)
	{
		case MY_CALL_CONNECT:
			if (call->guarded)
				my_guard_login(call->mysql, true);
			status = mysql_real_connect_nonblocking(call->mysql, call->host, call->user,
													call->password, call->database,
													call->port, call->socket,
													call->flags);
			if (call->guarded)
				my_guard_login(call->mysql, false);
			break;
		case MY_CALL_QUERY:
			status = mysql_real_query_nonblocking(call->mysql, call->sql, call->length);
			break;
		case MY_CALL_FETCH:
			status = mysql_fetch_row_nonblocking(call->result, &call->row);
			break;
		case MY_CALL_NEXT:
			status = mysql_next_result_nonblocking(call->mysql);
			break;
		case MY_CALL_PREPARE:
		case MY_CALL_EXECUTE:
		case MY_CALL_RESET:
			break;
	}
	if (status == NET_ASYNC_NOT_READY)
		return my_call_guess(call);

	call->status = status == NET_ASYNC_COMPLETE ? 0 :
		status == NET_ASYNC_COMPLETE_NO_MORE_RESULTS ? -1 : 1;
	if (call->kind == MY_CALL_FETCH && call->status != 0)
		call->row = NULL;
	return 0;
}

static inline int
my_call_start(MyCall *call)
{
	call->turns = 0;
	call->status = 0;
	return my_call_go_on(call, 0);
}

static inline int
my_call_slice(const MyCall *call)
{
	if (call->kind == MY_CALL_CONNECT)
		return 2;
	return call->turns < 10 ? 10 : 100;
}

/* what the greeting says stays, also when the connection is given up */
static inline bool
my_is_greeted(const MyCall *call)
{
	return mysql_thread_id(call->mysql) != 0 || call->mysql->server_capabilities != 0;
}

static inline int
my_connect_errno(const MyCall *call)
{
	return (int) mysql_errno(call->mysql);
}

#define MY_CALL_CAN_GIVE_UP 0
#define MY_FETCH_HIDES_ERRORS 1 /* seen with 9.7 */
#define MY_ROWS_HIDE_CHANGES 0
#define MY_CONNECT_READS_NAME_LATE 0
#define MY_HAS_PREPARED_CALLS 0
#define MY_HAS_RESET_CALL 0

#endif

/* Let a call fail that could not connect.  reason: errno. */
static inline void
my_set_not_reached(MyCall *call, const char *host, int reason)
{
	call->status = 1;
	call->mysql->net.last_errno = CR_CONN_HOST_ERROR;
	snprintf(call->mysql->net.last_error, sizeof(call->mysql->net.last_error),
			 "Can't connect to MySQL server on '%s' (%d)", host, reason);
}

#endif							/* BINDS_MYSQL_COMPAT_H */
