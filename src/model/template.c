/*
 * template.c
 *	  Read a table model from pg_catalog into plain structs.
 *
 * A template is an ordinary table, so everything about it is in the catalogs: this
 * file only collects it.  Nothing here knows a dialect; translation to an engine's
 * words is in deparse/, and what an engine cannot hold is for its check_model.
 *
 * All results are palloc'ed in the caller's context and stay valid when the template
 * changes or goes away.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_am.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_index.h"
#include "catalog/pg_sequence.h"
#include "catalog/pg_type.h"
#include "commands/comment.h"
#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "nodes/parsenodes.h"
#include "rewrite/rewriteHandler.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"
#include "utils/syscache.h"

#include "binds.h"
#include "compat.h"
#include "model/model.h"

static void read_columns(BindsModel *model, Relation rel);
static bool is_generated_key(const BindsModelColumn *column, Relation rel, Node *expr);
static BindsModelSequence *read_sequence(Oid sequence, Oid type);
static bool find_nextval(Node *node, void *sequence);
static void read_constraints(BindsModel *model, Relation rel);
static void read_key(BindsModel *model, HeapTuple tuple);
static void read_foreign_key(BindsModel *model, HeapTuple tuple);
static void read_check(BindsModel *model, HeapTuple tuple);
static int *read_attnums(BindsModel *model, HeapTuple tuple,
						 int attribute, int *n);
static int *read_ref_places(HeapTuple tuple, int n);
static const char **read_ref_columns(Oid ref_template, HeapTuple tuple,
									 int *n);
static void read_indexes(BindsModel *model, Relation rel);
static void read_index(BindsModel *model, Relation index);
static Node *index_node(Relation index, AttrNumber attnum);
static int	column_of_attnum(const BindsModel *model, AttrNumber attnum);
static void *grown(void *array, int n, Size size);

BindsModel *
binds_model_read(Oid template, const char *bind_key)
{
	Relation	rel = table_open(template, AccessShareLock);
	BindsModel *model = palloc0(sizeof(BindsModel));

	model->template = template;
	model->bind_key = bind_key ? pstrdup(bind_key) : NULL;
	model->name = pstrdup(RelationGetRelationName(rel));
	model->comment = GetComment(template, RelationRelationId, 0);
	read_columns(model, rel);
	read_constraints(model, rel);
	read_indexes(model, rel);
	/* the lock stays: nobody may alter the template under our feet */
	table_close(rel, NoLock);
	return model;
}

const char *
binds_model_key_hint(const BindsModelColumn *column, const char *otherwise)
{
	if (!column->inherited)
		return otherwise;
	return psprintf("The column is inherited, its key is not: add PRIMARY KEY (%s) to the definition.",
					quote_identifier(column->name));
}

const char *
binds_model_index_way_out(const BindsModelIndex *index)
{
	for (int i = 0; i < index->ncolumns; i++)
	{
		if (index->columns[i] < 0)
			return "Add a column to the model that is GENERATED ALWAYS AS the expression STORED, and index that one.";
	}
	return index->unique ? "Use a unique constraint over columns." : NULL;
}

int
binds_model_column(const BindsModel *model, const char *name)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (strcmp(model->columns[i].name, name) == 0)
			return i;
	}
	return -1;
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

/*
 * Read one column.  The default of a generated key is left out: the engine
 * makes the value.
 */
