/*
 * mysql_wait.c
 *	  Calls of MySQL's client library that give way to PostgreSQL.
 *
 * Every call that talks to a server goes through here.  What differs between the
 * two client libraries is in mysql_compat.h.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include "storage/latch.h"

#include "engine/mysql/mysql_driver.h"

static BindsWaitEvent waiting = {"BindsMySQL"};

/* the end of all waits (binds_mysql_now); 0: none */
static int64 limit_of_all = 0;

static MyEnd go_on(MyCall *call, bool to_socket, bool interruptible, long timeout,
				   int *events);
static int	wait_events(MyCall *call, int events, bool interruptible, long timeout);
static int	wait_plain(int fd, int events, long timeout);
static long left_until(int64 deadline);

bool
binds_mysql_limit(long ms)
{
	if (ms != 0 && limit_of_all != 0)
		return false;
	limit_of_all = ms == 0 ? 0 : binds_mysql_now() + ms;
	return true;
}

MyEnd
binds_mysql_call(MyCall *call, bool interruptible, long timeout, int *events)
{
	*events = my_call_start(call);
	if (*events == 0)
		return MY_END_DONE;
	return binds_mysql_continue(call, interruptible, timeout, events);
}

MyEnd
binds_mysql_continue(MyCall *call, bool interruptible, long timeout, int *events)
{
	return go_on(call, false, interruptible, timeout, events);
}

MyEnd
binds_mysql_continue_to_socket(MyCall *call, bool interruptible, long timeout,
							   int *events)
{
	return go_on(call, true, interruptible, timeout, events);
}

MyEnd
binds_mysql_wait_connected(int fd, bool interruptible, long timeout)
{
	int64		deadline = binds_mysql_now() + timeout;

	if (limit_of_all != 0)
		deadline = Min(deadline, limit_of_all);
	for (;;)
	{
		long		left = left_until(deadline);
		int			came;

		if (!interruptible || binds_wait_held())
			left = binds_wait_left(left);
		if (left == 0)
			return MY_END_TIMEOUT;
		came = interruptible ? binds_wait_socket(fd, WL_SOCKET_WRITEABLE, left, &waiting) :
			wait_plain(fd, WL_SOCKET_WRITEABLE, left);
		if (came != 0)
			return came < 0 ? MY_END_INTERRUPTED : MY_END_DONE;
	}
}

/*
 * Give up a call that is under way.  The socket is shut down, so that the client
 * library finds its end; the server then rolls back.
 */
void
binds_mysql_break(BindsDriverConn *conn, MyCall *call, int events)
{
	int			fd = my_descriptor(call->mysql);
	int64		deadline = binds_mysql_now() + 1000;

	if (conn != NULL)
		conn->broken = true;
	if (fd >= 0)
		(void) shutdown(fd, SHUT_RDWR);
	while (events != 0 && binds_mysql_now() < deadline)
	{
		if (MY_CALL_CAN_GIVE_UP)
			events = my_call_go_on(call, MY_TIMEOUT);
		else
		{
			(void) wait_events(call, events, false, 1);
			events = my_call_go_on(call, events);
		}
	}
	my_clear_tls_errors();
}

int64
binds_mysql_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Go on with a call until its end; to_socket: until it has one, if that is before. */
static MyEnd
go_on(MyCall *call, bool to_socket, bool interruptible, long timeout, int *events)
{
	int64		deadline;

	if (timeout < 0 && (!interruptible || binds_wait_held()))
		timeout = binds_wait_limit();
	deadline = timeout < 0 ? 0 : binds_mysql_now() + timeout;
	if (limit_of_all != 0 && (timeout < 0 || limit_of_all < deadline))
	{
		timeout = 0;
		deadline = limit_of_all;
	}

	while (*events != 0 && !(to_socket && my_descriptor(call->mysql) >= 0))
	{
		long		left = timeout < 0 ? -1 : left_until(deadline);
		int			slice = my_call_slice(call);
		bool		sliced;
		int			came;

		if (!interruptible || binds_wait_held())
			left = binds_wait_left(left);
		sliced = slice >= 0 && (left < 0 || slice < left);
		if (left == 0)
			return MY_END_TIMEOUT;
		came = wait_events(call, *events, interruptible, sliced ? slice : left);
		if (came < 0)
			return MY_END_INTERRUPTED;
		if (came == 0 && !sliced)
			return MY_END_TIMEOUT;
		*events = my_call_go_on(call, came);
	}
	return MY_END_DONE;
}

/*
 * Wait for the events of a call.  Returns what came, 0 at the timeout, -1 for an
 * interrupt.
 */
static int
wait_events(MyCall *call, int events, bool interruptible, long timeout)
{
	int			fd = my_descriptor(call->mysql);
	int			wanted = 0;
	int			came;

	if (events & MY_READ)
		wanted |= WL_SOCKET_READABLE;
	if (events & MY_WRITE)
		wanted |= WL_SOCKET_WRITEABLE;

	if (fd < 0 || wanted == 0)
	{
		/* nothing to look at: try again in a moment */
		if (!interruptible)
			(void) poll(NULL, 0, timeout < 0 ? 1 : (int) timeout);
		else if (!binds_wait_sleep(timeout < 0 ? 1 : timeout, &waiting))
			return -1;
		return 0;
	}

	if (interruptible)
		came = binds_wait_socket(fd, wanted, timeout, &waiting);
	else
		came = wait_plain(fd, wanted, timeout);
	if (came <= 0)
		return came;
	return ((came & WL_SOCKET_READABLE) ? MY_READ : 0) |
		((came & WL_SOCKET_WRITEABLE) ? MY_WRITE : 0);
}

/*
 * Wait without giving way to interrupts: for aborts, and after an interrupt.  One that
 * comes meanwhile shortens the wait.
 */
static int
wait_plain(int fd, int events, long timeout)
{
	int64		deadline = binds_mysql_now() + timeout;

	for (;;)
	{
		struct pollfd pfd;
		int			n;

		pfd.fd = fd;
		pfd.events = ((events & WL_SOCKET_READABLE) ? POLLIN : 0) |
			((events & WL_SOCKET_WRITEABLE) ? POLLOUT : 0);
		pfd.revents = 0;
		binds_wait_begin(&waiting);
		n = poll(&pfd, 1, (int) timeout);
		binds_wait_end();
		if (n > 0)
		{
			if (pfd.revents & (POLLERR | POLLHUP | POLLNVAL))
				return events;
			return ((pfd.revents & POLLIN) ? WL_SOCKET_READABLE : 0) |
				((pfd.revents & POLLOUT) ? WL_SOCKET_WRITEABLE : 0);
		}
		if (n == 0 || errno != EINTR)
			return 0;
		timeout = binds_wait_left(left_until(deadline));
	}
}

/* In ms, by the clock of binds_mysql_now; 0 if it is over. */
static long
left_until(int64 deadline)
{
	int64		left = deadline - binds_mysql_now();

	return left > 0 ? (long) left : 0;
}
