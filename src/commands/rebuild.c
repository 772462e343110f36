/*
 * rebuild.c
 *	  Tables of engines that are made anew, with their rows.
 *
 * Where the types of columns stay as they are kept, the engine copies the rows.  Else they
 * are read as what they were and written as what they are to be, by two foreign tables
 * that are there meanwhile: so a value becomes what it would become by ALTER TABLE in
 * PostgreSQL.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "access/tupdesc.h"
#include "catalog/namespace.h"
#include "commands/defrem.h"
#include "optimizer/optimizer.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "commands/rebuild.h"
#include "commands/relation.h"
#include "dialect/reflected.h"
#include "model/foreign_ddl.h"
#include "options/reflect_options.h"
#include "value/value.h"

/* What is known while rows are brought over. */
typedef struct Copying
{
	BindsWork  *work;
	BindsWorkItem *item;
	const BindsRebuild *rebuild;
	List	   *casts;			/* as of BindsUpgradeOptions */
	Oid			owner;
	BindsReflectedTable *old;	/* as the engine describes it */
} Copying;

static void copy_rows(void *arg);
static void convert_rows(Copying *copying);
static Bitmapset *columns_of_computed(const BindsModel *model);
static char *new_statement(const BindsWork *work, const BindsWorkItem *item,
						   char **statement);
static void write_as(Oid owner, const char *sql);
static void read_as_before(const Copying *copying, Oid old_relid, const char *old);
static void read_old(BindsDriverConn *conn, void *arg);
static bool is_cast(const Copying *copying, const char *column);
static char *old_column(const Copying *copying, Oid relid, const char *name,
						const BindsModelColumn *column);

void
binds_rebuild(BindsWork *work, BindsWorkItem *item, const BindsRebuild *rebuild,
			  List *casts, Oid owner)
{
	Copying		copying = {work, item, rebuild, casts, owner};

	binds_ddl_rebuild(work->ddl, rebuild, copy_rows, &copying);
}

/* For binds_ddl_rebuild. */
static void
copy_rows(void *arg)
{
	Copying    *copying = arg;

	if (copying->rebuild->copy == NULL)
		return;
	if (copying->rebuild->converts)
		convert_rows(copying);
	else
		binds_ddl_run(copying->work->ddl, list_make1(copying->rebuild->copy));
}

static void
convert_rows(Copying *copying)
{
	const BindsBind *bind = copying->work->bind;
	const BindsModel *model = copying->item->model;
	BindsReflectOptions *options = binds_reflect_options(NULL);
	const BindsModelRow *row = copying->item->row;
	StringInfoData columns;
	StringInfoData values;
	char	   *statement;
	char	   *old;
	char	   *new;
	Oid			old_relid;
	ListCell   *lc;

	binds_ddl_read(copying->work->ddl, read_old, copying);
	new = new_statement(copying->work, copying->item, &statement);
	old = quote_qualified_identifier(row->local_schema, binds_cut_name(copying->old->name));
	binds_spi_run_as(copying->owner,
					 list_make2(binds_foreign_statement(copying->old, bind->dialect,
														row->local_schema, bind->key, options),
								statement));
	old_relid = get_relname_relid(binds_cut_name(copying->old->name),
								  get_namespace_oid(row->local_schema, false));
	read_as_before(copying, old_relid, old);
	initStringInfo(&columns);
	initStringInfo(&values);
	foreach(lc, copying->rebuild->columns)
	{
		int			i = binds_model_column(model, lfirst(lc));

		if (i < 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("table \"%s\" of bind \"%s\" cannot be made anew with column \"%s\"",
							model->name, bind->key, (char *) lfirst(lc)),
					 errdetail("Values of other columns get another type, and the model does not have this one."),
					 errhint("Give the option {\"drop\": true}, or add the column to the model.")));
		if (model->columns[i].computed)
			continue;
		appendStringInfo(&columns, "%s%s", columns.len > 0 ? ", " : "",
						 quote_identifier(model->columns[i].name));
		appendStringInfo(&values, "%s%s", values.len > 0 ? ", " : "",
						 old_column(copying, old_relid, lfirst(lc), &model->columns[i]));
	}
	write_as(copying->owner,
			 psprintf("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s", new,
					  columns.data, values.data, old));
	binds_spi_run_as(copying->owner,
					 list_make1(psprintf("DROP FOREIGN TABLE %s, %s", old, new)));
}

