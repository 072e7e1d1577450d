/*
 * id [-u | -g | -G] [-n] [USER]: the ids of a user, or those that id itself runs with. All of them
 * in a line; or only the user's (-u), the group's (-g) or all groups' (-G), by name with -n.
 */

#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct identity {
	uid_t uid, euid;
	gid_t gid, egid;
	gid_t groups[NGROUPS_MAX + 1]; /* the effective one first */
	int count;
};

static const char *
user_name(uid_t id)
{
	struct passwd *user = getpwuid(id);
	return user ? user->pw_name : NULL;
}

static const char *
group_name(gid_t id)
{
	struct group *group = getgrgid(id);
	return group ? group->gr_name : NULL;
}

static void
who_am_i(struct identity *who)
{
	gid_t groups[NGROUPS_MAX];
	int count = getgroups(NGROUPS_MAX, groups);

	who->uid = getuid();
	who->euid = geteuid();
	who->gid = getgid();
	who->egid = getegid();
	who->groups[0] = who->egid;
	who->count = 1;
	for (int i = 0; i < count; i++) {
		if (groups[i] != who->egid)
			who->groups[who->count++] = groups[i];
	}
}

/* Returns false if there is no such user. */
static bool
who_is(const char *name, struct identity *who)
{
	struct passwd *user = getpwnam(name);

	if (!user)
		return false;
	who->uid = who->euid = user->pw_uid;
	who->gid = who->egid = user->pw_gid;
	who->count = NGROUPS_MAX + 1;
	if (getgrouplist(name, user->pw_gid, who->groups, &who->count) < 0)
		who->count = NGROUPS_MAX + 1;
	return true;
}

/* As in uid=0(root). */
static void
print_both(const char *title, unsigned id, const char *name)
{
	printf("%s%u", title, id);
	if (name)
		printf("(%s)", name);
}

static void
print_all(const struct identity *who)
{
	print_both("uid=", who->uid, user_name(who->uid));
	print_both(" gid=", who->gid, group_name(who->gid));
	if (who->euid != who->uid)
		print_both(" euid=", who->euid, user_name(who->euid));
	if (who->egid != who->gid)
		print_both(" egid=", who->egid, group_name(who->egid));
	for (int i = 0; i < who->count; i++)
		print_both(i ? "," : " groups=", who->groups[i], group_name(who->groups[i]));
	putchar('\n');
}

/* By its name if that is wanted and there is one, else by number. */
static void
print_one(unsigned id, const char *name)
{
	if (name)
		printf("%s", name);
	else
		printf("%u", id);
}

static void
print_kind(char kind, const struct identity *who, bool named)
{
	if (kind == 'u')
		print_one(who->euid, named ? user_name(who->euid) : NULL);
	if (kind == 'g')
		print_one(who->egid, named ? group_name(who->egid) : NULL);
	for (int i = 0; kind == 'G' && i < who->count; i++) {
		if (i)
			putchar(' ');
		print_one(who->groups[i], named ? group_name(who->groups[i]) : NULL);
	}
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct identity who;
	char kind = 0;
	bool named = false, wrong = false;
	int option;

	while ((option = getopt(argc, argv, "ugGn")) != -1) {
		wrong |= option == '?' || (option != 'n' && kind);
		if (option == 'n')
			named = true;
		else
			kind = option;
	}
	if (wrong || argc - optind > 1 || (named && !kind)) {
		fprintf(stderr, "usage: id [-u | -g | -G] [-n] [USER]\n");
		return 2;
	}
	if (optind == argc) {
		who_am_i(&who);
	} else if (!who_is(argv[optind], &who)) {
		fprintf(stderr, "id: %s: no such user\n", argv[optind]);
		return 1;
	}
	if (kind)
		print_kind(kind, &who, named);
	else
		print_all(&who);
	return 0;
}
