/*
 * mysql_ddl.c
 *	  Models as tables of MySQL and MariaDB: what they cannot hold, and the DDL.
 *
 * The DDL is the same for both servers, and made without asking one: where they differ
 * (the name of the collation) each executes the comment that is meant for it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <float.h>

#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "common/string.h"
#include "mb/pg_wchar.h"
#include "nodes/parsenodes.h"
#include "optimizer/optimizer.h"
#include "port/pg_crc32c.h"
#include "utils/builtins.h"

#include "dialect/text.h"
#include "engine/ddl.h"
#include "engine/mysql/mysql_dialect.h"
#include "model/told.h"
#include "value/value.h"

/* limits of InnoDB and of the servers */
#define KEY_BYTES_MAX	3072
#define KEY_COLUMNS_MAX 16
#define ROW_BYTES_MAX	65535
#define CHAR_MAX_LENGTH 255
#define DECIMAL_MAX_PRECISION 65
#define DECIMAL_MAX_SCALE 30
#define LABEL_MAX		255
#define COLUMN_COMMENT_MAX 1024

/* of the index that is the primary key, and of no other one */
#define PRIMARY_NAME	"PRIMARY"

/* Append what an ALTER TABLE does with a foreign key. */
typedef void (*AppendKeyAction) (StringInfo buf, const BindsModel *model,
								 const BindsModelForeignKey *foreign_key);

static void check_names(const BindsModel *model);
static void check_name(const BindsModel *model, const char *kind, const char *name);
static void check_not_primary(const BindsModel *model, const char *kind,
							  const char *name);
static void check_column(const BindsModel *model, const BindsModelColumn *column);
static void check_numeric(const BindsModel *model, const BindsModelColumn *column);
static void check_labels(const BindsModel *model, const BindsModelColumn *column);
static void check_row_size(const BindsModel *model);
static void check_key(const BindsModel *model, const char *name, const int *columns,
					  int ncolumns);
static char *key_fault(const BindsModelColumn *const *columns, int ncolumns,
					   const BindsModelColumn **column, const char **hint);
static void check_generated(const BindsModel *model);
static void check_unchecked(const BindsModel *model,
							const BindsModelColumn *generated);
static void check_foreign_key(const BindsModel *model,
							  const BindsModelForeignKey *foreign_key);
static void check_index(const BindsModel *model, const BindsModelIndex *index);
static List *tell_comment(const BindsModel *model, const char *column,
						  const char *comment, int limit, List *told);
static void refuse(const BindsModel *model, const char *column, const char *what,
				   const char *hint) __attribute__((noreturn));
static bool index_is_left_out(const BindsModelIndex *index);
static int	index_bytes(const BindsModelColumn *column);
static int	character_bytes(const BindsModelColumn *column);
static int	row_bytes(const BindsModelColumn *column);
static int	column_length(const BindsModelColumn *column);
static bool is_long_text(const BindsModelColumn *column);
static int	alter_late_keys(const BindsModel *model, AppendKeyAction append,
							char ***statements);
static void append_alter(StringInfo buf, const char *schema, const char *table);
static void append_add_key(StringInfo buf, const BindsModel *model,
						   const BindsModelForeignKey *foreign_key);
static void append_drop_key(StringInfo buf, const BindsModel *model,
							const BindsModelForeignKey *foreign_key);
static void append_drop(StringInfo buf, const char *constraint);
static void append_column(StringInfo buf, const BindsModelColumn *column);
static void append_default(StringInfo buf, const BindsModelColumn *column);
static bool is_shown_short(const BindsModelColumn *column);
static const char *shown_literal(const char *sql);
static const char *in_digits(const char *sql);
static bool depends_on_mode(const char *sql);
static void append_start(StringInfo buf, const BindsModel *model);
static void append_enum(StringInfo buf, const BindsModelColumn *column);
static void append_comment(StringInfo buf, const char *comment, int limit);
static char *plain_name(const BindsModel *model, const char *name);
static bool is_taken(const BindsModel *model, const char *name, const char *full);
static bool would_be(const BindsModel *model, const char *name, const char *full);
static void append_foreign_key(StringInfo buf, const BindsModel *model,
							   const BindsModelForeignKey *foreign_key);
static int	shorten_parts(const BindsModelColumn *const *columns, int ncolumns, int limit,
						  int *lengths);
static char *index_statement(const BindsModel *model, const BindsModelIndex *index);
static bool comes_again(const BindsModelIndex *index, int place);

static const BindsDialect *const dialect = &binds_mysql_dialect;

/* ------------------------------------------------------------------------
 * What cannot be held
 * ------------------------------------------------------------------------ */

/* Refuse what the servers cannot hold. */
void
binds_mysql_check_model(const BindsModel *model)
{
	check_names(model);
	if (model->ncolumns == 0)
		refuse(model, NULL, "a table without columns", "Add a column.");
	for (int i = 0; i < model->ncolumns; i++)
		check_column(model, &model->columns[i]);
	check_row_size(model);
	for (int i = 0; i < model->nkeys; i++)
		check_key(model, model->keys[i].name, model->keys[i].columns,
				  model->keys[i].ncolumns);
	check_generated(model);
	for (int i = 0; i < model->nforeign_keys; i++)
		check_foreign_key(model, &model->foreign_keys[i]);
	for (int i = 0; i < model->nindexes; i++)
		check_index(model, &model->indexes[i]);
}

