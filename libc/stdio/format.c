/* The engine of printf: reads the format, fetches the arguments, and makes fields of them. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include "format.h"

#define DIGITS_MAX (64 / 3 + 1) /* of 64 bits in octal */

static void
put(struct output *output, const char *text, int length)
{
	if (length <= 0)
		return;
	output->count += length;
	output->put(output, text, length);
}

static void
repeat(struct output *output, char c, int count)
{
	char run[16];

	memset(run, c, sizeof(run));
	for (; count > (int)sizeof(run); count -= sizeof(run))
		put(output, run, sizeof(run));
	put(output, run, count);
}

void
format_field(struct output *output, const struct conversion *conversion, const char *prefix,
	int zeros, const char *body, int length)
{
	int prefix_length = strlen(prefix);
	int blanks;

	if (zeros < 0)
		zeros = 0;
	blanks = conversion->width - prefix_length - zeros - length;
	if (!conversion->left)
		repeat(output, ' ', blanks);
	put(output, prefix, prefix_length);
	repeat(output, '0', zeros);
	put(output, body, length);
	if (conversion->left)
		repeat(output, ' ', blanks);
}

/* Digits from the last to the first, ending before end: where they begin. None for 0. */
static char *
write_digits(char *end, uintmax_t value, unsigned base, int upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned long small;

	for (; value > ULONG_MAX; value /= base)
		*--end = digits[value % base];
	for (small = value; small > 0; small /= base)
		*--end = digits[small % base];
	return end;
}

static void
format_number(struct output *output, const struct conversion *conversion, const char *prefix,
	uintmax_t value, unsigned base)
{
	char digits[DIGITS_MAX], *end = digits + sizeof(digits);
	char *start = write_digits(end, value, base, conversion->upper);
	int length = end - start, zeros = 0;

	if (conversion->precision >= 0)
		zeros = conversion->precision - length;
	else if (conversion->zero && !conversion->left)
		zeros = conversion->width - length - (int)strlen(prefix);
	if (zeros <= 0 && length == 0 && conversion->precision != 0)
		zeros = 1;
	if (base == 8 && conversion->alternate && zeros <= 0)
		zeros = 1;
	format_field(output, conversion, prefix, zeros, start, length);
}

/* Without a precision a string may not be longer than memory, else not than the precision. */
static void
format_string(struct output *output, const struct conversion *conversion, const char *text)
{
	if (!text)
		text = conversion->precision < 0 || conversion->precision >= 6 ? "(null)" : "";
	format_field(output, conversion, "", 0, text,
		conversion->precision < 0 ? strlen(text) : strnlen(text, conversion->precision));
}

static void
format_signed(struct output *output, const struct conversion *conversion, intmax_t value)
{
	const char *sign = value < 0 ? "-" : conversion->plus ? "+" : conversion->space ? " " : "";

	format_number(
		output, conversion, sign, value < 0 ? -(uintmax_t)value : (uintmax_t)value, 10);
}

static void
format_unsigned(struct output *output, const struct conversion *conversion, uintmax_t value)
{
	const char *prefix = "";

	if (conversion->letter == 'x' && conversion->alternate && value)
		prefix = conversion->upper ? "0X" : "0x";
	format_number(output, conversion, prefix, value,
		conversion->letter == 'x'   ? 16
		: conversion->letter == 'o' ? 8
					    : 10);
}

static void
format_pointer(struct output *output, struct conversion *conversion, void *pointer)
{
	conversion->letter = 'x';
	conversion->alternate = 1;
	if (pointer) {
		format_unsigned(output, conversion, (uintptr_t)pointer);
	} else {
		conversion->precision = -1;
		format_string(output, conversion, "(nil)");
	}
}

/* A number of up to so many digits, or a * for an argument. */
static const char *
parse_count(const char *format, int *count, va_list *arguments)
{
	if (*format == '*') {
		*count = va_arg(*arguments, int);
		return format + 1;
	}
	for (*count = 0; isdigit((unsigned char)*format); format++)
		if (*count < INT32_MAX / 10 - 9)
			*count = *count * 10 + (*format - '0');
	return format;
}

