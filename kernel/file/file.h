/*
 * Descriptors, narrowly: an open file is a struct file behind a table of operations. Each kind (the
 * archive's files, directories, the terminal, /proc, null and zero) is one file of this folder, and
 * only its operations are known here.
 *
 *     task->files ──> struct files           struct file            struct file_operations
 *                    | slots[fd] ──────────> | operations ───────>  | read write seek … |
 *                    | directory (cwd)       | position, flags      '-------------------'
 *                                            | place ──> struct node (file/node.h)
 *
 * dup and fork share a struct file (and so its position) by reference, as in POSIX.
 */
#ifndef FILE_FILE_H
#define FILE_FILE_H

#include <lib/types.h>

#define OPEN_MAX 64
#define PATH_SIZE 256 /* bytes of a path, the NUL included (Linux has 4096) */

struct file;
struct node;
struct pipe;
struct text;
struct vm_area;
struct watcher;

/* A name found: the node, and, in /proc/PID and below, whose it is. */
struct place {
	struct node *node;
	int pid; /* 0: nobody's */
	int fd;	 /* in /proc/PID/fd: which descriptor of that process */
	uint64_t started; /* when the process was: its pid may come again */
};

struct file_operations {
	const char *name;
	/*
	 * The rest of opening; when it fails the file is released. May sleep. NULL: nothing to do.
	 */
	int (*open)(struct file *file);
	/*
	 * Bytes read or written, or a negative errno; `user` is the user's. May sleep. A kind that
	 * has positions supplies the second pair: they begin at *position and move it on, and the
	 * open file's own position is left to the caller. NULL: -EINVAL.
	 */
	long (*read)(struct file *file, void *user, size_t size);
	long (*write)(struct file *file, const void *user, size_t size);
	long (*read_at)(struct file *file, void *user, size_t size, int64_t *position);
	long (*write_at)(struct file *file, const void *user, size_t size, int64_t *position);
	/* The new position. NULL: -ESPIPE. */
	int64_t (*seek)(struct file *file, int64_t offset, int whence);
	/* struct linux_dirent64 records, from the position on. NULL: -ENOTDIR. */
	long (*list)(struct file *file, void *user, size_t size);
	/* NULL: -ENOTTY. */
	long (*control)(struct file *file, unsigned request, unsigned long argument);
	/*
	 * What can be done now without waiting (POLLIN …, abi/poll.h). With a watcher: it stands
	 * on the file's poll_queue from now on. Does not sleep. NULL: reading and writing always.
	 */
	unsigned (*poll)(struct file *file, struct watcher *watcher);
	/*
	 * mmap: sets the area's ops and its object, a shm_object with a reference for the caller;
	 * may narrow max_rights. Does not sleep. 0, -ENOMEM, -EPERM (not to be executed). NULL:
	 * -ENODEV.
	 */
	int (*map)(struct file *file, struct vm_area *area);
	/* The last reference is gone. NULL: nothing to do. */
	void (*release)(struct file *file);

	/* Of the node itself, open or not. None of them sleeps. */
	/* Set the size in bytes. 0, -EFBIG, -ENOSPC; to 0 it cannot fail. NULL: -EINVAL. */
	int (*resize)(struct node *node, int64_t size);
	/* Of a symbolic link: where it leads, without a NUL; its length. NULL: it is none. */
	long (*read_link)(struct place place, char *text, size_t size);
	/* Of one that leads to what may have no path: there. 0 or an errno. NULL: by its text. */
	int (*follow)(struct place place, struct place *target);
	/* The node is about to be freed: give up its contents. NULL: nothing to do. */
	void (*forget)(struct node *node);
};

struct file {
	const struct file_operations *operations;
	unsigned long references;
	unsigned flags;	  /* O_ACCMODE, O_APPEND, O_NONBLOCK … */
	int64_t position; /* bytes; of a directory: entries */
	struct place place;
	struct text *text; /* of a file of /proc: what it said when it was read from the start */
	struct pipe *pipe; /* of a pipe's end */
};

struct files; /* a process's table: descriptors, close-on-exec bits, current directory */

/* For tasks: a new empty table at "/", a copy (the files shared); NULL: no memory. */
struct files *files_create(void);
struct files *files_fork(struct files *files);
/* The same one for another task. */
struct files *files_share(struct files *files);
bool files_shared(const struct files *files);
void files_close_on_exec(struct files *files);
void files_put(struct files *files);

/*
 * The running task's open file, NULL: -EBADF. Its table keeps it open; who may sleep while using it
 * takes a reference of its own, by file_get(), and gives it back. file_put(NULL) does nothing.
 */
struct file *file_find(long fd);
struct file *file_get(long fd);
void file_put(struct file *file);
/*
 * An open file of any process's table; NULL: none. It stays open until the next sleep only. And the
 * lowest descriptor in use from `fd` on, or -1.
 */
struct file *files_at(const struct files *files, long fd);
long files_next(const struct files *files, long fd);
/* Open the place with a descriptor of its own, the lowest. -EMFILE -ENFILE -ENOMEM. */
int file_open(struct place place, const struct file_operations *operations, unsigned flags);
/* A seek's usual work; `end` -1: SEEK_END is refused. The new position, -EINVAL, -EOVERFLOW. */
int64_t file_seek(struct file *file, int64_t offset, int whence, int64_t end);

/*
 * What /dev/random and getrandom give: bytes stored, fewer when a signal came; -EFAULT. May sleep.
 */
long random_to_user(void *user, size_t size);

/* The running task's directory. */
struct place *current_directory(void);

/*
 * Once, from kmain: the tree of names with /dev and /proc in it, then the archive. Panics with a
 * message that says so when the archive is missing or damaged.
 */
void archive_init(void);
/*
 * The bytes of an executable file of the archive (they stay where they are for ever), for exec.
 * `path` is absolute or relative to the running task's directory; `absolute`, PATH_SIZE bytes, gets
 * the file's own. 0, -ENOENT, -ENOTDIR, -EACCES (no x bit, or not a regular file).
 */
int archive_executable(const char *path, char *absolute, const void **bytes, size_t *size);

/*
 * A door, from the console's devices with interrupts off: one byte typed. False: the ring is full,
 * keep it and stop the device until arch_console_ready().
 */
bool console_input(char c);
/* Reads console= from the boot arguments. */
void terminal_init(void);

#endif
