/*
 * bind.h
 *	  Binds: finding, listing and locking them.
 *
 * A bind is a foreign server of one of our wrappers, or the host database.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_BIND_H
#define BINDS_BIND_H

#include "options/options.h"
#include "fmgr.h"

/* A bind as the functions need it; key NULL: the default bind. */
typedef struct BindsBind
{
	const char *key;
	Oid			serverid;		/* InvalidOid: default bind */
	const BindsDialect *dialect;	/* NULL: default bind */
	BindsEngineOptions *options;	/* NULL: default bind */
	const char *metadata_schema;	/* binds_metadata or binds_metadata_<key> */
} BindsBind;

/*
 * Find a bind; raises 42704 with the known keys as HINT.  key NULL: default bind.
 * '__all__' and '' are no keys: 22023.
 */
extern BindsBind *binds_bind_find(const char *key);

/* Raise 22023 or 42622 for what cannot be the key of a bind: NULL, '', ... */
extern void binds_bind_check_key(const char *key);

/* All binds: the default bind first, then the others in order of registration. */
extern List *binds_bind_all(void);

/* OIDs of the foreign tables on a server, in order of creation. */
extern List *binds_bind_tables(Oid serverid);

/*
 * The binds that the argument of create_all and its like names: no argument and
 * '__all__' all, text one, text[] several (each once, in order).  All keys are
 * checked before this returns.
 */
extern List *binds_bind_list(FunctionCallInfo fcinfo);

/*
 * Lock definitions of a bind until the end of the transaction.
 */
extern void binds_bind_lock(const BindsBind *bind);

/*
 * Keep others from changing its models and tables while they are looked at, and let them in
 * again.  On a standby nobody changes any.
 */
extern void binds_bind_lock_shared(const BindsBind *bind);
extern void binds_bind_unlock_shared(const BindsBind *bind);

/*
 * The key of the bind whose option "schema" this is, palloc'ed; NULL: none.  preferred: that
 * of several, NULL: none is.  Raises 42725 if several have it.
 */
extern char *binds_bind_of_schema(const char *schema, const char *preferred);

/* The keys (char *) of all binds whose option "schema" this is, palloc'ed. */
extern List *binds_bind_keys_of_schema(const char *schema);

/* Has any bind the option "schema"? */
extern bool binds_bind_any_schema(void);

/* binds_metadata or binds_metadata_<key>, and back; false: it is no such name. */
extern char *binds_metadata_schema(const char *bind_key);
extern bool binds_metadata_key(const char *schema, char **bind_key);

/* 'bind "auth"' or 'the default bind', for messages. */
extern const char *binds_bind_words(const char *bind_key);

#endif							/* BINDS_BIND_H */
