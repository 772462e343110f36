/*
 * verify.c
 *	  Do the rows of a table fit the checks that its model is about to have?
 *
 * An engine looks at its rows when it gets a check, or a column gets another type.  Checks
 * that have no exact form in its SQL are PostgreSQL's alone to look at, and so are the rows
 * for them.  These are read as they are, and brought into the types of the model on the way,
 * so that nothing has been changed yet if one does not fit.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/primnodes.h"
#include "parser/parse_coerce.h"
#include "parser/parse_oper.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "commands/relation.h"
#include "commands/verify.h"
#include "transaction/branch.h"

static void verify_converted(const BindsWorkItem *item, const BindsModelColumn *column);
static bool is_refused_here(Oid from, Oid to);
static char *becomes_other(const BindsModelColumn *column, Oid from, int32 from_typmod, int32 to_typmod);
static char *text_of_server(const char *name, Oid from, int digits);
static char *form_of_server(Oid to, int digits);
static bool is_text(Oid typid);
static void verify_key(const BindsWorkItem *item, const char *name, const int *columns,
					   int ncolumns, bool hide);
static void verify_reference(const BindsWork *work, const BindsWorkItem *item,
							 const BindsModelForeignKey *key);
static bool are_comparable(Oid relid, const char *column, Oid other_relid,
						   const char *other);
static char *shown_key(const char *names, char *const *values, int nvalues);
static void refuse_reference(const BindsWorkItem *item, const BindsModelForeignKey *key,
							 const char *shown)
			__attribute__((noreturn));
static void refuse_null(const BindsWorkItem *item, const char *column)
			__attribute__((noreturn));
static bool gets_type(Oid relid, const BindsModel *model, const BindsModelColumn *column);
static char *rows_query(const BindsWorkItem *item, const List *checks);
static void append_rows(StringInfo buf, const BindsWorkItem *item);
static void append_column(StringInfo buf, const BindsWorkItem *item,
						  const BindsModelColumn *column);
static char *text_of(const BindsModel *model, Node *expr);

void
binds_verify_checks(const BindsWork *work, const BindsWorkItem *item, const List *checks)
{
	bool		open = binds_branch_is_open(work->bind->serverid);
	const BindsModelCheck *check;
	BindsRole	before;
	List	   *rows;

	if (checks == NIL)
		return;
	binds_become(&before, binds_relation_owner(item->model->template));
	rows = binds_spi_rows(rows_query(item, checks), 0, NULL, NULL);
	binds_become_again(&before);
	/* the engine's DDL would wait for who has read the table */
	if (!open)
		(void) binds_branch_end_own(work->bind->serverid);
	if (rows == NIL)
		return;
	check = list_nth(checks, pg_strtoint32(((char **) linitial(rows))[0]));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("check constraint \"%s\" of relation \"%s\" is violated by some row",
					check->name, item->row->local_name),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, item->row->local_schema),
			 err_generic_string(PG_DIAG_TABLE_NAME, item->row->local_name),
			 err_generic_string(PG_DIAG_CONSTRAINT_NAME, check->name)));
}

void
binds_verify_values(const BindsWork *work, const BindsWorkItem *item)
{
	const BindsModel *model = item->model;
	Oid			relid = binds_model_relation(item->row);
	bool		open = binds_branch_is_open(work->bind->serverid);
	BindsRole	before;
	StringInfoData buf;
	const char *separator = "SELECT ";

	initStringInfo(&buf);
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (!model->columns[i].computed && !gets_type(relid, model, &model->columns[i]))
			continue;
		appendStringInfo(&buf, "%scount(%s)", separator,
						 quote_identifier(model->columns[i].name));
		separator = ", ";
	}
	if (buf.len == 0)
		return;
	appendStringInfoString(&buf, " FROM (");
	append_rows(&buf, item);
	appendStringInfo(&buf, ") %s", quote_identifier(get_rel_name(model->template)));
	binds_become(&before, binds_relation_owner(model->template));
	(void) binds_spi_rows(buf.data, 0, NULL, NULL);
	binds_become_again(&before);
	if (!open)
		(void) binds_branch_end_own(work->bind->serverid);
}

