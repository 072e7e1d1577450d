/*
 * What test.c is to tests: here a failed check, or a panic that nobody waits for, is a crash, so
 * that libFuzzer keeps the input.
 */
#include <stdarg.h>
#include "test.h"

void
test_failed(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, "\n");
	abort();
}

void
test_panicked(const char *message)
{
	fprintf(stderr, "panic: %s\n", message);
	abort();
}
