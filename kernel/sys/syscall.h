/*
 * System calls: Linux's, by the port's table (arch/PORT/syscalls: number, name, handler). A handler
 * gets the arguments as Linux documents them and returns a result or a negative errno. It checks
 * everything first, and then cannot fail half way. Those that need the caller's registers find them
 * by arch_task_frame(current).
 */
#ifndef SYS_SYSCALL_H
#define SYS_SYSCALL_H

#include <abi/resource.h>
#include <abi/signal.h>
#include <lib/types.h>

struct itimerval;
struct mmap_arguments;

/* process.c */
long sys_fork(void);
long sys_vfork(void);
long sys_clone(unsigned flags, vaddr_t stack, int *parent_tid, vaddr_t tls, int *child_tid);
long sys_execve(const char *path, const void *argv, const void *envp);
long sys_exit(long status);
long sys_exit_group(long status);
long sys_getpid(void);
long sys_gettid(void);
long sys_getppid(void);
long sys_getpgrp(void);
long sys_getpgid(int pid);
long sys_setpgid(int pid, int pgid);
long sys_getsid(int pid);
long sys_setsid(void);
long sys_sched_yield(void);

/* wait.c */
long sys_wait4(int pid, int *status, int options, struct rusage *usage);
long sys_waitpid(int pid, int *status, int options);
long sys_waitid(unsigned type, int id, void *user, int options, struct rusage *usage);
long sys_getrusage(int who, struct rusage *user);
long sys_times(struct tms *user);

/* scheduling.c */
long sys_getpriority(int which, unsigned who);
long sys_setpriority(int which, unsigned who, int nice);
long sys_nice(int change);
long sys_sched_getaffinity(int tid, size_t size, unsigned long *user);
long sys_sched_setaffinity(int tid, size_t size, const unsigned long *user);

/* prctl.c */
long sys_prctl(int option, unsigned long second, unsigned long third, unsigned long fourth,
	unsigned long fifth);

/* sendfile.c */
long sys_sendfile64(long to, long from, int64_t *position, size_t size);

/* identity.c */
long sys_getuid32(void);
long sys_geteuid32(void);
long sys_getgid32(void);
long sys_getegid32(void);
long sys_setuid32(unsigned id);
long sys_setgid32(unsigned id);
long sys_setreuid32(unsigned real, unsigned effective);
long sys_setregid32(unsigned real, unsigned effective);
long sys_setresuid32(unsigned real, unsigned effective, unsigned saved);
long sys_setresgid32(unsigned real, unsigned effective, unsigned saved);
long sys_getresuid32(unsigned *real, unsigned *effective, unsigned *saved);
long sys_getresgid32(unsigned *real, unsigned *effective, unsigned *saved);
long sys_getgroups32(int size, unsigned *groups);
long sys_setgroups32(int size, const unsigned *groups);

/* memory.c */
long sys_brk(vaddr_t end);
long sys_mmap2(vaddr_t address, size_t length, unsigned protection, unsigned flags, int descriptor,
	unsigned long page);
long sys_mmap(const struct mmap_arguments *arguments);
long sys_munmap(vaddr_t address, size_t length);
long sys_mprotect(vaddr_t address, size_t length, unsigned protection);
long sys_mremap(vaddr_t old, size_t old_length, size_t length, unsigned flags, vaddr_t address);

/* advice.c */
long sys_madvise(vaddr_t address, size_t length, int advice);
long sys_msync(vaddr_t address, size_t length, unsigned flags);
long sys_mincore(vaddr_t address, size_t length, unsigned char *user);

/* lock.c */
long sys_mlock(vaddr_t start, size_t length);
long sys_mlock2(vaddr_t start, size_t length, unsigned flags);
long sys_munlock(vaddr_t start, size_t length);
long sys_mlockall(unsigned flags);
long sys_munlockall(void);

/* futex.c */
long sys_futex(unsigned *word, unsigned operation, unsigned value, void *timeout, unsigned *word2,
	unsigned value3);
long sys_futex_time64(unsigned *word, unsigned operation, unsigned value, void *timeout,
	unsigned *word2, unsigned value3);