static void
read_column(BindsModelColumn *column, Relation rel, Form_pg_attribute att)
{
	Node	   *expr = NULL;

	column->name = pstrdup(NameStr(att->attname));
	column->attnum = att->attnum;
	column->typid = att->atttypid;
	column->typmod = att->atttypmod;
	column->base_typid = getBaseTypeAndTypmod(att->atttypid, &column->typmod);
	column->typtype = get_typtype(column->base_typid);
	column->collation = att->attcollation;
	column->not_null = att->attnotnull;
	column->inherited = !att->attislocal;
	column->computed = att->attgenerated != '\0';
	column->stored = att->attgenerated == ATTRIBUTE_GENERATED_STORED;
	column->comment = GetComment(RelationGetRelid(rel), RelationRelationId,
								 att->attnum);
	if (att->attidentity != '\0')
	{
		column->generated = att->attidentity == ATTRIBUTE_IDENTITY_ALWAYS ?
			BINDS_GENERATED_ALWAYS : BINDS_GENERATED_BY_DEFAULT;
		column->sequence = read_sequence(binds_compat_identity_sequence(rel, att->attnum),
										 column->base_typid);
	}
	else if (att->atthasdef)
	{
		expr = build_column_default(rel, att->attnum);
		if (!column->computed && is_generated_key(column, rel, expr))
		{
			Oid			sequence = InvalidOid;

			column->generated = BINDS_GENERATED_BY_DEFAULT;
			(void) find_nextval(expr, &sequence);
			column->sequence = read_sequence(sequence, column->base_typid);
			expr = NULL;
		}
	}
	if (column->computed)
		column->computed_expr = expr;
	else
		column->default_expr = expr;
	if (column->typtype == TYPTYPE_ENUM)
		column->enum_labels = binds_model_enum_labels(column->base_typid,
													  &column->nlabels);
}

static void
read_columns(BindsModel *model, Relation rel)
{
	TupleDesc	desc = RelationGetDescr(rel);

	model->columns = palloc0(sizeof(BindsModelColumn) * Max(desc->natts, 1));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (!att->attisdropped)
			read_column(&model->columns[model->ncolumns++], rel, att);
	}
}

/* Labels in the order of the type, which need not be the order of creation. */
char **
binds_model_enum_labels(Oid typid, int *n)
{
	char	  **labels = NULL;
	Relation	rel = table_open(EnumRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	*n = 0;
	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(typid));
	/* ordered only if scanned through the index */
	{
		Relation	index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);

		scan = systable_beginscan_ordered(rel, index, NULL, 1, &key);
		while ((tuple = systable_getnext_ordered(scan, ForwardScanDirection)) != NULL)
		{
			Form_pg_enum label = (Form_pg_enum) GETSTRUCT(tuple);

			labels = grown(labels, *n, sizeof(char *));
			labels[(*n)++] = pstrdup(NameStr(label->enumlabel));
		}
		systable_endscan_ordered(scan);
		index_close(index, AccessShareLock);
	}
	table_close(rel, AccessShareLock);
	return labels;
}

/*
 * Is this the default of a key that the engine makes?  Not so a child's that takes
 * its values from its parent's sequence on the default bind: there is one
 * sequence for all, and it is local.
 */
static bool
is_generated_key(const BindsModelColumn *column, Relation rel, Node *expr)
{
	Oid			owner = binds_model_sequence_owner(expr, NULL, NULL);
	const char *schema;

	if (!find_nextval(expr, NULL))
		return false;
	if (column->base_typid != INT2OID && column->base_typid != INT4OID &&
		column->base_typid != INT8OID)
		return false;
	if (!OidIsValid(owner) || owner == RelationGetRelid(rel))
		return true;
	schema = get_namespace_name(get_rel_namespace(owner));
	return schema == NULL || strcmp(schema, BINDS_METADATA_SCHEMA) != 0;
}

/* NULL: there is no such sequence. */
static BindsModelSequence *
read_sequence(Oid sequence, Oid type)
{
	HeapTuple	tuple = SearchSysCache1(SEQRELID, ObjectIdGetDatum(sequence));
	BindsModelSequence *result;
	Form_pg_sequence form;
	int64		end = type == INT2OID ? PG_INT16_MAX :
		type == INT4OID ? PG_INT32_MAX : PG_INT64_MAX;

	if (!HeapTupleIsValid(tuple))
		return NULL;
	form = (Form_pg_sequence) GETSTRUCT(tuple);
	result = palloc(sizeof(BindsModelSequence));
	result->start = form->seqstart;
	result->increment = form->seqincrement;
	result->cycle = form->seqcycle;
	result->limit = form->seqincrement > 0 ? form->seqmax : form->seqmin;
	result->limited = form->seqincrement > 0 ? form->seqmax < end :
		form->seqmin > -end - 1;
	ReleaseSysCache(tuple);
	return result;
}

