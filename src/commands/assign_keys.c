/*
 * assign_keys.c
 *	  Foreign keys between tables that move to another bind and those that do not.
 *
 * Each may be one of relations, of models and of the engine.  What is dropped in an engine
 * is so after the commit, like an old table.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "commands/assign.h"
#include "transaction/claims.h"

/* A foreign key, of relations or of templates. */
typedef struct ForeignKey
{
	char	   *line;			/* that tells of it */
	char	   *table;			/* as regclass has it */
	char	   *name;
	Oid			relid;
	Oid			ref_relid;
} ForeignKey;

/* Foreign keys of an engine between tables of these models. */
typedef struct EngineKeys
{
	BindsDdl   *ddl;
	List	   *references;		/* BindsReference */
} EngineKeys;

/* A table whose definition is read. */
typedef struct TableRequest
{
	const BindsBind *bind;
	const char *table;
	BindsReflectedTable *tables;
	int			ntables;
} TableRequest;

static void ask_table(BindsDriverConn *conn, void *arg);
static bool same_columns(const BindsReflectedForeignKey *key, char *const *columns,
						 int ncolumns);
static List *find(const BindsAssign *assign, bool templates);
static EngineKeys *engine_keys(const BindsAssign *assign, const ForeignKey *key,
							   BindsBind **bind);
static const BindsMoved *moved_model(const BindsAssign *assign, Oid template);
static bool is_kept(const BindsBind *bind);

/* Those of partitions are their parents'. */
static const char key_query[] =
"SELECT format('foreign key \"%s\" of table \"%s\" refers to table \"%s\"', n.conname,"
"  f.relname, t.relname), n.conrelid::regclass::text, n.conname, n.conrelid::oid, n.confrelid::oid"
" FROM pg_constraint n JOIN pg_class f ON f.oid = n.conrelid JOIN pg_class t ON t.oid = n.confrelid"
" WHERE n.contype = 'f' AND n.conparentid = 0"
" AND (n.conrelid = ANY ($1)) <> (n.confrelid = ANY ($1))"
" ORDER BY 1";

List *
binds_assign_keys_find(const BindsAssign *assign)
{
	return list_concat(find(assign, false), find(assign, true));
}

static List *
find(const BindsAssign *assign, bool templates)
{
	Oid			type = OIDARRAYOID;
	Datum		value = binds_assign_oids(assign, templates);
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, binds_spi_rows(key_query, 1, &type, &value))
	{
		char	  **row = lfirst(lc);
		ForeignKey *key = palloc(sizeof(ForeignKey));

		key->line = row[0];
		key->table = row[1];
		key->name = row[2];
		key->relid = atooid(row[3]);
		key->ref_relid = atooid(row[4]);
		result = lappend(result, key);
	}
	return result;
}

List *
binds_assign_keys_left(const BindsAssign *assign, List *keys)
{
	List	   *lines = NIL;
	ListCell   *lc;

	foreach(lc, keys)
	{
		const ForeignKey *key = lfirst(lc);
		char	   *line = key->line;

		if (assign->options->drop_keys)
		{
			BindsBind  *bind;

			if (engine_keys(assign, key, &bind) == NULL || is_kept(bind) ||
				bind->dialect->unlink_statement != NULL)
				continue;
			line = psprintf("%s, and no statement of the engine drops it", line);
		}
		lines = binds_assign_add_line(lines, line);
	}
	return lines;
}

void
binds_assign_keys_drop(const BindsAssign *assign, List *keys)
{
	List	   *told = NIL;
	ListCell   *lc;

	foreach(lc, keys)
	{
		const ForeignKey *key = lfirst(lc);
		int			n = list_length(told);
		BindsBind  *bind;
		EngineKeys *engine = engine_keys(assign, key, &bind);
		ListCell   *other;

		told = binds_assign_add_line(told, key->line);
		if (list_length(told) > n)
			ereport(NOTICE,
					(errmsg("dropped: %s", key->line),
					 engine != NULL && is_kept(bind) ?
					 errdetail("Bind \"%s\" is read-only, or its tables are not managed: the engine keeps it.",
							   bind->key) : 0));
		binds_spi_run(psprintf("ALTER TABLE %s DROP CONSTRAINT %s", key->table,
							   quote_identifier(key->name)));
		if (engine == NULL || is_kept(bind))
			continue;
		foreach(other, engine->references)
			binds_ddl_unlink_later(engine->ddl, lfirst(other),
								   binds_work_key_index(bind, binds_model_of_template(key->relid),
														engine->ddl, lfirst(other)));
	}
}

