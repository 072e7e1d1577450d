/* Why a call of System V IPC failed: the kernel's own words, from /proc/self/ipc_error. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <unistd.h>

#define PATH "/proc/self/ipc_error"

/* All of the file, without the newline at its end; -1: it cannot be read. */
static ssize_t
read_words(char *text, size_t size)
{
	int file = open(PATH, O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : read(file, text, size - 1);

	if (file >= 0)
		close(file);
	if (length > 0 && text[length - 1] == '\n')
		length--;
	if (length >= 0)
		text[length] = '\0';
	return length;
}

const char *
ipc_explain(void)
{
	static char text[192];
	int error = errno;
	char *words = NULL;

	/* its number tells whether it is this failure that the kernel remembers */
	if (read_words(text, sizeof(text)) > 0 && strtol(text, &words, 10) == error)
		words++;
	else
		words = strerror(error);
	errno = error;
	return words;
}
