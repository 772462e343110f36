/*
 * mysql_connect.c
 *	  Connections to MySQL and MariaDB: settings, TLS, session, the side connection
 *	  that stops a statement.
 *
 * Option files are never read, and LOAD DATA LOCAL is off unless asked for: both
 * would let a remote party name files of this machine.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "miscadmin.h"

#include "engine/mysql/mysql_driver.h"

/* give up a side connection after this long (ms) */
#define KILL_CONNECT_TIMEOUT 3000L

/* the largest packet that the protocol knows, for the client's side */
#define CLIENT_MAX_PACKET (1024UL * 1024 * 1024)

/* where in MyTarget a setting goes */
typedef struct MySetting
{
	const char *name;
	size_t		offset;
	enum
	{
		MY_SETTING_TEXT,
		MY_SETTING_INTEGER,
		MY_SETTING_BOOL
	}			kind;
} MySetting;

static const MySetting settings[] = {
	{"unix_socket", offsetof(MyTarget, unix_socket), MY_SETTING_TEXT},
	{"connect_timeout", offsetof(MyTarget, connect_timeout), MY_SETTING_INTEGER},
	{"read_timeout", offsetof(MyTarget, read_timeout), MY_SETTING_INTEGER},
	{"wait_timeout", offsetof(MyTarget, wait_timeout), MY_SETTING_INTEGER},
	{"ssl_ca", offsetof(MyTarget, ssl_ca), MY_SETTING_TEXT},
	{"ssl_capath", offsetof(MyTarget, ssl_capath), MY_SETTING_TEXT},
	{"ssl_cert", offsetof(MyTarget, ssl_cert), MY_SETTING_TEXT},
	{"ssl_key", offsetof(MyTarget, ssl_key), MY_SETTING_TEXT},
	{"ssl_cipher", offsetof(MyTarget, ssl_cipher), MY_SETTING_TEXT},
	{"tls_version", offsetof(MyTarget, tls_version), MY_SETTING_TEXT},
	{"default_auth", offsetof(MyTarget, default_auth), MY_SETTING_TEXT},
	{"program_name", offsetof(MyTarget, program_name), MY_SETTING_TEXT},
	{"local_infile", offsetof(MyTarget, local_infile), MY_SETTING_BOOL},
	{"get_server_public_key", offsetof(MyTarget, server_public_key), MY_SETTING_BOOL},
};

static bool make_mark(char *mark);
static bool copy_target(MyTarget *target, const BindsConnectSpec *spec);
static bool copy_string(char **to, const char *from);
static bool copy_setting(MyTarget *target, const BindsSetting *setting);
static bool is_true(const char *value);
static const char *setting_of(const BindsConnectSpec *spec, const char *name);
static MyTls tls_of(const BindsConnectSpec *spec);
static void free_target(MyTarget *target);
static bool is_socket(const MyTarget *target);
static const char *host_of(const MyTarget *target);
static void set_options(MYSQL *mysql, const MyTarget *target);
static void set_attributes(MYSQL *mysql, const MyTarget *target);
static void add_attribute(MYSQL *mysql, const char *name, const char *value);
static MYSQL *open_mysql(const MyTarget *target, bool interruptible, long timeout,
						 BindsError *error);
static bool resolve_host(const MyTarget *target, struct addrinfo **all,
						 BindsError *error);
static MyEnd try_addresses(const MyTarget *target, const struct addrinfo *all,
						   MyCall *call, bool interruptible, long timeout, int *events);
static bool is_no_server(const MyCall *call);
static long time_left(int64 deadline);
static void begin_at(const MyTarget *target, MyCall *call, const struct addrinfo *one,
					 int *events);
static MyEnd begin_named(const MyTarget *target, MyCall *call,
						 const struct addrinfo *one, bool interruptible, int64 deadline,
						 int *events);
static bool take_place(MyCall *call, int fd);
static int	connect_socket(const struct addrinfo *one, bool interruptible,
						   int64 deadline, MyEnd *end, int *reason);
static int	listen_silently(unsigned int *port);
static bool new_call(const MyTarget *target, MyCall *call);
static void give_up(MyCall *call, int events);
static bool set_up_session(BindsDriverConn *conn, BindsError *error);
static bool read_variables(BindsDriverConn *conn, BindsError *error);
static void note_variable(void *to, MYSQL_ROW row);
static bool is_on(const char *value);
static int	parse_version(const char *text);
static void close_mysql(MYSQL *mysql, bool polite);

