/*
 * Every pointer of every call, given every kind of bad address: EFAULT, and never a kernel fault.
 */
#include "_tap.h"
#include <sys/stat.h>

static char *nowhere, *read_only, *edge; /* edge: the last byte before an unmapped page */
static int segment, file, directory;

#define SHORT 2 /* it writes, and may stop short of a bad page */

struct call {
	const char *name;
	int writes; /* the kernel writes there: read-only memory is bad as well */
	long (*with)(void *pointer);
};

#define CALL(function, ...) \
	static long function(void *p) \
	{ \
		return syscall(__VA_ARGS__); \
	}

CALL(call_read, SYS_read, file, p, 10)
CALL(call_write, SYS_write, 1, p, 10)
CALL(call_open, SYS_open, p, O_RDONLY)
CALL(call_openat, SYS_openat, AT_FDCWD, p, O_RDONLY)
CALL(call_access, SYS_access, p, 0)
CALL(call_chdir, SYS_chdir, p)
CALL(call_getcwd, SYS_getcwd, p, 100)
CALL(call_stat, SYS_stat64, "/", p)
CALL(call_stat_name, SYS_stat64, p, read_only)
CALL(call_fstat, SYS_fstat64, file, p)
CALL(call_getdents, SYS_getdents64, directory, p, 1000)
CALL(call_llseek, SYS__llseek, file, 0, 0, p, SEEK_SET)
CALL(call_writev, SYS_writev, 1, p, 1)
CALL(call_execve, SYS_execve, p, 0, 0)
CALL(call_execve_args, SYS_execve, "/tests/efault", p, 0)
CALL(call_nanosleep, SYS_nanosleep, p, 0)
CALL(call_clock_gettime, SYS_clock_gettime, CLOCK_MONOTONIC, p)
CALL(call_clock_gettime64, SYS_clock_gettime64, CLOCK_MONOTONIC, p)
CALL(call_gettimeofday, SYS_gettimeofday, p, 0)
CALL(call_uname, SYS_uname, p)
CALL(call_sysinfo, SYS_sysinfo, p)
CALL(call_getrlimit, SYS_ugetrlimit, 7, p)
CALL(call_setrlimit, SYS_setrlimit, 7, p)
CALL(call_sigaction, SYS_rt_sigaction, SIGUSR1, p, 0, 8)
CALL(call_sigaction_old, SYS_rt_sigaction, SIGUSR1, 0, p, 8)
CALL(call_sigprocmask_old, SYS_rt_sigprocmask, 0, 0, p, 8)
CALL(call_getrandom, SYS_getrandom, p, 10, 0)
CALL(call_ioctl, SYS_ioctl, 1, 0x5401 /* TCGETS */, p)
CALL(call_shm_stat, SYS_shmctl, segment, IPC_STAT, p)
CALL(call_shm_set, SYS_shmctl, segment, IPC_SET, p)
CALL(call_shm_info, SYS_shmctl, 0, SHM_INFO, p)
CALL(call_ipc_info, SYS_shmctl, 0, IPC_INFO, p)
CALL(call_shm_stat_slot, SYS_shmctl, segment & 0x7fff, SHM_STAT, p)

/* A child to wait for; its end is lost when the status cannot be stored, so each time a new one. */
static long
call_wait4(void *p)
{
	pid_t child = spawn((void)0);
	long answer = syscall(SYS_wait4, child, p, 0, 0);
	int error = errno;
	syscall(SYS_wait4, child, 0, 0, 0);
	errno = error;
	return answer;
}

static const struct call calls[] = {
	{"read", SHORT, call_read},
	{"write", 0, call_write},
	{"open", 0, call_open},
	{"openat", 0, call_openat},
	{"access", 0, call_access},
	{"chdir", 0, call_chdir},
	{"getcwd", 1, call_getcwd},
	{"stat64", 1, call_stat},
	{"stat64 name", 0, call_stat_name},
	{"fstat64", 1, call_fstat},
	{"getdents64", 1, call_getdents},
	{"_llseek", 1, call_llseek},
	{"writev", 0, call_writev},
	{"execve", 0, call_execve},
	{"execve argv", 0, call_execve_args},
	{"wait4", 1, call_wait4},
	{"nanosleep", 0, call_nanosleep},
	{"clock_gettime", 1, call_clock_gettime},
	{"clock_gettime64", 1, call_clock_gettime64},
	{"gettimeofday", 1, call_gettimeofday},
	{"uname", 1, call_uname},
	{"sysinfo", 1, call_sysinfo},
	{"ugetrlimit", 1, call_getrlimit},
	{"setrlimit", 0, call_setrlimit},
	{"rt_sigaction new", 0, call_sigaction},
	{"rt_sigaction old", 1, call_sigaction_old},
	{"rt_sigprocmask old", 1, call_sigprocmask_old},
	{"getrandom", SHORT, call_getrandom},
	{"ioctl TCGETS", 1, call_ioctl},
	{"shmctl IPC_STAT", 1, call_shm_stat},
	{"shmctl IPC_SET", 0, call_shm_set},
	{"shmctl SHM_INFO", 1, call_shm_info},
	{"shmctl IPC_INFO", 1, call_ipc_info},
	{"shmctl SHM_STAT", 1, call_shm_stat_slot},
};

/* Whether a null pointer means "not wanted" or "nothing" to that call. */
static int
takes_null(const char *name)
{
	return strcmp(name, "wait4") == 0 || strcmp(name, "gettimeofday") == 0 ||
	       strncmp(name, "rt_sig", 6) == 0 || strcmp(name, "execve argv") == 0;
}

static int
refuses(const struct call *call, void *pointer)
{
	*edge = 'a'; /* so that no string ends there */
	lseek(file, 0, SEEK_SET);
	lseek(directory, 0, SEEK_SET);
	errno = 0;
	return call->with(pointer) == -1 && errno == EFAULT;
}

int
main(void)
{
	nowhere = private_pages(1, PROT_NONE);
	read_only = private_pages(1, PROT_READ);
	edge = private_pages(1, PROT_READ | PROT_WRITE) + PAGE - 1;
	segment = new_segment(PAGE);
	file = must(open("/tests/files/digits", O_RDONLY));
	directory = must(open("/", O_RDONLY));

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		const struct call *call = &calls[i];
		if (!takes_null(call->name))
			ok(refuses(call, 0), "V08 %s: null", call->name);
		ok(refuses(call, (void *)8), "V08 %s: page 0", call->name);
		ok(refuses(call, nowhere), "V08 %s: no access", call->name);
		ok(refuses(call, nowhere + PAGE), "V08 %s: nothing mapped", call->name);
		ok(refuses(call, (void *)0xc0100000), "V08 %s: the kernel", call->name);
		ok(refuses(call, (void *)0xfffffff0), "V08 %s: the last bytes there are",
			call->name);
		if (call->writes != SHORT)
			ok(refuses(call, edge), "V08 %s: runs into nothing", call->name);
		if (call->writes)
			ok(refuses(call, read_only), "V08 %s: read-only", call->name);
	}
	must(shmctl(segment, IPC_RMID, 0));
	return done();
}
