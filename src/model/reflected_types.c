/*
 * reflected_types.c
 *	  Which of an engine's tables are wanted, and as which types.
 *
 * A column that is read as another type than its own says what the engine's is: nothing
 * is compared then that the engine would compare otherwise.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "datatype/timestamp.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/varlena.h"

#include "compat.h"
#include "dialect/text.h"
#include "dialect/reflected.h"
#include "model/model.h"
#include "model/reflected_types.h"

#define CASE_HINT	"Names are compared as the engine has them, with their case."

static const char *say_near(const char *name, bool cut, const BindsReflectedTable *tables,
							int ntables, List *views, const char *bind);
static void note_near(BindsReflectNames *names, const BindsReflectedTable *tables,
					  int ntables, List *views, const char *bind_key);
static char *only_hint(const BindsReflectNames *names);
static List *strike(List *names, const char *name);
static char *quoted_list(List *names);
static bool is_named(List *names, const char *name);
static void take_note(BindsReflectedTable *table, BindsReflectedColumn *column,
					  const BindsDialect *dialect);
static bool take_noted_type(BindsReflectedColumn *column, const BindsDialect *dialect);
static bool is_of_type(const BindsReflectedColumn *column, Oid typid, int32 typmod);
static bool take_noted_domain(BindsReflectedTable *table, BindsReflectedColumn *column);
static Oid	find_type(const char *name, int32 *typmod);
static bool is_harmless(Oid typid);
static bool read_interval_typmod(const char *text, int32 *typmod);
static bool can_be(const BindsReflectedColumn *column, const BindsModelColumn *noted,
				   const BindsDialect *dialect);
static bool has_lost_type(const BindsReflectedColumn *column);
static bool starts_with(const char *text, const char *start);
static bool is_moment(const char *type);
static void set_type(BindsReflectedColumn *column, const char *type);
static void leave_default(BindsReflectedColumn *column);
static bool begins_key(const BindsReflectedTable *table, const char *column);
static const BindsModelColumn **model_columns(const BindsReflectedTable *table,
											  char **names, int n);
static void read_column(BindsModelColumn *result, const BindsReflectedColumn *column);

void
binds_reflected_retype(BindsReflectedTable *table, const BindsDialect *dialect,
					   const BindsReflectOptions *options)
{
	if (options->temporal != NULL && dialect->resolve_temporal == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("option \"temporal\" is not possible in dialect \"%s\"",
						dialect->name),
				 errdetail("Its columns of dates and times hold no numbers.")));
	for (int i = 0; i < table->ncolumns; i++)
	{
		BindsReflectedColumn *column = &table->columns[i];

		take_note(table, column, dialect);
		if (column->generated_key || column->declared == NULL)
			continue;
		if (is_named(options->as_text, column->name) ||
			is_named(options->as_text, psprintf("%s.%s", table->name, column->name)))
			set_type(column, "text");
		else if (has_lost_type(column))
			table->left_out = lappend(table->left_out,
									  psprintf("type %s of column \"%s\" (it is text)",
											   column->noted_type, column->name));
		else if (column->type == NULL)
			continue;
		else if (options->smallint && strcmp(column->type, "boolean") == 0 &&
				 starts_with(column->declared, "tinyint"))
			set_type(column, "smallint");
		else if (options->no_limits && dialect->loose_types &&
				 (starts_with(column->type, "character") ||
				  starts_with(column->type, "varchar") ||
				  starts_with(column->type, "char")))
			set_type(column, "text");
		else if (options->no_limits && dialect->loose_types &&
				 starts_with(column->type, "numeric("))
			set_type(column, "numeric");
		else if (options->temporal != NULL && is_moment(column->type))
		{
			column->temporal = options->temporal;
			leave_default(column);
		}
	}
}

void
binds_reflected_judge(BindsReflectedTable *table, const BindsDialect *dialect)
{
	for (int i = 0; i < table->nkeys && dialect->key_obstacle != NULL; i++)
	{
		BindsReflectedKey *key = &table->keys[i];
		const char *obstacle;

		if (key->no_model != NULL ||
			!binds_reflected_indexable(table, key->columns, key->ncolumns))
			continue;
		obstacle = dialect->key_obstacle(model_columns(table, key->columns,
													   key->ncolumns), key->ncolumns);
		if (obstacle != NULL)
			key->no_model = psprintf("create_all makes no key %s", obstacle);
	}
	for (int i = 0; i < table->nindexes && dialect->index_lengths != NULL; i++)
	{
		const BindsReflectedIndex *index = &table->indexes[i];
		int		   *anew = palloc(sizeof(int) * Max(index->ncolumns, 1));

		if (index->unique ||
			!binds_reflected_indexable(table, index->columns, index->ncolumns))
			continue;
		if (!dialect->index_lengths(model_columns(table, index->columns, index->ncolumns),
									index->ncolumns, anew))
		{
			table->not_anew = lappend(table->not_anew,
									  psprintf("index \"%s\"", index->name));
			continue;
		}
		for (int j = 0; j < index->ncolumns; j++)
		{
			int			length = index->lengths != NULL ? index->lengths[j] : 0;

			if (anew[j] != length)
				binds_not_anew_part(table, "length", index->columns[j], "index",
									index->name);
		}
	}
	for (int i = 0; i < table->ncolumns; i++)
	{
		BindsReflectedColumn *column = &table->columns[i];

		column->only_engine_generates = column->generated_key &&
			!begins_key(table, column->name);
	}
}

/* ------------------------------------------------------------------------
 * What create_all has noted
 * ------------------------------------------------------------------------ */

