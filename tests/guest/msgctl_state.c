/* What msgctl tells of a queue and of all, what IPC_SET changes, and msgctl's errors. */
#include "_msg.h"

/* The call itself: a libc may look into the buffer. */
#define msgctl(id, cmd, buf) syscall(SYS_msgctl, id, (cmd) | IPC_CONTROL, buf)

static void
counts_and_times(void)
{
	time_t begin = time(0);
	key_t key = unused_queue_key();
	int id = must(msgget(key, IPC_CREAT | 0642));
	struct msqid_ds ds = queue_state(id);
	is_int(ds.msg_perm.__key, key, "E02 a new queue: its key");
	is_int(ds.msg_perm.mode, 0642, "E02 a new queue: its mode");
	ok(ds.msg_perm.uid == 0 && ds.msg_perm.gid == 0 && ds.msg_perm.cuid == 0 &&
			ds.msg_perm.cgid == 0,
		"E02 a new queue: its owner and creator");
	is_int(ds.msg_perm.__seq, id >> 15, "E02 a new queue: its sequence number is in its id");
	ok(ds.msg_qnum == 0 && ds.__msg_cbytes == 0, "E02 a new queue: empty");
	is_int(ds.msg_qbytes, 16384, "E02 a new queue: room");
	ok(ds.msg_lspid == 0 && ds.msg_lrpid == 0, "E02 a new queue: nobody used it");
	ok(ds.msg_stime == 0 && ds.msg_rtime == 0, "E02 a new queue: never");
	ok(ds.msg_ctime >= begin && ds.msg_ctime <= time(0) + 1, "E02 a new queue: ctime");
	ok(ds.msg_stime_high == 0 && ds.msg_ctime_high == 0, "E02 the high halves of times");

	pid_t child = spawn(must(send(id, 1, "abc", 0)); must(send(id, 1, "defghi", 0)));
	reap(child);
	ds = queue_state(id);
	ok(ds.msg_qnum == 2 && ds.__msg_cbytes == 11, "E02 two sent: 11 bytes");
	ok(ds.msg_stime >= begin && ds.msg_rtime == 0, "E02 two sent: stime");
	ok(ds.msg_lspid == child && ds.msg_lrpid == 0, "E02 two sent: by the child");
	must(receive(id, 0, 0));
	ds = queue_state(id);
	ok(ds.msg_qnum == 1 && ds.__msg_cbytes == 7, "E02 one received: 7 bytes are left");
	ok(ds.msg_rtime >= begin && ds.msg_lrpid == getpid(), "E02 one received: rtime, by me");
	is_int(ds.msg_lspid, child, "E02 one received: the sender stays");
	must(msgctl(id, IPC_RMID, 0));
}

static void
set(void)
{
	int id = must(msgget(unused_queue_key(), IPC_CREAT | 0600));
	struct msqid_ds before = queue_state(id), ds = before;
	usleep(1100000); /* ctime counts seconds */
	ds.msg_perm.uid = 1234;
	ds.msg_perm.gid = 4321;
	ds.msg_perm.mode = 07640;
	ds.msg_perm.cuid = ds.msg_perm.cgid = 99;
	ds.msg_qbytes = 100;
	ds.msg_qnum = ds.__msg_cbytes = 7;
	ds.msg_lspid = ds.msg_lrpid = 8;
	ds.msg_stime = ds.msg_rtime = ds.msg_ctime = 5;
	is_int(msgctl(id, IPC_SET, &ds), 0, "E02 IPC_SET answers 0");
	struct msqid_ds after = queue_state(id);
	ok(after.msg_perm.uid == 1234 && after.msg_perm.gid == 4321, "E02 IPC_SET: the owner");
	is_int(after.msg_perm.mode, 0640, "E02 IPC_SET: nine bits of the mode");
	is_int(after.msg_qbytes, 100, "E02 IPC_SET: the room");
	ok(after.msg_ctime > before.msg_ctime, "E02 IPC_SET: ctime moves");
	ok(after.msg_perm.cuid == 0 && after.msg_perm.cgid == 0, "E02 the creator stays");
	ok(after.msg_qnum == 0 && after.__msg_cbytes == 0 && after.msg_lspid == 0 &&
			after.msg_lrpid == 0 && after.msg_stime == 0 && after.msg_rtime == 0,
		"E02 counts, pids and times stay");
	is_int(after.msg_perm.__key, before.msg_perm.__key, "E02 the key stays");
	ds.msg_qbytes = 1000000;
	is_int(msgctl(id, IPC_SET, &ds), 0, "E02 root may set more room than msgmnb");
	is_int(queue_state(id).msg_qbytes, 1000000, "E02 and gets it");
	ds.msg_qbytes = 0;
	is_int(msgctl(id, IPC_SET, &ds), 0, "E02 no room at all");
	fails(send(id, 1, "", IPC_NOWAIT), EAGAIN, "E02 then nothing can be sent");
	ds.msg_perm.uid = -1;
	fails(msgctl(id, IPC_SET, &ds), EINVAL, "E02 IPC_SET: nobody has uid -1");
	must(msgctl(id, IPC_RMID, 0));
}

