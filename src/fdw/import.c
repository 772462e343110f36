/*
 * import.c
 *	  IMPORT FOREIGN SCHEMA: foreign tables for what the engine has.
 *
 * The remote schema is the engine's: a database of the server on MySQL, "main" on
 * SQLite.  What is declared here beyond names and types is only what the engine
 * guarantees.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"

#include "compat.h"
#include "connection/cursor.h"
#include "dialect/dialects.h"
#include "dialect/reflected.h"
#include "fdw/routine.h"
#include "model/column_options.h"
#include "model/facts.h"
#include "model/reflected_types.h"
#include "transaction/branch.h"

/* What is asked of the engine, and its answer. */
typedef struct TablesRequest
{
	const BindsDialect *dialect;
	const char *server;
	const char *schema;
	bool		views;
	List	   *named;			/* char *: tables of LIMIT TO */
	bool		there;			/* is there such a schema? */
	List	   *absent;			/* those of "named" that are not there */
	int			ntables;
	BindsReflectedTable *tables;
} TablesRequest;

static List *bindsImportForeignSchema(ImportForeignSchemaStmt *stmt, Oid serverid);
static void ask_tables(BindsDriverConn *conn, void *arg);
static List *table_names(ImportForeignSchemaStmt *stmt);
static bool is_wanted(ImportForeignSchemaStmt *stmt, const char *table);
static bool is_possible(const BindsReflectedTable *table, const char *bind_key,
						List **names);
static char *create_statement(ImportForeignSchemaStmt *stmt,
							  const BindsDialect *dialect,
							  const BindsReflectedTable *table,
							  const BindsReflectOptions *options);
static char *described(const BindsReflectedTable *table);
static void append_column(StringInfo buf, const BindsReflectedTable *table,
						  const BindsReflectedColumn *column,
						  const BindsReflectedKey *key,
						  const BindsReflectOptions *options);
static const BindsReflectedKey *identity_of(const BindsReflectedTable *table);
static bool key_has(const BindsReflectedKey *key, const char *column);
static void append_option(StringInfo buf, bool *first, const char *name,
						  const char *value);

void
binds_import_routine(FdwRoutine *routine)
{
	routine->ImportForeignSchema = bindsImportForeignSchema;
}

/*
 * Return the CREATE FOREIGN TABLE statements for IMPORT FOREIGN SCHEMA.
 */
static List *
bindsImportForeignSchema(ImportForeignSchemaStmt *stmt, Oid serverid)
{
	ForeignServer *server = GetForeignServer(serverid);
	const BindsDialect *dialect = binds_dialect_of_wrapper(server->fdwid);
	BindsReflectOptions *options = binds_import_options(stmt->options);
	BindsConnection *connection;
	BindsUse   *use;
	List	   *statements = NIL;
	List	   *names = NIL;
	TablesRequest request = {
		.dialect = dialect,.server = server->servername,
		.schema = stmt->remote_schema
	};

	request.views = options->import_views;
	if (stmt->list_type == FDW_IMPORT_SCHEMA_LIMIT_TO)
		request.named = table_names(stmt);
	connection = binds_branch_use(serverid, GetUserId(), BINDS_USE_READ, &use);
	binds_connection_read(connection, ask_tables, &request);
	binds_branch_leave(use);
	if (!request.there)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("bind \"%s\" has no schema \"%s\"", server->servername,
						stmt->remote_schema),
				 errhint("The schema is a database of the server, or \"main\" of a file.")));
	binds_reflected_require(request.absent, request.tables, request.ntables,
							server->servername);
	if (request.ntables == 0)
		ereport(NOTICE,
				(errmsg("bind \"%s\" has no tables in schema \"%s\"",
						server->servername, stmt->remote_schema)));

	for (int i = 0; i < request.ntables; i++)
	{
		BindsReflectedTable *table = &request.tables[i];

		if (is_wanted(stmt, binds_cut_name(table->name)) &&
			is_possible(table, server->servername, &names))
		{
			binds_reflected_retype(table, dialect, options);
			statements = lappend(statements,
								 create_statement(stmt, dialect, table, options));
		}
	}
	return statements;
}

/* For binds_connection_read. */
static void
ask_tables(BindsDriverConn *conn, void *arg)
{
	TablesRequest *request = arg;
	ListCell   *lc;

	request->there = request->dialect->has_schema(conn, request->server,
												  request->schema);
	if (!request->there)
		return;
	request->ntables = request->dialect->reflect(conn, request->server,
												 request->schema, NULL, 0,
												 request->views, &request->tables);
	foreach(lc, request->named)
	{
		const char *name = lfirst(lc);
		bool		present;

		/* a view that cannot be read is there all the same */
		request->dialect->tables_present(conn, request->server, request->schema,
										 &name, 1, &present, NULL);
		if (!present)
			request->absent = lappend(request->absent, lfirst(lc));
	}
}

/* Names in LIMIT TO, as char *. */
static List *
table_names(ImportForeignSchemaStmt *stmt)
{
	List	   *names = NIL;
	ListCell   *lc;

	foreach(lc, stmt->table_list)
		names = lappend(names, lfirst_node(RangeVar, lc)->relname);
	return names;
}

