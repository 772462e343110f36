/*
 * compat.h
 *	  One spelling of what differs between PostgreSQL 15 and 18.
 *
 * Each guard names the major version that brought the change.  Compiled with -Wall
 * -Werror and run on 15.20, 17.11 and 18.6.  Not compiled on 16: which of 16 and 17
 * brought a change comes from mysql_fdw 2.9.3's own guards where it has one
 * (fs_base_relids, checkAsUser, rteperminfos, make_restrictinfo, fdw_restrictinfo),
 * and is from memory for the rest.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_COMPAT_H
#define BINDS_COMPAT_H

#include "access/relation.h"
#include "commands/explain.h"
#if PG_VERSION_NUM >= 180000
#include "commands/explain_format.h"	/* ExplainPropertyXxx,
										 * ExplainOpenGroup */
#include "commands/explain_state.h" /* struct ExplainState */
#endif
#include "commands/trigger.h"
#include "executor/executor.h"
#include "foreign/fdwapi.h"
#include "nodes/nodeFuncs.h"
#include "nodes/plannodes.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/restrictinfo.h"
#include "parser/parse_type.h"
#include "parser/parsetree.h"
#if PG_VERSION_NUM >= 160000
#include "parser/parse_relation.h"	/* getRTEPermissionInfo */
#include "varatt.h"				/* VARDATA, SET_VARSIZE: out of postgres.h */
#endif
#include "catalog/dependency.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database.h"
#include "catalog/pg_foreign_data_wrapper.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "storage/latch.h"
#if PG_VERSION_NUM >= 180000
#include "storage/waiteventset.h"	/* WaitEventSet, out of latch.h */
#endif
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
/*
 * pg_locale.h includes ICU's headers, which need not be there to build a module; what
 * is used of it here comes before its parts for ICU.
 */
#if defined(USE_ICU) && !__has_include(<unicode/ucol.h>)
#undef USE_ICU
#endif
#include "utils/pg_locale.h"
#include "utils/wait_event.h"
#include "miscadmin.h"

/* 17: ALTER COLUMN ... SET EXPRESSION */
#if PG_VERSION_NUM >= 170000
#define BINDS_COMPAT_SETS_EXPRESSION(subtype) ((subtype) == AT_SetExpression)
#else
#define BINDS_COMPAT_SETS_EXPRESSION(subtype) false
#endif

/* 18: CHECK ... NOT ENFORCED */
#if PG_VERSION_NUM >= 180000
#define binds_compat_check_is_enforced(check) ((check)->ccenforced)
#else
#define binds_compat_check_is_enforced(check) true
#endif

/* 18: module name and version in the magic block */
#ifdef PG_MODULE_MAGIC_EXT
#define BINDS_MODULE_MAGIC(n, v) PG_MODULE_MAGIC_EXT(.name = (n), .version = (v))
#else
#define BINDS_MODULE_MAGIC(n, v) PG_MODULE_MAGIC
#endif

/*
 * Paths.  17 added fdw_restrictinfo before fdw_private; 18 added disabled_nodes
 * after rows.  fdw_restrictinfo: the join's restriction clauses, given for every
 * join path with pseudoconstant clauses; NIL for a base relation or an upper one.
 */
static inline ForeignPath *
binds_compat_foreignscan_path(PlannerInfo *root, RelOptInfo *rel, PathTarget *target,
							  double rows, int disabled_nodes, Cost startup, Cost total,
							  List *pathkeys, Relids required_outer, Path *outerpath,
							  List *restrictinfo, List *priv)
{
	return create_foreignscan_path(root, rel, target, rows,
#if PG_VERSION_NUM >= 180000
								   disabled_nodes,
#endif
								   startup, total, pathkeys, required_outer, outerpath,
#if PG_VERSION_NUM >= 170000
								   restrictinfo,
#endif
								   priv);
}

/* The user to do remote access as, when scanning. 16 keeps it in the plan node. */
static inline Oid
binds_compat_scan_userid(ForeignScanState *node)
{
	ForeignScan *fs = (ForeignScan *) node->ss.ps.plan;
	Oid			userid;

#if PG_VERSION_NUM >= 160000
	userid = fs->checkAsUser;
#else
	int			rti = fs->scan.scanrelid > 0 ? (int) fs->scan.scanrelid :
		bms_next_member(fs->fs_relids, -1);

	userid = exec_rt_fetch(rti, node->ss.ps.state)->checkAsUser;
#endif
	return OidIsValid(userid) ? userid : GetUserId();
}

