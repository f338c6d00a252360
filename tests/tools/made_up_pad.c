/* Preloaded into the program: a game controller with a motion sensor that SDL makes up, worn by the body of a
 * recording. It tells packets of three readings each 15 ms, as a Joy-Con does, while the program has switched
 * its sensors on.
 *
 * MADE_UP_PAD_RECORDING names the recording, MADE_UP_PAD_ORDERS a file that orders are appended to, one a
 * line: plug, unplug, press (button A), push Y (the stick, -1 up … 1 down), until T (move on to second T of
 * the recording; else the body keeps still). What it does is said on standard error. */
#include <SDL.h>
#include <dlfcn.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PACKET_S  0.015
#define PRESSED_S 0.1
enum { IN_PACKET = 3, ROWS_MAX = 100000 };

typedef struct Row {
    double t_s;
    double value[6]; /* rad/s, m/s^2 */
} Row;

static struct {
    bool began, plugged, moving, pumping;
    bool gyro_on, accel_on;
    FILE *orders;
    Row *rows;
    size_t count, next;
    SDL_JoystickID id;
    SDL_Joystick *joystick;
    double at_s, until_s; /* of the recording */
    double next_s, released_s;
    Uint64 told;
} pad;

static double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The function that ours stands before. */
static void real(void *function, size_t size, const char *name) {
    void *address = dlsym(RTLD_NEXT, name);
    if (address == NULL) abort();
    memcpy(function, &address, size);
}

static void begin(void) {
    const char *recording = getenv("MADE_UP_PAD_RECORDING"), *orders = getenv("MADE_UP_PAD_ORDERS");
    char line[256];
    FILE *file = recording != NULL ? fopen(recording, "r") : NULL;
    pad.began = true;
    pad.orders = orders != NULL ? fopen(orders, "r") : NULL;
    pad.rows = calloc(ROWS_MAX, sizeof *pad.rows);
    if (file == NULL || pad.orders == NULL || pad.rows == NULL) abort();
    while (pad.count < ROWS_MAX && fgets(line, sizeof line, file) != NULL) {
        Row *row = &pad.rows[pad.count];
        double *v = row->value;
        pad.count += sscanf(line, "%lf,%lf,%lf,%lf,%lf,%lf,%lf", &row->t_s, &v[0], &v[1], &v[2], &v[3], &v[4],
                            &v[5]) == 7;
    }
    (void)fclose(file);
    if (pad.count < 2) abort();
    pad.at_s = pad.until_s = pad.rows[0].t_s;
    pad.next_s = now();
}

#if SDL_VERSION_ATLEAST(2, 24, 0)
static int rumble(void *self, Uint16 low, Uint16 high) {
    (void)self;
    if (low > 0 || high > 0) (void)fprintf(stderr, "made_up_pad: it rumbles\n");
    return 0;
}
#endif

static void plug(void) {
#if SDL_VERSION_ATLEAST(2, 24, 0)
    SDL_VirtualJoystickDesc desc = { .version = SDL_VIRTUAL_JOYSTICK_DESC_VERSION,
                                     .type = SDL_JOYSTICK_TYPE_GAMECONTROLLER,
                                     .naxes = SDL_CONTROLLER_AXIS_MAX,
                                     .nbuttons = SDL_CONTROLLER_BUTTON_MAX,
                                     .vendor_id = 0x057E,
                                     .product_id = 0x2007,
                                     .name = "Made-up Joy-Con",
                                     .Rumble = rumble };
    int device = SDL_JoystickAttachVirtualEx(&desc);
#else
    int device = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
                                           SDL_CONTROLLER_BUTTON_MAX, 0);
#endif
    if (device < 0) abort();
    pad.id = SDL_JoystickGetDeviceInstanceID(device);
    pad.joystick = SDL_JoystickOpen(device);
    pad.plugged = true;
    pad.told = 0;
    (void)fprintf(stderr, "made_up_pad: plugged in\n");
}

static void unplug(void) {
    SDL_JoystickClose(pad.joystick);
    for (int i = 0; i < SDL_NumJoysticks(); i++) {
        if (SDL_JoystickGetDeviceInstanceID(i) == pad.id) (void)SDL_JoystickDetachVirtual(i);
    }
    pad.plugged = pad.gyro_on = pad.accel_on = false;
    (void)fprintf(stderr, "made_up_pad: unplugged\n");
}

