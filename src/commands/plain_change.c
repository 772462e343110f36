/*
 * plain_change.c
 *	  ALTER TABLE and its like on the relation of a model: the model is changed, and what
 *	  differs from it then is made as it says.
 *
 * What differed before is not for this statement to settle.  So it is looked for first, and
 * where the statement asks for something to go, or for values to become others, nothing
 * else may wait for that.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "commands/comment.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "commands/cascade.h"
#include "commands/plain_change.h"
#include "commands/plain_ddl.h"
#include "commands/plain_foreign.h"
#include "commands/plain_known.h"
#include "commands/plain_move.h"
#include "commands/relation.h"
#include "commands/rewrite.h"
#include "compat.h"
#include "dialect/dialects.h"

static BindsModelRow *model_of(const Node *statement);
static BindsModelRow *model_of_index(const RangeVar *name);
static RangeVar *name_of_index(const Node *object);
static bool any_models_part(const AlterTableStmt *statement);
static LOCKMODE lock_of(const Node *statement);
static void comment_on_model(const CommentStmt *statement, const BindsModelRow *row);
static void check_indexes(const DropStmt *statement);
static void check_index(const BindsModelRow *row, const char *name);
static List *drop_indexes(DropStmt *statement);
static Node *take_local_part(AlterTableStmt *statement);
static Node *take_replaced(AlterTableStmt *statement);
static void check_replaced(const AlterTableStmt *first, const BindsModelRow *row);
static bool is_replaced(const AlterTableStmt *statement, const AlterTableCmd *drop);
static void point_statement(Node *statement, const BindsModelRow *row);
static void point_commands(AlterTableStmt *statement, const BindsModelRow *row);
static void check_identity(List *options, const char *column);
static void settle(BindsPlainChange *change, const BindsModelRow *row);
static List *lock_cascaded(List *keys, Oid template);
static List *rows_of(Oid template);
static bool follow_rename(const BindsPlainChange *change, BindsDiffRow *row);
static bool gets_other_name(const BindsPlainChange *change, const BindsDiffRow *row);
static List *rows_again(List *rows);
static void follow_all(const BindsPlainChange *change, List *works);
static void tell(const BindsPlainChange *change, const List *works, ErrorData *error);
static void follow_on(const BindsPlainChange *change, BindsWork *work,
					  const BindsUpgradeOptions *options);
static void try_rest(void *arg);
static void check_left(const BindsPlainChange *change, const BindsWork *work, List *left);

/* ------------------------------------------------------------------------
 * What is concerned
 * ------------------------------------------------------------------------ */

bool
binds_plain_is_changed(const Node *statement)
{
	if (IsA(statement, DropStmt))
	{
		const DropStmt *drop = (const DropStmt *) statement;
		ListCell   *lc;

		foreach(lc, drop->removeType == OBJECT_INDEX ? drop->objects : NIL)
		{
			if (model_of_index(name_of_index(lfirst(lc))) != NULL)
				return true;
		}
		return false;
	}
	if (IsA(statement, ConstraintsSetStmt))
		return binds_plain_sets_constraints((const ConstraintsSetStmt *) statement);
	if (IsA(statement, AlterTableStmt) &&
		!any_models_part((const AlterTableStmt *) statement))
		return false;
	return model_of(statement) != NULL;
}

