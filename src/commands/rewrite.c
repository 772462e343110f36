/*
 * rewrite.c
 *	  Statements of binds.define, turned from local names to the metadata.
 *
 * Works on the raw parse tree.  Tables, REFERENCES and INHERITS name models and
 * nothing else; they never fall through to the search path.  Types, functions and
 * the source of LIKE are left as they are: they use the caller's path.
 *
 * A schema qualifier of a table is the schema of its local relation.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/dependency.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"
#include "parser/parse_coerce.h"
#include "parser/parse_type.h"
#include "tcop/utility.h"
#include "utils/lsyscache.h"

#include "commands/rewrite.h"
#include "compat.h"
#include "value/value.h"

static void check_create(const CreateStmt *statement);
static void check_alter(const AlterTableStmt *statement);
static void check_restart(List *options);
static bool is_renamed(const RenameStmt *statement);
static void refuse(const char *what) __attribute__((noreturn));
static const BindsModelRow *find_target(const BindsDefinition *definition,
										const RangeVar *name, bool missing_ok);
static bool is_model(const BindsDefinition *definition, const RangeVar *name);
static const BindsModelRow *find_part(const BindsDefinition *definition,
									  const RangeVar *name, char relkind,
									  bool missing_ok);
static bool has_part(const BindsModelRow *row, const char *name, char relkind);
static RangeVar *index_of_drop(const DropStmt *statement);
static const BindsModelRow *find_model(const BindsDefinition *definition,
									   const RangeVar *name, bool any_bind);
static List *models_named(const RangeVar *name);
static const char *words_of(const RangeVar *name);
static const BindsModelRow *only_one(List *rows, const RangeVar *name);
static void rewrite_create(const BindsDefinition *definition, CreateStmt *statement,
						   const BindsModelRow *row);
static void rewrite_alter(AlterTableStmt *statement, const BindsModelRow *row);
static void check_cuts(const AlterTableStmt *statement, const BindsModelRow *row);
static bool is_cut_to(Oid typid, int32 typmod);
static void check_using(const AlterTableCmd *cmd, Oid template);
static bool is_by_text(Oid from, Oid to);
static void check_validated(const Constraint *constraint, const BindsModelRow *row);
static void rewrite_comment(CommentStmt *statement, const BindsModelRow *row);
static void rewrite_constraints(List *constraints, const BindsModelRow *row);
static void rewrite_foreign_key(Constraint *constraint, const BindsModelRow *row);
static void point_at(RangeVar *name, const BindsModelRow *row);
static void point_part(RangeVar *name, const BindsModelRow *row);
static bool same_bind(const char *a, const char *b);

/* ------------------------------------------------------------------------
 * What is taken
 * ------------------------------------------------------------------------ */

void
binds_rewrite_check(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateStmt:
			check_create((CreateStmt *) statement);
			return;
		case T_IndexStmt:
			if (((IndexStmt *) statement)->concurrent)
				refuse("CREATE INDEX CONCURRENTLY");
			if (((IndexStmt *) statement)->tableSpace)
				refuse("a tablespace");
			return;
		case T_CommentStmt:
			if (((CommentStmt *) statement)->objtype == OBJECT_TABLE ||
				((CommentStmt *) statement)->objtype == OBJECT_COLUMN)
				return;
			break;
		case T_AlterTableStmt:
			if (((AlterTableStmt *) statement)->objtype != OBJECT_TABLE)
				break;
			check_alter((AlterTableStmt *) statement);
			return;
		case T_RenameStmt:
			if (is_renamed((RenameStmt *) statement))
				return;
			break;
		case T_DropStmt:
			if (((DropStmt *) statement)->removeType == OBJECT_TABLE)
				return;
			if (((DropStmt *) statement)->removeType != OBJECT_INDEX)
				break;
			if (((DropStmt *) statement)->concurrent)
				refuse("DROP INDEX CONCURRENTLY");
			return;
		case T_AlterSeqStmt:
			check_restart(((AlterSeqStmt *) statement)->options);
			return;
		default:
			break;
	}
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s cannot be part of a model",
					GetCommandTagName(CreateCommandTag(statement))),
			 errhint("A model is defined by CREATE TABLE, CREATE INDEX, COMMENT ON TABLE and COMMENT ON COLUMN, and changed by ALTER TABLE, ALTER SEQUENCE, ALTER INDEX ... RENAME and DROP INDEX; DROP TABLE and binds.forget remove it.")));
}

