/* brk: the heap's end moves exactly, and where it cannot it stays. */
#include "_tap.h"

static unsigned long
brk_to(unsigned long end)
{
	return syscall(SYS_brk, end);
}

int
main(void)
{
	unsigned long start = brk_to(0);
	ok(start != 0, "V05 brk(0) tells the end");
	is_int(brk_to(0), start, "V05 and does not move it");
	is_int(brk_to(start + 10 * PAGE), start + 10 * PAGE, "V05 up ten pages");
	poke(start + 10 * PAGE - 1, 1);
	is_int(brk_to(start + 5 * PAGE + 3), start + 5 * PAGE + 3, "V05 down to any byte");
	unsigned long whole = (start + 5 * PAGE + 3 + PAGE - 1) & -PAGE;
	is_int(in_child(poke(whole - 1, 1)), 0, "V05 the page it is in stays");
	is_int(in_child(poke(whole, 1)), -SIGSEGV, "V05 the next one faults");
	is_int(brk_to(start + 10 * PAGE), start + 10 * PAGE, "V05 up again");
	is_int(peek(start + 10 * PAGE - 1), 0, "V01 what was given back is zeroed");

	is_int(brk_to(1), start + 10 * PAGE, "V05 below the heap's start: refused");
	is_int(brk_to(0xc0000000), start + 10 * PAGE, "V05 to the kernel's memory: refused");
	is_int(brk_to(-1), start + 10 * PAGE, "V05 to the end of all: refused");
	is_int(brk_to((unsigned long)&start), start + 10 * PAGE,
		"V05 through everything to the stack: refused");

	poke(start + 9 * PAGE, 5);
	is_int(in_child(poke(start + 9 * PAGE, 6); exit(brk_to(start) != start)), 0,
		"V02 a child's heap is its own");
	is_int(peek(start + 9 * PAGE), 5, "V02 the parent's is untouched");
	is_int(brk_to(0), start + 10 * PAGE, "V02 and as long as it was");
	is_int(brk_to(start), start, "V05 down to the start");
	return done();
}
