/*
 * chmod MODE FILE…: set the files' rights, in octal (644), or change them: who (u g o a), + - or =,
 * and which (r w x): go-w, +x, u=rw.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The bits that letters stand for: each letter's bits by its place in `letters`. */
static mode_t
bits_of(const char **text, const char *letters, const mode_t *bits)
{
	mode_t result = 0;
	const char *at;

	for (; **text && (at = strchr(letters, **text)); (*text)++)
		result |= bits[at - letters];
	return result;
}

/* False: the change is none. */
static bool
apply(const char *change, mode_t *mode)
{
	static const mode_t whose[] = {0700, 0070, 0007, 0777}, which[] = {0444, 0222, 0111};
	char *end;
	unsigned long number = strtoul(change, &end, 8);

	if (end > change && !*end) {
		*mode = number;
		return number <= 07777;
	}
	mode_t who = bits_of(&change, "ugoa", whose);
	char sign = *change ? *change++ : '?';
	mode_t bits = bits_of(&change, "rwx", which) & (who ? who : 0777);
	if (sign == '=')
		*mode &= ~(who ? who : 0777);
	*mode = sign == '-' ? *mode & ~bits : *mode | bits;
	return strchr("+-=", sign) && !*change;
}

int
main(int argc, char **argv)
{
	int status = 0;

	for (int i = 2; i < argc; i++) {
		struct stat is;
		bool known = stat(argv[i], &is) == 0;
		mode_t mode = known ? is.st_mode & 07777 : 0;
		if (!apply(argv[1], &mode)) {
			fprintf(stderr, "chmod: %s: no mode\n", argv[1]);
			return 2;
		}
		if (known && chmod(argv[i], mode) == 0)
			continue;
		fprintf(stderr, "chmod: %s: %s\n", argv[i], strerror(errno));
		status = 1;
	}
	return status;
}
