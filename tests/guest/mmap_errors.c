/* What mmap, munmap and mprotect refuse, with nothing changed. */
#include "_tap.h"

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

int
main(void)
{
	char *p = private_pages(3, RW);
	memset(p, 1, 3 * PAGE);

	fails(mmap(0, 0, RW, ANON, -1, 0), EINVAL, "V04 mmap of length 0");
	fails(mmap(0, PAGE, RW, MAP_ANONYMOUS, -1, 0), EINVAL, "V04 neither private nor shared");
	fails(mmap(0, -PAGE, RW, ANON, -1, 0), ENOMEM, "V04 longer than the address space");
	fails(mmap(0, -1, RW, ANON, -1, 0), ENOMEM, "V04 a length that wraps when rounded");
	fails(mmap(0, 0xc0000000, RW, ANON | MAP_NORESERVE, -1, 0), ENOMEM,
		"V04 all of user space");
	fails(mmap(p + 1, PAGE, RW, ANON | MAP_FIXED, -1, 0), EINVAL,
		"V04 MAP_FIXED, not a whole page");
	fails(mmap((void *)0xc0000000, PAGE, RW, ANON | MAP_FIXED, -1, 0), ENOMEM,
		"V04 MAP_FIXED in the kernel");
	fails(mmap((void *)-PAGE, PAGE, RW, ANON | MAP_FIXED, -1, 0), ENOMEM,
		"V04 MAP_FIXED in the last page");
	fails(mmap((void *)-PAGE, 2 * PAGE, RW, ANON | MAP_FIXED, -1, 0), ENOMEM,
		"V04 MAP_FIXED that wraps");
	fails(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, -1, 0), EBADF, "V04 a file, but no descriptor");
	fails(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, 12345, 0), EBADF,
		"V04 a file, a bad descriptor");

	fails(munmap(p, 0), EINVAL, "V04 munmap of length 0");
	fails(munmap(p + 1, PAGE), EINVAL, "V04 munmap, not a whole page");
	fails(munmap((void *)0xc0000000, PAGE), EINVAL, "V04 munmap of the kernel");
	fails(munmap(p, 0xc0000000), EINVAL, "V04 munmap into the kernel");
	fails(munmap(p, -PAGE), EINVAL, "V04 munmap that wraps");
	is_int(munmap(p - PAGE, PAGE), 0, "V04 munmap of nothing is fine");

	fails(mprotect(p + 1, PAGE, PROT_READ), EINVAL, "V04 mprotect, not a whole page");
	fails(mprotect(p, PAGE, 0x1000), EINVAL, "V04 mprotect with unknown bits");
	is_int(mprotect(p, 0, PROT_READ), 0, "V04 mprotect of length 0 is fine");
	fails(mprotect(p - PAGE, PAGE, PROT_READ), ENOMEM, "V04 mprotect of nothing");
	fails(mprotect(p, -PAGE, PROT_READ), ENOMEM, "V04 mprotect that wraps");
	fails(mprotect((void *)0xc0000000, PAGE, PROT_READ), ENOMEM, "V04 mprotect of the kernel");
	is_int(in_child(memset(p, 2, 3 * PAGE)), 0, "V04 all still writable");
	int changed = 0;
	for (unsigned long i = 0; i < 3 * PAGE; i++)
		changed += p[i] != 1;
	is_int(changed, 0, "V04 nothing changed");
	return done();
}
