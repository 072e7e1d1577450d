/* mlock and its family, MAP_POPULATE, mincore, madvise, msync. */
#include "_tap.h"
#include <sys/resource.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

/* How many of the pages are there without a touch. */
static int
present(char *p, int pages)
{
	unsigned char bytes[64];
	int count = 0;
	must(mincore(p, pages * PAGE, bytes));
	for (int n = 0; n < pages; n++)
		count += bytes[n] & 1;
	return count;
}

static char *
fresh(int pages, int flags)
{
	return must(mmap(0, pages * PAGE, RW, flags, -1, 0));
}

static void
limit_to(unsigned long bytes)
{
	struct rlimit limit = {bytes, bytes};
	must(setrlimit(RLIMIT_MEMLOCK, &limit));
	must(syscall(SYS_setuid32, 1000));
}

static void
test_lock(void)
{
	char *p = fresh(8, ANON);
	is_int(present(p, 8), 0, "V04 what nobody touched is not there");
	is_int(mlock(p + PAGE + 5, PAGE), 0, "V04 mlock of a page's length, over two pages");
	is_int(present(p, 8), 2, "V04 brings both in");
	is_int(mlock(p, 8 * PAGE), 0, "V04 mlock of all");
	is_int(present(p, 8), 8, "V04 brings in all");
	is_int(munlock(p, 8 * PAGE), 0, "V04 munlock");
	is_int(present(p, 8), 8, "V04 leaves them there");
	is_int(mlock(p, 0), 0, "V04 mlock of nothing");
	must(munmap(p + 4 * PAGE, PAGE));
	fails(mlock(p, 8 * PAGE), ENOMEM, "V04 mlock over a hole");
	fails(munlock(p, 8 * PAGE), ENOMEM, "V04 munlock over one");
	fails(mlock(p, -PAGE), EINVAL, "V04 mlock that wraps");
	must(mprotect(p, PAGE, PROT_NONE));
	fails(mlock(p, PAGE), ENOMEM, "V04 mlock of what may not be touched");
	must(munmap(p, 8 * PAGE));
	p = fresh(4, ANON);
	is_int(mlock2(p, 4 * PAGE, MLOCK_ONFAULT), 0, "V04 mlock2 MLOCK_ONFAULT");
	is_int(present(p, 4), 0, "V04 brings nothing in");
	fails(madvise(p, PAGE, MADV_DONTNEED), EINVAL, "V04 what is locked is not given up");
	fails(msync(p, PAGE, MS_INVALIDATE), EBUSY, "V04 nor invalidated");
	fails(mlock2(p, PAGE, 2), EINVAL, "V04 mlock2: an unknown flag");
	must(munmap(p, 4 * PAGE));
	p = fresh(4, ANON | MAP_POPULATE);
	is_int(present(p, 4), 4, "V04 MAP_POPULATE brings in all");
	char *q = fresh(4, MAP_SHARED | MAP_ANONYMOUS | MAP_LOCKED);
	is_int(present(q, 4), 4, "V04 so does MAP_LOCKED");
	volatile int *gate = shared_pages(1);
	pid_t child = spawn(wait_until(*gate); _exit(p[0] != 0));
	must(mlock(p, 4 * PAGE));
	p[0] = 1;
	*gate = 1;
	is_int(reap(child), 0, "V04 locking what was shared by a fork parts it");
}

static void
test_limit(void)
{
	char *p = fresh(8, ANON);
	is_int(in_child(limit_to(0); _exit(mlock(p, PAGE) == 0 ? 0 : errno)), EPERM,
		"V04 mlock without any RLIMIT_MEMLOCK");
	is_int(in_child(limit_to(4 * PAGE); _exit(mlock(p, 5 * PAGE) == 0 ? 0 : errno)), ENOMEM,
		"V04 over the limit");
	is_int(in_child(limit_to(4 * PAGE); _exit(mlock(p, 4 * PAGE) == 0 ? 0 : errno)), 0,
		"V04 up to it");
	is_int(in_child(limit_to(4 * PAGE); mlock(p, 3 * PAGE);
		       _exit(mlock(p + PAGE, 3 * PAGE) == 0 ? 0 : errno)),
		0, "V04 what is locked already does not count twice");
	is_int(in_child(limit_to(4 * PAGE); mlock(p, 3 * PAGE);
		       _exit(mmap(0, 2 * PAGE, RW, ANON | MAP_LOCKED, -1, 0) == MAP_FAILED ? errno
											   : 0)),
		EAGAIN, "V04 mmap MAP_LOCKED over the limit");
	is_int(in_child(limit_to(4 * PAGE); mlock(p, 3 * PAGE); munlock(p, 2 * PAGE);
		       _exit(mlock(p + 4 * PAGE, 3 * PAGE) == 0 ? 0 : errno)),
		0, "V04 munlock gives back");
	is_int(in_child(limit_to(4 * PAGE); mlock(p, 4 * PAGE); munmap(p, 4 * PAGE);
		       _exit(mlock(p + 4 * PAGE, 4 * PAGE) == 0 ? 0 : errno)),
		0, "V04 so does munmap");
	is_int(in_child(limit_to(4 * PAGE); _exit(mlockall(MCL_CURRENT) == 0 ? 0 : errno)), ENOMEM,
		"V04 mlockall over the limit");
	is_int(in_child(mlock(p, 8 * PAGE); _exit(in_child(limit_to(4 * PAGE);
		       _exit(mlock(p, 4 * PAGE) == 0 ? 0 : errno)))),
		0, "V04 a child has no locks");
	must(munmap(p, 8 * PAGE));
}

