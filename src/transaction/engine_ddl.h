/*
 * engine_ddl.h
 *	  Creating and dropping an engine's tables within the local transaction.
 *
 * Where the engine's DDL rolls back (SQLite) it runs in the branch.  Where DDL commits
 * (MySQL) it runs on a connection of its own: a new table bears our mark as comment
 * until commit, or one before it bears it for both; an abort drops only a table with such
 * a mark that is empty, and drops wait for the commit.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ENGINE_DDL_H
#define BINDS_ENGINE_DDL_H

#include "connection/connection.h"
#include "nodes/pg_list.h"

typedef struct BindsDdl BindsDdl;

/*
 * Be ready to run DDL on a bind as the current user.  Connects at the first use.
 * Palloc'ed in the current context, which must not outlive the transaction.
 */
extern BindsDdl *binds_ddl_open(Oid serverid, const BindsDialect *dialect,
								const char *bind_key);

/*
 * Tables are about to be made, in this order.  Returns for each the comment that it must
 * bear until the commit; NULL: its own.  late: of each, whether keys are added when all are
 * there: the engine then says that it was made after them, so that it speaks for none.
 * Assigns a transaction id.
 */
extern const char *const *binds_ddl_announce(BindsDdl *ddl, const char *const *tables,
											 const bool *late, int ntables);

/* For what tables are looked at. */
typedef enum BindsLook
{
	BINDS_LOOK_USE,				/* to be used, or made */
	BINDS_LOOK_DROP,			/* to be dropped, rows or not, for that is
								 * what the user said */
	BINDS_LOOK_AGAIN			/* the same, and what there is to say has been
								 * said */
} BindsLook;

/*
 * What bears the names of these tables?  Nothing if it waits for its drop.  What a transaction that
 * did not end well left behind is cleared away if it holds no rows and no table that
 * stays refers to it, else a WARNING says what becomes of it; own_comments: of each table,
 * NULL: none.  "tables" are in the order of creation.  Raises
 * 55006 if another transaction is about to create one of them.
 */
extern void binds_ddl_present(BindsDdl *ddl, const char *schema,
							  const char *const *tables,
							  const char *const *own_comments, int ntables,
							  BindsLook look, BindsTableKind *kinds);

/* Is there a database?  False for a file that was never made. */
extern bool binds_ddl_reachable(BindsDdl *ddl);

/* Read the engine's catalogs. */
extern void binds_ddl_read(BindsDdl *ddl, BindsReader reader, void *arg);

/*
 * The same, and where DDL commits always on a connection of its own, on which no
 * transaction is open, though the bind is read-only.
 */
extern void binds_ddl_read_apart(BindsDdl *ddl, BindsReader reader, void *arg);

/*
 * Run the statements (char *) that make a table that was announced.  comment: the table's
 * own, NULL: none.  Raises 55006 if the table waits for its drop.
 */
extern void binds_ddl_create(BindsDdl *ddl, const char *schema, const char *table,
							 List *statements, const char *comment);

/*
 * Run the statements that add the foreign keys of a new table that close a cycle; unlink:
 * those that take them away again.
 */
extern void binds_ddl_link(BindsDdl *ddl, const char *schema, const char *table,
						   List *statements, List *unlink);

/* Drop a table, now or at commit. */
extern void binds_ddl_drop(BindsDdl *ddl, const char *schema, const char *table,
						   List *unlink, const char *statement);

/*
 * Drop a table after the commit, also where DDL rolls back: its rows are elsewhere then,
 * and must not be lost if the host ends between the two commits.  rows: their number; a
 * table that holds another one then stays, with a WARNING.  -1: it goes whatever it holds.
 */
extern void binds_ddl_drop_later(BindsDdl *ddl, const char *schema, const char *table,
								 List *unlink, const char *statement, int64 rows);

/*
 * Run statements (char *) that change tables, at once: where DDL commits they stay, however
 * the transaction ends.  Raises 55006 there if the transaction has used the bind, for it
 * would wait for itself.
 */
extern void binds_ddl_alter(BindsDdl *ddl, List *statements);

