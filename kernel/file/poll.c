/*
 * poll and select: both make a list of what is asked (struct question), look at each file, and if
 * none has an answer sleep until one of them, or the time, wakes the task.
 */
#include <abi/errno.h>
#include <abi/poll.h>
#include <file/file.h>
#include <file/file_calls.h>
#include <file/poll.h>
#include <mm/kmalloc.h>
#include <mm/uaccess.h>
#include <task/clock.h>
#include <task/task.h>
#include <task/user_time.h>

#define NEVER (~0ull) /* a deadline */

#define ALWAYS (POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM) /* of files that never wait */
#define UNASKED (POLLERR | POLLHUP)

/* One descriptor that is asked about. */
struct question {
	struct watcher watcher;
	struct file *file; /* with a reference; NULL: none is open there */
	int fd;
	unsigned events; /* POLLIN …: what it is about */
	unsigned answer; /* of these, what is so */
};

#define QUESTIONS_MOST 65536

struct questions {
	unsigned count;
	struct question question[];
};

void
poll_wake_watchers(struct list *watchers)
{
	list_for_each(link, watchers)
		sched_wake(list_entry(link, struct watcher, link)->task, 0);
}

static struct questions *
questions_create(unsigned most)
{
	struct questions *q = kmalloc(sizeof(*q) + most * sizeof(q->question[0]));

	if (q)
		q->count = 0;
	return q;
}

static void
add_question(struct questions *q, int fd, unsigned events)
{
	struct question *one = &q->question[q->count++];

	*one = (struct question){.file = file_get(fd), .fd = fd, .events = events};
	one->watcher.task = current;
	list_init(&one->watcher.link);
}

static void
questions_free(struct questions *q)
{
	for (unsigned i = 0; i < q->count; i++) {
		list_remove(&q->question[i].watcher.link);
		file_put(q->question[i].file);
	}
	kfree(q);
}

static unsigned
answer_of(struct question *one, struct watcher *watcher)
{
	struct file *file = one->file;

	if (one->fd < 0)
		return 0;
	if (!file)
		return POLLNVAL;
	unsigned now = file->operations->poll ? file->operations->poll(file, watcher) : ALWAYS;
	return now & one->events;
}

/* How many have an answer. The first time the watchers take their places. */
static long
look(struct questions *q, bool first)
{
	long count = 0;

	for (unsigned i = 0; i < q->count; i++) {
		struct question *one = &q->question[i];
		one->answer = answer_of(one, first ? &one->watcher : NULL);
		count += one->answer != 0;
	}
	return count;
}

/*
 * Waits until one has an answer, no longer than to the deadline: how many have; 0: time is up.
 * Never made again after a handler (signal(7)): -ERESTARTNOHAND.
 */
static long
ask(struct questions *q, uint64_t deadline)
{
	long count = look(q, true);

	while (!count) {
		int error = wait_sleep_until(NULL, SLEEP_INTERRUPTIBLE, deadline);
		if (error == -ETIMEDOUT)
			return look(q, false);
		if (error)
			return -ERESTARTNOHAND;
		count = look(q, false); /* slept: another one may have been faster at it */
	}
	return count;
}

/* --- time --- */

/* 0 with the deadline set (NEVER without a pointer), -EFAULT, -EINVAL. */
static int
read_timeout(const void *user, enum time_layout layout, uint64_t *deadline)
{
	uint64_t ns;
	int error = user ? user_time_get(user, layout, &ns) : 0;

	*deadline = user && !error ? deadline_in(ns) : NEVER;
	return error;
}

/*
 * What is left of the time goes back, as on Linux; that it could not be stored is no error: what
 * was waited for has been.
 */
static void
write_timeout(void *user, enum time_layout layout, uint64_t deadline)
{
	if (user)
		(void)user_time_put(user, layout, deadline_rest(deadline));
}

/* --- poll --- */

/* 0, -EFAULT */
static int
read_pollfds(struct questions *q, const struct pollfd *user, unsigned count)
{
	struct pollfd one;

	for (unsigned i = 0; i < count; i++) {
		if (copy_from_user(&one, &user[i], sizeof(one)))
			return -EFAULT;
		add_question(q, one.fd, (unsigned short)one.events | UNASKED);
	}
	return 0;
}

