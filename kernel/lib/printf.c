/* Formatting: each conversion is read into a struct spec, then written with its padding. */
#include <lib/printf.h>
#include <lib/string.h>

struct output {
	void (*put)(void *context, char c);
	void *context;
	int count;
};

struct spec {
	bool left, zero;
	int width, precision; /* precision -1: none */
	int longs;	      /* how many l; 2 for ll */
	char conversion;
};

#define DIGITS_MAX 24 /* 64 bits in octal, and a sign or 0x */

static void
emit(struct output *out, char c)
{
	out->put(out->context, c);
	out->count++;
}

static void
pad(struct output *out, char c, int count)
{
	while (count-- > 0)
		emit(out, c);
}

/* Zeros stand between the prefix (a sign, 0x) and the digits, blanks outside of both. */
static void
emit_padded(struct output *out, const struct spec *spec, const char *prefix, const char *body,
	int length)
{
	int padding = spec->width - (int)strlen(prefix) - length;

	if (!spec->left && !spec->zero)
		pad(out, ' ', padding);
	while (*prefix)
		emit(out, *prefix++);
	if (!spec->left && spec->zero)
		pad(out, '0', padding);
	for (int i = 0; i < length; i++)
		emit(out, body[i]);
	if (spec->left)
		pad(out, ' ', padding);
}

static void
emit_number(struct output *out, const struct spec *spec, const char *prefix, uint64_t value,
	unsigned base)
{
	const char *digits = spec->conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	char buffer[DIGITS_MAX];
	char *start = buffer + sizeof(buffer);

	for (; value > ~0ul; value /= base) /* the slow division, only while it is needed */
		*--start = digits[value % base];
	unsigned long rest = value;
	do
		*--start = digits[rest % base];
	while (rest /= base);
	emit_padded(out, spec, prefix, start, buffer + sizeof(buffer) - start);
}

static void
emit_string(struct output *out, struct spec *spec, const char *s)
{
	int length = 0;

	if (!s)
		s = "(null)";
	while (length != spec->precision && s[length])
		length++;
	spec->zero = false;
	emit_padded(out, spec, "", s, length);
}

static int
read_decimal(const char **format)
{
	int value = 0;

	while (**format >= '0' && **format <= '9')
		value = value * 10 + *(*format)++ - '0';
	return value;
}

static int
read_count(const char **format, va_list *arguments)
{
	if (**format != '*')
		return read_decimal(format);
	++*format;
	return va_arg(*arguments, int);
}

/* Reads what follows a %, up to and including the conversion's letter. */
static struct spec
read_spec(const char **format, va_list *arguments)
{
	struct spec spec = {.precision = -1};

	for (; **format == '-' || **format == '0'; ++*format) {
		spec.left |= **format == '-';
		spec.zero |= **format == '0';
	}
	spec.width = read_count(format, arguments);
	if (spec.width < 0) {
		spec.left = true;
		spec.width = -spec.width;
	}
	if (**format == '.') {
		++*format;
		spec.precision = read_count(format, arguments);
	}
	for (; **format == 'l' || **format == 'z'; ++*format)
		spec.longs++; /* a size_t is as wide as a long */
	spec.conversion = **format;
	if (**format)
		++*format;
	return spec;
}

static uint64_t
unsigned_argument(const struct spec *spec, va_list *arguments)
{
	if (spec->longs >= 2)
		return va_arg(*arguments, unsigned long long);
	if (spec->longs == 1)
		return va_arg(*arguments, unsigned long);
	return va_arg(*arguments, unsigned);
}

static int64_t
signed_argument(const struct spec *spec, va_list *arguments)
{
	if (spec->longs >= 2)
		return va_arg(*arguments, long long);
	if (spec->longs == 1)
		return va_arg(*arguments, long);
	return va_arg(*arguments, int);
}

static void
convert(struct output *out, struct spec *spec, va_list *arguments)
{
	int64_t value;
	char c;

	switch (spec->conversion) {
	case 'd':
	case 'i':
		value = signed_argument(spec, arguments);
		emit_number(out, spec, value < 0 ? "-" : "",
			value < 0 ? -(uint64_t)value : (uint64_t)value, 10);
		break;
	case 'u':
		emit_number(out, spec, "", unsigned_argument(spec, arguments), 10);
		break;
	case 'o':
		emit_number(out, spec, "", unsigned_argument(spec, arguments), 8);
		break;
	case 'x':
	case 'X':
		emit_number(out, spec, "", unsigned_argument(spec, arguments), 16);
		break;
	case 'p':
		emit_number(out, spec, "0x", (uintptr_t)va_arg(*arguments, void *), 16);
		break;
	case 's':
		emit_string(out, spec, va_arg(*arguments, const char *));
		break;
	case 'c':
		c = va_arg(*arguments, int);
		emit_padded(out, spec, "", &c, 1);
		break;
	case '\0':
		break;
	default: /* %% and what we do not know */
		emit(out, spec->conversion);
	}
}

int
format_to(void (*put)(void *context, char c), void *context, const char *format, va_list arguments)
{
	struct output out = {.put = put, .context = context};
	va_list rest;

	va_copy(rest, arguments); /* so that its address can be passed on, whatever a va_list is */
	while (*format) {
		char c = *format++;
		if (c != '%') {
			emit(&out, c);
			continue;
		}
		struct spec spec = read_spec(&format, &rest);
		convert(&out, &spec, &rest);
	}
	va_end(rest);
	return out.count;
}

struct bounded {
	char *next, *last; /* *last is for the NUL */
};

static void
put_bounded(void *context, char c)
{
	struct bounded *bounded = context;

	if (bounded->next < bounded->last)
		*bounded->next++ = c;
}

int
vsnprintf(char *buffer, size_t size, const char *format, va_list arguments)
{
	char nowhere;
	struct bounded bounded = {buffer, buffer + size - 1};

	if (size == 0)
		bounded = (struct bounded){&nowhere, &nowhere};
	int length = format_to(put_bounded, &bounded, format, arguments);
	*bounded.next = '\0';
	return length;
}

int
snprintf(char *buffer, size_t size, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(buffer, size, format, arguments);
	va_end(arguments);
	return length;
}
