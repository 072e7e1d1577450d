/* System calls: the machine and its limits. */
#include <abi/errno.h>
#include <abi/random.h>
#include <abi/reboot.h>
#include <abi/sysinfo.h>
#include <abi/utsname.h>
#include <dev/console.h>
#include <file/file.h>
#include <lib/version.h>
#include <machine/abi.h>
#include <mm/frame.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <sys/syscall.h>
#include <task/clock.h>
#include <task/load.h>
#include <task/task.h>
#include "arch/arch.h"

long
sys_uname(void *user)
{
	static const struct utsname names = {
		.sysname = SYSTEM_NAME,
		.nodename = "nopage",
		.release = SYSTEM_RELEASE,
		.version = SYSTEM_VERSION,
		.machine = UTSNAME_MACHINE,
		.domainname = "(none)",
	};

	return copy_to_user(user, &names, sizeof(names));
}

long
sys_sysinfo(void *user)
{
	struct sysinfo info = {
		.uptime = arch_clock_ns() / NS_PER_SECOND,
		.loads = {load_average(0), load_average(1), load_average(2)},
		.totalram = frame_total(),
		.freeram = frame_free_count(),
		.procs = task_count(),
		.mem_unit = PAGE_SIZE,
	};

	return copy_to_user(user, &info, sizeof(info));
}

long
sys_getrandom(void *user, size_t size, unsigned flags)
{
	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if (flags & GRND_RANDOM && flags & GRND_INSECURE)
		return -EINVAL;
	return random_to_user(user, size);
}

static bool
magic_is_right(unsigned magic1, unsigned magic2)
{
	return magic1 == LINUX_REBOOT_MAGIC1 &&
	       (magic2 == LINUX_REBOOT_MAGIC2 || magic2 == LINUX_REBOOT_MAGIC2A ||
		       magic2 == LINUX_REBOOT_MAGIC2B || magic2 == LINUX_REBOOT_MAGIC2C);
}

long
sys_reboot(unsigned magic1, unsigned magic2, unsigned command, void *argument)
{
	(void)argument;
	if (current->process->cred.euid)
		return -EPERM;
	if (!magic_is_right(magic1, magic2))
		return -EINVAL;
	switch (command) {
	case RB_POWER_OFF:
	case RB_HALT_SYSTEM:
		console_status("poweroff");
		arch_halt(HALT_POWEROFF);
	case RB_AUTOBOOT:
		arch_reboot();
	case RB_ENABLE_CAD:
	case RB_DISABLE_CAD:
		return 0; /* there is no such key */
	default:
		return -EINVAL;
	}
}

/* A limit as 32 bits see it. */
static unsigned long
narrow(uint64_t limit)
{
	return limit > RLIM_INFINITY ? RLIM_INFINITY : limit;
}

/* What a word cannot hold is no limit, in the calls with 64 bits too, as on Linux. */
static uint64_t
widen(uint64_t limit)
{
	return limit >= RLIM_INFINITY ? ~0ull : limit;
}

long
sys_ugetrlimit(unsigned resource, struct rlimit *user)
{
	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	const struct rlimit64 *limit = &current->process->limits[resource];
	struct rlimit out = {narrow(limit->rlim_cur), narrow(limit->rlim_max)};
	return copy_to_user(user, &out, sizeof(out));
}

/* Some limits have an effect at once. */
static int
set_limit(struct process *process, unsigned resource, const struct rlimit64 *new)
{
	struct rlimit64 *limit = &process->limits[resource];

	if (new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (new->rlim_max > limit->rlim_max && current->process->cred.euid)
		return -EPERM;
	*limit = *new;
	struct space *space = process_space(process);
	if (resource == RLIMIT_AS && space)
		space->limit = new->rlim_cur == ~0ull ? ~0ul : new->rlim_cur / PAGE_SIZE;
	return 0;
}

long
sys_setrlimit(unsigned resource, const struct rlimit *user)
{
	struct rlimit new;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	if (copy_from_user(&new, user, sizeof(new)))
		return -EFAULT;
	return set_limit(current->process, resource,
		&(struct rlimit64){widen(new.rlim_cur), widen(new.rlim_max)});
}

/* Another's limits are for root, and for whoever is all that the other is. */
static bool
may_see_limits(const struct process *process)
{
	const struct credentials *me = &current->process->cred, *it = &process->cred;

	return process == current->process || !me->euid ||
	       (me->uid == it->uid && me->uid == it->euid && me->uid == it->suid &&
		       me->gid == it->gid && me->gid == it->egid && me->gid == it->sgid);
}

long
sys_prlimit64(int pid, unsigned resource, const struct rlimit64 *user_new,
	struct rlimit64 *user_old)
{
	struct rlimit64 new;

	if (user_new && copy_from_user(&new, user_new, sizeof(new)))
		return -EFAULT;
	struct process *process = pid ? process_find(pid) : current->process;
	if (!process)
		return -ESRCH;
	if (!may_see_limits(process))
		return -EPERM;
	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	struct rlimit64 old = process->limits[resource];
	if (user_new) {
		new = (struct rlimit64){widen(new.rlim_cur), widen(new.rlim_max)};
		int error = set_limit(process, resource, &new);
		if (error)
			return error;
	}
	return user_old ? copy_to_user(user_old, &old, sizeof(old)) : 0;
}
