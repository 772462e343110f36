/*
 * remove.c
 *	  binds.remove: forget a bind, and with cascade what hangs on it here.
 *
 * What goes is the server, its user mappings, the templates with their schema, and the
 * foreign tables on the server.  Every drop is RESTRICT, so a view or a function that
 * a user made on them stops it all (2BP01).  Nothing is ever dropped in the engine.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_foreign_table.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "catalog/pg_user_mapping.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "dialect/text.h"
#include "commands/commands.h"
#include "compat.h"

BINDS_FUNCTION(binds_remove);

static void check_owner(const BindsBind *bind);
static void check_no_models(const char *key);
static List *tables_in_schema(Oid schema);
static List *types_in_schema(Oid schema);
static void leave_inheritance(List *relations);
static void drop_relations(List *relations, const char *kind);
static void drop_types(List *types);
static void drop_mappings(Oid serverid, const char *key);

/*
 * binds.remove(bind_key text, cascade boolean) returns void
 */
Datum
binds_remove(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	bool		cascade = !PG_ARGISNULL(1) && PG_GETARG_BOOL(1);
	BindsBind  *bind;
	Oid			schema;

	binds_bind_check_key(key);
	bind = binds_bind_find(key);
	check_owner(bind);
	binds_bind_lock(bind);
	check_owner(bind);
	if (!cascade)
		check_no_models(key);

	schema = get_namespace_oid(bind->metadata_schema, true);
	if (OidIsValid(schema) && !binds_compat_owns_schema(schema, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_SCHEMA, bind->metadata_schema);
	if (cascade)
	{
		List	   *tables = binds_bind_tables(bind->serverid);
		List	   *templates = OidIsValid(schema) ? tables_in_schema(schema) : NIL;

		leave_inheritance(list_concat_copy(tables, templates));
		drop_relations(tables, "FOREIGN TABLE");
		drop_relations(templates, "TABLE");
		if (OidIsValid(schema))
			drop_types(types_in_schema(schema));
	}
	if (OidIsValid(schema))
		binds_spi_run(psprintf("DROP SCHEMA %s", quote_identifier(bind->metadata_schema)));
	drop_mappings(bind->serverid, key);
	binds_spi_run(psprintf("DROP SERVER %s", quote_identifier(key)));
	PG_RETURN_VOID();
}

/* Asked before the bind is locked, and again when nobody else is at it. */
static void
check_owner(const BindsBind *bind)
{
	if (!binds_compat_owns_server(bind->serverid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_FOREIGN_SERVER, bind->key);
}

static void
check_no_models(const char *key)
{
	List	   *rows = binds_model_rows(key);
	StringInfoData names;
	ListCell   *cell;

	if (rows == NIL)
		return;
	initStringInfo(&names);
	foreach(cell, rows)
	{
		BindsModelRow *row = lfirst(cell);

		binds_text_list_add(&names, row->model);
	}
	ereport(ERROR,
			(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
			 errmsg("cannot remove bind \"%s\" because it has models", key),
			 errdetail("Models: %s.", names.data),
			 errhint("Use binds.remove(key, true) to forget the models and drop their foreign tables too; the tables in the engine stay.")));
}

/* ------------------------------------------------------------------------
 * What there is
 * ------------------------------------------------------------------------ */

/* OIDs of the ordinary tables in a schema, in order of creation. */
static List *
tables_in_schema(Oid schema)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, binds_relations_in_schema(schema))
	{
		Form_pg_class class = lfirst(cell);

		if (class->relkind == RELKIND_RELATION ||
			class->relkind == RELKIND_PARTITIONED_TABLE)
			result = lappend_oid(result, class->oid);
	}
	return result;
}

/* OIDs of the enum types and domains in a schema: reflect makes them. */
static List *
types_in_schema(Oid schema)
{
	List	   *result = NIL;
	Relation	rel = table_open(TypeRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_type_typnamespace, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(schema));
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_type type = (Form_pg_type) GETSTRUCT(tuple);

		if (type->typtype == TYPTYPE_ENUM || type->typtype == TYPTYPE_DOMAIN)
			result = lappend_oid(result, type->oid);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return result;
}

/* ------------------------------------------------------------------------
 * Drops
 * ------------------------------------------------------------------------ */

/*
 * Cut inheritance from relations that will be dropped to children that stay: those
 * of another bind.  They are not locked here: ALTER TABLE asks for the right first.
 */
static void
leave_inheritance(List *relations)
{
	ListCell   *cell;
	ListCell   *child;

	foreach(cell, relations)
	{
		foreach(child, find_inheritance_children(lfirst_oid(cell), NoLock))
		{
			if (get_rel_name(lfirst_oid(child)) != NULL &&
				!list_member_oid(relations, lfirst_oid(child)))
				binds_spi_run(psprintf("ALTER TABLE %s NO INHERIT %s",
									   binds_qualified_name(lfirst_oid(child)),
									   binds_qualified_name(lfirst_oid(cell))));
		}
	}
}

/* All in one command: they may refer to each other. */
static void
drop_relations(List *relations, const char *kind)
{
	StringInfoData buf;
	ListCell   *cell;

	if (relations == NIL)
		return;
	initStringInfo(&buf);
	appendStringInfo(&buf, "DROP %s ", kind);
	foreach(cell, relations)
		appendStringInfo(&buf, "%s%s", foreach_current_index(cell) > 0 ? ", " : "",
						 binds_qualified_name(lfirst_oid(cell)));
	binds_spi_run(buf.data);
}

static void
drop_types(List *types)
{
	ListCell   *cell;

	foreach(cell, types)
		binds_spi_run(psprintf("DROP TYPE %s",
							   format_type_extended(lfirst_oid(cell), -1,
													FORMAT_TYPE_FORCE_QUALIFY)));
}

static void
drop_mappings(Oid serverid, const char *key)
{
	Relation	rel = table_open(UserMappingRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;
	List	   *roles = NIL;
	ListCell   *cell;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_user_mapping mapping = (Form_pg_user_mapping) GETSTRUCT(tuple);

		if (mapping->umserver == serverid)
			roles = lappend_oid(roles, mapping->umuser);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	foreach(cell, roles)
	{
		Oid			role = lfirst_oid(cell);

		binds_spi_run(psprintf("DROP USER MAPPING FOR %s SERVER %s",
							   OidIsValid(role) ?
							   quote_identifier(GetUserNameFromId(role, false)) : "PUBLIC",
							   quote_identifier(key)));
	}
}
