/*
 * misfits.c
 *	  Where a table that create_all attaches to is not what the model says.
 *
 * Nothing is refused: what does not fit is an error when it is written.  Found is what lacks,
 * and what keeps less than the model's type, with the type that would fit.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "commands/work.h"
#include "compat.h"

static const BindsReflectedColumn *find_column(const BindsWork *work,
											   const BindsWorkItem *item,
											   const char *name);
static char *fitting_type(const BindsModelColumn *column,
						  const BindsReflectedColumn *engine);
static bool keeps_less(const BindsModelColumn *column, Oid typid, int32 typmod);
static bool is_moment(Oid typid);
static int	digits(int32 typmod);
static int	whole_bytes(Oid typid);
static int	text_length(Oid typid, int32 typmod);
static BindsMisfit *add(List **misfits, const char *column, const char *words);

List *
binds_work_misfits(const BindsWork *work, const BindsWorkItem *item)
{
	const BindsDialect *dialect = work->bind->dialect;
	List	   *misfits = NIL;

	for (int i = 0; i < item->model->ncolumns; i++)
	{
		const BindsModelColumn *column = &item->model->columns[i];
		const BindsReflectedColumn *engine = find_column(work, item, column->name);
		BindsMisfit *misfit;
		StringInfoData wide;
		char	   *type;

		if (engine == NULL)
			(void) add(&misfits, column->name, "missing");
		else if (column->generated != BINDS_GENERATED_NO && !engine->generated_key)
			(void) add(&misfits, column->name, "not generated");
		if (engine == NULL || dialect->loose_types ||
			(type = fitting_type(column, engine)) == NULL)
			continue;
		misfit = add(&misfits, column->name, psprintf("keeps %s only", type));
		initStringInfo(&wide);
		dialect->append_type(&wide, column);
		misfit->fitting = type;
		misfit->wide = wide.data;
	}
	return misfits;
}

static const BindsReflectedColumn *
find_column(const BindsWork *work, const BindsWorkItem *item, const char *name)
{
	for (int i = 0; i < item->engine->ncolumns; i++)
	{
		const BindsReflectedColumn *engine = &item->engine->columns[i];

		if (strcmp(engine->name, name) == 0 ||
			(work->bind->dialect->folds_columns &&
			 pg_strcasecmp(engine->name, name) == 0))
			return engine;
	}
	return NULL;
}

/* The type with which the model would fit a column that keeps less; NULL: it does not. */
static char *
fitting_type(const BindsModelColumn *column, const BindsReflectedColumn *engine)
{
	Oid			typid;
	int32		typmod = -1;

	if (engine->type == NULL)
		return NULL;			/* an enum */
	binds_compat_parse_type(engine->type, &typid, &typmod);
	if (!keeps_less(column, typid, typmod))
		return NULL;
	if (is_moment(column->base_typid))
		return format_type_with_typemod(column->base_typid, digits(typmod));
	return engine->type;
}

static bool
keeps_less(const BindsModelColumn *column, Oid typid, int32 typmod)
{
	Oid			wanted = column->base_typid;
	int			length = text_length(typid, typmod);

	if (is_moment(wanted) && is_moment(typid))
		return digits(typmod) < digits(column->typmod);
	if (whole_bytes(wanted) > 0)
		return whole_bytes(typid) > 0 && whole_bytes(typid) < whole_bytes(wanted);
	if (wanted == FLOAT8OID)
		return typid == FLOAT4OID;
	if (wanted == NUMERICOID && typid == NUMERICOID &&
		typmod >= (int32) VARHDRSZ && column->typmod >= (int32) VARHDRSZ)
	{
		int			scale = (typmod - VARHDRSZ) & 0x7ff;
		int			precision = ((typmod - VARHDRSZ) >> 16) & 0xffff;
		int			wanted_scale = (column->typmod - VARHDRSZ) & 0x7ff;
		int			wanted_precision = ((column->typmod - VARHDRSZ) >> 16) & 0xffff;

		return scale < wanted_scale ||
			precision - scale < wanted_precision - wanted_scale;
	}
	if (wanted == TEXTOID || wanted == VARCHAROID)
		return length > 0 && (text_length(wanted, column->typmod) == 0 ||
							  length < text_length(wanted, column->typmod));
	return false;
}

static bool
is_moment(Oid typid)
{
	return typid == TIMESTAMPOID || typid == TIMESTAMPTZOID || typid == TIMEOID;
}

/* Digits of a second. */
static int
digits(int32 typmod)
{
	return typmod >= 0 ? typmod : MAX_TIMESTAMP_PRECISION;
}

/* Bytes of a whole number; 0: it is none. */
static int
whole_bytes(Oid typid)
{
	switch (typid)
	{
		case INT2OID:
			return 2;
		case INT4OID:
			return 4;
		case INT8OID:
			return 8;
		default:
			return 0;
	}
}

/* Characters that a text may have; 0: any number, or it is none. */
static int
text_length(Oid typid, int32 typmod)
{
	return (typid == VARCHAROID || typid == BPCHAROID) && typmod >= (int32) VARHDRSZ ?
		typmod - (int32) VARHDRSZ : 0;
}

static BindsMisfit *
add(List **misfits, const char *column, const char *words)
{
	BindsMisfit *misfit = palloc0(sizeof(BindsMisfit));

	misfit->column = column;
	misfit->words = words;
	*misfits = lappend(*misfits, misfit);
	return misfit;
}
