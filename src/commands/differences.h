/*
 * differences.h
 *	  What separates engines and local relations from the models.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DIFFERENCES_H
#define BINDS_DIFFERENCES_H

#include "commands/work.h"
#include "options/upgrade_options.h"

/* When a row comes, within its bind. */
typedef enum BindsPlace
{
	BINDS_PLACE_EXTRA_KEY,		/* foreign keys that go */
	BINDS_PLACE_TABLE,
	BINDS_PLACE_PART,
	BINDS_PLACE_KEY,			/* foreign keys that come */
	BINDS_PLACE_LOSS,			/* columns that go: nothing that may fail
								 * comes after what loses values */
	BINDS_PLACE_LOCAL,
	BINDS_PLACE_LOCAL_KEY
} BindsPlace;

#define BINDS_NPLACES (BINDS_PLACE_LOCAL_KEY + 1)

/* A difference. */
typedef struct BindsDiffRow
{
	BindsPlace	place;
	BindsWorkItem *item;
	const char *kind;			/* "missing column" ... */
	const char *statement;		/* NULL: there is none */
	const char *undo;			/* what takes the statement back, where it is
								 * known */
	List	   *lost;			/* char *: columns that the statement takes
								 * away besides the row's own */
	const char *note;
	bool		missing;		/* a table or relation that create_all makes,
								 * or something of it */
	bool		renames;		/* the table or the relation as a whole */
	bool		replaces;		/* takes its name from a column that the model
								 * has dropped, or waits for that */
	const BindsDifference *difference;	/* NULL: of a table as a whole, or a
										 * name */
} BindsDiffRow;

/*
 * The differences of the models of a bind (List of BindsDiffRow), in an order in which
 * their statements can be executed.  keep: statements leave in the engine what the model
 * has not.  settled: differences (BindsDiffRow) that are to stay as they are: a table may have
 * what it has there in the place of what the model says, and no statement changes it.
 * Connects, changes nothing.
 */
extern List *binds_differences(BindsWork *work, bool keep, const List *settled);

/*
 * The same, of which nothing is done.  NIL, with a WARNING, where the engine does not let its
 * tables be compared.  (In warn_differences.c.)
 */
extern List *binds_work_compare(BindsWork *work);

/*
 * Those of the local relations alone, for tables that binds_differences has looked at: what
 * it knows of the engine's tables counts still.
 */
extern List *binds_differences_here(BindsWork *work);

/* Do two rows say the same of a model, whatever their statements are? */
extern bool binds_is_same_difference(const BindsDiffRow *a, const BindsDiffRow *b);

/*
 * Is it something that others have given the engine's table, or a check of the relation alone?
 * Nothing but a statement that drops is about such.
 */
extern bool binds_diff_is_others(const BindsDiffRow *row);

/* A difference that binds.upgrade leaves. */
typedef struct BindsDiffLeft
{
	const BindsDiffRow *row;
	const char *action;			/* "kept" or "left" */
	const char *why;			/* NULL: there is no statement */
} BindsDiffLeft;

/*
 * What binds.upgrade does to a bind, which is locked, but for some differences (except:
 * BindsDiffRow); returns what else it leaves (List of BindsDiffLeft).  then: what the caller
 * is to do here when that is done, NULL: nothing; where DDL commits it is tried before, and
 * taken back.  (In upgrade.c.)
 */
typedef void (*BindsThen) (void *arg);
extern List *binds_work_upgrade(BindsWork *work, const BindsUpgradeOptions *options,
								List *except, BindsThen then, void *arg);

/*
 * Find out whether that can be done, with options->whole, as far as this server can tell:
 * raises what it would raise, and returns what would be left.  (In upgrade.c.)
 */
extern List *binds_work_try_upgrade(BindsWork *work, const BindsUpgradeOptions *options,
									List *except);

/*
 * Find out, where the first call held them, whether the engine will drop the columns that the
 * next one takes away: raises what keeps it from that.  (In upgrade_loss.c.)
 */
extern void binds_work_try_losses(BindsWork *work, const BindsUpgradeOptions *options,
								  List *except);

#endif							/* BINDS_DIFFERENCES_H */