/*
 * The table that owns the sequence of a nextval default, its column and the sequence
 * (either may be NULL); InvalidOid if there is none.
 */
Oid
binds_model_sequence_owner(Node *expr, AttrNumber *column, Oid *sequence)
{
	Oid			seqid = InvalidOid;
	Oid			table;
	int32		attnum;

	if (!find_nextval(expr, &seqid) || !OidIsValid(seqid) ||
		!sequenceIsOwned(seqid, DEPENDENCY_AUTO, &table, &attnum))
		return InvalidOid;
	if (column != NULL)
		*column = attnum;
	if (sequence != NULL)
		*sequence = seqid;
	return table;
}

/* Is there a nextval?  Sets *sequence, if given, where it is a constant. */
static bool
find_nextval(Node *node, void *sequence)
{
	if (node == NULL)
		return false;
	if (IsA(node, FuncExpr) && ((FuncExpr *) node)->funcid == F_NEXTVAL)
	{
		Node	   *arg = linitial(((FuncExpr *) node)->args);

		if (sequence != NULL && IsA(arg, Const) && !((Const *) arg)->constisnull)
			*(Oid *) sequence = DatumGetObjectId(((Const *) arg)->constvalue);
		return true;
	}
	return expression_tree_walker(node, find_nextval, sequence);
}

/* ------------------------------------------------------------------------
 * Constraints
 * ------------------------------------------------------------------------ */

static void
read_constraints(BindsModel *model, Relation rel)
{
	ListCell   *lc;

	foreach(lc, binds_constraints(RelationGetRelid(rel)))
	{
		HeapTuple	tuple = lfirst(lc);

		switch (((Form_pg_constraint) GETSTRUCT(tuple))->contype)
		{
			case CONSTRAINT_PRIMARY:
			case CONSTRAINT_UNIQUE:
				read_key(model, tuple);
				break;
			case CONSTRAINT_FOREIGN:
				read_foreign_key(model, tuple);
				break;
			case CONSTRAINT_CHECK:
				read_check(model, tuple);
				break;
			case CONSTRAINT_EXCLUSION:
				model->exclusion = true;
				break;
			default:

				/*
				 * NOT NULL has rows of its own since 18: a property of
				 * columns
				 */
				break;
		}
	}
}

List *
binds_constraints(Oid relid)
{
	Relation	catalog = table_open(ConstraintRelationId, AccessShareLock);
	List	   *result = NIL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_constraint_conrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	/* the index is ordered by name */
	scan = systable_beginscan(catalog, ConstraintRelidTypidNameIndexId, true, NULL,
							  1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		result = lappend(result, heap_copytuple(tuple));
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return result;
}

/* Add a primary or unique key; the primary one goes to the front. */
static void
read_key(BindsModel *model, HeapTuple tuple)
{
	Form_pg_constraint con = (Form_pg_constraint) GETSTRUCT(tuple);
	BindsModelKey *key;
	HeapTuple	index;

	model->keys = grown(model->keys, model->nkeys, sizeof(BindsModelKey));
	key = &model->keys[model->nkeys++];
	if (con->contype == CONSTRAINT_PRIMARY)
	{
		memmove(model->keys + 1, model->keys,
				sizeof(BindsModelKey) * (model->nkeys - 1));
		key = &model->keys[0];
	}
	memset(key, 0, sizeof(BindsModelKey));
	key->name = pstrdup(NameStr(con->conname));
	key->primary = con->contype == CONSTRAINT_PRIMARY;
	key->deferrable = con->condeferrable;
	key->columns = read_attnums(model, tuple, Anum_pg_constraint_conkey,
								&key->ncolumns);
	for (int i = 0; key->primary && i < key->ncolumns; i++)
		model->columns[key->columns[i]].key = true;

	index = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(con->conindid));
	if (HeapTupleIsValid(index))
	{
		key->nulls_equal =
			((Form_pg_index) GETSTRUCT(index))->indnullsnotdistinct;
		ReleaseSysCache(index);
	}
}

