/*
 * plain_default.h
 *	  Plain DDL on tables of the default bind, whose models follow.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_DEFAULT_H
#define BINDS_PLAIN_DEFAULT_H

#include "nodes/parsenodes.h"

#include "model/registry.h"

typedef struct BindsPlainFollower BindsPlainFollower;

/*
 * What is to be done to models of the default bind when PostgreSQL has carried out a statement;
 * NULL: nothing.  Keeps others from changing them until then.
 */
extern BindsPlainFollower *binds_plain_default_look(const Node *statement);

/*
 * Do it.  A model that cannot follow is none the less a model, which a WARNING tells: the table
 * is as it was asked for.
 */
extern void binds_plain_default_follow(const BindsPlainFollower *follower);

/*
 * Let a statement that PostgreSQL has carried out be one that binds.define takes for a model.
 * What is so already needs not be done: false, if that is all.
 */
extern bool binds_plain_point_to(Node *statement, const BindsModelRow *row);

/* Say by WARNING that no model follows a statement that will be carried out. */
extern void binds_plain_default_warn(const BindsPlainFollower *follower);

#endif							/* BINDS_PLAIN_DEFAULT_H */