/* The model that a statement is about, NULL: it is about none. */
static BindsModelRow *
model_of(const Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_AlterTableStmt:
			return binds_plain_model(((const AlterTableStmt *) statement)->relation);
		case T_IndexStmt:
			return binds_plain_model(((const IndexStmt *) statement)->relation);
		case T_AlterObjectSchemaStmt:
			{
				const AlterObjectSchemaStmt *alter = (const AlterObjectSchemaStmt *) statement;

				return alter->objectType != OBJECT_TABLE &&
					alter->objectType != OBJECT_FOREIGN_TABLE ? NULL :
					binds_plain_model(alter->relation);
			}
		case T_RenameStmt:
			{
				const RenameStmt *rename = (const RenameStmt *) statement;

				switch (rename->renameType)
				{
					case OBJECT_INDEX:
						return model_of_index(rename->relation);
					case OBJECT_TABLE:
					case OBJECT_FOREIGN_TABLE:
					case OBJECT_COLUMN:
					case OBJECT_TABCONSTRAINT:
						return rename->relation == NULL ? NULL :
							binds_plain_model(rename->relation);
					default:
						return NULL;
				}
			}
		case T_CommentStmt:
			{
				const CommentStmt *comment = (const CommentStmt *) statement;
				RangeVar   *table = binds_plain_table_of_comment(comment);

				if (comment->objtype == OBJECT_INDEX)
					return model_of_index(name_of_index(comment->object));
				return table == NULL ? NULL : binds_plain_model(table);
			}
		default:
			return NULL;
	}
}

/*
 * The model that has an index of that name, which no relation here has: the first in the
 * search path.
 */
static BindsModelRow *
model_of_index(const RangeVar *name)
{
	List	   *schemas = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	if (name->catalogname != NULL || !binds_models_are_known())
		return NULL;
	if (name->schemaname != NULL)
		schemas = list_make1(name->schemaname);
	else
	{
		foreach(lc, fetch_search_path(false))
			schemas = lappend(schemas, get_namespace_name(lfirst_oid(lc)));
	}
	foreach(lc, schemas)
	{
		if (lfirst(lc) != NULL &&
			OidIsValid(get_relname_relid(name->relname, get_namespace_oid(lfirst(lc), true))))
			return NULL;
		foreach(lc2, binds_model_all_rows())
		{
			BindsModelRow *row = lfirst(lc2);

			if (row->bind_key != NULL && lfirst(lc) != NULL &&
				strcmp(row->local_schema, lfirst(lc)) == 0 &&
				binds_model_has_index(row, name->relname))
				return row;
		}
	}
	return NULL;
}

static RangeVar *
name_of_index(const Node *object)
{
	return makeRangeVarFromNameList(castNode(List, unconstify(Node *, object)));
}