/*
 * Connect and make the session ready.  NULL and an error if that fails.
 */
BindsDriverConn *
binds_mysql_connect(const BindsConnectSpec *spec, BindsError *error)
{
	BindsDriverConn *conn = calloc(1, sizeof(BindsDriverConn));

	if (conn == NULL || !copy_target(&conn->target, spec))
	{
		if (conn != NULL)
			free_target(&conn->target);
		free(conn);
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, ERRCODE_OUT_OF_MEMORY, 0,
						"out of memory");
		return NULL;
	}
	dlist_init(&conn->statements);
	if (!make_mark(conn->mark))
	{
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_INTERNAL_ERROR, 0,
						"could not generate random bytes");
		binds_mysql_disconnect(conn, true);
		return NULL;
	}

	conn->mysql = open_mysql(&conn->target, true,
							 conn->target.connect_timeout * 1000L, error);
	if (conn->mysql == NULL || !set_up_session(conn, error))
	{
		binds_mysql_disconnect(conn, true);
		return NULL;
	}
	return conn;
}

/* Random digits: a procedure of the server does not hit upon a name with them by chance. */
static bool
make_mark(char *mark)
{
	uint32		numbers[2];

	if (!pg_strong_random(numbers, sizeof(numbers)))
		return false;
	snprintf(mark, MY_MARK_LENGTH, "%08x%08x", numbers[0], numbers[1]);
	return true;
}

/*
 * Disconnect.  abandon: the socket is closed without a word, also to a parent
 * process that shares it.  Never fails, takes a second at most.
 */
void
binds_mysql_disconnect(BindsDriverConn *conn, bool abandon)
{
	if (conn == NULL)
		return;
	if (conn->mysql != NULL)
	{
		/* whoever gives up a session with temporary tables takes it for dead */
		bool		polite = (!abandon || conn->has_temporary) && !conn->broken &&
			conn->busy == NULL;

		/* closes the handles' results, too, before anything is read for them */
		if (!polite)
		{
			int			fd = my_descriptor(conn->mysql);
			int			null = open("/dev/null", O_RDWR | O_CLOEXEC);

			conn->broken = true;
			if (fd >= 0 && (null < 0 || dup2(null, fd) < 0))
				(void) shutdown(fd, SHUT_RDWR);
			if (null >= 0)
				close(null);
		}
	}
	binds_mysql_free_statements(conn);
	/* those that went while rows of another statement came in */
	conn->busy = NULL;
	binds_mysql_batch_close(conn);
	if (conn->mysql != NULL)
		close_mysql(conn->mysql, !conn->broken);
	free(conn->text);
	free(conn->foreign);
	free_target(&conn->target);
	free(conn);
}

bool
binds_mysql_kill_query(BindsDriverConn *conn)
{
	char		sql[64];
	BindsError	error;
	MYSQL	   *mysql;
	MyCall		call;
	int			events;
	bool		done = false;

	mysql = open_mysql(&conn->target, false,
					   Min(KILL_CONNECT_TIMEOUT, conn->target.connect_timeout * 1000L),
					   &error);
	if (mysql == NULL)
		return false;

	snprintf(sql, sizeof(sql), "KILL QUERY %lu",
			 (unsigned long) conn->info.thread_id);
	my_call_init(&call, MY_CALL_QUERY, mysql);
	call.sql = sql;
	call.length = strlen(sql);
	if (binds_mysql_call(&call, false, KILL_CONNECT_TIMEOUT, &events) == MY_END_DONE)
		done = call.status == 0;
	else
		binds_mysql_break(NULL, &call, events);
	close_mysql(mysql, done);
	return done;
}

/* ------------------------------------------------------------------------
 * Settings
 * ------------------------------------------------------------------------ */

/*
 * Copy a spec.  False if memory is short.
 */
