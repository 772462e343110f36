/*
 * mysql_dialect.c
 *	  The SQL of MySQL and MariaDB: the dialect's table, its settings, literals, sort
 *	  and limit.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "common/shortest_dec.h"

#include "engine/mysql/mysql_dialect.h"
#include "engine/mysql/mysql_lexer.h"

static void append_literal(StringInfo buf, const BindsValue *value);
static void append_order(StringInfo buf, const char *expr, const BindsStorage *storage,
						 bool descending, bool nulls_first, bool nullable);
static void append_limit(StringInfo buf, const char *limit, const char *offset);

static const char *const schemes[] = {"mysql", "mariadb", NULL};

static const BindsSettingRule settings[] = {
	/* connecting */
	{"unix_socket", BINDS_SETTING_FILE, 0, 0, NULL, NULL},
	{"connect_timeout", BINDS_SETTING_INTEGER, 1, 3600, NULL, NULL},
	{"read_timeout", BINDS_SETTING_INTEGER, 0, 86400, NULL, NULL},
	{"wait_timeout", BINDS_SETTING_INTEGER, 1, 31536000, NULL, NULL},
	{"default_auth", BINDS_SETTING_TEXT, 0, 0, NULL, NULL},
	{"program_name", BINDS_SETTING_TEXT, 0, 0, NULL, NULL},
	{"get_server_public_key", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},

	/* may name any file of this machine, so it wants the right to read them */
	{"local_infile", BINDS_SETTING_FILE, 0, 0, NULL, NULL},

	/* TLS */
	{"ssl", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},
	{"ssl_mode", BINDS_SETTING_TEXT, 0, 0,
		"disabled|preferred|required|verify_ca|verify_identity|"
	"DISABLED|PREFERRED|REQUIRED|VERIFY_CA|VERIFY_IDENTITY", NULL},
	{"ssl_ca", BINDS_SETTING_FILE, 0, 0, NULL, NULL},
	{"ssl_capath", BINDS_SETTING_FILE, 0, 0, NULL, NULL},
	{"ssl_cert", BINDS_SETTING_FILE, 0, 0, NULL, NULL},
	{"ssl_key", BINDS_SETTING_FILE, 0, 0, NULL, NULL},
	{"ssl_cipher", BINDS_SETTING_TEXT, 0, 0, NULL, NULL},
	{"tls_version", BINDS_SETTING_TEXT, 0, 0, NULL, NULL},
	{"ssl_check_hostname", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},
	{"ssl_verify_cert", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},
	{"ssl_verify_identity", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},
	{"ssl_disabled", BINDS_SETTING_BOOL, 0, 0, NULL, NULL},

	/* what Python's drivers know */
	{"charset", BINDS_SETTING_IGNORED, 0, 0, "utf8mb4|utf8|utf8mb3",
	"The character set is always utf8mb4."},
	{"use_unicode", BINDS_SETTING_IGNORED, 0, 0, NULL,
	"The character set is always utf8mb4."},
	{"autocommit", BINDS_SETTING_IGNORED, 0, 0, NULL,
	"Transactions follow the local ones."},
	{"write_timeout", BINDS_SETTING_IGNORED, 0, 0, NULL,
	"Use read_timeout or statement_timeout."},
	{NULL}
};

/*
 * The server does not tell what a statement does before it has done it, but refuses to
 * write in a read-only transaction, and to commit or define in an XA one.  CALL may end
 * either kind of transaction that is not XA.
 */
