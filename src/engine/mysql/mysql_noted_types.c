/*
 * mysql_noted_types.c
 *	  Which type a column has in its model, where the declaration does not tell.
 *
 * A DATETIME may be of a timestamp or a timestamptz, a LONGTEXT of a text, a jsonb or an
 * array.  create_all notes the type in the column's comment, so that reflect makes the same
 * model again: "binds: timestamptz", after a comment of the model's in parentheses.  A
 * domain follows its type after a semicolon, or stands alone where the declaration tells
 * the type: "binds: varbit(9); domain public.flags".
 *
 * A comment of the model's that looks like a note, or like one with a note behind it, gets a
 * note in any case, an empty one if there is nothing to say: what stands last is ours.
 *
 * What is noted was written by whoever may write there: it is taken for names and numbers
 * only.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "engine/mysql/mysql_dialect.h"
#include "model/model.h"
#include "value/value.h"

#define NOTE_BEGIN	"binds: "
#define NOTE_BEGIN_LATER	" (" NOTE_BEGIN
#define NOTE_BETWEEN	"; "
#define NOTE_DOMAIN		"domain "

static const char *column_note(const BindsModelColumn *column);
static bool is_like_note(const char *comment);
static char *type_note(const BindsModelColumn *column);
static void add_part(StringInfo note, const char *part);
static bool needs_note(const BindsModelColumn *column);
static char *name_of_type(Oid typid);
static char *find_note(char **comment);
static char *end_of_part(char *part);

char *
binds_mysql_column_comment(const BindsModelColumn *column, int limit)
{
	const char *note = column_note(column);
	const char *comment = column->comment;

	if (comment == NULL)
		return note != NULL ? pstrdup(note) : NULL;
	limit = binds_mysql_comment_room(column, limit);
	return psprintf("%.*s%s%s%s", pg_mbcharcliplen(comment, strlen(comment), limit), comment,
					note != NULL ? " (" : "", note != NULL ? note : "",
					note != NULL ? ")" : "");
}

int
binds_mysql_comment_room(const BindsModelColumn *column, int limit)
{
	const char *note = column_note(column);

	return note != NULL ? limit - (pg_mbstrlen(note) + 3) : limit;
}

static const char *
column_note(const BindsModelColumn *column)
{
	const char *note = type_note(column);

	return note != NULL || column->comment == NULL || !is_like_note(column->comment) ? note :
		NOTE_BEGIN;
}

/* What would be taken for a note if it stood alone. */
static bool
is_like_note(const char *comment)
{
	return strncmp(comment, NOTE_BEGIN, strlen(NOTE_BEGIN)) == 0 ||
		(strstr(comment, NOTE_BEGIN_LATER) != NULL && comment[strlen(comment) - 1] == ')');
}

static char *
type_note(const BindsModelColumn *column)
{
	StringInfoData note;

	initStringInfo(&note);
	if (needs_note(column))
		add_part(&note, psprintf("%s%s", name_of_type(column->base_typid),
		/* the engine tells those of a moment */
								 column->base_typid == TIMESTAMPTZOID ? "" :
								 binds_model_typmod_text(column->base_typid, column->typmod)));
	if (get_typtype(column->typid) == TYPTYPE_DOMAIN)
		add_part(&note, psprintf(NOTE_DOMAIN "%s", name_of_type(column->typid)));
	return note.len > 0 ? note.data : NULL;
}

/* One that a comment cannot have is left out. */
static void
add_part(StringInfo note, const char *part)
{
	for (const char *p = part; GetDatabaseEncoding() == PG_UTF8 && *p != '\0'; p++)
	{
		if ((unsigned char) *p >= 0xF0)
			return;				/* comments have no such characters */
	}
	appendStringInfo(note, "%s%s", note->len == 0 ? NOTE_BEGIN : NOTE_BETWEEN, part);
}

/*
 * Would the column be read as another type?  One with a modifier that only its own type
 * understands is not noted: without that it is another type.
 */
static bool
needs_note(const BindsModelColumn *column)
{
	int32		typmod;

	switch (binds_codec_of_type(column->base_typid, column->typtype))
	{
		case BINDS_CODEC_TIMESTAMPTZ:
		case BINDS_CODEC_INTERVAL:
		case BINDS_CODEC_UUID:
		case BINDS_CODEC_JSONB:
		case BINDS_CODEC_ENUM:
			return true;
		case BINDS_CODEC_TEXT:
			return column->base_typid == NAMEOID ||
				(column->base_typid == VARCHAROID &&
				 (column->typmod < 0 || column->typmod - (int32) VARHDRSZ > MY_VARCHAR_MAX));
		case BINDS_CODEC_PRINTED:
			return column->typmod < 0 ||
				binds_model_read_typmod(column->base_typid,
										binds_model_typmod_text(column->base_typid,
																column->typmod), &typmod);
		default:
			return false;
	}
}

/* As in the catalogs, with its schema unless it is PostgreSQL's own. */
static char *
name_of_type(Oid typid)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(typid));
	Form_pg_type form;
	char	   *name;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", typid);
	form = (Form_pg_type) GETSTRUCT(tuple);
	name = form->typnamespace == PG_CATALOG_NAMESPACE ? pstrdup(NameStr(form->typname)) :
		quote_qualified_identifier(get_namespace_name(form->typnamespace),
								   NameStr(form->typname));
	ReleaseSysCache(tuple);
	return name;
}

/* Take the note out of a column's comment, and what it says into the column. */
void
binds_mysql_take_note(BindsReflectedColumn *column)
{
	char	   *whole = column->comment;
	char	   *part = find_note(&column->comment);

	if (part == NULL)
		return;
	if (*part == '\0')
	{
		/* behind anything else it is none of ours */
		if (column->comment == NULL || !is_like_note(column->comment))
			column->comment = whole;
		return;
	}
	column->noted_comment = whole;
	while (part != NULL)
	{
		char	   *end = end_of_part(part);
		bool		last = *end == '\0';

		*end = '\0';
		if (strncmp(part, NOTE_DOMAIN, strlen(NOTE_DOMAIN)) == 0)
			column->noted_domain = part + strlen(NOTE_DOMAIN);
		else
			column->noted_type = part;
		part = last ? NULL : end + strlen(NOTE_BETWEEN);
	}
}

/*
 * The note in a comment, a copy; NULL if there is none.  *comment is what stands before it
 * then, NULL if nothing does.
 */
static char *
find_note(char **comment)
{
	char	   *begin = NULL;
	char	   *next = *comment;
	char	   *note;

	if (*comment == NULL)
		return NULL;
	while ((next = strstr(next, NOTE_BEGIN_LATER)) != NULL)
		begin = next++;
	if (begin == NULL || begin[strlen(begin) - 1] != ')')
	{
		if (strncmp(*comment, NOTE_BEGIN, strlen(NOTE_BEGIN)) != 0)
			return NULL;
		note = pstrdup(*comment + strlen(NOTE_BEGIN));
		*comment = NULL;
		return note;
	}
	note = pstrdup(begin + strlen(NOTE_BEGIN_LATER));
	note[strlen(note) - 1] = '\0';
	*comment = pnstrdup(*comment, begin - *comment);
	return note;
}

/* Where a part of a note ends: names may be quoted. */
static char *
end_of_part(char *part)
{
	bool		quoted = false;

	for (; *part != '\0'; part++)
	{
		quoted ^= *part == '"';
		if (!quoted && strncmp(part, NOTE_BETWEEN, strlen(NOTE_BETWEEN)) == 0)
			break;
	}
	return part;
}
