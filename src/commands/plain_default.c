/*
 * plain_default.c
 *	  Plain DDL on tables of the default bind, whose models follow.
 *
 * PostgreSQL carries it out: the table is an ordinary one, and its own.  Then the same is done to
 * the template, as binds.define does it, or to what is registered of the model.  Where the two
 * differ before, that may fail; nobody is kept from altering a table for that.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "commands/user.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_coerce.h"
#include "parser/parse_type.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "commands/define_drop.h"
#include "commands/plain_ddl.h"
#include "commands/plain_default.h"
#include "commands/plain_family.h"
#include "commands/plain_move.h"
#include "commands/relation.h"
#include "commands/rewrite.h"
#include "compat.h"
#include "dialect/attempt.h"
#include "model/rights.h"

struct BindsPlainFollower
{
	Node	   *statement;		/* a copy */
	List	   *rows;			/* BindsModelRow; of what may drop tables all
								 * that have one */
	List	   *relids;			/* these */
	List	   *heirs;			/* BindsModelRow, whose tables inherit from
								 * the one that is altered */
	List	   *names;			/* of DROP INDEX: names of indexes (char *),
								 * for each of rows */
};

/* Models that are to follow at once. */
typedef struct Following
{
	List	   *rows;			/* BindsModelRow */
	Node	   *statement;		/* changed as it is done */
	const char *tag;
} Following;

static bool is_of_tables(const Node *statement);
static void find_models(BindsPlainFollower *follower);
static void find_tables(BindsPlainFollower *follower);
static List *tables_of_drop(const DropStmt *drop);
static void find_indexes(BindsPlainFollower *follower, const DropStmt *statement);
static void add_model(BindsPlainFollower *follower, const RangeVar *name);
static void add_index(BindsPlainFollower *follower, const RangeVar *name);
static bool any_part(const AlterTableStmt *statement);
static void attempt(Following *following);
static List *dropped_rows(const BindsPlainFollower *follower);
static void follow(void *arg);
static void rename_model(BindsModelRow *row, const char *name);
static void change_template(BindsModelRow *row, Node *statement);
static bool point_alter(AlterTableStmt *statement, const BindsModelRow *row);
static bool point_command(AlterTableCmd *cmd, const BindsModelRow *row);
static bool has_type(Oid template, const char *column, const ColumnDef *def);
static bool has_identity(Oid template, const char *column);
static void point_constraints(List *constraints);
static Node *cast_of(const char *column, const TypeName *type, Oid template);
static List *without_restart(List *options);
static bool point_index(IndexStmt *index, const BindsModelRow *row);
static bool point_rename(RenameStmt *rename, const BindsModelRow *row);
static void point_comment(CommentStmt *comment, const BindsModelRow *row);
static void warn(const Following *following, const char *why);

/* ------------------------------------------------------------------------
 * What is concerned
 * ------------------------------------------------------------------------ */

BindsPlainFollower *
binds_plain_default_look(const Node *statement)
{
	BindsPlainFollower *follower;

	/* without a look at the models where there are none */
	if (!is_of_tables(statement) || XactReadOnly ||
		!OidIsValid(get_namespace_oid(binds_metadata_schema(NULL), true)) ||
		!binds_models_are_known())
		return NULL;
	follower = palloc0(sizeof(BindsPlainFollower));
	follower->statement = unconstify(Node *, statement);
	find_models(follower);
	follower->heirs = binds_plain_heirs_of(binds_plain_parent_of(statement, false), false);
	if (follower->rows == NIL && follower->heirs == NIL)
		return NULL;
	follower->statement = copyObject(follower->statement);
	binds_bind_lock(binds_bind_find(NULL));
	return follower;
}

static bool
is_of_tables(const Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_AlterTableStmt:
		case T_AlterObjectSchemaStmt:
		case T_IndexStmt:
		case T_CommentStmt:
		case T_RenameStmt:
		case T_DropStmt:
		case T_DropOwnedStmt:
			return true;
		default:
			return false;
	}
}

