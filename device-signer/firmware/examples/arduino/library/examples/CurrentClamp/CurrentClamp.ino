// Shows the current of an SCT-013 clamp. It does not count energy: a clamp without a voltage measures
// neither power nor its direction, and what was not measured belongs in no register.
#include <TrueTonne.h>

static const int CLAMP_PIN = 34;
// SCT-013-030, 30 A to 1 V, at 12 bits of 3.3 V: see clamp.h.
static const uint32_t UA_PER_COUNT = 24170;
static const uint32_t SAMPLE_US = 250;
// Ten cycles at 50 Hz and twelve at 60 Hz.
static const size_t SAMPLES = 800;

static uint16_t samples[SAMPLES];

void setup() {
  Serial.begin(115200);
  analogReadResolution(12);
}

void loop() {
  uint32_t nextUs = (uint32_t)micros();
  for (size_t i = 0; i < SAMPLES; i++) {
    while ((int32_t)((uint32_t)micros() - nextUs) < 0) {
    }
    nextUs += SAMPLE_US;
    samples[i] = (uint16_t)analogRead(CLAMP_PIN);
  }
  Serial.printf("%u mA\n", (unsigned)clamp_rms_ma(samples, SAMPLES, UA_PER_COUNT));
  delay(1000);
}
