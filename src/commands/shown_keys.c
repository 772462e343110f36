/*
 * shown_keys.c
 *	  Keys and indexes of models, as clients look for them in the catalogs.
 *
 * A foreign table cannot have any, so clients that compare a schema with theirs find none.
 * Its model's template has them all.  A query of pg_constraint or pg_index reads the rows of
 * the templates as if they were of the relations: a query of ours stands in the place of
 * the catalog.  PostgreSQL itself does not look at its catalogs by queries.
 *
 * The planner is where that is done: views are in the query then, those of
 * information_schema as well, and what is stored (a view, a rule) names the catalogs.  A
 * function in SQL whose text the planner puts into the query comes too late.
 *
 * The oids are those of the templates' constraints and indexes, so that their names,
 * comments and definitions can be asked for.  Each oid is there once, as views expect it:
 * the rows of the templates are left out.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_attrdef.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_index.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/planner.h"
#include "parser/analyze.h"
#include "parser/parse_func.h"
#include "parser/parser.h"
#include "rewrite/rewriteDefine.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/rls.h"
#include "utils/syscache.h"

#include "binds.h"
#include "commands/commands.h"
#include "commands/shown_keys.h"
#include "compat.h"

BINDS_FUNCTION(binds_constraint_rows);
BINDS_FUNCTION(binds_index_rows);
BINDS_FUNCTION(binds_class_rows);
BINDS_FUNCTION(binds_attribute_rows);
BINDS_FUNCTION(binds_default_rows);
BINDS_FUNCTION(binds_is_shown);
BINDS_FUNCTION(binds_is_shown_template);
BINDS_FUNCTION(binds_constraint_definition);
BINDS_FUNCTION(binds_default_expression);

/* What of models the catalogs show. */
typedef enum Catalogs
{
	CATALOGS_PLAIN,				/* what is in them */
	CATALOGS_KEYS,				/* keys and indexes */
	CATALOGS_TABLES				/* relations as ordinary tables, too */
} Catalogs;

static const struct config_enum_entry catalogs_words[] = {
	{"plain", CATALOGS_PLAIN, false},
	{"keys", CATALOGS_KEYS, false},
	{"tables", CATALOGS_TABLES, false},
	{NULL, 0, false}
};

static int	catalogs = CATALOGS_PLAIN;	/* the setting */
static planner_hook_type next_planner = NULL;

/* A catalog, and the query that stands in its place. */
typedef struct ShownCatalog
{
	Oid			catalog;
	int			from;			/* of Catalogs */
	const char *query;
} ShownCatalog;

static const ShownCatalog shown[] = {
	{ConstraintRelationId, CATALOGS_KEYS,
		"SELECT * FROM pg_catalog.pg_constraint"
		" WHERE contype OPERATOR(pg_catalog.<>) ALL ('{p,u,f}'::pg_catalog.\"char\"[])"
		" OR NOT binds.is_shown_template(conrelid)"
	" UNION ALL SELECT * FROM binds.constraint_rows()"},
	{IndexRelationId, CATALOGS_KEYS,
		"SELECT * FROM pg_catalog.pg_index WHERE NOT binds.is_shown_template(indrelid)"
	" UNION ALL SELECT * FROM binds.index_rows()"},
	{RelationRelationId, CATALOGS_TABLES,
		"SELECT * FROM pg_catalog.pg_class"
		" WHERE relkind OPERATOR(pg_catalog.<>) 'f' OR NOT binds.is_shown(oid)"
	" UNION ALL SELECT * FROM binds.class_rows()"},
	{AttributeRelationId, CATALOGS_TABLES,
		"SELECT * FROM pg_catalog.pg_attribute WHERE NOT binds.is_shown(attrelid)"
	" UNION ALL SELECT * FROM binds.attribute_rows()"},
	{AttrDefaultRelationId, CATALOGS_TABLES,
		"SELECT * FROM pg_catalog.pg_attrdef UNION ALL"
	" SELECT * FROM binds.default_rows()"}
};

/* Which columns of a template are which of the relation. */
typedef struct ColumnMap
{
	Oid			template;
	Oid			relid;
	bool		same;			/* by the same numbers */
} ColumnMap;