static void
find_models(BindsPlainFollower *follower)
{
	Node	   *statement = follower->statement;

	switch (nodeTag(statement))
	{
		case T_AlterTableStmt:
			if (any_part((AlterTableStmt *) statement))
				add_model(follower, ((AlterTableStmt *) statement)->relation);
			break;
		case T_AlterObjectSchemaStmt:
			if (((AlterObjectSchemaStmt *) statement)->objectType == OBJECT_TABLE)
				add_model(follower, ((AlterObjectSchemaStmt *) statement)->relation);
			break;
		case T_IndexStmt:
			add_model(follower, ((IndexStmt *) statement)->relation);
			break;
		case T_CommentStmt:
			if (((CommentStmt *) statement)->objtype != OBJECT_TABCONSTRAINT)
				add_model(follower, binds_plain_table_of_comment((CommentStmt *) statement));
			break;
		case T_RenameStmt:
			if (((RenameStmt *) statement)->renameType == OBJECT_INDEX)
				add_index(follower, ((RenameStmt *) statement)->relation);
			else if (((RenameStmt *) statement)->renameType == OBJECT_TABLE ||
					 ((RenameStmt *) statement)->renameType == OBJECT_TABCONSTRAINT ||
					 (((RenameStmt *) statement)->renameType == OBJECT_COLUMN &&
					  ((RenameStmt *) statement)->relationType == OBJECT_TABLE))
				add_model(follower, ((RenameStmt *) statement)->relation);
			break;
		case T_DropStmt:
			if (((DropStmt *) statement)->removeType == OBJECT_INDEX)
				find_indexes(follower, (DropStmt *) statement);
			else if (((DropStmt *) statement)->removeType == OBJECT_TABLE ||
					 (((DropStmt *) statement)->removeType == OBJECT_SCHEMA &&
					  ((DropStmt *) statement)->behavior == DROP_CASCADE))
				find_tables(follower);
			break;
		case T_DropOwnedStmt:
			find_tables(follower);
			break;
		default:
			break;
	}
}

/* Of tables that may go; PostgreSQL finds out which do. */
static void
find_tables(BindsPlainFollower *follower)
{
	const DropStmt *drop = IsA(follower->statement, DropStmt) ?
		(const DropStmt *) follower->statement : NULL;
	List	   *roles = drop != NULL ? NIL :
		roleSpecsToIds(((const DropOwnedStmt *) follower->statement)->roles);
	List	   *relids = drop != NULL && drop->removeType == OBJECT_TABLE ?
		tables_of_drop(drop) : NIL;
	List	   *schemas = NIL;
	ListCell   *lc;

	foreach(lc, drop != NULL && drop->removeType == OBJECT_SCHEMA ? drop->objects : NIL)
		schemas = lappend_oid(schemas, get_namespace_oid(strVal(lfirst(lc)), true));
	foreach(lc, roles != NIL || relids != NIL || schemas != NIL ? binds_model_rows(NULL) : NIL)
	{
		Oid			relid = binds_model_relation(lfirst(lc));

		if (!OidIsValid(relid) || get_rel_relkind(relid) != RELKIND_RELATION ||
			!(list_member_oid(relids, relid) ||
			  list_member_oid(schemas, get_rel_namespace(relid)) ||
			  list_member_oid(roles, binds_relation_owner(relid))))
			continue;
		follower->rows = lappend(follower->rows, lfirst(lc));
		follower->relids = lappend_oid(follower->relids, relid);
	}
}

