/*
 * ipcs, as util-linux's prints it (ipcs(1)):
 *
 *	main.c      options, and which kinds are shown
 *	shm.c sem.c msg.c   one kind each, all its views; objects come from /proc/sysvipc, or from
 *	            *ctl where that is not there
 *	walk.c      one object after the other
 *	print.c     what the kinds have in common: owners, times, sizes
 *	attaches.c  who has which segment at which address: here only
 */

#ifndef IPCS_H
#define IPCS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

enum view { LIST, CREATORS, TIMES, PIDS, LIMITS, STATUS };

/* Sizes in bytes where there are no others, as -b and as --human ask for them. */
enum unit { USUAL, BYTES, HUMAN };
extern enum unit unit;

/* What every object has, whichever kind it is of. */
struct object {
	int key, id;
	unsigned mode, uid, gid, cuid, cgid;
};

/*
 * All objects of a kind, one after the other: the lines of a file of /proc/sysvipc, or, where that
 * is not to be had, the kernel's slots. What is filled in begins with a struct object.
 */
struct walk {
	const char *path;
	bool (*parse)(const char *line, void *object); /* false: the line is none */
	bool (*ask)(int slot, void *object);	       /* false: the slot is empty, or not ours */
	int last; /* the highest slot in use, as SHM_INFO and its like answer */
	FILE *file;
	int slot;
};
void walk_begin(struct walk *walk);
/* False after the last one. */
bool walk_next(struct walk *walk, void *object);
void walk_end(struct walk *walk);
/* A walk of its own: false if none of the objects has that id. */
bool walk_find(struct walk *walk, int id, void *object);

void shm_show(enum view view);
void sem_show(enum view view);
void msg_show(enum view view);
/* All about one object; false if there is no such id. */
bool shm_detail(int id);
bool sem_detail(int id);
bool msg_detail(int id);

/* False, with a message, if /proc cannot be read. */
bool attaches_show(void);

/* print.c */

/* The id in `width` columns, and the owner's name, or number, in ten. */
void print_owner(const struct object *object, int width);
/* A line of the view CREATORS, and its headline. */
void print_creators(const struct object *object);
void print_creators_title(const char *id);
/* `form` has one %s; the time is given as in "Nov 22 09:31:44", and in full with the weekday. */
void print_time(const char *form, long long time);
void print_long_time(const char *form, long long time);
/* "title (bytes) = 4096\n", in the unit that is asked for; USUAL: bytes, or KiB if in_kib. */
void print_limit(const char *title, unsigned long long bytes, bool in_kib);
/* In a table: ten columns, or what --human takes. */
void print_size(unsigned long long bytes, int width);
/* A size as --human shows it: 4.9K. In `text`, which is returned. */
char *human_size(unsigned long long bytes, char text[16]);

#endif
