/*
 * Pseudo-random bytes: for AT_RANDOM and getrandom. Not for secrets: the seed is the boot time, so
 * that runs repeat.
 */
#ifndef LIB_RANDOM_H
#define LIB_RANDOM_H

#include <lib/types.h>

void random_seed(uint64_t seed);
void random_bytes(void *to, size_t size);

#endif
