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

#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"
#include "tcop/utility.h"

#include "commands/rewrite.h"

static void check_create(const CreateStmt *statement);
static void refuse(const char *what) __attribute__((noreturn));
static const BindsModelRow *find_model(const BindsDefinition *definition,
									   const RangeVar *name, bool any_bind);
static List *models_named(const RangeVar *name);
static const BindsModelRow *only_one(List *rows, const RangeVar *name);
static void rewrite_create(const BindsDefinition *definition, CreateStmt *statement,
						   const BindsModelRow *row);
static void rewrite_comment(CommentStmt *statement, const BindsModelRow *row);
static void rewrite_constraints(List *constraints, const BindsModelRow *row);
static void rewrite_foreign_key(Constraint *constraint, const BindsModelRow *row);
static void point_at(RangeVar *name, const BindsModelRow *row);
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
			{
				AlterTableStmt *alter = (AlterTableStmt *) statement;
				ListCell   *lc;

				if (alter->objtype != OBJECT_TABLE)
					break;
				foreach(lc, alter->cmds)
				{
					if (((AlterTableCmd *) lfirst(lc))->subtype != AT_AddConstraint)
						refuse("this form of ALTER TABLE");
				}
				return;
			}
		default:
			break;
	}
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("%s cannot be part of a model",
					GetCommandTagName(CreateCommandTag(statement))),
			 errhint("A model is defined by CREATE TABLE, CREATE INDEX, COMMENT ON TABLE, COMMENT ON COLUMN and ALTER TABLE ... ADD CONSTRAINT.")));
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
			return find_model(definition, ((AlterTableStmt *) statement)->relation,
							  false);
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
				 errmsg("model \"%s\" does not exist on %s", name->relname,
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

	foreach(lc, binds_model_all_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (strcmp(row->model, name->relname) == 0 &&
			(name->schemaname == NULL ||
			 strcmp(row->local_schema, name->schemaname) == 0))
			rows = lappend(rows, row);
	}
	return rows;
}

static const BindsModelRow *
only_one(List *rows, const RangeVar *name)
{
	if (rows == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("model \"%s\" does not exist", name->relname),
				 errhint("The view binds.models has those that there are.")));
	if (list_length(rows) > 1)
	{
		BindsModelRow *first = linitial(rows);
		BindsModelRow *second = lsecond(rows);

		ereport(ERROR,
				(errcode(ERRCODE_AMBIGUOUS_FUNCTION),
				 errmsg("model \"%s\" is ambiguous", name->relname),
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
			{
				AlterTableStmt *alter = (AlterTableStmt *) statement;
				ListCell   *lc;

				point_at(alter->relation, row);
				foreach(lc, alter->cmds)
					rewrite_foreign_key((Constraint *)
										((AlterTableCmd *) lfirst(lc))->def, row);
				break;
			}
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

	if (constraint->contype != CONSTR_FOREIGN)
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
				 errmsg("model \"%s\" does not exist on %s", name->relname,
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

static bool
same_bind(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}
