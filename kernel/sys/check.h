/* check=1: the laws of the kernel, verified after every system call. */
#ifndef SYS_CHECK_H
#define SYS_CHECK_H

/* Once, after frame_init, when check=1. */
void check_init(void);
/*
 * Panics with the law that is broken. Cheap laws every time, those that walk all memory now and
 * then.
 */
void check_laws(void);

#endif