/*
 * What says nothing that create_all would have noted of the column is a comment as others
 * write them.
 */
static void
take_note(BindsReflectedTable *table, BindsReflectedColumn *column,
		  const BindsDialect *dialect)
{
	bool		taken = false;

	if (!column->generated_key && column->declared != NULL)
	{
		taken = column->noted_type != NULL && take_noted_type(column, dialect);
		taken |= take_noted_domain(table, column);
		taken |= has_lost_type(column);
	}
	if (!taken && column->noted_comment != NULL)
		column->comment = column->noted_comment;
}

/*
 * Give a column the type that create_all has noted, if a column of that type is declared
 * as this one is: others may have changed the one or the other.  One that the declaration
 * tells is not noted.
 */
static bool
take_noted_type(BindsReflectedColumn *column, const BindsDialect *dialect)
{
	BindsModelColumn noted = {.name = column->name, .typmod = -1};

	noted.typid = find_type(column->noted_type, &noted.typmod);
	if (!OidIsValid(noted.typid) || get_typtype(noted.typid) == TYPTYPE_DOMAIN ||
		is_of_type(column, noted.typid, noted.typmod))
		return false;
	noted.base_typid = noted.typid;
	noted.typtype = get_typtype(noted.typid);
	if (noted.typtype == TYPTYPE_ENUM)
		noted.enum_labels = binds_model_enum_labels(noted.typid, &noted.nlabels);
	if (noted.typid == TIMESTAMPTZOID && column->type != NULL)
		(void) sscanf(column->type, "timestamp(%d)", &noted.typmod);
	if (!can_be(column, &noted, dialect))
		return false;

	/* a moment without a zone is in UTC there */
	if (noted.typid == TIMESTAMPTZOID && column->default_expr != NULL)
	{
		size_t		length = strlen(column->default_expr);

		if (column->default_expr[0] == '\'' && column->default_expr[length - 1] == '\'')
			column->default_expr = psprintf("%.*s+00'", (int) length - 1,
											column->default_expr);
		else if (strcmp(column->default_expr, "(now() AT TIME ZONE 'UTC')") == 0)
		{
			column->default_expr = pstrdup("now()");
			column->engine_default = false;
		}
		else
			leave_default(column);
	}
	column->type = format_type_extended(noted.typid, noted.typmod,
										FORMAT_TYPE_TYPEMOD_GIVEN | FORMAT_TYPE_FORCE_QUALIFY);
	column->nlabels = 0;
	column->engine_type = NULL;
	column->engine_collation = NULL;
	column->collates = false;
	return true;
}

