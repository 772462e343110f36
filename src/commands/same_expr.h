/*
 * same_expr.h
 *	  Texts of expressions that are the same before and after they have been written and read
 *	  again.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SAME_EXPR_H
#define BINDS_SAME_EXPR_H

#include "nodes/nodes.h"
#include "utils/relcache.h"

/*
 * A text in which an expression of a relation stands as PostgreSQL writes it, with that as
 * it is to be compared; palloc'ed.
 */
extern char *binds_same_text(const char *text, Relation rel, Node *expr);

#endif							/* BINDS_SAME_EXPR_H */
