/* The heart of stdio: filling and flushing the buffer of a stream. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "stream.h"

#define STANDARD_STREAM(number, mode, following) \
	{ \
		.descriptor = number, .buffering = mode, .data = standard[number].room + 1, \
		.size = BUFSIZ, .next = following, \
	}

static struct stream standard[3] = {
	STANDARD_STREAM(STDIN_FILENO, _IOFBF, &standard[1]),
	STANDARD_STREAM(STDOUT_FILENO, BUFFERING_UNKNOWN, &standard[2]),
	STANDARD_STREAM(STDERR_FILENO, _IONBF, NULL),
};

FILE *(stdin) = &standard[0], *(stdout) = &standard[1], *(stderr) = &standard[2];

struct stream *stream_list = standard;

/* Writes size bytes, in as many pieces as it takes; how many were written. */
static size_t
write_all(FILE *stream, const char *text, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t count = write(stream->descriptor, text + done, size - done);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			stream->error = 1;
			break;
		}
		done += count;
	}
	return done;
}

int
stream_flush(FILE *stream)
{
	size_t size;

	if (stream->state != STREAM_WRITING)
		return 0;
	size = stream->position - stream->data;
	stream->state = STREAM_IDLE;
	return write_all(stream, stream->data, size) == size ? 0 : EOF;
}

/* Makes the stream one that is written: input that was read ahead is lost. */
static void
start_writing(FILE *stream)
{
	if (stream->buffering == BUFFERING_UNKNOWN) {
		int saved = errno;
		stream->buffering = isatty(stream->descriptor) ? _IOLBF : _IOFBF;
		errno = saved;
	}
	stream->state = STREAM_WRITING;
	stream->position = stream->data;
	stream->end = stream->data + stream->size;
}

size_t
stream_write(FILE *stream, const char *text, size_t size)
{
	size_t done = 0;

	if (stream->state != STREAM_WRITING)
		start_writing(stream);
	if (stream->buffering == _IONBF)
		return write_all(stream, text, size);
	while (done < size) {
		size_t room = stream->end - stream->position;
		size_t part = size - done < room ? size - done : room;

		stream->position = mempcpy(stream->position, text + done, part);
		done += part;
		if (stream->position == stream->end) {
			if (stream_flush(stream) == EOF)
				return 0;
			start_writing(stream);
		}
	}
	if (stream->buffering == _IOLBF && memchr(text, '\n', size) && stream_flush(stream) == EOF)
		return 0;
	return size;
}

int
stream_fill(FILE *stream)
{
	ssize_t count = 0;

	/* Who waits for an answer wants the question to be seen. */
	if (stdout->buffering == _IOLBF)
		stream_flush(stdout);
	stream_flush(stream);
	stream->state = STREAM_READING;
	stream->position = stream->end = stream->data;
	if (stream->descriptor >= 0)
		count = read(stream->descriptor, stream->data, stream->size);
	if (count < 0)
		stream->error = 1;
	if (count == 0)
		stream->end_of_file = 1;
	if (count <= 0)
		return EOF;
	stream->end += count;
	return 0;
}

static int
flush_all(void)
{
	int result = 0;

	for (FILE *stream = stream_list; stream; stream = stream->next)
		if (stream_flush(stream) == EOF)
			result = EOF;
	return result;
}

int
fflush(FILE *stream)
{
	return stream ? stream_flush(stream) : flush_all();
}
