#include "board.h"

/* NS16550A of qemu's virt machine: hw/riscv/virt.c, VIRT_UART0. */
#define UART ((volatile uint8_t *)0x10000000)
#define UART_LINE_STATUS 5
#define UART_CAN_SEND 0x20

/* sifive_test of the same machine (VIRT_TEST): a word ends or resets the emulation. */
#define FINISHER (*(volatile uint32_t *)0x00100000)
#define FINISHER_FAIL 0x3333u
#define FINISHER_PASS 0x5555u
#define FINISHER_RESET 0x7777u

#define PAINT 0xa5a5a5a5u

extern uint32_t stack_bottom[];
extern uint32_t stack_top[];

static void print_char(char character) {
  while ((UART[UART_LINE_STATUS] & UART_CAN_SEND) == 0) {
  }
  UART[0] = (uint8_t)character;
}

void board_print(const char *text) {
  while (*text != '\0') {
    print_char(*text++);
  }
}

void board_print_hex(const uint8_t *bytes, size_t size) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; i++) {
    print_char(digits[bytes[i] >> 4]);
    print_char(digits[bytes[i] & 15]);
  }
}

void board_print_number(uint64_t number) {
  char text[21];
  size_t at = sizeof text - 1;
  text[at] = '\0';
  do {
    text[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  board_print(text + at);
}

void board_print_figure(const char *name, uint64_t value) {
  board_print("figure ");
  board_print(name);
  board_print(" ");
  board_print_number(value);
  board_print("\n");
}

uint32_t board_stack_used(void) {
  const uint32_t *deepest = stack_bottom;
  while (deepest < stack_top && *deepest == PAINT) {
    deepest++;
  }
  return (uint32_t)((uintptr_t)stack_top - (uintptr_t)deepest);
}

_Noreturn void board_exit(int status) {
  FINISHER = status == 0 ? FINISHER_PASS : FINISHER_FAIL | (uint32_t)status << 16;
  for (;;) {
  }
}

_Noreturn void board_reset(void) {
  board_print_figure("stack", board_stack_used());
  FINISHER = FINISHER_RESET;
  for (;;) {
  }
}

/* Called by start.S when the processor refuses an instruction or an access. */
_Noreturn void board_trap(uint32_t cause, uint32_t address, uint32_t value);

_Noreturn void board_trap(uint32_t cause, uint32_t address, uint32_t value) {
  const uint32_t words[] = { cause, address, value };
  board_print("trap");
  for (size_t i = 0; i < 3; i++) {
    board_print(" ");
    board_print_number(words[i]);
  }
  board_print("\n");
  board_exit(70);
}
