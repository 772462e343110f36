/*
 * assign_check.c
 *	  What cannot come along when a table moves to another bind.
 *
 * All that depends on the table is looked at.  What is not known to come along is
 * refused, so that nothing is lost unsaid; what was forgotten here the drop of the old
 * table refuses (2BP01).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/assign.h"

static void add_rows(List **lines, const BindsMoved *moved, List *rows);
static List *add_lost(const BindsAssign *assign, List **lines, bool *refused);
static void tell_left(const char *table, const char *words);
static void tell_left_out(const BindsAssign *assign, const BindsMoved *moved);
static void refuse(const BindsAssign *assign, List *lines, bool keys, bool lost)
			__attribute__((noreturn));
static const char *hint(const BindsAssign *assign, bool keys, bool lost);

/* What is at the other end of a row d of pg_depend, as u.name: a view is its rule to it. */
#define DESCRIBED \
"LATERAL (SELECT coalesce((SELECT format('view \"%s\"', v.relname)" \
"  FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class" \
"  WHERE d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.rulename = '_RETURN')," \
"  pg_describe_object(d.classid, d.objid, 0)) AS name) u"

/*
 * What a foreign table ($1) cannot have, or what uses the table cannot have of it.  A check of
 * one that is a foreign table is NOT VALID where create_all made it so
 * (local_constraints.c), which it does again.
 */
static const char foreign_query[] =
"SELECT line FROM ("
" SELECT 1, CASE WHEN relrowsecurity THEN 'row security of the table'"
"   ELSE 'FORCE ROW LEVEL SECURITY of the table' END"
"  FROM pg_class WHERE oid = $1 AND (relrowsecurity OR relforcerowsecurity)"
" UNION ALL"
" SELECT 2, format('policy \"%s\"', polname) FROM pg_policy WHERE polrelid = $1"
" UNION ALL"
" SELECT 3, format('rule \"%s\"', rulename) FROM pg_rewrite WHERE ev_class = $1"
" UNION ALL"
" SELECT 4, format('constraint trigger \"%s\"', tgname) FROM pg_trigger"
"  WHERE tgrelid = $1 AND NOT tgisinternal AND tgparentid = 0 AND tgconstraint <> 0"
" UNION ALL"
" SELECT 5, format('trigger \"%s\", which has transition tables', tgname) FROM pg_trigger"
"  WHERE tgrelid = $1 AND NOT tgisinternal AND tgparentid = 0"
"  AND (tgoldtable IS NOT NULL OR tgnewtable IS NOT NULL)"
" UNION ALL"
" SELECT 5, format('trigger \"%s\", which is one of TRUNCATE', tgname) FROM pg_trigger"
"  WHERE tgrelid = $1 AND NOT tgisinternal AND tgtype & 32 <> 0"
"  AND current_setting('server_version_num')::integer < 160000"
" UNION ALL"
" SELECT 6, format('publication \"%s\"', p.pubname)"
"  FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE r.prrelid = $1"
" UNION ALL"
" SELECT 7, format('column \"%s\" takes its values from sequence \"%s\", which is not its own',"
"   a.attname, s.relname)"
"  FROM pg_attrdef e JOIN pg_attribute a ON a.attrelid = e.adrelid AND a.attnum = e.adnum"
"  JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = e.oid"
"   AND d.refclassid = 'pg_class'::regclass"
"  JOIN pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'"
"  WHERE e.adrelid = $1 AND NOT EXISTS (SELECT FROM pg_depend o"
"   WHERE o.classid = 'pg_class'::regclass AND o.objid = s.oid AND o.deptype = 'a'"
"   AND o.refclassid = 'pg_class'::regclass AND o.refobjid = $1 AND o.refobjsubid = a.attnum)"
" UNION ALL"
" SELECT 8, format('sequence \"%s\" %s', c.relname, CASE WHEN q.seqcycle THEN 'cycles'"
"   ELSE 'counts by ' || q.seqincrement END)"
"  FROM pg_depend d JOIN pg_sequence q ON q.seqrelid = d.objid JOIN pg_class c ON c.oid = q.seqrelid"
"  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
"  AND d.refobjid = $1 AND d.deptype IN ('a', 'i') AND (q.seqincrement <> 1 OR q.seqcycle)"
" UNION ALL"
" SELECT DISTINCT 9, format('%s reads system column \"%s\"', u.name, a.attname)"
"  FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid,"
"  " DESCRIBED
"  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1"
"  AND a.attnum < 0 AND a.attname <> 'tableoid'"
" UNION ALL"
" SELECT 10, format('constraint \"%s\", which is NOT VALID', n.conname)"
"  FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid AND c.relkind <> 'f'"
"  WHERE n.conrelid = $1 AND NOT n.convalidated AND (n.contype <> 'f' OR n.confrelid = $1)"
" UNION ALL"
" SELECT DISTINCT 11, format('%s needs key \"%s\"', u.name, n.conname)"
"  FROM pg_depend d JOIN pg_constraint n ON n.oid = d.refobjid,"
"  " DESCRIBED
"  WHERE d.refclassid = 'pg_constraint'::regclass AND n.conrelid = $1"
"  AND d.classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass)"
") s (step, line) ORDER BY step, line";

