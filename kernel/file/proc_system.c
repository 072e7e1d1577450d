/* /proc's files about the machine: memory, time, and the counters by which tests find leaks. */
#include "arch/arch.h"
#include <file/node.h>
#include <file/proc.h>
#include <ipc/msg.h>
#include <ipc/sem.h>
#include <ipc/shm.h>
#include <lib/version.h>
#include <machine/abi.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <mm/reclaim.h>
#include <mm/shm_object.h>
#include <mm/vm.h>
#include <task/clock.h>
#include <task/load.h>
#include <task/task.h>

#define NS_PER_CENTISECOND 10000000

/* A line of /proc/meminfo, in KiB. */
static void
memory_line(struct text *text, const char *name, unsigned long pages)
{
	text_printf(text, "%-15s %8lu kB\n", name, pages * (PAGE_SIZE / 1024));
}

static void
meminfo_text(struct text *text, struct process *process)
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
static void
uptime_text(struct text *text, struct process *process)
{
	unsigned long up = arch_clock_ns() / NS_PER_CENTISECOND;
	unsigned long rest = sched_idle_ticks() * (100 / HZ);

	(void)process;
	text_printf(text, "%lu.%02lu %lu.%02lu\n", up / 100, up % 100, rest / 100, rest % 100);
}

static void
nopage_text(struct text *text, struct process *process)
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
	text_printf(text, "msg_queues %u\n", msg_ids.in_use);
	text_printf(text, "nodes %lu\n", node_count());
	text_printf(text, "faults %lu\n", vm_fault_count());
	text_printf(text, "copied %lu\n", cow_copy_count());
	text_printf(text, "switches %lu\n", sched_switches());
}

/* As on Linux: a CPU's time, in ticks, and what has happened since the boot. */
static void
stat_text(struct text *text, struct process *process)
{
	unsigned long rest = sched_idle_ticks();
	unsigned long up = arch_clock_ns() / (NS_PER_SECOND / HZ);
	unsigned long busy = up > rest ? up - rest : 0;

	(void)process;
	text_printf(text, "cpu  %lu 0 0 %lu 0 0 0 0 0 0\n", busy, rest);
	text_printf(text, "cpu0 %lu 0 0 %lu 0 0 0 0 0 0\n", busy, rest);
	text_printf(text, "intr %lu\n", up);
	text_printf(text, "ctxt %lu\n", sched_switches());
	text_printf(text, "btime %llu\n", (unsigned long long)arch_boot_seconds());
	text_printf(text, "processes %lu\n", process_created());
	text_printf(text, "procs_running %lu\nprocs_blocked 0\n", sched_ready_count());
}

/* The load of the last 1, 5 and 15 minutes; tasks that run and tasks; the last pid. */
static void
loadavg_text(struct text *text, struct process *process)
{
	(void)process;
	for (int i = 0; i < LOADS; i++) {
		unsigned long hundredths = (load_average(i) * 100 + LOAD_ONE / 2) / LOAD_ONE;
		text_printf(text, "%lu.%02lu ", hundredths / 100, hundredths % 100);
	}
	text_printf(text, "%lu/%lu %d\n", sched_ready_count(), task_count(), pid_last());
}

static void
version_text(struct text *text, struct process *process)
{
	(void)process;
	text_printf(text, "%s version %s %s\n", SYSTEM_NAME, SYSTEM_RELEASE, SYSTEM_VERSION);
}

static void
cmdline_text(struct text *text, struct process *process)
{
	(void)process;
	text_printf(text, "%s\n", arch_boot_info()->command_line);
}

/* The one CPU. */
static void
cpuinfo_text(struct text *text, struct process *process)
{
	(void)process;
	text_printf(text, "processor\t: 0\nmodel name\t: %s\n\n", UTSNAME_MACHINE);
}

static void
filesystems_text(struct text *text, struct process *process)
{
	(void)process;
	text_printf(text, "nodev\trootfs\nnodev\tproc\nnodev\ttmpfs\n");
}

static void
mounts_text(struct text *text, struct process *process)
{
	(void)process;
	text_printf(text, "rootfs / rootfs ro 0 0\nproc /proc proc rw 0 0\n");
	text_printf(text, "tmpfs /tmp tmpfs rw,noexec 0 0\ntmpfs /dev/shm tmpfs rw,noexec 0 0\n");
}

void
proc_system_add(struct node *proc)
{
	proc_add_file(proc, "cmdline", 0444, cmdline_text);
	proc_add_file(proc, "cpuinfo", 0444, cpuinfo_text);
	proc_add_file(proc, "filesystems", 0444, filesystems_text);
	proc_add_file(proc, "loadavg", 0444, loadavg_text);
	proc_add_file(proc, "meminfo", 0444, meminfo_text);
	proc_add_file(proc, "mounts", 0444, mounts_text);
	proc_add_file(proc, "nopage", 0444, nopage_text);
	proc_add_file(proc, "stat", 0444, stat_text);
	proc_add_file(proc, "uptime", 0444, uptime_text);
	proc_add_file(proc, "version", 0444, version_text);
}
