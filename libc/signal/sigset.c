/* Sets of signals. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#define WORD_BITS (8 * sizeof(unsigned long))

int
sigemptyset(sigset_t *set)
{
	memset(set, 0, sizeof(*set));
	return 0;
}

int
sigfillset(sigset_t *set)
{
	memset(set, 0xff, sizeof(*set));
	return 0;
}

/* The bit of a signal in its word, which *word is made to point at; 0 and EINVAL if it is none. */
static unsigned long
find_bit(const sigset_t *set, int number, unsigned long **word)
{
	if (number < 1 || number >= _NSIG) {
		errno = EINVAL;
		return 0;
	}
	*word = (unsigned long *)&set->sig[(number - 1) / WORD_BITS];
	return 1ul << (number - 1) % WORD_BITS;
}

int
sigaddset(sigset_t *set, int number)
{
	unsigned long *word, bit = find_bit(set, number, &word);

	if (!bit)
		return -1;
	*word |= bit;
	return 0;
}

int
sigdelset(sigset_t *set, int number)
{
	unsigned long *word, bit = find_bit(set, number, &word);

	if (!bit)
		return -1;
	*word &= ~bit;
	return 0;
}

int
sigismember(const sigset_t *set, int number)
{
	unsigned long *word, bit = find_bit(set, number, &word);

	return bit ? (*word & bit) != 0 : -1;
}
