/*
 * odd_keys.c
 *	  Rows that would not be found again by their key.
 *
 * A foreign table by hand may give a key column a type of which the engine's column keeps
 * one value in several forms: a uuid in capitals, an address with and without its mask, a
 * double for a real.  A row is looked for by the form that the type gives the value.  That
 * finds it if the engine takes the two for the same; if not, it finds nothing, or another
 * row, which has that form.
 *
 * Only the scan sees what is kept.  It notes such rows, by the hash of what they would be
 * looked for by; they are refused when one of them is to be changed.  There are few, and
 * none where nobody has filled the table in another way than its type does.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "lib/ilist.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "fdw/modify.h"
#include "value/value.h"

/* The odd rows of a table that a statement has read. */
typedef struct OddKeys
{
	EState	   *estate;
	Oid			relid;
	struct HTAB *rows;			/* of BindsRowKey */
	MemoryContextCallback gone;
	dlist_node	node;
} OddKeys;

static dlist_head all_odd_keys = DLIST_STATIC_INIT(all_odd_keys);

static OddKeys *find_odd_keys(EState *estate, Oid relid);
static OddKeys *make_odd_keys(EState *estate, Oid relid);
static void context_gone(void *arg);
static bool encode_quietly(const BindsForeignTable *table,
						   const BindsForeignColumn *column, Datum value,
						   BindsValue *result);
static bool finds(const BindsStorage *storage, const BindsValue *kept,
				  const BindsValue *form);
static bool is_text(const BindsValue *value);
static double number_of(const BindsValue *value);
static size_t length_of(const BindsStorage *storage, const BindsValue *value);

bool
binds_odd_keys_matter(const BindsForeignTable *table)
{
	if (table->rowid || table->fingerprint)
		return false;
	for (int i = 0; i < table->nkeys; i++)
	{
		const BindsStorage *storage = &table->columns[table->keys[i] - 1].storage;

		if (storage->compare == BINDS_COMPARE_NONE &&
			storage->sameness != BINDS_SAME_VALUE)
			return true;
	}
	return false;
}

void
binds_odd_keys_note(EState *estate, const BindsForeignTable *table, const Datum *values,
					const bool *nulls, const BindsValue *const *kept)
{
	BindsValue *identity = palloc(sizeof(BindsValue) * table->nkeys);
	bool		odd = false;
	BindsRowKey key;
	OddKeys    *keys;

	for (int i = 0; i < table->nkeys; i++)
	{
		int			place = table->keys[i] - 1;
		const BindsForeignColumn *column = &table->columns[place];

		/* what is not read, or cannot be encoded, is not looked for either */
		if (kept[place] == NULL || nulls[place] ||
			!encode_quietly(table, column, values[place], &identity[i]))
			return;
		if (column->storage.compare == BINDS_COMPARE_NONE &&
			!finds(&column->storage, kept[place], &identity[i]))
			odd = true;
	}
	if (odd)
	{
		binds_hash_identity(identity, table->nkeys, &key);
		keys = find_odd_keys(estate, table->relid);
		if (keys == NULL)
			keys = make_odd_keys(estate, table->relid);
		(void) hash_search(keys->rows, &key, HASH_ENTER, NULL);
	}
	pfree(identity);
}

void
binds_odd_keys_refuse(EState *estate, const BindsForeignTable *table,
					  const BindsValue *identity)
{
	OddKeys    *keys;
	BindsRowKey key;

	if (likely(dlist_is_empty(&all_odd_keys)))
		return;
	keys = find_odd_keys(estate, table->relid);
	if (keys == NULL)
		return;
	binds_hash_identity(identity, table->nkeys, &key);
	if (hash_search(keys->rows, &key, HASH_FIND, NULL) == NULL)
		return;
	for (int i = 0; i < table->nkeys; i++)
	{
		const BindsForeignColumn *column = &table->columns[table->keys[i] - 1];

		if (column->storage.compare == BINDS_COMPARE_NONE)
			binds_raise_key_form(table, column);
	}
}

/* ------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

static OddKeys *
find_odd_keys(EState *estate, Oid relid)
{
	dlist_iter	iter;

	dlist_foreach(iter, &all_odd_keys)
	{
		OddKeys    *keys = dlist_container(OddKeys, node, iter.cur);

		if (keys->estate == estate && keys->relid == relid)
			return keys;
	}
	return NULL;
}

/* It ends with the statement. */
static OddKeys *
make_odd_keys(EState *estate, Oid relid)
{
	OddKeys    *keys = MemoryContextAllocZero(estate->es_query_cxt, sizeof(OddKeys));
	HASHCTL		info = {.keysize = sizeof(BindsRowKey),
		.entrysize = sizeof(BindsRowKey),
	.hcxt = estate->es_query_cxt};

	keys->estate = estate;
	keys->relid = relid;
	keys->rows = hash_create("binds odd keys", 64, &info,
							 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	keys->gone.func = context_gone;
	keys->gone.arg = keys;
	dlist_push_tail(&all_odd_keys, &keys->node);
	MemoryContextRegisterResetCallback(estate->es_query_cxt, &keys->gone);
	return keys;
}

static void
context_gone(void *arg)
{
	dlist_delete(&((OddKeys *) arg)->node);
}

/*
 * Encode a key as it will be looked for.  False where that may raise an error: it is raised
 * if the row is changed.
 */
static bool
encode_quietly(const BindsForeignTable *table, const BindsForeignColumn *column,
			   Datum value, BindsValue *result)
{
	if (binds_encode_comparison(&column->storage, value, result))
		return true;
	switch (column->storage.codec)
	{
		case BINDS_CODEC_INTERVAL:
		case BINDS_CODEC_JSON:
		case BINDS_CODEC_JSONB:
		case BINDS_CODEC_PRINTED:
			binds_encode(&column->storage, value, table->local_name,
						 column->local_name, result);
			return true;
		default:
			return false;
	}
}

/* Does the engine find what it keeps by a form of its value? */
static bool
finds(const BindsStorage *storage, const BindsValue *kept, const BindsValue *form)
{
	size_t		length;

	if (storage->sameness == BINDS_SAME_VALUE)
		return true;
	if (storage->sameness == BINDS_SAME_NUMBER || !is_text(kept) || !is_text(form))
		return number_of(kept) == number_of(form);
	length = length_of(storage, form);
	if (length != length_of(storage, kept))
		return false;
	return storage->sameness == BINDS_SAME_LETTERS ?
		pg_strncasecmp((const char *) kept->data, (const char *) form->data, length) == 0 :
		memcmp(kept->data, form->data, length) == 0;
}

static bool
is_text(const BindsValue *value)
{
	return value->kind == BINDS_TEXT || value->kind == BINDS_BLOB;
}

static double
number_of(const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_INTEGER:
			return (double) value->integer;
		case BINDS_REAL:
			return value->real;
		default:
			return strtod(pnstrdup((const char *) value->data, value->length), NULL);
	}
}

static size_t
length_of(const BindsStorage *storage, const BindsValue *value)
{
	size_t		length = value->length;

	while (storage->pads && length > 0 && ((const char *) value->data)[length - 1] == ' ')
		length--;
	return length;
}
