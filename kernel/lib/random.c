/* xorshift64*: Marsaglia, "Xorshift RNGs" (2003); the multiplier is Vigna's (2016). */
#include <lib/random.h>

static uint64_t state = 0x9e3779b97f4a7c15u;

void
random_seed(uint64_t seed)
{
	state ^= seed;
	if (!state)
		state = 1;
}

void
random_bytes(void *to, size_t size)
{
	unsigned char *byte = to;

	while (size--) {
		state ^= state >> 12;
		state ^= state << 25;
		state ^= state >> 27;
		*byte++ = (state * 0x2545f4914f6cdd1du) >> 56;
	}
}
