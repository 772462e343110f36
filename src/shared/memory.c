/*
 * memory.c
 *	  Memory that sessions share: asked for when the server starts, found by each of them.
 *
 * A crash of a backend makes the postmaster start with new memory, so nothing in there is
 * left by processes that could not clear up.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/shmem.h"

#include "shared/internal.h"

#define TRANCHE "binds"

bool		binds_memory_on = false;
LWLock	   *binds_memory_lock = NULL;

static shmem_request_hook_type next_request = NULL;
static shmem_startup_hook_type next_startup = NULL;

static void request(void);
static void startup(void);

/*
 * Ask for the memory if the server is starting; a session that loads the library later has
 * none.
 */
void
binds_memory_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
	binds_stat_define();
	next_request = shmem_request_hook;
	shmem_request_hook = request;
	next_startup = shmem_startup_hook;
	shmem_startup_hook = startup;
}

void
binds_memory_require(void)
{
	if (!binds_memory_on)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("binds must be loaded via \"shared_preload_libraries\""),
				 errdetail("Sessions have no memory in common for this."),
				 errhint("Add binds to shared_preload_libraries and restart the server.")));
}

static void
request(void)
{
	if (next_request != NULL)
		next_request();
	RequestAddinShmemSpace(add_size(binds_stat_size(), binds_progress_size()));
	RequestNamedLWLockTranche(TRANCHE, 1);
}

/* Runs in the postmaster, also after a crash. */
static void
startup(void)
{
	if (next_startup != NULL)
		next_startup();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	binds_memory_lock = &GetNamedLWLockTranche(TRANCHE)->lock;
	binds_stat_make();
	binds_progress_make();
	LWLockRelease(AddinShmemInitLock);
	binds_memory_on = true;
}
