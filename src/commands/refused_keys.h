/*
 * refused_keys.h
 *	  What to say of foreign keys that an engine refuses.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REFUSED_KEYS_H
#define BINDS_REFUSED_KEYS_H

#include "model/model.h"

/* Lives on the stack, between begin and end. */
typedef struct BindsRefusedKeys
{
	ErrorContextCallback callback;
	char	   *detail;
	char	   *hint;
} BindsRefusedKeys;

/*
 * Until the end, an error 42830 says which columns and types the foreign keys of a model
 * have, and the way out.
 */
extern void binds_refused_keys_begin(BindsRefusedKeys *refused, const BindsModel *model,
									 const char *bind_key);
extern void binds_refused_keys_end(BindsRefusedKeys *refused);

#endif							/* BINDS_REFUSED_KEYS_H */