static bool
is_of_type(const BindsReflectedColumn *column, Oid typid, int32 typmod)
{
	Oid			own;
	int32		own_typmod;

	if (column->type == NULL)
		return false;
	binds_compat_parse_type(column->type, &own, &own_typmod);
	return own == typid && own_typmod == typmod;
}

/*
 * Has create_all noted a type of the user's own that is not taken, and the column is text?
 */
static bool
has_lost_type(const BindsReflectedColumn *column)
{
	List	   *names;

	return column->noted_type != NULL && column->type != NULL &&
		strcmp(column->type, "text") == 0 &&
		SplitIdentifierString(pstrdup(column->noted_type), '.', &names) &&
		list_length(names) == 2;
}

/*
 * A domain is taken where it is one over the type that the column has.  Returns whether one
 * is noted: of one that is not taken it is told.
 */
static bool
take_noted_domain(BindsReflectedTable *table, BindsReflectedColumn *column)
{
	Oid			domain;
	int32		typmod = -1;
	int32		domain_typmod = -1;
	Oid			typid;

	if (column->noted_domain == NULL || column->noted_domain[0] == '\0')
		return false;
	domain = find_type(column->noted_domain, &typmod);
	if (column->type != NULL && OidIsValid(domain) &&
		get_typtype(domain) == TYPTYPE_DOMAIN)
	{
		binds_compat_parse_type(column->type, &typid, &typmod);
		if (typid == getBaseTypeAndTypmod(domain, &domain_typmod) &&
			typmod == domain_typmod)
		{
			column->type = format_type_extended(domain, -1, FORMAT_TYPE_FORCE_QUALIFY);
			return true;
		}
	}
	table->left_out = lappend(table->left_out,
							  psprintf("domain %s of column \"%s\" (it is %s)",
									   column->noted_domain, column->name,
									   column->type != NULL ? column->type : "an enum"));
	return true;
}

/*
 * A type of PostgreSQL's, an enum that the caller may use, or another type that is the
 * caller's own, or a superuser's, as its functions are; InvalidOid if there is none.  The
 * name is what the engine says, so no error is raised for one that is none.
 */
static Oid
find_type(const char *name, int32 *typmod)
{
	List	   *names;
	Oid			schema = PG_CATALOG_NAMESPACE;
	Oid			typid;
	const char *end = name;
	bool		quoted = false;

	for (; *end != '\0' && (quoted || strchr("( ", *end) == NULL); end++)
		quoted ^= *end == '"';
	if (!SplitIdentifierString(pnstrdup(name, end - name), '.', &names) ||
		list_length(names) < 1 || list_length(names) > 2)
		return InvalidOid;
	if (list_length(names) == 2)
		schema = get_namespace_oid(linitial(names), true);
	if (!OidIsValid(schema) ||
		binds_compat_schema_aclcheck(schema, GetUserId(), ACL_USAGE) != ACLCHECK_OK)
		return InvalidOid;
	typid = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, PointerGetDatum(llast(names)),
							ObjectIdGetDatum(schema));
	if (!OidIsValid(typid) ||
		(schema == PG_CATALOG_NAMESPACE ? get_typtype(typid) == TYPTYPE_COMPOSITE :
		 !is_harmless(typid)) ||
		binds_compat_type_aclcheck(typid, GetUserId()) != ACLCHECK_OK)
		return InvalidOid;
	return *end == '\0' || binds_model_read_typmod(typid, end, typmod) ? typid : InvalidOid;
}

/* Does a type call no functions but those of who may have any called? */
static bool
is_harmless(Oid typid)
{
	Oid			element = get_element_type(typid);
	HeapTuple	tuple;
	Oid			owner;

	if (OidIsValid(element))
		return is_harmless(element);
	if (get_typtype(typid) == TYPTYPE_ENUM)
		return true;
	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(typid));
	if (!HeapTupleIsValid(tuple))
		return false;
	owner = ((Form_pg_type) GETSTRUCT(tuple))->typowner;
	ReleaseSysCache(tuple);
	return owner == GetUserId() || superuser_arg(owner);
}

