/* Opening and closing streams, and the choice of their buffers. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "stream.h"

/* The flags of open for a mode like "r", "w+", "ab"; -1 and EINVAL if it is none. */
static int
open_flags(const char *mode)
{
	int flags = strchr(mode, '+') ? O_RDWR : *mode == 'r' ? O_RDONLY : O_WRONLY;

	switch (*mode) {
	case 'r':
		break;
	case 'w':
		flags |= O_CREAT | O_TRUNC;
		break;
	case 'a':
		flags |= O_CREAT | O_APPEND;
		break;
	default:
		errno = EINVAL;
		return -1;
	}
	if (strchr(mode, 'x'))
		flags |= O_EXCL;
	if (strchr(mode, 'e'))
		flags |= O_CLOEXEC;
	return flags;
}

FILE *
fdopen(int descriptor, const char *mode)
{
	FILE *stream;

	if (open_flags(mode) < 0 || fcntl(descriptor, F_GETFL) < 0)
		return NULL;
	stream = calloc(1, sizeof(*stream));
	if (!stream)
		return NULL;
	stream->descriptor = descriptor;
	stream->buffering = BUFFERING_UNKNOWN;
	stream->data = stream->room + 1;
	stream->size = BUFSIZ;
	stream->next = stream_list;
	stream_list = stream;
	return stream;
}

FILE *
fopen(const char *restrict path, const char *restrict mode)
{
	FILE *stream;
	int flags = open_flags(mode), descriptor;

	if (flags < 0)
		return NULL;
	descriptor = open(path, flags, 0666);
	if (descriptor < 0)
		return NULL;
	stream = fdopen(descriptor, mode);
	if (!stream)
		close(descriptor);
	return stream;
}

/* The three standard streams are the last of the list and are no memory of malloc. */
static int
is_standard(FILE *stream)
{
	return stream == stdin || stream == stdout || stream == stderr;
}

int
fclose(FILE *stream)
{
	struct stream **link = &stream_list;
	int result = stream_flush(stream);

	if (close(stream->descriptor) < 0)
		result = EOF;
	if (is_standard(stream))
		return result;
	while (*link != stream)
		link = &(*link)->next;
	*link = stream->next;
	free(stream);
	return result;
}

/* A buffer of the caller's is used if it can hold one character and another pushed back. */
int
setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size)
{
	if (mode < _IOFBF || mode > _IONBF) {
		errno = EINVAL;
		return EOF;
	}
	stream_flush(stream);
	stream->buffering = mode;
	if (buffer && size >= 2 && stream->state == STREAM_IDLE) {
		stream->data = buffer + 1;
		stream->size = size - 1;
	}
	return 0;
}

void
setbuf(FILE *restrict stream, char *restrict buffer)
{
	setvbuf(stream, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void
setlinebuf(FILE *stream)
{
	setvbuf(stream, NULL, _IOLBF, 0);
}

int
fileno(FILE *stream)
{
	return stream->descriptor;
}

int
feof(FILE *stream)
{
	return stream->end_of_file;
}

int
ferror(FILE *stream)
{
	return stream->error;
}

void
clearerr(FILE *stream)
{
	stream->end_of_file = stream->error = 0;
}
