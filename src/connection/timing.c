/*
 * timing.c
 *	  What is logged of the statements that are sent: themselves, and how long they took.
 *
 * The option echo logs a statement before it is sent and its duration afterwards, the
 * option log_min_duration what took long.  The time is the engine's (and the network's):
 * of a statement with rows that for the statement and for each row that is fetched, not
 * what is done with the rows in between, and none of an engine that waits for us.  It is
 * told when the engine has done with the statement, whichever way that ends.
 *
 * EXPLAIN ANALYZE asks for the same time without logging it.
 *
 * If nobody asks, this costs nothing but to look at a flag.  A message would serve a
 * pending interrupt, between an engine's answer and what its caller notes of that: interrupts
 * are held.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "connection/internal.h"
#include "dialect/error.h"

/* messages of echo so far: the last of them needs not be repeated with its duration */
static uint64 echoes = 0;

static void fill_context(BindsErrorContext *context, const BindsEngineOptions *options,
						 const char *sql, const BindsValue *values, int nvalues);

/*
 * A statement is going to be sent: log it if the bind has the option echo.  options may be
 * NULL, values too.  asked: the time is wanted by the caller, too.
 */
void
binds_timing_begin(BindsTiming *timing, const BindsEngineOptions *options,
				   const char *sql, const BindsValue *values, int nvalues, bool asked)
{
	BindsErrorContext context;

	timing->logs = options != NULL && (options->echo || options->log_min_duration >= 0);
	timing->on = timing->logs || asked;
	if (likely(!timing->on))
		return;
	INSTR_TIME_SET_ZERO(timing->total);
	timing->first = -1;
	timing->echo = 0;
	if (!timing->logs || !options->echo)
		return;
	fill_context(&context, options, sql, values, nvalues);
	HOLD_INTERRUPTS();
	binds_error_log_statement(options->bind_key, &context);
	RESUME_INTERRUPTS();
	timing->echo = ++echoes;
}

/*
 * The first row is there.
 */
void
binds_timing_first_row(BindsTiming *timing)
{
	if (timing->on && timing->first < 0)
		timing->first = INSTR_TIME_GET_MILLISEC(timing->total);
}

/*
 * The engine has done with a statement: log the duration.  Its text and parameters are
 * shown with it, unless they are what was logged last.  May be called again, for nothing.
 *
 * shown: the parameters as binds_timing_values gave them, or NULL: "values".
 */
void
binds_timing_end(BindsTiming *timing, const BindsEngineOptions *options,
				 const char *sql, const BindsValue *values, int nvalues,
				 const char *shown)
{
	BindsErrorContext context;
	double		ms;

	if (likely(!timing->on))
		return;
	timing->on = false;
	if (!timing->logs)
		return;
	ms = INSTR_TIME_GET_MILLISEC(timing->total);
	if (!options->echo && ms < options->log_min_duration)
		return;
	fill_context(&context, options, sql, values, nvalues);
	context.shown_values = shown;
	HOLD_INTERRUPTS();
	binds_error_log_duration(options->bind_key, ms, timing->first,
							 timing->echo != 0 && timing->echo == echoes ? NULL : &context);
	RESUME_INTERRUPTS();
}

/*
 * The parameters as they will be shown, for a statement whose values may be gone when it
 * ends; palloc'ed.  NULL if there are none to show.
 */
char *
binds_timing_values(const BindsTiming *timing, const BindsEngineOptions *options,
					const BindsValue *values, int nvalues)
{
	BindsErrorContext context;

	if (likely(!timing->on || !timing->logs))
		return NULL;
	fill_context(&context, options, NULL, values, nvalues);
	return binds_error_values_text(&context);
}

static void
fill_context(BindsErrorContext *context, const BindsEngineOptions *options,
			 const char *sql, const BindsValue *values, int nvalues)
{
	memset(context, 0, sizeof(*context));
	context->sql = sql;
	context->values = values;
	context->nvalues = nvalues;
	context->hide_parameters = options->hide_parameters;
	context->quote = options->dialect->quote;
}