static bool
any_models_part(const AlterTableStmt *statement)
{
	ListCell   *lc;

	if (statement->objtype == OBJECT_FOREIGN_TABLE)
		return binds_plain_has_columns(statement);
	foreach(lc, statement->objtype == OBJECT_TABLE ? statement->cmds : NIL)
	{
		if (binds_rewrite_is_part(lfirst(lc)))
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Carrying it out
 * ------------------------------------------------------------------------ */

Node *
binds_plain_change(Node *statement, const PlannedStmt *planned, const char *source)
{
	BindsPlainChange change = {statement, planned, source};
	Node	   *first = NULL;
	ListCell   *lc;
	BindsModelRow *row;

	if (IsA(statement, DropStmt))
	{
		check_indexes((DropStmt *) statement);
		foreach(lc, drop_indexes((DropStmt *) statement))
		{
			change.statement = lfirst(lc);
			settle(&change, model_of_index(name_of_index(linitial(((DropStmt *) lfirst(lc))->objects))));
		}
		return ((DropStmt *) statement)->objects == NIL ? NULL : statement;
	}
	row = binds_plain_lock(model_of(statement), lock_of(statement));
	binds_plain_check_inherited(statement, row);
	if (IsA(statement, CommentStmt) &&
		(((CommentStmt *) statement)->objtype == OBJECT_INDEX ||
		 ((CommentStmt *) statement)->objtype == OBJECT_TABCONSTRAINT))
	{
		comment_on_model((CommentStmt *) statement, row);
		return NULL;
	}
	if (binds_plain_is_foreign(statement))
		return binds_plain_change_relation(statement, row);
	if (IsA(statement, AlterObjectSchemaStmt))
	{
		binds_plain_relocate(row, ((AlterObjectSchemaStmt *) statement)->newschema,
							 row->local_name);
		return NULL;
	}
	if (IsA(statement, RenameStmt) && ((RenameStmt *) statement)->renameType == OBJECT_TABLE)
	{
		binds_plain_rename(row, ((RenameStmt *) statement)->newname);
		return NULL;
	}
	if (IsA(statement, AlterTableStmt))
	{
		change.rest = take_local_part((AlterTableStmt *) statement);
		change.path = pstrdup(namespace_search_path);
		first = take_replaced((AlterTableStmt *) statement);
	}
	if (first != NULL)
	{
		check_replaced((AlterTableStmt *) first, row);
		change.statement = first;
		settle(&change, row);
		change.statement = statement;
		row = binds_model_of_template(row->template);
	}
	/* whatever the model had before */
	if (IsA(statement, CommentStmt) && ((CommentStmt *) statement)->objtype == OBJECT_COLUMN)
		change.rest = copyObject(statement);
	settle(&change, row);
	return change.rest;
}

/* As PostgreSQL locks a table for it; comments and new indexes keep no reader away. */
static LOCKMODE
lock_of(const Node *statement)
{
	if (IsA(statement, CommentStmt) || IsA(statement, IndexStmt) ||
		(IsA(statement, RenameStmt) &&
		 ((const RenameStmt *) statement)->renameType == OBJECT_INDEX))
		return NoLock;
	return AccessExclusiveLock;
}

/*
 * The model keeps what is said of its keys and indexes, and no engine; so does the relation,
 * if it has such a constraint.
 */
static void
comment_on_model(const CommentStmt *statement, const BindsModelRow *row)
{
	CommentStmt *comment = (CommentStmt *) copyObject((const Node *) statement);
	char	   *name = strVal(llast(castNode(List, comment->object)));
	List	   *names = list_make1(makeString(binds_metadata_schema(row->bind_key)));

	if (statement->objtype == OBJECT_TABCONSTRAINT)
	{
		if (OidIsValid(get_relation_constraint_oid(binds_model_relation(row), name, true)))
			(void) CommentObject(copyObject(comment));
		names = lappend(names, makeString(pstrdup(row->model)));
	}
	comment->object = (Node *) lappend(names, makeString(name));
	(void) CommentObject(comment);
}

/* Refuse what cannot be dropped before anything is: not every engine takes it back. */
static void
check_indexes(const DropStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->objects)
	{
		RangeVar   *name = name_of_index(lfirst(lc));
		BindsModelRow *row = model_of_index(name);

		if (row != NULL)
			check_index(row, name->relname);
		else if (!statement->missing_ok && !OidIsValid(RangeVarGetRelid(name, NoLock, true)))
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("index \"%s\" does not exist", name->relname)));
	}
}

static void
check_index(const BindsModelRow *row, const char *name)
{
	Oid			index = get_relname_relid(name, get_rel_namespace(row->template));
	char	   *constraint = get_constraint_name(get_index_constraint(index));

	if (!binds_compat_owns_relation(row->template, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_INDEX, name);
	if (constraint != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				 errmsg("cannot drop index %s because constraint %s on table %s requires it",
						quote_identifier(name), quote_identifier(constraint),
						quote_identifier(row->local_name)),
				 errhint("You can drop constraint %s on table %s instead.",
						 quote_identifier(constraint), quote_identifier(row->local_name))));
}

/* Take out the indexes that are models': a statement for each. */
static List *
drop_indexes(DropStmt *statement)
{
	List	   *taken = NIL;
	ListCell   *lc;

	foreach(lc, statement->objects)
	{
		DropStmt   *one;

		if (model_of_index(name_of_index(lfirst(lc))) == NULL)
			continue;
		one = copyObject(statement);
		one->objects = list_make1(copyObject(lfirst(lc)));
		one->concurrent = false;
		taken = lappend(taken, one);
		statement->objects = foreach_delete_current(statement->objects, lc);
	}
	return taken;
}

/*
 * Leave the parts that are about the model; returns a statement with the others, NULL:
 * there is none.
 */
