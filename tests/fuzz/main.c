/*
 * ipc SEED:STEPS[-STEP…] …: one program after the other, each from an empty beginning. -N leaves
 * the step N out, -N..M the steps from N to M.
 */
#include "fuzz.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 65536

static unsigned char left_out[STEPS_MAX];

static unsigned
number(const char **word)
{
	char *end;
	unsigned long value = strtoul(*word, &end, 10);

	if (end == *word) {
		fprintf(stderr, "ipc: a number is missing at '%s'\n", *word);
		exit(2);
	}
	*word = end;
	return value;
}

static void
leave_out(const char **word, unsigned steps)
{
	unsigned from = number(word), to = from;

	if (strncmp(*word, "..", 2) == 0) {
		*word += 2;
		to = number(word);
	}
	for (; from <= to && from < steps; from++)
		left_out[from] = 1;
}

static void
run(const char *word)
{
	unsigned seed = number(&word), steps = 0;

	if (*word == ':') {
		word++;
		steps = number(&word);
	}
	memset(left_out, 0, sizeof(left_out));
	while (*word == '-') {
		word++;
		leave_out(&word, steps);
	}
	if (*word || !steps || steps > STEPS_MAX) {
		fprintf(stderr, "ipc: what is '%s'?\n", word);
		exit(2);
	}
	conduct(seed, steps, left_out);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		printf("program %s\n", argv[i]);
		run(argv[i]);
	}
	printf("done\n");
	return 0;
}
