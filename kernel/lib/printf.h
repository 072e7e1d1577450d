/*
 * Formatting: %d %i %u %o %x %X %c %s %p %% with flags - and 0, width (* too), precision for %s,
 * and l ll z.
 */
#ifndef LIB_PRINTF_H
#define LIB_PRINTF_H

#include <stdarg.h>
#include <lib/types.h>

/* Calls put(context, byte) for each byte; returns how many. */
int format_to(
	void (*put)(void *context, char c), void *context, const char *format, va_list arguments);
/*
 * As the C library's: never writes more than `size` bytes, always a NUL (size > 0), returns the
 * full length.
 */
int vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);
int snprintf(char *buffer, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