/* What they hold in part. */
List *
binds_mysql_tell_model(const BindsModel *model)
{
	List	   *told = NIL;

	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[i];

		told = tell_comment(model, column->name, column->comment,
							binds_mysql_comment_room(column, COLUMN_COMMENT_MAX), told);
	}
	for (int i = 0; i < model->nforeign_keys; i++)
	{
		if (model->foreign_keys[i].deferrable)
			told = binds_told_add(told, NULL,
								  psprintf("foreign key \"%s\" of model \"%s\" is checked at once on bind \"%s\"",
										   model->foreign_keys[i].name, model->name,
										   model->bind_key),
								  "The option \"deferrable\" of the bind is \"immediate\".",
								  NULL);
	}
	for (int i = 0; i < model->nindexes; i++)
	{
		const BindsModelIndex *index = &model->indexes[i];

		/* one that is skipped is told of for all dialects alike */
		if (!index->skip && index_is_left_out(index))
			told = binds_told_add(told, NULL,
								  psprintf("index \"%s\" of model \"%s\" is not made on bind \"%s\"",
										   index->name, model->name, model->bind_key),
								  "The engine has no partial indexes, none over expressions or more than 16 columns, and trees only.",
								  binds_model_index_way_out(index));
	}
	return tell_comment(model, NULL, model->comment, MY_TABLE_COMMENT_MAX, told);
}

static void
check_names(const BindsModel *model)
{
	check_name(model, "table", model->name);
	for (int i = 0; i < model->ncolumns; i++)
		check_name(model, "column", model->columns[i].name);
	for (int i = 0; i < model->nkeys; i++)
	{
		check_name(model, "constraint", model->keys[i].name);
		if (!model->keys[i].primary)
			check_not_primary(model, "constraint", model->keys[i].name);
	}
	for (int i = 0; i < model->nforeign_keys; i++)
		check_name(model, "constraint", model->foreign_keys[i].name);
	for (int i = 0; i < model->nchecks; i++)
		check_name(model, "constraint", model->checks[i].name);
	for (int i = 0; i < model->nindexes; i++)
	{
		check_name(model, "index", model->indexes[i].name);
		if (!index_is_left_out(&model->indexes[i]))
			check_not_primary(model, "index", model->indexes[i].name);
	}
}

/*
 * Names have at most 64 characters, which PostgreSQL's 63 bytes never exceed, none
 * beyond the basic plane, and no blank at the end.
 */
static void
check_name(const BindsModel *model, const char *kind, const char *name)
{
	size_t		length = name != NULL ? strlen(name) : 0;

	if (length == 0)
		return;
	for (const char *p = name; GetDatabaseEncoding() == PG_UTF8 && *p != '\0'; p++)
	{
		if ((unsigned char) *p >= 0xF0)
			refuse(model, NULL, psprintf("the %s name \"%s\"", kind, name),
				   "Use characters below U+10000 in names.");
	}
	if (name[length - 1] == ' ')
		refuse(model, NULL, psprintf("the %s name \"%s\"", kind, name),
			   "Use a name that does not end with a blank.");
}

static void
check_not_primary(const BindsModel *model, const char *kind, const char *name)
{
	if (pg_strcasecmp(name, PRIMARY_NAME) == 0)
		refuse(model, NULL, psprintf("the %s name \"%s\"", kind, name),
			   "Use a name that is not \"primary\": the primary key has it.");
}

static void
check_column(const BindsModel *model, const BindsModelColumn *column)
{
	BindsStorage storage;

	binds_mysql_resolve(&storage, column->base_typid, column->typmod, column->typtype,
						column->collation, NULL, NULL);
	switch (storage.codec)
	{
		case BINDS_CODEC_NONE:
			refuse(model, column->name, psprintf("type %s",
												 format_type_be(column->typid)),
				   binds_codec_way_out(column->typid,
									   "Use text or jsonb, and cast in a view."));
		case BINDS_CODEC_NUMERIC:
			check_numeric(model, column);
			break;
		case BINDS_CODEC_BPCHAR:
			if (column_length(column) > CHAR_MAX_LENGTH)
				refuse(model, column->name, "a char of more than 255 characters",
					   "Use varchar.");
			if (column_length(column) == 0)
				refuse(model, column->name, "a bpchar without a length",
					   "Use char(n) or text.");
			break;
		case BINDS_CODEC_ENUM:
			check_labels(model, column);
			break;
		default:
			break;
	}
}

