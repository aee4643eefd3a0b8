/* What a test sets in the fakes of the platform. */
#ifndef FAKES_H
#define FAKES_H

#include <stdbool.h>
#include <stdint.h>

/* Unix seconds and milliseconds since the start that the platform answers. */
extern int64_t fake_time_s;
extern int64_t fake_uptime_ms;

/* Whether flash and NVS take writes. */
extern bool fake_storage_works;
/* So many changes of storage are made; the power goes in the one after them. -1: never. */
extern long fake_cut_after;

/* Lets esp-mqtt tell of something. */
void fake_mqtt_connect(bool is_connected);
void fake_mqtt_refuse(void);
void fake_mqtt_acknowledge(void);
void fake_mqtt_answer(const char *json);

#endif