/* Columns and constraints are a model's; where and how PostgreSQL keeps a table is not. */
static void
check_alter(const AlterTableStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		if (!binds_rewrite_is_part(cmd))
			refuse("this form of ALTER TABLE");
		if (cmd->subtype == AT_SetIdentity)
			check_restart(castNode(List, cmd->def));
	}
}

/* The next key is that of a table, and no part of a model: nothing would follow. */
static void
check_restart(List *options)
{
	ListCell   *lc;

	foreach(lc, options)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, "restart") == 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("RESTART cannot be part of a model"),
					 errdetail("A model says where keys start, and its table which key is the next one."),
					 errhint("Restart the sequence of a table of the default bind itself. For one of an engine, INSERT a row with a key of the number before, which the engine goes on from.")));
	}
}

bool
binds_rewrite_is_part(const AlterTableCmd *cmd)
{
	switch (cmd->subtype)
	{
		case AT_AddColumn:
		case AT_DropColumn:
		case AT_AlterColumnType:
		case AT_ColumnDefault:
		case AT_SetNotNull:
		case AT_DropNotNull:
		case AT_AddIdentity:
		case AT_SetIdentity:
		case AT_DropIdentity:
		case AT_DropExpression:
		case AT_AddConstraint:
		case AT_AlterConstraint:
		case AT_ValidateConstraint:
		case AT_DropConstraint:
			return true;
		default:
			return BINDS_COMPAT_SETS_EXPRESSION(cmd->subtype);
	}
}

/* Not what is no part of a model. */
static bool
is_renamed(const RenameStmt *statement)
{
	switch (statement->renameType)
	{
		case OBJECT_COLUMN:
			return statement->relationType == OBJECT_TABLE;
		case OBJECT_TABLE:
		case OBJECT_TABCONSTRAINT:
		case OBJECT_INDEX:
			return true;
		default:
			return false;
	}
}

static void
check_create(const CreateStmt *statement)
{
	if (statement->relation->relpersistence == RELPERSISTENCE_TEMP)
		refuse("a temporary table");
	if (statement->relation->relpersistence == RELPERSISTENCE_UNLOGGED)
		refuse("an unlogged table");
	if (statement->partspec != NULL || statement->partbound != NULL)
		refuse("a partitioned table or partition");
	if (statement->ofTypename != NULL)
		refuse("a typed table");
	if (statement->options != NIL)
		refuse("a storage parameter");
	if (statement->tablespacename != NULL)
		refuse("a tablespace");
	if (statement->accessMethod != NULL)
		refuse("a table access method");
	if (statement->oncommit != ONCOMMIT_NOOP)
		refuse("ON COMMIT");
}

static void
refuse(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s cannot be part of a model", what)));
}

/* ------------------------------------------------------------------------
 * Resolution of names
 * ------------------------------------------------------------------------ */

const char *
binds_rewrite_bind(const BindsDefinition *definition, const CreateStmt *statement)
{
	const char *key = NULL;
	ListCell   *lc;

	if (definition->key_given)
		return definition->bind_key;
	foreach(lc, statement->inhRelations)
	{
		const BindsModelRow *parent = find_model(definition, lfirst(lc), true);

		if (lc != list_head(statement->inhRelations) &&
			!same_bind(parent->bind_key, key))
			ereport(ERROR,
					(errcode(ERRCODE_AMBIGUOUS_FUNCTION),
					 errmsg("parents of model \"%s\" are on several binds",
							statement->relation->relname),
					 errdetail("One is on %s, another on %s.",
							   binds_bind_words(key),
							   binds_bind_words(parent->bind_key)),
					 errhint("Give the bind key of the model as second argument.")));
		key = parent->bind_key;
	}
	return key;
}