bool
binds_model_read_typmod(Oid typid, const char *text, int32 *typmod)
{
	int			a = -1;
	int			b = 0;
	Oid			element = get_element_type(typid);
	bool		valid = false;

	if (OidIsValid(element))
		typid = element;
	(void) sscanf(text, "(%d,%d", &a, &b);
	switch (typid)
	{
		case BITOID:
		case VARBITOID:
			valid = a > 0 && a <= MaxAttrSize * BITS_PER_BYTE;
			*typmod = a;
			break;
		case BPCHAROID:
		case VARCHAROID:
			valid = a > 0 && a <= MaxAttrSize;
			*typmod = a + (int32) VARHDRSZ;
			break;
		case TIMEOID:
		case TIMETZOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			valid = a >= 0 && a <= MAX_TIME_PRECISION;
			*typmod = a;
			break;
		case NUMERICOID:
			valid = a > 0 && a <= NUMERIC_MAX_PRECISION && abs(b) <= 1000;
			*typmod = ((a << 16) | (b & 0x7ff)) + (int32) VARHDRSZ;
			break;
		case INTERVALOID:
			return read_interval_typmod(text, typmod);
		default:
			break;
	}

	/* as it would be shown, nothing else */
	return valid && strcmp(text, binds_model_typmod_text(typid, *typmod)) == 0;
}

char *
binds_model_typmod_text(Oid typid, int32 typmod)
{
	HeapTuple	tuple;
	Oid			function;

	if (typmod < 0)
		return "";
	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(typid));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", typid);
	function = ((Form_pg_type) GETSTRUCT(tuple))->typmodout;
	ReleaseSysCache(tuple);
	return OidIsValid(function) ?
		DatumGetCString(OidFunctionCall1(function, Int32GetDatum(typmod))) : "";
}

/* That which is shown so. */
static bool
read_interval_typmod(const char *text, int32 *typmod)
{
	static const int ranges[] = {
		INTERVAL_FULL_RANGE,
		INTERVAL_MASK(YEAR), INTERVAL_MASK(MONTH), INTERVAL_MASK(DAY),
		INTERVAL_MASK(HOUR), INTERVAL_MASK(MINUTE), INTERVAL_MASK(SECOND),
		INTERVAL_MASK(YEAR) | INTERVAL_MASK(MONTH),
		INTERVAL_MASK(DAY) | INTERVAL_MASK(HOUR),
		INTERVAL_MASK(DAY) | INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE),
		INTERVAL_MASK(DAY) | INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE) | INTERVAL_MASK(SECOND),
		INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE),
		INTERVAL_MASK(HOUR) | INTERVAL_MASK(MINUTE) | INTERVAL_MASK(SECOND),
		INTERVAL_MASK(MINUTE) | INTERVAL_MASK(SECOND)
	};

	for (size_t i = 0; i < lengthof(ranges); i++)
	{
		for (int digits = -1; digits <= MAX_INTERVAL_PRECISION; digits++)
		{
			*typmod = INTERVAL_TYPMOD(digits < 0 ? INTERVAL_FULL_PRECISION : digits,
									  ranges[i]);
			if (strcmp(text, binds_model_typmod_text(INTERVALOID, *typmod)) == 0)
				return true;
		}
	}
	return false;
}

/* Would create_all declare a column of the noted type as this one is declared? */
static bool
can_be(const BindsReflectedColumn *column, const BindsModelColumn *noted,
	   const BindsDialect *dialect)
{
	BindsStorage storage;
	StringInfoData declaration;
	size_t		n = strlen(column->declared);

	dialect->resolve(&storage, noted->base_typid, noted->typmod, noted->typtype,
					 get_typcollation(noted->typid), NULL, NULL);
	if (storage.codec == BINDS_CODEC_NONE)
		return false;
	if (storage.codec == BINDS_CODEC_JSONB &&
		(column->type == NULL || strcmp(column->type, "json") != 0))
		return false;			/* any text may be in it */
	if (noted->nlabels != column->nlabels)
		return false;
	for (int i = 0; i < noted->nlabels; i++)
	{
		if (strcmp(noted->enum_labels[i], column->enum_labels[i]) != 0)
			return false;
	}
	if (noted->nlabels > 0)
		return true;			/* servers spell labels in their own way */
	initStringInfo(&declaration);
	dialect->append_type(&declaration, noted);

	/* engines say of no digits nothing */
	return pg_strncasecmp(declaration.data, column->declared, n) == 0 &&
		(declaration.data[n] == '\0' || declaration.data[n] == ' ' ||
		 strcmp(declaration.data + n, "(0)") == 0);
}

