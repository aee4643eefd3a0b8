#ifndef HOST_GATEWAY_H
#define HOST_GATEWAY_H

#include "flashfile.h"
#include "http.h"
#include "p256.h"
#include "settings.h"

/* A device whose flash, key and settings are files of one folder. */
typedef struct host_gateway {
  char folder[SETTINGS_PATH];
  settings settings;
  host_key *key;
  flashfile flash;
  http_server *server;
  tt_platform platform;
  tt_device device;
  bool quiet;
  bool print; /* windows go to the standard output instead of the oracle */
  /* The time of the input, where it has one; else the system's. */
  bool has_time;
  uint64_t time;
  uint64_t passed_ms;
} host_gateway;

/* <folder>/<name>; the same text until the next call. */
const char *gateway_path(const host_gateway *gateway, const char *name);

/* Says what failed on the standard error as one line of JSON; answers the exit code 1. */
int gateway_fail(const char *code, const char *detail);

/* Reads settings and key and takes the flash for this process. 0, or what gateway_fail answered. */
int gateway_attach(host_gateway *gateway, const char *folder);

/* gateway_attach, then tt_open. */
int gateway_open(host_gateway *gateway, const char *folder);

void gateway_close(host_gateway *gateway);

/* Time of the input: the device's clock shows it, and as much time passes. */
void gateway_set_time(host_gateway *gateway, uint64_t unix_seconds);

#endif