static bool
copy_target(MyTarget *target, const BindsConnectSpec *spec)
{
	target->port = spec->port;
	target->read_only = spec->read_only;
	target->lock_timeout = spec->lock_timeout > 0 ? spec->lock_timeout : 50000;
	target->connect_timeout = 10;
	if (!copy_string(&target->host, spec->host) ||
		!copy_string(&target->user, spec->user) ||
		!copy_string(&target->password, spec->password) ||
		!copy_string(&target->database, spec->database) ||
		!copy_string(&target->local_key, spec->local_key) ||
		!copy_string(&target->local_database, spec->local_database) ||
		!copy_string(&target->local_role, spec->local_role))
		return false;
	for (int i = 0; i < spec->nsettings; i++)
	{
		if (!copy_setting(target, &spec->settings[i]))
			return false;
	}
	if (target->connect_timeout <= 0)
		target->connect_timeout = 10;
	target->tls = tls_of(spec);
	return true;
}

static bool
copy_string(char **to, const char *from)
{
	if (from == NULL || from[0] == '\0')
		return true;
	free(*to);
	*to = strdup(from);
	return *to != NULL;
}

static bool
copy_setting(MyTarget *target, const BindsSetting *setting)
{
	for (size_t i = 0; i < lengthof(settings); i++)
	{
		char	   *place = (char *) target + settings[i].offset;

		if (strcmp(settings[i].name, setting->name) != 0)
			continue;
		switch (settings[i].kind)
		{
			case MY_SETTING_TEXT:
				return copy_string((char **) place, setting->value);
			case MY_SETTING_INTEGER:
				*(int *) place = atoi(setting->value);
				return true;
			case MY_SETTING_BOOL:
				*(bool *) place = is_true(setting->value);
				return true;
		}
	}
	return true;
}

/* Is a setting given, and true?  See BindsSetting. */
static bool
is_true(const char *value)
{
	return value != NULL && strcmp(value, "true") == 0;
}

static const char *
setting_of(const BindsConnectSpec *spec, const char *name)
{
	for (int i = 0; i < spec->nsettings; i++)
	{
		if (strcmp(spec->settings[i].name, name) == 0)
			return spec->settings[i].value;
	}
	return NULL;
}

/*
 * How much TLS is asked for.  ssl_mode says it outright; else the settings that
 * PyMySQL and mysqlclient know tell: who names a CA wants the server verified.
 */
static MyTls
tls_of(const BindsConnectSpec *spec)
{
	const char *mode = setting_of(spec, "ssl_mode");
	const char *identity = setting_of(spec, "ssl_verify_identity");
	const char *host = setting_of(spec, "ssl_check_hostname");

	if (mode != NULL)
	{
		if (pg_strcasecmp(mode, "disabled") == 0)
			return MY_TLS_DISABLED;
		if (pg_strcasecmp(mode, "preferred") == 0)
			return MY_TLS_PREFERRED;
		if (pg_strcasecmp(mode, "verify_ca") == 0)
			return MY_TLS_VERIFY_CA;
		if (pg_strcasecmp(mode, "verify_identity") == 0)
			return MY_TLS_VERIFY_IDENTITY;
		return MY_TLS_REQUIRED;
	}
	if (is_true(setting_of(spec, "ssl_disabled")))
		return MY_TLS_DISABLED;
	if (is_true(identity))
		return MY_TLS_VERIFY_IDENTITY;
	if (setting_of(spec, "ssl_ca") != NULL || setting_of(spec, "ssl_capath") != NULL)
		return host != NULL && !is_true(host) ? MY_TLS_VERIFY_CA :
			MY_TLS_VERIFY_IDENTITY;
	if (is_true(host))
		return MY_TLS_VERIFY_IDENTITY;
	if (is_true(setting_of(spec, "ssl_verify_cert")))
		return MY_TLS_VERIFY_CA;
	if (is_true(setting_of(spec, "ssl")) ||
		setting_of(spec, "ssl_cert") != NULL || setting_of(spec, "ssl_key") != NULL ||
		setting_of(spec, "ssl_cipher") != NULL || setting_of(spec, "tls_version") != NULL)
		return MY_TLS_REQUIRED;
	return MY_TLS_DEFAULT;
}

static void
free_target(MyTarget *target)
{
	if (target->password != NULL)
		explicit_bzero(target->password, strlen(target->password));
	free(target->host);
	free(target->user);
	free(target->password);
	free(target->database);
	free(target->unix_socket);
	free(target->ssl_ca);
	free(target->ssl_capath);
	free(target->ssl_cert);
	free(target->ssl_key);
	free(target->ssl_cipher);
	free(target->tls_version);
	free(target->default_auth);
	free(target->program_name);
	free(target->local_key);
	free(target->local_database);
	free(target->local_role);
	memset(target, 0, sizeof(*target));
}

