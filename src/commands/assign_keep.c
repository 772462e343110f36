/*
 * assign_keep.c
 *	  What hangs on a table that moves to another bind, as statements that make it anew.
 *
 * A view, a rule of another table or a function with a parsed body that reads the table
 * keeps its OID, and so its owner, its rights and what hangs on it: it is replaced by
 * its own text, in which the name of the table means the new one by then.  Triggers,
 * statistics and comments are made anew.  Everything is run as its owner, but what replaces
 * a view or a function: who owns one need not have the right to make another in its schema,
 * which PostgreSQL asks for all the same.  Both are read then, and nothing is executed.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "commands/assign.h"

static List *foreign_keys_of(const BindsAssign *assign, Oid relid);
static BindsModel *model_of(const BindsMoved *moved);
static List *read_kept(const char *query, Oid relid);
static List *kept_of(List *rows);
static void ask_next_key(BindsMoved *moved, const BindsModel *model);
static void read_next_key(BindsMoved *moved, const BindsModel *model);

/*
 * owner and statement of what is made when the rows are there; options of a column that begin
 * with "pg_" are PostgreSQL's own (pg_attver)
 */
static const char kept_query[] =
"SELECT owner::text, statement FROM ("
" SELECT 1 AS step, t.tgname::text AS name, c.relowner AS owner,"
"  pg_get_triggerdef(t.oid) AS statement"
"  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
"  WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND t.tgparentid = 0"
" UNION ALL"
" SELECT 2, t.tgname, c.relowner, format('ALTER TABLE %s %s TRIGGER %I', c.oid::regclass,"
"  CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'"
"  ELSE 'ENABLE ALWAYS' END, t.tgname)"
"  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
"  WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'O'"
" UNION ALL"
" SELECT 3, t.tgname, c.relowner, format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname,"
"  c.oid::regclass, d.description)"
"  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
"  JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid"
"  WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND t.tgparentid = 0"
" UNION ALL"
" SELECT 5, a.attname, c.relowner, format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s',"
"  c.oid::regclass, a.attname, a.attstattarget)"
"  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
"  WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped AND a.attstattarget >= 0"
" UNION ALL"
" SELECT 6, a.attname, c.relowner, format('ALTER TABLE %s ALTER COLUMN %I SET (%s)',"
"  c.oid::regclass, a.attname, string_agg(o.option, ', ' ORDER BY o.option))"
"  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid, unnest(a.attoptions) o (option)"
"  WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped AND o.option !~ '^pg_'"
"  GROUP BY c.oid, c.relowner, a.attname"
" UNION ALL"
" SELECT 7, a.attname, c.relowner, format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s',"
"  c.oid::regclass, a.attname, CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'"
"  WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END)"
"  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid"
"  WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped AND a.attstorage <> t.typstorage"
" UNION ALL"
" SELECT DISTINCT 8, v.oid::regclass::text, " CppAsString2(BOOTSTRAP_SUPERUSERID) "::oid,"
"  format('CREATE OR REPLACE VIEW %s%s AS %s', v.oid::regclass,"
"  ' WITH (' || array_to_string(v.reloptions, ', ') || ')', pg_get_viewdef(v.oid))"
"  FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid"
"  JOIN pg_class v ON v.oid = r.ev_class"
"  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1"
"  AND v.relkind = 'v' AND r.rulename = '_RETURN'"
" UNION ALL"
" SELECT DISTINCT 9, r.oid::text, v.relowner,"
"  'CREATE OR REPLACE ' || substr(pg_get_ruledef(r.oid), length('CREATE '))"
"  FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid"
"  JOIN pg_class v ON v.oid = r.ev_class"
"  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1"
"  AND r.ev_class <> $1 AND r.rulename <> '_RETURN'"
" UNION ALL"
" SELECT DISTINCT 10, p.oid::text, " CppAsString2(BOOTSTRAP_SUPERUSERID) "::oid, pg_get_functiondef(p.oid)"
"  FROM pg_depend d JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid"
"  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1 AND p.prosqlbody IS NOT NULL"
") s ORDER BY step, name";

