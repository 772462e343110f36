/*
 * warn_differences.c
 *	  What create_all says of tables that it finds there, and that are not what their
 *	  models say.
 *
 * They are compared as by binds.diff, which tells more: here is one WARNING for a table,
 * with what differs by its name.  What the engine has goes before what is here, for a local
 * relation follows its table.
 *
 * Applications call create_all whenever they start, and some for each request: a session is
 * told of a table that it has once, and again when something else differs.  One that becomes
 * the model's now is told of in any case.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_foreign_server.h"
#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "commands/differences.h"
#include "commands/relation.h"
#include "dialect/attempt.h"
#include "dialect/parts.h"
#include "dialect/text.h"

/* of one table, after which only their number is told */
#define MAX_TOLD 20

/* What is said of a table. */
typedef struct Told
{
	StringInfoData columns;
	StringInfoData others;
	StringInfoData notes;		/* sentences, of a table as a whole or of
								 * names */
	int			n;
	int			nleft;
} Told;

/* What differs. */
typedef struct Comparison
{
	BindsWork  *work;
	List	   *rows;			/* of BindsDiffRow; NIL: not compared */
} Comparison;

/* What a session was told last of a template, or of a server: a hash of the words. */
typedef struct Warned
{
	ObjectAddress about;		/* the key; no part of an object */
	uint64		words;
} Warned;

static HTAB *warned = NULL;		/* NULL: nothing was told */

static List *compare(BindsWork *work, bool once);
static bool is_new(Oid classid, Oid objid, const char *words);
static void forget_warning(Oid classid, Oid objid);
static BindsWork *part_that_was_there(const BindsWork *work);
static void compare_step(void *arg);
static void warn_not_compared(const BindsWork *work, const ErrorData *error, bool once);
static void warn_item(const BindsWork *work, const BindsWorkItem *item, List *rows);
static void warn(const BindsWork *work, const BindsWorkItem *item, const Told *told,
				 bool engine);
static bool is_about(const BindsDiffRow *row, const BindsWorkItem *item, bool local);
static bool is_about_column(const Told *told, const BindsWorkItem *item,
							const BindsDiffRow *row);
static bool is_told(const Told *told, const char *column);
static void tell_row(Told *told, const BindsWorkItem *item, const BindsDiffRow *row);
static void tell_misfits(Told *told, const BindsWorkItem *item);
static const BindsMisfit *misfit_of(const BindsWorkItem *item, const char *column);
static const char *column_words(const BindsWorkItem *item, const BindsDiffRow *row);
static bool is_full(Told *told);
static char *part_words(const BindsPart *part);
static char *detail(const Told *told);
static char *hint(const BindsWorkItem *item);

void
binds_work_warn_differences(const BindsWork *work)
{
	BindsWork  *there = part_that_was_there(work);
	List	   *rows;

	if (there->nitems == 0)
		return;
	rows = compare(there, true);
	for (int i = 0; i < there->nitems; i++)
		warn_item(work, &there->items[i], rows);
}

static BindsWork *
part_that_was_there(const BindsWork *work)
{
	BindsWork  *there = palloc(sizeof(BindsWork));

	*there = *work;
	there->items = palloc(sizeof(BindsWorkItem) * Max(work->nitems, 1));
	there->nitems = 0;
	for (int i = 0; i < work->nitems; i++)
	{
		const BindsWorkItem *item = &work->items[i];

		if (item->created ? item->was_here : item->present || OidIsValid(item->relid))
			there->items[there->nitems++] = *item;
	}
	return there;
}

/*
 * Tables can be there and of use though an engine does not let them be compared, for want
 * of a right or of a statement that makes the like.
 */
List *
binds_work_compare(BindsWork *work)
{
	return compare(work, false);
}

/* once: do not tell a session again that they cannot. */
static List *
compare(BindsWork *work, bool once)
{
	Comparison	comparison = {work};
	ErrorData  *error;

	if (work->bind->dialect == NULL)
		return binds_differences(work, true, NIL);
	error = binds_attempt(compare_step, &comparison);
	if (error != NULL)
		warn_not_compared(work, error, once);
	else
		forget_warning(ForeignServerRelationId, work->bind->serverid);
	return comparison.rows;
}

/* For binds_attempt. */
static void
compare_step(void *arg)
{
	Comparison *comparison = arg;

	comparison->rows = binds_differences(comparison->work, true, NIL);
}