/* The tables that DROP TABLE names, and by CASCADE those that inherit from them. */
static List *
tables_of_drop(const DropStmt *drop)
{
	List	   *relids = NIL;
	ListCell   *lc;

	foreach(lc, drop->objects)
	{
		Oid			relid = RangeVarGetRelidExtended(makeRangeVarFromNameList(lfirst_node(List, lc)),
													 NoLock, RVR_MISSING_OK, NULL, NULL);

		if (!OidIsValid(relid) || !binds_compat_owns_relation(relid, GetUserId()))
			continue;
		relids = list_concat_unique_oid(relids, drop->behavior == DROP_CASCADE ?
										find_all_inheritors(relid, NoLock, NULL) :
										list_make1_oid(relid));
	}
	return relids;
}

static void
find_indexes(BindsPlainFollower *follower, const DropStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->objects)
		add_index(follower, makeRangeVarFromNameList(lfirst_node(List, lc)));
}

/* Who may not alter the table is told so by PostgreSQL.  name: NULL is none. */
static void
add_model(BindsPlainFollower *follower, const RangeVar *name)
{
	Oid			relid = name == NULL ? InvalidOid :
		RangeVarGetRelidExtended(name, NoLock, RVR_MISSING_OK, NULL, NULL);
	BindsModelRow *row;

	if (!OidIsValid(relid) || get_rel_relkind(relid) != RELKIND_RELATION ||
		!binds_compat_owns_relation(relid, GetUserId()))
		return;
	row = binds_model_of_relation(relid);
	if (row != NULL)
		follower->rows = lappend(follower->rows, row);
}

/* The model whose template has an index of the name that one of its table has. */
static void
add_index(BindsPlainFollower *follower, const RangeVar *name)
{
	Oid			index = RangeVarGetRelidExtended(name, NoLock, RVR_MISSING_OK, NULL, NULL);
	Oid			table = OidIsValid(index) && get_rel_relkind(index) == RELKIND_INDEX ?
		IndexGetRelation(index, true) : InvalidOid;
	BindsModelRow *row;

	if (!OidIsValid(table) || get_rel_relkind(table) != RELKIND_RELATION ||
		!binds_compat_owns_relation(table, GetUserId()))
		return;
	row = binds_model_of_relation(table);
	if (row == NULL || !binds_model_has_index(row, name->relname))
		return;
	follower->rows = lappend(follower->rows, row);
	follower->names = lappend(follower->names, pstrdup(name->relname));
}

