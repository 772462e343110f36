/*
 * parts.c
 *	  Definitions of tables as lists of parts, and what two of them do not have in common.
 *
 * Both sides are in one spelling, so parts are compared as texts.  Nothing here knows
 * whether that is an engine's or PostgreSQL's.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/parts.h"

/* How surely two parts are the same one. */
typedef enum Closeness
{
	CLOSE_SAME,					/* in name and meaning */
	CLOSE_PLACE,				/* in meaning, and where they stand: in a
								 * column's definition, or beside it */
	CLOSE_MEANING,				/* in meaning, and the name does not matter */
	CLOSE_NAME					/* in name, or the only ones of their kind */
} Closeness;

static bool is_close(const BindsPart *found, const BindsPart *expected,
					 Closeness closeness, bool folds, int apart);
static bool is_extra(const BindsPart *part, const BindsTableParts *expected, bool folds);
static bool goes_with_column(const BindsPart *part, const BindsTableParts *expected,
							 bool folds);
static bool same_names(const BindsPart *a, const BindsPart *b, bool folds);
static bool is_only_one(BindsPartKind kind);
static bool is_key(const BindsPart *part);
static bool has_text(List *texts, const char *text);
static int	rank_of(const BindsDifference *difference);
static int	compare_ranks(const void *a, const void *b);

BindsPart *
binds_part_add(BindsTableParts *definition, BindsPartKind kind, const char *name,
			   const char *text, const char *same)
{
	int			n = definition->nparts;
	BindsPart  *part;

	if (n == 0)
		definition->parts = palloc(sizeof(BindsPart) * 8);
	else if (n >= 8 && (n & (n - 1)) == 0)
		definition->parts = repalloc(definition->parts, sizeof(BindsPart) * n * 2);
	part = &definition->parts[definition->nparts++];
	part->kind = kind;
	part->name = name;
	part->text = text;
	part->same = same != NULL ? same : text;
	part->type = NULL;
	part->column = NULL;
	part->computed = false;
	part->from_later = false;
	part->any_name = false;
	part->core = NIL;
	return part;
}

const BindsPart *
binds_part_find(const BindsTableParts *definition, BindsPartKind kind, const char *name)
{
	for (int i = 0; i < definition->nparts; i++)
	{
		const BindsPart *part = &definition->parts[i];

		if (part->kind == kind && part->name != NULL && strcmp(part->name, name) == 0)
			return part;
	}
	return NULL;
}

int
binds_parts_compare(const BindsTableParts *found, const BindsTableParts *expected,
					bool folds, int apart, BindsDifference **result)
{
	bool	   *matched = palloc0(sizeof(bool) * Max(found->nparts, 1));
	const BindsPart **partner = palloc0(sizeof(BindsPart *) * Max(expected->nparts, 1));
	int			n = 0;

	for (int closeness = CLOSE_SAME; closeness <= CLOSE_NAME; closeness++)
	{
		for (int i = 0; i < expected->nparts; i++)
		{
			for (int j = 0; j < found->nparts && partner[i] == NULL; j++)
			{
				if (matched[j] || !is_close(&found->parts[j], &expected->parts[i],
											closeness, folds, apart))
					continue;
				matched[j] = true;
				partner[i] = &found->parts[j];
			}
		}
	}
	*result = palloc0(sizeof(BindsDifference) *
					  Max(found->nparts + expected->nparts, 1));
	for (int j = 0; j < found->nparts; j++)
	{
		if (matched[j] || goes_with_column(&found->parts[j], expected, folds))
			continue;
		(*result)[n].found = &found->parts[j];
		(*result)[n++].extra = is_extra(&found->parts[j], expected, folds);
	}
	for (int i = 0; i < expected->nparts; i++)
	{
		if (partner[i] != NULL && strcmp(partner[i]->same, expected->parts[i].same) == 0)
			continue;
		(*result)[n].found = partner[i];
		(*result)[n++].expected = &expected->parts[i];
	}
	qsort(*result, n, sizeof(BindsDifference), compare_ranks);
	return n;
}

static bool
is_close(const BindsPart *found, const BindsPart *expected, Closeness closeness,
		 bool folds, int apart)
{
	bool		same = strcmp(found->same, expected->same) == 0;

	if (found->kind != expected->kind)
		return false;
	if (is_only_one(found->kind))
		return closeness == CLOSE_NAME;
	if (found->kind == BINDS_PART_COMMENT)
		return closeness == CLOSE_NAME && same_names(found, expected, folds);
	switch (closeness)
	{
		case CLOSE_SAME:
			return same && same_names(found, expected, folds);
		case CLOSE_PLACE:
			if ((found->column == NULL) != (expected->column == NULL))
				return false;
			/* FALLTHROUGH */
		case CLOSE_MEANING:
			return same && found->any_name && expected->any_name;
		case CLOSE_NAME:
			return same_names(found, expected, folds) && found->name != NULL &&
				(apart & BINDS_PART_BIT(found->kind)) == 0;
	}
	return false;
}

/*
 * Has the model nothing in the place of a part that it has not: no other one of this kind
 * and name, and no text or properties of the table that say so?
 */
