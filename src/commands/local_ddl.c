/*
 * local_ddl.c
 *	  PostgreSQL's DDL of the local relation of a model, from its template.
 *
 * One writer for both kinds: the tables of the default bind, where the local relation
 * is the table itself, and the foreign tables of others.  What an ordinary table has
 * and a foreign one cannot (keys, foreign keys, indexes) is left out for those.
 *
 * All text is made with search_path = pg_catalog, so that every name in it is
 * qualified.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "access/toast_compression.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_index.h"
#include "catalog/pg_sequence.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "commands/defrem.h"
#include "commands/local_identity.h"
#include "commands/relation.h"
#include "commands/same_expr.h"
#include "compat.h"
#include "dialect/parts.h"
#include "foreign/foreign.h"
#include "model/column_options.h"
#include "model/facts.h"

/* What the writers share. */
typedef struct LocalWriter
{
	const BindsBind *bind;
	const BindsModelRow *row;
	const BindsModel *model;
	const BindsReflectedTable *engine;	/* NULL: we made it */
	Relation	rel;			/* the template */
	const char *table;			/* qualified name of the local relation */
	Oid			schema;			/* whose names are taken; InvalidOid: none
								 * matter, since the relation is there already */
	bool		defines;		/* for binds.define: a table that inherits
								 * says only what is its own */
	StringInfoData buf;
} LocalWriter;

/* A constraint of the template. */
typedef struct LocalConstraint
{
	Oid			oid;
	char		type;
	const char *name;
	Oid			referenced;
	bool		inherited;
	bool		local;			/* not only inherited */
	bool		late;
	bool		apart;			/* it stands in a statement of its own */
	const BindsModelKey *key;
	const BindsModelCheck *check;
} LocalConstraint;

static char *create_statement(LocalWriter *writer);
static void append_parents(LocalWriter *writer);
static List *table_options(const LocalWriter *writer, const int *order);
static DefElem *text_option(const char *name, const char *value);
static char *described_text(const LocalWriter *writer, const int *order);
static List *engine_options(const LocalWriter *writer, const BindsModelColumn *column);
static void describe_column(const LocalWriter *writer, const BindsModelColumn *column,
							BindsLocalColumn *local);
static void describe_type(const LocalWriter *writer, const BindsModelColumn *column,
						  BindsLocalColumn *local);
static BindsGenerated generated_as(const LocalWriter *writer,
								   const BindsModelColumn *column);
static void describe_keeping(const LocalWriter *writer, const BindsModelColumn *column,
							 BindsLocalColumn *local);
static bool has_own_default(const LocalWriter *writer, const BindsModelColumn *column);
static bool is_identity_key(const LocalWriter *writer, const BindsModelColumn *column);
static const BindsReflectedColumn *engine_column(const LocalWriter *writer,
												 const char *name);
static const char *serial_word(const LocalWriter *writer,
							   const BindsModelColumn *column);
static bool is_engines_template(Oid relid);
static Node *column_default(Relation rel, AttrNumber attnum);
static char *default_text(const LocalWriter *writer, AttrNumber attnum);
static List *template_constraints(const LocalWriter *writer);
static bool stands_apart(List *constraints, const LocalConstraint *constraint);
static int	constraint_rank(char type);
static int	compare_constraints(const ListCell *a, const ListCell *b);
static char *constraint_text(const LocalWriter *writer,
							 const LocalConstraint *constraint);
static char *foreign_key_text(const LocalWriter *writer,
							  const LocalConstraint *constraint, const char *def);
static char *constraint_definition(const LocalWriter *writer,
								   const LocalConstraint *constraint);
static char *definition_text(Oid constraint);
static List *index_statements(LocalWriter *writer);
static char *index_definition(const LocalWriter *writer, Oid index, bool *unique);
static List *comment_statements(LocalWriter *writer);
static void append_option(StringInfo buf, const char *name, const char *value);
static void describe_foreign(const LocalWriter *writer, const BindsModelColumn *column,
							 BindsLocalColumn *local);
static List *expected_options(const LocalWriter *writer, Oid relid);
static void add_options(BindsLocalRelation *result, List *options);
static bool reads_later(Node *expr, AttrNumber attnum);
static void add_parts(LocalWriter *writer, BindsLocalRelation *result, bool expected);
static List *core_of(const LocalWriter *writer, const BindsLocalColumn *column,
					 Node *expr);
