#include "driver/uart.h"
#include "parts.h"
#include "sdkconfig.h"

#define METER_UART UART_NUM_1
#define BAUD_RATE 9600
#define BUFFER_SIZE 256
#define ANSWER_MS 300

void meter_start(void) {
  const uart_config_t config = {
      .baud_rate = BAUD_RATE,
      .data_bits = UART_DATA_8_BITS,
      .parity = UART_PARITY_DISABLE,
      .stop_bits = UART_STOP_BITS_1,
      .flow_ctrl = UART_HW_FLOWCTRL_DISABLE,
  };
  ESP_ERROR_CHECK(uart_driver_install(METER_UART, BUFFER_SIZE, 0, 0, NULL, 0));
  ESP_ERROR_CHECK(uart_param_config(METER_UART, &config));
  ESP_ERROR_CHECK(uart_set_pin(METER_UART, CONFIG_EXAMPLE_PZEM_TX_PIN, CONFIG_EXAMPLE_PZEM_RX_PIN,
                               UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE));
}

enum pzem_status meter_read(struct pzem_reading *reading) {
  uint8_t request[PZEM_REQUEST_SIZE];
  uint8_t answer[PZEM_ANSWER_SIZE];
  pzem_write_request(PZEM_ANY_ADDRESS, request);
  uart_flush_input(METER_UART);
  uart_write_bytes(METER_UART, request, sizeof request);
  const int size = uart_read_bytes(METER_UART, answer, sizeof answer, pdMS_TO_TICKS(ANSWER_MS));
  return pzem_read_answer(PZEM_ANY_ADDRESS, answer, size > 0 ? (size_t)size : 0, reading);
}
