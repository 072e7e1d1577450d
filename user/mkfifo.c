/* mkfifo [-m MODE] NAME…: make FIFOs, pipes that have a name. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	mode_t mode = 0666;
	int option, status = 0;

	while ((option = getopt(argc, argv, "m:")) != -1) {
		if (option == '?')
			return 2;
		umask(0); /* as asked, wholly */
		mode = strtoul(optarg, NULL, 8);
	}
	for (int i = optind; i < argc; i++) {
		if (mkfifo(argv[i], mode) == 0)
			continue;
		fprintf(stderr, "mkfifo: %s: %s\n", argv[i], strerror(errno));
		status = 1;
	}
	return status;
}
