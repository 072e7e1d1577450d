/* The limits in /proc/sys/kernel: what they say, what root may write, and what that changes. */
#include "_msg.h"

#define SETTING(name) "/proc/sys/kernel/" name

/* Bytes that one write(2) of the text takes, or minus the errno. */
static int
put_bytes(const char *path, const char *text, int size)
{
	int fd = open(path, O_WRONLY);
	if (fd < 0)
		return -errno;
	int n = write(fd, text, size);
	if (n < 0)
		n = -errno;
	close(fd);
	return n;
}

static int
put(const char *path, const char *text)
{
	return put_bytes(path, text, strlen(text));
}

static void
defaults(void)
{
	is_text(file_text(SETTING("shmmax")), "4278190079\n", "S02 shmmax");
	is_text(file_text(SETTING("shmall")), "4278190079\n", "S02 shmall");
	is_text(file_text(SETTING("shmmni")), "4096\n", "S02 shmmni");
	is_text(file_text(SETTING("shm_rmid_forced")), "0\n", "S02 shm_rmid_forced");
	is_text(file_text(SETTING("shm_next_id")), "-1\n", "S02 shm_next_id");
	is_text(file_text(SETTING("msgmax")), "8192\n", "E02 msgmax");
	is_text(file_text(SETTING("msgmnb")), "16384\n", "E02 msgmnb");
	is_text(file_text(SETTING("msgmni")), "32000\n", "E02 msgmni");
	is_text(file_text(SETTING("msg_next_id")), "-1\n", "E02 msg_next_id");
	is_text(file_text(SETTING("sem")), "32000\t1024000000\t500\t32000\n", "E01 sem");
	is_text(file_text(SETTING("sem_next_id")), "-1\n", "E01 sem_next_id");
}

/* What is taken for a number, and what is not. */
static void
parsing(void)
{
	const char *path = SETTING("msgmnb");
	is_int(put(path, "5000\n"), 5, "E02 a number");
	is_text(file_text(path), "5000\n", "E02 is set");
	is_int(put(path, "  \t\n 6000"), 9, "E02 white space before it, nothing behind it");
	is_text(file_text(path), "6000\n", "E02 is set");
	is_int(put(path, "0x100\n"), 6, "E02 hexadecimal");
	is_text(file_text(path), "256\n", "E02 is set");
	is_int(put(path, "0100 "), 5, "E02 octal");
	is_text(file_text(path), "64\n", "E02 is set");
	is_int(put(path, "70 80"), 3, "E02 a second number is not taken");
	is_text(file_text(path), "70\n", "E02 the first is set");
	is_int(put(path, "0"), 1, "E02 the least");
	is_int(put(path, "2147483647"), 10, "E02 the most");
	is_text(file_text(path), "2147483647\n", "E02 is set");
	is_int(put(path, "2147483648"), -EINVAL, "E02 one more");
	is_int(put(path, "-1"), -EINVAL, "E02 one less");
	is_int(put(path, "-2147483648"), -EINVAL, "E02 far less");
	is_int(put(path, "4294967297"), -EINVAL, "E02 more than 32 bits");
	is_int(put(path, "99999999999999999999"), -EINVAL, "E02 twenty digits");
	is_int(put(path, "000000000000000000001"), -EINVAL, "E02 twenty-one digits");
	is_int(put(path, "00000000000000000001"), 20, "E02 twenty digits, most of them 0");
	is_int(put(path, "12x"), -EINVAL, "E02 no number");
	is_int(put(path, "x"), -EINVAL, "E02 none at all");
	is_int(put(path, "- 1"), -EINVAL, "E02 a sign by itself");
	is_int(put(path, "+1"), -EINVAL, "E02 the wrong sign");
	is_int(put(path, "-0"), 2, "E02 minus nothing");
	is_text(file_text(path), "0\n", "E02 is nothing");
	is_int(put(path, " \n"), -EINVAL, "E02 white space alone");
	is_int(put_bytes(path, "", 0), 0, "E02 nothing");
	is_int(put_bytes(path, "7\0" "8", 3), -EINVAL, "E02 a NUL is no white space");
	is_int(put_bytes(path, "9\v", 2), -EINVAL, "E02 nor is a vertical tab");
	is_int(put(path, "16384"), 5, "E02 as it was");

	int fd = must(open(path, O_RDWR));
	is_int(write(fd, "100", 3), 3, "E02 written in two pieces: the first");
	is_int(write(fd, "23", 2), 2, "E02 written in two pieces: the second");
	is_text(file_text(path), "100\n", "E02 only the first counts");
	is_int(lseek(fd, 0, SEEK_SET), 0, "E02 from the start");
	is_int(write(fd, "16384", 5), 5, "E02 it counts again");
	fails(write(fd, (void *)-4096, 5), EFAULT, "E02 V08 nothing to read");
	close(fd);
	is_text(file_text(path), "16384\n", "E02 as it was");
	is_int(open(SETTING("nothing"), O_WRONLY), -1, "E02 what is not there cannot be written");
	is_int(open(SETTING("nothing"), O_WRONLY | O_CREAT, 0600), -1, "E02 nor made");
}