/* of what has a name that the old table's still has until it is gone */
static const char last_query[] =
"SELECT owner::text, statement FROM ("
" SELECT 1 AS step, s.stxname AS name, s.stxowner AS owner,"
"  pg_get_statisticsobjdef(s.oid) AS statement"
"  FROM pg_statistic_ext s WHERE s.stxrelid = $1"
" UNION ALL"
" SELECT 2, s.stxname, s.stxowner, format('COMMENT ON STATISTICS %I.%I IS %L', n.nspname,"
"  s.stxname, d.description)"
"  FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace"
"  JOIN pg_description d ON d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = s.oid"
"  WHERE s.stxrelid = $1"
" UNION ALL"
" SELECT 3, s.stxname, s.stxowner, format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname,"
"  s.stxname, s.stxstattarget)"
"  FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace"
"  WHERE s.stxrelid = $1 AND s.stxstattarget >= 0"
") s ORDER BY step, name";

/*
 * Comments of keys, checks and indexes of a table ($1) that another one ($2) has as
 * well.
 */
static const char comment_query[] =
"SELECT owner::text, statement FROM ("
" SELECT 1 AS step, n.conname::text AS name, t.relowner AS owner,"
"  format('COMMENT ON CONSTRAINT %I ON %s IS %L', n.conname, t.oid::regclass, d.description)"
"   AS statement"
"  FROM pg_constraint n JOIN pg_description d"
"   ON d.classoid = 'pg_constraint'::regclass AND d.objoid = n.oid"
"  JOIN pg_constraint m ON m.conname = n.conname AND m.conrelid = $2"
"  JOIN pg_class t ON t.oid = m.conrelid"
"  WHERE n.conrelid = $1"
" UNION ALL"
" SELECT 2, i.relname, t.relowner,"
"  format('COMMENT ON INDEX %s IS %L', y.indexrelid::regclass, d.description)"
"  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
"  JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = i.oid"
"  JOIN pg_index y ON y.indrelid = $2"
"  JOIN pg_class j ON j.oid = y.indexrelid AND j.relname = i.relname"
"  JOIN pg_class t ON t.oid = y.indrelid"
"  WHERE x.indrelid = $1"
") s ORDER BY step, name";

/* Of a table on the default bind the relation says what it is, else its template. */
Oid
binds_assign_source(const BindsMoved *moved)
{
	return OidIsValid(moved->relid) && moved->bind->dialect == NULL ?
		moved->relid : moved->row->template;
}

static BindsModel *
model_of(const BindsMoved *moved)
{
	BindsModel *model = binds_model_load(binds_assign_source(moved), moved->bind);

	/* they come when all tables are defined */
	for (int i = 0; i < model->nforeign_keys; i++)
		model->foreign_keys[i].late = true;
	return model;
}

void
binds_assign_keep(const BindsAssign *assign, BindsMoved *moved)
{
	BindsModel *model = model_of(moved);

	if (binds_assign_source(moved) != moved->relid)
	{
		moved->foreign_keys = binds_relation_late_statements(moved->row, model, true);
		if (OidIsValid(moved->relid))
			ask_next_key(moved, model);
	}
	else
	{
		moved->foreign_keys = foreign_keys_of(assign, moved->relid);
		if (assign->target->dialect != NULL)
			read_next_key(moved, model);
	}
	if (!OidIsValid(moved->relid))
		return;
	moved->kept = read_kept(kept_query, moved->relid);
	if (!assign->options->keep_source)
		moved->last = read_kept(last_query, moved->relid);
}

List *
binds_assign_definition(const BindsAssign *assign, const BindsMoved *moved)
{
	BindsModelRow row = {.model = moved->model, .local_schema = moved->schema,
	.local_name = moved->name};

	return binds_relation_definition(&row, model_of(moved),
									 get_namespace_oid(assign->target->metadata_schema,
													   true));
}

