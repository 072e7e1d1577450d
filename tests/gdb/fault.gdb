# The step-through of one page fault: docs/fault.md shows what each of these commands prints.

# The store, before it happens.
break touch.c:11
continue
x/i $pc
print page
# One instruction: it faults, and the machine is at the port's entry.
stepi
print/x (unsigned) $cr2
# The port's C code.
tbreak trap_page_fault
continue
print/x frame->error
print (void *) frame->eip
# The portable fault handler.
tbreak vm_fault
continue
print/x access
# The object's handler.
tbreak shm_nopage
continue
backtrace 5
print area->ops->name
print page
print *(struct shm_object *) area->object
finish
print result
print frames[result.frame].references
# Back in the fault handler, which maps the frame.
tbreak mmu_map
continue
print frames[frame].kind
print ((struct shm_object *) frames[frame].owner)->present
# The same instruction again, and this time it goes through.
tbreak touch.c:11
continue
x/i $pc
stepi
print *page
