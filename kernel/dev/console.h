/*
 * The kernel's own console: for boot, messages and panic. (What programs read and write is the
 * terminal, file/terminal.c.) Under the boot argument nonce=N each message stands between the bytes
 * 0x1d N '<' and 0x1d N '>', so that whoever started the machine can tell the kernel's words from
 * the program's bytes.
 */
#ifndef DEV_CONSOLE_H
#define DEV_CONSOLE_H

#include <stdarg.h>
#include <lib/types.h>

/* After arch_init: reads nonce=, quiet= and console=, prints the status line `start`. */
void console_init(void);

/*
 * Print. Conversions: %d %i %u %x %X %c %s %p %% with width, 0, -, l, ll and z (lib/printf.h).
 * Any time after arch_init, interrupts off; does not sleep. kprintf_boot is silent under quiet=1.
 */
void kprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
void kprintf_boot(const char *format, ...) __attribute__((format(printf, 1, 2)));
void kvprintf(const char *format, va_list arguments);

/* Many kprintf as one message: the pair nests. */
void console_begin(void);
void console_end(void);

/* The status line for the runner: 0x1d N '!' words '\n'. Nothing without a nonce. */
void console_status(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Bytes of a program, as they are; used by file/terminal.c. */
void console_write_raw(const char *bytes, size_t count);

/* Print the message, the task, a symbolised backtrace, and end the emulator. */
_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same for an exception in the kernel: with its frame. */
struct trap_frame;
_Noreturn void panic_frame(const struct trap_frame *frame, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A law of the kernel: a user's bad argument never gets here. */
#define assert(condition)                                                                          \
	do {                                                                                       \
		if (unlikely(!(condition)))                                                        \
			panic("assertion failed: %s (%s:%d)", #condition, __FILE__, __LINE__);     \
	} while (0)

#endif