static bool
any_part(const AlterTableStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->objtype == OBJECT_TABLE ? statement->cmds : NIL)
	{
		if (binds_rewrite_is_part(lfirst(lc)))
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Following
 * ------------------------------------------------------------------------ */

void
binds_plain_default_follow(const BindsPlainFollower *follower)
{
	Following	following = {NIL};
	bool		pushed;
	ListCell   *lc;

	if (follower == NULL)
		return;
	CommandCounterIncrement();
	/* CONCURRENTLY has ended the transaction in which there was one */
	pushed = !ActiveSnapshotSet();
	if (pushed)
		PushActiveSnapshot(GetTransactionSnapshot());
	following.tag = GetCommandTagName(CreateCommandTag(follower->statement));
	if (follower->relids != NIL)
	{
		following.rows = dropped_rows(follower);
		following.statement = follower->statement;
		if (following.rows != NIL)
			attempt(&following);
	}
	foreach(lc, follower->relids == NIL ? follower->rows : NIL)
	{
		following.rows = list_make1(lfirst(lc));
		following.statement = copyObject(follower->statement);
		if (IsA(following.statement, DropStmt))
			((DropStmt *) following.statement)->objects =
				list_make1(list_make1(makeString(list_nth(follower->names,
														  foreach_current_index(lc)))));
		attempt(&following);
	}
	/* what their parents' models have is theirs then */
	foreach(lc, follower->heirs)
	{
		BindsModelRow *row = binds_model_of_template(((BindsModelRow *) lfirst(lc))->template);

		following.rows = list_make1(row);
		following.statement = binds_plain_inherit(follower->statement, row);
		if (following.statement != NULL)
			attempt(&following);
	}
	if (pushed)
		PopActiveSnapshot();
}

/* PostgreSQL has told already what there is to tell. */
static void
attempt(Following *following)
{
	int			level = NewGUCNestLevel();
	ErrorData  *error;

	if (client_min_messages < WARNING)
		(void) set_config_option("client_min_messages", "warning", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
	error = binds_attempt(follow, following);
	AtEOXact_GUC(true, level);
	if (error != NULL)
		warn(following, error->message);
}

static List *
dropped_rows(const BindsPlainFollower *follower)
{
	List	   *rows = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	forboth(lc, follower->rows, lc2, follower->relids)
	{
		BindsModelRow *row = binds_model_of_template(((BindsModelRow *) lfirst(lc))->template);

		if (row != NULL && get_rel_name(lfirst_oid(lc2)) == NULL)
			rows = lappend(rows, row);
	}
	return rows;
}

/* For binds_attempt. */
static void
follow(void *arg)
{
	Following  *following = arg;
	BindsModelRow *row = linitial(following->rows);
	Node	   *statement = following->statement;

	binds_check_right(BINDS_RIGHT_DEFINE, GetUserId(), binds_bind_find(NULL), InvalidOid);
	if (IsA(statement, DropOwnedStmt))
		(void) binds_define_drop(following->rows,
								 ((DropOwnedStmt *) statement)->behavior == DROP_CASCADE);
	else if (IsA(statement, DropStmt) && ((DropStmt *) statement)->removeType != OBJECT_INDEX)
		(void) binds_define_drop(following->rows,
								 ((DropStmt *) statement)->behavior == DROP_CASCADE);
	else if (IsA(statement, AlterObjectSchemaStmt))
	{
		if (!binds_compat_owns_relation(row->template, GetUserId()))
			aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, row->model);
		row->local_schema = ((AlterObjectSchemaStmt *) statement)->newschema;
		binds_model_relocate(row);
	}
	else if (IsA(statement, RenameStmt) &&
			 ((RenameStmt *) statement)->renameType == OBJECT_TABLE)
		rename_model(row, ((RenameStmt *) statement)->newname);
	else if (binds_plain_point_to(statement, row))
		change_template(row, statement);
}

/* A table that was called otherwise than its model stays so. */
static void
rename_model(BindsModelRow *row, const char *name)
{
	int			level = binds_fixed_path();

	/* binds.define has given it the name before */
	if (strcmp(row->model, name) != 0)
	{
		binds_refuse_renamed(row);
		if (strcmp(row->local_name, row->model) == 0)
		{
			binds_check_other_name(binds_bind_find(NULL), row, name, false);
			binds_spi_run(psprintf("ALTER TABLE %s RENAME TO %s",
								   binds_qualified_name(row->template),
								   quote_identifier(name)));
			row->model = name;
		}
	}
	if (!binds_compat_owns_relation(row->template, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_TABLE, row->model);
	row->local_name = name;
	binds_model_relocate(row);
	AtEOXact_GUC(true, level);
}

/* Names that binds.define notes are those of the tables already. */
static void
change_template(BindsModelRow *row, Node *statement)
{
	List	   *settled = NIL;
	ListCell   *lc;

	foreach(lc, find_all_inheritors(row->template, NoLock, NULL))
	{
		BindsModelRow *heir = binds_model_of_template(lfirst_oid(lc));

		if (heir != NULL && heir->bind_key == NULL && heir->renames == NIL &&
			heir->former == NIL)
			settled = lappend_oid(settled, heir->template);
	}
	(void) binds_define_carried_out(NULL, statement, "", -1, 0);
	foreach(lc, settled)
		binds_model_forget_renames(binds_model_of_template(lfirst_oid(lc)), NIL);
}

/* ------------------------------------------------------------------------
 * The statement for the template
 * ------------------------------------------------------------------------ */

bool
binds_plain_point_to(Node *statement, const BindsModelRow *row)
{
	switch (nodeTag(statement))
	{
		case T_AlterTableStmt:
			return point_alter((AlterTableStmt *) statement, row);
		case T_IndexStmt:
			return point_index((IndexStmt *) statement, row);
		case T_RenameStmt:
			return point_rename((RenameStmt *) statement, row);
		case T_CommentStmt:
			point_comment((CommentStmt *) statement, row);
			return true;
		case T_DropStmt:
			{
				DropStmt   *drop = (DropStmt *) statement;

				drop->concurrent = false;
				drop->objects = list_make1(lcons(makeString(pstrdup(row->local_schema)),
												 linitial_node(List, drop->objects)));
				return true;
			}
		default:
			elog(ERROR, "unexpected statement: %d", (int) nodeTag(statement));
	}
	return false;				/* keep compiler quiet */
}

static bool
point_alter(AlterTableStmt *statement, const BindsModelRow *row)
{
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		if (!point_command(lfirst(lc), row))
			statement->cmds = foreach_delete_current(statement->cmds, lc);
	}
	binds_plain_point(statement->relation, row);
	return statement->cmds != NIL;
}

/* false: it is no part of a model, or so already. */
static bool
point_command(AlterTableCmd *cmd, const BindsModelRow *row)
{
	if (!binds_rewrite_is_part(cmd))
		return false;
	switch (cmd->subtype)
	{
		case AT_AddColumn:
			cmd->missing_ok = true;
			point_constraints(castNode(ColumnDef, cmd->def)->constraints);
			break;
		case AT_DropColumn:
		case AT_DropConstraint:
		case AT_DropIdentity:
		case AT_DropExpression:
			cmd->missing_ok = true;
			break;
		case AT_AddIdentity:
			return !has_identity(row->template, cmd->name);
		case AT_AddConstraint:
			point_constraints(list_make1(cmd->def));
			return castNode(Constraint, cmd->def)->conname == NULL ||
				!OidIsValid(get_relation_constraint_oid(row->template,
														castNode(Constraint, cmd->def)->conname,
														true));
		case AT_AlterColumnType:
			if (has_type(row->template, cmd->name, castNode(ColumnDef, cmd->def)))
				return false;
			if (castNode(ColumnDef, cmd->def)->raw_default != NULL)
				castNode(ColumnDef, cmd->def)->raw_default =
					cast_of(cmd->name, castNode(ColumnDef, cmd->def)->typeName, row->template);
			break;
		case AT_SetIdentity:
			cmd->def = (Node *) without_restart(castNode(List, cmd->def));
			return cmd->def != NULL;
		default:
			break;
	}
	return true;
}

/* Has a column that type already, and its collation, as far as one is told? */
static bool
has_type(Oid template, const char *column, const ColumnDef *def)
{
	AttrNumber	attnum = get_attnum(template, column);
	Oid			type;
	int32		typmod;
	Oid			collation;
	Oid			other;
	int32		other_typmod;

	if (attnum == InvalidAttrNumber)
		return false;
	get_atttypetypmodcoll(template, attnum, &type, &typmod, &collation);
	typenameTypeIdAndMod(NULL, def->typeName, &other, &other_typmod);
	return type == other && typmod == other_typmod &&
		collation == (def->collClause != NULL ?
					  get_collation_oid(def->collClause->collname, false) :
					  get_typcollation(type));
}

static bool
has_identity(Oid template, const char *column)
{
	HeapTuple	tuple = SearchSysCacheAttName(template, column);
	bool		has;

	if (!HeapTupleIsValid(tuple))
		return false;
	has = ((Form_pg_attribute) GETSTRUCT(tuple))->attidentity != '\0';
	ReleaseSysCache(tuple);
	return has;
}

/* Let foreign keys refer to models, where tables that they refer to are those of some. */
static void
point_constraints(List *constraints)
{
	ListCell   *lc;

	foreach(lc, constraints)
	{
		Constraint *constraint = lfirst_node(Constraint, lc);
		Oid			relid;
		const BindsModelRow *row;

		if (constraint->contype != CONSTR_FOREIGN || constraint->pktable == NULL)
			continue;
		relid = RangeVarGetRelid(constraint->pktable, NoLock, true);
		row = OidIsValid(relid) ? binds_model_of_relation(relid) : NULL;
		if (row != NULL && row->bind_key == NULL)
			binds_plain_point(constraint->pktable, row);
	}
}

/* What makes a value of the type of a column: there are none, whatever was said of rows. */
static Node *
cast_of(const char *column, const TypeName *type, Oid template)
{
	ColumnRef  *ref = makeNode(ColumnRef);
	TypeCast   *cast = makeNode(TypeCast);
	AttrNumber	attnum = get_attnum(template, column);
	Oid			from = attnum > 0 ? get_atttype(template, attnum) : InvalidOid;
	Oid			to = typenameTypeId(NULL, type);

	ref->fields = list_make1(makeString(pstrdup(column)));
	ref->location = -1;
	cast->arg = (Node *) ref;
	if (OidIsValid(from) && !can_coerce_type(1, &from, &to, COERCION_EXPLICIT))
	{
		TypeCast   *text = makeNode(TypeCast);

		text->arg = (Node *) ref;
		text->typeName = makeTypeNameFromOid(TEXTOID, -1);
		text->location = -1;
		cast->arg = (Node *) text;
	}
	cast->typeName = copyObject(unconstify(TypeName *, type));
	cast->location = -1;
	return (Node *) cast;
}

/* The next key is no part of a model. */
static List *
without_restart(List *options)
{
	ListCell   *lc;

	foreach(lc, options)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, "restart") == 0)
			options = foreach_delete_current(options, lc);
	}
	return options;
}