/* A function that names a relation, and that which stands in its place. */
typedef struct ShownFunction
{
	Oid			function;
	const char *name;
	int			nargs;
	Oid			types[3];
} ShownFunction;

static const ShownFunction functions[] = {
	{F_PG_GET_CONSTRAINTDEF_OID, "constraint_definition", 1, {OIDOID}},
	{F_PG_GET_CONSTRAINTDEF_OID_BOOL, "constraint_definition", 2, {OIDOID, BOOLOID}},
	{F_PG_GET_EXPR_PG_NODE_TREE_OID, "default_expression", 2, {PG_NODE_TREEOID, OIDOID}},
	{F_PG_GET_EXPR_PG_NODE_TREE_OID_BOOL, "default_expression", 3,
	{PG_NODE_TREEOID, OIDOID, BOOLOID}}
};

/* What is looked for: system columns of a table. */
typedef struct TableOfLevel
{
	int			index;
	Index		levels_up;
} TableOfLevel;

static void assign_catalogs(int value, void *extra);
static PlannedStmt *plan_shown(Query *query, const char *source, int options,
							   ParamListInfo params);
static bool is_shown(void);
static bool replace_catalogs(Node *node, void *arg);
static void replace_function(FuncExpr *expr);
static const ShownCatalog *find_shown(const RangeTblEntry *entry);
static bool may_be_shown(void);
static bool any_shown(void);
static bool has_relation(const BindsModelRow *row);
static Query *analyze(const char *query);
static bool reads_more(Node *node, void *arg);
static const BindsModelRow *model_of(Oid relid);
static bool find_sequence(Node *node, void *arg);
static text * with_name(Datum whole, const char *from, const char *to);
static void put_constraints(ReturnSetInfo *result, Relation rel, const ColumnMap *map);
static void put_indexes(ReturnSetInfo *result, Relation rel, const ColumnMap *map);
typedef void (*PutRows) (ReturnSetInfo *result, Relation rel, const ColumnMap *map);

static Datum put_all(FunctionCallInfo fcinfo, Oid catalog, PutRows put);
static void put_class(ReturnSetInfo *result, Relation rel, const ColumnMap *map);
static void put_columns(ReturnSetInfo *result, Relation rel, const ColumnMap *map);
static void put_defaults(ReturnSetInfo *result, Relation rel, const ColumnMap *map);
static bool is_serial(Form_pg_attribute column, Form_pg_attribute of_model);
static List *column_maps(void);
static int	natts_of(Oid relid);
static bool map_to(ColumnMap *map, Oid template, Oid relid);
static AttrNumber mapped(const ColumnMap *map, AttrNumber attnum);
static bool map_array(const ColumnMap *map, Datum *value);
static Oid	relation_of(Oid template);

void
binds_shown_keys_init(void)
{
	DefineCustomEnumVariable("binds.catalogs",
							 "What queries of the catalogs are told of tables on binds.",
							 "plain: foreign tables, of which PostgreSQL keeps no keys; keys: keys and indexes of their models in pg_constraint and pg_index, too; tables: ordinary tables with keys, also in pg_class.",
							 &catalogs, CATALOGS_PLAIN, catalogs_words, PGC_USERSET, 0, NULL,
							 assign_catalogs, NULL);
	next_planner = planner_hook;
	planner_hook = plan_shown;
}

/* Plans that were made with the other value tell something else. */
static void
assign_catalogs(int value, void *extra)
{
	if (value != catalogs)
		ResetPlanCache();
}

/* ------------------------------------------------------------------------
 * Queries
 * ------------------------------------------------------------------------ */

static PlannedStmt *
plan_shown(Query *query, const char *source, int options, ParamListInfo params)
{
	if (is_shown())
		(void) replace_catalogs((Node *) query, NULL);
	return next_planner != NULL ? next_planner(query, source, options, params) :
		standard_planner(query, source, options, params);
}

