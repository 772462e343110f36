/*
 * progress.c
 *	  How far long commands are: a place in shared memory for each session that runs one.
 *
 * PostgreSQL's own views of progress are for its own commands; what an extension does has no
 * number there.
 *
 * There are as many places as sessions.  A place is taken and given up with binds_memory_lock;
 * only its session changes it, its texts under its spinlock, which who reads it takes, too.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "port/atomics.h"
#include "storage/ipc.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "utils/timestamp.h"

#include "shared/internal.h"
#include "shared/progress.h"

/* of a command or a phase; they are short and ours */
#define WORDS 40

typedef struct ProgressPlace
{
	int			pid;			/* 0: free */
	slock_t		mutex;			/* of what follows, but for the counters */
	Oid			database;
	Oid			userid;
	TimestampTz started;
	char		command[WORDS];
	char		phase[WORDS];
	char		bind_key[NAMEDATALEN];	/* '': none */
	char		relation[NAMEDATALEN];
	pg_atomic_uint64 done;
	pg_atomic_uint64 total;
} ProgressPlace;

bool		binds_progress_reads = false;
bool		binds_progress_writes = false;

static ProgressPlace *places = NULL;

/* the place of this session's command, and how deep that was begun */
static ProgressPlace *mine = NULL;
static int	my_level;

static ProgressPlace *take_place(void);
static void set_text(char *to, size_t size, const char *from);
static void on_transaction(XactEvent event, void *arg);
static void on_subtransaction(SubXactEvent event, SubTransactionId my_id,
							  SubTransactionId parent, void *arg);
static void give_up(int code, Datum arg);

/* ------------------------------------------------------------------------
 * Start of the server
 * ------------------------------------------------------------------------ */

Size
binds_progress_size(void)
{
	return mul_size(MaxBackends, sizeof(ProgressPlace));
}

void
binds_progress_make(void)
{
	bool		found;

	places = ShmemInitStruct("binds progress", binds_progress_size(), &found);
	for (int i = 0; i < MaxBackends && !found; i++)
	{
		places[i].pid = 0;
		SpinLockInit(&places[i].mutex);
		pg_atomic_init_u64(&places[i].done, 0);
		pg_atomic_init_u64(&places[i].total, 0);
	}
}

/* ------------------------------------------------------------------------
 * Telling
 * ------------------------------------------------------------------------ */

bool
binds_progress_begin(const char *command)
{
	static bool registered = false;

	if (!binds_memory_on || mine != NULL)
		return false;
	if (!registered)
	{
		RegisterXactCallback(on_transaction, NULL);
		RegisterSubXactCallback(on_subtransaction, NULL);
		on_shmem_exit(give_up, (Datum) 0);
		registered = true;
	}
	mine = take_place();
	if (mine == NULL)
		return false;
	my_level = GetCurrentTransactionNestLevel();
	binds_progress_count(BINDS_PROGRESS_NO_ROWS);
	SpinLockAcquire(&mine->mutex);
	set_text(mine->command, WORDS, command);
	SpinLockRelease(&mine->mutex);
	return true;
}

/* With nothing in it yet; NULL: there is none, which cannot be. */
static ProgressPlace *
take_place(void)
{
	TimestampTz now = GetCurrentTimestamp();
	Oid			userid = GetSessionUserId();
	ProgressPlace *place = NULL;

	LWLockAcquire(binds_memory_lock, LW_EXCLUSIVE);
	for (int i = 0; i < MaxBackends && place == NULL; i++)
	{
		if (places[i].pid == 0)
			place = &places[i];
	}
	if (place != NULL)
	{
		place->pid = MyProcPid;
		place->database = MyDatabaseId;
		place->userid = userid;
		place->started = now;
		place->command[0] = '\0';
		place->phase[0] = '\0';
		place->bind_key[0] = '\0';
		place->relation[0] = '\0';
		pg_atomic_write_u64(&place->done, 0);
		pg_atomic_write_u64(&place->total, (uint64) -1);
	}
	LWLockRelease(binds_memory_lock);
	return place;
}

void
binds_progress_end(bool began)
{
	if (!began || mine == NULL)
		return;
	binds_progress_count(BINDS_PROGRESS_NO_ROWS);
	LWLockAcquire(binds_memory_lock, LW_EXCLUSIVE);
	mine->pid = 0;
	LWLockRelease(binds_memory_lock);
	mine = NULL;
}