static Node *
take_local_part(AlterTableStmt *statement)
{
	AlterTableStmt *rest = copyObject(statement);
	ListCell   *lc;

	foreach(lc, rest->cmds)
	{
		if (binds_rewrite_is_part(lfirst(lc)))
			rest->cmds = foreach_delete_current(rest->cmds, lc);
	}
	foreach(lc, statement->cmds)
	{
		if (!binds_rewrite_is_part(lfirst(lc)))
			statement->cmds = foreach_delete_current(statement->cmds, lc);
	}
	return rest->cmds == NIL ? NULL : (Node *) rest;
}

/*
 * Columns that one statement drops and adds again are others: to be told from those that
 * stay, they go before.  NULL: there is none.
 */
static Node *
take_replaced(AlterTableStmt *statement)
{
	AlterTableStmt *first = copyObject(statement);
	ListCell   *lc;

	foreach(lc, first->cmds)
	{
		if (!is_replaced(statement, lfirst(lc)))
			first->cmds = foreach_delete_current(first->cmds, lc);
	}
	foreach(lc, statement->cmds)
	{
		if (is_replaced(statement, lfirst(lc)))
			statement->cmds = foreach_delete_current(statement->cmds, lc);
	}
	return first->cmds == NIL ? NULL : (Node *) first;
}

/* Where DDL commits the old column would be gone for good, if anything fails after it. */
static void
check_replaced(const AlterTableStmt *first, const BindsModelRow *row)
{
	const BindsBind *bind = binds_bind_find(row->bind_key);

	if (bind->dialect->transactional_ddl)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("column \"%s\" of table \"%s\" on bind \"%s\" cannot be dropped and added in one statement",
					((AlterTableCmd *) linitial(first->cmds))->name, row->local_name, bind->key),
			 errdetail("The engine commits each change of a table, and could not bring the column back."),
			 errhint("Use two statements.")));
}

static bool
is_replaced(const AlterTableStmt *statement, const AlterTableCmd *drop)
{
	ListCell   *lc;

	foreach(lc, drop->subtype == AT_DropColumn ? statement->cmds : NIL)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype == AT_AddColumn &&
			strcmp(castNode(ColumnDef, cmd->def)->colname, drop->name) == 0)
			return true;
	}
	return false;
}

/* Let a statement be one that binds.define takes for the model. */
static void
point_statement(Node *statement, const BindsModelRow *row)
{
	switch (nodeTag(statement))
	{
		case T_AlterTableStmt:
			point_commands((AlterTableStmt *) statement, row);
			break;
		case T_IndexStmt:
			((IndexStmt *) statement)->concurrent = false;
			binds_plain_point(((IndexStmt *) statement)->relation, row);
			break;
		case T_RenameStmt:
			if (((RenameStmt *) statement)->renameType == OBJECT_INDEX)
				((RenameStmt *) statement)->relation->schemaname = pstrdup(row->local_schema);
			else
				binds_plain_point(((RenameStmt *) statement)->relation, row);
			break;
		case T_DropStmt:
			{
				DropStmt   *drop = (DropStmt *) statement;
				RangeVar   *name = name_of_index(linitial(drop->objects));

				drop->objects = list_make1(list_make2(makeString(pstrdup(row->local_schema)),
													  makeString(name->relname)));
				break;
			}
		default:
			{
				CommentStmt *comment = castNode(CommentStmt, statement);
				List	   *names = list_make2(makeString(pstrdup(row->local_schema)),
											   makeString(pstrdup(row->model)));

				if (comment->objtype == OBJECT_COLUMN)
					names = lappend(names, llast(castNode(List, comment->object)));
				comment->object = (Node *) names;
				break;
			}
	}
}

static void
point_commands(AlterTableStmt *statement, const BindsModelRow *row)
{
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		AlterTableCmd *cmd = lfirst(lc);

		if (cmd->def == NULL)
			continue;
		if (cmd->subtype == AT_SetIdentity)
			check_identity(castNode(List, cmd->def), cmd->name);
		else if (IsA(cmd->def, Constraint))
			binds_plain_point_constraints(list_make1(cmd->def), NULL);
		else if (IsA(cmd->def, ColumnDef))
			binds_plain_point_constraints(castNode(ColumnDef, cmd->def)->constraints,
										  NULL);
	}
	binds_plain_point(statement->relation, row);
}