/* A dump has the templates themselves; nobody else reads with these two settings. */
static bool
is_shown(void)
{
	return catalogs != CATALOGS_PLAIN && !binds_own_running() &&
		!creating_extension && IsUnderPostmaster && IsTransactionState() &&
		(row_security || !XactReadOnly) &&
		(application_name == NULL ||
		 (strncmp(application_name, "pg_dump", 7) != 0 &&
		  strcmp(application_name, "pg_upgrade") != 0));
}

static bool
replace_catalogs(Node *node, void *arg)
{
	Query	   *query = (Query *) node;
	TableOfLevel table = {0};
	ListCell   *lc;

	if (node == NULL)
		return false;
	if (IsA(node, FuncExpr))
		replace_function((FuncExpr *) node);
	if (!IsA(node, Query))
		return expression_tree_walker(node, replace_catalogs, arg);
	/* what is put in is not looked at */
	(void) query_tree_walker(query, replace_catalogs, arg, 0);
	foreach(lc, query->rtable)
	{
		RangeTblEntry *entry = lfirst_node(RangeTblEntry, lc);
		const ShownCatalog *one = find_shown(entry);

		table.index++;
		if (one != NULL && query->resultRelation != table.index &&
			!query_tree_walker(query, reads_more, &table, 0))
		{
			Query	   *subquery = analyze(one->query);

			setRuleCheckAsUser((Node *) subquery, binds_compat_target_userid(query, entry));
			binds_compat_set_subquery(entry, subquery);
		}
	}
	return false;
}

/* A key and a default are told with the names of relations. */
static void
replace_function(FuncExpr *expr)
{
	for (int i = 0; i < (int) lengthof(functions) && catalogs >= CATALOGS_TABLES; i++)
	{
		const ShownFunction *one = &functions[i];
		Oid			function;

		if (expr->funcid != one->function || !may_be_shown())
			continue;
		function = LookupFuncName(list_make2(makeString(BINDS_SCHEMA),
											 makeString(pstrdup(one->name))),
								  one->nargs, one->types, true);
		if (OidIsValid(function))
			expr->funcid = function;
		return;
	}
}

/* NULL: it is another relation. */
static const ShownCatalog *
find_shown(const RangeTblEntry *entry)
{
	for (int i = 0; i < (int) lengthof(shown) && entry->rtekind == RTE_RELATION; i++)
	{
		if (entry->relid == shown[i].catalog && catalogs >= shown[i].from)
			return may_be_shown() ? &shown[i] : NULL;
	}
	return NULL;
}

/* Not to who may not look into our schema: the query would fail. */
static bool
may_be_shown(void)
{
	Oid			schema = get_namespace_oid(BINDS_SCHEMA, true);

	return OidIsValid(schema) && binds_models_are_known() &&
		binds_compat_schema_aclcheck(schema, GetUserId(), ACL_USAGE) == ACLCHECK_OK &&
		any_shown();
}

/* Is there a relation to tell of? */
static bool
any_shown(void)
{
	ListCell   *lc;

	foreach(lc, binds_model_all_rows())
	{
		if (has_relation(lfirst(lc)))
			return true;
	}
	return false;
}

/* The names in it are qualified. */
static Query *
analyze(const char *query)
{
	return parse_analyze_fixedparams(linitial_node(RawStmt,
												   raw_parser(query, RAW_PARSE_DEFAULT)),
									 query, NULL, 0, NULL);
}

