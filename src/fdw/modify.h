/*
 * modify.h
 *	  The state of an INSERT, UPDATE or DELETE on one foreign table, shared by the
 *	  files that plan it, run it and read back what it did.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MODIFY_H
#define BINDS_MODIFY_H

#include "connection/cursor.h"
#include "deparse/statement.h"
#include "lib/ilist.h"
#include "nodes/execnodes.h"
#include "nodes/pathnodes.h"
#include "transaction/branch.h"
#include "value/value.h"

/* ModifyTable's fdw_private of a foreign table: a List of these. */
typedef enum BindsModifyPrivate
{
	BINDS_MODIFY_STATEMENT,		/* List form */
	BINDS_MODIFY_REREAD,		/* the SELECT that reads a row again, or NIL */
	BINDS_MODIFY_COLUMNS,		/* int list: attributes that are sent */
	BINDS_MODIFY_RULES,			/* int list, per such attribute:
								 * BindsGeneratedRule */
	BINDS_MODIFY_DEFAULTS,		/* int list: attributes that an UPDATE sets to
								 * the engine's defaults */
	BINDS_MODIFY_RETURNING,		/* int list: attributes to read back */
	BINDS_MODIFY_SKIP,			/* Boolean: ON CONFLICT DO NOTHING */
	BINDS_MODIFY_FACTS,			/* what the engine says of the table, or NIL */
	BINDS_MODIFY_UPSERT			/* ON CONFLICT (columns): see upsert.h; NIL:
								 * no */
} BindsModifyPrivate;

/* What to do with a value for a column that the engine may generate. */
typedef enum BindsGeneratedRule
{
	BINDS_RULE_SEND,			/* NULL means: generate */
	BINDS_RULE_NOT_NULL,		/* NULL is 23502 */
	BINDS_RULE_IGNORE,			/* OVERRIDING USER VALUE: generate */
	BINDS_RULE_EXPLICIT_NULL,	/* the statement says NULL: 23502 when it runs */
	BINDS_RULE_DEFAULT,			/* NULL means: the engine's default */
	BINDS_RULE_ROW				/* the row of the VALUES list says whether
								 * NULL is meant */
} BindsGeneratedRule;

/*
 * The statement for rows that leave certain columns to the engine's defaults, for no engine
 * takes DEFAULT as the value of a parameter; or, of an UPDATE, as they are.
 */
typedef struct BindsModifyShape
{
	Bitmapset  *left_out;		/* indexes into columns; NULL: none */
	bool		returning;		/* returns rows, on an engine that only has it
								 * here */
	BindsQuery *query;
	BindsCursor *cursor;
	MemoryContext context;		/* its own; NULL: that of the planned one */
} BindsModifyShape;

/*
 * What is being sent, for who explains an error.  It is good for as long as the execution.
 */
typedef struct BindsSending
{
	TupleTableSlot **slots;		/* new rows; NULL: none, or not at hand */
	int			nslots;
	const BindsValue *identity; /* of the row that is changed; NULL: none is */
} BindsSending;

