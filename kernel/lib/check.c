#include <lib/check.h>

bool check_enabled;
bool sleepy;
