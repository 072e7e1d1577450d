/* The end of a program: the functions of atexit, then the streams, then the process. */
#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>

#define FUNCTIONS 32

static void (*functions[FUNCTIONS])(void);
static int function_count;

int
atexit(void (*function)(void))
{
	if (function_count == FUNCTIONS) {
		errno = ENOMEM;
		return -1;
	}
	functions[function_count++] = function;
	return 0;
}

_Noreturn void
exit(int status)
{
	while (function_count > 0)
		functions[--function_count]();
	fflush(NULL);
	_exit(status);
}
