/* System calls: processes and their families. */
#include <abi/errno.h>
#include <abi/sched.h>
#include <abi/signal.h>
#include <file/file.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <sys/syscall.h>
#include <task/task.h>
#include "arch/arch.h"

long
sys_fork(void)
{
	return task_clone(arch_task_frame(current), &(struct clone_request){.flags = SIGCHLD});
}

long
sys_vfork(void)
{
	const struct clone_request request = {.flags = CLONE_VM | CLONE_VFORK | SIGCHLD};

	return task_clone(arch_task_frame(current), &request);
}

#define CLONE_KNOWN                                                                                \
	(CSIGNAL | CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_VFORK |               \
		CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID |                \
		CLONE_CHILD_CLEARTID | CLONE_DETACHED | CLONE_UNTRACED | CLONE_CHILD_SETTID)

/*
 * As on Linux, who shares handlers shares memory, and threads share both. Here moreover handlers
 * are the process's, and the directory lies in the table of files: shared alike.
 */
static bool
has_sense(unsigned flags)
{
	bool thread = flags & CLONE_THREAD, handlers = flags & CLONE_SIGHAND;
	bool files = flags & CLONE_FILES, directory = flags & CLONE_FS;

	return !(flags & ~CLONE_KNOWN) && (flags & CSIGNAL) < NSIG && thread == handlers &&
		(!thread || flags & CLONE_VM) && files == directory;
}

long
sys_clone(unsigned flags, vaddr_t stack, int *parent_tid, vaddr_t tls, int *child_tid)
{
	const struct clone_request request = {flags, stack, parent_tid, child_tid, tls};

	return has_sense(flags) ? task_clone(arch_task_frame(current), &request) : -EINVAL;
}

long
sys_execve(const char *path, const void *argv, const void *envp)
{
	struct exec_words words;
	char name[PATH_SIZE];

	long error = copy_string_from_user(name, path, sizeof(name));
	if (error < 0)
		return error;
	if (!name[0])
		return -ENOENT; /* before any argument is looked at, as on Linux */
	error = exec_words_init(&words);
	if (error)
		return error;
	error = exec_words_add_user(&words, argv, &words.argc);
	if (!error && !words.argc)
		error = exec_words_push(&words, ""); /* no program finds argc to be 0 */
	if (!error)
		error = exec_words_add_user(&words, envp, &words.envc);
	if (!error)
		error = task_exec(arch_task_frame(current), name, &words);
	exec_words_free(&words);
	return error;
}

long
sys_exit(long status)
{
	task_exit((status & 0xff) << 8);
}

long
sys_exit_group(long status)
{
	process_exit((status & 0xff) << 8);
}

long
sys_getpid(void)
{
	return current->process->pid;
}

long
sys_gettid(void)
{
	return current->tid;
}

long
sys_getppid(void)
{
	return current->process->parent->pid;
}

long
sys_getpgrp(void)
{
	return current->process->pgid;
}

static struct process *
self_or(int pid)
{
	return pid ? process_find(pid) : current->process;
}

long
sys_getpgid(int pid)
{
	struct process *process = self_or(pid);
	return process ? process->pgid : -ESRCH;
}

long
sys_getsid(int pid)
{
	struct process *process = self_or(pid);
	return process ? process->sid : -ESRCH;
}

/* Somebody of the session is in that group. */
static bool
group_exists(int pgid, int sid)
{
	list_for_each(link, &processes) {
		struct process *process = list_entry(link, struct process, all);
		if (process->pgid == pgid && process->sid == sid)
			return true;
	}
	return false;
}

long
sys_setpgid(int pid, int pgid)
{
	struct process *me = current->process, *process = self_or(pid);

	if (!pgid)
		pgid = pid ? pid : me->pid;
	if (pgid < 0)
		return -EINVAL;
	if (!process || (process != me && process->parent != me))
		return -ESRCH;
	if (process != me && process->sid != me->sid)
		return -EPERM;
	if (process != me && process->execed)
		return -EACCES;
	if (process->sid == process->pid)
		return -EPERM;
	if (pgid != process->pid && !group_exists(pgid, me->sid))
		return -EPERM;
	process->pgid = pgid;
	return 0;
}

long
sys_setsid(void)
{
	struct process *me = current->process;

	list_for_each(link, &processes)
		if (list_entry(link, struct process, all)->pgid == me->pid)
			return -EPERM;
	me->sid = me->pgid = me->pid;
	me->controls_terminal = false;
	return me->pid;
}

long
sys_sched_yield(void)
{
	wait_yield();
	return 0;
}
