/* scanf from streams and strings. */
#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "stream.h"

#define TOKEN_SIZE 512 /* the longest number that is read */

struct scan {
	FILE *stream;
	int consumed; /* characters */
	int assigned; /* conversions */

	/* The conversion at hand. */
	int suppress, size;
	int width; /* characters it may still take */
	char letter;
};

/* The next character without taking it; EOF also when the width is used up. */
static int
peek(struct scan *scan)
{
	int c = EOF;

	if (scan->width > 0) {
		c = fgetc(scan->stream);
		ungetc(c, scan->stream);
	}
	return c;
}

static int
take(struct scan *scan)
{
	scan->consumed++;
	scan->width--;
	return fgetc(scan->stream);
}

static void
skip_space(struct scan *scan)
{
	scan->width = INT_MAX;
	while (isspace(peek(scan)))
		take(scan);
}

/* Appends up to most characters out of a set to the token's end; how many there were. */
static int
take_from(struct scan *scan, const char *set, int most, char **end)
{
	int count = 0, c;

	while (count < most && (c = peek(scan)) > 0 && strchr(set, c)) {
		*(*end)++ = take(scan);
		count++;
	}
	return count;
}

#define ALL INT_MAX

/* Reads a whole number into the token; its base, or 0 if there is none. */
static int
take_integer(struct scan *scan, char *end)
{
	int base = scan->letter == 'i' ? 0 : scan->letter == 'o' ? 8 : 10, digits = 0;

	if (scan->letter == 'x' || scan->letter == 'p')
		base = 16;
	take_from(scan, "+-", 1, &end);
	if (base == 0 || base == 16) {
		digits = take_from(scan, "0", 1, &end);
		if (digits && take_from(scan, "xX", 1, &end))
			base = 16;
	}
	if (base == 0)
		base = digits ? 8 : 10;
	digits += take_from(scan,
		base == 8    ? "01234567"
		: base == 10 ? "0123456789"
			     : "0123456789abcdefABCDEF",
		ALL, &end);
	*end = 0;
	return digits ? base : 0;
}

/* Reads a floating number into the token; false if there is none. */
static int
take_float(struct scan *scan, char *end)
{
	const char *decimal = "0123456789";
	int digits;

	take_from(scan, "+-", 1, &end);
	digits = take_from(scan, decimal, ALL, &end);
	if (take_from(scan, ".", 1, &end))
		digits += take_from(scan, decimal, ALL, &end);
	if (digits && take_from(scan, "eE", 1, &end)) {
		take_from(scan, "+-", 1, &end);
		take_from(scan, decimal, ALL, &end);
	}
	*end = 0;
	return digits > 0;
}

static void
store(void *to, int size, unsigned long long value)
{
	if (size == sizeof(char))
		*(char *)to = value;
	else if (size == sizeof(short))
		*(short *)to = value;
	else if (size == sizeof(int))
		*(int *)to = value;
	else
		*(long long *)to = value;
}

/* A number too large for long becomes the largest, unless long long was asked for. */
static unsigned long long
integer_value(const struct scan *scan, const char *token, int base)
{
	int is_signed = scan->letter == 'd' || scan->letter == 'i';

	if (scan->size == sizeof(long long))
		return is_signed ? (unsigned long long)strtoll(token, NULL, base)
				 : strtoull(token, NULL, base);
	return is_signed ? (unsigned long)strtol(token, NULL, base) : strtoul(token, NULL, base);
}

static int
scan_integer(struct scan *scan, void *to)
{
	char token[TOKEN_SIZE];
	int base = take_integer(scan, token);

	if (base && to)
		store(to, scan->size, integer_value(scan, token, base));
	return base != 0;
}

static int
scan_float(struct scan *scan, void *to)
{
	char token[TOKEN_SIZE];

	if (!take_float(scan, token))
		return 0;
	if (to && scan->size == sizeof(long double))
		*(long double *)to = strtod(token, NULL);
	else if (to && scan->size == sizeof(long long))
		*(double *)to = strtod(token, NULL);
	else if (to)
		*(float *)to = strtod(token, NULL);
	return 1;
}

/* The characters of %s and %[, which accepts those marked in a table of 256. */
static int
scan_text(struct scan *scan, char *to, const char *accepted)
{
	int count = 0, c;

	for (; (c = peek(scan)) != EOF && accepted[c]; count++) {
		take(scan);
		if (to)
			*to++ = c;
	}
	if (to && count > 0)
		*to = 0;
	return count > 0;
}

static int
scan_word(struct scan *scan, char *to)
{
	char accepted[UCHAR_MAX + 1];

	for (int c = 0; c <= UCHAR_MAX; c++)
		accepted[c] = !isspace(c);
	return scan_text(scan, to, accepted);
}

/* As many characters as the width says, blanks too. There is one at least. */
static int
scan_characters(struct scan *scan, char *to)
{
	int c;

	if (scan->width == INT_MAX)
		scan->width = 1;
	while ((c = peek(scan)) != EOF) {
		take(scan);
		if (to)
			*to++ = c;
	}
	return 1;
}

