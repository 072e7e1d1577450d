/* The settings of a terminal. */
#ifndef LIBC_TERMIOS_H
#define LIBC_TERMIOS_H

#include <abi/ioctl.h>
#include <sys/types.h>

typedef uint8_t cc_t;
typedef uint32_t speed_t, tcflag_t;

#define TCSANOW	  0
#define TCSADRAIN 1
#define TCSAFLUSH 2

int tcgetattr(int descriptor, struct termios *settings);
int tcsetattr(int descriptor, int when, const struct termios *settings);
void cfmakeraw(struct termios *settings);

#endif
