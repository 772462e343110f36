/*
 * reflected_ddl.c
 *	  What an engine's catalogs say of a table, as statements for binds.define.
 *
 * A constraint is carried over only if the engine guarantees it: PostgreSQL's planner
 * believes what it is told of a foreign table.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "commands/reflected_ddl.h"
#include "commands/relation.h"
#include "compat.h"
#include "dialect/reflected.h"
#include "model/dependencies.h"

/* Names that a key or an index cannot have. */
typedef struct Taken
{
	Oid			metadata;		/* the schema that they are in; may be
								 * InvalidOid */
	List	   *tables;			/* char *: of the bind's tables */
	List	   *names;			/* char *: of what this table has got */
} Taken;

static void append_column(StringInfo buf, const BindsReflectedTable *table,
						  const BindsReflectedColumn *column,
						  const char *local_schema, List *relations, Taken *taken);
static bool is_integer(const char *type);
static char *enum_type(const BindsReflectedTable *table,
					   const BindsReflectedColumn *column, const char *local_schema,
					   List *relations);
static bool same_labels(Oid typid, const BindsReflectedColumn *column);
static void create_enum(const char *name, const BindsReflectedColumn *column);
static Oid	type_of_name(Oid schema, const char *name);
static BindsModelRow *model_of_type(Oid typid, const char *name, char **base);
static bool is_enum_name(const char *name, const char *base);
static bool has_key_before(const BindsReflectedTable *table, int place);
static void append_key(StringInfo buf, const BindsReflectedTable *table,
					   const BindsReflectedKey *key, Taken *taken);
static bool is_foreign_key(const BindsReflectedTable *table, const char *name);
static bool is_not_null_name(const BindsReflectedTable *table, const char *name);
static void append_index(StringInfo buf, const BindsReflectedTable *table,
						 const char *qualified, const BindsReflectedIndex *index,
						 Taken *taken);
static const char *made_name(const BindsReflectedTable *table, char **columns,
							 int ncolumns, const char *label, bool key, Taken *taken);
static bool take_name(const char *name, Taken *taken);
static bool is_among(List *names, const char *name);
static void append_foreign_key(StringInfo buf, const BindsReflectedTable *table,
							   const BindsReflectedForeignKey *key);
static bool names_columns(const BindsReflectedForeignKey *key);
static void append_names(StringInfo buf, char **names, int n);
static const char *whole_name(const char *name);
static const char *action_words(char action);

