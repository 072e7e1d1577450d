/* System calls: prctl, a drawer of small things about the caller. */
#include <abi/errno.h>
#include <abi/prctl.h>
#include <lib/string.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/task.h>

/* What is too long is cut off. */
static long
set_name(const char *user)
{
	char name[TASK_NAME_MAX] = "";
	long length = copy_string_from_user(name, user, sizeof(name));

	if (length < 0 && length != -ENAMETOOLONG)
		return length;
	name[sizeof(name) - 1] = '\0';
	strlcpy(current->process->name, name, sizeof(name));
	return 0;
}

static long
get_name(char *user)
{
	char name[TASK_NAME_MAX] = "";

	strlcpy(name, current->process->name, sizeof(name));
	return copy_to_user(user, name, sizeof(name));
}

long
sys_prctl(int option, unsigned long second, unsigned long third, unsigned long fourth,
	unsigned long fifth)
{
	struct process *process = current->process;
	bool rest = third || fourth || fifth; /* must be 0 where it means nothing */

	switch (option) {
	case PR_SET_NAME:
		return set_name((const char *)second);
	case PR_GET_NAME:
		return get_name((char *)second);
	case PR_SET_PDEATHSIG:
		if (second >= NSIG)
			return -EINVAL;
		process->death_signal = second;
		return 0;
	case PR_GET_PDEATHSIG:
		return copy_to_user((void *)second, &process->death_signal, sizeof(int));
	case PR_GET_DUMPABLE:
		return !process->not_dumpable;
	case PR_SET_DUMPABLE:
		if (second > 1)
			return -EINVAL;
		process->not_dumpable = !second;
		return 0;
	case PR_SET_NO_NEW_PRIVS:
		if (second != 1 || rest)
			return -EINVAL;
		process->no_new_rights = true;
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		return second || rest ? -EINVAL : process->no_new_rights;
	}
	return -EINVAL;
}
