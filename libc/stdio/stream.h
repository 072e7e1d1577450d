/*
 * A stream: a descriptor with a buffer, which holds either what was read ahead or what is to be
 * written. While reading, position..end is what is left; while writing, data..position waits.
 *
 *	| 1 | data ........ position ........ end ........ |
 *	  ^ kept free, so that one character can always be pushed back
 */
#ifndef STDIO_STREAM_H
#define STDIO_STREAM_H

#include <stdio.h>

enum { STREAM_IDLE, STREAM_READING, STREAM_WRITING };

#define BUFFERING_UNKNOWN (-1) /* lines on a terminal, else full: found out at the first write */

struct stream {
	int descriptor; /* -1: the text of sscanf */
	int state;
	int buffering;
	int end_of_file, error;
	char *data, *position, *end;
	size_t size;	     /* from data on */
	struct stream *next; /* all streams, for fflush(NULL) */
	char room[1 + BUFSIZ];
};

extern struct stream *stream_list;

/* Reads ahead; EOF at the end of file or after an error, which the stream then tells apart. */
int stream_fill(FILE *stream);

/* Writes all that waits; EOF after an error, and what waited is gone. */
int stream_flush(FILE *stream);

/* Writes or buffers size bytes: how many were accepted. */
size_t stream_write(FILE *stream, const char *text, size_t size);

#endif
