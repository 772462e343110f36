/*
 * export.c
 *	  binds.export: a script that registers binds and models elsewhere.
 *
 * It is SQL of this extension, and of PostgreSQL for the types of columns that somebody
 * has made; what else models need is told in comments.  Neither user mappings nor rows are in it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_attrdef.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_opclass.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_ts_config.h"
#include "catalog/pg_ts_dict.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "commands/relation.h"
#include "commands/work.h"
#include "compat.h"
#include "model/dependencies.h"

BINDS_FUNCTION(binds_export);

/* A script, and what it has already. */
typedef struct Script
{
	StringInfoData buf;
	List	   *schemas;		/* OIDs */
	List	   *types;			/* OIDs */
	List	   *told;			/* texts of comments */
} Script;

/* A model and its bind. */
typedef struct ExportItem
{
	const BindsBind *bind;
	const BindsModelRow *row;
	BindsModel *model;
} ExportItem;

static void append_binds(Script *script, List *works);
static ExportItem *ordered_items(List *works, int *n);
static int	compare_items(const void *a, const void *b);
static void append_schema(Script *script, Oid schema);
static void append_types(Script *script, const ExportItem *item);
static void append_type(Script *script, Oid typid);
static void append_relation_needs(Script *script, Oid relid);
static void append_needs(Script *script, Oid class, Oid object);
static void append_references(Script *script, Oid class, Oid object);
static void append_reference(Script *script, const ObjectAddress *address);
static void append_told(Script *script, const char *what);
static void append_comment(Script *script, const char *text);
static void append_enum(Script *script, Oid typid);
static void append_domain(Script *script, Oid typid, HeapTuple type);
static void append_models(Script *script, const ExportItem *items, int n, bool late);
static void append_define(Script *script, const BindsBind *bind, const char *ddl);
static void append_options(Script *script, const ExportItem *item);
static void append_option_list(Script *script, const char *relation, const char *column,
							   List *options);

/*
 * binds.export() returns text; also of text, and of text[]
 */
Datum
binds_export(PG_FUNCTION_ARGS)
{
	List	   *works = binds_work_load(binds_bind_list(fcinfo), false);
	int			level = binds_fixed_path();
	Script		script = {{0}};
	ExportItem *items;
	int			n;

	/* texts in it are read as they are written */
	(void) set_config_option("standard_conforming_strings", "on", PGC_USERSET,
							 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	initStringInfo(&script.buf);
	append_binds(&script, works);
	items = ordered_items(works, &n);
	for (int i = 0; i < n; i++)
	{
		append_schema(&script, get_namespace_oid(items[i].row->local_schema, true));
		append_types(&script, &items[i]);
		append_relation_needs(&script, items[i].row->template);
	}
	append_models(&script, items, n, false);
	append_models(&script, items, n, true);
	for (int i = 0; i < n; i++)
		append_options(&script, &items[i]);
	AtEOXact_GUC(true, level);
	PG_RETURN_TEXT_P(cstring_to_text(script.buf.data));
}

/* ------------------------------------------------------------------------
 * Binds
 * ------------------------------------------------------------------------ */

/*
 * configure of each bind but the default one, one by one: the members of a jsonb have no
 * order, and the binds would be registered in another.  Servers have no passwords in their
 * URLs.
 */
static void
append_binds(Script *script, List *works)
{
	StringInfoData json;
	ListCell   *lc;

	initStringInfo(&json);
	foreach(lc, works)
	{
		const BindsBind *bind = ((BindsWork *) lfirst(lc))->bind;
		Jsonb	   *options;
		char	   *text;

		if (bind->key == NULL)
			continue;
		resetStringInfo(&json);
		appendStringInfoChar(&json, '{');
		escape_json(&json, bind->key);
		appendStringInfoString(&json, ": {\"url\": ");
		escape_json(&json, binds_url_render(bind->options->url, false, false));
		if (bind->options->schema != NULL)
		{
			appendStringInfoString(&json, ", \"schema\": ");
			escape_json(&json, bind->options->schema);
		}
		options = (Jsonb *) binds_options_to_jsonb(bind->serverid);
		if (JB_ROOT_COUNT(options) > 0)
		{
			text = JsonbToCString(NULL, &options->root, VARSIZE(options));
			appendStringInfo(&json, ", %s", text + 1);
		}
		else
			appendStringInfoChar(&json, '}');
		appendStringInfoChar(&json, '}');
		appendStringInfo(&script->buf, "SELECT binds.configure(%s);\n",
						 quote_literal_cstr(json.data));
	}
}

/* ------------------------------------------------------------------------
 * Models
 * ------------------------------------------------------------------------ */

/*
 * The models of all binds in order of definition, so that parents come first, which may
 * be on another one.  A foreign key to a later model is late.
 */
static ExportItem *
ordered_items(List *works, int *n)
{
	ExportItem *items;
	List	   *before = NIL;
	ListCell   *lc;
	int			count = 0;

	foreach(lc, works)
		count += ((BindsWork *) lfirst(lc))->nitems;
	items = palloc(sizeof(ExportItem) * Max(count, 1));
	*n = 0;
	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);

		for (int i = 0; i < work->nitems; i++)
		{
			items[*n].bind = work->bind;
			items[*n].row = work->items[i].row;
			items[(*n)++].model = work->items[i].model;
		}
	}
	qsort(items, *n, sizeof(ExportItem), compare_items);
	for (int i = 0; i < *n; i++)
	{
		BindsModel *model = items[i].model;

		before = lappend_oid(before, model->template);
		for (int j = 0; j < model->nforeign_keys; j++)
			model->foreign_keys[j].late = !list_member_oid(before,
														   model->foreign_keys[j].ref_template);
	}
	return items;
}