/* Is a system column of a table read? */
static bool
reads_more(Node *node, void *arg)
{
	TableOfLevel *table = arg;
	bool		found;

	if (node == NULL)
		return false;
	if (IsA(node, Var))
		return ((Var *) node)->varattno < 0 && ((Var *) node)->varno == table->index &&
			((Var *) node)->varlevelsup == table->levels_up;
	if (!IsA(node, Query))
		return expression_tree_walker(node, reads_more, arg);
	table->levels_up++;
	found = query_tree_walker((Query *) node, reads_more, arg, 0);
	table->levels_up--;
	return found;
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

/* Rows of a catalog, in the result of a function: those of each relation of a model. */
static Datum
put_all(FunctionCallInfo fcinfo, Oid catalog, PutRows put)
{
	Relation	rel = table_open(catalog, AccessShareLock);
	ListCell   *lc;

	InitMaterializedSRF(fcinfo, 0);
	foreach(lc, column_maps())
		put((ReturnSetInfo *) fcinfo->resultinfo, rel, lfirst(lc));
	table_close(rel, AccessShareLock);
	return (Datum) 0;
}

/*
 * binds.constraint_rows() returns setof pg_constraint: the keys of models, of their
 * relations
 */
Datum
binds_constraint_rows(PG_FUNCTION_ARGS)
{
	return put_all(fcinfo, ConstraintRelationId, put_constraints);
}

/* binds.index_rows() returns setof pg_index: the same of indexes */
Datum
binds_index_rows(PG_FUNCTION_ARGS)
{
	return put_all(fcinfo, IndexRelationId, put_indexes);
}

/* binds.class_rows() returns setof pg_class: relations of models, as ordinary tables */
Datum
binds_class_rows(PG_FUNCTION_ARGS)
{
	return put_all(fcinfo, RelationRelationId, put_class);
}

static void
put_class(ReturnSetInfo *result, Relation rel, const ColumnMap *map)
{
	TupleDesc	desc = RelationGetDescr(rel);
	Datum	   *values = palloc(sizeof(Datum) * desc->natts);
	bool	   *nulls = palloc(sizeof(bool) * desc->natts);
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(map->relid));

	if (!HeapTupleIsValid(tuple))
		return;
	heap_deform_tuple(tuple, desc, values, nulls);
	values[Anum_pg_class_relkind - 1] = CharGetDatum(RELKIND_RELATION);
	values[Anum_pg_class_relhasindex - 1] = BoolGetDatum(true);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	ReleaseSysCache(tuple);
}

/*
 * binds.attribute_rows() returns setof pg_attribute: columns of relations of models, with
 * NOT NULL, GENERATED AS IDENTITY and defaults of serial columns of the models
 */
Datum
binds_attribute_rows(PG_FUNCTION_ARGS)
{
	return put_all(fcinfo, AttributeRelationId, put_columns);
}

static void
put_columns(ReturnSetInfo *result, Relation rel, const ColumnMap *map)
{
	TupleDesc	desc = RelationGetDescr(rel);
	Datum	   *values = palloc(sizeof(Datum) * desc->natts);
	bool	   *nulls = palloc(sizeof(bool) * desc->natts);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_attribute_attrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(map->relid));
	scan = systable_beginscan(rel, AttributeRelidNumIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_attribute form = (Form_pg_attribute) GETSTRUCT(tuple);
		HeapTuple	model = form->attnum > 0 && !form->attisdropped ?
			SearchSysCacheAttName(map->template, NameStr(form->attname)) : NULL;

		heap_deform_tuple(tuple, desc, values, nulls);
		if (HeapTupleIsValid(model))
		{
			Form_pg_attribute of_model = (Form_pg_attribute) GETSTRUCT(model);

			values[Anum_pg_attribute_attnotnull - 1] =
				BoolGetDatum(of_model->attnotnull || form->attnotnull);
			values[Anum_pg_attribute_attidentity - 1] = CharGetDatum(of_model->attidentity);
			values[Anum_pg_attribute_atthasdef - 1] =
				BoolGetDatum(form->atthasdef || is_serial(form, of_model));
			ReleaseSysCache(model);
		}
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	systable_endscan(scan);
}

/*
 * binds.default_rows() returns setof pg_attrdef: the sequences of models' serial columns,
 * which the engine generates
 */
Datum
binds_default_rows(PG_FUNCTION_ARGS)
{
	return put_all(fcinfo, AttrDefaultRelationId, put_defaults);
}

