/* x86: instructions that only a kernel may execute, and flags and registers set to trip it up. */
#include "_tap.h"

/* How a child ends that executes these instructions and then leaves with 0. */
#define executes(...) in_child(__asm__ volatile(__VA_ARGS__))

/* The same with exit(7) by `int 0x80` in the same breath, before a C function can mend anything. */
#define EXIT_7 "; mov $1, %%eax; mov $7, %%ebx; int $0x80" :: : "memory"

int
main(void)
{
	is_int(executes("hlt"), -SIGSEGV, "V08 hlt");
	is_int(executes("cli"), -SIGSEGV, "V08 cli");
	is_int(executes("sti"), -SIGSEGV, "V08 sti");
	is_int(executes("mov %%cr0, %%eax" ::: "eax"), -SIGSEGV, "V08 reading cr0");
	is_int(executes("mov %%eax, %%cr3" ::: "eax"), -SIGSEGV, "V08 writing cr3");
	is_int(executes("mov %%eax, %%dr7" ::: "eax"), -SIGSEGV, "V08 writing dr7");
	is_int(executes("in $0x64, %%al" ::: "eax"), -SIGSEGV, "V08 in");
	is_int(executes("out %%al, $0x80" ::: "eax"), -SIGSEGV, "V08 out");
	is_int(executes("outl %%eax, %%dx" ::"d"(0xf4), "a"(0)), -SIGSEGV, "V08 out to a far port");
	is_int(executes("lidt 0x1000"), -SIGSEGV, "V08 lidt");
	is_int(executes("invlpg 0x1000"), -SIGSEGV, "V08 invlpg");
	is_int(executes("wrmsr" ::"c"(0x174), "a"(0), "d"(0)), -SIGSEGV, "V08 wrmsr");
	is_int(executes("ltr %%ax" ::"a"(8)), -SIGSEGV, "V08 ltr");

	is_int(executes("int $0x00"), -SIGSEGV, "V08 int 0");
	is_int(executes("int $0x08"), -SIGSEGV, "V08 int 8, the double fault's number");
	is_int(executes("int $0x0e"), -SIGSEGV, "V08 int 14, the page fault's number");
	is_int(executes("int $0x20"), -SIGSEGV, "V08 int 32, the timer's number");
	is_int(executes("int $0xff"), -SIGSEGV, "V08 int 255");
	is_int(executes("int3"), -SIGTRAP, "V05 int3");
	is_int(executes("ud2"), -SIGILL, "V05 ud2");
	is_int(executes("div %%ecx" ::"a"(1), "c"(0), "d"(0)), -SIGFPE, "V05 division by zero");
	is_int(executes("idiv %%ecx" ::"a"(0x80000000), "c"(-1), "d"(-1)), -SIGFPE,
		"V05 division overflow");
	volatile long long seven = 7, none = 0;
	is_int(in_child(exit(seven / none)), -SIGFPE, "V05 division of 64 bits by zero");
	is_int(executes("pushf; orl $0x100, (%%esp); popf; nop" ::
				: "memory"),
		-SIGTRAP, "V05 a single step");

	is_int(executes("mov %%ax, %%ds" ::"a"(0x10)), -SIGSEGV,
		"V08 the kernel's data segment in ds");
	is_int(executes("mov %%ax, %%ss" ::"a"(0)), -SIGSEGV, "V08 null in ss");
	is_int(executes("mov %%ax, %%gs" ::"a"(0xfff8)), -SIGSEGV,
		"V08 a selector past the table in gs");
	is_int(executes("ljmp $0x08, $0xc0100000"), -SIGSEGV, "V08 a far jump to a kernel segment");
	is_int(executes("xor %%eax, %%eax; mov %%eax, %%ds; mov %%eax, %%es" EXIT_7), 7,
		"V08 null in ds and es, then a call");
	is_int(executes("xor %%eax, %%eax; mov %%eax, %%fs; mov %%eax, %%gs" EXIT_7), 7,
		"V08 null in fs and gs, then a call");

	is_int(executes("std" EXIT_7), 7, "V08 a call with the direction flag set");
	is_int(executes("pushf; orl $0x4000, (%%esp); popf" EXIT_7), 7, "V08 with nested task set");
	is_int(executes("pushf; orl $0x40000, (%%esp); popf" EXIT_7), 7,
		"V08 with alignment check set");
	is_int(executes("pushf; orl $0x3000, (%esp); popf; cli"), -SIGSEGV,
		"V08 popf gives no I/O rights");
	is_int(executes("pushf; andl $~0x200, (%%esp); popf" EXIT_7), 7,
		"V08 nor takes interrupts away");
	is_int(executes("mov $0, %%esp" EXIT_7), 7, "V08 with a stack pointer of 0");
	is_int(executes("mov $0xc0100000, %%esp" EXIT_7), 7, "V08 with one in the kernel");
	is_int(executes("mov $0, %esp; push %eax"), -SIGSEGV, "V08 a push below address 0");
	is_int(executes("mov $0xc0100000, %esp; push %eax"), -SIGSEGV,
		"V08 a push into the kernel");
	is_int(executes("mov $0, %esp; ud2"), -SIGILL, "V08 a trap with no stack at all");

	fails(syscall(0x7fffffff), ENOSYS, "V08 a call that is not there");
	fails(syscall(-1), ENOSYS, "V08 call number -1");

	/* The direction flag set while the kernel copies and clears memory for us. */
	char name[400];
	__asm__ volatile("std");
	long answer = syscall(SYS_uname, name);
	__asm__ volatile("cld");
	is_int(answer, 0, "V08 uname with the direction flag set");
	is_int(in_child(char *p = private_pages(2, PROT_READ | PROT_WRITE); __asm__ volatile("std");
			poke(p, 1); __asm__ volatile("cld"); exit(peek(p + 1) + peek(p + PAGE))),
		0, "V01 a first touch with the direction flag set");
	return done();
}
