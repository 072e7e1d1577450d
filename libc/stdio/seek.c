/* The position of a stream: the descriptor's, less what was read ahead, plus what waits. */
#include <unistd.h>
#include "stream.h"

off_t
ftello(FILE *stream)
{
	off_t offset = lseek(stream->descriptor, 0, SEEK_CUR);

	if (offset < 0)
		return -1;
	if (stream->state == STREAM_READING)
		return offset - (stream->end - stream->position);
	if (stream->state == STREAM_WRITING)
		return offset + (stream->position - stream->data);
	return offset;
}

int
fseeko(FILE *stream, off_t offset, int whence)
{
	if (stream_flush(stream) == EOF)
		return -1;
	if (whence == SEEK_CUR && stream->state == STREAM_READING)
		offset -= stream->end - stream->position;
	if (lseek(stream->descriptor, offset, whence) < 0)
		return -1;
	stream->state = STREAM_IDLE;
	stream->end_of_file = 0;
	return 0;
}

long
ftell(FILE *stream)
{
	return ftello(stream);
}

int
fseek(FILE *stream, long offset, int whence)
{
	return fseeko(stream, offset, whence);
}

void
rewind(FILE *stream)
{
	fseeko(stream, 0, SEEK_SET);
	stream->error = 0;
}
