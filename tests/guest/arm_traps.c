/* ARM: instructions that only a kernel may execute, and states of the CPU set to trip it up. */
#include "_tap.h"
#include <sys/utsname.h>

/* How a child ends that executes these instructions and then leaves with 0. */
#define executes(...) in_child(__asm__ volatile(__VA_ARGS__))

/* The same with exit(7) in the same breath, before a C function can mend anything. */
#define EXIT_7 "\n\tmov r7, #1\n\tmov r0, #7\n\tsvc #0" :: : "r0", "r7", "memory"

static void
privileged(void)
{
	is_int(executes("mcr p15, 0, %0, c1, c0, 0" ::"r"(0)), -SIGILL, "V08 writing SCTLR");
	is_int(executes("mrc p15, 0, r0, c1, c0, 0" ::: "r0"), -SIGILL, "V08 reading SCTLR");
	is_int(executes("mcr p15, 0, %0, c2, c0, 0" ::"r"(0)), -SIGILL, "V08 writing TTBR0");
	is_int(executes("mcr p15, 0, %0, c3, c0, 0" ::"r"(-1)), -SIGILL, "V08 writing DACR");
	is_int(executes("mcr p15, 0, %0, c8, c7, 0" ::"r"(0)), -SIGILL, "V08 flushing the TLB");
	is_int(executes("mcr p15, 0, %0, c13, c0, 3" ::"r"(1)), -SIGILL, "V08 writing TPIDRURO");
	is_int(executes("mcr p15, 0, %0, c12, c0, 0" ::"r"(0)), -SIGILL, "V08 writing VBAR");
	is_int(executes("vmrs r0, fpexc" ::: "r0"), -SIGILL, "V08 reading FPEXC");
	is_int(executes(".arch_extension sec\n\tsmc #0"), -SIGILL, "V08 smc");
	is_int(executes(".arch_extension virt\n\thvc #0"), -SIGILL, "V08 hvc");
	is_int(executes("ldm sp, {r0, pc}^" ::: "r0"), -SIGILL, "V08 a return from an exception");
	is_int(executes("udf #0"), -SIGILL, "V05 an undefined instruction");
	is_int(executes("bkpt"), -SIGTRAP, "V05 bkpt");
}

static void
modes(void)
{
	is_int(executes("msr cpsr_c, #0xd3\n\tmrc p15, 0, r0, c1, c0, 0" ::
				: "r0"),
		-SIGILL, "V08 msr does not make a supervisor");
	is_int(executes("cps #19\n\tmrc p15, 0, r0, c1, c0, 0" ::
				: "r0"),
		-SIGILL, "V08 nor does cps");
	is_int(in_child(__asm__ volatile("cpsid aif"); pid_t spinner = spawn(for (;;));
			usleep(30000); kill(spinner, SIGKILL)),
		0, "V06 V08 nor does cpsid take interrupts away");
	is_int(executes("setend be" EXIT_7), 7, "V08 a call with big-endian data");
	is_int(executes("setend be\n\tmov r0, #0\n\tldr r0, [r0]" ::
				: "r0"),
		-SIGSEGV, "V08 a fault with big-endian data");
	is_int(executes("adr r0, 1f + 1\n\tbx r0\n\t.thumb\n1:\tmovs r7, #1\n\tmovs r0, #7\n\tsvc "
			"#0\n\tnop\n\t"
			".arm" ::
				: "r0", "r7"),
		7, "V05 a call from Thumb");
	is_int(executes("adr r0, 1f + 1\n\tbx r0\n\t.thumb\n1:\tudf #0\n\tnop\n\t.arm" ::
				: "r0"),
		-SIGILL, "V05 an undefined instruction in Thumb");
}

static void
stacks(void)
{
	is_int(executes("mov sp, #0" EXIT_7), 7, "V08 a call with a stack pointer of 0");
	is_int(executes("mov sp, #0xc0000000" EXIT_7), 7, "V08 with one in the kernel");
	is_int(executes("mov sp, #0\n\tpush {r0}"), -SIGSEGV, "V08 a push below address 0");
	is_int(executes("mov sp, #0xc8000000\n\tpush {r0}"), -SIGSEGV,
		"V08 a push into the kernel");
	is_int(executes("mov sp, #0\n\tudf #0"), -SIGILL, "V08 a trap with no stack at all");
}