static void
test_all(void)
{
	char *p = fresh(4, ANON), *none = must(mmap(0, PAGE, PROT_NONE, ANON, -1, 0));
	is_int(mlockall(MCL_CURRENT), 0, "V04 mlockall of what is there");
	is_int(present(p, 4), 4, "V04 brings it in");
	is_int(present(none, 1), 0, "V04 as far as it can be");
	char *q = fresh(4, ANON);
	is_int(present(q, 4), 0, "V04 not what comes later");
	is_int(mlockall(MCL_FUTURE), 0, "V04 MCL_FUTURE");
	is_int(present(fresh(4, ANON), 4), 4, "V04 is for that");
	char *end = sbrk(0);
	sbrk(3 * PAGE);
	end = (char *)(((unsigned long)end + PAGE - 1) & -PAGE);
	is_int(present(end, 2), 2, "V04 for the heap too");
	is_int(mlockall(MCL_FUTURE | MCL_ONFAULT), 0, "V04 MCL_ONFAULT");
	is_int(present(fresh(4, ANON), 4), 0, "V04 brings nothing in");
	is_int(munlockall(), 0, "V04 munlockall");
	is_int(present(fresh(4, ANON), 4), 0, "V04 and all is as it was");
	fails(mlockall(0), EINVAL, "V04 mlockall of nothing");
	fails(mlockall(8), EINVAL, "V04 mlockall: an unknown flag");
	fails(mlockall(MCL_ONFAULT), EINVAL, "V04 MCL_ONFAULT of nothing");
}

static void
test_advice(void)
{
	char *p = fresh(4, ANON), *shared = fresh(4, MAP_SHARED | MAP_ANONYMOUS);
	memset(p, 5, 4 * PAGE);
	memset(shared, 6, 4 * PAGE);
	is_int(madvise(p + PAGE, 2 * PAGE, MADV_DONTNEED), 0, "V04 MADV_DONTNEED");
	is_int(present(p, 4), 2, "V04 takes the pages");
	ok(p[PAGE] == 0 && p[2 * PAGE] == 0, "V04 they are zero when they come again");
	ok(p[0] == 5 && p[3 * PAGE] == 5, "V04 the others stay");
	is_int(madvise(shared, 4 * PAGE, MADV_DONTNEED), 0, "V04 MADV_DONTNEED of shared memory");
	is_int(shared[PAGE], 6, "V04 whose bytes stay");
	is_int(madvise(p, PAGE, MADV_FREE), 0, "V04 MADV_FREE");
	fails(madvise(shared, PAGE, MADV_FREE), EINVAL, "V04 is not for shared memory");
	is_int(madvise(p, 4 * PAGE, MADV_WILLNEED) + madvise(p, PAGE, MADV_SEQUENTIAL), 0,
		"V04 MADV_WILLNEED and others");
	fails(madvise(p, PAGE, 999), EINVAL, "V04 no such advice");
	fails(madvise(p + 1, PAGE, MADV_NORMAL), EINVAL, "V04 madvise: not the start of a page");
	is_int(madvise(p, 0, MADV_DONTNEED), 0, "V04 madvise about nothing");
	is_int(msync(shared, 4 * PAGE, MS_SYNC), 0, "V04 msync");
	fails(msync(shared, PAGE, MS_SYNC | MS_ASYNC), EINVAL, "V04 msync now and later");
	fails(msync(shared + 1, PAGE, MS_SYNC), EINVAL, "V04 msync: not the start of a page");
	fails(mincore(p + 1, PAGE, (void *)p), EINVAL, "V04 mincore: not the start of a page");
	fails(mincore(p, PAGE, (void *)8), EFAULT, "V08 mincore: a bad pointer");
	must(munmap(p + 2 * PAGE, PAGE));
	fails(madvise(p, 4 * PAGE, MADV_WILLNEED), ENOMEM, "V04 madvise over a hole");
	fails(msync(p, 4 * PAGE, MS_SYNC), ENOMEM, "V04 msync over one");
	unsigned char bytes[4];
	fails(mincore(p, 4 * PAGE, bytes), ENOMEM, "V04 mincore over one");
}

int
main(void)
{
	test_lock();
	test_limit();
	test_all();
	test_advice();
	return done();
}
