/*
 * violation.c
 *	  What it means that an engine refuses a row: PostgreSQL's words and fields.
 *
 * The engine says which constraint a row violates, as far as it does (dialect: violation).
 * Local names are here, the names of constraints in the model; of a table without one, and
 * where the engine's own names say nothing here, the engine is asked for its definition.
 *
 * Nothing is said that is not known: where a trigger of the engine, or a foreign key that
 * changes other tables, may have violated a constraint of another table, the engine's words
 * stay as they are.
 *
 * An error of what is asked here is not raised, for an error is raised anyway, which
 * also does away with what the asking leaves behind.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "foreign/fdwapi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/elog.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "dialect/error.h"
#include "fdw/violation.h"
#include "model/bind.h"
#include "model/registry.h"
#include "options/server.h"

typedef struct Reflection
{
	BindsViolated *violated;
	const char *const *names;
	int			n;
	BindsReflectedTable *tables;	/* the answer */
	int			found;
} Reflection;

/* A check that the engine tells without a name. */
typedef struct UnnamedCheck
{
	BindsViolated *violated;
	bool		unnamed;		/* the answer: it is one, */
	List	   *columns;		/* the columns that it reads, */
	int			place;			/* and how many others come before it */
} UnnamedCheck;

static TupleTableSlot *row_of(const BindsModify *modify, const BindsError *error);
static bool is_not_engines(int sqlstate);
static bool is_schema(const BindsForeignTable *table, const char *schema);
static bool tell(BindsViolated *violated);
static bool tell_unique(BindsViolated *violated);
static bool tell_not_null(BindsViolated *violated);
static bool tell_check(BindsViolated *violated);
static const char *check_name(BindsViolated *violated);
static void ask_check(void *arg);
static void read_check(BindsDriverConn *conn, void *arg);
static bool tell_last_key(BindsViolated *violated);
static bool is_last(const BindsViolated *violated, List *columns);
static bool has_columns(BindsViolated *violated, List *columns);
static bool is_not_null(BindsViolated *violated, const char *name);
static const BindsReflectedColumn *definition_of(BindsViolated *violated,
												 const char *name);
static void ask_tables(void *arg);
static void read_tables(BindsDriverConn *conn, void *arg);
static bool is_over(const BindsForeignTable *table, Oid relid, const char *name);
static bool may_be_told(const BindsForeignTable *table, Oid relid);
static Oid	owner_of(Oid relid);

const BindsErrorWords *
binds_violation_words(const BindsError *error, void *arg)
{
	BindsModify *modify = arg;
	BindsViolated *violated = palloc0(sizeof(BindsViolated));
	BindsErrorWords *hidden = palloc0(sizeof(BindsErrorWords));

	violated->modify = modify;
	violated->table = modify->table;
	hidden->any_table = true;
	hidden->hide_values = !binds_violated_readable(modify->table);
	modify->table->dialect->violation(error, modify->table->table, &violated->said);
	violated->row = row_of(modify, error);
	violated->words.hide_values = hidden->hide_values;
	if (violated->said.kind == BINDS_VIOLATES_RANGE)
		return tell_last_key(violated) ? &violated->words : NULL;
	if (ERRCODE_TO_CATEGORY(error->sqlstate) != ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION)
		return NULL;
	if (violated->said.kind == BINDS_VIOLATES_NOTHING ||
		violated->said.whose == BINDS_OF_OTHER ||
		(violated->said.whose == BINDS_OF_THIS &&
		 !is_schema(modify->table, violated->said.schema)))
		return hidden;
	violated->elsewhere = !is_schema(modify->table, violated->said.other_schema);
	violated->model = binds_violated_model(violated, modify->table->relid);
	violated->words.schema =
		get_namespace_name(RelationGetNamespace(modify->relation));
	violated->words.table = modify->table->local_name;
	return tell(violated) ? &violated->words : hidden;
}

