/* /proc/PID: what is known of one process, in Linux's formats. A zombie has no tasks and no space. */
#include <file/node.h>
#include <file/proc.h>
#include <lib/string.h>
#include <mm/vm.h>
#include <task/task.h>

#define CONSOLE_DEVICE (5 << 8 | 1)
#define KIB_PER_PAGE   (PAGE_SIZE / 1024)

/* The first of its tasks stands for them all. */
static char
state_letter(const struct process *process)
{
	if (process_is_zombie(process))
		return 'Z';
	const struct task *task = process_first_task(process);
	switch (task->state) {
	case TASK_SLEEPING:
		return task->sleep_kind == SLEEP_INTERRUPTIBLE ? 'S' : 'D';
	case TASK_STOPPED:
		return 'T';
	default:
		return 'R';
	}
}

/* Bit n-1: the process ignores signal n. */
static unsigned long
ignored_signals(const struct process *process)
{
	unsigned long set = 0;

	for (int signal = 1; signal < 32; signal++) {
		if (process->actions[signal].handler == SIG_IGN)
			set |= 1ul << (signal - 1);
	}
	return set;
}

/* 52 fields, numbered in proc(5); those that mean nothing here are 0. */
void
proc_stat(struct text *text, struct process *process)
{
	const struct space *space = process_space(process);
	const struct task *task = process_first_task(process);
	uint64_t blocked = task ? task->signals.blocked : 0;
	int group = terminal_group(process);
	uint64_t started = process->started / (1000000000 / HZ);
	unsigned long limit = process->limits[RLIMIT_RSS].rlim_cur;

	text_printf(text, "%d (%s) %c %d %d %d ", process->pid, process->name, state_letter(process),
		process->parent->pid, process->pgid, process->sid); /* 1-6 */
	text_printf(text, "%d %d 0 ", group < 0 ? 0 : CONSOLE_DEVICE, group); /* 7-9 */
	text_printf(text, "%lu 0 0 0 ", space ? space->faults : 0); /* 10-13 */
	text_printf(text, "%lu 0 0 0 ", process_ticks(process)); /* 14-17: all in user mode */
	text_printf(text, "20 0 1 0 %llu ", (unsigned long long)started); /* 18-22 */
	text_printf(text, "%lu %lu %lu ", space ? space->pages * PAGE_SIZE : 0,
		space ? space->resident : 0, limit); /* 23-25 */
	text_printf(text, "0 0 0 0 0 "); /* code, stack, esp, eip: 26-30 */
	text_printf(text, "%lu %lu %lu 0 0 0 0 ", (unsigned long)process->signals.set & 0x7fffffff,
		(unsigned long)blocked & 0x7fffffff, ignored_signals(process)); /* 31-37 */
	text_printf(text, "%d 0 0 0 0 0 0 0 0 ", SIGCHLD); /* 38-46 */
	text_printf(text, "%lu 0 0 0 0 %d\n", space ? space->heap_start : 0,
		process_is_zombie(process) ? process->exit_status : 0); /* 47-52 */
}

static const char *
state_word(char letter)
{
	switch (letter) {
	case 'R':
		return "running";
	case 'S':
		return "sleeping";
	case 'D':
		return "disk sleep";
	case 'T':
		return "stopped";
	}
	return "zombie";
}

void
proc_status(struct text *text, struct process *process)
{
	const struct space *space = process_space(process);
	const struct credentials *cred = &process->cred;
	const struct task *task = process_first_task(process);
	char letter = state_letter(process);

	text_printf(text, "Name:\t%s\nUmask:\t%04o\nState:\t%c (%s)\n", process->name, process->umask,
		letter, state_word(letter));
	text_printf(text, "Tgid:\t%d\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n", process->pid, process->pid,
		process->parent->pid);
	text_printf(text, "Uid:\t%u\t%u\t%u\t%u\n", cred->uid, cred->euid, cred->suid, cred->euid);
	text_printf(text, "Gid:\t%u\t%u\t%u\t%u\n", cred->gid, cred->egid, cred->sgid, cred->egid);
	if (space)
		text_printf(text, "VmSize:\t%8lu kB\nVmRSS:\t%8lu kB\n",
			space->pages * KIB_PER_PAGE, space->resident * KIB_PER_PAGE);
	text_printf(text, "Threads:\t1\nSigPnd:\t%016llx\nSigBlk:\t%016llx\nSigIgn:\t%016lx\n",
		(unsigned long long)process->signals.set,
		(unsigned long long)(task ? task->signals.blocked : 0),
		ignored_signals(process));
}

/* start-end rights offset device inode, and from a fixed column on the name, if there is one. */
static void
map_line(struct text *text, const struct vm_area *area)
{
	const size_t name_column = 49; /* as on every 32-bit Linux */
	char name[64];
	unsigned long inode = area_describe(area, name, sizeof(name));
	size_t line = text->length;

	text_printf(text, "%08lx-%08lx %c%c%c%c %08lx 00:%02x %lu ", area->start, area->end,
		area->rights & VM_READ ? 'r' : '-', area->rights & VM_WRITE ? 'w' : '-',
		area->rights & VM_EXEC ? 'x' : '-', area->flags & VM_SHARED ? 's' : 'p',
		area->offset * PAGE_SIZE, inode ? 1 : 0, inode);
	if (name[0]) {
		int gap = name_column - (text->length - line);
		text_printf(text, "%*s%s", gap > 0 ? gap : 0, "", name);
	}
	text_printf(text, "\n");
}

void
proc_maps(struct text *text, struct process *process)
{
	const struct space *space = process_space(process);

	if (!space)
		return;
	list_for_each(link, &space->areas)
		map_line(text, list_entry(link, struct vm_area, link));
}
