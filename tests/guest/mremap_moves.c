/* mremap: growing in place, moving, shrinking; private and shared memory; what is refused. */
#include "_tap.h"
#include <sys/resource.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static char *
room(int pages)
{
	return must(mmap(0, pages * PAGE, PROT_NONE, ANON, -1, 0));
}

/* Fresh memory with a page of nothing above and below it, the number of each page in it. */
static char *
numbered(int pages, int flags)
{
	char *p = room(pages + 2) + PAGE;
	must(munmap(p - PAGE, PAGE));
	must(munmap(p + pages * PAGE, PAGE));
	must(mmap(p, pages * PAGE, RW, flags | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	for (int n = 0; n < pages; n++)
		p[n * PAGE] = n + 1;
	return p;
}

static int
is_numbered(const char *p, int first, int pages)
{
	for (int n = 0; n < pages; n++)
		if (p[n * PAGE] != first + n + 1)
			return 0;
	return 1;
}

static int
is_mapped(char *p)
{
	return in_child(peek(p)) == 0;
}

static void
test_place(void)
{
	char *p = numbered(4, MAP_PRIVATE), *q;
	ok(mremap(p, 4 * PAGE, 5 * PAGE, 0) == p, "V04 it grows where it is");
	is_int(p[4 * PAGE], 0, "V04 by a page of zeros");
	ok(is_numbered(p, 0, 4), "V04 and keeps what it was");
	ok(mremap(p, 5 * PAGE, 2 * PAGE, 0) == p, "V04 it shrinks");
	ok(is_numbered(p, 0, 2), "V04 keeping its beginning");
	is_int(in_child(peek(p + 2 * PAGE)), -SIGSEGV, "V04 the rest is gone");
	ok(mremap(p, 2 * PAGE, 2 * PAGE, 0) == p, "V04 to the same length: nothing happens");
	ok(mremap(p, PAGE + 1, PAGE + 7, 0) == p, "V04 lengths are rounded up to pages");

	must(mmap(p + 2 * PAGE, PAGE, PROT_NONE, ANON | MAP_FIXED, -1, 0));
	fails(mremap(p, 2 * PAGE, 3 * PAGE, 0), ENOMEM, "V04 no room, and it may not move");
	q = mremap(p, 2 * PAGE, 64 * PAGE, MREMAP_MAYMOVE);
	ok(q != MAP_FAILED && q != p, "V04 it moves where there is room");
	ok(is_numbered(q, 0, 2), "V04 with its pages");
	q[63 * PAGE] = 7;
	is_int(in_child(peek(p)), -SIGSEGV, "V04 where it was there is nothing");
	is_int(in_child(peek(p + PAGE)), -SIGSEGV, "V04 nothing at all");
	must(munmap(q, 64 * PAGE));
	must(munmap(p + 2 * PAGE, PAGE));
}

static void
test_fixed(void)
{
	char *p = numbered(4, MAP_PRIVATE), *to = numbered(6, MAP_PRIVATE);
	to[5 * PAGE] = 99;
	ok(mremap(p + PAGE, 2 * PAGE, 3 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to) == to,
		"V04 the middle moves to a fixed place");
	ok(is_numbered(to, 1, 2), "V04 with its pages");
	is_int(to[2 * PAGE], 0, "V04 and grows");
	is_int(to[3 * PAGE], 4, "V04 what stood behind it stays");
	ok(is_mapped(p) && is_mapped(p + 3 * PAGE), "V04 both ends stay behind");
	is_int(in_child(peek(p + PAGE)), -SIGSEGV, "V04 with a hole between");
	ok(mremap(to, 6 * PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p + PAGE) == p + PAGE,
		"V04 smaller, to a fixed place");
	is_int(p[PAGE], 2, "V04 with its page");
	is_int(in_child(peek(to + 4 * PAGE)), -SIGSEGV, "V04 the rest of it is gone");
	must(munmap(p, 4 * PAGE));
	must(munmap(to, 6 * PAGE));
}

static void
test_copy_on_write(void)
{
	char *p = numbered(3, MAP_PRIVATE);
	volatile int *gate = shared_pages(1);
	pid_t child = spawn(wait_until(gate[0]); _exit(!is_numbered(p, 0, 3)));
	char *q = must(mremap(p, 3 * PAGE, 40 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, room(40)));
	q[0] = 50;
	q[PAGE] = 51;
	gate[0] = 1;
	is_int(reap(child), 0,
		"V04 after a fork, what one moves and writes the other does not see");
	is_int(q[2 * PAGE], 3, "V04 what was not written is shared");
	must(mprotect(q, 2 * PAGE, PROT_READ));
	q = must(mremap(q, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p));
	is_int(in_child(poke(q, 1)), -SIGSEGV, "V04 rights move along");
	must(munmap((void *)gate, PAGE));
}

static void
test_shared(void)
{
	char *p = numbered(4, MAP_SHARED), *q;
	volatile int *gate = shared_pages(1);
	pid_t child = spawn(wait_until(gate[0]); p[PAGE] = 77; gate[1] = 1);
	q = must(mremap(p, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, room(4)));
	ok(is_numbered(q, 0, 4), "V04 shared memory moves with its pages");
	gate[0] = 1;
	ok(wait_until(gate[1]) && q[PAGE] == 77, "V04 and is shared as before");
	reap(child);
	p = must(mremap(q, 0, 2 * PAGE, MREMAP_MAYMOVE));
	ok(p != q && p[0] == 1 && p[PAGE] == 77, "V04 length 0 makes a second mapping of it");
	p[0] = 5;
	is_int(q[0], 5, "V04 of the same pages");
	must(munmap(p, 2 * PAGE));
	p = must(mremap(q, 4 * PAGE, 5 * PAGE, MREMAP_MAYMOVE));
	is_int(in_child(peek(p + 4 * PAGE)), -SIGBUS, "V04 longer than the object: SIGBUS there");
	ok(p[3 * PAGE] == 4, "V04 but not before");
	must(munmap(p, 5 * PAGE));
	must(munmap((void *)gate, PAGE));

	int id = new_segment(3 * PAGE);
	p = must(shmat(id, 0, 0));
	p[2 * PAGE] = 9;
	q = must(mremap(p, 3 * PAGE, 3 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
		must(mmap(0, SHMLBA + 4 * PAGE, PROT_NONE, ANON, -1, 0)) + SHMLBA - PAGE));
	is_int(q[2 * PAGE], 9, "S11 an attach moves with its pages");
	is_int(nattch(id), 1, "S20 and counts once");
	fails(shmdt(p), EINVAL, "S22 where it was, nothing is attached");
	is_int(shmdt(q), 0, "S22 where it is now, it is");
	is_int(nattch(id), 0, "S20 then it does not count");
	must(shmctl(id, IPC_RMID, 0));
}

static void
test_errors(void)
{
	char *p = numbered(4, MAP_PRIVATE), *far = room(4);
	const int to = MREMAP_MAYMOVE | MREMAP_FIXED;
	must(munmap(far, 4 * PAGE));
	fails(mremap(p + 1, PAGE, PAGE, 0), EINVAL, "V04 not the start of a page");
	fails(mremap(p, PAGE, 0, 0), EINVAL, "V04 to nothing");
	fails(mremap(p, PAGE, PAGE, 8), EINVAL, "V04 an unknown flag");
	fails(mremap(p, PAGE, PAGE, MREMAP_FIXED, far), EINVAL, "V04 fixed, but it may not move");
	fails(mremap(far, PAGE, 2 * PAGE, MREMAP_MAYMOVE), EFAULT, "V04 where nothing is");
	fails(mremap(p + 3 * PAGE, 2 * PAGE, 3 * PAGE, MREMAP_MAYMOVE), EFAULT,
		"V04 past the end of what is there");
	fails(mremap(p, 0, PAGE, MREMAP_MAYMOVE), EINVAL,
		"V04 private memory has no second mapping");
	fails(mremap(p, PAGE, PAGE, to, far + 1), EINVAL, "V04 to no start of a page");
	fails(mremap(p, 2 * PAGE, 2 * PAGE, to, p + PAGE), EINVAL, "V04 onto itself");
	fails(mremap(p, PAGE, PAGE, to, (char *)0xc0000000), EINVAL, "V04 into the kernel");
	fails(mremap(p, PAGE, 0xc0000000, MREMAP_MAYMOVE), ENOMEM, "V04 all of user space");
	fails(mremap(p, -PAGE, PAGE, 0), EINVAL, "V04 a length that wraps");
	ok(is_numbered(p, 0, 4), "V04 after all that it is as it was");
	struct rlimit limit = {40000 * PAGE, 40000 * PAGE};
	is_int(in_child(setrlimit(RLIMIT_AS, &limit); _exit(
		       mremap(p, 4 * PAGE, 50000 * PAGE, MREMAP_MAYMOVE) != MAP_FAILED ||
		       errno != ENOMEM || mremap(p, 4 * PAGE, 4 * PAGE, to, far) != far)),
		0, "V04 RLIMIT_AS counts what it grows by");
	must(munmap(p, 4 * PAGE));
}

/* realloc as C libraries do it, for a long time: every byte stays. */
static void
test_many(void)
{
	unsigned seed = 1, pages = 1, right = 1;
	char *p = must(mmap(0, PAGE, RW, ANON, -1, 0));
	p[0] = 1;
	for (int i = 0; i < 400; i++) {
		seed = seed * 1103515245u + 12345u;
		unsigned now = 1 + (seed >> 16) % 60;
		if (i % 5 == 0) /* something in the way */
			mmap(p + pages * PAGE, PAGE, PROT_NONE, ANON | MAP_FIXED, -1, 0);
		p = must(mremap(p, pages * PAGE, now * PAGE, MREMAP_MAYMOVE));
		for (unsigned n = pages; n < now; n++) {
			right &= p[n * PAGE] == 0;
			p[n * PAGE] = n + 1;
		}
		pages = now;
		right &= is_numbered(p, 0, pages);
	}
	_exit(!right);
}

int
main(void)
{
	long objects = counter("objects"), frames = counter("frames_free");
	test_place();
	is_int(in_child(test_many()), 0, "V04 400 times longer and shorter, here and there");
	counts(counter("objects"), objects, "V06 nothing is left");
	counts(counter("frames_free"), frames, "V06 no frame");
	test_fixed();
	test_copy_on_write();
	test_shared();
	test_errors();
	return done();
}
