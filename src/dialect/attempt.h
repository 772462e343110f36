/*
 * attempt.h
 *	  Do what may fail, and go on.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ATTEMPT_H
#define BINDS_ATTEMPT_H

/*
 * Do a step in a subtransaction; memory context and resource owner are the caller's again
 * when it has ended.  NULL: it is done.  Else its error, palloc'ed, and what it did is undone;
 * ReThrowError raises it, FreeErrorData ends it.  Raises by itself what is about the
 * transaction as a whole (binds_error_is_final).
 */
typedef void (*BindsStep) (void *arg);

extern ErrorData *binds_attempt(BindsStep step, void *arg);

#endif							/* BINDS_ATTEMPT_H */
