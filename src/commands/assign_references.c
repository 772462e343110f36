/*
 * assign_references.c
 *	  Rows that refer to each other, on their way to another bind.
 *
 * PostgreSQL looks at foreign keys when a statement has ended, engines when a row comes.  So
 * rows of a table that refers to itself, or to one that is copied after it, are copied
 * while the engine does not look at foreign keys, and all that such a table refers to is
 * looked for when the rows are there: in the same transaction, by one query of the engine
 * for each foreign key, which locks what it finds where others can write.
 *
 * The tables are new, and what their foreign keys refer to is moved with them, so there is
 * nothing else that a row could have violated meanwhile.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "commands/assign.h"
#include "shared/progress.h"

static bool refers_later(const BindsModel *model);
static void check_model(const BindsAssign *assign, const BindsMoved *moved);
static const BindsWorkItem *referenced_item(const BindsAssign *assign,
											const BindsModelForeignKey *key);
static char *dangling_query(const BindsDialect *dialect, const BindsModel *model,
							const BindsModelForeignKey *key);
static void append_column(StringInfo buf, const BindsDialect *dialect, const char *alias,
						  const char *column);
static void refuse(const BindsAssign *assign, const BindsMoved *moved,
				   const BindsModelForeignKey *key)
			__attribute__((noreturn));
static char *dangling_key(const BindsAssign *assign, const BindsMoved *moved,
						  const BindsModelForeignKey *key);

void
binds_assign_copy_rows(const BindsAssign *assign, const BindsMoved *moved, BindsCopy copy,
					   void *arg)
{
	if (assign->target->dialect != NULL && refers_later(moved->item->model))
		binds_ddl_copy_unlinked(assign->work->ddl, copy, arg);
	else
		copy(arg);
}

void
binds_assign_check_references(const BindsAssign *assign)
{
	ListCell   *lc;

	if (assign->target->dialect == NULL)
		return;
	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);
		BindsRole	role;

		if (moved->item == NULL || !refers_later(moved->item->model))
			continue;
		binds_progress_phase("checking foreign keys", assign->target->key, -1);
		binds_progress_relation(moved->name);
		/* who has written the rows sees them */
		binds_become(&role, moved->owner);
		check_model(assign, moved);
		binds_become_again(&role);
	}
}

/* Can a row refer to one that comes after it? */
static bool
refers_later(const BindsModel *model)
{
	for (int i = 0; i < model->nforeign_keys; i++)
	{
		if (model->foreign_keys[i].late ||
			model->foreign_keys[i].ref_template == model->template)
			return true;
	}
	return false;
}

/* None of its foreign keys was looked at. */
static void
check_model(const BindsAssign *assign, const BindsMoved *moved)
{
	const BindsModel *model = moved->item->model;

	for (int i = 0; i < model->nforeign_keys; i++)
	{
		const BindsModelForeignKey *key = &model->foreign_keys[i];

		if (binds_ddl_number(assign->work->ddl,
							 dangling_query(assign->target->dialect, model, key), true) > 0)
			refuse(assign, moved, key);
	}
}

/* How many rows refer to nothing? */
static char *
dangling_query(const BindsDialect *dialect, const BindsModel *model,
			   const BindsModelForeignKey *key)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "SELECT count(*) FROM ");
	binds_append_table(&buf, dialect, model->schema, model->name);
	appendStringInfoString(&buf, " c LEFT JOIN ");
	binds_append_table(&buf, dialect, key->ref_schema, key->ref_table);
	appendStringInfoString(&buf, " p");
	for (int i = 0; i < key->ncolumns; i++)
	{
		appendStringInfoString(&buf, i > 0 ? " AND " : " ON ");
		append_column(&buf, dialect, "p", key->ref_columns[i]);
		appendStringInfoString(&buf, " = ");
		append_column(&buf, dialect, "c", model->columns[key->columns[i]].name);
	}
	appendStringInfoString(&buf, " WHERE ");
	append_column(&buf, dialect, "p", key->ref_columns[0]);
	appendStringInfoString(&buf, " IS NULL");
	for (int i = 0; i < key->ncolumns; i++)
	{
		appendStringInfoString(&buf, " AND ");
		append_column(&buf, dialect, "c", model->columns[key->columns[i]].name);
		appendStringInfoString(&buf, " IS NOT NULL");
	}
	return buf.data;
}

static void
append_column(StringInfo buf, const BindsDialect *dialect, const char *alias,
			  const char *column)
{
	appendStringInfo(buf, "%s.", alias);
	binds_append_name(buf, dialect, column);
}

/* In PostgreSQL's words. */
static void
refuse(const BindsAssign *assign, const BindsMoved *moved, const BindsModelForeignKey *key)
{
	const BindsWorkItem *parent = referenced_item(assign, key);
	char	   *shown = assign->target->options->hide_parameters ? NULL :
		dangling_key(assign, moved, key);

	ereport(ERROR,
			(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
			 errmsg("insert or update on table \"%s\" violates foreign key constraint \"%s\"",
					moved->name, key->name),
			 shown != NULL ?
			 errdetail("Key %s is not present in table \"%s\".", shown,
					   parent->row->local_name) :
			 errdetail("Key is not present in table \"%s\".", parent->row->local_name),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, moved->schema),
			 err_generic_string(PG_DIAG_TABLE_NAME, moved->name),
			 err_generic_string(PG_DIAG_CONSTRAINT_NAME, key->name)));
}

/* What a foreign key refers to is moved as well. */
static const BindsWorkItem *
referenced_item(const BindsAssign *assign, const BindsModelForeignKey *key)
{
	for (int i = 0; i < assign->work->nitems; i++)
	{
		if (assign->work->items[i].model->template == key->ref_template)
			return &assign->work->items[i];
	}
	elog(ERROR, "foreign key \"%s\" refers to a table that is not moved", key->name);
	return NULL;				/* keep compiler quiet */
}

/* "(a, b)=(1, x)" of one of the rows; NULL: they are not found here. */
static char *
dangling_key(const BindsAssign *assign, const BindsMoved *moved,
			 const BindsModelForeignKey *key)
{
	const BindsModel *model = moved->item->model;
	StringInfoData names;
	StringInfoData columns;
	StringInfoData match;
	StringInfoData values;
	List	   *rows;

	initStringInfo(&names);
	initStringInfo(&columns);
	initStringInfo(&match);
	initStringInfo(&values);
	for (int i = 0; i < key->ncolumns; i++)
	{
		const char *name = model->columns[key->columns[i]].name;
		const char *column = quote_identifier(name);

		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", name);
		appendStringInfo(&columns, "%s c.%s::text", i > 0 ? "," : "", column);
		appendStringInfo(&match, " AND p.%s = c.%s", quote_identifier(key->ref_columns[i]),
						 column);
		appendStringInfo(&values, " AND c.%s IS NOT NULL", column);
	}
	rows = binds_spi_rows(psprintf("SELECT%s FROM %s c WHERE NOT EXISTS"
								   " (SELECT FROM %s p WHERE true%s)%s LIMIT 1",
								   columns.data, binds_qualified_name(moved->item->relid),
								   binds_qualified_name(referenced_item(assign, key)->relid),
								   match.data, values.data), 0, NULL, NULL);
	if (rows == NIL)
		return NULL;
	resetStringInfo(&values);
	for (int i = 0; i < key->ncolumns; i++)
		appendStringInfo(&values, "%s%s", i > 0 ? ", " : "", ((char **) linitial(rows))[i]);
	return psprintf("(%s)=(%s)", names.data, values.data);
}
