/* Backbeat's motion sensor: `backbeat_begin` in setup(), `backbeat_poll` in loop(), and nothing else. */
#ifndef BACKBEAT_H
#define BACKBEAT_H

#ifdef __cplusplus
extern "C" {
#endif

void backbeat_begin(void);
void backbeat_poll(void);

#ifdef __cplusplus
}
#endif

#endif