static bool
is_extra(const BindsPart *part, const BindsTableParts *expected, bool folds)
{
	if (part->kind == BINDS_PART_STORAGE || part->kind == BINDS_PART_COMMENT)
		return false;
	for (int i = 0; i < expected->nparts && part->name != NULL; i++)
	{
		if (expected->parts[i].kind == part->kind &&
			same_names(part, &expected->parts[i], folds))
			return false;
	}
	return true;
}

/* Is it the comment, or the check in the definition, of a column that the model has not? */
static bool
goes_with_column(const BindsPart *part, const BindsTableParts *expected, bool folds)
{
	BindsPart	column = {BINDS_PART_COLUMN};

	column.name = part->kind == BINDS_PART_COMMENT ? part->name :
		part->kind == BINDS_PART_CHECK ? part->column : NULL;
	if (column.name == NULL)
		return false;
	for (int i = 0; i < expected->nparts; i++)
	{
		if (expected->parts[i].kind == BINDS_PART_COLUMN &&
			same_names(&column, &expected->parts[i], folds))
			return false;
	}
	return true;
}

static bool
same_names(const BindsPart *a, const BindsPart *b, bool folds)
{
	if (a->name == NULL || b->name == NULL)
		return a->name == b->name;
	return strcmp(a->name, b->name) == 0 ||
		(folds && pg_strcasecmp(a->name, b->name) == 0);
}

/* Has a table at most one part of this kind, whatever it is called? */
static bool
is_only_one(BindsPartKind kind)
{
	return kind == BINDS_PART_STORAGE || kind == BINDS_PART_PRIMARY_KEY;
}

/*
 * What refers to others goes before them and comes after them: keys, indexes, checks and
 * computed columns need columns, as they are to be, and the columns that they need cannot
 * go.  What loses values is last: no other statement fails then.
 */
static int
rank_of(const BindsDifference *difference)
{
	const BindsPart *part = difference->expected ? difference->expected :
		difference->found;
	bool		extra = difference->expected == NULL;
	bool		missing = difference->found == NULL;

	switch (part->kind)
	{
		case BINDS_PART_FOREIGN_KEY:
			return extra ? 0 : 15;
		case BINDS_PART_STORAGE:
			return 1;
		case BINDS_PART_CHECK:
			return extra ? 2 : 14;
		case BINDS_PART_INDEX:
		case BINDS_PART_UNIQUE_KEY:
			return extra ? 3 : 13;
		case BINDS_PART_PRIMARY_KEY:
			return extra ? 4 : 12;
		case BINDS_PART_COLUMN:
			if (extra)
				return part->computed ? 5 : 16;
			/* those that come do so in their order: SELECT * shows it */
			if (missing)
				return part->from_later ? 9 : 7;
			return part->computed ? 8 : 6;
		case BINDS_PART_COMMENT:
			return 11;
	}
	return 17;
}

static int
compare_ranks(const void *a, const void *b)
{
	const BindsDifference *da = a;
	const BindsDifference *db = b;
	int			ra = rank_of(da);
	int			rb = rank_of(db);
	const char *na = (da->expected ? da->expected : da->found)->name;
	const char *nb = (db->expected ? db->expected : db->found)->name;

	if (ra != rb)
		return ra - rb;
	/* columns as the model has them, which are those in its array */
	if (ra >= 6 && ra <= 9)
		return da->expected < db->expected ? -1 : 1;
	return strcmp(na != NULL ? na : "", nb != NULL ? nb : "");
}

bool
binds_part_stands_for(const BindsPart *part, const BindsPart *other)
{
	ListCell   *lc;

	if (part->kind != other->kind && !(is_key(part) && is_key(other)))
		return false;
	if (other->kind == BINDS_PART_STORAGE)
		return true;
	if (other->kind != BINDS_PART_COLUMN && (part->core == NIL || other->core == NIL))
		return strcmp(part->same, other->same) == 0;
	foreach(lc, other->core)
	{
		if (!has_text(part->core, lfirst(lc)))
			return false;
	}
	return true;
}

static bool
is_key(const BindsPart *part)
{
	return part->kind == BINDS_PART_PRIMARY_KEY || part->kind == BINDS_PART_UNIQUE_KEY;
}

static bool
has_text(List *texts, const char *text)
{
	ListCell   *lc;

	foreach(lc, texts)
	{
		if (strcmp(lfirst(lc), text) == 0)
			return true;
	}
	return false;
}

const char *
binds_part_words(BindsPartKind kind)
{
	switch (kind)
	{
		case BINDS_PART_STORAGE:
			return "storage";
		case BINDS_PART_COLUMN:
			return "column";
		case BINDS_PART_PRIMARY_KEY:
			return "primary key";
		case BINDS_PART_UNIQUE_KEY:
			return "unique key";
		case BINDS_PART_INDEX:
			return "index";
		case BINDS_PART_CHECK:
			return "check";
		case BINDS_PART_FOREIGN_KEY:
			return "foreign key";
		case BINDS_PART_COMMENT:
			return "comment";
	}
	return "part";
}

void
binds_difference_note(BindsDifference *difference, const char *clause)
{
	difference->note = difference->note == NULL ? pstrdup(clause) :
		psprintf("%s; %s", difference->note, clause);
}