/* ------------------------------------------------------------------------
 * Connecting
 * ------------------------------------------------------------------------ */

/* Is it the socket of this machine?  "localhost" is, unless a port is given. */
static bool
is_socket(const MyTarget *target)
{
	return target->unix_socket != NULL ||
		(target->port == 0 &&
		 (target->host == NULL || strcmp(target->host, "localhost") == 0));
}

/* The name of the host, where it is not the socket of this machine. */
static const char *
host_of(const MyTarget *target)
{
	return target->host != NULL ? target->host : "localhost";
}

static void
set_options(MYSQL *mysql, const MyTarget *target)
{
	unsigned int timeout = target->connect_timeout;
	unsigned int local_infile = target->local_infile;
	unsigned long max_packet = CLIENT_MAX_PACKET;

	mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
	mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &local_infile);
	mysql_options(mysql, MYSQL_OPT_MAX_ALLOWED_PACKET, &max_packet);
	mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	set_attributes(mysql, target);
	if (target->ssl_ca != NULL)
		mysql_options(mysql, MYSQL_OPT_SSL_CA, target->ssl_ca);
	if (target->ssl_capath != NULL)
		mysql_options(mysql, MYSQL_OPT_SSL_CAPATH, target->ssl_capath);
	if (target->ssl_cert != NULL)
		mysql_options(mysql, MYSQL_OPT_SSL_CERT, target->ssl_cert);
	if (target->ssl_key != NULL)
		mysql_options(mysql, MYSQL_OPT_SSL_KEY, target->ssl_key);
	if (target->ssl_cipher != NULL)
		mysql_options(mysql, MYSQL_OPT_SSL_CIPHER, target->ssl_cipher);
	if (target->tls_version != NULL)
		mysql_options(mysql, MYSQL_OPT_TLS_VERSION, target->tls_version);
	if (target->default_auth != NULL)
		mysql_options(mysql, MYSQL_DEFAULT_AUTH, target->default_auth);
	my_restrict_login(mysql);
	if (!is_socket(target))
		my_hide_password(mysql, target->tls, target->server_public_key);
	my_set_tls(mysql, target->tls);

	/* "localhost" is the socket, unless a port is given */
	if (target->unix_socket == NULL && target->port != 0)
	{
		unsigned int protocol = MYSQL_PROTOCOL_TCP;

		mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
	}
}

/*
 * Say whose session it is, to who looks at performance_schema.session_connect_attrs.
 *
 * The server cuts what is longer than performance_schema_session_connect_attrs_size (512
 * bytes, of which the library's own take some 150): what tells most comes first.
 */
static void
set_attributes(MYSQL *mysql, const MyTarget *target)
{
	char		pid[16];

	snprintf(pid, sizeof(pid), "%d", MyProcPid);
	add_attribute(mysql, "program_name",
				  target->program_name != NULL ? target->program_name : "binds");
	add_attribute(mysql, "binds_pid", pid);
	add_attribute(mysql, "binds_key", target->local_key);
	add_attribute(mysql, "binds_database", target->local_database);
	add_attribute(mysql, "binds_role", target->local_role);
}

/* An attribute that the library does not take is left out: nothing depends on it. */
static void
add_attribute(MYSQL *mysql, const char *name, const char *value)
{
	if (value != NULL)
		mysql_options4(mysql, MYSQL_OPT_CONNECT_ATTR_ADD, name, value);
}

/*
 * Open a connection of the client library; NULL and an error if that fails.
 * timeout: ms.
 */
