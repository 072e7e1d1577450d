/*
 * Address-space identifiers. A TLB entry of a user page carries the 8-bit number of its space, so a
 * switch need not flush: it changes the number (ARM ARM B3.9.1). There are more spaces than
 * numbers. They are given out in order at the first switch to a space; when they are used up, the
 * TLB is emptied and a new generation begins, in which every space needs a number again.
 */
#include "arch/arch.h"
#include "cpu.h"

#define GENERATION(asid) ((asid) / ASIDS)

static unsigned long last = ASIDS; /* given out: generation * ASIDS + number */

/* The branch predictor may know addresses by their old number too (B2.2, "Branch predictors"). */
static void
flush_everything(void)
{
	dsb();
	write_tlbiall(0);
	write_bpiall(0);
	dsb();
	isb();
}

unsigned long
asid_of(struct mmu *mmu)
{
	if (likely(GENERATION(mmu->asid) == GENERATION(last)))
		return mmu->asid;
	if (++last % ASIDS == 0) {
		last++;
		flush_everything();
	}
	mmu->asid = last;
	return last;
}
