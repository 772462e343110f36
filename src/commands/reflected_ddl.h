/*
 * reflected_ddl.h
 *	  What an engine's catalogs say of a table, as statements for binds.define.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REFLECTED_DDL_H
#define BINDS_REFLECTED_DDL_H

#include "commands/commands.h"

/*
 * CREATE TABLE with keys, early foreign keys, indexes and comments, separated by ';'.  Makes
 * the enum types of the columns in local_schema where they are not there.  metadata: OID of
 * the metadata schema, to tell which index names are taken; may be InvalidOid.  tables,
 * relations (char *): the names of all tables of the bind, and of all its tables and views,
 * which indexes and types must not have.
 */
extern char *binds_reflected_table(const BindsReflectedTable *table,
								   const char *local_schema, Oid metadata,
								   List *tables, List *relations);

/*
 * Give another name to a type of an enum that stands where the local relation of a table
 * or view is to be made; relations: as above.  Raises 42710 if it is somebody else's.
 */
extern void binds_reflected_make_way(const char *local_schema, const char *name,
									 List *relations);

/* ALTER TABLE ... ADD for a foreign key. */
extern char *binds_reflected_foreign_key(const BindsReflectedTable *table,
										 const BindsReflectedForeignKey *key,
										 const char *local_schema);

/* Which foreign key it is, for people: 'foreign key "name" (a, b) of table'. */
extern char *binds_reflected_foreign_key_words(const BindsReflectedForeignKey *key);

#endif							/* BINDS_REFLECTED_DDL_H */
