/*
 * refused_keys.c
 *	  What to say of foreign keys that an engine refuses.
 *
 * PostgreSQL takes a foreign key between columns of types that can be compared; MySQL wants
 * them to be alike, by rules of its version.  So define takes what PostgreSQL does, and who
 * is refused by the engine when the table is made gets to know which types they are.  If
 * those are the same, it is about what the engine has, and the hint says what that may be.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/refused_keys.h"

static char *types_of_keys(const BindsModel *model, bool different);
static void append_key(StringInfo buf, const BindsModel *model,
					   const BindsModelForeignKey *key, bool different);
static void tell(void *arg);

/* Looks everything up now: nothing can be when an error is on its way. */
void
binds_refused_keys_begin(BindsRefusedKeys *refused, const BindsModel *model,
						 const char *bind_key)
{
	refused->detail = types_of_keys(model, true);
	if (refused->detail[0] != '\0')
		refused->hint = psprintf("The engine wants the columns of a foreign key to have the same type: use binds.forget(%s, %s), binds.define with the same types, and binds.create_all again.",
								 quote_literal_cstr(bind_key), quote_literal_cstr(model->name));
	else
	{
		if (model->nforeign_keys > 0)
			refused->detail = psprintf("%s The tables that the engine has may differ from their models.",
									   types_of_keys(model, false));
		refused->hint = pstrdup("Look at the referenced tables in the engine: they have to have these types, a unique key over these columns, and a storage engine with foreign keys (InnoDB).");
	}
	refused->callback.callback = tell;
	refused->callback.arg = refused;
	refused->callback.previous = error_context_stack;
	error_context_stack = &refused->callback;
}

void
binds_refused_keys_end(BindsRefusedKeys *refused)
{
	Assert(error_context_stack == &refused->callback);
	error_context_stack = refused->callback.previous;
}

/* Sentences about the columns of foreign keys; different: only those of different types. */
static char *
types_of_keys(const BindsModel *model, bool different)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < model->nforeign_keys; i++)
		append_key(&buf, model, &model->foreign_keys[i], different);
	return buf.data;
}

static void
append_key(StringInfo buf, const BindsModel *model, const BindsModelForeignKey *key,
		   bool different)
{
	for (int i = 0; i < key->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[key->columns[i]];
		AttrNumber	attnum = get_attnum(key->ref_template, key->ref_columns[i]);
		Oid			typid;
		int32		typmod;
		Oid			collation;

		if (attnum == InvalidAttrNumber)
			continue;
		get_atttypetypmodcoll(key->ref_template, attnum, &typid, &typmod, &collation);
		typid = getBaseTypeAndTypmod(typid, &typmod);
		if (different && typid == column->base_typid &&
			(typmod == column->typmod || typid == VARCHAROID || typid == BPCHAROID))
			continue;			/* texts may have other lengths */
		appendStringInfo(buf, "%sForeign key \"%s\": column \"%s\" is %s, column \"%s\" of table \"%s\" is %s.",
						 buf->len > 0 ? " " : "", key->name, column->name,
						 format_type_with_typemod(column->base_typid, column->typmod),
						 key->ref_columns[i], key->ref_table,
						 format_type_with_typemod(typid, typmod));
	}
}

/* Add to an error that says so. */
static void
tell(void *arg)
{
	BindsRefusedKeys *refused = arg;

	if (geterrcode() != ERRCODE_INVALID_FOREIGN_KEY || refused->detail[0] == '\0')
		return;
	errdetail_internal("%s", refused->detail);
	errhint("%s", refused->hint);
}
