/* An MPU-6050 as it looks from the I2C bus: register file, sleep, reset, ranges, sample rate, data-ready.
 * What it measures it is told by a function of time. Its low-pass filter is not emulated: what is measured is
 * taken to have passed it. */
#ifndef SIMULATOR_MPU6050_H
#define SIMULATOR_MPU6050_H

#include <stdbool.h>
#include <stdint.h>

/* What there is to be measured at `t_s`: rad/s and m/s^2, in the chip's frame. */
typedef void (*Mpu6050Measure)(void *body, double t_s, double gyro[3], double accel[3]);

typedef struct Mpu6050 {
    uint8_t address;
    bool plugged;
    Mpu6050Measure measure;
    void *body;
    uint8_t reg[128];
    uint8_t pointer;
    bool pointer_due; /* the next byte written is a register's number */
    bool addressed;
    double awake_s;  /* since when it measures */
    int64_t sample;  /* the newest in the registers, counted from then */
    uint64_t bursts; /* begun at its first data register */
} Mpu6050;

void mpu6050_init(Mpu6050 *chip, uint8_t address, Mpu6050Measure measure, void *body);

/* Loses its settings as by a break in its supply; unplugged it does not answer. */
void mpu6050_plug(Mpu6050 *chip, bool plugged);

/* The bus: a start with its address (true: acknowledged), bytes, a stop. */
bool mpu6050_start(Mpu6050 *chip, uint8_t address, bool reads);
bool mpu6050_write(Mpu6050 *chip, uint8_t byte, double now_s);
uint8_t mpu6050_read(Mpu6050 *chip, double now_s);
void mpu6050_stop(Mpu6050 *chip);

#endif
