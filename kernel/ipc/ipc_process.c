/* What the end of a process means to IPC. (What it had attached, its address space gave back.) */
#include <ipc/ipc.h>
#include <ipc/sem.h>
#include <task/process.h>

void
ipc_init(void)
{
	process_ended = sem_process_ended;
}
