/*
 * kill [-SIGNAL] PID…: send a signal (TERM if none is named) to processes; to a process group if
 * the number is negative. SIGNAL is a number or a name with or without SIG. kill -l lists them.
 */

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Linux's numbers, which are the same on both ports. Number 0 only asks whether PID exists. */
static const char *const signal_names[] = {"0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS",
	"FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT",
	"STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",
	"PWR", "SYS"};

#define SIGNAL_COUNT ((int)(sizeof signal_names / sizeof *signal_names))

static int
usage(void)
{
	fprintf(stderr, "usage: kill [-SIGNAL] PID…   (kill -l lists the signals)\n");
	return 2;
}

static bool
parse_number(const char *text, long *number)
{
	char *end;

	*number = strtol(text, &end, 10);
	return end != text && *end == '\0';
}

/* Returns -1 if there is no such signal. */
static int
find_signal(const char *text)
{
	long number;

	if (parse_number(text, &number))
		return number >= 0 && number < SIGNAL_COUNT ? number : -1;
	if (strncasecmp(text, "SIG", 3) == 0)
		text += 3;
	for (int i = 1; i < SIGNAL_COUNT; i++) {
		if (strcasecmp(text, signal_names[i]) == 0)
			return i;
	}
	return -1;
}

static int
list(void)
{
	for (int i = 1; i < SIGNAL_COUNT; i++)
		printf("%2d %-7s%s", i, signal_names[i], i % 8 == 0 ? "\n" : " ");
	putchar('\n');
	return 0;
}

static bool
send_signal(const char *target, int number)
{
	long pid;

	if (!parse_number(target, &pid)) {
		fprintf(stderr, "kill: %s: not a process number\n", target);
		return false;
	}
	if (kill(pid, number) < 0) {
		fprintf(stderr, "kill: %ld: %s\n", pid, strerror(errno));
		return false;
	}
	return true;
}

int
main(int argc, char **argv)
{
	int number = SIGTERM, first = 1;
	bool fine = true;

	if (argc > 1 && strcmp(argv[1], "-l") == 0)
		return list();
	if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--") != 0) {
		const char *name = argv[1] + 1;
		first = 2;
		if (strcmp(name, "s") == 0 && argc > 2)
			name = argv[first++];
		number = find_signal(name);
		if (number < 0) {
			fprintf(stderr, "kill: %s: no such signal (kill -l lists them)\n", name);
			return 2;
		}
	}
	if (first < argc && strcmp(argv[first], "--") == 0)
		first++;
	if (first == argc)
		return usage();
	for (int i = first; i < argc; i++)
		fine &= send_signal(argv[i], number);
	return fine ? 0 : 1;
}
