/* Nothing here comes in through a trap. */
#ifndef MACHINE_TRAP_FRAME_H
#define MACHINE_TRAP_FRAME_H

struct trap_frame;

#endif
