/* What `trace=` shows: one line an event. Nothing is computed while a trace is off. */
#ifndef DEV_TRACE_H
#define DEV_TRACE_H

#include <lib/types.h>

extern bool trace_faults;  /* trace=fault */
extern bool trace_unknown; /* trace=enosys */
extern bool trace_refusals; /* trace=ipc */

void trace_init(void);

struct vm_area;
/*
 * "fault pid 5 shm_client  0x40000000 write user  shm key 0x4d2 page 0  new frame 1234"; called
 * from fault.c once per fault: `action` is what happened ("new frame", "existing frame", "copied",
 * "refused" …), frame 0: none.
 */
void trace_fault(vaddr_t address, unsigned access, const struct vm_area *area, const char *action,
	pfn_t frame);

/*
 * "enosys pid 7 busybox: no system call 512": the running task asked for a number that there is
 * not. Said once for each number and program.
 */
void trace_call(unsigned long number);

struct process;
/* "ipc pid 4 ipcrm: EINVAL: there is no segment with the id 77"; from ipc/refuse.c. */
void trace_refusal(const struct process *process);

#endif
