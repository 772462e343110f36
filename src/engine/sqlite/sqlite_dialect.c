/*
 * sqlite_dialect.c
 *	  The dialect of SQLite, in one table.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_lexer.h"

static const char *const schemes[] = {"sqlite", NULL};

/*
 * A table may have columns of these names: whichever is none is the row number.  The
 * local table may lack such a column, so the least likely name comes first.
 */
static const char *const rowid_names[] = {"_rowid_", "rowid", "oid", NULL};

static const BindsSettingRule settings[] = {
	{"mode", BINDS_SETTING_TEXT, 0, 0, "ro|rw|rwc", NULL},
	{"cache", BINDS_SETTING_TEXT, 0, 0, "private", NULL},
	{"immutable", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},
	{"uri", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},
	{"timeout", BINDS_SETTING_INTEGER, 0, 86400, NULL, NULL},
	{"check_same_thread", BINDS_SETTING_IGNORED, 0, 0, NULL,
	"a backend has one thread"},
	{"cached_statements", BINDS_SETTING_IGNORED, 0, 0, NULL,
	"statements are always cached"},
	{"detect_types", BINDS_SETTING_IGNORED, 0, 0, NULL,
	"the column's type decides"},
	{NULL}
};

/* What the authorizer would deny too, with fewer words.  All else SQLite tells. */
static const BindsWord words[] = {
	{"CREATE", BINDS_WORD_CREATES},
	{"BEGIN", BINDS_WORD_REFUSED},
	{"COMMIT", BINDS_WORD_REFUSED},
	{"END", BINDS_WORD_REFUSED},
	{"ROLLBACK", BINDS_WORD_REFUSED},
	{"SAVEPOINT", BINDS_WORD_REFUSED},
	{"RELEASE", BINDS_WORD_REFUSED},
	{"ATTACH", BINDS_WORD_REFUSED},
	{"DETACH", BINDS_WORD_REFUSED},
	{"VACUUM", BINDS_WORD_REFUSED},
	{NULL}
};

const BindsDialect binds_sqlite_dialect = {
	.name = "sqlite",
	.wrapper = "binds_sqlite",
	.schemes = schemes,
	.driver = &binds_sqlite_driver,

	.quote = '"',
	.name_max = 0,
	.folds_tables = true,
	.folds_columns = true,
	.folds_letters = false,
	.has_returning = true,
	.default_values = "DEFAULT VALUES",
	.update_default = NULL,
	.defers_keys = true,
	.loose_types = true,
	.drops_rows = true,
	.insert_ignore_suffix = "ON CONFLICT DO NOTHING",
	.lock_suffix = NULL,
	.share_suffix = NULL,
	.transactional_ddl = true,
	.alter_foreign_keys = false,
	.has_users = false,
	.path_is_identity = true,
	.read_can_write = true,
	.rolls_back_silently = true,
	.select_may_write = false,
	.random_keys = true,
	.may_lack_two_phase = false,
	.gone = "the file was replaced or removed",
	.pool_recycle = -1,
	.lock_timeout = 5000,
	.rowid_names = rowid_names,

	/*
	 * defaults of SQLITE_MAX_FUNCTION_ARG, in the oldest versions, and
	 * YYSTACKDEPTH
	 */
	.most_arguments = 100,
	.parser_stack = 100,
	.key_fingerprint = "binds_fingerprint",
	.startup_cost = 20.0,
	.tuple_cost = 0.005,
	.rescan_cost = 0.025,

	.functions = binds_sqlite_functions,
	.nfunctions = BINDS_SQLITE_NFUNCTIONS,
	.words = words,
	.settings = settings,

	.resolve = binds_sqlite_resolve,
	.resolve_temporal = binds_sqlite_resolve_temporal,
	.append_literal = binds_sqlite_append_literal,
	.append_order = binds_sqlite_append_order,
	.append_limit = binds_sqlite_append_limit,
	.check_model = binds_sqlite_check_model,
	.expression_obstacle = binds_sqlite_expression_obstacle,
	.append_type = binds_sqlite_append_type,
	.create_statements = binds_sqlite_create_statements,
	.late_statements = binds_sqlite_late_statements,
	.unlink_statements = binds_sqlite_unlink_statements,
	.drop_statement = binds_sqlite_drop_statement,
	.next_key_statement = NULL,
	.next_key = binds_sqlite_next_key,
	.comment_statement = binds_sqlite_comment_statement,
	.reflect = binds_sqlite_reflect,
	.reflect_statement = binds_sqlite_reflect_statement,
	.definitions_version = binds_sqlite_definitions_version,
	.has_schema = binds_sqlite_has_schema,
	.table_kinds = binds_sqlite_table_kinds,
	.references = binds_sqlite_references,
	.definitions = binds_sqlite_definitions,
	.expected = binds_sqlite_expected,
	.replaced_apart = BINDS_PART_BIT(BINDS_PART_INDEX),
	.repair = binds_sqlite_repair,
	.rows_vanish = binds_sqlite_rows_vanish,
	.moved_columns = binds_sqlite_moved_columns,
	.moves_own_rows = true,
	.acts_beyond = binds_sqlite_acts_beyond,
	.keeps_writes = NULL,
	.view_names = binds_sqlite_view_names,
	.violation = binds_sqlite_violation,
	.unnamed_check = binds_sqlite_unnamed_check,
	.estimate = binds_sqlite_estimate,
	.names = binds_sqlite_names
};