static void
ranges(void)
{
	is_int(put(SETTING("shmmni"), "32768"), 5, "S05 shmmni: the most");
	is_int(put(SETTING("shmmni"), "32769"), -EINVAL, "S05 shmmni: one more");
	is_int(put(SETTING("shmmni"), "-1"), -EINVAL, "S05 shmmni: one less");
	is_int(put(SETTING("shmmni"), "4096\n"), 5, "S05 shmmni: as it was");
	is_int(put(SETTING("msgmni"), "32769"), -EINVAL, "E02 msgmni: one too many");
	is_int(put(SETTING("shm_rmid_forced"), "2"), -EINVAL, "S02 shm_rmid_forced is 0 or 1");
	is_int(put(SETTING("msg_next_id"), "-1"), -EINVAL, "E02 msg_next_id is not below 0");
	is_int(put(SETTING("shmmax"), "4294967295"), 10, "S05 shmmax: all bits");
	is_text(file_text(SETTING("shmmax")), "4294967295\n", "S05 shmmax: is set");
	is_int(put(SETTING("shmmax"), "4294967296"), -EINVAL, "S05 shmmax: one bit more");
	is_int(put(SETTING("shmmax"), "-1"), -EINVAL, "S05 shmmax: no sign");
	is_int(put(SETTING("shmmax"), "4278190079"), 10, "S05 shmmax: as it was");

	is_int(put(SETTING("sem"), "250"), 3, "E01 sem: the first alone");
	is_text(file_text(SETTING("sem")), "250\t1024000000\t500\t32000\n", "E01 sem: it is set");
	is_int(put(SETTING("sem"), "251 32000 32\n"), 13, "E01 sem: the first three");
	is_text(file_text(SETTING("sem")), "251\t32000\t32\t32000\n", "E01 sem: they are set");
	is_int(put(SETTING("sem"), "252 9 x 7"), -EINVAL, "E01 sem: the third is wrong");
	is_text(file_text(SETTING("sem")), "252\t9\t32\t32000\n", "E01 sem: the first two are set");
	is_int(put(SETTING("sem"), "1 2 3 32769"), -ERANGE, "E01 sem: too many sets");
	is_text(file_text(SETTING("sem")), "1\t2\t3\t32000\n", "E01 sem: the first three are set");
	is_int(put(SETTING("sem"), "32000 1024000000 500 32000 9"), 27, "E01 sem: a fifth");
	is_text(file_text(SETTING("sem")), "32000\t1024000000\t500\t32000\n", "E01 sem: as it was");
}

