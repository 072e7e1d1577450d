/* SHM_LOCK and SHM_UNLOCK: who may, how much, and that nothing is brought in. */
#include "_tap.h"
#include <sys/resource.h>

static long
locked(int id)
{
	return segment_state(id).shm_perm.mode & SHM_LOCKED;
}

static void
limit_to(unsigned long bytes)
{
	must(setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){bytes, bytes}));
}

static unsigned long
pages_present(void)
{
	struct shm_info info;
	must(shmctl(0, SHM_INFO, (struct shmid_ds *)&info));
	return info.shm_rss;
}

#define errno_of(call) ((call) == -1 ? errno : 0)
/* The errno of the call, made by a user with that limit. */
#define as_user(user, bytes, call) \
	in_child(limit_to(bytes); must(setuid(user)); _exit(errno_of(call)))

static int
give(int id, int user)
{
	struct shmid_ds ds = segment_state(id);
	ds.shm_perm.uid = user;
	must(shmctl(id, IPC_SET, &ds));
	return id;
}

int
main(void)
{
	int id = new_segment(10 * PAGE), gone = new_segment(1);
	must(shmctl(gone, IPC_RMID, 0));
	char *p = must(shmat(id, 0, 0));
	poke(p, 1);
	unsigned long present = pages_present();

	is_int(locked(id), 0, "S27 not locked at first");
	is_int(shmctl(id, SHM_LOCK, 0), 0, "S27 SHM_LOCK");
	is_int(locked(id), SHM_LOCKED, "S27 shows in the mode");
	is_int(segment_state(id).shm_perm.mode & 0777, 0600, "S27 beside the permissions");
	is_int(pages_present(), present, "S27 brings nothing in");
	is_int(shmctl(id, SHM_LOCK, 0), 0, "S27 a second time");
	poke(p + PAGE, 2);
	is_int(pages_present(), present + 1, "S27 pages come when they are touched");
	is_int(peek(p) * 10 + peek(p + PAGE), 12, "S27 and have their data");
	struct shmid_ds ds = segment_state(id);
	ds.shm_perm.mode = 0640;
	must(shmctl(id, IPC_SET, &ds));
	is_int(segment_state(id).shm_perm.mode, 02640, "S26 S27 IPC_SET keeps the mark");
	is_int(shmctl(id, SHM_UNLOCK, 0), 0, "S27 SHM_UNLOCK");
	is_int(locked(id), 0, "S27 clears it");
	is_int(shmctl(id, SHM_UNLOCK, 0), 0, "S27 a second time");
	fails(shmctl(gone, SHM_LOCK, 0), EINVAL, "S27 a stale id: SHM_LOCK");
	fails(shmctl(gone, SHM_UNLOCK, 0), EINVAL, "S27 a stale id: SHM_UNLOCK");
	is_int(in_child(limit_to(0); _exit(errno_of(shmctl(id, SHM_LOCK, 0)))), 0,
		"S27 root passes a limit of 0");
	is_int(locked(id), SHM_LOCKED, "S27 the lock outlives who locked");
	must(shmctl(id, SHM_UNLOCK, 0));

	is_int(as_user(1000, 100 * PAGE, shmctl(id, SHM_LOCK, 0)), EPERM,
		"S27 a stranger: SHM_LOCK");
	is_int(as_user(1000, 100 * PAGE, shmctl(id, SHM_UNLOCK, 0)), EPERM,
		"S27 a stranger: SHM_UNLOCK");
	give(id, 1000);
	is_int(as_user(1000, 0, shmctl(id, SHM_LOCK, 0)), EPERM, "S27 the owner, a limit of 0");
	is_int(as_user(1000, 0, shmctl(id, SHM_UNLOCK, 0)), 0, "S27 SHM_UNLOCK needs no limit");
	is_int(as_user(1000, 10 * PAGE - 1, shmctl(id, SHM_LOCK, 0)), ENOMEM,
		"S27 one byte less than needed");
	is_int(as_user(1000, 1, shmctl(id, SHM_LOCK, 0)), ENOMEM, "S27 a limit of 1 byte");
	is_int(locked(id), 0, "S27 not locked");
	is_int(as_user(1000, 10 * PAGE, shmctl(id, SHM_LOCK, 0)), 0, "S27 just enough");
	is_int(locked(id), SHM_LOCKED, "S27 locked");
	is_int(as_user(1000, 1, shmctl(id, SHM_LOCK, 0)), 0, "S27 again is no more");

	int second = give(new_segment(1), 1000), third = give(new_segment(3 * PAGE), 1001);
	is_int(as_user(1000, 10 * PAGE, shmctl(second, SHM_LOCK, 0)), ENOMEM,
		"S27 all of a user's locks count together");
	is_int(as_user(1000, 11 * PAGE, shmctl(second, SHM_LOCK, 0)), 0,
		"S27 a byte is a page");
	is_int(as_user(1001, 3 * PAGE, shmctl(third, SHM_LOCK, 0)), 0,
		"S27 another user's count apart");
	must(shmctl(id, SHM_UNLOCK, 0));
	must(shmctl(second, SHM_UNLOCK, 0));
	is_int(as_user(1000, 1 * PAGE, shmctl(second, SHM_LOCK, 0)), 0,
		"S27 root's SHM_UNLOCK gives the user's part back");
	must(shmctl(second, IPC_RMID, 0));
	is_int(as_user(1000, 10 * PAGE, shmctl(id, SHM_LOCK, 0)), 0, "S27 so does removal");
	must(shmctl(id, SHM_UNLOCK, 0));
	must(shmctl(id, SHM_LOCK, 0));
	second = give(new_segment(2 * PAGE), 1000);
	is_int(as_user(1000, 2 * PAGE, shmctl(second, SHM_LOCK, 0)), 0,
		"S27 what root has locked counts for root");
	must(shmctl(id, IPC_RMID, 0));
	is_int(locked(id), SHM_LOCKED, "S24 S27 marked, and still locked");
	must(shmdt(p));
	must(shmctl(second, IPC_RMID, 0));
	must(shmctl(third, IPC_RMID, 0));
	return done();
}