/* Is it the schema of the table, as far as is known?  NULL: not told. */
static bool
is_schema(const BindsForeignTable *table, const char *schema)
{
	return schema == NULL || (table->schema != NULL && strcmp(table->schema, schema) == 0) ||
		binds_same_database(table->serverid, table->schema, table->serverid,
							schema) != BINDS_DIFFERENT;
}

/* The row that was refused; NULL if it is not known which, or there is none. */
static TupleTableSlot *
row_of(const BindsModify *modify, const BindsError *error)
{
	const BindsSending *sending = &modify->sending;

	if (sending->slots == NULL)
		return NULL;
	if (sending->nslots == 1)
		return sending->slots[0];
	return error->row >= 0 && error->row < sending->nslots ?
		sending->slots[error->row] : NULL;
}

static bool
tell(BindsViolated *violated)
{
	switch (violated->said.kind)
	{
		case BINDS_VIOLATES_UNIQUE:
			return tell_unique(violated);
		case BINDS_VIOLATES_NOT_NULL:
			return tell_not_null(violated);
		case BINDS_VIOLATES_CHECK:
			return tell_check(violated);
		case BINDS_VIOLATES_REFERENCE:
		case BINDS_VIOLATES_REFERENCED:
		case BINDS_VIOLATES_FOREIGN_KEY:
			return binds_violated_reference(violated);
		default:
			return false;
	}
}

/* ------------------------------------------------------------------------
 * Constraints of one table
 * ------------------------------------------------------------------------ */

/*
 * A key.  Where the engine does not tell its table, another row of ours that has the values
 * shows that it is of this one.
 */
static bool
tell_unique(BindsViolated *violated)
{
	BindsErrorWords *words = &violated->words;
	bool		told = violated->said.whose == BINDS_OF_THIS;
	bool		one = violated->row != NULL;
	BindsAnswer there = BINDS_IS_UNKNOWN;
	List	   *columns;
	char	   *names;
	char	   *values;
	bool		known;

	if (!binds_violated_key(violated, &words->constraint, &columns) ||
		(told && !has_columns(violated, columns)))
		return false;
	if (is_last(violated, columns) && tell_last_key(violated))
		return true;
	if (columns != NIL)
		there = binds_violated_find_row(violated, violated->table->table, columns, columns,
										violated->modify->operation == CMD_UPDATE,
										BINDS_IS_THERE);
	if (there == BINDS_IS_THERE && one)
		known = binds_violated_comes_first(violated);
	else
		known = (there == BINDS_IS_THERE || there == BINDS_IS_UNKNOWN || told) &&
			binds_violated_is_alone(violated);
	if (!told && !known)
		return false;
	words->message = psprintf(_("duplicate key value violates unique constraint \"%s\""),
							  words->constraint);
	if (known && binds_violated_show_key(violated, columns, false, true, &names, &values))
		words->detail = psprintf(_("Key %s already exists."),
								 psprintf("(%s)=(%s)", names, values));
	return true;
}

/*
 * Are columns that the engine tells those of the table?  Names that have dots in them can be
 * another table's.
 */
static bool
has_columns(BindsViolated *violated, List *columns)
{
	ListCell   *lc;

	foreach(lc, columns)
	{
		const char *name = lfirst(lc);

		if (binds_violated_column(violated->table, name) == 0 &&
			definition_of(violated, name) == NULL &&
			!(violated->said.primary && pg_strcasecmp(name, "rowid") == 0))
			return false;
	}
	return true;
}

