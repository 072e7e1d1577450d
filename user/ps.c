/*
 * ps: the processes, one a line, from /proc/PID/stat, and the user as whom each runs, from
 * /proc/PID/status. RSS is in KiB, shared frames counted in each.
 */

#include <ctype.h>
#include <dirent.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct process {
	int pid, parent, group;
	char user[32]; /* its name, or its number */
	char name[32], state;
	long resident; /* pages */
};

/* The name stands in parentheses and may hold any character, so it ends at the last `)` (proc(5)).
 */
static bool
parse(char *line, struct process *process)
{
	char *open = strchr(line, '('), *close = strrchr(line, ')');

	if (!open || !close || sscanf(line, "%d", &process->pid) != 1)
		return false;
	*close = '\0';
	snprintf(process->name, sizeof process->name, "%s", open + 1);
	return sscanf(close + 1,
		       " %c %d %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s"
		       " %*s %*s %ld",
		       &process->state, &process->parent, &process->group, &process->resident) == 4;
}

/* The user: the second number, the effective one, of the line `Uid:`. */
static bool
read_user(const char *pid, char *name, size_t size)
{
	char path[300], line[512];
	unsigned id;
	bool found = false;

	snprintf(path, sizeof path, "/proc/%s/status", pid);
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	while (!found && fgets(line, sizeof line, file))
		found = sscanf(line, "Uid: %*u %u", &id) == 1;
	fclose(file);
	if (!found)
		return false;
	struct passwd *user = getpwuid(id);
	if (user)
		snprintf(name, size, "%s", user->pw_name);
	else
		snprintf(name, size, "%u", id);
	return true;
}

/* False if the process has gone since its directory was listed. */
static bool
read_process(const char *pid, struct process *process)
{
	char path[300], line[512];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	file = fopen(path, "r");
	if (!file)
		return false;
	bool fine = fgets(line, sizeof line, file) && parse(line, process);
	fclose(file);
	return fine && read_user(pid, process->user, sizeof process->user);
}

int
main(void)
{
	long page_kib = sysconf(_SC_PAGESIZE) / 1024;
	struct process process;
	struct dirent *entry;
	DIR *proc = opendir("/proc");

	if (!proc) {
		perror("ps: /proc");
		return 1;
	}
	printf("%5s %5s %5s %-8s S %7s NAME\n", "PID", "PPID", "PGID", "USER", "RSS");
	while ((entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		if (read_process(entry->d_name, &process))
			printf("%5d %5d %5d %-8s %c %7ld %s\n", process.pid, process.parent,
				process.group, process.user, process.state,
				process.resident * page_kib, process.name);
	}
	closedir(proc);
	return 0;
}
