/* All of the library for a sketch: the core, the port for ESP32, the sensors. */
#ifndef TRUETONNE_H
#define TRUETONNE_H

#ifdef __cplusplus
extern "C" {
#endif

#include "clamp.h"
#include "pzem004t.h"
#include "tt_device.h"
#include "truetonne_esp.h"

#ifdef __cplusplus
}
#endif

#endif