typedef struct BindsModify
{
	BindsForeignTable *table;
	Relation	relation;
	CmdType		operation;
	Oid			userid;
	bool		skip_duplicates;
	bool		routed;			/* rows come from tuple routing or COPY */

	/* the statement and its parameters: columns, then the identity */
	int			ncolumns;
	AttrNumber *columns;
	BindsGeneratedRule *rules;
	AttrNumber *values_columns; /* per column of rule ROW: its place in VALUES */
	struct ValuesScanState *values_scan;	/* the VALUES list of such a rule */
	BindsModifyShape shape;		/* the statement that was planned */
	List	   *shapes;			/* of BindsModifyShape: others that were
								 * needed */
	List	   *defaults;		/* BINDS_MODIFY_DEFAULTS */
	int			nidentity;		/* parameters: keys and fingerprint, or 1 for
								 * the rowid */
	AttrNumber *junk;			/* places in planSlot: per key; rowid or
								 * fingerprint: high, low */

	ExprState **checks;			/* CHECK constraints of an UPDATE; NULL: not
								 * made yet */

	/* rows that come back; columns of the result in this order */
	int			nreturning;
	AttrNumber *returning;
	BindsDecoder *decoders;
	BindsQuery *reread;			/* NULL: the statement itself returns them, or
								 * only a generated key is wanted */
	bool		insert_returning;	/* this engine's INSERT can return rows,
									 * though its dialect does not promise it */
	AttrNumber	generated_key;	/* column that the engine generates, 0: none */
	Bitmapset  *key_checks;		/* CHECKs that read it, as indexes into those
								 * of the relation */
	struct BindsComputed *computed; /* of an INSERT: columns that are computed
									 * here from what the engine may make */
	int			ncomputed;
	int64		made_key;		/* the last one that was looked at, 0: none */

	/* execution */
	BindsUse   *use;
	BindsCounts *counts;		/* for EXPLAIN ANALYZE; NULL: not asked for */
	BindsCursor *reread_cursor;
	MemoryContext context;		/* lives as long as this */
	MemoryContext row_context;	/* one row or one batch */

	/* rows that are inserted together */
	Plan	   *source;			/* makes them; NULL: COPY */
	int			batch_room;		/* what the executor has room for */
	bool		batch_by_size;	/* the first rows tell */

	uint64		writes;			/* executions that write, by others than this
								 * state, when it began: see
								 * binds_modify_not_found */
	uint64		own_writes;		/* those of this state since then */
	bool		vanishing;		/* rows of the table can vanish by themselves */
	AttrNumber *old_keys;		/* places in planSlot of the old values of
								 * keys, where the rowid identifies rows;
								 * NULL: they stay as they are */
	bool		sets_key;		/* an UPDATE of a key column */
	bool		others_deleted; /* others have deleted rows since it began, as
								 * far as that is told */
	bool		missed;			/* a row was not found, and no foreign key is
								 * why */
	struct BindsReach *reach;	/* NULL: not asked for yet */
	List	   *moves;			/* struct Move: what may have changed keys of
								 * the table since it began */
	uint64		statements;		/* binds_branch_statements when it began */

	struct BindsCopyBuffer *buffer; /* rows of a COPY not sent yet, or NULL */
	BindsSending sending;

	/* rows that have been changed, by their identity */
	EState	   *estate;			/* the command this is a part of */
	Bitmapset  *named;			/* columns that the statement names, offset as
								 * core has them: their values are no secret */
	ModifyTableState *part;		/* the part of it, whose tables are partitions
								 * of one */
	struct HTAB *seen;			/* by this; NULL: no row can come twice */
	struct HTAB *others;		/* by others since this began; NULL: none */
	Oid			compared;		/* foreign table that this one's was compared
								 * with last */
	bool		compared_same;	/* over one table of the engine */
	dlist_node	node;			/* in the list of those that run */
	MemoryContextCallback gone;

	struct BindsModify *inserting;	/* of an UPDATE that also gets rows of
									 * other partitions */
	struct BindsUpsert *upsert; /* of an INSERT with ON CONFLICT (columns);
								 * NULL: it is none */
	int64		last_key;		/* that the engine has generated for the last
								 * row; 0: none */
	TupleTableSlot *existing;	/* of the UPDATE of an upsert: the row that it
								 * has found; NULL: it is none */
} BindsModify;

/* computed_columns.c */

/*
 * Find the columns of new rows that PostgreSQL computes from what the engine may make.
 * "refuse": raise 0A000 if it makes some of that for a row, which leaves these columns
 * (indexes into modify->columns) to it.
 */
extern void binds_computed_init(BindsModify *modify);
extern void binds_computed_refuse(BindsModify *modify, TupleTableSlot *slot,
								  const Bitmapset *left_out);

