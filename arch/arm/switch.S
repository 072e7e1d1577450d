/* From one kernel stack to another. */

	.text
	.global	switch_stacks, task_start, task_enter_user
/*
 * void switch_stacks(uint32_t *save, uint32_t load)
 * Leaves the registers that C preserves on the old stack and its pointer in *save; goes on with the
 * stack `load`, which was left in the same way, or laid out so by task.c. (r3 and ip are there to
 * keep the stack at multiples of 8.)
 */
switch_stacks:
	push	{r4-ip, lr}
	str	sp, [r0]
	mov	sp, r1
	clrex				/* an ldrex of the old task is not the new one's (A3.4, */
					/* "Context switch support") */
	pop	{r4-ip, pc}

/* Where a new task begins: entry in r5, its argument in r4. */
task_start:
	mov	r0, r4
	mov	fp, #0			/* where backtraces end */
	bx	r5
