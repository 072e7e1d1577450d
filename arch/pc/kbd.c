/* The PS/2 keyboard: scan codes of set 1, as the 8042 controller translates them, US layout. */
#include "pc.h"
#include <dev/irq.h>
#include <file/file.h>

#define DATA 0x60
#define STATUS 0x64
#define OUTPUT_FULL 0x01 /* status: a byte is there to be read */
#define KEYBOARD_IRQ 1

#define RELEASED 0x80
#define EXTENDED 0xe0 /* the next code is of a key that the first keyboards lacked */
#define LEFT_SHIFT 0x2a
#define RIGHT_SHIFT 0x36
#define CONTROL 0x1d
#define CAPS_LOCK 0x3a
#define KEYPAD_ENTER 0x1c /* with EXTENDED */
#define KEYPAD_SLASH 0x35

/* By scan code; 0: nothing that a terminal could use. */
static const char plain[] =
	"\0\0331234567890-=\177\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ";
static const char shifted[] =
	"\0\033!@#$%^&*()_+\177\tQWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 ";

static bool shift, control, caps, extended;

static bool
is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static char
character(uint8_t code)
{
	char c = code < sizeof(plain) ? plain[code] : 0;

	if (control)
		return c & 0x1f; /* ^C is 3, ^D is 4 */
	if (c && (shift != (caps && is_letter(c))))
		return shifted[code];
	return c;
}

static void
pressed(uint8_t code)
{
	char c;

	if (code == CAPS_LOCK)
		caps = !caps;
	c = character(code);
	if (c)
		console_input(c); /* when the ring is full, the key is lost: a person will notice */
}

static void
key(uint8_t code)
{
	bool down = !(code & RELEASED);

	code &= ~RELEASED;
	if (code == LEFT_SHIFT || code == RIGHT_SHIFT)
		shift = down;
	else if (code == CONTROL)
		control = down;
	else if (down)
		pressed(code);
}

/*
 * Of the extended keys only those that double a plain one count; the rest (arrows, fake shifts) say
 * nothing.
 */
static bool
doubles_plain(uint8_t code)
{
	code &= ~RELEASED;
	return code == CONTROL || code == KEYPAD_ENTER || code == KEYPAD_SLASH;
}

static void
keyboard_interrupt(void)
{
	while (inb(STATUS) & OUTPUT_FULL) {
		uint8_t code = inb(DATA);

		if (code == EXTENDED) {
			extended = true;
			continue;
		}
		if (!extended || doubles_plain(code))
			key(code);
		extended = false;
	}
}

/* The firmware has set the controller up: interrupts and translation are on. */
void
keyboard_start(void)
{
	if (inb(STATUS) == 0xff)
		return; /* there is no controller */
	while (inb(STATUS) & OUTPUT_FULL)
		inb(DATA);
	irq_register(KEYBOARD_IRQ, keyboard_interrupt);
}