static void
all_queues(void)
{
	struct msginfo info, other;
	struct msqid_ds ds;
	is_int(msgctl(0, IPC_INFO, &info), 0, "E02 IPC_INFO: no queue, 0");
	ok(info.msgmax == 8192 && info.msgmnb == 16384 && info.msgmni == 32000,
		"E02 IPC_INFO: msgmax, msgmnb, msgmni");
	ok(info.msgpool == 512000 && info.msgmap == 16384 && info.msgtql == 16384 &&
			info.msgssz == 16 && info.msgseg == 0xffff,
		"E02 IPC_INFO: what does not exist");
	int first = new_queue(), second = new_queue();
	if ((first & 0x7fff) > (second & 0x7fff)) { /* slots go round, and did between the two */
		must(msgctl(first, IPC_RMID, 0));
		first = second;
		second = new_queue();
	}
	int highest = second & 0x7fff;
	must(send(first, 1, "abc", 0));
	must(send(second, 1, "defgh", 0));
	must(send(second, 1, "", 0));
	is_int(msgctl(0, IPC_INFO, &other), highest, "E02 IPC_INFO: the highest used index");
	is_int(msgctl(4711, MSG_INFO, &other), highest, "E02 MSG_INFO: the same");
	is_int(other.msgpool, 2, "E02 MSG_INFO: queues");
	is_int(other.msgmap, 3, "E02 MSG_INFO: messages");
	is_int(other.msgtql, 11, "E02 MSG_INFO: bytes");
	ok(other.msgmax == 8192 && other.msgseg == 0xffff, "E02 MSG_INFO: limits");
	is_int(msgctl(second & 0x7fff, MSG_STAT, &ds), second, "E02 MSG_STAT answers the id");
	is_int(ds.msg_qnum, 2, "E02 MSG_STAT tells of it");
	is_int(msgctl(first & 0x7fff, MSG_STAT_ANY, &ds), first, "E02 MSG_STAT_ANY too");
	is_int(ds.__msg_cbytes, 4, "E02 MSG_STAT_ANY tells of it");
	fails(msgctl(highest + 1, MSG_STAT, &ds), EINVAL, "E02 MSG_STAT: a hole");
	fails(msgctl(highest + 1, MSG_STAT_ANY, &ds), EINVAL, "E02 MSG_STAT_ANY: a hole");
	must(msgctl(first, IPC_RMID, 0));
	must(msgctl(second, IPC_RMID, 0));
	is_int(msgctl(0, MSG_INFO, &other), 0, "E02 MSG_INFO: none left");
	ok(other.msgpool == 0 && other.msgmap == 0 && other.msgtql == 0, "E02 MSG_INFO: nothing");
}

static void
errors(void)
{
	struct msqid_ds ds;
	int id = new_queue();
	void *nowhere = private_pages(1, PROT_NONE);
	fails(msgctl(-1, IPC_STAT, &ds), EINVAL, "E02 negative id: IPC_STAT");
	fails(msgctl(-1, MSG_INFO, &ds), EINVAL, "E02 negative id: MSG_INFO");
	fails(msgctl(-1, IPC_RMID, 0), EINVAL, "E02 negative id: IPC_RMID");
	fails(msgctl(id + 1, IPC_STAT, nowhere), EINVAL, "E02 no such id: IPC_STAT");
	fails(msgctl(id + 1, IPC_RMID, 0), EINVAL, "E02 no such id: IPC_RMID");
	fails(msgctl(id + 1, IPC_SET, nowhere), EFAULT, "E02 the buffer before the id: IPC_SET");
	memset(&ds, 0, sizeof(ds));
	fails(msgctl(id + 1, IPC_SET, &ds), EINVAL, "E02 no such id: IPC_SET");
	fails(msgctl(id, 4711, &ds), EINVAL, "E02 unknown command");
	fails(msgctl(id, -1, &ds), EINVAL, "E02 command -1");
	fails(msgctl(id, 10, &ds), EINVAL, "E02 command 10");
	fails(msgctl(id, IPC_STAT, nowhere), EFAULT, "E02 V08 IPC_STAT into nowhere");
	fails(msgctl(id, IPC_INFO, nowhere), EFAULT, "E02 V08 IPC_INFO into nowhere");
	fails(msgctl(id, MSG_INFO, nowhere), EFAULT, "E02 V08 MSG_INFO into nowhere");
	fails(msgctl(id & 0x7fff, MSG_STAT, nowhere), EFAULT, "E02 V08 MSG_STAT into nowhere");
	is_int(msgctl(id, IPC_RMID, nowhere), 0, "E02 IPC_RMID looks at no buffer");
	fails(msgctl(id, IPC_RMID, 0), EINVAL, "E02 gone");
}

int
main(void)
{
	all_queues();
	counts_and_times();
	set();
	errors();
	return done();
}
