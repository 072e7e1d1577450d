/*
 * The tree of names. A node is a file, a directory, a device, a link; a name stands in a directory
 * and leads to a node, and a node may have several names, or none any more.
 *
 *     struct node (directory)    struct name               struct node (file)
 *    +----------------+         +---------------------+   +----------------------+
 *    | names in it ───┼──tree──>| "motd"   node ──────┼──>| mode, owner, times   |
 *    |                |<────────┼ directory           |   | references, links    |
 *    +----------------+         +---------------------+   | operations, contents |
 *                                                         +----------------------+
 *
 * Laws: `references` = names that lead to the node + names that stand in it + open files +
 * processes' directories + areas that map it; without one it is freed. `links` is what stat calls
 * st_nlink. Nothing in node.c, path.c and names.c sleeps: a pointer that is kept while something
 * does must be a reference.
 *
 * A process's directory in /proc is one node that stands for all of them; the struct place says
 * whose it is.
 */
#ifndef FILE_NODE_H
#define FILE_NODE_H

#include <abi/stat.h>
#include <abi/time.h>
#include <file/file.h>
#include <lib/list.h>
#include <lib/tree.h>

struct process;
struct shm_object;
struct vm_operations;

/* What all nodes of one mounted tree share. */
struct filesystem {
	const char *name;
	uint32_t magic;	 /* as statfs tells it */
	unsigned device; /* st_dev */
	/*
	 * A new node without a name, its owner the running task, for a directory of this file
	 * system; NULL: no memory. `create` NULL: names can neither be made nor removed here, the
	 * answer is `refusal`.
	 */
	struct node *(*create)(struct filesystem *filesystem, unsigned mode);
	int refusal;
	bool read_only; /* its files are never written */
	bool no_exec;	/* and these never executed, as a mount option says it elsewhere */
};

struct node {
	unsigned long references;
	const struct file_operations *operations;
	struct filesystem *filesystem;
	unsigned mode; /* S_IFMT and rights */
	unsigned uid, gid;
	unsigned links;
	unsigned inode;
	struct timespec64 accessed, modified, changed;
	struct list names;	   /* by which it is known, oldest first; the last one stays */
	struct tree children;	   /* of a directory: names, by their serial numbers */
	unsigned long last_serial; /* of a directory: what the newest name in it got */
	unsigned device;	   /* of a device: its number, for st_rdev */
	uint64_t size;		   /* bytes */
	const void *bytes;	   /* of a file of the archive; where a symbolic link leads */
	struct shm_object *object; /* of a file of a tmpfs */
	struct pipe *pipe;	   /* of a pipe that somebody has open */
	const struct setting *setting; /* of a file in /proc/sys */
	/* Of a file of /proc: writes what it says; `process`: whose it is, or NULL. No sleep. */
	void (*write_text)(struct text *text, struct process *process);
	bool for_owner; /* and whatever the mode says, only the process's user opens it */
	struct node *each_process; /* of /proc: stands for every process's directory */
	struct node *each_descriptor; /* of /proc/PID/fd: stands for the link to every open file */
};

/*
 * A name holds a reference to its directory, and, while it stands there, one to its node. A node's
 * last name, taken out of its directory (node NULL), stays with the node, so that /proc/PID/maps
 * and ".." still know it.
 */
struct name {
	struct node *directory;
	struct node *node;
	struct list of_node;	    /* in node->names */
	struct tree_node sibling;   /* in directory->children */
	unsigned long serial;	    /* grows with each name made in the directory: a position */
	struct name *next_in_bucket;
	char text[];		    /* without '/' */
};

/* Makes the root. Panics without memory. */
void node_init(void);
extern struct node *root_node;
extern struct filesystem archive_filesystem;

/* A node with one reference, the caller's, and no name; root's, of now. NULL: no memory. */
struct node *node_create(
	struct filesystem *filesystem, unsigned mode, const struct file_operations *operations);
static inline void
node_get(struct node *node)
{
	node->references++;
}
/* The last reference frees the node and what it holds. NULL is fine. Does not sleep. */
void node_put(struct node *node);

