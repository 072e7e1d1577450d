/* kernel/ipc/ipc.c: ids, keys, permissions, against an array. */
#include <abi/errno.h>
#include <ipc/ipc.h>
#include "mock.h"
#include "test.h"

#define SLOTS 128

static struct ipc_perm *objects[SLOTS]; /* by slot: the model */
static unsigned long used[BITMAP_WORDS(IPC_SLOTS_MAX)];
static unsigned short seq[IPC_SLOTS_MAX];
static struct ipc_ids ids = {.slots = SLOTS, .used = used, .seq = seq};
static unsigned last_slot = ~0u, count;
static unsigned short removals[SLOTS];

/* The slot that must be next: cyclically after the last one. */
static unsigned
next_slot(void)
{
	for (unsigned i = 1; i <= SLOTS; i++) {
		unsigned slot = (last_slot + i) % SLOTS;
		if (!objects[slot])
			return slot;
	}
	return SLOTS;
}

static void
add(void)
{
	struct ipc_perm *perm = calloc(1, sizeof(*perm));
	int key = pick(4) ? 1 + (int)pick(60) * 7919 : IPC_PRIVATE;
	unsigned slot = next_slot();

	if (key != IPC_PRIVATE && ipc_find(&ids, key))
		key = IPC_PRIVATE;
	int error = ipc_add(&ids, perm, key, 0640);
	check_equal(error, slot == SLOTS ? -ENOSPC : 0);
	if (error) {
		free(perm);
		return;
	}
	check_equal(perm->id, removals[slot] * 32768 + slot);
	check_equal(perm->mode, 0640);
	objects[slot] = perm;
	last_slot = slot;
	count++;
}

static void
check_model(void)
{
	unsigned highest = 0;

	for (unsigned slot = 0; slot < SLOTS; slot++) {
		if (!objects[slot])
			continue;
		highest = slot;
		if (objects[slot]->key != IPC_PRIVATE)
			check(ipc_find(&ids, objects[slot]->key) == objects[slot]);
	}
	check_equal(ipc_highest(&ids), highest);
	check_equal(ids.in_use, count);
}

static void
random_ids(void)
{
	for (int i = 0; i < 40000; i++) {
		unsigned slot = pick(SLOTS), what = pick(20);
		struct ipc_perm *perm = objects[slot];
		if (what < 10 || (what < 12 && i / 5000 % 2)) {
			add();
		} else if (perm && what < 13) {
			int key = perm->key;
			ipc_forget_key(&ids, perm);
			check(perm->key == IPC_PRIVATE &&
				(key == IPC_PRIVATE || !ipc_find(&ids, key)));
		} else if (perm) {
			int key = perm->key;
			ipc_remove(&ids, perm);
			check(key == IPC_PRIVATE || !ipc_find(&ids, key));
			free(perm);
			objects[slot] = NULL;
			removals[slot]++;
			count--;
		}
		if (i % 16 == 0)
			check_model();
	}
}

/*
 * How many objects a look-up steps over, at most and on average, with so many keys of that kind in
 * use.
 */
static void
chain_lengths(unsigned total, int step, unsigned *longest, double *average)
{
	static struct ipc_perm all[IPC_SLOTS_MAX];
	unsigned long steps = 0;

	*longest = 0;
	for (unsigned i = 0; i < total; i++)
		check_equal(ipc_add(&ids, &all[i], 1 + (int)(i * (unsigned)step), 0), 0);
	for (unsigned i = 0; i < total; i++) {
		unsigned length = 1;
		for (struct ipc_perm *first = &all[i]; first->next_by_key && length < total;
			length++)
			first = first->next_by_key; /* those behind it: found later than it */
		if (length > *longest)
			*longest = length;
	}
	for (unsigned chain = 0; chain < IPC_CHAINS; chain++) {
		unsigned length = 0;
		for (struct ipc_perm *perm = ids.by_key[chain]; perm; perm = perm->next_by_key)
			steps += ++length;
	}
	*average = (double)steps / total;
	for (unsigned i = 0; i < total; i++)
		ipc_remove(&ids, &all[i]);
}