/* The engine's next key is not a part of a model. */
static void
check_identity(List *options, const char *column)
{
	ListCell   *lc;

	foreach(lc, options)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, "restart") == 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("keys of column \"%s\" cannot be restarted", column),
					 errdetail("An engine generates them."),
					 errhint("INSERT a row with a key of the number before, which the engine goes on from.")));
	}
}

/* ------------------------------------------------------------------------
 * What follows
 * ------------------------------------------------------------------------ */

static void
settle(BindsPlainChange *change, const BindsModelRow *row)
{
	BindsModelRow *model = unconstify(BindsModelRow *, row);
	List	   *others;
	Oid			template;

	if (binds_plain_is_there(change->statement, row))
		return;
	binds_plain_check_called(change->statement, row);
	point_statement(change->statement, row);
	binds_cascade_add_columns(change->statement, row);
	binds_plain_note_asked(change);
	others = lock_cascaded(binds_cascade_keys(change->statement, model), row->template);
	binds_plain_look_before(change, list_concat(rows_of(row->template), others));
	template = binds_define_carried_out(row->bind_key, change->statement, change->source,
										change->planned->stmt_location,
										change->planned->stmt_len);
	if (OidIsValid(template))
		binds_plain_follow(change, list_concat(rows_of(template), rows_again(others)));
}

void
binds_plain_drop_constraint(BindsModelRow *row, const char *constraint)
{
	AlterTableStmt *statement = makeNode(AlterTableStmt);
	AlterTableCmd *cmd = makeNode(AlterTableCmd);
	PlannedStmt *planned = makeNode(PlannedStmt);
	BindsPlainChange change = {(Node *) statement, planned, ""};

	statement->relation = makeRangeVar(pstrdup(row->local_schema),
									   pstrdup(row->local_name), -1);
	statement->objtype = OBJECT_TABLE;
	cmd->subtype = AT_DropConstraint;
	cmd->name = pstrdup(constraint);
	cmd->behavior = DROP_RESTRICT;
	statement->cmds = list_make1(cmd);
	planned->stmt_location = -1;
	settle(&change, row);
}

void
binds_plain_note_asked(BindsPlainChange *change)
{
	ListCell   *lc;

	change->options.drop = IsA(change->statement, DropStmt) ||
		(IsA(change->statement, RenameStmt) &&
		 ((RenameStmt *) change->statement)->renameType != OBJECT_COLUMN);
	change->options.lossy = false;
	change->options.casts = NIL;
	change->options.whole = true;
	change->options.cascade = NIL;
	if (!IsA(change->statement, AlterTableStmt))
		return;
	foreach(lc, ((AlterTableStmt *) change->statement)->cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		switch (cmd->subtype)
		{
			case AT_DropColumn:
				if (cmd->behavior == DROP_CASCADE)
					change->options.cascade = lappend(change->options.cascade, cmd->name);
				change->options.drop = true;
				break;
			case AT_DropConstraint:
				change->options.drop = true;
				break;
			case AT_AlterColumnType:
				change->options.lossy = true;
				if (binds_rewrite_casts(lfirst(lc)))
					change->options.casts = lappend(change->options.casts,
													((AlterTableCmd *) lfirst(lc))->name);
				break;
			default:
				break;
		}
	}
}

/*
 * The models, but those of the template and its heirs, whose foreign keys
 * (BindsModelReference) go by CASCADE: to be changed by their owner, and no table is used
 * meanwhile.
 */
static List *
lock_cascaded(List *keys, Oid template)
{
	List	   *own = rows_of(template);
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, keys)
	{
		BindsModelRow *row = ((BindsModelReference *) lfirst(lc))->row;

		if (binds_model_is_among(own, row->template) ||
			binds_model_is_among(rows, row->template))
			continue;
		if (!binds_compat_owns_relation(row->template, GetUserId()))
			aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, row->local_name);
		if (OidIsValid(binds_model_relation(row)))
			row = binds_plain_lock(row, AccessExclusiveLock);
		rows = lappend(rows, row);
	}
	return rows;
}

