/*
 * What the parts that the ports share and the ports themselves tell each other. Nothing outside
 * arch includes this.
 */
#ifndef COMMON_H
#define COMMON_H

#include <lib/types.h>
#include <machine/page.h>

struct mmu;

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

paddr_t memory_end(void); /* of the RAM that the kernel maps; the port's memory.c */

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
