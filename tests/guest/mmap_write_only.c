/* Private memory that may only be written: what cannot be read-only meanwhile is not lost. */
#include "_tap.h"

#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

int
main(void)
{
	long frames = (counter("frames_free"), counter("frames_free"));
	char *p = must(mmap(0, PAGE, PROT_READ | PROT_WRITE, ANON, -1, 0));
	poke(p, 42);
	must(mprotect(p, PAGE, PROT_WRITE));
	is_int(peek(p), 42,
		"V04 PROT_WRITE alone keeps what was written, and reads on this machine");
	poke(p, 43);
	is_int(peek(p), 43, "V04 and can be written");
	must(munmap(p, PAGE));

	p = must(mmap(0, PAGE, PROT_WRITE, ANON, -1, 0));
	poke(p, 44);
	is_int(in_child(_exit(peek(p))), 44, "V02 a child finds it");
	is_int(in_child(poke(p, 45); _exit(peek(p))), 45, "V02 writes it for itself alone");
	is_int(peek(p), 44, "V02 and the parent still has its own");
	must(munmap(p, PAGE));
	counts(counter("frames_free"), frames, "V04 every frame is back");
	return done();
}