char *
binds_reflected_table(const BindsReflectedTable *table, const char *local_schema,
					  Oid metadata, List *tables, List *relations)
{
	const char *name = quote_qualified_identifier(local_schema,
												  whole_name(table->name));
	Taken		taken = {metadata, tables, NIL};
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE TABLE %s (", name);
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (i > 0)
			appendStringInfoString(&buf, ", ");
		append_column(&buf, table, &table->columns[i], local_schema, relations, &taken);
	}
	for (int i = 0; i < table->nkeys; i++)
	{
		if (!binds_reflected_in_model(table, &table->keys[i]) || has_key_before(table, i))
			continue;
		appendStringInfoString(&buf, ", ");
		append_key(&buf, table, &table->keys[i], &taken);
	}
	for (int i = 0; i < table->nforeign_keys; i++)
	{
		if (!table->foreign_keys[i].early)
			continue;
		appendStringInfoString(&buf, ", ");
		append_foreign_key(&buf, table, &table->foreign_keys[i]);
	}
	appendStringInfoChar(&buf, ')');
	for (int i = 0; i < table->nkeys; i++)
	{
		if (!binds_reflected_in_model(table, &table->keys[i]) || !has_key_before(table, i))
			continue;
		appendStringInfo(&buf, "; ALTER TABLE %s ADD ", name);
		append_key(&buf, table, &table->keys[i], &taken);
	}
	for (int i = 0; i < table->nindexes; i++)
	{
		if (binds_reflected_indexable(table, table->indexes[i].columns,
									  table->indexes[i].ncolumns))
			append_index(&buf, table, name, &table->indexes[i], &taken);
	}
	if (table->comment != NULL && table->comment[0] != '\0')
		appendStringInfo(&buf, "; COMMENT ON TABLE %s IS %s", name,
						 quote_literal_cstr(table->comment));
	for (int i = 0; i < table->ncolumns; i++)
	{
		const char *comment = table->columns[i].comment;

		if (comment != NULL && comment[0] != '\0')
			appendStringInfo(&buf, "; COMMENT ON COLUMN %s.%s IS %s", name,
							 quote_identifier(whole_name(table->columns[i].name)),
							 quote_literal_cstr(comment));
	}
	return buf.data;
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

static void
append_column(StringInfo buf, const BindsReflectedTable *table,
			  const BindsReflectedColumn *column, const char *local_schema,
			  List *relations, Taken *taken)
{
	const char *type = column->type;

	if (type == NULL)
		type = enum_type(table, column, local_schema, relations);
	appendStringInfo(buf, "%s %s", quote_identifier(whole_name(column->name)), type);
	if (column->generated_key && !column->only_engine_generates && is_integer(type))
	{
		char	   *columns[] = {column->name};

		appendStringInfoString(buf, " GENERATED BY DEFAULT AS IDENTITY");
		/* PostgreSQL names the sequence so */
		(void) made_name(table, columns, 1, "seq", false, taken);
	}
	else if (column->default_expr != NULL && !column->computed)
		appendStringInfo(buf, " DEFAULT %s", column->default_expr);
	if (column->not_null)
		appendStringInfoString(buf, " NOT NULL");
}

static bool
is_integer(const char *type)
{
	return strcmp(type, "smallint") == 0 || strcmp(type, "integer") == 0 ||
		strcmp(type, "bigint") == 0;
}

/*
 * Find or make the type of an enum column.  It is named after table and column, in the
 * schema of the relation; one that is there with the same labels is taken.  A relation has
 * a type of its name as well.
 */
static char *
enum_type(const BindsReflectedTable *table, const BindsReflectedColumn *column,
		  const char *local_schema, List *relations)
{
	Oid			schema = get_namespace_oid(local_schema, false);
	char	   *base = psprintf("%s_%s", table->name, column->name);

	for (int i = 0;; i++)
	{
		char	   *name = makeObjectName(base, NULL, i > 0 ? psprintf("%d", i) : NULL);
		char	   *qualified = quote_qualified_identifier(local_schema, name);
		Oid			typid = type_of_name(schema, name);

		if (OidIsValid(typid) ? !same_labels(typid, column) : is_among(relations, name))
			continue;
		if (!OidIsValid(typid))
			create_enum(qualified, column);
		return qualified;
	}
}

static bool
same_labels(Oid typid, const BindsReflectedColumn *column)
{
	Relation	rel;
	Relation	index;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	int			n = 0;
	bool		same = get_typtype(typid) == TYPTYPE_ENUM;

	rel = table_open(EnumRelationId, AccessShareLock);
	index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(typid));
	scan = systable_beginscan_ordered(rel, index, NULL, 1, &key);
	while (same &&
		   (tuple = systable_getnext_ordered(scan, ForwardScanDirection)) != NULL)
	{
		Form_pg_enum label = (Form_pg_enum) GETSTRUCT(tuple);

		same = n < column->nlabels &&
			strcmp(NameStr(label->enumlabel), column->enum_labels[n]) == 0;
		n++;
	}
	systable_endscan_ordered(scan);
	index_close(index, AccessShareLock);
	table_close(rel, AccessShareLock);
	return same && n == column->nlabels;
}

static void
create_enum(const char *name, const BindsReflectedColumn *column)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE TYPE %s AS ENUM (", name);
	for (int i = 0; i < column->nlabels; i++)
		appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "",
						 quote_literal_cstr(column->enum_labels[i]));
	appendStringInfoChar(&buf, ')');
	binds_spi_run(buf.data);
}

static Oid
type_of_name(Oid schema, const char *name)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(name),
						   ObjectIdGetDatum(schema));
}

void
binds_reflected_make_way(const char *local_schema, const char *name, List *relations)
{
	Oid			schema = get_namespace_oid(local_schema, false);
	Oid			typid = type_of_name(schema, name);
	BindsModelRow *row;
	char	   *base;
	char	   *other;
	int			i = 1;

	if (!OidIsValid(typid) || get_typtype(typid) != TYPTYPE_ENUM)
		return;
	row = model_of_type(typid, name, &base);
	if (row == NULL)
		return;					/* not one of enum_type's: PostgreSQL refuses */
	if (!binds_compat_owns_type(typid, GetUserId()))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_OBJECT),
				 errmsg("relation \"%s.%s\" has the name of a type of model \"%s\" on %s",
						local_schema, name, row->model, binds_bind_words(row->bind_key)),
				 errhint("ALTER TYPE %s RENAME TO gives it another one.",
						 quote_qualified_identifier(local_schema, name))));
	do
		other = makeObjectName(base, NULL, psprintf("%d", i++));
	while (OidIsValid(type_of_name(schema, other)) || is_among(relations, other));
	binds_spi_run(psprintf("ALTER TYPE %s RENAME TO %s",
						   quote_qualified_identifier(local_schema, name),
						   quote_identifier(other)));
	ereport(NOTICE,
			(errmsg("type \"%s\" of model \"%s\" on %s is called \"%s\" now", name,
					row->model, binds_bind_words(row->bind_key), other),
			 errdetail("That is the name of a table or view of the engine.")));
}

