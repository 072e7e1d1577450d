/* sleep SECONDS: do nothing for that long. Decimals are fine: `sleep 0.25`. */

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

/* Reads "12.5" into seconds and nanoseconds; digits after the ninth decimal count for nothing. */
static bool
parse(const char *text, struct timespec *time)
{
	const char *start = text;

	time->tv_sec = time->tv_nsec = 0;
	for (; isdigit((unsigned char)*text); text++) {
		if (time->tv_sec > 100000000)
			return false;
		time->tv_sec = time->tv_sec * 10 + (*text - '0');
	}
	if (*text == '.') {
		text++;
		for (long unit = 100000000; isdigit((unsigned char)*text); text++, unit /= 10)
			time->tv_nsec += (*text - '0') * unit;
	}
	return text > start && *text == '\0';
}

int
main(int argc, char **argv)
{
	struct timespec time;

	if (argc != 2 || !parse(argv[1], &time)) {
		fprintf(stderr, "usage: sleep SECONDS (such as 2 or 0.25)\n");
		return 2;
	}
	if (nanosleep(&time, NULL) < 0) {
		perror("sleep");
		return 1;
	}
	return 0;
}
