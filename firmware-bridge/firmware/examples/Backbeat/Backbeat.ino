// Backbeat's motion sensor. Wire an MPU-6050, LSM6DS3, ICM-20948 or BMI160 to SDA and SCL, upload this, plug the board into the
// computer that runs the game. firmware-bridge/README.md tells the rest.
#include <Backbeat.h>

void setup() { backbeat_begin(); }

void loop() { backbeat_poll(); }
