/*
 * local_compared.c
 *	  A local relation as a list of parts, as create_all makes it and as it is.
 *
 * Both sides are written by the same functions, so that only what differs is told
 * apart; local_parts.c compares them.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/pg_constraint.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"

#include "commands/local_writer.h"
#include "commands/same_expr.h"
#include "dialect/parts.h"
#include "model/column_options.h"

static void describe_foreign(const BindsLocalWriter *writer, const BindsModelColumn *column,
							 BindsLocalColumn *local);
static List *expected_options(const BindsLocalWriter *writer, Oid relid);
static void add_options(BindsLocalRelation *result, List *options);
static void append_option(StringInfo buf, const char *name, const char *value);
static void add_parts(BindsLocalWriter *writer, BindsLocalRelation *result, bool expected);
static List *core_of(const BindsLocalWriter *writer, const BindsLocalColumn *column, Node *expr);
static bool reads_later(Node *expr, AttrNumber attnum);
static char *without_not_valid(const char *check);
static int	compare_options(const ListCell *a, const ListCell *b);
static BindsPartKind kind_of(char type);
static char *same_check(const BindsLocalWriter *writer, const char *name, char *text);
static void add_indexes(BindsLocalWriter *writer, BindsTableParts *definition);
static char *same_index(const BindsLocalWriter *writer, Oid oid, char *text);
static void add_comments(const BindsModel *model, BindsTableParts *definition);

void
binds_local_expected(const BindsBind *bind, const BindsModelRow *row,
					 const BindsModel *model, const BindsReflectedTable *engine,
					 Oid relid, BindsLocalRelation *result)
{
	BindsLocalWriter writer = {bind, row, model, engine};
	int			level = binds_fixed_path();

	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->local_name);
	memset(result, 0, sizeof(*result));
	result->columns = palloc0(sizeof(BindsLocalColumn) * Max(model->ncolumns, 1));
	result->ncolumns = model->ncolumns;
	for (int i = 0; i < model->ncolumns; i++)
		binds_local_describe(&writer, &model->columns[i], &result->columns[i]);
	if (bind->dialect != NULL)
		add_options(result, expected_options(&writer, relid));
	add_parts(&writer, result, true);
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
}

void
binds_local_found(const BindsBind *bind, const BindsModelRow *row, Oid relid,
				  BindsLocalRelation *result)
{
	BindsModel *model = binds_model_read(relid, bind->key);
	BindsLocalWriter writer = {bind, row, model, NULL};
	int			level = binds_fixed_path();

	writer.rel = table_open(relid, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->local_name);
	memset(result, 0, sizeof(*result));
	result->columns = palloc0(sizeof(BindsLocalColumn) * Max(model->ncolumns, 1));
	result->ncolumns = model->ncolumns;
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (bind->dialect == NULL)
			binds_local_describe(&writer, &model->columns[i], &result->columns[i]);
		else
			describe_foreign(&writer, &model->columns[i], &result->columns[i]);
	}
	if (bind->dialect != NULL)
		add_options(result, GetForeignTable(relid)->options);
	add_parts(&writer, result, false);
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
}

/* A column of a foreign table as it is. */
static void
describe_foreign(const BindsLocalWriter *writer, const BindsModelColumn *column,
				 BindsLocalColumn *local)
{
	ListCell   *lc;

	binds_local_describe_type(writer, column, local);
	foreach(lc, GetForeignColumnOptions(RelationGetRelid(writer->rel), column->attnum))
	{
		if (binds_option_is_own(((DefElem *) lfirst(lc))->defname))
			local->own_options = lappend(local->own_options, lfirst(lc));
		else
			local->options = lappend(local->options, lfirst(lc));
	}
	local->expr = binds_local_default_text(writer, column->attnum);
	local->computed = column->computed;
	local->not_null = column->not_null;
}

/*
 * The options that create_all gives to a foreign table.  What "described" says depends on
 * the order of the columns: that is the relation's own.
 */
