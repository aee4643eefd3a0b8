#include "bytes.h"
#include "journal.h"
#include "log.h"

/* Pauses after an attempt that failed. */
#define FIRST_PAUSE_MS 1000u
#define LONGEST_PAUSE_MS 300000u

uint32_t tt_waiting(const tt_device *device) {
  return device->state.sealed_serial - device->state.acknowledged_serial;
}

static tt_error free_until(tt_device *device, uint32_t serial, uint64_t position) {
  tt_error error = tt_journal_reserve(device, TT_RECORD_ACKNOWLEDGED);
  if (error != TT_OK) return error;
  tt_put32(tt_payload(device), serial);
  tt_put64(tt_payload(device) + 4, position);
  error = tt_journal_append(device, TT_RECORD_ACKNOWLEDGED);
  if (error != TT_OK) return error;
  device->platform->log(device->platform->context, TT_EVENT_ACKNOWLEDGED, serial);
  return TT_OK;
}

tt_error tt_first_window(tt_device *device, tt_outgoing *window) {
  const tt_state *state = &device->state;
  tt_error error = tt_log_find(device, state->log_tail, state->acknowledged_serial, window);
  if (error != TT_WINDOW_UNKNOWN || tt_waiting(device) == 0u) return error;
  /* What waits can't be read any more; it must not take room for ever. */
  error = free_until(device, state->sealed_serial, state->log_head);
  return error != TT_OK ? error : TT_WINDOW_UNKNOWN;
}

tt_error tt_next_window(tt_device *device, tt_outgoing *window) {
  return tt_log_find(device, window->next, window->serial, window);
}

tt_error tt_outgoing_read(tt_device *device, const tt_outgoing *window, uint32_t offset,
                          uint8_t *bytes, size_t size) {
  if (offset > window->size || size > window->size - offset) return TT_VALUE_OUT_OF_RANGE;
  return tt_log_read(device, window->position + offset, bytes, size) ? TT_OK
                                                                     : TT_DEVICE_STORE_FAILED;
}

tt_error tt_acknowledge(tt_device *device, const tt_outgoing *window) {
  const tt_state *state = &device->state;
  if (window->serial <= state->acknowledged_serial) return TT_OK;
  if (window->serial > state->sealed_serial || window->next > state->log_head) {
    return TT_WINDOW_UNKNOWN;
  }
  return free_until(device, window->serial, window->next);
}

void tt_send_again(tt_device *device) {
  device->send_position = device->state.log_tail;
  device->send_serial = device->state.acknowledged_serial;
}

/* SPEC section 10: 1 s, doubling up to 5 minutes, each with up to half of it more by chance. */
static void pause(tt_device *device) {
  const tt_platform *platform = device->platform;
  uint8_t bytes[4] = {0};
  uint32_t least = FIRST_PAUSE_MS << (device->send_failures < 9u ? device->send_failures : 9u);
  if (least > LONGEST_PAUSE_MS) least = LONGEST_PAUSE_MS;
  /* Without chance all devices of a fleet would come back at once; so it is no failure. */
  (void)platform->random(platform->context, bytes, sizeof bytes);
  device->send_failures++;
  device->send_after_ms = platform->uptime_ms(platform->context) + least +
                          tt_get32(bytes) % (least / 2u + 1u);
}

uint32_t tt_retry_in_ms(const tt_device *device) {
  uint64_t now = device->platform->uptime_ms(device->platform->context);
  return now >= device->send_after_ms ? 0u : (uint32_t)(device->send_after_ms - now);
}

/* Settles a window that has an answer; those behind one that is pending wait with it. */
static tt_error settle(tt_device *device, const tt_outgoing *window, bool in_order) {
  device->send_position = window->next;
  device->send_serial = window->serial;
  return in_order ? tt_acknowledge(device, window) : TT_OK;
}

static tt_error hand_over(tt_device *device, const tt_outgoing *window) {
  const tt_platform *platform = device->platform;
  bool in_order = device->send_serial <= device->state.acknowledged_serial;
  tt_verdict verdict = platform->send(platform->context, device, window);
  if (verdict == TT_SEND_LATER) {
    pause(device);
    return TT_ORACLE_UNREACHABLE;
  }
  device->send_failures = 0;
  if (verdict == TT_SEND_REFUSED) {
    platform->log(platform->context, TT_EVENT_REFUSED, window->sequence);
  }
  return settle(device, window, in_order && verdict != TT_SEND_PENDING);
}

tt_error tt_deliver(tt_device *device, uint32_t limit) {
  const tt_state *state = &device->state;
  tt_outgoing window;
  if (device->platform->send == NULL) return TT_CONFIGURATION_INVALID;
  if (tt_retry_in_ms(device) > 0u) return TT_ORACLE_UNREACHABLE;
  for (uint32_t done = 0; done < limit; done++) {
    if (device->send_serial < state->acknowledged_serial) tt_send_again(device);
    bool fresh = device->send_serial == state->acknowledged_serial;
    tt_error error = fresh ? tt_first_window(device, &window)
                           : tt_log_find(device, device->send_position, device->send_serial,
                                         &window);
    if (error == TT_WINDOW_UNKNOWN) return TT_OK;
    if (error == TT_OK) error = hand_over(device, &window);
    if (error != TT_OK) return error;
  }
  return TT_OK;
}
