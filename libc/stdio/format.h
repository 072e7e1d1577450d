/* The engine of printf, and the decimal digits of floating numbers that it needs. */
#ifndef STDIO_FORMAT_H
#define STDIO_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* Where the text goes, piece by piece. Whoever embeds it knows more. */
struct output {
	void (*put)(struct output *output, const char *text, size_t length);
	size_t count; /* characters so far */
};

/* Everything of C's printf but %n, %a and wide characters; and %m, the text of errno. */
void format_output(struct output *output, const char *format, va_list arguments);

/* What stands between the % and the conversion. */
struct conversion {
	unsigned left : 1, plus : 1, space : 1, alternate : 1, zero : 1, upper : 1;
	int width, precision; /* precision -1: not given */
	int size;	      /* of a whole number, in bytes */
	int is_long_double;
	char letter;
};

/* Pads to the width; zeros are written between prefix and body. */
void format_field(struct output *output, const struct conversion *conversion, const char *prefix,
		  int zeros, const char *body, int length);

/* e, f, g. */
void format_float(struct output *output, const struct conversion *conversion, double value);

#define DECIMAL_DIGITS 800 /* no double has more */

/* 0.d0 d1 d2 ... times ten to the point; no digits: zero. */
struct decimal {
	int count, point;
	unsigned char digits[DECIMAL_DIGITS];
};

/* The exact value of a finite number's magnitude. */
void decimal_from(struct decimal *decimal, double value);

/* Keeps so many digits, at most; exact halves go to the even neighbour. */
void decimal_round(struct decimal *decimal, int keep);

#endif
