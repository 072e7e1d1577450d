/* Ids are never reused soon: a stale id names nobody, and slots go round. */
#include "_tap.h"

#define SLOT(id) ((id) % 32768)

int
main(void)
{
	key_t key = unused_key();
	int first = must(shmget(key, 1, IPC_CREAT | 0600));
	must(shmctl(first, IPC_RMID, 0));
	int second = must(shmget(key, 1, IPC_CREAT | 0600));

	ok(second != first, "S03 the same key gets a new id");
	ok(SLOT(second) != SLOT(first), "S03 slots are handed out cyclically");
	fails(shmctl(first, IPC_STAT, &(struct shmid_ds){0}), EINVAL,
		"S03 stale id: shmctl IPC_STAT");
	fails(shmctl(first, IPC_RMID, 0), EINVAL, "S03 stale id: shmctl IPC_RMID");
	fails(shmat(first, 0, 0), EINVAL, "S03 stale id: shmat");
	fails(shmat(second + 32768, 0, 0), EINVAL, "S03 right slot, other seq");
	fails(shmat(-1, 0, 0), EINVAL, "S03 id -1");
	fails(shmat(0x7fffffff, 0, 0), EINVAL, "S03 the largest id");
	fails(shmat((int)0x80000000, 0, 0), EINVAL, "S03 the smallest id");
	fails(shmat(second ^ 0x4000, 0, 0), EINVAL, "S03 a slot beyond those in use");

	/* Every slot but one goes by; none of the ids may come twice. */
	int repeated = 0, previous = second;
	for (int i = 0; i < 300; i++) {
		int id = new_segment(1);
		repeated += id == first || id == second || id == previous;
		must(shmctl(id, IPC_RMID, 0));
		previous = id;
	}
	is_int(repeated, 0, "S03 three hundred new segments, no id twice in a row");
	is_int(shmget(key, 0, 0), second, "S03 the one that stayed kept its id");
	must(shmctl(second, IPC_RMID, 0));
	return done();
}
