/*
 * model_order.c
 *	  The order in which the tables of models are made.
 *
 * Parents, and tables that foreign keys refer to, come first; else it is the order of
 * definition.  Where foreign keys form a cycle, those that point forward are "late": they
 * are added when all tables are there.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "model/model.h"

/* A model, and what waits for it. */
typedef struct Waiting
{
	Oid			template;
	int			place;			/* in the order of definition */
	int			parents;		/* to be made before it */
	int			referenced;		/* likewise, because of foreign keys */
	bool		done;
	List	   *children;		/* of places */
	List	   *referencing;	/* of places */
} Waiting;

static void link_nodes(Waiting *nodes, Waiting *const *by_template, int n,
					   BindsModel *const *models, List *const *parents);
static int	compare_templates(const void *a, const void *b);
static Waiting *node_of(Waiting *const *by_template, int n, Oid template);
static int	first_ready(const Waiting *nodes, int n, int from, bool foreign_keys);
static void mark_late(BindsModel *model, Waiting *const *by_template, int n);
static int	finish(Waiting *nodes, Waiting *node);

/*
 * Take, again and again, the first model that waits for no other; if all wait, the first
 * that is no child of another, whose foreign keys then come late.
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
	for (int done = 0; done < n; done++)
	{
		int			next = first_ready(nodes, n, from, true);

		from = next + 1;
		if (next == n)
		{
			next = first_ready(nodes, n, 0, false);
			if (next == n)
				elog(ERROR, "models inherit in a cycle");
			mark_late(models[next], by_template, n);
			from = n;
		}
		order[done] = next;
		from = Min(from, finish(nodes, &nodes[next]));
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
first_ready(const Waiting *nodes, int n, int from, bool foreign_keys)
{
	int			i = from;

	while (i < n && (nodes[i].done || nodes[i].parents > 0 ||
					 (foreign_keys && nodes[i].referenced > 0)))
		i++;
	return i;
}

static void
mark_late(BindsModel *model, Waiting *const *by_template, int n)
{
	for (int i = 0; i < model->nforeign_keys; i++)
	{
		BindsModelForeignKey *fk = &model->foreign_keys[i];
		const Waiting *other = node_of(by_template, n, fk->ref_template);

		if (other != NULL && other->template != model->template && !other->done)
			fk->late = true;
	}
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