/* The columns that an INSERT names, of its table's entry. */
static inline Bitmapset *
binds_compat_inserted_columns(Query *query, RangeTblEntry *rte)
{
#if PG_VERSION_NUM >= 160000
	return rte->perminfoindex != 0 ?
		getRTEPermissionInfo(query->rteperminfos, rte)->insertedCols : NULL;
#else
	return rte->insertedCols;
#endif
}

/* Memory for what a setting's check hands to its assignment; NULL: there is none. */
static inline void *
binds_compat_guc_alloc(size_t size)
{
#if PG_VERSION_NUM >= 160000
	return guc_malloc(LOG, size);
#else
	return malloc(size);
#endif
}

/* Let a table's entry in a query be a subquery with the same columns. */
static inline void
binds_compat_set_subquery(RangeTblEntry *rte, Query *subquery)
{
	rte->rtekind = RTE_SUBQUERY;
	rte->subquery = subquery;
	rte->relid = InvalidOid;
	rte->relkind = 0;
	rte->rellockmode = 0;
	rte->inh = false;
#if PG_VERSION_NUM >= 160000
	rte->perminfoindex = 0;
#else
	rte->requiredPerms = 0;
	rte->selectedCols = NULL;
#endif
}

/* The role whose rights a table's entry in a query asks for. */
static inline Oid
binds_compat_target_userid(Query *query, RangeTblEntry *rte)
{
	Oid			userid = InvalidOid;

#if PG_VERSION_NUM >= 160000
	if (rte->perminfoindex != 0)
		userid = getRTEPermissionInfo(query->rteperminfos, rte)->checkAsUser;
#else
	userid = rte->checkAsUser;
#endif
	return OidIsValid(userid) ? userid : GetUserId();
}

/* The same in a query being planned. */
static inline Oid
binds_compat_plan_userid(PlannerInfo *root, RangeTblEntry *rte)
{
	return binds_compat_target_userid(root->parse, rte);
}

/* The same for a table to write. */
static inline Oid
binds_compat_modify_userid(ResultRelInfo *rri, EState *estate)
{
#if PG_VERSION_NUM >= 160000
	return ExecGetResultRelCheckAsUser(rri, estate);
#else
	RangeTblEntry *rte;

	/* a partition that rows are routed to has no entry of its own */
	if (rri->ri_RangeTableIndex == 0 && rri->ri_RootResultRelInfo != NULL)
		rri = rri->ri_RootResultRelInfo;
	rte = exec_rt_fetch(rri->ri_RangeTableIndex, estate);
	return OidIsValid(rte->checkAsUser) ? rte->checkAsUser : GetUserId();
#endif
}

/* Fire BEFORE UPDATE triggers on a row of a foreign table.  16 and 18 added arguments. */
static inline bool
binds_compat_before_update(EState *estate, EPQState *epqstate, ResultRelInfo *rri,
						   HeapTuple old, TupleTableSlot *slot)
{
	return ExecBRUpdateTriggers(estate, epqstate, rri, NULL, old, slot,
#if PG_VERSION_NUM >= 160000
								NULL,
#endif
								NULL
#if PG_VERSION_NUM >= 180000
								,false
#endif
		);
}

/* 18: does RETURNING refer to the row before the change? */
#if PG_VERSION_NUM >= 180000
static inline bool
binds_compat_is_old(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var) && ((Var *) node)->varlevelsup == 0)
		return ((Var *) node)->varreturningtype == VAR_RETURNING_OLD;
	return expression_tree_walker(node, binds_compat_is_old, context);
}
#define binds_compat_returns_old(list) binds_compat_is_old((Node *) (list), NULL)
#else
#define binds_compat_returns_old(list) false
#endif

/* Sort direction of a pathkey.  18: CompareType for strategy. */
static inline bool
binds_compat_pathkey_desc(const PathKey *pk)
{
#if PG_VERSION_NUM >= 180000
	return pk->pk_cmptype == COMPARE_GT;
#else
	return pk->pk_strategy == BTGreaterStrategyNumber;
#endif
}

/* All members of an equivalence class, those of child relations too.  18: iterator. */
static inline List *
binds_compat_ec_members(EquivalenceClass *ec, Relids relids)
{
#if PG_VERSION_NUM >= 180000
	EquivalenceMemberIterator it;
	EquivalenceMember *em;
	List	   *members = NIL;

	setup_eclass_member_iterator(&it, ec, relids);
	while ((em = eclass_member_iterator_next(&it)) != NULL)
		members = lappend(members, em);
	return members;
#else
	return ec->ec_members;
#endif
}

