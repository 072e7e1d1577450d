/*
 * kernel/ipc/ipc.c and ipc_ctl.c: ids, keys, permissions, against an array, and what every kind
 * has of the calls, with a kind that is nothing but an ipc_perm.
 */
#include <abi/errno.h>
#include <dev/console.h>
#include <ipc/ipc.h>
#include <lib/text.h>
#include "mock.h"
#include "test.h"

#define SLOTS 128

static struct ipc_perm *objects[SLOTS]; /* by slot: the model */

/* The kind: its objects hold numbers, in their own structure of user space. */
struct thing_ds {
	struct ipc64_perm perm;
	unsigned long size, set;
};
struct thing_ds_old {
	struct ipc_perm_old perm;
	uint16_t size, set;
};
struct thing {
	struct ipc_perm perm;
	size_t size, set;
};

static const struct ipc_kind thing_kind;
static struct thing *things[IPC_SLOTS_MAX];
static struct ipc_ids ids = IPC_IDS(&thing_kind, things, IPC_SLOTS_MAX, SLOTS);
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

	if (key != IPC_PRIVATE && ipc_find_key(&ids, key))
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
			check(ipc_find_key(&ids, objects[slot]->key) == objects[slot]);
	}
	check_equal(ipc_highest(&ids), highest);
	check_equal(ids.in_use, count);
}