static void
read_foreign_key(BindsModel *model, HeapTuple tuple)
{
	Form_pg_constraint con = (Form_pg_constraint) GETSTRUCT(tuple);
	BindsModelForeignKey *fk;
	bool		isnull;
	int			n;

	model->foreign_keys = grown(model->foreign_keys, model->nforeign_keys,
								sizeof(BindsModelForeignKey));
	fk = &model->foreign_keys[model->nforeign_keys++];
	memset(fk, 0, sizeof(BindsModelForeignKey));
	fk->name = pstrdup(NameStr(con->conname));
	fk->ref_template = con->confrelid;
	fk->ref_table = get_rel_name(con->confrelid);
	fk->columns = read_attnums(model, tuple, Anum_pg_constraint_conkey,
							   &fk->ncolumns);
	fk->ref_columns = read_ref_columns(con->confrelid, tuple, &n);
	fk->ref_places = read_ref_places(tuple, n);
	fk->on_update = con->confupdtype;
	fk->on_delete = con->confdeltype;
	fk->deferrable = con->condeferrable;
	fk->initially_deferred = con->condeferred;
	fk->match_full = con->confmatchtype == FKCONSTR_MATCH_FULL && n > 1;
	(void) SysCacheGetAttr(CONSTROID, tuple, Anum_pg_constraint_confdelsetcols, &isnull);
	fk->action_columns = !isnull;
}

/* Where the columns that a foreign key refers to stand in the index it relies on. */
static int *
read_ref_places(HeapTuple tuple, int n)
{
	Oid			indexid = ((Form_pg_constraint) GETSTRUCT(tuple))->conindid;
	HeapTuple	index = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(indexid));
	bool		isnull;
	Datum		datum = SysCacheGetAttr(CONSTROID, tuple, Anum_pg_constraint_confkey, &isnull);
	const int16 *attnums = (int16 *) ARR_DATA_PTR(DatumGetArrayTypeP(datum));
	int		   *places = palloc(sizeof(int) * n);

	if (!HeapTupleIsValid(index))
		elog(ERROR, "cache lookup failed for index %u", indexid);
	for (int i = 0; i < n; i++)
	{
		const Form_pg_index form = (Form_pg_index) GETSTRUCT(index);

		places[i] = i;
		for (int j = 0; j < form->indnkeyatts; j++)
		{
			if (form->indkey.values[j] == attnums[i])
				places[i] = j;
		}
	}
	ReleaseSysCache(index);
	return places;
}

static void
read_check(BindsModel *model, HeapTuple tuple)
{
	Form_pg_constraint con = (Form_pg_constraint) GETSTRUCT(tuple);
	BindsModelCheck *check;
	bool		isnull;
	Datum		bin = SysCacheGetAttr(CONSTROID, tuple, Anum_pg_constraint_conbin, &isnull);

	if (isnull)
		elog(ERROR, "null conbin for constraint %u", con->oid);
	model->checks = grown(model->checks, model->nchecks, sizeof(BindsModelCheck));
	check = &model->checks[model->nchecks++];
	memset(check, 0, sizeof(BindsModelCheck));
	check->name = pstrdup(NameStr(con->conname));
	check->expr = stringToNode(TextDatumGetCString(bin));
}

/* An int2 array of pg_constraint, as indexes into model->columns. */
static int *
read_attnums(BindsModel *model, HeapTuple tuple, int attribute,
			 int *n)
{
	bool		isnull;
	Datum		datum = SysCacheGetAttr(CONSTROID, tuple, attribute, &isnull);
	ArrayType  *array;
	int16	   *attnums;
	int		   *result;

	if (isnull)
		elog(ERROR, "constraint without columns");
	array = DatumGetArrayTypeP(datum);
	*n = ARR_DIMS(array)[0];
	attnums = (int16 *) ARR_DATA_PTR(array);
	result = palloc(sizeof(int) * *n);
	for (int i = 0; i < *n; i++)
		result[i] = column_of_attnum(model, attnums[i]);
	return result;
}

