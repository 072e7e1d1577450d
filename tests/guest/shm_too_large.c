/* A segment larger than memory: refused, unless SHM_NORESERVE says that it will stay sparse. */
#include "_tap.h"

int
main(void)
{
	size_t size = 0x7f000000; /* 2032 MiB: no test machine has it */
	key_t key = unused_key();
	fails(shmget(key, size, IPC_CREAT | 0600), ENOMEM, "S08 larger than memory and swap");
	fails(shmget(key, 0, 0), ENOENT, "S06 nothing was made");
	struct shm_info info;
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	ok(info.used_ids == 0 && info.shm_tot == 0, "S06 nothing is counted");

	int id = works(
		shmget(key, size, IPC_CREAT | SHM_NORESERVE | 0600), "S08 S10 with SHM_NORESERVE");
	is_int(segment_state(id).shm_segsz, size, "S08 its size");
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	is_int(info.shm_tot, size / PAGE, "S28 its pages");
	must(shmctl(id, IPC_RMID, 0));

	id = must(shmget(key, 0x20000000, IPC_CREAT | SHM_NORESERVE | 0600));
	char *p = must(shmat(id, 0, 0));
	int wrong = 0;
	for (unsigned long i = 0; i < 0x20000000; i += 0x1000000) {
		wrong += peek(p + i) != 0;
		poke_word(p + i, i);
	}
	for (unsigned long i = 0; i < 0x20000000; i += 0x1000000)
		wrong += peek_word(p + i) != i;
	is_int(wrong, 0, "S08 S17 32 pages all over 512 MiB");
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	is_int(info.shm_rss, 32, "S17 take 32 frames");
	poke(p + 0x20000000 - 1, 1);
	is_int(peek(p + 0x20000000 - 1), 1, "S17 the very last byte");
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));

	return done();
}