static char *without_not_valid(const char *check);
static int	compare_options(const ListCell *a, const ListCell *b);
static BindsPartKind kind_of(char type);
static char *same_check(const LocalWriter *writer, const char *name, char *text);
static void add_indexes(LocalWriter *writer, BindsTableParts *definition);
static char *same_index(const LocalWriter *writer, Oid oid, char *text);
static void add_comments(const BindsModel *model, BindsTableParts *definition);

List *
binds_relation_statements(const BindsBind *bind, const BindsModelRow *row,
						  const BindsModel *model, const BindsReflectedTable *engine)
{
	LocalWriter writer = {bind, row, model, engine};
	int			level = binds_fixed_path();
	List	   *statements;

	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->local_name);
	if (!OidIsValid(binds_model_relation(row)))
		writer.schema = get_namespace_oid(row->local_schema, true);
	statements = list_make1(create_statement(&writer));
	if (bind->dialect == NULL)
		statements = list_concat(statements, index_statements(&writer));
	statements = list_concat(statements, comment_statements(&writer));
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
	return statements;
}

List *
binds_relation_definition(const BindsModelRow *row, const BindsModel *model, Oid schema)
{
	BindsBind	bind = {0};
	LocalWriter writer = {&bind, row, model, NULL};
	int			level = binds_fixed_path();
	List	   *statements;

	writer.defines = true;
	writer.schema = schema;
	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->model);
	statements = list_make1(create_statement(&writer));
	statements = list_concat(statements, index_statements(&writer));
	statements = list_concat(statements, comment_statements(&writer));
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
	return statements;
}

List *
binds_relation_late_statements(const BindsModelRow *row, const BindsModel *model,
							   bool defines)
{
	LocalWriter writer = {NULL, row, model, NULL};
	int			level = binds_fixed_path();
	List	   *statements = NIL;
	ListCell   *lc;

	writer.defines = defines;
	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema,
											  defines ? row->model : row->local_name);
	foreach(lc, template_constraints(&writer))
	{
		LocalConstraint *constraint = lfirst(lc);

		if (constraint->late)
			statements = lappend(statements,
								 psprintf("ALTER TABLE %s ADD %s", writer.table,
										  constraint_text(&writer, constraint)));
	}
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
	return statements;
}

/* Append it as CREATE TABLE and ADD COLUMN take it. */
static void
append_local_column(StringInfo buf, const BindsLocalColumn *local)
{
	appendStringInfo(buf, "%s %s", quote_identifier(local->name),
					 local->serial != NULL ? local->serial : local->type);
	binds_append_options(buf, local->options);
	if (local->storage != NULL)
		appendStringInfo(buf, " STORAGE %s", local->storage);
	if (local->compression != NULL)
		appendStringInfo(buf, " COMPRESSION %s", local->compression);
	if (local->collation != NULL)
		appendStringInfo(buf, " COLLATE %s", local->collation);
	if (local->identity != NULL)
		appendStringInfoString(buf, local->identity);
	else if (local->computed)
		appendStringInfo(buf, " GENERATED ALWAYS AS (%s) STORED", local->expr);
	else if (local->expr != NULL)
		appendStringInfo(buf, " DEFAULT %s", local->expr);
	if (local->not_null)
		appendStringInfoString(buf, " NOT NULL");
}

static void
append_column(LocalWriter *writer, const BindsModelColumn *column)
{
	BindsLocalColumn local;

	describe_column(writer, column, &local);
	append_local_column(&writer->buf, &local);
}

/* ------------------------------------------------------------------------
 * CREATE TABLE and its columns
 * ------------------------------------------------------------------------ */

static char *
create_statement(LocalWriter *writer)
{
	StringInfo	buf = &writer->buf;
	bool		foreign = writer->bind->dialect != NULL;
	const char *separator = "\n\t";
	ListCell   *lc;

	initStringInfo(buf);
	appendStringInfo(buf, "CREATE %sTABLE %s (", foreign ? "FOREIGN " : "",
					 writer->table);
	for (int i = 0; i < writer->model->ncolumns; i++)
	{
		const BindsModelColumn *column = &writer->model->columns[i];

		if (writer->defines &&
			!TupleDescAttr(RelationGetDescr(writer->rel), column->attnum - 1)->attislocal)
			continue;
		appendStringInfoString(buf, separator);
		append_column(writer, column);
		separator = ",\n\t";
	}
	foreach(lc, template_constraints(writer))
	{
		LocalConstraint *constraint = lfirst(lc);

		if (constraint->late || (writer->defines && !constraint->local) || (foreign && constraint->type != CONSTRAINT_CHECK) ||
			constraint->apart)
			continue;
		appendStringInfo(buf, "%s%s", separator, constraint_text(writer, constraint));
		separator = ",\n\t";
	}
	appendStringInfoString(buf, "\n)");
	if (writer->defines)
		append_parents(writer);
	if (foreign)
	{
		appendStringInfo(buf, " SERVER %s",
						 quote_identifier(GetForeignServer(writer->bind->serverid)->servername));
		binds_append_options(buf, table_options(writer, NULL));
	}
	return buf->data;
}

