/*
 * Random system calls with random arguments: each is answered, and what the callers made goes with
 * them. For nopage only: as root they could do to Linux what they like.
 */
#include "_tap.h"

#define PROCESSES 40
#define CALLS 300
#define ROOM (4 * PAGE)

/* Every call of the port's table … */
static const struct {
	short number;
	const char *handler;
} calls[] = {
#define SYSCALL(number, handler) {number, #handler},
#include <syscall_table.h>
};
#define CALLS_KNOWN (sizeof(calls) / sizeof(*calls))

/* … but those that would only end the round, or put it to sleep, or keep it from being ended. */
static const char left_out[] = " sys_exit sys_exit_group sys_reboot sys_pause sys_nanosleep"
			       " sys_clock_nanosleep sys_kill sys_tkill sys_tgkill sys_alarm"
			       " sys_setitimer sys_waitpid sys_setpgid sys_setsid sys_unknown"
			       " sys_rt_sigqueueinfo sys_rt_tgsigqueueinfo sys_sigsuspend"
			       " sys_rt_sigsuspend sys_rt_sigtimedwait"
			       " sys_rt_sigtimedwait_time64 sys_sigreturn sys_rt_sigreturn"
			       " sys_poll sys_ppoll sys_ppoll_time64 sys__newselect sys_pselect6"
			       " sys_pselect6_time64 ";

static const short about_memory[] = {SYS_shmget, SYS_shmctl, SYS_shmat, SYS_shmdt};

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

static long
random_number(void)
{
	char name[40];
	unsigned n;
	if (random_below(8) == 0)
		return about_memory[random_below(4)];
	do {
		n = random_below(CALLS_KNOWN);
		snprintf(name, sizeof(name), " %s ", calls[n].handler);
	} while (strstr(left_out, name));
	return calls[n].number;
}

static void
call(char *room)
{
	long number = random_number(), a[6];
	for (int i = 0; i < 6; i++)
		a[i] = random_argument(room);
	if (number == SYS_fork && random_below(8))
		return;
	if (number == SYS_wait4)
		a[2] |= WNOHANG;
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

int
main(void)
{
	long frames = (counter("frames_free"), counter("frames_free"));
	long tasks = counter("tasks"), objects = counter("objects");
	for (int i = 0; i < PROCESSES; i++) {
		pid_t child = spawn(setpgid(0, 0); call_at_random(i));
		setpgid(child, child);
		for (int patience = 50; patience && waitpid(child, NULL, WNOHANG) == 0; patience--)
			usleep(10000); /* it may sleep for ever, deaf to signals */
		for (int patience = 100; patience && kill(-child, SIGKILL) == 0; patience--) {
			usleep(1000);
			while (waitpid(-1, NULL, WNOHANG) > 0)
				; /* itself, and what it forked */
		}
		remove_all_objects();
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
