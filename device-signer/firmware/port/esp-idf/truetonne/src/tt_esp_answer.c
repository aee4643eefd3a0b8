#include <stdio.h>
#include <string.h>

#include "tt_esp_port.h"

/* Refusals that pass by themselves (SPEC.md section 10, rule 2). */
static const char *const passing[] = {"RATE_LIMITED", "STORE_UNAVAILABLE", "TIME_FUTURE",
                                      "DEVICE_UNKNOWN", "ENTITLEMENT_DEVICES", "INTERNAL"};

bool tt_esp_find_text(const char *json, const char *name, char *text, size_t room) {
  char quoted[32];
  const int length = snprintf(quoted, sizeof quoted, "\"%s\"", name);
  if (length < 0 || (size_t)length >= sizeof quoted) {
    return false;
  }
  const char *at = strstr(json, quoted);
  if (at == NULL) {
    return false;
  }
  at += length;
  at += strspn(at, " \t\r\n");
  if (*at != ':') {
    return false;
  }
  at++;
  at += strspn(at, " \t\r\n");
  if (*at != '"') {
    return false;
  }
  at++;
  const size_t size = strcspn(at, "\"\\");
  if (at[size] != '"' || size >= room) {
    return false;
  }
  memcpy(text, at, size);
  text[size] = '\0';
  return true;
}

bool tt_esp_find_code(const char *body, char *code, size_t room) {
  return tt_esp_find_text(body, "code", code, room);
}

bool tt_esp_is_passing(const char *code) {
  for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++) {
    if (strcmp(code, passing[i]) == 0) {
      return true;
    }
  }
  return false;
}

tt_verdict tt_esp_verdict(int status, const char *body) {
  char code[48];
  if (status == 200) {
    /* A hotspot's page of sign-in is a 200, too: what the oracle has, it says in its own words. */
    const bool stored = tt_esp_find_text(body, "status", code, sizeof code) &&
                        (strcmp(code, "accepted") == 0 || strcmp(code, "duplicate") == 0);
    return stored ? TT_SEND_ACCEPTED : TT_SEND_LATER;
  }
  if (status < 400 || status == 408 || status == 429 || status >= 500) {
    return TT_SEND_LATER;
  }
  /* Without a code it is not the oracle that answers but something on the way, such as a hotspot. */
  if (!tt_esp_find_code(body, code, sizeof code)) {
    return TT_SEND_LATER;
  }
  return tt_esp_is_passing(code) ? TT_SEND_LATER : TT_SEND_REFUSED;
}