/* NOT NULL of a column of ours, which the row has no value for. */
static bool
tell_not_null(BindsViolated *violated)
{
	BindsErrorWords *words = &violated->words;
	const char *column = linitial(violated->said.columns);
	AttrNumber	attnum = binds_violated_column(violated->table, column);
	bool		told = violated->said.whose == BINDS_OF_THIS;
	bool		isnull;
	Datum		value;
	char	   *row;
	bool		known;

	if (attnum == 0 || (!told && !is_not_null(violated, column)))
		return false;
	if (binds_violated_value(violated, attnum, false, &value, &isnull))
		known = isnull && binds_violated_comes_first(violated);
	else
		known = binds_violated_is_alone(violated);
	if (!told && !known)
		return false;
	words->column = violated->table->columns[attnum - 1].local_name;
	words->message = psprintf(_("null value in column \"%s\" of relation \"%s\" violates not-null constraint"),
							  words->column, words->table);
	row = known ? binds_violated_show_row(violated) : NULL;
	if (row != NULL)
		words->detail = psprintf(_("Failing row contains %s."), row);
	return true;
}

/* Has the engine's table a column that takes no NULL? */
static bool
is_not_null(BindsViolated *violated, const char *name)
{
	const BindsReflectedColumn *column = definition_of(violated, name);

	return column != NULL && column->not_null;
}

/* What the engine says of a column; NULL: there is none. */
static const BindsReflectedColumn *
definition_of(BindsViolated *violated, const char *name)
{
	const BindsReflectedTable *definition = binds_violated_definition(violated);

	for (int i = 0; definition != NULL && i < definition->ncolumns; i++)
	{
		if (binds_violated_same_name(violated->table, definition->columns[i].name, name))
			return &definition->columns[i];
	}
	return NULL;
}

/*
 * A check, by the name that the engine has for it.  Those of the model have been evaluated
 * before anything was sent: where the engine does not tell the table, one of that name is
 * rather another table's.
 */
static bool
tell_check(BindsViolated *violated)
{
	BindsErrorWords *words = &violated->words;
	bool		told = violated->said.whose == BINDS_OF_THIS;
	bool		known = told ? binds_violated_comes_first(violated) :
		binds_violated_is_alone(violated);
	char	   *row;

	if (!told && !known)
		return false;
	words->constraint = check_name(violated);
	words->message = psprintf(_("new row for relation \"%s\" violates check constraint \"%s\""),
							  words->table, words->constraint);
	row = known ? binds_violated_show_row(violated) : NULL;
	if (row != NULL)
		words->detail = psprintf(_("Failing row contains %s."), row);
	return true;
}

/* The engine's name of a check; where it has none what PostgreSQL would call it. */
static const char *
check_name(BindsViolated *violated)
{
	const BindsForeignTable *table = violated->table;
	UnnamedCheck check = {violated, false, violated->said.columns, 0};
	AttrNumber	attnum = 0;

	if (check.columns == NIL &&
		(table->dialect->unnamed_check == NULL || !binds_violated_ask(ask_check, &check) ||
		 !check.unnamed))
		return violated->said.constraint;
	if (list_length(check.columns) == 1)
		attnum = binds_violated_column(table, linitial(check.columns));
	if (violated->said.columns != NIL && attnum == 0)
		return violated->said.constraint;
	return makeObjectName(table->local_name,
						  attnum != 0 ? table->columns[attnum - 1].local_name : NULL,
						  check.place > 0 ? psprintf("check%d", check.place) : "check");
}

static void
ask_check(void *arg)
{
	binds_connection_read(binds_branch_enter(((UnnamedCheck *) arg)->violated->modify->use),
						  read_check, arg);
}

/* For binds_connection_read. */
static void
read_check(BindsDriverConn *conn, void *arg)
{
	UnnamedCheck *check = arg;
	const BindsForeignTable *table = check->violated->table;

	check->unnamed = table->dialect->unnamed_check(conn, table->bind_key, table->schema,
												   table->table,
												   check->violated->said.constraint,
												   &check->columns, &check->place);
}

/*
 * A key that was left to the engine, which has none after the largest one: 2200H, as of a
 * sequence at its end.
 */
