/*
 * wait.c
 *	  Waiting that gives way to PostgreSQL, and small help for drivers.
 *
 * A driver must not throw, so nothing in here raises an error or serves an
 * interrupt: it is only noticed, and the layers above the driver serve it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <poll.h>

#include "access/xact.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "storage/proc.h"

#include "compat.h"
#include "dialect/driver.h"
#include "dialect/error.h"

/* while a wait event set cannot be had, look for interrupts this often (ms) */
#define POLL_SLICE 100

double		binds_driver_waited = 0;

/* since when somebody wants us while interrupts are held; 0: nobody does */
static instr_time wanted_since;

static uint32 number_of(BindsWaitEvent *event);
static int	poll_socket(int fd, int events, long timeout);
static int	wait_latch_or_socket(int fd, int events, long timeout, uint32 event);
static long elapsed_ms(instr_time start);
static long rest_of(long limit, instr_time start);

void
binds_driver_wait_ended(const instr_time *since)
{
	instr_time	now;

	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, *since);
	binds_driver_waited += INSTR_TIME_GET_MILLISEC(now);
}

/*
 * Is there a cancel or terminate request that CHECK_FOR_INTERRUPTS would serve?
 *
 * While interrupts are held (an abort, a commit that is decided) the answer is no:
 * a wait there ends by its own deadline only.
 */
bool
binds_wait_interrupted(void)
{
	if (!InterruptPending ||
		InterruptHoldoffCount > 0 || CritSectionCount > 0)
		return false;
	return ProcDiePending ||
		(QueryCancelPending && QueryCancelHoldoffCount == 0);
}

/*
 * Are interrupts held, so that a wait must find its end by itself?
 */
bool
binds_wait_held(void)
{
	return InterruptHoldoffCount > 0 || CritSectionCount > 0;
}

/*
 * The longest wait while interrupts are held, in ms.
 *
 * PostgreSQL switches statement_timeout off before it commits.  Whoever has set it does
 * not want to wait for longer there, either.  Once the local transaction is over, what is
 * done for it in engines is not cut short by it.
 */
long
binds_wait_limit(void)
{
	if (StatementTimeout <= 0 || !IsTransactionState())
		return BINDS_WAIT_LIMIT;
	return Min(Max(StatementTimeout, BINDS_WAIT_GRACE), BINDS_WAIT_LIMIT);
}

/*
 * How long may a wait still last, if it would last for "timeout" ms (-1: no limit) and
 * gives way to nobody?  Once somebody wants us (a cancel, a terminate request, a
 * timeout, which will be served as soon as may be) a second at most, over all waits.
 */
long
binds_wait_left(long timeout)
{
	long		left;

	if (likely(!InterruptPending) || !(ProcDiePending || QueryCancelPending))
	{
		INSTR_TIME_SET_ZERO(wanted_since);
		return timeout;
	}
	if (INSTR_TIME_IS_ZERO(wanted_since))
		INSTR_TIME_SET_CURRENT(wanted_since);
	left = rest_of(BINDS_WAIT_GRACE, wanted_since);
	return timeout < 0 ? left : Min(timeout, left);
}

/*
 * Sleep for "ms" milliseconds; false if an interrupt ended it.  Never throws.
 */
bool
binds_wait_sleep(long ms, BindsWaitEvent *event)
{
	instr_time	start;
	long		left = ms;

	INSTR_TIME_SET_CURRENT(start);
	while (left > 0)
	{
		int			events;

		if (binds_wait_interrupted() || binds_wait_left(left) == 0)
			return false;
		events = WaitLatch(MyLatch,
						   WL_LATCH_SET | WL_TIMEOUT | WL_POSTMASTER_DEATH,
						   left, number_of(event));
		if (events & WL_POSTMASTER_DEATH)
			return false;
		if (events & WL_LATCH_SET)
			ResetLatch(MyLatch);
		left = ms - elapsed_ms(start);
	}
	return !binds_wait_interrupted();
}

/*
 * Wait for a socket, the timeout (ms, -1: none) or an interrupt.  Returns the
 * socket's events, 0 at the timeout, -1 for an interrupt.  While interrupts are held
 * the timeout is that of binds_wait_left.  Never throws.
 *
 * A ready socket costs one system call: a wait event set, which costs five, is
 * made only if there is something to wait for.
 */
