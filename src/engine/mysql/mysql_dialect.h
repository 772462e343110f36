/*
 * mysql_dialect.h
 *	  What the files of the MySQL dialect share: types, rules, hooks.
 *
 * No client library in here; that is mysql_driver.h.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MYSQL_DIALECT_H
#define BINDS_MYSQL_DIALECT_H

#include "engine/engines.h"

struct BindsModel;
struct BindsModelColumn;

extern const BindsDriver binds_mysql_driver;

/* characters of a table's comment */
#define MY_TABLE_COMMENT_MAX 2048

/*
 * The collation of text: by code point, without padding.  Each server executes the
 * comment that is meant for it, so the same DDL runs on both.
 */
#define MY_TEXT_COLLATION "/*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */"

/* the collation of a uuid in CHAR(36): by code point */
#define MY_UUID_COLLATION "ascii_bin"

/*
 * Said of a column with values that are equal by rules that nobody tells, as of a view that
 * groups by it: nothing about it is sent.
 */
#define MY_UNKNOWN_COLLATION "UNKNOWN"

/* longest VARCHAR(n) in characters; longer ones are LONGTEXT */
#define MY_VARCHAR_MAX 16383

/* characters of a long text that a plain index of a table that is made looks at */
#define MY_INDEX_PREFIX 255

/* longest VARCHAR(n) that ORDER BY sorts by as a whole (session: max_sort_length) */
#define MY_SORT_MAX 1024

/* ---- mysql_types.c ---- */

/* A declared type of the engine, taken apart. */
typedef struct MyType
{
	char		name[32];		/* "varchar", "int", "enum", ...; lower case */
	int			precision;		/* first number in parentheses, -1: none */
	int			scale;			/* second one, -1: none */
	bool		is_unsigned;
} MyType;

/* Take apart "int(10) unsigned", "decimal(12,2)", "enum('a','b')". */
extern void binds_mysql_parse_type(MyType *type, const char *text);

/*
 * The labels of enum('a','it''s') or of a set, palloc'ed; NULL after the last one.  n:
 * their number, or NULL.  The servers write line breaks and backslashes of labels with a
 * backslash, whatever the session's sql_mode is.
 */
extern char **binds_mysql_labels(const char *text, int *n);

/*
 * May a text of information_schema be other than it is there?  These are kept in a UTF-8
 * of three bytes; a character of four is shown as a question mark.
 */
extern bool binds_mysql_is_vague(const char *text);

extern void binds_mysql_resolve(BindsStorage *storage, Oid typid, int32 typmod,
								char typtype, Oid collation,
								const char *engine_type, const char *engine_collation);

/* Is this one of the collations that create_all uses for text (not for char)? */
extern bool binds_mysql_is_text_collation(const char *collation);

/* ---- mysql_defaults.c ---- */

/*
 * Read the default of a column: column_default and extra of information_schema.
 * readable: it is what the server says; else what can be shown of it.  fork: as MariaDB
 * shows them.
 */
extern void binds_mysql_read_default(BindsReflectedColumn *column, const MyType *type,
									 const char *text, bool readable,
									 const char *extra, bool fork);

/*
 * Ask what the defaults of a table are of which less was shown; those that are not told
 * stay the engine's.
 */
extern void binds_mysql_ask_defaults(BindsDriverConn *conn, const char *bind_key,
									 BindsReflectedTable *table);

/* ---- mysql_functions.c ---- */
#define MY_FUNCTIONS 192
extern const BindsFunctionRule binds_mysql_functions[MY_FUNCTIONS];

/* ---- mysql_dialect.c ---- */

/* Append a text as a string literal. */
extern void binds_mysql_append_string(StringInfo buf, const char *data, size_t length);

/* ---- mysql_ddl.c ---- */
extern void binds_mysql_check_model(const struct BindsModel *model);
extern List *binds_mysql_tell_model(const struct BindsModel *model);

/*
 * Which type a column has in its model: create_all notes in its comment what reflect could
 * not tell from the declaration.
 */

/* The comment of a column, cut to so many characters, with the note; NULL: none. */
extern char *binds_mysql_column_comment(const struct BindsModelColumn *column, int limit);

/* How many of so many characters are left for the comment of the model. */
extern int	binds_mysql_comment_room(const struct BindsModelColumn *column, int limit);

/* What a comment says of its column, taken out of it. */
extern void binds_mysql_take_note(BindsReflectedColumn *column);

extern const char *binds_mysql_expression_obstacle(const char *sql);
extern const char *binds_mysql_stored_literal(const char *sql);
extern const char *binds_mysql_key_obstacle(const struct BindsModelColumn *const *columns,
											int ncolumns);
extern bool binds_mysql_index_lengths(const struct BindsModelColumn *const *columns,
									  int ncolumns, int *lengths);
