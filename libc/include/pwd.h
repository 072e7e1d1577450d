/* Users, from /etc/passwd. What a function returns stays until the next call of any of them. */
#ifndef LIBC_PWD_H
#define LIBC_PWD_H

#include <sys/types.h>

struct passwd {
	char *pw_name;
	char *pw_passwd;
	uid_t pw_uid;
	gid_t pw_gid;
	char *pw_gecos; /* the name in full */
	char *pw_dir;
	char *pw_shell;
};

/* NULL: there is no such user (errno as it was), or the file cannot be read (errno says why). */
struct passwd *getpwnam(const char *name);
struct passwd *getpwuid(uid_t id);

/* All of them, one a call; NULL after the last. */
void setpwent(void);
struct passwd *getpwent(void);
void endpwent(void);

#endif