static int
write_answers(const struct questions *q, struct pollfd *user)
{
	for (unsigned i = 0; i < q->count; i++) {
		short answer = q->question[i].answer;
		if (copy_to_user(&user[i].revents, &answer, sizeof(answer)))
			return -EFAULT;
	}
	return 0;
}

static long
do_poll(struct pollfd *user, unsigned count, uint64_t deadline)
{
	if (count > current->process->limits[RLIMIT_NOFILE].rlim_cur || count > QUESTIONS_MOST)
		return -EINVAL;
	struct questions *q = questions_create(count);
	if (!q)
		return -ENOMEM;
	long result = read_pollfds(q, user, count);
	if (!result)
		result = ask(q, deadline);
	if (result >= 0 && write_answers(q, user))
		result = -EFAULT;
	questions_free(q);
	return result;
}

long
sys_poll(struct pollfd *user, unsigned count, int milliseconds)
{
	uint64_t ns = milliseconds * (NS_PER_SECOND / 1000);
	uint64_t deadline = wait_deadline(milliseconds < 0 ? NEVER : deadline_in(ns));
	long result = do_poll(user, count, deadline);

	return result == -ERESTARTNOHAND ? wait_again(deadline) : result;
}

/* Other signals are blocked while the call lasts, if it says which. 0, -EINVAL, -EFAULT. */
static int
set_mask(const sigset_t *user, size_t size)
{
	sigset_t set;

	if (!user)
		return 0;
	if (size != sizeof(set))
		return -EINVAL;
	if (copy_from_user(&set, user, sizeof(set)))
		return -EFAULT;
	signal_suspend(signals_of(&set));
	return 0;
}

/* If a signal ended it, the mask comes back when its handler has been called, on the way out. */
static long
with_mask_back(long result)
{
	if (result != -ERESTARTNOHAND)
		signal_resume();
	return result;
}

static long
poll_with_mask(struct pollfd *user, unsigned count, void *timeout, enum time_layout layout,
	const sigset_t *mask, size_t size)
{
	uint64_t deadline;
	int error = read_timeout(timeout, layout, &deadline);

	if (!error)
		error = set_mask(mask, size);
	if (error)
		return error;
	long result = with_mask_back(do_poll(user, count, deadline));
	write_timeout(timeout, layout, deadline);
	return result;
}

long
sys_ppoll(struct pollfd *user, unsigned count, void *timeout, const sigset_t *mask, size_t size)
{
	return poll_with_mask(user, count, timeout, TIME_TIMESPEC, mask, size);
}

long
sys_ppoll_time64(
	struct pollfd *user, unsigned count, void *timeout, const sigset_t *mask, size_t size)
{
	return poll_with_mask(user, count, timeout, TIME_TIMESPEC64, mask, size);
}

/* --- select --- */

#define WORD_BITS (8 * sizeof(unsigned long))

/* The three sets: what each asks, and what was answered. A descriptor is one bit. */
enum { READING, WRITING, EXCEPTIONS, SETS };

static const unsigned set_events[SETS] = {
	[READING] = POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR,
	[WRITING] = POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR,
	[EXCEPTIONS] = POLLPRI,
};

struct sets {
	unsigned long bits[SETS][OPEN_MAX / WORD_BITS];
};

static unsigned long *
word_of(struct sets *sets, unsigned set, int fd)
{
	return &sets->bits[set][fd / WORD_BITS];
}

static size_t
bytes_of(int count)
{
	return (count + WORD_BITS - 1) / WORD_BITS * sizeof(unsigned long);
}

static int
read_sets(struct sets *sets, unsigned long *const user[SETS], int count)
{
	*sets = (struct sets){0};
	for (unsigned i = 0; i < SETS; i++) {
		if (user[i] && copy_from_user(sets->bits[i], user[i], bytes_of(count)))
			return -EFAULT;
	}
	return 0;
}