/*
 * What depends on a relation ($1) and neither goes with it nor is made anew, or is
 * somebody else's.  The lower parts: on its sequences, and on its type.
 */
static const char dependent_query[] =
"SELECT line FROM ("
" SELECT CASE"
"   WHEN d.classid = 'pg_rewrite'::regclass AND v.relkind = 'm'"
"   THEN format('materialized view \"%s\" reads it', v.relname)"
"   WHEN d.classid = 'pg_rewrite'::regclass AND v.relpersistence = 't'"
"   THEN format('temporary view \"%s\" reads it', v.relname)"
"   WHEN d.classid = 'pg_rewrite'::regclass AND NOT pg_has_role(v.relowner, 'USAGE')"
"   THEN format('%s \"%s\" belongs to role \"%s\"', CASE r.rulename WHEN '_RETURN' THEN 'view'"
"    ELSE 'rule of' END, v.relname, pg_get_userbyid(v.relowner))"
"   WHEN d.classid = 'pg_rewrite'::regclass THEN NULL"
"   WHEN p.prosqlbody IS NOT NULL AND NOT pg_has_role(p.proowner, 'USAGE')"
"   THEN format('function \"%s\" belongs to role \"%s\"', p.proname, pg_get_userbyid(p.proowner))"
"   WHEN p.prosqlbody IS NOT NULL THEN NULL"
"   ELSE pg_describe_object(d.classid, d.objid, d.objsubid) || ' depends on it' END"
"  FROM pg_depend d"
"  LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid"
"  LEFT JOIN pg_class v ON v.oid = r.ev_class"
"  LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid"
"  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND NOT CASE d.classid"
"   WHEN 'pg_rewrite'::regclass THEN r.ev_class = $1"
"   WHEN 'pg_constraint'::regclass THEN EXISTS (SELECT FROM pg_constraint n"
"    WHERE n.oid = d.objid AND (n.conrelid = $1 OR n.contype = 'f'))"
"   WHEN 'pg_attrdef'::regclass THEN EXISTS (SELECT FROM pg_attrdef e"
"    WHERE e.oid = d.objid AND e.adrelid = $1)"
"   WHEN 'pg_trigger'::regclass THEN EXISTS (SELECT FROM pg_trigger t"
"    WHERE t.oid = d.objid AND (t.tgrelid = $1 OR t.tgisinternal))"
"   WHEN 'pg_policy'::regclass THEN EXISTS (SELECT FROM pg_policy y"
"    WHERE y.oid = d.objid AND y.polrelid = $1)"
"   WHEN 'pg_class'::regclass THEN d.deptype IN ('a', 'i')"
"   WHEN 'pg_type'::regclass THEN d.deptype = 'i'"
"   WHEN 'pg_statistic_ext'::regclass THEN true"
"   WHEN 'pg_publication_rel'::regclass THEN true"
"   ELSE false END"
" UNION"
" SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' depends on its sequence'"
"  FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S'"
"  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid"
"  WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass"
"  AND o.refobjid = $1 AND o.deptype IN ('a', 'i') AND d.deptype NOT IN ('i', 'a')"
"  AND NOT (d.classid = 'pg_attrdef'::regclass AND EXISTS (SELECT FROM pg_attrdef e"
"   WHERE e.oid = d.objid AND e.adrelid = $1))"
" UNION"
" SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' depends on its type'"
"  FROM pg_type t JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass"
"   AND d.refobjid IN (t.oid, t.typarray)"
"  WHERE t.typrelid = $1 AND d.deptype NOT IN ('i', 'a')"
"  AND d.classid <> 'pg_rewrite'::regclass"
" UNION"
" SELECT 'security label' FROM pg_seclabel WHERE classoid = 'pg_class'::regclass AND objoid = $1"
") s (line) WHERE line IS NOT NULL ORDER BY line";

/* Indexes and keys of the parent ($1) of a partition. */
static const char parent_query[] =
"SELECT line FROM ("
" SELECT 1, format('unique index \"%s\" of the partitioned table', c.relname)"
"  FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid"
"  WHERE x.indrelid = $1 AND x.indisunique"
" UNION ALL"
" SELECT 2, format('foreign key \"%s\" of the partitioned table', conname)"
"  FROM pg_constraint WHERE contype = 'f' AND (conrelid = $1 OR confrelid = $1)"
") s (step, line) ORDER BY step, line";

