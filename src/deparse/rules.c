/*
 * rules.c
 *	  The dialects' allow-lists, hashed by function.
 *
 * Built once per backend and dialect.  Planning opens no connection, so the
 * engine's version is not known here: a rule that needs a newer engine than the
 * oldest supported one is not used.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "deparse/expr_private.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

typedef struct RuleKey
{
	const BindsDialect *dialect;
	Oid			funcid;
} RuleKey;

typedef struct RuleEntry
{
	RuleKey		key;
	const BindsFunctionRule *rule;
} RuleEntry;

static HTAB *rules = NULL;

static void load_rules(const BindsDialect *dialect);
static void make_key(RuleKey *key, const BindsDialect *dialect, Oid funcid);

/*
 * Return the rule of a function, or NULL if it is not to be sent.
 */
const BindsFunctionRule *
binds_rule_find(const BindsDialect *dialect, Oid funcid)
{
	RuleKey		key;
	RuleEntry  *entry;
	bool		found;

	if (rules == NULL)
	{
		HASHCTL		ctl;

		ctl.keysize = sizeof(RuleKey);
		ctl.entrysize = sizeof(RuleEntry);
		ctl.hcxt = TopMemoryContext;
		rules = hash_create("binds rules", 512, &ctl,
							HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	}

	/* the entry of InvalidOid says that a dialect is loaded */
	make_key(&key, dialect, InvalidOid);
	hash_search(rules, &key, HASH_FIND, &found);
	if (!found)
		load_rules(dialect);

	make_key(&key, dialect, funcid);
	entry = hash_search(rules, &key, HASH_FIND, NULL);
	return entry != NULL ? entry->rule : NULL;
}

/* Loading twice, after an error in the middle, does no harm. */
static void
load_rules(const BindsDialect *dialect)
{
	RuleKey		key;
	RuleEntry  *entry;

	for (int i = 0; i < dialect->nfunctions; i++)
	{
		make_key(&key, dialect, dialect->functions[i].funcid);
		entry = hash_search(rules, &key, HASH_ENTER, NULL);
		entry->rule = &dialect->functions[i];
	}
	make_key(&key, dialect, InvalidOid);
	entry = hash_search(rules, &key, HASH_ENTER, NULL);
	entry->rule = NULL;
}

/* The key is hashed as bytes: its padding must be zero. */
static void
make_key(RuleKey *key, const BindsDialect *dialect, Oid funcid)
{
	memset(key, 0, sizeof(RuleKey));
	key->dialect = dialect;
	key->funcid = funcid;
}
