/* What the files of /proc say: each function writes one file and does not sleep. See proc(5). */
#ifndef FILE_PROC_H
#define FILE_PROC_H

#include <lib/text.h>

struct process;

/* Of one process. */
void proc_stat(struct text *text, struct process *process);
void proc_status(struct text *text, struct process *process);
void proc_maps(struct text *text, struct process *process);

/* Of the machine; `process` is NULL. */
void proc_meminfo(struct text *text, struct process *process);
void proc_uptime(struct text *text, struct process *process);
void proc_nopage(struct text *text, struct process *process); /* our own counters, for tests */

/* The files of /proc/sys, in its tree. */
struct node;
void proc_sys_add(struct node *proc);

#endif