/* USAGE on a foreign server. 16: one function for all kinds of objects. */
static inline AclResult
binds_compat_server_aclcheck(Oid serverid, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(ForeignServerRelationId, serverid, userid, ACL_USAGE);
#else
	return pg_foreign_server_aclcheck(serverid, userid, ACL_USAGE);
#endif
}

/* USAGE on a type, likewise. */
static inline AclResult
binds_compat_type_aclcheck(Oid typid, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(TypeRelationId, typid, userid, ACL_USAGE);
#else
	return pg_type_aclcheck(typid, userid, ACL_USAGE);
#endif
}

/* Ownership of a server, rights on a schema. 16: one function for all kinds. */
static inline bool
binds_compat_owns_server(Oid serverid, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_ownercheck(ForeignServerRelationId, serverid, userid);
#else
	return pg_foreign_server_ownercheck(serverid, userid);
#endif
}

/* USAGE on a foreign-data wrapper, CREATE on this database. */
static inline AclResult
binds_compat_wrapper_aclcheck(Oid wrapper, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(ForeignDataWrapperRelationId, wrapper, userid, ACL_USAGE);
#else
	return pg_foreign_data_wrapper_aclcheck(wrapper, userid, ACL_USAGE);
#endif
}

static inline AclResult
binds_compat_database_aclcheck(Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(DatabaseRelationId, MyDatabaseId, userid, ACL_CREATE);
#else
	return pg_database_aclcheck(MyDatabaseId, userid, ACL_CREATE);
#endif
}

static inline AclResult
binds_compat_schema_aclcheck(Oid schema, Oid userid, AclMode mode)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(NamespaceRelationId, schema, userid, mode);
#else
	return pg_namespace_aclcheck(schema, userid, mode);
#endif
}

static inline bool
binds_compat_owns_relation(Oid relid, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_ownercheck(RelationRelationId, relid, userid);
#else
	return pg_class_ownercheck(relid, userid);
#endif
}

static inline bool
binds_compat_owns_type(Oid typid, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_ownercheck(TypeRelationId, typid, userid);
#else
	return pg_type_ownercheck(typid, userid);
#endif
}

static inline bool
binds_compat_owns_schema(Oid schema, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_ownercheck(NamespaceRelationId, schema, userid);
#else
	return pg_namespace_ownercheck(schema, userid);
#endif
}

/* A type by its name with modifier. 16: an escape context for soft errors. */
static inline void
binds_compat_parse_type(const char *text, Oid *typid, int32 *typmod)
{
#if PG_VERSION_NUM >= 160000
	(void) parseTypeString(text, typid, typmod, NULL);
#else
	parseTypeString(text, typid, typmod, false);
#endif
}

/* The sequence of an identity column.  17 takes the relation. */
static inline Oid
binds_compat_identity_sequence(Relation rel, AttrNumber attnum)
{
#if PG_VERSION_NUM >= 170000
	return getIdentitySequence(rel, attnum, true);
#else
	return getIdentitySequence(RelationGetRelid(rel), attnum, true);
#endif
}

/* Does CREATE TABLE take STORAGE? 16 */
#define BINDS_STORAGE_CLAUSE (PG_VERSION_NUM >= 160000)

/* 16: COPY hands over rows in batches; before, one by one. */
#define BINDS_COPY_IN_BATCHES (PG_VERSION_NUM >= 160000)

/* 17: a wait event of the extension's own; before, all show as "Extension". */
static inline uint32
binds_compat_wait_event(const char *name)
{
#if PG_VERSION_NUM >= 170000
	return WaitEventExtensionNew(name);
#else
	return PG_WAIT_EXTENSION;
#endif
}

/* In an AcquireSampleRowsFunc. 18 added is_analyze. */
#if PG_VERSION_NUM >= 180000
#define BINDS_DELAY_POINT() vacuum_delay_point(true)
#else
#define BINDS_DELAY_POINT() vacuum_delay_point()
#endif

/* Does a collation order text by its bytes?  18 took lc_collate_is_c away. */
static inline bool
binds_compat_collation_is_c(Oid collation)
{
#if PG_VERSION_NUM >= 180000
	return pg_newlocale_from_collation(collation)->collate_is_c;
#else
	return lc_collate_is_c(collation);
#endif
}

/* 15: PG_FUNCTION_INFO_V1 does not export; with -fvisibility=hidden it has to. */
#if PG_VERSION_NUM < 160000
#define BINDS_FUNCTION(f) \
	PGDLLEXPORT Datum f(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(f)
#else
#define BINDS_FUNCTION(f) PG_FUNCTION_INFO_V1(f)
#endif

#endif
