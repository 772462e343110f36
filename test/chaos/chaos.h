/*
 * chaos.h
 *	  A driver between the core and an engine that fails where it is told to.
 *
 * Linked into a copy of the module that is made for tests only (test/chaos/run.pl): the
 * linker's --wrap puts our tables of functions in the place of the drivers' own, so that
 * neither the core nor the engines know of it.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CHAOS_H
#define BINDS_CHAOS_H

#include "dialect/driver.h"

/* What one engine needs to be broken for real. */
typedef struct ChaosEngine
{
	const BindsDriver *real;
	BindsDriver *table;			/* what the core takes for it */

	/* its connection goes away: the socket is shut, the file is replaced */
	void		(*cut) (BindsDriverConn *conn);

	/* the same before it is opened; NULL: that is a refusal */
	void		(*replace) (const BindsConnectSpec *spec);

	/* it throws the open transaction away */
	void		(*undo) (BindsDriverConn *conn);

	/* can a commit be done and its reply be lost? */
	bool		has_replies;
} ChaosEngine;

extern BindsDriverConn *chaos_connect(const ChaosEngine *engine,
									  const BindsConnectSpec *spec, BindsError *error);
extern void chaos_disconnect(const ChaosEngine *engine, BindsDriverConn *conn,
							 bool abandon);
extern bool chaos_ping(const ChaosEngine *engine, BindsDriverConn *conn,
					   BindsError *error);
extern bool chaos_alive(const ChaosEngine *engine, BindsDriverConn *conn);
extern BindsDriverStmt *chaos_prepare(const ChaosEngine *engine, BindsDriverConn *conn,
									  const BindsQuery *query, BindsError *error);
extern bool chaos_execute(const ChaosEngine *engine, BindsDriverStmt *stmt,
						  const BindsValue *values, BindsOutcome *outcome,
						  BindsError *error);
extern bool chaos_execute_batch(const ChaosEngine *engine, BindsDriverStmt *stmt,
								const BindsValue *values, int nrows,
								BindsOutcome *outcome, BindsError *error);
extern BindsFetch chaos_fetch(const ChaosEngine *engine, BindsDriverStmt *stmt,
							  BindsValue *row, BindsError *error);
extern bool chaos_reset(const ChaosEngine *engine, BindsDriverStmt *stmt);
extern bool chaos_run(const ChaosEngine *engine, BindsDriverConn *conn, const char *sql,
					  BindsError *error);
extern bool chaos_begin(const ChaosEngine *engine, BindsDriverConn *conn,
						const BindsBegin *begin, BindsError *error);
extern bool chaos_savepoint(const ChaosEngine *engine, BindsDriverConn *conn, int level,
							BindsError *error);
extern bool chaos_release(const ChaosEngine *engine, BindsDriverConn *conn, int level,
						  BindsError *error);
extern bool chaos_rollback_to(const ChaosEngine *engine, BindsDriverConn *conn,
							  int level, BindsError *error);
extern bool chaos_understands(const ChaosEngine *engine, BindsDriverStmt *stmt,
							  BindsError *error);
extern bool chaos_describe(const ChaosEngine *engine, BindsDriverStmt *stmt,
						   BindsError *error);
extern bool chaos_check_commit(const ChaosEngine *engine, BindsDriverConn *conn,
							   BindsError *error);
extern bool chaos_keep_references(const ChaosEngine *engine, BindsDriverConn *conn,
								  bool keep, BindsError *error);
extern bool chaos_commit(const ChaosEngine *engine, BindsDriverConn *conn, bool voted,
						 BindsError *error);
extern bool chaos_rollback(const ChaosEngine *engine, BindsDriverConn *conn, bool voted);

/*
 * The members of a table for one engine, "chaos" being its ChaosEngine, and what puts
 * them into the table when the module is loaded.  Members that only look, or only free,
 * or that came later, are the engine's own.
 */