static void
check_numeric(const BindsModel *model, const BindsModelColumn *column)
{
	int			precision;
	int			scale;

	if (column->typmod < (int32) VARHDRSZ)
		refuse(model, column->name, "numeric without precision and scale",
			   "Give them, as in numeric(20,6).");
	precision = ((column->typmod - VARHDRSZ) >> 16) & 0xffff;
	scale = (((column->typmod - VARHDRSZ) & 0x7ff) ^ 1024) - 1024;
	if (precision > DECIMAL_MAX_PRECISION || scale > DECIMAL_MAX_SCALE)
		refuse(model, column->name, psprintf("numeric(%d,%d)", precision, scale),
			   "Use at most 65 digits, 30 of them after the point.");
	if (scale < 0 || scale > precision)
		refuse(model, column->name, psprintf("numeric(%d,%d)", precision, scale),
			   "Use a scale from 0 to the precision.");
}

static void
check_labels(const BindsModel *model, const BindsModelColumn *column)
{
	for (int i = 0; i < column->nlabels; i++)
	{
		const char *label = column->enum_labels[i];
		size_t		length = strlen(label);

		if (length == 0 || label[length - 1] == ' ')
			refuse(model, column->name, psprintf("the enum label \"%s\"", label),
				   "Use labels that are not empty and do not end with a blank.");
		if (length > LABEL_MAX)
			refuse(model, column->name, psprintf("the enum label \"%s\"", label),
				   "Use labels of at most 255 bytes.");
	}
	if (column->nlabels == 0)
		refuse(model, column->name, "an enum without labels", "Add a label.");
}

/* All columns but the long ones share one row of 64 KB. */
static void
check_row_size(const BindsModel *model)
{
	int64		total = 0;

	for (int i = 0; i < model->ncolumns; i++)
		total += row_bytes(&model->columns[i]);
	if (total > ROW_BYTES_MAX)
		refuse(model, NULL, psprintf("rows of " INT64_FORMAT " bytes", total),
			   "Use text instead of long varchar columns.");
}

static void
check_key(const BindsModel *model, const char *name, const int *columns, int ncolumns)
{
	const BindsModelColumn **all = palloc(sizeof(BindsModelColumn *) * ncolumns);
	const BindsModelColumn *column;
	const char *hint;
	char	   *fault;

	for (int i = 0; i < ncolumns; i++)
		all[i] = &model->columns[columns[i]];
	fault = key_fault(all, ncolumns, &column, &hint);
	if (fault != NULL && column != NULL)
		refuse(model, column->name, psprintf("a key %s", fault), hint);
	if (fault != NULL)
		refuse(model, NULL, psprintf("the key \"%s\" %s", name, fault), hint);
}

/*
 * What no key over these columns can be, NULL if there is nothing; *column: the one that
 * is to blame, NULL: they are too many or too long.
 */
static char *
key_fault(const BindsModelColumn *const *columns, int ncolumns,
		  const BindsModelColumn **column, const char **hint)
{
	int			total = 0;

	for (int i = 0; i < ncolumns; i++)
	{
		int			bytes = index_bytes(columns[i]);

		if (bytes < 0)
		{
			*column = columns[i];
			*hint = "Use varchar(n) with n up to 768.";
			return psprintf("over type %s",
							format_type_with_typemod(columns[i]->typid,
													 columns[i]->typmod));
		}
		total += bytes;
	}
	*column = NULL;
	if (total > KEY_BYTES_MAX)
	{
		*hint = "A key has at most 3072 bytes, and a character counts four: use shorter varchar columns.";
		return psprintf("of %d bytes", total);
	}
	*hint = "A key has at most 16 columns.";
	return ncolumns > KEY_COLUMNS_MAX ? psprintf("of %d columns", ncolumns) : NULL;
}

const char *
binds_mysql_key_obstacle(const BindsModelColumn *const *columns, int ncolumns)
{
	const BindsModelColumn *column;
	const char *hint;

	return key_fault(columns, ncolumns, &column, &hint);
}

/* One AUTO_INCREMENT per table, and first in a key. */
static void
check_generated(const BindsModel *model)
{
	int			generated = -1;

	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].generated == BINDS_GENERATED_NO)
			continue;
		if (generated >= 0)
			refuse(model, model->columns[i].name, "a second generated key",
				   "One column of a table can be generated.");
		generated = i;
	}
	if (generated < 0)
		return;
	check_unchecked(model, &model->columns[generated]);
	for (int i = 0; i < model->nkeys; i++)
	{
		if (model->keys[i].columns[0] == generated)
			return;
	}
	refuse(model, model->columns[generated].name,
		   "a generated key that is not the first column of a key",
		   binds_model_key_hint(&model->columns[generated],
								"Make it the primary key, UNIQUE, or the first column of one."));
}

/*
 * The servers take no CHECK that reads an AUTO_INCREMENT column, and PostgreSQL checks
 * a row before they have made its key: nobody would keep the constraint.
 */
static void
check_unchecked(const BindsModel *model, const BindsModelColumn *generated)
{
	for (int i = 0; i < model->nchecks; i++)
	{
		Bitmapset  *used = NULL;

		pull_varattnos(model->checks[i].expr, 1, &used);
		if (bms_is_member(generated->attnum - FirstLowInvalidHeapAttributeNumber, used))
			refuse(model, generated->name,
				   psprintf("the check constraint \"%s\", for its values are generated",
							model->checks[i].name),
				   "Leave the column out of the constraint.");
	}
}

