/* getgroups and setgroups: sizes, order, who may, and what becomes of them at fork and exec. */
#include "_tap.h"
#include <grp.h>

#define SOME 5

static int
holds(const gid_t *wanted, int count)
{
	gid_t groups[32];
	return getgroups(32, groups) == count &&
	       memcmp(groups, wanted, count * sizeof(*groups)) == 0;
}

int
main(int argc, char **argv)
{
	static const gid_t given[SOME] = {30, 10, 50, 20, 10}, sorted[SOME] = {10, 10, 20, 30, 50};
	gid_t groups[32] = {0};
	char *again[] = {argv[0], "again", NULL};
	if (argc > 1) /* after exec */
		return !holds(sorted, SOME);

	is_int(setgroups(0, NULL), 0, "V07 root may have no group at all");
	is_int(getgroups(0, NULL), 0, "V07 then there is none");
	is_int(getgroups(32, groups), 0, "V07 with room too");
	is_int(setgroups(SOME, given), 0, "V07 root sets some");
	is_int(getgroups(0, NULL), SOME, "V07 size 0 asks how many");
	is_int(getgroups(SOME, groups), SOME, "V07 there is just enough room");
	ok(memcmp(groups, sorted, sizeof(sorted)) == 0, "V07 they come sorted");
	fails(getgroups(SOME - 1, groups), EINVAL, "V07 too little room");
	fails(getgroups(-1, groups), EINVAL, "V07 a negative size");
	fails(getgroups(SOME, (gid_t *)unknown(8)), EFAULT, "V07 V08 a wrong address to get");
	fails(setgroups(SOME, (gid_t *)unknown(8)), EFAULT, "V07 V08 a wrong address to set");
	fails(setgroups(-1u, groups), EINVAL, "V07 more groups than there can be");
	fails(setgroups(100000, groups), EINVAL, "V07 fewer, but too many");
	groups[0] = -1u;
	fails(setgroups(1, groups), EINVAL, "V07 -1 is no group");
	ok(holds(sorted, SOME), "V07 after all these they are as they were");

	is_int(in_child(exit(!holds(sorted, SOME))), 0, "V07 a child has them");
	is_int(in_child(execv(argv[0], again)), 0, "V07 a new program too");
	is_int(in_child(must(setuid(1000)); exit(!holds(sorted, SOME))), 0,
		"V07 setuid leaves the groups");
	is_int(in_child(must(setuid(1000)); exit(setgroups(0, NULL) == 0 || errno != EPERM)), 0,
		"V07 a user cannot set them");
	is_int(in_child(must(setuid(1000)); exit(setgroups(-1u, NULL) == 0 || errno != EPERM)), 0,
		"V07 and hears EPERM first");
	is_int(in_child(must(setresuid(1000, 1000, 0)); must(seteuid(0));
		       exit(setgroups(0, NULL) != 0)),
		0, "V07 who came back to be root can");
	return done();
}
