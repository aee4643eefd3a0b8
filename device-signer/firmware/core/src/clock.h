#ifndef TT_CLOCK_H
#define TT_CLOCK_H

#include "tt_device.h"

/*
 * The time now, if it can be trusted: set, between clock_floor and 20 years later, and not a leap ahead
 * that has yet to hold for an hour. Notes steps in the flags of the open window.
 */
bool tt_clock_read(tt_device *device, uint64_t *now);

/* Whether two moments lie in different local days; a moment belongs to the interval that it ends. */
bool tt_is_other_day(const tt_device *device, uint64_t a, uint64_t b);

#endif