/* copy_buffer.c */
extern void binds_copy_buffer_init(BindsModify *modify);
extern void binds_copy_buffer_add(BindsModify *modify, EState *estate,
								  ResultRelInfo *rri, TupleTableSlot *slot);
extern void binds_copy_buffer_flush(BindsModify *modify);

/* update_columns.c */
extern List *binds_all_columns(const BindsForeignTable *table);

/*
 * The columns that an UPDATE may change: those it names (attributes, offset as core has
 * them) and those PostgreSQL computes from them; all if a trigger may change others.
 */
extern List *binds_updated_columns(PlannerInfo *root, Index rti, Relation relation,
								   const BindsForeignTable *table, Bitmapset *updated);

/*
 * The columns in a set as pull_varattnos makes it, in their order; all for a whole row, or
 * if "all".
 */
extern List *binds_columns_of(const BindsForeignTable *table, const Bitmapset *attrs,
							  bool all);

/*
 * What the checks of an UPDATE that sends these columns look at, and what they are computed
 * from: attributes, offset as core has them.
 */
extern Bitmapset *binds_update_looks_at(Relation relation,
										const BindsForeignTable *table, List *columns);

/* Does a trigger see the whole row that is updated? */
extern bool binds_update_shows_row(Relation relation);

/*
 * Of a row that BEFORE triggers have seen: the columns, as indexes into modify->columns,
 * that neither the UPDATE names nor they have changed.  In the current memory context.
 */
extern Bitmapset *binds_unchanged_columns(const BindsModify *modify, EState *estate,
										  ResultRelInfo *rri, TupleTableSlot *slot);

/* check_row.c */

/*
 * Check a new row as PostgreSQL does for its own tables.  unchanged: columns of an UPDATE
 * that are not sent, as indexes into modify->columns.
 */
extern void binds_modify_check_row(BindsModify *modify, EState *estate,
								   ResultRelInfo *rri, TupleTableSlot *slot,
								   const Bitmapset *unchanged);

/*
 * Find out which checks of a new row have to wait until the engine has made its key; and make
 * them, when it is in the slot.
 */
extern void binds_modify_find_key_checks(BindsModify *modify);
extern void binds_modify_check_key(BindsModify *modify, EState *estate, TupleTableSlot *slot);

/* What a statement does to a table, as BINDS_ACTS_... */
static inline int
binds_acts_of(CmdType operation)
{
	return operation == CMD_INSERT ? BINDS_ACTS_INSERT :
		operation == CMD_UPDATE ? BINDS_ACTS_UPDATE : BINDS_ACTS_DELETE;
}

/* modify_rows.c */

/* The place of a column among those that the planned statement sends; -1: not sent. */
extern int	binds_modify_place(const BindsModify *modify, AttrNumber attnum);

/*
 * Encode the columns to send; returns the bytes they take.  Those of "left_out" are not
 * sent, and those that are left to the engine's defaults are added to it: *nvalues of them
 * have a value.
 */
extern size_t binds_modify_encode(BindsModify *modify, TupleTableSlot *slot,
								  BindsValue *values, int *nvalues,
								  Bitmapset **left_out);

/*
 * Does the engine compute a column of a row, or put its default there?  left_out: indexes
 * into modify->columns.
 */
extern bool binds_modify_is_left(const BindsModify *modify, AttrNumber attnum,
								 const Bitmapset *left_out);

/* Is the key of a new row left to the engine, which generates it? */
extern bool binds_modify_key_is_left(const BindsModify *modify, TupleTableSlot *slot);

/* What a batch should have at most, in bytes. */
#define BINDS_BATCH_BYTES (4 * 1024 * 1024)

extern TupleTableSlot *binds_modify_insert(BindsModify *modify, EState *estate,
										   ResultRelInfo *rri, TupleTableSlot *slot);

