/*
 * What one user cannot do to another's segments: read them, guess an id, keep an old one, remove or
 * change what is not its own; and what the creator always can.
 */
#define _GNU_SOURCE
#include "_tap.h"
#include <sys/resource.h>

#define ALICE 1001
#define BOB   1002

/* Runs the statements as this user for good. */
#define as_user(user, ...) in_child(must(setgid(user)); must(setuid(user)); __VA_ARGS__)
/* A child's exit status: 0 if the call answers -1 with that errno. */
#define fails_with(call, error) exit(!((long)(call) == -1 && errno == (error)))

static int *shared;

/* A segment of ALICE's with that mode and a secret in it. */
static int
segment_of_alice(unsigned mode)
{
	key_t key = unused_key();
	must(as_user(ALICE, shared[0] = must(shmget(key, PAGE, IPC_CREAT | mode));
		     shared[1] = key));
	char *p = must(shmat(shared[0], 0, 0));
	strcpy(p, "secret");
	must(shmdt(p));
	return shared[0];
}

static void
private_of_alice(void)
{
	int id = segment_of_alice(0600);
	struct shmid_ds ds = {0};
	is_int(as_user(BOB, fails_with(shmat(id, 0, 0), EACCES)), 0,
		"S14 S30 nobody else attaches");
	is_int(as_user(BOB, fails_with(shmat(id, 0, SHM_RDONLY), EACCES)), 0,
		"S14 S30 nor to read");
	is_int(as_user(BOB, fails_with(shmget(shared[1], 0, 0400), EACCES)), 0,
		"S09 S30 nor gets it by its key to read");
	is_int(as_user(BOB, exit(shmget(shared[1], 0, 0) != id)), 0,
		"S09 S30 the id alone is no secret");
	is_int(as_user(BOB, fails_with(shmctl(id, IPC_STAT, &ds), EACCES)), 0,
		"S26 nor looks at it");
	is_int(as_user(BOB, fails_with(shmctl(id, IPC_SET, &ds), EPERM)), 0,
		"S26 nor takes it over");
	is_int(as_user(BOB, fails_with(shmctl(id, IPC_RMID, 0), EPERM)), 0, "S24 nor removes it");
	is_int(as_user(BOB, fails_with(shmctl(id, SHM_LOCK, 0), EPERM)), 0, "S27 nor locks it");
	is_int(as_user(BOB, fails_with(shmget(shared[1], PAGE + 1, 0600), EINVAL)), 0,
		"S09 a size that is too large is EINVAL, before EACCES");
	is_int(as_user(BOB, fails_with(shmat(id, (void *)unknown(1), 0), EINVAL)), 0,
		"S13 an address that cannot be is EINVAL, before EACCES");
	is_int(as_user(ALICE, exit(strcmp(must(shmat(id, 0, 0)), "secret"))), 0,
		"S30 its owner reads it");
	is_int(as_user(ALICE, exit(shmctl(id, IPC_RMID, 0))), 0, "S24 and removes it");
	is_int(as_user(ALICE, fails_with(shmat(id, 0, 0), EINVAL)), 0,
		"S31 then its id is nobody's");
}

/* All ids of the machine are tried: none of them lets BOB in. */
static void
guessed(void)
{
	int id = segment_of_alice(0600);
	is_int(as_user(BOB, int in = 0; for (int slot = 0; slot < 4096; slot++)
		for (int seq = -2; seq <= 2; seq++) in +=
		shmat(((id & ~0x7fff) + seq * 0x8000) | slot, 0, SHM_RDONLY) != (void *)-1;
		       exit(in)),
		0, "S30 guessing ids opens no segment of another user");
	must(shmctl(id, IPC_RMID, 0));
	int next = segment_of_alice(0666);
	is_int(as_user(BOB, fails_with(shmat(id, 0, 0), EINVAL)), 0,
		"S31 the old id is not the new segment's, which is open to all");
	is_int(as_user(BOB, exit(strcmp(must(shmat(next, 0, 0)), "secret"))), 0,
		"S30 that one everybody may read");
	must(shmctl(next, IPC_RMID, 0));
}

/* Giving away, and taking back. */
static void
owners(void)
{
	int id = segment_of_alice(0);
	struct shmid_ds ds = {.shm_perm = {.uid = BOB, .gid = BOB, .mode = 07777}};
	is_int(as_user(ALICE, fails_with(shmat(id, 0, SHM_RDONLY), EACCES)), 0,
		"S30 mode 0 keeps the owner out too");
	is_int(as_user(ALICE, exit(shmctl(id, IPC_SET, &ds))), 0, "S26 the owner gives it away");
	is_int(segment_state(id).shm_perm.mode, 0777, "S26 nine bits of the mode are taken");
	is_int(segment_state(id).shm_perm.cuid, ALICE, "S26 the creator stays");
	ds.shm_perm.mode = 0;
	is_int(as_user(BOB, exit(shmctl(id, IPC_SET, &ds))), 0, "S26 the new owner may set it");
	is_int(as_user(ALICE, exit(shmctl(id, IPC_RMID, 0))), 0,
		"S24 S30 the creator may remove it still, even with mode 0");
	id = segment_of_alice(0);
	is_int(as_user(ALICE, exit(shmctl(id, IPC_RMID, 0))), 0,
		"S24 S30 a segment of mode 0 too");
	ds.shm_perm.uid = -1u;
	id = segment_of_alice(0600);
	is_int(as_user(ALICE, fails_with(shmctl(id, IPC_SET, &ds), EINVAL)), 0,
		"S26 -1 is nobody: IPC_SET to it is EINVAL");
	is_int(as_user(ALICE, ds.shm_perm.uid = BOB; ds.shm_perm.gid = -1u;
		       fails_with(shmctl(id, IPC_SET, &ds), EINVAL)),
		0, "S26 for the group too");
	must(shmctl(id, IPC_RMID, 0));
}

/* The effective ids act, whatever the real and saved ones are. */
static void
which_id(void)
{
	int id = segment_of_alice(0600);
	is_int(in_child(must(setresuid(ALICE, BOB, ALICE)); fails_with(shmat(id, 0, 0), EACCES)), 0,
		"S30 the real and the saved id do not count");
	is_int(in_child(must(setresuid(BOB, ALICE, BOB)); exit(shmat(id, 0, 0) == (void *)-1)), 0,
		"S30 the effective one does");
	is_int(in_child(must(setresuid(0, BOB, 0)); fails_with(shmctl(id, IPC_RMID, 0), EPERM)), 0,
		"S30 nor is who could be root again root now");
	is_int(in_child(char *p = must(shmat(id, 0, 0)); must(setuid(BOB));
		       exit(strcmp(p, "secret"))),
		0, "S30 what is attached stays so when the ids change");
	is_int(in_child(must(setresgid(7, 8, 9)); must(setresuid(4, 5, 6));
		       int mine = must(shmget(IPC_PRIVATE, 1, 0600)); struct shmid_ds ds;
		       must(shmctl(mine, IPC_STAT, &ds)); must(shmctl(mine, IPC_RMID, 0));
		       exit(ds.shm_perm.uid != 5 || ds.shm_perm.cuid != 5 ||
			       ds.shm_perm.gid != 8 || ds.shm_perm.cgid != 8)),
		0, "S30 a new segment is the effective user's and group's");
	must(shmctl(id, IPC_RMID, 0));
}

int
main(void)
{
	shared = shared_pages(1);
	private_of_alice();
	guessed();
	owners();
	which_id();
	return done();
}
