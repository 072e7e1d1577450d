/*
 * What the parts that the ports share and the ports themselves tell each other. Nothing outside
 * arch includes this.
 */
#ifndef COMMON_H
#define COMMON_H

#include <lib/types.h>
#include <machine/page.h>

struct mmu;
struct trap_frame;

/* --- RAM, which the kernel sees in one piece from KERNEL_BASE on --- */

static inline void *
physical(paddr_t address)
{
	return (void *)(address - RAM_BASE + KERNEL_BASE);
}

static inline paddr_t
physical_of(const void *kernel_address)
{
	return (paddr_t)kernel_address - KERNEL_BASE + RAM_BASE;
}

/* The port's boot code and linker script. */
extern uint32_t kernel_directory[];
extern char boot_stack[], boot_stack_end[];
extern char kernel_start[], kernel_data[], kernel_end[];

/* --- ram.c: the boot information, as it is read --- */

/* A range of RAM in bytes: whole pages within our reach are used, the rest is only counted. */
void boot_ram(uint64_t start, uint64_t end);
/* After all RAM: the archive. One that is not wholly there is none. */
void boot_archive(paddr_t start, paddr_t end);
/* The boot arguments: up to a NUL, or `size` - 1 bytes. */
void boot_arguments(const char *line, size_t size);
/* The end of the RAM that the kernel maps; before any is known, of what the boot code mapped. */
paddr_t memory_end(void);

/* --- input.c --- */

#define NO_INPUT (-1)
/*
 * Interrupts off: hands the console all bytes that `next` brings from the port, until it says
 * NO_INPUT. False: the console is full; call again at arch_console_ready().
 */
bool input_deliver(int (*next)(void));

/* --- backtrace.c --- */

/* `returns`: 1 if a call returns to `pc`, which may be beyond its end; 0 if `pc` is meant. */
void backtrace_from(unsigned long pc, unsigned long fp, unsigned returns);

/* The port's describe.c: what a function leaves where its frame pointer points. */
struct saved_call {
	unsigned long fp, pc; /* the caller's, and where it goes on */
};
const struct saved_call *saved_call(unsigned long fp);
/* When `call` returns to the port's entry: the trap frame above it, and what happened, in words. */
const struct trap_frame *trap_above(const struct saved_call *call);
const char *trap_words(const struct trap_frame *frame, unsigned long entry);
extern char trap_code[], trap_code_end[]; /* the port's entry, in assembly */

/* --- uaccess.c --- */

/*
 * The port's, in assembly: the string's length, -ENAMETOOLONG when `size` bytes hold no NUL,
 * -EFAULT. The caller has checked the range.
 */
long uaccess_copy_string(char *to, const char *user, size_t size);

/* --- tables.c --- */

/*
 * An empty table; an empty directory, with the kernel's half in it; PFN_NONE: no frames. They must
 * be empty again when freed.
 */
pfn_t table_alloc(void);
void table_free(pfn_t frame);
pfn_t directory_alloc(void);
void directory_free(pfn_t frame);

/* --- two_level.c; <machine/entry.h> has the port's part --- */

/* The kernel's half gets its final rights: code can be executed, and only data be written. */
void kernel_half_init(void);
/* An empty user half below the kernel's. */
void mmu_fill_directory(uint32_t *directory);
/* The entry of a user page's address; NULL when no table is there. */
uint32_t *mmu_entry(const struct mmu *mmu, vaddr_t address);

/* The port's mmu.c. After entries changed or went: the CPU forgets what it knew of [start, end). */
void mmu_flush(struct mmu *mmu, vaddr_t start, vaddr_t end);
bool mmu_is_loaded(const struct mmu *mmu);
/* What maps this page of the kernel, with its final rights. */
uint32_t kernel_page(const char *page);

#endif
