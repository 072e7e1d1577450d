/*
 * Who may do what with a queue, and with the limits. (That modes are read rightly is shown with
 * segments, by shm_permissions: it is one piece of code.)
 */
#define _GNU_SOURCE
#include "_msg.h"
#include <grp.h>
#include <sys/stat.h>

enum { OWNER = 12, STRANGER = 13, GROUP = 21 };

/* Runs the statements as somebody else; his errno or 0. */
#define errno_of(user, group, call) \
	in_child(must(setgroups(0, 0)); must(setgid(group)); must(setuid(user)); errno = 0; \
		 (void)((call) == -1); _exit(errno))

static int
get(int id, unsigned flags)
{
	struct msqid_ds ds;
	if (msgctl(id & 0x7fff, MSG_STAT_ANY, &ds) == -1)
		return -1;
	return msgget(ds.msg_perm.__key, flags);
}

static int
set_room(int id, unsigned long room)
{
	struct msqid_ds ds;
	if (msgctl(id & 0x7fff, MSG_STAT_ANY, &ds) == -1)
		return -1;
	ds.msg_qbytes = room;
	return msgctl(id, IPC_SET, &ds);
}

static void
set_mode(int id, unsigned mode)
{
	struct msqid_ds ds = queue_state(id);
	ds.msg_perm.uid = OWNER;
	ds.msg_perm.gid = GROUP;
	ds.msg_perm.mode = mode;
	must(msgctl(id, IPC_SET, &ds));
}

static void
calls(int id)
{
	struct msqid_ds ds;
	set_mode(id, 0620);
	is_int(errno_of(OWNER, 1, send(id, 1, "a", 0)), 0, "E02 E03 S30 0620: the owner sends");
	is_int(errno_of(OWNER, 1, receive(id, 0, IPC_NOWAIT)), 0, "E02 E03 S30 0620: and receives");
	is_int(errno_of(STRANGER, GROUP, send(id, 1, "a", 0)), 0,
		"E02 E03 S30 0620: the group sends");
	is_int(errno_of(STRANGER, GROUP, receive(id, 0, IPC_NOWAIT)), EACCES,
		"E02 E03 S30 0620: and receives nothing");
	is_int(errno_of(STRANGER, GROUP, receive(id, 0, IPC_NOWAIT | MSG_COPY)), EACCES,
		"E02 E03 S30 0620: nor copies");
	is_int(errno_of(STRANGER, 1, send(id, 1, "a", 0)), EACCES,
		"E02 E03 S30 0620: others cannot send");
	is_int(errno_of(STRANGER, GROUP, get(id, 0200)), 0,
		"E02 E03 S30 0620: the group gets it to write");
	is_int(errno_of(STRANGER, GROUP, get(id, 0600)), EACCES, "E02 E03 S30 0620: not to read");
	is_int(errno_of(STRANGER, 1, get(id, 0)), 0, "E02 E03 S30 0620: others get it for nothing");
	is_int(errno_of(STRANGER, 1, get(id, IPC_CREAT | IPC_EXCL | 0600)), EEXIST,
		"E02 E03 S30 EEXIST before EACCES");
	is_int(errno_of(STRANGER, GROUP, msgctl(id, IPC_STAT, &ds)), EACCES,
		"E02 E03 S30 0620: the group learns nothing by IPC_STAT");
	is_int(errno_of(STRANGER, GROUP, msgctl(id & 0x7fff, MSG_STAT, &ds)), EACCES,
		"E02 E03 S30 0620: nor by MSG_STAT");
	is_int(errno_of(STRANGER, 1, msgctl(id & 0x7fff, MSG_STAT_ANY, &ds)), 0,
		"E02 E03 S30 0620: anybody does by MSG_STAT_ANY");
	is_int(errno_of(STRANGER, GROUP, set_room(id, 10)), EPERM,
		"E02 E03 S30 IPC_SET: not the group");
	is_int(errno_of(STRANGER, GROUP, msgctl(id, IPC_RMID, 0)), EPERM,
		"E02 E03 S30 IPC_RMID: not the group");
	set_mode(id, 0);
	is_int(errno_of(OWNER, 1, send(id, 1, "a", 0)), EACCES,
		"E02 E03 S30 0: the owner cannot send");
	is_int(send(id, 1, "a", 0), 0, "E02 E03 S30 0: root can");
	is_int(errno_of(OWNER, 1, set_room(id, 16384)), 0,
		"E02 the owner sets as much room as msgmnb");
	is_int(errno_of(OWNER, 1, set_room(id, 16385)), EPERM, "E02 but no more");
	is_int(queue_state(id).msg_qbytes, 16384, "E02 it is as it was");
}

/* The mode changes under somebody who sleeps. */
static void
sleepers(int id)
{
	set_mode(id, 0600);
	while (receive(id, 0, IPC_NOWAIT) >= 0)
		; /* what was left */
	must(set_room(id, 30));
	must(send(id, 9, "twenty bytes there..", 0));
	pid_t receiver = spawn(must(setuid(OWNER)); errno = 0; receive(id, 1, 0); _exit(errno));
	pid_t sender = spawn(must(setuid(OWNER)); errno = 0;
			     send(id, 2, "twenty bytes more...", 0); _exit(errno));
	falls_asleep(receiver);
	falls_asleep(sender);
	set_mode(id, 0200);
	is_int(reap(receiver), EACCES, "E02 read permission goes while a receiver sleeps: EACCES");
	is_int(queue_state(id).msg_qnum, 1, "E02 a sender sleeps on");
	set_mode(id, 0400);
	must(set_room(id, 100));
	is_int(reap(sender), EACCES, "E02 write permission goes and room comes: EACCES");
	is_int(queue_state(id).msg_qnum, 1, "E02 nothing was sent");
}

static void
limits(void)
{
	const char *path = "/proc/sys/kernel/msgmax";
	struct stat status;
	is_int(stat(path, &status), 0, "E02 a limit's file");
	is_int(status.st_mode, S_IFREG | 0644, "E02 root may write it");
	is_int(errno_of(STRANGER, 1, open(path, O_WRONLY)), EACCES, "E02 nobody else may");
	is_int(errno_of(STRANGER, 1, open(path, O_RDONLY)), 0, "E02 but read it");
	int fd = must(open(path, O_WRONLY));
	is_int(errno_of(STRANGER, 1, write(fd, "5", 1)), EPERM, "E02 nor by root's descriptor");
	is_text(file_text(path), "8192\n", "E02 it is as it was");
	close(fd);
}

int
main(void)
{
	int id = must(msgget(unused_queue_key(), IPC_CREAT | 0600));
	calls(id);
	sleepers(id);
	is_int(errno_of(OWNER, 1, msgctl(id, IPC_RMID, 0)), 0, "E02 E03 S30 the owner removes");
	limits();
	return done();
}
