/*
 * shown_keys.h
 *	  Keys and indexes of models, as clients look for them in the catalogs.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SHOWN_KEYS_H
#define BINDS_SHOWN_KEYS_H

/* Define the setting and see queries before they are planned, once per backend. */
extern void binds_shown_keys_init(void);

#endif							/* BINDS_SHOWN_KEYS_H */
