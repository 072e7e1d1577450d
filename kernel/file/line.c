/* The line discipline: signals first, then editing, then the ring. The flags: termios(3). */
#include <abi/signal.h>
#include <file/line.h>
#include <lib/string.h>

#define LINE_END 0x100 /* in the ring: ^D was typed here */

#define CONTROL(letter) ((letter) & 0x1f)
#define DELETE		0x7f

void
line_init(struct line *line, void (*echo)(char c))
{
	memset(line, 0, sizeof(*line));
	line->echo = echo;
	line->settings = (struct termios){
		.c_iflag = ICRNL,
		.c_oflag = OPOST | ONLCR,
		.c_cflag = B38400 | CS8 | CREAD | HUPCL,
		.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
		.c_cc[VINTR] = CONTROL('C'),
		.c_cc[VQUIT] = CONTROL('\\'),
		.c_cc[VSUSP] = CONTROL('Z'),
		.c_cc[VERASE] = DELETE,
		.c_cc[VWERASE] = CONTROL('W'),
		.c_cc[VKILL] = CONTROL('U'),
		.c_cc[VEOF] = CONTROL('D'),
		.c_cc[VMIN] = 1,
	};
}

static bool
local(const struct line *line, unsigned flag)
{
	return line->settings.c_lflag & flag;
}

/* c_cc[which] was typed; a 0 there means that no key does it. */
static bool
is_key(const struct line *line, int which, unsigned char c)
{
	return c != 0 && c == line->settings.c_cc[which];
}

void
line_set(struct line *line, const struct termios *settings)
{
	line->settings = *settings;
	if (!local(line, ICANON))
		line->committed = line->tail;
}

void
line_flush(struct line *line)
{
	line->head = line->committed = line->tail;
}

/* --- showing what is typed --- */

static bool
shown_as_pair(const struct line *line, unsigned char c)
{
	return local(line, ECHOCTL) && (c < ' ' || c == DELETE) && c != '\t';
}

static void
show(const struct line *line, unsigned char c)
{
	if (!local(line, ECHO))
		return;
	if (c == '\n') {
		line->echo('\n');
	} else if (shown_as_pair(line, c)) {
		line->echo('^');
		line->echo(c ^ 0x40);
	} else {
		line->echo(c == '\t' ? ' ' : c); /* one column, so that it can be rubbed out */
	}
}

static void
rub_out(const struct line *line, unsigned char c)
{
	if (!local(line, ECHO))
		return;
	for (int columns = shown_as_pair(line, c) ? 2 : 1; columns > 0; columns--) {
		line->echo('\b');
		line->echo(' ');
		line->echo('\b');
	}
}

/* --- editing --- */

static bool
can_erase(const struct line *line)
{
	return line->tail != line->committed;
}

static unsigned char
last_typed(const struct line *line)
{
	return line->ring[(line->tail - 1) % LINE_ROOM];
}

/* Takes back one character: of UTF-8, what continues it and then what begins it. */
static void
erase(struct line *line)
{
	while (can_erase(line) && (last_typed(line) & 0xc0) == 0x80)
		line->tail--;
	if (can_erase(line)) {
		rub_out(line, last_typed(line));
		line->tail--;
	}
}

static void
erase_word(struct line *line)
{
	while (can_erase(line) && last_typed(line) == ' ')
		erase(line);
	while (can_erase(line) && last_typed(line) != ' ')
		erase(line);
}

static void
erase_line(struct line *line)
{
	while (can_erase(line))
		erase(line);
}

/* --- input --- */

static unsigned
room(const struct line *line)
{
	return LINE_ROOM - (line->tail - line->head);
}

static void
put(struct line *line, uint16_t c)
{
	line->ring[line->tail++ % LINE_ROOM] = c;
}

/* Commits the line with `c` at its end. */
static int
end_line(struct line *line, uint16_t c)
{
	if (room(line) == 0)
		return LINE_FULL;
	put(line, c);
	line->committed = line->tail;
	return 0;
}

/* The last place is kept for what ends the line; what is too long for that is cut off. */
static int
add_to_line(struct line *line, unsigned char c)
{
	if (room(line) <= 1 && line_readable(line))
		return LINE_FULL;
	if (room(line) <= 1) {
		line->echo('\a');
		return 0;
	}
	put(line, c);
	show(line, c);
	return 0;
}

static int
edit(struct line *line, unsigned char c)
{
	if (c == '\n' || is_key(line, VEOL, c)) {
		int result = end_line(line, c);
		if (result == 0)
			show(line, c);
		return result;
	}
	if (is_key(line, VEOF, c))
		return end_line(line, LINE_END);
	if (is_key(line, VERASE, c) || c == '\b')
		erase(line);
	else if (is_key(line, VKILL, c))
		erase_line(line);
	else if (is_key(line, VWERASE, c) && local(line, IEXTEN))
		erase_word(line);
	else
		return add_to_line(line, c);
	return 0;
}

static int
signal_of(const struct line *line, unsigned char c)
{
	if (!local(line, ISIG))
		return 0;
	if (is_key(line, VINTR, c))
		return SIGINT;
	if (is_key(line, VQUIT, c))
		return SIGQUIT;
	return is_key(line, VSUSP, c) ? SIGTSTP : 0;
}

int
line_input(struct line *line, unsigned char c)
{
	unsigned flags = line->settings.c_iflag;

	if (c == '\r' && flags & IGNCR)
		return 0;
	if (c == '\r' && flags & ICRNL)
		c = '\n';
	else if (c == '\n' && flags & INLCR)
		c = '\r';

	int signal = signal_of(line, c);
	if (signal) {
		if (!local(line, NOFLSH))
			line_flush(line);
		show(line, c);
		return signal;
	}
	if (local(line, ICANON))
		return edit(line, c);
	if (end_line(line, c) == LINE_FULL)
		return LINE_FULL;
	show(line, c);
	return 0;
}

/* --- output --- */

bool
line_readable(const struct line *line)
{
	return line->head != line->committed;
}

size_t
line_take(struct line *line, char *bytes, size_t size, bool *ended)
{
	bool lines = local(line, ICANON);
	size_t count = 0;

	*ended = false;
	while (!*ended && line_readable(line)) {
		uint16_t c = line->ring[line->head % LINE_ROOM];
		bool marks_end = c == LINE_END;
		if (count == size && !marks_end)
			break;
		line->head++;
		if (!marks_end)
			bytes[count++] = c;
		*ended = marks_end || (lines && (c == '\n' || is_key(line, VEOL, c)));
	}
	return count;
}

unsigned
line_count(const struct line *line)
{
	unsigned count = 0;

	for (unsigned i = line->head; i != line->committed; i++)
		count += line->ring[i % LINE_ROOM] != LINE_END;
	return count;
}
