/*
 * Boot arguments that make hard cases happen and lay mistakes open. Set once in kmain, before
 * anything else runs.
 */
#ifndef LIB_CHECK_H
#define LIB_CHECK_H

#include <stdbool.h>

/* check=1: poison what is free, verify the laws after every system call */
extern bool check_enabled;
extern bool sleepy;	   /* sleepy=1: a nopage sleeps between looking a page up and entering it */

#endif
