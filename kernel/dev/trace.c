/* The trace of page faults: a line each, in columns, to be read from top to bottom as a story. */
#include <dev/console.h>
#include <dev/trace.h>
#include <lib/bootargs.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <mm/vm.h>
#include <task/task.h>

bool trace_faults;

void
trace_init(void)
{
	trace_faults = bootarg_has("trace", "fault");
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