static void
random_ids(void)
{
	ids.slots.count = SLOTS;
	for (int i = 0; i < 40000; i++) {
		unsigned slot = pick(SLOTS), what = pick(20);
		struct ipc_perm *perm = objects[slot];
		if (what < 10 || (what < 12 && i / 5000 % 2)) {
			add();
		} else if (perm && what < 13) {
			int key = perm->key;
			ipc_forget_key(&ids, perm);
			check(perm->key == IPC_PRIVATE &&
				(key == IPC_PRIVATE || !ipc_find_key(&ids, key)));
		} else if (perm) {
			int key = perm->key;
			ipc_drop(&ids, perm);
			check(key == IPC_PRIVATE || !ipc_find_key(&ids, key));
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
		ipc_drop(&ids, &all[i]);
}

/* Keys one after the other, ftok's (a device and an inode), page-like ones. */
static void
cost_of_finding(void)
{
	static const int steps[] = {1, 2, 0x10000, 0x1000, 0x01010101, 7919};
	unsigned longest;
	double average;

	ids.slots.count = ids.limit = IPC_SLOTS_MAX;
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

	ids.slots.count = 1;
	check_equal(ipc_add(&ids, &perm, IPC_PRIVATE, 0), 0);
	first = perm.id;
	for (unsigned i = 0; i < 65536; i++) {
		int old = perm.id;
		check(old >= 0);
		ipc_drop(&ids, &perm);
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

/* --- the calls --- */

static long
thing_create(int key, size_t size, unsigned flags)
{
	struct thing *thing = calloc(1, sizeof(*thing));
	int error = ipc_add(&ids, &thing->perm, key, flags);

	thing->size = size;
	if (error)
		free(thing);
	return error ? error : thing->perm.id;
}

static int
thing_suits(const struct ipc_perm *perm, size_t size)
{
	return size <= ((const struct thing *)perm)->size ? 0 : -EINVAL;
}

static void
thing_export(const struct ipc_perm *perm, void *ds)
{
	const struct thing *thing = (const struct thing *)perm;

	*(struct thing_ds *)ds = (struct thing_ds){.size = thing->size, .set = thing->set};
}

static void
thing_export_old(const struct ipc_perm *perm, void *ds)
{
	const struct thing *thing = (const struct thing *)perm;

	*(struct thing_ds_old *)ds = (struct thing_ds_old){.size = thing->size, .set = thing->set};
}

/* Odd numbers are refused. */
static int
thing_may_set(const struct ipc_perm *perm, const void *ds, bool old)
{
	unsigned long set =
		old ? ((struct thing_ds_old *)ds)->set : ((const struct thing_ds *)ds)->set;

	(void)perm;
	return set % 2 ? -EPERM : 0;
}

static void
thing_set(struct ipc_perm *perm, const void *ds, bool old)
{
	((struct thing *)perm)->set =
		old ? ((struct thing_ds_old *)ds)->set : ((const struct thing_ds *)ds)->set;
}

static void
thing_remove(struct ipc_perm *perm)
{
	ipc_drop(&ids, perm);
	free(perm);
}

static void
thing_describe(struct text *text, const struct ipc_perm *perm)
{
	text_printf(text, "%d %d\n", perm->id, perm->key);
}

static void
thing_check(const struct ipc_perm *perm)
{
	if (((const struct thing *)perm)->size == 666)
		panic("a thing of size 666");
}

static const struct ipc_kind thing_kind = {
	.name = "thing",
	.create = thing_create,
	.suits = thing_suits,
	.ds_size = sizeof(struct thing_ds),
	.old_ds_size = sizeof(struct thing_ds_old),
	.export = thing_export,
	.export_old = thing_export_old,
	.may_set = thing_may_set,
	.set = thing_set,
	.remove = thing_remove,
	.heading = "id key",
	.describe = thing_describe,
	.check = thing_check,
};

static void
become(unsigned euid)
{
	boot_process.cred = (struct credentials){.euid = euid, .egid = euid};
}

static void
getting(void)
{
	become(5);
	check_equal(ipc_get(&ids, 9, 10, 0600), -ENOENT);
	check_equal(ipc_get(&ids, 9, 10, IPC_EXCL | 0600), -ENOENT);
	long id = ipc_get(&ids, 9, 10, IPC_CREAT | IPC_EXCL | 0600);
	check(id >= 0 && ipc_find(&ids, id)->mode == 0600);
	check_equal(ipc_get(&ids, 9, 11, IPC_CREAT | IPC_EXCL), -EEXIST);
	check_equal(ipc_get(&ids, 9, 10, IPC_CREAT | IPC_EXCL), -EEXIST);
	become(6);
	check_equal(ipc_get(&ids, 9, 11, 0600), -EINVAL); /* before -EACCES */
	check_equal(ipc_get(&ids, 9, 10, 0600), -EACCES);
	check_equal(ipc_get(&ids, 9, 0, IPC_EXCL), id);
	check(ipc_get(&ids, IPC_PRIVATE, 1, 0) != ipc_get(&ids, IPC_PRIVATE, 1, 0));
	check_equal(ipc_remove(&ids, id), -EPERM);
	check_equal(ipc_remove(&ids, id + 1), 0);
	check_equal(ipc_remove(&ids, id + 1), -EINVAL);
	check_equal(ipc_remove(&ids, id + 2), 0);
	become(0);
	check_equal(ipc_remove(&ids, id), 0);
	check(!ipc_find(&ids, id) && !ipc_find_key(&ids, 9));
	check_equal(ids.in_use, 0);
}

static void
limited(void)
{
	become(0);
	ids.limit = 2;
	long a = ipc_get(&ids, 1, 0, IPC_CREAT), b = ipc_get(&ids, 2, 0, IPC_CREAT);
	check(a >= 0 && b >= 0);
	check_equal(ipc_get(&ids, 3, 0, IPC_CREAT), -ENOSPC);
	check_equal(ipc_get(&ids, 2, 0, IPC_CREAT), b);
	ids.limit = 1; /* what is there stays */
	check_equal(ipc_get(&ids, 2, 0, 0), b);
	check_equal(ipc_remove(&ids, a), 0);
	check_equal(ipc_get(&ids, 3, 0, IPC_CREAT), -ENOSPC);
	check_equal(ipc_remove(&ids, b), 0);
	ids.limit = SLOTS;
}

/* The next object, and only it, gets the wanted id, or its seq and the first free slot after it. */
static void
wanted_ids(void)
{
	become(0);
	ids.next_id = 77 * 32768 + 40;
	long a = ipc_get(&ids, IPC_PRIVATE, 0, 0);
	check_equal(a, 77 * 32768 + 40);
	check_equal(ids.next_id, -1);
	long b = ipc_get(&ids, IPC_PRIVATE, 0, 0);
	check_equal(b % 32768, 41);
	check(b != 77 * 32768 + 41);
	ids.next_id = 3 * 32768 + 40;
	long c = ipc_get(&ids, IPC_PRIVATE, 0, 0);
	check_equal(c, 3 * 32768 + 42);
	check_equal(ipc_remove(&ids, a), 0);
	ids.next_id = a;
	check_equal(ipc_get(&ids, IPC_PRIVATE, 0, 0), a);
	check_equal(ipc_remove(&ids, a) | ipc_remove(&ids, b) | ipc_remove(&ids, c), 0);
}

static void
told_and_set(void)
{
	struct thing_ds now;
	struct thing_ds_old old;

	become(70000);
	long id = ipc_get(&ids, -5, 12, IPC_CREAT | 0640);
	memset(&now, 0xff, sizeof(now));
	check_equal(ipc_stat(&ids, id, &now, false), 0);
	check(now.perm.key == -5 && now.perm.uid == 70000 && now.perm.cgid == 70000);
	check(now.perm.mode == 0640 && now.perm.seq == ipc_seq(id) && now.size == 12);
	check(!now.perm.pad1 && !now.perm.pad2 && !now.perm.unused[0] && !now.perm.unused[1]);
	check_equal(ipc_stat(&ids, id, &old, true), 0);
	check(old.perm.key == -5 && old.perm.uid == 65534 && old.perm.seq == ipc_seq(id));
	check_equal(old.size, 12);
	check_equal(ipc_stat(&ids, id, BAD_USER, false), -EFAULT);
	check_equal(ipc_stat(&ids, id + 32768, &now, false), -EINVAL);
	check_equal(ipc_stat_slot(&ids, id + 32768, 0444, &now, false), id);

	now.perm.uid = 8, now.perm.gid = 9, now.perm.mode = 07604, now.set = 3;
	check_equal(ipc_set(&ids, id, BAD_USER, false), -EFAULT);
	check_equal(ipc_set(&ids, id, &now, false), -EPERM); /* the kind does not want 3 */
	now.set = 4, now.perm.gid = -1;
	check_equal(ipc_set(&ids, id, &now, false), -EINVAL);
	check_equal(ipc_find(&ids, id)->uid, 70000);
	now.perm.gid = 9;
	check_equal(ipc_set(&ids, id, &now, false), 0);
	become(8);
	check_equal(ipc_stat(&ids, id, &now, false), 0);
	check(now.perm.uid == 8 && now.perm.cuid == 70000 && now.perm.gid == 9);
	check(now.perm.mode == 0604 && now.set == 4);
	old = (struct thing_ds_old){.perm = {.uid = 0xffff, .gid = 2, .mode = 0600}, .set = 6};
	check_equal(ipc_set(&ids, id, &old, true), 0);
	become(7);
	check_equal(ipc_stat(&ids, id, &now, false), -EACCES);
	check_equal(ipc_stat_slot(&ids, id, 0444, &now, false), -EACCES);
	check_equal(ipc_stat_slot(&ids, id, 0, &now, false), id);
	check(now.perm.uid == 0xffff && now.perm.gid == 2 && now.set == 6);
	check_equal(ipc_set(&ids, id, &now, false), -EPERM);
	become(0);
	check_equal(ipc_remove(&ids, id), 0);
	check_equal(ipc_set(&ids, id, &now, false), -EINVAL);
	check_equal(ipc_stat_slot(&ids, id, 0, &now, false), -EINVAL);
}

static void
listed(void)
{
	char bytes[200], line[50];
	struct text text = {.buffer = bytes, .size = sizeof(bytes)};

	become(0);
	long id = ipc_get(&ids, 12, 12, IPC_CREAT | 0640);
	ipc_proc_text(&ids, &text);
	bytes[text.length] = '\0';
	snprintf(line, sizeof(line), "id key\n%ld 12\n", id);
	check_text(bytes, line);
	ipc_check(&ids);
	check_equal(ipc_remove(&ids, id), 0);
	ipc_check(&ids);
}

static void
versions(void)
{
	int command = IPC_STAT | 0x100;

	check(!ipc_is_old(&command) && command == IPC_STAT);
	check(ipc_is_old(&command) && command == IPC_STAT);
}

static void
broken_bit(void)
{
	bitmap_set(ids.slots.used, 3);
	ipc_check(&ids);
}

static void
broken_key(void)
{
	become(0);
	ipc_find(&ids, ipc_get(&ids, 12, 12, IPC_CREAT))->key = 13;
	ipc_check(&ids);
}

static void
broken_thing(void)
{
	become(0);
	ipc_get(&ids, 12, 666, IPC_CREAT);
	ipc_check(&ids);
}

const struct test tests[] = {
	{"S03 S24 random objects: slots go round, seq moves on, keys are found", random_ids, NULL},
	{"S01 finding a key costs the same for 1 and for 4096, whatever their pattern",
		cost_of_finding, NULL},
	{"S03 a slot's ids are 65536 different ones", ids_go_round, NULL},
	{"S30 owner, group, others, root", permissions, NULL},
	{"S06 S07 S24 get and remove, in Linux's order of checks", getting, NULL},
	{"S04 the limit can be lowered and raised", limited, NULL},
	{"S04 an id that was asked for", wanted_ids, NULL},
	{"S02 S26 S28 S31 STAT and SET, in both layouts", told_and_set, NULL},
	{"S29 the listing", listed, NULL},
	{"S31 the bit IPC_64", versions, NULL},
	{"the laws notice a slot without an object", broken_bit, "do not agree"},
	{"the laws notice a key that is not found", broken_key, "not found by its key"},
	{"the laws ask the kind", broken_thing, "a thing of size 666"},
	{0},
};
