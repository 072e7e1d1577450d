/*
 * The real-time clock (MC146818, in the CMOS): the date and time of day, which we take as UTC, in
 * whole seconds.
 */
#include "arch/arch.h"
#include "pc.h"

#define CMOS_INDEX 0x70
#define CMOS_DATA 0x71

#define RTC_SECONDS 0x00
#define RTC_MINUTES 0x02
#define RTC_HOURS 0x04
#define RTC_DAY 0x07
#define RTC_MONTH 0x08
#define RTC_YEAR 0x09 /* of this century */
#define RTC_STATUS_A 0x0a
#define RTC_STATUS_B 0x0b
#define UPDATE_IN_PROGRESS 0x80 /* status A: for 2 ms what is read may be half new */
#define BINARY 0x04		/* status B: not BCD */
#define HOURS_24 0x02		/* status B: not 12 with a bit for p.m. */
#define PM 0x80

struct rtc {
	uint8_t seconds, minutes, hours, day, month, year;
};

static uint8_t
cmos_read(uint8_t index)
{
	outb(CMOS_INDEX, index);
	return inb(CMOS_DATA);
}

static struct rtc
read_once(void)
{
	while (cmos_read(RTC_STATUS_A) & UPDATE_IN_PROGRESS)
		;
	return (struct rtc){
		.seconds = cmos_read(RTC_SECONDS),
		.minutes = cmos_read(RTC_MINUTES),
		.hours = cmos_read(RTC_HOURS),
		.day = cmos_read(RTC_DAY),
		.month = cmos_read(RTC_MONTH),
		.year = cmos_read(RTC_YEAR),
	};
}

/*
 * An update may begin just after the look at status A: two readings that agree on the seconds were
 * not torn.
 */
static struct rtc
read_stable(void)
{
	struct rtc now = read_once(), before;

	do {
		before = now;
		now = read_once();
	} while (now.seconds != before.seconds);
	return now;
}

static unsigned
number(uint8_t value, uint8_t status)
{
	return status & BINARY ? value : (value >> 4) * 10u + (value & 15);
}

static unsigned
hour_of_day(uint8_t value, uint8_t status)
{
	unsigned hours = number(value & ~PM, status);

	if (status & HOURS_24)
		return hours;
	return hours % 12 + (value & PM ? 12 : 0);
}

/*
 * Days from 1970-01-01 in the Gregorian calendar; years that begin in March put the leap day last.
 */
static unsigned
days_since_1970(unsigned year, unsigned month, unsigned day)
{
	unsigned y = month > 2 ? year : year - 1;
	unsigned m = month > 2 ? month - 3 : month + 9;

	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
}

static uint64_t
seconds_since_1970(void)
{
	struct rtc now = read_stable();
	uint8_t status = cmos_read(RTC_STATUS_B);
	unsigned days = days_since_1970(2000 + number(now.year, status), number(now.month, status),
		number(now.day, status));

	return days * 86400ull + hour_of_day(now.hours, status) * 3600u +
		number(now.minutes, status) * 60u + number(now.seconds, status);
}

uint64_t
arch_boot_seconds(void)
{
	static uint64_t boot;

	if (!boot)
		boot = seconds_since_1970();
	return boot;
}
