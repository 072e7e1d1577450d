/*
 * What peterson_server and its two clients agree on: shared memory, and nothing of the kernel's.
 * Peterson's algorithm (1981) keeps two programs out of each other's way with three words:
 *
 *	wants[me] = 1;			I want to go in,
 *	turn = other;			but after you
 *	wait while wants[other] and turn == other
 *	… in here, one at a time …
 *	wants[me] = 0;
 *
 * If both want, `turn` holds what was written last, and it is the one who wrote it first that goes
 * in. It only works if the two stores happen before the two loads, for the other one too. No
 * machine promises that by itself: even x86 lets a load overtake an earlier store that still waits
 * in the CPU's buffer, and then both see 0 and both go in. So these are C11 atomics: each of their
 * operations is in one order for everybody (memory_order_seq_cst), for which the compiler puts in
 * what the machine needs, an xchg on x86, dmb on ARM. With plain ints, or volatile ones, it is
 * wrong, however often it seems to work.
 */

#ifndef PETERSON_USE_H
#define PETERSON_USE_H

#include <stdatomic.h>

#define PETERSON_KEY 1236
#define TEXT_SIZE 2048

struct peterson {
	atomic_int wants[2];
	atomic_int turn;
};

struct peterson_use {
	struct peterson lock;      /* between the two clients */
	atomic_int written_by_you; /* 1: there is a text that the server has not seen yet */
	char some_text[TEXT_SIZE];
};

#endif
