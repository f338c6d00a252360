/* A person with closed eyes: hears words, earcons and the movement tone, and moves a body. It knows how each
 * exercise goes, as its how-to tells, feels where its own start pose and its own comfortable end are, and
 * takes all else from what it hears: when to hold still, when to begin, which side, how far is far enough,
 * where to stay, when it is over. Nothing of the game's or the recogniser's state comes in here. A value;
 * zeroed is ready. */
#ifndef TESTS_LISTENER_H
#define TESTS_LISTENER_H

#include "audio/audio.h"
#include "input/body.h"

/* What can be heard of the movement tone. */
typedef struct HeardTone {
    bool on;
    float pitch; /* 0 at the ladder's lower end … 1 at its upper one */
    bool fifth;  /* the lock note sounds: far enough */
} HeardTone;

typedef enum ListenerDoes {
    LISTENER_RESTS,
    LISTENER_LIFTS,
    LISTENER_GOES_OUT,
    LISTENER_STAYS,
    LISTENER_COMES_BACK,
    LISTENER_GOES_UNDER,
    LISTENER_COMES_FROM_UNDER,
    LISTENER_LOWERS,
    LISTENER_PAUSES,
} ListenerDoes;

typedef struct ListenerWay ListenerWay;

typedef struct Listener {
    const ListenerWay *way; /* of the exercise last named; NULL before */
    HeardTone tone;
    bool playing;    /* "and begin" was heard, the end was not yet */
    bool once;       /* one slow repetition was asked for */
    bool on_a_stone; /* told to keep still where it is */
    bool left;       /* the side last named */
    ListenerDoes does;
    double does_s;    /* for how long */
    bool fifth_ended; /* it was quiet at least once on this way */
    double fifth_s;   /* how long the fifth has been heard on this way */
    double slower;    /* 1; more after each "slower" */
    double aim, aim_lift;
    double wish, speed;           /* of the limb, shares a second */
    double wish_lift, speed_lift; /* of the hips */
    BodyPose pose;                /* signed as the exercise goes, not by side */
} Listener;

void listener_hears_word(Listener *listener, const char *id);
void listener_hears_earcon(Listener *listener, const char *id);
void listener_hears_tone(Listener *listener, const MovementTone *tone);

/* Moves on by dt_s; the pose as the body takes it, signed by side. */
BodyPose listener_step(Listener *listener, double dt_s);

#endif
