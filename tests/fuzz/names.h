/* What is different on two kernels gets a name that is not: ids, pids and addresses. */
#ifndef NAMES_H
#define NAMES_H

#include "fuzz.h"

#define OBJECTS_MAX 256 /* of one kind, in one program */
#define ATTACHES_MAX 64 /* of one worker */
#define KEY_BASE 0x4e500000
#define KEYS 5

/* The window for attaches at addresses that the program asks for: free on both kernels. */
#define WINDOW 0x60000000l
#define WINDOW_STEP 0x8000l
#define WINDOW_STEPS 8

/* Objects are called by their kind and the order of their creation. */
void names_clear(void);
void name_object(enum kind kind, int id);
unsigned object_count(enum kind kind);
int object_id(enum kind kind, unsigned number);
const char *object_name(enum kind kind, int id);

/* Processes: by the worker's number and how many have had it before. */
void name_process(int worker, pid_t pid);
const char *process_name(pid_t pid);

/* Attaches where the kernel chose the place, of each worker. */
struct attach {
	long start, length;
	unsigned number; /* in order of creation */
};
void attach_add(int worker, long start, long length);
void attach_remove(int worker, long start);
void attaches_copy(int from, int to);
void attaches_clear(int worker);
const struct attach *attach_pick(int worker); /* NULL: none */
/* Valid until the next call. */
const char *address_name(int worker, long address);

#endif
