/* poweroff: switch the machine off, whoever is still running. */

#include <stdio.h>
#include <sys/reboot.h>

int
main(void)
{
	reboot(RB_POWER_OFF);
	perror("poweroff"); /* a reboot that works does not come back */
	return 1;
}