void
binds_fill_columns(BindsWork *work, BindsWorkItem *item, Oid owner, List *columns,
				   bool computed)
{
	const BindsModel *model = item->model;
	Bitmapset  *used = computed ? columns_of_computed(model) : NULL;
	StringInfoData sets;
	char	   *statement;
	char	   *table = new_statement(work, item, &statement);
	ListCell   *lc;

	initStringInfo(&sets);
	foreach(lc, columns)
	{
		appendStringInfo(&sets, "%s%s = DEFAULT", sets.len > 0 ? ", " : "",
						 quote_identifier(lfirst(lc)));
		used = bms_del_member(used, get_attnum(model->template, lfirst(lc)) -
							  FirstLowInvalidHeapAttributeNumber);
	}
	for (int i = 0; i < model->ncolumns; i++)
	{
		const char *name = quote_identifier(model->columns[i].name);

		if (bms_is_member(model->columns[i].attnum - FirstLowInvalidHeapAttributeNumber,
						  used))
			appendStringInfo(&sets, "%s%s = %s", sets.len > 0 ? ", " : "", name, name);
	}
	binds_spi_run_as(owner, list_make1(statement));
	write_as(owner, psprintf("UPDATE %s SET %s", table, sets.data));
	binds_spi_run_as(owner, list_make1(psprintf("DROP FOREIGN TABLE %s", table)));
}

/* The columns of which PostgreSQL computes others, as of pull_varattnos. */
static Bitmapset *
columns_of_computed(const BindsModel *model)
{
	Bitmapset  *used = NULL;
	Relation	template = table_open(model->template, AccessShareLock);
	TupleConstr *constr = RelationGetDescr(template)->constr;

	for (int i = 0; constr != NULL && i < constr->num_defval; i++)
	{
		AttrNumber	attnum = constr->defval[i].adnum;
		Bitmapset  *columns = NULL;

		if (TupleDescAttr(RelationGetDescr(template), attnum - 1)->attgenerated == '\0')
			continue;
		pull_varattnos(stringToNode(constr->defval[i].adbin), 1, &columns);
		if (bms_is_empty(columns))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("column \"%s\" of model \"%s\" cannot be computed in rows that are there",
							get_attname(model->template, attnum, false), model->name),
					 errdetail("It does not follow from other columns."),
					 errhint("Give it a default instead.")));
		used = bms_add_members(used, columns);
	}
	table_close(template, NoLock);
	return used;
}

void
binds_round_column(BindsWork *work, BindsWorkItem *item, Oid owner, const char *column)
{
	Oid			relid = binds_model_relation(item->row);
	const char *name = quote_identifier(column);
	Oid			typid;
	int32		typmod;
	int32		new_typmod;
	Oid			collation;
	char	   *statement;
	char	   *table = new_statement(work, item, &statement);

	get_atttypetypmodcoll(item->model->template,
						  get_attnum(item->model->template, column), &typid, &new_typmod,
						  &collation);
	get_atttypetypmodcoll(relid, get_attnum(relid, column), &typid, &typmod, &collation);
	binds_spi_run_as(owner,
					 list_make2(statement,
								psprintf("ALTER FOREIGN TABLE %s ALTER COLUMN %s TYPE %s", table,
										 name, format_type_with_typemod(typid, typmod))));
	write_as(owner, psprintf("UPDATE %s SET %s = %s::%s", table, name, name,
							 format_type_with_typemod(typid, new_typmod)));
	binds_spi_run_as(owner, list_make1(psprintf("DROP FOREIGN TABLE %s", table)));
}

void
binds_read_column(const BindsWorkItem *item, Oid owner, const char *column, Oid typid)
{
	write_as(owner, psprintf("SELECT pg_catalog.count(%s::%s) FROM %s",
							 quote_identifier(column), format_type_be_qualified(typid),
							 binds_qualified_name(binds_model_relation(item->row))));
}

