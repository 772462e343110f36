/*
 * assign_options.h
 *	  What binds.assign is asked for.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ASSIGN_OPTIONS_H
#define BINDS_ASSIGN_OPTIONS_H

struct varlena;

typedef struct BindsAssignOptions
{
	bool		leave_rows;		/* rows 'leave': the new table begins empty */
	bool		keep_source;	/* the old table stays, under another name */
	bool		told_source;	/* "keep_source" is given */
	bool		drop_keys;		/* foreign_keys 'drop': those that cannot come
								 * along */
	bool		leave_differences;	/* differences 'leave': what the model
									 * does not say is not to come along */
	bool		checksum;		/* compare all values, too */
} BindsAssignOptions;

/*
 * Read the options of binds.assign, a jsonb object (NULL: none).  One error (HV00D) lists
 * all unknown names; a value that is none, or does not go with another, is 22023.
 */
extern BindsAssignOptions *binds_assign_options(struct varlena *jsonb);

#endif							/* BINDS_ASSIGN_OPTIONS_H */
