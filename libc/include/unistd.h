/* Processes, files, and what else POSIX asks of a system. */
#ifndef LIBC_UNISTD_H
#define LIBC_UNISTD_H

#include <abi/unistd.h>
#include <sys/types.h>

#define STDIN_FILENO  0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2

extern char **environ;

ssize_t read(int descriptor, void *to, size_t size);
ssize_t write(int descriptor, const void *from, size_t size);
int close(int descriptor);
off_t lseek(int descriptor, off_t offset, int whence);
int dup(int descriptor);
int dup2(int descriptor, int wanted);
int dup3(int descriptor, int wanted, int flags);
int pipe(int descriptors[2]);
int pipe2(int descriptors[2], int flags);
int isatty(int descriptor);
ssize_t pread(int descriptor, void *to, size_t size, off_t offset);
ssize_t pwrite(int descriptor, const void *from, size_t size, off_t offset);
int fsync(int descriptor);
int fdatasync(int descriptor);
void sync(void);
int truncate(const char *path, off_t size);
int ftruncate(int descriptor, off_t size);
int access(const char *path, int mode);
int faccessat(int directory, const char *path, int mode, int flags);
int chown(const char *path, uid_t user, gid_t group);
int lchown(const char *path, uid_t user, gid_t group);
int fchown(int descriptor, uid_t user, gid_t group);
int fchownat(int directory, const char *path, uid_t user, gid_t group, int flags);
int link(const char *from, const char *to);
int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags);
int symlink(const char *target, const char *path);
int symlinkat(const char *target, int directory, const char *path);
ssize_t readlink(const char *restrict path, char *restrict to, size_t size);
ssize_t readlinkat(int directory, const char *restrict path, char *restrict to, size_t size);
int unlink(const char *path);
int unlinkat(int directory, const char *path, int flags);
int rmdir(const char *path);
int chdir(const char *path);
int fchdir(int descriptor);
char *getcwd(char *path, size_t size);

pid_t fork(void);
/* The child may only exec or _exit: it runs in the parent's memory, which sleeps. */
pid_t vfork(void) __attribute__((returns_twice));
int execv(const char *path, char *const arguments[]);
int execve(const char *path, char *const arguments[], char *const environment[]);
int execvp(const char *name, char *const arguments[]);
int execl(const char *path, const char *argument, ...) __attribute__((sentinel));
int execlp(const char *name, const char *argument, ...) __attribute__((sentinel));
_Noreturn void _exit(int status);

pid_t getpid(void);
pid_t getppid(void);
pid_t gettid(void);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int setuid(uid_t id);
int setgid(gid_t id);
int seteuid(uid_t id);
int setegid(gid_t id);
int setreuid(uid_t real, uid_t effective);
int setregid(gid_t real, gid_t effective);
int setresuid(uid_t real, uid_t effective, uid_t saved);
int setresgid(gid_t real, gid_t effective, gid_t saved);
int getresuid(uid_t *real, uid_t *effective, uid_t *saved);
int getresgid(gid_t *real, gid_t *effective, gid_t *saved);
int getgroups(int size, gid_t *groups);
int setpgid(pid_t process, pid_t group);
pid_t getpgid(pid_t process);
pid_t getpgrp(void);
pid_t setsid(void);
pid_t getsid(pid_t process);
pid_t tcgetpgrp(int descriptor);
int tcsetpgrp(int descriptor, pid_t group);

int nice(int change);

unsigned sleep(unsigned seconds);
int usleep(useconds_t microseconds);
unsigned alarm(unsigned seconds);
int pause(void);

int brk(void *end);
void *sbrk(intptr_t change);
int getpagesize(void);

/* sysconf answers for these; -1 and EINVAL for others. */
#define _SC_ARG_MAX   0
#define _SC_CLK_TCK   2
#define _SC_OPEN_MAX  4
#define _SC_PAGESIZE  30
#define _SC_PAGE_SIZE _SC_PAGESIZE

long sysconf(int name);
int gethostname(char *name, size_t size);

extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int count, char *const arguments[], const char *options);

/* System call number n, with up to six arguments: its answer, or -1 and errno. */
long syscall(long number, ...);

#endif
