/* futex(2), and the list of locks that a thread may leave behind (get_robust_list(2)). */
#ifndef ABI_FUTEX_H
#define ABI_FUTEX_H

#define FUTEX_WAIT	  0
#define FUTEX_WAKE	  1
#define FUTEX_REQUEUE	  3
#define FUTEX_CMP_REQUEUE 4
#define FUTEX_WAIT_BITSET 9
#define FUTEX_WAKE_BITSET 10

#define FUTEX_PRIVATE_FLAG   128 /* nobody in another address space looks at the word */
#define FUTEX_CLOCK_REALTIME 256 /* WAIT_BITSET's deadline is by that clock */
#define FUTEX_CMD_MASK	     ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)

#define FUTEX_BITSET_MATCH_ANY 0xffffffffu

/* The word of a lock: who has it, whether somebody waits, whether its owner ended with it. */
#define FUTEX_WAITERS	 0x80000000u
#define FUTEX_OWNER_DIED 0x40000000u
#define FUTEX_TID_MASK	 0x3fffffffu

/* A ring: the last entry's `next` is the head. Bit 0 of a pointer: a lock of another kind (PI). */
struct robust_list {
	struct robust_list *next;
};

struct robust_list_head {
	struct robust_list list;
	long futex_offset; /* from an entry to its lock's word */
	struct robust_list *list_op_pending; /* about to be entered, or taken out; NULL: none */
};

#define ROBUST_LIST_LIMIT 2048 /* entries that are looked at */

#endif
