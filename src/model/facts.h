/*
 * facts.h
 *	  What an engine says of the table behind a foreign table: kept per backend.
 *
 * The options of a table that create_all, reflect, IMPORT or attach made say all that
 * has to be known; their option "described" says so, as long as the columns are those
 * it was made for.  Of every other table, written by hand, the engine is asked when a
 * statement is planned (transaction/learn.h), and the answer travels in the plan.
 *
 * Facts are a List of nodes: it can be copied into a plan and compared.  Opens no
 * connection.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_FACTS_H
#define BINDS_FACTS_H

#include "access/tupdesc.h"
#include "dialect/dialect.h"
#include "nodes/pg_list.h"
#include "options/options.h"

/* What the engine says of one column. */
typedef struct BindsColumnFacts
{
	bool		missing;		/* it has no such column */
	const char *type;			/* as declared */
	const char *collation;		/* NULL: none */
	bool		key;			/* of the key that identifies rows */
	bool		generated;		/* auto increment, rowid alias */
	bool		computed;		/* GENERATED ALWAYS AS */
	bool		has_default;	/* of the engine */
	bool		replaces_null;	/* NULL would be stored as something else */
} BindsColumnFacts;

/* Facts from a definition; engine: NULL if there is no such table. */
extern List *binds_facts_make(TupleDesc desc, const BindsTableOptions *options,
							  const BindsReflectedTable *engine);

/* Those of a table whose engine could not be asked. */
extern List *binds_facts_unknown(void);
extern bool binds_facts_are_unknown(List *facts);

/* Has the engine no such table, or none that can be asked about? */
extern bool binds_facts_are_absent(List *facts);

/* Are there columns that the engine does not have? */
extern bool binds_facts_lack_columns(List *facts);

/* The engine's row number in statements; NULL: there is none, or it is hidden. */
extern const char *binds_facts_rowid_name(List *facts);

extern void binds_facts_column(List *facts, AttrNumber attnum,
							   BindsColumnFacts *column);

/* The key of a definition that identifies rows; NULL: none does. */
extern const BindsReflectedKey *binds_reflected_identity(const BindsReflectedTable *table);

/* The same for a foreign table that may lack some of its columns. */
extern const BindsReflectedKey *binds_reflected_key_of(const BindsReflectedTable *engine,
													   TupleDesc desc,
													   const BindsTableOptions *options);

/* ------------------------------------------------------------------------
 * The option "described"
 * ------------------------------------------------------------------------ */

/*
 * Its value: what it was made for.  Start with the names in the engine (schema NULL: the
 * default one), add every column, in order, with its options (DefElem); then finish.
 */
extern uint64 binds_described_start(const char *schema, const char *table);
extern void binds_described_add(uint64 *mark, const char *name, Oid typid, int32 typmod,
								List *options);
extern char *binds_described_text(uint64 mark);

/* Do the options of a foreign table say all that has to be known of it? */
extern bool binds_is_described(const BindsTableOptions *options, TupleDesc desc);

/* ------------------------------------------------------------------------
 * What this backend knows
 * ------------------------------------------------------------------------ */

/*
 * Find what is known of a table, as a role sees it.  The result is copied into the
 * current context.  Returns NIL if the engine must be asked.
 */
extern List *binds_facts_find(Oid relid, Oid userid);

/*
 * Keep facts; unknown ones are kept for a while.  passing: they were read in a state that
 * is held for a while, and may be an old one; binds_facts_passed says that it is over.
 */
extern void binds_facts_keep(Oid relid, Oid userid, Oid serverid, List *facts,
							 bool passing);
extern void binds_facts_passed(void);

/*
 * Likewise what keeps a table that has no transactions, '' of one that has; NULL if the
 * engine must be asked.  It is told in words at most once per backend where nobody asks
 * for it again: "tell" returns whether it was not yet told, and notes that it is now.
 */
extern const char *binds_facts_find_kept(Oid relid, Oid userid);
extern void binds_facts_keep_kept(Oid relid, Oid userid, Oid serverid, const char *name);
extern bool binds_facts_tell_kept(Oid relid, Oid userid);

/*
 * Likewise how rows are inserted into a table: together, or one by one since what runs for
 * a row changes the session for the rows that follow it in the same statement.  Those of a
 * table that has no transactions always go one by one: it would be too late to find out.
 */
typedef enum BindsRowsSent
{
	BINDS_ROWS_UNTRIED,
	BINDS_ROWS_TOGETHER,
	BINDS_ROWS_SINGLY
} BindsRowsSent;

extern BindsRowsSent binds_facts_find_rows(Oid relid, Oid userid);
extern void binds_facts_keep_rows(Oid relid, Oid userid, Oid serverid, BindsRowsSent rows);

/* Likewise how far changes reach: of others to the keys of the table, and of it. */
typedef struct BindsReach
{
	List	   *sources;		/* what the keys of rows follow (ON UPDATE),
								 * in a chain: Lists of the schema ("": none),
								 * table and column ("": any), as String nodes */
	List	   *deletions;		/* likewise (ON DELETE): schema and table */
	bool		beyond_known;
	int			beyond;			/* see the dialect's acts_beyond */
	List	   *beyond_columns; /* String nodes */
} BindsReach;

/* Copied into the current context; NULL: the engine must be asked. */
extern BindsReach *binds_facts_find_reach(Oid relid, Oid userid);
extern void binds_facts_keep_reach(Oid relid, Oid userid, Oid serverid,
								   const BindsReach *reach);

/* Forget that of all tables of a server: it was given a statement that can be any. */
extern void binds_facts_forget_reach(Oid serverid);

/*
 * This transaction changes definitions in the database of a bind: whoever knows something
 * of its tables asks again, after a rollback, too.
 */
extern void binds_facts_changed(Oid serverid);

/*
 * Forget what is known of a table, and have plans that rely on it made anew.
 */
extern void binds_facts_forget(Oid relid);

/*
 * A connection was opened: forget what was learned before, of the tables of a server
 * (InvalidOid: of all), and have plans that rely on it made anew.
 */
extern void binds_facts_connected(Oid serverid);

#endif							/* BINDS_FACTS_H */
