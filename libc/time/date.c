/* Seconds since 1970 to dates and back. Local time is UTC. */
#include <time.h>

#define DAY 86400L

/*
 * Years are counted from March, so that the leap day is the last of its year: the days before
 * month m (March is 0) are then (153 m + 2) / 5, and every 400 years have 146097 days.
 */
#define ERA 146097L
#define EPOCH 719468L /* days from 1 March of the year 0 to 1 January 1970 */

static long
floor_divide(long a, long b)
{
	return a / b - (a % b < 0);
}

/* Days since 1970 of a day; month 0 is January, and any month or day may be out of its range. */
static long
days_of(long year, long month, long day)
{
	long march_month, march_year, era, of_era;

	year += floor_divide(month, 12);
	month -= floor_divide(month, 12) * 12;
	march_month = (month + 10) % 12;
	march_year = year - (month < 2);
	era = floor_divide(march_year, 400);
	of_era = march_year - era * 400;
	return era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + (153 * march_month + 2) / 5 +
	       day - 1 - EPOCH;
}

struct tm *
gmtime_r(const time_t *restrict when, struct tm *restrict date)
{
	long days = floor_divide(*when, DAY), second = *when - days * DAY;
	long era = floor_divide(days + EPOCH, ERA), day = days + EPOCH - era * ERA;
	long of_era = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	long march_day = day - (of_era * 365 + of_era / 4 - of_era / 100);
	long march_month = (5 * march_day + 2) / 153;
	long month = (march_month + 2) % 12;
	long year = era * 400 + of_era + (month < 2);

	*date = (struct tm){
		.tm_sec = second % 60,
		.tm_min = second / 60 % 60,
		.tm_hour = second / 3600,
		.tm_mday = march_day - (153 * march_month + 2) / 5 + 1,
		.tm_mon = month,
		.tm_year = year - 1900,
		.tm_wday = ((days + 4) % 7 + 7) % 7,
		.tm_yday = days - days_of(year, 0, 1),
		.tm_zone = "UTC",
	};
	return date;
}

struct tm *
gmtime(const time_t *when)
{
	static struct tm date;

	return gmtime_r(when, &date);
}

struct tm *
localtime_r(const time_t *restrict when, struct tm *restrict date)
{
	return gmtime_r(when, date);
}

struct tm *
localtime(const time_t *when)
{
	return gmtime(when);
}

/* Puts every field into its range, too. */
time_t
timegm(struct tm *date)
{
	time_t when = days_of(date->tm_year + 1900L, date->tm_mon, date->tm_mday) * DAY +
		      date->tm_hour * 3600L + date->tm_min * 60L + date->tm_sec;

	gmtime_r(&when, date);
	return when;
}

time_t
mktime(struct tm *date)
{
	return timegm(date);
}
