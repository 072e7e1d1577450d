/*
 * Bytes from a serial port to the console. When the console has no room, the byte that it refused
 * is held here, and the rest stays in the port, which holds the sender back.
 */
#include "common.h"
#include <file/file.h>

static int held = NO_INPUT;

bool
input_deliver(int (*next)(void))
{
	while (held != NO_INPUT || (held = next()) != NO_INPUT) {
		if (!console_input(held))
			return false;
		held = NO_INPUT;
	}
	return true;
}
