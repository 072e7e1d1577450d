/*
 * Waiting for several files at once. A task sleeps on one queue only, so who polls stands beside
 * the sleepers of each file, by a watcher of its own, and what wakes the sleepers wakes it too.
 *
 *     struct poll_queue (of a pipe)            of the terminal
 *    | sleepers ──> readers, writers          | sleepers
 *    | watchers ──> struct watcher            | watchers ──> struct watcher
 *                  | task ───────────> one task, asleep <─── task |
 */
#ifndef FILE_POLL_H
#define FILE_POLL_H

#include <lib/list.h>
#include <task/wait.h>

struct task;

struct watcher {
	struct list link; /* to itself: on no file's queue */
	struct task *task;
};

struct poll_queue {
	struct wait_queue sleepers;
	struct list watchers;
};

#define POLL_QUEUE_INIT(name)                                                                      \
	{                                                                                          \
		WAIT_QUEUE_INIT((name).sleepers), LIST_INIT((name).watchers)                       \
	}

static inline void
poll_queue_init(struct poll_queue *queue)
{
	wait_queue_init(&queue->sleepers);
	list_init(&queue->watchers);
}

/* From a file's poll: the watcher stands on its queue from now on. NULL: nobody wants to. */
static inline void
poll_watch(struct poll_queue *queue, struct watcher *watcher)
{
	if (watcher)
		list_add_before(&queue->watchers, &watcher->link);
}

/* Wake who waits for one of `watchers`; they stay there. Interrupt handlers may call it. */
void poll_wake_watchers(struct list *watchers);

/* Something has changed: wake all, sleepers and watchers. Never sleeps. */
static inline void
poll_wake(struct poll_queue *queue)
{
	wait_wake_all(&queue->sleepers);
	if (!list_empty(&queue->watchers))
		poll_wake_watchers(&queue->watchers);
}

#endif
