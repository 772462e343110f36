/*
 * rights.c
 *	  Who may do what with a bind: define models, run DDL in its engine, own a
 *	  relation of one.
 *
 * One function decides for all commands.  The owner that a relation gets holds the
 * rights to it himself, whoever calls create_all: who asks others to make his tables
 * gets nothing that he could not have made.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_namespace.h"
#include "commands/dbcommands.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "model/rights.h"

/* What stands in the way; message NULL: nothing. */
typedef struct Obstacle
{
	char	   *message;
	const char *detail;
	char	   *hint;
} Obstacle;

static void refuse(const Obstacle *obstacle);
static Obstacle find_obstacle(BindsRight right, Oid role, const BindsBind *bind,
							  Oid schema);
static char *ways_out(BindsRight right, Oid role, const BindsBind *bind, Oid schema);
static void append_grant(StringInfo buf, Oid *last, Oid owner, const char *what,
						 const char *object, Oid role);
static bool foreign_metadata(const BindsBind *bind, Obstacle *obstacle);
static bool lacks_database(Oid role, Obstacle *obstacle);
static bool may_define(Oid role, const BindsBind *bind);
static bool lacks_usage(Oid role, const BindsBind *bind);
static bool lacks_schema(Oid role, Oid schema);
static Oid	owner_of_schema(Oid schema);

void
binds_check_right(BindsRight right, Oid role, const BindsBind *bind, Oid schema)
{
	Obstacle	obstacle = find_obstacle(right, role, bind, schema);

	if (obstacle.message != NULL)
		refuse(&obstacle);
}

bool
binds_has_right(BindsRight right, Oid role, const BindsBind *bind, Oid schema)
{
	return find_obstacle(right, role, bind, schema).message == NULL;
}

void
binds_check_wrapper(Oid role, const char *wrapper)
{
	if (binds_compat_wrapper_aclcheck(get_foreign_data_wrapper_oid(wrapper, false),
									  role) == ACLCHECK_OK)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied for foreign-data wrapper %s", wrapper),
			 errhint("A superuser can allow it: GRANT USAGE ON FOREIGN DATA WRAPPER %s TO %s.",
					 quote_identifier(wrapper),
					 quote_identifier(GetUserNameFromId(role, false)))));
}

void
binds_check_new_schema(Oid role)
{
	Obstacle	obstacle = {0};

	if (lacks_database(role, &obstacle))
		refuse(&obstacle);
}

static void
refuse(const Obstacle *obstacle)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg_internal("%s", obstacle->message),
			 obstacle->detail ? errdetail_internal("%s", obstacle->detail) : 0,
			 obstacle->hint ? errhint("%s", obstacle->hint) : 0));
}

/* ------------------------------------------------------------------------
 * What stands in the way
 * ------------------------------------------------------------------------ */

static Obstacle
find_obstacle(BindsRight right, Oid role, const BindsBind *bind, Oid schema)
{
	Obstacle	obstacle = {0};

	if (foreign_metadata(bind, &obstacle))
		return obstacle;
	if (right != BINDS_RIGHT_OWN && !OidIsValid(bind->serverid) &&
		!OidIsValid(get_namespace_oid(bind->metadata_schema, true)) &&
		lacks_database(role, &obstacle))
		return obstacle;
	if (right != BINDS_RIGHT_OWN && !may_define(role, bind))
		obstacle.message = psprintf("permission denied for models of %s",
									binds_bind_words(bind->key));
	else if (right != BINDS_RIGHT_DEFINE && lacks_usage(role, bind))
		obstacle.message = psprintf("permission denied for foreign server %s",
									bind->key);
	else if (right == BINDS_RIGHT_OWN && lacks_schema(role, schema))
		obstacle.message = psprintf("permission denied for schema %s",
									get_namespace_name(schema));
	else
		return obstacle;
	if (right == BINDS_RIGHT_OWN)
		obstacle.detail = psprintf("Role \"%s\" would be the owner of the model's relation.",
								   GetUserNameFromId(role, false));
	obstacle.hint = ways_out(right, role, bind, schema);
	return obstacle;
}

/* What a role lacks for a right, all of it, and who can grant that. */
static char *
ways_out(BindsRight right, Oid role, const BindsBind *bind, Oid schema)
{
	StringInfoData buf;
	Oid			metadata = get_namespace_oid(bind->metadata_schema, true);
	Oid			owner = InvalidOid;

	initStringInfo(&buf);
	if (right != BINDS_RIGHT_OWN && !may_define(role, bind))
	{
		if (!OidIsValid(metadata))
			return psprintf("Its owner, role \"%s\", has to define the first model, which makes schema \"%s\", and can then grant USAGE and CREATE on it.",
							GetUserNameFromId(GetForeignServer(bind->serverid)->owner, false),
							bind->metadata_schema);
		append_grant(&buf, &owner, owner_of_schema(metadata), "USAGE, CREATE ON SCHEMA",
					 bind->metadata_schema, role);
	}
	if (right != BINDS_RIGHT_DEFINE && lacks_usage(role, bind))
		append_grant(&buf, &owner, GetForeignServer(bind->serverid)->owner,
					 "USAGE ON FOREIGN SERVER", bind->key, role);
	if (right == BINDS_RIGHT_OWN && lacks_schema(role, schema))
		append_grant(&buf, &owner, owner_of_schema(schema), "USAGE, CREATE ON SCHEMA",
					 get_namespace_name(schema), role);
	appendStringInfoChar(&buf, '.');
	return buf.data;
}

