/*
 * insert_shape.c
 *	  INSERTs that leave columns to the defaults of the engine.
 *
 * What is left out, or given as DEFAULT, must not be sent, for NULL is a value.  Which
 * columns these are is mostly known when the statement is planned; where rows differ
 * (COPY into a table with triggers, a VALUES list with DEFAULT in some rows) each set of
 * columns has a statement of its own, made when the first such row comes.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "fdw/modify.h"

static BindsInsertShape *make_shape(BindsModify *modify, Bitmapset *left_out,
									bool returning);

/*
 * The statement for rows without the columns left_out (indexes into modify->columns).
 * returning: it returns the row, on an engine whose dialect does not promise that.
 */
BindsInsertShape *
binds_insert_shape(BindsModify *modify, Bitmapset *left_out, bool returning)
{
	ListCell   *lc;

	if (left_out == NULL && !returning)
		return &modify->shape;
	foreach(lc, modify->shapes)
	{
		BindsInsertShape *shape = lfirst(lc);

		if (shape->returning == returning && bms_equal(shape->left_out, left_out))
			return shape;
	}
	return make_shape(modify, left_out, returning);
}

static BindsInsertShape *
make_shape(BindsModify *modify, Bitmapset *left_out, bool returning)
{
	MemoryContext old = MemoryContextSwitchTo(modify->context);
	BindsInsertShape *shape = palloc0(sizeof(BindsInsertShape));
	bool		returned = returning || modify->table->dialect->has_returning;
	List	   *columns = NIL;
	List	   *wanted = NIL;

	for (int i = 0; i < modify->ncolumns; i++)
	{
		if (!bms_is_member(i, left_out))
			columns = lappend_int(columns, modify->columns[i]);
	}
	for (int i = 0; returned && i < modify->nreturning; i++)
		wanted = lappend_int(wanted, modify->returning[i]);
	shape->left_out = bms_copy(left_out);
	shape->returning = returning;
	shape->query = binds_statement_query(binds_deparse_insert(modify->table, columns,
															  wanted,
															  modify->skip_duplicates));
	modify->shapes = lappend(modify->shapes, shape);
	MemoryContextSwitchTo(old);
	return shape;
}

void
binds_insert_shapes_close(BindsModify *modify)
{
	ListCell   *lc;

	if (modify->shape.cursor != NULL)
		binds_cursor_close(modify->shape.cursor);
	foreach(lc, modify->shapes)
	{
		BindsInsertShape *shape = lfirst(lc);

		if (shape->cursor != NULL)
			binds_cursor_close(shape->cursor);
	}
}
