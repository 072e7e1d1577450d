# What the build must know about the ARM port: ARMv7-A with VFP, assembly by the compiler.

BOARD         = virt

LLVM_TARGET   = --target=armv7a-none-eabi
GNU_PREFIX    = arm-none-eabi-
# This compiler's own idea of them is long, which is as long, but not what Linux and clang have.
GNU_FLAGS     = -U__INT32_TYPE__ -D__INT32_TYPE__=int -U__UINT32_TYPE__ -D__UINT32_TYPE__=unsigned
PORT_FLAGS    = -mcpu=cortex-a7 -marm
# The kernel never touches the floating-point registers: they are the running task's.
KERNEL_PORT_FLAGS = -mfloat-abi=soft
USER_PORT_FLAGS   = -mfloat-abi=hard -mfpu=vfpv3-d16
LD_EMULATION  = armelf
USER_BASE     = 0x00010000

ASM_SUFFIX    = S
ASSEMBLE      = $(CC) -g $(PORT_FLAGS) -Iarch/arm -I. -MMD -MP -c -o $@ $<

# The emulator passes boot arguments and the archive to a raw image only.
KERNEL_IMAGE  = kernel.bin
