/* Addresses to names: a binary search in the table that the link made. */
#include <stddef.h>
#include <lib/symbols.h>

const char *
symbol_name(unsigned long address, unsigned long *offset)
{
	unsigned low = 0, high = kernel_symbols_count; /* the answer is the last one below `high` */

	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		if (kernel_symbols[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return NULL;
	*offset = address - kernel_symbols[low - 1].address;
	return kernel_symbols[low - 1].name;
}
