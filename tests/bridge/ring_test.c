/* The sample ring between two threads. */
#include "input/ring.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static ImuSample numbered(unsigned n) {
    return (ImuSample){ .t_s = n,
                        .gyro = { (float)(n % 1000), 0, 0 },
                        .accel = { 0, 0, (float)(n % 777) },
                        .sensor = (uint8_t)(n & 1) };
}

static void full_drops_the_newest_and_counts(void **state) {
    (void)state;
    static ImuRing ring;
    static ImuSample out[IMU_RING_CAPACITY + 8];
    imu_ring_init(&ring);
    assert_int_equal(imu_ring_pop(&ring, out, 8), 0);
    for (unsigned n = 0; n < IMU_RING_CAPACITY + 5; n++) {
        ImuSample sample = numbered(n);
        assert_int_equal(imu_ring_push(&ring, &sample), n < IMU_RING_CAPACITY);
    }
    assert_int_equal(imu_ring_dropped(&ring), 5);
    assert_int_equal(imu_ring_pop(&ring, out, 3), 3);
    assert_int_equal(imu_ring_pop(&ring, out + 3, IMU_RING_CAPACITY + 5), IMU_RING_CAPACITY - 3);
    for (unsigned n = 0; n < IMU_RING_CAPACITY; n++) assert_true(out[n].t_s == n);
    ImuSample later = numbered(9999);
    assert_true(imu_ring_push(&ring, &later));
    assert_int_equal(imu_ring_pop(&ring, out, 8), 1);
    assert_true(out[0].t_s == 9999);
}

enum { SENT = 400000 };

static void *produce(void *ring) {
    for (unsigned n = 0; n < SENT; n++) {
        ImuSample sample = numbered(n);
        while (!imu_ring_push(ring, &sample)) (void)sched_yield();
    }
    return NULL;
}

static void two_threads_lose_and_tear_nothing(void **state) {
    (void)state;
    static ImuRing ring;
    imu_ring_init(&ring);
    pthread_t producer;
    assert_int_equal(pthread_create(&producer, NULL, produce, &ring), 0);
    unsigned next = 0;
    bool same = true;
    while (next < SENT) {
        ImuSample got[61];
        size_t count = imu_ring_pop(&ring, got, 61);
        if (count == 0) (void)sched_yield();
        for (size_t i = 0; i < count; i++, next++) {
            ImuSample want = numbered(next);
            same = same && got[i].t_s == want.t_s && got[i].gyro[0] == want.gyro[0] &&
                   got[i].accel[2] == want.accel[2] && got[i].sensor == want.sensor;
        }
    }
    (void)pthread_join(producer, NULL);
    assert_true(same);
    ImuSample none;
    assert_int_equal(imu_ring_pop(&ring, &none, 1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_drops_the_newest_and_counts),
        cmocka_unit_test(two_threads_lose_and_tear_nothing),
    };
    return cmocka_run_group_tests_name("ring", tests, NULL, NULL);
}
