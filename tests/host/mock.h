/*
 * The mock port: what arch/arch.h asks for, as far as the portable kernel needs it on the host, and
 * what tests want to know and to set. RAM is a block of the host's memory in which frames that are
 * free are forbidden ground (AddressSanitizer).
 */
#ifndef MOCK_H
#define MOCK_H

#include <mm/vm.h>
#include <task/task.h>
#include "arch/arch.h"

#define MACHINE_FRAMES 2048
#define MACHINE_FRAMES_MAX 8192

/* --- mock_arch.c --- */

/* RAM as tests of frame_init() want it; machine_start() fills it in itself. */
extern struct boot_info mock_boot;
void mock_ram(unsigned long pages);
/* RAM is this block, for who only reads it. */
void mock_ram_is(void *bytes, size_t size);
/* Boots: RAM of MACHINE_FRAMES frames, the running task is `boot_task`, root, with pid 1. */
void machine_start(void);
/* Nothing is left: as many free frames as after the start, and no object. */
void machine_end(void);
/* Law 2, for all frames: references = mappings + the object's hold. */
void machine_check(void);

extern struct process boot_process;
extern struct task boot_task;
/*
 * A task, with a process of its own, that will run body(argument) and then be gone. All ready tasks
 * run in run_tasks(), until none is ready.
 */
struct task *mock_task(void (*body)(void *), void *argument);
void run_tasks(void);
extern unsigned mock_tasks_ended;

extern uint64_t mock_clock_ns;
/* The user's address for which copying answers -EFAULT; every other one is the host's. */
#define BAD_USER ((void *)16)
/* Where panic() goes if it is set, with the message; else the test ends. */
extern void (*mock_on_panic)(const char *message);

/*
 * What the MMU does when a program touches an address: through the tables, or by way of vm_fault.
 * The host's address of that byte; NULL with *error set when the fault could not be mended.
 */
unsigned char *user_touch(struct space *space, vaddr_t address, unsigned access, int *error);

/* --- mock_mmu.c --- */

struct mmu_counts {
	unsigned long maps, unmaps, flushes;
};
extern struct mmu_counts mmu_counts;
extern unsigned long mmu_map_budget; /* so many pages can still be entered */
unsigned mmu_mapped(pfn_t frame);    /* entries that map it, in all tables */

/* --- mock_kmalloc.c --- */

extern unsigned long kmalloc_budget; /* so many allocations still succeed */

#endif