static void
check_foreign_key(const BindsModel *model, const BindsModelForeignKey *foreign_key)
{
	if (foreign_key->deferrable && !model->deferrable_at_once)
		refuse(model, NULL, psprintf("the deferrable foreign key \"%s\"",
									 foreign_key->name),
			   "Make it NOT DEFERRABLE, or give the bind the option \"deferrable\" \"immediate\": rows are then checked when they are written.");
	if (foreign_key->on_delete == FKCONSTR_ACTION_SETDEFAULT ||
		foreign_key->on_update == FKCONSTR_ACTION_SETDEFAULT)
		refuse(model, NULL, psprintf("SET DEFAULT of the foreign key \"%s\"",
									 foreign_key->name),
			   "Use SET NULL, CASCADE or NO ACTION.");
	if (foreign_key->on_delete != FKCONSTR_ACTION_SETNULL &&
		foreign_key->on_update != FKCONSTR_ACTION_SETNULL)
		return;
	for (int i = 0; i < foreign_key->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[foreign_key->columns[i]];

		if (column->not_null)
			refuse(model, column->name,
				   psprintf("NOT NULL and SET NULL of the foreign key \"%s\"",
							foreign_key->name),
				   "Let the column be NULL, or use CASCADE or NO ACTION.");
	}
}

/*
 * An index that can only make queries faster may be missing; one that keeps values
 * unique may not.
 */
static void
check_index(const BindsModel *model, const BindsModelIndex *index)
{
	if (index->skip || !index->unique)
		return;					/* said for all dialects alike, or told */
	if (index_is_left_out(index))
		refuse(model, NULL, psprintf("the unique index \"%s\", which is partial or over an expression",
									 index->name),
			   binds_model_index_way_out(index));
	check_key(model, index->name, index->columns, index->ncolumns);
}

/* column: NULL: it is the model's. */
static List *
tell_comment(const BindsModel *model, const char *column, const char *comment, int limit,
			 List *told)
{
	const char *what = psprintf("comment on %s \"%s\"", column != NULL ? "column" : "model",
								column != NULL ? column : model->name);
	Node	   *about;

	if (comment == NULL)
		return told;
	about = (Node *) makeString(unconstify(char *, comment));
	for (const char *p = comment; GetDatabaseEncoding() == PG_UTF8 && *p != '\0'; p++)
	{
		if ((unsigned char) *p < 0xF0)
			continue;
		told = binds_told_add(told, about,
							  psprintf("%s loses characters on bind \"%s\"", what,
									   model->bind_key),
							  "Comments have no characters from U+10000 on there.", NULL);
		break;
	}
	if (pg_mbstrlen(comment) <= limit)
		return told;
	return binds_told_add(told, about,
						  psprintf("%s is cut to %d characters on bind \"%s\"", what, limit,
								   model->bind_key),
						  NULL, NULL);
}

static void
refuse(const BindsModel *model, const char *column, const char *what, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 column != NULL ?
			 errmsg("column \"%s\" of model \"%s\" on bind \"%s\" cannot have %s",
					column, model->name, model->bind_key, what) :
			 errmsg("model \"%s\" on bind \"%s\" cannot have %s",
					model->name, model->bind_key, what),
			 errdetail("MySQL and MariaDB cannot hold it."),
			 errhint("%s", hint)));
}

