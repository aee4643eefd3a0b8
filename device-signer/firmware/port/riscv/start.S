# Start-up of the image: fences memory, paints the stack, fills .data and .bss, calls main.

    .option arch, +zicsr

    .equ PMP_NAPOT_LOCKED, 0x98
    .equ PMP_R, 1
    .equ PMP_W, 2
    .equ PMP_X, 4

# One fence, checked in machine mode too because it is locked: `size` is a power of two, `base` a
# multiple of it. Privileged architecture 1.10, section 3.6.1.
    .macro fence_region index, base, size
    li      t0, ((\base) >> 2) | (((\size) >> 3) - 1)
    csrw    pmpaddr\index, t0
    .endm

    .section .start, "ax"
    .global _start
_start:
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    la      sp, stack_top
    la      t0, on_trap
    csrw    mtvec, t0

    fence_region 0, 0x80000000, 0x40000     # rom
    fence_region 1, 0x80100000, 0x10000     # ram
    fence_region 2, 0x80200000, 0x40000     # data flash
    fence_region 3, 0x80300000, 0x1000      # settings
    fence_region 4, 0x10000000, 0x100       # UART
    fence_region 5, 0x00100000, 0x1000      # sifive_test
    fence_region 6, 0x00001000, 0x1000      # qemu's reset vector
    li      t0, -1
    csrw    pmpaddr7, t0                    # all the rest
    li      t0, (PMP_NAPOT_LOCKED | PMP_R | PMP_X) | (PMP_NAPOT_LOCKED | PMP_R | PMP_W) << 8 \
                | (PMP_NAPOT_LOCKED | PMP_R | PMP_W) << 16 | (PMP_NAPOT_LOCKED | PMP_R) << 24
    csrw    pmpcfg0, t0
    li      t0, (PMP_NAPOT_LOCKED | PMP_R | PMP_W) | (PMP_NAPOT_LOCKED | PMP_R | PMP_W) << 8 \
                | (PMP_NAPOT_LOCKED | PMP_R | PMP_X) << 16 | PMP_NAPOT_LOCKED << 24
    csrw    pmpcfg1, t0

    la      t0, stack_bottom                # paint: board_stack_used() counts what stayed
    la      t1, stack_top
    li      t2, 0xa5a5a5a5
1:  sw      t2, 0(t0)
    addi    t0, t0, 4
    bltu    t0, t1, 1b

    la      t0, data_load
    la      t1, data_start
    la      t2, data_end
2:  bgeu    t1, t2, 3f
    lw      t3, 0(t0)
    sw      t3, 0(t1)
    addi    t0, t0, 4
    addi    t1, t1, 4
    j       2b

3:  la      t1, bss_start
    la      t2, bss_end
4:  bgeu    t1, t2, 5f
    sw      zero, 0(t1)
    addi    t1, t1, 4
    j       4b

5:  call    main
    call    board_exit

# The stack may be what is broken: a fresh one.
    .align  2
on_trap:
    la      sp, stack_top
    csrr    a0, mcause
    csrr    a1, mepc
    csrr    a2, mtval
    j       board_trap

# uint64_t board_instructions(void): the halves are read apart, so once more when the low one ran over.
    .text
    .global board_instructions
board_instructions:
    csrr    a1, minstreth
    csrr    a0, minstret
    csrr    t0, minstreth
    bne     a1, t0, board_instructions
    ret