/* As insert; a violation of a unique key is no error: *duplicate is true, and NULL comes. */
extern TupleTableSlot *binds_modify_try_insert(BindsModify *modify, EState *estate,
											   ResultRelInfo *rri, TupleTableSlot *slot,
											   bool *duplicate);
extern TupleTableSlot **binds_modify_insert_batch(BindsModify *modify,
												  EState *estate,
												  ResultRelInfo *rri,
												  TupleTableSlot **slots,
												  int *nslots);
extern TupleTableSlot *binds_modify_update(BindsModify *modify, EState *estate,
										   ResultRelInfo *rri, TupleTableSlot *slot,
										   TupleTableSlot *plan_slot);
extern TupleTableSlot *binds_modify_delete(BindsModify *modify,
										   TupleTableSlot *slot,
										   TupleTableSlot *plan_slot);

/*
 * The next row to change has just been read: what may have moved rows before has nothing to
 * do with it.
 */
extern void binds_modify_begin_anew(BindsModify *modify);

/* Has another part of the command, or one within it, changed the row that plan_slot tells? */
extern bool binds_modify_is_changed(BindsModify *modify, TupleTableSlot *plan_slot);

/* Raise 21000: a key identifies several rows. */
extern void binds_raise_many_rows(const BindsForeignTable *table) __attribute__((noreturn));

/* batch_size.c */
extern int	binds_batch_size_begin(BindsModify *modify);
extern void binds_batch_size_first(BindsModify *modify, ResultRelInfo *rri,
								   Size bytes);
extern void binds_batch_size_next(BindsModify *modify, ResultRelInfo *rri,
								  int nrows, Size bytes);

/*
 * The rows that an INSERT of "sent" rows has stored, given what the engine says.  Raises
 * 08P01 if that cannot be.
 */
extern int	binds_modify_count(const BindsModify *modify, int64 affected, int sent);

/* send_rows.c */

/*
 * Insert rows that all leave out the same columns (indexes into modify->columns); adds to
 * outcome->affected.  slots: the rows, for messages; NULL: not at hand.
 */
extern void binds_modify_send_rows(BindsModify *modify, Bitmapset *left_out,
								   const BindsValue *values, TupleTableSlot **slots,
								   int nrows, BindsOutcome *outcome);

/* violation.c: what an error of integrity means, for binds_cursor_on_violation. */
extern const BindsErrorWords *binds_violation_words(const BindsError *error, void *arg);

/* modify.c: raise an error if nothing may be written to a table. */
extern void binds_require_writable(const BindsForeignTable *table);

/* kept_writes.c */
extern void binds_kept_writes_tell(const BindsForeignTable *table, Oid userid,
								   BindsUse *use);

/* row_changes.c */
extern void binds_row_changes_begin(BindsModify *modify, bool joins);
extern bool binds_row_changes_allow(BindsModify *modify, const BindsValue *identity);

/* Has something else changed the row since this began? */
extern bool binds_row_changes_by_others(const BindsModify *modify,
										const BindsValue *identity);

/* changed: attributes that an UPDATE may have given another value. */
extern void binds_row_changes_tell(BindsModify *modify, const BindsValue *identity,
								   const Bitmapset *changed);

/* Rows have been inserted. */
extern void binds_row_changes_tell_inserted(BindsModify *modify);

/* Is another UPDATE or DELETE running, or can this one move its own rows? */
extern bool binds_row_changes_matter(BindsModify *modify);

/* returning.c */
extern void binds_returning_init(BindsModify *modify, List *returning, List *reread);
extern bool binds_returning_fetch(BindsModify *modify, BindsCursor *cursor,
								  TupleTableSlot *slot);
extern bool binds_returning_reread(BindsModify *modify, TupleTableSlot *slot,
								   const BindsValue *identity);
extern void binds_returning_reread_written(BindsModify *modify, TupleTableSlot *slot,
										   const BindsValue *identity);
extern void binds_returning_key(BindsModify *modify, TupleTableSlot *slot,
								int64 generated_key);

