/*
 * model.h
 *	  A table model read from pg_catalog: plain structs.
 *
 * The template of a model is an ordinary, empty table in a metadata schema.
 * binds_model_read makes from it what deparse and the dialects need to write its
 * DDL.  Everything is palloc'ed in the caller's context; names are the template's.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MODEL_H
#define BINDS_MODEL_H

#include "access/attnum.h"
#include "dialect/dialect.h"
#include "nodes/pg_list.h"

typedef enum BindsGenerated
{
	BINDS_GENERATED_NO,
	BINDS_GENERATED_BY_DEFAULT, /* identity BY DEFAULT, serial, nextval
								 * default */
	BINDS_GENERATED_ALWAYS
} BindsGenerated;

/* What a model asks of the sequence of a generated key. */
typedef struct BindsModelSequence
{
	int64		start;
	int64		increment;
	int64		limit;			/* MAXVALUE, or MINVALUE of one that goes down */
	bool		limited;		/* that is not the end of the column's type */
	bool		cycle;
} BindsModelSequence;

typedef struct BindsModelColumn
{
	const char *name;
	AttrNumber	attnum;			/* in the template */
	Oid			typid;			/* as declared (may be a domain) */
	Oid			base_typid;		/* domains resolved */
	int32		typmod;			/* of the base type */
	char		typtype;		/* of the base type: TYPTYPE_ENUM, ... */
	Oid			collation;
	bool		not_null;
	bool		inherited;		/* and not declared by the model itself */
	BindsGenerated generated;
	struct BindsModelSequence *sequence;	/* of a generated one; NULL: none
											 * that is known */
	bool		key;			/* part of the primary key */
	bool		computed;		/* GENERATED ALWAYS AS ... STORED: PostgreSQL
								 * computes, the engine stores */
	bool		stored;			/* and not when it is read (VIRTUAL) */
	struct Node *computed_expr; /* from what; NULL: it is not computed */
	struct Node *default_expr;	/* NULL: none, or generated, or computed */
	const char *default_sql;	/* translated for the dialect (a literal or
								 * now()), NULL: the engine gets none; filled
								 * by binds_model_translate */
	const char *comment;
	char	  **enum_labels;	/* in the type's order */
	int			nlabels;
} BindsModelColumn;

typedef struct BindsModelKey
{
	const char *name;
	bool		primary;
	int			ncolumns;
	int		   *columns;		/* indexes into model->columns */
	bool		deferrable;
	bool		nulls_equal;	/* NULLS NOT DISTINCT */
} BindsModelKey;

typedef struct BindsModelForeignKey
{
	const char *name;
	Oid			ref_template;
	const char *ref_table;		/* name in the engine */
	const char *ref_schema;		/* in the engine, or NULL */
	int			ncolumns;
	int		   *columns;
	const char **ref_columns;
	int		   *ref_places;		/* of these in the key that is referred to */
	char		on_update;		/* FKCONSTR_ACTION_* */
	char		on_delete;
	bool		deferrable;
	bool		initially_deferred;
	bool		match_full;		/* of several columns */
	bool		action_columns; /* ON DELETE SET NULL (column, ...) */
	bool		late;			/* lies on a cycle: added when all tables are
								 * there; set by model_order.c */
} BindsModelForeignKey;

typedef struct BindsModelCheck
{
	const char *name;
	struct Node *expr;			/* Vars of varno 1 are the template's columns */
	const char *sql;			/* translated, NULL: checked by PostgreSQL
								 * only */
	const char *unkept;			/* why an expression that could be said is no
								 * part of the engine's table: a sentence;
								 * NULL: it has no exact form there */
} BindsModelCheck;

typedef struct BindsModelIndex
{
	const char *name;
	bool		unique;
	int			ncolumns;
	int		   *columns;		/* index into model->columns; -1: expression */
	bool	   *descending;
	Oid		   *collations;		/* the index's own; InvalidOid: none */
	bool		partial;		/* has a WHERE */
	bool		nulls_equal;	/* NULLS NOT DISTINCT */
	const char *method;			/* access method: "btree" */
	struct Node **exprs;		/* per column, NULL: a plain column */
	struct Node *where;			/* NULL: not partial */
	const char **expr_sql;		/* translated expression, NULL: cannot be */
	const char *where_sql;		/* translated */
	bool		skip;			/* the engine cannot have it: said by NOTICE */
	const char *unkept;			/* why, as of a check */
} BindsModelIndex;

typedef struct BindsModel
{
	Oid			template;
	const char *bind_key;		/* NULL: default bind */
	const char *name;			/* of the table in the engine */
	const char *schema;			/* in the engine, NULL: default */
	const char *comment;
	BindsModelColumn *columns;
	int			ncolumns;
	BindsModelKey *keys;		/* the primary key first */
	int			nkeys;
	BindsModelForeignKey *foreign_keys;
	int			nforeign_keys;
	BindsModelCheck *checks;
	int			nchecks;
	BindsModelIndex *indexes;	/* that are no constraint's */
	int			nindexes;
	bool		deferrable_at_once; /* the bind's option: deferrable foreign
									 * keys are made, and checked at once */
	bool		exclusion;		/* has an exclusion constraint */
} BindsModel;

/*
 * Read a template.  Locks it AccessShare.  bind_key NULL: default bind.
 */
extern BindsModel *binds_model_read(Oid template, const char *bind_key);

/*
 * A modifier as it stands after the name of its type: "(10,2)", " day to second(3)"; "" for
 * -1.  It is read for types of PostgreSQL's, and arrays of these; false: it is none.
 */
extern char *binds_model_typmod_text(Oid typid, int32 typmod);
extern bool binds_model_read_typmod(Oid typid, const char *text, int32 *typmod);

/* The rows of pg_constraint about a table, copied, in order of their names. */
extern List *binds_constraints(Oid relid);

/*
 * Fill in default_sql, the checks' and the indexes' translations for "dialect";
 * what cannot be said in its language stays NULL.  (In deparse/, declared here
 * for the reader: binds_model_translate in deparse/translate.h.)
 */

/*
 * The table whose column owns the sequence of a nextval default; InvalidOid if there is
 * none.  column and sequence may be NULL.
 */
extern Oid	binds_model_sequence_owner(struct Node *expr, AttrNumber *column,
									   Oid *sequence);

/*
 * Put models in the order in which their tables are made: order[i] is the place among
 * "models" of the i-th.  parents: of each, the templates it inherits from.  Marks the
 * foreign keys that close a cycle as late.
 */
extern void binds_models_order(BindsModel *const *models, List *const *parents,
							   int n, int *order);

/*
 * The way out for a generated column that no key of its model begins with; "otherwise": what
 * is to be said if it has not been inherited.
 */
extern const char *binds_model_key_hint(const BindsModelColumn *column,
										const char *otherwise);

/*
 * How to get the effect of an index that an engine cannot have; NULL: it only makes queries
 * faster, and there is no other way.
 */
extern const char *binds_model_index_way_out(const BindsModelIndex *index);

/* The labels of an enum in its order, palloc'ed, and their number. */
extern char **binds_model_enum_labels(Oid typid, int *n);

/* Does an expression of the template read a column, perhaps by the row as a whole? */
extern bool binds_model_reads(struct Node *expr, const BindsModelColumn *column);

/* The column of the model that has the name; -1 if there is none. */
extern int	binds_model_column(const BindsModel *model, const char *name);

#endif							/* BINDS_MODEL_H */