void
binds_assign_comment(const BindsMoved *moved, Oid relid)
{
	Oid			types[2] = {OIDOID, OIDOID};
	Datum		values[2] = {ObjectIdGetDatum(binds_assign_source(moved)), ObjectIdGetDatum(relid)};

	binds_assign_run(kept_of(binds_spi_rows(comment_query, 2, types, values)));
}

/* The foreign keys of a table to what is moved with it, for binds.define. */
static List *
foreign_keys_of(const BindsAssign *assign, Oid relid)
{
	static const char query[] =
		"SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,"
		"  pg_get_constraintdef(oid))"
		" FROM pg_constraint"
		" WHERE contype = 'f' AND conrelid = $1 AND confrelid = ANY ($2) ORDER BY conname";
	Oid			types[2] = {OIDOID, OIDARRAYOID};
	Datum		values[2] = {ObjectIdGetDatum(relid), binds_assign_oids(assign, false)};
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, binds_spi_rows(query, 2, types, values))
		result = lappend(result, ((char **) lfirst(lc))[0]);
	return result;
}

/* A query about one relation. */
static List *
read_kept(const char *query, Oid relid)
{
	Oid			type = OIDOID;
	Datum		value = ObjectIdGetDatum(relid);

	return kept_of(binds_spi_rows(query, 1, &type, &value));
}

/* From rows of owner and statement. */
static List *
kept_of(List *rows)
{
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, rows)
	{
		char	  **row = lfirst(lc);
		BindsKept  *kept = palloc(sizeof(BindsKept));

		kept->owner = atooid(row[0]);
		kept->statement = row[1];
		result = lappend(result, kept);
	}
	return result;
}

/* What the engine would generate next. */
static void
ask_next_key(BindsMoved *moved, const BindsModel *model)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].generated == BINDS_GENERATED_NO)
			continue;
		moved->next_key = binds_ddl_next_key(binds_ddl_open(moved->bind->serverid,
															moved->bind->dialect,
															moved->bind->key),
											 model->schema, model->name);
		return;
	}
}

/* What the sequence of the generated key would give next. */
static void
read_next_key(BindsMoved *moved, const BindsModel *model)
{
	char	   *table = quote_qualified_identifier(moved->schema, moved->name);
	Oid			types[2] = {TEXTOID, TEXTOID};
	Datum		values[2];
	BindsRole	before;

	binds_become(&before, moved->owner);
	for (int i = 0; i < model->ncolumns; i++)
	{
		List	   *rows;
		char	   *sequence;

		if (model->columns[i].generated == BINDS_GENERATED_NO)
			continue;
		values[0] = CStringGetTextDatum(table);
		values[1] = CStringGetTextDatum(model->columns[i].name);
		rows = binds_spi_rows("SELECT pg_get_serial_sequence($1, $2)", 2, types, values);
		sequence = ((char **) linitial(rows))[0];
		if (sequence == NULL)
			continue;
		rows = binds_spi_rows(psprintf("SELECT last_value::numeric + is_called::integer FROM %s",
									   sequence), 0, NULL, NULL);
		moved->next_key = strtoi64(((char **) linitial(rows))[0], NULL, 10);
	}
	binds_become_again(&before);
}

void
binds_assign_run(List *kept)
{
	ListCell   *lc;

	foreach(lc, kept)
	{
		const BindsKept *one = lfirst(lc);

		binds_spi_run_as(one->owner, list_make1(unconstify(char *, one->statement)));
	}
}

Datum
binds_assign_oids(const BindsAssign *assign, bool templates)
{
	Datum	   *oids = palloc(sizeof(Datum) * Max(list_length(assign->moved), 1));
	int			n = 0;
	ListCell   *lc;

	foreach(lc, assign->moved)
	{
		const BindsMoved *moved = lfirst(lc);
		Oid			oid = !templates ? moved->relid :
			moved->row != NULL ? moved->row->template : InvalidOid;

		if (OidIsValid(oid))
			oids[n++] = ObjectIdGetDatum(oid);
	}
	return PointerGetDatum(construct_array(oids, n, OIDOID, sizeof(Oid), true,
										   TYPALIGN_INT));
}
