/*
 * The entries of this CPU's tables, short descriptors (ARM ARM B3.5.1), for
 * arch/common/two_level.c, which has the picture. TTBR0 holds the root. The CPU's own second-level
 * tables have 256 entries and take 1 KiB: four of them, the parts of one of ours, fill a frame. An
 * entry of the first level spans 1 MiB; the kernel's half, from entry 3072 on, consists of sections
 * of that size.
 *
 *     entry of a user page:
 *     | frame: 20 bits | nG | - | RO | D | X | 0 | U | A | W | R | 1 | XN |
 *
 * A (accessed), RO (writing refused), U, nG (not global) and XN are the hardware's; RO is AP[2] and
 * A is AP[0], by SCTLR.AFE (B3.7, "The Access flag"). R, W and X hold the rights as they were asked
 * for, D says that the page was written; they stand where the hardware looks at nothing (layout.h:
 * PRRR_VALUE). The CPU sets neither A nor D: it faults and mmu_mark() does. So a clean page is
 * read-only, whatever its rights. An entry with no rights at all has neither 1 nor XN.
 */
#ifndef MACHINE_ENTRY_H
#define MACHINE_ENTRY_H

#include "cpu.h"
#include <lib/types.h>
#include <machine/mmu.h>
#include <mm/vm.h>

typedef uint32_t entry_t;

#define ENTRY_XN 0x001u
#define ENTRY_PAGE 0x002u
#define ENTRY_R 0x004u /* VM_READ << 2 */
#define ENTRY_W 0x008u /* VM_WRITE << 2 */
#define ENTRY_A 0x010u
#define ENTRY_U 0x020u
#define ENTRY_X 0x080u /* VM_EXEC << 5 */
#define ENTRY_D 0x100u
#define ENTRY_RO 0x200u
#define ENTRY_NG 0x800u

#define TABLE 0x001u	  /* first level: leads to a second-level table */
#define TABLE_PXN 0x004u  /* … of pages that the kernel must not execute */
#define TABLE_USER 0x020u /* … that are domain 1 */

#define DIRECTORY_ORDER 2 /* a first-level table takes four frames */
#define ROOT_BITS TTBR_CACHED
#define USER_TABLE (TABLE | TABLE_PXN | TABLE_USER)
#define KERNEL_TABLE TABLE
#define KERNEL_LARGE_PAGE (SECTION | SECTION_NO_EXEC)

#define FETCHES_NEED_SYNC true

/* What the CPU is to make of rights, and we of the entry: clean or dirty, and VM_ rights. */
extern const entry_t right_bits[2][VM_RIGHTS + 1];

/* It was missing, and now that it is there it is accessed at once. */
static inline entry_t
entry_new(const struct mmu *mmu, pfn_t frame, unsigned rights)
{
	return frame << PAGE_SHIFT | right_bits[mmu->writing][rights] | ENTRY_A;
}

/* The same page, with other rights; what is known of it stays. */
static inline entry_t
entry_with_rights(entry_t entry, unsigned rights)
{
	bool dirty = entry & ENTRY_D;

	return (entry & ~(entry_t)PAGE_MASK) | (entry & ENTRY_A) | right_bits[dirty][rights];
}

static inline unsigned
entry_rights(entry_t entry)
{
	return (entry >> 2 & (VM_READ | VM_WRITE)) | (entry >> 5 & VM_EXEC);
}

/* What the CPU lets through, as things are. */
static inline unsigned
entry_granted(entry_t entry)
{
	if (!(entry & ENTRY_PAGE))
		return 0;
	return VM_READ | (entry & ENTRY_RO ? 0 : VM_WRITE) | (entry & ENTRY_XN ? 0 : VM_EXEC);
}

/* In a first-level table. */
static inline bool
entry_is_table(entry_t entry)
{
	return (entry & 3) == TABLE;
}

/* The entry is there before the access is tried again (B3.10.1). */
static inline void
entry_written(void)
{
	dsb();
}

#endif
