/*
 * foreign_table.h
 *	  What planner and executor know of a foreign table: its columns and options.
 *
 * Read from the catalogs once per planning and once per execution; plain structs,
 * palloc'ed in the caller's context.  Opens no connection.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_FOREIGN_TABLE_H
#define BINDS_FOREIGN_TABLE_H

#include "dialect/dialect.h"
#include "model/model.h"
#include "options/server.h"

typedef struct BindsForeignColumn
{
	const char *local_name;		/* NULL: a dropped column */
	const char *name;			/* in the engine: option column_name or local */
	Oid			typid;			/* as declared */
	int32		typmod;
	Oid			collation;
	bool		not_null;		/* locally declared */
	bool		key;			/* option key: part of the row identity */
	bool		engine_key;		/* the same, as the engine says */
	BindsGenerated generated;	/* option generated */
	bool		computed;		/* PostgreSQL computes it (attgenerated) */
	bool		engine_computed;	/* option computed: the engine computes
									 * it; never written, read again for
									 * RETURNING */
	bool		engine_default; /* option default 'engine': what is left out
								 * is left to the engine */
	bool		replaces_null;	/* the engine may store something else for
								 * NULL, so that is refused */
	bool		null_if_invalid;	/* option invalid_values 'null' */
	BindsStorage storage;
} BindsForeignColumn;

typedef struct BindsForeignTable
{
	Oid			relid;
	Oid			serverid;
	const BindsDialect *dialect;
	const char *bind_key;		/* the server's name */
	const char *local_name;
	const char *schema;			/* in the engine, NULL: default */
	const char *table;			/* in the engine */
	const char *query;			/* the statement whose rows these are, instead
								 * of a table's; NULL: it is a table */
	int			ncolumns;		/* = natts, dropped ones included */
	BindsForeignColumn *columns;	/* [attnum - 1] */
	int			nkeys;			/* columns with option key */
	AttrNumber *keys;			/* in attribute order */
	bool		rowid;			/* the engine's rowid identifies rows, not the
								 * key (option rowid of the table; SQLite) */
	const char *rowid_name;		/* its name in statements, NULL if !rowid;
								 * never quoted */
	bool		fingerprint;	/* the key and the dialect's key_fingerprint
								 * of it identify rows together */
	bool		read_only;		/* option of the table or the server */
	int			fetch_size;
	int			batch_size;
	bool		hide_values;	/* option hide_parameters of the server */
	List	   *facts;			/* what the engine says of a table written by
								 * hand; NIL: the options say all */
	bool		unknown;		/* the engine could not be asked: nothing is
								 * sent, and it is asked again before anything
								 * is read */
} BindsForeignTable;

/*
 * Read a foreign table of one of our wrappers.  facts: what the engine says of it
 * (model/facts.h), which goes before the options; NIL: the options say all.  Raises
 * 42809 if it is none, 0A000 if a column's type cannot travel.
 *
 * For a plan or without one, transaction/learn.h has what gets the facts first.
 */
extern BindsForeignTable *binds_foreign_table_read(Oid relid, List *facts);

/*
 * Is it the same table of the engine?  Foreign tables of two servers may be over one, and
 * say its name, its schema and where its database is in different ways.
 */
extern BindsSame binds_same_engine_table(const BindsForeignTable *a,
										 const BindsForeignTable *b);

/*
 * Read the options that can be read without knowing the engine's table: sizes, names,
 * what may be written.  Columns are as the options say.
 */
static inline BindsForeignTable *
binds_foreign_table_options(Oid relid)
{
	return binds_foreign_table_read(relid, NULL);
}

/*
 * The number of values that identify a row: of the rowid, or of the key and its
 * fingerprint.  0: rows cannot be identified.
 */
static inline int
binds_foreign_table_identity(const BindsForeignTable *table)
{
	return table->rowid ? 1 : table->nkeys + (table->fingerprint ? 1 : 0);
}

/*
 * How a value of a type is kept that is no column's.  codec is BINDS_CODEC_NONE
 * if the type cannot travel.
 */
extern void binds_storage_of_type(const BindsDialect *dialect, Oid typid,
								  int32 typmod, Oid collation,
								  BindsStorage *storage);

#endif							/* BINDS_FOREIGN_TABLE_H */
