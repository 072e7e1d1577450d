/*
 * ipcrm, as util-linux's (ipcrm(1)): removes shared memory segments (-m ID, -M KEY), semaphore sets
 * (-s, -S) and message queues (-q, -Q), or all there is (-a, --all=shm|msg|sem); and as it once
 * was, ipcrm shm|msg|sem ID…. A segment that somebody still has attached goes with its last attach.
 */

#define _GNU_SOURCE /* SHM_INFO, SHM_STAT … */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#define PARSE "failed to parse argument"

static bool verbose;

union semun { /* semctl's fourth argument; every program defines it for itself */
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *__buf;
};

/* The three kinds, and the same four questions to each. */

static int
find_shm(key_t key)
{
	return shmget(key, 0, 0);
}

static int
remove_shm(int id)
{
	return shmctl(id, IPC_RMID, NULL);
}

static int
highest_shm(void)
{
	struct shm_info info;
	return shmctl(0, SHM_INFO, (struct shmid_ds *)&info);
}

static int
id_of_shm(int slot)
{
	struct shmid_ds ds;
	return shmctl(slot, SHM_STAT, &ds);
}

static int
find_msg(key_t key)
{
	return msgget(key, 0);
}

static int
remove_msg(int id)
{
	return msgctl(id, IPC_RMID, NULL);
}

static int
highest_msg(void)
{
	struct msginfo info;
	return msgctl(0, MSG_INFO, (struct msqid_ds *)&info);
}

static int
id_of_msg(int slot)
{
	struct msqid_ds ds;
	return msgctl(slot, MSG_STAT, &ds);
}

static int
find_sem(key_t key)
{
	return semget(key, 0, 0);
}

static int
remove_sem(int id)
{
	return semctl(id, 0, IPC_RMID);
}

static int
highest_sem(void)
{
	struct seminfo info;
	return semctl(0, 0, SEM_INFO, (union semun){.__buf = &info});
}

static int
id_of_sem(int slot)
{
	struct semid_ds ds;
	return semctl(slot, 0, SEM_STAT, (union semun){.buf = &ds});
}

static const struct kind {
	const char *name, *title;
	char letter; /* of the option that takes an id; that for a key is its capital */
	int (*find)(key_t key);
	int (*remove)(int id);
	int (*highest)(void); /* slot in use */
	int (*id_of)(int slot);
} kinds[] = { /* in the order in which -a removes them */
	{"shm", "shared memory segment", 'm', find_shm, remove_shm, highest_shm, id_of_shm},
	{"sem", "semaphore", 's', find_sem, remove_sem, highest_sem, id_of_sem},
	{"msg", "message queue", 'q', find_msg, remove_msg, highest_msg, id_of_msg},
};
#define for_each_kind(kind) \
	for (const struct kind *kind = kinds; kind < kinds + sizeof kinds / sizeof *kinds; kind++)

static int
try_help(void)
{
	fprintf(stderr, "Try 'ipcrm --help' for more information.\n");
	return EXIT_FAILURE;
}

static int
show_help(void)
{
	printf("\nUsage:\n"
	       " ipcrm [options]\n"
	       " ipcrm shm|msg|sem <id>...\n"
	       "\nRemove certain IPC resources.\n"
	       "\nOptions:\n"
	       " -m, --shmem-id <id>        remove shared memory segment by id\n"
	       " -M, --shmem-key <key>      remove shared memory segment by key\n"
	       " -q, --queue-id <id>        remove message queue by id\n"
	       " -Q, --queue-key <key>      remove message queue by key\n"
	       " -s, --semaphore-id <id>    remove semaphore by id\n"
	       " -S, --semaphore-key <key>  remove semaphore by key\n"
	       " -a, --all[=shm|msg|sem]    remove all (in the specified category)\n"
	       " -v, --verbose              explain what is being done\n"
	       "\n -h, --help                 display this help\n");
	return EXIT_SUCCESS;
}

/* `what` is the word for what was given: "id" or "key". */
static bool
remove_id(const struct kind *kind, int id, const char *what)
{
	const char *reason;

	if (verbose)
		printf("removing %s id `%d'\n", kind->title, id);
	if (kind->remove(id) == 0)
		return true;
	if (errno == EACCES || errno == EPERM)
		reason = "permission denied for";
	else if (errno == EINVAL)
		reason = "invalid";
	else if (errno == EIDRM)
		reason = "already removed";
	else
		err(EXIT_FAILURE, "%s failed", what);
	warnx("%s %s (%d)", reason, what, id);
	return false;
}

