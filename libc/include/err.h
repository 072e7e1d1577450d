/* Messages that begin with the program's name; those without x end with the text of errno. */
#ifndef LIBC_ERR_H
#define LIBC_ERR_H

#include <stdarg.h>

_Noreturn void err(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
_Noreturn void errx(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void warnx(const char *format, ...) __attribute__((format(printf, 1, 2)));
void vwarn(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));
void vwarnx(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

#endif
