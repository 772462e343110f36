/*
 * mysql_noted_types.c
 *	  Which type a column has in its model, where the declaration does not tell.
 *
 * A DATETIME may be of a timestamp or a timestamptz, a LONGTEXT of a text, a jsonb or an
 * array.  create_all notes the type in the column's comment, so that reflect makes the same
 * model again: "binds: timestamptz", after a comment of the model's in parentheses.
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

static bool needs_note(const BindsModelColumn *column);
static char *name_of_type(Oid typid);

char *
binds_mysql_column_comment(const BindsModelColumn *column, int limit)
{
	char	   *note = binds_mysql_type_note(column);
	const char *comment = column->comment;

	if (note == NULL || comment == NULL)
		return comment == NULL ? note :
			pnstrdup(comment, pg_mbcharcliplen(comment, strlen(comment), limit));
	limit -= pg_mbstrlen(note) + 3;
	return psprintf("%.*s (%s)", pg_mbcharcliplen(comment, strlen(comment), limit),
					comment, note);
}

char *
binds_mysql_type_note(const BindsModelColumn *column)
{
	char	   *name;

	if (!needs_note(column))
		return NULL;
	name = name_of_type(column->base_typid);
	for (const char *p = name; GetDatabaseEncoding() == PG_UTF8 && *p != '\0'; p++)
	{
		if ((unsigned char) *p >= 0xF0)
			return NULL;		/* comments have no such characters */
	}
	return psprintf(NOTE_BEGIN "%s", name);
}

/*
 * Would the column be read as another type?  One with a length that the text of its
 * values is all that is left of is not noted: without the length it is another type.
 */
static bool
needs_note(const BindsModelColumn *column)
{
	switch (binds_codec_of_type(column->base_typid, column->typtype))
	{
		case BINDS_CODEC_TIMESTAMPTZ:
		case BINDS_CODEC_INTERVAL:
		case BINDS_CODEC_UUID:
		case BINDS_CODEC_JSONB:
		case BINDS_CODEC_ENUM:
			return true;
		case BINDS_CODEC_TEXT:
			return column->base_typid == NAMEOID;
		case BINDS_CODEC_PRINTED:
			return column->typmod < 0;
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

/*
 * Take the note out of a comment, which is changed; returns the name of the type, NULL if
 * there is none.  Where nothing is left *comment is NULL.
 */
char *
binds_mysql_take_note(char **comment)
{
	char	   *begin = NULL;
	char	   *next = *comment;
	char	   *name;

	if (*comment == NULL)
		return NULL;
	if (strncmp(*comment, NOTE_BEGIN, strlen(NOTE_BEGIN)) == 0)
	{
		name = *comment + strlen(NOTE_BEGIN);
		*comment = NULL;
		return name;
	}
	while ((next = strstr(next, NOTE_BEGIN_LATER)) != NULL)
		begin = next++;
	if (begin == NULL || begin[strlen(begin) - 1] != ')')
		return NULL;
	name = pstrdup(begin + strlen(NOTE_BEGIN_LATER));
	name[strlen(name) - 1] = '\0';
	*begin = '\0';
	return name;
}