void
binds_progress_phase(const char *phase, const char *bind_key, int64 total)
{
	if (likely(mine == NULL))
		return;
	binds_progress_count(BINDS_PROGRESS_NO_ROWS);
	SpinLockAcquire(&mine->mutex);
	set_text(mine->phase, WORDS, phase);
	set_text(mine->bind_key, NAMEDATALEN, bind_key);
	mine->relation[0] = '\0';
	SpinLockRelease(&mine->mutex);
	pg_atomic_write_u64(&mine->done, 0);
	pg_atomic_write_u64(&mine->total, (uint64) total);
}

void
binds_progress_relation(const char *relation)
{
	if (likely(mine == NULL))
		return;
	SpinLockAcquire(&mine->mutex);
	set_text(mine->relation, NAMEDATALEN, relation);
	SpinLockRelease(&mine->mutex);
}

void
binds_progress_step(const char *relation, int64 done)
{
	if (likely(mine == NULL))
		return;
	binds_progress_relation(relation);
	pg_atomic_write_u64(&mine->done, (uint64) done);
}

void
binds_progress_count(BindsProgressRows rows)
{
	binds_progress_reads = mine != NULL && rows == BINDS_PROGRESS_READ;
	binds_progress_writes = mine != NULL && rows == BINDS_PROGRESS_WRITTEN;
}

void
binds_progress_add(int64 rows)
{
	if (mine != NULL)
		pg_atomic_write_u64(&mine->done, pg_atomic_read_u64(&mine->done) + rows);
}

/* Names have less than NAMEDATALEN bytes; those of engines may have more, and are cut. */
static void
set_text(char *to, size_t size, const char *from)
{
	size_t		length = from == NULL ? 0 : strnlen(from, size);

	if (length >= size)
	{
		/* not within a character, whatever the encoding */
		length = size - 1;
		while (length > 0 && IS_HIGHBIT_SET(from[length - 1]))
			length--;
	}
	if (length > 0)
		memcpy(to, from, length);
	to[length] = '\0';
}

/* ------------------------------------------------------------------------
 * Ends that nobody tells
 * ------------------------------------------------------------------------ */

static void
on_transaction(XactEvent event, void *arg)
{
	if (event != XACT_EVENT_PRE_COMMIT && event != XACT_EVENT_PARALLEL_PRE_COMMIT &&
		event != XACT_EVENT_PRE_PREPARE)
		binds_progress_end(true);
}

static void
on_subtransaction(SubXactEvent event, SubTransactionId my_id, SubTransactionId parent,
				  void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB && mine != NULL &&
		GetCurrentTransactionNestLevel() <= my_level)
		binds_progress_end(true);
}

static void
give_up(int code, Datum arg)
{
	binds_progress_end(true);
}

/* ------------------------------------------------------------------------
 * Looking
 * ------------------------------------------------------------------------ */

int
binds_progress_all(BindsProgress **all)
{
	ProgressPlace *copies = palloc(sizeof(ProgressPlace) * MaxBackends);
	int			n = 0;

	LWLockAcquire(binds_memory_lock, LW_SHARED);
	for (int i = 0; i < MaxBackends; i++)
	{
		if (places[i].pid == 0)
			continue;
		SpinLockAcquire(&places[i].mutex);
		memcpy(&copies[n++], &places[i], sizeof(ProgressPlace));
		SpinLockRelease(&places[i].mutex);
	}
	LWLockRelease(binds_memory_lock);

	*all = palloc(sizeof(BindsProgress) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		ProgressPlace *place = &copies[i];
		BindsProgress *progress = &(*all)[i];

		progress->pid = place->pid;
		progress->database = place->database;
		progress->userid = place->userid;
		progress->command = place->command;
		progress->bind_key = place->bind_key[0] != '\0' ? place->bind_key : NULL;
		progress->phase = place->phase;
		progress->relation = place->relation[0] != '\0' ? place->relation : NULL;
		progress->done = (int64) pg_atomic_read_u64(&place->done);
		progress->total = (int64) pg_atomic_read_u64(&place->total);
		progress->started = place->started;
	}
	return n;
}
