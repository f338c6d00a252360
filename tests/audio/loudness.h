/* Loudness after ITU-R BS.1770-4 (K-weighting, 400 ms blocks every 100 ms, gates at -70 LUFS and 10 LU under
 * the mean) and true peak by four times oversampling, of stereo at 48 kHz. For tests and benchmarks. */
#ifndef TESTS_AUDIO_LOUDNESS_H
#define TESTS_AUDIO_LOUDNESS_H

#include <stddef.h>

/* LUFS; -120 for silence. */
double loudness_integrated(const float *stereo, size_t frames);
/* The loudest 400 ms. */
double loudness_momentary_max(const float *stereo, size_t frames);
/* Mean power, without gates, in LUFS. */
double loudness_mean(const float *stereo, size_t frames);
/* dBTP and dBFS. */
double true_peak_db(const float *stereo, size_t frames);
double sample_peak_db(const float *stereo, size_t frames);
/* Mean power from 300 to 3400 Hz, in dB. */
double speech_band_db(const float *stereo, size_t frames);

#endif
