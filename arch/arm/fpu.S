/*
 * VFP's and NEON's registers belong to programs; the kernel never touches them (it is compiled
 * without). They are saved and loaded whole at every switch: a few instructions, and no program
 * sees another's.
 */
	.fpu	neon-vfpv4
	.text
	.global	fpu_save, fpu_load, fpu_clear_vector_mode
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

/*
 * void fpu_clear_vector_mode(void): a function is called with length and stride 0 in fpscr (AAPCS,
 * "VFP register usage").
 */
fpu_clear_vector_mode:
	vmrs	r0, fpscr
	bic	r0, r0, #0x00370000
	vmsr	fpscr, r0
	bx	lr