static bool
index_is_left_out(const BindsModelIndex *index)
{
	if (index->skip || index->partial ||
		(!index->unique && index->ncolumns > KEY_COLUMNS_MAX))
		return true;
	for (int i = 0; i < index->ncolumns; i++)
	{
		if (index->columns[i] < 0)
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Types
 * ------------------------------------------------------------------------ */

/* n of char(n) and varchar(n), 0 without. */
static int
column_length(const BindsModelColumn *column)
{
	if (column->base_typid == NAMEOID)
		return NAMEDATALEN;
	return column->typmod >= (int32) VARHDRSZ ? column->typmod - (int32) VARHDRSZ : 0;
}

/* Is it a text that is kept as LONGTEXT? */
static bool
is_long_text(const BindsModelColumn *column)
{
	return column->base_typid == TEXTOID || column_length(column) == 0 ||
		column_length(column) > MY_VARCHAR_MAX;
}

/* Bytes that a column takes in an index; -1 if it cannot be in one. */
static int
index_bytes(const BindsModelColumn *column)
{
	BindsStorage storage;

	binds_mysql_resolve(&storage, column->base_typid, column->typmod, column->typtype,
						column->collation, NULL, NULL);
	switch (storage.codec)
	{
		case BINDS_CODEC_TEXT:
			return is_long_text(column) ? -1 : column_length(column) * 4;
		case BINDS_CODEC_BPCHAR:
			return column_length(column) * 4;
		case BINDS_CODEC_BYTEA:
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
		case BINDS_CODEC_PRINTED:
			return -1;
		case BINDS_CODEC_INTERVAL:
			return 64 * 4;
		case BINDS_CODEC_UUID:
			return 36;
		case BINDS_CODEC_NUMERIC:
			return 30;
		default:
			return 8;
	}
}

/* Bytes of a character of a column whose beginning can be in an index; 0: it cannot. */
static int
character_bytes(const BindsModelColumn *column)
{
	switch (binds_codec_of_type(column->base_typid, column->typtype))
	{
		case BINDS_CODEC_TEXT:
		case BINDS_CODEC_BPCHAR:
		case BINDS_CODEC_INTERVAL:
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
		case BINDS_CODEC_PRINTED:
			return 4;
		case BINDS_CODEC_BYTEA:
			return 1;
		default:
			return 0;
	}
}

/* Bytes that a column takes in its row: a long value only a pointer. */
static int
row_bytes(const BindsModelColumn *column)
{
	int			bytes = index_bytes(column);

	return bytes < 0 ? 12 : bytes + 2;
}

void
binds_mysql_append_type(StringInfo buf, const BindsModelColumn *column)
{
	BindsStorage storage;

	binds_mysql_resolve(&storage, column->base_typid, column->typmod, column->typtype,
						column->collation, NULL, NULL);
	switch (storage.codec)
	{
		case BINDS_CODEC_INT2:
			appendStringInfoString(buf, "SMALLINT");
			break;
		case BINDS_CODEC_INT4:
			appendStringInfoString(buf, "INT");
			break;
		case BINDS_CODEC_INT8:
			appendStringInfoString(buf, "BIGINT");
			break;
		case BINDS_CODEC_FLOAT4:
			appendStringInfoString(buf, "FLOAT");
			break;
		case BINDS_CODEC_FLOAT8:
			appendStringInfoString(buf, "DOUBLE");
			break;
		case BINDS_CODEC_NUMERIC:
			appendStringInfo(buf, "DECIMAL(%d,%d)",
							 ((column->typmod - VARHDRSZ) >> 16) & 0xffff,
							 (column->typmod - VARHDRSZ) & 0x7ff);
			break;
		case BINDS_CODEC_BOOL:
			appendStringInfoString(buf, "BOOLEAN");
			break;
		case BINDS_CODEC_TEXT:
			if (is_long_text(column))
				appendStringInfoString(buf, "LONGTEXT");
			else
				appendStringInfo(buf, "VARCHAR(%d)", column_length(column));
			break;
		case BINDS_CODEC_BPCHAR:
			appendStringInfo(buf, "CHAR(%d) COLLATE utf8mb4_bin", column_length(column));
			break;
		case BINDS_CODEC_BYTEA:
			appendStringInfoString(buf, "LONGBLOB");
			break;
		case BINDS_CODEC_DATE:
			appendStringInfoString(buf, "DATE");
			break;
		case BINDS_CODEC_TIME:
			appendStringInfo(buf, "TIME(%d)", storage.fraction);
			break;
		case BINDS_CODEC_TIMESTAMP:
		case BINDS_CODEC_TIMESTAMPTZ:
			appendStringInfo(buf, "DATETIME(%d)", storage.fraction);
			break;
		case BINDS_CODEC_INTERVAL:
			appendStringInfoString(buf, "VARCHAR(64)");
			break;
		case BINDS_CODEC_UUID:
			appendStringInfoString(buf, "CHAR(36) CHARACTER SET ascii COLLATE "
								   MY_UUID_COLLATION);
			break;
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
		case BINDS_CODEC_PRINTED:
			appendStringInfoString(buf, "LONGTEXT");
			break;
		case BINDS_CODEC_ENUM:
			append_enum(buf, column);
			break;
		case BINDS_CODEC_NONE:
			elog(ERROR, "type %u was not refused", column->base_typid);
	}
}

/* ENUM('a','b') in the type's order. */
static void
append_enum(StringInfo buf, const BindsModelColumn *column)
{
	appendStringInfoString(buf, "ENUM(");
	for (int i = 0; i < column->nlabels; i++)
	{
		if (i > 0)
			appendStringInfoChar(buf, ',');
		binds_mysql_append_string(buf, column->enum_labels[i],
								  strlen(column->enum_labels[i]));
	}
	appendStringInfoChar(buf, ')');
}

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

int
binds_mysql_create_statements(const BindsModel *model, const char *comment,
							  char ***statements)
{
	StringInfoData buf;
	int			n = 0;

	*statements = palloc(sizeof(char *) * (model->nindexes + 1));
	initStringInfo(&buf);
	appendStringInfoString(&buf, "CREATE TABLE ");
	binds_append_table(&buf, dialect, model->schema, model->name);
	appendStringInfoString(&buf, " (");
	for (int i = 0; i < model->ncolumns; i++)
	{
		appendStringInfoString(&buf, i > 0 ? ",\n    " : "\n    ");
		append_column(&buf, &model->columns[i]);
	}
	for (int i = 0; i < model->nkeys; i++)
	{
		appendStringInfoString(&buf, ",\n    ");
		binds_append_key(&buf, dialect, model, &model->keys[i]);
	}
	for (int i = 0; i < model->nforeign_keys; i++)
	{
		if (model->foreign_keys[i].late)
			continue;
		appendStringInfoString(&buf, ",\n    ");
		append_foreign_key(&buf, model, &model->foreign_keys[i]);
	}
	for (int i = 0; i < model->nchecks; i++)
	{
		BindsModelCheck check = model->checks[i];

		if (check.sql == NULL)
			continue;
		appendStringInfoString(&buf, ",\n    ");
		check.name = binds_mysql_constraint_name(model, check.name);
		binds_append_check(&buf, dialect, &check);
	}
	appendStringInfoString(&buf, "\n) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE "
						   MY_TEXT_COLLATION);
	append_start(&buf, model);
	append_comment(&buf, comment != NULL ? comment : model->comment, MY_TABLE_COMMENT_MAX);
	(*statements)[n++] = buf.data;

	for (int i = 0; i < model->nindexes; i++)
	{
		if (!index_is_left_out(&model->indexes[i]))
			(*statements)[n++] = index_statement(model, &model->indexes[i]);
	}
	return n;
}

int
binds_mysql_late_statements(const BindsModel *model, char ***statements)
{
	return alter_late_keys(model, append_add_key, statements);
}

int
binds_mysql_unlink_statements(const BindsModel *model, char ***statements)
{
	return alter_late_keys(model, append_drop_key, statements);
}

/* An ALTER TABLE for each late foreign key; returns how many. */
static int
alter_late_keys(const BindsModel *model, AppendKeyAction append, char ***statements)
{
	int			n = 0;

	*statements = palloc(sizeof(char *) * Max(model->nforeign_keys, 1));
	for (int i = 0; i < model->nforeign_keys; i++)
	{
		StringInfoData buf;

		if (!model->foreign_keys[i].late)
			continue;
		initStringInfo(&buf);
		append_alter(&buf, model->schema, model->name);
		append(&buf, model, &model->foreign_keys[i]);
		(*statements)[n++] = buf.data;
	}
	return n;
}

static void
append_alter(StringInfo buf, const char *schema, const char *table)
{
	appendStringInfoString(buf, "ALTER TABLE ");
	binds_append_table(buf, dialect, schema, table);
}

static void
append_add_key(StringInfo buf, const BindsModel *model,
			   const BindsModelForeignKey *foreign_key)
{
	appendStringInfoString(buf, " ADD ");
	append_foreign_key(buf, model, foreign_key);
}

/* MariaDB is told that the key may be gone already; MySQL cannot be. */
static void
append_drop_key(StringInfo buf, const BindsModel *model,
				const BindsModelForeignKey *foreign_key)
{
	append_drop(buf, binds_mysql_constraint_name(model, foreign_key->name));
}

static void
append_drop(StringInfo buf, const char *constraint)
{
	appendStringInfoString(buf, " DROP FOREIGN KEY /*M! IF EXISTS */ ");
	binds_append_name(buf, dialect, constraint);
}

char *
binds_mysql_unlink_statement(const char *schema, const char *table,
							 const char *constraint, const char *index)
{
	StringInfoData buf;

	initStringInfo(&buf);
	append_alter(&buf, schema, table);
	append_drop(&buf, constraint);
	if (index != NULL)
	{
		appendStringInfoString(&buf, ", DROP KEY ");
		binds_append_name(&buf, dialect, index);
	}
	return buf.data;
}

char *
binds_mysql_drop_statement(const char *schema, const char *table)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "DROP TABLE ");
	binds_append_table(&buf, dialect, schema, table);
	return buf.data;
}

