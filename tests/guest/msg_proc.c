/* /proc/sysvipc/msg: Linux's very format, agreeing with IPC_STAT. */
#include "_msg.h"

static const char header[] =
	"       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  "
	"cgid      stime      rtime      ctime\n";

/* The line of one queue, or "". */
static char *
line_of(int id)
{
	static char line[512];
	for (char *at = file_text("/proc/sysvipc/msg"); *at; at += strcspn(at, "\n") + 1) {
		snprintf(line, sizeof(line), "%.*s\n", (int)strcspn(at, "\n"), at);
		int its_id;
		if (sscanf(line, "%*d %d", &its_id) == 1 && its_id == id)
			return line;
	}
	return "";
}

static char *
line_wanted(int id)
{
	static char line[512];
	struct msqid_ds ds = queue_state(id);
	snprintf(line, sizeof(line),
		"%10d %10d  %4o  %10lu %10lu %5u %5u %5u %5u %5u %5u %10lu %10lu %10lu\n",
		(int)ds.msg_perm.__key, id, ds.msg_perm.mode, ds.__msg_cbytes, ds.msg_qnum,
		(unsigned)ds.msg_lspid, (unsigned)ds.msg_lrpid, ds.msg_perm.uid, ds.msg_perm.gid,
		ds.msg_perm.cuid, ds.msg_perm.cgid, (unsigned long)ds.msg_stime,
		(unsigned long)ds.msg_rtime, (unsigned long)ds.msg_ctime);
	return line;
}

int
main(void)
{
	is_text(file_text("/proc/sysvipc/msg"), header, "E02 no queue: the header alone");
	int id = must(msgget(unused_queue_key(), IPC_CREAT | 0642));
	is_text(line_of(id), line_wanted(id), "E02 a new queue");
	int negative = must(msgget(unused_queue_key() | 0x80000000, IPC_CREAT));
	is_text(line_of(negative), line_wanted(negative), "E02 one of mode 0, its key negative");
	must(send(id, 1, "abc", 0));
	must(send(id, 1, "defghi", 0));
	must(receive(id, 0, 0));
	is_text(line_of(id), line_wanted(id), "E02 after sending and receiving");
	must(msgctl(id, IPC_RMID, 0));
	is_text(line_of(id), "", "E02 removed: its line is gone");
	must(msgctl(negative, IPC_RMID, 0));
	is_text(file_text("/proc/sysvipc/msg"), header, "E02 none left");

	int ids[50], found = 0;
	for (int i = 0; i < 50; i++)
		ids[i] = new_queue();
	for (char *at = file_text("/proc/sysvipc/msg"); *at; at += strcspn(at, "\n") + 1)
		found++;
	is_int(found, 51, "E02 fifty queues, fifty lines");
	for (int i = 0; i < 50; i++)
		must(msgctl(ids[i], IPC_RMID, 0));
	return done();
}