/*
 * Another foreign table for the table of a model, without triggers or anything that depends
 * on it: its name, and in *statement what makes it.
 */
static char *
new_statement(const BindsWork *work, const BindsWorkItem *item, char **statement)
{
	BindsModelRow row = *item->row;

	row.local_name = ChooseRelationName(row.local_name, NULL, "new",
										get_namespace_oid(row.local_schema, false), false);
	*statement = linitial(binds_relation_statements(work->bind, &row, item->model, NULL));
	return quote_qualified_identifier(row.local_schema, row.local_name);
}

/* Write to it, or read it; an error says which row it is about. */
static void
write_as(Oid owner, const char *sql)
{
	BindsRole	before;

	binds_become(&before, owner);
	binds_tell_row_keys = true;
	PG_TRY();
	{
		binds_spi_run(sql);
	}
	PG_FINALLY();
	{
		binds_tell_row_keys = false;
	}
	PG_END_TRY();
	binds_become_again(&before);
}

/*
 * Let the old table be read as the local relation reads it: a value is what it was there.
 */
static void
read_as_before(const Copying *copying, Oid old_relid, const char *old)
{
	Oid			relid = binds_model_relation(copying->item->row);
	List	   *statements = NIL;
	ListCell   *lc;

	foreach(lc, copying->rebuild->columns)
	{
		AttrNumber	attnum = OidIsValid(relid) ? get_attnum(relid, lfirst(lc)) :
			InvalidAttrNumber;
		AttrNumber	old_attnum = get_attnum(old_relid, lfirst(lc));
		Oid			typid;
		int32		typmod;
		Oid			collation;

		if (attnum == InvalidAttrNumber || old_attnum == InvalidAttrNumber)
			continue;
		get_atttypetypmodcoll(relid, attnum, &typid, &typmod, &collation);
		if (typid != get_atttype(old_relid, old_attnum))
			statements = lappend(statements,
								 psprintf("ALTER FOREIGN TABLE %s ALTER COLUMN %s TYPE %s", old,
										  quote_identifier(lfirst(lc)),
										  format_type_with_typemod(typid, typmod)));
	}
	binds_spi_run_as(copying->owner, statements);
}

/* For binds_ddl_read. */
static void
read_old(BindsDriverConn *conn, void *arg)
{
	Copying    *copying = arg;
	const BindsBind *bind = copying->work->bind;
	BindsReflectedTable *tables;

	if (bind->dialect->reflect(conn, bind->key, NULL, &copying->rebuild->old_name, 1, false,
							   &tables) != 1)
		elog(ERROR, "could not read table \"%s\"", copying->rebuild->old_name);
	copying->old = &tables[0];
}

/* Was an explicit cast asked for? */
static bool
is_cast(const Copying *copying, const char *column)
{
	ListCell   *lc;

	foreach(lc, copying->casts)
	{
		if (strcmp(lfirst(lc), column) == 0)
			return true;
	}
	return false;
}

/* A column of the old table as a value for one of the model. */
static char *
old_column(const Copying *copying, Oid relid, const char *name,
		   const BindsModelColumn *column)
{
	AttrNumber	attnum = InvalidAttrNumber;
	Oid			from;

	for (int i = 0; i < copying->old->ncolumns && attnum == InvalidAttrNumber; i++)
	{
		if (pg_strcasecmp(copying->old->columns[i].name, name) == 0)
			attnum = get_attnum(relid, copying->old->columns[i].name);
	}
	if (attnum == InvalidAttrNumber)
		elog(ERROR, "table \"%s\" has no column \"%s\"", copying->old->name, name);
	name = quote_identifier(get_attname(relid, attnum, false));
	from = get_atttype(relid, attnum);
	if (!is_cast(copying, column->name) &&
		can_coerce_type(1, &from, &column->typid, COERCION_ASSIGNMENT))
		return pstrdup(name);
	return psprintf("%s::%s%s", name,
					can_coerce_type(1, &from, &column->typid, COERCION_EXPLICIT) ? "" : "text::",
					format_type_with_typemod(column->typid, column->typmod));
}
