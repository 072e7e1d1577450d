; From one kernel stack to another.

section .text
global switch_stacks

; void switch_stacks(uint32_t *save, uint32_t load)
; Leaves the registers that C preserves on the old stack and its pointer in *save; goes on with the
; stack `load`, which was left in the same way, or laid out so by task.c.
switch_stacks:
	push	ebp
	push	ebx
	push	esi
	push	edi
	mov	eax, [esp + 20]
	mov	edx, [esp + 24]
	mov	[eax], esp
	mov	esp, edx
	pop	edi
	pop	esi
	pop	ebx
	pop	ebp
	ret
