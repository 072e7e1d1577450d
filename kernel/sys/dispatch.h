/* A door: arch calls it with the caller's registers; the result goes back into them. */
#ifndef SYS_DISPATCH_H
#define SYS_DISPATCH_H

struct trap_frame;

void syscall_dispatch(struct trap_frame *frame);

#endif
