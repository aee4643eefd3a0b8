/*
 * Current of a split-core transformer (SCT-013 and its like) at an ADC: root mean square over whole
 * mains cycles. No I/O: the caller takes the samples at an even pace.
 *
 * A clamp alone measures current. Without the voltage at the same instants there is neither active
 * power nor energy, so nothing of it belongs in a register.
 */
#ifndef TT_SENSOR_CLAMP_H
#define TT_SENSOR_CLAMP_H

#include <stddef.h>
#include <stdint.h>

/* 4,096 samples of 16 bits keep the sums within 64 bits. */
#define CLAMP_MAX_SAMPLES 4096

/*
 * Current in mA. `samples` are ADC counts around any bias, which is taken away; they span a whole
 * number of mains cycles (at 50 Hz 20 ms each), or the result is off by up to the part that is cut.
 * `ua_per_count` is the transformer's and the ADC's scale in microampere of mains current per count:
 * an SCT-013-030 (30 A to 1 V) at a 12-bit ADC of 3.3 V has 30,000,000 * 3.3 / 4096 = 24,170.
 * No sample, or more than CLAMP_MAX_SAMPLES: 0.
 */
uint32_t clamp_rms_ma(const uint16_t *samples, size_t count, uint32_t ua_per_count);

#endif
