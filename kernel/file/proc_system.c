/* /proc's files about the machine: memory, time, and the counters by which tests find leaks. */
#include "arch/arch.h"
#include <file/proc.h>
#include <ipc/sem.h>
#include <ipc/shm.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <mm/reclaim.h>
#include <mm/shm_object.h>
#include <mm/vm.h>
#include <task/task.h>

#define NS_PER_CENTISECOND 10000000

/* A line of /proc/meminfo, in KiB. */
static void
memory_line(struct text *text, const char *name, unsigned long pages)
{
	text_printf(text, "%-15s %8lu kB\n", name, pages * (PAGE_SIZE / 1024));
}

void
proc_meminfo(struct text *text, struct process *process)
{
	unsigned long frames_of[FRAME_KINDS] = {0};
	unsigned long unused = frame_free_count();

	(void)process;
	for (pfn_t frame = frame_first(); frame < frame_count(); frame++)
		frames_of[frames[frame].kind]++;
	memory_line(text, "MemTotal:", frame_total());
	memory_line(text, "MemFree:", unused);
	memory_line(text, "MemAvailable:", unused);
	memory_line(text, "Buffers:", 0);
	memory_line(text, "Cached:", frames_of[FRAME_IMAGE] + frames_of[FRAME_SHM]); /* as Linux */
	memory_line(text, "AnonPages:", frames_of[FRAME_ANON]);
	memory_line(text, "Shmem:", frames_of[FRAME_SHM]);
	memory_line(text, "Slab:", frames_of[FRAME_SLAB]);
	memory_line(text, "KernelStack:", task_count() << KSTACK_ORDER);
	memory_line(text, "PageTables:", frames_of[FRAME_TABLE]);
	memory_line(text, "SwapTotal:", 0);
	memory_line(text, "SwapFree:", 0);
}

/* Seconds since boot, and of these idle; both with hundredths. */
void
proc_uptime(struct text *text, struct process *process)
{
	unsigned long up = arch_clock_ns() / NS_PER_CENTISECOND;
	unsigned long rest = sched_idle_ticks() * (100 / HZ);

	(void)process;
	text_printf(text, "%lu.%02lu %lu.%02lu\n", up / 100, up % 100, rest / 100, rest % 100);
}

void
proc_nopage(struct text *text, struct process *process)
{
	(void)process;
	task_trim();
	reclaim();
	text_printf(text, "frames_total %lu\n", frame_total());
	text_printf(text, "frames_free %lu\n", frame_free_count());
	text_printf(text, "objects %lu\n", kmalloc_objects());
	text_printf(text, "processes %lu\n", process_count());
	text_printf(text, "tasks %lu\n", task_count());
	text_printf(text, "spaces %lu\n", space_count());
	text_printf(text, "areas %lu\n", space_area_count());
	text_printf(text, "shm_objects %lu\n", shm_object_count());
	text_printf(text, "shm_segments %u\n", shm_ids.in_use);
	text_printf(text, "sem_sets %u\n", sem_ids.in_use);
	text_printf(text, "sem_undos %lu\n", sem_undo_count());
	text_printf(text, "faults %lu\n", vm_fault_count());
	text_printf(text, "copied %lu\n", cow_copy_count());
	text_printf(text, "switches %lu\n", sched_switches());
}