/* " INHERITS (...)", by the names of models. */
static void
append_parents(LocalWriter *writer)
{
	const char *separator = " INHERITS (";
	ListCell   *lc;

	foreach(lc, binds_relation_parents(writer->model->template))
	{
		BindsModelRow *parent = binds_model_of_template(lfirst_oid(lc));

		if (parent == NULL)
			continue;
		appendStringInfo(&writer->buf, "%s%s", separator,
						 quote_qualified_identifier(parent->local_schema, parent->model));
		separator = ", ";
	}
	if (separator[0] == ',')
		appendStringInfoChar(&writer->buf, ')');
}

/*
 * The options of a foreign table.  They and those of the columns are all that has to be
 * known: no engine is asked.  Whether rows have a rowid is said where a key would leave
 * that open.  order: of the relation's columns, as indexes into the model's; NULL: the same.
 */
static List *
table_options(const LocalWriter *writer, const int *order)
{
	const BindsModel *model = writer->model;
	bool		rowid = writer->engine == NULL || writer->engine->rowid;
	bool		keyed = false;
	List	   *options = list_make1(text_option("table_name", model->name));

	if (model->schema != NULL)
		options = lappend(options, text_option("schema_name", model->schema));
	for (int i = 0; i < model->ncolumns; i++)
		keyed = keyed || is_identity_key(writer, &model->columns[i]);
	if (writer->bind->dialect->rowid_names != NULL && (keyed || !rowid))
		options = lappend(options, text_option("rowid", rowid ? "true" : "false"));
	return lappend(options, text_option("described", described_text(writer, order)));
}

static DefElem *
text_option(const char *name, const char *value)
{
	return makeDefElem(pstrdup(name), (Node *) makeString(pstrdup(value)), -1);
}

static char *
described_text(const LocalWriter *writer, const int *order)
{
	TupleDesc	desc = RelationGetDescr(writer->rel);
	uint64		mark = binds_described_start(writer->model->schema, writer->model->name);

	for (int i = 0; i < writer->model->ncolumns; i++)
	{
		const BindsModelColumn *column =
			&writer->model->columns[order != NULL ? order[i] : i];

		binds_described_add(&mark, column->name, column->typid,
							TupleDescAttr(desc, column->attnum - 1)->atttypmod,
							engine_options(writer, column));
	}
	return binds_described_text(mark);
}

/* The options that tell what the engine's column is. */
static List *
engine_options(const LocalWriter *writer, const BindsModelColumn *column)
{
	return binds_column_options_of(engine_column(writer, column->name),
								   is_identity_key(writer, column),
								   generated_as(writer, column),
								   has_own_default(writer, column),
								   column->typtype == TYPTYPE_ENUM);
}

/* What the local relation gets for a column of the model. */
static void
describe_column(const LocalWriter *writer, const BindsModelColumn *column,
				BindsLocalColumn *local)
{
	bool		foreign = writer->bind->dialect != NULL;
	const BindsReflectedColumn *engine = engine_column(writer, column->name);
	bool		generated = foreign &&
		generated_as(writer, column) != BINDS_GENERATED_NO;
	bool		own_default = has_own_default(writer, column);
	char	   *expr;

	describe_type(writer, column, local);
	local->serial = foreign ? NULL : serial_word(writer, column);
	local->identity = foreign ? NULL : binds_local_identity(writer->rel, column->attnum);
	if (local->identity != NULL)
		local->identity_set = binds_local_identity_settings(writer->rel, column->attnum);
	if (foreign)
		local->options = engine_options(writer, column);

	/*
	 * an engine's NULL would be believed not to be there; a generated key is
	 * never
	 */
	local->not_null = column->not_null && !generated && local->serial == NULL &&
		local->identity == NULL;
	if (foreign && engine != NULL && !engine->not_null && !engine->generated_key)
		local->not_null = false;
	if (foreign && engine != NULL &&
		(engine->computed ||
		 binds_column_is_left(engine, generated_as(writer, column), own_default)))
		local->not_null = false;	/* what is left out arrives as NULL */
	if (local->identity != NULL || local->serial != NULL || generated)
		return;
	expr = default_text(writer, column->attnum);
	local->computed = column->computed && !(engine != NULL && engine->computed);
	if (local->computed || (expr != NULL && !column->computed && own_default))
		local->expr = expr;
}

