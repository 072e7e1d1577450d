/*
 * Random system calls with random arguments: each is answered, and what the callers made goes with
 * them. For nopage only: as root they could do to Linux what they like.
 */
#include "_tap.h"

#define PROCESSES 40
#define CALLS 300
#define ROOM (4 * PAGE)

/* No exit, reboot, pause or sleep: they would only end the round, or put it to sleep. */
static const short numbers[] = {SYS_fork, SYS_read, SYS_write, SYS_open, SYS_close, SYS_waitpid,
	SYS_execve, SYS_chdir, SYS_time, SYS_lseek, SYS_getpid, SYS_access, SYS_dup, SYS_brk,
	SYS_ioctl, SYS_setpgid, SYS_dup2, SYS_getppid, SYS_getpgrp, SYS_setsid, SYS_setrlimit,
	SYS_gettimeofday, SYS_mmap, SYS_munmap, SYS_wait4, SYS_sysinfo, SYS_ipc, SYS_ipc, SYS_uname,
	SYS_mprotect, SYS_getpgid, SYS__llseek, SYS_writev, SYS_getsid, SYS_sched_yield,
	SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_getcwd, SYS_ugetrlimit, SYS_mmap2, SYS_stat64,
	SYS_lstat64, SYS_fstat64, SYS_getuid32, SYS_getdents64, SYS_fcntl64, SYS_gettid,
	SYS_set_thread_area, SYS_set_tid_address, SYS_clock_gettime, SYS_clock_getres, SYS_openat,
	SYS_prlimit64, SYS_getrandom, SYS_shmget, SYS_shmget, SYS_shmctl, SYS_shmctl, SYS_shmat,
	SYS_shmat, SYS_shmdt, SYS_shmdt, SYS_clock_gettime64};

static unsigned
random_below(unsigned bound)
{
	return (unsigned)(rand() >> 8) % bound;
}

/* Arguments near the edges, and some that make sense. */
static long
random_argument(char *room)
{
	switch (random_below(12)) {
	case 0:
		return 0;
	case 1:
		return -1;
	case 2:
		return random_below(16);
	case 3:
		return (long)room + random_below(ROOM);
	case 4:
		return 0xc0000000 - 2048 + random_below(4096);
	case 5:
		return rand() * 2;
	case 6:
		return random_below(64) * PAGE;
	case 7:
		return (long)room;
	case 8:
		return 0x40000000 + random_below(64) * PAGE;
	case 9:
		return 1l << random_below(31);
	case 10:
		return 0x08048000 + random_below(64) * PAGE;
	default:
		return random_below(32768);
	}
}

static void
call(char *room)
{
	long number = numbers[random_below(sizeof(numbers) / sizeof(*numbers))], a[6];
	for (int i = 0; i < 6; i++)
		a[i] = random_argument(room);
	if (number == SYS_fork && random_below(8))
		return;
	if (number == SYS_wait4 || number == SYS_waitpid)
		a[2] |= WNOHANG;
	if (number == SYS_ipc)
		a[0] = 21 + random_below(4); /* the calls for shared memory */
	if (number == SYS_shmget)
		a[0] = random_below(8), a[1] = 1 + random_below(100000);
	if (number == SYS_shmat || number == SYS_shmctl)
		a[0] = random_below(8);
	syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void
call_at_random(unsigned seed)
{
	char *room = must(mmap(0, ROOM, PROT_READ | PROT_WRITE | PROT_EXEC,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	int nothing = open("/dev/null", O_RDWR);
	for (int fd = 0; fd < 3; fd++)
		dup2(nothing, fd);
	memset(room, 'A', ROOM / 2);
	srand(seed);
	for (int i = 0; i < CALLS; i++)
		call(room);
}

static void
remove_all_segments(void)
{
	struct shm_info info;
	struct shmid_ds ds;
	int highest = must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	for (int slot = 0; slot <= highest; slot++) {
		int id = shmctl(slot, SHM_STAT, &ds);
		if (id != -1)
			must(shmctl(id, IPC_RMID, 0));
	}
}

int
main(void)
{
	long frames = (counter("frames_free"), counter("frames_free"));
	long tasks = counter("tasks"), objects = counter("objects");
	for (int i = 0; i < PROCESSES; i++) {
		pid_t child = spawn(setpgid(0, 0); alarm(2); call_at_random(i));
		setpgid(child, child);
		reap(child);
		while (kill(-child, SIGKILL) == 0) /* what it forked */
			usleep(1000);
		remove_all_segments();
	}
	if (!ok(wait_until(counter("tasks") == tasks), "V13 every process is gone"))
		note("%ld tasks, there were %ld", counter("tasks"), tasks);
	struct shm_info info;
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	is_int(info.used_ids + info.shm_tot + info.shm_rss, 0, "V08 S24 no segment is left");
	counts(counter("objects"), objects, "V08 every object of the kernel is back");
	counts(counter("frames_free"), frames, "V08 every frame is back");
	return done();
}
