/*
 * The traces: a line for each page fault, in columns, to be read from top to bottom as a story; for
 * each system call that there is not; and for each call of IPC that is refused.
 */
#include <dev/console.h>
#include <dev/trace.h>
#include <lib/bootargs.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/vm.h>
#include <task/task.h>

bool trace_faults, trace_unknown, trace_refusals;

/* Who asked in vain for what: a libc tries again and again. */
static struct {
	unsigned long number;
	char program[TASK_NAME_MAX];
} told[64];
static unsigned told_count;

void
trace_init(void)
{
	trace_faults = bootarg_has("trace", "fault");
	trace_unknown = bootarg_has("trace", "enosys");
	trace_refusals = bootarg_has("trace", "ipc");
}

static const char *
access_word(unsigned access)
{
	if (access & VM_EXEC)
		return "execute";
	return access & VM_WRITE ? "write" : "read";
}

/* "[heap] page 3": what belongs at the address, and which page of it counted from its own start. */
static void
describe_page(vaddr_t address, const struct vm_area *area, char *words, size_t size)
{
	char name[40];

	if (!area) {
		strlcpy(words, "nothing", size);
		return;
	}
	area_describe(area, name, sizeof(name));
	snprintf(words, size, "%s page %lu", name[0] ? name : "anonymous",
		area->offset + (address - area->start) / PAGE_SIZE);
}

void
trace_fault(vaddr_t address, unsigned access, const struct vm_area *area, const char *action,
	pfn_t frame)
{
	const struct process *process = current->process;
	char page[64], number[24] = "";

	describe_page(address, area, page, sizeof(page));
	if (frame != PFN_NONE)
		snprintf(number, sizeof(number), " %lu", frame);
	kprintf("fault pid %-3d %-11s 0x%08lx %-7s %-6s  %-33s %s%s\n", process->pid, process->name,
		address, access_word(access), access & VM_USER ? "user" : "kernel", page, action,
		number);
}

static bool
was_told(unsigned long number)
{
	for (unsigned i = 0; i < told_count; i++)
		if (told[i].number == number && !strcmp(told[i].program, current->process->name))
			return true;
	return false;
}

void
trace_call(unsigned long number)
{
	if (was_told(number))
		return;
	if (told_count == ARRAY_SIZE(told))
		told_count = 0; /* better twice than never */
	told[told_count].number = number;
	strlcpy(told[told_count].program, current->process->name, TASK_NAME_MAX);
	told_count++;
	kprintf("enosys pid %d %s: no system call %lu\n", current->process->pid,
		current->process->name, number);
}

void
trace_refusal(const struct process *process)
{
	const unsigned long *n = process->refusal.numbers;
	char line[128];

	snprintf(line, sizeof(line), process->refusal.words, n[0], n[1], n[2], n[3]);
	kprintf("ipc pid %d %s: %s\n", process->pid, process->name, line);
}
