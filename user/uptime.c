/* uptime: the time of day (UTC) and how long the machine has been running, from /proc/uptime. */

#include <stdio.h>
#include <time.h>

int
main(void)
{
	unsigned long up;
	FILE *file = fopen("/proc/uptime", "r");

	if (!file || fscanf(file, "%lu", &up) != 1) {
		fprintf(stderr, "uptime: cannot read /proc/uptime\n");
		return 1;
	}
	fclose(file);

	unsigned long today = time(NULL) % 86400;
	printf("%02lu:%02lu:%02lu up ", today / 3600, today / 60 % 60, today % 60);
	if (up >= 86400)
		printf("%lu d ", up / 86400);
	if (up >= 3600)
		printf("%lu h ", up / 3600 % 24);
	printf("%lu min %lu s\n", up / 60 % 60, up % 60);
	return 0;
}