const BindsModelRow *
binds_rewrite_target(const BindsDefinition *definition, Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_IndexStmt:
			return find_model(definition, ((IndexStmt *) statement)->relation, false);
		case T_AlterTableStmt:
			return find_target(definition, ((AlterTableStmt *) statement)->relation,
							   ((AlterTableStmt *) statement)->missing_ok);
		case T_RenameStmt:
			{
				RenameStmt *rename = (RenameStmt *) statement;

				return rename->renameType == OBJECT_INDEX ?
					find_part(definition, rename->relation, RELKIND_INDEX,
							  rename->missing_ok) :
					find_target(definition, rename->relation, rename->missing_ok);
			}
		case T_DropStmt:
			return find_part(definition, index_of_drop((DropStmt *) statement),
							 RELKIND_INDEX, ((DropStmt *) statement)->missing_ok);
		case T_AlterSeqStmt:
			return find_part(definition, ((AlterSeqStmt *) statement)->sequence,
							 RELKIND_SEQUENCE, ((AlterSeqStmt *) statement)->missing_ok);
		case T_CommentStmt:
			{
				CommentStmt *comment = (CommentStmt *) statement;
				List	   *names = castNode(List, comment->object);

				if (comment->objtype == OBJECT_COLUMN)
				{
					if (list_length(names) < 2)
						ereport(ERROR,
								(errcode(ERRCODE_SYNTAX_ERROR),
								 errmsg("column name must be qualified")));
					names = list_truncate(list_copy(names), list_length(names) - 1);
				}
				return find_model(definition, makeRangeVarFromNameList(names), false);
			}
		default:
			elog(ERROR, "unexpected statement: %d", (int) nodeTag(statement));
	}
	return NULL;				/* keep compiler quiet */
}

List *
binds_rewrite_dropped(const BindsDefinition *definition, const DropStmt *statement)
{
	List	   *rows = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, statement->objects)
	{
		const BindsModelRow *row = find_target(definition,
											   makeRangeVarFromNameList(lfirst_node(List, lc)),
											   statement->missing_ok);
		bool		known = row == NULL;

		foreach(lc2, rows)
			known = known || ((BindsModelRow *) lfirst(lc2))->template == row->template;
		if (!known)
			rows = lappend(rows, (void *) row);
	}
	return rows;
}

/* As find_model; NULL if IF EXISTS allows that there is none, said by NOTICE. */
static const BindsModelRow *
find_target(const BindsDefinition *definition, const RangeVar *name, bool missing_ok)
{
	if (missing_ok && !is_model(definition, name))
	{
		ereport(NOTICE,
				(errmsg("model \"%s\" does not exist, skipping", words_of(name))));
		return NULL;
	}
	return find_model(definition, name, false);
}

static bool
is_model(const BindsDefinition *definition, const RangeVar *name)
{
	ListCell   *lc;

	foreach(lc, models_named(name))
	{
		if (!definition->key_given ||
			same_bind(((BindsModelRow *) lfirst(lc))->bind_key, definition->bind_key))
			return true;
	}
	return false;
}

/*
 * The model that has an index or a sequence of that name: as for models, the own bind's
 * first, then the only one.
 */
static const BindsModelRow *
find_part(const BindsDefinition *definition, const RangeVar *name, char relkind,
		  bool missing_ok)
{
	const char *own = definition->key_given ? definition->bind_key : NULL;
	const char *kind = relkind == RELKIND_INDEX ? "index" : "sequence";
	List	   *found = NIL;
	ListCell   *lc;

	foreach(lc, binds_model_all_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if ((name->schemaname != NULL &&
			 strcmp(name->schemaname, row->local_schema) != 0) ||
			!has_part(row, name->relname, relkind))
			continue;
		if (same_bind(row->bind_key, own))
			return row;
		if (!definition->key_given)
			found = lappend(found, row);
	}
	if (list_length(found) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_AMBIGUOUS_FUNCTION),
				 errmsg("%s \"%s\" is ambiguous", kind, words_of(name)),
				 errdetail("Models \"%s\" on %s and \"%s\" on %s have one.",
						   ((BindsModelRow *) linitial(found))->model,
						   binds_bind_words(((BindsModelRow *) linitial(found))->bind_key),
						   ((BindsModelRow *) lsecond(found))->model,
						   binds_bind_words(((BindsModelRow *) lsecond(found))->bind_key)),
				 errhint("Give the bind key as second argument.")));
	if (found != NIL)
		return linitial(found);
	ereport(missing_ok ? NOTICE : ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 missing_ok ? errmsg("no model has %s \"%s\", skipping", kind, words_of(name)) :
			 errmsg("no model%s%s has %s \"%s\"", definition->key_given ? " on " : "",
					definition->key_given ? binds_bind_words(own) : "", kind,
					words_of(name))));
	return NULL;
}

/* Is an index or a sequence of that name the model's? */
static bool
has_part(const BindsModelRow *row, const char *name, char relkind)
{
	Oid			relid = get_relname_relid(name, get_rel_namespace(row->template));
	Oid			table = InvalidOid;
	int32		column;

	if (!OidIsValid(relid) || get_rel_relkind(relid) != relkind)
		return false;
	if (relkind == RELKIND_INDEX)
		table = IndexGetRelation(relid, true);
	else if (!sequenceIsOwned(relid, DEPENDENCY_INTERNAL, &table, &column))
		(void) sequenceIsOwned(relid, DEPENDENCY_AUTO, &table, &column);
	return table == row->template;
}