/* last: the owner of the object before.  what: privileges and kind of the object. */
static void
append_grant(StringInfo buf, Oid *last, Oid owner, const char *what, const char *object,
			 Oid role)
{
	if (owner == *last)
		appendStringInfoChar(buf, ';');
	else if (superuser_arg(owner))
		appendStringInfo(buf, "%sA superuser can allow it:", buf->len > 0 ? ". " : "");
	else
		appendStringInfo(buf, "%sThe owner, role \"%s\", or a superuser can allow it:",
						 buf->len > 0 ? ". " : "", GetUserNameFromId(owner, false));
	*last = owner;
	appendStringInfo(buf, " GRANT %s %s TO %s", what, quote_identifier(object),
					 quote_identifier(GetUserNameFromId(role, false)));
}

/*
 * A metadata schema is a bind's own only if the owner of the server owns it: whoever made
 * it before the bind was there could define models for it.
 */
static bool
foreign_metadata(const BindsBind *bind, Obstacle *obstacle)
{
	Oid			schema = get_namespace_oid(bind->metadata_schema, true);
	Oid			owner;
	Oid			wanted;

	if (!OidIsValid(bind->serverid) || !OidIsValid(schema))
		return false;
	owner = owner_of_schema(schema);
	wanted = GetForeignServer(bind->serverid)->owner;
	if (binds_is_own_metadata(schema, wanted))
		return false;
	obstacle->message = psprintf("schema \"%s\" does not belong to the owner of bind \"%s\"",
								 bind->metadata_schema, bind->key);
	obstacle->detail = psprintf("The schema belongs to role \"%s\", the bind to role \"%s\".",
								GetUserNameFromId(owner, false),
								GetUserNameFromId(wanted, false));
	obstacle->hint = psprintf("Look at what is in the schema, then drop it, rename it, or use ALTER SCHEMA %s OWNER TO %s.",
							  quote_identifier(bind->metadata_schema),
							  quote_identifier(GetUserNameFromId(wanted, false)));
	return true;
}

bool
binds_is_own_metadata(Oid schema, Oid server_owner)
{
	Oid			owner = owner_of_schema(schema);

	return owner == server_owner || (superuser_arg(owner) && superuser_arg(server_owner));
}

/* May a role not make the schema that a bind has for its metadata? */
static bool
lacks_database(Oid role, Obstacle *obstacle)
{
	const char *database;

	if (binds_compat_database_aclcheck(role) == ACLCHECK_OK)
		return false;
	database = get_database_name(MyDatabaseId);
	obstacle->message = psprintf("permission denied for database %s", database);
	obstacle->detail = "A bind has a schema of its own for its metadata, and may have one for its relations.";
	obstacle->hint = psprintf("The owner of the database, or a superuser, can allow it: GRANT CREATE ON DATABASE %s TO %s.",
							  quote_identifier(database),
							  quote_identifier(GetUserNameFromId(role, false)));
	return true;
}

/*
 * The owner of the server, or who may create in the metadata schema.  A default bind
 * without metadata yet is for whoever may make the schema.
 */
static bool
may_define(Oid role, const BindsBind *bind)
{
	Oid			schema = get_namespace_oid(bind->metadata_schema, true);

	if (OidIsValid(bind->serverid) && binds_compat_owns_server(bind->serverid, role))
		return true;
	if (OidIsValid(schema))
		return binds_compat_schema_aclcheck(schema, role, ACL_CREATE) == ACLCHECK_OK;
	return !OidIsValid(bind->serverid);
}

static bool
lacks_usage(Oid role, const BindsBind *bind)
{
	return OidIsValid(bind->serverid) &&
		binds_compat_server_aclcheck(bind->serverid, role) != ACLCHECK_OK;
}

static bool
lacks_schema(Oid role, Oid schema)
{
	return binds_compat_schema_aclcheck(schema, role, ACL_CREATE) != ACLCHECK_OK ||
		binds_compat_schema_aclcheck(schema, role, ACL_USAGE) != ACLCHECK_OK;
}

static Oid
owner_of_schema(Oid schema)
{
	HeapTuple	tuple = SearchSysCache1(NAMESPACEOID, ObjectIdGetDatum(schema));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for schema %u", schema);
	owner = ((Form_pg_namespace) GETSTRUCT(tuple))->nspowner;
	ReleaseSysCache(tuple);
	return owner;
}
