/*
 * ls [-l] [-n] [-a] [PATH]…: list directories, sorted by name; columns on a screen, one a line
 * elsewhere. -l shows mode, links, owner, group, size and time; -n the same with the numbers of
 * owner and group; -a also the names that begin with a dot.
 */

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool want_long, want_all, want_numbers;
static int status;

static void
complain(const char *what)
{
	fflush(stdout); /* what was listed before comes before */
	fprintf(stderr, "ls: %s: %s\n", what, strerror(errno));
	status = 1;
}

static char
type_letter(mode_t mode)
{
	if (S_ISDIR(mode))
		return 'd';
	if (S_ISCHR(mode))
		return 'c';
	if (S_ISBLK(mode))
		return 'b';
	if (S_ISLNK(mode))
		return 'l';
	return S_ISFIFO(mode) ? 'p' : '-';
}

/* The file's owner and group: by name if there is one and it is wanted, else by number. */
static void
print_owners(const struct stat *stat)
{
	struct passwd *user = want_numbers ? NULL : getpwuid(stat->st_uid);
	struct group *group = want_numbers ? NULL : getgrgid(stat->st_gid);

	if (user)
		printf("%-7s ", user->pw_name);
	else
		printf("%-7u ", (unsigned)stat->st_uid);
	if (group)
		printf("%-7s ", group->gr_name);
	else
		printf("%-7u ", (unsigned)stat->st_gid);
}

/* Where a symbolic link leads. */
static void
print_target(const char *path)
{
	char target[256];
	ssize_t length = readlink(path, target, sizeof target);

	if (length >= 0)
		printf(" -> %.*s", (int)length, target);
}

static void
print_long(const char *path, const char *name)
{
	struct stat stat;
	char rights[] = "rwxrwxrwx", when[32];

	if (lstat(path, &stat) < 0) {
		complain(path);
		return;
	}
	for (int i = 0; i < 9; i++) {
		if (!(stat.st_mode & (0400 >> i)))
			rights[i] = '-';
	}
	if (stat.st_mode & S_ISVTX)
		rights[8] = stat.st_mode & 1 ? 't' : 'T';
	time_t changed = stat.st_mtime;
	strftime(when, sizeof when, "%Y-%m-%d %H:%M", gmtime(&changed));
	printf("%c%s %2u ", type_letter(stat.st_mode), rights, (unsigned)stat.st_nlink);
	print_owners(&stat);
	printf("%8lld %s %s", (long long)stat.st_size, when, name);
	if (S_ISLNK(stat.st_mode))
		print_target(path);
	printf("\n");
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Returns the wanted names, sorted; sets *count. The caller owns the vector and its strings. */
static char **
read_names(DIR *directory, int *count)
{
	struct dirent *entry;
	char **names = NULL;

	*count = 0;
	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.' && !want_all)
			continue;
		names = realloc(names, (*count + 1) * sizeof *names);
		if (!names || !(names[(*count)++] = strdup(entry->d_name))) {
			perror("ls");
			exit(1);
		}
	}
	if (*count > 0)
		qsort(names, *count, sizeof *names, by_name);
	return names;
}

/* 0: not a screen, or nobody knows. */
static int
screen_width(void)
{
	struct winsize size;

	return ioctl(1, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static void
print_columns(char **names, int count)
{
	int width = 1;

	for (int i = 0; i < count; i++) {
		if ((int)strlen(names[i]) + 2 > width)
			width = strlen(names[i]) + 2;
	}
	int columns = width < screen_width() ? screen_width() / width : 1;
	int rows = (count + columns - 1) / columns;
	for (int row = 0; row < rows; row++) {
		for (int i = row; i < count; i += rows)
			printf("%-*s", i + rows < count ? width : 0, names[i]);
		putchar('\n');
	}
}

static void
list_directory(const char *path, DIR *directory)
{
	char full[512];
	int count;
	char **names = read_names(directory, &count);

	if (!want_long)
		print_columns(names, count);
	for (int i = 0; i < count; i++) {
		snprintf(full, sizeof full, "%s/%s", path, names[i]);
		if (want_long)
			print_long(full, names[i]);
		free(names[i]);
	}
	free(names);
}

static void
list(const char *path, bool title)
{
	DIR *directory = opendir(path);

	if (directory) {
		if (title)
			printf("%s:\n", path);
		list_directory(path, directory);
		closedir(directory);
	} else if (errno != ENOTDIR) {
		complain(path);
	} else if (want_long) {
		print_long(path, path);
	} else {
		puts(path);
	}
}

int
main(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "lna")) != -1) {
		if (option == '?') {
			fprintf(stderr, "usage: ls [-l] [-n] [-a] [PATH]…\n");
			return 2;
		}
		want_long |= option == 'l' || option == 'n';
		want_numbers |= option == 'n';
		want_all |= option == 'a';
	}
	if (optind == argc)
		list(".", false);
	for (int i = optind; i < argc; i++)
		list(argv[i], argc - optind > 1);
	return status;
}
