/* ps: the processes, one a line, from /proc/PID/stat. RSS is in KiB, shared frames counted in each.
 */

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct process {
	int pid, parent, group;
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
	return fine;
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
	printf("%5s %5s %5s S %7s NAME\n", "PID", "PPID", "PGID", "RSS");
	while ((entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		if (read_process(entry->d_name, &process))
			printf("%5d %5d %5d %c %7ld %s\n", process.pid, process.parent,
				process.group, process.state, process.resident * page_kib,
				process.name);
	}
	closedir(proc);
	return 0;
}
