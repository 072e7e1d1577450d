/* Where an attach may lie: chosen by the kernel, asked for, rounded, on top of something. */
#include "_tap.h"

/* An address with a free LBA below it and room for two more above it. */
static char *
free_place(unsigned long lba)
{
	char *room = must(mmap(0, 4 * lba, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	must(munmap(room, 4 * lba));
	return (char *)(((unsigned long)room + 2 * lba - 1) & -lba);
}

int
main(void)
{
	int id = new_segment(2 * PAGE);
	unsigned long lba = SHMLBA;

	char *p = (char *)works(shmat(id, 0, 0), "S11 null address: the kernel picks");
	ok((unsigned long)p % PAGE == 0, "S11 the beginning of a page");
	ok((unsigned long)p >= 0x40000000, "S11 at 1 GiB or above");
	char *q = (char *)works(shmat(id, 0, 0), "S15 the same process attaches twice");
	ok(q >= p + 2 * PAGE || q + 2 * PAGE <= p, "S15 at two addresses");
	poke(p, 77);
	is_int(peek(q), 77, "S15 S18 both show the same page");
	is_int(shmdt(q), 0, "S22 one is detached");
	is_int(peek(p), 77, "S22 the other stays");

	char *place = free_place(lba);
	is_int(shmat(id, place, 0), place, "S12 a free, aligned address");
	is_int(peek(place), 77, "S12 the data are there");
	fails(shmat(id, place, 0), EINVAL, "S12 occupied");
	fails(shmat(id, place + 1, SHM_RND), EINVAL, "S12 occupied after rounding");
	if (lba == PAGE) {
		fails(shmat(id, place - PAGE, 0), EINVAL, "S12 occupied in its second page");
		fails(shmat(id, place + PAGE, 0), EINVAL, "S12 occupied in its first page");
	}
	is_int(nattch(id), 2, "S12 refused attaches are not counted");
	must(shmdt(place));

	fails(shmat(id, place + 1, 0), EINVAL, "S12 not a multiple of SHMLBA: one byte off");
	fails(shmat(id, place + lba / 2, 0), EINVAL, "S12 not a multiple of SHMLBA: half off");
	is_int(shmat(id, place + lba - 1, SHM_RND), place, "S12 SHM_RND rounds down");
	must(shmdt(place));

	fails(shmat(id, 0, SHM_REMAP), EINVAL, "S12 SHM_REMAP needs an address");
	fails(shmat(id, (void *)1, SHM_REMAP | SHM_RND), EINVAL,
		"S12 SHM_REMAP rounded to address 0");
	char *old =
		must(mmap(0, 4 * lba, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	place = (char *)(((unsigned long)old + lba - 1) & -lba);
	memset(old, 5, 4 * lba);
	is_int(shmat(id, place, SHM_REMAP), place, "S12 SHM_REMAP replaces what is there");
	is_int(peek(place), 77, "S12 the segment's data show");
	is_int(peek(place + 2 * PAGE), 5, "S12 what lies behind it is untouched");
	is_int(shmat(id, place, SHM_REMAP | SHM_RDONLY), place,
		"S12 SHM_REMAP over an attach of itself");
	is_int(nattch(id), 2, "S12 the replaced attach is not counted any more");
	must(shmdt(place));

	fails(shmat(id, (void *)0xd0000000, 0), ENOMEM, "S12 past the user limit");
	fails(shmat(id, (void *)0xd0000000, SHM_REMAP), ENOMEM,
		"S12 past the user limit, SHM_REMAP");
	fails(shmat(id, (void *)-lba, 0), lba < 2 * PAGE ? EINVAL : ENOMEM, "S12 wrapping");
	fails(shmat(id, (void *)0xd0000001, 0), EINVAL, "S13 alignment before range");
	fails(shmat(id + 1, (void *)0xd0000000, 0), EINVAL, "S13 id before range");
	is_int(nattch(id), 1, "S12 refused attaches are not counted");

	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