/* Of one index each, for they may be of models of several binds. */
static RangeVar *
index_of_drop(const DropStmt *statement)
{
	if (list_length(statement->objects) > 1)
		refuse("DROP INDEX of several");
	return makeRangeVarFromNameList(castNode(List, linitial(statement->objects)));
}

/*
 * Find the model that a name means: the own bind's first, then (any_bind, or no bind
 * given) the one that this call made, then the only one of that name.
 */
static const BindsModelRow *
find_model(const BindsDefinition *definition, const RangeVar *name, bool any_bind)
{
	const char *own = definition->key_given ? definition->bind_key : NULL;
	List	   *rows = models_named(name);
	ListCell   *lc;

	if (!definition->key_given)
	{
		foreach(lc, definition->made)
		{
			BindsModelRow *row = lfirst(lc);

			if (strcmp(row->model, name->relname) == 0 &&
				(name->schemaname == NULL ||
				 strcmp(name->schemaname, row->local_schema) == 0))
				return row;
		}
	}
	foreach(lc, rows)
	{
		if (same_bind(((BindsModelRow *) lfirst(lc))->bind_key, own))
			return lfirst(lc);
	}
	if (definition->key_given && !any_bind)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("model \"%s\" does not exist on %s", words_of(name),
						binds_bind_words(own)),
				 errhint("The view binds.models has those that there are.")));
	return only_one(rows, name);
}

/* Rows of all binds with a name; a qualifier is the local schema. */
static List *
models_named(const RangeVar *name)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, binds_model_rows_named(name->relname))
	{
		BindsModelRow *row = lfirst(lc);

		if (strcmp(row->model, name->relname) == 0 &&
			(name->schemaname == NULL ||
			 strcmp(row->local_schema, name->schemaname) == 0))
			rows = lappend(rows, row);
	}
	return rows;
}

/* A name as it was written, with its schema if it has one. */
static const char *
words_of(const RangeVar *name)
{
	return name->schemaname == NULL ? name->relname :
		psprintf("%s.%s", name->schemaname, name->relname);
}

static const BindsModelRow *
only_one(List *rows, const RangeVar *name)
{
	if (rows == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("model \"%s\" does not exist", words_of(name)),
				 errhint("The view binds.models has those that there are.")));
	if (list_length(rows) > 1)
	{
		BindsModelRow *first = linitial(rows);
		BindsModelRow *second = lsecond(rows);

		ereport(ERROR,
				(errcode(ERRCODE_AMBIGUOUS_FUNCTION),
				 errmsg("model \"%s\" is ambiguous", words_of(name)),
				 errdetail("It is defined on %s and on %s.",
						   binds_bind_words(first->bind_key),
						   binds_bind_words(second->bind_key)),
				 errhint("Give the bind key as second argument, or qualify the name with the schema of its local relation.")));
	}
	return linitial(rows);
}

/* ------------------------------------------------------------------------
 * Rewriting
 * ------------------------------------------------------------------------ */

void
binds_rewrite(const BindsDefinition *definition, Node *statement,
			  const BindsModelRow *row)
{
	switch (nodeTag(statement))
	{
		case T_CreateStmt:
			rewrite_create(definition, (CreateStmt *) statement, row);
			break;
		case T_IndexStmt:
			point_at(((IndexStmt *) statement)->relation, row);
			break;
		case T_CommentStmt:
			rewrite_comment((CommentStmt *) statement, row);
			break;
		case T_AlterTableStmt:
			rewrite_alter((AlterTableStmt *) statement, row);
			if (!definition->carried_out)
				check_cuts((AlterTableStmt *) statement, row);
			break;
		case T_RenameStmt:
			if (((RenameStmt *) statement)->renameType == OBJECT_INDEX)
				point_part(((RenameStmt *) statement)->relation, row);
			else
				point_at(((RenameStmt *) statement)->relation, row);
			break;
		case T_DropStmt:
			{
				DropStmt   *drop = (DropStmt *) statement;
				RangeVar   *index = index_of_drop(drop);

				drop->objects = list_make1(list_make2(makeString(binds_metadata_schema(row->bind_key)),
													  makeString(index->relname)));
				break;
			}
		case T_AlterSeqStmt:
			point_part(((AlterSeqStmt *) statement)->sequence, row);
			break;
		default:
			elog(ERROR, "unexpected statement: %d", (int) nodeTag(statement));
	}
}

