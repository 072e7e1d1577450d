/*
 * THE list of what every port supplies. A port is done when this links and the tests pass.
 *
 * Beside the functions below, a port has these headers, under the same names in every port (the
 * compiler finds them as <machine/…>):
 *   machine/page.h        PAGE_SIZE, the user's address range, kernel stacks
 *   machine/mmu.h         struct mmu; the mmu_ functions stand in arch/mmu.h
 *   machine/trap_frame.h  struct trap_frame; its accessors stand in arch/trap_frame.h
 *   machine/context.h     struct arch_context: what a switch saves; arch_current()
 *   machine/abi.h         what user space sees and differs between ports
 *   machine/signal.h      the same: what a signal's handler finds on its stack
 *   machine/entry.h       what a page-table entry looks like, if arch/common/two_level.c serves
 *
 * Some of it the ports share (arch/common), and what stands around a CPU has a place of its own
 * (arch/pc, arch/virt): docs/porting.md.
 *
 * Doors, the only portable functions that a port calls: kmain, vm_fault, user_fault,
 * user_page_fault, irq_dispatch, syscall_dispatch, return_to_user, and, from its devices,
 * console_input and clock_tick.
 *
 * The machine model: one CPU, interrupts off inside the kernel (but for arch_idle, and where a long
 * piece of work pauses: arch_take_interrupts).
 * Hardware words end here: what crosses is a pointer to a trap frame and plain words.
 */
#ifndef ARCH_ARCH_H
#define ARCH_ARCH_H

#include "arch/mmu.h"
#include "arch/trap_frame.h"
#include <abi/signal.h>
#include <lib/types.h>
#include <machine/context.h>
#include <machine/page.h>

struct task;

/* --- the machine as found at boot --- */

struct memory_range {
	paddr_t start, end; /* bytes, [start, end) */
};

#define BOOT_RANGES 16

struct boot_info {
	const char *command_line; /* boot arguments, without the kernel's file name; never NULL */
	/* Usable RAM within reach of arch_frame_address, in order, kernel and archive included. */
	struct memory_range ram[BOOT_RANGES];
	unsigned ram_ranges;
	paddr_t kernel_start, kernel_end;   /* the kernel's image with its bss */
	paddr_t archive_start, archive_end; /* the one boot module; equal when there is none */
	paddr_t ram_unused;		    /* bytes of RAM that are there but out of reach */
};

/*
 * First thing in kmain: CPU tables, kernel page tables with their final rights, the boot
 * information, the console's device (so that arch_putc works from here on). Interrupts stay off.
 */
void arch_init(void);
const struct boot_info *arch_boot_info(void);
/*
 * After memory and the scheduler's first task exist: interrupt controller, timer at HZ ticks a
 * second, keyboard, serial input.
 */
void arch_devices_init(void);

/* --- the CPU --- */

/* Let interrupts in and wait for one; returns with interrupts off. Only the idle task calls it. */
void arch_idle(void);
/*
 * Take the interrupts that wait by now, if any; returns with interrupts off. For wait_pause().
 */
void arch_take_interrupts(void);
enum halt {
	HALT_POWEROFF, /* the user asked for it, or pid 1 exited */
	HALT_PANIC,    /* a kernel bug */
};
/* Ends the emulator when the boot argument exit=1 allows it, else powers off or stops for ever. */
_Noreturn void arch_halt(enum halt why);
_Noreturn void arch_reboot(void);
/*
 * A bug of this machine, by name (boot argument bug=): for the tests of what notices them. Returns
 * when it has none so called.
 */
void arch_bug(const char *name);
/*
 * Let interrupts of line `irq` in / keep them out. The handler is found by irq_dispatch
 * (dev/irq.h).
 */
void arch_irq_enable(unsigned irq);
void arch_irq_disable(unsigned irq);

/* Nanoseconds since boot; never goes back; resolution better than 1 ms. */
uint64_t arch_clock_ns(void);
/*
 * The CPU's own count: instructions since reset in an emulator that counts them, else cycles. For
 * measuring only.
 */
uint64_t arch_cycles(void);
/* Seconds since 1970 (UTC) at boot, from the real-time clock. */
uint64_t arch_boot_seconds(void);

/* --- tasks --- */

/*
 * Prepare a new task's kernel stack: the first arch_switch to it calls entry(argument) in the
 * kernel. The entry never returns.
 */
void arch_task_init(struct task *task, void (*entry)(void *), void *argument);
/*
 * fork: the child's first arch_switch leaves the kernel with a copy of the parent's `frame`, but
 * returns 0 there.
 */
