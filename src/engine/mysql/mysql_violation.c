/*
 * mysql_violation.c
 *	  Which constraint a row violates, by the words of MySQL and MariaDB.
 *
 * Messages are cut, so a foreign key may be told in part, and a server may be set up to say
 * them in another language.  MySQL tells the table of a key ('t.key'), MariaDB does not; but
 * it may be one of that name in another database.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/error.h"
#include "engine/mysql/mysql_dialect.h"

static void read_key(const char *message, const char *table, BindsViolation *violation);
static void read_foreign_key(const char *message, const char *table,
							 BindsViolation *violation);
static const char *read_name(const char *p, char **name);
static const char *read_table(const char *p, char **schema, char **table);
static const char *read_names(const char *p, List **names);
static const char *skip(const char *p, const char *word);
static char *quoted(const char *message, char quote);
static void note_table(const char *name, const char *table, BindsViolation *violation);

void
binds_mysql_violation(const BindsError *error, const char *table,
					  BindsViolation *violation)
{
	const char *message = binds_error_text(error);
	const char *of;
	char	   *name;

	switch (error->code)
	{
		case 1062:				/* duplicate entry */
		case 1586:
			read_key(message, table, violation);
			break;
		case 167:				/* MariaDB, of a key that is generated */
		case 1264:
			if ((name = quoted(message, '\'')) != NULL)
				violation->columns = list_make1(name);
			/* FALLTHROUGH */
		case 1467:				/* no key to be had */
			violation->kind = BINDS_VIOLATES_RANGE;
			break;
		case 1048:				/* NULL, */
		case 1263:
		case 1364:				/* or no value and no default */
			if ((name = quoted(message, '\'')) == NULL)
				break;
			violation->kind = BINDS_VIOLATES_NOT_NULL;
			violation->columns = list_make1(name);
			break;
		case 3819:				/* MySQL */
			violation->constraint = quoted(message, '\'');
			if (violation->constraint != NULL)
				violation->kind = BINDS_VIOLATES_CHECK;
			break;
		case 4025:				/* MariaDB */
			of = skip(read_name(skip(message, "CONSTRAINT "), &violation->constraint),
					  " failed for ");
			of = skip(read_name(of, &violation->schema), ".");
			if (read_name(of, &name) == NULL)
				break;
			violation->kind = BINDS_VIOLATES_CHECK;
			note_table(name, table, violation);
			of = skip(skip(violation->constraint, name), ".");
			if (of != NULL)
				violation->columns = list_make1(pstrdup(of));
			break;
		case 1216:				/* no names: the account may not see them */
			violation->kind = BINDS_VIOLATES_REFERENCE;
			break;
		case 1217:
			violation->kind = BINDS_VIOLATES_REFERENCED;
			break;
		case 1452:
			violation->kind = BINDS_VIOLATES_REFERENCE;
			read_foreign_key(message, table, violation);
			break;
		case 1451:
			violation->kind = BINDS_VIOLATES_REFERENCED;
			read_foreign_key(message, table, violation);
			break;
		default:
			break;
	}
}

/*
 * "Duplicate entry '...' for key 't.k'"; the entry may be any text.  In another language it
 * is the last word in quotes.
 */
static void
read_key(const char *message, const char *table, BindsViolation *violation)
{
	static const char entry[] = "Duplicate entry '";
	static const char before[] = " for key '";
	const char *key = NULL;
	size_t		length = strlen(table);

	for (const char *p = strstr(message, before); p != NULL; p = strstr(p + 1, before))
		key = p + sizeof(before) - 1;
	if (key == NULL)
	{
		for (const char *p = strstr(message, " '"); p != NULL; p = strstr(p + 1, " '"))
			key = p + 2;
	}
	if (key == NULL || key[0] == '\0')
		return;
	violation->kind = BINDS_VIOLATES_UNIQUE;
	if (pg_strncasecmp(key, table, length) == 0 && key[length] == '.')
		key += length + 1;
	violation->constraint = pstrdup(key);
	length = strlen(key);
	if (length > 0 && key[length - 1] == '\'')
		violation->constraint[length - 1] = '\0';
	if (skip(message, entry) != NULL)
		violation->entry = pnstrdup(message + strlen(entry),
									strcspn(message + strlen(entry), "'"));
	violation->primary = strcmp(violation->constraint, "PRIMARY") == 0;
	if (violation->primary)
		violation->constraint = NULL;
}

