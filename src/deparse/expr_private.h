/*
 * expr_private.h
 *	  What the files that deparse expressions share: fragments and node functions.
 *
 * A fragment is a piece of SQL with the places of its parameters and with what is
 * known of its value.  It always stands for itself: an atom, or in parentheses.
 *
 * Every deparse function returns false if its node cannot be sent; "out" is then
 * of no use and parameters may be left over, which binds_deparse_expr cuts off.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DEPARSE_EXPR_PRIVATE_H
#define BINDS_DEPARSE_EXPR_PRIVATE_H

#include "deparse/expr.h"
#include "nodes/primnodes.h"

typedef struct BindsFragment
{
	StringInfoData buf;
	List	   *places;			/* int list: offsets of '?' in buf */
	List	   *place_params;	/* int list: which parameter */
	const BindsStorage *storage;	/* form of the value */
	const char *name;			/* of a plain column, without what makes it an
								 * operand; else NULL */
	bool		column;			/* its value depends on a column */
	bool		exact;			/* text: the engine compares it by bytes */
	int			depth;			/* of the engine's expression tree, about */
	int			stack;			/* symbols that the engine's parser keeps on
								 * its stack for it, at most */
	int			open;			/* parentheses open in buf, */
	int			scanned;		/* up to there */
} BindsFragment;

/* fragment.c */
extern void binds_fragment_init(BindsFragment *fragment);
extern void binds_fragment_append(BindsFragment *out, const BindsFragment *arg);
extern void binds_fragment_template(BindsFragment *out, const char *text,
									const BindsFragment *args, int nargs);

/* rules.c */
extern const BindsFunctionRule *binds_rule_find(const BindsDialect *dialect,
												Oid funcid);

/* operand.c */
extern bool binds_deparse_var(BindsDeparse *deparse, Var *var,
							  BindsFragment *out);
extern bool binds_deparse_const(BindsDeparse *deparse, Const *constant,
								const BindsStorage *wanted, BindsFragment *out);
extern void binds_append_literal(StringInfo buf, const BindsDialect *dialect,
								 const BindsValue *value);
extern bool binds_deparse_param(BindsDeparse *deparse, Expr *expr,
								const BindsStorage *wanted, BindsFragment *out);
extern const BindsStorage *binds_deparse_find_storage(BindsDeparse *deparse,
													  Expr *expr);
extern const BindsStorage *binds_deparse_type_storage(BindsDeparse *deparse,
													  Oid typid);
extern bool binds_deparse_references(BindsDeparse *deparse, Node *node);
extern bool binds_storage_comparable(const BindsStorage *a, const BindsStorage *b);
extern bool binds_expr_is_safe(BindsDeparse *deparse, Node *node);

extern bool binds_deparse_list(BindsDeparse *deparse, Expr *array,
							   const BindsStorage *wanted, BindsFragment *out);
extern void binds_deparse_widened(BindsDeparse *deparse, Expr *expr,
								  const BindsStorage *wide, BindsFragment *out);

/* mixed.c */
extern bool binds_deparse_mixed(BindsDeparse *deparse, Oid funcid, List *args,
								bool eager, BindsFragment *out);

/* compare.c */
extern bool binds_deparse_compare_as(BindsDeparse *deparse,
									 const BindsFunctionRule *rule, Oid funcid,
									 const BindsFragment *operands,
									 BindsFragment *out);
extern bool binds_deparse_compare(BindsDeparse *deparse,
								  const BindsFunctionRule *rule, Oid opno,
								  Oid collation, Expr *left, Expr *right,
								  bool eager, BindsFragment *out);
extern bool binds_deparse_distinct(BindsDeparse *deparse, OpExpr *node,
								   bool eager, BindsFragment *out);
extern bool binds_deparse_nullif(BindsDeparse *deparse, OpExpr *node,
								 BindsFragment *out);
extern bool binds_deparse_array_compare(BindsDeparse *deparse,
										ScalarArrayOpExpr *node, bool eager,
										BindsFragment *out);

/* expr.c: an operand; eager: may be evaluated before the first row is read */
extern bool binds_deparse_operand(BindsDeparse *deparse, Expr *expr,
								  const BindsStorage *wanted, bool eager,
								  BindsFragment *out);

#endif							/* BINDS_DEPARSE_EXPR_PRIVATE_H */
