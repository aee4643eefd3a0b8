#ifndef CHECKS_H
#define CHECKS_H

#include "world.h"

/* A check is a sentence and a function that ends the program where it does not hold. */
typedef struct check {
  const char *sentence;
  void (*run)(sim_world *world);
} check;

typedef struct check_list {
  const check *checks;
  unsigned count;
} check_list;

extern const check_list BUFFER_CHECKS;
extern const check_list CODEC_CHECKS;
extern const check_list LIFE_CHECKS;
extern const check_list STORE_CHECKS;
extern const check_list TIME_CHECKS;

#define CLOCK_FLOOR 1700000000u

/* Midnight UTC of a day some time after the floor. */
#define MIDNIGHT 1710028800u

#define HOLDS(world, condition) world_law((world), (condition), #condition)
#define ANSWERS(world, expected, call) checks_answers((world), (expected), (call), #call)

void checks_answers(const sim_world *world, tt_error expected, tt_error got, const char *call);

/* Windows of 4 readings, 10 at most, sectors of 512 bytes. */
tt_config checks_small(void);

/* 256 KB in sectors of 4 KB, windows of `readings`, 256 at most. */
tt_config checks_flash_256k(uint16_t readings);

/* A device that is formatted, open, at a time and online; claimed too by checks_claimed. */
void checks_start(sim_world *world, const tt_config *config, uint64_t now);
void checks_claimed(sim_world *world, const tt_config *config, uint64_t now);

void checks_claim(sim_world *world);

/* Power goes and comes back. */
void checks_restart(sim_world *world);

/* Time passes and so does the clock. */
void checks_pass(sim_world *world, uint64_t seconds);

/* So much energy, then a sample. */
tt_error checks_sample(sim_world *world, uint64_t export_uwh, uint64_t import_uwh);

/* A sample of a meter that shows this. */
tt_error checks_meter(sim_world *world, uint64_t export_wh, uint64_t import_wh);

/* A minute with 100 Wh, sealed when due, sent when online. */
void checks_minute(sim_world *world);

/* Seals what is open and sends all. */
void checks_flush(sim_world *world);

#endif
