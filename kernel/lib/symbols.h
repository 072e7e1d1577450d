/* The kernel's own symbols, made from its first link: addresses to names, for backtraces. */
#ifndef LIB_SYMBOLS_H
#define LIB_SYMBOLS_H

struct symbol {
	unsigned long address;
	const char *name;
};
extern const struct symbol kernel_symbols[]; /* sorted by address */
extern const unsigned kernel_symbols_count;

/* The function that contains `address` and the offset in it; NULL when none does. */
const char *symbol_name(unsigned long address, unsigned long *offset);

#endif
