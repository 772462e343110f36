/*
 * cppcheck.h
 *	  What cppcheck has to know of PostgreSQL, whose headers it is not given.
 *
 * Copyright (c) 2026, the binds developers
 */
#define DEBUG1 14
#define LOG 15
#define NOTICE 18
#define WARNING 19
#define ERROR 21
#define FATAL 22
#define ereport(elevel, ...) do { if ((elevel) >= ERROR) exit(1); } while (0)
#define elog(elevel, ...) do { if ((elevel) >= ERROR) exit(1); } while (0)
#define PG_RE_THROW() exit(1)
#define PG_TRY() { if (1)
#define PG_CATCH() else
#define PG_FINALLY()
#define PG_END_TRY() }
#define Assert(condition) do { if (!(condition)) exit(1); } while (0)
#define StaticAssertDecl(condition, message) extern int static_assert_dummy
#define pg_unreachable() exit(1)
#define pg_attribute_printf(f, a)
#define pg_attribute_noreturn()
#define PG_FUNCTION_ARGS void *fcinfo
#define PG_FUNCTION_INFO_V1(f) extern int info_dummy
#define PGDLLEXPORT
#define CHECK_FOR_INTERRUPTS() ((void) 0)
#define BINDS_CHECKED