/*
 * "... constraint fails (`d`.`t`, CONSTRAINT `c` FOREIGN KEY (`a`) REFERENCES `r` (`k`))",
 * cut anywhere.
 */
static void
read_foreign_key(const char *message, const char *table, BindsViolation *violation)
{
	bool		own = violation->kind == BINDS_VIOLATES_REFERENCE;
	char	   *child_schema = NULL;
	char	   *parent_schema;
	char	   *child;
	char	   *parent;
	const char *p = strstr(message, " (`");

	if (p == NULL)
		return;
	p = read_table(p + strlen(" ("), &child_schema, &child);
	if (p == NULL)
		return;
	parent_schema = child_schema;
	p = read_name(skip(p, ", CONSTRAINT "), &violation->constraint);
	if (own)
		note_table(child, table, violation);
	else
		violation->other_table = child;
	violation->schema = child_schema;
	violation->other_schema = child_schema;
	p = read_names(skip(p, " FOREIGN KEY "), &violation->columns);
	p = read_table(skip(p, " REFERENCES "), &parent_schema, &parent);
	if (p == NULL)
		return;
	if (own)
	{
		violation->other_table = parent;
		violation->other_schema = parent_schema;
	}
	else
	{
		note_table(parent, table, violation);
		violation->schema = parent_schema;
	}
	(void) read_names(skip(p, " "), &violation->ref_columns);
}

/*
 * Read a name in back quotes, which MariaDB doubles in it, and MySQL does not: there one
 * that nothing follows which may follow a name is a part of it.  Returns what follows the
 * name; NULL, and *name stays what it was, if there is none.
 */
static const char *
read_name(const char *p, char **name)
{
	StringInfoData buf;

	if (p == NULL || *p != '`')
		return NULL;
	initStringInfo(&buf);
	for (p++; *p != '\0'; p++)
	{
		if (*p == '`' && p[1] == '`')
			p++;
		else if (*p == '`' && strchr(" ,).", p[1]) != NULL)
		{
			*name = buf.data;
			return p + 1;
		}
		appendStringInfoChar(&buf, *p);
	}
	return NULL;
}

/* Likewise "`s`.`t`", or "`t`", and *schema stays what it was. */
static const char *
read_table(const char *p, char **schema, char **table)
{
	const char *rest = read_name(p, table);

	if (skip(rest, ".") == NULL)
		return rest;
	*schema = *table;
	return read_name(skip(rest, "."), table);
}

/* "(`a`, `b`)"; all of it, or NIL. */
static const char *
read_names(const char *p, List **names)
{
	List	   *found = NIL;
	char	   *name;

	p = skip(p, "(");
	while ((p = read_name(p, &name)) != NULL)
	{
		found = lappend(found, name);
		if (*p == ')')
		{
			*names = found;
			return p + 1;
		}
		p = skip(p, ", ");
	}
	return NULL;
}

static const char *
skip(const char *p, const char *word)
{
	size_t		length = strlen(word);

	return p != NULL && strncmp(p, word, length) == 0 ? p + length : NULL;
}

/* The one name that a message has in quotes; NULL: none. */
static char *
quoted(const char *message, char quote)
{
	const char *start = strchr(message, quote);
	const char *end = strrchr(message, quote);

	/* not the apostrophe of "doesn't" */
	if (start != NULL && end != NULL && end > start &&
		strncmp(end, "'t have", strlen("'t have")) == 0)
	{
		while (end > start && (*--end) != quote)
			;
	}
	return start != NULL && end > start ? pnstrdup(start + 1, end - start - 1) : NULL;
}

static void
note_table(const char *name, const char *table, BindsViolation *violation)
{
	violation->whose = pg_strcasecmp(name, table) == 0 ? BINDS_OF_THIS : BINDS_OF_OTHER;
}
