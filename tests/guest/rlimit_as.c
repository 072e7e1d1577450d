/* RLIMIT_AS, the bound of an address space: what counts against it, and its own edges. */
#include "_tap.h"
#include <sys/resource.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)
#define MIB (1ul << 20)

/* In 64 bits, whatever a word can hold; the answer is what is read back. */
static unsigned long long
set_limit(unsigned long long bytes)
{
	struct rlimit64 new = {bytes, ~0ull}, old;
	must(prlimit64(0, RLIMIT_AS, &new, 0));
	must(prlimit64(0, RLIMIT_AS, 0, &old));
	return old.rlim_cur;
}

/* A fixed mapping in the place of `replaced` of 4 MiB, under a limit of 8: what is left there. */
static int
replace(char *replaced, size_t length)
{
	set_limit(8 * MIB);
	errno = 0;
	if (mmap(replaced, length, RW, ANON | MAP_FIXED, -1, 0) == replaced)
		return peek(replaced);
	return errno == ENOMEM ? peek(replaced) + 100 : 99;
}

int
main(void)
{
	ok(set_limit(1ull << 44) == ~0ull, "V04 a limit beyond 32 bits is none");
	void *p = mmap(0, PAGE, RW, ANON, -1, 0);
	ok(p != MAP_FAILED, "V04 and nothing is refused");
	ok(set_limit(0xffffffffull) == ~0ull, "V04 nor by the largest word");
	ok(set_limit(0xfffffffeull) == 0xfffffffeull, "V04 the next smaller is a limit");

	char *q = shm_room(4 * MIB);
	poke(q, 7);
	is_int(in_child(_exit(replace(q, 4 * MIB))), 0,
		"V04 what MAP_FIXED replaces does not count twice");
	is_int(in_child(_exit(replace(q, 16 * MIB))), 107,
		"V04 and stays when the new mapping is refused");
	int id = new_segment(4 * MIB);
	is_int(in_child(set_limit(8 * MIB); _exit(shmat(id, q, SHM_REMAP) != q)), 0,
		"S16 what SHM_REMAP replaces does not count twice");
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
