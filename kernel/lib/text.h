/*
 * Text that is made piece by piece into a buffer of its own: what a file in /proc says at one
 * moment.
 */
#ifndef LIB_TEXT_H
#define LIB_TEXT_H

#include <lib/types.h>

struct text {
	char *buffer;
	size_t size;   /* bytes of the buffer */
	/* bytes wanted so far: more than size means it did not fit, make it again, larger */
	size_t length;
};

/* `size` bytes as they are, NULs too. */
void text_bytes(struct text *text, const char *bytes, size_t size);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