#define CHAOS_MEMBERS(chaos) \
static BindsDriverConn *c_connect(const BindsConnectSpec *s, BindsError *e) \
{ return chaos_connect(&chaos, s, e); } \
static void c_disconnect(BindsDriverConn *c, bool abandon) \
{ chaos_disconnect(&chaos, c, abandon); } \
static bool c_ping(BindsDriverConn *c, BindsError *e) \
{ return chaos_ping(&chaos, c, e); } \
static bool c_alive(BindsDriverConn *c) \
{ return chaos_alive(&chaos, c); } \
static BindsDriverStmt *c_prepare(BindsDriverConn *c, const BindsQuery *q, BindsError *e) \
{ return chaos_prepare(&chaos, c, q, e); } \
static bool c_execute(BindsDriverStmt *t, const BindsValue *v, BindsOutcome *o, \
					  BindsError *e) \
{ return chaos_execute(&chaos, t, v, o, e); } \
static bool c_execute_batch(BindsDriverStmt *t, const BindsValue *v, int n, \
							BindsOutcome *o, BindsError *e) \
{ return chaos_execute_batch(&chaos, t, v, n, o, e); } \
static BindsFetch c_fetch(BindsDriverStmt *t, BindsValue *r, BindsError *e) \
{ return chaos_fetch(&chaos, t, r, e); } \
static bool c_reset(BindsDriverStmt *t) \
{ return chaos_reset(&chaos, t); } \
static bool c_run(BindsDriverConn *c, const char *s, BindsError *e) \
{ return chaos_run(&chaos, c, s, e); } \
static bool c_begin(BindsDriverConn *c, const BindsBegin *b, BindsError *e) \
{ return chaos_begin(&chaos, c, b, e); } \
static bool c_savepoint(BindsDriverConn *c, int l, BindsError *e) \
{ return chaos_savepoint(&chaos, c, l, e); } \
static bool c_release(BindsDriverConn *c, int l, BindsError *e) \
{ return chaos_release(&chaos, c, l, e); } \
static bool c_rollback_to(BindsDriverConn *c, int l, BindsError *e) \
{ return chaos_rollback_to(&chaos, c, l, e); } \
static bool c_understands(BindsDriverStmt *t, BindsError *e) \
{ return chaos_understands(&chaos, t, e); } \
static bool c_describe(BindsDriverStmt *t, BindsError *e) \
{ return chaos_describe(&chaos, t, e); } \
static bool c_check_commit(BindsDriverConn *c, BindsError *e) \
{ return chaos_check_commit(&chaos, c, e); } \
static bool c_keep_references(BindsDriverConn *c, bool k, BindsError *e) \
{ return chaos_keep_references(&chaos, c, k, e); } \
static bool c_commit(BindsDriverConn *c, bool v, BindsError *e) \
{ return chaos_commit(&chaos, c, v, e); } \
static bool c_rollback(BindsDriverConn *c, bool v) \
{ return chaos_rollback(&chaos, c, v); } \
__attribute__((constructor)) static void c_fill(void) \
{ \
	BindsDriver *t = chaos.table; \
	*t = *chaos.real; \
	t->connect = c_connect; \
	t->disconnect = c_disconnect; \
	t->ping = c_ping; \
	t->alive = c_alive; \
	t->prepare = c_prepare; \
	t->execute = c_execute; \
	t->execute_batch = c_execute_batch; \
	t->fetch = c_fetch; \
	t->reset = c_reset; \
	t->run = c_run; \
	t->begin = c_begin; \
	t->savepoint = c_savepoint; \
	t->release = c_release; \
	t->rollback_to = c_rollback_to; \
	t->understands = t->understands != NULL ? c_understands : NULL; \
	t->describe = t->describe != NULL ? c_describe : NULL; \
	t->check_commit = t->check_commit != NULL ? c_check_commit : NULL; \
	t->keep_references = t->keep_references != NULL ? c_keep_references : NULL; \
	t->commit = c_commit; \
	t->rollback = c_rollback; \
}

#endif							/* BINDS_CHAOS_H */