/* Keys one after the other, ftok's (a device and an inode), page-like ones. */
static void
cost_of_finding(void)
{
	static const int steps[] = {1, 2, 0x10000, 0x1000, 0x01010101, 7919};
	unsigned longest;
	double average;

	ids.slots = IPC_SLOTS_MAX;
	for (unsigned i = 0; i < ARRAY_SIZE(steps); i++) {
		chain_lengths(1, steps[i], &longest, &average);
		check_equal(longest, 1);
		chain_lengths(4096, steps[i], &longest, &average);
		if (average > 4 || longest > 24)
			test_failed(__FILE__, __LINE__,
				"4096 keys, step %#x: %.1f steps on average, %u at most", steps[i],
				average, longest);
	}
	chain_lengths(IPC_SLOTS_MAX - 1, 1, &longest, &average);
	check(average < 20);
}

static void
ids_go_round(void)
{
	struct ipc_perm perm;
	int first;

	ids.slots = 1;
	check_equal(ipc_add(&ids, &perm, IPC_PRIVATE, 0), 0);
	first = perm.id;
	for (unsigned i = 0; i < 65536; i++) {
		int old = perm.id;
		check(old >= 0);
		ipc_remove(&ids, &perm);
		check_equal(ipc_add(&ids, &perm, IPC_PRIVATE, 0), 0);
		check(perm.id != old);
		if (i < 65535)
			check(perm.id != first);
	}
}

/* Who may do what: owner bits, else group bits, else the others'; root may all. */
static void
permissions(void)
{
	struct credentials *cred = &boot_process.cred;

	for (int i = 0; i < 20000; i++) {
		struct ipc_perm perm = {.uid = 1 + pick(3),
			.cuid = 1 + pick(3),
			.gid = 1 + pick(4),
			.cgid = 1 + pick(4),
			.mode = pick(512)};
		*cred = (struct credentials){.euid = pick(4),
			.egid = 1 + pick(6),
			.group_count = pick(2),
			.groups = {1 + pick(6)}};
		unsigned wanted = pick(8), shift = 0;
		bool extra = cred->group_count &&
			     (cred->groups[0] == perm.gid || cred->groups[0] == perm.cgid);
		if (cred->euid == perm.uid || cred->euid == perm.cuid)
			shift = 6;
		else if (cred->egid == perm.gid || cred->egid == perm.cgid || extra)
			shift = 3;
		bool model = cred->euid == 0 || (perm.mode >> shift & wanted) == wanted;
		check_equal(ipc_permitted(&perm, wanted << 3 * pick(3)), model);
		check_equal(ipc_owned(&perm), cred->euid == 0 || shift == 6);
	}
}

static void
exported(void)
{
	struct ipc_perm perm = {.key = -5,
		.id = 3 * 32768 + 7,
		.uid = 70000,
		.gid = 2,
		.cuid = 3,
		.cgid = 65535,
		.mode = 01600};
	struct ipc64_perm now;
	struct ipc_perm_old old;

	ipc_perm_export(&perm, &now);
	check(now.key == -5 && now.uid == 70000 && now.gid == 2 && now.cuid == 3 &&
		now.cgid == 65535);
	check(now.mode == 01600 && now.seq == 3);
	ipc_perm_export_old(&perm, &old);
	check(old.key == -5 && old.uid == 65534 && old.gid == 2 && old.cuid == 3 &&
		old.cgid == 65535 && old.seq == 3);
}

const struct test tests[] = {
	{"S03 S24 random objects: slots go round, seq moves on, keys are found", random_ids, NULL},
	{"S01 finding a key costs the same for 1 and for 4096, whatever their pattern",
		cost_of_finding, NULL},
	{"S03 a slot's ids are 65536 different ones", ids_go_round, NULL},
	{"S30 owner, group, others, root", permissions, NULL},
	{"S02 S31 perm in both layouts", exported, NULL},
	{0},
};
