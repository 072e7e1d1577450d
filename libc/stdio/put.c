/* Writing characters, lines and blocks. */
#include <errno.h>
#include <string.h>
#include "stream.h"

size_t
fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict stream)
{
	size_t total = size * count;

	if (total == 0)
		return 0;
	return stream_write(stream, from, total) / size;
}

int
fputc(int c, FILE *stream)
{
	char character = c;

	return stream_write(stream, &character, 1) == 1 ? (unsigned char)c : EOF;
}

int
putc(int c, FILE *stream)
{
	return fputc(c, stream);
}

int
putchar(int c)
{
	return fputc(c, stdout);
}

int
fputs(const char *restrict text, FILE *restrict stream)
{
	size_t length = strlen(text);

	return stream_write(stream, text, length) == length ? 1 : EOF;
}

int
puts(const char *text)
{
	return fputs(text, stdout) == EOF || putchar('\n') == EOF ? EOF : 1;
}

void
perror(const char *text)
{
	const char *reason = strerror(errno);

	if (text && *text)
		fprintf(stderr, "%s: %s\n", text, reason);
	else
		fprintf(stderr, "%s\n", reason);
}
