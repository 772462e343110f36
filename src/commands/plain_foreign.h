/*
 * plain_foreign.h
 *	  ALTER FOREIGN TABLE of the relation of a model.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_FOREIGN_H
#define BINDS_PLAIN_FOREIGN_H

#include "nodes/parsenodes.h"

#include "model/registry.h"

/*
 * Is a statement ALTER FOREIGN TABLE?  And does one with parts (AlterTableStmt) say anything
 * that models say, too?
 */
extern bool binds_plain_is_foreign(const Node *statement);
extern bool binds_plain_has_columns(const AlterTableStmt *statement);

/*
 * Carry one out, or leave it to PostgreSQL, as binds_plain_change.  Raises 0A000 if the relation
 * would lose a column of its model, or get one that this has not.
 */
extern Node *binds_plain_change_relation(Node *statement, const BindsModelRow *row);

/*
 * Raise 55000 if a statement for a model and its table is about a column that the relation has by
 * another name: it would have it twice, or one that is nowhere.
 */
extern void binds_plain_check_called(const Node *statement, const BindsModelRow *row);

#endif							/* BINDS_PLAIN_FOREIGN_H */
