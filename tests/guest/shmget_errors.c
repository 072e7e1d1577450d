/* Every way in which shmget refuses, and the order in which it looks. */
#include "_tap.h"

static size_t
largest_size(void)
{
	struct shminfo limits;
	must(shmctl(0, IPC_INFO, (struct shmid_ds *)&limits));
	return limits.shmmax;
}

int
main(void)
{
	key_t key = unused_key();
	size_t too_large = largest_size() + 1;

	fails(shmget(key, PAGE, 0), ENOENT, "S06 absent key without IPC_CREAT");
	fails(shmget(key, PAGE, IPC_EXCL | 0600), ENOENT, "S06 absent key, IPC_EXCL alone");
	fails(shmget(key, 0, 0), ENOENT, "S06 absent key comes before size 0");
	fails(shmget(key, 0, IPC_CREAT | 0600), EINVAL, "S06 new segment of size 0");
	fails(shmget(IPC_PRIVATE, 0, 0600), EINVAL, "S06 new private segment of size 0");
	if (too_large != 0)
		fails(shmget(key, too_large, IPC_CREAT | 0600), EINVAL, "S06 larger than shmmax");
	fails(shmget(key, -1, IPC_CREAT | 0600), EINVAL, "S06 the largest size there is");
	fails(shmget(key, -PAGE, IPC_CREAT | 0600), EINVAL, "S06 a size that wraps when rounded");
	fails(shmget(key, PAGE, 0), ENOENT, "S06 a refused key is still absent");

	int id = works(
		shmget(key, 2 * PAGE - 10, IPC_CREAT | 0600), "S06 absent key with IPC_CREAT");
	is_int(shmget(key, 2 * PAGE - 10, 0), id, "S07 existing key, the same size");
	is_int(shmget(key, 0, 0), id, "S07 existing key, size 0");
	is_int(shmget(key, 1, 0), id, "S07 existing key, smaller size");
	is_int(shmget(key, 1, IPC_CREAT | 0600), id, "S07 IPC_CREAT on an existing key");
	is_int(shmget(key, 1, IPC_EXCL), id, "S07 IPC_EXCL alone is ignored");
	is_int(shmget(key, 1, IPC_CREAT | 0777), id, "S07 S30 root is granted any mode");

	fails(shmget(key, 1, IPC_CREAT | IPC_EXCL | 0600), EEXIST, "S07 IPC_CREAT with IPC_EXCL");
	fails(shmget(key, 0, IPC_CREAT | IPC_EXCL), EEXIST, "S07 EEXIST whatever the size: 0");
	fails(shmget(key, 3 * PAGE, IPC_CREAT | IPC_EXCL), EEXIST,
		"S07 EEXIST whatever the size: larger");
	fails(shmget(key, 2 * PAGE - 9, 0), EINVAL, "S07 one byte larger than asked for then");
	fails(shmget(key, 2 * PAGE, IPC_CREAT | 0600), EINVAL,
		"S07 larger, though in its last page");
	fails(shmget(key, -1, 0), EINVAL, "S07 the largest size there is");
	is_int(segment_state(id).shm_segsz, 2 * PAGE - 10, "S07 refused calls changed no size");

	must(shmctl(id, IPC_RMID, 0));
	fails(shmget(key, 0, 0), ENOENT, "S24 the key is absent again");

	int a = works(shmget(IPC_PRIVATE, 1, 0), "S05 IPC_PRIVATE needs no IPC_CREAT");
	int b = works(shmget(IPC_PRIVATE, 1, IPC_EXCL), "S05 IPC_PRIVATE with IPC_EXCL");
	int c = works(shmget(IPC_PRIVATE, 1, IPC_CREAT | IPC_EXCL), "S05 IPC_PRIVATE with both");
	ok(a != b && b != c && a != c, "S05 IPC_PRIVATE always makes a new segment");
	must(shmctl(a, IPC_RMID, 0));
	must(shmctl(b, IPC_RMID, 0));
	must(shmctl(c, IPC_RMID, 0));
	return done();
}