static bool
tell_last_key(BindsViolated *violated)
{
	BindsErrorWords *words = &violated->words;
	const BindsModify *modify = violated->modify;
	const BindsForeignColumn *column;
	Oid			type;

	if (modify->operation != CMD_INSERT || modify->generated_key == 0)
		return false;
	column = &violated->table->columns[modify->generated_key - 1];
	type = getBaseType(column->typid);
	if (violated->said.kind == BINDS_VIOLATES_RANGE && violated->said.columns != NIL &&
		!binds_violated_same_name(violated->table, column->name,
								  linitial(violated->said.columns)))
		return false;
	if (!binds_violated_key_is_left(violated) || !binds_violated_is_alone(violated))
		return false;
	words->sqlstate = ERRCODE_SEQUENCE_GENERATOR_LIMIT_EXCEEDED;
	words->message = psprintf(_("the engine has no further key for column \"%s\" of foreign table \"%s\""),
							  column->local_name, violated->table->local_name);
	words->detail = psprintf(_("The largest key of the column is in use; its type is %s."),
							 format_type_be(type));
	words->hint = type == INT8OID ? _("Give the key yourself.") :
		_("Give the key yourself, or make the column a bigint.");
	words->schema = get_namespace_name(RelationGetNamespace(modify->relation));
	words->table = violated->table->local_name;
	words->column = column->local_name;
	words->constraint = NULL;
	return true;
}

/*
 * Is the key of the generated column alone, and the entry that is there the last one of its
 * type?  MySQL generates that again and again.
 */
static bool
is_last(const BindsViolated *violated, List *columns)
{
	const BindsModify *modify = violated->modify;
	const char *entry = violated->said.entry;

	if (entry == NULL || modify->generated_key == 0 || list_length(columns) != 1 ||
		binds_violated_column(violated->table, linitial(columns)) != modify->generated_key)
		return false;
	switch (getBaseType(violated->table->columns[modify->generated_key - 1].typid))
	{
		case INT2OID:
			return strcmp(entry, "32767") == 0;
		case INT4OID:
			return strcmp(entry, "2147483647") == 0;
		case INT8OID:
			return strcmp(entry, "9223372036854775807") == 0;
		default:
			return false;
	}
}

/* ------------------------------------------------------------------------
 * What the engine is asked
 * ------------------------------------------------------------------------ */

BindsReflectedTable *
binds_violated_definition(BindsViolated *violated)
{
	const char *name = violated->table->table;

	if (!violated->asked &&
		binds_violated_reflect(violated, &name, 1, &violated->definition) == 0)
		violated->definition = NULL;
	violated->asked = true;
	return violated->definition;
}

int
binds_violated_reflect(BindsViolated *violated, const char *const *names, int n,
					   BindsReflectedTable **tables)
{
	Reflection	reflection = {.violated = violated, .names = names, .n = n};

	if (!binds_violated_ask(ask_tables, &reflection))
		return 0;
	*tables = reflection.tables;
	return reflection.found;
}

static void
ask_tables(void *arg)
{
	Reflection *reflection = arg;

	binds_connection_read(binds_branch_enter(reflection->violated->modify->use),
						  read_tables, reflection);
}

/* For binds_connection_read. */
static void
read_tables(BindsDriverConn *conn, void *arg)
{
	Reflection *reflection = arg;
	const BindsForeignTable *table = reflection->violated->table;

	reflection->found = table->dialect->reflect(conn, table->bind_key, table->schema,
												reflection->names, reflection->n,
												true, &reflection->tables);
}

/*
 * May an error be PostgreSQL's own, with something that only the end of a transaction sets
 * right?
 */
static bool
is_not_engines(int sqlstate)
{
	int			category = ERRCODE_TO_CATEGORY(sqlstate);

	return category == ERRCODE_INTERNAL_ERROR || category == ERRCODE_SYSTEM_ERROR ||
		category == ERRCODE_INSUFFICIENT_RESOURCES;
}

