# What the build must know about the x86 port: i386, a PC, assembly by nasm.

BOARD         = pc

LLVM_TARGET   = --target=i386-none-elf
GNU_PREFIX    = i686-linux-gnu-
PORT_FLAGS    = -march=i686
# An i686 has no long nop: to align a loop would cost a dozen instructions.
KERNEL_PORT_FLAGS = -mno-sse -mno-mmx -mno-80387 -falign-loops=1 $(STACK_$(TOOLCHAIN))
# The entry code leaves the stack at a multiple of 4, as the CPU does: what needs more (fxsave's
# area) must not count on 16.
STACK_llvm    = -mstack-alignment=4
STACK_gnu     = -mpreferred-stack-boundary=2
LD_EMULATION  = elf_i386
USER_BASE     = 0x08048000

ASM_SUFFIX    = asm
ASSEMBLE      = nasm -f elf32 -g -F dwarf -I arch/x86/ -MD $(@:.o=.d) -MQ $@ -o $@ $<

KERNEL_IMAGE  = kernel.elf