/* In order of definition. */
static int
compare_items(const void *a, const void *b)
{
	return binds_model_compare(((const ExportItem *) a)->row,
							   ((const ExportItem *) b)->row);
}

/* A call of define for those of one bind that follow each other. */
static void
append_models(Script *script, const ExportItem *items, int n, bool late)
{
	StringInfoData ddl;
	ListCell   *lc;

	initStringInfo(&ddl);
	for (int i = 0; i < n; i++)
	{
		const ExportItem *item = &items[i];
		List	   *statements = late ?
			binds_relation_late_statements(item->row, item->model, true) :
			binds_relation_definition(item->row, item->model, InvalidOid);

		foreach(lc, statements)
			appendStringInfo(&ddl, "%s;\n", (char *) lfirst(lc));
		if (i + 1 < n && items[i + 1].bind == item->bind)
			continue;
		if (ddl.len > 0)
			append_define(script, item->bind, ddl.data);
		resetStringInfo(&ddl);
	}
}

static void
append_define(Script *script, const BindsBind *bind, const char *ddl)
{
	char	   *tag = pstrdup("$define$");

	for (int i = 1; strstr(ddl, tag) != NULL; i++)
		tag = psprintf("$define%d$", i);
	appendStringInfo(&script->buf, "SELECT binds.define(%s\n%s%s, %s);\n", tag, ddl, tag,
					 bind->key != NULL ? quote_literal_cstr(bind->key) : "NULL");
}

/*
 * What somebody has set for the relation of a model, which the model does not have: comments,
 * for there is no such relation before create_all.
 */
static void
append_options(Script *script, const ExportItem *item)
{
	Oid			relid = binds_model_relation(item->row);
	const char *name;

	if (!OidIsValid(relid) || get_rel_relkind(relid) != RELKIND_FOREIGN_TABLE)
		return;
	name = quote_qualified_identifier(item->row->local_schema,
									  binds_model_relation_waits(item->row) ?
									  item->row->model : item->row->local_name);
	append_option_list(script, name, NULL, GetForeignTable(relid)->options);
	for (int i = 0; i < item->model->ncolumns; i++)
	{
		const char *column = item->model->columns[i].name;
		AttrNumber	attnum = get_attnum(relid, column);

		if (AttributeNumberIsValid(attnum))
			append_option_list(script, name, column,
							   GetForeignColumnOptions(relid, attnum));
	}
}

