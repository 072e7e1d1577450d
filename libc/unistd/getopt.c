/*
 * The options of a program: letters behind a -; those with a colon take an argument, those with two
 * take one if it follows in the same word. And words behind --.
 */
#include <errno.h>
#include <getopt.h>
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
		else if (option[2] != ':' && ++optind < count)
			optarg = arguments[optind];
		letters = "";
	}
	if (!*letters) {
		letters = NULL;
		optind++;
	}
	if (!option)
		return complain(arguments[0], "invalid option", options);
	if (option[1] == ':' && option[2] != ':' && !optarg) {
		optind = count;
		complain(arguments[0], "option requires an argument", options);
		return *options == ':' ? ':' : '?';
	}
	return optopt;
}

enum { NONE = -1, SEVERAL = -2 };

static int
complain_of_long(const char *program, const char *name, const char *text)
{
	if (opterr)
		fprintf(stderr, "%s: option '--%s' %s\n", program, name, text);
	return '?';
}

/* The option with that name, or the only one that begins so. */
static int
find(const struct option *options, const char *name, size_t length)
{
	int found = NONE;

	for (int i = 0; options[i].name; i++) {
		if (strncmp(options[i].name, name, length) != 0)
			continue;
		if (options[i].name[length] == '\0')
			return i;
		found = found == NONE ? i : SEVERAL;
	}
	return found;
}

static int
unknown(int found, const char *program, const char *name, size_t length,
	const struct option *options)
{
	optopt = 0;
	if (found == NONE && opterr)
		fprintf(stderr, "%s: unrecognized option '--%s'\n", program, name);
	if (found == NONE || !opterr)
		return '?';
	fprintf(stderr, "%s: option '--%s' is ambiguous; possibilities:", program, name);
	for (; options->name; options++) {
		if (strncmp(options->name, name, length) == 0)
			fprintf(stderr, " '--%s'", options->name);
	}
	fputc('\n', stderr);
	return '?';
}

int
getopt_long(int count, char *const arguments[], const char *options,
	const struct option *long_options, int *index)
{
	const char *word = arguments[optind ? optind : 1];

	optarg = NULL;
	if ((optind && letters) || !word || strncmp(word, "--", 2) != 0 || !word[2])
		return getopt(count, arguments, options);
	optind += optind ? 1 : 2;
	letters = NULL;
	word += 2;
	size_t length = strcspn(word, "=");
	int found = find(long_options, word, length);
	if (found < 0)
		return unknown(found, arguments[0], word, length, long_options);

	const struct option *option = &long_options[found];
	optopt = option->val;
	if (word[length] && option->has_arg == no_argument)
		return complain_of_long(arguments[0], option->name, "doesn't allow an argument");
	if (word[length])
		optarg = (char *)word + length + 1;
	else if (option->has_arg == required_argument && optind < count)
		optarg = arguments[optind++];
	if (option->has_arg == required_argument && !optarg) {
		complain_of_long(arguments[0], option->name, "requires an argument");
		return *options == ':' ? ':' : '?';
	}
	if (index)
		*index = found;
	if (!option->flag)
		return option->val;
	*option->flag = option->val;
	return 0;
}
