/*
 * Pipes: a ring of pages between two open files.
 *
 *      slots      0        1        2        3      …   15
 *              |      | ..#####|########|###..   |          |
 *                          ^ head           ^ tail           '.' was read, or is still to come
 *
 * head and tail count the bytes ever read and written; their slot is the count divided by the size
 * of a page, modulo the number of slots. An empty pipe begins again at 0.
 *
 * Laws: a slot holds a page if and only if a byte between head and tail lies in it (while `busy`,
 * one that is just being copied may, too). `spare` is a page that was read empty, kept for the next
 * write. Who copies to or from user memory may sleep, and holds `busy` meanwhile: nobody else moves
 * head, tail or a page.
 */
#ifndef FILE_PIPE_H
#define FILE_PIPE_H

#include <file/poll.h>
#include <lib/types.h>

#define PIPE_BUF 4096	     /* bytes that are written as a whole, or not at all (pipe(7)) */
#define PIPE_SLOTS 16	     /* pages of a new pipe: 64 KiB, as Linux's */
#define PIPE_SLOTS_USER 256  /* most that F_SETPIPE_SZ gives who is not root: 1 MiB */
#define PIPE_SLOTS_MOST 4096 /* most at all: 16 MiB */

struct file;
struct iovec;
struct node;

struct pipe {
	/* open files of each end; O_RDWR is both. Without any it is freed */
	unsigned readers, writers;
	unsigned readers_ever, writers_ever; /* how often each end was opened */
	unsigned head, tail;
	unsigned slot_count; /* a power of two */
	char **slots;
	char *spare;
	bool busy;		   /* somebody copies */
	struct wait_queue turn;	   /* who wants to copy next */
	struct poll_queue changed; /* bytes or room came, or an end was opened or closed */
};

/* --- pipe.c: bytes --- */

/* An empty pipe that nobody has open. NULL: no memory. */
struct pipe *pipe_create(void);
void pipe_free(struct pipe *pipe);
/* Of every node that is a pipe: those without a name, and S_IFIFO in a tmpfs. */
extern const struct file_operations pipe_operations;

/*
 * writev's work, for the file of a writing end: up to PIPE_BUF bytes go in as a whole, in however
 * many pieces of user memory they lie. Bytes written, or an errno. Sleeps.
 */
long pipe_write_pieces(struct file *file, const struct iovec *pieces, unsigned count);

/* --- pipe_open.c: ends --- */

/*
 * file_operations' open and release. Opening one end of a pipe with a name waits for the other:
 * may sleep. -ENOMEM; -ENXIO: O_NONBLOCK, to write, and nobody reads; or what ended the sleep.
 */
int pipe_open(struct file *file);
void pipe_release(struct file *file);

/*
 * fcntl's F_GETPIPE_SZ and F_SETPIPE_SZ: the size in bytes. -EBADF: the file is no pipe; -EINVAL,
 * -EPERM, -ENOMEM: too large; -EBUSY: there is more in it. The second may sleep, and then returns
 * what ended the sleep.
 */
long pipe_get_size(const struct file *file);
long pipe_set_size(struct file *file, unsigned long size);

#endif
