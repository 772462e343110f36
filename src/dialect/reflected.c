/*
 * reflected.c
 *	  Can a table that an engine has be a table here?
 *
 * What PostgreSQL would refuse is found before anything is made, so that one table does
 * not stop the others.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/heap.h"
#include "catalog/pg_am.h"
#include "commands/defrem.h"
#include "mb/pg_wchar.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "dialect/query.h"
#include "dialect/reflected.h"
#include "dialect/text.h"

static const char *column_obstacle(const BindsReflectedColumn *column, bool model);
static const char *labels_obstacle(const BindsReflectedColumn *column);
static const char *column_twice(const BindsReflectedTable *table);
static const char *first_twice(char **names, int n);
static int	compare_names(const void *a, const void *b);
static char *join(List *words, const char *between);
static bool spell_columns(BindsReflectedTable *table, char **names, int n,
						  const char *kind, const char *name);
static List *keys_left_out(const BindsReflectedTable *table);
static char *named(const char *kind, const char *name);
static List *add_wide(List *all, const char *kind, const char *name, int ncolumns);
static List *add_unordered(List *all, const BindsReflectedTable *table, const char *kind,
						   const char *name, char **columns, int ncolumns);
static const BindsReflectedColumn *unordered_column(const BindsReflectedTable *table,
													char **columns, int ncolumns);
static bool is_unordered(const BindsReflectedColumn *column);
static List *not_anew(const BindsReflectedTable *table);
static List *add_columns(List *all, const BindsReflectedTable *table, const char *what,
						 bool (*has) (const BindsReflectedColumn *));
static bool has_generated(const BindsReflectedColumn *column);
static bool has_engine_default(const BindsReflectedColumn *column);
static bool has_on_update(const BindsReflectedColumn *column);
static bool has_collation(const BindsReflectedColumn *column);

const char *
binds_reflected_obstacle(const BindsReflectedTable *table, bool model)
{
	const char *twice;

	if (table->obstacle != NULL)
		return table->obstacle;
	if (table->name[0] == '\0')
		return "Its name is empty";
	if (model && strlen(table->name) >= NAMEDATALEN)
		return "Its name is longer than PostgreSQL's names";
	if (table->ncolumns == 0)
		return "It has no column that could be read";
	if (table->ncolumns > MaxHeapAttributeNumber)
		return psprintf("It has %d columns; PostgreSQL's tables have at most %d",
						table->ncolumns, MaxHeapAttributeNumber);
	for (int i = 0; i < table->ncolumns; i++)
	{
		const char *obstacle = column_obstacle(&table->columns[i], model);

		if (obstacle != NULL)
			return obstacle;
	}
	twice = column_twice(table);
	if (twice != NULL)
		return psprintf("Two of its columns would be called \"%s\"", twice);
	return NULL;
}

static const char *
column_obstacle(const BindsReflectedColumn *column, bool model)
{
	if (column->name[0] == '\0')
		return "The name of a column is empty";
	if (model && strlen(column->name) >= NAMEDATALEN)
		return "The name of a column is longer than PostgreSQL's names";
	if (SystemAttributeByName(column->name) != NULL)
		return psprintf("Its column \"%s\" has the name of a system column",
						column->name);
	if (column->type == NULL && column->nlabels == 0)
		return psprintf("The type of its column \"%s\" cannot travel", column->name);
	return model ? labels_obstacle(column) : NULL;
}

/* Of the labels of an enum that is to be made. */
static const char *
labels_obstacle(const BindsReflectedColumn *column)
{
	for (int i = 0; i < column->nlabels; i++)
	{
		if (strlen(column->enum_labels[i]) >= NAMEDATALEN)
			return psprintf("A label of its column \"%s\" is longer than PostgreSQL's names",
							column->name);
	}
	if (first_twice(column->enum_labels, column->nlabels) != NULL)
		return psprintf("Two labels of its column \"%s\" are the same", column->name);
	return NULL;
}

/* A name that two columns have when they are cut; NULL if there is none. */
static const char *
column_twice(const BindsReflectedTable *table)
{
	char	  **names = palloc(sizeof(char *) * table->ncolumns);

	for (int i = 0; i < table->ncolumns; i++)
		names[i] = binds_cut_name(table->columns[i].name);
	return first_twice(names, table->ncolumns);
}

