#include "hex.h"

#include <string.h>

static int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool hex_parse(const char *text, uint8_t *bytes, size_t size) {
  if (strncmp(text, "0x", 2) == 0) text += 2;
  if (strlen(text) != 2u * size) return false;
  for (size_t index = 0; index < size; index++) {
    int high = digit_of(text[2u * index]);
    int low = digit_of(text[2u * index + 1u]);
    if (high < 0 || low < 0) return false;
    bytes[index] = (uint8_t)(16 * high + low);
  }
  return true;
}

void hex_print(FILE *file, const uint8_t *bytes, size_t size) {
  fputs("0x", file);
  for (size_t index = 0; index < size; index++) fprintf(file, "%02x", bytes[index]);
}
