#ifndef HOST_INPUT_H
#define HOST_INPUT_H

#include "tt_device.h"

/* One line of input: a flat JSON object with the field names of SPEC section 4, or a row of CSV. */
typedef struct input_line {
  tt_measurement measured;
  bool has_time;
  uint64_t at;
  /* `exported_wh`, `imported_wh`: energy of the interval where there is no meter, micro-Wh. */
  uint64_t export_uwh;
  uint64_t import_uwh;
} input_line;

#define INPUT_COLUMNS 24u
#define INPUT_NAME 32u

/* The header of a CSV, once it was seen. */
typedef struct input_format {
  char columns[INPUT_COLUMNS][INPUT_NAME];
  unsigned count;
} input_format;

typedef enum input_result {
  INPUT_READING, /* `line` has a reading */
  INPUT_NOTHING, /* an empty line or the header of a CSV */
  INPUT_WRONG    /* `why` says what; the reading is left out, never guessed */
} input_result;

input_result input_parse(input_format *format, const char *text, const uint8_t *device_id,
                         input_line *line, char why[128]);

#endif
