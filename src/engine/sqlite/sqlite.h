/*
 * sqlite.h
 *	  What the files of the SQLite dialect share.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SQLITE_H
#define BINDS_SQLITE_H

#include "engine/engines.h"

struct BindsModelColumn;

/* SQLite's rules of what a declared type does to a value (datatype3.html). */
typedef enum BindsAffinity
{
	BINDS_AFFINITY_NONE,		/* "BLOB": values are kept as they come */
	BINDS_AFFINITY_TEXT,
	BINDS_AFFINITY_NUMERIC,
	BINDS_AFFINITY_INTEGER,
	BINDS_AFFINITY_REAL
} BindsAffinity;

/* sqlite_driver.c */
extern const BindsDriver binds_sqlite_driver;

/*
 * sqlite_connect.c: the collation of a table's column as declared; NULL if that is not known (a view).
 * Points into SQLite's schema: copy it.  Never throws.
 */
extern const char *binds_sqlite_collation(BindsDriverConn *conn, const char *table,
										  const char *column);

/*
 * sqlite_connect.c: put the declared types of the columns of a statement into "types", one
 * after the other, each with its NUL, "" where there is none; the bytes needed, which may be
 * more than size: then nothing is put there.  *ncolumns is -1 if it is no statement that
 * SQLite takes; for what else may happen, "error" is filled.  Never throws.
 */
extern size_t binds_sqlite_declared_types(BindsDriverConn *conn, const char *sql,
										  char *types, size_t size, int *ncolumns,
										  BindsError *error);

/* sqlite_values.c: is "value" what SQLite makes of a literal?  Never throws. */
extern bool binds_sqlite_reads_real(const char *text, double value);

/*
 * sqlite_normalize.c: values in a form that is equal where PostgreSQL's values are
 * equal, and orders as they do.  Results are written to "buf", their length is
 * returned; -1 if the text is no such value.
 */
#define BINDS_SQLITE_NORMAL_MAX 48

extern int	binds_sqlite_normal_time(const char *text, int length, char *buf);
extern int	binds_sqlite_normal_day(const char *text, int length, int shift,
									char *buf);
extern int	binds_sqlite_normal_basic_day(const char *text, int length, int shift,
										  char *buf);
extern int	binds_sqlite_normal_basic_year(const char *text, int length, int shift,
										   char *buf);

/* Room needed for a decimal of "length" characters: length + 16. */
extern int	binds_sqlite_normal_decimal(const char *text, int length, char *buf);

/* form: 36 or 32 characters, or 16 bytes, which is how much is written */
extern bool binds_sqlite_normal_uuid(const char *data, int length, int form,
									 char *buf);

/* sqlite_types.c */
extern BindsAffinity binds_sqlite_affinity(const char *declared);
extern void binds_sqlite_resolve(BindsStorage *storage, Oid typid, int32 typmod,
								 char typtype, Oid collation,
								 const char *engine_type,
								 const char *engine_collation);
extern bool binds_sqlite_resolve_temporal(BindsStorage *storage, BindsForm form);
extern void binds_sqlite_append_type(StringInfo buf,
									 const struct BindsModelColumn *column);
extern void binds_sqlite_append_literal(StringInfo buf, const BindsValue *value);
extern void binds_sqlite_append_order(StringInfo buf, const char *expr,
									  const BindsStorage *storage,
									  bool descending, bool nulls_first,
									  bool nullable);
extern void binds_sqlite_append_limit(StringInfo buf, const char *limit,
									  const char *offset);

/*
 * The PostgreSQL type of a column that others declared; palloc'ed.  *typid and
 * *typmod are set as well.
 */
extern char *binds_sqlite_reflected_type(const char *declared,
										 const char *collation, Oid *typid,
										 int32 *typmod);

/*
 * Would a column declared so behave as one that create_all makes for the type?
 */
extern bool binds_sqlite_same_storage(Oid typid, int32 typmod, const char *declared,
									  const char *collation);

/* sqlite_defaults.c */

/*
 * Read the DEFAULT of a column, as pragma table_info shows it, for its type here.
 * readable: it is what the file says; else what can be shown of it.
 */
extern void binds_sqlite_read_default(BindsReflectedColumn *column, const char *text,
									  bool readable, Oid typid, int32 typmod);

/* sqlite_functions.c */
/* the number of rows; another one does not compile */
#define BINDS_SQLITE_NFUNCTIONS 169
extern const BindsFunctionRule binds_sqlite_functions[];

