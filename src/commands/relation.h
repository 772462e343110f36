/*
 * relation.h
 *	  Local relations of models: foreign tables, or the tables of the default bind.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CATALOG_RELATION_H
#define BINDS_CATALOG_RELATION_H

#include "commands/commands.h"

/* A column of a local relation, as it stands in its DDL; texts are palloc'ed. */
typedef struct BindsLocalColumn
{
	const char *name;
	Oid			typid;
	int32		typmod;
	const char *type;
	const char *serial;			/* "serial" and its like instead; NULL: no */
	List	   *options;		/* of DefElem */
	List	   *own_options;	/* likewise: what is no part of the model */
	const char *storage;		/* NULL: the type's */
	const char *compression;	/* NULL: the default */
	const char *collation;		/* NULL: the type's */
	const char *identity;		/* " GENERATED ... AS IDENTITY ..."; NULL: no */
	const char *identity_set;	/* what makes another identity that one: " SET
								 * GENERATED ... SET ..." */
	const char *expr;			/* its default, or what it is computed by */
	bool		computed;
	bool		not_null;
	bool		inherited;		/* from a parent */
} BindsLocalColumn;

/* A local relation, or what create_all would make of one. */
typedef struct BindsLocalRelation
{
	const char *table;			/* its qualified name */
	BindsLocalColumn *columns;
	int			ncolumns;
	List	   *options;		/* of a foreign table, those that tell of the
								 * engine's */
	List	   *inherited;		/* names (char *) of constraints */
	BindsTableParts definition; /* the same, and all else that it has */
} BindsLocalRelation;

/*
 * What create_all makes of a model, and what there is; relid: what there is, whose order
 * of columns decides the option "described".
 */
extern void binds_local_expected(const BindsBind *bind, const BindsModelRow *row,
								 const BindsModel *model,
								 const BindsReflectedTable *engine, Oid relid,
								 BindsLocalRelation *result);
extern void binds_local_found(const BindsBind *bind, const BindsModelRow *row, Oid relid,
							  BindsLocalRelation *result);

/*
 * The statements (char *) that make the local relation of a model: CREATE TABLE with
 * its indexes on the default bind, CREATE FOREIGN TABLE on others; and comments.
 * engine: what the engine's table looks like if we did not make it, else NULL.
 * model->foreign_keys[].late are left out.
 */
extern List *binds_relation_statements(const BindsBind *bind, const BindsModelRow *row,
									   const BindsModel *model,
									   const BindsReflectedTable *engine);

/*
 * ALTER TABLE ... ADD CONSTRAINT for the late foreign keys of the default bind.  defines:
 * of any bind, for binds.define.
 */
extern List *binds_relation_late_statements(const BindsModelRow *row,
											const BindsModel *model, bool defines);

/*
 * The statements that binds.define takes for a model, but for its late foreign keys.
 * schema: names of keys and indexes that are taken there are left out; InvalidOid: none is.
 */
extern List *binds_relation_definition(const BindsModelRow *row, const BindsModel *model,
									   Oid schema);

/* ALTER TABLE ... INHERIT for parents on the default bind; for binds.ddl. */
extern List *binds_relation_inherit_statements(const BindsModelRow *row,
											   const BindsModel *model);

/*
 * The default of a child's column that takes its values from a parent's sequence, as
 * text over the parent's local relation; NULL if the column is no such one, or the
 * parent has no local relation.
 */
extern char *binds_relation_parent_default(Oid template, AttrNumber attnum);

/*
 * Raise 42501 unless "owner" may own the relation of a model, and the caller may act
 * for him.
 */
extern void binds_relation_check_owner(const BindsBind *bind, const BindsModelRow *row,
									   Oid owner);

/*
 * Make the relation as the owner of the template, give it the template's rights; returns
 * it.
 */
extern Oid	binds_relation_make(const BindsBind *bind, const BindsModelRow *row,
								const BindsModel *model,
								const BindsReflectedTable *engine);

extern Oid	binds_relation_owner(Oid relid);

/* Has a relation a column of that name from a parent? */
extern bool binds_relation_inherits(Oid relid, const char *column);

/* Join a relation with its parents and children that are there (INHERIT). */
extern void binds_relation_join(const BindsModelRow *row, Oid relid);

/* OIDs of the tables that a table inherits from, in order. */
extern List *binds_relation_parents(Oid relid);

/* Is a relation the local one of any model among rows? */
extern bool binds_relation_is_models(List *rows, Oid relid);

/* Take a relation out of the hands of its children, before it is dropped. */
extern void binds_relation_part(Oid relid);

/*
 * Let a template that was just made say nothing of rights: who gets some on its relation
 * the default privileges of that one's schema tell.
 */
extern void binds_relation_begin_rights(Oid template);

/* Keep the rights of a relation with its template, before it is dropped. */
extern void binds_relation_keep_rights(const BindsModelRow *row, Oid relid);

/*
 * Give the sequences of serial columns the rights of those of another table of the same
 * owner.
 */
extern void binds_relation_copy_sequence_rights(Oid from, Oid to);

/*
 * How the type of a relation's column differs from the model's, in words that have no end:
 * "missing", "integer, not bigint"; NULL: it does not.
 */
extern char *binds_relation_column_misfit(const BindsModelColumn *column, Oid relid);

#endif							/* BINDS_CATALOG_RELATION_H */
