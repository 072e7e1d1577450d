/*
 * The line discipline: what becomes of the bytes that are typed before a program reads them. Knows
 * nothing of tasks or devices.
 *
 *        head            committed          tail
 *     ───┬──────────────────┬─────────────────┬───────────
 *        │ may be read      │ being typed:    │ room
 *        │                  │ can be erased   │
 *
 * The three count all bytes ever put in; their place in the ring is the count modulo its size.
 * Without ICANON every byte is committed at once. ^D commits a LINE_END, which ends a read and is
 * not given to the reader.
 */
#ifndef FILE_LINE_H
#define FILE_LINE_H

#include <abi/ioctl.h>
#include <lib/types.h>

#define LINE_ROOM 4096 /* bytes; a power of two */

struct line {
	uint16_t ring[LINE_ROOM];
	unsigned head, committed, tail;
	struct termios settings;
	void (*echo)(char c); /* shows one byte to who types */
};

#define LINE_FULL -1

/* The interactive settings: echo, editing, signals, \r typed is \n read, \n written is \r\n. */
void line_init(struct line *line, void (*echo)(char c));
/* New settings; what is being typed stays and can be read if they are not for lines. */
void line_set(struct line *line, const struct termios *settings);
/*
 * Takes one byte. 0; LINE_FULL: not taken, come again when something was read; or the number of the
 * signal that it stands for.
 */
int line_input(struct line *line, unsigned char c);
bool line_readable(const struct line *line);
/* Takes out up to `size` bytes, but no more than one line; *ended: it was the whole rest of it. */
size_t line_take(struct line *line, char *bytes, size_t size, bool *ended);
/* How many bytes may be read. */
unsigned line_count(const struct line *line);
/* Forget all that was typed. */
void line_flush(struct line *line);

#endif