/* Of the model.  An index is no help: it is made after the table. */
static bool
begins_key(const BindsReflectedTable *table, const char *column)
{
	for (int i = 0; i < table->nkeys; i++)
	{
		if (binds_reflected_in_model(table, &table->keys[i]) &&
			strcmp(table->keys[i].columns[0], column) == 0)
			return true;
	}
	return false;
}

/* Columns of a table, by their names, as they are in a model of it. */
static const BindsModelColumn **
model_columns(const BindsReflectedTable *table, char **names, int n)
{
	BindsModelColumn *columns = palloc0(sizeof(BindsModelColumn) * n);
	const BindsModelColumn **result = palloc(sizeof(BindsModelColumn *) * n);

	for (int i = 0; i < n; i++)
	{
		result[i] = &columns[i];
		for (int j = 0; j < table->ncolumns; j++)
		{
			if (strcmp(table->columns[j].name, names[i]) == 0)
				read_column(&columns[i], &table->columns[j]);
		}
	}
	return result;
}

/* The type of an enum is yet to be made. */
static void
read_column(BindsModelColumn *result, const BindsReflectedColumn *column)
{
	result->name = column->name;
	result->typmod = -1;
	result->typtype = TYPTYPE_ENUM;
	if (column->type == NULL)
		return;
	binds_compat_parse_type(column->type, &result->typid, &result->typmod);
	result->base_typid = getBaseTypeAndTypmod(result->typid, &result->typmod);
	result->typtype = get_typtype(result->base_typid);
	result->collation = get_typcollation(result->typid);
}

bool
binds_reflected_wanted(const BindsReflectedTable *table,
					   const BindsReflectOptions *options)
{
	return (!options->limited || is_named(options->only, table->name)) &&
		!is_named(options->except, table->name);
}

void
binds_reflected_require(List *names, bool cut, const BindsReflectedTable *tables,
						int ntables, List *views, const char *bind_key)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		bool		found = false;
		const char *near;

		for (int i = 0; i < ntables && !found; i++)
			found = strcmp(cut ? binds_cut_name(tables[i].name) : tables[i].name,
						   lfirst(lc)) == 0;
		if (found)
			continue;
		near = say_near(lfirst(lc), cut, tables, ntables, views, "It");
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("bind \"%s\" has no table \"%s\"", bind_key, (char *) lfirst(lc)),
				 near != NULL ? errhint("%s", near) : errhint(CASE_HINT)));
	}
}

/* What the bind has for a name that is no table's: a sentence, or NULL. */
static const char *
say_near(const char *name, bool cut, const BindsReflectedTable *tables, int ntables,
		 List *views, const char *bind)
{
	if (is_named(views, name))
		return psprintf("%s has a view or virtual table \"%s\"; foreign tables of those are made by the option {\"views\": true}.",
						bind, name);
	for (int i = 0; i < ntables; i++)
	{
		const char *other = cut ? binds_cut_name(tables[i].name) : tables[i].name;

		if (pg_strcasecmp(other, name) == 0)
			return psprintf("%s has a table \"%s\".", bind, other);
	}
	return NULL;
}

/* ------------------------------------------------------------------------
 * Names that there are not
 * ------------------------------------------------------------------------ */

void
binds_reflected_names(BindsReflectNames *names, const BindsReflectOptions *options)
{
	memset(names, 0, sizeof(*names));
	names->only = list_copy(options->only);
	names->except = list_copy(options->except);
	names->as_text = list_copy(options->as_text);
}