static void
rewrite_create(const BindsDefinition *definition, CreateStmt *statement,
			   const BindsModelRow *row)
{
	ListCell   *lc;

	foreach(lc, statement->inhRelations)
		point_at(lfirst(lc), find_model(definition, lfirst(lc), true));
	foreach(lc, statement->tableElts)
	{
		Node	   *element = lfirst(lc);

		if (IsA(element, ColumnDef))
			rewrite_constraints(((ColumnDef *) element)->constraints, row);
		else if (IsA(element, Constraint))
			rewrite_foreign_key((Constraint *) element, row);
	}
	rewrite_constraints(statement->constraints, row);
	point_at(statement->relation, row);
}

static void
rewrite_alter(AlterTableStmt *statement, const BindsModelRow *row)
{
	ListCell   *lc;

	point_at(statement->relation, row);
	foreach(lc, statement->cmds)
	{
		Node	   *def = ((AlterTableCmd *) lfirst(lc))->def;

		if (((AlterTableCmd *) lfirst(lc))->subtype == AT_AlterColumnType)
			check_using(lfirst(lc), row->template);
		if (def != NULL && IsA(def, Constraint))
		{
			check_validated((Constraint *) def, row);
			rewrite_foreign_key((Constraint *) def, row);
		}
		else if (def != NULL && IsA(def, ColumnDef))
			rewrite_constraints(((ColumnDef *) def)->constraints, row);
	}
}

bool
binds_rewrite_casts(const AlterTableCmd *cmd)
{
	const Node *using = cmd->subtype == AT_AlterColumnType ?
		castNode(ColumnDef, cmd->def)->raw_default : NULL;

	return using != NULL && IsA(using, TypeCast);
}

/*
 * Refuse (0A000) USING a cast that would cut values where an assignment raises an error:
 * nobody remembers it until binds.upgrade converts them.
 */
static void
check_cuts(const AlterTableStmt *statement, const BindsModelRow *row)
{
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);
		AttrNumber	attnum = cmd->name != NULL ? get_attnum(row->template, cmd->name) :
			InvalidAttrNumber;
		Oid			from;
		int32		from_typmod;
		Oid			to;
		int32		to_typmod;
		Oid			collation;

		if (attnum == InvalidAttrNumber || !binds_rewrite_casts(cmd))
			continue;
		get_atttypetypmodcoll(row->template, attnum, &from, &from_typmod, &collation);
		typenameTypeIdAndMod(NULL, castNode(ColumnDef, cmd->def)->typeName, &to, &to_typmod);
		if (!is_cut_to(to, to_typmod) || binds_type_widens(from, from_typmod, to, to_typmod))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("values of column \"%s\" cannot be cut by USING", cmd->name),
				 errdetail("binds.upgrade converts them as an assignment does, which refuses those that are too long."),
				 errhint("Leave out USING, and cut them by UPDATE before binds.upgrade.")));
	}
}

/* Does an explicit cast to a type cut values which are too long, and no other one? */
static bool
is_cut_to(Oid typid, int32 typmod)
{
	Oid			funcid;

	typid = getBaseTypeAndTypmod(typid, &typmod);
	return typmod >= 0 &&
		find_typmod_coercion_function(typid, &funcid) != COERCION_PATH_NONE &&
		OidIsValid(funcid) && get_func_nargs(funcid) == 3;
}

/*
 * Refuse (0A000) another type of a column with a USING that is not the column itself, or a
 * cast of it to that type, by way of text where values come to it by that anyway: no engine
 * is given more to convert by.
 */