/* The models of a template and of those that inherit from it. */
static List *
rows_of(Oid template)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, find_all_inheritors(template, NoLock, NULL))
	{
		BindsModelRow *row = binds_model_of_template(lfirst_oid(lc));

		if (row != NULL)
			rows = lappend(rows, row);
	}
	return rows;
}

/* What models are now. */
static List *
rows_again(List *rows)
{
	List	   *again = NIL;
	ListCell   *lc;

	foreach(lc, rows)
		again = lappend(again, binds_model_of_template(((BindsModelRow *) lfirst(lc))->template));
	return again;
}

void
binds_plain_look_before(BindsPlainChange *change, List *rows)
{
	int			level = binds_fixed_path();
	ListCell   *lc;

	change->before = NIL;
	foreach(lc, rows)
		binds_refuse_renamed(lfirst(lc));
	foreach(lc, binds_work_load_rows(rows))
		change->before = list_concat(change->before,
									 binds_differences(lfirst(lc), !change->options.drop,
													   NIL));
	AtEOXact_GUC(true, level);
	foreach(lc, change->before)
	{
		const BindsDiffRow *other = lfirst(lc);

		if (!gets_other_name(change, other))
			continue;
		/* what no model has stays as it is, whatever it is called */
		if (other->difference->extra)
		{
			change->before = foreach_delete_current(change->before, lc);
			continue;
		}
		if (follow_rename(change, lfirst(lc)))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("model \"%s\" on %s has other differences from its table",
						other->item->row->model,
						binds_bind_words(other->item->row->bind_key)),
				 errdetail("One is \"%s\": %s.", other->kind, other->note),
				 errhint("See binds.diff, and settle them first, by binds.upgrade or binds.define: this statement must not take away more than it says.")));
	}
}

/*
 * A column that others compute from the one that is renamed: the engine computes it from that
 * by its new name, and so it is known again.
 */
static bool
follow_rename(const BindsPlainChange *change, BindsDiffRow *row)
{
	const RenameStmt *rename = (const RenameStmt *) change->statement;
	const BindsDialect *dialect = binds_bind_find(row->item->row->bind_key)->dialect;
	const BindsPart *found = row->difference->found;
	const BindsPart *expected = row->difference->expected;
	BindsDifference *difference;
	BindsPart  *part;
	char	   *text;
	char	   *same;

	if (dialect->rename_in == NULL || found->kind != BINDS_PART_COLUMN || !found->computed ||
		pg_strcasecmp(found->name, rename->subname) == 0 || expected == NULL ||
		dialect->names(expected->text, rename->subname))
		return false;
	text = dialect->rename_in(found->text, rename->subname, rename->newname);
	same = dialect->rename_in(found->same, rename->subname, rename->newname);
	if (text == NULL || same == NULL)
		return false;
	part = palloc(sizeof(BindsPart));
	*part = *found;
	part->text = text;
	part->same = same;
	difference = palloc(sizeof(BindsDifference));
	*difference = *row->difference;
	difference->found = part;
	row->difference = difference;
	return true;
}

/*
 * Does a statement give another name to what differs in an engine, so that it is not known
 * again?
 */
static bool
gets_other_name(const BindsPlainChange *change, const BindsDiffRow *row)
{
	const BindsPart *found = row->difference != NULL ? row->difference->found : NULL;

	return IsA(change->statement, RenameStmt) &&
		((RenameStmt *) change->statement)->renameType == OBJECT_COLUMN &&
		row->place < BINDS_PLACE_LOCAL && found != NULL &&
		found->kind != BINDS_PART_STORAGE && found->kind != BINDS_PART_COMMENT &&
		binds_bind_find(row->item->row->bind_key)->dialect->names(found->text,
																  ((RenameStmt *) change->statement)->subname);
}

