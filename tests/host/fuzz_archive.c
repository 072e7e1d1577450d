/* libFuzzer's: any bytes as the archive. */
#include <stdint.h>
#include "archive.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (!archive_read(bytes, size))
		archive_check_tree();
	archive_forget();
	return 0;
}
