/*
 * ipcs [-m] [-a]: the shared memory segments, from /proc/sysvipc/shm, in the table that everybody
 * knows. With -a also each attach: who has which segment at which address with which rights. Those
 * are the lines of /proc/PID/maps that are named SYSV<key>; their inode number is the shmid.
 */

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Bits that the mode has above the rights, <linux/shm.h>. */
#define SHM_DEST 01000
#define SHM_LOCKED 02000

static void
print_segment(const char *line)
{
	int key, id;
	unsigned int mode, owner;
	unsigned long bytes, attaches;
	char name[16];

	/* key shmid perms size cpid lpid nattch uid … */
	if (sscanf(line, "%d %d %o %lu %*d %*d %lu %u", &key, &id, &mode, &bytes, &attaches,
		    &owner) != 6)
		return;
	if (owner == 0)
		strcpy(name, "root");
	else
		snprintf(name, sizeof name, "%u", owner);
	printf("0x%08x %-10d %-10s %-10o %-10lu %-10lu %-6s %-6s\n", (unsigned int)key, id, name,
		mode & 0777, bytes, attaches, mode & SHM_DEST ? "dest" : "",
		mode & SHM_LOCKED ? "locked" : "");
}

static bool
print_segments(void)
{
	char line[256];
	FILE *file = fopen("/proc/sysvipc/shm", "r");

	if (!file) {
		perror("ipcs: /proc/sysvipc/shm");
		return false;
	}
	printf("\n------ Shared Memory Segments --------\n");
	printf("%-10s %-10s %-10s %-10s %-10s %-10s %-12s\n", "key", "shmid", "owner", "perms",
		"bytes", "nattch", "status");
	while (fgets(line, sizeof line, file))
		print_segment(line); /* the headline is no segment and is passed over */
	fclose(file);
	return true;
}

/* The program's name, from between the parentheses of /proc/PID/stat. */
static void
read_name(const char *pid, char name[32])
{
	char path[300];
	FILE *file;

	strcpy(name, "?");
	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	file = fopen(path, "r");
	if (!file)
		return;
	if (fscanf(file, "%*d (%31[^)]", name) != 1)
		strcpy(name, "?");
	fclose(file);
}

/* Prints LINE of PID's map if it is an attach: `start-end rwxs offset device inode name`. */
static void
print_attach(const char *pid, const char *line)
{
	unsigned long start, end, id;
	char rights[5], mapping[64], name[32];

	if (sscanf(line, "%lx-%lx %4s %*s %*s %lu %63s", &start, &end, rights, &id, mapping) != 5)
		return;
	if (strncmp(mapping, "SYSV", 4) != 0 && strncmp(mapping, "/SYSV", 5) != 0)
		return;
	read_name(pid, name);
	printf("%-10lu %-10s 0x%08lx %-10lu %-10.3s %s\n", id, pid, start, end - start, rights,
		name);
}

/* False only if /proc cannot be read; a process that goes away meanwhile has no attaches left. */
static bool
print_attaches(void)
{
	char path[300], line[512];
	struct dirent *entry;
	DIR *proc = opendir("/proc");

	if (!proc) {
		perror("ipcs: /proc");
		return false;
	}
	printf("\n------ Shared Memory Attaches --------\n");
	printf("%-10s %-10s %-10s %-10s %-10s %s\n", "shmid", "pid", "address", "bytes", "rights",
		"program");
	while ((entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(path, sizeof path, "/proc/%s/maps", entry->d_name);
		FILE *maps = fopen(path, "r");
		if (!maps)
			continue;
		while (fgets(line, sizeof line, maps))
			print_attach(entry->d_name, line);
		fclose(maps);
	}
	closedir(proc);
	return true;
}

int
main(int argc, char **argv)
{
	bool all = false;
	int option;

	while ((option = getopt(argc, argv, "ma")) != -1) {
		if (option == '?') {
			fprintf(stderr, "usage: ipcs [-m] [-a]   (-a: each attach too)\n");
			return 2;
		}
		all |= option == 'a';
	}
	if (!print_segments() || (all && !print_attaches()))
		return 1;
	putchar('\n');
	return 0;
}
