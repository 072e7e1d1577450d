/*
 * The text screen of a PC: 80 by 25 cells of a character and a colour, at a fixed place in memory.
 */
#include "cpu.h"
#include "pc.h"

#define SCREEN 0xb8000
#define COLUMNS 80
#define ROWS 25
#define CELLS (COLUMNS * ROWS)
#define BLANK 0x0720 /* a space, light grey on black */
#define TAB 8

#define CRTC_INDEX 0x3d4
#define CRTC_DATA 0x3d5
#define CURSOR_HIGH 0x0e
#define CURSOR_LOW 0x0f

static unsigned cursor;

static uint16_t *
screen(void)
{
	return physical(SCREEN);
}

static void
show_cursor(void)
{
	outb(CRTC_INDEX, CURSOR_HIGH);
	outb(CRTC_DATA, cursor >> 8);
	outb(CRTC_INDEX, CURSOR_LOW);
	outb(CRTC_DATA, cursor & 0xff);
}

static void
scroll(void)
{
	copy_words(screen(), screen() + COLUMNS, (CELLS - COLUMNS) / 2);
	fill_words(screen() + CELLS - COLUMNS, BLANK << 16 | BLANK, COLUMNS / 2);
	cursor -= COLUMNS;
}

/* Control characters that have no meaning here are not shown. */
static void
put(char c)
{
	if (c == '\n')
		cursor += COLUMNS - cursor % COLUMNS;
	else if (c == '\r')
		cursor -= cursor % COLUMNS;
	else if (c == '\b' && cursor % COLUMNS)
		cursor--;
	else if (c == '\t')
		cursor += TAB - cursor % TAB;
	else if ((uint8_t)c >= ' ')
		screen()[cursor++] = (BLANK & 0xff00) | (uint8_t)c;
}

void
vga_putc(char c)
{
	put(c);
	if (cursor >= CELLS)
		scroll();
	show_cursor();
}

void
vga_init(void)
{
	fill_words(screen(), BLANK << 16 | BLANK, CELLS / 2);
	show_cursor();
}