static void
effects(void)
{
	struct msginfo info;
	struct shmid_ds all;
	must(put(SETTING("msgmax"), "5"));
	must(put(SETTING("msgmnb"), "12"));
	must(put(SETTING("msgmni"), "2"));
	must(msgctl(0, IPC_INFO, (void *)&info));
	ok(info.msgmax == 5 && info.msgmnb == 12 && info.msgmni == 2, "E02 IPC_INFO knows");
	int id = new_queue(), other = new_queue();
	fails(msgget(IPC_PRIVATE, 0600), ENOSPC, "E02 msgmni: ENOSPC");
	is_int(queue_state(id).msg_qbytes, 12, "E02 msgmnb: the room of a new queue");
	is_int(send(id, 1, "1234", 0), 0, "E02 msgmax: five bytes");
	fails(send(id, 1, "12345", 0), EINVAL, "E02 msgmax: six bytes");
	must(put(SETTING("msgmni"), "1"));
	is_int(queue_state(other).msg_qnum, 0, "E02 msgmni below what there is: it stays");
	must(msgctl(other, IPC_RMID, 0));
	fails(msgget(IPC_PRIVATE, 0600), ENOSPC, "E02 msgmni: still as many as allowed");
	must(msgctl(id, IPC_RMID, 0));
	must(put(SETTING("msgmni"), "0"));
	fails(msgget(IPC_PRIVATE, 0600), ENOSPC, "E02 msgmni: none");
	must(put(SETTING("msgmax"), "8192"));
	must(put(SETTING("msgmnb"), "16384"));
	must(put(SETTING("msgmni"), "32000"));

	must(put(SETTING("msg_next_id"), "262151")); /* 8 * 32768 + 7 */
	id = new_queue();
	is_int(id, 262151, "E02 msg_next_id: the id that was asked for");
	is_text(file_text(SETTING("msg_next_id")), "-1\n", "E02 msg_next_id: once");
	other = new_queue();
	ok(other != id, "E02 msg_next_id: the next is another");
	must(put(SETTING("msg_next_id"), "262151"));
	int third = new_queue();
	ok(third >> 15 == 8 && (third & 0x7fff) > 7, "E02 msg_next_id: taken, so one behind it");
	must(msgctl(third, IPC_RMID, 0));
	must(msgctl(other, IPC_RMID, 0));
	must(msgctl(id, IPC_RMID, 0));

	must(put(SETTING("shmmax"), "8192"));
	fails(shmget(IPC_PRIVATE, 8193, IPC_CREAT), EINVAL, "S05 shmmax: EINVAL");
	must(put(SETTING("shmmax"), "4278190079"));
	must(put(SETTING("shmall"), "2"));
	fails(shmget(IPC_PRIVATE, 8193, IPC_CREAT), ENOSPC, "S05 shmall: ENOSPC");
	must(put(SETTING("shmall"), "4278190079"));
	must(put(SETTING("shmmni"), "0"));
	fails(shmget(IPC_PRIVATE, 1, IPC_CREAT), ENOSPC, "S05 shmmni: ENOSPC");
	must(put(SETTING("shmmni"), "4096"));
	must(put(SETTING("shm_next_id"), "65541"));
	id = new_segment(1);
	is_int(id, 65541, "S03 shm_next_id: the id that was asked for");
	must(shmctl(id, IPC_RMID, 0));
	fails(shmctl(id, IPC_STAT, &all), EINVAL, "S03 it is gone");
}

/* Raised, a limit lets more in than there was room for at first. */
static void
many_segments(void)
{
	static int ids[5000];
	int made = 0, found = 0;
	must(put(SETTING("shmmni"), "5000"));
	while (made < 5000 && (ids[made] = shmget(IPC_PRIVATE, 1, IPC_CREAT)) != -1)
		made++;
	is_int(made, 5000, "S04 shmmni: 5000 segments");
	fails(shmget(IPC_PRIVATE, 1, IPC_CREAT), ENOSPC, "S04 shmmni: no more");
	for (int i = 0; i < 5000; i++)
		found += shmctl(ids[i], IPC_RMID, 0) == 0;
	is_int(found, 5000, "S04 shmmni: all of them are found");
	must(put(SETTING("shmmni"), "4096"));
}

int
main(void)
{
	counter("frames_free");
	long objects = counter("objects");
	defaults();
	parsing();
	ranges();
	effects();
	many_segments();
	defaults();
	counts(counter("objects"), objects, "S04 E02 nothing is left");
	return done();
}
