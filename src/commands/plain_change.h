/*
 * plain_change.h
 *	  How a statement that changes models is carried out on their tables.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_CHANGE_H
#define BINDS_PLAIN_CHANGE_H

#include "nodes/plannodes.h"

#include "commands/differences.h"
#include "model/registry.h"

/* A statement, and what it asks for. */
typedef struct BindsPlainChange
{
	Node	   *statement;
	const PlannedStmt *planned;
	const char *source;
	BindsUpgradeOptions options;
	List	   *before;			/* BindsDiffRow: what differed */
	Node	   *rest;			/* what PostgreSQL is to do of it when that is
								 * done; NULL: nothing */
	char	   *path;			/* the search_path, as its names are meant */
} BindsPlainChange;

/* Note whether the statement asks for something to go, or for other values. */
extern void binds_plain_note_asked(BindsPlainChange *change);

/*
 * Find out what separates tables from models (BindsModelRow) before the statement changes
 * these.
 */
extern void binds_plain_look_before(BindsPlainChange *change, List *rows);

/*
 * Let engines and relations be what the models say now, as a whole or not at all.  Raises
 * 55000 if something else would be settled by that.
 */
extern void binds_plain_follow(const BindsPlainChange *change, List *rows);

#endif							/* BINDS_PLAIN_CHANGE_H */