static bool
point_index(IndexStmt *index, const BindsModelRow *row)
{
	if (index->idxname != NULL && binds_model_has_index(row, index->idxname))
		return false;
	index->concurrent = false;
	index->tableSpace = NULL;
	binds_plain_point(index->relation, row);
	return true;
}

static bool
point_rename(RenameStmt *rename, const BindsModelRow *row)
{
	if (rename->renameType == OBJECT_INDEX)
	{
		rename->relation->catalogname = NULL;
		rename->relation->schemaname = pstrdup(row->local_schema);
		return true;
	}
	binds_plain_point(rename->relation, row);
	if (rename->renameType == OBJECT_COLUMN)
		return get_attnum(row->template, rename->subname) != InvalidAttrNumber ||
			get_attnum(row->template, rename->newname) == InvalidAttrNumber;
	return OidIsValid(get_relation_constraint_oid(row->template, rename->subname, true));
}

static void
point_comment(CommentStmt *comment, const BindsModelRow *row)
{
	List	   *names = list_make2(makeString(pstrdup(row->local_schema)),
								   makeString(pstrdup(row->model)));

	if (comment->objtype == OBJECT_COLUMN)
		names = lappend(names, llast(castNode(List, comment->object)));
	comment->object = (Node *) names;
}

/* ------------------------------------------------------------------------
 * What is told
 * ------------------------------------------------------------------------ */

static void
warn(const Following *following, const char *why)
{
	ListCell   *lc;

	foreach(lc, following->rows)
		ereport(WARNING,
				(errcode(ERRCODE_WARNING),
				 errmsg("model \"%s\" on %s does not follow %s",
						((BindsModelRow *) lfirst(lc))->model, binds_bind_words(NULL),
						following->tag),
				 errdetail("%s", why),
				 errhint("binds.diff tells what separates the table from it.")));
}

void
binds_plain_default_warn(const BindsPlainFollower *follower)
{
	Following	following;

	if (follower == NULL)
		return;
	following.rows = list_concat_copy(follower->rows, follower->heirs);
	following.tag = GetCommandTagName(CreateCommandTag(follower->statement));
	warn(&following, "The library of \"binds\" was not loaded when it began.");
}