/* What `directory` holds under this name, or NULL. */
struct name *node_name(const struct node *directory, const char *text, size_t length);
/* The same name's node, without a reference, or NULL. */
struct node *node_child(const struct node *directory, const char *text, size_t length);
/* The first name in `directory` with at least this serial number, or NULL. O(log n). */
struct name *node_first_name(const struct node *directory, unsigned long serial);
/* Give the node this name, which is free, and keep counts and times. -ENOMEM. */
int node_link(struct node *directory, const char *text, size_t length, struct node *node);
/* Take the name out of its directory. The name may be gone afterwards, and so may its node. */
void node_unlink(struct name *name);
/* Its name, or the last it had; NULL: it never had one. */
struct name *node_last_name(const struct node *node);
/* Set modified and changed, or changed alone, to now. */
void node_modified(struct node *node);
void node_changed(struct node *node);
unsigned long node_count(void);

/*
 * Find or make the node at `path`, seen from `directory`, and the directories that lead to it. A
 * new node gets mode and operations; one that is there already keeps its own. Names "", "." are
 * passed over. For boot only: symbolic links are not followed. 0, -ENOMEM, -ENOTDIR (a file stands
 * in the way), -EINVAL (".." or a name that is too long).
 */
int node_make(struct node *directory, const char *path, unsigned mode,
	const struct file_operations *operations, struct node **node);
/* The same where nothing can be wrong but the memory: panics. */
struct node *node_add(struct node *directory, const char *path, unsigned mode,
	const struct file_operations *operations);

/* --- places --- */

/* Whose it is; NULL: nobody's, or that process has gone. */
struct process *place_process(struct place place);
/* What the process of the place has open, or NULL. */
const struct files *place_files(struct place place);

/* The process that the place belongs to has gone. */
bool place_is_stale(struct place place);
uint64_t place_inode(struct place place);
/* One step up; "/" is above "/". */
struct place place_parent(struct place place);
void place_owner(struct place place, unsigned *uid, unsigned *gid);
void place_stat(struct place place, struct stat64 *stat);
/*
 * The running task may do this (R_OK, W_OK, X_OK or'ed) by its effective ids. 0, -EACCES, -EROFS.
 */
int place_permitted(struct place place, unsigned wanted);
/* It is the place's owner, or root. */
bool place_owned(struct place place);
/* The place's path, written so that it ends at buffer[size - 1]; NULL: it does not fit. */
char *place_path(struct place place, char *buffer, size_t size);

/* --- paths --- */

#define LINKS_MAX 40 /* symbolic links in one walk, as on Linux */

struct path {
	struct place directory; /* where the last name stands, or would */
	const char *name;	/* the last name, in text; no NUL ends it */
	size_t length;		/* 0: the path is only slashes, "/" */
	bool has_slash;		/* behind the last name: it must be a directory */
	struct place place;	/* what the path names; node NULL: there is no such name */
	char text[PATH_SIZE];	/* the path; a walk replaces symbolic links in it */
};

/* Its last name is this one. */
bool path_is(const struct path *path, const char *text);

/* In the `flags` of a walk. */
#define PATH_NO_FOLLOW 1u /* a symbolic link at the end is not followed */

/*
 * Walk path->text and fill in the rest; `directory`, a descriptor or AT_FDCWD, is where a relative
 * path starts. 0 also when only the last name is missing; -ENOENT, -ENOTDIR, -EACCES (no search
 * permission), -ELOOP, -ENAMETOOLONG, -EBADF. Does not sleep, takes no references.
 */
int path_walk(struct path *path, long directory, unsigned flags);
/*
 * The same after the path has been copied from the user; sleeps before the walk, not after. Also
 * -EFAULT. path_find: -ENOENT when the last name is missing.
 */
int path_get(struct path *path, long directory, const char *user, unsigned flags);
int path_find(struct path *path, long directory, const char *user, unsigned flags);
/* A name may be made in this directory. 0, -EACCES, -EROFS, -EPERM, -ENOENT (it was removed). */
int node_may_make(struct place directory);
/*
 * Make what the path found missing: a node of this mode, as it is, under its last name. *result
 * (may be NULL) gets a reference. As node_may_make, and -ENOSPC. Does not sleep.
 */
int node_make_at(struct path *path, unsigned mode, struct node **result);

/* --- the kinds of nodes --- */

extern const struct file_operations directory_operations;
extern const struct file_operations link_operations; /* symbolic links, `bytes` says whereto */
extern const struct file_operations terminal_operations;
extern const struct vm_operations file_area_operations; /* map.c: areas of mapped files */

/* What archive_init() adds to the tree. */
void devices_add(void);
void proc_add(void);
void tmpfs_add(void);
/* The foreground group if the terminal is that of the process's session, else -1. */
int terminal_group(const struct process *process);

#endif
