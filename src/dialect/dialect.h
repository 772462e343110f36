/*
 * dialect.h
 *	  The interface to an SQL language: data tables first, hooks only where data
 *	  cannot say it.
 *
 * Everything in here is pure: text and tables, no connection is opened.  The
 * exceptions are "reflect" and its like, which are handed an open connection of the driver.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DIALECT_H
#define BINDS_DIALECT_H

#include "dialect/driver.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"

struct BindsModel;				/* model/model.h */
struct BindsModelColumn;

/* ------------------------------------------------------------------------
 * Storage: how a column's values look in the engine
 * ------------------------------------------------------------------------ */

/* How a PostgreSQL type travels; the functions are in value/. */
typedef enum BindsCodec
{
	BINDS_CODEC_NONE,			/* the type cannot travel: 0A000 */
	BINDS_CODEC_INT2,
	BINDS_CODEC_INT4,
	BINDS_CODEC_INT8,
	BINDS_CODEC_FLOAT4,
	BINDS_CODEC_FLOAT8,
	BINDS_CODEC_NUMERIC,
	BINDS_CODEC_BOOL,
	BINDS_CODEC_TEXT,			/* text, varchar, name */
	BINDS_CODEC_BPCHAR,
	BINDS_CODEC_BYTEA,
	BINDS_CODEC_DATE,
	BINDS_CODEC_TIME,
	BINDS_CODEC_TIMESTAMP,
	BINDS_CODEC_TIMESTAMPTZ,
	BINDS_CODEC_INTERVAL,
	BINDS_CODEC_UUID,
	BINDS_CODEC_JSON,
	BINDS_CODEC_JSONB,
	BINDS_CODEC_ENUM,
	BINDS_CODEC_PRINTED			/* any other: the text of its output function */
} BindsCodec;

/* The form in which the engine keeps values of a codec that has several. */
typedef enum BindsForm
{
	BINDS_FORM_NATIVE,			/* the one form: integers, text, ISO text ... */
	BINDS_FORM_DOUBLE,			/* numeric kept as a double or integer
								 * (SQLite) */
	BINDS_FORM_DECIMAL_TEXT,	/* numeric kept as its text */
	BINDS_FORM_DECIMAL,			/* numeric kept exactly by the engine (MySQL) */
	BINDS_FORM_UUID36,
	BINDS_FORM_UUID32,			/* no hyphens */
	BINDS_FORM_UUID16,			/* 16 bytes */
	BINDS_FORM_EPOCH,			/* interval as 1970-01-01 plus itself
								 * (SQLAlchemy) */
	BINDS_FORM_CLOCK,			/* interval as hours, minutes and seconds
								 * (MySQL's TIME) */
	BINDS_FORM_SECONDS,			/* date, timestamp, timestamptz as a number:
								 * seconds */
	BINDS_FORM_MILLISECONDS,	/* since 1970 in UTC, or milliseconds, */
	BINDS_FORM_JULIAN			/* or days since noon of November 24, 4714 BC */
} BindsForm;

/* Is a moment kept as a number? */
#define BINDS_FORM_IS_NUMBER(form) \
	((form) == BINDS_FORM_SECONDS || (form) == BINDS_FORM_MILLISECONDS || \
	 (form) == BINDS_FORM_JULIAN)

/*
 * The forms in which a uuid may be found in a column: those that are the same value to
 * every comparison that is sent about it.  Any other is not read.
 */
typedef enum BindsUuidForms
{
	BINDS_UUID_HYPHENS = 1,		/* 36 characters */
	BINDS_UUID_DIGITS = 2,		/* 32 characters */
	BINDS_UUID_BYTES = 4,		/* 16 bytes */
	BINDS_UUID_LETTERS = 8,		/* characters that are given as bytes */
	BINDS_UUID_CAPITALS = 16,	/* characters with capital letters */
	BINDS_UUID_ALL = 31
} BindsUuidForms;

/*
 * What a column keeps when its declared type is of another kind than the PostgreSQL
 * type: the engine turns a value into that, silently, so one that would come back as
 * another is refused.
 */
typedef enum BindsKeeps
{
	BINDS_KEEPS_ALL,			/* values of the type as they are */
	BINDS_KEEPS_INTEGER,		/* whole numbers */
	BINDS_KEEPS_BITS,			/* those from 0 that have "bits" bits */
	BINDS_KEEPS_DECIMAL,		/* numbers with as many decimals as declared */
	BINDS_KEEPS_REAL4,
	BINDS_KEEPS_REAL8,
	BINDS_KEEPS_DATE,
	BINDS_KEEPS_TIME,			/* with "fraction" digits */
	BINDS_KEEPS_MOMENT,			/* date and time, likewise */
	BINDS_KEEPS_YEAR,			/* 0 and 1901 to 2155 */
	BINDS_KEEPS_LABEL,			/* one of "labels" */
	BINDS_KEEPS_LABELS,			/* some of "labels" in their order, with
								 * commas */
	BINDS_KEEPS_BYTES			/* no value of the type */
} BindsKeeps;

/* Which values the engine takes for the same in a column that a key is over. */
typedef enum BindsSameness
{
	BINDS_SAME_BYTES,
	BINDS_SAME_LETTERS,			/* in either case */
	BINDS_SAME_NUMBER,
	BINDS_SAME_VALUE			/* all that are read as the same */
} BindsSameness;

/* Which comparisons of a column with a value of its type may be sent. */
typedef enum BindsCompare
{
	BINDS_COMPARE_NONE,
	BINDS_COMPARE_EQUAL,		/* =, <>, IN */
	BINDS_COMPARE_ORDER			/* those and <, >, ORDER BY */
} BindsCompare;

