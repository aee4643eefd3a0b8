#ifndef HOST_COMMANDS_H
#define HOST_COMMANDS_H

#include <stdio.h>

#include "gateway.h"

/* Options of the command line: `--name value`, or `--name` alone. */
typedef struct options {
  int count;
  char **words;
} options;

/* Value of an option, NULL when it is not given. */
const char *option(const options *given, const char *name);
bool has_option(const options *given, const char *name);

/* Each takes a zeroed gateway and answers the exit code. */
int command_init(host_gateway *gateway, const options *given);
int command_status(host_gateway *gateway, const options *given);
int command_claim(host_gateway *gateway, const options *given);
int command_rotate(host_gateway *gateway, const options *given);
int command_replace_meter(host_gateway *gateway, const options *given);
int command_run(host_gateway *gateway, const options *given);

/* Says what failed, by code, on standard error; answers the exit code. */
int command_fail(tt_error error, const char *detail);

/* --time: the clock shows this instead of the system's time. */
bool take_time(host_gateway *gateway, const options *given);

/* A new key in a file of the state folder; answers an exit code. */
int make_key(const host_gateway *gateway, const char *name);

/* A statement, the key that signed it, and the signature, as a line of JSON. */
void print_signed(FILE *file, const host_gateway *gateway, const char *name, const uint8_t *bytes,
                  size_t size, const uint8_t signature[TT_SIGNATURE_SIZE]);

/* Members of JSON with the rotation that named the key in use; nothing when it is the first. */
void print_rotation(const host_gateway *gateway);

#endif