void arch_task_fork(struct task *child, struct task *parent, const struct trap_frame *frame);
/*
 * clone: the child, which is not the running task, gets another thread pointer: `tls` is what
 * programs pass (Linux: on x86 the address of a struct user_desc). 0, -EFAULT, -EINVAL. May sleep.
 */
int arch_task_set_tls(struct task *child, vaddr_t tls);
/*
 * exec: `frame` leaves to a fresh program: pc, sp, all other registers (FPU too) as the ABI says at
 * process entry.
 */
void arch_task_exec(struct task *task, struct trap_frame *frame, vaddr_t pc, vaddr_t sp);
/*
 * The task's own trap frame: where its kernel stack begins. Only for tasks that came from user
 * mode.
 */
struct trap_frame *arch_task_frame(struct task *task);
/* Leave the kernel to user mode through `frame` for the first time (pid 1 after its exec). */
_Noreturn void arch_enter_user(struct trap_frame *frame);
/*
 * Save `from`, continue `to` (kernel stack, FPU and thread registers; the address space is
 * mmu_switch's). Returns when somebody switches back.
 */
void arch_switch(struct task *from, struct task *to);

/* --- signals --- */

/* How a handler is to be called. */
struct signal_call {
	vaddr_t handler;
	vaddr_t restorer;	/* where it returns to: that makes the call of sigreturn */
	const siginfo_t *info;	/* the signal, and what is told */
	bool with_info;		/* SA_SIGINFO: the frame is rt_sigreturn's */
	uint64_t blocked;	/* comes back at the handler's return, … */
	stack_t stack;		/* … as does this */
	vaddr_t sp, bottom;	/* the frame goes below the one, and not below the other */
};
/* What comes back. */
struct signal_return {
	uint64_t blocked;
	stack_t stack;
};
/*
 * Let `frame`, the running task's, leave to a handler, with all registers that the signal found
 * (FPU too) saved on the user's stack. 0, or -EFAULT: the stack does not take them; then nothing
 * has changed. May sleep.
 */
int arch_signal_push(struct trap_frame *frame, const struct signal_call *call);
/*
 * sigreturn: take `frame` and all other registers back from the user's stack. Nothing that stands
 * there is trusted: what user mode itself could not set is dropped, or all of it refused by
 * -EFAULT, with nothing changed. Sleeps.
 */
int arch_signal_pop(struct trap_frame *frame, struct signal_return *result);
int arch_signal_pop_info(struct trap_frame *frame, struct signal_return *result); /* rt_sigreturn */
/* The instructions of the two calls, for handlers that came without a restorer. */
struct signal_code {
	uint8_t sigreturn[16], rt_sigreturn[16];
};
extern const struct signal_code arch_signal_code;

/* --- memory --- */

/* The kernel's address of a page frame of RAM. */
void *arch_frame_address(pfn_t pfn);
pfn_t arch_frame_of(const void *kernel_address);
void arch_zero_frame(pfn_t pfn);
void arch_copy_frame(pfn_t to, pfn_t from);
/* A page that will be executed was written through the kernel's address. Nothing on x86. */
void arch_sync_icache(pfn_t pfn);

/*
 * Copies to and from the running task's user memory. They may fault and so may sleep. 0 or -EFAULT,
 * with part of the bytes copied. They check that the range lies below USER_END.
 */
int arch_copy_from_user(void *to, const void *user, size_t size);
int arch_copy_to_user(void *user, const void *from, size_t size);
int arch_zero_user(void *user, size_t size);
/*
 * Copies up to `size` bytes including the NUL. The string's length, -ENAMETOOLONG if no NUL in
 * `size` bytes, -EFAULT.
 */
long arch_copy_string_from_user(char *to, const char *user, size_t size);

/* --- the console's device: polled, works from arch_init on, also in a panic --- */

void arch_putc(char c);
/* The input ring was full and now is not: let the device deliver again. */
void arch_console_ready(void);

/* --- telling --- */

/* Prints by kprintf. */
void arch_print_frame(const struct trap_frame *frame);
/*
 * "not-present read by user code" … of the fault that `frame` carries, in words, with error bits.
 */
void arch_describe_fault(const struct trap_frame *frame);
/*
 * The page-table entries of each level for one address, in words: "first level 0x… -> second level
 * 0x… (frame 123, user, r--, accessed)". What is granted is what the CPU would let through.
 */
void arch_walk(struct mmu *mmu, vaddr_t address);
/* Symbolised return addresses from `frame`, or from the caller when NULL. */
void arch_backtrace(const struct trap_frame *frame);

#endif