static const char *
first_twice(char **names, int n)
{
	char	  **sorted = palloc(sizeof(char *) * Max(n, 1));

	if (n > 0)
		memcpy(sorted, names, sizeof(char *) * n);
	qsort(sorted, n, sizeof(char *), compare_names);
	for (int i = 1; i < n; i++)
	{
		if (strcmp(sorted[i - 1], sorted[i]) == 0)
			return sorted[i];
	}
	return NULL;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

char *
binds_cut_name(const char *name)
{
	int			length = strlen(name);

	if (length >= NAMEDATALEN)
		length = pg_mbcliplen(name, length, NAMEDATALEN - 1);
	return pnstrdup(name, length);
}

const char *
binds_view_obstacle(const BindsDriver *driver, BindsDriverConn *conn,
					const char *bind_key, const char *sql)
{
	char	   *fault = binds_query_fault(driver, conn, bind_key,
										  binds_text_to_engine(sql));

	return fault != NULL ? psprintf("It cannot be read: %s", fault) : NULL;
}

void
binds_reflected_leave_out(const BindsReflectedTable *table, const char *bind_key,
						  const char *obstacle)
{
	ereport(WARNING,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s \"%s\" of bind \"%s\" is left out",
					table->kind == BINDS_KIND_TABLE ? "table" : "view", table->name, bind_key),
			 errdetail_internal("%s.", obstacle)));
}

/*
 * MySQL shows keys and indexes of a table to an account that may see some columns only.
 */
void
binds_reflected_drop_unseen(BindsReflectedTable *table)
{
	int			nkeys = 0;
	int			nindexes = 0;
	int			nforeign_keys = 0;

	for (int i = 0; i < table->nkeys; i++)
	{
		const BindsReflectedKey *key = &table->keys[i];

		if (spell_columns(table, key->columns, key->ncolumns,
						  key->primary ? "the primary key" : "unique key",
						  key->primary ? NULL : key->name))
			table->keys[nkeys++] = *key;
	}
	for (int i = 0; i < table->nindexes; i++)
	{
		const BindsReflectedIndex *index = &table->indexes[i];

		if (spell_columns(table, index->columns, index->ncolumns, "index", index->name))
			table->indexes[nindexes++] = *index;
	}
	for (int i = 0; i < table->nforeign_keys; i++)
	{
		const BindsReflectedForeignKey *key = &table->foreign_keys[i];

		if (spell_columns(table, key->columns, key->ncolumns, "foreign key", key->name))
			table->foreign_keys[nforeign_keys++] = *key;
	}
	table->nkeys = nkeys;
	table->nindexes = nindexes;
	table->nforeign_keys = nforeign_keys;
}

/* False, and noted, if the table has not all of them. */
static bool
spell_columns(BindsReflectedTable *table, char **names, int n, const char *kind,
			  const char *name)
{
	for (int i = 0; i < n; i++)
	{
		char	   *found = NULL;

		for (int j = 0; j < table->ncolumns; j++)
		{
			if (strcmp(table->columns[j].name, names[i]) == 0 ||
				(found == NULL && pg_strcasecmp(table->columns[j].name, names[i]) == 0))
				found = table->columns[j].name;
		}
		if (found == NULL)
		{
			table->left_out_model =
				lappend(table->left_out_model,
						psprintf("%s (the engine does not show its column \"%s\")",
								 named(kind, name), names[i]));
			return false;
		}
		names[i] = found;
	}
	return true;
}

/* ------------------------------------------------------------------------
 * What of a table is left out
 * ------------------------------------------------------------------------ */

void
binds_reflected_tell(const BindsReflectedTable *table, const char *bind_key, bool model)
{
	List	   *all = list_copy(table->left_out);

	if (model)
	{
		List	   *anew = not_anew(table);

		all = list_concat(all, keys_left_out(table));
		all = list_concat(all, table->left_out_model);
		if (anew != NIL)
			all = lappend(all, psprintf("not in a table made of the model: %s",
										join(anew, ", ")));
	}
	if (all == NIL)
		return;
	ereport(NOTICE,
			(errmsg("not everything of table \"%s\" of bind \"%s\" is reflected",
					table->name, bind_key),
			 errdetail("Left out: %s.", join(all, "; "))));
}