/* Those of options that create_all does not set.  column: NULL: of the table. */
static void
append_option_list(Script *script, const char *relation, const char *column, List *options)
{
	StringInfoData buf;
	ListCell   *lc;
	bool		any = false;

	initStringInfo(&buf);
	appendStringInfo(&buf, "after binds.create_all: ALTER FOREIGN TABLE %s", relation);
	if (column != NULL)
		appendStringInfo(&buf, " ALTER COLUMN %s", quote_identifier(column));
	appendStringInfoString(&buf, " OPTIONS (");
	foreach(lc, options)
	{
		DefElem    *option = lfirst_node(DefElem, lc);

		if (!binds_option_is_own(option->defname))
			continue;
		appendStringInfo(&buf, "%sADD %s %s", any ? ", " : "", option->defname,
						 quote_literal_cstr(defGetString(option)));
		any = true;
	}
	appendStringInfoString(&buf, ");");
	if (any)
		append_comment(script, buf.data);
}

/* ------------------------------------------------------------------------
 * What models need
 * ------------------------------------------------------------------------ */

/* Those that every database has are left out. */
static void
append_schema(Script *script, Oid schema)
{
	char	   *name = OidIsValid(schema) ? get_namespace_name(schema) : NULL;

	if (name == NULL || list_member_oid(script->schemas, schema) ||
		schema == PG_CATALOG_NAMESPACE || strcmp(name, "public") == 0)
		return;
	script->schemas = lappend_oid(script->schemas, schema);
	appendStringInfo(&script->buf, "CREATE SCHEMA IF NOT EXISTS %s;\n",
					 quote_identifier(name));
}

static void
append_types(Script *script, const ExportItem *item)
{
	for (int i = 0; i < item->model->ncolumns; i++)
		append_type(script, item->model->columns[i].typid);
}

/* Types of PostgreSQL and of extensions are there. */
static void
append_type(Script *script, Oid typid)
{
	Oid			element = get_element_type(typid);
	HeapTuple	tuple;
	Form_pg_type form;

	if (OidIsValid(element))
		typid = element;
	if (typid < FirstNormalObjectId || list_member_oid(script->types, typid) ||
		OidIsValid(getExtensionOfObject(TypeRelationId, typid)))
		return;
	script->types = lappend_oid(script->types, typid);
	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(typid));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", typid);
	form = (Form_pg_type) GETSTRUCT(tuple);
	append_schema(script, form->typnamespace);
	if (form->typtype == TYPTYPE_ENUM)
		append_enum(script, typid);
	else if (form->typtype == TYPTYPE_DOMAIN)
		append_domain(script, typid, tuple);
	else
		append_told(script, psprintf("type %s", format_type_be_qualified(typid)));
	ReleaseSysCache(tuple);
}

/* What a template refers to, its indexes included. */
static void
append_relation_needs(Script *script, Oid relid)
{
	Relation	rel = table_open(relid, AccessShareLock);
	ListCell   *lc;

	append_needs(script, RelationRelationId, relid);
	foreach(lc, RelationGetIndexList(rel))
		append_references(script, RelationRelationId, lfirst_oid(lc));
	table_close(rel, AccessShareLock);
}

/* What an object refers to, by its constraints and defaults, too. */
static void
append_needs(Script *script, Oid class, Oid object)
{
	ListCell   *lc;

	append_references(script, class, object);
	foreach(lc, binds_dependents(class, object))
	{
		BindsDependency *dependent = lfirst(lc);
		Oid			kind = dependent->object.classId;

		/* not foreign keys of others */
		if ((kind == ConstraintRelationId || kind == AttrDefaultRelationId) &&
			(dependent->type == DEPENDENCY_AUTO || dependent->type == DEPENDENCY_INTERNAL))
			append_references(script, kind, dependent->object.objectId);
	}
}

static void
append_references(Script *script, Oid class, Oid object)
{
	ListCell   *lc;

	foreach(lc, binds_dependencies(class, object))
		append_reference(script, &((BindsDependency *) lfirst(lc))->object);
}