/* The comparisons of a storage that has templates of its own for them. */
typedef enum BindsComparison
{
	BINDS_COMPARISON_EQ,
	BINDS_COMPARISON_NE,
	BINDS_COMPARISON_LT,
	BINDS_COMPARISON_LE,
	BINDS_COMPARISON_GT,
	BINDS_COMPARISON_GE
} BindsComparison;

#define BINDS_NCOMPARISONS (BINDS_COMPARISON_GE + 1)

/*
 * How one column (or a parameter of its type) is kept.  Made by the dialect's
 * resolve hook from the PostgreSQL type and what is known of the engine's column;
 * all pointers are constants or live as long as the column they were made from.
 */
typedef struct BindsStorage
{
	Oid			typid;			/* PostgreSQL's type; a domain's base type */
	int32		typmod;
	BindsCodec	codec;
	BindsForm	form;
	BindsCompare compare;
	bool		exact_text;		/* text compared by the engine's default for
								 * this column is compared by bytes, no
								 * padding */
	bool		no_sort;		/* ORDER BY looks at a part of a value only,
								 * or sorts by something else: never sent */
	bool		narrow;			/* text in a character set that lacks
								 * characters (latin1): a literal cannot
								 * always be brought into it */
	bool		fixed_length;	/* bytea: what is shorter than max_length
								 * would be padded, so it is refused */
	bool		strips_blanks;	/* text: blanks at the end would be lost, so
								 * they are refused */
	bool		text_to_number; /* a text that looks like a number becomes
								 * one, which may have another text (SQLite's
								 * numeric affinity) */
	bool		always_fits;	/* the engine can keep no value in the column
								 * that the type has not */
	bool		no_infinity;	/* floats: neither infinity nor NaN can be
								 * stored */
	bool		hide_values;	/* messages show no value: option
								 * hide_parameters, set by who reads the
								 * table, not by resolve */
	int			uuid_forms;		/* uuid: BindsUuidForms that are read */
	BindsSameness sameness;		/* of what is not compared: see fdw/odd_keys.c */
	bool		pads;			/* likewise, blanks at the end aside */
	bool		any_truth;		/* boolean: every number but 0 is true */
	bool		equals_fitting; /* numeric: the engine may make what it looks
								 * up in an index a value of the column first,
								 * so equality with one that the column cannot
								 * keep is not sent */
	BindsKeeps	keeps;
	int			scale;			/* of BINDS_KEEPS_DECIMAL */
	int			bits;			/* of BINDS_KEEPS_BITS, 1 to 64 */
	const char *const *labels;	/* of BINDS_KEEPS_LABEL(S), ends with NULL */
	int			fraction;		/* digits of a second kept, 0 to 6; else 6 */
	int64		max_length;		/* longest value in bytes, 0: no limit known;
								 * 4 for double precision kept in four bytes */
	int			max_chars;		/* longest text in characters, 0: no limit */
	const char *output;			/* select-list template with $1, NULL: "$1" */
	const char *assign;			/* template with $1 (column) and $2 for the
								 * new value of an UPDATE; NULL: "$2" */
	const char *operand;		/* the column ($1) as an operand of whatever
								 * is sent, with a collation that makes
								 * comparisons exact ("$1 COLLATE BINARY");
								 * NULL: itself */
	const char *equality;		/* template with $1 (column) and $2 for = when
								 * the plain operator is not exact, or no
								 * index could serve it; NULL: it is */
	const char *equality_list;	/* likewise for a list of values ($2), one of
								 * which is to be equal; NULL: equality for
								 * each, joined by OR */
	const char *is_true;		/* boolean: the column ($1) as a condition,
								 * and its */
	const char *is_false;		/* negation; NULL: "$1", "(NOT $1)" */
	const char *const *comparisons; /* templates by BindsComparison, instead
									 * of those of the rules, for two operands
									 * of this form; NULL: the rules' serve */
	bool		fractions;		/* moments kept as numbers: what is no whole
								 * number is stored, too */
	const char *engine_type;	/* declared type, NULL: what create_all makes */
} BindsStorage;

/* ------------------------------------------------------------------------
 * Expressions
 * ------------------------------------------------------------------------ */

/*
 * A row of an allow-list: a PostgreSQL function (an operator through its
 * function) and the text it becomes.  What has no row is not sent.
 *
 * text is a template: $1 .. $9 are the arguments, "$$" a dollar sign.  Templates
 * carry their own parentheses.  kind says which operands it demands, so that
 * it is exact for every value.
 */
typedef enum BindsRuleKind
{
	BINDS_RULE_PLAIN,			/* arguments of any sendable type */
	BINDS_RULE_EQUAL,			/* comparison: operands must allow equality */
	BINDS_RULE_ORDER,			/* comparison: operands must allow order */
	BINDS_RULE_TEXT_EQUAL,		/* equality of text: deterministic collation */
	BINDS_RULE_TEXT_NOT_EQUAL,
	BINDS_RULE_TEXT_ORDER		/* needs collation C and exact_text */
} BindsRuleKind;

#define BINDS_LIKE_ESCAPE '|'

typedef struct BindsFunctionRule
{
	Oid			funcid;			/* F_INT4EQ, ... from fmgroids.h */
	BindsRuleKind kind;
	const char *text;
	const char *narrow_text;	/* instead of text where a column's storage is
								 * narrow; NULL: text serves */
	const char *like_text;		/* of LIKE: instead of text in a definition,
								 * where $2 is the pattern as a literal with
								 * BINDS_LIKE_ESCAPE; NULL: text serves */
} BindsFunctionRule;

