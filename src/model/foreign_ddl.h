/*
 * foreign_ddl.h
 *	  What an engine's catalogs say of a table or view, as CREATE FOREIGN TABLE.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_FOREIGN_DDL_H
#define BINDS_FOREIGN_DDL_H

#include "dialect/dialect.h"
#include "options/reflect_options.h"

/* schema: NULL to leave it to who executes it, as IMPORT FOREIGN SCHEMA does. */
extern char *binds_foreign_statement(const BindsReflectedTable *table,
									 const BindsDialect *dialect, const char *schema,
									 const char *server,
									 const BindsReflectOptions *options);

#endif							/* BINDS_FOREIGN_DDL_H */
