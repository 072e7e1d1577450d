/* What the end of a process means to IPC. (What it had attached, its address space gave back.) */
#include <ipc/ipc.h>
#include <ipc/sem.h>
#include <ipc/shm.h>
#include <task/process.h>

static void
ended(struct process *process)
{
	sem_process_ended(process);
	shm_process_ended(process);
}

void
ipc_init(void)
{
	process_ended = ended;
}