static void
check_using(const AlterTableCmd *cmd, Oid template)
{
	const ColumnDef *def = castNode(ColumnDef, cmd->def);
	AttrNumber	attnum = get_attnum(template, cmd->name);
	Node	   *using = def->raw_default;

	/* PostgreSQL tells that there is no such column */
	if (using == NULL || attnum == InvalidAttrNumber)
		return;
	if (IsA(using, TypeCast))
	{
		Oid			type;
		int32		typmod;
		Oid			to;
		int32		to_typmod;

		typenameTypeIdAndMod(NULL, ((TypeCast *) using)->typeName, &type, &typmod);
		typenameTypeIdAndMod(NULL, def->typeName, &to, &to_typmod);
		if (type == to && typmod == to_typmod)
			using = ((TypeCast *) using)->arg;
		while (using != def->raw_default && IsA(using, TypeCast) &&
			   is_by_text(get_atttype(template, attnum), to))
		{
			typenameTypeIdAndMod(NULL, ((TypeCast *) using)->typeName, &type, &typmod);
			if (type != TEXTOID && (type != VARCHAROID || typmod >= 0))
				break;
			using = ((TypeCast *) using)->arg;
		}
	}
	if (IsA(using, ColumnRef) && list_length(((ColumnRef *) using)->fields) == 1 &&
		IsA(linitial(((ColumnRef *) using)->fields), String) &&
		strcmp(strVal(linitial(((ColumnRef *) using)->fields)), cmd->name) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("column \"%s\" cannot be given another type by an expression", cmd->name),
			 errdetail("binds.upgrade, which gives it to the rows of a table, converts values by a cast alone."),
			 errhint("Add a column of the type, fill it by UPDATE, drop this one, and rename the new one.")));
}

/* Is a value of the one type, as text, the same value of the other as by a cast to it? */
static bool
is_by_text(Oid from, Oid to)
{
	from = getBaseType(from);
	to = getBaseType(to);
	return from == to || from == TEXTOID || from == VARCHAROID || to == TEXTOID ||
		to == VARCHAROID || !can_coerce_type(1, &from, &to, COERCION_EXPLICIT);
}

/* Engines check all rows when a constraint comes. */
static void
check_validated(const Constraint *constraint, const BindsModelRow *row)
{
	if (constraint->skip_validation && row->bind_key != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("a constraint of model \"%s\" on %s cannot be NOT VALID",
						row->model, binds_bind_words(row->bind_key)),
				 errdetail("The engine checks the rows that are there, too."),
				 errhint("Leave out NOT VALID.")));
}

static void
rewrite_comment(CommentStmt *statement, const BindsModelRow *row)
{
	List	   *names = list_make2(makeString(binds_metadata_schema(row->bind_key)),
								   makeString(pstrdup(row->model)));

	if (statement->objtype == OBJECT_COLUMN)
		names = lappend(names, llast(castNode(List, statement->object)));
	statement->object = (Node *) names;
}

static void
rewrite_constraints(List *constraints, const BindsModelRow *row)
{
	ListCell   *lc;

	foreach(lc, constraints)
		rewrite_foreign_key(lfirst_node(Constraint, lc), row);
}

/*
 * Let REFERENCES name a template of the same bind.  No engine can check a key into
 * another database, so that is refused here and not when tables are created.
 */
static void
rewrite_foreign_key(Constraint *constraint, const BindsModelRow *row)
{
	RangeVar   *name = constraint->pktable;
	List	   *rows;
	ListCell   *lc;

	/* ALTER CONSTRAINT names no table */
	if (constraint->contype != CONSTR_FOREIGN || name == NULL)
		return;
	if (strcmp(name->relname, row->model) == 0 &&
		(name->schemaname == NULL ||
		 strcmp(name->schemaname, row->local_schema) == 0))
	{
		point_at(name, row);
		return;
	}
	rows = models_named(name);
	foreach(lc, rows)
	{
		BindsModelRow *other = lfirst(lc);

		if (same_bind(other->bind_key, row->bind_key))
		{
			point_at(name, other);
			return;
		}
	}
	if (rows == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("model \"%s\" does not exist on %s", words_of(name),
						binds_bind_words(row->bind_key)),
				 errdetail("A foreign key of model \"%s\" refers to it.", row->model),
				 errhint("Define it first, or in the same call.")));
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("foreign key of model \"%s\" on %s refers to model \"%s\" on %s",
					row->model, binds_bind_words(row->bind_key), name->relname,
					binds_bind_words(((BindsModelRow *) linitial(rows))->bind_key)),
			 errdetail("A foreign key cannot reach into another database.")));
}

/* Let a name mean the template of a model. */
static void
point_at(RangeVar *name, const BindsModelRow *row)
{
	name->catalogname = NULL;
	name->schemaname = binds_metadata_schema(row->bind_key);
	name->relname = pstrdup(row->model);
}

/* Let a name mean what lies beside the template of a model. */
static void
point_part(RangeVar *name, const BindsModelRow *row)
{
	name->catalogname = NULL;
	name->schemaname = binds_metadata_schema(row->bind_key);
}

static bool
same_bind(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}
