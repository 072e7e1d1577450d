/*
 * The CPU's own instructions and registers, and what the files of this port tell each other.
 * Nothing outside arch/x86 includes this. "SDM" is Intel's Software Developer's Manual.
 */
#ifndef X86_CPU_H
#define X86_CPU_H

#include "arch/common/common.h"
#include <lib/types.h>
#include <machine/page.h>

struct task;
struct trap_frame;

/* Selectors. They are Linux's, and programs can see theirs. */
#define KERNEL_CS 0x60
#define KERNEL_DS 0x68
#define USER_CS 0x73
#define USER_DS 0x7b
#define MAIN_TSS 0x80
#define DOUBLE_FAULT_TSS 0x88
#define TLS_FIRST 6 /* the GDT's entries 6, 7, 8: set_thread_area */

#define EFLAGS_RESERVED 0x002u /* always 1 */
#define EFLAGS_IF 0x200u

/* Bits of a page fault's error code (SDM vol. 3, 4.7). */
#define FAULT_PRESENT 1u
#define FAULT_WRITE 2u
#define FAULT_USER 4u
#define FAULT_RESERVED 8u

/* Vectors. Below the first interrupt line are the CPU's exceptions. */
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_PAGE_FAULT 14
#define VECTOR_SIMD 19
#define VECTOR_IRQ 32
#define VECTOR_SYSCALL 0x80

#define CONTROL_REGISTER(name)                                                                     \
	static inline unsigned long read_##name(void)                                              \
	{                                                                                          \
		unsigned long value;                                                               \
		__asm__ volatile("movl %%" #name ", %0" : "=r"(value) : : "memory");               \
		return value;                                                                      \
	}                                                                                          \
	static inline void write_##name(unsigned long value)                                       \
	{                                                                                          \
		__asm__ volatile("movl %0, %%" #name : : "r"(value) : "memory");                   \
	}
CONTROL_REGISTER(cr0) /* how the CPU works: paging, write protection, the FPU */
CONTROL_REGISTER(cr2) /* the address of the last page fault */
CONTROL_REGISTER(cr3) /* the page directory; writing it empties the TLB but for global pages */
CONTROL_REGISTER(cr4) /* extensions: large and global pages, SSE */

static inline void
invlpg(vaddr_t address)
{
	__asm__ volatile("invlpg %0" : : "m"(*(char *)address) : "memory");
}

static inline void
fill_words(void *to, uint32_t word, size_t count)
{
	__asm__ volatile("rep stosl" : "+D"(to), "+c"(count) : "a"(word) : "memory");
}

static inline void
copy_words(void *to, const void *from, size_t count)
{
	__asm__ volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
}

/* entry.asm, switch.asm, uaccess.asm */
extern const uint32_t trap_stubs[48];
extern char uaccess_code[], uaccess_code_end[], uaccess_failed[];
void system_call(void);
void leave_to_user(void);
void switch_stacks(uint32_t *save, uint32_t load);

/* Bring-up of each part, in the order of arch_init. */
void cpu_init(void);
void double_fault_init(void);
void fpu_init(void);
void mmu_init(void);

/* cpu.c */
void cpu_set_kernel_stack(vaddr_t top);
void cpu_set_gdt(unsigned index, uint64_t descriptor);
void cpu_set_task_gate(unsigned vector, uint16_t selector);
/*
 * A segment descriptor (SDM vol. 3, 3.4.5): `type` with its S, DPL and P bits, `flags` are G, D/B,
 * L and AVL.
 */
uint64_t segment_descriptor(uint32_t base, uint32_t limit, unsigned type, unsigned flags);

#define TSS_AVAILABLE 0x89 /* the type of its descriptor */
struct task_state_segment { /* SDM vol. 3, 8.2.1 */
	uint32_t link;
	uint32_t esp0, ss0, esp1, ss1, esp2, ss2;
	uint32_t cr3, eip, eflags;
	uint32_t eax, ecx, edx, ebx, esp, ebp, esi, edi;
	uint32_t es, cs, ss, ds, fs, gs;
	uint32_t ldt;
	uint16_t trap, io_map;
};
extern struct task_state_segment main_tss;

/* fpu.c */
void fpu_save(void *area);
void fpu_load(const void *area);
/* The registers as a program finds them at its start: into the CPU, or into a save area. */
void fpu_load_fresh(void);
void fpu_copy_fresh(void *area);

/*
 * The same for a signal's frame, whose contents a program may have made up: what the CPU would
 * refuse to load is taken out. The registers are reset by the first.
 */
struct fpstate;
void fpu_save_frame(struct fpstate *state);
void fpu_load_frame(struct fpstate *state);
/* SIGFPE's si_code, from the registers' own words. */
int fpu_error_code(bool sse);

/* tls.c */
void tls_load(const struct task *task);
/*
 * A selector that a program made up, for a data segment register: itself, or 0 if the running task
 * could not load it. And whether it will do for the stack.
 */
uint16_t tls_loadable(uint16_t selector);
bool tls_is_stack(uint16_t selector);

/* trap.c */
const char *trap_name(unsigned vector);

#endif
