/*
 * upgrade.h
 *	  The upgrade of a bind, and what of it is not done.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_UPGRADE_H
#define BINDS_UPGRADE_H

#include "commands/differences.h"

/* The upgrade of a bind. */
typedef struct BindsUpgrade
{
	BindsWork  *work;
	const BindsUpgradeOptions *options;
	List	   *except;			/* of BindsDiffRow, which stay as they are */
	List	   *done;			/* of BindsDiffRow */
	List	   *left;			/* of BindsDiffLeft, when nothing more can be
								 * done */
	List	   *computed;		/* BindsDiffRow: a column that PostgreSQL
								 * computes is new, or computed otherwise */
	List	   *filled;			/* BindsDiffRow: a column is new, whose
								 * default rows have to be given */
	List	   *written;		/* BindsDiffRow: of those in computed that
								 * rows have in the engine */
	List	   *verified;		/* BindsModelCheck, which all rows fit */
	BindsThen	then;			/* see binds_work_upgrade */
	void	   *then_arg;
} BindsUpgrade;

/*
 * Why a row of "rows" is not executed; *action says what becomes of it instead, NULL: it is.
 * A row without a statement is done by that of another one.
 */
extern const char *binds_upgrade_obstacle(const BindsUpgrade *upgrade, List *rows,
										  const BindsDiffRow *row, const char **action);

/* Is a row with a statement executed, now or just before? */
extern bool binds_upgrade_runs(const BindsUpgrade *upgrade, List *rows,
							   const BindsDiffRow *row);

/* Does each row of the table have to be written when that is done? */
extern bool binds_upgrade_needs_rows(const BindsUpgrade *upgrade, const BindsDiffRow *row);

/*
 * Is a column new for which nobody gives rows a value, though all have to have one?  Where
 * all is done or nothing it comes to a table without rows, which is looked at before.
 */
extern bool binds_upgrade_needs_empty(const BindsUpgrade *upgrade,
									  const BindsDiffRow *row);

/*
 * Is a column here, on a bind, of another type than in the model, which may not hold all of
 * its values, or be another reading of them?  The engine may keep both alike.
 */
extern bool binds_upgrade_changes_type(const BindsUpgrade *upgrade, const BindsDiffRow *row);

/*
 * Has a column here only other digits of a second than in the model, which the engine keeps
 * alike?  Values are rounded by writing them.
 */
extern bool binds_upgrade_rounds(const BindsUpgrade *upgrade, const BindsDiffRow *row);

/*
 * Is a column an integer of more digits here than in the model, which the engine keeps alike?
 * Values are those that there are, if they fit.
 */
extern bool binds_upgrade_holds_less(const BindsUpgrade *upgrade, const BindsDiffRow *row);

/* The type that a column is to have here. */
extern Oid	binds_upgrade_type(const BindsDiffRow *row);

/* Is a difference about a check, which may fit neither the old type of a column nor the new one? */
extern bool binds_upgrade_is_check(const BindsDiffRow *row);

/* The column that a difference is about; NULL: none. */
extern const char *binds_upgrade_column(const BindsDiffRow *row);

/* Is it to stay as it is? */
extern bool binds_upgrade_is_excepted(const BindsUpgrade *upgrade, const BindsDiffRow *row);

/* Is the same among those that were done (BindsDiffRow)? */
extern bool binds_upgrade_was_done(const List *done, const BindsDiffRow *row);

/* Is it to be done here, and not in the engine? */
extern bool binds_upgrade_is_local(const BindsUpgrade *upgrade, const BindsDiffRow *row);

/*
 * Raise, where DDL commits, what keeps the engine from dropping columns that some of "rows"
 * take away for good.  alone: nothing else is lost, so that one statement needs no look.  (In
 * upgrade_loss.c.)
 */
extern void binds_upgrade_try_losses(const BindsUpgrade *upgrade, List *rows, bool alone);

#endif							/* BINDS_UPGRADE_H */
