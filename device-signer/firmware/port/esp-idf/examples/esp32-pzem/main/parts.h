/* The parts of the example. */
#ifndef EXAMPLE_PARTS_H
#define EXAMPLE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "pzem004t.h"

/* Connects in the background and again whenever the network goes away. */
void wifi_start(void);

/* Signal of the access point in dBm; false while there is none. */
bool wifi_signal(int32_t *dbm);

void meter_start(void);

/* Asks the meter and waits for its answer, at most a third of a second. */
enum pzem_status meter_read(struct pzem_reading *reading);

#endif