static int
write_sets(const struct sets *sets, unsigned long *const user[SETS], int count)
{
	for (unsigned i = 0; i < SETS; i++) {
		if (user[i] && copy_to_user(user[i], sets->bits[i], bytes_of(count)))
			return -EFAULT;
	}
	return 0;
}

/* A question for each descriptor of a set. -EBADF: one is not open. */
static int
add_questions(struct questions *q, struct sets *sets, int count)
{
	for (int fd = 0; fd < count; fd++) {
		unsigned long bit = 1ul << fd % WORD_BITS;
		unsigned events = 0;
		for (unsigned i = 0; i < SETS; i++)
			events |= *word_of(sets, i, fd) & bit ? set_events[i] : 0;
		if (events && !file_find(fd))
			return -EBADF;
		if (events)
			add_question(q, fd, events);
	}
	return 0;
}

/* Leaves of the sets what was answered: the number of bits. */
static long
keep_answers(const struct questions *q, struct sets *sets)
{
	struct sets asked = *sets;
	long count = 0;

	*sets = (struct sets){0};
	for (unsigned n = 0; n < q->count; n++) {
		const struct question *one = &q->question[n];
		unsigned long bit = 1ul << one->fd % WORD_BITS;
		for (unsigned i = 0; i < SETS; i++) {
			if (!(one->answer & set_events[i] && *word_of(&asked, i, one->fd) & bit))
				continue;
			*word_of(sets, i, one->fd) |= bit;
			count++;
		}
	}
	return count;
}

static long
ask_sets(struct sets *sets, int count, uint64_t deadline)
{
	struct questions *q = questions_create(count);

	if (!q)
		return -ENOMEM;
	long result = add_questions(q, sets, count);
	if (!result)
		result = ask(q, deadline);
	if (result >= 0)
		result = keep_answers(q, sets);
	questions_free(q);
	return result;
}

static long
do_select(int count, unsigned long *const user[SETS], uint64_t deadline)
{
	struct sets sets;

	if (count < 0)
		return -EINVAL;
	if (count > OPEN_MAX) /* no table is larger: Linux does not look at the rest either */
		count = OPEN_MAX;
	int error = read_sets(&sets, user, count);
	if (error)
		return error;
	long result = ask_sets(&sets, count, deadline);
	if (result >= 0 && write_sets(&sets, user, count))
		return -EFAULT;
	return result;
}

long
sys__newselect(int count, unsigned long *in, unsigned long *out, unsigned long *except,
	void *timeout)
{
	unsigned long *const user[SETS] = {in, out, except};
	uint64_t deadline;
	int error = read_timeout(timeout, TIME_TIMEVAL, &deadline);
	if (error)
		return error;
	long result = do_select(count, user, deadline);
	write_timeout(timeout, TIME_TIMEVAL, deadline);
	return result;
}

/* pselect's last argument: the call would have one too many. */
struct mask_argument {
	const sigset_t *mask;
	size_t size;
};

static long
select_with_mask(int count, unsigned long *const user[SETS], void *timeout, enum time_layout layout,
	const struct mask_argument *argument)
{
	struct mask_argument mask = {0};
	uint64_t deadline;

	if (argument && copy_from_user(&mask, argument, sizeof(mask)))
		return -EFAULT;
	int error = read_timeout(timeout, layout, &deadline);
	if (!error)
		error = set_mask(mask.mask, mask.size);
	if (error)
		return error;
	long result = with_mask_back(do_select(count, user, deadline));
	write_timeout(timeout, layout, deadline);
	return result;
}

long
sys_pselect6(int count, unsigned long *in, unsigned long *out, unsigned long *except, void *timeout,
	const struct mask_argument *mask)
{
	return select_with_mask(
		count, (unsigned long *[]){in, out, except}, timeout, TIME_TIMESPEC, mask);
}

long
sys_pselect6_time64(int count, unsigned long *in, unsigned long *out, unsigned long *except,
	void *timeout, const struct mask_argument *mask)
{
	return select_with_mask(
		count, (unsigned long *[]){in, out, except}, timeout, TIME_TIMESPEC64, mask);
}