static const char *
parse_flags(const char *format, struct conversion *conversion)
{
	for (;; format++) {
		switch (*format) {
		case '-':
			conversion->left = 1;
			break;
		case '+':
			conversion->plus = 1;
			break;
		case ' ':
			conversion->space = 1;
			break;
		case '#':
			conversion->alternate = 1;
			break;
		case '0':
			conversion->zero = 1;
			break;
		default:
			return format;
		}
	}
}

static const char *
parse_size(const char *format, struct conversion *conversion)
{
	conversion->size = sizeof(int);
	switch (*format) {
	case 'h':
		conversion->size = format[1] == 'h' ? sizeof(char) : sizeof(short);
		return format + (format[1] == 'h' ? 2 : 1);
	case 'l':
		conversion->size = format[1] == 'l' ? sizeof(long long) : sizeof(long);
		return format + (format[1] == 'l' ? 2 : 1);
	case 'j':
		conversion->size = sizeof(intmax_t);
		return format + 1;
	case 'z':
	case 't':
		conversion->size = sizeof(size_t);
		return format + 1;
	case 'L':
		conversion->is_long_double = 1;
		return format + 1;
	}
	return format;
}

static const char *
parse_conversion(const char *format, struct conversion *conversion, va_list *arguments)
{
	memset(conversion, 0, sizeof(*conversion));
	conversion->precision = -1;
	format = parse_flags(format, conversion);
	format = parse_count(format, &conversion->width, arguments);
	if (conversion->width < 0) {
		conversion->left = 1;
		conversion->width = -conversion->width;
	}
	if (*format == '.')
		format = parse_count(format + 1, &conversion->precision, arguments);
	format = parse_size(format, conversion);
	conversion->upper = *format == 'X' || *format == 'E' || *format == 'F' || *format == 'G';
	conversion->letter = conversion->upper ? tolower(*format) : *format;
	return format;
}

static intmax_t
signed_argument(int size, va_list *arguments)
{
	if (size == sizeof(long long))
		return va_arg(*arguments, long long);
	if (size == sizeof(short))
		return (short)va_arg(*arguments, int);
	if (size == sizeof(char))
		return (signed char)va_arg(*arguments, int);
	return va_arg(*arguments, int);
}

static uintmax_t
unsigned_argument(int size, va_list *arguments)
{
	if (size == sizeof(long long))
		return va_arg(*arguments, unsigned long long);
	if (size == sizeof(short))
		return (unsigned short)va_arg(*arguments, int);
	if (size == sizeof(char))
		return (unsigned char)va_arg(*arguments, int);
	return va_arg(*arguments, unsigned);
}

static double
float_argument(const struct conversion *conversion, va_list *arguments)
{
	if (conversion->is_long_double)
		return va_arg(*arguments, long double);
	return va_arg(*arguments, double);
}

/* One conversion; false if there is none of this letter. */
static int
convert(struct output *output, struct conversion *conversion, va_list *arguments, int error)
{
	char c;

	switch (conversion->letter) {
	case 'd':
	case 'i':
		format_signed(output, conversion, signed_argument(conversion->size, arguments));
		return 1;
	case 'u':
	case 'x':
	case 'o':
		format_unsigned(output, conversion, unsigned_argument(conversion->size, arguments));
		return 1;
	case 'c':
		c = va_arg(*arguments, int);
		format_field(output, conversion, "", 0, &c, 1);
		return 1;
	case 's':
		format_string(output, conversion, va_arg(*arguments, char *));
		return 1;
	case 'p':
		format_pointer(output, conversion, va_arg(*arguments, void *));
		return 1;
	case 'f':
	case 'e':
	case 'g':
		format_float(output, conversion, float_argument(conversion, arguments));
		return 1;
	case 'm':
		format_string(output, conversion, strerror(error));
		return 1;
	case '%':
		put(output, "%", 1);
		return 1;
	}
	return 0;
}

void
format_output(struct output *output, const char *format, va_list list)
{
	struct conversion conversion;
	va_list arguments;
	int error = errno;

	va_copy(arguments, list);
	while (*format) {
		const char *start = format;

		format = strchrnul(format, '%');
		put(output, start, format - start);
		if (!*format)
			break;
		start = format;
		format = parse_conversion(format + 1, &conversion, &arguments);
		if (*format)
			format++;
		if (!convert(output, &conversion, &arguments, error))
			put(output, start, format - start);
	}
	va_end(arguments);
}