/* Fill in what is the same for all relations: name, type, collation. */
static void
describe_type(const LocalWriter *writer, const BindsModelColumn *column,
			  BindsLocalColumn *local)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(writer->rel),
										  column->attnum - 1);

	memset(local, 0, sizeof(*local));
	local->name = column->name;
	local->inherited = att->attinhcount > 0;
	local->typid = column->typid;
	local->typmod = att->atttypmod;
	local->type = format_type_extended(column->typid, att->atttypmod,
									   FORMAT_TYPE_TYPEMOD_GIVEN);
	if (OidIsValid(column->collation) &&
		column->collation != get_typcollation(column->typid))
		local->collation = generate_collation_name(column->collation);
	if (writer->bind->dialect == NULL)
		describe_keeping(writer, column, local);
}

/*
 * Does the engine make values of a column?  Of a table that we did not make, only the
 * engine can tell.
 */
static BindsGenerated
generated_as(const LocalWriter *writer, const BindsModelColumn *column)
{
	const BindsReflectedColumn *engine = engine_column(writer, column->name);

	if (engine == NULL)
		return column->generated;
	if (!engine->generated_key)
		return BINDS_GENERATED_NO;
	/* a model has no other way to say it of these */
	if (column->generated == BINDS_GENERATED_NO &&
		(engine->only_engine_generates || column->base_typid == NUMERICOID))
		return BINDS_GENERATED_BY_DEFAULT;
	return column->generated;
}

/* How PostgreSQL keeps a column, where that is not as usual. */
static void
describe_keeping(const LocalWriter *writer, const BindsModelColumn *column,
				 BindsLocalColumn *local)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(writer->rel),
										  column->attnum - 1);

	if (BINDS_STORAGE_CLAUSE && att->attstorage != get_typstorage(att->atttypid))
		local->storage = att->attstorage == TYPSTORAGE_PLAIN ? "PLAIN" :
			att->attstorage == TYPSTORAGE_EXTERNAL ? "EXTERNAL" :
			att->attstorage == TYPSTORAGE_MAIN ? "MAIN" : "EXTENDED";
	if (CompressionMethodIsValid(att->attcompression))
		local->compression = GetCompressionMethodName(att->attcompression);
}

/* Does the local column have a default of its own? */
static bool
has_own_default(const LocalWriter *writer, const BindsModelColumn *column)
{
	const BindsReflectedColumn *engine = engine_column(writer, column->name);

	return column_default(writer->rel, column->attnum) != NULL &&
		(engine == NULL || !engine->engine_first);
}

/*
 * Is a column part of what identifies a row: the primary key, else the first key
 * whose columns are all NOT NULL?  Of a table that we did not make, the key that
 * the engine guarantees.
 */
static bool
is_identity_key(const LocalWriter *writer, const BindsModelColumn *column)
{
	const BindsModel *model = writer->model;

	if (writer->engine != NULL)
	{
		const BindsReflectedKey *key = binds_reflected_identity(writer->engine);

		for (int i = 0; key != NULL && i < key->ncolumns; i++)
		{
			if (strcmp(key->columns[i], column->name) == 0)
				return true;
		}
		return false;
	}
	for (int i = 0; i < model->nkeys; i++)
	{
		const BindsModelKey *key = &model->keys[i];
		bool		found = false;
		bool		total = true;

		for (int j = 0; j < key->ncolumns; j++)
		{
			if (&model->columns[key->columns[j]] == column)
				found = true;
			if (!model->columns[key->columns[j]].not_null)
				total = false;
		}
		if (total)
			return found;
	}
	return false;
}

