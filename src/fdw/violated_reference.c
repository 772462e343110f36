/*
 * violated_reference.c
 *	  The foreign key that a change violates: that of the row, or one that refers to it.
 *
 * Some engines tell it; of one that only says that a foreign key is violated each of them
 * is asked about: whether what the new row refers to is there, and whether rows refer to
 * the one that is changed.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "nodes/parsenodes.h"
#include "utils/lsyscache.h"

#include "fdw/violation.h"

/* A foreign key in the engine's names. */
typedef struct Reference
{
	const char *name;			/* NULL: unnamed */
	const char *child;
	const char *parent;			/* NULL: not told */
	List	   *columns;
	List	   *ref_columns;
} Reference;

typedef struct Question
{
	BindsViolated *violated;
	BindsReference *references; /* the answer */
	int			n;
} Question;

static Reference told(const BindsViolated *violated);
static bool is_of_the_row(BindsViolated *violated, bool alone);
static bool is_to_ours(BindsViolated *violated, Reference *reference);
static bool find_missing(BindsViolated *violated, Reference *reference);
static bool find_referring(BindsViolated *violated, Reference *reference);
static bool refers(BindsViolated *violated, const BindsReflectedTable *child,
				   Reference *reference);
static bool stay(BindsViolated *violated, const BindsReflectedTable *child,
				 const BindsReflectedForeignKey *by);
static bool changes_columns(const BindsViolated *violated,
							const BindsReflectedForeignKey *key,
							const BindsReflectedForeignKey *other);
static bool sets_referenced(const BindsViolated *violated,
							const BindsReflectedForeignKey *key);
static bool is_own(const BindsViolated *violated, const char *name);
static const char **referring_tables(BindsViolated *violated, int *n, bool *beyond);
static void ask_references(void *arg);
static void read_references(BindsDriverConn *conn, void *arg);
static Reference reference_of(const char *child, const BindsReflectedForeignKey *key);
static void tell_missing(BindsViolated *violated, const Reference *reference);
static void tell_referring(BindsViolated *violated, const Reference *reference);
static void complete(Reference *reference, const BindsForeignTable *table,
					 const BindsModel *model);
static const char *constraint_name(BindsViolated *violated, const Reference *reference,
								   const BindsModel *model, const char *child);
static Oid	relation_of(BindsViolated *violated, const char *name);
static const char *local_name(Oid relid, const char *otherwise);