void
binds_verify_converted(const BindsWork *work, const BindsWorkItem *item,
					   const List *columns)
{
	const BindsModel *model = item->model;
	bool		open = binds_branch_is_open(work->bind->serverid);
	ListCell   *lc;

	foreach(lc, columns)
	{
		const BindsModelColumn *column = &model->columns[binds_model_column(model, lfirst(lc))];

		if (!column->computed && gets_type(binds_model_relation(item->row), model, column))
			verify_converted(item, column);
	}
	if (columns != NIL && !open)
		(void) binds_branch_end_own(work->bind->serverid);
}

static void
verify_converted(const BindsWorkItem *item, const BindsModelColumn *column)
{
	Oid			relid = binds_model_relation(item->row);
	const char *name = quote_identifier(column->name);
	const char *relation = binds_qualified_name(relid);
	BindsRole	before;
	Oid			from;
	Oid			to;
	int32		from_typmod;
	int32		to_typmod;
	Oid			collation;
	char	   *condition;
	List	   *rows = NIL;

	get_atttypetypmodcoll(relid, get_attnum(relid, column->name), &from, &from_typmod,
						  &collation);
	get_atttypetypmodcoll(item->model->template, column->attnum, &to, &to_typmod, &collation);
	condition = becomes_other(column, from, from_typmod, to_typmod);
	binds_become(&before, binds_relation_owner(item->model->template));
	if (is_refused_here(from, to) && can_coerce_type(1, &from, &to, COERCION_EXPLICIT))
		(void) binds_spi_rows(psprintf("SELECT count(CAST(%s AS %s)) FROM ONLY %s", name,
									   format_type_with_typemod(to, to_typmod), relation),
							  0, NULL, NULL);
	if (condition != NULL)
		rows = binds_spi_rows(psprintf("SELECT 1 FROM ONLY %s WHERE %s LIMIT 1", relation,
									   condition), 0, NULL, NULL);
	binds_become_again(&before);
	if (rows == NIL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("column \"%s\" of relation \"%s\" cannot get type %s with the values that it has",
					column->name, item->row->local_name, format_type_with_typemod(to, to_typmod)),
			 errdetail("The engine's ALTER TABLE would make other values of dates and times than PostgreSQL does."),
			 errhint("Let them have the form and the digits of the type by UPDATE before, or add a column of the type, fill it by UPDATE, drop this one, and rename the new one."),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, item->row->local_schema),
			 err_generic_string(PG_DIAG_TABLE_NAME, item->row->local_name),
			 err_generic_string(PG_DIAG_COLUMN_NAME, column->name)));
}

/*
 * Has PostgreSQL values of the one type that it refuses to make the other of, where a server
 * takes them, or says it otherwise?  One makes the largest number of a float that is larger,
 * and zero of one that is too small.
 */
static bool
is_refused_here(Oid from, Oid to)
{
	if (from == FLOAT4OID || from == FLOAT8OID)
		return to == INT2OID || to == INT4OID || to == INT8OID || to == FLOAT4OID;
	return is_text(from) && !is_text(to);
}

/*
 * A condition that holds for rows of which a server may make other values than PostgreSQL;
 * NULL: there are none.  One cuts digits of a second, another rounds halves up, before 2000,
 * too, and with them the day of a date; as a text they have all digits that the column has.
 */