/* Raises an error that is not about the statements alone. */
static void
warn_not_compared(const BindsWork *work, const ErrorData *error, bool once)
{
	int			category = ERRCODE_TO_CATEGORY(error->sqlerrcode);

	if (category != ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION &&
		category != ERRCODE_FEATURE_NOT_SUPPORTED && category != ERRCODE_FDW_ERROR &&
		category != ERRCODE_DATA_EXCEPTION)
		ReThrowError(unconstify(ErrorData *, error));
	if (!is_new(ForeignServerRelationId, work->bind->serverid, error->message) && once)
		return;
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("tables of bind \"%s\" are not compared with their models",
					work->bind->key),
			 errdetail_internal("%s%s%s", error->message, error->detail ? ": " : "",
								error->detail ? error->detail : ""),
			 error->hint ? errhint("%s", error->hint) : 0));
}

/* ------------------------------------------------------------------------
 * A table
 * ------------------------------------------------------------------------ */

static void
warn_item(const BindsWork *work, const BindsWorkItem *item, List *rows)
{
	const BindsBind *bind = work->bind;
	Told		told = {.n = 0};
	bool		engine = item->misfits != NIL;
	ListCell   *lc;

	initStringInfo(&told.columns);
	initStringInfo(&told.others);
	initStringInfo(&told.notes);
	foreach(lc, rows)
		engine |= bind->dialect != NULL && is_about(lfirst(lc), item, false);
	foreach(lc, rows)
	{
		if (is_about(lfirst(lc), item, !engine))
			tell_row(&told, item, lfirst(lc));
	}
	/* columns that the engine keeps alike */
	foreach(lc, rows)
	{
		if (engine && is_about_column(&told, item, lfirst(lc)))
			tell_row(&told, item, lfirst(lc));
	}
	tell_misfits(&told, item);
	if (told.n == 0)
		forget_warning(RelationRelationId, item->model->template);
	else if (is_new(RelationRelationId, item->model->template, detail(&told)) ||
			 strcmp(item->action, "exists") != 0)
		warn(work, item, &told, engine);
}

/* engine: its table differs, else what is here. */
static void
warn(const BindsWork *work, const BindsWorkItem *item, const Told *told, bool engine)
{
	const BindsBind *bind = work->bind;

	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 engine ?
			 errmsg("table \"%s\" of bind \"%s\" does not fit its model",
					item->model->name, bind->key) :
			 errmsg("relation \"%s\" does not fit model \"%s\" on %s",
					item->row->local_name, item->model->name,
					binds_bind_words(bind->key)),
			 errdetail_internal("%s", detail(told)),
			 errhint("%s", hint(item))));
}

/*
 * Is that not what the session was told last of an object?  Notes it, but where neither a
 * client nor the log is told of it now.
 */