/* ------------------------------------------------------------------------
 * Options
 * ------------------------------------------------------------------------ */

/* A name that connect_args or the URL's query may carry for this dialect. */
typedef struct BindsSettingRule
{
	const char *name;
	enum
	{
		BINDS_SETTING_TEXT,
		BINDS_SETTING_BOOL,		/* true/false/1/0/yes/no/on/off */
		BINDS_SETTING_INTEGER,
		BINDS_SETTING_FILE,		/* names a file of the server: superuser or
								 * member of pg_read_server_files */
		BINDS_SETTING_IGNORED,	/* accepted for compatibility, no effect here */
		BINDS_SETTING_SECRET	/* never in a server option: user mapping only */
	}			kind;
	int			minimum,
				maximum;		/* of INTEGER */
	const char *values;			/* of TEXT: the allowed words, "a|b|c"; NULL:
								 * any. Of IGNORED: those that may be ignored */
	const char *hint;			/* why it is ignored, or NULL */
} BindsSettingRule;

/* ------------------------------------------------------------------------
 * Reflection
 * ------------------------------------------------------------------------ */

/* What bears a name among the tables of an engine. */
typedef enum BindsTableKind
{
	BINDS_KIND_NONE,			/* nothing does */
	BINDS_KIND_TABLE,
	BINDS_KIND_VIEW,
	BINDS_KIND_VIRTUAL,			/* a table whose rows a module keeps (SQLite) */
	BINDS_KIND_SHADOW,			/* the content of such a table */
	BINDS_KIND_SEQUENCE,
	BINDS_KIND_INDEX			/* where it shares its names with tables */
} BindsTableKind;

/*
 * What reflect found, in the words of PostgreSQL: all strings are palloc'ed in the
 * caller's context.  Types and expressions are PostgreSQL SQL.
 */
typedef struct BindsReflectedColumn
{
	char	   *name;
	char	   *type;			/* PostgreSQL type, with modifier:
								 * "varchar(20)" */
	char	   *engine_type;	/* as declared in the engine; put into the
								 * column option "type" if it differs from
								 * what create_all would make, else NULL */
	char	   *engine_collation;	/* likewise, option "collation" */
	char	   *noted_type;		/* the name of the type that create_all has
								 * noted with the column, NULL: none.  Nobody
								 * has looked yet whether it can be */
	char	   *noted_domain;	/* likewise, a domain over the type */
	char	   *noted_comment;	/* the comment that these were taken from:
								 * that of the column, if they are nothing of
								 * create_all's */
	char	   *declared;		/* as declared in any case, for a column that
								 * is read as another type */
	char	   *declared_collation; /* of text, NULL: none */
	const char *temporal;		/* the column option of this name, NULL: none;
								 * set by who is asked for it, not by reflect */
	char	   *default_expr;	/* in PostgreSQL's words, for the model; NULL:
								 * it has none, or it cannot be said */
	bool		has_default;	/* the engine has one, other than NULL */
	bool		engine_default; /* and default_expr does not say it exactly:
								 * only the engine can give its value */
	bool		default_short;	/* it is a number of which the engine has
								 * shown less than it has */
	bool		engine_first;	/* set by who makes a model of it: the model's
								 * default is default_expr, and the engine's
								 * goes first */
	bool		default_here;	/* likewise, the model's default is nothing
								 * that create_all would give to the engine */
	char	   *comment;
	char	  **enum_labels;	/* type is then NULL: an enum to be made or
								 * found */
	int			nlabels;
	bool		not_null;		/* the engine guarantees it */
	bool		generated_key;	/* auto increment, rowid alias */
	bool		only_engine_generates;	/* and no key of the model begins with
										 * it, as create_all asks for; set by
										 * who makes a model of it */
	bool		computed;		/* GENERATED ALWAYS AS in the engine: read
								 * only */
	bool		replaces_null;	/* the engine may store something else for
								 * NULL */
	bool		on_update;		/* the engine sets it when a row changes */
	bool		collates;		/* it has a collation that decides something,
								 * and a table made of a model has not */
} BindsReflectedColumn;

typedef struct BindsReflectedKey
{
	char	   *name;			/* NULL: unnamed */
	char	  **columns;
	int			ncolumns;
	bool		primary;
	bool		guaranteed;		/* the engine really enforces it, NOT NULL
								 * included for a primary key */
	char	   *no_model;		/* why a model cannot have it, although it
								 * identifies rows: a clause; NULL: it can */
} BindsReflectedKey;

typedef struct BindsReflectedForeignKey
{
	char	   *name;
	char	  **columns;
	char	   *ref_table;
	char	  **ref_columns;
	int			ncolumns;
	char		on_delete;		/* FKCONSTR_ACTION_* of parsenodes.h */
	char		on_update;
	bool		deferrable;
	bool		initially_deferred;
	bool		early;			/* it comes with the table; set by who makes a
								 * model of it */
} BindsReflectedForeignKey;

typedef struct BindsReflectedIndex
{
	char	   *name;
	char	  **columns;		/* plain columns only; others are left out */
	bool	   *descending;
	int		   *lengths;		/* characters of each that it is over, 0: all;
								 * NULL: all of every column */
	int			ncolumns;
	bool		unique;
} BindsReflectedIndex;

/* A table with its comment. */
typedef struct BindsTableComment
{
	char	   *table;
	char	   *comment;		/* "": none */
	int64		made;			/* in seconds since 1970, by the engine's
								 * clock; 0: unknown */
} BindsTableComment;