/* Marks the set that stands behind a [ in the table; the format after its ]. */
static const char *
parse_set(const char *format, char *accepted)
{
	int negated = *format == '^';
	const char *first = format += negated;

	memset(accepted, negated, UCHAR_MAX + 1);
	for (; *format && (*format != ']' || format == first); format++) {
		unsigned char from = *format, to = from;
		if (format[1] == '-' && format[2] && format[2] != ']') {
			to = format[2];
			format += 2;
		}
		for (int c = from; c <= to; c++)
			accepted[c] = !negated;
	}
	return *format ? format + 1 : format;
}

static const char *
parse_size(const char *format, struct scan *scan)
{
	const char *start = format;

	scan->size = sizeof(int);
	while (*format && strchr("hlLjzt", *format))
		format++;
	if (format - start == 2)
		scan->size = *start == 'h' ? sizeof(char) : sizeof(long long);
	else if (format - start == 1)
		scan->size = *start == 'h'   ? sizeof(short)
			     : *start == 'L' ? sizeof(long double)
			     : *start == 'j' ? sizeof(intmax_t)
					     : sizeof(long);
	return format;
}

static const char *
parse_conversion(const char *format, struct scan *scan)
{
	scan->suppress = *format == '*';
	format += scan->suppress;
	scan->width = 0;
	for (; isdigit((unsigned char)*format); format++)
		scan->width = scan->width * 10 + (*format - '0');
	if (scan->width == 0)
		scan->width = INT_MAX;
	format = parse_size(format, scan);
	scan->letter = tolower((unsigned char)*format);
	return *format ? format + 1 : format;
}

/* What stands for an l before a float's letter, which means double and not a size of integers. */
static int
float_size(const char *letter)
{
	return letter[-1] == 'l'   ? (int)sizeof(long long)
	       : letter[-1] == 'L' ? (int)sizeof(long double)
				   : (int)sizeof(float);
}

/* One conversion. True if it was found; the format is moved behind a set. */
static int
convert(struct scan *scan, const char **format, void *to)
{
	char accepted[UCHAR_MAX + 1];

	switch (scan->letter) {
	case 'd':
	case 'i':
	case 'u':
	case 'o':
	case 'x':
	case 'p':
		if (scan->width >= TOKEN_SIZE)
			scan->width = TOKEN_SIZE - 1;
		return scan_integer(scan, to);
	case 'f':
	case 'e':
	case 'g':
		if (scan->width >= TOKEN_SIZE)
			scan->width = TOKEN_SIZE - 1;
		scan->size = float_size(*format - 1);
		return scan_float(scan, to);
	case 's':
		return scan_word(scan, to);
	case 'c':
		return scan_characters(scan, to);
	case '[':
		*format = parse_set(*format, accepted);
		return scan_text(scan, to, accepted);
	}
	return 0;
}

/* Blanks before it do not count for most conversions. True if there is input left. */
static int
find_input(struct scan *scan)
{
	int width = scan->width;

	if (!strchr("c[n", scan->letter))
		skip_space(scan);
	scan->width = width;
	return peek(scan) != EOF;
}

/* A character that must stand in the input as it stands in the format. */
static int
match(struct scan *scan, char c)
{
	scan->width = INT_MAX;
	if (peek(scan) != (unsigned char)c)
		return 0;
	take(scan);
	return 1;
}

/* True if the input ended before anything could be read. */
static int
at_end(struct scan *scan)
{
	scan->width = INT_MAX;
	return peek(scan) == EOF;
}

int
vfscanf(FILE *restrict stream, const char *restrict start, va_list arguments)
{
	struct scan scan = {.stream = stream};
	const char *format = start;

	while (*format) {
		char c = *format++;
		void *to;

		if (isspace((unsigned char)c)) {
			skip_space(&scan);
			continue;
		}
		if (c == '%' && *format == '%') {
			format++;
			skip_space(&scan);
		} else if (c == '%') {
			format = parse_conversion(format, &scan);
			if (scan.letter == 'n') {
				store(va_arg(arguments, void *), scan.size, scan.consumed);
				continue;
			}
			if (!find_input(&scan))
				return scan.assigned ? scan.assigned : EOF;
			to = scan.suppress ? NULL : va_arg(arguments, void *);
			if (!convert(&scan, &format, to))
				break;
			scan.assigned += !scan.suppress;
			continue;
		}
		if (!match(&scan, c))
			return scan.assigned == 0 && at_end(&scan) ? EOF : scan.assigned;
	}
	return scan.assigned;
}

int
vscanf(const char *restrict format, va_list arguments)
{
	return vfscanf(stdin, format, arguments);
}

/* A string is a stream whose buffer is full from the start and which has no descriptor. */
int
vsscanf(const char *restrict text, const char *restrict format, va_list arguments)
{
	FILE stream = {
		.descriptor = -1,
		.state = STREAM_READING,
		.data = (char *)text,
		.position = (char *)text,
		.end = (char *)text + strlen(text),
	};

	return vfscanf(&stream, format, arguments);
}

int
scanf(const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vfscanf(stdin, format, arguments);
	va_end(arguments);
	return count;
}

int
fscanf(FILE *restrict stream, const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vfscanf(stream, format, arguments);
	va_end(arguments);
	return count;
}

int
sscanf(const char *restrict text, const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsscanf(text, format, arguments);
	va_end(arguments);
	return count;
}