static List *
expected_options(const BindsLocalWriter *writer, Oid relid)
{
	const BindsModel *model = writer->model;
	int		   *order = palloc(sizeof(int) * Max(model->ncolumns, 1));
	int			n = 0;
	Relation	rel = table_open(relid, AccessShareLock);
	TupleDesc	desc = RelationGetDescr(rel);

	for (int a = 0; a < desc->natts; a++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, a);
		int			i = att->attisdropped ? -1 :
			binds_model_column(model, NameStr(att->attname));

		if (i >= 0)
			order[n++] = i;
	}
	table_close(rel, NoLock);
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (get_attnum(relid, model->columns[i].name) == InvalidAttrNumber)
			order[n++] = i;
	}
	return binds_local_table_options(writer, order);
}

/* What a foreign table says of its engine's. */
static void
add_options(BindsLocalRelation *result, List *options)
{
	static const char *const names[] = {"table_name", "schema_name", "rowid", "described"};
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	for (int i = 0; i < (int) lengthof(names); i++)
	{
		foreach(lc, options)
		{
			DefElem    *option = lfirst(lc);

			if (strcmp(option->defname, names[i]) != 0)
				continue;
			if (buf.len > 0)
				appendStringInfoString(&buf, ", ");
			append_option(&buf, names[i], defGetString(option));
			result->options = lappend(result->options, option);
		}
	}
	binds_part_add(&result->definition, BINDS_PART_STORAGE, NULL, buf.data, NULL);
}

static void
append_option(StringInfo buf, const char *name, const char *value)
{
	appendStringInfo(buf, "%s %s", name, quote_literal_cstr(value));
}

/* Add columns, constraints, indexes and comments.  Constraints are known by what they say. */
static void
add_parts(BindsLocalWriter *writer, BindsLocalRelation *result, bool expected)
{
	BindsTableParts *definition = &result->definition;
	bool		foreign = writer->bind->dialect != NULL;
	ListCell   *lc;

	definition->kind = BINDS_KIND_TABLE;
	result->table = writer->table;
	for (int i = 0; i < result->ncolumns; i++)
	{
		BindsLocalColumn *column = &result->columns[i];
		Node	   *expr = binds_local_default_expr(writer->rel, writer->model->columns[i].attnum);
		BindsPart  *part;
		StringInfoData buf;

		list_sort(column->options, compare_options);
		initStringInfo(&buf);
		binds_local_append_column(&buf, column);
		part = binds_part_add(definition, BINDS_PART_COLUMN, column->name, buf.data,
							  column->expr != NULL && expr != NULL ?
							  binds_same_text(buf.data, writer->rel, expr) : NULL);
		part->core = core_of(writer, column, expr);
		part->computed = column->computed;
		part->from_later = column->computed && expr != NULL &&
			reads_later(expr, writer->model->columns[i].attnum);
	}
	foreach(lc, binds_local_constraints(writer))
	{
		BindsLocalConstraint *constraint = lfirst(lc);
		char	   *text;
		BindsPart  *part;

		if (constraint->inherited)
			result->inherited = lappend(result->inherited, pstrdup(constraint->name));
		if (foreign && constraint->type != CONSTRAINT_CHECK)
			continue;
		text = expected ? binds_local_constraint_definition(writer, constraint) :
			binds_local_constraint_plain(constraint->oid);
		part = binds_part_add(definition, kind_of(constraint->type), constraint->name, text,
							  same_check(writer, constraint->name, text));
		/* PostgreSQL chooses names of indexes alone */
		part->any_name = binds_local_constraint_rank(constraint->type) <= 2;
		if (constraint->type == CONSTRAINT_CHECK)
			part->core = list_make1(without_not_valid(part->same));
	}
	if (!foreign)
		add_indexes(writer, definition);
	add_comments(writer->model, definition);
}

