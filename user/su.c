/*
 * su [USER] [-c COMMAND]: a shell, or one command, as USER; without a name as root. There are no
 * passwords here, so only root may: it gives its rights away, groups first and user ids last, for
 * after that it could not.
 */

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
usage(void)
{
	fprintf(stderr, "usage: su [USER] [-c COMMAND]\n");
	return 2;
}

static void
drop_to(const struct passwd *user)
{
	if (initgroups(user->pw_name, user->pw_gid) == 0 && setgid(user->pw_gid) == 0 &&
		setuid(user->pw_uid) == 0)
		return;
	fprintf(stderr, "su: %s\n", strerror(errno));
	exit(1);
}

static void
set_environment(const struct passwd *user)
{
	setenv("USER", user->pw_name, 1);
	setenv("LOGNAME", user->pw_name, 1);
	setenv("HOME", user->pw_dir, 1);
	setenv("SHELL", user->pw_shell, 1);
}

/* The options from optind on; the last -c counts. Returns false if there is another one. */
static int
take_options(int argc, char **argv, const char **command)
{
	int option;

	while ((option = getopt(argc, argv, "c:")) == 'c')
		*command = optarg;
	return option == -1;
}

int
main(int argc, char **argv)
{
	const char *name = "root", *command = NULL;

	if (!take_options(argc, argv, &command))
		return usage();
	if (optind < argc)
		name = argv[optind++];
	if (!take_options(argc, argv, &command) || optind < argc)
		return usage();

	struct passwd *user = getpwnam(name);
	if (!user) {
		fprintf(stderr, "su: %s: no such user (/etc/passwd has them all)\n", name);
		return 1;
	}
	if (geteuid() != 0) {
		fprintf(stderr, "su: only root may become %s: there are no passwords here\n", name);
		return 1;
	}
	drop_to(user);
	set_environment(user);
	if (command)
		execl(user->pw_shell, user->pw_shell, "-c", command, NULL);
	else
		execl(user->pw_shell, user->pw_shell, NULL);
	fprintf(stderr, "su: %s: %s\n", user->pw_shell, strerror(errno));
	return errno == ENOENT ? 127 : 126;
}
