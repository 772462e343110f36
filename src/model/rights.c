/*
 * rights.c
 *	  Who may define models on a bind, and run DDL in its engine.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "miscadmin.h"
#include "utils/acl.h"

#include "compat.h"
#include "model/bind.h"

/*
 * Raise 42501 unless the caller may change the metadata of a bind: owner of the
 * server, or CREATE on the metadata schema.  A default bind without metadata yet
 * is for whoever may make the schema.
 */
void
binds_check_definer(const BindsBind *bind)
{
	Oid			schema = get_namespace_oid(bind->metadata_schema, true);

	if (OidIsValid(bind->serverid) &&
		binds_compat_owns_server(bind->serverid, GetUserId()))
		return;
	if (OidIsValid(schema) &&
		binds_compat_schema_aclcheck(schema, GetUserId(), ACL_CREATE) == ACLCHECK_OK)
		return;
	if (!OidIsValid(schema) && !OidIsValid(bind->serverid))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied for models of %s", binds_bind_words(bind->key)),
			 errhint("Be the owner of the bind, or have CREATE on schema \"%s\".",
					 bind->metadata_schema)));
}

/*
 * Raise 42501 unless the caller may run DDL on the engine of a bind: what a definer
 * may, and USAGE on the server.
 */
void
binds_check_engine_user(const BindsBind *bind)
{
	binds_check_definer(bind);
	if (OidIsValid(bind->serverid) &&
		binds_compat_server_aclcheck(bind->serverid, GetUserId()) != ACLCHECK_OK)
		aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_FOREIGN_SERVER, bind->key);
}