static const BindsWord words[] = {
	{"SELECT", BINDS_WORD_ASKED},
	{"VALUES", BINDS_WORD_ASKED},
	{"TABLE", BINDS_WORD_ASKED},
	{"WITH", BINDS_WORD_ASKED},
	{"SHOW", BINDS_WORD_ASKED},
	{"DESC", BINDS_WORD_ASKED},
	{"DESCRIBE", BINDS_WORD_ASKED},
	{"EXPLAIN", BINDS_WORD_ASKED},
	{"DO", BINDS_WORD_ASKED},
	{"INSERT", BINDS_WORD_WRITES},
	{"REPLACE", BINDS_WORD_WRITES},
	{"UPDATE", BINDS_WORD_WRITES},
	{"DELETE", BINDS_WORD_WRITES},
	{"LOAD", BINDS_WORD_WRITES},
	{"CALL", BINDS_WORD_WRITES},
	{"CREATE", BINDS_WORD_COMMITS},
	{"ALTER", BINDS_WORD_COMMITS},
	{"DROP", BINDS_WORD_COMMITS},
	{"TRUNCATE", BINDS_WORD_COMMITS},
	{"RENAME", BINDS_WORD_COMMITS},
	{"GRANT", BINDS_WORD_COMMITS},
	{"REVOKE", BINDS_WORD_COMMITS},
	{"ANALYZE", BINDS_WORD_COMMITS},
	{"OPTIMIZE", BINDS_WORD_COMMITS},
	{"REPAIR", BINDS_WORD_COMMITS},
	{"CHECK", BINDS_WORD_COMMITS},
	{"FLUSH", BINDS_WORD_COMMITS},
	{"RESET", BINDS_WORD_COMMITS},
	{"CACHE", BINDS_WORD_COMMITS},
	{"INSTALL", BINDS_WORD_COMMITS},
	{"UNINSTALL", BINDS_WORD_COMMITS},
	{"BEGIN", BINDS_WORD_REFUSED},
	{"START", BINDS_WORD_REFUSED},
	{"COMMIT", BINDS_WORD_REFUSED},
	{"ROLLBACK", BINDS_WORD_REFUSED},
	{"SAVEPOINT", BINDS_WORD_REFUSED},
	{"RELEASE", BINDS_WORD_REFUSED},
	{"XA", BINDS_WORD_REFUSED},
	{"SET", BINDS_WORD_REFUSED},
	{"USE", BINDS_WORD_REFUSED},
	{"LOCK", BINDS_WORD_REFUSED},
	{"UNLOCK", BINDS_WORD_REFUSED},
	{"PREPARE", BINDS_WORD_REFUSED},
	{"EXECUTE", BINDS_WORD_REFUSED},
	{"DEALLOCATE", BINDS_WORD_REFUSED},
	{"HANDLER", BINDS_WORD_REFUSED},
	{"KILL", BINDS_WORD_REFUSED},
	{"SHUTDOWN", BINDS_WORD_REFUSED},
	{NULL}
};

const BindsDialect binds_mysql_dialect = {
	.name = "mysql",
	.wrapper = "binds_mysql",
	.schemes = schemes,
	.driver = &binds_mysql_driver,
	.quote = '`',
	.name_max = 64,
	.folds_tables = false,
	.folds_columns = true,
	.folds_letters = true,
	.has_returning = false,
	.default_values = "() VALUES ()",
	.update_default = "DEFAULT",
	.check_suffix = " <> 0",
	.starts_keys = true,
	.insert_ignore_suffix = NULL,
	.lock_suffix = " FOR UPDATE",
	.share_suffix = " LOCK IN SHARE MODE",
	.transactional_ddl = false,
	.alter_foreign_keys = true,
	.has_users = true,
	.path_is_identity = false,
	.read_can_write = false,
	.rolls_back_silently = false,
	.ordered_references = true,
	.select_may_write = true,
	.random_keys = false,
	.may_lack_two_phase = true,
	.gone = "the server closed the connection",
	.pool_recycle = 7200,
	.lock_timeout = 50000,
	.startup_cost = 100.0,
	.tuple_cost = 0.05,
	.rescan_cost = 0.25,
	.functions = binds_mysql_functions,
	.nfunctions = MY_FUNCTIONS,
	.words = words,
	.settings = settings,
	.resolve = binds_mysql_resolve,
	.append_literal = append_literal,
	.append_order = append_order,
	.append_limit = append_limit,
	.check_model = binds_mysql_check_model,
	.tell_model = binds_mysql_tell_model,
	.expression_obstacle = binds_mysql_expression_obstacle,
	.stored_literal = binds_mysql_stored_literal,
	.key_obstacle = binds_mysql_key_obstacle,
	.index_lengths = binds_mysql_index_lengths,
	.append_type = binds_mysql_append_type,
	.create_statements = binds_mysql_create_statements,
	.late_statements = binds_mysql_late_statements,
	.constraint_name = binds_mysql_constraint_name,
	.unlink_statements = binds_mysql_unlink_statements,
	.unlink_statement = binds_mysql_unlink_statement,
	.drop_statement = binds_mysql_drop_statement,
	.next_key_statement = binds_mysql_next_key_statement,
	.next_key = binds_mysql_next_key,
	.comment_statement = binds_mysql_comment_statement,
	.reflect = binds_mysql_reflect,
	.reflect_statement = binds_mysql_reflect_statement,
	.has_schema = binds_mysql_has_schema,
	.table_kinds = binds_mysql_table_kinds,
	.comment_max = MY_TABLE_COMMENT_MAX,
	.comments = binds_mysql_comments,
	.lock_statement = binds_mysql_lock_statement,
	.unlock_statement = "UNLOCK TABLES",
	.holds_rows = binds_mysql_holds_rows,
	.references = binds_mysql_references,
	.definitions = binds_mysql_definitions,
	.expected = binds_mysql_expected,
	.replaced_apart = BINDS_PART_BIT(BINDS_PART_FOREIGN_KEY) |
	BINDS_PART_BIT(BINDS_PART_CHECK),
	.repair = binds_mysql_repair,
	.rename_column = binds_mysql_rename_column,
	.rename_in = binds_mysql_rename_in,
	.converts = binds_mysql_converts,
	.try_loss = binds_mysql_try_loss,
	.rows_vanish = binds_mysql_rows_vanish,
	.moved_columns = binds_mysql_moved_columns,
	/* InnoDB does not cascade to the table where it began */
	.moves_own_rows = false,
	.acts_beyond = binds_mysql_acts_beyond,
	.keeps_writes = binds_mysql_keeps_writes,
	.transactions_hint = "ALTER TABLE ... ENGINE=InnoDB on the server gives it transactions.",
	.view_names = binds_mysql_view_names,
	.violation = binds_mysql_violation,
	.estimate = binds_mysql_estimate,
	.names = binds_mysql_names,
};

