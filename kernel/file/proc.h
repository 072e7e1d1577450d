/* What the files of /proc say. See proc(5). */
#ifndef FILE_PROC_H
#define FILE_PROC_H

#include <lib/text.h>

struct node;
struct process;

/*
 * A file of /proc: write_text writes what it says, of `process` where it stands in a process's
 * directory (else NULL), and does not sleep. For boot only.
 */
struct node *proc_add_file(struct node *directory, const char *path, unsigned rights,
	void (*write_text)(struct text *text, struct process *process));

/* The files of each process, and of the machine. */
void proc_task_add(struct node *each_process);
void proc_system_add(struct node *proc);
/* The files of /proc/sys, in its tree. */
void proc_sys_add(struct node *proc);

#endif
