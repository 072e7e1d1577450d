/* Processes killed at any moment of what they do with files leave nothing of their own behind. */
#include "_tap.h"
#include <dirent.h>
#include <sys/stat.h>

#define ROUNDS 60
#define BUSY   4

/* Endless work in a directory that all share. */
static void
work(unsigned seed)
{
	char name[16], other[16];
	for (;;) {
		seed = seed * 1664525u + 1013904223u;
		sprintf(name, "f%u", seed >> 20 & 7);
		sprintf(other, "f%u", seed >> 24 & 7);
		int fd = open(name, O_RDWR | O_CREAT, 0600);
		ftruncate(fd, 3 * PAGE);
		char *p = mmap(0, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		pwrite(fd, name, 8, seed >> 8 & 8191);
		if (p != MAP_FAILED)
			munmap(p, 3 * PAGE);
		mkdir("d", 0700);
		if (chdir("d") == 0) {
			rename("x", "y");
			link(name, "x");
			chdir("..");
		}
		rename(name, "d/x");
		rename(name, other);
		unlink("d/x");
		rmdir("d");
		unlink(name);
		close(fd);
	}
}

static void
clear_away(const char *path)
{
	char below[300];
	DIR *dir = opendir(path);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(below, sizeof(below), "%s/%s", path, entry->d_name);
		if (unlink(below) < 0) {
			clear_away(below);
			rmdir(below);
		}
	}
	if (dir)
		closedir(dir);
}

int
main(void)
{
	char home[] = "/tmp/killedXXXXXX";
	pid_t busy[BUSY];
	unsigned seed = 1;

	must(mkdtemp(home) ? 0 : -1);
	must(chdir(home));
	closedir(opendir("."));
	counter("objects");
	long objects = counter("objects"), frames = counter("frames_free");
	for (int i = 0; i < BUSY; i++)
		busy[i] = spawn(work(i));
	for (int round = 0; round < ROUNDS; round++) {
		seed = seed * 1664525u + 1013904223u;
		usleep(seed >> 16 & 4095);
		int victim = seed >> 8 & (BUSY - 1);
		kill(busy[victim], SIGKILL);
		reap(busy[victim]);
		busy[victim] = spawn(work(seed));
	}
	for (int i = 0; i < BUSY; i++) {
		kill(busy[i], SIGKILL);
		reap(busy[i]);
	}
	clear_away(".");
	counts(counter("objects"), objects, "V13 killed while busy with files: no object is left");
	counts(counter("frames_free"), frames, "V13 nor a frame");
	must(chdir("/"));
	works(rmdir(home), "V13 nor a name");
	return done();
}
