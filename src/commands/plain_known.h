/*
 * plain_known.h
 *	  Keys and indexes that a client adds because it cannot see them.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_KNOWN_H
#define BINDS_PLAIN_KNOWN_H

#include "nodes/parsenodes.h"

#include "model/registry.h"

/*
 * Take out of ALTER TABLE the keys that the model has, by the same name and over the same
 * columns, each with a NOTICE.  Is nothing left of the statement, or is it a CREATE INDEX
 * of such an index?
 */
extern bool binds_plain_is_there(Node *statement, const BindsModelRow *row);

#endif							/* BINDS_PLAIN_KNOWN_H */
