/* shmid64_ds word by word, as the direct call writes it, whatever a libc makes of it. */
#include "_tap.h"

enum {
	KEY,
	UID,
	GID,
	CUID,
	CGID,
	MODE,
	SEQ,
	UNUSED1,
	UNUSED2,
	SEGSZ,
	ATIME,
	ATIME_HIGH,
	DTIME,
	DTIME_HIGH,
	CTIME,
	CTIME_HIGH,
	CPID,
	LPID,
	NATTCH,
	UNUSED4,
	UNUSED5,
	BEHIND,
	WORDS
};

int
main(void)
{
	unsigned word[WORDS];
	key_t key = unused_key();
	int id = must(shmget(key, 4097, IPC_CREAT | 0604));
	must(syscall(SYS_shmctl, id, IPC_SET | IPC_CONTROL,
		(struct shmid_ds *)&(unsigned[WORDS]){[UID] = 111, [GID] = 222, [MODE] = 0604}));
	char *p = must(shmat(id, 0, 0)), *q = must(shmat(id, 0, 0));
	must(shmdt(q));

	memset(word, 0xee, sizeof(word));
	must(syscall(SYS_shmctl, id, IPC_STAT | IPC_CONTROL, word));
	is_int(word[KEY], key, "S02 word 0: key");
	is_int(word[UID], 111, "S02 word 1: uid");
	is_int(word[GID], 222, "S02 word 2: gid");
	is_int(word[CUID], 0, "S02 word 3: cuid");
	is_int(word[CGID], 0, "S02 word 4: cgid");
	is_int(word[MODE], 0604, "S02 word 5: mode");
	is_int(word[SEQ] & 0xffff, id / 32768, "S02 S03 word 6: seq, the id's upper part");
	is_int(word[SEGSZ], 4097, "S02 word 9: segsz");
	ok(word[ATIME] > 1000000000 && word[DTIME] >= word[ATIME],
		"S02 words 10 and 12: atime, dtime");
	ok(word[CTIME] > 1000000000, "S02 word 14: ctime");
	ok(word[ATIME_HIGH] == 0 && word[DTIME_HIGH] == 0 && word[CTIME_HIGH] == 0,
		"S02 words 11, 13, 15: the high halves are 0");
	is_int(word[CPID], getpid(), "S02 word 16: cpid");
	is_int(word[LPID], getpid(), "S02 word 17: lpid");
	is_int(word[NATTCH], 1, "S02 word 18: nattch");
	is_int(word[BEHIND], 0xeeeeeeee, "S02 84 bytes and no more");
	must(shmdt(p));
	must(shmctl(id, IPC_RMID, 0));
	return done();
}