static MYSQL *
open_mysql(const MyTarget *target, bool interruptible, long timeout, BindsError *error)
{
	struct addrinfo *all = NULL;
	MyCall		call;
	MyEnd		end;
	int			events;

	if (!is_socket(target) && !resolve_host(target, &all, error))
		return NULL;
	end = try_addresses(target, all, &call, interruptible, timeout, &events);
	if (all != NULL)
		freeaddrinfo(all);
	if (end == MY_END_DONE && call.mysql != NULL && call.status == 0 && !call.no_tls &&
		my_tls_is_as_asked(call.mysql, target->tls))
	{
		my_nonblock_connected(call.mysql);
		return call.mysql;
	}

	if (call.mysql == NULL)
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, ERRCODE_OUT_OF_MEMORY, 0,
						"out of memory");
	else if (end == MY_END_INTERRUPTED)
		binds_error_set(error, BINDS_ERROR_INTERRUPTED, ERRCODE_QUERY_CANCELED, 0,
						"connecting was canceled");
	else if (end == MY_END_TIMEOUT)
	{
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST,
						ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, 0,
						"no answer within %ld ms", timeout);
		error->hint = MY_REACH_HINT;
	}
	else if (call.status != 0 && !call.no_tls)
		binds_mysql_connect_error(call.mysql, error);
	else
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST,
						ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, 0,
						"the server offers no TLS, which is required");
	give_up(&call, events);
	return NULL;
}

/*
 * The addresses of a host; false and an error if it has none.
 *
 * The libraries would look for them, too.  But libmariadb waits for the second of them
 * without giving way (3.3), and takes a name that holds certain signs for a list of hosts
 * or of options; libmysqlclient tries only the first.  So they are given one at a time.
 */
static bool
resolve_host(const MyTarget *target, struct addrinfo **all, BindsError *error)
{
	const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
	char		port[12];
	int			failure;

	snprintf(port, sizeof(port), "%u", target->port != 0 ? target->port : MYSQL_PORT);
	failure = getaddrinfo(host_of(target), port, &hints, all);
	if (failure == 0)
		return true;
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST,
					failure == EAI_MEMORY ? ERRCODE_OUT_OF_MEMORY :
					ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, 0,
					"the address of host \"%s\" is not known: %s", host_of(target),
					gai_strerror(failure));
	error->hint = "Look at the host in the URL of the bind.";
	return false;
}

/*
 * Connect to the first address where a server is; all: NULL for the socket of this
 * machine.  Each of those that are left has an equal share of the time, till it is
 * connected: one that swallows what it is sent does not keep us from the next.  Without
 * memory call->mysql is NULL.
 */
static MyEnd
try_addresses(const MyTarget *target, const struct addrinfo *all, MyCall *call,
			  bool interruptible, long timeout, int *events)
{
	int64		deadline = binds_mysql_now() + timeout;
	int			addresses = 0;
	bool		named = all == NULL || all->ai_next == NULL;
	MyEnd		end;

	for (const struct addrinfo *one = all; one != NULL; one = one->ai_next)
		addresses++;
	for (const struct addrinfo *one = all;; one = one->ai_next, addresses--)
	{
		int64		share = deadline;

		if (addresses > 1)
			share -= (deadline - binds_mysql_now()) / addresses * (addresses - 1);
		*events = 0;
		end = MY_END_DONE;
		if (!new_call(target, call))
			return end;
		if (MY_CONNECT_READS_NAME_LATE)
			begin_at(target, call, one, events);
		else if (!named && target->tls == MY_TLS_VERIFY_IDENTITY)
			end = begin_named(target, call, one, interruptible, share, events);
		else
			begin_at(target, call, named ? NULL : one, events);
		if (end == MY_END_DONE && *events != 0)
			end = binds_mysql_continue(call, interruptible, time_left(share), events);
		if (end == MY_END_TIMEOUT && share < deadline && *events != 0 &&
			my_is_greeted(call))
			end = binds_mysql_continue(call, interruptible, time_left(deadline), events);
		if (end == MY_END_INTERRUPTED || one == NULL || one->ai_next == NULL ||
			(end == MY_END_DONE && !is_no_server(call)))
			return end;
		give_up(call, *events);
	}
}

/*
 * Has a call failed to connect, so that another address may do?  Who lets us in and hangs
 * up without saying who it is, or says that there is no connection to be had, is a proxy
 * without a server, or a server that stops.  What a server says else, even in place of its
 * greeting, is an answer.
 */
static bool
is_no_server(const MyCall *call)
{
	return call->status != 0 && !call->no_tls && !my_is_greeted(call) &&
		binds_mysql_ends_connection(my_connect_errno(call));
}

