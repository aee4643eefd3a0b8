#ifndef HOST_COMMANDS_H
#define HOST_COMMANDS_H

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

#endif
