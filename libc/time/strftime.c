/* Dates to text, in English. */
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const weekdays[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"};

/* Conversions that only stand for others. */
static const char *
expansion(char conversion)
{
	switch (conversion) {
	case 'c':
		return "%a %b %e %H:%M:%S %Y";
	case 'D':
	case 'x':
		return "%m/%d/%y";
	case 'F':
		return "%Y-%m-%d";
	case 'R':
		return "%H:%M";
	case 'r':
		return "%I:%M:%S %p";
	case 'T':
	case 'X':
		return "%H:%M:%S";
	}
	return NULL;
}

static int
hour_of_12(int hour)
{
	return (hour + 11) % 12 + 1;
}

/* One conversion into text, which has room for the longest; its length. */
static int
convert(char *text, size_t size, char conversion, const struct tm *date)
{
	switch (conversion) {
	case 'a':
		return snprintf(text, size, "%.3s", weekdays[date->tm_wday]);
	case 'A':
		return snprintf(text, size, "%s", weekdays[date->tm_wday]);
	case 'b':
	case 'h':
		return snprintf(text, size, "%.3s", months[date->tm_mon]);
	case 'B':
		return snprintf(text, size, "%s", months[date->tm_mon]);
	case 'd':
		return snprintf(text, size, "%02d", date->tm_mday);
	case 'e':
		return snprintf(text, size, "%2d", date->tm_mday);
	case 'H':
		return snprintf(text, size, "%02d", date->tm_hour);
	case 'I':
		return snprintf(text, size, "%02d", hour_of_12(date->tm_hour));
	case 'j':
		return snprintf(text, size, "%03d", date->tm_yday + 1);
	case 'm':
		return snprintf(text, size, "%02d", date->tm_mon + 1);
	case 'M':
		return snprintf(text, size, "%02d", date->tm_min);
	case 'n':
		return snprintf(text, size, "\n");
	case 'p':
		return snprintf(text, size, "%s", date->tm_hour < 12 ? "AM" : "PM");
	case 's': {
		struct tm copy = *date;
		return snprintf(text, size, "%ld", timegm(&copy));
	}
	case 'S':
		return snprintf(text, size, "%02d", date->tm_sec);
	case 't':
		return snprintf(text, size, "\t");
	case 'u':
		return snprintf(text, size, "%d", (date->tm_wday + 6) % 7 + 1);
	case 'w':
		return snprintf(text, size, "%d", date->tm_wday);
	case 'y':
		return snprintf(text, size, "%02d", date->tm_year % 100);
	case 'Y':
		return snprintf(text, size, "%d", date->tm_year + 1900);
	case 'z':
		return snprintf(text, size, "+0000");
	case 'Z':
		return snprintf(text, size, "UTC");
	}
	return snprintf(text, size, "%c", conversion);
}

size_t
strftime(char *restrict text, size_t size, const char *restrict format,
	const struct tm *restrict date)
{
	size_t length = 0;
	char piece[64];

	for (; *format; format++) {
		const char *whole;
		size_t count = 1;

		piece[0] = *format;
		if (*format == '%' && format[1]) {
			whole = expansion(*++format);
			count = whole ? strftime(piece, sizeof(piece), whole, date)
				      : (size_t)convert(piece, sizeof(piece), *format, date);
		}
		if (count >= size - length)
			return 0;
		memcpy(text + length, piece, count);
		length += count;
	}
	if (length >= size)
		return 0;
	text[length] = 0;
	return length;
}

char *
asctime(const struct tm *date)
{
	static char text[32];

	strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y\n", date);
	return text;
}

char *
ctime(const time_t *when)
{
	return asctime(localtime(when));
}
