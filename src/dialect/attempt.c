/*
 * attempt.c
 *	  Do what may fail, and go on.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/resowner.h"

#include "dialect/attempt.h"
#include "dialect/error.h"

ErrorData *
binds_attempt(BindsStep step, void *arg)
{
	BindsBeforeError before = binds_error_before();
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData  *volatile error = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(before.context);
	PG_TRY();
	{
		step(arg);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		error = binds_error_catch(&before);
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(before.context);
	CurrentResourceOwner = owner;
	if (error != NULL && binds_error_is_final(error))
		ReThrowError(error);
	return error;
}
