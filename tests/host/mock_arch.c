/* The mock port but for its page tables: RAM, tasks, clock, user copies, panic. */
#include <abi/errno.h>
#include <dev/console.h>
#include <lib/check.h>
#include <mm/frame.h>
#include <mm/kmalloc.h>
#include <sanitizer/asan_interface.h>
#include <task/clock.h>
#include "coroutine.h"
#include "mock.h"
#include "test.h"

struct process kernel_process, boot_process;
struct task boot_task = {.process = &boot_process};
struct task *mock_current = &boot_task;
struct list processes = LIST_INIT(processes);
uint64_t mock_clock_ns;
void (*mock_on_panic)(const char *message);
unsigned mock_tasks_ended;

/* --- RAM --- */

struct boot_info mock_boot = {.command_line = ""};
static char *ram;
static unsigned long ram_pages, free_at_start;

void
mock_ram(unsigned long pages)
{
	ram_pages = pages;
	ram = aligned_alloc(PAGE_SIZE, pages * PAGE_SIZE);
	memset(ram, 0x5a, pages * PAGE_SIZE);
}

void
mock_ram_is(void *bytes, size_t size)
{
	ram_pages = size / PAGE_SIZE + 1;
	ram = bytes;
}

const struct boot_info *
arch_boot_info(void)
{
	return &mock_boot;
}

void *
arch_frame_address(pfn_t pfn)
{
	check(pfn < ram_pages);
	return ram + pfn * PAGE_SIZE;
}

pfn_t
arch_frame_of(const void *address)
{
	check((const char *)address >= ram && (const char *)address < ram + ram_pages * PAGE_SIZE);
	return ((const char *)address - ram) / PAGE_SIZE;
}

void
arch_zero_frame(pfn_t pfn)
{
	memset(arch_frame_address(pfn), 0, PAGE_SIZE);
}

void
arch_copy_frame(pfn_t to, pfn_t from)
{
	memcpy(arch_frame_address(to), arch_frame_address(from), PAGE_SIZE);
}

void
arch_sync_icache(pfn_t pfn)
{
	(void)pfn;
}

/*
 * The linker leads the other rooms' calls of the allocator through these: a frame that is freed
 * must be in no table, and is forbidden until it is handed out again. (check=1 has poison of its
 * own, which the kernel must be able to read.)
 */
pfn_t __real_frame_alloc(enum frame_kind kind, void *owner, unsigned long index);
pfn_t __real_frame_alloc_run(unsigned order, enum frame_kind kind);
void __real_frame_free(pfn_t pfn);
void __real_frame_free_run(pfn_t pfn, unsigned order);

static void
allow(pfn_t pfn, unsigned order)
{
	if (pfn)
		ASAN_UNPOISON_MEMORY_REGION(arch_frame_address(pfn), PAGE_SIZE << order);
}

static void
forbid(pfn_t pfn, unsigned order)
{
	if (!check_enabled)
		ASAN_POISON_MEMORY_REGION(arch_frame_address(pfn), PAGE_SIZE << order);
}

pfn_t
__wrap_frame_alloc(enum frame_kind kind, void *owner, unsigned long index)
{
	pfn_t pfn = __real_frame_alloc(kind, owner, index);

	allow(pfn, 0);
	return pfn;
}

pfn_t
__wrap_frame_alloc_run(unsigned order, enum frame_kind kind)
{
	pfn_t pfn = __real_frame_alloc_run(order, kind);

	allow(pfn, order);
	return pfn;
}

void
__wrap_frame_free(pfn_t pfn)
{
	check_equal(mmu_mapped(pfn), 0);
	__real_frame_free(pfn);
	forbid(pfn, 0);
}

void
__wrap_frame_free_run(pfn_t pfn, unsigned order)
{
	__real_frame_free_run(pfn, order);
	forbid(pfn, order);
}

void
machine_start(void)
{
	mock_ram(MACHINE_FRAMES);
	mock_boot.ram[0] = (struct memory_range){0, MACHINE_FRAMES * PAGE_SIZE};
	mock_boot.ram_ranges = 1;
	frame_init();
	for (pfn_t pfn = 0; pfn < frame_count(); pfn++)
		if (frames[pfn].kind == FRAME_FREE)
			forbid(pfn, 0);
	free_at_start = frame_free_count();
	boot_task.canary = TASK_CANARY;
	boot_task.arch.coroutine = coroutine_create(NULL, NULL);
	sched_init();
	boot_process.pid = 1;
	boot_task.process = &boot_process;
}

