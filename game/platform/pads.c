#include "platform/pads.h"

#include "platform/controllers.h"
#include "platform/printable.h"

#include <stdio.h>
#include <string.h>

enum { SONY = 0x054C, NINTENDO = 0x057E };

static const SDL_SensorType parts[] = {
    SDL_SENSOR_GYRO,
    SDL_SENSOR_ACCEL,
#if SDL_VERSION_ATLEAST(2, 26, 0)
    SDL_SENSOR_GYRO_L, /* of a pair of Joy-Cons that is one controller */
    SDL_SENSOR_ACCEL_L,
#endif
};

bool controllers_begin(void) {
#ifdef SDL_HINT_JOYSTICK_HIDAPI_JOY_CONS
    (void)SDL_SetHint(SDL_HINT_JOYSTICK_HIDAPI_JOY_CONS, "1");
#endif
#ifdef SDL_HINT_JOYSTICK_HIDAPI_COMBINE_JOY_CONS
    (void)SDL_SetHint(SDL_HINT_JOYSTICK_HIDAPI_COMBINE_JOY_CONS, "0");
#endif
    /* By Bluetooth Sony's controllers tell motion only in the reports that these ask for. */
#ifdef SDL_HINT_JOYSTICK_HIDAPI_PS4_RUMBLE
    (void)SDL_SetHint(SDL_HINT_JOYSTICK_HIDAPI_PS4_RUMBLE, "1");
#endif
#ifdef SDL_HINT_JOYSTICK_HIDAPI_PS5_RUMBLE
    (void)SDL_SetHint(SDL_HINT_JOYSTICK_HIDAPI_PS5_RUMBLE, "1");
#endif
    /* Ctrl-C stays with whoever has no window. */
    if (SDL_WasInit(SDL_INIT_VIDEO) == 0) (void)SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    return SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) == 0;
}

void controllers_end(void) {
    SDL_QuitSubSystem(SDL_INIT_GAMECONTROLLER);
}

static bool has_motion(SDL_GameController *handle) {
    return SDL_GameControllerHasSensor(handle, SDL_SENSOR_GYRO) &&
           SDL_GameControllerHasSensor(handle, SDL_SENSOR_ACCEL);
}

static void add(Pads *pads, int device) {
    Pad pad = { .handle = SDL_GameControllerOpen(device) };
    if (pad.handle == NULL) return;
    SDL_Joystick *joystick = SDL_GameControllerGetJoystick(pad.handle);
    pad.id = SDL_JoystickInstanceID(joystick);
    pad.guid = SDL_JoystickGetGUID(joystick);
    pad.motion = has_motion(pad.handle);
    pad.counted = SDL_GameControllerGetVendor(pad.handle) == NINTENDO;
    copy_printable(pad.name, sizeof pad.name, SDL_GameControllerName(pad.handle));
    copy_printable(pad.serial, sizeof pad.serial, SDL_GameControllerGetSerial(pad.handle));
    pads->list[pads->count++] = pad;
}

Pad *pads_find(Pads *pads, SDL_JoystickID id) {
    for (size_t i = 0; i < pads->count; i++) {
        if (pads->list[i].id == id) return &pads->list[i];
    }
    return NULL;
}

void pads_scan(Pads *pads) {
    size_t kept = 0;
    for (size_t i = 0; i < pads->count; i++) {
        Pad *pad = &pads->list[i];
        if (SDL_GameControllerGetAttached(pad->handle)) {
            pad->motion = pad->motion || has_motion(pad->handle); /* some tell it late */
            pads->list[kept++] = *pad;
        } else {
            SDL_GameControllerClose(pad->handle);
        }
    }
    pads->count = kept;
    int devices = SDL_NumJoysticks();
    for (int i = 0; i < devices && pads->count < PADS_MAX; i++) {
        if (SDL_IsGameController(i) && pads_find(pads, SDL_JoystickGetDeviceInstanceID(i)) == NULL)
            add(pads, i);
    }
}

void pads_close(Pads *pads) {
    for (size_t i = 0; i < pads->count; i++) SDL_GameControllerClose(pads->list[i].handle);
    pads->count = 0;
}

bool pad_is_same(const Pad *a, const Pad *b) {
    if (a->serial[0] != '\0' && b->serial[0] != '\0') return strcmp(a->serial, b->serial) == 0;
    return memcmp(&a->guid, &b->guid, sizeof a->guid) == 0;
}

void pad_enable_motion(const Pad *pad, bool on) {
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (SDL_GameControllerHasSensor(pad->handle, parts[i]))
            (void)SDL_GameControllerSetSensorEnabled(pad->handle, parts[i], on ? SDL_TRUE : SDL_FALSE);
    }
}

double pad_rate_hz(const Pad *pad) {
#if SDL_VERSION_ATLEAST(2, 0, 16)
    return (double)SDL_GameControllerGetSensorDataRate(pad->handle, SDL_SENSOR_GYRO);
#else
    (void)pad;
    return 0;
#endif
}

size_t controllers_list(ControllerInfo *out, size_t capacity) {
    Pads pads = { .count = 0 };
    size_t count = 0;
    if (!controllers_begin()) return 0;
    SDL_GameControllerUpdate();
    pads_scan(&pads);
    for (; count < pads.count && count < capacity; count++) {
        const Pad *pad = &pads.list[count];
        out[count] = (ControllerInfo){ .motion = pad->motion,
                                       .rate_hz = pad->motion ? pad_rate_hz(pad) : 0,
                                       .usb_vid = SDL_GameControllerGetVendor(pad->handle),
                                       .usb_pid = SDL_GameControllerGetProduct(pad->handle) };
        memcpy(out[count].name, pad->name, sizeof out[count].name);
    }
    pads_close(&pads);
    controllers_end();
    return count;
}

bool controller_should_have_motion(int usb_vid, int usb_pid) {
    static const struct {
        int vendor, product;
    } known[] = {
        { SONY, 0x05C4 },     { SONY, 0x09CC },
        { SONY, 0x0BA0 },                       /* DualShock 4 and its adapter */
        { SONY, 0x0CE6 },     { SONY, 0x0DF2 }, /* DualSense, DualSense Edge */
        { NINTENDO, 0x2006 }, { NINTENDO, 0x2007 },
        { NINTENDO, 0x200E }, /* Joy-Con left, right, in their grip */
        { NINTENDO, 0x2009 }, /* Switch Pro Controller */
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].vendor == usb_vid && known[i].product == usb_pid) return true;
    }
    return false;
}