static bool
remove_id_named(const struct kind *kind, const char *text)
{
	char *end;

	errno = 0;
	long id = strtol(text, &end, 10);
	if (errno || id > INT_MAX || id < INT_MIN) {
		errno = ERANGE;
		err(EXIT_FAILURE, PARSE ": '%s'", text);
	}
	if (end == text || *end)
		errx(EXIT_FAILURE, PARSE ": '%s'", text);
	return remove_id(kind, id, "id");
}

/* ipcs shows keys as 0x…; decimal ones are taken too. */
static bool
remove_key(const struct kind *kind, const char *text)
{
	char *end;

	errno = 0;
	key_t key = strtoul(text, &end, 0);
	if (errno)
		err(EXIT_FAILURE, PARSE ": '%s'", text);
	if (end == text || *end)
		errx(EXIT_FAILURE, PARSE ": '%s'", text);
	if (key == IPC_PRIVATE) {
		warnx("illegal key (%s)", text);
		return false;
	}
	int id = kind->find(key);
	if (id >= 0)
		return remove_id(kind, id, "key");
	if (errno == EACCES)
		warnx("permission denied for key (%s)", text);
	else if (errno == EIDRM)
		warnx("already removed key (%s)", text);
	else if (errno == ENOENT)
		warnx("invalid key (%s)", text);
	else
		err(EXIT_FAILURE, "key failed");
	return false;
}

static bool
remove_all(const struct kind *kind)
{
	bool fine = true;
	int highest = kind->highest();

	for (int slot = 0; slot <= highest; slot++) {
		int id = kind->id_of(slot);
		if (id >= 0)
			fine &= remove_id(kind, id, "id");
	}
	return fine;
}

/* `name` is NULL for all kinds. */
static bool
remove_all_named(const char *name)
{
	bool fine = true;

	for_each_kind(kind) {
		if (!name || strcmp(name, kind->name) == 0)
			fine &= remove_all(kind);
	}
	return fine;
}

static const struct kind *
kind_named(const char *name)
{
	for_each_kind(kind) {
		if (strcmp(name, kind->name) == 0)
			return kind;
	}
	return NULL;
}

/* ipcrm shm ID… */
static int
as_it_once_was(const struct kind *kind, char **ids)
{
	bool fine = true;
	char *end;

	if (!*ids) {
		warnx("not enough arguments");
		return try_help();
	}
	for (; *ids; ids++) {
		unsigned long id = strtoul(*ids, &end, 10);
		if (*end) {
			warnx("invalid id: %s", *ids);
			fine = false;
		} else {
			fine &= remove_id(kind, id, "id");
		}
	}
	if (!fine)
		return EXIT_FAILURE;
	printf("resource(s) deleted\n");
	return EXIT_SUCCESS;
}

/* One of -m -M -s -S -q -Q. */
static bool
remove_one(char letter, const char *text)
{
	for_each_kind(kind) {
		if (letter == kind->letter)
			return remove_id_named(kind, text);
		if (tolower(letter) == kind->letter)
			return remove_key(kind, text);
	}
	return false;
}

int
main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{"shmem-id", required_argument, NULL, 'm'},
		{"shmem-key", required_argument, NULL, 'M'},
		{"queue-id", required_argument, NULL, 'q'},
		{"queue-key", required_argument, NULL, 'Q'},
		{"semaphore-id", required_argument, NULL, 's'},
		{"semaphore-key", required_argument, NULL, 'S'},
		{"all", optional_argument, NULL, 'a'},
		{"verbose", no_argument, NULL, 'v'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	const char *category = NULL;
	bool fine = true, all = false;
	int option;

	if (argc > 1 && kind_named(argv[1]))
		return as_it_once_was(kind_named(argv[1]), argv + 2);
	while ((option = getopt_long(argc, argv, "q:m:s:Q:M:S:a::vh", long_options, NULL)) != -1) {
		if (option == '?')
			return try_help();
		if (option == 'h')
			return show_help();
		if (option == 'v') {
			verbose = true;
		} else if (option == 'a') {
			all = true;
			category = optarg;
			if (category && !kind_named(category))
				errx(EXIT_FAILURE, "unknown argument: %s", category);
		} else {
			fine &= remove_one(option, optarg);
		}
	}
	if (all)
		fine &= remove_all_named(category);
	if (optind < argc) {
		warnx("unknown argument: %s", argv[optind]);
		return try_help();
	}
	return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
