/* Yours: docs/maker.md says where each comes from. */
#define WIFI_NAME ""
#define WIFI_PASSWORD ""

#define CHAIN_ID 31337
#define REGISTRY "0x0000000000000000000000000000000000000000"
#define OWNER "0x0000000000000000000000000000000000000000"
#define ORACLE_URL "http://192.168.1.10:4000"

/* Pins of Serial2 to the meter: RX here goes to TX there. */
#define METER_RX_PIN 16
#define METER_TX_PIN 17

/* The meter has no sign: below this power the inverter is taken to draw. */
#define STANDBY_W 15

/* Of the plant, without summer time. */
#define UTC_OFFSET_S (1 * 3600)
