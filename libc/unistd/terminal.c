/* Terminals: settings and the foreground group, all by ioctl. */
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int
tcgetattr(int descriptor, struct termios *settings)
{
	return ioctl(descriptor, TCGETS, settings);
}

int
tcsetattr(int descriptor, int when, const struct termios *settings)
{
	return ioctl(descriptor, TCSETS + when, settings);
}

/* Every byte at once and as it is: no lines, no echo, no signals, no translation. */
void
cfmakeraw(struct termios *settings)
{
	settings->c_iflag &= ~(BRKINT | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
	settings->c_oflag &= ~OPOST;
	settings->c_lflag &= ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	settings->c_cflag |= CS8;
	settings->c_cc[VMIN] = 1;
	settings->c_cc[VTIME] = 0;
}

int
isatty(int descriptor)
{
	struct termios settings;

	return tcgetattr(descriptor, &settings) == 0;
}

pid_t
tcgetpgrp(int descriptor)
{
	pid_t group;

	return ioctl(descriptor, TIOCGPGRP, &group) < 0 ? -1 : group;
}

int
tcsetpgrp(int descriptor, pid_t group)
{
	return ioctl(descriptor, TIOCSPGRP, &group);
}