/*
 * Append a value as a literal.  The session's sql_mode has NO_BACKSLASH_ESCAPES.
 */
static void
append_literal(StringInfo buf, const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			appendStringInfoString(buf, "NULL");
			break;
		case BINDS_INTEGER:
			appendStringInfo(buf, INT64_FORMAT, value->integer);
			break;
		case BINDS_REAL:
			{
				char		text[DOUBLE_SHORTEST_DECIMAL_LEN];

				/* without an exponent it would be an exact decimal */
				double_to_shortest_decimal_buf(value->real, text);
				appendStringInfo(buf, "%s%s", text,
								 strchr(text, 'e') == NULL ? "e0" : "");
				break;
			}
		case BINDS_TEXT:
			binds_mysql_append_string(buf, value->data, value->length);
			break;
		case BINDS_BLOB:
			appendStringInfoString(buf, "X'");
			for (size_t i = 0; i < value->length; i++)
				appendStringInfo(buf, "%02X", (unsigned char) value->data[i]);
			appendStringInfoChar(buf, '\'');
			break;
		case BINDS_DECIMAL:
			appendBinaryStringInfo(buf, value->data, value->length);
			break;
	}
}

void
binds_mysql_append_string(StringInfo buf, const char *data, size_t length)
{
	appendStringInfoChar(buf, '\'');
	for (size_t i = 0; i < length; i++)
	{
		if (data[i] == '\'')
			appendStringInfoChar(buf, '\'');
		appendStringInfoChar(buf, data[i]);
	}
	appendStringInfoChar(buf, '\'');
}

/*
 * NULL is the least value here and the greatest in PostgreSQL.  The extra item is written
 * only where it matters: it keeps the server from using an index for the order.
 */
static void
append_order(StringInfo buf, const char *expr, const BindsStorage *storage,
			 bool descending, bool nulls_first, bool nullable)
{
	if (nullable && !descending && !nulls_first)
		appendStringInfo(buf, "%s IS NULL, ", expr);
	else if (nullable && descending && nulls_first)
		appendStringInfo(buf, "%s IS NULL DESC, ", expr);
	appendStringInfo(buf, "%s%s", expr, descending ? " DESC" : "");
}

/* There is no OFFSET without LIMIT: the largest number stands for none. */
static void
append_limit(StringInfo buf, const char *limit, const char *offset)
{
	appendStringInfo(buf, " LIMIT %s", limit != NULL ? limit : "18446744073709551615");
	if (offset != NULL)
		appendStringInfo(buf, " OFFSET %s", offset);
}
