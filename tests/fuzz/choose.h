#ifndef CHOOSE_H
#define CHOOSE_H

#include "fuzz.h"

/* Any call that `worker` may be asked for now. */
struct call choose(int worker);

#endif
