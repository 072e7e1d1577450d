/* Messages that begin with the program's name. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
message(const char *format, va_list arguments, const char *separator, const char *reason)
{
	fprintf(stderr, "%s: ", program_invocation_short_name);
	vfprintf(stderr, format, arguments);
	fprintf(stderr, "%s%s\n", separator, reason);
}

void
vwarn(const char *format, va_list arguments)
{
	message(format, arguments, ": ", strerror(errno));
}

void
vwarnx(const char *format, va_list arguments)
{
	message(format, arguments, "", "");
}

void
warn(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vwarn(format, arguments);
	va_end(arguments);
}

void
warnx(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vwarnx(format, arguments);
	va_end(arguments);
}

_Noreturn void
err(int status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vwarn(format, arguments);
	exit(status);
}

_Noreturn void
errx(int status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vwarnx(format, arguments);
	exit(status);
}
