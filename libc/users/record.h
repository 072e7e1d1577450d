/* Files of users and groups: a record a line, fields separated by colons. */
#ifndef LIBC_USERS_RECORD_H
#define LIBC_USERS_RECORD_H

#include <stdio.h>
#include <sys/types.h>

#define RECORD_FIELDS 7 /* at most */

struct records {
	const char *path;
	FILE *file; /* NULL: not open */
	char *line; /* the record that was read last; its fields point into it */
	size_t size;
};

/* The next record that has so many fields, opening the file if need be. 0: there is none. */
int records_next(struct records *records, int fields, char *field[RECORD_FIELDS]);
/* The next call starts at the first record again. */
void records_close(struct records *records);

#endif