static const BindsReflectedColumn *
engine_column(const LocalWriter *writer, const char *name)
{
	for (int i = 0; writer->engine != NULL && i < writer->engine->ncolumns; i++)
	{
		if (strcmp(writer->engine->columns[i].name, name) == 0)
			return &writer->engine->columns[i];
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * Defaults, serial, identity
 * ------------------------------------------------------------------------ */

/*
 * "serial" and its like for a column that takes its values from a sequence of its
 * own, so that the local table gets its own too; else NULL.  A child of a model on
 * another engine, which has no sequence, gets one as well.
 */
static const char *
serial_word(const LocalWriter *writer, const BindsModelColumn *column)
{
	AttrNumber	attnum;
	Oid			owner = binds_model_sequence_owner(column_default(writer->rel,
																  column->attnum),
												   &attnum, NULL);

	if (owner == RelationGetRelid(writer->rel) ? attnum != column->attnum :
		writer->defines || !is_engines_template(owner))
		return NULL;
	switch (column->typid)
	{
		case INT2OID:
			return "smallserial";
		case INT4OID:
			return "serial";
		case INT8OID:
			return "bigserial";
	}
	return NULL;
}

/* Is a table the template of a model that is not on the default bind? */
static bool
is_engines_template(Oid relid)
{
	BindsModelRow *row = OidIsValid(relid) ? binds_model_of_template(relid) : NULL;

	return row != NULL && row->bind_key != NULL;
}

static Node *
column_default(Relation rel, AttrNumber attnum)
{
	TupleConstr *constr = RelationGetDescr(rel)->constr;

	for (int i = 0; constr != NULL && i < constr->num_defval; i++)
	{
		if (constr->defval[i].adnum == attnum)
			return stringToNode(constr->defval[i].adbin);
	}
	return NULL;
}

/*
 * The default or generation expression as text; NULL: none, or for binds.define one that
 * comes with a parent.
 */
static char *
default_text(const LocalWriter *writer, AttrNumber attnum)
{
	Relation	rel = writer->rel;
	Node	   *expr = column_default(rel, attnum);
	Oid			owner;

	if (expr == NULL)
		return NULL;
	owner = binds_model_sequence_owner(expr, NULL, NULL);
	if (OidIsValid(owner) && binds_model_of_template(owner) != NULL)
		return writer->defines ? NULL :
			binds_relation_parent_default(RelationGetRelid(rel), attnum);
	return deparse_expression(expr,
							  deparse_context_for(RelationGetRelationName(rel),
												  RelationGetRelid(rel)),
							  false, false);
}

char *
binds_relation_parent_default(Oid template, AttrNumber attnum)
{
	Relation	rel = table_open(template, AccessShareLock);
	AttrNumber	owner_attnum;
	Oid			owner = binds_model_sequence_owner(column_default(rel, attnum),
												   &owner_attnum, NULL);
	BindsModelRow *row;
	Oid			relid;
	Oid			sequence = InvalidOid;

	table_close(rel, NoLock);
	if (!OidIsValid(owner) || owner == template)
		return NULL;
	row = binds_model_of_template(owner);
	if (row == NULL || row->bind_key != NULL)
		return NULL;
	relid = binds_model_relation(row);
	if (OidIsValid(relid))
	{
		char	   *name = get_attname(owner, owner_attnum, false);

		attnum = get_attnum(relid, name);
		if (attnum > 0)
			sequence = binds_owned_sequence(relid, attnum, DEPENDENCY_AUTO);
	}
	if (!OidIsValid(sequence))
		return NULL;
	return psprintf("nextval(%s::regclass)",
					quote_literal_cstr(binds_qualified_name(sequence)));
}

/* ------------------------------------------------------------------------
 * Constraints
 * ------------------------------------------------------------------------ */

/* Constraints of the template that have text, keys first. */
static List *
template_constraints(const LocalWriter *writer)
{
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, binds_constraints(writer->model->template))
	{
		Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT((HeapTuple) lfirst(lc));
		LocalConstraint *constraint = palloc0(sizeof(LocalConstraint));

		if (constraint_rank(form->contype) < 0)
			continue;
		constraint->oid = form->oid;
		constraint->type = form->contype;
		constraint->name = pstrdup(NameStr(form->conname));
		constraint->referenced = form->confrelid;
		constraint->inherited = form->coninhcount > 0;
		constraint->local = form->conislocal;
		for (int i = 0; i < writer->model->nforeign_keys; i++)
		{
			if (form->contype == CONSTRAINT_FOREIGN &&
				strcmp(writer->model->foreign_keys[i].name, constraint->name) == 0)
				constraint->late = writer->model->foreign_keys[i].late;
		}
		for (int i = 0; i < writer->model->nchecks; i++)
		{
			if (form->contype == CONSTRAINT_CHECK &&
				strcmp(writer->model->checks[i].name, constraint->name) == 0)
				constraint->check = &writer->model->checks[i];
		}
		for (int i = 0; i < writer->model->nkeys; i++)
		{
			if (constraint_rank(form->contype) < 2 &&
				strcmp(writer->model->keys[i].name, constraint->name) == 0)
				constraint->key = &writer->model->keys[i];
		}
		result = lappend(result, constraint);
	}
	list_sort(result, compare_constraints);
	foreach(lc, result)
		((LocalConstraint *) lfirst(lc))->apart = stands_apart(result, lfirst(lc));
	return result;
}

/*
 * An exclusion constraint may call functions, as indexes do.  Of keys over the same columns
 * CREATE TABLE would make the first alone.
 */
static bool
stands_apart(List *constraints, const LocalConstraint *constraint)
{
	const BindsModelKey *key = constraint->key;
	ListCell   *lc;

	foreach(lc, key != NULL ? constraints : NIL)
	{
		const LocalConstraint *other = lfirst(lc);

		if (other == constraint)
			break;
		if (other->key != NULL && other->key->ncolumns == key->ncolumns &&
			memcmp(other->key->columns, key->columns, sizeof(int) * key->ncolumns) == 0)
			return true;
	}
	return constraint->type == CONSTRAINT_EXCLUSION;
}

static int
constraint_rank(char type)
{
	switch (type)
	{
		case CONSTRAINT_PRIMARY:
			return 0;
		case CONSTRAINT_UNIQUE:
			return 1;
		case CONSTRAINT_EXCLUSION:
			return 2;
		case CONSTRAINT_CHECK:
			return 3;
		case CONSTRAINT_FOREIGN:
			return 4;
	}
	return -1;
}

static int
compare_constraints(const ListCell *a, const ListCell *b)
{
	const LocalConstraint *ca = lfirst(a);
	const LocalConstraint *cb = lfirst(b);

	if (ca->type != cb->type)
		return constraint_rank(ca->type) - constraint_rank(cb->type);
	return strcmp(ca->name, cb->name);
}

/*
 * "CONSTRAINT name ..." for the local relation.  The name is left to PostgreSQL where
 * the schema has an index of that name.  The planner believes a valid check of a
 * foreign table: one that the engine does not guarantee is NOT VALID, and checked
 * for new rows all the same.
 */
static char *
constraint_text(const LocalWriter *writer, const LocalConstraint *constraint)
{
	char	   *def = constraint_definition(writer, constraint);
	bool		index = constraint_rank(constraint->type) <= 2;

	if (index && OidIsValid(writer->schema) &&
		OidIsValid(get_relname_relid(constraint->name, writer->schema)))
		return def;
	return psprintf("CONSTRAINT %s %s", quote_identifier(constraint->name), def);
}

/* The same without the name. */
static char *
constraint_definition(const LocalWriter *writer, const LocalConstraint *constraint)
{
	char	   *def = definition_text(constraint->oid);

	if (constraint->type == CONSTRAINT_FOREIGN)
		return foreign_key_text(writer, constraint, def);
	if (constraint->type == CONSTRAINT_CHECK && writer->bind != NULL &&
		writer->bind->dialect != NULL && !constraint->inherited &&
		(writer->engine != NULL || constraint->check == NULL ||
		 constraint->check->sql == NULL))
		return psprintf("%s NOT VALID", def);
	return def;
}

/* A constraint as PostgreSQL says it. */
static char *
definition_text(Oid constraint)
{
	return TextDatumGetCString(DirectFunctionCall1(pg_get_constraintdef,
												   ObjectIdGetDatum(constraint)));
}

/*
 * Put the local relation into the place of the template that a foreign key refers to.
 * The definition is PostgreSQL's own text, whose beginning is known to the byte.
 */
static char *
foreign_key_text(const LocalWriter *writer, const LocalConstraint *constraint,
				 const char *def)
{
	char	   *prefix = psprintf(") REFERENCES %s(",
								  binds_qualified_name(constraint->referenced));
	const char *found = NULL;
	BindsModelRow *row = binds_model_of_template(constraint->referenced);

	/* the last place: a column's name might contain the text */
	for (const char *p = strstr(def, prefix); p != NULL; p = strstr(p + 1, prefix))
		found = p;
	if (found == NULL || row == NULL)
		elog(ERROR, "could not read the definition of foreign key \"%s\"",
			 constraint->name);
	return psprintf("%.*s) REFERENCES %s(%s", (int) (found - def), def,
					quote_qualified_identifier(row->local_schema,
											   writer->defines ? row->model :
											   row->local_name),
					found + strlen(prefix));
}

/* ------------------------------------------------------------------------
 * Indexes and comments
 * ------------------------------------------------------------------------ */

/*
 * The constraints that stand apart, and CREATE INDEX for the indexes that belong to none.
 */
static List *
index_statements(LocalWriter *writer)
{
	List	   *statements = NIL;
	ListCell   *lc;

	foreach(lc, template_constraints(writer))
	{
		LocalConstraint *constraint = lfirst(lc);

		if (constraint->apart)
			statements = lappend(statements,
								 psprintf("ALTER TABLE %s ADD %s", writer->table,
										  constraint_text(writer, constraint)));
	}
	foreach(lc, RelationGetIndexList(writer->rel))
	{
		Oid			oid = lfirst_oid(lc);
		const char *name = get_rel_name(oid);
		char	   *def;
		bool		unique;

		if (OidIsValid(get_index_constraint(oid)))
			continue;
		def = index_definition(writer, oid, &unique);
		if (OidIsValid(writer->schema) &&
			OidIsValid(get_relname_relid(name, writer->schema)))
			name = NULL;		/* let PostgreSQL choose another one */
		statements = lappend(statements,
							 psprintf("CREATE %sINDEX %s%sON %s %s",
									  unique ? "UNIQUE " : "",
									  name ? quote_identifier(name) : "",
									  name ? " " : "", writer->table, def));
	}
	return statements;
}

/* An index as PostgreSQL says it, from its method on. */
static char *
index_definition(const LocalWriter *writer, Oid index, bool *unique)
{
	const char *name = get_rel_name(index);
	char	   *def = TextDatumGetCString(DirectFunctionCall1(pg_get_indexdef,
															  ObjectIdGetDatum(index)));
	char	   *prefix;

	*unique = strncmp(def, "CREATE UNIQUE ", 14) == 0;
	prefix = psprintf("CREATE %sINDEX %s ON %s%s ", *unique ? "UNIQUE " : "",
					  quote_identifier(name),
					  writer->rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE ? "ONLY " : "",
					  binds_qualified_name(RelationGetRelid(writer->rel)));
	if (strncmp(def, prefix, strlen(prefix)) != 0)
		elog(ERROR, "could not read the definition of index \"%s\"", name);
	return def + strlen(prefix);
}

static List *
comment_statements(LocalWriter *writer)
{
	const BindsModel *model = writer->model;
	bool		foreign = writer->bind->dialect != NULL;
	List	   *statements = NIL;

	if (model->comment != NULL)
		statements = lappend(statements,
							 psprintf("COMMENT ON %sTABLE %s IS %s",
									  foreign ? "FOREIGN " : "", writer->table,
									  quote_literal_cstr(model->comment)));
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].comment != NULL)
			statements = lappend(statements,
								 psprintf("COMMENT ON COLUMN %s.%s IS %s",
										  writer->table,
										  quote_identifier(model->columns[i].name),
										  quote_literal_cstr(model->columns[i].comment)));
	}
	return statements;
}