static bool
is_new(Oid classid, Oid objid, const char *words)
{
	ObjectAddress about = {classid, objid, 0};
	uint64		hash = hash_bytes_extended((const unsigned char *) words,
										   strlen(words), 0);
	Warned	   *entry;
	bool		found;

	if (!message_level_is_interesting(WARNING))
		return true;
	if (warned == NULL)
	{
		HASHCTL		control = {
			.keysize = sizeof(ObjectAddress),
			.entrysize = sizeof(Warned),
			.hcxt = TopMemoryContext,
		};

		warned = hash_create("binds differences told", 32, &control,
							 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	}
	entry = hash_search(warned, &about, HASH_ENTER, &found);
	if (found && entry->words == hash)
		return false;
	entry->words = hash;
	return true;
}

/* An object is as it should be: what it will lack later is new. */
static void
forget_warning(Oid classid, Oid objid)
{
	ObjectAddress about = {classid, objid, 0};

	if (warned != NULL)
		hash_search(warned, &about, HASH_REMOVE, NULL);
}

/* local: about what is here, else in the engine. */
static bool
is_about(const BindsDiffRow *row, const BindsWorkItem *item, bool local)
{
	return row->item == item && !row->missing &&
		(local || row->place < BINDS_PLACE_LOCAL);
}

/* Is a row about a column that nothing was told of? */
static bool
is_about_column(const Told *told, const BindsWorkItem *item, const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;
	const BindsPart *part;

	if (!is_about(row, item, true) || difference == NULL)
		return false;
	part = difference->expected != NULL ? difference->expected : difference->found;
	return part->kind == BINDS_PART_COLUMN && !is_told(told, part->name);
}

static bool
is_told(const Told *told, const char *column)
{
	return strstr(told->columns.data, psprintf("\"%s\" (", column)) != NULL;
}

static void
tell_row(Told *told, const BindsWorkItem *item, const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;
	const BindsPart *part;
	const char *words;

	if (is_full(told))
		return;
	if (difference == NULL)
	{
		appendStringInfo(&told->notes, "%s%c%s: %s.", told->notes.len > 0 ? " " : "",
						 pg_toupper((unsigned char) row->kind[0]), row->kind + 1,
						 row->note);
		return;
	}
	part = difference->expected != NULL ? difference->expected : difference->found;
	if (part->kind == BINDS_PART_COLUMN)
	{
		binds_text_list_addf(&told->columns, "\"%s\" (%s)", part->name,
							 column_words(item, row));
		return;
	}
	words = difference->found == NULL ? "missing" :
		difference->expected == NULL ? "not in the model" : "different";
	binds_text_list_addf(&told->others, "%s (%s)", part_words(part), words);
}

/* Those that are no difference in the engine's spelling. */
static void
tell_misfits(Told *told, const BindsWorkItem *item)
{
	ListCell   *lc;

	foreach(lc, item->misfits)
	{
		const BindsMisfit *misfit = lfirst(lc);

		if (!is_told(told, misfit->column) && !is_full(told))
			binds_text_list_addf(&told->columns, "\"%s\" (%s)", misfit->column, misfit->words);
	}
}

static const BindsMisfit *
misfit_of(const BindsWorkItem *item, const char *column)
{
	ListCell   *lc;

	foreach(lc, item->misfits)
	{
		if (strcmp(((BindsMisfit *) lfirst(lc))->column, column) == 0)
			return lfirst(lc);
	}
	return NULL;
}

/* What is to be said of a column: its types, where these differ. */
static const char *
column_words(const BindsWorkItem *item, const BindsDiffRow *row)
{
	const BindsDifference *difference = row->difference;
	const char *words;
	const BindsMisfit *misfit;
	Oid			relid;
	int			column;

	if (difference->found == NULL)
		return "missing";
	if (difference->expected == NULL)
		return "not in the model";
	misfit = misfit_of(item, difference->expected->name);
	if (misfit != NULL)
		return misfit->words;
	relid = binds_model_relation(item->row);
	column = binds_model_column(item->model, difference->expected->name);
	if (!OidIsValid(relid) || column < 0)
		return "different";
	words = binds_relation_column_misfit(&item->model->columns[column], relid);
	return words != NULL ? words : "different";
}

/* Have enough been told?  Counts one. */
static bool
is_full(Told *told)
{
	if (told->n++ < MAX_TOLD)
		return false;
	told->nleft++;
	return true;
}

/* A part that is no column, by its name, or where it has none by a clipped text. */
static char *
part_words(const BindsPart *part)
{
	const char *kind = binds_part_words(part->kind);
	int			length = strlen(part->text);
	int			clipped = pg_mbcliplen(part->text, length, NAMEDATALEN);

	switch (part->kind)
	{
		case BINDS_PART_COMMENT:
			return part->name != NULL ? psprintf("comment of column \"%s\"", part->name) :
				pstrdup(kind);
		case BINDS_PART_UNIQUE_KEY:
		case BINDS_PART_INDEX:
		case BINDS_PART_CHECK:
		case BINDS_PART_FOREIGN_KEY:
			return part->name != NULL ? psprintf("%s \"%s\"", kind, part->name) :
				pnstrdup(part->text, clipped);
		default:
			return pstrdup(kind);
	}
}

static char *
detail(const Told *told)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, told->notes.data);
	if (told->columns.len > 0)
		appendStringInfo(&buf, "%sColumns that differ: %s.", buf.len > 0 ? " " : "",
						 told->columns.data);
	if (told->others.len > 0)
		appendStringInfo(&buf, "%s%s: %s.", buf.len > 0 ? " " : "",
						 told->columns.len > 0 ? "And" : "What differs", told->others.data);
	if (told->nleft > 0)
		appendStringInfo(&buf, " And %d more.", told->nleft);
	return buf.data;
}

static char *
hint(const BindsWorkItem *item)
{
	StringInfoData fitting;
	StringInfoData wide;
	ListCell   *lc;

	initStringInfo(&fitting);
	initStringInfo(&wide);
	foreach(lc, item->misfits)
	{
		const BindsMisfit *misfit = lfirst(lc);

		if (misfit->fitting == NULL)
			continue;
		binds_text_list_addf(&fitting, "\"%s\" %s", misfit->column, misfit->fitting);
		binds_text_list_addf(&wide, "\"%s\" %s", misfit->column, misfit->wide);
	}
	if (fitting.len == 0)
		return pstrdup("binds.diff tells all of it, and binds.upgrade makes tables what their models say.");
	return psprintf("What they do not keep is refused. Types that fit are in the model %s, or in the table %s; binds.diff tells all of it, and binds.upgrade makes tables what their models say.",
					fitting.data, wide.data);
}
