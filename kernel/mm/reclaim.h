/*
 * Memory that is kept only to be quick: given back when frames are short, and before anybody
 * counts.
 */
#ifndef MM_RECLAIM_H
#define MM_RECLAIM_H

/* Frees empty slabs and spare page tables. Does not sleep. */
void reclaim(void);

#endif
