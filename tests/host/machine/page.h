/*
 * Pages and the address map of the mock port: the same picture for words of 32 and of 64 bits. User
 * addresses are only numbers here: the frames behind them lie in the host's memory (mock_arch.c).
 */
#ifndef MACHINE_PAGE_H
#define MACHINE_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1ul << PAGE_SHIFT)
#define PAGE_MASK (PAGE_SIZE - 1)

#define USER_START PAGE_SIZE
#define USER_END (~0ul / 4 * 3 + 3) /* 0xc000… */
#define USER_STACK_TOP (USER_END - PAGE_SIZE)
#define SHM_VBASE (~0ul / 4 + 1) /* 0x4000… */

#endif
