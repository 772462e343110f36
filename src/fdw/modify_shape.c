/*
 * modify_shape.c
 *	  INSERTs that leave columns to the defaults of the engine, and UPDATEs that leave
 *	  them as they are, or set them to those defaults.
 *
 * What an INSERT leaves out, or gives as DEFAULT, must not be sent, for NULL is a value; an
 * UPDATE says DEFAULT, unless a trigger has given the column a value instead.  Nor must
 * what an UPDATE does not change be sent, for it may not have been read as it is.  Which
 * columns these are is mostly known when the statement is planned; where rows differ
 * (COPY into a table with triggers, a VALUES list with DEFAULT in some rows, an UPDATE
 * whose rows triggers may change) each set of columns has a statement of its own, made
 * when the first such row comes.  There may be as many sets as rows, so only some are kept.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "fdw/modify.h"

/* how many statements are kept beside the planned one: each is prepared, and is open */
#define MAX_SHAPES 32

static BindsModifyShape *make_shape(BindsModify *modify, Bitmapset *left_out,
									bool returning);
static void drop_shape(BindsModifyShape *shape);

/*
 * The statement for rows without the columns left_out (indexes into modify->columns).
 * returning: it returns the row, on an engine whose dialect does not promise that.
 */
BindsModifyShape *
binds_modify_shape(BindsModify *modify, Bitmapset *left_out, bool returning)
{
	ListCell   *lc;

	if (left_out == NULL && !returning)
		return &modify->shape;
	foreach(lc, modify->shapes)
	{
		BindsModifyShape *shape = lfirst(lc);

		if (shape->returning == returning && bms_equal(shape->left_out, left_out))
			return shape;
	}
	if (list_length(modify->shapes) >= MAX_SHAPES)
	{
		drop_shape(linitial(modify->shapes));
		modify->shapes = list_delete_first(modify->shapes);
	}
	return make_shape(modify, left_out, returning);
}

static BindsModifyShape *
make_shape(BindsModify *modify, Bitmapset *left_out, bool returning)
{
	MemoryContext context = AllocSetContextCreate(modify->context,
												  "binds statement of a modify",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	BindsModifyShape *shape = palloc0(sizeof(BindsModifyShape));
	bool		returned = returning || modify->table->dialect->has_returning;
	BindsStatement *statement;
	List	   *columns = NIL;
	List	   *defaults = list_copy(modify->defaults);
	List	   *wanted = NIL;

	for (int i = 0; i < modify->ncolumns; i++)
	{
		if (!bms_is_member(i, left_out))
			columns = lappend_int(columns, modify->columns[i]);
		else if (modify->rules[i] == BINDS_RULE_DEFAULT)
			defaults = lappend_int(defaults, modify->columns[i]);
	}
	for (int i = 0; returned && i < modify->nreturning; i++)
		wanted = lappend_int(wanted, modify->returning[i]);
	shape->context = context;
	shape->left_out = bms_copy(left_out);
	shape->returning = returning;
	if (modify->operation == CMD_UPDATE)
		statement = binds_deparse_update(modify->table, columns, defaults, wanted);
	else
		statement = binds_deparse_insert(modify->table, columns, wanted,
										 modify->skip_duplicates);
	shape->query = binds_statement_query(statement);
	MemoryContextSwitchTo(modify->context);
	modify->shapes = lappend(modify->shapes, shape);
	MemoryContextSwitchTo(old);
	return shape;
}

static void
drop_shape(BindsModifyShape *shape)
{
	if (shape->cursor != NULL)
		binds_cursor_close(shape->cursor);
	MemoryContextDelete(shape->context);
}

void
binds_modify_shapes_close(BindsModify *modify)
{
	ListCell   *lc;

	if (modify->shape.cursor != NULL)
		binds_cursor_close(modify->shape.cursor);
	foreach(lc, modify->shapes)
		drop_shape(lfirst(lc));
	modify->shapes = NIL;
}
