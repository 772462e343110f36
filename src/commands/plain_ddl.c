/*
 * plain_ddl.c
 *	  DDL as any client gives it, carried out on the bind that it concerns.
 *
 * A table is made on the bind that binds.bind_key names, or whose schema it is made in;
 * the relation of a model is changed and dropped with its model and the engine's table.
 * Everything else is left to PostgreSQL as it is: temporary and partitioned tables, the
 * scripts of extensions, what a dump is restored by, and the statements by which models
 * and relations are made.
 *
 * Utility statements are seen by a hook, before anything is looked up or locked.  A
 * statement that has begun before this library was loaded was not seen: a trigger refuses
 * it then, if it concerns a bind.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/catalog.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "commands/dbcommands.h"
#include "commands/defrem.h"
#include "commands/event_trigger.h"
#include "commands/extension.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "binds.h"
#include "commands/commands.h"
#include "commands/plain_ddl.h"
#include "commands/plain_default.h"
#include "commands/plain_foreign.h"
#include "commands/plain_heirs.h"
#include "compat.h"
#include "dialect/dialects.h"

BINDS_FUNCTION(binds_check_plain);

/* What is left to do when PostgreSQL has carried out a statement; NULL: nothing. */
typedef struct Follow
{
	Node	   *statement;
	const char *bind_key;		/* of CREATE TABLE AS */
	struct BindsPlainChange *change;	/* of ALTER TYPE */
} Follow;

static char *bind_key = NULL;	/* the setting; NULL: not set */
static Oid	bind_key_role = InvalidOid; /* who has set it */
static ProcessUtility_hook_type next_utility = NULL;
static int	seen = 0;			/* statements that we see, one in another */

static bool check_bind_key(char **value, void **extra, GucSource source);
static void assign_bind_key(const char *value, void *extra);
static const char *bind_key_here(void);
static void see_utility(PlannedStmt *planned, const char *source, bool read_only_tree,
						ProcessUtilityContext context, ParamListInfo params,
						QueryEnvironment *environment, DestReceiver *receiver,
						QueryCompletion *completion);
static bool comes_before(Node *statement, Follow *follow);
static void follow_up(const Follow *follow);
static void pass_on(PlannedStmt *planned, const char *source, bool read_only_tree,
					ProcessUtilityContext context, ParamListInfo params,
					QueryEnvironment *environment, DestReceiver *receiver,
					QueryCompletion *completion);
static bool is_left_alone(void);
static bool is_restoring(void);
static bool concerns_bind(Node *statement);
static void check_allowed(Node *statement, ProcessUtilityContext context);
static Node *carry_out_told(Node *statement, const PlannedStmt *planned,
							const char *source);
static char *without_templates(const char *text);
static Node *carry_out(Node *statement, const PlannedStmt *planned, const char *source);
static bool names_new(const RangeVar *table, const RangeVar *name);

void
binds_plain_ddl_init(void)
{
	DefineCustomStringVariable("binds.bind_key",
							   "Key of the bind on which CREATE TABLE makes tables.",
							   "If it is not set they are made on the bind whose option \"schema\" is their schema, else in this database; '' means always this database.",
							   &bind_key, NULL, PGC_USERSET, 0, check_bind_key,
							   assign_bind_key, NULL);
	next_utility = ProcessUtility_hook;
	ProcessUtility_hook = see_utility;
}

/* Which binds there are is known in a transaction only, and may change. */
static bool
check_bind_key(char **value, void **extra, GucSource source)
{
	Oid		   *role;
	int			context;

	if (*value == NULL)
		return true;
	if (strlen(*value) > BINDS_KEY_MAX)
	{
		GUC_check_errdetail("A bind key has at most %d bytes.", BINDS_KEY_MAX);
		return false;
	}
	role = binds_compat_guc_alloc(sizeof(Oid));
	if (role == NULL)
		return false;
	GetUserIdAndSecContext(role, &context);
	*extra = role;
	return true;
}

static void
assign_bind_key(const char *value, void *extra)
{
	bind_key_role = extra != NULL ? *(Oid *) extra : InvalidOid;
}

/*
 * The setting, as far as it counts: where a SECURITY DEFINER function makes its tables is
 * not for who calls it.
 */
static const char *
bind_key_here(void)
{
	return InLocalUserIdChange() && bind_key_role != GetUserId() ? NULL : bind_key;
}

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

