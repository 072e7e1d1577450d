/*
 * Stands for arch/x86/cpu.h: all files of this model and of the port are compiled with it. The
 * instructions are functions of x86.c.
 */
#ifndef X86_CPU_H
#define X86_CPU_H

/* For machine/context.h, whose accessor is an instruction. */
#define MACHINE_CONTEXT_H
struct arch_context {
	int nothing;
};
struct task *arch_current(void);

#include "port.h"

unsigned long read_cr3(void);
void write_cr3(unsigned long value);
unsigned long read_cr4(void);
void write_cr4(unsigned long value);
void invlpg(vaddr_t address);
void fill_words(void *to, uint32_t word, size_t count);
void copy_words(void *to, const void *from, size_t count);

#endif