static const char **
read_ref_columns(Oid ref_template, HeapTuple tuple, int *n)
{
	bool		isnull;
	Datum		datum = SysCacheGetAttr(CONSTROID, tuple, Anum_pg_constraint_confkey, &isnull);
	ArrayType  *array;
	int16	   *attnums;
	const char **result;

	if (isnull)
		elog(ERROR, "foreign key without referenced columns");
	array = DatumGetArrayTypeP(datum);
	*n = ARR_DIMS(array)[0];
	attnums = (int16 *) ARR_DATA_PTR(array);
	result = palloc(sizeof(char *) * *n);
	for (int i = 0; i < *n; i++)
		result[i] = get_attname(ref_template, attnums[i], false);
	return result;
}

/* ------------------------------------------------------------------------
 * Indexes
 * ------------------------------------------------------------------------ */

static void
read_indexes(BindsModel *model, Relation rel)
{
	List	   *oids = RelationGetIndexList(rel);
	ListCell   *lc;

	foreach(lc, oids)
	{
		Oid			oid = lfirst_oid(lc);
		Relation	index;

		if (OidIsValid(get_index_constraint(oid)))
			continue;
		index = index_open(oid, AccessShareLock);
		read_index(model, index);
		index_close(index, NoLock);
	}
	list_free(oids);
}

static void
read_index(BindsModel *model, Relation index)
{
	Form_pg_index form = index->rd_index;
	List	   *exprs = (List *) index_node(index, Anum_pg_index_indexprs);
	ListCell   *expr = list_head(exprs);
	BindsModelIndex *result;
	int			n = form->indnkeyatts;

	model->indexes = grown(model->indexes, model->nindexes, sizeof(BindsModelIndex));
	result = &model->indexes[model->nindexes++];
	memset(result, 0, sizeof(BindsModelIndex));
	result->name = pstrdup(RelationGetRelationName(index));
	result->unique = form->indisunique;
	result->nulls_equal = form->indnullsnotdistinct;
	result->method = get_am_name(index->rd_rel->relam);
	result->ncolumns = n;
	result->columns = palloc(sizeof(int) * n);
	result->descending = palloc0(sizeof(bool) * n);
	result->collations = palloc(sizeof(Oid) * n);
	result->exprs = palloc0(sizeof(Node *) * n);
	result->expr_sql = palloc0(sizeof(char *) * n);
	for (int i = 0; i < n; i++)
	{
		result->descending[i] = (index->rd_indoption[i] & INDOPTION_DESC) != 0;
		result->collations[i] = index->rd_indcollation[i];
		if (form->indkey.values[i] != 0)
			result->columns[i] = column_of_attnum(model, form->indkey.values[i]);
		else
		{
			result->columns[i] = -1;
			result->exprs[i] = lfirst(expr);
			expr = lnext(exprs, expr);
		}
	}
	result->where = index_node(index, Anum_pg_index_indpred);
	result->partial = result->where != NULL;
}

/*
 * As it was given: RelationGetIndexExpressions and its like evaluate what is constant in
 * it, which may call functions of the owner's with the rights of whoever looks.
 */
static Node *
index_node(Relation index, AttrNumber attnum)
{
	bool		isnull;
	Datum		datum = SysCacheGetAttr(INDEXRELID, index->rd_indextuple, attnum, &isnull);

	return isnull ? NULL : stringToNode(TextDatumGetCString(datum));
}

/* ------------------------------------------------------------------------
 * Helpers
 * ------------------------------------------------------------------------ */

static int
column_of_attnum(const BindsModel *model, AttrNumber attnum)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].attnum == attnum)
			return i;
	}
	elog(ERROR, "model \"%s\" has no column number %d", model->name, attnum);
	return -1;					/* keep compiler quiet */
}

/* An array of n members, with room for one more. */
static void *
grown(void *array, int n, Size size)
{
	if (array == NULL)
		return palloc(size * 8);
	/* a power of two from 8 on is full */
	if (n >= 8 && (n & (n - 1)) == 0)
		return repalloc(array, size * n * 2);
	return array;
}

bool
binds_model_reads(Node *expr, const BindsModelColumn *column)
{
	Bitmapset  *used = NULL;

	pull_varattnos(expr, 1, &used);
	return bms_is_member(column->attnum - FirstLowInvalidHeapAttributeNumber, used) ||
		bms_is_member(InvalidAttrNumber - FirstLowInvalidHeapAttributeNumber, used);
}