void
binds_plain_follow(const BindsPlainChange *change, List *rows)
{
	MemoryContext caller = CurrentMemoryContext;
	int			level = binds_fixed_path();
	List	   *works = binds_work_load_rows(rows);

	PG_TRY();
	{
		follow_all(change, works);
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		tell(change, works, error);
		ReThrowError(error);
	}
	PG_END_TRY();
	AtEOXact_GUC(true, level);
}

static void
follow_all(const BindsPlainChange *change, List *works)
{
	BindsUpgradeOptions options = change->options;
	ListCell   *lc;

	/* what is lost is so when no other engine can refuse anything */
	options.hold = list_length(works) > 1;
	/* the first engine may be one that cannot take it back */
	foreach(lc, options.hold ? works : NIL)
		check_left(change, lfirst(lc),
				   binds_work_try_upgrade(lfirst(lc), &options, change->before));
	foreach(lc, works)
		follow_on(change, lfirst(lc), &options);
	foreach(lc, options.hold ? works : NIL)
		binds_work_try_losses(lfirst(lc), &change->options, change->before);
	foreach(lc, options.hold ? works : NIL)
		follow_on(change, lfirst(lc), &change->options);
}

/* What an engine raises tells of the table whose rows do not fit, be it another one's child. */
static void
tell(const BindsPlainChange *change, const List *works, ErrorData *error)
{
	ListCell   *lc;

	foreach(lc, IsA(change->statement, AlterTableStmt) ? works : NIL)
	{
		const BindsWork *work = lfirst(lc);

		if (work->changing != NULL)
			binds_plain_tell(error, (AlterTableStmt *) change->statement, work->changing);
	}
}

static void
follow_on(const BindsPlainChange *change, BindsWork *work, const BindsUpgradeOptions *options)
{
	BindsThen	then = change->path != NULL && change->rest != NULL ? try_rest : NULL;

	check_left(change, work,
			   binds_work_upgrade(work, options, change->before, then,
								  unconstify(BindsPlainChange *, change)));
	for (int i = 0; i < work->nitems && work->ddl != NULL; i++)
		binds_ddl_comment(work->ddl, work->items[i].model->schema,
						  work->items[i].model->name, work->items[i].model->comment);
}

/* Do what PostgreSQL is to do of a statement, to see whether it can; it is taken back. */
static void
try_rest(void *arg)
{
	const BindsPlainChange *change = arg;
	PlannedStmt *planned = copyObject(unconstify(PlannedStmt *, change->planned));
	int			level = NewGUCNestLevel();

	planned->utilityStmt = copyObject(change->rest);
	(void) set_config_option("search_path", change->path, PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SAVE, true, 0, false);
	/* what it tells is told when it is done */
	(void) set_config_option("client_min_messages", "error", PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SAVE, true, 0, false);
	ProcessUtility(planned, change->source, false, PROCESS_UTILITY_SUBCOMMAND, NULL, NULL,
				   None_Receiver, NULL);
	AtEOXact_GUC(true, level);
}

/* What the statement asks for is done as a whole, or not at all. */
static void
check_left(const BindsPlainChange *change, const BindsWork *work, List *left)
{
	const BindsDiffLeft *one = NULL;
	ListCell   *lc;

	foreach(lc, left)
	{
		const BindsDiffRow *row = ((BindsDiffLeft *) lfirst(lc))->row;

		/* what others have made is nothing that the statement is about */
		if (change->options.drop || !binds_diff_is_others(row))
		{
			one = lfirst(lc);
			break;
		}
	}
	if (one == NULL)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s cannot be carried out on %s",
					GetCommandTagName(CreateCommandTag(change->statement)),
					binds_bind_words(work->bind->key)),
			 errdetail("Model \"%s\", \"%s\": %s%s%s.", one->row->item->row->model,
					   one->row->kind, one->row->note, one->why != NULL ? "; " : "",
					   one->why != NULL ? one->why : ""),
			 errhint("binds.define changes the model alone, and binds.diff tells what separates its table from it.")));
}