/* That a table refers to another one; strings as above. */
typedef struct BindsReference
{
	char	   *table;
	char	   *schema;			/* of that table, NULL: the same as the one
								 * that it refers to */
	char	   *constraint;		/* NULL: unnamed */
	char	   *ref_table;
} BindsReference;

/* Changes of a table, as a mask. */
#define BINDS_ACTS_INSERT	0x1
#define BINDS_ACTS_UPDATE	0x2
#define BINDS_ACTS_DELETE	0x4

/* Of these, those that change something else before the row itself. */
#define BINDS_ACTS_BEFORE(acts) ((acts) << 3)

/* And that the account may not see what else they change. */
#define BINDS_ACTS_UNSEEN	0x40
#define BINDS_ACTS_MAX		0x7F

/* A column that a foreign key changes with what it refers to. */
typedef struct BindsMovedColumn
{
	char	   *name;
	bool		rowid;			/* it is the rowid (SQLite) */
	bool		by_update;		/* ON UPDATE does, */
	bool		by_delete;		/* or ON DELETE */
	char	   *ref_schema;		/* NULL: the engine has none */
	char	   *ref_table;
	char	   *ref_column;		/* NULL: computed, from any of its table */
} BindsMovedColumn;

typedef struct BindsReflectedTable
{
	char	   *schema;			/* the engine's, NULL: the default one */
	char	   *name;
	char	   *comment;
	BindsTableKind kind;		/* other than a table: no row identity is
								 * known */
	bool		rowid;			/* SQLite: has a rowid to identify rows by */
	const char *obstacle;		/* what keeps it from being a table here,
								 * without a full stop; NULL: nothing is
								 * known.  Names are then for people only */
	BindsReflectedColumn *columns;
	int			ncolumns;
	BindsReflectedKey *keys;
	int			nkeys;
	BindsReflectedForeignKey *foreign_keys;
	int			nforeign_keys;
	BindsReflectedIndex *indexes;
	int			nindexes;

	/*
	 * What the engine has and none of the above says, as char *: a noun with
	 * its name, and the reason in parentheses.  left_out is of rows and
	 * columns; left_out_model of what only a model could have, such as
	 * indexes.
	 */
	List	   *left_out;
	List	   *left_out_model;
	List	   *not_anew;		/* a noun each: what a table that is made of
								 * the model would not have */
} BindsReflectedTable;

/* ------------------------------------------------------------------------
 * Definitions, to be compared
 * ------------------------------------------------------------------------ */

typedef enum BindsPartKind
{
	BINDS_PART_STORAGE,			/* what holds for the table as a whole */
	BINDS_PART_COLUMN,
	BINDS_PART_PRIMARY_KEY,
	BINDS_PART_UNIQUE_KEY,
	BINDS_PART_INDEX,
	BINDS_PART_CHECK,
	BINDS_PART_FOREIGN_KEY,
	BINDS_PART_COMMENT			/* of the table; name: of a column, where that
								 * has it apart */
} BindsPartKind;

#define BINDS_PART_BIT(kind) (1 << (kind))

/* One thing that a table has; all texts are palloc'ed. */
typedef struct BindsPart
{
	BindsPartKind kind;
	const char *name;			/* NULL: it has none, or is the only one of
								 * its kind */
	const char *text;			/* its definition in the engine's own
								 * spelling, as it stands in a statement */
	const char *same;			/* the same text for parts that mean the same */
	const char *type;			/* of a column: its declared type, where a
								 * dialect's own files need it */
	const char *column;			/* of a check that stands in the definition of
								 * a column: its name */
	bool		computed;		/* of a column: from others, */
	bool		from_later;		/* one of which comes behind it */
	bool		any_name;		/* no matter how it is called */
	List	   *core;			/* char *: what of it who has the rows would
								 * miss, of a column what is said beside its
								 * type; NIL: of other kinds, all of "same" */
} BindsPart;

typedef struct BindsTableParts
{
	const char *table;			/* its name in the engine */
	BindsTableKind kind;		/* of what has this name; only a table has
								 * parts */
	const char *obstacle;		/* why its parts are not known, a clause;
								 * NULL: they are */
	BindsPart  *parts;
	int			nparts;
	bool		settled;		/* of a model: some are not what it says, but
								 * what its table has */
	List	   *triggers;		/* statements (char *) that make its triggers
								 * again, where they go with a table that is
								 * made anew */
	List	   *readers;		/* likewise: statements (char *) that made
								 * what else names it, views and triggers */
} BindsTableParts;

/*
 * How a table is made anew: the old one gives way under another name, a new one is made,
 * gets its rows, and the old one goes.  References between tables are not kept meanwhile
 * (see the driver), so that they go on to mean the name.
 */
typedef struct BindsRebuild
{
	const char *table;
	const char *old_name;		/* of the old table meanwhile */
	List	   *before;			/* statements (char *) */
	char	   *copy;			/* the statement that copies rows; NULL: they
								 * have no column in common */
	List	   *columns;		/* names (char *) of the columns that are
								 * copied */
	bool		converts;		/* values are kept in another way, which that
								 * statement does not bring them into */
	const char *required;		/* a column in which the engine would make
								 * something else of NULL; NULL: none */
	char	   *nulls;			/* a query: how many rows of the old table
								 * have none for it */
	List	   *after;			/* statements */
	char	   *dangling;		/* a query: how many rows refer to nothing, of
								 * the table and of those that refer to it */
} BindsRebuild;