/* ------------------------------------------------------------------------
 * Parts, to be compared
 * ------------------------------------------------------------------------ */

void
binds_local_expected(const BindsBind *bind, const BindsModelRow *row,
					 const BindsModel *model, const BindsReflectedTable *engine,
					 Oid relid, BindsLocalRelation *result)
{
	LocalWriter writer = {bind, row, model, engine};
	int			level = binds_fixed_path();

	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->local_name);
	memset(result, 0, sizeof(*result));
	result->columns = palloc0(sizeof(BindsLocalColumn) * Max(model->ncolumns, 1));
	result->ncolumns = model->ncolumns;
	for (int i = 0; i < model->ncolumns; i++)
		describe_column(&writer, &model->columns[i], &result->columns[i]);
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
	LocalWriter writer = {bind, row, model, NULL};
	int			level = binds_fixed_path();

	writer.rel = table_open(relid, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->local_name);
	memset(result, 0, sizeof(*result));
	result->columns = palloc0(sizeof(BindsLocalColumn) * Max(model->ncolumns, 1));
	result->ncolumns = model->ncolumns;
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (bind->dialect == NULL)
			describe_column(&writer, &model->columns[i], &result->columns[i]);
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
describe_foreign(const LocalWriter *writer, const BindsModelColumn *column,
				 BindsLocalColumn *local)
{
	ListCell   *lc;

	describe_type(writer, column, local);
	foreach(lc, GetForeignColumnOptions(RelationGetRelid(writer->rel), column->attnum))
	{
		if (binds_option_is_own(((DefElem *) lfirst(lc))->defname))
			local->own_options = lappend(local->own_options, lfirst(lc));
		else
			local->options = lappend(local->options, lfirst(lc));
	}
	local->expr = default_text(writer, column->attnum);
	local->computed = column->computed;
	local->not_null = column->not_null;
}