extern void binds_mysql_append_type(StringInfo buf,
									const struct BindsModelColumn *column);
extern int	binds_mysql_create_statements(const struct BindsModel *model,
										  const char *comment, char ***statements);
extern char *binds_mysql_constraint_name(const struct BindsModel *model, const char *name);
extern int	binds_mysql_late_statements(const struct BindsModel *model,
										char ***statements);
extern int	binds_mysql_unlink_statements(const struct BindsModel *model,
										  char ***statements);
extern char *binds_mysql_unlink_statement(const char *schema, const char *table,
										  const char *constraint, const char *index);
extern char *binds_mysql_drop_statement(const char *schema, const char *table);
extern int64 binds_mysql_next_key(BindsDriverConn *conn, const char *bind_key,
								  const char *schema, const char *table);
extern char *binds_mysql_next_key_statement(const char *schema, const char *table,
											int64 next);
extern char *binds_mysql_lock_statement(const char *schema, const char *table);
extern char *binds_mysql_comment_statement(const char *schema, const char *table,
										   const char *comment);

/* ---- mysql_reflect.c ---- */
extern int	binds_mysql_reflect(BindsDriverConn *conn, const char *bind_key,
								const char *schema, const char *const *tables,
								int ntables, bool views,
								BindsReflectedTable **result);
extern void binds_mysql_reflect_statement(BindsDriverConn *conn, const char *bind_key,
										  const char *statement,
										  BindsReflectedTable *table);
extern int	binds_mysql_comments(BindsDriverConn *conn, const char *bind_key,
								 const char *schema, BindsTableComment **result);
extern bool binds_mysql_holds_rows(BindsDriverConn *conn, const char *bind_key,
								   const char *schema, const char *table);
extern List *binds_mysql_view_names(BindsDriverConn *conn, const char *bind_key);
extern int	binds_mysql_references(BindsDriverConn *conn, const char *bind_key,
								   const char *schema, BindsReference **result);
extern bool binds_mysql_has_schema(BindsDriverConn *conn, const char *bind_key,
								   const char *schema);
extern void binds_mysql_table_kinds(BindsDriverConn *conn, const char *bind_key,
									const char *schema, const char *const *tables, int ntables,
									BindsTableKind *kinds, char **comments);
extern void binds_mysql_violation(const BindsError *error, const char *table,
								  BindsViolation *violation);
extern int	binds_mysql_acts_beyond(BindsDriverConn *conn, const char *bind_key,
									const char *schema, const char *table,
									List **columns);
extern int	binds_mysql_moved_columns(BindsDriverConn *conn, const char *bind_key,
									  const char *schema, const char *table,
									  BindsMovedColumn **result);
extern bool binds_mysql_rows_vanish(BindsDriverConn *conn, const char *bind_key,
									const char *schema, const char *table);
extern char *binds_mysql_keeps_writes(BindsDriverConn *conn, const char *bind_key,
									  const char *schema, const char *table);
extern bool binds_mysql_estimate(BindsDriverConn *conn, const char *bind_key,
								 const char *schema, const char *table,
								 double *rows, double *width);

/* ---- mysql_parts.c ---- */
extern void binds_mysql_definitions(BindsDriverConn *conn, const char *bind_key,
									const char *schema, const char *const *tables,
									int ntables, BindsTableParts *result);
extern void binds_mysql_expected(BindsDriverConn *conn, const char *bind_key,
								 const struct BindsModel *const *models, int nmodels,
								 BindsTableParts *result);

/* A name that no table has, palloc'ed. */
extern char *binds_mysql_temporary_name(void);

/* Run a statement that returns no rows.  Never throws. */
extern bool binds_mysql_run(BindsDriverConn *conn, const char *sql, BindsError *error);

/* ---- mysql_loss.c ---- */
extern void binds_mysql_try_loss(BindsDriverConn *conn, const char *bind_key,
								 const char *schema, const char *table,
								 const List *columns, bool together);

/* ---- mysql_repair.c ---- */
extern void binds_mysql_repair(const struct BindsModel *model,
							   const BindsTableParts *found,
							   const BindsTableParts *expected,
							   BindsDifference *differences, int ndifferences, bool keep);
extern void binds_mysql_rename_column(const struct BindsModel *model,
									  const BindsTableParts *found, const char *name,
									  const char *new_name, char **statement, char **undo);
extern char *binds_mysql_rename_in(const char *definition, const char *name,
								   const char *new_name);

/* ---- mysql_widening.c ---- */

/*
 * Does a column lose nothing when its type becomes another one?  Types are as SHOW CREATE
 * TABLE writes them, with or without blanks.
 */
extern bool binds_mysql_converts(Oid from, Oid to);
extern bool binds_mysql_type_widens(const char *from, const char *to);

#endif							/* BINDS_MYSQL_DIALECT_H */
