/*
 * binds.h
 *	  Names that every part of the extension uses.
 *
 * Nothing in here depends on another part: it may be included from anywhere,
 * also from <dialect>_driver.c next to a client library's header.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_H
#define BINDS_H

/* longest bind key in bytes, so that "binds_metadata_<key>" is never cut */
#define BINDS_KEY_MAX 45

/* schema of the extension, and of the metadata of the default bind */
#define BINDS_SCHEMA "binds"
#define BINDS_METADATA_SCHEMA "binds_metadata"

#endif							/* BINDS_H */
