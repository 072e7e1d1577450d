/*
 * setuid, setreuid, setresuid and the same for groups, all of them, from every state of three ids,
 * against the rules of credentials(7) as this test understands them.
 */
#include "_tap.h"

#define KEEP -1u

struct ids {
	unsigned real, effective, saved;
};

struct call {
	unsigned count; /* of arguments: setuid 1, setreuid 2, setresuid 3 */
	unsigned id[3];
};

/* The kind of ids that is tried: users' or groups'. */
static int of_groups;

static struct ids
now(void)
{
	struct ids ids;
	if (of_groups)
		must(getresgid(&ids.real, &ids.effective, &ids.saved));
	else
		must(getresuid(&ids.real, &ids.effective, &ids.saved));
	return ids;
}

static int
set_all(struct ids ids)
{
	return of_groups ? setresgid(ids.real, ids.effective, ids.saved)
			 : setresuid(ids.real, ids.effective, ids.saved);
}

static int
make(const struct call *call)
{
	const unsigned *id = call->id;
	switch (call->count) {
	case 1:
		return of_groups ? setgid(id[0]) : setuid(id[0]);
	case 2:
		return of_groups ? setregid(id[0], id[1]) : setreuid(id[0], id[1]);
	}
	return of_groups ? setresgid(id[0], id[1], id[2]) : setresuid(id[0], id[1], id[2]);
}

static int
is_one_of(struct ids ids, unsigned id, int saved_too)
{
	return id == KEEP || id == ids.real || id == ids.effective ||
	       (saved_too && id == ids.saved);
}

static int
is_allowed(const struct call *call, struct ids old)
{
	const unsigned *id = call->id;
	if (call->count == 1)
		return id[0] == old.real || id[0] == old.saved;
	if (call->count == 2)
		return is_one_of(old, id[0], 0) && is_one_of(old, id[1], 1);
	return is_one_of(old, id[0], 1) && is_one_of(old, id[1], 1) && is_one_of(old, id[2], 1);
}

static void
set_if_given(unsigned *id, unsigned new)
{
	if (new != KEEP)
		*id = new;
}

/* What the call should do: 0 or the errno, and the new ids. */
static int
model(const struct call *call, int is_root, struct ids *ids)
{
	struct ids old = *ids;
	const unsigned *id = call->id;
	if (call->count == 1 && id[0] == KEEP)
		return EINVAL;
	if (!is_root && !is_allowed(call, old))
		return EPERM;
	if (call->count == 1) {
		ids->effective = id[0];
		if (is_root)
			ids->real = ids->saved = id[0];
		return 0;
	}
	set_if_given(&ids->real, id[0]);
	set_if_given(&ids->effective, id[1]);
	if (call->count == 3)
		set_if_given(&ids->saved, id[2]);
	else if (id[0] != KEEP || (id[1] != KEEP && id[1] != old.real))
		ids->saved = ids->effective;
	return 0;
}

static int
same(struct ids a, struct ids b)
{
	return a.real == b.real && a.effective == b.effective && a.saved == b.saved;
}

/* Makes the call and looks whether it did what the model says. */
static int
is_right(const struct call *call, struct ids start)
{
	struct ids wanted = start;
	int is_root = geteuid() == 0;
	int error = model(call, is_root, &wanted);
	errno = 0;
	int answer = make(call), said = errno;
	if (answer == (error ? -1 : 0) && said == error && same(now(), wanted))
		return 1;
	note("%s ids %d %d %d, %u arguments %d %d %d: answer %d errno %d, then %d %d %d",
		is_root ? "root's" : "a user's", start.real, start.effective, start.saved,
		call->count, call->id[0], call->id[1], call->id[2], answer, said, now().real,
		now().effective, now().saved);
	return 0;
}

/* The n-th of all calls with so many arguments, each of -1, 0, 1, 2; 0: there is no such call. */
static int
nth_call(unsigned n, unsigned count, struct call *call)
{
	call->count = count;
	for (unsigned i = 0; i < count; i++, n /= 4)
		call->id[i] = n % 4 - 1;
	return n == 0;
}

struct progress {
	unsigned next;
	int wrong;
};

/* In a child: calls from progress->next on, as long as there is a way back to the start. */
static void
try_calls(struct ids start, unsigned count, unsigned user, struct progress *progress)
{
	struct call call;
	must(set_all(start));
	if (user)
		must(setresuid(user, user, user));
	while (nth_call(progress->next, count, &call)) {
		progress->next++;
		progress->wrong += !is_right(&call, start);
		if (!same(now(), start) && set_all(start) < 0)
			return;
	}
}

/* All calls with so many arguments from all states; how many went wrong. */
static int
wrong_calls(unsigned count, unsigned user)
{
	struct progress *progress = shared_pages(1);
	struct call call;
	for (unsigned n = 0; n < 27; n++) {
		struct ids start = {n % 3, n / 3 % 3, n / 9};
		progress->next = 0;
		while (nth_call(progress->next, count, &call)) {
			unsigned before = progress->next;
			if (in_child(try_calls(start, count, user, progress)) ||
				progress->next == before)
				return -1;
		}
	}
	int wrong = progress->wrong;
	munmap(progress, PAGE);
	return wrong;
}

int
main(void)
{
	is_int(wrong_calls(1, 0), 0, "V07 setuid from every state");
	is_int(wrong_calls(2, 0), 0, "V07 setreuid from every state");
	is_int(wrong_calls(3, 0), 0, "V07 setresuid from every state");
	of_groups = 1;
	is_int(wrong_calls(1, 0), 0, "V07 setgid by root");
	is_int(wrong_calls(2, 0), 0, "V07 setregid by root");
	is_int(wrong_calls(3, 0), 0, "V07 setresgid by root");
	is_int(wrong_calls(1, 7), 0, "V07 setgid by a user");
	is_int(wrong_calls(2, 7), 0, "V07 setregid by a user");
	is_int(wrong_calls(3, 7), 0, "V07 setresgid by a user");
	return done();
}
