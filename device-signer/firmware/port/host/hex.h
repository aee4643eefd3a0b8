#ifndef HOST_HEX_H
#define HOST_HEX_H

#include <stdio.h>

#include "tt_types.h"

/* Hex with or without 0x into exactly `size` bytes. */
bool hex_parse(const char *text, uint8_t *bytes, size_t size);

/* Hex with 0x. */
void hex_print(FILE *file, const uint8_t *bytes, size_t size);

#endif