/* Make or tell what a model refers to, unless models or PostgreSQL bring it. */
static void
append_reference(Script *script, const ObjectAddress *address)
{
	char	   *key;

	switch (address->classId)
	{
		case TypeRelationId:
			append_type(script, address->objectId);
			return;
		case RelationRelationId:
			if (get_rel_relkind(address->objectId) != RELKIND_SEQUENCE ||
				binds_metadata_key(get_namespace_name(get_rel_namespace(address->objectId)),
								   &key))
				return;
			break;
		case CollationRelationId:
		case ProcedureRelationId:
		case OperatorRelationId:
		case OperatorClassRelationId:
		case OperatorFamilyRelationId:
		case TSConfigRelationId:
		case TSDictionaryRelationId:
			break;
		default:
			return;
	}
	if (address->objectId >= FirstNormalObjectId &&
		!OidIsValid(getExtensionOfObject(address->classId, address->objectId)))
		append_told(script, getObjectDescription(address, false));
}

/* Say once that something has to be there. */
static void
append_told(Script *script, const char *what)
{
	String	   *text = makeString(pstrdup(what));

	if (list_member(script->told, text))
		return;
	script->told = lappend(script->told, text);
	append_comment(script, psprintf("%s has to be there", what));
}

/* A line of its own, whatever is in the names in it. */
static void
append_comment(Script *script, const char *text)
{
	appendStringInfoString(&script->buf, "-- ");
	for (; *text != '\0'; text++)
		appendStringInfoChar(&script->buf, *text == '\n' || *text == '\r' ? ' ' : *text);
	appendStringInfoChar(&script->buf, '\n');
}

static void
append_enum(Script *script, Oid typid)
{
	Relation	rel = table_open(EnumRelationId, AccessShareLock);
	Relation	index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);
	const char *separator = "";
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	appendStringInfo(&script->buf, "CREATE TYPE %s AS ENUM (",
					 format_type_be_qualified(typid));
	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(typid));
	scan = systable_beginscan_ordered(rel, index, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext_ordered(scan, ForwardScanDirection)))
	{
		appendStringInfo(&script->buf, "%s%s", separator,
						 quote_literal_cstr(NameStr(((Form_pg_enum) GETSTRUCT(tuple))->enumlabel)));
		separator = ", ";
	}
	systable_endscan_ordered(scan);
	index_close(index, AccessShareLock);
	table_close(rel, AccessShareLock);
	appendStringInfoString(&script->buf, ");\n");
}

static void
append_domain(Script *script, Oid typid, HeapTuple type)
{
	Form_pg_type form = (Form_pg_type) GETSTRUCT(type);
	Relation	rel;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		isnull;
	Datum		value = SysCacheGetAttr(TYPEOID, type, Anum_pg_type_typdefault, &isnull);

	append_type(script, form->typbasetype);
	append_needs(script, TypeRelationId, typid);
	appendStringInfo(&script->buf, "CREATE DOMAIN %s AS %s",
					 format_type_be_qualified(typid),
					 format_type_extended(form->typbasetype, form->typtypmod,
										  FORMAT_TYPE_TYPEMOD_GIVEN |
										  FORMAT_TYPE_FORCE_QUALIFY));
	if (OidIsValid(form->typcollation) &&
		form->typcollation != get_typcollation(form->typbasetype))
		appendStringInfo(&script->buf, " COLLATE %s",
						 generate_collation_name(form->typcollation));
	if (!isnull)
		appendStringInfo(&script->buf, " DEFAULT %s", TextDatumGetCString(value));
	if (form->typnotnull)
		appendStringInfoString(&script->buf, " NOT NULL");
	rel = table_open(ConstraintRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_constraint_contypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(typid));
	scan = systable_beginscan(rel, ConstraintTypidIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_constraint constraint = (Form_pg_constraint) GETSTRUCT(tuple);

		if (constraint->contype == CONSTRAINT_CHECK)
			appendStringInfo(&script->buf, " CONSTRAINT %s %s",
							 quote_identifier(NameStr(constraint->conname)),
							 TextDatumGetCString(DirectFunctionCall1(pg_get_constraintdef,
																	 ObjectIdGetDatum(constraint->oid))));
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	appendStringInfoString(&script->buf, ";\n");
}
