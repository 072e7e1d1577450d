/* Users. A line of /etc/passwd is name:password:uid:gid:name in full:home:shell (passwd(5)). */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

static struct records records = {.path = "/etc/passwd"};

void
setpwent(void)
{
	records_close(&records);
}

void
endpwent(void)
{
	records_close(&records);
}

struct passwd *
getpwent(void)
{
	static struct passwd user;
	char *field[RECORD_FIELDS];

	if (!records_next(&records, 7, field))
		return NULL;
	user.pw_name = field[0];
	user.pw_passwd = field[1];
	user.pw_uid = strtoul(field[2], NULL, 10);
	user.pw_gid = strtoul(field[3], NULL, 10);
	user.pw_gecos = field[4];
	user.pw_dir = field[5];
	user.pw_shell = field[6];
	return &user;
}

struct passwd *
getpwnam(const char *name)
{
	struct passwd *user;

	setpwent();
	while ((user = getpwent()) && strcmp(user->pw_name, name) != 0)
		;
	endpwent();
	return user;
}

struct passwd *
getpwuid(uid_t id)
{
	struct passwd *user;

	setpwent();
	while ((user = getpwent()) && user->pw_uid != id)
		;
	endpwent();
	return user;
}