bool
binds_violated_reference(BindsViolated *violated)
{
	BindsViolationKind kind = violated->said.kind;
	CmdType		operation = violated->modify->operation;
	Reference	reference = told(violated);

	if (reference.name != NULL && kind == BINDS_VIOLATES_REFERENCE)
	{
		tell_missing(violated, &reference);
		return true;
	}
	if (reference.name != NULL)
	{
		if (!is_to_ours(violated, &reference))
			return false;
		tell_referring(violated, &reference);
		return true;
	}
	if (kind != BINDS_VIOLATES_REFERENCED && operation != CMD_DELETE &&
		is_of_the_row(violated, true) && find_missing(violated, &reference))
	{
		tell_missing(violated, &reference);
		return true;
	}
	if (kind != BINDS_VIOLATES_REFERENCE && operation != CMD_INSERT &&
		is_of_the_row(violated, false) && find_referring(violated, &reference))
	{
		tell_referring(violated, &reference);
		return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Which one
 * ------------------------------------------------------------------------ */

/* What the engine has told; no name: nothing. */
static Reference
told(const BindsViolated *violated)
{
	const BindsViolation *said = &violated->said;
	bool		own = said->kind == BINDS_VIOLATES_REFERENCE;
	Reference	reference = {.name = said->constraint, .columns = said->columns,
	.ref_columns = said->ref_columns};

	reference.child = own ? violated->table->table : said->other_table;
	reference.parent = own ? said->other_table : violated->table->table;
	if (reference.child == NULL)
		reference.name = NULL;
	return reference;
}

/*
 * Of a foreign key without a name that the row would violate, is it the one?  An engine that
 * looks at foreign keys at the end of a statement may find what triggers have left.
 */
static bool
is_of_the_row(BindsViolated *violated, bool alone)
{
	if (violated->said.kind != BINDS_VIOLATES_FOREIGN_KEY)
		return binds_violated_comes_first(violated);
	return alone ? binds_violated_is_alone(violated) :
		binds_violated_no_triggers(violated);
}

/*
 * Is a foreign key of a table that was told one to ours?  Where the message was cut before
 * that, the engine's definition says it, for an action may have changed another table.
 */
static bool
is_to_ours(BindsViolated *violated, Reference *reference)
{
	BindsReflectedTable *child;

	if (violated->said.whose == BINDS_OF_THIS)
		return true;
	if (violated->elsewhere ||
		binds_violated_reflect(violated, &reference->child, 1, &child) != 1)
		return false;
	for (int i = 0; i < child->nforeign_keys; i++)
	{
		const BindsReflectedForeignKey *key = &child->foreign_keys[i];

		if (key->name == NULL || strcmp(key->name, reference->name) != 0)
			continue;
		*reference = reference_of(reference->child, key);
		return binds_violated_same_table(violated->table, key->ref_table,
										 violated->table->table);
	}
	return false;
}

/* A foreign key of the table whose parent is not there. */
static bool
find_missing(BindsViolated *violated, Reference *reference)
{
	const BindsReflectedTable *definition = binds_violated_definition(violated);

	for (int i = 0; definition != NULL && i < definition->nforeign_keys; i++)
	{
		const BindsReflectedForeignKey *key = &definition->foreign_keys[i];

		*reference = reference_of(violated->table->table, key);
		if (!key->initially_deferred &&
			binds_violated_exists(violated, reference->parent, reference->ref_columns,
								  reference->columns, false, false) == BINDS_IS_NOT_THERE)
			return true;
	}
	return false;
}

/* A foreign key of any table by which rows refer to the one that is changed. */
static bool
find_referring(BindsViolated *violated, Reference *reference)
{
	BindsReflectedTable *children;
	const char **names;
	bool		beyond;
	int			n;

	names = referring_tables(violated, &n, &beyond);
	if (n > 0)
		n = binds_violated_reflect(violated, names, n, &children);
	for (int i = 0; i < n; i++)
	{
		if (refers(violated, &children[i], reference))
			return true;
	}
	return false;
}

/* Do rows of a table refer to it, in a way that keeps it as it is? */
static bool
refers(BindsViolated *violated, const BindsReflectedTable *child, Reference *reference)
{
	bool		deleted = violated->modify->operation == CMD_DELETE;

	for (int i = 0; i < child->nforeign_keys; i++)
	{
		const BindsReflectedForeignKey *key = &child->foreign_keys[i];
		char		action = deleted ? key->on_delete : key->on_update;

		if (!is_own(violated, key->ref_table) ||
			(action != FKCONSTR_ACTION_NOACTION && action != FKCONSTR_ACTION_RESTRICT) ||
			key->initially_deferred)
			continue;
		*reference = reference_of(child->name, key);
		if ((deleted || sets_referenced(violated, key)) &&
			binds_violated_exists(violated, child->name, reference->columns,
								  reference->ref_columns, true,
								  deleted && is_own(violated, child->name)) ==
			BINDS_IS_THERE &&
			(action == FKCONSTR_ACTION_RESTRICT || stay(violated, child, key)))
			return true;
	}
	return false;
}

/*
 * Do the rows that refer to ours by a foreign key go on to do so?  An engine that looks at it
 * at the end of a statement does not find those that other foreign keys have changed, as
 * actions of the same statement; those that refer to further tables are not followed.
 */
static bool
stay(BindsViolated *violated, const BindsReflectedTable *child,
	 const BindsReflectedForeignKey *by)
{
	bool		deleted = violated->modify->operation == CMD_DELETE;

	if (violated->said.kind != BINDS_VIOLATES_FOREIGN_KEY ||
		!binds_violated_cascades(violated))
		return true;
	for (int i = 0; i < child->nforeign_keys; i++)
	{
		const BindsReflectedForeignKey *key = &child->foreign_keys[i];
		char		action = deleted ? key->on_delete : key->on_update;
		Reference	both = reference_of(child->name, by);
		Reference	other = reference_of(child->name, key);
		BindsAnswer there;

		if (action == FKCONSTR_ACTION_NOACTION || action == FKCONSTR_ACTION_RESTRICT ||
			!changes_columns(violated, key, by))
			continue;
		if (!is_own(violated, key->ref_table))
			return false;
		if (!deleted && !sets_referenced(violated, key))
			continue;
		there = binds_violated_exists(violated, child->name,
									  list_concat(both.columns, other.columns),
									  list_concat(both.ref_columns, other.ref_columns),
									  true, false);
		if (there != BINDS_IS_NOT_THERE && there != BINDS_IS_NULL)
			return false;
	}
	return true;
}

/* Could the action of a foreign key do anything to the columns of another one? */
static bool
changes_columns(const BindsViolated *violated, const BindsReflectedForeignKey *key,
				const BindsReflectedForeignKey *other)
{
	if (violated->modify->operation == CMD_DELETE &&
		key->on_delete == FKCONSTR_ACTION_CASCADE)
		return true;
	for (int i = 0; i < key->ncolumns; i++)
	{
		for (int j = 0; j < other->ncolumns; j++)
		{
			if (binds_violated_same_name(violated->table, key->columns[i],
										 other->columns[j]))
				return true;
		}
	}
	return false;
}

/* Does an UPDATE set what a foreign key refers to? */
static bool
sets_referenced(const BindsViolated *violated, const BindsReflectedForeignKey *key)
{
	for (int i = 0; i < key->ncolumns; i++)
	{
		AttrNumber	attnum = binds_violated_column(violated->table, key->ref_columns[i]);

		if (attnum != 0 && binds_violated_sets(violated, attnum))
			return true;
	}
	return false;
}

static bool
is_own(const BindsViolated *violated, const char *name)
{
	return binds_violated_same_table(violated->table, name, violated->table->table);
}

/* What cannot be known counts as one that can. */
bool
binds_violated_cascades(BindsViolated *violated)
{
	bool		deleted = violated->modify->operation == CMD_DELETE;
	BindsReflectedTable *children;
	const char **names;
	bool		beyond;
	int			n;

	if (violated->modify->operation == CMD_INSERT)
		return false;
	names = referring_tables(violated, &n, &beyond);
	if (names == NULL || beyond)
		return true;
	if (n > 0 && binds_violated_reflect(violated, names, n, &children) != n)
		return true;
	for (int i = 0; i < n; i++)
	{
		for (int k = 0; k < children[i].nforeign_keys; k++)
		{
			const BindsReflectedForeignKey *key = &children[i].foreign_keys[k];
			char		action = deleted ? key->on_delete : key->on_update;

			if (is_own(violated, key->ref_table) &&
				(deleted || sets_referenced(violated, key)) &&
				action != FKCONSTR_ACTION_NOACTION && action != FKCONSTR_ACTION_RESTRICT)
				return true;
		}
	}
	return false;
}

/* Tables that refer to ours, each once; beyond: some in other schemas do. */
static const char **
referring_tables(BindsViolated *violated, int *n, bool *beyond)
{
	Question	question = {.violated = violated};
	const char **names;

	*n = 0;
	*beyond = false;
	if (!binds_violated_ask(ask_references, &question))
		return NULL;
	names = palloc(sizeof(char *) * Max(question.n, 1));
	for (int i = 0; i < question.n; i++)
	{
		const BindsReference *reference = &question.references[i];
		bool		known = reference->schema != NULL;

		if (!is_own(violated, reference->ref_table))
			continue;
		*beyond = *beyond || known;
		for (int k = 0; k < *n; k++)
			known = known || strcmp(names[k], reference->table) == 0;
		if (!known)
			names[(*n)++] = reference->table;
	}
	return names;
}

static void
ask_references(void *arg)
{
	Question   *question = arg;

	binds_connection_read(binds_branch_enter(question->violated->modify->use),
						  read_references, question);
}

/* For binds_connection_read. */
static void
read_references(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;
	const BindsForeignTable *table = question->violated->table;

	question->n = table->dialect->references(conn, table->bind_key, table->schema,
											 &question->references);
}

static Reference
reference_of(const char *child, const BindsReflectedForeignKey *key)
{
	Reference	reference = {.name = key->name, .child = child, .parent = key->ref_table};

	for (int i = 0; i < key->ncolumns; i++)
	{
		reference.columns = lappend(reference.columns, key->columns[i]);
		reference.ref_columns = lappend(reference.ref_columns, key->ref_columns[i]);
	}
	return reference;
}

/* ------------------------------------------------------------------------
 * Words
 * ------------------------------------------------------------------------ */

/* The row refers to what is not there. */
static void
tell_missing(BindsViolated *violated, const Reference *found)
{
	BindsErrorWords *words = &violated->words;
	Reference	reference = *found;
	const char *parent;
	char	   *names;
	char	   *values;

	complete(&reference, violated->table, violated->model);
	parent = reference.parent == NULL ? NULL :
		local_name(relation_of(violated, reference.parent), reference.parent);
	words->constraint = constraint_name(violated, &reference, violated->model,
										words->table);
	words->message = psprintf(_("insert or update on table \"%s\" violates foreign key constraint \"%s\""),
							  words->table, words->constraint);
	if (parent == NULL)
		return;
	if (violated->row == NULL && reference.ref_columns != NIL && !violated->elsewhere)
		(void) binds_violated_find_row(violated, reference.parent, reference.ref_columns,
									   reference.columns, false, BINDS_IS_NOT_THERE);
	words->detail = binds_violated_comes_first(violated) &&
		binds_violated_show_key(violated, reference.columns, false, false, &names,
								&values) ?
		psprintf(_("Key (%s)=(%s) is not present in table \"%s\"."), names, values,
				 parent) :
		psprintf(_("Key is not present in table \"%s\"."), parent);
}

/* Rows refer to the one that is to be changed. */
static void
tell_referring(BindsViolated *violated, const Reference *found)
{
	BindsErrorWords *words = &violated->words;
	Reference	reference = *found;
	Oid			relid = relation_of(violated, reference.child);
	const char *child = local_name(relid, reference.child);
	bool		ours;
	BindsModel *model = OidIsValid(relid) ? binds_violated_model(violated, relid) : NULL;
	char	   *names;
	char	   *values;

	complete(&reference, violated->table, model);
	words->constraint = constraint_name(violated, &reference, model, child);
	words->message = psprintf(_("update or delete on table \"%s\" violates foreign key constraint \"%s\" on table \"%s\""),
							  words->table, words->constraint, child);

	/* else what was deleted with it is */
	ours = reference.columns != NIL && !violated->elsewhere &&
		binds_violated_exists(violated, reference.child, reference.columns,
							  reference.ref_columns, true, false) == BINDS_IS_THERE;
	words->detail = ours &&
		binds_violated_show_key(violated, reference.ref_columns, true, false, &names,
								&values) ?
		psprintf(_("Key (%s)=(%s) is still referenced from table \"%s\"."), names,
				 values, child) :
		psprintf(_("Key is still referenced from table \"%s\"."), child);
	words->table = child;
	words->schema = OidIsValid(relid) ?
		get_namespace_name(get_rel_namespace(relid)) : NULL;
}

/* What the engine's message was cut short of, from the model. */
static void
complete(Reference *reference, const BindsForeignTable *table, const BindsModel *model)
{
	for (int i = 0; model != NULL && reference->name != NULL &&
		 i < model->nforeign_keys; i++)
	{
		const BindsModelForeignKey *key = &model->foreign_keys[i];

		if (strcmp(key->name, reference->name) != 0 ||
			(reference->parent != NULL &&
			 !binds_violated_same_table(table, key->ref_table, reference->parent)))
			continue;
		if (reference->parent == NULL)
			reference->parent = key->ref_table;
		if (reference->columns != NIL && reference->ref_columns != NIL)
			continue;
		reference->columns = NIL;
		reference->ref_columns = NIL;
		for (int k = 0; k < key->ncolumns; k++)
		{
			reference->columns =
				lappend(reference->columns,
						unconstify(char *, model->columns[key->columns[k]].name));
			reference->ref_columns = lappend(reference->ref_columns,
											 unconstify(char *, key->ref_columns[k]));
		}
	}
}

/*
 * The model's name of a foreign key, else the engine's, else the one that PostgreSQL would
 * give it.
 */
static const char *
constraint_name(BindsViolated *violated, const Reference *reference,
				const BindsModel *model, const char *child)
{
	StringInfoData names;
	ListCell   *lc;

	for (int i = 0; model != NULL && i < model->nforeign_keys; i++)
	{
		const BindsModelForeignKey *key = &model->foreign_keys[i];
		bool		same = key->ncolumns == list_length(reference->columns) &&
			reference->parent != NULL &&
			binds_violated_same_table(violated->table, key->ref_table, reference->parent);

		if (reference->name != NULL && strcmp(key->name, reference->name) == 0)
			return key->name;
		for (int k = 0; same && k < key->ncolumns; k++)
			same = binds_violated_same_name(violated->table,
											model->columns[key->columns[k]].name,
											list_nth(reference->columns, k));
		if (same)
			return key->name;
	}
	if (reference->name != NULL)
		return reference->name;
	initStringInfo(&names);
	foreach(lc, reference->columns)
		appendStringInfo(&names, "%s%s", names.len > 0 ? "_" : "",
						 (const char *) lfirst(lc));
	return makeObjectName(child, names.data, "fkey");
}

/* The local relation over the other table. */
static Oid
relation_of(BindsViolated *violated, const char *name)
{
	return violated->elsewhere ? InvalidOid : binds_violated_relation(violated, name);
}

static const char *
local_name(Oid relid, const char *otherwise)
{
	const char *name = OidIsValid(relid) ? get_rel_name(relid) : NULL;

	return name != NULL ? name : otherwise;
}
