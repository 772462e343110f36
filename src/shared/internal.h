/*
 * internal.h
 *	  What the files of this folder share, and nobody else uses.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SHARED_INTERNAL_H
#define BINDS_SHARED_INTERNAL_H

#include "shared/memory.h"
#include "storage/lwlock.h"

/* Of the tables in shared memory; set while the memory is there. */
extern LWLock *binds_memory_lock;

/* stat.c: for memory.c, while the server starts; "make" with AddinShmemInitLock held. */
extern void binds_stat_define(void);
extern Size binds_stat_size(void);
extern void binds_stat_make(void);

/* progress.c: the same. */
extern Size binds_progress_size(void);
extern void binds_progress_make(void);

#endif							/* BINDS_SHARED_INTERNAL_H */