int
binds_wait_socket(int fd, int events, long timeout, BindsWaitEvent *event)
{
	instr_time	start;
	long		left = timeout;
	int			ready;

	ready = poll_socket(fd, events, 0);
	if (ready > 0)
		return ready;

	INSTR_TIME_SET_CURRENT(start);
	for (;;)
	{
		if (binds_wait_interrupted())
			return -1;
		left = binds_wait_left(left);
		if (left == 0)
			return 0;
		ready = wait_latch_or_socket(fd, events, left, number_of(event));
		if (ready & WL_POSTMASTER_DEATH)
			return -1;
		if (ready & WL_LATCH_SET)
			ResetLatch(MyLatch);
		if (ready & events)
			return ready & events;
		left = timeout < 0 ? -1 : rest_of(timeout, start);
	}
}

/*
 * Fill an error with a message that is cut, if it must be, between characters.
 */
void
binds_error_set(BindsError *error, BindsErrorKind kind, int sqlstate, int code,
				const char *fmt,...)
{
	va_list		args;
	int			length;

	error->kind = kind;
	error->sqlstate = sqlstate;
	error->code = code;
	error->branch_lost = false;
	error->row = -1;
	error->detail = NULL;
	error->hint = NULL;

	va_start(args, fmt);
	length = vsnprintf(error->message, sizeof(error->message), fmt, args);
	va_end(args);

	if (length >= (int) sizeof(error->message))
	{
		length = (int) sizeof(error->message) - 1;
		/* step back over a character that was cut in the middle */
		while (length > 0 && (error->message[length - 1] & 0xC0) == 0x80)
			length--;
		if (length > 0 && (error->message[length - 1] & 0x80))
			length--;
		error->message[length] = '\0';
	}
}

void
binds_wait_begin(BindsWaitEvent *event)
{
	pgstat_report_wait_start(number_of(event));
}

void
binds_wait_end(void)
{
	pgstat_report_wait_end();
}

/*
 * The number of a wait event, asked for once.  PostgreSQL has a limited number of names for
 * all extensions; when they are used up, the one for all does.
 */
static uint32
number_of(BindsWaitEvent *event)
{
	BindsBeforeError before;

	if (likely(event->number != 0))
		return event->number;
	before = binds_error_before();
	PG_TRY();
	{
		event->number = binds_compat_wait_event(event->name);
	}
	PG_CATCH();
	{
		FreeErrorData(binds_error_catch(&before));
		event->number = PG_WAIT_EXTENSION;
	}
	PG_END_TRY();
	return event->number;
}

/* poll(2) for one socket, in the words of wait events. */
static int
poll_socket(int fd, int events, long timeout)
{
	struct pollfd pfd;
	int			result = 0;

	pfd.fd = fd;
	pfd.events = ((events & WL_SOCKET_READABLE) ? POLLIN : 0) |
		((events & WL_SOCKET_WRITEABLE) ? POLLOUT : 0);
	pfd.revents = 0;
	if (poll(&pfd, 1, (int) timeout) <= 0)
		return 0;

	/* an error or a hangup shows itself when the socket is used */
	if (pfd.revents & (POLLERR | POLLHUP | POLLNVAL))
		return events & (WL_SOCKET_READABLE | WL_SOCKET_WRITEABLE);
	if (pfd.revents & POLLIN)
		result |= WL_SOCKET_READABLE;
	if (pfd.revents & POLLOUT)
		result |= WL_SOCKET_WRITEABLE;
	return result & events;
}

/*
 * WaitLatchOrSocket that cannot throw.  It does when file descriptors run out,
 * which may happen in an abort as well; then wait in slices with poll.
 */
static int
wait_latch_or_socket(int fd, int events, long timeout, uint32 event)
{
	BindsBeforeError before = binds_error_before();
	int			wait = events | WL_LATCH_SET | WL_POSTMASTER_DEATH;
	volatile int result = 0;

	if (timeout >= 0)
		wait |= WL_TIMEOUT;
	PG_TRY();
	{
		result = WaitLatchOrSocket(MyLatch, wait, fd, timeout, event);
	}
	PG_CATCH();
	{
		FreeErrorData(binds_error_catch(&before));
		result = poll_socket(fd, events,
							 timeout >= 0 ? Min(timeout, POLL_SLICE) : POLL_SLICE);
	}
	PG_END_TRY();
	return result;
}

static long
elapsed_ms(instr_time start)
{
	instr_time	now;

	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, start);
	return (long) INSTR_TIME_GET_MILLISEC(now);
}

/* What is left of "limit" ms since "start"; 0 if that is over. */
static long
rest_of(long limit, instr_time start)
{
	long		elapsed = elapsed_ms(start);

	return elapsed < limit ? limit - elapsed : 0;
}
