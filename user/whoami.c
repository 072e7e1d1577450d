/* whoami: the name of the user as whom it runs. */

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

int
main(void)
{
	struct passwd *user = getpwuid(geteuid());

	if (!user) {
		fprintf(stderr, "whoami: user %u has no name\n", geteuid());
		return 1;
	}
	puts(user->pw_name);
	return 0;
}