const char *
binds_work_key_index(const BindsBind *bind, const BindsModelRow *row, BindsDdl *ddl,
					 const BindsReference *reference)
{
	TableRequest request = {bind, reference->table};
	const BindsReflectedForeignKey *key = NULL;

	if (binds_model_has_index(row, reference->constraint))
		return NULL;
	binds_ddl_read(ddl, ask_table, &request);
	for (int i = 0; request.ntables == 1 && i < request.tables->nforeign_keys; i++)
	{
		if (strcmp(request.tables->foreign_keys[i].name, reference->constraint) == 0)
			key = &request.tables->foreign_keys[i];
	}
	if (key == NULL)
		return NULL;
	for (int i = 0; i < request.tables->nforeign_keys; i++)
	{
		const BindsReflectedForeignKey *other = &request.tables->foreign_keys[i];

		if (other != key && same_columns(key, other->columns, other->ncolumns))
			return NULL;
	}
	for (int i = 0; i < request.tables->nindexes; i++)
	{
		const BindsReflectedIndex *index = &request.tables->indexes[i];

		if (strcmp(index->name, key->name) == 0 && !index->unique &&
			same_columns(key, index->columns, index->ncolumns))
			return index->name;
	}
	return NULL;
}

/* For binds_ddl_read. */
static void
ask_table(BindsDriverConn *conn, void *arg)
{
	TableRequest *request = arg;

	request->ntables = request->bind->dialect->reflect(conn, request->bind->key, NULL,
													   &request->table, 1, false,
													   &request->tables);
}

static bool
same_columns(const BindsReflectedForeignKey *key, char *const *columns, int ncolumns)
{
	if (key->ncolumns != ncolumns)
		return false;
	for (int i = 0; i < ncolumns; i++)
	{
		if (strcmp(key->columns[i], columns[i]) != 0)
			return false;
	}
	return true;
}

/* Is an engine's key let alone, as are its tables? */
static bool
is_kept(const BindsBind *bind)
{
	return bind->options->read_only || !bind->options->managed;
}

/*
 * What the engine has of a key between models, by which a table that stays refers to one
 * that is moved; NULL: nothing, or it is no such key.  The engine may call it otherwise.
 */
static EngineKeys *
engine_keys(const BindsAssign *assign, const ForeignKey *key, BindsBind **bind)
{
	const BindsMoved *moved = moved_model(assign, key->ref_relid);
	const BindsModelRow *row = moved != NULL ? binds_model_of_template(key->relid) : NULL;
	EngineKeys *result;
	const char *model;
	ListCell   *lc;

	if (row == NULL || row->bind_key == NULL || moved->bind->dialect == NULL ||
		strcmp(row->bind_key, moved->bind->key) != 0)
		return NULL;
	*bind = moved->bind;
	model = row->model;
	result = palloc0(sizeof(EngineKeys));
	result->ddl = binds_ddl_open(moved->bind->serverid, moved->bind->dialect,
								 moved->bind->key);
	if (!binds_ddl_reachable(result->ddl))
		return NULL;
	foreach(lc, binds_ddl_references(result->ddl, NULL, moved->model))
	{
		BindsReference *reference = lfirst(lc);

		if (reference->schema == NULL &&
			binds_table_is_among(moved->bind->dialect, reference->table, &model, 1))
			result->references = lappend(result->references, reference);
	}
	return result->references != NIL ? result : NULL;
}

/* What is moved and has this template, NULL: nothing. */
static const BindsMoved *
moved_model(const BindsAssign *assign, Oid template)
{
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);

		if (moved->row != NULL && moved->row->template == template)
			return moved;
	}
	return NULL;
}

List *
binds_assign_add_line(List *lines, char *line)
{
	ListCell   *lc;

	foreach(lc, lines)
	{
		if (strcmp(lfirst(lc), line) == 0)
			return lines;
	}
	return lappend(lines, line);
}