static void
see_utility(PlannedStmt *planned, const char *source, bool read_only_tree,
			ProcessUtilityContext context, ParamListInfo params,
			QueryEnvironment *environment, DestReceiver *receiver,
			QueryCompletion *completion)
{
	Node	   *statement = planned->utilityStmt;
	Follow		follow = {NULL};
	BindsPlainFollower *follower = NULL;
	BindsPlainHeirs *heirs = NULL;

	/* a part of CREATE TABLE is about a new one */
	if (!is_left_alone() && !is_restoring() && context != PROCESS_UTILITY_SUBCOMMAND)
	{
		follower = binds_plain_default_look(statement);
		heirs = binds_plain_heirs_look(statement);
	}

	if (is_left_alone())
		;						/* it means what it says */
	else if (!concerns_bind(statement))
		binds_plain_check_children(statement);
	else
	{
		PlannedStmt *rest = copyObject(planned);

		check_allowed(statement, context);
		if (!comes_before(statement, &follow))
		{
			rest->utilityStmt = carry_out_told(rest->utilityStmt, planned, source);
			if (rest->utilityStmt == NULL)
				return;
			planned = rest;
			read_only_tree = false;
		}
	}
	pass_on(planned, source, read_only_tree, context, params, environment, receiver,
			completion);
	follow_up(&follow);
	binds_plain_default_follow(follower);
	binds_plain_heirs_follow(heirs);
}

/*
 * Is a statement PostgreSQL's to carry out, before what concerns binds is done?  Get ready for
 * that.
 */
static bool
comes_before(Node *statement, Follow *follow)
{
	if (IsA(statement, CreateTableAsStmt))
		follow->bind_key = binds_plain_bind_of_rows((CreateTableAsStmt *) statement);
	else if (IsA(statement, RenameStmt) &&
			 ((RenameStmt *) statement)->renameType == OBJECT_SCHEMA)
		binds_plain_schema_lock((RenameStmt *) statement);
	else if (IsA(statement, AlterEnumStmt))
		follow->change = binds_plain_enum_look((AlterEnumStmt *) statement);
	else
		return false;
	/* the tree may be changed by who carries it out */
	follow->statement = copyObject(statement);
	return true;
}

static void
follow_up(const Follow *follow)
{
	if (follow->statement == NULL)
		return;
	if (IsA(follow->statement, CreateTableAsStmt))
		binds_plain_give((CreateTableAsStmt *) follow->statement, follow->bind_key);
	else if (IsA(follow->statement, AlterEnumStmt))
		binds_plain_enum_follow(follow->change);
	else
		binds_plain_schema_follow((RenameStmt *) follow->statement);
}

static void
pass_on(PlannedStmt *planned, const char *source, bool read_only_tree,
		ProcessUtilityContext context, ParamListInfo params,
		QueryEnvironment *environment, DestReceiver *receiver,
		QueryCompletion *completion)
{
	seen++;
	PG_TRY();
	{
		if (next_utility != NULL)
			next_utility(planned, source, read_only_tree, context, params, environment,
						 receiver, completion);
		else
			standard_ProcessUtility(planned, source, read_only_tree, context, params,
									environment, receiver, completion);
	}
	PG_FINALLY();
	{
		seen--;
	}
	PG_END_TRY();
}

/* Is it a time at which every statement means what it says? */
static bool
is_left_alone(void)
{
	return binds_own_running() || creating_extension || !IsUnderPostmaster ||
		!IsTransactionState();
}

/*
 * A dump says what tables there were and where.  Its scripts are not marked, but nobody else
 * sets these two: the path is empty, which SET search_path cannot make it.
 */
static bool
is_restoring(void)
{
	return (!check_function_bodies && namespace_search_path[0] == '\0') ||
		(application_name != NULL && strcmp(application_name, "pg_restore") == 0);
}

static bool
concerns_bind(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateStmt:
			return !is_restoring() && binds_plain_is_created((CreateStmt *) statement);
		case T_CreateTableAsStmt:
			return !is_restoring() &&
				binds_plain_bind_of_rows((CreateTableAsStmt *) statement) != NULL;
		case T_DropStmt:
			return ((DropStmt *) statement)->removeType == OBJECT_INDEX ?
				binds_plain_is_changed(statement) : binds_plain_is_dropped(statement);
		case T_DropOwnedStmt:
			return binds_plain_is_dropped(statement);
		case T_AlterEnumStmt:
			return binds_plain_enum_is_used((AlterEnumStmt *) statement);
		case T_RenameStmt:
			return ((RenameStmt *) statement)->renameType == OBJECT_SCHEMA ?
				binds_plain_schema_is_told((RenameStmt *) statement) :
				binds_plain_is_changed(statement);
		case T_AlterTableStmt:
			return !(binds_plain_is_foreign(statement) && is_restoring()) &&
				binds_plain_is_changed(statement);
		case T_AlterObjectSchemaStmt:
		case T_IndexStmt:
		case T_CommentStmt:
		case T_ConstraintsSetStmt:
			return binds_plain_is_changed(statement);
		default:
			return false;
	}
}

