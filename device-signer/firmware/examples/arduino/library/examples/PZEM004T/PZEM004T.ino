// Reads a PZEM-004T v3 each minute, seals a window each quarter of an hour, sends it over HTTP.
#include <TrueTonne.h>
#include <WiFi.h>

#include "settings.h"

static const unsigned long INTERVAL_MS = 60000;
static const uint64_t UWH_PER_WH = 1000000;

static tt_device device;
static tt_esp_settings settings;
static pzem_counter counter;
static bool isOpen = false;
static bool isClaimPrinted = false;
static unsigned long lastSampleMs = 0;

static bool report(const char *what, tt_error error) {
  if (error != TT_OK) Serial.printf("%s: %s\n", what, tt_error_code(error));
  return error == TT_OK;
}

static pzem_status readMeter(pzem_reading *reading) {
  uint8_t request[PZEM_REQUEST_SIZE];
  uint8_t answer[PZEM_ANSWER_SIZE];
  while (Serial2.available() > 0) Serial2.read();
  pzem_write_request(PZEM_ANY_ADDRESS, request);
  Serial2.write(request, sizeof request);
  const size_t size = Serial2.readBytes(answer, sizeof answer);
  return pzem_read_answer(PZEM_ANY_ADDRESS, answer, size, reading);
}

static void fill(tt_reading *fields, const pzem_reading &reading, bool isImport) {
  const int64_t powerMw = (int64_t)reading.power_mw;
  fields->present = TT_HAS_ACTIVE_POWER | TT_HAS_VOLTAGE | TT_HAS_CURRENT | TT_HAS_FREQUENCY |
                    TT_HAS_POWER_FACTOR | TT_HAS_SIGNAL;
  fields->status = isImport ? TT_STATUS_STANDBY : TT_STATUS_OPERATIONAL;
  fields->active_power_mw = isImport ? -powerMw : powerMw;
  fields->voltage_mv = (int32_t)reading.voltage_mv;
  fields->current_ma = (int32_t)reading.current_ma;
  fields->frequency_mhz = (int32_t)reading.frequency_mhz;
  fields->power_factor_e4 = (int32_t)reading.power_factor_e4;
  fields->signal_dbm = WiFi.RSSI();
}

static void measure() {
  pzem_reading reading;
  tt_measurement measurement = {};
  measurement.fields.status = TT_STATUS_FAULT;
  const pzem_status status = readMeter(&reading);
  if (status == PZEM_OK) {
    const bool isImport = pzem_is_import(&reading, STANDBY_W);
    const uint64_t uwh = pzem_growth_wh(&counter, &reading) * UWH_PER_WH;
    tt_add_energy(&device, isImport ? 0 : uwh, isImport ? uwh : 0);
    fill(&measurement.fields, reading, isImport);
  } else {
    Serial.printf("meter: no answer (%d)\n", (int)status);
  }
  report("sample", tt_sample(&device, &measurement));
  if (tt_seal_due(&device)) report("seal", tt_seal(&device));
}

// `R` in the monitor: see "A new key" in docs/maker.md.
static void rotateWhenAsked() {
  if (Serial.read() != 'R') return;
  report("rotate", tt_esp_rotate(&device));
  ESP.restart();
}

void setup() {
  Serial.begin(115200);
  Serial2.begin(9600, SERIAL_8N1, METER_RX_PIN, METER_TX_PIN);
  Serial2.setTimeout(300);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  tt_esp_start_clock("pool.ntp.org");
  settings.chain_id = CHAIN_ID;
  settings.registry = REGISTRY;
  settings.owner = OWNER;
  settings.oracle_url = ORACLE_URL;
  settings.store_partition = "truetonne";
  settings.window_readings = 15;
  settings.open_limit = 60;
  settings.firmware = TT_FIRMWARE(0, 1, 0);
  settings.utc_offset_s = UTC_OFFSET_S;
  isOpen = report("open", tt_esp_open(&device, &settings));
}

void loop() {
  if (!isOpen) return;
  if (millis() - lastSampleMs >= INTERVAL_MS) {
    lastSampleMs = millis();
    if (!isClaimPrinted) isClaimPrinted = report("claim", tt_esp_print_claim(&device));
    measure();
    Serial.printf("sealed %llu, waiting %u\n", (unsigned long long)device.state.head.sequence,
                  (unsigned)tt_waiting(&device));
  }
  tt_esp_deliver(&device);
  rotateWhenAsked();
  delay(200);
}
