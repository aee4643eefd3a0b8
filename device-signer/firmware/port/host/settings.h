#ifndef HOST_SETTINGS_H
#define HOST_SETTINGS_H

#include "tt_device.h"

#define SETTINGS_PATH 512u

/* What `ttdevice init` decided: lines of `name=value` in <state>/device.conf. */
typedef struct settings {
  tt_config config;
  char oracle[256];
} settings;

/* Flash of 256 KB in sectors of 4 KB, 15 readings a window, registered in 2024 at the earliest. */
void settings_default(settings *chosen);

/* Sets one by its name. False: no such name, or not its form. */
bool settings_set(settings *chosen, const char *name, const char *value);

bool settings_load(settings *chosen, const char *path);

/* Writes a new file; false when there is one already. */
bool settings_save(const settings *chosen, const char *path);

#endif
