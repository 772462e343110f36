/*
 * leftovers.c
 *	  Tables that an aborted transaction has left, and what can go of them.
 *
 * A table can be dropped that holds no rows, and that no table refers to which stays.  The
 * foreign keys between those that go are the engine's own, whoever made them, for models
 * know neither the keys of other clients nor in which order the tables are dropped.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "transaction/leftovers.h"

static void look_at(BindsLeftovers *left, BindsDriverConn *conn, const char *table);
static bool is_stale(const BindsLeftovers *left, const BindsClaim *claim);
static bool keep_referred(BindsLeftovers *left, const BindsReference *references,
						  int nreferences);
static bool keep_anchors(BindsLeftovers *left);

void
binds_leftovers_read(BindsDriverConn *conn, void *arg)
{
	BindsLeftovers *left = arg;
	const BindsClaims *request = left->request;
	BindsReference *references;
	int			nreferences;

	left->tables = palloc0(sizeof(BindsLeftover) * Max(request->ncomments, 1));
	for (int i = 0; i < request->ncomments; i++)
		look_at(left, conn, request->comments[i].table);
	if (left->ntables == 0)
		return;
	nreferences = request->dialect->references(conn, request->bind_key, request->schema,
											   &references);
	while (keep_referred(left, references, nreferences) || keep_anchors(left))
		 /* one that stays may keep others */ ;
	for (int i = 0; i < nreferences; i++)
	{
		const BindsLeftover *to = binds_leftovers_find(left, references[i].ref_table);

		/* what refers to it goes as well, or it would not go */
		if (to != NULL && to->going && binds_leftovers_find(left, references[i].table) != to)
			left->keys = lappend(left->keys, &references[i]);
	}
}

/* Add a table if it is one. */
static void
look_at(BindsLeftovers *left, BindsDriverConn *conn, const char *table)
{
	const BindsClaims *request = left->request;
	BindsClaim	claim = {0};
	BindsMarkQuestion question = {request->dialect, request->bind_key, request->schema,
	table};
	BindsLeftover *leftover;

	binds_claim_find(request, table, &claim);
	if (claim.comment == NULL || !claim.timely || !is_stale(left, &claim))
		return;
	question.mark = claim.comment;
	question.anchor = claim.anchor;
	question.rows = true;
	binds_claim_ask(conn, &question);
	leftover = &left->tables[left->ntables++];
	leftover->table = table;
	leftover->anchor = claim.anchor;
	leftover->rows = question.marked && !question.empty;
	leftover->going = question.marked && question.empty;
}

/* Is it the mark of a table that must go? */
static bool
is_stale(const BindsLeftovers *left, const BindsClaim *claim)
{
	for (int i = 0; i < left->request->ntables; i++)
	{
		if (left->claims[i].stale && strcmp(left->claims[i].comment, claim->comment) == 0)
			return true;
	}
	return false;
}

/* Keep what a table refers to that stays.  Returns whether there was one. */
static bool
keep_referred(BindsLeftovers *left, const BindsReference *references, int nreferences)
{
	bool		kept = false;

	for (int i = 0; i < nreferences; i++)
	{
		BindsLeftover *to = binds_leftovers_find(left, references[i].ref_table);
		const BindsLeftover *from = references[i].schema != NULL ? NULL :
			binds_leftovers_find(left, references[i].table);

		if (to == NULL || !to->going || (from != NULL && from->going))
			continue;
		to->going = false;
		to->referring = references[i].table;
		kept = true;
	}
	return kept;
}

/* Keep what speaks for a table that stays.  Returns whether there was one. */
static bool
keep_anchors(BindsLeftovers *left)
{
	bool		kept = false;

	for (int i = 0; i < left->ntables; i++)
	{
		BindsLeftover *anchor = left->tables[i].anchor == NULL ? NULL :
			binds_leftovers_find(left, left->tables[i].anchor);

		if (left->tables[i].going || anchor == NULL || !anchor->going)
			continue;
		anchor->going = false;
		kept = true;
	}
	return kept;
}

BindsLeftover *
binds_leftovers_find(const BindsLeftovers *left, const char *table)
{
	for (int i = 0; i < left->ntables; i++)
	{
		if (binds_table_is_among(left->request->dialect, left->tables[i].table, &table, 1))
			return &left->tables[i];
	}
	return NULL;
}