/* What PostgreSQL asks before it carries out DDL. */
static void
check_allowed(Node *statement, ProcessUtilityContext context)
{
	const char *name = GetCommandTagName(CreateCommandTag(statement));

	if (IsA(statement, ConstraintsSetStmt))
		return;
	PreventCommandIfReadOnly(name);
	PreventCommandIfParallelMode(name);
	PreventCommandDuringRecovery(name);
	if (IsA(statement, IndexStmt) && ((IndexStmt *) statement)->concurrent)
		PreventInTransactionBlock(context == PROCESS_UTILITY_TOPLEVEL,
								  "CREATE INDEX CONCURRENTLY");
	if (IsA(statement, DropStmt) && ((DropStmt *) statement)->concurrent)
		PreventInTransactionBlock(context == PROCESS_UTILITY_TOPLEVEL,
								  "DROP INDEX CONCURRENTLY");
}

/* What is raised tells of the table, and not of its template. */
static Node *
carry_out_told(Node *statement, const PlannedStmt *planned, const char *source)
{
	MemoryContext caller = CurrentMemoryContext;
	Node	   *volatile rest = NULL;

	PG_TRY();
	{
		rest = carry_out(statement, planned, source);
	}
	PG_CATCH();
	{
		ErrorData  *error;

		if (geterrcode() != ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
			PG_RE_THROW();
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		error->message = without_templates(error->message);
		error->detail = without_templates(error->detail);
		error->detail_log = without_templates(error->detail_log);
		ReThrowError(error);
	}
	PG_END_TRY();
	return rest;
}

/* A text without the schemas of templates before names. */
static char *
without_templates(const char *text)
{
	StringInfoData buf;

	if (text == NULL)
		return NULL;
	initStringInfo(&buf);
	while (*text != '\0')
	{
		bool		quoted = *text == '"';
		size_t		length = strlen(BINDS_METADATA_SCHEMA);
		const char *end = text + (quoted ? 1 : 0);

		if (strncmp(end, BINDS_METADATA_SCHEMA, length) == 0)
		{
			end += length;
			end += quoted ? strcspn(end, "\"") :
				strspn(end, "abcdefghijklmnopqrstuvwxyz_0123456789$");
			if (quoted && *end == '"')
				end++;
			if (*end == '.')
			{
				text = end + 1;
				continue;
			}
		}
		appendStringInfoChar(&buf, *text++);
	}
	return buf.data;
}

static Node *
carry_out(Node *statement, const PlannedStmt *planned, const char *source)
{
	switch (nodeTag(statement))
	{
		case T_CreateStmt:
			binds_plain_create((CreateStmt *) statement, planned, source);
			return NULL;
		case T_DropStmt:
			if (((DropStmt *) statement)->removeType != OBJECT_INDEX)
				return binds_plain_drop(statement);
			break;
		case T_DropOwnedStmt:
			return binds_plain_drop(statement);
		case T_ConstraintsSetStmt:
			return binds_plain_set_constraints((ConstraintsSetStmt *) statement);
		default:
			break;
	}
	return binds_plain_change(statement, planned, source);
}

/*
 * Event trigger, at the start of a command: refuse one that would have concerned a bind, had
 * this library been there when it began.
 */
Datum
binds_check_plain(PG_FUNCTION_ARGS)
{
	EventTriggerData *data = (EventTriggerData *) fcinfo->context;

	if (!CALLED_AS_EVENT_TRIGGER(fcinfo))
		elog(ERROR, "binds.check_plain() was not called by the event trigger manager");
	if (seen > 0 || is_left_alone())
		PG_RETURN_NULL();
	if (!concerns_bind(data->parsetree) &&
		(is_restoring() || !binds_plain_has_heirs(data->parsetree)))
	{
		binds_plain_check_children(data->parsetree);
		if (!is_restoring())
			binds_plain_default_warn(binds_plain_default_look(data->parsetree));
		PG_RETURN_NULL();
	}
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("%s concerns a bind, and the library of \"binds\" was not loaded when it began",
					GetCommandTagName(CreateCommandTag(data->parsetree))),
			 errhint("It is now: give the statement again. ALTER DATABASE ... SET session_preload_libraries = 'binds' loads it for every session.")));
}

/* ------------------------------------------------------------------------
 * Names
 * ------------------------------------------------------------------------ */

