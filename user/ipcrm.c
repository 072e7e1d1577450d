/*
 * ipcrm -m ID | -M KEY | -a, or as it was once: ipcrm shm ID…: remove shared memory segments by
 * id, by key, or all. A segment that somebody still has attached goes with its last attach.
 */

#define _GNU_SOURCE /* SHM_INFO, SHM_STAT */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

static int
usage(void)
{
	fprintf(stderr, "usage: ipcrm -m ID… | -M KEY… | -a\n"
			"       ipcrm shm ID…\n"
			"ipcs shows ids and keys.\n");
	return 2;
}

static bool
remove_id(int id)
{
	if (shmctl(id, IPC_RMID, NULL) == 0)
		return true;
	fprintf(stderr, "ipcrm: id %d: %s\n", id,
		errno == EINVAL ? "no such segment" : strerror(errno));
	return false;
}

static bool
remove_id_named(const char *text)
{
	char *end;
	long id = strtol(text, &end, 10);

	if (end == text || *end != '\0' || id < 0 || id > INT_MAX) {
		fprintf(stderr, "ipcrm: %s: not an id\n", text);
		return false;
	}
	return remove_id(id);
}

static bool
remove_key(const char *text)
{
	char *end;
	unsigned long key = strtoul(text, &end, 0); /* ipcs prints keys as 0x… */

	if (end == text || *end != '\0' || key > UINT_MAX) {
		fprintf(stderr, "ipcrm: %s: not a key\n", text);
		return false;
	}
	if ((key_t)key == IPC_PRIVATE) {
		fprintf(stderr, "ipcrm: key 0 is nobody's: private segments go by id\n");
		return false;
	}
	int id = shmget(key, 0, 0);
	if (id < 0) {
		fprintf(stderr, "ipcrm: key %s: %s\n", text,
			errno == ENOENT ? "no such segment" : strerror(errno));
		return false;
	}
	return remove_id(id);
}

static bool
remove_all(void)
{
	struct shm_info info;
	struct shmid_ds segment;
	bool fine = true;
	int highest = shmctl(0, SHM_INFO, (struct shmid_ds *)&info);

	for (int index = 0; index <= highest; index++) {
		int id = shmctl(index, SHM_STAT, &segment);
		if (id >= 0)
			fine &= remove_id(id);
	}
	return fine;
}

int
main(int argc, char **argv)
{
	bool fine = true, asked = false;
	int option;

	if (argc > 2 && strcmp(argv[1], "shm") == 0) {
		for (int i = 2; i < argc; i++)
			fine &= remove_id_named(argv[i]);
		return fine ? 0 : 1;
	}
	while ((option = getopt(argc, argv, "m:M:a")) != -1) {
		asked = true;
		switch (option) {
		case 'm':
			fine &= remove_id_named(optarg);
			break;
		case 'M':
			fine &= remove_key(optarg);
			break;
		case 'a':
			fine &= remove_all();
			break;
		default:
			return usage();
		}
	}
	if (!asked || optind < argc)
		return usage();
	return fine ? 0 : 1;
}
