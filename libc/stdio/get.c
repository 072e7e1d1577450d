/* Reading characters, lines and blocks. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "stream.h"

/* How many characters can be had at once; 0 at the end of file or after an error. */
static size_t
available(FILE *stream)
{
	if (stream->state != STREAM_READING || stream->position == stream->end)
		if (stream_fill(stream) == EOF)
			return 0;
	return stream->end - stream->position;
}

int
fgetc(FILE *stream)
{
	return available(stream) ? (unsigned char)*stream->position++ : EOF;
}

int
getc(FILE *stream)
{
	return fgetc(stream);
}

int
getchar(void)
{
	return fgetc(stdin);
}

/*
 * One character always fits: there is room for it before the data. What is there already is not
 * written again, for the text of sscanf may be constant.
 */
int
ungetc(int c, FILE *stream)
{
	if (c == EOF)
		return EOF;
	if (stream->state != STREAM_READING) {
		stream_flush(stream);
		stream->state = STREAM_READING;
		stream->position = stream->end = stream->data;
	}
	if (stream->position < stream->data)
		return EOF;
	if (*--stream->position != (char)c)
		*stream->position = c;
	stream->end_of_file = 0;
	return (unsigned char)c;
}

size_t
fread(void *restrict to, size_t size, size_t count, FILE *restrict stream)
{
	size_t total = size * count, done = 0, part;

	while (done < total && (part = available(stream)) > 0) {
		if (part > total - done)
			part = total - done;
		memcpy((char *)to + done, stream->position, part);
		stream->position += part;
		done += part;
	}
	return size ? done / size : 0;
}

char *
fgets(char *restrict line, int size, FILE *restrict stream)
{
	int length = 0, c = 0;

	while (length < size - 1 && c != '\n' && (c = fgetc(stream)) != EOF)
		line[length++] = c;
	if (size < 1 || (length == 0 && c == EOF) || stream->error)
		return NULL;
	line[length] = 0;
	return line;
}

/* Makes the line's memory large enough for one more character and a zero. */
static int
make_room(char **line, size_t *size, size_t length)
{
	size_t wanted = *size * 2 < 128 ? 128 : *size * 2;
	char *larger;

	if (*line && length + 2 <= *size)
		return 0;
	larger = realloc(*line, wanted);
	if (!larger)
		return -1;
	*line = larger;
	*size = wanted;
	return 0;
}

ssize_t
getdelim(char **restrict line, size_t *restrict size, int stop, FILE *restrict stream)
{
	size_t length = 0;
	int c = EOF;

	if (!*line)
		*size = 0;
	do {
		if (make_room(line, size, length) < 0)
			return -1;
		c = fgetc(stream);
		if (c != EOF)
			(*line)[length++] = c;
	} while (c != EOF && c != stop);
	(*line)[length] = 0;
	return length == 0 || stream->error ? -1 : (ssize_t)length;
}

ssize_t
getline(char **restrict line, size_t *restrict size, FILE *restrict stream)
{
	return getdelim(line, size, '\n', stream);
}