char *
binds_mysql_next_key_statement(const char *schema, const char *table, int64 next)
{
	StringInfoData buf;

	initStringInfo(&buf);
	append_alter(&buf, schema, table);
	appendStringInfo(&buf, "AUTO_INCREMENT = " INT64_FORMAT, next);
	return buf.data;
}

char *
binds_mysql_lock_statement(const char *schema, const char *table)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "LOCK TABLES ");
	binds_append_table(&buf, dialect, schema, table);
	appendStringInfoString(&buf, " WRITE");
	return buf.data;
}

char *
binds_mysql_comment_statement(const char *schema, const char *table,
							  const char *comment)
{
	StringInfoData buf;

	initStringInfo(&buf);
	append_alter(&buf, schema, table);
	append_comment(&buf, comment != NULL ? comment : "", MY_TABLE_COMMENT_MAX);
	return buf.data;
}

static void
append_column(StringInfo buf, const BindsModelColumn *column)
{
	char	   *comment = binds_mysql_column_comment(column, COLUMN_COMMENT_MAX);
	BindsStorage storage;

	binds_mysql_resolve(&storage, column->base_typid, column->typmod, column->typtype,
						column->collation, NULL, NULL);
	binds_append_name(buf, dialect, column->name);
	appendStringInfoChar(buf, ' ');
	binds_mysql_append_type(buf, column);
	if (column->not_null || column->key || column->generated != BINDS_GENERATED_NO)
		appendStringInfoString(buf, " NOT NULL");
	if (column->generated != BINDS_GENERATED_NO)
		appendStringInfoString(buf, " AUTO_INCREMENT");
	else if (column->default_sql != NULL)
		append_default(buf, column);
	if (comment != NULL)
	{
		appendStringInfoString(buf, " COMMENT ");
		binds_mysql_append_string(buf, comment, strlen(comment));
	}
	if (storage.codec == BINDS_CODEC_JSON || storage.codec == BINDS_CODEC_JSONB)
	{
		appendStringInfoString(buf, " CHECK (json_valid(");
		binds_append_name(buf, dialect, column->name);
		appendStringInfoString(buf, "))");
	}
}

