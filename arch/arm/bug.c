/*
 * Deliberate bugs that only this machine can have (boot argument bug=): what tells them apart is
 * tested with them.
 */
#include "arch/arch.h"
#include "cpu.h"
#include <lib/string.h>
#include <mm/frame.h>
#include <mm/vm.h>

#define SOME_USER_PAGE 0x10000

/* The stack is gone, and the next push faults: so does entering that fault's handler. */
static void
double_fault(void)
{
	__asm__ volatile("mov sp, #0\n\tpush {r0, r1}");
}

/* User memory that is there, and may be written, but by copy routines alone. guard=1 notices. */
static void
write_to_user(void)
{
	struct mmu mmu;

	if (mmu_create(&mmu))
		return;
	mmu.writing = true;
	if (!mmu_map(&mmu, SOME_USER_PAGE, frame_alloc(FRAME_ANON, NULL, 0), VM_READ | VM_WRITE)) {
		mmu_switch(&mmu);
		*(volatile char *)SOME_USER_PAGE = 0;
	}
}

void
arch_bug(const char *name)
{
	if (strcmp(name, "double") == 0)
		double_fault();
	else if (strcmp(name, "reset") == 0)
		arch_reboot();
	else if (strcmp(name, "user") == 0)
		write_to_user();
}
