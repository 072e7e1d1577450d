/*
 * A program's thread pointer: set_thread_area gives it a segment of its own, reached through gs.
 * The GDT's entries 6, 7 and 8 belong to the running task and are loaded at each switch; the
 * numbers are Linux's.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <abi/errno.h>
#include <machine/abi.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define SEGMENT_P 0x80
#define SEGMENT_USER 0x70 /* DPL 3, S */
#define SEGMENT_ACCESSED 0x01

void
tls_load(const struct task *task)
{
	for (unsigned slot = 0; slot < TLS_SLOTS; slot++)
		cpu_set_gdt(TLS_FIRST + slot, task->arch.tls[slot]);
}

/* Linux's two ways to say "no segment". */
static bool
is_empty(const struct user_desc *d)
{
	if (d->base_addr || d->limit || d->contents || d->seg_32bit || d->limit_in_pages ||
		d->useable)
		return false;
	return d->read_exec_only == d->seg_not_present;
}

/* Only data segments: any that passes can be loaded into gs without a fault. */
static bool
is_valid(const struct user_desc *d)
{
	return is_empty(d) || (d->seg_32bit && d->contents <= 1 && !d->seg_not_present);
}

static uint64_t
descriptor_of(const struct user_desc *d)
{
	unsigned type = SEGMENT_P | SEGMENT_USER | SEGMENT_ACCESSED;

	if (is_empty(d))
		return 0;
	type |= d->contents << 2 | !d->read_exec_only << 1;
	return segment_descriptor(d->base_addr, d->limit, type,
		d->limit_in_pages << 3 | d->seg_32bit << 2 | d->useable);
}

#define DESCRIPTOR_WRITABLE (1ull << 41) /* SDM vol. 3, 3.4.5.1 */

/* What it stands for, if user mode may load it; 0: nothing. */
static uint64_t
segment_of(uint16_t selector)
{
	unsigned slot = (selector >> 3) - TLS_FIRST;
	bool local = selector & 4;

	if (local || slot >= TLS_SLOTS)
		return 0;
	return current->arch.tls[slot];
}

uint16_t
tls_loadable(uint16_t selector)
{
	return (selector | 3) == USER_DS || segment_of(selector) ? selector | 3 : 0;
}

bool
tls_is_stack(uint16_t selector)
{
	return selector == USER_DS || segment_of(selector) & DESCRIPTOR_WRITABLE;
}

static int
free_entry(const struct task *task)
{
	for (unsigned slot = 0; slot < TLS_SLOTS; slot++)
		if (!task->arch.tls[slot])
			return TLS_FIRST + slot;
	return -ESRCH;
}

static void
replace_in_frame(struct trap_frame *frame, uint16_t selector, uint16_t loadable)
{
	if ((frame->ds & 0xffff) == selector)
		frame->ds = loadable;
	if ((frame->es & 0xffff) == selector)
		frame->es = loadable;
	if ((frame->ss & 0xffff) == selector)
		frame->ss = USER_DS;
}

/*
 * The entry changed under segment registers that may hold it. What they hold must stay loadable,
 * since the kernel loads them on its way out and at switches: so a register with an entry that went
 * holds nothing, and the stack's, which must be writable, goes back to the ordinary one.
 */
static void
reload_segments(struct trap_frame *frame, unsigned entry, uint64_t descriptor)
{
	uint16_t selector = entry << 3 | 3;
	uint16_t loadable = descriptor ? selector : 0;
	uint16_t gs, fs;

	__asm__ volatile("movw %%gs, %0\n\tmovw %%fs, %1" : "=r"(gs), "=r"(fs));
	if (gs == selector)
		__asm__ volatile("movw %0, %%gs" : : "r"(loadable));
	if (fs == selector)
		__asm__ volatile("movw %0, %%fs" : : "r"(loadable));
	replace_in_frame(frame, selector, loadable);
}

/* The entry must be named: the child has its parent's selectors in its registers. */
int
arch_task_set_tls(struct task *child, vaddr_t tls)
{
	struct user_desc d;

	if (copy_from_user(&d, (const void *)tls, sizeof(d)))
		return -EFAULT;
	if (!is_valid(&d) || d.entry_number < TLS_FIRST || d.entry_number >= TLS_FIRST + TLS_SLOTS)
		return -EINVAL;
	uint64_t descriptor = descriptor_of(&d);
	uint16_t selector = d.entry_number << 3 | 3, loadable = descriptor ? selector : 0;
	child->arch.tls[d.entry_number - TLS_FIRST] = descriptor;
	if (child->arch.gs == selector) /* the rules of reload_segments */
		child->arch.gs = loadable;
	if (child->arch.fs == selector)
		child->arch.fs = loadable;
	replace_in_frame(arch_task_frame(child), selector, loadable);
	return 0;
}

/* set_thread_area(2). -EFAULT, -EINVAL, -ESRCH: no entry is free. */
long
sys_set_thread_area(struct user_desc *user)
{
	struct user_desc d;
	uint64_t descriptor;
	int entry;

	if (copy_from_user(&d, user, sizeof(d)))
		return -EFAULT;
	if (!is_valid(&d))
		return -EINVAL;
	entry = (int)d.entry_number;
	if (entry == -1) {
		entry = free_entry(current);
		if (entry < 0)
			return entry;
		if (copy_to_user(&user->entry_number, &entry, sizeof(entry)))
			return -EFAULT;
	}
	if (entry < TLS_FIRST || entry >= TLS_FIRST + TLS_SLOTS)
		return -EINVAL;

	descriptor = descriptor_of(&d);
	current->arch.tls[entry - TLS_FIRST] = descriptor;
	cpu_set_gdt(entry, descriptor);
	reload_segments(arch_task_frame(current), entry, descriptor);
	return 0;
}
