/*
 * classify.h
 *	  What a statement in an engine's own SQL does, as far as its first word tells.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CLASSIFY_H
#define BINDS_CLASSIFY_H

#include "dialect/dialect.h"

/*
 * What the dialect's table says of the first word of a statement of the caller, and the
 * word, in capitals.  Raises 0A000 for what must not reach the engine, 42601 if there is
 * no word.  sql is UTF-8.
 */
extern BindsWordKind binds_classify_statement(const BindsDialect *dialect,
											  const char *bind_key, const char *sql,
											  char **word);

/* Raise 0A000 for a statement that is not known to leave the transaction alone. */
extern void binds_classify_refuse(const char *bind_key, const char *word)
			__attribute__((noreturn));

#endif							/* BINDS_CLASSIFY_H */
