/* What the three kinds have in common: owners, times, sizes. */

#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <time.h>

#include "ipcs.h"

void
print_owner(const struct object *object, int width)
{
	struct passwd *user = getpwuid(object->uid);

	if (user)
		printf("%-*d %-10.10s", width, object->id, user->pw_name);
	else
		printf("%-*d %-10u", width, object->id, object->uid);
}

static void
print_user_and_group(unsigned uid, unsigned gid)
{
	struct passwd *user = getpwuid(uid);
	struct group *group = getgrgid(gid);

	if (user)
		printf(" %-10s", user->pw_name);
	else
		printf(" %-10u", uid);
	if (group)
		printf(" %-10s", group->gr_name);
	else
		printf(" %-10u", gid);
}

void
print_creators(const struct object *object)
{
	printf("%-10d %-10o", object->id, object->mode & 0777);
	print_user_and_group(object->cuid, object->cgid);
	print_user_and_group(object->uid, object->gid);
	putchar('\n');
}

void
print_creators_title(const char *id)
{
	printf("%-10s %-10s %-10s %-10s %-10s %-10s\n", id, "perms", "cuid", "cgid", "uid", "gid");
}

/* As ctime's, without the newline: Sun Nov 22 09:31:44 2026. */
static char *
text_of_time(long long seconds, char text[32])
{
	time_t time = seconds;

	strcpy(text, "Not set");
	if (time)
		strftime(text, 32, "%a %b %e %H:%M:%S %Y", localtime(&time));
	return text;
}

void
print_long_time(const char *form, long long time)
{
	char text[32];

	printf(form, text_of_time(time, text));
}

void
print_time(const char *form, long long time)
{
	char text[32], *from = text_of_time(time, text);

	if (time) {
		from += strlen("Sun ");
		from[strlen("Nov 22 09:31:44")] = '\0';
	}
	printf(form, from);
}

/* The largest unit that is not larger, and one digit behind the point unless that is 0. */
char *
human_size(unsigned long long bytes, char text[16])
{
	int shift = 0;

	while (shift < 60 && bytes >> shift >= 1024)
		shift += 10;
	unsigned long long whole = bytes >> shift, rest = bytes - (whole << shift);
	/* in thousandths, without running over, then in tenths, rounded */
	rest = shift > 10 ? (rest >> 10) * 1000 >> (shift - 10) : rest * 1000 >> shift;
	rest = (rest + 50) / 100;
	if (rest == 10) {
		whole++;
		rest = 0;
	}
	int length = snprintf(text, 16, "%llu", whole);
	if (rest)
		length += snprintf(text + length, 16 - length, ".%llu", rest);
	snprintf(text + length, 16 - length, "%c", "BKMGTPE"[shift / 10]);
	return text;
}

void
print_limit(const char *title, unsigned long long bytes, bool in_kib)
{
	char text[16];

	if (unit == HUMAN)
		printf("%s = %s\n", title, human_size(bytes, text));
	else if (unit == USUAL && in_kib)
		printf("%s (kbytes) = %llu\n", title, bytes / 1024);
	else
		printf("%s (bytes) = %llu\n", title, bytes);
}

void
print_size(unsigned long long bytes, int width)
{
	char text[16];

	if (unit == HUMAN)
		printf("%6s%*s", human_size(bytes, text), width - 6, "");
	else
		printf("%-*llu", width, bytes);
}
