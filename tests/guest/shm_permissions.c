/*
 * Who may do what with a segment: every digit of a mode alone, and every digit taken out of 0777,
 * by every relation that a user can have to it. The rule: the owner's bits if the effective user is
 * owner or creator, else the group's if a group is, else the others'; root passes.
 */
#define _GNU_SOURCE
#include "_tap.h"
#include <grp.h>

#define MODES (2 * 3 * 8)

enum { CREATOR = 11, OWNER = 12, STRANGER = 13, CREATORS = 21, OWNERS = 22, STRANGERS = 23 };

/* shift: which of the mode's three digits counts. */
static const struct relation {
	const char *name;
	unsigned uid, gid, extra_gid, shift;
	int owns;
} relations[] = {
	{"the owner", OWNER, STRANGERS, STRANGERS, 6, 1},
	{"the creator", CREATOR, STRANGERS, STRANGERS, 6, 1},
	{"the owner, who is in the group too", OWNER, OWNERS, CREATORS, 6, 1},
	{"the owner's group", STRANGER, OWNERS, STRANGERS, 3, 0},
	{"the creator's group", STRANGER, CREATORS, STRANGERS, 3, 0},
	{"the owner's group, by a supplementary group", STRANGER, STRANGERS, OWNERS, 3, 0},
	{"the creator's group, by a supplementary group", STRANGER, STRANGERS, CREATORS, 3, 0},
	{"somebody else", STRANGER, STRANGERS, STRANGERS, 0, 0},
	{"root", 0, STRANGERS, STRANGERS, 0, 1},
};

static unsigned modes[MODES];
static int ids[MODES];
static key_t keys[MODES];

/* A segment of each mode, made by CREATOR and given to OWNER by root. */
static void
make_segments(void)
{
	int *made = shared_pages(1);
	for (int i = 0; i < MODES; i++) {
		unsigned digit = i / 2 % 8 << i / 16 * 3;
		modes[i] = i % 2 ? 0777 ^ digit : digit;
		keys[i] = unused_key();
	}
	pid_t maker = spawn(must(setgid(CREATORS)); must(setuid(CREATOR));
			    for (int i = 0; i < MODES; i++) made[i] =
				    must(shmget(keys[i], 100, IPC_CREAT | IPC_EXCL | modes[i])));
	if (reap(maker) != 0)
		exit(98);
	for (int i = 0; i < MODES; i++) {
		struct shmid_ds ds = segment_state(ids[i] = made[i]);
		ds.shm_perm.uid = OWNER;
		ds.shm_perm.gid = OWNERS;
		must(shmctl(ids[i], IPC_SET, &ds));
	}
	munmap(made, PAGE);
}

static void
become(const struct relation *relation)
{
	must(setgroups(1, &relation->extra_gid));
	must(setgid(relation->gid));
	must(setuid(relation->uid));
}

/* Whether the mode grants what is wanted, 4 read, 2 write, 1 execute. */
static int
grants(const struct relation *relation, int i, unsigned wanted)
{
	return !relation->uid || ((modes[i] >> relation->shift) & wanted) == wanted;
}

/* The answer is right: a success if it is granted, else -1 and EACCES. */
static int
as_granted(long answer, int granted)
{
	return granted ? answer != -1 : answer == -1 && errno == EACCES;
}

static int
try_get(const struct relation *relation, int i)
{
	int wrong = 0;
	for (unsigned wanted = 0; wanted < 8; wanted++)
		for (unsigned shift = 0; shift <= 6; shift += 3)
			wrong += !as_granted(shmget(keys[i], 0, wanted << shift),
				grants(relation, i, wanted));
	return wrong;
}

static int
try_attach(const struct relation *relation, int i)
{
	static const struct {
		int flags;
		unsigned wanted;
	} ways[] = {{0, 6}, {SHM_RDONLY, 4}, {SHM_EXEC, 7}, {SHM_RDONLY | SHM_EXEC, 5}};
	int wrong = 0;
	for (int way = 0; way < 4; way++) {
		void *p = shmat(ids[i], 0, ways[way].flags);
		wrong += !as_granted((long)p, grants(relation, i, ways[way].wanted));
		if (p != (void *)-1)
			shmdt(p);
	}
	return wrong;
}

static int
try_stat(const struct relation *relation, int i)
{
	struct shmid_ds ds;
	int granted = grants(relation, i, 4);
	int wrong = !as_granted(shmctl(ids[i], IPC_STAT, &ds), granted);
	wrong += !as_granted(shmctl(ids[i] & 0x7fff, SHM_STAT, &ds), granted);
	if (!granted)
		wrong += shmctl(ids[i], IPC_STAT, (void *)unknown(8)) != -1 || errno != EACCES;
	return wrong + (shmctl(ids[i] & 0x7fff, SHM_STAT_ANY, &ds) != ids[i]);
}

/* Owning is not a matter of the mode. */
static int
try_set(const struct relation *relation, int i)
{
	struct shmid_ds ds = {.shm_perm = {.uid = OWNER, .gid = OWNERS, .mode = modes[i]}};
	int answer = shmctl(ids[i], IPC_SET, &ds);
	return relation->owns ? answer != 0 : answer != -1 || errno != EPERM;
}

static int
try_remove(const struct relation *relation, int i)
{
	return !relation->owns && (shmctl(ids[i], IPC_RMID, NULL) != -1 || errno != EPERM);
}

static void
try_all(const char *what, int (*try)(const struct relation *, int i))
{
	for (size_t n = 0; n < sizeof(relations) / sizeof(*relations); n++) {
		const struct relation *relation = &relations[n];
		int *wrong = shared_pages(1);
		reap(spawn(become(relation); wrong[1] = 1;
			   for (int i = 0; i < MODES; i++) {
				   int more = try(relation, i);
				   if (more && !*wrong)
					   note("first at mode %o", modes[i]);
				   *wrong += more;
			   }));
		ok(wrong[1] && !wrong[0], "S30 %s, by %s", what, relation->name);
		munmap(wrong, PAGE);
	}
}

int
main(void)
{
	make_segments();
	try_all("S09 shmget whatever the mode", try_get);
	try_all("S13 S14 shmat whatever the mode", try_attach);
	try_all("S26 S28 IPC_STAT, SHM_STAT and SHM_STAT_ANY whatever the mode", try_stat);
	try_all("S26 IPC_SET whatever the mode", try_set);
	try_all("S24 IPC_RMID whatever the mode", try_remove);
	int left = 0;
	for (int i = 0; i < MODES; i++)
		left += shmctl(ids[i], IPC_RMID, NULL) == 0;
	is_int(left, MODES, "S24 root removes them all");
	return done();
}
