/* Waiting for children. */
#ifndef LIBC_SYS_WAIT_H
#define LIBC_SYS_WAIT_H

#include <abi/wait.h>
#include <sys/resource.h>
#include <sys/types.h>

pid_t wait(int *status);
pid_t waitpid(pid_t process, int *status, int options);
pid_t wait3(int *status, int options, struct rusage *usage);
pid_t wait4(pid_t process, int *status, int options, struct rusage *usage);

#endif
