/* The log: calls and answers in words that are the same on two kernels that do the same. */
#include "names.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	[GET_SHM] = "shmget",	    [GET_SEM] = "semget",      [GET_MSG] = "msgget",
	[CONTROL_SHM] = "shmctl",   [CONTROL_SEM] = "semctl",  [CONTROL_MSG] = "msgctl",
	[ATTACH] = "shmat",	    [DETACH] = "shmdt",	       [LOAD] = "load",
	[STORE] = "store",	    [PROTECT] = "mprotect",    [UNMAP] = "munmap",
	[OPERATE] = "semop",	    [SEND] = "msgsnd",	       [RECEIVE] = "msgrcv",
	[BECOME] = "become",	    [FORK] = "fork",	       [EXIT] = "exit",
};

static const char *
worker_name(int worker)
{
	static char name[16];

	if (worker < 0)
		return "end";
	snprintf(name, sizeof(name), "w%d", worker);
	return name;
}

static void
log_get(enum kind kind, const struct call *call)
{
	const char *what = kind == SHM ? "bytes, " : kind == SEM ? "semaphores, " : "";

	if (call->first == IPC_PRIVATE)
		printf("IPC_PRIVATE, ");
	else
		printf("key %ld, ", call->first - KEY_BASE);
	if (kind != MSG)
		printf("%ld %s", call->second, what);
	printf("%#lo", call->third);
}

static void
log_control(enum kind kind, const struct call *call)
{
	printf("%s, %ld", object_name(kind, call->first), call->second);
	if (kind == SEM || call->second == IPC_SET)
		printf(", %ld, %ld, %#lo", call->third, call->fourth, call->fifth);
}

static void
log_operations(const struct call *call)
{
	printf("%s", object_name(SEM, call->first));
	for (long i = 0; i < call->second; i++) {
		const struct sembuf *o = &call->operations[i];
		printf(", %u%+d%s%s", o->sem_num, o->sem_op, o->sem_flg & IPC_NOWAIT ? "n" : "",
			o->sem_flg & SEM_UNDO ? "u" : "");
	}
	if (call->third)
		printf(", in no time");
}

void
log_call(int worker, const struct call *c)
{
	printf("%s %s(", worker_name(worker), names[c->request]);
	switch (c->request) {
	case GET_SHM:
	case GET_SEM:
	case GET_MSG:
		log_get((enum kind)(c->request - GET_SHM), c);
		break;
	case CONTROL_SHM:
	case CONTROL_SEM:
	case CONTROL_MSG:
		log_control((enum kind)(c->request - CONTROL_SHM), c);
		break;
	case ATTACH:
		printf("%s, %#lx, %#lo", object_name(SHM, c->first), c->second, c->third);
		break;
	case DETACH:
	case LOAD:
	case STORE:
		printf("%s, %ld", address_name(worker, c->first), c->second);
		break;
	case PROTECT:
	case UNMAP:
		printf("%s, %#lx, %ld", address_name(worker, c->first), c->second, c->third);
		break;
	case OPERATE:
		log_operations(c);
		break;
	case SEND:
		printf("%s, type %ld, %ld bytes, %#lo", object_name(MSG, c->first), c->second,
			c->third, c->fourth);
		break;
	case RECEIVE:
		printf("%s, %ld bytes, type %ld, %#lo", object_name(MSG, c->first), c->second,
			c->third, c->fourth);
		break;
	default:
		printf("%ld, %ld", c->first, c->second);
	}
	printf(")");
}

static void
log_permissions(const struct ipc_perm *perm)
{
	int key = perm->__key;

	printf(" key %d, owner %u.%u of %u.%u, mode %#o", key ? key - KEY_BASE : 0, perm->uid,
		perm->gid, perm->cuid, perm->cgid, perm->mode);
}

static void
log_shm(const struct answer *answer)
{
	const struct shmid_ds *ds = &answer->shm;

	log_permissions(&ds->shm_perm);
	printf(", %lu bytes, %lu attaches, by %s", (unsigned long)ds->shm_segsz,
		(unsigned long)ds->shm_nattch, process_name(ds->shm_cpid));
	printf(", last %s,%s%s%s", process_name(ds->shm_lpid), ds->shm_atime ? " a" : "",
		ds->shm_dtime ? " d" : "", ds->shm_ctime ? " c" : "");
}

/* Not sem_otime: Linux moves it at the end of a process whose semop with SEM_UNDO was refused. */
static void
log_sem(const struct answer *answer)
{
	const struct semid_ds *ds = &answer->sem;

	log_permissions(&ds->sem_perm);
	printf(", %lu semaphores", (unsigned long)ds->sem_nsems);
}

static void
log_msg(const struct answer *answer)
{
	const struct msqid_ds *ds = &answer->msg;

	log_permissions(&ds->msg_perm);
	printf(", %lu messages of %lu bytes, at most %lu,", (unsigned long)ds->msg_qnum,
		(unsigned long)ds->__msg_cbytes, (unsigned long)ds->msg_qbytes);
	printf(" last %s to", process_name(ds->msg_lspid));
	printf(" %s,%s%s", process_name(ds->msg_lrpid), ds->msg_stime ? " s" : "",
		ds->msg_rtime ? " r" : "");
}

static void
log_values(const struct answer *answer)
{
	for (int i = 0; i < SEMAPHORES_MAX; i++)
		printf(" %u", answer->values[i]);
}

static void
log_message(const struct answer *answer)
{
	unsigned sum = 0;

	for (long i = 0; i < answer->result; i++)
		sum = sum * 31 + answer->message.text[i];
	printf("%ld bytes, type %ld, sum %08x", answer->result, answer->message.type, sum);
}

/* What a successful call told beyond its result. */
static void
log_told(const struct call *call, const struct answer *answer)
{
	bool stat = call->second == IPC_STAT;

	switch (call->request) {
	case CONTROL_SHM:
		if (stat)
			log_shm(answer);
		break;
	case CONTROL_MSG:
		if (stat)
			log_msg(answer);
		break;
	case CONTROL_SEM:
		if (stat)
			log_sem(answer);
		else if (call->second == GETALL)
			log_values(answer);
		break;
	default:
		break;
	}
}

static void
log_result(int worker, const struct call *call, const struct answer *answer)
{
	switch (call->request) {
	case GET_SHM:
	case GET_SEM:
	case GET_MSG:
		printf("%s", object_name((enum kind)(call->request - GET_SHM), answer->result));
		break;
	case ATTACH:
		printf("%s", address_name(worker, answer->result));
		break;
	case RECEIVE:
		log_message(answer);
		break;
	case CONTROL_SEM:
		if (call->second == GETPID) {
			printf("%s", process_name(answer->result));
			break;
		} /* fall through */
	default:
		printf("%ld", answer->result);
	}
}

void
log_answer(int worker, const struct call *call, const struct answer *answer)
{
	if (answer->result == -1) {
		printf("%s\n", strerror(answer->error));
		return;
	}
	log_result(worker, call, answer);
	log_told(call, answer);
	printf("\n");
}