static void
put_defaults(ReturnSetInfo *result, Relation rel, const ColumnMap *map)
{
	TupleDesc	desc = RelationGetDescr(rel);
	Datum	   *values = palloc(sizeof(Datum) * desc->natts);
	bool	   *nulls = palloc(sizeof(bool) * desc->natts);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_attrdef_adrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(map->template));
	scan = systable_beginscan(rel, AttrDefaultIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		AttrNumber	of_model = ((Form_pg_attrdef) GETSTRUCT(tuple))->adnum;
		AttrNumber	attnum = mapped(map, of_model);
		HeapTuple	column = SearchSysCache2(ATTNUM, ObjectIdGetDatum(map->relid),
											 Int16GetDatum(attnum));
		HeapTuple	model = SearchSysCache2(ATTNUM, ObjectIdGetDatum(map->template),
											Int16GetDatum(of_model));

		if (HeapTupleIsValid(column) && HeapTupleIsValid(model) &&
			is_serial((Form_pg_attribute) GETSTRUCT(column),
					  (Form_pg_attribute) GETSTRUCT(model)))
		{
			heap_deform_tuple(tuple, desc, values, nulls);
			values[Anum_pg_attrdef_adrelid - 1] = ObjectIdGetDatum(map->relid);
			values[Anum_pg_attrdef_adnum - 1] = Int16GetDatum(attnum);
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
		if (HeapTupleIsValid(column))
			ReleaseSysCache(column);
		if (HeapTupleIsValid(model))
			ReleaseSysCache(model);
	}
	systable_endscan(scan);
}

/*
 * Does the engine generate what the model takes from a sequence?  Other defaults are the
 * relation's own.
 */
static bool
is_serial(Form_pg_attribute column, Form_pg_attribute of_model)
{
	ListCell   *lc;

	if (!of_model->atthasdef || of_model->attgenerated != '\0' || column->atthasdef)
		return false;
	foreach(lc, GetForeignColumnOptions(column->attrelid, column->attnum))
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, "generated") == 0)
			return true;
	}
	return false;
}

/* binds.is_shown(oid): is this the relation of a model on another bind than the default one? */
Datum
binds_is_shown(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(model_of(PG_GETARG_OID(0)) != NULL);
}

/* binds.is_shown_template(oid): is this the template of a model that has such a relation? */
Datum
binds_is_shown_template(PG_FUNCTION_ARGS)
{
	const BindsModelRow *row = binds_model_of_template(PG_GETARG_OID(0));

	PG_RETURN_BOOL(row != NULL && has_relation(row));
}

/* On another bind than the default one. */
static bool
has_relation(const BindsModelRow *row)
{
	return row->bind_key != NULL &&
		get_rel_relkind(binds_model_relation(row)) == RELKIND_FOREIGN_TABLE;
}

/* NULL: it is not the relation of a model on another bind than the default one. */
static const BindsModelRow *
model_of(Oid relid)
{
	const BindsModelRow *row = NULL;

	if (get_rel_relkind(relid) == RELKIND_FOREIGN_TABLE)
		row = binds_model_of_relation(relid);
	return row != NULL && row->bind_key != NULL ? row : NULL;
}

/*
 * binds.constraint_definition(oid), and (oid, pretty boolean): what pg_get_constraintdef
 * gives, but that a foreign key of a model refers to a relation and not to its template,
 * by the name that the search path asks for.
 */
Datum
binds_constraint_definition(PG_FUNCTION_ARGS)
{
	Oid			oid = PG_GETARG_OID(0);
	HeapTuple	tuple = SearchSysCache1(CONSTROID, ObjectIdGetDatum(oid));
	Datum		whole;
	const BindsModelRow *row = NULL;
	Oid			relid;

	if (!HeapTupleIsValid(tuple))
		PG_RETURN_NULL();
	if (((Form_pg_constraint) GETSTRUCT(tuple))->contype == CONSTRAINT_FOREIGN)
		row = binds_model_of_template(((Form_pg_constraint) GETSTRUCT(tuple))->confrelid);
	ReleaseSysCache(tuple);
	whole = PG_NARGS() == 1 ?
		OidFunctionCall1(F_PG_GET_CONSTRAINTDEF_OID, ObjectIdGetDatum(oid)) :
		OidFunctionCall2(F_PG_GET_CONSTRAINTDEF_OID_BOOL, ObjectIdGetDatum(oid),
						 PG_GETARG_DATUM(1));
	relid = row != NULL ? binds_model_relation(row) : InvalidOid;
	if (!OidIsValid(relid))
		PG_RETURN_DATUM(whole);
	PG_RETURN_TEXT_P(with_name(whole,
							   psprintf(" REFERENCES %s(",
										binds_qualified_name(row->template)),
							   psprintf(" REFERENCES %s(",
										RelationIsVisible(relid) ?
										quote_identifier(row->local_name) :
										binds_qualified_name(relid))));
}