static char *
join(List *words, const char *between)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, words)
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? between : "",
						 (char *) lfirst(lc));
	return buf.data;
}

/* What the keys and indexes of a model cannot be. */
static List *
keys_left_out(const BindsReflectedTable *table)
{
	List	   *all = NIL;

	for (int i = 0; i < table->nkeys; i++)
	{
		const BindsReflectedKey *key = &table->keys[i];
		const char *kind = key->primary ? "the primary key" : "unique key";
		const char *name = key->primary ? NULL : key->name;

		if (key->no_model != NULL)
		{
			all = lappend(all, psprintf("%s (%s)", named(kind, name), key->no_model));
			continue;
		}
		if (!binds_reflected_fits(key->ncolumns))
			all = add_wide(all, kind, name, key->ncolumns);
		else if (key->primary && !key->guaranteed &&
				 unordered_column(table, key->columns, key->ncolumns) == NULL)
			all = lappend(all, pstrdup("the primary key (it may hold NULL, so it is unique only)"));
		all = add_unordered(all, table, kind, name, key->columns, key->ncolumns);
	}
	for (int i = 0; i < table->nindexes; i++)
	{
		const BindsReflectedIndex *index = &table->indexes[i];

		all = add_wide(all, "index", index->name, index->ncolumns);
		all = add_unordered(all, table, "index", index->name, index->columns,
							index->ncolumns);
	}
	for (int i = 0; i < table->nforeign_keys; i++)
		all = add_wide(all, "foreign key", table->foreign_keys[i].name,
					   table->foreign_keys[i].ncolumns);
	return all;
}

/* name: NULL if it has none. */
static char *
named(const char *kind, const char *name)
{
	return name != NULL && name[0] != '\0' ? psprintf("%s \"%s\"", kind, name) :
		pstrdup(kind);
}

/* Add a key or index if it has too many columns. */
static List *
add_wide(List *all, const char *kind, const char *name, int ncolumns)
{
	if (binds_reflected_fits(ncolumns))
		return all;
	return lappend(all,
				   psprintf("%s (it has %d columns; PostgreSQL's have at most %d)",
							named(kind, name), ncolumns, INDEX_MAX_KEYS));
}

bool
binds_reflected_fits(int ncolumns)
{
	return ncolumns <= INDEX_MAX_KEYS;
}

bool
binds_reflected_indexable(const BindsReflectedTable *table, char **columns, int ncolumns)
{
	return binds_reflected_fits(ncolumns) &&
		unordered_column(table, columns, ncolumns) == NULL;
}

/* A primary key that may hold NULL is still unique. */
bool
binds_reflected_in_model(const BindsReflectedTable *table, const BindsReflectedKey *key)
{
	return (key->guaranteed || key->primary) && key->no_model == NULL &&
		binds_reflected_indexable(table, key->columns, key->ncolumns);
}

/* Add a key or index if it has a column whose type has no order. */
static List *
add_unordered(List *all, const BindsReflectedTable *table, const char *kind,
			  const char *name, char **columns, int ncolumns)
{
	const BindsReflectedColumn *column = unordered_column(table, columns, ncolumns);

	if (column == NULL || !binds_reflected_fits(ncolumns))
		return all;
	return lappend(all,
				   psprintf("%s (column \"%s\" is %s, which PostgreSQL cannot index)",
							named(kind, name), column->name, column->type));
}

/* The first column of a key or index whose type has no order; NULL: all have. */
static const BindsReflectedColumn *
unordered_column(const BindsReflectedTable *table, char **columns, int ncolumns)
{
	for (int i = 0; i < ncolumns; i++)
	{
		for (int j = 0; j < table->ncolumns; j++)
		{
			if (strcmp(table->columns[j].name, columns[i]) == 0 &&
				is_unordered(&table->columns[j]))
				return &table->columns[j];
		}
	}
	return NULL;
}

