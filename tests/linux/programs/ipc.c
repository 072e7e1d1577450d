/* System V IPC as courses write it: a pair on a segment, semaphores with SEM_UNDO, a queue. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

struct shared {
	int written_by_you;
	char some_text[2048];
};

static void
segment(void)
{
	key_t key = ftok("/bin", 'n');
	int id = shmget(key, sizeof(struct shared), 0666 | IPC_CREAT | IPC_EXCL);
	struct shared *shared = shmat(id, NULL, 0);
	struct shmid_ds ds;

	printf("again: %d %s\n", shmget(key, 1, IPC_CREAT | IPC_EXCL), strerror(errno));
	if (!fork()) {
		struct shared *other = shmat(shmget(key, 0, 0), NULL, 0);
		strcpy(other->some_text, "written by the other process");
		other->written_by_you = 1;
		_exit(0);
	}
	wait(NULL);
	printf("read: %d %s\n", shared->written_by_you, shared->some_text);
	printf("stat: %d %d", shmctl(id, IPC_STAT, &ds), (int)ds.shm_segsz);
	printf(" nattch %d mode %o mine %d\n", (int)ds.shm_nattch, ds.shm_perm.mode,
		ds.shm_cpid == getpid());
	printf("rmid: %d dt: %d", shmctl(id, IPC_RMID, NULL), shmdt(shared));
	printf(" gone: %d %s\n", shmctl(id, IPC_STAT, &ds), strerror(errno));
}

static int
change(int id, int number, int by, int flags)
{
	struct sembuf operation = {.sem_num = number, .sem_op = by, .sem_flg = flags};

	return semop(id, &operation, 1);
}

static void
semaphores(void)
{
	int id = semget(IPC_PRIVATE, 2, 0600), status;
	unsigned short values[2] = {1, 0};
	struct semid_ds ds;

	printf("setall: %d", semctl(id, 0, SETALL, (union semun){.array = values}));
	printf(" stat: %d", semctl(id, 0, IPC_STAT, (union semun){.buf = &ds}));
	printf(" nsems %d\n", (int)ds.sem_nsems);
	if (!fork()) {
		change(id, 0, -1, SEM_UNDO); /* takes it, and dies with it */
		change(id, 1, 1, 0);
		_exit(semctl(id, 0, GETVAL));
	}
	change(id, 1, -1, 0);
	wait(&status);
	printf("held %d, given back %d\n", WEXITSTATUS(status), semctl(id, 0, GETVAL));
	printf("not now: %d %s\n", change(id, 1, -1, IPC_NOWAIT), strerror(errno));
	if (!fork()) {
		int error = change(id, 1, -1, 0) ? errno : 0;
		_exit(error);
	}
	while (semctl(id, 1, GETNCNT) == 0)
		usleep(1000);
	printf("rmid: %d\n", semctl(id, 0, IPC_RMID));
	wait(&status);
	printf("the sleeper: %s\n", strerror(WEXITSTATUS(status)));
}

struct message {
	long type;
	char text[64];
};

static void
queue(void)
{
	int id = msgget(IPC_PRIVATE, 0600), status;
	struct message out = {.type = 2}, in = {0};
	struct msqid_ds ds;

	if (!fork()) {
		for (int i = 1; i <= 3; i++) {
			out.type = i;
			sprintf(out.text, "message %d", i);
			if (msgsnd(id, &out, strlen(out.text) + 1, 0))
				_exit(1);
		}
		_exit(0);
	}
	wait(&status);
	printf("sent: %d, stat %d", status, msgctl(id, IPC_STAT, &ds));
	printf(" %d messages %d bytes\n", (int)ds.msg_qnum, (int)ds.msg_cbytes);
	printf("type 2: %d %s\n", (int)msgrcv(id, &in, sizeof(in.text), 2, 0), in.text);
	printf("any: %d %s\n", (int)msgrcv(id, &in, sizeof(in.text), 0, 0), in.text);
	printf("up to 9: %d %s\n", (int)msgrcv(id, &in, sizeof(in.text), -9, 0), in.text);
	printf("none: %d %s\n", (int)msgrcv(id, &in, sizeof(in.text), 0, IPC_NOWAIT),
		strerror(errno));
	printf("rmid: %d\n", msgctl(id, IPC_RMID, NULL));
}

int
main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	segment();
	semaphores();
	queue();
	return 0;
}
