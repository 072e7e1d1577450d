/* The load: how many tasks want to run, as means that fade over 1, 5 and 15 minutes. */
#ifndef TASK_LOAD_H
#define TASK_LOAD_H

#include <lib/types.h>

#define LOADS	 3
#define LOAD_ONE 65536ul /* a load of one, as sysinfo(2) gives it */

/* From the clock, each second. */
void load_second(void);
unsigned long load_average(int i);

#endif