/* What two definitions do not have in common. */
typedef struct BindsDifference
{
	const BindsPart *found;		/* NULL: it is missing */
	const BindsPart *expected;	/* NULL: the model has none such */
	bool		extra;			/* the model has nothing in its place */
	bool		none;			/* it is no difference to this engine */
	bool		narrows;		/* the statement may make other values of
								 * those in rows, or lose them, without an
								 * error */
	bool		stuck;			/* nothing makes of the one the other */
	bool		requires;		/* where DDL commits: rows of a column that is
								 * there must not be NULL any more */
	bool		fills;			/* rows are to get a default that PostgreSQL
								 * alone has, which the statement does not do */
	char	   *statement;		/* what makes of the one the other; NULL: see
								 * the note */
	char	   *actions;		/* the part of it that a statement of the same
								 * table can have, too, behind a comma; NULL:
								 * none can */
	char	   *undo;			/* where DDL commits: likewise, what takes the
								 * statement back, without a loss of what rows
								 * had before; NULL: nothing does */
	char	   *note;			/* what is to be known of the statement, a
								 * clause; NULL: nothing */
	BindsRebuild *rebuild;		/* what the statement does, step by step;
								 * NULL: it is a single one */
} BindsDifference;

/* ------------------------------------------------------------------------
 * Rows that are refused
 * ------------------------------------------------------------------------ */

typedef enum BindsViolationKind
{
	BINDS_VIOLATES_NOTHING,		/* no constraint that is known */
	BINDS_VIOLATES_UNIQUE,
	BINDS_VIOLATES_NOT_NULL,
	BINDS_VIOLATES_CHECK,
	BINDS_VIOLATES_REFERENCE,	/* what a row refers to is not there */
	BINDS_VIOLATES_REFERENCED,	/* others refer to a row */
	BINDS_VIOLATES_FOREIGN_KEY, /* one of these two */
	BINDS_VIOLATES_RANGE		/* of a column, or of a key to be generated */
} BindsViolationKind;

/*
 * What an engine's words say of the constraint that a row violates: names are the
 * engine's, palloc'ed, NULL or NIL where it does not tell.
 */
typedef struct BindsViolation
{
	BindsViolationKind kind;
	enum
	{
		BINDS_OF_UNTOLD,
		BINDS_OF_THIS,			/* the table that was asked about */
		BINDS_OF_OTHER			/* one that a trigger or a foreign key has
								 * changed */
	}			whose;
	bool		primary;		/* it is the primary key */
	char	   *constraint;
	List	   *columns;		/* of char *; those that refer, of a foreign
								 * key; the one of a check that stands with it
								 * and has no name */
	char	   *schema;			/* of the table that "whose" is about */
	char	   *other_table;	/* of a foreign key: the table at its other
								 * end */
	char	   *other_schema;	/* of that one */
	List	   *ref_columns;	/* those that are referred to */
	char	   *entry;			/* of a key: the value that is there already */
} BindsViolation;

/* ------------------------------------------------------------------------
 * Statements in the engine's own SQL
 * ------------------------------------------------------------------------ */

/*
 * What the first word of a statement decides before the engine is asked: what must not
 * reach it, and what it cannot tell before it has done it.
 */
typedef enum BindsWordKind
{
	BINDS_WORD_UNKNOWN,			/* not in the table */
	BINDS_WORD_ASKED,			/* harmless; what it does is the engine's
								 * answer */
	BINDS_WORD_WRITES,			/* changes data, or may end a transaction in
								 * which nothing can be written */
	BINDS_WORD_CREATES,			/* may make a database that is not there */
	BINDS_WORD_COMMITS,			/* refused: the engine would commit */
	BINDS_WORD_REFUSED			/* ends the transaction or changes the
								 * connection */
} BindsWordKind;

typedef struct BindsWord
{
	const char *word;			/* in capitals */
	BindsWordKind kind;
} BindsWord;

/* ------------------------------------------------------------------------
 * The dialect
 * ------------------------------------------------------------------------ */

