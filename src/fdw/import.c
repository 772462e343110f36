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

#include "foreign/foreign.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"

#include "connection/cursor.h"
#include "dialect/dialects.h"
#include "dialect/reflected.h"
#include "fdw/routine.h"
#include "model/foreign_ddl.h"
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
static bool is_in_other_case(const TablesRequest *request, const char *name);
static List *table_names(ImportForeignSchemaStmt *stmt);
static bool is_wanted(ImportForeignSchemaStmt *stmt, const char *table);
static bool is_possible(const BindsReflectedTable *table, const char *bind_key,
						List **names);

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
	BindsReflectNames unmet;
	BindsConnection *connection;
	BindsUse   *use;
	bool		passing;
	List	   *statements = NIL;
	List	   *names = NIL;
	TablesRequest request = {
		.dialect = dialect, .server = server->servername,
		.schema = stmt->remote_schema
	};

	request.views = options->import_views;
	if (stmt->list_type == FDW_IMPORT_SCHEMA_LIMIT_TO)
		request.named = table_names(stmt);
	connection = binds_branch_use_definitions(serverid, GetUserId(), true, &passing, &use);
	binds_connection_read(connection, ask_tables, &request);
	binds_branch_leave(use);
	if (!request.there)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("bind \"%s\" has no schema \"%s\"", server->servername,
						stmt->remote_schema),
				 errhint("The schema is a database of the server, or \"main\" of a file.")));
	binds_reflected_require(request.absent, true, request.tables, request.ntables, NIL,
							server->servername);
	binds_reflected_names(&unmet, options);
	binds_reflected_strike(&unmet, request.tables, request.ntables, NIL,
						   server->servername);
	binds_reflected_refuse_unmet(&unmet, true);
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
			binds_reflected_tell(table, server->servername, false);
			statements = lappend(statements,
								 binds_foreign_statement(table, dialect, NULL,
														 stmt->server_name, options));
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
		BindsTableKind kind;

		/* a view that cannot be read is there all the same */
		request->dialect->table_kinds(conn, request->server, request->schema,
									  &name, 1, &kind, NULL);
		if (kind == BINDS_KIND_NONE || kind == BINDS_KIND_SEQUENCE ||
			kind == BINDS_KIND_INDEX || is_in_other_case(request, name))
			request->absent = lappend(request->absent, lfirst(lc));
	}
}

/*
 * An engine that folds case finds a table that PostgreSQL, which does not, would leave
 * out without a word.
 */
static bool
is_in_other_case(const TablesRequest *request, const char *name)
{
	bool		other = false;

	for (int i = 0; i < request->ntables; i++)
	{
		const char *table = binds_cut_name(request->tables[i].name);

		if (strcmp(table, name) == 0)
			return false;
		if (pg_strcasecmp(table, name) == 0)
			other = true;
	}
	return other;
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
