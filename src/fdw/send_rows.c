/*
 * send_rows.c
 *	  Rows that are inserted together.
 *
 * What an engine runs for a row, a trigger of it, may change the session in which our
 * values are understood: its time zone, its character set.  The driver sets the session
 * up again before each statement, but the further rows of the same one would be
 * stored as other values.  So the first row that goes to a table over a connection goes
 * alone, and the driver tells what became of the session; if it was changed the other rows
 * go one by one, too.  That costs one round trip per table and connection.
 *
 * A trigger may do so for some rows only.  When that is told of rows that went together it
 * is too late for them: an error undoes them, and the table is known from then on.  Where
 * no error would undo them, in a table that has no transactions, all rows go one by one;
 * what the tables behind an updatable view of the engine have is not asked.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "fdw/modify.h"
#include "model/facts.h"

static void note_session(BindsModify *modify, BindsRowsSent known, int nrows,
						 const BindsOutcome *outcome);

void
binds_modify_send_rows(BindsModify *modify, Bitmapset *left_out, const BindsValue *values,
					   TupleTableSlot **slots, int nrows, BindsOutcome *outcome)
{
	const BindsForeignTable *table = modify->table;
	BindsModifyShape *shape = binds_modify_shape(modify, left_out, false);

	while (nrows > 0)
	{
		BindsCursor *cursor = binds_modify_cursor(modify, &shape->cursor, shape->query);
		BindsRowsSent known = binds_facts_find_rows(table->relid, modify->userid);
		int			sent = known == BINDS_ROWS_TOGETHER ? nrows : 1;
		BindsOutcome one;

		modify->sending = (BindsSending)
		{
			.slots = slots, .nslots = sent
		};
		binds_cursor_execute_batch(cursor, values, sent, &one);
		binds_generated_check_made(modify, &one);
		(void) binds_modify_count(modify, one.affected, sent);
		note_session(modify, known, sent, &one);
		outcome->affected += one.affected;
		values += (size_t) sent * shape->query->nparams;
		nrows -= sent;
		if (slots != NULL)
			slots += sent;
	}
	binds_row_changes_tell_inserted(modify);
}

/*
 * Note what rows that were sent did to the session.  One that was skipped as a duplicate
 * tells of itself only.
 */
static void
note_session(BindsModify *modify, BindsRowsSent known, int nrows,
			 const BindsOutcome *outcome)
{
	const BindsForeignTable *table = modify->table;

	if (outcome->changing_rows > 0 && known != BINDS_ROWS_SINGLY)
		binds_facts_keep_rows(table->relid, modify->userid, table->serverid,
							  BINDS_ROWS_SINGLY);
	else if (known == BINDS_ROWS_UNTRIED && outcome->affected != 0)
		binds_facts_keep_rows(table->relid, modify->userid, table->serverid,
							  BINDS_ROWS_TOGETHER);
	if (outcome->changing_rows > 1)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("could not insert rows into foreign table \"%s\" together",
						table->local_name),
				 errdetail("What the engine runs for one of them has changed its session, so that those after it may have been stored as other values."),
				 errhint("Run the transaction again: this session sends the rows of the table one by one from now on. The option batch_size '1' of the table does so from the beginning.")));
}
