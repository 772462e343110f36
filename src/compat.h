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
#include "commands/explain_format.h"	/* ExplainPropertyXxx, ExplainOpenGroup */
#include "commands/explain_state.h"		/* struct ExplainState */
#endif
#include "executor/executor.h"
#include "foreign/fdwapi.h"
#include "nodes/plannodes.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/restrictinfo.h"
#include "parser/parse_type.h"
#include "parser/parsetree.h"
#if PG_VERSION_NUM >= 160000
#include "parser/parse_relation.h"		/* getRTEPermissionInfo */
#include "varatt.h"						/* VARDATA, SET_VARSIZE: out of postgres.h */
#endif
#include "catalog/pg_class.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_namespace.h"
#include "storage/latch.h"
#if PG_VERSION_NUM >= 180000
#include "storage/waiteventset.h"		/* WaitEventSet, out of latch.h */
#endif
#include "utils/acl.h"
#include "utils/lsyscache.h"
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

static inline ForeignPath *
binds_compat_foreign_join_path(PlannerInfo *root, RelOptInfo *rel, PathTarget *target,
					  double rows, int disabled_nodes, Cost startup, Cost total,
					  List *pathkeys, Relids required_outer, Path *outerpath,
					  List *restrictinfo, List *priv)
{
	return create_foreign_join_path(root, rel, target, rows,
#if PG_VERSION_NUM >= 180000
									disabled_nodes,
#endif
									startup, total, pathkeys, required_outer, outerpath,
#if PG_VERSION_NUM >= 170000
									restrictinfo,
#endif
									priv);
}

static inline ForeignPath *
binds_compat_foreign_upper_path(PlannerInfo *root, RelOptInfo *rel, PathTarget *target,
					   double rows, int disabled_nodes, Cost startup, Cost total,
					   List *pathkeys, Path *outerpath, List *restrictinfo, List *priv)
{
	return create_foreign_upper_path(root, rel, target, rows,
#if PG_VERSION_NUM >= 180000
									 disabled_nodes,
#endif
									 startup, total, pathkeys, outerpath,
#if PG_VERSION_NUM >= 170000
									 restrictinfo,
#endif
									 priv);
}

/*
 * Base relations of a scan.  16: fs_relids holds outer joins' RTIs as well;
 * fs_base_relids is what 15 called fs_relids.
 */
#if PG_VERSION_NUM >= 160000
#define BINDS_SCAN_RELIDS(fs) ((fs)->fs_base_relids)
#else
#define BINDS_SCAN_RELIDS(fs) ((fs)->fs_relids)
#endif

/* 16: RelOptInfo.relids of a join holds outer joins too; this leaves them out */
#if PG_VERSION_NUM >= 160000
#define BINDS_BASE_RELIDS(root, relids) bms_intersect((relids), (root)->all_baserels)
#else
#define BINDS_BASE_RELIDS(root, relids) (relids)
#endif

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

/* The same in the planner; 16 fills RelOptInfo.userid for base relations too. */
static inline Oid
binds_compat_plan_userid(PlannerInfo *root, RelOptInfo *rel)
{
#if PG_VERSION_NUM >= 160000
	return OidIsValid(rel->userid) ? rel->userid : GetUserId();
#else
	RangeTblEntry *rte = planner_rt_fetch(rel->relid, root);

	return OidIsValid(rte->checkAsUser) ? rte->checkAsUser : GetUserId();
#endif
}

/* Columns set by an UPDATE (attno - FirstLowInvalidHeapAttributeNumber). 16. */
static inline Bitmapset *
binds_compat_updated_cols(PlannerInfo *root, RangeTblEntry *rte)
{
#if PG_VERSION_NUM >= 160000
	return getRTEPermissionInfo(root->parse->rteperminfos, rte)->updatedCols;
#else
	return rte->updatedCols;
#endif
}

/* GROUP BY after removal of redundant columns. 16. */
#if PG_VERSION_NUM >= 160000
#define BINDS_GROUP_CLAUSE(root) ((root)->processed_groupClause)
#else
#define BINDS_GROUP_CLAUSE(root) ((root)->parse->groupClause)
#endif

/* make_restrictinfo lost nullable_relids and outerjoin_delayed, got clone flags. 16 */
static inline RestrictInfo *
binds_compat_make_restrictinfo(PlannerInfo *root, Expr *clause, Relids required)
{
	return make_restrictinfo(root, clause,
							 true,		/* is_pushed_down */
#if PG_VERSION_NUM >= 160000
							 false, false,	/* has_clone, is_clone */
							 false,			/* pseudoconstant */
#else
							 false,		/* outerjoin_delayed */
							 false,		/* pseudoconstant */
#endif
							 root->qual_security_level, required,
							 NULL,		/* 16: incompatible_relids; 15: outer_relids */
							 NULL);		/* 16: outer_relids; 15: nullable_relids */
}

/* Sort direction of a pathkey, and its operator. 18: CompareType for strategy. */
static inline bool
binds_compat_pathkey_desc(const PathKey *pk)
{
#if PG_VERSION_NUM >= 180000
	return pk->pk_cmptype == COMPARE_GT;
#else
	return pk->pk_strategy == BTGreaterStrategyNumber;
#endif
}

static inline Oid
binds_compat_pathkey_operator(const PathKey *pk, Oid type)
{
#if PG_VERSION_NUM >= 180000
	return get_opfamily_member_for_cmptype(pk->pk_opfamily, type, type, pk->pk_cmptype);
#else
	return get_opfamily_member(pk->pk_opfamily, type, type, pk->pk_strategy);
#endif
}

/*
 * The non-child member of an equivalence class found in rel.
 * 18: child members left ec_members; 15-17: they have to be skipped there.
 */
static inline EquivalenceMember *
binds_compat_find_em(EquivalenceClass *ec, RelOptInfo *rel)
{
	ListCell   *lc;

	foreach(lc, ec->ec_members)
	{
		EquivalenceMember *em = (EquivalenceMember *) lfirst(lc);

		if (!em->em_is_child && bms_is_subset(em->em_relids, rel->relids) &&
			!bms_is_empty(em->em_relids))
			return em;
	}
	return NULL;
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

/* 17: owned by a ResourceOwner (NULL: none) instead of a memory context. */
static inline WaitEventSet *
binds_compat_create_wait_event_set(int nevents)
{
#if PG_VERSION_NUM >= 170000
	return CreateWaitEventSet(NULL, nevents);
#else
	return CreateWaitEventSet(TopMemoryContext, nevents);
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
