/*
 * memory.h
 *	  What sessions share: memory that is there if the library is preloaded.
 *
 * Shared memory can only be asked for while the server starts, so it is there if binds is
 * in shared_preload_libraries, and not otherwise.  Nobody needs it for an answer: what is
 * in it is for those who look at the server.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MEMORY_H
#define BINDS_MEMORY_H

/* Called once by _PG_init; asks for the memory if the server is starting. */
extern void binds_memory_init(void);

/* Raise 55000 unless the memory is there. */
extern void binds_memory_require(void);

/* Is it there, and may this process still use it?  False from its exit on. */
extern bool binds_memory_on;

#endif							/* BINDS_MEMORY_H */
