/* free: how much memory there is, in KiB, from /proc/meminfo. */

#include <stdio.h>
#include <string.h>

struct memory {
	unsigned long total, free, cached, shared, available;
};

/* Takes the lines it knows; a line that is absent leaves 0. */
static void
read_memory(FILE *file, struct memory *memory)
{
	char line[128], name[64];
	unsigned long value;

	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "%63[^:]: %lu", name, &value) != 2)
			continue;
		if (strcmp(name, "MemTotal") == 0)
			memory->total = value;
		else if (strcmp(name, "MemFree") == 0)
			memory->free = value;
		else if (strcmp(name, "Cached") == 0)
			memory->cached = value;
		else if (strcmp(name, "Shmem") == 0)
			memory->shared = value;
		else if (strcmp(name, "MemAvailable") == 0)
			memory->available = value;
	}
}

int
main(void)
{
	struct memory memory = {0};
	FILE *file = fopen("/proc/meminfo", "r");

	if (!file) {
		perror("free: /proc/meminfo");
		return 1;
	}
	read_memory(file, &memory);
	fclose(file);

	printf("KiB   %10s %10s %10s %10s %10s %10s\n", "total", "used", "free", "shared", "cache",
		"available");
	printf("Mem:  %10lu %10lu %10lu %10lu %10lu %10lu\n", memory.total,
		memory.total - memory.free, memory.free, memory.shared, memory.cached,
		memory.available);
	return 0;
}
