/*
 * From the port's entry to the first program: the kernel's parts, in the order in which they need
 * each other.
 */
#include <abi/errno.h>
#include <abi/resource.h>
#include <dev/console.h>
#include <dev/trace.h>
#include <file/file.h>
#include <ipc/shm.h>
#include <lib/bootargs.h>
#include <lib/check.h>
#include <lib/random.h>
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/vm.h>
#include <sys/check.h>
#include <task/clock.h>
#include <task/task.h>
#include "arch/arch.h"

static uint64_t started; /* arch_cycles() at kmain */

static void
report_memory(const struct boot_info *boot)
{
	if (!boot->ram_ranges)
		return;
	kprintf_boot("nopage: %lu MiB of memory\n",
		(boot->ram[boot->ram_ranges - 1].end - boot->ram[0].start) >> 20);
	if (boot->ram_unused)
		kprintf_boot("nopage: %lu MiB more are out of reach\n", boot->ram_unused >> 20);
}

static void
read_switches(void)
{
	check_enabled = bootarg_number("check", 0);
	sleepy = bootarg_number("sleepy", 0);
}

/* The first program's limits; all others inherit them. */
static void
set_limits(struct process *process)
{
	for (unsigned i = 0; i < RLIM_NLIMITS; i++)
		process->limits[i] = (struct rlimit64){~0ull, ~0ull};
	process->limits[RLIMIT_STACK].rlim_cur = STACK_LIMIT;
	process->limits[RLIMIT_CORE].rlim_cur = 0;
	process->limits[RLIMIT_NOFILE] = (struct rlimit64){OPEN_MAX, OPEN_MAX};
	process->limits[RLIMIT_MEMLOCK] = (struct rlimit64){8ull << 20, 8ull << 20};
}

/* Runs as pid 1, still in the kernel. */
static void
start_first_program(void *argument)
{
	char path[PATH_SIZE] = "/bin/init";

	(void)argument;
	bootarg_string("init", path, sizeof(path));
	struct exec_words words;
	int error = exec_words_init(&words);
	if (!error)
		error = exec_words_push(&words, path);
	if (!error)
		error = task_exec(arch_task_frame(current), path, &words);
	if (error)
		panic("cannot run the first program, %s: error %d", path, -error);
	exec_words_free(&words);
	kprintf_boot("nopage: up after %llu cycles\n",
		arch_cycles() - started);
	arch_enter_user(arch_task_frame(current));
}

static void
create_init(void)
{
	struct process *process = process_create(&kernel_process);
	struct task *task = process ? task_create(process) : NULL;

	if (!task || !(task->files = files_create()))
		panic("too little memory for the first program");
	process->pgid = process->sid = process->pid;
	process->umask = 022;
	set_limits(process);
	arch_task_init(task, start_first_program, NULL);
	init_process = process;
	sched_ready(task);
}

/*
 * A deliberate bug (boot argument bug=): shows what telling it looks like, and proves that the
 * runner tells it apart.
 */
static void
plant_bug(void)
{
	char name[16] = "";

	bootarg_string("bug", name, sizeof(name));
	if (strcmp(name, "panic") == 0)
		panic("bug=panic asked for this");
	assert(strcmp(name, "assert") != 0);
	while (strcmp(name, "hang") == 0)
		;
	if (strcmp(name, "null") == 0)
		*(volatile char *)NULL = 0;
	if (strcmp(name, "text") == 0)
		*(volatile char *)panic = 0;
	arch_bug(name);
}

/* A door: the port's boot code calls it on the boot stack, which becomes the idle task's. */
_Noreturn void
kmain(void)
{
	started = arch_cycles();
	arch_init();
	bootargs_init(arch_boot_info()->command_line);
	console_init();
	read_switches();
	report_memory(arch_boot_info());
	frame_init();
	if (check_enabled)
		check_init();
	sched_init();
	random_seed(arch_boot_seconds());
	clock_init();
	trace_init();
	archive_init();
	terminal_init();
	shm_init();
	ipc_init();
	arch_devices_init();
	plant_bug();
	create_init();
	sched_idle();
}
