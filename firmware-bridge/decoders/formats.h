/* The rows of the table, one a file. */
#ifndef DECODERS_FORMATS_H
#define DECODERS_FORMATS_H

#include "decoders/decoder.h"

extern const DecoderFormat decoder_backbeat;      /* our own: protocol/wire.h */
extern const DecoderFormat decoder_witmotion;     /* 0x55 frames of eleven bytes */
extern const DecoderFormat decoder_witmotion_ble; /* 0x55 0x61 frames of twenty bytes */
extern const DecoderFormat decoder_bno_rvc;       /* BNO080 and BNO085, UART-RVC */
extern const DecoderFormat decoder_ximu3;         /* x-io's x-IMU3, ASCII */
extern const DecoderFormat decoder_i2cdev_raw;    /* i2cdevlib's MPU6050_raw */
extern const DecoderFormat decoder_i2cdev_quat;   /* i2cdevlib's MPU6050_DMP6: quat */
extern const DecoderFormat decoder_i2cdev_ypr;    /* the same: ypr */
extern const DecoderFormat decoder_i2cdev_teapot; /* the same: teapot */
extern const DecoderFormat decoder_sketch;        /* any sketch's numbers */

#endif
