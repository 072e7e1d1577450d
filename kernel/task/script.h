/* Scripts: files that begin with #! and name the program that reads them. */
#ifndef TASK_SCRIPT_H
#define TASK_SCRIPT_H

#include <lib/types.h>

struct exec_words;

#define SCRIPTS_MAX 5 /* a script's interpreter may be a script, and so on, as on Linux */

static inline bool
is_script(const char *bytes, size_t size)
{
	return size >= 2 && bytes[0] == '#' && bytes[1] == '!';
}

/*
 * Make `words`, which are those of the script `name` (PATH_SIZE bytes), into those of its
 * interpreter, and `name` into the interpreter's path:
 *
 *     argv: NAME a b, and #!/bin/sh -e -u     become     /bin/sh "-e -u" SCRIPT a b
 *
 * What follows the interpreter is one word, as on Linux (execve(2)). 0; -ENOEXEC: the line names
 * none, or is longer than Linux reads; -E2BIG, -ENOMEM: `words` are of no use any more.
 */
int script_words(const char *bytes, size_t size, char *name, struct exec_words *words);

#endif
