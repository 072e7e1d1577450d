/* Groups, from /etc/group. What a function returns stays until the next call of any of them. */
#ifndef LIBC_GRP_H
#define LIBC_GRP_H

#include <sys/types.h>

struct group {
	char *gr_name;
	char *gr_passwd;
	gid_t gr_gid;
	char **gr_mem; /* the names of its members, ended by NULL */
};

/* NULL: there is no such group (errno as it was), or the file cannot be read (errno says why). */
struct group *getgrnam(const char *name);
struct group *getgrgid(gid_t id);

/* All of them, one a call; NULL after the last. */
void setgrent(void);
struct group *getgrent(void);
void endgrent(void);

/*
 * The groups of a user: `group` first, then those that list it as a member. At most *count of them
 * are stored; *count is then how many there are. Their number, or -1: there was no room for all.
 */
int getgrouplist(const char *user, gid_t group, gid_t *groups, int *count);
/* Gives the calling process, which must be root's, these groups. */
int initgroups(const char *user, gid_t group);
int setgroups(size_t count, const gid_t *groups);

#endif