/*
 * DEFAULT.  Long values have no plain default, but an expression.  So has a FLOAT of which
 * a server would show less: it makes the default of that when it makes the table anew.  A
 * number in parentheses would be a plain one to MariaDB.
 */
static void
append_default(StringInfo buf, const BindsModelColumn *column)
{
	const char *sql = column->default_sql;

	if (is_shown_short(column))
		appendStringInfo(buf, " DEFAULT (CAST(%s AS DOUBLE))", sql);
	else if (index_bytes(column) >= 0 || sql[0] == '(')
		appendStringInfo(buf, " DEFAULT %s", sql);
	else
		appendStringInfo(buf, " DEFAULT (%s)", shown_literal(sql));
}

/* Is the default a number of a FLOAT that has more digits than servers show? */
static bool
is_shown_short(const BindsModelColumn *column)
{
	double		value;

	if (binds_codec_of_type(column->base_typid, column->typtype) != BINDS_CODEC_FLOAT4)
		return false;
	value = strtod(column->default_sql, NULL);
	return (float4) strtod(psprintf("%.*g", FLT_DIG, value), NULL) != (float4) value;
}

/*
 * A literal that means the same in an expression that is read again in another sql_mode:
 * a text that does not is written in hexadecimal digits.
 */
const char *
binds_mysql_stored_literal(const char *sql)
{
	return sql[0] != '\'' || !depends_on_mode(sql) ? sql : in_digits(sql);
}

/*
 * One that servers show as it is, too: they show other bytes of what is not ASCII, or a
 * question mark, so that it is not known whether that is one.
 */
static const char *
shown_literal(const char *sql)
{
	return sql[0] != '\'' || (pg_is_ascii(sql) && strchr(sql, '?') == NULL) ?
		binds_mysql_stored_literal(sql) : in_digits(sql);
}

/* A text in quotes by its bytes. */
static const char *
in_digits(const char *sql)
{
	StringInfoData buf;

	sql = binds_text_to_engine(sql);
	initStringInfo(&buf);
	appendStringInfoString(&buf, "CONVERT(X'");
	for (const char *p = sql + 1; p[1] != '\0'; p++)
	{
		appendStringInfo(&buf, "%02X", (unsigned char) *p);
		if (*p == '\'')
			p++;				/* it is doubled */
	}
	appendStringInfoString(&buf, "' USING utf8mb4)");
	return buf.data;
}

/*
 * Does the meaning of an expression depend on the sql_mode?  MySQL keeps expressions as
 * text, in which it writes quotes, backslashes and line breaks of a literal with a
 * backslash, and reads them again in the session's mode or in one of its own.
 */
static bool
depends_on_mode(const char *sql)
{
	char		quote = '\0';

	for (const char *p = sql; *p != '\0'; p++)
	{
		if (quote == '\0' && (*p == '\'' || *p == '`'))
			quote = *p;
		else if (*p == quote && p[1] == quote)
		{
			if (quote == '\'')
				return true;
			p++;
		}
		else if (*p == quote)
			quote = '\0';
		else if (*p == '\\' || (quote == '\'' && strchr("\n\r\032", *p) != NULL))
			return true;
	}
	return false;
}

const char *
binds_mysql_expression_obstacle(const char *sql)
{
	return depends_on_mode(sql) ?
		"MySQL may read a text with a quote, a backslash or a line break in a stored expression in another way." : NULL;
}

/* The table option AUTO_INCREMENT, where the generated key does not begin at 1. */
static void
append_start(StringInfo buf, const BindsModel *model)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[i];

		if (column->generated != BINDS_GENERATED_NO && column->sequence != NULL &&
			column->sequence->start > 1)
			appendStringInfo(buf, " AUTO_INCREMENT=" INT64_FORMAT, column->sequence->start);
	}
}

/* The table option COMMENT; nothing for NULL. */
static void
append_comment(StringInfo buf, const char *comment, int limit)
{
	if (comment == NULL)
		return;
	appendStringInfoString(buf, " COMMENT=");
	binds_mysql_append_string(buf, comment,
							  pg_mbcharcliplen(comment, strlen(comment), limit));
}

/*
 * The name of a foreign key or check.  It is unique in its database there, in its table
 * here: one that does not begin with the table's name gets it in front.  One that another
 * part of the table would have, too, is made different by a number of its own.
 */
char *
binds_mysql_constraint_name(const BindsModel *model, const char *name)
{
	char	   *full = plain_name(model, name);
	char	   *whole;
	pg_crc32c	crc;

	if (!is_taken(model, name, full))
		return full;
	whole = psprintf("%s.%s", model->name, name);
	INIT_CRC32C(crc);
	COMP_CRC32C(crc, whole, strlen(whole));
	FIN_CRC32C(crc);
	full[pg_mbcharcliplen(full, strlen(full), dialect->name_max - 9)] = '\0';
	return psprintf("%s_%08x", full, crc);
}

