/* Redirections: what < > >> and >& do to the descriptors 0 to 9. */

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

#define FIRST_COPY 10 /* descriptors that a script can name end before it */

/* An operator taken apart: which descriptor, and how the file is opened; -1: it is a descriptor. */
static int
read_operator(const char *operator, int *descriptor)
{
	bool digit = isdigit((unsigned char)*operator);
	const char *sign = operator + digit;

	*descriptor = digit ? *operator - '0' : *sign == '>';
	if (*sign == '<')
		return O_RDONLY;
	if (sign[1] == '&')
		return -1;
	return O_WRONLY | O_CREAT | (sign[1] == '>' ? O_APPEND : O_TRUNC);
}

static void
save(struct saved *saved, int descriptor)
{
	saved->descriptor[saved->count] = descriptor;
	saved->copy[saved->count++] = fcntl(descriptor, F_DUPFD_CLOEXEC, FIRST_COPY);
}

/* Makes the file, or the other descriptor, this one. */
static bool
make(int descriptor, int flags, const char *name)
{
	bool is_number = isdigit((unsigned char)*name) && !name[1];
	int file = -1;

	if (flags >= 0)
		file = open(name, flags, 0666);
	else if (is_number)
		file = *name - '0';
	else
		errno = EBADF;
	bool fine = file >= 0 && dup2(file, descriptor) >= 0;
	if (!fine)
		complain("%s: %s", name, strerror(errno));
	if (flags >= 0 && file >= 0 && file != descriptor)
		close(file);
	return fine;
}

bool
redirect(const struct redirection *redirections, int count, struct saved *saved)
{
	for (int i = 0; i < count; i++) {
		int descriptor;
		int flags = read_operator(redirections[i].operator, &descriptor);
		if (saved)
			save(saved, descriptor);
		if (!make(descriptor, flags, redirections[i].name))
			return false;
	}
	return true;
}

/* Backwards: a descriptor that was redirected twice gets back what it was at first. */
void
restore(struct saved *saved)
{
	while (saved->count > 0) {
		int i = --saved->count;
		if (saved->copy[i] < 0) {
			close(saved->descriptor[i]);
		} else {
			dup2(saved->copy[i], saved->descriptor[i]);
			close(saved->copy[i]);
		}
	}
}
