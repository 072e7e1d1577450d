/* Text made piece by piece: counts all of it, keeps what fits. */
#include <stdarg.h>
#include <lib/printf.h>
#include <lib/text.h>

static void
put_text(void *context, char c)
{
	struct text *text = context;

	if (text->length < text->size)
		text->buffer[text->length] = c;
	text->length++;
}

void
text_printf(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_to(put_text, text, format, arguments);
	va_end(arguments);
}

void
text_bytes(struct text *text, const char *bytes, size_t size)
{
	while (size--)
		put_text(text, *bytes++);
}
