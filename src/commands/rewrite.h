/*
 * rewrite.h
 *	  Statements of binds.define, turned from local names to the metadata.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REWRITE_H
#define BINDS_REWRITE_H

#include "commands/commands.h"
#include "nodes/parsenodes.h"

/* One call of binds.define. */
typedef struct BindsDefinition
{
	const char *ddl;
	bool		key_given;
	const char *bind_key;		/* if key_given; NULL: default bind */
	List	   *made;			/* BindsModelRow of this call, newest first */
	List	   *cut;			/* OIDs of templates that have lost a foreign
								 * key to another one */
	bool		reflected;		/* the tables are there */
	bool		carried_out;	/* the tables follow */
	int64		position;		/* of the model that is made, 0: the next one */
	List	   *before;			/* BindsModel: those that are changed, as they
								 * were */
} BindsDefinition;

/*
 * Refuse a statement that is no part of a model (0A000).
 */
extern void binds_rewrite_check(Node *statement);

/* Is a part of ALTER TABLE about the definition that a model has? */
extern bool binds_rewrite_is_part(const AlterTableCmd *cmd);

/* Does ALTER COLUMN TYPE say USING a cast? */
extern bool binds_rewrite_casts(const AlterTableCmd *cmd);

/*
 * The bind of a CREATE TABLE: the one given, else its parents', else the default.
 */
extern const char *binds_rewrite_bind(const BindsDefinition *definition,
									  const CreateStmt *statement);

/*
 * The model that a statement other than CREATE TABLE is about.  Raises 42P01, 42704 or
 * 42725; NULL, after a NOTICE, if IF EXISTS allows that there is none.
 */
extern const BindsModelRow *binds_rewrite_target(const BindsDefinition *definition,
												 Node *statement);

/* Those of a DROP TABLE, each once, in the same way. */
extern List *binds_rewrite_dropped(const BindsDefinition *definition,
								   const DropStmt *statement);

/*
 * Let a statement work on templates: "row" is the model it is about, whose bind's
 * own models are what REFERENCES may name.  Changes the tree in place.
 */
extern void binds_rewrite(const BindsDefinition *definition, Node *statement,
						  const BindsModelRow *row);

#endif							/* BINDS_REWRITE_H */