/*
 * The model for a column of which enum_type has named a type, NULL if there is none.
 * base: what its name is made of.
 */
static BindsModelRow *
model_of_type(Oid typid, const char *name, char **base)
{
	ListCell   *lc;

	foreach(lc, binds_dependents(TypeRelationId, typid))
	{
		ObjectAddress *column = &((BindsDependency *) lfirst(lc))->object;
		BindsModelRow *row;

		if (column->classId != RelationRelationId || column->objectSubId <= 0)
			continue;
		row = binds_model_of_template(column->objectId);
		if (row == NULL)
			continue;
		*base = psprintf("%s_%s", row->model,
						 get_attname(column->objectId, column->objectSubId, false));
		if (is_enum_name(name, *base))
			return row;
	}
	return NULL;
}

/* Is it what enum_type makes of this: with a number at the end, or without? */
static bool
is_enum_name(const char *name, const char *base)
{
	const char *end = strrchr(name, '_');

	return strcmp(name, makeObjectName(base, NULL, NULL)) == 0 ||
		(end != NULL && strspn(end + 1, "0123456789") == strlen(end + 1) &&
		 strcmp(name, makeObjectName(base, NULL, end + 1)) == 0);
}

/* ------------------------------------------------------------------------
 * Keys, indexes, foreign keys
 * ------------------------------------------------------------------------ */

/*
 * Has the model a key of the same columns before this one?  PostgreSQL would make one of
 * them, if both were in CREATE TABLE.
 */
static bool
has_key_before(const BindsReflectedTable *table, int place)
{
	const BindsReflectedKey *key = &table->keys[place];

	for (int i = 0; i < place; i++)
	{
		const BindsReflectedKey *other = &table->keys[i];
		bool		same = other->ncolumns == key->ncolumns &&
			binds_reflected_in_model(table, other);

		for (int j = 0; same && j < key->ncolumns; j++)
			same = strcmp(other->columns[j], key->columns[j]) == 0;
		if (same)
			return true;
	}
	return false;
}

static void
append_key(StringInfo buf, const BindsReflectedTable *table, const BindsReflectedKey *key,
		   Taken *taken)
{
	bool		primary = key->primary && key->guaranteed;
	const char *name = key->name;

	if (primary)
		name = made_name(table, NULL, 0, "pkey", true, taken);
	else if (name == NULL || is_foreign_key(table, name) ||
			 is_not_null_name(table, name) || !take_name(name, taken))
		name = made_name(table, key->columns, key->ncolumns, "key", true, taken);
	appendStringInfo(buf, "CONSTRAINT %s %s (", quote_identifier(name),
					 primary ? "PRIMARY KEY" : "UNIQUE");
	append_names(buf, key->columns, key->ncolumns);
	appendStringInfoChar(buf, ')');
}

/* Engines may let a key and a foreign key of one table have one name. */
static bool
is_foreign_key(const BindsReflectedTable *table, const char *name)
{
	for (int i = 0; i < table->nforeign_keys; i++)
	{
		if (table->foreign_keys[i].name != NULL &&
			strcmp(table->foreign_keys[i].name, name) == 0)
			return true;
	}
	return false;
}

/* Is it the name of a column's NOT NULL, which is a constraint from PostgreSQL 18 on? */
static bool
is_not_null_name(const BindsReflectedTable *table, const char *name)
{
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (strcmp(makeObjectName(table->name, table->columns[i].name, "not_null"),
				   name) == 0)
			return true;
	}
	return false;
}

static void
append_index(StringInfo buf, const BindsReflectedTable *table, const char *qualified,
			 const BindsReflectedIndex *index, Taken *taken)
{
	const char *name = index->name;

	if (name == NULL || !take_name(name, taken))
		name = made_name(table, index->columns, index->ncolumns, "idx", false, taken);
	appendStringInfo(buf, "; CREATE %sINDEX %s ON %s (", index->unique ? "UNIQUE " : "",
					 quote_identifier(name), qualified);
	for (int i = 0; i < index->ncolumns; i++)
		appendStringInfo(buf, "%s%s%s", i > 0 ? ", " : "",
						 quote_identifier(whole_name(index->columns[i])),
						 index->descending != NULL && index->descending[i] ?
						 " DESC" : "");
	appendStringInfoChar(buf, ')');
}

/*
 * Make a name as PostgreSQL does, and take it.  PostgreSQL itself would know only what is
 * there, and not what comes: tables, and where it is a key's the table's foreign keys.
 */
