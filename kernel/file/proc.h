/* What the files of /proc say: each function writes one file and does not sleep. See proc(5). */
#ifndef FILE_PROC_H
#define FILE_PROC_H

#include <lib/text.h>

struct task;

/* Of one process. */
void proc_stat(struct text *text, struct task *task);
void proc_status(struct text *text, struct task *task);
void proc_maps(struct text *text, struct task *task);

/* Of the machine; `task` is NULL. */
void proc_meminfo(struct text *text, struct task *task);
void proc_uptime(struct text *text, struct task *task);
void proc_nopage(struct text *text, struct task *task); /* our own counters, for tests */

#endif