struct robust_list_head;
long sys_set_robust_list(struct robust_list_head *head, size_t size);
long sys_get_robust_list(int tid, struct robust_list_head **head, size_t *size);
long sys_set_tid_address(int *address);

/* signals.c */
long sys_kill(int pid, int signal);
long sys_tkill(int tid, int signal);
long sys_tgkill(int tgid, int tid, int signal);
long sys_rt_sigqueueinfo(int pid, int signal, const siginfo_t *info);
long sys_rt_tgsigqueueinfo(int tgid, int tid, int signal, const siginfo_t *info);

/* handlers.c */
long sys_rt_sigaction(int signal, const struct kernel_sigaction *new, struct kernel_sigaction *old,
	size_t set_size);
long sys_sigaction(int signal, const struct old_sigaction *new, struct old_sigaction *old);
long sys_sigprocmask(int how, const unsigned long *new, unsigned long *old);
long sys_sigpending(unsigned long *user);
long sys_sigsuspend(int unused, int unused_too, unsigned long blocked);
long sys_rt_sigprocmask(int how, const sigset_t *new, sigset_t *old, size_t set_size);
long sys_rt_sigpending(sigset_t *set, size_t size);
long sys_pause(void);
long sys_rt_sigsuspend(const sigset_t *set, size_t size);
long sys_rt_sigtimedwait(const sigset_t *set, siginfo_t *info, const void *timeout, size_t size);
long sys_rt_sigtimedwait_time64(
	const sigset_t *set, siginfo_t *info, const void *timeout, size_t size);
long sys_sigaltstack(const stack_t *new, stack_t *old);
long sys_sigreturn(void);
long sys_rt_sigreturn(void);
long sys_restart_syscall(void);

/* itimer.c */
long sys_alarm(unsigned seconds);
long sys_setitimer(int which, const struct itimerval *user, struct itimerval *old);
long sys_getitimer(int which, struct itimerval *user);

/* time.c */
long sys_time(void *seconds);
long sys_gettimeofday(void *timeval, void *timezone);
long sys_clock_gettime(int clock, void *timespec);
long sys_clock_gettime64(int clock, void *timespec);
long sys_clock_getres(int clock, void *timespec);
long sys_clock_getres_time64(int clock, void *timespec);
long sys_nanosleep(const void *timespec, void *remaining);
long sys_clock_nanosleep(int clock, int flags, const void *timespec, void *remaining);
long sys_clock_nanosleep_time64(int clock, int flags, const void *timespec, void *remaining);

/* system.c */
long sys_uname(void *names);
long sys_sysinfo(void *info);
long sys_getrandom(void *buffer, size_t size, unsigned flags);
long sys_reboot(unsigned magic1, unsigned magic2, unsigned command, void *argument);
long sys_ugetrlimit(unsigned resource, struct rlimit *limit);
long sys_setrlimit(unsigned resource, const struct rlimit *limit);
long sys_prlimit64(int pid, unsigned resource, const struct rlimit64 *new, struct rlimit64 *old);

/* ipc.c */
long sys_shmget(int key, size_t size, unsigned flags);
long sys_shmat(int id, vaddr_t address, unsigned flags);
long sys_shmdt(vaddr_t address);
long sys_shmctl(int id, int command, void *buffer);
long sys_old_shmctl(int id, int command, void *buffer);
long sys_msgget(int key, unsigned flags);
long sys_msgsnd(int id, const void *message, size_t size, unsigned flags);
long sys_msgrcv(int id, void *message, size_t size, long type, unsigned flags);
long sys_msgctl(int id, int command, void *buffer);
long sys_old_msgctl(int id, int command, void *buffer);
long sys_ipc(unsigned call, long first, long second, long third, void *pointer, long fifth);

/* sem.c */
long sys_semget(int key, int count, unsigned flags);
long sys_semop(int id, const void *operations, unsigned count);
long sys_semtimedop(int id, const void *operations, unsigned count, const void *timeout);
long sys_semtimedop_time64(int id, const void *operations, unsigned count, const void *timeout);
long sys_semctl(int id, int number, int command, unsigned long argument);
long sys_old_semctl(int id, int number, int command, unsigned long argument);

#endif
