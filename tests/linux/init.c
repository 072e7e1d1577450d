/*
 * Process 1 on Linux, the oracle: gives the one program of /etc/run what nopage gives it, and
 * powers off.
 *
 * /etc/run holds the program's arguments, each ended by NUL, as on nopage. The first line ends the
 * noise of booting, the last line tells how the program ended; the host looks for both, so that a
 * kernel that died on the way is never taken for a run without output.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Linux has it under one number on every 32-bit port; nopage needs no mounting. */
#define LINUX_MOUNT 21
#define MS_RDONLY   1
#define MS_NOEXEC   8
#define MS_REMOUNT  32

#define MAX_ARGUMENTS 1000

static char text[65536];
static char *arguments[MAX_ARGUMENTS + 1];

static void
read_arguments(void)
{
	int fd = open("/etc/run", O_RDONLY), count = 0;
	int length = read(fd, text, sizeof(text) - 1);
	char *word;

	close(fd);
	for (word = text; word < text + length && count < MAX_ARGUMENTS; word += strlen(word) + 1)
		arguments[count++] = word;
}

int
main(void)
{
	int status = -1;
	pid_t child;

	syscall(LINUX_MOUNT, "proc", "/proc", "proc", 0, 0);
	syscall(LINUX_MOUNT, "dev", "/dev", "devtmpfs", 0, 0);
	symlink("/proc/self/fd", "/dev/fd");
	symlink("fd/0", "/dev/stdin");
	symlink("fd/1", "/dev/stdout");
	mkdir("/dev/shm", 01777);
	syscall(LINUX_MOUNT, "tmpfs", "/tmp", "tmpfs", MS_NOEXEC, 0);
	syscall(LINUX_MOUNT, "tmpfs", "/dev/shm", "tmpfs", MS_NOEXEC, 0);
	syscall(LINUX_MOUNT, 0, "/", 0, MS_REMOUNT | MS_RDONLY, 0);
	read_arguments();
	printf("\noracle: start\n");
	fflush(stdout);
	child = fork();
	if (child == 0) {
		execv(arguments[0], arguments);
		_exit(127);
	}
	while (wait(&status) != child)
		; /* an orphan that came to us */
	printf("\noracle: wait status %d\n", status);
	fflush(stdout);
	reboot(RB_POWER_OFF);
	return 0;
}