/* sqlite_ddl.c */
struct BindsModel;
extern void binds_sqlite_check_model(const struct BindsModel *model);
extern const char *binds_sqlite_expression_obstacle(const char *sql);
extern int	binds_sqlite_create_statements(const struct BindsModel *model,
										   const char *comment,
										   char ***statements);
extern int	binds_sqlite_late_statements(const struct BindsModel *model,
										 char ***statements);
extern int	binds_sqlite_unlink_statements(const struct BindsModel *model,
										   char ***statements);
extern char *binds_sqlite_drop_statement(const char *schema, const char *table);
extern char *binds_sqlite_comment_statement(const char *schema, const char *table,
											const char *comment);

/* sqlite_parts.c */
extern void binds_sqlite_definitions(BindsDriverConn *conn, const char *bind_key,
									 const char *schema, const char *const *tables,
									 int ntables, BindsTableParts *result);
extern void binds_sqlite_expected(BindsDriverConn *conn, const char *bind_key,
								  const struct BindsModel *const *models, int nmodels,
								  BindsTableParts *result);

/* sqlite_repair.c */
extern void binds_sqlite_repair(const struct BindsModel *model,
								const BindsTableParts *found,
								const BindsTableParts *expected,
								BindsDifference *differences, int ndifferences, bool keep);

/* sqlite_violation.c */
extern void binds_sqlite_violation(const BindsError *error, const char *table,
								   BindsViolation *violation);
extern bool binds_sqlite_unnamed_check(BindsDriverConn *conn, const char *bind_key,
									   const char *schema, const char *table,
									   const char *said, List **columns, int *place);

/* sqlite_statement.c */
extern void binds_sqlite_reflect_statement(BindsDriverConn *conn, const char *bind_key,
										   const char *statement,
										   BindsReflectedTable *table);

/* sqlite_reflect.c */
extern int	binds_sqlite_reflect(BindsDriverConn *conn, const char *bind_key,
								 const char *schema, const char *const *tables,
								 int ntables, bool views,
								 BindsReflectedTable **result);
extern List *binds_sqlite_view_names(BindsDriverConn *conn, const char *bind_key);
extern int	binds_sqlite_references(BindsDriverConn *conn, const char *bind_key,
									const char *schema, BindsReference **result);
extern int64 binds_sqlite_definitions_version(BindsDriverConn *conn,
											  const char *bind_key);
extern bool binds_sqlite_has_schema(BindsDriverConn *conn, const char *bind_key,
									const char *schema);
extern void binds_sqlite_table_kinds(BindsDriverConn *conn, const char *bind_key,
									 const char *schema, const char *const *tables, int ntables,
									 BindsTableKind *kinds, char **comments);
extern int	binds_sqlite_acts_beyond(BindsDriverConn *conn, const char *bind_key,
									 const char *schema, const char *table,
									 List **columns);
extern int	binds_sqlite_moved_columns(BindsDriverConn *conn, const char *bind_key,
									   const char *schema, const char *table,
									   BindsMovedColumn **result);
extern bool binds_sqlite_rows_vanish(BindsDriverConn *conn, const char *bind_key,
									 const char *schema, const char *table);
extern int64 binds_sqlite_next_key(BindsDriverConn *conn, const char *bind_key,
								   const char *schema, const char *table);
extern bool binds_sqlite_estimate(BindsDriverConn *conn, const char *bind_key,
								  const char *schema, const char *table,
								  double *rows, double *width);

extern const char *binds_sqlite_next_token(const char **sql, bool *bare);

/*
 * sqlite_views.c: what is known about the views and virtual tables of a file, to be kept
 * from one to the next.  statement: of a view besides that is not there, and has the name
 * given; NULL: there is none.
 */
typedef struct BindsSqliteViews BindsSqliteViews;
extern BindsSqliteViews *binds_sqlite_read_views(BindsDriverConn *conn,
												 const char *bind_key,
												 const char *name,
												 const char *statement);
extern bool binds_sqlite_is_strict_view(BindsSqliteViews *views, const char *name);

/* sqlite_view_types.c: types: set to those that hold for all values, "" where there is none. */
extern void binds_sqlite_view_types(BindsSqliteViews *views, const char *view,
									char **types, int ncolumns);

#endif							/* BINDS_SQLITE_H */
