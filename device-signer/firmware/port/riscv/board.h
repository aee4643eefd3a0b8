/* The emulated board: qemu's `virt` machine cut down to an ESP32-C3's share of memory. */
#ifndef TT_RISCV_BOARD_H
#define TT_RISCV_BOARD_H

#include <stddef.h>
#include <stdint.h>

/* Data flash: erased bytes are 0xff, a write can only clear bits. */
extern uint8_t board_flash[];
extern const char board_flash_size[]; /* its address is the size in bytes */

/* What was put into the board from outside before its first start; big-endian like everything. */
struct board_settings {
  uint8_t seed[32];      /* stands for the hardware's random numbers */
  uint8_t domain[32];    /* SPEC.md section 1 */
  uint8_t owner[20];     /* wallet that may register the device */
  uint8_t started_at[8]; /* Unix seconds of the first interval's beginning */
};
extern const struct board_settings board_settings;

void board_print(const char *text);
void board_print_hex(const uint8_t *bytes, size_t size);
void board_print_number(uint64_t number);
void board_print_figure(const char *name, uint64_t value);

/* Instructions executed since the machine started; exact under `-icount`. */
uint64_t board_instructions(void);

/* The most bytes of stack that were ever in use since the start. */
uint32_t board_stack_used(void);

/* Ends the emulation; `status` 0 is success. */
_Noreturn void board_exit(int status);

/* Starts the machine anew: RAM is lost, the data flash stays. Prints the stack that was used. */
_Noreturn void board_reset(void);

#endif