/*
 * What goes unsaid of the sequences of columns ($1 has them): of identities the options are
 * the model's, and define says what the engine does not keep.
 */
static const char sequence_query[] =
"SELECT format('%s of sequence \"%s\"', s.what, c.relname)"
" FROM pg_depend d JOIN pg_sequence q ON q.seqrelid = d.objid JOIN pg_class c ON c.oid = q.seqrelid,"
" LATERAL (VALUES"
"  (1, 'a', CASE WHEN q.seqmin <> 1 THEN 'MINVALUE ' || q.seqmin END),"
"  (2, 'a', CASE WHEN q.seqmax <> CASE q.seqtypid WHEN 'smallint'::regtype THEN 32767"
"   WHEN 'integer'::regtype THEN 2147483647 ELSE 9223372036854775807 END"
"   THEN 'MAXVALUE ' || q.seqmax END),"
"  (3, 'a', CASE WHEN q.seqcache <> 1 THEN 'CACHE ' || q.seqcache END),"
"  (4, d.deptype, CASE WHEN obj_description(c.oid, 'pg_class') IS NOT NULL THEN 'comment' END))"
" s (step, deptype, what)"
" WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
" AND d.refobjid = $1 AND d.deptype IN ('a', 'i') AND s.deptype = d.deptype AND s.what IS NOT NULL"
" ORDER BY c.relname, s.step";

/* What a table ($1) has for its own storage, which goes unsaid. */
static const char storage_query[] =
"SELECT line FROM ("
" SELECT 1, CASE relpersistence WHEN 'u' THEN 'UNLOGGED' END FROM pg_class WHERE oid = $1"
" UNION ALL"
" SELECT 2, format('type \"%s\", of which it is', typname)"
"  FROM pg_class c JOIN pg_type t ON t.oid = c.reloftype WHERE c.oid = $1"
" UNION ALL"
" SELECT 3, 'storage parameters' FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid"
"  WHERE c.oid = $1 AND (c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL)"
" UNION ALL"
" SELECT 4, format('storage parameters of key \"%s\"', n.conname)"
"  FROM pg_constraint n JOIN pg_class i ON i.oid = n.conindid"
"  WHERE n.conrelid = $1 AND n.contype IN ('p', 'u') AND i.reloptions IS NOT NULL"
" UNION ALL"
" SELECT 5, format('tablespace \"%s\"', s.spcname)"
"  FROM pg_class c JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.oid = $1"
" UNION ALL"
" SELECT 6, format('access method \"%s\"', a.amname)"
"  FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE c.oid = $1 AND a.amname <> 'heap'"
" UNION ALL"
" SELECT 7, 'REPLICA IDENTITY' FROM pg_class WHERE oid = $1 AND relreplident <> 'd'"
" UNION ALL"
" SELECT 8, format('CLUSTER ON \"%s\"', i.relname)"
"  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = $1 AND x.indisclustered"
" UNION ALL"
" SELECT DISTINCT 9, format('statistics target of index \"%s\"', i.relname)"
"  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_attribute a ON a.attrelid = i.oid"
"  WHERE x.indrelid = $1 AND a.attstattarget >= 0"
") s (step, line) WHERE line IS NOT NULL ORDER BY step, line";

/* Publications that a foreign table is not in, though it, or its parent, has not left. */
static const char publication_query[] =
"SELECT DISTINCT format('publication \"%s\", which has %s', p.pubname,"
"  CASE WHEN p.puballtables THEN 'all tables'"
"  WHEN n.oid IS NOT NULL THEN format('all tables of schema \"%s\"', n.nspname)"
"  ELSE format('table \"%s\"', t.relname) END)"
" FROM pg_publication p"
" LEFT JOIN pg_publication_namespace s ON s.pnpubid = p.oid AND s.pnnspid IN"
"  (SELECT relnamespace FROM pg_class WHERE oid IN ($1, $2))"
" LEFT JOIN pg_namespace n ON n.oid = s.pnnspid"
" LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = $2"
" LEFT JOIN pg_class t ON t.oid = r.prrelid"
" WHERE (p.puballtables OR s.oid IS NOT NULL OR r.oid IS NOT NULL)"
" AND EXISTS (SELECT FROM pg_class WHERE oid = $1 AND relpersistence = 'p')"
" ORDER BY 1";

static List *
run_query(const char *query, Oid first, Oid second)
{
	Oid			types[2] = {OIDOID, OIDOID};
	Datum		values[2] = {ObjectIdGetDatum(first), ObjectIdGetDatum(second)};

	return binds_spi_rows(query, OidIsValid(second) ? 2 : 1, types, values);
}