/* How many ms are there till then?  At least 1. */
static long
time_left(int64 deadline)
{
	int64		left = deadline - binds_mysql_now();

	return (long) Max(left, 1);
}

/* Begin to connect to one address, or if that is NULL to what the target names. */
static void
begin_at(const MyTarget *target, MyCall *call, const struct addrinfo *one, int *events)
{
	static char host[NI_MAXHOST];	/* lives as long as the call */

	if (one != NULL && getnameinfo(one->ai_addr, one->ai_addrlen, host, sizeof(host),
								   NULL, 0, NI_NUMERICHOST) == 0)
		call->host = host;
	*events = my_call_start(call);
	if (call->host == host && MY_CONNECT_READS_NAME_LATE)
		strlcpy(host, host_of(target), sizeof(host));
}

/*
 * Begin to connect to one address, where the name in the server's certificate must be the
 * host's.
 *
 * The library compares that name with what the call is given for the host, which is also
 * where it connects to.  So it connects to a port where nobody says a word, which keeps it
 * waiting for the greeting; then the host's name takes the place of that address, and our
 * socket the place of that connection.  The library takes the name over with the greeting,
 * of which it cannot have seen a byte before.
 */
static MyEnd
begin_named(const MyTarget *target, MyCall *call, const struct addrinfo *one,
			bool interruptible, int64 deadline, int *events)
{
	static char host[NI_MAXHOST];	/* lives as long as the call */
	int			reason = 0;
	MyEnd		end;
	int			fd = connect_socket(one, interruptible, deadline, &end, &reason);
	int			silent = fd < 0 ? -1 : listen_silently(&call->port);

	if (silent >= 0)
	{
		strlcpy(host, "127.0.0.1", sizeof(host));
		call->host = host;
		*events = my_call_start(call);
		end = binds_mysql_continue_to_socket(call, interruptible, time_left(deadline),
											 events);
		strlcpy(host, host_of(target), sizeof(host));
		if (end == MY_END_DONE && *events != 0 && !take_place(call, fd))
		{
			reason = errno;
			binds_mysql_break(NULL, call, *events);
			*events = 0;
		}
		close(silent);
	}
	else if (fd >= 0)
		reason = errno;
	if (fd < 0 || reason != 0)
		my_set_not_reached(call, host_of(target), reason);
	if (fd >= 0)
		close(fd);
	return end;
}

/*
 * Put a socket in the place of the one that a call has connected; false and errno if that
 * fails.
 */
static bool
take_place(MyCall *call, int fd)
{
	int			place = my_descriptor(call->mysql);

	/* who speaks where nobody should is not to be taken for the server */
	if (my_is_greeted(call))
	{
		errno = EPROTO;
		return false;
	}
	if (dup2(fd, place) < 0)
		return false;
	(void) fcntl(place, F_SETFD, FD_CLOEXEC);
	return true;
}

/*
 * Connect a socket to an address.  -1 if that fails: *end tells if it was given up, else
 * *reason (errno) why.
 */
