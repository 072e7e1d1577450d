/* No address space for an attach: by its size, by crumbs, by RLIMIT_AS. Nothing may stay behind. */
#include "_tap.h"
#include <sys/resource.h>

int
main(void)
{
	int id = new_segment(64 * PAGE);
	int large = must(shmget(IPC_PRIVATE, 0x20000000, SHM_NORESERVE | 0600));
	void *at[8];
	int attached = 0;
	while (attached < 8 && (at[attached] = shmat(large, 0, 0)) != (void *)-1)
		attached++;
	ok(attached >= 3 && attached <= 5, "S11 S16 512 MiB are found room for some times");
	fails(shmat(large, 0, 0), ENOMEM, "S16 and then no more");
	is_int(nattch(large), attached, "S16 what failed is not counted");
	fails(shmat(large, (void *)0xb0000000, SHM_REMAP), ENOMEM,
		"S16 S12 past the user limit with its end");
	for (int i = 0; i < attached; i++)
		must(shmdt(at[i]));
	is_int(nattch(large), 0, "S16 all detached");

	struct rlimit old, none = {0, 0};
	must(getrlimit(RLIMIT_AS, &old));
	none.rlim_max = old.rlim_max;
	must(setrlimit(RLIMIT_AS, &none));
	fails(shmat(id, 0, 0), ENOMEM, "S16 past RLIMIT_AS");
	is_int(in_child(exit(shmat(id, 0, 0) == (void *)-1 && errno == ENOMEM)), 1,
		"S16 in a child too");
	fails(shmat(id, (void *)1, 0), EINVAL, "S13 S16 the address is looked at first");
	must(setrlimit(RLIMIT_AS, &old));
	is_int(nattch(id), 0, "S16 what failed is not counted");

	is_int(in_child(int n = 0; while (n < 3000 && shmat(id, 0, SHM_RDONLY) != (void *)-1) n++;
			exit(n == 3000 && nattch(id) == 3000 ? 0 : 1)),
		0, "S16 three thousand attaches in one process");
	is_int(nattch(id), 0, "S21 its end detaches them all");
	must(shmctl(id, IPC_RMID, 0));
	must(shmctl(large, IPC_RMID, 0));
	return done();
}
