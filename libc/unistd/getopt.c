/* The options of a program: letters behind a -, those with a colon take an argument. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

static const char *letters; /* the rest of the word of letters being read, NULL between words */

static int
complain(const char *program, const char *text, const char *options)
{
	if (opterr && *options != ':')
		fprintf(stderr, "%s: %s -- '%c'\n", program, text, optopt);
	return '?';
}

int
getopt(int count, char *const arguments[], const char *options)
{
	const char *option;

	if (optind == 0) {
		optind = 1;
		letters = NULL;
	}
	optarg = NULL;
	if (!letters) {
		if (optind >= count || arguments[optind][0] != '-' || !arguments[optind][1])
			return -1;
		if (strcmp(arguments[optind], "--") == 0) {
			optind++;
			return -1;
		}
		letters = arguments[optind] + 1;
	}
	optopt = (unsigned char)*letters++;
	option = optopt == ':' ? NULL : strchr(options, optopt);
	if (option && option[1] == ':') {
		if (*letters)
			optarg = (char *)letters;
		else if (++optind < count)
			optarg = arguments[optind];
		letters = "";
	}
	if (!*letters) {
		letters = NULL;
		optind++;
	}
	if (!option)
		return complain(arguments[0], "invalid option", options);
	if (option[1] == ':' && !optarg) {
		optind = count;
		complain(arguments[0], "option requires an argument", options);
		return *options == ':' ? ':' : '?';
	}
	return optopt;
}