typedef struct BindsDialect
{
	const char *name;			/* "sqlite", "mysql" */
	const char *wrapper;		/* foreign-data wrapper: "binds_sqlite" */
	const char *const *schemes; /* of URLs, ends with NULL: mysql, mariadb */
	const BindsDriver *driver;

	/* Language */
	char		quote;			/* of identifiers: '"' or '`' */
	int			name_max;		/* longest name, in characters; 0: no limit */
	bool		folds_tables;	/* names that differ only in case are the same */
	bool		folds_columns;
	bool		folds_letters;	/* of all alphabets, not only ASCII's */
	bool		has_returning;	/* INSERT, UPDATE, DELETE ... RETURNING on
								 * every supported version; else rows are read
								 * again by their key */
	const char *default_values; /* text after INSERT INTO t for a row of
								 * defaults: "DEFAULT VALUES", "() VALUES ()" */
	const char *update_default; /* "DEFAULT", where SET column = DEFAULT
								 * works; NULL: it does not */
	bool		drops_rows;		/* a trigger may leave a row out of an INSERT
								 * without an error */
	const char *insert_ignore_suffix;	/* "ON CONFLICT DO NOTHING" if it
										 * skips duplicate keys only; NULL:
										 * the caller inserts row by row and
										 * skips 23505 */
	const char *lock_suffix;	/* " FOR UPDATE" for rows that will be
								 * changed; NULL: the branch's begin locks */
	const char *share_suffix;	/* " LOCK IN SHARE MODE", NULL likewise */
	bool		defers_keys;	/* foreign keys can be DEFERRABLE */
	bool		ordered_references; /* a foreign key names columns in the
									 * order of the key that it refers to */
	const char *check_suffix;	/* " <> 0" after a CHECK that is a value,
								 * where it must be a comparison; NULL: any
								 * expression is one */
	bool		starts_keys;	/* tables can begin their generated keys at
								 * any number from 1 on */
	bool		loose_types;	/* a column takes values that its declared
								 * type does not: longer texts, more digits */
	bool		transactional_ddl;	/* CREATE and DROP TABLE roll back */
	bool		alter_foreign_keys; /* can ADD CONSTRAINT later (cycles) */
	bool		has_users;		/* connects as a user of its own: user
								 * mappings have user and password */
	bool		path_is_identity;	/* the database is a file of this machine:
									 * its device and inode tell which, its
									 * path is subject to the rights on files,
									 * and it may not be there yet */
	bool		read_can_write; /* a transaction that was begun to read takes
								 * its write lock at the first write */
	bool		rolls_back_silently;	/* may throw a transaction away with
										 * no error that says so:
										 * in_transaction is asked */
	bool		select_may_write;	/* a SELECT may call functions that write */
	bool		random_keys;	/* generates keys of no order, instead of
								 * none, when the largest of 64 bits is taken */
	bool		may_lack_two_phase; /* not every server of it can vote: there
									 * is an option two_phase */
	const char *gone;			/* what happened when "alive" finds a
								 * connection dead */
	int			pool_recycle;	/* default of the option, s; -1: never */
	int			lock_timeout;	/* default of the option, ms */
	const char *const *rowid_names; /* names of the hidden row number of
									 * tables, the one to prefer first, ends
									 * with NULL; NULL: tables have none */
	int			most_arguments; /* of a function; 0: no limit */
	int			parser_stack;	/* symbols that the parser can keep while it
								 * reads nested expressions; 0: no limit that
								 * matters */
	const char *key_fingerprint;	/* the engine's function that makes an
									 * integer of what it keeps in the key
									 * columns, with most_arguments: columns
									 * may hold values that are read as the
									 * same and are not.  Only with
									 * has_returning; NULL: there is no need */
	double		startup_cost;	/* of a scan, in units of cpu_operator_cost
								 * etc. */
	double		tuple_cost;		/* of moving one row, likewise */
	double		rescan_cost;	/* part of startup_cost that a scan costs
								 * which is asked again with other parameters:
								 * its statement is ready */

	/* Allow-list, sorted by nothing; hashed at first use (deparse/). */
	const BindsFunctionRule *functions;
	int			nfunctions;

	/*
	 * First words of statements; ends with a NULL word.  Of other words the
	 * driver is asked, by "reads_only"; without that member, by
	 * "understands", and what the engine understands is refused: it may have
	 * learnt a new way to end a transaction.
	 */
	const BindsWord *words;

	/* Settings of connect_args and the URL's query; ends with a NULL name. */
	const BindsSettingRule *settings;

	/*
	 * Say how a column is kept.  typid is a base type (domains resolved),
	 * typtype tells an enum.  engine_type, engine_collation: column options,
	 * NULL for what create_all makes.  Sets codec to BINDS_CODEC_NONE if the
	 * type cannot travel.
	 */
	void		(*resolve) (BindsStorage *storage, Oid typid, int32 typmod,
							char typtype, Oid collation,
							const char *engine_type, const char *engine_collation);

	/*
	 * Change a column's storage to that of moments kept as numbers; false if
	 * its type or the engine's column has no such values.  NULL: the engine's
	 * users keep none.
	 */
	bool		(*resolve_temporal) (BindsStorage *storage, BindsForm form);

	/* Append a value as a literal of this language. */
	void		(*append_literal) (StringInfo buf, const BindsValue *value);

	/*
	 * Append one ORDER BY item, so that NULLs come where PostgreSQL wants
	 * them. expr is deparsed text without parameters; nullable: it may be
	 * NULL.
	 */
	void		(*append_order) (StringInfo buf, const char *expr,
								 const BindsStorage *storage, bool descending,
								 bool nulls_first, bool nullable);

	/*
	 * Append LIMIT and OFFSET; each is deparsed text or NULL (not given).  At
	 * least one is given.
	 */
	void		(*append_limit) (StringInfo buf, const char *limit,
								 const char *offset);

	/*
	 * Refuse, by ereport(ERROR) with 0A000 and a HINT with the way out, what
	 * the engine cannot hold of a model.
	 */
	void		(*check_model) (const struct BindsModel *model);

	/*
	 * What it holds in part, as model/told.h gathers it.  The hook is NULL if
	 * there is nothing but what all engines hold so.
	 */
	List	   *(*tell_model) (const struct BindsModel *model);

	/*
	 * Why an expression that queries may have must not stand in the
	 * definition of a table or an index: a sentence; NULL: it may.
	 */
	const char *(*expression_obstacle) (const char *sql);

	/*
	 * A literal in a form without such an obstacle, for places where its
	 * collation does not matter.  NULL: there is no need.
	 */
	const char *(*stored_literal) (const char *sql);

	/*
	 * What check_model refuses of a key over these columns: "over type text",
	 * "of 4000 bytes"; NULL: nothing.  The hook is NULL if any can be made.
	 */
	const char *(*key_obstacle) (const struct BindsModelColumn *const *columns,
								 int ncolumns);

	/*
	 * The characters of each column that an index over them is over that only
	 * makes queries faster; 0: all.  Returns false if there can be no such
	 * index.  The hook is NULL if it is over all of any columns.
	 */
	bool		(*index_lengths) (const struct BindsModelColumn *const *columns,
								  int ncolumns, int *lengths);

	/*
	 * Append the type of a column as create_all declares it, with its
	 * collation and what belongs to the type ("VARCHAR(20)",
	 * "ENUM('a','b')").
	 */
	void		(*append_type) (StringInfo buf, const struct BindsModelColumn *column);

	/*
	 * The statements that make a model on an empty engine, each appended to
	 * "statements" (a palloc'ed array of palloc'ed strings; returns their
	 * number): CREATE TABLE with keys, checks and, where constraints cannot
	 * be added later or need not, foreign keys; then indexes.
	 * late_foreign_keys: leave out the foreign keys to models of the same
	 * cycle (model->foreign_keys[i].late); "if_absent": CREATE TABLE IF NOT
	 * EXISTS.  comment, when not NULL, replaces the table's comment (marks a
	 * table until commit, on engines whose DDL does not roll back).
	 */
	int			(*create_statements) (const struct BindsModel *model,
									  const char *comment, char ***statements);

	/*
	 * The name that these give a foreign key or check of a model.  NULL: its
	 * own.
	 */
	char	   *(*constraint_name) (const struct BindsModel *model, const char *name);

	/* ALTER TABLE ... ADD CONSTRAINT for the late foreign keys; 0 if none. */
	int			(*late_statements) (const struct BindsModel *model,
									char ***statements);

	/*
	 * Statements before DROP TABLE that cut a cycle of foreign keys; may be
	 * 0.
	 */
	int			(*unlink_statements) (const struct BindsModel *model,
									  char ***statements);

	/*
	 * Statement that takes away a foreign key of that name, and an index with
	 * it; index NULL: none.  NULL: the engine has no such statement, and its
	 * unlink_statements do for all foreign keys.
	 */
	char	   *(*unlink_statement) (const char *schema, const char *table,
									 const char *constraint, const char *index);

	/* DROP TABLE.  Returns palloc'ed text. */
	char	   *(*drop_statement) (const char *schema, const char *table);

	/*
	 * Statement that says which key an empty table is to generate next. NULL:
	 * it always follows the greatest that is there.
	 */
	char	   *(*next_key_statement) (const char *schema, const char *table,
									   int64 next);

	/*
	 * The key that a table is to generate next, where the engine remembers
	 * those that it has generated; 0: it follows the greatest that is there.
	 */
	int64		(*next_key) (BindsDriverConn *conn, const char *bind_key,
							 const char *schema, const char *table);

	/*
	 * Statement that sets the comment of a table for good after create with a
	 * marking comment; NULL if comments are not kept by this engine.
	 */
	char	   *(*comment_statement) (const char *schema, const char *table,
									  const char *comment);

	/*
	 * Read definitions.  schema NULL: the connection's database.  tables
	 * NULL: all tables (and views, when "views"); else only those named.
	 * Returns their number, in the order of names; errors are raised by
	 * ereport (through dialect/query.h).
	 */
	int			(*reflect) (BindsDriverConn *conn, const char *bind_key,
							const char *schema, const char *const *tables,
							int ntables, bool views,
							BindsReflectedTable **result);

	/*
	 * The same of the rows of a statement, which the engine takes in the
	 * place of a table: names and declared types of its columns, and
	 * "UNKNOWN" for the collation of one that must not be compared; an
	 * obstacle where two columns have one name and the engine allows that.
	 */
	void		(*reflect_statement) (BindsDriverConn *conn, const char *bind_key,
									  const char *statement,
									  BindsReflectedTable *result);

	/*
	 * Describe tables that are there, each in result[i] (zeroed before): what
	 * has its name and, of a table, all that create_all could have made, in
	 * the engine's own spelling.
	 */
	void		(*definitions) (BindsDriverConn *conn, const char *bind_key,
								const char *schema, const char *const *tables,
								int ntables, BindsTableParts *result);

	/*
	 * Describe likewise what create_all would make of models.  Leaves nothing
	 * in the engine.
	 */
	void		(*expected) (BindsDriverConn *conn, const char *bind_key,
							 const struct BindsModel *const *models,
							 int nmodels, BindsTableParts *result);

	/*
	 * No single statement replaces a part of these kinds (BINDS_PART_BIT) by
	 * another one of its name, or what comes between must not meet either.
	 */
	int			replaced_apart;

	/*
	 * Fill in the statements that make of a table what create_all would have
	 * made, and the notes.  Differences are in the order in which the
	 * statements will be executed.  keep: what is extra stays, whose
	 * statements will not be.
	 */
	void		(*repair) (const struct BindsModel *model,
						   const BindsTableParts *found,
						   const BindsTableParts *expected,
						   BindsDifference *differences, int ndifferences,
						   bool keep);

	/*
	 * The statement that gives a column of a table another name, and what
	 * takes that back.  NULL: that of standard SQL.
	 */
	void		(*rename_column) (const struct BindsModel *model,
								  const BindsTableParts *found, const char *name,
								  const char *new_name, char **statement,
								  char **undo);

	/*
	 * The definition of a column that is computed from another one, with a
	 * new name of that: what the engine makes of it when it renames that.
	 * NULL: it is not known.
	 */
	char	   *(*rename_in) (const char *definition, const char *name,
							  const char *new_name);

	/*
	 * Where tables are altered at once: does that bring values of the one
	 * type into the other, as PostgreSQL or by the engine's own rules?  NULL
	 * where tables are made anew.
	 */
	bool		(*converts) (Oid from, Oid to);

	/*
	 * Names (char *) of what "reflect" returns only if it is asked for views,
	 * on SQLite virtual tables among them; in the connection's database.
	 */
	List	   *(*view_names) (BindsDriverConn *conn, const char *bind_key);

	/*
	 * A number that is another one when definitions have changed, in the
	 * state that the connection reads.  NULL: definitions are never those of
	 * an earlier state.
	 */
	int64		(*definitions_version) (BindsDriverConn *conn, const char *bind_key);

	/* Is there such a schema (a database of a server)? */
	bool		(*has_schema) (BindsDriverConn *conn, const char *bind_key,
							   const char *schema);

	/*
	 * What bears these names?  kinds[i] is set, to BINDS_KIND_NONE where a
	 * table could be made; comments[i] too (palloc'ed, NULL: none) when
	 * comments is not NULL.
	 */
	void		(*table_kinds) (BindsDriverConn *conn, const char *bind_key,
								const char *schema, const char *const *tables,
								int ntables, BindsTableKind *kinds, char **comments);

	/*
	 * For engines whose DDL does not roll back: the characters that a table's
	 * comment may have, and all tables with their comments (returns their
	 * number).
	 */
	int			comment_max;
	int			(*comments) (BindsDriverConn *conn, const char *bind_key,
							 const char *schema, BindsTableComment **result);

	/*
	 * For engines whose DDL does not roll back, before a table is dropped
	 * that should be empty: keep others from it, see whether it is, and let
	 * them in again, all on one connection.  NULL if DDL is transactional.
	 */
	char	   *(*lock_statement) (const char *schema, const char *table);
	const char *unlock_statement;
	bool		(*holds_rows) (BindsDriverConn *conn, const char *bind_key,
							   const char *schema, const char *table);

	/*
	 * All foreign keys that refer to tables of a schema, as far as the
	 * connection's user may know of them.  Returns their number.
	 */
	int			(*references) (BindsDriverConn *conn, const char *bind_key,
							   const char *schema, BindsReference **result);

	/*
	 * Can a row of a table vanish, or escape a statement that names it, by
	 * something else than such a statement: a trigger, the action of a
	 * foreign key, another session that no lock keeps away?
	 */
	bool		(*rows_vanish) (BindsDriverConn *conn, const char *bind_key,
								const char *schema, const char *table);

	/*
	 * The columns of a table that foreign keys change with what they refer
	 * to: ON UPDATE CASCADE, ON UPDATE and ON DELETE SET NULL and SET
	 * DEFAULT.  Returns their number.
	 */
	int			(*moved_columns) (BindsDriverConn *conn, const char *bind_key,
								  const char *schema, const char *table,
								  BindsMovedColumn **result);

	/* Can an UPDATE or DELETE move rows of its own table by a foreign key? */
	bool		moves_own_rows;

	/*
	 * Which changes of a table (BINDS_ACTS_...) may change more than the rows
	 * and columns that they name, and what refers to them: those of a view,
	 * or by triggers, as far as the account may know.  *columns: an UPDATE of
	 * these (char *) may, too, by a trigger of what refers to them.  Other
	 * bits say when, and BINDS_ACTS_UNSEEN.
	 */
	int			(*acts_beyond) (BindsDriverConn *conn, const char *bind_key,
								const char *schema, const char *table,
								List **columns);

	/*
	 * The name of what keeps a table, if that has no transactions, so that no
	 * rollback undoes what is written; else NULL.  NULL: all tables have. And
	 * what gives such a table transactions, a sentence.
	 */
	char	   *(*keeps_writes) (BindsDriverConn *conn, const char *bind_key,
								 const char *schema, const char *table);
	const char *transactions_hint;

	/*
	 * Read an error of integrity that a change of a table came to.
	 * "violation" is zeroed.  A text of the engine's that has none of the
	 * known forms tells nothing.
	 */
	void		(*violation) (const BindsError *error, const char *table,
							  BindsViolation *violation);

	/*
	 * Is what the engine says of a check no name?  Then *columns are those
	 * that it reads, and *place is how many such checks of the table come
	 * before it, of its one column or else of none or several.  NULL: the
	 * engine has names for all, or "violation" tells the column.
	 */
	bool		(*unnamed_check) (BindsDriverConn *conn, const char *bind_key,
								  const char *schema, const char *table,
								  const char *said, List **columns, int *place);

	/*
	 * Estimated number of rows of a table and bytes per row as the engine
	 * knows them without counting; false if it knows nothing.
	 */
	bool		(*estimate) (BindsDriverConn *conn, const char *bind_key,
							 const char *schema, const char *table,
							 double *rows, double *width);

	/*
	 * Raise what keeps the engine from dropping columns (char *) of a table,
	 * which it could not bring back; changes nothing.  together: one
	 * statement drops them all.  NULL where DDL rolls back.
	 */
	void		(*try_loss) (BindsDriverConn *conn, const char *bind_key,
							 const char *schema, const char *table,
							 const List *columns, bool together);

	/*
	 * Does a definition, or a part of one, in the engine's spelling name this
	 * column, or anything else by its name?
	 */
	bool		(*names) (const char *definition, const char *name);
} BindsDialect;

/* What a kind is called, with its article. */
extern const char *binds_kind_words(BindsTableKind kind);

/* Append a name quoted for the dialect; doubling the quote in it. */
extern void binds_append_name(StringInfo buf, const BindsDialect *dialect,
							  const char *name);

/* Append schema.table, the schema only if given. */
extern void binds_append_table(StringInfo buf, const BindsDialect *dialect,
							   const char *schema, const char *table);

/* Append a statement in the place of a table; its columns are those of "alias". */
extern void binds_append_derived(StringInfo buf, const char *statement,
								 const char *alias);

/* Template expansion: $1 .. $9 from args, "$$" a dollar sign. */
extern void binds_append_template(StringInfo buf, const char *text,
								  const char *const *args, int nargs);

#endif							/* BINDS_DIALECT_H */