/*
 * binds.default_expression(pg_node_tree, oid), and (pg_node_tree, oid, pretty boolean):
 * what pg_get_expr gives, but that the sequence of a serial column is called as that of an
 * ordinary table in the relation's place would be.  There is no such sequence.
 */
Datum
binds_default_expression(PG_FUNCTION_ARGS)
{
	Oid			relid = PG_GETARG_OID(1);
	Datum		whole = PG_NARGS() == 2 ? pg_get_expr(fcinfo) : pg_get_expr_ext(fcinfo);
	const BindsModelRow *row = model_of(relid);
	Oid			sequence = row != NULL ? row->template : InvalidOid;
	const char *name;

	if (fcinfo->isnull || row == NULL ||
		!find_sequence(stringToNode(TextDatumGetCString(PG_GETARG_DATUM(0))), &sequence))
		return whole;
	name = get_rel_name(sequence);
	name = RelationIsVisible(relid) ? quote_identifier(name) :
		quote_qualified_identifier(row->local_schema, name);
	PG_RETURN_TEXT_P(with_name(whole,
							   quote_literal_cstr(DatumGetCString(DirectFunctionCall1(regclassout,
																					  ObjectIdGetDatum(sequence)))),
							   quote_literal_cstr(name)));
}

/* arg: a template; becomes a sequence in its schema.  False: the expression names none. */
static bool
find_sequence(Node *node, void *arg)
{
	Oid		   *oid = arg;
	Const	   *named = (Const *) node;
	Oid			schema = get_rel_namespace(*oid);

	if (node == NULL)
		return false;
	if (IsA(node, Const) && named->consttype == REGCLASSOID && !named->constisnull &&
		get_rel_relkind(DatumGetObjectId(named->constvalue)) == RELKIND_SEQUENCE &&
		get_rel_namespace(DatumGetObjectId(named->constvalue)) == schema)
	{
		*oid = DatumGetObjectId(named->constvalue);
		return true;
	}
	return expression_tree_walker(node, find_sequence, arg);
}

/* A text with another name, once, where it has the one. */
static text *
with_name(Datum whole, const char *from, const char *to)
{
	const char *old = TextDatumGetCString(whole);
	const char *place = strstr(old, from);

	if (place == NULL)
		return DatumGetTextPP(whole);
	return cstring_to_text(psprintf("%.*s%s%s", (int) (place - old), old, to,
									place + strlen(from)));
}

/* Checks are the relation's own. */
static void
put_constraints(ReturnSetInfo *result, Relation rel, const ColumnMap *map)
{
	TupleDesc	desc = RelationGetDescr(rel);
	Datum	   *values = palloc(sizeof(Datum) * desc->natts);
	bool	   *nulls = palloc(sizeof(bool) * desc->natts);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_constraint_conrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(map->template));
	scan = systable_beginscan(rel, ConstraintRelidTypidNameIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT(tuple);
		ColumnMap	referred;

		if (form->contype != CONSTRAINT_PRIMARY && form->contype != CONSTRAINT_UNIQUE &&
			form->contype != CONSTRAINT_FOREIGN)
			continue;
		heap_deform_tuple(tuple, desc, values, nulls);
		values[Anum_pg_constraint_conrelid - 1] = ObjectIdGetDatum(map->relid);
		values[Anum_pg_constraint_connamespace - 1] =
			ObjectIdGetDatum(get_rel_namespace(map->relid));
		if (!map_array(map, &values[Anum_pg_constraint_conkey - 1]))
			continue;
		if (form->contype == CONSTRAINT_FOREIGN)
		{
			if (!map_to(&referred, form->confrelid, relation_of(form->confrelid)) ||
				!map_array(&referred, &values[Anum_pg_constraint_confkey - 1]))
				continue;
			values[Anum_pg_constraint_confrelid - 1] = ObjectIdGetDatum(referred.relid);
		}
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	systable_endscan(scan);
}