static char *
becomes_other(const BindsModelColumn *column, Oid from, int32 from_typmod, int32 to_typmod)
{
	const char *name = quote_identifier(column->name);
	Oid			to = column->typid;
	int			digits = to_typmod < 0 ? 6 : to_typmod;
	bool		is_moment = to == TIMESTAMPOID || to == TIMEOID;

	if (is_text(from) && (is_moment || to == DATEOID))
		return psprintf("%s !~ %s", name, quote_literal_cstr(form_of_server(to, digits)));
	if (from == TIMESTAMPOID && to == DATEOID)
		return psprintf("CAST(%s + interval '0.5 s' AS date) <> CAST(%s AS date)", name, name);
	if ((from == TIMESTAMPOID || from == TIMEOID) && is_moment)
		return psprintf("CAST(%s AS %s) <> CAST(%s AS %s)", name, format_type_be(to), name,
						format_type_with_typemod(to, to_typmod));
	if ((from == TIMESTAMPOID || from == TIMEOID || from == DATEOID) && is_text(to))
		return psprintf("%s <> CAST(%s AS text)",
						text_of_server(name, from, from_typmod < 0 ? 6 : from_typmod), name);
	return NULL;
}

/* What a server writes of a date or a time, as an expression. */
static char *
text_of_server(const char *name, Oid from, int digits)
{
	const char *fraction = digits > 0 ? psprintf(".FF%d", digits) : "";

	if (from == DATEOID)
		return psprintf("to_char(%s, 'YYYY-MM-DD')", name);
	if (from == TIMEOID)
		return psprintf("to_char(CAST(%s AS interval), 'HH24:MI:SS%s')", name, fraction);
	return psprintf("to_char(%s, 'YYYY-MM-DD HH24:MI:SS%s')", name, fraction);
}

/* The texts that mean the same date or time everywhere, as a regular expression. */
static char *
form_of_server(Oid to, int digits)
{
	const char *date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
	char	   *time = psprintf("[0-9]{2}:[0-9]{2}:[0-9]{2}%s",
								digits > 0 ? psprintf("([.][0-9]{1,%d})?", digits) : "");

	if (to == DATEOID)
		return psprintf("^%s$", date);
	if (to == TIMEOID)
		return psprintf("^%s$", time);
	return psprintf("^%s( %s)?$", date, time);
}

static bool
is_text(Oid typid)
{
	return typid == TEXTOID || typid == VARCHAROID || typid == BPCHAROID;
}

void
binds_verify_unique(const BindsWork *work, const BindsWorkItem *item)
{
	const BindsModel *model = item->model;

	for (int i = 0; i < model->nkeys; i++)
		verify_key(item, model->keys[i].name, model->keys[i].columns,
				   model->keys[i].ncolumns, work->bind->options->hide_parameters);
	for (int i = 0; i < model->nindexes; i++)
	{
		const BindsModelIndex *index = &model->indexes[i];

		if (index->unique && !index->skip && !index->partial)
			verify_key(item, index->name, index->columns, index->ncolumns,
					   work->bind->options->hide_parameters);
	}
}

/* Raise 23505 if rows have the same values in these columns, as far as they are there. */
static void
verify_key(const BindsWorkItem *item, const char *name, const int *columns, int ncolumns,
		   bool hide)
{
	Oid			relid = binds_model_relation(item->row);
	StringInfoData names;
	StringInfoData condition;
	StringInfoData values;
	BindsRole	before;
	List	   *rows;

	initStringInfo(&names);
	initStringInfo(&condition);
	initStringInfo(&values);
	for (int i = 0; i < ncolumns; i++)
	{
		const BindsModelColumn *column = columns[i] < 0 ? NULL :
			&item->model->columns[columns[i]];

		if (column == NULL || get_attnum(relid, column->name) == InvalidAttrNumber ||
			gets_type(relid, item->model, column))
			return;
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", quote_identifier(column->name));
		appendStringInfo(&condition, "%s%s IS NOT NULL", i > 0 ? " AND " : "",
						 quote_identifier(column->name));
	}
	binds_become(&before, binds_relation_owner(item->model->template));
	rows = binds_spi_rows(psprintf("SELECT %s FROM ONLY %s WHERE %s GROUP BY %s HAVING count(*) > 1 LIMIT 1",
								   names.data, binds_qualified_name(relid),
								   condition.data, names.data), 0, NULL, NULL);
	binds_become_again(&before);
	if (rows == NIL)
		return;
	for (int i = 0; i < ncolumns; i++)
		appendStringInfo(&values, "%s%s", i > 0 ? ", " : "", ((char **) linitial(rows))[i]);
	ereport(ERROR,
			(errcode(ERRCODE_UNIQUE_VIOLATION),
			 errmsg("could not create unique index \"%s\"", name),
			 hide ? 0 : errdetail("Key (%s)=(%s) is duplicated.", names.data, values.data),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, item->row->local_schema),
			 err_generic_string(PG_DIAG_TABLE_NAME, item->row->local_name),
			 err_generic_string(PG_DIAG_CONSTRAINT_NAME, name)));
}

