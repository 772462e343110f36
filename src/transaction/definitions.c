/*
 * definitions.c
 *	  Reading definitions of an engine where they belong to a state as rows do.
 *
 * Another session that changes a definition says so once, and what is known is forgotten
 * then.  Who reads it again in a state that is older reads the old one, and nobody will
 * say so any more.  What is learned there is good for as long as that state is read, and
 * goes with it; what is to be kept for good is not taken from it.
 *
 * Rows that wait in the engine hold a state, too, where no transaction is begun, or one that
 * no statement needs any more: they are set aside first.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "model/facts.h"
#include "transaction/internal.h"

typedef struct VersionRequest
{
	const BindsDialect *dialect;
	const char *bind_key;
	int64		version;
} VersionRequest;

static bool is_held(const BindsBranch *branch);
static void check_latest(BindsBranch *branch, Oid serverid, Oid userid);
static int64 version_of(BindsConnection *connection, const char *bind_key);
static void ask_version(BindsDriverConn *conn, void *arg);

BindsConnection *
binds_branch_use_definitions(Oid serverid, Oid userid, bool lasting, bool *passing,
							 BindsUse **use)
{
	BindsConnection *connection;
	BindsBranch *branch;
	bool		held;

	*use = binds_branch_announce(serverid, userid, BINDS_USE_READ);
	branch = binds_branch_of(*use);
	if (branch != NULL && branch->state != BINDS_BRANCH_ACTIVE &&
		branch->snapshot_users == 0 &&
		binds_connection_dialect(branch->connection)->definitions_version != NULL)
	{
		binds_connection_drain(branch->connection);
		binds_begin_end_snapshot(branch);
	}
	held = branch != NULL && is_held(branch);
	connection = binds_branch_enter(*use);
	branch = binds_branch_of(*use);
	if (held && lasting)
		check_latest(branch, serverid, userid);
	*passing = is_held(branch);
	branch->learned |= branch->state == BINDS_BRANCH_SNAPSHOT && *passing;
	return connection;
}

/*
 * Is a state read that others may have changed since it began?  Not if something was
 * written: nobody else can write then.
 */
static bool
is_held(const BindsBranch *branch)
{
	return binds_connection_dialect(branch->connection)->definitions_version != NULL &&
		(branch->state == BINDS_BRANCH_SNAPSHOT ||
		 (branch->state == BINDS_BRANCH_ACTIVE && branch->wrote_level == 0));
}

/* Raise 40001 if others have changed definitions since the state began. */
static void
check_latest(BindsBranch *branch, Oid serverid, Oid userid)
{
	BindsConnection *other;
	int64		version;

	/* nobody can */
	if (binds_connection_options(serverid)->exclusive)
		return;
	other = binds_connection_open_private(serverid, userid, 0);
	version = version_of(other, branch->bind_key);
	binds_connection_close(other, false);
	binds_definitions_check(branch, version);
}

int64
binds_definitions_version(BindsBranch *branch)
{
	return version_of(branch->connection, branch->bind_key);
}

void
binds_definitions_check(BindsBranch *branch, int64 version)
{
	if (binds_definitions_version(branch) != version)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("definitions on bind \"%s\" have changed since the transaction began to read there",
						branch->bind_key),
				 errhint("Run the transaction again.")));
}

static int64
version_of(BindsConnection *connection, const char *bind_key)
{
	VersionRequest request = {binds_connection_dialect(connection), bind_key};

	binds_connection_read(connection, ask_version, &request);
	return request.version;
}

/* For binds_connection_read. */
static void
ask_version(BindsDriverConn *conn, void *arg)
{
	VersionRequest *request = arg;

	request->version = request->dialect->definitions_version(conn, request->bind_key);
}

void
binds_definitions_passed(BindsBranch *branch)
{
	if (branch->learned)
		binds_facts_passed();
	branch->learned = false;
}