void
machine_end(void)
{
	kmalloc_trim();
	frame_set_floor(0);
	check_equal(kmalloc_objects(), 0);
	check_equal(frame_free_count(), free_at_start);
	frame_check();
}

void
machine_check(void)
{
	frame_check();
	for (pfn_t pfn = 1; pfn < frame_count(); pfn++) {
		const struct frame *frame = &frames[pfn];
		bool held = frame->kind == FRAME_SHM || frame->kind == FRAME_IMAGE;
		if (held || frame->kind == FRAME_ANON)
			check_equal(frame->references, mmu_mapped(pfn) + held);
		else
			check_equal(mmu_mapped(pfn), 0);
	}
}

unsigned char *
user_touch(struct space *space, vaddr_t address, unsigned access, int *error)
{
	struct mmu_entry entry;

	for (int attempts = 0; attempts < 3; attempts++) {
		bool present = mmu_query(&space->mmu, address, &entry);
		if (present && entry.rights && !(access & (VM_WRITE | VM_EXEC) & ~entry.rights))
			return (unsigned char *)arch_frame_address(entry.frame) +
			       (address & PAGE_MASK);
		*error = vm_fault(space, address, access | VM_USER | (present ? VM_PRESENT : 0));
		if (*error)
			return NULL;
	}
	*error = -EAGAIN; /* "go back, it should work now" was not true */
	return NULL;
}

/* --- tasks: the kernel's own scheduler, over coroutines --- */

struct body {
	void (*run)(void *);
	void *argument;
	struct task *task;
};

static void
enter_task(void *argument)
{
	struct body *body = argument;

	body->run(body->argument);
	free(body);
	mock_tasks_ended++;
	current->state = TASK_ENDED;
	schedule(); /* nobody ever chooses it again */
}

static void
wake_up(struct timer *timer)
{
	sched_wake(container_of(timer, struct task, wakeup), -ETIMEDOUT);
}

struct task *
mock_task(void (*run)(void *), void *argument)
{
	static int last_pid = 1;
	struct task *task = calloc(1, sizeof(*task));
	struct body *body = malloc(sizeof(*body));

	*body = (struct body){run, argument, task};
	task->process = calloc(1, sizeof(*task->process));
	task->process->pid = task->tid = ++last_pid;
	task->canary = TASK_CANARY;
	task->arch.coroutine = coroutine_create(enter_task, body);
	list_init(&task->run_link);
	timer_init(&task->wakeup, wake_up);
	sched_ready(task);
	return task;
}

/* As the idle task does it: until nobody is ready any more. */
void
run_tasks(void)
{
	unsigned long before;

	check(current == &boot_task);
	do {
		before = sched_switches();
		schedule();
	} while (sched_switches() != before);
}

void
arch_switch(struct task *from, struct task *to)
{
	mock_current = to;
	coroutine_switch(from->arch.coroutine, to->arch.coroutine);
}

void
arch_take_interrupts(void)
{
}

void
arch_idle(void)
{
	check(!"the idle loop is not for tests");
}

bool
signal_pending(const struct task *task)
{
	return task->signals.pending.set;
}

bool
signal_fatal_pending(const struct task *task)
{
	return task->signals.pending.set;
}

struct trap_frame *
arch_task_frame(struct task *task)
{
	static struct trap_frame frame; /* nothing that is in it matters */

	(void)task;
	return &frame;
}

/* --- clock --- */

uint64_t
arch_clock_ns(void)
{
	return mock_clock_ns;
}

unsigned long
clock_seconds(void)
{
	return mock_clock_ns / NS_PER_SECOND;
}

unsigned long
clock_second_ns(void)
{
	return mock_clock_ns % NS_PER_SECOND;
}

/* --- user memory: the host's own --- */

int
arch_copy_from_user(void *to, const void *user, size_t size)
{
	if (user == BAD_USER)
		return -EFAULT;
	memcpy(to, user, size);
	return 0;
}

int
arch_copy_to_user(void *user, const void *from, size_t size)
{
	if (user == BAD_USER)
		return -EFAULT;
	memcpy(user, from, size);
	return 0;
}

long
arch_copy_string_from_user(char *to, const char *user, size_t size)
{
	const char *end = memchr(user, '\0', size);

	if (!end)
		return -ENAMETOOLONG;
	memcpy(to, user, end - user + 1);
	return end - user;
}

/* --- telling --- */

void
panic(const char *format, ...)
{
	char message[300];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	if (mock_on_panic)
		mock_on_panic(message);
	test_panicked(message);
}

void
kprintf(const char *format, ...)
{
	(void)format;
}

void
arch_walk(struct mmu *mmu, vaddr_t address)
{
	(void)mmu;
	(void)address;
}
