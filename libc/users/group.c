/* Groups. A line of /etc/group is name:password:gid:member,member… (group(5)). */
#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record.h"

static struct records records = {.path = "/etc/group"};

void
setgrent(void)
{
	records_close(&records);
}

void
endgrent(void)
{
	records_close(&records);
}

/* The names between the commas, as a list that is kept till the next call; NULL: no memory. */
static char **
members_of(char *text)
{
	static char **list;
	size_t commas = 0, count = 0;

	for (const char *c = text; *c; c++)
		commas += *c == ',';
	char **larger = realloc(list, (commas + 2) * sizeof(*list));
	if (!larger)
		return NULL;
	list = larger;
	for (char *rest = text, *name; (name = strsep(&rest, ","));)
		if (*name)
			list[count++] = name;
	list[count] = NULL;
	return list;
}

struct group *
getgrent(void)
{
	static struct group group;
	char *field[RECORD_FIELDS];

	if (!records_next(&records, 4, field))
		return NULL;
	group.gr_name = field[0];
	group.gr_passwd = field[1];
	group.gr_gid = strtoul(field[2], NULL, 10);
	group.gr_mem = members_of(field[3]);
	return group.gr_mem ? &group : NULL;
}

struct group *
getgrnam(const char *name)
{
	struct group *group;

	setgrent();
	while ((group = getgrent()) && strcmp(group->gr_name, name) != 0)
		;
	endgrent();
	return group;
}

struct group *
getgrgid(gid_t id)
{
	struct group *group;

	setgrent();
	while ((group = getgrent()) && group->gr_gid != id)
		;
	endgrent();
	return group;
}

static int
is_member(const struct group *group, const char *user)
{
	for (char **name = group->gr_mem; *name; name++)
		if (strcmp(*name, user) == 0)
			return 1;
	return 0;
}

int
getgrouplist(const char *user, gid_t first, gid_t *groups, int *count)
{
	int room = *count, found = 0;
	struct group *group;

	if (found++ < room)
		groups[0] = first;
	setgrent();
	while ((group = getgrent())) {
		if (group->gr_gid == first || !is_member(group, user))
			continue;
		if (found++ < room)
			groups[found - 1] = group->gr_gid;
	}
	endgrent();
	*count = found;
	return found <= room ? found : -1;
}

int
initgroups(const char *user, gid_t group)
{
	gid_t groups[NGROUPS_MAX];
	int count = NGROUPS_MAX;

	if (getgrouplist(user, group, groups, &count) < 0)
		count = NGROUPS_MAX; /* those that there is room for */
	return setgroups(count, groups);
}