static char *
plain_name(const BindsModel *model, const char *name)
{
	char	   *full;

	if (strncmp(name, model->name, strlen(model->name)) == 0)
		return pstrdup(name);
	full = psprintf("%s_%s", model->name, name);
	full[pg_mbcharcliplen(full, strlen(full), dialect->name_max)] = '\0';
	return full;
}

/*
 * Would something else of the table have the name "full" of the constraint "name"?  Case
 * does not count, and a foreign key may bring an index of its name.
 */
static bool
is_taken(const BindsModel *model, const char *name, const char *full)
{
	bool		is_key = false;

	for (int i = 0; i < model->nforeign_keys; i++)
	{
		if (strcmp(model->foreign_keys[i].name, name) == 0)
			is_key = true;
		else if (would_be(model, model->foreign_keys[i].name, full))
			return true;
	}
	for (int i = 0; i < model->nchecks; i++)
	{
		if (strcmp(model->checks[i].name, name) != 0 &&
			would_be(model, model->checks[i].name, full))
			return true;
	}
	for (int i = 0; is_key && i < model->nkeys; i++)
	{
		if (!model->keys[i].primary &&
			binds_text_same_folded(model->keys[i].name, full))
			return true;
	}
	for (int i = 0; is_key && i < model->nindexes; i++)
	{
		if (!index_is_left_out(&model->indexes[i]) &&
			binds_text_same_folded(model->indexes[i].name, full))
			return true;
	}
	return is_key && pg_strcasecmp(full, PRIMARY_NAME) == 0;
}

/* Has a constraint this name, unless it is made different? */
static bool
would_be(const BindsModel *model, const char *name, const char *full)
{
	return binds_text_same_folded(plain_name(model, name), full);
}

static void
append_foreign_key(StringInfo buf, const BindsModel *model,
				   const BindsModelForeignKey *foreign_key)
{
	BindsModelForeignKey renamed = *foreign_key;

	renamed.name = binds_mysql_constraint_name(model, foreign_key->name);
	binds_append_foreign_key(buf, dialect, model, &renamed, false);
}

/*
 * Texts are indexed by their beginning where they are longer than what lets all columns
 * fit.  They always can: other columns are short, and not many.
 */
bool
binds_mysql_index_lengths(const BindsModelColumn *const *columns, int ncolumns,
						  int *lengths)
{
	int			limit = MY_INDEX_PREFIX;

	if (ncolumns > KEY_COLUMNS_MAX)
		return false;
	while (shorten_parts(columns, ncolumns, limit, lengths) > KEY_BYTES_MAX)
		limit--;
	return true;
}

/*
 * Limit the parts of an index to so many characters; lengths: of each what it is cut to,
 * 0 if it is not.  Returns the bytes of all.
 */
static int
shorten_parts(const BindsModelColumn *const *columns, int ncolumns, int limit,
			  int *lengths)
{
	int			total = 0;

	for (int i = 0; i < ncolumns; i++)
	{
		int			bytes = index_bytes(columns[i]);
		int			width = character_bytes(columns[i]);
		bool		cut = width > 0 && (bytes < 0 || bytes > limit * width);

		lengths[i] = cut ? limit : 0;
		total += cut ? limit * width : bytes;
	}
	return total;
}

/*
 * CREATE INDEX.  One that keeps values unique is over whole columns: see check_key.  A
 * column that comes again, which the servers refuse, adds nothing.
 */
static char *
index_statement(const BindsModel *model, const BindsModelIndex *index)
{
	const BindsModelColumn **columns = palloc(sizeof(BindsModelColumn *) * index->ncolumns);
	int		   *lengths = palloc0(sizeof(int) * index->ncolumns);
	bool	   *descending = palloc(sizeof(bool) * index->ncolumns);
	int			n = 0;
	StringInfoData buf;

	for (int i = 0; i < index->ncolumns; i++)
	{
		if (comes_again(index, i))
			continue;
		columns[n] = &model->columns[index->columns[i]];
		descending[n++] = index->descending[i];
	}
	if (!index->unique)
		(void) binds_mysql_index_lengths(columns, n, lengths);
	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE %sINDEX ", index->unique ? "UNIQUE " : "");
	binds_append_name(&buf, dialect, index->name);
	appendStringInfoString(&buf, " ON ");
	binds_append_table(&buf, dialect, model->schema, model->name);
	appendStringInfoString(&buf, " (");
	for (int i = 0; i < n; i++)
	{
		if (i > 0)
			appendStringInfoString(&buf, ", ");
		binds_append_name(&buf, dialect, columns[i]->name);
		if (lengths[i] > 0)
			appendStringInfo(&buf, "(%d)", lengths[i]);
		if (descending[i])
			appendStringInfoString(&buf, " DESC");
	}
	appendStringInfoChar(&buf, ')');
	return buf.data;
}

/* Is a column of an index one that came before? */
static bool
comes_again(const BindsModelIndex *index, int place)
{
	for (int i = 0; i < place; i++)
	{
		if (index->columns[i] == index->columns[place])
			return true;
	}
	return false;
}