void
binds_verify_references(const BindsWork *work, const BindsWorkItem *item, const char *told)
{
	const BindsModel *model = item->model;
	const BindsDialect *dialect = work->bind->dialect;

	for (int i = 0; i < model->nforeign_keys; i++)
		verify_reference(work, item, &model->foreign_keys[i]);
	for (int i = 0; i < model->nforeign_keys && told != NULL; i++)
	{
		const char *name = model->foreign_keys[i].name;

		if (strcmp(name, told) == 0 ||
			(dialect->constraint_name != NULL &&
			 strcmp(dialect->constraint_name(model, name), told) == 0))
			refuse_reference(item, &model->foreign_keys[i], NULL);
	}
}

/*
 * Raise 23503 if a row refers to none, as far as both tables are there, and who owns the model
 * may read them.
 */
static void
verify_reference(const BindsWork *work, const BindsWorkItem *item,
				 const BindsModelForeignKey *key)
{
	const BindsModel *model = item->model;
	BindsModelRow *parent = binds_model_of_template(key->ref_template);
	Oid			relid = binds_model_relation(item->row);
	Oid			ref_relid = parent != NULL ? binds_model_relation(parent) : InvalidOid;
	Oid			owner = binds_relation_owner(model->template);
	StringInfoData names;
	StringInfoData condition;
	StringInfoData match;
	BindsRole	before;
	List	   *rows = NIL;
	bool		comparable = true;

	if (!OidIsValid(ref_relid) ||
		pg_class_aclcheck(relid, owner, ACL_SELECT) != ACLCHECK_OK ||
		pg_class_aclcheck(ref_relid, owner, ACL_SELECT) != ACLCHECK_OK)
		return;
	initStringInfo(&names);
	initStringInfo(&condition);
	initStringInfo(&match);
	for (int i = 0; i < key->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[key->columns[i]];
		const char *name = quote_identifier(column->name);

		if (get_attnum(relid, column->name) == InvalidAttrNumber ||
			gets_type(relid, model, column))
			return;
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", name);
		appendStringInfo(&condition, "c.%s IS NOT NULL AND ", name);
		appendStringInfo(&match, "%sp.%s = c.%s", i > 0 ? " AND " : "",
						 quote_identifier(key->ref_columns[i]), name);
	}
	binds_become(&before, owner);
	for (int i = 0; i < key->ncolumns; i++)
		comparable &= are_comparable(ref_relid, key->ref_columns[i], relid,
									 model->columns[key->columns[i]].name);
	if (comparable)
		rows = binds_spi_rows(psprintf("SELECT %s FROM ONLY %s c WHERE %sNOT EXISTS"
									   " (SELECT FROM ONLY %s p WHERE %s) LIMIT 1",
									   names.data, binds_qualified_name(relid), condition.data,
									   binds_qualified_name(ref_relid), match.data),
							  0, NULL, NULL);
	binds_become_again(&before);
	if (rows != NIL)
		refuse_reference(item, key, work->bind->options->hide_parameters ? NULL :
						 shown_key(names.data, linitial(rows), key->ncolumns));
}

