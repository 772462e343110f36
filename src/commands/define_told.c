/*
 * define_told.c
 *	  What binds.define tells of models: what its statements have brought, and no more.
 *
 * Models are kept in the memory of the call.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/commands.h"
#include "commands/define_told.h"
#include "dialect/dialects.h"

static BindsModel *model_before(const BindsDefinition *definition, Oid template);

void
binds_define_keep(BindsDefinition *definition, const BindsModelRow *row)
{
	const BindsBind *bind = binds_bind_find(row->bind_key);

	if (bind->dialect != NULL && model_before(definition, row->template) == NULL)
		definition->before = lappend(definition->before,
									 binds_model_load(row->template, bind));
}

void
binds_define_tell(const BindsDefinition *definition, const BindsModel *model, bool made,
				  const BindsDialect *dialect)
{
	BindsModel *before = model_before(definition, model->template);

	if (made || before != NULL)
		binds_model_tell(model, before, dialect);
}

/* NULL: it was not there, or it was not kept. */
static BindsModel *
model_before(const BindsDefinition *definition, Oid template)
{
	ListCell   *lc;

	foreach(lc, definition->before)
	{
		if (((BindsModel *) lfirst(lc))->template == template)
			return lfirst(lc);
	}
	return NULL;
}