/* An enum, whose type is yet to be made, has an order. */
static bool
is_unordered(const BindsReflectedColumn *column)
{
	Oid			typid;
	int32		typmod;

	if (column->type == NULL)
		return false;
	binds_compat_parse_type(column->type, &typid, &typmod);
	return !OidIsValid(GetDefaultOpClass(getBaseType(typid), BTREE_AM_OID));
}

/* What works on only as long as the table is the one that was reflected. */
static List *
not_anew(const BindsReflectedTable *table)
{
	List	   *all = list_copy(table->not_anew);

	all = add_columns(all, table, "generated values", has_generated);
	all = add_columns(all, table, "default", has_engine_default);
	all = add_columns(all, table, "ON UPDATE", has_on_update);
	return add_columns(all, table, "collation", has_collation);
}

/* Add the columns that have it, if any do. */
static List *
add_columns(List *all, const BindsReflectedTable *table, const char *what,
			bool (*has) (const BindsReflectedColumn *))
{
	StringInfoData names;
	int			n = 0;

	initStringInfo(&names);
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (has(&table->columns[i]))
			appendStringInfo(&names, "%s\"%s\"", n++ > 0 ? ", " : "",
							 table->columns[i].name);
	}
	if (n == 0)
		return all;
	return lappend(all, psprintf("%s of %s %s", what, n > 1 ? "columns" : "column",
								 names.data));
}

static bool
has_generated(const BindsReflectedColumn *column)
{
	return column->only_engine_generates;
}

static bool
has_engine_default(const BindsReflectedColumn *column)
{
	return column->engine_default &&
		(column->default_expr == NULL || column->default_here);
}

static bool
has_on_update(const BindsReflectedColumn *column)
{
	return column->on_update;
}

static bool
has_collation(const BindsReflectedColumn *column)
{
	return column->collates;
}

/* kind: "partial index"; what a model's indexes are is the reason. */
void
binds_leave_out_index(BindsReflectedTable *table, const char *kind, const char *name)
{
	char	   *words = psprintf("%s \"%s\" (models index columns, of all rows, in their order)",
								 kind, name);

	table->left_out_model = lappend(table->left_out_model, words);
}

/* name: NULL if it has none. */
void
binds_leave_out_check(BindsReflectedTable *table, const char *name)
{
	char	   *words = name != NULL ? psprintf("check \"%s\"", name) :
		pstrdup("a check without a name");

	table->left_out = lappend(table->left_out,
							  psprintf("%s (only the engine checks it)", words));
}

void
binds_leave_out_trigger(BindsReflectedTable *table, const char *name)
{
	table->left_out_model = lappend(table->left_out_model,
									psprintf("trigger \"%s\" (it works in the engine)", name));
}

void
binds_leave_out_expression(BindsReflectedTable *table, const char *column)
{
	table->left_out = lappend(table->left_out,
							  psprintf("the expression of column \"%s\" (only the engine computes it)",
									   column));
}

void
binds_leave_out_invisible(BindsReflectedTable *table, const char *column)
{
	table->left_out = lappend(table->left_out,
							  psprintf("INVISIBLE of column \"%s\" (here it is one like others)",
									   column));
}

void
binds_not_anew_part(BindsReflectedTable *table, const char *what, const char *column,
					const char *kind, const char *name)
{
	table->not_anew = lappend(table->not_anew,
							  psprintf("%s of column \"%s\" in %s", what, column,
									   named(kind, name)));
}

int
binds_rows_moved(const BindsRows *rows, BindsMovedColumn **result)
{
	*result = palloc(sizeof(BindsMovedColumn) * Max(rows->nrows, 1));
	for (int i = 0; i < rows->nrows; i++)
	{
		(*result)[i].name = binds_rows_text(rows, i, 0);
		(*result)[i].rowid = binds_rows_bool(rows, i, 1);
		(*result)[i].by_update = binds_rows_bool(rows, i, 2);
		(*result)[i].by_delete = binds_rows_bool(rows, i, 3);
		(*result)[i].ref_schema = binds_rows_text_maybe(rows, i, 4);
		(*result)[i].ref_table = binds_rows_text(rows, i, 5);
		(*result)[i].ref_column = binds_rows_text_maybe(rows, i, 6);
	}
	return rows->nrows;
}