static const char *
made_name(const BindsReflectedTable *table, char **columns, int ncolumns,
		  const char *label, bool key, Taken *taken)
{
	StringInfoData joined;

	initStringInfo(&joined);
	for (int i = 0; i < ncolumns; i++)
		appendStringInfo(&joined, "%s%s", i > 0 ? "_" : "", columns[i]);
	for (int i = 0;; i++)
	{
		char	   *name = makeObjectName(table->name, ncolumns > 0 ? joined.data : NULL,
										  i > 0 ? psprintf("%s%d", label, i) : label);

		if (!(key && is_foreign_key(table, name)) && take_name(name, taken))
			return name;
	}
}

/*
 * Take a name for an index; false if it is taken.  An engine may have index names per
 * table, and tables of the same names; PostgreSQL has one name once per schema.
 */
static bool
take_name(const char *name, Taken *taken)
{
	if (strlen(name) >= NAMEDATALEN ||
		(OidIsValid(taken->metadata) &&
		 OidIsValid(get_relname_relid(name, taken->metadata))) ||
		is_among(taken->tables, name) || is_among(taken->names, name))
		return false;
	taken->names = lappend(taken->names, unconstify(char *, name));
	return true;
}

static bool
is_among(List *names, const char *name)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		if (strcmp(lfirst(lc), name) == 0)
			return true;
	}
	return false;
}

char *
binds_reflected_foreign_key(const BindsReflectedTable *table,
							const BindsReflectedForeignKey *key,
							const char *local_schema)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "ALTER TABLE %s ADD ",
					 quote_qualified_identifier(local_schema, whole_name(table->name)));
	append_foreign_key(&buf, table, key);
	return buf.data;
}

char *
binds_reflected_foreign_key_words(const BindsReflectedForeignKey *key)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "foreign key ");
	if (key->name != NULL && key->name[0] != '\0')
		appendStringInfo(&buf, "\"%s\" ", key->name);
	appendStringInfoChar(&buf, '(');
	append_names(&buf, key->columns, key->ncolumns);
	appendStringInfoString(&buf, ") of table");
	return buf.data;
}

static void
append_foreign_key(StringInfo buf, const BindsReflectedTable *table,
				   const BindsReflectedForeignKey *key)
{
	if (key->name != NULL && key->name[0] != '\0' && strlen(key->name) < NAMEDATALEN &&
		!is_not_null_name(table, key->name))
		appendStringInfo(buf, "CONSTRAINT %s ", quote_identifier(key->name));
	appendStringInfoString(buf, "FOREIGN KEY (");
	append_names(buf, key->columns, key->ncolumns);
	appendStringInfo(buf, ") REFERENCES %s", quote_identifier(whole_name(key->ref_table)));
	if (names_columns(key))
	{
		appendStringInfoString(buf, " (");
		append_names(buf, key->ref_columns, key->ncolumns);
		appendStringInfoChar(buf, ')');
	}
	appendStringInfo(buf, " ON UPDATE %s ON DELETE %s",
					 action_words(key->on_update), action_words(key->on_delete));
	if (key->deferrable)
		appendStringInfo(buf, " DEFERRABLE INITIALLY %s",
						 key->initially_deferred ? "DEFERRED" : "IMMEDIATE");
}

/*
 * Does it say what it refers to?  Else it is a primary key, which the table may not have:
 * PostgreSQL says so.
 */
static bool
names_columns(const BindsReflectedForeignKey *key)
{
	for (int i = 0; key->ref_columns != NULL && i < key->ncolumns; i++)
	{
		if (key->ref_columns[i][0] == '\0')
			return false;
	}
	return key->ref_columns != NULL;
}

static void
append_names(StringInfo buf, char **names, int n)
{
	for (int i = 0; i < n; i++)
		appendStringInfo(buf, "%s%s", i > 0 ? ", " : "", quote_identifier(whole_name(names[i])));
}

/*
 * A name that means something of the engine's.  PostgreSQL would cut a longer one, and
 * what is called so when it is cut is another thing.
 */
static const char *
whole_name(const char *name)
{
	if (strlen(name) >= NAMEDATALEN)
		ereport(ERROR,
				(errcode(ERRCODE_NAME_TOO_LONG),
				 errmsg("name \"%s\" is longer than PostgreSQL's names", name)));
	return name;
}

static const char *
action_words(char action)
{
	switch (action)
	{
		case FKCONSTR_ACTION_RESTRICT:
			return "RESTRICT";
		case FKCONSTR_ACTION_CASCADE:
			return "CASCADE";
		case FKCONSTR_ACTION_SETNULL:
			return "SET NULL";
		case FKCONSTR_ACTION_SETDEFAULT:
			return "SET DEFAULT";
	}
	return "NO ACTION";
}
