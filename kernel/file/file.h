/*
 * Descriptors, narrowly: an open file is a struct file behind a table of operations. The three kinds are the archive's tree, the
 * terminal and /proc; each is one file of this folder, and only its operations are known here.
 *
 *     task->files ──> struct files           struct file            struct file_operations
 *                    | slots[fd] ──────────> | operations ───────>  | read write seek … |
 *                    | directory (cwd)       | position, flags      '-------------------'
 *                                            | node, data
 *
 * dup and fork share a struct file (and so its position) by reference, as in POSIX.
 */
#ifndef FILE_FILE_H
#define FILE_FILE_H

#include <lib/types.h>
#include <machine/abi.h>

#define OPEN_MAX 64
#define PATH_MAX 256 /* bytes, the NUL included */

struct file;

struct file_operations {
	const char *name;
	/* Bytes read or written, or a negative errno; `user` is a user address. May sleep. NULL: -EBADF. */
	long (*read)(struct file *file, void *user, size_t size);
	long (*write)(struct file *file, const void *user, size_t size);
	/* The new position. NULL: -ESPIPE. */
	long (*seek)(struct file *file, long offset, int whence);
	int (*stat)(struct file *file, struct stat64 *stat);
	/* struct linux_dirent64 records, from the position on. NULL: -ENOTDIR. */
	long (*list)(struct file *file, void *user, size_t size);
	/* NULL: -ENOTTY. */
	long (*control)(struct file *file, unsigned request, unsigned long argument);
	/* The last reference is gone. NULL: nothing to do. */
	void (*release)(struct file *file);
};

struct file {
	const struct file_operations *operations;
	unsigned long references;
	unsigned flags; /* O_ACCMODE, O_APPEND, O_NONBLOCK */
	long position;	/* bytes; of a directory: entries */
	void *node;	/* whose file it is: the kind's own */
	void *data;	/* made when it was opened: the kind's own */
};

struct files; /* a process's table: descriptors, close-on-exec bits, current directory */

/* For tasks: a new empty table at "/", a copy (the files shared) — NULL: no memory — and its end. */
struct files *files_create(void);
struct files *files_fork(struct files *files);
void files_close_on_exec(struct files *files);
void files_put(struct files *files);

/* Once, from kmain: reads the archive. Panics with a message that says so when it is missing or damaged. */
void archive_init(void);
/*
 * The bytes of an executable file of the archive (they stay where they are for ever), for exec. `path` is absolute or
 * relative to the running task's directory. 0, -ENOENT, -ENOTDIR, -EACCES (no x bit, or not a regular file).
 */
int archive_executable(const char *path, const void **bytes, size_t *size);

/* A door, from the console's devices with interrupts off: one byte typed. False: the ring is full, keep it and stop the
 * device until arch_console_ready(). */
bool console_input(char c);
/* Reads console= from the boot arguments. */
void terminal_init(void);

#endif