/* Has PostgreSQL an operator of its own that tells whether two columns are equal? */
static bool
are_comparable(Oid relid, const char *column, Oid other_relid, const char *other)
{
	AttrNumber	attnum = get_attnum(relid, column);
	AttrNumber	other_attnum = get_attnum(other_relid, other);
	Operator	operator;
	Oid			types[2];
	int32		typmod;
	Oid			collations[2];

	if (attnum == InvalidAttrNumber || other_attnum == InvalidAttrNumber)
		return false;
	get_atttypetypmodcoll(relid, attnum, &types[0], &typmod, &collations[0]);
	get_atttypetypmodcoll(other_relid, other_attnum, &types[1], &typmod, &collations[1]);
	operator = compatible_oper(NULL, list_make1(makeString("=")), types[0], types[1], true, -1);
	if (operator == NULL)
		return false;
	ReleaseSysCache(operator);
	return collations[0] == collations[1];
}

/* "(a, b)=(1, x)" */
static char *
shown_key(const char *names, char *const *values, int nvalues)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < nvalues; i++)
		appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "", values[i]);
	return psprintf("(%s)=(%s)", names, buf.data);
}

/* In PostgreSQL's words.  shown: the key of one of the rows, NULL: it is not told. */
static void
refuse_reference(const BindsWorkItem *item, const BindsModelForeignKey *key,
				 const char *shown)
{
	BindsModelRow *parent = binds_model_of_template(key->ref_template);
	const char *table = parent != NULL ? parent->local_name : key->ref_table;

	ereport(ERROR,
			(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
			 errmsg("insert or update on table \"%s\" violates foreign key constraint \"%s\"",
					item->row->local_name, key->name),
			 shown != NULL ? errdetail("Key %s is not present in table \"%s\".", shown, table) :
			 errdetail("Key is not present in table \"%s\".", table),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, item->row->local_schema),
			 err_generic_string(PG_DIAG_TABLE_NAME, item->row->local_name),
			 err_generic_string(PG_DIAG_CONSTRAINT_NAME, key->name)));
}

/* Has a column of a relation another type than in the model? */
static bool
gets_type(Oid relid, const BindsModel *model, const BindsModelColumn *column)
{
	AttrNumber	attnum = get_attnum(relid, column->name);
	Oid			from;
	Oid			to;
	int32		from_typmod;
	int32		to_typmod;
	Oid			collation;

	if (attnum == InvalidAttrNumber)
		return false;
	get_atttypetypmodcoll(relid, attnum, &from, &from_typmod, &collation);
	get_atttypetypmodcoll(model->template, column->attnum, &to, &to_typmod, &collation);
	return from != to || from_typmod != to_typmod;
}

void
binds_verify_not_null(const BindsWork *work, const BindsWorkItem *item,
					  const List *columns)
{
	Oid			relid = binds_model_relation(item->row);
	bool		open = binds_branch_is_open(work->bind->serverid);
	BindsRole	before;
	ListCell   *lc;

	foreach(lc, columns)
	{
		const char *name = lfirst(lc);
		List	   *rows;

		if (get_attnum(relid, name) == InvalidAttrNumber)
			continue;
		binds_become(&before, binds_relation_owner(item->model->template));
		rows = binds_spi_rows(psprintf("SELECT 1 FROM ONLY %s WHERE %s IS NULL LIMIT 1",
									   binds_qualified_name(relid),
									   quote_identifier(name)), 0, NULL, NULL);
		binds_become_again(&before);
		if (rows != NIL)
			refuse_null(item, name);
	}
	if (columns != NIL && !open)
		(void) binds_branch_end_own(work->bind->serverid);
}

void
binds_verify_no_rows(const BindsWork *work, const BindsWorkItem *item, const List *columns)
{
	bool		open = binds_branch_is_open(work->bind->serverid);
	BindsRole	before;
	List	   *rows;

	if (columns == NIL)
		return;
	binds_become(&before, binds_relation_owner(item->model->template));
	rows = binds_spi_rows(psprintf("SELECT 1 FROM ONLY %s LIMIT 1",
								   binds_qualified_name(binds_model_relation(item->row))),
						  0, NULL, NULL);
	binds_become_again(&before);
	if (rows != NIL)
		refuse_null(item, linitial(columns));
	if (!open)
		(void) binds_branch_end_own(work->bind->serverid);
}

