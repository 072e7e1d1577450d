/* Programs that read, write and jump where they should not: killed, and nothing else happens. */
#include "_tap.h"

static const unsigned long bad[] = {0, 4, 0xfff, 0x1000, 0xc0000000, 0xc0100000, 0xd0000000,
	0xfec00000, 0xfffff000, 0xfffffffc, 0xffffffff};

int
main(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		unsigned long address = bad[i];
		is_int(in_child(peek(address)), -SIGSEGV, "V08 V09 reading at %#lx", address);
		is_int(in_child(poke(address, 1)), -SIGSEGV, "V08 V09 writing at %#lx", address);
		is_int(in_child(((void (*)(void))unknown(address))()), -SIGSEGV,
			"V08 V09 jumping to %#lx", address);
	}
	is_int(in_child(poke(main, 1)), -SIGSEGV, "V03 writing into the program's text");
	is_int(in_child(poke("a constant", 1)), -SIGSEGV, "V03 writing into its constants");
	fails(syscall(4096), ENOSYS, "V08 a call that is not there");
	return done();
}
