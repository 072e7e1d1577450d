/*
 * VFP's and NEON's registers belong to programs; the kernel never touches them (it is compiled
 * without). They are saved and loaded whole at every switch: a few instructions, and no program
 * sees another's.
 */
	.fpu	neon-vfpv4
	.text
	.global	fpu_save, fpu_load
/* void fpu_save(struct fpu_state *state) */
fpu_save:
	vstmia	r0!, {d0-d15}
	vstmia	r0!, {d16-d31}
	vmrs	r1, fpscr
	str	r1, [r0]
	bx	lr

/* void fpu_load(const struct fpu_state *state) */
fpu_load:
	vldmia	r0!, {d0-d15}
	vldmia	r0!, {d16-d31}
	ldr	r1, [r0]
	vmsr	fpscr, r1
	bx	lr
