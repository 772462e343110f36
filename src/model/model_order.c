/*
 * model_order.c
 *	  The order in which the tables of models are made.
 *
 * Parents, and tables that foreign keys refer to, come first; else it is the order of
 * definition.  Where these form a cycle, foreign keys that lie on one are "late": they are
 * added when all tables are there.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "model/model.h"

/* A model, and what waits for it. */
typedef struct Waiting
{
	Oid			template;
	int			place;			/* in the order of definition */
	int			parents;		/* to be made before it */
	int			referenced;		/* likewise, because of foreign keys */
	bool		done;
	bool		reached;		/* by a walk */
	List	   *children;		/* of places */
	List	   *referencing;	/* of places */
} Waiting;

static void link_nodes(Waiting *nodes, Waiting *const *by_template, int n,
					   BindsModel *const *models, List *const *parents);
static int	compare_templates(const void *a, const void *b);
static Waiting *node_of(Waiting *const *by_template, int n, Oid template);
static int	first_ready(const Waiting *nodes, int n, int from);
static void cut_cycle(BindsModel *const *models, Waiting *nodes,
					  Waiting *const *by_template, int n);
static void reach(Waiting *nodes, int n, const Waiting *from);
static bool mark_late(BindsModel *model, Waiting *node, Waiting *const *by_template,
					  int n);
static int	finish(Waiting *nodes, Waiting *node);

/*
 * Take, again and again, the first model that waits for no other; if all wait, the first
 * that is on a cycle and no child of another, whose keys on cycles then come late.
 */
void
binds_models_order(BindsModel *const *models, List *const *parents, int n, int *order)
{
	Waiting    *nodes = palloc0(sizeof(Waiting) * Max(n, 1));
	Waiting   **by_template = palloc(sizeof(Waiting *) * Max(n, 1));
	int			from = 0;		/* none before it is ready */

	for (int i = 0; i < n; i++)
	{
		nodes[i].template = models[i]->template;
		nodes[i].place = i;
		by_template[i] = &nodes[i];
	}
	qsort(by_template, n, sizeof(Waiting *), compare_templates);
	link_nodes(nodes, by_template, n, models, parents);
	for (int done = 0; done < n;)
	{
		int			next = first_ready(nodes, n, from);

		if (next < n)
		{
			int			first = finish(nodes, &nodes[next]);

			order[done++] = next;
			from = Min(next + 1, first);
		}
		else
		{
			cut_cycle(models, nodes, by_template, n);
			from = 0;
		}
	}
}

static void
link_nodes(Waiting *nodes, Waiting *const *by_template, int n, BindsModel *const *models,
		   List *const *parents)
{
	for (int i = 0; i < n; i++)
	{
		ListCell   *lc;
		Waiting    *other;

		foreach(lc, parents[i])
		{
			other = node_of(by_template, n, lfirst_oid(lc));
			if (other == NULL)
				continue;
			other->children = lappend_int(other->children, i);
			nodes[i].parents++;
		}
		for (int k = 0; k < models[i]->nforeign_keys; k++)
		{
			other = node_of(by_template, n, models[i]->foreign_keys[k].ref_template);
			if (other == NULL || other == &nodes[i])
				continue;
			other->referencing = lappend_int(other->referencing, i);
			nodes[i].referenced++;
		}
	}
}

static int
compare_templates(const void *a, const void *b)
{
	Oid			ta = (*(Waiting *const *) a)->template;
	Oid			tb = (*(Waiting *const *) b)->template;

	return (ta > tb) - (ta < tb);
}

/* NULL: not among them. */
static Waiting *
node_of(Waiting *const *by_template, int n, Oid template)
{
	Waiting		key = {template};
	const Waiting *pkey = &key;
	Waiting    *const *found = bsearch(&pkey, by_template, n, sizeof(Waiting *),
									   compare_templates);

	return found != NULL ? *found : NULL;
}

/* The place of the first that is not done and waits for nothing; n: there is none. */
static int
first_ready(const Waiting *nodes, int n, int from)
{
	int			i = from;

	while (i < n && (nodes[i].done || nodes[i].parents > 0 || nodes[i].referenced > 0))
		i++;
	return i;
}

/*
 * All that are left wait.  Those that are on no cycle wait for one that is, and keep their
 * keys.
 */
static void
cut_cycle(BindsModel *const *models, Waiting *nodes, Waiting *const *by_template, int n)
{
	for (int i = 0; i < n; i++)
	{
		if (nodes[i].done || nodes[i].parents > 0)
			continue;
		CHECK_FOR_INTERRUPTS();
		reach(nodes, n, &nodes[i]);
		if (mark_late(models[i], &nodes[i], by_template, n))
			return;
	}
	elog(ERROR, "models inherit in a cycle");
}

/* Which nodes wait for this one, by way of others as well? */
static void
reach(Waiting *nodes, int n, const Waiting *from)
{
	List	   *todo = list_make1_int(from->place);

	for (int i = 0; i < n; i++)
		nodes[i].reached = false;
	while (todo != NIL)
	{
		const Waiting *node = &nodes[llast_int(todo)];
		List	   *waiting = list_concat_copy(node->children, node->referencing);
		ListCell   *lc;

		todo = list_delete_last(todo);
		foreach(lc, waiting)
		{
			Waiting    *other = &nodes[lfirst_int(lc)];

			if (!other->reached)
				todo = lappend_int(todo, other->place);
			other->reached = true;
		}
		list_free(waiting);
	}
}

/*
 * The keys of a model that refer to one that waits for it come late, so it need not wait
 * for that.  Returns whether there are any.
 */
static bool
mark_late(BindsModel *model, Waiting *node, Waiting *const *by_template, int n)
{
	bool		any = false;

	for (int i = 0; i < model->nforeign_keys; i++)
	{
		BindsModelForeignKey *fk = &model->foreign_keys[i];
		Waiting    *other = node_of(by_template, n, fk->ref_template);

		if (other == NULL || other == node || other->done || !other->reached || fk->late)
			continue;
		fk->late = true;
		other->referencing = list_delete_int(other->referencing, node->place);
		node->referenced--;
		any = true;
	}
	return any;
}

/* A model has its place.  Returns the first place where one may be ready by that. */
static int
finish(Waiting *nodes, Waiting *node)
{
	int			first = PG_INT32_MAX;
	ListCell   *lc;

	node->done = true;
	foreach(lc, node->children)
	{
		nodes[lfirst_int(lc)].parents--;
		first = Min(first, lfirst_int(lc));
	}
	foreach(lc, node->referencing)
	{
		nodes[lfirst_int(lc)].referenced--;
		first = Min(first, lfirst_int(lc));
	}
	return first;
}
