/* printf into streams, descriptors and memory. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "format.h"
#include "stream.h"

struct stream_output {
	struct output output;
	FILE *stream;
};

static void
put_stream(struct output *output, const char *text, size_t length)
{
	stream_write(((struct stream_output *)output)->stream, text, length);
}

/* A stream without a buffer gets one as long as this lasts: one printf is one write. */
int
vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments)
{
	struct stream_output to = {{put_stream, 0}, stream};
	int error = stream->error, buffering = stream->buffering;

	stream->error = 0;
	if (buffering == _IONBF)
		stream->buffering = _IOFBF;
	format_output(&to.output, format, arguments);
	if (buffering == _IONBF) {
		stream_flush(stream);
		stream->buffering = _IONBF;
	}
	if (stream->error)
		return -1;
	stream->error = error;
	return to.output.count;
}

int
vprintf(const char *restrict format, va_list arguments)
{
	return vfprintf(stdout, format, arguments);
}

int
printf(const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vfprintf(stdout, format, arguments);
	va_end(arguments);
	return count;
}

int
fprintf(FILE *restrict stream, const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vfprintf(stream, format, arguments);
	va_end(arguments);
	return count;
}

int
vdprintf(int descriptor, const char *restrict format, va_list arguments)
{
	FILE stream = {.descriptor = descriptor, .buffering = _IONBF, .size = BUFSIZ};

	stream.data = stream.room + 1;
	return vfprintf(&stream, format, arguments);
}

int
dprintf(int descriptor, const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vdprintf(descriptor, format, arguments);
	va_end(arguments);
	return count;
}

struct memory_output {
	struct output output;
	char *to;
	size_t room; /* without the final zero */
};

static void
put_memory(struct output *output, const char *text, size_t length)
{
	struct memory_output *memory = (struct memory_output *)output;

	if (length > memory->room)
		length = memory->room;
	memory->to = mempcpy(memory->to, text, length);
	memory->room -= length;
}

int
vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list arguments)
{
	struct memory_output memory = {{put_memory, 0}, to, size ? size - 1 : 0};

	format_output(&memory.output, format, arguments);
	if (size > 0)
		*memory.to = 0;
	return memory.output.count;
}

int
snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsnprintf(to, size, format, arguments);
	va_end(arguments);
	return count;
}

int
vsprintf(char *restrict to, const char *restrict format, va_list arguments)
{
	return vsnprintf(to, SIZE_MAX, format, arguments);
}

int
sprintf(char *restrict to, const char *restrict format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsprintf(to, format, arguments);
	va_end(arguments);
	return count;
}

int
vasprintf(char **to, const char *format, va_list arguments)
{
	int count = vsnprintf(NULL, 0, format, arguments);

	*to = malloc(count + 1);
	return *to ? vsprintf(*to, format, arguments) : -1;
}

int
asprintf(char **to, const char *format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vasprintf(to, format, arguments);
	va_end(arguments);
	return count;
}
