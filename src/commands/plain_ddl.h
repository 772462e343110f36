/*
 * plain_ddl.h
 *	  DDL as any client gives it, carried out on the bind that it concerns.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PLAIN_DDL_H
#define BINDS_PLAIN_DDL_H

#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"
#include "storage/lockdefs.h"

#include "model/registry.h"

/* Define the setting and see utility statements, once per backend. */
extern void binds_plain_ddl_init(void);

/*
 * Each kind of statement: does one concern a bind?  And carry it out; returns what of it is
 * left to PostgreSQL, NULL: nothing.  The first changes nothing, the second may change the
 * tree; "planned" has the place of its text in "source".
 */
extern bool binds_plain_is_created(const CreateStmt *statement);
extern void binds_plain_create(CreateStmt *statement, const PlannedStmt *planned,
							   const char *source);

/*
 * The key of the bind that the table of CREATE TABLE AS goes to, NULL: none; and give it to
 * that bind when PostgreSQL has made it.
 */
extern const char *binds_plain_bind_of_rows(const CreateTableAsStmt *statement);
extern void binds_plain_give(const CreateTableAsStmt *statement, const char *bind_key);

extern bool binds_plain_is_changed(const Node *statement);
extern Node *binds_plain_change(Node *statement, const PlannedStmt *planned,
								const char *source);

/*
 * Refuse (0A000) to alter checks of an ordinary table that relations of binds among its children
 * and partitions have, too, or types so that values may be lost; and (42P16) what the relation
 * of a model inherits.  (In plain_parent.c.)
 */
extern void binds_plain_check_children(const Node *statement);
extern void binds_plain_check_inherited(const Node *statement, const BindsModelRow *row);

/* What ALTER TABLE ... DROP CONSTRAINT does to a model and its table.  (In plain_change.c.) */
extern void binds_plain_drop_constraint(BindsModelRow *row, const char *constraint);

/* SET CONSTRAINTS, without those that only models have, told by a NOTICE.  (In plain_known.c.) */
extern bool binds_plain_sets_constraints(const ConstraintsSetStmt *statement);
extern Node *binds_plain_set_constraints(ConstraintsSetStmt *statement);

extern bool binds_plain_is_dropped(const Node *statement);
extern Node *binds_plain_drop(Node *statement);

/*
 * ALTER SCHEMA ... RENAME TO: does a model or a bind tell of the schema?  Keep others from
 * saying more of it before it is renamed; and let what is said be true when it has been.  (In
 * plain_schema.c.)
 */
extern bool binds_plain_schema_is_told(const RenameStmt *statement);
extern void binds_plain_schema_lock(const RenameStmt *statement);
extern void binds_plain_schema_follow(const RenameStmt *statement);

/*
 * Let an error that ALTER TABLE has raised for rows that do not fit be what PostgreSQL raises
 * for a table.  (In plain_error.c.)
 */
extern void binds_plain_tell(ErrorData *error, const AlterTableStmt *statement,
							 const BindsModelRow *row);

/*
 * ALTER TYPE ... ADD VALUE or RENAME VALUE: has a table of a bind a column of the type?  Look
 * at these tables before the type is changed, which raises 0A000 for RENAME; and let them
 * follow.  (In plain_enum.c.)
 */
struct BindsPlainChange;
extern bool binds_plain_enum_is_used(const AlterEnumStmt *statement);
extern struct BindsPlainChange *binds_plain_enum_look(const AlterEnumStmt *statement);
extern void binds_plain_enum_follow(const struct BindsPlainChange *change);

/*
 * The key of the bind to which a new table of that name goes, NULL: it is an ordinary table.
 * Raises 42704 if the setting names no bind.
 */
extern const char *binds_plain_bind_of_new(const RangeVar *name);

/*
 * The model of the relation that a name means, on another bind than the default one; NULL:
 * it means something else, or nothing.
 */
extern BindsModelRow *binds_plain_model(const RangeVar *name);

/* The table that COMMENT ON it, its column or its constraint names; NULL: another object. */
extern RangeVar *binds_plain_table_of_comment(const CommentStmt *statement);

/*
 * Lock the relation of a model before its engine is asked anything, as PostgreSQL locks a
 * table; returns what the model is then.  Raises 42501 unless the caller owns it, 42P01 if it
 * is gone.
 */
extern BindsModelRow *binds_plain_lock(const BindsModelRow *row, LOCKMODE mode);

/* Let a name that means the relation of a model be what binds.define takes for it. */
extern void binds_plain_point(RangeVar *name, const BindsModelRow *row);

/*
 * The same of what constraints of a table refer to; table: its name, with its schema, if it is
 * about to be made, else NULL.
 */
extern void binds_plain_point_constraints(List *constraints, const RangeVar *table);

#endif							/* BINDS_PLAIN_DDL_H */
