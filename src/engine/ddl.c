/*
 * ddl.c
 *	  Models to an engine's DDL: what all dialects share.
 *
 * A dialect's create_statements puts these parts together.  Opens no connection.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "nodes/parsenodes.h"

#include "dialect/parts.h"
#include "engine/ddl.h"

static void append_columns(StringInfo buf, const BindsDialect *dialect,
						   const BindsModel *model, const int *columns, int n);
static void append_action(StringInfo buf, const char *event, char action);

/*
 * Append "[CONSTRAINT name] PRIMARY KEY (...)" or UNIQUE.  A primary key has no
 * name in most engines.
 */
void
binds_append_key(StringInfo buf, const BindsDialect *dialect,
				 const BindsModel *model, const BindsModelKey *key)
{
	if (key->primary)
		appendStringInfoString(buf, "PRIMARY KEY (");
	else
	{
		appendStringInfoString(buf, "CONSTRAINT ");
		binds_append_name(buf, dialect, key->name);
		appendStringInfoString(buf, " UNIQUE (");
	}
	append_columns(buf, dialect, model, key->columns, key->ncolumns);
	appendStringInfoChar(buf, ')');
}

void
binds_append_foreign_key(StringInfo buf, const BindsDialect *dialect,
						 const BindsModel *model,
						 const BindsModelForeignKey *foreign_key,
						 bool deferrable_clause)
{
	appendStringInfoString(buf, "CONSTRAINT ");
	binds_append_name(buf, dialect, foreign_key->name);
	appendStringInfoString(buf, " FOREIGN KEY (");
	append_columns(buf, dialect, model, foreign_key->columns, foreign_key->ncolumns);
	appendStringInfoString(buf, ") REFERENCES ");
	binds_append_table(buf, dialect, foreign_key->ref_schema, foreign_key->ref_table);
	appendStringInfoString(buf, " (");
	for (int i = 0; i < foreign_key->ncolumns; i++)
	{
		if (i > 0)
			appendStringInfoString(buf, ", ");
		binds_append_name(buf, dialect, foreign_key->ref_columns[i]);
	}
	appendStringInfoChar(buf, ')');
	append_action(buf, "UPDATE", foreign_key->on_update);
	append_action(buf, "DELETE", foreign_key->on_delete);
	if (deferrable_clause && foreign_key->deferrable)
		appendStringInfo(buf, " DEFERRABLE INITIALLY %s",
						 foreign_key->initially_deferred ? "DEFERRED" : "IMMEDIATE");
}

void
binds_append_check(StringInfo buf, const BindsDialect *dialect,
				   const BindsModelCheck *check)
{
	appendStringInfoString(buf, "CONSTRAINT ");
	binds_append_name(buf, dialect, check->name);
	appendStringInfo(buf, " CHECK (%s)", check->sql);
}

char *
binds_index_statement(const BindsDialect *dialect, const BindsModel *model,
					  const BindsModelIndex *index, const char *index_name,
					  const char *expr_template)
{
	StringInfoData buf;

	if (index->skip)
		return NULL;
	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE %sINDEX ", index->unique ? "UNIQUE " : "");
	binds_append_name(&buf, dialect, index_name);
	appendStringInfoString(&buf, " ON ");
	binds_append_table(&buf, dialect, model->schema, model->name);
	appendStringInfoString(&buf, " (");
	for (int i = 0; i < index->ncolumns; i++)
	{
		if (i > 0)
			appendStringInfoString(&buf, ", ");
		if (index->columns[i] >= 0)
			binds_append_name(&buf, dialect, model->columns[index->columns[i]].name);
		else
			binds_append_template(&buf, expr_template, &index->expr_sql[i], 1);
		if (index->descending[i])
			appendStringInfoString(&buf, " DESC");
	}
	appendStringInfoChar(&buf, ')');
	if (index->where_sql != NULL)
		appendStringInfo(&buf, " WHERE %s", index->where_sql);
	return buf.data;
}

static void
append_columns(StringInfo buf, const BindsDialect *dialect, const BindsModel *model,
			   const int *columns, int n)
{
	for (int i = 0; i < n; i++)
	{
		if (i > 0)
			appendStringInfoString(buf, ", ");
		binds_append_name(buf, dialect, model->columns[columns[i]].name);
	}
}

/* NO ACTION is every engine's default and is not written. */
static void
append_action(StringInfo buf, const char *event, char action)
{
	const char *words = NULL;

	switch (action)
	{
		case FKCONSTR_ACTION_RESTRICT:
			words = "RESTRICT";
			break;
		case FKCONSTR_ACTION_CASCADE:
			words = "CASCADE";
			break;
		case FKCONSTR_ACTION_SETNULL:
			words = "SET NULL";
			break;
		case FKCONSTR_ACTION_SETDEFAULT:
			words = "SET DEFAULT";
			break;
	}
	if (words != NULL)
		appendStringInfo(buf, " ON %s %s", event, words);
}

bool
binds_new_column_fills(const BindsModel *model, BindsDifference *difference)
{
	const BindsPart *new = difference->expected;
	int			i = difference->found == NULL && new->kind == BINDS_PART_COLUMN ?
		binds_model_column(model, new->name) : -1;

	if (i < 0 || model->columns[i].default_expr == NULL ||
		(model->columns[i].default_sql != NULL &&
		 strstr(new->text, " DEFAULT ") != NULL))
		return false;
	binds_difference_note(difference,
						  "its default is one of PostgreSQL's, which upgrade gives to rows, and the statement alone does not");
	return true;
}

void
binds_unkept_check_goes(const BindsModel *model, BindsDifference *difference,
						char *(*name_of) (const BindsModel *model, const char *name))
{
	if (!difference->extra || difference->found->kind != BINDS_PART_CHECK ||
		difference->found->name == NULL)
		return;
	for (int i = 0; i < model->nchecks; i++)
	{
		const BindsModelCheck *check = &model->checks[i];

		if (check->sql != NULL ||
			strcmp(difference->found->name,
				   name_of != NULL ? name_of(model, check->name) : check->name) != 0)
			continue;
		difference->extra = false;
		binds_difference_note(difference,
							  psprintf("PostgreSQL alone keeps the model's check \"%s\"",
									   check->name));
	}
}
