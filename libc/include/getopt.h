/* Options with long names too. */
#ifndef LIBC_GETOPT_H
#define LIBC_GETOPT_H

#include <unistd.h>

#define no_argument	  0
#define required_argument 1
#define optional_argument 2 /* only as --name=argument */

struct option {
	const char *name; /* without the --; NULL ends the array */
	int has_arg;
	int *flag; /* NULL: val is returned; else it goes to *flag, and 0 is returned */
	int val;
};

/*
 * As getopt, and --name, --name=argument and --name argument too; a name may be cut short as long
 * as it is one only. *index, if `index` is not NULL, is the long option's. Operands are not moved
 * behind the options: the first one ends them.
 */
int getopt_long(int count, char *const arguments[], const char *options,
	const struct option *long_options, int *index);

#endif
