#include "clamp.h"

/* Largest number whose square is not above `value`. */
static uint32_t root_down(uint64_t value) {
  uint64_t root = 0;
  for (uint64_t bit = (uint64_t)1 << 31; bit > 0; bit >>= 1) {
    if ((root + bit) * (root + bit) <= value) {
      root += bit;
    }
  }
  return (uint32_t)root;
}

uint32_t clamp_rms_ma(const uint16_t *samples, size_t count, uint32_t ua_per_count) {
  if (count == 0 || count > CLAMP_MAX_SAMPLES) {
    return 0;
  }
  uint64_t sum = 0;
  uint64_t sum_of_squares = 0;
  for (size_t i = 0; i < count; i++) {
    sum += samples[i];
    sum_of_squares += (uint64_t)samples[i] * samples[i];
  }
  /* rms^2 = mean of squares - square of mean; times count^2 it is an integer below 2^56. */
  const uint32_t counts_rms = root_down(count * sum_of_squares - sum * sum);
  return (uint32_t)((uint64_t)counts_rms * ua_per_count / count / 1000);
}
