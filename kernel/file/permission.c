/*
 * Who may do what with a file, and the calls that change it: mode, owner, umask. The effective ids
 * decide; root may do all but execute what has no x bit. (path_resolution(7))
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/unistd.h>
#include <file/file_calls.h>
#include <file/node.h>
#include <mm/uaccess.h>
#include <task/task.h>

#define RIGHTS 07777

void
place_owner(struct place place, unsigned *uid, unsigned *gid)
{
	const struct process *process = place_process(place);
	const struct credentials *cred = process ? &process->cred : NULL;

	*uid = place.node->uid;
	*gid = place.node->gid;
	/* Who may yet become somebody else: all but the directory is root's, as on Linux. */
	if (cred && ((cred->uid == cred->euid && cred->suid == cred->euid) ||
			place.node->mode == (S_IFDIR | 0555))) {
		*uid = cred->euid;
		*gid = cred->egid;
	}
}

bool
place_owned(struct place place)
{
	unsigned uid, gid;

	place_owner(place, &uid, &gid);
	return current->process->cred.euid == 0 || current->process->cred.euid == uid;
}

int
place_permitted(struct place place, unsigned wanted)
{
	const struct node *node = place.node;
	unsigned granted = node->mode, uid, gid;

	if (wanted & W_OK && node->filesystem->read_only && !S_ISCHR(node->mode))
		return -EROFS;
	if (wanted & X_OK && node->filesystem->no_exec && S_ISREG(node->mode))
		return -EACCES;
	if (current->process->cred.euid == 0) {
		bool executable = S_ISDIR(node->mode) || node->mode & 0111;
		return wanted & X_OK && !executable ? -EACCES : 0;
	}
	place_owner(place, &uid, &gid);
	if (current->process->cred.euid == uid)
		granted >>= 6;
	else if (is_in_group(&current->process->cred, gid))
		granted >>= 3;
	return wanted & ~granted ? -EACCES : 0;
}

/* --- access --- */

static int
permitted_at(struct path *path, long directory, unsigned mode, unsigned flags)
{
	int error = path_walk(path, directory, flags & AT_SYMLINK_NOFOLLOW ? PATH_NO_FOLLOW : 0);

	if (error)
		return error;
	return path->place.node ? place_permitted(path->place, mode) : -ENOENT;
}

/* With the real ids in place of the effective ones, on the way too: nothing sleeps meanwhile. */
static int
permitted_really(struct path *path, long directory, unsigned mode, unsigned flags)
{
	struct credentials *cred = &current->process->cred;
	unsigned euid = cred->euid, egid = cred->egid;

	cred->euid = cred->uid;
	cred->egid = cred->gid;
	int error = permitted_at(path, directory, mode, flags);
	cred->euid = euid;
	cred->egid = egid;
	return error;
}

long
sys_faccessat2(long directory, const char *user, unsigned mode, unsigned flags)
{
	struct path path;

	if (mode & ~(R_OK | W_OK | X_OK) || flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW))
		return -EINVAL;
	long length = copy_string_from_user(path.text, user, sizeof(path.text));
	if (length < 0)
		return length;
	return flags & AT_EACCESS ? permitted_at(&path, directory, mode, flags)
				  : permitted_really(&path, directory, mode, flags);
}

long
sys_faccessat(long directory, const char *path, unsigned mode)
{
	return sys_faccessat2(directory, path, mode, 0);
}

long
sys_access(const char *path, unsigned mode)
{
	return sys_faccessat2(AT_FDCWD, path, mode, 0);
}

/* --- mode --- */

static int
change_mode(struct place place, unsigned mode)
{
	struct node *node = place.node;

	if (node->filesystem->read_only)
		return -EROFS;
	if (!node->filesystem->create || !place_owned(place))
		return -EPERM;
	if (current->process->cred.euid != 0 && !is_in_group(&current->process->cred, node->gid))
		mode &= ~S_ISGID;
	node->mode = (node->mode & S_IFMT) | (mode & RIGHTS);
	node_changed(node);
	return 0;
}

long
sys_fchmodat(long directory, const char *user, unsigned mode)
{
	struct path path;
	int error = path_find(&path, directory, user, 0);

	return error ? error : change_mode(path.place, mode);
}

long
sys_chmod(const char *path, unsigned mode)
{
	return sys_fchmodat(AT_FDCWD, path, mode);
}

long
sys_fchmod(long fd, unsigned mode)
{
	struct file *file = file_find(fd);

	return file ? change_mode(file->place, mode) : -EBADF;
}

long
sys_umask(unsigned mask)
{
	unsigned old = current->process->umask;

	current->process->umask = mask & 0777;
	return old;
}

/* --- owner --- */

/* An owner may give a file to a group that it is in; all else is root's. ~0u: as it is. */
static bool
may_give(struct place place, unsigned uid, unsigned gid)
{
	const struct credentials *cred = &current->process->cred;
	const struct node *node = place.node;
	bool owned = place_owned(place);

	if (cred->euid == 0)
		return true;
	return (uid == ~0u || (owned && uid == node->uid)) &&
	       (gid == ~0u || (owned && (gid == node->gid || is_in_group(cred, gid))));
}

static int
change_owner(struct place place, unsigned uid, unsigned gid)
{
	struct node *node = place.node;

	if (node->filesystem->read_only)
		return -EROFS;
	if (!node->filesystem->create || !may_give(place, uid, gid))
		return -EPERM;
	if (uid != ~0u)
		node->uid = uid;
	if (gid != ~0u)
		node->gid = gid;
	if (!S_ISDIR(node->mode)) { /* what was to run as somebody else no longer does */
		node->mode &= ~S_ISUID;
		if (node->mode & S_IXGRP)
			node->mode &= ~S_ISGID;
	}
	node_changed(node);
	return 0;
}

long
sys_fchownat(long directory, const char *user, unsigned uid, unsigned gid, unsigned flags)
{
	struct path path;

	if (flags & ~AT_SYMLINK_NOFOLLOW)
		return -EINVAL;
	int error = path_find(&path, directory, user,
		flags & AT_SYMLINK_NOFOLLOW ? PATH_NO_FOLLOW : 0);
	return error ? error : change_owner(path.place, uid, gid);
}

long
sys_chown32(const char *path, unsigned uid, unsigned gid)
{
	return sys_fchownat(AT_FDCWD, path, uid, gid, 0);
}

long
sys_lchown32(const char *path, unsigned uid, unsigned gid)
{
	return sys_fchownat(AT_FDCWD, path, uid, gid, AT_SYMLINK_NOFOLLOW);
}

long
sys_fchown32(long fd, unsigned uid, unsigned gid)
{
	struct file *file = file_find(fd);

	return file ? change_owner(file->place, uid, gid) : -EBADF;
}