/*
 * The options that create_all gives to a foreign table.  What "described" says depends on
 * the order of the columns: that is the relation's own.
 */
static List *
expected_options(const LocalWriter *writer, Oid relid)
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
	return table_options(writer, order);
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

/* Does an expression read a column behind one? */
static bool
reads_later(Node *expr, AttrNumber attnum)
{
	Bitmapset  *used = NULL;
	int			later = attnum - FirstLowInvalidHeapAttributeNumber;

	pull_varattnos(expr, 1, &used);
	return bms_next_member(used, later) >= 0;
}

/* Add columns, constraints, indexes and comments.  Constraints are known by what they say. */
static void
add_parts(LocalWriter *writer, BindsLocalRelation *result, bool expected)
{
	BindsTableParts *definition = &result->definition;
	bool		foreign = writer->bind->dialect != NULL;
	ListCell   *lc;

	definition->kind = BINDS_KIND_TABLE;
	result->table = writer->table;
	for (int i = 0; i < result->ncolumns; i++)
	{
		BindsLocalColumn *column = &result->columns[i];
		Node	   *expr = column_default(writer->rel, writer->model->columns[i].attnum);
		BindsPart  *part;
		StringInfoData buf;

		list_sort(column->options, compare_options);
		initStringInfo(&buf);
		append_local_column(&buf, column);
		part = binds_part_add(definition, BINDS_PART_COLUMN, column->name, buf.data,
							  column->expr != NULL && expr != NULL ?
							  binds_same_text(buf.data, writer->rel, expr) : NULL);
		part->core = core_of(writer, column, expr);
		part->computed = column->computed;
		part->from_later = column->computed && expr != NULL &&
			reads_later(expr, writer->model->columns[i].attnum);
	}
	foreach(lc, template_constraints(writer))
	{
		LocalConstraint *constraint = lfirst(lc);
		char	   *text;
		BindsPart  *part;

		if (constraint->inherited)
			result->inherited = lappend(result->inherited, pstrdup(constraint->name));
		if (foreign && constraint->type != CONSTRAINT_CHECK)
			continue;
		text = expected ? constraint_definition(writer, constraint) :
			definition_text(constraint->oid);
		part = binds_part_add(definition, kind_of(constraint->type), constraint->name, text,
							  same_check(writer, constraint->name, text));
		/* PostgreSQL chooses names of indexes alone */
		part->any_name = constraint_rank(constraint->type) <= 2;
		if (constraint->type == CONSTRAINT_CHECK)
			part->core = list_make1(without_not_valid(part->same));
	}
	if (!foreign)
		add_indexes(writer, definition);
	add_comments(writer->model, definition);
}