void
binds_reflected_strike(BindsReflectNames *names, const BindsReflectedTable *tables,
					   int ntables, List *views, const char *bind_key)
{
	ListCell   *lc;

	foreach(lc, views)
		names->except = strike(names->except, lfirst(lc));
	for (int i = 0; i < ntables; i++)
	{
		const BindsReflectedTable *table = &tables[i];

		names->only = strike(names->only, table->name);
		names->except = strike(names->except, table->name);
		for (int j = 0; j < table->ncolumns && names->as_text != NIL; j++)
		{
			const char *column = table->columns[j].name;

			if (column == NULL)
				continue;		/* of a table that could not be read */
			names->as_text = strike(names->as_text, column);
			names->as_text = strike(names->as_text,
									psprintf("%s.%s", table->name, column));
		}
	}
	note_near(names, tables, ntables, views, bind_key);
}

/* Note what this bind has for the names that have not been met yet. */
static void
note_near(BindsReflectNames *names, const BindsReflectedTable *tables, int ntables,
		  List *views, const char *bind_key)
{
	const char *bind = bind_key != NULL ? psprintf("Bind \"%s\"", bind_key) :
		"The default bind";
	ListCell   *lc;

	if (bind_key == NULL)
		names->default_bind = true;
	foreach(lc, names->only)
	{
		const char *near = say_near(lfirst(lc), false, tables, ntables, views, bind);

		if (near != NULL)
			names->near = lappend(names->near,
								  list_make2(lfirst(lc), unconstify(char *, near)));
	}
}

static List *
strike(List *names, const char *name)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		if (strcmp(lfirst(lc), name) == 0)
			names = foreach_delete_current(names, lc);
	}
	return names;
}

void
binds_reflected_refuse_unmet(const BindsReflectNames *names, bool import)
{
	if (names->only != NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("option \"only\" names tables that are not there"),
				 errdetail("Not there: %s.", quoted_list(names->only)),
				 errhint("%s", only_hint(names))));
	if (names->as_text != NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("option \"as_text\" names columns that are not there"),
				 errdetail("Not there: %s.", quoted_list(names->as_text)),
				 import ?
				 errhint("Write column or table.column as the engine spells them, in double quotes if there are capitals: '\"Column\", \"Table.Column\"'. Columns of views are there if views are asked for.") :
				 errhint("Write \"column\" or \"table.column\" as the engine spells them. Columns of views are there if views are asked for.")));
	if (names->except != NIL)
		ereport(WARNING,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("option \"except\" names tables that are not there"),
				 errdetail("Not there: %s.", quoted_list(names->except)),
				 errhint("Write names as the engine spells them.")));
}

/* The way out for names of "only" that no bind has. */
static char *
only_hint(const BindsReflectNames *names)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, names->near)
	{
		List	   *near = lfirst(lc);

		if (is_named(names->only, linitial(near)))
			appendStringInfo(&buf, "%s ", (char *) lsecond(near));
	}
	if (names->default_bind)
		appendStringInfoString(&buf, "Of the default bind they are the tables of the current schema. ");
	if (buf.len == 0)
		return CASE_HINT;
	buf.data[--buf.len] = '\0';
	return buf.data;
}

static char *
quoted_list(List *names)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, names)
		binds_text_list_add(&buf, lfirst(lc));
	return buf.data;
}

static bool
is_named(List *names, const char *name)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		if (strcmp(lfirst(lc), name) == 0)
			return true;
	}
	return false;
}

static bool
starts_with(const char *text, const char *start)
{
	return pg_strncasecmp(text, start, strlen(start)) == 0;
}

/* What may be kept as a number: date, timestamp, timestamptz. */
static bool
is_moment(const char *type)
{
	return strcmp(type, "date") == 0 || starts_with(type, "timestamp");
}

static void
set_type(BindsReflectedColumn *column, const char *type)
{
	column->type = pstrdup(type);
	column->nlabels = 0;
	column->engine_type = column->declared;
	column->engine_collation = column->declared_collation;
	leave_default(column);
}

/* The default was made for values as they were before, so it is the engine's now. */
static void
leave_default(BindsReflectedColumn *column)
{
	column->default_expr = NULL;
	column->engine_default = column->has_default;
}