/*
 * An index over expressions names columns by their numbers, so it is shown where they are
 * the same.
 */
static void
put_indexes(ReturnSetInfo *result, Relation rel, const ColumnMap *map)
{
	TupleDesc	desc = RelationGetDescr(rel);
	Datum	   *values = palloc(sizeof(Datum) * desc->natts);
	bool	   *nulls = palloc(sizeof(bool) * desc->natts);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_index_indrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(map->template));
	scan = systable_beginscan(rel, IndexIndrelidIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_index form = (Form_pg_index) GETSTRUCT(tuple);
		int2vector *columns;
		bool		fits = map->same ||
			(heap_attisnull(tuple, Anum_pg_index_indexprs, desc) &&
			 heap_attisnull(tuple, Anum_pg_index_indpred, desc));

		columns = buildint2vector(form->indkey.values, form->indkey.dim1);
		for (int i = 0; i < columns->dim1; i++)
		{
			if (columns->values[i] == 0)
				continue;
			columns->values[i] = mapped(map, columns->values[i]);
			fits = fits && columns->values[i] != InvalidAttrNumber;
		}
		if (!fits)
			continue;
		heap_deform_tuple(tuple, desc, values, nulls);
		values[Anum_pg_index_indrelid - 1] = ObjectIdGetDatum(map->relid);
		values[Anum_pg_index_indkey - 1] = PointerGetDatum(columns);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	systable_endscan(scan);
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

/* Of the models on other binds that have relations (List of ColumnMap). */
static List *
column_maps(void)
{
	List	   *maps = NIL;
	ListCell   *lc;

	foreach(lc, binds_model_all_rows())
	{
		const BindsModelRow *row = lfirst(lc);
		ColumnMap  *map = palloc(sizeof(ColumnMap));

		if (row->bind_key != NULL &&
			map_to(map, row->template, binds_model_relation(row)))
			maps = lappend(maps, map);
	}
	return maps;
}

static int
natts_of(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	int			n = HeapTupleIsValid(tuple) ? ((Form_pg_class) GETSTRUCT(tuple))->relnatts : 0;

	if (HeapTupleIsValid(tuple))
		ReleaseSysCache(tuple);
	return n;
}

/* False: there is no such relation. */
static bool
map_to(ColumnMap *map, Oid template, Oid relid)
{
	int			natts = natts_of(template);

	map->template = template;
	map->relid = relid;
	map->same = true;
	if (!OidIsValid(relid) || get_rel_relkind(relid) != RELKIND_FOREIGN_TABLE)
		return false;
	for (AttrNumber i = 1; i <= natts; i++)
	{
		HeapTuple	tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(template),
											Int16GetDatum(i));

		if (!HeapTupleIsValid(tuple))
			continue;
		map->same = map->same && (((Form_pg_attribute) GETSTRUCT(tuple))->attisdropped ||
								  mapped(map, i) == i);
		ReleaseSysCache(tuple);
	}
	return true;
}

/* InvalidAttrNumber: the relation has no such column. */
static AttrNumber
mapped(const ColumnMap *map, AttrNumber attnum)
{
	const char *name = get_attname(map->template, attnum, true);

	return name == NULL ? InvalidAttrNumber : get_attnum(map->relid, name);
}

/* Map an array of numbers, as a copy; false: a column is not there. */
static bool
map_array(const ColumnMap *map, Datum *value)
{
	ArrayType  *array = DatumGetArrayTypePCopy(*value);
	AttrNumber *columns = (AttrNumber *) ARR_DATA_PTR(array);

	for (int i = 0; i < ARR_DIMS(array)[0]; i++)
	{
		columns[i] = mapped(map, columns[i]);
		if (columns[i] == InvalidAttrNumber)
			return false;
	}
	*value = PointerGetDatum(array);
	return true;
}

static Oid
relation_of(Oid template)
{
	const BindsModelRow *row = binds_model_of_template(template);

	return row != NULL ? binds_model_relation(row) : InvalidOid;
}
