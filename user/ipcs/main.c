/* ipcs: what there is of shared memory, semaphores and messages. */

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>

#include "ipcs.h"

enum unit unit;

static const struct option long_options[] = {
	{"id", required_argument, NULL, 'i'},
	{"shmems", no_argument, NULL, 'm'},
	{"queues", no_argument, NULL, 'q'},
	{"semaphores", no_argument, NULL, 's'},
	{"all", no_argument, NULL, 'a'},
	{"time", no_argument, NULL, 't'},
	{"pid", no_argument, NULL, 'p'},
	{"creator", no_argument, NULL, 'c'},
	{"limits", no_argument, NULL, 'l'},
	{"summary", no_argument, NULL, 'u'},
	{"human", no_argument, NULL, 'H'},
	{"bytes", no_argument, NULL, 'b'},
	{"attaches", no_argument, NULL, 'A'},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0},
};

static const char help[] =
	"\nUsage:\n"
	" ipcs [resource-option...] [output-option]\n"
	" ipcs -m|-q|-s -i <id>\n"
	"\nShow information on IPC facilities.\n"
	"\nOptions:\n"
	" -i, --id <id>  print details on resource identified by <id>\n"
	" -h, --help     display this help\n"
	"\nResource options:\n"
	" -m, --shmems      shared memory segments\n"
	" -q, --queues      message queues\n"
	" -s, --semaphores  semaphores\n"
	" -a, --all         all (default)\n"
	"\nOutput options:\n"
	" -t, --time        show attach, detach and change times\n"
	" -p, --pid         show PIDs of creator and last operator\n"
	" -c, --creator     show creator and owner\n"
	" -l, --limits      show resource limits\n"
	" -u, --summary     show status summary\n"
	"     --human       show sizes in human-readable format\n"
	" -b, --bytes       show sizes in bytes\n"
	"     --attaches    show also who has each segment attached, and where\n";

static struct {
	bool shm, sem, msg;
	bool one, attaches;
	int id;
	enum view view;
} wanted;

static int
parse_id(const char *text)
{
	char *end;

	errno = 0;
	long id = strtol(text, &end, 10);
	if (errno || id > INT_MAX || id < INT_MIN) {
		errno = ERANGE;
		err(EXIT_FAILURE, "failed to parse id argument: '%s'", text);
	}
	if (end == text || *end)
		errx(EXIT_FAILURE, "failed to parse id argument: '%s'", text);
	return id;
}

/* Returns false if it is no option that we know. */
static bool
take_option(int option)
{
	switch (option) {
	case 'i':
		wanted.one = true;
		wanted.id = parse_id(optarg);
		return true;
	case 'a':
		wanted.shm = wanted.sem = wanted.msg = true;
		return true;
	case 'm':
		return wanted.shm = true;
	case 's':
		return wanted.sem = true;
	case 'q':
		return wanted.msg = true;
	case 't':
		wanted.view = TIMES;
		return true;
	case 'p':
		wanted.view = PIDS;
		return true;
	case 'c':
		wanted.view = CREATORS;
		return true;
	case 'l':
		wanted.view = LIMITS;
		return true;
	case 'u':
		wanted.view = STATUS;
		return true;
	case 'b':
		unit = BYTES;
		return true;
	case 'H':
		unit = HUMAN;
		return true;
	case 'A':
		return wanted.attaches = true;
	}
	return false;
}

static void
show_one(void)
{
	bool found;

	if (wanted.shm + wanted.sem + wanted.msg != 1)
		errx(EXIT_FAILURE, "when using an ID, a single resource must be specified");
	if (wanted.shm)
		found = shm_detail(wanted.id);
	else
		found = wanted.sem ? sem_detail(wanted.id) : msg_detail(wanted.id);
	if (!found)
		warnx("id %d not found", wanted.id);
}

static void
show_all(void)
{
	printf("\n");
	if (wanted.msg) {
		msg_show(wanted.view);
		printf("\n");
	}
	if (wanted.shm) {
		shm_show(wanted.view);
		printf("\n");
	}
	if (wanted.sem) {
		sem_show(wanted.view);
		printf("\n");
	}
}

int
main(int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, "i:mqsatpclubh", long_options, NULL)) != -1) {
		if (option == 'h') {
			printf("%s", help);
			return EXIT_SUCCESS;
		}
		if (!take_option(option)) {
			fprintf(stderr, "Try 'ipcs --help' for more information.\n");
			return EXIT_FAILURE;
		}
	}
	if (wanted.one) {
		show_one();
		return EXIT_SUCCESS;
	}
	if (!wanted.shm && !wanted.sem && !wanted.msg)
		wanted.shm = wanted.sem = wanted.msg = true;
	show_all();
	return wanted.attaches && !attaches_show() ? EXIT_FAILURE : EXIT_SUCCESS;
}