/* What a column says beside its type and options. */
static List *
core_of(const LocalWriter *writer, const BindsLocalColumn *column, Node *expr)
{
	List	   *core = NIL;

	if (column->not_null)
		core = lappend(core, "NOT NULL");
	if (column->expr != NULL && expr != NULL)
		core = lappend(core, psprintf("%s %s", column->computed ? "AS" : "DEFAULT",
									  binds_same_text(column->expr, writer->rel, expr)));
	return core;
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

static void
add_indexes(LocalWriter *writer, BindsTableParts *definition)
{
	ListCell   *lc;

	foreach(lc, RelationGetIndexList(writer->rel))
	{
		Oid			oid = lfirst_oid(lc);
		bool		unique;
		char	   *def;

		if (OidIsValid(get_index_constraint(oid)))
			continue;
		def = index_definition(writer, oid, &unique);
		def = psprintf("%sINDEX %s", unique ? "UNIQUE " : "", def);
		binds_part_add(definition, BINDS_PART_INDEX, get_rel_name(oid), def,
					   same_index(writer, oid, def))->any_name = true;
	}
}

/* The text of a constraint as it is to be compared. */
static char *
same_check(const LocalWriter *writer, const char *name, char *text)
{
	for (int i = 0; i < writer->model->nchecks; i++)
	{
		const BindsModelCheck *check = &writer->model->checks[i];

		if (strcmp(check->name, name) == 0)
			return binds_same_text(text, writer->rel, check->expr);
	}
	return text;
}

/* The text of an index as it is to be compared. */
static char *
same_index(const LocalWriter *writer, Oid oid, char *text)
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

static void
append_option(StringInfo buf, const char *name, const char *value)
{
	appendStringInfo(buf, "%s %s", name, quote_literal_cstr(value));
}
