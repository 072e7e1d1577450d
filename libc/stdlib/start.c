/* From the kernel's words on the stack to main, and from main to exit. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

int main(int count, char **arguments, char **environment);
_Noreturn void start_program(char **stack);

int errno;
char **environ;
char *program_invocation_name = "", *program_invocation_short_name = "";

static unsigned long *auxiliary; /* pairs of type and value */

_Noreturn void
start_program(char **stack)
{
	int count = *(int *)stack;
	char **arguments = stack + 1;
	char **end = environ = arguments + count + 1;

	while (*end)
		end++;
	auxiliary = (unsigned long *)(end + 1);
	if (count > 0) {
		char *slash = strrchr(arguments[0], '/');
		program_invocation_name = arguments[0];
		program_invocation_short_name = slash ? slash + 1 : arguments[0];
	}
	exit(main(count, arguments, environ));
}

unsigned long
getauxval(unsigned long type)
{
	for (unsigned long *pair = auxiliary; pair[0] != AT_NULL; pair += 2)
		if (pair[0] == type)
			return pair[1];
	errno = ENOENT;
	return 0;
}
