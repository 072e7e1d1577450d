/* ARM's one msgctl: with IPC_64 in the command it knows the new structure, without it the old. */
#include "_msg.h"

#define IPC_64 0x100

struct old_ds {
	int key;
	unsigned short uid, gid, cuid, cgid, mode, seq;
	void *first, *last;
	int stime, rtime, ctime;
	unsigned lcbytes, lqbytes;
	unsigned short cbytes, qnum, qbytes, lspid, lrpid;
};

int
main(void)
{
	struct {
		struct old_ds ds;
		unsigned behind;
	} old = {.behind = 0xeeeeeeee};
	struct msqid_ds new;
	key_t key = unused_queue_key();
	int id = must(msgget(key, IPC_CREAT | 0604));
	must(send(id, 1, "abc", 0));

	is_int(syscall(SYS_msgctl, id, IPC_STAT, &old), 0, "E02 IPC_STAT without IPC_64");
	is_int(sizeof(old.ds), 56, "E02 is 56 bytes");
	is_int(old.behind, 0xeeeeeeee, "E02 and no more");
	ok(old.ds.key == key && old.ds.mode == 0604, "E02 key, mode");
	ok(old.ds.cbytes == 4 && old.ds.lcbytes == 4 && old.ds.qnum == 1, "E02 counts");
	ok(old.ds.lspid == (unsigned short)getpid() && old.ds.lrpid == 0, "E02 pids");
	old.ds.mode = 0640;
	old.ds.uid = 5;
	old.ds.qbytes = 0;
	old.ds.lqbytes = 70000;
	is_int(syscall(SYS_msgctl, id, IPC_SET, &old), 0, "E02 IPC_SET without IPC_64");
	is_int(syscall(SYS_msgctl, id, IPC_STAT | IPC_64, &new), 0, "E02 IPC_STAT with it");
	ok(new.msg_perm.uid == 5 && new.msg_perm.mode == 0640, "E02 shows what was set");
	is_int(new.msg_qbytes, 70000, "E02 the room too");
	is_int(syscall(SYS_msgctl, id & 0x7fff, MSG_STAT, &old), id, "E02 MSG_STAT without it");
	is_int(syscall(SYS_msgctl, id, IPC_RMID, 0), 0, "E02 IPC_RMID needs none");
	return done();
}
