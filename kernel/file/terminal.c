/*
 * The terminal on the console: bytes typed go through the line discipline to who reads; a session
 * has it, and one process group of that session is in the foreground: it gets the keyboard's
 * signals, and it alone may read. (tty_ioctl(4), credentials(7))
 *
 * Under the boot argument console=raw nobody types: both directions are byte-exact pipes. What a
 * pipe says by other means than bytes stands in the input behind a DLE: end of file, ^C, and DLE
 * itself.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/poll.h>
#include <dev/console.h>
#include <file/line.h>
#include <file/node.h>
#include <file/poll.h>
#include <lib/bootargs.h>
#include <lib/string.h>
#include <mm/uaccess.h>
#include <mm/vm.h>
#include <task/task.h>

#define DLE	      0x10
#define DLE_END	      0x04
#define DLE_INTERRUPT 0x03

#define BITE 4096 /* bytes after which a long output lets others run */

static struct line line;
static struct poll_queue readers = POLL_QUEUE_INIT(readers);
static struct winsize window = {.ws_row = 25, .ws_col = 80};

static int session;    /* that has the terminal; 0: none yet, and so everybody has */
static int foreground; /* process group; 0: none */

static bool raw_console; /* console=raw */
static bool escaped;	 /* the last byte was a DLE */
static bool input_ended; /* DLE_END came */
static bool refused;	 /* the device holds a byte back until there is room */

/* --- output --- */

static void
put(char c)
{
	const unsigned newline_is_two = OPOST | ONLCR;

	if (c == '\n' && (line.settings.c_oflag & newline_is_two) == newline_is_two)
		console_write_raw("\r\n", 2);
	else
		console_write_raw(&c, 1);
}

static long
terminal_write(struct file *file, const void *user, size_t size)
{
	char chunk[128];
	size_t done = 0;

	(void)file;
	while (done < size) {
		size_t count = size - done < sizeof(chunk) ? size - done : sizeof(chunk);
		if (copy_from_user(chunk, (const char *)user + done, count))
			return done ? (long)done : -EFAULT;
		for (size_t i = 0; i < count; i++)
			put(chunk[i]);
		done += count;
		if (done % BITE == 0) {
			wait_pause();
			if (signal_pending(current))
				break;
		}
	}
	return done;
}

/* --- input --- */

void
terminal_init(void)
{
	char value[8];

	line_init(&line, put);
	raw_console = bootarg_string("console", value, sizeof(value)) && strcmp(value, "raw") == 0;
	if (!raw_console)
		return;
	line.settings.c_iflag = line.settings.c_oflag = line.settings.c_lflag = 0;
	window = (struct winsize){0};
}

/* From the keyboard: to the foreground group. */
static void
interrupt(int signal)
{
	if (foreground)
		signal_send_group(foreground, signal);
}

/* There is room again. */
static void
release_device(void)
{
	if (!refused)
		return;
	refused = false;
	arch_console_ready();
}

static bool
type(char c)
{
	int result = line_input(&line, c);

	if (result == LINE_FULL) {
		refused = true;
		return false;
	}
	if (result > 0) {
		interrupt(result);
		release_device(); /* the signal emptied the ring */
	}
	if (line_readable(&line))
		poll_wake(&readers);
	return true;
}

/* The byte after a DLE. */
static bool
type_escape(char c)
{
	if (c == DLE_INTERRUPT) {
		interrupt(SIGINT);
	} else if (c == DLE_END) {
		input_ended = true;
		poll_wake(&readers);
	} else if (!type(c)) {
		return false;
	}
	escaped = false;
	return true;
}

bool
console_input(char c)
{
	if (escaped)
		return type_escape(c);
	escaped = raw_console && c == DLE;
	return escaped || type(c);
}

/* --- who has it --- */

/* The session that has the terminal; it loses it when its leader is gone. */
static int
live_session(void)
{
	const struct process *leader = session ? process_find(session) : NULL;

	if (session && (!leader || process_is_zombie(leader) || !leader->controls_terminal))
		session = foreground = 0;
	return session;
}

static bool
controls(const struct process *process)
{
	return live_session() == 0 || process->sid == session;
}

int
terminal_group(const struct process *process)
{
	return live_session() && process->sid == session ? foreground : -1;
}

static bool
in_background(void)
{
	return foreground && current->process->pgid != foreground && controls(current->process);
}

/*
 * What only the foreground may: others are stopped by `signal` until they are there. -EIO when that
 * is in vain; -ERESTARTSYS: stopped, or killed, before it returns.
 */
static int
check_foreground(int signal)
{
	struct process *process = current->process;

	bool deaf = current->signals.blocked & SIGNAL_BIT(signal) ||
		process->actions[signal].handler == SIG_IGN;

	if (!in_background() || (deaf && signal == SIGTTOU))
		return 0;
	if (deaf || group_is_orphaned(process->pgid))
		return -EIO;
	signal_send_group(process->pgid, signal);
	return wait_interrupted();
}

