/*
 * codec.h
 *	  What the files of value/ share; not for others.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CODEC_H
#define BINDS_CODEC_H

#include "value/value.h"

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

/*
 * Give up on a value: raises "sqlstate", or lets the value become NULL if the
 * decoder says so.  reason is a whole sentence.
 */
extern Datum binds_value_invalid(BindsDecoder *decoder, const BindsValue *value,
								 int sqlstate, const char *reason);

/* The same for a value that a function of PostgreSQL refused with "error". */
extern Datum binds_value_refused(BindsDecoder *decoder, const BindsValue *value,
								 const ErrorData *error);

/* The same for a value whose kind the type does not expect. */
extern Datum binds_value_unexpected(BindsDecoder *decoder, const BindsValue *value);

/*
 * Read "text" by the input function of the type.  What that function refuses is handled
 * as by binds_value_invalid.
 */
extern Datum binds_value_input(BindsDecoder *decoder, const BindsValue *value,
							   const char *text, int32 typmod);

/* The same under the settings that printed values are written with. */
extern Datum binds_printed_input(BindsDecoder *decoder, const BindsValue *value,
								 const char *text);

/* A text of the server's encoding for a message: quoted and shortened. */
extern char *binds_text_show(const char *data, size_t length);

/* The shortest text of a double that reads back as the same double. */
extern char *binds_real_text(double real);

extern Datum binds_decode_numeric(BindsDecoder *decoder, const BindsValue *value);
extern Datum binds_decode_date(BindsDecoder *decoder, const BindsValue *value);
extern Datum binds_decode_time(BindsDecoder *decoder, const BindsValue *value);
extern Datum binds_decode_timestamp(BindsDecoder *decoder, const BindsValue *value);
extern Datum binds_decode_timestamptz(BindsDecoder *decoder, const BindsValue *value);
extern Datum binds_decode_interval(BindsDecoder *decoder, const BindsValue *value);

/* ------------------------------------------------------------------------
 * Writing
 * ------------------------------------------------------------------------ */

/*
 * A value on its way out.  "storing" tells a value to keep from one to compare
 * with; sqlstate and reason (a whole sentence) are set when it does not fit.
 */
typedef struct BindsEncoding
{
	const BindsStorage *storage;
	bool		storing;
	int			sqlstate;
	const char *reason;
	const char *hint;			/* the way out, NULL: the usual one */
} BindsEncoding;

/* Note why a value does not fit; returns false. */
extern bool binds_encode_misfit(BindsEncoding *encoding, int sqlstate,
								const char *reason);

/* The same of a value that no column of the engine's type has, as infinity, */
extern bool binds_encode_no_value(BindsEncoding *encoding, int sqlstate,
								  const char *reason);

/* and of a time that has too many digits of a second. */
extern bool binds_encode_fraction(BindsEncoding *encoding, const char *reason);

/* Set a result to text or bytes. */
static inline bool
binds_encode_bytes(BindsValue *result, BindsValueKind kind, const char *data,
				   size_t length)
{
	result->kind = kind;
	result->data = data;
	result->length = length;
	return true;
}

/* The text of a value under settings of its own, so that it means the same elsewhere. */
extern char *binds_printed_output(Oid typid, Datum value);

/*
 * Does it hold for each type in a type that has no parts itself: elements, bounds, fields?
 * fits gets the collation that its values have there.
 */
extern bool binds_printed_all(Oid typid, Oid collation, bool (*fits) (Oid typid, Oid collation));

/* Have equal values of a type one text, and others another? */
extern bool binds_printed_is_canonical(Oid typid);

/*
 * keeps.c: will the engine's column, of another kind than the type, give an encoded
 * value back as it is?
 */
extern bool binds_encode_keeps(BindsEncoding *encoding, const BindsValue *value);

/*
 * Make a text for a column of bits the number that its digits are: an engine takes a text
 * for bits as its bytes.  One that is no number as it would be printed stays as it is.
 */
extern void binds_text_to_bits(BindsValue *value);

extern bool binds_encode_numeric(BindsEncoding *encoding, Datum value,
								 BindsValue *result);
extern bool binds_encode_date(BindsEncoding *encoding, Datum value,
							  BindsValue *result);
extern bool binds_encode_time(BindsEncoding *encoding, Datum value,
							  BindsValue *result);
extern bool binds_encode_timestamp(BindsEncoding *encoding, Datum value,
								   BindsValue *result);
extern bool binds_encode_interval(BindsEncoding *encoding, Datum value,
								  BindsValue *result);

/* number_time.c: moments kept as numbers, a date as its midnight */
extern Datum binds_decode_number_time(BindsDecoder *decoder, const BindsValue *value);
extern bool binds_encode_number_time(BindsEncoding *encoding, int64 moment,
									 BindsValue *result);

#endif							/* BINDS_CODEC_H */