bool
binds_violated_ask(BindsAsk ask, void *arg)
{
	BindsBeforeError before = binds_error_before();
	volatile bool answered = false;

	PG_TRY();
	{
		ask(arg);
		answered = true;
	}
	PG_CATCH();
	{
		ErrorData  *error = binds_error_catch(&before);

		/* with the connection the whole transaction is lost */
		if (binds_error_is_final(error) || is_not_engines(error->sqlerrcode) ||
			ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_CONNECTION_EXCEPTION)
			ReThrowError(error);
		elog(DEBUG1, "could not ask about a refused row: %s", error->message);
	}
	PG_END_TRY();
	return answered;
}

/* ------------------------------------------------------------------------
 * Local relations
 * ------------------------------------------------------------------------ */

/*
 * Anybody who may use the server can have foreign tables over any table of the engine, with
 * any name: who reads an error shall not read what others want him to.  So it is the model's
 * relation, as its name was given by who may define models of the bind; else one that
 * belongs to the owner of the table that is changed, and the role has rights on.
 */
Oid
binds_violated_relation(BindsViolated *violated, const char *name)
{
	const BindsForeignTable *table = violated->table;
	ListCell   *lc;

	if (binds_violated_same_table(table, name, table->table))
		return table->relid;
	if (binds_models_are_known())
	{
		foreach(lc, binds_model_rows(table->bind_key))
		{
			Oid			relid = binds_model_relation(lfirst(lc));

			if (OidIsValid(relid) && is_over(table, relid, name))
				return relid;
		}
	}
	foreach(lc, binds_bind_tables(table->serverid))
	{
		if (is_over(table, lfirst_oid(lc), name) &&
			may_be_told(table, lfirst_oid(lc)))
			return lfirst_oid(lc);
	}
	return InvalidOid;
}

/* Is a relation one over a table of the same server and schema? */
static bool
is_over(const BindsForeignTable *table, Oid relid, const char *name)
{
	BindsTableOptions *options;

	if (get_rel_relkind(relid) != RELKIND_FOREIGN_TABLE ||
		GetForeignServerIdByRelId(relid) != table->serverid ||
		(options = binds_table_options(relid)) == NULL || options->query != NULL)
		return false;
	return binds_violated_same_table(table, options->table_name, name) &&
		(options->schema_name == NULL ? table->schema == NULL :
		 table->schema != NULL && strcmp(options->schema_name, table->schema) == 0);
}

static bool
may_be_told(const BindsForeignTable *table, Oid relid)
{
	Oid			owner = owner_of(table->relid);

	return OidIsValid(owner) && owner_of(relid) == owner &&
		pg_class_aclmask(relid, GetUserId(),
						 ACL_SELECT | ACL_INSERT | ACL_UPDATE | ACL_DELETE |
						 ACL_REFERENCES, ACLMASK_ANY) != 0;
}

/* InvalidOid: it is not there any more. */
static Oid
owner_of(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Oid			owner = InvalidOid;

	if (HeapTupleIsValid(tuple))
	{
		owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
		ReleaseSysCache(tuple);
	}
	return owner;
}

BindsModel *
binds_violated_model(BindsViolated *violated, Oid relid)
{
	const char *name = get_rel_name(relid);
	const char *schema = get_namespace_name(get_rel_namespace(relid));
	ListCell   *lc;

	if (name == NULL || schema == NULL || !binds_models_are_known())
		return NULL;
	foreach(lc, binds_model_rows(violated->table->bind_key))
	{
		BindsModelRow *row = lfirst(lc);

		if (strcmp(row->local_name, name) != 0 || strcmp(row->local_schema, schema) != 0)
			continue;

		/*
		 * who changes the model may wait for what this transaction holds in
		 * the engine
		 */
		if (!ConditionalLockRelationOid(row->template, AccessShareLock) ||
			!SearchSysCacheExists1(RELOID, ObjectIdGetDatum(row->template)))
			return NULL;
		return binds_model_read(row->template, row->bind_key);
	}
	return NULL;
}
