/*
 * shown_keys.h
 *	  Keys and indexes of models, as clients look for them in the catalogs.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SHOWN_KEYS_H
#define BINDS_SHOWN_KEYS_H

/* Define the setting and see queries, once per backend. */
extern void binds_shown_keys_init(void);

/*
 * A statement that keeps a query begins, or (false) ends: what a view is made of is to be
 * what was written.  One may run in another.
 */
extern void binds_shown_keys_pause(bool pause);

#endif							/* BINDS_SHOWN_KEYS_H */