/* In PostgreSQL's words. */
static void
refuse_null(const BindsWorkItem *item, const char *column)
{
	ereport(ERROR,
			(errcode(ERRCODE_NOT_NULL_VIOLATION),
			 errmsg("column \"%s\" of relation \"%s\" contains null values", column,
					item->row->local_name),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, item->row->local_schema),
			 err_generic_string(PG_DIAG_TABLE_NAME, item->row->local_name),
			 err_generic_string(PG_DIAG_COLUMN_NAME, column)));
}

/* A query for the number of a check that a row violates. */
static char *
rows_query(const BindsWorkItem *item, const List *checks)
{
	StringInfoData buf;
	StringInfoData condition;
	ListCell   *lc;

	initStringInfo(&buf);
	initStringInfo(&condition);
	appendStringInfoString(&buf, "SELECT CASE");
	foreach(lc, checks)
	{
		char	   *text = text_of(item->model, ((const BindsModelCheck *) lfirst(lc))->expr);

		appendStringInfo(&buf, " WHEN NOT (%s) THEN %d", text, foreach_current_index(lc));
		appendStringInfo(&condition, "%sNOT (%s)", condition.len > 0 ? " OR " : "", text);
	}
	appendStringInfoString(&buf, " END FROM (");
	append_rows(&buf, item);
	appendStringInfo(&buf, ") %s WHERE %s LIMIT 1",
					 quote_identifier(get_rel_name(item->model->template)), condition.data);
	return buf.data;
}

/* The rows as the model will have them: what is computed follows from the other columns. */
static void
append_rows(StringInfo buf, const BindsWorkItem *item)
{
	const BindsModel *model = item->model;
	const char *name = quote_identifier(get_rel_name(model->template));
	const char *separator = "SELECT ";

	appendStringInfo(buf, "SELECT %s.*", name);
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].computed)
			appendStringInfo(buf, ", %s AS %s",
							 text_of(model, model->columns[i].computed_expr),
							 quote_identifier(model->columns[i].name));
	}
	appendStringInfoString(buf, " FROM (");
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].computed)
			continue;
		appendStringInfoString(buf, separator);
		append_column(buf, item, &model->columns[i]);
		appendStringInfo(buf, " AS %s", quote_identifier(model->columns[i].name));
		separator = ", ";
	}
	appendStringInfo(buf, " FROM ONLY %s) %s",
					 binds_qualified_name(binds_model_relation(item->row)), name);
}

/* A column of the local relation; of one that is new, what its rows get. */
static void
append_column(StringInfo buf, const BindsWorkItem *item, const BindsModelColumn *column)
{
	Oid			relid = binds_model_relation(item->row);
	AttrNumber	attnum = get_attnum(relid, column->name);
	const char *value = quote_identifier(column->name);
	Oid			from;
	Oid			type;
	int32		typmod;
	Oid			collation;

	get_atttypetypmodcoll(item->model->template, column->attnum, &type, &typmod, &collation);
	if (attnum == InvalidAttrNumber)
		value = column->default_expr != NULL ? text_of(item->model, column->default_expr) :
			"NULL";
	else
	{
		/* as what alters the table brings rows into another type */
		from = get_atttype(relid, attnum);
		if (!can_coerce_type(1, &from, &type, COERCION_EXPLICIT))
			value = psprintf("CAST(%s AS text)", value);
	}
	appendStringInfo(buf, "CAST(%s AS %s)", value, format_type_with_typemod(type, typmod));
	if (OidIsValid(collation))
		appendStringInfo(buf, " COLLATE %s", generate_collation_name(collation));
}

static char *
text_of(const BindsModel *model, Node *expr)
{
	return deparse_expression(expr, deparse_context_for(get_rel_name(model->template),
														model->template), false, false);
}
