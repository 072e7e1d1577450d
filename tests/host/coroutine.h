/*
 * Coroutines: several stacks, one of which runs. Apart from the kernel's headers, which do not go
 * together with the host's.
 */
#ifndef COROUTINE_H
#define COROUTINE_H

struct coroutine;

/*
 * One that will run entry(argument) on a stack of its own; entry NULL: stands for who calls it
 * first to switch away.
 */
struct coroutine *coroutine_create(void (*entry)(void *), void *argument);
void coroutine_free(struct coroutine *coroutine);
void coroutine_switch(struct coroutine *from, struct coroutine *to);

#endif