/* modify_shape.c */
extern BindsModifyShape *binds_modify_shape(BindsModify *modify, Bitmapset *left_out,
											bool returning);
extern void binds_modify_shapes_close(BindsModify *modify);

/* The cursor of one of the state's queries, on an entered branch. */
extern BindsCursor *binds_modify_cursor(BindsModify *modify, BindsCursor **cursor,
										const BindsQuery *query);

/*
 * not_found.c: a row that was just read is not found; raise HV000 unless there is a reason
 * for it.
 */
extern void binds_modify_not_found(BindsModify *modify);

/*
 * A key column's value as it is compared; forms that are never compared in a WHERE clause
 * (a numeric kept as its own text) still identify the row they were read from.
 */
extern void binds_encode_key(const BindsForeignTable *table,
							 const BindsForeignColumn *column, Datum datum,
							 BindsValue *value);

/* A row, by two hashes of its identity. */
typedef struct BindsRowKey
{
	uint64		hash[2];
} BindsRowKey;

extern void binds_hash_identity(const BindsValue *identity, int n, BindsRowKey *key);

/*
 * Rows that would not be found by their key, or another one instead (odd_keys.c).
 * "matter": can there be any of a table?  "note": a scan has read a row for UPDATE or DELETE;
 * kept: of each column what the engine has, NULL: not read.  "refuse": raise 55000 for such
 * a row, or one with the same value of the key.
 */
extern bool binds_odd_keys_matter(const BindsForeignTable *table);
extern void binds_odd_keys_note(EState *estate, const BindsForeignTable *table,
								const Datum *values, const bool *nulls,
								const BindsValue *const *kept);
extern void binds_odd_keys_refuse(EState *estate, const BindsForeignTable *table,
								  const BindsValue *identity);

/* Raise 55000: one value of a key is kept in several forms. */
extern void binds_raise_key_form(const BindsForeignTable *table,
								 const BindsForeignColumn *column)
			__attribute__((noreturn));

/* moved_rows.c */

/*
 * Rows have been changed by "by", in the middle of "modify", which may be the same.
 * changed: attributes of an UPDATE.
 */
extern void binds_moved_rows_tell(BindsModify *modify, BindsModify *by,
								  const Bitmapset *changed);

/*
 * Before a row of an UPDATE or DELETE is sent: raise 27000 if foreign keys of the engine may
 * have given rows of the table other keys since it began.
 */
extern void binds_moved_rows_check(BindsModify *modify);

/* Can an UPDATE or DELETE move rows of its own table? */
extern bool binds_moved_rows_own(BindsModify *modify);

/* A row that an UPDATE has just read is not found: raise 27000 if that may be why. */
extern void binds_moved_rows_missed(BindsModify *modify);

/* generated_keys.c */
extern List *binds_generated_rules(PlannerInfo *root, CmdType operation,
								   const ModifyTable *plan,
								   const BindsForeignTable *table, List *columns);
extern List *binds_generated_routed_rules(ModifyTableState *mtstate,
										  ResultRelInfo *rri,
										  const BindsForeignTable *table,
										  List *columns);
extern List *binds_generated_defaults(PlannerInfo *root, CmdType operation,
									  const ModifyTable *plan,
									  const BindsForeignTable *table, List *columns);
extern void binds_generated_init(BindsModify *modify, ModifyTableState *mtstate,
								 ResultRelInfo *rri);
extern bool binds_generated_in_row(const BindsModify *modify, int column);
extern void binds_generated_refuse_update(const BindsForeignTable *table, AttrNumber attnum)
			__attribute__((noreturn));
extern void binds_generated_check(const BindsModify *modify, ResultRelInfo *rri);
extern void binds_generated_check_made(BindsModify *modify, const BindsOutcome *outcome);
extern void binds_generated_raise_null(const BindsModify *modify,
									   AttrNumber attnum) __attribute__((noreturn));

#endif							/* BINDS_MODIFY_H */
