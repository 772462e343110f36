/*
 * reflected_order.c
 *	  In which order tables that are reflected are defined, so that foreign keys can be part
 *	  of CREATE TABLE.
 *
 * PostgreSQL looks for rows that break a foreign key which is added to a table, be it empty,
 * and plans two queries for that.  Of one that comes with its table it knows that there
 * are none.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "commands/reflected_order.h"
#include "dialect/reflected.h"

/* so deep is looked for what comes before; none would be wrong, only slower */
#define DEPTH_MAX 200

/* What is known of a table. */
typedef enum State
{
	STATE_NEW,
	STATE_REACHED,				/* what it refers to comes first */
	STATE_DONE					/* it has its place */
} State;

typedef struct Ordering
{
	BindsReflectedTable *const *tables;
	int			ntables;
	BindsReflectedTable *const **by_name;	/* places in "tables" */
	State	   *states;
	int		   *order;
	int			nordered;
} Ordering;

static int	compare_names(const void *a, const void *b);
static int	place_of(const Ordering *ordering, const char *name);
static void visit(Ordering *ordering, int place, int depth);
static bool refers_to_key(const BindsReflectedTable *table,
						  const BindsReflectedForeignKey *key);
static bool same_columns(const BindsReflectedKey *key,
						 const BindsReflectedForeignKey *foreign_key);

/*
 * The order is that of the tables, but for those that others refer to.  A table that does
 * so in a cycle has a key that is not early.
 */
void
binds_reflected_order(BindsReflectedTable *const *tables, int ntables, int *order)
{
	Ordering	ordering = {tables, ntables};

	ordering.by_name = palloc(sizeof(*ordering.by_name) * Max(ntables, 1));
	ordering.states = palloc0(sizeof(State) * Max(ntables, 1));
	ordering.order = order;
	for (int i = 0; i < ntables; i++)
		ordering.by_name[i] = &tables[i];
	qsort(ordering.by_name, ntables, sizeof(*ordering.by_name), compare_names);
	for (int i = 0; i < ntables; i++)
	{
		if (ordering.states[i] == STATE_NEW)
			visit(&ordering, i, 0);
	}
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp((**(BindsReflectedTable *const *const *) a)->name,
				  (**(BindsReflectedTable *const *const *) b)->name);
}

/* -1: no table that is defined has this name. */
static int
place_of(const Ordering *ordering, const char *name)
{
	BindsReflectedTable named = {.name = unconstify(char *, name)};
	BindsReflectedTable *table = &named;
	BindsReflectedTable *const *key = &table;
	BindsReflectedTable *const **found;

	found = bsearch(&key, ordering->by_name, ordering->ntables,
					sizeof(*ordering->by_name), compare_names);
	return found == NULL ? -1 : (int) (*found - ordering->tables);
}

/* Give a table its place, after those that it refers to. */
static void
visit(Ordering *ordering, int place, int depth)
{
	BindsReflectedTable *table = ordering->tables[place];

	check_stack_depth();
	ordering->states[place] = STATE_REACHED;
	for (int i = 0; i < table->nforeign_keys; i++)
	{
		BindsReflectedForeignKey *key = &table->foreign_keys[i];
		int			other = place_of(ordering, key->ref_table);

		key->early = false;
		if (other < 0 || !binds_reflected_fits(key->ncolumns) ||
			!refers_to_key(ordering->tables[other], key))
			continue;
		if (ordering->states[other] == STATE_NEW && depth < DEPTH_MAX)
			visit(ordering, other, depth + 1);
		key->early = other == place || ordering->states[other] == STATE_DONE;
	}
	ordering->states[place] = STATE_DONE;
	ordering->order[ordering->nordered++] = place;
}

/* Is what a foreign key refers to a key that the model of the table has? */
static bool
refers_to_key(const BindsReflectedTable *table, const BindsReflectedForeignKey *key)
{
	for (int i = 0; i < table->nkeys; i++)
	{
		if (table->keys[i].ncolumns == key->ncolumns &&
			binds_reflected_in_model(table, &table->keys[i]) &&
			same_columns(&table->keys[i], key))
			return true;
	}
	return false;
}

/* In any order.  A foreign key that names no columns refers to the primary key. */
static bool
same_columns(const BindsReflectedKey *key, const BindsReflectedForeignKey *foreign_key)
{
	if (foreign_key->ref_columns == NULL)
		return key->primary && key->guaranteed;
	for (int i = 0; i < foreign_key->ncolumns; i++)
	{
		bool		found = false;

		for (int j = 0; j < key->ncolumns && !found; j++)
			found = strcmp(key->columns[j], foreign_key->ref_columns[i]) == 0;
		if (!found)
			return false;
	}
	return true;
}