/* PostgreSQL sorts out LIMIT TO and EXCEPT itself too; this saves the work. */
static bool
is_wanted(ImportForeignSchemaStmt *stmt, const char *table)
{
	ListCell   *lc;

	if (stmt->list_type == FDW_IMPORT_SCHEMA_ALL)
		return true;
	foreach(lc, stmt->table_list)
	{
		if (strcmp(lfirst_node(RangeVar, lc)->relname, table) == 0)
			return stmt->list_type == FDW_IMPORT_SCHEMA_LIMIT_TO;
	}
	return stmt->list_type == FDW_IMPORT_SCHEMA_EXCEPT;
}

/*
 * Can the table be made?  One that cannot is left out with a WARNING; "names" are those
 * that tables before it have got.
 */
static bool
is_possible(const BindsReflectedTable *table, const char *bind_key, List **names)
{
	const char *obstacle = binds_reflected_obstacle(table, false);
	char	   *name = binds_cut_name(table->name);
	ListCell   *lc;

	foreach(lc, *names)
	{
		if (obstacle == NULL && strcmp(lfirst(lc), name) == 0)
			obstacle = psprintf("Its name is that of another table when it is cut to %d bytes",
								NAMEDATALEN - 1);
	}
	if (obstacle != NULL)
	{
		binds_reflected_leave_out(table, bind_key, obstacle);
		return false;
	}
	*names = lappend(*names, name);
	return true;
}

static char *
create_statement(ImportForeignSchemaStmt *stmt, const BindsDialect *dialect,
				 const BindsReflectedTable *table, const BindsReflectOptions *options)
{
	const BindsReflectedKey *key = identity_of(table);
	StringInfoData buf;
	bool		first = true;

	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE FOREIGN TABLE %s (\n",
					 quote_identifier(table->name));
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (i > 0)
			appendStringInfoString(&buf, ",\n");
		append_column(&buf, table, &table->columns[i], key, options);
	}
	appendStringInfo(&buf, "\n) SERVER %s\nOPTIONS (",
					 quote_identifier(stmt->server_name));
	append_option(&buf, &first, "table_name", table->name);
	if (table->schema != NULL)
		append_option(&buf, &first, "schema_name", table->schema);
	if (dialect->rowid_names != NULL && (key != NULL || !table->rowid))
		append_option(&buf, &first, "rowid", table->rowid ? "true" : "false");
	append_option(&buf, &first, "described", described(table));
	appendStringInfoString(&buf, ");");
	return buf.data;
}

/* The options are all that has to be known: no engine is asked. */
static char *
described(const BindsReflectedTable *table)
{
	uint64		mark = 0;

	for (int i = 0; i < table->ncolumns; i++)
	{
		const char *type = table->columns[i].type;
		Oid			typid;
		int32		typmod;

		binds_compat_parse_type(type != NULL ? type : "text", &typid, &typmod);
		binds_described_add(&mark, typid, typmod);
	}
	return binds_described_text(mark);
}

/*
 * Append a column.  An engine's enum becomes text, as no type can be made here; the
 * option "type" says that the engine sorts it otherwise.  A default that is not imported
 * is the engine's.
 */
static void
append_column(StringInfo buf, const BindsReflectedTable *table,
			  const BindsReflectedColumn *column, const BindsReflectedKey *key,
			  const BindsReflectOptions *options)
{
	BindsGenerated generated = column->generated_key ? BINDS_GENERATED_BY_DEFAULT :
		BINDS_GENERATED_NO;
	bool		is_key = key != NULL && key_has(key, column->name);
	bool		own_default = options->import_default && column->default_expr != NULL &&
		!column->engine_default;
	List	   *list;

	list = list_make1(makeDefElem("column_name",
								  (Node *) makeString(column->name), -1));
	list = list_concat(list, binds_column_options_of(column, is_key, generated,
													 own_default, false));

	appendStringInfo(buf, "  %s %s", quote_identifier(column->name),
					 column->type != NULL ? column->type : "text");
	binds_append_options(buf, list);
	if (own_default)
		appendStringInfo(buf, " DEFAULT %s", column->default_expr);

	/* what the engine makes arrives as NULL */
	if (options->import_not_null && column->not_null && !column->generated_key &&
		!binds_column_is_left(column, generated, own_default))
		appendStringInfoString(buf, " NOT NULL");
}

/* The key that tells rows apart: the primary key, else one the engine guarantees. */
static const BindsReflectedKey *
identity_of(const BindsReflectedTable *table)
{
	const BindsReflectedKey *found = NULL;

	for (int i = 0; i < table->nkeys; i++)
	{
		if (!table->keys[i].guaranteed)
			continue;
		if (table->keys[i].primary)
			return &table->keys[i];
		if (found == NULL)
			found = &table->keys[i];
	}
	return found;
}

static bool
key_has(const BindsReflectedKey *key, const char *column)
{
	for (int i = 0; i < key->ncolumns; i++)
	{
		if (strcmp(key->columns[i], column) == 0)
			return true;
	}
	return false;
}

static void
append_option(StringInfo buf, bool *first, const char *name, const char *value)
{
	appendStringInfo(buf, "%s%s %s", *first ? "" : ", ", name,
					 quote_literal_cstr(value));
	*first = false;
}