const char *
binds_plain_bind_of_new(const RangeVar *name)
{
	const char *key = bind_key_here();
	Oid			schema;
	char	   *schema_name;
	char	   *other;

	if (name->relpersistence == RELPERSISTENCE_TEMP ||
		(key == NULL ? !binds_bind_any_schema() : key[0] == '\0'))
		return NULL;
	/* raises what PostgreSQL would raise */
	schema = RangeVarGetCreationNamespace(name);
	schema_name = get_namespace_name(schema);
	if (schema_name == NULL || isAnyTempNamespace(schema) ||
		IsCatalogNamespace(schema) || IsToastNamespace(schema) ||
		strcmp(schema_name, BINDS_SCHEMA) == 0 ||
		binds_metadata_key(schema_name, &other) ||
		OidIsValid(get_relname_relid(name->relname, schema)))
		return NULL;
	other = binds_bind_of_schema(schema_name, key);
	return other != NULL ? other : key != NULL ? binds_bind_find(key)->key : NULL;
}

BindsModelRow *
binds_plain_model(const RangeVar *name)
{
	Oid			relid;

	if (name->catalogname != NULL &&
		strcmp(name->catalogname, get_database_name(MyDatabaseId)) != 0)
		return NULL;
	relid = RangeVarGetRelidExtended(name, NoLock, RVR_MISSING_OK, NULL, NULL);
	if (!OidIsValid(relid) || get_rel_relkind(relid) != RELKIND_FOREIGN_TABLE ||
		binds_dialect_of_server(GetForeignServerIdByRelId(relid)) == NULL)
		return NULL;
	return binds_model_of_relation(relid);
}

RangeVar *
binds_plain_table_of_comment(const CommentStmt *statement)
{
	List	   *names;

	if (statement->objtype != OBJECT_TABLE && statement->objtype != OBJECT_COLUMN &&
		statement->objtype != OBJECT_TABCONSTRAINT)
		return NULL;
	names = castNode(List, statement->object);
	if (statement->objtype != OBJECT_TABLE)
		names = list_truncate(list_copy(names), list_length(names) - 1);
	return names == NIL ? NULL : makeRangeVarFromNameList(names);
}

BindsModelRow *
binds_plain_lock(const BindsModelRow *row, LOCKMODE mode)
{
	Oid			relid = binds_model_relation(row);
	BindsModelRow *again = NULL;

	if (OidIsValid(relid))
	{
		if (!binds_compat_owns_relation(relid, GetUserId()))
			aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, row->local_name);
		if (mode != NoLock)
			LockRelationOid(relid, mode);
		again = binds_model_of_relation(relid);
	}
	if (again == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("table \"%s\" does not exist", row->local_name)));
	return again;
}

void
binds_plain_point(RangeVar *name, const BindsModelRow *row)
{
	name->catalogname = NULL;
	name->schemaname = pstrdup(row->local_schema);
	name->relname = pstrdup(row->model);
}

void
binds_plain_point_constraints(List *constraints, const RangeVar *table)
{
	ListCell   *lc;

	foreach(lc, constraints)
	{
		Constraint *constraint = lfirst_node(Constraint, lc);
		RangeVar   *name = constraint->pktable;
		BindsModelRow *row;

		if (constraint->contype != CONSTR_FOREIGN || name == NULL)
			continue;
		if (table != NULL && names_new(table, name))
		{
			name->catalogname = NULL;
			name->schemaname = table->schemaname;
			continue;
		}
		row = binds_plain_model(name);
		if (row != NULL)
			binds_plain_point(name, row);
		else if (OidIsValid(RangeVarGetRelid(name, NoLock, true)))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("foreign key refers to table \"%s\", which is not on the bind of its own table",
							name->relname),
					 errdetail("A foreign key cannot reach into another database.")));
		else
			/* raises that there is none */
			(void) RangeVarGetRelid(name, NoLock, false);
	}
}

/* Does a name mean a table that is about to be made, by its schema or the search path? */
static bool
names_new(const RangeVar *table, const RangeVar *name)
{
	Oid			schema = get_namespace_oid(table->schemaname, true);
	ListCell   *lc;

	if (strcmp(table->relname, name->relname) != 0)
		return false;
	if (name->schemaname != NULL)
		return strcmp(name->schemaname, table->schemaname) == 0;
	foreach(lc, fetch_search_path(true))
	{
		if (lfirst_oid(lc) == schema)
			return true;
		if (OidIsValid(get_relname_relid(name->relname, lfirst_oid(lc))))
			return false;
	}
	return false;
}
