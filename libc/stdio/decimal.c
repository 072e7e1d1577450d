/*
 * The exact decimal digits of a double. It is a whole number times a power of two; and since
 * 2^-n = 5^n / 10^n, multiplying whole numbers, as on paper, is all that is needed.
 */
#include <stdint.h>
#include <string.h>
#include "format.h"

#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1075 /* of the mantissa taken as a whole number */
#define STEP 8             /* 5^8 times a digit, plus a carry, fits into 32 bits */

/* Multiplies digits, of which the lowest comes first here, by a small number. */
static void
multiply(struct decimal *decimal, uint32_t factor)
{
	uint32_t carry = 0;

	for (int i = 0; i < decimal->count; i++) {
		carry += decimal->digits[i] * factor;
		decimal->digits[i] = carry % 10;
		carry /= 10;
	}
	for (; carry; carry /= 10)
		decimal->digits[decimal->count++] = carry % 10;
}

static void
multiply_power(struct decimal *decimal, int base, int exponent)
{
	while (exponent > 0) {
		uint32_t factor = 1;
		for (int n = 0; n < STEP && exponent > 0; n++, exponent--)
			factor *= base;
		multiply(decimal, factor);
	}
}

static void
reverse(unsigned char *digits, int count)
{
	for (int i = 0, j = count - 1; i < j; i++, j--) {
		unsigned char digit = digits[i];
		digits[i] = digits[j];
		digits[j] = digit;
	}
}

void
decimal_from(struct decimal *decimal, double value)
{
	uint64_t bits, mantissa;
	int exponent, fraction = 0;

	memcpy(&bits, &value, sizeof(bits));
	mantissa = bits & ((1ull << MANTISSA_BITS) - 1);
	exponent = bits >> MANTISSA_BITS & 0x7ff;
	if (exponent > 0)
		mantissa |= 1ull << MANTISSA_BITS;
	else
		exponent = 1;
	exponent -= EXPONENT_BIAS;

	decimal->count = decimal->point = 0;
	if (mantissa == 0)
		return;
	for (; mantissa % 2 == 0; mantissa /= 2)
		exponent++;
	for (; mantissa > 0; mantissa /= 10)
		decimal->digits[decimal->count++] = mantissa % 10;
	if (exponent > 0) {
		multiply_power(decimal, 2, exponent);
	} else {
		fraction = -exponent;
		multiply_power(decimal, 5, fraction);
	}
	decimal->point = decimal->count - fraction;
	reverse(decimal->digits, decimal->count);
}

/* Whether what is cut off is more than a half, or a half with an odd digit before it. */
static int
rounds_up(const struct decimal *decimal, int keep)
{
	if (decimal->digits[keep] != 5)
		return decimal->digits[keep] > 5;
	for (int i = keep + 1; i < decimal->count; i++)
		if (decimal->digits[i])
			return 1;
	return keep > 0 && decimal->digits[keep - 1] % 2;
}

void
decimal_round(struct decimal *decimal, int keep)
{
	int up;

	if (keep >= decimal->count)
		return;
	up = keep >= 0 && rounds_up(decimal, keep);
	decimal->count = keep < 0 ? 0 : keep;
	if (!up)
		return;
	while (decimal->count > 0 && decimal->digits[decimal->count - 1] == 9)
		decimal->count--;
	if (decimal->count > 0) {
		decimal->digits[decimal->count - 1]++;
	} else {
		decimal->digits[decimal->count++] = 1;
		decimal->point++;
	}
}
