/*
 * ipc_explain: each check that refuses a call of shm, sem or msg says what it compared. On a kernel
 * that does not say so it answers as strerror does.
 */
#define _GNU_SOURCE
#include "_tap.h"
#include <grp.h>
#include <sys/msg.h>
#include <sys/sem.h>

#define HEAD "G06 "

static int told; /* this kernel tells */

/* The call fails, and the words are those of the format. */
#define explains(call, ...) \
	({ \
		char words_[192]; \
		snprintf(words_, sizeof(words_), __VA_ARGS__); \
		long got_ = (long)(call); \
		check(got_ == -1, words_, #call); \
	})

static void
check(int failed, const char *words, const char *call)
{
	const char *got = ipc_explain();
	char name[100];
	snprintf(name, sizeof(name), "%s", call);
	if (!told) {
		ok(failed && strcmp(got, strerror(errno)) == 0, HEAD "%s", name);
		return;
	}
	if (!ok(failed && strcmp(got, words) == 0, HEAD "%s", name))
		note("says: %s; wanted: %s", got, words);
}

static void
of_get(void)
{
	key_t key = unused_key();
	int id = must(shmget(key, 4096, IPC_CREAT | 0600));
	unsigned long max = 0;
	sscanf(file_text("/proc/sys/kernel/shmmax"), "%lu", &max);
	explains(shmget(key, 8192, 0), "EINVAL: key 0x%x exists with 4096 bytes, 8192 asked", key);
	explains(shmget(key, 1, IPC_CREAT | IPC_EXCL),
		"EEXIST: the segment %d has the key 0x%x, and IPC_EXCL is given", id, key);
	must(shmctl(id, IPC_RMID, 0));
	explains(shmget(key, 0, 0),
		"ENOENT: no segment has the key 0x%x, and IPC_CREAT is not given", key);
	explains(shmget(key, 0, IPC_CREAT), "EINVAL: 0 bytes asked, from 1 to %lu may be (shmmax)",
		max);
	explains(semget(key, 0, IPC_CREAT),
		"EINVAL: no semaphores asked, a new set has at least 1");
	explains(semget(key, -1, IPC_CREAT),
		"EINVAL: -1 semaphores asked, a set has at most 32000 (sem)");
	explains(msgget(key, 0),
		"ENOENT: no message queue has the key 0x%x, and IPC_CREAT is not given", key);
}

static void
of_ids(void)
{
	int id = new_segment(1);
	must(shmctl(id, IPC_RMID, 0));
	explains(shmat(id, 0, 0), "EINVAL: the segment %d has been removed", id);
	explains(shmat(-7, 0, 0), "EINVAL: there is no segment with the id -7");
	explains(shmctl(-7, IPC_STAT, 0), "EINVAL: the id -7 is negative: no segment has it");
	explains(semctl(0x7fffffff, 0, GETVAL),
		"EINVAL: there is no semaphore set with the id 2147483647");
	explains(msgctl(0x7fffffff, IPC_RMID, 0),
		"EINVAL: there is no message queue with the id 2147483647");
	id = new_segment(1);
	explains(shmctl(id, 99, 0), "EINVAL: 99 is no command for a segment");
	must(shmctl(id, IPC_RMID, 0));
}

static void
of_attach(void)
{
	int id = new_segment(4096);
	char *at = must(shmat(id, 0, 0));
	explains(shmat(id, at, 0),
		"EINVAL: something lies at 0x%lx and the next 4096 bytes, "
		 "and SHM_REMAP is not given",
		(long)at);
	explains(shmat(id, at + 1, 0),
		"EINVAL: 0x%lx is no multiple of %d (SHMLBA), and SHM_RND is not given",
		(long)at + 1, (int)SHMLBA);
	explains(shmat(id, 0, SHM_REMAP), "EINVAL: SHM_REMAP is given, and no address");
	explains(shmdt(at + 1), "EINVAL: 0x%lx is no multiple of a page", (long)at + 1);
	must(shmdt(at));
	explains(shmdt(at), "EINVAL: no attach begins at 0x%lx", (long)at);
	must(shmctl(id, IPC_RMID, 0));
}

/* In a child: as the user 1000. */
static void
of_users(int id)
{
	struct shmid_ds ds;
	must(setgroups(0, NULL));
	must(setgid(1000));
	must(setuid(1000));
	explains(shmat(id, 0, SHM_RDONLY),
		"EACCES: user 1000 asks for 444; the object is user 0's, of mode 600");
	explains(shmctl(id, IPC_RMID, 0),
		"EPERM: user 1000 is neither the owner, 0, nor the creator, 0");
	explains(shmctl(id, IPC_STAT, &ds),
		"EACCES: user 1000 asks for 444; the object is user 0's, of mode 600");
	exit(tap_count);
}

static void
of_semaphores(void)
{
	int id = must(semget(IPC_PRIVATE, 2, 0600));
	struct sembuf take = {.sem_num = 1, .sem_op = -3, .sem_flg = IPC_NOWAIT};
	struct sembuf past = {.sem_num = 2}, much = {.sem_num = 0, .sem_op = 32767};
	struct timespec never = {.tv_nsec = -1}, soon = {.tv_nsec = 1000000};
	must(semctl(id, 1, SETVAL, 2));
	explains(semop(id, &take, 1),
		"EAGAIN: semaphore 1 is 2, the operation -3 would have to wait");
	take.sem_flg = 0;
	explains(semtimedop(id, &take, 1, &soon),
		"EAGAIN: semaphore 1 is 2, the operation -3 would have to wait");
	explains(semtimedop(id, &take, 1, &never), "EINVAL: the timeout is no time");
	explains(semop(id, &past, 1), "EFBIG: semaphore 2, the set has 0 to 1");
	explains(semop(id, &past, 0), "EINVAL: no operation is asked for");
	explains(semop(id, &past, 501), "E2BIG: 501 operations in one call, 500 may be (sem)");
	must(semop(id, &much, 1));
	explains(semop(id, &much, 1),
		"ERANGE: semaphore 0 is 32767, by 32767 it, or its undo, would pass 32767");
	explains(semctl(id, 2, GETVAL), "EINVAL: semaphore 2, the set has 0 to 1");
	explains(semctl(id, 0, SETVAL, -1), "ERANGE: semaphore 0 to be -1, 0 to 32767 may be");
	pid_t remover = spawn(usleep(50000); must(semctl(id, 0, IPC_RMID)));
	explains(semop(id, &take, 1), "EIDRM: the set was removed while the caller slept");
	reap(remover);
}

static void
of_messages(void)
{
	struct {
		long type;
		char text[9000];
	} message = {.type = 5};
	int id = must(msgget(IPC_PRIVATE, 0600));
	must(msgsnd(id, &message, 8000, 0));
	must(msgsnd(id, &message, 8000, 0));
	explains(msgsnd(id, &message, 800, IPC_NOWAIT),
		"EAGAIN: 800 bytes more than 16000: the queue takes 16384 (msg_qbytes)");
	explains(msgsnd(id, &message, 9000, 0),
		"EINVAL: 9000 bytes, a message has at most 8192 (msgmax)");
	explains(msgrcv(id, &message, 10, 5, 0),
		"E2BIG: the message has 8000 bytes, and there is room for 10");
	explains(msgrcv(id, &message, 10, 6, IPC_NOWAIT),
		"ENOMSG: none of the 2 messages has such a type");
	explains(msgrcv(id, &message, 10, 0, MSG_COPY),
		"EINVAL: MSG_COPY needs IPC_NOWAIT, and no MSG_EXCEPT");
	message.type = 0;
	explains(msgsnd(id, &message, 1, 0), "EINVAL: the type is 0, a message has one above 0");
	pid_t remover = spawn(usleep(50000); must(msgctl(id, IPC_RMID, 0)));
	explains(msgrcv(id, &message, 10, 6, 0),
		"EIDRM: the queue was removed while the caller slept");
	reap(remover);
}

int
main(void)
{
	told = access("/proc/self/ipc_error", F_OK) == 0;
	of_get();
	of_ids();
	of_attach();
	int id = new_segment(1);
	tap_count = in_child(of_users(id));
	must(shmctl(id, IPC_RMID, 0));
	of_semaphores();
	of_messages();

	errno = ENOSYS;
	ok(strcmp(ipc_explain(), strerror(ENOSYS)) == 0,
		HEAD "another error is told by its own words");
	is_int(errno, ENOSYS, HEAD "errno stays as it is");
	is_int(in_child(exit(*file_text("/proc/self/ipc_error") != 0)), 0,
		HEAD "a child has been refused nothing yet");
	return done();
}