void
binds_assign_check(const BindsAssign *assign)
{
	bool		foreign = assign->target->dialect != NULL;
	List	   *keys = binds_assign_keys_find(assign);
	List	   *lines = binds_assign_keys_left(assign, keys);
	bool		left = lines != NIL;
	bool		lost = false;
	List	   *unsaid;
	List	   *unheld;
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);

		if (!OidIsValid(moved->relid))
			continue;
		if (foreign)
			add_rows(&lines, moved, run_query(foreign_query, moved->relid, InvalidOid));
		if (foreign && OidIsValid(moved->parent))
			add_rows(&lines, moved, run_query(parent_query, moved->parent, InvalidOid));
		add_rows(&lines, moved, run_query(dependent_query, moved->relid, InvalidOid));
	}
	unsaid = add_lost(assign, &lines, &lost);
	unheld = binds_assign_unheld(assign);

	/* of one alone define says what to do about it */
	if (lines != NIL || list_length(unheld) > 1)
		refuse(assign, list_concat(lines, unheld), left, lost);
	foreach(lc, unsaid)
	{
		const BindsLost *one = lfirst(lc);

		tell_left(one->moved->name, one->words);
	}
	foreach(lc, assign->moved)
		tell_left_out(assign, lfirst(lc));
	binds_assign_keys_drop(assign, keys);
}

/*
 * Add a line for what models do not say, but what may be lost: that is returned (List of
 * BindsLost).
 */
static List *
add_lost(const BindsAssign *assign, List **lines, bool *refused)
{
	const BindsAssignOptions *options = assign->options;
	List	   *unsaid = NIL;
	ListCell   *lc;

	foreach(lc, binds_assign_lost(assign))
	{
		BindsLost  *lost = lfirst(lc);

		if (!lost->always && (options->leave_differences ||
							  (options->drop_keys && lost->foreign_key)))
		{
			unsaid = lappend(unsaid, lost);
			continue;
		}
		*refused = true;
		*lines = binds_assign_add_line(*lines, psprintf("\"%s\": %s", lost->moved->name,
														lost->words));
	}
	return unsaid;
}

static void
tell_left(const char *table, const char *words)
{
	ereport(NOTICE,
			(errmsg("left out of table \"%s\": %s", table, words)));
}

/* What is lost, and is not worth an error. */
static void
tell_left_out(const BindsAssign *assign, const BindsMoved *moved)
{
	bool		here = OidIsValid(moved->relid) && moved->bind->dialect == NULL;
	List	   *rows = run_query(sequence_query, here ? moved->relid : moved->row->template,
								 InvalidOid);
	ListCell   *lc;

	if (here)
		rows = list_concat(rows, run_query(storage_query, moved->relid, InvalidOid));
	if (here && assign->target->dialect != NULL)
		rows = list_concat(rows, run_query(publication_query, moved->relid,
										   OidIsValid(moved->parent) ? moved->parent :
										   moved->relid));
	foreach(lc, rows)
		tell_left(moved->name, ((char **) lfirst(lc))[0]);
}

static void
add_rows(List **lines, const BindsMoved *moved, List *rows)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		char	   *line = psprintf("\"%s\": %s", moved->name, ((char **) lfirst(lc))[0]);

		*lines = binds_assign_add_line(*lines, line);
	}
}

static void
refuse(const BindsAssign *assign, List *lines, bool keys, bool lost)
{
	const BindsMoved *first = linitial(assign->moved);
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, lines)
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? "\n" : "", (char *) lfirst(lc));
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 list_length(assign->moved) == 1 ?
			 errmsg("cannot assign table \"%s\" to %s because of what cannot come along",
					first->name, binds_bind_words(assign->target->key)) :
			 errmsg("cannot assign tables to %s because of what cannot come along",
					binds_bind_words(assign->target->key)),
			 errdetail_internal("%s", buf.data),
			 errhint("%s", hint(assign, keys, lost))));
}

static const char *
hint(const BindsAssign *assign, bool keys, bool lost)
{
	const char *together = keys && assign->options->drop_keys ?
		"Assign tables that refer to each other together, as an array; drop the rest before." :
		keys ?
		"Assign tables that refer to each other together, as an array, or give the option {\"foreign_keys\": \"drop\"}; drop the rest before." :
		"Drop it before, and make it anew where that can be.";

	if (!lost)
		return together;
	return psprintf("%s%sbinds.define lets a model say what its table has, and binds.upgrade makes the table what the model says%s.",
					keys ? together : "", keys ? " " : "",
					assign->options->leave_differences ? "" :
					"; the option {\"differences\": \"leave\"} leaves behind what only the table has");
}