/* --- reading --- */

/* Hands out what is there. It is taken out of the ring before it is copied: that may sleep. */
static long
give_input(void *user, size_t size)
{
	char chunk[128];
	size_t done = 0;
	bool ended = false;

	while (!ended && done < size && line_readable(&line)) {
		size_t room = size - done < sizeof(chunk) ? size - done : sizeof(chunk);
		size_t count = line_take(&line, chunk, room, &ended);
		release_device();
		if (copy_to_user((char *)user + done, chunk, count))
			return done ? (long)done : -EFAULT;
		done += count;
	}
	return done;
}

static bool
must_not_wait(const struct file *file)
{
	return file->flags & O_NONBLOCK;
}

static bool
returns_empty(void)
{
	return input_ended || (!(line.settings.c_lflag & ICANON) && line.settings.c_cc[VMIN] == 0);
}

static long
terminal_read(struct file *file, void *user, size_t size)
{
	if (size == 0)
		return 0;
	for (;;) { /* after each sleep look again: another reader may have been faster */
		int error = check_foreground(SIGTTIN);
		if (error)
			return error;
		if (line_readable(&line))
			return give_input(user, size);
		if (returns_empty())
			return 0;
		if (must_not_wait(file))
			return -EAGAIN;
		error = wait_sleep(&readers.sleepers, SLEEP_INTERRUPTIBLE);
		if (error)
			return error;
	}
}

/* --- ioctl --- */

static void
flush_input(void)
{
	line_flush(&line);
	release_device();
}

static long
flush(void)
{
	int error = check_foreground(SIGTTOU);

	if (!error)
		flush_input();
	return error;
}

static long
set_settings(unsigned request, const void *user)
{
	struct termios settings;
	int error = check_foreground(SIGTTOU);

	if (error)
		return error;
	if (copy_from_user(&settings, user, sizeof(settings)))
		return -EFAULT;
	if (request == TCSETSF)
		flush_input();
	line_set(&line, &settings);
	return 0;
}

/* 0 when the group has a member and is of the running task's session. */
static int
check_group(int group)
{
	list_for_each(link, &processes) {
		const struct process *process = list_entry(link, struct process, all);
		if (process->pgid == group)
			return process->sid == current->process->sid ? 0 : -EPERM;
	}
	return -ESRCH;
}

static long
set_foreground(const void *user)
{
	int group;
	int error = check_foreground(SIGTTOU);

	if (!controls(current->process))
		return -ENOTTY;
	if (error)
		return error;
	if (copy_from_user(&group, user, sizeof(group)))
		return -EFAULT;
	error = group > 0 ? check_group(group) : -EINVAL;
	if (!error)
		foreground = group;
	return error;
}

/* Makes it the terminal of the running task's session; root may `steal` another session's. */
static long
take_terminal(bool steal)
{
	struct process *process = current->process;

	if (process->pid != process->sid)
		return -EPERM;
	if (live_session() == process->sid)
		return 0;
	if (session && !(steal && process->cred.euid == 0))
		return -EPERM;
	if (session)
		process_find(session)->controls_terminal = false;
	session = process->sid;
	foreground = process->pgid;
	process->controls_terminal = true;
	/* The console's shell is the way out when memory is eaten up: it may use the reserve. */
	current->space->privileged = true;
	sched_set_floor();
	return 0;
}

static long
give_int(void *user, int value)
{
	return copy_to_user(user, &value, sizeof(value));
}

static long
terminal_control(struct file *file, unsigned request, unsigned long argument)
{
	void *user = (void *)argument;
	struct termios settings = line.settings;
	struct winsize size = window;

	(void)file;
	switch (request) {
	case TCGETS:
		return copy_to_user(user, &settings, sizeof(settings));
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return set_settings(request, user);
	case TCFLSH:
		return flush();
	case TCSBRK: /* what was written is out */
		return 0;
	case FIONREAD:
		return give_int(user, line_count(&line));
	case TIOCGWINSZ:
		return copy_to_user(user, &size, sizeof(size));
	case TIOCSWINSZ:
		return copy_from_user(&window, user, sizeof(window));
	case TIOCGPGRP:
		return controls(current->process) ? give_int(user, foreground) : -ENOTTY;
	case TIOCSPGRP:
		return set_foreground(user);
	case TIOCGSID:
		return terminal_group(current->process) >= 0 ? give_int(user, session) : -ENOTTY;
	case TIOCSCTTY:
		return take_terminal(argument == 1);
	}
	return -ENOTTY;
}

static unsigned
terminal_poll(struct file *file, struct watcher *watcher)
{
	bool readable = line_readable(&line) || input_ended;

	(void)file;
	poll_watch(&readers, watcher);
	return POLLOUT | POLLWRNORM | (readable ? POLLIN | POLLRDNORM : 0);
}

const struct file_operations terminal_operations = {
	.name = "terminal",
	.read = terminal_read,
	.write = terminal_write,
	.poll = terminal_poll,
	.control = terminal_control,
};
