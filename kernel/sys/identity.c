/*
 * System calls: who the caller is, and becoming somebody else (credentials(7)).
 *
 *     real        who started the program: kill and RLIMIT_NPROC look at it
 *     effective   who acts: every permission looks at it, and root is effective id 0
 *     saved       what the effective id may go back to
 *
 * Root may become anybody. Anybody else may only move among the three that it has. The ids are the
 * whole process's, as POSIX has it; a C library that makes the call in every thread, because
 * Linux's are a thread's own, finds the second time that nothing is left to do.
 */
#include <abi/errno.h>
#include <lib/string.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/task.h>

#define KEEP ~0u /* -1: this id stays as it is */

/* The three ids of one kind, users' or groups', while a call works on them. */
struct ids {
	unsigned real, effective, saved;
};

static struct ids
user_ids(void)
{
	const struct credentials *cred = &current->process->cred;
	return (struct ids){cred->uid, cred->euid, cred->suid};
}

static struct ids
group_ids(void)
{
	const struct credentials *cred = &current->process->cred;
	return (struct ids){cred->gid, cred->egid, cred->sgid};
}

static long
become_user(struct ids ids)
{
	struct process *process = current->process;
	struct credentials *cred = &process->cred;

	cred->uid = ids.real;
	cred->euid = ids.effective;
	cred->suid = ids.saved;
	process->crowded = process_limit_passed(process, -1); /* the others are too many already */
	return 0;
}

static long
become_group(struct ids ids)
{
	struct credentials *cred = &current->process->cred;

	cred->gid = ids.real;
	cred->egid = ids.effective;
	cred->sgid = ids.saved;
	return 0;
}

static bool
is_root(void)
{
	return current->process->cred.euid == 0;
}

/* setuid, setgid: root changes all three, for good; anybody else the effective one only. */
static int
set_one(struct ids *ids, unsigned id)
{
	if (id == KEEP)
		return -EINVAL;
	if (is_root())
		ids->real = ids->saved = id;
	else if (id != ids->real && id != ids->saved)
		return -EPERM;
	ids->effective = id;
	return 0;
}

/*
 * setreuid, setregid: real and effective. The saved id follows the effective one when the real id
 * is set, or the effective one to something other than the old real id.
 */
static int
set_two(struct ids *ids, unsigned real, unsigned effective)
{
	struct ids old = *ids;

	if (real != KEEP) {
		if (real != old.real && real != old.effective && !is_root())
			return -EPERM;
		ids->real = real;
	}
	if (effective != KEEP) {
		if (effective != old.real && effective != old.effective &&
			effective != old.saved && !is_root())
			return -EPERM;
		ids->effective = effective;
	}
	if (real != KEEP || (effective != KEEP && effective != old.real))
		ids->saved = ids->effective;
	return 0;
}

static bool
may_take(struct ids ids, unsigned id)
{
	return id == KEEP || id == ids.real || id == ids.effective || id == ids.saved || is_root();
}

/* setresuid, setresgid: each of the three by itself. */
static int
set_three(struct ids *ids, unsigned real, unsigned effective, unsigned saved)
{
	if (!may_take(*ids, real) || !may_take(*ids, effective) || !may_take(*ids, saved))
		return -EPERM;
	if (real != KEEP)
		ids->real = real;
	if (effective != KEEP)
		ids->effective = effective;
	if (saved != KEEP)
		ids->saved = saved;
	return 0;
}

static long
copy_ids(struct ids ids, unsigned *real, unsigned *effective, unsigned *saved)
{
	if (copy_to_user(real, &ids.real, sizeof(*real)) ||
		copy_to_user(effective, &ids.effective, sizeof(*effective)) ||
		copy_to_user(saved, &ids.saved, sizeof(*saved)))
		return -EFAULT;
	return 0;
}

long
sys_getuid32(void)
{
	return current->process->cred.uid;
}

long
sys_geteuid32(void)
{
	return current->process->cred.euid;
}

long
sys_getgid32(void)
{
	return current->process->cred.gid;
}

long
sys_getegid32(void)
{
	return current->process->cred.egid;
}

long
sys_setuid32(unsigned id)
{
	struct ids ids = user_ids();
	int error = set_one(&ids, id);
	return error ? error : become_user(ids);
}

long
sys_setgid32(unsigned id)
{
	struct ids ids = group_ids();
	int error = set_one(&ids, id);
	return error ? error : become_group(ids);
}

long
sys_setreuid32(unsigned real, unsigned effective)
{
	struct ids ids = user_ids();
	int error = set_two(&ids, real, effective);
	return error ? error : become_user(ids);
}

long
sys_setregid32(unsigned real, unsigned effective)
{
	struct ids ids = group_ids();
	int error = set_two(&ids, real, effective);
	return error ? error : become_group(ids);
}

long
sys_setresuid32(unsigned real, unsigned effective, unsigned saved)
{
	struct ids ids = user_ids();
	int error = set_three(&ids, real, effective, saved);
	return error ? error : become_user(ids);
}

long
sys_setresgid32(unsigned real, unsigned effective, unsigned saved)
{
	struct ids ids = group_ids();
	int error = set_three(&ids, real, effective, saved);
	return error ? error : become_group(ids);
}

long
sys_getresuid32(unsigned *real, unsigned *effective, unsigned *saved)
{
	return copy_ids(user_ids(), real, effective, saved);
}

long
sys_getresgid32(unsigned *real, unsigned *effective, unsigned *saved)
{
	return copy_ids(group_ids(), real, effective, saved);
}

/* A size of 0 only asks how many there are. */
long
sys_getgroups32(int size, unsigned *groups)
{
	const struct credentials *cred = &current->process->cred;
	unsigned count = cred->group_count;

	if (size < 0)
		return -EINVAL;
	if (size == 0)
		return count;
	if (count > (unsigned)size)
		return -EINVAL;
	return copy_to_user(groups, cred->groups, count * sizeof(*groups)) ? -EFAULT : (long)count;
}

/* By number, as Linux keeps them, and shows them. */
static void
sort(unsigned *groups, unsigned count)
{
	for (unsigned i = 1; i < count; i++) {
		unsigned group = groups[i], place = i;
		for (; place && groups[place - 1] > group; place--)
			groups[place] = groups[place - 1];
		groups[place] = group;
	}
}

long
sys_setgroups32(int size, const unsigned *groups)
{
	struct credentials *cred = &current->process->cred;
	unsigned new[NGROUPS_MAX];

	if (!is_root())
		return -EPERM;
	if ((unsigned)size > NGROUPS_MAX)
		return -EINVAL;
	if (copy_from_user(new, groups, size * sizeof(*groups)))
		return -EFAULT;
	for (int i = 0; i < size; i++)
		if (new[i] == KEEP)
			return -EINVAL; /* nobody's number */
	sort(new, size);
	memcpy(cred->groups, new, size * sizeof(*groups));
	cred->group_count = size;
	return 0;
}