static int
connect_socket(const struct addrinfo *one, bool interruptible, int64 deadline, MyEnd *end,
			   int *reason)
{
	int			fd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
	int			on = 1;
	socklen_t	length = sizeof(*reason);

	*end = MY_END_DONE;
	*reason = 0;
	if (fd >= 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
		fcntl(fd, F_SETFD, FD_CLOEXEC) == 0)
	{
		/* as the library sets its own */
		(void) setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
		(void) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		if (connect(fd, one->ai_addr, one->ai_addrlen) == 0)
			return fd;
		if (errno == EINPROGRESS)
		{
			*end = binds_mysql_wait_connected(fd, interruptible, time_left(deadline));
			if (*end == MY_END_DONE &&
				getsockopt(fd, SOL_SOCKET, SO_ERROR, reason, &length) == 0 && *reason == 0)
				return fd;
		}
	}
	if (*reason == 0)
		*reason = errno;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* A socket of this machine that listens, and accepts nobody; -1 if that fails. */
static int
listen_silently(unsigned int *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t	length = sizeof(address);
	int			fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
		bind(fd, (struct sockaddr *) &address, sizeof(address)) == 0 &&
		listen(fd, 1) == 0 &&
		getsockname(fd, (struct sockaddr *) &address, &length) == 0)
	{
		*port = ntohs(address.sin_port);
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

/* A call that connects, with a new handle; false if there is no memory. */
static bool
new_call(const MyTarget *target, MyCall *call)
{
	my_call_init(call, MY_CALL_CONNECT, mysql_init(NULL));
	if (call->mysql == NULL)
		return false;
	my_nonblock_init(call->mysql);
	set_options(call->mysql, target);
	call->host = target->unix_socket != NULL ? "localhost" : target->host;
	call->user = target->user;
	call->password = target->password;
	call->database = target->database;
	call->port = target->port;
	call->socket = target->unix_socket;
	call->flags = CLIENT_FOUND_ROWS;
	call->tls = target->tls;
	call->guarded = !is_socket(target) && !target->server_public_key;
	return true;
}

/* Close the handle of a call that was to connect. */
static void
give_up(MyCall *call, int events)
{
	if (call->mysql == NULL)
		return;
	if (events != 0)
		binds_mysql_break(NULL, call, events);
	close_mysql(call->mysql, false);
	call->mysql = NULL;
}

/* Close a connection of the client library; polite: say good-bye to the server. */
static void
close_mysql(MYSQL *mysql, bool polite)
{
	if (!polite)
	{
		int			fd = my_descriptor(mysql);

		if (fd >= 0)
			(void) shutdown(fd, SHUT_RDWR);
	}
	mysql_close(mysql);
	my_clear_tls_errors();
}

/*
 * Make the session ours, and learn what the server is.
 */
static bool
set_up_session(BindsDriverConn *conn, BindsError *error)
{
	if (!binds_mysql_set_up_session(conn, error) || !read_variables(conn, error))
		return false;
	conn->info.thread_id = mysql_thread_id(conn->mysql);
	conn->rows_hide = MY_ROWS_HIDE_CHANGES && !conn->info.fork;
	return binds_mysql_apply_lock_timeout(conn, error);
}

/* Ask what the server is; in a form that MySQL, MariaDB and proxies understand. */
static bool
read_variables(BindsDriverConn *conn, BindsError *error)
{
	static const char sql[] =
		"SHOW SESSION VARIABLES WHERE Variable_name IN ('version', 'wsrep_on', "
		"'max_allowed_packet', 'innodb_rollback_on_timeout', 'init_connect')";

	conn->max_packet = 16 * 1024 * 1024;
	conn->info.two_phase = true;
	return binds_mysql_each_row(conn, sql, 2, note_variable, conn, error);
}

static void
note_variable(void *to, MYSQL_ROW row)
{
	BindsDriverConn *conn = to;
	const char *name = row[0];
	const char *value = row[1];

	if (name == NULL || value == NULL)
		return;
	if (pg_strcasecmp(name, "version") == 0)
	{
		conn->info.version = parse_version(value);
		strlcpy(conn->info.version_text, value, sizeof(conn->info.version_text));
		conn->info.fork = strstr(value, "MariaDB") != NULL;
		conn->info.insert_returning = conn->info.fork &&
			conn->info.version >= 100500;
	}
	else if (pg_strcasecmp(name, "max_allowed_packet") == 0)
		conn->max_packet = Min(strtoul(value, NULL, 10), CLIENT_MAX_PACKET - 1);
	else if (pg_strcasecmp(name, "wsrep_on") == 0)
		conn->info.two_phase = !is_on(value);
	else if (pg_strcasecmp(name, "innodb_rollback_on_timeout") == 0)
		conn->rollback_on_timeout = is_on(value);
	else if (pg_strcasecmp(name, "init_connect") == 0)
		/* it may have made a temporary table */
		conn->tables_suspect = value[0] != '\0';
}

/* A variable of the server. */
static bool
is_on(const char *value)
{
	return pg_strcasecmp(value, "on") == 0 || strcmp(value, "1") == 0;
}

/* "10.11.19-MariaDB" is 101119, "9.7.4" is 90704. */
static int
parse_version(const char *text)
{
	int			major = 0,
				minor = 0,
				patch = 0;

	if (strncmp(text, "5.5.5-", 6) == 0)
		text += 6;				/* what MariaDB said to old replicas */
	if (sscanf(text, "%d.%d.%d", &major, &minor, &patch) < 2)
		return 0;
	return major * 10000 + minor * 100 + patch;
}