/* RAM and devices by their physical addresses, the kernel's half, and what lies above it. */
static void
kernel_memory(void)
{
	static const unsigned long places[] = {0x08000000, 0x09000000, 0x0a003e00, 0x40000000,
		0x40010000, 0xbf000000, 0xc0000000, 0xc0010000, 0xc8000000, 0xf8000000, 0xf9000000,
		0xfe000000, 0xfffe0000};
	int wrong = 0;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		wrong += in_child(peek(places[i])) != -SIGSEGV;
		wrong += in_child(poke(places[i], 1)) != -SIGSEGV;
		wrong += in_child(((void (*)(void))unknown(places[i]))()) != -SIGSEGV;
	}
	is_int(wrong, 0, "V08 user mode cannot read, write or execute kernel memory or devices");
	is_int(executes("ldrt r0, [%0]" ::"r"(0xc0010000) : "r0"), -SIGSEGV, "V08 nor by ldrt");
}

static void
alignment(void)
{
	static unsigned words[4] = {0x03020100, 0x07060504};
	unsigned word, half;
	__asm__("ldr %0, [%2, #1]\n\tldrh %1, [%2, #3]" : "=&r"(word), "=&r"(half) : "r"(words));
	ok(word == 0x04030201 && half == 0x0403, "V05 loads at any address");
	is_int(executes("ldrex r0, [%0]" ::"r"((char *)words + 1)
			: "r0"),
		-SIGBUS, "V05 but not an exclusive one");
	is_int(executes("ldm %0, {r0, r1}" ::"r"((char *)words + 1)
			: "r0", "r1"),
		-SIGBUS, "V05 nor two words at once");
}

/* Linux's numbers above all tables. */
static void
far_calls(void)
{
	fails(syscall(0xeffff), ENOSYS, "V08 a call that is not there");
	fails(syscall(0xf0100), ENOSYS, "V08 nor among ARM's own");
	is_int(in_child(syscall(0xf0800)), -SIGILL, "V08 a number far beyond");
	is_int(in_child(syscall(0x7fffffff)), -SIGILL, "V08 the largest number");
	fails(syscall(117, 23, 0, 4096, 0, 0, 0), ENOSYS, "S31 there is no ipc");
	fails(syscall(0xf0002, 0, PAGE, 1), EINVAL, "V08 cacheflush: flags");
	fails(syscall(0xf0002, 2 * PAGE, PAGE, 0), EINVAL,
		"V08 cacheflush: the end before the start");
}

static void
thread_register(void)
{
	unsigned value;
	must(syscall(0xf0005, 0x12345670));
	__asm__ volatile("mrc p15, 0, %0, c13, c0, 3" : "=r"(value));
	is_int(value, 0x12345670, "V11 set_tls");
	is_int(in_child(__asm__ volatile("mrc p15, 0, %0, c13, c0, 3"
					 : "=r"(value));
			exit(value != 0x12345670)),
		0, "V11 a child has it too");
	for (int i = 1; i <= 3; i++)
		spawn(must(syscall(0xf0005, i)); for (int n = 0; n < 20; n++) {
			usleep(1000);
			__asm__ volatile("mrc p15, 0, %0, c13, c0, 3" : "=r"(value));
			if (value != (unsigned)i)
				exit(1);
		});
	int right = 0, status;
	while (wait(&status) > 0)
		right += status == 0;
	is_int(right, 3, "V11 each process keeps its own");
	struct utsname names;
	must(uname(&names));
	is_int(strcmp(names.machine, "armv7l"), 0, "V05 uname names the machine");
}

int
main(void)
{
	privileged();
	modes();
	stacks();
	kernel_memory();
	alignment();
	far_calls();
	thread_register();
	return done();
}
