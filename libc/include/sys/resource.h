/* Limits of a process. */
#ifndef LIBC_SYS_RESOURCE_H
#define LIBC_SYS_RESOURCE_H

#include <abi/resource.h>
#include <sys/types.h>

typedef unsigned long rlim_t;

int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);
int prlimit64(pid_t process, int resource, const struct rlimit64 *limit, struct rlimit64 *old);
int getrusage(int who, struct rusage *usage);
int getpriority(int which, id_t who);
int setpriority(int which, id_t who, int nice);

#endif
