/* shm_open, mmap of files and of /dev/zero, shared and private, and named semaphores. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 8192

static void
object(void)
{
	int file = shm_open("/linux_test", O_CREAT | O_EXCL | O_RDWR, 0600);
	struct stat stat;

	printf("shm_open: %d ftruncate: %d fstat: %d", file >= 0, ftruncate(file, SIZE),
		fstat(file, &stat));
	printf(" %d %o\n", (int)stat.st_size, stat.st_mode);
	printf("again: %d %s\n", shm_open("/linux_test", O_CREAT | O_EXCL | O_RDWR, 0600),
		strerror(errno));
	char *p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (p == MAP_FAILED) {
		printf("mmap: %s\n", strerror(errno));
		return;
	}
	if (!fork()) {
		int mine = shm_open("/linux_test", O_RDWR, 0);
		char *q = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, mine, 0);
		strcpy(q + 5000, "written through another map");
		_exit(0);
	}
	wait(NULL);
	printf("read: %s\n", p + 5000);
	char text[20] = "";
	printf("pread: %d %s\n", (int)pread(file, text, 7, 5000), text);
	char *copy = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	copy[5000] = 'W';
	printf("private: %.7s, shared: %.7s\n", copy + 5000, p + 5000);
	printf("unlink: %d still: %.7s\n", shm_unlink("/linux_test"), p + 5000);
	printf("msync: %d munmap: %d %d\n", msync(p, SIZE, MS_SYNC), munmap(p, SIZE),
		munmap(copy, SIZE));
	close(file);
	printf("gone: %d %s\n", shm_open("/linux_test", O_RDWR, 0), strerror(errno));
}

static void
semaphore(void)
{
	sem_t *sem = sem_open("/linux_sem", O_CREAT | O_EXCL, 0600, 0);
	int value = -1;

	if (sem == SEM_FAILED) {
		printf("sem_open: %s\n", strerror(errno));
		return;
	}
	if (!fork()) {
		sem_t *other = sem_open("/linux_sem", 0);
		usleep(10000);
		sem_post(other);
		sem_post(other);
		_exit(0);
	}
	sem_wait(sem);
	wait(NULL);
	sem_getvalue(sem, &value);
	printf("sem_wait: %d left, unlink %d close %d\n", value, sem_unlink("/linux_sem"),
		sem_close(sem));
}

static void
maps(void)
{
	int file = open("/etc/passwd", O_RDONLY);
	char *p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);

	close(file);
	printf("a file: %.5s\n", p == MAP_FAILED ? strerror(errno) : p);
	int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!fork())
		_exit(*shared = 44);
	wait(NULL);
	printf("anonymous: %d\n", *shared);
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	object();
	semaphore();
	maps();
	return 0;
}
