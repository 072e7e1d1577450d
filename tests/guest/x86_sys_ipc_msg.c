/* ipc(2) 11 to 14 do what the direct calls of message queues do, and know the old structure. */
#include "_msg.h"

enum { MSGSND = 11, MSGRCV, MSGGET, MSGCTL };
#define IPC_64 0x100

/* What msgctl answered before 32-bit user ids. */
struct old_msqid_ds {
	int key;
	unsigned short uid, gid, cuid, cgid, mode, seq;
	void *first, *last;
	int stime, rtime, ctime;
	unsigned lcbytes, lqbytes;
	unsigned short cbytes, qnum, qbytes, lspid, lrpid;
	unsigned short behind; /* padding: is written */
	int far_behind;	       /* ours: must stay as it is */
};

static long
ipc(unsigned call, long first, unsigned long second, unsigned long third, void *pointer, long fifth)
{
	return syscall(SYS_ipc, call, first, second, third, pointer, fifth);
}

static void
transfer(int id)
{
	struct letter letter = {.type = 3, .text = "abc"};
	struct { void *message; long type; } kludge = {&got, 3};
	is_int(ipc(MSGSND, id, 4, 0, &letter, 0), 0, "E02 ipc 11 sends");
	letter.type = 4;
	is_int(ipc(MSGSND, id, 4, IPC_NOWAIT, &letter, 0), 0, "E02 ipc 11 sends again");
	fails(ipc(MSGSND, id, -1, 0, &letter, 0), EINVAL, "E02 ipc 11: size -1");
	fails(ipc(MSGSND, id, 4, 0, 0, 0), EFAULT, "E02 V08 ipc 11: null");
	is_int(queue_state(id).msg_qnum, 2, "E02 two are there");

	fails(ipc(MSGRCV, id, 10, IPC_NOWAIT, 0, 3), EINVAL, "E02 ipc 12: null");
	fails(ipc(MSGRCV, id, 10, IPC_NOWAIT, (void *)8, 3), EFAULT, "E02 V08 ipc 12: not there");
	is_int(ipc(MSGRCV, id, 10, 0, &kludge, 4), 4, "E02 ipc 12: the type is behind the pointer");
	is_int(got.type, 3, "E02 ipc 12: it is that one");
	kludge.type = 5;
	fails(ipc(MSGRCV, id, 10, IPC_NOWAIT, &kludge, 0), ENOMSG,
		"E02 ipc 12: flags are the third");
	fails(ipc(0x10000 | MSGRCV, id, 10, IPC_NOWAIT, &got, 5), ENOMSG,
		"E02 ipc 12, version 1: the type is the fifth");
	is_int(ipc(0x10000 | MSGRCV, id, 10, 0, &got, 4), 4, "E02 ipc 12, version 1: gets it");
	is_int(got.type, 4, "E02 ipc 12, version 1: it is that one");
	must(send(id, 6, "seven", 0));
	is_int(ipc(0x70000 | MSGRCV, id, 10, 0, &got, 6), 6, "E02 ipc 12, version 7: as version 1");
}

int
main(void)
{
	key_t key = unused_queue_key();
	fails(ipc(MSGGET, key, 0, 0, 0, 0), ENOENT, "E02 ipc 13: absent key");
	int id = works(ipc(MSGGET, key, IPC_CREAT | 0640, 0, 0, 0), "E02 ipc 13 makes a queue");
	is_int(syscall(SYS_msgget, key, 0), id, "E02 the direct msgget finds it");
	transfer(id);
	must(send(id, 1, "abcdefg", 0));

	struct msqid_ds ds;
	is_int(ipc(MSGCTL, id, IPC_STAT | IPC_64, 0, &ds, 0), 0, "E02 ipc 14 with IPC_64");
	is_int(ds.__msg_cbytes, 8, "E02 the structure of the direct call");
	struct old_msqid_ds old;
	memset(&old, 0xee, sizeof(old));
	is_int(ipc(MSGCTL, id, IPC_STAT, 0, &old, 0), 0, "E02 ipc 14 without IPC_64");
	ok(old.key == key && old.mode == 0640 && old.seq == id >> 15, "E02 old: key, mode, seq");
	ok(old.uid == 0 && old.gid == 0 && old.cuid == 0 && old.cgid == 0, "E02 old: owners");
	ok(old.first == 0 && old.last == 0, "E02 old: nothing of the kernel's");
	ok(old.cbytes == 8 && old.qnum == 1 && old.qbytes == 16384, "E02 old: counts");
	ok(old.lcbytes == 8 && old.lqbytes == 16384, "E02 old: counts of 32 bits");
	ok(old.lspid == getpid() && old.lrpid == getpid(), "E02 old: pids");
	ok(old.stime == ds.msg_stime && old.rtime == ds.msg_rtime && old.ctime == ds.msg_ctime,
		"E02 old: times");
	is_int(old.far_behind, (int)0xeeeeeeee, "E02 old: 56 bytes and no more");

	old.uid = 77;
	old.mode = 0606;
	old.qbytes = 0;
	old.lqbytes = 100000;
	is_int(ipc(MSGCTL, id, IPC_SET, 0, &old, 0), 0, "E02 IPC_SET by the old structure");
	ds = queue_state(id);
	ok(ds.msg_perm.uid == 77 && ds.msg_perm.mode == 0606, "E02 sets uid and mode");
	is_int(ds.msg_qbytes, 100000, "E02 sets the room of 32 bits, as that of 16 is 0");
	must(ipc(MSGCTL, id, IPC_STAT, 0, &old, 0));
	ok(old.qbytes == 0xffff && old.lqbytes == 100000, "E02 old: room that 16 bits do not hold");
	old.qbytes = 50;
	must(ipc(MSGCTL, id, IPC_SET, 0, &old, 0));
	is_int(queue_state(id).msg_qbytes, 50, "E02 sets the room of 16 bits, as it is not 0");

	struct msginfo info;
	is_int(ipc(MSGCTL, 0, IPC_INFO, 0, &info, 0), id & 0x7fff, "E02 IPC_INFO, old");
	is_int(info.msgmax, 8192, "E02 is the same");
	is_int(ipc(MSGCTL, id & 0x7fff, MSG_STAT, 0, &old, 0), id, "E02 MSG_STAT, old");
	fails(syscall(SYS_msgctl, id, IPC_STAT | IPC_64, &ds), EINVAL,
		"E02 direct msgctl: no IPC_64");
	is_int(ipc(MSGCTL, id, IPC_RMID | IPC_64, 0, 0, 0), 0, "E02 ipc 14 removes");
	fails(syscall(SYS_msgget, key, 0), ENOENT, "E02 the direct msgget finds it no more");
	return done();
}
