/* Random numbers that depend on the seed and the step alone. */
#include "fuzz.h"

static unsigned state;

static unsigned
mix(unsigned x)
{
	x ^= x >> 16;
	x *= 0x7feb352du;
	x ^= x >> 15;
	x *= 0x846ca68bu;
	return x ^ x >> 16;
}

void
random_start(unsigned seed, unsigned step)
{
	state = mix(mix(seed + 0x9e3779b9u) ^ (step * 0x85ebca6bu + 1));
}

unsigned
pick(unsigned count)
{
	state += 0x9e3779b9u;
	return mix(state) % count;
}
