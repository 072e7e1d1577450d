/*
 * Stands for arch/arm/cpu.h: all files of this model and of the port are compiled with it. The
 * instructions are functions of arm.c.
 */
#ifndef ARM_CPU_H
#define ARM_CPU_H

/* For machine/context.h, whose accessor is an instruction. */
#define MACHINE_CONTEXT_H
struct arch_context {
	int nothing;
};
struct task *arch_current(void);

#include "port.h"
#include "arch/arm/layout.h"

struct mmu;

void dsb(void);
void isb(void);
uint32_t read_ttbr0(void);
void write_ttbr0(uint32_t value);
void write_contextidr(uint32_t value);
void write_tlbiall(uint32_t zero);
void write_tlbimva(uint32_t address_and_asid);
void write_tlbiasid(uint32_t asid);
uint32_t read_ctr(void);
void write_dccmvau(vaddr_t address);
void write_iciallu(uint32_t zero);
void write_bpiall(uint32_t zero);

#ifndef ASIDS
#define ASIDS 256
#endif
unsigned long asid_of(struct mmu *mmu);
bool mmu_mark(struct mmu *mmu, vaddr_t address, bool write);
extern char kernel_constants[];

#endif