static void obey(void) {
    char line[64];
    clearerr(pad.orders);
    while (fgets(line, sizeof line, pad.orders) != NULL) {
        double number = 0;
        if (strcmp(line, "plug\n") == 0) plug();
        if (strcmp(line, "unplug\n") == 0) unplug();
        if (sscanf(line, "until %lf", &number) == 1) pad.until_s = number;
        if (sscanf(line, "push %lf", &number) == 1)
            (void)SDL_JoystickSetVirtualAxis(pad.joystick, SDL_CONTROLLER_AXIS_LEFTY,
                                             (Sint16)(number * 32767));
        if (strcmp(line, "press\n") == 0) {
            (void)SDL_JoystickSetVirtualButton(pad.joystick, SDL_CONTROLLER_BUTTON_A, SDL_PRESSED);
            pad.released_s = now() + PRESSED_S;
        }
    }
    if (pad.released_s > 0 && now() > pad.released_s) {
        (void)SDL_JoystickSetVirtualButton(pad.joystick, SDL_CONTROLLER_BUTTON_A, SDL_RELEASED);
        pad.released_s = 0;
    }
}

static void tell(SDL_SensorType sensor, const double *value) {
    SDL_Event event = { .csensor = { .type = SDL_CONTROLLERSENSORUPDATE,
                                     .which = pad.id,
                                     .sensor = (Sint32)sensor,
                                     .data = { (float)value[0], (float)value[1], (float)value[2] } } };
#if SDL_VERSION_ATLEAST(2, 26, 0)
    event.csensor.timestamp_us = pad.told * 5000;
#endif
    (void)SDL_PushEvent(&event);
}

static void tell_one(void) {
    double step_s = PACKET_S / IN_PACKET, value[6];
    bool moves = pad.at_s + step_s <= fmin(pad.until_s, pad.rows[pad.count - 1].t_s);
    if (moves) pad.at_s += step_s;
    if (pad.moving && !moves) (void)fprintf(stderr, "made_up_pad: holding at %.2f s\n", pad.at_s);
    pad.moving = moves;
    while (pad.next + 2 < pad.count && pad.rows[pad.next + 1].t_s <= pad.at_s) pad.next++;
    const Row *a = &pad.rows[pad.next], *b = a + 1;
    double share = fmin(1, fmax(0, (pad.at_s - a->t_s) / (b->t_s - a->t_s)));
    for (int i = 0; i < 6; i++) value[i] = a->value[i] + share * (b->value[i] - a->value[i]);
    if (!moves) value[0] = value[1] = value[2] = 0;
    pad.told++;
    if (pad.gyro_on) tell(SDL_SENSOR_GYRO, value);
    if (pad.accel_on) tell(SDL_SENSOR_ACCEL, value + 3);
}

static void pump(void) {
    if (pad.pumping || SDL_WasInit(SDL_INIT_GAMECONTROLLER) == 0) return;
    pad.pumping = true; /* what is called below calls back */
    if (!pad.began) begin();
    obey();
    if (now() - pad.next_s > 1) pad.next_s = now();
    for (; pad.next_s <= now(); pad.next_s += PACKET_S) {
        for (int i = 0; i < IN_PACKET && pad.plugged; i++) tell_one();
    }
    pad.pumping = false;
}

/* ---- What stands before SDL's own ---- */

int SDL_InitSubSystem(Uint32 flags) {
    int (*function)(Uint32) = NULL;
    real(&function, sizeof function, "SDL_InitSubSystem");
    int result = function(flags);
    if ((flags & SDL_INIT_GAMECONTROLLER) != 0) pump();
    return result;
}

int SDL_PollEvent(SDL_Event *event) {
    int (*function)(SDL_Event *) = NULL;
    real(&function, sizeof function, "SDL_PollEvent");
    pump();
    return function(event);
}

void SDL_GameControllerUpdate(void) {
    void (*function)(void) = NULL;
    real(&function, sizeof function, "SDL_GameControllerUpdate");
    pump();
    function();
}

SDL_bool SDL_GameControllerHasSensor(SDL_GameController *controller, SDL_SensorType type) {
    (void)controller;
    return type == SDL_SENSOR_GYRO || type == SDL_SENSOR_ACCEL ? SDL_TRUE : SDL_FALSE;
}

int SDL_GameControllerSetSensorEnabled(SDL_GameController *controller, SDL_SensorType type,
                                       SDL_bool enabled) {
    (void)controller;
    if (type == SDL_SENSOR_GYRO) pad.gyro_on = enabled;
    if (type == SDL_SENSOR_ACCEL) pad.accel_on = enabled;
    return 0;
}
