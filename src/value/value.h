/*
 * value.h
 *	  Datum to and from engine values.
 *
 * A codec (dialect.h) is one PostgreSQL type; BindsStorage says which form a
 * column's values have in its engine.  Decoding is strict: a value that the type
 * cannot hold is an error that names table, column and value (22P02, 22003,
 * 22007, 22008, 22021, 42804 ...), or NULL if the column says so.  Encoding for
 * storage is strict too: what the engine would keep differently is refused before
 * it is sent (22003, 22008, 22001, 22021).
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_VALUE_H
#define BINDS_VALUE_H

#include "dialect/dialect.h"
#include "fmgr.h"

/* The codec of a base type; BINDS_CODEC_NONE if it cannot travel. */
extern BindsCodec binds_codec_of_type(Oid typid, char typtype);

/* The way out for a type that cannot travel: which one does, or the words given. */
extern const char *binds_codec_way_out(Oid typid, const char *otherwise);

/*
 * Are two values of a column equal exactly if what is kept of them is?  collation: by
 * which PostgreSQL compares them, InvalidOid for none.
 */
extern bool binds_storage_tells_equal(const BindsStorage *storage, Oid collation);

/* ------------------------------------------------------------------------
 * Decoding: one decoder per result column
 * ------------------------------------------------------------------------ */

typedef struct BindsDecoder BindsDecoder;

struct BindsDecoder
{
	Datum		(*decode) (BindsDecoder *decoder, const BindsValue *value);
	const BindsStorage *storage;
	const char *relation;		/* for messages */
	const char *column;
	Oid			domain;			/* declared type if it is a domain, else
								 * Invalid */
	bool		null_if_invalid;
	bool		invalid;		/* set by decode when the value became NULL */
	struct HTAB *enum_labels;	/* of an enum: labels read so far */
	FmgrInfo	input;			/* of the type, for the rare ways */
	Oid			ioparam;
	MemoryContext context;		/* of what the decoder keeps */
	void	   *extra;			/* of domain checks */
};

/*
 * Make a decoder ready.  Its allocations live in the current memory context.
 * relation and column are names for messages and must live as long; relation NULL: it is a
 * column of a statement.
 */
extern void binds_decoder_init(BindsDecoder *decoder, const BindsStorage *storage,
							   Oid declared_type, const char *relation,
							   const char *column, bool null_if_invalid);

/* Check a decoded value against its domain: 23514, 23502. */
extern void binds_decode_check_domain(BindsDecoder *decoder, Datum value,
									  bool isnull);

/*
 * Decode a value.  The Datum is palloc'ed in the current context; it never points
 * into "value".  SQL NULL sets *isnull.
 */
static inline Datum
binds_decode(BindsDecoder *decoder, const BindsValue *value, bool *isnull)
{
	Datum		result = (Datum) 0;

	decoder->invalid = (value->kind == BINDS_NULL);
	if (!decoder->invalid)
		result = decoder->decode(decoder, value);
	*isnull = decoder->invalid;
	if (unlikely(OidIsValid(decoder->domain)))
		binds_decode_check_domain(decoder, result, *isnull);
	return result;
}

/* ------------------------------------------------------------------------
 * Encoding
 * ------------------------------------------------------------------------ */

/*
 * Encode a non-NULL Datum of storage->typid for storing it.  The result's data may
 * point into the Datum or is palloc'ed in the current context.  Raises an error
 * that names relation and column if the engine would not keep it exactly.  relation NULL:
 * it is a parameter of a statement, and column says which.
 */
extern void binds_encode(const BindsStorage *storage, Datum value,
						 const char *relation, const char *column,
						 BindsValue *result);

/*
 * Is it to be said in the CONTEXT of such an error which row it was?  Set while rows are
 * written that no user's statement has chosen.
 */
extern bool binds_tell_row_keys;

/*
 * Encode a non-NULL Datum as a parameter or literal of a comparison with a column
 * kept as "storage".  Returns false if this value cannot be sent such that the
 * engine compares as PostgreSQL does.
 */
extern bool binds_encode_comparison(const BindsStorage *storage, Datum value,
									BindsValue *result);

/* ------------------------------------------------------------------------
 * Moments kept as numbers
 * ------------------------------------------------------------------------ */

/*
 * The form that a word of the option temporal names, and back; BINDS_FORM_NATIVE for
 * "text" and NULL.
 */
extern BindsForm binds_temporal_form(const char *word);
extern const char *binds_temporal_word(BindsForm form);

/*
 * The moment that a number means, in microseconds since 1970; false if it is no number
 * or not in the years 0001 to 9999.  Never throws.
 */
extern bool binds_number_usecs(BindsForm form, const BindsValue *value,
							   int64 *usecs);

/* Does binds_encode_comparison return true for every value of the type? */
extern bool binds_comparison_is_total(const BindsStorage *storage);

/*
 * Does a column lose nothing when its type becomes another one, whatever its values are?
 * Typmods are PostgreSQL's.  (In widening.c.)
 */
extern bool binds_type_widens(Oid from, int32 from_typmod, Oid to, int32 to_typmod);

#endif							/* BINDS_VALUE_H */
