# The step-through of one page fault on ARM: the same rooms as in fault.gdb, another entry.

# The store, before it happens.
break touch.c:11
continue
print page
# One instruction: it faults, and the machine is at the port's entry.
stepi
print/x (unsigned) $DFAR
# The port's C code.
tbreak trap_data_abort
continue
print (void *) frame->pc
# The portable fault handler.
tbreak vm_fault
continue
# The object's handler.
tbreak shm_nopage
continue
backtrace 5
finish
# Back in the fault handler, which maps the frame.
tbreak mmu_map
continue
# The same instruction again, and this time it goes through.
tbreak touch.c:11
continue
stepi
print *page
