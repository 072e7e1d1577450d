/*
 * The entries of this CPU's tables (SDM vol. 3, 4.3), for arch/common/two_level.c, which has the
 * picture. CR3 holds the root; the kernel's half begins at the directory's entry 768.
 *
 *     entry     | frame: 20 bits | VM_ rights: 3 bits | G PS D A . . U W P |
 *
 * The three bits that the CPU leaves to us hold the rights as they were asked for. It sets A
 * (accessed) and D (dirty) itself. Any page that can be read can be executed, too.
 */
#ifndef MACHINE_ENTRY_H
#define MACHINE_ENTRY_H

#include <lib/types.h>
#include <machine/mmu.h>
#include <machine/page.h>
#include <mm/vm.h>

typedef uint32_t entry_t;

#define ENTRY_P 0x001u
#define ENTRY_W 0x002u
#define ENTRY_U 0x004u
#define ENTRY_A 0x020u
#define ENTRY_D 0x040u
#define ENTRY_PS 0x080u /* in a directory: a page of 4 MiB */
#define ENTRY_G 0x100u
#define ENTRY_RIGHTS_SHIFT 9

#define DIRECTORY_ORDER 0 /* a directory takes one frame, an entry of it leads to a table */
#define ROOT_BITS 0
#define USER_TABLE (ENTRY_U | ENTRY_W | ENTRY_P)
#define KERNEL_TABLE (ENTRY_W | ENTRY_P)
#define KERNEL_LARGE_PAGE (ENTRY_G | ENTRY_PS | ENTRY_W | ENTRY_P)

#define FETCHES_NEED_SYNC false /* the CPU watches what is written (SDM vol. 3, 11.6) */

/* What the CPU is to make of rights, and we of the entry: indexed by VM_ rights. */
extern const entry_t right_bits[VM_RIGHTS + 1];

static inline entry_t
entry_new(const struct mmu *mmu, pfn_t frame, unsigned rights)
{
	(void)mmu;
	return frame << PAGE_SHIFT | right_bits[rights];
}

/* The same page, with other rights; what is known of it stays. */
static inline entry_t
entry_with_rights(entry_t entry, unsigned rights)
{
	return (entry & ~(entry_t)PAGE_MASK) | (entry & (ENTRY_A | ENTRY_D)) | right_bits[rights];
}

static inline unsigned
entry_rights(entry_t entry)
{
	return entry >> ENTRY_RIGHTS_SHIFT & VM_RIGHTS;
}

/* What the CPU lets through, as things are. */
static inline unsigned
entry_granted(entry_t entry)
{
	if (!(entry & ENTRY_P))
		return 0;
	return VM_READ | VM_EXEC | (entry & ENTRY_W ? VM_WRITE : 0);
}

/* In a directory. */
static inline bool
entry_is_table(entry_t entry)
{
	return entry && !(entry & ENTRY_PS);
}

/* A new entry is seen at once. */
static inline void
entry_written(void)
{
}

#endif
