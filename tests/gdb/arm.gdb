# The step-through of one page fault on ARM: the same rooms as in fault.gdb, another entry.

# The store, before it happens.
break touch.c:11
continue
print page
# It faults: the port's C code.
tbreak trap_data_abort
continue
print/x (unsigned) $DFAR
print (void *) frame->pc
set $store = frame->pc
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
tbreak *$store
continue
stepi
print *page