/* What a column says beside its type and options. */
static List *
core_of(const BindsLocalWriter *writer, const BindsLocalColumn *column, Node *expr)
{
	List	   *core = NIL;

	if (column->not_null)
		core = lappend(core, "NOT NULL");
	if (column->expr != NULL && expr != NULL)
		core = lappend(core, psprintf("%s %s", column->computed ? "AS" : "DEFAULT",
									  binds_same_text(column->expr, writer->rel, expr)));
	return core;
}

/* Does an expression read a column behind one? */
static bool
reads_later(Node *expr, AttrNumber attnum)
{
	Bitmapset  *used = NULL;
	int			later = attnum - FirstLowInvalidHeapAttributeNumber;

	pull_varattnos(expr, 1, &used);
	return bms_next_member(used, later) >= 0;
}

/* A check, be it guaranteed by the engine or not. */
static char *
without_not_valid(const char *check)
{
	static const char words[] = " NOT VALID";
	int			length = strlen(check);
	int			n = length - (int) strlen(words);

	return pnstrdup(check, n > 0 && strcmp(check + n, words) == 0 ? n : length);
}

static int
compare_options(const ListCell *a, const ListCell *b)
{
	return strcmp(((DefElem *) lfirst(a))->defname, ((DefElem *) lfirst(b))->defname);
}

static BindsPartKind
kind_of(char type)
{
	switch (type)
	{
		case CONSTRAINT_PRIMARY:
			return BINDS_PART_PRIMARY_KEY;
		case CONSTRAINT_UNIQUE:
			return BINDS_PART_UNIQUE_KEY;
		case CONSTRAINT_CHECK:
			return BINDS_PART_CHECK;
		case CONSTRAINT_FOREIGN:
			return BINDS_PART_FOREIGN_KEY;
		default:
			return BINDS_PART_INDEX;
	}
}

/* The text of a constraint as it is to be compared. */
static char *
same_check(const BindsLocalWriter *writer, const char *name, char *text)
{
	for (int i = 0; i < writer->model->nchecks; i++)
	{
		const BindsModelCheck *check = &writer->model->checks[i];

		if (strcmp(check->name, name) == 0)
			return binds_same_text(text, writer->rel, check->expr);
	}
	return text;
}

static void
add_indexes(BindsLocalWriter *writer, BindsTableParts *definition)
{
	ListCell   *lc;

	foreach(lc, RelationGetIndexList(writer->rel))
	{
		Oid			oid = lfirst_oid(lc);
		bool		unique;
		char	   *def;

		if (OidIsValid(get_index_constraint(oid)))
			continue;
		def = binds_local_index_definition(writer, oid, &unique);
		def = psprintf("%sINDEX %s", unique ? "UNIQUE " : "", def);
		binds_part_add(definition, BINDS_PART_INDEX, get_rel_name(oid), def,
					   same_index(writer, oid, def))->any_name = true;
	}
}

/* The text of an index as it is to be compared. */
static char *
same_index(const BindsLocalWriter *writer, Oid oid, char *text)
{
	for (int i = 0; i < writer->model->nindexes; i++)
	{
		const BindsModelIndex *index = &writer->model->indexes[i];

		if (strcmp(index->name, get_rel_name(oid)) != 0)
			continue;
		for (int j = 0; j < index->ncolumns; j++)
		{
			if (index->exprs[j] != NULL)
				text = binds_same_text(text, writer->rel, index->exprs[j]);
		}
		if (index->where != NULL)
			text = binds_same_text(text, writer->rel, index->where);
	}
	return text;
}

static void
add_comments(const BindsModel *model, BindsTableParts *definition)
{
	if (model->comment != NULL)
		binds_part_add(definition, BINDS_PART_COMMENT, NULL,
					   quote_literal_cstr(model->comment), NULL);
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].comment != NULL)
			binds_part_add(definition, BINDS_PART_COMMENT, model->columns[i].name,
						   quote_literal_cstr(model->columns[i].comment), NULL);
	}
}
