/*
 * The tree of names: every file and directory that can be opened. It is made at boot and then never
 * changes; a process's directory in /proc is one node that stands for all of them, and the struct
 * place says whose it is.
 *
 *     /  bin/  sh ls …        the archive's
 *        dev/  console null …
 *        proc/ meminfo …      and each_process ──> stat maps status
 */
#ifndef FILE_NODE_H
#define FILE_NODE_H

#include <abi/stat.h>
#include <file/file.h>

struct process;

struct node {
	struct node *parent;	  /* the root's is the root */
	struct node *first, *last; /* of a directory: what is in it, by age */
	struct node *next;	  /* in the parent */
	struct node *next_in_bucket;
	const struct file_operations *operations;
	unsigned mode; /* S_IFMT and rights */
	unsigned inode;
	unsigned long time;    /* of the last change, seconds since 1970 */
	unsigned device;       /* of a device: its number, for st_rdev */
	const void *bytes;     /* of a file of the archive */
	const struct setting *setting; /* of a file in /proc/sys */
	size_t size;	       /* of a file of the archive, bytes */
	/* Of a file of /proc: writes what it says; `task`: whose it is, or NULL. Does not sleep. */
	void (*write_text)(struct text *text, struct process *process);
	struct node *each_process; /* of /proc: stands for every process's directory */
	char name[];		   /* without '/' */
};

/* Makes the root. Panics without memory. */
void node_init(void);
extern struct node *root_node;

/*
 * Find or make the node at `path`, seen from `directory`, and the directories that lead to it. A
 * new node gets mode and operations; one that is there already keeps its own. Names "", "." are
 * passed over. For boot only: nodes are never freed. 0, -ENOMEM, -ENOTDIR (a file stands in the
 * way), -EINVAL (".." or a name that is too long).
 */
int node_make(struct node *directory, const char *path, unsigned mode,
	const struct file_operations *operations, struct node **node);
/* The same where nothing can be wrong but the memory: panics. */
struct node *node_add(struct node *directory, const char *path, unsigned mode,
	const struct file_operations *operations);
/* What `directory` holds under this name, or NULL. */
struct node *node_child(const struct node *directory, const char *name, size_t length);

/* The directories' operations. */
extern const struct file_operations directory_operations;

/* The process that the place belongs to has gone. */
bool place_is_stale(struct place place);
uint64_t place_inode(struct place place);
/* One step up; "/" is above "/". */
struct place place_parent(struct place place);
void place_stat(struct place place, struct stat64 *stat);
/*
 * The place of an absolute or relative path; the running task's directory, or `from`, is where a
 * relative one starts (from may be NULL). 0, -ENOENT, -ENOTDIR. Does not sleep. When only the
 * path's last name is missing, *place is the directory that it is missing in; after any other error
 * its node is NULL.
 */
int path_find(const struct place *from, const char *path, struct place *place);

/* What archive_init() adds to the tree. */
void devices_add(void);
void proc_add(void);
extern const struct file_operations terminal_operations;
/* The foreground group if the terminal is that of the process's session, else -1. */
int terminal_group(const struct process *process);

#endif
