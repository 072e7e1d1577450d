/* Numbers that look random: a linear congruence of 64 bits, of which the upper ones are good. */
#include <stdint.h>
#include <stdlib.h>

static uint64_t state = 1;

static int
next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

int
rand(void)
{
	return next(&state);
}

void
srand(unsigned seed)
{
	state = seed;
}

/* Here the whole state is the caller's 32 bits. */
int
rand_r(unsigned *seed)
{
	uint64_t state = *seed;
	int result = next(&state);

	*seed = state >> 32;
	return result;
}

long
random(void)
{
	return rand();
}

void
srandom(unsigned seed)
{
	srand(seed);
}
