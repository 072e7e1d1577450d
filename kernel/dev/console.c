/* The kernel's own words: messages, status lines for the runner, and the last words of all. */
#include "arch/arch.h"
#include <dev/console.h>
#include <lib/bootargs.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <task/task.h>

#define MARK "\x1d" /* begins what is said to the runner */

static char nonce[33];	 /* "": nobody listens who could tell our words from the programs' */
static bool quiet;	 /* quiet=1 */
static bool plain_lines; /* console=raw: no terminal at the other end that needs a \r */
static unsigned depth;	 /* of console_begin */

static void
put_plain(const char *s)
{
	while (*s)
		arch_putc(*s++);
}

static void
put_kernel(void *context, char c)
{
	(void)context;
	if (c == '\n' && !plain_lines)
		arch_putc('\r');
	arch_putc(c);
}

static void
put_mark(const char *kind)
{
	if (!nonce[0])
		return;
	put_plain(MARK);
	put_plain(nonce);
	put_plain(kind);
}

void
console_init(void)
{
	char value[8];

	quiet = bootarg_number("quiet", 0);
	plain_lines = bootarg_string("console", value, sizeof(value)) && strcmp(value, "raw") == 0;
	if (!bootarg_string("nonce", nonce, sizeof(nonce)))
		nonce[0] = '\0';
	console_status("start");
}

void
console_begin(void)
{
	if (depth++ == 0)
		put_mark("<");
}

void
console_end(void)
{
	if (--depth == 0)
		put_mark(">");
}

void
kvprintf(const char *format, va_list arguments)
{
	console_begin();
	format_to(put_kernel, NULL, format, arguments);
	console_end();
}

void
kprintf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	kvprintf(format, arguments);
	va_end(arguments);
}

void
kprintf_boot(const char *format, ...)
{
	va_list arguments;

	if (quiet)
		return;
	va_start(arguments, format);
	kvprintf(format, arguments);
	va_end(arguments);
}

static void
put_status(void *context, char c)
{
	(void)context;
	arch_putc(c);
}

void
console_status(const char *format, ...)
{
	va_list arguments;

	if (!nonce[0])
		return;
	put_mark("!");
	va_start(arguments, format);
	format_to(put_status, NULL, format, arguments);
	va_end(arguments);
	arch_putc('\n');
}

void
console_write_raw(const char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		arch_putc(bytes[i]);
}

/* --- the end --- */

static _Noreturn void
stop(void)
{
	console_status("panic");
	arch_halt(HALT_PANIC);
}

/* From here on nothing is trusted: a panic on the way ends the machine without more words. */
static void
enter_panic(void)
{
	static unsigned panics;

	if (panics++ == 0)
		return;
	if (panics == 2) /* the runner hears of it all the same */
		stop();
	arch_halt(HALT_PANIC);
}

/* Who was running. Early in the boot there is no task, and what looks like one has no canary. */
static void
print_task(void)
{
	const struct task *task = current;

	if (task->canary == TASK_CANARY)
		kprintf("running: %s, pid %d\n", task->process->name, task->process->pid);
	else
		kprintf("running: no task, or its stack has run over\n");
}

static _Noreturn void
vpanic(const struct trap_frame *frame, const char *format, va_list arguments)
{
	enter_panic();
	console_begin();
	kprintf("\npanic: ");
	kvprintf(format, arguments);
	kprintf("\n");
	print_task();
	if (frame)
		arch_print_frame(frame);
	arch_backtrace(frame);
	depth = 1; /* also when the panic came in the middle of a message */
	console_end();
	stop();
}

void
panic(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vpanic(NULL, format, arguments);
}

void
panic_frame(const struct trap_frame *frame, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vpanic(frame, format, arguments);
}