/*
 * Note that they were: a rollback tells of the tables that stay changed, and of columns (char *)
 * that are gone.  (In altered.c.)
 */
extern void binds_ddl_note_altered(const char *bind_key, const char *table,
								   const List *lost);

/* Take back what was done to a table if the (sub)transaction aborts: by a statement. */
extern void binds_ddl_undo_later(BindsDdl *ddl, const char *schema, const char *table,
								 const char *statement);

/* Has this transaction made a table, which a rollback drops again? */
extern bool binds_ddl_has_made(const BindsDdl *ddl, const char *schema, const char *table);

/*
 * Rename a table, at once; where DDL commits an abort renames it back.  Raises 55006 there if
 * the transaction has used the bind, or made the table.
 */
extern void binds_ddl_rename(BindsDdl *ddl, const char *schema, const char *table,
							 const char *name);

/*
 * The comment of a table is another one: where one that this transaction has made bears a
 * mark, it gets this comment in its place.  NULL: none.
 */
extern void binds_ddl_comment(BindsDdl *ddl, const char *schema, const char *table,
							  const char *comment);

/*
 * Make a table anew, where DDL rolls back: run "before", let copy(arg) bring the rows from
 * the old table, which has the other name then, and run "after".  References between tables
 * are kept again when that is done, whatever fails.  Raises 23502 if a row has no value for
 * "required", 23503 if more rows than before refer to nothing then.
 */
typedef void (*BindsCopy) (void *arg);
extern void binds_ddl_rebuild(BindsDdl *ddl, const BindsRebuild *rebuild, BindsCopy copy,
							  void *arg);

/*
 * Run copy(arg), which writes to new tables on the bind as the current user, while the
 * engine does not look whether what rows refer to is there.  The caller has to.
 */
extern void binds_ddl_copy_unlinked(BindsDdl *ddl, BindsCopy copy, void *arg);

/*
 * The number that a query returns, as the branch sees it; lock: of rows as they are now, and
 * so that nobody changes them.
 */
extern int64 binds_ddl_number(BindsDdl *ddl, const char *sql, bool lock);

/* About how many rows a table has, without counting them; -1: the engine does not know. */
extern int64 binds_ddl_estimate(BindsDdl *ddl, const char *schema, const char *table);

/* The number of rows of a table, likewise. */
extern int64 binds_ddl_count(BindsDdl *ddl, const char *schema, const char *table,
							 bool lock);

/* The key that a table is to generate next; 0: it follows the greatest that is there. */
extern int64 binds_ddl_next_key(BindsDdl *ddl, const char *schema, const char *table);

/* Run statements (char *) of the dialect's on the connection that makes tables. */
extern void binds_ddl_run(BindsDdl *ddl, List *statements);

/*
 * Before tables are dropped: raise 2BP01 if a table that is not among them, and is not
 * waiting for its drop, refers to one of them.  Returns the foreign keys of the engine
 * between two of them, as a List of BindsReference.
 */
extern List *binds_ddl_check_references(BindsDdl *ddl, const char *schema,
										const char *const *tables, int ntables);

/* The foreign keys by which a table is referred to, but for those that wait for their drop. */
extern List *binds_ddl_references(BindsDdl *ddl, const char *schema, const char *table);

/* Drop one after the commit; its table is of the bind's own database.  index: that
 * goes with it, NULL: none. */
extern void binds_ddl_unlink_later(BindsDdl *ddl, const BindsReference *reference,
								   const char *index);

/* Why a table waits for its drop in this transaction. */
typedef enum BindsDropReason
{
	BINDS_DROP_NONE,			/* it does not */
	BINDS_DROP_ASKED,			/* by drop_all */
	BINDS_DROP_MOVED,			/* its rows are elsewhere */
	BINDS_DROP_UNDONE			/* who made it was rolled back */
} BindsDropReason;

extern BindsDropReason binds_drop_reason(Oid serverid, const char *schema,
										 const char *table);

/* Does it? */
extern bool binds_drop_pending(Oid serverid, const char *schema, const char *table);

#endif							/* BINDS_ENGINE_DDL_H */
