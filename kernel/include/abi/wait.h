/* wait4 and waitid: options, and the words that a status is made of. */
#ifndef ABI_WAIT_H
#define ABI_WAIT_H

#define WNOHANG	   1
#define WUNTRACED  2
#define WSTOPPED   WUNTRACED
#define WEXITED	   4 /* waitid asks for each; wait4 always for this one */
#define WCONTINUED 8
#define WNOWAIT	   0x01000000 /* only look */
/* Children that do not send SIGCHLD at their end: those alone, or those too; and one's own only. */
#define __WCLONE    0x80000000
#define __WNOTHREAD 0x20000000
#define __WALL	    0x40000000

/* Bits 0-6: the signal that killed (0: exited, 0x7f: stopped); bit 7: core; bits 8-15: status. */
#define WTERMSIG(status)    ((status) & 0x7f)
#define WCOREDUMP(status)   ((status) & 0x80)
#define WEXITSTATUS(status) (((status) >> 8) & 0xff)
#define WSTOPSIG(status)    WEXITSTATUS(status)

#define WIFEXITED(status)    (WTERMSIG(status) == 0)
#define WIFSTOPPED(status)   (((status) & 0xff) == 0x7f)
#define WIFSIGNALED(status)  (WTERMSIG(status) != 0 && WTERMSIG(status) != 0x7f)
#define WIFCONTINUED(status) ((status) == 0xffff)

/* waitid: whom. */
#define P_ALL  0
#define P_PID  1
#define P_PGID 2

/* waitid: si_code. */
#define CLD_EXITED    1
#define CLD_KILLED    2
#define CLD_STOPPED   5
#define CLD_CONTINUED 6

#endif
