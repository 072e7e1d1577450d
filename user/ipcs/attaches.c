/*
 * Each attach: who has which segment at which address with which rights. Those are the lines of
 * /proc/PID/maps that are named SYSV<key>; their inode number is the shmid.
 */

#include <ctype.h>
#include <dirent.h>
#include <string.h>

#include "ipcs.h"

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
bool
attaches_show(void)
{
	char path[300], line[512];
	struct dirent *entry;
	DIR *proc = opendir("/proc");

	if (!proc) {
		perror("ipcs: /proc");
		return false;
	}
	printf("------ Shared Memory Attaches --------\n");
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
	printf("\n");
	return true;
}
