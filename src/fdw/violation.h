/*
 * violation.h
 *	  A row that the engine has refused: what the files know that explain it.
 *
 * Everything is palloc'ed in the context of the row.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_VIOLATION_H
#define BINDS_VIOLATION_H

#include "fdw/modify.h"

typedef struct BindsViolated
{
	BindsModify *modify;
	const BindsForeignTable *table;
	BindsViolation said;		/* by the engine */
	bool		elsewhere;		/* the other table that it tells is in another
								 * schema */
	TupleTableSlot *row;		/* the new row; NULL: none, or it is not known
								 * which */
	BindsModel *model;			/* of the table, NULL: none */
	bool		asked;			/* the engine, for */
	BindsReflectedTable *definition;	/* NULL: it does not tell */
	bool		beyond_known;	/* has it been asked for */
	int			beyond;			/* see the dialect's acts_beyond */
	List	   *beyond_columns;
	BindsErrorWords words;
} BindsViolated;

/* ---- violated_key.c ---- */

/*
 * The key that a row is a duplicate for: its name, and its columns as the engine calls
 * them, NIL if they are not known, or it is over expressions.  false: the table has no
 * such key.
 */
extern bool binds_violated_key(BindsViolated *violated, const char **name,
							   List **columns);

/* ---- violated_reference.c ---- */

/* Say which foreign key is violated; false if that cannot be known. */
extern bool binds_violated_reference(BindsViolated *violated);

/* Can foreign keys of the engine change other rows with this one? */
extern bool binds_violated_cascades(BindsViolated *violated);

/* ---- violated_reach.c ---- */

/*
 * Is the row itself changed before the engine changes others?  Then what surely refuses the
 * row is what has refused it.
 */
extern bool binds_violated_comes_first(BindsViolated *violated);

/* Does no trigger of the engine change anything else, nor one of what is changed with it? */
extern bool binds_violated_no_triggers(BindsViolated *violated);

/* Nor a foreign key?  Then whatever is refused is the row. */
extern bool binds_violated_is_alone(BindsViolated *violated);

/* ---- violated_values.c ---- */

/* The column of the engine's name; 0: the foreign table has none. */
extern AttrNumber binds_violated_column(const BindsForeignTable *table, const char *name);

/* Are two names of columns, or of tables, of the engine the same? */
extern bool binds_violated_same_name(const BindsForeignTable *table, const char *a,
									 const char *b);
extern bool binds_violated_same_table(const BindsForeignTable *table, const char *a,
									  const char *b);

/* Does the statement, an UPDATE, set a column? */
extern bool binds_violated_sets(const BindsViolated *violated, AttrNumber attnum);

/* A value of the new row, or of the one that is changed; false: it is not known. */
extern bool binds_violated_value(BindsViolated *violated, AttrNumber attnum, bool old,
								 Datum *value, bool *isnull);

/* Does an INSERT leave the generated key of the row that was refused to the engine? */
extern bool binds_violated_key_is_left(const BindsViolated *violated);

/* May the role read all columns? */
extern bool binds_violated_readable(const BindsForeignTable *table);

/*
 * Columns and their values as text, "a, b" and "1, x"; false: a value is not known, or not
 * to be shown to the role.  columns: their names in the engine.  quote: names as SQL has
 * them.
 */
extern bool binds_violated_show_key(BindsViolated *violated, List *columns, bool old,
									bool quote, char **names, char **values);

/* "(1, x)" of a new row, or "(a, b) = (1, x)" of what is known of it; NULL: likewise. */
extern char *binds_violated_show_row(BindsViolated *violated);

/*
 * Is there a row of a table that has the values of the new row, or of the one that is
 * changed, in these columns?  "columns" are of the table, "own" of ours.  other: than the
 * one that is changed, which is of that table.
 */
typedef enum BindsAnswer
{
	BINDS_IS_NOT_THERE,
	BINDS_IS_THERE,
	BINDS_IS_NULL,				/* one of the values is NULL */
	BINDS_IS_UNKNOWN
} BindsAnswer;

extern BindsAnswer binds_violated_exists(BindsViolated *violated, const char *table,
										 List *columns, List *own, bool old,
										 bool other);

/*
 * The same of the rows that were sent, if it is not known which of them was refused: it is
 * the first for which the answer is "wanted", if one of the first is.
 */
extern BindsAnswer binds_violated_find_row(BindsViolated *violated, const char *table,
										   List *columns, List *own, bool other,
										   BindsAnswer wanted);

/* ---- violation.c ---- */

/*
 * Let "ask" ask the engine; false, with nothing raised, if it does not answer.  What is
 * about the transaction is raised.
 */
typedef void (*BindsAsk) (void *arg);
extern bool binds_violated_ask(BindsAsk ask, void *arg);

/* What the engine says of tables; returns how many are there. */
extern int	binds_violated_reflect(BindsViolated *violated, const char *const *names,
								   int n, BindsReflectedTable **tables);

/* The definition of the table itself; NULL if the engine does not tell. */
extern BindsReflectedTable *binds_violated_definition(BindsViolated *violated);

/* The local relation over a table of the engine's schema; InvalidOid: none. */
extern Oid	binds_violated_relation(BindsViolated *violated, const char *table);

/* The model of a relation, NULL if it has none. */
extern BindsModel *binds_violated_model(BindsViolated *violated, Oid relid);

#endif							/* BINDS_VIOLATION_H */
