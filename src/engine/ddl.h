/*
 * ddl.h
 *	  Models to an engine's DDL: what all dialects share.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DDL_H
#define BINDS_DDL_H

#include "model/model.h"

/*
 * Append the parts of CREATE TABLE that are the same in every dialect.  Names are
 * quoted by the dialect.
 */
extern void binds_append_key(StringInfo buf, const BindsDialect *dialect,
							 const BindsModel *model, const BindsModelKey *key);
extern void binds_append_foreign_key(StringInfo buf, const BindsDialect *dialect,
									 const BindsModel *model,
									 const BindsModelForeignKey *foreign_key,
									 bool deferrable_clause);
extern void binds_append_check(StringInfo buf, const BindsDialect *dialect,
							   const BindsModelCheck *check);

/*
 * CREATE [UNIQUE] INDEX of a model's index; NULL if it is skipped.  index_name is
 * the name in the engine.  expr_template: how an expression stands in the column
 * list ("($1)", "(($1))").
 */
extern char *binds_index_statement(const BindsDialect *dialect,
								   const BindsModel *model,
								   const BindsModelIndex *index,
								   const char *index_name,
								   const char *expr_template);

/*
 * Is a difference a new column with a default that the engine does not get, so that rows
 * which are there have to be given it?  Says so in its note.
 */
extern bool binds_new_column_fills(const BindsModel *model, BindsDifference *difference);

/*
 * Is a difference the old form of one of the model's checks, which PostgreSQL alone keeps
 * now?  Then the model has something in its place, and it goes, which its note says.
 * name_of: what a check is called in the engine; NULL: as in the model.
 */
extern void binds_unkept_check_goes(const BindsModel *model, BindsDifference *difference,
									char *(*name_of) (const BindsModel *model,
													  const char *name));

#endif							/* BINDS_DDL_H */
