/* shmctl's errors, and which comes first. */
#include "_tap.h"

/* The call itself: a libc may look into the buffer. */
#define shmctl(id, cmd, buf) syscall(SYS_shmctl, id, (cmd) | IPC_CONTROL, buf)

int
main(void)
{
	struct shmid_ds ds;
	int id = new_segment(PAGE);
	void *nowhere = private_pages(1, PROT_NONE);

	fails(shmctl(-1, IPC_STAT, &ds), EINVAL, "S28 negative id: IPC_STAT");
	fails(shmctl(-1, IPC_SET, &ds), EINVAL, "S28 negative id: IPC_SET");
	fails(shmctl(-1, IPC_RMID, 0), EINVAL, "S28 negative id: IPC_RMID");
	fails(shmctl(-1, IPC_INFO, &ds), EINVAL, "S28 negative id: IPC_INFO");
	fails(shmctl(-1, SHM_INFO, &ds), EINVAL, "S28 negative id: SHM_INFO");
	fails(shmctl(-1, SHM_STAT, &ds), EINVAL, "S28 negative index: SHM_STAT");
	fails(shmctl(id + 1, IPC_STAT, &ds), EINVAL, "S28 no such id: IPC_STAT");
	fails(shmctl(id + 1, IPC_SET, &(struct shmid_ds){0}), EINVAL, "S28 no such id: IPC_SET");
	fails(shmctl(id + 1, IPC_RMID, 0), EINVAL, "S28 no such id: IPC_RMID");
	fails(shmctl(id, 4711, &ds), EINVAL, "S28 unknown command");
	fails(shmctl(id, -1, &ds), EINVAL, "S28 command -1");
	fails(shmctl(4095, SHM_STAT, &ds), EINVAL, "S28 SHM_STAT of a hole");
	fails(shmctl(32767, SHM_STAT, &ds), EINVAL, "S28 SHM_STAT past the last slot");
	fails(shmctl(4095, SHM_STAT_ANY, &ds), EINVAL, "S28 SHM_STAT_ANY of a hole");

	fails(shmctl(id, IPC_STAT, 0), EFAULT, "S26 V08 IPC_STAT into null");
	fails(shmctl(id, IPC_STAT, nowhere), EFAULT, "S26 V08 IPC_STAT into nowhere");
	fails(shmctl(id, IPC_SET, nowhere), EFAULT, "S26 V08 IPC_SET from nowhere");
	fails(shmctl(0, IPC_INFO, nowhere), EFAULT, "S28 V08 IPC_INFO into nowhere");
	fails(shmctl(0, SHM_INFO, nowhere), EFAULT, "S28 V08 SHM_INFO into nowhere");
	fails(shmctl(id & 0x7fff, SHM_STAT, nowhere), EFAULT, "S28 V08 SHM_STAT into nowhere");
	fails(shmctl(id + 1, IPC_STAT, nowhere), EINVAL, "S26 the id before the buffer: IPC_STAT");
	fails(shmctl(id + 1, IPC_SET, nowhere), EFAULT, "S26 the buffer before the id: IPC_SET");
	is_int(shmctl(id, IPC_RMID, nowhere), 0, "S24 IPC_RMID looks at no buffer");
	fails(shmctl(id, IPC_RMID, 0), EINVAL, "S24 gone");
	return done();
}
